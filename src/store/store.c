#include "store/store.h"

#include "store/engine.h"

#include "core.sql.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TX_TRIES 12

void cell_put(struct ctx *cx, const struct member *m, void *row, const struct cell *c)
{
    void *at = (char *)row + m->off;
    switch ((enum member_type)m->type) {
    case M_I64:
        if (!m->nullable)
            *(int64_t *)at = c->i;
        else if (!c->null)
            *(*(int64_t **)at = ARENA_NEW(cx->arena, int64_t)) = c->i;
        break;
    case M_F64:
        if (!m->nullable)
            *(double *)at = c->f;
        else if (!c->null)
            *(*(double **)at = ARENA_NEW(cx->arena, double)) = c->f;
        break;
    case M_TEXT:
        *(const char **)at = c->null ? NULL : arena_strndup(cx->arena, c->p, c->len);
        break;
    case M_BLOB:
        *(struct blob *)at = c->null ? (struct blob){0} : (struct blob){arena_strndup(cx->arena, c->p, c->len), c->len};
        break;
    }
}

struct cell cell_take(const struct member *m, const void *in)
{
    const void *at = (const char *)in + m->off;
    struct cell c = {0};
    switch ((enum member_type)m->type) {
    case M_I64: {
        const int64_t *p = m->nullable ? *(const int64_t *const *)at : at;
        c.null = p == NULL;
        c.i = p == NULL ? 0 : *p;
        break;
    }
    case M_F64: {
        const double *p = m->nullable ? *(const double *const *)at : at;
        c.null = p == NULL;
        c.f = p == NULL ? 0 : *p;
        break;
    }
    case M_TEXT:
        c.p = *(const char *const *)at;
        c.null = c.p == NULL;
        c.len = c.null ? 0 : strlen(c.p);
        break;
    case M_BLOB:
        c.p = ((const struct blob *)at)->ptr;
        c.len = ((const struct blob *)at)->len;
        c.null = c.p == NULL;
        break;
    }
    return c;
}

void store_keep(struct arena *a, const struct member *members, void *row)
{
    struct ctx cx = {.arena = a};
    for (const struct member *m = members; m->name != NULL; m++) {
        struct cell c = cell_take(m, row);
        if (m->type != M_I64 && m->type != M_F64 ? !c.null : m->nullable)
            cell_put(&cx, m, row, &c);
    }
}

err_t store_start(struct ctx *cx, const char *url, struct store **out)
{
    bool lite = strncmp(url, "sqlite:", 7) == 0;
    if (!lite && strncmp(url, "postgresql:", 11) != 0 && strncmp(url, "host=", 5) != 0)
        return FAIL(cx, E_INVALID, "database", "'%s' is neither sqlite:PATH nor postgresql://…", url);
    struct store *s = calloc(1, sizeof *s);
    if (s == NULL || (s->url = strdup(url)) == NULL)
        abort();
    err_t e = E_OK;
    if (lite) {
        s->path = s->url + 7;
        e = sqlite_start(cx, s);
    }
    if (e != E_OK) {
        store_stop(s);
        return e;
    }
    *out = s;
    return E_OK;
}

void store_stop(struct store *s)
{
    if (s == NULL)
        return;
    sqlite_stop(s);
    free(s->url);
    free(s);
}

err_t store_connect(struct ctx *cx, struct store *s, struct db **out)
{
    return s->path != NULL ? sqlite_connect(cx, s, out) : postgres_connect(cx, s, out);
}

void store_close(struct db *db)
{
    if (db != NULL)
        db->engine->close(db);
}

enum store_dialect store_dialect(const struct db *db) { return db->engine->dialect; }
void store_fail_at(struct db *db, int n) { db->fail_at = n; }

/* ---- transactions ---- */

static err_t begin_once(struct ctx *cx, bool *repeated)
{
    struct q_once_get_row *seen;
    size_t n;
    *repeated = false;
    if (cx->once_key == NULL)
        return E_OK;
    TRY(q_once_get(cx, &(struct q_once_get_in){.once_key = cx->once_key, .account_id = cx->actor.account_id}, &seen, &n));
    if (n == 0)
        return E_OK;
    *repeated = true;
    cx->result = seen[0].result;
    return FAIL(cx, E_REPEAT, NULL, "key %s was used", cx->once_key);
}

static err_t end_once(struct ctx *cx)
{
    if (cx->once_key == NULL)
        return E_OK;
    struct q_once_add_in key = {.once_key = cx->once_key, .account_id = cx->actor.account_id, .at = cx->now, .result = cx->result};
    err_t e = q_once_add(cx, &key, NULL);
    return e == E_CONFLICT ? E_BUSY : e; /* the twin is committing: look again */
}

