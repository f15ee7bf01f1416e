#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

void web_free(struct web *w)
{
    rate_free(w->rate);
    arena_free(&w->arena);
    free(w);
}

/* Everything that does not change while the process lives. */
static err_t web_build(struct ctx *cx, const struct web_config *c, struct web *w)
{
    w->cfg = *c;
    size_t n = 0;
    while (c->offices[n].name != NULL)
        n++;
    struct office *all = ARENA_ARRAY(&w->arena, struct office, n + 3);
    memcpy(all, c->offices, n * sizeof *all);
    all[n] = web_office;
    if (c->source_dir != NULL)
        all[n + 1] = web_dev_office;
    w->offices = all;
    w->rate = rate_new(&w->arena, c->rate_per_minute);
    struct ctx lasting = *cx;
    lasting.arena = &w->arena;
    err_t e = routes_build(&lasting, all, &w->routes);
    e = e != E_OK ? e : pages_load(&lasting, w);
    e = e != E_OK ? e : locale_load(&lasting, w);
    e = e != E_OK ? e : lint_routes(&lasting, w);
    return e == E_OK ? e : FAIL(cx, e, NULL, "%s", lasting.fail.detail);
}

err_t web_new(struct ctx *cx, const struct web_config *c, struct web **out)
{
    struct web *w = calloc(1, sizeof *w);
    if (w == NULL)
        abort();
    arena_init(&w->arena, 0);
    err_t e = web_build(cx, c, w);
    if (e != E_OK)
        web_free(w);
    else
        *out = w;
    return e;
}

err_t web_start(struct ctx *cx, const struct web_config *c, struct web **out, int *port)
{
    struct web *w;
    TRY(web_new(cx, c, &w));
    err_t e = server_start(cx, w, port);
    if (e != E_OK)
        web_free(w);
    else
        *out = w;
    return e;
}

void web_stop(struct web *w)
{
    server_stop(w);
    web_free(w);
}

err_t web_lint(struct ctx *cx, const struct web_config *c)
{
    struct web *w;
    TRY(web_new(cx, c, &w));
    web_free(w);
    return E_OK;
}
