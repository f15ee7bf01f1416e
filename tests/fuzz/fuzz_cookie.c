/* Any text as a cookie header. */
#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    arena_init(&a, 0);
    char *s = malloc(n + 1);
    memcpy(s, p, n);
    s[n] = '\0';
    const char *v = cookie_get(&a, s, "sid");
    if (v != NULL && strchr(v, ';') != NULL)
        abort();
    free(s);
    arena_free(&a);
    return 0;
}
