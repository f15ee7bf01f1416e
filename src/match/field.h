/* field.h -- all ads of a view in one more order: by occupation, then by place. A person's best ads are mostly of the
 * occupations wished, so almost all others are never looked at. Made for a run over everyone, and thrown away after it.
 */
#ifndef MATCH_FIELD_H
#define MATCH_FIELD_H
#include "match/best.h"
#include "match/lanes.h"

struct field {
    const struct match *m;
    const struct snap *s;
    uint32_t n;
    struct columns *columns;
    struct strip strip; /* of the columns */
    const uint64_t *skills; /* signs */
    uint16_t *same;   /* points for freshness and exposure: the same for everybody */
    uint64_t *cell;   /* keys */
    uint32_t *ad;     /* in its part */
    uint8_t *part;
    uint32_t *first;  /* by number of the occupation; n_occupations + 1 */
};
void field_make(const struct match *m, const struct snap *s, int32_t today, struct field *f);
void field_free(struct field *f);
/* The k best ads for a wish, as match_recommend() finds them. */
void field_best(struct ctx *cx, const struct field *f, const struct wish *w, size_t k, struct best *out);
#endif
