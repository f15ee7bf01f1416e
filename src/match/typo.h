/* typo.h -- dictionary words one slip away from what was typed: a character wrong, missing, too many, or two swapped. */
#ifndef MATCH_TYPO_H
#define MATCH_TYPO_H
#include "match/words.h"

struct typos;
/* Indexes the words of the dictionary that are long enough to be told apart; once, after words_finish(). */
struct typos *typos_new(const struct words *w);
void typos_free(struct typos *t); /* NULL is allowed */
size_t typos_bytes(const struct typos *t);
/* Words one slip from n folded code points, at most `cap`, the typed word itself left out. None for a short one. */
size_t typos_near(const struct typos *t, const struct words *w, const uint32_t *cps, size_t n, uint32_t *out, size_t cap);
#endif
