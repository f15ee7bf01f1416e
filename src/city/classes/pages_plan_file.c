/* pages_plan_file.c -- a class's plan by a file: the template with this provider's teachers and places, what is wrong row by row. */
#include "city/classes/pages_impl.h"

#include "city/classes/pages_plan_file.h"
#include "city/house.h"
#include "feeds/out.h"

#include "base/hash.h"

#include <string.h>

static const struct choice kinds[] = {{"xlsx", "xlsx"}, {"csv", "csv"}, {0}};
const struct field plan_file_fields[] = {
    {"file", F_FILE, F_REQUIRED, N_("教学计划表格"), N_("Excel（.xlsx）或 CSV，每行一次课。"), .max = 5 << 20, .choices = kinds, .off = offsetof(struct plan_file_in, file)},
    {0},
};

err_t plan_file_show(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "name", c->name);
    view_str(a, rq->view, "class_url", url_fmt(rq, "/provider/classes/%s", c->code));
    view_str(a, rq->view, "file_url", url_fmt(rq, "/provider/classes/%s/plan-file", c->code));
    view_i64(a, rq->view, "hours", c->hours);
    return E_OK;
}

err_t plan_file_do(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct plan_report r;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请先选择一个表格文件。"));
    TRY(class_plan_file(&rq->cx, c->id, rq->upload->path, rq->upload->name, &r));
    if (r.n_faults == 0) {
        req_note(rq, N_("教学计划排好了，请看下面的核对结果。"));
        return redirect(rq, "/provider/classes/%s", c->code);
    }
    struct view *list = view_list(a, rq->view, "faults");
    for (size_t i = 0; i < r.n_faults; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "row", r.faults[i].row);
        view_str(a, v, "label", r.faults[i].label);
        view_str(a, v, "say", r.faults[i].say);
    }
    view_i64(a, rq->view, "wrong", (int64_t)r.n_faults);
    rq->page = "classes/plan_file";
    return plan_file_show(rq);
}

err_t plan_file_template(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const char *format = req_param(rq, "format");
    const struct field *fields;
    struct out_column columns[16];
    struct out *o;
    char token[44];
    size_t n = 0;
    if (strcmp(format, "xlsx") != 0 && strcmp(format, "csv") != 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no format %s", format);
    TRY(class_plan_fields(&rq->cx, c->provider_id, &fields));
    hash_token(token);
    const char *path = arena_fmt(rq->cx.arena, "%s/spool/%s.%s", rq->cx.house->data_dir, token, format), *title = tr(&rq->cx, N_("教学计划"));
    const char *name = arena_fmt(rq->cx.arena, "%s-%s.%s", title, c->code, format);
    if (*format == 'x') {
        TRY(out_template(&rq->cx, path, title, fields));
        return reply_file(rq, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name, path);
    }
    for (const struct field *f = fields; f->name != NULL; f++)
        columns[n++] = (struct out_column){tr(&rq->cx, f->label), OUT_TEXT, 0};
    TRY(out_open(&rq->cx, OUT_CSV, path, title, columns, n, &o));
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, "text/csv; charset=utf-8", name, path);
}
