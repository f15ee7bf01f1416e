#include "match/pinyin.h"

#include "base/text.h"
#include "match/mem.h"

#include <stdlib.h>
#include <string.h>

#define READINGS 3
#define SYLLABLE 7

struct readings {
    char s[READINGS][SYLLABLE]; /* "" = no more */
};
struct said { /* a way to say a word */
    uint32_t at;  /* in text */
    uint32_t word;
    float weight;
};
struct saids {
    struct said *v;
    size_t n, cap;
};
struct pinyin {
    uint32_t *of; /* code point below 0x33400 -> number in sounds + 1 */
    struct readings *sounds;
    size_t n_sounds, cap_sounds;
    char *text;
    size_t len, cap;
    struct saids said[SOUND_COUNT];
};
#define HAN_END 0x33400

struct pinyin *pinyin_new(void)
{
    struct pinyin *p = mem_alloc(sizeof *p);
    p->of = MEM_ARRAY(uint32_t, HAN_END);
    return p;
}

void pinyin_free(struct pinyin *p)
{
    if (p == NULL)
        return;
    mem_free(p->of);
    mem_free(p->sounds);
    mem_free(p->text);
    for (int k = 0; k < SOUND_COUNT; k++)
        mem_free(p->said[k].v);
    mem_free(p);
}

size_t pinyin_bytes(const struct pinyin *p)
{
    if (p == NULL)
        return 0;
    size_t n = HAN_END * sizeof *p->of + p->cap_sounds * sizeof *p->sounds + p->cap;
    for (int k = 0; k < SOUND_COUNT; k++)
        n += p->said[k].cap * sizeof *p->said[k].v;
    return n;
}

/* ---- the table ---- */

/* Letters with tone marks, four tones each. */
static const struct {
    uint16_t tones[4];
    char plain;
} toned[] = {
    {{0x101, 0xE1, 0x1CE, 0xE0}, 'a'}, {{0x113, 0xE9, 0x11B, 0xE8}, 'e'}, {{0x12B, 0xED, 0x1D0, 0xEC}, 'i'},
    {{0x14D, 0xF3, 0x1D2, 0xF2}, 'o'}, {{0x16B, 0xFA, 0x1D4, 0xF9}, 'u'}, {{0x1D6, 0x1D8, 0x1DA, 0x1DC}, 'v'},
    {{0xFC, 0xFC, 0xFC, 0xFC}, 'v'},   {{0x144, 0x144, 0x148, 0x1F9}, 'n'}, {{0x1E3F, 0x1E3F, 0x1E3F, 0x1E3F}, 'm'},
    {{0xEA, 0x1EBF, 0x1EBF, 0x1EC1}, 'e'},
};

static char plain_letter(uint32_t c)
{
    if (c >= 'a' && c <= 'z')
        return (char)c;
    for (size_t i = 0; i < sizeof toned / sizeof *toned; i++)
        for (size_t k = 0; k < 4; k++)
            if (toned[i].tones[k] == c)
                return toned[i].plain;
    return '\0';
}

/* Reads syllables split by commas up to anything else. */
static void read_syllables(const char *s, struct readings *out)
{
    size_t r = 0, n = 0;
    *out = (struct readings){{{0}}};
    for (uint32_t c; (c = chars_next(&s)) != 0 && r < READINGS;) {
        char letter = plain_letter(chars_fold(c));
        if (letter != '\0' && n + 1 < SYLLABLE) {
            out->s[r][n++] = letter;
        } else if (c == ',') {
            bool again = n == 0;
            for (size_t k = 0; k < r; k++)
                again = again || strcmp(out->s[k], out->s[r]) == 0;
            if (again)
                memset(out->s[r], 0, SYLLABLE);
            else
                r++;
            n = 0;
        } else if (letter == '\0' && !(c >= '1' && c <= '5') && c != 0x300 && c != 0x301 && c != 0x304 && c != 0x30C) {
            break;
        }
    }
    for (size_t k = 0; k < r && r < READINGS; k++)
        if (strcmp(out->s[k], out->s[r]) == 0)
            memset(out->s[r], 0, SYLLABLE);
}

static bool read_line(struct pinyin *p, const char *line)
{
    uint32_t han;
    if (line[0] == 'U' && line[1] == '+') {
        char *end;
        han = (uint32_t)strtoul(line + 2, &end, 16);
        line = end + (*end == ':');
        line += *line == ' ';
    } else {
        han = chars_next(&line);
        if (*line != '\t' && *line != ',')
            return false;
        line++;
    }
    if (han >= HAN_END || chars_kind(han) != CHAR_HAN)
        return true;
    struct readings s;
    read_syllables(line, &s);
    if (s.s[0][0] == '\0')
        return false;
    if (p->of[han] == 0) {
        mem_room(&p->sounds, &p->cap_sounds, p->n_sounds + 1, sizeof *p->sounds);
        p->of[han] = (uint32_t)++p->n_sounds;
    }
    p->sounds[p->of[han] - 1] = s;
    return true;
}

size_t pinyin_load(struct pinyin *p, const char *text, size_t n)
{
    size_t number = 0;
    for (const char *end = text + n; text < end;) {
        const char *nl = memchr(text, '\n', (size_t)(end - text));
        size_t len = nl != NULL ? (size_t)(nl - text) : (size_t)(end - text);
        char line[256];
        size_t take = len < sizeof line - 1 ? len : sizeof line - 1;
        memcpy(line, text, take);
        line[take] = '\0';
        number++;
        if (line[0] != '#' && line[0] != '\0' && line[0] != '\r' && !read_line(p, line))
            return number;
        text += len + (nl != NULL);
    }
    return 0;
}

