/* certificate_number.h -- certificate numbers: their form, and whether they fit the class, the person and the evaluator. Pure functions.
 *
 * Skill certificate (人社部 rule, read in a secondary source): 22 characters: Y (employer) or S (evaluation body), 4 of the body,
 * 2 of the province, 6 of the body's site, 2 of the year, 1 of the level, 6 serial; top technicians (特级技师): 2 letters and 20 digits.
 * Vocational qualification (old): 16 digits; what they mean is not told by any source we read, so only the form is checked.
 * Single skill (专项职业能力): every city's own: 6 to 30 letters, digits, dashes.
 */
#ifndef RULES_CERTIFICATE_NUMBER_H
#define RULES_CERTIFICATE_NUMBER_H
#include "base/ctx.h"

enum { CERTIFICATE_NUMBER_MAX = 30 };

enum certificate_form { CERTIFICATE_LEVEL = 1, CERTIFICATE_TOP, CERTIFICATE_OLD, CERTIFICATE_SPECIAL };

struct certificate_number {
    enum certificate_form form;
    char text[CERTIFICATE_NUMBER_MAX + 1]; /* upper case, half-width, no blanks */
    char body[14];                         /* letter, body, province and site: who issues such numbers; "" unless CERTIFICATE_LEVEL */
    int64_t province, year, level;         /* 0 unless CERTIFICATE_LEVEL; year with its century */
};

/* Reads what somebody typed for a certificate of `kind` (level, qualification, special). NULL when the form is right, else a message
 * id in which {n} stands for the number of characters given. */
const char *certificate_number_read(struct arena *a, const char *s, const char *kind, struct certificate_number *out);

struct certificate_facts {
    const struct certificate_number *number;
    int64_t level, issued_on, ends_on, today, province; /* of the class; last day of the class; of the city */
    const char *evaluator, *provider;
    const char *evaluator_kind, *prefix; /* as the city knows the evaluator; kind NULL: unknown; prefix "": not told */
    bool evaluator_ended;                /* no longer issued certificates on that day */
};
struct certificate_check {
    const char *code, *say; /* level, year, province, evaluator, date, self; a translated sentence */
    bool good;
};
enum { CERTIFICATE_CHECKS = 8 };
/* Every check that applies; returns how many, `*bad` how many of them do not fit. */
size_t certificate_consistent(struct ctx *cx, const struct certificate_facts *f, struct certificate_check out[CERTIFICATE_CHECKS], size_t *bad);
#endif
