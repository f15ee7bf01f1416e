#include "city/info/routes.h"

#include "city/house.h"

#include <string.h>

static err_t show_text(struct req *rq)
{
    view_str(rq->cx.arena, rq->view, "base_url", rq->cx.house->base_url);
    return E_OK;
}

static err_t openapi(struct req *rq)
{
    struct buf b = {.a = rq->cx.arena};
    web_openapi(&b, rq->cx.house->offices, rq->cx.house->version);
    return reply_bytes(rq, "application/json; charset=utf-8", NULL, b.p, b.len);
}

static void roles_of(struct req *rq, struct view *to, unsigned roles)
{
    struct buf b = {.a = rq->cx.arena};
    if ((roles & ROLE_PUBLIC) != 0) {
        view_str(rq->cx.arena, to, "who", tr(&rq->cx, "所有人"));
        return;
    }
    for (unsigned bit = ROLE_SEEKER; bit < ROLE_CLOCK; bit <<= 1)
        if ((roles & bit) != 0)
            buf_fmt(&b, "%s%s", b.len > 0 ? tr(&rq->cx, "、") : "", tr(&rq->cx, role_label(bit)));
    view_str(rq->cx.arena, to, "who", buf_text(&b));
}

static void describe(struct req *rq, struct view *to, const struct route *r)
{
    struct arena *a = rq->cx.arena;
    view_str(a, to, "method", r->method == GET ? "GET" : "POST");
    view_str(a, to, "path", r->path);
    view_str(a, to, "what", tr(&rq->cx, r->title));
    roles_of(rq, to, r->roles);
    struct view *fields = view_list(a, to, "fields");
    for (const struct field *f = r->fields; f != NULL && f->name != NULL; f++) {
        struct view *v = view_item(a, fields);
        view_str(a, v, "name", f->name);
        view_str(a, v, "label", tr(&rq->cx, f->label));
        view_bool(a, v, "required", (f->flags & F_REQUIRED) != 0);
    }
}

static err_t show_api(struct req *rq)
{
    struct view *list = view_list(rq->cx.arena, rq->view, "offices");
    for (const struct office *o = rq->cx.house->offices; o->name != NULL; o++) {
        struct view *office = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, office, "name", o->name);
        struct view *routes = view_list(rq->cx.arena, office, "routes");
        for (const struct route *r = o->routes; r->path != NULL; r++)
            describe(rq, view_item(rq->cx.arena, routes), r);
    }
    return show_text(rq);
}

const struct route info_routes[] = {
    {GET, "/help", show_text, EVERYONE, .page = "info/help", .title = N_("怎么用")},
    {GET, "/accessibility", show_text, EVERYONE, .page = "info/accessibility", .title = N_("无障碍声明")},
    {GET, "/privacy", show_text, EVERYONE, .page = "info/privacy", .title = N_("隐私与授权")},
    {GET, "/developers/api", show_api, EVERYONE, .page = "info/api", .title = N_("接口说明")},
    {GET, "/openapi", openapi, EVERYONE, .title = N_("接口描述（OpenAPI）")},
    {0},
};
