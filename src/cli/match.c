/* match.c -- the engine on the ads of the database, without the service. */
#include "cli/cli.h"
#include "cli/engine.h"

#include "base/day.h"
#include "city/jobs/jobs.h"
#include "match/match.h"

#include <stdio.h>
#include <string.h>

static void stats(const struct match_view *v)
{
    struct match_stats s;
    match_stats(v, &s);
    printf("ads %llu (%llu dead), parts %u, terms %llu, postings %llu, generation %llu\n", (unsigned long long)s.ads,
           (unsigned long long)s.deleted, s.parts, (unsigned long long)s.terms, (unsigned long long)s.postings, (unsigned long long)s.generation);
    const struct {
        const char *name;
        size_t bytes;
    } part[] = {{"columns", s.columns_bytes},       {"postings", s.postings_bytes}, {"dictionary", s.dictionary_bytes}, {"titles", s.titles_bytes},
                {"suggestions", s.suggest_bytes}, {"people", s.people_bytes},
                {"saved searches", s.watches_bytes}, {"engine's words", s.engine_bytes}, {"all", s.total_bytes}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        printf("  %-16s %10zu KiB\n", part[i].name, part[i].bytes / 1024);
    size_t ads = s.total_bytes - s.engine_bytes - s.people_bytes - s.watches_bytes;
    if (s.ads > 0)
        printf("  %-16s %10zu bytes\n", "an ad", ads / s.ads);
    if (s.people > 0)
        printf("  %-16s %10zu bytes, %llu people\n", "a person", s.people_bytes / s.people, (unsigned long long)s.people);
    if (s.watches > 0)
        printf("  %-16s %10zu bytes, %llu searches\n", "a saved search", s.watches_bytes / s.watches, (unsigned long long)s.watches);
    printf("exposure: Gini 0.%03d (0 = every ad was shown as often as every other)\n", (int)s.exposure_gini);
}

static err_t search(struct cli *c, const struct match_view *v)
{
    struct match_result r;
    struct buf words = {.a = &c->arena};
    for (int i = 1; i < c->n_args; i++)
        buf_fmt(&words, "%s%s", i > 1 ? " " : "", c->args[i]);
    struct match_query q = {.today = match_day(day_of(c->cx.now, DAY_ZONE)), .text = buf_text(&words), .limit = 20};
    TRY(match_search(&c->cx, v, &q, &r));
    printf("%u ads\n", r.total);
    for (size_t i = 0; i < r.n; i++) {
        struct q_job_get_row j;
        TRY(job_find(&c->cx, r.hits[i].id, &j));
        printf("%6d  %-10s %s · %s · %s · %s\n", (int)r.hits[i].score, j.code, j.title, j.wage_text, j.employer_name, j.place);
    }
    return E_OK;
}

static void show_progress(void *arg, uint64_t done, uint64_t all)
{
    cli_progress(arg, (int64_t)done, (int64_t)all);
}

static err_t everyone(struct cli *c, const struct match_view *v)
{
    char what[] = "people";
    struct match_everyone how = {.today = match_day(day_of(c->cx.now, DAY_ZONE)), .k = (uint32_t)cli_number(c, "best", 10), .path = c->args[1],
                                 .threads = (unsigned)cli_number(c, "threads", 2), .most = (uint32_t)cli_number(c, "most", 0),
                                 .progress = show_progress, .arg = what};
    struct match_everyone_done done;
    TRY(match_everyone(&c->cx, v, &how, &done));
    printf("%llu people (%llu of them before), %llu entries, %llu ads listed, Gini of the lists 0.%03d\n", (unsigned long long)done.people,
           (unsigned long long)done.found_before, (unsigned long long)done.pairs, (unsigned long long)done.ads_listed, (int)done.gini);
    return E_OK;
}

static void print_list(void *arg, int64_t person, const struct match_hit *best, size_t n)
{
    (void)arg;
    printf("%lld", (long long)person);
    for (size_t i = 0; i < n; i++)
        printf("\t%lld:%d", (long long)best[i].id, (int)best[i].score);
    putchar('\n');
}

static err_t load(struct cli *c, bool people, const struct match_view **v)
{
    struct engine_at at;
    TRY(engine_load(&c->cx, cli_index_path(c), &at));
    if (people)
        TRY(engine_load_people(&c->cx, &at));
    return match_pin(&c->cx, c->house->match, v);
}

int cmd_match(struct cli *c)
{
    const struct match_view *v = NULL;
    const char *what = c->args[0];
    bool file = strcmp(what, "everyone") == 0 || strcmp(what, "lists") == 0, find = strcmp(what, "search") == 0;
    if ((file && c->n_args != 2) || (!file && !find && strcmp(what, "stats") != 0))
        return fputs("usage: yizhan match stats | search WORDS... | everyone FILE | lists FILE\n", stderr), 2;
    int bad = cli_house(c, false);
    if (bad != 0)
        return bad;
    if (strcmp(what, "lists") == 0) {
        err_t e = match_everyone_read(&c->cx, c->args[1], print_list, NULL);
        return e == E_OK ? 0 : cli_failed(c, e, "reading the lists");
    }
    err_t e = load(c, !find, &v);
    if (e != E_OK)
        return cli_failed(c, e, "loading the ads");
    if (find)
        e = search(c, v);
    else if (file)
        e = everyone(c, v);
    else
        stats(v);
    match_unpin(v);
    return e == E_OK ? 0 : cli_failed(c, e, "matching");
}
