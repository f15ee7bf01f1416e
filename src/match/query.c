#include "match/query.h"

#include "base/text.h"
#include "match/pinyin.h"
#include "match/postings.h"
#include "match/typo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64   /* code points of a typed word that are read */
#define SOUNDS_MAX 8  /* words taken for one spelling */
#define GROUP_ALTS 12
#define NEAR_MAX 64     /* words one slip away that are looked at */
#define RUN_LONGEST 12  /* code points of a run in which slips are looked for */
#define LITTLE 5        /* a word that fewer ads write is perhaps a slip ... */
#define FAR_MORE 20     /* ... of one that so many times more write */

struct parse {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    struct query *out;
    struct tokens tokens; /* freed at the end of query_parse() */
};

static uint32_t df_of(const struct snap *s, uint64_t key)
{
    size_t df = 0;
    for (unsigned i = 0; i < s->n_parts; i++)
        df += part_postings(s->parts[i], key).n;
    return (uint32_t)df;
}

static void add_key(const struct snap *s, struct alt *a, uint64_t key)
{
    for (unsigned i = 0; i < a->n; i++)
        if (a->key[i] == key)
            return;
    if (a->n == ALT_TERMS)
        return;
    uint32_t df = df_of(s, key);
    if (a->n == 0 || df < a->df)
        a->df = df;
    a->key[a->n] = key;
    a->idf[a->n++] = (int32_t)lround(16 * log(1 + ((double)s->n_all - df + 0.5) / (df + 0.5)));
}

static const char *text_of(struct ctx *cx, const uint32_t *cps, size_t n)
{
    char *s = arena_alloc(cx->arena, 4 * n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n; i++)
        len += utf8_put(s + len, cps[i]);
    s[len] = '\0';
    return s;
}

static unsigned flags_for(size_t n)
{
    return n == 1 ? SEG_CHARS : 0;
}

bool query_alt(struct ctx *cx, const struct match *m, const struct snap *s, const char *text, unsigned weight, struct alt *out)
{
    uint32_t cps[WORD_MAX];
    size_t n = chars_read(text, cps, WORD_MAX);
    struct tokens t = {0};
    *out = (struct alt){.weight = weight, .shown = arena_strndup(cx->arena, text, strlen(text))};
    segment(&m->words, cps, n, flags_for(n), &t);
    for (size_t i = 0; i < t.n; i++)
        add_key(s, out, t.v[i].key);
    tokens_free(&t);
    return out->n > 0;
}

static struct group *new_group(struct parse *p, const char *typed, bool excluded)
{
    if (p->out->n == QUERY_GROUPS)
        return NULL;
    struct group *g = &p->out->groups[p->out->n++];
    *g = (struct group){.alts = ARENA_ARRAY(p->cx->arena, struct alt, GROUP_ALTS), .excluded = excluded, .typed = typed};
    return g;
}

static void add_alt(struct group *g, const struct alt *a)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->alts[i].n == a->n && memcmp(g->alts[i].key, a->key, a->n * sizeof *a->key) == 0)
            return;
    if (g->n < GROUP_ALTS && a->n > 0)
        g->alts[g->n++] = *a;
}

static uint32_t group_df(const struct group *g)
{
    uint32_t df = 0;
    for (size_t i = 0; i < g->n; i++)
        df = g->alts[i].df > df ? g->alts[i].df : df;
    return df;
}

/* ---- everyday words ---- */

static int by_from(const void *key, const void *elem)
{
    return strcmp(key, ((const struct synonym *)elem)->from);
}

static bool add_synonyms(struct parse *p, struct group *g, const char *word)
{
    const struct match *m = p->m;
    const struct synonym *s = m->n_synonyms == 0 ? NULL : bsearch(word, m->synonyms, m->n_synonyms, sizeof *m->synonyms, by_from);
    for (size_t i = 0; s != NULL && i < s->n; i++) {
        struct alt a;
        if (query_alt(p->cx, m, p->s, s->to[i], ALT_WHOLE * 3 / 4, &a))
            add_alt(g, &a);
    }
    g->filler = s != NULL && s->n == 0;
    return s != NULL;
}

/* ---- sounds ---- */

struct commonest { /* words that ads write, commonest first */
    struct alt v[SOUNDS_MAX];
    uint32_t word[SOUNDS_MAX];
    size_t n;
};

