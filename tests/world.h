/* world.h -- a house for one test: fresh database, keys, fixed clock; the same test on both engines. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H
#include "city/house.h"
#include "store/store.h"
#include "tests/tap.h"

#define WORLD_NOON 1795492800000LL /* 2026-11-24 12:00 in Tianjin (04:00 UTC) */

struct world {
    struct arena arena;
    struct ctx cx;
    struct house house;
    char dir[64];
    const char *url; /* of this test's own database */
};

/* Calls fn with a fresh, migrated database: SQLite always, PostgreSQL when YIZHAN_TEST_PG names a server (else it says so). */
int world_each(void (*fn)(struct world *w));
/* Puts somebody behind the counter: role and what they act for. */
void world_actor(struct world *w, unsigned role, int64_t account_id);
/* Does the call succeed? Prints the cause when it does not. */
bool world_ok(struct world *w, err_t e, const char *name);
#endif
