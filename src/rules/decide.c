#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

/* Every check, in the order in which they are shown. `id`: the rule it stands on; a rule of that id must be in force, or the check falls away.
 * Which of them are made is said by the rule of the line (training.line.<line>, list `checks`). */
static const struct {
    const char *id;
    check_fn *fn;
    bool claim; /* only once the class has been held */
} checks[] = {
    {"training.age", check_age, false},
    {"training.pension", check_pension, false},
    {"training.civil", check_civil, false},
    {"training.pupil", check_pupil, false},
    {"training.category", check_category, false},
    {"training.graduates", check_graduates, false},
    {"training.payee", check_proof, false}, /* the rule of the proof is the category's */
    {"training.unit", check_unit, false},
    {"training.catalogue", check_catalogue, false},
    {"training.mode", check_mode, false},
    {"training.level", check_level, false},
    {"training.repeat", check_repeat, false},
    {"training.higher", check_higher, false},
    {"training.times", check_times, false},
    {"training.lifetime", check_lifetime, false},
    {"training.lifetime_fee", check_lifetime_fee, false},
    {"training.other_fund", check_other_fund, false},
    {"training.at_once", check_at_once, false},
    {"line.who", check_line_who, false},
    {"line.provider", check_line_provider, false},
    {"line.hired", check_line_hired, false},
    {"line.paid", check_line_paid, false},
    {"line.key", check_line_key, false},
    {"line.insured", check_line_insured, false},
    {"line.permit", check_line_permit, false},
    {"line.apprentices", check_line_apprentices, false},
    {"line.months", check_line_months, false},
    {"line.grade", check_line_grade, false},
    {"line.period", check_line_period, false},
    {"line.hours", check_line_hours, false},
    {"line.times", check_line_times, false},
    {"line.repeat", check_line_repeat, false},
    {"training.class", check_class, true},
    {"training.attendance", check_attendance, true},
    {"training.hours", check_hours, true},
    {"training.certificate", check_certificate, true},
    {"line.job", check_line_job, true},
    {"line.step_up", check_line_step_up, true},
    {"line.completion", check_line_completion, true},
    {"training.living", check_living, false},
};

static err_t class_check(struct ctx *cx, const struct decide_facts *f)
{
    const struct decide_class *c = &f->class;
    if (!day_valid(f->on))
        return SAY(cx, E_INVALID, "on", N_("要写明在哪一天判断，比如 2026-05-01"));
    if (!day_valid(c->starts_on) || !day_valid(c->ends_on) || c->ends_on < c->starts_on)
        return SAY(cx, E_INVALID, "class.starts_on", N_("开班和结课的日期要是真实的日期，结课不能早于开班"));
    if (c->level < 0 || c->level > 5)
        return SAY(cx, E_INVALID, "class.level", N_("等级写 5（初级工）到 1（高级技师），专项写 0"));
    if (c->rate < 0 || c->fee < 0 || c->rate > 100000000 || c->fee > 100000000)
        return SAY(cx, E_INVALID, "class.rate", N_("标准按分写，在 0 到一百万元之间"));
    if (c->occupation == NULL || c->mode == NULL || c->urgency == NULL || c->evaluation == NULL || c->provider == NULL || c->audience == NULL ||
        c->employer == NULL || c->catalogue == NULL || c->name == NULL || c->code == NULL)
        return FAIL(cx, E_BUG, "class", "a text of the class is missing");
    return E_OK;
}

static err_t law_read(struct work *w, const struct rules *rules)
{
    w->n_law = rules_list(rules, "training", w->f->class.starts_on, w->law, DECIDE_LAW);
    if (law_find(w, "training.category") == NULL || law_find(w, "training.payee") == NULL || law_find(w, "training.formula") == NULL)
        return SAY(w->cx, E_INVALID, "class.starts_on", N_("开班那天没有有效的补贴办法，不能判断；请先核对规则的起止日期"));
    w->line = law_find(w, arena_fmt(w->cx->arena, "training.line.%s", w->f->class.line == NULL ? "catalogue" : w->f->class.line));
    if (w->line == NULL)
        return SAY(w->cx, E_INVALID, "class.line", N_("没有这种培训，或者开班那天它没有有效的规定"));
    return E_OK;
}

