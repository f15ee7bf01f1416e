/* segment.h -- text to terms: the same for what is indexed and for what is asked.
 *
 * Han runs are cut into dictionary words along the likeliest path; what the dictionary does not
 * know becomes pairs of characters. Letters and digits are one term a run ("c++", "b2", "plc").
 * A term is a 64-bit key: no text of it is kept.
 */
#ifndef MATCH_SEGMENT_H
#define MATCH_SEGMENT_H
#include "base/arena.h"
#include "match/words.h"

enum term_kind { TERM_WORD = 1, TERM_PAIR, TERM_CHAR, TERM_LATIN, TERM_EMPLOYER, TERM_FIRM };
#define TERM(kind, x) ((uint64_t)(kind) << 60 | ((uint64_t)(x) & ((UINT64_C(1) << 60) - 1)))

struct token {
    uint64_t key;
    uint32_t word; /* dictionary word, or NO_WORD */
    uint32_t start;
    uint16_t len; /* in code points */
    bool inner;   /* lies inside a longer word */
};
struct tokens { /* grows; reused from text to text; tokens_free() at the end */
    struct token *v;
    size_t n, cap;
};
void tokens_free(struct tokens *t);

enum {
    SEG_INNER = 1, /* also the words inside longer words (to be found by them) */
    SEG_PAIRS = 2, /* also every pair of neighbouring Han that is no word (short fields: found by any part of a name) */
    SEG_CHARS = 4, /* also characters that stand alone */
    SEG_SPLIT = 8, /* never the whole of a run as one word */
};
/* Appends the terms of n folded code points. */
void segment(const struct words *w, const uint32_t *cps, size_t n, unsigned flags, struct tokens *out);
/* The key of an employer's name in its normal form; 0 for an empty one. `a` is for scratch. */
uint64_t firm_key(struct arena *a, const char *name);
#endif
