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
#include "base/wage.h"
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
    struct memo *titles;          /* of who prepares many: occupations proposed so far; NULL */
    const struct match_fresh *fresh; /* of a run that stores many: its ads that the engine does not show yet; NULL */
    const char *back;             /* "/employer/jobs": cx->result becomes this and the ad's code; NULL = it stays */
};

enum job_put {
    JOB_NEW = 1,
    JOB_SAME,    /* known by source and number */
    JOB_CHANGED, /* same source and number, other text */
    JOB_MERGED,  /* the same job from elsewhere: sighting noted */
};

/* Checks and stores an ad. A blocking finding of the linter is E_INVALID on its field with the clause.
 * A known source+number is updated, never doubled; the same job from elsewhere becomes a sighting.
 * An ad of a verified employer or of a desk is open at once; of an unverified employer it waits in review. */
err_t job_put(struct ctx *cx, const struct job_form *in, const struct job_source *from, int64_t *id, enum job_put *what) MUST_USE;
/* The same in two steps, for many ads at once: what needs no database, in any thread (the caller has looked at job_findings(), the
 * employer need not be known yet; `in` and the texts of `from` stay where they are), then the rest inside a write transaction. */
struct job_prepared;
err_t job_prepare(struct ctx *cx, const struct job_form *in, const struct job_source *from, struct job_prepared **out) MUST_USE;
struct job_prepared *job_prepared_kept(struct arena *a, const struct job_prepared *p); /* a copy that needs nothing else */
err_t job_put_prepared(struct ctx *cx, struct job_prepared *p, int64_t employer_id, int64_t *id, enum job_put *what) MUST_USE;
/* The ad as the engine takes it, when it is new and open. */
bool job_prepared_ad(struct ctx *cx, const struct job_prepared *p, struct match_ad *ad);
err_t job_edit(struct ctx *cx, int64_t id, int64_t version, const struct job_form *in) MUST_USE;
err_t job_find(struct ctx *cx, int64_t id, struct q_job_get_row *out) MUST_USE;
err_t job_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE; /* E_NOTFOUND */
/* confirm (still open), pause, resume, fill, close, publish, return …; `note` where the flow asks for it. */
err_t job_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;
/* Two employers turned out to be one: its ads are the other's now. Inside a transaction; the caller tells the change of the employer. */
err_t jobs_join(struct ctx *cx, int64_t from, int64_t to) MUST_USE;
/* An import is undone: the ad is ended and no longer known by its source, so that it can come again. E_STATE: ended otherwise. */
err_t job_take_back(struct ctx *cx, int64_t id) MUST_USE;
err_t job_page(struct ctx *cx, const struct q_job_list_in *in, struct q_job_list_row **rows, size_t *n) MUST_USE;
/* The phone for those who may see it: public when the employer gave it for the ad. NULL = ask at the station. */
err_t job_contact(struct ctx *cx, const struct q_job_get_row *j, const char **name, const char **phone) MUST_USE;

/* What the linter found in an ad, and whether the ad may be published as it is. */
struct job_finding {
    const char *field, *say, *cite, *words; /* sentence and clause, translated; the words it is about */
    bool block;
};
err_t job_findings(struct ctx *cx, const struct job_form *in, struct job_finding **out, size_t *n, bool *blocked) MUST_USE;
/* The wage as a struct wage again, for its words. */
struct wage job_wage(const struct q_job_get_row *j);
/* May the present actor work on this ad? Its employer, the station that collected it (an ad of none: the desks of its district),
 * the officers of its district, the city. */
bool job_mine(const struct ctx *cx, const struct q_job_get_row *j);
/* The form as it would have to be filled in to give this ad. */
err_t job_form_of(struct ctx *cx, const struct q_job_get_row *j, struct job_form *out) MUST_USE;
err_t job_log(struct ctx *cx, int64_t id, struct q_job_log_list_row **rows, size_t *n) MUST_USE; /* newest first */
err_t job_sightings(struct ctx *cx, int64_t id, struct q_job_sightings_row **rows, size_t *n) MUST_USE;
/* Somebody says that this sighting is another job: when it is seen again it becomes an ad of its own. E_NOTFOUND: not of this ad;
 * E_STATE: said before. */
