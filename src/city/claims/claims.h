/* claims.h -- from the verified certificate to the money in the right account.
 *
 * A claim belongs to a class. It is drawn from what is decided today for each trainee who passed, holds a verified certificate and attended
 * enough; the provider confirms it, an officer of the district reviews it, it stands on public notice, another officer approves it (which
 * promises the money), it is paid by a file to the bank and settled by the bank's answer. Amounts are fen, dates yyyymmdd, instants UTC ms.
 * Never paid twice: one line for a trainee and an item that was not taken out (UNIQUE), one live payment for a line (UNIQUE), one answer for a payment.
 * Rows and texts live in cx->arena. Names and identity numbers leave this office masked, but for the bank's file.
 */
#ifndef CITY_CLAIMS_H
#define CITY_CLAIMS_H
#include "base/field.h"
#include "base/flow.h"
#include "claims.rows.h"

extern const struct flow claim_flow;      /* drawn → confirmed → reviewed → noticed → cleared → approved → paying → paid; withdrawn */
extern const struct flow claim_line_flow; /* drawn → approved → paying → paid | failed; withdrawn; recovering → recovered */
extern const struct choice claim_items[]; /* training, evaluation, allowance */

/* ---- what could be claimed, and why not yet ---- */
struct claim_candidate { /* one item of one trainee of the class */
    int64_t trainee_id, certificate_id;
    const char *trainee_code, *name, *item; /* name: masked */
    int64_t fen, payee_id;
    const char *payee, *fund, *formula;     /* formula: JSON {text, steps, rules} */
    const char *lacks;                      /* sentence: why it cannot be claimed today; NULL = it can */
    const char *claim_code;                 /* the claim that holds it already, or NULL */
    const char *before;                     /* sentence: it was taken out of an earlier claim, and why; or NULL */
};
err_t claim_candidates(struct ctx *cx, int64_t class_id, struct claim_candidate **out, size_t *n) MUST_USE;

/* ---- the claim's way ---- */
/* Draws the claim of a class: a new round, or the drawn one once more. E_STATE with a sentence when there is nothing to claim. */
err_t claim_draw(struct ctx *cx, int64_t class_id, int64_t *claim_id) MUST_USE;
err_t claim_find(struct ctx *cx, int64_t id, struct q_claim_row *out) MUST_USE; /* E_NOTFOUND also when it is foreign to the actor */
err_t claim_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE;       /* "Q12" */
err_t claim_lines(struct ctx *cx, int64_t claim_id, struct q_claim_lines_row **rows, size_t *n) MUST_USE;
/* confirm (provider), return, review, approve, withdraw (district). `version` 0: as it is. E_CONFLICT: somebody was quicker, or the budget is too
 * small. Nobody approves what they reviewed or whose class they approved. */
err_t claim_step(struct ctx *cx, int64_t id, int64_t version, const char *action, const char *note) MUST_USE;
/* Withdraws the whole claim for good: nothing of it is claimed again. */
err_t claim_refuse(struct ctx *cx, int64_t id, const char *why) MUST_USE;
/* Before it is paid. It can be claimed again, in a later claim, unless it is `final`. */
err_t claim_withdraw_line(struct ctx *cx, int64_t line_id, const char *why, bool final) MUST_USE;
err_t claim_allow_line(struct ctx *cx, int64_t line_id, const char *why) MUST_USE; /* a final one may be claimed again after all */

/* ---- public notice ---- */
/* All reviewed claims of the actor's district; open for the working days of the rule. E_STATE when there is none. */
err_t notice_publish(struct ctx *cx, int64_t *notice_id) MUST_USE;
err_t notice_find(struct ctx *cx, const char *code, struct q_notice_row *out) MUST_USE;
bool notice_is_open(const struct ctx *cx, const struct q_notice_row *n);
/* NULL when the frozen text still has its digest, else a sentence. */
const char *notice_changed(struct ctx *cx, const struct q_notice_row *n);
err_t notices_close(struct ctx *cx) MUST_USE; /* claims whose notice ended without an open objection are cleared */

struct objection_in {
    const char *claim; /* code of a claim of the notice, NULL: the whole notice */
    const char *text, *contact;
    const int64_t *line; /* number of a line of the notice, when it is about one person; NULL = the claim, or the whole notice */
};
/* Anybody, without a login, while the notice is open. `code` is for asking what came of it. */
err_t objection_add(struct ctx *cx, const char *notice, const struct objection_in *in, const char **code) MUST_USE;
/* Upheld: the claim (or the one line) is withdrawn. The answer is public. */
/* About one person, and right: their lines are taken out, or (`correct`) decided again with the facts of today; the rest goes on. What was changed
 * is added to the public answer. E_STATE: it would be more than was published. */
