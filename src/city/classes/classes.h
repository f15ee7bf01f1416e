/* classes.h -- a class: declared by a provider, checked line by line, decided by the district, held; and the needs that look for one.
 *
 * draft → declared → approved | returned → running → finished → examined → closed; cancelled, unqualified. The clock begins and ends it.
 * The check (class_check.h) is a pure function: each finding names the line, the fact and the clause.
 * A class belongs to the catalogue in force on its opening day. Days yyyymmdd, minutes since midnight, hours are 课时 of 45 minutes.
 * Rows and texts live in cx->arena. Sources: 津人社局发〔2022〕20号, 津人社办发〔2022〕60号, 2019 procedure part 5.
 */
#ifndef CITY_CLASSES_H
#define CITY_CLASSES_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "base/view.h"
#include "city/classes/class_check.h"
#include "classes.rows.h"

extern const struct flow class_flow;
extern const struct choice class_certificates[], class_audiences[], class_kinds[];

err_t class_find(struct ctx *cx, int64_t id, struct q_class_rows_row *out) MUST_USE;          /* E_NOTFOUND */
err_t class_by_code(struct ctx *cx, const char *code, struct q_class_rows_row *out) MUST_USE; /* "K120"; E_NOTFOUND */
bool class_is_public(const char *status); /* approved or later: on the calendar */
/* The plan, by day and minute. */
err_t class_sessions(struct ctx *cx, int64_t class_id, struct q_class_plan_row **rows, size_t *n) MUST_USE;
err_t class_seats_left(struct ctx *cx, int64_t class_id, int64_t *left) MUST_USE; /* never below 0 */
err_t class_log(struct ctx *cx, int64_t class_id, struct q_class_log_list_row **rows, size_t *n) MUST_USE;

struct class_filter { /* NULL = all */
    const int64_t *district, *provider_id, *level, *street;
    const char *occupation, *schedule, *audience, *status;
    int64_t from_on, to_on;  /* opening day within, both included */
    int shown;               /* 0 every state, 1 what the public sees, 2 approved only (one can still enter), 3 not over yet */
    int64_t lim, off;
};
/* By opening day; each row tells the total and how many seats are taken. */
err_t classes_search(struct ctx *cx, const struct class_filter *f, struct q_class_list_row **rows, size_t *n) MUST_USE;
/* For desks: what is due first, then the newest. */
err_t classes_latest(struct ctx *cx, const struct q_class_latest_in *in, struct q_class_latest_row **rows, size_t *n) MUST_USE;

bool class_counted(const char *line); /* catalogue or centre: the tiers and shares of the plan hold */
/* Classes that have not begun and whose occupation is not in the catalogue of their opening day any more; NULL: of all. class_left_say(): what that means and what to do,
 * for provider and district. */
err_t classes_left(struct ctx *cx, const int64_t *district, const int64_t *provider_id, const int64_t *class_id, struct q_class_moved_row **rows, size_t *n) MUST_USE;
const char *class_left_say(struct ctx *cx, const struct q_class_moved_row *r);

struct class_form {
    int64_t project_id, place_id, seats, starts_on;
    int64_t hours, level;
    const char *line; /* of the regulation: a code of training_lines; NULL = catalogue */
    const char *mode, *certificate, *audience, *schedule, *contact, *phone;
    int64_t employer_id; /* of a class for employees, 0 = several or none */
    int64_t months;      /* of a master and apprentices: how long; it has no lessons */
};
struct class_line { /* a line of the plan as it is put in */
    int64_t day, from_min, to_min, hours, teacher_id, place_id;
    const char *kind, *content; /* theory, practice, safety */
};
/* A draft without a plan. E_NOTFOUND: no catalogue on the opening day, or not in it. */
err_t class_draft(struct ctx *cx, int64_t provider_id, const struct class_form *in, int64_t *id) MUST_USE;
err_t class_edit(struct ctx *cx, int64_t id, int64_t version, const struct class_form *in) MUST_USE; /* draft or returned only */
/* Puts the lines in place of the plan; the class's first and last day follow them. Draft or returned only. */
err_t class_plan_put(struct ctx *cx, int64_t id, const struct class_line *lines, size_t n) MUST_USE;
struct plan_fault { /* what is wrong with a row of a file, all of it */
    int64_t row;     /* as the person sees it in the file */
    const char *label, *say;
};
struct plan_report {
    int64_t lessons;
    const struct plan_fault *faults;
    struct plan_fault *room; /* the same, while it is filled */
    size_t n_faults;
};
/* Replaces the plan by the rows of a file, or, when any row has a mistake, lists them all and changes nothing. */
err_t class_plan_file(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct plan_report *out) MUST_USE;
/* Its columns, with the provider's teachers and places to choose from: for the template. */
err_t class_plan_fields(struct ctx *cx, int64_t provider_id, const struct field **out) MUST_USE;
struct class_pattern { /* a week's pattern: enough to make the whole plan */
    int64_t starts_on, from_min, hours_a_day, theory_pct;
    unsigned weekdays; /* bit 0 Monday … bit 6 Sunday */
    int64_t teacher_id, place_id, practice_teacher_id, practice_place_id; /* the last two 0 = the same */
    bool holidays;     /* hold it on days off as well */
};
/* Makes the lines of `hours` in all: the safety hours first, then theory, then practice. Pure but for the city's calendar. */
err_t class_plan_make(struct ctx *cx, const struct class_pattern *p, int64_t hours, bool special, struct class_line **lines, size_t *n) MUST_USE;
/* All that the check needs, read from the database, then the check. What is there now, for a declaration made on `on`. */
err_t class_check_now(struct ctx *cx, int64_t id, int64_t on, const struct class_finding **found, size_t *n) MUST_USE;
/* The same with what holds: every check of the class and of each line, with its fact. An auditor reads masked names. */
err_t class_check_full(struct ctx *cx, int64_t id, int64_t on, struct class_checked *out) MUST_USE;

