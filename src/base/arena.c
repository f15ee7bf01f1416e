#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_MIN ((size_t)16 * 1024)
#define ALIGN(n) (((n) + 15u) & ~(size_t)15u)

struct arena_chunk {
    struct arena_chunk *next;
    size_t cap, len;
    _Alignas(16) unsigned char mem[];
};
struct arena_defer {
    struct arena_defer *next;
    void (*fn)(void *);
    void *arg;
};

void arena_init(struct arena *a, size_t soft_limit)
{
    *a = (struct arena){.soft_limit = soft_limit};
}

static void run_defers(struct arena *a)
{
    for (struct arena_defer *d = a->defers; d != NULL; d = d->next)
        d->fn(d->arg);
    a->defers = NULL;
}

static void drop_chunks(struct arena_chunk *c)
{
    while (c != NULL) {
        struct arena_chunk *next = c->next;
        free(c);
        c = next;
    }
}

void arena_reset(struct arena *a)
{
    run_defers(a);
    if (a->chunk != NULL) {
        struct arena_chunk *first = a->chunk;
        while (first->next != NULL) { /* the oldest chunk has the standard size */
            struct arena_chunk *next = first->next;
            free(first);
            first = next;
        }
        first->len = 0;
        a->chunk = first;
    }
    a->used = 0;
}

void arena_free(struct arena *a)
{
    run_defers(a);
    drop_chunks(a->chunk);
    *a = (struct arena){0};
}

bool arena_over(const struct arena *a)
{
    return a->soft_limit != 0 && a->used > a->soft_limit;
}

void *arena_alloc(struct arena *a, size_t n)
{
    n = ALIGN(n == 0 ? 1 : n);
    struct arena_chunk *c = a->chunk;
    if (c == NULL || c->cap - c->len < n) {
        size_t cap = n > CHUNK_MIN ? n : CHUNK_MIN;
        c = malloc(sizeof *c + cap);
        if (c == NULL) {
            fputs("out of memory\n", stderr);
            abort();
        }
        c->next = a->chunk;
        c->cap = cap;
        c->len = 0;
        a->chunk = c;
    }
    void *p = c->mem + c->len;
    c->len += n;
    a->used += n;
    return memset(p, 0, n);
}

void *arena_grow(struct arena *a, const void *p, size_t old_n, size_t new_n)
{
    struct arena_chunk *c = a->chunk;
    if (p != NULL && c != NULL) { /* last block: extend in place */
        const unsigned char *end = (const unsigned char *)p + ALIGN(old_n);
        size_t more = ALIGN(new_n) - ALIGN(old_n);
        if (end == c->mem + c->len && c->cap - c->len >= more) {
            memset(c->mem + c->len, 0, more);
            c->len += more;
            a->used += more;
            return (void *)(uintptr_t)p;
        }
    }
    void *q = arena_alloc(a, new_n);
    if (p != NULL)
        memcpy(q, p, old_n);
    return q;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p = arena_alloc(a, n + 1);
    memcpy(p, s, n);
    return p;
}

/* Written where the chunk has room; only what does not fit is written again. */
char *arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
    struct arena_chunk *c = a->chunk;
    char *at = c != NULL ? (char *)c->mem + c->len : NULL;
    size_t room = c != NULL ? c->cap - c->len : 0;
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(at, room, fmt, ap);
    size_t len = n < 0 ? 0 : (size_t)n;
    if (at != NULL && ALIGN(len + 1) <= room) {
        if (n < 0)
            *at = '\0';
        c->len += ALIGN(len + 1);
        a->used += ALIGN(len + 1);
    } else {
        at = arena_alloc(a, len + 1);
        if (n >= 0)
            (void)vsnprintf(at, len + 1, fmt, again);
    }
    va_end(again);
    return at;
}

char *arena_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *p = arena_vfmt(a, fmt, ap);
    va_end(ap);
    return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
    struct arena_defer *d = ARENA_NEW(a, struct arena_defer);
    *d = (struct arena_defer){.next = a->defers, .fn = fn, .arg = arg};
    a->defers = d;
}
