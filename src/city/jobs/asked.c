/* asked.c -- what can be asked of the ads, and the engine's question made of it. */
#include "city/jobs/asked.h"

#include "city/choices.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 16 };

/* ---- what can be asked; the place of a choice is the engine's value ---- */

const struct choice asked_wage[] = {
    {"agree", N_("面议")},          {"under3000", N_("3000 元以下")},   {"3000", N_("3000–4000 元")},
    {"4000", N_("4000–5000 元")},   {"5000", N_("5000–6000 元")},       {"6000", N_("6000–8000 元")},
    {"8000", N_("8000–10000 元")},  {"10000", N_("10000–15000 元")},    {"15000", N_("15000 元以上")},
    {0},
};
const struct choice asked_education[] = {
    {"any", N_("学历不限")}, {"primary", N_("小学")}, {"junior", N_("初中")}, {"senior", N_("高中、中专")},
    {"college", N_("大专")}, {"bachelor", N_("本科")}, {"master", N_("硕士")}, {"doctor", N_("博士")},
    {0},
};
const struct choice asked_experience[] = {
    {"none", N_("不要经验")}, {"under1", N_("1 年以内")}, {"1", N_("1–3 年")}, {"3", N_("3–5 年")}, {"5", N_("5–10 年")}, {"10", N_("10 年以上")}, {0},
};
const struct choice asked_type[] = {
    {"full_time", N_("全职")}, {"part_time", N_("兼职")}, {"temp", N_("临时工")}, {"gig", N_("零工")}, {"intern", N_("实习、见习")}, {"dispatch", N_("劳务派遣")}, {0},
};
const struct choice asked_shift[] = {
    {"day", N_("白班")}, {"night", N_("夜班")}, {"two", N_("两班倒")}, {"three", N_("三班倒")}, {"flexible", N_("弹性时间")}, {0},
};
const struct choice asked_fresh[] = {
    {"1", N_("今天和昨天")}, {"3", N_("3 天内")}, {"7", N_("7 天内")}, {"14", N_("14 天内")}, {"30", N_("30 天内")}, {0},
};
const struct choice asked_sort[] = {
    {"best", N_("最合适")}, {"near", N_("离家近")}, {"pay", N_("工资高")}, {"newest", N_("最新")}, {0},
};
const enum match_sort job_sorts[] = {MATCH_BEST, MATCH_NEAR, MATCH_PAY, MATCH_NEWEST};

#define AT(member) offsetof(struct find_in, member)
const struct field job_find_fields[] = {
    {"q", F_TEXT, 0, N_("想做什么"), N_("中文、拼音或首字母；前面加减号表示不要。"), .max = 100, .off = AT(q)},
    {"near", F_TEXT, 0, N_("离哪儿近"), N_("街道名，或“经度,纬度”。"), .max = 60, .off = AT(near)},
    {"within", F_INT, 0, N_("几公里内"), .min = 1, .max = 100, .off = AT(within)},
    {"district", F_TEXT, 0, N_("区"), N_("6 位代码，几个用逗号隔开。"), .max = 200, .off = AT(district)},
    {"street", F_TEXT, 0, N_("街道"), N_("9 位代码，几个用逗号隔开。"), .max = 200, .off = AT(street)},
    {"occupation", F_TEXT, 0, N_("职业"), N_("职业代码，例如 4-10-00-00 是一整类。"), .max = 10, .off = AT(occupation)},
    {"employer", F_TEXT, 0, N_("单位"), N_("单位编号，例如 E12。"), .max = 20, .off = AT(employer)},
    {"pay", F_INT, 0, N_("每月至少多少元"), .min = 1, .max = 1000000, .off = AT(pay)},
    {"wage", F_CHOICES, 0, N_("工资"), .choices = asked_wage, .off = AT(wage)},
    {"education", F_CHOICES, 0, N_("学历要求"), .choices = asked_education, .off = AT(education)},
    {"experience", F_CHOICES, 0, N_("经验要求"), .choices = asked_experience, .off = AT(experience)},
    {"type", F_CHOICES, 0, N_("工作方式"), .choices = asked_type, .off = AT(type)},
    {"shift", F_CHOICES, 0, N_("班次"), .choices = asked_shift, .off = AT(shift)},
    {"benefit", F_CHOICES, 0, N_("福利"), N_("每一项都要有。"), .choices = benefit_choices, .off = AT(benefit)},
    {"fresh", F_CHOICE, 0, N_("发布或核实时间"), .choices = asked_fresh, .off = AT(fresh)},
    {"sort", F_CHOICE, 0, N_("排序"), .choices = asked_sort, .off = AT(sort)},
    {"lng", F_TEXT, 0, N_("经度"), .max = 20, .off = AT(lng)},
    {"lat", F_TEXT, 0, N_("纬度"), .max = 20, .off = AT(lat)},
    {"page", F_INT, F_LINKED, N_("页"), .min = 1, .max = MATCH_DEEPEST / JOBS_PER_PAGE, .off = AT(page)},
    {0},
};

