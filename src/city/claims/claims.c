/* claims.c -- the claim's way through provider, reviewer, notice and approver. */
#include "city/claims/claims.h"

#include "base/day.h"
#include "base/text.h"
#include "city/claims/claims_impl.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <stdlib.h>
#include <string.h>

static const struct flow_state claim_states[] = {
    {"drawn", N_("待机构确认")}, {"confirmed", N_("待区审核")}, {"reviewed", N_("待公示")}, {"noticed", N_("公示中")}, {"cleared", N_("待审批")},
    {"approved", N_("已审批")},  {"paying", N_("支付中")},      {"paid", N_("已支付")},    {"withdrawn", N_("已撤回")}, {0},
};
static const struct flow_edge claim_edges[] = {
    {"drawn", "confirm", "confirmed", N_("确认申请"), ROLE_PROVIDER, 0, NULL},
    {"drawn", "withdraw", "withdrawn", N_("撤回申请"), ROLE_DISTRICT, FLOW_NOTE | FLOW_FINAL, NULL},
    {"confirmed", "review", "reviewed", N_("审核通过"), ROLE_DISTRICT, 0, NULL},
    {"confirmed", "return", "drawn", N_("退回机构"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"reviewed", "publish", "noticed", N_("公示"), ROLE_DISTRICT, 0, NULL},
    {"reviewed", "return", "drawn", N_("退回机构"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"noticed", "clear", "cleared", N_("公示期满"), ROLE_CLOCK, 0, NULL},
    {"noticed", "withdraw", "withdrawn", N_("撤回申请"), ROLE_DISTRICT, FLOW_NOTE | FLOW_FINAL, NULL},
    {"cleared", "approve", "approved", N_("审批通过"), ROLE_DISTRICT, 0, NULL},
    {"cleared", "withdraw", "withdrawn", N_("撤回申请"), ROLE_DISTRICT, FLOW_NOTE | FLOW_FINAL, NULL},
    {"approved", "pay", "paying", N_("列入付款批次"), ROLE_DISTRICT, 0, NULL},
    {"approved", "drop", "withdrawn", N_("各行都已撤回"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"paying", "settle", "paid", N_("全部到账"), ROLE_CLOCK, 0, NULL},
    {"paying", "drop", "withdrawn", N_("各行都已撤回"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"paid", "bounce", "paying", N_("银行退票"), ROLE_CLOCK, 0, NULL},
    {0},
};
const struct flow claim_flow = {"claim", "drawn", claim_states, claim_edges};

static const struct flow_state line_states[] = {
    {"drawn", N_("申请中")}, {"approved", N_("待支付")},  {"paying", N_("已送银行")},  {"paid", N_("已到账")},   {"failed", N_("银行退回")},
    {"withdrawn", N_("已撤回")}, {"recovering", N_("追回中")}, {"recovered", N_("已追回")}, {0},
};
static const struct flow_edge line_edges[] = {
    {"drawn", "approve", "approved", N_("审批通过"), ROLE_DISTRICT, 0, NULL},
    {"drawn", "withdraw", "withdrawn", N_("撤回"), ROLE_DISTRICT, FLOW_FINAL, NULL},
    {"approved", "pay", "paying", N_("列入付款批次"), ROLE_DISTRICT, 0, NULL},
    {"approved", "withdraw", "withdrawn", N_("撤回"), ROLE_DISTRICT, FLOW_FINAL, NULL},
    {"paying", "paid", "paid", N_("银行付讫"), ROLE_DISTRICT, 0, NULL},
    {"paying", "failed", "failed", N_("银行退回"), ROLE_DISTRICT, 0, NULL},
    {"failed", "pay", "paying", N_("再次付款"), ROLE_DISTRICT, 0, NULL},
    {"failed", "withdraw", "withdrawn", N_("撤回"), ROLE_DISTRICT, FLOW_FINAL, NULL},
    {"paid", "bounce", "failed", N_("银行退票"), ROLE_DISTRICT, 0, NULL},
    {"paid", "recover", "recovering", N_("要求退回"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"recovering", "returned", "recovered", N_("已退回"), ROLE_DISTRICT, FLOW_FINAL, NULL},
    {0},
};
const struct flow claim_line_flow = {"claim_line", "drawn", line_states, line_edges};

/* ---- finding ---- */

err_t claims_own_district(struct ctx *cx, int64_t district)
{
    if (cx->actor.role == ROLE_DISTRICT && cx->actor.district != district)
        return FAIL(cx, E_NOTFOUND, NULL, "of district %lld", (long long)district);
    return E_OK;
}

err_t claim_find(struct ctx *cx, int64_t id, struct q_claim_row *out)
{
    TRY(q_claim_first(cx, &(struct q_claim_in){.id = id}, out));
    if (cx->actor.role == ROLE_PROVIDER && out->provider_id != cx->actor.provider_id)
        return FAIL(cx, E_NOTFOUND, NULL, "another provider's claim");
    return claims_own_district(cx, out->district);
}

err_t claim_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_claim_by_code_row row;
    TRY(q_claim_by_code_first(cx, &(struct q_claim_by_code_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t claim_lines(struct ctx *cx, int64_t claim_id, struct q_claim_lines_row **rows, size_t *n)
{
    return q_claim_lines(cx, &(struct q_claim_lines_in){.claim_id = claim_id}, rows, n);
}

err_t claim_line_find(struct ctx *cx, int64_t id, struct q_claim_line_row *out)
{
    TRY(q_claim_line_first(cx, &(struct q_claim_line_in){.id = id}, out));
    return claims_own_district(cx, out->district);
}

struct purse claim_purse(const char *fund, int64_t district, const int64_t *year)
{
    return (struct purse){.fund = fund, .district = district, .year = year != NULL ? *year : 0};
}

/* ---- moving ---- */

struct claim_change claim_same(const struct q_claim_row *c)
{
    return (struct claim_change){c->status, c->reason, c->confirmed_by, c->reviewed_by, c->approved_by, c->notice_id};
}

err_t claim_put(struct ctx *cx, const struct q_claim_row *c, const struct claim_change *to)
{
    size_t changed;
    struct q_claim_move_in in = {.status = to->status, .confirmed_by = to->confirmed_by, .reviewed_by = to->reviewed_by, .approved_by = to->approved_by,
                                 .notice_id = to->notice_id, .reason = to->reason, .id = c->id, .version = c->version};
    TRY(q_claim_move(cx, &in, &changed));
    return changed > 0 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "claim %s moved meanwhile", c->code);
}

static const struct flow_edge *auto_edge(const char *from, const char *action)
{
    for (const struct flow_edge *e = claim_edges; e->from != NULL; e++)
        if (strcmp(e->from, from) == 0 && strcmp(e->action, action) == 0)
            return e;
    return NULL;
}

err_t claim_auto(struct ctx *cx, int64_t claim_id, const char *action)
{
    struct q_claim_row c;
    TRY(claim_find(cx, claim_id, &c));
    const struct flow_edge *e = auto_edge(c.status, action);
    if (e == NULL)
        return FAIL(cx, E_STATE, NULL, "claim %s: no %s from %s", c.code, action, c.status);
    struct claim_change to = claim_same(&c);
    to.status = e->to;
    TRY(claim_put(cx, &c, &to));
    return audit_add(cx, arena_fmt(cx->arena, "claim.%s", action), "claim", c.id, NULL);
}

err_t claim_line_step(struct ctx *cx, int64_t id, const char *was, const char *action, const char **now)
{
    size_t changed;
    for (const struct flow_edge *e = line_edges; e->from != NULL; e++) {
        if (strcmp(e->from, was) != 0 || strcmp(e->action, action) != 0)
            continue;
        TRY(q_claim_line_move(cx, &(struct q_claim_line_move_in){.status = e->to, .id = id, .was = was}, &changed));
        if (changed == 0)
            return FAIL(cx, E_CONFLICT, NULL, "line %lld is no longer %s", (long long)id, was);
        *now = e->to;
        return E_OK;
    }
    return FAIL(cx, E_STATE, NULL, "line %lld: no %s from %s", (long long)id, action, was);
}

struct taking_out {
    const char *why;
    bool final; /* it is not claimed again */
};

static err_t withdraw_one(struct ctx *cx, int64_t id, const char *status, const struct purse *p, int64_t fen, const struct taking_out *t)
{
    static const int64_t yes = 1;
    const char *now;
    TRY(claim_line_step(cx, id, status, "withdraw", &now));
    TRY(q_claim_line_out(cx, &(struct q_claim_line_out_in){.final = t->final ? &yes : NULL, .reason = t->why, .out_at = &cx->now, .id = id}, NULL));
    return strcmp(status, "drawn") != 0 ? ledger_release(cx, p, fen, id) : E_OK;
}

static err_t withdraw_lines(struct ctx *cx, int64_t claim_id, const struct taking_out *t)
{
    struct q_claim_lines_row *l;
    size_t n;
    TRY(claim_lines(cx, claim_id, &l, &n));
    for (size_t i = 0; i < n; i++) {
        struct purse p = claim_purse(l[i].fund, l[i].district, l[i].year);
        if (strcmp(l[i].status, "drawn") == 0 || strcmp(l[i].status, "approved") == 0 || strcmp(l[i].status, "failed") == 0)
            TRY(withdraw_one(cx, l[i].id, l[i].status, &p, l[i].amount, t));
    }
    return E_OK;
}

err_t claim_settle(struct ctx *cx, int64_t claim_id)
{
    struct q_claim_row c;
    struct q_claim_open_lines_row open;
    TRY(claim_find(cx, claim_id, &c));
    TRY(q_claim_open_lines(cx, &(struct q_claim_open_lines_in){.claim_id = claim_id}, &open));
    if (open.n > 0)
        return E_OK;
    bool late = strcmp(c.status, "paying") == 0 || strcmp(c.status, "approved") == 0;
    if (open.live > 0)
        return strcmp(c.status, "paying") == 0 ? claim_auto(cx, claim_id, "settle") : E_OK;
    return late ? claim_auto(cx, claim_id, "drop") : auto_edge(c.status, "withdraw") != NULL ? claim_auto(cx, claim_id, "withdraw") : E_OK;
}

/* ---- approving: another pair of eyes, and the budget ---- */

static err_t four_eyes(struct ctx *cx, const struct q_claim_row *c)
{
    int64_t me = cx->actor.account_id;
    if (c->reviewed_by != NULL && *c->reviewed_by == me)
        return SAY(cx, E_DENIED, NULL, N_("这份申请是您审核的，要由另一位同事审批（财社〔2023〕181号第二十五条：不相容岗位分设）。"));
    if (c->class_by != NULL && *c->class_by == me)
        return SAY(cx, E_DENIED, NULL, N_("这个班的开班是您审批的，补贴要由另一位同事审批（财社〔2023〕181号第二十五条：不相容岗位分设）。"));
    return E_OK;
}

/* Each line once more as decided today: who lost the right meanwhile is not paid. */
static err_t still_entitled(struct ctx *cx, const struct q_claim_row *c)
{
    struct claim_candidate *now;
    struct q_claim_lines_row *l;
    size_t n, lines;
    TRY(claim_candidates(cx, c->class_id, &now, &n));
    TRY(claim_lines(cx, c->id, &l, &lines));
    for (size_t i = 0; i < lines; i++) {
        const struct claim_candidate *found = NULL, *any = NULL;
        if (strcmp(l[i].status, "drawn") != 0)
            continue;
        for (size_t k = 0; k < n; k++)
            if (now[k].trainee_id == l[i].trainee_id) {
                any = &now[k];
                if (strcmp(now[k].item, l[i].item) == 0)
                    found = &now[k];
            }
        if (found != NULL && found->lacks == NULL && found->fen == l[i].amount)
            continue;
        const char *why = found != NULL && found->lacks == NULL
                              ? text_fill(cx->arena, tr(cx, N_("今天算出来是 {fen}。")), "fen", training_yuan(cx, found->fen), NULL)
                          : found != NULL                      ? found->lacks
                          : any != NULL && any->lacks != NULL ? any->lacks
                                                              : tr(cx, N_("今天的决定里没有这一项。"));
        return SAY_FILL(cx, E_STATE, NULL, N_("{trainee} 的{item}和今天的决定不一样：{why}请先撤下这一行，或把申请退回。"), "trainee", l[i].trainee_code, "item",
                        claim_item_label(cx, l[i].item), "why", why);
    }
    return E_OK;
}

static err_t commit_lines(struct ctx *cx, const struct q_claim_row *c)
{
    struct q_claim_lines_row *l;
    size_t n;
    int64_t year = claims_today(cx) / 10000;
    TRY(claim_lines(cx, c->id, &l, &n));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(l[i].status, "drawn") != 0)
            continue;
        struct purse p = {.fund = l[i].fund, .district = c->district, .year = year};
        TRY(q_claim_line_approve(cx, &(struct q_claim_line_approve_in){.year = &year, .id = l[i].id}, NULL));
        TRY(ledger_commit(cx, &p, l[i].amount, l[i].id));
    }
    return E_OK;
}

/* ---- a step that a person takes ---- */

struct step {
    int64_t id, version;
    const char *action, *note;
    bool final; /* of a withdrawal: nothing of it is claimed again */
};

static err_t step_effects(struct ctx *cx, const struct q_claim_row *c, const struct step *s, struct claim_change *to)
{
    const int64_t *me = &cx->actor.account_id;
    if (strcmp(s->action, "confirm") == 0) {
        to->confirmed_by = me;
    } else if (strcmp(s->action, "review") == 0) {
        TRY(still_entitled(cx, c));
        to->reviewed_by = me;
    } else if (strcmp(s->action, "return") == 0) {
        to->confirmed_by = to->reviewed_by = NULL;
    } else if (strcmp(s->action, "approve") == 0) {
        TRY(four_eyes(cx, c));
        TRY(still_entitled(cx, c));
        TRY(commit_lines(cx, c));
        to->approved_by = me;
    } else if (strcmp(s->action, "withdraw") == 0) {
        TRY(withdraw_lines(cx, c->id, &(struct taking_out){s->note, s->final}));
    } else {
        return FAIL(cx, E_STATE, NULL, "%s is not a step for a person", s->action);
    }
    return E_OK;
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    const struct flow_edge *edge;
    struct q_claim_row c;
    TRY(claim_find(cx, s->id, &c));
    if (s->version != 0 && s->version != c.version)
        return FAIL(cx, E_CONFLICT, NULL, "claim %s has version %lld", c.code, (long long)c.version);
    TRY(flow_step(cx, &claim_flow, c.status, s->action, s->note, &c, &edge));
    struct claim_change to = claim_same(&c);
    to.status = edge->to;
    to.reason = s->note != NULL && *s->note != '\0' ? s->note : "";
    TRY(step_effects(cx, &c, s, &to));
    TRY(claim_put(cx, &c, &to));
    struct view *said = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_i64(cx->arena, said, "lines", c.lines);
    view_i64(cx->arena, said, "fen", c.fen);
    if (*to.reason != '\0')
        view_str(cx->arena, said, "reason", to.reason);
    view_json(&b, said);
    return audit_add(cx, arena_fmt(cx->arena, "claim.%s", s->action), "claim", c.id, buf_text(&b));
}

err_t claim_step(struct ctx *cx, int64_t id, int64_t version, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct step){id, version, action, note, false});
}

err_t claim_refuse(struct ctx *cx, int64_t id, const char *why)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct step){id, 0, "withdraw", why, true});
}

