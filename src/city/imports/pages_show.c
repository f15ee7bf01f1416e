/* pages_show.c -- one import: its columns to choose, its rows as checked, its progress, what became of every row. */
#include "city/imports/pages_impl.h"

#include "base/day.h"
#include "base/text.h"

#include <string.h>

const struct field show_fields[] = {
    {"rows", F_TEXT, 0, N_("哪些行"), .max = 10, .off = offsetof(struct show_in, rows)},
    FIELD_PAGE(struct show_in),
    {0},
};

static bool is(const char *a, const char *b) { return a != NULL && strcmp(a, b) == 0; }

/* What every page of one import shows. */
static void about(struct req *rq, const struct q_import_get_row *i)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "code", i->code);
    view_str(a, rq->view, "name", i->file_name);
    view_str(a, rq->view, "found", i->found);
    view_str(a, rq->view, "repair", i->repair[0] != '\0' ? i->repair : NULL);
    view_str(a, rq->view, "when", day_text_stamp(&rq->cx, i->at));
    view_str(a, rq->view, "base", url_fmt(rq, "%s", imports_base(rq)));
    view_str(a, rq->view, "url", url_fmt(rq, "%s/%s", imports_base(rq), i->code));
}

static void steps(struct req *rq, int here)
{
    static const char *const words[] = {N_("上传"), N_("核对列"), N_("检查"), N_("导入")};
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "steps");
    for (int k = 0; k < 4; k++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, words[k]));
        view_bool(a, v, "done", k < here);
        view_bool(a, v, "here", k == here);
    }
}

/* ---- columns ---- */

static void options(struct req *rq, struct view *v, const struct mapping *m, const struct map_field *chosen)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, v, "options");
    for (const struct map_field *f = m->fields; f->name != NULL; f++) {
        struct view *o = view_item(a, list);
        view_str(a, o, "code", f->name);
        view_str(a, o, "label", tr(&rq->cx, f->label));
        view_bool(a, o, "selected", chosen == f);
    }
}

static const char *values_of(struct req *rq, const struct row *samples, size_t n, size_t column)
{
    struct buf b = {.a = rq->cx.arena};
    for (size_t k = 0; k < n; k++) {
        const char *cell = column < samples[k].n ? samples[k].cells[column] : "";
        if (*cell != '\0')
            buf_fmt(&b, "%s%s", b.len > 0 ? "；" : "", text_cut(rq->cx.arena, cell, 24));
    }
    return b.len > 0 ? buf_text(&b) : NULL;
}

err_t import_show_columns(struct req *rq)
{
    enum { SURE = 80 };
    const struct q_import_get_row *i = import_here(rq);
    struct arena *a = rq->cx.arena;
    struct mapping m;
    struct row *samples;
    size_t n;
    about(rq, i);
    steps(rq, 1);
    TRY(import_columns(&rq->cx, i, &m, &samples, &n));
    struct view *list = view_list(a, rq->view, "columns");
    for (size_t k = 0; k < m.n; k++) {
        struct view *v = view_item(a, list);
        view_fmt(a, v, "name", "c%zu", k);
        view_str(a, v, "head", m.columns[k].head[0] != '\0' ? m.columns[k].head : tr(&rq->cx, N_("（没有列名）")));
        view_str(a, v, "values", values_of(rq, samples, n, k));
        view_str(a, v, "why", m.columns[k].why);
        view_bool(a, v, "sure", m.columns[k].field != NULL && m.columns[k].confidence >= SURE);
        view_bool(a, v, "unsure", m.columns[k].field != NULL && m.columns[k].confidence < SURE);
        options(rq, v, &m, m.columns[k].field);
    }
    return E_OK;
}

/* ---- rows ---- */

static const struct {
    const char *name; /* fields shown of a row, where the sheet has them */
} shown[] = {{"title"}, {"company"}, {"salary"}, {"headcount"}, {"street"}, {"address"}};

static void cells_view(struct req *rq, struct view *v, const struct mapping *m, const struct row *row)
{
    struct arena *a = rq->cx.arena;
    struct buf rest = {.a = a};
    for (size_t k = 1; k < sizeof shown / sizeof *shown; k++) {
        const char *cell = mapping_cell(m, row, shown[k].name);
        if (cell != NULL && *cell != '\0')
            buf_fmt(&rest, "%s%s", rest.len > 0 ? " · " : "", text_cut(a, cell, 30));
    }
    const char *title = mapping_cell(m, row, "title");
    view_str(a, v, "title", title != NULL && *title != '\0' ? text_cut(a, title, 40) : tr(&rq->cx, N_("（没有岗位名称）")));
    view_str(a, v, "rest", rest.len > 0 ? buf_text(&rest) : NULL);
}

