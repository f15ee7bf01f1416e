/* providers_impl.h -- private to src/city/providers: what its files share. */
#ifndef CITY_PROVIDERS_IMPL_H
#define CITY_PROVIDERS_IMPL_H
#include "city/house.h"
#include "city/providers/providers.h"
#include "city/reference.h"
#include "rules/rules.h"
#include "store/store.h"

#include "base/day.h"

#include "providers.sql.h"

static inline int64_t today_of(const struct ctx *cx) { return day_of(cx->now, DAY_ZONE); }
static inline const char *text_or(const char *s) { return s != NULL ? s : ""; }
/* The day `n` working days after `from`. */
static inline int64_t working(const struct ctx *cx, int64_t from, int64_t n)
{
    return day_add_working(&cx->house->city->calendar, from, n, NULL);
}
/* A line in the history of a record, and the entry of the audit chain that belongs to it. */
err_t provider_note(struct ctx *cx, const char *kind, int64_t object_id, int64_t provider_id, const struct flow_edge *e, const char *note) MUST_USE;
/* The code a row gets once its number is known: "T12". */
const char *code_for(struct ctx *cx, const char *letter, int64_t id);
/* A place-holder until then: unique. */
const char *code_wait(struct ctx *cx);
/* May the present actor change this provider's own record? It, its district, the city. E_NOTFOUND otherwise. */
err_t provider_own(struct ctx *cx, int64_t id, struct q_provider_get_row *p) MUST_USE;
/* May the present actor act for this district? E_NOTFOUND otherwise. */
err_t district_own(struct ctx *cx, int64_t district) MUST_USE;
/* Terminates the agreements with a district, for a termination that was just decided. */
err_t agreements_terminate(struct ctx *cx, int64_t provider_id, int64_t district, const char *note) MUST_USE;
#endif
