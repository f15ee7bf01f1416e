/* suggest.h -- what completes a few typed characters: keys in Chinese, pinyin and initials, sorted. */
#ifndef MATCH_SUGGEST_H
#define MATCH_SUGGEST_H
#include "match/engine.h"

struct suggest;
/* The titles of a part, cleaned, with how many ads have them. */
struct suggest *suggest_titles(const struct match *m, const struct part *p);
/* Names of occupations and words for work. */
struct suggest *suggest_words(const struct match *m);
void suggest_free(struct suggest *s); /* NULL is allowed */
size_t suggest_bytes(const struct suggest *s);
#endif