/* The problems of a row; with `mend`, the cells they are about as inputs, each once. */
static void problems_view(struct req *rq, struct view *v, const struct mapping *m, const struct row *row, const char *lines, bool mend)
{
    struct arena *a = rq->cx.arena;
    struct import_problem *p;
    size_t n = import_problems(&rq->cx, lines, &p);
    struct view *list = view_list(a, v, "problems"), *inputs = view_list(a, v, "inputs");
    for (size_t k = 0; k < n; k++) {
        struct view *o = view_item(a, list);
        view_bool(a, o, "bad", p[k].bad);
        view_str(a, o, "label", p[k].field[0] != '\0' ? import_label(&rq->cx, p[k].field) : NULL);
        view_str(a, o, "kind", p[k].kind);
        view_str(a, o, "words", p[k].words[0] != '\0' ? p[k].words : NULL);
        view_str(a, o, "remedy", p[k].remedy[0] != '\0' ? p[k].remedy : NULL);
        bool twice = false;
        for (size_t j = 0; j < k; j++)
            twice |= strcmp(p[j].field, p[k].field) == 0;
        const char *cell = mapping_cell(m, row, p[k].field);
        if (!mend || twice || cell == NULL)
            continue;
        struct view *q = view_item(a, inputs);
        view_fmt(a, q, "name", "v-%s", p[k].field);
        view_fmt(a, q, "id", "r%lld-%s", (long long)row->number, p[k].field);
        view_str(a, q, "label", import_label(&rq->cx, p[k].field));
        view_str(a, q, "value", cell);
        view_bool(a, q, "long", m->columns[mapping_column(m, p[k].field)].field->kind == MAP_LONG);
    }
    view_bool(a, v, "can_mend", inputs->i > 0);
}

static const char *result_label(const struct ctx *cx, const char *result)
{
    static const struct choice words[] = {{"new", N_("新增")}, {"changed", N_("更新")}, {"same", N_("已有，没有变")}, {"merged", N_("和已有岗位相同，合并")},
                                          {"bad", N_("没有导入")}, {0}};
    for (const struct choice *c = words; c->code != NULL; c++)
        if (is(result, c->code))
            return tr(cx, c->label);
    return NULL;
}

