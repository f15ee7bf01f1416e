#include "titles.h"

#include "judged.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEARLY 0.8F /* common pairs of characters of two titles that go into one fold */

static const char *read_all(struct arena *a, const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    char *p = arena_alloc(a, 1);
    size_t cap = 1, got;
    *n = 0;
    if (f == NULL)
        return NULL;
    do {
        p = arena_grow(a, p, cap, cap + 262144);
        cap += 262144;
        got = fread(p + *n, 1, cap - 1 - *n, f);
        *n += got;
    } while (got > 0);
    (void)fclose(f);
    p[*n] = '\0';
    return p;
}

/* ---- labels and folds */

/* "title,code,name" to title and code; titles may be quoted. */
static bool read_label(struct arena *a, const char *line, size_t len, struct labelled *x)
{
    char *s = arena_strndup(a, line, len), *last = strrchr(s, ',');
    if (last != NULL) {
        *last = '\0';
        last = strrchr(s, ',');
    }
    if (last == NULL)
        return false;
    *last = '\0';
    *x = (struct labelled){.text = s, .code = match_pack(last + 1)};
    return x->code != 0;
}

static size_t pairs_of(const struct labelled *x, uint64_t *out)
{
    uint32_t c[TITLE_CHARS];
    size_t n = chars_read(x->plain, c, TITLE_CHARS);
    for (size_t i = 0; i + 1 < n; i++)
        out[i] = (uint64_t)c[i] << 21 | c[i + 1];
    return n < 2 ? 0 : n - 1;
}

static bool nearly_same(const struct labelled *x, const struct labelled *y)
{
    uint64_t u[TITLE_CHARS], v[TITLE_CHARS];
    size_t n = pairs_of(x, u), m = pairs_of(y, v), common = 0;
    if (strcmp(x->plain, y->plain) == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (u[i] == v[k]) {
                v[k] = 0;
                common++;
                break;
            }
    return n + m > 0 && 2 * (float)common >= NEARLY * (float)(n + m);
}

static uint32_t root(uint32_t *of, uint32_t i)
{
    while (of[i] != i)
        i = of[i] = of[of[i]];
    return i;
}

struct bunch { /* of titles that are nearly the same */
    uint64_t hash;
    uint32_t root, n;
};

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const struct bunch *)a)->hash, y = ((const struct bunch *)b)->hash;
    return x < y ? -1 : x > y;
}

/* Bunches in the order of a hash, each into the fold that has the fewest titles. */
static void fold(struct ctx *cx, struct lab *l)
{
    uint32_t *of = ARENA_ARRAY(cx->arena, uint32_t, l->n);
    struct bunch *b = ARENA_ARRAY(cx->arena, struct bunch, l->n);
    size_t size[FOLDS] = {0};
    for (uint32_t i = 0; i < l->n; i++) {
        of[i] = i;
        for (uint32_t k = 0; k < i; k++)
            if (nearly_same(&l->v[i], &l->v[k]))
                of[root(of, i)] = root(of, k);
    }
    for (uint32_t i = 0; i < l->n; i++) {
        uint32_t r = root(of, i);
        b[r].root = r;
        b[r].n++;
        b[r].hash = hash_mix(hash_bytes(l->v[r].plain, strlen(l->v[r].plain)));
    }
    qsort(b, l->n, sizeof *b, by_hash);
    for (size_t i = 0; i < l->n; i++) {
        unsigned least = 0;
        if (b[i].n == 0)
            continue;
        for (unsigned f = 1; f < FOLDS; f++)
            least = size[f] < size[least] ? f : least;
        size[least] += b[i].n;
        l->groups++;
        for (uint32_t k = 0; k < l->n; k++)
            if (root(of, k) == b[i].root)
                l->v[k].fold = least;
    }
}

/* ---- aliases */

/* In the titles of which folds a word stands, as bits. */
static unsigned stands_in(const struct lab *l, const char *word)
{
    unsigned bits = 0;
    for (size_t i = 0; i < l->n; i++)
        if (strstr(l->v[i].plain, word) != NULL || strstr(l->v[i].folded, word) != NULL)
            bits |= 1u << l->v[i].fold;
    return bits;
}

/* Is this word of a code also among those that were written from knowledge of the trades? */
static bool known_word(const char *everyday, const char *code, const char *word, size_t len)
{
    for (const char *line = strstr(everyday, code); line != NULL; line = strstr(line + 1, code)) {
        const char *end = line + strcspn(line, "\n");
        for (const char *s = strchr(line, '\t'); s != NULL && s < end;) {
            size_t n = strcspn(++s, " \t\n");
            if (n == len && memcmp(s, word, n) == 0)
                return true;
            s += n;
            if (*s != ' ')
                break;
        }
    }
    return false;
}

