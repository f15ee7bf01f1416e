/* pages.c -- the public calendar of classes: which provider opens which class when; a page each; calendars; a week for the wall. */
#include "city/classes/pages_impl.h"
#include "city/classes/routes.h"

#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "feeds/ics.h"

#include "base/day.h"

#include <string.h>

enum { PER_PAGE = 20, CALENDAR_MOST = 300, WEEK_MOST = 60, FAR = 99991231 };

const struct flow *const classes_flows[] = {&class_flow, NULL};

struct filter {
    const int64_t *district, *month, *page;
    const char *occupation, *level, *schedule, *when;
};
static const struct choice when_words[] = {{"coming", N_("还能报名")}, {"running", N_("培训中")}, {"all", N_("全部")}, {0}};
static const struct field filter_fields[] = {
    {"when", F_CHOICE, 0, N_("什么时候的班"), .choices = when_words, .off = offsetof(struct filter, when)},
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"occupation", F_OCCUPATION, 0, N_("想学的职业"), .off = offsetof(struct filter, occupation)},
    {"level", F_CHOICE, 0, N_("等级"), .choices = training_levels, .off = offsetof(struct filter, level)},
    {"schedule", F_CHOICE, 0, N_("上课时间"), .choices = training_schedules, .off = offsetof(struct filter, schedule)},
    {"month", F_INT, 0, N_("开班月份（202611）"), .min = 202001, .max = 209912, .off = offsetof(struct filter, month)},
    FIELD_PAGE(struct filter),
    {0},
};

static struct class_filter asked(struct req *rq, const struct filter *f)
{
    int64_t today = day_of(rq->cx.now, DAY_ZONE), *level = ARENA_NEW(rq->cx.arena, int64_t);
    struct class_filter out = {.district = f->district, .occupation = f->occupation, .schedule = f->schedule, .from_on = today, .to_on = FAR, .shown = 2};
    if (f->level != NULL) {
        *level = *f->level - '0';
        out.level = level;
    }
    if (f->when != NULL && strcmp(f->when, "running") == 0) {
        out.status = "running";
        out.from_on = 0;
        out.shown = 1;
    } else if (f->when != NULL && strcmp(f->when, "all") == 0) {
        out.from_on = day_add(today, -365);
        out.shown = 1;
    }
    if (f->month != NULL) {
        out.from_on = *f->month * 100 + 1;
        out.to_on = *f->month * 100 + 31;
        out.shown = 1;
    }
    return out;
}

static void months(struct req *rq, const struct filter *f)
{
    struct arena *a = rq->cx.arena;
    int64_t today = day_of(rq->cx.now, DAY_ZONE);
    struct view *list = view_list(a, rq->view, "months");
    for (int i = 0; i < 4; i++) {
        int64_t ym = day_add_months(today / 100 * 100 + 1, i) / 100;
        struct view *v = view_item(a, list);
        view_str(a, v, "url", url_with(rq, "month", arena_fmt(a, "%lld", (long long)ym)));
        view_str(a, v, "label", arena_fmt(a, tr(&rq->cx, N_("%lld 月")), (long long)(ym % 100)));
        view_bool(a, v, "here", f->month != NULL && *f->month == ym);
    }
    view_str(a, rq->view, "all_url", url_with(rq, "month", NULL));
    view_bool(a, rq->view, "any_month", f->month == NULL);
}

static void put_rows(struct req *rq, struct view *list, const struct q_class_list_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        class_view(&rq->cx, v, &rows[i]);
        view_str(rq->cx.arena, v, "url", url_fmt(rq, "/classes/%s", rows[i].code));
    }
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct class_filter by = asked(rq, f);
    struct q_class_list_row *rows;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    by.lim = PER_PAGE;
    by.off = (page - 1) * PER_PAGE;
    TRY(classes_search(cx, &by, &rows, &n));
    put_rows(rq, view_list(cx->arena, rq->view, "classes"), rows, n);
    view_count(cx->arena, rq->view, "total", n > 0 ? rows[0].total : 0);
    view_str(cx->arena, rq->view, "calendar_url",
             f->district != NULL ? url_fmt(rq, "/classes.ics?district=%lld", (long long)*f->district) : url_fmt(rq, "/classes.ics"));
    view_str(cx->arena, rq->view, "week_url",
             f->district != NULL ? url_fmt(rq, "/classes/week?district=%lld", (long long)*f->district) : url_fmt(rq, "/classes/week"));
    view_str(cx->arena, rq->view, "need_url", (cx->actor.role & (ROLE_PUBLIC | ROLE_SEEKER)) != 0 ? url_fmt(rq, "/me/needs") : NULL);
    months(rq, f);
    panel_districts(rq, f->district);
    req_form(rq, filter_fields, NULL);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* ---- calendars ---- */

