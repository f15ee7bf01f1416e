/* supervision.h -- who was there, who looked, what does not fit: sign-ins, attendance, visits and calls by lot, anomalies.
 *
 * A sign-in is one statement. What trainees sign themselves is not an entry of the audit chain each (six million a year): when the
 * days for paper are over, the digest of a session's sign-ins goes into the chain. What staff write down is an entry each.
 * An anomaly is a case for a person: it never refuses anything by itself. A face is never asked for.
 * Shares are parts of one million; hours are 课时 of 45 minutes; instants UTC ms, days yyyymmdd. Rows and texts live in cx->arena.
 */
#ifndef CITY_SUPERVISION_H
#define CITY_SUPERVISION_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "base/view.h"
#include "supervision.rows.h"

/* ---- attendance (rules attendance.class, attendance.person, attendance.hour) ---- */

struct attendance { /* of one trainee who is or was in the class; those refused or dropped are not counted */
    int64_t trainee_id, person_id;
    int64_t hours_due, hours; /* of the sessions that are over; attended, with what was made up */
    int64_t missing;          /* hours neither attended, nor made up, nor noted */
    int64_t share_ppm;        /* of hours_due; 1,000,000 while nothing is due yet */
    bool short_of;            /* below the share of the rule: no subsidy for this person */
};
struct attendance_day {
    int64_t day, hours_due, hours, share_ppm; /* of all trainees together */
    bool below;                               /* below the share of the rule: the class is unqualified */
};
struct attendance_sheet {
    int64_t class_id;
    const struct attendance *rows; /* by trainee */
    size_t n;
    const struct attendance_day *days; /* that are over, in their order */
    size_t n_days, n_below;
    const struct rule *class_rule, *person_rule; /* what was applied, to cite it */
};
err_t attendance_sheet(struct ctx *cx, int64_t class_id, struct attendance_sheet *out) MUST_USE;
/* The rows of the sheet alone. */
err_t attendance_of_class(struct ctx *cx, int64_t class_id, const struct attendance **rows, size_t *n) MUST_USE;
/* *why: a translated sentence with the day, the share, the clause, when the class gets no subsidy; NULL when nothing stands against it. */
err_t class_is_unqualified(struct ctx *cx, int64_t class_id, const char **why) MUST_USE;

/* ---- signing in ---- */

enum { SIGN_CODE = 6 };
/* The rotating code of a class: the six digits of now, and how many seconds they live. Makes the class's secret when there is none. */
err_t sign_code_now(struct ctx *cx, int64_t class_id, char code[SIGN_CODE + 1], int64_t *step, int64_t *seconds) MUST_USE;

struct sign_open { /* what a phone that opened the link may do for some minutes */
    const char *token;
    struct q_sign_session_row session;
};
/* `code` is the one on the screen now or one step earlier; `device` is what the browser remembers.
 * E_INVALID "code": too old, or none of this class; E_STATE: no session now. */
err_t sign_open(struct ctx *cx, const char *class_code, const char *code, const char *device, struct sign_open *out) MUST_USE;

struct sign_act { /* `who`: last four of identity number or phone, or the trainee's code */
    const char *who, *token, *device;
    const int64_t *lng, *lat; /* micro-degrees, NULL = not told */
    bool leaving;
};
/* Once a session and direction: a second time changes nothing. `*again` tells. */
err_t sign_by_code(struct ctx *cx, const char *class_code, const struct sign_act *in, bool *again) MUST_USE;
/* A code to the trainee's own phone (outbox), again once it has expired; then signing in or out with it. E_CONFLICT "who". */
err_t sign_sms_send(struct ctx *cx, const char *class_code, const char *who, bool leaving) MUST_USE;
err_t sign_by_sms(struct ctx *cx, const char *class_code, const struct sign_act *in, const char *sms, bool *again) MUST_USE;
/* At the desk of the class: a card that was read (its number). */
err_t sign_by_card(struct ctx *cx, int64_t class_id, const char *idno, bool leaving, bool *again) MUST_USE;
struct sign_paper {
    int64_t session_id, trainee_id, at; /* at: the time on the paper */
    bool leaving;
    const char *reason;
};
err_t sign_by_paper(struct ctx *cx, int64_t class_id, const struct sign_paper *in) MUST_USE;
/* Missed hours of a session made up or noted (kind "made_up", "noted"), with what it rests on. */
err_t absence_note(struct ctx *cx, int64_t class_id, int64_t session_id, int64_t trainee_id, const char *kind, const char *note) MUST_USE;

/* ---- drawing by lot ---- */
extern const struct choice draw_kinds[];
/* Draws for the actor's district and today; once a day and kind: E_CONFLICT. E_STATE: nothing to draw from. */
err_t draw_make(struct ctx *cx, const char *kind, const char **code) MUST_USE;

/* ---- visits, calls ---- */
struct visit_result {
    int64_t visited_at, present;
    const char *verdict, *signed_by;
    const char *const *answers; /* a code for each question of visit_questions(), "" = not answered */
    const char *note;
};
err_t visit_enter(struct ctx *cx, int64_t visit_id, const struct visit_result *in) MUST_USE;

/* ---- anomalies ---- */
extern const struct flow anomaly_flow;
/* Looks at one class now; `found` counts the new ones. */
err_t anomalies_look(struct ctx *cx, int64_t class_id, int64_t *found) MUST_USE;
/* Something of the class was written afterwards (paper, a certificate): the next tick looks again. In the caller's transaction. */
err_t supervision_moved(struct ctx *cx, int64_t class_id) MUST_USE;
err_t anomaly_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version) MUST_USE;
/* How many cases of the class are not settled, for those who decide on its claim. */
err_t anomalies_open(struct ctx *cx, int64_t class_id, int64_t *n) MUST_USE;

struct demo_scale;
err_t supervision_tick(struct ctx *cx) MUST_USE;
err_t supervision_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
