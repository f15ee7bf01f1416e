/* match.h -- the engine that searches ads, recommends them with reasons, names occupations and finds duplicates.
 *
 * It holds no truth: ads are put in from the database and can be put in again at any time.
 * It knows neither SQL nor HTTP.
 *
 *   match_open(cx, sources, n, &m);                      once, by the process
 *   match_put(cx, m, ads, n); match_remove(cx, m, id);   one writer thread; so match_person_put(), match_watch_put()
 *   match_refresh(cx, m);                                ... publishes what was put: found from now on
 *
 *   const struct match_view *v;                          any number of reader threads
 *   TRY(match_pin(cx, m, &v));                           what v shows never changes; readers never wait
 *   TRY(match_search(cx, v, &query, &result));
 *   match_unpin(v);
 *
 * Units: money is int64 fen a month; days are days since 1970-01-01 in the city's zone (match_day());
 * positions are degrees * 1,000,000, both 0 = unknown; distances are metres, -1 = unknown.
 * Occupations are packed: 4-10-01-05 = 4100105; a group is its first code, 4-10-00-00 = 4100000.
 * Memory: results live in cx->arena and stay valid after match_unpin(). Everything given in is copied.
 * Texts are UTF-8; malformed bytes are skipped.
 */
#ifndef MATCH_MATCH_H
#define MATCH_MATCH_H
#include "base/ctx.h"

struct match;      /* the engine: dictionaries and the ads, owned by the process */
struct match_view; /* a pinned state of the ads */

/* ---- opening ------------------------------------------------------------------------------------------- */

/* A data file. It is known by the last part of its name:
 *   words.tsv        word, weight, flags ('s' = a skill)         segmenter        data/match
 *   synonyms.tsv     everyday word, words it stands for          search           data/match
 *   aliases.tsv      occupation code, words of titles, weight    occupations      data/match
 *   definitions.tsv  occupation code, pairs of characters        occupations      data/match
 *   occupations.csv  code, name, ... (header row)                occupations      data/reference
 *   pinyin.tsv       character, readings split by commas         pinyin, initials data/reference
 * Others are ignored; each may be missing, then what needs it finds less. Lines that start with # are comments. */
struct match_source {
    const char *name;
    const void *p;
    size_t n;
};

/* E_INVALID: a file has a line that cannot be read (the detail says which). */
err_t match_open(struct ctx *cx, const struct match_source *sources, size_t n, struct match **m) MUST_USE;
void match_close(struct match *m); /* no view may be pinned; NULL is allowed */

/* ---- what an ad is to the engine ----------------------------------------------------------------------- */

enum match_education { /* the floor an ad asks for, what a person has */
    MATCH_EDU_ANY, MATCH_EDU_PRIMARY, MATCH_EDU_JUNIOR, MATCH_EDU_SENIOR /* 高中, 中专, 技校 */, MATCH_EDU_COLLEGE /* 大专 */,
    MATCH_EDU_BACHELOR, MATCH_EDU_MASTER, MATCH_EDU_DOCTOR, MATCH_EDU_COUNT
};
enum match_type { /* bits */
    MATCH_FULL_TIME = 1, MATCH_PART_TIME = 2, MATCH_TEMPORARY = 4, MATCH_GIG = 8, MATCH_INTERNSHIP = 16, MATCH_DISPATCH = 32,
};
enum match_shift { /* bits; 0 = not said: suits everybody */
    MATCH_DAY_SHIFT = 1 /* 长白班 */, MATCH_NIGHT_SHIFT = 2 /* 长夜班 */, MATCH_TWO_SHIFTS = 4, MATCH_THREE_SHIFTS = 8, MATCH_FLEXIBLE = 16,
};
enum match_wage_unit { MATCH_BY_MONTH, MATCH_BY_DAY, MATCH_BY_HOUR, MATCH_BY_PIECE, MATCH_BY_YEAR };

