/* text.h -- UTF-8 text: checking, counting, cleaning, comparing, masking.
 *
 * Everything here works on bytes with a length or on NUL-terminated strings that need not be valid UTF-8:
 * a malformed byte counts as one character (U+FFFD) and never leads past the end.
 * Results live in the arena given.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
#include "base/arena.h"
#include <stdint.h>

/* Reads one character of `s` (n > 0 bytes): its length in bytes. A malformed byte gives length 1, U+FFFD and *good = false
 * (`good` may be NULL). */
size_t utf8_next(const char *s, size_t n, uint32_t *cp, bool *good);
size_t utf8_put(char out[4], uint32_t cp);              /* bytes written, 1..4 */
bool utf8_valid(const char *s, size_t n);               /* no overlong forms, surrogates, or values past U+10FFFF */
size_t utf8_count(const char *s, size_t n);             /* characters */
size_t utf8_clip(const char *s, size_t n, size_t chars); /* bytes of the first `chars` characters */

bool text_is_han(uint32_t cp);     /* an ideograph, 〇 included */
bool text_is_control(uint32_t cp); /* C0, DEL, C1 */
bool text_is_invisible(uint32_t cp); /* zero-width characters, direction marks, soft hyphen, byte order mark */
bool text_is_space(uint32_t cp);   /* blank, tab, line ends, U+00A0, U+2000-200A, U+3000 */

/* For storing: no controls or invisible characters, full-width letters and digits become half-width, 「」 become “”, small
 * and vertical punctuation becomes the ordinary one, runs of blanks become one, ends trimmed. Chinese punctuation stays. */
const char *text_clean(struct arena *a, const char *s, size_t n);
/* For comparing: text_clean, then lower case, Chinese punctuation as ASCII, no blanks at all. */
const char *text_fold(struct arena *a, const char *s, size_t n);
/* The same employer written in different ways gives the same key: folded, no punctuation, without 有限公司 and its like at the end.
 * It is a key for finding likely doubles, not a proof that two are one. */
const char *text_employer_key(struct arena *a, const char *name);
/* The words of an HTML text: tags, comments, scripts and styles removed, blocks become line ends, entities decoded. */
const char *text_strip_markup(struct arena *a, const char *s, size_t n);
/* The first `chars` characters, with … when something was cut. */
const char *text_cut(struct arena *a, const char *s, size_t chars);
/* Replaces each {name} of `msg` by the value that follows that name: text_fill(a, msg, "n", "10", NULL). Unknown names stay. */
const char *text_fill(struct arena *a, const char *msg, ...) __attribute__((sentinel));

/* For a part of a URL: everything but letters, digits and -_.~ as %XX. */
const char *text_percent(struct arena *a, const char *s);

const char *text_mask_name(struct arena *a, const char *name);   /* 张*芳, 李*, 欧**华 */
const char *text_mask_phone(struct arena *a, const char *phone); /* 138****2217; shorter ones keep the last two */
const char *text_mask_idno(struct arena *a, const char *idno);   /* 1201**********2846 */
/* The length of `head` when `s` begins with it, else 0. For short words of tables that are tried one after the other. */
static inline size_t text_begins(const char *s, const char *head)
{
    size_t n = 0;
    for (; head[n] != '\0'; n++)
        if (s[n] != head[n])
            return 0;
    return n;
}
#endif
