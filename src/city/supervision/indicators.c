/* indicators.c -- what the city sees of how its districts watch: the failures that article 30 of the (expired) rules lists. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "city/reference.h"

#include "supervision.sql.h"

static struct indicators *of(struct indicators *all, size_t n, int64_t district)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].district == district)
            return &all[i];
    return &all[n]; /* a district that is no more: counted nowhere */
}

static err_t visits(struct ctx *cx, int64_t from, int64_t to, struct indicators *all, size_t n)
{
    struct q_indicator_classes_row *c;
    struct q_indicator_visits_row *v;
    struct q_indicator_pairs_row *p;
    size_t k;
    int64_t today = day_of(cx->now, DAY_ZONE), hours;
    TRY(watch_number(cx, "visit.enter", "hours", today, &hours));
    TRY(q_indicator_classes(cx, &(struct q_indicator_classes_in){.from_on = from, .to_on = to, .today = today}, &c, &k));
    for (size_t i = 0; i < k; i++) {
        struct indicators *d = of(all, n, c[i].district);
        d->classes = c[i].classes, d->finished = c[i].finished, d->unseen = c[i].unseen;
    }
    struct q_indicator_visits_in in = {.from_on = from, .to_on = to, .today = today, .late_ms = hours * 3600000};
    TRY(q_indicator_visits(cx, &in, &v, &k));
    for (size_t i = 0; i < k; i++) {
        struct indicators *d = of(all, n, v[i].district);
        d->visits = v[i].visits, d->late = v[i].late, d->overdue = v[i].overdue, d->bad = v[i].bad;
    }
    TRY(q_indicator_pairs(cx, &(struct q_indicator_pairs_in){.from_on = from, .to_on = to}, &p, &k));
    for (size_t i = 0; i < k; i++)
        of(all, n, p[i].district)->pairs = p[i].n;
    return E_OK;
}

static err_t cases(struct ctx *cx, int64_t from, int64_t to, struct indicators *all, size_t n)
{
    struct q_indicator_passes_row *p;
    struct q_indicator_cases_row *a;
    struct q_indicator_calls_row *c;
    size_t k;
    int64_t today = day_of(cx->now, DAY_ZONE), days;
    TRY(watch_number(cx, "anomaly.open", "days", today, &days));
    TRY(q_indicator_passes(cx, &(struct q_indicator_passes_in){.from_on = from, .to_on = to, .least = 10}, &p, &k));
    for (size_t i = 0; i < k; i++)
        of(all, n, p[i].district)->passes = p[i].n;
    struct q_indicator_cases_in in = {.from_at = day_start(from, DAY_ZONE), .old_at = cx->now - days * DAY_MS};
    TRY(q_indicator_cases(cx, &in, &a, &k));
    for (size_t i = 0; i < k; i++) {
        struct indicators *d = of(all, n, a[i].district);
        d->cases = a[i].cases, d->waiting = a[i].waiting, d->old = a[i].old, d->confirmed = a[i].confirmed;
    }
    TRY(q_indicator_calls(cx, &(struct q_indicator_calls_in){.from_on = from, .today = today}, &c, &k));
    for (size_t i = 0; i < k; i++) {
        struct indicators *d = of(all, n, c[i].district);
        d->calls = c[i].calls, d->called = c[i].done, d->uncalled = c[i].overdue;
    }
    return E_OK;
}

err_t indicator_kinds(struct ctx *cx, int64_t year, struct q_indicator_kinds_row **rows, size_t *n)
{
    struct q_indicator_kinds_in in = {.from_at = day_start(year * 10000 + 101, DAY_ZONE), .to_at = day_start((year + 1) * 10000 + 101, DAY_ZONE) - 1};
    return q_indicator_kinds(cx, &in, rows, n);
}

err_t indicators_of(struct ctx *cx, int64_t year, struct indicators **out, size_t *n)
{
    const struct city *city = cx->house->city;
    struct indicators *all = ARENA_ARRAY(cx->arena, struct indicators, city->n_districts + 1);
    int64_t from = year * 10000 + 101, to = year * 10000 + 1231;
    for (size_t i = 0; i <= city->n_districts; i++)
        all[i] = (struct indicators){.district = i < city->n_districts ? city->districts[i].code : 0};
    TRY(visits(cx, from, to, all, city->n_districts));
    TRY(cases(cx, from, to, all, city->n_districts));
    *out = all;
    *n = city->n_districts;
    return E_OK;
}
