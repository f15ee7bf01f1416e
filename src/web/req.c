#include "web/web_impl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *req_param(const struct req *rq, const char *name)
{
    const char *s = pairs_get(&rq->params, name);
    return s == NULL ? "" : s;
}

int64_t req_id(const struct req *rq, const char *name)
{
    const char *s = req_param(rq, name);
    char *end;
    errno = 0;
    long long n = *s >= '1' && *s <= '9' ? strtoll(s, &end, 10) : 0;
    return n > 0 && errno == 0 && *end == '\0' ? n : 0;
}

const char *req_query(const struct req *rq, const char *name) { return pairs_get(&rq->query, name); }

const char *req_header(const struct req *rq, const char *name) { return header_get(&impl(rq)->call->head.headers, name); }

const char *req_base(const struct req *rq)
{
    const struct web_config *g = &impl(rq)->web->cfg;
    const char *host = req_header(rq, "Host");
    if (g->base_url != NULL && g->base_url[0] != '\0')
        return g->base_url;
    return arena_fmt(rq->cx.arena, "%s://%s", g->secure_cookies ? "https" : "http", host == NULL ? g->address : host);
}

static const char *url_vfmt(struct req *rq, const char *fmt, va_list ap)
{
    const char *path = arena_vfmt(rq->cx.arena, fmt, ap);
    return arena_fmt(rq->cx.arena, "%s%s", impl(rq)->at->root, path);
}

const char *url_fmt(struct req *rq, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *url = url_vfmt(rq, fmt, ap);
    va_end(ap);
    return url;
}

err_t redirect(struct req *rq, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    rq->redirect = url_vfmt(rq, fmt, ap);
    va_end(ap);
    return E_OK;
}

static void query_add(struct buf *b, const char *name, const char *value)
{
    buf_add(b, memchr(b->p, '?', b->len) == NULL ? "?" : "&", 1);
    url_encode(b, name, strlen(name));
    buf_add(b, "=", 1);
    url_encode(b, value, strlen(value));
}

const char *url_with(struct req *rq, const char *name, const char *value)
{
    struct buf b = {.a = rq->cx.arena};
    buf_str(&b, impl(rq)->at->root);
    buf_str(&b, rq->path);
    for (size_t i = 0; i < rq->query.n; i++) {
        const struct pair *p = &rq->query.p[i];
        if (strcmp(p->name, name) != 0 && strcmp(p->name, "page") != 0)
            query_add(&b, p->name, p->value);
    }
    if (value != NULL)
        query_add(&b, name, value);
    return buf_text(&b);
}

err_t reply_bytes(struct req *rq, const char *type, const char *name, const void *p, size_t n)
{
    rq->reply_type = type;
    rq->reply_name = name;
    rq->reply_bytes = p;
    rq->reply_len = n;
    return E_OK;
}

err_t reply_file(struct req *rq, const char *type, const char *name, const char *path)
{
    rq->reply_type = type;
    rq->reply_name = name;
    rq->reply_path = path;
    return E_OK;
}

void req_form(struct req *rq, const struct field *fields, const struct pairs *values)
{
    if (rq->view == NULL)
        rq->view = view_obj(rq->cx.arena);
    form_view(&rq->cx, rq->view, &rq->form, fields != NULL ? fields : rq->route->fields, values);
}

void req_note(struct req *rq, const char *msgid) { impl(rq)->note = msgid; }

void req_session(struct req *rq, const char *token)
{
    set_cookie(rq, impl(rq)->web->cfg.secure_cookies ? "__Host-sid" : "sid", token == NULL ? "" : token, token == NULL ? -1 : 0);
}

static const char *page_url(struct req *rq, int64_t page)
{
    return url_with(rq, "page", page == 1 ? NULL : arena_fmt(rq->cx.arena, "%lld", (long long)page));
}

static void pager_item(struct req *rq, struct view *items, int64_t n, int64_t here)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, items);
    view_i64(a, v, "n", n);
    view_bool(a, v, "is_here", n == here);
    view_bool(a, v, "is_gap", n == 0);
    if (n != 0)
        view_str(a, v, "url", page_url(rq, n));
}

void req_pager(struct req *rq, int64_t page, int64_t per_page, int64_t total)
{
    struct arena *a = rq->cx.arena;
    int64_t pages = total <= 0 ? 1 : (total + per_page - 1) / per_page;
    page = page < 1 ? 1 : page > pages ? pages : page;
    if (rq->view == NULL)
        rq->view = view_obj(a);
    struct view *v = view_sub(a, rq->view, "pager");
    view_i64(a, v, "page", page);
    view_i64(a, v, "pages", pages);
    view_i64(a, v, "total", total);
    view_i64(a, v, "per_page", per_page);
    view_i64(a, v, "from", total == 0 ? 0 : (page - 1) * per_page + 1);
    view_i64(a, v, "to", page * per_page < total ? page * per_page : total);
    view_bool(a, v, "has_more", pages > 1);
    if (page > 1)
        view_str(a, v, "prev", page_url(rq, page - 1));
    if (page < pages)
        view_str(a, v, "next", page_url(rq, page + 1));
    struct view *items = view_list(a, v, "items");
    for (int64_t n = 1; n <= pages; n++) {
        bool near = n == 1 || n == pages || (n >= page - 2 && n <= page + 2);
        if (near) {
            pager_item(rq, items, n, page);
        } else {
            pager_item(rq, items, 0, page);
            n = n < page ? page - 3 : pages - 1;
        }
    }
}
