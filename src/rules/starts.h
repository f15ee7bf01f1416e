/* starts.h -- private to rules: with which two characters the patterns of a list can begin, so that the linter looks at few places only.
 *
 * It may say yes where no pattern matches, never no where one does. Empty matches do not count.
 */
#ifndef RULES_STARTS_H
#define RULES_STARTS_H
#include "rules/rules.h"

struct starts_item { /* of a pattern, 64 classes each: of the first character, of the first and the second */
    uint64_t first, both;
};

struct starts {
    uint32_t second[4096]; /* by the class of the first character: a bit for each of 32 classes of the one behind it */
    const struct starts_item *item;
};

struct start { /* of a place of a text */
    uint16_t first;  /* class of the character, 0..4095; 4096: none begins here (a byte 10xxxxxx) */
    uint16_t second; /* class of the next one, 0..31 */
};

const struct starts *starts_of(struct arena *a, const char *const *items, size_t n);
/* What can begin a pattern of `t` can begin one of `all`; it knows no items. */
void starts_add(struct starts *all, const struct starts *t);
struct start starts_at(const char *s);
static inline uint64_t starts_first(unsigned first) { return 1ULL << ((first ^ first >> 6) % 64); }
static inline uint64_t starts_both(unsigned first, unsigned second) { return 1ULL << ((first * 11 + (first >> 6) * 5 + second) % 64); }
static inline bool starts_any(const struct starts *t, struct start c) { return c.first < 4096 && (t->second[c.first] >> c.second & 1); }
static inline bool starts_item(const struct starts *t, size_t item, struct start c)
{
    const struct starts_item *i = &t->item[item];
    return (i->first & starts_first(c.first)) != 0 && (i->both & starts_both(c.first, c.second)) != 0;
}
#endif
