#include "city/stations/stations.h"

#include "base/day.h"
#include "base/text.h"
#include "city/stations/stations_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_AHEAD = 30 /* days in which a closed station looks for its next opening */ };

static const char *dash(const char *p) /* what stands between two times; NULL when nothing does */
{
    static const char *const dashes[] = {"-", "~", "\u2013", "\u2014", "\u81f3"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (strncmp(p, dashes[i], strlen(dashes[i])) == 0)
            return p + strlen(dashes[i]);
    return NULL;
}

static const char *clock_time(const char *p, int64_t *min)
{
    int h = 0, m = 0, n = 0;
    for (; isdigit((unsigned char)*p) && n < 2; p++, n++)
        h = h * 10 + (*p - '0');
    if (n == 0)
        return NULL;
    if (*p == ':') {
        if (!isdigit((unsigned char)p[1]) || !isdigit((unsigned char)p[2]))
            return NULL;
        m = (p[1] - '0') * 10 + (p[2] - '0');
        p += 3;
    }
    *min = h * 60 + m;
    return m < 60 && *min <= 1440 ? p : NULL;
}

bool station_hours_read(struct ctx *cx, const char *text, struct station_span spans[4], size_t *n)
{
    const char *p = text_fold(cx->arena, text, strlen(text));
    int64_t last = -1;
    for (*n = 0; *p != '\0'; (*n)++) {
        struct station_span s;
        if (*n == 4 || (p = clock_time(p, &s.from_min)) == NULL || (p = dash(p)) == NULL || (p = clock_time(p, &s.to_min)) == NULL)
            return false;
        if (s.from_min >= s.to_min || s.from_min <= last || (*p != '\0' && *p != ',' && *p != ';'))
            return false;
        p += *p != '\0';
        last = s.to_min;
        spans[*n] = s;
    }
    return true;
}

const char *station_hours_text(struct ctx *cx, const struct station_span *spans, size_t n)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%d:%02d–%d:%02d", i ? tr(cx, N_("、")) : "", (int)(spans[i].from_min / 60), (int)(spans[i].from_min % 60),
                (int)(spans[i].to_min / 60), (int)(spans[i].to_min % 60));
    return buf_text(&b);
}

size_t station_weekday(const struct station_week *w, int weekday, struct station_span spans[4])
{
    size_t n = 0;
    for (size_t i = 0; i < w->n_hours && n < 4; i++)
        if (w->hours[i].weekday == weekday)
            spans[n++] = (struct station_span){w->hours[i].from_min, w->hours[i].to_min};
    return n;
}

