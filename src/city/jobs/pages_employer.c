/* pages_employer.c -- the employer's own ads: what is to be done, posting, mending, saying how it ended. */
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/jobs/pages_impl.h"
#include "city/jobs/routes.h"

#include "base/day.h"

#include <string.h>

#define BASE "/employer/jobs"

static err_t employer_of(struct req *rq, struct q_employer_get_row *e)
{
    if (rq->cx.actor.employer_id == 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "an employer's account without an employer");
    return employer_find(&rq->cx, rq->cx.actor.employer_id, e);
}

static void task(struct req *rq, struct view *list, const char *label, int64_t n, const char *url)
{
    struct arena *a = rq->cx.arena;
    if (n == 0)
        return;
    struct view *v = view_item(a, list);
    view_str(a, v, "label", tr(&rq->cx, label));
    view_str(a, v, "state", arena_fmt(a, tr(&rq->cx, N_("%d 个")), (int)n));
    view_str(a, v, "kind", "warn");
    view_str(a, v, "say", NULL);
    view_str(a, v, "url", url);
}

static err_t waiting(struct req *rq, struct q_job_list_in in, int64_t *n)
{
    struct q_job_list_row *rows;
    size_t got;
    in.employer_id = &rq->cx.actor.employer_id;
    in.lim = 1;
    TRY(job_page(&rq->cx, &in, &rows, &got));
    *n = got > 0 ? rows[0].total : 0;
    return E_OK;
}

static err_t show_home(struct req *rq)
{
    struct q_employer_get_row e;
    struct q_job_states_row *states;
    struct arena *a = rq->cx.arena;
    int64_t returned, ask, ending, before, soon = day_add(day_of(rq->cx.now, DAY_ZONE), 7);
    size_t n;
    TRY(employer_of(rq, &e));
    TRY(job_verify_before(&rq->cx, &before));
    TRY(waiting(rq, (struct q_job_list_in){.status = "returned"}, &returned));
    TRY(waiting(rq, (struct q_job_list_in){.status = "open", .verified_on = &before}, &ask));
    TRY(waiting(rq, (struct q_job_list_in){.status = "open", .valid_until = &soon}, &ending));
    view_str(a, rq->view, "title", e.name);
    view_bool(a, rq->view, "unchecked", strcmp(e.status, "verified") != 0 && strcmp(e.status, "blocked") != 0);
    view_bool(a, rq->view, "blocked", strcmp(e.status, "blocked") == 0);
    struct view *tasks = view_list(a, rq->view, "tasks");
    task(rq, tasks, N_("驿站退回、要修改的岗位"), returned, url_fmt(rq, BASE "?status=returned"));
    task(rq, tasks, N_("好久没确认的岗位，请说说还招不招"), ask, url_fmt(rq, BASE "?old=1"));
    task(rq, tasks, N_("一周内到期的岗位"), ending, url_fmt(rq, BASE "?ending=1"));
    TRY(job_states(&rq->cx, &(struct q_job_states_in){.employer_id = &e.id}, &states, &n));
    struct view *list = view_list(a, rq->view, "states");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, flow_label(&job_flow, states[i].status)));
        view_i64(a, v, "ads", states[i].ads);
        view_i64(a, v, "openings", states[i].openings);
        view_str(a, v, "url", url_fmt(rq, BASE "?status=%s", states[i].status));
    }
    view_str(a, rq->view, "new_url", url_fmt(rq, BASE "/new"));
    return E_OK;
}

struct list_in {
    const char *status;
    int64_t old, ending;
    const int64_t *page;
};
static const struct field list_fields[] = {
    {"status", F_TEXT, 0, N_("状态"), .max = 20, .off = offsetof(struct list_in, status)},
    {"old", F_BOOL, 0, N_("好久没确认的"), .off = offsetof(struct list_in, old)},
    {"ending", F_BOOL, 0, N_("一周内到期的"), .off = offsetof(struct list_in, ending)},
    FIELD_PAGE(struct list_in),
    {0},
};

