#include "city/referrals/handover.h"

#include "handover.sql.h"

err_t handover_count(struct ctx *cx, int64_t station_id, int64_t *referrals, int64_t *follow_ups)
{
    struct q_handover_open_row row;
    TRY(q_handover_open(cx, &(struct q_handover_open_in){.station_id = station_id}, &row));
    *referrals = row.referrals;
    *follow_ups = row.follow_ups;
    return E_OK;
}

err_t handover_move(struct ctx *cx, int64_t station_id, int64_t to_id, int64_t *referrals, int64_t *follow_ups)
{
    size_t r = 0, f = 0;
    TRY(q_handover_referrals(cx, &(struct q_handover_referrals_in){.station_id = station_id, .to_id = to_id}, &r));
    TRY(q_handover_follow_ups(cx, &(struct q_handover_follow_ups_in){.station_id = station_id, .to_id = to_id}, &f));
    *referrals = (int64_t)r;
    *follow_ups = (int64_t)f;
    return E_OK;
}
