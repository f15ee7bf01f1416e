/* The person: age, pension, public service, school, category and its proof. */
#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

static int64_t month_add(int64_t yyyymm, int64_t months)
{
    int64_t n = yyyymm / 100 * 12 + yyyymm % 100 - 1 + months;
    return n / 12 * 100 + n % 12 + 1;
}

static int64_t months_between(int64_t from, int64_t to)
{
    return (to / 100 - from / 100) * 12 + to % 100 - from % 100;
}

/* The age in months at which somebody born in that month retires by the table `r`. */
static int64_t retires_at(const struct rule *r, int64_t birth_month)
{
    int64_t base = law_number(r, "years", 60) * 12, top = law_number(r, "years_top", 60) * 12, step = law_number(r, "step_months", 1);
    int64_t late = months_between(law_number(r, "reform", 0), month_add(birth_month, base));
    if (late < 0)
        return base;
    int64_t age = base + late / (step > 0 ? step : 1) + 1;
    return age < top ? age : top;
}

static const char *table_of(const char *sex, const char *post)
{
    if (strcmp(sex, "male") == 0)
        return "training.retirement.men";
    return strcmp(post, "manager") == 0 ? "training.retirement.women_manager" : "training.retirement.women_worker";
}

err_t decide_retirement(struct ctx *cx, const struct rules *rules, int64_t birth, const char *sex, const char *post, int64_t *yyyymm, int64_t *age_months)
{
    const char *id = table_of(sex, post);
    const struct rule *r = rules_find(rules, id, day_of(cx->now, DAY_ZONE));
    if (r == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule %s", id);
    *age_months = retires_at(r, birth / 100);
    *yyyymm = month_add(birth / 100, *age_months);
    return E_OK;
}

static const char *age_words(struct work *w, int64_t months)
{
    struct arena *a = w->cx->arena;
    if (months % 12 == 0)
        return text_fill(a, tr(w->cx, N_("{y} 周岁")), "y", arena_fmt(a, "%lld", (long long)(months / 12)), NULL);
    return text_fill(a, tr(w->cx, N_("{y} 周岁 {m} 个月")), "y", arena_fmt(a, "%lld", (long long)(months / 12)), "m",
                     arena_fmt(a, "%lld", (long long)(months % 12)), NULL);
}

static const char *month_words(struct work *w, int64_t yyyymm)
{
    struct arena *a = w->cx->arena;
    return text_fill(a, tr(w->cx, N_("{y} 年 {m} 月")), "y", arena_fmt(a, "%lld", (long long)(yyyymm / 100)), "m",
                     arena_fmt(a, "%lld", (long long)(yyyymm % 100)), NULL);
}

/* The upper end: the month of retirement has to be after the opening month. */
static void check_upper(struct work *w, const struct rule *age, struct held birth, struct held sex, struct held post)
{
    struct arena *a = w->cx->arena;
    int64_t month = day_read(birth.value) / 100, opens = w->f->class.starts_on / 100;
    const struct rule *worker = law_find(w, table_of(sex.value, "worker")), *manager = law_find(w, table_of(sex.value, "manager"));
    if (worker == NULL || manager == NULL)
        return;
    int64_t end_worker = month_add(month, retires_at(worker, month)), end_manager = month_add(month, retires_at(manager, month));
    bool open_worker = opens < end_worker, open_manager = opens < end_manager;
    if (open_worker != open_manager && post.known != FACT_HELD) {
        check_ask(w, worker, "post", post, tr(w->cx, N_("说明是管理技术岗位还是其他岗位：两种岗位的退休年龄不同")));
        return;
    }
    bool as_manager = post.known == FACT_HELD ? strcmp(post.value, "manager") == 0 : false;
    const struct rule *r = as_manager ? manager : worker;
    int64_t end = as_manager ? end_manager : end_worker;
    const char *born = month_words(w, month);
    struct held h = {FACT_HELD, arena_fmt(a, "%04lld-%02lld", (long long)(month / 100), (long long)(month % 100)), birth.source};
    const char *limit = age_words(w, retires_at(r, month));
    if (opens < end)
        check_add(w, age, DECIDE_YES, "birth", h,
                  text_fill(a, tr(w->cx, N_("{born}出生，{month}满 {age}才到法定退休年龄")), "born", born, "month", month_words(w, end), "age", limit, NULL), "");
    else
        check_add(w, r, DECIDE_NO, "birth", h,
                  text_fill(a, tr(w->cx, N_("{born}出生，{month}已满 {age}，到了法定退休年龄")), "born", born, "month", month_words(w, end), "age", limit, NULL),
                  text_fill(a, tr(w->cx, N_("{month}之前开班的班期可以参加；出生日期或岗位类别记错了可以更正")), "month", month_words(w, end), NULL));
}

void check_age(struct work *w, const struct rule *r)
{
    struct arena *a = w->cx->arena;
    struct held birth = fact_held(w, "birth"), sex = fact_held(w, "sex"), post = fact_held(w, "post");
    if (birth.known != FACT_HELD || sex.known != FACT_HELD) {
        bool no_birth = birth.known != FACT_HELD;
        check_ask(w, r, no_birth ? "birth" : "sex", no_birth ? birth : sex, tr(w->cx, N_("核对身份证号码")));
        return;
    }
    int64_t min = law_number(r, "years_min", 16), born = day_read(birth.value);
    if (day_years(born, w->f->class.starts_on) < min) {
        struct held h = {FACT_HELD, arena_fmt(a, "%04lld-%02lld", (long long)(born / 10000), (long long)(born / 100 % 100)), birth.source};
        check_add(w, r, DECIDE_NO, "birth", h,
                  text_fill(a, tr(w->cx, N_("开班时还不满 {n} 周岁")), "n", arena_fmt(a, "%lld", (long long)min), NULL),
                  tr(w->cx, N_("满了年龄再报名；出生日期记错了可以更正")));
        return;
    }
    check_upper(w, r, birth, sex, post);
}

/* A fact that forbids when it is true. */
static void forbids(struct work *w, const struct rule *r, const char *name, const char *no, const char *change, const char *yes)
{
    struct held h = fact_forbids(w, name);
    if (h.known != FACT_HELD)
        check_ask(w, r, name, h, tr(w->cx, change));
    else if (strcmp(h.value, "yes") == 0)
        check_add(w, r, DECIDE_NO, name, h, tr(w->cx, no), tr(w->cx, change));
    else
        check_add(w, r, DECIDE_YES, name, h, tr(w->cx, yes), "");
}

void check_pension(struct work *w, const struct rule *r)
{
    forbids(w, r, "pension", N_("正在按月领取养老金，不在补贴范围内"), N_("没有领养老金的，可以请工作人员更正社保记录"), N_("没有按月领取养老金"));
}

void check_civil(struct work *w, const struct rule *r)
{
    forbids(w, r, "civil", N_("是机关事业单位人员，不在补贴范围内"), N_("已经离开机关事业单位的，可以更正工作单位"), N_("不是机关事业单位人员"));
}

void check_pupil(struct work *w, const struct rule *r)
{
    int64_t born = fact_day(w, "birth");
    struct held h = fact_forbids(w, "pupil");
    if (h.known == FACT_NONE && born != 0 && day_years(born, w->f->class.starts_on) >= law_number(r, "ask_below", 20))
        check_add(w, r, DECIDE_YES, "birth", fact_held(w, "birth"), tr(w->cx, N_("年龄已过初中、高中在校的年龄")), "");
    else
        forbids(w, r, "pupil", N_("是初中或高中在校生，不在补贴范围内"), N_("毕业或者离校后再报名；已经离校的可以更正"), N_("不是初中、高中在校生"));
}

void check_category(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "category"), local = fact_held(w, "local");
    if (h.known != FACT_HELD)
        check_ask(w, r, "category", h, tr(w->cx, N_("选一个人员类别并提供证明")));
    else if (!law_lists(r, "all", h.value))
        check_add(w, r, DECIDE_NO, "category", h, tr(w->cx, N_("不属于可以享受补贴的人员类别")), tr(w->cx, N_("换成符合的人员类别并提供证明")));
    else if (law_lists(r, "local", h.value) && local.known != FACT_HELD)
        check_ask(w, r, "local", local, tr(w->cx, N_("出示户口簿或者有效的居住证")));
    else if (law_lists(r, "local", h.value) && strcmp(local.value, "yes") != 0)
        check_add(w, r, DECIDE_NO, "local", local, tr(w->cx, N_("这一类人员要有本市户籍或者有效的居住证")), tr(w->cx, N_("办好居住证，或者按其他符合的类别报名")));
    else
        check_add(w, r, DECIDE_YES, "category", h, tr(w->cx, N_("属于可以享受补贴的人员类别")), "");
}

