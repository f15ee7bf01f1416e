/* when.c -- dates as ads and sheets write them, with and without a year. */
#include "city/imports/imports_impl.h"

#include "base/day.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A number at *p (at most `most` digits), *p behind it; -1 when there is none. */
static int64_t number(const char **p, int most)
{
    int64_t v = -1;
    for (int i = 0; i < most && isdigit((unsigned char)**p); i++, ++*p)
        v = (v < 0 ? 0 : v * 10) + (**p - '0');
    return v;
}

static bool skip(const char **p, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(*p, word, n) != 0)
        return false;
    *p += n;
    return true;
}

/* Month and day only: the last such day, or the next. 29 February is looked for up to four years away. */
static int64_t nearest(int64_t month, int64_t day, int64_t today, bool ahead)
{
    int64_t year = today / 10000, step = ahead ? 1 : -1;
    for (int i = 0; i < 5; i++) {
        int64_t d = day_make(year + i * step, month, day);
        if (d != 0 && (ahead ? d >= today : d <= today))
            return d;
    }
    return 0;
}

static int64_t told(const char *s, int64_t today)
{
    if (strncmp(s, "今天", 6) == 0 || strncmp(s, "刚刚", 6) == 0 || strncmp(s, "今日", 6) == 0)
        return today;
    if (strncmp(s, "昨天", 6) == 0)
        return day_add(today, -1);
    if (strncmp(s, "前天", 6) == 0)
        return day_add(today, -2);
    int64_t n = number(&s, 4);
    while (*s == ' ')
        s++;
    if (n < 0 || strstr(s, "前") == NULL)
        return 0;
    if (strncmp(s, "天", 3) == 0 || strncmp(s, "日", 3) == 0)
        return day_add(today, -n);
    if (strncmp(s, "周", 3) == 0)
        return day_add(today, -7 * n);
    if (strncmp(s, "个月", 6) == 0)
        return day_add_months(today, -n);
    return strncmp(s, "小时", 6) == 0 || strncmp(s, "分钟", 6) == 0 ? today : 0;
}

/* "08-30", "8月30日", "8/30", "8.30" and nothing but a time behind it. */
static int64_t without_year(const char *s, int64_t today, bool ahead)
{
    int64_t month = number(&s, 2);
    if (month < 0 || !(skip(&s, "月") || skip(&s, "-") || skip(&s, "/") || skip(&s, ".")))
        return 0;
    int64_t day = number(&s, 2);
    if (day < 0)
        return 0;
    if (!skip(&s, "日"))
        skip(&s, "号");
    return s[strspn(s, " 0123456789:")] == '\0' || strncmp(s, "发布", 6) == 0 ? nearest(month, day, today, ahead) : 0;
}

int64_t import_day(const char *s, int64_t today, bool ahead)
{
    char first[48];
    s += strspn(s, " ");
    size_t n = strlen(s);
    int64_t day = day_read(s);
    if (day != 0)
        return day;
    if (n == 5 && strspn(s, "0123456789") == 5) { /* days since 1899-12-30, as sheets count them */
        int64_t serial = strtoll(s, NULL, 10);
        return serial >= 36526 && serial <= 73050 ? day_from_number(serial - 25569) : 0;
    }
    day = told(s, today);
    if (day == 0)
        day = without_year(s, today, ahead);
    size_t cut = strcspn(s, " T");
    if (day != 0 || cut == n || cut >= sizeof first)
        return day;
    memcpy(first, s, cut);
    first[cut] = '\0';
    return day_read(first);
}
