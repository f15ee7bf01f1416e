/* password.h -- argon2id (RFC 9106) through libargon2; the parameters stand in the hash, so they may be raised later. */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H
#include "base/ctx.h"

/* The encoded hash, in the arena. About 50 ms and 19 MiB. */
err_t password_hash(struct ctx *cx, const char *password, const char **encoded) MUST_USE;
bool password_right(const char *encoded, const char *typed);
/* A hash that no password fits: checking against it costs the same as checking a real one. */
const char *password_nobody(void);
/* What is wrong with a new password (message id), or NULL: 10 characters at least, not the login, not a common one. */
const char *password_weak(const char *password, const char *login);
#endif
