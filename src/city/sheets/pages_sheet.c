/* pages_sheet.c -- one sheet as it stands: tabs by state, rows with what is wrong, the button that brings it in. */
#include "city/sheets/pages_sheet.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "city/house.h"

#include <string.h>

enum { PER_PAGE = 50 };

static const struct choice kinds[] = {{"xlsx", "xlsx"}, {"csv", "csv"}, {0}};
static const struct choice states[] = {{"bad", N_("有错")}, {"good", N_("可以导入")}, {"known", N_("已经有了")}, {"done", N_("已导入")}, {0}};

const struct field sheet_form_fields[] = {
    {"file", F_FILE, F_REQUIRED | F_WIDE, N_("表格文件"), N_("Excel（.xlsx）或 CSV，最多 20 MB、5000 行。"), .max = SHEET_BYTES_MAX, .choices = kinds,
     .off = offsetof(struct sheet_form, file)},
    {0},
};
const struct field sheet_filter_fields[] = {
    {"state", F_CHOICE, 0, N_("哪些行"), .choices = states, .off = offsetof(struct sheet_filter, state)},
    FIELD_PAGE(struct sheet_filter),
    {0},
};

err_t sheet_page_upload(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base)
{
    int64_t id;
    if (rq->upload == NULL)
        return SAY(&rq->cx, E_INVALID, "file", N_("请先选择一个表格文件。"));
    TRY(sheet_upload(&rq->cx, k, subject_id, rq->upload->path, rq->upload->name, &id));
    return redirect(rq, "%s/sheets/%lld", base, (long long)id);
}

err_t sheet_page_confirm(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base)
{
    int64_t id = req_id(rq, "sheet");
    rq->cx.result = url_fmt(rq, "%s/sheets/%lld", base, (long long)id);
    TRY(sheet_confirm(&rq->cx, k, subject_id, id));
    req_note(rq, N_("导入好了，结果见下面。"));
    return redirect(rq, "%s/sheets/%lld", base, (long long)id);
}

const char *sheet_spool(struct req *rq, const char *ending)
{
    char token[44];
    hash_token(token);
    return arena_fmt(rq->cx.arena, "%s/spool/%s.%s", rq->cx.house->data_dir, token, ending);
}

const char *sheet_mime(enum out_format f)
{
    return f == OUT_XLSX ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
}

err_t sheet_table_begin(struct req *rq, const char *const *heads, size_t n, struct sheet_table *t)
{
    struct out_column *columns = ARENA_ARRAY(rq->cx.arena, struct out_column, n);
    for (size_t i = 0; i < n; i++)
        columns[i] = (struct out_column){tr(&rq->cx, heads[i]), OUT_TEXT, 0};
    t->path = sheet_spool(rq, "csv");
    return out_open(&rq->cx, OUT_CSV, t->path, "table", columns, n, &t->out);
}

err_t sheet_table_send(struct req *rq, struct sheet_table *t, const char *name)
{
    TRY(out_close(&rq->cx, t->out));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(rq->cx.arena, "%s.csv", name), t->path);
}

static err_t format_asked(struct req *rq, enum out_format *f)
{
    const char *word = req_param(rq, "format");
    if (strcmp(word, "xlsx") != 0 && strcmp(word, "csv") != 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no format %s", word);
    *f = strcmp(word, "xlsx") == 0 ? OUT_XLSX : OUT_CSV;
    return E_OK;
}

err_t sheet_page_template(struct req *rq, const struct sheet_kind *k, const char *name)
{
    enum out_format f;
    TRY(format_asked(rq, &f));
    const char *path = sheet_spool(rq, req_param(rq, "format"));
    TRY(sheet_template(&rq->cx, k, f, path));
    return reply_file(rq, sheet_mime(f), arena_fmt(rq->cx.arena, "%s.%s", tr(&rq->cx, name), req_param(rq, "format")), path);
}

err_t sheet_page_faults(struct req *rq, const struct sheet_kind *k, int64_t subject_id)
{
    enum out_format f;
    struct sheet_about s;
    TRY(format_asked(rq, &f));
    TRY(sheet_find(&rq->cx, k, subject_id, req_id(rq, "sheet"), &s));
    const char *path = sheet_spool(rq, req_param(rq, "format"));
    TRY(sheet_faults(&rq->cx, k, s.id, f, path));
    return reply_file(rq, sheet_mime(f), arena_fmt(rq->cx.arena, "%s-%lld.%s", tr(&rq->cx, N_("要改的行")), (long long)s.id, req_param(rq, "format")), path);
}

err_t sheet_page_list(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base)
{
    struct arena *a = rq->cx.arena;
    struct q_sheet_list_row *rows;
    size_t n;
    TRY(sheet_list(&rq->cx, k, subject_id, &rows, &n));
    struct view *list = view_list(a, rq->view, "sheets");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].file_name);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_bool(a, v, "done", strcmp(rows[i].status, "done") == 0);
        view_str(a, v, "url", url_fmt(rq, "%s/sheets/%lld", base, (long long)rows[i].id));
    }
    view_str(a, rq->view, "sheets_url", url_fmt(rq, "%s/sheets", base));
    view_str(a, rq->view, "template_url", url_fmt(rq, "%s/template", base));
    return E_OK;
}

