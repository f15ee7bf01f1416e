/* pages_impl.h -- referrals and call-backs at the desk. */
#ifndef REFERRALS_PAGES_IMPL_H
#define REFERRALS_PAGES_IMPL_H
#include "city/referrals/referrals.h"
#include "web/web.h"

struct move_form {
    const char *action, *reason, *visit;
};
struct meet_form {
    int64_t at;
    const char *advice;
};
extern const struct field referral_move_fields[], referral_meet_fields[], referral_hire_fields[], follow_up_fields[];
extern const struct scope own_follow_up;
extern const struct scope own_referral; /* rq->scoped is its struct q_referral_row */

err_t show_follow_ups(struct req *rq);
err_t to_follow_ups(struct req *rq);
err_t show_referral(struct req *rq);
err_t do_referral_move(struct req *rq);
err_t do_interview(struct req *rq);
err_t do_hire(struct req *rq);
err_t do_follow_up(struct req *rq);
#endif
