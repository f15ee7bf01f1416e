#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

static void rule_view(struct ctx *cx, struct view *to, const char *key, const struct rule *r)
{
    struct arena *a = cx->arena;
    if (r == NULL)
        return;
    struct view *v = view_sub(a, to, key);
    view_str(a, v, "id", r->id);
    view_str(a, v, "title", r->title);
    view_str(a, v, "cite", r->cite);
    view_str(a, v, "clause", r->clause);
    view_str(a, v, "source", r->source);
    view_bool(a, v, "norm", r->norm);
    view_str(a, v, "from", day_text_iso(a, r->from));
    if (r->to != 99991231)
        view_str(a, v, "to", day_text_iso(a, r->to));
}

static void check_view(struct ctx *cx, struct view *list, const struct decide_check *c)
{
    struct arena *a = cx->arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "verdict", decide_verdict_code(c->verdict));
    view_bool(a, v, "warning", c->warning);
    view_bool(a, v, "is_yes", !c->warning && c->verdict == DECIDE_YES);
    view_bool(a, v, "is_ask", !c->warning && c->verdict == DECIDE_ASK);
    view_bool(a, v, "is_no", !c->warning && c->verdict == DECIDE_NO);
    view_str(a, v, "say", c->say);
    view_str(a, v, "fact", c->fact);
    view_str(a, v, "value", c->value);
    view_str(a, v, "source", c->source);
    view_str(a, v, "change", c->change);
    rule_view(cx, v, "rule", c->rule);
}

static void amount_view(struct ctx *cx, struct view *list, const struct decide_amount *m)
{
    struct arena *a = cx->arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "item", m->item);
    view_i64(a, v, "fen", m->fen);
    view_str(a, v, "payee", m->payee);
    view_str(a, v, "fund", m->fund);
    view_bool(a, v, "conditional", m->conditional);
    view_str(a, v, "formula", m->formula);
    struct view *steps = view_list(a, v, "steps");
    for (size_t i = 0; i < m->n_steps; i++) {
        struct view *s = view_item(a, steps);
        view_str(a, s, "what", m->steps[i].what);
        if (m->steps[i].ppm != 0)
            view_i64(a, s, "ppm", m->steps[i].ppm);
        view_i64(a, s, "fen", m->steps[i].fen);
        if (m->steps[i].rule != NULL)
            view_str(a, s, "cite", m->steps[i].rule->cite);
    }
    rule_view(cx, v, "rule", m->rule);
    rule_view(cx, v, "payee_rule", m->payee_rule);
    rule_view(cx, v, "fund_rule", m->fund_rule);
}

void decide_view(struct ctx *cx, struct view *to, const struct decision *d)
{
    struct arena *a = cx->arena;
    if (d->person != NULL)
        view_str(a, to, "person", d->person);
    view_str(a, to, "class", d->class_code == NULL ? "" : d->class_code);
    view_str(a, to, "stage", d->stage == DECIDE_CLAIM ? "claim" : "admit");
    view_str(a, to, "on", day_text_iso(a, d->on));
    view_str(a, to, "verdict", decide_verdict_code(d->verdict));
    view_bool(a, to, "is_yes", d->verdict == DECIDE_YES);
    view_bool(a, to, "is_ask", d->verdict == DECIDE_ASK);
    view_bool(a, to, "is_no", d->verdict == DECIDE_NO);
    view_str(a, to, "say", d->say);
    view_i64(a, to, "total", d->total);
    struct view *list = view_list(a, to, "checks");
    for (size_t i = 0; i < d->n_checks; i++)
        check_view(cx, list, &d->checks[i]);
    list = view_list(a, to, "amounts");
    for (size_t i = 0; i < d->n_amounts; i++)
        amount_view(cx, list, &d->amounts[i]);
}
