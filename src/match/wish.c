#include "match/wish.h"

#include <string.h>

unsigned shared_levels(int64_t wish, int64_t code)
{
    static const int64_t unit[4] = {1000000, 10000, 100, 1};
    unsigned n = 0;
    if (wish == 0 || code == 0)
        return 0;
    while (n < 4 && wish / unit[n] == code / unit[n])
        n++;
    bool group = n > 0 && n < 4 && wish % unit[n - 1] == 0; /* wished for as a whole: everything in it fits */
    return group ? 4 : n;
}

static const uint16_t *occupation_points(struct ctx *cx, const struct match *m, const struct snap *s, struct match_list wishes)
{
    static const uint16_t by_level[5] = {0, POINTS_OCCUPATION * 15 / 100, POINTS_OCCUPATION * 40 / 100, POINTS_OCCUPATION * 70 / 100,
                                         POINTS_OCCUPATION};
    uint16_t *points = ARENA_ARRAY(cx->arena, uint16_t, s->n_occupations);
    for (uint32_t i = 0; i < s->n_occupations; i++)
        for (size_t k = 0; k < wishes.n; k++) {
            uint16_t x = by_level[shared_levels(wishes.v[k], m->occupations.v[i])];
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

static const uint8_t *named_skills(struct ctx *cx, const struct match *m, const char *words)
{
    uint8_t *named = arena_alloc(cx->arena, m->words.n_skills + (size_t)1);
    uint32_t *cps = ARENA_ARRAY(cx->arena, uint32_t, 1000);
    struct tokens t = {0};
    segment(&m->words, cps, chars_read(words, cps, 1000), SEG_INNER, &t);
    for (size_t i = 0; i < t.n; i++)
        if (t.v[i].word != NO_WORD)
            named[m->words.skill[t.v[i].word]] = 1;
    named[0] = 0;
    tokens_free(&t);
    return named;
}

/* One word of the list counts by its first term: 双休 as one word, 津鑫盛 as a pair. */
static void unwanted_words(struct wish *w, const char *text)
{
    uint32_t cps[200];
    size_t n = chars_read(text, cps, 200);
    struct tokens t = {0};
    for (size_t i = 0; i < n && w->n_not < NOT_WORDS;) {
        size_t k = i;
        while (k < n && chars_kind(cps[k]) != CHAR_GAP)
            k++;
        t.n = 0;
        segment(&w->m->words, cps + i, k - i, 0, &t);
        if (t.n > 0)
            w->not_terms[w->n_not++] = t.v[0].key;
        i = k + 1;
    }
    tokens_free(&t);
}

void wish_ready(struct ctx *cx, const struct match *m, const struct snap *s, const struct match_person *p, int32_t today, struct wish *w)
{
    *w = (struct wish){.m = m, .s = s, .p = p, .home = ground_from(p->lat, p->lng)};
    w->today = (uint16_t)(today < 0 ? 0 : today > UINT16_MAX - 1 ? UINT16_MAX - 1 : today);
    float r = (float)p->radius + 0.5F;
    w->radius_square = r * r;
    w->near_matters = w->home.known && p->radius > 0;
    w->district_matters = p->districts.n > 0;
    w->education = p->education == MATCH_EDU_ANY || p->education >= MATCH_EDU_COUNT ? 15 : p->education;
    w->experience = (uint8_t)(p->experience > 255 ? 255 : p->experience);
    w->types = p->types;
    w->shifts = p->shifts;
    w->wage_floor = p->wage_floor <= 0 ? 0 : (uint32_t)((p->wage_floor < INT32_MAX ? p->wage_floor : INT32_MAX) + 99) / 100;
    w->occupation_points = occupation_points(cx, m, s, p->occupations);
    w->district_ok = districts_ok(cx, m, s, p->districts);
    w->missing = missing_by_set(cx, m, s, p);
    w->skills = named_skills(cx, m, p->words);
    unwanted_words(w, p->not_words);
}

bool wish_near(const struct wish *w, const struct row *r)
{
    if (!w->near_matters && !w->district_matters)
        return true;
    if (w->district_matters && w->district_ok[r->district])
        return true;
    return w->near_matters && (r->lat != 0 || r->lng != 0) && ground_square(&w->home, r->lat, r->lng) < w->radius_square;
}

bool wish_fits(const struct wish *w, const struct row *r)
{
    bool fits = (r->expires >= w->today) & ((r->education_band & 15) <= w->education) & (r->experience <= w->experience) &
                (r->wage_max >= w->wage_floor) & (w->types == 0 || r->types == 0 || (r->types & w->types) != 0) &
                (w->shifts == 0 || r->shifts == 0 || (r->shifts & w->shifts) != 0);
    return fits && wish_near(w, r);
}

int32_t wish_distance_points(const struct wish *w, int32_t metres)
{
    int32_t far = w->p->radius > 0 ? w->p->radius : FAR_METRES;
    if (metres < 0 || metres >= far)
        return 0;
    return (int32_t)((int64_t)POINTS_DISTANCE * (far - metres) / far);
}

int32_t wish_wage_points(const struct wish *w, uint32_t wage_max)
{
    uint32_t over = w->wage_floor == 0 ? wage_max : wage_max > w->wage_floor ? wage_max - w->wage_floor : 0;
    uint32_t good = w->wage_floor == 0 ? GOOD_WAGE : GOOD_SURPLUS;
    return (int32_t)(POINTS_WAGE * (over < good ? over : good) / good);
}

int32_t exposure_points(uint32_t shown)
{
    return (int32_t)(POINTS_EXPOSURE * OFTEN_SHOWN / (OFTEN_SHOWN + shown));
}

int32_t wish_fresh_points(const struct wish *w, const struct row *r)
{
    int32_t age = (int32_t)w->today - r->fresh;
    return w->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age] * POINTS_FRESH / FRESH_MOST;
}

int32_t wish_points(const struct wish *w, const struct part *p, uint32_t ad)
{
    const struct row *r = &p->rows[ad];
    return w->occupation_points[r->occupation] + wish_distance_points(w, ground_metres(&w->home, r->lat, r->lng)) +
           wish_wage_points(w, r->wage_max) + wish_fresh_points(w, r) +
           exposure_points(__atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED));
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
