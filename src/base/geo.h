/* geo.h -- places on the map: distances, times on the way, links to map services.
 *
 * Points are degrees. WGS-84 is what satellites and OpenStreetMap say, GCJ-02 what map services in mainland China show.
 */
#ifndef BASE_GEO_H
#define BASE_GEO_H
#include "base/ctx.h"

struct geo {
    double lng, lat;
};

enum geo_map { GEO_AMAP, GEO_BAIDU, GEO_TENCENT };
enum geo_way { GEO_WALK, GEO_BIKE, GEO_BUS };

bool geo_valid(struct geo p);
double geo_metres(struct geo a, struct geo b);      /* along a great circle (haversine, sphere of 6,371,008.8 m) */
double geo_metres_fast(struct geo a, struct geo b); /* as on a flat map: within 0.1 % up to 50 km at these latitudes */
struct geo geo_to_gcj(struct geo wgs);              /* unchanged outside mainland China */

/* Minutes on the way, roughly: the way is a third longer than the straight line; 75 m a minute on foot, 200 by bicycle,
 * 300 by bus and 8 minutes for waiting. */
int64_t geo_minutes(double metres, enum geo_way way);
const char *geo_text_distance(const struct ctx *cx, double metres);               /* "约 350 米", "约 1.2 公里" */
const char *geo_text_minutes(const struct ctx *cx, double metres, enum geo_way way); /* "步行约 12 分钟" */

/* A link that shows the place in a map service (or its app). `p` is WGS-84. `name` is shown there. */
const char *geo_map_url(struct arena *a, enum geo_map map, struct geo p, const char *name);
#endif
