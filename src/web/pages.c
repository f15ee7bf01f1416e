#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

static bool starts(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

static bool ends(const char *s, const char *with)
{
    size_t n = strlen(s), m = strlen(with);
    return n >= m && strcmp(s + n - m, with) == 0;
}

/* "src/city/jobs/list.html" -> "jobs/list"; "src/web/parts/form.html" -> "form"; NULL for other files. */
static const char *page_name(struct arena *a, const char *file)
{
    const char *from = starts(file, "src/city/") ? file + 9 : starts(file, "src/web/parts/") ? file + 14 : NULL;
    return from == NULL || !ends(file, ".html") ? NULL : arena_strndup(a, from, strlen(from) - 5);
}

/* "assets/app-1f2e3d4c.css" -> "app.css": the last dash begins the hash (at least six letters and digits). */
static const char *asset_logical(struct arena *a, const char *name)
{
    const char *dash = strrchr(name, '-'), *dot = dash == NULL ? NULL : strchr(dash, '.');
    size_t hash = dot == NULL ? 0 : strspn(dash + 1, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (dot == NULL || hash < 6 || dash + 1 + hash != dot)
        return name;
    return arena_fmt(a, "%.*s%s", (int)(dash - name), name, dot);
}

struct load {
    struct ctx *cx;
    struct web *w;
    err_t result;
};

static err_t page_load(struct load *l, const char *file, const char *name)
{
    struct web *w = l->w;
    const struct file *f = file_find(w, &w->arena, file);
    size_t at = 0;
    const struct tmpl *t = f == NULL ? NULL : tmpl_compile(&w->arena, (const char *)f->p, f->n, &at);
    if (t == NULL) {
        int line = 1;
        for (size_t i = 0; f != NULL && i < at && i < f->n; i++)
            line += f->p[i] == '\n';
        return FAIL(l->cx, E_BUG, NULL, "%s:%d: the tag here is malformed, not closed, or outside text and double quotes", file,
                    line);
    }
    w->pages.p[w->pages.n++] = (struct page){name, t};
    return E_OK;
}

static void load_one(void *arg, const char *file)
{
    struct load *l = arg;
    struct web *w = l->w;
    const char *name = page_name(&w->arena, file);
    if (l->result == E_OK && name != NULL)
        l->result = page_load(l, file, name);
    if (starts(file, "assets/") && !ends(file, ".br") && !ends(file, ".gz"))
        w->pages.assets[w->pages.n_assets++] =
            (struct asset){asset_logical(&w->arena, file + 7), arena_fmt(&w->arena, "/%s", file)};
}

static void count_one(void *arg, const char *file)
{
    (void)file;
    ++*(size_t *)arg;
}

static int page_cmp(const void *x, const void *y)
{
    return strcmp(((const struct page *)x)->name, ((const struct page *)y)->name);
}

static int asset_cmp(const void *x, const void *y)
{
    return strcmp(((const struct asset *)x)->logical, ((const struct asset *)y)->logical);
}

err_t pages_load(struct ctx *cx, struct web *w)
{
    size_t n = 0;
    struct load l = {cx, w, E_OK};
    files_each(w, count_one, &n);
    w->pages.p = ARENA_ARRAY(&w->arena, struct page, n);
    w->pages.assets = ARENA_ARRAY(&w->arena, struct asset, n);
    files_each(w, load_one, &l);
    qsort(w->pages.p, w->pages.n, sizeof *w->pages.p, page_cmp);
    qsort(w->pages.assets, w->pages.n_assets, sizeof *w->pages.assets, asset_cmp);
    return l.result;
}

const struct tmpl *page_find(struct web *w, struct arena *a, const char *name, size_t len)
{
    struct page key = {.name = arena_strndup(a, name, len)};
    if (w->cfg.source_dir != NULL) {
        bool part = strchr(key.name, '/') == NULL;
        size_t at;
        const struct file *f = file_find(w, a, arena_fmt(a, "%s%s.html", part ? "src/web/parts/" : "src/city/", key.name));
        return f == NULL ? NULL : tmpl_compile(a, (const char *)f->p, f->n, &at);
    }
    const struct page *p = bsearch(&key, w->pages.p, w->pages.n, sizeof key, page_cmp);
    return p == NULL ? NULL : p->tmpl;
}

const char *page_asset(const struct web *w, const char *name, size_t len)
{
    size_t lo = 0, hi = w->pages.n_assets;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct asset *s = &w->pages.assets[mid];
        int c = strncmp(name, s->logical, len);
        c = c == 0 && s->logical[len] != '\0' ? -1 : c;
        if (c == 0)
            return s->url;
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

/* ---- rendering ---- */
static const char *env_text(void *arg, const char *msgid, size_t len)
{
    const struct req *rq = arg;
    return rq->cx.tr == NULL ? NULL : tr_find(rq->cx.tr, msgid, len);
}

static const struct tmpl *env_part(void *arg, const char *name, size_t len)
{
    struct req *rq = arg;
    return page_find(impl(rq)->web, rq->cx.arena, name, len);
}

static const char *env_asset(void *arg, const char *name, size_t len)
{
    const struct req *rq = arg;
    return page_asset(impl(rq)->web, name, len);
}

bool page_render(struct req *rq, struct buf *out, const char *name)
{
    const struct tmpl *page = page_find(impl(rq)->web, rq->cx.arena, name, strlen(name));
    if (page != NULL)
        tmpl_render(out, page, rq->view, &(struct tmpl_env){env_text, env_part, env_asset, rq});
    return page != NULL;
}
