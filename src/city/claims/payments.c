/* payments.c -- a batch for the bank: who gets what, the file, who sends it. */
#include "city/claims/claims_impl.h"

#include "base/hash.h"
#include "base/text.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

struct making {
    const char *fund;
    struct batch_report *out;
    struct q_batch_insert_row batch;
    const char *code;
    int64_t seq, payments, lines, total;
    /* the payment that is being put together: lines of one claim to one account */
    const struct q_batch_due_row *due;
    size_t from, to;
    /* the class whose lines are looked at */
    struct entitle_class class;
};

/* The evaluation fee goes to the account of the provider that declared the evaluation. */
static const char *owner(const struct q_batch_due_row *l) { return strcmp(l->payee, "evaluator") == 0 ? "provider" : l->payee; }

static bool same_payment(const struct q_batch_due_row *a, const struct q_batch_due_row *b)
{
    return a->claim_id == b->claim_id && a->payee_id == b->payee_id && strcmp(owner(a), owner(b)) == 0;
}

/* A line that the bank sent back goes out again only when the account was corrected meanwhile. */
static err_t corrected(struct ctx *cx, const struct q_batch_due_row *l, const struct account_in *now, bool *yes)
{
    struct q_payment_failed_of_line_row *was;
    const char *name, *account;
    size_t n;
    *yes = true;
    if (strcmp(l->status, "failed") != 0)
        return E_OK;
    TRY(q_payment_failed_of_line(cx, &(struct q_payment_failed_of_line_in){.claim_line_id = l->id}, &was, &n));
    if (n == 0)
        return E_OK;
    TRY(unseal(cx, "payment.name", was[0].name, &name));
    TRY(unseal(cx, "payment.account", was[0].account, &account));
    *yes = strcmp(name, now->name) != 0 || strcmp(account, now->account) != 0 || strcmp(was[0].bank, now->bank) != 0;
    return E_OK;
}

static const char *line_name(struct ctx *cx, const struct q_batch_due_row *l)
{
    return arena_fmt(cx->arena, "%s · %s", l->claim_code, claim_item_label(cx, l->item));
}

static void hold(struct making *m, size_t lines, const char *why)
{
    m->out->held += (int64_t)lines;
    if (m->out->why == NULL)
        m->out->why = why;
}

/* The decision once more on the day of the payment; only lines whose right is gone wait. */
static err_t entitled_now(struct ctx *cx, struct making *m, const struct q_batch_due_row *l, const char **why)
{
    struct entitled e;
    if (m->class.row.id != l->class_id)
        TRY(entitle_class(cx, l->class_id, &m->class));
    *why = m->class.lacks;
    for (size_t i = 0; *why == NULL && i < m->class.n; i++) {
        const struct q_claim_trainees_row *t = &m->class.trainees[i];
        if (t->id != l->trainee_id)
            continue;
        TRY(entitle(cx, &m->class, t, &e));
        *why = e.lacks != NULL ? e.lacks : t->certificate_id == NULL ? tr(cx, N_("证书不再是核验通过的状态。")) : NULL;
        break;
    }
    return E_OK;
}

static err_t take_line(struct ctx *cx, struct making *m, int64_t payment_id, const struct q_batch_due_row *l)
{
    const char *now;
    TRY(q_payment_line_insert(cx, &(struct q_payment_line_insert_in){.payment_id = payment_id, .claim_line_id = l->id}, NULL));
    TRY(claim_line_step(cx, l->id, l->status, "pay", &now));
    m->lines++;
    return E_OK;
}

static err_t begin_batch(struct ctx *cx, struct making *m)
{
    struct q_batch_next_row next;
    if (m->code != NULL)
        return E_OK;
    TRY(q_batch_next(cx, &next));
    m->code = arena_fmt(cx->arena, "F%lld", (long long)next.n);
    struct q_batch_insert_in in = {.code = m->code, .district = cx->actor.district, .fund = m->fund, .digest = "", .made_by = cx->actor.account_id, .at = cx->now};
    err_t e = q_batch_insert(cx, &in, &m->batch);
    return e == E_CONFLICT ? E_BUSY : e;
}

