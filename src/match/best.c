#include "match/best.h"

#include <stdlib.h>

static void sink(struct best *b)
{
    size_t i = 0;
    for (;;) {
        size_t l = 2 * i + 1, least = i;
        for (size_t c = l; c < l + 2 && c < b->n; c++)
            if (best_less(&b->v[c], &b->v[least]))
                least = c;
        if (least == i)
            return;
        struct best_one t = b->v[i];
        b->v[i] = b->v[least];
        b->v[least] = t;
        i = least;
    }
}

static void rise(struct best *b, size_t i)
{
    for (; i > 0 && best_less(&b->v[i], &b->v[(i - 1) / 2]); i = (i - 1) / 2) {
        struct best_one t = b->v[i];
        b->v[i] = b->v[(i - 1) / 2];
        b->v[(i - 1) / 2] = t;
    }
}

void best_add(struct arena *a, struct best *b, const struct best_one *one)
{
    if (b->n < b->k) {
        if (b->n == b->cap) {
            size_t cap = b->cap < 32 ? 32 : b->cap * 2;
            b->v = arena_grow(a, b->v, b->cap * sizeof *b->v, cap * sizeof *b->v);
            b->cap = cap;
        }
        b->v[b->n] = *one;
        rise(b, b->n++);
    } else if (b->k > 0 && best_less(&b->v[0], one)) {
        b->v[0] = *one;
        sink(b);
    }
}

static int better_first(const void *x, const void *y)
{
    const struct best_one *a = x, *b = y;
    return best_less(a, b) ? 1 : best_less(b, a) ? -1 : 0;
}

void best_sort(struct best *b)
{
    if (b->n > 1)
        qsort(b->v, b->n, sizeof *b->v, better_first);
}
