#include "city/names.h"

#include "city/house.h"
#include "city/reference.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 4, SURE = 60 /* below it only a beginning or initials were typed */ };

static const char *street_label(struct ctx *cx, const struct city_street *s)
{
    const struct city_district *d = city_district(cx->house->city, s->district);
    return arena_fmt(cx->arena, "%s %s", d != NULL ? d->name : "", s->name);
}

static void add(struct ctx *cx, const char **list, const char *name)
{
    *list = *list == NULL ? name : arena_fmt(cx->arena, tr(cx, N_("%s、%s")), *list, name);
}

/* Sure when one answers better than every other. A zone that stands behind the street of its name does not count. */
static const char *street_code(struct ctx *cx, const char *text, const char **several)
{
    struct city_found found[SHOWN];
    size_t n = city_find_streets(cx, cx->house->city, text, found, SHOWN);
    if (n == 0)
        return NULL;
    if (n == 1 || (found[0].score >= SURE && found[0].score > found[1].score))
        return arena_fmt(cx->arena, "%lld", (long long)found[0].street->code);
    for (size_t i = 0; i < n; i++)
        add(cx, several, street_label(cx, found[i].street));
    return NULL;
}

static const char *occupation_code(struct ctx *cx, const char *text, const char **several)
{
    const struct city_occupation *found[SHOWN];
    size_t n = city_find_occupations(cx, cx->house->city, text, found, SHOWN);
    if (n == 1 || (n > 0 && strcmp(found[0]->name, text) == 0))
        return found[0]->code;
    for (size_t i = 0; i < n; i++)
        add(cx, several, found[i]->name);
    return NULL;
}

static const char *code_of(struct ctx *cx, enum field_type type, const char *text, const char **several)
{
    return type == F_STREET ? street_code(cx, text, several) : type == F_OCCUPATION ? occupation_code(cx, text, several) : NULL;
}

static const char *name_of(struct ctx *cx, enum field_type type, const char *code)
{
    if (type == F_STREET) {
        const struct city_street *s = city_street(cx->house->city, strtoll(code, NULL, 10));
        return s != NULL ? street_label(cx, s) : NULL;
    }
    const struct city_occupation *o = city_occupation(cx->house->city, code);
    const char *several = NULL, *back = o != NULL ? occupation_code(cx, o->name, &several) : NULL;
    return back != NULL && strcmp(back, code) == 0 ? o->name : NULL; /* two that share a name keep their codes */
}

const struct names city_names = {code_of, name_of};
