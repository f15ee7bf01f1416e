/* returns.c -- what the bank answers: read whole or not at all; the same answer twice is one. */
#include "city/claims/claims_impl.h"

#include "base/hash.h"
#include "base/text.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

/* ---- reading the bank's CSV: a few columns, small, strict ---- */

enum { COL_REFERENCE, COL_AMOUNT, COL_RESULT, COL_REASON, COLS, MAX_CELLS = 40, MAX_LINES = 200000 };
static const char *const heads[COLS][2] = {{"付款编号", "reference"}, {"金额", "amount"}, {"结果", "result"}, {"原因", "reason"}};

struct reading {
    const char *p, *end;
    int64_t line;
    const char *cells[MAX_CELLS];
    size_t n;
    int at[COLS]; /* which cell; -1 = the file has no such column */
};

static err_t wrong(struct ctx *cx, int64_t line, const char *why)
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
            return wrong(cx, r->line, tr(cx, N_("引号没有结束。")));
        r->p++;
        if (r->p < r->end && strchr(",\r\n", *r->p) == NULL)
            return wrong(cx, r->line, tr(cx, N_("引号后面应当是逗号。")));
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
                return wrong(cx, r->line, tr(cx, N_("列太多了。")));
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
        return wrong(cx, r->line, tr(cx, N_("没有付款编号。")));
    if (out->fen <= 0)
        return wrong(cx, r->line, tr(cx, N_("金额看不懂，要写成 1234.50 这样。")));
    out->paid = is_one_of(result, "成功", "paid", "付讫");
    if (!out->paid && !is_one_of(result, "失败", "failed", "退回"))
        return wrong(cx, r->line, tr(cx, N_("结果要写“成功”或“失败”。")));
    return E_OK;
}

