/* decide_impl.h -- private to decide*.c: one decision while it is being made. */
#ifndef RULES_DECIDE_IMPL_H
#define RULES_DECIDE_IMPL_H
#include "rules/decide.h"

enum { DECIDE_LAW = 160, DECIDE_CHECKS = 64, DECIDE_AMOUNTS = 4, DECIDE_SAME = 4 };

struct work {
    struct ctx *cx;
    const struct decide_facts *f;
    const struct rule *law[DECIDE_LAW]; /* every rule "training.…" of the opening day, sorted by id */
    size_t n_law;
    struct decide_check check[DECIDE_CHECKS];
    size_t n_checks;
    struct decide_amount amount[DECIDE_AMOUNTS];
    size_t n_amounts;
    const char *category, *fund; /* "" = not known */
    const struct rule *fund_rule;
    const struct rule *line;     /* training.line.<line>: what is looked at, amount, payee */
};

/* ---- rules ---- */
const struct rule *law_find(const struct work *w, const char *id);              /* the newest of that id, NULL when none */
size_t law_all(const struct work *w, const char *id, const struct rule *out[]); /* all of that id, at most DECIDE_SAME */
int64_t law_number(const struct rule *r, const char *name, int64_t otherwise);
bool law_lists(const struct rule *r, const char *name, const char *item);
const char *law_text(const struct rule *r, const char *name); /* "" when there is none */
/* Rules of the line's own: training.line.<line>.<what>; where there is none, the line's rule. */
size_t law_line(const struct work *w, const char *what, const struct rule *out[]);

/* ---- facts ---- */
enum known { FACT_NONE, FACT_HELD, FACT_DISPUTED /* also: two say different things */ };
struct held {
    enum known known;
    const char *value, *source; /* FACT_NONE: "" */
};
struct held fact_held(const struct work *w, const char *name);
/* For what forbids: any undisputed fact that says yes wins over all others. */
struct held fact_forbids(const struct work *w, const char *name);
int64_t fact_number(const struct work *w, const char *name); /* -1 = not known or disputed */
int64_t fact_day(const struct work *w, const char *name); /* 0 = not known or disputed */
err_t facts_check(struct ctx *cx, const struct decide_facts *f);
const char *fact_label(const char *name);

/* ---- checks ---- */
/* Adds one check; the rule's `effect` turns a "no" into "ask" or a warning. `say` and `change` are in the request's language. */
void check_add(struct work *w, const struct rule *r, enum decide_verdict v, const char *fact, struct held h, const char *say, const char *change);
/* A question that nobody has answered yet, or a fact that is disputed. */
void check_ask(struct work *w, const struct rule *r, const char *fact, struct held h, const char *change);

typedef void check_fn(struct work *w, const struct rule *r);
check_fn check_age, check_pension, check_civil, check_pupil, check_category, check_graduates, check_proof, check_unit;
check_fn check_mode, check_catalogue, check_level, check_repeat, check_higher, check_times, check_lifetime, check_lifetime_fee, check_other_fund;
check_fn check_at_once, check_attendance, check_hours, check_class, check_certificate, check_living;
check_fn check_line_who, check_line_provider, check_line_hours, check_line_times, check_line_hired, check_line_paid, check_line_job, check_line_key;
check_fn check_line_insured, check_line_permit, check_line_grade, check_line_period, check_line_repeat, check_line_completion;
check_fn check_line_apprentices, check_line_months, check_line_step_up;
int64_t full_months(int64_t from, int64_t to); /* whole months from one day to another, both counted */
bool line_is(const struct work *w, const char *line);
const char *past_line(const struct decide_past *p); /* catalogue where nothing is said */

/* ---- amounts ---- */
void amounts_add(struct work *w);
const char *yuan_text(struct work *w, int64_t fen); /* "3,240.00" */
bool living_due(const struct work *w, const struct rule *r, const char **flag, int64_t *last);
int level_rank(int64_t level);               /* 0 a single skill, 1 junior … 5 senior technician */
const char *level_text(struct work *w, int64_t level);
#endif
