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

void *mem_alloc(size_t n)
{
    return or_die(calloc(1, n == 0 ? 1 : n));
}

#define HUGE_PAGE ((size_t)2 << 20)

void *mem_lines(size_t n)
{
    size_t line = n < 2 * HUGE_PAGE ? 64 : HUGE_PAGE, whole = (n + line - 1) / line * line;
    void *p = or_die(aligned_alloc(line, whole == 0 ? line : whole));
    if (line == HUGE_PAGE)
        (void)madvise(p, whole, MADV_HUGEPAGE); /* refused: it works all the same */
    return memset(p, 0, whole);
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
