/* desk.h -- what the pages of a station's desk share. */
#ifndef COUNTER_DESK_H
#define COUNTER_DESK_H
#include "web/web.h"

/* Begins a page: an empty view. */
void desk_page(struct req *rq);
/* For the decorate hook: actor.station, desk {serving, waiting, next}, counts {queue, follow_ups, jobs} of the actor's station.
 * Does nothing for those who work at no desk; a failure leaves the bar empty. */
void desk_bar(struct req *rq);
/* Appends object `key` with object "form" in it: this form with what was sent, when it is the route's own. */
void desk_form(struct req *rq, const char *key, const struct field *fields, const struct pairs *values);
/* "1:42" */
const char *desk_clock(struct req *rq, int64_t seconds);
/* Appends {code, label, selected} for each choice. */
void desk_choices(struct req *rq, struct view *to, const char *key, const struct choice *choices, const char *selected);
const char *desk_base(const struct req *rq); /* "https://…", for codes that are photographed */
extern const struct scope own_visit;         /* {visit}: rq->scoped is its struct q_visit_row */
#endif
