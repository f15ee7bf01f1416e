#include "base/reading.h"

#include <ctype.h>
#include <string.h>

enum { HAN_BYTES = 3, LONGEST_WORD = 4, MOST_PER_CHAR = 7 /* six letters and a blank */ };

static int compare(const char *a, size_t an, const char *b, size_t bn)
{
    int d = memcmp(a, b, an < bn ? an : bn);
    return d != 0 ? d : (an > bn) - (an < bn);
}

/* Lines "text<TAB>said[,more]"; the part up to the comma counts. */
static err_t load_lines(struct ctx *cx, const char *s, size_t n, const struct reading **out, size_t *n_out)
{
    size_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += s[i] == '\n';
    struct reading *all = ARENA_ARRAY(cx->arena, struct reading, lines);
    *n_out = 0;
    for (const char *end = s + n, *nl; (nl = memchr(s, '\n', (size_t)(end - s))) != NULL; s = nl + 1) {
        const char *tab = memchr(s, '\t', (size_t)(nl - s));
        const char *comma = memchr(s, ',', (size_t)(nl - s));
        comma = comma != NULL ? comma : nl;
        if (tab == NULL || tab >= comma || tab - s > HAN_BYTES * LONGEST_WORD ||
            (comma - tab) * HAN_BYTES > (tab - s) * MOST_PER_CHAR)
            return FAIL(cx, E_BUG, NULL, "readings: line %zu", *n_out + 1);
        struct reading *r = &all[(*n_out)++];
        *r = (struct reading){s, tab + 1, (uint8_t)(tab - s), (uint8_t)(comma - tab - 1)};
        if (r > all && compare(r[-1].text, r[-1].n_text, r->text, r->n_text) >= 0)
            return FAIL(cx, E_BUG, NULL, "readings: not sorted at line %zu", *n_out);
    }
    *out = all;
    return E_OK;
}

err_t readings_load(struct ctx *cx, const char *chars, size_t n_chars, const char *words, size_t n_words, struct readings *out)
{
    TRY(load_lines(cx, chars, n_chars, &out->chars, &out->n_chars));
    return load_lines(cx, words, n_words, &out->words, &out->n_words);
}

static const struct reading *find(const struct reading *all, size_t n, const char *s, size_t len)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int d = compare(all[mid].text, all[mid].n_text, s, len);
        if (d == 0)
            return &all[mid];
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

struct said {
    char *p;
    size_t n;
};

static void add(struct said *to, const char *s, size_t n)
{
    if (to->n > 0)
        to->p[to->n++] = ' ';
    memcpy(to->p + to->n, s, n);
    to->n += n;
}

/* Appends the reading of what begins at `s` and returns how many bytes that was. */
static size_t read_one(const struct readings *r, struct said *to, const char *s, size_t left)
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
    if (((unsigned char)*s & 0xF0) != 0xE0 || left < HAN_BYTES)
        return 1;
    for (size_t n = HAN_BYTES * LONGEST_WORD; n >= HAN_BYTES; n -= HAN_BYTES) {
        bool one = n == HAN_BYTES;
        const struct reading *w = n > left ? NULL : find(one ? r->chars : r->words, one ? r->n_chars : r->n_words, s, n);
        if (w != NULL) {
            add(to, w->said, w->n_said);
            return n;
        }
    }
    return HAN_BYTES;
}

const char *reading_of(const struct readings *r, struct arena *a, const char *s)
{
    struct said to = {.p = arena_alloc(a, strlen(s) * HAN_BYTES + 1)}; /* three bytes are read as at most seven, one as two */
    for (size_t left = strlen(s); left > 0;) {
        size_t used = read_one(r, &to, s, left);
        s += used;
        left -= used;
    }
    return to.p;
}

const char *reading_initials(struct arena *a, const char *said)
{
    char *out = arena_alloc(a, strlen(said) + 1);
    size_t n = 0;
    for (const char *p = said; *p != '\0'; p++)
        if (*p != ' ' && (p == said || p[-1] == ' '))
            out[n++] = *p;
    return out;
}
