/* pages_one.c -- one claim: its lines, what its people had before, the way it came, the next step; on paper and as a table. */
#include "city/claims/claims.h"
#include "city/claims/pages_impl.h"

#include "base/day.h"
#include "base/text.h"
#include "city/history/history.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/supervision/supervision.h"
#include "city/training.h"

#include <string.h>

/* ---- one claim ---- */

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

static void put_line(struct req *rq, struct view *list, const struct line_view *l)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    bool officer = rq->cx.actor.role == ROLE_DISTRICT;
    const char *owner = is(l->payee, "evaluator") ? "provider" : l->payee;
    bool own = rq->cx.actor.role == ROLE_PROVIDER && is(owner, "provider") && l->payee_id == rq->cx.actor.provider_id;
    view_i64(a, v, "id", l->id);
    view_str(a, v, "trainee", l->trainee_code);
    view_str(a, v, "name", l->name);
    view_str(a, v, "idno", l->idno);
    view_str(a, v, "category", tr(&rq->cx, training_label(training_categories, l->category)));
    view_str(a, v, "certificate", l->certificate);
    view_str(a, v, "item", tr(&rq->cx, training_label(claim_items, l->item)));
    view_str(a, v, "amount", training_yuan(&rq->cx, l->fen));
    view_str(a, v, "payee", tr(&rq->cx, training_label(training_payees, l->payee)));
    view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, l->fund)));
    view_str(a, v, "formula", l->formula);
    view_str(a, v, "account", l->account);
    view_str(a, v, "account_url", officer ? url_fmt(rq, "/district/claims/accounts/%s-%lld", owner, (long long)l->payee_id)
                                    : own ? url_fmt(rq, "/provider/claims/accounts/provider-%lld", (long long)l->payee_id)
                                          : NULL);
    claims_tag(rq, v, flow_label(&claim_line_flow, l->status), claim_tone(l->status));
    view_str(a, v, "out", l->out);
    view_str(a, v, "before", l->before);
    view_bool(a, v, "can_allow", officer && l->final);
    view_bool(a, v, "can_withdraw", officer && (is(l->status, "drawn") || is(l->status, "approved") || is(l->status, "failed")));
    view_bool(a, v, "can_recover", officer && is(l->status, "paid"));
    view_bool(a, v, "can_returned", officer && is(l->status, "recovering"));
    view_bool(a, v, "acts", officer && (l->final || !is(l->status, "withdrawn")) && !is(l->status, "recovered") && !is(l->status, "paying"));
}

static void fact(struct req *rq, struct view *list, const char *label, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "label", tr(&rq->cx, label));
    view_str(rq->cx.arena, v, "value", value);
    view_str(rq->cx.arena, v, "change_url", NULL);
}

/* The buttons that make sense to this officer: nobody is offered to approve what they may not. */
static void put_actions(struct req *rq, const struct q_claim_row *c)
{
    int64_t me = rq->cx.actor.account_id;
    bool own = (c->reviewed_by != NULL && *c->reviewed_by == me) || (c->class_by != NULL && *c->class_by == me);
    const struct flow_edge *may[16];
    size_t n = flow_allowed(&rq->cx, &claim_flow, c->status, may, 16);
    struct view *list = view_list(rq->cx.arena, rq->view, "actions");
    for (size_t i = 0; i < n; i++) {
        if (is(may[i]->action, "publish") || is(may[i]->action, "pay") || (is(may[i]->action, "approve") && own))
            continue;
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "action", may[i]->action);
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, may[i]->label));
        view_bool(rq->cx.arena, v, "needs_note", (may[i]->flags & FLOW_NOTE) != 0);
    }
    view_bool(rq->cx.arena, rq->view, "other_eyes", rq->cx.actor.role == ROLE_DISTRICT && is(c->status, "cleared") && own);
}

