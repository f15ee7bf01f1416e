/* scan.h -- a search goes through the parts: which ads hold all words and conditions, which miss one, which are the best. */
#ifndef MATCH_SCAN_H
#define MATCH_SCAN_H
#include "match/best.h"
#include "match/filter.h"
#include "match/query.h"

struct search {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct match_query *q;
    struct query query;
    struct filter filter;
    struct tally tally;
    struct best best;
    uint32_t skip; /* group left out, QUERY_GROUPS = none: to see what dropping a word gives */
};
/* Fills tally and best. */
void scan(struct search *x);
#endif
