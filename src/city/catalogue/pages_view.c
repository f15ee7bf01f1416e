/* pages_view.c -- a version and an item as pages and clients see them. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/catalogue/pages_impl.h"
#include "city/house.h"
#include "city/training.h"
#include "rules/rules.h"

#include <string.h>

static const int64_t LEVELS[] = {5, 4, 3, 2, 1, 0};
enum { N_LEVELS = sizeof LEVELS / sizeof *LEVELS };

static const char *tone(const char *status)
{
    return strcmp(status, "published") == 0 ? "ok" : strcmp(status, "draft") == 0 ? "warn" : strcmp(status, "cosigned") == 0 ? "pri" : "";
}

static const char *period(struct ctx *cx, const struct q_catalogue_rows_row *c)
{
    if (c->effective_on == NULL)
        return tr(cx, N_("还没有生效日期"));
    if (c->until_on == NULL)
        return text_fill(cx->arena, tr(cx, N_("{from}以后开班的适用")), "from", day_text_full(cx, *c->effective_on), NULL);
    return text_fill(cx->arena, tr(cx, N_("{from}至{to}开班的适用")), "from", day_text_full(cx, *c->effective_on), "to", day_text_full(cx, *c->until_on), NULL);
}

void catalogue_view(struct req *rq, struct view *v, const struct q_catalogue_rows_row *c)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "catalogue", c->code);
    view_str(a, v, "name", c->title);
    view_str(a, v, "document", c->document);
    view_str(a, v, "source", c->source);
    view_bool(a, v, "sample", catalogue_is_sample(c));
    view_str(a, v, "sample_say", catalogue_is_sample(c) ? tr(&rq->cx, N_("示例金额，不是官方标准")) : NULL);
    view_str(a, v, "status", c->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&catalogue_flow, c->status)));
    view_str(a, v, "tone", tone(c->status));
    view_str(a, v, "cosigned", c->cosigned);
    view_opt(a, v, "effective_on", c->effective_on);
    view_opt(a, v, "until_on", c->until_on);
    view_str(a, v, "period", period(&rq->cx, c));
    view_count(a, v, "n_items", c->items);
    view_count(a, v, "n_sectors", c->sectors);
    view_count(a, v, "n_very", c->very);
    view_count(a, v, "n_short", c->shorts);
    view_count(a, v, "n_some", c->somes);
    view_count(a, v, "n_made", c->made);
}

const char *catalogue_mark(struct ctx *cx, const char *origin)
{
    return strcmp(origin, "made") == 0 ? tr(cx, N_("示例")) : strcmp(origin, "quoted") == 0 ? tr(cx, N_("转引")) : NULL;
}

/* ---- the items ---- */

/* "3,240", "2,041.20": yuan in groups of three, for a table. */
static const char *grouped(struct arena *a, int64_t fen)
{
    const char *plain = form_yuan(a, fen);
    size_t n = strcspn(plain, ".");
    struct buf b = {.a = a};
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            buf_str(&b, ",");
        buf_add(&b, plain + i, 1);
    }
    buf_str(&b, plain + n);
    return buf_text(&b);
}

static void heads(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "columns");
    for (int k = 0; k < N_LEVELS; k++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, training_level(LEVELS[k])));
    }
}

static void item_line(struct req *rq, struct view *v, const struct q_catalogue_items_row *i, const struct q_catalogue_rates_row *rates, size_t n,
                      const char *base)
{
    struct arena *a = rq->cx.arena;
    view_i64(a, v, "id", i->id);
    view_str(a, v, "name", i->name);
    view_str(a, v, "code", i->occupation);
    view_str(a, v, "sector", i->sector);
    view_str(a, v, "urgency", i->urgency);
    view_str(a, v, "urgency_label", tr(&rq->cx, training_label(training_urgencies, i->urgency)));
    view_str(a, v, "class", i->class);
    view_str(a, v, "origin", i->origin);
    view_str(a, v, "mark", catalogue_mark(&rq->cx, i->origin));
    view_bool(a, v, "green", i->green != 0);
    view_bool(a, v, "digital", i->digital != 0);
    view_str(a, v, "url", url_fmt(rq, "%s/items/%lld", base, (long long)i->id));
    struct view *list = view_list(a, v, "rates");
    for (int k = 0; k < N_LEVELS; k++) {
        int64_t long_fen = catalogue_amount(rates, n, i->id, 120, LEVELS[k]), short_fen = catalogue_amount(rates, n, i->id, 80, LEVELS[k]);
        struct view *w = view_item(a, list);
        view_i64(a, w, "level", LEVELS[k]);
        view_str(a, w, "h120", long_fen > 0 ? grouped(a, long_fen) : NULL);
        view_str(a, w, "h80", short_fen > 0 ? grouped(a, short_fen) : NULL);
        view_i64(a, w, "h120_fen", long_fen);
        view_i64(a, w, "h80_fen", short_fen);
    }
}

