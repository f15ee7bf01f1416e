/* demo.c -- made-up reports: a published round about the occupations of the sample catalogue, and one that still collects. */
#include "city/shortages/shortages.h"

#include "base/day.h"
#include "base/text.h"
#include "city/demo.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/shipped.h"
#include "city/shortages/sheet.h"
#include "store/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const BUREAUS[] = {"市工业和信息化局（示例填报）", "市民政局（示例填报）", "市卫生健康委（示例填报）", "市住房城乡建设委（示例填报）",
                                      "装备制造行业协会（示例）", "家庭服务业协会（示例）"};
static const char *const AGENCIES[] = {"津门人力资源有限公司（示例）", "海河人才服务有限公司（示例）", "北辰外包服务有限公司（示例）"};
static const int64_t DISTRICTS[] = {120102, 120116, 120110, 120111, 120113, 120119};
static const char *const LEVELS[] = {"5", "4", "3"};

struct demo {
    int64_t round_id;
    struct shipped t;
    size_t k; /* number of the occupation */
};

/* Spread by the occupation's number, always the same. */
static int64_t spread(size_t k, size_t salt, int64_t n) { return (int64_t)((k * 7919 + salt * 104729 + k * k * 31) % (size_t)n); }

static err_t report(struct ctx *cx, const struct demo *d, const char *channel, const char *organisation, int64_t district, size_t salt)
{
    const char *wanted = shipped_cell(&d->t, d->k, 3);
    int64_t base = strcmp(wanted, "very") == 0 ? 3 : strcmp(wanted, "short") == 0 ? 2 : 1, id;
    int64_t days = base * 46 + 32 + spread(d->k, salt, 40), difficulty = base + 1 + (spread(d->k, salt, 10) < 8);
    const struct city_district *place = city_district(cx->house->city, district);
    struct shortage_form f = {
        .channel = channel,
        .organisation = organisation,
        .district = place != NULL ? place->name : NULL,
        .occupation = shipped_cell(&d->t, d->k, 2),
        .level = LEVELS[spread(d->k, salt, 3)],
        .openings = base * base * 26 + spread(d->k, salt, 60) + (spread(d->k, salt, 97) == 5 ? 9000 : 0),
        .difficulty = arena_fmt(cx->arena, "%lld", (long long)(difficulty > 5 ? 5 : difficulty)),
        .vacant_days = spread(d->k, salt, 5) == 0 ? NULL : &days,
        .evidence = "演示数据：虚构的摸排记录（示例）",
        .said_by = "培训处负责人（示例）",
    };
    return shortage_report(cx, d->round_id, &f, NULL, &id);
}

static err_t reports(struct ctx *cx, struct demo *d, size_t every)
{
    for (d->k = 0; d->k < d->t.rows; d->k += every) {
        const char *wanted = shipped_cell(&d->t, d->k, 3);
        size_t most = strcmp(wanted, "very") == 0 ? 3 : strcmp(wanted, "short") == 0 ? 2 : 1;
        for (size_t i = 0; i < most; i++) {
            size_t who = (d->k + i * 5) % 6;
            const struct city_district *place = city_district(cx->house->city, DISTRICTS[who]);
            if (i != 1 || d->k % 4 != 0)
                TRY(report(cx, d, "bureau", BUREAUS[(d->k / 3 + i) % 6], 0, i));
            if (place != NULL)
                TRY(report(cx, d, "district", text_fill(cx->arena, "{d}人社局（示例填报）", "d", place->name, NULL), place->code, 10 + i));
            if (d->k % 3 != 1 && i < 3)
                TRY(report(cx, d, "agency", AGENCIES[(d->k + i) % 3], 0, 20 + i));
        }
    }
    return E_OK;
}

static err_t step(struct ctx *cx, int64_t id, const char *action)
{
    struct q_shortage_round_rows_row r;
    TRY(shortage_round_find(cx, id, &r));
    return shortage_round_step(cx, id, action, NULL, r.version);
}

static err_t round_of(struct ctx *cx, struct demo *d, const struct shortage_round_new *r, size_t every, bool publish)
{
    TRY(shortage_round_open(cx, r, &d->round_id));
    TRY(reports(cx, d, every));
    if (!publish)
        return E_OK;
    TRY(step(cx, d->round_id, "analyse"));
    return step(cx, d->round_id, "publish");
}

/* One for the catalogue in force, one of now with the ads of now, one that collects. */
static err_t fill(struct ctx *cx, void *arg)
{
    struct demo d;
    int64_t now = cx->now, then = day_start(20260408, DAY_ZONE) + 10 * 3600000, today = day_of(now, DAY_ZONE);
    const struct shortage_round_new rounds[] = {{"R2026-1", "2026 年紧缺职业调查（示例）", 20251001, 20260331, 20260410},
                                                {"R2026-2", "2026 年下半年紧缺职业复核（示例）", 20260401, today, today},
                                                {"R2027-1", "2027 年紧缺职业调查（示例）", day_add(today, -60), day_add(today, 90), day_add(today, 40)}};
    (void)arg;
    TRY(shipped_read(cx, "data/cities/tianjin/catalogue/2026_sample.csv", "sector,name,code,urgency,class,levels,green,digital", &d.t));
    cx->now = then < now ? then : now;
    err_t e = round_of(cx, &d, &rounds[0], 1, true);
    cx->now = now;
    TRY(e);
    TRY(round_of(cx, &d, &rounds[1], 2, true));
    return round_of(cx, &d, &rounds[2], 9, false);
}

/* A sheet that waits to be confirmed, with one row that is wrong. */
static err_t waiting_sheet(struct ctx *cx)
{
    static const char text[] = "渠道,填报单位,区,职业,缺哪一级,缺多少人,多久能招到,岗位空了多少天,依据,谁负责\n"
                               "人力资源服务机构,海河人才服务有限公司（示例）,,养老护理员,五级/初级工,60,三到六个月,110,三十家养老机构的订单（示例）,业务经理（示例）\n"
                               "人力资源服务机构,海河人才服务有限公司（示例）,,保育师,四级/中级工,25,两到三个月,,幼儿园和托育机构的订单（示例）,业务经理（示例）\n"
                               "人力资源服务机构,海河人才服务有限公司（示例）,,保姆阿姨,五级/初级工,很多,两到三个月,,家政公司的订单（示例）,业务经理（示例）\n";
    const char *path = arena_fmt(cx->arena, "%s/demo-sheet.csv", cx->house->data_dir);
    struct q_shortage_round_rows_row r;
    int64_t id;
    FILE *f = fopen(path, "we");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s cannot be written", path);
    bool good = fputs(text, f) >= 0;
    if (fclose(f) != 0 || !good)
        return FAIL(cx, E_IO, NULL, "%s cannot be written", path);
    err_t e = shortage_round_by_code(cx, "R2027-1", &r);
    if (e == E_OK)
        e = sheet_upload(cx, &shortage_sheet, r.id, path, "机构填报（示例）.csv", &id);
    unlink(path);
    return e;
}

err_t shortages_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_shortage_round_rows_row *rows;
    struct actor was = cx->actor;
    size_t n;
    (void)s;
    TRY(shortage_rounds(cx, &rows, &n));
    if (n > 0)
        return E_OK;
    err_t e = demo_fill(cx, ROLE_CITY, fill, NULL);
    cx->actor = (struct actor){.account_id = was.account_id, .role = ROLE_CITY, .name = "demo"};
    if (e == E_OK)
        e = waiting_sheet(cx);
    cx->actor = was;
    return e;
}
