/* sanctions.c -- the ladder: interview, letter of rectification, circular, termination; its counters, bans and days.
 *
 * Causes, days and bans are the rules sanction.<step>. Counters run by calendar year; "2 次以上" includes two. A counter proposes, an officer
 * decides. A ban blocks declarations and agreements to its last day; while a rectification is open nothing new may be declared (art. 24).
 */
#include "city/providers/providers.h"

#include "city/providers/providers_impl.h"

#include <string.h>

static const char *const ladder[] = {"interview", "rectification", "circular", "termination"};
enum { STEPS = sizeof ladder / sizeof *ladder, CAUSES_MOST = 80 };

static const struct flow_state states[] = {
    {"proposed", N_("建议处理，待决定")}, {"decided", N_("整改中")}, {"fixed", N_("整改已验收")}, {"dismissed", N_("不予处理")}, {"lifted", N_("已撤销")}, {0},
};

static err_t unreported(struct ctx *cx, const void *row)
{
    const struct q_sanction_get_row *s = row;
    return s->reported_on == NULL ? E_OK : SAY(cx, E_STATE, NULL, N_("已经报过市里了。"));
}

static const struct flow_edge edges[] = {
    {"proposed", "decide", "decided", N_("作出处理"), OFFICERS, 0, NULL},
    {"proposed", "dismiss", "dismissed", N_("不予处理"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"decided", "fix", "fixed", N_("整改验收通过"), OFFICERS, FLOW_NOTE, NULL},
    {"decided", "report", "decided", N_("报市人社局"), OFFICERS, 0, unreported},
    {"decided", "lift", "lifted", N_("撤销处理"), ROLE_CITY, FLOW_NOTE | FLOW_FINAL, NULL},
    {"fixed", "report", "fixed", N_("报市人社局"), OFFICERS, 0, unreported},
    {"fixed", "lift", "lifted", N_("撤销处理"), ROLE_CITY, FLOW_NOTE | FLOW_FINAL, NULL},
    {0},
};
const struct flow sanction_flow = {"sanction", "proposed", states, edges};

static const struct rule *step_rule(struct ctx *cx, const char *step, int64_t on)
{
    return rules_find(cx->house->rules, arena_fmt(cx->arena, "sanction.%s", step), on);
}

static int64_t number(const struct rule *rule, const char *name)
{
    const struct rule_param *p = rule != NULL ? rule_get(rule, name, RULE_INT) : NULL;
    return p != NULL ? p->number : 0;
}

static const char *word(const struct rule *rule, const char *name)
{
    const struct rule_param *p = rule != NULL ? rule_get(rule, name, RULE_TEXT) : NULL;
    return p != NULL ? p->text : "";
}

err_t sanction_causes(struct ctx *cx, int64_t on, const struct sanction_cause **causes, size_t *n)
{
    struct sanction_cause *out = ARENA_ARRAY(cx->arena, struct sanction_cause, CAUSES_MOST);
    *n = 0;
    for (size_t i = 0; i < STEPS; i++) {
        const struct rule *rule = step_rule(cx, ladder[i], on);
        for (size_t k = 0; rule != NULL && k < rule->n_params && *n < CAUSES_MOST; k++)
            if (rule->params[k].type == RULE_TEXT && strncmp(rule->params[k].name, "cause_", 6) == 0)
                out[(*n)++] = (struct sanction_cause){rule->params[k].name + 6, rule->params[k].text, ladder[i]};
    }
    *causes = out;
    return *n > 0 ? E_OK : FAIL(cx, E_BUG, NULL, "no rule sanction.* has causes on %lld", (long long)on);
}

/* ---- bans ---- */

err_t provider_is_banned(struct ctx *cx, int64_t id, int64_t on, const char **why)
{
    struct q_provider_get_row p;
    struct q_sanction_of_provider_row *rows;
    size_t n;
    *why = NULL;
    TRY(provider_find(cx, id, &p));
    if (strcmp(p.status, "closed") == 0)
        *why = tr(cx, N_("机构已退出，不能申报新的补贴培训。"));
    TRY(q_sanction_of_provider(cx, &(struct q_sanction_of_provider_in){.provider_id = id}, &rows, &n));
    for (size_t i = 0; i < n && *why == NULL; i++) {
        bool open = strcmp(rows[i].status, "decided") == 0, stands = open || strcmp(rows[i].status, "fixed") == 0;
        const struct rule *rule = step_rule(cx, rows[i].step, rows[i].decided_on), *fixing = step_rule(cx, "fixing", on);
        if (stands && rows[i].ban_until != NULL && *rows[i].ban_until >= on && rows[i].decided_on <= on)
            *why = arena_fmt(cx->arena, tr(cx, N_("%s被%s，到 %s 为止不得申报新的补贴培训。（%s，处理编号 %s）")),
                             day_text_full(cx, rows[i].decided_on), rule != NULL ? rule->title : rows[i].step,
                             day_text_full(cx, *rows[i].ban_until), rule != NULL ? rule->cite : "", rows[i].code);
        else if (open && fixing != NULL && rows[i].decided_on <= on)
            *why = arena_fmt(cx->arena, tr(cx, N_("正在整改（要在 %s 前完成），整改验收以前不得开展新的补贴培训。（%s，处理编号 %s）")),
                             day_text_full(cx, rows[i].fix_by), fixing->cite, rows[i].code);
    }
    return E_OK;
}

/* ---- acts ---- */

struct put {
    int64_t provider_id, class_id, district, id;
    const char *cause, *facts;
    bool proposed;
};

/* The days that follow from the step, counted from its day. */
struct days {
    int64_t fix_by, ban_until, report_by;
};

static err_t days_of(struct ctx *cx, const char *step, int64_t on, struct days *out)
{
    const struct rule *rule = step_rule(cx, step, on);
    int64_t report, months = number(rule, "fix_months"), ban = number(rule, "ban_months");
    TRY(rules_number(cx, cx->house->rules, "sanction.report", "working_days", on, &report, NULL));
    out->fix_by = months > 0 ? day_add_months(on, months) : working(cx, on, number(rule, "fix_working_days"));
    out->ban_until = ban > 0 ? day_add_months(on, ban) : 0;
    out->report_by = working(cx, on, report);
    return E_OK;
}

static err_t cause_of(struct ctx *cx, const char *code, int64_t on, struct sanction_cause *out)
{
    const struct sanction_cause *causes;
    size_t n;
    TRY(sanction_causes(cx, on, &causes, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(causes[i].code, code) == 0) {
            *out = causes[i];
            return E_OK;
        }
    return SAY(cx, E_INVALID, "cause", N_("请从列表里选一个处理事由。"));
}

static err_t propose_in(struct ctx *cx, const struct put *p);

/* How often this step was taken this year; the next step that the rules tie to that number is proposed, once a year. */
static err_t count_up(struct ctx *cx, const struct put *p, const char *step)
{
    struct q_sanction_of_provider_row *rows;
    size_t n;
    int64_t today = today_of(cx), times = 0;
    TRY(q_sanction_of_provider(cx, &(struct q_sanction_of_provider_in){.provider_id = p->provider_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        times += strcmp(rows[i].step, step) == 0 && rows[i].decided_on / 10000 == today / 10000 &&
                 (strcmp(rows[i].status, "decided") == 0 || strcmp(rows[i].status, "fixed") == 0);
    for (size_t k = 0; k < STEPS; k++) {
        const struct rule *rule = step_rule(cx, ladder[k], today);
        if (rule == NULL || strcmp(word(rule, "repeat_step"), step) != 0 || times < number(rule, "repeat"))
            continue;
        struct put next = {.provider_id = p->provider_id, .district = p->district, .cause = word(rule, "repeat_cause"), .proposed = true,
                           .facts = arena_fmt(cx->arena, tr(cx, N_("%lld 年内第 %lld 次。%s：%s")), (long long)(today / 10000), (long long)times,
                                              rule->cite, rule->clause)};
        TRY(propose_in(cx, &next));
    }
    return E_OK;
}

static err_t insert(struct ctx *cx, struct put *p)
{
    struct flow_edge made = {.from = "", .action = p->proposed ? "propose" : "decide", .to = p->proposed ? "proposed" : "decided"};
    struct sanction_cause cause = {0};
    struct q_sanction_add_row row;
    struct days d;
    int64_t today = today_of(cx);
    TRY(cause_of(cx, p->cause, today, &cause));
    TRY(days_of(cx, cause.step, today, &d));
    struct q_sanction_add_in in = {
        .code = code_wait(cx), .provider_id = p->provider_id, .district = p->district, .class_id = p->class_id > 0 ? &p->class_id : NULL,
        .step = cause.step, .cause = cause.code, .facts = p->facts, .decided_on = today, .fix_by = d.fix_by,
        .ban_until = d.ban_until > 0 ? &d.ban_until : NULL, .status = made.to, .proposed = p->proposed, .report_by = d.report_by,
        .account_id = cx->actor.account_id,
    };
    TRY(q_sanction_add(cx, &in, &row));
    TRY(q_sanction_code(cx, &(struct q_sanction_code_in){.code = code_for(cx, "CF", row.id), .id = row.id}, NULL));
    p->id = row.id;
    TRY(provider_note(cx, "sanction", row.id, p->provider_id, &made, p->facts));
    if (p->proposed)
        return E_OK;
    if (strcmp(cause.step, "termination") == 0)
        TRY(agreements_terminate(cx, p->provider_id, p->district, p->facts));
    return count_up(cx, p, cause.step);
}

/* Not twice in a year for the same counter, whatever became of the first. */
static err_t propose_in(struct ctx *cx, const struct put *p)
{
    struct put a = *p;
    struct q_sanction_of_provider_row *rows;
    size_t n;
    TRY(q_sanction_of_provider(cx, &(struct q_sanction_of_provider_in){.provider_id = p->provider_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].cause, p->cause) == 0 && rows[i].decided_on / 10000 == today_of(cx) / 10000)
            return E_OK;
    return insert(cx, &a);
}

static err_t decide_tx(struct ctx *cx, void *arg)
{
    struct put *p = arg;
    struct q_provider_get_row who;
    if ((cx->actor.role & OFFICERS) == 0)
        return FAIL(cx, E_DENIED, NULL, "role %x decides no sanctions", cx->actor.role);
    TRY(provider_find(cx, p->provider_id, &who));
    p->district = cx->actor.role == ROLE_DISTRICT ? cx->actor.district : who.district;
    return insert(cx, p);
}

err_t sanction_decide(struct ctx *cx, int64_t provider_id, int64_t class_id, const char *cause, const char *facts, int64_t *id)
{
    struct put p = {.provider_id = provider_id, .class_id = class_id, .cause = cause, .facts = facts};
    TRY(store_tx(cx, STORE_WRITE, decide_tx, &p));
    *id = p.id;
    return E_OK;
}

static err_t propose_tx(struct ctx *cx, void *arg)
{
    struct put *p = arg;
    struct q_provider_get_row who;
    TRY(provider_find(cx, p->provider_id, &who));
    p->district = cx->actor.role == ROLE_DISTRICT ? cx->actor.district : who.district;
    return insert(cx, p);
}

err_t sanction_propose(struct ctx *cx, int64_t provider_id, int64_t class_id, const char *cause, const char *facts, int64_t *id)
{
    struct put p = {.provider_id = provider_id, .class_id = class_id, .cause = cause, .facts = facts, .proposed = true};
    TRY(store_tx(cx, STORE_WRITE, propose_tx, &p));
    *id = p.id;
    return E_OK;
}

err_t sanction_find(struct ctx *cx, int64_t id, struct q_sanction_get_row *out)
{
    return q_sanction_get(cx, &(struct q_sanction_get_in){.id = id}, out);
}

err_t sanction_id(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_sanction_id_of_row row;
    TRY(q_sanction_id_of_first(cx, &(struct q_sanction_id_of_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t sanctions_page(struct ctx *cx, const struct q_sanction_list_in *in, struct q_sanction_list_row **rows, size_t *n)
{
    return q_sanction_list(cx, in, rows, n);
}

struct step {
    int64_t id, version;
    const char *action, *note;
};

static err_t move(struct ctx *cx, const struct q_sanction_get_row *s, const struct flow_edge *e)
{
    int64_t today = today_of(cx);
    size_t n;
    bool decides = strcmp(e->action, "decide") == 0;
    struct days d = {s->fix_by, s->ban_until != NULL ? *s->ban_until : 0, s->report_by};
    if (decides)
        TRY(days_of(cx, s->step, today, &d));
    struct q_sanction_move_in in = {
        .status = e->to, .facts = s->facts, .decided_on = decides ? today : s->decided_on, .fix_by = d.fix_by,
        .ban_until = d.ban_until > 0 ? &d.ban_until : NULL, .report_by = d.report_by,
        .reported_on = strcmp(e->action, "report") == 0 ? &today : s->reported_on,
        .fixed_on = strcmp(e->action, "fix") == 0 ? &today : s->fixed_on,
        .account_id = decides ? cx->actor.account_id : s->account_id, .id = s->id, .was = s->version,
    };
    TRY(q_sanction_move(cx, &in, &n));
    return n > 0 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "sanction %s moved meanwhile", s->code);
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct step *st = arg;
    struct q_sanction_get_row s;
    const struct flow_edge *e;
    TRY(sanction_find(cx, st->id, &s));
    TRY(district_own(cx, s.district));
    if (st->version != 0 && st->version != s.version)
        return FAIL(cx, E_CONFLICT, NULL, "sanction %s moved meanwhile", s.code);
    TRY(flow_step(cx, &sanction_flow, s.status, st->action, st->note, &s, &e));
    TRY(move(cx, &s, e));
    TRY(provider_note(cx, "sanction", s.id, s.provider_id, e, st->note));
    if (strcmp(e->action, "decide") != 0)
        return E_OK;
    if (strcmp(s.step, "termination") == 0)
        TRY(agreements_terminate(cx, s.provider_id, s.district, s.facts));
    return count_up(cx, &(struct put){.provider_id = s.provider_id, .district = s.district}, s.step);
}

err_t sanction_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct step){id, version, action, note});
}

err_t provider_due_of(struct ctx *cx, int64_t district, struct provider_due *out)
{
    struct q_provider_due_district_row r;
    TRY(q_provider_due_district(cx, &(struct q_provider_due_district_in){.district = district, .today = today_of(cx)}, &r));
    *out = (struct provider_due){r.filings, r.agreements, r.fixes, r.reports, r.proposals};
    return E_OK;
}

err_t providers_late(struct ctx *cx, struct q_provider_late_row **rows, size_t *n)
{
    return q_provider_late(cx, &(struct q_provider_late_in){.today = today_of(cx)}, rows, n);
}
