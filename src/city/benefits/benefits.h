/* benefits.h -- "what could I get?": the fewest questions, then an answer for each class that is open. Nothing is stored, no name is asked.
 *
 * A question is asked only while the decision still hangs on it: the answers so far are the facts, and what the decision asks next is the next
 * question. Age is asked as a band; the month of birth and the sex only where the band does not settle it.
 */
#ifndef CITY_BENEFITS_H
#define CITY_BENEFITS_H
#include "base/field.h"
#include "benefits.rows.h"
#include "rules/decide.h"

struct benefit_answers { /* NULL = not answered */
    const char *category, *age, *pension, *civil, *pupil, *local, *proof, *sex, *post, *insured, *qualified, *flags;
    const int64_t *graduates, *birth;
    const int64_t *item, *level, *hours; /* of the catalogue: what somebody wants to learn */
    const char *mode;
    const char *drop;                    /* an answer to be given again */
};
extern const struct field benefit_fields[], benefit_open_fields[]; /* all; those that may stand in a URL */
extern const struct choice benefit_flags[];

/* The decision for the class (NULL: a starting class as there are many) as far as it is known; *question: the name of the field to ask next,
 * NULL when nothing that is asked would change it. */
err_t benefits_decide(struct ctx *cx, const struct benefit_answers *in, const struct decide_class *class, struct decision *d, const char **question) MUST_USE;
/* What a line beside the catalogue would give this person: the decision for a usual class of it. *line: its code. i < BENEFIT_LINES. */
enum { BENEFIT_LINES = 5 };
err_t benefits_line(struct ctx *cx, const struct benefit_answers *in, size_t i, const char **line, struct decision *d) MUST_USE;
/* Classes one can still enter, by opening day. */
err_t benefits_classes(struct ctx *cx, struct q_benefit_classes_row **rows, size_t *n) MUST_USE;
struct decide_class benefit_class(const struct q_benefit_classes_row *r);
/* The occupations of the catalogue in force today; and one of them as a class that would open tomorrow. E_NOTFOUND: no such item, level or hours. */
err_t benefits_items(struct ctx *cx, struct q_benefit_items_row **rows, size_t *n) MUST_USE;
err_t benefits_item_class(struct ctx *cx, const struct benefit_answers *in, struct decide_class *out) MUST_USE;
#endif