/* Words for work come first: siji is 司机, not 四级 or 四季. */
static void prefer_work(const struct parse *p, struct commonest *c)
{
    bool work = false;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < c->n; i++) {
            bool one = p->m->words.flags[c->word[i]] & WORD_JOB;
            work = work || one;
            if (pass == 1 && work && !one)
                c->v[i].weight /= 8;
        }
}

static void count_word(const struct parse *p, struct commonest *c, uint32_t word, unsigned weight)
{
    struct alt a = {.weight = weight, .shown = words_text(&p->m->words, word)};
    add_key(p->s, &a, TERM(TERM_WORD, word));
    if (a.df == 0)
        return;
    size_t at = c->n < SOUNDS_MAX ? c->n++ : SOUNDS_MAX;
    for (; at > 0 && c->v[at - 1].df < a.df; at--)
        if (at < SOUNDS_MAX) {
            c->v[at] = c->v[at - 1];
            c->word[at] = c->word[at - 1];
        }
    if (at < SOUNDS_MAX) {
        c->v[at] = a;
        c->word[at] = word;
    }
}

/* The word has these characters in this order. */
static bool has_chars(const char *word, const uint32_t *must, size_t n)
{
    uint32_t cps[WORD_LONGEST];
    size_t len = chars_read(word, cps, WORD_LONGEST), k = 0;
    for (size_t c = 0; c < len && k < n; c++)
        k += cps[c] == must[k];
    return k == n;
}

/* Words for a spelling that are really found in the ads. */
static void add_sounds(struct parse *p, struct group *g, const char *latin, enum sound kind, const uint32_t *must, size_t n_must)
{
    uint32_t words[256];
    struct commonest best = {.n = 0};
    size_t n = pinyin_words(p->m->pinyin, latin, kind, words, 256);
    for (size_t i = 0; i < n; i++)
        if (has_chars(words_text(&p->m->words, words[i]), must, n_must))
            count_word(p, &best, words[i], ALT_WHOLE);
    prefer_work(p, &best);
    for (size_t i = 0; i < best.n; i++)
        if (kind != SOUND_INITIALS || i < 4 || best.v[i].df * 20 > best.v[0].df)
            add_alt(g, &best.v[i]);
}

/* ---- slips ---- */

static void words_near(const struct parse *p, const uint32_t *cps, size_t n, struct commonest *out)
{
    uint32_t words[NEAR_MAX];
    size_t k = typos_near(p->m->typos, &p->m->words, cps, n, words, NEAR_MAX);
    out->n = 0;
    for (size_t i = 0; i < k; i++)
        count_word(p, out, words[i], ALT_WHOLE * 3 / 4);
}

/* What sounds the same ("宝安" -> "保安"), then nearly the same, then what is one slip away ("电焊公" -> "电焊工"). */
static void add_slips(struct parse *p, struct group *g, const uint32_t *cps, size_t n)
{
    struct ways ways;
    struct commonest near;
    pinyin_read(p->m->pinyin, cps, n, false, &ways);
    for (int kind = SOUND_FULL; group_df(g) == 0 && kind < SOUND_COUNT; kind++)
        for (size_t i = 0; kind != SOUND_INITIALS && i < ways.n; i++)
            add_sounds(p, g, ways.v[i], (enum sound)kind, NULL, 0);
    if (group_df(g) > 0)
        return;
    words_near(p, cps, n, &near);
    for (size_t i = 0; i < near.n; i++)
        if (near.v[i].df * 20 > near.v[0].df)
            add_alt(g, &near.v[i]);
}

/* "tianjinbaoan" has no word of its own: cuts the spelling into words, longest first. */
static bool split_spelling(const struct parse *p, const char *latin, size_t depth, uint32_t *pieces, size_t *n)
{
    size_t len = strlen(latin);
    char part[40];
    if (len == 0)
        return depth > 0;
    if (depth == 4)
        return false;
    for (size_t k = len < sizeof part - 1 ? len : sizeof part - 1; k >= 3; k--) {
        uint32_t words[1];
        memcpy(part, latin, k);
        part[k] = '\0';
        if (pinyin_words(p->m->pinyin, part, SOUND_FULL, words, 1) == 0)
            continue;
        pieces[depth] = (uint32_t)k;
        *n = depth + 1;
        if (split_spelling(p, latin + k, depth + 1, pieces, n))
            return true;
    }
    return false;
}

