/* The way of a request without sockets: framing, guard, replies, and what is refused at start. */
#include "web/web_impl.h"

#include "tap.h"
#include "toy.h"

static struct arena a;
static struct web *w;
static struct answer out;
static struct zip *zip;
static err_t refused;

struct sent {
    const char *method, *target, *body;
    const char *h[12]; /* name, value, … */
};

static unsigned serve(const struct sent *s)
{
    arena_reset(&a);
    struct call *c = ARENA_NEW(&a, struct call);
    struct pair *h = ARENA_ARRAY(&a, struct pair, 10);
    size_t n = 0, body = s->body == NULL ? 0 : strlen(s->body);
    h[n++] = (struct pair){"Host", "city.example", 12};
    for (size_t i = 0; i < 12 && s->h[i] != NULL; i += 2)
        h[n++] = (struct pair){s->h[i], s->h[i + 1], strlen(s->h[i + 1])};
    const char *length = arena_fmt(&a, "%zu", body);
    if (s->body != NULL)
        h[n++] = (struct pair){"Content-Length", length, strlen(length)};
    *c = (struct call){.arena = &a, .head = {s->method, s->target, "HTTP/1.1", {h, n}}, .ip = "10.0.0.1", .now = 1790000000000, .zip = zip};
    call_begin(w, c);
    if (body > 0)
        (void)call_body(w, c, s->body, body);
    refused = c->refused;
    struct ctx cx = {.arena = &a};
    (void)hook_open(&cx);
    call_finish(w, c, cx.db, &out);
    return out.status;
}

static const char *header(const char *name)
{
    for (unsigned i = 0; i < out.n_headers; i++)
        if (strcmp(out.headers[i].name, name) == 0)
            return out.headers[i].value;
    return NULL;
}
static bool body_has(const char *s) { return out.len > 0 && memmem(out.bytes, out.len, s, strlen(s)) != NULL; }

