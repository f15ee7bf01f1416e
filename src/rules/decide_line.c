/* The lines beside the catalogue: targeted training for a job or at its beginning, projects of key enterprises, safety, apprentices, masters. */
#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

bool line_is(const struct work *w, const char *line)
{
    return strcmp(w->f->class.line == NULL ? "catalogue" : w->f->class.line, line) == 0;
}

int64_t full_months(int64_t from, int64_t to)
{
    int64_t months = 0, after = day_add(to, 1);
    while (day_add_months(from, (int)months + 1) <= after)
        months++;
    return months;
}

static const char *number(struct work *w, int64_t n)
{
    return arena_fmt(w->cx->arena, "%lld", (long long)n);
}

static struct held class_held(const char *value)
{
    return (struct held){FACT_HELD, value, "class"};
}

void check_line_who(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "category");
    if (h.known != FACT_HELD)
        return; /* the check of the category asks */
    bool staff = law_lists(r, "who", "employee"), good = law_lists(r, "who", h.value);
    const char *say = good ? N_("属于这种培训面向的人员") : staff ? N_("这种培训只面向企业职工") : N_("这种培训只面向没有就业的人");
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "category", h, tr(w->cx, say), tr(w->cx, N_("改报目录内职业培训；人员类别填错了可以更正")));
}

/* A private school has to be of the top grade of credit. */
void check_line_provider(struct work *w, const struct rule *r)
{
    const struct decide_class *c = &w->f->class;
    const char *credit = c->credit == NULL ? "" : c->credit;
    bool school = strcmp(c->provider, "school") == 0, asks = law_lists(r, "providers", "top_private");
    bool good = law_lists(r, "providers", c->provider) || (c->base && law_lists(r, "providers", "base")) || (school && asks && strcmp(credit, "A+") == 0);
    const char *change = tr(w->cx, N_("换一家可以承担的机构：见依据的条文"));
    if (good)
        check_add(w, r, DECIDE_YES, "class", class_held(c->provider), tr(w->cx, N_("机构可以承担这种培训")), "");
    else if (school && asks && *credit == '\0')
        check_ask(w, r, "class", (struct held){FACT_NONE, "", "class"}, tr(w->cx, N_("核对机构的信用等级：民办机构要是A+")));
    else if (school && asks)
        check_add(w, r, DECIDE_NO, "class", class_held(credit), text_fill(w->cx->arena, tr(w->cx, N_("民办机构的信用等级要是A+，这家是{credit}")), "credit", credit, NULL), change);
    else
        check_add(w, r, DECIDE_NO, "class", class_held(c->provider), tr(w->cx, N_("这类机构不能承担这种培训")), change);
}

void check_line_hours(struct work *w, const struct rule *r)
{
    bool claim = w->f->stage == DECIDE_CLAIM;
    int64_t least = law_number(r, "hours_min", 0), had = claim ? w->f->result.hours : w->f->class.hours;
    const char *say = had >= least ? N_("{n} 课时，达到 {least} 课时") : claim ? N_("参加了 {n} 课时，没有达到 {least} 课时") : N_("班期 {n} 课时，没有达到 {least} 课时");
    check_add(w, r, had >= least ? DECIDE_YES : DECIDE_NO, claim ? "result" : "class", (struct held){FACT_HELD, number(w, had), claim ? "attendance" : "class"},
              text_fill(w->cx->arena, tr(w->cx, say), "n", number(w, had), "least", number(w, least), NULL),
              tr(w->cx, claim ? N_("补上缺的课时，或者更正签到记录") : N_("报课时够的班期")));
}

void check_line_times(struct work *w, const struct rule *r)
{
    int64_t most = law_number(r, "per_year", 1), n = 0, year = w->f->class.starts_on / 10000;
    const struct decide_past *last = NULL;
    for (size_t i = 0; i < w->f->n_past; i++) {
        const struct decide_past *p = &w->f->past[i];
        if (p->kind != DECIDE_PAST_TRAINING || !line_is(w, past_line(p)) || p->starts_on / 10000 != year)
            continue;
        n++;
        if (last == NULL || p->starts_on > last->starts_on || (p->starts_on == last->starts_on && strcmp(p->code, last->code) > 0))
            last = p;
    }
    const char *say = n < most ? N_("{year} 年还没有享受过这种补贴") : N_("{year} 年已享受或在用 {n} 次（{code}），一年最多 {most} 次");
    check_add(w, r, n < most ? DECIDE_YES : DECIDE_NO, "past", last == NULL ? (struct held){FACT_HELD, "", ""} : (struct held){FACT_HELD, last->code, last->source},
              text_fill(w->cx->arena, tr(w->cx, say), "year", number(w, year), "n", number(w, n), "most", number(w, most), "code", last == NULL ? "" : last->code, NULL),
              tr(w->cx, N_("参加下一年开班的班期；其中有没参加的，可以更正记录")));
}