static err_t list_own(struct req *rq)
{
    const struct list_in *in = rq->in;
    struct q_employer_get_row e;
    int64_t before, soon = day_add(day_of(rq->cx.now, DAY_ZONE), 7);
    TRY(employer_of(rq, &e));
    TRY(job_verify_before(&rq->cx, &before));
    struct q_job_list_in by = {.employer_id = &e.id, .verified_on = in->old ? &before : NULL, .valid_until = in->ending ? &soon : NULL};
    view_str(rq->cx.arena, rq->view, "new_url", url_fmt(rq, BASE "/new"));
    view_bool(rq->cx.arena, rq->view, "own", true);
    return work_list(rq, by, BASE, in->old || in->ending ? "open" : in->status);
}

static err_t ask_new(struct req *rq)
{
    struct q_employer_get_row e;
    struct job_form f = {.openings = 1, .job_type = "full_time"};
    TRY(employer_of(rq, &e));
    TRY(employer_contact(&rq->cx, &e, &f.contact_name, &f.contact_phone));
    f.street = e.street;
    view_str(rq->cx.arena, rq->view, "heading", tr(&rq->cx, N_("发布岗位")));
    return work_form(rq, &f, 0);
}

static err_t do_new(struct req *rq)
{
    struct q_employer_get_row e;
    enum job_put what;
    int64_t id;
    bool show;
    TRY(employer_of(rq, &e));
    TRY(work_check(rq, &show));
    if (show)
        return ask_new(rq);
    struct job_source from = {.source = "employer", .name = e.name, .employer_id = e.id, .back = BASE};
    TRY(job_put(&rq->cx, rq->in, &from, &id, &what));
    work_said(rq, what, id);
    return E_OK;
}

static err_t show_own(struct req *rq) { return work_record(rq, BASE); }
static err_t step_own(struct req *rq) { return work_step(rq, BASE); }
static err_t part_own(struct req *rq) { return work_apart(rq, BASE); }
static err_t save_own(struct req *rq) { return work_save(rq, BASE); }

#define AD .fields = job_fields, .in_size = sizeof(struct job_form)
#define ACT .fields = act_fields, .in_size = sizeof(struct act_form)
const struct route jobs_employer_routes[] = {
    {GET, "/employer", show_home, ROLE_EMPLOYER, .page = "jobs/employer", .title = N_("用人单位")},
    {GET, "/employer/jobs", list_own, ROLE_EMPLOYER, .page = "jobs/employer_list", .title = N_("我们的岗位"), .fields = list_fields,
     .in_size = sizeof(struct list_in)},
    {GET, "/employer/jobs/new", ask_new, ROLE_EMPLOYER, .page = "jobs/employer_form", .title = N_("发布岗位")},
    {POST, "/employer/jobs/new", do_new, ROLE_EMPLOYER, .page = "jobs/employer_form", .title = N_("发布岗位"), AD, .again = ask_new},
    {GET, "/employer/jobs/{job}", show_own, ROLE_EMPLOYER, .scope = &job_own, .page = "jobs/employer_job", .title = N_("岗位")},
    {POST, "/employer/jobs/{job}/actions", step_own, ROLE_EMPLOYER, .scope = &job_own, .page = "jobs/employer_job", .title = N_("岗位的下一步"),
     ACT, .again = show_own},
    {POST, "/employer/jobs/{job}/apart", part_own, ROLE_EMPLOYER, .scope = &job_own, .page = "jobs/employer_job", .title = N_("不是同一个岗位"),
     .fields = apart_fields, .in_size = sizeof(struct apart_form), .again = show_own},
    {GET, "/employer/jobs/{job}/edit", work_edit, ROLE_EMPLOYER, .scope = &job_own, .page = "jobs/employer_form", .title = N_("改岗位")},
    {POST, "/employer/jobs/{job}/edit", save_own, ROLE_EMPLOYER, .scope = &job_own, .page = "jobs/employer_form", .title = N_("改岗位"), AD,
     .again = work_edit},
    {0},
};
