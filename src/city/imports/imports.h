/* imports.h -- ads that come as tables: read, checked row by row, brought in once, told about, undone.
 *
 * Two ways in, one reader: a sheet that an employer or a desk sends (import_upload … import_confirm), and a file read by the
 * command line (import_file). Every row is new, changed, same, merged with the same job from elsewhere, left out because it is of
 * another city, or bad with a reason: these add up to the rows read.
 * A row is known by its number at its source, or by a hash of its cells: the same row again is the same ad.
 */
#ifndef CITY_IMPORTS_H
#define CITY_IMPORTS_H
#include "base/ctx.h"
#include "base/field.h"
#include "city/demo.h"
#include "feeds/mapping.h"
#include "feeds/out.h"
#include "imports.rows.h"

enum { IMPORT_ROWS_MAX = 10000 /* of a sheet that is sent */, IMPORT_BYTES_MAX = 50000000, IMPORT_INLINE_MAX = 20, IMPORT_UNDO_MS = 86400000 };

struct import_counts {
    int64_t read, fresh, changed, same, merged, elsewhere, bad, warned;
};

struct import_reason { /* why rows were not taken */
    const char *field, *kind; /* label of the field, "" = the row; the sentence */
    int64_t n;
};

struct import_problem {
    bool bad;          /* false: a warning, the row comes in */
    const char *field; /* name in the table of fields, "" = the whole row */
    const char *kind;  /* what is wrong */
    const char *words; /* the words it is about, "" = none; never a name or a number of a person */
    const char *remedy;
};
/* The problems as import_row keeps them. */
size_t import_problems(struct ctx *cx, const char *lines, struct import_problem **out);

/* Columns of a table of ads: those of feeds/mapping.h and some of our own form. */
const struct map_field *import_fields(struct ctx *cx);
/* The label of one, translated; the name itself when it is none. */
const char *import_label(struct ctx *cx, const char *field);

/* ---- the command line ---- */
struct match;
struct import_file {
    const char *path, *name;
    const char *source_name;  /* shown beside each ad; NULL = the file's name, or the column for the source */
    bool anywhere;            /* ads of other cities are kept, without a district */
    bool check;               /* store nothing */
    int64_t limit;            /* rows of this run, 0 = all */
    struct table_limits limits; /* of the file; zeros: the usual */
    const char *report;       /* where to write the bad rows, .csv or .xlsx; NULL = nowhere */
    struct match *follow;     /* the engine, when nobody else writes to it: then rows of this file find one another; or NULL */
    int64_t *seq;             /* its position in the change log */
    void (*progress)(void *arg, int64_t done, int64_t total);
    void *arg;
};
struct import_result {
    int64_t id;               /* 0 when checked only */
    int64_t went_on;          /* rows that an earlier run had done */
    bool again;               /* the whole file was brought in before */
    struct import_counts n;
    const struct import_reason *reasons; /* most first */
    size_t n_reasons;
};
/* Brings in a file, 4,000 rows a transaction; meanwhile the next ones are read, and those before are given to the engine. The engine shows all at the end. A run that was stopped goes on from its position. */
err_t import_file(struct ctx *cx, const struct import_file *f, struct import_result *out) MUST_USE;

/* ---- sheets that are sent ---- */
struct import_sender {
    int64_t employer_id, station_id; /* one of them */
};
/* Reads the upload, guesses its columns. E_INVALID, E_LIMIT: a sentence about the file. */
err_t import_upload(struct ctx *cx, const struct import_sender *from, const char *path, const char *name, int64_t *id) MUST_USE;
err_t import_find(struct ctx *cx, int64_t id, struct q_import_get_row *out) MUST_USE;
err_t import_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE; /* E_NOTFOUND */
/* The import of the very same file by the same sender that was brought in before; *code NULL when there is none. */
err_t import_twin(struct ctx *cx, const struct q_import_get_row *i, const char **code, int64_t *at) MUST_USE;
struct import_states { /* rows, as checked */
    int64_t good, warn, bad, same;
};
err_t import_states(struct ctx *cx, int64_t id, struct import_states *out) MUST_USE;
err_t import_page(struct ctx *cx, const struct q_import_list_in *in, struct q_import_list_row **rows, size_t *n) MUST_USE;
err_t import_rows(struct ctx *cx, const struct q_import_row_page_in *in, struct q_import_row_page_row **rows, size_t *n) MUST_USE;
/* A row's cells, opened. */
err_t import_cells(struct ctx *cx, struct blob sealed, size_t columns, const char *const **cells) MUST_USE;
/* The columns with some values each, as guessed or chosen. */
err_t import_columns(struct ctx *cx, const struct q_import_get_row *i, struct mapping *m, struct row **samples, size_t *n_samples) MUST_USE;
/* A person's choice for each column (names of fields, "" = leave out), then every row is checked. */
err_t import_map(struct ctx *cx, int64_t id, const char *const *choice, size_t n) MUST_USE;
/* Corrects cells of one row and checks it again. */
err_t import_mend(struct ctx *cx, int64_t id, int64_t row_no, const char *const *fields, const char *const *values, size_t n) MUST_USE;
/* Brings the good rows in: at once when they are few, else imports_tick() does. */
err_t import_confirm(struct ctx *cx, int64_t id) MUST_USE;
/* Within a day: closes the ads it made. */
err_t import_undo(struct ctx *cx, int64_t id) MUST_USE;
/* Rows that came to nothing, as a sheet to correct and send again. */
err_t import_faults(struct ctx *cx, int64_t id, enum out_format format, const char *path) MUST_USE;
/* An empty sheet to fill in; `company`: with columns for the employer, for desks. */
err_t import_template(struct ctx *cx, enum out_format format, const char *path, bool company) MUST_USE;
err_t imports_tick(struct ctx *cx) MUST_USE;
err_t imports_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
