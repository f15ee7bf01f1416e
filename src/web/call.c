#include "web/web_impl.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool type_is(const char *type, const char *want)
{
    size_t n = strlen(want);
    return type != NULL && strncasecmp(type, want, n) == 0 && (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

static enum body_kind kind_of(const struct call *c)
{
    const char *type = header_get(&c->head.headers, "Content-Type");
    if (type_is(type, "application/x-www-form-urlencoded"))
        return BODY_FORM;
    if (type_is(type, "application/json"))
        return BODY_JSON;
    if (type_is(type, "multipart/form-data"))
        return BODY_MULTIPART;
    if (type_is(type, "application/x-ndjson") && c->at.route != NULL && (c->at.route->flags & ROUTE_LINES) != 0)
        return BODY_LINES;
    return c->body_length == 0 ? BODY_NONE : BODY_OTHER;
}

static bool json_wanted(const struct call *c)
{
    const char *accept = header_get(&c->head.headers, "Accept");
    return c->at.json || (accept != NULL && strstr(accept, "application/json") != NULL && strstr(accept, "text/html") == NULL);
}

/* An upload may run to four times its limit before it is cut: so far the form's other fields are still read and kept. */
static err_t body_begin(struct web *w, struct call *c)
{
    bool upload = c->at.route != NULL && (c->at.route->flags & ROUTE_UPLOAD) != 0;
    const struct field *file = upload && c->at.route->fields != NULL ? form_file(c->at.route->fields) : NULL;
    size_t most = file != NULL && file->max > 0 && (size_t)file->max < w->cfg.max_upload ? (size_t)file->max : w->cfg.max_upload;
    c->kind = kind_of(c);
    c->text = (struct buf){.a = c->arena};
    c->body_limit = c->kind == BODY_LINES ? LINES_MAX : FORM_MAX;
    c->wants_json = c->wants_json || c->kind == BODY_LINES;
    if (c->kind == BODY_OTHER)
        return E_BADREQ;
    if (c->kind == BODY_MULTIPART) {
        if (upload)
            c->body_limit = 4 * most + FORM_MAX;
        c->multipart =
            multipart_new(c->arena, header_get(&c->head.headers, "Content-Type"), upload ? w->cfg.spool_dir : NULL, most);
        if (c->multipart == NULL)
            return E_BADREQ;
    }
    return c->body_length > (int64_t)c->body_limit ? E_LIMIT : E_OK;
}

static err_t begin(struct web *w, struct call *c)
{
    static const struct {
        const char *name;
        unsigned method;
    } methods[] = {{"GET", GET}, {"HEAD", GET}, {"POST", POST}};
    const char *fault = frame_fault(&c->head, &c->body_length);
    if (fault != NULL)
        return E_BADREQ;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(c->head.method, methods[i].name) == 0)
            c->method = methods[i].method;
    TRY(where_read(&w->routes, c->arena, c->method, c->head.target, w->has_english, &c->at));
    c->wants_json = json_wanted(c);
    if (c->method != POST && c->body_length != 0)
        return E_BADREQ;
    if (strncmp(c->at.path, "/assets/", 8) == 0)
        return c->method == GET ? E_OK : E_METHOD;
    if (c->at.route == NULL)
        return c->at.allowed != 0 ? E_METHOD : E_NOTFOUND;
    return c->method == POST ? body_begin(w, c) : E_OK;
}

void call_begin(struct web *w, struct call *c)
{
    c->at = (struct where){.root = "", .lang = "zh", .path = "/", .query_text = ""};
    c->refused = begin(w, c);
}

bool call_body(struct web *w, struct call *c, const char *p, size_t n)
{
    (void)w;
    c->body_seen += n;
    if (c->body_seen > c->body_limit + FORM_MAX)
        return false;
    if (c->refused == E_OK && c->body_seen > c->body_limit)
        c->refused = E_LIMIT;
    if (c->refused != E_OK)
        return true;
    if (c->kind == BODY_MULTIPART)
        multipart_feed(c->multipart, p, n);
    else
        buf_add(&c->text, p, n);
    return true;
}

static err_t lines_read(struct ctx *cx, struct call *c)
{
    struct pair *one = ARENA_NEW(cx->arena, struct pair);
    const char *text = buf_text(&c->text);
    if (!text_ok(text, c->text.len, true))
        return FAIL(cx, E_BADREQ, NULL, "the lines are not UTF-8, or hold control characters");
    *one = (struct pair){"lines", text, c->text.len};
    c->body = (struct pairs){one, 1};
    return E_OK;
}

static err_t body_end(struct ctx *cx, struct call *c)
{
    switch (c->kind) {
    case BODY_FORM: return urlencoded_read(cx, c->text.p, c->text.len, &c->body);
    case BODY_JSON: return json_body_read(cx, c->text.p == NULL ? "" : c->text.p, c->text.len, &c->body);
    case BODY_LINES: return lines_read(cx, c);
    case BODY_MULTIPART:
        c->parts = multipart_end(c->multipart);
        c->body = c->parts.pairs;
        if (c->parts.io)
            return FAIL(cx, E_FULL, NULL, "the upload could not be written to the spool");
        if (c->parts.refused)
            return FAIL(cx, E_LIMIT, NULL, "more fields or files than the form has");
        return c->parts.bad ? FAIL(cx, E_BADREQ, NULL, "malformed multipart body") : E_OK;
    default: return E_OK;
    }
}

static err_t take_once_key(struct req *rq)
{
    const char *form = pairs_get(&rq->body, "_once"), *key = form != NULL ? form : req_header(rq, "Idempotency-Key");
    size_t n = key == NULL ? 0 : strlen(key);
    if (rq->route->method != POST || n == 0)
        return E_OK;
    if (n < 8 || n > 100) /* dropping it would leave somebody unprotected who believes to be */
        return FAIL(&rq->cx, E_BADREQ, NULL, "a key of 8 to 100 characters is wanted, not of %zu", n);
    /* bound to the account and the form, so that nobody can take or replay another's answer */
    rq->cx.once_key = arena_fmt(rq->cx.arena, "%lld %s %s", (long long)rq->cx.actor.account_id, rq->path, key);
    return E_OK;
}

/* The state of the service and the display settings do without a database. */
static bool needs_database(const struct route *r)
{
    for (const struct route *o = web_office.routes; o->method != 0; o++)
        if (o == r)
            return o->roles != EVERYONE;
    return true;
}

static err_t run(struct req *rq, struct call *c)
{
    if (c->refused == E_OK)
        c->refused = body_end(&rq->cx, c);
    rq->body = c->body;
    rq->upload = c->parts.file;
    TRY(guard_session(rq));
    TRY(c->refused);
    if (rq->cx.db == NULL && needs_database(rq->route))
        return FAIL(&rq->cx, E_DB, NULL, "no database connection");
    TRY(guard(rq));
    TRY(take_once_key(rq));
    rq->view = view_obj(rq->cx.arena);
    return rq->route->fn(rq);
}

void call_finish(struct web *w, struct call *c, struct db *db, struct answer *out)
{
    *out = (struct answer){0};
    if (c->refused == E_OK && asset_answer(w, c, out))
        return;
    struct impl im = {.web = w, .call = c, .at = &c->at, .answer = out};
    struct req rq = {
        .cx = {.arena = c->arena,
               .db = db,
               .keys = c->keys,
               .house = w->cfg.house,
               .names = w->cfg.hooks->names,
               .now = c->now,
               .request_id = arena_fmt(c->arena, "%.12s", secret_random(c->arena))},
        .route = c->at.route,
        .path = c->at.path,
        .query_text = c->at.query_text,
        .params = c->at.params,
        .query = c->at.query,
        .json = c->wants_json,
        .impl = &im,
    };
    rq.cx.actor = (struct actor){.role = ROLE_PUBLIC, .ip = c->ip};
    locale_use(w, &rq.cx, c->at.lang);
    err_t e = run(&rq, c);
    out->drop_db = e == E_DB;
    reply_make(&rq, e);
    c->request_id = rq.cx.request_id;
    c->actor = rq.cx.actor;
    c->fail = rq.cx.fail;
}

void answer_add(struct answer *out, const char *name, const char *value)
{
    if (out->n_headers < sizeof out->headers / sizeof *out->headers)
        out->headers[out->n_headers++] = (struct answer_header){name, value};
}
