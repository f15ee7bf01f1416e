/* changes.c -- a change of the plan is asked for and approved before it is made (2022 measures, arts. 20, 21: teacher, place, plan). */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"

#include <jansson.h>
#include <string.h>

enum { FIELDS = 4 };
static const char *const names[FIELDS] = {"day", "from_min", "teacher_id", "place_id"};

struct ask {
    int64_t class_id, id;
    const struct change_form *in;
    const char *note;
    bool approve;
};

static void values_of(const struct q_class_plan_row *s, int64_t out[FIELDS])
{
    const int64_t v[FIELDS] = {s->day, s->from_min, s->teacher_id, s->place_id};
    memcpy(out, v, sizeof v);
}

static err_t session_of(struct ctx *cx, int64_t class_id, int64_t session_id, struct q_class_plan_row **plan, size_t *n, size_t *at)
{
    TRY(class_sessions(cx, class_id, plan, n));
    for (*at = 0; *at < *n; (*at)++)
        if ((*plan)[*at].id == session_id)
            return E_OK;
    return SAY(cx, E_INVALID, "session_id", N_("请选要变更的那一次课。"));
}

/* A class that has not begun may begin earlier. */
static int64_t first_of(const struct q_class_rows_row *c, int64_t day)
{
    return strcmp(c->status, "approved") == 0 && day < c->starts_on ? day : c->starts_on;
}

static bool among(const struct class_finding *all, size_t n, const struct class_finding *f)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].line == f->line && strcmp(all[i].say, f->say) == 0)
            return true;
    return false;
}

/* The check with the line as it would become: nothing may stand against this line, and nothing new against another one or the class (a day too full,
 * two lessons at once, an end after the agreement's). */
static err_t still_fits(struct ctx *cx, const struct q_class_rows_row *c, struct q_class_plan_row *plan, size_t n, size_t at, const int64_t to[FIELDS])
{
    struct q_class_rows_row as = *c;
    struct check_line *lines = ARENA_ARRAY(cx->arena, struct check_line, n);
    const struct class_finding *found, *before;
    size_t n_found, n_before;
    int64_t on = c->declared_on != NULL ? *c->declared_on : today_of(cx);
    for (size_t i = 0; i < n; i++)
        lines[i] = (struct check_line){plan[i].day, plan[i].from_min, plan[i].to_min, plan[i].hours, plan[i].teacher_id, plan[i].place_id, plan[i].kind};
    TRY(class_check_with(cx, c, on, lines, n, &before, &n_before));
    lines[at].to_min += to[1] - lines[at].from_min;
    lines[at].day = to[0];
    lines[at].from_min = to[1];
    lines[at].teacher_id = to[2];
    lines[at].place_id = to[3];
    as.starts_on = first_of(c, to[0]);
    as.ends_on = to[0] > as.ends_on ? to[0] : as.ends_on;
    TRY(class_check_with(cx, &as, on, lines, n, &found, &n_found));
    for (size_t i = 0; i < n_found; i++)
        if (found[i].line == (int64_t)at + 1 || (!found[i].warn && !among(before, n_before, &found[i])))
            return SAY(cx, E_STATE, NULL, arena_fmt(cx->arena, "%s（%s）", found[i].say, found[i].rule != NULL ? found[i].rule->cite : ""));
    return E_OK;
}

static bool changeable(const char *status) { return strcmp(status, "approved") == 0 || strcmp(status, "running") == 0; }

static err_t ask_tx(struct ctx *cx, void *arg)
{
    struct ask *a = arg;
    const struct change_form *f = a->in;
    const int64_t *given[FIELDS] = {f->day, f->from_min, f->teacher_id, f->place_id};
    struct q_class_rows_row c;
    struct q_class_plan_row *plan;
    struct q_class_change_add_row row;
    size_t n, at;
    int64_t was[FIELDS], to[FIELDS];
    bool differs = false;
    TRY(class_find(cx, a->class_id, &c));
    TRY(class_own(cx, &c));
    if (!changeable(c.status))
        return SAY(cx, E_STATE, NULL, N_("只有已同意或培训中的班要提变更申请；还没申报的直接改。"));
    TRY(session_of(cx, c.id, f->session_id, &plan, &n, &at));
    if (plan[at].day < today_of(cx))
        return SAY(cx, E_STATE, "session_id", N_("这次课已经上过了，不能再变更。"));
    values_of(&plan[at], was);
    struct buf json = {.a = cx->arena};
    buf_fmt(&json, "{\"session\":%lld", (long long)f->session_id);
    for (int i = 0; i < FIELDS; i++) {
        to[i] = given[i] != NULL ? *given[i] : was[i];
        differs = differs || to[i] != was[i];
        buf_fmt(&json, ",\"%s\":[%lld,%lld]", names[i], (long long)was[i], (long long)to[i]);
    }
    buf_str(&json, "}");
    if (!differs)
        return SAY(cx, E_INVALID, NULL, N_("没有改动，不用提申请。"));
    if (to[0] < today_of(cx))
        return SAY(cx, E_INVALID, "day", N_("新日期不能早于今天。"));
    TRY(still_fits(cx, &c, plan, n, at, to));
    TRY(q_class_change_add(cx, &(struct q_class_change_add_in){.class_id = c.id, .proposed = buf_text(&json), .reason = f->reason, .status = "asked",
                                                               .at = cx->now, .account_id = cx->actor.account_id}, &row));
    a->id = row.id;
    return class_note(cx, c.id, &(struct flow_edge){.from = c.status, .action = "ask_change", .to = c.status}, f->reason);
}

