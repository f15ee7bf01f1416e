/* Any text as a request target: parameters that are clean, or no route. */
#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

static err_t none(struct req *rq)
{
    (void)rq;
    return E_OK;
}
static const struct route table[] = {
    {GET, "/", none, .roles = 1}, {GET, "/a/{x}", none, .roles = 1}, {GET, "/a/{x}/b/{y}", none, .roles = 1}, {POST, "/a/b", none, .roles = 1}, {0},
};
static const struct office offices[] = {{"test", table, NULL}, {0}};

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct routes rs;
    struct where at;
    char *s = malloc(n + 1);
    memcpy(s, p, n);
    s[n] = '\0';
    if (routes_build(&cx, offices, &rs) != E_OK)
        abort();
    if (where_read(&rs, &a, GET, s, true, &at) == E_OK)
        for (size_t i = 0; i < at.params.n; i++)
            if (!text_ok(at.params.p[i].value, at.params.p[i].len, false) || strpbrk(at.params.p[i].value, "/\\") != NULL)
                abort();
    if (path_is_local(s) && (s[0] != '/' || s[1] == '/'))
        abort();
    free(s);
    arena_free(&a);
    return 0;
}
