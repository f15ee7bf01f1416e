/* imports_impl.h -- private to the office: from a row to an ad, and a batch of them into the database. */
#ifndef CITY_IMPORTS_IMPL_H
#define CITY_IMPORTS_IMPL_H
#include "city/imports/imports.h"
#include "city/jobs/jobs.h"

#include <pthread.h>

struct import_terms {
    const char *source, *source_name; /* of job_source; what is shown: NULL = the column for it, else `file_name` */
    const char *file_name;
    int64_t employer_id, station_id;
    struct memo *streets, *titles;   /* of who reads many rows: what their words were found to mean, or NULL */
    const struct match_fresh *fresh; /* ads of this run that the engine does not show yet, or NULL */
    bool own;      /* a sheet of our own people: what the law wants must be there, places are ours unless they say otherwise */
    bool anywhere;
};

struct import_ad { /* what a row says */
    struct job_form form;
    const char *company, *uscc, *ref, *source_name, *place;
    int64_t district, posted_on;
    bool elsewhere; /* of another city */
    struct import_problem *problems;
    size_t n_problems, cap, n_bad;
};

void import_complain(struct ctx *cx, struct import_ad *ad, bool bad, const char *field, const char *kind, const char *words,
                     const char *remedy);
/* Reads a row; what is wrong with it is among its problems. The ad points into cx->arena and the row. */
err_t import_read(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_ad *ad) MUST_USE;

/* ---- places and dates, as ads write them ---- */
enum import_where { IMPORT_HERE, IMPORT_ELSEWHERE, IMPORT_NOWHERE /* not said */ };
struct import_place {
    enum import_where where;
    int64_t district, street;
    const char *text; /* as written */
};
struct import_address {
    const char *city, *district, *street, *address; /* cells, NULL or "" when absent */
    struct memo *streets;                           /* those found so far, or NULL */
};
void import_place(struct ctx *cx, const struct import_address *in, bool ours, struct import_place *out);
/* "2023-08-30 14:07:12", "8月30日", "08-30", "3天前", "45168" (a sheet's number); 0 when it is none. Without a year: the last such day
 * before `today`, or the next one from `today` on when `ahead`. */
int64_t import_day(const char *s, int64_t today, bool ahead);

/* ---- rows into the database ---- */
struct import_fate {
    const char *result; /* new, changed, same, merged, elsewhere, bad */
    const char *ref;    /* what the row is known by, NULL when it was not read so far */
    int64_t job_id;
    bool warned;
    const char *problems; /* lines, "" = none */
};
/* A row read and checked: all that needs no database, so any thread may do it. */
struct import_ready {
    struct import_ad ad;
    struct job_prepared *job; /* NULL: the row is not put */
    size_t n_problems, n_bad; /* found so far; what is refused later comes behind them */
};
err_t import_understand(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_ready *out) MUST_USE;
struct import_ready import_ready_kept(struct arena *a, const struct import_ready *r); /* a copy, for import_settle() */
/* Puts it. Inside a write transaction, repeatable. A row that is refused leaves nothing behind. */
err_t import_settle(struct ctx *cx, const struct import_terms *t, struct import_ready *r, struct import_fate *out) MUST_USE;
/* Both. */
err_t import_put(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_fate *out) MUST_USE;
void import_count(struct import_counts *c, const struct import_fate *f);
const char *import_problem_lines(struct ctx *cx, const struct import_ad *ad);
err_t import_seal_cells(struct ctx *cx, const struct row *row, struct blob *out) MUST_USE;
/* Heads of a kept import as a row. */
struct row import_head(struct ctx *cx, const char *head);
const char *import_head_text(struct ctx *cx, const struct row *head);
struct import_terms import_terms(const struct q_import_get_row *i);
/* The columns as they were chosen. */
err_t import_mapping(struct ctx *cx, const struct q_import_get_row *i, const struct row *head, struct mapping *m) MUST_USE;
enum out_format import_format(const char *path); /* by its ending; CSV when it is none we know */
/* A bad row into an error sheet. */
err_t import_fault(struct ctx *cx, struct out *o, const struct mapping *m, const struct row *row, const char *problems) MUST_USE;
/* ---- rows of a file, many at once ---- */
enum { IMPORT_BATCH = 4000 };
struct import_row_ready {
    struct row row;
    struct import_ready ready;
};
struct import_batch {
    struct arena arena;            /* of all that is in it */
    struct arena scratch;          /* of one row while it is read */
    struct import_row_ready *rows; /* as they stand in the file */
    size_t n;
    bool last;                     /* the table ends here */
};
struct row import_kept(struct arena *a, const struct row *row); /* a copy */
/* Its arenas become one piece each: memory is not given back and asked for again with each batch or row. */
void import_batch_init(struct import_batch *b);
void import_batch_free(struct import_batch *b);
/* The next rows of a table, at most `most`, read and checked. */
err_t import_batch_fill(struct ctx *cx, const struct import_terms *t, const struct mapping *m, struct table *table, size_t most,
                        struct import_batch *b) MUST_USE;
/* ---- beside the thread that stores ---- */
struct aside {
    err_t (*fn)(struct ctx *cx, void *arg); /* its context has no database */
    void *arg;
    struct ctx cx;
    err_t result;
    pthread_t thread;
    bool runs;
};
void aside_begin(const struct ctx *cx, struct arena *arena, struct aside *a);
err_t aside_end(struct ctx *cx, struct aside *a) MUST_USE; /* waits for it; E_OK when it was not begun */

/* The code of a new import: unguessable at first, by its number as soon as that is known. */
const char *import_token(struct ctx *cx);
err_t import_numbered(struct ctx *cx, int64_t id) MUST_USE;
/* Hash of a whole file, hex. */
err_t import_hash(struct ctx *cx, const char *path, const char **hex) MUST_USE;
#endif
