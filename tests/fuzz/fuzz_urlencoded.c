/* Any bytes as a form: pairs of clean text, or a refusal. */
#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct pairs ps;
    char *s = malloc(n == 0 ? 1 : n);
    memcpy(s, p, n);
    if (urlencoded_read(&cx, s, n, &ps) == E_OK)
        for (size_t i = 0; i < ps.n; i++)
            if (!text_ok(ps.p[i].name, strlen(ps.p[i].name), false) || strlen(ps.p[i].value) != ps.p[i].len || !text_ok(ps.p[i].value, ps.p[i].len, true))
                abort();
    free(s);
    arena_free(&a);
    return 0;
}
