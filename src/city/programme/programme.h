/* programme.h -- the count of the programme: stations built and opened, events, placements, beside what was announced.
 *
 * Every figure is counted from records at the moment of asking; announced figures carry their source.
 */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H
#include "base/ctx.h"
#include "base/view.h"

struct programme_count { /* stations by state */
    int64_t planned, building, trial, open /* rectifying included */, suspended, closed /* closing included */, total;
};
struct programme_group { /* a ring or a district */
    const char *code, *name; /* ring code(s) joined by ',' or a district's code */
    struct programme_count old, fresh; /* earlier batches; this year's batch */
    int64_t target;                    /* announced for this year's batch, 0 = none */
    int64_t events, placements_ppm;    /* this year */
};
struct programme_target {
    const char *code, *kind, *unit, *ring, *name, *source; /* kind: target, result, reported */
    int64_t year, value;
};
struct programme {
    int64_t year;
    struct programme_count old, fresh;
    int64_t target, target_open;       /* stations announced for this year; announced as open */
    struct programme_group *rings, *districts;
    size_t n_rings, n_districts;
    int64_t events_held, events_planned, attended, placements;
    const struct programme_target *targets;
    size_t n_targets;
};
/* Of the year of cx->now. */
err_t programme_get(struct ctx *cx, struct programme *out) MUST_USE;
/* An announced figure; NULL when there is none. `ring` may be NULL: the whole city. */
const struct programme_target *programme_target(const struct programme *p, const char *code, int64_t year, const char *kind, const char *ring);
#endif
