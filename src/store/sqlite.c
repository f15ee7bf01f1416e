/* sqlite.c -- the embedded engine: readers are many, one connection writes and checkpoints. */
#include "store/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define LOCK_TRIES 2000 /* of 5 ms */

struct conn { /* a connection and its prepared statements */
    sqlite3 *h;
    sqlite3_stmt **cache;
};
struct writer {
    struct conn c;
    pthread_mutex_t lock;
    int lock_file;
};
struct db_sqlite {
    struct db base;
    struct conn reader;
    struct writer *writer;
    const char *path;
};

static struct db_sqlite *self(struct ctx *cx)
{
    return (struct db_sqlite *)cx->db;
}

static struct conn *conn(struct ctx *cx)
{
    return cx->db->writing || self(cx)->reader.h == NULL ? &self(cx)->writer->c : &self(cx)->reader;
}

static err_t failed(struct ctx *cx, sqlite3 *h, int rc, const char *what)
{
    int x = h == NULL ? rc : sqlite3_extended_errcode(h);
    err_t e = rc == SQLITE_BUSY || rc == SQLITE_LOCKED                                                              ? E_BUSY
              : x == SQLITE_CONSTRAINT_UNIQUE || x == SQLITE_CONSTRAINT_PRIMARYKEY || x == SQLITE_CONSTRAINT_ROWID ? E_CONFLICT
              : rc == SQLITE_FULL || x == SQLITE_IOERR_WRITE || x == SQLITE_IOERR_FSYNC                             ? E_FULL
                                                                                                                    : E_DB;
    return FAIL(cx, e, NULL, "%s: %s", what, h == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(h));
}