struct match_ad {
    int64_t id;
    const char *title;       /* as written */
    const char *employer;    /* name as written; duplicates are found by its normal form */
    const char *description; /* NULL = none */
    const char *tags;        /* benefits, skills, key words, split by spaces or commas; NULL = none */
    const char *place;       /* names that people search for: district, street, park; NULL = none */
    int64_t employer_id;     /* 0 = unknown */
    int32_t occupation;      /* packed code, 0 = unknown */
    int32_t district;        /* 6 digits, 0 = unknown */
    int64_t street;          /* 9 digits, 0 = unknown */
    int32_t lat, lng;
    int64_t wage_min, wage_max; /* normalised to fen a month; both 0 = to be agreed (面议) */
    uint8_t wage_unit;          /* how it was written: enum match_wage_unit */
    uint8_t education;          /* enum match_education: the floor */
    uint16_t experience;        /* months: the floor */
    uint8_t types, shifts;      /* bits */
    uint64_t benefits;          /* bits, as the caller numbers them */
    const int32_t *certificates; /* codes of those required, as the caller numbers them */
    size_t n_certificates;      /* at most MATCH_CERTS_MAX; the rest is ignored */
    uint32_t openings;
    int32_t posted, verified, expires; /* days; expires 0 = never; the day itself still counts */
    uint8_t source_rank;        /* 0..255: how much the source is trusted; 255 = verified by the employer at a station */
    uint32_t exposure;          /* how often it was shown already */
};
#define MATCH_CERTS_MAX 8

/* Puts ads in, or replaces those with the same ids. Not found before match_refresh(). */
err_t match_put(struct ctx *cx, struct match *m, const struct match_ad *ads, size_t n) MUST_USE;
/* An id that is not there is no error. */
err_t match_remove(struct ctx *cx, struct match *m, int64_t id) MUST_USE;
/* Counts one more showing of each ad, at once and for every view; any thread. */
void match_shown(const struct match_view *v, const int64_t *ids, size_t n);
/* Publishes. Costs what was put since the last time, now and then a merge. */
err_t match_refresh(struct ctx *cx, struct match *m) MUST_USE;

/* For a service that opens before its ads are there: until the next match_refresh() match_pin() waits, at most MATCH_PATIENCE_MS.
 * Called before any other thread knows `m`. */
void match_expect(struct match *m);
bool match_ready(const struct match *m); /* nobody waits */
#define MATCH_PATIENCE_MS 20000

/* Readers: E_BUSY when more than 256 views are pinned at once (one that is never given back is a defect). */
err_t match_pin(struct ctx *cx, struct match *m, const struct match_view **v) MUST_USE;
void match_unpin(const struct match_view *v);

struct match_stats {
    uint64_t ads, deleted;         /* live; dead but not yet merged away */
    uint32_t parts;                /* segments of the snapshot */
    uint64_t terms, postings;
    size_t columns_bytes, postings_bytes, dictionary_bytes, titles_bytes, suggest_bytes, engine_bytes /* words, pinyin, occupations */;
    uint64_t people, watches;      /* live */
    size_t people_bytes, watches_bytes;
    size_t total_bytes;
    uint64_t generation;           /* counts refreshes */
    int32_t exposure_gini;         /* thousandths: how unevenly the ads were shown; 0 = evenly, 1000 = one has it all */
};
void match_stats(const struct match_view *v, struct match_stats *out);

/* ---- search -------------------------------------------------------------------------------------------- */

enum match_sort { MATCH_BEST, MATCH_NEAR, MATCH_PAY, MATCH_NEWEST };

struct match_list { /* codes; n = 0: no condition */
    const int64_t *v;
    size_t n;
};

