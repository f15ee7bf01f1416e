/* reader.h -- private to feeds: what each format gives to table.c, and how it puts a row together. */
#ifndef FEEDS_READER_H
#define FEEDS_READER_H
#include "base/view.h"
#include "feeds/source.h"
#include "feeds/table.h"

struct span {
    size_t off, len;
};

struct reader {
    const char *format;
    bool named; /* the records name their columns (JSON, XML); else the head is one of the rows */
    /* Builds the next row with row_begin and row_cell; *more = false at the end. Rows without content may come. */
    err_t (*next)(struct ctx *cx, struct table *t, bool *more);
    err_t (*rewind)(struct ctx *cx, struct table *t);
};

struct table {
    struct arena own; /* everything of this table; ends with cx->arena */
    const char *path, *name;
    struct table_limits limits;
    struct table_about about;
    const struct reader *reader;
    struct source *src; /* text formats */
    void *state;        /* the reader's own */

    struct buf text; /* the row being built: cleaned cells, NUL after each */
    struct span *at;
    size_t n, cap;
    int64_t number;

    const char **head; /* as read, fault columns included */
    bool *drop;        /* column of an error sheet */
    size_t n_head, cap_head;
    struct row shown_head, shown;
    const char **shown_cells, **shown_names;
    size_t cap_shown;
    int64_t rows;
};

err_t csv_open(struct ctx *cx, struct table *t) MUST_USE;
err_t xlsx_open(struct ctx *cx, struct table *t) MUST_USE;
err_t json_open(struct ctx *cx, struct table *t) MUST_USE;
err_t xml_open(struct ctx *cx, struct table *t) MUST_USE;

/* An empty buffer of the table that already has memory, so that adding nothing to it is defined. */
struct buf table_buf(struct table *t);
void row_begin(struct table *t, int64_t number);
/* Puts `n` bytes of UTF-8 into column `col` (from 0), cleaned; what was there goes. `p` is not in the row.
 * Refuses a column or a cell beyond the limits. */
err_t row_cell(struct ctx *cx, struct table *t, size_t col, const char *p, size_t n) MUST_USE;
/* The text of a cell of the row being built, or "". */
const char *row_text(const struct table *t, size_t col);
/* Finds or appends the column called `name`. Named formats only. */
err_t table_column(struct ctx *cx, struct table *t, const char *name, size_t *col) MUST_USE;
/* What table_open() asks once the reader is chosen: where the head is, or which names the first records have. */
err_t table_find_head(struct ctx *cx, struct table *t) MUST_USE;
err_t table_find_names(struct ctx *cx, struct table *t) MUST_USE;
/* Removes control characters and the space around, in place; returns the new length. */
size_t cell_clean(char *p, size_t n);
#endif
