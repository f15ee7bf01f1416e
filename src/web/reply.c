#include "web/web_impl.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

void set_cookie(struct req *rq, const char *name, const char *value, int max_age)
{
    const struct web *w = impl(rq)->web;
    const char *age = max_age == 0 ? "" : arena_fmt(rq->cx.arena, "; Max-Age=%d", max_age < 0 ? 0 : max_age);
    answer_add(impl(rq)->answer, "Set-Cookie",
               arena_fmt(rq->cx.arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, age,
                         w->cfg.secure_cookies ? "; Secure" : ""));
}

static void add_security(struct req *rq)
{
    static const struct answer_header fixed[] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
         "manifest-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"Permissions-Policy", "geolocation=(self), camera=(self)"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Vary", "Accept, Accept-Encoding, Cookie"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        answer_add(impl(rq)->answer, fixed[i].name, fixed[i].value);
    answer_add(impl(rq)->answer, "X-Request-Id", rq->cx.request_id);
    if (impl(rq)->web->cfg.secure_cookies)
        answer_add(impl(rq)->answer, "Strict-Transport-Security", "max-age=31536000");
}

/* Enough to tell two versions of a page apart; not a secret. */
static uint64_t digest(const char *p, size_t n)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ n, word;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&word, p, 8);
        h = (h ^ word) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, p, n);
    h = (h ^ word) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 29;
}

static bool readable_by_all(const struct req *rq)
{
    return rq->route != NULL && rq->route->method == GET && (rq->route->flags & ROUTE_SENSITIVE) == 0;
}

/* False: the client has this very page. */
static bool add_cache(struct req *rq, unsigned status, const struct buf *b)
{
    struct answer *out = impl(rq)->answer;
    if (!readable_by_all(rq) || status != 200 || rq->cx.actor.account_id != 0) {
        answer_add(out, "Cache-Control",
                   rq->route != NULL && (rq->route->flags & ROUTE_SENSITIVE) ? "no-store" : "private, no-cache");
        return true;
    }
    const char *tag = arena_fmt(rq->cx.arena, "W/\"%016llx\"", (unsigned long long)digest(b->p, b->len));
    const char *have = req_header(rq, "If-None-Match");
    answer_add(out, "Cache-Control", "no-cache");
    answer_add(out, "ETag", tag);
    return have == NULL || strstr(have, tag) == NULL;
}

/* Pages above 1 KiB go out deflated at the cheapest level. */
static void compress_body(struct req *rq, struct answer *out)
{
    struct zip *zip = impl(rq)->call->zip;
    const char *accept = req_header(rq, "Accept-Encoding");
    if (zip == NULL || out->len < 1024 || out->len > 1 << 24 || accept == NULL || strstr(accept, "gzip") == NULL)
        return;
    size_t n = out->len;
    const void *packed = zip_pack(zip, rq->cx.arena, out->bytes, &n);
    if (packed == NULL)
        return;
    out->bytes = packed;
    out->len = n;
    answer_add(out, "Content-Encoding", "gzip");
}

static void send_text(struct req *rq, unsigned status, const char *type, struct buf *b)
{
    struct answer *out = impl(rq)->answer;
    (void)buf_text(b);
    out->status = status;
    out->type = type;
    out->bytes = b->p;
    out->len = b->len;
    add_security(rq);
    if (!add_cache(rq, status, b)) {
        out->status = 304;
        out->len = 0;
        return;
    }
    compress_body(rq, out);
}

static void send_redirect(struct req *rq, const char *to)
{
    struct answer *out = impl(rq)->answer;
    if (impl(rq)->note != NULL) {
        struct buf b = {.a = rq->cx.arena};
        buf_str(&b, secret_mac(rq->cx.arena, impl(rq)->web->cfg.csrf_key, "note", impl(rq)->note));
        buf_str(&b, ".");
        url_encode(&b, impl(rq)->note, strlen(impl(rq)->note));
        set_cookie(rq, "note", buf_text(&b), 60);
    }
    out->status = 303;
    out->bytes = "";
    add_security(rq);
    answer_add(out, "Cache-Control", "no-store");
    answer_add(out, "Location", to);
}

static const char *sentence(struct req *rq, err_t e)
{
    const struct fail *f = &rq->cx.fail;
    return tr(&rq->cx, f->code == e && f->say != NULL ? f->say : err_msgid(e));
}

