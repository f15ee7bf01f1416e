/* tap.h -- a test program prints "ok N - name" lines; done() prints the plan and gives the exit code. */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* one count a program, also where a test has several files */
__attribute__((weak)) int tap_n, tap_bad;

static inline bool ok(bool good, const char *name)
{
    tap_n++;
    tap_bad += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", tap_n, name);
    return good;
}

static inline bool is_int(long long got, long long want, const char *name)
{
    if (!ok(got == want, name))
        printf("#   got %lld, wanted %lld\n", got, want);
    return got == want;
}

static inline bool is_str(const char *got, const char *want, const char *name)
{
    bool same = got == want || (got != NULL && want != NULL && strcmp(got, want) == 0);
    if (!ok(same, name))
        printf("#   got '%s', wanted '%s'\n", got ? got : "(null)", want ? want : "(null)");
    return same;
}

static inline int done(void)
{
    printf("1..%d\n", tap_n);
    return tap_bad != 0 || tap_n == 0;
}
#endif
