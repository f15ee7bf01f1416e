/* catalogue_impl.h -- private to the office and its pages. */
#ifndef CITY_CATALOGUE_IMPL_H
#define CITY_CATALOGUE_IMPL_H
#include "city/catalogue/catalogue.h"

#include "city/sheets/sheets.h"

/* All rates, costs and fees of a version; item_id NULL = of every item. */
err_t catalogue_rates(struct ctx *cx, int64_t catalogue_id, const int64_t *item_id, struct q_catalogue_rates_row **rows, size_t *n) MUST_USE;
err_t catalogue_costs(struct ctx *cx, int64_t catalogue_id, const int64_t *item_id, struct q_catalogue_costs_row **rows, size_t *n) MUST_USE;
err_t catalogue_fees(struct ctx *cx, int64_t catalogue_id, struct q_catalogue_fees_row **rows, size_t *n) MUST_USE;
int64_t catalogue_amount(const struct q_catalogue_rates_row *rates, size_t n, int64_t item_id, int64_t hours, int64_t level); /* 0 = none */
const char *catalogue_find_text(struct ctx *cx, const char *sector, const char *name, const char *code); /* what an item is found by */

/* A cell of the official table: "3040", "1,550", "2041.20元" -> fen; "——", "/", "" -> 0. false: neither. */
bool catalogue_cell(const char *s, int64_t *fen);
/* The name without the marks of the official table: a trailing L (green), S (digital), * . */
const char *catalogue_plain_name(struct ctx *cx, const char *s, int64_t *green, int64_t *digital);

enum { CATALOGUE_TIERS = 2, CATALOGUE_LEVELS = 6 };
struct catalogue_sheet { /* a row of the official table */
    const char *sector, *name, *code, *urgency, *cls;
    const char *rate[CATALOGUE_TIERS][CATALOGUE_LEVELS]; /* [0] 120 h; by level 0..5 */
};
extern const struct field catalogue_row_fields[];
extern const struct sheet_kind catalogue_sheet_kind;
err_t catalogue_sheet_put(struct ctx *cx, int64_t catalogue_id, int64_t sheet_id, const void *in, struct form *form) MUST_USE;
err_t catalogue_fee_put(struct ctx *cx, int64_t catalogue_id, const char *cls, int64_t level, int64_t fen) MUST_USE;
/* The fees of data/cities/…/catalogue/evaluation_fee.csv for a version that begins on `on`; E_OK also when the file has none. */
err_t catalogue_fees_shipped(struct ctx *cx, int64_t catalogue_id) MUST_USE;
#endif
