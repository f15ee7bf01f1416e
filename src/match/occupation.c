/* occupation.c -- titles to occupations.
 *
 * Words that speak for an occupation (its name, aliases) are looked for in the cleaned title: long words and
 * words at the end count more. rank.c weighs what they say together with other signs.
 */
#include "match/occupation.h"

#include "match/clean.h"
#include "match/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FOUND_MAX 256     /* candidates of a title */
#define NAME_WEIGHT 0.9F
#define STEM_WEIGHT 0.5F  /* a name without 人员, 工, ... */
#define LATER_PIECE 0.92F
#define NOT_AT_END 0.95F
#define ASIDE 0.5F        /* what stands in brackets */

struct titles *titles_new(void)
{
    struct titles *t = mem_alloc(sizeof *t);
    words_init(&t->words);
    memcpy(t->signs, rank_plain, sizeof t->signs);
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
    mem_free(t->shares);
    gram_index_free(&t->by_gram);
    lessons_free(t);
    mem_free(t->codes);
    for (size_t level = 0; level < LEVELS; level++)
        mem_free(t->group[level]);
    mem_free(t->tells);
    mem_free(t);
}

size_t titles_bytes(const struct titles *t)
{
    return t == NULL ? 0 : words_bytes(&t->words) + t->cap * sizeof *t->v + t->cap_grams * sizeof *t->grams + t->cap_shares * sizeof *t->shares +
                               (t->words.n_words + (size_t)1) * sizeof *t->first + t->n_codes * (sizeof *t->codes + LEVELS * sizeof **t->group) +
                               gram_index_bytes(&t->by_gram) + lessons_bytes(t);
}

