/* pages.c -- what everybody sees: the directory, the nearest ones, the map, a station, its poster and calendar. */
#include "city/stations/pages_impl.h"
#include "city/stations/routes.h"

#include "base/day.h"
#include "base/qr.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/events/events.h"
#include "city/house.h"
#include "city/reference.h"
#include "feeds/ics.h"

#include <string.h>

enum { PER_PAGE = 20, EVENTS_SHOWN = 5 };

/* ---- shared by all pages of this office ---- */

static err_t load(struct req *rq)
{
    struct q_station_row *s = ARENA_NEW(rq->cx.arena, struct q_station_row);
    TRY(station_get(&rq->cx, req_param(rq, "station"), s));
    rq->scoped = s;
    return E_OK;
}

static err_t check_own(struct req *rq)
{
    TRY(load(rq));
    return station_mine(&rq->cx, rq->scoped) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's station");
}

static err_t check_seen(struct req *rq)
{
    return rq->cx.actor.role == ROLE_AUDITOR ? load(rq) : check_own(rq);
}

const struct scope station_own = {"own station or area", "station", check_own};
const struct scope station_seen = {"own station or area, auditor", "station", check_seen};

err_t station_of(struct req *rq, struct q_station_row *out)
{
    if (rq->scoped == NULL)
        return station_get(&rq->cx, req_param(rq, "station"), out);
    *out = *(const struct q_station_row *)rq->scoped;
    return E_OK;
}

struct geo station_point(const struct q_station_row *s)
{
    return (struct geo){(double)s->lng / 1e6, (double)s->lat / 1e6};
}

const char *station_tone(const char *status)
{
    return strcmp(status, "open") == 0                                                 ? "ok"
           : strcmp(status, "trial") == 0                                              ? "pri"
           : strcmp(status, "rectifying") == 0 || strcmp(status, "suspended") == 0 ? "warn"
           : strcmp(status, "closing") == 0 || strcmp(status, "closed") == 0       ? "bad"
                                                                                       : "";
}

err_t station_card(struct req *rq, struct view *to, const struct q_station_row *s, int64_t metres)
{
    struct arena *a = rq->cx.arena;
    struct station_week w;
    TRY(station_week(&rq->cx, s->id, &w));
    station_view(&rq->cx, to, s, &w);
    view_str(a, to, "tone", station_tone(s->status));
    view_str(a, to, "url", url_fmt(rq, "/stations/%s", s->code));
    view_str(a, to, "way_url", geo_map_url(a, GEO_AMAP, station_point(s), s->name));
    view_fmt(a, to, "services", "%s · %s%s%s", tr(&rq->cx, choice_label(station_type_choices, s->type)),
             tr(&rq->cx, flow_label(&station_flow, s->status)), *s->brand != '\0' ? " · " : "", s->brand);
    if (metres < 0)
        return E_OK;
    view_i64(a, to, "metres", metres);
    view_fmt(a, to, "distance", tr(&rq->cx, N_("%s，%s")), geo_text_distance(&rq->cx, (double)metres),
             geo_text_minutes(&rq->cx, (double)metres, GEO_WALK));
    return E_OK;
}

/* ---- the directory ---- */

static const struct choice state_words[] = {
    {"serving", N_("正在开放")}, {"open", N_("投入使用")}, {"trial", N_("试运营")}, {"rectifying", N_("整改中")}, {"suspended", N_("暂停服务")},
    {"building", N_("建设中")}, {"planned", N_("规划中")}, {"closing", N_("退出交接")}, {"closed", N_("已退出")}, {"all", N_("全部")}, {0},
};
static const struct choice ring_words[] = {
    {"inner", N_("市内六区")}, {"binhai", N_("滨海新区")}, {"near", N_("环城四区")}, {"outer", N_("远郊五区")}, {0},
};

