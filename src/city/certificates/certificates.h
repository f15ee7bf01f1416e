/* certificates.h -- certificates of trainees: entered, checked in form and consistency, verified by a result file or by two people.
 *
 * Without a verified certificate no claim holds the trainee. There is no open interface of the national query to ask: a
 * certificate is verified when a result file of the evaluator holds it, or when two different officers looked it up.
 * Rows and texts live in cx->arena; days yyyymmdd, instants UTC ms.
 */
#ifndef CITY_CERTIFICATES_H
#define CITY_CERTIFICATES_H
#include "base/field.h"
#include "base/flow.h"
#include "base/view.h"
#include "certificates.rows.h"

/* entered → seen → verified | doubtful | rejected */
extern const struct flow certificate_flow;
extern const struct choice certificate_kinds[]; /* level, qualification, special */

struct certificate_in {
    const char *number, *evaluator;
    int64_t issued_on;
    int64_t level;          /* 0 = that of the class */
    const char *occupation; /* NULL = that of the class */
};
/* For a trainee of the actor's class (provider), or of the district. A line of a result file that holds the number verifies it at once.
 * E_INVALID "number": the form is wrong. E_CONFLICT: the number or the trainee has one already. Inconsistent ones are taken in as doubtful. */
err_t certificate_enter(struct ctx *cx, int64_t trainee_id, const struct certificate_in *in, int64_t *id) MUST_USE;
/* The verified certificate of a trainee; *row NULL when there is none. */
err_t certificate_verified_of(struct ctx *cx, int64_t trainee_id, struct q_certificate_get_row **row) MUST_USE;
err_t certificate_of_trainee(struct ctx *cx, int64_t trainee_id, struct q_certificate_get_row **row) MUST_USE; /* in any state; NULL */
/* Actions of certificate_flow; `evidence`: digest of what was seen (hex), for see and attest. */
err_t certificate_step(struct ctx *cx, int64_t id, const char *action, const char *note, const char *evidence, int64_t version) MUST_USE;

struct demo_scale;
err_t certificates_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
