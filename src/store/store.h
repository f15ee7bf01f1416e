/* store.h -- the database: typed statements, transactions, the audit chain, the change log, messages, once-only acts.
 *
 * Statements live in the offices' .sql files; tools/sqlgen makes q_<name>() of
 * each.  Two engines, one behaviour: SQLite (one writer, many readers) and
 * PostgreSQL.  A `struct db` belongs to one thread.  Rows and texts are
 * allocated in cx->arena.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "base/ctx.h"
#include "base/member.h"

#include <stdio.h>

enum store_dialect { STORE_SQLITE, STORE_PG, STORE__DIALECTS };
enum store_card { STORE_EXEC, STORE_ONE, STORE_MANY };
enum store_mode { STORE_READ, STORE_WRITE };

struct statement { /* made by tools/sqlgen */
    const char *name;
    const char *sql[STORE__DIALECTS];
    const struct member *in, *out;
    unsigned short n_in, n_out, id;
    unsigned char card;
    size_t row_size;
};
struct migration {
    const char *name;
    const char *sql[STORE__DIALECTS];
};

/* ---- connections ---- */
/* One `struct store` a process; one `struct db` a thread. SQLite: the store owns the only connection that writes and
 * checkpoints (Debian's 3.40 can corrupt a WAL that two connections write at once); a lock file extends this to other processes. */
struct store;
/* url: "sqlite:PATH", "postgresql://…" or "host=…" (libpq keywords). E_DB with the cause in cx->fail; E_INVALID for another kind of address. */
err_t store_start(struct ctx *cx, const char *url, struct store **out) MUST_USE;
void store_stop(struct store *s); /* after every connection is closed */
err_t store_connect(struct ctx *cx, struct store *s, struct db **out) MUST_USE;
void store_close(struct db *db);
enum store_dialect store_dialect(const struct db *db);
err_t store_migrate(struct ctx *cx) MUST_USE; /* each migration in its own transaction, once */
err_t store_check(struct ctx *cx) MUST_USE;   /* prepares every statement, compares columns */
err_t store_backup(struct ctx *cx, const char *to_path) MUST_USE; /* SQLite: a consistent copy while others write */
err_t store_integrity(struct ctx *cx) MUST_USE; /* SQLite: every page and key is sound; E_DB with the finding */
/* Tests: the n-th statement from now fails with E_DB; 0 = never. */
void store_fail_at(struct db *db, int n);

/* ---- transactions ---- */
/* Runs fn inside a transaction and retries it on E_BUSY, so fn must be repeatable: no effect but the database.
 * An inner call joins the outer transaction. In STORE_WRITE, when cx->once_key is set the act is done once: the key
 * commits with it, and a repeated key answers E_REPEAT with cx->result as it was. */
err_t store_tx(struct ctx *cx, enum store_mode mode, err_t (*fn)(struct ctx *, void *), void *arg) MUST_USE;
err_t store_run(struct ctx *cx, const struct statement *st, const void *in, void *rows_out, size_t *n) MUST_USE;
/* The first row of a list; E_NOTFOUND when it is empty. */
/* Copies what a row or the input of a statement points to into `a`. */
void store_keep(struct arena *a, const struct member *members, void *row);
err_t store_first(struct ctx *cx, const struct statement *st, const void *in, void *row) MUST_USE;

/* ---- inside a write transaction ---- */
/* Appends to the audit chain: who (cx->actor), when, what (`action`), on what (`kind`, `id`), `detail` (JSON object text
 * without personal data, or NULL). Its hashes cover the entry, its number and the hash before it. */
err_t audit_add(struct ctx *cx, const char *action, const char *kind, int64_t id, const char *detail) MUST_USE;
/* Tells every node's followers (match index, caches) that a thing changed. */
err_t change_add(struct ctx *cx, const char *kind, int64_t id) MUST_USE;
/* Queues a message: `kind` "mail" or "sms"; body is text. Delivered at least once after commit. */
err_t outbox_add(struct ctx *cx, const char *kind, const char *to, const char *subject, const char *body) MUST_USE;

