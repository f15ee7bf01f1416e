/* pages_impl.h -- what the pages of this office share. */
#ifndef JOBS_PAGES_IMPL_H
#define JOBS_PAGES_IMPL_H
#include "city/jobs/asked.h"
#include "city/jobs/card.h"
#include "city/jobs/jobs.h"
#include "match/match.h"
#include "web/web.h"


/* ---- the search (pages_search.c asks, pages_facets.c shows) ---- */
struct find { /* what is asked of the engine, and how it came to it */
    const struct find_in *in;
    struct match_query q;
    struct match_result r;
    const char *place;    /* name of "near"; NULL = nowhere */
    int64_t asked, used;  /* kilometres: asked for, and what it was widened to; 0 = no limit */
};
/* Reads the query and asks; widens the distance while nothing is found. */
err_t find_jobs(struct req *rq, struct find *f, uint32_t limit, bool facets) MUST_USE;

/* One way to narrow the list: a query parameter whose codes are the engine's values by their place in `choices`. */
struct narrow {
    const char *name, *label; /* label: message id */
    enum match_facet_kind kind;
    const struct choice *choices;
    unsigned off;             /* of the codes in struct find_in */
    bool one;                 /* only one at a time */
};
extern const struct narrow narrows[]; /* ends with a zero entry */

void facets_view(struct req *rq, const struct find *f);
void chips_view(struct req *rq, const struct find *f);
err_t relax_view(struct req *rq, const struct find *f) MUST_USE; /* what to leave out when nothing was found */

err_t maybe_view(struct req *rq, const struct find *f) MUST_USE; /* words that begin like what was typed */

const char *list_toggled(struct arena *a, const char *list, const char *code); /* NULL when nothing is left */

/* ---- one ad ---- */
/* The ad of the path: E_NOTFOUND. */
err_t job_of(struct req *rq, struct q_job_get_row *out) MUST_USE;
extern const struct scope job_own;  /* {job}: see job_mine() */
extern const struct scope job_seen; /* these, and the auditor */
/* Everything that is public about an ad, into `to`: what the pages in this folder name. */
err_t job_details(struct req *rq, struct view *to, const struct q_job_get_row *j) MUST_USE;
const char *job_url(struct req *rq, const char *code); /* absolute, for feeds, QR codes and other sites */
void job_posting_of(struct req *rq, const struct q_job_get_row *j, struct view *to);

/* ---- the people who work on ads (pages_work.c) ---- */
/* A table of ads: list "rows", tabs by state, pager. `base`: "/desk/jobs". The filter's station, employer and district are the caller's. */
err_t work_list(struct req *rq, struct q_job_list_in in, const char *base, const char *status) MUST_USE;
/* One ad with its steps, reports and sightings; its buttons post to <base>/<code>/actions. */
err_t work_record(struct req *rq, const char *base) MUST_USE;
err_t work_step(struct req *rq, const char *base) MUST_USE;
err_t work_apart(struct req *rq, const char *base) MUST_USE; /* what was joined is another job */
/* The form of an ad. `from` NULL: nothing filled in yet. Shows what the linter found in what was sent. */
err_t work_form(struct req *rq, const struct job_form *from, int64_t version) MUST_USE;
/* After a form was sent: may it be stored? *show: it is only looked at (or has warnings that nobody has seen yet): show it again. */
err_t work_check(struct req *rq, bool *show) MUST_USE;
err_t work_edit(struct req *rq) MUST_USE;                      /* shows the form of the ad in the path */
err_t work_save(struct req *rq, const char *base) MUST_USE;    /* and stores it */
void work_said(struct req *rq, enum job_put what, int64_t id); /* a note of what became of a new ad */

struct act_form {
    const char *action, *note;
};
extern const struct field act_fields[];
struct apart_form {
    int64_t sighting;
};
extern const struct field apart_fields[];
#endif
