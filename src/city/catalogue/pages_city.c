/* pages_city.c -- the catalogue for the city: drafts, the official table, amounts and what they are made of, signing and publishing. */
#include "city/catalogue/catalogue.h"
#include "city/catalogue/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/catalogue/pages_impl.h"
#include "city/sheets/pages_sheet.h"
#include "city/shortages/shortages.h"
#include "city/training.h"

#include <stdlib.h>
#include <string.h>

#define SEES (OFFICERS | ROLE_AUDITOR)

enum { PER_PAGE = 50 };

static err_t load(struct req *rq)
{
    struct q_catalogue_rows_row *c = ARENA_NEW(rq->cx.arena, struct q_catalogue_rows_row);
    rq->scoped = c;
    return catalogue_by_code(&rq->cx, req_param(rq, "catalogue"), c);
}
static const struct scope any_version = {"any version", "catalogue", load};

static const char *base_of(struct req *rq) { return arena_fmt(rq->cx.arena, "/city/catalogues/%s", req_param(rq, "catalogue")); }
static const struct q_catalogue_rows_row *here(const struct req *rq) { return rq->scoped; }
static bool is_draft(const struct q_catalogue_rows_row *c) { return strcmp(c->status, "draft") == 0; }

/* ---- versions ---- */

static err_t show_all(struct req *rq)
{
    struct q_catalogue_rows_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(catalogue_all(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "versions");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        catalogue_view(rq, v, &rows[i]);
        view_str(a, v, "url", url_fmt(rq, "/city/catalogues/%s", rows[i].code));
    }
    view_bool(a, rq->view, "may_draft", rq->cx.actor.role == ROLE_CITY);
    return E_OK;
}

struct draft_form {
    const char *code, *title, *source, *from, *round;
    int64_t sample;
};
static const struct field draft_fields[] = {
    {"code", F_TEXT, F_REQUIRED, N_("编号"), N_("C 加年份，例如 C2027。"), .min = 5, .max = 12, .off = offsetof(struct draft_form, code)},
    {"title", F_TEXT, F_REQUIRED, N_("名称"), N_("例如：职业培训补贴目录（2027年版）。"), .min = 4, .max = 60, .off = offsetof(struct draft_form, title)},
    {"from", F_TEXT, 0, N_("照哪一版起草"), N_("写编号，例如 C2026；空着就从空白开始，再导入目录表。"), .max = 12, .off = offsetof(struct draft_form, from)},
    {"round", F_TEXT, 0, N_("按哪一轮紧缺职业"), N_("写编号，例如 R2026-2；列入的职业和紧缺程度按这一轮的结果。"), .max = 12, .off = offsetof(struct draft_form, round)},
    {"source", F_LONG, F_WIDE, N_("金额从哪里来"), N_("会公开。"), .max = 500, .off = offsetof(struct draft_form, source)},
    {"sample", F_BOOL, 0, N_("这是示例，不是官方标准"), .off = offsetof(struct draft_form, sample)},
    {0},
};

static err_t show_new(struct req *rq)
{
    req_form(rq, draft_fields, NULL);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("开始起草")));
    return E_OK;
}

static err_t do_new(struct req *rq)
{
    const struct draft_form *in = rq->in;
    struct catalogue_new c = {.code = in->code, .title = in->title, .source = in->source, .sample = in->sample, .from = in->from, .round = in->round};
    int64_t id;
    err_t e = catalogue_draft(&rq->cx, &c, &id);
    struct q_catalogue_rows_row before;
    if (e == E_NOTFOUND) /* only a code that was typed can be absent here */
        return SAY(&rq->cx, E_INVALID, in->from != NULL && catalogue_by_code(&rq->cx, in->from, &before) != E_OK ? "from" : "round", N_("没有这个编号，请核对。"));
    TRY(e);
    req_note(rq, N_("草稿建好了。缺金额的职业，填上或移出以后才能会签。"));
    return redirect(rq, "/city/catalogues/%s", in->code);
}

/* ---- one version ---- */

struct publish_form {
    const char *document;
    int64_t effective_on;
};
static const struct field publish_fields[] = {
    {"document", F_TEXT, F_REQUIRED, N_("通知文号"), .min = 4, .max = 60, .off = offsetof(struct publish_form, document)},
    {"effective_on", F_DATE, F_REQUIRED, N_("生效日期"), N_("这一天起开班的按这一版；以前开班的不变。"), .off = offsetof(struct publish_form, effective_on)},
    {0},
};

