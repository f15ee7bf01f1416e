#include "match/circle.h"

#include "match/part.h"

#define KY 0.111195 /* metres in a millionth of a degree northwards */
#define LAST_X (360000000 / CELL_LNG)
#define LAST_Y (180000000 / CELL_LAT + 1)

static double slack(const struct circle *c)
{
    return 2 + 1e-5 * c->radius;
}

static uint32_t within(double v, double low, double high)
{
    return (uint32_t)(v < low ? low : v > high ? high : v);
}

void circle_rows(const struct circle *c, uint32_t *y0, uint32_t *y1)
{
    double far = (c->radius + slack(c)) / KY, at = c->lat + 90e6;
    *y0 = within(floor((at - far) / CELL_LAT) + 1, 1, LAST_Y);
    *y1 = within(floor((at + far) / CELL_LAT) + 1, 1, LAST_Y);
}

static double east_of(double lat)
{
    return KY * cos(lat * 1.7453292519943e-8);
}

struct cells circle_touched(const struct circle *c, uint32_t y)
{
    double r = c->radius + slack(c), south = ((double)y - 1) * CELL_LAT - 90e6, north = south + CELL_LAT;
    double away = KY * (south > c->lat ? south - c->lat : north < c->lat ? c->lat - north : 0);
    double kx = c->kx > 0 ? c->kx : east_of(fmax(fabs(south), fabs(north)));
    if (away > r)
        return (struct cells){1, 0};
    if (kx <= 1e-4) /* at a pole */
        return (struct cells){0, LAST_X};
    double half = sqrt(r * r - away * away) / kx + 1, at = c->lng + 180e6;
    return (struct cells){within(floor((at - half) / CELL_LNG), 0, LAST_X), within(floor((at + half) / CELL_LNG), 0, LAST_X)};
}

struct cells circle_inside(const struct circle *c, uint32_t y)
{
    double r = c->radius - slack(c), south = ((double)y - 1) * CELL_LAT - 90e6, north = south + CELL_LAT;
    double away = KY * fmax(fabs(south - c->lat), fabs(north - c->lat));
    double kx = c->kx > 0 ? c->kx : east_of(south <= 0 && north >= 0 ? 0 : fmin(fabs(south), fabs(north)));
    if (away >= r || kx <= 1e-4)
        return (struct cells){1, 0};
    double half = sqrt(r * r - away * away) / kx - 1, at = c->lng + 180e6;
    double x0 = fmax(ceil((at - half) / CELL_LNG), 0), x1 = fmin(floor((at + half) / CELL_LNG) - 1, LAST_X);
    return x0 > x1 ? (struct cells){1, 0} : (struct cells){(uint32_t)x0, (uint32_t)x1};
}

static double gap(double at, double low, double high)
{
    return at < low ? low - at : at > high ? at - high : 0;
}

double circle_away(const struct ground_from *from, uint64_t cell)
{
    double south = ((double)(cell >> 32) - 1) * CELL_LAT - 90e6, west = (double)(cell & UINT32_MAX) * CELL_LNG - 180e6;
    double dy = gap(from->lat, south, south + CELL_LAT) * (double)from->ky, dx = gap(from->lng, west, west + CELL_LNG) * (double)from->kx;
    return fmax(sqrt(dy * dy + dx * dx) * (1 - 1e-5) - 2, 0);
}
