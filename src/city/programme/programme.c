#include "city/programme/programme.h"

#include "base/day.h"
#include "base/view.h"
#include "city/events/events.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include <string.h>

static void count(struct programme_count *c, const char *status)
{
    int64_t *to = strcmp(status, "planned") == 0                                         ? &c->planned
                  : strcmp(status, "building") == 0                                      ? &c->building
                  : strcmp(status, "trial") == 0                                         ? &c->trial
                  : strcmp(status, "open") == 0 || strcmp(status, "rectifying") == 0 ? &c->open
                  : strcmp(status, "suspended") == 0                                     ? &c->paused
                                                                                         : &c->left;
    *to += 1;
    c->total += to != &c->left;
}

/* ---- the parts: rings with a target of their own, and districts ---- */

static const char *ring_words(struct ctx *cx, const char *codes, const char **name)
{
    struct buf list = {.a = cx->arena}, words = {.a = cx->arena};
    for (const char *p = codes; *p != '\0';) {
        size_t n = strcspn(p, "+");
        const char *one = arena_strndup(cx->arena, p, n);
        buf_fmt(&list, "%s%s", list.len ? "," : "", one);
        buf_fmt(&words, "%s%s", words.len ? tr(cx, N_("和")) : "", tr(cx, city_ring_name(cx->house->city, one)));
        p += n + (p[n] == '+');
    }
    *name = buf_text(&words);
    return buf_text(&list);
}

static void parts(struct ctx *cx, struct programme *p)
{
    const struct city *city = cx->house->city;
    p->rings = ARENA_ARRAY(cx->arena, struct programme_part, city->n_targets + city->n_rings);
    p->districts = ARENA_ARRAY(cx->arena, struct programme_part, city->n_districts);
    for (size_t i = 0; i < city->n_targets; i++) {
        const struct city_target *t = &city->targets[i];
        if (strcmp(t->code, "stations_new") != 0 || t->year != p->year || strcmp(t->kind, "target") != 0 || *t->ring == '\0')
            continue;
        struct programme_part *r = &p->rings[p->n_rings++];
        *r = (struct programme_part){.target = t->value};
        r->ring = ring_words(cx, t->ring, &r->name);
    }
    for (size_t i = 0; p->n_rings == 0 && i < city->n_rings; i++)
        p->rings[i] = (struct programme_part){.ring = city->rings[i].code, .name = tr(cx, city->rings[i].name), .target = -1};
    p->n_rings = p->n_rings == 0 ? city->n_rings : p->n_rings;
    for (size_t i = 0; i < city->n_districts; i++)
        p->districts[i] = (struct programme_part){.district = city->districts[i].code, .name = tr(cx, city->districts[i].name), .target = -1};
    p->n_districts = city->n_districts;
}

static struct programme_part *ring_of(const struct programme *p, const char *ring)
{
    size_t n = strlen(ring);
    for (size_t i = 0; i < p->n_rings; i++)
        for (const char *at = p->rings[i].ring; (at = strstr(at, ring)) != NULL; at += n)
            if ((at == p->rings[i].ring || at[-1] == ',') && (at[n] == '\0' || at[n] == ','))
                return &p->rings[i];
    return NULL;
}

/* The two parts a district belongs to: itself and its ring. */
static void parts_of(struct ctx *cx, const struct programme *p, int64_t district, struct programme_part *out[2])
{
    const struct city_district *d = city_district(cx->house->city, district);
    out[0] = out[1] = NULL;
    for (size_t i = 0; i < p->n_districts; i++)
        if (p->districts[i].district == district)
            out[0] = &p->districts[i];
    if (d != NULL)
        out[1] = ring_of(p, d->ring);
}

/* ---- counting ---- */

static err_t stations(struct ctx *cx, struct programme *p)
{
    struct q_station_row *rows;
    size_t n;
    TRY(station_all(cx, NULL, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool fresh = rows[i].batch == p->year;
        struct programme_part *to[2];
        if (rows[i].batch > p->year)
            continue;
        parts_of(cx, p, rows[i].district, to);
        count(fresh ? &p->fresh : &p->old, rows[i].status);
        for (int k = 0; k < 2; k++)
            if (to[k] != NULL)
                count(fresh ? &to[k]->fresh : &to[k]->old, rows[i].status);
    }
    return E_OK;
}

static err_t events(struct ctx *cx, struct programme *p)
{
    struct q_event_counts_row *rows;
    size_t n;
    TRY(event_counts(cx, day_start(p->from_on, DAY_ZONE), day_start(p->year * 10000 + 1231, DAY_ZONE) + DAY_MS, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct programme_part *to[2];
        parts_of(cx, p, rows[i].district, to);
        p->events_planned += strcmp(rows[i].status, "planned") == 0 ? rows[i].n : 0;
        if (strcmp(rows[i].status, "held") != 0)
            continue;
        p->events_held += rows[i].n;
        p->attended += rows[i].attended;
        for (int k = 0; k < 2; k++)
            if (to[k] != NULL)
                to[k]->events += rows[i].n;
    }
    return E_OK;
}

/* The newest year with an announced number of new stations that has begun; its days up to today. */
static void span(struct ctx *cx, int64_t *year, struct placements *days)
{
    int64_t today = day_of(cx->now, DAY_ZONE), newest = 0;
    for (size_t i = 0; i < cx->house->city->n_targets; i++) {
        const struct city_target *t = &cx->house->city->targets[i];
        if (strcmp(t->code, "stations_new") == 0 && t->year <= today / 10000 && t->year > newest)
            newest = t->year;
    }
    *year = newest != 0 ? newest : today / 10000;
    int64_t last = *year * 10000 + 1231;
    *days = (struct placements){.from = *year * 10000 + 101, .to = today < last ? today : last};
}

err_t programme_placements(struct ctx *cx, struct q_placement_by_station_row **rows, size_t *n)
{
    struct placements days;
    int64_t year;
    span(cx, &year, &days);
    return placements_by_station(cx, &days, rows, n);
}

static err_t placements(struct ctx *cx, struct programme *p)
{
    struct q_placement_by_station_row *rows;
    size_t n;
    int64_t retained;
    TRY(placements_count(cx, &(struct placements){.from = p->from_on, .to = p->to_on}, &p->placements, &retained));
    TRY(programme_placements(cx, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct programme_part *to[2];
        parts_of(cx, p, rows[i].district, to);
        for (int k = 0; k < 2; k++)
            if (to[k] != NULL)
                to[k]->placements_ppm += rows[i].share_ppm;
    }
    return E_OK;
}

err_t programme_get(struct ctx *cx, struct programme *out)
{
    struct placements days;
    int64_t year;
    span(cx, &year, &days);
    *out = (struct programme){.year = year, .from_on = days.from, .to_on = days.to};
    out->target = city_target(cx->house->city, "stations_new", year, "target", "");
    out->reported_open = city_target(cx->house->city, "stations_opened", year, "reported", "");
    parts(cx, out);
    TRY(stations(cx, out));
    TRY(events(cx, out));
    return placements(cx, out);
}

const char *programme_parts_text(struct ctx *cx, int64_t ppm)
{
    int64_t tenths = (ppm + 50000) / 100000;
    return tenths % 10 == 0 ? arena_fmt(cx->arena, "%lld", (long long)(tenths / 10))
                            : arena_fmt(cx->arena, "%lld.%d", (long long)(tenths / 10), (int)(tenths % 10));
}
