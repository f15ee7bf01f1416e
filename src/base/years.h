/* years.h -- what an ad says about schooling, experience and openings.
 *
 * Each answers false when the text says nothing it understands.
 */
#ifndef BASE_YEARS_H
#define BASE_YEARS_H
#include "base/arena.h"
#include <stdint.h>

enum education { /* ascending; GB/T 4658-2006 has finer codes */
    EDU_ANY,     /* no requirement */
    EDU_PRIMARY, /* 小学 */
    EDU_JUNIOR,  /* 初中 */
    EDU_SENIOR,  /* the senior secondary stage: 高中, 中专, 技校, 职高 */
    EDU_COLLEGE, /* 大专, 高职 */
    EDU_BACHELOR,
    EDU_MASTER,
    EDU_DOCTOR,
};
/* The lowest level named ("大专/本科" is 大专). `at_most` (may be NULL): the text says "及以下", so as a floor it is EDU_ANY. */
bool education_read(struct arena *a, const char *s, enum education *level, bool *at_most);
const char *education_label(enum education e); /* a message id */

struct experience {
    int64_t min, max; /* months; max 0 = open */
    bool fresh;       /* for students and graduates of this year */
};
/* "3-5年", "1年以上", "经验不限", "应届"; a bare number is years. */
bool experience_read(struct arena *a, const char *s, struct experience *out);

/* "招5人", "3-4名" (the lower figure), "若干": 0 = several, not said how many. More than 5000 is not understood. */
bool headcount_read(struct arena *a, const char *s, int64_t *openings);
#endif