err_t job_apart(struct ctx *cx, int64_t id, int64_t sighting) MUST_USE;
/* Ads and openings by state, of an employer, a station or a district (NULL = all). */
err_t job_states(struct ctx *cx, const struct q_job_states_in *in, struct q_job_states_row **rows, size_t *n) MUST_USE;
/* Open ads whose last confirmation lies before this day are to be asked for again (rule ad.duration). */
err_t job_verify_before(struct ctx *cx, int64_t *day) MUST_USE;
/* Ids and codes of open ads after `id`, for the site map. */
err_t job_site_page(struct ctx *cx, int64_t after, int64_t most, struct q_job_site_page_row **rows, size_t *n) MUST_USE;

/* ---- what people say about ads (reports.c) ---- */
/* A person says that an ad is wrong: no account needed. reason: a code of job_report_reasons. */
err_t job_report(struct ctx *cx, int64_t id, const char *reason, const char *detail) MUST_USE;
/* Those that wait; a station's: about its own ads and its district's ads of no station. */
err_t job_reports(struct ctx *cx, const struct q_job_report_list_in *in, struct q_job_report_list_row **rows, size_t *n) MUST_USE;
err_t job_reports_of(struct ctx *cx, int64_t job_id, struct q_job_reports_of_row **rows, size_t *n) MUST_USE;
err_t job_reports_waiting(struct ctx *cx, const struct q_job_report_waiting_in *in, int64_t *n) MUST_USE;
err_t job_report_about(struct ctx *cx, int64_t report_id, int64_t *job_id) MUST_USE; /* E_NOTFOUND */
/* E_STATE when it was answered before. *job_id: the ad it is about. */
err_t job_report_answer(struct ctx *cx, int64_t report_id, const char *answer, int64_t *job_id) MUST_USE;
/* The phone for somebody who asks for it: noted, and at most so many in an hour from one address. E_RATE. */
err_t job_look(struct ctx *cx, const struct q_job_get_row *j, const char **name, const char **phone) MUST_USE;
extern const struct choice job_report_reasons[];
extern const struct choice certificate_choices[]; /* certificates that ads ask for */

/* The ad and the bits of its words as the engine takes them; also for what is not stored yet. */
int32_t certificate_number(const char *code); /* 0 = unknown */
const char *certificate_of(int32_t number);  /* "" = unknown */
uint64_t benefit_bits(const char *codes);
uint8_t type_bits(const char *codes);
uint8_t shift_bits(const char *codes);

/* ---- the engine follows the database ---- */
/* Puts all records in: `load` puts those after *after, tells how many (fewer than `page`: the last) and moves it on. Each page has an
 * arena of its own, so that a million records do not pile up. The caller refreshes; *seq: the position in the change log to follow from. */
err_t index_pages(struct ctx *cx, struct match *m, size_t page, err_t (*load)(struct ctx *, struct match *, int64_t *after, size_t *n),
                  int64_t *seq) MUST_USE;
err_t jobs_index_load(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;   /* all open ads; *seq: change log position */
err_t jobs_index_follow(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE; /* what changed since *seq; shown at once */
enum { JOBS_FOLLOW_MS = 200 }; /* how often who follows looks: an ad is to be found within a second of its commit */
/* The same but ads that the engine was given already; ascending ids. */
err_t jobs_index_follow_others(struct ctx *cx, struct match *m, struct match_list given, int64_t *seq) MUST_USE;
/* An ad as the engine is given it; *open: false when it is not among those that are found. */
err_t jobs_index_ad(struct ctx *cx, int64_t id, struct match_ad *ad, bool *open) MUST_USE;
struct index_opened {
    int64_t seq;     /* change log position */
    int64_t mark;    /* that of the file */
    const char *why; /* why the file was not used and all was read from the database; NULL: it was */
};
/* Ads from a file that jobs_index_save() wrote, if it is whole and of this program and database, and what changed since; else from the
 * database. For an engine without ads. */
err_t jobs_index_open(struct ctx *cx, struct match *m, const char *path, struct index_opened *out) MUST_USE;
/* Any thread: `seq` is a position that the engine had reached before. */
err_t jobs_index_save(struct ctx *cx, struct match *m, int64_t seq, const char *path) MUST_USE;
err_t jobs_tick(struct ctx *cx) MUST_USE;       /* expires ads whose last day is over, some each minute */
err_t jobs_expire_all(struct ctx *cx) MUST_USE; /* all of them at once */

struct demo_scale;
err_t jobs_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* made-up ads, and employers when there are none */
#endif