/* ---- words to sounds ---- */

static bool append(char *out, const char *s)
{
    size_t n = strlen(out), k = strlen(s);
    if (n + k >= WAY_LONGEST)
        return false;
    memcpy(out + n, s, k + 1);
    return true;
}

static bool append_sound(char *out, const char *syllable, bool initial)
{
    return append(out, initial ? (char[2]){syllable[0], '\0'} : syllable);
}

/* Multiplies the ways by the readings of one more character, up to PINYIN_WAYS; false when one is too long. */
static bool more_ways(const struct readings *s, bool initials, struct ways *w)
{
    size_t had = w->n;
    for (size_t r = 1; r < READINGS && s->s[r][0] != '\0'; r++) {
        if (initials && s->s[r][0] == s->s[0][0])
            continue;
        for (size_t k = 0; k < had && w->n < PINYIN_WAYS; k++) {
            memcpy(w->v[w->n], w->v[k], WAY_LONGEST);
            if (!append_sound(w->v[w->n++], s->s[r], initials))
                return false;
        }
    }
    for (size_t k = 0; k < had; k++)
        if (!append_sound(w->v[k], s->s[0], initials))
            return false;
    return true;
}

static bool more_text(uint32_t c, struct ways *w)
{
    char one[5] = {0};
    (void)utf8_put(one, c);
    for (size_t k = 0; k < w->n; k++)
        if (!append(w->v[k], one))
            return false;
    return true;
}

void pinyin_read(const struct pinyin *p, const uint32_t *cps, size_t n, bool initials, struct ways *out)
{
    bool good = true;
    out->n = 1;
    out->v[0][0] = '\0';
    for (size_t i = 0; i < n && good; i++) {
        if (chars_kind(cps[i]) != CHAR_HAN)
            good = more_text(cps[i], out);
        else
            good = cps[i] < HAN_END && p->of[cps[i]] != 0 && more_ways(&p->sounds[p->of[cps[i]] - 1], initials, out);
    }
    if (!good)
        out->n = 0;
}

/* ---- sounds to words ---- */

/* What is left of a spelling where zh = z and ng = n; in place. The same for words and for what is typed, so it may be crude. */
static void loosen(char *s)
{
    char *out = s;
    for (char before = '\0'; *s != '\0'; before = *s++)
        if (!(*s == 'h' && (before == 'z' || before == 'c' || before == 's')) && !(*s == 'g' && before == 'n'))
            *out++ = *s;
    *out = '\0';
}

static void index_ways(struct pinyin *p, enum sound kind, const uint32_t *cps, size_t n, uint32_t word, float weight)
{
    struct ways ways;
    struct saids *to = &p->said[kind];
    pinyin_read(p, cps, n, kind == SOUND_INITIALS, &ways);
    for (size_t i = 0; i < ways.n; i++) {
        if (kind == SOUND_LOOSE)
            loosen(ways.v[i]);
        size_t len = strlen(ways.v[i]) + 1;
        mem_room(&p->text, &p->cap, p->len + len, 1);
        mem_room(&to->v, &to->cap, to->n + 1, sizeof *to->v);
        memcpy(p->text + p->len, ways.v[i], len);
        to->v[to->n++] = (struct said){(uint32_t)p->len, word, i == 0 ? weight : weight / 4};
        p->len += len;
    }
}

static int by_sound(const void *a, const void *b, void *text)
{
    const struct said *x = a, *y = b;
    int d = strcmp((const char *)text + x->at, (const char *)text + y->at);
    if (d != 0)
        return d;
    return x->weight != y->weight ? (x->weight > y->weight ? -1 : 1) : x->word < y->word ? -1 : x->word > y->word;
}

void pinyin_index(struct pinyin *p, const struct words *w)
{
    for (uint32_t i = 0; i < w->n_words; i++) {
        uint32_t cps[WORD_LONGEST];
        size_t n = chars_read(words_text(w, i), cps, WORD_LONGEST);
        if (n < 2 || chars_kind(cps[0]) != CHAR_HAN)
            continue;
        float weight = w->weight[i] + (w->flags[i] & WORD_JOB ? 1e6F : 0);
        for (int k = 0; k < SOUND_COUNT; k++)
            index_ways(p, (enum sound)k, cps, n, i, weight);
    }
    for (int k = 0; k < SOUND_COUNT; k++)
        if (p->said[k].n > 0)
            qsort_r(p->said[k].v, p->said[k].n, sizeof *p->said[k].v, by_sound, p->text);
}

size_t pinyin_words(const struct pinyin *p, const char *latin, enum sound kind, uint32_t *words, size_t cap)
{
    const struct saids *s = &p->said[kind];
    char loose[WAY_LONGEST];
    if (kind == SOUND_LOOSE && strlen(latin) < sizeof loose) {
        memcpy(loose, latin, strlen(latin) + 1);
        loosen(loose);
        latin = loose;
    }
    size_t lo = 0, hi = s->n, n = 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (strcmp(p->text + s->v[mid].at, latin) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->n && n < cap && strcmp(p->text + s->v[lo].at, latin) == 0; lo++)
        words[n++] = s->v[lo].word;
    return n;
}
