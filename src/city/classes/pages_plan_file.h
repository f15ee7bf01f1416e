/* pages_plan_file.h -- a class's plan from a file. */
#ifndef CLASSES_PAGES_PLAN_FILE_H
#define CLASSES_PAGES_PLAN_FILE_H
#include "city/classes/classes.h"
#include "web/web.h"

struct plan_file_in {
    const char *file;
};
extern const struct field plan_file_fields[];
err_t plan_file_show(struct req *rq);
err_t plan_file_do(struct req *rq);
err_t plan_file_template(struct req *rq);
#endif
