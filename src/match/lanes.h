/* lanes.h -- the filters that run over columns, eight at a time where the processor can (AVX2), else one by one; same answers. */
#ifndef MATCH_LANES_H
#define MATCH_LANES_H
#include "match/people.h"

struct ad_gate { /* an ad, for a crowd of people */
    int32_t lat, lng;
    bool known;             /* it has a place */
    uint32_t wage_max, district, certs; /* yuan; bit of the district; bits of what is required */
    uint32_t types, shifts; /* nothing said = all bits */
    uint32_t experience, education;
};
struct person_gate { /* a person, for the ads of a part */
    struct ground_from home;
    float reach;   /* squared; read when near */
    bool near;     /* test the distance too */
    uint32_t wage_floor, types, shifts, experience, education;
    uint32_t skills; /* bits of which an ad must have one; 0 = no matter */
    uint16_t today;
};

struct window { /* cells of the grid that a radius touches */
    uint64_t x0, x1, y0, y1;
};
struct window window_of(const struct wish *w); /* recommend.c; for wishes with a radius */
struct person_gate wish_gate(const struct wish *w);

/* The numbers of those from..to-1 that may suit, ascending, into `out` (room for all); returns how many.
 * People: districts and certificates are tested by bits, so some may fail the exact test. Ads: exact, certificates not looked at. */
uint32_t lanes_people(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out);
uint32_t lanes_ads(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out);
bool lanes_wide(void); /* the processor has AVX2 */
/* The plain ways, which the tests hold the wide ones against. */
uint32_t lanes_people_plain(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out);
uint32_t lanes_ads_plain(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out);
#endif
