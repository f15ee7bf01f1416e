#include "city/jobs/job_handover.h"

#include "job_handover.sql.h"

err_t job_handover_count(struct ctx *cx, int64_t station_id, int64_t *jobs)
{
    struct q_job_handover_open_row row;
    TRY(q_job_handover_open(cx, &(struct q_job_handover_open_in){.station_id = station_id}, &row));
    *jobs = row.jobs;
    return E_OK;
}

err_t job_handover_move(struct ctx *cx, int64_t station_id, int64_t to_id, int64_t *jobs)
{
    struct q_job_handover_move_row *rows;
    size_t n;
    TRY(q_job_handover_move(cx, &(struct q_job_handover_move_in){.station_id = station_id, .to_id = to_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(change_add(cx, "job", rows[i].id));
    *jobs = (int64_t)n;
    return E_OK;
}
