#include "match/best.h"
#include "match/lanes.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_MISS_BEST 3
#define CHUNK 2048

struct missed { /* ads that lack one certificate, by certificate */
    int32_t code;
    uint32_t ads;
    uint64_t openings;
    struct best best;
};

struct recommend {
    struct ctx *cx;
    struct wish wish;
    struct person_gate gate;
    struct best best;
    uint32_t fitting;
    bool elsewhere; /* only occupations that are worth nothing */
    struct missed *missed;
    size_t n_missed;
    const uint16_t *missed_of; /* set of certificates -> missed + 1 */
};

/* For each set of which exactly one is missing: which one. */
static void ready_missed(struct recommend *x)
{
    const struct wish *w = &x->wish;
    uint16_t *of = ARENA_ARRAY(x->cx->arena, uint16_t, w->s->n_sets);
    x->missed = ARENA_ARRAY(x->cx->arena, struct missed, w->s->n_sets);
    for (uint32_t i = 0; i < w->s->n_sets; i++) {
        const struct cert_set *set = &w->m->sets.v[i];
        for (uint32_t k = 0; w->missing[i] == 1 && k < set->n; k++) {
            bool held = false;
            size_t at = 0;
            for (size_t c = 0; c < w->p->n_certificates; c++)
                held = held || w->p->certificates[c] == set->code[k];
            if (held)
                continue;
            while (at < x->n_missed && x->missed[at].code != set->code[k])
                at++;
            if (at == x->n_missed)
                x->missed[x->n_missed++] = (struct missed){.code = set->code[k], .best = {.k = NEAR_MISS_BEST}};
            of[i] = (uint16_t)(at + 1);
        }
    }
    x->missed_of = of;
}

static bool has_unwanted(struct walk *u, size_t n, uint32_t ad)
{
    bool has = false;
    for (size_t i = 0; i < n; i++)
        has = has || walk_bits(&u[i], ad / 64) >> ad % 64 & 1;
    return has;
}

static bool unwanted_employer(const struct wish *w, const struct side *s)
{
    for (size_t i = 0; i < w->p->not_employers.n; i++)
        if (w->p->not_employers.v[i] == s->employer)
            return true;
    return false;
}

/* What an ad may have at most is tried first: most ads of another occupation end here. */
static void offer(struct recommend *x, struct best *best, unsigned part, uint32_t ad)
{
    const struct part *p = x->wish.s->parts[part];
    int32_t skills = (p->lanes.skills[ad] & x->wish.skill_bits) != 0 ? POINTS_SKILLS : 0;
    int32_t most = x->wish.occupation_points[p->rows[ad].occupation] + skills + POINTS_OTHER;
    if (!best_hopeful(best, most))
        return;
    int32_t points = wish_points(&x->wish, p, ad);
    if (!best_hopeful(best, points + skills))
        return;
    points += wish_skill_points(&x->wish, &p->sides[ad]);
    if (best_hopeful(best, points))
        best_add(x->cx->arena, best, &(struct best_one){points, ad, p->sides[ad].id, part, 0});
}

static void take(struct recommend *x, unsigned part, uint32_t ad, struct walk *u)
{
    const struct wish *w = &x->wish;
    const struct part *p = w->s->parts[part];
    const struct row *r = &p->rows[ad];
    uint8_t missing = w->missing[r->certificates];
    if (x->elsewhere && w->occupation_points[r->occupation] > 0)
        return;
    if (missing > (x->missed_of != NULL) || wish_is_full(w, part, ad) || (w->district_matters && !wish_near(w, r)) || !is_live(w->s->live[part], ad))
        return;
    if ((w->n_not > 0 && has_unwanted(u, w->n_not, ad)) || (w->p->not_employers.n > 0 && unwanted_employer(w, &p->sides[ad])))
        return;
    if (missing == 0) {
        x->fitting++;
        offer(x, &x->best, part, ad);
    } else {
        struct missed *miss = &x->missed[x->missed_of[r->certificates] - 1];
        miss->ads++;
        miss->openings += p->sides[ad].openings;
        offer(x, &miss->best, part, ad);
    }
}

static void scan_range(struct recommend *x, unsigned part, uint32_t from, uint32_t to, struct walk *u)
{
    uint32_t chunk[CHUNK];
    for (; from < to; from += CHUNK) {
        uint32_t end = to - from > CHUNK ? from + CHUNK : to, n = lanes_ads(&x->wish.s->parts[part]->lanes, from, end, &x->gate, chunk);
        for (uint32_t i = 0; i < n; i++)
            take(x, part, chunk[i], u);
    }
}

