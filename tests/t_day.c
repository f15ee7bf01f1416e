/* Days: every date of the calendar there and back, months, words, working days of 2026. */
#include "base/day.h"
#include "tap.h"

static struct arena arena;

static void every_day(void)
{
    bool good = true, week = true;
    int64_t n = day_number(10101), last = 0;
    int w = day_weekday(10101);
    for (int64_t d = n; d <= day_number(99991231); d++) {
        int64_t ymd = day_from_number(d);
        good = good && day_valid(ymd) && day_number(ymd) == d && ymd > last;
        week = week && day_weekday(ymd) == w;
        w = w % 7 + 1;
        last = ymd;
    }
    ok(good, "every date from 1 to 9999 there and back");
    ok(week, "weekdays follow one another");
    is_int(last, 99991231, "up to the last");
    is_int(day_weekday(20261124), 2, "24 November 2026 is a Tuesday");
    ok(day_valid(20240229) && !day_valid(20260229) && day_valid(20000229) && !day_valid(21000229), "leap days");
    ok(!day_valid(0) && !day_valid(-20260101) && !day_valid(20261301) && !day_valid(20260431), "no dates");
    ok(!day_valid(123456789) && !day_valid(INT64_MAX) && !day_valid(INT64_MIN), "no dates at all");
    is_int(day_of(2147483648000, 0), 20380119, "after 2038");
    is_int(day_of(-1, 0), 19691231, "before 1970");
    is_int(day_of(1795485600000, DAY_ZONE), 20261124, "an instant in the zone");
    is_int(day_of(day_start(20261124, DAY_ZONE) - 1, DAY_ZONE), 20261123, "midnight");
    is_int(day_minute(1795485600000, DAY_ZONE), 600, "minutes of the day");
}

static void months(void)
{
    is_int(day_add_months(20260131, 1), 20260228, "no 31 February");
    is_int(day_add_months(20240131, 1), 20240229, "in a leap year");
    is_int(day_add_months(20260331, -1), 20260228, "backwards");
    is_int(day_add_months(20261124, 14), 20280124, "over years");
    is_int(day_add(20261231, 1), 20270101, "a day on");
    is_int(day_between(20260101, 20270101), 365, "between");
    is_int(day_years(20000229, 20260227), 25, "born on a leap day: not yet");
    is_int(day_years(20000229, 20260228), 26, "the last day of February counts");
    is_int(day_years(19761124, 20261124), 50, "on the birthday");
    is_int(day_years(20270101, 20261124), -1, "not born yet");
    int64_t ms = 0;
    static const char *const dates[] = {"2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日"};
    for (size_t i = 0; i < 5; i++)
        is_int(day_read(dates[i]), 20260301, dates[i]);
    static const char *const none[] = {"", "2026", "2026-02-30", "26-3-1", "2026-3", "2026-03-01x", "202603", "2026-13-01"};
    for (size_t i = 0; i < 8; i++)
        is_int(day_read(none[i]), 0, none[i]);
    ok(day_read_stamp("2026-11-24T10:00", DAY_ZONE, &ms) && ms == 1795485600000, "date and time");
    ok(day_read_stamp("2026-11-24 10:00:00", DAY_ZONE, &ms) && ms == 1795485600000, "with seconds");
    ok(!day_read_stamp("2026-11-24T24:00", DAY_ZONE, &ms) && !day_read_stamp("2026-11-24", DAY_ZONE, &ms), "no time");
    is_str(day_text_local(&arena, 1795485600000, DAY_ZONE), "2026-11-24T10:00", "as a field holds it");
}

static void words(void)
{
    struct ctx cx = {.arena = &arena, .now = 1795485600000, .lang = "zh"};
    is_str(day_text(&cx, 20261124), "11 月 24 日（周二）", "this year");
    is_str(day_text(&cx, 20270101), "2027 年 1 月 1 日（周五）", "another year");
    is_str(day_text_stamp(&cx, 1795483800000), "11 月 24 日（周二）9:30", "with time");
    is_str(day_text_ago(&cx, 20261124), "今天", "today");
    is_str(day_text_ago(&cx, 20261123), "昨天", "yesterday");
    is_str(day_text_ago(&cx, 20261121), "3 天前", "three days ago");
    is_str(day_text_ago(&cx, 20261201), "7 天后", "in seven days");
    is_str(day_text_ago(&cx, 20260101), "2026 年 1 月 1 日", "long ago");
    is_str(day_text(&cx, 0), "", "no date, no words");
    cx.lang = "en";
    is_str(day_text_stamp(&cx, 1795483800000), "Tue, 24 Nov, 9:30", "in English");
    is_str(day_text_full(&cx, 20270101), "1 Jan 2027", "in full");
}

static void working(void)
{
    static const struct day_rule rules[] = { /* notice of the State Council for 2026: New Year, Spring Festival, National Day */
        {20260101, true},  {20260102, true},  {20260103, true},  {20260104, false}, {20260214, false}, {20260215, true},
        {20260216, true},  {20260217, true},  {20260218, true},  {20260219, true},  {20260220, true},  {20260221, true},
        {20260222, true},  {20260223, true},  {20260228, false}, {20260920, false}, {20261001, true},  {20261002, true},
        {20261003, true},  {20261004, true},  {20261005, true},  {20261006, true},  {20261007, true},  {20261010, false},
    };
    static const struct calendar c = {rules, sizeof rules / sizeof *rules, 2026, 2026};
    bool beyond = false;
    ok(day_is_working(&c, 20260104, &beyond), "a Sunday that is worked");
    ok(!day_is_working(&c, 20260102, &beyond), "a Friday that is not");
    ok(day_is_working(&c, 20261124, &beyond) && !day_is_working(&c, 20261122, &beyond), "ordinary days");
    is_int(day_add_working(&c, 20260213, 1, &beyond), 20260214, "the Saturday before the festival");
    is_int(day_add_working(&c, 20260213, 2, &beyond), 20260224, "over the festival");
    is_int(day_add_working(&c, 20260930, 3, &beyond), 20261010, "over National Day");
    is_int(day_add_working(&c, 20260224, -2, &beyond), 20260213, "backwards");
    is_int(day_add_working(&c, 20261001, 0, &beyond), 20261008, "or the next working day");
    is_int(day_working_between(&c, 20260930, 20261010, &beyond), 3, "counted");
    is_int(day_working_between(&c, 20261010, 20260930, &beyond), -3, "backwards");
    ok(!beyond, "all within the calendar");
    is_int(day_add_working(&c, 20261231, 1, &beyond), 20270101, "after it only weekends are known");
    ok(beyond, "and it is said");
}

int main(void)
{
    arena_init(&arena, 0);
    every_day();
    months();
    words();
    working();
    arena_free(&arena);
    return done();
}
