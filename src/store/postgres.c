/* postgres.c -- the engine for more nodes: prepared statements, one writer at a time, reconnects by itself. */
#include "store/engine.h"

#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PARAMS 64
enum { OID_INT8 = 20, OID_FLOAT8 = 701, OID_TEXT = 25, OID_BYTEA = 17 };

struct db_pg {
    struct db base;
    PGconn *h;
    bool *prepared; /* by statement id */
};

static struct db_pg *self(struct ctx *cx)
{
    return (struct db_pg *)cx->db;
}

static err_t failed(struct ctx *cx, const PGresult *r, const char *what)
{
    const char *s = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_SQLSTATE);
    err_t e = s == NULL                                    ? E_DB
              : !strcmp(s, "40001") || !strcmp(s, "40P01") || !strcmp(s, "55P03") ? E_BUSY /* serialization, deadlock, lock timeout */
              : !strcmp(s, "23505")                        ? E_CONFLICT
              : !strcmp(s, "53100")                        ? E_FULL
                                                           : E_DB;
    return FAIL(cx, e, NULL, "%s: %s", what, PQerrorMessage(self(cx)->h));
}

static void p_close(struct db *db)
{
    PQfinish(((struct db_pg *)db)->h);
    free(((struct db_pg *)db)->prepared);
    free(db);
}

static err_t done(struct ctx *cx, PGresult *r, const char *what)
{
    ExecStatusType st = PQresultStatus(r);
    err_t e = st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK ? E_OK : failed(cx, r, what);
    PQclear(r);
    return e;
}

static err_t p_script(struct ctx *cx, const char *sql)
{
    return done(cx, PQexec(self(cx)->h, sql), "script");
}

static err_t set_up(struct ctx *cx)
{
    memset(self(cx)->prepared, 0, statement_count * sizeof(bool));
    return p_script(cx, "SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET lock_timeout = '3s'; SET jit = off");
}

/* A lost connection is opened again outside transactions; inside one the act fails and may be repeated. */
static err_t alive(struct ctx *cx)
{
    if (PQstatus(self(cx)->h) == CONNECTION_OK)
        return E_OK;
    if (cx->db->depth > 0)
        return FAIL(cx, E_DB, NULL, "connection lost inside a transaction");
    PQreset(self(cx)->h);
    if (PQstatus(self(cx)->h) != CONNECTION_OK)
        return failed(cx, NULL, "connect");
    return set_up(cx);
}

/* Who writes waits for the others, in every process, as in SQLite: each act ends in the one audit chain anyway, so that optimistic
 * transactions only ran into one another there. With the lock held every statement sees all that was committed before it. */
