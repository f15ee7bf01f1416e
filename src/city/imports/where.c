/* where.c -- the place an ad names: "天津-西青区", "西青·张家窝", "滨海新区·泰达", "天津市河东区大王庄街示例路 1 号". */
#include "city/imports/imports_impl.h"

#include "city/house.h"
#include "city/reference.h"

#include "base/memo.h"
#include "base/text.h"

#include <string.h>

static bool filled(const char *s) { return s != NULL && *s != '\0'; }

/* Dashes, dots and bars between the parts become blanks; 天津 and 天津市 go away where they begin a part. */
static const char *parted(struct ctx *cx, const char *s)
{
    static const char *const marks[] = {"-", "·", "—", "–", "/", "|", "，", ",", "、", ">", "•", "\n"};
    struct buf b = {.a = cx->arena};
    while (*s != '\0') {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && skip == 0; i++)
            skip = text_begins(s, marks[i]);
        buf_add(&b, skip > 0 ? " " : s, 1);
        s += skip > 0 ? skip : 1;
    }
    return buf_text(&b);
}

/* `s` behind the city's name, when it begins with it. */
static const char *behind_city(const struct city *c, const char *s)
{
    size_t n = strlen(c->brief);
    if (strncmp(s, c->brief, n) != 0)
        return s;
    s += n;
    return strncmp(s, "市", 3) == 0 ? s + 3 : s;
}

/* Looks at each part of `text`: a district it names is kept in *district. Answers whether the first part was one. */
static bool districts_in(struct ctx *cx, const char *text, int64_t *district)
{
    const struct city *c = cx->house->city;
    bool first = false;
    const char *p = parted(cx, text);
    for (int i = 0; *p != '\0'; i++) {
        size_t n = strcspn(p, " ");
        const char *word = behind_city(c, arena_strndup(cx->arena, p, n));
        const struct city_district *d = NULL;
        if ((unsigned char)word[0] >= 0x80) /* initials and pinyin are for people who type, not for tables */
            d = city_district_named(c, word);
        if (d != NULL && *district == 0)
            *district = d->code;
        first |= d != NULL && i == 0;
        p += n;
        p += strspn(p, " ");
    }
    return first;
}

/* A district's name at the beginning of an address, without a gap behind it. */
static int64_t leading_district(const struct city *c, const char *address)
{
    address = behind_city(c, address);
    for (size_t i = 0; i < c->n_districts; i++)
        if (text_begins(address, c->districts[i].name) > 0)
            return c->districts[i].code;
    return 0;
}

static int64_t street_of(struct ctx *cx, const char *text, int64_t district)
{
    enum { SURE = 60, CAP = 8 };
    struct city_found found[CAP];
    const struct city *c = cx->house->city;
    const struct city_district *d = city_district(c, district);
    const char *words = d != NULL ? arena_fmt(cx->arena, "%s %s", d->brief, text) : text;
    size_t n = city_find_streets(cx, c, words, found, CAP);
    for (size_t i = 0; i < n && found[i].score >= SURE; i++)
        if (district == 0 || found[i].street->district == district)
            return found[i].street->code;
    return 0;
}

static int64_t street_in(struct ctx *cx, const char *text, int64_t district, struct memo *known)
{
    int64_t code;
    const char *key = arena_fmt(cx->arena, "%lld %s", (long long)district, text);
    if (known != NULL && memo_get(known, key, &code))
        return code;
    code = street_of(cx, text, district);
    if (known != NULL)
        memo_put(known, key, code);
    return code;
}

static const char *written(struct ctx *cx, const struct import_address *in)
{
    struct buf b = {.a = cx->arena};
    const char *part[] = {in->city, in->district, in->street, in->address};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        bool again = i > 0 && filled(part[i]) && b.len > 0 && memmem(b.p, b.len, part[i], strlen(part[i])) != NULL;
        if (filled(part[i]) && !again)
            buf_fmt(&b, "%s%s", b.len > 0 ? " " : "", part[i]);
    }
    return text_cut(cx->arena, buf_text(&b), 100);
}

/* In which city? A name of ours anywhere says ours; another city's name in its column says theirs. */
static enum import_where where(struct ctx *cx, const struct import_address *in, bool ours, int64_t *district)
{
    const struct city *c = cx->house->city;
    const char *part[] = {in->city, in->district, in->address, in->street};
    bool said = false, here = false, known = false;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (!filled(part[i]))
            continue;
        said = true;
        if (i < 2) /* 天津路 is in Shanghai too: the address counts only when no column names a city */
            here |= strstr(part[i], c->brief) != NULL;
        else if (!filled(in->city))
            here |= strncmp(part[i], c->brief, strlen(c->brief)) == 0;
        known |= districts_in(cx, part[i], district) && i == 0;
    }
    if (*district == 0 && filled(in->address))
        *district = leading_district(c, in->address);
    if (here || known)
        return IMPORT_HERE;
    if (filled(in->city))
        return IMPORT_ELSEWHERE;
    return ours ? IMPORT_HERE : said ? IMPORT_ELSEWHERE : IMPORT_NOWHERE;
}

void import_place(struct ctx *cx, const struct import_address *in, bool ours, struct import_place *out)
{
    const char *part[] = {in->street, in->district, in->city, in->address};
    *out = (struct import_place){.text = written(cx, in)};
    out->where = where(cx, in, ours, &out->district);
    if (out->where != IMPORT_HERE) {
        out->district = 0;
        return;
    }
    for (size_t i = 0; i < sizeof part / sizeof *part && out->street == 0; i++)
        if (filled(part[i]))
            out->street = street_in(cx, parted(cx, behind_city(cx->house->city, part[i])), out->district, in->streets);
    if (out->street != 0)
        out->district = out->street / 1000;
}