struct filter {
    const char *q, *near, *lng, *lat, *type, *status, *service, *access, *ring;
    const int64_t *district, *batch, *before, *page;
    int64_t open;
};
static const struct field filter_fields[] = {
    {"near", F_TEXT, 0, N_("离哪儿近"), .max = 60, .off = offsetof(struct filter, near)},
    {"lng", F_TEXT, 0, N_("经度"), .max = 20, .off = offsetof(struct filter, lng)},
    {"lat", F_TEXT, 0, N_("纬度"), .max = 20, .off = offsetof(struct filter, lat)},
    {"q", F_TEXT, 0, N_("名称、地址"), .max = 60, .off = offsetof(struct filter, q)},
    {"service", F_CHOICE, 0, N_("能办什么"), .choices = station_items, .off = offsetof(struct filter, service)},
    {"access", F_CHOICE, 0, N_("无障碍和设施"), .choices = station_access, .off = offsetof(struct filter, access)},
    {"open", F_BOOL, 0, N_("只看正在开门的"), .off = offsetof(struct filter, open)},
    {"type", F_CHOICE, 0, N_("类型"), .choices = station_type_choices, .off = offsetof(struct filter, type)},
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"status", F_CHOICES, 0, N_("状态"), .choices = state_words, .off = offsetof(struct filter, status)},
    {"ring", F_CHOICES, 0, N_("片区"), .choices = ring_words, .off = offsetof(struct filter, ring)},
    {"batch", F_INT, 0, N_("建设年份"), .min = 2000, .max = 2100, .off = offsetof(struct filter, batch)},
    {"before", F_INT, 0, N_("哪年以前建设"), .min = 2000, .max = 2100, .off = offsetof(struct filter, before)},
    FIELD_PAGE(struct filter),
    {0},
};

struct place {
    int64_t lng, lat;
    const char *name; /* NULL = none was given, or it was not found */
};

/* Everything but the district and the type, which are counted. */
static err_t find(struct req *rq, const struct filter *f, struct place *at, struct station_found **rows, size_t *n)
{
    struct ctx *cx = &rq->cx;
    struct station_find by = {.batch = f->batch, .before = f->before, .ring = f->ring, .service = f->service, .access = f->access, .words = f->q,
                              .open_now = f->open != 0, .status = f->status != NULL ? f->status : "serving"};
    if (strcmp(by.status, "all") == 0)
        by.status = NULL;
    const char *near = f->lng != NULL && f->lat != NULL ? arena_fmt(cx->arena, "%s,%s", f->lng, f->lat) : f->near;
    if (near != NULL && station_where(cx, near, &at->lng, &at->lat, &at->name) == E_OK) {
        by.lng = &at->lng;
        by.lat = &at->lat;
    } else if (near != NULL) {
        view_str(cx->arena, rq->view, "near_say", tr(cx, cx->fail.say));
        cx->fail = (struct fail){0};
    }
    return station_search(cx, &by, rows, n);
}

static bool in_district(const struct filter *f, const struct q_station_row *s)
{
    return f->district == NULL || *f->district == s->district;
}

static bool of_type(const struct filter *f, const struct q_station_row *s)
{
    return f->type == NULL || strcmp(f->type, s->type) == 0;
}

static struct view *facet(struct req *rq, struct view *list, const char *name, const char *label, bool set)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "name", name);
    view_str(a, v, "label", label);
    view_bool(a, v, "open", true);
    struct view *options = view_list(a, v, "options");
    if (set) {
        struct view *o = view_item(a, options);
        view_str(a, o, "label", tr(&rq->cx, N_("不限")));
        view_str(a, o, "url", url_with(rq, name, NULL));
    }
    return options;
}

static void option(struct req *rq, struct view *options, const char *name, const char *value, const char *label, int64_t count, bool on)
{
    struct arena *a = rq->cx.arena;
    struct view *o = view_item(a, options);
    view_str(a, o, "label", label);
    view_str(a, o, "url", url_with(rq, name, on ? NULL : value));
    view_i64(a, o, "count", count);
    view_bool(a, o, "on", on);
}