static err_t sectors(struct req *rq, const struct q_catalogue_rows_row *c, const char *now)
{
    struct q_catalogue_items_row *all;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(catalogue_item_list(&rq->cx, c->id, &(struct catalogue_filter){0}, &all, &n));
    struct view *list = view_list(a, rq->view, "sectors");
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (strcmp(all[k].sector, all[i].sector) != 0)
            k++;
        if (k < i) /* named before */
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "name", all[i].sector);
        view_bool(a, v, "selected", now != NULL && strcmp(now, all[i].sector) == 0);
    }
    return E_OK;
}

err_t catalogue_items_view(struct req *rq, const struct q_catalogue_rows_row *c, const struct catalogue_query *f, const char *base, int64_t most)
{
    struct arena *a = rq->cx.arena;
    struct q_catalogue_items_row *items;
    struct q_catalogue_rates_row *rates;
    struct catalogue_filter by = {.sector = f != NULL ? f->sector : NULL, .urgency = f != NULL ? f->urgency : NULL, .text = f != NULL ? f->q : NULL};
    size_t n, n_rates;
    TRY(catalogue_item_list(&rq->cx, c->id, &by, &items, &n));
    TRY(catalogue_rates(&rq->cx, c->id, NULL, &rates, &n_rates));
    TRY(sectors(rq, c, by.sector));
    heads(rq);
    struct view *list = view_list(a, rq->view, "items");
    int64_t page = f != NULL && f->page != NULL ? *f->page : 1, first = most > 0 ? (page - 1) * most : 0;
    for (int64_t i = first; i < (int64_t)n && (most == 0 || i < first + most); i++)
        item_line(rq, view_item(a, list), &items[i], rates, n_rates, base);
    view_count(a, rq->view, "shown", (int64_t)n);
    if (most > 0)
        req_pager(rq, page, most, (int64_t)n);
    view_bool(a, rq->view, "filtered", by.sector != NULL || by.urgency != NULL || by.text != NULL);
    struct view *words = view_list(a, rq->view, "urgencies");
    for (const struct choice *u = training_urgencies; u->code != NULL; u++) {
        struct view *v = view_item(a, words);
        view_str(a, v, "code", u->code);
        view_str(a, v, "label", tr(&rq->cx, u->label));
        view_bool(a, v, "selected", by.urgency != NULL && strcmp(by.urgency, u->code) == 0);
    }
    return E_OK;
}

/* ---- one item ---- */

struct factor { /* of urgency, by the rule; percent -1: the rule is not there */
    int64_t percent;
    const struct rule *rule;
};

static struct factor factor_of(struct req *rq, const char *urgency, int64_t level, int64_t on)
{
    const struct rule *rule = rules_find(rq->cx.house->rules, "training.urgency", on);
    const struct rule_param *from = rule != NULL ? rule_get(rule, "technician_from", RULE_INT) : NULL;
    bool technician = from != NULL && level >= 1 && level <= from->number;
    const struct rule_param *p = rule != NULL ? rule_get(rule, technician ? "technician" : urgency, RULE_INT) : NULL;
    return (struct factor){p != NULL ? p->number : -1, rule};
}

static void cost_view(struct req *rq, struct view *v, const struct q_catalogue_costs_row *costs, size_t n, int64_t hours, int64_t level, int64_t fen)
{
    struct arena *a = rq->cx.arena;
    for (size_t i = 0; i < n; i++) {
        const struct q_catalogue_costs_row *k = &costs[i];
        if (k->hours != hours || k->level != level)
            continue;
        int64_t sum = k->teachers + k->consumables + k->materials;
        struct view *w = view_sub(a, v, "cost");
        view_i64(a, w, "teachers_fen", k->teachers);
        view_i64(a, w, "consumables_fen", k->consumables);
        view_i64(a, w, "materials_fen", k->materials);
        view_str(a, w, "say", text_fill(a, tr(&rq->cx, N_("师资 {t} + 耗材 {c} + 物资 {m} = {sum}")), "t", form_yuan(a, k->teachers), "c",
                                        form_yuan(a, k->consumables), "m", form_yuan(a, k->materials), "sum", form_yuan(a, sum), NULL));
        view_str(a, w, "rounding", sum == fen ? NULL : text_fill(a, tr(&rq->cx, N_("取整到 10 元：{fen}")), "fen", form_yuan(a, fen), NULL));
        view_str(a, w, "note", k->note);
    }
}

