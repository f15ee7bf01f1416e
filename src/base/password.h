/* password.h -- passwords: argon2id, with its parameters in the hash. */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H
#include "base/ctx.h"

enum { PASSWORD_HASH = 128 };

struct password_cost {
    uint32_t passes, kib, lanes;
};
extern const struct password_cost password_cost_usual; /* 2 passes over 19 MiB (OWASP's least for argon2id) */
extern const struct password_cost password_cost_test;  /* fast, for tests only */

/* E_BUSY when there is no memory for it. */
err_t password_hash(struct ctx *cx, const char *password, const struct password_cost *cost, char out[PASSWORD_HASH]) MUST_USE;
bool password_check(const char *hash, const char *password); /* false for a wrong password and for a malformed hash */
bool password_is_weaker(const char *hash, const struct password_cost *cost); /* was it hashed with less than `cost`? */
/* NULL when good enough, else a message id. `account` (may be NULL): the name or phone that signs in, which must not be in it. */
const char *password_weak(const char *password, const char *account);
#endif
