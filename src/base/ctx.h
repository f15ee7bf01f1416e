/* ctx.h -- the one explicit context: arena, database, clock, actor, language, last failure.
 *
 * Every office function takes `struct ctx *` first.  Nothing below src/web reads
 * a global, the wall clock or the environment, so a test builds a ctx literal.
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H
#include "base/arena.h"
#include "base/role.h"
#include <stdint.h>

#define N_(s) s /* marks a message id; tr() translates it */

typedef enum err {
#define ERR(name, http, wire, msg) E_##name,
#include "base/err.def"
#undef ERR
    E__COUNT
} err_t;

struct fail { /* details of the last failure; lives in ctx->arena */
    err_t code;
    const char *field;  /* form or JSON field, or NULL */
    const char *say;    /* a sentence for the person (message id), or NULL: the code's own sentence */
    const char *detail; /* for the log, never shown to the public */
    const char *file;
    int line;
};

struct actor {
    int64_t account_id; /* 0 = nobody signed in */
    unsigned role;      /* exactly one of enum role */
    int64_t station_id, employer_id, person_id, provider_id; /* 0 = none: what the account acts for */
    int64_t district;   /* 6-digit code (GB/T 2260), 0 = the whole city or none */
    int64_t session_id;
    const char *name, *ip;
};

struct db;
struct keyring;
struct house; /* what the process holds for its whole life: keys, city data, match engine (city/house.h) */
struct tr;
struct names; /* base/field.h */
struct ctx {
    struct arena *arena;
    struct db *db;
    const struct keyring *keys; /* for sealed columns and the audit chain */
    const struct house *house;
    const struct names *names; /* finds the code of a street or occupation that people type by its name; NULL = codes only */
    struct actor actor;
    int64_t now;          /* UTC milliseconds, fixed for the whole request */
    const char *lang;     /* "zh" or "en" */
    const struct tr *tr;  /* catalogue of `lang`, NULL for Chinese */
    const char *request_id;
    const char *once_key; /* idempotency key of the form, or NULL; store_tx() honours it */
    const char *result;   /* where a finished act leads; set inside the transaction, replayed for a repeated key */
    struct fail fail;
};

/* Goes back to `outer` from an arena that ends now; what the failure `e` says goes along, what older ones said is forgotten. Returns `e`. */
err_t ctx_back(struct ctx *cx, struct arena *outer, err_t e);

#define MUST_USE __attribute__((warn_unused_result))

int err_http(err_t e);
const char *err_wire(err_t e);
const char *err_msgid(err_t e);

/* Records the failure and returns `code`, so callers write `return FAIL(...)`.
 * FAIL: the detail is for the log. SAY: `msgid` is a sentence for the person. */
err_t ctx_fail(struct ctx *cx, err_t code, const char *field, const char *say, const char *file, int line, const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
#define FAIL(cx, code, field, ...) ctx_fail((cx), (code), (field), NULL, __FILE__, __LINE__, __VA_ARGS__)
#define SAY(cx, code, field, msgid) ctx_fail((cx), (code), (field), (msgid), __FILE__, __LINE__, "%s", (msgid))

#define TRY(e)                                                                                                                     \
    do {                                                                                                                           \
        err_t try_e_ = (e);                                                                                                        \
        if (try_e_ != E_OK)                                                                                                        \
            return try_e_;                                                                                                         \
    } while (0)

/* Translates a message id into the request's language; the id itself (Chinese) when there is no translation. */
const char *tr(const struct ctx *cx, const char *msgid) __attribute__((format_arg(2)));
#endif
