/* Recommendations against the records they speak of; suggestions; duplicates; readers beside the writer. */
#include "match_world.h"
#include "tap.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct world w;

/* ---- each condition and point again, from the records ---- */

static int64_t yuan(int64_t fen)
{
    return (fen + 99) / 100;
}

static bool listed(struct match_list l, int64_t x)
{
    for (size_t i = 0; i < l.n; i++)
        if (l.v[i] == x)
            return true;
    return false;
}

static bool holds(const struct match_person *p, int32_t cert)
{
    for (size_t i = 0; i < p->n_certificates; i++)
        if (p->certificates[i] == cert)
            return true;
    return false;
}

static size_t missing(const struct match_person *p, const struct match_ad *a, int32_t *which)
{
    size_t n = 0;
    for (size_t i = 0; i < a->n_certificates; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || a->certificates[k] == a->certificates[i];
        if (again || holds(p, a->certificates[i]))
            continue;
        *which = a->certificates[i];
        n++;
    }
    return n;
}

static bool place_suits(const struct match_person *p, const struct match_ad *a)
{
    bool home = p->lat != 0 && p->radius > 0;
    int32_t d = match_distance(p->lat, p->lng, a->lat, a->lng);
    return (!home && p->districts.n == 0) || (a->district != 0 && listed(p->districts, a->district)) || (home && d >= 0 && d <= p->radius);
}

static bool suits(const struct match_person *p, const struct match_ad *a)
{
    unsigned months = p->experience > 255 ? 255 : p->experience, floor = a->experience > 255 ? 255 : a->experience;
    return (a->expires == 0 || a->expires >= WORLD_TODAY) && (p->education == 0 || a->education <= p->education) && floor <= months &&
           yuan(a->wage_max) >= yuan(p->wage_floor) && (!p->types || !a->types || (p->types & a->types)) &&
           (!p->shifts || !a->shifts || (p->shifts & a->shifts)) && place_suits(p, a) && !listed(p->not_employers, a->employer_id);
}

static int32_t points_of(const struct match_reason *r, size_t n)
{
    int32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += r[i].points;
    return sum;
}

static int32_t fresh_of(const struct match_ad *a)
{
    return a->verified > a->posted ? a->verified : a->posted;
}

/* What a reason says, looked up in the records. */
static bool reason_true(const struct match_person *p, const struct match_ad *a, const struct match_reason *r)
{
    int32_t d = match_distance(p->lat, p->lng, a->lat, a->lng);
    switch (r->kind) {
    case MATCH_R_OCCUPATION: return p->occupations.n == 0 ? r->most == 0 && r->points == 0 : listed(p->occupations, r->code) && r->have <= 4;
    case MATCH_R_SKILLS: return r->have <= r->need && r->points == (r->need == 0 ? 0 : 2000 * r->have / r->need);
    case MATCH_R_DISTANCE: return r->have == d && r->met == place_suits(p, a) && (d >= 0 || r->points == 0);
    case MATCH_R_WAGE: return r->have == yuan(a->wage_max) * 100 && r->met == (yuan(a->wage_max) >= yuan(p->wage_floor));
    case MATCH_R_EDUCATION: return r->have == p->education && r->need == a->education && r->met == (p->education == 0 || p->education >= a->education);
    case MATCH_R_EXPERIENCE: return r->have == p->experience && r->need == (a->experience > 255 ? 255 : a->experience);
    case MATCH_R_CERTIFICATE: return r->met == holds(p, (int32_t)r->code);
    case MATCH_R_SHIFT: return r->have == a->shifts && r->met == (!p->shifts || !a->shifts || (p->shifts & a->shifts));
    case MATCH_R_TYPE: return r->have == a->types && r->met == (!p->types || !a->types || (p->types & a->types));
    case MATCH_R_FRESHNESS: return r->have == WORLD_TODAY - fresh_of(a);
    case MATCH_R_EXPOSURE: return r->have == a->exposure && r->points == (int32_t)(50000 / (50 + a->exposure));
    case MATCH_R_COUNT: break;
    }
    return false;
}

static bool reasons_true(const struct match_person *p, const struct match_recommendation *x)
{
    const struct match_ad *a = &w.ads[x->id - 1];
    bool good = w.there[x->id - 1] && points_of(x->reasons, x->n) == x->score;
    for (size_t i = 0; i < x->n && good; i++) {
        good = reason_true(p, a, &x->reasons[i]) && x->reasons[i].points <= x->reasons[i].most;
        if (!good)
            printf("# reason %d of ad %lld is not true\n", (int)x->reasons[i].kind, (long long)x->id);
    }
    return good;
}

