/* match_bench.c -- how long the engine takes: N ads made by rule (default 100,000), the same ones each time.
 *
 * Run from the root of the repository: build/release/match_bench [N] [queries] [people] [brief | once: everyone with everything not at all | only without a bound]
 */
#include "bench/ads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PICK(a) ((a)[ads_below((uint32_t)COUNT(a))])

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- measuring ---- */

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void say(const char *what, double *ms, size_t n, const char *more)
{
    qsort(ms, n, sizeof *ms, by_number);
    printf("%-28s median %8.3f  p95 %8.3f  p99 %8.3f  max %8.3f ms  %s\n", what, ms[n / 2], ms[n * 95 / 100], ms[n * 99 / 100], ms[n - 1], more);
}

static void or_die(struct ctx *cx, err_t e)
{
    if (e == E_OK)
        return;
    fprintf(stderr, "%s\n", cx->fail.detail != NULL ? cx->fail.detail : err_wire(e));
    exit(1);
}

static const struct ads_place *some_place(void)
{
    return &ads_places[ads_street()];
}

/* As the generator asks; now and then as people type (sounds, everyday words), from somewhere, in another order. */
static struct match_query some_query(struct arena *a, bool words)
{
    struct ads_question asked = ads_ask(NULL, NULL);
    struct match_query q = ads_query(a, &asked);
    const struct ads_place *p = some_place();
    if (!words)
        q.text = NULL;
    else if (ads_below(20) == 0)
        q.text = PICK(((const char *const[]){"baoan", "开叉车的", "保洁阿姨", "siji"}));
    q.lat = p->lat;
    q.lng = p->lng;
    q.sort = (enum match_sort)(ads_below(10) == 0 ? 1 + ads_below(3) : 0);
    return q;
}

static struct match_person some_person(struct arena *a)
{
    static const int32_t radius[] = {3, 5, 8, 10, 15, 20, 30, 60};
    const struct ads_place *p = some_place();
    int64_t *v = ARENA_ARRAY(a, int64_t, 3);
    int32_t *c = ARENA_ARRAY(a, int32_t, 3);
    uint32_t trade = ads_trade(), n = 1 + ads_below(3);
    struct match_person w = {.occupations = {v, n}, .certificates = c, .n_certificates = ads_below(4), .lat = p->lat, .lng = p->lng};
    for (uint32_t i = 0; i < n; i++)
        v[i] = i == 0 || ads_below(10) < 6 ? ads_code(trade, ads_below(ADS_TITLES)) : ads_code(ads_trade(), ads_title());
    for (size_t i = 0; i < w.n_certificates; i++)
        c[i] = 101 + (int32_t)(ads_below(10) < 7 ? (trade * 7 + ads_below(3)) % 40 : ads_below(40));
    const char *words = ads_trades[trade].skill[ads_skill()];
    for (uint32_t more = 2 + ads_below(9); more > 0; more--)
        words = arena_fmt(a, "%s %s", words, ads_trades[ads_below(10) < 8 ? trade : ads_below(ADS_TRADES)].skill[ads_skill()]);
    w.words = words;
    w.wage_floor = ads_trades[trade].wage * (int64_t)(60 + ads_below(50));
    w.radius = PICK(radius) * 1000;
    w.education = (uint8_t)(1 + ads_below(6));
    w.experience = (uint16_t)(12 * ads_below(12));
    w.shifts = (uint8_t)(ads_below(3) == 0 ? 0 : 1 + ads_below(15));
    return w;
}

static void ask(struct ctx *cx, struct match *m, size_t n)
{
    double *t = calloc(n, sizeof *t);
    const struct match_view *v;
    uint64_t hits = 0;
    static const char *const typed[] = {"b", "bao", "叉", "cha", "司机", "sj", "kuaidi", "电", "siji", "普", "jav", "ff"};
    if (t == NULL)
        exit(1);
    for (int kind = 0; kind < 4; kind++) {
        static const char *const names[] = {"search: words, facets", "search: no words, facets", "recommend 20", "suggest 10"};
        hits = 0;
        for (size_t i = 0; i < n; i++) {
            struct match_query q = some_query(cx->arena, kind == 0);
            struct match_person p = some_person(cx->arena);
            struct match_result r;
            struct match_recommended x;
            const struct match_suggestion *s;
            size_t k;
            double from = now();
            or_die(cx, match_pin(cx, m, &v));
            if (kind < 2)
                or_die(cx, match_search(cx, v, &q, &r));
            else if (kind == 2)
                or_die(cx, match_recommend(cx, v, &p, ADS_TODAY, 20, &x));
            else
                or_die(cx, match_suggest(cx, v, PICK(typed), 10, &s, &k));
            match_unpin(v);
            t[i] = now() - from;
            hits += kind < 2 ? r.total : kind == 2 ? x.fitting : k;
            arena_reset(cx->arena);
        }
        char more[64];
        (void)snprintf(more, sizeof more, "%.0f found each", (double)hits / (double)n);
        say(names[kind], t, n, more);
    }
    free(t);
}

