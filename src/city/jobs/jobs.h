/* jobs.h -- ads: posted, checked, published with their source, kept fresh, ended with an outcome.
 *
 * Openings are counted apart from ads. Every ad has a last day; one that nobody confirms is demoted and goes (rules ad.validity, ad.reverify).
 * States: draft → review → open ⇄ paused → filled | expired | closed; merged: the same as another.
 */
#ifndef CITY_JOBS_H
#define CITY_JOBS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "match/match.h"
#include "jobs.rows.h"

extern const struct flow job_flow;

struct job_form { /* what an ad must and may say; the table job_fields declares it once for page, API and import */
    const char *title, *occupation, *description, *requirements;
    int64_t openings;
    const char *wage;             /* as people write it: "6-8千/月·13薪" */
    int64_t street;
    const char *address;
    const char *education;        /* code of city_education, NULL = no demand */
    const int64_t *experience;    /* months at least */
    const char *job_type, *shift, *benefits, *certificates, *hours;
    const char *contact_name, *contact_phone;
    const int64_t *valid_until;   /* NULL: the rule's default */
};
extern const struct field job_fields[];

struct job_source { /* where an ad comes from */
    const char *source;           /* 'employer', 'desk', 'sheet', 'feed', 'api' */
    const char *name, *ref;       /* shown; its number there or NULL */
    int64_t station_id, employer_id;
    int64_t posted_on;            /* 0 = today */
    const char *place;            /* as written there; NULL = made of street and address */
    int64_t district;             /* when only the district is known; 0 = by street */
};

enum job_put { JOB_NEW = 1, JOB_SAME /* known: sighting noted */, JOB_CHANGED /* same source and number, other text */ };

/* Checks and stores an ad. The linter's blocking findings are E_INVALID on their field; warnings go into form-independent `*warnings`
 * (list of sentences, may be NULL). A known source+number is updated, never doubled; the same job from elsewhere becomes a sighting.
 * An ad of a verified employer or of a desk is open at once; of an unverified employer it waits in review. */
err_t job_put(struct ctx *cx, const struct job_form *in, const struct job_source *from, int64_t *id, enum job_put *what) MUST_USE;
err_t job_edit(struct ctx *cx, int64_t id, int64_t version, const struct job_form *in) MUST_USE;
err_t job_find(struct ctx *cx, int64_t id, struct q_job_get_row *out) MUST_USE;
err_t job_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE; /* E_NOTFOUND */
/* confirm (still open), pause, resume, fill, close, publish, return …; `note` where the flow asks for it. */
err_t job_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;
err_t job_page(struct ctx *cx, const struct q_job_list_in *in, struct q_job_list_row **rows, size_t *n) MUST_USE;
/* The phone for those who may see it: public when the employer gave it for the ad. NULL = ask at the station. */
err_t job_contact(struct ctx *cx, const struct q_job_get_row *j, const char **name, const char **phone) MUST_USE;

/* Card for lists: object {code, url-less facts, pay, employer, place, tags…} of docs/pages.md job_card. `distance` -1 = unknown. */
void job_card(struct ctx *cx, struct view *to, const struct q_job_get_row *j, int32_t distance);

/* ---- the engine follows the database ---- */
err_t jobs_index_load(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;   /* all open ads; *seq: change log position */
err_t jobs_index_follow(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE; /* what changed since *seq */
err_t jobs_tick(struct ctx *cx) MUST_USE;                                        /* expires ads whose last day is over */
#endif
