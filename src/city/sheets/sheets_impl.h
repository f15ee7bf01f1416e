/* sheets_impl.h -- private to the office: from a file to rows by field. */
#ifndef CITY_SHEETS_IMPL_H
#define CITY_SHEETS_IMPL_H
#include "city/sheets/sheets.h"

struct sheet_reading {
    const char *found;   /* "XLSX · UTF-8" */
    const char **cells;  /* each row as a JSON object of field and text */
    int64_t *numbers;    /* as the person counts */
    size_t n;
};
/* Reads the whole file and finds the columns. E_INVALID when a needed column is not there: a sentence says which. */
err_t sheet_open(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct sheet_reading *out) MUST_USE;
/* The same row by row, of any length. *cells: NULL at the end, else lives in cx->arena, which may be another one each time. */
struct sheet_reader;
err_t sheet_reader_open(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct sheet_reader **out) MUST_USE;
err_t sheet_reader_next(struct ctx *cx, struct sheet_reader *r, const char **cells, int64_t *number) MUST_USE;

struct sheet_seen { /* a row that was put, by the key of its kind */
    const char *key, *cells;
    int64_t row_no;
    struct sheet_seen *next;
};
struct sheet_try {
    const struct sheet_kind *k;
    int64_t subject_id, sheet_id;
    int64_t row_no;          /* of the row that is put, as the person counts */
    struct sheet_seen *seen; /* NULL before the first row; lives in cx->arena */
};
/* Puts one row. *state: good, known or bad with *problems. Only a failure of the machine is an error. */
err_t sheet_put_row(struct ctx *cx, struct sheet_try *t, const char *cells, const char **state, const char **problems) MUST_USE;
/* Writes one wrong row into a sheet of faults made by sheet_faults_open(). */
err_t sheet_faults_open(struct ctx *cx, const struct sheet_kind *k, enum out_format format, const char *path, struct out **o) MUST_USE;
err_t sheet_fault(struct ctx *cx, const struct sheet_kind *k, struct out *o, const char *cells, int64_t number, const char *problems) MUST_USE;
/* A kept row as form_read() takes it: words of a list become their codes. */
struct pairs sheet_raw(struct ctx *cx, const struct sheet_kind *k, const char *cells);
err_t sheet_hash(struct ctx *cx, const char *path, const char **hex) MUST_USE; /* of the file, hex */
#endif
