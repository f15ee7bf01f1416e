#include "city/reference.h"
#include "city/reference_impl.h"

#include "base/text.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool city_is_latin(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");
    return n > 0 && s[n] == '\0';
}

const char *city_typed(struct arena *a, const char *text)
{
    static const char *const left_out[] = {" ", "\t", "·", "•", "　", "-", "/", "，", ",", "'"};
    char *out = arena_alloc(a, strlen(text) + 1), *p = out;
    bool code = isdigit((unsigned char)*text); /* 4-10-01 keeps its dashes */
    while (*text != '\0') {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof left_out / sizeof *left_out && skip == 0; i++)
            skip = code && *text == '-' ? 0 : text_begins(text, left_out[i]);
        if (skip == 0)
            *p++ = (char)tolower((unsigned char)*text);
        text += skip > 0 ? skip : 1;
    }
    return out;
}

static const char *after(const char *s, const char *head)
{
    size_t n = text_begins(s, head);
    return n > 0 ? s + n : NULL;
}

/* Without 天津市 or 天津 before something else. */
static const char *after_city(const struct city *city, const char *typed)
{
    const char *rest = after(typed, city->name);
    rest = rest != NULL ? rest : after(typed, city->brief);
    return rest != NULL && *rest != '\0' ? rest : typed;
}

/* The district that `typed` begins with, the longest name first; *rest is what follows. */
static const struct city_district *leading_district(const struct city *city, const char *typed, const char **rest)
{
    for (int whole = 1; whole >= 0; whole--)
        for (size_t i = 0; i < city->n_districts; i++) {
            const struct city_district *d = &city->districts[i];
            if ((*rest = after(typed, whole ? d->name : d->brief)) != NULL)
                return d;
        }
    *rest = typed;
    return NULL;
}

const struct city_district *city_district_named(const struct city *city, const char *text)
{
    char said[64];
    const char *rest, *start = after_city(city, text);
    const struct city_district *d = leading_district(city, start, &rest);
    if (d != NULL && *rest == '\0')
        return d;
    for (size_t i = 0; i < city->n_districts; i++) {
        size_t n = 0;
        for (const char *p = city->districts[i].pinyin; *p != '\0' && n + 1 < sizeof said; p++)
            if (*p != ' ')
                said[n++] = *p;
        said[n] = '\0';
        if (strcmp(text, said) == 0 || strcmp(text, city->districts[i].pinyin) == 0)
            return &city->districts[i];
    }
    d = NULL;
    for (size_t i = 0; i < city->n_districts; i++)
        if (strcmp(text, city->districts[i].initials) == 0) {
            if (d != NULL)
                return NULL; /* hb is 河北 only as long as there is no other */
            d = &city->districts[i];
        }
    return d;
}

const struct city_street *city_streets_of(const struct city *city, int64_t district, size_t *n)
{
    size_t i = 0, from;
    while (i < city->n_streets && city->streets[i].district < district)
        i++;
    for (from = i; i < city->n_streets && city->streets[i].district == district;)
        i++;
    *n = i - from;
    return &city->streets[from];
}

/* How well one street answers to `typed`, 0 = not at all. */
static int score_street(const struct city_street *s, const char *typed, size_t n, bool latin)
{
    static const char *const endings[] = {"", "街道", "街", "镇", "乡", "街道办事处", "街道办", "地区"};
    if (latin) {
        if (strcmp(s->joined, typed) == 0)
            return 90;
        if (strcmp(s->initials, typed) == 0)
            return 85;
        if (strncmp(s->joined, typed, n) == 0)
            return 58;
        return n > 1 && strncmp(s->initials, typed, n) == 0 ? 55 : 0;
    }
    if (strcmp(s->name, typed) == 0)
        return 100;
    const char *rest = after(typed, s->brief);
    for (size_t i = 0; rest != NULL && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(rest, endings[i]) == 0)
            return 98;
    if (strstr(typed, s->name) != NULL)
        return 88;
    if (rest != NULL)
        return 80;
    if (strlen(s->brief) >= strlen("中山") && strstr(typed, s->brief) != NULL)
        return 70;
    return strncmp(s->name, typed, n) == 0 ? 59 : strstr(s->name, typed) != NULL ? 50 : 0;
}

