/* Who could do this: people for an ad, held against match_recommend() and match_explain() for each person. */
#include "match_world.h"
#include "tap.h"

#include "match/lanes.h"
#include "match/mem.h"

#include <stdlib.h>

#define PEOPLE 80

static struct world w;
static struct match_person people[PEOPLE];
static bool there[PEOPLE];

/* The score of the ad in the person's own list of all ads; -1: it is not there. */
static int32_t own_score(struct at *h, size_t i, int64_t ad)
{
    struct match_recommended all;
    if (match_recommend(&h->cx, h->v, &people[i], WORLD_TODAY, WORLD_MAX, &all) != E_OK)
        return -2;
    for (size_t k = 0; k < all.n; k++)
        if (all.best[k].id == ad)
            return all.best[k].score;
    return -1;
}

static bool same_reasons(const struct match_recommendation *a, const struct match_recommendation *b)
{
    if (a->score != b->score || a->distance != b->distance || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        const struct match_reason *x = &a->reasons[i], *y = &b->reasons[i];
        if (x->kind != y->kind || x->met != y->met || x->points != y->points || x->most != y->most || x->have != y->have || x->need != y->need ||
            x->code != y->code)
            return false;
    }
    return true;
}

/* Everybody's own list is looked through: the same people, the same scores, the same reasons. */
static bool ad_served(struct at *h, int64_t ad)
{
    struct match_candidates out;
    struct match_recommendation one;
    uint32_t fitting = 0, k = 1 + world_below(&w, 30);
    if (match_people_for(&h->cx, h->v, ad, WORLD_TODAY, k, &out) != E_OK)
        return false;
    bool good = true;
    int32_t worst = out.n == 0 ? INT32_MAX : out.best[out.n - 1].score;
    for (size_t i = 0; i < PEOPLE && good; i++) {
        int32_t score = there[i] ? own_score(h, i, ad) : -1;
        const struct match_recommendation *in = NULL;
        for (size_t b = 0; b < out.n; b++)
            if (out.best[b].id == (int64_t)i + 1)
                in = &out.best[b];
        fitting += score >= 0;
        good = score >= -1 && (score >= 0 ? in != NULL || (out.n == k && score <= worst) : in == NULL);
        if (in != NULL && good)
            good = match_explain(&h->cx, h->v, &people[i], WORLD_TODAY, ad, &one) == E_OK && in->score == score && same_reasons(in, &one);
        if (!good)
            printf("# ad %lld, person %zu: own score %d, listed %d\n", (long long)ad, i + 1, score, in == NULL ? -1 : in->score);
    }
    for (size_t i = 1; i < out.n && good; i++)
        good = out.best[i].score < out.best[i - 1].score || (out.best[i].score == out.best[i - 1].score && out.best[i].id < out.best[i - 1].id);
    if (good && fitting != out.fitting)
        printf("# ad %lld: %u fit, told %u\n", (long long)ad, fitting, out.fitting);
    return good && fitting == out.fitting && out.n == (fitting < k ? fitting : k);
}

static bool people_change(struct at *h, unsigned n)
{
    for (; n > 0; n--) {
        size_t i = world_below(&w, PEOPLE);
        there[i] = world_below(&w, 5) > 0;
        people[i] = world_person(&w);
        if ((there[i] ? match_person_put(&h->cx, h->m, (int64_t)i + 1, &people[i]) : match_person_remove(&h->cx, h->m, (int64_t)i + 1)) != E_OK)
            return false;
    }
    return true;
}

static void equal_both_ways(void)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 200u : 5u) && good; seed++) {
        struct at h;
        good = at_open(&h);
        world_begin(&w, seed + 4000);
        memset(there, 0, sizeof there);
        for (size_t i = 0; i < 60 && good; i++)
            good = match_put(&h.cx, h.m, world_make(&w, i), 1) == E_OK;
        for (size_t step = 0; step < 8 && good; step++) {
            good = people_change(&h, 1 + world_below(&w, 60)) && at_look(&h);
            for (size_t i = 0; i < 6 && good; i++)
                good = ad_served(&h, 1 + (int64_t)world_below(&w, 60));
        }
        at_close(&h);
        world_end(&w);
    }
    ok(good, "the best people for an ad have the score and the reasons that they see themselves, and nobody is forgotten");
}

