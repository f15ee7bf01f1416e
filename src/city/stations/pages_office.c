/* pages_office.c -- the network for officers: states, evidence and steps, planning, handing over. */
#include "city/stations/pages_impl.h"
#include "city/stations/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/accounts/accounts.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/stations/pages_forms.h"

#include <stdlib.h>
#include <string.h>

enum { PER_PAGE = 50, CANDIDATES = 5 };

static const struct choice states[] = {
    {"planned", N_("规划中")},     {"building", N_("建设中")},  {"trial", N_("试运营")},   {"open", N_("投入使用")}, {"rectifying", N_("整改中")},
    {"suspended", N_("暂停服务")}, {"closing", N_("退出交接")}, {"closed", N_("已退出")}, {0},
};

struct filter {
    const char *status, *q;
    const int64_t *batch, *district, *page;
};
static const struct field filter_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = states, .off = offsetof(struct filter, status)},
    {"batch", F_INT, 0, N_("建设年份"), .min = 2000, .max = 2100, .off = offsetof(struct filter, batch)},
    {"district", F_INT, 0, N_("区代码"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"q", F_TEXT, 0, N_("名称、街道"), .max = 60, .off = offsetof(struct filter, q)},
    FIELD_PAGE(struct filter),
    {0},
};

static const char *count_text(struct ctx *cx, int64_t n)
{
    return arena_fmt(cx->arena, "%lld", (long long)n);
}

static void counts(struct req *rq, const struct station_found *rows, size_t n)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "states");
    for (const struct choice *c = states; c->code != NULL; c++) {
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += strcmp(rows[i].s.status, c->code) == 0;
        struct view *v = view_item(a, list);
        view_str(a, v, "code", c->code);
        view_str(a, v, "label", tr(&rq->cx, c->label));
        view_i64(a, v, "count", count);
        view_str(a, v, "url", url_with(rq, "status", c->code));
    }
}

static err_t line(struct req *rq, struct view *v, const struct q_station_row *s)
{
    struct arena *a = rq->cx.arena;
    struct station_evidence e;
    int64_t today = day_of(rq->cx.now, DAY_ZONE);
    const char *next = station_next(s->status);
    station_view(&rq->cx, v, s, NULL);
    view_str(a, v, "tone", station_tone(s->status));
    view_str(a, v, "url", url_fmt(rq, "/stations/%s/life", s->code));
    view_i64(a, v, "days", day_between(s->status_on, today));
    if (s->due_on != NULL && s->open_on == NULL) {
        view_str(a, v, "due", day_text(&rq->cx, *s->due_on));
        view_bool(a, v, "late", *s->due_on < today);
    }
    if (next == NULL)
        return E_OK;
    TRY(station_evidence(&rq->cx, s, &e));
    const char *lacks = station_lacks(&rq->cx, &e, next);
    view_str(a, v, "lacks", lacks);
    view_bool(a, v, "ready", lacks == NULL);
    return E_OK;
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct arena *a = rq->cx.arena;
    struct station_found *all;
    size_t n, kept = 0;
    int64_t page = f->page != NULL ? *f->page : 1;
    bool own = rq->cx.actor.role == ROLE_DISTRICT;
    struct station_find by = {.district = own ? &rq->cx.actor.district : f->district, .batch = f->batch, .words = f->q};
    TRY(station_search(&rq->cx, &by, &all, &n));
    counts(rq, all, n);
    for (size_t i = 0; i < n; i++)
        if (f->status == NULL || strcmp(f->status, all[i].s.status) == 0)
            all[kept++] = all[i];
    struct view *list = view_list(a, rq->view, "stations");
    for (size_t i = (size_t)(page - 1) * PER_PAGE; i < kept && i < (size_t)page * PER_PAGE; i++)
        TRY(line(rq, view_item(a, list), &all[i].s));
    view_i64(a, rq->view, "total", (int64_t)kept);
    view_bool(a, rq->view, "may_plan", (rq->cx.actor.role & OFFICERS) != 0);
    view_str(a, rq->view, "q", f->q);
    view_opt(a, rq->view, "batch", f->batch);
    view_str(a, rq->view, "status", f->status);
    req_pager(rq, page, PER_PAGE, (int64_t)kept);
    return E_OK;
}

/* ---- the life of one station ---- */

static void row(struct req *rq, struct view *list, const char *label, const char *now, const char *need, bool good)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "label", tr(&rq->cx, label));
    view_str(a, v, "now", now);
    view_str(a, v, "need", need);
    view_bool(a, v, "good", good);
}

static void number(struct req *rq, struct view *list, const char *label, int64_t now, int64_t need)
{
    row(rq, list, label, count_text(&rq->cx, now), count_text(&rq->cx, need), now >= need);
}

