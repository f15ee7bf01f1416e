/* writer DIR N [careless] -- does N acts on the database in DIR, one transaction each, and says "ack K" on stdout after each commit.
 * Watched from outside by powercut.py: what was acknowledged before a cut must be in every disk image rebuilt from before it.
 * The careless one writes past the store and never flushes: the harness must find what it loses. */
#include "city/house.h"
#include "store/store.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static err_t act(struct ctx *cx, void *arg)
{
    TRY(audit_add(cx, "act", "thing", *(const int64_t *)arg, "{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}"));
    return change_add(cx, "thing", *(const int64_t *)arg);
}

static int ack(int64_t k)
{
    char line[32];
    int n = snprintf(line, sizeof line, "ack %lld\n", (long long)k);
    return write(STDOUT_FILENO, line, (size_t)n) == n ? 0 : 1;
}

static err_t open_store(struct ctx *cx, const char *dir, struct store **s)
{
    struct keyring *keys;
    TRY(keyring_open(cx, arena_fmt(cx->arena, "%s/keys", dir), true, &keys));
    TRY(store_start(cx, arena_fmt(cx->arena, "sqlite:%s/yizhan.db", dir), s));
    TRY(store_connect(cx, *s, &cx->db));
    cx->keys = keys;
    return store_migrate(cx);
}

static int careless(const char *path, int64_t n)
{
    sqlite3 *h;
    char sql[256];
    int bad = sqlite3_open(path, &h) || sqlite3_exec(h, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
    for (int64_t k = 1; !bad && k <= n; k++) {
        snprintf(sql, sizeof sql, "INSERT INTO audit VALUES (%lld, 0, 0, 'clock', 'act', 'thing', %lld, '{}', '', '')", (long long)k, (long long)k);
        bad = sqlite3_exec(h, sql, NULL, NULL, NULL) || ack(k);
    }
    return bad;
}

/* The store would do it after many more acts than are watched here. */
static err_t copy_back(struct ctx *cx, const char *path)
{
    sqlite3 *h = NULL;
    int bad = sqlite3_open(path, &h) || sqlite3_exec(h, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(PASSIVE)", NULL, NULL, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return sqlite3_close(h) == SQLITE_OK && !bad ? E_OK : FAIL(cx, E_DB, NULL, "checkpoint");
}

int main(int argc, char **argv)
{
    enum { OFTEN = 50 };
    struct arena a;
    struct ctx cx = {.arena = &a, .now = 1795492800000, .lang = "zh", .actor = {.role = ROLE_CLOCK}};
    struct store *s;
    if (argc < 3)
        return 2;
    int64_t n = strtol(argv[2], NULL, 10);
    arena_init(&a, 0);
    const char *path = arena_fmt(&a, "%s/yizhan.db", argv[1]);
    err_t e = open_store(&cx, argv[1], &s);
    if (e == E_OK && argc > 3)
        return careless(path, n);
    for (int64_t k = 1; e == E_OK && k <= n; k++) {
        cx.now++;
        e = store_tx(&cx, STORE_WRITE, act, &k);
        if (e == E_OK && ack(k) != 0)
            return 1;
        if (e == E_OK && k % OFTEN == 0)
            e = copy_back(&cx, path);
    }
    if (e != E_OK)
        fprintf(stderr, "%s\n", cx.fail.detail);
    return e != E_OK;
}
