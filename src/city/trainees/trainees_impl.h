/* trainees_impl.h -- what the files of this office share. */
#ifndef TRAINEES_IMPL_H
#define TRAINEES_IMPL_H
#include "city/trainees/trainees.h"
#include "store/store.h"

/* Everything that a decision needs, being collected. */
struct gathered {
    struct decide_facts f;
    struct q_trainee_case_row row;
    struct decide_fact *fact;
    size_t cap;
    bool pair; /* a master and apprentices: what is asked of the person is asked of the master */
};

/* The class of a decision made today. E_NOTFOUND. */
err_t gather_class(struct ctx *cx, int64_t class_id, struct gathered *g) MUST_USE;
/* What the identity number says, the facts held, the other classes and payments of the person. */
err_t gather_person(struct ctx *cx, int64_t person_id, struct gathered *g) MUST_USE;
/* A fact that is held, as far as it counts. */
void gather_held(struct ctx *cx, struct gathered *g, const struct q_fact_list_row *f);
/* One fact; a NULL or empty value is none. */
void gather_fact(struct ctx *cx, struct gathered *g, const char *name, const char *value, const char *source);
/* What the application says. Where an officer has found something out, that stands instead. */
void gather_form(struct ctx *cx, struct gathered *g, const struct trainee_form *in, const char *source);
/* Birth and sex of an identity number. */
err_t gather_idno(struct ctx *cx, struct gathered *g, const char *idno) MUST_USE;
err_t gathered_decide(struct ctx *cx, struct gathered *g, struct decision *d) MUST_USE;
struct decide_again { /* an application that is decided once more */
    const char *code, *channel;
    int64_t on;
    const struct decide_result *result;
};
err_t gathered_once_more(struct ctx *cx, struct gathered *g, const struct trainee_form *form, const struct decide_again *a, struct decision *d) MUST_USE;

/* What a person had before as decisions take it, of one person's rows or of a class's (their columns have the same names). Of the time before
 * this system: where only the year is known, the row counts in its year and overlaps nothing; an allowance then counts as had on the last day of it. */
#define LIVING(r) (strcmp((r).item, "allowance") == 0)
#define PAST_BEFORE(r)                                                                                                                               \
    (struct decide_past){.kind = LIVING(r) ? DECIDE_PAST_LIVING : strcmp((r).item, "training") == 0 ? DECIDE_PAST_TRAINING : DECIDE_PAST_EVALUATION,  \
                         .state = strcmp((r).state, "paid") == 0 ? DECIDE_PAID : strcmp((r).state, "claimed") == 0 ? DECIDE_CLAIMED : DECIDE_OPEN,   \
                         .line = (r).line, .code = (r).code, .occupation = (r).occupation, .fund = (r).fund, .source = "history", .level = (r).level, \
                         .starts_on = (r).starts_on != NULL ? *(r).starts_on : (r).year * 10000 + (LIVING(r) ? 1231 : 0),                            \
                         .ends_on = (r).ends_on != NULL ? *(r).ends_on : 0}
#define PAST_CLASS(r)                                                                                                                                 \
    (struct decide_past){.kind = DECIDE_PAST_TRAINING, .state = (r).paid ? DECIDE_PAID : (r).claimed ? DECIDE_CLAIMED : DECIDE_OPEN, .line = (r).line, \
                         .code = (r).code, .occupation = (r).occupation, .fund = (r).fund == NULL ? "" : (r).fund, .source = "class",                 \
                         .level = (r).level, .starts_on = (r).starts_on, .ends_on = (r).ends_on}
#define PAST_ITEM(r)                                                                                                                                  \
    (struct decide_past){.kind = LIVING(r) ? DECIDE_PAST_LIVING : DECIDE_PAST_EVALUATION,                                                              \
                         .state = strcmp((r).status, "paid") == 0 ? DECIDE_PAID : DECIDE_CLAIMED, .code = (r).code, .occupation = (r).occupation,      \
                         .fund = (r).fund, .source = "ledger", .level = (r).level,                                                                    \
                         .starts_on = LIVING(r) ? day_of((r).at, DAY_ZONE) : (r).starts_on,                                                           \
                         .ends_on = LIVING(r) ? day_of((r).at, DAY_ZONE) : (r).ends_on}

/* The decision as the text that is kept: always in Chinese, the language of the record. */
err_t gathered_record(struct ctx *cx, struct gathered *g, struct decision *d, const char **json) MUST_USE;
/* The row of a trainee as the application it was. */
void trainee_as_form(struct ctx *cx, const struct q_trainee_get_row *t, struct trainee_form *out);

const char *trainee_said(struct ctx *cx, const struct trainee_form *in); /* "pension=no civil=no": the answers that have no column */
void trainee_unsaid(struct ctx *cx, const char *said, struct trainee_form *out); /* its reverse */
const char *channel_source(const char *channel);                        /* whose word an application is */

/* Who speaks: person, desk, provider, officer, register. */
const char *fact_source(const struct ctx *cx);
/* Inside a transaction: what the actor says now. The same value again changes nothing; an earlier statement of the same or a lesser
 * source ends the day before, a stronger one stays beside it. */
err_t fact_put(struct ctx *cx, int64_t person_id, const char *name, const char *value) MUST_USE;

/* The same as trainee_apply() for a class that no longer takes anybody: records of days gone by, made by the demo. */
err_t trainee_bring(struct ctx *cx, int64_t class_id, const struct trainee_form *in, struct decision *d, int64_t *trainee_id) MUST_USE;
#endif
