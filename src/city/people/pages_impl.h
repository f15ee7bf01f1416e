/* pages_impl.h -- what the desk's page of a person and the person's own pages share. */
#ifndef PEOPLE_PAGES_IMPL_H
#define PEOPLE_PAGES_IMPL_H
#include "city/referrals/referrals.h"
#include "web/web.h"

/* Lists "referrals", "consents", "looks" of a page. */
void person_put_referrals(struct req *rq, const struct q_referral_list_row *rows, size_t n);
err_t person_put_consents(struct req *rq, int64_t id);
err_t person_put_looks(struct req *rq, int64_t id);
err_t person_reply_export(struct req *rq, int64_t id, const char *code); /* everything about the person as a JSON file */
#endif
