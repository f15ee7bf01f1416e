#include "city/choices.h"

#include <string.h>

const struct choice education_choices[] = {
    {"any", N_("不限")}, {"junior", N_("初中及以下")}, {"vocational", N_("中专/中技")}, {"senior", N_("高中")},
    {"college", N_("大专")}, {"bachelor", N_("本科")}, {"master", N_("硕士")}, {"doctor", N_("博士")},
    {0},
};

const struct choice job_type_choices[] = {
    {"full_time", N_("全职")}, {"part_time", N_("兼职")}, {"gig", N_("零工")}, {"temp", N_("临时工")},
    {"intern", N_("实习")}, {"trainee", N_("就业见习")}, {"dispatch", N_("劳务派遣")},
    {0},
};

const struct choice shift_choices[] = {
    {"day", N_("白班")}, {"night", N_("夜班")}, {"two", N_("两班倒")}, {"three", N_("三班倒")},
    {"alternate", N_("上一休一")}, {"flexible", N_("弹性时间")}, {"weekend", N_("周末班")},
    {0},
};

const struct choice benefit_choices[] = {
    {"insurance_fund", N_("五险一金")}, {"insurance", N_("社会保险")}, {"fund", N_("住房公积金")},
    {"two_days_off", N_("周末双休")}, {"one_day_off", N_("每周单休")}, {"four_days_off", N_("月休四天")},
    {"paid_leave", N_("带薪年假")}, {"legal_holidays", N_("法定节假日休息")}, {"meals", N_("包吃")},
    {"meal_allowance", N_("餐补")}, {"room", N_("包住")}, {"room_allowance", N_("房补")}, {"board", N_("包吃住")},
    {"shuttle", N_("班车")}, {"transport_allowance", N_("交通补贴")}, {"phone_allowance", N_("通讯补贴")},
    {"heat_allowance", N_("高温补贴")}, {"night_allowance", N_("夜班补贴")}, {"attendance_bonus", N_("全勤奖")},
    {"performance_bonus", N_("绩效奖金")}, {"year_bonus", N_("年终奖")}, {"overtime_pay", N_("加班费")},
    {"festival", N_("节日福利")}, {"checkup", N_("定期体检")}, {"extra_medical", N_("补充医疗保险")},
    {"paid_training", N_("带薪培训")}, {"old_hand", N_("师傅带教")}, {"promotion", N_("晋升空间")},
    {"near_home", N_("就近安排")}, {"uniform", N_("免费工装")}, {"older_welcome", N_("欢迎大龄求职者")},
    {"disabled_welcome", N_("欢迎残疾人")}, {"no_experience", N_("无经验可")},
    {0},
};

const struct choice station_type_choices[] = {
    {"street", N_("街道乡镇标准驿站")}, {"park", N_("园区驿站")}, {"campus", N_("高校驿站")},
    {"business", N_("商圈驿站")}, {"gig", N_("零工驿站")}, {"hub", N_("交通枢纽驿站")},
    {0},
};

const char *choice_label(const struct choice *choices, const char *code)
{
    if (code == NULL)
        return "";
    for (; choices->code != NULL; choices++)
        if (strcmp(choices->code, code) == 0)
            return choices->label;
    return code;
}