static bool all_letters(const char *s)
{
    for (; *s != '\0'; s++)
        if (*s < 'a' || *s > 'z')
            return false;
    return true;
}

/* "exel" -> "excel", "dianhangon" -> 电焊工. */
static void latin_slips(struct parse *p, struct group *g, const char *latin)
{
    uint32_t cps[WORD_MAX];
    if (group_df(g) == 0)
        add_slips(p, g, cps, chars_read(latin, cps, WORD_MAX));
}

static void add_latin(struct parse *p, const char *latin)
{
    struct alt a;
    struct group *g = new_group(p, latin, false);
    if (g == NULL)
        return;
    bool plain = query_alt(p->cx, p->m, p->s, latin, ALT_WHOLE, &a);
    if (plain)
        add_alt(g, &a);
    (void)add_synonyms(p, g, latin);
    if (!all_letters(latin) || strlen(latin) < 2 || strlen(latin) > 36)
        return;
    add_sounds(p, g, latin, SOUND_FULL, NULL, 0);
    if (group_df(g) == 0 && strlen(latin) <= 8)
        add_sounds(p, g, latin, SOUND_INITIALS, NULL, 0);
    uint32_t pieces[4];
    size_t n = 0, at = 0;
    if (group_df(g) > 0 || !split_spelling(p, latin, 0, pieces, &n) || n < 2) {
        latin_slips(p, g, latin);
        return;
    }
    p->out->n--;
    for (size_t i = 0; i < n; at += pieces[i++]) {
        char *piece = arena_strndup(p->cx->arena, latin + at, pieces[i]);
        g = new_group(p, piece, false);
        if (g != NULL)
            add_sounds(p, g, piece, SOUND_FULL, NULL, 0);
    }
}

/* "bao安": words that sound so and have these characters. */
static bool add_mixed(struct parse *p, const uint32_t *cps, size_t n)
{
    struct ways ways;
    uint32_t han[WORD_MAX];
    size_t n_han = 0;
    pinyin_read(p->m->pinyin, cps, n, false, &ways);
    for (size_t i = 0; i < n; i++)
        if (chars_kind(cps[i]) == CHAR_HAN)
            han[n_han++] = cps[i];
        else if (cps[i] < 'a' || cps[i] > 'z')
            return false;
    if (n_han == 0 || n_han == n || ways.n == 0)
        return false;
    struct group *g = new_group(p, text_of(p->cx, cps, n), false);
    if (g == NULL)
        return false;
    for (size_t i = 0; i < ways.n; i++)
        add_sounds(p, g, ways.v[i], SOUND_FULL, han, n_han);
    if (g->n == 0)
        p->out->n--;
    return g->n > 0;
}

/* ---- Han ---- */

/* A compound is also found by its parts: "汽车维修工" by 汽车 and 维修工. */
static void add_split(struct parse *p, struct group *g, const uint32_t *cps, size_t n)
{
    struct alt a = {.weight = ALT_WHOLE / 2, .shown = text_of(p->cx, cps, n)};
    p->tokens.n = 0;
    segment(&p->m->words, cps, n, SEG_SPLIT, &p->tokens);
    size_t covered = 0;
    for (size_t i = 0; i < p->tokens.n; i++) {
        add_key(p->s, &a, p->tokens.v[i].key);
        covered += p->tokens.v[i].len;
    }
    if (a.n >= 2 && covered >= n)
        add_alt(g, &a);
}

static void add_han(struct parse *p, const uint32_t *cps, size_t n)
{
    const char *word = text_of(p->cx, cps, n);
    struct group *g = new_group(p, word, false);
    struct alt a;
    if (g == NULL)
        return;
    if (query_alt(p->cx, p->m, p->s, word, ALT_WHOLE, &a))
        add_alt(g, &a);
    (void)add_synonyms(p, g, word);
    if (n >= 4)
        add_split(p, g, cps, n);
    if (group_df(g) == 0)
        add_slips(p, g, cps, n);
    if (g->n == 0)
        p->out->n--;
}

/* ---- typed words ---- */

