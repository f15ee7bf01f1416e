/* history.h -- what was subsidised before the city began with this system: brought in from sheets, so that times a year and in a life,
 * same occupation and level, higher before lower and the other fund are right from the first day.
 *
 * Not tied to a record of a person: nobody is registered by it. A decision finds the rows by the keyed hash of the identity number.
 * Names, identity numbers and numbers of certificates are sealed and leave this office masked. Money fen, days yyyymmdd.
 */
#ifndef CITY_HISTORY_H
#define CITY_HISTORY_H
#include "city/sheets/sheets.h"
#include "history.rows.h"

struct history_in { /* a row of the sheet */
    const char *name, *idno, *occupation, *level, *item, *line, *state, *fund, *certificate, *provider;
    int64_t year;
    const int64_t *starts_on, *ends_on, *paid_on, *amount;
};
extern const struct field history_fields[];
extern const struct choice history_items[], history_states[];
/* Subject of a sheet: the district whose record it is, 0 = the city's. */
extern const struct sheet_kind history_sheet;

/* What still counts of the owner of an identity number; rows in the order of their years. */
err_t history_of(struct ctx *cx, const char *idno, struct q_history_of_row **rows, size_t *n) MUST_USE;
err_t history_of_class(struct ctx *cx, int64_t class_id, struct q_history_class_row **rows, size_t *n) MUST_USE; /* of everybody in it, by trainee */
err_t history_page(struct ctx *cx, const struct q_history_list_in *in, struct q_history_list_row **rows, size_t *n) MUST_USE;
err_t history_looked(struct ctx *cx) MUST_USE; /* somebody looks one person up: an entry of the audit chain */
/* Takes a wrong row out: it counts no longer, stays in the record. E_NOTFOUND when it is another district's. */
err_t history_remove(struct ctx *cx, int64_t id, const char *reason) MUST_USE;
err_t history_own(struct ctx *cx, const char *code, struct q_history_get_row *out) MUST_USE; /* E_NOTFOUND */
/* 王*明, 1201**********0011, and the last four of the certificate; NULL when there is none. */
err_t history_mask(struct ctx *cx, struct blob name, struct blob idno, struct blob certificate, const char *out[3]) MUST_USE;
struct demo_scale;
err_t history_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
