#include "match/wish.h"

#include "match/circle.h"

#include <string.h>

/* Asked for thousands of pairs: divisors are constants, so that nothing is divided. */
unsigned shared_levels(int64_t wish, int64_t code)
{
    if (wish == 0 || code == 0 || wish / 1000000 != code / 1000000)
        return 0;
    if (wish % 1000000 == 0) /* a group wished for as a whole: everything in it fits */
        return 4;
    if (wish / 10000 != code / 10000)
        return 1;
    if (wish % 10000 == 0)
        return 4;
    if (wish / 100 != code / 100)
        return 2;
    return wish % 100 == 0 || wish == code ? 4 : 3;
}

int32_t occupation_level_points(unsigned level)
{
    static const uint16_t by_level[5] = {0, POINTS_OCCUPATION * 15 / 100, POINTS_OCCUPATION * 40 / 100, POINTS_OCCUPATION * 70 / 100,
                                         POINTS_OCCUPATION};
    return by_level[level];
}

static const uint16_t *occupation_points(struct ctx *cx, const struct match *m, const struct snap *s, struct match_list wishes)
{
    uint16_t *points = ARENA_ARRAY(cx->arena, uint16_t, s->n_occupations);
    for (uint32_t i = 0; i < s->n_occupations; i++)
        for (size_t k = 0; k < wishes.n; k++) {
            uint16_t x = (uint16_t)occupation_level_points(shared_levels(wishes.v[k], m->occupations.v[i]));
            points[i] = x > points[i] ? x : points[i];
        }
    return points;
}

static const uint8_t *missing_by_set(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p)
{
    uint8_t *missing = arena_alloc(cx->arena, s->n_sets);
    for (uint32_t i = 0; i < s->n_sets; i++) {
        const struct cert_set *set = &m->sets.v[i];
        for (uint32_t k = 0; k < set->n && missing[i] < 2; k++) {
            bool held = false;
            for (size_t c = 0; c < p->n_certificates && !held; c++)
                held = p->certificates[c] == set->code[k];
            missing[i] = (uint8_t)(missing[i] + !held);
        }
    }
    return missing;
}

static const uint8_t *districts_ok(struct ctx *cx, const struct match *m, const struct snap *s, struct match_list l)
{
    uint8_t *ok = arena_alloc(cx->arena, s->n_districts);
    for (uint32_t i = 1; i < s->n_districts; i++)
        for (size_t k = 0; k < l.n; k++)
            ok[i] |= m->districts.v[i] == l.v[k];
    return ok;
}

size_t named_skills(const struct match *m, const char *text, uint16_t *out, size_t cap)
{
    uint32_t cps[1000];
    struct tokens t = {0};
    size_t n = 0;
    segment(&m->words, cps, chars_read(text, cps, 1000), SEG_INNER, &t);
    for (size_t i = 0; i < t.n && n < cap; i++) {
        uint16_t skill = t.v[i].word == NO_WORD ? 0 : m->words.skill[t.v[i].word];
        bool again = skill == 0;
        for (size_t k = 0; k < n; k++)
            again = again || out[k] == skill;
        if (!again)
            out[n++] = skill;
    }
    tokens_free(&t);
    return n;
}

void wish_skills_named(struct ctx *cx, const uint16_t *skills, size_t n, struct wish *w)
{
    uint8_t *named = arena_alloc(cx->arena, w->m->words.n_skills + (size_t)1);
    w->skills = named;
    for (size_t i = 0; i < n; i++) {
        named[skills[i]] = 1;
        w->skill_bits |= skill_bit(skills[i]);
    }
}