/* The employee began at most so many months before the class. */
void check_line_hired(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "hired_on");
    int64_t hired = fact_day(w, "hired_on"), months = law_number(r, "within_months", 6), opens = w->f->class.starts_on;
    if (hired == 0) {
        check_ask(w, r, "hired_on", h, tr(w->cx, N_("由企业写明新招录的日期，并核对参保记录")));
        return;
    }
    bool good = hired <= opens && opens <= day_add_months(hired, (int)months);
    const char *say = good ? N_("{day} 招录，在 {n} 个月内参加") : N_("{day} 招录，开班不在招录后的 {n} 个月内");
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "hired_on", h,
              text_fill(w->cx->arena, tr(w->cx, say), "day", h.value, "n", number(w, months), NULL), tr(w->cx, N_("招录日期记错了可以更正；超过期限的，报目录内职业培训")));
}

/* A fact that must be true: what to do while it is not known, what is said of it, and what would change a no. */
static void demands(struct work *w, const struct rule *r, const char *name, const char *ask, const char *yes, const char *no, const char *change)
{
    struct held h = fact_held(w, name);
    if (h.known != FACT_HELD)
        check_ask(w, r, name, h, tr(w->cx, ask));
    else if (strcmp(h.value, "yes") == 0)
        check_add(w, r, DECIDE_YES, name, h, tr(w->cx, yes), "");
    else
        check_add(w, r, DECIDE_NO, name, h, tr(w->cx, no), tr(w->cx, change));
}

void check_line_paid(struct work *w, const struct rule *r)
{
    demands(w, r, "paid", N_("与社保记录比对，看单位有没有缴纳养老保险"), N_("单位在缴纳养老保险"), N_("单位没有缴纳养老保险"), N_("单位缴纳以后再申请；记录错了可以更正"));
}

/* In work in the city, with the pension paid by the enterprise, at most so many months after the class. */
void check_line_job(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "hired_on");
    int64_t hired = fact_day(w, "hired_on"), months = law_number(r, "within_months", 6), last = day_add_months(w->f->class.ends_on, (int)months);
    const char *until = day_text_iso(w->cx->arena, last);
    if (hired == 0 && h.known == FACT_NONE && w->f->on > last)
        check_add(w, r, DECIDE_NO, "hired_on", h, text_fill(w->cx->arena, tr(w->cx, N_("到 {until} 没有在本市就业的记录")), "until", until, NULL),
                  tr(w->cx, N_("在期限内就业的，补上就业记录")));
    else if (hired == 0)
        check_ask(w, r, "hired_on", h, text_fill(w->cx->arena, tr(w->cx, N_("结课后到 {until} 在本市就业并由企业缴纳养老保险，就业以后登记日期")), "until", until, NULL));
    else if (hired < w->f->class.starts_on || hired > last)
        check_add(w, r, DECIDE_NO, "hired_on", h,
                  text_fill(w->cx->arena, tr(w->cx, N_("{day} 就业，不在参加培训以后到 {until} 之间")), "day", h.value, "until", until, NULL), tr(w->cx, N_("就业日期记错了可以更正")));
    else
        check_add(w, r, DECIDE_YES, "hired_on", h, text_fill(w->cx->arena, tr(w->cx, N_("{day} 就业，在期限内")), "day", h.value, NULL), "");
    if (hired != 0)
        check_line_paid(w, r);
}

void check_line_key(struct work *w, const struct rule *r)
{
    demands(w, r, "key_unit", N_("由区人社局核对企业在不在市级产业链重点企业或产业人才创新创业联盟企业名单里"), N_("企业在名单里"), N_("企业不在名单里"),
            N_("改报目录内职业培训或者定向岗前培训"));
}

void check_line_insured(struct work *w, const struct rule *r)
{
    struct held local = fact_held(w, "local"), months = fact_held(w, "insured_months");
    int64_t least = law_number(r, "months_min", 3), n = fact_number(w, "insured_months");
    if (local.known == FACT_HELD && strcmp(local.value, "yes") == 0)
        check_add(w, r, DECIDE_YES, "local", local, tr(w->cx, N_("有本市户籍")), "");
    else if (n >= least)
        check_add(w, r, DECIDE_YES, "insured_months", months, text_fill(w->cx->arena, tr(w->cx, N_("当年已累计缴纳 {n} 个月")), "n", number(w, n), NULL), "");
    else if (n < 0)
        check_ask(w, r, local.known == FACT_HELD ? "insured_months" : "local", local.known == FACT_HELD ? months : local,
                  tr(w->cx, N_("出示本市户口簿；外地户籍的，核对当年缴纳企业养老保险的月数")));
    else
        check_add(w, r, DECIDE_NO, "insured_months", months,
                  text_fill(w->cx->arena, tr(w->cx, N_("不是本市户籍，当年累计缴纳 {n} 个月，不满 {least} 个月")), "n", number(w, n), "least", number(w, least), NULL),
                  tr(w->cx, N_("缴满以后再申请；记录错了可以更正")));
}

