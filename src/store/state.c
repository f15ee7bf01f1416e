/* state.c -- is what was derived from a database still of it?
 *
 * A state is the newest entry of the audit chain and of the change log: "number hash number time kind id". The hash covers
 * all entries before it, so a database that has this entry has this past; the change says the same of what was not audited.
 */
#include "store/store.h"

#include "core.sql.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct state {
    const char *text;
    int64_t seq;
    const char *why;
};

static err_t name_tx(struct ctx *cx, void *arg)
{
    struct q_audit_last_row *a;
    struct q_change_end_row *c;
    size_t n_a, n_c;
    TRY(q_audit_last(cx, &a, &n_a));
    TRY(q_change_end(cx, &c, &n_c));
    if (n_a == 0 || n_c == 0)
        return E_OK;
    ((struct state *)arg)->text = arena_fmt(cx->arena, "%" PRId64 " %s %" PRId64 " %" PRId64 " %s %" PRId64, a->seq, a->hash, c->seq, c->at, c->kind,
                                            c->object_id);
    return E_OK;
}

err_t store_state(struct ctx *cx, const char **state)
{
    struct state s = {.text = ""};
    TRY(store_tx(cx, STORE_READ, name_tx, &s));
    *state = s.text;
    return strlen(s.text) < STORE_STATE_MAX ? E_OK : FAIL(cx, E_BUG, NULL, "a state of %zu bytes", strlen(s.text));
}

static err_t follows_tx(struct ctx *cx, void *arg)
{
    struct state *s = arg;
    struct q_audit_at_row *a;
    struct q_change_at_row *c;
    struct q_change_oldest_row oldest;
    size_t n;
    int64_t entry, seq, at, id;
    char hash[65], kind[65];
    s->why = "no state of a database";
    if (sscanf(s->text, "%" SCNd64 " %64s %" SCNd64 " %" SCNd64 " %64s %" SCNd64, &entry, hash, &seq, &at, kind, &id) != 6)
        return E_OK;
    s->why = "another database, or an older one put back";
    TRY(q_audit_at(cx, &(struct q_audit_at_in){.seq = entry}, &a, &n));
    if (n == 0 || strcmp(a->hash, hash) != 0)
        return E_OK;
    TRY(q_change_oldest(cx, &oldest));
    s->why = "the change log was emptied";
    if (oldest.seq == 0 || oldest.seq > s->seq)
        return E_OK;
    TRY(q_change_at(cx, &(struct q_change_at_in){.seq = seq}, &c, &n));
    s->why = "other changes than then";
    if (n == 1 && c->at == at && strcmp(c->kind, kind) == 0 && c->object_id == id)
        s->why = NULL;
    return E_OK;
}

err_t store_follows(struct ctx *cx, const char *state, int64_t seq, const char **why)
{
    struct state s = {.text = state, .seq = seq};
    TRY(store_tx(cx, STORE_READ, follows_tx, &s));
    *why = s.why;
    return E_OK;
}
