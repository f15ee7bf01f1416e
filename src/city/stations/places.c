#include "city/stations/places.h"

#include "base/embed.h"
#include "city/stations/stations_impl.h"

#include <stdlib.h>
#include <string.h>

static struct place_district ds[40];
static struct place_street ss[400];
static size_t nd, ns;
static struct station_norm norms[8];
static char types[8][16];
static size_t nn;
static struct day_rule rules[400];
static struct calendar cal;

static size_t split(char *line, char *f[16])
{
    size_t n = 0;
    for (char *p = line; p != NULL && n < 16;) {
        f[n++] = p;
        p = strchr(p, ',');
        if (p != NULL)
            *p++ = '\0';
    }
    return n;
}

static char *next(char **p)
{
    char *l = *p;
    if (l == NULL || *l == '\0')
        return NULL;
    char *e = strchr(l, '\n');
    if (e != NULL)
        *e = '\0';
    *p = e != NULL ? e + 1 : NULL;
    return l;
}

static char *text(const char *name)
{
    const struct embedded *e = embed_find(name);
    char *p = strdup((const char *)e->p), *q = p;
    next(&q);
    return q;
}

static void load(void)
{
    if (nd > 0)
        return;
    char *f[16], *l, *p = text("data/cities/tianjin/districts.csv");
    while ((l = next(&p)) != NULL) {
        split(l, f);
        ds[nd++] = (struct place_district){atoll(f[0]), (int64_t)(atof(f[6]) * 1e6), (int64_t)(atof(f[7]) * 1e6), atoll(f[8]), atoll(f[9]), f[1], f[2], f[3]};
    }
    p = text("data/cities/tianjin/streets.csv");
    while ((l = next(&p)) != NULL) {
        split(l, f);
        ss[ns++] = (struct place_street){atoll(f[0]), atoll(f[3]), (int64_t)(atof(f[7]) * 1e6), (int64_t)(atof(f[8]) * 1e6), f[1], f[2], f[4], f[5], f[6]};
    }
    p = text("data/cities/tianjin/station_profiles.csv");
    while ((l = next(&p)) != NULL) {
        split(l, f);
        strcpy(types[nn], f[0]);
        for (char *c = f[3]; *c; c++)
            if (*c == ' ')
                *c = ',';
        norms[nn++] = (struct station_norm){atoll(f[1]), atoll(f[2]), atoll(f[4]), atoll(f[5]), atoll(f[6]), f[3]};
    }
    p = text("data/reference/calendar.csv");
    while ((l = next(&p)) != NULL) {
        split(l, f);
        rules[cal.n++] = (struct day_rule){atoll(f[0]), atoi(f[1])};
    }
    cal.rules = rules;
    cal.first_year = 2024;
    cal.last_year = 2027;
}

size_t place_districts(struct ctx *cx, const struct place_district **out) { (void)cx; load(); *out = ds; return nd; }
size_t place_streets(struct ctx *cx, const struct place_street **out) { (void)cx; load(); *out = ss; return ns; }
const struct place_district *place_district(struct ctx *cx, int64_t code)
{
    (void)cx; load();
    for (size_t i = 0; i < nd; i++) if (ds[i].code == code) return &ds[i];
    return NULL;
}
const struct place_street *place_street(struct ctx *cx, int64_t code)
{
    (void)cx; load();
    for (size_t i = 0; i < ns; i++) if (ss[i].code == code) return &ss[i];
    return NULL;
}
const char *place_street_name(struct ctx *cx, int64_t code) { const struct place_street *s = place_street(cx, code); return s ? s->name : ""; }
const struct calendar *station_calendar(const struct ctx *cx) { (void)cx; load(); return &cal; }
bool station_norm(struct ctx *cx, const char *type, struct station_norm *out)
{
    (void)cx; load();
    for (size_t i = 0; i < nn; i++) if (type && !strcmp(types[i], type)) { *out = norms[i]; return true; }
    return false;
}
bool station_place(const struct ctx *cx, int64_t street, int64_t *d, int64_t *lng, int64_t *lat)
{
    struct ctx c = *cx;
    const struct place_street *s = place_street(&c, street);
    if (!s) return false;
    *d = s->district; *lng = s->lng; *lat = s->lat;
    return true;
}
