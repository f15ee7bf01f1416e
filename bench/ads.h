/* ads.h -- ads made by rule, the same ones each time: 60 kinds of jobs, 16 districts, made-up firms. */
#ifndef BENCH_ADS_H
#define BENCH_ADS_H
#include "match/match.h"

#define ADS_TODAY 20700
#define ADS_JOBS 60u
#define ADS_TAGS 14u

struct ads_job {
    const char *title, *skills;
    int32_t code;
    int wage;
};
struct ads_place {
    int32_t district, lat, lng;
    int64_t street;
};
extern const struct ads_job ads_jobs[ADS_JOBS];
extern const char *const ads_tags[ADS_TAGS];
extern struct ads_place ads_places[256];

void ads_begin(void);
uint32_t ads_below(uint32_t n); /* 0 .. n-1, the next number of the one sequence */
struct match_ad ads_make(struct arena *a, int64_t id); /* texts go to `a`, which the caller resets */
#endif
