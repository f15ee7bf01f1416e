/* Searches as people type them, over real ads where they are: nDCG@10 by the rule of docs/judging.md, with a floor. */
#include "judged.h"
#include "tap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FLOOR 0.88
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

/* The title without what only looks like one of the words: 维护工程师 is no 护工. */
static const char *without(const char *title, const struct words *looks)
{
    char *cut = NULL;
    for (size_t i = 0; i < looks->n; i++) {
        size_t len = strlen(looks->v[i]);
        const char *from = cut != NULL ? cut : title;
        if (strstr(from, looks->v[i]) == NULL)
            continue;
        cut = cut != NULL ? cut : arena_strndup(&keep, title, strlen(title));
        for (char *at = strstr(cut, looks->v[i]); at != NULL; at = strstr(at, looks->v[i]))
            memset(at, '|', len);
    }
    return cut != NULL ? cut : title;
}

static bool has_any(const char *title, const struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        if (strstr(title, w->v[i]) != NULL)
            return true;
    return false;
}

struct intent {
    struct words queries, meant, near, looks;
};

static int grade(const char *title, const struct intent *w)
{
    title = without(title, &w->looks);
    return has_any(title, &w->meant) ? 3 : has_any(title, &w->near) ? 1 : 0;
}

static double gain(int grade, size_t place) { return (pow(2, grade) - 1) / log2((double)place + 2); }

/* As good as it can be: how many of each grade there are. */
static double ideal(const struct intent *w)
{
    size_t threes = 0, ones = 0;
    double best = 0;
    for (int64_t id = 1; id <= n_ads; id++) {
        int g = grade(titles[id], w);
        threes += g == 3;
        ones += g == 1;
    }
    for (size_t i = 0; i < TOP && i < threes + ones; i++)
        best += gain(i < threes ? 3 : 1, i);
    return best;
}

static double ask(struct ctx *cx, const char *text, const struct intent *w)
{
    const struct match_view *v;
    struct match_result r = {0};
    struct match_query q = {.today = 20000, .text = text, .limit = TOP};
    double sum = 0;
    if (match_pin(cx, engine, &v) != E_OK || match_search(cx, v, &q, &r) != E_OK)
        return 0;
    match_unpin(v);
    for (size_t i = 0; i < r.n; i++)
        sum += gain(grade(titles[r.hits[i].id], w), i);
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
        struct intent w = {0};
        char *save = NULL, *a = strtok_r(line, "\t\n", &save), *b = strtok_r(NULL, "\t\n", &save), *c = strtok_r(NULL, "\t\n", &save);
        char *d = strtok_r(NULL, "\t\n", &save);
        if (line[0] == '#' || c == NULL || split(b, &w.meant) == 0 || split(c, &w.near) == 0)
            continue;
        (void)split(a, &w.queries);
        if (d != NULL)
            (void)split(d, &w.looks);
        double best = ideal(&w);
        for (size_t i = 0; i < w.queries.n && best > 0; i++, n++) {
            double one = ask(cx, w.queries.v[i], &w) / best;
            sum += one;
            if (getenv("YIZHAN_TEST_SAY") != NULL && one < 0.7)
                say(cx, w.queries.v[i], one);
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