static bool unwanted(struct at *h, const char *words, int64_t id)
{
    struct match_result r;
    struct match_query q = {.text = words, .limit = WORLD_MAX, .today = 1};
    if (words == NULL || match_search(&h->cx, h->v, &q, &r) != E_OK)
        return false;
    for (size_t i = 0; i < r.n; i++)
        if (r.hits[i].id == id)
            return true;
    return false;
}

/* Every ad is judged by itself: the best are those with the most points, and none is forgotten. */
static bool person_served(struct at *h, const struct match_person *p)
{
    struct match_recommended out;
    struct match_recommendation one;
    uint32_t fitting = 0, near = 0, near_told = 0;
    size_t k = 1 + world_below(&w, 15);
    if (match_recommend(&h->cx, h->v, p, WORLD_TODAY, k, &out) != E_OK)
        return false;
    int32_t worst = out.n == 0 ? INT32_MAX : out.best[out.n - 1].score;
    bool good = true;
    for (size_t i = 0; i < w.n && good; i++) {
        int32_t which = 0;
        if (!w.there[i] || !suits(p, &w.ads[i]) || unwanted(h, p->not_words != NULL ? "双休" : NULL, w.ads[i].id) ||
            unwanted(h, p->not_words != NULL ? "保洁" : NULL, w.ads[i].id))
            continue;
        size_t gone = missing(p, &w.ads[i], &which);
        fitting += gone == 0;
        near += gone == 1;
        bool in = false;
        for (size_t b = 0; b < out.n; b++)
            in = in || out.best[b].id == w.ads[i].id;
        good = match_explain(&h->cx, h->v, p, WORLD_TODAY, w.ads[i].id, &one) == E_OK && reasons_true(p, &one);
        good = good && (gone > 0 ? !in : in || one.score <= worst || out.n < k);
        good = good && (gone > 0 || in || out.n == k);
    }
    for (size_t i = 0; i < out.n && good; i++)
        good = reasons_true(p, &out.best[i]) && (i == 0 || out.best[i].score <= out.best[i - 1].score);
    for (size_t i = 0; i < out.n_near_miss && good; i++) {
        near_told += out.near_miss[i].ads;
        good = out.near_miss[i].n > 0 && !holds(p, out.near_miss[i].certificate) && reasons_true(p, &out.near_miss[i].best[0]);
    }
    good = good && fitting == out.fitting && near == near_told && out.n == (fitting < k ? fitting : k);
    if (!good)
        printf("# fitting %u, told %u; near misses %u, told %u; %zu of %zu\n", fitting, out.fitting, near, near_told, out.n, k);
    return good;
}

static void people(void)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 300u : 8u) && good; seed++) {
        struct at h;
        good = at_open(&h);
        world_begin(&w, seed + 900);
        for (size_t i = 0; i < 90 && good; i++)
            good = match_put(&h.cx, h.m, world_make(&w, i), 1) == E_OK && (i % 25 != 24 || at_look(&h));
        good = good && at_look(&h);
        for (size_t i = 0; i < 25 && good; i++) {
            struct match_person p = world_person(&w);
            good = person_served(&h, &p);
        }
        at_close(&h);
        world_end(&w);
    }
    ok(good, "the best for a person are the best, none is forgotten, and every reason is true");
}

/* ---- suggestions ---- */

static bool suggests(struct at *h, const char *typed, const char *wanted)
{
    const struct match_suggestion *s;
    size_t n;
    if (match_suggest(&h->cx, h->v, typed, 8, &s, &n) != E_OK)
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(s[i].text, wanted) == 0)
            return true;
    return false;
}