/* ---- the same job twice ---- */

static void ask_duplicates(struct ctx *cx, struct match *m, size_t ads)
{
    enum { TIMES = 20000 };
    const struct match_view *v;
    const struct match_duplicate *d;
    double spent = 0;
    size_t same = 0, n;
    or_die(cx, match_pin(cx, m, &v));
    for (size_t i = 0; i < TIMES; i++) {
        struct match_ad ad = ads_make(cx->arena, (int64_t)(ads + 2000 + i));
        double from = now();
        or_die(cx, match_duplicates(cx, v, NULL, &ad, MATCH_SAME_JOB, 1, &d, &n));
        spent += now() - from;
        same += n > 0 && d->confidence >= MATCH_SAME_JOB;
        arena_reset(cx->arena);
    }
    match_unpin(v);
    printf("duplicates: %.0f ads a second of a core, %zu of %d the same job as one that is there\n", TIMES * 1e3 / spent, same, TIMES);
}

/* ---- searches while ads change ---- */

enum { CHANGES_A_ROUND = 200, ROUND_MS = 200, ROUNDS = 40, ASKED = 1000 };

struct changing {
    struct match *m;
    struct match_ad *ads; /* ROUNDS * CHANGES_A_ROUND */
    _Atomic bool stop;
    double slowest; /* a round, ms of the thread's time */
};

static void *change(void *arg)
{
    struct changing *c = arg;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    for (size_t i = 0; !atomic_load(&c->stop); i = (i + 1) % ROUNDS) {
        double from = now();
        or_die(&cx, match_put(&cx, c->m, c->ads + i * CHANGES_A_ROUND, CHANGES_A_ROUND));
        or_die(&cx, match_refresh(&cx, c->m));
        double took = now() - from;
        c->slowest = took > c->slowest ? took : c->slowest;
        nanosleep(&(struct timespec){0, ROUND_MS * 1000000L}, NULL);
    }
    arena_free(&a);
    return NULL;
}

static void ask_all(struct ctx *cx, struct match *m, const struct match_query *q, double *t, const char *what)
{
    struct arena *outer = cx->arena, own;
    const struct match_view *v;
    struct match_result r;
    arena_init(&own, 0);
    cx->arena = &own;
    for (size_t i = 0; i < ASKED; i++) {
        double from = now();
        or_die(cx, match_pin(cx, m, &v));
        or_die(cx, match_search(cx, v, &q[i], &r));
        match_unpin(v);
        t[i] = now() - from;
        arena_reset(&own);
    }
    cx->arena = outer;
    arena_free(&own);
    say(what, t, ASKED, "");
}

static void ask_beside_changes(struct ctx *cx, struct match *m, size_t ads)
{
    struct changing c = {.m = m, .ads = ARENA_ARRAY(cx->arena, struct match_ad, ROUNDS * CHANGES_A_ROUND)};
    struct match_query *q = ARENA_ARRAY(cx->arena, struct match_query, ASKED);
    double *t = ARENA_ARRAY(cx->arena, double, ASKED);
    pthread_t thread;
    for (size_t i = 0; i < ROUNDS * CHANGES_A_ROUND; i++)
        c.ads[i] = ads_make(cx->arena, (int64_t)ads_below((uint32_t)ads) + 1);
    for (size_t i = 0; i < ASKED; i++)
        q[i] = some_query(cx->arena, true);
    ask_all(cx, m, q, t, "search: nothing changes");
    if (pthread_create(&thread, NULL, change, &c) != 0)
        exit(1);
    for (int i = 0; i < 3; i++)
        ask_all(cx, m, q, t, "search: 1,000 changes a second");
    atomic_store(&c.stop, true);
    (void)pthread_join(thread, NULL);
    printf("a round of %d changes put and published: at most %.1f ms\n", CHANGES_A_ROUND, c.slowest);
    arena_reset(cx->arena);
}

/* ---- people and saved searches ---- */

/* Somebody waits for certain work in a certain place. */
static struct match_query some_watch(struct arena *a)
{
    struct match_query q = some_query(a, ads_below(100) < 80);
    const struct ads_place *p = some_place();
    int64_t *v = ARENA_ARRAY(a, int64_t, 2);
    v[0] = p->district;
    v[1] = p->street;
    q.districts = (struct match_list){v, 1};
    q.streets = (struct match_list){v + 1, ads_below(10) < 4};
    q.lat = q.lng = 0;
    return q;
}

