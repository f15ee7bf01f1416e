/* programme.h -- the count of the programme: stations built and opened, events, placements, beside what was announced.
 *
 * Every figure is counted from records at the moment of asking; announced figures carry their source (city->targets).
 */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H
#include "base/ctx.h"
#include "city/referrals/referrals.h"

struct programme_count { /* stations by state */
    int64_t planned, building, trial;
    int64_t open;   /* rectifying included */
    int64_t paused; /* suspended */
    int64_t left;   /* closing or closed */
    int64_t total;  /* all but those that left */
};
struct programme_part { /* rings that share a target, or a district */
    const char *ring;     /* ring codes joined by ',' ; NULL for a district */
    int64_t district;     /* 0 for rings */
    const char *name;     /* translated */
    struct programme_count old, fresh; /* earlier batches; the batch of the year */
    int64_t target;       /* announced for the batch of the year, -1 = nothing */
    int64_t events;       /* held in the year */
    int64_t placements_ppm; /* in parts of a million: stations share the credit of a hire */
};
struct programme {
    int64_t year, from_on, to_on; /* the newest year with an announced target that has begun; its days up to today */
    struct programme_count old, fresh;
    int64_t target, reported_open; /* announced for the year, -1 = nothing */
    struct programme_part *rings, *districts;
    size_t n_rings, n_districts;
    int64_t events_held, events_planned, attended, placements;
};
err_t programme_get(struct ctx *cx, struct programme *out) MUST_USE;

/* The list behind the placements: the parts of each station this year, largest first. */
err_t programme_placements(struct ctx *cx, struct q_placement_by_station_row **rows, size_t *n) MUST_USE;
const char *programme_parts_text(struct ctx *cx, int64_t ppm); /* "12", "12.5": hires with their shares */
#endif
