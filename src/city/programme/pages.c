/* pages.c -- the programme's progress, for everybody and for the city's officers: counted figures beside announced ones. */
#include "city/programme/programme.h"
#include "city/programme/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"

#include <string.h>

/* The states that count for the programme: all but those of stations that left. */
#define IN_PLAN "planned,building,trial,open,rectifying,suspended"

static const char *number(struct ctx *cx, int64_t n)
{
    struct buf b = {.a = cx->arena};
    const char *digits = arena_fmt(cx->arena, "%lld", (long long)n);
    size_t len = strlen(digits);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            buf_str(&b, ",");
        buf_add(&b, digits + i, 1);
    }
    return buf_text(&b);
}

static void figure(struct req *rq, struct view *to, const char *key, int64_t n, const char *url)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, to, key);
    view_str(a, v, "value", number(&rq->cx, n));
    view_i64(a, v, "n", n);
    view_str(a, v, "url", url);
}

static void meter(struct req *rq, struct view *v, int64_t done, int64_t of)
{
    struct arena *a = rq->cx.arena;
    int64_t percent = of > 0 ? done * 100 / of : 0;
    view_i64(a, v, "percent", percent > 100 ? 100 : percent);
    view_str(a, v, "meter_label", text_fill(a, tr(&rq->cx, N_("{done} / {of}")), "done", number(&rq->cx, done), "of", number(&rq->cx, of), NULL));
}

static struct view *kpi(struct req *rq, struct view *list, const char *label, int64_t value, const char *unit, const char *url, const char *say)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "label", label);
    view_str(a, v, "value", number(&rq->cx, value));
    view_i64(a, v, "n", value);
    view_str(a, v, "unit", tr(&rq->cx, unit));
    view_str(a, v, "url", url);
    view_str(a, v, "say", say);
    return v;
}

static const char *announced(struct ctx *cx, const char *code, int64_t year, const char *kind)
{
    for (size_t i = 0; i < cx->house->city->n_targets; i++) {
        const struct city_target *t = &cx->house->city->targets[i];
        if (strcmp(t->code, code) == 0 && t->year == year && strcmp(t->kind, kind) == 0 && *t->ring == '\0')
            return text_fill(cx->arena, tr(cx, N_("{year} 年公布：{name} {n} {unit}")), "year", arena_fmt(cx->arena, "%lld", (long long)year), "name", tr(cx, t->name), "n", number(cx, t->value), "unit",
                             tr(cx, t->unit), NULL);
    }
    return NULL;
}

static void kpis(struct req *rq, const struct programme *p)
{
    struct ctx *cx = &rq->cx;
    struct view *list = view_list(cx->arena, rq->view, "kpis"), *v;
    const char *say = text_fill(cx->arena, tr(cx, N_("今年列入 {n} 家，{open} 家已投入使用")), "n", number(cx, p->fresh.total), "open",
                                number(cx, p->fresh.open), NULL);
    v = kpi(rq, list, text_fill(cx->arena, tr(cx, N_("{year} 年新建驿站")), "year", arena_fmt(cx->arena, "%lld", (long long)p->year), NULL),
            p->fresh.total, N_("家"),
            url_fmt(rq, "/stations?status=" IN_PLAN "&batch=%lld", (long long)p->year), say);
    if (p->target > 0)
        meter(rq, v, p->fresh.open, p->target);
    kpi(rq, list, tr(cx, N_("以前年份建成的驿站")), p->old.total, N_("家"), url_fmt(rq, "/stations?status=" IN_PLAN "&before=%lld", (long long)p->year),
        announced(cx, "stations_built", p->year - 1, "result"));
    kpi(rq, list, tr(cx, N_("今年办的招聘活动")), p->events_held, N_("场"), url_fmt(rq, "/events?when=past&status=held"),
        announced(cx, "events_held", p->year - 1, "result"));
    kpi(rq, list, tr(cx, N_("今年帮助就业")), p->placements, N_("人"), url_fmt(rq, "/progress/placements"),
        announced(cx, "placements", p->year - 1, "result"));
}

static const char *stations_url(struct req *rq, const struct programme *p, const struct programme_part *part, const char *status)
{
    if (part->ring != NULL)
        return url_fmt(rq, "/stations?ring=%s&batch=%lld&status=%s", part->ring, (long long)p->year, status);
    return url_fmt(rq, "/stations?district=%lld&batch=%lld&status=%s", (long long)part->district, (long long)p->year, status);
}