static void amount_view(struct req *rq, struct view *list, const struct q_catalogue_item_by_id_row *i, int64_t hours, int64_t level, int64_t fen, int64_t on,
                        const struct q_catalogue_costs_row *costs, size_t n_costs)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    struct factor f = factor_of(rq, i->urgency, level, on);
    view_i64(a, v, "level", level);
    view_i64(a, v, "hours", hours);
    view_str(a, v, "level_label", tr(&rq->cx, training_level(level)));
    view_i64(a, v, "fen", fen);
    view_str(a, v, "standard", training_yuan(&rq->cx, fen));
    view_str(a, v, "formula", f.percent < 0 ? NULL : arena_fmt(a, "%s × %lld%% = %s", form_yuan(a, fen), (long long)f.percent, form_yuan(a, fen * f.percent / 100)));
    view_str(a, v, "paid", f.percent < 0 ? NULL : training_yuan(&rq->cx, fen * f.percent / 100));
    cost_view(rq, v, costs, n_costs, hours, level, fen);
}

static err_t fees_view(struct req *rq, const struct q_catalogue_rows_row *c, const char *cls)
{
    struct q_catalogue_fees_row *fees;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(catalogue_fees(&rq->cx, c->id, &fees, &n));
    struct view *list = view_list(a, rq->view, "fees");
    for (size_t i = 0; i < n; i++) {
        if (strcmp(fees[i].class, cls) != 0)
            continue;
        struct view *v = view_item(a, list);
        view_i64(a, v, "level", fees[i].level);
        view_str(a, v, "level_label", tr(&rq->cx, training_level(fees[i].level)));
        view_i64(a, v, "fen", fees[i].amount);
        view_str(a, v, "yuan", training_yuan(&rq->cx, fees[i].amount));
    }
    return E_OK;
}

err_t catalogue_item_view(struct req *rq, const struct q_catalogue_rows_row *c, const struct q_catalogue_item_by_id_row *i)
{
    struct arena *a = rq->cx.arena;
    struct q_catalogue_rates_row *rates;
    struct q_catalogue_costs_row *costs;
    size_t n_rates, n_costs;
    int64_t on = c->effective_on != NULL ? *c->effective_on : day_of(rq->cx.now, DAY_ZONE);
    TRY(catalogue_rates(&rq->cx, c->id, &i->id, &rates, &n_rates));
    TRY(catalogue_costs(&rq->cx, c->id, &i->id, &costs, &n_costs));
    view_i64(a, rq->view, "id", i->id);
    view_str(a, rq->view, "title", i->name);
    view_str(a, rq->view, "code", i->occupation);
    view_str(a, rq->view, "sector", i->sector);
    view_str(a, rq->view, "urgency_label", tr(&rq->cx, training_label(training_urgencies, i->urgency)));
    view_str(a, rq->view, "class", i->class);
    view_str(a, rq->view, "origin", i->origin);
    view_bool(a, rq->view, "made", strcmp(i->origin, "made") == 0);
    view_bool(a, rq->view, "quoted", strcmp(i->origin, "quoted") == 0);
    view_bool(a, rq->view, "green", i->green != 0);
    view_bool(a, rq->view, "digital", i->digital != 0);
    struct factor f = factor_of(rq, i->urgency, 5, on);
    view_str(a, rq->view, "clause", f.rule != NULL ? f.rule->clause : NULL);
    view_str(a, rq->view, "cite", f.rule != NULL ? f.rule->cite : NULL);
    struct view *list = view_list(a, rq->view, "amounts");
    for (int64_t hours = 120; hours >= 80; hours -= 40)
        for (int k = 0; k < N_LEVELS; k++) {
            int64_t fen = catalogue_amount(rates, n_rates, i->id, hours, LEVELS[k]);
            if (fen > 0)
                amount_view(rq, list, i, hours, LEVELS[k], fen, on, costs, n_costs);
        }
    return fees_view(rq, c, i->class);
}
