/* web_impl.h -- what the files of src/web share; no office includes it.
 *
 * The way of a request: server.c takes it off the wire as a `struct call`;
 * call_begin() finds the route and says how large a body may be; body.c reads
 * the body; call_finish() guards, runs the handler and fills a `struct answer`,
 * which server.c sends.  Everything a request makes lives in call->arena until
 * the answer is sent.  Nothing but server.c and watch.c knows sockets, so tests
 * can drive call_begin() and call_finish() alone.
 */
#ifndef WEB_WEB_IMPL_H
#define WEB_WEB_IMPL_H
#include "base/embed.h"
#include "base/tr.h"
#include "web/tmpl.h"
#include "web/web.h"

enum {
    URL_MAX = 8192,          /* bytes of the target as sent */
    HEADERS_MAX = 100,       /* lines */
    HEADER_BYTES_MAX = 16384, /* all of them */
    FIELDS_MAX = 1000,       /* pairs of a query or form */
    FORM_MAX = 1 << 20,      /* bytes of a form or JSON body */
    LINES_MAX = 16 << 20,    /* of a body of lines */
    JSON_DEPTH = 16,
    SEGMENTS_MAX = 12,       /* of a path */
};
#define METHOD_BIT(m) (1u << (m))

/* ---- route.c ---- */
struct segment {
    const char *s; /* literal text, or the parameter's name */
    unsigned len;
    bool param;
};
struct pattern {
    const struct route *route;
    unsigned n;
    struct segment seg[SEGMENTS_MAX];
};
struct routes {
    struct pattern *p; /* the more literal one first */
    size_t n;
};
struct where { /* what a target means */
    const char *root, *lang;        /* "" or "/en"; "zh" or "en" */
    const char *path, *query_text;  /* without prefix and .json; as sent */
    bool json;
    const struct route *route;      /* NULL: see `allowed` */
    unsigned allowed;               /* METHOD_BIT of the methods this path knows; 0 = no such path */
    struct pairs params, query;
};
/* E_BUG with a sentence for the operator when a pattern is malformed or stands twice. */
err_t routes_build(struct ctx *cx, const struct office *offices, struct routes *out) MUST_USE;
const struct route *route_find(const struct routes *rs, struct arena *a, unsigned method, const char *path, struct pairs *params,
                               unsigned *allowed);
/* Cuts prefix, suffix and query from the target and finds the route. E_BADREQ when it is no clean local target;
 * an unknown path is E_OK with route NULL. */
err_t where_read(const struct routes *rs, struct arena *a, unsigned method, const char *target, bool english,
                 struct where *out) MUST_USE;
bool path_is_local(const char *s); /* "/…" of this site: what may be redirected to */

/* ---- decode.c ---- */
/* Decodes %XX (and '+' when `plus`). NULL when malformed, not UTF-8 or with a control character (tab, CR and LF pass when
 * `lines`). */
char *url_decode(struct arena *a, const char *s, size_t n, bool plus, bool lines);
void url_encode(struct buf *out, const char *s, size_t n); /* everything but letters, digits and -._~/ */
bool text_ok(const char *s, size_t n, bool lines);         /* UTF-8 without control characters */
/* "a=1&b=2". E_BADREQ when malformed, E_LIMIT when there are too many. */
err_t urlencoded_read(struct ctx *cx, const char *s, size_t n, struct pairs *out) MUST_USE;
/* A flat JSON object; arrays give one pair an element; null gives none. E_BADREQ with a sentence otherwise. */
err_t json_body_read(struct ctx *cx, const char *s, size_t n, struct pairs *out) MUST_USE;
/* The value of a cookie of this name, or NULL. Bounded, in the arena. */
const char *cookie_get(struct arena *a, const char *cookies, const char *name);

/* ---- multipart.c: a form with at most one file, read as it comes ---- */
struct multipart;
/* `boundary`: of the Content-Type; `spool` NULL = no file is accepted. NULL when the boundary is malformed. */
struct multipart *multipart_new(struct arena *a, const char *content_type, const char *spool, size_t max_file);
void multipart_feed(struct multipart *m, const char *p, size_t n);
struct multipart_result {
    struct pairs pairs;
    const struct upload *file; /* NULL: none, or too large */
    const char *too_large;     /* name of the field whose file was beyond max_file, or NULL */
    const char *file_name;
    bool bad, refused, io;     /* malformed; more than is allowed; disk error */
};
struct multipart_result multipart_end(struct multipart *m);

/* ---- frame.c: what the parser below lets through and we refuse ---- */
struct head { /* of one request, as sent */
    const char *method, *target, *version;
    struct pairs headers;
};
/* NULL when the request is framed soundly, else why not (for the log). *length: the body's size, -1 = chunked, 0 = none. */
const char *frame_fault(const struct head *h, int64_t *length);
const char *header_get(const struct pairs *headers, const char *name); /* case-insensitive; NULL when absent */

/* ---- the call ---- */
struct answer_header {
    const char *name, *value;
};
struct answer {
    unsigned status;
    const void *bytes; /* in call->arena or static */
    size_t len;
    const char *path;  /* a file to send instead */
    bool remove_path, close;
    bool drop_db;      /* the database failed: take a new connection */
    struct answer_header headers[32];
    unsigned n_headers;
    const char *type;
};
enum body_kind { BODY_NONE, BODY_FORM, BODY_JSON, BODY_MULTIPART, BODY_LINES, BODY_OTHER };
struct call {
    struct arena *arena;
    struct head head;
    const char *ip;
    int64_t now, body_length; /* body_length as frame_fault() says */
    unsigned method;          /* enum method; 0 = neither GET, HEAD nor POST */
    struct where at;
    err_t refused;            /* decided before the body */
    enum body_kind kind;
    size_t body_limit, body_seen;
    struct buf text;          /* form or JSON as it came */
    struct multipart *multipart;
    struct pairs body;
    struct multipart_result parts;
    bool wants_json;
    struct zip *zip; /* of the worker; NULL = nothing is compressed */
    const struct keyring *keys; /* of the worker, as hooks.open() gave them */
    const char *request_id; /* for the log */
    struct actor actor;
    struct fail fail;
};
void call_begin(struct web *w, struct call *c);
/* False: the body is beyond all limits, cut the connection. */
bool call_body(struct web *w, struct call *c, const char *p, size_t n);
void call_finish(struct web *w, struct call *c, struct db *db, struct answer *out);
void answer_add(struct answer *out, const char *name, const char *value);