void check_graduates(struct work *w, const struct rule *r)
{
    struct arena *a = w->cx->arena;
    if (strcmp(w->category, "student") != 0)
        return;
    struct held h = fact_held(w, "graduates");
    if (h.known != FACT_HELD) {
        check_ask(w, r, "graduates", h, tr(w->cx, N_("写明毕业日期，出示学籍证明或者学生证")));
        return;
    }
    int64_t day = day_read(h.value), last = law_number(r, "month_to", 6), year = day / 10000 + (day / 100 % 100 > last);
    int64_t from = (year - 1) * 100 + law_number(r, "month_from", 6), to = year * 100 + last, opens = w->f->class.starts_on / 100;
    bool in = from <= opens && opens <= to;
    const char *span = text_fill(a, tr(w->cx, N_("{a}到{b}")), "a", month_words(w, from), "b", month_words(w, to), NULL);
    check_add(w, r, in ? DECIDE_YES : DECIDE_NO, "graduates", h,
              text_fill(a, tr(w->cx, in ? N_("开班在毕业学年里（{span}）") : N_("开班不在毕业学年里（{span}）")), "span", span, NULL),
              tr(w->cx, N_("参加毕业学年里开班的班期；毕业后可以按其他类别报名")));
}

static bool may_promise(const struct work *w, const struct rule *r)
{
    return law_lists(r, "accept", "promise") || (strcmp(law_text(r, "promise"), "graduates") == 0 && fact_held(w, "graduates").known == FACT_HELD);
}

