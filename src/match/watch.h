/* watch.h -- saved searches, so that an ad finds them.
 *
 * A record is a struct watch_head, the lists of the search, then the text. Of the records of a piece is made:
 *   texts   each different text once, with the groups that the search would look for; known by one term of one group
 *   nests   searches with the same text and the same rarest condition (employer, street, district, occupation):
 *           an ad opens only the nests of the texts it satisfies and of its own codes
 * What a text means may hang on what the ads are (pinyin, words that nobody writes): such texts are loose and
 * read anew with every refresh.
 */
#ifndef MATCH_WATCH_H
#define MATCH_WATCH_H
#include "match/engine.h"
#include "match/query.h"

struct watch_head {
    int64_t wage_floor;
    uint64_t benefits;
    uint32_t wage_bands, educations, experiences, types, shifts;
    int32_t max_age, lat, lng, radius;
    uint16_t n_districts, n_streets, n_occupations, n_employers;
    uint32_t text_len; /* bytes; with a NUL after them, padded to words */
};
struct watch { /* a record, unfolded; the lists are 64-bit codes in two words each */
    struct watch_head head;
    const uint32_t *districts, *streets, *occupations, *employers;
    const char *text;
};
struct watch watch_read(const uint32_t *record);

struct lex_alt {
    uint32_t first, n; /* terms */
};
struct lex_group {
    uint32_t first, n; /* alternatives */
    bool excluded;
};
struct lex_text {
    uint32_t first, n; /* groups */
};
struct lex { /* what some of the texts mean */
    struct lex_said {
        uint32_t text, first, n; /* groups */
    } *said;
    struct lex_group *groups;
    struct lex_alt *alts;
    uint64_t *terms;
    size_t n_said, cap_said, n_groups, cap_groups, n_alts, cap_alts, n_terms, cap_terms;
    struct lex_door {
        uint64_t term;
        uint32_t said;
    } *doors; /* ascending by term: an ad with the term may satisfy what is said */
    size_t n_doors, cap_doors;
    uint32_t *open; /* those without a group that must hold */
    size_t n_open, cap_open;
    unsigned refs; /* snapshots that hold it */
};

struct nest {
    uint32_t text, kind; /* enum match_facet_kind of the condition, MATCH_F_COUNT = none */
    int64_t code;
    uint32_t first, n; /* in `members` */
};
struct watches { /* made of a piece */
    uint32_t n_texts;
    uint32_t *sample; /* text -> a record that has it */
    struct lex fixed; /* of all texts, as they were understood when the piece was made; loose ones are not in it */
    uint32_t *loose;
    size_t n_loose, cap_loose;
    struct nest *nests;
    uint32_t n_nests;
    uint32_t *slots; /* open addressing: nest + 1 */
    uint32_t mask;
    uint32_t *members; /* records */
    uint64_t n_members;
};

/* NULL: there are no such searches. */
const struct nest *watches_nest(const struct watches *w, uint32_t text, uint32_t kind, int64_t code);

struct terms_of { /* the terms of an ad, to look into */
    uint64_t *slots; /* open addressing, 0 = empty */
    size_t mask;
    const uint64_t *list;
    size_t n;
};
void ad_terms(struct ctx *cx, const struct match *m, const struct match_ad *ad, struct terms_of *out);

void lex_free(struct lex *l);
/* Makes w->fixed and w->loose of the texts of a piece, as they are understood in `s`. */
void lex_make(const struct match *m, const struct snap *s, const struct piece *p, struct watches *w);
/* What the loose texts mean in `s`; with `recheck` also those of which some word is in no ad any more. NULL when there are none.
 * `before`: the lex of the last snapshot, or NULL. */
struct lex *lex_loose(const struct match *m, const struct snap *s, const struct piece *p, const struct lex *before, bool recheck);
/* Calls `each` with the numbers of the texts that an ad with these terms satisfies. */
void lex_satisfied(struct ctx *cx, const struct lex *l, const struct terms_of *t, void (*each)(void *arg, uint32_t text), void *arg);
size_t lex_bytes(const struct lex *l);
/* After the shelf was refreshed: s->loose of each piece; `changed`: the ads are others, `melted`: words may be gone. */
void watches_refresh(const struct match *m, const struct snap *old, struct snap *s, bool changed, bool melted);
void watches_release(struct snap *s);
#endif
