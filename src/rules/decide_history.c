/* What the person had before: repetition, higher levels, times a year and in a life, two classes at once, the other fund. */
#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

static struct held past_held(struct work *w, const struct decide_past *p)
{
    (void)w;
    return p == NULL ? (struct held){FACT_HELD, "", ""} : (struct held){FACT_HELD, p->code, p->source};
}

/* Of two that both count, the one shown: the later; the rest only keeps it the same whatever their order. */
static bool rather(const struct decide_past *p, const struct decide_past *q)
{
    if (q == NULL || p->starts_on != q->starts_on)
        return q == NULL || p->starts_on > q->starts_on;
    if (p->ends_on != q->ends_on || p->level != q->level)
        return p->ends_on != q->ends_on ? p->ends_on > q->ends_on : p->level < q->level;
    int d = strcmp(p->code, q->code);
    return d != 0 ? d < 0 : strcmp(p->source, q->source) < 0;
}

typedef bool past_fn(const struct work *w, const struct decide_past *p);

static const struct decide_past *past_find(const struct work *w, past_fn *is, size_t *n)
{
    const struct decide_past *best = NULL;
    *n = 0;
    for (size_t i = 0; i < w->f->n_past; i++) {
        const struct decide_past *p = &w->f->past[i];
        if (!is(w, p))
            continue;
        ++*n;
        if (rather(p, best))
            best = p;
    }
    return best;
}

const char *past_line(const struct decide_past *p)
{
    return p->line == NULL || *p->line == '\0' ? "catalogue" : p->line;
}

static bool training(const struct decide_past *p)
{
    return p->kind == DECIDE_PAST_TRAINING;
}

/* What art. 15 counts: the trainings of art. 9 and 16; the other lines have counters of their own. */
static bool counted(const struct decide_past *p)
{
    return training(p) && (strcmp(past_line(p), "catalogue") == 0 || strcmp(past_line(p), "centre") == 0);
}

static bool same_occupation(const struct work *w, const struct decide_past *p)
{
    return counted(p) && strcmp(p->occupation, w->f->class.occupation) == 0;
}

static bool is_repeat(const struct work *w, const struct decide_past *p)
{
    return same_occupation(w, p) && p->level == w->f->class.level;
}

static bool is_higher(const struct work *w, const struct decide_past *p)
{
    return same_occupation(w, p) && level_rank(p->level) > level_rank(w->f->class.level);
}

static bool same_year(const struct work *w, const struct decide_past *p)
{
    return counted(p) && p->starts_on / 10000 == w->f->class.starts_on / 10000;
}

static bool overlaps(const struct work *w, const struct decide_past *p)
{
    return training(p) && p->starts_on <= w->f->class.ends_on && w->f->class.starts_on <= p->ends_on;
}

static bool is_employment_training(const struct work *w, const struct decide_past *p)
{
    (void)w;
    return training(p) && strcmp(p->fund, "employment") == 0;
}

static bool is_employment_fee(const struct work *w, const struct decide_past *p)
{
    (void)w;
    return p->kind == DECIDE_PAST_EVALUATION && strcmp(p->fund, "employment") == 0;
}

static bool is_other_fund(const struct work *w, const struct decide_past *p)
{
    return p->state == DECIDE_PAID && is_repeat(w, p) && *p->fund != '\0' && *w->fund != '\0' && strcmp(p->fund, w->fund) != 0;
}

static const char *number(struct work *w, int64_t n)
{
    return arena_fmt(w->cx->arena, "%lld", (long long)n);
}

void check_repeat(struct work *w, const struct rule *r)
{
    size_t n;
    const struct decide_past *p = past_find(w, is_repeat, &n);
    if (p == NULL)
        check_add(w, r, DECIDE_YES, "past", past_held(w, p), tr(w->cx, N_("这个职业的这个等级没有享受过补贴")), "");
    else
        check_add(w, r, DECIDE_NO, "past", past_held(w, p),
                  text_fill(w->cx->arena, tr(w->cx, N_("这个职业的这个等级已经享受或申请过补贴：{code}")), "code", p->code, NULL),
                  tr(w->cx, N_("报更高的等级或者别的职业；那一次没有完成的，可以更正记录")));
}

void check_higher(struct work *w, const struct rule *r)
{
    size_t n;
    const struct decide_past *p = past_find(w, is_higher, &n);
    if (p == NULL)
        check_add(w, r, DECIDE_YES, "past", past_held(w, p), tr(w->cx, N_("这个职业没有享受过更高等级的补贴")), "");
    else
        check_add(w, r, DECIDE_NO, "past", past_held(w, p),
                  text_fill(w->cx->arena, tr(w->cx, N_("这个职业已经享受过更高等级（{level}）的补贴：{code}")), "level", level_text(w, p->level), "code", p->code, NULL),
                  tr(w->cx, N_("报更高的等级或者别的职业")));
}