void check_proof(struct work *w, const struct rule *unused)
{
    struct arena *a = w->cx->arena;
    (void)unused; /* each category has a rule of its own */
    const struct rule *r = *w->category == '\0' ? NULL : law_find(w, arena_fmt(a, "training.proof.%s", w->category));
    if (r == NULL)
        return;
    struct held h = fact_held(w, "proof");
    const char *need = text_fill(a, tr(w->cx, N_("要有的证明：{clause}")), "clause", r->clause, NULL);
    if (h.known != FACT_HELD)
        check_ask(w, r, "proof", h, need);
    else if (law_lists(r, "accept", h.value) || (strcmp(h.value, "promise") == 0 && may_promise(w, r)))
        check_add(w, r, DECIDE_YES, "proof", h, tr(w->cx, N_("人员类别有可以接受的证明")), "");
    else if (strcmp(h.value, "promise") == 0)
        check_add(w, r, DECIDE_NO, "proof", h, tr(w->cx, N_("这一类人员不能用承诺书代替证明")), need);
    else
        check_add(w, r, DECIDE_NO, "proof", h, tr(w->cx, N_("这种证明不能说明人员类别")), need);
}

void check_unit(struct work *w, const struct rule *r)
{
    struct held unit = fact_held(w, "unit");
    const char *employer = w->f->class.employer;
    bool employees = strcmp(w->f->class.audience, "employees") == 0 && *employer != '\0';
    if (*w->category == '\0')
        return;
    if (!law_lists(r, "insured", w->category)) {
        if (employees)
            check_add(w, r, DECIDE_NO, "category", fact_held(w, "category"), tr(w->cx, N_("这个班期只面向企业自己的职工")), tr(w->cx, N_("改报面向社会的班期")));
        else if (unit.known == FACT_HELD && *unit.value != '\0')
            check_add(w, r, DECIDE_NO, "unit", unit, tr(w->cx, N_("有单位在为本人参保，和所选的人员类别对不上")), tr(w->cx, N_("改成企业职工类别，或者更正参保记录")));
        else if (unit.known == FACT_DISPUTED)
            check_ask(w, r, "unit", unit, tr(w->cx, N_("核实参保单位")));
        return;
    }
    if (unit.known != FACT_HELD || *unit.value == '\0')
        check_ask(w, r, "unit", unit, tr(w->cx, N_("核实由哪个单位参保")));
    else if (employees && strcmp(unit.value, employer) != 0)
        check_add(w, r, DECIDE_NO, "unit", unit, tr(w->cx, N_("参保单位不是组织这个班期的企业")), tr(w->cx, N_("改报面向社会的班期，或者更正参保单位")));
    else
        check_add(w, r, DECIDE_YES, "unit", unit, tr(w->cx, N_("由单位参保，和企业职工类别一致")), "");
}
