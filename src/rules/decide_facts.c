#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

const struct decide_name decide_names[] = {
    {"birth", N_("出生日期"), DECIDE_DAY, NULL},
    {"sex", N_("性别"), DECIDE_CODE, "male female"},
    {"post", N_("岗位类别"), DECIDE_CODE, "worker manager"},
    {"category", N_("人员类别"), DECIDE_CODE, "employee student rural unemployed flexible partner veteran resident"},
    {"proof", N_("类别的证明"), DECIDE_CODE, "record insurance certificate promise"},
    {"pension", N_("按月领取养老金"), DECIDE_YESNO, NULL},
    {"civil", N_("在机关事业单位工作"), DECIDE_YESNO, NULL},
    {"pupil", N_("初中或高中在校"), DECIDE_YESNO, NULL},
    {"local", N_("有本市户籍或居住证"), DECIDE_YESNO, NULL},
    {"graduates", N_("毕业日期"), DECIDE_DAY, NULL},
    {"unit", N_("参保单位代码"), DECIDE_TEXT, NULL},
    {"unit_name", N_("参保单位"), DECIDE_TEXT, NULL},
    {"qualified", N_("符合该等级的申报条件"), DECIDE_YESNO, NULL},
    {"made_up", N_("缺的课时已补或已注明"), DECIDE_YESNO, NULL},
    {"hard", N_("就业困难人员"), DECIDE_YESNO, NULL},
    {"zero", N_("零就业家庭成员"), DECIDE_YESNO, NULL},
    {"low", N_("城乡低保家庭成员"), DECIDE_YESNO, NULL},
    {"hired_on", N_("到单位就业的日期"), DECIDE_DAY, NULL},
    {"paid", N_("单位缴纳养老保险"), DECIDE_YESNO, NULL},
    {"key_unit", N_("单位在重点企业或联盟企业名单里"), DECIDE_YESNO, NULL},
    {"insured_months", N_("当年累计缴纳企业养老保险的月数"), DECIDE_NUMBER, NULL},
    {"permit", N_("特种作业操作证"), DECIDE_CODE, "first renewal"},
    {"apprentices", N_("同期带几名学徒"), DECIDE_NUMBER, NULL},
    {"months", N_("带满几个月"), DECIDE_NUMBER, NULL},
    {"step_up", N_("学徒取得高一等级证书"), DECIDE_YESNO, NULL},
    {0},
};

static const struct decide_name *named(const char *name)
{
    for (const struct decide_name *d = decide_names; d->name != NULL; d++)
        if (strcmp(d->name, name) == 0)
            return d;
    return NULL;
}

const char *fact_label(const char *name)
{
    const struct decide_name *d = named(name);
    return d != NULL ? d->label : name;
}

/* Is `value` one of the blank-separated `values`? */
static bool one_of(const char *values, const char *value)
{
    size_t len = strlen(value);
    for (const char *s = values; len > 0 && (s = strstr(s, value)) != NULL; s += len)
        if ((s == values || s[-1] == ' ') && (s[len] == ' ' || s[len] == '\0'))
            return true;
    return false;
}

static bool readable(const struct decide_name *d, const char *value)
{
    switch (d->kind) {
    case DECIDE_YESNO:
        return one_of("yes no", value);
    case DECIDE_DAY:
        return day_read(value) != 0;
    case DECIDE_CODE:
        return one_of(d->values, value);
    case DECIDE_NUMBER:
        return *value != '\0' && strlen(value) <= 4 && strspn(value, "0123456789") == strlen(value);
    case DECIDE_TEXT:
        return true;
    }
    return false;
}

err_t decide_fact_check(struct ctx *cx, const struct decide_fact *x)
{
    const struct decide_name *d = x->name == NULL ? NULL : named(x->name);
    if (d == NULL || x->value == NULL || x->source == NULL)
        return SAY(cx, E_INVALID, x->name == NULL ? "facts" : arena_fmt(cx->arena, "facts.%s", x->name), N_("没有这个名称的事实，或者缺少值和来源"));
    if (!readable(d, x->value))
        return SAY(cx, E_INVALID, arena_fmt(cx->arena, "facts.%s", x->name), N_("这个事实的值不在允许的范围内"));
    return E_OK;
}

err_t facts_check(struct ctx *cx, const struct decide_facts *f)
{
    for (size_t i = 0; i < f->n_facts; i++)
        TRY(decide_fact_check(cx, &f->fact[i]));
    return E_OK;
}

static bool counts(const struct work *w, const struct decide_fact *x, const char *name)
{
    return strcmp(x->name, name) == 0 && (x->from == 0 || x->from <= w->f->on) && (x->to == 0 || w->f->on <= x->to);
}

