/* find_records.c -- what does not fit between a class and other records: other classes, places, hires, insurance, certificates. */
#include "city/supervision/find.h"

#include "city/supervision/supervision.h"

#include "supervision.sql.h"

#include <string.h>

/* ---- in two classes at once ---- */

static err_t overlaps(struct look *l)
{
    struct q_find_overlap_row *rows;
    struct arena *a = l->cx->arena;
    size_t n;
    TRY(q_find_overlap(l->cx, &(struct q_find_overlap_in){.class_id = l->c.id, .lim = 500}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t one = rows[i].id < rows[i].other_trainee ? rows[i].id : rows[i].other_trainee, two = one == rows[i].id ? rows[i].other_trainee : rows[i].id;
        struct finding *f = find_new(l, "overlap", arena_fmt(a, "overlap:%lld:%lld", (long long)one, (long long)two));
        f->trainee_id = rows[i].id;
        f->n++;
        if (f->n == 1)
            view_str(a, f->detail, "other", rows[i].other_code);
        struct q_attendance_sign_row s = {.trainee_id = rows[i].id, .at = rows[i].at, .means = rows[i].means, .device = ""};
        const char *until = arena_fmt(a, "%s–%s", watch_minutes(a, rows[i].from_min), watch_minutes(a, rows[i].to_min));
        find_record(l, f, rows[i].day, &s, arena_fmt(a, "%s %s %s", until, rows[i].other_code, watch_minutes(a, day_minute(rows[i].other_at, DAY_ZONE))));
    }
    return E_OK;
}

/* ---- more people in a room than it has seats, all classes together ---- */

static err_t rooms(struct look *l)
{
    struct q_find_capacity_row *rows;
    size_t n;
    int64_t over;
    TRY(find_number(l, "anomaly.capacity", "over", &over));
    TRY(q_find_capacity(l->cx, &(struct q_find_capacity_in){.class_id = l->c.id}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].n <= rows[i].place_seats + over)
            continue;
        struct finding *f = find_of_week(l, "capacity", rows[i].day, "");
        if (rows[i].n - rows[i].place_seats > f->n - f->limit || f->n == 0)
            f->n = rows[i].n, f->limit = rows[i].place_seats;
        find_record(l, f, rows[i].day, NULL, arena_fmt(l->cx->arena, "%s %s %lld/%lld", watch_minutes(l->cx->arena, rows[i].from_min), rows[i].place_name,
                                                       (long long)rows[i].n, (long long)rows[i].place_seats));
    }
    return E_OK;
}

/* ---- at work at that hour ---- */

struct working {
    int64_t trainee_id, from_on, to_on;
    const char *source;
};

/* Sessions on workdays, within the usual hours, signed on the spot: paper says less. */
static int64_t at_work(struct look *l, const struct working *w, int64_t from, int64_t to, struct finding *f)
{
    int64_t days = 0, last = 0;
    for (size_t s = 0; s < l->n_sessions; s++) {
        const struct q_attendance_session_row *k = &l->sessions[s];
        bool hours = day_weekday(k->day) <= 5 && k->from_min >= from - 60 && k->from_min < to - 60;
        if (!hours || k->day <= w->from_on || k->day > w->to_on)
            continue;
        for (size_t i = l->first[s]; i < l->first[s + 1]; i++) {
            const struct q_attendance_sign_row *in = &l->signs[i];
            if (in->trainee_id != w->trainee_id || in->leaving != 0 || strcmp(in->means, "paper") == 0)
                continue;
            days += k->day != last;
            last = k->day;
            if (f != NULL)
                find_record(l, f, k->day, in, w->source);
        }
    }
    return days;
}

static err_t one_working(struct look *l, const struct working *w)
{
    int64_t from, to, least;
    TRY(find_number(l, "anomaly.work", "from_minute", &from));
    TRY(find_number(l, "anomaly.work", "to_minute", &to));
    TRY(find_number(l, "anomaly.work", "days", &least));
    int64_t days = at_work(l, w, from, to, NULL);
    if (days < least)
        return E_OK;
    struct finding *f = find_new(l, "work", arena_fmt(l->cx->arena, "work:%lld", (long long)w->trainee_id));
    f->trainee_id = w->trainee_id;
    f->n = days > f->n ? days : f->n;
    f->limit = least;
    (void)at_work(l, w, from, to, f);
    return E_OK;
}

static err_t workers(struct look *l)
{
    struct q_find_hires_row *hires;
    struct q_find_employed_row *facts;
    size_t n_hires, n_facts;
    TRY(q_find_hires(l->cx, &(struct q_find_hires_in){.class_id = l->c.id}, &hires, &n_hires));
    for (size_t i = 0; i < n_hires; i++)
        TRY(one_working(l, &(struct working){hires[i].id, hires[i].from_on, 99991231, "hire"}));
    TRY(q_find_employed(l->cx, &(struct q_find_employed_in){.class_id = l->c.id}, &facts, &n_facts));
    for (size_t i = 0; i < n_facts; i++)
        TRY(one_working(l, &(struct working){facts[i].id, facts[i].from_on, facts[i].to_on != NULL ? *facts[i].to_on : 99991231, "insurance"}));
    return E_OK;
}

/* ---- certificates: too many in a day, or before the class was over ---- */

static err_t certificates(struct look *l)
{
    struct q_find_certificates_row *rows;
    struct q_find_early_row *early;
    size_t n, n_early;
    int64_t limit;
    struct arena *a = l->cx->arena;
    TRY(find_number(l, "anomaly.certificates", "persons", &limit));
    struct q_find_certificates_in in = {.provider_id = l->c.provider_id, .first_on = l->c.starts_on, .last_on = day_add(l->c.ends_on, 180)};
    TRY(q_find_certificates(l->cx, &in, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].n <= limit)
            continue;
        const char *key = arena_fmt(a, "certificates:%s:%lld:%s", l->c.provider_code, (long long)rows[i].issued_on, rows[i].evaluator);
        struct finding *f = find_new(l, "certificates", key);
        f->n = rows[i].n;
        f->limit = limit;
        find_record(l, f, rows[i].issued_on, NULL, rows[i].evaluator);
    }
    TRY(q_find_early(l->cx, &(struct q_find_early_in){.class_id = l->c.id}, &early, &n_early));
    for (size_t i = 0; i < n_early; i++) {
        struct finding *f = find_new(l, "early", arena_fmt(a, "early:%s", l->c.code));
        f->n++;
        find_record(l, f, early[i].issued_on, NULL, arena_fmt(a, "%s %s", early[i].code, early[i].number));
    }
    return E_OK;
}

err_t find_in_records(struct look *l)
{
    TRY(overlaps(l));
    TRY(rooms(l));
    TRY(workers(l));
    return certificates(l);
}
