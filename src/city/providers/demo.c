/* demo.c -- 24 made-up providers on real streets, with places, teachers, agreements, assessments and a few sanctions. */
#include "city/providers/providers.h"

#include "city/catalogue/catalogue.h"
#include "city/demo.h"
#include "city/employers/employers.h"
#include "city/providers/demo.h"
#include "city/providers/providers_impl.h"

#include <stdio.h>
#include <string.h>

enum { PROVIDERS = 24, OWN_DISTRICT = 120102 };

const struct demo_provider demo_providers[PROVIDERS + 1] = {
    {"津门乐业职业培训学校（示例）", "津门乐业", OWN_DISTRICT, {"4-10-01-05", "4-10-01-06", "4-10-01-03"}},
    {"企业技能培训中心（示例）", "企培", 0, {"6-18-02-04", "6-20-01-01", "6-31-01-03"}},
    {"海河康养职业培训学校（示例）", "海河康养", OWN_DISTRICT, {"4-14-01-03", "4-14-01-02", "4-10-01-05"}},
    {"津塘电工职业培训学校（示例）", "津塘电工", OWN_DISTRICT, {"6-31-01-03", "6-18-02-04", "6-29-03-05"}},
    {"东站商旅职业培训学校（示例）", "东站商旅", OWN_DISTRICT, {"4-03-02-01", "4-03-02-02", "4-03-02-05"}},
    {"小白楼数字职业培训学校（示例）", "小白楼数字", 120101, {"4-04-05-05", "4-01-06-02", "4-01-02-01"}},
    {"大沽路家政职业培训学校（示例）", "大沽路家政", OWN_DISTRICT, {"4-10-01-06", "4-09-08-01", "4-10-01-03"}},
    {"梅江美业职业培训学校（示例）", "梅江美业", 120103, {"4-10-03-01", "4-10-03-02", "4-10-01-03"}},
    {"鼓楼烹饪职业培训学校（示例）", "鼓楼烹饪", 120104, {"4-03-02-01", "4-03-02-03", "4-03-02-02"}},
    {"三马路护理职业培训学校（示例）", "三马路护理", 120104, {"4-14-01-02", "4-10-01-05", "4-14-01-03"}},
    {"宁园职业培训学校（示例）", "宁园", 120105, {"4-10-01-05", "4-10-01-06", "4-07-05-01"}},
    {"西沽职业培训学校（示例）", "西沽", 120106, {"4-12-01-01", "6-31-01-03", "4-02-07-08"}},
    {"新立机器人职业培训学校（示例）", "新立机器人", 120110, {"6-31-07-03", "6-31-01-03", "6-18-02-04"}},
    {"张家窝电商职业培训学校（示例）", "张家窝电商", 120111, {"4-01-06-02", "4-01-02-01", "4-07-02-03"}},
    {"小站农业职业培训学校（示例）", "小站农业", 120112, {"5-01-02-01", "5-05-05-01", "4-03-02-02"}},
    {"北仓焊接职业培训学校（示例）", "北仓焊接", 120113, {"6-18-02-04", "6-20-01-01", "6-29-03-03"}},
    {"杨村职业培训学校（示例）", "杨村", 120114, {"4-10-01-06", "4-10-01-05", "6-05-01-03"}},
    {"宝坻职业培训学校（示例）", "宝坻", 120115, {"6-29-01-01", "6-29-01-04", "4-10-01-06"}},
    {"滨海低空职业培训学校（示例）", "滨海低空", 120116, {"4-02-04-06", "4-08-03-07", "6-23-03-15"}},
    {"塘沽港口培训中心（示例）", "塘沽港口", 120116, {"6-30-05-01", "6-18-02-04", "6-31-01-03"}},
    {"宁河职业培训学校（示例）", "宁河", 120117, {"5-01-02-02", "5-03-02-02", "4-10-01-06"}},
    {"静海焊管培训中心（示例）", "静海焊管", 120118, {"6-18-02-04", "6-20-01-01", "6-31-01-03"}},
    {"蓟州康旅职业培训学校（示例）", "蓟州康旅", 120119, {"4-07-04-01", "4-03-02-01", "4-10-01-06"}},
    {"泰达智造培训中心（示例）", "泰达智造", 120116, {"6-31-07-03", "6-20-01-01", "6-31-01-03"}},
    {0},
};

bool demo_is_centre(size_t n) { return n == 1 || n == 19 || n == 21 || n == 23; }

