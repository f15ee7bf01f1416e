/* pages.c -- subsidies of before: the sheet, the list by year, one person's by identity number, a wrong row taken out. */
#include "city/history/history.h"

#include "base/day.h"
#include "city/history/routes.h"
#include "city/house.h"
#include "city/people/people.h"
#include "city/reference.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"

#include <stddef.h>
#include <string.h>

#define BASE "/district/history"
enum { PER_PAGE = 50 };

static const struct choice kept[] = {{"held", N_("计入")}, {"removed", N_("已撤掉")}, {0}};
struct filter {
    const char *item, *status;
    const int64_t *year, *page;
};
#define AT(member) offsetof(struct filter, member)
static const struct field filter_fields[] = {
    {"year", F_INT, 0, N_("年度"), .min = 2000, .max = 2100, .off = AT(year)},
    {"item", F_CHOICE, 0, N_("补贴项目"), .choices = history_items, .off = AT(item)},
    {"status", F_CHOICE, 0, N_("是否计入"), .choices = kept, .off = AT(status)},
    {"page", F_INT, 0, N_("页"), .min = 1, .max = 10000, .off = AT(page)},
    {0},
};
struct find_form {
    const char *idno;
};
static const struct field find_fields[] = {
    {"idno", F_IDNO, F_REQUIRED | F_SECRET, N_("身份证号码"), .off = offsetof(struct find_form, idno)},
    {0},
};
struct remove_form {
    const char *reason;
};
static const struct field remove_fields[] = {
    {"reason", F_TEXT, F_REQUIRED, N_("为什么撤掉"), N_("例如：不是本人，是同名的人。"), .min = 2, .max = 100, .off = offsetof(struct remove_form, reason)},
    {0},
};

static err_t find_row(struct req *rq)
{
    struct q_history_get_row *row = ARENA_NEW(rq->cx.arena, struct q_history_get_row);
    TRY(history_own(&rq->cx, req_param(rq, "history"), row));
    rq->scoped = row;
    return E_OK;
}
static const struct scope own_row = {"own district", "history", find_row};

static int64_t subject(const struct req *rq) { return rq->cx.actor.role == ROLE_DISTRICT ? rq->cx.actor.district : 0; }

static err_t find_sheet(struct req *rq)
{
    struct sheet_about *s = ARENA_NEW(rq->cx.arena, struct sheet_about);
    rq->scoped = s;
    return sheet_find(&rq->cx, &history_sheet, subject(rq), req_id(rq, "sheet"), s);
}
static const struct scope own_sheet = {"own district", "sheet", find_sheet};

static err_t line(struct req *rq, struct view *v, const struct q_history_list_row *r)
{
    struct arena *a = rq->cx.arena;
    const char *masked[3];
    bool held = strcmp(r->status, "held") == 0, named = *r->occupation != '\0';
    const struct city_occupation *o = named ? city_occupation(rq->cx.house->city, r->occupation) : NULL;
    const struct city_district *d = city_district(rq->cx.house->city, r->district);
    TRY(history_mask(&rq->cx, r->name, r->idno, r->certificate, masked));
    view_str(a, v, "code", r->code);
    view_str(a, v, "name", masked[0]);
    view_str(a, v, "idno", masked[1]);
    view_str(a, v, "certificate", masked[2]);
    view_str(a, v, "item", tr(&rq->cx, training_label(history_items, r->item)));
    view_str(a, v, "line", strcmp(r->line, "catalogue") == 0 ? NULL : tr(&rq->cx, training_label(training_lines, r->line)));
    view_str(a, v, "occupation", o != NULL ? o->name : named ? r->occupation : NULL);
    view_str(a, v, "level", named ? tr(&rq->cx, training_level(r->level)) : NULL);
    view_i64(a, v, "year", r->year);
    view_str(a, v, "state", tr(&rq->cx, training_label(history_states, r->state)));
    view_str(a, v, "fund", *r->fund == '\0' ? NULL : tr(&rq->cx, training_label(training_funds, r->fund)));
    view_str(a, v, "yuan", r->amount == NULL ? NULL : training_yuan(&rq->cx, *r->amount));
    view_str(a, v, "provider", r->provider);
    view_str(a, v, "district", d == NULL ? tr(&rq->cx, N_("全市")) : d->name);
    view_str(a, v, "removed", held ? NULL : r->reason);
    bool may = held && (rq->cx.actor.role == ROLE_CITY || (rq->cx.actor.role == ROLE_DISTRICT && rq->cx.actor.district == r->district));
    view_str(a, v, "remove_url", may ? url_fmt(rq, BASE "/%s/remove", r->code) : NULL);
    return E_OK;
}

