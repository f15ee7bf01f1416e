#include "feeds/ics.h"

#include "feeds/instant.h"

#include <string.h>

enum { LINE_OCTETS = 75, ZONE_MINUTES = 8 * 60 };

/* One content line: folded after 75 octets, never inside a character, ended by CRLF. */
static void line(struct buf *out, const char *s)
{
    size_t n = strlen(s), room = LINE_OCTETS;
    while (n > room) {
        size_t cut = room;
        while (((unsigned char)s[cut] & 0xc0) == 0x80)
            cut--;
        buf_add(out, s, cut);
        buf_str(out, "\r\n ");
        s += cut;
        n -= cut;
        room = LINE_OCTETS - 1; /* the space counts */
    }
    buf_add(out, s, n);
    buf_str(out, "\r\n");
}

/* "NAME:text" with the text escaped (RFC 5545 3.3.11). */
static void text(struct buf *out, const char *name, const char *s)
{
    struct buf b = {.a = out->a};
    if (s == NULL || *s == '\0')
        return;
    buf_fmt(&b, "%s:", name);
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\n')
            buf_str(&b, "\\n");
        else if (c == '\\' || c == ';' || c == ',') {
            buf_str(&b, "\\");
            buf_add(&b, s, 1);
        } else if (c >= 0x20 && c != 0x7f)
            buf_add(&b, s, 1);
    }
    line(out, buf_text(&b));
}

/* A URI is not escaped; control characters would end its line. */
static void uri(struct buf *out, const char *name, const char *s)
{
    if (s == NULL || *s == '\0')
        return;
    struct buf b = {.a = out->a};
    buf_str(&b, name);
    for (; *s != '\0'; s++)
        if ((unsigned char)*s > 0x20 && *s != 0x7f)
            buf_add(&b, s, 1);
    line(out, buf_text(&b));
}

static void stamp(struct buf *out, const char *name, int64_t ms)
{
    struct moment m = moment_of(ms, 0);
    line(out, arena_fmt(out->a, "%s:%04d%02d%02dT%02d%02d%02dZ", name, m.year, m.month, m.day, m.hour, m.minute, m.second));
}

static void local(struct buf *out, const char *name, int64_t ms)
{
    struct moment m = moment_of(ms, ZONE_MINUTES);
    line(out, arena_fmt(out->a, "%s;TZID=Asia/Shanghai:%04d%02d%02dT%02d%02d%02d", name, m.year, m.month, m.day, m.hour, m.minute,
                        m.second));
}

void ics_begin(struct buf *out, const struct ics_calendar *c)
{
    static const char *const zone[] = {"BEGIN:VTIMEZONE",    "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19700101T000000",
                                       "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800",   "TZNAME:CST",     "END:STANDARD",
                                       "END:VTIMEZONE"};
    line(out, "BEGIN:VCALENDAR");
    line(out, "VERSION:2.0");
    text(out, "PRODID", c->id);
    line(out, "CALSCALE:GREGORIAN");
    line(out, "METHOD:PUBLISH");
    text(out, "NAME", c->name);
    text(out, "X-WR-CALNAME", c->name); /* what most programs read instead of NAME */
    text(out, "DESCRIPTION", c->description);
    uri(out, "SOURCE;VALUE=URI:", c->url);
    line(out, arena_fmt(out->a, "REFRESH-INTERVAL;VALUE=DURATION:PT%dH", c->refresh_hours));
    line(out, arena_fmt(out->a, "X-PUBLISHED-TTL:PT%dH", c->refresh_hours));
    for (size_t i = 0; i < sizeof zone / sizeof *zone; i++)
        line(out, zone[i]);
}

void ics_event(struct buf *out, const struct ics_event *e)
{
    line(out, "BEGIN:VEVENT");
    text(out, "UID", e->uid);
    stamp(out, "DTSTAMP", e->stamp);
    stamp(out, "LAST-MODIFIED", e->stamp);
    line(out, arena_fmt(out->a, "SEQUENCE:%lld", (long long)e->sequence));
    line(out, e->cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    local(out, "DTSTART", e->start);
    local(out, "DTEND", e->end);
    text(out, "SUMMARY", e->title);
    text(out, "DESCRIPTION", e->description);
    text(out, "LOCATION", e->place);
    if (e->latitude != NULL && e->longitude != NULL)
        line(out, arena_fmt(out->a, "GEO:%s;%s", e->latitude, e->longitude));
    uri(out, "URL:", e->url);
    line(out, "END:VEVENT");
}

/* Days since 1970-01-01 of a calendar date. */
static int64_t days_of_date(int64_t yyyymmdd)
{
    int64_t y = yyyymmdd / 10000, m = yyyymmdd / 100 % 100, d = yyyymmdd % 100;
    y -= m <= 2;
    int64_t era = y / 400, yoe = y - era * 400, doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void at_minute(struct buf *out, const char *name, int64_t yyyymmdd, int minute)
{
    local(out, name, (days_of_date(yyyymmdd) * 1440 + minute - ZONE_MINUTES) * 60000);
}

static void weekly_rule(struct buf *out, const struct ics_hours *h)
{
    static const char *const day[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    struct buf b = {.a = out->a};
    buf_str(&b, "RRULE:FREQ=WEEKLY;BYDAY=");
    for (int i = 0, n = 0; i < 7; i++)
        if (h->weekdays & 1 << i)
            buf_fmt(&b, n++ == 0 ? "%s" : ",%s", day[i]);
    if (h->until_day != 0) { /* UTC, as DTSTART has a zone: the last minute of the day */
        struct moment m = moment_of((days_of_date(h->until_day) * 1440 + 1439 - ZONE_MINUTES) * 60000, 0);
        buf_fmt(&b, ";UNTIL=%04d%02d%02dT%02d%02d00Z", m.year, m.month, m.day, m.hour, m.minute);
    }
    line(out, buf_text(&b));
}

void ics_hours(struct buf *out, const struct ics_hours *h)
{
    int64_t day = days_of_date(h->from_day);
    int y, m, d;
    if ((h->weekdays & 0x7f) == 0)
        return;
    while (!(h->weekdays & 1 << (day + 3) % 7)) /* 1970-01-01 was a Thursday */
        day++;
    date_of_days(day, &y, &m, &d);
    int64_t first = (int64_t)y * 10000 + m * 100 + d;
    line(out, "BEGIN:VEVENT");
    text(out, "UID", h->uid);
    stamp(out, "DTSTAMP", h->stamp);
    at_minute(out, "DTSTART", first, h->open_minute);
    at_minute(out, "DTEND", first, h->close_minute);
    weekly_rule(out, h);
    for (size_t i = 0; i < h->n_closed; i++)
        at_minute(out, "EXDATE", h->closed[i], h->open_minute);
    text(out, "SUMMARY", h->title);
    text(out, "LOCATION", h->place);
    uri(out, "URL:", h->url);
    line(out, "TRANSP:TRANSPARENT");
    line(out, "END:VEVENT");
}

void ics_end(struct buf *out) { line(out, "END:VCALENDAR"); }
