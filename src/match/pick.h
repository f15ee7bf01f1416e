/* pick.h -- ads on their way into lists of the best, sorted out in batches: what an ad may have at most by its occupation and
 * skills first, from columns, then its points, then its skills. So a row is read for few ads, and those reads do not wait for one another.
 */
#ifndef MATCH_PICK_H
#define MATCH_PICK_H
#include "match/best.h"
#include "match/wish.h"

#define PICKS 256

struct picker {
    struct arena *arena;
    const struct wish *w;
    unsigned part;        /* of all that is picked now */
    struct best *lists;
    int32_t *bar;         /* by list: with fewer points an ad does not get in */
    int32_t needed_for;   /* the bar of the first list when `need` was made; it only rises */
    uint8_t need[128];    /* by the upper bits of a sign: so many skills in common, at least, get an ad of other work in */
    uint32_t n;
    struct pick {
        uint32_t ad, list;
        int32_t skills; /* points, at most */
    } v[PICKS + 64];
};

/* Lists of the k best, in the first of them `first` instead. */
void picker_ready(struct picker *p, struct arena *a, const struct wish *w, size_t n_lists, size_t k, const struct best *first);
void picker_sort_out(struct picker *p); /* nobody waits any more; before the part changes and at the end */

/* One more waits, if its occupation leaves it a chance. */
static inline void pick(struct picker *p, const struct part *part, uint32_t ad, uint32_t list)
{
    p->v[p->n] = (struct pick){ad, list, 0};
    p->n += p->w->occupation_points[part->slim.occupation[ad]] + POINTS_SKILLS + POINTS_OTHER >= p->bar[list];
}
/* Of 64 ads whose occupations are worth the branch at most, those that may get into the first list by their skills. */
uint64_t picker_skilled(struct picker *p, const struct part *part, uint32_t word, uint64_t bits);
/* Room for 64 more. */
static inline void picker_room(struct picker *p)
{
    if (p->n >= PICKS)
        picker_sort_out(p);
}
#endif
