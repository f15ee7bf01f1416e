/* catalogue.h -- the subsidy catalogue: for which occupation and level training is paid, and how much.
 *
 * A version goes draft → co-signed → published with a day of effect → superseded. A class belongs to the version in force on its
 * opening day, whatever is published later. Amounts are fen a person, before the factors of urgency and mode (rules/decide.h).
 * Levels 5 (五级/初级工) … 1, 0 a single skill; tiers of 80 and 120 hours. No rate: the standard has no such level, or it is not demanded.
 * `origin` of an item: official (as published), quoted (read in a secondary source, a sample), made (made up, a sample: every page says so).
 * Sources: 津人社局发〔2022〕20号 arts. 8-10; the table of 2021 for its columns.
 */
#ifndef CITY_CATALOGUE_H
#define CITY_CATALOGUE_H
#include "base/ctx.h"
#include "base/flow.h"
#include "catalogue.rows.h"

extern const struct flow catalogue_flow;

/* The version in force on a day (yyyymmdd); E_NOTFOUND with a sentence when there is none. */
err_t catalogue_on(struct ctx *cx, int64_t ymd, struct q_catalogue_rows_row *out) MUST_USE;
err_t catalogue_find(struct ctx *cx, int64_t id, struct q_catalogue_rows_row *out) MUST_USE;
err_t catalogue_by_code(struct ctx *cx, const char *code, struct q_catalogue_rows_row *out) MUST_USE;
err_t catalogue_all(struct ctx *cx, struct q_catalogue_rows_row **rows, size_t *n) MUST_USE; /* the latest day of effect first, drafts before it */
bool catalogue_is_sample(const struct q_catalogue_rows_row *c); /* said to be one, or an item of it is not official */
bool catalogue_is_public(const struct q_catalogue_rows_row *c); /* published or superseded */

/* The items of a version in their order; NULL = all. */
struct catalogue_filter {
    const char *sector, *urgency, *occupation;
    const char *text; /* every word of it in sector, name or code */
};
err_t catalogue_item_list(struct ctx *cx, int64_t catalogue_id, const struct catalogue_filter *f, struct q_catalogue_items_row **rows,
                          size_t *n) MUST_USE;
err_t catalogue_item(struct ctx *cx, int64_t item_id, struct q_catalogue_item_by_id_row *out) MUST_USE; /* E_NOTFOUND */
/* The item of an occupation, by its code and, where an occupation has several trades, its name (NULL or "" = the first). E_NOTFOUND. */
err_t catalogue_item_find(struct ctx *cx, int64_t catalogue_id, const char *occupation, const char *name,
                          struct q_catalogue_item_by_id_row *out) MUST_USE;
/* The standard of a level and tier of hours (80, 120), fen. E_NOTFOUND with a sentence when the catalogue has none. */
err_t catalogue_rate(struct ctx *cx, int64_t item_id, int64_t level, int64_t hours, int64_t *fen) MUST_USE;
/* The evaluation fee of a class "A", "B", "C" at a level, fen (0 a single skill: as junior). E_NOTFOUND when the version has none. */
err_t catalogue_fee(struct ctx *cx, int64_t catalogue_id, const char *cls, int64_t level, int64_t *fen) MUST_USE;

/* ---- making a version; the city only ---- */
struct catalogue_new {
    const char *code, *title, *source;
    int64_t sample;
    const char *from;  /* code of the version whose items are copied, or NULL */
    const char *round; /* code of the published shortage round that tells what goes in and how urgent it is, or NULL */
    int64_t blank;     /* 1: nothing is put in from either; the caller does */
};
err_t catalogue_draft(struct ctx *cx, const struct catalogue_new *in, int64_t *id) MUST_USE;

struct catalogue_line { /* one item as a form or a sheet gives it */
    const char *sector, *name, *occupation, *urgency, *cls, *origin;
    int64_t green, digital;
    int64_t rate[2][6]; /* fen; [0] 120 h, [1] 80 h; by level 0..5; 0 = none */
};
/* Adds the item or puts the new amounts in place of the old ones; only into a draft. `known` (may be NULL): it was there just so. */
err_t catalogue_put(struct ctx *cx, int64_t catalogue_id, const struct catalogue_line *in, bool *known) MUST_USE;
err_t catalogue_take_out(struct ctx *cx, int64_t item_id) MUST_USE;
/* What an amount is made of. E_INVALID unless teachers + consumables + materials comes to the amount, rounded to full 10 yuan. */
struct catalogue_cost {
    int64_t level, hours, teachers, consumables, materials;
    const char *note;
};
err_t catalogue_cost_put(struct ctx *cx, int64_t item_id, const struct catalogue_cost *in) MUST_USE;
int64_t catalogue_rounded(int64_t fen); /* to full 10 yuan, half up: the stated rounding of a cost build-up */

struct catalogue_act {
    const char *action, *note; /* cosign, back, publish */
    const char *document;      /* 文号, for publish */
    int64_t effective_on, version;
};
/* Publishing ends the version before it on the day before, and closes the agreements on occupations that left, in one transaction. */
err_t catalogue_step(struct ctx *cx, int64_t id, const struct catalogue_act *act) MUST_USE;

/* ---- comparing ---- */
struct catalogue_change {
    const char *what; /* added, left, changed */
    const char *sector, *occupation, *name, *urgency_was, *urgency, *class_was, *class_is;
    struct catalogue_amount {
        int64_t hours, level, was, is; /* 0 = none */
    } *amounts; /* those that differ; with added and left all of them */
    size_t n_amounts;
};
err_t catalogue_compare(struct ctx *cx, int64_t was_id, int64_t is_id, struct catalogue_change **out, size_t *n, size_t *same) MUST_USE;

err_t catalogue_tick(struct ctx *cx) MUST_USE; /* versions whose last day is over become superseded */
struct demo_scale;
err_t catalogue_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* after shortages_demo() */
#endif
