/* rank.c -- which occupation a title most likely means: all signs of each that comes into question, weighed together.
 *
 * In question are those that words speak for, and the most alike by words, name and definition. Points are what the signs count
 * plus what was learned of the title's characters and pairs; both come from data/match/titles.tsv. */
#include "match/occupation.h"

#include <math.h>

#define BY_WORDS 40 /* at most so many that words speak for */
#define BY_VIEW 12  /* and so many of each view */
#define UNSPOKEN 60 /* the place of those that no word speaks for */

const float rank_plain[SIGNS] = {[1] = 1, [2] = 0.1F, [9] = 1, [15] = 1, [17] = 0.5F};

static void add(const struct titles *t, struct choice *c, uint32_t occ, uint32_t word, float said, size_t place)
{
    int32_t code = t->codes[occ];
    *c = (struct choice){.code = code, .occ = occ, .word = word, .said = said};
    c->signs[1] = logf(said + 0.02F);
    c->signs[2] = -logf((float)place + 1);
    c->signs[3] = place == 0;
    c->signs[4] = place < 5;
    c->signs[5] = code % 100 == 0;
    c->signs[6] = code % 10000 == 0;
    c->signs[7] = said < 6 ? said : 6;
}

/* The best of a view that are not there yet, `k` at most. */
static size_t add_alike(const struct titles *t, const float *view, struct choice *c, size_t n, size_t k)
{
    uint32_t best[BY_VIEW];
    size_t got = 0;
    for (uint32_t o = 0; o < t->n_codes; o++) {
        if (view[o] <= 0 || (got == k && view[o] <= view[best[got - 1]]) || t->codes[o] % 1000000 == 0)
            continue;
        size_t at = got < k ? got++ : got - 1;
        for (; at > 0 && view[best[at - 1]] < view[o]; at--)
            best[at] = best[at - 1];
        best[at] = o;
    }
    for (size_t i = 0, e; i < got; i++) {
        for (e = 0; e < n && c[e].occ != best[i];)
            e++;
        if (e == n)
            add(t, &c[n++], best[i], NO_WORD, 0, UNSPOKEN);
    }
    return n;
}

static void weigh(const struct titles *t, float *const view[VIEWS], const float *learned, struct choice *c, size_t n)
{
    float most_said = 0, most[VIEWS] = {0};
    for (size_t i = 0; i < n; i++) {
        most_said = c[i].said > most_said ? c[i].said : most_said;
        for (size_t v = 0; v < VIEWS; v++)
            most[v] = view[v][c[i].occ] > most[v] ? view[v][c[i].occ] : most[v];
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t o = c[i].occ;
        c[i].signs[0] = most_said > 0 ? c[i].said / most_said : 0;
        for (size_t v = 0; v < VIEWS; v++) {
            c[i].signs[8 + 2 * v] = view[v][o];
            c[i].signs[9 + 2 * v] = most[v] > 0 ? view[v][o] / most[v] : 0;
        }
        c[i].points = learned[o] + learned[t->n_codes + t->group[LEVEL_SMALL][o]] +
                      learned[t->n_codes + t->n_groups[LEVEL_SMALL] + t->group[LEVEL_MIDDLE][o]];
        for (size_t s = 0; s < SIGNS; s++)
            c[i].points += t->signs[s] * c[i].signs[s];
    }
}

void rank_choices(struct ctx *cx, const struct titles *t, const struct grams *g, const struct found *found, size_t n_found,
                  struct choice **out, size_t *n)
{
    static const enum view asked[] = {VIEW_NAME, VIEW_DEFINITION, VIEW_LEAF};
    struct choice *c = ARENA_ARRAY(cx->arena, struct choice, BY_WORDS + 3 * BY_VIEW);
    float *view[VIEWS];
    alike_ask(cx, t, g, view);
    *n = 0;
    for (size_t i = 0; i < n_found && i < BY_WORDS; i++)
        add(t, &c[(*n)++], found[i].occ, found[i].word, found[i].best + found[i].more, i);
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        *n = add_alike(t, view[asked[i]], c, *n, BY_VIEW);
    weigh(t, view, lessons_ask(cx, t, g), c, *n);
    *out = c;
}
