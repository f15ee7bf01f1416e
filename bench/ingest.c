/* ingest.c -- how long a table of ads takes to come in: read, understood, proposed an occupation, held against what is there, stored durably
 * in SQLite, indexed; then how soon a change is found, and how long the engine takes to be there again.
 *
 * Build and run from the root of the repository (a million ads: 3 GB of disk in DIR, which must be new):
 *   make V=release build/release/ingest && build/release/ingest DIR [N]
 */
#include "bench/ads.h"
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/imports/imports.h"
#include "city/jobs/jobs.h"
#include "city/reference.h"
#include "store/store.h"

#include "base/day.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(struct ctx *cx, err_t e, const char *what)
{
    if (e == E_OK)
        return;
    fprintf(stderr, "%s: %s %s\n", what, err_wire(e), cx->fail.detail != NULL ? cx->fail.detail : cx->fail.say != NULL ? cx->fail.say : "");
    exit(1);
}

struct stretch { /* time of the clock, and of all threads on cores */
    double clock, cores;
};

static struct stretch begin(void) { return (struct stretch){seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID)}; }

static void say(const char *what, struct stretch from, double n, const char *more)
{
    double clock = seconds(CLOCK_MONOTONIC) - from.clock, cores = seconds(CLOCK_PROCESS_CPUTIME_ID) - from.cores;
    printf("%-36s %7.2f s of the clock, %7.2f s CPU", what, clock, cores);
    if (n > 0)
        printf(", %.0f a second of the clock, %.0f of a core", n / clock, n / cores);
    printf("%s\n", more);
    (void)fflush(stdout);
}

/* ---- the table ---- */

/* A street of our city instead of the made-up one, so that the reader has a place to find. */
static const struct city_street *street_of(const struct city *c, int64_t made_up) { return &c->streets[(uint64_t)made_up % c->n_streets]; }

static void write_row(FILE *f, const struct city *c, const struct match_ad *ad)
{
    static const char *const degrees[] = {"不限", "小学", "初中", "高中", "大专", "本科", "硕士", "博士"};
    const struct city_street *s = street_of(c, ad->street);
    const struct city_district *d = city_district(c, s->district);
    char wage[80] = "面议";
    if (ad->wage_max > 0)
        (void)snprintf(wage, sizeof wage, "%lld-%lld元/月", (long long)ad->wage_min / 100, (long long)ad->wage_max / 100);
    fprintf(f, "N%lld,\"%s\",\"%s\",天津,%s,\"%s示例路%lld号\",%s,%u,%s,%u年,%s,\"%s\",\"%s\"\n", (long long)ad->id, ad->title, ad->employer,
            d != NULL ? d->name : "", s->name, (long long)(ad->street % 300 + 1), wage, ad->openings, degrees[ad->education & 7], ad->experience / 12u,
            ad->types & MATCH_PART_TIME ? "兼职" : "全职", ad->tags, ad->description);
}

static const char *write_table(struct ctx *cx, const struct city *c, const char *dir, size_t n)
{
    const char *path = arena_fmt(cx->arena, "%s/ads.csv", dir);
    FILE *f = fopen(path, "w");
    struct arena own;
    if (f == NULL || !ads_begin("bench/ads.txt"))
        must(cx, FAIL(cx, E_IO, NULL, "%s or bench/ads.txt", path), "the table");
    arena_init(&own, 0);
    fputs("编号,岗位名称,单位名称,城市,区,工作地点,工资,招聘人数,学历,工作经验,用工形式,福利待遇,岗位描述\n", f);
    for (size_t i = 0; i < n; i++) {
        struct match_ad ad = ads_make(&own, (int64_t)i + 1);
        write_row(f, c, &ad);
        arena_reset(&own);
    }
    arena_free(&own);
    if (fclose(f) != 0)
        must(cx, FAIL(cx, E_IO, NULL, "%s", path), "the table");
    return path;
}

static void bring_in(struct ctx *cx, const char *path, double n)
{
    struct import_result r;
    struct stretch from = begin();
    int64_t seq;
    must(cx, jobs_index_load(cx, cx->house->match, &seq), "the ads");
    struct import_file f = {.path = path, .name = "ads.csv", .source_name = "示例", .follow = cx->house->match, .seq = &seq,
                            .limits = {.bytes = 4ll << 30, .unpacked = 4ll << 30, .rows = 5000000}};
    must(cx, import_file(cx, &f, &r), "the import");
    say("brought in, stored and indexed", from, n, "");
    printf("  new %lld, merged %lld, bad %lld, same %lld, elsewhere %lld\n", (long long)r.n.fresh, (long long)r.n.merged, (long long)r.n.bad,
           (long long)r.n.same, (long long)r.n.elsewhere);
    for (size_t i = 0; i < r.n_reasons && i < 5; i++)
        printf("  %lld %s %s\n", (long long)r.reasons[i].n, r.reasons[i].field, r.reasons[i].kind);
}

/* ---- how soon an ad is found ---- */

enum { CHANGES = 100 };

struct follower { /* as the service has one */
    struct house *house;
    int64_t seq;
    atomic_bool stop;
    err_t failed;
    double longest; /* one look, s */
};

