/* xlsx.h -- private to feeds: the package around a sheet (ZIP, workbook, shared strings, styles, merged cells). */
#ifndef FEEDS_XLSX_H
#define FEEDS_XLSX_H
#include "feeds/reader.h"
#include "feeds/xmlin.h"

#include <zip.h>

enum xlsx_date { XD_NUMBER, XD_DATE, XD_TIME, XD_STAMP };

struct merge { /* one column that is merged downwards */
    int64_t first, last; /* rows, from 1 */
    size_t col;          /* from 0 */
};

struct merges {
    struct merge *p; /* by first row */
    size_t n, cap;
};

struct part { /* one file of the package being read */
    zip_file_t *f;
    int64_t left; /* bytes that may still come */
    bool over, broken;
};

struct strings { /* shared strings, in pages so that none moves */
    const char ***pages;
    size_t n, cap_pages;
    int64_t bytes;
};

struct xlsx {
    zip_t *zip;
    const char *sheet, *strings, *styles; /* paths in the package */
    bool from_1904;
    struct strings shared;
    unsigned char *xf; /* enum xlsx_date of each cell style */
    size_t n_xf;
    struct merges merges;

    struct part *part; /* the sheet while it is read */
    struct xmlin *xml;
    struct buf value;
    char number[80];
    int64_t row;
    size_t next_merge;
    const struct merge **open;  /* per column: the merge that covers it now */
    const char **open_text;
    int64_t open_bytes;
};

err_t part_open(struct ctx *cx, struct table *t, struct xlsx *x, const char *path, struct part **out) MUST_USE;
int part_read(void *part, char *to, int cap);
/* The sentence for a package part that could not be read. */
err_t part_refuse(struct ctx *cx, const struct part *p, const struct xmlin *xml) MUST_USE;

err_t xlsx_strings_read(struct ctx *cx, struct table *t, struct xlsx *x) MUST_USE;
const char *xlsx_string(const struct xlsx *x, int64_t i); /* NULL when there is no such one */
err_t xlsx_styles_read(struct ctx *cx, struct table *t, struct xlsx *x) MUST_USE;
err_t xlsx_merges_read(struct ctx *cx, struct table *t, struct xlsx *x) MUST_USE;

/* "BC12" -> row 12, column 54 (from 0); false when it is no such thing. */
bool xlsx_ref(const char *s, int64_t *row, size_t *col);
/* A number as people read it, or the date, time or both that it stands for. */
void xlsx_number(char *to, size_t cap, const char *raw, enum xlsx_date kind, bool from_1904);

err_t sheet_next(struct ctx *cx, struct table *t, bool *more) MUST_USE;
err_t sheet_rewind(struct ctx *cx, struct table *t) MUST_USE;
#endif