static void add_excluded(struct parse *p, const char *typed)
{
    struct alt a;
    struct group *g;
    if (query_alt(p->cx, p->m, p->s, typed, ALT_WHOLE, &a) && (g = new_group(p, typed, true)) != NULL)
        add_alt(g, &a);
}

/* Where the next group of a typed word ends: a run of loose pairs belongs together. */
static size_t piece_end(const struct tokens *t, size_t i)
{
    size_t k = i + 1;
    while (t->v[i].word == NO_WORD && t->v[i].len == 2 && k < t->n && t->v[k].word == NO_WORD && t->v[k].len == 2 &&
           t->v[k].start == t->v[k - 1].start + 1)
        k++;
    return k;
}

static void add_pieces(struct parse *p, const uint32_t *cps, size_t n)
{
    struct tokens t = {0};
    segment(&p->m->words, cps, n, flags_for(n), &t);
    for (size_t i = 0; i < t.n;) {
        size_t k = piece_end(&t, i), from = t.v[i].start, to = t.v[k - 1].start + t.v[k - 1].len;
        if (chars_kind(cps[from]) == CHAR_LATIN)
            add_latin(p, text_of(p->cx, cps + from, to - from));
        else
            add_han(p, cps + from, to - from);
        i = k;
    }
    tokens_free(&t);
}

/* ---- a run with a slip in it ---- */

/* The least found by any group since `from`; 0 also when nothing was made of the run at all. */
static uint32_t least_found(const struct parse *p, size_t from)
{
    uint32_t least = p->out->n == from ? 0 : UINT32_MAX;
    for (size_t i = from; i < p->out->n; i++) {
        uint32_t df = group_df(&p->out->groups[i]);
        least = df < least ? df : least;
    }
    return least;
}

/* What hardly anybody writes is searched for as it stands, but the better word is named. */
static void think_again(struct parse *p, const uint32_t *cps, size_t n, size_t from, uint32_t df)
{
    struct commonest near;
    words_near(p, cps, n, &near);
    if (near.n > 0 && near.v[0].df >= df * FAR_MORE)
        p->out->groups[from].meant = near.v[0].shown;
}

/* The whole run as one word that was typed with a slip: "叉车司几" -> 叉车司机. */
static bool add_whole(struct parse *p, const uint32_t *cps, size_t n)
{
    struct group *g = n > WORD_LONGEST ? NULL : new_group(p, text_of(p->cx, cps, n), false);
    if (g == NULL)
        return false;
    add_slips(p, g, cps, n);
    if (group_df(g) == 0)
        p->out->n--;
    return group_df(g) > 0;
}

/* A part of a run: the word itself where ads write it, else those that sound so. */
static bool add_part(struct parse *p, const uint32_t *cps, size_t n, struct group *g)
{
    struct ways ways;
    uint32_t word = words_find(&p->m->words, cps, n);
    if (word != NO_WORD && df_of(p->s, TERM(TERM_WORD, word)) > 0) {
        struct alt a = {.weight = ALT_WHOLE, .shown = words_text(&p->m->words, word)};
        add_key(p->s, &a, TERM(TERM_WORD, word));
        add_alt(g, &a);
        return true;
    }
    pinyin_read(p->m->pinyin, cps, n, false, &ways);
    for (size_t i = 0; i < ways.n; i++)
        add_sounds(p, g, ways.v[i], SOUND_FULL, NULL, 0);
    return g->n > 0;
}

/* Cuts the run into words by their sound, as few characters left over as can be: "招电悍工" -> 电焊工. */
static void add_by_sound(struct parse *p, const uint32_t *cps, size_t n)
{
    unsigned cost[RUN_LONGEST + 1] = {0};
    size_t take[RUN_LONGEST + 1] = {0};
    for (size_t i = n; i-- > 0;) {
        cost[i] = cost[i + 1] + 3;
        take[i] = 1;
        for (size_t len = 2; len <= 6 && i + len <= n; len++) {
            struct group g = {.alts = ARENA_ARRAY(p->cx->arena, struct alt, GROUP_ALTS)};
            if (cost[i + len] + 1 <= cost[i] && add_part(p, cps + i, len, &g)) {
                cost[i] = cost[i + len] + 1;
                take[i] = len;
            }
        }
    }
    for (size_t i = 0; i < n; i += take[i]) {
        struct group *g = take[i] == 1 ? NULL : new_group(p, text_of(p->cx, cps + i, take[i]), false);
        if (g != NULL)
            (void)add_part(p, cps + i, take[i], g);
    }
}

