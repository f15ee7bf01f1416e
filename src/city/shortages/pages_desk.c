/* pages_desk.c -- shortages for officers: rounds, writing reports down, sheets, withdrawing, the city's steps. */
#include "city/shortages/routes.h"
#include "city/shortages/shortages.h"

#include "base/day.h"
#include "base/text.h"
#include "city/sheets/pages_sheet.h"
#include "city/shortages/pages_impl.h"
#include "city/shortages/sheet.h"
#include "city/training.h"

#include <stdlib.h>
#include <string.h>

#define SEES (OFFICERS | ROLE_AUDITOR)

enum { PER_PAGE = 50 };

static err_t load_round(struct req *rq)
{
    struct q_shortage_round_rows_row *r = ARENA_NEW(rq->cx.arena, struct q_shortage_round_rows_row);
    rq->scoped = r;
    return shortage_round_by_code(&rq->cx, req_param(rq, "round"), r);
}
static const struct scope any_round = {"any round", "round", load_round};

static err_t load_report(struct req *rq)
{
    struct q_shortage_report_get_row *p = ARENA_NEW(rq->cx.arena, struct q_shortage_report_get_row);
    TRY(shortage_report_find(&rq->cx, req_id(rq, "report"), p));
    rq->scoped = p;
    return shortage_may(&rq->cx, p->channel, p->district) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "another's report");
}
static const struct scope own_report = {"own district", "report", load_report};

static const char *tone(const char *status)
{
    return strcmp(status, "published") == 0 ? "ok" : strcmp(status, "analysed") == 0 ? "pri" : "warn";
}

static void round_line(struct req *rq, struct view *v, const struct q_shortage_round_rows_row *r)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "code", r->code);
    view_str(a, v, "name", r->title);
    view_str(a, v, "status", r->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&shortage_round_flow, r->status)));
    view_str(a, v, "tone", tone(r->status));
    view_str(a, v, "closes", day_text(&rq->cx, r->closes_on));
    view_count(a, v, "reports", r->reports);
    view_count(a, v, "organisations", r->organisations);
    view_count(a, v, "scored", r->scored);
    view_str(a, v, "url", url_fmt(rq, "/district/shortages/%s", r->code));
    view_bool(a, v, "open", strcmp(r->status, "collecting") == 0 && r->closes_on >= day_of(rq->cx.now, DAY_ZONE));
    view_str(a, v, "public_url", strcmp(r->status, "collecting") == 0 ? NULL : url_fmt(rq, "/shortages/%s", r->code));
}

/* ---- rounds ---- */

struct round_form {
    const char *code, *title;
    int64_t period_from, period_to, closes_on;
};
static const struct field round_fields[] = {
    {"code", F_TEXT, F_REQUIRED, N_("编号"), N_("R 加年份和序号，例如 R2027-2。"), .min = 6, .max = 12, .off = offsetof(struct round_form, code)},
    {"title", F_TEXT, F_REQUIRED, N_("名称"), N_("例如：2027 年紧缺职业调查。"), .min = 4, .max = 60, .off = offsetof(struct round_form, title)},
    {"period_from", F_DATE, F_REQUIRED, N_("说的是哪一段时间：从"), .off = offsetof(struct round_form, period_from)},
    {"period_to", F_DATE, F_REQUIRED, N_("到"), .off = offsetof(struct round_form, period_to)},
    {"closes_on", F_DATE, F_REQUIRED, N_("填报截止日期"), .off = offsetof(struct round_form, closes_on)},
    {0},
};

static err_t show_rounds(struct req *rq)
{
    struct q_shortage_round_rows_row *rows;
    size_t n;
    TRY(shortage_rounds(&rq->cx, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "rounds");
    for (size_t i = 0; i < n; i++)
        round_line(rq, view_item(rq->cx.arena, list), &rows[i]);
    view_bool(rq->cx.arena, rq->view, "may_open", rq->cx.actor.role == ROLE_CITY);
    return E_OK;
}

static err_t show_new(struct req *rq)
{
    req_form(rq, round_fields, NULL);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("开始收集")));
    return E_OK;
}