static void suggestions(void)
{
    static const struct match_ad ads[] = {
        {.id = 1, .title = "叉车司机（5000-8000元/月）"}, {.id = 2, .title = "叉车司机"}, {.id = 3, .title = "急聘保安员包吃住"}, {.id = 4, .title = "厨师"}};
    static const struct { const char *typed, *text; } cases[] = {{"叉", "叉车司机"}, {"cha", "叉车司机"}, {"ccsj", "叉车司机"}, {"司机", "叉车司机"}, {"siji", "叉车司机"},
                                                                {"保", "保安员"},   {"bay", "保安员"},   {"bao安", "保安员"}, {"CHU", "厨师"}};
    struct at h;
    if (!ok(at_open(&h) && match_put(&h.cx, h.m, ads, 4) == E_OK && at_look(&h), "opens"))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ok(suggests(&h, cases[i].typed, cases[i].text), cases[i].typed);
    const struct match_suggestion *s;
    size_t n;
    ok(match_suggest(&h.cx, h.v, "叉车司", 5, &s, &n) == E_OK && n > 0 && s[0].ads == 2, "both ways to write it count");
    ok(match_suggest(&h.cx, h.v, "", 5, &s, &n) == E_OK && n == 0, "nothing typed, nothing said");
    at_close(&h);
}

static void titles_cleaned(void)
{
    static const struct { const char *title, *clean; } cases[] = {
        {"普工+7500-9500/临时工", "普工 临时工"}, {"【急聘】保安员（包吃住）", "保安员"}, {"C1司机", "c1司机"}, {"3D设计师", "3d设计师"}, {"4S店销售6-8千·13薪", "4s店销售"}, {"（司机）", "司机"},
        {"某某餐饮店招聘厨师包住", "厨师"}, {"电工招聘启事", "电工"}, {"人事招聘专员", "人事招聘专员"}, {"司机招聘，保安", "司机 保安"}};
    struct at h;
    if (!at_open(&h))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_str(match_clean_title(&h.cx, cases[i].title), cases[i].clean, cases[i].title);
    at_close(&h);
}

/* ---- duplicates ---- */

static void duplicates(void)
{
    static const struct match_ad ads[] = {
        {.id = 1, .title = "叉车司机", .employer = "天津鑫盛物流有限公司", .district = 120101, .wage_min = 500000, .wage_max = 600000},
        {.id = 2, .title = "保安", .employer = "天津鑫盛物流有限公司", .district = 120101},
        {.id = 3, .title = "叉车司机", .employer = "大众物流有限公司", .district = 120101},
        {.id = 4, .title = "叉车司机", .employer = "天津鑫盛物流有限公司", .district = 120105, .wage_min = 500000, .wage_max = 600000},
    };
    struct match_ad same = {.id = 9, .title = "急聘叉车司机（包吃住）", .employer = "天津市鑫盛物流（有限公司）", .district = 120101, .wage_min = 500000, .wage_max = 600000};
    const struct match_duplicate *d;
    size_t n;
    struct at h;
    if (!ok(at_open(&h) && match_put(&h.cx, h.m, ads, 4) == E_OK && at_look(&h), "opens"))
        return;
    ok(match_duplicates(&h.cx, h.v, NULL, &same, 0, 5, &d, &n) == E_OK && n == 2 && d[0].id == 1, "found under another way to write firm and title");
    ok(n == 2 && d[0].confidence == 1000 && d[0].same_employer && d[0].place == MATCH_PLACE_SAME && d[0].pay == MATCH_PAY_SAME, "certain");
    ok(n == 2 && d[1].id == 4 && d[1].place == MATCH_PLACE_OTHER && d[1].confidence < 800, "elsewhere it is another job");
    at_close(&h);
}

/* A chain with ten thousand shops: each finds the copy of its own ad, whatever the number of the others. */
static void a_chain(void)
{
    enum { SHOPS = 10000 };
    struct at h;
    bool good = true;
    if (!ok(at_open(&h), "opens"))
        return;
    for (int i = 0; i < SHOPS && good; i++) {
        struct match_ad ad = {.id = i + 1, .title = "门店营业员", .employer = "津门连锁便利店有限公司", .district = 120101, .street = 120101000 + i,
                              .wage_min = 400000, .wage_max = 500000};
        good = match_put(&h.cx, h.m, &ad, 1) == E_OK;
    }
    ok(good && at_look(&h), "ten thousand shops");
    size_t found = 0, alone = 0;
    for (int i = 0; i < 200; i++) {
        const struct match_duplicate *d;
        size_t n;
        struct match_ad copy = {.id = SHOPS + 1, .title = "【急招】门店营业员（双休）", .employer = "津门连锁便利店", .district = 120101,
                                .street = 120101000 + i * 50, .wage_min = 400000, .wage_max = 500000};
        found += match_duplicates(&h.cx, h.v, NULL, &copy, 0, 3, &d, &n) == E_OK && n > 1 && d[0].id == i * 50 + 1 && d[0].confidence >= MATCH_SAME_JOB &&
                 d[1].confidence < MATCH_SAME_JOB;
        copy.street = 120101000 + SHOPS + i;
        alone += match_duplicates(&h.cx, h.v, NULL, &copy, 0, 3, &d, &n) == E_OK && n > 0 && d[0].confidence < MATCH_SAME_JOB;
        arena_reset(&h.a);
    }
    is_int((long long)found, 200, "each copy finds its shop and no other");
    is_int((long long)alone, 200, "a new shop is no copy");
    at_close(&h);
}

