/* pages_impl.h -- private to the pages of supervision. */
#ifndef SUPERVISION_PAGES_IMPL_H
#define SUPERVISION_PAGES_IMPL_H
#include "city/supervision/routes.h"
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/text.h"

extern const struct scope own_class; /* rq->scoped: struct q_watch_class_row of {class} */

/* "/provider" for a provider, "/district" for officers: where the actor's pages of a class are. */
const char *class_base(const struct req *rq);
int64_t page_of(const int64_t *page);
/* Keys class_code, class_name, class_url, attendance_url, provider_name. */
void class_head(struct req *rq, const struct q_watch_class_row *c);
const char *percent(struct arena *a, int64_t ppm); /* "83.3" */
const char *label_of(struct req *rq, const struct choice *list, const char *code);
/* Item {url, word, on} of list "tabs" for the pages of officers. */
void watch_tabs(struct req *rq, const char *here);
/* All that the filter of a list finds, as CSV. */
err_t visits_file(struct req *rq, const int64_t *open) MUST_USE;
err_t calls_file(struct req *rq, const int64_t *open) MUST_USE;
err_t cases_file(struct req *rq, struct anomaly_find by) MUST_USE;
/* Key csv_url: the list's path with "/table.csv" and what it is narrowed by; NULL = nothing. */
void csv_link(struct req *rq, const char *path, const char *state, const char *kind);
/* NULL for the city and the auditor: all districts; else the actor's own. */
#endif
