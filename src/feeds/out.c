#include "feeds/out.h"

#include <errno.h>
#include <libgen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { XLSX_ROWS = 1048576, XLSX_TEXT = 32767, FAULT_COLUMNS = 3 };

struct out {
    FILE *csv;
    lxw_workbook *book;
    lxw_worksheet *ws;
    lxw_format *head, *text, *wrapped, *bad;
    const struct out_column *columns;
    size_t n;
    const struct row *faults_of; /* the head of the table whose faults these are */
    lxw_row_t row;
};

static void out_end(void *arg)
{
    struct out *o = arg;
    if (o->csv != NULL)
        (void)fclose(o->csv);
    if (o->book != NULL)
        lxw_workbook_free(o->book);
    o->csv = NULL;
    o->book = NULL;
}

static bool is_number(const char *s)
{
    const char *p = s + (*s == '-');
    size_t digits = strspn(p, "0123456789"), more = 0;
    if (digits == 0 || digits > 15)
        return false;
    p += digits;
    if (*p == '.' && (more = strspn(p + 1, "0123456789")) > 0)
        p += more + 1;
    return *p == '\0';
}

/* Would a spreadsheet take it for a formula? Quotes before it count as part of the question, so that reading back is exact. */
static bool is_formula(const char *s)
{
    s += strspn(s, "'");
    return *s != '\0' && strchr("=+-@\t\r\n", *s) != NULL && !is_number(s);
}

static void csv_cell(FILE *f, const char *s)
{
    bool formula = is_formula(s), quote = formula || strpbrk(s, ",;\t\"\r\n") != NULL || *s == ' ';
    if (!quote) {
        (void)fputs(s, f);
        return;
    }
    (void)fputs(formula ? "\"'" : "\"", f);
    for (const char *q; (q = strchr(s, '"')) != NULL; s = q + 1) {
        (void)fwrite(s, 1, (size_t)(q - s), f);
        (void)fputs("\"\"", f);
    }
    (void)fputs(s, f);
    (void)fputc('"', f);
}

static err_t fail_io(struct ctx *cx, const char *what)
{
    return FAIL(cx, errno == ENOSPC || errno == EDQUOT ? E_FULL : E_IO, NULL, "%s: errno %d", what, errno);
}

/* At most `max` characters; a longer text is cut, and says so. */
static const char *cut(struct ctx *cx, const char *s, size_t max)
{
    const char *note = tr(cx, "……（太长，后面的没有写出来）");
    size_t chars = 0, room = max - 64;
    const char *end = s;
    for (const char *p = s; *p != '\0'; p++) {
        if (((unsigned char)*p & 0xc0) == 0x80)
            continue;
        if (chars == room)
            end = p;
        if (chars++ == max)
            return arena_fmt(cx->arena, "%.*s%s", (int)(end - s), s, note);
    }
    return s;
}

static err_t xlsx_cell(struct ctx *cx, struct out *o, size_t col, const char *s, enum out_type type, lxw_format *format)
{
    lxw_error e = LXW_NO_ERROR;
    if (type == OUT_NUMBER && is_number(s))
        e = worksheet_write_number(o->ws, o->row, (lxw_col_t)col, strtod(s, NULL), format);
    else if (*s != '\0' || format == o->bad)
        e = worksheet_write_string(o->ws, o->row, (lxw_col_t)col, strlen(s) > XLSX_TEXT ? cut(cx, s, XLSX_TEXT) : s, format);
    return e == LXW_NO_ERROR ? E_OK : FAIL(cx, E_IO, NULL, "xlsx row %u column %zu: %s", o->row, col, lxw_strerror(e));
}

static double column_width(const struct out_column *c)
{
    size_t chars = 0;
    for (const char *p = c->label; *p != '\0'; p++) /* a Han character is as wide as two */
        chars += ((unsigned char)*p & 0xc0) != 0x80 ? ((unsigned char)*p < 0x80 ? 1 : 2) : 0;
    size_t least = c->type == OUT_LONG ? 50 : c->type == OUT_NUMBER ? 10 : 16;
    return (double)(c->width > 0 ? (size_t)c->width : chars + 2 > least ? chars + 2 : least);
}

static err_t xlsx_begin(struct ctx *cx, struct out *o, const char *path, const char *sheet)
{
    char *dir = arena_fmt(cx->arena, "%s", path);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = dirname(dir), .use_zip64 = LXW_TRUE};
    o->book = workbook_new_opt(path, &options);
    o->ws = o->book == NULL ? NULL : workbook_add_worksheet(o->book, sheet);
    if (o->ws == NULL)
        return fail_io(cx, "xlsx");
    o->head = workbook_add_format(o->book);
    format_set_bold(o->head);
    format_set_text_wrap(o->head);
    format_set_bg_color(o->head, 0xE8EEF4);
    format_set_bottom(o->head, LXW_BORDER_THIN);
    o->text = workbook_add_format(o->book);
    format_set_num_format(o->text, "@"); /* what is typed into it later stays text: ids, phones */
    o->wrapped = workbook_add_format(o->book);
    format_set_text_wrap(o->wrapped);
    format_set_align(o->wrapped, LXW_ALIGN_VERTICAL_TOP);
    o->bad = workbook_add_format(o->book);
    format_set_bg_color(o->bad, 0xFFC7CE);
    format_set_font_color(o->bad, 0x9C0006);
    for (size_t i = 0; i < o->n; i++)
        (void)worksheet_set_column(o->ws, (lxw_col_t)i, (lxw_col_t)i, column_width(&o->columns[i]),
                                   o->columns[i].type == OUT_TEXT ? o->text : NULL);
    worksheet_freeze_panes(o->ws, 1, 0);
    return E_OK;
}

