/* import.c -- yizhan import jobs FILE... | trainings FILE...: brings ads or earlier subsidies in, says what became of every row. */
#include "cli/cli.h"

#include "city/history/history.h"
#include "city/imports/imports.h"
#include "city/jobs/jobs.h"
#include "city/reference.h"

#include <stdio.h>
#include <string.h>

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static void progress(void *arg, int64_t done, int64_t total) { cli_progress(arg, done, total); }

static void line(const char *what, int64_t n)
{
    if (n > 0)
        printf("  %-44s %10lld\n", what, (long long)n);
}

static void report(struct cli *c, const char *name, const struct import_result *r, int64_t ms)
{
    const struct import_counts *n = &r->n;
    printf("%s: %lld rows read", name, (long long)n->read);
    int64_t now = n->read - r->went_on;
    if (ms > 0 && now > 0)
        printf(", %lld rows a second", (long long)(now * 1000 / ms));
    puts(cli_get(c, "check") != NULL ? "; nothing was stored" : "");
    line("of these by an earlier run that was stopped", r->went_on);
    line("new ads", n->fresh);
    line("changed ads", n->changed);
    line("known already", n->same);
    line("merged with the same job from elsewhere", n->merged);
    line("of other cities, left out (see --anywhere)", n->elsewhere);
    line("rejected", n->bad);
    for (size_t i = 0; i < r->n_reasons; i++)
        printf("    %8lld  %s%s%s\n", (long long)r->reasons[i].n, import_label(&c->cx, r->reasons[i].field), r->reasons[i].field[0] ? ": " : "",
               r->reasons[i].kind);
    line("taken with a warning", n->warned);
}

/* A report for each file when there are several: bad.csv, bad-2.csv, … */
static const char *report_path(struct cli *c, int i)
{
    const char *path = cli_get(c, "report"), *dot = path != NULL ? strrchr(path, '.') : NULL;
    if (path == NULL || i == 0)
        return path;
    return dot == NULL ? arena_fmt(&c->arena, "%s-%d", path, i + 1) : arena_fmt(&c->arena, "%.*s-%d%s", (int)(dot - path), path, i + 1, dot);
}

static int one(struct cli *c, int i, int64_t *seq)
{
    struct import_result r;
    const char *path = c->args[i + 1];
    struct import_file f = {
        .path = path,
        .name = last_part(path),
        .source_name = cli_get(c, "source-name"),
        .anywhere = cli_get(c, "anywhere") != NULL,
        .check = cli_get(c, "check") != NULL,
        .limit = cli_number(c, "limit", 0),
        .report = report_path(c, i),
        .follow = c->house->match,
        .seq = seq,
        .progress = progress,
        .arg = arena_fmt(&c->arena, "%s", last_part(path)),
    };
    int64_t began = cli_now();
    c->cx.now = began;
    err_t e = import_file(&c->cx, &f, &r);
    if (e != E_OK)
        return cli_failed(c, e, f.name);
    report(c, f.name, &r, cli_now() - began);
    return 0;
}

/* ---- yizhan import trainings FILE...: subsidies of the time before this system ---- */

static int one_history(struct cli *c, const char *path, int64_t district)
{
    struct sheet_result r;
    struct sheet_file f = {.path = path, .name = last_part(path), .report = cli_get(c, "report"), .check = cli_get(c, "check") != NULL, .progress = progress,
                           .arg = arena_fmt(&c->arena, "%s", last_part(path))};
    int64_t began = cli_now();
    c->cx.now = began;
    err_t e = sheet_file(&c->cx, &history_sheet, district, &f, &r);
    if (e != E_OK)
        return cli_failed(c, e, f.name);
    int64_t ms = cli_now() - began;
    printf("%s: %lld rows read, %lld rows a second%s\n", f.name, (long long)r.read, (long long)(ms > 0 ? r.read * 1000 / ms : r.read),
           f.check ? "; nothing was stored" : "");
    line("new records", r.fresh);
    line("known already", r.known);
    line("rejected", r.bad);
    for (size_t i = 0; i < r.n_reasons; i++)
        printf("    %8lld  %s%s%s\n", (long long)r.reason[i].n, r.reason[i].label, *r.reason[i].label != '\0' ? ": " : "", r.reason[i].say);
    return 0;
}

static int import_history(struct cli *c)
{
    int64_t district = cli_number(c, "district", 0);
    int bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    if (district != 0 && city_district(c->house->city, district) == NULL)
        return fprintf(stderr, "yizhan: no district %lld in this city\n", (long long)district), 2;
    for (int i = 1; i < c->n_args; i++)
        bad |= one_history(c, c->args[i], district);
    return bad;
}

int cmd_import(struct cli *c)
{
    struct index_opened how;
    if (strcmp(c->args[0], "trainings") == 0)
        return import_history(c);
    if (strcmp(c->args[0], "jobs") != 0)
        return fputs("usage: yizhan import jobs FILE... | trainings FILE...\n", stderr), 2;
    int bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    err_t e = jobs_index_open(&c->cx, c->house->match, cli_index_path(c), &how);
    if (e != E_OK)
        return cli_failed(c, e, "loading the ads");
    for (int i = 0; i + 1 < c->n_args; i++)
        bad |= one(c, i, &how.seq);
    return bad;
}
