#include "web/web_impl.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *sid_name(const struct web *w) { return w->cfg.secure_cookies ? "__Host-sid" : "sid"; }

static err_t guard_rate(struct req *rq)
{
    impl(rq)->retry_after = rate_take(impl(rq)->web->rate, rq->cx.actor.ip, rq->cx.now);
    return impl(rq)->retry_after == 0 ? E_OK : FAIL(&rq->cx, E_RATE, NULL, "rate of %s", rq->cx.actor.ip);
}

err_t guard_session(struct req *rq)
{
    struct impl *im = impl(rq);
    const char *auth = req_header(rq, "Authorization"), *cookies = req_header(rq, "Cookie");
    im->visitor = cookie_get(rq->cx.arena, cookies, "vid");
    im->session_token = cookie_get(rq->cx.arena, cookies, sid_name(im->web));
    if (auth != NULL && strncasecmp(auth, "Bearer ", 7) == 0) {
        im->bearer = true;
        im->session_token = auth + 7;
    }
    if (rq->cx.db == NULL || im->session_token == NULL || im->session_token[0] == '\0') {
        im->session_token = NULL;
        return guard_rate(rq);
    }
    struct actor nobody = rq->cx.actor;
    err_t e = strlen(im->session_token) > 200 ? E_LOGIN : im->web->cfg.hooks->session(&rq->cx, im->session_token, nobody.ip);
    if (e != E_LOGIN)
        return e;
    nobody.session_id = rq->cx.actor.session_id; /* the password was right, the second factor is still to come */
    rq->cx.actor = nobody;
    rq->cx.fail = (struct fail){0};
    im->session_ended = nobody.session_id == 0;
    TRY(guard_rate(rq)); /* guessing at tokens is anonymous work */
    return im->bearer ? FAIL(&rq->cx, E_LOGIN, NULL, "unknown bearer token") : E_OK;
}

const char *guard_csrf(struct req *rq)
{
    struct impl *im = impl(rq);
    if (im->csrf != NULL || im->bearer)
        return im->csrf;
    const unsigned char *key = im->web->cfg.csrf_key;
    if (im->session_token != NULL && !im->session_ended)
        return im->csrf = secret_mac(rq->cx.arena, key, "session", im->session_token);
    if (im->visitor == NULL)
        im->new_visitor = im->visitor = secret_random(rq->cx.arena);
    return im->csrf = secret_mac(rq->cx.arena, key, "visitor", im->visitor);
}

const char *req_visitor(struct req *rq)
{
    struct impl *im = impl(rq);
    if (im->visitor == NULL && !im->bearer)
        im->new_visitor = im->visitor = secret_random(rq->cx.arena);
    return im->visitor != NULL ? im->visitor : "";
}