static err_t do_new(struct req *rq)
{
    const struct round_form *in = rq->in;
    struct shortage_round_new r = {in->code, in->title, in->period_from, in->period_to, in->closes_on};
    int64_t id;
    TRY(shortage_round_open(&rq->cx, &r, &id));
    req_note(rq, N_("这一轮开始收集了，请通知各渠道填报。"));
    return redirect(rq, "/district/shortages/%s", in->code);
}

/* ---- one round ---- */

struct round_filter {
    const char *channel, *occupation;
    const int64_t *page;
};
static const struct field round_filter_fields[] = {
    {"channel", F_CHOICE, 0, N_("渠道"), .choices = shortage_channels, .off = offsetof(struct round_filter, channel)},
    {"occupation", F_OCCUPATION, 0, N_("职业"), .off = offsetof(struct round_filter, occupation)},
    FIELD_PAGE(struct round_filter),
    {0},
};

void shortage_report_view(struct req *rq, struct view *v, const struct q_shortage_report_rows_row *r)
{
    struct arena *a = rq->cx.arena;
    const char difficulty[] = {(char)('0' + r->difficulty), '\0'};
    view_str(a, v, "channel", r->channel);
    view_str(a, v, "channel_label", tr(&rq->cx, training_label(shortage_channels, r->channel)));
    view_str(a, v, "organisation", r->organisation);
    view_str(a, v, "place", shortage_place(&rq->cx, r->district));
    view_str(a, v, "occupation", r->occupation);
    view_str(a, v, "name", shortage_occupation_name(&rq->cx, r->occupation));
    view_i64(a, v, "level", r->level);
    view_str(a, v, "level_label", tr(&rq->cx, training_level(r->level)));
    view_count(a, v, "openings", r->openings);
    view_i64(a, v, "difficulty", r->difficulty);
    view_str(a, v, "difficulty_label", tr(&rq->cx, training_label(shortage_difficulties, difficulty)));
    view_opt(a, v, "days", r->vacant_days);
    view_str(a, v, "evidence", r->evidence);
    view_str(a, v, "said_by", r->said_by);
    view_str(a, v, "when", day_text(&rq->cx, day_of(r->at, DAY_ZONE)));
    view_str(a, v, "withdrawn", r->withdrawn_at != NULL ? r->withdrawn_why : NULL);
}

/* Bureaus' and agencies' reports and the own district's: what an officer of a district needs to see to avoid saying it twice is there. */
static err_t show_round(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    const struct round_filter *f = rq->route->method == GET ? rq->in : NULL;
    struct arena *a = rq->cx.arena;
    struct q_shortage_report_rows_row *rows;
    int64_t page = f != NULL && f->page != NULL ? *f->page : 1;
    bool district = rq->cx.actor.role == ROLE_DISTRICT, open = strcmp(r->status, "collecting") == 0;
    struct shortage_find by = {.round_id = r->id, .channel = f != NULL ? f->channel : NULL, .occupation = f != NULL ? f->occupation : NULL,
                               .district = district ? &rq->cx.actor.district : NULL, .off = (page - 1) * PER_PAGE, .lim = PER_PAGE};
    size_t n;
    view_fmt(a, rq->view, "title", "%s %s", tr(&rq->cx, N_("紧缺职业调查")), r->code);
    TRY(shortage_reports(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(a, rq->view, "list");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        shortage_report_view(rq, v, &rows[i]);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "withdraw_url", open && rows[i].withdrawn_at == NULL && shortage_may(&rq->cx, rows[i].channel, rows[i].district)
                                           ? url_fmt(rq, "/district/shortages/%s/reports/%lld/withdraw", r->code, (long long)rows[i].id)
                                           : NULL);
    }
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    round_line(rq, rq->view, r);
    view_i64(a, rq->view, "shown", n > 0 ? rows[0].total : 0);
    view_bool(a, rq->view, "own_only", district);
    view_str(a, rq->view, "report_url", url_fmt(rq, "/district/shortages/%s/report", r->code));
    view_str(a, rq->view, "actions_url", url_fmt(rq, "/city/shortages/%s/actions", r->code));
    view_bool(a, rq->view, "writes", (rq->cx.actor.role & OFFICERS) != 0);
    view_i64(a, rq->view, "version", r->version);
    flow_view(&rq->cx, &shortage_round_flow, r->status, rq->view);
    if (rq->form.fields == NULL)
        req_form(rq, round_filter_fields, NULL);
    else
        form_view(&rq->cx, rq->view, &rq->form, rq->form.fields, NULL);
    return sheet_page_list(rq, &shortage_sheet, r->id, arena_fmt(a, "/district/shortages/%s", r->code));
}

