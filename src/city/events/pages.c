/* pages.c -- events for everybody, with calendars to subscribe to; and for the desk that runs them. */
#include "city/events/events.h"
#include "city/events/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/reference.h"
#include "feeds/ics.h"

#include <stdlib.h>
#include <string.h>

enum { PER_PAGE = 20, CALENDAR_MOST = 500 };

static err_t load(struct req *rq)
{
    struct q_event_list_row *e = ARENA_NEW(rq->cx.arena, struct q_event_list_row);
    struct q_station_row s;
    TRY(event_get(&rq->cx, req_param(rq, "event"), e));
    TRY(station_by_id(&rq->cx, e->station_id, &s));
    rq->scoped = e;
    return event_mine(&rq->cx, &s) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's event");
}

static const struct scope event_own = {"own station or area", "event", load};

static void card(struct req *rq, struct view *to, const struct q_event_list_row *e)
{
    event_view(&rq->cx, to, e);
    view_str(rq->cx.arena, to, "url", url_fmt(rq, "/events/%s", e->code));
    view_str(rq->cx.arena, to, "station_url", url_fmt(rq, "/stations/%s", e->station_code));
}

/* ---- the list ---- */

static const struct choice when_words[] = {{"coming", N_("将要举办")}, {"past", N_("今年已办")}, {0}};
static const struct choice status_words[] = {{"planned", N_("将要举办")}, {"held", N_("已举办")}, {"cancelled", N_("已取消")}, {0}};

struct filter {
    const char *when, *kind, *status, *station;
    const int64_t *district, *page;
};
static const struct field filter_fields[] = {
    {"when", F_CHOICE, 0, N_("时间"), .choices = when_words, .off = offsetof(struct filter, when)},
    {"kind", F_CHOICE, 0, N_("形式"), .choices = event_kinds, .off = offsetof(struct filter, kind)},
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"status", F_CHOICE, 0, N_("状态"), .choices = status_words, .off = offsetof(struct filter, status)},
    {"station", F_TEXT, 0, N_("驿站编号"), .max = 12, .off = offsetof(struct filter, station)},
    FIELD_PAGE(struct filter),
    {0},
};

/* What is to come; or this year's, newest first. */
static err_t chosen(struct req *rq, const struct filter *f, struct event_find *out)
{
    int64_t year = day_of(rq->cx.now, DAY_ZONE) / 10000;
    bool past = f->when != NULL && strcmp(f->when, "past") == 0;
    *out = (struct event_find){.from_at = rq->cx.now, .to_at = INT64_MAX, .district = f->district, .kind = f->kind, .status = f->status,
                               .lim = PER_PAGE};
    if (past) {
        out->from_at = day_start(year * 10000 + 101, DAY_ZONE);
        out->to_at = rq->cx.now;
        out->newest_first = true;
    }
    if (f->station != NULL) {
        struct q_station_row s;
        int64_t *id = ARENA_NEW(rq->cx.arena, int64_t);
        TRY(station_get(&rq->cx, f->station, &s));
        *id = s.id;
        out->station_id = id;
    }
    return E_OK;
}

static void districts(struct req *rq, const struct filter *f)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "districts");
    for (size_t i = 0; i < city->n_districts; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "code", city->districts[i].code);
        view_str(a, v, "name", tr(&rq->cx, city->districts[i].name));
        view_bool(a, v, "selected", f->district != NULL && *f->district == city->districts[i].code);
    }
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct arena *a = rq->cx.arena;
    struct event_find by;
    struct q_event_list_row *rows;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    TRY(chosen(rq, f, &by));
    by.off = (page - 1) * PER_PAGE;
    TRY(event_list(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(a, rq->view, "events");
    for (size_t i = 0; i < n; i++)
        card(rq, view_item(a, list), &rows[i]);
    districts(rq, f);
    view_i64(a, rq->view, "total", n > 0 ? rows[0].total : 0);
    view_bool(a, rq->view, "past", by.newest_first);
    view_str(a, rq->view, "coming_url", url_with(rq, "when", NULL));
    view_str(a, rq->view, "past_url", url_with(rq, "when", "past"));
    view_str(a, rq->view, "calendar_url",
             f->district != NULL ? url_fmt(rq, "/events.ics?district=%lld", (long long)*f->district) : url_fmt(rq, "/events.ics"));
    req_form(rq, filter_fields, NULL);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* ---- calendars ---- */

static err_t calendar(struct req *rq, const char *name, const char *path, const struct q_event_list_row *rows, size_t n)
{
    struct ctx *cx = &rq->cx;
    struct buf b = {.a = cx->arena};
    ics_begin(&b, &(struct ics_calendar){.id = "-//yizhan//events//ZH", .name = name, .refresh_hours = 6,
                                         .url = arena_fmt(cx->arena, "%s%s", cx->house->base_url, path)});
    for (size_t i = 0; i < n; i++)
        event_ics(cx, &b, &rows[i]);
    ics_end(&b);
    return reply_bytes(rq, "text/calendar; charset=utf-8", "events.ics", buf_text(&b), b.len);
}

struct calendar_filter {
    const int64_t *district;
};
static const struct field calendar_fields[] = {
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct calendar_filter, district)}, {0},
};

