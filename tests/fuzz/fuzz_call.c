/* A whole request of any bytes through framing, routes, guard, handler and reply: never a crash, never a fault of ours.
 * Input: "METHOD TARGET", lines "Name: value", an empty line, the body. */
#include "web/web_impl.h"

#include "tests/toy.h"

static struct web *w;

static void city(void)
{
    static struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    static struct web_config c = {.offices = toy_offices, .hooks = &toy_hooks, .spool_dir = "/tmp", .max_upload = 1000, .csrf_key = toy_key, .files = toy_files};
    if (web_new(&cx, &c, &w) != E_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    if (w == NULL)
        city();
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct call *c = ARENA_NEW(&a, struct call);
    struct pair *h = ARENA_ARRAY(&a, struct pair, HEADERS_MAX + 1);
    char *text = arena_strndup(&a, (const char *)p, n), *line = text, *end = text + n, *next;
    size_t count = 0;
    next = strchr(line, '\n');
    if (next != NULL)
        *next++ = '\0';
    char *target = strchr(line, ' ');
    if (target != NULL)
        *target++ = '\0';
    *c = (struct call){.arena = &a, .head = {line, target == NULL ? "/" : target, "HTTP/1.1", {0}}, .ip = "::1", .now = 1790000000000};
    for (line = next; line != NULL && *line != '\n' && *line != '\0' && count <= HEADERS_MAX; line = next) {
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        char *colon = strstr(line, ": ");
        if (colon == NULL)
            continue;
        *colon = '\0';
        h[count++] = (struct pair){line, colon + 2, strlen(colon + 2)};
    }
    c->head.headers = (struct pairs){h, count};
    call_begin(w, c);
    const char *body = line != NULL && *line == '\n' ? line + 1 : end;
    struct answer out;
    if (body >= end || call_body(w, c, body, (size_t)(end - body))) {
        (void)hook_open(&cx);
        call_finish(w, c, cx.db, &out);
        if (out.status < 200 || out.status >= 500)
            abort();
    }
    arena_free(&a);
    return 0;
}
