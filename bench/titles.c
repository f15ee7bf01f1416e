/* titles.c -- occupations of the labelled titles: how often right about titles that nothing was learned of, how many a second.
 *
 * Run from the root of the repository: build/release/titles [OUT | -v]
 * OUT: writes there (data/match/titles.tsv) what was learned of all of them. -v: says each title whose occupation is not first.
 */
#include "tests/titles.h"

#include "tests/judged.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void say(const struct labelled *x, int place, const struct match_occupation *o, size_t n)
{
    if (place == 0)
        return;
    printf("%d\t%s\twanted %d, got", place + 1, x->text, (int)x->code);
    for (size_t i = 0; i < n; i++)
        printf(" %d %s (%s)", (int)o[i].code, o[i].name, o[i].why);
    printf("\n");
}

static err_t measure(struct ctx *cx, const struct lab *l, const char *lessons, size_t len)
{
    struct match *m;
    struct arena a;
    double begun = now();
    TRY(lab_engine(cx, l, NO_FOLD, lessons, len, &m));
    printf("opened in %.3f s, %zu bytes\n", now() - begun, titles_bytes(m->titles));
    arena_init(&a, 0);
    struct ctx one = {.arena = &a};
    begun = now();
    for (size_t i = 0; i < 20 * l->n; i++) {
        const struct match_occupation *o;
        size_t n;
        TRY(match_occupation(&one, m, l->v[i % l->n].text, 5, &o, &n));
        arena_reset(&a);
    }
    printf("%.0f titles a second\n", (double)(20 * l->n) / (now() - begun));
    arena_free(&a);
    match_close(m);
    return E_OK;
}

static err_t run(struct ctx *cx, const char *what)
{
    struct lab l;
    struct score s;
    size_t len;
    if (!lab_open(cx, &l)) {
        fprintf(stderr, "no labelled titles in %s\n", judged_dir());
        return E_NOTFOUND;
    }
    double begun = now();
    const char *lessons = lab_learn(cx, &l, NO_FOLD, &len);
    printf("%zu titles in %zu bunches, %u weights, learned in %.1f s: %zu bytes\n", l.n, l.groups, l.n_keys, now() - begun, len);
    if (what != NULL && strcmp(what, "-v") != 0) {
        FILE *f = fopen(what, "w");
        if (f == NULL || fwrite(lessons, 1, len, f) != len || fclose(f) != 0)
            return FAIL(cx, E_INVALID, NULL, "%s cannot be written", what);
    }
    TRY(lab_judge(cx, &l, what != NULL && strcmp(what, "-v") == 0 ? say : NULL, &s));
    for (unsigned f = 0; f < FOLDS; f++)
        printf("fold %u: first %.3f, in five %.3f\n", f, s.first_in[f], s.five_in[f]);
    printf("first %.4f ± %.4f, in five %.4f ± %.4f\n", s.first, s.first_error, s.five, s.five_error);
    TRY(measure(cx, &l, lessons, len));
    lab_close(&l);
    return E_OK;
}

int main(int argc, char **argv)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    err_t e = run(&cx, argc > 1 ? argv[1] : NULL);
    if (e != E_OK && cx.fail.detail != NULL)
        fprintf(stderr, "%s\n", cx.fail.detail);
    arena_free(&a);
    return e != E_OK;
}