enum match_facet_kind { /* also the conditions that may be dropped */
    MATCH_F_DISTRICT,   /* 6-digit code */
    MATCH_F_STREET,     /* 9-digit code */
    MATCH_F_OCCUPATION, /* packed codes of query.occupation_level under query.occupation_under */
    MATCH_F_WAGE,       /* band 0..MATCH_WAGE_BANDS-1 by the mean of the range; 0 = to be agreed */
    MATCH_F_EDUCATION,  /* floor, enum match_education */
    MATCH_F_EXPERIENCE, /* band 0..MATCH_EXPERIENCE_BANDS-1 of the floor */
    MATCH_F_TYPE,       /* bit number; an ad may count under several */
    MATCH_F_SHIFT,      /* bit number */
    MATCH_F_BENEFIT,    /* bit number */
    MATCH_F_AGE,        /* band 0..MATCH_AGE_BANDS-1 since it was posted or verified last */
    MATCH_F_DISTANCE,   /* no counts; only to be dropped */
    MATCH_F_EMPLOYER,   /* no counts; only to be dropped */
    MATCH_F_COUNT
};
#define MATCH_WAGE_BANDS 9
#define MATCH_EXPERIENCE_BANDS 6
#define MATCH_AGE_BANDS 6
/* Lower bounds of the bands: fen a month; months; days (an age of 0 or 1 is band 0). */
extern const int64_t match_wage_bands[MATCH_WAGE_BANDS];         /* 0 = to be agreed, 1 fen, 3000, 4000, 5000, 6000, 8000, 10000, 15000 yuan */
extern const int32_t match_experience_bands[MATCH_EXPERIENCE_BANDS]; /* 0 = none, 1, 13, 37, 61, 121 */
extern const int32_t match_age_bands[MATCH_AGE_BANDS];           /* 0, 2, 4, 8, 15, 31 */

struct match_query {
    int32_t today;     /* day; ads past their end are never found */
    const char *text;  /* as typed: words in Chinese, pinyin, initials; -word excludes; NULL or "" = all */
    struct match_list districts, streets;
    struct match_list occupations; /* packed; a group matches all under it */
    struct match_list employers;   /* only these employer ids */
    int64_t wage_floor;            /* fen: the most the ad pays is at least this; to be agreed passes not */
    uint32_t wage_bands;           /* bit mask of bands, 0 = all; so the next three */
    uint32_t educations, experiences, types, shifts;
    uint64_t benefits;             /* every one of these */
    int32_t max_age;               /* days, 0 = no condition */
    int32_t lat, lng;              /* from where distances count; both 0 = nowhere */
    int32_t radius;                /* metres, 0 = no condition */
    enum match_sort sort;
    uint32_t offset, limit;        /* offset + limit at most MATCH_DEEPEST */
    bool facets;                   /* count them */
    int occupation_level;          /* 1..4; 0 = one below occupation_under */
    int32_t occupation_under;      /* 0 = all */
};
#define MATCH_DEEPEST 10000u

struct match_hit {
    int64_t id;
    int32_t score;    /* comparable within one result */
    int32_t distance; /* metres, -1 = unknown */
};
struct match_count {
    int64_t value;
    uint32_t n;
};
struct match_facet {
    const struct match_count *counts; /* ascending by value, n > 0 only */
    size_t n;
};
struct match_relax { /* dropping this condition alone would give `more` further ads */
    int kind;         /* enum match_facet_kind, or -1: the word */
    const char *word; /* as typed, when kind is -1 */
    uint32_t more;
};
struct match_understood { /* what one typed word was taken for */
    const char *typed;
    const char *const *words; /* the words searched for, best first: for highlighting, "您是不是要找" */
    size_t n;
    bool excluded;
    const char *meant; /* a word one slip away that finds far more, not searched for; NULL = none */
};
struct match_result {
    uint32_t total; /* exact */
    const struct match_hit *hits;
    size_t n;
    struct match_facet facets[MATCH_F_COUNT]; /* each counted without its own condition */
    const struct match_relax *relax;          /* only when total is 0: most first */
    size_t n_relax;
    const struct match_understood *words;
    size_t n_words;
};

/* E_LIMIT "offset": deeper than MATCH_DEEPEST. Any text is a query: nothing typed is an error. */
err_t match_search(struct ctx *cx, const struct match_view *v, const struct match_query *q, struct match_result *out) MUST_USE;

