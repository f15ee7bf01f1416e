/* supervision_impl.h -- private to supervision: what its files and its pages share. */
#ifndef SUPERVISION_IMPL_H
#define SUPERVISION_IMPL_H
#include "city/house.h"
#include "city/supervision/lot.h"
#include "city/supervision/supervision.h"
#include "rules/rules.h"

#include "base/day.h"

/* The class, whoever asks; and the class of this code if the actor is its provider, its district, the city or the auditor: else E_NOTFOUND. */
err_t watch_class(struct ctx *cx, int64_t id, struct q_watch_class_row *out) MUST_USE;
err_t watch_class_mine(struct ctx *cx, const char *code, struct q_watch_class_row *out) MUST_USE;
bool watch_area(const struct ctx *cx, int64_t district); /* officers of the district, the city, the auditor */
/* A number of a rule in force on `on`. */
err_t watch_number(struct ctx *cx, const char *rule, const char *name, int64_t on, int64_t *out) MUST_USE;
const char *watch_minutes(struct arena *a, int64_t minute); /* "9:05" */
const char *watch_idno_tail(const char *idno);              /* its last four characters */

/* ---- sign-ins ---- */
struct sign_trainee { /* a line of the roster for the desk, masked */
    int64_t id;
    const char *code, *name;
};
err_t sign_people(struct ctx *cx, int64_t class_id, struct sign_trainee **out, size_t *n) MUST_USE;
err_t sign_write(struct ctx *cx, const struct q_sign_insert_in *in, bool *again) MUST_USE; /* one statement */
/* Today's session that can be signed now; E_STATE with a sentence when there is none. */
err_t sign_session_now(struct ctx *cx, const char *class_code, bool leaving, struct q_sign_session_row *out) MUST_USE;
/* Is the lesson nearer to its end than to its beginning? Then one rather leaves. */
bool sign_is_leaving(const struct ctx *cx, const struct q_sign_session_row *s);
/* To come to, or else to leave from. */
err_t sign_session_any(struct ctx *cx, const char *class_code, struct q_sign_session_row *out) MUST_USE;
err_t sign_who(struct ctx *cx, int64_t class_id, const char *who, struct q_sign_roster_row *out) MUST_USE;

struct lesson { /* a session as one trainee had it */
    int64_t session_id, day, from_min, to_min;
    const int64_t *came, *left;
    const char *came_by, *left_by, *reason; /* means; reason of paper, "" */
    const char *absence, *note;             /* made_up, noted; NULL */
    bool over;
};
err_t lessons_of(struct ctx *cx, int64_t class_id, int64_t trainee_id, struct lesson **out, size_t *n) MUST_USE;

/* ---- visits, calls, inspectors ---- */
extern const struct choice visit_questions[], visit_answers[], visit_verdicts[], call_questions[], call_answers[], call_fees[];
err_t class_visits(struct ctx *cx, struct q_watch_visit_list_in in, struct q_watch_visit_list_row **rows, size_t *n) MUST_USE; /* 0: no last one */
err_t class_visit_list(struct ctx *cx, const int64_t *district, const int64_t *open, int64_t page, struct q_watch_visit_list_row **rows,
                 size_t *n) MUST_USE;
err_t class_visit_get(struct ctx *cx, int64_t id, struct q_watch_visit_list_row *out) MUST_USE;      /* E_NOTFOUND also outside the actor's area */
err_t visits_of_class(struct ctx *cx, int64_t class_id, struct q_watch_visit_list_row **rows, size_t *n) MUST_USE;
/* The codes of the questions of the rule in force; *clause tells the rule. */
size_t visit_asked(struct ctx *cx, int64_t on, const char *const **codes);
/* Lists "answers" [{label, answer, bad}] from the JSON that was kept, and "note". */
void visit_answers_view(struct ctx *cx, struct view *to, const char *findings);
void call_answers_view(struct ctx *cx, struct view *to, const char *answers);
struct call_answers {
    const char *reached, *held, *teacher, *books, *fee, *forged, *note;
};
err_t call_rows(struct ctx *cx, const struct q_training_call_list_in *in, struct q_training_call_list_row **rows, size_t *n) MUST_USE;
err_t call_list(struct ctx *cx, const int64_t *district, const int64_t *open, int64_t page, struct q_training_call_list_row **rows,
                size_t *n) MUST_USE;