struct step_form {
    const char *action, *note;
};
static const struct field step_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("步骤"), .max = 20, .off = offsetof(struct step_form, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct step_form, note)},
    {0},
};

static err_t do_step(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    const struct step_form *in = rq->in;
    TRY(shortage_round_step(&rq->cx, r->id, in->action, in->note, r->version));
    req_note(rq, strcmp(in->action, "publish") == 0 ? N_("已公布，所有人都能看到结果和数据。")
                                                    : strcmp(in->action, "analyse") == 0 ? N_("分析好了，请先看结果再公布。") : N_("已重新收集，填报截止日期至少还有两个星期。"));
    return redirect(rq, "/district/shortages/%s", r->code);
}

/* ---- a report ---- */

static err_t show_report(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct pair own = {"channel", "district", 8};
    struct pairs values = {&own, rq->cx.actor.role == ROLE_DISTRICT ? 1 : 0};
    req_form(rq, shortage_fields, &values);
    view_str(a, rq->view, "lead", text_fill(a, tr(&rq->cx, N_("{round}：填报内容会公开，不要写企业联系人和个人信息。")), "round", r->title, NULL));
    view_str(a, rq->view, "verb", tr(&rq->cx, N_("填报")));
    return E_OK;
}

static err_t do_report(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    int64_t id;
    err_t e = shortage_report(&rq->cx, r->id, rq->in, NULL, &id);
    if (e == E_REPEAT && rq->cx.result == NULL)
        return SAY(&rq->cx, E_INVALID, NULL, N_("一模一样的填报已经有了，没有重复登记。"));
    TRY(e == E_CONFLICT ? SAY(&rq->cx, E_INVALID, "occupation", rq->cx.fail.say) : e);
    req_note(rq, N_("填报已登记。"));
    return redirect(rq, "/district/shortages/%s", r->code);
}

struct withdraw_form {
    const char *note;
};
static const struct field withdraw_fields[] = {
    {"note", F_LONG, F_REQUIRED, N_("为什么撤回"), .min = 2, .max = 200, .off = offsetof(struct withdraw_form, note)},
    {0},
};

static err_t show_withdraw(struct req *rq)
{
    const struct q_shortage_report_get_row *p = rq->scoped;
    struct arena *a = rq->cx.arena;
    req_form(rq, withdraw_fields, NULL);
    view_str(a, rq->view, "lead", text_fill(a, tr(&rq->cx, N_("{organisation}：{name}，缺 {n} 人")), "organisation", p->organisation, "name",
                                            shortage_occupation_name(&rq->cx, p->occupation), "n", arena_fmt(a, "%lld", (long long)p->openings), NULL));
    view_str(a, rq->view, "verb", tr(&rq->cx, N_("撤回这条填报")));
    return E_OK;
}

static err_t do_withdraw(struct req *rq)
{
    const struct q_shortage_report_get_row *p = rq->scoped;
    const struct withdraw_form *in = rq->in;
    TRY(shortage_withdraw(&rq->cx, p->id, in->note));
    req_note(rq, N_("已撤回，记录还在，不再计入。"));
    return redirect(rq, "/district/shortages/%s", req_param(rq, "round"));
}

