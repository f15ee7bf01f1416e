#include "city/reference.h"
#include "city/reference_impl.h"

#include "base/embed.h"
#include "city/shipped.h"

#include <stdlib.h>
#include <string.h>

static const char *joined(struct arena *a, const char *said)
{
    char *out = arena_alloc(a, strlen(said) + 1), *p = out;
    for (; *said != '\0'; said++)
        if (*said != ' ')
            *p++ = *said;
    return out;
}

static err_t unsorted(struct ctx *cx, const struct shipped *t, size_t row)
{
    return FAIL(cx, E_BUG, NULL, "%s:%zu: not sorted by its first column", t->name, row + 2);
}

/* ---- the country's lists ---- */

static err_t load_occupations(struct ctx *cx, struct city *city)
{
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/occupations.csv", "code,name,level,parent,green,digital", &t));
    struct city_occupation *all = ARENA_ARRAY(cx->arena, struct city_occupation, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        struct city_occupation *o = &all[i];
        int64_t level = 0;
        TRY(shipped_number(cx, &t, i, 2, 0, &level));
        const char *said = reading_of(&city->readings, cx->arena, shipped_cell(&t, i, 1));
        *o = (struct city_occupation){.code = shipped_cell(&t, i, 0),
                                      .name = shipped_cell(&t, i, 1),
                                      .level = (int)level,
                                      .parent = shipped_cell(&t, i, 3),
                                      .green = *shipped_cell(&t, i, 4) == '1',
                                      .digital = *shipped_cell(&t, i, 5) == '1',
                                      .initials = reading_initials(cx->arena, said),
                                      .joined = joined(cx->arena, said)};
        if (i > 0 && strcmp(all[i - 1].code, o->code) >= 0)
            return unsorted(cx, &t, i);
    }
    city->occupations = all;
    city->n_occupations = t.rows;
    return E_OK;
}

static err_t load_aliases(struct ctx *cx, struct city *city)
{
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/occupation_words.csv", "word,code", &t));
    struct city_alias *all = ARENA_ARRAY(cx->arena, struct city_alias, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        all[i] = (struct city_alias){shipped_cell(&t, i, 0), city_occupation(city, shipped_cell(&t, i, 1))};
        if (all[i].occupation == NULL)
            return FAIL(cx, E_BUG, NULL, "%s:%zu: no such occupation", t.name, i + 2);
    }
    city->aliases = all;
    city->n_aliases = t.rows;
    return E_OK;
}

static err_t load_industries(struct ctx *cx, struct city *city)
{
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/industries.csv", "code,level,parent,name", &t));
    struct city_industry *all = ARENA_ARRAY(cx->arena, struct city_industry, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        int64_t level = 0;
        TRY(shipped_number(cx, &t, i, 1, 0, &level));
        all[i] = (struct city_industry){shipped_cell(&t, i, 0), shipped_cell(&t, i, 3), shipped_cell(&t, i, 2), (int)level};
        if (i > 0 && strcmp(all[i - 1].code, all[i].code) >= 0)
            return unsorted(cx, &t, i);
    }
    city->industries = all;
    city->n_industries = t.rows;
    return E_OK;
}

static int by_kind_and_text(const void *a, const void *b)
{
    const struct city_word_row *x = a, *y = b;
    int d = strcmp(x->kind, y->kind);
    return d != 0 ? d : strcmp(x->text, y->text);
}

