#include "match/suggest.h"

#include "base/text.h"
#include "match/mem.h"
#include "match/pinyin.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

#define TITLES_MAX 40000 /* of a part: the commonest */
#define ENTRY_LONGEST 20 /* code points */
#define LOOKED_AT 20000  /* keys of a range that are looked at */

struct entry {
    uint32_t text; /* offset */
    uint32_t count;
    int32_t occupation;
    uint32_t word; /* or NO_WORD */
};
struct key {
    uint32_t at; /* offset of the text of the key */
    uint32_t entry;
};
struct suggest {
    struct entry *entries;
    struct key *keys;
    size_t n, cap, n_keys, cap_keys;
    char *text;
    size_t len, cap_text;
};

void suggest_free(struct suggest *s)
{
    if (s == NULL)
        return;
    mem_free(s->entries);
    mem_free(s->keys);
    mem_free(s->text);
    mem_free(s);
}

size_t suggest_bytes(const struct suggest *s)
{
    return s == NULL ? 0 : s->cap * sizeof *s->entries + s->cap_keys * sizeof *s->keys + s->cap_text;
}

static uint32_t put_text(struct suggest *s, const char *text)
{
    size_t n = strlen(text) + 1, at = s->len;
    mem_room(&s->text, &s->cap_text, at + n, 1);
    memcpy(s->text + at, text, n);
    s->len += n;
    return (uint32_t)at;
}

static void put_key(struct suggest *s, uint32_t at, uint32_t entry)
{
    mem_room(&s->keys, &s->cap_keys, s->n_keys + 1, sizeof *s->keys);
    s->keys[s->n_keys++] = (struct key){at, entry};
}

static void put_sounds(const struct match *m, struct suggest *s, const uint32_t *cps, size_t n, uint32_t entry)
{
    struct ways ways;
    for (int initials = 0; initials < 2; initials++) {
        pinyin_read(m->pinyin, cps, n, initials, &ways);
        for (size_t i = 0; i < ways.n; i++)
            put_key(s, put_text(s, ways.v[i]), entry);
    }
}

static void put_tail(const struct match *m, struct suggest *s, const uint32_t *cps, size_t n, uint32_t entry)
{
    char tail[4 * ENTRY_LONGEST + 1];
    size_t len = 0;
    for (size_t k = 0; k < n; k++)
        len += utf8_put(tail + len, cps[k]);
    tail[len] = '\0';
    put_key(s, put_text(s, tail), entry);
    put_sounds(m, s, cps, n, entry);
}

static void put_entry(const struct match *m, struct suggest *s, const char *text, struct entry e)
{
    uint32_t cps[ENTRY_LONGEST + 1];
    size_t n = chars_read(text, cps, ENTRY_LONGEST + 1);
    struct tokens t = {0};
    if (n < 2 || n > ENTRY_LONGEST)
        return;
    uint32_t entry = (uint32_t)s->n;
    e.text = put_text(s, text);
    mem_room(&s->entries, &s->cap, s->n + 1, sizeof *s->entries);
    s->entries[s->n++] = e;
    put_key(s, e.text, entry);
    put_sounds(m, s, cps, n, entry);
    uint32_t done = 1; /* places that have their keys */
    segment(&m->words, cps, n, SEG_INNER, &t);
    for (size_t i = 0; i < t.n; i++) /* also from each later word on: 司机 completes to 叉车司机 */
        if (!(done >> t.v[i].start & 1)) {
            done |= 1u << t.v[i].start;
            put_tail(m, s, cps + t.v[i].start, n - t.v[i].start, entry);
        }
    tokens_free(&t);
}

static int by_key(const void *a, const void *b, void *text)
{
    return strcmp((const char *)text + ((const struct key *)a)->at, (const char *)text + ((const struct key *)b)->at);
}

static struct suggest *ready(struct suggest *s)
{
    if (s->n_keys > 1)
        qsort_r(s->keys, s->n_keys, sizeof *s->keys, by_key, s->text);
    return s;
}

/* ---- titles of a part ---- */

struct counted {
    const char *text;
    uint32_t count;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct counted *)a)->text, ((const struct counted *)b)->text);
}

static int by_count(const void *a, const void *b)
{
    uint32_t x = ((const struct counted *)a)->count, y = ((const struct counted *)b)->count;
    return x > y ? -1 : x < y;
}

struct suggest *suggest_titles(const struct match *m, const struct part *p)
{
    struct suggest *s = mem_alloc(sizeof *s);
    struct counted *v = MEM_ARRAY(struct counted, p->n_titles);
    struct arena a;
    size_t n = 0;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    for (uint32_t i = 0; i < p->n_titles; i++)
        v[i] = (struct counted){match_clean_title(&cx, p->titles + p->title_at[i]), p->title_count[i]};
    if (p->n_titles > 0)
        qsort(v, p->n_titles, sizeof *v, by_text);
    for (uint32_t i = 0; i < p->n_titles; i++) {
        if (n > 0 && strcmp(v[n - 1].text, v[i].text) == 0)
            v[n - 1].count += v[i].count;
        else
            v[n++] = v[i];
    }
    if (n > TITLES_MAX) {
        qsort(v, n, sizeof *v, by_count);
        n = TITLES_MAX;
    }
    for (size_t i = 0; i < n; i++)
        put_entry(m, s, v[i].text, (struct entry){.count = v[i].count, .word = NO_WORD});
    arena_free(&a);
    mem_free(v);
    return ready(s);
}

/* ---- words for work ---- */