static void evidence(struct req *rq, const struct q_station_row *s, const struct station_evidence *e)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "evidence");
    const struct city_profile *norm = city_profile(rq->cx.house->city, s->type);
    number(rq, list, N_("工作人员（名）"), e->staff, e->need_staff);
    number(rq, list, N_("其中专职（名）"), e->full, e->need_full);
    const char *lacking = text_fill(a, tr(&rq->cx, N_("还缺：{items}")), "items", station_item_names(&rq->cx, e->missing), NULL);
    row(rq, list, N_("服务功能"), *e->functions != '\0' ? station_item_names(&rq->cx, e->functions) : tr(&rq->cx, N_("没有开通")),
        *e->missing != '\0' ? lacking : tr(&rq->cx, N_("齐全")), *e->missing == '\0');
    number(rq, list, N_("面积（平方米）"), e->area_m2, e->need_area);
    number(rq, list, N_("试运营（天）"), e->trial_days, e->need_days);
    number(rq, list, N_("试运营期间的服务（件）"), e->services, e->need_services);
    row(rq, list, N_("每周开放（天）"), count_text(&rq->cx, e->days_of_week), "1", e->days_of_week > 0);
    row(rq, list, N_("参加过培训的人（名）"), count_text(&rq->cx, e->trained), "", true);
    view_bool(a, rq->view, "proposal", norm != NULL && norm->proposal);
    view_str(a, rq->view, "basis", norm != NULL ? norm->basis : NULL);
}

static err_t timeline(struct req *rq, const struct q_station_row *s)
{
    struct arena *a = rq->cx.arena;
    struct q_station_moves_row *rows;
    size_t n;
    TRY(station_moves(&rq->cx, s->id, &rows, &n));
    struct view *list = view_list(a, rq->view, "timeline");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const char *then = station_evidence_text(&rq->cx, rows[i].evidence), *role = rows[i].author_role;
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "iso", day_text_iso(a, day_of(rows[i].at, DAY_ZONE)));
        view_str(a, v, "what", tr(&rq->cx, flow_label(&station_flow, rows[i].to_state)));
        view_str(a, v, "who", role != NULL ? arena_fmt(a, tr(&rq->cx, N_("%s（%s）")), account_name(&rq->cx, rows[i].author), tr(&rq->cx, role_label(role_from_name(role)))) : "");
        view_fmt(a, v, "reason", "%s%s%s", rows[i].note, *rows[i].note != '\0' && *then != '\0' ? " " : "", then);
    }
    return E_OK;
}

struct step {
    const char *action, *note;
};
static const struct field step_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("这一步"), .max = 20, .off = offsetof(struct step, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct step, note)},
    {0},
};

static err_t show_life(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_station_row s;
    struct station_evidence e;
    TRY(station_of(rq, &s));
    TRY(station_evidence(&rq->cx, &s, &e));
    TRY(line(rq, rq->view, &s));
    view_str(a, rq->view, "title", text_fill(a, tr(&rq->cx, N_("{name}：建设和运行")), "name", s.name, NULL));
    view_str(a, rq->view, "since", day_text_full(&rq->cx, s.status_on));
    view_str(a, rq->view, "operator", s.operator);
    view_str(a, rq->view, "page_url", url_fmt(rq, "/stations/%s", s.code));
    view_bool(a, rq->view, "may_edit", station_mine(&rq->cx, &s) && strcmp(s.status, "closed") != 0);
    view_bool(a, rq->view, "leaves", strcmp(s.status, "closing") == 0 || s.successor_id != NULL);
    flow_view(&rq->cx, &station_flow, s.status, rq->view);
    view_str(a, rq->view, "actions_url", url_fmt(rq, "/stations/%s/actions", s.code));
    evidence(rq, &s, &e);
    TRY(timeline(rq, &s));
    req_form(rq, step_fields, NULL);
    return E_OK;
}

static err_t do_step(struct req *rq)
{
    const struct step *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    TRY(station_move(&rq->cx, s->id, in->action, in->note, s->version));
    req_note(rq, N_("办好了，这一步已经记下。"));
    return redirect(rq, "/stations/%s/life", s->code);
}

/* ---- planning and correcting ---- */

static err_t show_new(struct req *rq)
{
    int64_t year = day_of(rq->cx.now, DAY_ZONE) / 10000;
    struct station_form empty = {.batch = year};
    struct pairs values = form_pairs(&rq->cx, station_plan_fields, &empty);
    req_form(rq, station_plan_fields, &values);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("列入规划")));
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("先定类型和地点。没有测量过位置就空着，地图上按街道标大致位置。")));
    return E_OK;
}

static err_t do_new(struct req *rq)
{
    struct station_plan in;
    int64_t id;
    TRY(station_form_plan(&rq->cx, rq->in, &in));
    TRY(station_plan(&rq->cx, &in, &id));
    req_note(rq, N_("已列入规划。下一步：定下场地后“开始建设”。"));
    return redirect(rq, "/stations/S%lld/life", (long long)id);
}

static err_t show_edit(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct station_form now = station_form_of(&rq->cx, s);
    struct pairs values = form_pairs(&rq->cx, station_edit_fields, &now);
    req_form(rq, station_edit_fields, &values);
    view_str(rq->cx.arena, rq->view, "title", text_fill(rq->cx.arena, tr(&rq->cx, N_("修改{name}")), "name", s->name, NULL));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存修改")));
    return E_OK;
}