static err_t load_words(struct ctx *cx, struct city *city)
{
    enum { MOST_WORDS_A_ROW = 16 };
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/vocabulary.csv", "kind,code,rank,name,standard,words", &t));
    struct city_word_row *all = ARENA_ARRAY(cx->arena, struct city_word_row, t.rows * MOST_WORDS_A_ROW);
    size_t n = 0;
    for (size_t i = 0; i < t.rows; i++) {
        size_t n_words;
        int64_t rank;
        const char *const *words = shipped_words(cx, &t, i, 5, &n_words);
        TRY(shipped_number(cx, &t, i, 2, 0, &rank));
        if (n_words + 2 > MOST_WORDS_A_ROW)
            return FAIL(cx, E_BUG, NULL, "%s:%zu: too many words", t.name, i + 2);
        struct city_word_row w = {shipped_cell(&t, i, 0), shipped_cell(&t, i, 1), shipped_cell(&t, i, 1), (int)rank};
        all[n++] = w; /* the code and the name stand for themselves */
        w.text = shipped_cell(&t, i, 3);
        all[n++] = w;
        for (size_t k = 0; k < n_words; k++)
            if (strcmp(words[k], shipped_cell(&t, i, 3)) != 0) {
                w.text = words[k];
                all[n++] = w;
            }
    }
    qsort(all, n, sizeof *all, by_kind_and_text);
    for (size_t i = 1; i < n; i++)
        if (by_kind_and_text(&all[i - 1], &all[i]) == 0)
            return FAIL(cx, E_BUG, NULL, "%s: %s %s stands for two codes", t.name, all[i].kind, all[i].text);
    city->words = all;
    city->n_words = n;
    return E_OK;
}

static err_t load_calendar(struct ctx *cx, struct city *city)
{
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/calendar.csv", "date,is_off,name", &t));
    struct day_rule *all = ARENA_ARRAY(cx->arena, struct day_rule, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        TRY(shipped_number(cx, &t, i, 0, 0, &all[i].ymd));
        all[i].off = *shipped_cell(&t, i, 1) == '1';
        if (!day_valid(all[i].ymd) || (i > 0 && all[i].ymd <= all[i - 1].ymd))
            return FAIL(cx, E_BUG, NULL, "%s:%zu: no date or not sorted", t.name, i + 2);
    }
    if (t.rows == 0)
        return FAIL(cx, E_BUG, NULL, "%s: empty", t.name);
    city->calendar = (struct calendar){all, t.rows, all[0].ymd / 10000, all[t.rows - 1].ymd / 10000};
    return E_OK;
}

static err_t load_readings(struct ctx *cx, struct city *city)
{
    const struct embedded *chars = embed_find("data/reference/pinyin.tsv");
    const struct embedded *words = embed_find("data/reference/pinyin_words.tsv");
    if (chars == NULL || words == NULL)
        return FAIL(cx, E_BUG, NULL, "data/reference/pinyin*.tsv is not in the program");
    return readings_load(cx, (const char *)chars->p, chars->n, (const char *)words->p, words->n, &city->readings);
}

/* ---- the city's own ---- */

static err_t city_file(struct ctx *cx, const char *folder, const char *file, const char *header, struct shipped *out)
{
    return shipped_read(cx, arena_fmt(cx->arena, "data/cities/%s/%s", folder, file), header, out);
}

static err_t load_head(struct ctx *cx, const char *folder, struct city *city)
{
    static const char ring[] = "ring.";
    struct shipped t;
    TRY(city_file(cx, folder, "city.csv", "key,value", &t));
    struct city_ring *rings = ARENA_ARRAY(cx->arena, struct city_ring, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        const char *key = shipped_cell(&t, i, 0), *value = shipped_cell(&t, i, 1);
        if (strcmp(key, "name") == 0)
            city->name = value;
        else if (strcmp(key, "short") == 0)
            city->brief = value;
        else if (strcmp(key, "hotline") == 0)
            city->hotline = value;
        else if (strcmp(key, "code") == 0)
            TRY(shipped_number(cx, &t, i, 1, 0, &city->code));
        else if (strcmp(key, "zone_minutes") == 0)
            TRY(shipped_number(cx, &t, i, 1, 0, &city->zone_minutes));
        else if (strcmp(key, "lng") == 0)
            TRY(shipped_number(cx, &t, i, 1, 6, &city->lng));
        else if (strcmp(key, "lat") == 0)
            TRY(shipped_number(cx, &t, i, 1, 6, &city->lat));
        else if (strncmp(key, ring, sizeof ring - 1) == 0)
            rings[city->n_rings++] = (struct city_ring){key + sizeof ring - 1, value};
        else
            return FAIL(cx, E_BUG, NULL, "%s:%zu: unknown key %s", t.name, i + 2, key);
    }
    city->rings = rings;
    return city->name != NULL && city->brief != NULL && city->hotline != NULL && city->code != 0
               ? E_OK
               : FAIL(cx, E_BUG, NULL, "%s: name, short, hotline or code is missing", t.name);
}

