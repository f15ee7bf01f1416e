/* postings.h -- the ads of a term, and walking through them 64 at a time: a word is the ads 64w .. 64w+63, one bit each.
 *
 * A record in the store of a part, in units of 16 bits: how many (2 units), the impacts (a byte each), then the ads: for a frequent term
 * (one ad in 16 and more) a bitmap from a multiple of four units on, and how many ads come before each eighth word; for others runs, each
 * a number of 65,536 ads, how many less one, and the lower halves of their numbers.
 */
#ifndef MATCH_POSTINGS_H
#define MATCH_POSTINGS_H
#include "match/part.h"

#define WALK_END UINT32_MAX
#define RUN_WORDS 1024u /* words in a run's 65,536 ads */
#define RANK_WORDS 8u

struct postings part_postings(const struct part *p, uint64_t key);
struct postings postings_at(const struct part *p, uint32_t key_number);
bool postings_has(const struct postings *p, uint32_t ad);
/* Where a record that begins at `from` ends; writes it. */
uint64_t postings_end(uint64_t from, const uint32_t *ads, size_t n, uint32_t part_n);
void postings_write(uint16_t *store, uint64_t from, const uint32_t *ads, const uint8_t *impacts, size_t n, uint32_t part_n);

/* Words are to be asked for in ascending order. */
struct walk {
    struct postings p;
    uint32_t word;  /* the last one asked for ... */
    uint64_t bits;  /* ... and its ads */
    size_t first;   /* the posting of its first ad; SIZE_MAX: not counted yet */
    const uint16_t *low; /* the run, how many are in it, which comes next */
    uint32_t n_low, at;
    uint32_t base;  /* its first word */
    size_t before;  /* postings before it */
};

static inline struct walk walk_open(struct postings p)
{
    return (struct walk){.p = p, .word = WALK_END, .low = p.runs};
}

/* The next run; false: there is none. */
static inline bool walk_hop(struct walk *k)
{
    k->before += k->n_low;
    if (k->before >= k->p.n)
        return false;
    const uint16_t *head = k->low + k->n_low;
    k->base = head[0] * RUN_WORDS;
    k->n_low = head[1] + 1u;
    k->low = head + 2;
    k->at = 0;
    return true;
}

/* The first of v[at..n-1] that is at least `ad`; n: none. Mostly it is near. */
static inline uint32_t low_from(const uint16_t *v, uint32_t at, uint32_t n, uint32_t ad)
{
    uint32_t step = 1;
    if (at == n || v[at] >= ad)
        return at;
    while (at + step < n && v[at + step] < ad) {
        at += step;
        step *= 2;
    }
    for (uint32_t hi = at + step < n ? at + step : n; at < hi;) {
        uint32_t mid = (at + hi) / 2;
        if (v[mid] < ad)
            at = mid + 1;
        else
            hi = mid;
    }
    return at;
}

/* To the first ad of `word` or later; false: there is none. */
static inline bool walk_skip(struct walk *k, uint32_t word)
{
    while (k->at == k->n_low || word >= k->base + RUN_WORDS) {
        k->at = k->n_low;
        if (!walk_hop(k))
            return false;
    }
    if (word <= k->base)
        return true;
    k->at = low_from(k->low, k->at, k->n_low, (word - k->base) * 64);
    return k->at < k->n_low || walk_skip(k, k->base + RUN_WORDS);
}

/* The first word from `word` on that has any; WALK_END: none. */
static inline uint32_t walk_next(struct walk *k, uint32_t word)
{
    if (k->p.bitmap != NULL) {
        while (word < k->p.words && k->p.bitmap[word] == 0)
            word++;
        return word < k->p.words ? word : WALK_END;
    }
    if (k->word == word && k->bits != 0)
        return word;
    return walk_skip(k, word) ? k->base + k->low[k->at] / 64 : WALK_END;
}

static inline uint64_t walk_bits(struct walk *k, uint32_t word)
{
    if (k->word == word)
        return k->bits;
    k->word = word;
    k->bits = 0;
    if (k->p.bitmap != NULL) {
        k->first = SIZE_MAX;
        return k->bits = k->p.bitmap[word];
    }
    if (!walk_skip(k, word))
        return 0;
    uint32_t at = k->at, end = (word - k->base + 1) * 64;
    k->first = k->before + at;
    for (; word >= k->base && at < k->n_low && k->low[at] < end; at++)
        k->bits |= UINT64_C(1) << k->low[at] % 64;
    k->at = at;
    return k->bits;
}

/* Sets in out[0..n-1] the bits of words from .. from+n-1: ads with an impact of at least `need`, 1 to 255. The words lie in one run;
 * goes on behind them, so the next call or walk_bits() is to ask for later ones. */
void walk_gather(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out);
void walk_gather_plain(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out); /* the tests hold one against the other */

/* Impacts of the word asked for last, beginning with its first ad. */
static inline const uint8_t *walk_impacts(struct walk *k)
{
    if (k->first == SIZE_MAX) {
        k->first = k->p.ranks[k->word / RANK_WORDS];
        for (uint32_t w = k->word / RANK_WORDS * RANK_WORDS; w < k->word; w++)
            k->first += (size_t)__builtin_popcountll(k->p.bitmap[w]);
    }
    return k->p.impacts + k->first;
}

/* The impact of an ad of that word. */
static inline int32_t walk_impact(struct walk *k, uint32_t bit)
{
    return walk_impacts(k)[__builtin_popcountll(k->bits & ((UINT64_C(1) << bit) - 1))];
}
#endif
