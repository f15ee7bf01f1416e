/* events.h -- recruitment events of the stations: planned, held or cancelled; calendars.
 *
 * An event's code is "V" and its number. `sequence` counts its changes (RFC 5545) and guards against two editors.
 * A cancelled event stays, with its reason, so that calendars which subscribed to it learn of it.
 */
#ifndef EVENTS_EVENTS_H
#define EVENTS_EVENTS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "city/stations/stations.h"
#include "events.rows.h"

extern const struct flow event_flow;
extern const struct choice event_kinds[];

struct event_find {
    int64_t from_at, to_at; /* events that touch [from_at, to_at) */
    const int64_t *district, *station_id; /* NULL = all */
    const char *kind, *status;
    int64_t off, lim;
    bool newest_first;
};
/* In order of their beginning, or the other way round; each row tells the total. */
err_t event_list(struct ctx *cx, const struct event_find *f, struct q_event_list_row **rows, size_t *n) MUST_USE;
err_t event_get(struct ctx *cx, const char *code, struct q_event_list_row *out) MUST_USE;
/* By district and status, of those that begin in [from_at, to_at). */
err_t event_counts(struct ctx *cx, int64_t from_at, int64_t to_at, struct q_event_counts_row **rows, size_t *n) MUST_USE;
/* May the present actor run events of this station? Its desk and head, the officers of its district, the city. */
bool event_mine(const struct ctx *cx, const struct q_station_row *s);

struct event_plan {
    const char *title, *kind, *place, *summary, *licence;
    int64_t starts_at, ends_at, employers, expected;
    int64_t sequence; /* of the form, when edited */
};
err_t event_add(struct ctx *cx, int64_t station_id, const struct event_plan *in, int64_t *id) MUST_USE;
err_t event_edit(struct ctx *cx, int64_t id, const struct event_plan *in) MUST_USE;
/* `attended` counts when it was held, 0 otherwise. */
err_t event_move(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t attended, int64_t sequence) MUST_USE;
/* What a large event needs, with the clause; NULL when the rule does not touch it. */
const char *event_licence(struct ctx *cx, int64_t expected, int64_t starts_at);
const char *event_when(struct ctx *cx, int64_t starts_at, int64_t ends_at); /* "11 月 24 日（周二）9:30–11:30" */
void event_view(struct ctx *cx, struct view *to, const struct q_event_list_row *e);
void event_ics(struct ctx *cx, struct buf *out, const struct q_event_list_row *e);

struct demo_scale;
/* Once: events of the demo's stations, past and to come. After stations_demo(). */
err_t events_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