/* One word of the list counts by its first term: 双休 as one word, 津鑫盛 as a pair. */
size_t unwanted_terms(const struct match *m, const char *text, uint64_t out[static NOT_WORDS])
{
    uint32_t cps[200];
    size_t n = chars_read(text, cps, 200), found = 0;
    struct tokens t = {0};
    for (size_t i = 0; i < n && found < NOT_WORDS;) {
        size_t k = i;
        while (k < n && chars_kind(cps[k]) != CHAR_GAP)
            k++;
        t.n = 0;
        segment(&m->words, cps + i, k - i, 0, &t);
        if (t.n > 0)
            out[found++] = t.v[0].key;
        i = k + 1;
    }
    tokens_free(&t);
    return found;
}

uint16_t wish_day(int32_t day)
{
    return (uint16_t)(day < 0 ? 0 : day > UINT16_MAX - 1 ? UINT16_MAX - 1 : day);
}

uint32_t wish_yuan(int64_t fen)
{
    return fen <= 0 ? 0 : (uint32_t)((fen < INT32_MAX ? fen : INT32_MAX) + 99) / 100;
}

uint8_t wish_education(uint8_t has)
{
    return has == MATCH_EDU_ANY || has >= MATCH_EDU_COUNT ? 15 : has;
}

/* All but what is made of the person's words. */
void wish_conditions(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p, int32_t today, struct wish *w)
{
    *w = (struct wish){.m = m, .s = s, .p = p, .home = ground_from(p->lat, p->lng)};
    w->today = wish_day(today);
    float r = (float)p->radius + 0.5F;
    w->radius_square = r * r;
    w->near_matters = w->home.known && p->radius > 0;
    w->district_matters = p->districts.n > 0;
    w->education = wish_education(p->education);
    w->experience = (uint8_t)(p->experience > 255 ? 255 : p->experience);
    w->types = p->types;
    w->shifts = p->shifts;
    w->wage_floor = wish_yuan(p->wage_floor);
    w->occupation_points = occupation_points(cx, m, s, p->occupations);
    w->district_ok = districts_ok(cx, m, s, p->districts);
    w->missing = missing_by_set(cx, m, s, p);
}

void wish_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p, int32_t today, struct wish *w)
{
    wish_conditions(cx, m, s, p, today, w);
    uint16_t skills[SKILLS_NAMED];
    wish_skills_named(cx, skills, named_skills(m, p->words, skills, SKILLS_NAMED), w);
    w->n_not = unwanted_terms(m, p->not_words, w->not_terms);
}

bool wish_near(const struct wish *w, const struct row *r)
{
    if (!w->near_matters && !w->district_matters)
        return true;
    if (w->district_matters && w->district_ok[r->district])
        return true;
    return w->near_matters && (r->lat != 0 || r->lng != 0) && ground_square(&w->home, r->lat, r->lng) < w->radius_square;
}

int32_t wish_distance_most(const struct wish *w, uint64_t cell)
{
    return w->home.known && cell != 0 ? distance_points(w->p->radius, (int32_t)circle_away(&w->home, cell)) : 0;
}

unsigned wish_skills(const struct wish *w, const struct side *s, unsigned *of)
{
    unsigned have = 0, n = 0;
    while (n < PART_SKILLS && s->skills[n] != 0)
        have += w->skills[s->skills[n++]];
    *of = n;
    return have;
}

int32_t wish_skill_points(const struct wish *w, const struct side *s)
{
    unsigned of, have = wish_skills(w, s, &of);
    return of == 0 ? 0 : (int32_t)(POINTS_SKILLS * have / of);
}

/* Without a bit in common there is no skill in common. */
void wish_need(int32_t points, uint8_t need[static 128])
{
    for (unsigned n = 0; n < 16; n++) {
        int32_t have = n == 0 ? 255 : ((int32_t)n * points + POINTS_SKILLS - 1) / POINTS_SKILLS;
        for (unsigned same = 0; same < 8; same++)
            need[n << 3 | same] = (uint8_t)(points <= 0 ? 0 : have > (int32_t)n ? 255 : have > (int32_t)same + 1 ? have - (int32_t)same : 1);
    }
}
