/* typo.c -- every word is kept under its hash and under those of what is left of it without each of its characters:
 * two words one slip apart share one of them. What shares one is then compared character by character. */
#include "match/typo.h"

#include "match/mem.h"

#include <stdlib.h>
#include <string.h>

#define HAN_LEAST 3
#define LATIN_LEAST 4

struct left { /* what is left of a word */
    uint32_t hash, word;
};
struct typos {
    struct left *v; /* by hash */
    size_t n, cap;
};

static bool long_enough(const uint32_t *c, size_t n)
{
    bool latin = n > 0 && chars_kind(c[0]) == CHAR_LATIN;
    for (size_t i = 0; i < n; i++)
        if (chars_kind(c[i]) == CHAR_GAP)
            return false;
    return n <= WORD_LONGEST && n >= (latin ? LATIN_LEAST : HAN_LEAST);
}

/* The hash without the character `at`; n = whole. */
static uint32_t hash_without(const uint32_t *c, size_t n, size_t at)
{
    uint32_t rest[WORD_LONGEST];
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (i != at)
            rest[k++] = c[i];
    return (uint32_t)hash_bytes(rest, k * sizeof *rest);
}

static int by_hash(const void *a, const void *b)
{
    const struct left *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

struct typos *typos_new(const struct words *w)
{
    struct typos *t = mem_alloc(sizeof *t);
    for (uint32_t i = 0; i < w->n_words; i++) {
        uint32_t c[WORD_LONGEST];
        size_t n = chars_read(words_text(w, i), c, WORD_LONGEST);
        if (!long_enough(c, n))
            continue;
        mem_room(&t->v, &t->cap, t->n + n + 1, sizeof *t->v);
        for (size_t at = 0; at <= n; at++)
            t->v[t->n++] = (struct left){hash_without(c, n, at), i};
    }
    if (t->n > 0)
        qsort(t->v, t->n, sizeof *t->v, by_hash);
    return t;
}

void typos_free(struct typos *t)
{
    if (t == NULL)
        return;
    mem_free(t->v);
    mem_free(t);
}

size_t typos_bytes(const struct typos *t)
{
    return t == NULL ? 0 : t->cap * sizeof *t->v;
}

/* Whether one slip makes b of a; equal ones are none. */
static bool one_slip(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t head = 0, tail = 0;
    while (head < n && head < m && a[head] == b[head])
        head++;
    while (tail < n - head && tail < m - head && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    size_t x = n - head - tail, y = m - head - tail;
    if (x + y == 1 || (x == 1 && y == 1))
        return true;
    return x == 2 && y == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

static size_t keep(const struct typos *t, const struct words *w, uint32_t hash, const uint32_t *c, size_t n, uint32_t *out, size_t k, size_t cap)
{
    size_t lo = 0, hi = t->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (t->v[mid].hash < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < t->n && t->v[lo].hash == hash && k < cap; lo++) {
        uint32_t other[WORD_LONGEST], word = t->v[lo].word;
        size_t i = 0, m = chars_read(words_text(w, word), other, WORD_LONGEST);
        while (i < k && out[i] != word)
            i++;
        if (i == k && one_slip(c, n, other, m))
            out[k++] = word;
    }
    return k;
}

size_t typos_near(const struct typos *t, const struct words *w, const uint32_t *cps, size_t n, uint32_t *out, size_t cap)
{
    size_t k = 0;
    if (t == NULL || !long_enough(cps, n))
        return 0;
    for (size_t at = 0; at <= n; at++)
        k = keep(t, w, hash_without(cps, n, at), cps, n, out, k, cap);
    return k;
}
