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
    int32_t most_beside;  /* points but for occupation and skills that an ad may have at most, where it is picked now */
    int32_t needed_for;   /* the points that `need` was made for */
    uint8_t need[128];    /* by the upper bits of a sign: so many skills in common, at least, get an ad of other work in */
    uint32_t n;
    struct pick {
        uint32_t ad, list;
        int32_t most; /* points, but for skills, at most; later with them */
    } v[PICKS + 64];
};

/* Lists of the k best, in the first of them `first` instead. */
void picker_ready(struct picker *p, struct arena *a, const struct wish *w, size_t n_lists, size_t k, const struct best *first);
void picker_sort_out(struct picker *p); /* nobody waits any more; before the part changes and at the end */

/* From now on ads are picked that have so many points for the distance, at most. */
static inline void picker_near(struct picker *p, int32_t points)
{
    p->most_beside = POINTS_OTHER - POINTS_DISTANCE + points;
}

/* The points for skills that get an ad into the first list whose occupation is worth the branch at most. */
static inline int32_t picker_wants(const struct picker *p)
{
    return p->bar[0] < 0 ? 0 : p->bar[0] - occupation_level_points(1) - p->most_beside;
}

static inline bool picker_by_skills(const struct picker *p)
{
    return picker_wants(p) <= POINTS_SKILLS;
}

/* One more waits, if its occupation leaves it a chance. */
static inline void pick(struct picker *p, const struct part *part, uint32_t ad, uint32_t list)
{
    int32_t most = p->w->occupation_points[part->slim.occupation[ad]] + p->most_beside;
    p->v[p->n] = (struct pick){ad, list, most};
    if (most + POINTS_SKILLS < p->bar[list])
        return;
    __builtin_prefetch(&part->lanes.skills[ad]);
    p->n++;
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
