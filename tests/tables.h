/* tables.h -- helpers for the tests of feeds: files in a directory that is removed, and a table as one string. */
#ifndef TESTS_TABLES_H
#define TESTS_TABLES_H
#include "base/view.h"
#include "feeds/table.h"
#include "tap.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

static struct arena test_arena;
static char test_dir[64];

static inline int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

static inline void dir_make(void)
{
    (void)snprintf(test_dir, sizeof test_dir, "/tmp/yizhan-feeds-XXXXXX");
    if (mkdtemp(test_dir) == NULL)
        abort();
    arena_init(&test_arena, 0);
}

static inline void dir_remove(void)
{
    arena_free(&test_arena);
    (void)nftw(test_dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static inline const char *in_dir(const char *name) { return arena_fmt(&test_arena, "%s/%s", test_dir, name); }

static inline const char *file_make(const char *name, const void *p, size_t n)
{
    const char *path = in_dir(name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(p, 1, n, f) != n || fclose(f) != 0)
        abort();
    return path;
}

static inline const char *text_make(const char *name, const char *s) { return file_make(name, s, strlen(s)); }

struct zipped {
    const char *name, *text;
    size_t n; /* 0 = strlen(text) */
};

static inline const char *zip_make(const char *name, const struct zipped *z)
{
    const char *path = in_dir(name);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    for (; z->name != NULL; z++)
        if (zip_file_add(zip, z->name, zip_source_buffer(zip, z->text, z->n ? z->n : strlen(z->text), 0), ZIP_FL_OVERWRITE) < 0)
            abort();
    if (zip_close(zip) != 0)
        abort();
    return path;
}

/* "a|b\n2:x|y\n"; or "! " and the sentence, with "…" before it when rows were read before it failed. */
static inline const char *table_string(const char *path, const struct table_limits *limits)
{
    static const struct table_limits none = {0};
    struct ctx cx = {.arena = &test_arena};
    struct table *t;
    const struct row *row;
    struct buf b = {.a = &test_arena};
    err_t e = table_open(&cx, path, "岗位表", limits != NULL ? limits : &none, &t);
    if (e != E_OK)
        return arena_fmt(&test_arena, "! %s", cx.fail.say != NULL ? cx.fail.say : cx.fail.detail);
    while ((e = table_next(&cx, t, &row)) == E_OK && row != NULL) {
        buf_fmt(&b, "%lld:", (long long)row->number);
        for (size_t i = 0; i < row->n; i++)
            buf_fmt(&b, i > 0 ? "|%s" : "%s", row->cells[i]);
        buf_str(&b, "\n");
    }
    if (e != E_OK)
        return arena_fmt(&test_arena, "…! %s", cx.fail.say != NULL ? cx.fail.say : cx.fail.detail);
    struct buf head = {.a = &test_arena};
    for (size_t i = 0; i < table_head(t)->n; i++) /* after the rows: names met late are in it */
        buf_fmt(&head, i > 0 ? "|%s" : "%s", table_head(t)->cells[i]);
    return arena_fmt(&test_arena, "%s\n%s", buf_text(&head), buf_text(&b));
}

static inline void reads(const char *name, const char *path, const char *want) { is_str(table_string(path, NULL), want, name); }

static inline void refuses(const char *name, const char *path, const struct table_limits *limits, const char *part)
{
    const char *got = table_string(path, limits);
    if (!ok(strstr(got, "! ") != NULL && strstr(got, part) != NULL, name))
        printf("#   got '%.300s', wanted a sentence with '%s'\n", got, part);
}

/* Peak memory of this process, KB. */
static inline long peak_kb(void)
{
    char line[128];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = strtol(line + 6, NULL, 10);
    if (f != NULL)
        (void)fclose(f);
    return kb;
}
#endif
