/* writer DIR N -- does N acts on the database in DIR, one transaction each, and says "ack K" on stdout after each commit.
 * Watched from outside by powercut.py: what was acknowledged before a cut must be in every disk image rebuilt from before it. */
#include "city/house.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static err_t act(struct ctx *cx, void *arg)
{
    TRY(audit_add(cx, "act", "thing", *(const int64_t *)arg, "{\"text\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}"));
    return change_add(cx, "thing", *(const int64_t *)arg);
}

int main(int argc, char **argv)
{
    struct arena a;
    struct ctx cx = {.arena = &a, .now = 1795492800000, .lang = "zh", .actor = {.role = ROLE_CLOCK}};
    struct keyring *keys;
    struct store *s;
    if (argc != 3)
        return 2;
    arena_init(&a, 0);
    err_t e = keyring_open(&cx, arena_fmt(&a, "%s/keys", argv[1]), true, &keys);
    if (e == E_OK)
        e = store_start(&cx, arena_fmt(&a, "sqlite:%s/yizhan.db", argv[1]), &s);
    if (e == E_OK)
        e = store_connect(&cx, s, &cx.db);
    cx.keys = e == E_OK ? keys : NULL;
    if (e == E_OK)
        e = store_migrate(&cx);
    for (int64_t k = 1; e == E_OK && k <= strtol(argv[2], NULL, 10); k++) {
        char line[32];
        cx.now++;
        e = store_tx(&cx, STORE_WRITE, act, &k);
        int n = snprintf(line, sizeof line, "ack %lld\n", (long long)k);
        if (e == E_OK && write(STDOUT_FILENO, line, (size_t)n) != n)
            return 1;
    }
    if (e != E_OK)
        fprintf(stderr, "%s\n", cx.fail.detail);
    return e != E_OK;
}
