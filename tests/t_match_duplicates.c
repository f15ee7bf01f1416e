/* The same job from two sources: pairs made up here, and pairs of real ads judged by hand (docs/judging.md) where the ads are. */
#include "judged.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static struct match *engine;

/* Is the second ad taken for the first? Asked both ways: who came first must not matter. */
static int32_t sure(struct ctx *cx, struct match *m, const struct match_ad *first, const struct match_ad *then)
{
    const struct match_view *v;
    const struct match_duplicate *d;
    int32_t best = 0;
    size_t n;
    struct match_ad a = *first, b = *then;
    a.id = 1;
    b.id = 2;
    if (match_put(cx, m, &a, 1) != E_OK || match_refresh(cx, m) != E_OK || match_pin(cx, m, &v) != E_OK)
        return -1;
    if (match_duplicates(cx, v, NULL, &b, 0, 1, &d, &n) == E_OK && n > 0)
        best = d[0].confidence;
    match_unpin(v);
    return match_remove(cx, m, 1) == E_OK && match_refresh(cx, m) == E_OK ? best : -1;
}

/* ---- made up: runs everywhere ---- */

#define FIRM "津沽示例物流有限公司"
static const struct made {
    bool same;
    const char *why;
    struct match_ad a, b;
} made[] = {
    {true, "benefits and wages in the title", {.title = "叉车司机", .employer = FIRM, .district = 120101, .wage_min = 500000, .wage_max = 600000},
     {.title = "急聘叉车司机5000-6000包吃住", .employer = FIRM, .district = 120101, .wage_min = 500000, .wage_max = 600000}},
    {true, "the firm written in another way", {.title = "保洁员", .employer = FIRM, .district = 120101},
     {.title = "保洁员", .employer = "津沽示例物流（有限公司）", .district = 120101}},
    {true, "a raise", {.title = "装卸工", .employer = FIRM, .district = 120102, .wage_min = 500000, .wage_max = 600000},
     {.title = "装卸工", .employer = FIRM, .district = 120102, .wage_min = 550000, .wage_max = 650000}},
    {true, "one source knows the city only", {.title = "仓库管理员", .employer = FIRM, .district = 120102, .wage_min = 450000, .wage_max = 500000},
     {.title = "仓库管理员", .employer = FIRM, .district = 120100, .wage_min = 450000, .wage_max = 500000}},
    {true, "a place in brackets", {.title = "分拣员（河东仓）", .employer = FIRM, .district = 120102, .wage_min = 450000, .wage_max = 500000},
     {.title = "分拣员", .employer = FIRM, .district = 120102, .wage_min = 450000, .wage_max = 500000}},
    {true, "who does it and what is done", {.title = "园区保洁人员", .employer = FIRM, .district = 120102}, {.title = "园区保洁", .employer = FIRM, .district = 120102}},
    {true, "benefits after a plus", {.title = "销售", .employer = FIRM, .district = 120102, .wage_min = 500000, .wage_max = 600000},
     {.title = "销售+包住宿+交五险+免费下午茶", .employer = FIRM, .district = 120102, .wage_min = 500000, .wage_max = 600000}},
    {false, "a cook and a kitchen help", {.title = "厨师", .employer = FIRM, .district = 120102}, {.title = "厨工", .employer = FIRM, .district = 120102}},
    {true, "a code in one title only", {.title = "软件工程师(J10003)", .employer = FIRM, .district = 120102, .wage_min = 1500000, .wage_max = 2000000},
     {.title = "软件工程师", .employer = FIRM, .district = 120102, .wage_min = 1500000, .wage_max = 2000000}},
    {false, "another firm", {.title = "叉车司机", .employer = FIRM, .district = 120101}, {.title = "叉车司机", .employer = "海河示例物流有限公司", .district = 120101}},
    {false, "another district", {.title = "叉车司机", .employer = FIRM, .district = 120101}, {.title = "叉车司机", .employer = FIRM, .district = 120103}},
    {false, "another street of the district", {.title = "店员", .employer = FIRM, .district = 120101, .street = 120101001},
     {.title = "店员", .employer = FIRM, .district = 120101, .street = 120101002}},
    {false, "another level", {.title = "高级Java工程师", .employer = FIRM, .district = 120101, .wage_min = 1000000, .wage_max = 2000000},
     {.title = "Java工程师", .employer = FIRM, .district = 120101, .wage_min = 1000000, .wage_max = 2000000}},
    {false, "a helper", {.title = "会计助理", .employer = FIRM, .district = 120101}, {.title = "会计", .employer = FIRM, .district = 120101}},
    {false, "two codes", {.title = "算法工程师(J14598)", .employer = FIRM, .district = 120101, .wage_min = 1500000, .wage_max = 2000000},
     {.title = "算法工程师(J13060)", .employer = FIRM, .district = 120101, .wage_min = 1500000, .wage_max = 2000000}},
    {false, "wages that do not meet", {.title = "操作工", .employer = FIRM, .district = 120101, .wage_min = 400000, .wage_max = 500000},
     {.title = "操作工", .employer = FIRM, .district = 120101, .wage_min = 600000, .wage_max = 800000}},
    {false, "night and day", {.title = "保安（夜班）", .employer = FIRM, .district = 120101}, {.title = "保安", .employer = FIRM, .district = 120101}},
    {false, "other work", {.title = "叉车司机", .employer = FIRM, .district = 120101}, {.title = "货车司机", .employer = FIRM, .district = 120101}},
    {false, "nothing known of either place, another wage", {.title = "司机", .employer = FIRM, .wage_min = 400000, .wage_max = 500000},
     {.title = "司机", .employer = FIRM, .wage_min = 450000, .wage_max = 550000}},
};

