/* memo.h -- answers to short texts that come again and again: a table of fixed size, the newer takes the place of the older.
 * One thread at a time. A text of MEMO_KEY bytes and more is not kept.
 */
#ifndef BASE_MEMO_H
#define BASE_MEMO_H
#include "base/arena.h"

#include <stdint.h>

enum { MEMO_KEY = 119 };
struct memo;
struct memo *memo_new(struct arena *a);
bool memo_get(const struct memo *m, const char *key, int64_t *value);
void memo_put(struct memo *m, const char *key, int64_t value);
#endif
