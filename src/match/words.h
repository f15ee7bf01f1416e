/* words.h -- the dictionary: a trie of folded code points with a cost for each word.
 *
 * Filled when the engine opens, never changed after that; any thread reads it.
 */
#ifndef MATCH_WORDS_H
#define MATCH_WORDS_H
#include "match/chars.h"

#define NO_WORD UINT32_MAX
#define WORD_LONGEST 16 /* code points; longer ones are not taken */

enum { WORD_SKILL = 1, WORD_JOB = 2 /* names work: suggested, found by its initials */ };

struct words {
    uint64_t *slots; /* node << 43 ... : see words.c */
    size_t n_slots, used;
    uint32_t *first;   /* the root's child by code point below 65536 */
    uint32_t *word_at; /* node -> word or NO_WORD */
    uint32_t n_nodes, cap_nodes;
    char *text; /* the words one after the other, each ended by NUL */
    size_t text_len, text_cap;
    uint32_t *text_at; /* word -> offset in text */
    uint16_t *cost;    /* word -> 64 * -ln(probability), at first the weight */
    uint16_t *skill;   /* word -> number of the skill + 1, 0 = none */
    uint8_t *flags;
    float *weight;
    uint32_t n_words, cap_words;
    uint32_t n_skills;
};

void words_init(struct words *w);
void words_free(struct words *w);
/* Adds a word or raises its weight and flags; returns its number, NO_WORD when it is empty or too long. */
uint32_t words_add(struct words *w, const uint32_t *cps, size_t n, double weight, unsigned flags);
uint32_t words_add_text(struct words *w, const char *s, size_t n, double weight, unsigned flags);
/* To be called once after the last word: makes costs of the weights. */
void words_finish(struct words *w);
/* The node after `node` (0 = root) and `c`; 0 = no word goes on like this. */
uint32_t words_step(const struct words *w, uint32_t node, uint32_t c);
uint32_t words_find(const struct words *w, const uint32_t *cps, size_t n);
const char *words_text(const struct words *w, uint32_t word);
size_t words_bytes(const struct words *w);
#endif
