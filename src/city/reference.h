/* reference.h -- what a city is made of and what the country's lists say: districts, streets, occupations, industries, words
 * of ads, service items, norms of stations, targets, the calendar. Loaded once from data/ inside the binary, never changed.
 *
 * Points are micro-degrees (WGS-84, not surveyed: see docs/data.md); 0 = not located. Codes: districts 6 digits (GB/T 2260),
 * streets 9 digits, occupations "4-10-01-05" (2022 edition), industries "A0111" (GB/T 4754-2017).
 * Ownership: everything lives in the arena of the context that loaded it (the process's).
 */
#ifndef CITY_REFERENCE_H
#define CITY_REFERENCE_H
#include "base/day.h"
#include "base/reading.h"

struct city_ring {
    const char *code, *name; /* "near", "环城四区" */
};

struct city_district {
    int64_t code, lng, lat;
    int64_t col, row;                     /* its tile in the schematic picture, from 1, north is up */
    const char *name, *brief, *ring;      /* "河东区", "河东", "inner" */
    const char *pinyin, *initials;        /* "he dong", "hd" */
};

struct city_street {
    int64_t code, district, lng, lat;
    const char *name, *brief; /* "中山门街道", "中山门" */
    const char *kind;         /* street, town, township, zone */
    const char *pinyin, *initials, *joined; /* "zhong shan men", "zsm", "zhongshanmen" */
    const char *located;      /* metro: a metro stop of that name; approximate: put there by hand; none */
};

struct city_occupation {
    const char *code, *name;
    int level;                 /* 1..4; 4 = an occupation, the others are classes */
    const char *parent;        /* code of the class above, "" at level 1 */
    bool green, digital;
    const char *initials, *joined;
};

struct city_industry {
    const char *code, *name, *parent;
    int level; /* 1..4 */
};

struct city_service_item {
    const char *code, *name, *result; /* "S01", "求职登记", what comes of it */
    const char *person;               /* named, anonymous (counted only), none */
    bool standard;                    /* read in a published list; else our proposal */
};

struct city_profile { /* what a station of this type must show before it opens */
    const char *type; /* a code of station_type_choices */
    int64_t staff, full_time, trial_days, trial_services, area_m2;
    const char *const *functions; /* service item codes */
    size_t n_functions;
    bool proposal; /* our default, no norm of the city was found */
    const char *basis;
};

struct city_target {
    const char *code, *kind, *unit, *ring, *name, *source; /* kind: target, result, reported; ring: "" or "inner+binhai" */
    int64_t year, value;
};

struct city_brand { /* real brands and stations that were named in public */
    const char *kind, *name, *place, *note, *source; /* kind: brand, station */
    int64_t district, street; /* street 0 = not told */
};

struct city_certificate { /* a certificate that ads ask for, and an occupation whose training leads to it; several rows a certificate */
    const char *code, *occupation;
    bool licence; /* the work may need an operating licence besides: training does not give that */
};

struct city_word_row; /* a word of ads and its code */
struct city_alias;    /* an everyday word for an occupation */

struct city {
    int64_t code, zone_minutes, lng, lat;
    const char *name, *brief, *hotline;
    const struct city_ring *rings;
    const struct city_district *districts; /* by code, as all lists below */
    const struct city_street *streets;
    const struct city_occupation *occupations;
    const struct city_industry *industries;
    const struct city_service_item *items;
    const struct city_profile *profiles;
    const struct city_target *targets; /* in the order of the file */
    const struct city_brand *brands;
    const struct city_word_row *words;
    const struct city_alias *aliases;
    const struct city_certificate *certificates;
    size_t n_rings, n_districts, n_streets, n_occupations, n_industries, n_items, n_profiles, n_targets, n_brands, n_words;
    size_t n_aliases, n_certificates;
    struct readings readings;
    struct calendar calendar; /* the State Council's days */
};

/* Loads data/reference/ and data/cities/<folder>/. E_BUG when a file is absent or broken, the detail says where. */
err_t city_load(struct ctx *cx, const char *folder, struct city **out) MUST_USE;
const char *city_name(const struct city *city);
const char *city_hotline(const struct city *city);

/* ---- places ---- */
const struct city_district *city_district(const struct city *city, int64_t code); /* NULL when unknown, as all below */
const char *city_district_name(const struct ctx *cx, int64_t code); /* in the reader's language; "" when unknown */
const int64_t *city_own_district(const struct ctx *cx);             /* a district's officer sees this one only; NULL: all, or no officer */
/* "河东区", "河东", "天津市河东区", "hedong", "hd". */
const struct city_district *city_district_named(const struct city *city, const char *text);
const char *city_ring_name(const struct city *city, const char *ring); /* the code when unknown */
const struct city_street *city_street(const struct city *city, int64_t code);
/* The streets of a district, a part of city->streets. */
const struct city_street *city_streets_of(const struct city *city, int64_t district, size_t *n);

struct city_found {
    const struct city_street *street;
    int score; /* 100 = this name and no other part of it; below 60 only a beginning or initials */
};
/* Finds streets by what people write: "河东 中山门", "大王庄街", "dwz", "西青·张家窝", a whole address. Best first, at most `cap`. */
size_t city_find_streets(struct ctx *cx, const struct city *city, const char *text, struct city_found *out, size_t cap);
/* The located streets next to this one, nearest first, itself left out. None when it is not located. */
size_t city_neighbours(struct ctx *cx, const struct city *city, int64_t street, const struct city_street **out, size_t cap);

/* ---- occupations and industries ---- */
const struct city_occupation *city_occupation(const struct city *city, const char *code);
/* The classes and occupations right below a class; `code` NULL or "" = the eight great classes. */
size_t city_occupations_under(const struct city *city, const char *code, const struct city_occupation **out, size_t cap);
/* For pickers: names, everyday words (保姆, 外卖员), pinyin, initials, or the beginning of a code. Occupations only. Best first. */
size_t city_find_occupations(struct ctx *cx, const struct city *city, const char *text, const struct city_occupation **out,
                             size_t cap);
/* The occupations whose training leads to a certificate of ads ("elder_care"); none for those that no training of a trade gives. */
const struct city_certificate *city_certificate(const struct city *city, const char *code, size_t *n);
const struct city_industry *city_industry(const struct city *city, const char *code);
size_t city_industries_under(const struct city *city, const char *code, const struct city_industry **out, size_t cap);
size_t city_find_industries(const struct city *city, const char *text, const struct city_industry **out, size_t cap);

/* ---- words, items, norms ---- */
/* The code that an ad's word stands for: kind "education", "本科及以上" -> "bachelor". NULL when unknown.
 * Kinds: education, job_type, shift, benefit, station_type. */
const char *city_word(const struct city *city, const char *kind, const char *text);
/* Steps of education: 0 any, 1 junior … 6 doctor; 高中 and 中专 stand on the same step. -1 when unknown. */
int city_education_rank(const struct city *city, const char *code);
const struct city_service_item *city_item(const struct city *city, const char *code);
const struct city_profile *city_profile(const struct city *city, const char *type);
/* The value of a target or result: kind "target", ring "" for the whole city; -1 when there is none. */
int64_t city_target(const struct city *city, const char *code, int64_t year, const char *kind, const char *ring);
#endif
