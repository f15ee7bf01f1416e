#include "base/pinyin.h"

#include <ctype.h>
#include <string.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF, LONGEST_WORD = 4, PER_CHARACTER = 7 /* six letters and a blank */ };

/* The character at `s` (three bytes), or 0 when it is not one of U+4E00..U+9FFF. */
static unsigned han_at(const char *s, size_t left)
{
    const unsigned char *p = (const unsigned char *)s;
    if (left < 3 || (p[0] & 0xF0) != 0xE0 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
        return 0;
    unsigned c = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    return c >= FIRST && c <= LAST ? c : 0;
}

static int compare_words(const char *a, size_t an, const char *b, size_t bn)
{
    int d = memcmp(a, b, an < bn ? an : bn);
    return d != 0 ? d : (an > bn) - (an < bn);
}

static err_t add_syllable(struct ctx *cx, struct pinyin *py, size_t *n, const char *line, size_t tab, size_t end)
{
    if (*n == sizeof py->syllable / sizeof *py->syllable || tab > 6)
        return FAIL(cx, E_BUG, NULL, "pinyin: too many or too long syllables");
    py->syllable[*n] = line;
    py->n_syllable[(*n)++] = (uint8_t)tab;
    for (size_t i = tab + 1; i < end; i += 3) {
        unsigned c = han_at(line + i, end - i);
        if (c != 0)
            py->of[c - FIRST] = (uint16_t)*n;
        else if (end - i < 3)
            return FAIL(cx, E_BUG, NULL, "pinyin: broken character in %.*s", (int)tab, line);
    }
    return E_OK;
}

err_t pinyin_load(struct ctx *cx, const char *tsv, size_t n, struct pinyin *out)
{
    *out = (struct pinyin){.of = ARENA_ARRAY(cx->arena, uint16_t, LAST - FIRST + 1)};
    size_t n_syllables = 0, lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += tsv[i] == '\n';
    struct pinyin_word *words = ARENA_ARRAY(cx->arena, struct pinyin_word, lines);
    for (const char *line = tsv, *nl; (nl = memchr(line, '\n', (size_t)(tsv + n - line))) != NULL; line = nl + 1) {
        const char *tab = memchr(line, '\t', (size_t)(nl - line));
        if (tab == NULL || nl - tab > 20000)
            return FAIL(cx, E_BUG, NULL, "pinyin: no tab in a line");
        if (memchr(line, ' ', (size_t)(tab - line)) == NULL) {
            TRY(add_syllable(cx, out, &n_syllables, line, (size_t)(tab - line), (size_t)(nl - line)));
            continue;
        }
        struct pinyin_word *w = &words[out->n_words];
        if ((tab - line) * 3 > (nl - tab - 1) * PER_CHARACTER)
            return FAIL(cx, E_BUG, NULL, "pinyin: a reading is longer than its word");
        *w = (struct pinyin_word){tab + 1, line, (uint16_t)(nl - tab - 1), (uint16_t)(tab - line)};
        if (out->n_words > 0 && compare_words(w[-1].word, w[-1].n_word, w->word, w->n_word) >= 0)
            return FAIL(cx, E_BUG, NULL, "pinyin: words are not sorted at %.*s", (int)w->n_word, w->word);
        out->n_words++;
    }
    out->words = words;
    return E_OK;
}

static const struct pinyin_word *find_word(const struct pinyin *py, const char *s, size_t n)
{
    size_t lo = 0, hi = py->n_words;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const struct pinyin_word *w = &py->words[mid];
        int d = compare_words(w->word, w->n_word, s, n);
        if (d == 0)
            return w;
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

struct reading {
    char *p; /* room for PER_CHARACTER bytes a character, at least 3 bytes a byte of ASCII */
    size_t n;
};

static void add(struct reading *to, const char *s, size_t n)
{
    if (to->n > 0)
        to->p[to->n++] = ' ';
    memcpy(to->p + to->n, s, n);
    to->n += n;
}

/* Appends the reading of what begins at `s` and returns how many bytes that was. */
static size_t read_one(const struct pinyin *py, struct reading *to, const char *s, size_t left)
{
    if (isalnum((unsigned char)*s)) {
        size_t n = 1;
        while (n < left && isalnum((unsigned char)s[n]))
            n++;
        add(to, s, n);
        for (size_t i = to->n - n; i < to->n; i++)
            to->p[i] = (char)tolower((unsigned char)to->p[i]);
        return n;
    }
    unsigned c = han_at(s, left);
    if (c == 0)
        return 1;
    for (size_t chars = LONGEST_WORD; chars > 1; chars--) {
        const struct pinyin_word *w = 3 * chars <= left ? find_word(py, s, 3 * chars) : NULL;
        if (w != NULL) {
            add(to, w->reading, w->n_reading);
            return 3 * chars;
        }
    }
    unsigned k = py->of[c - FIRST];
    if (k != 0)
        add(to, py->syllable[k - 1], py->n_syllable[k - 1]);
    return 3;
}

const char *pinyin_of(const struct pinyin *py, struct arena *a, const char *s)
{
    struct reading to = {.p = arena_alloc(a, strlen(s) * 3 + 1)};
    for (size_t left = strlen(s); left > 0;) {
        size_t used = read_one(py, &to, s, left);
        s += used;
        left -= used;
    }
    return to.p;
}

const char *pinyin_initials(struct arena *a, const char *reading)
{
    char *out = arena_alloc(a, strlen(reading) + 1);
    size_t n = 0;
    for (const char *p = reading; *p != '\0'; p++)
        if (*p != ' ' && (p == reading || p[-1] == ' '))
            out[n++] = *p;
    return out;
}
