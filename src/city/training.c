#include "city/training.h"

#include <string.h>

const struct choice training_levels[] = {
    {"5", N_("五级/初级工")}, {"4", N_("四级/中级工")}, {"3", N_("三级/高级工")}, {"2", N_("二级/技师")}, {"1", N_("一级/高级技师")}, {"0", N_("专项职业能力")}, {0},
};
const struct choice training_urgencies[] = {{"very", N_("非常紧缺")}, {"short", N_("紧缺")}, {"some", N_("一般紧缺")}, {0}};
const struct choice training_categories[] = {
    {"employee", N_("企业职工")},
    {"student", N_("毕业学年学生")},
    {"rural", N_("农村劳动力")},
    {"unemployed", N_("登记失业人员")},
    {"flexible", N_("享受社保补贴的灵活就业人员")},
    {"partner", N_("东西部协作地区劳动力")},
    {"veteran", N_("退役军人")},
    {"resident", N_("本市户籍或持居住证的其他人员")},
    {0},
};
const struct choice training_flags[] = {{"hard", N_("就业困难人员")}, {"zero", N_("零就业家庭成员")}, {"low", N_("城乡低保家庭成员")}, {0}};
const struct choice training_funds[] = {{"insurance", N_("失业保险基金")}, {"employment", N_("就业补助资金")}, {0}};
const struct choice training_payees[] = {
    {"enterprise", N_("所在企业")}, {"provider", N_("培训机构")}, {"person", N_("本人")}, {"evaluator", N_("申报评价的机构")}, {0},
};
const struct choice training_schedules[] = {{"day", N_("工作日白天")}, {"evening", N_("晚上")}, {"weekend", N_("周末")}, {0}};
const struct choice training_modes[] = {{"offline", N_("线下集中")}, {"hybrid", N_("线上线下结合")}, {0}};
const struct choice training_hours[] = {{"80", N_("80 课时")}, {"120", N_("120 课时")}, {"40", N_("40 课时")}, {"240", N_("240 课时")}, {0}};
const struct choice training_lines[] = {
    {"catalogue", N_("目录内职业培训")}, {"centre", N_("公共实训中心专项")}, {"placement", N_("定向就业培训")}, {"induction", N_("定向岗前培训")},
    {"project", N_("项目制培训")},       {"safety", N_("安全技能培训")},     {"apprentice", N_("企业新型学徒制")}, {"master", N_("名师带徒")}, {0},
};
const struct choice training_provider_kinds[] = {{"school", N_("民办培训机构")}, {"centre", N_("企业培训中心")}, {0}};

const char *training_label(const struct choice *list, const char *code)
{
    for (const struct choice *c = list; c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return c->label;
    return code;
}

const char *training_level(int64_t level)
{
    /* the list begins with 5 and ends with 0 */
    return training_levels[level >= 0 && level <= 5 ? 5 - level : 5].label;
}

const char *training_yuan(struct ctx *cx, int64_t fen)
{
    const char *digits = arena_fmt(cx->arena, "%lld", (long long)((fen < 0 ? -fen : fen) / 100));
    struct buf out = {.a = cx->arena};
    for (size_t n = strlen(digits), i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf_add(&out, ",", 1);
        buf_add(&out, digits + i, 1);
    }
    return arena_fmt(cx->arena, tr(cx, "%s%s.%02lld 元"), fen < 0 ? "-" : "", buf_text(&out), (long long)((fen < 0 ? -fen : fen) % 100));
}