#define LOOKING (ROLE_DISTRICT | ROLE_PROVIDER | ROLE_CITY | ROLE_AUDITOR)
/* What is done next, by whom, and the way there. */
static void put_next(struct req *rq, const struct q_claim_row *c)
{
    static const struct {
        const char *status, *say, *path, *word;
        unsigned role;
    } steps[] = {
        {"drawn", N_("请核对每一行，没有错就确认；确认以后由区人社局审核。"), NULL, NULL, ROLE_PROVIDER},
        {"drawn", N_("等机构核对、确认。"), NULL, NULL, LOOKING},
        {"confirmed", N_("请核对每一行和“以前领过的”：通过，或写明原因退回机构。"), NULL, NULL, ROLE_DISTRICT},
        {"confirmed", N_("等区人社局审核。"), NULL, NULL, LOOKING},
        {"reviewed", N_("审核通过了，还没有公示。"), "/district/claims", N_("和别的申请一起公示"), ROLE_DISTRICT},
        {"reviewed", N_("审核通过了，等区人社局公示。"), NULL, NULL, LOOKING},
        {"noticed", N_("正在公示。期满没有没答复的异议，就转到待审批。"), NULL, NULL, LOOKING},
        {"cleared", N_("公示期满，等区人社局审批：不能是审核的人，也不能是批准开班的人。"), NULL, NULL, LOOKING},
        {"approved", N_("已经审批，等着付款。"), "/district/payments", N_("去做付款批次"), ROLE_DISTRICT},
        {"approved", N_("已经审批，等区人社局付款。"), NULL, NULL, LOOKING},
        {"paying", N_("已经列入付款批次，等银行回执。退回的更正账号后再付。"), "/district/payments", N_("看付款"), ROLE_DISTRICT},
        {"paying", N_("已经列入付款批次，等银行回执。退回的更正账号后再付。"), NULL, NULL, LOOKING},
        {"paid", N_("都到账了，没有要办的。"), NULL, NULL, LOOKING},
        {"withdrawn", N_("申请撤回了。没有写“不再给付”的，机构改正后可以再申请：在“这个班谁可以申请”里生成。"), NULL, NULL, LOOKING},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (!is(steps[i].status, c->status) || (steps[i].role & rq->cx.actor.role) == 0)
            continue; /* the first that fits is said */
        view_str(rq->cx.arena, rq->view, "next_say", tr(&rq->cx, steps[i].say));
        view_str(rq->cx.arena, rq->view, "next_url", steps[i].path != NULL ? url_fmt(rq, "%s", steps[i].path) : NULL);
        view_str(rq->cx.arena, rq->view, "next_word", steps[i].word != NULL ? tr(&rq->cx, steps[i].word) : NULL);
        return;
    }
}

/* Cases of supervision that nobody has settled: whoever decides on the money should know. */
static err_t put_cases(struct req *rq, const struct q_claim_row *c)
{
    int64_t n = 0;
    if (rq->cx.actor.role == ROLE_DISTRICT)
        TRY(anomalies_open(&rq->cx, c->class_id, &n));
    view_count(rq->cx.arena, rq->view, "cases", n);
    view_bool(rq->cx.arena, rq->view, "has_cases", n > 0);
    return E_OK;
}

void claim_facts(struct req *rq, const struct q_claim_row *c)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "code", c->code);
    struct view *state = view_sub(a, rq->view, "state");
    claims_tag(rq, state, flow_label(&claim_flow, c->status), claim_tone(c->status));
    struct view *list = view_list(a, rq->view, "summary");
    fact(rq, list, N_("班期"), c->class_name);
    fact(rq, list, N_("机构"), c->provider_name);
    fact(rq, list, N_("区"), city_district_name(&rq->cx, c->district));
    fact(rq, list, N_("等级"), tr(&rq->cx, training_level(c->level)));
    fact(rq, list, N_("合计"), training_yuan(&rq->cx, c->fen));
    fact(rq, list, N_("公示"), c->closes_on != NULL ? text_fill(a, tr(&rq->cx, N_("{code}，到 {day} 为止")), "code", c->notice_code, "day", day_text(&rq->cx, *c->closes_on), NULL) : NULL);
    fact(rq, list, N_("说明"), c->reason);
}

void claim_sums(struct req *rq, const struct line_view *l, size_t n)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "sums");
    for (const struct choice *p = training_payees; p->code != NULL; p++)
        for (const struct choice *f = training_funds; f->code != NULL; f++) {
            int64_t fen = 0, lines = 0;
            for (size_t i = 0; i < n; i++)
                if (is(l[i].payee, p->code) && is(l[i].fund, f->code) && !is(l[i].status, "withdrawn"))
                    fen += l[i].fen, lines++;
            if (lines == 0)
                continue;
            struct view *v = view_item(a, list);
            view_str(a, v, "payee", tr(&rq->cx, p->label));
            view_str(a, v, "fund", tr(&rq->cx, f->label));
            view_i64(a, v, "count", lines);
            view_str(a, v, "amount", training_yuan(&rq->cx, fen));
        }
}

