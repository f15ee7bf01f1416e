/* kin.h -- the ads of one employer, by street: those of a part, and those that are put but not published yet.
 *
 * Where only ads of the same place are asked for, an employer with ten thousand shops costs a few reads.
 */
#ifndef MATCH_KIN_H
#define MATCH_KIN_H
#include "match/engine.h"

/* ---- of a part: made when it is published, never saved ---- */
struct kin_run {
    const uint32_t *ads; /* by street, then ascending */
    const uint16_t *streets;
    size_t n;
};
struct kin *kin_of(const struct part *p);
void kin_free(struct kin *k); /* NULL is allowed */
size_t kin_bytes(const struct kin *k);
struct kin_run kin_all(const struct part *p, uint64_t firm); /* `firm`: firm_key() */
struct kin_run kin_in(struct kin_run all, uint32_t street);  /* its number; 0: those of which no street is known */

/* ---- not published yet ---- */
struct facts { /* what is compared of an ad besides its title */
    int64_t street, district;
    int32_t lat, lng;
    uint32_t wage_min, wage_max; /* yuan */
    uint16_t experience;
    uint8_t education;
};
struct facts kin_facts(const struct match_ad *ad);

enum { KIN_FIRM, KIN_STREET, KIN_COUNT };
struct fresh_ad {
    int64_t id;
    struct facts facts;
    uint64_t key[KIN_COUNT];
    uint32_t before[KIN_COUNT]; /* the one put before it with that key: number + 1 */
    uint32_t title;
};
struct match_fresh {
    struct fresh_ad *v;
    size_t n, cap;
    char *titles;
    size_t titles_len, titles_cap;
    struct fresh_slot {
        uint64_t key;
        uint32_t last; /* number + 1 */
    } *slots;
    size_t n_slots, used;
    struct arena scratch;
};
uint64_t fresh_key(uint64_t firm, int64_t street);
uint32_t fresh_last(const struct match_fresh *f, uint64_t key); /* number + 1; 0: none */
#endif
