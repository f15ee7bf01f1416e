/* plan.h -- what was typed, over one part: groups that must all hold, each of alternatives, each of terms.
 *
 * Found in chunks of CHUNK_WORDS * 64 ads at most, as bitmaps: alternatives united, groups intersected. Then only those are scored of which the score
 * may be high enough. Chunks are asked for in ascending order.
 */
#ifndef MATCH_PLAN_H
#define MATCH_PLAN_H
#include "match/postings.h"
#include "match/query.h"

#define CHUNK_WORDS RUN_WORDS /* a chunk begins at a multiple of its length, so it lies in one run */
#define HOT static inline __attribute__((always_inline))

struct leaf { /* a term */
    struct walk ahead; /* finds; at the end of the chunk */
    struct walk walk;  /* scores; at its beginning */
    int32_t factor;    /* impact * factor >> 8 = score */
};
struct branch { /* an alternative: all its terms */
    struct leaf *leaves; /* rarest first */
    unsigned n;
    int32_t most;  /* its score at best */
    uint64_t bits; /* of the word asked for last; so the next */
};
struct tree { /* a group: any of its alternatives */
    struct branch *branches;
    size_t n, size; /* size: about how many ads */
    int32_t most;
    uint64_t bits;
};
struct plan { /* the groups, rarest first; then those excluded */
    struct tree must[QUERY_GROUPS], not[QUERY_GROUPS];
    size_t n_must, n_not;
    int32_t most;
    bool none; /* a group has no ad here */
};

/* `skip`: a group left out; QUERY_GROUPS = none. */
void plan_make(struct ctx *cx, const struct query *q, uint32_t skip, const struct part *p, struct plan *plan);
/* Which ads of the words from .. from+n-1 hold all groups that must and none that must not; false: none. */
bool plan_find(struct plan *plan, uint32_t from, uint32_t n, uint64_t *found);
/* Takes out of `some`, which plan_find() left for the same words, those of which the score is certainly below `least`. */
void plan_keep_strong(const struct plan *plan, uint32_t from, uint32_t n, int32_t least, uint64_t *some);

HOT uint64_t tree_bits(struct tree *t, uint32_t word)
{
    t->bits = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct branch *b = &t->branches[i];
        b->bits = walk_bits(&b->leaves[0].walk, word);
        for (unsigned k = 1; k < b->n && b->bits != 0; k++)
            b->bits &= walk_bits(&b->leaves[k].walk, word);
        t->bits |= b->bits;
    }
    return t->bits;
}

/* The best alternative counts. */
HOT int32_t tree_score(const struct tree *t, uint32_t bit)
{
    int32_t best = 0;
    for (size_t k = 0; k < t->n; k++) {
        const struct branch *b = &t->branches[k];
        int32_t score = 0;
        for (unsigned i = 0; b->bits >> bit & 1 && i < b->n; i++)
            score += walk_impact(&b->leaves[i].walk, bit) * b->leaves[i].factor >> 8;
        best = score > best ? score : best;
    }
    return best;
}

/* For one word of the last chunk, ascending: then plan_score() of its ads may be asked. */
HOT void plan_word(struct plan *plan, uint32_t word)
{
    for (size_t i = 0; i < plan->n_must; i++)
        (void)tree_bits(&plan->must[i], word);
}

HOT int32_t plan_score(const struct plan *plan, uint32_t bit)
{
    int32_t sum = 0;
    for (size_t i = 0; i < plan->n_must; i++)
        sum += tree_score(&plan->must[i], bit);
    return sum;
}
#endif
