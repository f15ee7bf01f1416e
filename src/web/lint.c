#include "web/web_impl.h"

#include "base/flow.h"

#include <string.h>

struct uses {
    struct ctx *cx;
    struct web *web;
    const char *page;
    err_t result;
    int depth;
};

static void check_use(void *arg, char kind, const char *name, size_t len)
{
    struct uses *u = arg;
    if (u->result != E_OK)
        return;
    if (kind == '@' && u->web->pages.n_assets > 0 && page_asset(u->web, name, len) == NULL)
        u->result = FAIL(u->cx, E_BUG, NULL, "page '%s': there is no asset '%.*s'", u->page, (int)len, name);
    if (kind != '>')
        return;
    const struct tmpl *part = page_find(u->web, u->cx->arena, name, len);
    if (part == NULL) {
        u->result = FAIL(u->cx, E_BUG, NULL, "page '%s': there is no part '%.*s'", u->page, (int)len, name);
    } else if (u->depth == 12) {
        u->result = FAIL(u->cx, E_BUG, NULL, "page '%s': part '%.*s' contains itself", u->page, (int)len, name);
    } else {
        u->depth++;
        tmpl_uses(part, check_use, u);
        u->depth--;
    }
}

static err_t lint_pages(struct ctx *cx, struct web *w)
{
    for (size_t i = 0; i < w->pages.n; i++) {
        struct uses u = {cx, w, w->pages.p[i].name, E_OK, 0};
        tmpl_uses(w->pages.p[i].tmpl, check_use, &u);
        TRY(u.result);
    }
    return E_OK;
}

static bool has_param(struct arena *a, const char *path, const char *name)
{
    return strstr(path, arena_fmt(a, "{%s}", name)) != NULL;
}

static err_t lint_route(struct ctx *cx, struct web *w, const struct route *r)
{
    if (r->method != GET && r->method != POST)
        return FAIL(cx, E_BUG, NULL, "route %s: method", r->path);
    if (r->roles == 0 || (r->roles & ~EVERYONE) != 0)
        return FAIL(cx, E_BUG, NULL, "route %s: roles (nothing is public by omission)", r->path);
    if (r->fn == NULL || r->title == NULL)
        return FAIL(cx, E_BUG, NULL, "route %s: no handler or no title", r->path);
    if (r->page != NULL && page_find(w, cx->arena, r->page, strlen(r->page)) == NULL)
        return FAIL(cx, E_BUG, NULL, "route %s: there is no page '%s'", r->path, r->page);
    if ((r->fields == NULL) != (r->in_size == 0))
        return FAIL(cx, E_BUG, NULL, "route %s: fields and in_size belong together", r->path);
    if (r->again != NULL && (r->method != POST || r->page == NULL))
        return FAIL(cx, E_BUG, NULL, "route %s: .again belongs to a POST with a page", r->path);
    if (r->method == POST && r->fields != NULL && r->again == NULL && (r->roles & ~(unsigned)ROLE_CLOCK) != 0 && r->page != NULL)
        return FAIL(cx, E_BUG, NULL, "route %s: a form needs .again, or what was typed is lost", r->path);
    if (r->scope != NULL && (r->scope->check == NULL || r->scope->name == NULL))
        return FAIL(cx, E_BUG, NULL, "route %s: scope", r->path);
    if (r->scope != NULL && r->scope->param != NULL && !has_param(cx->arena, r->path, r->scope->param))
        return FAIL(cx, E_BUG, NULL, "route %s: scope '%s' looks at {%s}, which is not in the path", r->path, r->scope->name,
                    r->scope->param);
    if (r->fields != NULL && form_file(r->fields) != NULL && !(r->flags & ROUTE_UPLOAD))
        return FAIL(cx, E_BUG, NULL, "route %s: a file field needs ROUTE_UPLOAD", r->path);
    for (const struct field *f = r->fields; f != NULL && f->name != NULL; f++)
        if (r->method == GET && (f->flags & F_SECRET))
            return FAIL(cx, E_BUG, NULL, "route %s: secret field '%s' would stand in a URL", r->path, f->name);
    return E_OK;
}

err_t lint_routes(struct ctx *cx, struct web *w)
{
    for (size_t i = 0; i < w->routes.n; i++)
        TRY(lint_route(cx, w, w->routes.p[i].route));
    for (const struct office *o = w->offices; o->name != NULL; o++)
        for (const struct flow *const *f = o->flows; f != NULL && *f != NULL; f++)
            TRY(flow_lint(cx, *f));
    return lint_pages(cx, w);
}
