#include "match/lanes.h"
#include "match/pick.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define NEAR_MISS_BEST 3

enum { FITS, FAILS, MISSED }; /* what a set of certificates means; MISSED + i: only missed[i] is lacking */

struct missed { /* ads that lack one certificate, by certificate; their best are list 1 + i */
    int32_t code;
    uint32_t ads;
    uint64_t openings;
};

struct recommend {
    struct ctx *cx;
    struct wish wish;
    struct person_gate gate;
    struct picker picker; /* list 0: those that fit */
    uint32_t fitting;
    bool elsewhere;       /* only occupations that are worth nothing */
    bool more;            /* there are conditions that columns do not have */
    uint64_t groups;      /* group_bit() of occupations that are worth something and more than the branch alone */
    struct missed *missed;
    size_t n_missed;
    const uint16_t *verdict; /* by set of certificates */
};

static uint16_t number_of_missed(struct recommend *x, const struct cert_set *set)
{
    size_t at = 0;
    for (uint32_t k = 0; k < set->n; k++) {
        bool held = false;
        for (size_t c = 0; c < x->wish.p->n_certificates; c++)
            held = held || x->wish.p->certificates[c] == set->code[k];
        if (held)
            continue;
        while (at < x->n_missed && x->missed[at].code != set->code[k])
            at++;
        if (at == x->n_missed)
            x->missed[x->n_missed++] = (struct missed){.code = set->code[k]};
        break;
    }
    return (uint16_t)(MISSED + at);
}

static void ready_verdicts(struct recommend *x, bool near_misses)
{
    const struct wish *w = &x->wish;
    uint16_t *verdict = ARENA_ARRAY(x->cx->arena, uint16_t, w->s->n_sets);
    x->missed = ARENA_ARRAY(x->cx->arena, struct missed, near_misses ? w->s->n_sets : 0);
    for (uint32_t i = 0; i < w->s->n_sets; i++)
        verdict[i] = w->missing[i] == 0 ? FITS : w->missing[i] == 1 && near_misses ? number_of_missed(x, &w->m->sets.v[i]) : FAILS;
    x->verdict = verdict;
}

static void ready(struct recommend *x, size_t k, const struct best *first)
{
    const struct wish *w = &x->wish;
    x->gate = wish_gate(w);
    x->more = w->district_matters || w->p->not_employers.n > 0 || w->most != 0 || w->wage_floor > UINT16_MAX;
    for (uint32_t i = 0; i < w->s->n_occupations; i++)
        if (w->occupation_points[i] > occupation_level_points(1))
            x->groups |= group_bit(w->m->occupations.v[i]);
    picker_ready(&x->picker, x->cx->arena, w, 1 + x->n_missed, k, first);
}

/* ---- 64 ads ---- */

static bool unwanted_employer(const struct wish *w, const struct side *s)
{
    for (size_t i = 0; i < w->p->not_employers.n; i++)
        if (w->p->not_employers.v[i] == s->employer)
            return true;
    return false;
}

/* The conditions that columns do not have. */
static uint64_t sift_by_rows(const struct wish *w, unsigned part, uint32_t word, uint64_t bits)
{
    const struct part *p = w->s->parts[part];
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        uint32_t ad = word * 64 + (uint32_t)__builtin_ctzll(rest);
        const struct row *r = &p->rows[ad];
        if (r->wage_max < w->wage_floor || (w->district_matters && !wish_near(w, r)) || wish_is_full(w, part, ad) ||
            (w->p->not_employers.n > 0 && unwanted_employer(w, &p->sides[ad])))
            bits &= ~(rest & -rest);
    }
    return bits;
}

static void take_fitting(struct recommend *x, const struct part *p, uint32_t word, uint64_t bits)
{
    uint64_t wished = 0;
    x->fitting += (uint32_t)__builtin_popcountll(bits);
    for (uint64_t rest = (p->lanes.groups[word] & x->groups) == 0 ? 0 : bits; rest != 0; rest &= rest - 1) {
        uint16_t occupation = p->slim.occupation[word * 64 + (uint32_t)__builtin_ctzll(rest)];
        wished |= x->wish.occupation_points[occupation] > occupation_level_points(1) ? rest & -rest : 0;
    }
    bits = wished | picker_skilled(&x->picker, p, word, bits & ~wished);
    picker_room(&x->picker);
    for (; bits != 0; bits &= bits - 1) {
        uint32_t ad = word * 64 + (uint32_t)__builtin_ctzll(bits);
        if (!x->elsewhere || x->wish.occupation_points[p->slim.occupation[ad]] == 0)
            pick(&x->picker, p, ad, 0);
    }
}

