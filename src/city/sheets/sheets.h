/* sheets.h -- a sheet that an officer sends: read with a table of fields, every wrong row listed with field and reason, brought in once.
 *
 * The rows are kept as they were sent; checking tries each row and takes it back, so what is shown beforehand is what will happen.
 * The same file for the same thing is refused once it was brought in; a row that is there already is "known", never added twice.
 */
#ifndef CITY_SHEETS_H
#define CITY_SHEETS_H
#include "base/ctx.h"
#include "base/field.h"
#include "feeds/out.h"
#include "feeds/table.h"
#include "sheets.rows.h"

struct sheet_column { /* other headings people use for a field, separated by '|' */
    const char *field, *aliases;
};
struct sheet_kind {
    const char *name;            /* "shortage": of the rows kept, and of the audit entry */
    const struct field *fields;  /* form_read() checks a row by them */
    const struct sheet_column *columns; /* may be NULL; ends with a zero entry */
    size_t size;                 /* of the struct the fields fill */
    bool secret;                 /* rows hold personal data: kept sealed, shown masked, wiped once they are brought in */
    bool two_rows;               /* the head may have a second row of its own (级别 under 课时) */
    const char *head_word;       /* a heading that is always there, to find the head by */
    /* Puts one row, inside a write transaction. E_REPEAT: it is there just so. E_INVALID, E_CONFLICT, E_STATE, E_DENIED: what is wrong
     * with it, by field and sentence; or more than one mistake noted in `form`. */
    err_t (*put)(struct ctx *cx, int64_t subject_id, int64_t sheet_id, const void *in, struct form *form);
    /* May be NULL: the thing a row is about, where put() would write a second row over the first. Two rows of a sheet about one thing that say
     * different things are a mistake, whichever is right. */
    const char *(*key)(struct ctx *cx, const void *in);
    /* May be NULL: notes in `form` what put() would find wrong in single cells, so that a row with other mistakes has all of them listed at once. */
    void (*cells)(struct ctx *cx, const void *in, struct form *form);
};
struct sheet_about { /* of what, and how it stands */
    int64_t id, subject_id, at;
    const char *file_name, *found;
    bool done;
    int64_t good, bad, known, brought;
};
enum { SHEET_ROWS_MAX = 5000, SHEET_BYTES_MAX = 20000000 };

/* Reads, keeps and checks it. E_INVALID, E_LIMIT: a sentence about the file. */
err_t sheet_upload(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, const char *path, const char *name, int64_t *id) MUST_USE;
err_t sheet_find(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, int64_t id, struct sheet_about *out) MUST_USE;
err_t sheet_rows(struct ctx *cx, int64_t id, const char *state, int64_t off, int64_t lim, struct q_sheet_rows_row **rows, size_t *n) MUST_USE;
err_t sheet_list(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, struct q_sheet_list_row **rows, size_t *n) MUST_USE;
/* A kept row's text of a field, "" when it has none. */
const char *sheet_cell(struct ctx *cx, const char *cells, const char *field);
struct sheet_problem {
    const char *label, *say;
};
size_t sheet_problems(struct ctx *cx, const char *problems, struct sheet_problem **out);
/* Brings the good rows in, all in one transaction; E_STATE when that was done. */
err_t sheet_confirm(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, int64_t id) MUST_USE;
/* The wrong rows with what is wrong, to mend and send again. */
err_t sheet_faults(struct ctx *cx, const struct sheet_kind *k, int64_t id, enum out_format format, const char *path) MUST_USE;
/* A file of any length by the command line: 500 rows a transaction. What is there already is known, so a run that was stopped is run again. */
struct sheet_file {
    const char *path, *name, *report; /* report: the wrong rows as a sheet, or NULL */
    bool check;                       /* read and report, store nothing */
    void (*progress)(void *arg, int64_t done, int64_t total); /* total: counted beforehand */
    void *arg;
};
struct sheet_reason {
    const char *label, *say;
    int64_t n;
};
struct sheet_result {
    int64_t read, fresh, known, bad;
    struct sheet_reason reason[12]; /* the first twelve that were met */
    size_t n_reasons;
};
err_t sheet_file(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, const struct sheet_file *f, struct sheet_result *out) MUST_USE;
/* An empty sheet: .xlsx with lists to choose from, or the heads as .csv. */
err_t sheet_template(struct ctx *cx, const struct sheet_kind *k, enum out_format format, const char *path) MUST_USE;
#endif
