/* audit.c -- the chain: hash = HMAC-SM3(key, number, time, who, what, on what, detail, hash before). */
#include "store/keyring.h"

#include "base/view.h"

#include "core.sql.h"

#include <string.h>

static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";

/* The text that the hash covers: fields parted by '\n', none of which can contain one. */
static const char *entry_hash(struct ctx *cx, const struct q_audit_insert_in *e, const char *before)
{
    unsigned char key[HASH_LEN], mac[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    const char *text =
        arena_fmt(cx->arena, "%lld\n%lld\n%lld\n%s\n%s\n%s\n%lld\n%s\n%s", (long long)e->seq, (long long)e->at, (long long)e->account_id,
                  e->role, e->action, e->kind, (long long)e->object_id, e->detail, before);
    keyring_derive(cx->keys, "audit", key);
    hash_hmac_sm3(key, HASH_LEN, text, strlen(text), mac);
    hash_hex(mac, HASH_LEN, hex);
    return hex;
}

err_t audit_add(struct ctx *cx, const char *action, const char *kind, int64_t id, const char *detail)
{
    struct q_audit_last_row *last;
    size_t n;
    const char *role = role_name(cx->actor.role);
    if (role == NULL || strpbrk(action, "\n") != NULL || (detail != NULL && strpbrk(detail, "\n") != NULL))
        return FAIL(cx, E_BUG, NULL, "audit entry %s %s is not of one line or has no actor", action, kind);
    TRY(q_audit_last(cx, &last, &n));
    struct q_audit_insert_in e = {
        .seq = n > 0 ? last->seq + 1 : 1,
        .at = cx->now,
        .account_id = cx->actor.account_id,
        .role = role,
        .action = action,
        .kind = kind,
        .object_id = id,
        .detail = detail != NULL ? detail : "{}",
    };
    e.hash = entry_hash(cx, &e, n > 0 ? last->hash : zero);
    err_t x = q_audit_insert(cx, &e, NULL);
    return x == E_CONFLICT ? E_BUSY : x; /* on PostgreSQL two may take the same number: one looks again */
}

/* ---- the chain, read from its beginning, a page at a time in an arena of its own ---- */


typedef err_t (*each_entry)(struct ctx *cx, const struct q_audit_page_row *row, void *arg);

static err_t read_pages(struct ctx *cx, each_entry fn, void *arg, int64_t *after)
{
    struct arena *outer = cx->arena, page;
    arena_init(&page, 0);
    cx->arena = &page;
    err_t e = E_OK;
    for (size_t n = 1; e == E_OK && n > 0;) {
        struct q_audit_page_row *rows;
        arena_reset(&page);
        e = q_audit_page(cx, &(struct q_audit_page_in){.seq = *after, .lim = 2000}, &rows, &n);
        for (size_t i = 0; e == E_OK && i < n; i++) {
            e = fn(cx, &rows[i], arg);
            *after = rows[i].seq;
        }
    }
    cx->arena = outer;
    if (cx->fail.detail != NULL)
        cx->fail.detail = arena_fmt(outer, "%s", cx->fail.detail);
    arena_free(&page);
    return e;
}

struct verify {
    struct audit_report *out;
    char before[2 * HASH_LEN + 1];
    int64_t expect;
};

static err_t verify_entry(struct ctx *cx, const struct q_audit_page_row *r, void *arg)
{
    struct verify *v = arg;
    struct q_audit_insert_in e = {r->seq, r->at, r->account_id, r->role, r->action, r->kind, r->object_id, r->detail, r->hash};
    if (v->out->first_bad != 0)
        return E_OK;
    v->out->entries++;
    if (r->seq != v->expect) {
        v->out->first_bad = v->expect;
        v->out->why = N_("编号不连续：这一条被删掉了。");
    } else if (strcmp(entry_hash(cx, &e, v->before), r->hash) != 0) {
        v->out->first_bad = r->seq;
        v->out->why = N_("摘要不符：这一条或它前面的一条被改过。");
    }
    memcpy(v->before, r->hash, sizeof v->before);
    v->expect++;
    return E_OK;
}

err_t audit_verify(struct ctx *cx, struct audit_report *out)
{
    struct verify v = {.out = out, .expect = 1};
    int64_t after = 0;
    *out = (struct audit_report){0};
    memcpy(v.before, zero, sizeof v.before);
    TRY(read_pages(cx, verify_entry, &v, &after));
    out->head = arena_fmt(cx->arena, "%s", v.before);
    return E_OK;
}

struct export {
    int (*line)(void *arg, const char *text, size_t n);
    void *arg;
};

static err_t export_entry(struct ctx *cx, const struct q_audit_page_row *r, void *arg)
{
    struct export *x = arg;
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_row(cx->arena, v, q_audit_page_row_members, r);
    view_json(&b, v);
    buf_add(&b, "\n", 1);
    return x->line(x->arg, b.p, b.len) == 0 ? E_OK : FAIL(cx, E_IO, NULL, "the export cannot be written");
}

err_t audit_export(struct ctx *cx, int (*line)(void *arg, const char *text, size_t n), void *arg)
{
    int64_t after = 0;
    return read_pages(cx, export_entry, &(struct export){line, arg}, &after);
}

err_t audit_head(struct ctx *cx, const char **line)
{
    struct q_audit_last_row *last;
    size_t n;
    unsigned char key[HASH_LEN], mac[HASH_LEN];
    char hex[2 * HASH_LEN + 1];
    TRY(q_audit_last(cx, &last, &n));
    const char *text = arena_fmt(cx->arena, "%lld %s %lld", n > 0 ? (long long)last->seq : 0LL, n > 0 ? last->hash : zero, (long long)cx->now);
    keyring_derive(cx->keys, "audit head", key);
    hash_hmac_sm3(key, HASH_LEN, text, strlen(text), mac);
    hash_hex(mac, HASH_LEN, hex);
    *line = arena_fmt(cx->arena, "%s %s", text, hex);
    return E_OK;
}
