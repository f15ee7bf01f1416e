/* audit.c -- the chain of all changes.
 *
 * mac  = HMAC-SM3(our key, text)         only we can have written the entry
 * hash = SM3(text '\n' mac)              anyone can check that nothing was changed, taken out or put in
 * text = number, time, who, role, what, on what, detail and the hash before, parted by '\n'
 */
#include "store/engine.h"
#include "store/keyring.h"

#include "base/view.h"

#include "core.sql.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char zero[] = "0000000000000000000000000000000000000000000000000000000000000000";

static const char *entry_text(struct ctx *cx, const struct q_audit_page_row *e, const char *before)
{
    return arena_fmt(cx->arena, "%lld\n%lld\n%lld\n%s\n%s\n%s\n%lld\n%s\n%s", (long long)e->seq, (long long)e->at,
                     (long long)e->account_id, e->role, e->action, e->kind, (long long)e->object_id, e->detail, before);
}

static const char *hex_of(struct ctx *cx, const unsigned char d[HASH_LEN])
{
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    hash_hex(d, HASH_LEN, hex);
    return hex;
}

static const char *entry_mac(struct ctx *cx, const char *text)
{
    unsigned char mac[HASH_LEN];
    hash_hmac_sm3(cx->keys->audit, HASH_LEN, text, strlen(text), mac);
    return hex_of(cx, mac);
}

static const char *entry_hash(struct ctx *cx, const char *text, const char *mac)
{
    unsigned char d[HASH_LEN];
    const char *all = arena_fmt(cx->arena, "%s\n%s", text, mac);
    hash_sm3(all, strlen(all), d);
    return hex_of(cx, d);
}

/* The end of the chain: looked up once in a transaction. */
static err_t chain_end(struct ctx *cx)
{
    struct q_audit_last_row *last;
    size_t n;
    if (cx->db->chain != 0)
        return E_OK;
    TRY(q_audit_last(cx, &last, &n));
    cx->db->chain = n > 0 ? last->seq : 0;
    snprintf(cx->db->chain_hash, sizeof cx->db->chain_hash, "%s", n > 0 ? last->hash : zero);
    return E_OK;
}

err_t audit_add(struct ctx *cx, const char *action, const char *kind, int64_t id, const char *detail)
{
    const char *role = role_name(cx->actor.role);
    if (role == NULL || strpbrk(action, "\n") != NULL || (detail != NULL && strpbrk(detail, "\n") != NULL))
        return FAIL(cx, E_BUG, NULL, "audit entry %s %s is not of one line or has no actor", action, kind);
    TRY(chain_end(cx));
    struct q_audit_page_row e = {
        .seq = cx->db->chain + 1,
        .at = cx->now,
        .account_id = cx->actor.account_id,
        .role = role,
        .action = action,
        .kind = kind,
        .object_id = id,
        .detail = detail != NULL ? detail : "{}",
    };
    const char *text = entry_text(cx, &e, cx->db->chain_hash), *mac = entry_mac(cx, text);
    struct q_audit_insert_in in = {e.seq, e.at, e.account_id, e.role, e.action, e.kind, e.object_id, e.detail, mac, entry_hash(cx, text, mac)};
    err_t x = q_audit_insert(cx, &in, NULL);
    if (x != E_OK)
        return x == E_CONFLICT ? E_BUSY : x; /* on PostgreSQL two may take the same number: one looks again */
    cx->db->chain = e.seq;
    snprintf(cx->db->chain_hash, sizeof cx->db->chain_hash, "%s", in.hash);
    return E_OK;
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
    bool keyed; /* we hold the key: check the macs as well */
};

static void verify_one(struct ctx *cx, const struct q_audit_page_row *r, struct verify *v)
{
    const char *text = entry_text(cx, r, v->before);
    v->out->entries++;
    if (r->seq != v->expect) {
        v->out->first_bad = v->expect;
        v->out->why = N_("编号不连续：这一条被删掉了。");
    } else if (strcmp(entry_hash(cx, text, r->mac), r->hash) != 0 || (v->keyed && strcmp(entry_mac(cx, text), r->mac) != 0)) {
        v->out->first_bad = r->seq;
        v->out->why = N_("摘要不符：这一条或它前面的一条被改过。");
    }
    snprintf(v->before, sizeof v->before, "%s", r->hash);
    v->expect++;
}

