/* demo.c -- what a district had paid in earlier years, of made-up people. */
#include "city/history/history.h"

#include "base/idno.h"
#include "city/demo.h"
#include "city/house.h"
#include "city/training.h"
#include "store/store.h"

#include "history.sql.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 60 };

static const char *idno(struct ctx *cx, int64_t birth, int n)
{
    return idno_whole(cx->arena, arena_fmt(cx->arena, "120102%08lld%03d", (long long)birth, n % 1000));
}

static err_t one(struct ctx *cx, int n)
{
    static const struct {
        const char *occupation, *level;
        int64_t fen;
    } kinds[] = {{"6-18-02-04", "5", 304000}, {"4-10-01-05", "5", 100000}, {"6-20-01-01", "4", 181000}, {"4-10-01-05", "4", 120000}, {"6-18-02-04", "4", 324000}};
    static const char *const families[] = {"张", "王", "李", "赵", "刘"}, *const given[] = {"示一", "示二", "示三", "示四", "示五", "示六"};
    int64_t *amount = ARENA_NEW(cx->arena, int64_t), *day = ARENA_NEW(cx->arena, int64_t);
    struct form form = {0};
    struct history_in h = {.name = arena_fmt(cx->arena, "%s%s", families[n % 5], given[n % 6]), .idno = idno(cx, (1975 + n % 25) * 10000 + 101 + n % 27, 500 + n),
                           .occupation = kinds[n % 5].occupation, .level = kinds[n % 5].level, .year = 2022 + n % 4, .amount = amount,
                           .fund = n % 3 == 2 ? "employment" : "insurance", .provider = "海河技能培训学校（示例）"};
    *amount = kinds[n % 5].fen;
    if (n % 2 == 0)
        *day = h.year * 10000 + 310, h.starts_on = day;
    if (n % 10 == 9)
        h.item = "allowance", *amount = 100000, h.fund = "employment", h.occupation = h.level = NULL;
    err_t e = history_sheet.put(cx, 120102, 0, &h, &form);
    return e == E_REPEAT ? E_OK : e;
}

static err_t fill(struct ctx *cx, void *arg)
{
    (void)arg;
    for (int n = 0; n < ROWS; n++)
        TRY(one(cx, n));
    return E_OK;
}

/* One sheet that waits for its officer: a good row, one that is there already, two with a mistake. */
static err_t waiting(struct ctx *cx)
{
    const struct actor before = cx->actor;
    const char *path = arena_fmt(cx->arena, "%s/spool/demo-history.csv", cx->house->data_dir);
    int64_t id;
    FILE *f = fopen(path, "wbe");
    if (f == NULL)
        return FAIL(cx, E_FULL, NULL, "cannot write %s", path);
    int n = fprintf(f, "姓名,身份证号码,补贴项目,职业,等级,年度,资金,金额（元）\n孙示七,%s,,焊工,五级,2025,失业保险基金,3040\n张示一,%s,,焊工,初级工,2022,失业保险基金,3040\n"
                       "周示八,%s,,焊工,,2024,,2000\n吴示九,120102199001011234,,养老护理员,五级,2024,,1000\n",
                    idno(cx, 19880505, 700), idno(cx, 19750101, 500), idno(cx, 19890606, 702));
    if (fclose(f) != 0 || n < 0)
        return FAIL(cx, E_FULL, NULL, "cannot write %s", path);
    cx->actor = (struct actor){.role = ROLE_DISTRICT, .district = 120102, .name = "demo"};
    err_t e = sheet_upload(cx, &history_sheet, 120102, path, "2022—2025年培训补贴台账（示例）.csv", &id);
    cx->actor = before;
    unlink(path);
    return e;
}

err_t history_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_history_any_row any;
    (void)s; /* a district's record is as long in any city */
    TRY(q_history_any(cx, &any));
    if (any.n > 0)
        return E_OK;
    TRY(store_tx(cx, STORE_WRITE, fill, NULL));
    return waiting(cx);
}
