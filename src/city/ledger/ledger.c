#include "city/ledger/ledger.h"

#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "store/store.h"

#include "ledger.sql.h"

#include <string.h>

/* The accounts of a purse. A balance is what came in less what went out; that of the appropriation is negative: it is the source. */
#define APPROPRIATION "appropriation"
#define AVAILABLE "available"
#define COMMITMENT "commitment"
#define PAYMENT "payment"
#define RECEIVABLE "receivable"

static const struct choice accounts[] = {
    {APPROPRIATION, N_("拨款")}, {AVAILABLE, N_("可用")}, {COMMITMENT, N_("已承诺")}, {PAYMENT, N_("已支付")}, {RECEIVABLE, N_("待追回")}, {0},
};

const char *ledger_account_label(const char *account) { return training_label(accounts, account); }

static err_t move(struct ctx *cx, const struct purse *p, const char *from, const char *to, int64_t fen, const char *kind, int64_t object_id)
{
    struct q_ledger_insert_in in = {.at = cx->now, .fund = p->fund, .district = p->district, .year = p->year, .debit = to, .credit = from,
                                    .amount = fen, .kind = kind, .object_id = object_id};
    return q_ledger_insert(cx, &in, NULL);
}

static const char *purse_name(struct ctx *cx, const struct purse *p)
{
    const struct city_district *d = cx->house->city != NULL ? city_district(cx->house->city, p->district) : NULL;
    return text_fill(cx->arena, tr(cx, N_("{district} {year} 年{fund}")), "district",
                     d != NULL ? tr(cx, d->name) : arena_fmt(cx->arena, "%lld", (long long)p->district), "year",
                     arena_fmt(cx->arena, "%lld", (long long)p->year), "fund", tr(cx, training_label(training_funds, p->fund)), NULL);
}

static err_t get(struct ctx *cx, const struct purse *p, struct q_budget_get_row *out)
{
    struct q_budget_get_row *rows;
    size_t n;
    TRY(q_budget_get(cx, &(struct q_budget_get_in){.fund = p->fund, .district = p->district, .year = p->year}, &rows, &n));
    *out = n > 0 ? rows[0] : (struct q_budget_get_row){.fund = p->fund, .district = p->district, .year = p->year};
    return E_OK;
}

/* ---- what the city gives ---- */

struct setting {
    const struct purse *p;
    int64_t fen;
};

static err_t set_tx(struct ctx *cx, void *arg)
{
    const struct setting *s = arg;
    const struct purse *p = s->p;
    struct q_budget_get_row was;
    size_t changed;
    TRY(q_budget_insert(cx, &(struct q_budget_insert_in){.fund = p->fund, .district = p->district, .year = p->year}, NULL));
    TRY(get(cx, p, &was));
    if (s->fen == was.appropriated)
        return E_OK;
    struct q_budget_appropriate_in in = {.appropriated = s->fen, .fund = p->fund, .district = p->district, .year = p->year};
    TRY(q_budget_appropriate(cx, &in, &changed));
    if (changed == 0)
        return SAY(cx, E_INVALID, "amount", text_fill(cx->arena, tr(cx, N_("已经承诺 {fen}，预算不能比它少。")), "fen", training_yuan(cx, was.committed), NULL));
    bool more = s->fen > was.appropriated;
    TRY(move(cx, p, more ? APPROPRIATION : AVAILABLE, more ? AVAILABLE : APPROPRIATION, more ? s->fen - was.appropriated : was.appropriated - s->fen,
             "budget", p->district));
    return audit_add(cx, "budget.set", "budget", p->district,
                     arena_fmt(cx->arena, "{\"fund\":\"%s\",\"year\":%lld,\"from\":%lld,\"to\":%lld}", p->fund, (long long)p->year,
                               (long long)was.appropriated, (long long)s->fen));
}

err_t budget_set(struct ctx *cx, const struct purse *p, int64_t fen)
{
    if (fen < 0)
        return SAY(cx, E_INVALID, "amount", N_("预算不能是负数。"));
    return store_tx(cx, STORE_WRITE, set_tx, &(struct setting){p, fen});
}

