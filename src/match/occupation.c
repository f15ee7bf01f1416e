/* occupation.c -- titles to occupations.
 *
 * Words that speak for an occupation (its name, aliases) are looked for in the cleaned title: long words and
 * words at the end count more. Where that finds too little, names that share pairs of characters fill up.
 */
#include "match/occupation.h"

#include "match/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TITLE_CHARS 100
#define FOUND_MAX 256     /* candidates of a title */
#define COMMON 600        /* a character in more entries than this says nothing */
#define NAME_WEIGHT 0.9F
#define STEM_WEIGHT 0.5F  /* a name without 人员, 工, ... */

struct speaks { /* a word speaks for an occupation */
    uint32_t word;
    int32_t code;
    float weight;
};
struct gram {
    uint64_t key; /* one or two code points */
    uint32_t entry;
};
struct titles {
    struct words words;
    struct speaks *v; /* by word */
    uint32_t *first;  /* word -> its first entry; n_words + 1 */
    size_t n, cap;
    struct gram *grams; /* by key */
    size_t n_grams, cap_grams;
    float *norms; /* of the entries */
};

struct titles *titles_new(void)
{
    struct titles *t = mem_alloc(sizeof *t);
    words_init(&t->words);
    return t;
}

void titles_free(struct titles *t)
{
    if (t == NULL)
        return;
    words_free(&t->words);
    mem_free(t->v);
    mem_free(t->first);
    mem_free(t->grams);
    mem_free(t->norms);
    mem_free(t);
}

size_t titles_bytes(const struct titles *t)
{
    return t == NULL ? 0 : words_bytes(&t->words) + t->cap * (sizeof *t->v + sizeof *t->norms) + t->cap_grams * sizeof *t->grams;
}

void titles_alias(struct titles *t, const char *text, size_t len, int32_t code, double weight)
{
    uint32_t word = words_add_text(&t->words, text, len, 1, 0);
    if (word == NO_WORD || len < 2)
        return;
    mem_room(&t->v, &t->cap, t->n + 1, sizeof *t->v);
    t->v[t->n++] = (struct speaks){word, code, (float)weight};
}

/* ---- making ready ---- */

static void add_name(struct titles *t, const struct occ *o)
{
    static const char *const ends[] = {"工程技术人员", "专业人员", "技术人员", "服务人员", "人员", "装配调试工", "制造工",
                                       "制作工", "生产工", "加工工", "员", "师", "工"};
    size_t n = strlen(o->name);
    titles_alias(t, o->name, n, o->code, (double)NAME_WEIGHT);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t k = strlen(ends[i]);
        if (n >= k + 9 && strcmp(o->name + n - k, ends[i]) == 0) {
            titles_alias(t, o->name, n - k, o->code, (double)STEM_WEIGHT);
            return;
        }
    }
}

/* Of entries that say the same the weightiest comes first and is kept. */
static int by_word(const void *a, const void *b)
{
    const struct speaks *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    return x->weight > y->weight ? -1 : x->weight < y->weight;
}

static void unite(struct titles *t)
{
    size_t n = 0;
    if (t->n > 0)
        qsort(t->v, t->n, sizeof *t->v, by_word);
    for (size_t i = 0; i < t->n; i++)
        if (n == 0 || t->v[n - 1].word != t->v[i].word || t->v[n - 1].code != t->v[i].code)
            t->v[n++] = t->v[i];
    t->n = n;
    t->first = MEM_ARRAY(uint32_t, t->words.n_words + (size_t)1);
    for (size_t i = 0; i < n; i++)
        t->first[t->v[i].word + 1]++;
    for (uint32_t w = 0; w < t->words.n_words; w++)
        t->first[w + 1] += t->first[w];
}

