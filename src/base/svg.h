/* svg.h -- small charts as SVG text for view_html(): attributes and classes only, colours come from the style sheet.
 *
 * Every chart has role="img" and a <title>; texts are escaped here. A page puts the figures beside it as text or table.
 */
#ifndef BASE_SVG_H
#define BASE_SVG_H
#include "base/arena.h"
#include <stdint.h>

struct svg_bar {
    const char *label, *text; /* left of the bar; right of it, NULL = the value */
    int64_t value;            /* below 0 counts as 0 */
    const char *tone;         /* class: "good", "warn", "bad" or NULL */
};

/* Horizontal bars, one a line, longest = full width. */
const char *svg_bars(struct arena *a, const struct svg_bar *bars, size_t n, const char *title);
/* How much of `max` is reached: a line that fills. `tone` may be NULL. */
const char *svg_meter(struct arena *a, int64_t value, int64_t max, const char *tone, const char *title);
/* The same as a ring with `text` in the middle. */
const char *svg_ring(struct arena *a, int64_t value, int64_t max, const char *tone, const char *text, const char *title);
/* A line through values, oldest first. Needs two of them; else an empty drawing. */
const char *svg_line(struct arena *a, const int64_t *values, size_t n, const char *tone, const char *title);
#endif
