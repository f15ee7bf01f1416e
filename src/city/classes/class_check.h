/* class_check.h -- is this class as the rules want it? A pure function over what is known: no database, no clock.
 *
 * Each finding names its rule (with the clause), the line of the plan it is about (0 = the class) and the fact, as a sentence.
 * Norms come from the rules `class.*` in force on the day of the declaration: nothing of the law is a constant here.
 */
#ifndef CITY_CLASS_CHECK_H
#define CITY_CLASS_CHECK_H
#include "base/ctx.h"
#include "base/day.h"

struct rule;

struct class_finding {
    const struct rule *rule;
    const char *code;  /* late, hours, theory, practice, safety, special, teacher, place, level, seats, capacity, catalogue, licence, … */
    int64_t line;      /* number of the line from 1, 0 = the whole class */
    const char *say;   /* translated sentence: what is wrong and the fact; of a check that holds: the fact */
    const char *change; /* what to do, translated; NULL where the sentence says it, or the check holds */
    bool warn;         /* may be declared all the same; the district looks at it */
};
struct class_checked { /* what was found, and what holds with the fact it rests on; both in the order of the rules, then of the lines */
    const struct class_finding *found, *held;
    size_t n, n_held;
};

struct check_line {
    int64_t day, from_min, to_min, hours, teacher_id, place_id;
    const char *kind;
};
struct check_teacher { /* on the provider's roster */
    int64_t id, level, from_on, to_on; /* to_on 0 = open */
    const char *name, *occupation;
    bool filed;
};
struct check_place {
    int64_t id, seats, from_on, to_on;
    const char *name;
    bool filed;
};
struct check_beside { /* a line of another class of the provider */
    int64_t day, from_min, to_min, teacher_id, place_id, seats;
    const char *code;
};
struct check_class { /* another class of the provider that runs at the same time */
    int64_t starts_on, ends_on, project_id, seats;
};
struct class_facts {
    int64_t on, starts_on, ends_on, hours, level, seats, place_id, project_id;
    const char *certificate, *occupation;
    const char *line, *provider, *credit, *audience; /* line of the regulation; provider: school, centre, vocational, practice */
    int64_t months, apprentices;                     /* of a master and apprentices: full months, apprentices at the same time; 0 = no master is named */
    bool base;                                       /* the provider is a recognised public practice base */
    const struct check_line *lines;
    size_t n_lines;
    const struct check_teacher *teachers;
    size_t n_teachers;
    const struct check_place *places;
    size_t n_places;
    const struct check_beside *beside;
    size_t n_beside;
    const struct check_class *classes;
    size_t n_classes;
    int64_t top_level, capacity, project_closed_on; /* of the project; closed 0 = open */
    const char *project_occupation;
    const char *agreement_status;
    int64_t agreement_from, agreement_to, licence_from, licence_to;
    bool licensed /* a licence is needed */, registered, in_catalogue, has_rate;              /* in the catalogue in force on the opening day */
    const char *catalogue;                                          /* its title, NULL = none */
    const char *banned;                                             /* the sentence of provider_is_banned(), or NULL */
    const struct calendar *calendar;                                /* working days */
};
/* Findings in the order of the rules, then of the lines. An empty list: nothing stands against it. */
err_t class_check_all(struct ctx *cx, const struct class_facts *f, struct class_checked *out) MUST_USE;
err_t class_check(struct ctx *cx, const struct class_facts *f, const struct class_finding **found, size_t *n) MUST_USE;
#endif