static void send_view(struct req *rq)
{
    struct buf b = {.a = rq->cx.arena};
    view_json(&b, rq->view);
    buf_str(&b, "\n");
    send_text(rq, rq->status != 0 ? rq->status : 200, "application/json", &b);
}

static bool send_page(struct req *rq, unsigned status, const char *name)
{
    struct buf b = {.a = rq->cx.arena};
    chrome_add(rq);
    if (!page_render(rq, &b, name))
        return false;
    const char *visitor = impl(rq)->new_visitor, *csrf = impl(rq)->csrf;
    if (visitor != NULL && memmem(b.p, b.len, csrf, strlen(csrf)) != NULL) /* only when the page holds a form */
        set_cookie(rq, "vid", visitor, 0);
    if (rq->refresh > 0)
        answer_add(impl(rq)->answer, "Refresh", arena_fmt(rq->cx.arena, "%d", rq->refresh));
    send_text(rq, status, "text/html; charset=utf-8", &b);
    return true;
}

/* ---- failures ---- */
static unsigned status_of(const struct req *rq, err_t e) { return rq->status != 0 ? rq->status : (unsigned)err_http(e); }

static void add_failure_headers(struct req *rq, err_t e)
{
    struct answer *out = impl(rq)->answer;
    struct arena *a = rq->cx.arena;
    if (e == E_BUSY || e == E_DB || e == E_RATE)
        answer_add(out, "Retry-After", arena_fmt(a, "%d", impl(rq)->retry_after > 0 ? impl(rq)->retry_after : 5));
    if (e == E_METHOD) {
        bool post = (impl(rq)->at->allowed & METHOD_BIT(POST)) != 0, get = !post || (impl(rq)->at->allowed & METHOD_BIT(GET));
        answer_add(out, "Allow", get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST");
    }
    if (e == E_LOGIN)
        answer_add(out, "WWW-Authenticate", "Bearer");
    out->close = impl(rq)->call->refused != E_OK && impl(rq)->call->body_length != 0; /* its body was not read */
}

/* RFC 9457. */
static void send_problem(struct req *rq, err_t e)
{
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    struct view *v = view_obj(a);
    view_fmt(a, v, "type", "/errors#%s", err_wire(e));
    view_str(a, v, "title", tr(&rq->cx, err_msgid(e)));
    view_i64(a, v, "status", status_of(rq, e));
    view_str(a, v, "code", err_wire(e));
    view_str(a, v, "detail", sentence(rq, e));
    view_str(a, v, "instance", rq->cx.request_id);
    struct view *errors = view_list(a, v, "errors");
    for (const struct form_error *f = rq->form.errors; f != NULL; f = f->next) {
        struct view *item = view_item(a, errors);
        view_str(a, item, "field", f->field);
        view_str(a, item, "say", f->say);
    }
    if (rq->form.n_errors == 0 && rq->cx.fail.code == e && rq->cx.fail.field != NULL) {
        struct view *item = view_item(a, errors);
        view_str(a, item, "field", rq->cx.fail.field);
        view_str(a, item, "say", sentence(rq, e));
    }
    view_json(&b, v);
    add_failure_headers(rq, e);
    send_text(rq, status_of(rq, e), "application/problem+json", &b);
}

static void send_error(struct req *rq, err_t e, bool keep_text)
{
    struct arena *a = rq->cx.arena;
    bool posted = rq->route != NULL && rq->route->method == POST;
    rq->view = view_obj(a);
    view_str(a, rq->view, "title", tr(&rq->cx, err_msgid(e)));
    view_str(a, rq->view, "heading", tr(&rq->cx, err_msgid(e)));
    view_str(a, rq->view, "say", sentence(rq, e));
    view_i64(a, rq->view, "status", status_of(rq, e));
    view_str(a, rq->view, "code", err_wire(e));
    view_bool(a, rq->view, "noindex", true);
    if (err_http(e) >= 500)
        view_str(a, rq->view, "reference", rq->cx.request_id);
    if (e == E_DENIED && rq->route != NULL && (rq->route->roles & rq->cx.actor.role) == 0) {
        view_str(a, rq->view, "roles_needed", roles_text(rq, rq->route->roles));
        view_str(a, rq->view, "role_now", tr(&rq->cx, role_label(rq->cx.actor.role)));
    }
    if (!posted && (e == E_DB || e == E_BUSY || e == E_RATE))
        view_fmt(a, rq->view, "retry_url", "%s%s", impl(rq)->at->root, rq->path);
    if (posted && keep_text && rq->route->fields != NULL)
        req_form(rq, NULL, &rq->body); /* the page shows what was typed, to be sent again */
    add_failure_headers(rq, e);
    if (send_page(rq, status_of(rq, e), "error"))
        return;
    struct buf b = {.a = a};
    buf_fmt(&b, "%s\n%s\n", sentence(rq, e), rq->cx.request_id);
    send_text(rq, status_of(rq, e), "text/plain; charset=utf-8", &b);
}

struct pairs kept_pairs(struct req *rq)
{
    struct pair *p = ARENA_ARRAY(rq->cx.arena, struct pair, rq->body.n);
    size_t n = 0;
    for (size_t i = 0; i < rq->body.n; i++) {
        bool keep = rq->body.p[i].name[0] != '_';
        for (const struct field *f = rq->route->fields; keep && f != NULL && f->name != NULL; f++)
            keep = f->type != F_PASSWORD || strcmp(f->name, rq->body.p[i].name) != 0;
        if (keep)
            p[n++] = rq->body.p[i];
    }
    return (struct pairs){p, n};
}

/* What was typed is kept for after the login (or the fresh proof), then the person is sent there. */
static void send_login(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const char *root = impl(rq)->at->root, *mark = *rq->query_text == '\0' ? "" : "?", *code = NULL;
    const char *next = arena_fmt(a, "%s%s%s%s", root, rq->path, mark, rq->query_text);
    if (rq->route->method == POST) {
        struct pairs body = kept_pairs(rq);
        next = arena_fmt(a, "%s/", root);
        if (body.n > 0 && impl(rq)->web->cfg.hooks->draft_save(&rq->cx, rq->path, &body, &code) == E_OK && code != NULL)
            next = arena_fmt(a, "%s/resume/%s", root, code);
    }
    struct buf b = {.a = a};
    buf_fmt(&b, "%s/%s?next=", root, impl(rq)->stale ? "confirm" : "login");
    url_encode(&b, next, strlen(next));
    if (code != NULL)
        buf_fmt(&b, "&draft=%s", code);
    if (impl(rq)->session_ended)
        set_cookie(rq, impl(rq)->web->cfg.secure_cookies ? "__Host-sid" : "sid", "", -1);
    send_redirect(rq, buf_text(&b));
}

/* What a success shows: the route's page, or what its handler said. */
static const char *shown(struct req *rq)
{
    return rq->page != NULL ? rq->page : rq->route->page;
}

/* The form once more with the sentence on top. False: it cannot be shown (no such handler, not for this person, it failed). */
static bool send_again(struct req *rq, err_t e)
{
    if (rq->route == NULL || rq->route->again == NULL || e == E_NOTFOUND || e == E_DENIED || e == E_GONE)
        return false;
    struct fail why = rq->cx.fail;
    const char *say = sentence(rq, e);
    if (guard_route(rq) != E_OK) {
        rq->cx.fail = why;
        return false;
    }
    if (rq->form.raw == NULL)
        rq->form = (struct form){.fields = rq->route->fields, .raw = &rq->body};
    if (e != E_INVALID || rq->form.n_errors == 0)
        form_error(&rq->cx, &rq->form, why.code == e ? why.field : NULL, say);
    rq->view = view_obj(rq->cx.arena);
    rq->status = 0;
    if (rq->route->again(rq) != E_OK) {
        rq->cx.fail = why;
        return false;
    }
    if (view_get(rq->view, "form", 4) == NULL) /* a page of buttons: what is wrong is said all the same */
        req_form(rq, rq->route->fields, NULL);
    unsigned status = rq->status != 0 ? rq->status : (unsigned)err_http(e);
    add_failure_headers(rq, e);
    impl(rq)->answer->close = false;
    return send_page(rq, status, rq->route->page);
}

/* A handler's own E_LOGIN (a wrong password) is no reason to send somebody to the login. */
static bool wants_login(const struct req *rq)
{
    return rq->route != NULL && !impl(rq)->bearer && (impl(rq)->stale || (rq->route->roles & rq->cx.actor.role) == 0);
}

static void send_failure(struct req *rq, err_t e)
{
    if (rq->json) {
        send_problem(rq, e);
    } else if (e == E_LOGIN && wants_login(rq)) {
        send_login(rq);
    } else if (!send_again(rq, e)) {
        bool may = rq->route != NULL && (rq->route->roles & rq->cx.actor.role) != 0;
        send_error(rq, e, may || rq->cx.db == NULL);
    }
}

/* ---- successes ---- */
static void send_download(struct req *rq)
{
    struct answer *out = impl(rq)->answer;
    struct arena *a = rq->cx.arena;
    out->status = rq->status != 0 ? rq->status : 200;
    out->type = rq->reply_type;
    out->bytes = rq->reply_bytes;
    out->len = rq->reply_len;
    out->path = rq->reply_path;
    out->remove_path = rq->reply_path != NULL;
    add_security(rq);
    bool open = readable_by_all(rq) && rq->cx.actor.account_id == 0;
    answer_add(out, "Cache-Control", open ? "no-cache" : "no-store");
    if (rq->reply_name != NULL) { /* RFC 6266 with the name of RFC 8187 */
        struct buf b = {.a = a};
        buf_str(&b, "attachment; filename*=UTF-8''");
        url_encode(&b, rq->reply_name, strlen(rq->reply_name));
        answer_add(out, "Content-Disposition", buf_text(&b));
    }
    if (rq->reply_path == NULL)
        compress_body(rq, out);
}

/* Where a finished act leads; results are paths without the language prefix. */
static const char *target_of(struct req *rq)
{
    if (rq->redirect != NULL)
        return rq->redirect;
    return rq->cx.result == NULL || rq->cx.result[0] != '/' ? NULL : url_fmt(rq, "%s", rq->cx.result);
}

/* The page whose form was sent, when it is one of ours; NULL otherwise. */
static const char *page_before(struct req *rq)
{
    const char *referer = req_header(rq, "Referer"), *host = req_header(rq, "Host"), *at = referer == NULL ? NULL : strstr(referer, "://");
    size_t n = host == NULL ? 0 : strlen(host);
    return at != NULL && n > 0 && strncasecmp(at + 3, host, n) == 0 && path_is_local(at + 3 + n) ? at + 3 + n : NULL;
}

/* A repeated act leads where it led; one that only returned to its page goes back there. */
static void send_done(struct req *rq, bool repeated)
{
    struct arena *a = rq->cx.arena;
    const char *to = target_of(rq);
    if (to == NULL && repeated)
        to = page_before(rq);
    if (!rq->json) {
        if (repeated && impl(rq)->note == NULL)
            req_note(rq, err_msgid(E_REPEAT));
        send_redirect(rq, to != NULL ? to : url_fmt(rq, "/"));
        return;
    }
    if (rq->view == NULL)
        rq->view = view_obj(a);
    view_bool(a, rq->view, "ok", true);
    view_bool(a, rq->view, "repeated", repeated);
    view_str(a, rq->view, "location", to);
    send_view(rq);
}

void reply_make(struct req *rq, err_t e)
{
    bool posted = rq->route != NULL && rq->route->method == POST && !impl(rq)->resumed;
    bool shows = rq->page != NULL && rq->redirect == NULL && !rq->json; /* the answer is a page, whatever a repeated act leads to */
    if (e == E_REPEAT)
        send_done(rq, true);
    else if (e != E_OK)
        send_failure(rq, e);
    else if (rq->reply_bytes != NULL || rq->reply_path != NULL)
        send_download(rq);
    else if (rq->redirect != NULL && !posted)
        send_redirect(rq, rq->redirect);
    else if (posted && !shows && (target_of(rq) != NULL || rq->view == NULL || rq->view->head == NULL || rq->json))
        send_done(rq, false);
    else if (rq->json && rq->view != NULL)
        send_view(rq);
    else if (rq->route->page == NULL || !send_page(rq, rq->status != 0 ? rq->status : 200, shown(rq)))
        send_failure(rq, FAIL(&rq->cx, E_BUG, NULL, "%s replied nothing", rq->route->path));
}
