#include "match/segment.h"

#include "base/text.h"
#include "match/mem.h"

#include <string.h>

#define RUN_MAX 192      /* longer runs of Han are cut here */
#define CUTS_MAX (RUN_MAX * 6)
#define UNKNOWN_COST 1200 /* of a character that is no word: dearer than any word */

struct cut { /* a word found at a place of the run */
    uint32_t word;
    uint8_t len;
};
struct lattice {
    struct cut cuts[CUTS_MAX];
    uint16_t from[RUN_MAX + 1]; /* the cuts that start at i: from[i] .. to[i] */
    uint16_t to[RUN_MAX + 1];
    uint16_t best[RUN_MAX + 1]; /* the cut taken at i, or CUTS_MAX: the character alone */
    uint32_t cost[RUN_MAX + 1];
};

void tokens_free(struct tokens *t)
{
    mem_free(t->v);
    *t = (struct tokens){0};
}

static void emit(struct tokens *out, uint64_t key, uint32_t word, size_t start, size_t len, bool inner)
{
    mem_room(&out->v, &out->cap, out->n + 1, sizeof *out->v);
    out->v[out->n++] = (struct token){.key = key, .word = word, .start = (uint32_t)start, .len = (uint16_t)len, .inner = inner};
}

static void find_words(const struct words *w, const uint32_t *cps, size_t n, struct lattice *l)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t node = 0;
        l->from[i] = (uint16_t)used;
        for (size_t k = i; k < n && k - i < WORD_LONGEST && (node = words_step(w, node, cps[k])) != 0; k++)
            if (w->word_at[node] != NO_WORD && used < CUTS_MAX)
                l->cuts[used++] = (struct cut){w->word_at[node], (uint8_t)(k - i + 1)};
        l->to[i] = (uint16_t)used;
    }
}

static void find_path(const struct words *w, size_t n, bool split, struct lattice *l)
{
    l->cost[n] = 0;
    for (size_t i = n; i-- > 0;) {
        l->best[i] = CUTS_MAX;
        l->cost[i] = UNKNOWN_COST + l->cost[i + 1];
        for (unsigned c = l->from[i]; c < l->to[i]; c++) {
            uint32_t cost = w->cost[l->cuts[c].word] + l->cost[i + l->cuts[c].len];
            if (cost <= l->cost[i] && !(split && l->cuts[c].len == n)) {
                l->cost[i] = cost;
                l->best[i] = (uint16_t)c;
            }
        }
    }
}

static void emit_inner(const struct lattice *l, size_t at, size_t len, size_t base, struct tokens *out)
{
    for (size_t i = at; i < at + len; i++)
        for (unsigned c = l->from[i]; c < l->to[i]; c++)
            if (l->cuts[c].len >= 2 && i + l->cuts[c].len <= at + len && l->cuts[c].len < len)
                emit(out, TERM(TERM_WORD, l->cuts[c].word), l->cuts[c].word, base + i, l->cuts[c].len, true);
}

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return TERM(TERM_PAIR, (uint64_t)a << 21 | b);
}

/* Characters from..to of the run belong to no word: pairs, or the one that stands alone. */
static void emit_loose(const uint32_t *cps, size_t from, size_t to, size_t base, unsigned flags, struct tokens *out)
{
    if (to - from == 1 && (flags & SEG_CHARS))
        emit(out, TERM(TERM_CHAR, cps[from]), NO_WORD, base + from, 1, false);
    if (!(flags & SEG_PAIRS))
        for (size_t i = from; i + 1 < to; i++)
            emit(out, pair_key(cps[i], cps[i + 1]), NO_WORD, base + i, 2, false);
}

static void emit_pairs(const struct words *w, const uint32_t *cps, size_t n, size_t base, struct tokens *out)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (words_find(w, cps + i, 2) == NO_WORD)
            emit(out, pair_key(cps[i], cps[i + 1]), NO_WORD, base + i, 2, true);
}

static void segment_han(const struct words *w, const uint32_t *cps, size_t n, size_t base, unsigned flags, struct tokens *out)
{
    struct lattice l;
    size_t loose = 0; /* where the characters that belong to no word began */
    find_words(w, cps, n, &l);
    find_path(w, n, flags & SEG_SPLIT, &l);
    for (size_t i = 0; i < n;) {
        const struct cut *c = l.best[i] < CUTS_MAX ? &l.cuts[l.best[i]] : NULL;
        size_t len = c != NULL ? c->len : 1;
        if (len > 1) {
            if (loose < i)
                emit_loose(cps, loose, i, base, flags, out);
            emit(out, TERM(TERM_WORD, c->word), c->word, base + i, len, false);
            if ((flags & SEG_INNER) && len > 2)
                emit_inner(&l, i, len, base, out);
            loose = i + len;
        }
        i += len;
    }
    if (loose < n)
        emit_loose(cps, loose, n, base, flags, out);
    if (flags & SEG_PAIRS)
        emit_pairs(w, cps, n, base, out);
}

static void segment_latin(const struct words *w, const uint32_t *cps, size_t n, size_t base, struct tokens *out)
{
    while (n > 0 && (*cps == '+' || *cps == '#')) {
        cps++;
        base++;
        n--;
    }
    if (n == 0)
        return;
    uint32_t word = words_find(w, cps, n);
    emit(out, word != NO_WORD ? TERM(TERM_WORD, word) : TERM(TERM_LATIN, hash_bytes(cps, n * sizeof *cps)), word, base, n, false);
}

void segment(const struct words *w, const uint32_t *cps, size_t n, unsigned flags, struct tokens *out)
{
    for (size_t i = 0; i < n;) {
        enum char_kind kind = chars_kind(cps[i]);
        size_t k = i + 1;
        size_t most = kind == CHAR_HAN ? RUN_MAX : 32;
        while (k < n && k - i < most && chars_kind(cps[k]) == kind)
            k++;
        if (kind == CHAR_HAN)
            segment_han(w, cps + i, k - i, i, flags, out);
        else if (kind == CHAR_LATIN)
            segment_latin(w, cps + i, k - i, i, out);
        i = k;
    }
}

uint64_t firm_key(struct arena *a, const char *name)
{
    const char *key = text_employer_key(a, name == NULL ? "" : name);
    size_t n = strlen(key), at = 0;
    uint32_t c = 0;
    for (size_t i = 0; i < 4 && at < n; i++) { /* 天津市鑫盛 and 天津鑫盛 are one: a 市 or 省 near the beginning goes */
        size_t len = utf8_next(key + at, n - at, &c, NULL);
        if (i >= 2 && (c == 0x5E02 || c == 0x7701) && at + len < n) {
            char *less = arena_strndup(a, key, n);
            memmove(less + at, less + at + len, n - at - len + 1);
            key = less;
            n -= len;
            break;
        }
        at += len;
    }
    return n == 0 ? 0 : TERM(TERM_FIRM, hash_bytes(key, n));
}
