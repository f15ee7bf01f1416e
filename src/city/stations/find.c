#include "city/stations/stations.h"

#include "base/geo.h"
#include "base/text.h"
#include "city/stations/places.h"
#include "city/stations/stations_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool among(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
        if ((p == list || p[-1] == ',') && (p[n] == '\0' || p[n] == ','))
            return true;
    return false;
}

static struct geo point(int64_t lng, int64_t lat)
{
    return (struct geo){(double)lng / 1e6, (double)lat / 1e6};
}

/* ---- words: name, address, street, pinyin, initials, code ---- */

static bool holds(struct ctx *cx, const char *text, const char *folded)
{
    return strstr(text_fold(cx->arena, text, strlen(text)), folded) != NULL;
}

static bool says(struct ctx *cx, const struct q_station_row *s, const char *folded)
{
    const struct place_street *street = place_street(cx, s->street);
    const struct place_district *district = place_district(cx, s->district);
    if (holds(cx, s->code, folded) || holds(cx, s->name, folded) || holds(cx, s->address, folded) || holds(cx, s->brand, folded))
        return true;
    if (district != NULL && holds(cx, district->name, folded))
        return true;
    return street != NULL && (holds(cx, street->name, folded) || holds(cx, street->pinyin, folded) ||
                              strncmp(street->initials, folded, strlen(folded)) == 0);
}

static bool in_state(const char *want, const char *status)
{
    return want == NULL || (strcmp(want, "serving") == 0 ? station_serves(status) : among(want, status));
}

static bool fits(struct ctx *cx, const struct station_find *f, const struct q_station_row *s, const char *folded)
{
    const struct place_district *d = f->ring != NULL ? place_district(cx, s->district) : NULL;
    return (f->batch == NULL || *f->batch == s->batch) && (f->type == NULL || strcmp(f->type, s->type) == 0) &&
           (f->ring == NULL || (d != NULL && among(f->ring, d->ring))) && in_state(f->status, s->status) &&
           (f->access == NULL || among(s->access, f->access)) && (folded == NULL || says(cx, s, folded));
}

static bool offers(const struct q_station_services_row *all, size_t n, int64_t id, const char *item)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (all[mid].station_id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n && all[lo].station_id == id; lo++)
        if (strcmp(all[lo].item, item) == 0)
            return true;
    return false;
}

static int nearer(const void *a, const void *b)
{
    const struct station_found *x = a, *y = b;
    if (x->open_now != y->open_now)
        return x->open_now ? -1 : 1;
    return (x->metres > y->metres) - (x->metres < y->metres);
}

err_t station_search(struct ctx *cx, const struct station_find *f, struct station_found **out, size_t *n)
{
    struct q_station_row *rows;
    struct q_station_services_row *services = NULL;
    struct station_week weeks;
    size_t n_rows, n_services = 0;
    const char *folded = f->words != NULL ? text_fold(cx->arena, f->words, strlen(f->words)) : NULL;
    TRY(station_all(cx, f->district, &rows, &n_rows));
    TRY(station_weeks(cx, 1, INT64_MAX, &weeks));
    if (f->service != NULL)
        TRY(q_station_services(cx, &(struct q_station_services_in){1, INT64_MAX}, &services, &n_services));
    *out = ARENA_ARRAY(cx->arena, struct station_found, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        struct station_today today;
        if (!fits(cx, f, &rows[i], folded) || (f->service != NULL && !offers(services, n_services, rows[i].id, f->service)))
            continue;
        struct station_week w = station_week_of(&weeks, rows[i].id);
        station_today(cx, &rows[i], &w, &today);
        if (f->open_now && !today.open_now)
            continue;
        int64_t metres = -1;
        if (f->lng != NULL && f->lat != NULL)
            metres = (int64_t)(geo_metres_fast(point(*f->lng, *f->lat), point(rows[i].lng, rows[i].lat)) + 0.5);
        (*out)[(*n)++] = (struct station_found){rows[i], metres, today.open_now};
    }
    if (f->lng != NULL && f->lat != NULL)
        qsort(*out, *n, sizeof **out, nearer);
    return E_OK;
}

static int only_nearer(const void *a, const void *b)
{
    const struct station_found *x = a, *y = b;
    return (x->metres > y->metres) - (x->metres < y->metres);
}

err_t station_nearest(struct ctx *cx, int64_t lng, int64_t lat, bool open_first, size_t most, struct station_found **out, size_t *n)
{
    TRY(station_search(cx, &(struct station_find){.status = "serving", .lng = &lng, .lat = &lat}, out, n));
    if (!open_first)
        qsort(*out, *n, sizeof **out, only_nearer);
    *n = *n < most ? *n : most;
    return E_OK;
}

/* ---- where somebody is ---- */

static bool position(const char *text, int64_t *lng, int64_t *lat)
{
    char *end;
    double x = strtod(text, &end);
    if (end == text || *end != ',')
        return false;
    const char *second = end + 1;
    double y = strtod(second, &end);
    if (end == second || *end != '\0' || !geo_valid((struct geo){x, y}))
        return false;
    *lng = (int64_t)(x * 1e6);
    *lat = (int64_t)(y * 1e6);
    return true;
}

/* How well a street answers to what was typed: 0 = not at all. */
static int answers(struct ctx *cx, const struct place_street *s, const char *folded)
{
    const char *name = text_fold(cx->arena, s->name, strlen(s->name)), *pinyin = text_fold(cx->arena, s->pinyin, strlen(s->pinyin));
    if (strcmp(name, folded) == 0 || strcmp(s->brief, folded) == 0)
        return 4;
    if (strcmp(pinyin, folded) == 0 || strcmp(s->initials, folded) == 0)
        return 3;
    return strstr(folded, s->brief) != NULL ? 2 : strstr(name, folded) != NULL || strncmp(pinyin, folded, strlen(folded)) == 0;
}

err_t station_where(struct ctx *cx, const char *text, int64_t *lng, int64_t *lat, const char **name)
{
    const struct place_street *streets, *best = NULL;
    const char *folded = text_fold(cx->arena, text, strlen(text));
    int rank = 0;
    if (position(folded, lng, lat)) {
        *name = tr(cx, N_("我的位置"));
        return E_OK;
    }
    size_t n = place_streets(cx, &streets);
    if (strspn(folded, "0123456789") == 9 && folded[9] == '\0')
        best = place_street(cx, strtoll(folded, NULL, 10));
    for (size_t i = 0; i < n && best == NULL && *folded != '\0'; i++)
        rank = answers(cx, &streets[i], folded) > rank ? answers(cx, &streets[i], folded) : rank;
    for (size_t i = 0; i < n && best == NULL && rank > 0; i++)
        if (answers(cx, &streets[i], folded) == rank)
            best = &streets[i];
    if (best == NULL)
        return SAY(cx, E_INVALID, "near", N_("没有找到这个街道，请换个写法，比如“大王庄”或“dwz”。"));
    *lng = best->lng;
    *lat = best->lat;
    *name = best->name;
    return E_OK;
}
