#include "city/stations/stations.h"

#include "base/geo.h"
#include "base/text.h"
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

/* ---- words: name, address, brand, code; streets also by pinyin and initials ---- */

struct words {
    const char *folded; /* NULL = no condition */
    struct city_found streets[16];
    size_t n;
};

static bool holds(struct ctx *cx, const char *text, const char *folded)
{
    return strstr(text_fold(cx->arena, text, strlen(text)), folded) != NULL;
}

static bool says(struct ctx *cx, const struct q_station_row *s, const struct words *w)
{
    const struct city_district *district = city_district(cx->house->city, s->district);
    if (w->folded == NULL || *w->folded == '\0')
        return true;
    for (size_t i = 0; i < w->n; i++)
        if (w->streets[i].street->code == s->street)
            return true;
    return holds(cx, s->code, w->folded) || holds(cx, s->name, w->folded) || holds(cx, s->address, w->folded) ||
           holds(cx, s->brand, w->folded) || (district != NULL && holds(cx, district->name, w->folded));
}

static bool in_state(const char *want, const char *status)
{
    return want == NULL || (strcmp(want, "serving") == 0 ? station_serves(status) : among(want, status));
}

static bool fits(struct ctx *cx, const struct station_find *f, const struct q_station_row *s, const struct words *words)
{
    const struct city_district *d = f->ring != NULL ? city_district(cx->house->city, s->district) : NULL;
    return (f->batch == NULL || *f->batch == s->batch) && (f->before == NULL || s->batch < *f->before) &&
           (f->type == NULL || strcmp(f->type, s->type) == 0) &&
           (f->ring == NULL || (d != NULL && among(f->ring, d->ring))) && in_state(f->status, s->status) &&
           (f->access == NULL || among(s->access, f->access)) && says(cx, s, words);
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
    struct words words = {.folded = f->words != NULL ? text_fold(cx->arena, f->words, strlen(f->words)) : NULL};
    if (words.folded != NULL && *words.folded != '\0')
        words.n = city_find_streets(cx, cx->house->city, f->words, words.streets, 16);
    TRY(station_all(cx, f->district, &rows, &n_rows));
    TRY(station_weeks(cx, 1, INT64_MAX, &weeks));
    if (f->service != NULL)
        TRY(q_station_services(cx, &(struct q_station_services_in){1, INT64_MAX}, &services, &n_services));
    *out = ARENA_ARRAY(cx->arena, struct station_found, n_rows + 1);
    *n = 0;
    for (size_t i = 0; i < n_rows; i++) {
        struct station_today today;
        if (!fits(cx, f, &rows[i], &words) || (f->service != NULL && !offers(services, n_services, rows[i].id, f->service)))
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

bool station_position(struct ctx *cx, const char *text, int64_t *lng, int64_t *lat)
{
    char *end;
    const char *folded = text_fold(cx->arena, text, strlen(text));
    double x = strtod(folded, &end);
    if (end == folded || *end != ',')
        return false;
    const char *second = end + 1;
    double y = strtod(second, &end);
    if (end == second || *end != '\0' || !geo_valid((struct geo){x, y}))
        return false;
    *lng = (int64_t)(x * 1e6 + 0.5);
    *lat = (int64_t)(y * 1e6 + 0.5);
    return true;
}

err_t station_where(struct ctx *cx, const char *text, int64_t *lng, int64_t *lat, const char **name)
{
    const char *folded = text_fold(cx->arena, text, strlen(text));
    struct city_found found;
    if (station_position(cx, text, lng, lat)) {
        *name = tr(cx, N_("我的位置"));
        return E_OK;
    }
    const struct city_street *street = strspn(folded, "0123456789") == 9 ? city_street(cx->house->city, strtoll(folded, NULL, 10)) : NULL;
    if (street == NULL && city_find_streets(cx, cx->house->city, text, &found, 1) == 1)
        street = found.street;
    if (street == NULL || street->lng == 0)
        return SAY(cx, E_INVALID, "near", N_("没有找到这个街道，请换个写法，比如“大王庄”或“dwz”。"));
    *lng = street->lng;
    *lat = street->lat;
    *name = street->name;
    return E_OK;
}
