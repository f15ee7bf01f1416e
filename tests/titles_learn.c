/* Learns what the signs and the characters of a title count: multinomial logistic regression over the occupations that come into question.
 *
 * A weight belongs to a gram and an occupation, its small or its middle group. Steps are AdaGrad's, in an order that is always the same; weights
 * that grew are pulled back a little. What stays small is left out, the rest is rounded to hundredths. */
#include "titles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 10
#define STEP 0.1F
#define GRAM_SCALE 0.2F /* a title has some 25 grams */
#define PULL 0.5F
#define PULL_ALWAYS 0.1F
#define SMALLEST 2 /* hundredths */

struct learner {
    const struct lab *l;
    float *w, *past; /* by number of the weight: itself, sum of squares of its slopes */
    float signs[SIGNS], signs_past[SIGNS];
    float rate; /* 1 / how many titles */
};

static int32_t group_of(int32_t code, enum level level)
{
    return level == LEVEL_LEAF ? code : level == LEVEL_SMALL ? code / 100 : code / 10000;
}

/* ---- weights have numbers */

#define SLOTS (1u << 21)

static uint32_t number_of(struct lab *l, uint32_t *slots, uint64_t gram, enum level level, int32_t code)
{
    /* 42 bits of a gram, but of the code points only 16 are kept apart: what collides would share a weight */
    uint64_t a = gram >> 21 & 0xFFFF, b = gram & 0xFFFF, key = (a << 16 | b) << 26 | (uint64_t)level << 24 | (uint64_t)group_of(code, level);
    for (uint32_t at = (uint32_t)hash_mix(key) & (SLOTS - 1);; at = (at + 1) & (SLOTS - 1)) {
        if (slots[at] == 0) {
            slots[at] = ++l->n_keys;
            l->keys[l->n_keys] = key;
        }
        if (l->keys[slots[at]] == key)
            return slots[at];
    }
}

void titles_number_weights(struct ctx *cx, struct lab *l)
{
    uint32_t *slots = ARENA_ARRAY(cx->arena, uint32_t, SLOTS);
    l->keys = ARENA_ARRAY(cx->arena, uint64_t, SLOTS);
    for (size_t i = 0; i < l->n; i++) {
        struct labelled *x = &l->v[i];
        uint32_t *out = x->weights = ARENA_ARRAY(cx->arena, uint32_t, x->n * x->grams.n * LEVELS + 1);
        for (size_t c = 0; c < x->n; c++)
            for (size_t g = 0; g < x->grams.n; g++)
                for (size_t level = 0; level < LEVELS; level++)
                    *out++ = number_of(l, slots, x->grams.key[g], (enum level)level, x->choices[c].code);
    }
}

/* ---- steps */

static float points_of(const struct learner *y, const struct labelled *x, size_t choice)
{
    const uint32_t *at = x->weights + choice * x->grams.n * LEVELS;
    float sum = 0, always = 0;
    for (size_t s = 0; s < SIGNS; s++)
        always += y->signs[s] * x->choices[choice].signs[s];
    size_t n = (x->grams.n - 1) * LEVELS; /* what holds always comes last */
    for (size_t i = 0; i < n; i++)
        sum += y->w[at[i]];
    for (size_t i = n; i < n + LEVELS; i++)
        always += y->w[at[i]];
    return always + sum * GRAM_SCALE;
}

static void move(float *w, float *past, float slope)
{
    *past += slope * slope;
    *w -= STEP * slope / sqrtf(*past);
}

/* `off`: how much too likely the choice was thought. */
static void correct(struct learner *y, const struct labelled *x, size_t choice, float off)
{
    const uint32_t *at = x->weights + choice * x->grams.n * LEVELS;
    size_t n = (x->grams.n - 1) * LEVELS;
    for (size_t i = 0; i < n + LEVELS; i++) {
        float slope = i < n ? off * GRAM_SCALE + PULL * y->rate * y->w[at[i]] : off + PULL_ALWAYS * y->rate * y->w[at[i]];
        move(&y->w[at[i]], &y->past[at[i]], slope);
    }
}

static void learn_title(struct learner *y, const struct labelled *x)
{
    float off[256], most = -INFINITY, sum = 0, slope[SIGNS] = {0};
    size_t right = x->n;
    for (size_t c = 0; c < x->n; c++)
        right = x->choices[c].code == x->code ? c : right;
    if (right == x->n)
        return;
    for (size_t c = 0; c < x->n; c++) {
        off[c] = points_of(y, x, c);
        most = off[c] > most ? off[c] : most;
    }
    for (size_t c = 0; c < x->n; c++)
        sum += off[c] = expf(off[c] - most);
    for (size_t c = 0; c < x->n; c++) {
        off[c] = off[c] / sum - (c == right);
        for (size_t s = 0; s < SIGNS; s++)
            slope[s] += off[c] * x->choices[c].signs[s];
        if (fabsf(off[c]) >= 1e-4F)
            correct(y, x, c, off[c]);
    }
    for (size_t s = 0; s < SIGNS; s++)
        move(&y->signs[s], &y->signs_past[s], slope[s]);
}

