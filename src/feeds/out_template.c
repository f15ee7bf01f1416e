/* out_template.c -- the empty sheet people fill in, made of the same field table that checks what they filled in. */
#include "feeds/out.h"

#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <xlsxwriter.h>

enum { ROWS_TO_FILL = 5000, HELP_COLUMNS = 4 };

static bool is_asked(const struct field *f) { return f->type != F_PASSWORD && f->type != F_FILE && f->type != F_HIDDEN; }

static const char *money(struct ctx *cx, int64_t fen)
{
    return fen % 100 == 0 ? arena_fmt(cx->arena, "%lld", (long long)(fen / 100))
                          : arena_fmt(cx->arena, "%lld.%02lld", (long long)(fen / 100), (long long)(fen % 100));
}

static const char *range(struct ctx *cx, const struct field *f)
{
    bool bounded = f->min != 0 || f->max != 0;
    switch (f->type) {
    case F_INT:
        return bounded ? arena_fmt(cx->arena, tr(cx, "整数，%lld 到 %lld"), (long long)f->min, (long long)f->max)
                       : tr(cx, "整数");
    case F_MONEY:
        return bounded ? arena_fmt(cx->arena, tr(cx, "金额（元），%s 到 %s"), money(cx, f->min), money(cx, f->max))
                       : tr(cx, "金额（元），最多两位小数");
    case F_DATE: return tr(cx, "日期，如 2026-03-01");
    case F_STAMP: return tr(cx, "日期和时间，如 2026-03-01 09:30");
    case F_BOOL: return tr(cx, "是 或 否");
    case F_PHONE: return tr(cx, "电话：手机号 11 位，或区号-号码");
    case F_IDNO: return tr(cx, "身份证号，18 位");
    case F_USCC: return tr(cx, "统一社会信用代码，18 位");
    case F_EMAIL: return tr(cx, "电子邮箱");
    case F_CHOICE: return tr(cx, "从下拉列表里选一个");
    case F_CHOICES: return tr(cx, "可以填几个，用顿号“、”隔开");
    case F_STREET: return tr(cx, "街道（乡镇）的名称");
    case F_OCCUPATION: return tr(cx, "职业的名称或编码，如 4-10-01-05");
    default: return f->max > 0 ? arena_fmt(cx->arena, tr(cx, "文字，最多 %lld 个字"), (long long)f->max) : tr(cx, "文字");
    }
}

static const struct choice yes_no[] = {{"1", N_("是")}, {"0", N_("否")}, {0}};

static const struct choice *choices_of(const struct field *f) { return f->type == F_BOOL ? yes_no : f->choices; }

static const char *choice_list(struct ctx *cx, const struct field *f)
{
    struct buf b = {.a = cx->arena};
    for (const struct choice *c = f->choices; c != NULL && c->code != NULL; c++) {
        if (b.len > 0)
            buf_str(&b, "、");
        buf_str(&b, tr(cx, c->label));
    }
    return buf_text(&b);
}

struct book {
    lxw_workbook *w;
    lxw_worksheet *fill, *explain;
    lxw_format *head, *needed, *text, *wrap;
};

static void book_end(void *arg)
{
    struct book *b = arg;
    if (b->w != NULL)
        lxw_workbook_free(b->w);
}

static err_t book_open(struct ctx *cx, struct book *b, const char *path, const char *sheet)
{
    lxw_workbook_options options = {.tmpdir = dirname(arena_fmt(cx->arena, "%s", path))};
    b->w = workbook_new_opt(path, &options);
    arena_defer(cx->arena, book_end, b);
    b->fill = b->w == NULL ? NULL : workbook_add_worksheet(b->w, sheet);
    b->explain = b->fill == NULL ? NULL : workbook_add_worksheet(b->w, tr(cx, "填写说明"));
    if (b->explain == NULL)
        return FAIL(cx, E_IO, NULL, "xlsx: no sheet");
    b->head = workbook_add_format(b->w);
    format_set_bold(b->head);
    format_set_bg_color(b->head, 0xE8EEF4);
    format_set_bottom(b->head, LXW_BORDER_THIN);
    b->needed = workbook_add_format(b->w);
    format_set_bold(b->needed);
    format_set_bg_color(b->needed, 0xFFF2CC);
    format_set_bottom(b->needed, LXW_BORDER_THIN);
    b->text = workbook_add_format(b->w);
    format_set_num_format(b->text, "@");
    b->wrap = workbook_add_format(b->w);
    format_set_text_wrap(b->wrap);
    format_set_align(b->wrap, LXW_ALIGN_VERTICAL_TOP);
    return E_OK;
}

