/* messages.c -- what follows an act after its commit: the change log and the outbox. */
#include "store/store.h"

#include "core.sql.h"

err_t change_add(struct ctx *cx, const char *kind, int64_t id)
{
    return q_change_insert(cx, &(struct q_change_insert_in){.at = cx->now, .kind = kind, .object_id = id}, NULL);
}

err_t change_since(struct ctx *cx, int64_t seq, size_t most, struct change **rows, size_t *n)
{
    struct q_change_after_row *r;
    int64_t last;
    TRY(q_change_after(cx, &(struct q_change_after_in){.seq = seq, .lim = (int64_t)most}, &r, n));
    if (*n == 0) {
        TRY(change_last(cx, &last));
        if (last < seq) /* the log was emptied: what it holds came later */
            TRY(q_change_after(cx, &(struct q_change_after_in){.seq = 0, .lim = (int64_t)most}, &r, n));
    }
    *rows = ARENA_ARRAY(cx->arena, struct change, *n);
    for (size_t i = 0; i < *n; i++)
        (*rows)[i] = (struct change){r[i].seq, r[i].kind, r[i].object_id};
    return E_OK;
}

err_t change_last(struct ctx *cx, int64_t *seq)
{
    struct q_change_newest_row row;
    TRY(q_change_newest(cx, &row));
    *seq = row.seq;
    return E_OK;
}

err_t outbox_add(struct ctx *cx, const char *kind, const char *to, const char *subject, const char *body)
{
    struct q_outbox_insert_in m = {.at = cx->now, .kind = kind, .subject = subject};
    TRY(seal(cx, "outbox.recipient", to, &m.recipient));
    TRY(seal(cx, "outbox.body", body, &m.body));
    return q_outbox_insert(cx, &m, NULL);
}

struct outbox_mark {
    int64_t id, tries;
    bool sent;
    const char *why;
};

/* Waits longer after each failure: 1, 2, 4 … minutes, at most 12 hours. */
static err_t outbox_marked(struct ctx *cx, void *arg)
{
    const struct outbox_mark *m = arg;
    if (m->sent)
        return q_outbox_sent(cx, &(struct q_outbox_sent_in){.sent_at = cx->now, .id = m->id}, NULL);
    int64_t wait = 60000LL << (m->tries < 9 ? m->tries : 9);
    if (wait > 43200000)
        wait = 43200000;
    return q_outbox_failed(cx, &(struct q_outbox_failed_in){.due = cx->now + wait, .last_error = m->why, .id = m->id}, NULL);
}

err_t outbox_deliver(struct ctx *cx, deliver_fn deliver, void *arg, size_t most, size_t *sent)
{
    struct q_outbox_waiting_row *rows;
    size_t n;
    *sent = 0;
    TRY(q_outbox_waiting(cx, &(struct q_outbox_waiting_in){.due = cx->now, .lim = (int64_t)most}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const char *to, *body, *why = NULL;
        TRY(unseal(cx, "outbox.recipient", rows[i].recipient, &to));
        TRY(unseal(cx, "outbox.body", rows[i].body, &body));
        struct outbox_mark mark = {.id = rows[i].id, .tries = rows[i].tries};
        mark.sent = deliver(cx, arg, rows[i].kind, to, rows[i].subject, body, &why);
        mark.why = why != NULL ? why : "";
        TRY(store_tx(cx, STORE_WRITE, outbox_marked, &mark));
        *sent += mark.sent;
    }
    return E_OK;
}
