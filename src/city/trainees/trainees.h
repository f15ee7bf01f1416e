/* trainees.h -- a person in a class: category with proof, the facts a decision rests on, the decision, the way through the class.
 *
 * Facts are corrected by adding, never by overwriting; a fact that somebody calls wrong is disputed until an officer settles it.
 * Decisions are made by rules/decide.h from the facts of the day; the record keeps what was decided at the admission.
 * Names and identity numbers leave this office masked. Rows and texts live in cx->arena; instants are UTC ms, days yyyymmdd.
 */
#ifndef CITY_TRAINEES_H
#define CITY_TRAINEES_H
#include "base/field.h"
#include "base/flow.h"
#include "rules/decide.h"
#include "trainees.rows.h"

/* applied → admitted → attending → completed → passed | failed; dropped; refused */
extern const struct flow trainee_flow;

struct trainee_form { /* what is asked of somebody who applies */
    const char *name, *idno, *phone;
    const char *category, *proof, *flags; /* codes; flags joined by ',' */
    const char *employer, *uscc;          /* of an employee */
    const char *post;                     /* worker, manager */
    const char *pension, *civil, *pupil, *local, *qualified; /* yes, no; NULL: not asked */
    const char *permit;                   /* first, renewal (安全技能) */
    const int64_t *graduates, *hired_on;  /* hired_on: of a class at the beginning of a job (定向岗前) */
    int64_t promised;                     /* 1: the promise (承诺书) was read and made */
};
extern const struct field trainee_fields[];
extern const struct choice trainee_proofs[], trainee_posts[], trainee_yes_no[];

/* Registers the person (people.h) and their facts, decides, and puts them on the class's list: applied, or refused when a clause forbids it.
 * Who typed on a public page learns from `d` what the form alone says, not what is recorded of the owner of the number.
 * E_CONFLICT: already in this class, or it is full. E_STATE: the class takes nobody any more. E_INVALID: "idno", "name", "promised" … */
err_t trainee_apply(struct ctx *cx, int64_t class_id, const struct trainee_form *in, struct decision *d, int64_t *trainee_id) MUST_USE;
/* The same decision without writing anything, in the request's language. person_id 0: from the form alone. */
err_t trainee_try(struct ctx *cx, int64_t class_id, int64_t person_id, const struct trainee_form *in, struct decision *d) MUST_USE;

/* The class of that code with what a decision needs of it, and its free seats. E_NOTFOUND. */
err_t trainee_class(struct ctx *cx, const char *code, struct q_trainee_case_row *out, int64_t *left) MUST_USE;
/* The trainee, when the present actor may see it; else E_NOTFOUND. */
err_t trainee_own(struct ctx *cx, int64_t id, struct q_trainee_get_row *out) MUST_USE;
err_t trainee_find(struct ctx *cx, int64_t id, struct q_trainee_get_row *out) MUST_USE; /* E_NOTFOUND */
err_t trainee_id_of(struct ctx *cx, const char *code, int64_t *id) MUST_USE;            /* "A12"; E_NOTFOUND */
/* All of a class, in the order of their ids. */
err_t trainees_of_class(struct ctx *cx, int64_t class_id, struct q_trainee_of_class_row **rows, size_t *n) MUST_USE;
/* Actions of trainee_flow: admit, admit_checked (an officer, when the decision is "ask"), refuse, reopen, attend, complete, pass, fail, drop.
 * pass and fail are certificates.h's. admit decides again first: E_STATE with the clause when it is forbidden now. */
err_t trainee_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;
/* Everybody admitted begins (attend), or who attends has finished (complete): for the class's own steps. Joins the caller's transaction. */
err_t trainees_step_all(struct ctx *cx, int64_t class_id, const char *action, const char *note) MUST_USE;
err_t trainee_hours(struct ctx *cx, int64_t id, int64_t hours) MUST_USE; /* 课时 attended, from supervision */

/* The decision with the facts of today and all that is known of other classes and payments. `result` (may be NULL: decided as before
 * the class) holds attendance and certificate: it is the caller's to read them from supervision and certificates.
 * `on` is the day of the decision. Writes nothing. */
err_t trainee_decide_again(struct ctx *cx, int64_t id, int64_t on, const struct decide_result *result, struct decision *d) MUST_USE;
/* The same for many of one class: what they share is read once. */
struct trainee_decider;
err_t trainee_decider(struct ctx *cx, int64_t class_id, const struct trainee_decider **out) MUST_USE;
err_t trainee_decide_in(struct ctx *cx, const struct trainee_decider *k, int64_t id, int64_t on, const struct decide_result *result, struct decision *d) MUST_USE;

/* The person's own word that the course was held (过程确认书): how = sms, code, paper. E_STATE before the class has ended. */
err_t trainee_confirm(struct ctx *cx, int64_t id, const char *how) MUST_USE;
/* A code of six digits to the person's own phone, then the word with it: no login. E_INVALID "code": wrong, too old, or too many tries. */
err_t trainee_confirm_send(struct ctx *cx, int64_t id) MUST_USE;
err_t trainee_confirm_code(struct ctx *cx, int64_t id, const char *code) MUST_USE;

/* ---- facts ---- */
struct fact_in {
    const char *name, *value, *source, *note;
    int64_t from_on, to_on; /* 0 = open */
};
err_t fact_add(struct ctx *cx, int64_t person_id, const struct fact_in *in, int64_t *id) MUST_USE;
/* "This is wrong": the fact is disputed until an officer settles it. The note says what is right. */
err_t fact_dispute(struct ctx *cx, int64_t fact_id, const char *note) MUST_USE;
/* An officer's word: `value` NULL keeps the fact as it is, else a new fact (source officer) replaces it. */
err_t fact_settle(struct ctx *cx, int64_t fact_id, const char *value, const char *note) MUST_USE;
/* E_NOTFOUND when the fact's person is no trainee of the actor's. */
err_t fact_own(struct ctx *cx, int64_t fact_id, struct q_fact_get_row *out) MUST_USE;
/* Disputed facts of the district's trainees (NULL: all), oldest first. */
err_t facts_disputed(struct ctx *cx, const int64_t *district, struct q_fact_disputed_row **rows, size_t *n) MUST_USE;
err_t facts_of(struct ctx *cx, int64_t person_id, struct q_fact_list_row **rows, size_t *n) MUST_USE; /* newest first */

err_t trainees_page(struct ctx *cx, const struct q_trainee_list_in *in, struct q_trainee_list_row **rows, size_t *n) MUST_USE;
/* Names of a list, masked: 王*明, 1201**********0011; NULL when not known. */
err_t trainee_mask(struct ctx *cx, struct blob name, struct blob idno, const char **masked_name, const char **masked_idno) MUST_USE;
/* Inside a transaction: the facts about a person whose records are no longer to be kept. */
err_t facts_forget(struct ctx *cx, int64_t person_id) MUST_USE;
err_t trainees_of_person(struct ctx *cx, int64_t person_id, struct q_trainee_of_person_row **rows, size_t *n) MUST_USE;
err_t trainees_tick(struct ctx *cx) MUST_USE; /* who was admitted attends once the class runs, and has completed once it is over */
struct demo_scale;
err_t trainees_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE; /* 700 at most in the demo classes; after classes_demo() */
err_t trainees_count(struct ctx *cx, int64_t district, int64_t year, int64_t *n) MUST_USE; /* person-times of classes that began in the year */
#endif
