/* decide.h -- may this person be subsidised in this class, and with what? Law in, reasons out.
 *
 * decide() is a pure function of the rules (law as data: ids "training.…" of the city's rule files), the facts and nothing else: no
 * database, no clock. Every check names the rule and its clause, the fact that was used and where it came from, and what would change
 * the answer; every amount carries its arithmetic. Where two rules in force say different things both are checks of the decision.
 * The order of facts and of earlier classes never matters. Codes are those of city/training.h. Amounts are fen, dates yyyymmdd (0 = unknown).
 * Ownership: what comes out lives in cx->arena and may point into the facts and the rules.
 */
#ifndef RULES_DECIDE_H
#define RULES_DECIDE_H
#include "base/ctx.h"
#include "base/view.h"
#include "rules/rules.h"

enum decide_verdict { DECIDE_YES = 1, DECIDE_ASK /* a person has to look: something is not known or disputed */, DECIDE_NO };
enum decide_stage {
    DECIDE_ADMIT = 1, /* before the class: all but attendance and certificate */
    DECIDE_CLAIM      /* after it: with attendance and certificate; asked when a claim is made and again when it is paid */
};

/* What is held to be true of the person. Several facts of one name may stand side by side: those that hold on the day count;
 * when they disagree, or one is disputed, the answer is "ask" (for what forbids: "no" as soon as one undisputed fact says so). */
struct decide_fact {
    const char *name;   /* decide_fact_names */
    const char *value;
    const char *source; /* insurance, register, identity, school, person, officer, provider, promise …: shown */
    int64_t from, to;   /* days on which it holds; 0 = open */
    bool disputed;
};

/* The names that are understood, with their label (message id) and what their value looks like. Ends with a zero entry. */
enum decide_kind { DECIDE_YESNO = 1, DECIDE_DAY, DECIDE_CODE, DECIDE_TEXT, DECIDE_NUMBER };
struct decide_name {
    const char *name, *label;
    enum decide_kind kind;
    const char *values; /* of DECIDE_CODE, separated by blanks */
};
extern const struct decide_name decide_names[];
/* birth        day     date of birth
 * sex          code    male, female
 * post         code    worker, manager: a woman's post, for her retirement age (women on managerial or technical posts 55 → 58)
 * category     code    employee, student, rural, unemployed, flexible, partner, veteran, resident
 * proof        code    record, insurance, certificate, promise: how the category is shown
 * pension      yesno   draws a monthly pension
 * civil        yesno   works for a public body or institution (机关事业单位)
 * pupil        yesno   pupil of a junior or senior middle school
 * local        yesno   household register of the city or a valid residence permit
 * graduates    day     end of studies of a student (毕业日)
 * unit         text    credit code of the unit that pays the insurance
 * unit_name    text    its name
 * qualified    yesno   meets the conditions to be examined at this level (asked above the starting level)
 * made_up      yesno   hours missed were made up or noted
 * hard, zero, low  yesno   who may get a living allowance
 * hired_on     day     first day of work with the unit (定向就业, 定向岗前)
 * paid         yesno   the unit pays the pension insurance (企业缴纳养老保险)
 * key_unit     yesno   the unit is on the city's list of key or allied enterprises (项目制)
 * insured_months number  months of the enterprise pension paid this year (安全技能, people from elsewhere)
 * permit       code    first, renewal: of the licence for special operations (特种作业)
 * apprentices, months  number  of a master: apprentices at one time, full months
 * step_up      yesno   the apprentice got the certificate of the level above */

struct decide_class {
    const char *line;                             /* catalogue, centre, placement, induction, project, safety, apprentice, master; NULL = catalogue */
    const char *code, *occupation, *name;         /* name: of the occupation */
    int64_t level, hours;                         /* 5…1, 0; 80 or 120 */
    const char *mode, *urgency, *evaluation;      /* offline|hybrid, very|short|some, A|B|C */
    const char *provider, *audience;              /* school|centre|vocational|practice, society|employees */
    const char *credit;                           /* of a private school: "A+", "A" …; NULL or "" = not known */
    const char *employer;                         /* employees: credit code of the enterprise, "" = none */
    bool one;                                     /* of a master: the case is one of the apprentices, and so is the amount */
    bool base;                                    /* the provider is a recognised public practice base */
    bool start_level;                             /* `level` is the lowest of the occupation's standard */
    int64_t starts_on, ends_on;
    int64_t rate, fee;                            /* of the catalogue in force on the opening day: training, evaluation; 0 = none */
    const char *catalogue;                        /* its title, for the formula */
};

