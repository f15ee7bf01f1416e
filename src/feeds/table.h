/* table.h -- reads a table somebody sends us, whatever it came in, row by row with bounded memory.
 *
 * What it is shows in its first bytes, never in its name: CSV (UTF-8, UTF-16 with BOM, GB18030; comma, semicolon, tab),
 * XLSX, JSON Lines, a JSON array of objects, schema.org JobPosting JSON-LD, an XML list (<job>…</job>); all but XLSX also as .gz.
 * Text that was decoded wrongly before it reached us ("宸ヨ祫") is decoded again.
 * Every failure is a sentence about the file: E_INVALID (mend the file), E_LIMIT (too big), E_IO (our disk).
 * Memory: the table has an arena of its own that ends with cx->arena; a row lives until the next table_next().
 */
#ifndef FEEDS_TABLE_H
#define FEEDS_TABLE_H
#include "base/ctx.h"

struct table_limits { /* a zero takes the default */
    int64_t bytes;     /* the file as it is: 100 MB */
    int64_t unpacked;  /* its text once unpacked: 512 MB */
    int64_t rows;      /* rows with content: 1,000,000 */
    int64_t cols;      /* 200 */
    int64_t cell;      /* bytes of one cell: 128 KB */
    int64_t head_row;  /* which row holds the column names, as the person counts; 0 = find it */
    const char *sheet; /* XLSX: name of the sheet; NULL = the first visible one */
};

struct row {
    int64_t number; /* as the person sees it in the file, from 1; JSON and XML: the record's number */
    size_t n;       /* never less than the columns of the head */
    const char *const *cells; /* UTF-8, trimmed, no control characters but '\n'; "" = empty, never NULL */
};

struct table_about { /* what was found out, to show before importing */
    const char *format, *encoding; /* "CSV", "XLSX", "JSON", "XML"; "UTF-8", "GB18030", … */
    const char *repair;            /* translated sentence when wrongly decoded text was mended, or NULL */
    char delimiter;                /* CSV */
    const char *sheet;             /* XLSX: the one that is read */
    const char *const *sheets;     /* XLSX: all visible ones */
    size_t n_sheets;
};

struct table;

/* `name` is what the person calls the file; it appears in sentences only. The path is ours. */
err_t table_open(struct ctx *cx, const char *path, const char *name, const struct table_limits *limits,
                 struct table **out) MUST_USE;
/* The column names. JSON and XML: those of the first 200 records; a name met later is appended. */
const struct row *table_head(const struct table *t);
const struct table_about *table_about(const struct table *t);
/* The next row with content; *row = NULL at the end. The columns that an error sheet adds are left out. */
err_t table_next(struct ctx *cx, struct table *t, const struct row **row) MUST_USE;
/* Back to the first row under the head. */
err_t table_rewind(struct ctx *cx, struct table *t) MUST_USE;

/* Headings of the columns an error sheet adds after the original ones (message ids; out.h writes them). */
#define TABLE_FAULT_COLUMN N_("出错的列")
#define TABLE_FAULT_REASON N_("原因")
#define TABLE_FAULT_REMEDY N_("怎么改")
#endif