/* Of several sources the first in the alphabet is shown: the order in which facts arrive means nothing. */
struct held fact_held(const struct work *w, const char *name)
{
    struct held h = {FACT_NONE, "", ""};
    bool trouble = false;
    for (size_t i = 0; i < w->f->n_facts; i++) {
        const struct decide_fact *x = &w->f->fact[i];
        if (!counts(w, x, name))
            continue;
        trouble = trouble || x->disputed || (h.known != FACT_NONE && strcmp(h.value, x->value) != 0);
        int before = h.known == FACT_NONE ? -1 : strcmp(x->value, h.value);
        if (before < 0 || (before == 0 && strcmp(x->source, h.source) < 0))
            h = (struct held){FACT_HELD, x->value, x->source};
    }
    if (trouble)
        h.known = FACT_DISPUTED;
    return h;
}

struct held fact_forbids(const struct work *w, const char *name)
{
    struct held h = {FACT_NONE, "", ""};
    for (size_t i = 0; i < w->f->n_facts; i++) {
        const struct decide_fact *x = &w->f->fact[i];
        if (counts(w, x, name) && !x->disputed && strcmp(x->value, "yes") == 0 && (h.known == FACT_NONE || strcmp(x->source, h.source) < 0))
            h = (struct held){FACT_HELD, x->value, x->source};
    }
    return h.known == FACT_HELD ? h : fact_held(w, name);
}

int64_t fact_day(const struct work *w, const char *name)
{
    struct held h = fact_held(w, name);
    return h.known == FACT_HELD ? day_read(h.value) : 0;
}

int64_t fact_number(const struct work *w, const char *name)
{
    struct held h = fact_held(w, name);
    return h.known == FACT_HELD ? strtoll(h.value, NULL, 10) : -1;
}

/* ---- rules ---- */

/* Where the rules of that id begin: they are sorted. */
static size_t law_from(const struct work *w, const char *id)
{
    size_t lo = 0, hi = w->n_law;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(w->law[mid]->id, id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

const struct rule *law_find(const struct work *w, const char *id)
{
    size_t i = law_from(w, id);
    return i < w->n_law && strcmp(w->law[i]->id, id) == 0 ? w->law[i] : NULL;
}

size_t law_all(const struct work *w, const char *id, const struct rule *out[])
{
    size_t n = 0;
    for (size_t i = law_from(w, id); i < w->n_law && n < DECIDE_SAME && strcmp(w->law[i]->id, id) == 0; i++)
        out[n++] = w->law[i];
    return n;
}

size_t law_line(const struct work *w, const char *what, const struct rule *out[])
{
    size_t n = law_all(w, arena_fmt(w->cx->arena, "%s.%s", w->line->id, what), out);
    if (n > 0)
        return n;
    out[0] = w->line;
    return 1;
}

int64_t law_number(const struct rule *r, const char *name, int64_t otherwise)
{
    const struct rule_param *p = rule_get(r, name, RULE_INT);
    if (p == NULL)
        p = rule_get(r, name, RULE_MONEY);
    return p != NULL ? p->number : otherwise;
}

const char *law_text(const struct rule *r, const char *name)
{
    const struct rule_param *p = rule_get(r, name, RULE_TEXT);
    return p != NULL ? p->text : "";
}

bool law_lists(const struct rule *r, const char *name, const char *item)
{
    const struct rule_param *p = rule_get(r, name, RULE_LIST);
    for (size_t i = 0; p != NULL && i < p->n_items; i++)
        if (strcmp(p->items[i], item) == 0)
            return true;
    return false;
}

/* ---- checks ---- */

void check_add(struct work *w, const struct rule *r, enum decide_verdict v, const char *fact, struct held h, const char *say, const char *change)
{
    const char *effect = law_text(r, "effect");
    if (w->n_checks == DECIDE_CHECKS)
        return;
    bool warning = v != DECIDE_YES && strcmp(effect, "warn") == 0;
    if (v == DECIDE_NO && strcmp(effect, "ask") == 0)
        v = DECIDE_ASK;
    w->check[w->n_checks++] =
        (struct decide_check){.rule = r, .verdict = v, .warning = warning, .fact = fact, .value = h.value, .source = h.source, .say = say,
                              .change = v == DECIDE_YES ? "" : change};
}

void check_ask(struct work *w, const struct rule *r, const char *fact, struct held h, const char *change)
{
    struct arena *a = w->cx->arena;
    const char *label = tr(w->cx, fact_label(fact));
    const char *say = h.known == FACT_DISPUTED ? text_fill(a, tr(w->cx, N_("“{what}”有不一致或有争议的记录，要先由工作人员核实")), "what", label, NULL)
                                               : text_fill(a, tr(w->cx, N_("还不知道“{what}”，要先核实")), "what", label, NULL);
    check_add(w, r, DECIDE_ASK, fact, h, say, change);
}
