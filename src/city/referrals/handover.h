/* handover.h -- what a closing station leaves to its successor: referrals without an end, calls that are still due. */
#ifndef REFERRALS_HANDOVER_H
#define REFERRALS_HANDOVER_H
#include "base/ctx.h"

err_t handover_count(struct ctx *cx, int64_t station_id, int64_t *referrals, int64_t *follow_ups) MUST_USE;
/* Inside the caller's transaction. Tells how many were moved. */
err_t handover_move(struct ctx *cx, int64_t station_id, int64_t to_id, int64_t *referrals, int64_t *follow_ups) MUST_USE;
#endif
