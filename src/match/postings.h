/* postings.h -- walking through the ads of a term, 64 at a time: a word is the ads 64w .. 64w+63, one bit each.
 *
 * Words are to be asked for in ascending order.
 */
#ifndef MATCH_POSTINGS_H
#define MATCH_POSTINGS_H
#include "match/part.h"

#define WALK_END UINT32_MAX

struct walk {
    struct postings p;
    size_t at;      /* the posting that comes next */
    uint32_t word;  /* the last one asked for ... */
    uint64_t bits;  /* ... and its ads */
    size_t first;   /* the posting of its first ad */
};

static inline struct walk walk_open(struct postings p)
{
    return (struct walk){.p = p, .word = WALK_END};
}

static inline void walk_skip(struct walk *k, uint32_t ad)
{
    const uint32_t *v = k->p.ads;
    size_t at = k->at, n = k->p.n, step = 1;
    if (at >= n || v[at] >= ad)
        return;
    while (at + step < n && v[at + step] < ad) {
        at += step;
        step *= 2;
    }
    size_t hi = at + step < n ? at + step : n;
    while (at < hi) {
        size_t mid = (at + hi) / 2;
        if (v[mid] < ad)
            at = mid + 1;
        else
            hi = mid;
    }
    k->at = at;
}

/* The first word from `word` on that has any; WALK_END: none. */
static inline uint32_t walk_next(struct walk *k, uint32_t word)
{
    if (k->word == word && k->bits != 0)
        return word;
    walk_skip(k, word * 64);
    return k->at < k->p.n ? k->p.ads[k->at] / 64 : WALK_END;
}

static inline uint64_t walk_bits(struct walk *k, uint32_t word)
{
    if (k->word == word)
        return k->bits;
    walk_skip(k, word * 64);
    uint64_t bits = 0;
    size_t at = k->at;
    for (; at < k->p.n && k->p.ads[at] / 64 == word; at++)
        bits |= UINT64_C(1) << k->p.ads[at] % 64;
    k->word = word;
    k->bits = bits;
    k->first = k->at;
    k->at = at;
    return bits;
}

/* The impact of an ad of the word asked for last. */
static inline int32_t walk_impact(const struct walk *k, uint32_t bit)
{
    return k->p.impacts[k->first + (size_t)__builtin_popcountll(k->bits & ((UINT64_C(1) << bit) - 1))];
}
#endif
