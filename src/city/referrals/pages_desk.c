/* pages_desk.c -- call-backs that are due, and the record of one referral. */
#include "city/referrals/pages_impl.h"

#include "city/counter/pages_bar.h"
#include "city/people/people.h"

#include "base/day.h"

#include <string.h>

enum { AHEAD_DAYS = 7 };

const struct field referral_move_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("做什么"), .max = 20, .off = offsetof(struct move_form, action)},
    {"reason", F_CHOICE, 0, N_("原因"), .choices = refuse_reasons, .off = offsetof(struct move_form, reason)},
    {"visit", F_HIDDEN, 0, N_("接待"), .max = 60, .off = offsetof(struct move_form, visit)},
    {0},
};
const struct field referral_meet_fields[] = {
    {"at", F_STAMP, F_REQUIRED, N_("面试时间"), .off = offsetof(struct meet_form, at)},
    {"advice", F_TEXT, F_WIDE, N_("带什么、找谁"), N_("会印在推荐单上，不要写本人的姓名和电话。"), .max = 80, .off = offsetof(struct meet_form, advice)},
    {0},
};
const struct field referral_hire_fields[] = {
    {"hired_on", F_DATE, 0, N_("哪天入职"), N_("不填就是今天。"), .off = offsetof(struct hire_in, hired_on)},
    {"evidence", F_CHOICE, F_REQUIRED, N_("凭什么知道的"), .choices = hire_evidence, .off = offsetof(struct hire_in, evidence)},
    {"note", F_TEXT, F_WIDE, N_("凭据编号"), N_("比如合同编号，不要写身份证号。"), .max = 60, .off = offsetof(struct hire_in, note)},
    {0},
};
const struct field follow_up_fields[] = {
    {"result", F_CHOICE, F_REQUIRED, N_("结果"), .choices = follow_up_results, .off = offsetof(struct follow_up_in, result)},
    {"reason", F_CHOICE, 0, N_("没成的原因"), .choices = refuse_reasons, .off = offsetof(struct follow_up_in, reason)},
    {"interview_at", F_STAMP, 0, N_("面试时间"), .off = offsetof(struct follow_up_in, interview_at)},
    {"hired_on", F_DATE, 0, N_("入职日期"), .off = offsetof(struct follow_up_in, hired_on)},
    {"evidence", F_CHOICE, 0, N_("录用凭据"), .choices = hire_evidence, .off = offsetof(struct follow_up_in, evidence)},
    {0},
};

static err_t check_referral(struct req *rq)
{
    struct q_referral_row *r = ARENA_NEW(rq->cx.arena, struct q_referral_row);
    rq->scoped = r;
    TRY(referral_get(&rq->cx, req_id(rq, "referral"), r));
    return r->station_id == rq->cx.actor.station_id ? E_OK : FAIL(&rq->cx, E_DENIED, NULL, "another station's referral");
}
const struct scope own_referral = {"own station", "referral", check_referral};