static err_t load_districts(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "districts.csv", "code,name,short,ring,pinyin,initials,lng,lat,tile_col,tile_row", &t));
    struct city_district *all = ARENA_ARRAY(cx->arena, struct city_district, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        struct city_district *d = &all[i];
        *d = (struct city_district){.name = shipped_cell(&t, i, 1), .brief = shipped_cell(&t, i, 2),
                                    .ring = shipped_cell(&t, i, 3), .pinyin = shipped_cell(&t, i, 4),
                                    .initials = shipped_cell(&t, i, 5)};
        TRY(shipped_number(cx, &t, i, 0, 0, &d->code));
        TRY(shipped_number(cx, &t, i, 6, 6, &d->lng));
        TRY(shipped_number(cx, &t, i, 7, 6, &d->lat));
        TRY(shipped_number(cx, &t, i, 8, 0, &d->col));
        TRY(shipped_number(cx, &t, i, 9, 0, &d->row));
        if (i > 0 && all[i - 1].code >= d->code)
            return unsorted(cx, &t, i);
    }
    city->districts = all;
    city->n_districts = t.rows;
    return E_OK;
}

static err_t load_streets(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "streets.csv", "code,name,short,district,kind,pinyin,initials,lng,lat,located", &t));
    struct city_street *all = ARENA_ARRAY(cx->arena, struct city_street, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        struct city_street *s = &all[i];
        *s = (struct city_street){.name = shipped_cell(&t, i, 1), .brief = shipped_cell(&t, i, 2), .kind = shipped_cell(&t, i, 4),
                                  .pinyin = shipped_cell(&t, i, 5), .initials = shipped_cell(&t, i, 6),
                                  .joined = joined(cx->arena, shipped_cell(&t, i, 5)), .located = shipped_cell(&t, i, 9)};
        TRY(shipped_number(cx, &t, i, 0, 0, &s->code));
        TRY(shipped_number(cx, &t, i, 3, 0, &s->district));
        TRY(shipped_number(cx, &t, i, 7, 6, &s->lng));
        TRY(shipped_number(cx, &t, i, 8, 6, &s->lat));
        if (i > 0 && all[i - 1].code >= s->code)
            return unsorted(cx, &t, i);
        if (s->district != s->code / 1000 || city_district(city, s->district) == NULL)
            return FAIL(cx, E_BUG, NULL, "%s:%zu: not of that district", t.name, i + 2);
    }
    city->streets = all;
    city->n_streets = t.rows;
    return E_OK;
}

static err_t load_items(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "service_items.csv", "code,name,result,person,basis", &t));
    struct city_service_item *all = ARENA_ARRAY(cx->arena, struct city_service_item, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        all[i] = (struct city_service_item){.code = shipped_cell(&t, i, 0), .name = shipped_cell(&t, i, 1),
                                            .result = shipped_cell(&t, i, 2), .person = shipped_cell(&t, i, 3),
                                            .standard = strcmp(shipped_cell(&t, i, 4), "standard") == 0};
        if (i > 0 && strcmp(all[i - 1].code, all[i].code) >= 0)
            return unsorted(cx, &t, i);
    }
    city->items = all;
    city->n_items = t.rows;
    return E_OK;
}

static err_t load_profiles(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "station_profiles.csv",
                   "type,staff,full_time,functions,trial_days,trial_services,area_m2,status,basis", &t));
    struct city_profile *all = ARENA_ARRAY(cx->arena, struct city_profile, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        struct city_profile *p = &all[i];
        *p = (struct city_profile){.type = shipped_cell(&t, i, 0), .basis = shipped_cell(&t, i, 8),
                                   .proposal = strcmp(shipped_cell(&t, i, 7), "proposal") == 0};
        p->functions = shipped_words(cx, &t, i, 3, &p->n_functions);
        TRY(shipped_number(cx, &t, i, 1, 0, &p->staff));
        TRY(shipped_number(cx, &t, i, 2, 0, &p->full_time));
        TRY(shipped_number(cx, &t, i, 4, 0, &p->trial_days));
        TRY(shipped_number(cx, &t, i, 5, 0, &p->trial_services));
        TRY(shipped_number(cx, &t, i, 6, 0, &p->area_m2));
        for (size_t k = 0; k < p->n_functions; k++)
            if (city_item(city, p->functions[k]) == NULL)
                return FAIL(cx, E_BUG, NULL, "%s:%zu: no service item %s", t.name, i + 2, p->functions[k]);
    }
    city->profiles = all;
    city->n_profiles = t.rows;
    return E_OK;
}