static err_t show_rows(struct req *rq, struct q_history_list_in *in, int64_t page)
{
    struct arena *a = rq->cx.arena;
    struct q_history_list_row *rows;
    size_t n;
    in->lim = PER_PAGE;
    in->off = (page - 1) * PER_PAGE;
    TRY(history_page(&rq->cx, in, &rows, &n));
    struct view *list = view_list(a, rq->view, "rows");
    for (size_t i = 0; i < n; i++)
        TRY(line(rq, view_item(a, list), &rows[i]));
    view_count(a, rq->view, "total", n > 0 ? rows[0].total : 0);
    view_str(a, rq->view, "find_url", url_fmt(rq, BASE "/find"));
    view_str(a, rq->view, "list_url", url_fmt(rq, BASE));
    bool may = (rq->cx.actor.role & OFFICERS) != 0;
    view_bool(a, rq->view, "may_bring", may);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return may ? sheet_page_list(rq, &history_sheet, subject(rq), BASE) : E_OK;
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->route->method == GET ? rq->in : NULL;
    const int64_t own = rq->cx.actor.district;
    struct q_history_list_in in = {.district = rq->cx.actor.role == ROLE_DISTRICT ? &own : NULL};
    if (f != NULL)
        in.year = f->year, in.item = f->item, in.status = f->status;
    struct view *list = view_list(rq->cx.arena, rq->view, "items");
    for (const struct choice *c = history_items; c->code != NULL; c++) {
        struct view *v = view_item(rq->cx.arena, list);
        bool here = f != NULL && f->item != NULL && strcmp(f->item, c->code) == 0;
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, c->label));
        view_str(rq->cx.arena, v, "url", url_with(rq, "item", here ? NULL : c->code));
        view_bool(rq->cx.arena, v, "here", here);
    }
    return show_rows(rq, &in, f != NULL && f->page != NULL ? *f->page : 1);
}

/* An identity number never stands in an address. All districts' rows are looked at: they all count for the person. */
static err_t find_one(struct req *rq)
{
    const struct find_form *f = rq->in;
    struct q_history_list_in in = {.idno_find = person_key(&rq->cx, "person.idno", f->idno)};
    TRY(history_looked(&rq->cx));
    view_bool(rq->cx.arena, rq->view, "found", true);
    return show_rows(rq, &in, 1);
}

static err_t show_remove(struct req *rq)
{
    req_form(rq, remove_fields, NULL);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("撤掉以后不再计入这个人的补贴次数，记录和原因都留着。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("撤掉这条记录")));
    return E_OK;
}

static err_t do_remove(struct req *rq)
{
    const struct q_history_get_row *row = rq->scoped;
    const struct remove_form *f = rq->in;
    TRY(history_remove(&rq->cx, row->id, f->reason));
    req_note(rq, N_("已撤掉，不再计入。"));
    return redirect(rq, BASE);
}

static err_t do_upload(struct req *rq) { return sheet_page_upload(rq, &history_sheet, subject(rq), BASE); }
static err_t show_sheet(struct req *rq) { return sheet_page_show(rq, &history_sheet, subject(rq), BASE); }
static err_t do_confirm(struct req *rq) { return sheet_page_confirm(rq, &history_sheet, subject(rq), BASE); }
static err_t get_faults(struct req *rq) { return sheet_page_faults(rq, &history_sheet, subject(rq)); }
static err_t get_template(struct req *rq) { return sheet_page_template(rq, &history_sheet, N_("以前的培训补贴模板")); }

const struct route history_routes[] = {
    {GET, BASE, show_list, OFFICERS | ROLE_AUDITOR, NULL, "history/list", N_("以前的培训补贴"), filter_fields, sizeof(struct filter), NULL, ROUTE_SENSITIVE},
    {POST, BASE "/find", find_one, OFFICERS, NULL, "history/list", N_("查一个人以前的补贴"), find_fields, sizeof(struct find_form), show_list, ROUTE_SENSITIVE},
    {POST, BASE "/sheets", do_upload, OFFICERS, NULL, "history/list", N_("上传以前的补贴"), sheet_form_fields, sizeof(struct sheet_form), show_list,
     ROUTE_UPLOAD | ROUTE_SENSITIVE},
    {GET, BASE "/sheets/{sheet}", show_sheet, OFFICERS, &own_sheet, "sheets/show", N_("以前的补贴的表格"), sheet_filter_fields, sizeof(struct sheet_filter), NULL, ROUTE_SENSITIVE},
    {POST, BASE "/sheets/{sheet}/confirm", do_confirm, OFFICERS, &own_sheet, "sheets/show", N_("导入以前的补贴"), .again = show_sheet, .flags = ROUTE_SENSITIVE},
    {GET, BASE "/sheets/{sheet}/faults/{format}", get_faults, OFFICERS, &own_sheet, .title = N_("以前的补贴里要改的行"), .flags = ROUTE_SENSITIVE},
    {GET, BASE "/template/{format}", get_template, OFFICERS, NULL, .title = N_("以前的培训补贴模板")},
    {GET, BASE "/{history}/remove", show_remove, OFFICERS, &own_row, "office_ask", N_("撤掉一条以前的补贴"), .flags = ROUTE_SENSITIVE},
    {POST, BASE "/{history}/remove", do_remove, OFFICERS, &own_row, "office_ask", N_("撤掉一条以前的补贴"), remove_fields, sizeof(struct remove_form), show_remove, ROUTE_SENSITIVE},
    {0},
};
