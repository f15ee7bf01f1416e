/* asked_text.c -- a kept search: as lines, as a query, in words. */
#include "city/searches/searches.h"

#include "city/choices.h"
#include "city/house.h"
#include "city/reference.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* "name=value" a line; a value has no line end. */
static struct pairs pairs_of(struct ctx *cx, const char *kept)
{
    size_t cap = 1, n = 0;
    for (const char *p = kept; *p != '\0'; p++)
        cap += *p == '\n';
    struct pair *v = ARENA_ARRAY(cx->arena, struct pair, cap);
    for (const char *p = kept; *p != '\0';) {
        size_t len = strcspn(p, "\n"), name = strcspn(p, "=\n");
        if (name < len)
            v[n++] = (struct pair){arena_strndup(cx->arena, p, name), arena_strndup(cx->arena, p + name + 1, len - name - 1), len - name - 1};
        p += len + (p[len] == '\n');
    }
    return (struct pairs){v, n};
}

err_t search_asked(struct ctx *cx, const char *kept, struct find_in *out)
{
    struct pairs raw = pairs_of(cx, kept);
    struct form form = {0};
    *out = (struct find_in){0};
    return form_read(cx, &form, job_find_fields, &raw, out) == E_OK ? E_OK : FAIL(cx, E_BUG, NULL, "a kept search cannot be read: %s", kept);
}

const char *search_query(struct ctx *cx, const char *kept)
{
    struct pairs raw = pairs_of(cx, kept);
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < raw.n; i++)
        buf_fmt(&b, "%s%s=%s", i > 0 ? "&" : "", raw.p[i].name, text_percent(cx->arena, raw.p[i].value));
    return buf_text(&b);
}

/* ---- in words ---- */

static void say(struct buf *b, const char *text)
{
    if (text != NULL && *text != '\0')
        buf_fmt(b, "%s%s", b->len > 0 ? " · " : "", text);
}

static void say_codes(struct ctx *cx, struct buf *b, const struct choice *words, const char *codes)
{
    for (size_t i = 0; words[i].code != NULL; i++)
        if (list_has(codes, words[i].code))
            say(b, tr(cx, words[i].label));
}

static void say_places(struct ctx *cx, struct buf *b, const struct find_in *in)
{
    const struct city *city = cx->house->city;
    for (const char *p = in->district != NULL ? in->district : ""; *p != '\0'; p += strcspn(p, ","), p += *p == ',') {
        const struct city_district *d = city_district(city, strtoll(p, NULL, 10));
        say(b, d != NULL ? d->name : NULL);
    }
    for (const char *p = in->street != NULL ? in->street : ""; *p != '\0'; p += strcspn(p, ","), p += *p == ',') {
        const struct city_street *s = city_street(city, strtoll(p, NULL, 10));
        say(b, s != NULL ? s->name : NULL);
    }
    if (in->near != NULL && in->within != NULL)
        say(b, arena_fmt(cx->arena, tr(cx, N_("%s附近 %d 公里")), in->near, (int)*in->within));
    else if (in->near != NULL)
        say(b, arena_fmt(cx->arena, tr(cx, N_("%s附近")), in->near));
}

const char *search_words(struct ctx *cx, const struct find_in *in)
{
    struct buf b = {.a = cx->arena};
    const struct city_occupation *o = in->occupation != NULL ? city_occupation(cx->house->city, in->occupation) : NULL;
    say(&b, in->q);
    say(&b, o != NULL ? o->name : NULL);
    say_places(cx, &b, in);
    say(&b, in->employer);
    if (in->pay != NULL)
        say(&b, arena_fmt(cx->arena, tr(cx, N_("每月至少 %d 元")), (int)*in->pay));
    say_codes(cx, &b, asked_wage, in->wage);
    say_codes(cx, &b, asked_type, in->type);
    say_codes(cx, &b, asked_shift, in->shift);
    say_codes(cx, &b, benefit_choices, in->benefit);
    say_codes(cx, &b, asked_experience, in->experience);
    say_codes(cx, &b, asked_education, in->education);
    if (b.len == 0)
        say(&b, tr(cx, N_("全部岗位")));
    return buf_text(&b);
}
