/* pages_work.c -- what employers, desks and officers have in common: tables of ads, one ad with its steps, its form. */
#include "city/jobs/pages_impl.h"

#include "base/day.h"
#include "base/role.h"
#include "base/wage.h"
#include "city/house.h"
#include "city/reference.h"

#include <stdlib.h>
#include <string.h>

enum { PROPOSALS = 3 };

const struct field apart_fields[] = {
    {"sighting", F_INT, F_REQUIRED, N_("哪一条"), .min = 1, .max = INT64_MAX, .off = offsetof(struct apart_form, sighting)},
    {0},
};
const struct field act_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("做什么"), .max = 40, .off = offsetof(struct act_form, action)},
    {"note", F_LONG, F_WIDE, N_("原因"), .max = 500, .off = offsetof(struct act_form, note)},
    {0},
};

/* ---- a table of ads ---- */

static const char *tone(const char *status)
{
    return strcmp(status, "open") == 0                                            ? "ok"
           : strcmp(status, "review") == 0 || strcmp(status, "returned") == 0 ? "warn"
           : strcmp(status, "filled") == 0                                       ? "pri"
                                                                                  : "";
}

static void row_view(struct req *rq, struct view *v, const struct q_job_list_row *r, const char *base)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "code", r->code);
    view_str(a, v, "title", r->title);
    view_str(a, v, "url", url_fmt(rq, "%s/%s", base, r->code));
    view_str(a, v, "actions_url", url_fmt(rq, "%s/%s/actions", base, r->code));
    view_str(a, v, "employer", r->employer_name);
    view_bool(a, v, "verified", strcmp(r->employer_status, "verified") == 0);
    view_str(a, v, "place", r->place);
    view_str(a, v, "wage", r->wage_text);
    view_i64(a, v, "openings", r->openings);
    view_str(a, v, "source", r->source_name);
    view_str(a, v, "status", r->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&job_flow, r->status)));
    view_str(a, v, "tone", tone(r->status));
    view_bool(a, v, "is_open", strcmp(r->status, "open") == 0);
    view_str(a, v, "confirmed", r->verified_on != NULL ? day_text_ago(&rq->cx, *r->verified_on) : tr(&rq->cx, N_("还没核实")));
    view_str(a, v, "valid", day_text(&rq->cx, r->valid_until));
}

static void tab(struct req *rq, struct view *tabs, const char *status, const char *label, int64_t n, const char *now)
{
    struct view *v = view_item(rq->cx.arena, tabs);
    view_str(rq->cx.arena, v, "label", label);
    view_i64(rq->cx.arena, v, "n", n);
    view_str(rq->cx.arena, v, "url", url_with(rq, "status", status));
    view_bool(rq->cx.arena, v, "on", status == NULL ? now == NULL : now != NULL && strcmp(now, status) == 0);
}

static err_t tabs_view(struct req *rq, const struct q_job_list_in *in, const char *now)
{
    struct q_job_states_in by = {.employer_id = in->employer_id, .station_id = in->station_id, .district = in->district};
    struct q_job_states_row *rows;
    size_t n;
    int64_t all = 0;
    TRY(job_states(&rq->cx, &by, &rows, &n));
    for (size_t i = 0; i < n; i++)
        all += rows[i].ads;
    struct view *tabs = view_list(rq->cx.arena, rq->view, "tabs");
    tab(rq, tabs, NULL, tr(&rq->cx, N_("全部")), all, now);
    for (const struct flow_state *s = job_flow.states; s->name != NULL; s++)
        for (size_t i = 0; i < n; i++)
            if (strcmp(rows[i].status, s->name) == 0)
                tab(rq, tabs, s->name, tr(&rq->cx, s->label), rows[i].ads, now);
    return E_OK;
}