err_t call_get(struct ctx *cx, int64_t id, struct q_training_call_list_row *out) MUST_USE;
err_t call_enter(struct ctx *cx, int64_t id, const struct call_answers *in) MUST_USE;
err_t inspector_add(struct ctx *cx, int64_t district, const char *name, const char *post, const char *conflicts) MUST_USE;
err_t inspector_change(struct ctx *cx, int64_t id, int64_t district, const char *conflicts, const int64_t *to_on) MUST_USE;
err_t inspectors(struct ctx *cx, int64_t district, struct q_inspector_list_row **rows, size_t *n) MUST_USE;

/* ---- draws ---- */
err_t draw_get(struct ctx *cx, const char *code, struct q_draw_get_row *out) MUST_USE;
err_t draw_list(struct ctx *cx, const int64_t *district, int64_t page, struct q_draw_list_row **rows, size_t *n) MUST_USE;
/* May the actor see urn and result? Everybody once the day of opening has come; before, the area and the auditor. */
bool draw_is_open(const struct ctx *cx, const struct q_draw_get_row *d);
/* List "drawn" [{label, lot, must, pair}], count "tickets", list "strata" [{name, percent, n}]. */
void draw_result_view(struct ctx *cx, struct view *to, const struct q_draw_get_row *d);
const char *draw_digest(struct ctx *cx, const struct q_draw_get_row *d); /* SHA-256 of the file, hex: known to all from the first day */
const char *draw_file(struct ctx *cx, const struct q_draw_get_row *d); /* the JSON that `yizhan draw verify` reads */

/* ---- anomalies ---- */
struct anomaly_kind {
    const char *code, *label;
    const char *say;      /* with {n}, {limit} and others of the detail */
    const char *explains; /* what an honest reason could be */
};
extern const struct anomaly_kind anomaly_kinds[]; /* ends with a zero entry */
extern const struct choice anomaly_kind_choices[];
const struct anomaly_kind *anomaly_kind(const char *code);
struct anomaly_find {
    const int64_t *district, *provider_id, *class_id, *open;
    const char *kind;
    bool asked; /* only those that the provider was asked about */
    int64_t page, each; /* each: rows of a page, 0 = WATCH_PAGE */
};
err_t anomaly_list(struct ctx *cx, const struct anomaly_find *f, struct q_anomaly_list_row **rows, size_t *n) MUST_USE;
err_t anomaly_get(struct ctx *cx, int64_t id, struct q_anomaly_list_row *out) MUST_USE; /* of the actor's area or provider */
/* The case as a sentence, and list "records" of what does not fit. */
const char *anomaly_sentence(struct ctx *cx, const struct q_anomaly_list_row *a);
const char *anomaly_days(struct ctx *cx, const struct q_anomaly_list_row *a); /* the first and last day of what does not fit; "" = not told */
void anomaly_records(struct ctx *cx, struct view *to, const struct q_anomaly_list_row *a);

/* ---- how the districts watch ---- */
struct indicators {
    int64_t district, classes, finished, unseen, visits, late, overdue, bad, pairs, passes, cases, waiting, old, confirmed, calls, called, uncalled;
};
err_t indicators_of(struct ctx *cx, int64_t year, struct indicators **out, size_t *n) MUST_USE; /* every district of the city */
err_t indicator_kinds(struct ctx *cx, int64_t year, struct q_indicator_kinds_row **rows, size_t *n) MUST_USE; /* of all districts */

enum { WATCH_PAGE = 50 };
#endif
