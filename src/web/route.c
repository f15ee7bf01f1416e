#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

static bool segment_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == '~';
}

static err_t pattern_read(struct ctx *cx, const struct route *r, struct pattern *out)
{
    *out = (struct pattern){.route = r};
    const char *p = r->path;
    if (p == NULL || *p != '/')
        return FAIL(cx, E_BUG, NULL, "route '%s' does not begin with /", p == NULL ? "" : p);
    if (p[1] == '\0')
        return E_OK;
    while (*p == '/') {
        if (out->n == SEGMENTS_MAX)
            return FAIL(cx, E_BUG, NULL, "route '%s' has more than %d segments", r->path, SEGMENTS_MAX);
        struct segment *s = &out->seg[out->n++];
        s->param = p[1] == '{';
        s->s = p + 1 + s->param;
        while (segment_char(s->s[s->len]))
            s->len++;
        p = s->s + s->len;
        if (s->len == 0 || (s->param && *p++ != '}'))
            return FAIL(cx, E_BUG, NULL, "route '%s' is malformed", r->path);
    }
    return *p == '\0' ? E_OK : FAIL(cx, E_BUG, NULL, "route '%s' is malformed", r->path);
}

/* Shorter first; among equals a literal segment before a parameter, then by text: the first match is the closest. */
static int pattern_cmp(const void *x, const void *y)
{
    const struct pattern *a = x, *b = y;
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (unsigned i = 0; i < a->n; i++)
        if (a->seg[i].param != b->seg[i].param)
            return a->seg[i].param ? 1 : -1;
    for (unsigned i = 0; i < a->n; i++) {
        const struct segment *s = &a->seg[i], *t = &b->seg[i];
        int c = s->param ? 0 : memcmp(s->s, t->s, s->len < t->len ? s->len : t->len);
        if (c == 0 && !s->param)
            c = (s->len > t->len) - (s->len < t->len);
        if (c != 0)
            return c;
    }
    return (a->route->method > b->route->method) - (a->route->method < b->route->method);
}

static bool same_shape(const struct pattern *a, const struct pattern *b)
{
    bool same = a->n == b->n;
    for (unsigned i = 0; same && i < a->n; i++) {
        const struct segment *s = &a->seg[i], *t = &b->seg[i];
        same = s->param == t->param && (s->param || (s->len == t->len && memcmp(s->s, t->s, s->len) == 0));
    }
    return same;
}

err_t routes_build(struct ctx *cx, const struct office *offices, struct routes *out)
{
    size_t n = 0;
    for (const struct office *o = offices; o->name != NULL; o++)
        for (const struct route *r = o->routes; r != NULL && r->method != 0; r++)
            n++;
    *out = (struct routes){.p = ARENA_ARRAY(cx->arena, struct pattern, n)};
    for (const struct office *o = offices; o->name != NULL; o++)
        for (const struct route *r = o->routes; r != NULL && r->method != 0; r++)
            TRY(pattern_read(cx, r, &out->p[out->n++]));
    qsort(out->p, n, sizeof *out->p, pattern_cmp);
    for (size_t i = 1; i < n; i++)
        if (pattern_cmp(&out->p[i - 1], &out->p[i]) == 0)
            return FAIL(cx, E_BUG, NULL, "route '%s' stands twice (or as '%s')", out->p[i].route->path,
                        out->p[i - 1].route->path);
    for (size_t i = 1; i < n; i++)
        if (same_shape(&out->p[i - 1], &out->p[i]) && strcmp(out->p[i - 1].route->path, out->p[i].route->path) != 0)
            return FAIL(cx, E_BUG, NULL, "routes '%s' and '%s' name one path's parameters differently", out->p[i - 1].route->path,
                        out->p[i].route->path);
    return E_OK;
}

struct split {
    unsigned n;
    struct {
        const char *s;
        size_t len;
    } seg[SEGMENTS_MAX];
};

