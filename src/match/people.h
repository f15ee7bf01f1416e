/* people.h -- people as records and columns: what is read to find who an ad suits.
 *
 * A person's record is a struct person_head and, after it, wishes (numbers in the table of wishes), districts,
 * certificates, skills, unwanted words, unwanted employers. The columns are ordered by cells: of the home where a
 * radius limits, else of the first district wished, else one cell of those who go anywhere.
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
#define CROWD_PICKY 0x80000000u /* has unwanted words or employers */
#define CROWD_MORE 0x40000000u  /* more wishes than the column has */
/* gate: types 0..7, shifts 8..15 (nothing said = all bits), experience 16..23, education 24..27, the marks above */

struct crowd {
    int32_t *lat, *lng;
    float *kx;           /* of the home: metres in a millionth of a degree eastwards */
    float *reach;        /* the radius, squared; infinite where any place suits */
    uint32_t *districts; /* wished, as bits of their numbers */
    uint32_t *floor;     /* yuan */
    uint32_t *gate;
    uint32_t *certs;     /* held, as bits */
    int32_t *radius;
    uint64_t *skills;    /* as bits: skill_bit() */
    uint16_t *wishes;    /* CROWD_WISHES each, 0 = no more */
    struct crowd_cell {
        uint32_t start;
        int32_t south, north, west, east; /* of homes with a radius */
        int32_t reach;                    /* the longest radius; -1 = none has one */
        uint32_t districts;
        bool anywhere;
    } *cells; /* ends with one that starts at n */
    uint32_t n_cells, n;
};
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