static void put_people(struct ctx *cx, struct match *m, size_t n)
{
    double from = now();
    for (size_t i = 0; i < n; i++) {
        struct match_person p = some_person(cx->arena);
        or_die(cx, match_person_put(cx, m, (int64_t)i + 1, &p));
        arena_reset(cx->arena);
    }
    or_die(cx, match_refresh(cx, m));
    printf("%zu people put and published in %.0f ms\n", n, now() - from);
    from = now();
    for (size_t i = 0; i < n; i++) {
        struct match_query q = some_watch(cx->arena);
        or_die(cx, match_watch_put(cx, m, (int64_t)i + 1, &q));
        arena_reset(cx->arena);
    }
    or_die(cx, match_refresh(cx, m));
    printf("%zu searches saved and published in %.0f ms\n", n, now() - from);
}

static void ask_people(struct ctx *cx, struct match *m, size_t queries, size_t ads)
{
    double *t = calloc(queries, sizeof *t), *u = calloc(queries, sizeof *u);
    const struct match_view *v;
    uint64_t fitting = 0, told = 0, suited = 0;
    char more[80];
    if (t == NULL || u == NULL)
        exit(1);
    for (size_t i = 0; i < queries; i++) {
        struct match_candidates c;
        struct match_alerts x;
        struct match_ad ad = ads_make(cx->arena, (int64_t)ads_below((uint32_t)ads) + 1);
        or_die(cx, match_put(cx, m, &ad, 1));
        if (i % 10 == 9)
            or_die(cx, match_refresh(cx, m));
        or_die(cx, match_pin(cx, m, &v));
        double from = now();
        or_die(cx, match_people_for(cx, v, ad.id, ADS_TODAY, 50, &c));
        t[i] = now() - from;
        from = now();
        or_die(cx, match_alerts(cx, v, &ad, ADS_TODAY, &x));
        u[i] = now() - from;
        match_unpin(v);
        fitting += c.fitting;
        told += x.n_searches;
        suited += x.n_people;
        arena_reset(cx->arena);
    }
    (void)snprintf(more, sizeof more, "%.0f fit", (double)fitting / (double)queries);
    say("ad: 50 best people", t, queries, more);
    (void)snprintf(more, sizeof more, "%.0f searches, %.0f people", (double)told / (double)queries, (double)suited / (double)queries);
    say("alerts of a new ad", u, queries, more);
    free(t);
    free(u);
}

/* ---- */

static struct match_source read_file(struct arena *keep, const char *name)
{
    FILE *f = fopen(name, "rb");
    char *p = NULL;
    size_t n = 0, got = 1;
    if (f == NULL)
        return (struct match_source){name, "", 0};
    for (; got > 0; n += got) {
        p = arena_grow(keep, p, n, n + 65536);
        got = fread(p + n, 1, 65536, f);
    }
    (void)fclose(f);
    return (struct match_source){name, p, n};
}

static void memory(struct ctx *cx, struct match *m)
{
    const struct match_view *v;
    struct match_stats s;
    or_die(cx, match_pin(cx, m, &v));
    match_stats(v, &s);
    match_unpin(v);
    double n = (double)s.ads;
    printf("%llu ads, %u parts; bytes an ad: columns %.0f, postings %.0f (%.0f of them), dictionary %.0f, titles %.0f, suggestions %.0f; engine %.1f MB\n",
           (unsigned long long)s.ads, s.parts, (double)s.columns_bytes / n, (double)s.postings_bytes / n, (double)s.postings / n,
           (double)s.dictionary_bytes / n, (double)s.titles_bytes / n, (double)s.suggest_bytes / n, (double)s.engine_bytes / 1e6);
}

static double seconds(const struct timespec *from, const struct timespec *to)
{
    return (double)(to->tv_sec - from->tv_sec) + (double)(to->tv_nsec - from->tv_nsec) / 1e9;
}

/* Two threads; the seconds are those of the clock. */
static void ask_everyone(struct ctx *cx, struct match *m, unsigned times)
{
    char path[] = "/tmp/match_bench.XXXXXX";
    const struct match_view *v;
    struct match_everyone how = {.today = ADS_TODAY, .k = 10, .threads = 2, .path = path};
    struct match_everyone_done done;
    struct timespec from, to, cpu_from, cpu_to;
    int fd = mkstemp(path);
    if (fd < 0)
        exit(1);
    or_die(cx, match_pin(cx, m, &v));
    for (unsigned most = 0; most < times; most++) {
        how.most = most * 30;
        (void)clock_gettime(CLOCK_MONOTONIC, &from);
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_from);
        or_die(cx, match_everyone(cx, v, &how, &done));
        (void)clock_gettime(CLOCK_MONOTONIC, &to);
        (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu_to);
        printf("everyone, 10 best, %s: %.1f s of the clock, %.1f s CPU, %llu people, %llu pairs, %llu ads listed, gini 0.%03d\n", most ? "an ad on at most 30 lists" : "no bound",
               seconds(&from, &to), seconds(&cpu_from, &cpu_to), (unsigned long long)done.people,
               (unsigned long long)done.pairs, (unsigned long long)done.ads_listed, (int)done.gini);
    }
    match_unpin(v);
    (void)close(fd);
    (void)unlink(path);
}