static int best_street(const void *a, const void *b)
{
    const struct city_found *x = a, *y = b;
    if (x->score != y->score)
        return y->score - x->score;
    size_t xn = strlen(x->street->brief), yn = strlen(y->street->brief); /* 咸阳北路 before 咸阳 in an address that holds both */
    if (x->score >= 70 && xn != yn)
        return (xn < yn) - (xn > yn);
    return (x->street->code > y->street->code) - (x->street->code < y->street->code);
}

/* The last bytes of the Han characters of a text. */
struct letters {
    bool seen[256];
    char first; /* of the first character; 0: it is none */
};

static struct letters letters_of(const char *text)
{
    struct letters l = {.first = (unsigned char)text[0] >= 0xE0 && text[1] != '\0' ? text[2] : '\0'};
    for (const char *p = text; *p != '\0'; p++)
        l.seen[(unsigned char)*p] = true;
    return l;
}

/* Certainly not: the text has no first character of the street's brief name, the street's name none of the text's. */
static bool never(const struct city_street *s, const struct letters *l)
{
    return l->first != '\0' && (unsigned char)s->brief[0] >= 0xE0 && !l->seen[(unsigned char)s->brief[2]] && strchr(s->name, l->first) == NULL;
}

size_t city_find_streets(struct ctx *cx, const struct city *city, const char *text, struct city_found *out, size_t cap)
{
    const char *rest, *typed = after_city(city, city_typed(cx->arena, text));
    const struct city_district *d = leading_district(city, typed, &rest);
    struct city_found *all = ARENA_ARRAY(cx->arena, struct city_found, city->n_streets);
    struct letters whole = letters_of(typed), tail = letters_of(rest);
    size_t n = 0, len = strlen(typed), len_rest = strlen(rest);
    bool latin = city_is_latin(typed), latin_rest = city_is_latin(rest);
    for (size_t i = 0; i < city->n_streets && *typed != '\0'; i++) {
        const struct city_street *s = &city->streets[i];
        bool here = d == NULL || s->district == d->code;
        bool may = here ? !never(s, &whole) : after(typed, s->brief) != NULL || strcmp(typed, s->name) == 0; /* elsewhere only what is exact counts */
        int score = may ? score_street(s, typed, len, latin) : 0;
        if (d != NULL) { /* 河西 may be the district or the beginning of 河西务: take the better of the two */
            int within = !here ? 0 : *rest == '\0' ? 40 : never(s, &tail) ? 0 : score_street(s, rest, len_rest, latin_rest);
            score = within >= score ? within : here || score >= 98 ? score : 0;
        }
        score -= score > 0 && strcmp(s->kind, "zone") == 0; /* a zone stands behind the street it lies in */
        if (score > 0)
            all[n++] = (struct city_found){s, score};
    }
    qsort(all, n, sizeof *all, best_street);
    n = n < cap ? n : cap;
    memcpy(out, all, n * sizeof *out);
    return n;
}

struct near {
    const struct city_street *street;
    double squared; /* of micro-degrees of latitude */
};

static int nearest_first(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    return (x->squared > y->squared) - (x->squared < y->squared);
}

size_t city_neighbours(struct ctx *cx, const struct city *city, int64_t street, const struct city_street **out, size_t cap)
{
    const struct city_street *from = city_street(city, street);
    if (from == NULL || from->lat == 0)
        return 0;
    struct near *all = ARENA_ARRAY(cx->arena, struct near, city->n_streets);
    double narrow = cos((double)from->lat * 1e-6 * 3.14159265358979 / 180);
    size_t n = 0;
    for (size_t i = 0; i < city->n_streets; i++) {
        const struct city_street *s = &city->streets[i];
        double x = (double)(s->lng - from->lng) * narrow, y = (double)(s->lat - from->lat);
        if (s != from && s->lat != 0)
            all[n++] = (struct near){s, x * x + y * y};
    }
    qsort(all, n, sizeof *all, nearest_first);
    n = n < cap ? n : cap;
    for (size_t i = 0; i < n; i++)
        out[i] = all[i].street;
    return n;
}
