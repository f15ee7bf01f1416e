/* jobs_impl.h -- private to the office. */
#ifndef CITY_JOBS_IMPL_H
#define CITY_JOBS_IMPL_H
#include "city/jobs/jobs.h"

/* The last day of an ad: as wanted, or the rule's default; E_INVALID "valid_until" outside what the rule allows. */
err_t job_last_day(struct ctx *cx, const int64_t *wanted, int64_t *day) MUST_USE;
/* A row of the index statements as an ad of the engine. */
struct match_ad job_ad(struct ctx *cx, const struct q_job_index_page_row *r);
#endif
