#include "feeds/table.h"

#include "feeds/reader.h"

#include <string.h>

enum { ROW_MAX = 8 << 20, LOOK_AHEAD = 20, LOOK_AHEAD_NAMED = 200 };

static const char *const cell_empty = "";

static size_t trim(unsigned char *p, size_t n)
{
    size_t from = 0;
    for (;;) {
        if (from < n && (p[from] == ' ' || p[from] == '\n'))
            from++;
        else if (from + 3 <= n && memcmp(p + from, "\xe3\x80\x80", 3) == 0) /* the full-width space */
            from += 3;
        else
            break;
    }
    for (;;) {
        if (n > from && (p[n - 1] == ' ' || p[n - 1] == '\n'))
            n--;
        else if (n >= from + 3 && memcmp(p + n - 3, "\xe3\x80\x80", 3) == 0)
            n -= 3;
        else
            break;
    }
    if (from > 0)
        memmove(p, p + from, n - from);
    return n - from;
}

size_t cell_clean(char *s, size_t n)
{
    unsigned char *p = (unsigned char *)s;
    size_t w = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        if (c >= 0x20 && c != 0x7f && c != 0xc2 && c != 0xe2 && c != 0xef) {
            p[w++] = c;
        } else if (c == '\n' || c == '\r') {
            i += c == '\r' && i + 1 < n && p[i + 1] == '\n';
            p[w++] = '\n';
        } else if (c == '\t') {
            p[w++] = ' ';
        } else if (c == 0xc2 && i + 1 < n && p[i + 1] <= 0xa0) { /* C1 controls go, the no-break space is a space */
            if (p[++i] == 0xa0)
                p[w++] = ' ';
        } else if (c == 0xe2 && i + 2 < n &&
                   ((p[i + 1] == 0x80 &&
                     (p[i + 2] == 0x8b || p[i + 2] == 0x8e || p[i + 2] == 0x8f || (p[i + 2] >= 0xaa && p[i + 2] <= 0xae))) ||
                    (p[i + 1] == 0x81 && p[i + 2] >= 0xa0 && p[i + 2] <= 0xa9))) {
            i += 2; /* zero width space, marks that turn the direction of writing */
        } else if (c == 0xef && i + 2 < n && p[i + 1] == 0xbb && p[i + 2] == 0xbf) {
            i += 2; /* byte order mark */
        } else if (c >= 0x80) {
            p[w++] = c;
        }
    }
    return trim(p, w);
}

struct buf table_buf(struct table *t)
{
    struct buf b = {.a = &t->own};
    buf_add(&b, "", 1);
    b.len = 0;
    return b;
}

void row_begin(struct table *t, int64_t number)
{
    t->text.len = 0;
    t->n = 0;
    t->number = number;
}

err_t row_cell(struct ctx *cx, struct table *t, size_t col, const char *p, size_t n)
{
    long long row = (long long)t->number;
    if (n > (size_t)t->limits.cell)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 行第 %zu 列的内容太长，一格最多 %lld KB，请缩短。"), row, col + 1,
                        (long long)(t->limits.cell >> 10));
    if (col < t->n && t->at[col].len > 0 && t->at[col].off + t->at[col].len + 1 == t->text.len)
        t->text.len = t->at[col].off; /* a cell that grows takes its own place again */
    size_t had = t->text.len;
    buf_add(&t->text, p, n);
    size_t len = cell_clean(t->text.p + had, n);
    t->text.len = had + len;
    if (len == 0 && col >= t->n)
        return E_OK; /* trailing empty cells do not count as columns */
    if (col >= (size_t)t->limits.cols)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 行有 %zu 列以上，最多可以有 %lld 列。请只留要导入的列。"), row, col + 1,
                        (long long)t->limits.cols);
    if (t->text.len > ROW_MAX)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 行的内容太多，请缩短。"), row);
    buf_add(&t->text, "", 1);
    if (col >= t->cap) {
        size_t cap = t->cap == 0 ? 32 : t->cap;
        while (cap <= col)
            cap *= 2;
        t->at = arena_grow(&t->own, t->at, t->cap * sizeof *t->at, cap * sizeof *t->at);
        t->cap = cap;
    }
    for (; t->n <= col; t->n++)
        t->at[t->n] = (struct span){0};
    t->at[col] = (struct span){had, len};
    return E_OK;
}

const char *row_text(const struct table *t, size_t col)
{
    return col >= t->n || t->at[col].len == 0 ? cell_empty : t->text.p + t->at[col].off;
}

static size_t row_filled(const struct table *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        n += t->at[i].len > 0;
    return n;
}

static bool is_fault_column(const struct ctx *cx, const char *name)
{
    static const char *const own[] = {TABLE_FAULT_COLUMN, TABLE_FAULT_REASON, TABLE_FAULT_REMEDY};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i]) == 0 || strcmp(name, tr(cx, own[i])) == 0)
            return true;
    return false;
}

