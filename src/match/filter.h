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
/* The conditions that the ad fails, as bits. */
uint32_t filter_misses(const struct filter *f, const struct part *p, uint32_t ad);
static inline bool filter_over(const struct filter *f, const struct row *r)
{
    return r->expires < f->today;
}

struct tally { /* counts for the facets, and what dropping one condition would give */
    bool facets;
    uint32_t *districts, *streets, *occupations; /* by number */
    uint32_t wages[16], educations[16], experiences[256] /* by months */, types[256], shifts[256] /* by mask */;
    uint32_t benefits[64];
    uint32_t *ages; /* by day, fresh -> count; 65536 of them */
    uint32_t alone[MATCH_F_COUNT]; /* ads that fail this condition only */
    uint32_t total;
};
void tally_ready(struct ctx *cx, const struct snap *s, bool facets, struct tally *t);
/* Counts an ad that fails `misses` (none or a single one matter). */
void tally_add(struct tally *t, const struct part *p, uint32_t ad, uint32_t misses);
void tally_facets(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_query *q, const struct tally *t,
                  struct match_result *out);
#endif