static err_t any(struct ctx *cx, const struct match_origin *o)
{
    (void)cx;
    (void)o;
    return E_OK;
}

static void save_and_load(struct ctx *cx, struct match *m, const struct match_source *sources, size_t n)
{
    char path[] = "/tmp/match_bench.XXXXXX";
    const struct match_view *v;
    struct match *again;
    struct timespec at[4];
    struct match_origin origin = {.mark = 1};
    int fd = mkstemp(path);
    if (fd < 0)
        exit(1);
    or_die(cx, match_pin(cx, m, &v));
    (void)clock_gettime(CLOCK_MONOTONIC, &at[0]);
    or_die(cx, match_save(cx, v, &origin, path));
    (void)clock_gettime(CLOCK_MONOTONIC, &at[1]);
    match_unpin(v);
    or_die(cx, match_open(cx, sources, n, &again));
    (void)clock_gettime(CLOCK_MONOTONIC, &at[2]);
    or_die(cx, match_load(cx, again, path, any, &origin));
    (void)clock_gettime(CLOCK_MONOTONIC, &at[3]);
    printf("saved in %.2f s; opened in %.2f s, checked, mapped and published in %.2f s (clock)\n", seconds(&at[0], &at[1]), seconds(&at[1], &at[2]),
           seconds(&at[2], &at[3]));
    match_close(again);
    (void)close(fd);
    (void)unlink(path);
}

static void memory_of_people(struct ctx *cx, struct match *m)
{
    const struct match_view *v;
    struct match_stats s;
    or_die(cx, match_pin(cx, m, &v));
    match_stats(v, &s);
    match_unpin(v);
    printf("%llu people: %.0f bytes each; %llu searches: %.0f bytes each\n", (unsigned long long)s.people, (double)s.people_bytes / (double)s.people,
           (unsigned long long)s.watches, (double)s.watches_bytes / (double)s.watches);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000, queries = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
    size_t people = argc > 3 ? strtoul(argv[3], NULL, 10) : n;
    const char *everyone = argc > 4 ? argv[4] : "";
    struct arena a, keep;
    struct match *m;
    arena_init(&a, 0);
    arena_init(&keep, 0);
    struct ctx cx = {.arena = &a};
    const struct match_source sources[] = {
        read_file(&keep, "data/match/words.tsv"),      read_file(&keep, "data/match/synonyms.tsv"),         read_file(&keep, "data/match/aliases.tsv"),
        read_file(&keep, "data/match/definitions.tsv"), read_file(&keep, "data/reference/pinyin.tsv"), read_file(&keep, "data/reference/occupations.csv"),
    };
    double from = now(), put = 0;
    if (!ads_begin("bench/ads.txt"))
        or_die(&cx, FAIL(&cx, E_INVALID, NULL, "bench/ads.txt: run from the root of the repository"));
    or_die(&cx, match_open(&cx, sources, COUNT(sources), &m));
    printf("open %.0f ms\n", now() - from);
    for (size_t i = 0; i < n; i++) {
        struct match_ad ad = ads_make(&a, (int64_t)i + 1);
        from = now();
        or_die(&cx, match_put(&cx, m, &ad, 1));
        put += now() - from;
        arena_reset(&a);
    }
    from = now();
    or_die(&cx, match_refresh(&cx, m));
    printf("put %.0f ms, publish %.0f ms: %.0f ads a second\n", put, now() - from, (double)n * 1e3 / (put + now() - from));
    memory(&cx, m);
    ask(&cx, m, queries);
    for (int64_t i = 0; i < 1000; i++) {
        struct match_ad ad = ads_make(&a, (int64_t)n + i);
        or_die(&cx, match_put(&cx, m, &ad, 1));
        arena_reset(&a);
    }
    from = now();
    or_die(&cx, match_refresh(&cx, m));
    printf("1000 changes published in %.1f ms\n", now() - from);
    ask_duplicates(&cx, m, n);
    ask_beside_changes(&cx, m, n);
    save_and_load(&cx, m, sources, COUNT(sources));
    put_people(&cx, m, people);
    memory_of_people(&cx, m);
    ask_people(&cx, m, queries, n);
    if (strcmp(everyone, "brief") != 0)
        ask_everyone(&cx, m, strcmp(everyone, "once") == 0 ? 1 : 2);
    match_close(m);
    arena_free(&keep);
    arena_free(&a);
    return 0;
}
