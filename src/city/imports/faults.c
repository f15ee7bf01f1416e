/* faults.c -- the rows that came to nothing, as a sheet: the original columns, what is wrong, what to do. Mended, it can be sent again. */
#include "city/imports/imports_impl.h"

#include "imports.sql.h"

#include <stdint.h>
#include <string.h>

enum out_format import_format(const char *path)
{
    size_t n = strlen(path);
    return n > 5 && strcasecmp(path + n - 5, ".xlsx") == 0 ? OUT_XLSX : OUT_CSV;
}

err_t import_fault(struct ctx *cx, struct out *o, const struct mapping *m, const struct row *row, const char *problems)
{
    struct import_problem *p;
    size_t n = import_problems(cx, problems, &p);
    struct out_fault *f = ARENA_ARRAY(cx->arena, struct out_fault, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *reason = p[i].words[0] != '\0' ? arena_fmt(cx->arena, tr(cx, N_("%s（%s）")), p[i].kind, p[i].words) : p[i].kind;
        f[i] = (struct out_fault){mapping_column(m, p[i].field), reason, p[i].remedy};
    }
    return out_faults_row(cx, o, row, f, n);
}

err_t import_faults(struct ctx *cx, int64_t id, enum out_format format, const char *path)
{
    enum { PAGE = 500 };
    struct q_import_get_row i;
    struct q_import_row_faults_row *rows;
    struct mapping m;
    struct out *o;
    size_t n = PAGE;
    TRY(import_find(cx, id, &i));
    struct row head = import_head(cx, i.head);
    TRY(import_mapping(cx, &i, &head, &m));
    TRY(out_faults_open(cx, format, path, &head, &o));
    for (int64_t after = 0; n == PAGE;) {
        TRY(q_import_row_faults(cx, &(struct q_import_row_faults_in){.import_id = id, .row_no = after, .lim = PAGE}, &rows, &n));
        for (size_t k = 0; k < n; k++) {
            struct row row = {.number = rows[k].row_no, .n = head.n};
            TRY(import_cells(cx, rows[k].cells, head.n, &row.cells));
            TRY(import_fault(cx, o, &m, &row, rows[k].problems));
            after = rows[k].row_no;
        }
    }
    return out_close(cx, o);
}
