/* reasons.h -- what the engine measured, as sentences: what fits, what does not, by how much, and what nobody knows.
 *
 * A sentence never says more than the figures do: what is not known is called so, and never counts as met.
 */
#ifndef COUNTER_REASONS_H
#define COUNTER_REASONS_H
#include "base/ctx.h"
#include "base/view.h"
#include "city/people/people.h"
#include "match/match.h"

enum reason_state { REASON_FITS = 1, REASON_MISSES, REASON_UNKNOWN, REASON_NOTE /* no condition: worth knowing */ };
struct reason {
    enum match_reason_kind kind;
    enum reason_state state;
    const char *say; /* translated */
};

/* The wish as the engine takes it; `lat`, `lng` of the street named as home, both 0 = none. The person's words become occupations
 * where the engine knows what they are called. */
void reason_person(struct ctx *cx, const struct match *m, const struct wish *w, int32_t lat, int32_t lng, struct match_person *out);
struct reason_facts { /* codes, ',': what the engine's bits stand for; "" = not said */
    const char *shifts, *types;           /* of the ad */
    const char *want_shifts, *want_types; /* of the person */
};
/* The sentences of one recommendation, at most `cap`. `met` of `total` are the conditions that the person or the ad stated. */
size_t reason_list(struct ctx *cx, const struct match_recommendation *r, const struct reason_facts *f, struct reason *out, size_t cap, int *met,
                   int *total);
/* Appends {state, say} objects: fits, misses, unknown, note. */
void reason_view(struct ctx *cx, struct view *list, const struct reason *r, size_t n);
const char *reason_json(struct ctx *cx, const struct reason *r, size_t n);

/* The word for a certificate's number (certificate_choices of jobs.h). */
const char *certificate_word(struct ctx *cx, int32_t number);
#endif
