/* arena.h -- region allocator: everything a request allocates dies with it.
 *
 * Ownership: an arena owns every block it hands out and every cleanup that was
 * registered with arena_defer().  Nobody frees a pointer that came from an
 * arena.  A pointer is valid until arena_reset()/arena_free().
 * Failure: real out-of-memory aborts.  Running past `soft_limit` does not fail
 * the allocation; it is reported by arena_over() and checked where data enters
 * (row fetch, body parse), so the happy path carries no checks.
 * Threads: an arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;
struct arena_defer;

struct arena {
    struct arena_chunk *chunk;
    struct arena_defer *defers;
    size_t used, soft_limit;
};

void arena_init(struct arena *a, size_t soft_limit);
void arena_reset(struct arena *a); /* runs defers newest first, keeps one chunk */
void arena_free(struct arena *a);
bool arena_over(const struct arena *a);

void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, alloc_size(2), returns_nonnull));
void *arena_grow(struct arena *a, const void *p, size_t old_n, size_t new_n) __attribute__((returns_nonnull));
char *arena_strndup(struct arena *a, const char *s, size_t n) __attribute__((returns_nonnull));
char *arena_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3), returns_nonnull));
char *arena_vfmt(struct arena *a, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0), returns_nonnull));
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), sizeof(T) * (n)))
#endif
