/* recover.c -- money that has to come back; who was paid before, without seeing the files. */
#include "city/claims/claims_impl.h"

#include "base/day.h"
#include "city/house.h"
#include "city/people/people.h"
#include "rules/rules.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

struct asking {
    int64_t line_id;
    const char *reason;
};

static err_t ask_tx(struct ctx *cx, void *arg)
{
    const struct asking *a = arg;
    struct q_claim_line_row l;
    const char *now;
    int64_t days, today = claims_today(cx);
    TRY(claim_line_find(cx, a->line_id, &l));
    if (strcmp(l.status, "paid") != 0)
        return SAY(cx, E_STATE, NULL, N_("只有已经到账的才能要求退回。"));
    TRY(rules_number(cx, cx->house->rules, "claim.recovery", "days", today, &days, NULL));
    TRY(claim_line_step(cx, l.id, "paid", "recover", &now));
    struct purse p = claim_purse(l.fund, l.district, l.year);
    TRY(ledger_ask_back(cx, &p, l.amount, l.id));
    struct q_recovery_insert_in in = {.claim_line_id = l.id, .amount = l.amount, .reason = a->reason, .due_on = day_add(today, days),
                                      .account_id = cx->actor.account_id, .at = cx->now};
    TRY(q_recovery_insert(cx, &in, NULL));
    return audit_add(cx, "recovery.ask", "claim_line", l.id, arena_fmt(cx->arena, "{\"fen\":%lld}", (long long)l.amount));
}

err_t recovery_ask(struct ctx *cx, int64_t line_id, const char *reason)
{
    if (reason == NULL || *reason == '\0')
        return SAY(cx, E_INVALID, "note", N_("请写明原因。"));
    return store_tx(cx, STORE_WRITE, ask_tx, &(struct asking){line_id, reason});
}

static err_t returned_tx(struct ctx *cx, void *arg)
{
    struct q_claim_line_row l;
    const char *now;
    int64_t today = claims_today(cx);
    size_t changed;
    TRY(claim_line_find(cx, *(const int64_t *)arg, &l));
    if (strcmp(l.status, "recovering") != 0)
        return SAY(cx, E_STATE, NULL, N_("这一行没有在追回。"));
    TRY(claim_line_step(cx, l.id, "recovering", "returned", &now));
    struct purse p = claim_purse(l.fund, l.district, l.year);
    TRY(ledger_recover(cx, &p, l.amount, l.id));
    TRY(q_recovery_done(cx, &(struct q_recovery_done_in){.returned_on = &today, .claim_line_id = l.id}, &changed));
    if (changed != 1)
        return FAIL(cx, E_BUG, NULL, "line %lld: no recovery is open", (long long)l.id);
    return audit_add(cx, "recovery.returned", "claim_line", l.id, arena_fmt(cx->arena, "{\"fen\":%lld}", (long long)l.amount));
}

err_t recovery_returned(struct ctx *cx, int64_t line_id) { return store_tx(cx, STORE_WRITE, returned_tx, &line_id); }

struct before {
    const char *token;
    struct q_paid_before_row *rows;
    size_t n;
};

static err_t before_tx(struct ctx *cx, void *arg)
{
    struct before *b = arg;
    TRY(q_paid_before(cx, &(struct q_paid_before_in){.idno_find = b->token}, &b->rows, &b->n));
    return audit_add(cx, "claim.asked_before", "claim", 0, arena_fmt(cx->arena, "{\"token\":\"%.16s\",\"found\":%zu}", b->token, b->n));
}

err_t claims_paid_before(struct ctx *cx, const char *idno, struct q_paid_before_row **rows, size_t *n)
{
    struct before b = {.token = person_key(cx, "person.idno", idno)};
    TRY(store_tx(cx, STORE_WRITE, before_tx, &b));
    *rows = b.rows;
    *n = b.n;
    return E_OK;
}
