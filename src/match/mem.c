#include "match/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

void *mem_lines(size_t n)
{
    size_t whole = (n + 63) / 64 * 64;
    return memset(or_die(aligned_alloc(64, whole == 0 ? 64 : whole)), 0, whole);
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
