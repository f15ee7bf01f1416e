/* Places: distances of known pairs, the offset of map services, words, links. */
#include "base/geo.h"
#include "tap.h"

#include <math.h>

static void distances(void)
{
    struct geo tianjin = {117.2010, 39.0842}, beijing = {116.4074, 39.9042}, near = {117.2110, 39.0900};
    ok(fabs(geo_metres(tianjin, beijing) - 113770) < 300, "Tianjin to Beijing");
    ok(fabs(geo_metres((struct geo){0, 0}, (struct geo){180, 0}) - 20015115) < 10, "half round the earth");
    is_int((long long)geo_metres(tianjin, tianjin), 0, "no way at all");
    double d = geo_metres(tianjin, near), f = geo_metres_fast(tianjin, near);
    ok(fabs(d - f) / d < 1e-6, "the fast one agrees nearby");
    d = geo_metres(tianjin, (struct geo){117.60, 39.40});
    f = geo_metres_fast(tianjin, (struct geo){117.60, 39.40});
    ok(fabs(d - f) / d < 1e-3, "and within a thousandth at 50 km");
}

static void offset(void)
{
    struct geo g = geo_to_gcj((struct geo){116.4074, 39.9042});
    ok(fabs(g.lng - 116.41364225) < 1e-6 && fabs(g.lat - 39.90560334) < 1e-6, "WGS-84 to GCJ-02 in Beijing");
    double far = geo_metres((struct geo){117.2010, 39.0842}, geo_to_gcj((struct geo){117.2010, 39.0842}));
    ok(far > 100 && far < 800, "some hundred metres in Tianjin");
    g = geo_to_gcj((struct geo){-0.1278, 51.5074});
    ok(fabs(g.lng + 0.1278) < 1e-9 && fabs(g.lat - 51.5074) < 1e-9, "none in London");
    ok(geo_valid((struct geo){117, 39}), "a place");
    ok(!geo_valid((struct geo){200, 39}) && !geo_valid((struct geo){NAN, 39}), "no places");
}

static void words(struct arena *a)
{
    struct ctx cx = {.arena = a, .lang = "zh"};
    is_str(geo_text_distance(&cx, 347), "约 350 米", "metres");
    is_str(geo_text_distance(&cx, 1234), "约 1.2 公里", "kilometres");
    is_str(geo_text_distance(&cx, 12345), "约 12 公里", "many");
    is_str(geo_text_minutes(&cx, 675, GEO_WALK), "步行约 12 分钟", "on foot");
    is_str(geo_text_minutes(&cx, 3000, GEO_BIKE), "骑车约 20 分钟", "by bicycle");
    is_str(geo_text_minutes(&cx, 5000, GEO_BUS), "坐公交约 35 分钟", "by bus, rounded to five");
    struct geo p = {-0.1278, 51.5074};
    is_str(geo_map_url(a, GEO_AMAP, p, "驿站 A&B"),
           "https://uri.amap.com/marker?position=-0.127800,51.507400&name=%E9%A9%BF%E7%AB%99%20A%26B&coordinate=gaode", "a link");
    ok(strstr(geo_map_url(a, GEO_BAIDU, p, "x"), "location=51.507400,-0.127800&") != NULL, "Baidu has latitude first");
    ok(strstr(geo_map_url(a, GEO_TENCENT, p, "x"), "coord:51.507400,-0.127800;") != NULL, "so has Tencent");
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    distances();
    offset();
    words(&a);
    arena_free(&a);
    return done();
}
