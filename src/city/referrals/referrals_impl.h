/* referrals_impl.h -- what the files of this office share. */
#ifndef REFERRALS_IMPL_H
#define REFERRALS_IMPL_H
#include "city/referrals/referrals.h"

/* The referral, when the present actor may touch it: its station, its employer, its person. E_NOTFOUND otherwise. */
err_t referral_own(struct ctx *cx, int64_t id, struct q_referral_row *out) MUST_USE;
/* Inside a transaction: the step of the flow with its checks, the row, the audit entry. */
err_t referral_go(struct ctx *cx, const struct q_referral_row *r, const struct referral_move *m) MUST_USE;
/* Inside a transaction: a call that is due `working_days` working days after the day `from`. */
err_t follow_up_due(struct ctx *cx, const struct q_referral_row *r, const char *kind, int64_t from, int64_t working_days) MUST_USE;
err_t follow_up_on(struct ctx *cx, int64_t referral_id, int64_t station_id, const char *kind, int64_t due_on) MUST_USE;
bool referral_choice(const struct choice *c, const char *code);
#endif
