/* pages_impl.h -- private to this office's pages. */
#ifndef CATALOGUE_PAGES_IMPL_H
#define CATALOGUE_PAGES_IMPL_H
#include "city/catalogue/catalogue.h"
#include "web/web.h"

struct catalogue_query {
    const char *q, *sector, *urgency;
    const int64_t *page;
};
extern const struct field catalogue_query_fields[];

/* What every page of a version shows: code, name, document, status…, sample, sample_say, periods. */
void catalogue_view(struct req *rq, struct view *v, const struct q_catalogue_rows_row *c);
/* List "items" {name code url urgency_label class origin… rates[{h120 h80}]}, `most` a page (0: all of them), with lists "sectors" and "columns";
 * `base`: before /items/{id}. */
err_t catalogue_items_view(struct req *rq, const struct q_catalogue_rows_row *c, const struct catalogue_query *f, const char *base,
                         int64_t most) MUST_USE;
/* The item's cost build-up beside what classes really cost: list "actuals". For officers. */
err_t catalogue_compare_view(struct req *rq, const struct q_catalogue_item_by_id_row *item) MUST_USE;
/* One item: amounts with factors, cost build-up, fees. */
err_t catalogue_item_view(struct req *rq, const struct q_catalogue_rows_row *c, const struct q_catalogue_item_by_id_row *i) MUST_USE;
const char *catalogue_mark(struct ctx *cx, const char *origin); /* "示例", "转引", NULL for official */
#endif