static const char *label_of(struct req *rq, const struct choice *c, const char *code)
{
    for (; c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return tr(&rq->cx, c->label);
    return code;
}

/* ---- what is due ---- */

static err_t put_call(struct req *rq, struct view *v, const struct q_follow_up_list_row *r)
{
    struct arena *a = rq->cx.arena;
    struct person p;
    const char *name, *phone;
    view_i64(a, v, "id", r->id);
    view_str(a, v, "title", r->title);
    view_str(a, v, "employer", r->employer_name);
    view_str(a, v, "kind", label_of(rq, follow_up_kinds, r->kind));
    view_bool(a, v, "retention", strcmp(r->kind, "retention") == 0);
    view_str(a, v, "state", tr(&rq->cx, flow_label(&referral_flow, r->status)));
    view_str(a, v, "due", day_text_ago(&rq->cx, r->due_on));
    view_bool(a, v, "late", r->due_on < day_of(rq->cx.now, DAY_ZONE));
    view_str(a, v, "when", r->interview_at == NULL ? NULL : day_text_stamp(&rq->cx, *r->interview_at));
    view_str(a, v, "url", url_fmt(rq, "/desk/referrals/%lld", (long long)r->referral_id));
    view_str(a, v, "done_url", url_fmt(rq, "/desk/follow-ups/%lld", (long long)r->id));
    TRY(referral_contact(&rq->cx, r->job_id, &name, &phone));
    view_str(a, v, "contact", name);
    view_str(a, v, "phone", phone);
    view_str(a, v, "person_url", r->person_id == NULL ? NULL : url_fmt(rq, "/desk/people/%s", r->person_code));
    if (r->person_id != NULL)
        TRY(person_by_id(&rq->cx, *r->person_id, &p));
    view_str(a, v, "person", r->person_id == NULL ? NULL : p.name);
    view_str(a, v, "person_phone", r->person_id == NULL ? NULL : p.phone);
    return E_OK;
}

err_t show_follow_ups(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_follow_up_list_row *rows;
    size_t n;
    int64_t today = day_of(rq->cx.now, DAY_ZONE), due = 0;
    desk_page(rq);
    TRY(follow_up_list(&rq->cx, rq->cx.actor.station_id, day_add(today, AHEAD_DAYS), &rows, &n));
    struct view *now = view_list(a, rq->view, "due_now"), *later = view_list(a, rq->view, "later");
    for (size_t i = 0; i < n; i++) {
        due += rows[i].due_on <= today;
        TRY(put_call(rq, view_item(a, rows[i].due_on <= today ? now : later), &rows[i]));
    }
    view_i64(a, rq->view, "n_due", due);
    desk_form(rq, "ask_call", follow_up_fields, NULL);
    view_bool(a, rq->view, "wrong", rq->form.n_errors > 0);
    desk_choices(rq, rq->view, "results", follow_up_results, NULL);
    desk_choices(rq, rq->view, "reasons", refuse_reasons, NULL);
    desk_choices(rq, rq->view, "evidences", hire_evidence, "person");
    return E_OK;
}

err_t to_follow_ups(struct req *rq) { return redirect(rq, "/desk/referrals"); }

static err_t check_follow_up(struct req *rq) { return follow_up_own(&rq->cx, req_id(rq, "follow_up")); }
const struct scope own_follow_up = {"own station", "follow_up", check_follow_up};

err_t do_follow_up(struct req *rq)
{
    TRY(follow_up_done(&rq->cx, req_id(rq, "follow_up"), rq->in));
    req_note(rq, N_("回访结果记下了。"));
    return redirect(rq, "/desk/referrals");
}

/* ---- one referral ---- */

static err_t put_person(struct req *rq, const struct q_referral_row *r)
{
    struct person p;
    if (r->person_id == NULL)
        return E_OK;
    err_t e = person_by_id(&rq->cx, *r->person_id, &p);
    if (e == E_NOTFOUND)
        return E_OK; /* forgotten meanwhile */
    TRY(e);
    struct view *v = view_sub(rq->cx.arena, rq->view, "person");
    person_view(&rq->cx, v, &p);
    view_str(rq->cx.arena, v, "url", url_fmt(rq, "/desk/people/%s", p.code));
    return E_OK;
}

static void put_acts(struct req *rq, const struct q_referral_row *r)
{
    struct arena *a = rq->cx.arena;
    const struct flow_edge *may[16];
    size_t n = flow_allowed(&rq->cx, &referral_flow, r->status, may, 16);
    struct view *plain = view_list(a, rq->view, "plain"), *noted = view_list(a, rq->view, "noted");
    for (size_t i = 0; i < n; i++) {
        if (strcmp(may[i]->action, "interview") == 0 || strcmp(may[i]->action, "hire") == 0) {
            view_bool(a, rq->view, arena_fmt(a, "can_%s", may[i]->action), true);
            continue;
        }
        struct view *v = view_item(a, (may[i]->flags & FLOW_NOTE) ? noted : plain);
        view_str(a, v, "action", may[i]->action);
        view_str(a, v, "label", tr(&rq->cx, may[i]->label));
    }
}

err_t show_referral(struct req *rq)
{
    const struct q_referral_row *r = rq->scoped;
    struct arena *a = rq->cx.arena;
    const char *name, *phone;
    desk_page(rq);
    TRY(referral_contact(&rq->cx, r->job_id, &name, &phone));
    view_str(a, rq->view, "job", r->title);
    view_str(a, rq->view, "job_url", url_fmt(rq, "/jobs/%s", r->job_code));
    view_str(a, rq->view, "employer", r->employer_name);
    view_str(a, rq->view, "contact", name);
    view_str(a, rq->view, "phone", phone);
    view_str(a, rq->view, "state", tr(&rq->cx, flow_label(&referral_flow, r->status)));
    view_str(a, rq->view, "why", *r->reason == '\0' ? NULL : label_of(rq, refuse_reasons, r->reason));
    view_str(a, rq->view, "when", r->interview_at == NULL ? NULL : day_text_stamp(&rq->cx, *r->interview_at));
    view_str(a, rq->view, "advice", *r->advice == '\0' ? NULL : r->advice);
    view_str(a, rq->view, "day", day_text(&rq->cx, day_of(r->at, DAY_ZONE)));
    view_str(a, rq->view, "referral_url", url_fmt(rq, "/desk/referrals/%lld", (long long)r->id));
    TRY(put_person(rq, r));
    put_acts(rq, r);
    desk_choices(rq, rq->view, "reasons", refuse_reasons, NULL);
    desk_form(rq, "ask_meet", referral_meet_fields, NULL);
    desk_form(rq, "ask_hire", referral_hire_fields, NULL);
    view_bool(a, rq->view, "wrong", rq->form.n_errors > 0 && rq->route->fields == referral_move_fields);
    form_view(&rq->cx, rq->view, rq->route->fields == referral_move_fields ? &rq->form : NULL, referral_move_fields, NULL);
    return E_OK;
}

err_t do_referral_move(struct req *rq)
{
    const struct q_referral_row *r = rq->scoped;
    const struct move_form *in = rq->in;
    TRY(referral_move(&rq->cx, r->id, &(struct referral_move){.action = in->action, .reason = in->reason}));
    bool visit = in->visit != NULL && strncmp(in->visit, "/desk/visits/", 13) == 0;
    return visit ? redirect(rq, "%s", in->visit) : redirect(rq, "/desk/referrals/%lld", (long long)r->id);
}

err_t do_interview(struct req *rq)
{
    const struct q_referral_row *r = rq->scoped;
    const struct meet_form *in = rq->in;
    TRY(referral_move(&rq->cx, r->id, &(struct referral_move){.action = "interview", .interview_at = &in->at, .advice = in->advice}));
    req_note(rq, N_("面试约好了，推荐单上能看到。"));
    return redirect(rq, "/desk/referrals/%lld", (long long)r->id);
}

err_t do_hire(struct req *rq)
{
    const struct q_referral_row *r = rq->scoped;
    TRY(referral_hire(&rq->cx, r->id, rq->in));
    req_note(rq, N_("录用记下了，满三个月再回访。"));
    return redirect(rq, "/desk/referrals/%lld", (long long)r->id);
}
