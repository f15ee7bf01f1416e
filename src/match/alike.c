/* alike.c -- how like a title is to each occupation: by the characters and pairs that its words, its name and its definition share with it.
 *
 * For words: the share that an occupation, or its group, has of all words with that gram (naive Bayes, smoothed). For names: the cosine of
 * their rare characters. For definitions: the rarity of their most telling pairs. All is reckoned when the engine opens; asking adds up.
 */
#include "match/occupation.h"

#include "match/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMOOTH 2.0F /* words spread over all occupations, for each gram */
#define ALONE 0.5F  /* one character says less than a pair */
#define PAIRS 40.0F /* twice as many as an occupation has: its last pair says half as much as its first */

struct tally {
    uint64_t key;
    uint32_t view, occ;
    float k;
};
struct tallies {
    struct tally *v;
    size_t n, cap;
};

static bool tells(uint64_t key)
{
    return !gram_at_edge(key) && (gram_is_pair(key) || chars_kind((uint32_t)key) == CHAR_HAN);
}

static void tally(struct tallies *y, uint64_t key, enum view view, size_t occ, float k)
{
    mem_room(&y->v, &y->cap, y->n + 1, sizeof *y->v);
    y->v[y->n++] = (struct tally){key, view, (uint32_t)occ, k};
}

static void tally_text(struct tallies *y, const char *text, enum view view, size_t occ, float k)
{
    uint32_t c[TITLE_CHARS];
    struct grams g;
    grams_of(c, chars_read(text, c, TITLE_CHARS), &g);
    for (size_t i = 0; i < g.n; i++)
        if (tells(g.key[i]) && (view != VIEW_NAME || !gram_is_pair(g.key[i])))
            tally(y, g.key[i], view, occ, k);
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
        t->tells[t->n_tells++] = (struct telling){(uint64_t)c[i] << 21 | c[i + 1], code, place++};
    }
}

static int by_key(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->view != y->view)
        return x->view < y->view ? -1 : 1;
    return x->occ < y->occ ? -1 : x->occ > y->occ;
}

static void unite(struct tallies *y)
{
    size_t n = 0;
    if (y->n > 0)
        qsort(y->v, y->n, sizeof *y->v, by_key);
    for (size_t i = 0; i < y->n; i++) {
        struct tally *last = n > 0 ? &y->v[n - 1] : NULL;
        if (last != NULL && by_key(last, &y->v[i]) == 0)
            last->k += y->v[i].k;
        else
            y->v[n++] = y->v[i];
    }
    y->n = n;
}

static void share(struct titles *t, struct gram *g, enum view view, uint32_t number, float value)
{
    mem_room(&t->shares, &t->cap_shares, t->n_shares + 1, sizeof *t->shares);
    t->shares[t->n_shares++] = (struct share){number, value};
    g->n[view]++;
}

/* The same words, counted by occupation, then by group: who has none of them is the yardstick. */
static void share_words(struct titles *t, struct gram *g, const struct tally *v, size_t n)
{
    float all = 0;
    for (size_t i = 0; i < n; i++)
        all += v[i].k;
    g->absent = logf(SMOOTH / (all + SMOOTH));
    for (size_t level = 0; level < LEVELS; level++) {
        const uint32_t *group = t->group[level];
        float few = SMOOTH / (float)t->n_groups[level];
        for (size_t i = 0, k; i < n; i = k) {
            float sum = 0;
            for (k = i; k < n && group[v[k].occ] == group[v[i].occ]; k++)
                sum += v[k].k;
            share(t, g, (enum view)level, group[v[i].occ], logf((sum + few) / few));
        }
    }
}

static void share_gram(struct titles *t, const struct tally *v, size_t n)
{
    struct gram g = {.key = v->key, .at = (uint32_t)t->n_shares};
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i; k < n && v[k].view == v[i].view;)
            k++;
        float rarity = logf((float)(t->n_codes + 1) / ((float)(k - i) + 0.5F));
        if (v[i].view == VIEW_LEAF)
            share_words(t, &g, v + i, k - i);
        if (v[i].view == VIEW_NAME)
            g.rare = rarity * rarity;
        for (size_t e = i; v[i].view != VIEW_LEAF && e < k; e++)
            share(t, &g, (enum view)v[i].view, v[e].occ, v[i].view == VIEW_NAME ? g.rare : rarity * v[e].k);
    }
    mem_room(&t->grams, &t->cap_grams, t->n_grams + 1, sizeof *t->grams);
    t->grams[t->n_grams++] = g;
}

