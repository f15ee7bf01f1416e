/* filter.h -- the conditions of a search, made ready for the columns, and what they leave. */
#ifndef MATCH_FILTER_H
#define MATCH_FILTER_H
#include "match/engine.h"
#include "match/ground.h"

struct filter {
    uint32_t active;       /* bits 1 << enum match_facet_kind: conditions that are there */
    const uint8_t *district_ok, *street_ok, *occupation_ok; /* by number; read when active */
    uint32_t wage_floor;   /* yuan, rounded up */
    uint32_t wage_bands, educations;
    uint8_t experience_ok[256]; /* by months */
    uint8_t types, shifts;
    uint64_t benefits;
    uint16_t today, oldest; /* days */
    struct ground_from from;
    float radius_square;
    struct match_list employers;
};
void filter_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct filter *f);
static inline bool filter_over(const struct filter *f, const struct row *r)
{
    return r->expires < f->today;
}

static inline uint32_t filter_far(const struct filter *f, const struct row *r)
{
    return (r->lat == 0 && r->lng == 0) || ground_square(&f->from, r->lat, r->lng) >= f->radius_square;
}
bool code_is_under(int64_t code, int64_t group); /* packed occupations: agree in all but the group's trailing 00 */
uint32_t filter_side(const struct filter *f, const struct row *r, const struct side *s); /* of benefits and employers */

/* The conditions that the ad fails, as bits. */
static inline uint32_t filter_misses(const struct filter *f, const struct part *p, uint32_t ad)
{
    const struct row *r = &p->rows[ad];
    uint32_t a = f->active, miss = 0;
    if (a == 0)
        return 0;
    if (a & 1u << MATCH_F_DISTRICT)
        miss |= (uint32_t)!f->district_ok[r->district] << MATCH_F_DISTRICT;
    if (a & 1u << MATCH_F_STREET)
        miss |= (uint32_t)!f->street_ok[r->street] << MATCH_F_STREET;
    if (a & 1u << MATCH_F_OCCUPATION)
        miss |= (uint32_t)!f->occupation_ok[r->occupation] << MATCH_F_OCCUPATION;
    if (a & 1u << MATCH_F_WAGE)
        miss |= (uint32_t)(r->wage_max < f->wage_floor || !(f->wage_bands >> (r->education_band >> 4) & 1)) << MATCH_F_WAGE;
    if (a & 1u << MATCH_F_EDUCATION)
        miss |= (uint32_t)!(f->educations >> (r->education_band & 15) & 1) << MATCH_F_EDUCATION;
    if (a & 1u << MATCH_F_EXPERIENCE)
        miss |= (uint32_t)!f->experience_ok[r->experience] << MATCH_F_EXPERIENCE;
    if (a & 1u << MATCH_F_TYPE)
        miss |= (uint32_t)!(r->types & f->types) << MATCH_F_TYPE;
    if (a & 1u << MATCH_F_SHIFT)
        miss |= (uint32_t)!(r->shifts & f->shifts) << MATCH_F_SHIFT;
    if (a & 1u << MATCH_F_AGE)
        miss |= (uint32_t)(r->fresh < f->oldest) << MATCH_F_AGE;
    if (a & 1u << MATCH_F_DISTANCE)
        miss |= filter_far(f, r) << MATCH_F_DISTANCE;
    if (a & (1u << MATCH_F_BENEFIT | 1u << MATCH_F_EMPLOYER))
        miss |= filter_side(f, r, &p->sides[ad]);
    return miss;
}

#define TALLY_AGES 64 /* days; older ones count as this old: more than the last band's bound */

struct tally { /* counts for the facets, and what dropping one condition would give */
    bool facets;
    int32_t today;
    uint32_t *districts, *streets, *occupations; /* by number */
    uint32_t wages[16], educations[16];
    uint32_t experiences[256];                   /* by months */
    uint32_t types[256], shifts[256];            /* by mask */
    uint32_t benefits[3][256];                   /* by byte of the mask */
    uint32_t more_benefits[64];                  /* those that stand in the side */
    uint32_t ages[TALLY_AGES];
    uint32_t alone[MATCH_F_COUNT];               /* ads that fail this condition only */
    uint32_t total;
};
void tally_ready(struct ctx *cx, const struct snap *s, int32_t today, bool facets, struct tally *t);
void tally_one(struct tally *t, const struct row *r, const struct side *s, unsigned kind);
void tally_more(struct tally *t, const struct side *s);

static inline unsigned tally_age(const struct tally *t, const struct row *r)
{
    int32_t age = t->today - r->fresh;
    return age < 0 ? 0 : age >= TALLY_AGES ? TALLY_AGES - 1 : (unsigned)age;
}

static inline void tally_all(struct tally *t, const struct row *r, const struct side *s)
{
    t->districts[r->district]++;
    t->streets[r->street]++;
    t->occupations[r->occupation]++;
    t->wages[r->education_band >> 4]++;
    t->educations[r->education_band & 15]++;
    t->experiences[r->experience]++;
    t->types[r->types]++;
    t->shifts[r->shifts]++;
    t->ages[tally_age(t, r)]++;
    t->benefits[0][r->mixed & 255]++;
    t->benefits[1][r->mixed >> 8 & 255]++;
    t->benefits[2][r->mixed >> 16 & 255]++;
    if (r->mixed & ROW_MORE)
        tally_more(t, s);
}

/* Counts an ad that fails `misses` (none or a single one matter). */
static inline void tally_add(struct tally *t, const struct part *p, uint32_t ad, uint32_t misses)
{
    if (misses == 0) {
        t->total++;
        if (t->facets)
            tally_all(t, &p->rows[ad], &p->sides[ad]);
    } else if ((misses & (misses - 1)) == 0) {
        unsigned kind = (unsigned)__builtin_ctz(misses);
        t->alone[kind]++;
        if (t->facets)
            tally_one(t, &p->rows[ad], &p->sides[ad], kind);
    }
}
void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, const struct tally *t,
                  struct match_result *out);
#endif