static void facets(struct req *rq, const struct filter *f, const struct station_found *rows, size_t n)
{
    const struct city *city = rq->cx.house->city;
    struct view *list = view_list(rq->cx.arena, rq->view, "facets");
    struct view *to = facet(rq, list, "district", tr(&rq->cx, N_("区")), f->district != NULL);
    for (size_t d = 0; d < city->n_districts; d++) {
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += rows[i].s.district == city->districts[d].code && of_type(f, &rows[i].s);
        option(rq, to, "district", arena_fmt(rq->cx.arena, "%lld", (long long)city->districts[d].code), tr(&rq->cx, city->districts[d].name),
               count, f->district != NULL && *f->district == city->districts[d].code);
    }
    to = facet(rq, list, "type", tr(&rq->cx, N_("类型")), f->type != NULL);
    for (const struct choice *c = station_type_choices; c->code != NULL; c++) {
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += strcmp(rows[i].s.type, c->code) == 0 && in_district(f, &rows[i].s);
        option(rq, to, "type", c->code, tr(&rq->cx, c->label), count, f->type != NULL && strcmp(f->type, c->code) == 0);
    }
}

static void chip(struct req *rq, struct view *list, const char *name, const char *label)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "label", label);
    view_str(rq->cx.arena, v, "url", url_with(rq, name, NULL));
}

static const char *labels(struct req *rq, const struct choice *choices, const char *codes)
{
    struct buf b = {.a = rq->cx.arena};
    for (const char *p = codes; *p != '\0';) {
        size_t n = strcspn(p, ",");
        buf_fmt(&b, "%s%s", b.len ? tr(&rq->cx, N_("、")) : "", tr(&rq->cx, choice_label(choices, arena_strndup(rq->cx.arena, p, n))));
        p += n + (p[n] == ',');
    }
    return buf_text(&b);
}

static void chips(struct req *rq, const struct filter *f, const struct place *at)
{
    struct ctx *cx = &rq->cx;
    struct view *list = view_list(cx->arena, rq->view, "chips");
    const struct city_district *d = f->district != NULL ? city_district(cx->house->city, *f->district) : NULL;
    if (at->name != NULL)
        chip(rq, list, f->near != NULL ? "near" : "lng", at->name);
    if (f->q != NULL)
        chip(rq, list, "q", f->q);
    if (d != NULL)
        chip(rq, list, "district", tr(cx, d->name));
    if (f->type != NULL)
        chip(rq, list, "type", tr(cx, choice_label(station_type_choices, f->type)));
    if (f->service != NULL)
        chip(rq, list, "service", tr(cx, choice_label(station_items, f->service)));
    if (f->access != NULL)
        chip(rq, list, "access", tr(cx, choice_label(station_access, f->access)));
    if (f->open)
        chip(rq, list, "open", tr(cx, N_("正在开门")));
    if (f->status != NULL)
        chip(rq, list, "status", labels(rq, state_words, f->status));
    if (f->ring != NULL)
        chip(rq, list, "ring", labels(rq, ring_words, f->ring));
    if (f->batch != NULL)
        chip(rq, list, "batch", text_fill(cx->arena, tr(cx, N_("{year} 年建设")), "year", arena_fmt(cx->arena, "%lld", (long long)*f->batch), NULL));
    if (f->before != NULL)
        chip(rq, list, "before", text_fill(cx->arena, tr(cx, N_("{year} 年以前建设")), "year", arena_fmt(cx->arena, "%lld", (long long)*f->before), NULL));
    if (list->head != NULL)
        view_str(cx->arena, rq->view, "clear_url", url_fmt(rq, "/stations"));
}

