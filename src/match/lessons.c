/* lessons.c -- what was learned of titles with known occupations (data/match/titles.tsv): weights of characters and pairs for occupations
 * and their groups, and what each sign counts. No title is in it. */
#include "match/occupation.h"

#include "match/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool read_signs(struct titles *t, const char *s)
{
    for (size_t i = 0; i < SIGNS; i++) {
        char *end;
        t->signs[i] = strtof(s, &end);
        if (end == s || !isfinite(t->signs[i]))
            return false;
        s = end;
    }
    return s[strspn(s, " ")] == '\0';
}

/* "4-01-02": its digits, and by their number the level. */
static bool read_group(const char *s, int32_t *group, uint16_t *level)
{
    size_t dashes = 0;
    *group = 0;
    for (; *s != '\0'; s++) {
        if (*s >= '0' && *s <= '9' && *group < 10000000)
            *group = *group * 10 + (*s - '0');
        else if (*s == '-')
            dashes++;
        else
            return false;
    }
    *level = dashes == 3 ? LEVEL_LEAF : dashes == 2 ? LEVEL_SMALL : LEVEL_MIDDLE;
    return dashes >= 1 && dashes <= 3;
}

/* '^' and '$' are the beginning and the end of a stretch. */
static bool read_gram(const char *s, size_t len, uint64_t *key)
{
    char text[16];
    uint32_t c[4];
    if (len >= sizeof text)
        return false;
    memcpy(text, s, len);
    text[len] = '\0';
    size_t n = chars_read(text, c, 4);
    if (n == 2)
        *key = (uint64_t)(c[0] == '^' ? GRAM_BEGIN : c[0]) << 21 | (c[1] == '$' ? GRAM_END : c[1]);
    else if (n == 1)
        *key = c[0];
    return n == 1 || n == 2;
}

bool titles_lesson(struct titles *t, const char *group, const char *weights)
{
    struct lesson x = {0};
    if (strcmp(group, "signs") == 0)
        return read_signs(t, weights);
    if (!read_group(group, &x.group, &x.level))
        return false;
    while (*(weights += strspn(weights, " ")) != '\0') {
        size_t len = strcspn(weights, " ");
        char *end;
        if (!read_gram(weights, len, &x.key))
            return false;
        x.weight = strtof(weights + len, &end) / LESSON_UNIT;
        if (end == weights + len || !isfinite(x.weight))
            return false;
        weights = end;
        mem_room(&t->lessons, &t->cap_lessons, t->n_lessons + 1, sizeof *t->lessons);
        t->lessons[t->n_lessons++] = x;
    }
    return true;
}

static int by_key(const void *a, const void *b)
{
    const struct lesson *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* Numbers the groups and leaves out those that no occupation is of. */
static size_t known(struct titles *t)
{
    size_t n = 0, base[LEVELS];
    for (size_t level = 0, at = 0; level < LEVELS; at += t->n_groups[level++])
        base[level] = at;
    for (size_t i = 0; i < t->n_lessons; i++) {
        struct lesson x = t->lessons[i];
        int32_t unit = x.level == LEVEL_LEAF ? 1 : x.level == LEVEL_SMALL ? 100 : 10000;
        size_t lo = 0, hi = t->n_codes;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (t->codes[mid] / unit < x.group)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == t->n_codes || t->codes[lo] / unit != x.group)
            continue;
        x.at = (uint32_t)base[x.level] + t->group[x.level][lo];
        t->lessons[n++] = x;
    }
    return n;
}

void lessons_finish(struct titles *t)
{
    t->n_lessons = known(t);
    if (t->n_lessons > 0)
        qsort(t->lessons, t->n_lessons, sizeof *t->lessons, by_key);
    t->ranges = MEM_ARRAY(struct lesson_range, t->n_lessons + 1);
    for (size_t i = 0; i < t->n_lessons; i++) {
        if (i == 0 || t->lessons[i].key != t->lessons[i - 1].key)
            t->ranges[t->n_ranges++] = (struct lesson_range){t->lessons[i].key, (uint32_t)i, 0};
        t->ranges[t->n_ranges - 1].to = (uint32_t)i + 1;
    }
    gram_index_make(&t->by_lesson, t->ranges, t->n_ranges, sizeof *t->ranges);
}

size_t lessons_bytes(const struct titles *t)
{
    return t->cap_lessons * sizeof *t->lessons + (t->n_lessons + 1) * sizeof *t->ranges + gram_index_bytes(&t->by_lesson);
}

void lessons_free(struct titles *t)
{
    mem_free(t->lessons);
    mem_free(t->ranges);
    gram_index_free(&t->by_lesson);
}

float *lessons_ask(struct ctx *cx, const struct titles *t, const struct grams *g)
{
    float *out = ARENA_ARRAY(cx->arena, float, t->n_groups[LEVEL_LEAF] + t->n_groups[LEVEL_SMALL] + t->n_groups[LEVEL_MIDDLE] + 1);
    for (size_t i = 0; i < g->n; i++) {
        uint32_t at = gram_index_find(&t->by_lesson, g->key[i]);
        for (uint32_t e = at == NO_GRAM ? 0 : t->ranges[at].from; at != NO_GRAM && e < t->ranges[at].to; e++)
            out[t->lessons[e].at] += t->lessons[e].weight;
    }
    return out;
}
