/* Any bytes as a JSON body: pairs of clean text, or a refusal. */
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
    if (json_body_read(&cx, s, n, &ps) == E_OK)
        for (size_t i = 0; i < ps.n; i++)
            if (!text_ok(ps.p[i].value, ps.p[i].len, true) || strlen(ps.p[i].value) != ps.p[i].len)
                abort();
    arena_free(&a);
    free(s);
    return 0;
}
