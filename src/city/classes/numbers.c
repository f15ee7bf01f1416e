/* numbers.c -- how much was trained, and who answers in time. */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"

err_t class_counts(struct ctx *cx, int64_t from_on, int64_t to_on, struct q_class_counts_row **rows, size_t *n)
{
    return q_class_counts(cx, &(struct q_class_counts_in){.from_on = from_on, .to_on = to_on}, rows, n);
}

err_t class_person_times(struct ctx *cx, int64_t from_on, int64_t to_on, struct class_times **rows, size_t *n)
{
    struct q_class_person_times_row *found;
    TRY(q_class_person_times(cx, &(struct q_class_person_times_in){.from_on = from_on, .to_on = to_on}, &found, n));
    *rows = ARENA_ARRAY(cx->arena, struct class_times, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*rows)[i] = (struct class_times){found[i].district, found[i].n};
    return E_OK;
}

static struct class_lateness *of(struct class_lateness *rows, size_t *n, int64_t district)
{
    for (size_t i = 0; i < *n; i++)
        if (rows[i].district == district)
            return &rows[i];
    rows[*n] = (struct class_lateness){.district = district};
    return &rows[(*n)++];
}

err_t classes_late(struct ctx *cx, int64_t from_on, int64_t to_on, struct class_lateness **rows, size_t *n)
{
    struct q_class_late_row *waiting;
    struct q_class_late_ever_row *answered;
    size_t n_waiting, n_answered;
    TRY(q_class_late(cx, &(struct q_class_late_in){.today = today_of(cx)}, &waiting, &n_waiting));
    TRY(q_class_late_ever(cx, &(struct q_class_late_ever_in){.from_on = from_on, .to_on = to_on}, &answered, &n_answered));
    *rows = ARENA_ARRAY(cx->arena, struct class_lateness, n_waiting + n_answered + 1);
    *n = 0;
    for (size_t i = 0; i < n_waiting; i++)
        of(*rows, n, waiting[i].district)->waiting = waiting[i].n;
    for (size_t i = 0; i < n_answered; i++) {
        struct class_lateness *row = of(*rows, n, answered[i].district);
        row->answered = answered[i].n;
        row->late = answered[i].late;
    }
    return E_OK;
}

err_t class_trades(struct ctx *cx, int64_t from_on, int64_t to_on, struct q_class_trades_row **rows, size_t *n)
{
    return q_class_trades(cx, &(struct q_class_trades_in){.from_on = from_on, .to_on = to_on, .lim = 200}, rows, n);
}

err_t class_due(struct ctx *cx, int64_t district, struct q_class_due_row *out)
{
    return q_class_due(cx, &(struct q_class_due_in){.district = district, .me = cx->actor.account_id, .today = today_of(cx)}, out);
}

err_t class_due_own(struct ctx *cx, int64_t provider_id, struct q_class_due_own_row *out)
{
    return q_class_due_own(cx, &(struct q_class_due_own_in){.provider_id = provider_id}, out);
}
