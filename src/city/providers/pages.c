/* pages.c -- providers for everybody: the directory with contact and phone, a page each, a table; and the entry to training. */
#include "city/providers/pages_impl.h"
#include "city/providers/routes.h"

#include "city/classes/classes.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "feeds/out.h"
#include "rules/rules.h"

#include "base/day.h"

#include <string.h>

enum { PER_PAGE = 20, TABLE_MOST = 2000, CLASSES_SHOWN = 12 };

const struct flow *const providers_flows[] = {&provider_flow, &agreement_flow, &assessment_flow, &sanction_flow, NULL};

struct filter {
    const int64_t *district, *page;
    const char *occupation, *kind, *grade, *q;
};
static const struct choice grades[] = {{"A", "A"}, {"B", "B"}, {"C", "C"}, {0}};
static const struct field filter_fields[] = {
    {"q", F_TEXT, 0, N_("机构名称"), .max = 30, .off = offsetof(struct filter, q)},
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"occupation", F_OCCUPATION, 0, N_("想学的职业"), .off = offsetof(struct filter, occupation)},
    {"kind", F_CHOICE, 0, N_("类型"), .choices = training_provider_kinds, .off = offsetof(struct filter, kind)},
    {"grade", F_CHOICE, 0, N_("质量评估等级"), .choices = grades, .off = offsetof(struct filter, grade)},
    FIELD_PAGE(struct filter),
    {0},
};

/* Those in the registry; "amended" is one too, so both states are asked for and put together by number. */
static err_t registered(struct ctx *cx, const struct filter *f, struct q_provider_list_row **out, size_t *n)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct q_provider_list_in in = {.district = f->district, .kind = f->kind, .status = NULL, .occupation = f->occupation, .grade = f->grade,
                                    .words = f->q, .grade_year = today / 10000, .on_day = today, .lim = TABLE_MOST};
    struct q_provider_list_row *rows;
    size_t all;
    TRY(provider_page(cx, &in, &rows, &all));
    *n = 0;
    for (size_t i = 0; i < all; i++)
        if (provider_is_registered(rows[i].status))
            rows[(*n)++] = rows[i];
    *out = rows;
    return E_OK;
}

/* "养老护理员、家政服务员": what its agreements in force cover. */
static const char *trades_of(struct ctx *cx, const struct q_project_in_force_row *rows, size_t n, int64_t provider_id)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < n; i++)
        if (rows[i].provider_id == provider_id)
            buf_fmt(&b, "%s%s", b.len > 0 ? "、" : "", rows[i].name);
    return buf_text(&b);
}

static void card(struct req *rq, struct view *v, const struct q_provider_list_row *p, const char *trades)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "code", p->code);
    view_str(a, v, "url", url_fmt(rq, "/providers/%s", p->code));
    view_str(a, v, "name", p->name);
    view_str(a, v, "kind", p->kind);
    view_str(a, v, "kind_label", tr(&rq->cx, training_label(training_provider_kinds, p->kind)));
    view_i64(a, v, "district", p->district);
    view_str(a, v, "district_name", city_district_name(&rq->cx, p->district));
    view_str(a, v, "address", p->address);
    view_str(a, v, "contact", p->contact);
    view_str(a, v, "phone", p->phone);
    view_str(a, v, "grade", *p->grade != '\0' ? p->grade : NULL);
    view_str(a, v, "occupations", *trades != '\0' ? trades : NULL);
}

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_provider_list_row *rows;
    struct q_project_in_force_row *projects;
    size_t n, n_projects;
    int64_t page = f->page != NULL ? *f->page : 1;
    TRY(registered(cx, f, &rows, &n));
    TRY(projects_in_force(cx, day_of(cx->now, DAY_ZONE), &projects, &n_projects));
    struct view *list = view_list(cx->arena, rq->view, "providers");
    for (size_t i = (size_t)(page - 1) * PER_PAGE; i < n && i < (size_t)page * PER_PAGE; i++)
        card(rq, view_item(cx->arena, list), &rows[i], trades_of(cx, projects, n_projects, rows[i].id));
    view_count(cx->arena, rq->view, "total", (int64_t)n);
    view_str(cx->arena, rq->view, "csv_url", url_fmt(rq, "/providers.csv"));
    panel_districts(rq, f->district);
    req_form(rq, filter_fields, NULL);
    req_pager(rq, page, PER_PAGE, (int64_t)n);
    return E_OK;
}

static err_t table(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_list_row *rows;
    struct q_project_in_force_row *projects;
    size_t n, n_projects;
    struct out *o;
    const struct out_column columns[] = {{tr(cx, N_("编号")), OUT_TEXT, 0}, {tr(cx, N_("机构")), OUT_TEXT, 0}, {tr(cx, N_("类型")), OUT_TEXT, 0},
                                         {tr(cx, N_("区")), OUT_TEXT, 0}, {tr(cx, N_("地址")), OUT_TEXT, 0}, {tr(cx, N_("职业")), OUT_TEXT, 0},
                                         {tr(cx, N_("联系人")), OUT_TEXT, 0}, {tr(cx, N_("电话")), OUT_TEXT, 0}, {tr(cx, N_("质量评估等级")), OUT_TEXT, 0}};
    const char *path = arena_fmt(cx->arena, "%s/spool/providers-%s.csv", cx->house->data_dir, cx->request_id);
    TRY(registered(cx, &(struct filter){0}, &rows, &n));
    TRY(projects_in_force(cx, day_of(cx->now, DAY_ZONE), &projects, &n_projects));
    TRY(out_open(cx, OUT_CSV, path, "providers", columns, sizeof columns / sizeof *columns, &o));
    for (size_t i = 0; i < n; i++) {
        const char *cells[] = {rows[i].code, rows[i].name, tr(cx, training_label(training_provider_kinds, rows[i].kind)), city_district_name(&rq->cx, rows[i].district),
                               rows[i].address, trades_of(cx, projects, n_projects, rows[i].id), rows[i].contact, rows[i].phone, rows[i].grade};
        TRY(out_row(cx, o, cells));
    }
    TRY(out_close(cx, o));
    return reply_file(rq, "text/csv; charset=utf-8", "providers.csv", path);
}

