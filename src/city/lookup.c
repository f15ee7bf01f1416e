#include "city/reference.h"
#include "city/reference_impl.h"

#include "city/house.h"

#include <stdlib.h>
#include <string.h>

/* Finds `key` in `n` things of `size` bytes whose first member is a code: a text, or an int64_t. */
static int by_text(const void *key, const void *member)
{
    return strcmp(key, *(const char *const *)member);
}

static int by_number(const void *key, const void *member)
{
    int64_t k = *(const int64_t *)key, m = *(const int64_t *)member;
    return (k > m) - (k < m);
}

static const void *by_code(const char *code, const void *all, size_t n, size_t size)
{
    return code == NULL ? NULL : bsearch(code, all, n, size, by_text);
}

const char *city_name(const struct city *city) { return city->name; }
const char *city_hotline(const struct city *city) { return city->hotline; }

const struct city_district *city_district(const struct city *city, int64_t code)
{
    return bsearch(&code, city->districts, city->n_districts, sizeof *city->districts, by_number);
}

const char *city_district_name(const struct ctx *cx, int64_t code)
{
    const struct city_district *d = city_district(cx->house->city, code);
    return d != NULL ? tr(cx, d->name) : "";
}

const int64_t *city_own_district(const struct ctx *cx) { return cx->actor.role == ROLE_DISTRICT ? &cx->actor.district : NULL; }

const struct city_street *city_street(const struct city *city, int64_t code)
{
    return bsearch(&code, city->streets, city->n_streets, sizeof *city->streets, by_number);
}

const struct city_occupation *city_occupation(const struct city *city, const char *code)
{
    return by_code(code, city->occupations, city->n_occupations, sizeof *city->occupations);
}

const struct city_industry *city_industry(const struct city *city, const char *code)
{
    return by_code(code, city->industries, city->n_industries, sizeof *city->industries);
}

const struct city_certificate *city_certificate(const struct city *city, const char *code, size_t *n)
{
    const struct city_certificate *first = city->certificates, *end = first + city->n_certificates;
    while (first < end && strcmp(first->code, code) < 0)
        first++;
    for (*n = 0; first + *n < end && strcmp(first[*n].code, code) == 0;)
        ++*n;
    return first;
}

const struct city_service_item *city_item(const struct city *city, const char *code)
{
    return by_code(code, city->items, city->n_items, sizeof *city->items);
}

const char *city_ring_name(const struct city *city, const char *ring)
{
    for (size_t i = 0; i < city->n_rings; i++)
        if (strcmp(city->rings[i].code, ring) == 0)
            return city->rings[i].name;
    return ring;
}

const struct city_profile *city_profile(const struct city *city, const char *type)
{
    for (size_t i = 0; i < city->n_profiles; i++)
        if (strcmp(city->profiles[i].type, type) == 0)
            return &city->profiles[i];
    return NULL;
}

int64_t city_target(const struct city *city, const char *code, int64_t year, const char *kind, const char *ring)
{
    for (size_t i = 0; i < city->n_targets; i++) {
        const struct city_target *t = &city->targets[i];
        if (t->year == year && strcmp(t->code, code) == 0 && strcmp(t->kind, kind) == 0 && strcmp(t->ring, ring) == 0)
            return t->value;
    }
    return -1;
}

static const struct city_word_row *word(const struct city *city, const char *kind, const char *text)
{
    size_t lo = 0, hi = city->n_words;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const struct city_word_row *w = &city->words[mid];
        int d = strcmp(w->kind, kind);
        d = d != 0 ? d : strcmp(w->text, text);
        if (d == 0)
            return w;
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const char *city_word(const struct city *city, const char *kind, const char *text)
{
    const struct city_word_row *w = text == NULL ? NULL : word(city, kind, text);
    return w != NULL ? w->code : NULL;
}

int city_education_rank(const struct city *city, const char *code)
{
    const struct city_word_row *w = code == NULL ? NULL : word(city, "education", code);
    return w != NULL ? w->rank : -1;
}

size_t city_occupations_under(const struct city *city, const char *code, const struct city_occupation **out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < city->n_occupations && n < cap; i++)
        if (strcmp(city->occupations[i].parent, code != NULL ? code : "") == 0)
            out[n++] = &city->occupations[i];
    return n;
}

size_t city_industries_under(const struct city *city, const char *code, const struct city_industry **out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; i < city->n_industries && n < cap; i++)
        if (strcmp(city->industries[i].parent, code != NULL ? code : "") == 0)
            out[n++] = &city->industries[i];
    return n;
}

/* ---- occupations by what people write ---- */

struct ranked {
    const struct city_occupation *occupation;
    int score;
};

static int best_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    size_t xn = strlen(x->occupation->name), yn = strlen(y->occupation->name);
    if (x->score != y->score)
        return y->score - x->score;
    return xn != yn ? (xn > yn) - (xn < yn) : strcmp(x->occupation->code, y->occupation->code);
}

static int score_occupation(const struct city_occupation *o, const char *typed, size_t n, bool latin)
{
    if (latin) {
        if (strcmp(o->joined, typed) == 0 || strcmp(o->initials, typed) == 0)
            return 90;
        if (strncmp(o->joined, typed, n) == 0)
            return 70;
        return n > 1 && strncmp(o->initials, typed, n) == 0 ? 60 : 0;
    }
    if (strncmp(o->code, typed, n) == 0)
        return 80;
    const char *at = strstr(o->name, typed);
    if (at == NULL)
        return 0;
    return strcmp(o->name, typed) == 0 ? 100 : at == o->name ? 75 : 50;
}

static int score_aliases(const struct city *city, const struct city_occupation *o, const char *typed, size_t n)
{
    int best = 0;
    for (size_t i = 0; i < city->n_aliases; i++)
        if (city->aliases[i].occupation == o && strncmp(city->aliases[i].word, typed, n) == 0) {
            int score = strlen(city->aliases[i].word) == n ? 95 : 65;
            best = score > best ? score : best;
        }
    return best;
}

size_t city_find_occupations(struct ctx *cx, const struct city *city, const char *text, const struct city_occupation **out,
                             size_t cap)
{
    const char *typed = city_typed(cx->arena, text);
    size_t n = strlen(typed), found = 0;
    if (n == 0)
        return 0;
    bool latin = city_is_latin(typed);
    struct ranked *all = ARENA_ARRAY(cx->arena, struct ranked, city->n_occupations);
    for (size_t i = 0; i < city->n_occupations; i++) {
        const struct city_occupation *o = &city->occupations[i];
        if (o->level != 4)
            continue;
        int score = score_occupation(o, typed, n, latin), alias = latin ? 0 : score_aliases(city, o, typed, n);
        if (score > 0 || alias > 0)
            all[found++] = (struct ranked){o, score > alias ? score : alias};
    }
    qsort(all, found, sizeof *all, best_first);
    found = found < cap ? found : cap;
    for (size_t i = 0; i < found; i++)
        out[i] = all[i].occupation;
    return found;
}

size_t city_find_industries(const struct city *city, const char *text, const struct city_industry **out, size_t cap)
{
    size_t n = 0, len = strlen(text);
    for (int beginning = 1; beginning >= 0 && len > 0; beginning--)
        for (size_t i = 0; i < city->n_industries && n < cap; i++) {
            const struct city_industry *d = &city->industries[i];
            const char *at = strstr(d->name, text);
            bool begins = at == d->name || strncmp(d->code, text, len) == 0;
            if (beginning ? begins : at != NULL && !begins)
                out[n++] = d;
        }
    return n;
}
