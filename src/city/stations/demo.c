/* Made-up stations on real streets: the programme's 130 of the year before and 50 of this one, each in its state. */
#include "city/stations/stations.h"

#include "base/text.h"
#include "city/accounts/accounts.h"
#include "city/stations/demo_impl.h"
#include "city/stations/stations_impl.h"

#include <stdlib.h>
#include <string.h>

enum { OLD_YEAR = 2025, NEW_YEAR = 2026, OLD_OF_180 = 130, OPEN_OF_50 = 12, TRIAL_OF_50 = 14, BUILDING_OF_50 = 12 };

static const struct {
    const char *ring;
    int of_50;
} NEW_BY_RING[] = {{"inner,binhai", 19}, {"near", 12}, {"outer", 19}};

/* The hub at the rear square of the railway station: named in public, its place is about right. */
static const int64_t HUB_LNG = 117204000, HUB_LAT = 39138000;

static struct demo_site *site(struct demo_city *d, const struct city_street *street, const char *type, int64_t batch)
{
    struct demo_site *s = &d->sites[d->n];
    *s = (struct demo_site){.street = street, .type = type, .batch = batch, .nth = (int)d->n};
    d->n++;
    return s;
}

static bool taken(const struct demo_city *d, int64_t street)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->sites[i].street->code == street)
            return true;
    return false;
}

static void name_it(struct ctx *cx, struct demo_site *s)
{
    const char *form = strcmp(s->type, "gig") == 0        ? "{s}零工驿站"
                       : strcmp(s->type, "campus") == 0   ? "{s}高校就业驿站"
                       : strcmp(s->type, "business") == 0 ? "{s}商圈就业驿站"
                                                          : "{name}就业驿站";
    if (s->name == NULL)
        s->name = text_fill(cx->arena, form, "s", s->street->brief, "name", s->street->name, NULL);
    if (s->brand == NULL)
        s->brand = "";
}

static const char *type_of(const struct city_street *s, size_t nth)
{
    static const char *const others[] = {"gig", "campus", "business"};
    return strcmp(s->kind, "zone") == 0 ? "park" : nth % 9 == 8 ? others[nth / 9 % 3] : "street";
}

static const char *brand_at(const struct city *city, int64_t street)
{
    for (size_t i = 0; street != 0 && i < city->n_brands; i++)
        if (strcmp(city->brands[i].kind, "brand") == 0 && city->brands[i].street == street)
            return city->brands[i].name;
    return NULL;
}

/* Stations that were named in public stand where they stand: those with a brand first, then others, the hub (no street told) last. */
static void named(struct ctx *cx, struct demo_city *d, size_t most)
{
    const struct city *city = cx->house->city;
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < city->n_brands && d->n < most; i++) {
            const struct city_brand *b = &city->brands[i];
            const char *brand = brand_at(city, b->street);
            size_t n;
            if (strcmp(b->kind, "station") != 0 || round != (b->street == 0 ? 2 : brand == NULL))
                continue;
            const struct city_street *street = b->street != 0 ? city_street(city, b->street) : city_streets_of(city, b->district, &n);
            struct demo_site *s = site(d, street, b->street != 0 ? "street" : "hub", OLD_YEAR);
            s->name = b->name;
            s->brand = brand;
            s->lng = b->street != 0 ? NULL : &HUB_LNG;
            s->lat = b->street != 0 ? NULL : &HUB_LAT;
        }
}

static void pick(struct ctx *cx, struct demo_city *d, int64_t district, size_t want, int64_t batch)
{
    size_t n, done = 0;
    const struct city_street *streets = city_streets_of(cx->house->city, district, &n);
    for (size_t i = 0; batch == OLD_YEAR && i < d->n; i++)
        done += d->sites[i].street->district == district;
    for (size_t k = done; k < want; k++)
        for (size_t step = 0; step < n; step++) {
            const struct city_street *s = &streets[(k * n / want + step) % n];
            if (s->lng == 0 || taken(d, s->code))
                continue;
            site(d, s, type_of(s, d->n), batch);
            break;
        }
}

