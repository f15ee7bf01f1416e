/* people.h -- persons: finding, registering, wishes, consent, looks, what is known about one, being forgotten.
 *
 * A person is never a double: an identity number exists once; without one, the same phone and name is the person known.
 * Names, identity numbers and phones are sealed in the database and leave this office masked, but for person_look(),
 * which asks for a reason and is audited. Anonymous service is service without a person.
 * Rows and texts live in cx->arena; instants are UTC ms, days yyyymmdd in the city's zone.
 */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H
#include "base/ctx.h"
#include "base/day.h"
#include "base/field.h"
#include "base/view.h"
#include "people.rows.h"

extern const struct choice person_categories[];
extern const struct choice look_reasons[], look_kinds[], consent_channels[], consent_purposes[];

struct person { /* masked: fit to be shown to those who may see the person at all */
    int64_t id, station_id, district, street, created_at, version;
    const char *code;             /* "P12" */
    const char *name, *idno, *phone; /* 张*芳, 1201**********2846, 138****2217; NULL when not known */
    const char *category;         /* codes, ',' */
    int64_t birth_year;           /* 0 = not known */
    bool locked;                  /* asked to be forgotten: only kept because a law says so */
};

/* ---- finding and registering ---- */

enum person_match { PERSON_BY_IDNO, PERSON_BY_PHONE, PERSON_BY_TAIL, PERSON_BY_NAME, PERSON_BY_NOTHING };
/* What somebody typed: an identity number, a phone, its last four digits, or a whole name. The first two find a person anywhere;
 * the last two only persons of the actor's own station (registered or served there). `how` (may be NULL) tells how it was understood. */
err_t person_find(struct ctx *cx, const char *text, struct person **out, size_t *n, enum person_match *how) MUST_USE;
/* E_NOTFOUND also for an erased person. `code` is "P12", also lower case. */
err_t person_get(struct ctx *cx, const char *code, struct person *out) MUST_USE;
err_t person_by_id(struct ctx *cx, int64_t id, struct person *out) MUST_USE;
/* Persons registered at or served by a station, newest first. */
err_t person_list(struct ctx *cx, int64_t station_id, int64_t page, struct person **out, size_t *n, int64_t *total) MUST_USE;
#define PERSON_PAGE 50
err_t person_count(struct ctx *cx, int64_t *n) MUST_USE; /* all records, also of those who were forgotten */

struct person_in {
    const char *name, *idno, *phone, *category;
    const int64_t *street;
    int64_t version; /* only when corrected */
};
extern const struct field person_fields[];
/* Gets the person or makes one; `known` tells which. A number missing so far is added to the person known.
 * E_INVALID "name": the identity number belongs to another name. */
err_t person_register(struct ctx *cx, const struct person_in *in, int64_t *id, bool *known) MUST_USE;
/* Correction; E_CONFLICT when somebody else changed it meanwhile, E_INVALID "idno" when the number is another person's. */
err_t person_correct(struct ctx *cx, int64_t id, const struct person_in *in) MUST_USE;
/* The same, where what is NULL stays as it is: for staff, who do not see the whole of what is stored. */
err_t person_amend(struct ctx *cx, int64_t id, const struct person_in *in) MUST_USE;
/* What the correction form shows: in clear, for the person's own page only; staff use person_look(). */
err_t person_own(struct ctx *cx, int64_t id, struct person_in *out) MUST_USE;

/* ---- the whole of a number: audited ---- */
/* `what` is "name", "idno" or "phone", `reason` a code of look_reasons. E_INVALID "reason" without one. `text` may be NULL: not known. */
err_t person_look(struct ctx *cx, int64_t id, const char *what, const char *reason, const char **text) MUST_USE;
err_t person_looks(struct ctx *cx, int64_t id, struct q_person_looks_row **rows, size_t *n) MUST_USE; /* newest first */