struct suggest *suggest_words(const struct match *m)
{
    struct suggest *s = mem_alloc(sizeof *s);
    for (size_t i = 0; i < m->n_occs; i++) {
        uint32_t cps[WORD_LONGEST + 1];
        size_t n = chars_read(m->occs[i].name, cps, WORD_LONGEST + 1);
        if (m->occs[i].code % 100 != 0)
            put_entry(m, s, m->occs[i].name, (struct entry){.occupation = m->occs[i].code, .word = words_find(&m->words, cps, n)});
    }
    for (uint32_t w = 0; w < m->words.n_words; w++)
        if (m->words.flags[w] & (WORD_JOB | WORD_SKILL))
            put_entry(m, s, words_text(&m->words, w), (struct entry){.word = w});
    return ready(s);
}

/* ---- asking ---- */

struct asked {
    struct ctx *cx;
    const struct match_view *v;
    struct ways keys; /* what keys must begin with */
    uint32_t han[ENTRY_LONGEST]; /* characters that must be there, when typed together with letters */
    size_t n_han;
    struct match_suggestion *best;
    size_t n, limit;
};

static bool has_han(const struct asked *q, const char *text)
{
    size_t k = 0;
    for (uint32_t c; k < q->n_han && (c = chars_next(&text)) != 0;)
        k += chars_fold(c) == q->han[k];
    return k == q->n_han;
}

/* Keeps the best, each text once: with its greatest count, as an occupation when it is one. */
static void offer(struct asked *q, const struct match_suggestion *x)
{
    size_t at = 0;
    while (at < q->n && strcmp(q->best[at].text, x->text) != 0)
        at++;
    struct match_suggestion one = *x;
    if (at < q->n) {
        const struct match_suggestion *old = &q->best[at];
        one.ads = old->ads > x->ads ? old->ads : x->ads;
        one.occupation = old->occupation != 0 ? old->occupation : x->occupation;
        one.kind = one.occupation != 0 ? MATCH_S_OCCUPATION : old->kind;
    } else if (q->n < q->limit) {
        q->n++;
    } else if (q->best[at = q->n - 1].ads >= x->ads) {
        return;
    }
    for (; at > 0 && q->best[at - 1].ads < one.ads; at--)
        q->best[at] = q->best[at - 1];
    q->best[at] = one;
}

static uint32_t ads_with(const struct snap *s, uint32_t word)
{
    size_t n = 0;
    for (unsigned i = 0; word != NO_WORD && i < s->n_parts; i++)
        n += part_postings(s->parts[i], TERM(TERM_WORD, word)).n;
    return (uint32_t)n;
}

static void look_in(struct asked *q, const struct suggest *s, const char *prefix)
{
    size_t lo = 0, hi = s->n_keys, len = strlen(prefix);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(s->text + s->keys[mid].at, prefix) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (size_t i = lo; i < s->n_keys && i - lo < LOOKED_AT && strncmp(s->text + s->keys[i].at, prefix, len) == 0; i++) {
        const struct entry *e = &s->entries[s->keys[i].entry];
        struct match_suggestion x = {.text = s->text + e->text, .occupation = e->occupation, .ads = e->count};
        x.kind = e->occupation != 0 ? MATCH_S_OCCUPATION : e->word != NO_WORD ? MATCH_S_WORD : MATCH_S_TITLE;
        if (e->word != NO_WORD)
            x.ads = ads_with(view_snap(q->v), e->word);
        if ((x.ads > 0 || e->occupation != 0) && has_han(q, x.text))
            offer(q, &x);
    }
}

static void read_prefix(struct asked *q, const char *prefix)
{
    uint32_t cps[ENTRY_LONGEST];
    size_t n = 0, n_latin = 0, len = 0;
    for (uint32_t c; n < ENTRY_LONGEST && (c = chars_fold(chars_next(&prefix))) != 0;)
        if (chars_kind(c) != CHAR_GAP)
            cps[n++] = c;
    for (size_t i = 0; i < n; i++) {
        len += utf8_put(q->keys.v[0] + len, cps[i]);
        n_latin += chars_kind(cps[i]) == CHAR_LATIN;
    }
    q->keys.v[0][len] = '\0';
    q->keys.n = n > 0;
    if (n_latin == 0 || n_latin == n)
        return;
    for (size_t i = 0; i < n; i++)
        if (chars_kind(cps[i]) == CHAR_HAN)
            q->han[q->n_han++] = cps[i];
    pinyin_read(q->v->m->pinyin, cps, n, false, &q->keys);
}

err_t match_suggest(struct ctx *cx, const struct match_view *v, const char *prefix, size_t limit, const struct match_suggestion **out,
                    size_t *n)
{
    struct asked *q = ARENA_NEW(cx->arena, struct asked);
    const struct snap *s = view_snap(v);
    *q = (struct asked){.cx = cx, .v = v, .limit = limit > 100 ? 100 : limit};
    q->best = ARENA_ARRAY(cx->arena, struct match_suggestion, q->limit + 1);
    read_prefix(q, prefix == NULL ? "" : prefix);
    for (size_t k = 0; k < q->keys.n && q->limit > 0; k++) {
        look_in(q, v->m->work_words, q->keys.v[k]);
        for (unsigned i = 0; i < s->n_parts; i++)
            look_in(q, s->parts[i]->suggest, q->keys.v[k]);
    }
    for (size_t i = 0; i < q->n; i++)
        q->best[i].text = arena_strndup(cx->arena, q->best[i].text, strlen(q->best[i].text));
    *out = q->best;
    *n = q->n;
    return E_OK;
}
