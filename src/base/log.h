/* log.h -- one line an event on stderr, in logfmt. Control characters are escaped, so that nobody can forge a line; no secret is ever given in. */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/ctx.h"

/* level "info", "warn" or "error"; then name, value, …, NULL. A NULL value is left out. */
void log_event(const struct ctx *cx, const char *level, const char *event, ...) __attribute__((sentinel));
#endif
