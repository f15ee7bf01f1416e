#include "base/svg.h"

#include "base/view.h"

#include <string.h>

enum { ROW = 24, LABEL = 128, BAR = 240, TEXT = 72, WIDE = LABEL + BAR + TEXT, LINE_W = 240, LINE_H = 48 };

static void text(struct buf *b, const char *s) { buf_html(b, s == NULL ? "" : s, s == NULL ? 0 : strlen(s)); }

static void begin(struct buf *b, const char *class, int w, int h, const char *title)
{
    buf_fmt(b, "<svg class=\"%s\" role=\"img\" viewBox=\"0 0 %d %d\"><title>", class, w, h);
    text(b, title);
    buf_str(b, "</title>");
}

static void class_of(struct buf *b, const char *base, const char *tone)
{
    buf_fmt(b, " class=\"%s", base);
    if (tone != NULL) {
        buf_str(b, " ");
        text(b, tone);
    }
    buf_str(b, "\"");
}

/* `of` times value / max, within 0..of. */
static int64_t share(int64_t value, int64_t max, int64_t of)
{
    if (value <= 0 || max <= 0)
        return 0;
    return value >= max ? of : (int64_t)((double)value / (double)max * (double)of + 0.5);
}

const char *svg_bars(struct arena *a, const struct svg_bar *bars, size_t n, const char *title)
{
    struct buf b = {.a = a};
    int64_t max = 0;
    for (size_t i = 0; i < n; i++)
        max = bars[i].value > max ? bars[i].value : max;
    begin(&b, "chart-bars", WIDE, (int)n * ROW, title);
    for (size_t i = 0; i < n; i++) {
        int y = (int)i * ROW, w = (int)share(bars[i].value, max, BAR);
        buf_fmt(&b, "<text class=\"chart-label\" x=\"%d\" y=\"%d\" text-anchor=\"end\">", LABEL - 8, y + 16);
        text(&b, bars[i].label);
        buf_fmt(&b, "</text><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"", LABEL, y + 4, w, ROW - 8);
        class_of(&b, "chart-bar", bars[i].tone);
        buf_fmt(&b, "/><text class=\"chart-value\" x=\"%d\" y=\"%d\">", LABEL + w + 6, y + 16);
        text(&b, bars[i].text != NULL ? bars[i].text : arena_fmt(a, "%lld", (long long)bars[i].value));
        buf_str(&b, "</text>");
    }
    buf_str(&b, "</svg>");
    return buf_text(&b);
}

const char *svg_meter(struct arena *a, int64_t value, int64_t max, const char *tone, const char *title)
{
    struct buf b = {.a = a};
    begin(&b, "chart-meter", 100, 8, title);
    buf_fmt(&b, "<rect class=\"chart-track\" width=\"100\" height=\"8\" rx=\"4\"/><rect width=\"%d\" height=\"8\" rx=\"4\"",
            (int)share(value, max, 100));
    class_of(&b, "chart-fill", tone);
    buf_str(&b, "/></svg>");
    return buf_text(&b);
}

const char *svg_ring(struct arena *a, int64_t value, int64_t max, const char *tone, const char *middle, const char *title)
{
    struct buf b = {.a = a};
    begin(&b, "chart-ring", 64, 64, title);
    buf_str(&b, "<circle class=\"chart-track\" cx=\"32\" cy=\"32\" r=\"28\" fill=\"none\" stroke-width=\"7\"/>"
                "<circle cx=\"32\" cy=\"32\" r=\"28\" fill=\"none\" stroke-width=\"7\" pathLength=\"100\""
                " transform=\"rotate(-90 32 32)\"");
    buf_fmt(&b, " stroke-dasharray=\"%d 100\"", (int)share(value, max, 100));
    class_of(&b, "chart-fill", tone);
    buf_str(&b, "/><text class=\"chart-value\" x=\"32\" y=\"37\" text-anchor=\"middle\">");
    text(&b, middle);
    buf_str(&b, "</text></svg>");
    return buf_text(&b);
}

const char *svg_line(struct arena *a, const int64_t *values, size_t n, const char *tone, const char *title)
{
    struct buf b = {.a = a};
    int64_t max = 1;
    for (size_t i = 0; i < n; i++)
        max = values[i] > max ? values[i] : max;
    begin(&b, "chart-line", LINE_W, LINE_H, title);
    if (n > 1) {
        buf_str(&b, "<polyline fill=\"none\" points=\"");
        for (size_t i = 0; i < n; i++)
            buf_fmt(&b, "%s%d,%d", i > 0 ? " " : "", (int)(i * (LINE_W - 4) / (n - 1)) + 2,
                    LINE_H - 2 - (int)share(values[i], max, LINE_H - 4));
        buf_str(&b, "\"");
        class_of(&b, "chart-stroke", tone);
        buf_str(&b, "/>");
    }
    buf_str(&b, "</svg>");
    return buf_text(&b);
}