err_t work_list(struct req *rq, struct q_job_list_in in, const char *base, const char *status)
{
    struct q_job_list_row *rows;
    const char *typed = req_query(rq, "page");
    int64_t page = typed != NULL ? strtoll(typed, NULL, 10) : 1;
    size_t n;
    page = page > 0 && page < 100000 ? page : 1;
    in.status = status;
    in.lim = JOBS_PER_LIST;
    in.off = (page - 1) * JOBS_PER_LIST;
    TRY(tabs_view(rq, &in, status));
    TRY(job_page(&rq->cx, &in, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "rows");
    for (size_t i = 0; i < n; i++)
        row_view(rq, view_item(rq->cx.arena, list), &rows[i], base);
    view_i64(rq->cx.arena, rq->view, "total", n > 0 ? rows[0].total : 0);
    req_pager(rq, page, JOBS_PER_LIST, n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* ---- one ad ---- */

static const char *action_label(const char *from, const char *action)
{
    for (const struct flow_edge *e = job_flow.edges; e->from != NULL; e++)
        if (strcmp(e->from, from) == 0 && strcmp(e->action, action) == 0)
            return e->label;
    return strcmp(action, "apart") == 0 ? N_("和别处的一条分开了：不是同一个岗位") : action;
}

static err_t steps_view(struct req *rq, const struct q_job_get_row *j)
{
    struct q_job_log_list_row *log;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(job_log(&rq->cx, j->id, &log, &n));
    struct view *list = view_list(a, rq->view, "timeline");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const char *label = role_label(role_from_name(log[i].role));
        view_str(a, v, "when", day_text_stamp(&rq->cx, log[i].at));
        view_str(a, v, "iso", day_text_local(a, log[i].at, DAY_ZONE));
        view_str(a, v, "what", tr(&rq->cx, action_label(log[i].from_status, log[i].action)));
        view_str(a, v, "who", label != NULL ? tr(&rq->cx, label) : NULL);
        view_str(a, v, "reason", log[i].note[0] != '\0' ? log[i].note : NULL);
    }
    struct view *v = view_item(a, list);
    view_str(a, v, "when", day_text_stamp(&rq->cx, j->created_at));
    view_str(a, v, "iso", day_text_local(a, j->created_at, DAY_ZONE));
    view_str(a, v, "what", tr(&rq->cx, N_("登记")));
    view_str(a, v, "who", j->source_name);
    view_str(a, v, "reason", NULL);
    return E_OK;
}

static err_t reports_view(struct req *rq, const struct q_job_get_row *j)
{
    struct q_job_reports_of_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(job_reports_of(&rq->cx, j->id, &rows, &n));
    struct view *list = view_list(a, rq->view, "reports");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const struct choice *c = job_report_reasons;
        while (c->code != NULL && strcmp(c->code, rows[i].reason) != 0)
            c++;
        view_str(a, v, "day", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "reason", c->code != NULL ? tr(&rq->cx, c->label) : rows[i].reason);
        view_str(a, v, "detail", rows[i].detail);
        view_bool(a, v, "handled", rows[i].handled_at != NULL);
        view_str(a, v, "answer", rows[i].answer);
    }
    return E_OK;
}

static err_t findings_view(struct req *rq, const struct job_form *f, bool *blocked)
{
    struct job_finding *found;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(job_findings(&rq->cx, f, &found, &n, blocked));
    struct view *list = view_list(a, rq->view, "findings");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "field_id", arena_fmt(a, "f-%s", found[i].field));
        view_str(a, v, "words", found[i].words);
        view_str(a, v, "say", found[i].say);
        view_str(a, v, "cite", found[i].cite);
        view_bool(a, v, "block", found[i].block);
    }
    return E_OK;
}

err_t work_record(struct req *rq, const char *base)
{
    struct q_job_get_row j;
    struct job_form f;
    struct arena *a = rq->cx.arena;
    bool blocked;
    TRY(job_of(rq, &j));
    TRY(job_form_of(&rq->cx, &j, &f));
    TRY(job_details(rq, view_sub(a, rq->view, "job"), &j));
    TRY(findings_view(rq, &f, &blocked));
    TRY(steps_view(rq, &j));
    if (rq->cx.actor.role != ROLE_EMPLOYER)
        TRY(reports_view(rq, &j));
    if (rq->route->method == POST) /* a step that was refused: say why */
        req_form(rq, act_fields, NULL);
    view_str(a, rq->view, "title", j.title);
    view_str(a, rq->view, "tone", tone(j.status));
    flow_view(&rq->cx, &job_flow, j.status, rq->view);
    view_str(a, rq->view, "actions_url", url_fmt(rq, "%s/%s/actions", base, j.code));
    view_str(a, rq->view, "apart_url", job_mine(&rq->cx, &j) ? url_fmt(rq, "%s/%s/apart", base, j.code) : NULL);
    if (rq->cx.actor.role == ROLE_EMPLOYER || (rq->cx.actor.role & DESK) != 0)
        view_str(a, rq->view, "edit_url", url_fmt(rq, "%s/%s/edit", base, j.code));
    bool asks = rq->cx.actor.role == ROLE_EMPLOYER || (rq->cx.actor.role & DESK) != 0;
    view_str(a, rq->view, "people_url", asks && strcmp(j.status, "open") == 0 ? url_fmt(rq, "%s/%s/people", base, j.code) : NULL);
    view_str(a, rq->view, "public_url", strcmp(j.status, "open") == 0 ? url_fmt(rq, "/jobs/%s", j.code) : NULL);
    view_str(a, rq->view, "back_url", url_fmt(rq, "%s", base));
    return E_OK;
}

err_t work_step(struct req *rq, const char *base)
{
    const struct act_form *f = rq->in;
    struct q_job_get_row j;
    TRY(job_of(rq, &j));
    const char *back = req_query(rq, "to"); /* the list from which it was pressed */
    rq->cx.result = back != NULL && strcmp(back, "verify") == 0 ? arena_fmt(rq->cx.arena, "%s/verify", base)
                                                                 : arena_fmt(rq->cx.arena, "%s/%s", base, j.code);
    TRY(job_step(&rq->cx, j.id, f->action, f->note));
    req_note(rq, N_("已经记下。"));
    return E_OK;
}

