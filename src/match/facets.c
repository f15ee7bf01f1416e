/* facets.c -- counts of what was found, each facet without its own condition. */
#include "match/filter.h"

#include <stdlib.h>

void tally_ready(struct ctx *cx, const struct snap *s, bool facets, struct tally *t)
{
    *t = (struct tally){.facets = facets};
    if (!facets)
        return;
    t->districts = ARENA_ARRAY(cx->arena, uint32_t, s->n_districts);
    t->streets = ARENA_ARRAY(cx->arena, uint32_t, s->n_streets);
    t->occupations = ARENA_ARRAY(cx->arena, uint32_t, s->n_occupations);
    t->ages = ARENA_ARRAY(cx->arena, uint32_t, 65536);
}

static void add_benefits(struct tally *t, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1)
        t->benefits[__builtin_ctzll(bits)]++;
}

static void add_all(struct tally *t, const struct part *p, uint32_t ad)
{
    const struct row *r = &p->rows[ad];
    t->districts[r->district]++;
    t->streets[r->street]++;
    t->occupations[r->occupation]++;
    t->wages[r->education_band >> 4]++;
    t->educations[r->education_band & 15]++;
    t->experiences[r->experience]++;
    t->types[r->types]++;
    t->shifts[r->shifts]++;
    t->ages[r->fresh]++;
    add_benefits(t, p->sides[ad].benefits);
}

static void add_one(struct tally *t, const struct part *p, uint32_t ad, unsigned kind)
{
    const struct row *r = &p->rows[ad];
    switch (kind) {
    case MATCH_F_DISTRICT: t->districts[r->district]++; break;
    case MATCH_F_STREET: t->streets[r->street]++; break;
    case MATCH_F_OCCUPATION: t->occupations[r->occupation]++; break;
    case MATCH_F_WAGE: t->wages[r->education_band >> 4]++; break;
    case MATCH_F_EDUCATION: t->educations[r->education_band & 15]++; break;
    case MATCH_F_EXPERIENCE: t->experiences[r->experience]++; break;
    case MATCH_F_TYPE: t->types[r->types]++; break;
    case MATCH_F_SHIFT: t->shifts[r->shifts]++; break;
    case MATCH_F_AGE: t->ages[r->fresh]++; break;
    case MATCH_F_BENEFIT: add_benefits(t, p->sides[ad].benefits); break;
    default: break;
    }
}

void tally_add(struct tally *t, const struct part *p, uint32_t ad, uint32_t misses)
{
    if (misses == 0) {
        t->total++;
        if (t->facets)
            add_all(t, p, ad);
    } else if ((misses & (misses - 1)) == 0) {
        unsigned kind = (unsigned)__builtin_ctz(misses);
        t->alone[kind]++;
        if (t->facets)
            add_one(t, p, ad, kind);
    }
}

/* ---- from numbers to values ---- */

static int by_value(const void *a, const void *b)
{
    int64_t x = ((const struct match_count *)a)->value, y = ((const struct match_count *)b)->value;
    return x < y ? -1 : x > y;
}

static struct match_facet codes_facet(struct ctx *cx, const struct codes *c, const uint32_t *n, uint32_t len)
{
    uint32_t k = 0, used = 0;
    for (uint32_t i = 1; i < len; i++)
        used += n[i] > 0;
    struct match_count *v = ARENA_ARRAY(cx->arena, struct match_count, used);
    for (uint32_t i = 1; i < len; i++)
        if (n[i] > 0)
            v[k++] = (struct match_count){c->v[i], n[i]};
    if (k > 0)
        qsort(v, k, sizeof *v, by_value);
    return (struct match_facet){v, k};
}

static int64_t level_unit(int level)
{
    return level <= 1 ? 1000000 : level == 2 ? 10000 : level == 3 ? 100 : 1;
}

static int level_of(int64_t code)
{
    return code == 0 ? 0 : code % 1000000 == 0 ? 1 : code % 10000 == 0 ? 2 : code % 100 == 0 ? 3 : 4;
}

/* Counts by code are summed up to the level wanted; they come sorted, so equal groups are neighbours. */
static struct match_facet occupation_facet(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q,
                                           const struct tally *t)
{
    struct match_facet all = codes_facet(cx, &m->occupations, t->occupations, s->n_occupations);
    struct match_count *v = ARENA_ARRAY(cx->arena, struct match_count, all.n);
    int under = level_of(q->occupation_under), level = q->occupation_level > 0 ? q->occupation_level : under + 1;
    int64_t unit = level_unit(level > 4 ? 4 : level), above = under == 0 ? 0 : level_unit(under);
    size_t k = 0;
    for (size_t i = 0; i < all.n; i++) {
        int64_t code = all.counts[i].value, group = code / unit * unit;
        if (above != 0 && code / above != q->occupation_under / above)
            continue;
        if (k == 0 || v[k - 1].value != group)
            v[k++] = (struct match_count){group, 0};
        v[k - 1].n += all.counts[i].n;
    }
    return (struct match_facet){v, k};
}

static struct match_facet small_facet(struct ctx *cx, const uint32_t *n, size_t len)
{
    size_t k = 0;
    struct match_count *v = ARENA_ARRAY(cx->arena, struct match_count, len);
    for (size_t i = 0; i < len; i++)
        if (n[i] > 0)
            v[k++] = (struct match_count){(int64_t)i, n[i]};
    return (struct match_facet){v, k};
}

static struct match_facet mask_facet(struct ctx *cx, const uint32_t *by_mask)
{
    uint32_t bits[8] = {0};
    for (unsigned mask = 1; mask < 256; mask++)
        for (unsigned b = 0; b < 8; b++)
            bits[b] += mask >> b & 1 ? by_mask[mask] : 0;
    return small_facet(cx, bits, 8);
}

static struct match_facet age_facet(struct ctx *cx, const struct match_query *q, const uint32_t *by_day)
{
    uint32_t bands[MATCH_AGE_BANDS] = {0};
    for (int32_t day = 0; day < 65536; day++)
        if (by_day[day] > 0)
            bands[age_band(q->today - day)] += by_day[day];
    return small_facet(cx, bands, MATCH_AGE_BANDS);
}

static struct match_facet experience_facet(struct ctx *cx, const uint32_t *by_months)
{
    uint32_t bands[MATCH_EXPERIENCE_BANDS] = {0};
    for (unsigned i = 0; i < 256; i++)
        bands[experience_band(i)] += by_months[i];
    return small_facet(cx, bands, MATCH_EXPERIENCE_BANDS);
}

void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, const struct tally *t,
                  struct match_result *out)
{
    if (!t->facets)
        return;
    out->facets[MATCH_F_DISTRICT] = codes_facet(cx, &m->districts, t->districts, s->n_districts);
    out->facets[MATCH_F_STREET] = codes_facet(cx, &m->streets, t->streets, s->n_streets);
    out->facets[MATCH_F_OCCUPATION] = occupation_facet(cx, m, s, q, t);
    out->facets[MATCH_F_WAGE] = small_facet(cx, t->wages, MATCH_WAGE_BANDS);
    out->facets[MATCH_F_EDUCATION] = small_facet(cx, t->educations, MATCH_EDU_COUNT);
    out->facets[MATCH_F_EXPERIENCE] = experience_facet(cx, t->experiences);
    out->facets[MATCH_F_TYPE] = mask_facet(cx, t->types);
    out->facets[MATCH_F_SHIFT] = mask_facet(cx, t->shifts);
    out->facets[MATCH_F_BENEFIT] = small_facet(cx, t->benefits, 64);
    out->facets[MATCH_F_AGE] = age_facet(cx, q, t->ages);
}
