/* Calls that are due, and what was heard. */
#include "city/referrals/referrals.h"

#include "base/day.h"
#include "city/counter/counter.h"
#include "city/people/people.h"
#include "city/referrals/referrals_impl.h"
#include "store/store.h"

#include "referrals.sql.h"

#include <string.h>

const struct choice follow_up_kinds[] = {{"next_day", N_("推荐后回访")}, {"interview", N_("面试后回访")}, {"retention", N_("满三个月回访")}, {0}};
const struct choice follow_up_results[] = {
    {"interview", N_("约了面试")}, {"hired", N_("录用了")},         {"waiting", N_("还在等消息")}, {"refused", N_("单位没录用")},
    {"withdrawn", N_("本人不去了")}, {"no_answer", N_("没打通")},   {"still_there", N_("还在岗")}, {"gone", N_("已经离职")},
    {0},
};

err_t follow_up_on(struct ctx *cx, int64_t referral_id, int64_t station_id, const char *kind, int64_t due_on)
{
    struct q_follow_up_insert_in in = {.referral_id = referral_id, .station_id = station_id, .kind = kind, .due_on = due_on};
    return q_follow_up_insert(cx, &in, NULL);
}

err_t follow_up_due(struct ctx *cx, const struct q_referral_row *r, const char *kind, int64_t from, int64_t working_days)
{
    return follow_up_on(cx, r->id, r->station_id, kind, day_add_working(people_calendar(cx), from, working_days, NULL));
}

static err_t plan_tx(struct ctx *cx, void *arg)
{
    const int64_t *visit_id = arg;
    struct q_follow_up_planned_row *rows;
    size_t n;
    int64_t days;
    TRY(people_rule(cx, "counter.follow_up", "working_days", &days));
    int64_t due = day_add_working(people_calendar(cx), day_of(cx->now, DAY_ZONE), days, NULL);
    TRY(q_follow_up_planned(cx, &(struct q_follow_up_planned_in){.visit_id = *visit_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(follow_up_on(cx, rows[i].id, rows[i].station_id, "next_day", due));
    return E_OK;
}

err_t follow_up_plan(struct ctx *cx, int64_t visit_id) { return store_tx(cx, STORE_WRITE, plan_tx, &visit_id); }

err_t follow_up_list(struct ctx *cx, int64_t station_id, int64_t until, struct q_follow_up_list_row **rows, size_t *n)
{
    return q_follow_up_list(cx, &(struct q_follow_up_list_in){.station_id = station_id, .due_on = until}, rows, n);
}

/* ---- what was heard ---- */

struct hearing {
    int64_t id;
    const struct follow_up_in *in;
};

/* Nobody answered: another day, until it was tried often enough. */
static err_t not_reached(struct ctx *cx, const struct q_follow_up_row *f, const struct q_referral_row *r)
{
    struct q_follow_up_tries_row tried;
    int64_t most;
    TRY(people_rule(cx, "counter.follow_up", "tries", &most));
    TRY(q_follow_up_tries(cx, &(struct q_follow_up_tries_in){.referral_id = r->id, .kind = f->kind}, &tried));
    if (tried.n < most)
        return follow_up_due(cx, r, f->kind, day_of(cx->now, DAY_ZONE), 1);
    if (strcmp(f->kind, "retention") == 0 || strcmp(r->status, "no_answer") == 0)
        return E_OK;
    return referral_go(cx, r, &(struct referral_move){.action = "no_answer"});
}

static err_t retention(struct ctx *cx, const struct q_follow_up_row *f, const struct q_referral_row *r, const char *result)
{
    if (strcmp(result, "no_answer") == 0)
        return not_reached(cx, f, r);
    bool there = strcmp(result, "still_there") == 0;
    if (!there && strcmp(result, "gone") != 0)
        return SAY(cx, E_INVALID, "result", N_("满三个月的回访，请选“还在岗”“已经离职”或“没打通”。"));
    TRY(q_hire_retained(cx, &(struct q_hire_retained_in){.referral_id = r->id, .retained = there ? "yes" : "no"}, NULL));
    return audit_add(cx, "hire.retention", "referral", r->id, there ? "{\"retained\":true}" : "{\"retained\":false}");
}

static err_t heard(struct ctx *cx, const struct q_follow_up_row *f, const struct q_referral_row *r, const struct follow_up_in *in)
{
    if (strcmp(f->kind, "retention") == 0)
        return retention(cx, f, r, in->result);
    if (strcmp(in->result, "no_answer") == 0)
        return not_reached(cx, f, r);
    if (strcmp(in->result, "waiting") == 0)
        return follow_up_due(cx, r, f->kind, day_of(cx->now, DAY_ZONE), 2);
    if (strcmp(in->result, "hired") == 0)
        return referral_hire(cx, r->id, &(struct hire_in){.hired_on = in->hired_on, .evidence = in->evidence});
    const char *action = strcmp(in->result, "interview") == 0   ? "interview"
                         : strcmp(in->result, "refused") == 0   ? "refuse"
                         : strcmp(in->result, "withdrawn") == 0 ? "withdraw"
                                                                : NULL;
    if (action == NULL)
        return SAY(cx, E_INVALID, "result", N_("请选择回访的结果。"));
    if (strcmp(action, "interview") == 0 && in->interview_at == NULL)
        return SAY(cx, E_INVALID, "interview_at", N_("请填面试时间。"));
    return referral_move(cx, r->id, &(struct referral_move){.action = action, .reason = in->reason, .interview_at = in->interview_at});
}

static err_t done_tx(struct ctx *cx, void *arg)
{
    const struct hearing *h = arg;
    struct q_follow_up_row *rows;
    struct q_referral_row r;
    size_t n, changed;
    TRY(q_follow_up(cx, &(struct q_follow_up_in){.id = h->id}, &rows, &n));
    if (n == 0 || ((cx->actor.role & DESK) && rows[0].station_id != cx->actor.station_id))
        return FAIL(cx, E_NOTFOUND, NULL, "no follow-up %lld here", (long long)h->id);
    TRY(referral_own(cx, rows[0].referral_id, &r));
    struct q_follow_up_end_in end = {.id = h->id, .done_at = &cx->now, .account_id = &cx->actor.account_id, .result = h->in->result};
    TRY(q_follow_up_end(cx, &end, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这个回访已经有人记过了。"));
    TRY(heard(cx, &rows[0], &r, h->in));
    TRY(service_note(cx, rows[0].station_id, r.person_id == NULL ? 0 : *r.person_id, "S15", "phone", h->in->result));
    return audit_add(cx, "follow_up.done", "follow_up", h->id, arena_fmt(cx->arena, "{\"result\":\"%s\"}", h->in->result));
}

err_t follow_up_own(struct ctx *cx, int64_t id)
{
    struct q_follow_up_row *f;
    size_t n;
    TRY(q_follow_up(cx, &(struct q_follow_up_in){.id = id}, &f, &n));
    return n > 0 && f->station_id == cx->actor.station_id ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "no call-back %lld of this station", (long long)id);
}

err_t follow_up_done(struct ctx *cx, int64_t id, const struct follow_up_in *in)
{
    if (!referral_choice(follow_up_results, in->result))
        return SAY(cx, E_INVALID, "result", N_("请选择回访的结果。"));
    return store_tx(cx, STORE_WRITE, done_tx, &(struct hearing){id, in});
}
