/* instant.h -- private to feeds: instants and calendar dates as the formats write them. */
#ifndef FEEDS_INSTANT_H
#define FEEDS_INSTANT_H
#include "base/arena.h"
#include <stdint.h>

struct moment {
    int year, month, day, hour, minute, second;
};

/* Of UTC milliseconds; `zone_minutes` east of UTC. */
struct moment moment_of(int64_t ms, int zone_minutes);
/* Calendar date of a count of days since 1970-01-01 (proleptic Gregorian). */
void date_of_days(int64_t days, int *year, int *month, int *day);
const char *rfc3339(struct arena *a, int64_t ms); /* 2026-03-01T09:30:00Z */
#endif
