/* filter.h -- the conditions of a search, made ready for the columns, and what they leave. */
#ifndef MATCH_FILTER_H
#define MATCH_FILTER_H
#include "match/engine.h"
#include "match/ground.h"

#define FILTER_FEW 4

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
    uint8_t few[FILTER_FEW], n_few; /* the numbers of districts wanted, when they are few */
};
void filter_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct filter *f);
static inline bool filter_far(const struct filter *f, const struct row *r)
{
    return (r->lat == 0 && r->lng == 0) || ground_square(&f->from, r->lat, r->lng) >= f->radius_square;
}
bool code_is_under(int64_t code, int64_t group); /* packed occupations: agree in all but the group's trailing 00 */
bool filter_lacks(const struct filter *f, const struct row *r, const struct side *s); /* a benefit */
bool filter_other_firm(const struct filter *f, const struct side *s);

/* Whether the ad fails the active condition `kind`. */
static inline bool filter_fails(const struct filter *f, const struct part *p, uint32_t ad, unsigned kind)
{
    const struct row *r = &p->rows[ad];
    switch (kind) {
    case MATCH_F_DISTRICT: return !f->district_ok[r->district];
    case MATCH_F_STREET: return !f->street_ok[r->street];
    case MATCH_F_OCCUPATION: return !f->occupation_ok[r->occupation];
    case MATCH_F_WAGE: return r->wage_max < f->wage_floor || !(f->wage_bands >> (r->education_band >> 4) & 1);
    case MATCH_F_EDUCATION: return !(f->educations >> (r->education_band & 15) & 1);
    case MATCH_F_EXPERIENCE: return !f->experience_ok[r->experience];
    case MATCH_F_TYPE: return !(r->types & f->types);
    case MATCH_F_SHIFT: return !(r->shifts & f->shifts);
    case MATCH_F_AGE: return r->fresh < f->oldest;
    case MATCH_F_DISTANCE: return filter_far(f, r);
    case MATCH_F_BENEFIT: return filter_lacks(f, r, &p->sides[ad]);
    case MATCH_F_EMPLOYER: return filter_other_firm(f, &p->sides[ad]);
    default: return false;
    }
}

#define TALLY_AGES 64 /* days; older ones count as this old: more than the last band's bound */

struct tally { /* counts for the facets, and what dropping one condition would give */
    bool facets, slim_districts; /* slim_districts: their numbers fit in the narrow column */
    int32_t today;
    uint32_t *districts, *streets, *occupations; /* by number */
    uint32_t wages_educations[256];              /* by band << 4 | floor, of hits */
    uint32_t wages[16], educations[16];          /* of those that fail this condition only */
    uint32_t experiences[256];                   /* by months */
    uint32_t types[256], shifts[256];            /* by mask */
    uint32_t benefits[3][256];                   /* by byte of the mask */
    uint32_t more_benefits[64];                  /* those that stand in the side */
    uint32_t ages[TALLY_AGES];
    uint32_t alone[MATCH_F_COUNT];               /* ads that fail this condition only */
    uint32_t total;
};
void tally_ready(struct ctx *cx, const struct snap *s, int32_t today, bool facets, struct tally *t);
void tally_more(struct tally *t, const struct side *s);

static inline unsigned tally_age(const struct tally *t, uint16_t fresh)
{
    int32_t age = t->today - fresh;
    return age < 0 ? 0 : age >= TALLY_AGES ? TALLY_AGES - 1 : (unsigned)age;
}

static inline void tally_all(struct tally *t, const struct face *r, const struct side *s)
{
    t->districts[r->district]++;
    t->streets[r->street]++;
    t->occupations[r->occupation]++;
    t->wages_educations[r->education_band]++;
    t->experiences[r->experience]++;
    t->types[r->types]++;
    t->shifts[r->shifts]++;
    t->ages[tally_age(t, r->fresh)]++;
    t->benefits[0][r->mixed & 255]++;
    t->benefits[1][r->mixed >> 8 & 255]++;
    t->benefits[2][r->mixed >> 16 & 255]++;
    if (r->mixed & ROW_MORE)
        tally_more(t, s);
}

/* Counts ads of which each fails the condition `kind` only. */
void tally_alone(struct tally *t, const struct part *p, const uint32_t *ads, size_t n, unsigned kind);
/* The same, of those for which fails[i] is `want`; their rows were read just before. */
void tally_listed(struct tally *t, const struct part *p, const uint32_t *ads, const uint32_t *fails, uint32_t want, size_t n, unsigned kind);
void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, const struct tally *t,
                  struct match_result *out);
#endif
