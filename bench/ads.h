/* ads.h -- ads and questions made by rule, the same ones each time.
 *
 * 400 occupations in 25 trades (the common ones far more often), 600 skills, 60,000 made-up firms (a few have very many ads), 16 districts,
 * 250 streets, log-normal wages, 40 certificates, descriptions of 80 to 400 characters, one ad in eight a copy of another with small changes,
 * and a long tail of words that one ad in a million writes. The words are those of bench/ads.txt. One sequence of numbers, so one thread.
 */
#ifndef BENCH_ADS_H
#define BENCH_ADS_H
#include "match/match.h"

#define ADS_TODAY 20700
#define ADS_TRADES 25u
#define ADS_TITLES 16u /* of a trade, the commonest first; so the skills */
#define ADS_SKILLS 24u
#define ADS_STREETS 250u
#define ADS_BENEFITS 20u /* so many of the words are benefits with a bit */

struct ads_trade {
    int wage; /* usual, yuan a month */
    bool learned;
    int32_t code; /* packed, of the group; ads_code() of a title in it */
    const char *title[ADS_TITLES], *skill[ADS_SKILLS];
};
struct ads_place {
    int32_t district, lat, lng;
    int64_t street;
    const char *in, *name; /* district, street */
};
extern struct ads_trade ads_trades[ADS_TRADES]; /* the commonest first */
extern struct ads_place ads_places[ADS_STREETS];
extern const char *ads_words[128];
extern size_t ads_n_words;

bool ads_begin(const char *path); /* reads bench/ads.txt; false: it cannot be read */
double ads_unit(void);            /* 0 <= x < 1, the next number of the one sequence */
uint32_t ads_below(uint32_t n);   /* 0 .. n-1 */
uint32_t ads_trade(void);         /* a trade, as often as ads are of it; so title, skill and street */
uint32_t ads_title(void);
uint32_t ads_skill(void);
uint32_t ads_street(void);
int32_t ads_code(uint32_t trade, uint32_t title);
struct match_ad ads_make(struct arena *a, int64_t id); /* texts go to `a`, which the caller resets */

struct ads_question {
    const char *word, *second; /* second: NULL in three of four */
    int64_t district;          /* the rest: 0 = no condition */
    int32_t group;             /* packed: a class or a group of occupations */
    int floor;                 /* yuan */
    int education;             /* at most this floor, + 1 */
    uint32_t types;
};
/* Words of titles 60 %, skills 30 %, other words 10 %; `usable` (may be NULL) may refuse a word, then another is drawn. */
struct ads_question ads_ask(bool (*usable)(void *arg, const char *word), void *arg);
/* What our engine is asked; codes are kept in `a`. Facets, the first 20. */
struct match_query ads_query(struct arena *a, const struct ads_question *q);
#endif
