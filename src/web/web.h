/* web.h -- what an office's pages.c needs: the request, the route table, replies.
 *
 * A route is a row, not code.  The guard runs in this order before any handler:
 * rate, session, CSRF, role, scope, fields.  A handler calls its office, fills
 * rq->view and returns; the web layer makes the page or the JSON of it.
 *
 *   GET   fill rq->view (an object); .page names the template ("stations/list").
 *   POST  call the office; on E_OK answer 303 to cx->result or to rq->redirect;
 *         on E_INVALID the route's `.again` handler shows the form with what was
 *         typed and the sentences (status 422).
 * Every page is also an API: the same route with `.json` behind its path, or Accept: application/json, answers rq->view
 * as JSON; a JSON body is accepted where a form is; failures are application/problem+json.
 *
 * Every page knows, unless its handler set them: title site lang ("zh-CN", "en") english root ("" or "/en") other_lang_url path
 * path_url (path and query, escaped for a query) csrf once note dev, ui {size theme elder dark}, actor {name role role_label
 * is_seeker is_employer is_staff is_head is_district is_city is_auditor is_admin is_desk is_officer} while somebody is signed in,
 * and nav_<first> and nav_<first>_<second or home> of the path ("/desk/queue/5": nav_desk, nav_desk_queue). A form sends csrf as
 * _csrf and once as _once. The page "error" also gets heading say status code reference retry_url roles_needed role_now form.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H
#include "base/ctx.h"
#include "base/embed.h"
#include "base/field.h"
#include "base/view.h"

enum method { GET = 1, POST = 2 };

struct upload {
    const char *name, *type; /* as sent; never trusted */
    const char *path;        /* spool file, removed after the request */
    size_t size;
};

struct req {
    struct ctx cx;
    const struct route *route;
    const char *path;  /* without language prefix and .json */
    const char *query_text; /* as sent, for links back */
    struct pairs params, query, body;
    const struct upload *upload; /* the one file of a multipart form, or NULL */
    const void *in;    /* the struct of route->fields, read and checked (query for GET, body for POST) */
    struct form form;  /* what was sent and its mistakes */
    void *scoped;      /* what the scope loaded, for the handler */
    struct view *view;
    struct view *actor_view; /* object "actor" of the page, for hooks.decorate to add to; NULL while nobody is signed in */
    const char *redirect;
    bool json;         /* the client wants JSON */
    /* a reply that is not a page: set by reply_* */
    const char *reply_type, *reply_name;
    const void *reply_bytes;
    size_t reply_len;
    const char *reply_path; /* a file to send, instead of bytes */
    unsigned status;   /* 0 = by the error code */
    const char *page;  /* a success of a POST that shows a page of its own; NULL = the route's */
    int refresh;       /* seconds after which the page asks again (queue, running import), 0 = never */
    void *impl;        /* of the server */
};

typedef err_t (*handler)(struct req *rq);

/* A scope answers: may this actor touch the thing named by this path parameter?
 * E_OK, or E_NOTFOUND: a foreign thing is answered exactly like an absent one. */
struct scope {
    const char *name;  /* for the route list: "own station" */
    const char *param; /* path parameter it looks at */
    err_t (*check)(struct req *rq);
};

enum {
    ROUTE_UPLOAD = 1,  /* multipart form with one file is accepted */
    ROUTE_KIOSK = 2,   /* no header, no footer */
    ROUTE_SENSITIVE = 4, /* never cached, never in the browser's history of a kiosk */
    ROUTE_FRESH = 8,   /* needs a second factor or password typed in the last 10 minutes */
    ROUTE_LINES = 16,  /* a body of application/x-ndjson is taken too, as field "lines"; it stores nothing, so no token is asked */
};

struct route {
    enum method method;
    const char *path; /* "/stations/{station}/moves" */
    handler fn;
    unsigned roles;   /* set of enum role; nothing is public by omission: 0 is refused at start */
    const struct scope *scope; /* NULL: everything this role may see at all */
    const char *page; /* template, NULL = the handler replies itself */
    const char *title; /* message id: what it is, for the page title, the API description and the route list */
    const struct field *fields; /* query (GET) or body (POST); NULL = none */
    size_t in_size;   /* sizeof of the struct the fields point into */
    handler again;    /* POST: shows the form once more, on `page` */
    unsigned flags;
};

