/* read.c -- from a file to rows by field: finds the head, also one of two rows, and which column is which. */
#include "city/sheets/sheets_impl.h"

#include "base/hash.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS_MOST = 200, HEAD_ROWS = 8, NONE = -1 };

struct columns {
    const char *head[COLUMNS_MOST]; /* folded, both rows of the head joined */
    size_t n;
    int of[COLUMNS_MOST]; /* field number -> column */
};

static const char *fold(struct ctx *cx, const char *s) { return text_fold(cx->arena, s, strlen(s)); }

/* ---- the head ---- */

static bool has_word(struct ctx *cx, const struct row *head, const char *word)
{
    for (size_t i = 0; i < head->n; i++)
        if (strstr(fold(cx, head->cells[i]), fold(cx, word)) != NULL)
            return true;
    return false;
}

/* Where the reader finds no head that has the word, each of the first rows is tried as the head. */
static err_t open_at_head(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct table_limits limits, struct table **t)
{
    TRY(table_open(cx, path, name, &limits, t));
    for (limits.head_row = 1; !has_word(cx, table_head(*t), k->head_word) && limits.head_row <= HEAD_ROWS; limits.head_row++)
        if (table_open(cx, path, name, &limits, t) != E_OK)
            break;
    if (*t != NULL && has_word(cx, table_head(*t), k->head_word))
        return E_OK;
    return SAY(cx, E_INVALID, "file",
               text_fill(cx->arena, tr(cx, N_("没有找到列名“{word}”。请用模板，或让第一行写着列名。")), "word", tr(cx, k->head_word), NULL));
}

/* A second head row says something under a wide heading and nothing under the heading of the names. */
static bool is_second_head(struct ctx *cx, const struct sheet_kind *k, const struct row *head, const struct row *row)
{
    bool under_word = false, level = false;
    if (!k->two_rows || row == NULL)
        return false;
    for (size_t i = 0; i < head->n && i < row->n; i++) {
        bool names = strstr(fold(cx, head->cells[i]), fold(cx, k->head_word)) != NULL;
        under_word |= names && row->cells[i][0] != '\0';
        level |= strstr(row->cells[i], "级") != NULL;
    }
    return level && !under_word;
}

static void take_head(struct ctx *cx, const struct row *head, const struct row *second, struct columns *c)
{
    const char *wide = "";
    c->n = head->n < COLUMNS_MOST ? head->n : COLUMNS_MOST;
    for (size_t i = 0; i < c->n; i++) {
        if (head->cells[i][0] != '\0')
            wide = head->cells[i];
        const char *below = second != NULL && i < second->n ? second->cells[i] : "";
        c->head[i] = fold(cx, *below != '\0' ? arena_fmt(cx->arena, "%s%s", wide, below) : head->cells[i]);
    }
}

static const char *aliases_of(const struct sheet_kind *k, const char *field)
{
    for (const struct sheet_column *c = k->columns; c != NULL && c->field != NULL; c++)
        if (strcmp(c->field, field) == 0)
            return c->aliases;
    return "";
}

static bool is_called(struct ctx *cx, const struct sheet_kind *k, const struct field *f, const char *head)
{
    if (strcmp(head, fold(cx, f->name)) == 0 || strcmp(head, fold(cx, f->label)) == 0 || strcmp(head, fold(cx, tr(cx, f->label))) == 0)
        return true;
    for (const char *p = aliases_of(k, f->name); *p != '\0'; p += p[strcspn(p, "|")] == '|' ? strcspn(p, "|") + 1 : strcspn(p, "|"))
        if (strcmp(head, text_fold(cx->arena, p, strcspn(p, "|"))) == 0)
            return true;
    return false;
}

static err_t find_columns(struct ctx *cx, const struct sheet_kind *k, struct columns *c)
{
    struct buf lacking = {.a = cx->arena};
    int at = 0;
    for (const struct field *f = k->fields; f->name != NULL; f++, at++) {
        c->of[at] = NONE;
        for (size_t i = 0; i < c->n && c->of[at] == NONE; i++)
            if (c->head[i][0] != '\0' && is_called(cx, k, f, c->head[i]))
                c->of[at] = (int)i;
        if (c->of[at] == NONE && (f->flags & F_REQUIRED))
            buf_fmt(&lacking, "%s%s", lacking.len > 0 ? "、" : "", tr(cx, f->label));
    }
    if (lacking.len == 0)
        return E_OK;
    return SAY(cx, E_INVALID, "file", text_fill(cx->arena, tr(cx, N_("表格里少了这些列：{columns}。请对照模板补上。")), "columns", buf_text(&lacking), NULL));
}

/* ---- rows ---- */

static const char *cells_json(struct ctx *cx, const struct sheet_kind *k, const struct columns *c, const struct row *row)
{
    struct view *o = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    int at = 0;
    for (const struct field *f = k->fields; f->name != NULL; f++, at++) {
        const char *s = c->of[at] != NONE && (size_t)c->of[at] < row->n ? row->cells[c->of[at]] : "";
        if (*s != '\0')
            view_str(cx->arena, o, f->name, text_cut(cx->arena, s, 1000));
    }
    view_json(&b, o);
    return buf_text(&b);
}

