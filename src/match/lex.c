/* lex.c -- what the texts of saved searches mean, and which of them an ad satisfies. */
#include "match/watch.h"

#include "match/mem.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

void lex_free(struct lex *l)
{
    mem_free(l->said);
    mem_free(l->groups);
    mem_free(l->alts);
    mem_free(l->terms);
    mem_free(l->doors);
    mem_free(l->open);
    *l = (struct lex){0};
}

size_t lex_bytes(const struct lex *l)
{
    return l->cap_said * sizeof *l->said + l->cap_groups * sizeof *l->groups + l->cap_alts * sizeof *l->alts + l->cap_terms * sizeof *l->terms +
           l->cap_doors * sizeof *l->doors + l->cap_open * sizeof *l->open;
}

/* ---- making ---- */

static void add_alt(struct lex *l, const struct alt *a)
{
    mem_room(&l->alts, &l->cap_alts, l->n_alts + 1, sizeof *l->alts);
    mem_room(&l->terms, &l->cap_terms, l->n_terms + a->n, sizeof *l->terms);
    memcpy(l->terms + l->n_terms, a->key, a->n * sizeof *a->key);
    l->alts[l->n_alts++] = (struct lex_alt){(uint32_t)l->n_terms, a->n};
    l->n_terms += a->n;
}

/* An ad comes to a text by the rarest term of each alternative of its rarest group. */
static void add_doors(struct lex *l, const struct group *g, uint32_t said)
{
    for (size_t i = 0; i < g->n; i++) {
        unsigned rarest = 0;
        for (unsigned k = 1; k < g->alts[i].n; k++)
            rarest = g->alts[i].idf[k] > g->alts[i].idf[rarest] ? k : rarest;
        mem_room(&l->doors, &l->cap_doors, l->n_doors + 1, sizeof *l->doors);
        l->doors[l->n_doors++] = (struct lex_door){g->alts[i].key[rarest], said};
    }
}

static void add_said(struct lex *l, uint32_t text, const struct query *q)
{
    const struct group *door = NULL;
    uint64_t least = UINT64_MAX;
    uint32_t number = (uint32_t)l->n_said;
    mem_room(&l->said, &l->cap_said, l->n_said + 1, sizeof *l->said);
    mem_room(&l->groups, &l->cap_groups, l->n_groups + q->n, sizeof *l->groups);
    l->said[l->n_said++] = (struct lex_said){text, (uint32_t)l->n_groups, (uint32_t)q->n};
    for (size_t i = 0; i < q->n; i++) {
        const struct group *g = &q->groups[i];
        uint64_t df = 0;
        l->groups[l->n_groups++] = (struct lex_group){(uint32_t)l->n_alts, (uint32_t)g->n, g->excluded};
        for (size_t k = 0; k < g->n; k++) {
            add_alt(l, &g->alts[k]);
            df += g->alts[k].df;
        }
        if (!g->excluded && df < least) {
            least = df;
            door = g;
        }
    }
    if (door != NULL) {
        add_doors(l, door, number);
        return;
    }
    mem_room(&l->open, &l->cap_open, l->n_open + 1, sizeof *l->open);
    l->open[l->n_open++] = number;
}

static int by_term(const void *a, const void *b)
{
    const struct lex_door *x = a, *y = b;
    if (x->term != y->term)
        return x->term < y->term ? -1 : 1;
    return x->said < y->said ? -1 : x->said > y->said;
}

static void finish(struct lex *l)
{
    if (l->n_doors > 1)
        qsort(l->doors, l->n_doors, sizeof *l->doors, by_term);
}

static bool has_letter(const char *s)
{
    for (; *s != '\0'; s++)
        if ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))
            return true;
    return false;
}

/* What it means may change with the ads: it has spellings, or a word that is in no ad (others may stand in for it). */
static bool is_loose(const struct query *q)
{
    for (size_t i = 0; i < q->n; i++) {
        const struct group *g = &q->groups[i];
        if (!g->excluded && (g->n == 0 || g->alts[0].df == 0 || has_letter(g->typed)))
            return true;
    }
    return false;
}

void lex_make(const struct match *m, const struct snap *s, const struct piece *p, struct watches *w)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    for (uint32_t t = 0; t < w->n_texts; t++) {
        struct watch one = watch_read(piece_record(p, w->sample[t]));
        struct query *q = ARENA_NEW(&a, struct query);
        query_parse(&cx, m, s, one.text, q);
        if (has_letter(one.text) || is_loose(q)) {
            mem_room(&w->loose, &w->cap_loose, w->n_loose + 1, sizeof *w->loose);
            w->loose[w->n_loose++] = t;
        } else {
            add_said(&w->fixed, t, q);
        }
        arena_reset(&a);
    }
    finish(&w->fixed);
    arena_free(&a);
}

static bool is_written(const struct snap *s, uint64_t term)
{
    for (unsigned i = 0; i < s->n_parts; i++)
        if (part_postings(s->parts[i], term).n > 0)
            return true;
    return false;
}