/* ---- sheets ---- */

static const char *base_of(struct req *rq) { return arena_fmt(rq->cx.arena, "/district/shortages/%s", req_param(rq, "round")); }
static int64_t id_of(const struct req *rq) { return ((const struct q_shortage_round_rows_row *)rq->scoped)->id; }

static err_t do_upload(struct req *rq) { return sheet_page_upload(rq, &shortage_sheet, id_of(rq), base_of(rq)); }
static err_t show_sheet(struct req *rq) { return sheet_page_show(rq, &shortage_sheet, id_of(rq), base_of(rq)); }
static err_t do_confirm(struct req *rq) { return sheet_page_confirm(rq, &shortage_sheet, id_of(rq), base_of(rq)); }
static err_t get_faults(struct req *rq) { return sheet_page_faults(rq, &shortage_sheet, id_of(rq)); }
static err_t get_template(struct req *rq) { return sheet_page_template(rq, &shortage_sheet, N_("紧缺职业填报模板")); }

#define ROUND "/district/shortages/{round}"
#define IN(s) .in_size = sizeof(struct s)

const struct route shortages_desk_routes[] = {
    {GET, "/district/shortages", show_rounds, SEES, .page = "shortages/rounds", .title = N_("紧缺职业调查")},
    {GET, "/city/shortages/new", show_new, ROLE_CITY, .page = "office_ask", .title = N_("开始新一轮紧缺职业调查")},
    {POST, "/city/shortages/new", do_new, ROLE_CITY, .page = "office_ask", .title = N_("开始新一轮紧缺职业调查"), .fields = round_fields,
     IN(round_form), .again = show_new},
    {GET, ROUND, show_round, SEES, &any_round, .page = "shortages/round", .title = N_("紧缺职业调查"), .fields = round_filter_fields, IN(round_filter)},
    {POST, "/city/shortages/{round}/actions", do_step, ROLE_CITY, &any_round, .page = "shortages/round", .title = N_("紧缺职业调查的步骤"),
     .fields = step_fields, IN(step_form), .again = show_round},
    {GET, ROUND "/report", show_report, OFFICERS, &any_round, .page = "office_ask", .title = N_("填报紧缺职业")},
    {POST, ROUND "/report", do_report, OFFICERS, &any_round, .page = "office_ask", .title = N_("填报紧缺职业"), .fields = shortage_fields,
     IN(shortage_form), .again = show_report},
    {GET, ROUND "/reports/{report}/withdraw", show_withdraw, OFFICERS, &own_report, .page = "office_ask", .title = N_("撤回填报")},
    {POST, ROUND "/reports/{report}/withdraw", do_withdraw, OFFICERS, &own_report, .page = "office_ask", .title = N_("撤回填报"),
     .fields = withdraw_fields, IN(withdraw_form), .again = show_withdraw},
    {POST, ROUND "/sheets", do_upload, OFFICERS, &any_round, .page = "shortages/round", .title = N_("上传填报表格"), .fields = sheet_form_fields,
     IN(sheet_form), .again = show_round, .flags = ROUTE_UPLOAD},
    {GET, ROUND "/sheets/{sheet}", show_sheet, OFFICERS, &any_round, .page = "sheets/show", .title = N_("填报表格"), .fields = sheet_filter_fields,
     IN(sheet_filter)},
    {POST, ROUND "/sheets/{sheet}/confirm", do_confirm, OFFICERS, &any_round, .page = "sheets/show", .title = N_("导入填报表格"), .again = show_sheet},
    {GET, ROUND "/sheets/{sheet}/faults/{format}", get_faults, OFFICERS, &any_round, .title = N_("填报表格里要改的行")},
    {GET, ROUND "/template/{format}", get_template, OFFICERS, &any_round, .title = N_("填报模板")},
    {0},
};
