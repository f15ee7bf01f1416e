#include "match/pick.h"

#include "match/lanes.h"

static int32_t bar_of(const struct best *b)
{
    return b->n < b->k ? INT32_MIN : b->k == 0 ? INT32_MAX : b->v[0].key;
}

void picker_ready(struct picker *p, struct arena *a, const struct wish *w, size_t n_lists, size_t k, const struct best *first)
{
    *p = (struct picker){.arena = a, .w = w, .needed_for = INT32_MIN};
    p->lists = ARENA_ARRAY(a, struct best, n_lists);
    p->bar = ARENA_ARRAY(a, int32_t, n_lists);
    for (size_t i = 0; i < n_lists; i++) {
        p->lists[i] = i == 0 ? *first : (struct best){.k = k};
        p->bar[i] = bar_of(&p->lists[i]);
    }
}

/* ---- other work, by skills ---- */

/* 255: no skills are enough. A sign without a bit in common says that there are none. */
static void ready_need(struct picker *p)
{
    int32_t points = p->bar[0] - occupation_level_points(1) - POINTS_OTHER;
    for (unsigned n = 0; n < 16; n++)
        for (unsigned same = 0; same < 8; same++) {
            int32_t have = n == 0 ? 255 : ((int32_t)n * points + POINTS_SKILLS - 1) / POINTS_SKILLS;
            p->need[n << 3 | same] = (uint8_t)(points <= 0 ? 0 : have > (int32_t)n ? 255 : have > (int32_t)same + 1 ? have - (int32_t)same : 1);
        }
    p->needed_for = p->bar[0];
}

static inline __attribute__((always_inline)) uint64_t skilled(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        uint64_t sign = signs[__builtin_ctzll(rest)];
        bits ^= (unsigned)__builtin_popcountll(sign & named) < need[sign >> SIGN_BITS] ? rest & -rest : 0;
    }
    return bits;
}

/* By columns alone: only the distance may be the best. */
static inline __attribute__((always_inline)) uint32_t sift(struct picker *p, const struct part *part)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        struct pick one = p->v[i];
        uint32_t shown = __atomic_load_n(&part->exposure[one.ad], __ATOMIC_RELAXED), wage = part->slim.wage[one.ad];
        int32_t most = p->w->occupation_points[part->slim.occupation[one.ad]] + wish_skill_points_most(p->w, part->lanes.skills[one.ad]) +
                       wish_fresh_points(p->w, part->slim.fresh[one.ad]) + exposure_points(shown) + POINTS_DISTANCE +
                       (wage < UINT16_MAX ? wage_points(p->w->wage_floor, wage) : POINTS_WAGE);
        p->v[n] = one;
        n += most >= p->bar[one.list];
    }
    return n;
}

#if defined __x86_64__ /* the same, with the processor's way to count bits */
#define WIDE __attribute__((target("avx2,popcnt")))
static WIDE uint64_t skilled_wide(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    return skilled(signs, named, need, bits);
}

static WIDE uint32_t sift_wide(struct picker *p, const struct part *part)
{
    return sift(p, part);
}
#else
#define skilled_wide skilled
#define sift_wide sift
#endif

uint64_t picker_skilled(struct picker *p, const struct part *part, uint32_t word, uint64_t bits)
{
    const uint64_t *signs = part->lanes.skills + (size_t)word * 64;
    if (p->needed_for != p->bar[0])
        ready_need(p);
    return lanes_wide() ? skilled_wide(signs, p->w->skill_bits, p->need, bits) : skilled(signs, p->w->skill_bits, p->need, bits);
}

/* ---- sorting out ---- */

void picker_sort_out(struct picker *p)
{
    const struct part *part = p->w->s->parts[p->part];
    int32_t points[PICKS + 64];
    uint32_t n = 0, sifted = lanes_wide() ? sift_wide(p, part) : sift(p, part);
    for (uint32_t i = 0; i < sifted; i++)
        __builtin_prefetch(&part->rows[p->v[i].ad]);
    for (uint32_t i = 0; i < sifted; i++) {
        struct pick one = p->v[i];
        points[n] = wish_points(p->w, part, one.ad);
        p->v[n] = one;
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
