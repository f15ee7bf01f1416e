/* providers.h -- who trains: private institutions (school) and enterprise training centres (centre).
 *
 * A provider keeps its own record and files it; the district takes it into the registry. Places and teachers count from the day the
 * district took them in. A yearly agreement with a district covers projects: an occupation, its highest level, how many at one time.
 * Yearly assessment gives a grade; sanctions bring bans. Whoever is banned declares no class: provider_is_banned() is asked each time.
 * Days are yyyymmdd, levels 5 … 1, 0 (training.h). Rows and texts live in cx->arena. Sources: 津人社办发〔2022〕60号, 2019 procedure.
 */
#ifndef CITY_PROVIDERS_H
#define CITY_PROVIDERS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "providers.rows.h"

extern const struct flow provider_flow, agreement_flow, assessment_flow, sanction_flow;

/* ---- the registry ---- */
err_t provider_find(struct ctx *cx, int64_t id, struct q_provider_get_row *out) MUST_USE;          /* E_NOTFOUND */
err_t provider_by_code(struct ctx *cx, const char *code, struct q_provider_get_row *out) MUST_USE; /* "T12"; E_NOTFOUND */
err_t provider_page(struct ctx *cx, const struct q_provider_list_in *in, struct q_provider_list_row **rows, size_t *n) MUST_USE;
bool provider_is_registered(const char *status); /* in the registry: may hold agreements and classes */
/* The account subsidies are paid to, in clear; the caller writes the look into the audit chain. Texts may be NULL. */
err_t provider_bank(struct ctx *cx, int64_t id, const char **bank, const char **account) MUST_USE;
/* *why: a translated sentence with clause and end when the provider may declare nothing on that day; NULL when it may. */
err_t provider_is_banned(struct ctx *cx, int64_t id, int64_t on, const char **why) MUST_USE;

struct provider_form {
    const char *kind, *name, *short_name, *uscc, *licence;
    const int64_t *licence_from, *licence_to;
    const char *legal_person, *contact, *phone;
    int64_t street;
    const char *address, *about, *bank, *bank_account; /* bank_account NULL: as it was */
    int64_t employer_id; /* of a centre, 0 = none */
};
err_t provider_add(struct ctx *cx, const struct provider_form *in, int64_t *id) MUST_USE; /* E_CONFLICT "uscc": there already */
err_t provider_edit(struct ctx *cx, int64_t id, int64_t version, const struct provider_form *in) MUST_USE;
/* What the bureau recognised it as: a public practice base; '', vocational (职业学校) or practice (公共实训中心). */
err_t provider_standing(struct ctx *cx, int64_t id, bool base, const char *public_kind, const char *note) MUST_USE;
extern const struct choice provider_public_kinds[];
err_t provider_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE; /* file, register, return, close */
err_t provider_log(struct ctx *cx, const char *kind, int64_t object_id, struct q_provider_log_list_row **rows, size_t *n) MUST_USE;

err_t provider_places(struct ctx *cx, int64_t provider_id, struct q_provider_place_list_row **rows, size_t *n) MUST_USE;
err_t provider_place_find(struct ctx *cx, int64_t id, struct q_provider_place_get_row *out) MUST_USE;
err_t provider_teachers(struct ctx *cx, int64_t provider_id, struct q_provider_teacher_list_row **rows, size_t *n) MUST_USE;
err_t provider_teacher_find(struct ctx *cx, int64_t id, struct q_provider_teacher_get_row *out) MUST_USE;
err_t provider_teacher_name(struct ctx *cx, struct blob sealed, const char **name) MUST_USE; /* in clear */
err_t provider_equipment(struct ctx *cx, int64_t provider_id, struct q_provider_equipment_list_row **rows, size_t *n) MUST_USE;

/* How its classes that are over came out: about how many began (full tens), and shares in steps of 5 %, so that no single person shows.
 * `known` false: fewer than the rule's least. */
struct provider_results {
    bool known;
    int64_t began, completed_pct, passed_pct;
};
err_t provider_outcome(struct ctx *cx, int64_t id, struct provider_results *out) MUST_USE;

struct place_form {
    const char *name, *address;
    int64_t street, seats, radius_m;
    const int64_t *lng, *lat; /* micro-degrees; NULL = the street's */
};
struct teacher_form {
    const char *name, *kind, *occupation, *certificate, *level, *courses;
};
struct equipment_form {
    const char *occupation, *name, *model;
    int64_t quantity;
};
err_t provider_place_put(struct ctx *cx, int64_t provider_id, const struct place_form *in, int64_t *id) MUST_USE;
err_t provider_teacher_put(struct ctx *cx, int64_t provider_id, const struct teacher_form *in, int64_t *id) MUST_USE;
err_t provider_equipment_put(struct ctx *cx, int64_t provider_id, const struct equipment_form *in) MUST_USE;
/* kind: place, teacher (their last day is today), equipment (it goes off the list). */
err_t provider_part_end(struct ctx *cx, int64_t provider_id, const char *kind, int64_t id) MUST_USE;

