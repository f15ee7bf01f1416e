/* search.c -- words and conditions to a page of hits, the exact total, facets and ways out of an empty page. */
#include "match/scan.h"

#include <stdlib.h>
#include <string.h>

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
