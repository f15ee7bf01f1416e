/* shortages.h -- which occupations the city lacks: rounds of reports from three channels, our own ads as witness, a published score.
 *
 * A round (R2026-1) collects reports: bureau (city bureaus and trade associations), district (district bureaus), agency (HR agencies).
 * A district officer reports for the own district only; the city's officers write down what bureaus and agencies say, too. Analysing
 * freezes what our own ads say and computes the score (score.h) with the terms in force; publishing shows it to everybody.
 */
#ifndef CITY_SHORTAGES_H
#define CITY_SHORTAGES_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "city/shortages/score.h"
#include "shortages.rows.h"

extern const struct flow shortage_round_flow;
extern const struct choice shortage_channels[], shortage_urgencies[] /* with "none" */, shortage_difficulties[];

err_t shortage_terms(struct ctx *cx, int64_t on, struct shortage_terms *out) MUST_USE; /* the rule in force */

/* ---- rounds ---- */
err_t shortage_rounds(struct ctx *cx, struct q_shortage_round_rows_row **rows, size_t *n) MUST_USE; /* the latest first */
err_t shortage_round_find(struct ctx *cx, int64_t id, struct q_shortage_round_rows_row *out) MUST_USE;
err_t shortage_round_by_code(struct ctx *cx, const char *code, struct q_shortage_round_rows_row *out) MUST_USE;
/* The latest published one; E_NOTFOUND. */
err_t shortage_published(struct ctx *cx, struct q_shortage_round_rows_row *out) MUST_USE;
struct shortage_round_new {
    const char *code, *title;
    int64_t period_from, period_to, closes_on;
};
err_t shortage_round_open(struct ctx *cx, const struct shortage_round_new *in, int64_t *id) MUST_USE;
/* analyse, reopen, publish. */
err_t shortage_round_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version) MUST_USE;

/* ---- reports ---- */
struct shortage_form {
    const char *channel, *organisation, *district /* "河东区", its code, or NULL */, *occupation, *level, *difficulty, *evidence, *said_by;
    int64_t openings;
    const int64_t *vacant_days;
};
extern const struct field shortage_fields[]; /* of the form, the sheet and its template */
/* Writes down a report. E_REPEAT when the very same stands; E_CONFLICT with a sentence when the same organisation said something else. */
err_t shortage_report(struct ctx *cx, int64_t round_id, const struct shortage_form *in, const int64_t *sheet_id, int64_t *id) MUST_USE;
err_t shortage_withdraw(struct ctx *cx, int64_t report_id, const char *why) MUST_USE;
struct shortage_find {
    int64_t round_id;
    const char *channel, *occupation;
    const int64_t *district;
    bool stood; /* without those withdrawn */
    int64_t off, lim;
};
err_t shortage_reports(struct ctx *cx, const struct shortage_find *f, struct q_shortage_report_rows_row **rows, size_t *n) MUST_USE;
err_t shortage_report_find(struct ctx *cx, int64_t id, struct q_shortage_report_get_row *out) MUST_USE;
/* May this actor write for that channel and district? */
bool shortage_may(const struct ctx *cx, const char *channel, int64_t district);

/* ---- what came out ---- */
struct shortage_outcome { /* of an analysed round: everything that went in, and what came out */
    struct shortage_terms terms;
    struct shortage_claim *claims;
    struct shortage_own *own;
    struct shortage_result *results;
    size_t n_claims, n_own, n;
};
err_t shortage_outcome(struct ctx *cx, const struct q_shortage_round_rows_row *round, struct shortage_outcome *out) MUST_USE;
/* As kept: occupation, score, urgency; NULL = all. */
err_t shortage_scores(struct ctx *cx, int64_t round_id, const char *urgency, struct q_shortage_score_rows_row **rows, size_t *n) MUST_USE;

struct demo_scale;
err_t shortages_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* after jobs_demo() */
#endif
