/* keyring.h -- private to src/store: the keys as they are in memory. */
#ifndef STORE_KEYRING_H
#define STORE_KEYRING_H
#include "base/hash.h"
#include "store/store.h"

enum { KEYRING_MAX = 32 };

struct keyring {
    unsigned n;
    unsigned char key[KEYRING_MAX][HASH_LEN];
    unsigned char audit[HASH_LEN]; /* derived for the audit chain: every change needs it */
};

/* The key number `number` (from 1) derived for one use. */
void keyring_use(const struct keyring *k, unsigned number, const char *use, unsigned char out[HASH_LEN]);
#endif
