/* alike.c -- occupations by the characters their names, words and definitions share with a title. */
#include "match/occupation.h"

#include "match/mem.h"
#include "match/order.h"

#include <math.h>
#include <stdlib.h>

#define COMMON 600         /* a character in more entries than this says nothing */
#define ALONE 0.35F        /* one character says less than a pair */
#define SAID_ALREADY 0.5F
#define MOST 0.3F
#define DEFINITION 0.035F
#define PAIRS 40.0F /* twice as many as an occupation has: its last pair says half as much as its first */

struct keys {
    uint64_t v[2 * TITLE_CHARS];
    float weight[2 * TITLE_CHARS];
    size_t n;
};

static void keys_of(const uint32_t *c, const bool *covered, size_t n, struct keys *k)
{
    k->n = 0;
    for (size_t i = 0; i < n; i++) {
        bool pair = i + 1 < n && chars_kind(c[i]) != CHAR_GAP && chars_kind(c[i + 1]) != CHAR_GAP;
        if (chars_kind(c[i]) == CHAR_HAN) {
            k->weight[k->n] = covered != NULL && covered[i] ? SAID_ALREADY : 1;
            k->v[k->n++] = c[i];
        }
        if (pair) {
            k->weight[k->n] = covered != NULL && covered[i] && covered[i + 1] ? SAID_ALREADY : 1;
            k->v[k->n++] = (uint64_t)c[i] << 21 | c[i + 1];
        }
    }
}

static int by_gram(const void *a, const void *b)
{
    const struct gram *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->entry < y->entry ? -1 : x->entry > y->entry;
}

static size_t gram_range(const struct titles *t, uint64_t key, size_t *n)
{
    size_t lo = order_from(t->grams, sizeof *t->grams, 0, t->n_grams, key), hi;
    for (hi = lo; hi < t->n_grams && t->grams[hi].key == key;)
        hi++;
    *n = hi - lo;
    return lo;
}

static float rarity(const struct titles *t, uint64_t key, size_t n)
{
    float idf = logf((float)(t->n + 1) / (float)(n + 1));
    return key >> 21 == 0 ? idf * ALONE : idf;
}

void titles_define(struct titles *t, const char *pairs, int32_t code)
{
    uint32_t c[400];
    size_t n = chars_read(pairs, c, sizeof c / sizeof *c);
    uint16_t place = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        if (chars_kind(c[i]) != CHAR_HAN || chars_kind(c[i + 1]) != CHAR_HAN)
            continue;
        mem_room(&t->tells, &t->cap_tells, t->n_tells + 1, sizeof *t->tells);
        t->tells[t->n_tells++] = (struct telling){(uint64_t)c[i] << 21 | c[i + 1], code, 0, place++};
    }
}

static int by_pair(const void *a, const void *b)
{
    const struct telling *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

/* Definitions of occupations that nothing else is known of are left out. */
static void finish_definitions(struct titles *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n_tells; i++) {
        struct telling *x = &t->tells[i];
        size_t lo = 0, hi = t->n_codes;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (t->codes[mid] < x->code)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == t->n_codes || t->codes[lo] != x->code)
            continue;
        x->occ = (uint16_t)lo;
        t->tells[n++] = *x;
    }
    t->n_tells = n;
    if (n > 0)
        qsort(t->tells, n, sizeof *t->tells, by_pair);
}

void alike_finish(struct titles *t)
{
    finish_definitions(t);
    for (size_t e = 0; e < t->n; e++) {
        uint32_t c[WORD_LONGEST];
        struct keys k;
        keys_of(c, NULL, chars_read(words_text(&t->words, t->v[e].word), c, WORD_LONGEST), &k);
        mem_room(&t->grams, &t->cap_grams, t->n_grams + k.n, sizeof *t->grams);
        for (size_t i = 0; i < k.n; i++)
            t->grams[t->n_grams++] = (struct gram){k.v[i], (uint32_t)e};
    }
    if (t->n_grams > 0)
        qsort(t->grams, t->n_grams, sizeof *t->grams, by_gram);
    t->norms = MEM_ARRAY(float, t->n + 1);
    for (size_t i = 0, n; i < t->n_grams; i += n) {
        (void)gram_range(t, t->grams[i].key, &n);
        float x = rarity(t, t->grams[i].key, n);
        for (size_t k = 0; k < n; k++)
            t->norms[t->grams[i + k].entry] += x * x;
    }
    for (size_t e = 0; e < t->n; e++)
        t->norms[e] = sqrtf(t->norms[e]);
}

/* What the definitions say, the rarer a pair the more; over the length of the title. */
static void ask_definitions(const struct titles *t, const struct keys *k, size_t n, struct alike *out)
{
    for (size_t i = 0; i < k->n; i++) {
        size_t lo = 0, hi = t->n_tells, to;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (t->tells[mid].key < k->v[i])
                lo = mid + 1;
            else
                hi = mid;
        }
        for (to = lo; to < t->n_tells && t->tells[to].key == k->v[i];)
            to++;
        float rare = lo < to ? logf((float)t->n_codes / (float)(to - lo)) * DEFINITION / (float)(n + 1) : 0;
        for (size_t e = lo; e < to; e++) {
            struct alike *a = &out[t->tells[e].occ];
            a->entry = a->score > 0 ? a->entry : NO_ENTRY;
            a->score += rare * (1 - (float)t->tells[e].place / PAIRS);
        }
    }
}

void alike_ask(struct ctx *cx, const struct titles *t, const uint32_t *c, const bool *covered, size_t n, struct alike **out)
{
    float *common = ARENA_ARRAY(cx->arena, float, t->n + 1), norm = 0;
    uint32_t *touched = ARENA_ARRAY(cx->arena, uint32_t, t->n + 1);
    size_t n_touched = 0;
    struct keys k;
    *out = ARENA_ARRAY(cx->arena, struct alike, t->n_codes + 1);
    keys_of(c, covered, n, &k);
    for (size_t i = 0; i < k.n; i++) {
        size_t count, at = gram_range(t, k.v[i], &count);
        float x = rarity(t, k.v[i], count), both = x * x * k.weight[i];
        norm += both;
        for (size_t e = 0; count <= COMMON && e < count; e++) {
            uint32_t entry = t->grams[at + e].entry;
            if (common[entry] <= 0)
                touched[n_touched++] = entry;
            common[entry] += both;
        }
    }
    norm = sqrtf(norm);
    for (size_t i = 0; i < n_touched; i++) {
        const struct speaks *s = &t->v[touched[i]];
        float score = t->norms[touched[i]] > 0 ? common[touched[i]] / (t->norms[touched[i]] * norm) * s->weight * MOST : 0;
        if (score > (*out)[s->occ].score)
            (*out)[s->occ] = (struct alike){touched[i], score};
    }
    ask_definitions(t, &k, n, *out);
}