/* Spreads `want` stations over the districts of `rings` (NULL = all) by their streets; sums to `want`. */
static void spread(struct ctx *cx, struct demo_city *d, const char *rings, size_t want, int64_t batch)
{
    const struct city *city = cx->house->city;
    size_t all = 0, seen = 0, given = 0, n;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < city->n_districts; i++) {
            if (rings != NULL && strstr(rings, city->districts[i].ring) == NULL)
                continue;
            (void)city_streets_of(city, city->districts[i].code, &n);
            if (round == 0) {
                all += n;
                continue;
            }
            seen += n;
            pick(cx, d, city->districts[i].code, seen * want / all - given, batch);
            given = seen * want / all;
        }
}

/* ---- how far each comes, and when ---- */

static void old_days(struct demo_site *s, size_t i, size_t n)
{
    s->days[0] = day_add(OLD_YEAR * 10000 + 105, (int64_t)(i * 200 / n));
    s->days[1] = day_add(s->days[0], 20);
    s->days[2] = day_add(s->days[1], 50);
    s->days[3] = day_add(s->days[2], 31 + (int64_t)(i % 20));
}

static void new_days(struct demo_site *s, size_t i, size_t n, int64_t today)
{
    size_t k = i * 7 % 50 * n / 50; /* states spread over the rings; 7 and 50 have no common factor */
    size_t open = n * OPEN_OF_50 / 50, trial = open + n * TRIAL_OF_50 / 50, building = trial + n * BUILDING_OF_50 / 50;
    int64_t j = (int64_t)k;
    if (k < open)
        s->days[3] = day_add(today, -12 - 6 * j);
    if (k < trial)
        s->days[2] = k < open ? day_add(s->days[3], -36) : day_add(today, -3 - (j - (int64_t)open) * 5 / 2);
    if (k < building)
        s->days[1] = k < trial ? day_add(s->days[2], -60) : day_add(today, -10 - 5 * (j - (int64_t)trial));
    s->days[0] = k < building ? day_add(s->days[1], -45) : day_add(today, -5 - 4 * (j - (int64_t)building));
    s->due = day_add(s->days[0], k % 5 == 0 ? 60 : 200);
}

static err_t fill(struct ctx *cx, void *arg)
{
    const struct demo_scale *scale = arg;
    struct demo_city d = {0};
    size_t all = (size_t)scale->stations, old = all * OLD_OF_180 / 180, fresh = all - old;
    d.sites = ARENA_ARRAY(cx->arena, struct demo_site, all + 1);
    named(cx, &d, old);
    spread(cx, &d, NULL, old, OLD_YEAR);
    size_t first = d.n, given = 0;
    for (size_t i = 0, sum = 0; i < sizeof NEW_BY_RING / sizeof *NEW_BY_RING; i++) {
        sum += (size_t)NEW_BY_RING[i].of_50;
        spread(cx, &d, NEW_BY_RING[i].ring, fresh * sum / 50 - given, NEW_YEAR);
        given = fresh * sum / 50;
    }
    for (size_t i = 0; i < d.n; i++) {
        name_it(cx, &d.sites[i]);
        if (i < first)
            old_days(&d.sites[i], i, first);
        else
            new_days(&d.sites[i], i - first, d.n - first, day_of(cx->now, DAY_ZONE));
    }
    return demo_live(cx, &d);
}

err_t stations_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_station_row *rows;
    struct q_account_list_row *officers;
    size_t n;
    struct actor was = cx->actor;
    struct demo_scale scale = *s;
    int64_t now = cx->now;
    TRY(station_all(cx, NULL, &rows, &n));
    if (n > 0)
        return E_OK;
    TRY(account_page(cx, &(struct q_account_list_in){.role = "city", .lim = 1}, &officers, &n));
    int64_t officer = n > 0 ? officers[0].id : was.account_id;
    cx->actor = (struct actor){.account_id = officer, .role = ROLE_CITY};
    err_t e = store_tx(cx, STORE_WRITE, fill, &scale);
    cx->actor = was;
    cx->now = now;
    return e;
}
