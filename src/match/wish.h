/* wish.h -- a person made ready for the columns: what an ad must meet, and what each thing is worth. */
#ifndef MATCH_WISH_H
#define MATCH_WISH_H
#include "match/engine.h"
#include "match/ground.h"

/* The most points of each part of the score; together 10,000. */
enum {
    POINTS_OCCUPATION = 3000,
    POINTS_SKILLS = 2000,
    POINTS_DISTANCE = 1500,
    POINTS_WAGE = 1500,
    POINTS_FRESH = 1000,
    POINTS_EXPOSURE = 1000,
    POINTS_OTHER = POINTS_DISTANCE + POINTS_WAGE + POINTS_FRESH + POINTS_EXPOSURE, /* without occupation and skills */
};
#define FAR_METRES 30000    /* without a radius, points fall to nothing over this way */
#define GOOD_SURPLUS 4000u  /* yuan over the floor that are worth all points */
#define GOOD_WAGE 12000u    /* yuan, where no floor was said */
#define OFTEN_SHOWN 50      /* showings that halve the points for exposure */

#define NOT_WORDS 16
#define SKILLS_NAMED 64 /* of a person, the first ones count */

struct wish {
    const struct match *m;
    const struct snap *s;
    const struct match_person *p;
    uint16_t today;
    struct ground_from home;
    float radius_square;
    bool near_matters, district_matters;
    uint8_t education, experience, types, shifts; /* made comparable: nothing said = everything fits */
    uint32_t wage_floor;                          /* yuan, rounded up */
    const uint16_t *occupation_points;            /* by number */
    const uint8_t *district_ok;
    const uint8_t *missing; /* certificates missing, by set, at most 2 */
    const uint8_t *skills;  /* by number of the skill: 1 = named */
    uint64_t skill_bits;    /* of those named: skill_bit() */
    uint64_t not_terms[NOT_WORDS];
    size_t n_not;
    const uint32_t *const *listed; /* by part: on how many lists an ad is already ... */
    uint32_t most;                 /* ... and may be at most; 0 = no bound */
};
void wish_conditions(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p, int32_t today, struct wish *w);
void wish_skills_named(struct ctx *cx, const uint16_t *skills, size_t n, struct wish *w);
void wish_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p, int32_t today, struct wish *w);

bool wish_near(const struct wish *w, const struct row *r); /* the place suits */
static inline bool wish_is_full(const struct wish *w, unsigned part, uint32_t ad)
{
    return w->most != 0 && __atomic_load_n(&w->listed[part][ad], __ATOMIC_RELAXED) >= w->most;
}
struct best;
/* Goes on with the best among the ads of occupations that are worth nothing to the wish (recommend.c). */
void wish_best_elsewhere(struct ctx *cx, const struct wish *w, struct best *best);
static inline int32_t distance_points(int32_t radius, int32_t metres)
{
    int32_t far = radius > 0 ? radius : FAR_METRES;
    if (metres < 0 || metres >= far)
        return 0;
    return far <= INT32_MAX / POINTS_DISTANCE ? POINTS_DISTANCE * (far - metres) / far : (int32_t)((int64_t)POINTS_DISTANCE * (far - metres) / far);
}

static inline int32_t wage_points(uint32_t floor, uint32_t wage_max) /* yuan */
{
    uint32_t over = floor == 0 ? wage_max : wage_max > floor ? wage_max - floor : 0;
    uint32_t good = floor == 0 ? GOOD_WAGE : GOOD_SURPLUS;
    return (int32_t)(POINTS_WAGE * (over < good ? over : good) / good);
}

static inline int32_t exposure_points(uint32_t shown)
{
    return (int32_t)(POINTS_EXPOSURE * OFTEN_SHOWN / (OFTEN_SHOWN + shown));
}

static inline int32_t wish_fresh_points(const struct wish *w, uint16_t fresh)
{
    int32_t age = (int32_t)w->today - fresh;
    return w->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age] * POINTS_FRESH / FRESH_MOST;
}

/* The score but skills and distance; the distance. */
static inline int32_t wish_points_near(const struct wish *w, const struct part *p, uint32_t ad)
{
    const struct row *r = &p->rows[ad];
    return w->occupation_points[r->occupation] + wage_points(w->wage_floor, r->wage_max) + wish_fresh_points(w, r->fresh) +
           exposure_points(__atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED));
}

static inline int32_t wish_distance_points(const struct wish *w, const struct row *r)
{
    return distance_points(w->p->radius, ground_metres(&w->home, r->lat, r->lng));
}

int32_t wish_distance_most(const struct wish *w, uint64_t cell); /* of the places in a cell, see cell_key() */
int32_t wish_skill_points(const struct wish *w, const struct side *s);
/* At most that, by the sign of an ad's skills. */
static inline int32_t wish_skill_points_most(const struct wish *w, uint64_t sign)
{
    unsigned n = (unsigned)(sign >> (SIGN_BITS + 3)), same = (unsigned)(sign >> SIGN_BITS & 7), have = (unsigned)__builtin_popcountll(sign & w->skill_bits);
    return have == 0 ? 0 : (int32_t)(POINTS_SKILLS * (have + same < n ? have + same : n) / n);
}
unsigned wish_skills(const struct wish *w, const struct side *s, unsigned *of); /* how many the person names, of how many */
/* By the upper bits of a sign: so many of the person's skills in common, at least, are worth `points`; 255: none are. See lanes_skilled(). */
void wish_need(int32_t points, uint8_t need[static 128]);
int32_t occupation_level_points(unsigned level);
uint16_t wish_day(int32_t day);
uint32_t wish_yuan(int64_t fen);
uint8_t wish_education(uint8_t has); /* comparable with floors: unknown is above all */
/* The numbers of skills that a text names, each once; returns how many. */
size_t named_skills(const struct match *m, const char *text, uint16_t *out, size_t cap);
/* The terms of unwanted words; returns how many. */
size_t unwanted_terms(const struct match *m, const char *text, uint64_t out[static NOT_WORDS]);
unsigned shared_levels(int64_t wish, int64_t code); /* 0..4 */

/* reasons.c: why an ad has its score, from the same functions; reasons sum up to the score. */
void reasons_make(struct ctx *cx, const struct wish *w, unsigned part, uint32_t ad, struct match_recommendation *out);
#endif