static err_t show_calendar(struct req *rq)
{
    const struct calendar_filter *f = rq->in;
    struct q_event_list_row *rows;
    size_t n;
    struct event_find by = {.from_at = rq->cx.now - 30 * (int64_t)DAY_MS, .to_at = INT64_MAX, .district = f->district, .lim = CALENDAR_MOST};
    TRY(event_list(&rq->cx, &by, &rows, &n));
    return calendar(rq, tr(&rq->cx, N_("就业驿站招聘活动")), "/events.ics", rows, n);
}

static err_t show_one_calendar(struct req *rq)
{
    struct q_event_list_row e;
    TRY(event_get(&rq->cx, req_param(rq, "event"), &e));
    return calendar(rq, e.title, arena_fmt(rq->cx.arena, "/events/%s/calendar", e.code), &e, 1);
}

/* ---- one event ---- */

struct step {
    const char *action, *note, *sequence;
    const int64_t *attended;
};
static const struct field step_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("这一步"), .max = 20, .off = offsetof(struct step, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 200, .off = offsetof(struct step, note)},
    {"attended", F_INT, 0, N_("到场人数"), .min = 0, .max = 1000000, .off = offsetof(struct step, attended)},
    {"sequence", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct step, sequence)},
    {0},
};

static err_t show_event(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_event_list_row e;
    struct q_station_row s;
    TRY(event_get(&rq->cx, req_param(rq, "event"), &e));
    TRY(station_by_id(&rq->cx, e.station_id, &s));
    view_str(a, rq->view, "title", e.title);
    card(rq, rq->view, &e);
    view_str(a, rq->view, "summary", e.summary);
    view_str(a, rq->view, "note", e.note);
    view_str(a, rq->view, "reason", e.note);
    view_str(a, rq->view, "phone", e.phone);
    view_i64(a, rq->view, "employers", e.employers);
    view_i64(a, rq->view, "attended", e.attended);
    view_bool(a, rq->view, "held", strcmp(e.status, "held") == 0);
    view_str(a, rq->view, "calendar_url", url_fmt(rq, "/events/%s/calendar", e.code));
    if (!event_mine(&rq->cx, &s))
        return E_OK;
    bool planned = strcmp(e.status, "planned") == 0;
    struct view *v = view_sub(a, rq->view, "manage");
    view_i64(a, v, "expected", e.expected);
    view_str(a, v, "licence", e.licence);
    view_str(a, v, "licence_say", event_licence(&rq->cx, e.expected, e.starts_at));
    view_bool(a, v, "may_hold", planned && e.starts_at <= rq->cx.now);
    view_bool(a, v, "may_change", planned);
    view_i64(a, v, "sequence", e.sequence);
    view_str(a, v, "edit_url", url_fmt(rq, "/events/%s/edit", e.code));
    view_str(a, v, "actions_url", url_fmt(rq, "/events/%s/actions", e.code));
    req_form(rq, step_fields, NULL);
    return E_OK;
}

static err_t do_step(struct req *rq)
{
    const struct step *in = rq->in;
    const struct q_event_list_row *e = rq->scoped;
    int64_t sequence = in->sequence != NULL ? strtoll(in->sequence, NULL, 10) : e->sequence;
    if (strcmp(in->action, "hold") == 0 && in->attended == NULL)
        return SAY(&rq->cx, E_INVALID, "attended", N_("请写到场人数，没有人来就写 0。"));
    TRY(event_move(&rq->cx, e->id, in->action, in->note, in->attended != NULL ? *in->attended : 0, sequence));
    req_note(rq, strcmp(in->action, "cancel") == 0 ? N_("活动已取消，订阅了日历的人会看到。") : N_("结果已登记。"));
    return redirect(rq, "/events/%s", e->code);
}

/* ---- the desk's own ---- */

struct event_form {
    const char *title, *kind, *place, *summary, *licence, *sequence;
    int64_t starts_at, ends_at, expected;
    const int64_t *employers;
};
static const struct field event_fields[] = {
    {"title", F_TEXT, F_REQUIRED, N_("活动名称"), .min = 4, .max = 60, .off = offsetof(struct event_form, title)},
    {"kind", F_CHOICE, F_REQUIRED, N_("形式"), .choices = event_kinds, .off = offsetof(struct event_form, kind)},
    {"starts_at", F_STAMP, F_REQUIRED, N_("开始时间"), .off = offsetof(struct event_form, starts_at)},
    {"ends_at", F_STAMP, F_REQUIRED, N_("结束时间"), .off = offsetof(struct event_form, ends_at)},
    {"place", F_TEXT, F_WIDE, N_("地点"), N_("空着就是驿站的地址。"), .max = 100, .off = offsetof(struct event_form, place)},
    {"employers", F_INT, 0, N_("参加的企业（家）"), .min = 0, .max = 2000, .off = offsetof(struct event_form, employers)},
    {"expected", F_INT, F_REQUIRED, N_("预计人数"), N_("人多的活动要先办安全许可，保存后会提示。"), .min = 1, .max = 1000000,
     .off = offsetof(struct event_form, expected)},
    {"licence", F_TEXT, 0, N_("安全许可编号"), N_("不需要许可就空着。"), .max = 60, .off = offsetof(struct event_form, licence)},
    {"summary", F_LONG, F_WIDE, N_("介绍"), .max = 2000, .off = offsetof(struct event_form, summary)},
    {"sequence", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct event_form, sequence)},
    {0},
};

