/* decide.c -- decisions on training in bulk: one JSON case a line in, one JSON answer a line out. No database is asked. */
#include "cli/cli.h"

#include "city/decisions/decisions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct tally {
    int64_t lines, good, bytes, total; /* total: bytes of a file on stdin, 0 = a pipe */
};

static bool blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr(" \t\r\n", s[i]) == NULL)
            return false;
    return true;
}

/* Each line has an arena of its own, so that any number of them goes through. */
static bool one(struct cli *c, const struct rules *rules, const char *text, size_t n, struct arena *own, struct tally *t)
{
    struct ctx cx = c->cx;
    cx.arena = own;
    struct buf out = {.a = own};
    t->lines++;
    t->bytes += (int64_t)n;
    if (blank(text, n))
        return true;
    t->good += decisions_line(&cx, rules, text, n, t->lines, &out);
    const char *answer = buf_text(&out);
    bool written = fwrite(answer, 1, out.len, stdout) == out.len;
    arena_reset(own);
    return written;
}

int cmd_decide(struct cli *c)
{
    struct rules rules;
    struct stat st;
    struct tally t = {.total = fstat(0, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0};
    struct arena own;
    char *text = NULL;
    size_t cap = 0;
    bool written = true;
    const char *city = cli_get(c, "city");
    err_t e = rules_embedded(&c->cx, arena_fmt(&c->arena, "data/cities/%s/rules/", city == NULL ? "tianjin" : city), &rules);
    if (e != E_OK)
        return cli_failed(c, e, "reading the rules");
    c->cx.lang = "zh";
    arena_init(&own, 0);
    for (ssize_t n; written && (n = getline(&text, &cap, stdin)) > 0;) {
        written = one(c, &rules, text, (size_t)n, &own, &t);
        if (t.total != 0 && (t.lines % 500 == 0 || t.bytes == t.total))
            cli_progress("deciding", t.bytes, t.total);
    }
    free(text);
    arena_free(&own);
    if (!written || fflush(stdout) != 0)
        return fputs("yizhan: the answers could not be written\n", stderr), 1;
    fprintf(stderr, "%lld lines, %lld decided, %lld with an error\n", (long long)t.lines, (long long)t.good, (long long)(t.lines - t.good));
    return t.good == t.lines ? 0 : 1;
}