enum { KIN_ADS = 400, KIN_ALL = 100 };

/* Ads of two firms, some with a street, some with coordinates, some of which nothing is known. */
static void make_kin(struct match_ad ads[static KIN_ADS])
{
    static const char *const titles[] = {"门店营业员", "门店营业员（双休）", "高级营业员", "收银员", "仓库管理员", "仓管员", "配送司机", "店长"};
    uint64_t state = 7;
    for (int i = 0; i < KIN_ADS; i++) {
        uint64_t r = (state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407)) >> 24;
        ads[i] = (struct match_ad){.id = i + 1, .title = titles[r % 8], .employer = r / 8 % 5 == 0 ? "海河超市有限公司" : "津门连锁便利店有限公司",
                                   .district = r / 64 % 4 == 0 ? 0 : 120101 + (int32_t)(r / 256 % 2), .wage_min = 400000 + (int64_t)(r / 1024 % 3) * 50000,
                                   .wage_max = r / 4096 % 5 == 0 ? 0 : 550000, .experience = (uint16_t)(r / 65536 % 3 * 24)};
        ads[i].wage_min = ads[i].wage_max == 0 ? 0 : ads[i].wage_min;
        ads[i].street = r >> 33 & 1 ? 0 : ads[i].district * INT64_C(1000) + (int64_t)(r >> 34 & 1);
        ads[i].lat = r >> 35 & 1 ? 0 : 39000000 + (int32_t)(r >> 36 & 3) * 5000;
        ads[i].lng = ads[i].lat == 0 ? 0 : 117000000;
    }
}

/* Ads that are not published yet are found as those that are, and once only when they are both. */
static void not_published(void)
{
    enum { HALF = KIN_ADS / 2 };
    struct at all, half;
    struct match_ad ads[KIN_ADS];
    struct match_fresh *fresh = match_fresh_new();
    make_kin(ads);
    bool good = at_open(&all) && at_open(&half) && match_put(&all.cx, all.m, ads, KIN_ADS) == E_OK && match_put(&half.cx, half.m, ads, HALF) == E_OK;
    if (!ok(good && at_look(&all) && at_look(&half), "one engine has all, one has half"))
        return;
    size_t wrong = 0, found = 0;
    for (int round = 0; round < 3; round++) { /* the rest fresh, fresh a second time after a cut, fresh and published */
        match_fresh_cut(fresh, round == 1 ? 50 : match_fresh_count(fresh));
        for (int i = HALF + (int)match_fresh_count(fresh); i < KIN_ADS; i++)
            match_fresh_add(fresh, &ads[i]);
        if (round == 2)
            wrong += match_put(&half.cx, half.m, ads + HALF, KIN_ADS - HALF) != E_OK || !at_look(&half);
        for (int i = 0; i < KIN_ADS; i++) {
            const struct match_duplicate *x, *y;
            size_t n, k;
            int32_t least = i % 2 == 0 ? MATCH_SAME_JOB : 0;
            if (match_duplicates(&all.cx, all.v, NULL, &ads[i], least, KIN_ALL, &x, &n) != E_OK ||
                match_duplicates(&half.cx, half.v, fresh, &ads[i], least, KIN_ALL, &y, &k) != E_OK)
                break;
            wrong += n != k;
            for (size_t d = 0; d < n && d < k; d++)
                wrong += x[d].id != y[d].id || x[d].confidence != y[d].confidence || x[d].place != y[d].place || x[d].pay != y[d].pay;
            found += n;
            arena_reset(&all.a);
            arena_reset(&half.a);
        }
    }
    ok(wrong == 0 && found > 0, "the same answers");
    match_fresh_free(fresh);
    at_close(&all);
    at_close(&half);
}

