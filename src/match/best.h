/* best.h -- the best k of many: a heap whose first is the worst kept. More key is better, then the greater id. */
#ifndef MATCH_BEST_H
#define MATCH_BEST_H
#include "base/arena.h"

#include <stdint.h>

struct best_one {
    int32_t key;
    uint32_t ad;
    int64_t id;
    uint32_t part;
    int32_t more; /* whatever the caller wants to keep */
};
struct best {
    struct best_one *v;
    size_t n, cap, k;
};

static inline bool best_less(const struct best_one *a, const struct best_one *b)
{
    return a->key != b->key ? a->key < b->key : a->id < b->id;
}
/* Whether `key` may get in: false is certain, true may fail by the id. */
static inline bool best_hopeful(const struct best *b, int32_t key)
{
    return b->n < b->k || (b->k > 0 && key >= b->v[0].key);
}
void best_add(struct arena *a, struct best *b, const struct best_one *one);
void best_sort(struct best *b); /* best first; nothing may be added after it */
#endif
