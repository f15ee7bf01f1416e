/* pages_own.c -- what a station says of itself: hours, services, people, brand. For its head and the officers above it. */
#include "city/stations/pages_impl.h"
#include "city/stations/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/stations/pages_forms.h"

#include <stdlib.h>
#include <string.h>

/* Title "name：what", links to the other forms of this station, and back. */
static void frame(struct req *rq, const char *what)
{
    static const struct {
        const char *path, *label;
    } tabs[] = {{"about", N_("电话和介绍")}, {"hours", N_("开放时间")}, {"services", N_("服务项目")}, {"members", N_("人员")}, {"life", N_("建设和运行")}};
    const struct q_station_row *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "title", text_fill(a, tr(&rq->cx, N_("{name}：{what}")), "name", s->name, "what", tr(&rq->cx, what), NULL));
    view_str(a, rq->view, "name", s->name);
    view_str(a, rq->view, "page_url", url_fmt(rq, "/stations/%s", s->code));
    struct view *list = view_list(a, rq->view, "tabs");
    for (size_t i = 0; i < sizeof tabs / sizeof *tabs; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "url", url_fmt(rq, "/stations/%s/%s", s->code, tabs[i].path));
        view_str(a, v, "label", tr(&rq->cx, tabs[i].label));
        view_bool(a, v, "here", strcmp(tabs[i].label, what) == 0);
    }
}

static const char *version_text(struct req *rq)
{
    return arena_fmt(rq->cx.arena, "%lld", (long long)((const struct q_station_row *)rq->scoped)->version);
}

static int64_t version_of(const char *text)
{
    return text != NULL ? strtoll(text, NULL, 10) : 0;
}

/* ---- phone, brand, access ---- */

static err_t show_about(struct req *rq)
{
    struct station_form now = station_form_of(&rq->cx, rq->scoped);
    struct pairs values = form_pairs(&rq->cx, station_about_fields, &now);
    frame(rq, N_("电话和介绍"));
    req_form(rq, station_about_fields, &values);
    return E_OK;
}

static err_t do_about(struct req *rq)
{
    const struct station_form *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    bool surveyed = strcmp(s->located, "survey") == 0;
    struct station_plan p = {.name = s->name, .type = s->type, .address = s->address, .operator = s->operator, .street = s->street,
                             .area_m2 = s->area_m2, .due_on = s->due_on, .lng = surveyed ? &s->lng : NULL, .lat = surveyed ? &s->lat : NULL,
                             .phone = in->phone, .brand = in->brand, .story = in->story, .access = in->access, .version = version_of(in->version)};
    TRY(station_edit(&rq->cx, s->id, &p));
    req_note(rq, N_("修改已保存。"));
    return redirect(rq, "/stations/%s", s->code);
}

/* ---- hours ---- */

struct hours_form {
    const char *days[7], *version;
};
#define DAY(i, label) {"d" #i, F_TEXT, 0, label, .max = 60, .off = offsetof(struct hours_form, days) + (i - 1) * sizeof(char *)}
static const struct field hours_fields[] = {
    {"d1", F_TEXT, 0, N_("周一"), N_("写成 8:30-12:00, 13:30-17:30；休息就空着。"), .max = 60, .off = offsetof(struct hours_form, days)},
    DAY(2, N_("周二")), DAY(3, N_("周三")), DAY(4, N_("周四")), DAY(5, N_("周五")), DAY(6, N_("周六")), DAY(7, N_("周日")),
    {"version", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct hours_form, version)},
    {0},
};
struct day_form {
    int64_t day;
    const char *hours, *note;
};
static const struct field day_fields[] = {
    {"day", F_DATE, F_REQUIRED, N_("日期"), .off = offsetof(struct day_form, day)},
    {"hours", F_TEXT, 0, N_("这天几点开门"), N_("比如 9:00-12:00；休息就空着。"), .max = 30, .off = offsetof(struct day_form, hours)},
    {"note", F_TEXT, 0, N_("为什么"), N_("会写在驿站页面上，比如：元旦值班。"), .max = 40, .off = offsetof(struct day_form, note)},
    {0},
};

static err_t show_hours(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct station_week w;
    struct hours_form now = {.version = version_text(rq)};
    TRY(station_week(&rq->cx, s->id, &w));
    for (int d = 0; d < 7; d++) {
        struct station_span spans[4];
        now.days[d] = station_hours_text(&rq->cx, spans, station_weekday(&w, d + 1, spans));
    }
    struct pairs values = form_pairs(&rq->cx, hours_fields, &now);
    bool day_sent = rq->route->fields == day_fields;
    struct view *day = view_sub(a, rq->view, "day");
    frame(rq, N_("开放时间"));
    form_view(&rq->cx, day, day_sent ? &rq->form : NULL, day_fields, NULL);
    form_view(&rq->cx, rq->view, day_sent ? NULL : &rq->form, hours_fields, &values);
    view_str(a, rq->view, "hours_url", url_fmt(rq, "/stations/%s/hours", s->code));
    view_str(a, day, "day_url", url_fmt(rq, "/stations/%s/days", s->code));
    struct view *list = view_list(a, rq->view, "special_days");
    for (size_t i = 0; i < w.n_days; i++) {
        struct station_span span = {w.days[i].from_min, w.days[i].to_min};
        struct view *v = view_item(a, list);
        view_str(a, v, "day", day_text(&rq->cx, w.days[i].on_day));
        view_str(a, v, "hours", span.from_min < span.to_min ? station_hours_text(&rq->cx, &span, 1) : tr(&rq->cx, N_("休息")));
        view_str(a, v, "note", w.days[i].note);
    }
    return E_OK;
}

