/* words.c -- the form of an ad, and its words as bits of the engine. */
#include "city/jobs/jobs.h"

#include "city/choices.h"

#include "base/day.h"
#include "base/years.h"

#include <string.h>

const struct choice certificate_choices[] = {
    {"health", N_("健康证")},           {"driver_c", N_("驾照 C1")},        {"driver_b", N_("驾照 B2")},      {"driver_a", N_("驾照 A1/A2")},
    {"forklift", N_("叉车证")},         {"electrician", N_("电工证")},      {"welder", N_("焊工证")},         {"crane", N_("起重机械证")},
    {"lift", N_("电梯作业证")},         {"boiler", N_("锅炉证")},           {"height", N_("高处作业证")},     {"guard", N_("保安员证")},
    {"fire", N_("消防设施操作员证")},   {"elder_care", N_("养老护理员证")}, {"infant_care", N_("育婴员证")},  {"housekeeping", N_("家政服务证")},
    {"nurse", N_("护士执业证")},        {"pharmacist", N_("执业药师证")},   {"teacher", N_("教师资格证")},    {"chef", N_("厨师证")},
    {"pastry", N_("面点师证")},         {"barber", N_("美容美发师证")},     {"accountant", N_("会计证书")},   {"builder", N_("建造师证")},
    {"safety", N_("安全员证")},         {"machinist", N_("车工/钳工证")},   {"refrigeration", N_("制冷证")},  {"drone", N_("无人机驾驶证")},
    {"ai_trainer", N_("人工智能训练师证")}, {"food_safety", N_("食品安全员证")}, {0},
};

const struct choice job_report_reasons[] = {
    {"closed", N_("已经不招了")},     {"false", N_("和实际不符")}, {"fee", N_("要收费、押金")}, {"unfair", N_("有歧视")},
    {"training", N_("其实是招学员")}, {"other", N_("别的问题")},   {0},
};

const struct field job_fields[] = {
    {"title", F_TEXT, F_REQUIRED, N_("岗位名称"), N_("招什么人，例如：养老护理员。工资和福利不写在这里。"), .min = 2, .max = 60, .group = N_("招什么人"),
     .off = offsetof(struct job_form, title)},
    {"openings", F_INT, F_REQUIRED, N_("招几人"), .min = 1, .max = 5000, .off = offsetof(struct job_form, openings)},
    {"occupation", F_OCCUPATION, 0, N_("职业"), N_("不选也可以，系统按岗位名称推荐。"), .off = offsetof(struct job_form, occupation)},
    {"job_type", F_CHOICE, 0, N_("工作方式"), .choices = job_type_choices, .off = offsetof(struct job_form, job_type)},
    {"description", F_LONG, F_REQUIRED | F_WIDE, N_("做什么"), N_("每天的活、在什么地方干、和谁一起。"), .min = 5, .max = 5000, .group = N_("工作内容和要求"),
     .off = offsetof(struct job_form, description)},
    {"requirements", F_LONG, F_WIDE, N_("要求"), N_("只写岗位真正需要的。不能限性别、婚育、户籍、民族。"), .max = 3000,
     .off = offsetof(struct job_form, requirements)},
    {"education", F_CHOICE, 0, N_("学历"), .choices = education_choices, .off = offsetof(struct job_form, education)},
    {"experience", F_INT, 0, N_("经验（月）"), N_("不要求就不填。"), .min = 0, .max = 600, .off = offsetof(struct job_form, experience)},
    {"certificates", F_CHOICES, F_WIDE, N_("必须有的证书"), .choices = certificate_choices, .off = offsetof(struct job_form, certificates)},
    {"wage", F_TEXT, F_REQUIRED, N_("工资"), N_("例如：4500-5800元/月、200元/天、6-8千·13薪。"), .max = 60, .group = N_("待遇"),
     .off = offsetof(struct job_form, wage)},
    {"hours", F_TEXT, 0, N_("上班时间"), N_("例如：8:30-17:30，做五休二。"), .max = 60, .off = offsetof(struct job_form, hours)},
    {"shift", F_CHOICES, F_WIDE, N_("班次"), .choices = shift_choices, .off = offsetof(struct job_form, shift)},
    {"benefits", F_CHOICES, F_WIDE, N_("福利"), .choices = benefit_choices, .off = offsetof(struct job_form, benefits)},
    {"street", F_STREET, F_REQUIRED, N_("上班地点在哪个街道"), N_("输入街道名，例如：大王庄。"), .group = N_("地点和联系人"), .off = offsetof(struct job_form, street)},
    {"address", F_TEXT, 0, N_("详细地址"), .max = 100, .off = offsetof(struct job_form, address)},
    {"contact_name", F_TEXT, F_SECRET, N_("联系人"), .max = 30, .off = offsetof(struct job_form, contact_name)},
    {"contact_phone", F_PHONE, F_SECRET, N_("联系电话"), .off = offsetof(struct job_form, contact_phone)},
    {"valid_until", F_DATE, 0, N_("招到哪天为止"), N_("不填就按通常的天数，到期前可以再确认。"), .off = offsetof(struct job_form, valid_until)},
    {0},
};

