/* mapping.h -- which column of a table is which of our fields: guessed from headings and values, corrected by a person,
 * kept as a few lines of text for the next file of the same sender.
 */
#ifndef FEEDS_MAPPING_H
#define FEEDS_MAPPING_H
#include "base/ctx.h"
#include "feeds/table.h"

enum map_kind { /* what the values look like */
    MAP_ANY,
    MAP_WAGE,   /* 4000-6000, 8千-1.2万, 面议 */
    MAP_COUNT,  /* 3, 3人, 招3人 */
    MAP_NUMBER, /* any number */
    MAP_DATE,
    MAP_PHONE,
    MAP_URL,
    MAP_EMAIL,
    MAP_EDUCATION,
    MAP_COMPANY,
    MAP_USCC,
    MAP_LONG /* texts of several sentences */
};

struct map_field {
    const char *name;   /* ours; what the office asks for */
    const char *label;  /* message id; also the heading in templates and exports */
    enum map_kind kind;
    const char *aliases; /* headings people use, separated by '|' */
    const char *code;    /* column name in the ministry's tables (就业监测、公共就业服务 2016/2018), or NULL */
};

/* The fields of a job ad; ends with a zero entry. */
extern const struct map_field job_map_fields[];

struct map_column {
    const char *head;  /* heading in the file */
    const struct map_field *field; /* NULL = not taken */
    int confidence;    /* 0–100; 100 = a person said so or the heading is the very name */
    const char *why;   /* translated sentence */
};

struct mapping {
    const struct map_field *fields;
    struct map_column *columns;
    size_t n;
};

/* Guesses from the head and some sample rows (may be none). Each field is given to one column at most. */
void mapping_guess(struct ctx *cx, const struct map_field *fields, const struct row *head, const struct row *samples,
                   size_t n_samples, struct mapping *out);
/* A person's choice: `field` NULL or "" = do not take this column. Takes the field from another column that had it. */
err_t mapping_set(struct ctx *cx, struct mapping *m, size_t column, const char *field) MUST_USE;
/* The cell of `row` that holds `field`; NULL when no column does. */
const char *mapping_cell(const struct mapping *m, const struct row *row, const char *field);
/* Column of `field`, SIZE_MAX when there is none. */
size_t mapping_column(const struct mapping *m, const char *field);

/* One line a column, "heading<TAB>field". */
const char *mapping_text(struct ctx *cx, const struct mapping *m);
/* Applies a kept text to the head of a new file: columns it does not name are left as mapping_guess() left them.
 * E_INVALID "mapping": not such a text. Fields that are no longer known are passed over. */
err_t mapping_apply(struct ctx *cx, struct mapping *m, const char *text) MUST_USE;
#endif