static void options(struct req *rq, const char *key, const struct choice *choices, const char *chosen)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, key);
    for (const struct choice *c = choices; c->code != NULL; c++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "code", c->code);
        view_str(a, v, "label", tr(&rq->cx, c->label));
        view_bool(a, v, "selected", chosen != NULL && strcmp(chosen, c->code) == 0);
    }
}

/* What was asked, for the form on top; conditions that have no control there are carried along. */
static void asked(struct req *rq, const struct filter *f)
{
    static const char *const carried[] = {"district", "type", "status", "ring", "batch", "before"};
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "q", f->q);
    view_str(a, rq->view, "near_text", f->near);
    view_bool(a, rq->view, "open_only", f->open != 0);
    options(rq, "services", station_items, f->service);
    options(rq, "accesses", station_access, f->access);
    struct view *list = view_list(a, rq->view, "carried");
    for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
        if (req_query(rq, carried[i]) == NULL)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "name", carried[i]);
        view_str(a, v, "value", req_query(rq, carried[i]));
    }
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct arena *a = rq->cx.arena;
    struct station_found *rows;
    struct place at = {0};
    size_t n, kept = 0;
    int64_t page = f->page != NULL ? *f->page : 1;
    TRY(find(rq, f, &at, &rows, &n));
    facets(rq, f, rows, n);
    chips(rq, f, &at);
    for (size_t i = 0; i < n; i++)
        if (in_district(f, &rows[i].s) && of_type(f, &rows[i].s))
            rows[kept++] = rows[i];
    struct view *list = view_list(a, rq->view, "stations");
    for (size_t i = (size_t)(page - 1) * PER_PAGE; i < kept && i < (size_t)page * PER_PAGE; i++)
        TRY(station_card(rq, view_item(a, list), &rows[i].s, rows[i].metres));
    view_i64(a, rq->view, "total", (int64_t)kept);
    view_str(a, rq->view, "near_name", at.name);
    view_str(a, rq->view, "map_url", url_fmt(rq, f->district != NULL ? "/stations/map?district=%lld" : "/stations/map",
                                             f->district != NULL ? (long long)*f->district : 0LL));
    if (kept == 0) {
        struct view *e = view_sub(a, rq->view, "empty");
        view_str(a, e, "title", tr(&rq->cx, N_("没有符合条件的驿站")));
        view_str(a, e, "say", tr(&rq->cx, N_("去掉一个条件再看，或打 12333 问最近的驿站。")));
        view_str(a, e, "url", url_fmt(rq, "/stations"));
        view_str(a, e, "word", tr(&rq->cx, N_("看全部驿站")));
    }
    asked(rq, f);
    req_pager(rq, page, PER_PAGE, (int64_t)kept);
    return E_OK;
}

/* ---- the map ---- */

struct map_filter {
    const int64_t *district;
};
static const struct field map_fields[] = {
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct map_filter, district)}, {0},
};

static void map_districts(struct req *rq, const struct city *city, const int64_t *counts)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "districts");
    for (size_t d = 0; d < city->n_districts; d++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "code", city->districts[d].code);
        view_str(a, v, "name", tr(&rq->cx, city->districts[d].name));
        view_i64(a, v, "count", counts[d]);
        view_str(a, v, "url", url_fmt(rq, "/stations/map?district=%lld", (long long)city->districts[d].code));
        view_str(a, v, "list_url", url_fmt(rq, "/stations?district=%lld", (long long)city->districts[d].code));
    }
}