/* A name counts as one, however long it is. */
static void even_names(struct titles *t)
{
    float *norm = MEM_ARRAY(float, t->n_codes + 1);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < t->n_grams; i++) {
            const struct gram *g = &t->grams[i];
            struct share *s = t->shares + g->at + g->n[VIEW_LEAF] + g->n[VIEW_SMALL] + g->n[VIEW_MIDDLE];
            for (size_t k = 0; k < g->n[VIEW_NAME]; k++) {
                if (pass == 0)
                    norm[s[k].number] += s[k].value;
                else
                    s[k].value /= sqrtf(norm[s[k].number]);
            }
        }
    mem_free(norm);
}

void alike_finish(struct match *m)
{
    struct titles *t = m->titles;
    struct tallies y = {0};
    for (size_t e = 0; e < t->n; e++)
        tally_text(&y, words_text(&t->words, t->v[e].word), VIEW_LEAF, t->v[e].occ, t->v[e].weight);
    for (size_t i = 0, o; i < m->n_occs; i++)
        if ((o = titles_number(t, m->occs[i].code)) != SIZE_MAX)
            tally_text(&y, m->occs[i].name, VIEW_NAME, o, 1);
    for (size_t i = 0, o; i < t->n_tells; i++)
        if ((o = titles_number(t, t->tells[i].code)) != SIZE_MAX)
            tally(&y, t->tells[i].key, VIEW_DEFINITION, o, 1 - (float)t->tells[i].place / PAIRS);
    mem_free(t->tells);
    t->tells = NULL;
    unite(&y);
    for (size_t i = 0, k; i < y.n; i = k) {
        for (k = i; k < y.n && y.v[k].key == y.v[i].key;)
            k++;
        share_gram(t, y.v + i, k - i);
    }
    mem_free(y.v);
    even_names(t);
    gram_index_make(&t->by_gram, t->grams, t->n_grams, sizeof *t->grams);
}

/* ---- asking ---- */

static void add_up(const struct titles *t, const struct gram *g, float weight, float *out[VIEWS])
{
    const struct share *s = t->shares + g->at;
    for (size_t view = 0; view < VIEWS; view++) {
        float w = view < (size_t)LEVELS ? weight : 1, *to = out[view];
        for (size_t i = 0; i < g->n[view]; i++, s++)
            to[s->number] += w * s->value;
    }
}

/* Groups' sums go to their occupations; from the last one on, since no number grows. */
static void spread(const struct titles *t, enum level level, float absent, float over, float *v)
{
    for (size_t o = t->n_codes; o-- > 0;)
        v[o] = (v[t->group[level][o]] + absent) * over;
}

void alike_ask(struct ctx *cx, const struct titles *t, const struct grams *g, float *out[VIEWS])
{
    float absent = 0, said = 0, chars = 0, most = logf((float)t->n_codes + 1);
    size_t pairs = 0;
    for (size_t view = 0; view < VIEWS; view++)
        out[view] = ARENA_ARRAY(cx->arena, float, t->n_codes + 1);
    for (size_t i = 0; i < g->n; i++) {
        if (!tells(g->key[i]))
            continue;
        bool pair = gram_is_pair(g->key[i]);
        uint32_t at = gram_index_find(&t->by_gram, g->key[i]);
        const struct gram *x = at == NO_GRAM ? NULL : &t->grams[at];
        float weight = pair ? 1 : ALONE;
        pairs += pair;
        chars += pair ? 0 : x != NULL && x->rare > 0 ? x->rare : most * most;
        if (x == NULL)
            continue;
        if (x->n[VIEW_LEAF] > 0) {
            absent += weight * x->absent;
            said += weight;
        }
        add_up(t, x, weight, out);
    }
    for (size_t level = 0; level < LEVELS; level++)
        spread(t, (enum level)level, absent, 1 / sqrtf(said + 1), out[level]);
    for (size_t o = 0; o < t->n_codes; o++) {
        out[VIEW_NAME][o] /= sqrtf(chars + 1e-6F);
        out[VIEW_DEFINITION][o] /= (float)(pairs + 1);
    }
}
