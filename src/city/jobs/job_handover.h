/* job_handover.h -- the running ads that a closing station collected go to its successor. */
#ifndef JOBS_JOB_HANDOVER_H
#define JOBS_JOB_HANDOVER_H
#include "base/ctx.h"

err_t job_handover_count(struct ctx *cx, int64_t station_id, int64_t *jobs) MUST_USE;
/* Inside the caller's transaction. Tells the followers of each ad, and how many there were. */
err_t job_handover_move(struct ctx *cx, int64_t station_id, int64_t to_id, int64_t *jobs) MUST_USE;
#endif
