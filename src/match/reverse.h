/* reverse.h -- an ad made ready for the columns of people, and a walk over everybody it suits. */
#ifndef MATCH_REVERSE_H
#define MATCH_REVERSE_H
#include "match/lanes.h"

#define WALK_CHUNK 2048

struct reverse {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct part *part;
    uint32_t ad;
    unsigned part_number;
    const struct row *row;
    const struct side *side;
    struct wish_for_ad wish;     /* of a person being explained; its day serves all */
    struct ad_gate gate;
    uint16_t *wish_points;       /* by number of the wish */
    const uint8_t *skills;       /* by number: 1 = the ad's */
    unsigned n_skills;
    uint64_t skill_bits;         /* of them: a person without any of these bits names none */
    int32_t same;                /* freshness and exposure: for everybody the same */
    struct known_term {
        uint64_t key;
        bool has;
    } *terms;                    /* unwanted words looked up so far */
    size_t n_terms, cap_terms;
    uint32_t fitting;
    uint32_t chunk[WALK_CHUNK];
};
/* E_NOTFOUND: the ad is not in the view. */
err_t reverse_ready(struct ctx *cx, const struct match *m, const struct snap *s, int64_t ad, int32_t today, struct reverse *x) MUST_USE;
/* Calls `each` for the numbers (of `piece`) of those whom the ad suits, chunk by chunk. */
void reverse_walk(struct reverse *x, void (*each)(struct reverse *x, unsigned piece, const uint32_t *who, uint32_t n, void *arg), void *arg);
/* The score but skills; all of it. */
int32_t reverse_points(const struct reverse *x, const struct crowd *c, const struct piece *p, uint32_t i);
int32_t reverse_skill_points(const struct reverse *x, const struct piece *p, uint32_t i);
#endif
