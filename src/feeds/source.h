/* source.h -- the bytes of a text file as clean UTF-8: unpacked (gzip), decoded, wrongly decoded text mended, limits kept.
 *
 * The encoding is decided at the first bytes that are not ASCII, so a file whose Chinese begins late is read right too.
 * A source lives in the arena it was opened with; the file is closed when that arena ends.
 */
#ifndef FEEDS_SOURCE_H
#define FEEDS_SOURCE_H
#include "base/ctx.h"

struct source;

err_t source_open(struct ctx *cx, struct arena *a, const char *path, int64_t unpacked_max, struct source **out) MUST_USE;
/* The next piece of text, valid until the next call; *n = 0 at the end. Broken characters come out as U+FFFD; no BOM. */
err_t source_fill(struct ctx *cx, struct source *s, const char **p, size_t *n) MUST_USE;
err_t source_rewind(struct ctx *cx, struct source *s) MUST_USE;
const char *source_encoding(const struct source *s);
const char *source_repair(const struct ctx *cx, const struct source *s); /* translated sentence, or NULL */

/* A failure whose sentence is made of `...` (a translated format and its arguments); the field is "file". */
#define FILE_SAY(cx, code, ...) \
    ctx_fail((cx), (code), "file", arena_fmt((cx)->arena, __VA_ARGS__), __FILE__, __LINE__, "%s", "file refused")
#endif
