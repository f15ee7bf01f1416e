/* titles.h -- titles with known occupations: how often the engine is right about titles that nothing was learned of, and what is to be learned.
 *
 * The labels lie in the shared data and are never kept in the repository. Titles that are nearly the same are in the same fold. What is said
 * of a title is said by an engine that neither learned of its fold, nor has the aliases that were written with the labels in view and
 * stand in titles of its fold only.
 */
#ifndef TESTS_TITLES_H
#define TESTS_TITLES_H
#include "match/occupation.h"

#define FOLDS 5
#define NO_FOLD FOLDS /* learned of all titles, with all aliases */

struct labelled {
    const char *text, *folded, *plain; /* as written; folded; cleaned, too: both without gaps */
    int32_t code;
    unsigned fold;
    struct grams grams;
    struct choice *choices;
    size_t n;
    uint32_t *weights; /* for each choice, the numbers of its weights: grams × levels */
};
struct lab {
    struct labelled *v;
    size_t n, groups;
    const char *aliases, *fold_aliases[FOLDS]; /* the file, and what of it the titles of a fold are asked with */
    size_t aliases_len, fold_len[FOLDS];
    struct match *engines[FOLDS]; /* without lessons */
    uint64_t *keys;               /* of the weights, by number - 1; 0 = free */
    uint32_t n_keys;
};
struct score {
    double first, five, first_error, five_error; /* shares, standard errors over the folds */
    double first_in[FOLDS], five_in[FOLDS];
    size_t n;
};

/* false: the labels are not there. */
bool lab_open(struct ctx *cx, struct lab *l);
void lab_close(struct lab *l);
/* Gives the weights of its titles numbers; part of opening. */
void titles_number_weights(struct ctx *cx, struct lab *l);
/* The text of data/match/titles.tsv, learned of all titles but those of a fold. */
const char *lab_learn(struct ctx *cx, const struct lab *l, unsigned without, size_t *len);
/* An engine for the titles of a fold. `lessons` NULL: nothing learned. */
err_t lab_engine(struct ctx *cx, const struct lab *l, unsigned fold, const char *lessons, size_t len, struct match **m);
/* Asks for each title what was not learned of it; `each` (or NULL) is told the place of the right occupation, -1 = not among five. */
err_t lab_judge(struct ctx *cx, const struct lab *l, void (*each)(const struct labelled *x, int place, const struct match_occupation *o, size_t n),
                struct score *out);
#endif