static const struct day_rule *rule_of(const struct calendar *c, int64_t ymd)
{
    for (size_t lo = 0, hi = c->n; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        if (c->rules[mid].ymd == ymd)
            return &c->rules[mid];
        if (c->rules[mid].ymd < ymd)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

size_t station_hours_on(struct ctx *cx, const struct station_week *w, int64_t ymd, struct station_span spans[4], const char **why)
{
    *why = NULL;
    for (size_t i = 0; i < w->n_days; i++)
        if (w->days[i].on_day == ymd) {
            *why = w->days[i].note;
            spans[0] = (struct station_span){w->days[i].from_min, w->days[i].to_min};
            return w->days[i].from_min < w->days[i].to_min;
        }
    const struct day_rule *rule = rule_of(&cx->house->city->calendar, ymd);
    if (rule != NULL && rule->off) {
        *why = tr(cx, N_("法定节假日"));
        return 0;
    }
    size_t n = station_weekday(w, day_weekday(ymd), spans);
    return n == 0 && rule != NULL ? station_weekday(w, 1, spans) : n;
}

static const char *next_opening(struct ctx *cx, const struct station_week *w, int64_t today)
{
    struct station_span spans[4];
    const char *why;
    for (int i = 1; i <= LOOK_AHEAD; i++) {
        int64_t day = day_add(today, i);
        if (station_hours_on(cx, w, day, spans, &why) == 0)
            continue;
        if (i > 1)
            return text_fill(cx->arena, tr(cx, N_("，{when} 开门")), "when",
                             day_text_stamp(cx, day_start(day, DAY_ZONE) + spans[0].from_min * 60000), NULL);
        return text_fill(cx->arena, tr(cx, N_("，明天 {time} 开门")), "time",
                         arena_fmt(cx->arena, "%d:%02d", (int)(spans[0].from_min / 60), (int)(spans[0].from_min % 60)), NULL);
    }
    return "";
}

void station_today(struct ctx *cx, const struct q_station_row *s, const struct station_week *w, struct station_today *out)
{
    const char *why = NULL;
    *out = (struct station_today){0};
    if (!station_serves(s->status)) {
        out->line = tr(cx, flow_label(&station_flow, s->status));
        return;
    }
    int64_t today = day_of(cx->now, DAY_ZONE), now = day_minute(cx->now, DAY_ZONE);
    out->n = station_hours_on(cx, w, today, out->spans, &why);
    for (size_t i = 0; i < out->n; i++)
        out->open_now |= now >= out->spans[i].from_min && now < out->spans[i].to_min;
    if (out->n == 0)
        out->line = why != NULL && *why != '\0'
                        ? text_fill(cx->arena, tr(cx, N_("今天休息（{why}）{next}")), "why", why, "next", next_opening(cx, w, today), NULL)
                        : text_fill(cx->arena, tr(cx, N_("今天休息{next}")), "next", next_opening(cx, w, today), NULL);
    else
        out->line = text_fill(cx->arena, tr(cx, N_("今天 {hours}{next}")), "hours", station_hours_text(cx, out->spans, out->n), "next",
                              now >= out->spans[out->n - 1].to_min ? next_opening(cx, w, today) : "", NULL);
}

err_t station_weeks(struct ctx *cx, int64_t first_id, int64_t last_id, struct station_week *out)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct q_station_hours_row *hours;
    struct q_station_days_row *days;
    TRY(q_station_hours(cx, &(struct q_station_hours_in){.first_id = first_id, .last_id = last_id}, &hours, &out->n_hours));
    TRY(q_station_days(cx, &(struct q_station_days_in){first_id, last_id, today, day_add(today, 366)}, &days, &out->n_days));
    out->hours = hours;
    out->days = days;
    return E_OK;
}

err_t station_week(struct ctx *cx, int64_t id, struct station_week *out)
{
    return station_weeks(cx, id, id, out);
}

/* The part of `all` (ordered by station) that is one station's. */
struct station_week station_week_of(const struct station_week *all, int64_t id)
{
    struct station_week w = {0};
    size_t lo = 0, hi = all->n_hours;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (all->hours[mid].station_id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    w.hours = all->hours + lo;
    while (lo + w.n_hours < all->n_hours && w.hours[w.n_hours].station_id == id)
        w.n_hours++;
    for (size_t i = 0; i < all->n_days; i++)
        if (all->days[i].station_id == id) {
            w.days = w.n_days == 0 ? &all->days[i] : w.days;
            w.n_days++;
        }
    return w;
}

static err_t hours_change(struct ctx *cx, void *arg)
{
    const struct station_hours_change *c = arg;
    size_t n;
    struct q_station_row s;
    TRY(station_by_id(cx, c->id, &s));
    TRY(station_claim(cx, &s, c->version));
    TRY(q_station_hours_clear(cx, &(struct q_station_hours_clear_in){.station_id = c->id}, &n));
    for (int d = 0; d < 7; d++)
        for (size_t i = 0; i < c->n[d]; i++)
            TRY(q_station_hours_add(cx, &(struct q_station_hours_add_in){c->id, d + 1, c->spans[d][i].from_min, c->spans[d][i].to_min}, &n));
    cx->result = arena_fmt(cx->arena, "/stations/%s/hours", s.code);
    return audit_add(cx, "hours", "station", c->id, NULL);
}

err_t station_set_hours(struct ctx *cx, int64_t id, const char *const days[7], int64_t version)
{
    struct station_hours_change c = {.id = id, .version = version};
    for (int d = 0; d < 7; d++)
        if (days[d] != NULL && !station_hours_read(cx, days[d], c.spans[d], &c.n[d]))
            return SAY(cx, E_INVALID, arena_fmt(cx->arena, "d%d", d + 1), N_("时间写成 8:30-12:00, 13:30-17:30，休息就空着。"));
    return store_tx(cx, STORE_WRITE, hours_change, &c);
}

struct day_change {
    int64_t id, day;
    struct station_span span;
    const char *note;
};

static err_t day_change(struct ctx *cx, void *arg)
{
    const struct day_change *c = arg;
    size_t n;
    struct q_station_row s;
    TRY(station_by_id(cx, c->id, &s));
    TRY(station_claim(cx, &s, s.version));
    TRY(q_station_day_clear(cx, &(struct q_station_day_clear_in){.station_id = c->id, .on_day = c->day}, &n));
    TRY(q_station_day_add(cx, &(struct q_station_day_add_in){c->id, c->day, c->span.from_min, c->span.to_min, c->note}, &n));
    cx->result = arena_fmt(cx->arena, "/stations/%s/hours", s.code);
    return audit_add(cx, "special_day", "station", c->id, NULL);
}

err_t station_set_day(struct ctx *cx, int64_t id, int64_t day, const char *hours, const char *note)
{
    struct station_span spans[4];
    size_t n = 0;
    if (day < day_of(cx->now, DAY_ZONE))
        return SAY(cx, E_INVALID, "day", N_("这一天已经过去了，请填今天或以后的日期。"));
    if (hours != NULL && (!station_hours_read(cx, hours, spans, &n) || n > 1))
        return SAY(cx, E_INVALID, "hours", N_("时间写成一段，如 9:00-12:00；休息就空着。"));
    struct day_change c = {.id = id, .day = day, .span = n == 1 ? spans[0] : (struct station_span){0}, .note = note != NULL ? note : ""};
    return store_tx(cx, STORE_WRITE, day_change, &c);
}
