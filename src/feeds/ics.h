/* ics.h -- calendars to subscribe to: recruitment events, classes, the opening hours of a station (RFC 5545, RFC 7986).
 *
 * Times are written in Asia/Shanghai (no daylight saving since 1992), so that an entry stays at its hour on a phone abroad.
 */
#ifndef FEEDS_ICS_H
#define FEEDS_ICS_H
#include "base/ctx.h"
#include "base/view.h"

struct ics_calendar {
    const char *id;   /* "-//…//ZH": who made it */
    const char *name, *description; /* description may be NULL */
    const char *url;  /* where it is read again, or NULL */
    int refresh_hours; /* how often to read it again */
};

struct ics_event {
    const char *uid;   /* never changes */
    int64_t sequence;  /* grows with each change of time, place or state */
    int64_t stamp;     /* UTC ms of the last change */
    int64_t start, end; /* UTC ms */
    bool cancelled;
    const char *title, *description, *place, *url; /* all but the title may be NULL */
    const char *latitude, *longitude;              /* both or neither */
};

struct ics_hours { /* a station is open, every week */
    const char *uid;
    int64_t stamp;
    const char *title, *place, *url;
    int weekdays;     /* bit 0 = Monday … bit 6 = Sunday */
    int64_t from_day; /* yyyymmdd, any day: the first open day from here on is the first entry */
    int64_t until_day; /* yyyymmdd, the last day, or 0 */
    int open_minute, close_minute; /* of the day, local time */
    const int64_t *closed; /* yyyymmdd: holidays that fall on these weekdays */
    size_t n_closed;
};

void ics_begin(struct buf *out, const struct ics_calendar *c);
void ics_event(struct buf *out, const struct ics_event *e);
void ics_hours(struct buf *out, const struct ics_hours *h);
void ics_end(struct buf *out);
#endif
