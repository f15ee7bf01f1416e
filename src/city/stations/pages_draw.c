/* pages_draw.c -- the schematic pictures of the network (squares, not a map) and a station as search engines read it. */
#include "city/stations/pages_impl.h"

#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"

#include <math.h>
#include <string.h>

enum { TILE_W = 112, TILE_H = 84, TILE_GAP = 8, BOARD_W = 640, BOARD_H = 620, MARGIN = 26 };

/* One of four tones: 0, 1, 2, 4. The one between is too weak a ground for words of either colour. */
static int shade(int64_t count, int64_t most)
{
    int q = most == 0 || count == 0 ? 0 : 1 + (int)(count * 2 / most);
    return q > 2 ? 4 : q;
}

static void open_link(struct buf *b, const char *url)
{
    buf_str(b, "<a");
    buf_str(b, " href=\"");
    buf_html(b, url, strlen(url));
    buf_str(b, "\">");
}

const char *station_tiles_svg(struct req *rq, const int64_t *counts)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    int64_t most = 0, cols = 0, rows = 0;
    for (size_t d = 0; d < city->n_districts; d++) {
        most = counts[d] > most ? counts[d] : most;
        cols = city->districts[d].col > cols ? city->districts[d].col : cols;
        rows = city->districts[d].row > rows ? city->districts[d].row : rows;
    }
    buf_fmt(&b, "<svg class=\"ch map\" viewBox=\"0 0 %d %d\" role=\"group\" aria-label=\"", (int)cols * (TILE_W + TILE_GAP),
            (int)rows * (TILE_H + TILE_GAP));
    const char *label = tr(&rq->cx, N_("各区驿站数，方格示意，非地图"));
    buf_html(&b, label, strlen(label));
    buf_str(&b, "\">");
    for (size_t d = 0; d < city->n_districts; d++) {
        const struct city_district *t = &city->districts[d];
        int x = (int)(t->col - 1) * (TILE_W + TILE_GAP) + TILE_GAP / 2, y = (int)(t->row - 1) * (TILE_H + TILE_GAP) + TILE_GAP / 2;
        int q = shade(counts[d], most);
        const char *name = tr(&rq->cx, t->brief), *ink = q == 4 ? "lt" : "dk";
        const char *many = text_fill(a, tr(&rq->cx, N_("{n} 家")), "n", arena_fmt(a, "%lld", (long long)counts[d]), NULL);
        open_link(&b, url_fmt(rq, "/stations/map?district=%lld", (long long)t->code));
        buf_fmt(&b, "<rect class=\"q%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>", q, x, y, TILE_W, TILE_H);
        buf_fmt(&b, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", ink, x + TILE_W / 2, y + TILE_H / 2 - 8);
        buf_html(&b, name, strlen(name));
        buf_fmt(&b, "</text> <text class=\"%s n\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", ink, x + TILE_W / 2, y + TILE_H / 2 + 22);
        buf_html(&b, many, strlen(many));
        buf_str(&b, "</text></a>");
    }
    buf_str(&b, "</svg>");
    return buf_text(&b);
}

struct frame { /* where the points lie, in degrees, and how they fit the board */
    double west, south, scale, squeeze;
};

/* All points with a margin; a degree of longitude is shorter than one of latitude by the cosine. */
static struct frame frame_of(const struct q_station_row *rows, size_t n)
{
    double west = 180, east = -180, south = 90, north = -90;
    for (size_t i = 0; i < n; i++) {
        struct geo p = station_point(&rows[i]);
        west = fmin(west, p.lng), east = fmax(east, p.lng);
        south = fmin(south, p.lat), north = fmax(north, p.lat);
    }
    double squeeze = cos((south + north) / 2 * 3.14159265358979 / 180);
    double wide = fmax((east - west) * squeeze, 0.01), high = fmax(north - south, 0.01);
    double scale = fmin((BOARD_W - 2 * MARGIN) / wide, (BOARD_H - 2 * MARGIN) / high);
    struct frame f = {.scale = scale, .squeeze = squeeze};
    f.west = (east + west) / 2 - (BOARD_W / 2.0 - MARGIN) / scale / squeeze;
    f.south = (north + south) / 2 - (BOARD_H / 2.0 - MARGIN) / scale;
    return f;
}

