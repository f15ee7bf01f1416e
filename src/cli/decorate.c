#include "cli/decorate.h"

#include "base/day.h"
#include "city/accounts/routes.h"
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/queue/queue.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include <string.h>

/* A page is never lost for its ornaments: what cannot be read is left out. */
static void place_of(struct req *rq, struct view *actor)
{
    struct ctx *cx = &rq->cx;
    struct q_station_row s;
    struct q_employer_get_row e;
    const struct city_district *d = cx->actor.district != 0 ? city_district(cx->house->city, cx->actor.district) : NULL;
    const char *place = d != NULL ? d->name : NULL, *station = "";
    if (cx->actor.station_id != 0 && station_by_id(cx, cx->actor.station_id, &s) == E_OK)
        place = station = s.name;
    else if (cx->actor.employer_id != 0 && employer_find(cx, cx->actor.employer_id, &e) == E_OK)
        place = e.name;
    view_str(cx->arena, actor, "place", place);
    view_str(cx->arena, actor, "station", station);
    view_str(cx->arena, actor, "home", url_fmt(rq, "%s", account_home(cx->actor.role)));
}

static void queue_of(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct queue q;
    if (cx->actor.station_id == 0 || queue_today(cx, cx->actor.station_id, &q) != E_OK)
        return;
    struct view *desk = view_sub(cx->arena, rq->view, "desk"), *counts = view_sub(cx->arena, rq->view, "counts");
    view_i64(cx->arena, desk, "waiting", (int64_t)q.n_waiting);
    view_str(cx->arena, desk, "next", q.n_waiting > 0 ? ticket_label(cx, q.waiting[0].number) : NULL);
    view_str(cx->arena, desk, "serving", q.n_called > 0 ? ticket_label(cx, q.called[0].number) : NULL);
    view_i64(cx->arena, counts, "queue", (int64_t)q.n_waiting);
}

void decorate(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    const struct city *city = cx->house->city;
    view_str(cx->arena, rq->view, "city", city_name(city));
    view_str(cx->arena, rq->view, "hotline", city_hotline(city));
    view_bool(cx->arena, rq->view, "demo", cx->house->demo);
    view_i64(cx->arena, rq->view, "year", day_of(cx->now, DAY_ZONE) / 10000);
    if (rq->actor_view == NULL)
        return;
    place_of(rq, rq->actor_view);
    if ((cx->actor.role & DESK) != 0 && strncmp(rq->path, "/desk", 5) == 0)
        queue_of(rq);
}
