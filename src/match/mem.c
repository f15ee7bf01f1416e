#include "match/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static void *or_die(void *p)
{
    if (p == NULL) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return p;
}

#define LINE 64u
#define LARGE_PAGE ((size_t)2 << 20)

/* Columns are read here and there: with pages of 4 KB each such read would look up its page first, in tables that are in no cache. */
static void *zeroed_at(size_t line, size_t n)
{
    void *p = NULL;
    if (posix_memalign(&p, line, n == 0 ? line : n) != 0)
        p = NULL;
    if (line == LARGE_PAGE)
        (void)madvise(or_die(p), n, MADV_HUGEPAGE); /* refused: it works all the same */
    return memset(or_die(p), 0, n);
}

void *mem_alloc(size_t n)
{
    if (n < LARGE_PAGE)
        return or_die(calloc(1, n == 0 ? 1 : n));
    return zeroed_at(LARGE_PAGE, n);
}

void *mem_lines(size_t n)
{
    return zeroed_at(n < LARGE_PAGE ? LINE : LARGE_PAGE, n);
}

void *mem_resize(void *p, size_t old_n, size_t new_n)
{
    char *q = or_die(realloc(p, new_n == 0 ? 1 : new_n));
    if (new_n > old_n)
        memset(q + old_n, 0, new_n - old_n);
    return q;
}

void mem_free(void *p)
{
    free(p);
}

void mem_room(void *pp, size_t *cap, size_t need, size_t size)
{
    void *p;
    if (need <= *cap)
        return;
    size_t more = *cap < 16 ? 16 : *cap + *cap / 2;
    if (more < need)
        more = need;
    memcpy(&p, pp, sizeof p);
    p = or_die(realloc(p, more * size));
    memcpy(pp, &p, sizeof p);
    *cap = more;
}