/* The choices drop down in column `col`, when they fit the 255 characters that XLSX has for a list; the explanation has
 * them all. (A list by reference to cells leaks memory in libxlsxwriter 1.1.4.) */
static void add_list(struct ctx *cx, struct book *b, lxw_col_t col, const struct field *f)
{
    size_t n = 0, chars = 0;
    for (const struct choice *c = choices_of(f); c->code != NULL; c++, n++)
        for (const char *p = tr(cx, c->label); *p != '\0'; p++)
            chars += ((unsigned char)*p & 0xc0) != 0x80;
    if (chars + n > 255)
        return;
    char **list = ARENA_ARRAY(cx->arena, char *, n + 1);
    for (size_t i = 0; i < n; i++)
        list[i] = arena_fmt(cx->arena, "%s", tr(cx, choices_of(f)[i].label));
    lxw_data_validation v = {
        .validate = LXW_VALIDATION_TYPE_LIST,
        .ignore_blank = LXW_VALIDATION_ON,
        .value_list = list,
        .error_title = arena_fmt(cx->arena, "%s", tr(cx, "请从列表里选")),
        .error_message = arena_fmt(cx->arena, "%s", tr(cx, "这一格只能填列表里有的。")),
    };
    (void)worksheet_data_validation_range(b->fill, 1, col, ROWS_TO_FILL, col, &v);
}

static void add_help(struct ctx *cx, struct book *b, lxw_row_t row, const struct field *f)
{
    const char *cells[HELP_COLUMNS] = {tr(cx, f->label), f->flags & F_REQUIRED ? tr(cx, "必填") : tr(cx, "选填"), range(cx, f),
                                       f->help != NULL ? tr(cx, f->help) : ""};
    for (lxw_col_t i = 0; i < HELP_COLUMNS; i++)
        (void)worksheet_write_string(b->explain, row, i, cells[i], b->wrap);
    if (f->choices != NULL)
        (void)worksheet_write_string(b->explain, row, HELP_COLUMNS, choice_list(cx, f), b->wrap);
}

static void add_help_head(struct ctx *cx, struct book *b)
{
    const char *cells[HELP_COLUMNS + 1] = {tr(cx, "列"), tr(cx, "要不要填"), tr(cx, "怎么写"), tr(cx, "说明"), tr(cx, "可以填")};
    static const double width[HELP_COLUMNS + 1] = {20, 10, 36, 50, 50};
    for (lxw_col_t i = 0; i <= HELP_COLUMNS; i++) {
        (void)worksheet_write_string(b->explain, 0, i, cells[i], b->head);
        (void)worksheet_set_column(b->explain, i, i, width[i], NULL);
    }
}

err_t out_template(struct ctx *cx, const char *path, const char *sheet, const struct field *fields)
{
    struct book *b = ARENA_NEW(cx->arena, struct book);
    lxw_col_t col = 0;
    TRY(book_open(cx, b, path, sheet));
    add_help_head(cx, b);
    for (const struct field *f = fields; f->name != NULL; f++) {
        if (!is_asked(f))
            continue;
        bool needed = (f->flags & F_REQUIRED) != 0;
        const char *label = arena_fmt(cx->arena, "%s%s", tr(cx, f->label), needed ? tr(cx, "（必填）") : "");
        (void)worksheet_set_column(b->fill, col, col, f->type == F_LONG ? 50 : 18, f->type == F_LONG ? b->wrap : b->text);
        (void)worksheet_write_string(b->fill, 0, col, label, needed ? b->needed : b->head);
        if ((f->type == F_CHOICE && f->choices != NULL) || f->type == F_BOOL)
            add_list(cx, b, col, f);
        add_help(cx, b, (lxw_row_t)(col + 1), f);
        col++;
    }
    worksheet_freeze_panes(b->fill, 1, 0);
    lxw_workbook *w = b->w;
    b->w = NULL; /* workbook_close frees it, come what may */
    errno = 0;
    lxw_error e = workbook_close(w);
    return e == LXW_NO_ERROR ? E_OK : FAIL(cx, errno == ENOSPC ? E_FULL : E_IO, NULL, "xlsx: %s", lxw_strerror(e));
}
