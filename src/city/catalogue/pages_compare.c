/* pages_compare.c -- the amount's cost build-up beside what classes of the occupation really cost and were like: only from what is recorded. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/catalogue/pages_impl.h"
#include "city/classes/costs.h"
#include "city/house.h"
#include "city/training.h"
#include "rules/rules.h"

#include <string.h>

struct norms {
    int64_t classes, percent, years;
    const struct rule *rule;
};

static err_t norms_of(struct ctx *cx, struct norms *n)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(rules_number(cx, cx->house->rules, "catalogue.compare", "classes_min", today, &n->classes, &n->rule));
    TRY(rules_number(cx, cx->house->rules, "catalogue.compare", "percent", today, &n->percent, NULL));
    return rules_number(cx, cx->house->rules, "catalogue.compare", "years", today, &n->years, NULL);
}

static const struct q_catalogue_costs_row *build_up(const struct q_catalogue_costs_row *costs, size_t n, const struct q_class_actuals_row *a)
{
    for (size_t i = 0; i < n; i++)
        if (costs[i].level == a->level && costs[i].hours == a->hours)
            return &costs[i];
    return NULL;
}

/* Totals of classes as fen a person. */
static int64_t each(int64_t fen, int64_t people) { return people > 0 ? (fen + people / 2) / people : 0; }

static void part(struct req *rq, struct view *list, const char *label, const int64_t *standard, int64_t real, bool told)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "part", tr(&rq->cx, label));
    view_str(rq->cx.arena, v, "standard", standard == NULL ? NULL : training_yuan(&rq->cx, *standard));
    view_str(rq->cx.arena, v, "real", told ? training_yuan(&rq->cx, real) : NULL);
    view_str(rq->cx.arena, v, "gap", told && standard != NULL ? training_yuan(&rq->cx, real - *standard) : NULL);
}

/* Too low, too high, near, or not enough to say so. */
static void verdict(struct req *rq, struct view *v, const struct norms *n, const struct q_class_actuals_row *a, int64_t standard, int64_t real)
{
    struct ctx *cx = &rq->cx;
    const char *kind = "", *say;
    int64_t off = standard > 0 ? (real - standard) * 100 / standard : 0;
    const char *by = arena_fmt(cx->arena, "%lld", (long long)(off < 0 ? -off : off));
    if (a->costed < n->classes || a->costed_people == 0)
        say = text_fill(cx->arena, tr(cx, N_("登记了实际成本的班有 {n} 个，不到 {least} 个，不下结论。")), "n", arena_fmt(cx->arena, "%lld", (long long)a->costed), "least",
                        arena_fmt(cx->arena, "%lld", (long long)n->classes), NULL);
    else if (standard == 0)
        say = tr(cx, N_("这个标准没有登记构成，没有可比的。"));
    else if (off >= n->percent)
        kind = "warn", say = text_fill(cx->arena, tr(cx, N_("人均实际成本比构成高 {by}%：标准可能偏低。")), "by", by, NULL);
    else if (off <= -n->percent)
        kind = "warn", say = text_fill(cx->arena, tr(cx, N_("人均实际成本比构成低 {by}%：标准可能偏高。")), "by", by, NULL);
    else
        kind = "ok", say = tr(cx, N_("和实际成本相近。"));
    view_str(cx->arena, v, "kind", kind);
    view_str(cx->arena, v, "say", say);
}

static void one(struct req *rq, struct view *v, const struct norms *n, const struct q_class_actuals_row *a, const struct q_catalogue_costs_row *k)
{
    struct ctx *cx = &rq->cx;
    bool told = a->costed_people > 0;
    int64_t people = a->costed_people, standard = k != NULL ? k->teachers + k->consumables + k->materials : 0;
    int64_t real = each(a->teachers + a->consumables + a->materials, people); /* other: not a part of the amount */
    view_str(cx->arena, v, "level_label", tr(cx, training_level(a->level)));
    view_i64(cx->arena, v, "hours", a->hours);
    view_i64(cx->arena, v, "classes", a->classes);
    view_i64(cx->arena, v, "people", a->people);
    view_str(cx->arena, v, "size", arena_fmt(cx->arena, "%lld.%lld", (long long)(a->people / a->classes), (long long)(a->people * 10 / a->classes % 10)));
    view_str(cx->arena, v, "lessons", arena_fmt(cx->arena, "%lld", (long long)(a->lessons / a->classes)));
    view_i64(cx->arena, v, "costed", a->costed);
    struct view *parts = view_list(cx->arena, v, "parts");
    part(rq, parts, N_("师资"), k != NULL ? &k->teachers : NULL, each(a->teachers, people), told);
    part(rq, parts, N_("耗材"), k != NULL ? &k->consumables : NULL, each(a->consumables, people), told);
    part(rq, parts, N_("培训物资"), k != NULL ? &k->materials : NULL, each(a->materials, people), told);
    part(rq, parts, N_("三项合计"), k != NULL ? &standard : NULL, real, told);
    part(rq, parts, N_("其他（不在标准里）"), NULL, each(a->other, people), told);
    verdict(rq, v, n, a, standard, real);
}

err_t catalogue_compare_view(struct req *rq, const struct q_catalogue_item_by_id_row *item)
{
    struct ctx *cx = &rq->cx;
    struct norms n;
    struct q_class_actuals_row *rows;
    struct q_catalogue_costs_row *costs;
    size_t k, n_costs;
    TRY(norms_of(cx, &n));
    TRY(catalogue_costs(cx, item->catalogue_id, &item->id, &costs, &n_costs));
    TRY(class_actuals(cx, item->occupation, day_add_months(day_of(cx->now, DAY_ZONE), (int)(-12 * n.years)), &rows, &k));
    struct view *list = view_list(cx->arena, rq->view, "actuals");
    for (size_t i = 0; i < k; i++)
        one(rq, view_item(cx->arena, list), &n, &rows[i], build_up(costs, n_costs, &rows[i]));
    view_i64(cx->arena, rq->view, "years", n.years);
    view_str(cx->arena, rq->view, "compare_clause", n.rule->clause);
    view_bool(cx->arena, rq->view, "compares", true);
    return E_OK;
}
