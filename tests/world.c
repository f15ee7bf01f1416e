#include "tests/world.h"
#include "match/match.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

static void fresh_pg(const char *server, char *url, size_t n)
{
    char name[64], sql[128];
    snprintf(name, sizeof name, "t%d_%lx", (int)getpid(), (unsigned long)random());
    PGconn *c = PQconnectdb(server);
    snprintf(sql, sizeof sql, "CREATE DATABASE %s", name);
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        printf("# %s", PQerrorMessage(c));
    PQclear(r);
    PQfinish(c);
    snprintf(url, n, "%s dbname=%s", server, name);
}

static void one(const char *url, void (*fn)(struct world *w))
{
    struct world w = {.url = url};
    arena_init(&w.arena, 0);
    snprintf(w.dir, sizeof w.dir, "/tmp/yizhan-test-XXXXXX");
    if (mkdtemp(w.dir) == NULL)
        abort();
    w.cx = (struct ctx){.arena = &w.arena, .house = &w.house, .now = WORLD_NOON, .lang = "zh", .request_id = "test"};
    w.cx.actor.role = ROLE_CLOCK;
    w.house.data_dir = w.dir;
    if (url == NULL)
        w.url = arena_fmt(&w.arena, "sqlite:%s/test.db", w.dir);
    printf("# on %.10s\n", w.url);
    bool up = world_ok(&w, keyring_open(&w.cx, arena_fmt(&w.arena, "%s/keys", w.dir), true, &w.house.keys), "keys");
    w.cx.keys = w.house.keys;
    up = up && world_ok(&w, store_start(&w.cx, w.url, &w.house.store), "the store starts") &&
         world_ok(&w, store_connect(&w.cx, w.house.store, &w.cx.db), "and connects") && world_ok(&w, store_migrate(&w.cx), "migrations apply");
    if (up)
        fn(&w);
    match_close(w.house.match);
    store_close(w.cx.db);
    store_stop(w.house.store);
    keyring_close(w.house.keys);
    arena_free(&w.arena);
}

int world_each(void (*fn)(struct world *w))
{
    const char *server = getenv("YIZHAN_TEST_PG");
    setvbuf(stdout, NULL, _IOLBF, 0);
    srandom((unsigned)getpid());
    one(NULL, fn);
    if (server != NULL) {
        char url[512];
        fresh_pg(server, url, sizeof url);
        one(url, fn);
    } else {
        printf("# skipped: PostgreSQL (YIZHAN_TEST_PG is not set)\n");
    }
    return done();
}

void world_actor(struct world *w, unsigned role, int64_t account_id)
{
    w->cx.actor = (struct actor){.role = role, .account_id = account_id, .name = "test"};
}

bool world_ok(struct world *w, err_t e, const char *name)
{
    if (!ok(e == E_OK, name))
        printf("#   %s: %s (%s:%d)\n", err_wire(e), w->cx.fail.detail ? w->cx.fail.detail : "", w->cx.fail.file ? w->cx.fail.file : "",
               w->cx.fail.line);
    return e == E_OK;
}