static int place_of(const struct choice *c, const char *code, size_t n)
{
    for (int i = 0; c[i].code != NULL; i++)
        if (strlen(c[i].code) == n && memcmp(c[i].code, code, n) == 0)
            return i;
    return -1;
}

int32_t certificate_number(const char *code)
{
    return place_of(certificate_choices, code, strlen(code)) + 1;
}

const char *certificate_of(int32_t number)
{
    int32_t n = 0;
    while (certificate_choices[n].code != NULL)
        n++;
    return number > 0 && number <= n ? certificate_choices[number - 1].code : "";
}

/* The bits of a list of codes; each code of `map` may share a bit with others. */
struct bit_word {
    const char *code;
    uint8_t bit;
};

static uint8_t bits_of(const struct bit_word *map, size_t n_map, const char *codes)
{
    uint8_t bits = 0;
    for (const char *p = codes; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        for (size_t i = 0; i < n_map; i++)
            if (strlen(map[i].code) == n && memcmp(map[i].code, p, n) == 0)
                bits |= map[i].bit;
        p += n;
    }
    return bits;
}

uint8_t type_bits(const char *codes)
{
    static const struct bit_word map[] = {
        {"full_time", MATCH_FULL_TIME}, {"part_time", MATCH_PART_TIME}, {"gig", MATCH_GIG},         {"temp", MATCH_TEMPORARY},
        {"intern", MATCH_INTERNSHIP},   {"trainee", MATCH_INTERNSHIP},  {"dispatch", MATCH_DISPATCH},
    };
    return bits_of(map, sizeof map / sizeof *map, codes);
}

uint8_t shift_bits(const char *codes)
{
    static const struct bit_word map[] = {
        {"day", MATCH_DAY_SHIFT},        {"night", MATCH_NIGHT_SHIFT},  {"two", MATCH_TWO_SHIFTS},    {"three", MATCH_THREE_SHIFTS},
        {"alternate", MATCH_TWO_SHIFTS}, {"flexible", MATCH_FLEXIBLE}, {"weekend", MATCH_FLEXIBLE},
    };
    return bits_of(map, sizeof map / sizeof *map, codes);
}

uint64_t benefit_bits(const char *codes)
{
    uint64_t bits = 0;
    for (const char *p = codes; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        int at = place_of(benefit_choices, p, n);
        if (at >= 0 && at < 64)
            bits |= 1ULL << at;
        p += n;
    }
    return bits;
}

static const char *given(const char *s) { return s[0] != '\0' ? s : NULL; }

err_t job_form_of(struct ctx *cx, const struct q_job_get_row *j, struct job_form *out)
{
    static const char *const education[] = {
        [EDU_PRIMARY] = "junior",    [EDU_JUNIOR] = "junior",   [EDU_SENIOR] = "senior", [EDU_COLLEGE] = "college",
        [EDU_BACHELOR] = "bachelor", [EDU_MASTER] = "master",   [EDU_DOCTOR] = "doctor",
    };
    *out = (struct job_form){
        .title = j->title,
        .occupation = j->occupation_by[0] == 'p' ? j->occupation : NULL,
        .description = j->description,
        .requirements = given(j->requirements),
        .openings = j->openings,
        .wage = j->wage_text,
        .street = j->street,
        .address = given(j->address),
        .education = j->education > EDU_ANY && j->education <= EDU_DOCTOR ? education[j->education] : NULL,
        .experience = j->experience > 0 ? &j->experience : NULL,
        .job_type = j->job_type,
        .shift = given(j->shift),
        .benefits = given(j->benefits),
        .certificates = given(j->certificates),
        .hours = given(j->hours),
        .valid_until = j->valid_until >= day_of(cx->now, DAY_ZONE) ? &j->valid_until : NULL,
    };
    return job_contact(cx, j, &out->contact_name, &out->contact_phone);
}