static err_t pay_lines(struct ctx *cx, struct making *m, const struct account_in *to, const struct q_batch_due_row *const *l, size_t n)
{
    struct q_payment_insert_row made;
    int64_t fen = 0;
    TRY(begin_batch(cx, m));
    for (size_t i = 0; i < n; i++)
        fen += l[i]->amount;
    struct q_payment_insert_in in = {.reference = arena_fmt(cx->arena, "%s-%05lld", m->code, (long long)++m->seq), .batch_id = m->batch.id,
                                     .payee = l[0]->payee, .payee_id = l[0]->payee_id, .seq = m->seq, .claim_id = l[0]->claim_id, .bank = to->bank,
                                     .amount = fen};
    TRY(seal(cx, "payment.name", to->name, &in.name));
    TRY(seal(cx, "payment.account", to->account, &in.account));
    TRY(q_payment_insert(cx, &in, &made));
    for (size_t i = 0; i < n; i++)
        TRY(take_line(cx, m, made.id, l[i]));
    m->payments++;
    m->total += fen;
    return E_OK;
}

static err_t one_payee(struct ctx *cx, struct making *m)
{
    const struct q_batch_due_row **go = arena_alloc(cx->arena, (m->to - m->from) * sizeof *go);
    struct account_in to;
    size_t n = 0;
    bool has, fresh;
    const struct q_batch_due_row *first = &m->due[m->from];
    TRY(payee_account(cx, first->payee, first->payee_id, &to, &has));
    if (!has) {
        hold(m, m->to - m->from, text_fill(cx->arena, tr(cx, N_("{line}：收款账户还没有登记。")), "line", line_name(cx, first), NULL));
        return E_OK;
    }
    for (size_t i = m->from; i < m->to; i++) {
        const char *why;
        TRY(corrected(cx, &m->due[i], &to, &fresh));
        TRY(entitled_now(cx, m, &m->due[i], &why));
        if (fresh && why == NULL)
            go[n++] = &m->due[i];
        else if (!fresh)
            hold(m, 1, text_fill(cx->arena, tr(cx, N_("{line}：银行退回后收款账户还没有更正。")), "line", line_name(cx, &m->due[i]), NULL));
        else
            hold(m, 1, text_fill(cx->arena, tr(cx, N_("{line}：{why}")), "line", line_name(cx, &m->due[i]), "why", why, NULL));
    }
    return n > 0 ? pay_lines(cx, m, &to, go, n) : E_OK;
}

static err_t claims_go(struct ctx *cx, const struct q_batch_due_row *due, size_t n)
{
    int64_t last = 0;
    for (size_t i = 0; i < n; i++) {
        struct q_claim_row c;
        if (due[i].claim_id == last)
            continue;
        last = due[i].claim_id;
        TRY(claim_find(cx, last, &c));
        struct q_claim_lines_row *l;
        size_t nl, paying = 0;
        TRY(claim_lines(cx, last, &l, &nl));
        for (size_t k = 0; k < nl; k++)
            paying += strcmp(l[k].status, "paying") == 0;
        if (strcmp(c.status, "approved") == 0 && paying > 0)
            TRY(claim_auto(cx, last, "pay"));
    }
    return E_OK;
}

/* ---- the file ---- */

static void cell(struct buf *b, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        buf_str(b, text);
        return;
    }
    buf_str(b, "\"");
    for (; *text != '\0'; text++)
        buf_add(b, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    buf_str(b, "\"");
}

/* No cell becomes a formula in somebody's sheet: a text that begins like one gets a blank before it. */
static void text_cell(struct buf *b, const char *text)
{
    if (strchr("=+-@\t", *text) != NULL && *text != '\0')
        buf_str(b, " ");
    cell(b, text);
}

