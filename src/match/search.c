/* search.c -- words and conditions to a page of hits, the exact total, facets and ways out of an empty page. */
#include "match/engine.h"

#include "match/best.h"
#include "match/filter.h"
#include "match/query.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK 512
#define AHEAD 16 /* rows fetched before they are looked at */

struct list { /* scored ads of a part, ascending */
    const uint32_t *ads;
    const int32_t *scores;
    size_t n;
};

/* A group over one part: either postings as they lie, or a list made of its alternatives. */
struct cursor {
    struct postings p;
    int32_t factor; /* impact * factor >> 8 = score */
    struct list made;
    size_t n, at;
};

struct search {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct match_query *q;
    struct query query;
    struct filter filter;
    struct tally tally;
    struct best best;
    uint32_t skip;          /* group left out, QUERY_GROUPS = none: to see what dropping a word gives */
};

/* ---- groups over a part ---- */

static int32_t factor_of(const struct alt *a, unsigned i)
{
    return a->idf[i] * (int32_t)a->weight * 16;
}

static size_t gallop(const uint32_t *v, size_t at, size_t n, uint32_t x)
{
    size_t step = 1, lo = at;
    while (at + step < n && v[at + step] < x) {
        lo = at + step;
        step *= 2;
    }
    size_t hi = at + step < n ? at + step : n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (v[mid] < x)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* One term: its postings as they lie, with scores. */
static struct list term_list(struct ctx *cx, struct postings ps, int32_t factor)
{
    int32_t *scores = ARENA_ARRAY(cx->arena, int32_t, ps.n);
    for (size_t i = 0; i < ps.n; i++)
        scores[i] = ps.impacts[i] * factor >> 8;
    return (struct list){ps.ads, scores, ps.n};
}

static struct list alt_list(struct ctx *cx, const struct part *p, const struct alt *a)
{
    struct postings ps[ALT_TERMS];
    if (a->n == 1)
        return term_list(cx, part_postings(p, a->key[0]), factor_of(a, 0));
    unsigned first = 0;
    size_t at[ALT_TERMS] = {0};
    for (unsigned i = 0; i < a->n; i++) {
        ps[i] = part_postings(p, a->key[i]);
        first = ps[i].n < ps[first].n ? i : first;
    }
    uint32_t *ads = ARENA_ARRAY(cx->arena, uint32_t, ps[first].n);
    int32_t *scores = ARENA_ARRAY(cx->arena, int32_t, ps[first].n);
    size_t n = 0;
    for (size_t k = 0; k < ps[first].n; k++) {
        uint32_t ad = ps[first].ads[k];
        int32_t score = 0;
        bool all = true;
        for (unsigned i = 0; i < a->n && all; i++) {
            at[i] = i == first ? k : gallop(ps[i].ads, at[i], ps[i].n, ad);
            all = at[i] < ps[i].n && ps[i].ads[at[i]] == ad;
            score += all ? ps[i].impacts[at[i]] * factor_of(a, i) >> 8 : 0;
        }
        if (all) {
            ads[n] = ad;
            scores[n++] = score;
        }
    }
    return (struct list){ads, scores, n};
}

/* Both; where an ad is in both its greater score counts. */
static struct list merge(struct ctx *cx, struct list a, struct list b)
{
    uint32_t *ads = ARENA_ARRAY(cx->arena, uint32_t, a.n + b.n);
    int32_t *scores = ARENA_ARRAY(cx->arena, int32_t, a.n + b.n);
    size_t i = 0, k = 0, n = 0;
    while (i < a.n && k < b.n) {
        uint32_t x = a.ads[i], y = b.ads[k];
        int32_t u = x <= y ? a.scores[i] : INT32_MIN, v = y <= x ? b.scores[k] : INT32_MIN;
        ads[n] = x < y ? x : y;
        scores[n++] = u > v ? u : v;
        i += x <= y;
        k += y <= x;
    }
    struct list rest = i < a.n ? a : b;
    for (i = i < a.n ? i : k; i < rest.n; i++) {
        ads[n] = rest.ads[i];
        scores[n++] = rest.scores[i];
    }
    return (struct list){ads, scores, n};
}

static struct cursor cursor_open(struct ctx *cx, const struct part *p, const struct group *g)
{
    struct cursor c = {.factor = 0};
    if (g->n == 1 && g->alts[0].n == 1) {
        c.p = part_postings(p, g->alts[0].key[0]);
        c.factor = factor_of(&g->alts[0], 0);
        c.n = c.p.n;
        return c;
    }
    for (size_t i = 0; i < g->n; i++)
        if (g->alts[i].df > 0)
            c.made = c.made.n == 0 ? alt_list(cx, p, &g->alts[i]) : merge(cx, c.made, alt_list(cx, p, &g->alts[i]));
    c.p.ads = c.made.ads;
    c.n = c.made.n;
    return c;
}

static int32_t cursor_score(const struct cursor *c, size_t i)
{
    return c->factor != 0 || c->made.scores == NULL ? c->p.impacts[i] * c->factor >> 8 : c->made.scores[i];
}

/* ---- blocks of candidates ---- */

struct block {
    uint32_t ad[BLOCK];
    int32_t score[BLOCK];
    size_t n;
};

static void keep_common(struct block *b, struct cursor *c)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n && c->at < c->n; i++) {
        c->at = gallop(c->p.ads, c->at, c->n, b->ad[i]);
        if (c->at == c->n || c->p.ads[c->at] != b->ad[i])
            continue;
        b->ad[n] = b->ad[i];
        b->score[n++] = b->score[i] + cursor_score(c, c->at);
    }
    b->n = n;
}