/* ---- what the people had before, and which way the claim came ---- */

static const char *occupation_name(struct req *rq, const char *code)
{
    const struct city_occupation *o = city_occupation(rq->cx.house->city, code);
    return o != NULL ? o->name : code;
}

/* For those who decide and check; a provider is told by the decision itself. */
static err_t put_before(struct req *rq, const struct q_claim_row *c)
{
    struct arena *a = rq->cx.arena;
    struct before_view *b = NULL;
    size_t n = 0;
    bool may = rq->cx.actor.role != ROLE_PROVIDER;
    view_bool(a, rq->view, "sees_before", may);
    struct view *list = view_list(a, rq->view, "before");
    if (may)
        TRY(claim_before(&rq->cx, c, &b, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "trainee", b[i].trainee_code);
        view_str(a, v, "name", b[i].name);
        view_i64(a, v, "year", b[i].year);
        view_str(a, v, "item", tr(&rq->cx, training_label(b[i].history ? history_items : claim_items, b[i].item)));
        view_str(a, v, "line", is(b[i].line, "catalogue") ? NULL : tr(&rq->cx, training_label(training_lines, b[i].line)));
        view_str(a, v, "occupation", *b[i].occupation != '\0' ? occupation_name(rq, b[i].occupation) : NULL);
        view_str(a, v, "level", *b[i].occupation != '\0' ? tr(&rq->cx, training_level(b[i].level)) : NULL);
        view_str(a, v, "fund", *b[i].fund != '\0' ? tr(&rq->cx, training_label(training_funds, b[i].fund)) : tr(&rq->cx, N_("资金不清楚")));
        view_str(a, v, "amount", b[i].fen > 0 ? training_yuan(&rq->cx, b[i].fen) : tr(&rq->cx, N_("金额没有记")));
        view_str(a, v, "district", b[i].district != 0 ? city_district_name(&rq->cx, b[i].district) : tr(&rq->cx, N_("市里的记录")));
        view_str(a, v, "from", text_fill(a, tr(&rq->cx, b[i].history ? N_("以前的补贴记录 {code}") : N_("补贴申请 {code}")), "code", b[i].code, NULL));
        view_bool(a, v, "same", b[i].same);
        claims_tag(rq, v, b[i].history ? training_label(history_states, b[i].status) : flow_label(&claim_line_flow, b[i].status),
                   b[i].history ? "" : claim_tone(b[i].status));
    }
    return E_OK;
}

static const char *step_label(struct req *rq, const char *action)
{
    if (is(action, "draw"))
        return tr(&rq->cx, N_("生成申请"));
    for (const struct flow_edge *e = claim_flow.edges; e->from != NULL; e++)
        if (is(e->action, action))
            return tr(&rq->cx, e->label);
    return action;
}

static err_t put_way(struct req *rq, const struct q_claim_row *c)
{
    struct arena *a = rq->cx.arena;
    struct way_view *w;
    size_t n;
    TRY(claim_way(&rq->cx, c->id, &w, &n));
    struct view *list = view_list(a, rq->view, "timeline");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        unsigned role = role_from_name(w[i].role);
        const char *who = role != 0 ? tr(&rq->cx, role_label(role)) : NULL;
        bool named = rq->cx.actor.role != ROLE_PROVIDER && w[i].who != NULL && *w[i].who != '\0' && role != ROLE_CLOCK;
        view_str(a, v, "what", step_label(rq, w[i].action));
        view_str(a, v, "when", day_text_stamp(&rq->cx, w[i].at));
        view_str(a, v, "iso", day_text_local(a, w[i].at, DAY_ZONE));
        view_str(a, v, "who", named ? arena_fmt(a, "%s %s", w[i].who, who != NULL ? who : "") : who);
        view_str(a, v, "reason", w[i].reason);
    }
    return E_OK;
}

