/* What pages show of a person, and the rules of this office. */
#include "city/people/people.h"

#include "base/day.h"
#include "city/house.h"
#include "city/reference.h"
#include "rules/rules.h"

#include <string.h>

err_t people_rule(struct ctx *cx, const char *rule, const char *name, int64_t *number)
{
    return rules_number(cx, cx->house->rules, rule, name, day_of(cx->now, DAY_ZONE), number, NULL);
}

const struct calendar *people_calendar(const struct ctx *cx) { return &cx->house->city->calendar; }

static void categories(struct ctx *cx, struct view *to, const char *codes)
{
    struct view *list = view_list(cx->arena, to, "categories");
    while (*codes != '\0') {
        size_t n = strcspn(codes, ",");
        for (const struct choice *c = person_categories; c->code != NULL; c++)
            if (strlen(c->code) == n && memcmp(c->code, codes, n) == 0)
                view_str(cx->arena, view_item(cx->arena, list), "label", tr(cx, c->label));
        codes += n + (codes[n] == ',');
    }
}

void person_view(struct ctx *cx, struct view *to, const struct person *p)
{
    struct arena *a = cx->arena;
    view_str(a, to, "code", p->code);
    view_str(a, to, "name", p->name);
    view_str(a, to, "idno", p->idno);
    view_str(a, to, "phone", p->phone);
    if (p->birth_year > 0)
        view_i64(a, to, "birth_year", p->birth_year);
    const struct city_street *street = p->street == 0 ? NULL : city_street(cx->house->city, p->street);
    if (street != NULL)
        view_str(a, to, "street", street->name);
    view_bool(a, to, "locked", p->locked);
    categories(cx, to, p->category);
}