/* ---- what claims do ---- */

err_t ledger_commit(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    struct q_budget_commit_in in = {.fen = fen, .fund = p->fund, .district = p->district, .year = p->year};
    struct q_budget_get_row now;
    size_t changed;
    TRY(q_budget_commit(cx, &in, &changed));
    if (changed > 0)
        return move(cx, p, AVAILABLE, COMMITMENT, fen, "claim", claim_line);
    TRY(get(cx, p, &now));
    int64_t left = now.appropriated - now.committed;
    return SAY(cx, E_CONFLICT, NULL,
               text_fill(cx->arena, tr(cx, N_("{purse}的预算不够：还剩 {left}，这一笔要 {fen}，差 {missing}。请先申请追加预算。")), "purse", purse_name(cx, p),
                         "left", training_yuan(cx, left), "fen", training_yuan(cx, fen), "missing", training_yuan(cx, fen - left), NULL));
}

static err_t must(struct ctx *cx, size_t changed, const struct purse *p, int64_t fen, const char *what)
{
    return changed > 0 ? E_OK
                       : FAIL(cx, E_BUG, NULL, "%s: %lld fen are not in the purse %s %lld %lld", what, (long long)fen, p->fund, (long long)p->district,
                              (long long)p->year);
}

err_t ledger_release(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    size_t changed;
    TRY(q_budget_release(cx, &(struct q_budget_release_in){.fen = fen, .fund = p->fund, .district = p->district, .year = p->year}, &changed));
    TRY(must(cx, changed, p, fen, "release"));
    return move(cx, p, COMMITMENT, AVAILABLE, fen, "claim", claim_line);
}

err_t ledger_pay(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    size_t changed;
    TRY(q_budget_pay(cx, &(struct q_budget_pay_in){.fen = fen, .fund = p->fund, .district = p->district, .year = p->year}, &changed));
    TRY(must(cx, changed, p, fen, "pay"));
    return move(cx, p, COMMITMENT, PAYMENT, fen, "claim", claim_line);
}

err_t ledger_return(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    size_t changed;
    TRY(q_budget_unpay(cx, &(struct q_budget_unpay_in){.fen = fen, .fund = p->fund, .district = p->district, .year = p->year}, &changed));
    TRY(must(cx, changed, p, fen, "return"));
    return move(cx, p, PAYMENT, COMMITMENT, fen, "claim", claim_line);
}

err_t ledger_ask_back(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    return move(cx, p, PAYMENT, RECEIVABLE, fen, "claim", claim_line);
}

err_t ledger_recover(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line)
{
    size_t changed;
    TRY(q_budget_recover(cx, &(struct q_budget_recover_in){.fen = fen, .fund = p->fund, .district = p->district, .year = p->year}, &changed));
    TRY(must(cx, changed, p, fen, "recover"));
    return move(cx, p, RECEIVABLE, AVAILABLE, fen, "claim", claim_line);
}

/* ---- reading ---- */

err_t ledger_left(struct ctx *cx, const struct purse *p, int64_t *fen)
{
    struct q_budget_get_row r;
    TRY(get(cx, p, &r));
    *fen = r.appropriated - r.committed;
    return E_OK;
}

err_t ledger_purses(struct ctx *cx, int64_t district, int64_t year, struct q_budget_list_row **rows, size_t *n)
{
    return q_budget_list(cx, &(struct q_budget_list_in){.district = district != 0 ? &district : NULL, .year = year != 0 ? &year : NULL}, rows, n);
}

err_t ledger_rows(struct ctx *cx, const struct purse *p, int64_t page, int64_t each, struct q_ledger_list_row **rows, size_t *n)
{
    struct q_ledger_list_in in = {.fund = p->fund, .district = p->district, .year = p->year, .lim = each, .off = (page - 1) * each};
    return q_ledger_list(cx, &in, rows, n);
}

