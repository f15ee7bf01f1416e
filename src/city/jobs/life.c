/* life.c -- how an ad begins, stays and ends. Ending it always says how: that is how placements are known. */
#include "city/jobs/jobs.h"

#include "city/house.h"
#include "city/jobs/jobs_impl.h"
#include "rules/rules.h"

#include "base/day.h"
#include "base/role.h"

#include "jobs.sql.h"

#include <string.h>

enum { EXPIRE_MOST = 500 };

static const struct flow_state states[] = {
    {"review", N_("待审核")}, {"returned", N_("退回修改")}, {"open", N_("在招")},     {"paused", N_("暂停")},     {"filled", N_("已招满")},
    {"expired", N_("已过期")}, {"closed", N_("已结束")},     {"merged", N_("重复，已合并")}, {0},
};

#define OWNERS (ROLE_EMPLOYER | DESK)

static err_t may_publish(struct ctx *cx, const void *row)
{
    const struct q_job_get_row *j = row;
    return strcmp(j->employer_status, "blocked") != 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("这家单位已停用，不能发布岗位。请到驿站问原因。"));
}

static const struct flow_edge edges[] = {
    {"review", "publish", "open", N_("审核通过"), DESK | OFFICERS, 0, may_publish},
    {"review", "return", "returned", N_("退回修改"), DESK | OFFICERS, FLOW_NOTE, NULL},
    {"returned", "resubmit", "review", N_("改好了，再提交"), OWNERS, 0, NULL},
    {"returned", "close", "closed", N_("不招了"), OWNERS, FLOW_FINAL, NULL},
    {"open", "confirm", "open", N_("还在招"), OWNERS, 0, may_publish},
    {"open", "pause", "paused", N_("先停一停"), OWNERS | OFFICERS, 0, NULL},
    {"open", "fill_referred", "filled", N_("招到了，是驿站推荐的"), OWNERS, FLOW_FINAL, NULL},
    {"open", "fill_self", "filled", N_("招到了，自己招的"), OWNERS, FLOW_FINAL, NULL},
    {"open", "close", "closed", N_("不招了"), OWNERS, FLOW_FINAL, NULL},
    {"open", "take_down", "closed", N_("下架"), DESK | OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"open", "merge", "merged", N_("和别的岗位重复"), DESK | OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"open", "recheck", "review", N_("改过，重新审核"), ROLE_CLOCK, 0, NULL},
    {"paused", "recheck", "review", N_("改过，重新审核"), ROLE_CLOCK, 0, NULL},
    {"open", "expire", "expired", N_("到期"), ROLE_CLOCK, 0, NULL},
    {"paused", "confirm", "open", N_("接着招"), OWNERS, 0, may_publish},
    {"paused", "close", "closed", N_("不招了"), OWNERS, FLOW_FINAL, NULL},
    {"expired", "confirm", "open", N_("还在招，再发布"), OWNERS, 0, may_publish},
    {"expired", "seen_again", "open", N_("来源又发布了"), ROLE_CLOCK, 0, NULL},
    {"expired", "fill_referred", "filled", N_("招到了，是驿站推荐的"), OWNERS, FLOW_FINAL, NULL},
    {"expired", "fill_self", "filled", N_("招到了，自己招的"), OWNERS, FLOW_FINAL, NULL},
    {"expired", "close", "closed", N_("不招了"), OWNERS, FLOW_FINAL, NULL},
    {"review", "take_back", "closed", N_("撤回导入"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"returned", "take_back", "closed", N_("撤回导入"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"open", "take_back", "closed", N_("撤回导入"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"paused", "take_back", "closed", N_("撤回导入"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"expired", "take_back", "closed", N_("撤回导入"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {0},
};
const struct flow job_flow = {"job", "review", states, edges};

err_t job_last_day(struct ctx *cx, const int64_t *wanted, int64_t *day)
{
    int64_t today = day_of(cx->now, DAY_ZONE), usual, most;
    TRY(rules_number(cx, cx->house->rules, "ad.duration", "days_default", today, &usual, NULL));
    TRY(rules_number(cx, cx->house->rules, "ad.duration", "days_max", today, &most, NULL));
    *day = wanted != NULL ? *wanted : day_add(today, usual);
    if (*day < today)
        return SAY(cx, E_INVALID, "valid_until", N_("这一天已经过去了。"));
    if (*day > day_add(today, most))
        return SAY(cx, E_INVALID, "valid_until",
                   arena_fmt(cx->arena, tr(cx, N_("一次最长发布 %d 天，到期前可以再确认一次。")), (int)most));
    return E_OK;
}

bool job_open_to_edits(const char *status)
{
    static const char *const alive[] = {"review", "returned", "open", "paused", "expired"};
    for (size_t i = 0; i < sizeof alive / sizeof *alive; i++)
        if (strcmp(status, alive[i]) == 0)
            return true;
    return false;
}

err_t job_move(struct ctx *cx, const struct q_job_get_row *j, const struct job_moved *to)
{
    size_t changed;
    struct q_job_move_in in = {
        .status = to->status,
        .outcome = to->outcome,
        .valid_until = to->valid_until,
        .verified_on = to->verified_on,
        .id = j->id,
        .version = j->version,
    };
    TRY(q_job_move(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "job %lld moved meanwhile", (long long)j->id);
    struct q_job_log_add_in log = {
        .job_id = j->id,
        .at = cx->now,
        .account_id = cx->actor.account_id,
        .role = role_name(cx->actor.role) != NULL ? role_name(cx->actor.role) : "",
        .action = to->action,
        .from_status = j->status,
        .to_status = to->status,
        .note = to->note != NULL ? to->note : "",
    };
    TRY(q_job_log_add(cx, &log, NULL));
    TRY(audit_add(cx, to->action, "job", j->id, arena_fmt(cx->arena, "{\"from\":\"%s\",\"to\":\"%s\"}", j->status, to->status)));
    return change_add(cx, "job", j->id);
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct q_job_get_row j;
    const struct flow_edge *e;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(job_find(cx, s->id, &j));
    TRY(flow_step(cx, &job_flow, j.status, s->action, s->note, &j, &e));
    struct job_moved to = {.action = s->action,
                           .status = e->to,
                           .note = s->note,
                           .outcome = (e->flags & FLOW_FINAL) != 0 ? s->action : "",
                           .valid_until = j.valid_until,
                           .verified_on = j.verified_on};
    if (strcmp(s->action, "confirm") == 0 || strcmp(s->action, "publish") == 0) {
        int64_t usual;
        TRY(job_last_day(cx, NULL, &usual));
        to.valid_until = usual > j.valid_until ? usual : j.valid_until;
        to.verified_on = &today;
    }
    return job_move(cx, &j, &to);
}

static err_t take_back_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct ctx as = *cx; /* the same transaction, in the name of the clock: no button of the ad's page does this */
    as.actor.role = ROLE_CLOCK;
    err_t e = step_tx(&as, arg);
    cx->fail = as.fail;
    TRY(e);
    return q_job_forget_source(cx, &(struct q_job_forget_source_in){.id = s->id}, NULL);
}

err_t jobs_join(struct ctx *cx, int64_t from, int64_t to)
{
    return q_job_join(cx, &(struct q_job_join_in){.from_id = from, .to_id = to}, NULL);
}

err_t job_take_back(struct ctx *cx, int64_t id)
{
    return store_tx(cx, STORE_WRITE, take_back_tx, &(struct flow_act){id, "take_back", NULL});
}

err_t job_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct flow_act){id, action, note});
}

/* Some at a time, each in its own transaction, so that a long list never keeps others waiting. *n: how many there were. */
static err_t expire_some(struct ctx *cx, size_t *n)
{
    struct q_job_expired_row *rows;
    TRY(q_job_expired(cx, &(struct q_job_expired_in){.valid_until = day_of(cx->now, DAY_ZONE), .lim = EXPIRE_MOST}, &rows, n));
    for (size_t i = 0; i < *n; i++) {
        err_t e = job_step(cx, rows[i].id, "expire", NULL);
        if (e != E_OK && e != E_STATE && e != E_CONFLICT)
            return e;
    }
    return E_OK;
}

static err_t expire(struct ctx *cx)
{
    size_t n;
    return expire_some(cx, &n);
}

err_t jobs_expire_all(struct ctx *cx)
{
    size_t n = EXPIRE_MOST;
    while (n == EXPIRE_MOST)
        TRY(expire_some(cx, &n));
    return E_OK;
}

err_t job_verify_before(struct ctx *cx, int64_t *day)
{
    int64_t today = day_of(cx->now, DAY_ZONE), after;
    TRY(rules_number(cx, cx->house->rules, "ad.duration", "verify_after_days", today, &after, NULL));
    *day = day_add(today, -after);
    return E_OK;
}

err_t jobs_tick(struct ctx *cx)
{
    return task_run(cx, "jobs.expire", 60000, expire);
}
