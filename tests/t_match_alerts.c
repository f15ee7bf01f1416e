/* Alerts: a saved search is told of an ad exactly when the search finds the ad; a person, when it would be recommended. */
#include "match_world.h"
#include "tap.h"

#include <stdlib.h>

#define ADS 120
#define WATCHES 150
#define PEOPLE 30

static struct world w;
static struct match_query watches[WATCHES];
static struct match_person people[PEOPLE];
static bool watched[WATCHES], there[PEOPLE];

static bool search_finds(struct at *h, const struct match_query *saved, int64_t ad)
{
    struct match_query q = *saved;
    struct match_result r;
    q.today = WORLD_TODAY;
    q.offset = 0;
    q.limit = WORLD_MAX;
    q.facets = false;
    if (match_search(&h->cx, h->v, &q, &r) != E_OK)
        return false;
    for (size_t i = 0; i < r.n; i++)
        if (r.hits[i].id == ad)
            return true;
    return false;
}

static bool told(const struct match_alerts *a, int64_t id)
{
    for (size_t i = 0; i < a->n_searches; i++)
        if (a->searches[i] == id)
            return true;
    return false;
}

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

static bool people_told(struct at *h, const struct match_alerts *a, int64_t ad)
{
    size_t fitting = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        int32_t score = there[i] ? own_score(h, i, ad) : -1, said = -1;
        for (size_t k = 0; k < a->n_people; k++)
            if (a->people[k].id == (int64_t)i + 1)
                said = a->people[k].score;
        fitting += score >= 0;
        if (score != said) {
            printf("# ad %lld, person %zu: told %d, own list %d\n", (long long)ad, i + 1, said, score);
            return false;
        }
    }
    return fitting == a->n_people;
}

static bool alerts_right(struct at *h, size_t ad)
{
    struct match_alerts a;
    int64_t id = (int64_t)ad + 1;
    err_t e = match_alerts(&h->cx, h->v, &w.ads[ad], WORLD_TODAY, &a);
    if (!w.there[ad])
        return e == E_NOTFOUND;
    bool good = e == E_OK && people_told(h, &a, id);
    size_t n = 0;
    for (size_t i = 0; i < WATCHES && good; i++) {
        bool finds = watched[i] && search_finds(h, &watches[i], id);
        n += finds;
        good = finds == told(&a, (int64_t)i + 1);
        if (!good)
            printf("# '%s': the search %s ad %lld, '%s'\n", watches[i].text ? watches[i].text : "", finds ? "finds" : "does not find", (long long)id, w.ads[ad].title);
    }
    for (size_t i = 1; i < a.n_searches && good; i++)
        good = a.searches[i] > a.searches[i - 1];
    return good && n == a.n_searches;
}

/* Half of them with few conditions, so that something is found. */
static struct match_query some_watch(void)
{
    struct match_query q = world_query(&w);
    if (world_below(&w, 2) == 0)
        q = (struct match_query){.text = q.text, .districts = q.districts, .occupations = q.occupations, .wage_floor = world_below(&w, 2) ? q.wage_floor : 0};
    return q;
}

static bool change(struct at *h)
{
    bool good = true;
    for (uint32_t k = world_below(&w, 40); k > 0 && good; k--)
        good = match_put(&h->cx, h->m, world_make(&w, world_below(&w, ADS)), 1) == E_OK;
    for (uint32_t k = world_below(&w, 25); k > 0 && good; k--) {
        size_t gone = world_below(&w, ADS);
        w.there[gone] = false;
        good = match_remove(&h->cx, h->m, (int64_t)gone + 1) == E_OK;
    }
    for (uint32_t k = world_below(&w, 60); k > 0 && good; k--) {
        size_t i = world_below(&w, WATCHES);
        watches[i] = some_watch();
        watched[i] = world_below(&w, 6) > 0;
        good = (watched[i] ? match_watch_put(&h->cx, h->m, (int64_t)i + 1, &watches[i]) : match_watch_remove(&h->cx, h->m, (int64_t)i + 1)) == E_OK;
    }
    for (uint32_t k = world_below(&w, 10); k > 0 && good; k--) {
        size_t i = world_below(&w, PEOPLE);
        people[i] = world_person(&w);
        there[i] = true;
        good = match_person_put(&h->cx, h->m, (int64_t)i + 1, &people[i]) == E_OK;
    }
    return good && at_look(h);
}

static void told_when_found(void)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 200u : 5u) && good; seed++) {
        struct at h;
        good = at_open(&h);
        world_begin(&w, seed + 7000);
        memset(watched, 0, sizeof watched);
        memset(there, 0, sizeof there);
        for (size_t step = 0; step < 14 && good; step++) {
            good = change(&h);
            for (size_t i = 0; i < 6 && good && w.n > 0; i++)
                good = alerts_right(&h, world_below(&w, (uint32_t)w.n));
        }
        at_close(&h);
        world_end(&w);
    }
    ok(good, "a search is told of an ad exactly when it finds it; a person, when it would be recommended");
}

/* The word of a search goes from the ads and comes again; meanwhile it stands for what sounds the same. */
static void words_come_and_go(void)
{
    static const struct match_ad guard = {.id = 1, .title = "保安", .posted = 90}, baoan = {.id = 2, .title = "宝安", .posted = 90};
    struct match_query q = {.text = "宝安"};
    struct match_alerts a;
    struct at h;
    ok(at_open(&h) && match_watch_put(&h.cx, h.m, 9, &q) == E_OK && match_put(&h.cx, h.m, &guard, 1) == E_OK && at_look(&h), "opens");
    ok(match_alerts(&h.cx, h.v, &guard, 100, &a) == E_OK && a.n_searches == 1 && a.searches[0] == 9, "nobody writes it: what sounds the same");
    ok(match_put(&h.cx, h.m, &baoan, 1) == E_OK && at_look(&h), "now an ad has the word");
    ok(match_alerts(&h.cx, h.v, &guard, 100, &a) == E_OK && a.n_searches == 0, "so it means itself");
    ok(match_alerts(&h.cx, h.v, &baoan, 100, &a) == E_OK && a.n_searches == 1, "and finds it");
    at_close(&h);
}

int main(void)
{
    words_come_and_go();
    told_when_found();
    return done();
}
