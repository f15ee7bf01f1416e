/* reading.h -- how Chinese text is read (pinyin without tones), for lists that people search by sound or by initials.
 *
 * One reading a character, corrected by a list of words that are read otherwise (银行 "yin hang").
 * Ownership: the tables point into the bytes they were loaded from and into the arena; both must outlive them.
 */
#ifndef BASE_READING_H
#define BASE_READING_H
#include "base/ctx.h"

struct reading {
    const char *text, *said; /* not NUL-terminated */
    uint8_t n_text, n_said;
};
struct readings {
    const struct reading *chars, *words; /* each sorted by text, by bytes */
    size_t n_chars, n_words;
};

/* `chars`: "行<TAB>xing,hang" lines, the first reading counts; `words`: "银行<TAB>yin hang" lines; both sorted by bytes.
 * E_BUG when they are not. */
err_t readings_load(struct ctx *cx, const char *chars, size_t n_chars, const char *words, size_t n_words,
                    struct readings *out) MUST_USE;
/* "河东区" -> "he dong qu". A run of ASCII letters and digits is one syllable, in lower case; everything else is left out. */
const char *reading_of(const struct readings *r, struct arena *a, const char *s);
/* "he dong qu" -> "hdq". */
const char *reading_initials(struct arena *a, const char *said);
#endif