static err_t do_hours(struct req *rq)
{
    const struct hours_form *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    TRY(station_set_hours(&rq->cx, s->id, in->days, version_of(in->version)));
    req_note(rq, N_("开放时间已保存。"));
    return redirect(rq, "/stations/%s/hours", s->code);
}

static err_t do_day(struct req *rq)
{
    const struct day_form *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    TRY(station_set_day(&rq->cx, s->id, in->day, in->hours, in->note));
    req_note(rq, N_("这一天的安排已保存。"));
    return redirect(rq, "/stations/%s/hours", s->code);
}

/* ---- services ---- */

struct services_form {
    const char *items, *version;
};
static const struct field services_fields[] = {
    {"items", F_CHOICES, 0, N_("这里能办的服务"), .choices = station_items, .off = offsetof(struct services_form, items)},
    {"version", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct services_form, version)},
    {0},
};

static err_t show_services(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct q_station_services_row *rows;
    size_t n;
    struct buf b = {.a = rq->cx.arena};
    TRY(station_services(&rq->cx, s->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%s", i ? "," : "", rows[i].item);
    struct services_form now = {buf_text(&b), version_text(rq)};
    struct pairs values = form_pairs(&rq->cx, services_fields, &now);
    frame(rq, N_("服务项目"));
    req_form(rq, services_fields, &values);
    return E_OK;
}

static err_t do_services(struct req *rq)
{
    const struct services_form *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    TRY(station_set_services(&rq->cx, s->id, in->items, version_of(in->version)));
    req_note(rq, N_("服务项目已保存。"));
    return redirect(rq, "/stations/%s", s->code);
}

/* ---- people ---- */

static const struct field member_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .off = offsetof(struct station_member, name)},
    {"kind", F_CHOICE, F_REQUIRED, N_("身份"), .choices = station_member_kinds, .off = offsetof(struct station_member, kind)},
    {"duty", F_TEXT, 0, N_("负责什么"), .max = 40, .off = offsetof(struct station_member, duty)},
    {"trained_on", F_DATE, 0, N_("哪天参加的培训"), .off = offsetof(struct station_member, trained_on)},
    {"from_on", F_DATE, 0, N_("从哪天起"), N_("空着就是今天。"), .off = offsetof(struct station_member, from_on)},
    {0},
};

static err_t show_members(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct q_station_members_row *rows;
    size_t n;
    TRY(station_members(&rq->cx, s->id, &rows, &n));
    frame(rq, N_("人员"));
    struct view *list = view_list(a, rq->view, "members");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const char *name;
        TRY(station_member_name(&rq->cx, rows[i].name, &name));
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "name", name);
        view_str(a, v, "kind", tr(&rq->cx, choice_label(station_member_kinds, rows[i].kind)));
        view_str(a, v, "duty", rows[i].duty);
        view_str(a, v, "since", day_text_full(&rq->cx, rows[i].from_on));
        view_str(a, v, "trained", rows[i].trained_on != NULL ? day_text_full(&rq->cx, *rows[i].trained_on) : NULL);
        view_str(a, v, "leave_url", url_fmt(rq, "/stations/%s/members/%lld/leave", s->code, (long long)rows[i].id));
    }
    req_form(rq, member_fields, NULL);
    return E_OK;
}

static err_t do_join(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    TRY(station_member_join(&rq->cx, s->id, rq->in));
    req_note(rq, N_("已登记这位人员。"));
    return redirect(rq, "/stations/%s/members", s->code);
}

static err_t do_leave(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    TRY(station_member_leave(&rq->cx, s->id, req_id(rq, "member")));
    req_note(rq, N_("已记下离开，从今天起不再计入在岗人员。"));
    return redirect(rq, "/stations/%s/members", s->code);
}

#define KEEPERS (ROLE_HEAD | OFFICERS)
const struct route stations_own_routes[] = {
    {GET, "/stations/{station}/about", show_about, KEEPERS, &station_own, "stations/own", N_("电话和介绍"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/about", do_about, KEEPERS, &station_own, "stations/own", N_("电话和介绍"), station_about_fields,
     sizeof(struct station_form), show_about, 0},
    {GET, "/stations/{station}/hours", show_hours, KEEPERS, &station_own, "stations/hours", N_("开放时间"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/hours", do_hours, KEEPERS, &station_own, "stations/hours", N_("开放时间"), hours_fields, sizeof(struct hours_form),
     show_hours, 0},
    {POST, "/stations/{station}/days", do_day, KEEPERS, &station_own, "stations/hours", N_("开放时间"), day_fields, sizeof(struct day_form),
     show_hours, 0},
    {GET, "/stations/{station}/services", show_services, KEEPERS, &station_own, "stations/own", N_("服务项目"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/services", do_services, KEEPERS, &station_own, "stations/own", N_("服务项目"), services_fields,
     sizeof(struct services_form), show_services, 0},
    {GET, "/stations/{station}/members", show_members, KEEPERS, &station_own, "stations/members", N_("人员"), NULL, 0, NULL, ROUTE_SENSITIVE},
    {POST, "/stations/{station}/members", do_join, KEEPERS, &station_own, "stations/members", N_("人员"), member_fields,
     sizeof(struct station_member), show_members, ROUTE_SENSITIVE},
    {POST, "/stations/{station}/members/{member}/leave", do_leave, KEEPERS, &station_own, NULL, N_("人员离开"), NULL, 0, NULL, 0},
    {0},
};
