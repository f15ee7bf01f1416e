/* analyse.c -- what our own ads say, frozen; the score of a round, kept and read again. */
#include "city/shortages/shortages.h"

#include "base/day.h"
#include "base/view.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/shortages/shortages_impl.h"
#include "rules/rules.h"
#include "store/store.h"

#include "shortages.sql.h"

#include <stdlib.h>
#include <string.h>

enum { CLAIMS_MOST = 200000 };

/* ---- the witness ---- */

struct table { /* one entry an occupation, in the order of the city's list */
    const struct city *city;
    struct shortage_own *own;
};

static struct shortage_own *own_of(const struct table *t, const char *code)
{
    const struct city_occupation *o = city_occupation(t->city, code);
    return o != NULL && o->level == 4 ? &t->own[o - t->city->occupations] : NULL;
}

/* Ads by their day of posting, the youngest first: the median is where half of the ads are passed. */
static err_t ads(struct ctx *cx, const struct table *t)
{
    struct q_shortage_own_ads_row *rows;
    int64_t today = day_of(cx->now, DAY_ZONE);
    size_t n;
    TRY(q_shortage_own_ads(cx, &(struct q_shortage_own_ads_in){.today = today}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct shortage_own *o = own_of(t, rows[i].occupation);
        if (o != NULL) {
            o->ads += rows[i].ads;
            o->openings += rows[i].openings;
        }
    }
    for (size_t i = 0, j; i < n; i = j) {
        struct shortage_own *o = own_of(t, rows[i].occupation);
        int64_t passed = 0;
        for (j = i; j < n && strcmp(rows[j].occupation, rows[i].occupation) == 0; j++) {
            int64_t before = passed, age = day_between(rows[j].posted_on, today);
            passed += rows[j].ads;
            if (o != NULL && 2 * before < o->ads && 2 * passed >= o->ads)
                o->vacant_days = age > 0 ? age : 0;
        }
    }
    return E_OK;
}

static err_t seekers(struct ctx *cx, const struct table *t)
{
    struct q_shortage_own_wishes_row *rows;
    size_t n;
    TRY(q_shortage_own_wishes(cx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        for (const char *p = rows[i].occupations; *p != '\0';) {
            size_t len = strcspn(p, ",");
            struct shortage_own *o = own_of(t, arena_strndup(cx->arena, p, len));
            if (o != NULL)
                o->seekers += rows[i].n;
            p += len + (p[len] == ',');
        }
    return E_OK;
}

static err_t refused(struct ctx *cx, const struct table *t)
{
    struct q_shortage_own_refused_row *rows;
    int64_t today = day_of(cx->now, DAY_ZONE), months;
    size_t n;
    TRY(rules_number(cx, cx->house->rules, "shortage.own", "refused_months", today, &months, NULL));
    int64_t since = day_start(day_add_months(today, -months), DAY_ZONE);
    TRY(q_shortage_own_refused(cx, &(struct q_shortage_own_refused_in){.since = since}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct shortage_own *o = own_of(t, rows[i].occupation);
        if (o != NULL)
            o->refused += rows[i].n;
    }
    return E_OK;
}

static err_t witness(struct ctx *cx, int64_t round_id)
{
    const struct city *city = cx->house->city;
    struct table t = {city, ARENA_ARRAY(cx->arena, struct shortage_own, city->n_occupations)};
    size_t n;
    memset(t.own, 0, city->n_occupations * sizeof *t.own);
    TRY(ads(cx, &t));
    TRY(seekers(cx, &t));
    TRY(refused(cx, &t));
    TRY(q_shortage_witness_clear(cx, &(struct q_shortage_witness_clear_in){.round_id = round_id}, &n));
    for (size_t i = 0; i < city->n_occupations; i++) {
        const struct shortage_own *o = &t.own[i];
        if (o->ads == 0 && o->refused == 0)
            continue;
        struct q_shortage_witness_add_in in = {.round_id = round_id, .occupation = city->occupations[i].code, .ads = o->ads, .openings = o->openings,
                                               .seekers = o->seekers, .vacant_days = o->vacant_days, .refused = o->refused};
        TRY(q_shortage_witness_add(cx, &in, &n));
    }
    return E_OK;
}

/* ---- the score ---- */

static err_t inputs(struct ctx *cx, int64_t round_id, struct shortage_outcome *out)
{
    struct q_shortage_report_rows_row *reports;
    struct q_shortage_witness_rows_row *own;
    TRY(shortage_reports(cx, &(struct shortage_find){.round_id = round_id, .stood = true, .lim = CLAIMS_MOST}, &reports, &out->n_claims));
    TRY(q_shortage_witness_rows(cx, &(struct q_shortage_witness_rows_in){.round_id = round_id}, &own, &out->n_own));
    out->claims = ARENA_ARRAY(cx->arena, struct shortage_claim, out->n_claims + 1);
    out->own = ARENA_ARRAY(cx->arena, struct shortage_own, out->n_own + 1);
    for (size_t i = 0; i < out->n_claims; i++) {
        const struct q_shortage_report_rows_row *r = &reports[i];
        out->claims[i] = (struct shortage_claim){r->channel, r->organisation, r->occupation, r->district, r->level, r->openings, r->difficulty,
                                                 r->vacant_days != NULL ? *r->vacant_days : -1};
    }
    for (size_t i = 0; i < out->n_own; i++)
        out->own[i] = (struct shortage_own){own[i].occupation, own[i].ads, own[i].openings, own[i].seekers, own[i].vacant_days, own[i].refused};
    return E_OK;
}

static void calculate(struct ctx *cx, struct shortage_outcome *o)
{
    shortage_calculate(cx, &o->terms, o->claims, o->n_claims, o->own, o->n_own, &o->results, &o->n);
}

static const char *parts_json(struct ctx *cx, const struct shortage_result *r)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    for (int k = 0; k < VOICES; k++)
        if (r->part[k].speaks)
            view_i64(cx->arena, v, shortage_voices[k], r->part[k].score);
    view_json(&b, v);
    return buf_text(&b);
}

err_t shortage_analyse(struct ctx *cx, int64_t round_id, const char **terms)
{
    struct shortage_outcome o = {0};
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    size_t n;
    TRY(shortage_terms(cx, day_of(cx->now, DAY_ZONE), &o.terms));
    TRY(witness(cx, round_id));
    TRY(inputs(cx, round_id, &o));
    calculate(cx, &o);
    TRY(q_shortage_score_clear(cx, &(struct q_shortage_score_clear_in){.round_id = round_id}, &n));
    for (size_t i = 0; i < o.n; i++) {
        struct q_shortage_score_add_in in = {.round_id = round_id, .occupation = o.results[i].occupation, .score = o.results[i].is.score,
                                             .urgency = o.results[i].is.urgency, .parts = parts_json(cx, &o.results[i])};
        TRY(q_shortage_score_add(cx, &in, &n));
    }
    shortage_terms_view(cx, v, &o.terms);
    view_json(&b, v);
    *terms = buf_text(&b);
    return E_OK;
}

err_t shortage_outcome(struct ctx *cx, const struct q_shortage_round_rows_row *round, struct shortage_outcome *out)
{
    *out = (struct shortage_outcome){0};
    if (*round->scoring == '\0')
        return SAY(cx, E_STATE, NULL, N_("这一轮还没有分析。"));
    TRY(shortage_terms_read(cx, round->scoring, &out->terms));
    TRY(inputs(cx, round->id, out));
    calculate(cx, out);
    return E_OK;
}
