/* classes_impl.h -- private to src/city/classes: what its files share. */
#ifndef CITY_CLASSES_IMPL_H
#define CITY_CLASSES_IMPL_H
#include "city/classes/classes.h"
#include "city/house.h"
#include "city/providers/providers.h"
#include "city/reference.h"
#include "rules/rules.h"
#include "store/store.h"

#include "base/day.h"

#include "classes.sql.h"

static inline int64_t today_of(const struct ctx *cx) { return day_of(cx->now, DAY_ZONE); }
static inline const char *text_or(const char *s) { return s != NULL ? s : ""; }
static inline int64_t working(const struct ctx *cx, int64_t from, int64_t n)
{
    return day_add_working(&cx->house->city->calendar, from, n, NULL);
}
/* A line in the history of a class and the entry of the audit chain that belongs to it. */
err_t class_note(struct ctx *cx, int64_t class_id, const struct flow_edge *e, const char *note) MUST_USE;
/* May the present actor act on this class? Its provider, its district, the city, the clock. E_NOTFOUND otherwise. */
err_t class_own(struct ctx *cx, const struct q_class_rows_row *c) MUST_USE;
bool class_is_open(const char *status); /* may still be written: draft or returned */
/* The check of the class with `lines` in place of its plan (NULL = its plan). */
err_t class_check_with(struct ctx *cx, const struct q_class_rows_row *c, int64_t on, const struct check_line *lines, size_t n_lines,
                       const struct class_finding **found, size_t *n) MUST_USE;
/* The catalogue in force on a day and its item; *item 0: none. E_OK also when there is no catalogue: *catalogue 0. */
err_t class_item(struct ctx *cx, const char *occupation, const char *trade, int64_t on, int64_t *catalogue, const char **title, int64_t *item) MUST_USE;
err_t needs_settle(struct ctx *cx) MUST_USE; /* needs whose person entered a class; offers that came to nothing */
#endif