static err_t show_map(struct req *rq)
{
    const struct map_filter *f = rq->in;
    const struct city *city = rq->cx.house->city;
    const struct city_district *here = f->district != NULL ? city_district(city, *f->district) : NULL;
    struct arena *a = rq->cx.arena;
    struct q_station_row *rows;
    size_t n, kept = 0;
    int64_t *counts = ARENA_ARRAY(a, int64_t, city->n_districts);
    TRY(station_all(&rq->cx, NULL, &rows, &n));
    for (size_t d = 0; d < city->n_districts; d++)
        counts[d] = 0;
    for (size_t i = 0; i < n; i++) {
        if (!station_serves(rows[i].status))
            continue;
        for (size_t d = 0; d < city->n_districts; d++)
            counts[d] += city->districts[d].code == rows[i].district;
        if (here == NULL || rows[i].district == here->code)
            rows[kept++] = rows[i];
    }
    view_i64(a, rq->view, "total", (int64_t)kept);
    map_districts(rq, city, counts);
    if (!rq->json) {
        view_html(a, rq->view, "tiles", station_tiles_svg(rq, counts));
        view_html(a, rq->view, "points", station_points_svg(rq, rows, kept, here != NULL));
    }
    if (here == NULL)
        return E_OK;
    struct view *v = view_sub(a, rq->view, "district");
    view_i64(a, v, "code", here->code);
    view_str(a, v, "name", tr(&rq->cx, here->name));
    struct view *list = view_list(a, rq->view, "stations");
    for (size_t i = 0; i < kept; i++) {
        struct view *s = view_item(a, list);
        TRY(station_card(rq, s, &rows[i], -1));
        view_i64(a, s, "n", (int64_t)i + 1);
    }
    return E_OK;
}

/* ---- one station ---- */

static err_t services(struct req *rq, const struct q_station_row *s)
{
    struct arena *a = rq->cx.arena;
    struct q_station_services_row *rows;
    size_t n;
    TRY(station_services(&rq->cx, s->id, &rows, &n));
    struct view *list = view_list(a, rq->view, "items");
    for (size_t i = 0; i < n; i++) {
        const struct city_service_item *item = city_item(rq->cx.house->city, rows[i].item);
        struct view *v = view_item(a, list);
        view_str(a, v, "code", rows[i].item);
        view_str(a, v, "name", item != NULL ? tr(&rq->cx, item->name) : rows[i].item);
    }
    return E_OK;
}

static void access(struct req *rq, const struct q_station_row *s)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "access");
    for (const char *p = s->access; *p != '\0';) {
        size_t len = strcspn(p, ",");
        struct view *v = view_item(a, list);
        const char *code = arena_strndup(a, p, len);
        view_str(a, v, "code", code);
        view_str(a, v, "label", tr(&rq->cx, choice_label(station_access, code)));
        p += len + (p[len] == ',');
    }
}

static const char *weekday(struct ctx *cx, int wd)
{
    static const char *const names[] = {N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日")};
    return tr(cx, names[wd - 1]);
}

static void week(struct req *rq, const struct station_week *w)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "week");
    int today = day_weekday(day_of(rq->cx.now, DAY_ZONE));
    for (int d = 1; d <= 7; d++) {
        struct station_span spans[4];
        size_t n = station_weekday(w, d, spans);
        struct view *v = view_item(a, list);
        view_str(a, v, "day", weekday(&rq->cx, d));
        view_str(a, v, "hours", n > 0 ? station_hours_text(&rq->cx, spans, n) : tr(&rq->cx, N_("休息")));
        view_bool(a, v, "today", d == today);
    }
    struct view *special = view_list(a, rq->view, "special_days");
    for (size_t i = 0; i < w->n_days; i++) {
        struct station_span span = {w->days[i].from_min, w->days[i].to_min};
        struct view *v = view_item(a, special);
        view_str(a, v, "day", day_text(&rq->cx, w->days[i].on_day));
        view_str(a, v, "hours", span.from_min < span.to_min ? station_hours_text(&rq->cx, &span, 1) : tr(&rq->cx, N_("休息")));
        view_str(a, v, "note", w->days[i].note);
    }
}

static err_t coming(struct req *rq, const struct q_station_row *s)
{
    struct q_event_list_row *rows;
    size_t n;
    struct event_find f = {.from_at = rq->cx.now, .to_at = INT64_MAX, .station_id = &s->id, .lim = EVENTS_SHOWN};
    TRY(event_list(&rq->cx, &f, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "events");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        event_view(&rq->cx, v, &rows[i]);
        view_str(rq->cx.arena, v, "url", url_fmt(rq, "/events/%s", rows[i].code));
    }
    return E_OK;
}

