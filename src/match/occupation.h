/* occupation.h -- from a title as people write it to occupations: the tables behind match_occupation().
 *
 * Made when the engine opens, never changed after that; any thread reads them. Owned by struct match.
 */
#ifndef MATCH_OCCUPATION_H
#define MATCH_OCCUPATION_H
#include "match/engine.h"

#define TITLE_CHARS 100

struct speaks { /* a word speaks for an occupation */
    uint32_t word;
    int32_t code;
    float weight;
    uint32_t occ; /* number of the code in struct titles */
};
struct gram {
    uint64_t key; /* one or two code points */
    uint32_t entry;
};
struct telling { /* a pair of characters that sets an occupation's definition apart */
    uint64_t key;
    int32_t code;
    uint16_t occ;   /* number of the code in struct titles */
    uint16_t place; /* the most telling is 0 */
};
struct titles {
    struct words words;
    struct speaks *v; /* by word */
    uint32_t *first;  /* word -> its first entry; n_words + 1 */
    size_t n, cap;
    int32_t *codes; /* of the occupations spoken for, ascending */
    size_t n_codes;
    struct gram *grams; /* by key */
    size_t n_grams, cap_grams;
    float *norms; /* of the entries */
    struct telling *tells; /* by key */
    size_t n_tells, cap_tells;
};

struct titles *titles_new(void);
void titles_free(struct titles *t);
/* A title word and the occupation it speaks for. */
void titles_alias(struct titles *t, const char *text, size_t len, int32_t code, double weight);
/* Pairs of characters, split by spaces, that set the definition of an occupation apart, the most telling first. */
void titles_define(struct titles *t, const char *pairs, int32_t code);
/* Once, after the dictionary and the occupations are complete. */
void titles_finish(struct match *m);
size_t titles_bytes(const struct titles *t);

/* ---- alike.c: words and names by the characters they share with a title */

#define NO_ENTRY UINT32_MAX
struct alike { /* an occupation, and the word of it that is most like the title; NO_ENTRY: only the definition is */
    uint32_t entry;
    float score;
};
void alike_finish(struct titles *t);
/* For each occupation (by its number) how like it is: score 0 = not at all. What is `covered` already says half as much. */
void alike_ask(struct ctx *cx, const struct titles *t, const uint32_t *c, const bool *covered, size_t n, struct alike **out);
#endif
