/* The class and what came of it: catalogue, mode, level, attendance, certificate. */
#include "rules/decide_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

int level_rank(int64_t level)
{
    return level >= 1 && level <= 5 ? (int)(6 - level) : 0;
}

const char *level_text(struct work *w, int64_t level)
{
    static const char *const names[] = {N_("专项职业能力"), N_("五级/初级工"), N_("四级/中级工"), N_("三级/高级工"), N_("二级/技师"), N_("一级/高级技师")};
    return tr(w->cx, names[level_rank(level)]);
}

static struct held class_held(const char *value)
{
    return (struct held){FACT_HELD, value, "class"};
}

void check_mode(struct work *w, const struct rule *r)
{
    const char *mode = w->f->class.mode;
    bool good = rule_get(r, mode, RULE_INT) != NULL;
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "class", class_held(mode), tr(w->cx, good ? N_("培训方式可以补贴") : N_("这种培训方式没有补贴标准")),
              tr(w->cx, N_("参加线下集中或者线上线下结合的班期")));
}

void check_catalogue(struct work *w, const struct rule *r)
{
    const struct decide_class *c = &w->f->class;
    bool good = c->rate > 0;
    const char *say = good ? N_("{catalogue}有 {name} {level} {hours} 课时的标准") : N_("{catalogue}没有 {name} {level} {hours} 课时的标准");
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "class", class_held(c->occupation),
              text_fill(w->cx->arena, tr(w->cx, say), "catalogue", c->catalogue, "name", c->name, "level", level_text(w, c->level), "hours",
                        arena_fmt(w->cx->arena, "%lld", (long long)c->hours), NULL),
              tr(w->cx, N_("换成目录里有标准的等级和课时")));
}

void check_level(struct work *w, const struct rule *r)
{
    struct held h = fact_held(w, "qualified");
    if (w->f->class.start_level || w->f->class.level == 0)
        check_add(w, r, DECIDE_YES, "class", class_held(level_text(w, w->f->class.level)), tr(w->cx, N_("是初始等级，可以直接参加")), "");
    else if (h.known != FACT_HELD)
        check_ask(w, r, "qualified", h, tr(w->cx, N_("核对已有的证书和工作年限，符合国家职业标准的申报条件")));
    else if (strcmp(h.value, "yes") != 0)
        check_add(w, r, DECIDE_NO, "qualified", h, tr(w->cx, N_("不符合这个等级的鉴定申报条件")), tr(w->cx, N_("先考低一级的证书，或者补上工作年限的证明")));
    else
        check_add(w, r, DECIDE_YES, "qualified", h, tr(w->cx, N_("符合这个等级的鉴定申报条件")), "");
}

void check_attendance(struct work *w, const struct rule *r)
{
    struct arena *a = w->cx->arena;
    int64_t ppm = w->f->result.attendance_ppm, min = law_number(r, "ppm_min", 0);
    const char *value = arena_fmt(a, "%lld.%lld", (long long)(ppm / 10000), (long long)(ppm / 1000 % 10));
    bool good = ppm >= min;
    check_add(w, r, good ? DECIDE_YES : DECIDE_NO, "result", (struct held){FACT_HELD, value, "attendance"},
              text_fill(a, tr(w->cx, good ? N_("出勤率 {n}%，不低于 {min}%") : N_("出勤率 {n}%，低于 {min}%")), "n", value, "min",
                        arena_fmt(a, "%lld", (long long)(min / 10000)), NULL),
              tr(w->cx, N_("签到记录有错的，可以请区人社局更正")));
}

void check_hours(struct work *w, const struct rule *r)
{
    struct arena *a = w->cx->arena;
    int64_t had = w->f->result.hours, need = w->f->class.hours;
    struct held made_up = fact_held(w, "made_up");
    const char *value = arena_fmt(a, "%lld", (long long)had);
    bool enough = had >= need, noted = made_up.known == FACT_HELD && strcmp(made_up.value, "yes") == 0;
    const char *say = enough ? N_("参加了 {n} 课时，达到 {need} 课时") : noted ? N_("参加了 {n} 课时，缺的已补或已注明") : N_("参加了 {n} 课时，没有达到 {need} 课时");
    check_add(w, r, enough || noted ? DECIDE_YES : DECIDE_NO, "result", (struct held){FACT_HELD, value, "attendance"},
              text_fill(a, tr(w->cx, say), "n", value, "need", arena_fmt(a, "%lld", (long long)need), NULL),
              tr(w->cx, N_("补上缺的课时，或者由培训机构注明原因并由区人社局认可")));
}

void check_class(struct work *w, const struct rule *r)
{
    const struct decide_result *x = &w->f->result;
    const char *why = x->why_unqualified == NULL ? "" : x->why_unqualified;
    if (x->class_unqualified)
        check_add(w, r, DECIDE_NO, "result", (struct held){FACT_HELD, why, "supervision"},
                  text_fill(w->cx->arena, tr(w->cx, N_("班期按不合格处理：{why}")), "why", why, NULL), tr(w->cx, N_("对检查结果有异议的，由培训机构向区人社局提出")));
    else
        check_add(w, r, DECIDE_YES, "result", (struct held){FACT_HELD, "", "supervision"}, tr(w->cx, N_("班期没有被认定为不合格")), "");
}

void check_certificate(struct work *w, const struct rule *r)
{
    const struct decide_result *x = &w->f->result;
    const struct decide_class *c = &w->f->class;
    struct held h = {FACT_HELD, x->certificate == NULL ? "" : x->certificate, "certificate"};
    if (x->certificate == NULL)
        check_add(w, r, DECIDE_NO, "result", h,
                  tr(w->cx, x->evaluation_passed ? N_("考试通过了，但还没有核实到证书") : N_("还没有核实到证书，不能补贴")), tr(w->cx, N_("取得证书并核实以后再申请")));
    else if (x->certificate_level != c->level || x->certificate_occupation == NULL || strcmp(x->certificate_occupation, c->occupation) != 0)
        check_add(w, r, DECIDE_NO, "result", h, tr(w->cx, N_("证书的职业或等级和班期不一致")), tr(w->cx, N_("核对证书；取得和班期一致的证书以后再申请")));
    else if (x->certificate_on != 0 && x->certificate_on < c->starts_on)
        check_add(w, r, DECIDE_NO, "result", h, tr(w->cx, N_("证书的日期早于开班，不是这次培训取得的")), tr(w->cx, N_("核对证书日期")));
    else
        check_add(w, r, DECIDE_YES, "result", h, tr(w->cx, N_("已核实和班期一致的证书")), "");
}