static void take_near_miss(struct recommend *x, const struct part *p, uint32_t word, uint64_t bits)
{
    picker_room(&x->picker);
    for (; bits != 0; bits &= bits - 1) {
        uint32_t ad = word * 64 + (uint32_t)__builtin_ctzll(bits), at = x->verdict[p->lanes.certificates[ad]] - (uint32_t)MISSED;
        struct missed *miss = &x->missed[at];
        miss->ads++;
        miss->openings += p->lanes.openings[ad] < UINT8_MAX ? p->lanes.openings[ad] : p->sides[ad].openings;
        pick(&x->picker, p, ad, 1 + at);
    }
}

/* `none`: those of `bits` that want no certificate. */
static void take(struct recommend *x, unsigned part, uint32_t word, uint64_t bits, uint64_t none, struct walk *u)
{
    const struct wish *w = &x->wish;
    const struct part *p = w->s->parts[part];
    for (size_t i = 0; i < w->n_not; i++)
        bits &= ~walk_bits(&u[i], word);
    if (x->more)
        bits = sift_by_rows(w, part, word, bits);
    uint64_t fit = bits & none, near = 0;
    for (uint64_t rest = bits & ~none; rest != 0; rest &= rest - 1) {
        uint16_t verdict = x->verdict[p->lanes.certificates[word * 64 + (uint32_t)__builtin_ctzll(rest)]];
        fit |= verdict == FITS ? rest & -rest : 0;
        near |= verdict >= MISSED ? rest & -rest : 0;
    }
    take_fitting(x, p, word, fit);
    if (near != 0)
        take_near_miss(x, p, word, near);
}

/* ---- ranges of ads ---- */

/* Over one part: ads with a word that the person does not want. */
static void open_walks(const struct recommend *x, unsigned part, struct walk u[static NOT_WORDS])
{
    for (size_t i = 0; i < x->wish.n_not; i++)
        u[i] = walk_open(part_postings(x->wish.s->parts[part], x->wish.not_terms[i]));
}

static void scan_range(struct recommend *x, unsigned part, uint32_t from, uint32_t to, struct walk *u)
{
    const struct part *p = x->wish.s->parts[part];
    const uint64_t *live = x->wish.s->live[part]->bits;
    const struct strip s = strip_of(p);
    uint64_t bits[LANES_WORDS], none[LANES_WORDS];
    for (uint32_t word, n; (n = lanes_next(live, &from, to, &word, bits)) > 0;) {
        lanes_ads(&s, word, n, &x->gate, bits, none);
        for (uint32_t i = 0; i < n; i++) {
            if (i + LANES_AHEAD < n && bits[i + LANES_AHEAD] != 0 && picker_by_skills(&x->picker))
                lanes_fetch_signs(p->lanes.skills + (word + i + LANES_AHEAD) * (size_t)64);
            if (bits[i] != 0)
                take(x, part, word + i, bits[i], none[i], u);
        }
    }
}

struct circle wish_circle(const struct wish *w)
{
    return (struct circle){.lat = w->home.lat, .lng = w->home.lng, .radius = w->p->radius, .kx = (double)w->home.kx};
}

/* ---- cells, the nearest first: they give most points for the distance, and then most of the others cannot get in ---- */

struct visit {
    uint32_t from, to;
    int32_t points; /* for the distance, at most */
    bool near;      /* distances are to be tested */
};

struct places { /* where somebody goes */
    const struct wish *w;
    uint64_t districts;     /* bits of those wished for */
    struct circle circle;   /* counts when near_matters */
    uint64_t y;             /* the row that was asked for last, and its cells */
    struct cells some, all; /* touched; inside */
};

static bool is_among(const struct cells *c, uint64_t key)
{
    uint64_t x = key & UINT32_MAX;
    return x >= c->x0 && x <= c->x1;
}

