/* pages.c -- the first page: search, doors, jobs and the station nearby, what is on, how far the programme is. Everything on it is data. */
#include "city/events/events.h"
#include "city/home/routes.h"
#include "city/house.h"
#include "city/jobs/card.h"
#include "city/programme/programme.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include "base/day.h"
#include "base/geo.h"

#include <string.h>

struct home_in {
    const char *near;
};
static const struct field home_fields[] = {
    {"near", F_TEXT, 0, N_("离哪儿近"), .max = 60, .off = offsetof(struct home_in, near)},
    {0},
};

struct place {
    int64_t lng, lat;
    const char *name; /* NULL = nowhere in particular */
};

static void hot_words(struct req *rq)
{
    static const char *const words[] = {N_("护理员"), N_("保安"), N_("保洁"), N_("司机"), N_("厨师"), N_("普工"), N_("零工日结")};
    struct view *list = view_list(rq->cx.arena, rq->view, "hot");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, words[i]));
        view_str(rq->cx.arena, v, "url", url_fmt(rq, "/jobs?q=%s", words[i]));
    }
}

static err_t near_jobs(struct req *rq, const struct place *p, struct view *counts)
{
    struct arena *a = rq->cx.arena;
    struct match_query q = {.today = match_day(day_of(rq->cx.now, DAY_ZONE)), .limit = 5, .sort = p->name != NULL ? MATCH_NEAR : MATCH_BEST};
    struct match_result r;
    if (p->name != NULL) {
        q.lng = (int32_t)p->lng;
        q.lat = (int32_t)p->lat;
    }
    TRY(job_search(&rq->cx, &q, &r));
    struct view *v = view_sub(a, rq->view, "near");
    view_str(a, v, "label", p->name != NULL ? arena_fmt(a, tr(&rq->cx, "%s附近的岗位"), p->name) : tr(&rq->cx, "正在招人的岗位"));
    view_count(a, v, "total", r.total);
    view_str(a, v, "url", p->name != NULL ? url_fmt(rq, "/jobs?near=%s", p->name) : url_fmt(rq, "/jobs"));
    view_count(a, counts, "jobs", r.total);
    return job_cards(rq, v, "jobs", r.hits, r.n);
}

static err_t near_station(struct req *rq, const struct place *p)
{
    struct station_found *s;
    struct station_week week;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(station_nearest(&rq->cx, p->lng, p->lat, true, 1, &s, &n));
    if (n == 0)
        return E_OK;
    TRY(station_week(&rq->cx, s->s.id, &week));
    struct view *v = view_sub(a, rq->view, "station");
    station_view(&rq->cx, v, &s->s, &week);
    view_str(a, v, "url", url_fmt(rq, "/stations/%s", s->s.code));
    view_str(a, v, "ticket_url", url_fmt(rq, "/stations/%s/ticket", s->s.code));
    if (p->name != NULL && s->metres >= 0) {
        view_str(a, v, "distance", arena_fmt(a, "%s · %s", geo_text_distance(&rq->cx, (double)s->metres),
                                             geo_text_minutes(&rq->cx, (double)s->metres, GEO_WALK)));
        view_str(a, rq->view, "walk", geo_text_minutes(&rq->cx, (double)s->metres, GEO_WALK));
    }
    return E_OK;
}

static err_t coming_events(struct req *rq, struct view *counts)
{
    struct q_event_list_row *rows;
    struct event_find f = {.from_at = rq->cx.now, .to_at = rq->cx.now + 30LL * DAY_MS, .status = "planned", .lim = 3};
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(event_list(&rq->cx, &f, &rows, &n));
    struct view *list = view_list(a, rq->view, "events");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        event_view(&rq->cx, v, &rows[i]);
        view_str(a, v, "url", url_fmt(rq, "/events/%s", rows[i].code));
    }
    view_count(a, counts, "events", n > 0 ? rows[0].total : 0);
    return E_OK;
}

static void meter(struct req *rq, struct view *to, const char *key, int64_t done, int64_t target, const char *unit, const char *state, const char *say)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, to, key);
    int64_t percent = target > 0 ? done * 100 / target : 0;
    view_count(a, v, "done", done);
    view_count(a, v, "target", target);
    view_str(a, v, "unit", tr(&rq->cx, unit));
    view_str(a, v, "say", say);
    view_str(a, v, "kind", "pri");
    view_str(a, v, "state", state);
    view_fmt(a, v, "meter_label", tr(&rq->cx, "完成 %d%%"), (int)percent);
    view_i64(a, v, "percent", percent > 100 ? 100 : percent);
}

static err_t programme(struct req *rq, struct view *counts)
{
    struct programme p;
    struct arena *a = rq->cx.arena;
    const struct city *city = rq->cx.house->city;
    TRY(programme_get(&rq->cx, &p));
    struct view *v = view_sub(a, rq->view, "programme");
    view_i64(a, v, "year", p.year);
    view_str(a, v, "as_of", day_text_full(&rq->cx, p.to_on));
    meter(rq, v, "stations", p.fresh.open, p.target, N_("家投入使用"), arena_fmt(a, tr(&rq->cx, "%d 家试运营"), (int)p.fresh.trial), tr(&rq->cx, "市内六区和滨海新区 19 家，环城四区 12 家，远郊五区 19 家"));
    int64_t done = city_target(city, "training_person_times", p.year, "reported", ""), target = city_target(city, "training_person_times", p.year, "target", "");
    if (target > 0)
        meter(rq, v, "training", done > 0 ? done : 0, target, N_("人次"), NULL, tr(&rq->cx, "数字来自公开报道"));
    view_count(a, counts, "stations", p.old.open + p.fresh.open);
    return E_OK;
}

static err_t where(struct req *rq, struct place *p)
{
    const struct home_in *in = rq->in;
    const struct city *city = rq->cx.house->city;
    *p = (struct place){city->lng, city->lat, NULL};
    if (in->near == NULL)
        return E_OK;
    view_str(rq->cx.arena, rq->view, "near_text", in->near);
    return station_where(&rq->cx, in->near, &p->lng, &p->lat, &p->name);
}

static err_t show_home(struct req *rq)
{
    struct place p;
    TRY(where(rq, &p));
    hot_words(rq);
    view_bool(rq->cx.arena, rq->view, "nav_home", true);
    struct view *counts = view_sub(rq->cx.arena, rq->view, "counts");
    TRY(near_jobs(rq, &p, counts));
    TRY(near_station(rq, &p));
    TRY(coming_events(rq, counts));
    return programme(rq, counts);
}

const struct route home_routes[] = {
    {GET, "/", show_home, EVERYONE, .page = "home/home", .title = N_("首页"), .fields = home_fields, .in_size = sizeof(struct home_in)},
    {0},
};