/* ---- one provider ---- */

static err_t its_classes(struct req *rq, const struct q_provider_get_row *p)
{
    struct ctx *cx = &rq->cx;
    struct q_class_list_row *rows;
    size_t n;
    TRY(classes_search(cx, &(struct class_filter){.provider_id = &p->id, .from_on = day_of(cx->now, DAY_ZONE), .shown = 2, .lim = CLASSES_SHOWN}, &rows, &n));
    struct view *list = view_list(cx->arena, rq->view, "classes");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        class_view(cx, v, &rows[i]);
        view_str(cx->arena, v, "url", url_fmt(rq, "/classes/%s", rows[i].code));
    }
    return E_OK;
}

static err_t its_projects(struct req *rq, const struct q_provider_get_row *p)
{
    struct ctx *cx = &rq->cx;
    struct q_project_of_provider_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(projects_of_provider(cx, p->id, today, &rows, &n));
    struct view *list = view_list(cx->arena, rq->view, "projects");
    for (size_t i = 0; i < n; i++) {
        if ((rows[i].closed_on != NULL && *rows[i].closed_on <= today) || strcmp(rows[i].status, "signed") != 0 || *rows[i].from_on > today)
            continue;
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "occupation", rows[i].occupation);
        view_str(cx->arena, v, "name", rows[i].name);
        view_str(cx->arena, v, "top_level", tr(cx, training_level(rows[i].top_level)));
        view_str(cx->arena, v, "district_name", city_district_name(&rq->cx, rows[i].district));
        view_str(cx->arena, v, "classes_url", url_fmt(rq, "/classes?occupation=%s", rows[i].occupation));
    }
    return E_OK;
}

static err_t show_one(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_get_row p;
    struct provider_results r;
    const char *grade;
    int64_t year;
    TRY(provider_by_code(cx, req_param(rq, "provider"), &p));
    if (!provider_is_registered(p.status))
        return FAIL(cx, E_NOTFOUND, NULL, "provider %s is not in the registry", p.code);
    TRY(provider_grade(cx, p.id, day_of(cx->now, DAY_ZONE), &grade, &year));
    view_str(cx->arena, rq->view, "title", p.name);
    view_str(cx->arena, rq->view, "code", p.code);
    view_str(cx->arena, rq->view, "kind_label", tr(cx, training_label(training_provider_kinds, p.kind)));
    view_str(cx->arena, rq->view, "district_name", city_district_name(&rq->cx, p.district));
    view_str(cx->arena, rq->view, "address", p.address);
    view_str(cx->arena, rq->view, "contact", p.contact);
    view_str(cx->arena, rq->view, "phone", p.phone);
    view_str(cx->arena, rq->view, "about", p.about);
    view_str(cx->arena, rq->view, "licence", *p.licence != '\0' ? p.licence : NULL);
    view_str(cx->arena, rq->view, "licence_to", panel_date(rq, p.licence_to));
    view_str(cx->arena, rq->view, "grade", *grade != '\0' ? grade : NULL);
    view_i64(cx->arena, rq->view, "grade_year", year);
    view_bool(cx->arena, rq->view, "base", p.base != 0);
    TRY(provider_outcome(cx, p.id, &r));
    if (r.known) {
        struct view *v = view_sub(cx->arena, rq->view, "results");
        view_i64(cx->arena, v, "began", r.began);
        view_i64(cx->arena, v, "completed_pct", r.completed_pct);
        view_i64(cx->arena, v, "passed_pct", r.passed_pct);
    }
    TRY(its_projects(rq, &p));
    return its_classes(rq, &p);
}

#define SEEN (ROLE_PROVIDER | OFFICERS | ROLE_AUDITOR)
const struct route providers_routes[] = {
    {GET, "/providers", show_list, EVERYONE, NULL, "providers/list", N_("培训机构"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/providers.csv", table, EVERYONE, NULL, NULL, N_("培训机构名录（CSV）"), NULL, 0, NULL, 0},
    {GET, "/providers/{provider}", show_one, EVERYONE, NULL, "providers/show", N_("培训机构"), NULL, 0, NULL, 0},
    {GET, "/agreements/{agreement}", agreement_show, SEEN, &agreement_seen, "providers/record", N_("培训协议"), NULL, 0, NULL, 0},
    {GET, "/assessments/{assessment}", assessment_show, SEEN, &assessment_own, "providers/record", N_("质量评估"), NULL, 0, NULL, 0},
    {GET, "/sanctions/{sanction}", sanction_show, SEEN, &sanction_seen, "providers/record", N_("处理"), NULL, 0, NULL, 0},
    {0},
};
