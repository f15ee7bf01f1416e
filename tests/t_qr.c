/* QR codes and charts: one path, escaped texts, nothing that a strict page forbids. */
#include "base/qr.h"
#include "base/svg.h"
#include "tap.h"

static bool safe(const char *s)
{
    return strstr(s, "style=") == NULL && strstr(s, "<script") == NULL && strstr(s, " on") == NULL;
}

static int count(const char *s, const char *what)
{
    int n = 0;
    for (; (s = strstr(s, what)) != NULL; s++)
        n++;
    return n;
}

/* Rebuilds the dark modules from the path: a finder pattern must stand in three corners. */
static bool finders(const char *svg)
{
    static bool dark[200][200];
    memset(dark, 0, sizeof dark);
    int side = 0, x, y, n;
    const char *p = strstr(svg, "viewBox=\"0 0 ");
    if (p == NULL || sscanf(p, "viewBox=\"0 0 %d", &side) != 1 || side > 200)
        return false;
    p = strstr(svg, "fill=\"#000\" d=\"");
    for (p = p == NULL ? "" : p + 15; sscanf(p, "M%d %dh%dv1h-", &x, &y, &n) == 3; p = strchr(p, 'z') + 1)
        for (int i = 0; i < n; i++)
            dark[y][x + i] = true;
    static const char *const shape[7] = {"1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"};
    bool good = true;
    for (int i = 0; i < 7; i++)
        for (int k = 0; k < 7; k++) {
            bool want = shape[i][k] == '1';
            good = good && dark[4 + i][4 + k] == want && dark[4 + i][side - 11 + k] == want && dark[side - 11 + i][4 + k] == want;
        }
    return good;
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    const char *s = qr_svg(&a, "https://example.org/q/7KQ4-M2XD", "扫码 <打开> \"页面\"");
    ok(s != NULL && strncmp(s, "<svg class=\"qr\" role=\"img\"", 26) == 0, "a drawing");
    ok(strstr(s, "<title>扫码 &lt;打开&gt; &quot;页面&quot;</title>") != NULL, "its title is escaped");
    is_int(count(s, "<path"), 2, "white ground, one path");
    ok(safe(s), "nothing forbidden");
    ok(finders(s), "finder patterns in three corners");
    ok(finders(qr_svg(&a, "天津市就业驿站：示例文字，中文也可以放进去", "x")), "Chinese text");
    char *big = arena_alloc(&a, 4001);
    memset(big, 'x', 4000);
    ok(qr_svg(&a, big, "x") == NULL && qr_svg(&a, "", "x") == NULL, "too long, empty");
    big[2331] = '\0';
    ok(qr_svg(&a, big, "x") != NULL, "as much as fits");

    struct svg_bar bars[] = {{"焊工 <1>", NULL, 30, NULL}, {"护工", "15 人", 15, "good"}, {"空", NULL, -5, "bad\" x=\""}};
    s = svg_bars(&a, bars, 3, "各工种");
    ok(strstr(s, "焊工 &lt;1&gt;") != NULL && strstr(s, "width=\"240\"") != NULL && strstr(s, "width=\"120\"") != NULL, "bars");
    ok(strstr(s, "class=\"chart-bar bad&quot; x=&quot;\"") != NULL && safe(s), "classes cannot break out");
    ok(strstr(svg_meter(&a, 3, 4, NULL, "x"), "width=\"75\"") != NULL, "meter");
    ok(strstr(svg_meter(&a, 9, 4, NULL, "x"), "width=\"100\" height=\"8\" rx=\"4\" class=") != NULL, "no more than full");
    ok(strstr(svg_meter(&a, 9, 0, NULL, "x"), "width=\"0\"") != NULL, "of nothing");
    ok(strstr(svg_ring(&a, 1, 3, "warn", "33%", "x"), "stroke-dasharray=\"33 100\" class=\"chart-fill warn\"") != NULL, "ring");
    ok(strstr(svg_line(&a, (const int64_t[]){0, 10, 5}, 3, NULL, "x"), "points=\"2,46 120,2 238,24\"") != NULL, "line");
    ok(strstr(svg_line(&a, NULL, 0, NULL, "x"), "polyline") == NULL, "no line without values");
    arena_free(&a);
    return done();
}