/* ---- wishes ---- */
struct wish { /* what the person looks for; also the struct of wish_fields */
    const char *words, *occupation /* one code */, *districts, *job_types, *shifts, *certificates /* codes, ',' */, *skills;
    const char *education;   /* a code of education_choices */
    const int64_t *wage_floor /* fen a month */, *street /* near it */, *radius_km, *years /* of experience */;
    int64_t updated_at;      /* 0 = never asked */
};
extern const struct field wish_fields[];
err_t wish_get(struct ctx *cx, int64_t person_id, struct wish *out) MUST_USE; /* zeroed when nothing was asked yet */
/* Certificates may be codes or words ("健康证、电工证"). E_INVALID "certificates": one that nobody knows. */
err_t wish_save(struct ctx *cx, int64_t person_id, const struct wish *in) MUST_USE;
struct pairs wish_pairs(struct ctx *cx, const struct wish *w); /* for the form: certificates as words */
/* A code of education_choices as the engine counts, enum match_education; "any" = not known = 0. */
int64_t education_rank(const char *code);
const char *education_code(int64_t rank);

/* ---- consent ---- */
/* Purposes: 'service' (keep and use the data for employment service), 'share' (show them to employers), 'contact' (call or text). */
const char *consent_text(const struct ctx *cx, const char *purpose, const char **version); /* translated; NULL: no such purpose */
err_t consent_give(struct ctx *cx, int64_t person_id, const char *purpose, const char *channel) MUST_USE; /* once a version */
err_t consent_withdraw(struct ctx *cx, int64_t person_id, const char *purpose) MUST_USE;
err_t consent_has(struct ctx *cx, int64_t person_id, const char *purpose, bool *yes) MUST_USE;
err_t consent_list(struct ctx *cx, int64_t person_id, struct q_consent_list_row **rows, size_t *n) MUST_USE;

/* ---- "not for me" ---- */
err_t dislike_add(struct ctx *cx, int64_t person_id, int64_t job_id, const char *reason) MUST_USE;
err_t dislike_list(struct ctx *cx, int64_t person_id, struct q_dislike_list_row **rows, size_t *n) MUST_USE;

/* ---- rights of the person ---- */
/* Everything that is kept about the person, in clear, as one object; audited. */
err_t person_export(struct ctx *cx, int64_t id, struct view **out) MUST_USE;
/* Forgets the person: wishes, phone, notes, dislikes and the account at once; name and identity number too, unless records of
 * services, referrals or hires have to be kept: then the person is locked and wiped on `*erase_on` (0 = wiped now). */
err_t person_erase(struct ctx *cx, int64_t id, int64_t *erase_on) MUST_USE;
/* The day from which nothing obliges us to keep the person; 0 = already today. */
err_t person_keep_until(struct ctx *cx, int64_t id, int64_t *day) MUST_USE;
err_t people_tick(struct ctx *cx) MUST_USE; /* wipes those whose day has come */
/* Blind-index keys, for tests of forgetting: "person.idno", "person.phone", "person.tail", "person.name" of the text as it is found. */
const char *person_key(struct ctx *cx, const char *purpose, const char *text);

/* ---- accounts of seekers ---- */
/* The person behind the seeker's account, made from `in` when there is none. E_CONFLICT: this identity number or phone was
 * registered at a station: only a member of staff who saw the person may join the two. */
err_t person_claim(struct ctx *cx, const struct person_in *in, int64_t *id) MUST_USE;

/* A member of staff who saw the person joins their account to the record. E_INVALID "login": no seeker of that name;
 * E_CONFLICT: the account is somebody's already. */
err_t person_join(struct ctx *cx, int64_t id, const char *login) MUST_USE;

/* ---- small ---- */
/* May the present actor see this person? Staff: served or registered at their station; officers: their district; the person. */
err_t person_mine(struct ctx *cx, int64_t id, bool *yes) MUST_USE;
/* A number of a rule in force today. */
err_t people_rule(struct ctx *cx, const char *rule, const char *name, int64_t *number) MUST_USE;
/* Working days of the country. */
const struct calendar *people_calendar(const struct ctx *cx);
/* Appends name, code, idno, phone, age, categories [{label}], street_name, locked, url is the page's. */
void person_view(struct ctx *cx, struct view *to, const struct person *p);
#endif