static err_t show_one(struct req *rq)
{
    const struct q_catalogue_rows_row *c = here(rq);
    const struct catalogue_query *f = rq->route->fields == catalogue_query_fields ? rq->in : NULL;
    struct arena *a = rq->cx.arena;
    bool city = rq->cx.actor.role == ROLE_CITY;
    catalogue_view(rq, rq->view, c);
    view_str(a, rq->view, "base", url_fmt(rq, "%s", base_of(rq)));
    view_str(a, rq->view, "public_url", url_fmt(rq, "/catalogue/%s", c->code));
    view_str(a, rq->view, "changes_url", url_fmt(rq, "/catalogue/%s/changes", c->code));
    view_str(a, rq->view, "actions_url", url_fmt(rq, "%s/actions", base_of(rq)));
    view_bool(a, rq->view, "may_edit", city && is_draft(c));
    view_bool(a, rq->view, "may_publish", city && strcmp(c->status, "cosigned") == 0);
    view_str(a, rq->view, "q", f != NULL ? f->q : NULL);
    const struct flow_edge *edges[8];
    size_t n = flow_allowed(&rq->cx, &catalogue_flow, c->status, edges, 8);
    struct view *list = view_list(a, rq->view, "actions");
    for (size_t i = 0; i < n && i < 8; i++) {
        if (strcmp(edges[i]->action, "publish") == 0) /* has a form of its own */
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "action", edges[i]->action);
        view_str(a, v, "label", tr(&rq->cx, edges[i]->label));
        view_bool(a, v, "needs_note", (edges[i]->flags & FLOW_NOTE) != 0);
    }
    req_form(rq, publish_fields, NULL);
    TRY(catalogue_items_view(rq, c, f, base_of(rq), PER_PAGE));
    return sheet_page_list(rq, &catalogue_sheet_kind, c->id, base_of(rq));
}

struct step_form {
    const char *action, *note;
};
static const struct field step_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("步骤"), .max = 20, .off = offsetof(struct step_form, action)},
    {"note", F_LONG, 0, N_("说明"), .max = 500, .off = offsetof(struct step_form, note)},
    {0},
};

static err_t do_step(struct req *rq)
{
    const struct step_form *in = rq->in;
    struct catalogue_act act = {.action = in->action, .note = in->note, .version = here(rq)->version};
    TRY(catalogue_step(&rq->cx, here(rq)->id, &act));
    req_note(rq, N_("已登记。"));
    return redirect(rq, "%s", base_of(rq));
}

static err_t do_publish(struct req *rq)
{
    const struct publish_form *in = rq->in;
    struct catalogue_act act = {.action = "publish", .document = in->document, .effective_on = in->effective_on, .version = here(rq)->version};
    TRY(catalogue_step(&rq->cx, here(rq)->id, &act));
    req_note(rq, N_("已公布。没有列入新版的职业，培训协议里的项目同时失效，已经开的班照常办完。"));
    return redirect(rq, "%s", base_of(rq));
}

/* ---- items ---- */

static err_t show_add(struct req *rq)
{
    req_form(rq, catalogue_row_fields, NULL);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("金额写元数。标准里没有这一级就空着。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("放进目录")));
    return E_OK;
}

static err_t put(struct req *rq)
{
    err_t e = catalogue_sheet_put(&rq->cx, here(rq)->id, 0, rq->in, &rq->form);
    if (e == E_REPEAT && rq->cx.result == NULL) /* just so: nothing to do */
        return E_OK;
    return e;
}

static err_t do_add(struct req *rq)
{
    TRY(put(rq));
    req_note(rq, N_("已放进目录。"));
    return redirect(rq, "%s", base_of(rq));
}

static err_t item_of(struct req *rq, struct q_catalogue_item_by_id_row *i)
{
    TRY(catalogue_item(&rq->cx, req_id(rq, "item"), i));
    return i->catalogue_id == here(rq)->id ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "item of another version");
}