err_t ledger_of_line(struct ctx *cx, int64_t claim_line, struct q_ledger_of_object_row **rows, size_t *n)
{
    return q_ledger_of_object(cx, &(struct q_ledger_of_object_in){.kind = "claim", .object_id = claim_line}, rows, n);
}

/* ---- do all sums fit? ---- */

static int64_t balance(const struct q_ledger_sums_row *s, size_t n, const struct q_budget_list_row *b, const char *account)
{
    for (size_t i = 0; i < n; i++)
        if (s[i].year == b->year && s[i].district == b->district && strcmp(s[i].fund, b->fund) == 0 && strcmp(s[i].account, account) == 0)
            return s[i].fen;
    return 0;
}

static const struct q_ledger_lines_sums_row *lines_of(const struct q_ledger_lines_sums_row *l, size_t n, const struct q_budget_list_row *b)
{
    for (size_t i = 0; i < n; i++)
        if (l[i].year == b->year && l[i].district == b->district && strcmp(l[i].fund, b->fund) == 0)
            return &l[i];
    return NULL;
}

static const char *differs(struct ctx *cx, const struct q_budget_list_row *b, const char *what, int64_t said, int64_t found)
{
    return arena_fmt(cx->arena, "%s %lld %lld: %s is %lld fen, the rows give %lld", b->fund, (long long)b->district, (long long)b->year, what,
                     (long long)said, (long long)found);
}

static const char *purse_wrong(struct ctx *cx, const struct q_budget_list_row *b, const struct q_ledger_sums_row *s, size_t n,
                               const struct q_ledger_lines_sums_row *l, size_t nl)
{
    int64_t given = -balance(s, n, b, APPROPRIATION), available = balance(s, n, b, AVAILABLE), promised = balance(s, n, b, COMMITMENT);
    int64_t paid = balance(s, n, b, PAYMENT), back = balance(s, n, b, RECEIVABLE);
    const struct q_ledger_lines_sums_row none = {0}, *line = lines_of(l, nl, b);
    if (line == NULL)
        line = &none;
    if (b->appropriated != given)
        return differs(cx, b, "appropriated", b->appropriated, given);
    if (b->committed != promised + paid + back)
        return differs(cx, b, "committed", b->committed, promised + paid + back);
    if (b->paid != paid + back)
        return differs(cx, b, "paid", b->paid, paid + back);
    if (b->appropriated - b->committed != available)
        return differs(cx, b, "available", b->appropriated - b->committed, available);
    if (line->promised != promised)
        return differs(cx, b, "promised by the claims", line->promised, promised);
    if (line->paid != paid)
        return differs(cx, b, "paid by the claims", line->paid, paid);
    return line->back != back ? differs(cx, b, "asked back by the claims", line->back, back) : NULL;
}

static err_t check_tx(struct ctx *cx, void *arg)
{
    struct ledger_report *out = arg;
    struct q_budget_list_row *b;
    struct q_ledger_sums_row *s;
    struct q_ledger_lines_sums_row *l;
    struct q_ledger_count_row rows;
    size_t n, ns, nl;
    TRY(q_budget_list(cx, &(struct q_budget_list_in){0}, &b, &n));
    TRY(q_ledger_sums(cx, &s, &ns));
    TRY(q_ledger_lines_sums(cx, &l, &nl));
    TRY(q_ledger_count(cx, &rows));
    *out = (struct ledger_report){.purses = (int64_t)n, .rows = rows.n};
    for (size_t i = 0; i < n && out->wrong == NULL; i++)
        out->wrong = purse_wrong(cx, &b[i], s, ns, l, nl);
    for (size_t i = 0; i < ns && out->wrong == NULL; i++) {
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = b[k].year == s[i].year && b[k].district == s[i].district && strcmp(b[k].fund, s[i].fund) == 0;
        if (!known)
            out->wrong = arena_fmt(cx->arena, "%s %lld %lld: rows without a purse", s[i].fund, (long long)s[i].district, (long long)s[i].year);
    }
    return E_OK;
}

err_t ledger_check(struct ctx *cx, struct ledger_report *out) { return store_tx(cx, STORE_READ, check_tx, out); }
