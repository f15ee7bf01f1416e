#include "base/day.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }
static bool leap(int64_t y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

static int64_t month_days(int64_t y, int64_t m)
{
    static const signed char n[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return n[m] + (m == 2 && leap(y));
}

int64_t day_make(int64_t y, int64_t m, int64_t d)
{
    bool good = y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= month_days(y, m);
    return good ? y * 10000 + m * 100 + d : 0;
}

bool day_valid(int64_t ymd) { return ymd > 0 && day_make(ymd / 10000, ymd / 100 % 100, ymd % 100) == ymd; }

int64_t day_number(int64_t ymd) /* years begin in March, so that the leap day is the last of its year */
{
    int64_t y = ymd / 10000, m = ymd / 100 % 100, d = ymd % 100;
    y -= m <= 2;
    int64_t era = floor_div(y, 400), yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

int64_t day_from_number(int64_t days)
{
    if (days < -719162) /* 0001-01-01 */
        return 10101;
    if (days > 2932896) /* 9999-12-31 */
        return 99991231;
    int64_t z = days + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
    return (yoe + era * 400 + (m <= 2)) * 10000 + m * 100 + d;
}

int64_t day_of(int64_t ms, int zone) { return day_from_number(floor_div(floor_div(ms, 60000) + zone, 1440)); }
int64_t day_start(int64_t ymd, int zone) { return (day_number(ymd) * 1440 - zone) * 60000; }

int64_t day_minute(int64_t ms, int zone)
{
    int64_t m = floor_div(ms, 60000) + zone;
    return m - floor_div(m, 1440) * 1440;
}

int day_weekday(int64_t ymd)
{
    int64_t n = day_number(ymd) + 3; /* 1970-01-01 was a Thursday */
    return (int)(n - floor_div(n, 7) * 7) + 1;
}

int64_t day_add(int64_t ymd, int64_t days)
{
    days = days > 4000000 ? 4000000 : days < -4000000 ? -4000000 : days;
    return day_from_number(day_number(ymd) + days);
}

int64_t day_add_months(int64_t ymd, int64_t months)
{
    months = months > 200000 ? 200000 : months < -200000 ? -200000 : months;
    int64_t m = ymd / 10000 * 12 + ymd / 100 % 100 - 1 + months, y = floor_div(m, 12), d = ymd % 100;
    if (y < 1 || y > 9999)
        return y < 1 ? 10101 : 99991231;
    m = m - y * 12 + 1;
    return day_make(y, m, d > month_days(y, m) ? month_days(y, m) : d);
}

int64_t day_between(int64_t from, int64_t to) { return day_number(to) - day_number(from); }

int64_t day_years(int64_t birth, int64_t on)
{
    if (on < birth)
        return -1;
    int64_t years = on / 10000 - birth / 10000;
    return years - (day_add_months(birth, years * 12) > on);
}

/* Reads up to `max` digits; returns how many. */
static int digits(const char **p, int max, int64_t *v)
{
    int n = 0;
    for (*v = 0; n < max && **p >= '0' && **p <= '9'; n++, (*p)++)
        *v = *v * 10 + (**p - '0');
    return n;
}

/* Skips one of the words given (each ends with NUL, the list with an empty one). */
static bool skip(const char **p, const char *words)
{
    for (const char *w = words; *w != '\0'; w += strlen(w) + 1)
        if (strncmp(*p, w, strlen(w)) == 0) {
            *p += strlen(w);
            return true;
        }
    return false;
}

static int64_t read_date(const char **p)
{
    int64_t y, m, d;
    if (digits(p, 4, &y) != 4)
        return 0;
    bool parted = skip(p, "-\0/\0.\0年\0");
    int n = digits(p, 2, &m);
    if (n == 0 || (!parted && n != 2) || (parted && !skip(p, "-\0/\0.\0月\0")))
        return 0;
    n = digits(p, 2, &d);
    if (n == 0 || (!parted && n != 2))
        return 0;
    (void)skip(p, "日\0");
    return day_make(y, m, d);
}

int64_t day_read(const char *s)
{
    int64_t ymd = read_date(&s);
    return *s == '\0' ? ymd : 0;
}

bool day_read_stamp(const char *s, int zone, int64_t *ms)
{
    int64_t ymd = read_date(&s), h, m, sec = 0;
    if (ymd == 0 || !skip(&s, "T\0 \0") || digits(&s, 2, &h) == 0 || !skip(&s, ":\0：\0") || digits(&s, 2, &m) != 2)
        return false;
    if (skip(&s, ":\0") && digits(&s, 2, &sec) != 2)
        return false;
    if (*s != '\0' || h > 23 || m > 59 || sec > 59)
        return false;
    *ms = day_start(ymd, zone) + ((h * 60 + m) * 60 + sec) * 1000;
    return true;
}

static bool is_zh(const struct ctx *cx) { return cx->lang == NULL || strcmp(cx->lang, "en") != 0; }

static const char *const weekday_en[8] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const weekday_zh[8] = {"", "一", "二", "三", "四", "五", "六", "日"};
static const char *const month_en[13] = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char *day_text(const struct ctx *cx, int64_t ymd)
{
    if (!day_valid(ymd))
        return "";
    int y = (int)(ymd / 10000), m = (int)(ymd / 100 % 100), d = (int)(ymd % 100), w = day_weekday(ymd);
    bool same = y == day_of(cx->now, DAY_ZONE) / 10000;
    if (is_zh(cx))
        return same ? arena_fmt(cx->arena, "%d 月 %d 日（周%s）", m, d, weekday_zh[w])
                    : arena_fmt(cx->arena, "%d 年 %d 月 %d 日（周%s）", y, m, d, weekday_zh[w]);
    return same ? arena_fmt(cx->arena, "%s, %d %s", weekday_en[w], d, month_en[m])
                : arena_fmt(cx->arena, "%s, %d %s %d", weekday_en[w], d, month_en[m], y);
}

const char *day_text_full(const struct ctx *cx, int64_t ymd)
{
    if (!day_valid(ymd))
        return "";
    int y = (int)(ymd / 10000), m = (int)(ymd / 100 % 100), d = (int)(ymd % 100);
    return is_zh(cx) ? arena_fmt(cx->arena, "%d 年 %d 月 %d 日", y, m, d) : arena_fmt(cx->arena, "%d %s %d", d, month_en[m], y);
}

const char *day_text_stamp(const struct ctx *cx, int64_t ms)
{
    int at = (int)day_minute(ms, DAY_ZONE);
    return arena_fmt(cx->arena, "%s%s%d:%02d", day_text(cx, day_of(ms, DAY_ZONE)), is_zh(cx) ? "" : ", ", at / 60, at % 60);
}

const char *day_text_ago(const struct ctx *cx, int64_t ymd)
{
    if (!day_valid(ymd))
        return "";
    int64_t n = day_between(ymd, day_of(cx->now, DAY_ZONE)), many = n < 0 ? -n : n;
    if (n >= -1 && n <= 1)
        return tr(cx, n == 0 ? N_("今天") : n > 0 ? N_("昨天") : N_("明天"));
    if (many > 30)
        return day_text_full(cx, ymd);
    return text_fill(cx->arena, tr(cx, n > 0 ? N_("{n} 天前") : N_("{n} 天后")), "n", arena_fmt(cx->arena, "%d", (int)many), NULL);
}

const char *day_text_iso(struct arena *a, int64_t ymd)
{
    return arena_fmt(a, "%04d-%02d-%02d", (int)(ymd / 10000), (int)(ymd / 100 % 100), (int)(ymd % 100));
}

const char *day_text_local(struct arena *a, int64_t ms, int zone)
{
    int at = (int)day_minute(ms, zone);
    return arena_fmt(a, "%sT%02d:%02d", day_text_iso(a, day_of(ms, zone)), at / 60, at % 60);
}

bool day_is_working(const struct calendar *c, int64_t ymd, bool *beyond)
{
    bool weekday = day_weekday(ymd) <= 5;
    if (ymd / 10000 < c->first_year || ymd / 10000 > c->last_year) {
        if (beyond != NULL)
            *beyond = true;
        return weekday;
    }
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->rules[mid].ymd == ymd)
            return !c->rules[mid].off;
        if (c->rules[mid].ymd < ymd)
            lo = mid + 1;
        else
            hi = mid;
    }
    return weekday;
}

int64_t day_add_working(const struct calendar *c, int64_t ymd, int64_t n, bool *beyond)
{
    int step = n < 0 ? -1 : 1;
    int64_t left = n < 0 ? -n : n, guard = 0;
    left = left < 0 || left > 40000 ? 40000 : left; /* a hundred years and more are no deadline */
    while (left == 0 && n == 0 && guard++ < 60 && !day_is_working(c, ymd, beyond))
        ymd = day_add(ymd, 1);
    while (left > 0 && guard++ < 100000) {
        ymd = day_add(ymd, step);
        left -= day_is_working(c, ymd, beyond);
    }
    return ymd;
}

int64_t day_working_between(const struct calendar *c, int64_t from, int64_t to, bool *beyond)
{
    if (to < from)
        return -day_working_between(c, to, from, beyond);
    int64_t n = 0;
    for (int64_t d = day_number(from) + 1, end = day_number(to); d <= end; d++)
        n += day_is_working(c, day_from_number(d), beyond);
    return n;
}