const char *station_points_svg(struct req *rq, const struct q_station_row *rows, size_t n, bool numbered)
{
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    struct frame f = frame_of(rows, n);
    const char *label = text_fill(a, tr(&rq->cx, N_("{n} 家驿站的大致位置，示意图，非地图")), "n", arena_fmt(a, "%zu", n), NULL);
    buf_fmt(&b, "<svg class=\"ch map\" data-map viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", BOARD_W, BOARD_H);
    buf_html(&b, label, strlen(label));
    buf_str(&b, "\">");
    for (size_t i = 0; i < n; i++) {
        struct geo p = station_point(&rows[i]);
        double x = MARGIN + (p.lng - f.west) * f.squeeze * f.scale, y = BOARD_H - MARGIN - (p.lat - f.south) * f.scale;
        buf_fmt(&b, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>", strcmp(rows[i].status, "trial") == 0 ? "c3" : "c1", x, y,
                numbered ? 13 : 6);
        buf_html(&b, rows[i].name, strlen(rows[i].name));
        buf_str(&b, "</title></circle>");
        if (numbered)
            buf_fmt(&b, "<text class=\"pt\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%zu</text>", x, y + 4.5, i + 1);
    }
    buf_str(&b, "</svg>");
    return buf_text(&b);
}

/* ---- schema.org ---- */

static void opening(struct arena *a, struct view *to, const struct station_week *w)
{
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    struct view *list = view_list(a, to, "openingHoursSpecification");
    for (size_t i = 0; i < w->n_hours; i++) {
        const struct q_station_hours_row *h = &w->hours[i];
        struct view *v = view_item(a, list);
        view_str(a, v, "@type", "OpeningHoursSpecification");
        view_fmt(a, v, "dayOfWeek", "https://schema.org/%s", days[h->weekday - 1]);
        view_fmt(a, v, "opens", "%02d:%02d", (int)(h->from_min / 60), (int)(h->from_min % 60));
        view_fmt(a, v, "closes", "%02d:%02d", (int)(h->to_min / 60), (int)(h->to_min % 60));
    }
}

const char *station_json_ld(struct req *rq, const struct q_station_row *s, const struct station_week *w)
{
    const struct city *city = rq->cx.house->city;
    const struct city_district *d = city_district(city, s->district);
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    struct view *v = view_obj(a), *at, *geo;
    view_str(a, v, "@context", "https://schema.org");
    view_str(a, v, "@type", "GovernmentOffice");
    view_fmt(a, v, "@id", "%s/stations/%s", rq->cx.house->base_url, s->code);
    view_str(a, v, "name", s->name);
    view_fmt(a, v, "url", "%s/stations/%s", rq->cx.house->base_url, s->code);
    if (*s->phone != '\0')
        view_str(a, v, "telephone", s->phone);
    at = view_sub(a, v, "address");
    view_str(a, at, "@type", "PostalAddress");
    view_str(a, at, "streetAddress", s->address);
    view_str(a, at, "addressLocality", d != NULL ? d->name : "");
    view_str(a, at, "addressRegion", city_name(city));
    view_str(a, at, "addressCountry", "CN");
    geo = view_sub(a, v, "geo");
    view_str(a, geo, "@type", "GeoCoordinates");
    view_fmt(a, geo, "latitude", "%.6f", station_point(s).lat);
    view_fmt(a, geo, "longitude", "%.6f", station_point(s).lng);
    opening(a, v, w);
    buf_str(&b, "<script type=\"application/ld+json\">");
    view_json(&b, v);
    buf_str(&b, "</script>");
    return buf_text(&b);
}
