/* small.c -- days, codes, distances, bands. */
#include "match/engine.h"

#include "base/day.h"
#include "match/ground.h"

#include <stdio.h>

const int64_t match_wage_bands[MATCH_WAGE_BANDS] = {0, 1, 300000, 400000, 500000, 600000, 800000, 1000000, 1500000};
const int32_t match_experience_bands[MATCH_EXPERIENCE_BANDS] = {0, 1, 13, 37, 61, 121};
const int32_t match_age_bands[MATCH_AGE_BANDS] = {0, 2, 4, 8, 15, 31};

unsigned wage_band(int64_t wage_min, int64_t wage_max)
{
    int64_t mean = wage_min / 2 + wage_max / 2 + (wage_min % 2 + wage_max % 2) / 2;
    unsigned b = 0;
    while (b + 1 < MATCH_WAGE_BANDS && mean >= match_wage_bands[b + 1])
        b++;
    return b;
}

unsigned experience_band(unsigned months)
{
    unsigned b = 0;
    while (b + 1 < MATCH_EXPERIENCE_BANDS && months >= (unsigned)match_experience_bands[b + 1])
        b++;
    return b;
}

unsigned age_band(int32_t days)
{
    unsigned b = 0;
    while (b + 1 < MATCH_AGE_BANDS && days >= match_age_bands[b + 1])
        b++;
    return b;
}

int32_t match_day(int64_t yyyymmdd)
{
    return day_valid(yyyymmdd) ? (int32_t)day_number(yyyymmdd) : 0;
}

int32_t fresh_points(int32_t age)
{
    return age < 0 ? FRESH_MOST : (int32_t)(FRESH_MOST * expf(-(float)age / 30));
}

int32_t match_pack(const char *code)
{
    static const char shape[] = "d-dd-dd-dd";
    int32_t v = 0;
    if (code == NULL)
        return 0;
    for (size_t i = 0; i < sizeof shape; i++) {
        if (shape[i] == 'd') {
            if (code[i] < '0' || code[i] > '9')
                return 0;
            v = v * 10 + (code[i] - '0');
        } else if (code[i] != shape[i]) {
            return 0;
        }
    }
    return v;
}

void match_unpack(int32_t p, char out[static 12])
{
    unsigned v = p < 0 || p > 9999999 ? 0 : (unsigned)p;
    (void)snprintf(out, 12, "%u-%02u-%02u-%02u", v / 1000000 % 10, v / 10000 % 100, v / 100 % 100, v % 100);
}

int32_t match_distance(int32_t lat1, int32_t lng1, int32_t lat2, int32_t lng2)
{
    struct ground_from from = ground_from(lat1, lng1);
    return ground_metres(&from, lat2, lng2);
}
