/* pages_paper.c -- the sign-in sheet of a day on paper: where there is no phone or no light, a signature counts. */
#include "city/supervision/pages_impl.h"

#include "city/classes/classes.h"
#include "city/training.h"

#include <string.h>

struct sheet_day {
    const int64_t *day;
};
static const struct field day_fields[] = {{"day", F_DATE, 0, N_("哪一天"), .off = offsetof(struct sheet_day, day)}, {0}};

/* The day that was asked for, else the next one with lessons, else the last. */
static int64_t day_of_sheet(const struct q_class_plan_row *plan, size_t n, const int64_t *asked, int64_t today)
{
    for (size_t i = 0; i < n; i++)
        if (asked != NULL ? plan[i].day == *asked : plan[i].day >= today)
            return plan[i].day;
    return n > 0 ? plan[n - 1].day : 0;
}

static err_t show_paper(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    const struct sheet_day *in = rq->in;
    struct arena *a = rq->cx.arena;
    struct q_class_plan_row *plan;
    struct sign_trainee *people;
    size_t n, n_people;
    TRY(class_sessions(&rq->cx, c->id, &plan, &n));
    TRY(sign_people(&rq->cx, c->id, &people, &n_people));
    int64_t day = day_of_sheet(plan, n, in->day, day_of(rq->cx.now, DAY_ZONE)), chosen = 0;
    struct view *list = view_list(a, rq->view, "lessons");
    for (size_t i = 0; i < n; i++) {
        if (plan[i].day != day)
            continue;
        struct view *v = view_item(a, list);
        view_fmt(a, v, "time", "%s–%s", watch_minutes(a, plan[i].from_min), watch_minutes(a, plan[i].to_min));
        view_str(a, v, "what", plan[i].content);
        view_str(a, v, "place", plan[i].place_name);
        view_str(a, v, "kind", tr(&rq->cx, training_label(class_kinds, plan[i].kind)));
        view_i64(a, v, "hours", plan[i].hours);
        chosen++;
    }
    list = view_list(a, rq->view, "people");
    for (size_t i = 0; i < n_people; i++) {
        struct view *v = view_item(a, list), *boxes = view_list(a, v, "boxes");
        view_i64(a, v, "no", (int64_t)i + 1);
        view_str(a, v, "code", people[i].code);
        view_str(a, v, "name", people[i].name);
        for (int64_t k = 0; k < chosen; k++)
            (void)view_item(a, boxes);
    }
    view_str(a, rq->view, "class_name", c->name);
    view_str(a, rq->view, "class_code", c->code);
    view_str(a, rq->view, "day", day != 0 ? day_text_full(&rq->cx, day) : NULL);
    int64_t days;
    TRY(watch_number(&rq->cx, "sign.window", "paper_days", day_of(rq->cx.now, DAY_ZONE), &days));
    view_i64(a, rq->view, "window", days);
    view_str(a, rq->view, "paper", "sheet");
    view_str(a, rq->view, "back_url", url_fmt(rq, "%s/classes/%s/attendance", rq->cx.actor.role == ROLE_PROVIDER ? "/provider" : "/district", c->code));
    return E_OK;
}

#define SHEET "supervision/paper", N_("签到表（打印）"), day_fields, sizeof(struct sheet_day), NULL, 0
const struct route supervision_paper_routes[] = {
    {GET, "/provider/classes/{class}/sign-sheet", show_paper, ROLE_PROVIDER, &own_class, SHEET},
    {GET, "/district/classes/{class}/sign-sheet", show_paper, OFFICERS | ROLE_AUDITOR, &own_class, SHEET},
    {0},
};
