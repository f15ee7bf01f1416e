/* Recommendations at the counter: the person's wishes through the engine, with reasons as sentences. */
#include "city/counter/counter.h"

#include "base/day.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/referrals/referrals.h"
#include "store/store.h"

#include <string.h>

enum { FETCH = 60, REASONS = 24 };

/* Distances count from the street named in the wish. */
void counter_person(struct ctx *cx, const struct wish *w, struct match_person *out)
{
    const struct city_street *s = w->street == NULL ? NULL : city_street(cx->house->city, *w->street);
    reason_person(cx, cx->house->match, w, s == NULL ? 0 : (int32_t)s->lat, s == NULL ? 0 : (int32_t)s->lng, out);
}

static int32_t this_day(const struct ctx *cx) { return match_day(day_of(cx->now, DAY_ZONE)); }

static err_t advice_of(struct ctx *cx, const struct match_recommendation *r, const struct wish *w, struct advice *out)
{
    TRY(job_find(cx, r->id, &out->job));
    struct reason_facts f = {.shifts = out->job.shift, .types = out->job.job_type, .want_shifts = w->shifts == NULL ? "" : w->shifts,
                             .want_types = w->job_types == NULL ? "" : w->job_types};
    out->distance = r->distance;
    out->reasons = ARENA_ARRAY(cx->arena, struct reason, REASONS);
    out->n = reason_list(cx, r, &f, out->reasons, REASONS, &out->met, &out->total);
    out->json = reason_json(cx, out->reasons, out->n);
    return E_OK;
}

static bool disliked(const struct q_dislike_list_row *rows, size_t n, int64_t job_id)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].job_id == job_id)
            return true;
    return false;
}

/* Does a come before b? */
static bool before(enum counter_sort sort, const struct advice *a, const struct advice *b)
{
    if (sort == COUNTER_NEAR)
        return (a->distance < 0 ? INT64_MAX : a->distance) < (b->distance < 0 ? INT64_MAX : b->distance);
    int64_t x = a->job.month_max == NULL ? 0 : *a->job.month_max, y = b->job.month_max == NULL ? 0 : *b->job.month_max;
    return x > y;
}

static void order(enum counter_sort sort, struct advice *v, size_t n)
{
    for (size_t i = 1; sort != COUNTER_BEST && i < n; i++)
        for (size_t j = i; j > 0 && before(sort, &v[j], &v[j - 1]); j--) {
            struct advice t = v[j];
            v[j] = v[j - 1];
            v[j - 1] = t;
        }
}

/* The first `most` that the person did not refuse and that are still open. */
static err_t take_best(struct ctx *cx, const struct match_recommended *r, int64_t person_id, const struct wish *w, size_t most,
                       struct advices *out)
{
    struct q_dislike_list_row *no;
    size_t n_no;
    TRY(dislike_list(cx, person_id, &no, &n_no));
    out->best = ARENA_ARRAY(cx->arena, struct advice, r->n + 1);
    for (size_t i = 0; i < r->n && out->n < most; i++) {
        if (disliked(no, n_no, r->best[i].id))
            continue;
        struct advice *a = &out->best[out->n];
        err_t e = advice_of(cx, &r->best[i], w, a);
        if (e == E_NOTFOUND)
            continue; /* gone since the index was read */
        TRY(e);
        if (strcmp(a->job.status, "open") == 0)
            out->n++;
    }
    out->near_miss = ARENA_ARRAY(cx->arena, struct near_miss, r->n_near_miss + 1);
    for (size_t i = 0; i < r->n_near_miss; i++)
        out->near_miss[out->n_near_miss++] = (struct near_miss){certificate_word(cx, r->near_miss[i].certificate), r->near_miss[i].ads,
                                                                r->near_miss[i].openings};
    return E_OK;
}

err_t counter_recommend(struct ctx *cx, int64_t person_id, const struct wish *w, enum counter_sort sort, size_t k, struct advices *out)
{
    const struct match_view *v;
    struct match_person p;
    struct match_recommended r;
    *out = (struct advices){0};
    counter_person(cx, w, &p);
    TRY(match_pin(cx, cx->house->match, &v));
    err_t e = match_recommend(cx, v, &p, this_day(cx), FETCH, &r);
    match_unpin(v);
    TRY(e);
    out->considered = r.considered;
    out->fitting = r.fitting;
    TRY(take_best(cx, &r, person_id, w, sort == COUNTER_BEST ? k : FETCH, out)); /* another order needs them all */
    order(sort, out->best, out->n);
    out->n = out->n < k ? out->n : k;
    return E_OK;
}

err_t counter_explain(struct ctx *cx, const struct wish *w, int64_t job_id, struct advice *out)
{
    const struct match_view *v;
    struct match_person p;
    struct match_recommendation r;
    *out = (struct advice){.distance = -1, .json = "{\"reasons\":[]}"};
    counter_person(cx, w, &p);
    TRY(match_pin(cx, cx->house->match, &v));
    err_t e = match_explain(cx, v, &p, this_day(cx), job_id, &r);
    match_unpin(v);
    if (e == E_NOTFOUND) /* so new that the index has not seen it: it goes onto the slip without reasons */
        return job_find(cx, job_id, &out->job);
    TRY(e);
    return advice_of(cx, &r, w, out);
}

/* ---- onto the slip ---- */

struct adding {
    int64_t visit_id, job_id;
    const char *reasons;
};

static err_t add_tx(struct ctx *cx, void *arg)
{
    const struct adding *a = arg;
    struct q_visit_row v;
    TRY(visit_get(cx, a->visit_id, &v));
    if (v.ended_at != NULL)
        return SAY(cx, E_STATE, NULL, N_("这次接待已经结束，要继续办请重新开始一次接待。"));
    return slip_add(cx, &(struct slip_item){.visit_id = v.id, .station_id = v.station_id, .job_id = a->job_id, .person_id = v.person_id,
                                            .reasons = a->reasons});
}

err_t counter_add(struct ctx *cx, int64_t visit_id, int64_t job_id)
{
    struct q_visit_row v;
    struct wish w = {.words = NULL};
    struct advice a;
    TRY(visit_get(cx, visit_id, &v));
    if (v.person_id != NULL)
        TRY(wish_get(cx, *v.person_id, &w));
    TRY(counter_explain(cx, &w, job_id, &a));
    if (strcmp(a.job.status, "open") != 0)
        return SAY(cx, E_STATE, NULL, N_("这个岗位已经不招了，请换一个。"));
    return store_tx(cx, STORE_WRITE, add_tx, &(struct adding){visit_id, job_id, a.json});
}
