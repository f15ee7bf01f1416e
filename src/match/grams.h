/* grams.h -- the characters of a title and their pairs, and looking things up by them. */
#ifndef MATCH_GRAMS_H
#define MATCH_GRAMS_H
#include "match/chars.h"

#define TITLE_CHARS 100
#define GRAM_BEGIN 1u /* stands before the first character of a stretch of the title, */
#define GRAM_END 2u   /* after the last one */
#define GRAM_ALWAYS ((uint64_t)GRAM_BEGIN << 21 | GRAM_END) /* an empty stretch: what holds for any title */

struct grams { /* each once; one code point, or two: first << 21 | second */
    uint64_t key[3 * TITLE_CHARS + 1];
    size_t n;
};
/* Of text with gaps between its stretches, at most TITLE_CHARS code points. */
void grams_of(const uint32_t *c, size_t n, struct grams *g);
static inline bool gram_is_pair(uint64_t key)
{
    return key >> 21 != 0;
}
/* Is the beginning or the end of a stretch part of it? */
static inline bool gram_at_edge(uint64_t key)
{
    return key >> 21 == GRAM_BEGIN || (key & 0x1FFFFF) == GRAM_END;
}

#define NO_GRAM UINT32_MAX
struct gram_index { /* of an array whose members begin with their key, each key once */
    const void *v;
    size_t size;
    uint32_t *slots, mask;
};
void gram_index_make(struct gram_index *x, const void *v, size_t n, size_t size);
void gram_index_free(struct gram_index *x);
size_t gram_index_bytes(const struct gram_index *x);
/* The place in the array, or NO_GRAM. */
uint32_t gram_index_find(const struct gram_index *x, uint64_t key);
#endif
