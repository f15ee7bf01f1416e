/* match.c -- the engine on the ads of the database, without the service. */
#include "cli/cli.h"

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
                {"suggestions", s.suggest_bytes}, {"engine's words", s.engine_bytes}, {"all", s.total_bytes}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        printf("  %-16s %10zu KiB\n", part[i].name, part[i].bytes / 1024);
    if (s.ads > 0)
        printf("  %-16s %10zu bytes beyond the engine's words\n", "an ad", (s.total_bytes - s.engine_bytes) / s.ads);
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

int cmd_match(struct cli *c)
{
    const struct match_view *v;
    int64_t seq;
    bool find = strcmp(c->args[0], "search") == 0;
    if (!find && strcmp(c->args[0], "stats") != 0)
        return fputs("usage: yizhan match stats | search WORDS...\n", stderr), 2;
    int bad = cli_house(c, false);
    if (bad != 0)
        return bad;
    err_t e = jobs_index_load(&c->cx, c->house->match, &seq);
    if (e == E_OK)
        e = match_pin(&c->cx, c->house->match, &v);
    if (e != E_OK)
        return cli_failed(c, e, "loading the ads");
    if (find)
        e = search(c, v);
    else
        stats(v);
    match_unpin(v);
    return e == E_OK ? 0 : cli_failed(c, e, "searching");
}