/* Asking for sure ones only leaves out the others, and nothing else. */
static void least_asked(void)
{
    struct at h;
    struct match_ad ads[KIN_ADS];
    size_t wrong = 0, left = 0, whole = 0;
    make_kin(ads);
    if (!ok(at_open(&h) && match_put(&h.cx, h.m, ads, KIN_ADS) == E_OK && at_look(&h), "ads of two firms"))
        return;
    for (int i = 0; i < KIN_ADS; i++)
        for (int32_t least = 100; least <= 1000; least += 100) {
            const struct match_duplicate *all, *sure;
            size_t n_all, n_sure, n = 0;
            if (match_duplicates(&h.cx, h.v, NULL, &ads[i], 0, KIN_ALL, &all, &n_all) != E_OK || match_duplicates(&h.cx, h.v, NULL, &ads[i], least, KIN_ALL, &sure, &n_sure) != E_OK)
                wrong++;
            while (n < n_all && all[n].confidence >= least)
                n++;
            wrong += n != n_sure;
            for (size_t k = 0; k < n && k < n_sure; k++)
                wrong += all[k].id != sure[k].id || all[k].confidence != sure[k].confidence;
            left += n;
            whole += n_all;
            arena_reset(&h.a);
        }
    is_int((long long)wrong, 0, "those of at least so much are the first of all");
    ok(left > 0 && left < whole, "some are left out");
    at_close(&h);
}

/* ---- many readers, one writer ---- */

struct reader {
    struct match *m;
    _Atomic bool *stop;
    bool good;
    unsigned asked;
};

static void *read_on(void *arg)
{
    struct reader *r = arg;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    while (!*r->stop && r->good) {
        const struct match_view *v;
        struct match_result x, y;
        struct match_recommended rec;
        const struct match_suggestion *s;
        size_t n;
        struct match_person p = {.wage_floor = 300000, .words = "叉车"};
        struct match_query q = {.today = WORLD_TODAY, .text = "保安", .limit = 10, .facets = true};
        r->good = match_pin(&cx, r->m, &v) == E_OK && match_search(&cx, v, &q, &x) == E_OK && match_search(&cx, v, &q, &y) == E_OK &&
                  x.total == y.total && match_recommend(&cx, v, &p, WORLD_TODAY, 5, &rec) == E_OK && match_suggest(&cx, v, "bao", 5, &s, &n) == E_OK;
        for (size_t i = 0; i < x.n && r->good; i++)
            match_shown(v, &x.hits[i].id, 1);
        match_unpin(v);
        arena_reset(&a);
        r->asked++;
    }
    arena_free(&a);
    return NULL;
}

static void readers_and_writer(void)
{
    struct at h;
    _Atomic bool stop = false;
    struct reader r[3];
    pthread_t t[3];
    bool good = at_open(&h);
    world_begin(&w, 77);
    for (size_t i = 0; i < 3 && good; i++) {
        r[i] = (struct reader){.m = h.m, .stop = &stop, .good = true};
        good = pthread_create(&t[i], NULL, read_on, &r[i]) == 0;
    }
    for (size_t i = 0; i < 60 && good; i++) {
        for (size_t k = 0; k < 20 && good; k++)
            good = match_put(&h.cx, h.m, world_make(&w, world_below(&w, 800)), 1) == E_OK;
        good = good && match_refresh(&h.cx, h.m) == E_OK;
    }
    stop = true;
    for (size_t i = 0; i < 3; i++) {
        (void)pthread_join(t[i], NULL);
        good = good && r[i].good;
    }
    ok(good, "readers beside a writer see whole states only");
    at_close(&h);
    world_end(&w);
}

static void too_many_pins(void)
{
    struct at h;
    const struct match_view *v[300];
    size_t n = 0;
    if (!at_open(&h))
        return;
    while (n < 300 && match_pin(&h.cx, h.m, &v[n]) == E_OK)
        n++;
    is_int((long long)n, 256, "as many pins as there are");
    is_int(h.cx.fail.code, E_BUSY, "then it says so");
    while (n > 0)
        match_unpin(v[--n]);
    at_close(&h);
}

int main(void)
{
    titles_cleaned();
    suggestions();
    duplicates();
    a_chain();
    least_asked();
    not_published();
    too_many_pins();
    people();
    readers_and_writer();
    return done();
}
