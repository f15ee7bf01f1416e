/* What waiving a condition would bring an ad: held against really putting the ad in without it and asking every person. */
#include "match_world.h"
#include "tap.h"

#include <stdlib.h>

#define ADS 60
#define PEOPLE 120

static struct world w;
static struct match_person people[PEOPLE];

static bool put_people(struct at *h)
{
    for (size_t i = 0; i < PEOPLE; i++) {
        people[i] = world_person(&w);
        if (match_person_put(&h->cx, h->m, (int64_t)i + 1, &people[i]) != E_OK)
            return false;
    }
    return true;
}

/* Everybody's own list of all ads is looked through. */
static uint32_t suits(struct at *h, int64_t ad)
{
    uint32_t n = 0;
    for (size_t i = 0; i < PEOPLE; i++) {
        struct match_recommended all;
        if (match_recommend(&h->cx, h->v, &people[i], WORLD_TODAY, WORLD_MAX, &all) != E_OK)
            return UINT32_MAX;
        for (size_t k = 0; k < all.n; k++)
            n += all.best[k].id == ad;
    }
    return n;
}

/* The ad without this condition; false: it does not make it. */
static bool without(struct match_ad *a, enum match_reason_kind kind)
{
    int64_t yuan = ((a->wage_max > a->wage_min ? a->wage_max : a->wage_min) + 99) / 100;
    bool had = false;
    switch (kind) {
    case MATCH_R_EDUCATION: had = a->education != MATCH_EDU_ANY; a->education = MATCH_EDU_ANY; break;
    case MATCH_R_EXPERIENCE: had = a->experience != 0; a->experience = 0; break;
    case MATCH_R_CERTIFICATE: had = a->n_certificates != 0; a->n_certificates = 0; break;
    case MATCH_R_SHIFT: had = a->shifts != 0; a->shifts = 0; break;
    case MATCH_R_TYPE: had = a->types != 0; a->types = 0; break;
    case MATCH_R_WAGE: had = yuan != 0; a->wage_max = (yuan + yuan / 5) * 100; break;
    default: break;
    }
    return had;
}

static uint32_t told(const struct match_loosened *v, size_t n, enum match_reason_kind kind)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].kind == kind)
            return v[i].more;
    return 0;
}

static unsigned seen[MATCH_R_COUNT]; /* how often each condition cost somebody */

static bool one_ad(struct at *h, int64_t id)
{
    const struct match_ad ad = w.ads[id - 1];
    struct match_loosened out[MATCH_R_COUNT];
    size_t n;
    if (match_people_loosen(&h->cx, h->v, id, WORLD_TODAY, out, &n) != E_OK)
        return false;
    uint32_t before = suits(h, id);
    bool good = true;
    for (size_t i = 0; i < n; i++)
        good = good && out[i].more > 0 && (i == 0 || out[i].kind > out[i - 1].kind);
    for (int kind = 0; kind < MATCH_R_COUNT && good; kind++) {
        struct match_ad loose = ad;
        bool had = without(&loose, (enum match_reason_kind)kind);
        uint32_t more = told(out, n, (enum match_reason_kind)kind);
        if (!had) {
            good = more == 0;
            continue;
        }
        good = match_put(&h->cx, h->m, &loose, 1) == E_OK && at_look(h);
        uint32_t really = good ? suits(h, id) - before : 0;
        if (really != more)
            printf("# ad %lld, condition %d: told %u, really %u\n", (long long)id, kind, more, really);
        good = good && really == more;
        seen[kind] += more > 0;
    }
    return match_put(&h->cx, h->m, &ad, 1) == E_OK && at_look(h) && good;
}

static void as_really(void)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 100u : 4u) && good; seed++) {
        struct at h;
        good = at_open(&h);
        world_begin(&w, seed + 7000);
        for (size_t i = 0; i < ADS && good; i++)
            good = match_put(&h.cx, h.m, world_make(&w, i), 1) == E_OK;
        good = good && put_people(&h) && at_look(&h);
        for (size_t i = 0; i < 8 && good; i++)
            good = one_ad(&h, 1 + (int64_t)world_below(&w, ADS));
        at_close(&h);
        world_end(&w);
    }
    ok(good, "what waiving a condition would bring is what it brings");
    static const enum match_reason_kind own[] = {MATCH_R_EDUCATION, MATCH_R_EXPERIENCE, MATCH_R_CERTIFICATE, MATCH_R_SHIFT, MATCH_R_TYPE, MATCH_R_WAGE};
    static const char *const names[] = {"education", "experience", "certificate", "shift", "type", "wage"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!ok(seen[own[i]] > 0, names[i]))
            printf("# no ad lost anybody by it: the test says nothing about it\n");
}

static void by_hand(void)
{
    static const int32_t forklift[] = {3};
    static const struct match_ad ad = {.id = 9, .title = "叉车司机", .education = MATCH_EDU_SENIOR, .certificates = forklift, .n_certificates = 1,
                                       .wage_max = 500000, .posted = 90};
    struct match_person none = {.education = MATCH_EDU_JUNIOR, .certificates = forklift, .n_certificates = 1};
    struct match_person card = {.education = MATCH_EDU_COLLEGE}, dear = {.education = MATCH_EDU_COLLEGE, .certificates = forklift, .n_certificates = 1,
                                                                         .wage_floor = 600000};
    struct match_person both = {.education = MATCH_EDU_JUNIOR};
    struct match_loosened out[MATCH_R_COUNT];
    struct at h;
    size_t n;
    bool there = at_open(&h) && match_put(&h.cx, h.m, &ad, 1) == E_OK && match_person_put(&h.cx, h.m, 1, &none) == E_OK &&
                 match_person_put(&h.cx, h.m, 2, &card) == E_OK && match_person_put(&h.cx, h.m, 3, &dear) == E_OK &&
                 match_person_put(&h.cx, h.m, 4, &both) == E_OK && at_look(&h);
    ok(there && match_people_loosen(&h.cx, h.v, 9, 100, out, &n) == E_OK, "an ad that suits nobody");
    is_int((long long)n, 3, "three of its conditions cost it somebody");
    is_int(told(out, n, MATCH_R_EDUCATION), 1, "one has no school leaving certificate");
    is_int(told(out, n, MATCH_R_CERTIFICATE), 1, "one has no forklift licence; who lacks both is told under neither");
    is_int(told(out, n, MATCH_R_WAGE), 1, "one comes for a fifth more, to the very yuan");
    ok(match_people_loosen(&h.cx, h.v, 8, 100, out, &n) == E_NOTFOUND, "an ad that is not there");
    at_close(&h);
}

int main(void)
{
    by_hand();
    as_really();
    return done();
}
