/* engine.h -- private to src/store: what a database engine provides. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H
#include "store/statements.h"

#include "base/hash.h"

struct engine {
    enum store_dialect dialect;
    void (*close)(struct db *);
    err_t (*script)(struct ctx *, const char *sql); /* several statements, no parameters */
    err_t (*begin)(struct ctx *, enum store_mode);
    err_t (*end)(struct ctx *, bool commit);
    err_t (*run)(struct ctx *, const struct statement *, const void *in, void **rows, size_t *n);
    err_t (*describe)(struct ctx *, const struct statement *); /* prepare and compare columns */
};
struct db {
    const struct engine *engine;
    int depth;   /* > 0: inside a transaction */
    bool writing;
    int fail_at; /* tests */
    int64_t chain; /* number of the audit chain's last entry, as far as this write transaction knows; 0 = not looked yet */
    char chain_hash[2 * HASH_LEN + 1];
};
struct store {
    char *url;
    const char *path; /* SQLite: inside url */
    void *writer;     /* SQLite: the one that writes */
};
err_t sqlite_start(struct ctx *cx, struct store *s) MUST_USE;
void sqlite_stop(struct store *s);
err_t sqlite_connect(struct ctx *cx, struct store *s, struct db **out) MUST_USE;
err_t sqlite_backup(struct ctx *cx, const char *to_path) MUST_USE;
err_t sqlite_integrity(struct ctx *cx) MUST_USE;
err_t postgres_connect(struct ctx *cx, struct store *s, struct db **out) MUST_USE;

/* Shared decoding: engines hand over one cell at a time. */
struct cell {
    bool null;
    int64_t i;
    double f;
    const void *p;
    size_t len;
};
void cell_put(struct ctx *cx, const struct member *m, void *row, const struct cell *c);
struct cell cell_take(const struct member *m, const void *in);
#endif
