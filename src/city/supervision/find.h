/* find.h -- private to supervision: what was found in one class, and what looks for it. A finding is one case. */
#ifndef SUPERVISION_FIND_H
#define SUPERVISION_FIND_H
#include "city/supervision/supervision_impl.h"

struct finding {
    const char *key, *kind; /* the key makes it the same finding when it is looked for again */
    int64_t trainee_id;     /* 0 = of the class */
    int64_t n, limit;
    struct view *detail, *records; /* {n, limit, …, records: [{day, at, trainee, means, device, metres, what}]} */
};

struct look { /* one class, read once */
    struct ctx *cx;
    struct q_watch_class_row c;
    const struct q_attendance_session_row *sessions;
    const struct q_attendance_sign_row *signs; /* in the order of the sessions, then by trainee */
    const struct q_attendance_trainee_row *trainees;
    size_t n_sessions, n_signs, n_trainees;
    const size_t *first; /* of each session: its first sign-in; [n_sessions] = n_signs */
    struct finding **found;
    size_t n_found, cap_found;
};

enum { FIND_RECORDS = 60 /* shown of one case */ };

struct finding *find_new(struct look *l, const char *kind, const char *key);
/* The case of this kind, class and week; a new one when there is none yet. */
struct finding *find_of_week(struct look *l, const char *kind, int64_t day, const char *more);
void find_record(struct look *l, struct finding *f, int64_t day, const struct q_attendance_sign_row *sign, const char *what);
const char *find_code(const struct look *l, int64_t trainee_id); /* the trainee's code */
err_t find_number(const struct look *l, const char *rule, const char *name, int64_t *out) MUST_USE;

/* Looks only at the rows in `l`. */
err_t find_in_signs(struct look *l) MUST_USE;
/* Looks at other records too: other classes, places, hires, insurance, certificates. */
err_t find_in_records(struct look *l) MUST_USE;
#endif
