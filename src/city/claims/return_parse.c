/* return_parse.c -- the bank's CSV, read strictly: a few columns, all or nothing. No database. */
#include "city/claims/claims_impl.h"

#include "base/text.h"
#include "feeds/charset.h"

#include <string.h>

enum { COL_REFERENCE, COL_AMOUNT, COL_RESULT, COL_REASON, COLS, MAX_CELLS = 40, MAX_LINES = 200000 };
static const char *const heads[COLS][2] = {{"付款编号", "reference"}, {"金额", "amount"}, {"结果", "result"}, {"原因", "reason"}};

struct reading {
    const char *p, *end;
    int64_t line;
    const char *cells[MAX_CELLS];
    size_t n;
    int at[COLS]; /* which cell; -1 = the file has no such column */
};

err_t return_wrong(struct ctx *cx, int64_t line, const char *why)
{
    return SAY_FILL(cx, E_INVALID, "file", N_("第 {line} 行：{why}整个文件都没有读入。"), "line", arena_fmt(cx->arena, "%lld", (long long)line), "why", why);
}

static err_t one_cell(struct ctx *cx, struct reading *r, const char **out)
{
    struct buf b = {.a = cx->arena};
    buf_add(&b, "", 0);
    if (r->p < r->end && *r->p == '"') {
        for (r->p++; r->p < r->end; r->p++) {
            if (*r->p == '"' && (r->p + 1 == r->end || r->p[1] != '"'))
                break;
            r->p += *r->p == '"';
            buf_add(&b, r->p, 1);
        }
        if (r->p == r->end)
            return return_wrong(cx, r->line, tr(cx, N_("引号没有结束。")));
        r->p++;
        if (r->p < r->end && strchr(",\r\n", *r->p) == NULL)
            return return_wrong(cx, r->line, tr(cx, N_("引号后面应当是逗号。")));
    } else {
        const char *from = r->p;
        while (r->p < r->end && *r->p != ',' && *r->p != '\r' && *r->p != '\n')
            r->p++;
        buf_add(&b, from, (size_t)(r->p - from));
    }
    *out = b.len > 0 ? text_clean(cx->arena, b.p, b.len) : "";
    return E_OK;
}

/* The next line with something in it; r->n = 0 at the end. */
static err_t one_line(struct ctx *cx, struct reading *r)
{
    bool empty = true;
    do {
        r->n = 0;
        r->line++;
        while (r->p < r->end) {
            if (r->n == MAX_CELLS)
                return return_wrong(cx, r->line, tr(cx, N_("列太多了。")));
            TRY(one_cell(cx, r, &r->cells[r->n]));
            empty = empty && *r->cells[r->n] == '\0';
            r->n++;
            if (r->p == r->end || *r->p != ',')
                break;
            r->p++;
        }
        if (r->p < r->end && *r->p == '\r')
            r->p++;
        if (r->p < r->end && *r->p == '\n')
            r->p++;
    } while (empty && r->p < r->end);
    if (empty)
        r->n = 0;
    return E_OK;
}

static err_t read_head(struct ctx *cx, struct reading *r)
{
    TRY(one_line(cx, r));
    for (int c = 0; c < COLS; c++) {
        r->at[c] = -1;
        for (size_t i = 0; i < r->n; i++)
            if (strcmp(r->cells[i], heads[c][0]) == 0 || strcmp(r->cells[i], heads[c][1]) == 0)
                r->at[c] = (int)i;
    }
    for (int c = 0; c < COL_REASON; c++)
        if (r->at[c] < 0)
            return SAY_FILL(cx, E_INVALID, "file", N_("第一行应当是列名：付款编号、金额、结果、原因。没有找到“{column}”。"), "column", heads[c][0]);
    return E_OK;
}

static const char *col(const struct reading *r, int c) { return r->at[c] >= 0 && (size_t)r->at[c] < r->n ? r->cells[r->at[c]] : ""; }

