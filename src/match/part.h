/* part.h -- one immutable piece of the index: columns, postings, ids and titles of some ads.
 *
 * A snapshot is a few parts, each with a bitmap of the ads that still count. Parts are made by
 * part_freeze() from a `raw` (ads in forward form) and merged by turning them into one raw again.
 * Ads of a part are ordered by place (cells of about four kilometres), so that a radius is a few ranges, and in a cell by
 * occupation, so that most runs of 64 have nothing of what somebody wishes for.
 */
#ifndef MATCH_PART_H
#define MATCH_PART_H
#include "match/chars.h"
#include "match/match.h"

struct row { /* 32 bytes: what filters and facets read */
    int32_t lat, lng;
    uint32_t wage_max;                     /* yuan, rounded up; 0 = to be agreed */
    uint32_t mixed;                        /* ROW_BENEFITS: the first benefits; ROW_MORE: others stand in the side; << 24: source rank */
    uint16_t occupation, street, district; /* numbers in the code tables of the engine */
    uint16_t fresh, expires;               /* days; expires 65535 = never */
    uint16_t certificates;                 /* number of a set, 0 = none */
    uint8_t education_band;                /* education | wage band << 4 */
    uint8_t experience;                    /* months, at most 255 */
    uint8_t types, shifts;
};

#define ROW_FIRST_BENEFITS 23
#define ROW_BENEFITS 0x7FFFFFu
#define ROW_MORE 0x800000u
#define ROW_SOURCE 24

#define PART_SKILLS 8
struct side { /* read for ads that are found */
    int64_t id, employer;
    uint64_t benefits;
    uint32_t openings;
    uint32_t wage_min;             /* yuan, rounded down */
    uint32_t title;                /* number of the title in the part */
    uint16_t skills[PART_SKILLS];  /* numbers of skills in the dictionary, 0 = no more */
    uint32_t spare;                /* no hole: sides are digested as they lie */
};

struct raw { /* ads in forward form; everything grows */
    struct row *rows;
    struct side *sides;
    uint16_t *exposure;
    uint64_t *from;  /* ad -> its first term; n + 1 of them */
    uint8_t *dead;   /* replaced before it was published */
    size_t n, cap_rows, cap_sides, cap_exposure, cap_from, cap_dead;
    uint32_t *terms; /* numbers in keys */
    uint8_t *impacts;
    size_t n_terms, cap_terms, cap_impacts;
    uint64_t *keys;
    size_t n_keys, cap_keys;
    char *titles; /* NUL-ended, one after the other; side.title is an offset here */
    size_t titles_len, titles_cap;
};
void raw_free(struct raw *r);
void raw_take(struct raw *to, struct raw *from); /* appends it; `from` is empty then */

struct cell {
    uint64_t key;       /* row << 32 | column of the grid */
    uint64_t districts; /* bits of the numbers of districts in it */
    uint32_t start;     /* its first ad */
};
#define CELL_LAT 36000 /* millionths of a degree: about 4 km */
#define CELL_LNG 47000 /* about 4 km at 40 degrees north */
uint64_t cell_key(int32_t lat, int32_t lng); /* 0 when the place is unknown */

static inline size_t slim_room(size_t n) /* elements of a column of n ads */
{
    return (n + 63) / 64 * 64;
}

struct suggest;
struct kin;

struct lanes { /* what a person's hard conditions and points read besides `slim`, again, in columns; with the same room */
    int32_t *lat, *lng;
    uint64_t *skills;       /* signs, see skills_sign() */
    uint16_t *expires, *certificates;
    uint8_t *shifts, *experience;
    uint8_t *openings;      /* 255 = so many or more */
    uint64_t *groups;       /* of 64 ads each: bits of the groups of their occupations, see group_bit() */
};

struct slim { /* what the conditions of a search read, again, in narrow columns; read 64 at a time, so there is room behind the last */
    uint8_t *district;    /* the number, when no more than 256 are known */
    uint8_t *education_band, *types;
    uint16_t *occupation;
    uint16_t *wage;       /* the most, yuan, 65535 = so much or more */
    uint16_t *fresh;
};

struct face { /* 16 bytes: what is counted of an ad that is found, and most of what it is found by */
    uint64_t marks; /* see marks.h */
    uint16_t occupation, street, district, fresh;
};

struct part {
    uint32_t n;
    uint16_t first_end; /* the least day on which an ad ends */
    uint8_t most_trust; /* the greatest source rank */
    struct row *rows;
    struct side *sides;
    uint16_t *exposure; /* the one thing that changes: added to atomically by match_shown() */
    struct lanes lanes;
    struct slim slim;
    struct face *faces;
    struct cell *cells;
    uint32_t n_cells;   /* ends with a cell that starts at n */
    uint32_t *by_id;    /* open addressing: ad + 1 */
    uint32_t by_id_mask;
    uint64_t *keys; /* ascending */
    uint32_t n_keys;
    uint64_t *at;    /* key -> its record in the store; n_keys + 1 of them */
    uint16_t *store; /* see postings.h */
    uint64_t n_postings;
    char *titles;
    uint32_t *title_at, *title_count;
    uint32_t n_titles;
    size_t titles_len;
    void *block;        /* the arrays lie in it; NULL = each by itself */
    struct suggest *suggest; /* made and freed by the engine, as is ... */
    struct kin *kin;         /* ... this: the ads of each employer */
    unsigned refs;           /* snapshots that hold it; the writer's business */
};

struct postings { /* where the ads of a term stand; n = 0: none. See postings.h */
    size_t n;
    const uint8_t *impacts;
    const uint16_t *runs;   /* either these ... */
    const uint64_t *bitmap; /* ... or these */
    const uint32_t *ranks;
    uint32_t words;
};

/* Skills as bits that are seldom the same, how many they are, and how many of them have a bit of another one. */
#define SIGN_BITS 57
static inline uint64_t skill_bit(unsigned number)
{
    return UINT64_C(1) << number % SIGN_BITS;
}

static inline uint64_t skills_sign(const uint16_t skills[static PART_SKILLS])
{
    uint64_t bits = 0, n = 0, same = 0;
    for (; n < PART_SKILLS && skills[n] != 0; n++) {
        same += (bits & skill_bit(skills[n])) != 0;
        bits |= skill_bit(skills[n]);
    }
    return bits | (n << 3 | same) << SIGN_BITS;
}

static inline uint64_t group_bit(int64_t occupation) /* the same for all occupations of one group of the second level */
{
    return UINT64_C(1) << (hash_mix((uint64_t)occupation / 10000) & 63);
}

/* Takes what is alive in `r`; ids must be unique among it. `r` is left to be freed. `codes`: of the numbers of occupations. */
struct part *part_freeze(struct raw *r, const int64_t *codes);
void part_free(struct part *p);
void part_bounds(struct part *p); /* finds first_end and most_trust */
/* Appends the living ads of `p` to `r` in forward form; keys of `r` are made unique by part_freeze(). */
void part_thaw(const struct part *p, const uint64_t *live, struct raw *r);
uint32_t part_find(const struct part *p, int64_t id); /* UINT32_MAX: not here */
size_t part_bytes(const struct part *p);
const char *part_title(const struct part *p, uint32_t ad);
#endif
