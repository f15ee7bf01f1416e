/* Searches as people type them, over real ads where they are: nDCG@10 by the rule of docs/judging.md, with a floor. */
#include "judged.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLOOR 0.85
#define ADS_MAX 60000
#define WORDS 12
#define TOP 10

static const char *const sources[] = {"yan_51job_2018", "karelian_jobs_2022", "lai_zhaopin_2018", "s180_51job_2021", "bvbrutal_51job_2023"};
static struct arena keep;
static const char *titles[ADS_MAX + 1]; /* folded; by id */
static struct match *engine;
static int64_t n_ads;
static bool good = true;

static void take(struct ctx *cx, void *arg, const struct judged_ad *a)
{
    struct match_ad ad = a->ad;
    (void)arg;
    if (n_ads == ADS_MAX || ad.title[0] == '\0')
        return;
    ad.id = ++n_ads;
    titles[ad.id] = judged_fold(&keep, ad.title);
    good = good && match_put(cx, engine, &ad, 1) == E_OK;
}

struct words { /* folded */
    const char *v[WORDS];
    size_t n;
};

static size_t split(char *s, struct words *out)
{
    out->n = 0;
    for (char *save = NULL, *w = strtok_r(s, "|", &save); w != NULL && out->n < WORDS; w = strtok_r(NULL, "|", &save))
        out->v[out->n++] = judged_fold(&keep, w);
    return out->n;
}

static bool has_any(const char *title, const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (strstr(title, w->v[i]) != NULL)
            return true;
    return false;
}

static int grade(const char *title, const struct words *meant, const struct words *near)
{
    return has_any(title, meant) ? 3 : has_any(title, near) ? 1 : 0;
}

static double gain(int grade, size_t place) { return (pow(2, grade) - 1) / log2((double)place + 2); }

/* As good as it can be: how many of each grade there are. */
static double ideal(const struct words *meant, const struct words *near)
{
    size_t threes = 0, ones = 0;
    double best = 0;
    for (int64_t id = 1; id <= n_ads; id++) {
        int g = grade(titles[id], meant, near);
        threes += g == 3;
        ones += g == 1;
    }
    for (size_t i = 0; i < TOP && i < threes + ones; i++)
        best += gain(i < threes ? 3 : 1, i);
    return best;
}

static double ask(struct ctx *cx, const char *text, const struct words *meant, const struct words *near)
{
    const struct match_view *v;
    struct match_result r = {0};
    struct match_query q = {.today = 20000, .text = text, .limit = TOP};
    double sum = 0;
    if (match_pin(cx, engine, &v) != E_OK || match_search(cx, v, &q, &r) != E_OK)
        return 0;
    match_unpin(v);
    for (size_t i = 0; i < r.n; i++)
        sum += gain(grade(titles[r.hits[i].id], meant, near), i);
    return sum;
}

static void say(struct ctx *cx, const char *text, double one)
{
    const struct match_view *v;
    struct match_result r = {0};
    struct match_query q = {.today = 20000, .text = text, .limit = 4};
    if (match_pin(cx, engine, &v) != E_OK || match_search(cx, v, &q, &r) != E_OK)
        return;
    match_unpin(v);
    printf("# %.2f %s (%u):", one, text, r.total);
    for (size_t i = 0; i < r.n_words; i++)
        for (size_t k = 0; k < r.words[i].n && k < 4; k++)
            printf(" %s%s", r.words[i].words[k], k + 1 == r.words[i].n ? " |" : "");
    for (size_t i = 0; i < r.n; i++)
        printf(" <%s>", titles[r.hits[i].id]);
    printf("\n");
}

static void judged(struct ctx *cx)
{
    FILE *f = fopen("tests/judged/intents.tsv", "r");
    char line[1000];
    double sum = 0;
    int n = 0;
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        struct words queries, meant, near;
        char *save = NULL, *a = strtok_r(line, "\t\n", &save), *b = strtok_r(NULL, "\t\n", &save), *c = strtok_r(NULL, "\t\n", &save);
        if (line[0] == '#' || c == NULL || split(b, &meant) == 0 || split(c, &near) == 0)
            continue;
        (void)split(a, &queries);
        double best = ideal(&meant, &near);
        for (size_t i = 0; i < queries.n && best > 0; i++, n++) {
            double one = ask(cx, queries.v[i], &meant, &near) / best;
            sum += one;
            if (getenv("YIZHAN_TEST_SAY") != NULL && one < 0.7)
                say(cx, queries.v[i], one);
            arena_reset(cx->arena);
        }
    }
    if (f != NULL)
        (void)fclose(f);
    printf("# %lld ads, %d queries: nDCG@10 %.3f\n", (long long)n_ads, n, sum / (n > 0 ? n : 1));
    ok(n >= 200, "two hundred queries");
    ok(sum / (n > 0 ? n : 1) >= FLOOR, "what people type finds what they mean");
}

int main(void)
{
    struct arena a, dictionaries;
    arena_init(&a, 0);
    arena_init(&dictionaries, 0);
    arena_init(&keep, 0);
    struct ctx cx = {.arena = &dictionaries};
    bool there = ok(judged_open(&cx, &engine) == E_OK, "the engine opens");
    cx.arena = &a;
    for (size_t i = 0; i < sizeof sources / sizeof *sources && there; i++)
        there = judged_read(&cx, sources[i], take, NULL);
    if (!there)
        printf("# skipped: the ads are not in %s\n", judged_dir());
    else if (ok(good && match_refresh(&cx, engine) == E_OK, "the ads are found"))
        judged(&cx);
    match_close(engine);
    arena_free(&keep);
    arena_free(&dictionaries);
    arena_free(&a);
    return done();
}
