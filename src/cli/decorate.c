#include "cli/decorate.h"

#include "base/day.h"
#include "city/accounts/routes.h"
#include "city/counter/pages_bar.h"
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/providers/providers.h"
#include "city/reference.h"
#include "city/stations/stations.h"

/* A page is never lost for its ornaments: what cannot be read is left out. */
static void place_of(struct req *rq, struct view *actor)
{
    struct ctx *cx = &rq->cx;
    struct q_station_row s;
    struct q_employer_get_row e;
    struct q_provider_get_row p;
    const struct city_district *d = cx->actor.district != 0 ? city_district(cx->house->city, cx->actor.district) : NULL;
    const char *place = d != NULL ? tr(cx, d->name) : NULL, *station = "";
    if (cx->actor.station_id != 0 && station_by_id(cx, cx->actor.station_id, &s) == E_OK)
        place = station = s.name;
    else if (cx->actor.employer_id != 0 && employer_find(cx, cx->actor.employer_id, &e) == E_OK)
        place = e.name;
    else if (cx->actor.provider_id != 0 && provider_find(cx, cx->actor.provider_id, &p) == E_OK)
        place = p.name;
    view_str(cx->arena, actor, "place", place);
    view_str(cx->arena, actor, "station", station);
    view_str(cx->arena, actor, "home", url_fmt(rq, "%s", account_home(cx->actor.role)));
}

void decorate(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    const struct city *city = cx->house->city;
    view_str(cx->arena, rq->view, "city", tr(cx, city_name(city)));
    view_str(cx->arena, rq->view, "hotline", city_hotline(city));
    view_bool(cx->arena, rq->view, "demo", cx->house->demo);
    view_i64(cx->arena, rq->view, "year", day_of(cx->now, DAY_ZONE) / 10000);
    if (rq->actor_view == NULL)
        return;
    place_of(rq, rq->actor_view);
    desk_bar(rq);
}
