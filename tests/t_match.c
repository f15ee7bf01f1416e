/* The engine's search against the plain way, on ads and questions made by chance; then things said one by one. */
#include "match_world.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static struct world w;

static bool same_facets(const struct match_result *a, const struct match_result *b)
{
    for (int k = 0; k < MATCH_F_COUNT; k++) {
        if (a->facets[k].n != b->facets[k].n)
            return false;
        for (size_t i = 0; i < a->facets[k].n; i++)
            if (a->facets[k].counts[i].value != b->facets[k].counts[i].value || a->facets[k].counts[i].n != b->facets[k].counts[i].n)
                return false;
    }
    return true;
}

static bool same_hits(const struct match_result *a, const struct match_result *b)
{
    if (a->total != b->total || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->hits[i].id != b->hits[i].id || a->hits[i].score != b->hits[i].score || a->hits[i].distance != b->hits[i].distance)
            return false;
    return true;
}

static bool ask(struct ctx *cx, struct match *m, const struct match_query *q)
{
    const struct match_view *v;
    struct match_result fast, slow;
    if (match_pin(cx, m, &v) != E_OK || match_search(cx, v, q, &fast) != E_OK)
        return false;
    world_search(cx, &w, v, q, &slow);
    match_unpin(v);
    bool good = same_hits(&fast, &slow) && same_facets(&fast, &slow);
    if (!good)
        printf("# '%s' sort %d: total %u, plain way %u; hits %zu, %zu; facets %s\n", q->text ? q->text : "", (int)q->sort, fast.total, slow.total,
               fast.n, slow.n, same_facets(&fast, &slow) ? "same" : "differ");
    return good;
}

/* Ads come, change and go; now and then it is published and asked. */
static bool live_through(uint64_t seed, size_t steps, size_t questions)
{
    struct arena a;
    size_t n;
    struct match *m;
    const struct match_source *sources = world_sources(&n);
    bool good = true;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    if (match_open(&cx, sources, n, &m) != E_OK)
        return false;
    world_begin(&w, seed);
    for (size_t i = 0; i < steps && good; i++) {
        for (uint32_t k = world_below(&w, 40); k > 0 && good; k--)
            good = match_put(&cx, m, world_make(&w, world_below(&w, 120)), 1) == E_OK;
        for (uint32_t k = world_below(&w, 10); k > 0 && good; k--) {
            size_t gone = world_below(&w, 120);
            w.there[gone] = false;
            good = match_remove(&cx, m, (int64_t)gone + 1) == E_OK;
        }
        good = good && match_refresh(&cx, m) == E_OK;
        for (size_t k = 0; k < questions && good; k++) {
            struct match_query q = world_query(&w);
            good = ask(&cx, m, &q);
            arena_reset(&a);
        }
    }
    match_close(m);
    world_end(&w);
    arena_free(&a);
    return good;
}

static void against_the_plain_way(void)
{
    const char *more = getenv("YIZHAN_TEST_LONG");
    uint64_t seeds = more != NULL ? 400 : 6;
    bool good = true;
    for (uint64_t seed = 1; seed <= seeds && good; seed++)
        good = live_through(seed, 12, 60);
    ok(good, "totals, facets, order, scores and distances are those of the plain way");
}

/* ---- one by one ---- */

struct house_ {
    struct arena a;
    struct ctx cx;
    struct match *m;
    const struct match_view *v;
};

static bool open_with(struct house_ *h, const struct match_ad *ads, size_t n)
{
    size_t k;
    const struct match_source *sources = world_sources(&k);
    arena_init(&h->a, 0);
    h->cx = (struct ctx){.arena = &h->a};
    return match_open(&h->cx, sources, k, &h->m) == E_OK && match_put(&h->cx, h->m, ads, n) == E_OK && match_refresh(&h->cx, h->m) == E_OK &&
           match_pin(&h->cx, h->m, &h->v) == E_OK;
}

static void close_all(struct house_ *h)
{
    match_unpin(h->v);
    match_close(h->m);
    arena_free(&h->a);
}

static int64_t first_hit(struct house_ *h, const char *text)
{
    struct match_result r;
    struct match_query q = {.today = 100, .text = text, .limit = 5};
    if (match_search(&h->cx, h->v, &q, &r) != E_OK)
        return -2;
    return r.n == 0 ? -1 : r.hits[0].id;
}

static void words_are_understood(void)
{
    static const struct match_ad ads[] = {
        {.id = 1, .title = "叉车司机", .employer = "天津鑫盛物流有限公司", .posted = 90, .occupation = 4080202},
        {.id = 2, .title = "保安员（长白班）", .employer = "滨海物业", .posted = 90},
        {.id = 3, .title = "母婴护理员", .employer = "安心家政", .posted = 90, .occupation = 4100105},
        {.id = 4, .title = "C++/Java工程师", .employer = "某科技", .posted = 90},
        {.id = 5, .title = "ＥＸＣＥＬ文员", .employer = "津鑫盛", .posted = 90},
    };
    static const struct { const char *text; int64_t id; } cases[] = {
        {"叉车司机", 1}, {"开叉车的", 1}, {"chachesiji", 1}, {"chache", 1}, {"保安", 2}, {"baoan", 2}, {"ba", 2}, {"bao安", 2}, {"宝安", 2},
        {"月嫂", 3}, {"c++", 4}, {"JAVA", 4}, {"excel", 5}, {"鑫盛 excel", 5}, {"鑫盛 -叉车", 5}, {"鑫盛，叉车", 1}, {"没有这个", -1}, {"-叉车 鑫盛", 5},
    };
    struct house_ h;
    if (!ok(open_with(&h, ads, 5), "opens"))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_int(first_hit(&h, cases[i].text), cases[i].id, cases[i].text);
    close_all(&h);
}