static err_t attempt(struct ctx *cx, enum store_mode mode, err_t (*fn)(struct ctx *, void *), void *arg)
{
    TRY(cx->db->engine->begin(cx, mode));
    cx->db->depth = 1;
    cx->db->writing = mode == STORE_WRITE;
    cx->db->chain = 0;
    bool repeated = false;
    err_t e = mode == STORE_WRITE ? begin_once(cx, &repeated) : E_OK;
    if (e == E_OK)
        e = fn(cx, arg);
    if (e == E_OK && mode == STORE_WRITE)
        e = end_once(cx);
    struct fail why = cx->fail;
    err_t end = cx->db->engine->end(cx, e == E_OK);
    cx->db->depth = 0;
    cx->db->writing = false;
    if (e == E_OK)
        return end;
    cx->fail = why;
    return e;
}

static void pause_before_retry(int tries)
{
    struct timespec t = {0, 1000000L * (1L << (tries < 6 ? tries : 6))};
    nanosleep(&t, NULL);
}

err_t store_tx(struct ctx *cx, enum store_mode mode, err_t (*fn)(struct ctx *, void *), void *arg)
{
    if (cx->db->depth > 0) {
        if (mode == STORE_WRITE && !cx->db->writing)
            return FAIL(cx, E_BUG, NULL, "a write inside a read transaction");
        return fn(cx, arg);
    }
    err_t e = E_BUSY;
    for (int i = 0; i < TX_TRIES && e == E_BUSY; i++) {
        if (i > 0)
            pause_before_retry(i);
        e = attempt(cx, mode, fn, arg);
    }
    if (e == E_OK && mode == STORE_WRITE)
        cx->once_key = NULL;
    return e;
}

err_t store_run(struct ctx *cx, const struct statement *st, const void *in, void *rows_out, size_t *n)
{
    void *rows = NULL;
    size_t count = 0;
    if (cx->db->fail_at > 0 && --cx->db->fail_at == 0)
        return FAIL(cx, E_DB, NULL, "%s: injected failure", st->name);
    TRY(cx->db->engine->run(cx, st, in, &rows, &count));
    switch ((enum store_card)st->card) {
    case STORE_ONE:
        if (count == 0)
            return FAIL(cx, E_NOTFOUND, NULL, "%s: no row", st->name);
        memcpy(rows_out, rows, st->row_size);
        break;
    case STORE_MANY:
        *(void **)rows_out = rows;
        *n = count;
        break;
    case STORE_EXEC:
        if (n != NULL)
            *n = count;
        break;
    }
    return E_OK;
}

err_t store_first(struct ctx *cx, const struct statement *st, const void *in, void *row)
{
    void *rows;
    size_t n;
    TRY(store_run(cx, st, in, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "%s: no row", st->name);
    memcpy(row, rows, st->row_size);
    return E_OK;
}

/* ---- schema ---- */

static err_t migrate_step(struct ctx *cx, void *arg)
{
    const struct migration *m = *(const struct migration **)arg;
    struct q_migration_seen_row seen;
    TRY(q_migration_seen(cx, &(struct q_migration_seen_in){.name = m->name}, &seen));
    if (seen.n > 0)
        return E_OK;
    TRY(cx->db->engine->script(cx, m->sql[cx->db->engine->dialect]));
    return q_migration_add(cx, &(struct q_migration_add_in){.name = m->name, .applied_at = cx->now}, NULL);
}

static err_t migration_table(struct ctx *cx, void *arg)
{
    (void)arg;
    return cx->db->engine->script(cx, "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at BIGINT NOT NULL)");
}

err_t store_migrate(struct ctx *cx)
{
    TRY(store_tx(cx, STORE_WRITE, migration_table, NULL));
    for (size_t i = 0; i < migration_count; i++) {
        const struct migration *m = &migrations[i];
        TRY(store_tx(cx, STORE_WRITE, migrate_step, &m));
    }
    return E_OK;
}

err_t store_check(struct ctx *cx)
{
    for (size_t i = 0; i < statement_count; i++)
        TRY(cx->db->engine->describe(cx, &statements[i]));
    return E_OK;
}

err_t store_backup(struct ctx *cx, const char *to_path)
{
    if (cx->db->engine->dialect != STORE_SQLITE)
        return FAIL(cx, E_INVALID, "database", "PostgreSQL has its own tools: pg_basebackup, pgBackRest");
    return sqlite_backup(cx, to_path);
}

err_t store_integrity(struct ctx *cx)
{
    return cx->db->engine->dialect == STORE_SQLITE ? sqlite_integrity(cx) : E_OK;
}
