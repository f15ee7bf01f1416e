/* filter.h -- the conditions of a search, made ready for the columns, and what they leave. */
#ifndef MATCH_FILTER_H
#define MATCH_FILTER_H
#include "match/engine.h"
#include "match/ground.h"
#include "match/marks.h"

#define FILTER_FEW 4

struct filter {
    uint32_t active;       /* bits 1 << enum match_facet_kind: conditions that are there */
    const uint8_t *district_ok, *street_ok, *occupation_ok; /* by number; read when active */
    uint32_t wage_floor;   /* yuan, rounded up */
    uint64_t marks[MATCH_F_COUNT]; /* by kind: the marks of which an ad must have one; of benefits, all */
    uint64_t more_benefits; /* those that stand in the side */
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
bool filter_other_firm(const struct filter *f, const struct side *s);
static inline bool filter_lacks(const struct filter *f, const struct face *x, const struct side *s) /* a benefit */
{
    uint64_t first = f->marks[MATCH_F_BENEFIT];
    return (x->marks & first) != first || (f->more_benefits != 0 && (s->benefits & f->more_benefits) != f->more_benefits);
}

/* Whether the ad fails the active condition `kind`. */
static inline bool filter_fails(const struct filter *f, const struct part *p, uint32_t ad, unsigned kind)
{
    const struct face *x = &p->faces[ad];
    switch (kind) {
    case MATCH_F_DISTRICT: return !f->district_ok[x->district];
    case MATCH_F_STREET: return !f->street_ok[x->street];
    case MATCH_F_OCCUPATION: return !f->occupation_ok[x->occupation];
    case MATCH_F_WAGE: return p->rows[ad].wage_max < f->wage_floor || !(x->marks & f->marks[kind]);
    case MATCH_F_EDUCATION:
    case MATCH_F_EXPERIENCE:
    case MATCH_F_TYPE:
    case MATCH_F_SHIFT: return !(x->marks & f->marks[kind]);
    case MATCH_F_AGE: return x->fresh < f->oldest;
    case MATCH_F_DISTANCE: return filter_far(f, &p->rows[ad]);
    case MATCH_F_BENEFIT: return filter_lacks(f, x, &p->sides[ad]);
    case MATCH_F_EMPLOYER: return filter_other_firm(f, &p->sides[ad]);
    default: return false;
    }
}

#define TALLY_AGES 64 /* days; older ones count as this old: more than the last band's bound */

struct tally { /* counts for the facets, and what dropping one condition would give */
    bool facets, slim_districts; /* slim_districts: their numbers fit in the narrow column */
    int32_t today;
    uint32_t *districts, *streets, *occupations; /* by number */
    uint32_t ages[TALLY_AGES];
    uint32_t marks[64];                          /* by bit */
    uint32_t more_benefits[64];                  /* those that stand in the side */
    uint32_t alone[MATCH_F_COUNT];               /* ads that fail this condition only */
    uint32_t total;
    uint64_t waiting[MARKS_AT_ONCE]; /* marks that are to be counted */
    unsigned n_waiting;
};
void tally_ready(struct ctx *cx, const struct snap *s, int32_t today, bool facets, struct tally *t);
void tally_waiting(struct tally *t); /* counts the marks that wait */
void tally_more(struct tally *t, const struct side *s);

static inline unsigned tally_age(const struct tally *t, uint16_t fresh)
{
    int32_t age = t->today - fresh;
    return age < 0 ? 0 : age >= TALLY_AGES ? TALLY_AGES - 1 : (unsigned)age;
}

static inline void tally_marks(struct tally *t, uint64_t marks, const struct side *s)
{
    t->waiting[t->n_waiting++] = marks;
    if (t->n_waiting == MARKS_AT_ONCE)
        tally_waiting(t);
    if (marks >> MARK_MORE & 1)
        tally_more(t, s);
}

struct counters { /* of a tally: where they stand */
    uint32_t *districts, *streets, *occupations, *ages;
    uint32_t today;
};
static inline struct counters counters_of(struct tally *t)
{
    return (struct counters){t->districts, t->streets, t->occupations, t->ages, (uint32_t)t->today};
}

/* An ad that is found counts in every facet. */
static inline void tally_hit(struct tally *t, const struct counters *c, const struct face *x, const struct side *s)
{
    uint32_t fresh = x->fresh < c->today ? x->fresh : c->today, age = c->today - fresh;
    c->districts[x->district]++;
    c->streets[x->street]++;
    c->occupations[x->occupation]++;
    c->ages[age < TALLY_AGES ? age : TALLY_AGES - 1]++;
    tally_marks(t, x->marks, s);
}

/* Those of word w that fail the condition `kind` only count in its facet, when facets are wanted. */
void tally_alone(struct tally *t, const struct part *p, uint32_t w, uint64_t bits, unsigned kind);
/* The same, of those for which fails[i] is `want`, and how many they are. */
void tally_listed(struct tally *t, const struct part *p, const uint32_t *ads, const uint32_t *fails, uint32_t want, size_t n, unsigned kind);
void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, struct tally *t,
                  struct match_result *out);
#endif