static const struct choice hours[] = {{"80", N_("80 课时")}, {"120", N_("120 课时")}, {0}};
struct cost_form {
    const char *level, *hours, *note;
    int64_t teachers, consumables, materials;
};
static const struct field cost_fields[] = {
    {"level", F_CHOICE, F_REQUIRED, N_("等级"), .choices = training_levels, .off = offsetof(struct cost_form, level)},
    {"hours", F_CHOICE, F_REQUIRED, N_("课时"), .choices = hours, .off = offsetof(struct cost_form, hours)},
    {"teachers", F_MONEY, F_REQUIRED, N_("师资"), .min = 0, .max = 10000000, .off = offsetof(struct cost_form, teachers)},
    {"consumables", F_MONEY, F_REQUIRED, N_("耗材"), .min = 0, .max = 10000000, .off = offsetof(struct cost_form, consumables)},
    {"materials", F_MONEY, F_REQUIRED, N_("培训物资"), .min = 0, .max = 10000000, .off = offsetof(struct cost_form, materials)},
    {"note", F_TEXT, F_WIDE, N_("依据"), N_("例如：三家机构报价的中间值。会公开。"), .max = 200, .off = offsetof(struct cost_form, note)},
    {0},
};

static err_t show_item(struct req *rq)
{
    struct q_catalogue_item_by_id_row i;
    struct arena *a = rq->cx.arena;
    TRY(item_of(rq, &i));
    catalogue_view(rq, rq->view, here(rq));
    view_fmt(a, rq->view, "title", "%s %s", i.name, here(rq)->code); /* before the public page's own */
    TRY(catalogue_item_view(rq, here(rq), &i));
    TRY(catalogue_compare_view(rq, &i));
    view_str(a, rq->view, "base", url_fmt(rq, "%s", base_of(rq)));
    view_str(a, rq->view, "url", url_fmt(rq, "%s/items/%lld", base_of(rq), (long long)i.id));
    view_bool(a, rq->view, "may_edit", rq->cx.actor.role == ROLE_CITY && is_draft(here(rq)));
    req_form(rq, cost_fields, NULL);
    return E_OK;
}

static err_t do_cost(struct req *rq)
{
    const struct cost_form *in = rq->in;
    struct q_catalogue_item_by_id_row i;
    TRY(item_of(rq, &i));
    struct catalogue_cost k = {in->level[0] - '0', strtoll(in->hours, NULL, 10), in->teachers, in->consumables, in->materials, in->note};
    err_t e = catalogue_cost_put(&rq->cx, i.id, &k);
    TRY(e == E_NOTFOUND && rq->cx.fail.say != NULL ? SAY(&rq->cx, E_INVALID, "level", rq->cx.fail.say) : e);
    req_note(rq, N_("构成已登记。"));
    return redirect(rq, "%s/items/%lld", base_of(rq), (long long)i.id);
}

/* The item as the sheet would have it: the form prefilled. */
static err_t show_edit(struct req *rq)
{
    struct q_catalogue_item_by_id_row i;
    struct q_catalogue_rates_row *rates;
    struct catalogue_sheet row;
    size_t n;
    TRY(item_of(rq, &i));
    TRY(catalogue_rates(&rq->cx, i.catalogue_id, &i.id, &rates, &n));
    row = (struct catalogue_sheet){.sector = i.sector, .name = arena_fmt(rq->cx.arena, "%s%s%s", i.name, i.green ? "L" : "", i.digital ? "S" : ""),
                                   .code = i.occupation, .urgency = i.urgency, .cls = i.class};
    for (size_t k = 0; k < n; k++)
        row.rate[rates[k].hours == 80][rates[k].level] = form_yuan(rq->cx.arena, rates[k].amount);
    struct pairs values = form_pairs(&rq->cx, catalogue_row_fields, &row);
    req_form(rq, catalogue_row_fields, &values);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("名称和编码不变就是改这一条，变了就是另加一条。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存金额")));
    return E_OK;
}

static err_t do_edit(struct req *rq)
{
    struct q_catalogue_item_by_id_row i;
    TRY(item_of(rq, &i));
    TRY(put(rq));
    req_note(rq, N_("金额已保存。原来登记的构成对不上的，请一起改。"));
    return redirect(rq, "%s/items/%lld", base_of(rq), (long long)i.id);
}

static err_t do_take_out(struct req *rq)
{
    struct q_catalogue_item_by_id_row i;
    TRY(item_of(rq, &i));
    TRY(catalogue_take_out(&rq->cx, i.id));
    req_note(rq, N_("已移出这一版。"));
    return redirect(rq, "%s", base_of(rq));
}