/* ---- the wide way and the plain way ---- */

/* Some of the ads are asked for, through a gate made by chance. */
static bool ads_alike(const struct snap *s)
{
    const struct strip l = strip_of(s->parts[0]);
    struct person_gate p = {.home = ground_from(39000000 + (int32_t)world_below(&w, 300000), 117000000 + (int32_t)world_below(&w, 400000)),
                            .reach = (float)world_below(&w, 400000000), .near = world_below(&w, 2) == 0, .ends = world_below(&w, 2) == 0,
                            .wage_floor = (uint16_t)world_below(&w, 9000), .types = (uint8_t)world_below(&w, 256),
                            .shifts = (uint8_t)world_below(&w, 256), .experience = (uint8_t)world_below(&w, 256),
                            .education = (uint8_t)world_below(&w, 16),
                            .today = (uint16_t)(WORLD_TODAY + world_below(&w, 30))};
    uint64_t fast[8], slow[8], none_fast[8], none_slow[8];
    uint32_t word = world_below(&w, 3), to = s->parts[0]->n - world_below(&w, 60), n = (to + 63) / 64 - word;
    for (uint32_t i = 0; i < n; i++)
        fast[i] = world_below(&w, 5) > 0 ? world_random(&w) | world_random(&w) : 0;
    bits_between(fast, word, n, word * 64 + world_below(&w, 64), to);
    memcpy(slow, fast, sizeof slow);
    lanes_ads(&l, word, n, &p, fast, none_fast);
    lanes_ads_plain(&l, word, n, &p, slow, none_slow);
    return memcmp(fast, slow, n * sizeof *fast) == 0 && memcmp(none_fast, none_slow, n * sizeof *fast) == 0;
}

/* Skills in common, counted by bits: as many as are needed, or more than there are. */
static bool skills_alike(const struct part *p)
{
    uint8_t need[128];
    uint64_t named = world_random(&w) & world_random(&w) & ((UINT64_C(1) << SIGN_BITS) - 1), bits = world_random(&w);
    const uint64_t *signs = p->lanes.skills + (size_t)64 * world_below(&w, p->n / 64);
    wish_need((int32_t)world_below(&w, 2400) - 200, need);
    return lanes_skilled(signs, named, need, bits) == lanes_skilled_plain(signs, named, need, bits);
}

static bool people_alike(const struct crowd *c)
{
    struct ad_gate a = {.lat = 39000000 + (int32_t)world_below(&w, 300000), .lng = 117000000 + (int32_t)world_below(&w, 400000),
                        .known = world_below(&w, 4) > 0, .near = world_below(&w, 3) > 0, .wage_max = world_below(&w, 15000),
                        .district = 1u << world_below(&w, 32), .certs = world_below(&w, 2) ? 0 : 1u << world_below(&w, 32),
                        .types = (uint8_t)world_below(&w, 256), .shifts = (uint8_t)world_below(&w, 256),
                        .experience = (uint8_t)world_below(&w, 200), .education = (uint8_t)world_below(&w, 9)};
    uint64_t fast[8], slow[8], picky_fast[8], picky_slow[8];
    uint32_t n = (c->n + 63) / 64;
    a.districts = a.near && world_below(&w, 2) == 0;
    memset(fast, 0xFF, sizeof fast);
    bits_between(fast, 0, n, world_below(&w, 64), c->n);
    memcpy(slow, fast, sizeof slow);
    lanes_people(c, 0, n, &a, fast, picky_fast);
    lanes_people_plain(c, 0, n, &a, slow, picky_slow);
    return memcmp(fast, slow, n * sizeof *fast) == 0 && memcmp(picky_fast, picky_slow, n * sizeof *fast) == 0;
}

