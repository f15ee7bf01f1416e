#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"
#include "city/trainees/trainees.h"

#include "base/text.h"

#include <string.h>

enum { TICK_MOST = 500 };

const struct choice class_certificates[] = {{"level", N_("职业技能等级证书")}, {"qualification", N_("职业资格证书")}, {"special", N_("专项职业能力证书")}, {0}};
const struct choice class_audiences[] = {{"society", N_("面向社会")}, {"employees", N_("企业职工")}, {0}};
bool class_counted(const char *line) { return strcmp(line, "catalogue") == 0 || strcmp(line, "centre") == 0; }

const struct choice class_kinds[] = {{"theory", N_("理论")}, {"practice", N_("实操")}, {"safety", N_("安全教育")}, {0}};

bool class_is_open(const char *status) { return strcmp(status, "draft") == 0 || strcmp(status, "returned") == 0; }

bool class_is_public(const char *status)
{
    static const char *const shown[] = {"approved", "running", "finished", "examined", "closed"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (strcmp(shown[i], status) == 0)
            return true;
    return false;
}

err_t class_find(struct ctx *cx, int64_t id, struct q_class_rows_row *out)
{
    return q_class_rows_first(cx, &(struct q_class_rows_in){.first_id = id, .last_id = id}, out);
}

err_t class_by_code(struct ctx *cx, const char *code, struct q_class_rows_row *out)
{
    struct q_class_id_of_row *rows;
    size_t n;
    TRY(q_class_id_of(cx, &(struct q_class_id_of_in){.code = code}, &rows, &n));
    return n > 0 ? class_find(cx, rows->id, out) : FAIL(cx, E_NOTFOUND, NULL, "no class %.20s", code);
}

err_t class_sessions(struct ctx *cx, int64_t class_id, struct q_class_plan_row **rows, size_t *n)
{
    return q_class_plan(cx, &(struct q_class_plan_in){.class_id = class_id}, rows, n);
}

err_t class_seats_left(struct ctx *cx, int64_t class_id, int64_t *left)
{
    struct q_class_taken_row row;
    TRY(q_class_taken(cx, &(struct q_class_taken_in){.id = class_id}, &row));
    *left = row.seats > row.taken ? row.seats - row.taken : 0;
    return E_OK;
}

err_t class_log(struct ctx *cx, int64_t class_id, struct q_class_log_list_row **rows, size_t *n)
{
    return q_class_log_list(cx, &(struct q_class_log_list_in){.class_id = class_id}, rows, n);
}

err_t classes_search(struct ctx *cx, const struct class_filter *f, struct q_class_list_row **rows, size_t *n)
{
    struct q_class_list_in in = {.from_on = f->from_on, .to_on = f->to_on > 0 ? f->to_on : 99991231, .district = f->district, .occupation = f->occupation,
                                 .level = f->level, .provider_id = f->provider_id, .schedule = f->schedule, .audience = f->audience,
                                 .street = f->street, .status = f->status, .shown = f->shown, .lim = f->lim > 0 ? f->lim : 20, .off = f->off};
    return q_class_list(cx, &in, rows, n);
}

err_t classes_latest(struct ctx *cx, const struct q_class_latest_in *in, struct q_class_latest_row **rows, size_t *n)
{
    return q_class_latest(cx, in, rows, n);
}

/* ---- the flow ---- */

static const struct flow_state states[] = {
    {"draft", N_("填写中")},   {"declared", N_("已申报，待审核")}, {"approved", N_("已同意，待开班")}, {"returned", N_("退回修改")}, {"running", N_("培训中")},
    {"finished", N_("已结课")}, {"examined", N_("已考核")}, {"closed", N_("已办结")}, {"cancelled", N_("已取消")}, {"unqualified", N_("不合格班期")}, {0},
};

/* Nothing that forbids it: the first finding is said, and how many there are. A declaration is judged by its own day. */
static err_t sound(struct ctx *cx, const void *row)
{
    const struct q_class_rows_row *c = row;
    const struct class_finding *found;
    size_t n, bad = 0, first = 0;
    int64_t on = strcmp(c->status, "declared") == 0 && c->declared_on != NULL ? *c->declared_on : today_of(cx);
    TRY(class_check_now(cx, c->id, on, &found, &n));
    for (size_t i = n; i > 0; i--)
        if (!found[i - 1].warn) {
            first = i - 1;
            bad++;
        }
    if (bad == 0)
        return E_OK;
    const char *cite = found[first].rule != NULL ? found[first].rule->cite : "";
    return SAY(cx, E_STATE, NULL,
               bad == 1 ? arena_fmt(cx->arena, tr(cx, N_("有 1 处不符合规定：%s（%s）")), found[first].say, cite)
                        : arena_fmt(cx->arena, tr(cx, N_("有 %zu 处不符合规定，第一处：%s（%s）")), bad, found[first].say, cite));
}

#define HOLDERS (ROLE_PROVIDER | OFFICERS)
static const struct flow_edge edges[] = {
    {"draft", "declare", "declared", N_("申报开班"), ROLE_PROVIDER, 0, sound},
    {"draft", "cancel", "cancelled", N_("不开了"), ROLE_PROVIDER, FLOW_FINAL, NULL},
    {"declared", "approve", "approved", N_("同意开班"), OFFICERS, 0, sound},
    {"declared", "return", "returned", N_("退回修改"), OFFICERS, FLOW_NOTE, NULL},
    {"declared", "withdraw", "draft", N_("撤回修改"), ROLE_PROVIDER, 0, NULL},
    {"returned", "declare", "declared", N_("改好了，再申报"), ROLE_PROVIDER, 0, sound},
    {"returned", "cancel", "cancelled", N_("不开了"), ROLE_PROVIDER, FLOW_FINAL, NULL},
    {"approved", "start", "running", N_("开班"), ROLE_CLOCK, 0, NULL},
    {"approved", "cancel", "cancelled", N_("取消开班"), HOLDERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"running", "finish", "finished", N_("结课"), ROLE_CLOCK, 0, NULL},
    {"running", "cancel", "cancelled", N_("中止"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"running", "disqualify", "unqualified", N_("认定不合格"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"finished", "examine", "examined", N_("登记考核完成"), HOLDERS | ROLE_CLOCK, 0, NULL},
    {"finished", "disqualify", "unqualified", N_("认定不合格"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"examined", "close", "closed", N_("办结"), OFFICERS | ROLE_CLOCK, FLOW_FINAL, NULL},
    {"examined", "disqualify", "unqualified", N_("认定不合格"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {0},
};
const struct flow class_flow = {"class", "draft", states, edges};

err_t class_note(struct ctx *cx, int64_t class_id, const struct flow_edge *e, const char *note)
{
    const char *role = role_name(cx->actor.role);
    struct q_class_log_add_in in = {.class_id = class_id, .at = cx->now, .account_id = cx->actor.account_id, .role = text_or(role),
                                    .action = e->action, .from_status = e->from, .to_status = e->to, .note = text_or(note)};
    TRY(q_class_log_add(cx, &in, NULL));
    return audit_add(cx, e->action, "class", class_id, arena_fmt(cx->arena, "{\"to\":\"%s\"}", e->to));
}

err_t class_own(struct ctx *cx, const struct q_class_rows_row *c)
{
    const struct actor *a = &cx->actor;
    bool own = (a->role & (ROLE_CITY | ROLE_CLOCK)) != 0 || (a->role == ROLE_DISTRICT && a->district == c->district) ||
               (a->role == ROLE_PROVIDER && a->provider_id == c->provider_id);
    return own ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "class %s is not this actor's", c->code);
}

/* The version of the catalogue may have changed since the draft: a class belongs to the one in force on its opening day. */
static err_t bind(struct ctx *cx, const struct q_class_rows_row *c)
{
    int64_t catalogue, item;
    const char *title;
    TRY(class_item(cx, c->occupation, c->project_name, c->starts_on, &catalogue, &title, &item));
    if (item == 0 || item == c->item_id)
        return E_OK;
    return q_class_bind(cx, &(struct q_class_bind_in){.catalogue_id = catalogue, .item_id = item, .id = c->id}, NULL);
}

static err_t filing_number(struct ctx *cx, const struct q_class_rows_row *c, const char **out)
{
    struct q_class_filed_row row;
    int64_t year = today_of(cx) / 10000;
    TRY(q_class_filed(cx, &(struct q_class_filed_in){.district = c->district, .from_on = year * 10000 + 101, .to_on = year * 10000 + 1231}, &row));
    *out = arena_fmt(cx->arena, "%lld-%lld-%04lld", (long long)c->district, (long long)year, (long long)row.n + 1);
    return E_OK;
}

/* More unqualified classes in a year than the rule's share: the next step of the ladder is proposed. */
static err_t unqualified(struct ctx *cx, const struct q_class_rows_row *c, const char *note)
{
    struct q_class_year_row row;
    int64_t year = c->starts_on / 10000, pct, id;
    const struct rule *rule;
    TRY(q_class_year(cx, &(struct q_class_year_in){.provider_id = c->provider_id, .from_on = year * 10000 + 101, .to_on = year * 10000 + 1231}, &row));
    TRY(rules_number(cx, cx->house->rules, "sanction.circular", "unqualified_pct", today_of(cx), &pct, &rule));
    const struct rule_param *cause = rule_get(rule, "unqualified_cause", RULE_TEXT);
    if (cause == NULL || row.bad * 100 <= row.n * pct)
        return E_OK;
    return sanction_propose(cx, c->provider_id, c->id, cause->text,
                            arena_fmt(cx->arena, tr(cx, N_("%lld 年 %lld 个班里 %lld 个不合格，超过 %lld%%。最近一个：%s，%s")), (long long)year,
                                      (long long)row.n, (long long)row.bad, (long long)pct, c->name, text_or(note)),
                            &id);
}

static err_t move(struct ctx *cx, const struct q_class_rows_row *c, const struct flow_edge *e, const char *note)
{
    int64_t today = today_of(cx), days = 0, due;
    size_t n;
    const char *filing = c->filing_no;
    bool declares = strcmp(e->to, "declared") == 0, answers = strcmp(c->status, "declared") == 0 && strcmp(e->action, "withdraw") != 0;
    if (declares)
        TRY(rules_number(cx, cx->house->rules, "class.answer", "working_days", today, &days, NULL));
    due = working(cx, today, days);
    if (strcmp(e->action, "approve") == 0)
        TRY(filing_number(cx, c, &filing));
    struct q_class_move_in in = {
        .status = e->to, .filing_no = filing, .declared_on = declares ? &today : c->declared_on, .due_on = declares ? &due : c->due_on,
        .decided_by = answers ? &cx->actor.account_id : declares ? NULL : c->decided_by, .decided_on = answers ? &today : declares ? NULL : c->decided_on,
        .reason = note != NULL ? note : declares ? "" : c->reason, .id = c->id, .version = c->version,
    };
    TRY(q_class_move(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "class %s moved meanwhile", c->code);
    TRY(class_note(cx, c->id, e, note));
    if (declares || strcmp(e->action, "approve") == 0 || strcmp(e->action, "start") == 0)
        TRY(bind(cx, c));
    if (strcmp(e->action, "start") == 0)
        TRY(trainees_step_all(cx, c->id, "attend", NULL));
    if (strcmp(e->action, "finish") == 0)
        TRY(trainees_step_all(cx, c->id, "complete", NULL));
    TRY(change_add(cx, "class", c->id));
    return strcmp(e->action, "disqualify") == 0 ? unqualified(cx, c, note) : E_OK;
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct q_class_rows_row c;
    const struct flow_edge *e;
    TRY(class_find(cx, s->id, &c));
    TRY(class_own(cx, &c));
    TRY(flow_step(cx, &class_flow, c.status, s->action, s->note, &c, &e));
    return move(cx, &c, e, s->note);
}

err_t class_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct flow_act){id, action, note});
}

/* ---- a new version of the catalogue ---- */

static err_t moved(struct ctx *cx, const int64_t *district, const int64_t *provider_id, const int64_t *class_id, struct q_class_moved_row **rows, size_t *n)
{
    return q_class_moved(cx, &(struct q_class_moved_in){.today = today_of(cx), .district = district, .provider_id = provider_id, .id = class_id}, rows, n);
}

err_t classes_left(struct ctx *cx, const int64_t *district, const int64_t *provider_id, const int64_t *class_id, struct q_class_moved_row **rows, size_t *n)
{
    size_t k = 0;
    TRY(moved(cx, district, provider_id, class_id, rows, n));
    for (size_t i = 0; i < *n; i++)
        if ((*rows)[i].item_id == NULL)
            (*rows)[k++] = (*rows)[i];
    *n = k;
    return E_OK;
}

const char *class_left_say(struct ctx *cx, const struct q_class_moved_row *r)
{
    struct arena *a = cx->arena;
    int64_t last = r->effective_on != NULL ? day_add(*r->effective_on, -1) : 0;
    const char *open = last > today_of(cx) ? text_fill(a, tr(cx, N_("在 {day} 或以前开班（提出变更申请），或者")), "day", day_text_full(cx, last), NULL) : "";
    return text_fill(a, tr(cx, N_("{day} 开班的 {name}：那天执行“{title}”，里面没有这个职业，取得证书也没有补贴。请{open}取消开班；已报名的 {n} 人要先告诉他们。")), "day",
                     day_text_full(cx, r->starts_on), "name", r->name, "title", r->title, "open", open, "n", arena_fmt(a, "%lld", (long long)r->taken), NULL);
}

static err_t follow_tx(struct ctx *cx, void *arg)
{
    const struct q_class_moved_row *r = arg;
    TRY(q_class_bind(cx, &(struct q_class_bind_in){.catalogue_id = r->catalogue_id, .item_id = *r->item_id, .id = r->id}, NULL));
    TRY(change_add(cx, "class", r->id));
    return audit_add(cx, "bind", "class", r->id, NULL);
}

/* Classes that have not begun go over to the version that is in force on their opening day. */
static err_t follow_catalogue(struct ctx *cx)
{
    struct q_class_moved_row *rows;
    size_t n;
    TRY(moved(cx, NULL, NULL, NULL, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].item_id != NULL)
            TRY(store_tx(cx, STORE_WRITE, follow_tx, &rows[i]));
    return E_OK;
}

/* ---- the clock ---- */

static err_t days(struct ctx *cx)
{
    struct q_class_to_start_row *starts;
    struct q_class_to_finish_row *ends;
    size_t n;
    int64_t today = today_of(cx);
    TRY(follow_catalogue(cx));
    TRY(q_class_to_start(cx, &(struct q_class_to_start_in){.today = today, .lim = TICK_MOST}, &starts, &n));
    for (size_t i = 0; i < n; i++)
        TRY(class_step(cx, starts[i].id, "start", NULL));
    TRY(q_class_to_finish(cx, &(struct q_class_to_finish_in){.today = today, .lim = TICK_MOST}, &ends, &n));
    for (size_t i = 0; i < n; i++)
        TRY(class_step(cx, ends[i].id, "finish", NULL));
    return needs_settle(cx);
}

err_t classes_tick(struct ctx *cx) { return task_run(cx, "classes.days", 10 * 60000, days); }
