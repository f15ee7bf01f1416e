/* returns.c -- what the bank answers: read whole or not at all; the same answer twice is one. */
#include "city/claims/claims_impl.h"

#include "base/hash.h"
#include "base/text.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

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
                return return_wrong(cx, t->lines[i].line,
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
        return return_wrong(cx, l->line, text_fill(cx->arena, tr(cx, N_("没有付款编号 {reference}。")), "reference", l->reference, NULL));
    if (strcmp(p[0].batch_status, "made") == 0)
        return return_wrong(cx, l->line, text_fill(cx->arena, tr(cx, N_("{reference} 所在的批次还没有送银行，不会有回执。")), "reference", l->reference, NULL));
    if (p[0].amount != l->fen)
        return return_wrong(cx, l->line,
                     text_fill(cx->arena, tr(cx, N_("{reference} 的金额是 {ours}，文件里写的是 {theirs}。")), "reference", l->reference, "ours",
                               training_yuan(cx, p[0].amount), "theirs", training_yuan(cx, l->fen), NULL));
    if (strcmp(p[0].status, "sent") != 0 && strcmp(p[0].status, l->paid ? "paid" : "failed") != 0 && !l->bounced)
        return return_wrong(cx, l->line,
                     text_fill(cx->arena, tr(cx, N_("{reference} 以前的回执说的是另一个结果，请找银行核实；付出去又退回来的，结果写“退票”。")), "reference", l->reference, NULL));
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

/* Promised again, to be paid once the account is corrected. What is being asked back is another matter. */
static err_t bounce(struct ctx *cx, const struct return_line *in, const struct q_payment_by_reference_row *p, int64_t return_id)
{
    struct q_payment_lines_row *l;
    struct q_claim_row c;
    const char *now;
    size_t n, changed;
    struct q_payment_bounce_in a = {.answer = in->reason, .answered_at = &cx->now, .return_id = &return_id, .id = p->id};
    TRY(q_payment_lines(cx, &(struct q_payment_lines_in){.payment_id = p->id}, &l, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(l[i].status, "paid") != 0)
            return return_wrong(cx, in->line, text_fill(cx->arena, tr(cx, N_("{reference} 里有的钱已经要求退回，请在那份申请里记下已退回。")), "reference", in->reference, NULL));
    TRY(q_payment_bounce(cx, &a, &changed));
    if (changed == 0)
        return FAIL(cx, E_BUSY, NULL, "payment %s was answered at the same moment", in->reference);
    for (size_t i = 0; i < n; i++) {
        struct purse purse = claim_purse(l[i].fund, l[i].district, l[i].year);
        TRY(claim_line_step(cx, l[i].id, "paid", "bounce", &now));
        TRY(ledger_return(cx, &purse, l[i].amount, l[i].id));
    }
    TRY(q_payment_lines_free(cx, &(struct q_payment_lines_free_in){.payment_id = p->id}, NULL));
    TRY(audit_add(cx, "payment.bounced", "payment", p->id, arena_fmt(cx->arena, "{\"reference\":\"%s\",\"fen\":%lld}", in->reference, (long long)in->fen)));
    TRY(claim_find(cx, p->claim_id, &c));
    return strcmp(c.status, "paid") == 0 ? claim_auto(cx, c.id, "bounce") : E_OK;
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
        if (strcmp(p[i].status, "paid") == 0 && t->lines[i].bounced) {
            TRY(bounce(cx, &t->lines[i], &p[i], made.id));
            t->out->failed++;
            continue;
        }
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
