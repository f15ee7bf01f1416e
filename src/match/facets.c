/* facets.c -- counts of what was found, each facet without its own condition. */
#include "match/filter.h"

#include <string.h>

void tally_ready(struct ctx *cx, const struct snap *s, int32_t today, bool facets, struct tally *t)
{
    *t = (struct tally){.facets = facets, .today = today, .slim_districts = s->n_districts <= 256};
    if (!facets)
        return;
    t->districts = ARENA_ARRAY(cx->arena, uint32_t, s->n_districts);
    t->streets = ARENA_ARRAY(cx->arena, uint32_t, s->n_streets);
    t->occupations = ARENA_ARRAY(cx->arena, uint32_t, s->n_occupations);
}

void tally_more(struct tally *t, const struct side *s)
{
    for (uint64_t bits = s->benefits & ~(uint64_t)ROW_BENEFITS; bits != 0; bits &= bits - 1)
        t->more_benefits[__builtin_ctzll(bits)]++;
}

static void add_benefits(struct tally *t, const struct row *r, const struct side *s)
{
    for (unsigned i = 0; i < 3; i++)
        t->benefits[i][r->mixed >> 8 * i & 255]++;
    if (r->mixed & ROW_MORE)
        tally_more(t, s);
}

static void count_row(struct tally *t, const struct row *r, const struct side *s, unsigned kind)
{
    switch (kind) {
    case MATCH_F_STREET: t->streets[r->street]++; break;
    case MATCH_F_EXPERIENCE: t->experiences[r->experience]++; break;
    case MATCH_F_SHIFT: t->shifts[r->shifts]++; break;
    case MATCH_F_AGE: t->ages[tally_age(t, r->fresh)]++; break;
    case MATCH_F_BENEFIT: add_benefits(t, r, s); break;
    default: break;
    }
}

void tally_alone(struct tally *t, const struct part *p, const uint32_t *ads, size_t n, unsigned kind)
{
    const struct slim *c = &p->slim;
    t->alone[kind] += (uint32_t)n;
    if (!t->facets)
        return;
    if (kind == MATCH_F_DISTRICT && t->slim_districts)
        for (size_t i = 0; i < n; i++)
            t->districts[c->district[ads[i]]]++;
    else if (kind == MATCH_F_DISTRICT)
        for (size_t i = 0; i < n; i++)
            t->districts[p->rows[ads[i]].district]++;
    else if (kind == MATCH_F_OCCUPATION)
        for (size_t i = 0; i < n; i++)
            t->occupations[c->occupation[ads[i]]]++;
    else if (kind == MATCH_F_WAGE)
        for (size_t i = 0; i < n; i++)
            t->wages[c->education_band[ads[i]] >> 4]++;
    else if (kind == MATCH_F_EDUCATION)
        for (size_t i = 0; i < n; i++)
            t->educations[c->education_band[ads[i]] & 15]++;
    else if (kind == MATCH_F_TYPE)
        for (size_t i = 0; i < n; i++)
            t->types[c->types[ads[i]]]++;
    else
        for (size_t i = 0; i < n; i++)
            count_row(t, &p->rows[ads[i]], &p->sides[ads[i]], kind);
}

#define EACH(counter) \
    for (size_t i = 0; i < n; i++) { \
        const struct row *r = &p->rows[ads[i]]; \
        (counter) += fails[i] == want; \
    }

void tally_listed(struct tally *t, const struct part *p, const uint32_t *ads, const uint32_t *fails, uint32_t want, size_t n, unsigned kind)
{
    for (size_t i = 0; i < n; i++)
        t->alone[kind] += fails[i] == want;
    if (!t->facets)
        return;
    switch (kind) {
    case MATCH_F_DISTRICT: EACH(t->districts[r->district]) return;
    case MATCH_F_STREET: EACH(t->streets[r->street]) return;
    case MATCH_F_OCCUPATION: EACH(t->occupations[r->occupation]) return;
    case MATCH_F_WAGE: EACH(t->wages[r->education_band >> 4]) return;
    case MATCH_F_EDUCATION: EACH(t->educations[r->education_band & 15]) return;
    case MATCH_F_EXPERIENCE: EACH(t->experiences[r->experience]) return;
    case MATCH_F_TYPE: EACH(t->types[r->types]) return;
    case MATCH_F_SHIFT: EACH(t->shifts[r->shifts]) return;
    case MATCH_F_AGE: EACH(t->ages[tally_age(t, r->fresh)]) return;
    case MATCH_F_BENEFIT: break;
    default: return;
    }
    for (size_t i = 0; i < n; i++)
        if (fails[i] == want)
            add_benefits(t, &p->rows[ads[i]], &p->sides[ads[i]]);
}

