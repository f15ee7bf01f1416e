/* starts.h -- private to rules: with which characters the patterns of a list can begin, so that the linter looks at few places only.
 *
 * It may say yes where no pattern matches, never no where one does. Empty matches do not count.
 */
#ifndef RULES_STARTS_H
#define RULES_STARTS_H
#include "rules/rules.h"

struct starts {
    uint64_t any[64];   /* a bit for each of 4096 classes of characters: some pattern may begin so */
    const uint64_t *item; /* of each pattern, 64 classes */
};

const struct starts *starts_of(struct arena *a, const char *const *items, size_t n);
/* The class of the character at `s`, 0..4095; no character begins with a byte 10xxxxxx: 4096. */
unsigned starts_class(const char *s);
static inline bool starts_any(const struct starts *t, unsigned c) { return c < 4096 && (t->any[c / 64] >> (c % 64) & 1); }
static inline bool starts_item(const struct starts *t, size_t item, unsigned c) { return t->item[item] >> ((c ^ c >> 6) % 64) & 1; }
#endif
