/* card.h -- an ad as other offices' pages show it. */
#ifndef CITY_JOBS_CARD_H
#define CITY_JOBS_CARD_H
#include "city/jobs/jobs.h"
#include "web/web.h"

/* Appends the keys of parts/job_card.html. `metres`: -1 = unknown. */
void job_card(struct req *rq, struct view *to, const struct q_job_get_row *j, int32_t metres);
/* Appends list `key` with the cards of these hits; an ad that has gone meanwhile is left out. */
err_t job_cards(struct req *rq, struct view *to, const char *key, const struct match_hit *hits, size_t n) MUST_USE;
/* Searches the pinned index: one call, results valid for the request. */
err_t job_search(struct ctx *cx, const struct match_query *q, struct match_result *out) MUST_USE;
#endif
