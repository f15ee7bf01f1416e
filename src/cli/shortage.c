/* shortage.c -- anybody checks a round of shortages: the score computed again from the download, without a database. */
#include "cli/cli.h"

#include "base/view.h"
#include "city/shortages/score.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 100 * 1024 * 1024 };

static err_t read_file(struct cli *c, const char *path, struct shortage_file *out)
{
    struct buf b = {.a = &c->arena};
    char block[1 << 14];
    FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rbe");
    if (f == NULL)
        return FAIL(&c->cx, E_IO, NULL, "%s: %s", path, strerror(errno));
    for (size_t n; b.len <= FILE_MOST && (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(&b, block, n);
    bool bad = ferror(f) != 0;
    if (f != stdin)
        fclose(f);
    if (bad || b.len > FILE_MOST)
        return FAIL(&c->cx, E_IO, NULL, "%s: cannot be read, or is larger than 100 MB", path);
    return shortage_file_read(&c->cx, buf_text(&b), b.len, out);
}

static void leave_out(struct shortage_file *f, const char *channel)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n_claims; i++)
        if (strcmp(f->claims[i].channel, channel) != 0)
            f->claims[n++] = f->claims[i];
    f->n_claims = n;
    if (strcmp(channel, shortage_voices[VOICE_OWN]) == 0)
        f->n_own = 0;
}

static const struct shortage_said *said_of(const struct shortage_file *f, const char *occupation)
{
    for (size_t i = 0; i < f->n_said; i++)
        if (strcmp(f->said[i].occupation, occupation) == 0)
            return &f->said[i];
    return NULL;
}

static int compare(const struct shortage_file *f, const struct shortage_result *r, size_t n)
{
    size_t differ = 0;
    printf("%-12s %6s %-6s %7s %8s %7s %7s\n", "occupation", "score", "level", "bureau", "district", "agency", "own");
    for (size_t i = 0; i < n; i++) {
        const struct shortage_said *s = said_of(f, r[i].occupation);
        bool same = s != NULL && s->score == r[i].is.score && strcmp(s->urgency, r[i].is.urgency) == 0;
        printf("%-12s %6lld %-6s", r[i].occupation, (long long)r[i].is.score, r[i].is.urgency);
        for (int k = 0; k < VOICES; k++)
            if (r[i].part[k].speaks)
                printf(" %*lld", k == VOICE_DISTRICT ? 8 : 7, (long long)r[i].part[k].score);
            else
                printf(" %*s", k == VOICE_DISTRICT ? 8 : 7, "-");
        if (!same && s != NULL)
            printf("   file: %lld %s", (long long)s->score, s->urgency);
        puts(same ? "" : s == NULL ? "   not in the file" : "");
        differ += !same;
    }
    differ += n < f->n_said ? f->n_said - n : 0;
    if (differ == 0)
        printf("%s: all %zu occupations come out as the file says\n", f->round, n);
    else
        printf("%s: %zu of %zu occupations differ from what the file says\n", f->round, differ, n > f->n_said ? n : f->n_said);
    return differ == 0 ? 0 : 1;
}

int cmd_shortage(struct cli *c)
{
    struct shortage_file f;
    struct shortage_result *r;
    const char *without = cli_get(c, "without");
    size_t n;
    if (strcmp(c->args[0], "score") != 0)
        return fputs("usage: yizhan shortage score FILE\n", stderr), 2;
    err_t e = read_file(c, c->args[1], &f);
    if (e != E_OK)
        return cli_failed(c, e, c->args[1]);
    if (without != NULL)
        leave_out(&f, without);
    shortage_calculate(&c->cx, &f.terms, f.claims, f.n_claims, f.own, f.n_own, &r, &n);
    int differs = compare(&f, r, n);
    return without != NULL ? 0 : differs;
}
