#include "city/accounts/accounts.h"

#include "city/accounts/accounts_impl.h"

#include "base/hash.h"
#include "base/view.h"

#include "accounts.sql.h"

#include <stdlib.h>
#include <string.h>

#define LIFE_MS (24LL * 3600000)

struct draft {
    const char *code, *path;
    struct blob body;
};

static err_t keep_tx(struct ctx *cx, void *arg)
{
    const struct draft *d = arg;
    TRY(q_draft_drop(cx, &(struct q_draft_drop_in){.code_hash = "", .at = cx->now - LIFE_MS}, NULL));
    struct q_draft_put_in in = {.code_hash = secret_hash(cx, d->code), .path = d->path, .body = d->body, .at = cx->now};
    return q_draft_put(cx, &in, NULL);
}

/* The pairs as one text: "LENGTH name LENGTH value" without separators that a value could contain. */
static const char *pack(struct ctx *cx, const struct pairs *body)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < body->n; i++)
        buf_fmt(&b, "%zu %s%zu %s", strlen(body->p[i].name), body->p[i].name, strlen(body->p[i].value), body->p[i].value);
    return buf_text(&b);
}

static const char *take(struct ctx *cx, const char **at)
{
    char *end;
    size_t n = strtoul(*at, &end, 10);
    if (*end != ' ' || strlen(end + 1) < n)
        return NULL;
    *at = end + 1 + n;
    return arena_strndup(cx->arena, end + 1, n);
}

static err_t unpack(struct ctx *cx, const char *text, struct pairs *out)
{
    size_t cap = 8;
    struct pair *p = ARENA_ARRAY(cx->arena, struct pair, cap);
    *out = (struct pairs){0};
    while (*text != '\0') {
        const char *name = take(cx, &text), *value = name != NULL ? take(cx, &text) : NULL;
        if (value == NULL)
            return FAIL(cx, E_BUG, NULL, "a draft cannot be read");
        if (out->n == cap) {
            p = arena_grow(cx->arena, p, cap * sizeof *p, 2 * cap * sizeof *p);
            cap *= 2;
        }
        p[out->n++] = (struct pair){name, value, strlen(value)};
    }
    out->p = p;
    return E_OK;
}

err_t draft_keep(struct ctx *cx, const char *path, const struct pairs *body, const char **code)
{
    char *token = arena_alloc(cx->arena, 44);
    struct draft d = {.code = token, .path = path};
    hash_token(token);
    TRY(seal(cx, "draft.body", pack(cx, body), &d.body));
    TRY(store_tx(cx, STORE_WRITE, keep_tx, &d));
    *code = token;
    return E_OK;
}

static err_t drop_tx(struct ctx *cx, void *arg)
{
    return q_draft_drop(cx, &(struct q_draft_drop_in){.code_hash = arg, .at = cx->now - LIFE_MS}, NULL);
}

err_t draft_fetch(struct ctx *cx, const char *code, const char **path, struct pairs *body)
{
    struct q_draft_get_row *rows;
    const char *text, *hash = secret_hash(cx, code);
    size_t n;
    TRY(q_draft_get(cx, &(struct q_draft_get_in){.code_hash = hash}, &rows, &n));
    if (n == 0 || rows->at < cx->now - LIFE_MS)
        return FAIL(cx, E_NOTFOUND, NULL, "no such draft");
    TRY(unseal(cx, "draft.body", rows->body, &text));
    TRY(unpack(cx, text, body));
    *path = rows->path;
    return store_tx(cx, STORE_WRITE, drop_tx, (void *)(uintptr_t)hash);
}