static err_t rows_view(struct req *rq, const struct q_import_get_row *i, const char *state, const char *result, bool mend)
{
    const struct show_in *in = rq->route->method == GET ? rq->in : NULL;
    struct arena *a = rq->cx.arena;
    struct q_import_row_page_row *rows;
    struct row *samples, head;
    struct mapping m;
    size_t n, n_samples;
    int64_t page = in != NULL && in->page != NULL ? *in->page : 1;
    struct q_import_row_page_in by = {.import_id = i->id, .state = state, .result = result, .lim = ROWS_PER_PAGE, .off = (page - 1) * ROWS_PER_PAGE};
    TRY(import_columns(&rq->cx, i, &m, &samples, &n_samples));
    TRY(import_rows(&rq->cx, &by, &rows, &n));
    head.n = m.n;
    struct view *list = view_list(a, rq->view, "rows");
    for (size_t k = 0; k < n; k++) {
        struct view *v = view_item(a, list);
        struct row row = {.number = rows[k].row_no, .n = head.n};
        TRY(import_cells(&rq->cx, rows[k].cells, head.n, &row.cells));
        view_i64(a, v, "number", row.number);
        cells_view(rq, v, &m, &row);
        problems_view(rq, v, &m, &row, rows[k].problems, mend && is(rows[k].state, "bad"));
        view_str(a, v, "result", result_label(&rq->cx, rows[k].result));
        view_str(a, v, "job", rows[k].job_code);
        view_str(a, v, "job_url", rows[k].job_code != NULL ? url_fmt(rq, "%s/%s", rq->cx.actor.role == ROLE_EMPLOYER ? "/employer/jobs" : "/desk/jobs",
                                                                        rows[k].job_code)
                                                          : NULL);
    }
    req_pager(rq, page, ROWS_PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static void tab(struct req *rq, struct view *tabs, const char *code, const char *label, int64_t n, const char *now)
{
    struct view *v = view_item(rq->cx.arena, tabs);
    view_str(rq->cx.arena, v, "label", tr(&rq->cx, label));
    view_i64(rq->cx.arena, v, "n", n);
    view_str(rq->cx.arena, v, "url", url_fmt(rq, "%s/%s?rows=%s", imports_base(rq), import_here(rq)->code, code));
    view_bool(rq->cx.arena, v, "on", is(now, code));
}

/* ---- as it stands ---- */

static const char *asked(const struct req *rq, const char *otherwise)
{
    static const char *const known[] = {"good", "warn", "bad", "same", "new", "changed", "merged"};
    const struct show_in *in = rq->route->method == GET ? rq->in : NULL;
    for (size_t k = 0; in != NULL && in->rows != NULL && k < sizeof known / sizeof *known; k++)
        if (is(in->rows, known[k]))
            return known[k];
    return otherwise;
}

static err_t show_checked(struct req *rq, const struct q_import_get_row *i)
{
    struct import_states s;
    struct arena *a = rq->cx.arena;
    const char *twin;
    int64_t twin_at;
    TRY(import_states(&rq->cx, i->id, &s));
    TRY(import_twin(&rq->cx, i, &twin, &twin_at));
    steps(rq, 2);
    const char *state = asked(rq, s.bad > 0 ? "bad" : s.warn > 0 ? "warn" : s.good > 0 ? "good" : "same");
    struct view *tabs = view_list(a, rq->view, "tabs");
    tab(rq, tabs, "good", N_("可以导入"), s.good, state);
    tab(rq, tabs, "warn", N_("可以导入，有提醒"), s.warn, state);
    tab(rq, tabs, "bad", N_("有错，不导入"), s.bad, state);
    tab(rq, tabs, "same", N_("已经有了"), s.same, state);
    view_bool(a, rq->view, "checked", true);
    view_i64(a, rq->view, "ready", s.good + s.warn);
    view_bool(a, rq->view, "can_confirm", s.good + s.warn > 0);
    view_i64(a, rq->view, "bad", s.bad);
    view_i64(a, rq->view, "all", s.good + s.warn + s.bad + s.same);
    view_bool(a, rq->view, "has_bad", s.bad > 0);
    view_bool(a, rq->view, "inline", s.bad > 0 && s.bad <= IMPORT_INLINE_MAX && is(state, "bad"));
    view_bool(a, rq->view, "many_bad", s.bad > IMPORT_INLINE_MAX);
    view_bool(a, rq->view, "twin", twin != NULL);
    if (twin != NULL) {
        view_str(a, rq->view, "twin_url", url_fmt(rq, "%s/%s", imports_base(rq), twin));
        view_str(a, rq->view, "twin_when", day_text_stamp(&rq->cx, twin_at));
    }
    return rows_view(rq, i, state, NULL, s.bad <= IMPORT_INLINE_MAX);
}

static err_t show_running(struct req *rq, const struct q_import_get_row *i)
{
    enum { EACH = 3 };
    struct import_states s;
    struct arena *a = rq->cx.arena;
    TRY(import_states(&rq->cx, i->id, &s));
    int64_t all = s.good + s.warn + s.bad + s.same;
    steps(rq, 3);
    rq->refresh = EACH;
    view_bool(a, rq->view, "running", true);
    view_i64(a, rq->view, "done_rows", i->rows_read);
    view_i64(a, rq->view, "all", all);
    view_i64(a, rq->view, "percent", all > 0 ? i->rows_read * 100 / all : 100);
    return E_OK;
}

static err_t show_ended(struct req *rq, const struct q_import_get_row *i)
{
    struct arena *a = rq->cx.arena;
    const char *result = asked(rq, i->rows_bad > 0 ? "bad" : "new");
    steps(rq, 4);
    struct view *tabs = view_list(a, rq->view, "tabs");
    tab(rq, tabs, "new", N_("新增"), i->rows_new, result);
    tab(rq, tabs, "changed", N_("更新"), i->rows_changed, result);
    tab(rq, tabs, "same", N_("已有，没有变"), i->rows_same, result);
    tab(rq, tabs, "merged", N_("合并"), i->rows_merged, result);
    tab(rq, tabs, "bad", N_("没有导入"), i->rows_bad, result);
    view_bool(a, rq->view, "ended", true);
    view_bool(a, rq->view, "undone", is(i->status, "undone"));
    view_i64(a, rq->view, "fresh", i->rows_new);
    view_i64(a, rq->view, "known", i->rows_changed + i->rows_same + i->rows_merged);
    view_i64(a, rq->view, "bad", i->rows_bad);
    view_bool(a, rq->view, "has_bad", i->rows_bad > 0);
    view_bool(a, rq->view, "can_undo", is(i->status, "done") && i->rows_new > 0 && i->ended_at != NULL && rq->cx.now - *i->ended_at <= IMPORT_UNDO_MS);
    view_str(a, rq->view, "ended_when", i->ended_at != NULL ? day_text_stamp(&rq->cx, *i->ended_at) : NULL);
    view_bool(a, rq->view, "review", rq->cx.actor.role == ROLE_EMPLOYER);
    return rows_view(rq, i, NULL, result, false);
}

err_t import_show(struct req *rq)
{
    const struct q_import_get_row *i = import_here(rq);
    if (is(i->status, "uploaded"))
        return redirect(rq, "%s/%s/columns", imports_base(rq), i->code);
    about(rq, i);
    if (is(i->status, "checked"))
        return show_checked(rq, i);
    return is(i->status, "running") ? show_running(rq, i) : show_ended(rq, i);
}