static size_t grams_of(const uint32_t *c, size_t n, uint64_t *out)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        if (chars_kind(c[i]) == CHAR_HAN)
            out[k++] = c[i];
        if (i + 1 < n && chars_kind(c[i]) != CHAR_GAP && chars_kind(c[i + 1]) != CHAR_GAP)
            out[k++] = (uint64_t)c[i] << 21 | c[i + 1];
    }
    return k;
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
    size_t lo = 0, hi = t->n_grams;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (t->grams[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (hi = lo; hi < t->n_grams && t->grams[hi].key == key;)
        hi++;
    *n = hi - lo;
    return lo;
}

static float rarity(const struct titles *t, uint64_t key, size_t n)
{
    float idf = logf((float)(t->n + 1) / (float)(n + 1));
    return key >> 21 == 0 ? idf * 0.35F : idf;
}

static void index_grams(struct titles *t)
{
    for (size_t e = 0; e < t->n; e++) {
        uint32_t c[WORD_LONGEST];
        uint64_t keys[2 * WORD_LONGEST];
        size_t k = grams_of(c, chars_read(words_text(&t->words, t->v[e].word), c, WORD_LONGEST), keys);
        mem_room(&t->grams, &t->cap_grams, t->n_grams + k, sizeof *t->grams);
        for (size_t i = 0; i < k; i++)
            t->grams[t->n_grams++] = (struct gram){keys[i], (uint32_t)e};
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

void titles_finish(struct match *m)
{
    struct titles *t = m->titles;
    for (size_t i = 0; i < m->n_occs; i++)
        if (m->occs[i].code % 1000000 != 0)
            add_name(t, &m->occs[i]);
    words_finish(&t->words);
    unite(t);
    index_grams(t);
}

/* ---- asking ---- */

struct found { /* an occupation and the words of the title that speak for it */
    int32_t code;
    float best, more;
    uint32_t word;
    uint16_t from, to, part;
};
struct guess {
    const struct titles *t;
    struct found v[FOUND_MAX];
    size_t n;
};

static bool overlaps(const struct found *f, unsigned part, size_t from, size_t to)
{
    return f->part == part && from >= f->from && to <= f->to;
}

static void speak(struct guess *g, const struct speaks *s, float value, unsigned part, size_t from, size_t to)
{
    size_t i = 0;
    while (i < g->n && g->v[i].code != s->code)
        i++;
    if (i == FOUND_MAX)
        return;
    struct found *f = &g->v[i];
    if (i == g->n) {
        g->n++;
        *f = (struct found){.code = s->code};
    }
    value *= s->weight;
    if (value > f->best) {
        float before = f->best;
        bool inside = f->part == part && f->from >= from && f->to <= to;
        f->more += before > 0 && !inside ? before * 0.25F : 0;
        f->best = value;
        f->word = s->word;
        f->from = (uint16_t)from;
        f->to = (uint16_t)to;
        f->part = (uint16_t)part;
    } else if (!overlaps(f, part, from, to)) {
        f->more += value * 0.25F;
    }
}

static bool splits_latin(const uint32_t *c, size_t n, size_t from, size_t to)
{
    return (from > 0 && chars_kind(c[from]) == CHAR_LATIN && chars_kind(c[from - 1]) == CHAR_LATIN) ||
           (to < n && chars_kind(c[to - 1]) == CHAR_LATIN && chars_kind(c[to]) == CHAR_LATIN);
}

static float length_of(const uint32_t *c, size_t n)
{
    float x = 0;
    for (size_t i = 0; i < n; i++)
        x += chars_kind(c[i]) == CHAR_HAN ? 1.0F : 0.6F;
    return x;
}

/* One piece of the title, between gaps. */
static void read_piece(struct guess *g, const uint32_t *c, size_t n, unsigned part)
{
    const struct titles *t = g->t;
    for (size_t i = 0; i < n; i++) {
        uint32_t node = 0;
        for (size_t k = i; k < n && (node = words_step(&t->words, node, c[k])) != 0; k++) {
            uint32_t word = t->words.word_at[node];
            if (word == NO_WORD || k == i || splits_latin(c, n, i, k + 1))
                continue;
            float end = i == 0 && k + 1 == n ? 1.15F : k + 1 == n ? 1.0F : n - k - 1 <= 2 ? 0.8F : 0.7F;
            float value = powf(length_of(c + i, k + 1 - i), 0.75F) * end * (part == 0 ? 1.0F : 0.92F);
            for (uint32_t e = t->first[word]; e < t->first[word + 1]; e++)
                speak(g, &t->v[e], value, part, i, k + 1);
        }
    }
}

static void read_title(struct guess *g, const uint32_t *c, size_t n)
{
    unsigned part = 0;
    for (size_t i = 0; i < n; part++) {
        size_t k = i;
        while (k < n && chars_kind(c[k]) != CHAR_GAP)
            k++;
        read_piece(g, c + i, k - i, part);
        i = k + 1;
    }
}

static int best_first(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    float u = x->best + x->more, v = y->best + y->more;
    return u != v ? (u > v ? -1 : 1) : x->code < y->code ? -1 : x->code > y->code;
}

/* Names alike by their characters: those of the k best that are not there yet. */
static void fill_up(struct ctx *cx, struct guess *g, const uint32_t *c, size_t n, size_t k)
{
    const struct titles *t = g->t;
    float *common = ARENA_ARRAY(cx->arena, float, t->n + 1), norm = 0;
    uint64_t keys[2 * TITLE_CHARS];
    size_t n_keys = grams_of(c, n, keys), had = g->n;
    for (size_t i = 0; i < n_keys; i++) {
        size_t count, at = gram_range(t, keys[i], &count);
        float x = rarity(t, keys[i], count);
        norm += x * x;
        for (size_t e = 0; count <= COMMON && e < count; e++)
            common[t->grams[at + e].entry] += x * x;
    }
    norm = sqrtf(norm);
    for (size_t e = 0; e < t->n; e++) {
        size_t at = 0;
        float alike = common[e] > 0 && t->norms[e] > 0 ? common[e] / (t->norms[e] * norm) * t->v[e].weight * 0.3F : 0;
        while (at < g->n && g->v[at].code != t->v[e].code)
            at++;
        if (alike <= 0 || at < had || (at < g->n && g->v[at].best >= alike))
            continue;
        if (at == g->n && g->n >= had + k) { /* the weakest of the fillers gives way */
            at = had;
            for (size_t i = had; i < g->n; i++)
                at = g->v[i].best < g->v[at].best ? i : at;
            if (g->v[at].best >= alike)
                continue;
        } else if (at == g->n) {
            if (g->n == FOUND_MAX)
                continue;
            g->n++;
        }
        g->v[at] = (struct found){.code = t->v[e].code, .best = alike, .word = t->v[e].word};
    }
    qsort(g->v + had, g->n - had, sizeof *g->v, best_first);
}

err_t match_occupation(struct ctx *cx, const struct match *m, const char *title, size_t k, const struct match_occupation **out, size_t *n)
{
    uint32_t c[TITLE_CHARS];
    size_t len = chars_read(match_clean_title(cx, title), c, TITLE_CHARS);
    struct guess *g = ARENA_NEW(cx->arena, struct guess);
    g->t = m->titles;
    read_title(g, c, len);
    qsort(g->v, g->n, sizeof *g->v, best_first);
    if (g->n < k)
        fill_up(cx, g, c, len, k - g->n);
    *n = g->n < k ? g->n : k;
    struct match_occupation *v = ARENA_ARRAY(cx->arena, struct match_occupation, *n);
    for (size_t i = 0; i < *n; i++) {
        const char *name = occ_name(m, g->v[i].code), *why = words_text(&g->t->words, g->v[i].word);
        float score = g->v[i].best + g->v[i].more;
        v[i] = (struct match_occupation){g->v[i].code, name == NULL ? "" : arena_strndup(cx->arena, name, strlen(name)),
                                         (int32_t)(1000 * score / (score + 1)), arena_strndup(cx->arena, why, strlen(why))};
    }
    *out = v;
    return E_OK;
}