/* ---- sheets ---- */

static err_t do_upload(struct req *rq) { return sheet_page_upload(rq, &catalogue_sheet_kind, here(rq)->id, base_of(rq)); }
static err_t show_sheet(struct req *rq) { return sheet_page_show(rq, &catalogue_sheet_kind, here(rq)->id, base_of(rq)); }
static err_t do_confirm(struct req *rq) { return sheet_page_confirm(rq, &catalogue_sheet_kind, here(rq)->id, base_of(rq)); }
static err_t get_faults(struct req *rq) { return sheet_page_faults(rq, &catalogue_sheet_kind, here(rq)->id); }
static err_t get_template(struct req *rq) { return sheet_page_template(rq, &catalogue_sheet_kind, N_("补贴目录表模板")); }

#define BASE "/city/catalogues/{catalogue}"
#define IN(s) .in_size = sizeof(struct s)
#define ROW .in_size = sizeof(struct catalogue_sheet)
#define ITEM BASE "/items/{item}"

const struct route catalogue_city_routes[] = {
    {GET, "/city/catalogues", show_all, SEES, .page = "catalogue/versions", .title = N_("补贴目录各版")},
    {GET, "/city/catalogues/new", show_new, ROLE_CITY, .page = "office_ask", .title = N_("起草补贴目录")},
    {POST, "/city/catalogues/new", do_new, ROLE_CITY, .page = "office_ask", .title = N_("起草补贴目录"), .fields = draft_fields, IN(draft_form), .again = show_new},
    {GET, BASE, show_one, SEES, &any_version, .page = "catalogue/version", .title = N_("补贴目录"), .fields = catalogue_query_fields, IN(catalogue_query)},
    {POST, BASE "/actions", do_step, ROLE_CITY, &any_version, .page = "catalogue/version", .title = N_("补贴目录的步骤"), .fields = step_fields, IN(step_form),
     .again = show_one},
    {POST, BASE "/publish", do_publish, ROLE_CITY, &any_version, .page = "catalogue/version", .title = N_("公布补贴目录"), .fields = publish_fields,
     IN(publish_form), .again = show_one},
    {GET, BASE "/add", show_add, ROLE_CITY, &any_version, .page = "office_ask", .title = N_("加一个职业")},
    {POST, BASE "/add", do_add, ROLE_CITY, &any_version, .page = "office_ask", .title = N_("加一个职业"), .fields = catalogue_row_fields, ROW, .again = show_add},
    {GET, ITEM, show_item, SEES, &any_version, .page = "catalogue/item", .title = N_("补贴标准")},
    {GET, ITEM "/edit", show_edit, ROLE_CITY, &any_version, .page = "office_ask", .title = N_("改金额")},
    {POST, ITEM "/edit", do_edit, ROLE_CITY, &any_version, .page = "office_ask", .title = N_("改金额"), .fields = catalogue_row_fields, ROW, .again = show_edit},
    {POST, ITEM "/costs", do_cost, ROLE_CITY, &any_version, .page = "catalogue/item", .title = N_("登记金额的构成"), .fields = cost_fields, IN(cost_form),
     .again = show_item},
    {POST, ITEM "/take-out", do_take_out, ROLE_CITY, &any_version, .page = "catalogue/item", .title = N_("移出目录"), .again = show_item},
    {POST, BASE "/sheets", do_upload, ROLE_CITY, &any_version, .page = "catalogue/version", .title = N_("上传目录表"), .fields = sheet_form_fields,
     IN(sheet_form), .again = show_one, .flags = ROUTE_UPLOAD},
    {GET, BASE "/sheets/{sheet}", show_sheet, ROLE_CITY, &any_version, .page = "sheets/show", .title = N_("目录表"), .fields = sheet_filter_fields, IN(sheet_filter)},
    {POST, BASE "/sheets/{sheet}/confirm", do_confirm, ROLE_CITY, &any_version, .page = "sheets/show", .title = N_("导入目录表"), .again = show_sheet},
    {GET, BASE "/sheets/{sheet}/faults/{format}", get_faults, ROLE_CITY, &any_version, .title = N_("目录表里要改的行")},
    {GET, BASE "/template/{format}", get_template, ROLE_CITY, &any_version, .title = N_("目录表模板")},
    {0},
};
