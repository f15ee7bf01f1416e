/* matching.h -- from an ad to the people who could do it: counts for the employer, names at the desk.
 *
 * Only people who told their wishes and agreed to be served are counted. The employer sees numbers, and of those who also agreed to be
 * shown to employers what they can do, without name, street, age or sex; a number below FEW is not told exactly.
 */
#ifndef MATCHING_MATCHING_H
#define MATCHING_MATCHING_H
#include "base/ctx.h"
#include "city/counter/counter.h"
#include "city/jobs/jobs.h"
#include "city/people/people.h"

/* The engine follows the database, like jobs_index_load() and jobs_index_follow(). */
err_t matching_load(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;
err_t matching_follow(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;

enum { MATCHING_FEW = 3 };
struct suited { /* one person */
    int64_t person_id, score;
    int64_t distance;  /* metres, -1 = not known */
    struct wish wish;
    struct reason *reasons;
    size_t n;
    int met, total;
};
struct suited_all {
    int64_t considered, fitting; /* people; those whose conditions and the ad's go together */
    int64_t same_work;           /* of them, who named this work or one of its group; at most MATCHING_LOOKED_AT are looked at */
    struct suited *best;         /* same work, best first */
    size_t n;
    struct match_loosened loosen[MATCH_R_COUNT]; /* what waiving a condition would bring */
    size_t n_loosen;
};
enum { MATCHING_LOOKED_AT = 200 };
/* `shared_only`: best holds only those who agreed to be shown to employers. E_NOTFOUND: the ad is not open. */
err_t matching_people(struct ctx *cx, const struct q_job_get_row *job, size_t k, bool shared_only, struct suited_all *out) MUST_USE;
#endif
