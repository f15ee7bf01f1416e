#include "base/memo.h"

#include <string.h>

enum { SLOTS = 8192 };

struct memo {
    struct kept {
        int64_t value;
        bool filled;
        char key[MEMO_KEY];
    } slot[SLOTS];
};

struct memo *memo_new(struct arena *a) { return ARENA_NEW(a, struct memo); }

static size_t slot_of(const char *key)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *key != '\0'; key++)
        h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return (h ^ h >> 32) % SLOTS;
}

bool memo_get(const struct memo *m, const char *key, int64_t *value)
{
    const struct kept *k = &m->slot[slot_of(key)];
    if (!k->filled || strcmp(k->key, key) != 0)
        return false;
    *value = k->value;
    return true;
}

void memo_put(struct memo *m, const char *key, int64_t value)
{
    size_t n = strlen(key) + 1;
    struct kept *k = &m->slot[slot_of(key)];
    if (n > MEMO_KEY)
        return;
    *k = (struct kept){.value = value, .filled = true};
    memcpy(k->key, key, n);
}