static err_t load_targets(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "targets.csv", "code,year,kind,value,unit,ring,name,source", &t));
    struct city_target *all = ARENA_ARRAY(cx->arena, struct city_target, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        all[i] = (struct city_target){.code = shipped_cell(&t, i, 0), .kind = shipped_cell(&t, i, 2),
                                      .unit = shipped_cell(&t, i, 4), .ring = shipped_cell(&t, i, 5),
                                      .name = shipped_cell(&t, i, 6), .source = shipped_cell(&t, i, 7)};
        TRY(shipped_number(cx, &t, i, 1, 0, &all[i].year));
        TRY(shipped_number(cx, &t, i, 3, 0, &all[i].value));
    }
    city->targets = all;
    city->n_targets = t.rows;
    return E_OK;
}

static err_t load_brands(struct ctx *cx, const char *folder, struct city *city)
{
    struct shipped t;
    TRY(city_file(cx, folder, "brands.csv", "kind,name,district,street,place,note,source", &t));
    struct city_brand *all = ARENA_ARRAY(cx->arena, struct city_brand, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        all[i] = (struct city_brand){.kind = shipped_cell(&t, i, 0), .name = shipped_cell(&t, i, 1),
                                     .place = shipped_cell(&t, i, 4), .note = shipped_cell(&t, i, 5),
                                     .source = shipped_cell(&t, i, 6)};
        TRY(shipped_number(cx, &t, i, 2, 0, &all[i].district));
        TRY(shipped_number(cx, &t, i, 3, 0, &all[i].street));
        if (all[i].street != 0 && city_street(city, all[i].street) == NULL)
            return FAIL(cx, E_BUG, NULL, "%s:%zu: no such street", t.name, i + 2);
    }
    city->brands = all;
    city->n_brands = t.rows;
    return E_OK;
}

static err_t load_certificates(struct ctx *cx, struct city *city)
{
    struct shipped t;
    TRY(shipped_read(cx, "data/reference/certificates.csv", "certificate,occupation,also", &t));
    struct city_certificate *all = ARENA_ARRAY(cx->arena, struct city_certificate, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        all[i] = (struct city_certificate){.code = shipped_cell(&t, i, 0), .occupation = shipped_cell(&t, i, 1),
                                           .licence = strcmp(shipped_cell(&t, i, 2), "licence") == 0};
        if (city_occupation(city, all[i].occupation) == NULL)
            return FAIL(cx, E_BUG, NULL, "%s:%zu: no such occupation", t.name, i + 2);
        if (i > 0 && strcmp(all[i - 1].code, all[i].code) > 0)
            return unsorted(cx, &t, i);
    }
    city->certificates = all;
    city->n_certificates = t.rows;
    return E_OK;
}

err_t city_load(struct ctx *cx, const char *folder, struct city **out)
{
    struct city *city = ARENA_NEW(cx->arena, struct city);
    TRY(load_readings(cx, city));
    TRY(load_occupations(cx, city));
    TRY(load_aliases(cx, city));
    TRY(load_certificates(cx, city));
    TRY(load_industries(cx, city));
    TRY(load_words(cx, city));
    TRY(load_calendar(cx, city));
    TRY(load_head(cx, folder, city));
    TRY(load_districts(cx, folder, city));
    TRY(load_streets(cx, folder, city));
    TRY(load_items(cx, folder, city));
    TRY(load_profiles(cx, folder, city));
    TRY(load_targets(cx, folder, city));
    TRY(load_brands(cx, folder, city));
    *out = city;
    return E_OK;
}