static uint32_t first_in_cells(const struct part *p, uint64_t key)
{
    size_t lo = 0, hi = p->n_cells;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (p->cells[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == p->n_cells ? p->n : p->cells[lo].start;
}

struct window window_of(const struct wish *w)
{
    double lat = (w->p->radius + 2.0) / (double)w->home.ky, lng = w->home.kx > 1e-4F ? (w->p->radius + 2.0) / (double)w->home.kx : 4e8;
    int32_t south = (int32_t)fmax(w->home.lat - lat, -90e6), north = (int32_t)fmin(w->home.lat + lat, 90e6);
    int32_t west = (int32_t)fmax(w->home.lng - lng, -180e6), east = (int32_t)fmin(w->home.lng + lng, 180e6);
    uint64_t low = cell_key(south == 0 ? 1 : south, west), high = cell_key(north == 0 ? 1 : north, east);
    return (struct window){low & UINT32_MAX, high & UINT32_MAX, low >> 32, high >> 32};
}

static bool cell_may(const struct cell *c, const struct window *n, uint64_t districts)
{
    uint64_t x = c->key & UINT32_MAX, y = c->key >> 32;
    return (c->districts & districts) != 0 || (x >= n->x0 && x <= n->x1 && y >= n->y0 && y <= n->y1);
}

/* A wished district may lie anywhere: cells that have it and cells that are near. */
static void scan_districts(struct recommend *x, unsigned part, struct walk *u)
{
    const struct wish *w = &x->wish;
    const struct part *p = w->s->parts[part];
    struct window near = w->near_matters ? window_of(w) : (struct window){1, 0, 1, 0};
    uint64_t districts = 0;
    for (uint32_t i = 1; i < w->s->n_districts; i++)
        districts |= w->district_ok[i] ? UINT64_C(1) << i % 64 : 0;
    for (uint32_t k = 0; k + 1 < p->n_cells; k++) {
        uint32_t first = k;
        while (k + 1 < p->n_cells && cell_may(&p->cells[k], &near, districts))
            k++;
        if (k > first)
            scan_range(x, part, p->cells[first].start, p->cells[k].start, u);
    }
}

static void scan_part(struct recommend *x, unsigned part)
{
    const struct wish *w = &x->wish;
    const struct part *p = w->s->parts[part];
    struct walk u[NOT_WORDS]; /* over one part: ads with a word the person does not want */
    for (size_t i = 0; i < w->n_not; i++)
        u[i] = walk_open(part_postings(p, w->not_terms[i]));
    if (w->district_matters) {
        scan_districts(x, part, u);
    } else if (!w->near_matters) {
        scan_range(x, part, 0, p->n, u);
    } else {
        struct window n = window_of(w);
        for (uint64_t y = n.y0; y <= n.y1; y++)
            scan_range(x, part, first_in_cells(p, y << 32 | n.x0), first_in_cells(p, (y << 32 | n.x1) + 1), u);
    }
}

struct person_gate wish_gate(const struct wish *w)
{
    return (struct person_gate){.home = w->home, .reach = w->radius_square, .near = w->near_matters && !w->district_matters,
                                   .wage_floor = w->wage_floor, .types = w->types == 0 ? 255 : w->types,
                                   .shifts = w->shifts == 0 ? 255 : w->shifts, .experience = w->experience, .education = w->education,
                                   .today = w->today};
}

static const struct match_recommendation *explain_all(struct recommend *x, struct best *b)
{
    struct match_recommendation *v = ARENA_ARRAY(x->cx->arena, struct match_recommendation, b->n);
    best_sort(b);
    for (size_t i = 0; i < b->n; i++)
        reasons_make(x->cx, &x->wish, b->v[i].part, b->v[i].ad, &v[i]);
    return v;
}

static int most_openings(const void *a, const void *b)
{
    const struct match_near_miss *x = a, *y = b;
    if (x->openings != y->openings)
        return x->openings > y->openings ? -1 : 1;
    return x->certificate < y->certificate ? -1 : x->certificate > y->certificate;
}

static void show_near_miss(struct recommend *x, struct match_recommended *out)
{
    struct match_near_miss *v = ARENA_ARRAY(x->cx->arena, struct match_near_miss, x->n_missed);
    size_t n = 0;
    for (size_t i = 0; i < x->n_missed; i++) {
        struct missed *miss = &x->missed[i];
        if (miss->ads > 0)
            v[n++] = (struct match_near_miss){miss->code, miss->ads, miss->openings > UINT32_MAX ? UINT32_MAX : (uint32_t)miss->openings,
                                              explain_all(x, &miss->best), miss->best.n};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, most_openings);
    out->near_miss = v;
    out->n_near_miss = n;
}

void wish_best_elsewhere(struct ctx *cx, const struct wish *w, struct best *best)
{
    struct recommend *x = ARENA_NEW(cx->arena, struct recommend);
    *x = (struct recommend){.cx = cx, .wish = *w, .best = *best, .elsewhere = true, .gate = wish_gate(w)};
    if (!best_hopeful(best, POINTS_OTHER))
        x->gate.skills = w->skill_bits;
    for (unsigned i = 0; i < w->s->n_parts; i++)
        scan_part(x, i);
    *best = x->best;
}

err_t match_recommend(struct ctx *cx, const struct match_view *v, const struct match_person *p, int32_t today, size_t k,
                      struct match_recommended *out)
{
    struct recommend *x = ARENA_NEW(cx->arena, struct recommend);
    if (k > MATCH_DEEPEST)
        return FAIL(cx, E_LIMIT, NULL, "at most %u recommendations", MATCH_DEEPEST);
    *x = (struct recommend){.cx = cx, .best = {.k = k}};
    wish_ready(cx, v->m, view_snap(v), p, today, &x->wish);
    ready_missed(x);
    x->gate = wish_gate(&x->wish);
    for (unsigned i = 0; i < x->wish.s->n_parts; i++)
        scan_part(x, i);
    *out = (struct match_recommended){.considered = (uint32_t)x->wish.s->n_live, .fitting = x->fitting};
    out->best = explain_all(x, &x->best);
    out->n = x->best.n;
    show_near_miss(x, out);
    return E_OK;
}

err_t match_explain(struct ctx *cx, const struct match_view *v, const struct match_person *p, int32_t today, int64_t id,
                    struct match_recommendation *out)
{
    const struct snap *s = view_snap(v);
    struct wish *w = ARENA_NEW(cx->arena, struct wish);
    for (unsigned i = 0; i < s->n_parts; i++) {
        uint32_t ad = part_find(s->parts[i], id);
        if (ad == UINT32_MAX || !is_live(s->live[i], ad))
            continue;
        wish_ready(cx, v->m, s, p, today, w);
        reasons_make(cx, w, i, ad, out);
        return E_OK;
    }
    return FAIL(cx, E_NOTFOUND, NULL, "ad %lld is not in this view", (long long)id);
}
