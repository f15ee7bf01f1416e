/* field.h -- a form declared once: what it asks, how it is checked, how it is named.
 *
 * One table per form.  It renders the HTML form, checks a posted form or a JSON
 * body, describes the API, names the columns of an import file and its template.
 * The table points into a plain struct: what form_read() fills is what the office takes.
 *
 *   struct wish { const char *title; int64_t wage_fen; const int64_t *until; };
 *   static const struct field wish_fields[] = {
 *       {"title", F_TEXT, F_REQUIRED, N_("想做什么"), .max = 40, .off = offsetof(struct wish, title)},
 *       ...
 *       {0},
 *   };
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H
#include "base/ctx.h"
#include "base/view.h"

enum field_type {
    F_TEXT = 1, /* const char *: one line; min and max count characters */
    F_LONG,     /* const char *: several lines */
    F_INT,      /* int64_t: min and max are values */
    F_MONEY,    /* int64_t fen; people write yuan with up to two decimals; min and max in fen */
    F_DATE,     /* int64_t yyyymmdd */
    F_STAMP,    /* int64_t UTC milliseconds; people write local date and time */
    F_BOOL,     /* int64_t 0 or 1: a check box */
    F_PHONE,    /* const char *: mobile or landline, spaces and dashes removed */
    F_IDNO,     /* const char *: GB 11643 number, upper case, checked */
    F_USCC,     /* const char *: GB 32100 code, upper case, checked */
    F_EMAIL,    /* const char * */
    F_CHOICE,   /* const char *: one code of `choices` */
    F_CHOICES,  /* const char *: several codes, joined by ',' in the table's order */
    F_STREET,   /* int64_t: 9-digit street code; people type or pick a name (struct names) */
    F_OCCUPATION, /* const char *: "4-10-01-05", checked for form; people type or pick a name (struct names) */
    F_PASSWORD, /* const char *: never shown again */
    F_FILE,     /* struct upload const *: see web/web.h; max in bytes, choices = endings without dot ("xlsx") */
    F_HIDDEN,   /* const char *: carried along */
};

enum { F_REQUIRED = 1, F_SECRET = 2 /* personal: never logged, never in a URL */, F_WIDE = 4 /* a full row on wide screens */,
       F_LINKED = 8 /* given by links, never asked: which page of a list */ };
#define FIELD_PAGE(type) {"page", F_INT, F_LINKED, N_("页"), .min = 1, .max = 10000, .off = offsetof(type, page)}

/* Optional numbers are pointers (NULL = not given), so that they go to a nullable SQL parameter as they are:
 * F_INT, F_MONEY, F_DATE, F_STAMP, F_STREET: int64_t when F_REQUIRED, const int64_t * when not.
 * F_BOOL is always int64_t. Texts are NULL when not given. */

/* What a form has to know of the city: cx->names, set by who opens the house. Both take F_STREET or F_OCCUPATION. */
struct names {
    /* The code of what was typed. NULL: there is none, or several: then *several lists them for a sentence ("河东区 中山门街道、…"). */
    const char *(*code)(struct ctx *cx, enum field_type type, const char *text, const char **several);
    /* The name that is shown in the field for a code, and typed again gives that code; NULL when the code is unknown. */
    const char *(*name)(struct ctx *cx, enum field_type type, const char *code);
};

struct choice {
    const char *code, *label; /* label is a message id */
};

struct field {
    const char *name;
    enum field_type type;
    unsigned flags;
    const char *label; /* message id */
    const char *help;  /* message id or NULL */
    int64_t min, max;  /* 0,0 = no bound (texts: at most 200 characters, F_LONG 5000) */
    const struct choice *choices; /* ends with a zero entry */
    const char *group; /* message id of a heading before this field, or NULL */
    unsigned off;
};

struct pair {
    const char *name, *value; /* NUL-terminated; value is UTF-8 without NUL */
    size_t len;
};
struct pairs {
    const struct pair *p;
    size_t n;
};
/* The first value of `name`, or NULL. */
const char *pairs_get(const struct pairs *ps, const char *name);

struct form_error {
    struct form_error *next;
    const char *field; /* NULL = the whole form */
    const char *say;   /* translated sentence */
};

struct form { /* what was sent and what is wrong with it; shown again as it was typed */
    const struct field *fields;
    const struct pairs *raw;
    struct form_error *errors, **tail;
    size_t n_errors;
};

/* Reads every field of `fields` from `raw` into `out` (zeroed by the caller) and notes each mistake in `form`.
 * E_INVALID when there is at least one: every wrong field is listed, not the first one only. */
err_t form_read(struct ctx *cx, struct form *form, const struct field *fields, const struct pairs *raw, void *out) MUST_USE;
/* Files are the web layer's: it stores the upload into the struct and checks it here, after form_read().
 * form_file: the form's F_FILE field, or NULL.
 * form_file_check: `name` NULL or "" = none was sent; notes a mistake and answers E_INVALID.
 * form_file_types: ".xlsx,.csv" for the browser, NULL when every kind goes. */
const struct field *form_file(const struct field *fields);
err_t form_file_check(struct ctx *cx, struct form *form, const struct field *f, const char *name, int64_t size) MUST_USE;
const char *form_file_types(struct ctx *cx, const struct field *f);
/* Adds one mistake (`say`: translated sentence). */
void form_error(struct ctx *cx, struct form *form, const char *field, const char *say);
/* Appends object "form" for parts/form.html:
 *   fields [{name, id, label, help, help_id, group, required, wide, secret, value, checked (F_BOOL), error, error_id,
 *     described_by,
 *     is_text is_long is_number is_money is_date is_stamp is_bool is_choice is_choices is_password is_file is_hidden
 *     is_street is_occupation, few (at most five choices: radio buttons), input_type, inputmode, autocomplete,
 *     maxlength, min, max, accept,
 *     choices [{code, label, selected, choice_id}], any_selected}]
 *   errors [{field, field_id, say}], has_errors, multipart.
 * `values` (may be NULL) prefills: a pair list; what was sent wins. `form` may be NULL. */
void form_view(struct ctx *cx, struct view *to, const struct form *form, const struct field *fields, const struct pairs *values);
/* The pairs that would give `in` again: for prefilling an edit form from a record. */
struct pairs form_pairs(struct ctx *cx, const struct field *fields, const void *in);
/* "4500" or "4500.50": fen as people write yuan into a field. */
const char *form_yuan(struct arena *a, int64_t fen);
#endif