/* ---- one sheet ---- */

static void tab(struct req *rq, struct view *list, const char *state, int64_t n, const char *now)
{
    struct arena *a = rq->cx.arena;
    if (n == 0)
        return;
    struct view *v = view_item(a, list);
    const struct choice *c = states;
    while (strcmp(c->code, state) != 0)
        c++;
    view_str(a, v, "label", tr(&rq->cx, c->label));
    view_i64(a, v, "n", n);
    view_str(a, v, "url", url_with(rq, "state", state));
    view_bool(a, v, "on", now != NULL && strcmp(now, state) == 0);
}

/* A cell as it is shown: what tells who somebody is stays masked in a sheet of persons. */
static const char *shown(struct ctx *cx, const struct sheet_kind *k, const struct field *f, const char *cell)
{
    if (!k->secret || !(f->flags & F_SECRET))
        return cell;
    return f->type == F_IDNO ? text_mask_idno(cx->arena, cell) : text_mask_name(cx->arena, cell);
}

static void row_view(struct req *rq, struct view *v, const struct sheet_kind *k, const struct q_sheet_rows_row *r)
{
    struct arena *a = rq->cx.arena;
    struct sheet_problem *p;
    struct buf text = {.a = a};
    size_t n = sheet_problems(&rq->cx, r->problems, &p);
    for (const struct field *f = k->fields; f->name != NULL; f++) {
        const char *cell = sheet_cell(&rq->cx, r->cells, f->name);
        if (*cell != '\0')
            buf_fmt(&text, "%s%s", text.len > 0 ? " · " : "", text_cut(a, shown(&rq->cx, k, f, cell), 30));
    }
    view_i64(a, v, "number", r->row_no);
    view_str(a, v, "text", buf_text(&text));
    view_str(a, v, "state", r->state);
    view_bool(a, v, "bad", strcmp(r->state, "bad") == 0);
    view_bool(a, v, "known", strcmp(r->state, "known") == 0);
    view_bool(a, v, "brought", strcmp(r->state, "done") == 0);
    struct view *list = view_list(a, v, "problems");
    for (size_t i = 0; i < n; i++) {
        struct view *w = view_item(a, list);
        view_str(a, w, "label", p[i].label);
        view_str(a, w, "say", p[i].say);
    }
}

err_t sheet_page_show(struct req *rq, const struct sheet_kind *k, int64_t subject_id, const char *base)
{
    const struct sheet_filter *f = rq->route->method == GET ? rq->in : NULL;
    struct arena *a = rq->cx.arena;
    struct sheet_about s;
    struct q_sheet_rows_row *rows;
    int64_t page = f != NULL && f->page != NULL ? *f->page : 1;
    size_t n;
    TRY(sheet_find(&rq->cx, k, subject_id, req_id(rq, "sheet"), &s));
    TRY(sheet_rows(&rq->cx, s.id, f != NULL ? f->state : NULL, (page - 1) * PER_PAGE, PER_PAGE, &rows, &n));
    struct view *list = view_list(a, rq->view, "rows");
    for (size_t i = 0; i < n; i++)
        row_view(rq, view_item(a, list), k, &rows[i]);
    struct view *tabs = view_list(a, rq->view, "tabs");
    const char *now = f != NULL ? f->state : NULL;
    tab(rq, tabs, "bad", s.bad, now);
    tab(rq, tabs, "good", s.good, now);
    tab(rq, tabs, "known", s.known, now);
    tab(rq, tabs, "done", s.brought, now);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    view_str(a, rq->view, "name", s.file_name);
    view_str(a, rq->view, "found", s.found);
    view_str(a, rq->view, "when", day_text_stamp(&rq->cx, s.at));
    view_i64(a, rq->view, "good", s.good);
    view_i64(a, rq->view, "bad_rows", s.bad);
    view_i64(a, rq->view, "known_rows", s.known);
    view_i64(a, rq->view, "brought_rows", s.brought);
    view_bool(a, rq->view, "sheet_done", s.done);
    view_str(a, rq->view, "base", url_fmt(rq, "%s", base));
    view_str(a, rq->view, "url", url_fmt(rq, "%s/sheets/%lld", base, (long long)s.id));
    req_form(rq, sheet_filter_fields, NULL);
    return E_OK;
}