static err_t exec(struct ctx *cx, sqlite3 *h, const char *sql)
{
    int rc = sqlite3_exec(h, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? E_OK : failed(cx, h, rc, sql[0] == 'C' && sql[1] == 'O' ? "commit" : "script");
}

static void conn_close(struct conn *c)
{
    for (size_t i = 0; c->cache != NULL && i < statement_count; i++)
        sqlite3_finalize(c->cache[i]);
    free(c->cache);
    sqlite3_close(c->h);
    *c = (struct conn){0};
}

static err_t conn_open(struct ctx *cx, const char *path, const char *pragmas, struct conn *c)
{
    c->cache = calloc(statement_count + 1, sizeof *c->cache);
    if (c->cache == NULL)
        abort();
    int rc = sqlite3_open_v2(path, &c->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK)
        return failed(cx, c->h, rc, "open");
    sqlite3_busy_timeout(c->h, 5000);
    return exec(cx, c->h, pragmas);
}

/* ---- the writer ---- */

err_t sqlite_start(struct ctx *cx, struct store *s)
{
    struct writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        abort();
    s->writer = w;
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks, and each allocation would take a lock */
    pthread_mutex_init(&w->lock, NULL);
    w->lock_file = open(arena_fmt(cx->arena, "%s-lock", s->path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (w->lock_file < 0)
        return FAIL(cx, E_DB, NULL, "%s-lock: %s", s->path, strerror(errno));
    return conn_open(cx, s->path,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                     "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
                     "PRAGMA wal_autocheckpoint=8192", /* 32 MB: pages of indices that many commits change are copied back once */
                     &w->c);
}

void sqlite_stop(struct store *s)
{
    struct writer *w = s->writer;
    if (w == NULL)
        return;
    conn_close(&w->c);
    if (w->lock_file >= 0)
        close(w->lock_file);
    pthread_mutex_destroy(&w->lock);
    free(w);
    s->writer = NULL;
}

/* Other processes (an import beside a running server) wait here, so that two never write or checkpoint at once. */
static err_t lock(struct ctx *cx)
{
    struct writer *w = self(cx)->writer;
    pthread_mutex_lock(&w->lock);
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (flock(w->lock_file, LOCK_EX | LOCK_NB) == 0)
            return E_OK;
        nanosleep(&(struct timespec){0, 5000000L}, NULL);
    }
    pthread_mutex_unlock(&w->lock);
    return FAIL(cx, E_BUSY, NULL, "another process keeps the database");
}

static void unlock(struct ctx *cx)
{
    flock(self(cx)->writer->lock_file, LOCK_UN);
    pthread_mutex_unlock(&self(cx)->writer->lock);
}

static err_t s_begin(struct ctx *cx, enum store_mode mode)
{
    if (mode == STORE_READ)
        return exec(cx, conn(cx)->h, "BEGIN");
    TRY(lock(cx));
    err_t e = exec(cx, self(cx)->writer->c.h, "BEGIN IMMEDIATE");
    if (e != E_OK)
        unlock(cx);
    return e;
}

static err_t s_end(struct ctx *cx, bool commit)
{
    sqlite3 *h = conn(cx)->h;
    err_t e = exec(cx, h, commit ? "COMMIT" : "ROLLBACK");
    if (e != E_OK && !sqlite3_get_autocommit(h)) {
        struct fail why = cx->fail;
        (void)!exec(cx, h, "ROLLBACK");
        cx->fail = why;
    }
    if (cx->db->writing)
        unlock(cx);
    return commit ? e : E_OK;
}

static err_t s_script(struct ctx *cx, const char *sql)
{
    return exec(cx, conn(cx)->h, sql);
}

/* ---- statements ---- */

static err_t prepare(struct ctx *cx, struct conn *c, const struct statement *st, sqlite3_stmt **out)
{
    sqlite3_stmt **slot = &c->cache[st->id];
    if (*slot == NULL) {
        int rc = sqlite3_prepare_v3(c->h, st->sql[STORE_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
        if (rc != SQLITE_OK)
            return failed(cx, c->h, rc, st->name);
    }
    *out = *slot;
    return E_OK;
}

static void bind(sqlite3_stmt *h, int i, const struct member *m, const struct cell *c)
{
    if (c->null)
        sqlite3_bind_null(h, i);
    else if (m->type == M_I64)
        sqlite3_bind_int64(h, i, c->i);
    else if (m->type == M_F64)
        sqlite3_bind_double(h, i, c->f);
    else if (m->type == M_TEXT)
        sqlite3_bind_text(h, i, c->p, (int)c->len, SQLITE_STATIC);
    else
        sqlite3_bind_blob(h, i, c->p, (int)c->len, SQLITE_STATIC);
}

static struct cell take(sqlite3_stmt *h, int i, const struct member *m)
{
    struct cell c = {.null = sqlite3_column_type(h, i) == SQLITE_NULL};
    if (c.null)
        return c;
    if (m->type == M_I64)
        c.i = sqlite3_column_int64(h, i);
    else if (m->type == M_F64)
        c.f = sqlite3_column_double(h, i);
    else {
        c.p = m->type == M_TEXT ? (const void *)sqlite3_column_text(h, i) : sqlite3_column_blob(h, i);
        c.len = (size_t)sqlite3_column_bytes(h, i);
        if (c.p == NULL) /* an empty blob has no address */
            c.p = "";
    }
    return c;
}

static err_t fetch(struct ctx *cx, const struct statement *st, sqlite3_stmt *h, sqlite3 *db, void **rows, size_t *n)
{
    size_t cap = 0, len = 0;
    char *buf = NULL;
    int rc;
    while ((rc = sqlite3_step(h)) == SQLITE_ROW) {
        if (st->n_out == 0)
            continue;
        if (arena_over(cx->arena))
            return FAIL(cx, E_LIMIT, NULL, "%s: result over the request budget", st->name);
        if (len == cap) {
            size_t want = cap == 0 ? 4 : cap * 2;
            buf = arena_grow(cx->arena, buf, cap * st->row_size, want * st->row_size);
            cap = want;
        }
        for (int i = 0; i < st->n_out; i++) {
            struct cell c = take(h, i, &st->out[i]);
            cell_put(cx, &st->out[i], buf + len * st->row_size, &c);
        }
        len++;
    }
    if (rc != SQLITE_DONE)
        return failed(cx, db, rc, st->name);
    *rows = buf;
    *n = st->n_out > 0 ? len : (size_t)sqlite3_changes64(db);
    return E_OK;
}

static err_t s_run(struct ctx *cx, const struct statement *st, const void *in, void **rows, size_t *n)
{
    sqlite3_stmt *h;
    struct conn *c = conn(cx);
    TRY(prepare(cx, c, st, &h));
    if (!cx->db->writing && !sqlite3_stmt_readonly(h))
        return FAIL(cx, E_BUG, NULL, "%s writes outside a write transaction", st->name);
    for (int i = 0; i < st->n_in; i++) {
        struct cell x = cell_take(&st->in[i], in);
        bind(h, i + 1, &st->in[i], &x);
    }
    err_t e = fetch(cx, st, h, c->h, rows, n);
    sqlite3_reset(h);
    sqlite3_clear_bindings(h);
    return e;
}

static err_t s_describe(struct ctx *cx, const struct statement *st)
{
    sqlite3_stmt *h;
    TRY(prepare(cx, conn(cx), st, &h));
    if (sqlite3_bind_parameter_count(h) != st->n_in)
        return FAIL(cx, E_BUG, NULL, "%s: %d parameters, %d expected", st->name, sqlite3_bind_parameter_count(h), st->n_in);
    if (sqlite3_column_count(h) != st->n_out)
        return FAIL(cx, E_BUG, NULL, "%s: %d columns, %d expected", st->name, sqlite3_column_count(h), st->n_out);
    for (int i = 0; i < st->n_out; i++)
        if (strcmp(sqlite3_column_name(h, i), st->out[i].name) != 0)
            return FAIL(cx, E_BUG, NULL, "%s: column %d is '%s', expected '%s'", st->name, i, sqlite3_column_name(h, i), st->out[i].name);
    return E_OK;
}

static void s_close(struct db *db)
{
    conn_close(&((struct db_sqlite *)db)->reader);
    free(db);
}

static const struct engine sqlite_engine = {
    .dialect = STORE_SQLITE,
    .close = s_close,
    .script = s_script,
    .begin = s_begin,
    .end = s_end,
    .run = s_run,
    .describe = s_describe,
};

err_t sqlite_connect(struct ctx *cx, struct store *s, struct db **out)
{
    struct db_sqlite *d = calloc(1, sizeof *d);
    if (d == NULL)
        abort();
    d->base.engine = &sqlite_engine;
    d->writer = s->writer;
    d->path = s->path;
    err_t e = conn_open(cx, s->path, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16384",
                        &d->reader);
    if (e == E_OK && sqlite3_db_config(d->reader.h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL) != SQLITE_OK)
        e = FAIL(cx, E_DB, NULL, "a reader must not checkpoint");
    if (e != E_OK) {
        s_close(&d->base);
        return e;
    }
    *out = &d->base;
    return E_OK;
}

/* Copies through the reader in one step: a consistent state, and WAL lets writers go on meanwhile. */
err_t sqlite_backup(struct ctx *cx, const char *to_path)
{
    sqlite3 *to;
    int rc = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", self(cx)->reader.h, "main") : NULL;
    while (b != NULL && ((rc = sqlite3_backup_step(b, -1)) == SQLITE_BUSY || rc == SQLITE_LOCKED))
        nanosleep(&(struct timespec){0, 10000000L}, NULL);
    if (b != NULL)
        rc = sqlite3_backup_finish(b);
    err_t e = rc == SQLITE_OK ? E_OK : failed(cx, to, rc, "backup");
    sqlite3_close(to);
    return e;
}

err_t sqlite_integrity(struct ctx *cx)
{
    sqlite3_stmt *st;
    sqlite3 *h = self(cx)->reader.h;
    int rc = sqlite3_prepare_v2(h, "PRAGMA integrity_check(1)", -1, &st, NULL);
    if (rc != SQLITE_OK)
        return failed(cx, h, rc, "integrity");
    const char *found = sqlite3_step(st) == SQLITE_ROW ? (const char *)sqlite3_column_text(st, 0) : "unreadable";
    err_t e = found != NULL && strcmp(found, "ok") == 0 ? E_OK : FAIL(cx, E_DB, NULL, "integrity: %s", found != NULL ? found : "unreadable");
    sqlite3_finalize(st);
    return e;
}
