/* agreements.c -- the yearly agreement of a provider with a district, and the projects it covers (2019 procedure, part 3). */
#include "city/providers/providers.h"

#include "city/catalogue/catalogue.h"
#include "city/providers/providers_impl.h"
#include "city/training.h"

#include <stdlib.h>
#include <string.h>

enum { EXPIRE_MOST = 500 };

static const struct flow_state states[] = {
    {"draft", N_("填写中")},     {"asked", N_("已提交，等区里核实")}, {"signed", N_("已签约")}, {"refused", N_("未通过")}, {"suspended", N_("暂停")},
    {"terminated", N_("已解除")}, {"expired", N_("已到期")}, {0},
};

err_t agreement_against(struct ctx *cx, int64_t provider_id, int64_t year, int64_t on, const char **why)
{
    struct q_provider_get_row p;
    const char *grade;
    int64_t of;
    const struct rule *rule = rules_find(cx->house->rules, "provider.agreement", on);
    const struct rule_param *good = rule != NULL ? rule_get(rule, "grades", RULE_LIST) : NULL;
    *why = NULL;
    if (good == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule provider.agreement with grades");
    TRY(provider_find(cx, provider_id, &p));
    bool school = strcmp(p.kind, "school") == 0;
    if (!provider_is_registered(p.status)) {
        *why = tr(cx, N_("机构还没有备案，先完成备案再签协议。"));
        return E_OK;
    }
    if (school && (p.licence_to == NULL || *p.licence_to < on || *p.licence_to / 10000 < year)) {
        *why = arena_fmt(cx->arena, tr(cx, N_("办学许可到 %s，管不到 %lld 年的协议。请先换证。（%s）")),
                         p.licence_to != NULL ? day_text_full(cx, *p.licence_to) : "—", (long long)year, rule->cite);
        return E_OK;
    }
    TRY(provider_is_banned(cx, provider_id, on, why));
    if (*why != NULL || !school)
        return E_OK;
    TRY(provider_grade(cx, provider_id, on, &grade, &of));
    for (size_t i = 0; i < good->n_items; i++)
        if (strcmp(good->items[i], grade) == 0)
            return E_OK;
    *why = *grade == '\0' ? arena_fmt(cx->arena, tr(cx, N_("还没有公布的质量评估等级，评估公布后才能签约。（%s）")), rule->cite)
                          : arena_fmt(cx->arena, tr(cx, N_("%lld 年度质量评估等级是 %s，不能签约。（%s）")), (long long)of, grade, rule->cite);
    return E_OK;
}

struct act {
    struct q_agreement_get_row g;
    size_t projects;
};

static err_t nothing_against(struct ctx *cx, const void *row)
{
    const struct act *a = row;
    const char *why;
    if (a->projects == 0)
        return SAY(cx, E_STATE, NULL, N_("请先写要办哪些培训项目，再提交。"));
    TRY(agreement_against(cx, a->g.provider_id, a->g.year, today_of(cx), &why));
    return why == NULL ? E_OK : SAY(cx, E_STATE, NULL, why);
}

static const struct flow_edge edges[] = {
    {"draft", "ask", "asked", N_("提交给区人社局"), ROLE_PROVIDER, 0, nothing_against},
    {"asked", "withdraw", "draft", N_("撤回修改"), ROLE_PROVIDER, 0, NULL},
    {"asked", "sign", "signed", N_("核实通过，签约"), OFFICERS, 0, nothing_against},
    {"asked", "refuse", "refused", N_("不通过"), OFFICERS, FLOW_NOTE, NULL},
    {"refused", "revise", "draft", N_("修改后再提交"), ROLE_PROVIDER, 0, NULL},
    {"signed", "suspend", "suspended", N_("暂停"), OFFICERS, FLOW_NOTE, NULL},
    {"signed", "terminate", "terminated", N_("解除协议"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"signed", "expire", "expired", N_("到期"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {"suspended", "resume", "signed", N_("恢复"), OFFICERS, FLOW_NOTE, nothing_against},
    {"suspended", "terminate", "terminated", N_("解除协议"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"suspended", "expire", "expired", N_("到期"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {0},
};
const struct flow agreement_flow = {"agreement", "draft", states, edges};

err_t agreement_find(struct ctx *cx, int64_t id, struct q_agreement_get_row *out)
{
    return q_agreement_get(cx, &(struct q_agreement_get_in){.id = id}, out);
}

err_t agreement_id(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_agreement_id_of_row row;
    TRY(q_agreement_id_of_first(cx, &(struct q_agreement_id_of_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t agreement_page(struct ctx *cx, const struct q_agreement_list_in *in, struct q_agreement_list_row **rows, size_t *n)
{
    struct q_agreement_list_in today = *in;
    today.on_day = today_of(cx);
    return q_agreement_list(cx, &today, rows, n);
}

struct draft {
    int64_t provider_id, district, year, id;
};

static err_t draft_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge made = {.from = "", .action = "create", .to = "draft"};
    struct draft *d = arg;
    struct q_provider_get_row p;
    struct q_agreement_list_row *known;
    struct q_agreement_add_row row;
    size_t n;
    TRY(provider_own(cx, d->provider_id, &p));
    if (!provider_is_registered(p.status))
        return SAY(cx, E_STATE, NULL, N_("机构还没有备案，先完成备案再签协议。"));
    if (city_district(cx->house->city, d->district) == NULL)
        return SAY(cx, E_INVALID, "district", N_("请选一个本市的区。"));
    TRY(q_agreement_list(cx, &(struct q_agreement_list_in){.district = &d->district, .year = &d->year, .provider_id = &d->provider_id, .on_day = today_of(cx), .lim = 1},
                         &known, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, "year", N_("这一年和这个区的协议已经有了，请在原来的那份上继续。"));
    TRY(q_agreement_add(cx, &(struct q_agreement_add_in){.code = code_wait(cx), .provider_id = p.id, .district = d->district, .year = d->year,
                                                         .status = "draft"}, &row));
    TRY(q_agreement_code(cx, &(struct q_agreement_code_in){
                                 .code = arena_fmt(cx->arena, "X%lld-%04lld", (long long)d->year, (long long)row.id), .id = row.id}, NULL));
    d->id = row.id;
    return provider_note(cx, "agreement", row.id, p.id, &made, NULL);
}

err_t agreement_draft(struct ctx *cx, int64_t provider_id, int64_t district, int64_t year, int64_t *id)
{
    struct draft d = {provider_id, district, year, 0};
    TRY(store_tx(cx, STORE_WRITE, draft_tx, &d));
    *id = d.id;
    return E_OK;
}

/* The provider that it is with, the district that it is with, the city; the clock for all. */
static err_t agreement_own(struct ctx *cx, const struct q_agreement_get_row *g)
{
    if (cx->actor.role == ROLE_PROVIDER)
        return cx->actor.provider_id == g->provider_id ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "agreement %s is not this actor's", g->code);
    return district_own(cx, g->district);
}

static err_t move(struct ctx *cx, const struct q_agreement_get_row *g, const struct flow_edge *e, const char *note)
{
    int64_t today = today_of(cx), wait, first = g->year * 10000 + 101, last = g->year * 10000 + 1231, due;
    size_t n;
    TRY(rules_number(cx, cx->house->rules, "provider.agreement", "answer_working_days", today, &wait, NULL));
    due = working(cx, today, wait);
    bool asks = strcmp(e->to, "asked") == 0, signs = strcmp(e->action, "sign") == 0;
    first = today > first ? today : first;
    struct q_agreement_move_in in = {
        .status = e->to, .from_on = signs ? &first : g->from_on, .to_on = signs ? &last : g->to_on, .asked_on = asks ? &today : g->asked_on,
        .due_on = asks ? &due : g->due_on, .decided_by = asks ? NULL : &cx->actor.account_id, .decided_on = asks ? NULL : &today,
        .reason = text_or(note), .id = g->id, .was = g->version,
    };
    TRY(q_agreement_move(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "agreement %s moved meanwhile", g->code);
    return provider_note(cx, "agreement", g->id, g->provider_id, e, note);
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct act a;
    struct q_project_list_row *projects;
    const struct flow_edge *e;
    TRY(agreement_find(cx, s->id, &a.g));
    TRY(agreement_own(cx, &a.g));
    TRY(projects_of(cx, s->id, &projects, &a.projects));
    TRY(flow_step(cx, &agreement_flow, a.g.status, s->action, s->note, &a, &e));
    return move(cx, &a.g, e, s->note);
}

err_t agreement_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct flow_act){id, action, note});
}

err_t agreements_terminate(struct ctx *cx, int64_t provider_id, int64_t district, const char *note)
{
    struct q_agreement_of_provider_row *rows;
    size_t n;
    TRY(q_agreement_of_provider(cx, &(struct q_agreement_of_provider_in){.provider_id = provider_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].district == district)
            TRY(agreement_step(cx, rows[i].id, strcmp(rows[i].status, "asked") == 0 ? "refuse" : "terminate", note));
    return E_OK;
}

static err_t expire(struct ctx *cx)
{
    struct q_agreement_over_row *rows;
    size_t n;
    TRY(q_agreement_over(cx, &(struct q_agreement_over_in){.on_day = today_of(cx), .lim = EXPIRE_MOST}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(agreement_step(cx, rows[i].id, "expire", NULL));
    return E_OK;
}

err_t providers_tick(struct ctx *cx) { return task_run(cx, "providers.expire", 3600000, expire); }

/* ---- projects ---- */

struct put {
    const struct project_form *in;
    int64_t agreement_id, id;
};

static err_t draft_of(struct ctx *cx, int64_t id, struct q_agreement_get_row *g)
{
    TRY(agreement_find(cx, id, g));
    TRY(agreement_own(cx, g));
    return strcmp(g->status, "draft") == 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("协议已经提交，要改项目请先撤回。"));
}

static err_t put_tx(struct ctx *cx, void *arg)
{
    struct put *a = arg;
    const struct project_form *f = a->in;
    struct q_agreement_get_row g;
    struct q_catalogue_rows_row version;
    struct q_catalogue_item_by_id_row item;
    struct q_project_list_row *known;
    struct q_project_add_row row;
    size_t n;
    TRY(draft_of(cx, a->agreement_id, &g));
    TRY(catalogue_on(cx, today_of(cx), &version));
    if (catalogue_item_find(cx, version.id, f->occupation, f->name, &item) != E_OK)
        return SAY(cx, E_INVALID, "occupation",
                   arena_fmt(cx->arena, tr(cx, N_("“%s”里没有这个职业，不能列入补贴培训协议。")), version.title));
    TRY(projects_of(cx, g.id, &known, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(known[i].occupation, item.occupation) == 0 && strcmp(known[i].name, item.name) == 0)
            return SAY(cx, E_CONFLICT, "occupation", N_("这个职业已经在协议里了。"));
    TRY(q_project_add(cx, &(struct q_project_add_in){.agreement_id = g.id, .occupation = item.occupation, .name = item.name,
                                                     .top_level = strtoll(f->top_level, NULL, 10), .capacity = f->capacity}, &row));
    a->id = row.id;
    return audit_add(cx, "create", "project", row.id, arena_fmt(cx->arena, "{\"agreement\":%lld}", (long long)g.id));
}

err_t project_put(struct ctx *cx, int64_t agreement, const struct project_form *in, int64_t *id)
{
    struct put a = {.in = in, .agreement_id = agreement};
    TRY(store_tx(cx, STORE_WRITE, put_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t out_tx(struct ctx *cx, void *arg)
{
    const struct put *a = arg;
    struct q_agreement_get_row g;
    size_t n;
    TRY(draft_of(cx, a->agreement_id, &g));
    TRY(q_project_remove(cx, &(struct q_project_remove_in){.id = a->id, .agreement_id = g.id}, &n));
    return n > 0 ? audit_add(cx, "remove", "project", a->id, NULL) : FAIL(cx, E_NOTFOUND, NULL, "no project %lld", (long long)a->id);
}

err_t project_take_out(struct ctx *cx, int64_t agreement, int64_t id)
{
    return store_tx(cx, STORE_WRITE, out_tx, &(struct put){.agreement_id = agreement, .id = id});
}

err_t projects_of(struct ctx *cx, int64_t agreement, struct q_project_list_row **rows, size_t *n)
{
    return q_project_list(cx, &(struct q_project_list_in){.agreement_id = agreement}, rows, n);
}

err_t projects_of_provider(struct ctx *cx, int64_t provider_id, int64_t on, struct q_project_of_provider_row **rows, size_t *n)
{
    return q_project_of_provider(cx, &(struct q_project_of_provider_in){.provider_id = provider_id, .on_day = on}, rows, n);
}

err_t project_find(struct ctx *cx, int64_t id, struct q_project_get_row *out)
{
    return q_project_get(cx, &(struct q_project_get_in){.id = id}, out);
}

err_t projects_in_force(struct ctx *cx, int64_t on, struct q_project_in_force_row **rows, size_t *n)
{
    return q_project_in_force(cx, &(struct q_project_in_force_in){.on_day = on}, rows, n);
}

err_t projects_close_left(struct ctx *cx, int64_t catalogue_id)
{
    struct q_catalogue_rows_row version;
    struct q_project_left_row *rows;
    size_t n;
    const struct rule *rule = rules_find(cx->house->rules, "provider.catalogue", today_of(cx));
    TRY(catalogue_find(cx, catalogue_id, &version));
    int64_t from = version.effective_on != NULL ? *version.effective_on : today_of(cx);
    const char *why = arena_fmt(cx->arena, tr(cx, N_("“%s”里没有这个职业，项目协议自动失效；已经开班的办完。（%s）")), version.title,
                                rule != NULL ? rule->cite : "");
    TRY(q_project_left(cx, &(struct q_project_left_in){.catalogue_id = catalogue_id}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(q_project_close(cx, &(struct q_project_close_in){.closed_on = from, .closed_why = why, .id = rows[i].id}, NULL));
        TRY(audit_add(cx, "close", "project", rows[i].id, arena_fmt(cx->arena, "{\"catalogue\":\"%s\"}", version.code)));
    }
    return E_OK;
}
