/* The demo city's network: its numbers are those that were announced. */
#include "tests/world.h"

#include "city/demo.h"
#include "city/events/events.h"
#include "city/programme/programme.h"
#include "city/reference.h"
#include "city/stations/stations.h"
#include "rules/rules.h"

/* The demo city shows what was announced: 130 open, 50 new by ring, 12 of them open. */
static void demo(struct world *w)
{
    struct programme p;
    struct rules rules;
    struct city *city;
    int64_t now = w->cx.now;
    world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", &rules), "rules");
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.rules = &rules;
    w->house.city = city;
    world_ok(w, stations_demo(&w->cx, &(struct demo_scale){.stations = 180}), "the demo's stations");
    world_ok(w, events_demo(&w->cx, &(struct demo_scale){.stations = 180}), "and events");
    world_ok(w, stations_demo(&w->cx, &(struct demo_scale){.stations = 180}), "once");
    is_int(w->cx.now, now, "the clock is put back");
    world_ok(w, programme_get(&w->cx, &p), "the count");
    ok(p.old.total == 130 && p.old.open == 130, "130 of the year before, open");
    is_int(p.fresh.total, 50, "50 new ones");
    ok(p.rings[0].fresh.total == 19 && p.rings[1].fresh.total == 12 && p.rings[2].fresh.total == 19, "19, 12, 19");
    ok(p.fresh.open == 12 && p.fresh.trial == 14 && p.fresh.building == 12 && p.fresh.planned == 12, "12 open, 14 in trial");
    ok(p.events_held > 300 && p.events_planned > 20, "events held and to come");
    printf("# %lld held, %lld planned, %zu bytes of arena\n", (long long)p.events_held, (long long)p.events_planned, w->arena.used);
}

int main(void)
{
    return world_each(demo);
}
