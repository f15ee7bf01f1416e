/* counter.h -- one person in front of the desk: visits, the services done, recommendations with reasons.
 *
 * A visit goes in four steps: 核对身份 → 问清意向 → 推荐 → 带走. What was done is recorded as services (S01 … S20) without being asked
 * for: registering and wishes are S01, a slip is S03 (S13 for gigs), a call-back is S15.
 */
#ifndef COUNTER_COUNTER_H
#define COUNTER_COUNTER_H
#include "base/ctx.h"
#include "city/counter/reasons.h"
#include "city/jobs/jobs.h"
#include "city/people/people.h"
#include "counter.rows.h"

extern const struct choice visit_outcomes[], service_channels[];
enum visit_step { VISIT_IDENTITY = 1, VISIT_WISHES, VISIT_RECOMMEND, VISIT_TAKE };

/* ---- visits ---- */
/* Opens a visit at the actor's station, with the ticket that was called (0 = none). */
err_t visit_start(struct ctx *cx, int64_t ticket_id, int64_t *visit_id) MUST_USE;
/* E_NOTFOUND for another station's visit. */
err_t visit_get(struct ctx *cx, int64_t visit_id, struct q_visit_row *out) MUST_USE;
bool visit_is_anonymous(const struct q_visit_row *v);
/* Who it is: registers or finds the person, records the consent to be served. `channel`: how consent was given. */
err_t visit_identify(struct ctx *cx, int64_t visit_id, const struct person_in *in, const char *channel, int64_t *person_id) MUST_USE;
err_t visit_take_person(struct ctx *cx, int64_t visit_id, int64_t person_id, const char *channel) MUST_USE;
/* The person wants no name written down. */
err_t visit_anonymous(struct ctx *cx, int64_t visit_id) MUST_USE;
err_t visit_wishes(struct ctx *cx, int64_t visit_id, const struct wish *in) MUST_USE;
err_t visit_finish(struct ctx *cx, int64_t visit_id, const char *outcome, const char *note) MUST_USE;
err_t visit_open_list(struct ctx *cx, int64_t station_id, struct q_visit_open_row **rows, size_t *n) MUST_USE;
err_t visit_list(struct ctx *cx, int64_t person_id, struct q_visit_list_row **rows, size_t *n) MUST_USE;

/* ---- services ---- */
struct service_in {
    const char *item, *channel, *outcome, *note;
};
/* Records one service of the visit; the same item twice in a visit is one service. */
err_t service_add(struct ctx *cx, int64_t visit_id, const struct service_in *in) MUST_USE;
/* Outside a visit (a call-back, a phone answer); visit and person may be 0. */
err_t service_note(struct ctx *cx, int64_t station_id, int64_t person_id, const char *item, const char *channel, const char *outcome) MUST_USE;
err_t service_of_visit(struct ctx *cx, int64_t visit_id, struct q_service_of_visit_row **rows, size_t *n) MUST_USE;
err_t service_list(struct ctx *cx, int64_t person_id, struct q_service_list_row **rows, size_t *n) MUST_USE; /* newest first */
const char *service_label(const struct ctx *cx, const char *item);

/* ---- recommendations ---- */
/* The wish as the engine takes it. */
void counter_person(struct ctx *cx, const struct wish *w, struct match_person *out);
enum counter_sort { COUNTER_BEST, COUNTER_NEAR, COUNTER_PAY };
struct advice { /* one job, and why */
    struct q_job_get_row job;
    int64_t distance; /* metres, -1 = not known */
    struct reason *reasons;
    size_t n;
    int met, total;      /* the ring: conditions that fit, of those that were stated */
    const char *json;    /* the reasons as they go onto the slip */
};
struct near_miss {
    const char *certificate; /* its name */
    int64_t ads, openings;
};
struct advices {
    struct advice *best;
    size_t n;
    int64_t considered, fitting;
    struct near_miss *near_miss;
    size_t n_near_miss;
    bool narrow; /* nothing fits: the wishes are too narrow */
};
/* For a person's wishes; jobs the person disliked are left out. `k` at most 50. */
err_t counter_recommend(struct ctx *cx, int64_t person_id, const struct wish *w, enum counter_sort sort, size_t k, struct advices *out) MUST_USE;
/* The reasons for one ad, whether it fits or not: when a clerk adds it from the search. */
err_t counter_explain(struct ctx *cx, const struct wish *w, int64_t job_id, struct advice *out) MUST_USE;
/* Puts a job on the visit's slip with the reasons of now. */
err_t counter_add(struct ctx *cx, int64_t visit_id, int64_t job_id) MUST_USE;

/* ---- the day ---- */
struct today {
    int64_t visits, served, services, slips, hires_month;
    int64_t median_s; /* seconds of a finished visit, 0 = none yet */
};
err_t counter_today(struct ctx *cx, int64_t station_id, struct today *out) MUST_USE;
/* Open ads of the station that nobody confirmed for as long as the rule ad.reverify allows. */
err_t counter_jobs_to_verify(struct ctx *cx, int64_t station_id, int64_t *n) MUST_USE;

/* For people.h: appends what this office keeps about a person; forgets the notes (the records themselves are kept by law). */
err_t counter_export(struct ctx *cx, int64_t person_id, struct view *to) MUST_USE;
err_t counter_forget(struct ctx *cx, int64_t person_id) MUST_USE;
#endif