/* Does Origin name the host that was asked? 1 yes, -1 no, 0 not sent. */
static int same_origin(struct req *rq)
{
    const char *site = req_header(rq, "Sec-Fetch-Site"), *origin = req_header(rq, "Origin"), *host = req_header(rq, "Host");
    if (site != NULL && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return -1;
    if (origin != NULL) {
        const char *at = strstr(origin, "://");
        bool own = at != NULL && host != NULL && strcasecmp(at + 3, host) == 0;
        if (!own && strcasecmp(origin, req_base(rq)) != 0)
            return -1;
    }
    return site != NULL || origin != NULL;
}

/* The token of the session (also of one that just ended: its form is kept as a draft), or of the visitor while nobody is
 * signed in. */
static bool token_known(struct req *rq, const char *token)
{
    const struct impl *im = impl(rq);
    const unsigned char *key = im->web->cfg.csrf_key;
    if (im->session_token != NULL && secret_same(token, secret_mac(rq->cx.arena, key, "session", im->session_token)))
        return true;
    return rq->cx.actor.account_id == 0 && im->visitor != NULL &&
           secret_same(token, secret_mac(rq->cx.arena, key, "visitor", im->visitor));
}

static err_t guard_forgery(struct req *rq)
{
    if (rq->route->method != POST || impl(rq)->bearer || impl(rq)->call->kind == BODY_LINES) /* no page can send that type elsewhere unasked */
        return E_OK;
    const char *token = pairs_get(&rq->body, "_csrf");
    if (token == NULL)
        token = req_header(rq, "X-CSRF-Token");
    int same = same_origin(rq);
    bool known = token != NULL && token_known(rq, token);
    bool good = same >= 0 && (known || (same > 0 && rq->cx.actor.account_id == 0));
    return good ? E_OK : FAIL(&rq->cx, E_CSRF, NULL, "origin %d, token %d, good %d", same, token != NULL, known);
}

const char *roles_text(struct req *rq, unsigned roles)
{
    struct buf b = {.a = rq->cx.arena};
    for (unsigned r = ROLE_PUBLIC; r < ROLE_CLOCK; r <<= 1)
        if (roles & r) {
            if (b.len > 0)
                buf_str(&b, tr(&rq->cx, N_("、")));
            buf_str(&b, tr(&rq->cx, role_label(r)));
        }
    return buf_text(&b);
}

err_t guard_route(struct req *rq)
{
    const struct route *r = rq->route;
    if ((r->roles & rq->cx.actor.role) == 0)
        return rq->cx.actor.account_id == 0
                   ? FAIL(&rq->cx, E_LOGIN, NULL, "%s wants a login", r->path)
                   : FAIL(&rq->cx, E_DENIED, NULL, "%s is not for %s", r->path, role_name(rq->cx.actor.role));
    if ((r->flags & ROUTE_FRESH) && rq->cx.actor.account_id != 0 && !impl(rq)->web->cfg.hooks->fresh(&rq->cx)) {
        impl(rq)->stale = true;
        return FAIL(&rq->cx, E_LOGIN, NULL, "%s wants a fresh proof", r->path);
    }
    if (r->scope != NULL) {
        err_t e = r->scope->check(rq);
        bool own = (r->roles & ROLE_PUBLIC) == 0; /* a foreign thing looks like an absent one, to the last word */
        if (e == E_DENIED || (e == E_NOTFOUND && own))
            return FAIL(&rq->cx, E_NOTFOUND, NULL, "outside scope '%s': %s", r->scope->name, rq->cx.fail.detail != NULL ? rq->cx.fail.detail : "");
        TRY(e);
    }
    return E_OK;
}

static const struct field *field_named(const struct field *f, const char *name)
{
    for (; f != NULL && f->name != NULL; f++)
        if (name != NULL && strcmp(f->name, name) == 0)
            return f;
    return NULL;
}

/* A filter with a slip of the pen still shows its page: only a required field of a GET stops it. */
static bool filter_usable(const struct req *rq)
{
    for (const struct form_error *e = rq->form.errors; e != NULL; e = e->next) {
        const struct field *f = field_named(rq->route->fields, e->field);
        if (f == NULL || (f->flags & F_REQUIRED))
            return false;
    }
    return true;
}

static err_t guard_file(struct req *rq, void *in, const struct field *f)
{
    const struct multipart_result *parts = &impl(rq)->call->parts;
    memcpy((char *)in + f->off, &rq->upload, sizeof rq->upload);
    if (parts->too_large != NULL)
        return form_file_check(&rq->cx, &rq->form, f, parts->file_name, INT64_MAX);
    const struct upload *u = rq->upload;
    return form_file_check(&rq->cx, &rq->form, f, u == NULL ? NULL : u->name, u == NULL ? 0 : (int64_t)u->size);
}

static err_t guard_fields(struct req *rq)
{
    const struct route *r = rq->route;
    if (r->fields == NULL)
        return E_OK;
    void *in = arena_alloc(rq->cx.arena, r->in_size);
    rq->in = in;
    err_t e = form_read(&rq->cx, &rq->form, r->fields, r->method == POST ? &rq->body : &rq->query, in);
    if (r->method == POST && form_file(r->fields) != NULL) {
        err_t f = guard_file(rq, in, form_file(r->fields));
        e = e != E_OK ? e : f;
    }
    if (rq->form.n_errors == 0)
        return e;
    return r->method == GET && !rq->json && filter_usable(rq) ? E_OK : E_INVALID;
}

err_t guard(struct req *rq)
{
    TRY(guard_forgery(rq));
    TRY(guard_route(rq));
    return guard_fields(rq);
}