static bool all_han(const uint32_t *cps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (chars_kind(cps[i]) != CHAR_HAN)
            return false;
    return true;
}

static void mend(struct parse *p, const uint32_t *cps, size_t n, size_t from)
{
    struct group was[QUERY_GROUPS];
    size_t had = p->out->n;
    uint32_t least = least_found(p, from);
    if (n < 3 || n > RUN_LONGEST || least >= LITTLE)
        return;
    if (least > 0)
        think_again(p, cps, n, from, least);
    if (least > 0 || !all_han(cps, n))
        return;
    memcpy(was, p->out->groups, sizeof was);
    p->out->n = from;
    if (add_whole(p, cps, n))
        return;
    add_by_sound(p, cps, n);
    if (least_found(p, from) > 0)
        return;
    memcpy(p->out->groups, was, sizeof was);
    p->out->n = had;
}

static bool is_synonym(const struct match *m, const char *typed)
{
    return m->n_synonyms > 0 && bsearch(typed, m->synonyms, m->n_synonyms, sizeof *m->synonyms, by_from) != NULL;
}

static void add_typed(struct parse *p, const uint32_t *cps, size_t n)
{
    bool excluded = n > 1 && (cps[0] == '-' || cps[0] == 0x2212 || cps[0] == 0x2014);
    if (excluded) {
        add_excluded(p, text_of(p->cx, cps + 1, n - 1));
        return;
    }
    size_t from = p->out->n;
    if (is_synonym(p->m, text_of(p->cx, cps, n)))
        add_han(p, cps, n);
    else if (!add_mixed(p, cps, n))
        add_pieces(p, cps, n);
    mend(p, cps, n, from);
}

/* 我想找 保安 的 工作: what says nothing goes, unless nothing else was typed. */
static void drop_fillers(struct query *q)
{
    size_t n = 0;
    bool said = false;
    for (size_t i = 0; i < q->n; i++)
        said = said || (!q->groups[i].filler && !q->groups[i].excluded);
    for (size_t i = 0; i < q->n; i++)
        if (!said || !q->groups[i].filler)
            q->groups[n++] = q->groups[i];
    q->n = n;
}

static bool is_gap(uint32_t c)
{
    return c <= ' ' || c == ',' || c == 0x3001 /* 、 */ || c == 0xFF0C || c == ';' || c == 0xA0 || c == 0x3002 || c == '|' || c == '/';
}

static int32_t rarity(const struct alt *a)
{
    int32_t sum = 0;
    for (unsigned i = 0; i < a->n; i++)
        sum += a->idf[i];
    return sum;
}

/* What means the same is as rare as the commonest of it: else 流水线, written by few, would beat the 普工 it stands for. */
static void level_rarity(struct group *g)
{
    int32_t least = INT32_MAX;
    for (size_t i = 0; i < g->n; i++)
        if (g->alts[i].df > 0 && rarity(&g->alts[i]) < least)
            least = rarity(&g->alts[i]);
    for (size_t i = 0; i < g->n; i++) {
        int32_t all = rarity(&g->alts[i]);
        for (unsigned k = 0; k < g->alts[i].n && all > least; k++)
            g->alts[i].idf[k] = (int32_t)((int64_t)g->alts[i].idf[k] * least / all);
    }
}

void query_parse(struct ctx *cx, const struct match *m, const struct snap *s, const char *text, struct query *out)
{
    struct parse p = {.cx = cx, .m = m, .s = s, .out = out};
    uint32_t cps[512];
    size_t n = chars_read(text, cps, 512);
    out->n = 0;
    for (size_t i = 0; i < n;) {
        size_t k = i;
        while (k < n && !is_gap(cps[k]))
            k++;
        if (k > i)
            add_typed(&p, cps + i, k - i < WORD_MAX ? k - i : WORD_MAX);
        i = k + 1;
    }
    tokens_free(&p.tokens);
    drop_fillers(out);
    for (size_t i = 0; i < out->n; i++)
        level_rarity(&out->groups[i]);
}