/* ---- one line ---- */

struct line_step {
    int64_t id;
    struct taking_out out;
};

static err_t line_tx(struct ctx *cx, void *arg)
{
    const struct line_step *s = arg;
    struct q_claim_line_row l;
    TRY(claim_line_find(cx, s->id, &l));
    struct purse p = claim_purse(l.fund, l.district, l.year);
    if (strcmp(l.status, "paying") == 0)
        return SAY(cx, E_STATE, NULL, N_("这一行已经送银行，等银行回执后再处理。"));
    TRY(withdraw_one(cx, l.id, l.status, &p, l.amount, &s->out));
    TRY(audit_add(cx, s->out.final ? "claim.refuse_line" : "claim.withdraw_line", "claim_line", l.id, arena_fmt(cx->arena, "{\"claim\":\"%s\"}", l.code)));
    return claim_settle(cx, l.claim_id);
}

err_t claim_withdraw_line(struct ctx *cx, int64_t line_id, const char *why, bool final)
{
    if (why == NULL || *why == '\0')
        return SAY(cx, E_INVALID, "note", N_("请写明原因。"));
    return store_tx(cx, STORE_WRITE, line_tx, &(struct line_step){line_id, {why, final}});
}

static err_t allow_tx(struct ctx *cx, void *arg)
{
    const struct line_step *s = arg;
    struct q_claim_line_row l;
    struct buf b = {.a = cx->arena};
    struct view *said = view_obj(cx->arena);
    size_t changed;
    TRY(claim_line_find(cx, s->id, &l));
    TRY(q_claim_line_allow(cx, &(struct q_claim_line_allow_in){.id = l.id}, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这一行不是“不再给付”的，不用准许。"));
    view_str(cx->arena, said, "claim", l.code);
    view_str(cx->arena, said, "reason", s->out.why);
    view_json(&b, said);
    return audit_add(cx, "claim.allow_line", "claim_line", l.id, buf_text(&b));
}

err_t claim_allow_line(struct ctx *cx, int64_t line_id, const char *why)
{
    if (why == NULL || *why == '\0')
        return SAY(cx, E_INVALID, "note", N_("请写明原因。"));
    return store_tx(cx, STORE_WRITE, allow_tx, &(struct line_step){line_id, {why, false}});
}
