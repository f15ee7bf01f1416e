/* t_reference.c -- the shipped lists: they load, hold together, and are found by what people write. */
#include "city/choices.h"
#include "city/reference.h"
#include "tap.h"

#include <stdlib.h>
#include <time.h>

static void lists(const struct city *c)
{
    is_str(city_name(c), "天津市", "the city");
    is_str(city_hotline(c), "12333", "its hotline");
    is_int((long long)c->n_districts, 16, "districts");
    is_int((long long)c->n_streets, 299, "streets");
    is_int((long long)c->n_items, 20, "service items");
    is_int((long long)c->n_profiles, 6, "a norm for each type of station");
    size_t occupations = 0, orphans = 0, green = 0, digital = 0, industries[5] = {0}, outside = 0, odd = 0;
    for (size_t i = 0; i < c->n_occupations; i++) {
        const struct city_occupation *o = &c->occupations[i], *up = city_occupation(c, o->parent);
        occupations += o->level == 4;
        orphans += o->level == 1 ? *o->parent != '\0' : up == NULL || up->level >= o->level;
        green += o->green;
        digital += o->digital;
        odd += *o->joined == '\0' || *o->initials == '\0';
    }
    is_int((long long)occupations, 1631, "occupations");
    is_int((long long)orphans, 0, "each under a class above it");
    is_int((long long)odd, 0, "each can be searched by sound");
    ok(green == 134 && digital == 95, "green and digital marks");
    for (size_t i = 0; i < c->n_industries; i++) {
        const struct city_industry *d = &c->industries[i];
        industries[d->level]++;
        const struct city_industry *up = city_industry(c, d->parent);
        orphans += d->level > 1 && (up == NULL || up->level != d->level - 1);
    }
    ok(industries[1] == 20 && industries[2] == 97 && industries[3] == 473 && industries[4] == 1381, "industries of GB/T 4754");
    is_int((long long)orphans, 0, "each under its own class");
    for (size_t i = 0; i < c->n_streets; i++) {
        const struct city_street *s = &c->streets[i];
        bool located = s->lng > 116600000 && s->lng < 118200000 && s->lat > 38500000 && s->lat < 40300000;
        outside += strcmp(s->located, "none") == 0 ? s->lng != 0 : !located;
    }
    is_int((long long)outside, 0, "every located street lies in the city");
}

static void places(struct ctx *cx, const struct city *c)
{
    static const struct {
        const char *typed;
        int64_t code;
        int least;
    } streets[] = {
        {"中山门街道", 120102003, 100},       {"中山门", 120102003, 98},       {"河东 中山门", 120102003, 98},
        {"河东区中山门街道", 120102003, 100}, {"天津市河东区中山门街道", 120102003, 100},
        {"大王庄街", 120102001, 98},          {"dwz", 120102001, 85},          {"DaWangZhuang", 120102001, 90},
        {"da wang zhuang", 120102001, 90},    {"西青·张家窝", 120111103, 98},  {"滨海新区·泰达", 120116014, 97},
        {"河西务", 120114109, 98},            {"河西务镇", 120114109, 100},    {"静海镇", 120118100, 100},
        {"河东区中山门街道中山门新村12号", 120102003, 80},                      {"天津市宁园街道办事处", 120105007, 98},
        {"宝坻 黄庄", 120115125, 98},         {"武清黄庄", 120114004, 98},     {"滨海 海滨", 120116054, 98},
        {"咸阳北路街", 120106003, 98},        {"xianyangbeilu", 120106003, 90}, {"朝霞", 120115008, 98},
        {"zhaoxia", 120115008, 90},           {"小站", 120112102, 98},         {"杨柳青镇柳口路5号", 120111101, 80},
        {"河东 dwz", 120102001, 85},          {"孙各庄乡", 120119203, 98},     {"大港", 120116051, 98},
        {"东丽湖", 120110011, 98},            {"中新天津生态城", 120116406, 98}, {"chqing", 0, 0},
    };
    struct city_found f[400];
    for (size_t i = 0; i < sizeof streets / sizeof *streets; i++) {
        size_t n = city_find_streets(cx, c, streets[i].typed, f, 5);
        bool first = n > 0 && f[0].street->code == streets[i].code && f[0].score >= streets[i].least;
        bool good = streets[i].code == 0 ? n == 0 : first;
        if (!ok(good, streets[i].typed))
            printf("#   got %s %d\n", n > 0 ? f[0].street->name : "none", n > 0 ? f[0].score : 0);
    }
    is_int((long long)city_find_streets(cx, c, "和平区", f, 400), 6, "a district alone gives its streets");
    is_int((long long)city_find_streets(cx, c, "黄庄", f, 400), 2, "the same name in two districts: both");
    is_int((long long)city_find_streets(cx, c, "", f, 400), 0, "nothing typed, nothing found");
    is_int((long long)city_find_streets(cx, c, "天津", f, 3), 3, "no more than there is room for");
}