static void category_read(struct work *w)
{
    static const char *const funds[][2] = {{"training.fund.insurance", "insurance"}, {"training.fund.employment", "employment"}};
    struct held h = fact_held(w, "category");
    w->category = h.known == FACT_HELD ? h.value : "";
    w->fund = "";
    for (size_t i = 0; i < sizeof funds / sizeof *funds; i++) {
        const struct rule *r = law_find(w, funds[i][0]);
        if (r != NULL && law_lists(r, "categories", w->category)) {
            w->fund = funds[i][1];
            w->fund_rule = r;
        }
    }
}

static int group(const struct decide_check *c)
{
    if (c->warning)
        return 2;
    return c->verdict == DECIDE_NO ? 0 : c->verdict == DECIDE_ASK ? 1 : 3;
}

static void checks_out(struct work *w, struct decision *d)
{
    struct decide_check *out = ARENA_ARRAY(w->cx->arena, struct decide_check, w->n_checks + 1);
    d->verdict = DECIDE_YES;
    for (int g = 0; g < 4; g++)
        for (size_t i = 0; i < w->n_checks; i++)
            if (group(&w->check[i]) == g)
                out[d->n_checks++] = w->check[i];
    if (d->n_checks > 0 && group(&out[0]) < 2)
        d->verdict = out[0].verdict;
    d->checks = out;
}

static const char *whole(struct work *w, const struct decision *d)
{
    struct arena *a = w->cx->arena;
    const char *first = d->n_checks > 0 ? d->checks[0].say : "";
    if (d->verdict == DECIDE_NO)
        return text_fill(a, tr(w->cx, N_("不能享受补贴：{why}")), "why", first, NULL);
    if (d->verdict == DECIDE_ASK)
        return text_fill(a, tr(w->cx, N_("要先核实：{why}")), "why", first, NULL);
    if (!line_is(w, "catalogue") && d->stage == DECIDE_ADMIT)
        return text_fill(a, tr(w->cx, N_("可以参加，满足后面的条件后共补贴 {sum} 元")), "sum", yuan_text(w, d->total), NULL);
    return text_fill(a, tr(w->cx, d->stage == DECIDE_ADMIT ? N_("可以参加，取得证书后共补贴 {sum} 元") : N_("符合条件，共补贴 {sum} 元")), "sum",
                     yuan_text(w, d->total), NULL);
}

err_t decide(struct ctx *cx, const struct rules *rules, const struct decide_facts *facts, struct decision *out)
{
    struct work w = {.cx = cx, .f = facts};
    *out = (struct decision){.stage = facts->stage, .on = facts->on, .person = facts->person, .class_code = facts->class.code};
    TRY(class_check(cx, facts));
    TRY(facts_check(cx, facts));
    TRY(law_read(&w, rules));
    category_read(&w);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        const struct rule *same[DECIDE_SAME];
        bool own = strncmp(checks[i].id, "line.", 5) == 0;
        if ((checks[i].claim && facts->stage != DECIDE_CLAIM) || !law_lists(w.line, "checks", own ? checks[i].id : checks[i].id + 9))
            continue;
        size_t n = own ? law_line(&w, checks[i].id + 5, same) : law_all(&w, checks[i].id, same);
        for (size_t j = 0; j < n; j++)
            checks[i].fn(&w, same[j]);
    }
    checks_out(&w, out);
    if (out->verdict != DECIDE_NO)
        amounts_add(&w);
    struct decide_amount *amounts = ARENA_ARRAY(cx->arena, struct decide_amount, w.n_amounts + 1);
    for (size_t i = 0; i < w.n_amounts; i++) {
        amounts[i] = w.amount[i];
        out->total += w.amount[i].fen;
    }
    out->amounts = amounts;
    out->n_amounts = w.n_amounts;
    out->say = whole(&w, out);
    return E_OK;
}

const char *decide_verdict_code(enum decide_verdict v)
{
    return v == DECIDE_YES ? "yes" : v == DECIDE_ASK ? "ask" : "no";
}
