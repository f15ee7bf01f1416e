/* lanes.h -- the filters that run over columns, 32 at a time where the processor can (AVX2), else one by one; same answers. */
#ifndef MATCH_LANES_H
#define MATCH_LANES_H
#include "match/circle.h"
#include "match/people.h"


struct ad_gate { /* an ad, for a crowd of people */
    int32_t lat, lng;
    bool known;             /* it has a place */
    bool near, districts;   /* test whether it is near enough; or, with both, whether it is in a district wished */
    uint8_t types, shifts;  /* nothing said = all bits */
    uint8_t experience, education;
    uint32_t wage_max, district, certs; /* yuan; bit of the district; bits of what is required */
};
struct person_gate { /* a person, for ads */
    struct ground_from home;
    float reach;   /* squared; read when near */
    bool near;     /* test the distance too */
    bool ends;     /* test the last day too: some ad may be past it */
    uint16_t wage_floor, today; /* yuan; 65535 = so much or more, to be tested again */
    uint8_t types, shifts, experience, education;
};
struct strip { /* the columns of ads that the gate reads, with room up to a multiple of 64 */
    const int32_t *lat, *lng;
    const uint16_t *wage, *expires, *certificates;
    const uint8_t *types, *shifts, *experience, *education; /* 0 types or shifts: nothing said; education: its lower half */
};
struct strip strip_of(const struct part *p);

struct circle wish_circle(const struct wish *w); /* recommend.c; of a wish with a radius */
struct person_gate wish_gate(const struct wish *w);

/* Of n words of 64 people from `word` on: in `bits` come those that are asked for and go those of them that may suit; `picky`: which of
 * these have something in their record that decides. Districts and certificates are tested by bits, so some may fail the exact test. */
void lanes_people(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *g, uint64_t *bits, uint64_t *picky);
/* Of n words of 64 ads from `word` on: in `bits` come those that are asked for and go those of them that suit; `none`: which of these
 * want no certificate. Others' certificates are not looked at. */
void lanes_ads(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *g, uint64_t *bits, uint64_t *none);
/* Of n words from `word` on, leaves the bits of from..to-1; `from` is in the first word, to - 1 not before the last. */
static inline void bits_between(uint64_t *bits, uint32_t word, uint32_t n, uint32_t from, uint32_t to)
{
    bits[0] &= UINT64_MAX << from % 64;
    if (to < (word + n) * 64)
        bits[n - 1] &= UINT64_MAX >> ((word + n) * 64 - to);
}
#define LANES_WORDS 32u /* words that go through the filters together */
/* The next words of from..to-1 into bits[LANES_WORDS], cut to the range: those alive, or all when `live` is NULL. Returns how many and says the first; 0: `from` is
 * at the end. Moves `from` on. */
static inline uint32_t lanes_next(const uint64_t *live, uint32_t *from, uint32_t to, uint32_t *word, uint64_t *bits)
{
    if (*from >= to)
        return 0;
    *word = *from / 64;
    uint32_t n = (to + 63) / 64 - *word;
    n = n > LANES_WORDS ? LANES_WORDS : n;
    for (uint32_t i = 0; i < n; i++)
        bits[i] = live == NULL ? UINT64_MAX : live[*word + i];
    bits_between(bits, *word, n, *from, to);
    *from = (*word + n) * 64;
    return n;
}
/* Of the 64 people of a word, those of `bits` who may wish for work of a group of the third level, by its work_mark(); in `second` those others
 * who may wish for work of the same second level. */
uint64_t lanes_work(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second);
/* Of the 64 people of a word, `bits` without those whose points for wage and distance together are certainly below `want`. */
uint64_t lanes_worth(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits);
/* Of 64 whose skills' signs are given, those of `bits` that have enough of the skills named; `need`: how many, by the upper bits of a sign. */
uint64_t lanes_skilled(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits);
/* Signs of 64, before they are asked for. */
static inline void lanes_fetch_signs(const uint64_t *signs)
{
    for (unsigned i = 0; i < 64; i += 8)
        __builtin_prefetch(signs + i);
}
#define LANES_AHEAD 4 /* words */
bool lanes_wide(void); /* the processor has AVX2 */
/* The plain ways, which the tests hold the wide ones against. */
void lanes_people_plain(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *g, uint64_t *bits, uint64_t *picky);
uint64_t lanes_skilled_plain(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits);
uint64_t lanes_work_plain(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second);
uint64_t lanes_worth_plain(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits);
void lanes_ads_plain(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *g, uint64_t *bits, uint64_t *none);
#endif
