/* day.h -- civil dates, instants and working days.
 *
 * A date is an int64 yyyymmdd of the Gregorian calendar, years 1..9999; an instant is UTC milliseconds.
 * A zone is minutes east of UTC; China has one, DAY_ZONE, without summer time.
 * Functions on dates take valid dates (day_valid); what a wrong one gives is unspecified but harmless.
 */
#ifndef BASE_DAY_H
#define BASE_DAY_H
#include "base/ctx.h"

enum { DAY_ZONE = 480, DAY_MS = 86400000 };

bool day_valid(int64_t ymd);
int64_t day_make(int64_t year, int64_t month, int64_t day); /* 0 when there is no such date */
int64_t day_number(int64_t ymd);                            /* days since 1970-01-01 */
int64_t day_from_number(int64_t days);
int64_t day_of(int64_t ms, int zone);         /* the date on which an instant falls */
int64_t day_start(int64_t ymd, int zone);     /* the instant of its midnight */
int64_t day_minute(int64_t ms, int zone);     /* minutes since midnight, 0..1439 */
int day_weekday(int64_t ymd);                 /* 1 Monday .. 7 Sunday */
int64_t day_add(int64_t ymd, int64_t days);
/* The same day of another month; the last day of that month when it has no such day (Civil Code, article 202). */
int64_t day_add_months(int64_t ymd, int64_t months);
int64_t day_between(int64_t from, int64_t to); /* to - from, in days */
int64_t day_years(int64_t birth, int64_t on);  /* full years; -1 before birth */

/* Reads "2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日"; 0 when it is none of these or no such date. */
int64_t day_read(const char *s);
/* Reads a local "2026-03-01T09:30" (also with a blank, also with seconds) as an instant; false when it is none. */
bool day_read_stamp(const char *s, int zone, int64_t *ms);

/* ---- words, in the request's language ---- */
const char *day_text(const struct ctx *cx, int64_t ymd);            /* "11 月 24 日（周二）"; with the year when it is not this one */
const char *day_text_full(const struct ctx *cx, int64_t ymd);       /* "2026 年 11 月 24 日" */
const char *day_text_stamp(const struct ctx *cx, int64_t ms);       /* "11 月 24 日（周二）9:30" */
const char *day_text_ago(const struct ctx *cx, int64_t ymd);        /* "今天", "昨天", "3 天前", "明天", "3 天后"; past 30 days the date */
const char *day_text_iso(struct arena *a, int64_t ymd);             /* "2026-11-24" */
const char *day_text_local(struct arena *a, int64_t ms, int zone);  /* "2026-11-24T09:30": what a datetime-local field holds */

/* ---- working days ---- */
struct day_rule { /* what the State Council's yearly notice says of one date */
    int64_t ymd;
    bool off; /* true: no work; false: a weekend day that is worked */
};
struct calendar {
    const struct day_rule *rules; /* ascending by date */
    size_t n;
    int64_t first_year, last_year; /* the years with a notice; outside of them only weekends are known */
};
/* `beyond` (may be NULL) is set to true when a date lay outside the calendar's years, and never to false. */
bool day_is_working(const struct calendar *c, int64_t ymd, bool *beyond);
/* The date `n` working days after `ymd` (itself not counted); n = 0: `ymd` or the next working day; n may be negative. */
int64_t day_add_working(const struct calendar *c, int64_t ymd, int64_t n, bool *beyond);
/* Working days after `from` up to and including `to`; negative when `to` is earlier. */
int64_t day_working_between(const struct calendar *c, int64_t from, int64_t to, bool *beyond);
#endif