err_t objection_settle_person(struct ctx *cx, int64_t id, int64_t trainee_id, bool correct, const char *answer) MUST_USE;
/* Who stands on the notice (claim_id 0: on all of its claims), names sealed; at most 500. */
err_t objection_persons(struct ctx *cx, int64_t notice_id, int64_t claim_id, struct q_claim_persons_row **rows, size_t *n) MUST_USE;
err_t objection_settle(struct ctx *cx, int64_t id, bool upheld, int64_t line_id, const char *answer) MUST_USE;

/* The sealed contact; a reason is needed, and it is audited. NULL: none was left. */
err_t objection_contact(struct ctx *cx, const struct q_objection_row *o, const char *reason, const char **contact) MUST_USE;

/* ---- where the money goes ---- */
struct account_in {
    const char *name, *bank, *account;
};
/* Of an enterprise, a provider or a person; sealed. For a person it is also the application for the living allowance. */
err_t payee_account_set(struct ctx *cx, const char *payee, int64_t payee_id, const struct account_in *in) MUST_USE;
/* May the actor set it? Providers their own and their trainees', officers those of their district's classes, others their own. E_NOTFOUND. */
err_t payee_account_may(struct ctx *cx, const char *payee, int64_t payee_id) MUST_USE;
/* Inside a transaction: the card of a person whose records are no longer to be kept. */
err_t payee_forget(struct ctx *cx, int64_t person_id) MUST_USE;
/* *has = false when none is known. Whole: for the bank's file; pages show the tail. */
err_t payee_account(struct ctx *cx, const char *payee, int64_t payee_id, struct account_in *out, bool *has) MUST_USE;

/* ---- payments ---- */
struct batch_report {
    int64_t batch_id, lines, payments, total; /* batch_id 0: nothing could be paid */
    int64_t held;                             /* lines that wait */
    const char *why, *code;                   /* of the first that waits; of the batch */
};
/* All approved lines of the district and fund, and failed ones whose account was corrected. */
err_t batch_make(struct ctx *cx, const char *fund, struct batch_report *out) MUST_USE;
err_t batch_find(struct ctx *cx, const char *code, struct q_batch_row *out) MUST_USE;
/* The bank's file, the same bytes each time; only for the one who made it. Audited. E_BUG when it no longer has its digest. */
err_t batch_file(struct ctx *cx, const struct q_batch_row *b, const char **text, size_t *len) MUST_USE;
err_t batch_send(struct ctx *cx, int64_t batch_id) MUST_USE; /* by another officer than the one who made it */

struct return_line { /* one line of the bank's file */
    int64_t line, fen;
    const char *reference, *reason;
    bool paid;
};
/* Reads the bank's CSV, UTF-8 or GBK (columns 付款编号, 金额, 结果, 原因, in any order). E_INVALID "file" with a sentence that names the line. Pure. */
err_t return_parse(struct ctx *cx, const char *bytes, size_t len, struct return_line **out, size_t *n) MUST_USE;
struct return_report {
    bool again; /* this very file was read before: nothing changed */
    int64_t lines, paid, failed, known;
};
/* All or nothing: an unknown reference, a wrong amount, a line twice or another answer than before refuses the file. */
err_t return_read(struct ctx *cx, const char *name, const char *bytes, size_t len, struct return_report *out) MUST_USE;

/* ---- asking back ---- */
err_t recovery_ask(struct ctx *cx, int64_t line_id, const char *reason) MUST_USE;
err_t recovery_returned(struct ctx *cx, int64_t line_id) MUST_USE;

