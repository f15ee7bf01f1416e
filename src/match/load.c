/* load.c -- reads the data files when the engine opens. */
#include "match/engine.h"

#include "match/mem.h"
#include "match/occupation.h"
#include "match/pinyin.h"
#include "match/suggest.h"
#include "match/typo.h"

#include <stdlib.h>
#include <string.h>

#define FIELDS 6

struct line {
    const char *at[FIELDS];
    size_t len[FIELDS];
    size_t n;
    size_t number;
};
struct load {
    struct ctx *cx;
    struct match *m;
    const char *name;
};
typedef err_t line_fn(struct load *l, const struct line *line);

static void cut_line(const char *s, size_t n, char by, struct line *out)
{
    out->n = 0;
    for (const char *end = s + n; out->n < FIELDS;) {
        const char *sep = memchr(s, by, (size_t)(end - s));
        const char *stop = sep != NULL && out->n < FIELDS - 1 ? sep : end;
        out->at[out->n] = s;
        out->len[out->n++] = (size_t)(stop - s);
        if (stop == end)
            break;
        s = stop + 1;
    }
}

static err_t each_line(struct load *l, const struct match_source *src, char by, line_fn *fn)
{
    const char *s = src->p, *end = s + src->n;
    struct line line = {.number = 0};
    for (; s < end; line.number++) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t n = nl != NULL ? (size_t)(nl - s) : (size_t)(end - s);
        size_t keep = n > 0 && s[n - 1] == '\r' ? n - 1 : n;
        if (keep > 0 && s[0] != '#') {
            cut_line(s, keep, by, &line);
            TRY(fn(l, &line));
        }
        s += n + (nl != NULL);
    }
    return E_OK;
}

static err_t bad_line(struct load *l, const struct line *line, const char *why)
{
    return FAIL(l->cx, E_INVALID, NULL, "%s line %zu: %s", l->name, line->number + 1, why);
}

static char *keep(struct load *l, const struct line *line, size_t i)
{
    return arena_strndup(&l->m->arena, line->at[i], line->len[i]);
}

static err_t word_line(struct load *l, const struct line *line)
{
    unsigned flags = 0;
    double weight = line->n > 1 ? strtod(keep(l, line, 1), NULL) : 1;
    for (size_t i = 0; line->n > 2 && i < line->len[2]; i++)
        flags |= line->at[2][i] == 's' ? WORD_SKILL : line->at[2][i] == 'j' ? WORD_JOB : 0u;
    if (!(weight >= 0))
        return bad_line(l, line, "the weight is no number");
    (void)words_add_text(&l->m->words, line->at[0], line->len[0], weight, flags);
    return E_OK;
}

/* ---- synonyms ---- */

static size_t count_words(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s += strspn(s, " ")) {
        n++;
        s += strcspn(s, " ");
    }
    return n;
}

/* A line whose second field is "-" names a filler: words like 我想找, which say nothing about the work. */
static err_t synonym_line(struct load *l, const struct line *line)
{
    struct match *m = l->m;
    if (line->n < 2 || line->len[0] == 0 || line->len[1] == 0)
        return bad_line(l, line, "wanted: word TAB words");
    char *to = keep(l, line, 1);
    to += strspn(to, " ");
    size_t n = strcmp(to, "-") == 0 ? 0 : count_words(to), k = 0;
    const char **list = ARENA_ARRAY(&m->arena, const char *, n + 1);
    while (n > 0 && *to != '\0') {
        size_t len = strcspn(to, " ");
        list[k++] = arena_strndup(&m->arena, to, len);
        (void)words_add_text(&m->words, to, len, 20, WORD_JOB);
        to += len + strspn(to + len, " ");
    }
    mem_room(&m->synonyms, &m->cap_synonyms, m->n_synonyms + 1, sizeof *m->synonyms);
    m->synonyms[m->n_synonyms++] = (struct synonym){keep(l, line, 0), list, n};
    (void)words_add_text(&m->words, line->at[0], line->len[0], 20, WORD_JOB);
    return E_OK;
}

static int by_from(const void *a, const void *b)
{
    return strcmp(((const struct synonym *)a)->from, ((const struct synonym *)b)->from);
}

/* ---- occupations ---- */

