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

void tally_waiting(struct tally *t)
{
    marks_count(t->waiting, t->n_waiting, t->marks);
    t->n_waiting = 0;
}

void tally_more(struct tally *t, const struct side *s)
{
    for (uint64_t bits = s->benefits & ~(uint64_t)ROW_BENEFITS; bits != 0; bits &= bits - 1)
        t->more_benefits[__builtin_ctzll(bits)]++;
}

#define EACH(count) \
    for (; bits != 0; bits &= bits - 1) { \
        uint32_t ad = w * 64 + (uint32_t)__builtin_ctzll(bits); \
        count; \
    }

/* From the narrow columns, which the condition has just read. */

void tally_alone(struct tally *t, const struct part *p, uint32_t w, uint64_t bits, unsigned kind)
{
    const struct slim *c = &p->slim;
    uint64_t marks = marks_kind(kind);
    switch (kind) {
    case MATCH_F_DISTRICT:
        if (t->slim_districts) {
            EACH(t->districts[c->district[ad]]++)
        } else {
            EACH(t->districts[p->faces[ad].district]++)
        }
        return;
    case MATCH_F_STREET: EACH(t->streets[p->faces[ad].street]++) return;
    case MATCH_F_OCCUPATION: EACH(t->occupations[c->occupation[ad]]++) return;
    case MATCH_F_WAGE: EACH(t->marks[MARK_WAGE + (c->education_band[ad] >> 4)]++) return;
    case MATCH_F_EDUCATION: EACH(t->marks[MARK_EDUCATION + (c->education_band[ad] & 15)]++) return;
    case MATCH_F_AGE: EACH(t->ages[tally_age(t, c->fresh[ad])]++) return;
    default: break;
    }
    if (marks != 0)
        EACH(tally_marks(t, p->faces[ad].marks & marks, &p->sides[ad]))
}
#undef EACH

/* Without branches: what fails is as good as random, and a wrong guess costs more than a counter. */
#define EACH(counter) \
    for (size_t i = 0; i < n; i++) { \
        const struct face *x = &p->faces[ads[i]]; \
        (counter) += fails[i] == want; \
    }

void tally_listed(struct tally *t, const struct part *p, const uint32_t *ads, const uint32_t *fails, uint32_t want, size_t n, unsigned kind)
{
    uint64_t marks = marks_kind(kind);
    for (size_t i = 0; i < n; i++)
        t->alone[kind] += fails[i] == want;
    if (!t->facets)
        return;
    switch (kind) {
    case MATCH_F_DISTRICT: EACH(t->districts[x->district]) return;
    case MATCH_F_STREET: EACH(t->streets[x->street]) return;
    case MATCH_F_OCCUPATION: EACH(t->occupations[x->occupation]) return;
    case MATCH_F_AGE: EACH(t->ages[tally_age(t, x->fresh)]) return;
    default: break;
    }
    for (size_t i = 0; marks != 0 && i < n; i++)
        tally_marks(t, fails[i] == want ? p->faces[ads[i]].marks & marks : 0, &p->sides[ads[i]]);
}
#undef EACH

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
    memcpy(bits, t->marks + MARK_BENEFIT, ROW_FIRST_BENEFITS * sizeof *bits);
    return small_facet(cx, bits, 64);
}

static struct match_facet age_facet(struct ctx *cx, const uint32_t *by_age)
{
    uint32_t bands[MATCH_AGE_BANDS] = {0};
    for (int32_t age = 0; age < TALLY_AGES; age++)
        if (by_age[age] > 0)
            bands[age_band(age)] += by_age[age];
    return small_facet(cx, bands, MATCH_AGE_BANDS);
}

void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct tally *t,
                  struct match_result *out)
{
    if (!t->facets)
        return;
    tally_waiting(t);
    out->facets[MATCH_F_DISTRICT] = codes_facet(cx, &m->districts, s->district_order, t->districts, s->n_districts);
    out->facets[MATCH_F_STREET] = codes_facet(cx, &m->streets, s->street_order, t->streets, s->n_streets);
    out->facets[MATCH_F_OCCUPATION] = occupation_facet(cx, m, s, q, t);
    out->facets[MATCH_F_WAGE] = small_facet(cx, t->marks + MARK_WAGE, MATCH_WAGE_BANDS);
    out->facets[MATCH_F_EDUCATION] = small_facet(cx, t->marks + MARK_EDUCATION, MATCH_EDU_COUNT);
    out->facets[MATCH_F_EXPERIENCE] = small_facet(cx, t->marks + MARK_EXPERIENCE, MATCH_EXPERIENCE_BANDS);
    out->facets[MATCH_F_TYPE] = small_facet(cx, t->marks + MARK_TYPE, 8);
    out->facets[MATCH_F_SHIFT] = small_facet(cx, t->marks + MARK_SHIFT, 8);
    out->facets[MATCH_F_BENEFIT] = benefit_facet(cx, t);
    out->facets[MATCH_F_AGE] = age_facet(cx, t->ages);
}