/* ---- from numbers to values ---- */

static struct match_facet codes_facet(struct ctx *cx, const struct codes *c, const uint16_t *order, const uint32_t *n, uint32_t len)
{
    uint32_t k = 0, used = 0;
    for (uint32_t i = 1; i < len; i++)
        used += n[i] > 0;
    struct match_count *v = ARENA_ARRAY(cx->arena, struct match_count, used);
    for (uint32_t i = 0; i < len && k < used; i++)
        if (order[i] != 0 && n[order[i]] > 0)
            v[k++] = (struct match_count){c->v[order[i]], n[order[i]]};
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
    struct match_facet all = codes_facet(cx, &m->occupations, s->occupation_order, t->occupations, s->n_occupations);
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

static struct match_facet benefit_facet(struct ctx *cx, const struct tally *t)
{
    uint32_t bits[64];
    memcpy(bits, t->more_benefits, sizeof bits);
    for (unsigned i = 0; i < 3; i++)
        for (unsigned mask = 1; mask < 256; mask++)
            for (unsigned b = 0; t->benefits[i][mask] > 0 && b < 8; b++)
                bits[8 * i + b] += mask >> b & 1 && (1u << (8 * i + b) & ROW_BENEFITS) ? t->benefits[i][mask] : 0;
    return small_facet(cx, bits, 64);
}

static struct match_facet mask_facet(struct ctx *cx, const uint32_t *by_mask)
{
    uint32_t bits[8] = {0};
    for (unsigned mask = 1; mask < 256; mask++)
        for (unsigned b = 0; by_mask[mask] > 0 && b < 8; b++)
            bits[b] += mask >> b & 1 ? by_mask[mask] : 0;
    return small_facet(cx, bits, 8);
}

static struct match_facet age_facet(struct ctx *cx, const uint32_t *by_age)
{
    uint32_t bands[MATCH_AGE_BANDS] = {0};
    for (int32_t age = 0; age < TALLY_AGES; age++)
        if (by_age[age] > 0)
            bands[age_band(age)] += by_age[age];
    return small_facet(cx, bands, MATCH_AGE_BANDS);
}

static struct match_facet experience_facet(struct ctx *cx, const uint32_t *by_months)
{
    uint32_t bands[MATCH_EXPERIENCE_BANDS] = {0};
    for (unsigned i = 0; i < 256; i++)
        if (by_months[i] > 0)
            bands[experience_band(i)] += by_months[i];
    return small_facet(cx, bands, MATCH_EXPERIENCE_BANDS);
}

static void part_wages_educations(const struct tally *t, uint32_t wages[16], uint32_t educations[16])
{
    memcpy(wages, t->wages, sizeof t->wages);
    memcpy(educations, t->educations, sizeof t->educations);
    for (unsigned i = 0; i < 256; i++) {
        wages[i >> 4] += t->wages_educations[i];
        educations[i & 15] += t->wages_educations[i];
    }
}

void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, const struct tally *t,
                  struct match_result *out)
{
    uint32_t wages[16], educations[16];
    if (!t->facets)
        return;
    part_wages_educations(t, wages, educations);
    out->facets[MATCH_F_DISTRICT] = codes_facet(cx, &m->districts, s->district_order, t->districts, s->n_districts);
    out->facets[MATCH_F_STREET] = codes_facet(cx, &m->streets, s->street_order, t->streets, s->n_streets);
    out->facets[MATCH_F_OCCUPATION] = occupation_facet(cx, m, s, q, t);
    out->facets[MATCH_F_WAGE] = small_facet(cx, wages, MATCH_WAGE_BANDS);
    out->facets[MATCH_F_EDUCATION] = small_facet(cx, educations, MATCH_EDU_COUNT);
    out->facets[MATCH_F_EXPERIENCE] = experience_facet(cx, t->experiences);
    out->facets[MATCH_F_TYPE] = mask_facet(cx, t->types);
    out->facets[MATCH_F_SHIFT] = mask_facet(cx, t->shifts);
    out->facets[MATCH_F_BENEFIT] = benefit_facet(cx, t);
    out->facets[MATCH_F_AGE] = age_facet(cx, t->ages);
}