static void districts(struct ctx *cx, const struct city *c)
{
    static const struct {
        const char *typed;
        int64_t code;
    } named[] = {{"河东区", 120102}, {"河东", 120102}, {"天津市滨海新区", 120116}, {"滨海", 120116}, {"hedong", 120102},
                     {"he xi", 120103},  {"jz", 120119},   {"北京", 0},               {"", 0},         {"天津", 0}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        const struct city_district *d = city_district_named(c, named[i].typed);
        is_int(d == NULL ? 0 : d->code, named[i].code, named[i].typed);
    }
    size_t n;
    const struct city_street *near[10], *of = city_streets_of(c, 120105, &n);
    ok(n == 10 && of[0].code == 120105001 && of[9].district == 120105, "the streets of a district");
    (void)city_streets_of(c, 999999, &n);
    is_int((long long)n, 0, "none of an unknown district");
    ok(city_neighbours(cx, c, 120102001, near, 10) == 10 && near[0]->code != 120102001, "ten neighbours, itself left out");
    size_t close = 0;
    for (size_t i = 0; i < 10; i++)
        close += llabs(near[i]->lng - 117212000) < 60000 && llabs(near[i]->lat - 39126000) < 60000;
    is_int((long long)close, 10, "and all of them are near");
    is_int((long long)city_neighbours(cx, c, 120102013, near, 10), 0, "no neighbours where we do not know the place");
    is_str(city_ring_name(c, "near"), "环城四区", "the name of a ring");
    bool tiles[16][16] = {{false}};
    size_t clash = 0, per_ring[2] = {0};
    for (size_t i = 0; i < c->n_districts; i++) {
        const struct city_district *d = &c->districts[i];
        clash += tiles[d->row][d->col];
        tiles[d->row][d->col] = true;
        per_ring[0] += strcmp(d->ring, "near") == 0;
        per_ring[1] += strcmp(d->ring, "outer") == 0;
    }
    ok(clash == 0 && per_ring[0] == 4 && per_ring[1] == 5, "a tile of its own for each district; rings of four and five");
}

static void occupations(struct ctx *cx, const struct city *c)
{
    static const struct {
        const char *typed, *code;
    } wanted[] = {{"养老护理员", "4-10-01-05"}, {"护工", "4-10-01-05"},       {"焊工", "6-18-02-04"},   {"电焊工", "6-18-02-04"},
                  {"外卖员", "4-10-08-01"},     {"保姆", "4-10-01-06"},       {"ylhly", "4-10-01-05"},
                  {"yanglaohuliyuan", "4-10-01-05"},
                  {"diangong", "6-31-01-03"},   {"4-10-01-05", "4-10-01-05"}, {"无人机驾驶", "4-02-04-06"}, {"数据标注员", "4-04-05-05"},
                  {"保安", "4-07-05-01"},       {"收银", "4-01-02-04"},       {"快递", "4-02-07-08"}};
    const struct city_occupation *o[60];
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        size_t n = city_find_occupations(cx, c, wanted[i].typed, o, 10);
        is_str(n > 0 ? o[0]->code : NULL, wanted[i].code, wanted[i].typed);
    }
    is_int((long long)city_find_occupations(cx, c, "外星人", o, 10), 0, "no such occupation");
    is_int((long long)city_occupations_under(c, NULL, o, 60), 8, "eight great classes");
    is_int((long long)city_occupations_under(c, "4-10-00-00", o, 60) > 5, 1, "classes under one");
    size_t n = city_occupations_under(c, "4-10-01-00", o, 60);
    ok(n >= 5 && o[0]->level == 4, "occupations under a small class");
    ok(city_occupation(c, "9-99-99-99") == NULL, "an unknown code");
    const struct city_industry *d[80];
    is_int((long long)city_industries_under(c, "", d, 80), 20, "twenty sections");
    ok(city_find_industries(c, "餐饮", d, 80) > 0 && strstr(d[0]->name, "餐饮") == d[0]->name, "industries by name");
    ok(city_find_industries(c, "A01", d, 80) > 5 && strcmp(d[0]->code, "A01") == 0, "industries by code");
}

static void same_choices(const struct city *c, const char *kind, const struct choice *choices)
{
    size_t n = 0;
    bool good = true;
    for (; choices[n].code != NULL; n++) {
        const char *by_code = city_word(c, kind, choices[n].code), *by_name = city_word(c, kind, choices[n].label);
        good = good && by_code != NULL && strcmp(by_code, choices[n].code) == 0;
        good = good && by_name != NULL && strcmp(by_name, choices[n].code) == 0;
    }
    ok(good && n > 0, kind);
}