void check_line_permit(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "permit");
    if (h.known != FACT_HELD)
        check_ask(w, r, "permit", h, tr(w->cx, N_("说明是初次取证还是复审取证：两种金额不同")));
    else
        check_add(w, r, DECIDE_YES, "permit", h, tr(w->cx, strcmp(h.value, "first") == 0 ? N_("初次取证") : N_("复审取证")), "");
}

void check_line_grade(struct work *w, const struct rule *r)
{
    int64_t level = w->f->class.level;
    bool good = level >= 1 && level <= 4;
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "class", class_held(level_text(w, level)), tr(w->cx, good ? N_("这个等级有学徒制的标准") : N_("学徒制的标准从中级工开始")),
              tr(w->cx, N_("按中级工或更高的等级培养")));
}

void check_line_period(struct work *w, const struct rule *r)
{
    int64_t least = law_number(r, "months", 12), n = full_months(w->f->class.starts_on, w->f->class.ends_on);
    const char *say = n >= least ? N_("学徒期 {n} 个月") : N_("学徒期 {n} 个月，不满 {least} 个月");
    check_add(w, r, n >= least ? DECIDE_YES : DECIDE_NO, "class", class_held(number(w, n)),
              text_fill(w->cx->arena, tr(w->cx, say), "n", number(w, n), "least", number(w, least), NULL), tr(w->cx, N_("由区人社局决定不满一年的怎么算")));
}

void check_line_repeat(struct work *w, const struct rule *r)
{
    const struct decide_class *c = &w->f->class;
    const struct decide_past *same = NULL;
    for (size_t i = 0; i < w->f->n_past; i++) {
        const struct decide_past *p = &w->f->past[i];
        bool is = p->kind == DECIDE_PAST_TRAINING && p->level == c->level && strcmp(p->occupation, c->occupation) == 0;
        if (is && (same == NULL || p->starts_on > same->starts_on || (p->starts_on == same->starts_on && strcmp(p->code, same->code) > 0)))
            same = p;
    }
    if (same == NULL)
        check_add(w, r, DECIDE_YES, "past", (struct held){FACT_HELD, "", ""}, tr(w->cx, N_("这个职业的这个等级没有享受过补贴")), "");
    else
        check_add(w, r, DECIDE_NO, "past", (struct held){FACT_HELD, same->code, same->source},
                  text_fill(w->cx->arena, tr(w->cx, N_("这个职业的这个等级已经享受或申请过补贴：{code}")), "code", same->code, NULL), tr(w->cx, N_("由区人社局核实能不能再补")));
}

/* What ends these trainings: a certificate, also one that says the training was completed (结业证书), or the licence. */
void check_line_completion(struct work *w, const struct rule *r)
{
    const struct decide_result *x = &w->f->result;
    bool good = x->certificate != NULL;
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "result", (struct held){FACT_HELD, good ? x->certificate : "", "certificate"},
              tr(w->cx, good ? N_("已核实证书或结业证书") : N_("还没有核实到证书或结业证书")), tr(w->cx, N_("登记证书或结业证书并核实以后再申请")));
}

void check_line_apprentices(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "apprentices");
    int64_t n = fact_number(w, "apprentices"), most = law_number(r, "apprentices_most", 2);
    if (n < 0)
        check_ask(w, r, "apprentices", h, tr(w->cx, N_("由企业写明同期带几名学徒")));
    else
        check_add(w, r, n >= 1 && n <= most ? DECIDE_YES : DECIDE_NO, "apprentices", h,
                  text_fill(w->cx->arena, tr(w->cx, N_("同期带 {n} 名学徒，最多 {most} 名")), "n", number(w, n), "most", number(w, most), NULL),
                  tr(w->cx, N_("同期的学徒减到允许的人数")));
}

void check_line_months(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "months");
    int64_t n = fact_number(w, "months"), least = law_number(r, "months", 12), most = law_number(r, "months_most", 36);
    const char *say = n < least ? N_("带了 {n} 个月，不满 {least} 个月") : N_("带了 {n} 个月；每满 {least} 个月算一次，最长 {most} 个月");
    if (n < 0)
        check_ask(w, r, "months", h, tr(w->cx, N_("由企业写明带满了几个月")));
    else
        check_add(w, r, n < least ? DECIDE_NO : DECIDE_YES, "months", h,
                  text_fill(w->cx->arena, tr(w->cx, say), "n", number(w, n), "least", number(w, least), "most", number(w, most), NULL), tr(w->cx, N_("满了月数再申请")));
}

void check_line_step_up(struct work *w, const struct rule *r)
{
    demands(w, r, "step_up", N_("核对学徒有没有取得高一等级的证书"), N_("学徒取得了高一等级的证书"), N_("学徒没有取得高一等级的证书"), N_("取得证书以后再申请"));
}
