/* maybe.h -- values that may be absent, as nullable columns and optional fields have them: NULL is absent. */
#ifndef BASE_MAYBE_H
#define BASE_MAYBE_H
#include "base/arena.h"

#include <stdint.h>

static inline int64_t or_zero(const int64_t *p) { return p != NULL ? *p : 0; }
static inline const char *or_empty(const char *s) { return s != NULL ? s : ""; }
/* A copy in the arena; absent for 0: ids and codes are never 0. */
const int64_t *unless_zero(struct arena *a, int64_t v);
/* A copy in the arena, 0 as well. */
const int64_t *just(struct arena *a, int64_t v);
#endif