static void add(struct ctx *cx, struct sheet_reading *r, size_t *cap, const char *cells, int64_t number)
{
    if (r->n == *cap) {
        size_t to = *cap == 0 ? 256 : 2 * *cap;
        r->cells = arena_grow(cx->arena, r->cells, *cap * sizeof *r->cells, to * sizeof *r->cells);
        r->numbers = arena_grow(cx->arena, r->numbers, *cap * sizeof *r->numbers, to * sizeof *r->numbers);
        *cap = to;
    }
    r->cells[r->n] = cells;
    r->numbers[r->n++] = number;
}

struct sheet_reader {
    const struct sheet_kind *k;
    struct table *t;
    struct columns c;
    const struct row *row; /* the next one */
};

static err_t reader(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct table_limits limits, struct sheet_reader **out)
{
    struct sheet_reader *r = ARENA_NEW(cx->arena, struct sheet_reader);
    r->k = k;
    TRY(open_at_head(cx, k, path, name, limits, &r->t));
    TRY(table_next(cx, r->t, &r->row));
    bool second = is_second_head(cx, k, table_head(r->t), r->row);
    take_head(cx, table_head(r->t), second ? r->row : NULL, &r->c);
    TRY(find_columns(cx, k, &r->c));
    if (second)
        TRY(table_next(cx, r->t, &r->row));
    *out = r;
    return E_OK;
}

err_t sheet_reader_open(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct sheet_reader **out)
{
    return reader(cx, k, path, name, (struct table_limits){0}, out);
}

err_t sheet_reader_next(struct ctx *cx, struct sheet_reader *r, const char **cells, int64_t *number)
{
    *cells = NULL;
    if (r->row == NULL)
        return E_OK;
    *cells = cells_json(cx, r->k, &r->c, r->row);
    *number = r->row->number;
    return table_next(cx, r->t, &r->row);
}

err_t sheet_open(struct ctx *cx, const struct sheet_kind *k, const char *path, const char *name, struct sheet_reading *out)
{
    struct sheet_reader *r;
    const char *cells;
    size_t cap = 0;
    int64_t number;
    *out = (struct sheet_reading){0};
    TRY(reader(cx, k, path, name, (struct table_limits){.bytes = SHEET_BYTES_MAX, .rows = SHEET_ROWS_MAX}, &r));
    for (;;) {
        TRY(sheet_reader_next(cx, r, &cells, &number));
        if (cells == NULL)
            break;
        add(cx, out, &cap, cells, number);
    }
    out->found = arena_fmt(cx->arena, "%s · %s", table_about(r->t)->format, table_about(r->t)->encoding);
    return E_OK;
}

/* Is `s` the label, or one side of one like "五级/初级工"? */
static bool says(struct ctx *cx, const char *label, const char *s)
{
    const char *slash = strchr(label, '/');
    return strcmp(s, fold(cx, label)) == 0 || (slash != NULL && (strcmp(s, text_fold(cx->arena, label, (size_t)(slash - label))) == 0 || strcmp(s, fold(cx, slash + 1)) == 0));
}

/* The code whose word was written, or the text as it is: form_read() says what is wrong with it. */
static const char *code_of(struct ctx *cx, const struct field *f, const char *s)
{
    for (const struct choice *c = f->choices; f->type == F_CHOICE && c != NULL && c->code != NULL; c++)
        if (says(cx, c->label, fold(cx, s)) || says(cx, tr(cx, c->label), fold(cx, s)))
            return c->code;
    return s;
}

struct pairs sheet_raw(struct ctx *cx, const struct sheet_kind *k, const char *cells)
{
    enum { MOST = 40 };
    struct pair *p = ARENA_ARRAY(cx->arena, struct pair, MOST);
    size_t n = 0;
    for (const struct field *f = k->fields; f->name != NULL && n < MOST; f++) {
        const char *s = sheet_cell(cx, cells, f->name);
        s = code_of(cx, f, s);
        if (*s != '\0')
            p[n++] = (struct pair){f->name, s, strlen(s)};
    }
    return (struct pairs){p, n};
}

err_t sheet_hash(struct ctx *cx, const char *path, const char **hex)
{
    unsigned char sum[HASH_LEN];
    char text[2 * HASH_LEN + 1];
    FILE *f = fopen(path, "rbe");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s: %s", path, strerror(errno));
    unsigned char *all = arena_alloc(cx->arena, SHEET_BYTES_MAX + 1);
    size_t n = fread(all, 1, SHEET_BYTES_MAX + 1, f);
    bool bad = ferror(f) != 0;
    fclose(f);
    if (bad)
        return FAIL(cx, E_IO, NULL, "%s: cannot be read to its end", path);
    if (n > SHEET_BYTES_MAX)
        return SAY(cx, E_LIMIT, "file", N_("文件太大了，最多 20 MB。"));
    hash_sha256(all, n, sum);
    hash_hex(sum, sizeof sum, text);
    *hex = arena_fmt(cx->arena, "%s", text);
    return E_OK;
}
