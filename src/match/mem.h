/* mem.h -- memory of the engine's own structures, which outlive requests. Running out of it ends the process. */
#ifndef MATCH_MEM_H
#define MATCH_MEM_H
#include <stddef.h>

void *mem_alloc(size_t n) __attribute__((malloc, returns_nonnull));                  /* zeroed; in large pages from 2 MB on */
void *mem_lines(size_t n) __attribute__((malloc, returns_nonnull));                  /* the same, and begins with a line of the cache */
void *mem_resize(void *p, size_t old_n, size_t new_n) __attribute__((returns_nonnull)); /* what is new is zeroed; SIZE_MAX to shrink */
void mem_free(void *p);

#define MEM_ARRAY(T, n) ((T *)mem_alloc(sizeof(T) * (n)))
/* Makes room for at least `need` elements of *pp; *cap counts elements. */
void mem_room(void *pp, size_t *cap, size_t need, size_t size);
#endif