static const char *address_of(struct req *rq, const char *code) { return arena_fmt(rq->cx.arena, "%s/classes/%s", rq->cx.house->base_url, code); }

struct area_filter {
    const int64_t *district;
};
static const struct field area_fields[] = {
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct area_filter, district)}, {0},
};

static err_t calendar(struct req *rq)
{
    const struct area_filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_class_list_row *rows;
    size_t n;
    struct buf b = {.a = cx->arena};
    TRY(classes_search(cx, &(struct class_filter){.district = f->district, .from_on = day_add(day_of(cx->now, DAY_ZONE), -7), .shown = 1, .lim = CALENDAR_MOST}, &rows, &n));
    ics_begin(&b, &(struct ics_calendar){.id = "-//yizhan//classes//ZH", .name = tr(cx, N_("补贴性培训班")), .refresh_hours = 12,
                                         .url = arena_fmt(cx->arena, "%s/classes.ics", cx->house->base_url)});
    for (size_t i = 0; i < n; i++)
        ics_event(&b, &(struct ics_event){.uid = arena_fmt(cx->arena, "class-%s@yizhan", rows[i].code), .stamp = cx->now,
                                          .start = day_start(rows[i].starts_on, DAY_ZONE) + 9 * 3600000, .end = day_start(rows[i].starts_on, DAY_ZONE) + 10 * 3600000,
                                          .title = arena_fmt(cx->arena, tr(cx, N_("开班：%s")), rows[i].name), .description = rows[i].provider_name,
                                          .place = rows[i].place_address, .url = address_of(rq, rows[i].code)});
    ics_end(&b);
    return reply_bytes(rq, "text/calendar; charset=utf-8", "classes.ics", buf_text(&b), b.len);
}

static err_t public_class(struct req *rq, struct q_class_rows_row *c)
{
    TRY(class_by_code(&rq->cx, req_param(rq, "class"), c));
    return class_is_public(c->status) && !class_is_pair(c->line) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "class %s is not public", c->code);
}

static err_t one_calendar(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_class_rows_row c;
    struct q_class_plan_row *plan;
    size_t n;
    struct buf b = {.a = cx->arena};
    TRY(public_class(rq, &c));
    TRY(class_sessions(cx, c.id, &plan, &n));
    ics_begin(&b, &(struct ics_calendar){.id = "-//yizhan//class//ZH", .name = c.name, .refresh_hours = 12, .url = arena_fmt(cx->arena, "%s/calendar", address_of(rq, c.code))});
    for (size_t i = 0; i < n; i++) {
        int64_t day = day_start(plan[i].day, DAY_ZONE);
        ics_event(&b, &(struct ics_event){.uid = arena_fmt(cx->arena, "session-%lld@yizhan", (long long)plan[i].id), .sequence = c.version, .stamp = cx->now,
                                          .start = day + plan[i].from_min * 60000, .end = day + plan[i].to_min * 60000,
                                          .title = arena_fmt(cx->arena, "%s %s", c.project_name, plan[i].content), .description = c.provider_name,
                                          .place = plan[i].place_name, .url = address_of(rq, c.code)});
    }
    ics_end(&b);
    return reply_bytes(rq, "text/calendar; charset=utf-8", arena_fmt(cx->arena, "%s.ics", c.code), buf_text(&b), b.len);
}

/* ---- one class ---- */