static void part(struct req *rq, struct view *list, const struct programme *p, const struct programme_part *part)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "name", part->name);
    view_i64(a, v, "target", part->target > 0 ? part->target : 0);
    figure(rq, v, "old", part->old.total,
           part->ring != NULL ? NULL : url_fmt(rq, "/stations?district=%lld&before=%lld&status=" IN_PLAN, (long long)part->district, (long long)p->year));
    figure(rq, v, "total", part->fresh.total, stations_url(rq, p, part, IN_PLAN));
    figure(rq, v, "open", part->fresh.open, stations_url(rq, p, part, "open,rectifying"));
    figure(rq, v, "trial", part->fresh.trial, stations_url(rq, p, part, "trial"));
    figure(rq, v, "building", part->fresh.building, stations_url(rq, p, part, "building"));
    figure(rq, v, "planned", part->fresh.planned, stations_url(rq, p, part, "planned"));
    figure(rq, v, "events", part->events,
           part->ring != NULL ? NULL : url_fmt(rq, "/events?when=past&status=held&district=%lld", (long long)part->district));
    view_str(a, v, "placements", programme_parts_text(&rq->cx, part->placements_ppm));
    meter(rq, v, part->fresh.open, part->target > 0 ? part->target : part->fresh.total);
}

static void stated(struct req *rq)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "stated");
    for (size_t i = 0; i < city->n_targets; i++) {
        const struct city_target *t = &city->targets[i];
        struct view *v = view_item(a, list);
        view_i64(a, v, "year", t->year);
        view_str(a, v, "code", t->code);
        view_str(a, v, "kind", tr(&rq->cx, strcmp(t->kind, "target") == 0 ? N_("目标") : N_("公布的结果")));
        view_str(a, v, "name", tr(&rq->cx, t->name));
        view_str(a, v, "value", number(&rq->cx, t->value));
        view_str(a, v, "unit", tr(&rq->cx, t->unit));
        view_str(a, v, "source", t->source);
    }
}

static void training(struct req *rq, int64_t year)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    int64_t target = city_target(city, "training_person_times", year, "target", "");
    int64_t done = city_target(city, "training_person_times", year, "reported", "");
    if (target <= 0)
        return;
    struct view *v = view_sub(a, rq->view, "training");
    view_str(a, v, "done", number(&rq->cx, done > 0 ? done : 0));
    view_str(a, v, "target", number(&rq->cx, target));
    meter(rq, v, done, target);
    for (size_t i = 0; i < city->n_targets; i++)
        if (strcmp(city->targets[i].code, "training_person_times") == 0 && city->targets[i].year == year)
            view_str(a, v, "source", city->targets[i].source);
}

static err_t show(struct req *rq)
{
    struct programme p;
    struct arena *a = rq->cx.arena;
    TRY(programme_get(&rq->cx, &p));
    view_i64(a, rq->view, "year", p.year);
    view_str(a, rq->view, "as_of", day_text_stamp(&rq->cx, rq->cx.now));
    view_i64(a, rq->view, "events_planned", p.events_planned);
    kpis(rq, &p);
    struct view *list = view_list(a, rq->view, "rings");
    for (size_t i = 0; i < p.n_rings; i++)
        part(rq, list, &p, &p.rings[i]);
    list = view_list(a, rq->view, "districts");
    for (size_t i = 0; i < p.n_districts; i++)
        part(rq, list, &p, &p.districts[i]);
    training(rq, p.year);
    stated(rq);
    return E_OK;
}

static err_t show_placements(struct req *rq)
{
    struct q_placement_by_station_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t ppm = 0;
    TRY(programme_placements(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "stations");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const struct city_district *d = city_district(rq->cx.house->city, rows[i].district);
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "url", url_fmt(rq, "/stations/%s", rows[i].code));
        view_str(a, v, "district", d != NULL ? tr(&rq->cx, d->name) : "");
        view_str(a, v, "parts", programme_parts_text(&rq->cx, rows[i].share_ppm));
        view_i64(a, v, "hires", rows[i].hires);
        ppm += rows[i].share_ppm;
    }
    view_str(a, rq->view, "total", programme_parts_text(&rq->cx, ppm));
    return E_OK;
}

const struct route programme_routes[] = {
    {GET, "/progress", show, EVERYONE, NULL, "programme/progress", N_("民心工程进度"), NULL, 0, NULL, 0},
    {GET, "/progress/placements", show_placements, EVERYONE, NULL, "programme/placements", N_("帮助就业：各驿站的份额"), NULL, 0, NULL, 0},
    {GET, "/city/programme", show, ROLE_CITY | ROLE_AUDITOR, NULL, "programme/office", N_("民心工程"), NULL, 0, NULL, 0},
    {0},
};
