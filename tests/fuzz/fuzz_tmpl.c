/* A page of any bytes compiles or is refused; what compiles renders within its bounds. */
#include "web/tmpl.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const struct tmpl *part(void *arg, const char *name, size_t n)
{
    (void)name, (void)n;
    return arg;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    size_t at = 0;
    arena_init(&a, 0);
    char *src = malloc(n == 0 ? 1 : n); /* exactly as long as it is, so that a read past the end shows */
    memcpy(src, p, n);
    struct tmpl *t = tmpl_compile(&a, src, n, &at);
    if (at > n)
        abort();
    struct view *v = view_obj(&a), *list = view_list(&a, v, "l"), *obj = view_sub(&a, v, "o");
    view_str(&a, v, "a", "<x>");
    view_str(&a, obj, "a", "y");
    view_i64(&a, view_item(&a, list), "n", 1);
    struct buf b = {.a = &a};
    size_t tags = 0;
    for (size_t i = 0; i + 1 < n; i++)
        tags += src[i] == '{' && src[i + 1] == '>';
    if (t != NULL)
        tmpl_render(&b, t, v, &(struct tmpl_env){NULL, tags < 2 ? part : NULL, NULL, t}); /* one part that holds itself */
    free(src);
    arena_free(&a);
    return 0;
}
