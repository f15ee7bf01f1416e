/* match_world.h -- a small world of ads made by chance, and the slow plain way to search it: what the engine is held against. */
#ifndef TESTS_MATCH_WORLD_H
#define TESTS_MATCH_WORLD_H
#include "match/match.h"

#define WORLD_MAX 4096
#define WORLD_TODAY 20000

struct world {
    struct match_ad ads[WORLD_MAX];
    bool there[WORLD_MAX];
    size_t n;
    struct arena arena;
    uint64_t seed;
};
uint64_t world_random(struct world *w);
uint32_t world_below(struct world *w, uint32_t n); /* 0 .. n-1 */
void world_begin(struct world *w, uint64_t seed);
void world_end(struct world *w);
/* A new ad with this number as its id, or other contents for it. */
const struct match_ad *world_make(struct world *w, size_t number);
const char *world_text(struct world *w); /* a text to search for */
struct match_query world_query(struct world *w);
struct match_person world_person(struct world *w);
/* The data files of the little world. */
const struct match_source *world_sources(size_t *n);

/* An engine on the little world's data files, with the view that is looked at. */
struct at {
    struct arena a;
    struct ctx cx;
    struct match *m;
    const struct match_view *v; /* NULL before at_look() */
};
bool at_open(struct at *h) MUST_USE;
bool at_look(struct at *h) MUST_USE; /* publishes what was put and looks at it */
void at_close(struct at *h);

/* Searches every ad by itself. */
void world_search(struct ctx *cx, struct world *w, const struct match_view *v, const struct match_query *q, struct match_result *out);
#endif
