/* ground.h -- distances on the ground, flat around one point: within 0.1 % for the size of a city. */
#ifndef MATCH_GROUND_H
#define MATCH_GROUND_H
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct ground_from {
    int32_t lat, lng;
    float ky, kx; /* metres in a millionth of a degree */
    bool known;
};

static inline struct ground_from ground_from(int32_t lat, int32_t lng)
{
    return (struct ground_from){lat, lng, 0.111195F, 0.111195F * cosf((float)lat * 1.7453293e-8F), lat != 0 || lng != 0};
}

static inline float ground_square(const struct ground_from *f, int32_t lat, int32_t lng)
{
    float dy = (float)(lat - f->lat) * f->ky, dx = (float)(lng - f->lng) * f->kx;
    return dy * dy + dx * dx;
}

/* Metres, -1 when either place is unknown. */
static inline int32_t ground_metres(const struct ground_from *f, int32_t lat, int32_t lng)
{
    if (!f->known || (lat == 0 && lng == 0))
        return -1;
    float d = sqrtf(ground_square(f, lat, lng));
    return (int32_t)(d + 0.5F);
}
#endif