static struct event_plan plan_of(const struct event_form *in)
{
    return (struct event_plan){.title = in->title, .kind = in->kind, .place = in->place, .summary = in->summary, .licence = in->licence,
                               .starts_at = in->starts_at, .ends_at = in->ends_at, .employers = in->employers != NULL ? *in->employers : 0,
                               .expected = in->expected, .sequence = in->sequence != NULL ? strtoll(in->sequence, NULL, 10) : 0};
}

static err_t show_desk(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct event_find by = {.from_at = rq->cx.now - 60 * (int64_t)DAY_MS, .to_at = INT64_MAX, .station_id = &rq->cx.actor.station_id, .lim = 100};
    struct q_event_list_row *rows;
    size_t n;
    TRY(event_list(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(a, rq->view, "events");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        card(rq, v, &rows[i]);
        view_i64(a, v, "attended", rows[i].attended);
        view_bool(a, v, "due", strcmp(rows[i].status, "planned") == 0 && rows[i].ends_at < rq->cx.now);
        view_bool(a, v, "held", strcmp(rows[i].status, "held") == 0);
    }
    return E_OK;
}

static err_t show_new(struct req *rq)
{
    req_form(rq, event_fields, NULL);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("发布活动")));
    return E_OK;
}

static void saved(struct req *rq, const struct event_plan *p)
{
    bool asks = event_licence(&rq->cx, p->expected, p->starts_at) != NULL && p->licence == NULL;
    req_note(rq, asks ? N_("活动已保存。人数较多，请看下面的安全许可提示。") : N_("活动已保存。"));
}

static err_t do_new(struct req *rq)
{
    struct event_plan p = plan_of(rq->in);
    int64_t id;
    TRY(event_add(&rq->cx, rq->cx.actor.station_id, &p, &id));
    saved(rq, &p);
    return redirect(rq, "/events/V%lld", (long long)id);
}

static err_t show_edit(struct req *rq)
{
    const struct q_event_list_row *e = rq->scoped;
    struct event_form now = {.title = e->title, .kind = e->kind, .place = e->place, .summary = e->summary, .licence = e->licence,
                             .starts_at = e->starts_at, .ends_at = e->ends_at, .expected = e->expected, .employers = &e->employers,
                             .sequence = arena_fmt(rq->cx.arena, "%lld", (long long)e->sequence)};
    struct pairs values = form_pairs(&rq->cx, event_fields, &now);
    req_form(rq, event_fields, &values);
    view_str(rq->cx.arena, rq->view, "title", text_fill(rq->cx.arena, tr(&rq->cx, N_("修改“{title}”")), "title", e->title, NULL));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存修改")));
    return E_OK;
}

static err_t do_edit(struct req *rq)
{
    const struct q_event_list_row *e = rq->scoped;
    struct event_plan p = plan_of(rq->in);
    TRY(event_edit(&rq->cx, e->id, &p));
    saved(rq, &p);
    return redirect(rq, "/events/%s", e->code);
}

const struct route events_routes[] = {
    {GET, "/events", show_list, EVERYONE, NULL, "events/list", N_("招聘活动"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/events.ics", show_calendar, EVERYONE, NULL, NULL, N_("招聘活动日历"), calendar_fields, sizeof(struct calendar_filter), NULL, 0},
    {GET, "/events/{event}", show_event, EVERYONE, NULL, "events/show", N_("招聘活动"), NULL, 0, NULL, 0},
    {GET, "/events/{event}/calendar", show_one_calendar, EVERYONE, NULL, NULL, N_("活动日历"), NULL, 0, NULL, 0},
    {POST, "/events/{event}/actions", do_step, DESK | OFFICERS, &event_own, "events/show", N_("招聘活动"), step_fields, sizeof(struct step),
     show_event, 0},
    {GET, "/events/{event}/edit", show_edit, DESK | OFFICERS, &event_own, "events/ask", N_("修改活动"), NULL, 0, NULL, 0},
    {POST, "/events/{event}/edit", do_edit, DESK | OFFICERS, &event_own, "events/ask", N_("修改活动"), event_fields,
     sizeof(struct event_form), show_edit, 0},
    {GET, "/desk/events", show_desk, DESK, NULL, "events/desk", N_("活动"), NULL, 0, NULL, 0},
    {GET, "/desk/events/new", show_new, DESK, NULL, "events/ask", N_("安排活动"), NULL, 0, NULL, 0},
    {POST, "/desk/events/new", do_new, DESK, NULL, "events/ask", N_("安排活动"), event_fields, sizeof(struct event_form), show_new, 0},
    {0},
};
const struct flow *const events_flows[] = {&event_flow, NULL};