/* Whether somebody may go there; in a wished district and on the circle's edge each ad is tested. */
static bool goes_to(struct places *n, const struct cell *c, bool *near)
{
    bool touched = !n->w->district_matters;
    if (n->w->near_matters && c->key >> 32 != n->y) {
        n->y = c->key >> 32;
        n->some = circle_touched(&n->circle, (uint32_t)n->y);
        n->all = circle_inside(&n->circle, (uint32_t)n->y);
    }
    if (n->w->near_matters)
        touched = c->key != 0 && is_among(&n->some, c->key);
    *near = n->w->near_matters && !n->w->district_matters && !is_among(&n->all, c->key);
    return touched || (n->w->district_matters && (c->districts & n->districts) != 0);
}

static int by_points(const void *a, const void *b)
{
    const struct visit *x = a, *y = b;
    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static size_t list_visits(const struct wish *w, const struct part *p, struct visit *v)
{
    struct places places = {.w = w, .circle = wish_circle(w), .y = UINT64_MAX};
    size_t n = 0;
    for (uint32_t i = 1; w->district_matters && i < w->s->n_districts; i++)
        places.districts |= w->district_ok[i] ? UINT64_C(1) << i % 64 : 0;
    for (uint32_t k = 0; k + 1 < p->n_cells; k++) {
        const struct cell *c = &p->cells[k];
        bool near;
        if (goes_to(&places, c, &near))
            v[n++] = (struct visit){c->start, c[1].start, wish_distance_most(w, c->key), near};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, by_points);
    return n;
}

static void scan_part(struct recommend *x, unsigned part)
{
    const struct part *p = x->wish.s->parts[part];
    struct visit *v = ARENA_ARRAY(x->cx->arena, struct visit, p->n_cells);
    struct walk u[NOT_WORDS], copy[NOT_WORDS];
    size_t n = list_visits(&x->wish, p, v);
    open_walks(x, part, u);
    x->picker.part = part;
    x->gate.ends = p->first_end < x->gate.today;
    for (size_t i = 0; i < n; i++) {
        memcpy(copy, u, x->wish.n_not * sizeof *u); /* words are asked for in ascending order only */
        x->gate.near = v[i].near;
        picker_near(&x->picker, v[i].points);
        scan_range(x, part, v[i].from, v[i].to, copy);
    }
    picker_sort_out(&x->picker);
}

struct person_gate wish_gate(const struct wish *w)
{
    return (struct person_gate){.home = w->home, .reach = w->radius_square, .near = w->near_matters && !w->district_matters,
                                .wage_floor = (uint16_t)(w->wage_floor > UINT16_MAX ? UINT16_MAX : w->wage_floor),
                                .types = w->types == 0 ? 255 : w->types, .shifts = w->shifts == 0 ? 255 : w->shifts,
                                .experience = w->experience, .education = w->education, .today = w->today};
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
        const struct missed *miss = &x->missed[i];
        struct best *best = &x->picker.lists[1 + i];
        if (miss->ads > 0)
            v[n++] = (struct match_near_miss){miss->code, miss->ads, miss->openings > UINT32_MAX ? UINT32_MAX : (uint32_t)miss->openings,
                                              explain_all(x, best), best->n};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, most_openings);
    out->near_miss = v;
    out->n_near_miss = n;
}

void wish_best_elsewhere(struct ctx *cx, const struct wish *w, struct best *best)
{
    struct recommend *x = ARENA_NEW(cx->arena, struct recommend);
    *x = (struct recommend){.cx = cx, .wish = *w, .elsewhere = true};
    ready_verdicts(x, false);
    ready(x, best->k, best);
    for (unsigned i = 0; i < w->s->n_parts; i++)
        scan_part(x, i);
    *best = x->picker.lists[0];
}

err_t match_recommend(struct ctx *cx, const struct match_view *v, const struct match_person *p, int32_t today, size_t k,
                      struct match_recommended *out)
{
    struct recommend *x = ARENA_NEW(cx->arena, struct recommend);
    if (k > MATCH_DEEPEST)
        return FAIL(cx, E_LIMIT, NULL, "at most %u recommendations", MATCH_DEEPEST);
    *x = (struct recommend){.cx = cx};
    wish_ready(cx, v->m, view_snap(v), p, today, &x->wish);
    ready_verdicts(x, true);
    ready(x, NEAR_MISS_BEST, &(struct best){.k = k});
    for (unsigned i = 0; i < x->wish.s->n_parts; i++)
        scan_part(x, i);
    struct best *best = &x->picker.lists[0];
    *out = (struct match_recommended){.considered = (uint32_t)x->wish.s->n_live, .fitting = x->fitting, .best = explain_all(x, best), .n = best->n};
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