enum match_suggest_kind { MATCH_S_TITLE, MATCH_S_OCCUPATION, MATCH_S_WORD };
struct match_suggestion {
    enum match_suggest_kind kind;
    const char *text;
    int32_t occupation; /* of MATCH_S_OCCUPATION */
    uint32_t ads;       /* about how many ads it finds */
};
/* Completes what was typed so far, in Chinese, pinyin, initials or a mixture; at most `limit`, most ads first. */
err_t match_suggest(struct ctx *cx, const struct match_view *v, const char *prefix, size_t limit, const struct match_suggestion **out,
                    size_t *n) MUST_USE;

/* ---- recommend ----------------------------------------------------------------------------------------- */

struct match_person {
    struct match_list occupations; /* wished, packed, best first; n = 0: anything */
    const char *words;             /* wishes and skills in the person's words; NULL = none */
    int64_t wage_floor;            /* fen a month */
    int32_t lat, lng, radius;      /* home and the metres willing to go, 0 = no limit */
    struct match_list districts;   /* also good, however far from home */
    uint8_t education;             /* enum match_education the person has; MATCH_EDU_ANY = unknown: not held against anybody */
    uint16_t experience;           /* months */
    const int32_t *certificates;   /* held */
    size_t n_certificates;
    uint8_t types, shifts;         /* acceptable, bits; 0 = all */
    const char *not_words;         /* ads with any of these words are left out; NULL = none */
    struct match_list not_employers;
};

enum match_reason_kind {
    MATCH_R_OCCUPATION,  /* have: level of the tree shared, 0..4; need: 4; code: the wish that is nearest */
    MATCH_R_SKILLS,      /* have: of the ad's skills the person's words name; need: the ad's skills */
    MATCH_R_DISTANCE,    /* have: metres, -1 unknown; need: the radius, 0 none */
    MATCH_R_WAGE,        /* have: the most the ad pays, fen; need: the floor wished */
    MATCH_R_EDUCATION,   /* have: the person's; need: the ad's floor */
    MATCH_R_EXPERIENCE,  /* have: the person's months; need: the ad's floor */
    MATCH_R_CERTIFICATE, /* one for each required: code; have: 0 or 1; need: 1 */
    MATCH_R_SHIFT,       /* have: the ad's bits; need: the person's bits */
    MATCH_R_TYPE,        /* likewise */
    MATCH_R_FRESHNESS,   /* have: days since posted or verified; need: 0 */
    MATCH_R_EXPOSURE,    /* have: times shown */
    MATCH_R_COUNT
};
struct match_reason {
    enum match_reason_kind kind;
    bool met;          /* the hard part of the condition holds */
    int32_t points;    /* what it gave to the score ... */
    int32_t most;      /* ... of at most so many; 0: a condition only */
    int64_t have, need, code;
};
struct match_recommendation {
    int64_t id;
    int32_t score; /* the sum of the points of its reasons */
    int32_t distance;
    const struct match_reason *reasons; /* in the order of the enum */
    size_t n;
};
struct match_near_miss { /* ads that meet everything but this one certificate */
    int32_t certificate;
    uint32_t ads, openings;
    const struct match_recommendation *best; /* at most 3 */
    size_t n;
};
struct match_recommended {
    uint32_t considered, fitting; /* live ads; those that meet all hard conditions */
    const struct match_recommendation *best;
    size_t n;
    const struct match_near_miss *near_miss; /* most openings first */
    size_t n_near_miss;
};
/* The `k` best ads for a person. Sex, age, ethnicity and household origin are no part of it. */
err_t match_recommend(struct ctx *cx, const struct match_view *v, const struct match_person *p, int32_t today, size_t k,
                      struct match_recommended *out) MUST_USE;
/* The reasons for one ad, whether or not it fits. E_NOTFOUND: not in this view. */
err_t match_explain(struct ctx *cx, const struct match_view *v, const struct match_person *p, int32_t today, int64_t id,
                    struct match_recommendation *out) MUST_USE;

/* ---- people -------------------------------------------------------------------------------------------- */

/* Puts a person in, or replaces the one with this id. Counts after match_refresh(), like an ad. */
err_t match_person_put(struct ctx *cx, struct match *m, int64_t id, const struct match_person *p) MUST_USE;
err_t match_person_remove(struct ctx *cx, struct match *m, int64_t id) MUST_USE; /* an id that is not there is no error */