err_t return_parse(struct ctx *cx, const char *bytes, size_t len, struct return_line **out, size_t *n)
{
    struct reading r = {.p = bytes, .end = bytes + len};
    size_t cap = 64;
    struct return_line *all = arena_alloc(cx->arena, cap * sizeof *all);
    *n = 0;
    if (!utf8_valid(bytes, len) || memchr(bytes, '\0', len) != NULL)
        return SAY(cx, E_INVALID, "file", N_("文件不是 UTF-8 的 CSV。请让银行按约定的格式重发，或用表格软件另存为“CSV UTF-8”。"));
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

/* ---- what it changes ---- */

struct taking {
    const char *name, *digest;
    struct return_line *lines;
    size_t n;
    struct return_report *out;
};

static err_t doubles(struct ctx *cx, const struct taking *t)
{
    size_t cap = 16;
    while (cap < t->n * 2)
        cap *= 2;
    size_t *slots = arena_alloc(cx->arena, cap * sizeof *slots);
    memset(slots, 0, cap * sizeof *slots);
    for (size_t i = 0; i < t->n; i++) {
        size_t h = 5381;
        for (const char *s = t->lines[i].reference; *s != '\0'; s++)
            h = h * 33 + (unsigned char)*s;
        for (h &= cap - 1; slots[h] != 0; h = (h + 1) & (cap - 1))
            if (strcmp(t->lines[slots[h] - 1].reference, t->lines[i].reference) == 0)
                return wrong(cx, t->lines[i].line,
                             text_fill(cx->arena, tr(cx, N_("付款编号 {reference} 在文件里出现了两次（第 {first} 行也是）。")), "reference",
                                       t->lines[i].reference, "first", arena_fmt(cx->arena, "%lld", (long long)t->lines[slots[h] - 1].line), NULL));
        slots[h] = i + 1;
    }
    return E_OK;
}

static err_t payment_of(struct ctx *cx, const struct return_line *l, struct q_payment_by_reference_row *out)
{
    struct q_payment_by_reference_row *p;
    size_t n;
    TRY(q_payment_by_reference(cx, &(struct q_payment_by_reference_in){.reference = l->reference}, &p, &n));
    if (n == 0 || (cx->actor.role == ROLE_DISTRICT && p[0].district != cx->actor.district))
        return wrong(cx, l->line, text_fill(cx->arena, tr(cx, N_("没有付款编号 {reference}。")), "reference", l->reference, NULL));
    if (strcmp(p[0].batch_status, "made") == 0)
        return wrong(cx, l->line, text_fill(cx->arena, tr(cx, N_("{reference} 所在的批次还没有送银行，不会有回执。")), "reference", l->reference, NULL));
    if (p[0].amount != l->fen)
        return wrong(cx, l->line,
                     text_fill(cx->arena, tr(cx, N_("{reference} 的金额是 {ours}，文件里写的是 {theirs}。")), "reference", l->reference, "ours",
                               training_yuan(cx, p[0].amount), "theirs", training_yuan(cx, l->fen), NULL));
    if (strcmp(p[0].status, "sent") != 0 && strcmp(p[0].status, l->paid ? "paid" : "failed") != 0)
        return wrong(cx, l->line,
                     text_fill(cx->arena, tr(cx, N_("{reference} 以前的回执说的是另一个结果，请找银行核实。")), "reference", l->reference, NULL));
    *out = p[0];
    return E_OK;
}

static err_t answer_line(struct ctx *cx, const struct q_payment_lines_row *l, bool paid)
{
    struct purse p = claim_purse(l->fund, l->district, l->year);
    const char *now;
    TRY(claim_line_step(cx, l->id, "paying", paid ? "paid" : "failed", &now));
    return paid ? ledger_pay(cx, &p, l->amount, l->id) : E_OK;
}

static err_t answer(struct ctx *cx, const struct return_line *in, const struct q_payment_by_reference_row *p, int64_t return_id)
{
    struct q_payment_lines_row *l;
    size_t n, changed;
    struct q_payment_answer_in a = {.status = in->paid ? "paid" : "failed", .answer = in->reason, .answered_at = &cx->now, .return_id = &return_id, .id = p->id};
    TRY(q_payment_answer(cx, &a, &changed));
    if (changed == 0)
        return FAIL(cx, E_BUSY, NULL, "payment %s was answered at the same moment", in->reference);
    TRY(q_payment_lines(cx, &(struct q_payment_lines_in){.payment_id = p->id}, &l, &n));
    for (size_t i = 0; i < n; i++)
        TRY(answer_line(cx, &l[i], in->paid));
    if (!in->paid)
        TRY(q_payment_lines_free(cx, &(struct q_payment_lines_free_in){.payment_id = p->id}, NULL));
    TRY(audit_add(cx, in->paid ? "payment.paid" : "payment.failed", "payment", p->id,
                  arena_fmt(cx->arena, "{\"reference\":\"%s\",\"fen\":%lld}", in->reference, (long long)in->fen)));
    TRY(q_batch_done(cx, &(struct q_batch_done_in){.id = p->batch_id}, NULL));
    return claim_settle(cx, p->claim_id);
}

static err_t read_tx(struct ctx *cx, void *arg)
{
    struct taking *t = arg;
    struct q_bank_return_row *seen;
    struct q_bank_return_insert_row made;
    size_t n;
    *t->out = (struct return_report){.lines = (int64_t)t->n};
    TRY(q_bank_return(cx, &(struct q_bank_return_in){.digest = t->digest}, &seen, &n));
    if (n > 0) {
        t->out->again = true;
        return E_OK;
    }
    TRY(doubles(cx, t));
    struct q_payment_by_reference_row *p = arena_alloc(cx->arena, t->n * sizeof *p);
    for (size_t i = 0; i < t->n; i++)
        TRY(payment_of(cx, &t->lines[i], &p[i]));
    struct q_bank_return_insert_in in = {.digest = t->digest, .name = t->name, .district = cx->actor.district, .lines = (int64_t)t->n,
                                         .account_id = cx->actor.account_id, .at = cx->now};
    err_t e = q_bank_return_insert(cx, &in, &made);
    TRY(e == E_CONFLICT ? E_BUSY : e);
    for (size_t i = 0; i < t->n; i++) {
        if (strcmp(p[i].status, "sent") != 0) {
            t->out->known++;
            continue;
        }
        TRY(answer(cx, &t->lines[i], &p[i], made.id));
        t->out->paid += t->lines[i].paid;
        t->out->failed += !t->lines[i].paid;
    }
    TRY(q_bank_return_counts(cx, &(struct q_bank_return_counts_in){.paid = t->out->paid, .failed = t->out->failed, .id = made.id}, NULL));
    return audit_add(cx, "return.read", "bank_return", made.id,
                     arena_fmt(cx->arena, "{\"sm3\":\"%s\",\"paid\":%lld,\"failed\":%lld,\"known\":%lld}", t->digest, (long long)t->out->paid,
                               (long long)t->out->failed, (long long)t->out->known));
}

err_t return_read(struct ctx *cx, const char *name, const char *bytes, size_t len, struct return_report *out)
{
    struct taking t = {.name = name, .out = out};
    unsigned char d[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    hash_sm3(bytes, len, d);
    hash_hex(d, HASH_LEN, hex);
    t.digest = hex;
    TRY(return_parse(cx, bytes, len, &t.lines, &t.n));
    return store_tx(cx, STORE_WRITE, read_tx, &t);
}
