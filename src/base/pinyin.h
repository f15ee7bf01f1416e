/* pinyin.h -- readings of Chinese text without tones, for lists that people search by sound or by initials.
 *
 * One reading a character, corrected by a list of words that read otherwise (银行 "yin hang").
 * Ownership: the table points into the bytes it was loaded from and into the arena; both must outlive it.
 */
#ifndef BASE_PINYIN_H
#define BASE_PINYIN_H
#include "base/ctx.h"

struct pinyin_word {
    const char *word, *reading; /* not NUL-terminated */
    uint16_t n_word, n_reading;
};

struct pinyin {
    const char *syllable[512]; /* not NUL-terminated */
    uint8_t n_syllable[512];
    uint16_t *of; /* syllable number + 1 of each character from U+4E00 to U+9FFF, 0 = unknown */
    const struct pinyin_word *words; /* sorted by word, by bytes */
    size_t n_words;
};

/* Reads "syllable<TAB>characters" and "several syllables<TAB>word" lines (words sorted). E_BUG when malformed. */
err_t pinyin_load(struct ctx *cx, const char *tsv, size_t n, struct pinyin *out) MUST_USE;
/* "河东区" -> "he dong qu". Runs of ASCII letters and digits stand as one syllable in lower case; everything else is left out. */
const char *pinyin_of(const struct pinyin *py, struct arena *a, const char *s);
/* "he dong qu" -> "hdq". */
const char *pinyin_initials(struct arena *a, const char *reading);
#endif
