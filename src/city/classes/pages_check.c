/* pages_check.c -- the check of a class for those who work with it: each check of the class and of each line of its plan with its verdict,
 * the fact, the clause and what to change. Object "checked" for classes/checked.html. */
#include "city/classes/pages_impl.h"

#include "city/house.h"
#include "city/training.h"
#include "rules/rules.h"

#include "base/day.h"

#include <string.h>

static void put(struct req *rq, struct view *list, const struct class_finding *f, bool held)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    bool open = f->rule != NULL && f->rule->to < 99991231;
    view_bool(a, v, "good", held);
    view_bool(a, v, "ask", !held && f->warn);
    view_bool(a, v, "bad", !held && !f->warn);
    view_str(a, v, "say", f->say);
    view_str(a, v, "change", held ? NULL : f->change);
    view_str(a, v, "title", f->rule != NULL ? f->rule->title : "");
    view_str(a, v, "cite", f->rule != NULL ? f->rule->cite : "");
    view_str(a, v, "clause", f->rule != NULL ? f->rule->clause : "");
    view_str(a, v, "source", f->rule != NULL ? f->rule->source : "");
    view_bool(a, v, "norm", f->rule != NULL && f->rule->norm);
    view_str(a, v, "from", f->rule != NULL ? day_text_full(&rq->cx, f->rule->from) : "");
    view_str(a, v, "to", open ? day_text_full(&rq->cx, f->rule->to) : NULL);
}

/* What was found about that line first, then what holds; how many stand against it. */
static size_t about(struct req *rq, struct view *list, const struct class_checked *all, int64_t line)
{
    size_t bad = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->found[i].line == line) {
            put(rq, list, &all->found[i], false);
            bad += !all->found[i].warn;
        }
    for (size_t i = 0; i < all->n_held; i++)
        if (all->held[i].line == line)
            put(rq, list, &all->held[i], true);
    return bad;
}

static void of_line(struct req *rq, struct view *lines, const struct class_checked *all, const struct q_class_plan_row *plan, size_t line)
{
    struct ctx *cx = &rq->cx;
    struct view *v = view_item(cx->arena, lines);
    view_fmt(cx->arena, v, "name", tr(cx, N_("第 %zu 行")), line);
    view_fmt(cx->arena, v, "when", "%s %s", day_text(cx, plan->day), class_hours_text(rq, plan->from_min, plan->to_min));
    view_fmt(cx->arena, v, "what", tr(cx, N_("%s %lld 课时")), tr(cx, training_label(class_kinds, plan->kind)), (long long)plan->hours);
    size_t bad = about(rq, view_list(cx->arena, v, "checks"), all, (int64_t)line);
    view_bool(cx->arena, v, "wrong", bad > 0);
    view_fmt(cx->arena, v, "verdict", bad > 0 ? tr(cx, N_("%zu 处要改")) : tr(cx, N_("符合")), bad);
}

err_t class_checks(struct req *rq, const struct q_class_rows_row *c)
{
    struct ctx *cx = &rq->cx;
    struct class_checked all;
    struct q_class_plan_row *plan;
    size_t n, bad = 0;
    bool waits = strcmp(c->status, "declared") == 0, mine = strcmp(c->status, "draft") == 0 || strcmp(c->status, "returned") == 0;
    if (!waits && !mine)
        return E_OK;
    int64_t on = waits && c->declared_on != NULL ? *c->declared_on : day_of(cx->now, DAY_ZONE);
    TRY(class_check_full(cx, c->id, on, &all));
    TRY(class_sessions(cx, c->id, &plan, &n));
    for (size_t i = 0; i < all.n; i++)
        bad += !all.found[i].warn;
    struct view *v = view_sub(cx->arena, rq->view, "checked");
    view_bool(cx->arena, v, "wrong", bad > 0);
    view_fmt(cx->arena, v, "say", bad > 0 ? tr(cx, N_("有 %zu 处不符合规定，改好了才能申报和同意。")) : tr(cx, N_("逐条核对过，没有不符合规定的。")), bad);
    view_fmt(cx->arena, v, "on", tr(cx, N_("按 %s 申报核对")), day_text_full(cx, on));
    (void)about(rq, view_list(cx->arena, v, "class_checks"), &all, 0);
    struct view *lines = view_list(cx->arena, v, "lines");
    for (size_t i = 0; i < n && !class_is_pair(c->line); i++)
        of_line(rq, lines, &all, &plan[i], i + 1);
    view_bool(cx->arena, v, "planned", n > 0 && !class_is_pair(c->line));
    return E_OK;
}
