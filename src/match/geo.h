/* geo.h -- distances on the ground, flat around one point: within 0.1 % for the size of a city. */
#ifndef MATCH_GEO_H
#define MATCH_GEO_H
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct geo_from {
    int32_t lat, lng;
    float ky, kx; /* metres in a millionth of a degree */
    bool known;
};

static inline struct geo_from geo_from(int32_t lat, int32_t lng)
{
    return (struct geo_from){lat, lng, 0.111195F, 0.111195F * cosf((float)lat * 1.7453293e-8F), lat != 0 || lng != 0};
}

static inline float geo_square(const struct geo_from *f, int32_t lat, int32_t lng)
{
    float dy = (float)(lat - f->lat) * f->ky, dx = (float)(lng - f->lng) * f->kx;
    return dy * dy + dx * dx;
}

/* Metres, -1 when either place is unknown. */
static inline int32_t geo_metres(const struct geo_from *f, int32_t lat, int32_t lng)
{
    if (!f->known || (lat == 0 && lng == 0))
        return -1;
    float d = sqrtf(geo_square(f, lat, lng));
    return (int32_t)(d + 0.5F);
}
#endif