static err_t p_begin(struct ctx *cx, enum store_mode mode)
{
    TRY(alive(cx));
    if (mode == STORE_READ)
        return p_script(cx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    err_t e = p_script(cx, "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7954)");
    if (e != E_OK) {
        struct fail why = cx->fail;
        (void)!p_script(cx, "ROLLBACK");
        cx->fail = why;
    }
    return e;
}

static err_t p_end(struct ctx *cx, bool commit)
{
    return p_script(cx, commit ? "COMMIT" : "ROLLBACK");
}

static Oid oid(const struct member *f)
{
    static const Oid map[] = {[M_I64] = OID_INT8, [M_F64] = OID_FLOAT8, [M_TEXT] = OID_TEXT, [M_BLOB] = OID_BYTEA};
    return map[f->type];
}

static err_t prepare(struct ctx *cx, const struct statement *st)
{
    if (self(cx)->prepared[st->id])
        return E_OK;
    Oid types[MAX_PARAMS];
    for (int i = 0; i < st->n_in; i++)
        types[i] = oid(&st->in[i]);
    TRY(done(cx, PQprepare(self(cx)->h, st->name, st->sql[STORE_PG], st->n_in, types), st->name));
    self(cx)->prepared[st->id] = true;
    return E_OK;
}

static struct cell cell(const PGresult *r, int row, int col, const struct member *f)
{
    struct cell c = {.null = PQgetisnull(r, row, col) != 0};
    if (c.null)
        return c;
    c.p = PQgetvalue(r, row, col);
    c.len = (size_t)PQgetlength(r, row, col);
    uint64_t be;
    if (f->type == M_I64 || f->type == M_F64) {
        memcpy(&be, c.p, sizeof be);
        be = be64toh(be);
        memcpy(f->type == M_I64 ? (void *)&c.i : (void *)&c.f, &be, sizeof be);
    }
    return c;
}

static err_t check_types(struct ctx *cx, const struct statement *st, const PGresult *r)
{
    if (PQnfields(r) != st->n_out)
        return FAIL(cx, E_BUG, NULL, "%s: %d columns, %d expected", st->name, PQnfields(r), st->n_out);
    for (int i = 0; i < st->n_out; i++) {
        if (PQftype(r, i) != oid(&st->out[i]))
            return FAIL(cx, E_BUG, NULL, "%s: column '%s' has oid %u, expected %u", st->name, PQfname(r, i), PQftype(r, i), oid(&st->out[i]));
        if (strcmp(PQfname(r, i), st->out[i].name) != 0)
            return FAIL(cx, E_BUG, NULL, "%s: column %d is '%s', expected '%s'", st->name, i, PQfname(r, i), st->out[i].name);
    }
    return E_OK;
}

static err_t rows_of(struct ctx *cx, const struct statement *st, const PGresult *r, void **rows, size_t *n)
{
    *n = (size_t)PQntuples(r);
    TRY(check_types(cx, st, r));
    char *buf = *n > 0 ? arena_alloc(cx->arena, *n * st->row_size) : NULL;
    for (size_t row = 0; row < *n; row++) {
        if (arena_over(cx->arena))
            return FAIL(cx, E_LIMIT, NULL, "%s: result over the request budget", st->name);
        for (int i = 0; i < st->n_out; i++) {
            struct cell c = cell(r, (int)row, i, &st->out[i]);
            cell_put(cx, &st->out[i], buf + row * st->row_size, &c);
        }
    }
    *rows = buf;
    return E_OK;
}

struct params {
    const char *val[MAX_PARAMS];
    int len[MAX_PARAMS], fmt[MAX_PARAMS];
    uint64_t num[MAX_PARAMS];
};

static void params_of(const struct statement *st, const void *in, struct params *p)
{
    for (int i = 0; i < st->n_in; i++) {
        struct cell c = cell_take(&st->in[i], in);
        p->val[i] = c.null ? NULL : c.p;
        p->len[i] = (int)c.len;
        p->fmt[i] = 1;
        if (!c.null && (st->in[i].type == M_I64 || st->in[i].type == M_F64)) {
            memcpy(&p->num[i], st->in[i].type == M_I64 ? (const void *)&c.i : (const void *)&c.f, sizeof p->num[i]);
            p->num[i] = htobe64(p->num[i]);
            p->val[i] = (const char *)&p->num[i];
            p->len[i] = sizeof p->num[i];
        }
    }
}

static err_t p_run(struct ctx *cx, const struct statement *st, const void *in, void **rows, size_t *n)
{
    struct params p;
    TRY(alive(cx));
    TRY(prepare(cx, st));
    params_of(st, in, &p);
    PGresult *r = PQexecPrepared(self(cx)->h, st->name, st->n_in, p.val, p.len, p.fmt, 1);
    ExecStatusType status = PQresultStatus(r);
    err_t e;
    if (status == PGRES_COMMAND_OK) {
        *n = (size_t)strtoull(PQcmdTuples(r), NULL, 10);
        e = E_OK;
    } else if (status == PGRES_TUPLES_OK) {
        e = rows_of(cx, st, r, rows, n);
    } else {
        e = failed(cx, r, st->name);
    }
    PQclear(r);
    return e;
}

static err_t p_describe(struct ctx *cx, const struct statement *st)
{
    TRY(prepare(cx, st));
    PGresult *r = PQdescribePrepared(self(cx)->h, st->name);
    err_t e = PQresultStatus(r) != PGRES_COMMAND_OK ? failed(cx, r, st->name)
              : PQnparams(r) != st->n_in ? FAIL(cx, E_BUG, NULL, "%s: %d parameters, %d expected", st->name, PQnparams(r), st->n_in)
                                                    : check_types(cx, st, r);
    PQclear(r);
    return e;
}

static const struct engine postgres_engine = {
    .dialect = STORE_PG,
    .close = p_close,
    .script = p_script,
    .begin = p_begin,
    .end = p_end,
    .run = p_run,
    .describe = p_describe,
};

err_t postgres_connect(struct ctx *cx, struct store *s, struct db **out)
{
    struct db_pg *p = calloc(1, sizeof *p);
    if (p == NULL || (p->prepared = calloc(statement_count + 1, sizeof(bool))) == NULL)
        abort();
    p->base.engine = &postgres_engine;
    struct db *before = cx->db;
    cx->db = &p->base;
    p->h = PQconnectdb(s->url);
    err_t e = PQstatus(p->h) == CONNECTION_OK ? set_up(cx) : failed(cx, NULL, "connect");
    cx->db = before;
    if (e != E_OK) {
        p_close(&p->base);
        return e;
    }
    *out = &p->base;
    return E_OK;
}
