/* Any text as a date or a date with time; sums of days; working days. */
#include "base/day.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    static const struct day_rule rules[] = {{20260101, true}, {20260104, false}};
    static const struct calendar c = {rules, 2, 2026, 2026};
    arena_reset(&a);
    struct ctx cx = {.arena = &a, .now = 1795485600000, .lang = n % 2 ? "en" : "zh"};
    const char *s = arena_strndup(&a, (const char *)data, n);
    int64_t ms, v = 0, ymd = day_read(s);
    if (ymd != 0 && (!day_valid(ymd) || day_from_number(day_number(ymd)) != ymd || day_read(day_text_iso(&a, ymd)) != ymd))
        abort();
    if (day_read_stamp(s, DAY_ZONE, &ms)) {
        int64_t again;
        if (!day_read_stamp(day_text_local(&a, ms, DAY_ZONE), DAY_ZONE, &again) || again > ms || ms - again >= 60000)
            abort();
        (void)day_text_stamp(&cx, ms);
    }
    memcpy(&v, data, n < sizeof v ? n : sizeof v);
    (void)day_valid(v);
    int64_t any = day_of(v / 2, DAY_ZONE), to = day_add_months(any, v % 1000);
    if (!day_valid(any) || !day_valid(to) || !day_valid(day_add(any, v / 3)))
        abort();
    (void)day_text_ago(&cx, any);
    (void)day_text(&cx, v);
    bool beyond = false;
    if (!day_valid(day_add_working(&c, any, v % 300, &beyond)))
        abort();
    return 0;
}