err_t claim_show(struct req *rq)
{
    const struct q_claim_row *c = rq->scoped;
    struct line_view *l;
    struct arena *a = rq->cx.arena;
    bool has_class = rq->cx.actor.role == ROLE_DISTRICT || rq->cx.actor.role == ROLE_PROVIDER;
    size_t n;
    view_fmt(a, rq->view, "title", "%s %s", tr(&rq->cx, N_("补贴申请")), c->code);
    view_i64(a, rq->view, "version", c->version);
    claim_facts(rq, c);
    view_str(a, rq->view, "notice_url", c->notice_code != NULL ? url_fmt(rq, "/notices/%s", c->notice_code) : NULL);
    view_str(a, rq->view, "class_url", has_class ? url_fmt(rq, "%s/classes/%s", claims_base(rq), c->class_code) : NULL);
    view_str(a, rq->view, "print_url", url_fmt(rq, "%s/%s/print", claims_base(rq), c->code));
    view_str(a, rq->view, "csv_url", url_fmt(rq, "%s/%s/lines.csv", claims_base(rq), c->code));
    TRY(claim_lines_view(&rq->cx, c->id, &l, &n));
    struct view *list = view_list(a, rq->view, "lines");
    for (size_t i = 0; i < n; i++)
        put_line(rq, list, &l[i]);
    claim_sums(rq, l, n);
    view_str(a, rq->view, "actions_url", url_fmt(rq, "%s/%s/actions", claims_base(rq), c->code));
    view_str(a, rq->view, "lines_url", url_fmt(rq, "%s/%s/lines", claims_base(rq), c->code));
    put_actions(rq, c);
    put_next(rq, c);
    TRY(put_cases(rq, c));
    TRY(put_before(rq, c));
    TRY(put_way(rq, c));
    if (rq->form.n_errors > 0)
        req_form(rq, rq->route->fields, NULL);
    return E_OK;
}

const struct field claim_act_fields[] = {
    {"action", F_HIDDEN, F_REQUIRED, N_("做什么"), .max = 20, .off = offsetof(struct claim_act, action)},
    {"note", F_LONG, F_WIDE, N_("原因"), .max = 500, .off = offsetof(struct claim_act, note)},
    {0},
};

err_t claim_do_act(struct req *rq)
{
    const struct q_claim_row *c = rq->scoped;
    const struct claim_act *f = rq->in;
    TRY(claim_step(&rq->cx, c->id, 0, f->action, f->note));
    req_note(rq, N_("办好了。"));
    return redirect(rq, "%s/%s", claims_base(rq), c->code);
}

static const struct choice line_acts[] = {{"withdraw", N_("撤下，改正后再申请")}, {"refuse", N_("撤下，不再给付")}, {"allow", N_("准许再申请")}, {"recover", N_("要求退回")}, {"returned", N_("已退回")}, {0}};
const struct field claim_line_fields[] = {
    {"line", F_INT, F_REQUIRED, N_("行"), .min = 1, .max = INT64_MAX, .off = offsetof(struct claim_line_act, line)},
    {"action", F_CHOICE, F_REQUIRED, N_("做什么"), .choices = line_acts, .off = offsetof(struct claim_line_act, action)},
    {"note", F_LONG, F_WIDE, N_("原因"), .max = 500, .off = offsetof(struct claim_line_act, note)},
    {0},
};

err_t claim_do_line(struct req *rq)
{
    const struct q_claim_row *c = rq->scoped;
    const struct claim_line_act *f = rq->in;
    struct line_view *l;
    size_t n, i;
    TRY(claim_lines_view(&rq->cx, c->id, &l, &n));
    for (i = 0; i < n && l[i].id != f->line; i++)
        continue;
    if (i == n)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no such line in %s", c->code);
    if (is(f->action, "withdraw"))
        TRY(claim_withdraw_line(&rq->cx, f->line, f->note, false));
    else if (is(f->action, "refuse"))
        TRY(claim_withdraw_line(&rq->cx, f->line, f->note, true));
    else if (is(f->action, "allow"))
        TRY(claim_allow_line(&rq->cx, f->line, f->note));
    else if (is(f->action, "recover"))
        TRY(recovery_ask(&rq->cx, f->line, f->note));
    else
        TRY(recovery_returned(&rq->cx, f->line));
    req_note(rq, N_("办好了。"));
    return redirect(rq, "%s/%s", claims_base(rq), c->code);
}

