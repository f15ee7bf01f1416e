/* demo.c -- two versions: the rows of 2021 that were found (real figures, a sample), and a sample of 2026 whose amounts are made up. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/demo.h"
#include "city/house.h"
#include "city/shipped.h"
#include "city/shortages/shortages.h"
#include "rules/rules.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#define FOLDER "data/cities/tianjin/catalogue/"
#define HEAD_2021                                                                                                                          \
    "序号,行业,职业名称,职业代码,紧缺程度,120课时专项,120课时初级工,120课时中级工,120课时高级工,120课时技师,120课时高级技师,80课时专项,80课时初级工," \
    "80课时中级工,80课时高级工,80课时技师,80课时高级技师,鉴定类别"

static const struct {
    int tier, level;
} COLUMNS[] = {{0, 0}, {0, 5}, {0, 4}, {0, 3}, {0, 2}, {0, 1}, {1, 0}, {1, 5}, {1, 4}, {1, 3}, {1, 2}, {1, 1}}; /* as the file has them */

struct demo {
    int64_t id;
    struct shipped quoted, made;
    struct q_shortage_score_rows_row *scores;
    size_t n_scores;
    const struct rule *cost;
};

/* ---- fees ---- */

err_t catalogue_fees_shipped(struct ctx *cx, int64_t catalogue_id)
{
    struct shipped t;
    TRY(shipped_read(cx, FOLDER "evaluation_fee.csv", "catalogue,effective_from,class,level,yuan", &t));
    for (size_t i = 0; i < t.rows; i++) { /* the later ones of a class and level take the place of those before */
        int64_t level = 0, fen = 0;
        TRY(shipped_number(cx, &t, i, 3, 0, &level));
        TRY(shipped_number(cx, &t, i, 4, 2, &fen));
        TRY(catalogue_fee_put(cx, catalogue_id, shipped_cell(&t, i, 2), level, fen));
    }
    return E_OK;
}

/* ---- the rows that were found ---- */

static err_t quoted(struct ctx *cx, const struct demo *d, size_t row, const char *urgency, bool *done)
{
    const struct shipped *t = &d->quoted;
    struct catalogue_line line = {.sector = shipped_cell(t, row, 1), .name = shipped_cell(t, row, 2), .occupation = shipped_cell(t, row, 3),
                                  .urgency = urgency, .cls = shipped_cell(t, row, 17), .origin = "quoted"};
    for (size_t k = 0; k < sizeof COLUMNS / sizeof *COLUMNS; k++)
        if (!catalogue_cell(shipped_cell(t, row, 5 + k), &line.rate[COLUMNS[k].tier][COLUMNS[k].level]))
            return FAIL(cx, E_BUG, NULL, "%s:%zu: an amount that is none", t->name, row + 2);
    *done = true;
    return catalogue_put(cx, d->id, &line, NULL);
}

/* ---- the rows that are made up ---- */

static err_t money(struct ctx *cx, const struct demo *d, const char *name, int64_t *fen)
{
    const struct rule_param *p = rule_get(d->cost, name, RULE_MONEY);
    *fen = p != NULL ? p->number : 0;
    return p != NULL ? E_OK : FAIL(cx, E_BUG, NULL, "catalogue.sample has no %s", name);
}

static err_t cost_of(struct ctx *cx, const struct demo *d, const char *cls, int64_t level, int64_t hours, struct catalogue_cost *k)
{
    const struct rule_param *group = rule_get(d->cost, "group", RULE_INT);
    const char letter = (char)(*cls - 'A' + 'a'); /* names of parameters are small letters */
    int64_t lesson, each, materials;
    TRY(money(cx, d, arena_fmt(cx->arena, "teacher_%lld", (long long)level), &lesson));
    TRY(money(cx, d, arena_fmt(cx->arena, "consumables_%c", letter), &each));
    TRY(money(cx, d, arena_fmt(cx->arena, "materials_%c", letter), &materials));
    *k = (struct catalogue_cost){.level = level, .hours = hours, .teachers = lesson * hours / (group != NULL ? group->number : 1),
                                 .consumables = each * hours, .materials = materials, .note = d->cost->cite};
    return E_OK;
}

static err_t made(struct ctx *cx, const struct demo *d, size_t row, const char *urgency)
{
    const struct shipped *t = &d->made;
    struct catalogue_line line = {.sector = shipped_cell(t, row, 0), .name = shipped_cell(t, row, 1), .occupation = shipped_cell(t, row, 2),
                                  .urgency = urgency, .cls = shipped_cell(t, row, 4), .origin = "made",
                                  .green = *shipped_cell(t, row, 6) == '1', .digital = *shipped_cell(t, row, 7) == '1'};
    struct catalogue_cost k[CATALOGUE_TIERS * CATALOGUE_LEVELS];
    struct q_catalogue_item_by_id_row item;
    size_t n = 0;
    for (const char *level = shipped_cell(t, row, 5); *level != '\0'; level++)
        for (int tier = 0; tier < CATALOGUE_TIERS; tier++, n++) {
            TRY(cost_of(cx, d, line.cls, *level - '0', tier == 0 ? 120 : 80, &k[n]));
            line.rate[tier][*level - '0'] = catalogue_rounded(k[n].teachers + k[n].consumables + k[n].materials);
        }
    TRY(catalogue_put(cx, d->id, &line, NULL));
    TRY(catalogue_item_find(cx, d->id, line.occupation, line.name, &item));
    for (size_t i = 0; i < n; i++)
        TRY(catalogue_cost_put(cx, item.id, &k[i]));
    return E_OK;
}