/* declare, withdraw, approve, return, cancel, disqualify; start, finish (the clock); examine, close (certificates.h, claims.h).
 * declare and approve: E_STATE with the first finding when the check finds something that forbids it. */
err_t class_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;

/* ---- masters and apprentices: art. 22 of the regulation ---- */
struct master_in {
    const char *name, *idno, *phone, *pension, *civil; /* pension, civil: yes, no */
};
struct master {
    int64_t person_id, months, apprentices; /* months: full ones of the class; apprentices: at the same time, over all classes of the master */
    const char *name, *pension, *civil;     /* name in clear */
};
bool class_is_pair(const char *line); /* a master and apprentices: no lessons, not on the calendar */
/* Draft or returned only. The person is registered when they are not known. E_STATE: the class is of another line. */
err_t class_master_set(struct ctx *cx, int64_t class_id, const struct master_in *in) MUST_USE;
err_t class_master(struct ctx *cx, int64_t class_id, struct master *out) MUST_USE; /* person_id 0: nobody is named yet */

/* ---- changes of a class that is approved or running: asked for, and approved before they are made ---- */
struct change_form {
    int64_t session_id;      /* of the line that changes */
    const int64_t *day, *from_min, *teacher_id, *place_id; /* new values; NULL = as it was */
    const char *reason;
};
err_t class_change_ask(struct ctx *cx, int64_t class_id, const struct change_form *in, int64_t *id) MUST_USE;
/* Approving applies it; what no longer fits is refused with the finding. */
err_t class_change_settle(struct ctx *cx, int64_t change_id, bool approve, const char *note) MUST_USE;
err_t class_changes_waiting(struct ctx *cx, int64_t district, struct q_class_change_waiting_row **rows, size_t *n) MUST_USE;
err_t class_changes(struct ctx *cx, int64_t class_id, struct q_class_change_list_row **rows, size_t *n) MUST_USE;

/* ---- needs ---- */
struct need_form {
    const char *occupation, *level, *schedule; /* schedule: any, day, evening, weekend */
    int64_t street;
};
extern const struct field need_fields[];
extern const struct choice need_states[], need_schedules[];
/* source: counter, nearmiss, self. The same wish that still waits is not written twice: its id is given. */
err_t need_add(struct ctx *cx, int64_t person_id, const struct need_form *in, const char *source, int64_t *id) MUST_USE;
err_t need_close(struct ctx *cx, int64_t need_id, bool enrolled) MUST_USE;
err_t needs_of(struct ctx *cx, int64_t person_id, struct q_need_of_person_row **rows, size_t *n) MUST_USE;
/* Inside a transaction: of a person who wants to be forgotten. */
err_t needs_forget(struct ctx *cx, int64_t person_id) MUST_USE;
struct need_class {
    struct q_class_list_row row;
    int64_t metres; /* from the person's street to the place; -1 unknown */
};
/* Classes one can still enter: of that occupation and level, nearest first, then by opening day. street 0 = anywhere. */
err_t need_classes(struct ctx *cx, const char *occupation, int64_t level, const char *schedule, int64_t street, size_t most,
                   struct need_class **out, size_t *n) MUST_USE;
struct need_cell { /* people who wait: never fewer than the rule's least (five) */
    const char *occupation;
    int64_t level, district, street; /* street 0: the other streets of the district together */
    int64_t people;
};
/* A fixed partition, without sums over it, so that nothing can be found by subtracting. district NULL = all. */
err_t need_pool(struct ctx *cx, const int64_t *district, const struct need_cell **cells, size_t *n) MUST_USE;
/* A class is offered to a cell: each of its people is told, in the order of registration. */
err_t need_offer(struct ctx *cx, int64_t class_id, int64_t street, int64_t *told) MUST_USE;

/* ---- numbers ---- */
/* What waits for the acting officer in a district, and for a provider, beside classes: trainees, facts, certificates, claims, cases. */
err_t class_due(struct ctx *cx, int64_t district, struct q_class_due_row *out) MUST_USE;
err_t class_due_own(struct ctx *cx, int64_t provider_id, struct q_class_due_own_row *out) MUST_USE;
err_t class_counts(struct ctx *cx, int64_t from_on, int64_t to_on, struct q_class_counts_row **rows, size_t *n) MUST_USE;

struct class_times {
    int64_t district, n; /* person-times: people who attended or finished */
};
err_t class_person_times(struct ctx *cx, int64_t from_on, int64_t to_on, struct class_times **rows, size_t *n) MUST_USE; /* by opening day */
err_t class_trades(struct ctx *cx, int64_t from_on, int64_t to_on, struct q_class_trades_row **rows, size_t *n) MUST_USE; /* most person-times first, 200 at most */
struct class_lateness {
    int64_t district, waiting /* declared, the day for the answer is over */, answered, late;
};
err_t classes_late(struct ctx *cx, int64_t from_on, int64_t to_on, struct class_lateness **rows, size_t *n) MUST_USE;

/* For pages and JSON of any office: code, name, level, days, place, seats, left, links not included. */
void class_view(struct ctx *cx, struct view *to, const struct q_class_list_row *c);
/* Appends list "classes": the `most` nearest that a need finds, each as class_view says and "distance". */
err_t need_classes_view(struct ctx *cx, struct view *to, const struct q_need_of_person_row *need, size_t most) MUST_USE;

err_t classes_tick(struct ctx *cx) MUST_USE;
struct demo_scale;
err_t classes_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* 66 classes in all states, a master and apprentices; after providers_demo() */
#endif
