#include "match/pick.h"

#include "match/lanes.h"

static int32_t bar_of(const struct best *b)
{
    return b->n < b->k ? INT32_MIN : b->k == 0 ? INT32_MAX : b->v[0].key;
}

void picker_ready(struct picker *p, struct arena *a, const struct wish *w, size_t n_lists, size_t k, const struct best *first)
{
    *p = (struct picker){.arena = a, .w = w, .needed_for = -1, .most_beside = POINTS_OTHER};
    p->lists = ARENA_ARRAY(a, struct best, n_lists);
    p->bar = ARENA_ARRAY(a, int32_t, n_lists);
    for (size_t i = 0; i < n_lists; i++) {
        p->lists[i] = i == 0 ? *first : (struct best){.k = k};
        p->bar[i] = bar_of(&p->lists[i]);
    }
}

uint64_t picker_skilled(struct picker *p, const struct part *part, uint32_t word, uint64_t bits)
{
    int32_t points = picker_wants(p);
    if (points > POINTS_SKILLS)
        return 0;
    if (p->needed_for != points)
        wish_need(points, p->need);
    p->needed_for = points;
    return lanes_skilled(part->lanes.skills + (size_t)word * 64, p->w->skill_bits, p->need, bits);
}

/* ---- sorting out ---- */

static inline __attribute__((always_inline)) void sift_by_signs(struct picker *p, const struct part *part)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        struct pick one = p->v[i];
        one.most += wish_skill_points_most(p->w, part->lanes.skills[one.ad]);
        p->v[n] = one;
        __builtin_prefetch(&part->slim.fresh[one.ad]);
        n += one.most >= p->bar[one.list];
    }
    p->n = n;
}

#if defined __x86_64__ /* with the processor's way to count bits */
static __attribute__((target("avx2,popcnt"))) void sift_wide(struct picker *p, const struct part *part)
{
    sift_by_signs(p, part);
}
#else
#define sift_wide sift_by_signs
#endif

/* What stays is fetched. */
static void sift_by_columns(struct picker *p, const struct part *part)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        struct pick one = p->v[i];
        uint16_t wage = part->slim.wage[one.ad];
        one.most += wish_fresh_points(p->w, part->slim.fresh[one.ad]) - POINTS_FRESH;
        one.most += wage == UINT16_MAX ? 0 : wage_points(p->w->wage_floor, wage) - POINTS_WAGE;
        if (one.most < p->bar[one.list])
            continue;
        __builtin_prefetch(&part->rows[one.ad]);
        __builtin_prefetch(&part->exposure[one.ad]);
        p->v[n++] = one;
    }
    p->n = n;
}

void picker_sort_out(struct picker *p)
{
    const struct part *part = p->w->s->parts[p->part];
    int32_t points[PICKS + 64];
    uint32_t n = 0;
    if (lanes_wide())
        sift_wide(p, part);
    else
        sift_by_signs(p, part);
    sift_by_columns(p, part);
    for (uint32_t i = 0; i < p->n; i++) {
        struct pick one = p->v[i];
        p->v[n] = one;
        points[n] = wish_points_near(p->w, part, one.ad) + wish_distance_points(p->w, &part->rows[one.ad]);
        if (points[n] + wish_skill_points_most(p->w, part->lanes.skills[one.ad]) < p->bar[one.list])
            continue;
        __builtin_prefetch(&part->sides[one.ad]);
        n++;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct pick one = p->v[i];
        struct best *to = &p->lists[one.list];
        int32_t sum = points[i] + wish_skill_points(p->w, &part->sides[one.ad]);
        if (sum < p->bar[one.list])
            continue;
        best_add(p->arena, to, &(struct best_one){sum, one.ad, part->sides[one.ad].id, p->part, 0});
        p->bar[one.list] = bar_of(to);
    }
    p->n = 0;
}
