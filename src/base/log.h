/* log.h -- one line an event, "key=value" (logfmt), for machines and for people with grep.
 *
 * A line cannot be forged: line ends, escapes and every other control character are written as \xNN. Values of keys that
 * name something secret are never written.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H
#include "base/ctx.h"
#include "base/view.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Appends one line with its '\n': time=2026-11-24T02:00:00.000Z level=info event=… and the pairs key, value, …, NULL. */
void log_format(struct buf *out, int64_t now, enum log_level level, const char *event, ...) __attribute__((sentinel));
/* The line of the failure recorded in cx: request, account, code, place, detail. Our faults are errors, others are not. */
void log_fail_format(struct buf *out, const struct ctx *cx);
/* Writes the line to standard error in one piece: lines of several threads do not mix. */
void log_write(const struct buf *line);
#endif
