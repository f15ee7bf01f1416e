/* bar.c -- what every page of the desk shows: who waits, what is due; small helpers of these pages. */
#include "city/counter/pages_bar.h"

#include "city/counter/counter.h"
#include "city/house.h"
#include "city/queue/queue.h"
#include "city/referrals/referrals.h"
#include "city/stations/stations.h"

#include "base/day.h"

#include <string.h>

void desk_page(struct req *rq)
{
    if (rq->view == NULL)
        rq->view = view_obj(rq->cx.arena);
}

static err_t fill(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct arena *a = cx->arena;
    struct q_station_row s;
    struct q_follow_up_list_row *due;
    struct queue q;
    size_t n;
    int64_t stale;
    TRY(station_by_id(cx, cx->actor.station_id, &s));
    TRY(queue_today(cx, s.id, &q));
    TRY(follow_up_list(cx, s.id, day_of(cx->now, DAY_ZONE), &due, &n));
    TRY(counter_jobs_to_verify(cx, s.id, &stale));
    if (rq->actor_view != NULL)
        view_str(a, rq->actor_view, "station", s.name);
    struct view *desk = view_sub(a, rq->view, "desk"), *counts = view_sub(a, rq->view, "counts");
    view_str(a, desk, "serving", q.n_called > 0 ? ticket_label(cx, q.called[0].number) : NULL);
    view_i64(a, desk, "waiting", (int64_t)q.n_waiting);
    view_str(a, desk, "next", q.n_waiting > 0 ? ticket_label(cx, q.waiting[0].number) : NULL);
    if (q.n_waiting > 0)
        view_i64(a, counts, "queue", (int64_t)q.n_waiting);
    if (n > 0)
        view_i64(a, counts, "follow_ups", (int64_t)n);
    if (stale > 0)
        view_i64(a, counts, "jobs", stale);
    return E_OK;
}

void desk_bar(struct req *rq)
{
    bool desk = (rq->cx.actor.role & DESK) != 0 && rq->cx.actor.station_id != 0 && rq->cx.db != NULL && !rq->json;
    struct fail before = rq->cx.fail;
    if (desk && fill(rq) != E_OK)
        rq->cx.fail = before;
}

void desk_form(struct req *rq, const char *key, const struct field *fields, const struct pairs *values)
{
    bool sent = rq->route->method == POST && rq->route->fields == fields;
    form_view(&rq->cx, view_sub(rq->cx.arena, rq->view, key), sent ? &rq->form : NULL, fields, values);
}

const char *desk_clock(struct req *rq, int64_t seconds)
{
    return arena_fmt(rq->cx.arena, "%lld:%02lld", (long long)seconds / 60, (long long)seconds % 60);
}

void desk_choices(struct req *rq, struct view *to, const char *key, const struct choice *choices, const char *selected)
{
    struct view *list = view_list(rq->cx.arena, to, key);
    for (; choices->code != NULL; choices++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "code", choices->code);
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, choices->label));
        view_bool(rq->cx.arena, v, "selected", selected != NULL && strcmp(selected, choices->code) == 0);
    }
}

const char *desk_base(const struct req *rq)
{
    const struct house *h = rq->cx.house;
    return h->base_url != NULL ? h->base_url : "";
}
