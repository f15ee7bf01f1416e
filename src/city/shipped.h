/* shipped.h -- the tables that are shipped inside the binary (the .csv files under data): a header line, then cells split by
 * commas.
 *
 * They are ours, so they are plain: UTF-8, no quotes, no comma inside a cell. A file that does not look as the code expects is a
 * bug and is told with its line. What other people send is read by feeds/, never by this.
 */
#ifndef CITY_SHIPPED_H
#define CITY_SHIPPED_H
#include "base/ctx.h"

struct shipped {
    const char *name;
    const char *const *cell; /* row after row; an empty cell is "" */
    size_t rows, columns;
};

/* Reads the embedded file `name`; its first line must be `header`. E_BUG with file and line in the detail. */
err_t shipped_read(struct ctx *cx, const char *name, const char *header, struct shipped *out) MUST_USE;
const char *shipped_cell(const struct shipped *t, size_t row, size_t column);
/* Whole numbers; with `decimals` 6 the cell 117.196 gives 117196000. An empty cell gives 0. E_BUG when it is no number. */
err_t shipped_number(struct ctx *cx, const struct shipped *t, size_t row, size_t column, int decimals, int64_t *out) MUST_USE;
/* The words of a cell split at blanks. */
const char *const *shipped_words(struct ctx *cx, const struct shipped *t, size_t row, size_t column, size_t *n);
#endif
