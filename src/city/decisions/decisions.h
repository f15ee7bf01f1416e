/* decisions.h -- the decision on training as JSON in and JSON out: one case a line (docs/decide.md), for the command line and the API. */
#ifndef CITY_DECISIONS_H
#define CITY_DECISIONS_H
#include "rules/decide.h"

/* Reads one case. E_INVALID with the field ("class.level") and a sentence; what it fills lives in the arena. */
err_t decisions_read(struct ctx *cx, const char *text, size_t n, struct decide_facts *out) MUST_USE;
/* List "objects" {name, label, members {name, kind, required, codes}} and "facts" {name, label, kind, codes}: what a case may hold. */
void decisions_format(struct ctx *cx, struct view *to);
/* Decides one line and writes one: the decision, or {"line", "person", "error": {"field", "say"}}. True when it was decided. Only a missing
 * rule or the like (E_BUG) is a failure of its own and is written as an error as well. */
bool decisions_line(struct ctx *cx, const struct rules *rules, const char *text, size_t n, int64_t line, struct buf *out);
#endif