static lxw_format *format_of(const struct out *o, size_t col)
{
    return o->columns[col].type == OUT_TEXT ? o->text : o->columns[col].type == OUT_LONG ? o->wrapped : NULL;
}

/* Writes a row; `bad` (may be NULL) says which cells are marked, `head` that it is the head. */
static err_t write_row(struct ctx *cx, struct out *o, const char *const *cells, const bool *bad, bool head)
{
    if (o->csv != NULL) {
        for (size_t i = 0; i < o->n; i++) {
            if (i > 0)
                (void)fputc(',', o->csv);
            csv_cell(o->csv, cells[i] == NULL ? "" : cells[i]);
        }
        (void)fputs("\r\n", o->csv);
        return ferror(o->csv) ? fail_io(cx, "csv") : E_OK;
    }
    if (o->row >= XLSX_ROWS)
        return SAY(cx, E_LIMIT, NULL, N_("一张 Excel 表放不下这么多行，请改用 CSV 下载，或先筛选。"));
    for (size_t i = 0; i < o->n; i++) {
        lxw_format *format = head ? o->head : bad != NULL && bad[i] ? o->bad : format_of(o, i);
        TRY(xlsx_cell(cx, o, i, cells[i] == NULL ? "" : cells[i], head ? OUT_TEXT : o->columns[i].type, format));
    }
    o->row++;
    return E_OK;
}

err_t out_open(struct ctx *cx, enum out_format format, const char *path, const char *sheet, const struct out_column *columns,
               size_t n, struct out **out)
{
    struct out *o = ARENA_NEW(cx->arena, struct out);
    struct out_column *own = ARENA_ARRAY(cx->arena, struct out_column, n);
    const char **labels = ARENA_ARRAY(cx->arena, const char *, n);
    memcpy(own, columns, n * sizeof *own);
    *o = (struct out){.columns = own, .n = n};
    arena_defer(cx->arena, out_end, o);
    errno = 0;
    if (format == OUT_CSV) {
        o->csv = fopen(path, "wb");
        if (o->csv == NULL)
            return fail_io(cx, path);
        (void)fputs("\xef\xbb\xbf", o->csv); /* without it Excel takes UTF-8 for GBK */
    } else {
        TRY(xlsx_begin(cx, o, path, sheet));
    }
    for (size_t i = 0; i < n; i++)
        labels[i] = columns[i].label;
    *out = o;
    return write_row(cx, o, labels, NULL, true);
}

err_t out_row(struct ctx *cx, struct out *o, const char *const *cells) { return write_row(cx, o, cells, NULL, false); }

err_t out_close(struct ctx *cx, struct out *o)
{
    errno = 0;
    if (o->csv != NULL) {
        FILE *f = o->csv;
        o->csv = NULL;
        bool bad = ferror(f) != 0;
        return fclose(f) != 0 || bad ? fail_io(cx, "csv") : E_OK;
    }
    lxw_workbook *book = o->book;
    o->book = NULL; /* workbook_close frees it, come what may */
    lxw_error e = workbook_close(book);
    return e == LXW_NO_ERROR ? E_OK : fail_io(cx, lxw_strerror(e));
}

err_t out_faults_open(struct ctx *cx, enum out_format format, const char *path, const struct row *head, struct out **out)
{
    struct out_column *c = ARENA_ARRAY(cx->arena, struct out_column, head->n + FAULT_COLUMNS);
    for (size_t i = 0; i < head->n; i++)
        c[i] = (struct out_column){.label = head->cells[i], .type = OUT_TEXT};
    c[head->n] = (struct out_column){.label = tr(cx, TABLE_FAULT_COLUMN), .type = OUT_LONG, .width = 20};
    c[head->n + 1] = (struct out_column){.label = tr(cx, TABLE_FAULT_REASON), .type = OUT_LONG, .width = 40};
    c[head->n + 2] = (struct out_column){.label = tr(cx, TABLE_FAULT_REMEDY), .type = OUT_LONG, .width = 40};
    TRY(out_open(cx, format, path, tr(cx, "要改的行"), c, head->n + FAULT_COLUMNS, out));
    (*out)->faults_of = head;
    return E_OK;
}

static void add_line(struct buf *b, const char *s)
{
    if (s == NULL || *s == '\0')
        return;
    if (b->len > 0)
        buf_str(b, "\n");
    buf_str(b, s);
}

err_t out_faults_row(struct ctx *cx, struct out *o, const struct row *row, const struct out_fault *faults, size_t n)
{
    const struct row *head = o->faults_of;
    struct buf where = {.a = cx->arena}, why = {.a = cx->arena}, how = {.a = cx->arena};
    const char **cells = ARENA_ARRAY(cx->arena, const char *, o->n);
    bool *bad = ARENA_ARRAY(cx->arena, bool, o->n);
    for (size_t i = 0; i < head->n && i < row->n; i++)
        cells[i] = row->cells[i];
    for (size_t i = 0; i < n; i++) {
        bool known = faults[i].col < head->n;
        if (known)
            bad[faults[i].col] = true;
        add_line(&where, known ? head->cells[faults[i].col] : tr(cx, "整行"));
        add_line(&why, faults[i].reason);
        add_line(&how, faults[i].remedy);
    }
    cells[head->n] = buf_text(&where);
    cells[head->n + 1] = buf_text(&why);
    cells[head->n + 2] = buf_text(&how);
    return write_row(cx, o, cells, bad, false);
}