/* ---- for handlers ---- */
const char *req_param(const struct req *rq, const char *name); /* path parameter; never NULL for a name in the pattern */
int64_t req_id(const struct req *rq, const char *name);        /* path parameter as a positive number, 0 when it is none */
const char *req_query(const struct req *rq, const char *name); /* NULL when absent */
/* A local URL with the language prefix: every redirect and every URL put into a view goes through it. */
const char *url_fmt(struct req *rq, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The present URL with one query parameter set (or removed: value NULL); page is always removed. For filter links. */
const char *url_with(struct req *rq, const char *name, const char *value);
err_t redirect(struct req *rq, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
err_t reply_bytes(struct req *rq, const char *type, const char *name, const void *p, size_t n); /* name: download name or NULL */
err_t reply_file(struct req *rq, const char *type, const char *name, const char *path); /* removed after sending */
/* Appends the form of the route (or of `fields`) as object "form" for parts/form.html. */
void req_form(struct req *rq, const struct field *fields, const struct pairs *values);
void req_note(struct req *rq, const char *msgid); /* shown once on the next page */
/* The session cookie: set after a login, cleared with NULL after a logout. The token is the one hooks.session() knows. */
void req_session(struct req *rq, const char *token);
/* What this browser is known by while nobody need be signed in (cookie `vid`, set with the next page that holds a form). */
const char *req_visitor(struct req *rq);
const char *req_header(const struct req *rq, const char *name); /* as sent, NULL when absent */
const char *req_base(const struct req *rq); /* "https://city.example", without a slash at its end: for absolute links */
/* Pager: object "pager" {page,pages,total,per_page,from,to,prev,next,items:[{n,url,is_here,is_gap}]} for parts/pager.html;
 * prev and next are URLs or absent. */
void req_pager(struct req *rq, int64_t page, int64_t per_page, int64_t total);

/* ---- for main.c ---- */
struct office {
    const char *name;
    const struct route *routes; /* ends with a zero entry */
    const struct flow *const *flows; /* ends with NULL, or NULL */
};

struct hooks { /* what the web layer asks of the city; all are required */
    err_t (*open)(struct ctx *cx);  /* cx->db for this worker thread */
    void (*close)(struct ctx *cx);
    err_t (*session)(struct ctx *cx, const char *token, const char *ip); /* fills cx->actor; E_LOGIN when unknown or ended */
    const struct names *names;      /* cx->names of every request; NULL = fields take codes only */
    bool (*fresh)(struct ctx *cx);  /* has the second factor or password been given lately? */
    /* The text of a form whose session ended: kept under a code, given back once. */
    err_t (*draft_save)(struct ctx *cx, const char *path, const struct pairs *body, const char **code);
    err_t (*draft_take)(struct ctx *cx, const char *code, const char **path, struct pairs *body);
    void (*decorate)(struct req *rq); /* adds to rq->view and rq->actor_view what every page shows: city, counts, actor.home.
                                       * Runs after the handler and before the web layer adds its own keys; the first wins. */
};

struct web_config {
    const struct office *offices; /* ends with a zero entry */
    const struct hooks *hooks;
    const struct house *house;
    const char *address;      /* "127.0.0.1" */
    int port, workers;        /* port 0 = any free one */
    const char *source_dir;   /* development: pages and assets are read from here; NULL = the ones in the binary */
    const char *spool_dir;    /* uploads */
    size_t max_upload;        /* bytes */
    const unsigned char *csrf_key; /* 32 bytes */
    bool secure_cookies;      /* behind TLS */
    const char *base_url;     /* "https://…" for absolute links and the check of Origin; NULL = from the request */
    int rate_per_minute;      /* per address, for anonymous requests; 0 = off */
    bool behind_proxy;        /* the last address of X-Forwarded-For counts when the peer is this machine */
    int header_ms, body_ms, idle_ms; /* total deadlines of a connection; 0 = 10 s, 30 s (and a second for each 64 KiB), 15 s */
    int max_connections;      /* 0 = 2000; above it the answer is 503 */
    bool log;                 /* a line for each request and each failure to standard error (base/log.h) */
    const struct embedded *files; /* what stands for the files of the binary, ends with a zero entry; NULL = those (tests) */
};

struct web;
/* Starts the server; `*port` tells the port. E_INVALID with a sentence in cx->fail when the address is taken. */
err_t web_start(struct ctx *cx, const struct web_config *c, struct web **out, int *port) MUST_USE;
void web_stop(struct web *w); /* answers what has begun, then returns */
/* The description of all routes: roles, scopes, fields. */
void web_routes_json(struct buf *out, const struct office *offices);
void web_openapi(struct buf *out, const struct office *offices, const char *version);
/* Every template compiles, every route is complete, every flow is sound. */
err_t web_lint(struct ctx *cx, const struct web_config *c) MUST_USE;
#endif
