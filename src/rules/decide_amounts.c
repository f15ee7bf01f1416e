/* What is paid: factor after factor, exact until the rounding that the rule says, each step kept. */
#include "rules/decide_impl.h"

#include "base/text.h"

#include <string.h>

enum { MAX_STEPS = 5, WORDS = 40 /* room for an amount in words: a buffer's own first size is that of a page */ };

const char *yuan_text(struct work *w, int64_t fen)
{
    const char *digits = arena_fmt(w->cx->arena, "%lld", (long long)(fen / 100));
    struct buf out = {.a = w->cx->arena, .p = arena_alloc(w->cx->arena, WORDS), .cap = WORDS};
    for (size_t n = strlen(digits), i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf_add(&out, ",", 1);
        buf_add(&out, digits + i, 1);
    }
    buf_fmt(&out, ".%02lld", (long long)(fen % 100));
    return buf_text(&out);
}

struct factor {
    const struct rule *rule;
    int64_t percent;
    const char *what;
};

/* The factor of that name of training.formula; percent 0: it does not apply. */
static struct factor factor_named(struct work *w, const char *name)
{
    static const struct {
        const char *code, *label;
    } urgencies[] = {{"very", N_("非常紧缺")}, {"short", N_("紧缺")}, {"some", N_("一般紧缺")}};
    const struct decide_class *c = &w->f->class;
    const struct rule *r = law_find(w, arena_fmt(w->cx->arena, "training.%s", name));
    if (r == NULL)
        return (struct factor){0};
    if (strcmp(name, "mode") == 0)
        return (struct factor){r, law_number(r, c->mode, 0), tr(w->cx, strcmp(c->mode, "hybrid") == 0 ? N_("线上线下结合") : N_("线下集中"))};
    if (strcmp(name, "uplift") == 0) {
        bool due = c->base && strcmp(c->provider, law_text(r, "provider")) == 0 && strcmp(c->audience, law_text(r, "audience")) == 0;
        return (struct factor){r, due ? 100 + law_number(r, "percent", 0) : 0, tr(w->cx, N_("公共实训基地上浮"))};
    }
    if (c->level >= 1 && c->level <= law_number(r, "technician_from", 0))
        return (struct factor){r, law_number(r, "technician", 100), tr(w->cx, N_("技师及以上不分紧缺程度"))};
    const char *label = c->urgency;
    for (size_t i = 0; i < sizeof urgencies / sizeof *urgencies; i++)
        if (strcmp(urgencies[i].code, c->urgency) == 0)
            label = tr(w->cx, urgencies[i].label);
    return (struct factor){r, law_number(r, c->urgency, 0), label};
}

/* num/den in fen to the unit of the rule, half up. */
static int64_t rounded(int64_t num, int64_t den, int64_t unit)
{
    int64_t per = den * (unit > 0 ? unit : 1);
    return (num + per / 2) / per * (unit > 0 ? unit : 1);
}

/* Multiplies the rate by the factors in the order of training.formula. E.g. "3,240.00 × 90% × 70% = 2,041.20 元". */
static void work_out(struct work *w, const struct rule *formula, struct decide_amount *out)
{
    const struct rule_param *order = rule_get(formula, "order", RULE_LIST);
    bool each = strcmp(law_text(formula, "round"), "step") == 0;
    int64_t unit = law_number(formula, "unit", 1), num = w->f->class.rate, den = 1;
    bool whole = true; /* no factor changes anything */
    struct decide_step *steps = ARENA_ARRAY(w->cx->arena, struct decide_step, MAX_STEPS);
    struct buf words = {.a = w->cx->arena, .p = arena_alloc(w->cx->arena, 2 * WORDS), .cap = 2 * WORDS};
    buf_str(&words, yuan_text(w, num));
    steps[out->n_steps++] = (struct decide_step){
        text_fill(w->cx->arena, tr(w->cx, N_("目录标准（{catalogue}）")), "catalogue", w->f->class.catalogue, NULL), NULL, 0, num};
    for (size_t i = 0; order != NULL && i < order->n_items && out->n_steps < MAX_STEPS; i++) {
        struct factor f = factor_named(w, order->items[i]);
        if (f.rule == NULL || f.percent == 0)
            continue;
        num *= f.percent;
        den *= 100;
        if (each)
            num = rounded(num, den, unit), den = 1;
        steps[out->n_steps++] = (struct decide_step){f.what, f.rule, f.percent * 10000, rounded(num, den, 1)};
        if (f.percent != 100)
            buf_fmt(&words, " × %lld%%", (long long)f.percent);
        whole = whole && f.percent == 100;
    }
    if (whole)
        buf_str(&words, " × 100%");
    out->fen = rounded(num, den, unit);
    out->steps = steps;
    buf_fmt(&words, " = %s", yuan_text(w, out->fen));
    out->formula = text_fill(w->cx->arena, tr(w->cx, N_("{sum} 元")), "sum", buf_text(&words), NULL);
}

static void add_training(struct work *w, const struct rule *payee)
{
    const struct rule *own = law_find(w, arena_fmt(w->cx->arena, "%s.formula", w->line->id)), *formula = own != NULL ? own : law_find(w, "training.formula");
    if (formula == NULL || w->f->class.rate <= 0)
        return;
    struct decide_amount *a = &w->amount[w->n_amounts++];
    *a = (struct decide_amount){.item = "training", .rule = line_is(w, "centre") ? w->line : law_find(w, "training.catalogue"), .payee_rule = payee, .fund = w->fund, .fund_rule = w->fund_rule,
                                .payee = law_lists(payee, "enterprise", w->category) ? "enterprise" : "provider",
                                .conditional = w->f->stage == DECIDE_ADMIT};
    work_out(w, formula, a);
}