err_t class_change_ask(struct ctx *cx, int64_t class_id, const struct change_form *in, int64_t *id)
{
    struct ask a = {.class_id = class_id, .in = in};
    TRY(store_tx(cx, STORE_WRITE, ask_tx, &a));
    *id = a.id;
    return E_OK;
}

static bool read_change(struct ctx *cx, const char *json, int64_t *session, int64_t to[FIELDS])
{
    json_t *o = json_loads(json, 0, NULL);
    bool good = o != NULL && json_is_integer(json_object_get(o, "session"));
    (void)cx;
    *session = good ? json_integer_value(json_object_get(o, "session")) : 0;
    for (int i = 0; i < FIELDS && good; i++) {
        const json_t *pair = json_object_get(o, names[i]);
        good = json_array_size(pair) == 2;
        to[i] = good ? json_integer_value(json_array_get(pair, 1)) : 0;
    }
    json_decref(o);
    return good;
}

static err_t apply(struct ctx *cx, const struct q_class_rows_row *c, const struct q_class_change_get_row *h)
{
    struct q_class_plan_row *plan;
    size_t n, at;
    int64_t session, to[FIELDS];
    if (!changeable(c->status))
        return SAY(cx, E_STATE, NULL, N_("班已经结课或取消，不能再变更。"));
    if (!read_change(cx, h->proposed, &session, to))
        return FAIL(cx, E_BUG, NULL, "change %lld cannot be read", (long long)h->id);
    TRY(session_of(cx, c->id, session, &plan, &n, &at));
    TRY(still_fits(cx, c, plan, n, at, to));
    struct q_class_session_edit_in in = {.day = to[0], .from_min = to[1], .to_min = to[1] + plan[at].to_min - plan[at].from_min,
                                         .teacher_id = to[2], .place_id = to[3], .id = session, .class_id = c->id};
    TRY(q_class_session_edit(cx, &in, NULL));
    int64_t last = to[0] > c->ends_on ? to[0] : c->ends_on;
    return q_class_days(cx, &(struct q_class_days_in){.starts_on = first_of(c, to[0]), .ends_on = last, .id = c->id}, NULL);
}

static err_t settle_tx(struct ctx *cx, void *arg)
{
    const struct ask *a = arg;
    struct q_class_change_get_row h;
    struct q_class_rows_row c;
    size_t n;
    TRY(q_class_change_get(cx, &(struct q_class_change_get_in){.id = a->id}, &h));
    TRY(class_find(cx, h.class_id, &c));
    TRY(class_own(cx, &c));
    if ((cx->actor.role & OFFICERS) == 0)
        return FAIL(cx, E_DENIED, NULL, "role %x decides no changes", cx->actor.role);
    if (!a->approve && a->note == NULL)
        return SAY(cx, E_INVALID, "note", N_("请写明原因。"));
    if (a->approve)
        TRY(apply(cx, &c, &h));
    TRY(q_class_change_decide(cx, &(struct q_class_change_decide_in){.status = a->approve ? "approved" : "refused",
                                                                    .decided_by = cx->actor.account_id, .decided_at = cx->now, .id = h.id}, &n));
    if (n == 0)
        return SAY(cx, E_CONFLICT, NULL, N_("这份变更申请已经有人答复过了。"));
    return class_note(cx, c.id, &(struct flow_edge){.from = c.status, .action = a->approve ? "change" : "refuse_change", .to = c.status}, a->note);
}

err_t class_change_settle(struct ctx *cx, int64_t change_id, bool approve, const char *note)
{
    return store_tx(cx, STORE_WRITE, settle_tx, &(struct ask){.id = change_id, .approve = approve, .note = note});
}

err_t class_changes(struct ctx *cx, int64_t class_id, struct q_class_change_list_row **rows, size_t *n)
{
    return q_class_change_list(cx, &(struct q_class_change_list_in){.class_id = class_id}, rows, n);
}

err_t class_changes_waiting(struct ctx *cx, int64_t district, struct q_class_change_waiting_row **rows, size_t *n)
{
    return q_class_change_waiting(cx, &(struct q_class_change_waiting_in){.district = district}, rows, n);
}