/* Nobody is left out who has the points, or who wishes for work of the group. */
static bool bounds_hold(const struct crowd *c, const struct match *m)
{
    struct ad_gate a = {.lat = 39000000 + (int32_t)world_below(&w, 300000), .lng = 117000000 + (int32_t)world_below(&w, 400000),
                        .known = world_below(&w, 4) > 0, .wage_max = world_below(&w, 3) > 0 ? world_below(&w, 15000) : 65000 + world_below(&w, 4000)};
    int32_t want = (int32_t)world_below(&w, POINTS_DISTANCE + POINTS_WAGE + 200) - 100;
    int64_t code = m->occupations.v[world_below(&w, m->occupations.n)];
    uint64_t all = UINT64_MAX >> (c->n < 64 ? 64 - c->n : 0), second, other, worth = lanes_worth(c, 0, &a, want, all), third = lanes_work(c, 0, work_mark(code), all, &second);
    bool good = worth == lanes_worth_plain(c, 0, &a, want, all) && third == lanes_work_plain(c, 0, work_mark(code), all, &other) && second == other;
    for (uint32_t i = 0; i < c->n && i < 64 && good; i++) {
        const struct portrait *t = &c->portraits[i];
        int32_t metres = a.known ? ground_metres(&t->home, a.lat, a.lng) : -1, level = 0;
        int32_t points = wage_points(t->floor, a.wage_max) + distance_points(t->radius, metres);
        for (unsigned k = 0; k < CROWD_WISHES; k++)
            level = (int32_t)shared_levels(m->wishes.v[t->wishes[k]], code) > level ? (int32_t)shared_levels(m->wishes.v[t->wishes[k]], code) : level;
        good = (points < want || worth >> i & 1) && (level < 3 || third >> i & 1) && (level < 2 || (third | second) >> i & 1);
    }
    return good;
}

static void wide_as_plain(void)
{
    struct at h;
    bool good = at_open(&h);
    world_begin(&w, 5);
    memset(there, 0, sizeof there);
    for (size_t i = 0; i < 500 && good; i++)
        good = match_put(&h.cx, h.m, world_make(&w, i), 1) == E_OK;
    good = good && people_change(&h, 500) && at_look(&h);
    const struct snap *s = good ? view_snap(h.v) : NULL;
    for (int i = 0; i < 3000 && good; i++)
        good = ads_alike(s) && skills_alike(s->parts[0]) && people_alike(s->people.pieces[0]->made) && bounds_hold(s->people.pieces[0]->made, h.m);
    ok(good, lanes_wide() ? "many at a time, the same answers, and nobody is left out" : "# SKIP no AVX2 here");
    at_close(&h);
    world_end(&w);
}

static void said_one_by_one(void)
{
    static const int64_t wish = 4070501;
    static const struct match_ad ad = {.id = 7, .title = "保安", .occupation = 4070501, .wage_min = 400000, .wage_max = 500000, .posted = 90};
    struct match_person p = {.occupations = {&wish, 1}, .wage_floor = 450000};
    struct match_candidates out;
    struct match_stats st;
    struct at h;
    ok(at_open(&h) && match_put(&h.cx, h.m, &ad, 1) == E_OK && match_person_put(&h.cx, h.m, 3, &p) == E_OK && at_look(&h), "opens");
    ok(match_people_for(&h.cx, h.v, 7, 100, 5, &out) == E_OK && out.n == 1 && out.best[0].id == 3 && out.considered == 1, "the one who wants it");
    ok(match_people_for(&h.cx, h.v, 8, 100, 5, &out) == E_NOTFOUND, "an ad that is not there");
    p.wage_floor = 600000;
    ok(match_person_put(&h.cx, h.m, 3, &p) == E_OK && at_look(&h) && match_people_for(&h.cx, h.v, 7, 100, 5, &out) == E_OK && out.n == 0, "wants more now");
    match_stats(h.v, &st);
    ok(st.people == 1 && st.people_bytes > 0, "counted");
    ok(match_person_remove(&h.cx, h.m, 3) == E_OK && at_look(&h), "gone");
    match_stats(h.v, &st);
    is_int((long long)st.people, 0, "nobody left");
    at_close(&h);
}

int main(void)
{
    said_one_by_one();
    wide_as_plain();
    equal_both_ways();
    return done();
}