static void add_fee(struct work *w, const struct rule *payee)
{
    const struct rule *r = law_find(w, "training.fee");
    int64_t fee = w->f->class.fee;
    if (r == NULL || fee <= 0)
        return;
    int64_t percent = law_number(r, "percent", 100), fen = rounded(fee * percent, 100, 1);
    struct decide_step *step = ARENA_ARRAY(w->cx->arena, struct decide_step, 1);
    *step = (struct decide_step){text_fill(w->cx->arena, tr(w->cx, N_("目录附表 {class} 类 {level}")), "class", w->f->class.evaluation, "level",
                                           level_text(w, w->f->class.level), NULL), r, percent * 10000, fen};
    w->amount[w->n_amounts++] = (struct decide_amount){
        .item = "evaluation", .fen = fen, .payee = "evaluator", .fund = w->fund, .payee_rule = payee, .fund_rule = w->fund_rule, .rule = r,
        .conditional = w->f->stage == DECIDE_ADMIT, .steps = step, .n_steps = 1,
        .formula = text_fill(w->cx->arena, tr(w->cx, N_("{sum} 元")), "sum",
                             arena_fmt(w->cx->arena, "%s × %lld%% = %s", yuan_text(w, fee), (long long)percent, yuan_text(w, fen)), NULL)};
}

static void add_living(struct work *w, const struct rule *payee)
{
    const struct rule *r = law_find(w, "training.living");
    const char *flag;
    int64_t last;
    if (r == NULL || !living_due(w, r, &flag, &last))
        return;
    int64_t fen = law_number(r, "amount", 0);
    struct decide_step *step = ARENA_ARRAY(w->cx->arena, struct decide_step, 1);
    *step = (struct decide_step){tr(w->cx, fact_label(flag)), r, 0, fen};
    w->amount[w->n_amounts++] = (struct decide_amount){
        .item = "allowance", .fen = fen, .payee = "person", .fund = "employment", .payee_rule = payee, .rule = r, .fund_rule = law_find(w, "training.fund.employment"),
        .conditional = true, .steps = step, .n_steps = 1,
        .formula = text_fill(w->cx->arena, tr(w->cx, N_("一次性 {sum} 元")), "sum", yuan_text(w, fen), NULL)};
}

/* What a line gives for one unit, and how many units there are: persons, years, apprentices times years. */
static int64_t line_unit(const struct work *w)
{
    const struct decide_class *c = &w->f->class;
    struct held permit = fact_held(w, "permit");
    if (line_is(w, "safety"))
        return permit.known == FACT_HELD ? law_number(w->line, permit.value, 0) : 0;
    if (line_is(w, "apprentice"))
        return law_number(w->line, c->level == 4 ? "middle" : c->level == 3 ? "senior" : "technician", 0);
    return law_number(w->line, "amount", 0);
}

static int64_t line_units(const struct work *w)
{
    const struct rule *period[DECIDE_SAME];
    int64_t months = fact_number(w, "months"), most = law_number(w->line, "months_most", 0), n = fact_number(w, "apprentices");
    if (line_is(w, "apprentice")) {
        law_line(w, "period", period);
        return full_months(w->f->class.starts_on, w->f->class.ends_on) / law_number(period[0], "months", 12);
    }
    if (!line_is(w, "master"))
        return 1;
    return (months < most ? months : most) / law_number(w->line, "months", 12) * (w->f->class.one ? 1 : n);
}

static void add_line(struct work *w)
{
    struct arena *a = w->cx->arena;
    int64_t unit = line_unit(w), n = line_units(w);
    if (unit <= 0 || n <= 0)
        return;
    const char *each = yuan_text(w, unit), *sum = yuan_text(w, unit * n), *count = arena_fmt(a, "%lld", (long long)n);
    struct decide_step *step = ARENA_ARRAY(a, struct decide_step, 1);
    *step = (struct decide_step){w->line->title, w->line, 0, unit * n};
    w->amount[w->n_amounts++] = (struct decide_amount){
        .item = "training", .fen = unit * n, .payee = law_text(w->line, "payee"), .fund = w->fund, .rule = w->line, .payee_rule = w->line,
        .fund_rule = law_find(w, "training.line.fund"), .conditional = w->f->stage == DECIDE_ADMIT, .steps = step, .n_steps = 1,
        .formula = n == 1 ? text_fill(a, tr(w->cx, N_("每人 {sum} 元")), "sum", each, NULL)
                          : text_fill(a, tr(w->cx, N_("{each} × {n} = {sum} 元")), "each", each, "n", count, "sum", sum, NULL)};
}

void amounts_add(struct work *w)
{
    const struct rule *payee = law_find(w, "training.payee");
    if (payee == NULL || (*w->category == '\0' && !line_is(w, "master")))
        return;
    if (!line_is(w, "catalogue") && !line_is(w, "centre")) {
        add_line(w);
        return;
    }
    add_training(w, payee);
    add_fee(w, payee);
    add_living(w, payee);
}
