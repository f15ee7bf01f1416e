#include "city/nearmiss/nearmiss.h"

#include "base/day.h"
#include "city/house.h"
#include "store/store.h"

#include "nearmiss.sql.h"

#include <string.h>

enum { FITTING = 20 /* of which the best pay is taken */, A_TIME = 200, NEAR_WORK = 2 /* levels of the tree of occupations */ };
#define DAY_OLD (22LL * 3600000) /* a count is made anew when it is nearly a day old */

static int64_t pays(const struct q_job_get_row *j) { return j->month_max == NULL ? 0 : *j->month_max; }

/* The jobs of these recommendations that are still open. */
static err_t jobs_of(struct ctx *cx, const struct match_recommendation *r, size_t n, struct q_job_get_row *out, size_t *n_out)
{
    *n_out = 0;
    for (size_t i = 0; i < n; i++) {
        err_t e = job_find(cx, r[i].id, &out[*n_out]);
        if (e == E_NOTFOUND)
            continue; /* gone since the index was read */
        TRY(e);
        if (strcmp(out[*n_out].status, "open") == 0)
            ++*n_out;
    }
    return E_OK;
}

static int64_t best_pay(const struct q_job_get_row *j, size_t n)
{
    int64_t most = 0;
    for (size_t i = 0; i < n; i++)
        most = pays(&j[i]) > most ? pays(&j[i]) : most;
    return most;
}

/* The nearest classes that lead to it; the lowest level is enough for an ad that asks for the certificate, so it comes first. */
static err_t classes_of(struct ctx *cx, const int64_t *street, struct unlocked *u)
{
    static const int64_t levels[] = {5, 4, 0};
    u->classes = ARENA_ARRAY(cx->arena, struct need_class, NEARMISS_CLASSES);
    for (size_t l = 0; l < sizeof levels / sizeof *levels; l++)
        for (size_t i = 0; i < u->n_ways; i++) {
            struct need_class *found;
            size_t n;
            TRY(need_classes(cx, u->ways[i].occupation, levels[l], "any", street != NULL ? *street : 0, NEARMISS_CLASSES, &found, &n));
            for (size_t k = 0; k < n && u->n_classes < NEARMISS_CLASSES; k++)
                u->classes[u->n_classes++] = found[k];
        }
    return E_OK;
}

static err_t unlock(struct ctx *cx, const struct match_near_miss *m, int64_t pay_now, struct unlocked *u)
{
    size_t n = m->n < NEARMISS_JOBS ? m->n : NEARMISS_JOBS;
    *u = (struct unlocked){.code = certificate_of(m->certificate), .name = certificate_word(cx, m->certificate), .ads = m->ads, .openings = m->openings};
    u->ways = city_certificate(cx->house->city, u->code, &u->n_ways);
    for (size_t i = 0; i < u->n_ways; i++)
        u->licence |= u->ways[i].licence;
    u->jobs = ARENA_ARRAY(cx->arena, struct q_job_get_row, n + 1);
    TRY(jobs_of(cx, m->best, n, u->jobs, &u->n_jobs));
    int64_t then = best_pay(u->jobs, u->n_jobs);
    u->gain = pay_now > 0 && then > pay_now ? then - pay_now : 0;
    return E_OK;
}

/* A certificate for other work than the person wishes opens no door: the best of its jobs must be of the same middle class at least. */
static bool wished_for(const struct match_near_miss *m)
{
    for (size_t i = 0; m->n > 0 && i < m->best[0].n; i++)
        if (m->best[0].reasons[i].kind == MATCH_R_OCCUPATION)
            return m->best[0].reasons[i].have >= NEAR_WORK;
    return true; /* nothing wished: anything goes */
}

/* What the engine answers; of the near misses only those for work that is wished. */
static err_t recommend(struct ctx *cx, const struct wish *w, struct match_recommended *r)
{
    const struct match_view *v;
    struct match_person p;
    counter_person(cx, w, &p);
    TRY(match_pin(cx, cx->house->match, &v));
    err_t e = match_recommend(cx, v, &p, match_day(day_of(cx->now, DAY_ZONE)), FITTING, r);
    match_unpin(v);
    TRY(e);
    struct match_near_miss *kept = ARENA_ARRAY(cx->arena, struct match_near_miss, r->n_near_miss + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->n_near_miss; i++)
        if (wished_for(&r->near_miss[i]))
            kept[n++] = r->near_miss[i];
    r->near_miss = kept;
    r->n_near_miss = n;
    return E_OK;
}

err_t nearmiss_of(struct ctx *cx, const struct wish *w, struct unlocked **out, size_t *n)
{
    struct match_recommended r;
    *n = 0;
    if (w->updated_at == 0)
        return E_OK;
    TRY(recommend(cx, w, &r));
    struct q_job_get_row *now = ARENA_ARRAY(cx->arena, struct q_job_get_row, r.n + 1);
    size_t n_now;
    TRY(jobs_of(cx, r.best, r.n, now, &n_now));
    *out = ARENA_ARRAY(cx->arena, struct unlocked, r.n_near_miss + 1);
    for (size_t i = 0; i < r.n_near_miss; i++, ++*n)
        TRY(unlock(cx, &r.near_miss[i], best_pay(now, n_now), &(*out)[*n]));
    for (size_t i = 0; i < *n; i++)
        TRY(classes_of(cx, w->street, &(*out)[i]));
    return E_OK;
}

/* ---- for everybody, once a day ---- */

struct count {
    int64_t person_id;
    const struct match_recommended *r;
};

static err_t count_tx(struct ctx *cx, void *arg)
{
    const struct count *c = arg;
    struct q_near_miss_add_in add = {.person_id = c->person_id, .certificate = "", .at = cx->now};
    TRY(q_near_miss_clear(cx, &(struct q_near_miss_clear_in){.person_id = c->person_id}, NULL));
    if (c->r->n_near_miss == 0)
        return q_near_miss_add(cx, &add, NULL);
    for (size_t i = 0; i < c->r->n_near_miss; i++) {
        const struct match_near_miss *m = &c->r->near_miss[i];
        add.certificate = certificate_of(m->certificate);
        add.ads = m->ads;
        add.openings = m->openings;
        TRY(q_near_miss_add(cx, &add, NULL));
    }
    return E_OK;
}

/* Who took the consent back, or was forgotten, is counted no more. */
static err_t lapse_tx(struct ctx *cx, void *arg)
{
    size_t gone;
    (void)arg;
    return q_near_miss_lapsed(cx, &gone);
}

static err_t count_due(struct ctx *cx)
{
    struct q_near_miss_due_row *due;
    size_t n;
    TRY(store_tx(cx, STORE_WRITE, lapse_tx, NULL));
    TRY(q_near_miss_due(cx, &(struct q_near_miss_due_in){.at = cx->now - DAY_OLD, .lim = A_TIME}, &due, &n));
    for (size_t i = 0; i < n; i++) {
        struct wish w;
        struct match_recommended r;
        TRY(wish_get(cx, due[i].person_id, &w));
        TRY(recommend(cx, &w, &r));
        TRY(store_tx(cx, STORE_WRITE, count_tx, &(struct count){due[i].person_id, &r}));
    }
    return E_OK;
}

err_t nearmiss_tick(struct ctx *cx)
{
    return task_run(cx, "nearmiss.count", 50000, count_due);
}

err_t nearmiss_demand(struct ctx *cx, int64_t district, struct q_near_miss_demand_row **rows, size_t *n)
{
    return q_near_miss_demand(cx, &(struct q_near_miss_demand_in){.district = district != 0 ? &district : NULL, .fewest = NEARMISS_FEWEST}, rows, n);
}
