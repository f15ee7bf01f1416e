/* employers.h -- who offers work, and whether somebody checked it.
 *
 * listed: known from ads only · claimed: registered itself, not yet checked · verified: the licence was looked at · blocked: may not publish.
 * A verified employer is due again after the months that the rule `employer.verify` says.
 */
#ifndef CITY_EMPLOYERS_H
#define CITY_EMPLOYERS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "employers.rows.h"

extern const struct flow employer_flow;

extern const struct choice employer_kinds[], employer_sizes[];

struct employer_form {
    const char *uscc, *name, *kind, *size, *industry;
    int64_t street;
    const char *address, *about, *contact_name, *contact_phone;
};

/* E_INVALID "uscc": not such a code. E_CONFLICT "uscc": registered already. Ads of the same name that came from elsewhere become theirs
 * when the desk has verified the employer. */
err_t employer_register(struct ctx *cx, const struct employer_form *in, int64_t *id) MUST_USE;
err_t employer_edit(struct ctx *cx, int64_t id, int64_t version, const struct employer_form *in) MUST_USE;
/* The employer of that credit code (may be NULL) or of that name (by its key, so that "（天津）" and "(天津)" are one); a new one,
 * listed, when there is none. A code that the employer of that name did not have yet is not taken over: it proves nothing. */
err_t employer_named(struct ctx *cx, const char *name, const char *uscc, int64_t district, int64_t *id) MUST_USE;
err_t employer_find(struct ctx *cx, int64_t id, struct q_employer_get_row *out) MUST_USE;
/* Its name and status only: for who puts ad after ad. */
err_t employer_known_as(struct ctx *cx, int64_t id, struct q_employer_known_as_row *out) MUST_USE;
err_t employer_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE; /* E_NOTFOUND */
err_t employer_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;
err_t employer_page(struct ctx *cx, const struct q_employer_list_in *in, struct q_employer_list_row **rows, size_t *n) MUST_USE;
err_t employers_tick(struct ctx *cx) MUST_USE; /* checks that are older than the rule allows lapse */
/* Contact in clear, for an ad's page and for staff. Texts may be NULL. */
err_t employer_contact(struct ctx *cx, const struct q_employer_get_row *e, const char **name, const char **phone) MUST_USE;
/* The same for somebody who asks for it: noted with the reason. */
err_t employer_look(struct ctx *cx, const struct q_employer_get_row *e, const char *reason, const char **name, const char **phone) MUST_USE;
err_t employer_log(struct ctx *cx, int64_t id, struct q_employer_log_list_row **rows, size_t *n) MUST_USE; /* newest first */
#endif
