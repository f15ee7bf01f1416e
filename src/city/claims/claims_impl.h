/* claims_impl.h -- what the files of this office share. */
#ifndef CLAIMS_IMPL_H
#define CLAIMS_IMPL_H
#include "city/claims/claims.h"

#include "city/ledger/ledger.h"

struct entitled_item {
    const char *item, *payee, *fund, *formula; /* item of claim_items; formula: JSON {text, rules} */
    int64_t fen;
};
struct entitled { /* what is decided today for one trainee */
    const char *lacks; /* sentence: why nothing can be claimed; NULL = items hold */
    struct entitled_item items[3];
    size_t n;
};
struct attendance;
struct trainee_decider;
struct entitle_class { /* a class, read once for all its trainees */
    struct q_claim_class_row row;
    const char *lacks; /* what stands against the whole class, or NULL */
    const struct trainee_decider *decider;
    const struct attendance *attended;
    size_t n_attended;
    struct q_claim_trainees_row *trainees;
    size_t n;
};
err_t entitle_class(struct ctx *cx, int64_t class_id, struct entitle_class *out) MUST_USE;
/* For a trainee with a verified certificate: decided with the facts of today. */
err_t entitle(struct ctx *cx, const struct entitle_class *k, const struct q_claim_trainees_row *t, struct entitled *out) MUST_USE;

err_t claim_class(struct ctx *cx, int64_t class_id, struct q_claim_class_row *out) MUST_USE;
/* A sentence for people with values in it: SAY with text_fill. */
#define SAY_FILL(cx, code, field, msgid, ...) SAY((cx), (code), (field), text_fill((cx)->arena, tr((cx), (msgid)), __VA_ARGS__, NULL))

/* Inside a transaction: the state of a claim with its people; E_CONFLICT when the version is no longer that. */
struct claim_change {
    const char *status, *reason;
    const int64_t *confirmed_by, *reviewed_by, *approved_by, *notice_id;
};
err_t claim_put(struct ctx *cx, const struct q_claim_row *c, const struct claim_change *to) MUST_USE;
struct claim_change claim_same(const struct q_claim_row *c); /* as it is, to change a part of it */
/* Takes the way `action` of the flow without a person's choice (the notice ended, the bank answered). */
err_t claim_auto(struct ctx *cx, int64_t claim_id, const char *action) MUST_USE;
err_t claim_line_find(struct ctx *cx, int64_t id, struct q_claim_line_row *out) MUST_USE; /* own district only */
/* Moves a line along claim_line_flow; E_CONFLICT when it is no longer in `was`. */
err_t claim_line_step(struct ctx *cx, int64_t id, const char *was, const char *action, const char **now) MUST_USE;
struct purse claim_purse(const char *fund, int64_t district, const int64_t *year);
/* A paid or withdrawn claim's end: when no line is open any more it is paid, or withdrawn when nothing of it is left. */
err_t claim_settle(struct ctx *cx, int64_t claim_id) MUST_USE;
err_t payee_person_name(struct ctx *cx, int64_t person_id, const char **name) MUST_USE; /* the whole; NULL: erased */
const char *claim_item_label(const struct ctx *cx, const char *item);
err_t claims_own_district(struct ctx *cx, int64_t district) MUST_USE; /* E_NOTFOUND for another district's */
/* "第 3 行：…整个文件都没有读入。" */
err_t return_wrong(struct ctx *cx, int64_t line, const char *why) MUST_USE;
int64_t claims_today(const struct ctx *cx);
#endif