struct match_candidates {
    uint32_t considered, fitting; /* people; those whose hard conditions the ad meets */
    const struct match_recommendation *best; /* id: the person's; score and reasons as match_recommend() gives them for this ad */
    size_t n;
};
/* Who could do this: the `k` best people for an ad. E_NOTFOUND: the ad is not in this view. */
err_t match_people_for(struct ctx *cx, const struct match_view *v, int64_t ad, int32_t today, size_t k, struct match_candidates *out) MUST_USE;

struct match_loosened {
    enum match_reason_kind kind; /* MATCH_R_WAGE: a fifth more pay; the others: the condition is waived */
    uint32_t more;               /* people it would suit besides */
};
/* What each of the ad's own conditions costs it; those that cost nobody are left out. */
err_t match_people_loosen(struct ctx *cx, const struct match_view *v, int64_t ad, int32_t today, struct match_loosened out[static MATCH_R_COUNT],
                          size_t *n) MUST_USE;

/* ---- saved searches and alerts ------------------------------------------------------------------------- */

/* Saves a search, or replaces the one with this id. Of `q` the words and conditions count; today, sort, page and facets do not.
 * Counts after match_refresh(). */
err_t match_watch_put(struct ctx *cx, struct match *m, int64_t id, const struct match_query *q) MUST_USE;
err_t match_watch_remove(struct ctx *cx, struct match *m, int64_t id) MUST_USE; /* an id that is not there is no error */

struct match_suited {
    int64_t id;
    int32_t score;
};
struct match_alerts {
    const int64_t *searches; /* ascending: the saved searches that find the ad in this view today */
    size_t n_searches;
    const struct match_suited *people; /* in no order: everybody it suits, with the score that match_recommend() gives */
    size_t n_people;
};
/* For an ad that was put and published: whom to tell. `ad` is what was put. E_NOTFOUND: the ad is not in this view. */
err_t match_alerts(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, int32_t today, struct match_alerts *out) MUST_USE;

/* Only the saved searches, ascending. */
err_t match_searches_for(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, int32_t today, const int64_t **searches, size_t *n)
    MUST_USE;

/* ---- everyone with everything -------------------------------------------------------------------------- */

struct match_everyone {
    int32_t today;
    uint32_t k;         /* ads for each person, at most MATCH_EVERYONE_K */
    unsigned threads;   /* 1..MATCH_THREADS_MAX */
    uint32_t most;      /* an ad is on at most so many lists, and as many more as there are further threads; 0 = no bound */
    const char *path;   /* the result, written as it grows; a run that was cut off goes on where it was */
    void (*progress)(void *arg, uint64_t done, uint64_t all); /* people; called by one thread at a time; NULL = none */
    void *arg;
    const _Atomic bool *stop; /* ends early, to be gone on with; NULL = never */
};
#define MATCH_EVERYONE_K 100u
#define MATCH_THREADS_MAX 64u
struct match_everyone_done {
    uint64_t people, found_before; /* on lists now; of them those that an earlier run had written */
    uint64_t pairs;                /* entries of all lists */
    uint64_t ads_listed;           /* ads that are on a list */
    int32_t gini;                  /* thousandths: how unevenly the lists are spread over the ads; 0 = evenly */
    bool complete;
};
/* The `k` best ads for each person of the view. A file made from other ads, people, day or k is begun anew.
 * E_INVALID "path": it cannot be written. */
err_t match_everyone(struct ctx *cx, const struct match_view *v, const struct match_everyone *how, struct match_everyone_done *out) MUST_USE;
/* Reads such a file: `each` is called for every person, best ads first (distance is -1). */
err_t match_everyone_read(struct ctx *cx, const char *path, void (*each)(void *arg, int64_t person, const struct match_hit *best, size_t n),
                          void *arg) MUST_USE;

/* ---- saved to a file ----------------------------------------------------------------------------------- */

