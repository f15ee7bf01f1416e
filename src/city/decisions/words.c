#include "city/decisions/words.h"

#include "city/training.h"

#include "base/day.h"
#include "base/field.h"

#include <string.h>

static const struct choice sources[] = {
    {"identity", N_("身份证号")}, {"register", N_("登记系统")}, {"insurance", N_("社保记录")}, {"school", N_("学校")}, {"person", N_("本人填写")}, {"desk", N_("驿站核对")},
    {"provider", N_("培训机构核对")}, {"officer", N_("区人社局核实")}, {"class", N_("班期记录")}, {"ledger", N_("支付记录")}, {"history", N_("以前的补贴记录")}, {"attendance", N_("签到记录")},
    {"supervision", N_("检查记录")}, {"certificate", N_("证书记录")}, {0},
};
static const struct choice items[] = {{"training", N_("培训费补贴")}, {"evaluation", N_("鉴定费补贴")}, {"allowance", N_("生活费补贴")}, {0}};
static const struct choice facts_of_case[] = {{"class", N_("班期")}, {"past", N_("以前的班期和补贴")}, {"result", N_("培训结果")}, {0}};
static const struct choice values[] = {{"yes", N_("是")}, {"no", N_("否")}, {"male", N_("男")}, {"female", N_("女")}, {"worker", N_("生产、服务等岗位")},
    {"manager", N_("管理、技术岗位")}, {"record", N_("登记记录")}, {"insurance", N_("社保记录")}, {"certificate", N_("证件或证明原件")}, {"promise", N_("本人承诺书")},
    {"first", N_("初次取证")}, {"renewal", N_("复审取证")}, {"offline", N_("线下集中")}, {"hybrid", N_("线上线下结合")}, {0}};

const char *fact_words(struct ctx *cx, const char *name)
{
    for (const struct decide_name *d = decide_names; d->name != NULL; d++)
        if (strcmp(d->name, name) == 0)
            return tr(cx, d->label);
    return tr(cx, training_label(facts_of_case, name));
}

const char *fact_value_words(struct ctx *cx, const char *name, const char *value)
{
    const char *label = strcmp(name, "category") == 0 ? training_label(training_categories, value) : training_label(values, value);
    return *label == '\0' ? "" : tr(cx, label);
}

static const char *yes_or_no(const char *words)
{
    static const struct choice said[] = {{"是", "yes"}, {"有", "yes"}, {"对", "yes"}, {"不是", "no"}, {"否", "no"}, {"没有", "no"}, {"无", "no"}, {"不", "no"}, {"Yes", "yes"}, {"No", "no"}, {0}};
    return training_label(said, words);
}

const char *fact_value_code(struct ctx *cx, const char *name, const char *words)
{
    const struct decide_name *d = decide_names;
    while (d->name != NULL && strcmp(d->name, name) != 0)
        d++;
    if (d->name == NULL)
        return words;
    int64_t day = d->kind == DECIDE_DAY ? day_read(words) : 0;
    if (day != 0)
        return day_text_iso(cx->arena, day);
    if (d->kind == DECIDE_YESNO)
        return yes_or_no(words);
    for (const char *p = d->kind == DECIDE_CODE ? d->values : ""; *p != '\0'; p += strcspn(p, " "), p += *p == ' ') {
        const char *code = arena_strndup(cx->arena, p, strcspn(p, " ")), *label = strcmp(name, "category") == 0 ? training_label(training_categories, code) : training_label(values, code);
        if (strcmp(words, label) == 0 || strcmp(words, tr(cx, label)) == 0)
            return code;
    }
    return words;
}

const char *fact_source_words(struct ctx *cx, const char *source)
{
    return *source == '\0' ? "" : tr(cx, training_label(sources, source));
}

const char *verdict_words(struct ctx *cx, const char *code)
{
    return tr(cx, strcmp(code, "yes") == 0 ? N_("符合") : strcmp(code, "ask") == 0 ? N_("要核实") : N_("不符合"));
}

