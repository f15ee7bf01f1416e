/* pages_desk.c -- the desk's work on ads: collecting, asking again, reviewing, answering what people say; officers look on. */
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/jobs/pages_impl.h"
#include "city/jobs/routes.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

#define BASE "/desk/jobs"
#define AREA "/district/jobs"
enum { EMPLOYERS_SHOWN = 10, REPORTS_SHOWN = 100 };

/* ---- lists ---- */

struct list_in {
    const char *status;
    const int64_t *district, *page;
};
static const struct field list_fields[] = {
    {"status", F_TEXT, 0, N_("状态"), .max = 20, .off = offsetof(struct list_in, status)},
    {"district", F_INT, 0, N_("区"), .min = 100000, .max = 999999, .off = offsetof(struct list_in, district)},
    FIELD_PAGE(struct list_in),
    {0},
};

static err_t waiting(struct req *rq, const struct q_job_list_in *by, const char *key)
{
    struct q_job_list_in in = *by;
    struct q_job_list_row *rows;
    size_t n;
    in.lim = 1;
    TRY(job_page(&rq->cx, &in, &rows, &n));
    view_i64(rq->cx.arena, rq->view, key, n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* What waits on the other pages of this office. */
static err_t counts(struct req *rq)
{
    const struct actor *who = &rq->cx.actor;
    int64_t before, reports;
    TRY(job_verify_before(&rq->cx, &before));
    TRY(waiting(rq, &(struct q_job_list_in){.station_id = &who->station_id, .status = "open", .verified_on = &before}, "to_verify"));
    TRY(waiting(rq, &(struct q_job_list_in){.district = &who->district, .status = "review"}, "to_review"));
    TRY(job_reports_waiting(&rq->cx, &(struct q_job_report_waiting_in){.station_id = &who->station_id, .district = &who->district}, &reports));
    view_i64(rq->cx.arena, rq->view, "to_answer", reports);
    return E_OK;
}

static err_t list_collected(struct req *rq)
{
    const struct list_in *in = rq->in;
    TRY(counts(rq));
    return work_list(rq, (struct q_job_list_in){.station_id = &rq->cx.actor.station_id}, BASE, in->status);
}

static err_t list_verify(struct req *rq)
{
    int64_t before;
    TRY(job_verify_before(&rq->cx, &before));
    TRY(counts(rq));
    view_bool(rq->cx.arena, rq->view, "verify", true);
    view_str(rq->cx.arena, rq->view, "before", day_text(&rq->cx, before));
    return work_list(rq, (struct q_job_list_in){.station_id = &rq->cx.actor.station_id, .verified_on = &before}, BASE, "open");
}

static err_t list_review(struct req *rq)
{
    TRY(counts(rq));
    view_bool(rq->cx.arena, rq->view, "review", true);
    return work_list(rq, (struct q_job_list_in){.district = &rq->cx.actor.district}, BASE, "review");
}

static err_t list_area(struct req *rq)
{
    const struct list_in *in = rq->in;
    const struct actor *who = &rq->cx.actor;
    const int64_t *district = who->role == ROLE_DISTRICT ? &who->district : in->district;
    const struct city_district *d = district != NULL ? city_district(rq->cx.house->city, *district) : NULL;
    view_str(rq->cx.arena, rq->view, "area", tr(&rq->cx, d != NULL ? d->name : N_("全市")));
    if (who->role != ROLE_DISTRICT) {
        struct view *list = view_list(rq->cx.arena, rq->view, "districts");
        view_bool(rq->cx.arena, rq->view, "pick", true);
        for (size_t i = 0; i < rq->cx.house->city->n_districts; i++) {
            const struct city_district *c = &rq->cx.house->city->districts[i];
            struct view *v = view_item(rq->cx.arena, list);
            view_i64(rq->cx.arena, v, "code", c->code);
            view_str(rq->cx.arena, v, "name", tr(&rq->cx, c->name));
            view_bool(rq->cx.arena, v, "selected", district != NULL && c->code == *district);
        }
    }
    return work_list(rq, (struct q_job_list_in){.district = district}, AREA, in->status);
}

/* ---- a new ad: first whose it is ---- */

struct whose_in {
    const char *q;
};
static const struct field whose_fields[] = {
    {"q", F_TEXT, 0, N_("单位名称或统一社会信用代码"), .max = 60, .off = offsetof(struct whose_in, q)},
    {0},
};

static err_t ask_whose(struct req *rq)
{
    const struct whose_in *in = rq->in;
    struct arena *a = rq->cx.arena;
    const char *q = in != NULL && rq->route->method == GET ? in->q : pairs_get(&rq->body, "q");
    view_str(a, rq->view, "q", q);
    struct view *list = view_list(a, rq->view, "employers");
    if (q == NULL)
        return E_OK;
    bool code = strlen(q) == 18 && strspn(q, "0123456789ABCDEFGHJKLMNPQRTUWXYabcdefghjklmnpqrtuwxy") == 18;
    struct q_employer_list_in by = {.lim = EMPLOYERS_SHOWN, .uscc = code ? q : NULL, .name_key = code ? NULL : text_employer_key(a, q)};
    struct q_employer_list_row *rows;
    size_t n;
    TRY(employer_page(&rq->cx, &by, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "status_label", tr(&rq->cx, flow_label(&employer_flow, rows[i].status)));
        view_bool(a, v, "verified", strcmp(rows[i].status, "verified") == 0);
        view_i64(a, v, "jobs", rows[i].jobs);
        view_str(a, v, "url", url_fmt(rq, BASE "/new/%s", rows[i].code));
    }
    view_bool(a, rq->view, "none", n == 0);
    return E_OK;
}

/* A name that nobody knows yet: listed, so that its ads can be collected; checking it is another act. */
static err_t make_whose(struct req *rq)
{
    const struct whose_in *in = rq->in;
    struct q_employer_get_row e;
    int64_t id;
    if (in->q == NULL)
        return SAY(&rq->cx, E_INVALID, "q", N_("请写单位的名称。"));
    TRY(employer_named(&rq->cx, in->q, NULL, rq->cx.actor.district, &id));
    TRY(employer_find(&rq->cx, id, &e));
    return redirect(rq, BASE "/new/%s", e.code);
}

static err_t employer_of(struct req *rq, struct q_employer_get_row *e)
{
    int64_t id;
    TRY(employer_id_of(&rq->cx, req_param(rq, "employer"), &id));
    return employer_find(&rq->cx, id, e);
}

static err_t ask_new(struct req *rq)
{
    struct q_employer_get_row e;
    struct job_form f = {.openings = 1, .job_type = "full_time"};
    TRY(employer_of(rq, &e));
    TRY(employer_contact(&rq->cx, &e, &f.contact_name, &f.contact_phone));
    f.street = e.street;
    view_str(rq->cx.arena, rq->view, "heading", arena_fmt(rq->cx.arena, tr(&rq->cx, N_("替%s发布岗位")), e.name));
    return work_form(rq, &f, 0);
}

static err_t do_new(struct req *rq)
{
    struct q_employer_get_row e;
    struct q_station_row s;
    enum job_put what;
    int64_t id;
    bool show;
    TRY(employer_of(rq, &e));
    TRY(work_check(rq, &show));
    if (show)
        return ask_new(rq);
    TRY(station_by_id(&rq->cx, rq->cx.actor.station_id, &s));
    struct job_source from = {.source = "desk", .name = s.name, .station_id = s.id, .employer_id = e.id, .back = BASE};
    TRY(job_put(&rq->cx, rq->in, &from, &id, &what));
    work_said(rq, what, id);
    return E_OK;
}

/* ---- what people say ---- */

static err_t list_reports(struct req *rq)
{
    struct q_job_report_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(counts(rq));
    struct q_job_report_list_in by = {.station_id = &rq->cx.actor.station_id, .district = &rq->cx.actor.district, .lim = REPORTS_SHOWN};
    TRY(job_reports(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(a, rq->view, "reports");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const struct choice *c = job_report_reasons;
        while (c->code != NULL && strcmp(c->code, rows[i].reason) != 0)
            c++;
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "reason", c->code != NULL ? tr(&rq->cx, c->label) : rows[i].reason);
        view_str(a, v, "detail", rows[i].detail);
        view_str(a, v, "job_title", rows[i].title);
        view_str(a, v, "job_code", rows[i].code);
        view_str(a, v, "state", tr(&rq->cx, flow_label(&job_flow, rows[i].status)));
        view_str(a, v, "job_url", url_fmt(rq, BASE "/%s", rows[i].code));
        view_str(a, v, "answer_url", url_fmt(rq, BASE "/reports/%lld", (long long)rows[i].id));
    }
    return E_OK;
}

struct answer_form {
    const char *answer;
};
static const struct field answer_fields[] = {
    {"answer", F_TEXT, F_REQUIRED, N_("核实结果"), .min = 2, .max = 200, .off = offsetof(struct answer_form, answer)},
    {0},
};

static err_t do_answer(struct req *rq)
{
    const struct answer_form *f = rq->in;
    int64_t job;
    rq->cx.result = BASE "/reports";
    TRY(job_report_answer(&rq->cx, req_id(rq, "report"), f->answer, &job));
    req_note(rq, N_("已经记下核实结果。"));
    return E_OK;
}

/* ---- whose things ---- */

static err_t check_report(struct req *rq)
{
    struct q_job_get_row j;
    int64_t id;
    TRY(job_report_about(&rq->cx, req_id(rq, "report"), &id));
    TRY(job_find(&rq->cx, id, &j));
    return job_mine(&rq->cx, &j) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "about a foreign ad");
}

static err_t check_employer(struct req *rq)
{
    struct q_employer_get_row e;
    return employer_of(rq, &e);
}

static const struct scope report_own = {"about an ad of the own station or area", "report", check_report};
static const struct scope employer_any = {"every employer: a desk posts for whoever comes", "employer", check_employer};

static err_t show_job(struct req *rq) { return work_record(rq, BASE); }
static err_t step_job(struct req *rq) { return work_step(rq, BASE); }
static err_t save_job(struct req *rq) { return work_save(rq, BASE); }
static err_t show_area(struct req *rq) { return work_record(rq, AREA); }
static err_t step_area(struct req *rq) { return work_step(rq, AREA); }
static err_t part_job(struct req *rq) { return work_apart(rq, BASE); }
static err_t part_area(struct req *rq) { return work_apart(rq, AREA); }

#define AD .fields = job_fields, .in_size = sizeof(struct job_form)
#define ACT .fields = act_fields, .in_size = sizeof(struct act_form)
#define PART .fields = apart_fields, .in_size = sizeof(struct apart_form)
#define LIST .fields = list_fields, .in_size = sizeof(struct list_in)
#define WHOSE .fields = whose_fields, .in_size = sizeof(struct whose_in)
const struct route jobs_desk_routes[] = {
    {GET, "/desk/jobs", list_collected, DESK, .page = "jobs/desk_list", .title = N_("本站采集的岗位"), LIST},
    {GET, "/desk/jobs/verify", list_verify, DESK, .page = "jobs/desk_list", .title = N_("今天要核实的岗位"), LIST},
    {GET, "/desk/jobs/review", list_review, DESK, .page = "jobs/desk_list", .title = N_("待审核的岗位"), LIST},
    {GET, "/desk/jobs/reports", list_reports, DESK, .page = "jobs/desk_reports", .title = N_("群众反映")},
    {POST, "/desk/jobs/reports/{report}", do_answer, DESK, .scope = &report_own, .page = "jobs/desk_reports", .title = N_("回复群众反映"), .fields = answer_fields,
     .in_size = sizeof(struct answer_form), .again = list_reports},
    {GET, "/desk/jobs/new", ask_whose, DESK, .page = "jobs/desk_whose", .title = N_("登记岗位：哪家单位"), WHOSE},
    {POST, "/desk/jobs/new", make_whose, DESK, .page = "jobs/desk_whose", .title = N_("登记岗位：新单位"), WHOSE, .again = ask_whose},
    {GET, "/desk/jobs/new/{employer}", ask_new, DESK, .scope = &employer_any, .page = "jobs/desk_form", .title = N_("登记岗位")},
    {POST, "/desk/jobs/new/{employer}", do_new, DESK, .scope = &employer_any, .page = "jobs/desk_form", .title = N_("登记岗位"), AD,
     .again = ask_new},
    {GET, "/desk/jobs/{job}", show_job, DESK, .scope = &job_own, .page = "jobs/desk_job", .title = N_("岗位")},
    {POST, "/desk/jobs/{job}/actions", step_job, DESK, .scope = &job_own, .page = "jobs/desk_job", .title = N_("岗位的下一步"), ACT,
     .again = show_job},
    {POST, "/desk/jobs/{job}/apart", part_job, DESK, .scope = &job_own, .page = "jobs/desk_job", .title = N_("不是同一个岗位"), PART,
     .again = show_job},
    {GET, "/desk/jobs/{job}/edit", work_edit, DESK, .scope = &job_own, .page = "jobs/desk_form", .title = N_("改岗位")},
    {POST, "/desk/jobs/{job}/edit", save_job, DESK, .scope = &job_own, .page = "jobs/desk_form", .title = N_("改岗位"), AD, .again = work_edit},
    {GET, "/district/jobs", list_area, OFFICERS | ROLE_AUDITOR, .page = "jobs/district_list", .title = N_("岗位"), LIST},
    {GET, "/district/jobs/{job}", show_area, OFFICERS | ROLE_AUDITOR, .scope = &job_seen, .page = "jobs/district_job", .title = N_("岗位")},
    {POST, "/district/jobs/{job}/actions", step_area, OFFICERS, .scope = &job_own, .page = "jobs/district_job", .title = N_("岗位的下一步"), ACT,
     .again = show_area},
    {POST, "/district/jobs/{job}/apart", part_area, OFFICERS, .scope = &job_own, .page = "jobs/district_job", .title = N_("不是同一个岗位"), PART,
     .again = show_area},
    {0},
};
