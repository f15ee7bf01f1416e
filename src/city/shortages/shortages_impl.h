/* shortages_impl.h -- private to the office. */
#ifndef CITY_SHORTAGES_IMPL_H
#define CITY_SHORTAGES_IMPL_H
#include "city/shortages/shortages.h"

/* Freezes what our own ads say and what comes out, inside the write transaction that moves the round. `terms` gets their JSON text. */
err_t shortage_analyse(struct ctx *cx, int64_t round_id, const char **terms) MUST_USE;
err_t shortage_sheet_put(struct ctx *cx, int64_t round_id, int64_t sheet_id, const void *in, struct form *form) MUST_USE;
#endif