void demo_as(struct ctx *cx, unsigned role, int64_t provider_id, int64_t district)
{
    cx->actor = (struct actor){.account_id = cx->actor.account_id, .role = role, .provider_id = provider_id, .district = district, .name = "demo"};
}

/* A code that passes the check but is nobody's. */
static const char *uscc_of(struct ctx *cx, size_t n, int64_t district)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char *out = arena_alloc(cx->arena, 19);
    int sum = 0, weight = 1;
    const char *text = arena_fmt(cx->arena, "52%06dMJT%06d", (int)(district % 1000000), (int)n + 1);
    memcpy(out, text, 17);
    for (int i = 0; i < 17; i++) {
        sum += (int)((const char *)memchr(alphabet, out[i], 31) - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    out[17] = alphabet[(31 - sum % 31) % 31];
    out[18] = '\0';
    return out;
}

struct demo {
    int64_t today, born, signed_on; /* when they were filed; when the agreements were signed */
    size_t n; /* which */
    int64_t id;
    const struct city_street *street;
};

static const struct city_street *street_of(struct ctx *cx, int64_t district, size_t n)
{
    size_t all;
    const struct city_street *s = city_streets_of(cx->house->city, district, &all);
    for (size_t i = 0; i < all; i++)
        if (s[(n + i) % all].lng != 0)
            return &s[(n + i) % all];
    return s;
}

static err_t record(struct ctx *cx, struct demo *d)
{
    const struct demo_provider *p = &demo_providers[d->n];
    struct q_employer_get_row e;
    bool centre = demo_is_centre(d->n), newcomer = d->n == 13;
    int64_t district = p->district, from = newcomer ? d->today / 10000 * 10000 + 116 : 20210301 + (int64_t)d->n, employer = 0;
    int64_t to = d->n == 22 ? day_add(d->today, 40) : day_add_months(d->today, 26);
    if (d->n == 1 && employer_find(cx, 1, &e) == E_OK)
        employer = 1;
    if (district == 0)
        district = employer > 0 && city_district(cx->house->city, e.district) != NULL ? e.district : OWN_DISTRICT;
    d->street = street_of(cx, district, d->n);
    struct provider_form f = {
        .kind = centre ? "centre" : "school", .name = p->name, .short_name = p->brief, .uscc = uscc_of(cx, d->n, district),
        .licence = centre ? NULL : arena_fmt(cx->arena, "人社民%lld号（示例）", (long long)(district * 1000 + (int64_t)d->n)),
        .licence_from = centre ? NULL : &from, .licence_to = centre ? NULL : &to, .legal_person = "示例负责人", .contact = "招生办（示例）",
        .phone = arena_fmt(cx->arena, "022-000001%02zu", d->n), .street = d->street->code,
        .address = arena_fmt(cx->arena, "%s示例路 %zu 号", d->street->name, d->n + 1),
        .about = "这是演示用的虚构机构。小班教学，理论在教室，实操在实训室。", .bank = "示例银行天津分行",
        .bank_account = arena_fmt(cx->arena, "6200000000%08zu", d->n + 1), .employer_id = employer,
    };
    if (employer > 0)
        f.name = arena_fmt(cx->arena, "%s技能培训中心（示例）", e.name);
    return provider_add(cx, &f, &d->id);
}

static err_t parts(struct ctx *cx, const struct demo *d)
{
    static const char *const rooms[] = {"一号实训室", "二号实训室", "三号教室"}, *const names[] = {"张", "王", "李", "赵", "刘", "陈", "杨", "孙"};
    for (size_t k = 0; k < 3; k++) {
        int64_t id, lng = d->street->lng + (int64_t)(d->n % 7) * 300, lat = d->street->lat + (int64_t)k * 200;
        TRY(provider_place_put(cx, d->id, &(struct place_form){.name = rooms[k], .address = arena_fmt(cx->arena, "%s示例路 %zu 号 %zu 层",
                                                                                                     d->street->name, d->n + 1, k + 1),
                                                               .street = d->street->code, .seats = 40 + (int64_t)k * 5, .radius_m = 150,
                                                               .lng = &lng, .lat = &lat}, &id));
        for (size_t t = 0; t < 2; t++)
            TRY(provider_teacher_put(cx, d->id, &(struct teacher_form){
                                                    .name = arena_fmt(cx->arena, "%s老师（示例）", names[(d->n + k * 2 + t) % 8]),
                                                    .kind = t == 0 ? "full" : "part", .occupation = demo_providers[d->n].trades[k],
                                                    .certificate = "职业技能等级证书", .level = "2", .courses = t == 0 ? "理论" : "实操"}, &id));
        TRY(provider_equipment_put(cx, d->id, &(struct equipment_form){.occupation = demo_providers[d->n].trades[k], .name = "实训工位（示例）",
                                                                       .model = "SX-1", .quantity = 20}));
    }
    return E_OK;
}

static void at(struct ctx *cx, int64_t ymd, int64_t now) { cx->now = day_start(ymd, DAY_ZONE) + 10 * 3600000 < now ? day_start(ymd, DAY_ZONE) + 10 * 3600000 : now; }

/* The day on which agreements may be signed: the catalogue they rest on is in force. */
static err_t signing_day(struct ctx *cx, struct demo *d)
{
    struct q_catalogue_rows_row c;
    d->signed_on = day_add(d->today, -195);
    TRY(catalogue_on(cx, d->today, &c));
    if (c.effective_on != NULL && d->signed_on < *c.effective_on)
        d->signed_on = day_add(*c.effective_on, 4);
    return E_OK;
}

static err_t agreement(struct ctx *cx, const struct demo *d, int64_t year, bool sign)
{
    int64_t id, project;
    struct q_provider_get_row p;
    TRY(provider_find(cx, d->id, &p));
    demo_as(cx, ROLE_PROVIDER, d->id, 0);
    TRY(agreement_draft(cx, d->id, p.district, year, &id));
    for (size_t k = 0; k < 3; k++) {
        struct project_form f = {.occupation = demo_providers[d->n].trades[k], .top_level = "3", .capacity = 90};
        err_t e = project_put(cx, id, &f, &project);
        if (e != E_OK && e != E_INVALID) /* E_INVALID: not in the catalogue of that day */
            return e;
    }
    TRY(agreement_step(cx, id, "ask", NULL));
    demo_as(cx, ROLE_DISTRICT, 0, p.district);
    return sign ? agreement_step(cx, id, "sign", NULL) : E_OK;
}

static err_t provider(struct ctx *cx, struct demo *d, int64_t now)
{
    at(cx, d->born, now);
    demo_as(cx, ROLE_CITY, 0, 0);
    TRY(record(cx, d));
    TRY(parts(cx, d));
    if (d->n == 22) /* one waits for its filing */
        at(cx, day_add(d->today, -3), now);
    TRY(provider_step(cx, d->id, "file", NULL));
    return d->n == 22 ? E_OK : provider_step(cx, d->id, "register", NULL);
}

static err_t agreements(struct ctx *cx, struct demo *d, int64_t now)
{
    const char *why;
    if (d->n == 22)
        return E_OK;
    for (int64_t year = d->signed_on / 10000; year <= d->today / 10000; year++) {
        int64_t on = year * 10000 + 105 > d->signed_on ? year * 10000 + 105 : d->signed_on;
        at(cx, on, now);
        TRY(agreement_against(cx, d->id, year, on, &why));
        if (why == NULL)
            TRY(agreement(cx, d, year, true));
    }
    at(cx, day_add(d->today, -2), now);
    bool next = d->n == 0 || d->n == 2 || d->n == 3 || d->n == 8;
    return next ? agreement(cx, d, d->today / 10000 + 1, false) : E_OK;
}

static err_t all(struct ctx *cx, void *arg)
{
    int64_t now = cx->now;
    struct demo d = {.today = today_of(cx)};
    (void)arg;
    d.born = (d.today / 10000 - 1) * 10000 + 1102;
    TRY(signing_day(cx, &d));
    for (d.n = 0; d.n < PROVIDERS; d.n++)
        TRY(provider(cx, &d, now));
    TRY(demo_assessments(cx, d.today, now));
    for (d.n = 0; d.n < PROVIDERS; d.n++) {
        d.id = (int64_t)d.n + 1;
        TRY(agreements(cx, &d, now));
    }
    return demo_sanctions(cx, d.today, now);
}

err_t providers_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_provider_list_row *rows;
    size_t n;
    (void)s;
    TRY(provider_page(cx, &(struct q_provider_list_in){.lim = 1}, &rows, &n));
    if (n > 0)
        return E_OK;
    return demo_fill(cx, ROLE_CLOCK, all, NULL);
}