/* "1234", "1234.5", "1,234.50": yuan as fen; -1 when it is no amount. */
static int64_t yuan(const char *s)
{
    int64_t fen = 0;
    int after = -1, digits = 0;
    for (; *s != '\0'; s++) {
        if (*s == ',' && after < 0 && digits > 0)
            continue;
        if (*s == '.' && after < 0 && digits > 0) {
            after = 0;
            continue;
        }
        if (*s < '0' || *s > '9' || ++digits > 13 || (after >= 0 && ++after > 2))
            return -1;
        fen = fen * 10 + (*s - '0');
    }
    for (int i = after < 0 ? 0 : after; i < 2; i++)
        fen *= 10;
    return digits > 0 && after != 0 ? fen : -1;
}

static bool is_one_of(const char *s, const char *a, const char *b, const char *c)
{
    return strcmp(s, a) == 0 || strcmp(s, b) == 0 || strcmp(s, c) == 0;
}

static err_t read_row(struct ctx *cx, const struct reading *r, struct return_line *out)
{
    const char *result = col(r, COL_RESULT);
    *out = (struct return_line){.line = r->line, .reference = col(r, COL_REFERENCE), .reason = text_cut(cx->arena, col(r, COL_REASON), 100),
                                .fen = yuan(col(r, COL_AMOUNT))};
    if (*out->reference == '\0')
        return return_wrong(cx, r->line, tr(cx, N_("没有付款编号。")));
    if (out->fen <= 0)
        return return_wrong(cx, r->line, tr(cx, N_("金额看不懂，要写成 1234.50 这样。")));
    out->paid = is_one_of(result, "成功", "paid", "付讫");
    if (!out->paid && !is_one_of(result, "失败", "failed", "退回"))
        return return_wrong(cx, r->line, tr(cx, N_("结果要写“成功”或“失败”。")));
    return E_OK;
}

/* Many banks still write GBK. */
static const char *of_gbk(struct ctx *cx, const char *bytes, size_t *len)
{
    struct decoder d;
    char *out = arena_alloc(cx->arena, 3 * *len + 32);
    if (!decoder_init(&d, CS_GB18030))
        return bytes;
    *len = decoder_run(&d, (const unsigned char *)bytes, *len, true, out);
    decoder_close(&d);
    return out;
}

err_t return_parse(struct ctx *cx, const char *bytes, size_t len, struct return_line **out, size_t *n)
{
    size_t cap = 64;
    struct return_line *all = arena_alloc(cx->arena, cap * sizeof *all);
    *n = 0;
    if (!utf8_valid(bytes, len) && charset_guess((const unsigned char *)bytes, len) == CS_GB18030)
        bytes = of_gbk(cx, bytes, &len);
    if (!utf8_valid(bytes, len) || memchr(bytes, '\0', len) != NULL)
        return SAY(cx, E_INVALID, "file", N_("这不是 CSV 文字表格（UTF-8 或 GBK）。请让银行按约定的格式重发，或用表格软件另存为“CSV UTF-8”。"));
    struct reading r = {.p = bytes, .end = bytes + len};
    if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        r.p += 3;
    TRY(read_head(cx, &r));
    for (;;) {
        TRY(one_line(cx, &r));
        if (r.n == 0)
            break;
        if (*n == MAX_LINES)
            return SAY(cx, E_LIMIT, "file", N_("一个回执文件最多 20 万行，请分成几个。"));
        if (*n == cap) {
            struct return_line *more = arena_alloc(cx->arena, 2 * cap * sizeof *more);
            memcpy(more, all, cap * sizeof *more);
            all = more;
            cap *= 2;
        }
        TRY(read_row(cx, &r, &all[(*n)++]));
    }
    *out = all;
    return *n > 0 ? E_OK : SAY(cx, E_INVALID, "file", N_("文件里没有付款。"));
}
