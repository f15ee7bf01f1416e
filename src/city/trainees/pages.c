/* pages.c -- lists of trainees for a provider, a district, the city, an auditor; the routes of the office. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "city/decisions/words.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/sheets/pages_sheet.h"
#include "city/trainees/pages_impl.h"
#include "city/trainees/routes.h"
#include "city/training.h"
#include "feeds/out.h"

#include <stddef.h>
#include <string.h>

enum { PER_PAGE = 50, PER_READ = 20000 /* of the file: a city's year is five reads */ };

const struct flow *const trainees_flows[] = {&trainee_flow, NULL};

static const struct choice states[] = {
    {"applied", N_("已报名")},   {"admitted", N_("已录取")}, {"attending", N_("在学")},  {"completed", N_("已结课")}, {"passed", N_("已取得证书")},
    {"failed", N_("考试没通过")}, {"dropped", N_("已退出")},  {"refused", N_("没有录取")}, {0},
};
static const struct choice verdicts[] = {{"yes", N_("符合")}, {"ask", N_("要核实")}, {"no", N_("不符合")}, {0}};

struct filter {
    const char *status, *verdict, *category, *class_code, *code;
    const int64_t *year, *page;
};
#define AT(member) offsetof(struct filter, member)
static const struct field filter_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = states, .off = AT(status)},
    {"verdict", F_CHOICE, 0, N_("核对结果"), .choices = verdicts, .off = AT(verdict)},
    {"category", F_CHOICE, 0, N_("人员类别"), .choices = training_categories, .off = AT(category)},
    {"class", F_TEXT, 0, N_("班期编号"), .max = 20, .off = AT(class_code)},
    {"code", F_TEXT, 0, N_("学员编号"), .max = 20, .off = AT(code)},
    {"year", F_INT, 0, N_("开班年份"), .min = 2000, .max = 2100, .off = AT(year)},
    FIELD_PAGE(struct filter),
    {0},
};

static const char *tone(const char *verdict, const char *status)
{
    return strcmp(status, "refused") == 0 || strcmp(verdict, "no") == 0 ? "bad" : strcmp(verdict, "ask") == 0 ? "warn" : "ok";
}

static err_t line(struct req *rq, struct view *v, const struct q_trainee_list_row *t)
{
    struct arena *a = rq->cx.arena;
    const char *name, *idno;
    TRY(trainee_mask(&rq->cx, t->person_name, t->idno, &name, &idno));
    view_str(a, v, "code", t->code);
    view_str(a, v, "url", url_fmt(rq, "/trainees/%s", t->code));
    view_str(a, v, "name", name);
    view_str(a, v, "idno", idno);
    view_str(a, v, "category", tr(&rq->cx, training_label(training_categories, t->category)));
    view_str(a, v, "state", tr(&rq->cx, flow_label(&trainee_flow, t->status)));
    view_str(a, v, "verdict", verdict_words(&rq->cx, t->verdict));
    view_str(a, v, "tone", tone(t->verdict, t->status));
    view_str(a, v, "class", t->class_name);
    view_str(a, v, "class_code", t->class_code);
    view_str(a, v, "starts", day_text_iso(a, t->starts_on));
    const struct city_district *d = city_district(rq->cx.house->city, t->district);
    view_str(a, v, "district", d == NULL ? NULL : d->name);
    return E_OK;
}

static void chips(struct req *rq, const char *key, const char *name, const struct choice *list, const char *now)
{
    struct view *to = view_list(rq->cx.arena, rq->view, key);
    for (const struct choice *c = list; c->code != NULL; c++) {
        struct view *v = view_item(rq->cx.arena, to);
        bool here = now != NULL && strcmp(now, c->code) == 0;
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, c->label));
        view_str(rq->cx.arena, v, "url", url_with(rq, name, here ? NULL : c->code));
        view_bool(rq->cx.arena, v, "here", here);
    }
}

static const char *upper(struct arena *a, const char *code)
{
    return code != NULL && *code == 'a' ? arena_fmt(a, "A%s", code + 1) : code;
}