static err_t do_edit(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct station_plan in;
    TRY(station_form_plan(&rq->cx, rq->in, &in));
    in.brand = s->brand, in.story = s->story, in.access = s->access;
    TRY(station_edit(&rq->cx, s->id, &in));
    req_note(rq, N_("修改已保存。"));
    return redirect(rq, "/stations/%s/life", s->code);
}

/* ---- handing over ---- */

struct handover {
    const char *successor, *note;
};
static const struct field handover_fields[] = {
    {"successor", F_TEXT, F_REQUIRED, N_("接手的驿站编号"), N_("比如 S12。可以从下面最近的几个里选。"), .max = 12, .off = offsetof(struct handover, successor)},
    {"note", F_LONG, 0, N_("交接说明"), .max = 500, .off = offsetof(struct handover, note)},
    {0},
};

static err_t show_handover(struct req *rq)
{
    const struct q_station_row *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct station_evidence e;
    struct station_found *near;
    struct q_station_handovers_row *rows;
    size_t n;
    TRY(station_evidence(&rq->cx, s, &e));
    TRY(line(rq, rq->view, s));
    view_str(a, rq->view, "title", text_fill(a, tr(&rq->cx, N_("{name}：退出交接")), "name", s->name, NULL));
    view_i64(a, rq->view, "referrals", e.referrals);
    view_i64(a, rq->view, "follow_ups", e.follow_ups);
    view_i64(a, rq->view, "jobs", e.jobs);
    view_i64(a, rq->view, "events", e.events);
    view_bool(a, rq->view, "leaves", strcmp(s->status, "closing") == 0);
    view_bool(a, rq->view, "may_edit", station_mine(&rq->cx, s));
    TRY(station_nearest(&rq->cx, s->lng, s->lat, false, CANDIDATES, &near, &n));
    struct view *list = view_list(a, rq->view, "near");
    for (size_t i = 0; i < n; i++)
        TRY(station_card(rq, view_item(a, list), &near[i].s, near[i].metres));
    TRY(station_handovers(&rq->cx, s->id, &rows, &n));
    list = view_list(a, rq->view, "receipts");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "to_name", rows[i].to_name);
        view_str(a, v, "to_code", rows[i].to_code);
        view_str(a, v, "to_url", url_fmt(rq, "/stations/%s", rows[i].to_code));
        view_str(a, v, "author", account_name(&rq->cx, rows[i].author));
        view_i64(a, v, "referrals", rows[i].referrals);
        view_i64(a, v, "follow_ups", rows[i].follow_ups);
        view_i64(a, v, "jobs", rows[i].jobs);
        view_str(a, v, "note", rows[i].note);
    }
    req_form(rq, handover_fields, NULL);
    return E_OK;
}

static err_t do_handover(struct req *rq)
{
    const struct handover *in = rq->in;
    const struct q_station_row *s = rq->scoped;
    int64_t receipt;
    TRY(station_hand_over(&rq->cx, s->id, in->successor, in->note, &receipt));
    req_note(rq, N_("已经交接，回执在下面，可以打印。"));
    return redirect(rq, "/stations/%s/handover", s->code);
}

#define WATCHERS (ROLE_HEAD | OFFICERS | ROLE_AUDITOR)
const struct route stations_office_routes[] = {
    {GET, "/district/stations", show_list, ROLE_DISTRICT, NULL, "stations/office", N_("本区驿站"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/city/stations", show_list, ROLE_CITY | ROLE_AUDITOR, NULL, "stations/office", N_("全市驿站"), filter_fields,
     sizeof(struct filter), NULL, 0},
    {GET, "/stations/new", show_new, OFFICERS, NULL, "office_ask", N_("规划新驿站"), NULL, 0, NULL, 0},
    {POST, "/stations/new", do_new, OFFICERS, NULL, "office_ask", N_("规划新驿站"), station_plan_fields, sizeof(struct station_form), show_new, 0},
    {GET, "/stations/{station}/life", show_life, WATCHERS, &station_seen, "stations/life", N_("驿站的建设和运行"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/actions", do_step, OFFICERS, &station_own, "stations/life", N_("驿站的建设和运行"), step_fields, sizeof(struct step),
     show_life, 0},
    {GET, "/stations/{station}/edit", show_edit, OFFICERS, &station_own, "office_ask", N_("修改驿站"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/edit", do_edit, OFFICERS, &station_own, "office_ask", N_("修改驿站"), station_edit_fields, sizeof(struct station_form),
     show_edit, 0},
    {GET, "/stations/{station}/handover", show_handover, OFFICERS | ROLE_AUDITOR, &station_seen, "stations/handover", N_("退出交接"), NULL, 0, NULL, 0},
    {POST, "/stations/{station}/handover", do_handover, OFFICERS, &station_own, "stations/handover", N_("退出交接"), handover_fields,
     sizeof(struct handover), show_handover, 0},
    {0},
};