static err_t show_one(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_class_rows_row c;
    struct q_class_plan_row *plan;
    size_t n;
    int64_t left;
    TRY(public_class(rq, &c));
    TRY(class_sessions(cx, c.id, &plan, &n));
    TRY(class_seats_left(cx, c.id, &left));
    view_str(cx->arena, rq->view, "title", c.name);
    view_str(cx->arena, rq->view, "code", c.code);
    view_str(cx->arena, rq->view, "filing_no", c.filing_no);
    view_str(cx->arena, rq->view, "provider", c.provider_name);
    view_str(cx->arena, rq->view, "provider_url", url_fmt(rq, "/providers/%s", c.provider_code));
    view_str(cx->arena, rq->view, "occupation", c.project_name);
    view_str(cx->arena, rq->view, "level_label", tr(cx, training_level(c.level)));
    view_i64(cx->arena, rq->view, "hours", c.hours);
    view_str(cx->arena, rq->view, "certificate_label", tr(cx, training_label(class_certificates, c.certificate)));
    view_str(cx->arena, rq->view, "district_name", city_district_name(&rq->cx, c.district));
    view_str(cx->arena, rq->view, "place", c.place_name);
    view_str(cx->arena, rq->view, "address", c.place_address);
    view_str(cx->arena, rq->view, "when", arena_fmt(cx->arena, "%s – %s", day_text_full(cx, c.starts_on), day_text_full(cx, c.ends_on)));
    view_str(cx->arena, rq->view, "schedule_label", tr(cx, training_label(training_schedules, c.schedule)));
    view_str(cx->arena, rq->view, "contact", c.contact);
    view_str(cx->arena, rq->view, "phone", c.phone);
    view_i64(cx->arena, rq->view, "seats", c.seats);
    view_i64(cx->arena, rq->view, "left", left);
    view_str(cx->arena, rq->view, "status", c.status);
    bool takes = strcmp(c.status, "approved") == 0;
    view_str(cx->arena, rq->view, "status_label", takes ? tr(cx, left > 0 ? N_("还能报名") : N_("名额满了")) : tr(cx, flow_label(&class_flow, c.status)));
    view_bool(cx->arena, rq->view, "for_employees", strcmp(c.audience, "employees") == 0);
    bool open = takes && left > 0, asks = (cx->actor.role & (ROLE_PUBLIC | ROLE_SEEKER | DESK)) != 0;
    view_str(cx->arena, rq->view, "apply_url", open && asks ? url_fmt(rq, "/classes/%s/apply", c.code) : NULL);
    view_str(cx->arena, rq->view, "calendar_url", url_fmt(rq, "/classes/%s/calendar", c.code));
    struct view *list = view_list(cx->arena, rq->view, "sessions");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "day", day_text_iso(cx->arena, plan[i].day));
        view_str(cx->arena, v, "day_label", day_text(cx, plan[i].day));
        view_str(cx->arena, v, "time", class_hours_text(rq, plan[i].from_min, plan[i].to_min));
        view_str(cx->arena, v, "kind_label", tr(cx, training_label(class_kinds, plan[i].kind)));
        view_str(cx->arena, v, "content", plan[i].content);
        view_i64(cx->arena, v, "hours", plan[i].hours);
        view_str(cx->arena, v, "place", plan[i].place_name);
    }
    return E_OK;
}

/* ---- the week for the station's wall ---- */

static err_t week(struct req *rq)
{
    const struct area_filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_class_list_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), monday = day_add(today, 1 - day_weekday(today));
    const int64_t *district = f->district != NULL ? f->district : cx->actor.district != 0 ? &cx->actor.district : NULL;
    TRY(classes_search(cx, &(struct class_filter){.district = district, .from_on = today, .to_on = day_add(monday, 27), .shown = 2, .lim = WEEK_MOST}, &rows, &n));
    put_rows(rq, view_list(cx->arena, rq->view, "classes"), rows, n);
    view_str(cx->arena, rq->view, "paper", "sheet");
    view_str(cx->arena, rq->view, "area", district != NULL ? city_district_name(&rq->cx, *district) : tr(cx, city_name(cx->house->city)));
    view_str(cx->arena, rq->view, "week", arena_fmt(cx->arena, "%s – %s", day_text_full(cx, monday), day_text_full(cx, day_add(monday, 6))));
    view_str(cx->arena, rq->view, "back_url", url_fmt(rq, "/classes"));
    return E_OK;
}

const struct route classes_routes[] = {
    {GET, "/classes", show_list, EVERYONE, NULL, "classes/list", N_("培训班日历"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/classes.ics", calendar, EVERYONE, NULL, NULL, N_("培训班日历（订阅）"), area_fields, sizeof(struct area_filter), NULL, 0},
    {GET, "/classes/week", week, EVERYONE, NULL, "classes/week", N_("近期培训班（打印）"), area_fields, sizeof(struct area_filter), NULL, 0},
    {GET, "/classes/{class}", show_one, EVERYONE, NULL, "classes/show", N_("培训班"), NULL, 0, NULL, 0},
    {GET, "/classes/{class}/calendar", one_calendar, EVERYONE, NULL, NULL, N_("一个班的日历"), NULL, 0, NULL, 0},
    {0},
};
