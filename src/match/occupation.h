/* occupation.h -- from a title as people write it to occupations: the tables behind match_occupation().
 *
 * occupation.c: words that speak for an occupation.  alike.c: characters shared with its words, name and definition.
 * lessons.c: what was learned of titles with known occupations.  rank.c: the order that all of it gives.
 * Made when the engine opens, never changed after that; any thread reads them. Owned by struct match.
 */
#ifndef MATCH_OCCUPATION_H
#define MATCH_OCCUPATION_H
#include "match/engine.h"
#include "match/grams.h"

struct speaks { /* a word speaks for an occupation */
    uint32_t word;
    int32_t code;
    float weight;
    uint32_t occ; /* number of the code in struct titles */
};
struct telling { /* a pair of characters that sets an occupation's definition apart */
    uint64_t key;
    int32_t code;
    uint16_t place; /* the most telling is 0 */
};

/* Occupations are looked at as such, by small group (the first five digits) and by middle group (the first three). */
enum level { LEVEL_LEAF, LEVEL_SMALL, LEVEL_MIDDLE, LEVELS };
enum view { VIEW_LEAF, VIEW_SMALL, VIEW_MIDDLE, VIEW_NAME, VIEW_DEFINITION, VIEWS }; /* the first as the levels */

struct share { /* what a gram says for an occupation or a group */
    uint32_t number;
    float value;
};
struct gram {
    uint64_t key;
    uint32_t at; /* its first share; they lie by view */
    uint16_t n[VIEWS];
    float absent; /* what it says against all others of a level */
    float rare;   /* square of its rarity in names */
};
struct lesson { /* what a gram adds to the points of an occupation or a group */
    uint64_t key;
    int32_t group; /* the digits of the code as far as the level goes */
    uint16_t level;
    uint32_t at; /* its place when occupations and groups are numbered one after the other */
    float weight;
};
struct lesson_range { /* of a gram */
    uint64_t key;
    uint32_t from, to;
};

#define SIGNS (8 + 2 * VIEWS)
#define LESSON_UNIT 100.0F /* weights of grams are written as hundredths */
struct titles {
    struct words words;
    struct speaks *v; /* by word */
    uint32_t *first;  /* word -> its first entry; n_words + 1 */
    size_t n, cap;
    int32_t *codes; /* of the occupations spoken for, ascending */
    size_t n_codes;
    uint32_t *group[LEVELS]; /* occupation -> its number on this level */
    size_t n_groups[LEVELS];
    struct gram *grams; /* by key */
    size_t n_grams, cap_grams;
    struct share *shares;
    size_t n_shares, cap_shares;
    struct gram_index by_gram;
    struct telling *tells;
    size_t n_tells, cap_tells;
    struct lesson *lessons; /* by key */
    size_t n_lessons, cap_lessons;
    struct lesson_range *ranges;
    size_t n_ranges;
    struct gram_index by_lesson;
    float signs[SIGNS]; /* what each sign counts */
};

struct titles *titles_new(void);
void titles_free(struct titles *t);
/* A title word and the occupation it speaks for. */
void titles_alias(struct titles *t, const char *text, size_t len, int32_t code, double weight);
/* Pairs of characters, split by spaces, that set the definition of an occupation apart, the most telling first. */
void titles_define(struct titles *t, const char *pairs, int32_t code);
/* "4-01-02" and "gram weight gram weight …", or "signs" and a weight for each. false: it is neither. */
bool titles_lesson(struct titles *t, const char *group, const char *weights);
/* Once, after the dictionary and the occupations are complete. */
void titles_finish(struct match *m);
size_t titles_bytes(const struct titles *t);
/* The number of a code, or SIZE_MAX. */
size_t titles_number(const struct titles *t, int32_t code);

struct found { /* an occupation and the words of the title that speak for it */
    int32_t code;
    float best, more;
    uint32_t word, occ;
    uint16_t from, to, part;
};

/* ---- alike.c */

void alike_finish(struct match *m);
/* For each view, what the grams say for each occupation (by its number). */
void alike_ask(struct ctx *cx, const struct titles *t, const struct grams *g, float *out[VIEWS]);

/* ---- lessons.c */

void lessons_finish(struct titles *t);
size_t lessons_bytes(const struct titles *t);
void lessons_free(struct titles *t);
/* For each occupation and group, numbered one after the other, what was learned of the grams. */
float *lessons_ask(struct ctx *cx, const struct titles *t, const struct grams *g);

/* ---- rank.c */

struct choice {
    int32_t code;
    uint32_t occ, word; /* NO_WORD: no word speaks for it */
    float said;         /* what words say */
    float signs[SIGNS], points;
};
extern const float rank_plain[SIGNS]; /* what signs count when nothing was learned */
/* All that come into question, in no order; `found` best first. */
void rank_choices(struct ctx *cx, const struct titles *t, const struct grams *g, const struct found *found, size_t n_found,
                  struct choice **out, size_t *n);
/* The same from a title as people write it. */
void titles_choices(struct ctx *cx, const struct match *m, const char *title, struct grams *g, struct choice **out, size_t *n);
#endif