void titles_alias(struct titles *t, const char *text, size_t len, int32_t code, double weight)
{
    uint32_t word = words_add_text(&t->words, text, len, 1, 0);
    if (word == NO_WORD || len < 2)
        return;
    mem_room(&t->v, &t->cap, t->n + 1, sizeof *t->v);
    t->v[t->n++] = (struct speaks){word, code, (float)weight, 0};
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

static int by_code(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* Gives the occupations that are spoken for numbers. */
static void number_codes(struct titles *t)
{
    size_t n = 0;
    t->codes = MEM_ARRAY(int32_t, t->n + 1);
    for (size_t i = 0; i < t->n; i++)
        t->codes[i] = t->v[i].code;
    if (t->n > 0)
        qsort(t->codes, t->n, sizeof *t->codes, by_code);
    for (size_t i = 0; i < t->n; i++)
        if (n == 0 || t->codes[n - 1] != t->codes[i])
            t->codes[n++] = t->codes[i];
    t->n_codes = n;
    for (size_t i = 0; i < t->n; i++)
        t->v[i].occ = (uint32_t)titles_number(t, t->v[i].code);
}

size_t titles_number(const struct titles *t, int32_t code)
{
    const int32_t *at = t->n_codes == 0 ? NULL : bsearch(&code, t->codes, t->n_codes, sizeof *t->codes, by_code);
    return at == NULL ? SIZE_MAX : (size_t)(at - t->codes);
}

/* Codes ascend, so groups do. */
static void number_groups(struct titles *t)
{
    static const int32_t unit[LEVELS] = {1, 100, 10000};
    for (size_t level = 0; level < LEVELS; level++) {
        t->group[level] = MEM_ARRAY(uint32_t, t->n_codes + 1);
        for (size_t o = 0; o < t->n_codes; o++) {
            t->n_groups[level] += o == 0 || t->codes[o] / unit[level] != t->codes[o - 1] / unit[level];
            t->group[level][o] = (uint32_t)t->n_groups[level] - 1;
        }
    }
}

void titles_finish(struct match *m)
{
    struct titles *t = m->titles;
    for (size_t i = 0; i < m->n_occs; i++)
        if (m->occs[i].code % 1000000 != 0)
            add_name(t, &m->occs[i]);
    words_finish(&t->words);
    unite(t);
    number_codes(t);
    number_groups(t);
    alike_finish(m);
    lessons_finish(t);
}

/* ---- asking ---- */

struct guess {
    const struct titles *t;
    struct found v[FOUND_MAX];
    size_t n;
    uint16_t *slot; /* occupation -> its place in v + 1 */
};
struct stretch { /* of the title, between gaps */
    const uint32_t *c;
    size_t n;
    unsigned part;
    float weight;
};

static bool overlaps(const struct found *f, unsigned part, size_t from, size_t to)
{
    return f->part == part && from >= f->from && to <= f->to;
}

static void speak(struct guess *g, const struct speaks *s, float value, unsigned part, size_t from, size_t to)
{
    if (g->slot[s->occ] == 0 && g->n < FOUND_MAX) {
        g->v[g->n++] = (struct found){.code = s->code, .occ = s->occ};
        g->slot[s->occ] = (uint16_t)g->n;
    }
    if (g->slot[s->occ] == 0)
        return;
    struct found *f = &g->v[g->slot[s->occ] - 1];
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

static void read_word(struct guess *g, const struct stretch *p, uint32_t word, size_t from, size_t to)
{
    const struct titles *t = g->t;
    float end = from == 0 && to == p->n ? 1.15F : to == p->n ? 1.0F : NOT_AT_END;
    float value = powf(length_of(p->c + from, to - from), 0.9F) * end * p->weight;
    for (uint32_t e = t->first[word]; e < t->first[word + 1]; e++)
        speak(g, &t->v[e], value, p->part, from, to);
}

static void read_piece(struct guess *g, const struct stretch *p)
{
    const struct words *w = &g->t->words;
    for (size_t i = 0; i < p->n; i++) {
        uint32_t node = 0;
        for (size_t k = i; k < p->n && (node = words_step(w, node, p->c[k])) != 0; k++) {
            uint32_t word = w->word_at[node];
            if (word != NO_WORD && k > i && !splits_latin(p->c, p->n, i, k + 1) && g->t->first[word] < g->t->first[word + 1])
                read_word(g, p, word, i, k + 1);
        }
    }
}

static unsigned read_title(struct guess *g, const uint32_t *c, size_t n, unsigned part, float weight)
{
    for (size_t i = 0; i < n; part++) {
        size_t k = i;
        while (k < n && chars_kind(c[k]) != CHAR_GAP)
            k++;
        float w = part == 0 ? weight : weight * LATER_PIECE;
        read_piece(g, &(struct stretch){c + i, k - i, part, w});
        i = k + 1;
    }
    return part;
}

static int best_first(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    float u = x->best + x->more, v = y->best + y->more;
    return u != v ? (u > v ? -1 : 1) : x->code < y->code ? -1 : x->code > y->code;
}

void titles_choices(struct ctx *cx, const struct match *m, const char *title, struct grams *grams, struct choice **out, size_t *n)
{
    uint32_t c[TITLE_CHARS], aside[TITLE_CHARS];
    size_t len = chars_read(match_clean_title(cx, title), c, TITLE_CHARS);
    struct guess *g = ARENA_NEW(cx->arena, struct guess);
    g->t = m->titles;
    g->slot = ARENA_ARRAY(cx->arena, uint16_t, g->t->n_codes + 1);
    unsigned parts = read_title(g, c, len, 0, 1);
    (void)read_title(g, aside, chars_read(title_asides(cx, title), aside, TITLE_CHARS), parts + 1, ASIDE);
    qsort(g->v, g->n, sizeof *g->v, best_first);
    grams_of(c, len, grams);
    rank_choices(cx, g->t, grams, g->v, g->n, out, n);
}

static int most_points(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    return x->points != y->points ? (x->points > y->points ? -1 : 1) : x->code < y->code ? -1 : x->code > y->code;
}

err_t match_occupation(struct ctx *cx, const struct match *m, const char *title, size_t k, const struct match_occupation **out, size_t *n)
{
    struct grams g;
    struct choice *c;
    titles_choices(cx, m, title, &g, &c, n);
    qsort(c, *n, sizeof *c, most_points);
    *n = *n < k ? *n : k;
    struct match_occupation *v = ARENA_ARRAY(cx->arena, struct match_occupation, *n);
    for (size_t i = 0; i < *n; i++) {
        const char *name = occ_name(m, c[i].code), *why = c[i].word == NO_WORD ? "" : words_text(&m->titles->words, c[i].word);
        v[i] = (struct match_occupation){c[i].code, name == NULL ? "" : arena_strndup(cx->arena, name, strlen(name)),
                                         (int32_t)(1000 * c[i].said / (c[i].said + 1)), arena_strndup(cx->arena, why, strlen(why))};
    }
    *out = v;
    return E_OK;
}
