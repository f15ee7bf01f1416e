/* out.h -- writes a table to a file: CSV or XLSX; a sheet of what was wrong in an import; an empty sheet to fill in.
 *
 * Rows go straight to the file (a big XLSX takes no more memory than a small one). No cell becomes a formula: in XLSX
 * texts are text cells, in CSV a text that begins with = + - @ tab or line end gets a ' before it, which table.h takes
 * off again. The path is the caller's (its spool); XLSX makes its temporary files in the same directory.
 * Failures: E_FULL (no space), E_IO, E_LIMIT (XLSX ends at 1,048,576 rows).
 */
#ifndef FEEDS_OUT_H
#define FEEDS_OUT_H
#include "base/field.h"
#include "feeds/table.h"

enum out_format { OUT_CSV, OUT_XLSX };

enum out_type {
    OUT_TEXT = 1, /* also for everything that only looks like a number: ids, phones, codes */
    OUT_NUMBER,   /* a number cell in XLSX when the text is one ("4500.00"), else text */
    OUT_LONG      /* wrapped text */
};

struct out_column {
    const char *label; /* translated by the caller */
    enum out_type type;
    int width; /* characters; 0 = by label and type */
};

struct out;

/* `sheet`: name of the sheet, at most 31 characters. Writes the head. */
err_t out_open(struct ctx *cx, enum out_format format, const char *path, const char *sheet, const struct out_column *columns,
               size_t n, struct out **out) MUST_USE;
/* As many cells as columns, UTF-8; NULL = empty. */
err_t out_row(struct ctx *cx, struct out *o, const char *const *cells) MUST_USE;
/* Finishes the file; without it, the file is not there or not whole. */
err_t out_close(struct ctx *cx, struct out *o) MUST_USE;

struct out_fault { /* one wrong cell; sentences translated by the caller */
    size_t col; /* of the row as read; SIZE_MAX = the whole row */
    const char *reason, *remedy;
};

/* The original columns and what is wrong with each row; mended, it can be sent in again as it is. */
err_t out_faults_open(struct ctx *cx, enum out_format format, const char *path, const struct row *head,
                      struct out **out) MUST_USE;
err_t out_faults_row(struct ctx *cx, struct out *o, const struct row *row, const struct out_fault *faults, size_t n) MUST_USE;

/* An XLSX to fill in: a column for each field (required ones marked), lists to choose from, a second sheet that explains. */
err_t out_template(struct ctx *cx, const char *path, const char *sheet, const struct field *fields) MUST_USE;
#endif
