#include "city/matching/matching.h"

#include "city/house.h"
#include "city/reference.h"
#include "store/store.h"

#include "base/day.h"

#include "matching.sql.h"

#include <string.h>

enum { PAGE = 1000, REASONS = 24 };

/* ---- the engine follows ---- */

static err_t put(struct ctx *cx, struct match *m, int64_t id)
{
    struct wish w;
    struct match_person p;
    TRY(wish_get(cx, id, &w));
    counter_person(cx, &w, &p);
    return match_person_put(cx, m, id, &p);
}

static err_t load_page(struct ctx *cx, struct match *m, int64_t *after, size_t *n)
{
    struct q_matching_page_row *rows;
    TRY(q_matching_page(cx, &(struct q_matching_page_in){.id = *after, .lim = PAGE}, &rows, n));
    for (size_t i = 0; i < *n; i++)
        TRY(put(cx, m, rows[i].id));
    if (*n > 0)
        *after = rows[*n - 1].id;
    return E_OK;
}

err_t matching_load(struct ctx *cx, struct match *m, int64_t *seq)
{
    TRY(index_pages(cx, m, PAGE, load_page, seq));
    return match_refresh(cx, m);
}

static err_t follow_one(struct ctx *cx, struct match *m, int64_t id)
{
    struct q_matching_one_row *row;
    size_t n;
    TRY(q_matching_one(cx, &(struct q_matching_one_in){.id = id}, &row, &n));
    return n == 0 ? match_person_remove(cx, m, id) : put(cx, m, id);
}

err_t matching_follow(struct ctx *cx, struct match *m, int64_t *seq)
{
    struct change *c;
    size_t n, people = 0;
    TRY(change_since(cx, *seq, PAGE, &c, &n));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(c[i].kind, "person") != 0)
            continue;
        people++;
        TRY(follow_one(cx, m, c[i].object_id));
    }
    if (n > 0)
        *seq = c[n - 1].seq;
    return people > 0 ? match_refresh(cx, m) : E_OK;
}

/* ---- who could do this ---- */

static bool same_work(const struct match_recommendation *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->reasons[i].kind == MATCH_R_OCCUPATION)
            return r->reasons[i].have >= 3; /* the same minor group */
    return false;
}

static err_t person_of(struct ctx *cx, const struct match_recommendation *r, const struct q_job_get_row *job, struct suited *out)
{
    *out = (struct suited){.person_id = r->id, .score = r->score, .distance = r->distance, .reasons = ARENA_ARRAY(cx->arena, struct reason, REASONS)};
    TRY(wish_get(cx, r->id, &out->wish));
    struct reason_facts f = {.shifts = job->shift, .types = job->job_type, .want_shifts = out->wish.shifts == NULL ? "" : out->wish.shifts,
                             .want_types = out->wish.job_types == NULL ? "" : out->wish.job_types};
    out->n = reason_list(cx, r, &f, out->reasons, REASONS, &out->met, &out->total);
    return E_OK;
}

static err_t ask(struct ctx *cx, int64_t job_id, struct match_candidates *c, struct suited_all *out)
{
    const struct match_view *v;
    int32_t today = match_day(day_of(cx->now, DAY_ZONE));
    TRY(match_pin(cx, cx->house->match, &v));
    err_t e = match_people_for(cx, v, job_id, today, MATCHING_LOOKED_AT, c);
    if (e == E_OK)
        e = match_people_loosen(cx, v, job_id, today, out->loosen, &out->n_loosen);
    match_unpin(v);
    return e;
}

err_t matching_people(struct ctx *cx, const struct q_job_get_row *job, size_t k, bool shared_only, struct suited_all *out)
{
    struct match_candidates c;
    *out = (struct suited_all){.best = ARENA_ARRAY(cx->arena, struct suited, k + 1)};
    TRY(ask(cx, job->id, &c, out));
    out->considered = c.considered;
    out->fitting = c.fitting;
    for (size_t i = 0; i < c.n; i++) {
        bool shown = true;
        if (!same_work(&c.best[i]))
            continue;
        out->same_work++;
        if (shared_only)
            TRY(consent_has(cx, c.best[i].id, "share", &shown));
        if (shown && out->n < k)
            TRY(person_of(cx, &c.best[i], job, &out->best[out->n++]));
    }
    return E_OK;
}