err_t work_apart(struct req *rq, const char *base)
{
    const struct apart_form *f = rq->in;
    struct q_job_get_row j;
    TRY(job_of(rq, &j));
    rq->cx.result = arena_fmt(rq->cx.arena, "%s/%s", base, j.code);
    TRY(job_apart(&rq->cx, j.id, f->sighting));
    req_note(rq, N_("分开了。下次从那里再读到它，会单独登成一个岗位。"));
    return E_OK;
}

/* ---- the form of an ad ---- */

static void understood(struct req *rq, const struct job_form *f)
{
    struct arena *a = rq->cx.arena;
    struct wage w;
    const struct match_occupation *found;
    size_t n;
    struct view *v = view_sub(a, rq->view, "understood");
    if (f->wage != NULL && wage_read(a, f->wage, NULL, &w) == WAGE_GOOD)
        view_str(a, v, "wage", wage_text(&rq->cx, &w));
    if (f->title == NULL || f->occupation != NULL || match_occupation(&rq->cx, rq->cx.house->match, f->title, PROPOSALS, &found, &n) != E_OK)
        return;
    struct view *list = view_list(a, v, "occupations");
    for (size_t i = 0; i < n; i++) {
        char code[12];
        match_unpack(found[i].code, code);
        struct view *o = view_item(a, list);
        view_str(a, o, "name", found[i].name);
        view_str(a, o, "code", arena_fmt(a, "%s", code));
    }
}

err_t work_form(struct req *rq, const struct job_form *from, int64_t version)
{
    struct pairs values = {0};
    bool blocked, sent = rq->route->method == POST && rq->in != NULL;
    const char *kept = pairs_get(&rq->body, "version");
    if (from != NULL)
        values = form_pairs(&rq->cx, job_fields, from);
    req_form(rq, job_fields, from != NULL ? &values : NULL);
    view_str(rq->cx.arena, rq->view, "version", kept != NULL ? kept : version > 0 ? arena_fmt(rq->cx.arena, "%lld", (long long)version) : NULL);
    if (!sent)
        return E_OK;
    TRY(findings_view(rq, rq->in, &blocked));
    view_bool(rq->cx.arena, rq->view, "seen", true);
    understood(rq, rq->in);
    return E_OK;
}

err_t work_check(struct req *rq, bool *show)
{
    const struct job_form *f = rq->in;
    struct job_finding *found;
    size_t n;
    bool blocked, look = pairs_get(&rq->body, "look") != NULL, sure = pairs_get(&rq->body, "seen") != NULL;
    TRY(job_findings(&rq->cx, f, &found, &n, &blocked));
    for (size_t i = 0; i < n; i++)
        if (found[i].block)
            form_error(&rq->cx, &rq->form, found[i].field,
                       arena_fmt(rq->cx.arena, tr(&rq->cx, N_("“%s”：%s（%s）")), found[i].words, found[i].say, found[i].cite));
    if (blocked)
        return SAY(&rq->cx, E_INVALID, rq->form.errors->field, rq->form.errors->say);
    *show = !rq->json && (look || (n > 0 && !sure));
    if (*show)
        rq->view = view_obj(rq->cx.arena);
    return E_OK;
}

err_t work_edit(struct req *rq)
{
    struct q_job_get_row j;
    struct job_form f;
    TRY(job_of(rq, &j));
    TRY(job_form_of(&rq->cx, &j, &f));
    view_str(rq->cx.arena, rq->view, "heading", arena_fmt(rq->cx.arena, tr(&rq->cx, N_("改岗位：%s")), j.title));
    return work_form(rq, &f, j.version);
}

err_t work_save(struct req *rq, const char *base)
{
    struct q_job_get_row j;
    const char *version = pairs_get(&rq->body, "version");
    bool show;
    TRY(job_of(rq, &j));
    TRY(work_check(rq, &show));
    if (show)
        return work_edit(rq);
    rq->cx.result = arena_fmt(rq->cx.arena, "%s/%s", base, j.code);
    TRY(job_edit(&rq->cx, j.id, version != NULL ? strtoll(version, NULL, 10) : j.version, rq->in));
    req_note(rq, N_("改好了。"));
    return E_OK;
}

void work_said(struct req *rq, enum job_put what, int64_t id)
{
    struct q_job_get_row j;
    if (what == JOB_SAME || what == JOB_MERGED)
        req_note(rq, N_("这个岗位已经有了，没有重复发布。"));
    else if (job_find(&rq->cx, id, &j) == E_OK && strcmp(j.status, "review") == 0)
        req_note(rq, N_("已提交。单位核验前，岗位由驿站审核后发布，一般一个工作日。"));
    else
        req_note(rq, N_("已发布，求职者现在就能搜到。"));
}
