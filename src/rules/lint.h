/* lint.h -- reads the words of an ad and points at what the law does not allow.
 *
 * The words are data: rules named ad.* with the lists `block`, `warn` and `except` (patterns) and the text `say`.
 * Patterns match text without blanks, half-width, in small letters:
 *   [a|b|] one of these, an empty one may be missing    # one or more digits    * up to six characters of the same clause
 * A hit that touches an `except` pattern of the same rule is no hit: 女装导购 is a job, 限女性 is not allowed.
 * It is a reader of words, not a judge: a person at the desk sees the hit, the clause and the place.
 */
#ifndef RULES_LINT_H
#define RULES_LINT_H
#include "rules/rules.h"

enum lint_severity { LINT_WARN = 1, LINT_BLOCK = 2 };

struct lint_text {
    const char *field, *text; /* name of the form field; UTF-8, may be NULL */
};

struct lint_hit {
    const struct rule *rule; /* its cite and clause are to be shown */
    enum lint_severity severity;
    const char *field;
    size_t from, to;   /* bytes of the text as given: [from, to) */
    const char *words; /* these bytes, copied */
    const char *say;   /* a sentence for the person (message id) */
};

enum { LINT_MAX_HITS = 50 };

/* Hits in the order of the texts and of their place; at most LINT_MAX_HITS. Never fails on any text. */
size_t lint_ad(struct ctx *cx, const struct rules *rules, int64_t on, const struct lint_text *texts, size_t n_texts,
               const struct lint_hit **hits);
/* Whether every pattern of the rules can be read; E_INVALID names the rule and the pattern. For start-up and tests. */
err_t lint_check(struct ctx *cx, const struct rules *rules) MUST_USE;
#endif
