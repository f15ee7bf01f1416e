/* accounts.h -- who may come in: accounts, sessions, second factors, invitations, drafts of forms.
 *
 * Passwords are argon2id; staff, officers, auditors and administrators need a second factor (TOTP, RFC 6238).
 * Five failures make the next try wait longer each time, ten lock the login for 15 minutes; twenty in a quarter of an hour lock the address.
 * The answer to a wrong login, and how long to wait, never tell whether the account exists.
 */
#ifndef CITY_ACCOUNTS_H
#define CITY_ACCOUNTS_H
#include "base/ctx.h"
#include "base/field.h"
#include "city/demo.h"
#include "accounts.rows.h"

struct account_new {
    const char *login, *name, *email, *password; /* email may be NULL */
    unsigned role;
    int64_t station_id, employer_id, person_id, provider_id; /* 0 = none */
    int64_t district;
};
/* E_CONFLICT "login": taken. E_INVALID "password": too weak, with the reason. */
err_t account_make(struct ctx *cx, const struct account_new *in, int64_t *id) MUST_USE;

/* Would account_make() take this login and password? E_CONFLICT "login", E_INVALID "password". */
err_t account_free(struct ctx *cx, const char *login, const char *password) MUST_USE;

struct sign_in {
    const char *login, *password, *agent;
};
/* Checks the password and opens a session. `*token` goes into the cookie; `*pending`: the second factor is still to come.
 * E_DENIED: wrong, whatever the cause; E_LOCKED: too many tries. */
err_t account_sign_in(struct ctx *cx, const struct sign_in *in, const char **token, bool *pending) MUST_USE;
/* The second factor of the pending session cx->actor.session_id. A code opens once. E_INVALID "code". */
err_t account_second(struct ctx *cx, const char *code) MUST_USE;
/* First time: the secret to show as a QR code (kept with the account until a code confirms it). E_STATE when there is one in use. */
err_t account_second_begin(struct ctx *cx, const char **secret, const char **uri) MUST_USE;
/* Password once more, for acts that need a fresh one. E_DENIED. */
err_t account_confirm(struct ctx *cx, const char *password) MUST_USE;
err_t account_change_password(struct ctx *cx, const char *old, const char *fresh) MUST_USE;
/* For the person at the server's own terminal. E_NOTFOUND. */
err_t account_set_password(struct ctx *cx, const char *login, const char *password) MUST_USE;
err_t account_set_blocked(struct ctx *cx, int64_t id, bool blocked) MUST_USE; /* ends its sessions */
err_t account_reset_second(struct ctx *cx, int64_t id) MUST_USE;
err_t account_find(struct ctx *cx, int64_t id, struct q_account_get_row *out) MUST_USE;
err_t account_page(struct ctx *cx, const struct q_account_list_in *in, struct q_account_list_row **rows, size_t *n) MUST_USE;
/* How a login is kept: small letters; a phone number or mail address, which is personal, only as a keyed hash. */
const char *account_login(struct ctx *cx, const char *typed);
const char *account_login_shown(struct ctx *cx, const char *kept); /* for lists: itself, or what kind of thing it is */
/* The name in clear, for staff pages; never fails a page: "" when it cannot be read. */
const char *account_name(struct ctx *cx, struct blob name);

/* Fills cx->actor from the cookie's token. E_LOGIN: unknown, ended, idle for 30 minutes (staff) or 12 hours, or blocked.
 * A pending session gives only actor.session_id. */
err_t session_resume(struct ctx *cx, const char *token) MUST_USE;
bool session_fresh(struct ctx *cx);
err_t session_list_own(struct ctx *cx, struct q_session_list_row **rows, size_t *n) MUST_USE;
err_t session_close(struct ctx *cx, int64_t id) MUST_USE; /* one of the actor's own */
err_t session_close_others(struct ctx *cx) MUST_USE;

struct invite {
    unsigned role;
    const char *name, *email;
    int64_t station_id, employer_id, provider_id, district;
};
/* Who may invite whom: an administrator everybody; a head staff of the own station; a district officer heads and staff in the own
 * district; an employer or a provider colleagues. `*code` is shown once and mailed. E_DENIED. */
err_t invitation_make(struct ctx *cx, const struct invite *in, const char **code) MUST_USE;
/* E_NOTFOUND: unknown, used or too old. */
err_t invitation_look(struct ctx *cx, const char *code, struct q_invitation_find_row *out) MUST_USE;
err_t invitation_accept(struct ctx *cx, const char *code, const char *login, const char *password, int64_t *account_id) MUST_USE;

/* A form that was sent when the session had ended: kept sealed for a day under a code. */
err_t draft_keep(struct ctx *cx, const char *path, const struct pairs *body, const char **code) MUST_USE;
err_t draft_fetch(struct ctx *cx, const char *code, const char **path, struct pairs *body) MUST_USE;

/* The one login of each role in the demo city, for the person who starts it. */
extern const struct account_new account_demo_logins[]; /* ends with a zero entry */
bool account_demo_code(struct ctx *cx, char code[7]); /* the second factor of every demo login, at this moment */
err_t accounts_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
bool role_needs_second(unsigned role);
#endif
