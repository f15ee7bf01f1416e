#include "base/maybe.h"

const int64_t *just(struct arena *a, int64_t v)
{
    int64_t *p = ARENA_NEW(a, int64_t);
    *p = v;
    return p;
}

const int64_t *unless_zero(struct arena *a, int64_t v) { return v != 0 ? just(a, v) : NULL; }
