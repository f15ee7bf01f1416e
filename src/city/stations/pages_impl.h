/* pages_impl.h -- what the pages of this office share. */
#ifndef STATIONS_PAGES_IMPL_H
#define STATIONS_PAGES_IMPL_H
#include "base/geo.h"
#include "city/stations/stations.h"
#include "web/web.h"

extern const struct scope station_own;  /* its head, the officers of its district, the city */
extern const struct scope station_seen; /* these and the auditor */

struct geo station_point(const struct q_station_row *s);
const char *station_tone(const char *status); /* kind of tag: ok, pri, warn, bad or "" */
/* The station that a scope loaded, or the one of the path. */
err_t station_of(struct req *rq, struct q_station_row *out) MUST_USE;
/* Appends the card with url, distance and way_url; `metres` -1 = no distance. */
err_t station_card(struct req *rq, struct view *to, const struct q_station_row *s, int64_t metres) MUST_USE;
/* The tile grid of the districts with `counts` (as the city's districts), and points of stations, numbered when `numbered`. */
const char *station_tiles_svg(struct req *rq, const int64_t *counts);
const char *station_points_svg(struct req *rq, const struct q_station_row *rows, size_t n, bool numbered);
const char *station_json_ld(struct req *rq, const struct q_station_row *s, const struct station_week *w);
#endif