static struct q_trainee_list_in asked(struct req *rq, int64_t page, int64_t lim)
{
    const struct filter *f = rq->in;
    const struct actor *me = &rq->cx.actor;
    return (struct q_trainee_list_in){.lim = lim, .off = (page - 1) * lim, .status = f->status, .verdict = f->verdict, .category = f->category,
                                      .from_on = f->year == NULL ? 0 : *f->year * 10000, .to_on = f->year == NULL ? 99991231 : *f->year * 10000 + 1231,
                                      .code = upper(rq->cx.arena, f->code), .district = me->role == ROLE_DISTRICT ? &me->district : NULL,
                                      .provider_id = me->role == ROLE_PROVIDER ? &me->provider_id : NULL};
}

/* All that the filter finds, names masked, as a table. */
static err_t show_table(struct req *rq)
{
    const struct filter *f = rq->in;
    struct arena *a = rq->cx.arena;
    static const char *const heads[] = {N_("学员"), N_("姓名"), N_("身份证号"), N_("人员类别"), N_("班期编号"), N_("班期"), N_("开班"), N_("核对结果"), N_("状态")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct out_column columns[COLUMNS];
    const char *path = sheet_spool(rq, "csv"), *name, *idno;
    struct q_trainee_list_row *rows;
    struct class_seen class = {0};
    struct out *o;
    size_t n = PER_READ;
    if (f->class_code != NULL)
        TRY(trainee_class(&rq->cx, f->class_code, &class.row, &class.left));
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct out_column){tr(&rq->cx, heads[i]), OUT_TEXT, 0};
    TRY(out_open(&rq->cx, OUT_CSV, path, "trainees", columns, COLUMNS, &o));
    for (int64_t page = 1; n == PER_READ; page++) {
        struct q_trainee_list_in in = asked(rq, page, PER_READ);
        in.class_id = f->class_code != NULL ? &class.row.id : NULL;
        TRY(trainees_page(&rq->cx, &in, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            TRY(trainee_mask(&rq->cx, rows[i].person_name, rows[i].idno, &name, &idno));
            const char *cells[COLUMNS] = {rows[i].code, name, idno, tr(&rq->cx, training_label(training_categories, rows[i].category)), rows[i].class_code, rows[i].class_name,
                                          day_text_iso(a, rows[i].starts_on), verdict_words(&rq->cx, rows[i].verdict), tr(&rq->cx, flow_label(&trainee_flow, rows[i].status))};
            TRY(out_row(&rq->cx, o, cells));
        }
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), "trainees.csv", path);
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    const struct actor *me = &rq->cx.actor;
    struct arena *a = rq->cx.arena;
    struct q_trainee_list_row *rows;
    struct class_seen class = {0};
    int64_t page = f->page != NULL ? *f->page : 1;
    size_t n;
    struct q_trainee_list_in in = asked(rq, page, PER_PAGE);
    if (f->class_code != NULL) {
        TRY(trainee_class(&rq->cx, f->class_code, &class.row, &class.left));
        in.class_id = &class.row.id;
        bool own = me->role != ROLE_PROVIDER || class.row.provider_id == me->provider_id;
        if (own) {
            class_line(rq, &class);
            view_str(a, rq->view, "enter_url", me->role == ROLE_PROVIDER ? url_fmt(rq, "/provider/classes/%s/apply", class.row.code) : NULL);
        }
    }
    TRY(trainees_page(&rq->cx, &in, &rows, &n));
    struct view *list = view_list(a, rq->view, "trainees");
    for (size_t i = 0; i < n; i++)
        TRY(line(rq, view_item(a, list), &rows[i]));
    chips(rq, "states", "status", states, f->status);
    chips(rq, "verdicts", "verdict", verdicts, f->verdict);
    view_count(a, rq->view, "total", n > 0 ? rows[0].total : 0);
    view_str(a, rq->view, "code_value", f->code);
    view_str(a, rq->view, "csv_url", url_fmt(rq, "%s/table.csv?%s%s%s%s%s%s", me->role == ROLE_PROVIDER ? "/provider/trainees" : "/district/trainees",
                                             f->status != NULL ? "status=" : "", f->status != NULL ? f->status : "", f->verdict != NULL ? "&verdict=" : "",
                                             f->verdict != NULL ? f->verdict : "", f->class_code != NULL ? "&class=" : "", f->class_code != NULL ? class.row.code : ""));
    view_bool(a, rq->view, "officer", (me->role & (OFFICERS | ROLE_AUDITOR)) != 0);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

#define LOOKS (ROLE_PROVIDER | OFFICERS | ROLE_AUDITOR)
#define ONE "/trainees/{trainee}"
const struct route trainees_routes[] = {
    {GET, "/classes/{class}/apply", show_apply, ROLE_PUBLIC | ROLE_SEEKER | DESK, &apply_class, "trainees/apply", N_("报名培训班"), .flags = ROUTE_SENSITIVE},
    {POST, "/classes/{class}/apply", do_apply, ROLE_PUBLIC | ROLE_SEEKER | DESK, &apply_class, "trainees/apply", N_("报名培训班"), trainee_fields,
     sizeof(struct trainee_form), show_apply, ROUTE_SENSITIVE},
    {GET, "/training/confirm", show_confirm, EVERYONE, NULL, "ask", N_("确认参加了培训"), .flags = ROUTE_SENSITIVE},
    {POST, "/training/confirm", do_confirm, EVERYONE, NULL, "ask", N_("确认参加了培训"), confirm_fields, sizeof(struct confirm_form), show_confirm, ROUTE_SENSITIVE},
    {GET, "/me/training", show_mine, ROLE_SEEKER, NULL, "trainees/mine", N_("我的培训"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/training/{trainee}", do_drop, ROLE_SEEKER, &own_trainee, NULL, N_("退出或确认培训"), action_fields, sizeof(struct action_form), .flags = ROUTE_SENSITIVE},
    {GET, "/provider/trainees", show_list, ROLE_PROVIDER, NULL, "trainees/list", N_("学员"), filter_fields, sizeof(struct filter), NULL, ROUTE_SENSITIVE},
    {GET, "/provider/classes/{class}/apply", show_enter, ROLE_PROVIDER, &taught_class, "trainees/apply", N_("登记学员"), .flags = ROUTE_SENSITIVE},
    {POST, "/provider/classes/{class}/apply", do_enter, ROLE_PROVIDER, &taught_class, "trainees/apply", N_("登记学员"), trainee_fields, sizeof(struct trainee_form), show_enter,
     ROUTE_SENSITIVE},
    {POST, "/provider/classes/{class}/sheet", do_sheet, ROLE_PROVIDER, &taught_class, "trainees/apply", N_("用表格登记学员"), list_fields, sizeof(struct list_form), show_enter,
     ROUTE_UPLOAD | ROUTE_SENSITIVE},
    {GET, "/district/trainees", show_list, OFFICERS | ROLE_AUDITOR, NULL, "trainees/list", N_("学员"), filter_fields, sizeof(struct filter), NULL, ROUTE_SENSITIVE},
    {GET, "/provider/trainees/table.csv", show_table, ROLE_PROVIDER, NULL, NULL, N_("学员（CSV）"), filter_fields, sizeof(struct filter), NULL, ROUTE_SENSITIVE},
    {GET, "/district/trainees/table.csv", show_table, OFFICERS | ROLE_AUDITOR, NULL, NULL, N_("学员（CSV）"), filter_fields, sizeof(struct filter), NULL, ROUTE_SENSITIVE},
    {GET, "/district/facts", show_disputes, OFFICERS, NULL, "trainees/disputes", N_("有争议的记录"), .flags = ROUTE_SENSITIVE},
    {GET, ONE, show_trainee, LOOKS, &own_trainee, "trainees/show", N_("学员"), .flags = ROUTE_SENSITIVE},
    {POST, ONE "/actions", do_action, ROLE_PROVIDER | OFFICERS, &own_trainee, "trainees/show", N_("学员的一步"), action_fields, sizeof(struct action_form), show_trainee,
     ROUTE_SENSITIVE},
    {POST, ONE "/word", do_word, ROLE_PROVIDER | OFFICERS, &own_trainee, "trainees/show", N_("培训过程确认"), word_fields, sizeof(struct word_form), show_trainee, ROUTE_SENSITIVE},
    {POST, ONE "/facts", do_fact, OFFICERS, &own_trainee, "trainees/show", N_("补充或更正事实"), fact_fields, sizeof(struct fact_form), show_trainee, ROUTE_SENSITIVE},
    {POST, "/facts/{fact}/dispute", do_dispute, ROLE_PROVIDER | ROLE_SEEKER | OFFICERS, &own_fact, NULL, N_("这条记录不对"), note_fields, sizeof(struct note_form), .flags = ROUTE_SENSITIVE},
    {POST, "/facts/{fact}/settle", do_settle, OFFICERS, &own_fact, NULL, N_("核实有争议的记录"), settle_fields, sizeof(struct note_form), .flags = ROUTE_SENSITIVE},
    {0},
};
