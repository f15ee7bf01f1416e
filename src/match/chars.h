/* chars.h -- NUL-terminated UTF-8 text as folded code points: lower case, half width, malformed bytes skipped.
 * (base/text.h replaces malformed bytes and works on lengths; here millions of short fields are read.) */
#ifndef MATCH_CHARS_H
#define MATCH_CHARS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum char_kind { CHAR_GAP, CHAR_HAN, CHAR_LATIN /* letters and digits of any alphabet, + and # */ };

/* The next code point as written, 0 at the end of the text; *p moves on. */
uint32_t chars_next(const char **p);
/* Full width to half width, upper case to lower case. */
uint32_t chars_fold(uint32_t c);
enum char_kind chars_kind(uint32_t c);
/* Folds at most `cap` code points of `s` into `out`; returns how many. `s` may be NULL. */
size_t chars_read(const char *s, uint32_t *out, size_t cap);
uint64_t hash_bytes(const void *p, size_t n);
uint64_t hash_mix(uint64_t x);
#endif