/* The file without words of its first part that stand in titles of this fold and in no other. */
static const char *aliases_for(struct ctx *cx, const struct lab *l, unsigned without, size_t *len)
{
    const char *second = strstr(l->aliases, "\n# Names used by job boards"), *everyday = strstr(l->aliases, "\n# Everyday words");
    char *out = arena_alloc(cx->arena, l->aliases_len + 1);
    size_t n = 0;
    const char *s = l->aliases;
    if (second == NULL || everyday == NULL) {
        *len = l->aliases_len;
        return l->aliases;
    }
    while (s < second) {
        size_t line = strcspn(s, "\n"), at = strcspn(s, "\t\n");
        if (*s == '#' || at == line) {
            s += line + 1;
            continue;
        }
        const char *code = arena_strndup(cx->arena, s, at);
        const char *end = s + line, *weight = memchr(s + at + 1, '\t', line - at - 1), *words_end = weight != NULL ? weight : end;
        size_t begun = n, words = 0;
        n += (size_t)snprintf(out + n, 16, "%s\t", code);
        for (const char *w = s + at + 1; w < words_end;) {
            size_t k = strcspn(w, " \t\n");
            const char *word = arena_strndup(cx->arena, w, k);
            if (stands_in(l, word) != 1u << without || known_word(everyday, code, word, k)) {
                memcpy(out + n, w, k);
                n += k;
                out[n++] = ' ';
                words++;
            }
            w += k + (*(w + k) == ' ');
        }
        n -= words > 0;
        memcpy(out + n, words_end, (size_t)(end - words_end));
        n += (size_t)(end - words_end);
        out[n++] = '\n';
        n = words > 0 ? n : begun;
        s = end + 1;
    }
    memcpy(out + n, s, l->aliases_len - (size_t)(s - l->aliases));
    *len = n + l->aliases_len - (size_t)(s - l->aliases);
    return out;
}

err_t lab_engine(struct ctx *cx, const struct lab *l, unsigned fold_, const char *lessons, size_t len, struct match **m)
{
    struct match_source s[4] = {{.name = "aliases.tsv"}, {.name = "definitions.tsv"}, {.name = "occupations.csv"}, {"titles.tsv", lessons, len}};
    s[0].p = fold_ == NO_FOLD ? l->aliases : l->fold_aliases[fold_];
    s[0].n = fold_ == NO_FOLD ? l->aliases_len : l->fold_len[fold_];
    s[1].p = read_all(cx->arena, "data/match/definitions.tsv", &s[1].n);
    s[2].p = read_all(cx->arena, "data/reference/occupations.csv", &s[2].n);
    return match_open(cx, s, lessons == NULL ? 3 : 4, m);
}

/* ---- opening */

bool lab_open(struct ctx *cx, struct lab *l)
{
    size_t n;
    const char *s = read_all(cx->arena, arena_fmt(cx->arena, "%s/labels/csco_titles_dev.csv", judged_dir()), &n);
    *l = (struct lab){.v = ARENA_ARRAY(cx->arena, struct labelled, s == NULL ? 1 : n / 8)};
    if (s == NULL)
        return false;
    l->aliases = read_all(cx->arena, "data/match/aliases.tsv", &l->aliases_len);
    for (size_t len; *s != '\0'; s += len + (s[len] == '\n')) {
        len = strcspn(s, "\n");
        struct labelled *x = &l->v[l->n];
        if (read_label(cx->arena, s, len, x)) {
            x->plain = judged_fold(cx->arena, match_clean_title(cx, x->text));
            x->folded = judged_fold(cx->arena, x->text);
            l->n++;
        }
    }
    fold(cx, l);
    for (unsigned f = 0; f < FOLDS; f++) {
        l->fold_aliases[f] = aliases_for(cx, l, f, &l->fold_len[f]);
        if (lab_engine(cx, l, f, NULL, 0, &l->engines[f]) != E_OK) {
            printf("# %s\n", cx->fail.detail);
            return false;
        }
        for (size_t i = 0; i < l->n; i++)
            if (l->v[i].fold == f)
                titles_choices(cx, l->engines[f], l->v[i].text, &l->v[i].grams, &l->v[i].choices, &l->v[i].n);
    }
    titles_number_weights(cx, l);
    return true;
}

void lab_close(struct lab *l)
{
    for (unsigned f = 0; f < FOLDS; f++)
        match_close(l->engines[f]);
}

/* ---- judging */

static void add_error(const double *in, double all, double *error)
{
    double sum = 0;
    for (size_t f = 0; f < FOLDS; f++)
        sum += (in[f] - all) * (in[f] - all);
    *error = sqrt(sum / (FOLDS - 1) / FOLDS);
}

err_t lab_judge(struct ctx *cx, const struct lab *l, void (*each)(const struct labelled *x, int place, const struct match_occupation *o, size_t n),
                struct score *out)
{
    *out = (struct score){.n = l->n};
    for (unsigned f = 0; f < FOLDS; f++) {
        struct match *m;
        size_t len, all = 0;
        const char *lessons = lab_learn(cx, l, f, &len);
        TRY(lab_engine(cx, l, f, lessons, len, &m));
        for (size_t i = 0; i < l->n; i++) {
            const struct match_occupation *o;
            size_t n;
            int place = -1;
            if (l->v[i].fold != f)
                continue;
            TRY(match_occupation(cx, m, l->v[i].text, 5, &o, &n));
            for (size_t k = 0; k < n; k++)
                place = o[k].code == l->v[i].code ? (int)k : place;
            out->first_in[f] += place == 0;
            out->five_in[f] += place >= 0;
            all++;
            if (each != NULL)
                each(&l->v[i], place, o, n);
        }
        match_close(m);
        out->first += out->first_in[f] / (double)l->n;
        out->five += out->five_in[f] / (double)l->n;
        out->first_in[f] /= (double)all;
        out->five_in[f] /= (double)all;
    }
    add_error(out->first_in, out->first, &out->first_error);
    add_error(out->five_in, out->five, &out->five_error);
    return E_OK;
}
