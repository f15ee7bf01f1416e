/* demo_impl.h -- between choosing the demo's stations (demo.c) and living their lives (demo_live.c). */
#ifndef STATIONS_DEMO_IMPL_H
#define STATIONS_DEMO_IMPL_H
#include "base/ctx.h"
#include "city/demo.h"
#include "city/reference.h"

struct demo_site {
    const struct city_street *street;
    const char *type, *name, *brand;
    const int64_t *lng, *lat; /* NULL: the street's */
    int64_t id, batch, due;   /* due 0 = long open */
    int64_t days[4];          /* planned, built, tried, opened; 0 = not yet */
    int nth;
};
struct demo_city {
    struct demo_site *sites;
    size_t n;
};
/* Takes every step on its day, the whole network in order of time. */
err_t demo_live(struct ctx *cx, struct demo_city *d) MUST_USE;
#endif