/* ---- files.c and pages.c ---- */
struct file {
    const char *name;
    const unsigned char *p;
    size_t n;
};
/* A file of the binary, or of source_dir in development (read into the arena). NULL when there is none. */
const struct file *file_find(const struct web *w, struct arena *a, const char *name);
void files_each(const struct web *w, void (*fn)(void *arg, const char *name), void *arg);
struct page {
    const char *name; /* "jobs/list", or "form" for a part */
    const struct tmpl *tmpl;
};
struct pages {
    struct page *p; /* sorted by name */
    size_t n;
    struct asset { const char *logical, *url; } *assets; /* "app.css" -> "/assets/app-1f2e3d.css", sorted */
    size_t n_assets;
};
err_t pages_load(struct ctx *cx, struct web *w) MUST_USE; /* E_BUG: file and line of the mistake */
const struct tmpl *page_find(struct web *w, struct arena *a, const char *name, size_t len);
const char *page_asset(const struct web *w, const char *name, size_t len);
bool page_render(struct req *rq, struct buf *out, const char *name); /* false: no such page */

/* ---- rate.c ---- */
struct rate;
struct rate *rate_new(struct arena *a, int per_minute);
void rate_free(struct rate *r);
/* 0 = go on; else seconds to wait. */
int rate_take(struct rate *r, const char *ip, int64_t now);

/* ---- secret.c ---- */
const char *secret_random(struct arena *a); /* 128 bits as 32 hex digits */
/* Hex of the first 16 bytes of HMAC-SM3(key of 32 bytes, purpose ":" text). */
const char *secret_mac(struct arena *a, const unsigned char *key, const char *purpose, const char *text);
bool secret_same(const char *a, const char *b); /* time depends on the lengths alone */

/* ---- zip.c ---- */
struct zip;
struct zip *zip_new(void); /* NULL when there is no memory */
void zip_free(struct zip *p);
/* gzip of the *n bytes, into the arena; NULL on failure. */
const void *zip_pack(struct zip *p, struct arena *a, const void *in, size_t *n);

/* ---- the request inside web ---- */
struct impl { /* rq->impl */
    struct web *web;
    struct call *call;
    struct where *at;
    struct answer *answer;
    const char *session_token, *visitor; /* cookie or bearer; vid cookie */
    const char *new_visitor;             /* to be set */
    const char *note, *csrf;
    bool bearer, session_ended;
    bool stale;   /* the route wants a proof typed lately */
    bool resumed; /* a kept form is shown again */
    int retry_after;
    int64_t newest; /* of /dev/reload */
};
struct web {
    struct web_config cfg;
    struct arena arena; /* of the whole life */
    const struct office *offices; /* the given ones and our own */
    struct routes routes;
    struct pages pages;
    struct tr english;
    bool has_english;
    struct rate *rate;
    struct server *server;
};
err_t web_new(struct ctx *cx, const struct web_config *c, struct web **out) MUST_USE; /* everything but the sockets */
void web_free(struct web *w);
static inline struct impl *impl(const struct req *rq) { return rq->impl; }

/* guard.c: the order is fixed. guard_session: rate (while nobody is signed in) and session, also of a request that is refused,
 * so that its page knows who reads it. guard: CSRF, role, scope, fields; E_OK: the handler may run. */
err_t guard_session(struct req *rq) MUST_USE;
err_t guard(struct req *rq) MUST_USE;
err_t guard_route(struct req *rq) MUST_USE; /* role, freshness and scope alone */
const char *guard_csrf(struct req *rq); /* token for the forms of this answer */
const char *roles_text(struct req *rq, unsigned roles); /* "驿站工作人员、驿站负责人" */

/* reply.c */
void reply_make(struct req *rq, err_t e);
/* max_age in seconds; 0 = until the browser ends, -1 = delete. */
void set_cookie(struct req *rq, const char *name, const char *value, int max_age);
void chrome_add(struct req *rq); /* chrome.c: what every page knows */

/* locale.c */
err_t locale_load(struct ctx *cx, struct web *w) MUST_USE;
void locale_use(const struct web *w, struct ctx *cx, const char *lang);

/* asset.c, builtin.c, lint.c */
bool asset_answer(struct web *w, struct call *c, struct answer *out); /* false: not under /assets/ */
extern const struct office web_office;
extern const struct office web_dev_office; /* only with source_dir */
const char *ui_word(const char *kind, const char *word); /* the known word of "size" or "theme", NULL otherwise */
struct pairs kept_pairs(struct req *rq); /* the body without tokens, passwords and files: what a draft keeps */
err_t lint_routes(struct ctx *cx, struct web *w) MUST_USE;

/* log.c */
void log_call(const struct web *w, struct call *c, const struct answer *a, int64_t us); /* one line, no secret of a URL in it */

/* server.c */
err_t server_start(struct ctx *cx, struct web *w, int *port) MUST_USE;
void server_stop(struct web *w);
#endif