/* As the published round says; an occupation it does not know keeps what the file says. */
static const char *urgency_of(const struct demo *d, const char *occupation, const char *otherwise)
{
    for (size_t i = 0; i < d->n_scores; i++)
        if (strcmp(d->scores[i].occupation, occupation) == 0)
            return d->scores[i].urgency;
    return otherwise;
}

static err_t fill_2026(struct ctx *cx, struct demo *d)
{
    for (size_t i = 0; i < d->made.rows; i++) {
        const char *code = shipped_cell(&d->made, i, 2), *name = shipped_cell(&d->made, i, 1), *urgency = urgency_of(d, code, shipped_cell(&d->made, i, 3));
        bool done = strcmp(urgency, "none") == 0;
        for (size_t k = 1; k < d->quoted.rows && !done; k++) /* the first of them has amounts of its own here: versions differ */
            if (strcmp(shipped_cell(&d->quoted, k, 2), name) == 0)
                TRY(quoted(cx, d, k, urgency, &done));
        if (!done)
            TRY(made(cx, d, i, urgency));
    }
    return E_OK;
}

/* ---- both versions ---- */

static err_t publish(struct ctx *cx, int64_t id, const char *document, int64_t effective_on)
{
    struct q_catalogue_rows_row c;
    TRY(catalogue_find(cx, id, &c));
    TRY(catalogue_step(cx, id, &(struct catalogue_act){.action = "cosign", .note = "市财政局（示例）", .version = c.version}));
    return catalogue_step(cx, id, &(struct catalogue_act){.action = "publish", .document = document, .effective_on = effective_on, .version = c.version + 1});
}

static err_t first(struct ctx *cx, struct demo *d)
{
    struct catalogue_new c = {.code = "C2024", .title = "职业培训补贴目录（2024年版示例）", .sample = 1, .blank = 1,
                              .source = "金额取自网上转载的 2021 年目录的一部分，未与公报逐字核对；只作示例，不是 2024 年版的官方标准。工种的编码按所属职业整理。"};
    bool done;
    TRY(catalogue_draft(cx, &c, &d->id));
    for (size_t i = 0; i < d->quoted.rows; i++)
        TRY(quoted(cx, d, i, "very", &done));
    return publish(cx, d->id, "津人社局发〔示例〕1号", 20240101);
}

static err_t second(struct ctx *cx, struct demo *d)
{
    struct q_shortage_round_rows_row round;
    bool has_round = shortage_round_by_code(cx, "R2026-1", &round) == E_OK;
    struct catalogue_new c = {.code = "C2026", .title = "职业培训补贴目录（2026年版示例）", .sample = 1, .blank = 1, .round = has_round ? round.code : NULL,
                              .source = "2026 年版各职业的官方金额没有查到。标“转引”的取自 2021 年目录的转载，标“示例”的按虚构的成本口径计算，都不是官方标准。鉴定补贴标准为公布的数字。"};
    TRY(catalogue_draft(cx, &c, &d->id));
    if (has_round)
        TRY(shortage_scores(cx, round.id, NULL, &d->scores, &d->n_scores));
    TRY(fill_2026(cx, d));
    return publish(cx, d->id, "津人社局发〔示例〕2号", 20260501);
}

/* A draft from the round of this autumn. */
static err_t third(struct ctx *cx, struct demo *d)
{
    struct q_shortage_round_rows_row round;
    if (shortage_round_by_code(cx, "R2026-2", &round) != E_OK)
        return E_OK;
    struct catalogue_new c = {.code = "C2027", .title = "职业培训补贴目录（2027年版草稿，示例）", .sample = 1, .from = "C2026", .round = round.code,
                              .source = "照 2026 年版示例和紧缺职业复核的结果起草，金额都是示例。"};
    return catalogue_draft(cx, &c, &d->id);
}

static err_t at(struct ctx *cx, int64_t ymd, struct demo *d, err_t (*fn)(struct ctx *, struct demo *))
{
    int64_t now = cx->now, then = day_start(ymd, DAY_ZONE) + 9 * 3600000;
    cx->now = then < now ? then : now;
    err_t e = fn(cx, d);
    cx->now = now;
    return e;
}

static err_t fill(struct ctx *cx, void *arg)
{
    struct demo d = {.cost = rules_find(cx->house->rules, "catalogue.sample", day_of(cx->now, DAY_ZONE))};
    (void)arg;
    if (d.cost == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule catalogue.sample");
    TRY(shipped_read(cx, FOLDER "2021_sample.csv", HEAD_2021, &d.quoted));
    TRY(shipped_read(cx, FOLDER "2026_sample.csv", "sector,name,code,urgency,class,levels,green,digital", &d.made));
    TRY(at(cx, 20231220, &d, first));
    TRY(at(cx, 20260420, &d, second));
    return third(cx, &d);
}

err_t catalogue_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_catalogue_rows_row *rows;
    size_t n;
    (void)s;
    TRY(catalogue_all(cx, &rows, &n));
    if (n > 0)
        return E_OK;
    TRY(demo_fill(cx, ROLE_CITY, fill, NULL));
    return catalogue_tick(cx);
}
