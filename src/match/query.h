/* query.h -- what was typed, understood: groups that must all hold, each of alternatives, each of terms. */
#ifndef MATCH_QUERY_H
#define MATCH_QUERY_H
#include "match/engine.h"

#define QUERY_GROUPS 16
#define ALT_TERMS 24
#define ALT_WHOLE 16 /* weight of what was typed itself, in sixteenths */

struct alt {
    uint64_t key[ALT_TERMS];
    int32_t idf[ALT_TERMS]; /* 16 * natural logarithm */
    unsigned n;
    unsigned weight;   /* sixteenths */
    uint32_t df;       /* the least of its terms, over all parts: 0 = finds nothing */
    const char *shown; /* the words it stands for */
};
struct group {
    struct alt *alts;
    size_t n;
    bool excluded, filler; /* filler: says nothing about the work, left out when other words do */
    const char *typed;
    const char *meant;     /* a word one slip from the whole typed run that far more ads write, or NULL */
};
struct query {
    struct group groups[QUERY_GROUPS];
    size_t n;
};
void query_parse(struct ctx *cx, const struct match *m, const struct snap *s, const char *text, struct query *out);
/* One alternative of a plain text: every term of it. false when it has none. */
bool query_alt(struct ctx *cx, const struct match *m, const struct snap *s, const char *text, unsigned weight, struct alt *out);
#endif