static void made_up(struct ctx *cx)
{
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        int32_t there = sure(cx, engine, &made[i].a, &made[i].b), back = sure(cx, engine, &made[i].b, &made[i].a);
        if (!ok((there >= MATCH_SAME_JOB) == made[i].same && there == back, made[i].why))
            printf("# %d, %d\n", (int)there, (int)back);
    }
}

/* ---- judged by hand ---- */

#define PAIRS_MAX 2000
struct pair {
    char source[2][40], hash[2][13], verdict;
    long long record[2];
    struct match_ad ad[2];
    bool there[2];
};
static struct pair pairs[PAIRS_MAX];
static size_t n_pairs;

static bool read_pairs(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[400];
    n_pairs = 0;
    while (f != NULL && n_pairs < PAIRS_MAX && fgets(line, sizeof line, f) != NULL) {
        struct pair *p = &pairs[n_pairs];
        n_pairs += line[0] != '#' && sscanf(line, "%39s %lld %12s %39s %lld %12s %c", p->source[0], &p->record[0], p->hash[0], p->source[1], &p->record[1],
                                            p->hash[1], &p->verdict) == 7;
    }
    if (f != NULL)
        (void)fclose(f);
    return n_pairs > 0;
}

static struct arena keep;

static const char *kept(const char *s) { return arena_strndup(&keep, s, strlen(s)); }

static void take(struct ctx *cx, void *arg, const struct judged_ad *a)
{
    (void)cx;
    (void)arg;
    for (size_t i = 0; i < 2 * n_pairs; i++) {
        struct pair *p = &pairs[i / 2];
        if (p->record[i % 2] != a->record || strcmp(p->source[i % 2], a->source) != 0)
            continue;
        p->there[i % 2] = strcmp(p->hash[i % 2], a->hash) == 0;
        p->ad[i % 2] = a->ad;
        p->ad[i % 2].title = kept(a->ad.title);
        p->ad[i % 2].employer = kept(a->ad.employer);
        p->ad[i % 2].description = p->ad[i % 2].tags = p->ad[i % 2].place = NULL;
    }
}

static bool read_ads(struct ctx *cx)
{
    bool good = true;
    for (size_t i = 0; i < 2 * n_pairs && good; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = strcmp(pairs[k / 2].source[k % 2], pairs[i / 2].source[i % 2]) == 0;
        good = again || judged_read(cx, pairs[i / 2].source[i % 2], take, NULL);
    }
    return good;
}

static void judged(struct ctx *cx, const char *path)
{
    int hit = 0, wrong = 0, missed = 0, right = 0, absent = 0;
    if (!ok(read_pairs(path), path))
        return;
    if (!read_ads(cx)) {
        printf("# skipped: the ads are not in %s\n", judged_dir());
        return;
    }
    for (size_t i = 0; i < n_pairs; i++) {
        struct pair *p = &pairs[i];
        if (!p->there[0] || !p->there[1]) {
            absent++;
            if (getenv("YIZHAN_TEST_SAY") != NULL)
                printf("# changed: %s %lld, %s %lld\n", p->source[0], p->record[0], p->source[1], p->record[1]);
            continue;
        }
        int32_t s = p->verdict == '?' ? -1 : sure(cx, engine, &p->ad[0], &p->ad[1]);
        bool taken = s >= MATCH_SAME_JOB;
        hit += taken && p->verdict == '1';
        missed += !taken && p->verdict == '1';
        wrong += taken && p->verdict == '0';
        right += !taken && p->verdict == '0';
        if (getenv("YIZHAN_TEST_SAY") != NULL && p->verdict != '?' && taken != (p->verdict == '1'))
            printf("# %c %d: %s | %s (%lld-%lld, %lld-%lld; %d, %d)\n", p->verdict, (int)s, p->ad[0].title, p->ad[1].title,
                   (long long)p->ad[0].wage_min / 100, (long long)p->ad[0].wage_max / 100, (long long)p->ad[1].wage_min / 100,
                   (long long)p->ad[1].wage_max / 100, (int)p->ad[0].district, (int)p->ad[1].district);
        arena_reset(cx->arena);
    }
    double precision = hit / (double)(hit + wrong + (hit + wrong == 0)), recall = hit / (double)(hit + missed + (hit + missed == 0));
    printf("# %d the same job, %d not; precision %.3f, recall %.3f; %d ads have changed since\n", hit + missed, wrong + right, precision, recall, absent);
    is_int(absent, 0, "every judged ad is there as it was judged");
    ok(precision >= 0.98, "what is taken for the same job is");
    ok(recall >= 0.95, "the same job is seen");
}

int main(void)
{
    struct arena a, dictionaries;
    arena_init(&a, 0);
    arena_init(&dictionaries, 0);
    arena_init(&keep, 0);
    struct ctx cx = {.arena = &dictionaries};
    if (ok(judged_open(&cx, &engine) == E_OK, "the engine opens")) {
        cx.arena = &a;
        made_up(&cx);
        judged(&cx, "tests/judged/duplicates.tsv");
        judged(&cx, "tests/judged/duplicates_fresh.tsv");
        match_close(engine);
    }
    arena_free(&keep);
    arena_free(&dictionaries);
    arena_free(&a);
    return done();
}