static void keep_other(struct block *b, struct cursor *c)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (c->at < c->n)
            c->at = gallop(c->p.ads, c->at, c->n, b->ad[i]);
        if (c->at < c->n && c->p.ads[c->at] == b->ad[i])
            continue;
        b->ad[n] = b->ad[i];
        b->score[n++] = b->score[i];
    }
    b->n = n;
}

static int32_t sort_key(const struct search *x, const struct part *p, uint32_t ad, int32_t words)
{
    const struct row *r = &p->rows[ad];
    int32_t age = (int32_t)x->filter.today - r->fresh, metres;
    switch (x->q->sort) {
    case MATCH_NEAR:
        metres = ground_metres(&x->filter.from, r->lat, r->lng);
        return metres < 0 ? INT32_MIN : -metres;
    case MATCH_PAY:
        return (int32_t)((p->sides[ad].wage_min + (uint64_t)r->wage_max) / 2);
    case MATCH_NEWEST:
        return r->fresh;
    case MATCH_BEST:
        break;
    }
    return words + x->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age] + (int32_t)(r->mixed >> ROW_SOURCE) * 4;
}

/* What lives and is not over; the rows are fetched ahead, they lie apart. */
static void keep_living(const struct search *x, unsigned part, struct block *b)
{
    const struct part *p = x->s->parts[part];
    const struct live *live = x->s->live[part];
    bool all = live->n == p->n;
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (i + AHEAD < b->n)
            __builtin_prefetch(&p->rows[b->ad[i + AHEAD]]);
        uint32_t ad = b->ad[i];
        bool keep = (all || is_live(live, ad)) && !filter_over(&x->filter, &p->rows[ad]);
        b->ad[n] = ad;
        b->score[n] = b->score[i];
        n += keep;
    }
    b->n = n;
}

static void take_block(struct search *x, unsigned part, struct block *b)
{
    const struct part *p = x->s->parts[part];
    keep_living(x, part, b);
    for (size_t i = 0; i < b->n; i++) {
        uint32_t ad = b->ad[i], misses = filter_misses(&x->filter, p, ad);
        tally_add(&x->tally, p, ad, misses);
        if (misses != 0)
            continue;
        int32_t key = sort_key(x, p, ad, b->score[i]);
        if (best_hopeful(&x->best, key))
            best_add(x->cx->arena, &x->best, &(struct best_one){key, ad, p->sides[ad].id, part, 0});
    }
}

/* ---- a part ---- */

struct plan { /* the groups over this part, rarest first; then those excluded */
    struct cursor must[QUERY_GROUPS], not[QUERY_GROUPS];
    size_t n_must, n_not;
};

static void make_plan(struct search *x, const struct part *p, struct plan *plan)
{
    plan->n_must = plan->n_not = 0;
    for (size_t i = 0; i < x->query.n; i++) {
        if (i == x->skip)
            continue;
        struct cursor c = cursor_open(x->cx, p, &x->query.groups[i]);
        if (x->query.groups[i].excluded) {
            plan->not[plan->n_not++] = c;
            continue;
        }
        size_t at = plan->n_must++;
        for (; at > 0 && plan->must[at - 1].n > c.n; at--)
            plan->must[at] = plan->must[at - 1];
        plan->must[at] = c;
    }
}

