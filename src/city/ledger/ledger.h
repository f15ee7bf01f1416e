/* ledger.h -- the money of training: what a fund gives a district in a year, what is promised of it, what was paid.
 *
 * A purse is one fund of one district in one year. A row of the ledger moves a positive amount from one account of the purse to another:
 *   appropriation → available → commitment → payment, and back; receivable: paid and asked back.
 * The row `budget` carries the sums (appropriated ≥ committed ≥ paid, held by the database); ledger_check() recomputes them from the rows.
 * Amounts are fen. All but the reading functions join the caller's write transaction and audit nothing: the step that calls them does.
 */
#ifndef CITY_LEDGER_H
#define CITY_LEDGER_H
#include "base/field.h"
#include "ledger.rows.h"

struct purse {
    const char *fund; /* a code of training_funds */
    int64_t district, year;
};

/* The city sets what is given for the year: a new total. E_INVALID "amount" when more is already promised. A transaction of its own, audited. */
err_t budget_set(struct ctx *cx, const struct purse *p, int64_t fen) MUST_USE;
/* E_CONFLICT with a sentence (fund, what is left, what is missing) when the purse is too small or absent. */
err_t ledger_commit(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE;
err_t ledger_release(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE; /* a promise that is not kept */
err_t ledger_pay(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE;     /* the bank says: paid */
err_t ledger_return(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE;  /* paid money came back: promised again */
err_t ledger_ask_back(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE; /* paid money is asked back */
err_t ledger_recover(struct ctx *cx, const struct purse *p, int64_t fen, int64_t claim_line) MUST_USE;  /* what was asked back came: available again */

/* What is left to promise; 0 when there is no purse. */
err_t ledger_left(struct ctx *cx, const struct purse *p, int64_t *fen) MUST_USE;
/* Purses with their sums; district or year 0: all of them. */
err_t ledger_purses(struct ctx *cx, int64_t district, int64_t year, struct q_budget_list_row **rows, size_t *n) MUST_USE;
/* Rows of one purse, newest first, `each` a page; or of one line of a claim. */
err_t ledger_rows(struct ctx *cx, const struct purse *p, int64_t page, int64_t each, struct q_ledger_list_row **rows, size_t *n) MUST_USE;
err_t ledger_of_line(struct ctx *cx, int64_t claim_line, struct q_ledger_of_object_row **rows, size_t *n) MUST_USE;
const char *ledger_account_label(const char *account); /* message id */
#define LEDGER_PAGE 50

struct ledger_report {
    int64_t purses, rows;
    const char *wrong; /* the first thing that does not fit, a plain sentence; NULL = all sums are right */
};
/* Recomputes every purse from the ledger's rows, and from the lines of the claims: what is promised and paid. */
err_t ledger_check(struct ctx *cx, struct ledger_report *out) MUST_USE;
#endif