static bool split_path(const char *path, struct split *out)
{
    out->n = 0;
    if (path[0] != '/')
        return false;
    for (const char *p = path; *p == '/' && p[1] != '\0';) {
        if (out->n == SEGMENTS_MAX)
            return false;
        size_t len = strcspn(p + 1, "/");
        if (len == 0)
            return false;
        out->seg[out->n].s = p + 1;
        out->seg[out->n++].len = len;
        p += 1 + len;
        if (p[0] == '/' && p[1] == '\0')
            return false;
    }
    return true;
}

static bool matches(const struct pattern *p, const struct split *s)
{
    for (unsigned i = 0; i < p->n; i++)
        if (!p->seg[i].param && (p->seg[i].len != s->seg[i].len || memcmp(p->seg[i].s, s->seg[i].s, p->seg[i].len) != 0))
            return false;
    return true;
}

/* Decodes the parameters. False when one is no clean text: a hidden slash, a dot segment, broken UTF-8. */
static bool params_read(struct arena *a, const struct pattern *p, const struct split *s, struct pairs *out)
{
    struct pair *list = ARENA_ARRAY(a, struct pair, p->n);
    size_t n = 0;
    for (unsigned i = 0; i < p->n; i++) {
        if (!p->seg[i].param)
            continue;
        char *text = url_decode(a, s->seg[i].s, s->seg[i].len, false, false);
        if (text == NULL || strpbrk(text, "/\\") != NULL || strcmp(text, ".") == 0 || strcmp(text, "..") == 0 ||
            strlen(text) > 200)
            return false;
        list[n++] = (struct pair){arena_strndup(a, p->seg[i].s, p->seg[i].len), text, strlen(text)};
    }
    *out = (struct pairs){list, n};
    return true;
}

const struct route *route_find(const struct routes *rs, struct arena *a, unsigned method, const char *path, struct pairs *params,
                               unsigned *allowed)
{
    struct split s;
    const struct pattern *found = NULL;
    *allowed = 0;
    *params = (struct pairs){0};
    if (!split_path(path, &s))
        return NULL;
    for (size_t i = 0; i < rs->n && rs->p[i].n <= s.n; i++) {
        const struct pattern *p = &rs->p[i];
        if (p->n != s.n || !matches(p, &s))
            continue;
        *allowed |= METHOD_BIT(p->route->method);
        if (found == NULL && p->route->method == method)
            found = p;
    }
    if (*allowed != 0 && found == NULL)
        return NULL;
    if (found != NULL && !params_read(a, found, &s, params)) {
        *allowed = 0;
        return NULL;
    }
    return found == NULL ? NULL : found->route;
}

bool path_is_local(const char *s)
{
    if (s == NULL || s[0] != '/' || s[1] == '/' || strlen(s) > 2000)
        return false;
    for (; *s != '\0'; s++)
        if (*s <= 0x20 || *s >= 0x7F || *s == '\\' || *s == '"' || *s == '<' || *s == '>')
            return false;
    return true;
}

static bool target_clean(const char *s)
{
    if (s[0] != '/' || strlen(s) > URL_MAX)
        return false;
    for (; *s != '\0'; s++)
        if (*s <= 0x20 || *s >= 0x7F || *s == '\\' || *s == '#')
            return false;
    return true;
}

err_t where_read(const struct routes *rs, struct arena *a, unsigned method, const char *target, bool english, struct where *out)
{
    *out = (struct where){.root = "", .lang = "zh", .path = "/", .query_text = ""};
    if (!target_clean(target))
        return E_BADREQ;
    if (english && strncmp(target, "/en", 3) == 0 &&
        (target[3] == '\0' || target[3] == '/' || target[3] == '?' || target[3] == '.')) {
        out->root = "/en";
        out->lang = "en";
        target += 3;
    }
    size_t n = strcspn(target, "?");
    out->query_text = target[n] == '?' ? target + n + 1 : "";
    char *path = arena_strndup(a, target, n);
    if (n >= 5 && strcmp(path + n - 5, ".json") == 0) {
        path[n - 5] = '\0';
        out->json = true;
    }
    out->path = *path == '\0' ? "/" : path;
    struct ctx cx = {.arena = a};
    TRY(urlencoded_read(&cx, out->query_text, strlen(out->query_text), &out->query));
    out->route = route_find(rs, a, method, out->path, &out->params, &out->allowed);
    return E_OK;
}
