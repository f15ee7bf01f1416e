/* jobs_impl.h -- private to the office. */
#ifndef CITY_JOBS_IMPL_H
#define CITY_JOBS_IMPL_H
#include "city/jobs/jobs.h"

/* The last day of an ad: as wanted, or the rule's default; E_INVALID "valid_until" outside what the rule allows. */
err_t job_last_day(struct ctx *cx, const int64_t *wanted, int64_t *day) MUST_USE;
/* Moves an ad inside the caller's transaction: state, log, audit, change log. E_CONFLICT when it moved meanwhile. */
struct job_moved {
    const char *action, *status, *note, *outcome; /* note may be NULL */
    int64_t valid_until;
    const int64_t *verified_on;
};
err_t job_move(struct ctx *cx, const struct q_job_get_row *j, const struct job_moved *to) MUST_USE;
/* The same job from elsewhere (sightings.c), inside the caller's transaction. */
struct same_job {
    int64_t id;      /* 0 = none */
    const char *why; /* "同一单位，同一地点，标题相似 0.93" */
};
err_t sighting_known(struct ctx *cx, const struct job_source *from, int64_t *id) MUST_USE; /* by its number there; 0 = not known */
/* By its words, or by likeness; never what somebody said it is not. */
err_t sighting_find(struct ctx *cx, const struct q_job_add_in *r, const struct job_source *from, const char *employer, struct same_job *out) MUST_USE;
err_t sighting_note(struct ctx *cx, const struct q_job_add_in *r, const struct job_source *from, const struct same_job *same) MUST_USE;
bool job_open_to_edits(const char *status);
/* An ad that was just added, as job_ad() would make it of its row. */
struct q_job_add_in;
struct match_ad job_new_ad(struct ctx *cx, const struct q_job_add_in *row, const char *employer, const char *employer_status);
/* A row of the index statements as an ad of the engine. */
struct match_ad job_ad(struct ctx *cx, const struct q_job_index_page_row *r);
#endif
