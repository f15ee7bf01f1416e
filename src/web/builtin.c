#include "web/web_impl.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The web layer's own routes. */

/* Alive, and with a database. */
static err_t health(struct req *rq)
{
    bool well = rq->cx.db != NULL;
    rq->status = well ? 200 : 503;
    return reply_bytes(rq, "text/plain; charset=utf-8", NULL, well ? "ok\n" : "no database\n", well ? 3 : 12);
}

const char *ui_word(const char *kind, const char *word)
{
    static const struct {
        const char *kind, *word;
    } known[] = {
        {"size", "large"}, {"size", "elder"}, {"theme", "light"}, {"theme", "dark"}, {"theme", "hc"},
    };
    for (size_t i = 0; word != NULL && i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].kind, kind) == 0 && strcmp(known[i].word, word) == 0)
            return known[i].word;
    return NULL;
}

/* ?size=elder&theme=dark&from=/jobs: what is not named stays as it is; an empty word goes back to the plain one. */
static err_t settings_ui(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const char *old = cookie_get(a, req_header(rq, "Cookie"), "ui"), *from = req_query(rq, "from");
    const char *dot = old == NULL ? NULL : strchr(old, '.');
    const char *size = req_query(rq, "size"), *theme = req_query(rq, "theme");
    size = ui_word("size", size != NULL ? size : dot == NULL ? NULL : arena_strndup(a, old, (size_t)(dot - old)));
    theme = ui_word("theme", theme != NULL ? theme : dot == NULL ? NULL : dot + 1);
    set_cookie(rq, "ui", arena_fmt(a, "%s.%s", size == NULL ? "" : size, theme == NULL ? "" : theme), 31536000);
    rq->redirect = path_is_local(from) ? from : url_fmt(rq, "/");
    return E_OK;
}

/* A form whose session had ended, shown again as it was typed. */
static err_t resume(struct req *rq)
{
    struct impl *im = impl(rq);
    const char *path = NULL;
    struct pairs params;
    unsigned allowed;
    TRY(im->web->cfg.hooks->draft_take(&rq->cx, req_param(rq, "code"), &path, &rq->body));
    const struct route *r = route_find(&im->web->routes, rq->cx.arena, POST, path, &params, &allowed);
    if (r == NULL || r->again == NULL || r->page == NULL)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no form at %s", path);
    rq->route = r;
    rq->path = path;
    rq->params = params;
    rq->query_text = "";
    rq->query = (struct pairs){0};
    TRY(guard_route(rq));
    rq->form = (struct form){.fields = r->fields, .raw = &rq->body};
    im->resumed = true;
    return r->again(rq);
}

/* Development: the page asks again and again (EventSource) and loads itself anew when the number has changed. */
static void newest(void *arg, const char *name)
{
    struct req *rq = arg;
    struct stat st;
    const char *path = arena_fmt(rq->cx.arena, "%s/%s", impl(rq)->web->cfg.source_dir, name);
    if (stat(path, &st) == 0 && st.st_mtime > impl(rq)->newest)
        impl(rq)->newest = st.st_mtime;
}

static err_t reload(struct req *rq)
{
    files_each(impl(rq)->web, newest, rq);
    const char *event = arena_fmt(rq->cx.arena, "retry: 1000\ndata: %lld\n\n", (long long)impl(rq)->newest);
    return reply_bytes(rq, "text/event-stream", NULL, event, strlen(event));
}

static const struct route dev_routes[] = {
    {GET, "/dev/reload", reload, EVERYONE, .title = N_("开发：重新载入")},
    {0},
};
const struct office web_dev_office = {"dev", dev_routes, NULL};

static const struct route routes[] = {
    {GET, "/healthz", health, EVERYONE, .title = N_("服务状态")},
    {GET, "/settings/ui", settings_ui, EVERYONE, .title = N_("显示设置")},
    {GET, "/resume/{code}", resume, SIGNED_IN, .title = N_("接着填写"), .flags = ROUTE_SENSITIVE},
    {0},
};
const struct office web_office = {"web", routes, NULL};