static void words(const struct city *c)
{
    same_choices(c, "education", education_choices);
    same_choices(c, "job_type", job_type_choices);
    same_choices(c, "shift", shift_choices);
    same_choices(c, "benefit", benefit_choices);
    same_choices(c, "station_type", station_type_choices);
    is_str(city_word(c, "education", "本科及以上"), "bachelor", "本科及以上");
    is_str(city_word(c, "education", "中技/中专"), "vocational", "中技/中专");
    is_str(city_word(c, "benefit", "五险一金"), "insurance_fund", "五险一金");
    is_str(city_word(c, "benefit", "不知道"), NULL, "an unknown word");
    is_int(city_education_rank(c, "doctor"), 6, "doctor");
    is_int(city_education_rank(c, "senior"), city_education_rank(c, "vocational"), "高中 and 中专 stand on one step");
    is_int(city_education_rank(c, "none"), -1, "an unknown education");
    is_str(choice_label(shift_choices, "two"), "两班倒", "a label");
    is_str(choice_label(shift_choices, "x"), "x", "an unknown code is its own label");
}

static void figures(const struct city *c)
{
    is_int(city_target(c, "stations_built", 2025, "result", ""), 130, "130 stations");
    is_int(city_target(c, "stations_new", 2026, "target", ""), 50, "50 new ones");
    int64_t rings = city_target(c, "stations_new", 2026, "target", "inner+binhai");
    rings += city_target(c, "stations_new", 2026, "target", "near") + city_target(c, "stations_new", 2026, "target", "outer");
    is_int(rings, 50, "the rings add up");
    is_int(city_target(c, "training_person_times", 2026, "target", ""), 100000, "100,000 person-times");
    is_int(city_target(c, "nothing", 2026, "target", ""), -1, "no such target");
    for (const struct choice *t = station_type_choices; t->code != NULL; t++) {
        const struct city_profile *p = city_profile(c, t->code);
        ok(p != NULL && p->proposal && p->staff >= p->full_time && p->full_time >= 1 && p->n_functions > 0, t->label);
    }
    is_str(city_item(c, "S03") ? city_item(c, "S03")->name : NULL, "岗位推荐", "a service item");
    is_int((long long)c->n_brands, 9, "three brands and six stations");
}

static void calendar(const struct city *c)
{
    bool beyond = false;
    ok(!day_is_working(&c->calendar, 20261001, &beyond), "National Day");
    ok(day_is_working(&c->calendar, 20260214, &beyond), "a worked Saturday before the Spring Festival of 2026");
    ok(!day_is_working(&c->calendar, 20260220, &beyond) && !beyond, "a Friday of the Spring Festival");
    (void)day_is_working(&c->calendar, 20270104, &beyond);
    ok(beyond, "the year 2027 is not announced yet");
    is_int(c->calendar.first_year, 2024, "from 2024");
}

static void read_aloud(struct ctx *cx, const struct city *c)
{
    static const char *const said[][2] = {{"银行", "yin hang"}, {"重庆", "chong qing"}, {"重量", "zhong liang"},
                                          {"长虹街道", "chang hong jie dao"}, {"会计A1班", "kuai ji a1 ban"},
                                          {"", ""}, {"，。", ""}, {"\xE9\x93", ""}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        is_str(reading_of(&c->readings, cx->arena, said[i][0]), said[i][1], said[i][0]);
    is_str(reading_initials(cx->arena, "da wang zhuang"), "dwz", "initials");
    struct readings r;
    ok(readings_load(cx, "b\tb\na\ta\n", 8, "", 0, &r) == E_BUG, "unsorted readings");
    ok(readings_load(cx, "b\n", 2, "", 0, &r) == E_BUG, "a line without a reading");
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct city *c;
    struct timespec t0, t1;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t0);
    if (!ok(city_load(&cx, "tianjin", &c) == E_OK, "the city loads")) {
        printf("# %s\n", cx.fail.detail);
        return done();
    }
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t1);
    double ms = (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6;
    printf("# loaded in %.1f ms of processor time, %zu KiB\n", ms, a.used / 1024);
    lists(c);
    places(&cx, c);
    districts(&cx, c);
    occupations(&cx, c);
    words(c);
    figures(c);
    calendar(c);
    read_aloud(&cx, c);
    struct city *none;
    ok(city_load(&cx, "nowhere", &none) == E_BUG, "a city that is not shipped");
    arena_free(&a);
    return done();
}