static void scan_part(struct search *x, unsigned part)
{
    const struct part *p = x->s->parts[part];
    struct plan plan;
    struct block b;
    make_plan(x, p, &plan);
    struct cursor *lead = plan.n_must > 0 ? &plan.must[0] : NULL;
    size_t n = lead != NULL ? lead->n : p->n;
    for (size_t at = 0; at < n; at += BLOCK) {
        b.n = n - at < BLOCK ? n - at : BLOCK;
        for (size_t i = 0; i < b.n; i++) {
            b.ad[i] = lead != NULL ? lead->p.ads[at + i] : (uint32_t)(at + i);
            b.score[i] = lead != NULL ? cursor_score(lead, at + i) : 0;
        }
        for (size_t i = 1; i < plan.n_must; i++)
            keep_common(&b, &plan.must[i]);
        for (size_t i = 0; i < plan.n_not; i++)
            keep_other(&b, &plan.not[i]);
        take_block(x, part, &b);
    }
}

static void scan(struct search *x)
{
    for (unsigned i = 0; i < x->s->n_parts; i++)
        scan_part(x, i);
}

/* ---- the answer ---- */

static int more_first(const void *a, const void *b)
{
    uint32_t x = ((const struct match_relax *)a)->more, y = ((const struct match_relax *)b)->more;
    return x > y ? -1 : x < y;
}

/* For an empty page: each condition and each word that alone stands in the way. */
static void find_ways_out(struct search *x, struct match_result *out)
{
    struct match_relax *v = ARENA_ARRAY(x->cx->arena, struct match_relax, MATCH_F_COUNT + QUERY_GROUPS);
    size_t n = 0;
    for (int k = 0; k < MATCH_F_COUNT; k++)
        if (x->tally.alone[k] > 0)
            v[n++] = (struct match_relax){k, NULL, x->tally.alone[k]};
    for (size_t i = 0; i < x->query.n && x->query.n > 1; i++) {
        struct search again = *x;
        again.skip = (uint32_t)i;
        again.best = (struct best){.k = 0};
        tally_ready(x->cx, x->s, x->q->today, false, &again.tally);
        scan(&again);
        if (again.tally.total > 0)
            v[n++] = (struct match_relax){-1, x->query.groups[i].typed, again.tally.total};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, more_first);
    out->relax = v;
    out->n_relax = n;
}

static void show_words(struct search *x, struct match_result *out)
{
    struct match_understood *v = ARENA_ARRAY(x->cx->arena, struct match_understood, x->query.n);
    for (size_t i = 0; i < x->query.n; i++) {
        const struct group *g = &x->query.groups[i];
        const char **words = ARENA_ARRAY(x->cx->arena, const char *, g->n);
        size_t n = 0;
        for (size_t k = 0; k < g->n; k++)
            if (g->alts[k].df > 0)
                words[n++] = arena_strndup(x->cx->arena, g->alts[k].shown, strlen(g->alts[k].shown));
        v[i] = (struct match_understood){g->typed, words, n, g->excluded, g->meant};
    }
    out->words = v;
    out->n_words = x->query.n;
}

static void show_hits(struct search *x, struct match_result *out)
{
    best_sort(&x->best);
    size_t from = x->q->offset < x->best.n ? x->q->offset : x->best.n;
    struct match_hit *v = ARENA_ARRAY(x->cx->arena, struct match_hit, x->best.n - from);
    for (size_t i = from; i < x->best.n; i++) {
        const struct best_one *b = &x->best.v[i];
        const struct row *r = &x->s->parts[b->part]->rows[b->ad];
        v[i - from] = (struct match_hit){b->id, b->key, ground_metres(&x->filter.from, r->lat, r->lng)};
    }
    out->hits = v;
    out->n = x->best.n - from;
}

err_t match_search(struct ctx *cx, const struct match_view *view, const struct match_query *q, struct match_result *out)
{
    struct search *x = ARENA_NEW(cx->arena, struct search);
    if (q->limit > MATCH_DEEPEST || q->offset > MATCH_DEEPEST - q->limit)
        return FAIL(cx, E_LIMIT, "offset", "a result is shown up to %u only", MATCH_DEEPEST);
    *x = (struct search){.cx = cx, .m = view->m, .s = view_snap(view), .q = q, .skip = QUERY_GROUPS,
                         .best = {.k = q->offset + (size_t)q->limit}};
    *out = (struct match_result){0};
    query_parse(cx, x->m, x->s, q->text, &x->query);
    filter_ready(cx, x->m, x->s, q, &x->filter);
    tally_ready(cx, x->s, q->today, q->facets, &x->tally);
    scan(x);
    out->total = x->tally.total;
    show_hits(x, out);
    show_words(x, out);
    tally_facets(cx, x->m, x->s, q, &x->tally, out);
    if (out->total == 0)
        find_ways_out(x, out);
    return E_OK;
}
