/* csv.c -- RFC 4180 as people really write it: any line end, any of three delimiters, text after a closing quote. */
#include "feeds/reader.h"

#include <string.h>

struct csv {
    const char *p, *end;
    bool eof, after_cr, begun;
    char delimiter;
    int64_t record;
    struct buf cell;
};

enum stop { STOP_DELIMITER, STOP_LINE, STOP_END };

static err_t refill(struct ctx *cx, struct table *t, struct csv *c)
{
    size_t n;
    TRY(source_fill(cx, t->src, &c->p, &n));
    c->end = c->p + n;
    c->eof = n == 0;
    return E_OK;
}

static err_t refuse_nul(struct ctx *cx, const struct table *t, size_t col)
{
    return FILE_SAY(cx, E_INVALID,
                    tr(cx, "第 %lld 行第 %zu 列有一个看不见的空字节，文件可能坏了。请用 Excel 或 WPS 另存为“CSV UTF-8”再上传。"),
                    (long long)t->number, col + 1);
}

static err_t keep(struct ctx *cx, struct table *t, struct csv *c, size_t col, const char *from, bool quoted)
{
    buf_add(&c->cell, from, (size_t)(c->p - from));
    if (c->cell.len <= (size_t)t->limits.cell)
        return E_OK;
    return quoted ? FILE_SAY(cx, E_LIMIT,
                             tr(cx, "第 %lld 行第 %zu 列从引号开始的内容太长，一格最多 %lld KB；也可能是引号没有成对，请检查。"),
                             (long long)t->number, col + 1, (long long)(t->limits.cell >> 10))
                  : FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 行第 %zu 列的内容太长，一格最多 %lld KB，请缩短。"),
                             (long long)t->number, col + 1, (long long)(t->limits.cell >> 10));
}

/* After the opening quote, to the closing one. */
static err_t quoted(struct ctx *cx, struct table *t, struct csv *c, size_t col)
{
    for (;;) {
        const char *from = c->p;
        while (c->p < c->end && *c->p != '"' && *c->p != '\0')
            c->p++;
        TRY(keep(cx, t, c, col, from, true));
        if (c->p == c->end) {
            TRY(refill(cx, t, c));
            if (c->eof)
                return FILE_SAY(cx, E_INVALID, tr(cx, "第 %lld 行第 %zu 列的引号没有成对，一直到文件末尾都没有找到另一个。"),
                                (long long)t->number, col + 1);
            continue;
        }
        if (*c->p == '\0')
            return refuse_nul(cx, t, col);
        c->p++;
        if (c->p == c->end)
            TRY(refill(cx, t, c));
        if (c->eof || *c->p != '"')
            return E_OK;
        from = c->p++;
        TRY(keep(cx, t, c, col, from, true));
    }
}

static err_t plain(struct ctx *cx, struct table *t, struct csv *c, size_t col, enum stop *stop)
{
    for (;;) {
        const char *from = c->p;
        while (c->p < c->end && *c->p != c->delimiter && *c->p != '\n' && *c->p != '\r' && *c->p != '\0')
            c->p++;
        TRY(keep(cx, t, c, col, from, false));
        if (c->p < c->end)
            break;
        *stop = STOP_END;
        TRY(refill(cx, t, c));
        if (c->eof)
            return E_OK;
    }
    if (*c->p == '\0')
        return refuse_nul(cx, t, col);
    *stop = *c->p == c->delimiter ? STOP_DELIMITER : STOP_LINE;
    c->after_cr = *c->p == '\r';
    c->p++;
    return E_OK;
}

/* Spreadsheets write '=1+1 for the text =1+1, and so do we (out.h). */
static err_t put(struct ctx *cx, struct table *t, const struct csv *c, size_t col)
{
    size_t quotes = 0;
    while (quotes < c->cell.len && c->cell.p[quotes] == '\'')
        quotes++;
    bool guarded = quotes > 0 && quotes < c->cell.len && strchr("=+-@\t\r\n", c->cell.p[quotes]) != NULL;
    size_t from = guarded ? 1 : 0;
    return row_cell(cx, t, col, c->cell.p + from, c->cell.len - from);
}

static err_t csv_next(struct ctx *cx, struct table *t, bool *more)
{
    struct csv *c = t->state;
    enum stop stop = STOP_DELIMITER;
    if (!c->begun)
        TRY(refill(cx, t, c));
    c->begun = true;
    if (c->p == c->end && !c->eof)
        TRY(refill(cx, t, c));
    if (c->after_cr && !c->eof && *c->p == '\n' && ++c->p == c->end)
        TRY(refill(cx, t, c));
    c->after_cr = false;
    *more = !c->eof;
    if (!*more)
        return E_OK;
    row_begin(t, ++c->record);
    for (size_t col = 0; stop == STOP_DELIMITER; col++) {
        c->cell.len = 0;
        if (c->p == c->end && !c->eof)
            TRY(refill(cx, t, c));
        if (!c->eof && *c->p == '"') {
            c->p++;
            TRY(quoted(cx, t, c, col));
        }
        stop = STOP_END;
        if (!c->eof)
            TRY(plain(cx, t, c, col, &stop));
        TRY(put(cx, t, c, col));
    }
    return E_OK;
}

static err_t csv_rewind(struct ctx *cx, struct table *t)
{
    struct csv *c = t->state;
    *c = (struct csv){.delimiter = c->delimiter, .cell = c->cell};
    return source_rewind(cx, t->src);
}

/* How many of the first records have as many `d` as the commonest count says; 0 when that count is 0. */
static size_t delimiter_score(const char *p, size_t n, char d)
{
    enum { RECORDS = 30, COUNTS = 256 };
    unsigned char seen[COUNTS] = {0};
    size_t count = 0, records = 0, best = 0, at = 0;
    bool in_quotes = false;
    for (size_t i = 0; i <= n && records < RECORDS; i++) {
        char ch = i < n ? p[i] : '\n';
        if (ch == '"')
            in_quotes = !in_quotes;
        else if (ch == d && !in_quotes)
            count++;
        else if ((ch == '\n' || ch == '\r') && (!in_quotes || i == n)) {
            seen[count < COUNTS ? count : COUNTS - 1]++;
            records++;
            count = 0;
        }
    }
    for (size_t k = 1; k < COUNTS; k++)
        if (seen[k] > best) {
            best = seen[k];
            at = k;
        }
    return best * 1000 + (at < 1000 ? at : 999);
}

err_t csv_open(struct ctx *cx, struct table *t)
{
    static const struct reader reader = {.format = "CSV", .next = csv_next, .rewind = csv_rewind};
    static const char delimiters[] = ",\t;";
    struct csv *c = ARENA_NEW(&t->own, struct csv);
    *c = (struct csv){.cell = table_buf(t)};
    t->state = c;
    t->reader = &reader;
    TRY(refill(cx, t, c));
    size_t n = (size_t)(c->end - c->p), best = 0;
    c->delimiter = ',';
    for (const char *d = delimiters; *d != '\0'; d++) {
        size_t score = delimiter_score(c->p, n, *d);
        if (score > best) {
            best = score;
            c->delimiter = *d;
        }
    }
    if (n >= 5 && memcmp(c->p, "sep=", 4) == 0 && strchr(",;\t|", c->p[4]) != NULL)
        c->delimiter = c->p[4]; /* how spreadsheets announce it */
    t->about.delimiter = c->delimiter;
    return csv_rewind(cx, t);
}
