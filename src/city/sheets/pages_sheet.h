/* pages_sheet.h -- the pages that every kind of sheet shares: upload, what was found, bringing in, files to take home. */
#ifndef SHEETS_PAGES_SHEET_H
#define SHEETS_PAGES_SHEET_H
#include "city/sheets/sheets.h"
#include "web/web.h"

struct sheet_form {
    const char *file;
};
extern const struct field sheet_form_fields[];
struct sheet_filter {
    const char *state;
    const int64_t *page;
};
extern const struct field sheet_filter_fields[];

/* `base`: the path of the thing, "/district/shortages/R2026-1"; below it are /sheets/{sheet} and /template/{format}. */
err_t sheet_page_upload(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base) MUST_USE;
err_t sheet_page_show(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base) MUST_USE;
err_t sheet_page_confirm(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base) MUST_USE;
err_t sheet_page_faults(struct req *rq, const struct sheet_kind *k, int64_t subject_id) MUST_USE;
err_t sheet_page_template(struct req *rq, const struct sheet_kind *k, const char *name) MUST_USE;
/* List "sheets" {name when url done} and "upload" {fields…} for part sheets/upload. */
err_t sheet_page_list(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base) MUST_USE;
/* A list as CSV: begun with its heads (message ids), filled by out_row(), sent under that name. */
enum { SHEET_TABLE_ROWS = 20000 /* read at once */ };
struct sheet_table {
    const char *path;
    struct out *out;
};
err_t sheet_table_begin(struct req *rq, const char *const *heads, size_t n, struct sheet_table *t) MUST_USE;
err_t sheet_table_send(struct req *rq, struct sheet_table *t, const char *name) MUST_USE;
/* A path of its own in the spool. */
const char *sheet_spool(struct req *rq, const char *ending);
const char *sheet_mime(enum out_format f);
#endif