static void head_append(struct ctx *cx, struct table *t, const char *name)
{
    if (t->n_head == t->cap_head) {
        size_t cap = t->cap_head == 0 ? 32 : t->cap_head * 2;
        t->head = arena_grow(&t->own, t->head, t->cap_head * sizeof *t->head, cap * sizeof *t->head);
        t->drop = arena_grow(&t->own, t->drop, t->cap_head * sizeof *t->drop, cap * sizeof *t->drop);
        t->cap_head = cap;
    }
    t->drop[t->n_head] = is_fault_column(cx, name);
    t->head[t->n_head++] = arena_fmt(&t->own, "%s", name);
}

/* The head as others see it: without the columns of an error sheet. */
static void head_show(struct table *t)
{
    t->shown_names = ARENA_ARRAY(&t->own, const char *, t->cap_head == 0 ? 1 : t->cap_head);
    size_t n = 0;
    for (size_t i = 0; i < t->n_head; i++)
        if (!t->drop[i])
            t->shown_names[n++] = t->head[i];
    t->shown_head.cells = t->shown_names;
    t->shown_head.n = n;
}

err_t table_column(struct ctx *cx, struct table *t, const char *name, size_t *col)
{
    for (size_t i = 0; i < t->n_head; i++)
        if (strcmp(t->head[i], name) == 0) {
            *col = i;
            return E_OK;
        }
    if (t->n_head >= (size_t)t->limits.cols)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 条里的项目太多，全文件最多 %lld 种。"), (long long)t->number,
                        (long long)t->limits.cols);
    *col = t->n_head;
    head_append(cx, t, name);
    head_show(t);
    return E_OK;
}

/* The head is the first row that fills most of the table's width: a title over the table fills one cell only. */
err_t table_find_head(struct ctx *cx, struct table *t)
{
    size_t filled[LOOK_AHEAD], most = 0, seen = 0;
    int64_t number[LOOK_AHEAD], want = t->limits.head_row;
    bool more = true;
    while (want == 0 && seen < LOOK_AHEAD) {
        TRY(t->reader->next(cx, t, &more));
        if (!more)
            break;
        filled[seen] = row_filled(t);
        number[seen] = t->number;
        most = filled[seen] > most ? filled[seen] : most;
        seen += filled[seen] > 0;
    }
    for (size_t i = 0; i < seen && want == 0; i++)
        if (filled[i] * 10 >= most * 6)
            want = number[i];
    if (want == 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”是空的，没有可以读的行。"), t->name);
    if (seen > 0)
        TRY(t->reader->rewind(cx, t));
    do {
        TRY(t->reader->next(cx, t, &more));
    } while (more && t->number < want);
    if (!more || t->number != want || row_filled(t) == 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "第 %lld 行是空的，不能当表头。"), (long long)want);
    for (size_t i = 0; i < t->n; i++)
        head_append(cx, t, row_text(t, i));
    t->shown_head.number = want;
    head_show(t);
    return E_OK;
}

err_t table_find_names(struct ctx *cx, struct table *t)
{
    bool more = true;
    size_t seen = 0;
    while (seen < LOOK_AHEAD_NAMED && more) {
        TRY(t->reader->next(cx, t, &more));
        seen += more;
    }
    if (seen == 0 || t->n_head == 0)
        return FILE_SAY(cx, E_INVALID, tr(cx, "“%s”里没有找到可以读的记录。"), t->name);
    return t->reader->rewind(cx, t);
}

static void show_row(struct table *t)
{
    size_t n = t->n > t->n_head ? t->n : t->n_head, w = 0;
    if (t->cap_shown < n) {
        t->shown_cells = ARENA_ARRAY(&t->own, const char *, n);
        t->cap_shown = n;
    }
    for (size_t i = 0; i < n; i++)
        if (i >= t->n_head || !t->drop[i])
            t->shown_cells[w++] = row_text(t, i);
    t->shown = (struct row){.number = t->number, .n = w, .cells = t->shown_cells};
}

err_t table_next(struct ctx *cx, struct table *t, const struct row **row)
{
    bool more;
    *row = NULL;
    do {
        TRY(t->reader->next(cx, t, &more));
        if (!more)
            return E_OK;
    } while (row_filled(t) == 0);
    if (++t->rows > t->limits.rows)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "文件超过 %lld 行，请分成几个文件上传。"), (long long)t->limits.rows);
    show_row(t);
    *row = &t->shown;
    return E_OK;
}

err_t table_rewind(struct ctx *cx, struct table *t)
{
    bool more = true;
    TRY(t->reader->rewind(cx, t));
    t->rows = 0;
    while (!t->reader->named && more) {
        TRY(t->reader->next(cx, t, &more));
        if (t->number >= t->shown_head.number)
            break;
    }
    return E_OK;
}

const struct row *table_head(const struct table *t) { return &t->shown_head; }
const struct table_about *table_about(const struct table *t) { return &t->about; }
