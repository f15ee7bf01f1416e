/* pages_impl.h -- what the pages of imports share. */
#ifndef CITY_IMPORTS_PAGES_IMPL_H
#define CITY_IMPORTS_PAGES_IMPL_H
#include "city/imports/imports.h"
#include "web/web.h"

enum { IMPORTS_PER_PAGE = 20, ROWS_PER_PAGE = 50 };

struct show_in {
    const char *rows; /* which rows: a state, or after the import a result */
    const int64_t *page;
};
extern const struct field show_fields[];

/* The import that the scope loaded. */
const struct q_import_get_row *import_here(const struct req *rq);
const char *imports_base(const struct req *rq); /* "/employer/imports" or "/desk/imports" */
/* One import as it stands: its columns, its check, its progress or what became of it. */
err_t import_show(struct req *rq) MUST_USE;
err_t import_show_columns(struct req *rq) MUST_USE;
#endif
