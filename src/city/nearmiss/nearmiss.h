/* nearmiss.h -- where work and training meet: jobs for which a person lacks nothing but one certificate.
 *
 * For a person: the jobs each certificate would open today, and the subsidised classes that lead to it. For a provider: how many people
 * of a district lack it, counts of at least NEARMISS_FEWEST people only, never with a total from which a small count could be taken off.
 */
#ifndef NEARMISS_NEARMISS_H
#define NEARMISS_NEARMISS_H
#include "city/classes/classes.h"
#include "city/counter/counter.h"
#include "city/reference.h"
#include "nearmiss.rows.h"

enum { NEARMISS_FEWEST = 5, NEARMISS_JOBS = 3, NEARMISS_CLASSES = 3 };

struct unlocked {                /* what one certificate would open */
    const char *code, *name;     /* of certificate_choices; translated */
    bool licence;                /* the work may need an operating licence besides, which training does not give */
    int64_t ads, openings;       /* that meet every wish but this, and are not open to the person today */
    struct q_job_get_row *jobs;  /* the best of them, at most NEARMISS_JOBS */
    size_t n_jobs;
    int64_t gain;                /* fen a month: the most these pay above the best that fits today; 0 = no more, or not known */
    const struct city_certificate *ways; /* occupations whose training leads to it */
    size_t n_ways;               /* 0: no training of a trade gives it */
    struct need_class *classes;  /* subsidised ones with free seats that one can still enter, at most NEARMISS_CLASSES */
    size_t n_classes;
};
/* Most openings first. Nothing when no wish was said. */
err_t nearmiss_of(struct ctx *cx, const struct wish *w, struct unlocked **out, size_t *n) MUST_USE;

/* How many people of each district lack a certificate, most first. `district` 0 = each. */
err_t nearmiss_demand(struct ctx *cx, int64_t district, struct q_near_miss_demand_row **rows, size_t *n) MUST_USE;
/* Counts some people anew whose day has passed, and no more those who took their consent back; each minute. */
err_t nearmiss_tick(struct ctx *cx) MUST_USE;
#endif