/* Some group of it has no alternative left of which every term is in some ad. */
static bool lost_a_word(const struct snap *s, const struct lex *l, const struct lex_said *x)
{
    for (uint32_t g = x->first; g < x->first + x->n; g++) {
        bool any = l->groups[g].excluded;
        for (uint32_t a = l->groups[g].first; a < l->groups[g].first + l->groups[g].n && !any; a++) {
            any = true;
            for (uint32_t t = l->alts[a].first; t < l->alts[a].first + l->alts[a].n && any; t++)
                any = is_written(s, l->terms[t]);
        }
        if (!any)
            return true;
    }
    return false;
}

static void say_again(struct ctx *cx, const struct match *m, const struct snap *s, const struct piece *p, uint32_t text, struct lex *l)
{
    const struct watches *w = p->made;
    struct query *q = ARENA_NEW(cx->arena, struct query);
    query_parse(cx, m, s, watch_read(piece_record(p, w->sample[text])).text, q);
    add_said(l, text, q);
    arena_reset(cx->arena);
}

struct lex *lex_loose(const struct match *m, const struct snap *s, const struct piece *p, const struct lex *before, bool recheck)
{
    const struct watches *w = p->made;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct lex *l = mem_alloc(sizeof *l);
    l->refs = 1;
    for (size_t i = 0; i < w->n_loose; i++)
        say_again(&cx, m, s, p, w->loose[i], l);
    for (size_t i = w->n_loose; before != NULL && !recheck && i < before->n_said; i++)
        say_again(&cx, m, s, p, before->said[i].text, l);
    for (size_t i = 0; recheck && i < w->fixed.n_said; i++)
        if (lost_a_word(s, &w->fixed, &w->fixed.said[i]))
            say_again(&cx, m, s, p, w->fixed.said[i].text, l);
    finish(l);
    arena_free(&a);
    if (l->n_said > 0)
        return l;
    lex_free(l);
    mem_free(l);
    return NULL;
}

/* ---- the terms of an ad ---- */

struct gather {
    const struct match *m;
    struct tokens tokens;
};

static void gather_text(void *arg, const char *text, unsigned flags, unsigned weight)
{
    struct gather *g = arg;
    uint32_t cps[AD_TEXT_MAX];
    (void)weight;
    segment(&g->m->words, cps, chars_read(text, cps, AD_TEXT_MAX), flags, &g->tokens);
}

void ad_terms(struct ctx *cx, const struct match *m, const struct match_ad *ad, struct terms_of *out)
{
    struct gather g = {.m = m};
    ad_texts(m, ad, gather_text, &g);
    size_t cap = 64;
    while (cap < 2 * g.tokens.n)
        cap *= 2;
    uint64_t *list = ARENA_ARRAY(cx->arena, uint64_t, g.tokens.n);
    *out = (struct terms_of){ARENA_ARRAY(cx->arena, uint64_t, cap), cap - 1, list, 0};
    for (size_t i = 0; i < g.tokens.n; i++) {
        uint64_t key = g.tokens.v[i].key;
        size_t at = hash_mix(key) & out->mask;
        while (out->slots[at] != 0 && out->slots[at] != key)
            at = (at + 1) & out->mask;
        if (out->slots[at] == 0)
            list[out->n++] = out->slots[at] = key;
    }
    tokens_free(&g.tokens);
}

static bool has_term(const struct terms_of *t, uint64_t key)
{
    size_t at = hash_mix(key) & t->mask;
    while (t->slots[at] != 0 && t->slots[at] != key)
        at = (at + 1) & t->mask;
    return t->slots[at] == key;
}

/* ---- which texts an ad satisfies ---- */

static bool group_holds(const struct lex *l, const struct lex_group *g, const struct terms_of *t)
{
    for (uint32_t a = g->first; a < g->first + g->n; a++) {
        bool all = true;
        for (uint32_t k = l->alts[a].first; k < l->alts[a].first + l->alts[a].n && all; k++)
            all = has_term(t, l->terms[k]);
        if (all)
            return true;
    }
    return false;
}

static bool satisfies(const struct lex *l, const struct lex_said *x, const struct terms_of *t)
{
    for (uint32_t g = x->first; g < x->first + x->n; g++)
        if (group_holds(l, &l->groups[g], t) == l->groups[g].excluded)
            return false;
    return true;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static size_t first_door(const struct lex *l, uint64_t term)
{
    size_t lo = 0, hi = l->n_doors;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (l->doors[mid].term < term)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void lex_satisfied(struct ctx *cx, const struct lex *l, const struct terms_of *t, void (*each)(void *arg, uint32_t text), void *arg)
{
    size_t n = 0, cap = 0;
    uint32_t *may = NULL;
    for (size_t i = 0; i < t->n; i++)
        for (size_t d = first_door(l, t->list[i]); d < l->n_doors && l->doors[d].term == t->list[i]; d++) {
            if (n == cap) {
                cap = cap == 0 ? 256 : 2 * cap;
                may = arena_grow(cx->arena, may, n * sizeof *may, cap * sizeof *may);
            }
            may[n++] = l->doors[d].said;
        }
    if (n > 1)
        qsort(may, n, sizeof *may, by_number);
    for (size_t i = 0; i < n; i++)
        if ((i == 0 || may[i] != may[i - 1]) && satisfies(l, &l->said[may[i]], t))
            each(arg, l->said[may[i]].text);
    for (size_t i = 0; i < l->n_open; i++)
        if (satisfies(l, &l->said[l->open[i]], t))
            each(arg, l->said[l->open[i]].text);
}