/* ---- lists ---- */
#define CLAIM_PAGE 50
struct claim_filter { /* 0, NULL = all */
    int64_t provider_id, district, page;
    const char *status;
};
err_t claims_page(struct ctx *cx, const struct claim_filter *f, struct q_claim_list_row **rows, size_t *n) MUST_USE;
err_t claims_counts(struct ctx *cx, const struct claim_filter *f, struct q_claim_counts_row **rows, size_t *n) MUST_USE; /* by state */
/* What waits for the acting officer: to be reviewed, to be published, to be approved (not what they may not approve). */
err_t claims_waiting(struct ctx *cx, struct q_claim_waiting_row **rows, size_t *n) MUST_USE;
err_t claims_districts(struct ctx *cx, struct q_claim_districts_row **rows, size_t *n) MUST_USE;
/* Classes with somebody who passed and is on no claim. */
err_t claims_ready(struct ctx *cx, int64_t provider_id, int64_t district, struct q_claim_class_ready_row **rows, size_t *n) MUST_USE;
/* The class behind "K12" when the actor may claim for it or decide on it; E_NOTFOUND. */
err_t claim_class_of(struct ctx *cx, const char *code, struct q_claim_class_row *out) MUST_USE;
err_t notices_page(struct ctx *cx, int64_t district, int64_t page, struct q_notice_list_row **rows, size_t *n) MUST_USE;
err_t notice_claims(struct ctx *cx, int64_t notice_id, struct q_claim_of_notice_row **rows, size_t *n) MUST_USE;
err_t objection_list(struct ctx *cx, int64_t district, int64_t notice_id, struct q_objection_list_row **rows, size_t *n) MUST_USE;
err_t objection_find(struct ctx *cx, int64_t id, struct q_objection_row *out) MUST_USE;
err_t objection_by_code(struct ctx *cx, const char *code, struct q_objection_row *out) MUST_USE;
err_t batches(struct ctx *cx, int64_t district, struct q_batch_list_row **rows, size_t *n) MUST_USE;
struct payment_view {
    const char *reference, *payee, *name, *bank, *account, *claim_code, *status, *answer; /* name as it goes out; account: its tail */
    int64_t fen;
};
err_t batch_payments(struct ctx *cx, int64_t batch_id, struct payment_view **rows, size_t *n) MUST_USE;
err_t returns_list(struct ctx *cx, int64_t district, struct q_bank_return_list_row **rows, size_t *n) MUST_USE;
err_t recoveries(struct ctx *cx, int64_t district, struct q_recovery_list_row **rows, size_t *n) MUST_USE;
struct line_view {
    int64_t id, fen, trainee_id, person_id, payee_id;
    const char *trainee_code, *name, *idno, *category, *item, *payee, *fund, *status, *formula, *certificate, *account; /* masked; account: tail or NULL */
    const char *out;    /* sentence: why it was taken out and what that means, or NULL */
    const char *before; /* sentence: taken out of an earlier claim, and why; or NULL */
    bool final;         /* taken out for good */
};
err_t claim_lines_view(struct ctx *cx, int64_t claim_id, struct line_view **rows, size_t *n) MUST_USE;
/* What the people of a claim had, or ask for, elsewhere: other claims of this system, and what was brought in from before it. */
struct before_view {
    const char *trainee_code, *name;                          /* masked */
    const char *item, *line, *occupation, *fund, *code;       /* fund "": not known; code: of the claim, or of the row brought in */
    const char *status;                                       /* of claim_line_flow, or of history_states */
    int64_t district, level, year, fen;                       /* district 0: the city's record; fen 0: not known */
    bool history, same;                                       /* from before this system; the same occupation and level as this class */
};
err_t claim_before(struct ctx *cx, const struct q_claim_row *c, struct before_view **rows, size_t *n) MUST_USE;
struct way_view { /* a step of the claim, newest first */
    int64_t at;
    const char *action, *role, *who, *reason; /* action: of claim_flow or "draw" */
};
err_t claim_way(struct ctx *cx, int64_t claim_id, struct way_view **rows, size_t *n) MUST_USE;
/* A file on disk instead of bytes; at most RETURN_MOST of them. */
#define RETURN_MOST (16 << 20)
err_t return_read_file(struct ctx *cx, const char *name, const char *path, struct return_report *out) MUST_USE;

/* "Was this person paid before?" across districts and funds, by a keyed token of the identity number; no names come out. Audited. */
err_t claims_paid_before(struct ctx *cx, const char *idno, struct q_paid_before_row **rows, size_t *n) MUST_USE;
/* What goes to the person's own account: for the person. */
err_t claims_of_person(struct ctx *cx, int64_t person_id, struct q_claim_of_person_row **rows, size_t *n) MUST_USE;
/* By the clock: closes each class whose claims are paid, or of which nothing can be claimed any more. */
err_t claims_close_classes(struct ctx *cx) MUST_USE;
err_t claims_tick(struct ctx *cx) MUST_USE;
struct demo_scale;
err_t claims_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* after certificates_demo() */
#endif