static err_t occupation_line(struct load *l, const struct line *line)
{
    struct match *m = l->m;
    int32_t code = match_pack(keep(l, line, 0));
    if (line->number == 0 && code == 0)
        return E_OK; /* the header */
    if (code == 0 || line->n < 2)
        return bad_line(l, line, "wanted: code, name");
    size_t n = line->len[1];
    while (n > 0 && (line->at[1][n - 1] == 'S' || line->at[1][n - 1] == 'L' || line->at[1][n - 1] == '/'))
        n--; /* marks of digital and green occupations */
    mem_room(&m->occs, &m->cap_occs, m->n_occs + 1, sizeof *m->occs);
    m->occs[m->n_occs++] = (struct occ){code, arena_strndup(&m->arena, line->at[1], n)};
    if (code % 100 != 0)
        (void)words_add_text(&m->words, line->at[1], n, 5, WORD_JOB);
    return E_OK;
}

static int by_code(const void *a, const void *b)
{
    int32_t x = ((const struct occ *)a)->code, y = ((const struct occ *)b)->code;
    return x < y ? -1 : x > y;
}

static err_t alias_line(struct load *l, const struct line *line)
{
    int32_t code = match_pack(keep(l, line, 0));
    double weight = line->n > 2 ? strtod(keep(l, line, 2), NULL) : 1;
    if (code == 0 || line->n < 2 || !(weight > 0))
        return bad_line(l, line, "wanted: code TAB words TAB weight");
    const char *s = keep(l, line, 1);
    while (*(s += strspn(s, " ")) != '\0') {
        size_t len = strcspn(s, " ");
        (void)words_add_text(&l->m->words, s, len, 20, WORD_JOB);
        titles_alias(l->m->titles, s, len, code, weight);
        s += len;
    }
    return E_OK;
}

static err_t definition_line(struct load *l, const struct line *line)
{
    int32_t code = match_pack(keep(l, line, 0));
    if (code == 0 || line->n < 2)
        return bad_line(l, line, "wanted: code TAB pairs of characters");
    titles_define(l->m->titles, keep(l, line, 1), code);
    return E_OK;
}

static err_t lesson_line(struct load *l, const struct line *line)
{
    if (line->n < 2 || !titles_lesson(l->m->titles, keep(l, line, 0), keep(l, line, 1)))
        return bad_line(l, line, "wanted: code or group TAB pairs of characters and weights");
    return E_OK;
}

static const struct match_source *source(const struct match_source *s, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(s[i].name, '/');
        if (strcmp(slash != NULL ? slash + 1 : s[i].name, name) == 0)
            return &s[i];
    }
    return NULL;
}

static err_t load_file(struct load *l, const struct match_source *s, size_t n, const char *name, char by, line_fn *fn)
{
    const struct match_source *src = source(s, n, name);
    l->name = name;
    return src == NULL ? E_OK : each_line(l, src, by, fn);
}

err_t load_sources(struct ctx *cx, struct match *m, const struct match_source *s, size_t n)
{
    struct load l = {.cx = cx, .m = m};
    for (size_t i = 0; i < n; i++)
        m->data_digest = hash_mix(m->data_digest ^ hash_bytes(s[i].p, s[i].n));
    m->titles = titles_new();
    m->pinyin = pinyin_new();
    TRY(load_file(&l, s, n, "words.tsv", '\t', word_line));
    TRY(load_file(&l, s, n, "synonyms.tsv", '\t', synonym_line));
    TRY(load_file(&l, s, n, "occupations.csv", ',', occupation_line));
    TRY(load_file(&l, s, n, "aliases.tsv", '\t', alias_line));
    TRY(load_file(&l, s, n, "definitions.tsv", '\t', definition_line));
    TRY(load_file(&l, s, n, "titles.tsv", '\t', lesson_line));
    if (m->n_synonyms > 0)
        qsort(m->synonyms, m->n_synonyms, sizeof *m->synonyms, by_from);
    if (m->n_occs > 0)
        qsort(m->occs, m->n_occs, sizeof *m->occs, by_code);
    for (size_t i = 0; i < m->n_occs; i++)
        (void)codes_number(&m->occupations, m->occs[i].code);
    words_finish(&m->words);
    const struct match_source *py = source(s, n, "pinyin.tsv");
    size_t bad = py == NULL ? 0 : pinyin_load(m->pinyin, py->p, py->n);
    if (bad != 0)
        return FAIL(cx, E_INVALID, NULL, "pinyin.tsv line %zu: wanted a character and its readings", bad);
    pinyin_index(m->pinyin, &m->words);
    m->typos = typos_new(&m->words);
    titles_finish(m);
    m->work_words = suggest_words(m);
    return E_OK;
}