/* ---- writing */

struct kept {
    uint64_t key; /* level, group, gram */
    int hundredths;
};

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct kept *)a)->key, y = ((const struct kept *)b)->key;
    return x < y ? -1 : x > y;
}

static bool writable(uint32_t c)
{
    return c > ' ' && c != '^' && c != '$' && c < 0xD800;
}

static void write_char(FILE *f, uint32_t c)
{
    if (c == GRAM_BEGIN || c == GRAM_END)
        fputc(c == GRAM_BEGIN ? '^' : '$', f);
    else if (c < 0x80)
        fputc((int)c, f);
    else if (c < 0x800)
        fprintf(f, "%c%c", (int)(0xC0 | c >> 6), (int)(0x80 | (c & 63)));
    else
        fprintf(f, "%c%c%c", (int)(0xE0 | c >> 12), (int)(0x80 | (c >> 6 & 63)), (int)(0x80 | (c & 63)));
}

static void write_group(FILE *f, uint64_t key)
{
    int group = (int)(key & 0xFFFFFF), level = (int)(key >> 24 & 3);
    if (level == LEVEL_LEAF)
        fprintf(f, "\n%d-%02d-%02d-%02d\t", group / 1000000, group / 10000 % 100, group / 100 % 100, group % 100);
    else if (level == LEVEL_SMALL)
        fprintf(f, "\n%d-%02d-%02d\t", group / 10000, group / 100 % 100, group % 100);
    else
        fprintf(f, "\n%d-%02d\t", group / 100, group % 100);
}

static void write_rows(FILE *f, const struct kept *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t a = (uint32_t)(v[i].key >> 16 & 0xFFFF), b = (uint32_t)(v[i].key & 0xFFFF);
        if (i == 0 || v[i].key >> 32 != v[i - 1].key >> 32)
            write_group(f, v[i].key >> 32);
        else
            fputc(' ', f);
        if (a != 0)
            write_char(f, a);
        write_char(f, b);
        fprintf(f, " %d", v[i].hundredths);
    }
}

static void write_lessons(const struct learner *y, FILE *f)
{
    struct kept *v = calloc(y->l->n_keys + 1, sizeof *v);
    size_t n = 0;
    for (uint32_t i = 1; v != NULL && i <= y->l->n_keys; i++) {
        uint64_t key = y->l->keys[i], gram = key >> 26;
        uint32_t a = (uint32_t)(gram >> 16), b = (uint32_t)(gram & 0xFFFF);
        bool always = a == GRAM_BEGIN && b == GRAM_END;
        int hundredths = (int)lrintf(y->w[i] * (always ? 1 : GRAM_SCALE) * LESSON_UNIT);
        if (abs(hundredths) >= SMALLEST && (a <= GRAM_BEGIN || writable(a)) && (b == GRAM_END || writable(b)))
            v[n++] = (struct kept){(key & 0x3FFFFFF) << 32 | gram, hundredths};
    }
    qsort(v, n, sizeof *v, by_key);
    fputs("# What was learned of titles with known occupations (bench/titles.c): what each sign counts, then, for occupations and their groups,\n"
          "# characters and pairs of a title (^ its beginning, $ its end) and hundredths of points. No title is in it.\nsigns\t", f);
    for (size_t s = 0; s < SIGNS; s++)
        fprintf(f, "%s%.3f", s > 0 ? " " : "", (double)y->signs[s]);
    write_rows(f, v, n);
    fputc('\n', f);
    free(v);
}

const char *lab_learn(struct ctx *cx, const struct lab *l, unsigned without, size_t *len)
{
    struct learner y = {.l = l, .w = ARENA_ARRAY(cx->arena, float, l->n_keys + 1), .past = ARENA_ARRAY(cx->arena, float, l->n_keys + 1),
                        .signs = {2, 1, 0.3F}};
    uint32_t *order = ARENA_ARRAY(cx->arena, uint32_t, l->n);
    size_t n = 0;
    uint64_t dice = 1;
    for (uint32_t i = 0; i < l->n; i++)
        if (l->v[i].fold != without)
            order[n++] = i;
    y.rate = 1 / (float)n;
    for (size_t i = 0; i <= l->n_keys; i++)
        y.past[i] = 0.01F;
    for (size_t s = 0; s < SIGNS; s++)
        y.signs_past[s] = 0.01F;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = n; i > 1; i--) {
            size_t k = (size_t)((dice = hash_mix(dice + i)) % i);
            uint32_t was = order[i - 1];
            order[i - 1] = order[k];
            order[k] = was;
        }
        for (size_t i = 0; i < n; i++)
            learn_title(&y, &l->v[order[i]]);
    }
    char *text = NULL;
    FILE *f = open_memstream(&text, len);
    if (f == NULL)
        return "";
    write_lessons(&y, f);
    (void)fclose(f);
    const char *kept = arena_strndup(cx->arena, text, *len);
    free(text);
    return kept;
}