#define MATCH_ORIGIN_MAX 256
/* What a file was made of, in the caller's words. */
struct match_origin {
    int64_t mark;                 /* say, the last change of the database that the view shows */
    char text[MATCH_ORIGIN_MAX];  /* say, of which database; rest of the bytes 0 */
};
/* Writes the ads of a view. The file is complete or not there. */
err_t match_save(struct ctx *cx, const struct match_view *v, const struct match_origin *o, const char *path) MUST_USE;
/* Maps such a file into an engine that has no ads yet and publishes it, when `fits` has nothing against its origin. Those who wait
 * (match_expect) wait until what changed since was put and refreshed. E_INVALID: made by another version, with other dictionaries or
 * damaged, or what `fits` says; then nothing has changed and the ads are to be put in again. */
typedef err_t match_fits_fn(struct ctx *cx, const struct match_origin *o);
err_t match_load(struct ctx *cx, struct match *m, const char *path, match_fits_fn *fits, struct match_origin *o) MUST_USE;

/* ---- occupation of a title ----------------------------------------------------------------------------- */

struct match_occupation {
    int32_t code;
    const char *name;
    int32_t score;   /* 0..1000 */
    const char *why; /* the word that speaks for it; "" = its definition */
};
/* Proposes at most `k` occupations for a title as people write it, best first; none is an answer too. Needs no view. */
err_t match_occupation(struct ctx *cx, const struct match *m, const char *title, size_t k, const struct match_occupation **out, size_t *n)
    MUST_USE;
/* The title without wages, benefits, places in brackets and shouting: "普工+7500-9500/临时工" -> "普工 临时工". */
const char *match_clean_title(struct ctx *cx, const char *title);

/* ---- the same job twice -------------------------------------------------------------------------------- */

enum match_place { MATCH_PLACE_SAME, MATCH_PLACE_UNKNOWN, MATCH_PLACE_OTHER };
enum match_pay { MATCH_PAY_SAME, MATCH_PAY_NEAR /* the ranges overlap */, MATCH_PAY_UNKNOWN, MATCH_PAY_OTHER };
struct match_duplicate {
    int64_t id;
    int32_t similarity;      /* of the titles, 0..1000 */
    bool same_employer;
    bool same_level;         /* neither 高级, 助理, 经理, … in one title only */
    bool same_number;        /* no two different codes of a post, no two different words in brackets */
    bool same_demands;       /* education, and experience within two years */
    enum match_place place;
    enum match_pay pay;
    int32_t confidence;      /* 0..1000; MATCH_SAME_JOB and more: the same job */
};
#define MATCH_SAME_JOB 800
/* Ads that are stored but not published yet, for who stores many at once. Used by one thread at a time. */
struct match_fresh;
struct match_fresh *match_fresh_new(void);
void match_fresh_free(struct match_fresh *f); /* NULL is allowed */
void match_fresh_add(struct match_fresh *f, const struct match_ad *ad);
size_t match_fresh_count(const struct match_fresh *f);
void match_fresh_cut(struct match_fresh *f, size_t n); /* only the first n are left */
/* Ads of the view, and of `fresh` (or NULL) as long as the view has never had them, that may be the same job as `ad` (its own id left out), with a
 * confidence of at least `least`, most alike first, at most `k`. The more is asked, the fewer ads of a large employer are looked at. */
err_t match_duplicates(struct ctx *cx, const struct match_view *v, const struct match_fresh *fresh, const struct match_ad *ad, int32_t least, size_t k,
                       const struct match_duplicate **out, size_t *n) MUST_USE;

/* ---- small things -------------------------------------------------------------------------------------- */

int32_t match_day(int64_t yyyymmdd);      /* days since 1970-01-01; 0 when there is no such date */
int32_t match_pack(const char *code);     /* "4-10-01-05" -> 4100105; 0 when it is no code */
void match_unpack(int32_t packed, char out[static 12]); /* "4-10-01-05" */
int32_t match_distance(int32_t lat1, int32_t lng1, int32_t lat2, int32_t lng2); /* metres; -1 when either is unknown */

#endif
