/* pages_impl.h -- what the pages of classes share. */
#ifndef CITY_CLASSES_PAGES_IMPL_H
#define CITY_CLASSES_PAGES_IMPL_H
#include "city/classes/classes.h"
#include "city/classes/pages_left.h"
#include "city/providers/pages_panel.h"
#include "city/providers/providers.h"

/* {class}: rq->scoped is its struct q_class_rows_row. seen: its provider, its district, the city, the auditor. */
extern const struct scope class_seen;

const char *class_tone(const char *status);
const char *class_hours_text(struct req *rq, int64_t from_min, int64_t to_min); /* "9:00–12:00" */
/* Facts, findings, plan, changes, history of a class, for those who work with it. */
err_t class_record(struct req *rq, const struct q_class_rows_row *c) MUST_USE;
/* "checked": every check with its verdict, fact, clause and what to change, while the class may still be changed or is looked at. */
err_t class_checks(struct req *rq, const struct q_class_rows_row *c) MUST_USE;
err_t classes_table(struct req *rq, const struct q_class_latest_row *rows, size_t n, const char *base, bool who);

/* A plan that is pasted from a sheet: a row a session. */
struct class_lines_in {
    const char *rows;
};
extern const struct field class_lines_fields[];
err_t class_lines_show(struct req *rq) MUST_USE;
err_t class_lines_do(struct req *rq) MUST_USE;

/* The master of a class of that line. */
extern const struct field class_master_fields[];
const char *class_master_assumed(struct ctx *cx); /* what no regulation says and is assumed (docs/decisions/0036) */
err_t class_master_show(struct req *rq) MUST_USE;
err_t class_master_do(struct req *rq) MUST_USE;
#endif
