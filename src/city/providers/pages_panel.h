/* pages_panel.h -- how the pages of providers and classes for those who work with them are put together: tables, facts, links.
 *
 * Two templates read what is put here: providers/panel (a list) and providers/record (one thing, with its tables).
 */
#ifndef CITY_PROVIDERS_PAGES_PANEL_H
#define CITY_PROVIDERS_PAGES_PANEL_H
#include "base/flow.h"
#include "web/web.h"

/* A table of rq->view's list "tables"; `none` is said when it has no rows. `say` may be NULL. */
struct view *panel_table(struct req *rq, const char *id, const char *heading, const char *say, const char *none);
void panel_column(struct req *rq, struct view *table, const char *label, bool number);
/* A row begins with a name (a link when `url` is given) and a small word after it. */
struct view *panel_row(struct req *rq, struct view *table, const char *url, const char *name, const char *small);
void panel_cell(struct req *rq, struct view *row, const char *text);
void panel_number(struct req *rq, struct view *row, int64_t n);
void panel_percent(struct req *rq, struct view *row, int64_t tenths); /* 253: "25.3%" */
void panel_money(struct req *rq, struct view *row, int64_t fen);
void panel_tag(struct req *rq, struct view *row, const char *kind, const char *text);
/* A button at the end of the row: posts to `url`, with `id` as field "id" and `kind` as field "kind". */
void panel_button(struct req *rq, struct view *row, const char *url, const char *word, int64_t id, const char *kind);
void panel_more(struct req *rq, struct view *table, const char *url, const char *word);
/* A line of the record's facts; NULL or "" says 未填写. */
void panel_fact(struct req *rq, const char *label, const char *value);
void panel_link(struct req *rq, const char *url, const char *label, bool here); /* a chip under the heading */
void panel_alert(struct req *rq, const char *kind, const char *text);           /* kind: warn, bad, ok or "" */
void panel_badge(struct req *rq, const char *kind, const char *text);
void panel_crumb(struct req *rq, const char *url, const char *label);
/* Begins a page: lists that templates need even when they stay empty. Call first. */
void panel_begin(struct req *rq);
/* "timeline" of a record. */
void panel_event(struct req *rq, int64_t at, const char *what, const char *role, const char *reason);
/* The word of an action in a flow, for the timeline; the action itself when it is no edge. */
const char *panel_action(struct req *rq, const struct flow *flow, const char *action);
const char *panel_occupation(struct req *rq, const char *code); /* name, the code when unknown */
const char *panel_date(struct req *rq, const int64_t *ymd); /* "—" for none */
/* The fields of a filter, with the district as a list to choose from; an officer of a district is not asked. */
const struct field *panel_filter(struct req *rq, const struct field *fields);
/* The choice of districts or of years as list `key` {code, name, selected}. */
void panel_districts(struct req *rq, const int64_t *chosen);

/* As flow_view(), without the actions that have a form of their own ("visit score"). */
void panel_actions(struct req *rq, const struct flow *flow, const char *status, const char *without);

/* A list as a file: the page has a route of its name with "/table.csv" behind it, whose handler calls the page's and then panel_csv(), which sends
 * its first table. panel_rows(): how many rows a page shows, and the file holds (5,000 at most). panel_csv_link(): the link on the page. */
int64_t panel_rows(const struct req *rq, int64_t page);
err_t panel_csv(struct req *rq, const char *name) MUST_USE;
void panel_csv_link(struct req *rq, const char *path, const char *status); /* status: of the filter, or NULL */

void provider_links(struct req *rq, const char *here); /* chips of the provider's own pages */
void district_links(struct req *rq, const char *here); /* chips of the officers' pages */

/* What the actions of flows post: field "action", field "note". */
struct panel_act {
    const char *action, *note;
};
extern const struct field panel_act_fields[];
#endif
