/* words.h -- a decision in words for pages: object "decision" for parts/decision.html. */
#ifndef DECISIONS_WORDS_H
#define DECISIONS_WORDS_H
#include "rules/decide.h"

/* Appends "decision" {yes, ask, no, verdict, say, on, total, paid, checks [{good, ask, bad, hint, title, say, change, fact, value, source, cite,
 * clause, origin, norm, from, to}], amounts [{item, yuan, payee, fund, formula, cite, payee_cite, fund_cite, steps [{what, factor, yuan, cite}]}]}. */
void decision_words(struct ctx *cx, struct view *to, const struct decision *d);
const char *fact_words(struct ctx *cx, const char *name);
const char *fact_value_words(struct ctx *cx, const char *name, const char *value);
/* What a person wrote ("是", "农村劳动力", "2026/6/30") as the code of it; what is not understood comes back as it is. */
const char *fact_value_code(struct ctx *cx, const char *name, const char *words);
const char *fact_source_words(struct ctx *cx, const char *source);
const char *verdict_words(struct ctx *cx, const char *code); /* yes, ask, no */
#endif