enum decide_past_kind { DECIDE_PAST_TRAINING = 1, DECIDE_PAST_EVALUATION, DECIDE_PAST_LIVING };
enum decide_past_state { DECIDE_OPEN = 1 /* admitted or attending */, DECIDE_CLAIMED, DECIDE_PAID };
struct decide_past { /* an earlier class or payment of this person: not this class itself */
    enum decide_past_kind kind;
    enum decide_past_state state;
    const char *line;                              /* of a training: as of the class */
    const char *code, *occupation, *fund, *source; /* code: of class or payment; fund: insurance, employment, "" unknown */
    int64_t level, starts_on, ends_on;             /* of the class; a living allowance: both the day it was asked for. Of a class of which only
                                                    * the year is known: yyyy0000 and 0 */
};

struct decide_result { /* DECIDE_CLAIM only */
    int64_t hours, attendance_ppm;             /* 课时 attended, made up or noted; parts of a million of the hours due that were attended */
    bool class_unqualified;                    /* found by supervision */
    const char *why_unqualified;
    const char *certificate, *certificate_occupation; /* number; NULL = none verified */
    int64_t certificate_level, certificate_on;
    bool evaluation_passed;                    /* passed, certificate not there yet: only told apart in the sentence */
};

struct decide_facts {
    int64_t on;            /* the day of the decision; the law of the class is that of its opening day */
    enum decide_stage stage;
    const char *person;    /* shown in nothing: a caller's reference, echoed */
    const struct decide_fact *fact;
    size_t n_facts;
    struct decide_class class;
    const struct decide_past *past;
    size_t n_past;
    struct decide_result result;
};

struct decide_check {
    const struct rule *rule;      /* id, title, cite, clause, norm, from, to: what is shown with it */
    enum decide_verdict verdict;
    bool warning;                 /* a rule of another scope, or of an older text: shown, does not decide */
    const char *fact, *value, *source; /* the fact that decided: name of decide_names or "class", "past", "result"; value as text */
    const char *say;              /* sentence, in the request's language */
    const char *change;           /* what would change the answer; "" when it is yes */
};

struct decide_step { /* one line of the arithmetic */
    const char *what;        /* "目录标准", "紧缺程度 紧缺" … in the request's language */
    const struct rule *rule; /* NULL: the catalogue's amount */
    int64_t ppm;             /* factor in parts of a million; 0: the amount itself */
    int64_t fen;             /* after this step */
};

struct decide_amount {
    const char *item;        /* training, evaluation, allowance */
    int64_t fen;
    const char *payee, *fund; /* codes of city/training.h */
    const struct rule *payee_rule, *fund_rule, *rule;
    bool conditional;        /* due once more is shown: a certificate (before the claim), the person's own request (living allowance) */
    const char *formula;     /* "3,240.00 × 90 % × 70 % = 2,041.20 元" */
    const struct decide_step *steps;
    size_t n_steps;
};

struct decision {
    enum decide_verdict verdict;
    enum decide_stage stage;
    int64_t on;
    const char *person, *class_code;
    const char *say;          /* the whole in one sentence */
    const struct decide_check *checks; /* what forbids first, then what is asked, then warnings, then yes; each group in the rules' order */
    size_t n_checks;
    const struct decide_amount *amounts; /* none when the verdict is no */
    size_t n_amounts;
    int64_t total;            /* of all amounts */
};

/* E_BUG when a rule that is needed is missing on that day; E_INVALID with a field ("fact.sex") for a value that cannot be read. */
err_t decide(struct ctx *cx, const struct rules *rules, const struct decide_facts *facts, struct decision *out) MUST_USE;

/* E_INVALID "facts.<name>": no such name, or a value that its kind does not have. */
err_t decide_fact_check(struct ctx *cx, const struct decide_fact *fact) MUST_USE;

const char *decide_verdict_code(enum decide_verdict v); /* yes, ask, no */
/* The decision as the documented JSON (docs/decide.md): the same object is the page's view. */
void decide_view(struct ctx *cx, struct view *to, const struct decision *d);

/* The month of the statutory retirement age (a class has to open before it), yyyymm, computed from birth month, sex and
 * post by the table in the rules (2025 reform). Also the age as months. */
err_t decide_retirement(struct ctx *cx, const struct rules *rules, int64_t birth, const char *sex, const char *post, int64_t *yyyymm,
                        int64_t *age_months) MUST_USE;
#endif