/* Sends what waits through `deliver` (true = taken; else *why in one line); each message is marked in its own transaction. */
typedef bool (*deliver_fn)(struct ctx *cx, void *arg, const char *kind, const char *to, const char *subject, const char *body, const char **why);
err_t outbox_deliver(struct ctx *cx, deliver_fn deliver, void *arg, size_t most, size_t *sent) MUST_USE;

/* ---- background work ---- */
/* Runs `fn` when the task `name` is due and nobody else has it (lease of 5 minutes), then makes it due again `every` ms later.
 * E_OK when it ran or was not due; the task's own failure is kept with it and returned. */
err_t task_run(struct ctx *cx, const char *name, int64_t every, err_t (*fn)(struct ctx *)) MUST_USE;

/* ---- settings of this database ---- */
err_t setting_get(struct ctx *cx, const char *name, const char **value) MUST_USE; /* NULL when it is not set */
err_t setting_set(struct ctx *cx, const char *name, const char *value) MUST_USE;

/* ---- followers ---- */
struct change {
    int64_t seq;
    const char *kind;
    int64_t object_id;
};
/* A log that was emptied by its keeper begins anew: then the rows are its first ones, whatever `seq` is. */
err_t change_since(struct ctx *cx, int64_t seq, size_t most, struct change **rows, size_t *n) MUST_USE;
err_t change_last(struct ctx *cx, int64_t *seq) MUST_USE;
/* Names the state of this database in one line, for what is derived from it and kept outside. */
#define STORE_STATE_MAX 192
err_t store_state(struct ctx *cx, const char **state) MUST_USE;
/* Does the database hold all that it held in that state, and every change after `seq`? *why: NULL, or why not: another
 * database, an older one put back, one that went another way since, or a change log that was emptied. */
err_t store_follows(struct ctx *cx, const char *state, int64_t seq, const char **why) MUST_USE;

/* ---- the chain, from outside ---- */
struct audit_report {
    int64_t entries, first_bad; /* first_bad: number of the first entry that does not fit, 0 = sound */
    const char *why;            /* what does not fit, or NULL */
    const char *head;           /* hex of the last hash */
};
err_t audit_verify(struct ctx *cx, struct audit_report *out) MUST_USE;
/* An exported chain, checked without our keys and without a database. */
err_t audit_verify_export(struct ctx *cx, FILE *f, struct audit_report *out) MUST_USE;
/* One JSON object a line: all that is needed to verify the chain again elsewhere. */
err_t audit_export(struct ctx *cx, int (*line)(void *arg, const char *text, size_t n), void *arg) MUST_USE;
/* The newest head, signed, for a place outside the database ("seq hash time signature"). */
err_t audit_head(struct ctx *cx, const char **line) MUST_USE;
/* Holds such a line against the chain: *why is NULL when it fits, else a message id. This is what finds a cut tail. */
err_t audit_check_head(struct ctx *cx, const char *line, const char **why) MUST_USE;

/* ---- personal data ---- */
/* Encrypts (SM4-CTR, then HMAC-SM3 over suite, key number, purpose, IV and text; `purpose` is "table.column") into the arena. */
err_t seal(struct ctx *cx, const char *purpose, const char *text, struct blob *out) MUST_USE;
/* E_BUG when the text does not belong to this purpose or was changed. NULL text for an empty blob. */
err_t unseal(struct ctx *cx, const char *purpose, struct blob sealed, const char **out) MUST_USE;
/* Keyed hash for equality search; 64 hex digits. The text is taken as given: normalise first. */
const char *blind_index(struct ctx *cx, const char *purpose, const char *text);

/* ---- keys ---- */
struct keyring; /* the file `keys` beside the database: one line a key, newest last; mode 0600 */
/* Makes the file when `create` and it is absent. E_INVALID when it is unreadable, too open or damaged. */
err_t keyring_open(struct ctx *cx, const char *path, bool create, struct keyring **out) MUST_USE;
void keyring_close(struct keyring *k); /* wipes it */
/* A 32-byte key for one use ("csrf", "audit", …), derived; stable across restarts. */
const char *keyring_marks(struct ctx *cx, const struct keyring *k); /* "1f2e…,a0b1…": tells keys apart, a mark a key; no secret */
void keyring_derive(const struct keyring *k, const char *use, unsigned char out[32]);
#endif
