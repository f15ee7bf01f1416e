#include "base/geo.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static const double earth = 6371008.8, pi = 3.14159265358979323846;

static double rad(double degrees) { return degrees * pi / 180; }

bool geo_valid(struct geo p) { return p.lng >= -180 && p.lng <= 180 && p.lat >= -90 && p.lat <= 90; }

double geo_metres(struct geo a, struct geo b)
{
    double s = sin(rad(b.lat - a.lat) / 2), t = sin(rad(b.lng - a.lng) / 2);
    double h = s * s + cos(rad(a.lat)) * cos(rad(b.lat)) * t * t;
    return 2 * earth * asin(fmin(1, sqrt(h)));
}

double geo_metres_fast(struct geo a, struct geo b)
{
    double x = rad(b.lng - a.lng) * cos(rad((a.lat + b.lat) / 2)), y = rad(b.lat - a.lat);
    return earth * sqrt(x * x + y * y);
}

static double wave(double v, double far)
{
    return (20 * sin(6 * far * pi) + 20 * sin(2 * far * pi)) * 2 / 3 + (20 * sin(v * pi) + 40 * sin(v / 3 * pi)) * 2 / 3;
}

/* The published formula of the offset, on Krasovsky's ellipsoid. */
struct geo geo_to_gcj(struct geo p)
{
    static const double axis = 6378245, ee = 0.00669342162296594323;
    if (p.lng < 72.004 || p.lng > 137.8347 || p.lat < 0.8293 || p.lat > 55.8271)
        return p;
    double x = p.lng - 105, y = p.lat - 35, root = sqrt(fabs(x));
    double dlat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave(y, x) +
                  (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3;
    double dlng = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave(x, x) +
                  (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3;
    double s = sin(rad(p.lat)), magic = 1 - ee * s * s, m = sqrt(magic);
    dlat = dlat * 180 / (axis * (1 - ee) / (magic * m) * pi);
    dlng = dlng * 180 / (axis / m * cos(rad(p.lat)) * pi);
    return (struct geo){p.lng + dlng, p.lat + dlat};
}

int64_t geo_minutes(double metres, enum geo_way way)
{
    static const double speed[] = {[GEO_WALK] = 75, [GEO_BIKE] = 200, [GEO_BUS] = 300};
    if (!(metres >= 0) || metres > 1e6)
        return metres > 1e6 ? 9999 : 0;
    int64_t m = (int64_t)ceil(metres * 4 / 3 / speed[way]) + (way == GEO_BUS ? 8 : 0);
    return m < 1 ? 1 : m > 20 ? (m + 4) / 5 * 5 : m;
}

const char *geo_text_distance(const struct ctx *cx, double metres)
{
    struct arena *a = cx->arena;
    if (metres < 995)
        return text_fill(a, tr(cx, N_("约 {n} 米")), "n", arena_fmt(a, "%.0f", metres < 10 ? 10 : round(metres / 10) * 10), NULL);
    return text_fill(a, tr(cx, N_("约 {n} 公里")), "n", arena_fmt(a, metres < 9950 ? "%.1f" : "%.0f", metres / 1000), NULL);
}

const char *geo_text_minutes(const struct ctx *cx, double metres, enum geo_way way)
{
    const char *say = way == GEO_WALK ? N_("步行约 {n} 分钟") : way == GEO_BIKE ? N_("骑车约 {n} 分钟") : N_("坐公交约 {n} 分钟");
    return text_fill(cx->arena, tr(cx, say), "n", arena_fmt(cx->arena, "%d", (int)geo_minutes(metres, way)), NULL);
}

const char *geo_map_url(struct arena *a, enum geo_map map, struct geo wgs, const char *name)
{
    struct geo p = geo_to_gcj(wgs);
    const char *n = text_percent(a, name);
    switch (map) {
    case GEO_AMAP:
        return arena_fmt(a, "https://uri.amap.com/marker?position=%.6f,%.6f&name=%s&coordinate=gaode", p.lng, p.lat, n);
    case GEO_BAIDU:
        return arena_fmt(a, "https://api.map.baidu.com/marker?location=%.6f,%.6f&title=%s&content=%s"
                            "&coord_type=gcj02&output=html", p.lat, p.lng, n, n);
    case GEO_TENCENT: break;
    }
    return arena_fmt(a, "https://apis.map.qq.com/uri/v1/marker?marker=coord:%.6f,%.6f;title:%s;addr:%s&referer=yizhan", p.lat,
                     p.lng, n, n);
}