static err_t write_file(struct ctx *cx, int64_t batch_id, const char **text, size_t *len, const char **digest)
{
    struct q_payment_list_row *p;
    struct buf b = {.a = cx->arena};
    unsigned char d[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    size_t n;
    TRY(q_payment_list(cx, &(struct q_payment_list_in){.batch_id = batch_id}, &p, &n));
    buf_str(&b, "\xEF\xBB\xBF付款编号,收款人,开户银行,收款账号,金额,用途\r\n");
    for (size_t i = 0; i < n; i++) {
        const char *name, *account;
        TRY(unseal(cx, "payment.name", p[i].name, &name));
        TRY(unseal(cx, "payment.account", p[i].account, &account));
        buf_fmt(&b, "%s,", p[i].reference);
        text_cell(&b, name);
        buf_str(&b, ",");
        text_cell(&b, p[i].bank);
        buf_fmt(&b, ",%s,%lld.%02lld,", account, (long long)(p[i].amount / 100), (long long)(p[i].amount % 100));
        cell(&b, arena_fmt(cx->arena, "职业培训补贴 %s %s", p[i].claim_code, p[i].class_code));
        buf_str(&b, "\r\n");
    }
    *text = buf_text(&b);
    *len = b.len;
    hash_sm3(*text, *len, d);
    hash_hex(d, HASH_LEN, hex);
    *digest = hex;
    return E_OK;
}

static err_t finish_batch(struct ctx *cx, struct making *m)
{
    const char *text, *digest;
    size_t len;
    TRY(write_file(cx, m->batch.id, &text, &len, &digest));
    struct q_batch_seal_in in = {.digest = digest, .total = m->total, .lines = m->payments, .id = m->batch.id};
    TRY(q_batch_seal(cx, &in, NULL));
    return audit_add(cx, "batch.make", "payment_batch", m->batch.id,
                     arena_fmt(cx->arena, "{\"code\":\"%s\",\"payments\":%lld,\"fen\":%lld,\"sm3\":\"%s\"}", m->code, (long long)m->payments,
                               (long long)m->total, digest));
}

static err_t make_tx(struct ctx *cx, void *arg)
{
    struct making *m = arg;
    struct q_batch_due_row *due;
    const struct flow_edge *edge;
    size_t n;
    struct batch_report *out = m->out;
    *out = (struct batch_report){0};
    *m = (struct making){.fund = m->fund, .out = out};
    TRY(flow_step(cx, &claim_flow, "approved", "pay", NULL, NULL, &edge));
    TRY(q_batch_due(cx, &(struct q_batch_due_in){.district = cx->actor.district, .fund = m->fund}, &due, &n));
    m->due = due;
    for (m->from = 0; m->from < n; m->from = m->to) {
        for (m->to = m->from + 1; m->to < n && same_payment(&due[m->from], &due[m->to]); m->to++)
            continue;
        TRY(one_payee(cx, m));
    }
    if (m->code == NULL)
        return E_OK;
    TRY(finish_batch(cx, m));
    TRY(claims_go(cx, due, n));
    *out = (struct batch_report){m->batch.id, m->lines, m->payments, m->total, out->held, out->why, m->code};
    return E_OK;
}

err_t batch_make(struct ctx *cx, const char *fund, struct batch_report *out)
{
    struct making m = {.fund = fund, .out = out};
    TRY(store_tx(cx, STORE_WRITE, make_tx, &m));
    if (out->batch_id == 0)
        return out->why != NULL ? SAY_FILL(cx, E_STATE, NULL, N_("现在没有能付的。{n} 行在等：{why}"), "n", arena_fmt(cx->arena, "%lld", (long long)out->held),
                                           "why", out->why)
                                : SAY(cx, E_STATE, NULL, N_("现在没有要付的：先审批申请。"));
    return E_OK;
}

err_t batch_find(struct ctx *cx, const char *code, struct q_batch_row *out)
{
    TRY(q_batch_first(cx, &(struct q_batch_in){.code = code}, out));
    return claims_own_district(cx, out->district);
}

struct taking {
    const struct q_batch_row *b;
    const char *text;
    size_t len;
};

static err_t file_tx(struct ctx *cx, void *arg)
{
    struct taking *t = arg;
    const char *digest;
    TRY(write_file(cx, t->b->id, &t->text, &t->len, &digest));
    if (strcmp(digest, t->b->digest) != 0)
        return FAIL(cx, E_BUG, NULL, "batch %s: the file no longer has its digest", t->b->code);
    return audit_add(cx, "batch.download", "payment_batch", t->b->id, NULL);
}

err_t batch_file(struct ctx *cx, const struct q_batch_row *b, const char **text, size_t *len)
{
    struct taking t = {.b = b};
    if (b->made_by != cx->actor.account_id)
        return SAY(cx, E_DENIED, NULL, N_("付款文件里有完整的账号，只有制单的人能下载。"));
    TRY(store_tx(cx, STORE_WRITE, file_tx, &t));
    *text = t.text;
    *len = t.len;
    return E_OK;
}

static err_t send_tx(struct ctx *cx, void *arg)
{
    struct q_batch_by_id_row b;
    size_t changed;
    TRY(q_batch_by_id_first(cx, &(struct q_batch_by_id_in){.id = *(const int64_t *)arg}, &b));
    TRY(claims_own_district(cx, b.district));
    if (b.made_by == cx->actor.account_id)
        return SAY(cx, E_DENIED, NULL, N_("这批付款是您制单的，要由另一位同事核对后送银行。"));
    TRY(q_batch_sent(cx, &(struct q_batch_sent_in){.sent_by = &cx->actor.account_id, .sent_at = &cx->now, .id = b.id}, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这批付款已经送过银行了，没有重复送。"));
    return audit_add(cx, "batch.send", "payment_batch", b.id, arena_fmt(cx->arena, "{\"sm3\":\"%s\"}", b.digest));
}

err_t batch_send(struct ctx *cx, int64_t batch_id) { return store_tx(cx, STORE_WRITE, send_tx, &batch_id); }