/* ---- agreements and projects ---- */
err_t agreement_find(struct ctx *cx, int64_t id, struct q_agreement_get_row *out) MUST_USE;
err_t agreement_id(struct ctx *cx, const char *code, int64_t *id) MUST_USE;
err_t agreement_page(struct ctx *cx, const struct q_agreement_list_in *in, struct q_agreement_list_row **rows, size_t *n) MUST_USE;
err_t agreement_draft(struct ctx *cx, int64_t provider_id, int64_t district, int64_t year, int64_t *id) MUST_USE; /* E_CONFLICT: there is one */
/* ask, withdraw, sign, refuse, suspend, resume, terminate. What stands against `ask` and `sign` (licence, grade, ban) is said with its clause. */
err_t agreement_step(struct ctx *cx, int64_t id, const char *action, const char *note) MUST_USE;
/* What stands against an agreement for that year: a translated sentence, or NULL. */
err_t agreement_against(struct ctx *cx, int64_t provider_id, int64_t year, int64_t on, const char **why) MUST_USE;

struct project_form {
    const char *occupation, *name, *top_level;
    int64_t capacity;
};
err_t project_put(struct ctx *cx, int64_t agreement_id, const struct project_form *in, int64_t *id) MUST_USE; /* only into a draft */
err_t project_take_out(struct ctx *cx, int64_t agreement_id, int64_t id) MUST_USE;
err_t projects_of(struct ctx *cx, int64_t agreement_id, struct q_project_list_row **rows, size_t *n) MUST_USE;
/* Of signed or suspended agreements that end on that day or later. */
err_t projects_of_provider(struct ctx *cx, int64_t provider_id, int64_t on, struct q_project_of_provider_row **rows, size_t *n) MUST_USE;
err_t project_find(struct ctx *cx, int64_t id, struct q_project_get_row *out) MUST_USE; /* with its agreement: district, from_on, to_on, status */
err_t projects_in_force(struct ctx *cx, int64_t on, struct q_project_in_force_row **rows, size_t *n) MUST_USE; /* of everybody, for the directory */
/* A catalogue is being published: projects whose occupation is not in it are closed; classes that are open finish (agreement clause 五-1).
 * Call inside the transaction that publishes. */
err_t projects_close_left(struct ctx *cx, int64_t catalogue_id) MUST_USE;

/* ---- yearly assessment ---- */
struct assessment_part {
    const char *code, *label; /* label: a message id, or the rule's own word */
    int64_t most;
};
/* The parts of 100 points as the rules have them on a day. */
err_t assessment_parts(struct ctx *cx, int64_t on, const struct assessment_part **parts, size_t *n) MUST_USE;
const char *assessment_grade_of(struct ctx *cx, int64_t score, int64_t on); /* "A" … "D" by the rule's bounds */
err_t assessments_open(struct ctx *cx, int64_t district, int64_t year) MUST_USE; /* one for every licence holder; a licence of the year is B at once */
err_t assessment_find(struct ctx *cx, int64_t id, struct q_assessment_get_row *out) MUST_USE;
err_t assessments_of(struct ctx *cx, int64_t provider_id, struct q_assessment_of_row **rows, size_t *n) MUST_USE;
err_t assessments_page(struct ctx *cx, const struct q_assessment_list_in *in, struct q_assessment_list_row **rows, size_t *n) MUST_USE;
struct assessment_act {
    const char *action, *note; /* report, check, visit, score, ratify, publish, absent, back */
    const char *self_report, *scores; /* scores: JSON object part -> points */
    int64_t visited_on, version;
};
err_t assessment_step(struct ctx *cx, int64_t id, const struct assessment_act *act) MUST_USE;
/* The published grade that counts on that day ("" when there is none), and its year. */
err_t provider_grade(struct ctx *cx, int64_t provider_id, int64_t on, const char **grade, int64_t *year) MUST_USE;

/* ---- sanctions ---- */
struct sanction_cause {
    const char *code, *label, *step; /* step: interview, rectification, circular, termination */
};
/* The rule's list, in its order. */
err_t sanction_causes(struct ctx *cx, int64_t on, const struct sanction_cause **causes, size_t *n) MUST_USE;
/* An officer decides at once; the step follows from the cause. Counters may propose the next step. */
err_t sanction_decide(struct ctx *cx, int64_t provider_id, int64_t class_id, const char *cause, const char *facts, int64_t *id) MUST_USE;
/* A machine's or the city's suggestion: an officer of the district decides on it. */
err_t sanction_propose(struct ctx *cx, int64_t provider_id, int64_t class_id, const char *cause, const char *facts, int64_t *id) MUST_USE;
err_t sanction_find(struct ctx *cx, int64_t id, struct q_sanction_get_row *out) MUST_USE;
err_t sanction_id(struct ctx *cx, const char *code, int64_t *id) MUST_USE;
err_t sanctions_page(struct ctx *cx, const struct q_sanction_list_in *in, struct q_sanction_list_row **rows, size_t *n) MUST_USE;
/* decide (a proposal), dismiss, fix (the rectification was accepted), report (to the city), lift. */
err_t sanction_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version) MUST_USE;

/* ---- what waits for officers ---- */
struct provider_due {
    int64_t filings, agreements, fixes /* the day is over */, reports, proposals;
};
err_t provider_due_of(struct ctx *cx, int64_t district, struct provider_due *out) MUST_USE;
err_t providers_late(struct ctx *cx, struct q_provider_late_row **rows, size_t *n) MUST_USE; /* by district: what is past its day */

err_t providers_tick(struct ctx *cx) MUST_USE; /* agreements whose last day is over */
struct demo_scale;
/* 24 providers: 1 a private school of 120102, 2 the training centre of employer 1. After catalogue_demo(). */
err_t providers_demo(struct ctx *cx, const struct demo_scale *s) MUST_USE;
#endif
