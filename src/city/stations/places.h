/* places.h -- the reference data of the city as this office needs it; points are micro-degrees. */
#ifndef STATIONS_PLACES_H
#define STATIONS_PLACES_H
#include "base/day.h"

struct place_district {
    int64_t code, lng, lat, col, row; /* col, row: its tile, from 1 */
    const char *name, *brief, *ring;  /* "和平区", "和平", "inner" */
};
struct place_street {
    int64_t code, district, lng, lat;
    const char *name, *brief, *kind, *pinyin, *initials;
};
size_t place_districts(struct ctx *cx, const struct place_district **out);
size_t place_streets(struct ctx *cx, const struct place_street **out); /* ascending by code */
const struct place_district *place_district(struct ctx *cx, int64_t code); /* NULL when there is none */
const struct place_street *place_street(struct ctx *cx, int64_t code);
const char *place_street_name(struct ctx *cx, int64_t code); /* "" when there is none */
#endif
