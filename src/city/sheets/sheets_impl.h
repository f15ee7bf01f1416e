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
/* A kept row as form_read() takes it: words of a list become their codes. */
struct pairs sheet_raw(struct ctx *cx, const struct sheet_kind *k, const char *cells);
err_t sheet_hash(struct ctx *cx, const char *path, const char **hex) MUST_USE; /* of the file, hex */
#endif