void check_times(struct work *w, const struct rule *r)
{
    size_t n;
    const struct decide_past *p = past_find(w, same_year, &n);
    bool student = strcmp(w->category, "student") == 0;
    int64_t most = law_number(r, student ? "student" : "others", 0), year = w->f->class.starts_on / 10000;
    bool good = (int64_t)n < most;
    const char *say = good ? N_("{year} 年已享受或在用 {n} 次，这次之后不超过 {most} 次") : N_("{year} 年已享受或在用 {n} 次，一年最多 {most} 次");
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "past", past_held(w, p),
              text_fill(w->cx->arena, tr(w->cx, say), "year", number(w, year), "n", number(w, (int64_t)n), "most", number(w, most), NULL),
              tr(w->cx, N_("参加下一年开班的班期；其中有没参加的，可以更正记录")));
}

static void lifetime(struct work *w, const struct rule *r, past_fn *is)
{
    size_t n;
    const struct decide_past *p = past_find(w, is, &n);
    if (strcmp(w->fund, law_text(r, "fund")) != 0)
        return; /* another fund pays */
    int64_t most = law_number(r, "most", 0);
    bool good = (int64_t)n < most;
    const char *say = good ? N_("由就业补助资金支持过 {n} 次，累计不超过 {most} 次") : N_("由就业补助资金已支持 {n} 次，累计最多 {most} 次");
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "past", past_held(w, p),
              text_fill(w->cx->arena, tr(w->cx, say), "n", number(w, (int64_t)n), "most", number(w, most), NULL),
              tr(w->cx, N_("由区人社局决定能否由这个资金支付")));
}

void check_lifetime(struct work *w, const struct rule *r)
{
    lifetime(w, r, is_employment_training);
}

void check_lifetime_fee(struct work *w, const struct rule *r)
{
    lifetime(w, r, is_employment_fee);
}

void check_other_fund(struct work *w, const struct rule *r)
{
    size_t n;
    const struct decide_past *p = past_find(w, is_other_fund, &n);
    if (p == NULL)
        check_add(w, r, DECIDE_YES, "past", past_held(w, p), tr(w->cx, N_("没有由另一个资金为同一项目支付过")), "");
    else
        check_add(w, r, DECIDE_NO, "past", past_held(w, p),
                  text_fill(w->cx->arena, tr(w->cx, N_("另一个资金已为同一项目支付：{code}")), "code", p->code, NULL), tr(w->cx, N_("退回那一笔以后再申请；记录错了可以更正")));
}

void check_at_once(struct work *w, const struct rule *r)
{
    size_t n;
    const struct decide_past *p = past_find(w, overlaps, &n);
    struct arena *a = w->cx->arena;
    if (p == NULL)
        check_add(w, r, DECIDE_YES, "past", past_held(w, p), tr(w->cx, N_("同一时间没有参加别的班期")), "");
    else
        check_add(w, r, DECIDE_NO, "past", past_held(w, p),
                  text_fill(a, tr(w->cx, N_("和另一个班期的时间重叠：{code}（{from} 至 {to}）")), "code", p->code, "from", day_text_iso(a, p->starts_on), "to",
                            day_text_iso(a, p->ends_on), NULL),
                  tr(w->cx, N_("参加那个班期结束以后开班的班期，或者先退出那个班期")));
}

/* Is a living allowance open to the person? `flag`: why, NULL = no such attribute. `last`: the day of one had within the year, 0 = none. */
bool living_due(const struct work *w, const struct rule *r, const char **flag, int64_t *last)
{
    const struct rule_param *flags = rule_get(r, "flags", RULE_LIST);
    *flag = NULL;
    *last = 0;
    for (size_t i = 0; flags != NULL && i < flags->n_items; i++) {
        struct held h = fact_held(w, flags->items[i]);
        if (*flag == NULL && h.known == FACT_HELD && strcmp(h.value, "yes") == 0)
            *flag = flags->items[i];
    }
    int64_t since = day_add_months(w->f->on, -law_number(r, "within_months", 12));
    for (size_t i = 0; i < w->f->n_past; i++) {
        const struct decide_past *p = &w->f->past[i];
        if (p->kind == DECIDE_PAST_LIVING && p->starts_on > since && p->starts_on > *last)
            *last = p->starts_on;
    }
    return *flag != NULL && *last == 0;
}

/* Never forbids the training: says why there is no allowance although the person has the attribute. */
void check_living(struct work *w, const struct rule *r)
{
    const char *flag;
    int64_t last;
    struct arena *a = w->cx->arena;
    if (living_due(w, r, &flag, &last))
        check_add(w, r, DECIDE_YES, flag, fact_held(w, flag), tr(w->cx, N_("还可以申请一次生活费补贴")), "");
    if (flag == NULL || last == 0)
        return;
    check_add(w, r, DECIDE_NO, flag, fact_held(w, flag),
              text_fill(a, tr(w->cx, N_("一年内已享受过生活费补贴（{day}），这次没有")), "day", day_text_iso(a, last), NULL),
              tr(w->cx, N_("满一年以后可以再申请")));
    w->check[w->n_checks - 1].warning = true;
}