/* What people mistype is understood, said, and never puts right a word that is in use. */
static void slips_are_mended(void)
{
    static const struct match_ad ads[] = {
        {.id = 1, .title = "电焊工", .posted = 90},   {.id = 2, .title = "叉车司机", .posted = 90}, {.id = 3, .title = "挖掘机司机", .posted = 90},
        {.id = 4, .title = "快递员", .posted = 90},   {.id = 5, .title = "Excel", .posted = 90},    {.id = 6, .title = "保育员", .posted = 90},
        {.id = 7, .title = "仓库管理员", .posted = 90}, {.id = 8, .title = "Java 工程师", .posted = 90},
    };
    static const struct { const char *text; int64_t id; } cases[] = {
        {"电悍工", 1}, {"电含工", 1}, {"电焊公", 1}, {"招电悍工", 1}, {"dianhangon", 1}, {"叉车司几", 2}, {"挖绝机司机", 3}, {"快滴员", 4},
        {"exel", 5}, {"excell", 5}, {"ecxel", 5}, {"保玉员", 6}, {"仓库管里员", 7}, {"仓库理员", 7}, {"仓库管管理员", 7}, {"jaav", 8},
        {"我想找电焊工的工作", 1}, {"电悍工 叉车", -1}, {"电悍工 -java", 1}, {"工作", -1}, {"没这个词的", -1}, {"xqzw", -1},
    };
    struct house_ h;
    struct match_result r;
    struct match_query q = {.today = 100, .text = "电悍工", .limit = 5};
    if (!ok(open_with(&h, ads, sizeof ads / sizeof *ads), "opens"))
        return;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        is_int(first_hit(&h, cases[i].text), cases[i].id, cases[i].text);
    if (ok(match_search(&h.cx, h.v, &q, &r) == E_OK && r.n_words == 1 && r.words[0].n >= 1, "what it was taken for is said")) {
        is_str(r.words[0].typed, "电悍工", "as typed");
        is_str(r.words[0].words[0], "电焊工", "as found");
    }
    close_all(&h);
}

/* One ad writes 管理园, many write 管理员: the one is found and the other is named. */
static void rare_words_name_the_common(void)
{
    struct match_ad ads[50];
    struct house_ h;
    struct match_result r;
    struct match_query q = {.today = 100, .text = "仓库管理园", .limit = 5};
    for (int i = 0; i < 50; i++)
        ads[i] = (struct match_ad){.id = i + 1, .title = i == 0 ? "仓库管理园" : "仓库管理员", .posted = 90};
    if (!ok(open_with(&h, ads, 50) && match_search(&h.cx, h.v, &q, &r) == E_OK, "opens"))
        return;
    ok(r.total == 1 && r.hits[0].id == 1, "the rare word is found as it stands");
    is_str(r.n_words > 0 ? r.words[0].meant : NULL, "仓库管理员", "the common one is named");
    close_all(&h);
}

static void empty_pages_show_ways_out(void)
{
    static const struct match_ad ads[] = {
        {.id = 1, .title = "电工", .district = 120101, .wage_min = 400000, .wage_max = 500000, .posted = 90},
        {.id = 2, .title = "电工", .district = 120101, .wage_min = 400000, .wage_max = 500000, .posted = 90},
        {.id = 3, .title = "焊工", .district = 120102, .wage_min = 900000, .wage_max = 950000, .posted = 90},
    };
    struct house_ h;
    struct match_result r;
    int64_t district = 120101;
    struct match_query q = {.today = 100, .text = "电工", .limit = 5, .districts = {&district, 1}, .wage_floor = 900000};
    if (!ok(open_with(&h, ads, 3) && match_search(&h.cx, h.v, &q, &r) == E_OK && r.total == 0, "nothing is found"))
        return;
    ok(r.n_relax == 1 && r.relax[0].kind == MATCH_F_WAGE && r.relax[0].more == 2, "dropping the wage gives two");
    q = (struct match_query){.today = 100, .text = "电工 焊工", .limit = 5};
    ok(match_search(&h.cx, h.v, &q, &r) == E_OK && r.n_relax == 2 && r.relax[0].kind == -1, "either word may be dropped");
    is_str(r.relax[0].word, "焊工", "the one that gives more comes first");
    q.offset = MATCH_DEEPEST;
    ok(match_search(&h.cx, h.v, &q, &r) == E_LIMIT, "too deep is refused");
    close_all(&h);
}

static void small_things(void)
{
    char code[12];
    is_int(match_day(19700101), 0, "the first day");
    is_int(match_day(20260228) + 1, match_day(20260301), "no leap day in 2026");
    is_int(match_day(20240228) + 2, match_day(20240301), "a leap day in 2024");
    is_int(match_day(20261301), 0, "no such month");
    is_int(match_pack("4-10-01-05"), 4100105, "packs");
    is_int(match_pack("4-10-01"), 0, "too short");
    match_unpack(4100105, code);
    is_str(code, "4-10-01-05", "unpacks");
    is_int(match_distance(39000000, 117000000, 39009000, 117000000), 1001, "a kilometre north");
    is_int(match_distance(0, 0, 39000000, 117000000), -1, "from nowhere");
}

int main(void)
{
    small_things();
    words_are_understood();
    slips_are_mended();
    rare_words_name_the_common();
    empty_pages_show_ways_out();
    against_the_plain_way();
    return done();
}
