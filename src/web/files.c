#include "web/web_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const void *key, const void *e) { return strcmp(key, ((const struct embedded *)e)->name); }

static const struct embedded *files_of(const struct web *w, size_t *n)
{
    const struct embedded *list = w->cfg.files;
    if (list == NULL) {
        *n = embedded_count;
        return embedded;
    }
    for (*n = 0; list[*n].name != NULL;)
        ++*n;
    return list;
}

static void close_file(void *f) { (void)fclose(f); }

/* In development the tree is the truth: built assets stand in build/gen/, everything else under its own name. */
static const struct file *file_from_tree(const struct web *w, struct arena *a, const char *name)
{
    bool built = strncmp(name, "assets/", 7) == 0 || strcmp(name, "en.mo") == 0;
    const char *path = arena_fmt(a, "%s/%s%s", w->cfg.source_dir, built ? "build/gen/" : "", name);
    FILE *f = fopen(path, "rbe");
    if (f == NULL)
        return NULL;
    arena_defer(a, close_file, f);
    struct stat st;
    if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode))
        return NULL;
    size_t n = (size_t)st.st_size;
    unsigned char *p = arena_alloc(a, n + 1);
    struct file *out = ARENA_NEW(a, struct file);
    *out = (struct file){arena_fmt(a, "%s", name), p, fread(p, 1, n, f)};
    return out;
}

const struct file *file_find(const struct web *w, struct arena *a, const char *name)
{
    if (w->cfg.source_dir != NULL) {
        const struct file *f = file_from_tree(w, a, name);
        if (f != NULL)
            return f;
    }
    size_t n;
    const struct embedded *list = files_of(w, &n);
    const struct embedded *e = bsearch(name, list, n, sizeof *list, by_name);
    if (e == NULL)
        return NULL;
    struct file *out = ARENA_NEW(a, struct file);
    *out = (struct file){e->name, e->p, e->n};
    return out;
}

void files_each(const struct web *w, void (*fn)(void *arg, const char *name), void *arg)
{
    size_t n;
    const struct embedded *list = files_of(w, &n);
    for (size_t i = 0; i < n; i++)
        fn(arg, list[i].name);
}
