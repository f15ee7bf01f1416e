/* people.h -- people as records and columns: what is read to find who an ad suits.
 *
 * A person's record is a struct person_head and, after it, wishes (numbers in the table of wishes), districts,
 * certificates, skills, unwanted words, unwanted employers. The columns are ordered in bands: those who go anywhere, those
 * who wish for districts (by the first), and those whom a radius limits, by about how long it is, then by the cell of the home. So
 * for each length of the radius those whom an ad can reach are a few ranges.
 */
#ifndef MATCH_PEOPLE_H
#define MATCH_PEOPLE_H
#include "match/engine.h"
#include "match/wish.h"

#define PERSON_WISHES 32u
#define PERSON_DISTRICTS 64u
#define PERSON_CERTS 64u
#define PERSON_EMPLOYERS 64u

struct person_head {
    int32_t lat, lng, radius;
    uint32_t wage_floor; /* yuan */
    uint16_t experience;
    uint8_t education, types, shifts; /* as the person said */
    uint8_t n_wishes, n_districts, n_certs, n_skills, n_not, n_employers;
    uint8_t spare;
};
struct person { /* a record, unfolded; points into it */
    const struct person_head *head;
    const uint32_t *wishes;
    const int32_t *districts, *certs;
    const uint16_t *skills;
    const uint32_t *terms, *employers; /* 64 bits each, in two words */
};
struct person person_read(const uint32_t *record);
static inline uint64_t two_words(const uint32_t *v, size_t i)
{
    return v[2 * i] | (uint64_t)v[2 * i + 1] << 32;
}

#define CROWD_WISHES 4
#define CROWD_SKILLS 10
/* Marks beside the education, which has the lower half of the byte. */
#define CROWD_WIDE 0x20u  /* wishes that marks don't tell: whole groups, or too many */
#define CROWD_MORE 0x40u  /* more wishes or skills than the columns have */
#define CROWD_PICKY 0x80u /* unwanted words or employers, or a wage floor beyond the column: the record decides */

struct crowd { /* with room up to a multiple of 64 */
    int32_t *lat, *lng;
    float *kx;           /* of the home: metres in a millionth of a degree eastwards */
    float *reach;        /* the radius, squared; infinite where any place suits */
    uint32_t *districts; /* wished, as bits of their numbers */
    uint32_t *certs;     /* held, as bits */
    uint64_t *works;     /* marks of the first four occupations wished, see work_mark() */
    uint64_t *skills;    /* as bits: skill_bit() */
    uint16_t *floor;     /* yuan; 65535 = so much or more */
    uint8_t *types, *shifts; /* nothing said = all bits */
    uint8_t *experience, *education; /* education: with the marks above */
    struct portrait { /* what points are made of, in one line of the cache */
        int64_t id;
        struct ground_from home;
        int32_t radius;
        uint32_t floor;
        uint16_t wishes[CROWD_WISHES], skills[CROWD_SKILLS]; /* numbers, 0 = no more */
    } *portraits;
    struct crowd_band {
        enum { BAND_ANYWHERE, BAND_DISTRICTS, BAND_HOMES } kind;
        uint32_t first, end;       /* cells */
        int32_t shortest, longest; /* radius */
    } *bands;
    struct crowd_cell {
        uint32_t start;
        uint32_t key; /* homes: row << 14 | column of the grid; districts: bits of all that are wished, or all bits where somebody has a radius too */
    } *cells;         /* ends with one that starts at n */
    uint32_t n_bands, n_cells, n;
};
/* The group of the second level in the upper byte, of the third in the lower: only occupations of one group have the same. */
static inline uint16_t work_mark(int64_t code)
{
    int64_t branch = code / 1000000 % 8, second = code / 10000 % 32, third = code / 100 % 100;
    return (uint16_t)(branch << 13 | second % 32 << 8 | third);
}

static inline uint32_t mask_bit(int64_t code)
{
    return 1u << (hash_mix((uint64_t)code) & 31);
}

/* A wish that is right about one ad only: what the reasons for it read. Made over and over in the same memory. */
struct wish_for_ad {
    struct wish wish;
    struct match_person p;
    uint16_t *occupation_points;
    uint8_t *district_ok, *skills;
    int64_t wishes[PERSON_WISHES];
};
/* The wish of a record, for all ads. */
struct wish_of_person {
    struct wish wish;
    struct match_person p;
    int64_t wishes[PERSON_WISHES], districts[PERSON_DISTRICTS], employers[PERSON_EMPLOYERS];
};
void wish_of_person(struct ctx *cx, const struct match *m, const struct snap *s, int32_t today, const struct person *who, struct wish_of_person *w);
void wish_for_ad_ready(struct ctx *cx, const struct match *m, const struct snap *s, int32_t today, struct wish_for_ad *w);
void wish_for_ad_set(struct wish_for_ad *w, const struct person *who, const struct row *r, const struct side *side);
#endif