/* ---- lists of codes ---- */

bool list_has(const char *list, const char *code)
{
    size_t n = strlen(code);
    for (const char *p = list != NULL ? list : ""; *p != '\0'; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        if (len == n && memcmp(p, code, n) == 0)
            return true;
        p += len;
    }
    return false;
}

static uint64_t bits_of(const struct choice *choices, const char *list)
{
    uint64_t bits = 0;
    for (int i = 0; choices[i].code != NULL; i++)
        if (list_has(list, choices[i].code))
            bits |= 1ULL << i;
    return bits;
}

static struct match_list numbers_of(struct arena *a, const char *list)
{
    int64_t *v = ARENA_ARRAY(a, int64_t, LIST_MAX);
    size_t n = 0;
    for (const char *p = list != NULL ? list : ""; *p != '\0' && n < LIST_MAX; p += strspn(p, ",")) {
        char *end;
        long long code = strtoll(p, &end, 10);
        if (code > 0)
            v[n++] = code;
        p += strcspn(p, ",");
    }
    return (struct match_list){v, n};
}

/* ---- asking ---- */

/* A place that nobody knows is said, and what is found is shown without it. */
static void place_of(struct ctx *cx, const struct find_in *in, struct job_asked *out)
{
    int64_t lng, lat;
    const char *near = in->lng != NULL && in->lat != NULL ? arena_fmt(cx->arena, "%s,%s", in->lng, in->lat) : in->near;
    if (near == NULL)
        return;
    if (station_where(cx, near, &lng, &lat, &out->place) == E_OK) {
        out->q.lng = (int32_t)lng;
        out->q.lat = (int32_t)lat;
    } else {
        out->place_say = cx->fail.say != NULL ? cx->fail.say : err_msgid(E_INVALID);
    }
    cx->fail = (struct fail){0};
}

static void occupation_of(struct ctx *cx, const char *code, struct match_query *q)
{
    const struct city_occupation *o = city_occupation(cx->house->city, code != NULL ? code : "");
    if (o == NULL)
        return;
    int64_t *packed = ARENA_NEW(cx->arena, int64_t);
    *packed = match_pack(o->code);
    q->occupations = (struct match_list){packed, 1};
    q->occupation_under = match_pack(o->level < 4 ? o->code : o->parent);
}

void job_ask(struct ctx *cx, const struct find_in *in, struct job_asked *out)
{
    struct arena *a = cx->arena;
    struct match_query *q = &out->q;
    *out = (struct job_asked){.q.today = match_day(day_of(cx->now, DAY_ZONE))};
    q->text = in->q;
    q->districts = numbers_of(a, in->district);
    q->streets = numbers_of(a, in->street);
    q->wage_floor = in->pay != NULL ? *in->pay * 100 : 0;
    q->wage_bands = (uint32_t)bits_of(asked_wage, in->wage);
    q->educations = (uint32_t)bits_of(asked_education, in->education);
    q->experiences = (uint32_t)bits_of(asked_experience, in->experience);
    q->types = (uint32_t)bits_of(asked_type, in->type);
    q->shifts = (uint32_t)bits_of(asked_shift, in->shift);
    q->benefits = bits_of(benefit_choices, in->benefit);
    q->max_age = in->fresh != NULL ? (int32_t)strtol(in->fresh, NULL, 10) : 0;
    occupation_of(cx, in->occupation, q);
    if (in->employer != NULL && (in->employer[0] == 'E' || in->employer[0] == 'e'))
        q->employers = numbers_of(a, in->employer + 1);
    place_of(cx, in, out);
    out->within = out->place == NULL || in->within == NULL ? 0 : *in->within;
    q->radius = (int32_t)(out->within * 1000);
    q->sort = out->place != NULL ? MATCH_NEAR : MATCH_BEST;
    for (int i = 0; in->sort != NULL && asked_sort[i].code != NULL; i++)
        if (strcmp(asked_sort[i].code, in->sort) == 0 && (job_sorts[i] != MATCH_NEAR || out->place != NULL))
            q->sort = job_sorts[i];
}