#define FORM "Content-Type", "application/x-www-form-urlencoded"
#define STAFF "Cookie", "sid=staff-token"
static const struct { const char *name; struct sent s; unsigned status; } forgery[] = {
    {"nothing at all", {"POST", "/things", "title=a", {FORM}}, 403},
    {"same origin by fetch metadata", {"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "same-origin"}}, 303},
    {"typed by the person", {"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "none"}}, 303},
    {"same site is not same origin", {"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "same-site"}}, 403},
    {"cross site", {"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "cross-site"}}, 403},
    {"own origin", {"POST", "/things", "title=a", {FORM, "Origin", "http://city.example"}}, 303},
    {"other origin", {"POST", "/things", "title=a", {FORM, "Origin", "http://city.example.evil"}}, 403},
    {"other port", {"POST", "/things", "title=a", {FORM, "Origin", "http://city.example:81"}}, 403},
    {"null origin", {"POST", "/things", "title=a", {FORM, "Origin", "null"}}, 403},
    {"fetch metadata and origin disagree", {"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "same-origin", "Origin", "http://evil.example"}}, 403},
    {"signed in without token", {"POST", "/desk/notes", "title=a", {FORM, STAFF, "Sec-Fetch-Site", "same-origin"}}, 403},
    {"signed in, wrong token", {"POST", "/desk/notes", "title=a&_csrf=00000000000000000000000000000000", {FORM, STAFF, "Sec-Fetch-Site", "same-origin"}}, 403},
    {"bearer", {"POST", "/desk/notes", "title=a", {FORM, "Authorization", "Bearer staff-token"}}, 303},
    {"bearer of nobody", {"POST", "/desk/notes", "title=a", {FORM, "Authorization", "Bearer x"}}, 401},
};

static void csrf(void)
{
    for (size_t i = 0; i < sizeof forgery / sizeof *forgery; i++) {
        int made = toy.made;
        is_int(serve(&forgery[i].s), forgery[i].status, forgery[i].name);
        if (forgery[i].status != 303)
            ok(toy.made == made, "and nothing happened");
    }
    char body[100];
    snprintf(body, sizeof body, "title=a&_csrf=%s", secret_mac(&a, toy_key, "session", "staff-token"));
    is_int(serve(&(struct sent){"POST", "/desk/notes", body, {FORM, STAFF}}), 303, "signed in with the token");
    is_int(serve(&(struct sent){"POST", "/desk/notes", body, {FORM, STAFF, "Sec-Fetch-Site", "cross-site"}}), 403, "the token does not excuse another site");
    is_int(serve(&(struct sent){"POST", "/desk/notes", body, {FORM, "Cookie", "sid=seeker-token"}}), 403, "the token of another session");
    snprintf(body, sizeof body, "%s", secret_mac(&a, toy_key, "session", "staff-token"));
    is_int(serve(&(struct sent){"POST", "/desk/notes.json", "{\"title\":\"a\"}", {"Content-Type", "application/json", STAFF, "X-CSRF-Token", body}}), 200,
           "the token in a header");
}

/* Every route against every role: what the table says, and nothing else, comes through. */
static void matrix(void)
{
    static const struct { const char *cookie; unsigned role; } who[] = {{"", ROLE_PUBLIC}, {"sid=staff-token", ROLE_STAFF}, {"sid=seeker-token", ROLE_SEEKER}};
    for (size_t i = 0; i < w->routes.n; i++) {
        const struct route *r = w->routes.p[i].route;
        if (r->method != GET || strchr(r->path, '{') != NULL || (r->flags & ROUTE_FRESH))
            continue;
        for (size_t k = 0; k < 3; k++) {
            unsigned s = serve(&(struct sent){"GET", r->path, NULL, {"Cookie", who[k].cookie}});
            bool may = (r->roles & who[k].role) != 0;
            bool right = may ? s < 400 && !(s == 303 && strncmp(header("Location"), "/login", 6) == 0) : who[k].role == ROLE_PUBLIC ? s == 303 : s == 403;
            ok(right, r->path);
        }
    }
}

static void details(void)
{
    is_int(serve(&(struct sent){"GET", "/desk/things/2", NULL, {STAFF}}), 404, "a foreign thing");
    const char *foreign = arena_fmt(&a, "%.*s", (int)out.len, (const char *)out.bytes);
    struct buf keep = {.a = &w->arena};
    buf_str(&keep, foreign);
    is_int(serve(&(struct sent){"GET", "/desk/things/0", NULL, {STAFF}}), 404, "an absent thing");
    ok(keep.len == out.len && memcmp(keep.p, out.bytes, out.len) == 0, "answer alike");
    is_int(serve(&(struct sent){"GET", "/things/new", NULL, {STAFF}}), 200, "a form");
    ok(body_has(secret_mac(&a, toy_key, "session", "staff-token")), "carries the token of the session");
    is_int(serve(&(struct sent){"GET", "/", NULL, {"Cookie", "note=0123.%E4%BD%A0; ui=elder.<x>"}}), 200, "a forged note");
    ok(!body_has("<p>你</p>"), "is not shown");
    is_int(serve(&(struct sent){"POST", "/things", "title=a", {FORM, "Sec-Fetch-Site", "same-origin", "Cookie", "sid=ended"}}), 303, "a public form while the session has ended");
    char cookie[200] = "note=";
    const char *set = header("Set-Cookie");
    snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(set, ";"), set);
    is_int(serve(&(struct sent){"GET", "/", NULL, {"Cookie", cookie}}), 200, "the note of an act");
    ok(body_has("<p>记下了。</p>") && header("Set-Cookie") != NULL && strstr(header("Set-Cookie"), "Max-Age=0") != NULL, "is shown once");
    static const char *const must[] = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Vary", "Cache-Control"};
    for (size_t i = 0; i < sizeof must / sizeof *must; i++)
        ok(header(must[i]) != NULL, must[i]);
    is_int(serve(&(struct sent){"GET", "/", NULL, {"Accept-Encoding", "gzip"}}), 200, "a short page");
    is_str(header("Content-Encoding"), NULL, "is sent as it is");
    is_int(serve(&(struct sent){"GET", "/things", NULL, {"Accept-Encoding", "gzip"}}), 200, "a longer page");
    is_str(header("Content-Encoding"), "gzip", "is compressed");
}

static void rates(void)
{
    struct rate *r = rate_new(&a, 60);
    int64_t now = 1000000;
    int passed = 0;
    for (int i = 0; i < 100; i++)
        passed += rate_take(r, "10.0.0.1", now) == 0;
    is_int(passed, 60, "a minute's worth at once");
    ok(rate_take(r, "10.0.0.1", now) >= 1, "then one waits");
    ok(rate_take(r, "10.0.0.2", now) == 0, "another address does not");
    ok(rate_take(r, "10.0.0.1", now + 1100) == 0, "a second later one more");
    ok(rate_take(r, "10.0.0.1", now - 5000) > 0, "a clock that steps back gives nothing");
    for (int i = 0; i < 60; i++)
        (void)rate_take(r, "2001:db8::1", now);
    ok(rate_take(r, "2001:db8::ffff:1", now) > 0, "one /64 is one address");
    ok(rate_take(r, "2001:db8:0:1::1", now) == 0, "the next /64 is another");
    for (int i = 0; i < 50000; i++)
        (void)rate_take(r, arena_fmt(&a, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255), now);
    ok(true, "many addresses fit in a table of fixed size");
    rate_free(r);
}

static void starts(void)
{
    static const struct { const char *name; struct route r; } wrong[] = {
        {"no roles", {GET, "/x", toy_home, 0, .title = "x", .page = "toy/home"}},
        {"no handler", {GET, "/x", NULL, EVERYONE, .title = "x"}},
        {"no title", {GET, "/x", toy_home, EVERYONE, .page = "toy/home"}},
        {"no such page", {GET, "/x", toy_home, EVERYONE, .title = "x", .page = "toy/none"}},
        {"form without .again", {POST, "/x", toy_make, EVERYONE, .title = "x", .page = "toy/form", .fields = note_fields, .in_size = sizeof(struct note)}},
        {"fields without size", {POST, "/x", toy_make, EVERYONE, .title = "x", .fields = note_fields}},
        {"file without upload", {POST, "/x", toy_upload, EVERYONE, .title = "x", .fields = paper_fields, .in_size = sizeof(struct paper)}},
        {"scope without its parameter", {GET, "/x", toy_home, EVERYONE, .title = "x", .page = "toy/home", .scope = &own}},
        {"the same twice", {GET, "/things", toy_home, EVERYONE, .title = "x", .page = "toy/home"}},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct route more[] = {wrong[i].r, {0}};
        struct office offices[] = {toy_offices[0], {"more", more, NULL}, {0}};
        struct ctx cx = {.arena = &a};
        struct web_config c = {.offices = offices, .hooks = &toy_hooks, .csrf_key = toy_key, .files = toy_files};
        ok(web_lint(&cx, &c) == E_BUG, wrong[i].name);
    }
    static const struct embedded broken[] = {FILE_OF("src/city/toy/x.html", "line one\n<a href={{url}}>"), {0}};
    struct ctx cx = {.arena = &a};
    struct web_config c = {.offices = (struct office[]){{0}}, .hooks = &toy_hooks, .csrf_key = toy_key, .files = broken};
    ok(web_lint(&cx, &c) == E_BUG && strstr(cx.fail.detail, "src/city/toy/x.html:2") != NULL, "a broken page, by file and line");
}

static void descriptions(void)
{
    struct buf b = {.a = &a};
    web_routes_json(&b, toy_offices);
    const char *text = buf_text(&b);
    ok(strstr(text, "\"path\":\"/desk/things/{thing}\"") != NULL && strstr(text, "\"scope\":\"own thing\"") != NULL, "route list");
    struct buf o = {.a = &a};
    web_openapi(&o, toy_offices, "1.0.0");
    text = buf_text(&o);
    ok(strstr(text, "\"/things/{thing}.json\"") != NULL && strstr(text, "\"operationId\":\"post_things\"") != NULL, "OpenAPI");
    const char *path = getenv("OPENAPI_OUT"); /* for a linter of such descriptions */
    FILE *f = path == NULL ? NULL : fopen(path, "w");
    if (f != NULL) {
        fputs(text, f);
        fclose(f);
    }
}

int main(void)
{
    arena_init(&a, 0);
    zip = zip_new();
    struct ctx cx = {.arena = &a};
    struct web_config c = {.offices = toy_offices, .hooks = &toy_hooks, .spool_dir = "/tmp", .max_upload = 1000, .csrf_key = toy_key, .files = toy_files};
    if (!ok(web_new(&cx, &c, &w) == E_OK, "the toy city is sound"))
        return printf("# %s\n", cx.fail.detail), done();
    csrf();
    matrix();
    details();
    web_free(w);
    c.rate_per_minute = 2;
    ok(web_new(&cx, &c, &w) == E_OK, "with a rate");
    const struct sent home = {"GET", "/", NULL, {0}}, staff = {"GET", "/", NULL, {STAFF}};
    ok(serve(&home) == 200 && serve(&home) == 200 && serve(&home) == 429 && header("Retry-After") != NULL, "the third within a minute waits");
    ok(serve(&staff) == 200 && serve(&staff) == 200 && serve(&staff) == 200, "who is signed in does not");
    web_free(w);
    c.secure_cookies = true;
    c.rate_per_minute = 0;
    ok(web_new(&cx, &c, &w) == E_OK, "behind TLS");
    is_int(serve(&(struct sent){"POST", "/login", "", {FORM, "Sec-Fetch-Site", "same-origin"}}), 303, "login");
    ok(strstr(header("Set-Cookie"), "__Host-sid=") != NULL && strstr(header("Set-Cookie"), "; Secure") != NULL, "cookie of this host alone");
    ok(header("Strict-Transport-Security") != NULL, "HSTS");
    const struct sent proxied = {"POST", "/things", "title=a", {FORM, "Origin", "https://jobs.example"}};
    is_int(serve(&proxied), 403, "an origin that is not the host");
    w->cfg.base_url = "https://jobs.example";
    is_int(serve(&proxied), 303, "but the public name of the site is one's own");
    web_free(w);
    rates();
    starts();
    descriptions();
    zip_free(zip);
    arena_free(&a);
    return done();
}
