/* reverse.h -- an ad made ready for the columns of people, and a walk over everybody it suits. */
#ifndef MATCH_REVERSE_H
#define MATCH_REVERSE_H
#include "match/lanes.h"

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
    uint16_t points_of[PART_SKILLS + 1]; /* by how many of the ad's skills somebody has */
    const uint8_t *skills;       /* by number: 1 = the ad's */
    uint64_t skill_bits;         /* of them */
    unsigned n_skills, same_bits; /* how many; how many have the bit of another one */
    uint16_t work;               /* work_mark() of its occupation */
    int32_t same;                /* freshness and exposure: for everybody the same */
    struct known_term {
        uint64_t key;
        bool has;
    } *terms;                    /* unwanted words looked up so far */
    size_t n_terms, cap_terms;
    uint32_t fitting;
};
/* E_NOTFOUND: the ad is not in the view. */
err_t reverse_ready(struct ctx *cx, const struct match *m, const struct snap *s, int64_t ad, int32_t today, struct reverse *x) MUST_USE;
/* Calls `each` with those whom the ad suits: bits of the numbers word * 64 and on in `piece`. */
void reverse_walk(struct reverse *x, void (*each)(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg), void *arg);
void reverse_fetch(const struct crowd *c, uint32_t word, uint64_t bits); /* what their points are made of, before it is asked for */
int32_t reverse_points(const struct reverse *x, const struct piece *p, uint32_t i); /* the whole score */
#endif