static err_t instead(struct req *rq, const struct q_station_row *s)
{
    struct q_station_row to;
    if (station_serves(s->status))
        return E_OK;
    TRY(station_instead(&rq->cx, s, &to));
    if (to.id == s->id && (strcmp(s->status, "closed") == 0 || strcmp(s->status, "closing") == 0 || strcmp(s->status, "suspended") == 0)) {
        struct station_found *near;
        size_t n;
        TRY(station_nearest(&rq->cx, s->lng, s->lat, false, 1, &near, &n));
        to = n > 0 ? near[0].s : to;
    }
    return to.id == s->id ? E_OK : station_card(rq, view_sub(rq->cx.arena, rq->view, "instead"), &to, -1);
}

static err_t show_station(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_station_row s;
    struct station_week w;
    TRY(station_of(rq, &s));
    TRY(station_week(&rq->cx, s.id, &w));
    TRY(station_card(rq, rq->view, &s, -1));
    view_str(a, rq->view, "title", s.name);
    view_str(a, rq->view, "story", s.story);
    view_str(a, rq->view, "operator", s.operator);
    view_bool(a, rq->view, "approximate", strcmp(s.located, "survey") != 0);
    view_str(a, rq->view, "since", s.open_on != NULL ? day_text_full(&rq->cx, *s.open_on) : NULL);
    view_str(a, rq->view, "baidu_url", geo_map_url(a, GEO_BAIDU, station_point(&s), s.name));
    view_str(a, rq->view, "tencent_url", geo_map_url(a, GEO_TENCENT, station_point(&s), s.name));
    view_str(a, rq->view, "poster_url", url_fmt(rq, "/stations/%s/poster", s.code));
    view_str(a, rq->view, "calendar_url", url_fmt(rq, "/stations/%s/calendar", s.code));
    view_str(a, rq->view, "events_url", url_fmt(rq, "/events?district=%lld", (long long)s.district));
    if (station_mine(&rq->cx, &s))
        view_str(a, rq->view, "life_url", url_fmt(rq, "/stations/%s/life", s.code));
    week(rq, &w);
    access(rq, &s);
    TRY(services(rq, &s));
    TRY(coming(rq, &s));
    TRY(instead(rq, &s));
    if (!rq->json)
        view_html(a, rq->view, "json_ld", station_json_ld(rq, &s, &w));
    return E_OK;
}

static err_t show_poster(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_station_row s;
    struct station_week w;
    TRY(station_of(rq, &s));
    TRY(station_week(&rq->cx, s.id, &w));
    station_view(&rq->cx, rq->view, &s, &w);
    view_fmt(a, rq->view, "title", "%s · %s", tr(&rq->cx, "驿站海报"), s.name);
    view_str(a, rq->view, "paper", "poster");
    view_str(a, rq->view, "back_url", url_fmt(rq, "/stations/%s", s.code));
    if (!rq->json)
        view_html(a, rq->view, "qr", qr_svg(a, arena_fmt(a, "%s/stations/%s", rq->cx.house->base_url, s.code), tr(&rq->cx, N_("扫码看这个驿站"))));
    view_fmt(a, rq->view, "short_url", "%s/stations/%s", rq->cx.house->base_url, s.code);
    week(rq, &w);
    access(rq, &s);
    return services(rq, &s);
}

/* ---- the calendar ---- */

