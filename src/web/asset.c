#include "web/web_impl.h"

#include <string.h>

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".json", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].end) == 0)
            return types[i].type;
    return "application/octet-stream";
}

/* The best encoded twin ("app.css.br") that the client takes. */
static const struct file *negotiate(struct web *w, struct call *c, const char *name, const char **encoding)
{
    static const struct {
        const char *word, *end;
    } how[] = {{"br", ".br"}, {"gzip", ".gz"}};
    const char *accept = header_get(&c->head.headers, "Accept-Encoding");
    for (size_t i = 0; accept != NULL && i < 2; i++) {
        const char *at = strstr(accept, how[i].word);
        const struct file *f = at == NULL ? NULL : file_find(w, c->arena, arena_fmt(c->arena, "%s%s", name, how[i].end));
        if (f != NULL) {
            *encoding = how[i].word;
            return f;
        }
    }
    return file_find(w, c->arena, name);
}

bool asset_answer(struct web *w, struct call *c, struct answer *out)
{
    if (strncmp(c->at.path, "/assets/", 8) != 0)
        return false;
    const char *name = c->at.path + 1, *encoding = NULL;
    /* ".json" was cut from the path as the mark of the JSON face; an asset keeps its name */
    name = c->at.json ? arena_fmt(c->arena, "%s.json", name) : name;
    const struct file *f = strstr(name, "..") != NULL || strchr(name, '%') != NULL ? NULL : negotiate(w, c, name, &encoding);
    out->status = f == NULL ? 404 : 200;
    out->type = f == NULL ? "text/plain; charset=utf-8" : type_of(name);
    out->bytes = f == NULL ? "not found\n" : (const char *)f->p;
    out->len = f == NULL ? strlen("not found\n") : f->n;
    answer_add(out, "Cache-Control", f == NULL || w->cfg.source_dir != NULL ? "no-cache" : "public, max-age=31536000, immutable");
    answer_add(out, "Vary", "Accept-Encoding");
    answer_add(out, "X-Content-Type-Options", "nosniff");
    if (encoding != NULL)
        answer_add(out, "Content-Encoding", encoding);
    return true;
}
