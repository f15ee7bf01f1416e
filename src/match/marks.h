/* marks.h -- what an ad is counted under by the facets of few values: a bit for each value; and counting the bits of many ads at once.
 *
 * An ad has one bit for its wage, one for its education, one for its experience, any number for kinds of contract, shifts and benefits.
 */
#ifndef MATCH_MARKS_H
#define MATCH_MARKS_H
#include "match/part.h"

enum mark { /* the first bit of each facet */
    MARK_WAGE = 0,
    MARK_EDUCATION = MARK_WAGE + MATCH_WAGE_BANDS,
    MARK_EXPERIENCE = MARK_EDUCATION + MATCH_EDU_COUNT,
    MARK_TYPE = MARK_EXPERIENCE + MATCH_EXPERIENCE_BANDS,
    MARK_SHIFT = MARK_TYPE + 8,
    MARK_BENEFIT = MARK_SHIFT + 8,
    MARK_MORE = MARK_BENEFIT + ROW_FIRST_BENEFITS, /* others stand in the side */
    MARKS
};
_Static_assert(MARKS <= 64, "a bit each");

uint64_t marks_of(const struct row *r);
uint64_t marks_kind(unsigned kind); /* the bits of a facet, enum match_facet_kind; 0: it has none */

#define MARKS_AT_ONCE 255
/* Adds to counts[b] how many of the n (at most MARKS_AT_ONCE) have bit b. */
void marks_count(const uint64_t *marks, size_t n, uint32_t counts[64]);
void marks_count_plain(const uint64_t *marks, size_t n, uint32_t counts[64]); /* the tests hold one against the other */
#endif
