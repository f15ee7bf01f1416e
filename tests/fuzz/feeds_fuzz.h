/* feeds_fuzz.h -- runs bytes through table.h as a file and checks what comes out. */
#ifndef FUZZ_FEEDS_H
#define FUZZ_FEEDS_H
#include "feeds/charset.h"
#include "feeds/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void demand(bool good)
{
    if (!good)
        abort();
}

/* Valid UTF-8 without control characters but line ends, no space around. */
static inline void check_cell(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t n = strlen(s);
    demand(n == 0 || (p[0] != ' ' && p[n - 1] != ' '));
    for (size_t i = 0; i < n;) {
        int len = utf8_len(p + i, n - i);
        demand(len > 0 && (p[i] >= 0x20 || p[i] == '\n') && p[i] != 0x7f);
        i += (size_t)len;
    }
}

static inline void check_row(const struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        check_cell(row->cells[i]);
}

static inline int64_t read_all(struct ctx *cx, struct table *t)
{
    const struct row *row;
    int64_t n = 0, last = 0;
    while (table_next(cx, t, &row) == E_OK && row != NULL) {
        check_row(row);
        demand(row->number > last && row->n >= table_head(t)->n);
        last = row->number;
        n++;
    }
    return n;
}

static inline void fuzz_table(const void *data, size_t size)
{
    static int fd = -1;
    static char path[64];
    if (fd < 0) {
        fd = memfd_create("table", 0);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    }
    demand(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    struct table_limits limits = {.bytes = 1 << 20, .unpacked = 1 << 20, .rows = 2000, .cols = 20, .cell = 2000};
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct table *t;
    err_t e = table_open(&cx, path, "x", &limits, &t);
    if (e == E_OK) {
        check_row(table_head(t));
        int64_t n = read_all(&cx, t);
        if (table_rewind(&cx, t) == E_OK)
            demand(read_all(&cx, t) == n);
    } else {
        demand(e == E_INVALID || e == E_LIMIT);
        demand(cx.fail.say != NULL);
    }
    arena_free(&a);
}
#endif