static void rule_words(struct ctx *cx, struct view *v, const struct rule *r)
{
    struct arena *a = cx->arena;
    view_str(a, v, "cite", r->cite);
    view_str(a, v, "clause", r->clause);
    view_str(a, v, "origin", r->source);
    view_bool(a, v, "norm", r->norm);
    view_str(a, v, "from", day_text_iso(a, r->from));
    view_str(a, v, "to", r->to == 99991231 ? NULL : day_text_iso(a, r->to));
}

static void check_words(struct ctx *cx, struct view *list, const struct decide_check *c)
{
    struct arena *a = cx->arena;
    struct view *v = view_item(a, list);
    bool ask = c->verdict == DECIDE_ASK, no = c->verdict == DECIDE_NO, known = *c->value != '\0';
    view_bool(a, v, "good", !c->warning && c->verdict == DECIDE_YES);
    view_bool(a, v, "ask", !c->warning && ask);
    view_bool(a, v, "bad", !c->warning && no);
    view_bool(a, v, "hint", c->warning);
    view_str(a, v, "title", c->rule->title);
    view_str(a, v, "say", c->say);
    view_str(a, v, "change", *c->change == '\0' ? NULL : c->change);
    view_str(a, v, "fact", fact_words(cx, c->fact));
    view_str(a, v, "value", known ? fact_value_words(cx, c->fact, c->value) : NULL);
    view_str(a, v, "source", *c->source == '\0' ? NULL : fact_source_words(cx, c->source));
    rule_words(cx, v, c->rule);
}

static void amount_words(struct ctx *cx, struct view *list, const struct decide_amount *m)
{
    struct arena *a = cx->arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "item", tr(cx, training_label(items, m->item)));
    view_str(a, v, "yuan", training_yuan(cx, m->fen));
    view_str(a, v, "payee", tr(cx, training_label(training_payees, m->payee)));
    view_str(a, v, "fund", *m->fund == '\0' ? NULL : tr(cx, training_label(training_funds, m->fund)));
    view_str(a, v, "formula", m->formula);
    view_str(a, v, "cite", m->rule->cite);
    view_str(a, v, "payee_cite", m->payee_rule == NULL ? NULL : m->payee_rule->cite);
    view_str(a, v, "fund_cite", m->fund_rule == NULL ? NULL : m->fund_rule->cite);
    struct view *steps = view_list(a, v, "steps");
    for (size_t i = 0; i < m->n_steps; i++) {
        struct view *s = view_item(a, steps);
        const struct decide_step *p = &m->steps[i];
        view_str(a, s, "what", p->what);
        view_str(a, s, "factor", p->ppm == 0 ? NULL : arena_fmt(a, "× %lld%%", (long long)(p->ppm / 10000)));
        view_str(a, s, "yuan", training_yuan(cx, p->fen));
        view_str(a, s, "cite", p->rule == NULL ? NULL : p->rule->cite);
    }
}

void decision_words(struct ctx *cx, struct view *to, const struct decision *d)
{
    struct arena *a = cx->arena;
    struct view *v = view_sub(a, to, "decision");
    view_bool(a, v, "yes", d->verdict == DECIDE_YES);
    view_bool(a, v, "ask", d->verdict == DECIDE_ASK);
    view_bool(a, v, "no", d->verdict == DECIDE_NO);
    view_str(a, v, "verdict", verdict_words(cx, decide_verdict_code(d->verdict)));
    view_str(a, v, "say", d->say);
    view_str(a, v, "on", day_text_full(cx, d->on));
    view_str(a, v, "total", training_yuan(cx, d->total));
    struct view *list = view_list(a, v, "checks");
    for (size_t i = 0; i < d->n_checks; i++)
        check_words(cx, list, &d->checks[i]);
    list = view_list(a, v, "amounts");
    for (size_t i = 0; i < d->n_amounts; i++)
        amount_words(cx, list, &d->amounts[i]);
    view_bool(a, v, "paid", d->n_amounts > 0);
}
