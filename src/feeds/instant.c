#include "feeds/instant.h"

void date_of_days(int64_t days, int *year, int *month, int *day)
{
    days += 719468; /* from 0000-03-01; H. Hinnant, "chrono-compatible low-level date algorithms" */
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

struct moment moment_of(int64_t ms, int zone_minutes)
{
    enum { DAY = 86400 };
    struct moment m;
    int64_t s = ms / 1000 - (ms % 1000 < 0) + (int64_t)zone_minutes * 60, day = s / DAY - (s % DAY < 0), rest = s - day * DAY;
    date_of_days(day, &m.year, &m.month, &m.day);
    m.hour = (int)(rest / 3600);
    m.minute = (int)(rest / 60 % 60);
    m.second = (int)(rest % 60);
    return m;
}

const char *rfc3339(struct arena *a, int64_t ms)
{
    struct moment m = moment_of(ms, 0);
    return arena_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", m.year, m.month, m.day, m.hour, m.minute, m.second);
}