/* Days of the State Council's calendar on which the station rests, for the calendar's exceptions. */
static const int64_t *days_off(struct ctx *cx, const struct station_week *w, size_t *n)
{
    int64_t today = day_of(cx->now, DAY_ZONE), *out = ARENA_ARRAY(cx->arena, int64_t, 366);
    struct station_span spans[4];
    const char *why;
    *n = 0;
    for (int i = 0; i < 366; i++) {
        int64_t day = day_add(today, i);
        if (station_hours_on(cx, w, day, spans, &why) == 0 && station_weekday(w, day_weekday(day), spans) > 0)
            out[(*n)++] = day;
    }
    return out;
}

static void put_hours(struct req *rq, struct buf *b, const struct q_station_row *s, const struct station_week *w)
{
    struct ctx *cx = &rq->cx;
    size_t n_off;
    const int64_t *off = days_off(cx, w, &n_off);
    for (size_t i = 0; i < w->n_hours; i++) {
        int days = 0;
        bool first = true;
        for (size_t k = 0; k < w->n_hours; k++) {
            bool same = w->hours[k].from_min == w->hours[i].from_min && w->hours[k].to_min == w->hours[i].to_min;
            days |= same ? 1 << (w->hours[k].weekday - 1) : 0;
            first = first && !(same && k < i);
        }
        if (!first)
            continue;
        struct ics_hours h = {.uid = arena_fmt(cx->arena, "station-%s-%d-%d@yizhan", s->code, (int)w->hours[i].from_min, (int)w->hours[i].to_min),
                              .stamp = day_start(s->status_on, DAY_ZONE), .title = text_fill(cx->arena, tr(cx, N_("{name}开门")), "name", s->name, NULL),
                              .place = s->address, .url = arena_fmt(cx->arena, "%s/stations/%s", cx->house->base_url, s->code),
                              .weekdays = days, .from_day = day_of(cx->now, DAY_ZONE), .until_day = 0, .open_minute = (int)w->hours[i].from_min,
                              .close_minute = (int)w->hours[i].to_min, .closed = off, .n_closed = n_off};
        ics_hours(b, &h);
    }
}

static err_t show_calendar(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_station_row s;
    struct station_week w;
    struct q_event_list_row *rows;
    size_t n;
    struct buf b = {.a = cx->arena};
    TRY(station_of(rq, &s));
    TRY(station_week(cx, s.id, &w));
    const char *url = arena_fmt(cx->arena, "%s/stations/%s", cx->house->base_url, s.code);
    ics_begin(&b, &(struct ics_calendar){.id = "-//yizhan//stations//ZH", .name = s.name, .refresh_hours = 6,
                                         .url = arena_fmt(cx->arena, "%s/calendar", url)});
    if (station_serves(s.status))
        put_hours(rq, &b, &s, &w);
    struct event_find f = {.from_at = cx->now - 30 * (int64_t)DAY_MS, .to_at = INT64_MAX, .station_id = &s.id, .lim = 200};
    TRY(event_list(cx, &f, &rows, &n));
    for (size_t i = 0; i < n; i++)
        event_ics(cx, &b, &rows[i]);
    ics_end(&b);
    return reply_bytes(rq, "text/calendar; charset=utf-8", arena_fmt(cx->arena, "%s.ics", s.code), buf_text(&b), b.len);
}

const struct route stations_routes[] = {
    {GET, "/stations", show_list, EVERYONE, NULL, "stations/list", N_("找驿站"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/stations/map", show_map, EVERYONE, NULL, "stations/map", N_("驿站分布示意图"), map_fields, sizeof(struct map_filter), NULL, 0},
    {GET, "/stations/{station}", show_station, EVERYONE, NULL, "stations/show", N_("驿站"), NULL, 0, NULL, 0},
    {GET, "/stations/{station}/poster", show_poster, EVERYONE, NULL, "stations/poster", N_("驿站海报"), NULL, 0, NULL, 0},
    {GET, "/stations/{station}/calendar", show_calendar, EVERYONE, NULL, NULL, N_("驿站日历"), NULL, 0, NULL, 0},
    {0},
};
const struct flow *const stations_flows[] = {&station_flow, NULL};
