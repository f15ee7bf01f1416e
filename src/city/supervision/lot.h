/* lot.h -- drawing by lot so that anybody can draw again: no database, no clock, no randomness but the seed.
 *
 * A ticket's lot is SHA-256 of seed, a line end and its label, in hex: `printf '%s\n%s' "$SEED" "$LABEL" | sha256sum`.
 * Of each stratum the tickets that must be drawn and then the smallest lots are taken, until percent (rounded up) and `least`
 * are reached. Each drawn ticket, in the order of the lots, gets the pair of people that is allowed (no conflict with its group)
 * and, in this order: was together at this group least often, carries the smallest load, was together least often, has the smallest
 * lot of "label\na\nb".
 */
#ifndef CITY_LOT_H
#define CITY_LOT_H
#include "base/ctx.h"

struct lot_stratum {
    const char *name;
    int64_t percent, least;
};
struct lot_ticket {
    const char *label, *stratum, *group; /* group: who a conflict of interest would be with; "" = none */
    bool must;
};
struct lot_person {
    const char *label, *name, *conflicts; /* groups, ',' */
    int64_t load;
};
struct lot_pair { /* who was together where */
    const char *a, *b, *group;
    int64_t n;
};
struct lot_urn {
    const struct lot_stratum *strata;
    const struct lot_ticket *tickets;
    const struct lot_person *people; /* none: tickets get no pair */
    const struct lot_pair *pairs;
    size_t n_strata, n_tickets, n_people, n_pairs;
};
struct lot_drawn {
    const struct lot_ticket *ticket;
    const struct lot_person *first, *second; /* NULL: no pair was free of conflicts, or none was asked for */
    char lot[65];
};

/* The drawn tickets in the order of their lots. */
void lot_draw(struct arena *a, const char *seed, const struct lot_urn *urn, const struct lot_drawn **out, size_t *n);
const char *lot_urn_json(struct arena *a, const struct lot_urn *urn);
const char *lot_result_json(struct arena *a, const struct lot_drawn *drawn, size_t n);
/* Reads what lot_urn_json() wrote. NULL when it is right, else what is wrong (for a log). */
const char *lot_urn_read(struct arena *a, const char *json, size_t n, struct lot_urn *out);
/* Recomputes a file {"seed", "input", "result"}. NULL when the result is the one of seed and urn, else what differs (message id). */
const char *lot_verify(struct arena *a, const char *json, size_t n, size_t *drawn);
#endif