static void *follow(void *arg)
{
    struct follower *f = arg;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a, .house = f->house, .lang = "zh", .actor = {.role = ROLE_CLOCK}};
    f->failed = house_connect(&cx, f->house);
    while (f->failed == E_OK && !atomic_load(&f->stop)) {
        double from = seconds(CLOCK_MONOTONIC);
        cx.now = (int64_t)time(NULL) * 1000;
        f->failed = jobs_index_follow(&cx, f->house->match, &f->seq);
        double took = seconds(CLOCK_MONOTONIC) - from;
        f->longest = took > f->longest ? took : f->longest;
        arena_reset(&a);
        nanosleep(&(struct timespec){.tv_nsec = JOBS_FOLLOW_MS * 1000000L}, NULL);
    }
    store_close(cx.db);
    arena_free(&a);
    return NULL;
}

static bool is_found(struct ctx *cx, const char *words)
{
    const struct match_view *v;
    struct match_query q = {.today = match_day(day_of(cx->now, DAY_ZONE)), .text = words, .limit = 1};
    struct match_result r;
    must(cx, match_pin(cx, cx->house->match, &v), "a view");
    must(cx, match_search(cx, v, &q, &r), "a search");
    match_unpin(v);
    return r.total > 0;
}

/* Commits an ad with a word that no other has and searches until it is found; s. */
static double put_and_find(struct ctx *cx, int64_t employer, int i)
{
    const char *word = arena_fmt(cx->arena, "zx%06d", i);
    struct job_form f = {.title = arena_fmt(cx->arena, "示例工 %s", word), .description = "示例", .openings = 1, .wage = "5000-6000元/月",
                         .street = cx->house->city->streets[0].code};
    struct job_source from = {.source = "feed", .name = "示例", .ref = word, .employer_id = employer};
    enum job_put what;
    int64_t id;
    must(cx, job_put(cx, &f, &from, &id, &what), "an ad");
    double at = seconds(CLOCK_MONOTONIC);
    while (!is_found(cx, word))
        nanosleep(&(struct timespec){.tv_nsec = 1000000L}, NULL);
    return seconds(CLOCK_MONOTONIC) - at;
}

static int by_time(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static int64_t find_new(struct ctx *cx, int64_t seq) /* where who follows is now */
{
    double t[CHANGES];
    int64_t employer;
    pthread_t thread;
    struct follower f = {.house = (struct house *)(uintptr_t)cx->house, .seq = seq};
    must(cx, employer_named(cx, "示例快找公司（示例）", NULL, 0, &employer), "an employer");
    if (pthread_create(&thread, NULL, follow, &f) != 0)
        must(cx, FAIL(cx, E_BUSY, NULL, "no thread"), "the follower");
    for (int i = 0; i < CHANGES; i++)
        t[i] = put_and_find(cx, employer, i);
    atomic_store(&f.stop, true);
    (void)pthread_join(thread, NULL);
    must(cx, f.failed, "following");
    qsort(t, CHANGES, sizeof t[0], by_time);
    printf("%-36s %7.0f ms median, %.0f at most, of %d; the longest look of who follows %.0f ms\n", "found after its commit", t[CHANGES / 2] * 1e3,
           t[CHANGES - 1] * 1e3, CHANGES, f.longest * 1e3);
    return f.seq;
}

/* ---- the engine again ---- */

static void start_again(const struct house_config *hc, const char *path, const char *what)
{
    struct arena a;
    struct house *h;
    struct index_opened how;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a, .now = (int64_t)time(NULL) * 1000, .lang = "zh", .actor = {.role = ROLE_CLOCK}};
    struct stretch from = begin();
    must(&cx, house_open(&cx, hc, &h), "the house");
    must(&cx, jobs_index_open(&cx, h->match, path, &how), "the index");
    say(what, from, 0, how.why != NULL ? " (from the database)" : " (from the file)");
    if (how.why != NULL) {
        int64_t seq = find_new(&cx, how.seq);
        from = begin();
        must(&cx, jobs_index_save(&cx, h->match, seq, path), "saving");
        say("the ads saved", from, 0, "");
    }
    house_close(&cx, h);
    arena_free(&a);
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 100000;
    struct arena a;
    struct house *h;
    if (argc < 2 || mkdir(argv[1], 0700) != 0)
        return fputs("usage: ingest NEW_DIR [N]\n", stderr), 2;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a, .now = (int64_t)time(NULL) * 1000, .lang = "zh", .actor = {.role = ROLE_CLOCK}};
    struct house_config hc = {.data_dir = arena_fmt(&a, "%s/data", argv[1]), .create = true};
    must(&cx, house_open(&cx, &hc, &h), "the house");
    const char *table = write_table(&cx, h->city, argv[1], n);
    bring_in(&cx, table, (double)n);
    house_close(&cx, h);
    const char *path = arena_fmt(&a, "%s/ads.index", argv[1]);
    start_again(&hc, path, "opened, ads read");
    start_again(&hc, path, "opened, ads read");
    arena_free(&a);
    return 0;
}