static err_t verify_entry(struct ctx *cx, const struct q_audit_page_row *r, void *arg)
{
    struct verify *v = arg;
    if (v->out->first_bad == 0)
        verify_one(cx, r, v);
    return E_OK;
}

static void verify_begin(struct verify *v, struct audit_report *out, bool keyed)
{
    *out = (struct audit_report){0};
    *v = (struct verify){.out = out, .expect = 1, .keyed = keyed};
    memcpy(v->before, zero, sizeof v->before);
}

err_t audit_verify(struct ctx *cx, struct audit_report *out)
{
    struct verify v;
    int64_t after = 0;
    verify_begin(&v, out, true);
    TRY(read_pages(cx, verify_entry, &v, &after));
    out->head = arena_fmt(cx->arena, "%s", v.before);
    return E_OK;
}

static const char *text_of(json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));
    return s != NULL ? s : "";
}

static void verify_line(struct ctx *cx, json_t *o, struct verify *v)
{
    struct q_audit_page_row r = {
        .seq = json_integer_value(json_object_get(o, "seq")),
        .at = json_integer_value(json_object_get(o, "at")),
        .account_id = json_integer_value(json_object_get(o, "account_id")),
        .role = text_of(o, "role"),
        .action = text_of(o, "action"),
        .kind = text_of(o, "kind"),
        .object_id = json_integer_value(json_object_get(o, "object_id")),
        .detail = text_of(o, "detail"),
        .mac = text_of(o, "mac"),
        .hash = text_of(o, "hash"),
    };
    verify_one(cx, &r, v);
}

err_t audit_verify_export(struct ctx *cx, FILE *f, struct audit_report *out)
{
    struct arena *outer = cx->arena, line_arena;
    struct verify v;
    char *line = NULL;
    size_t cap = 0;
    verify_begin(&v, out, false);
    arena_init(&line_arena, 0);
    cx->arena = &line_arena;
    while (out->first_bad == 0 && getline(&line, &cap, f) >= 0) {
        json_t *o = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        if (json_is_object(o)) {
            verify_line(cx, o, &v);
        } else {
            out->first_bad = v.expect;
            out->why = N_("这一行读不出来。");
        }
        json_decref(o);
        arena_reset(&line_arena);
    }
    free(line);
    cx->arena = outer;
    arena_free(&line_arena);
    out->head = arena_fmt(cx->arena, "%s", v.before);
    return ferror(f) ? FAIL(cx, E_IO, NULL, "the export cannot be read") : E_OK;
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

static const char *head_mac(struct ctx *cx, const char *text)
{
    unsigned char key[HASH_LEN], mac[HASH_LEN];
    keyring_derive(cx->keys, "audit head", key);
    hash_hmac_sm3(key, HASH_LEN, text, strlen(text), mac);
    return hex_of(cx, mac);
}

err_t audit_head(struct ctx *cx, const char **line)
{
    struct q_audit_last_row *last;
    size_t n;
    TRY(q_audit_last(cx, &last, &n));
    const char *text = arena_fmt(cx->arena, "%lld %s %lld", n > 0 ? (long long)last->seq : 0LL, n > 0 ? last->hash : zero, (long long)cx->now);
    *line = arena_fmt(cx->arena, "%s %s", text, head_mac(cx, text));
    return E_OK;
}

err_t audit_check_head(struct ctx *cx, const char *line, const char **why)
{
    long long seq, at;
    char hash[2 * HASH_LEN + 1], mac[2 * HASH_LEN + 1];
    struct q_audit_at_row *row;
    size_t n;
    *why = NULL;
    if (sscanf(line, "%lld %64s %lld %64s", &seq, hash, &at, mac) != 4 ||
        strcmp(head_mac(cx, arena_fmt(cx->arena, "%lld %s %lld", seq, hash, at)), mac) != 0) {
        *why = N_("这一行不是我们签的。");
        return E_OK;
    }
    if (seq == 0)
        return E_OK;
    TRY(q_audit_at(cx, &(struct q_audit_at_in){.seq = seq}, &row, &n));
    if (n == 0)
        *why = N_("这一条之后的记录被删掉了。");
    else if (strcmp(row->hash, hash) != 0)
        *why = N_("这一条和当时的不一样：链被重写过。");
    return E_OK;
}
