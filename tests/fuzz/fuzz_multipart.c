/* The same bytes in one piece and in small ones give the same form. The first byte is the size of a piece. */
#include "web/web_impl.h"

#include <stdlib.h>
#include <string.h>

static struct multipart_result feed(struct arena *a, const char *s, size_t n, size_t piece)
{
    struct multipart *m = multipart_new(a, "multipart/form-data; boundary=B", "/tmp", 64);
    for (size_t at = 0; at < n; at += piece)
        multipart_feed(m, s + at, n - at < piece ? n - at : piece);
    return multipart_end(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    if (n == 0)
        return 0;
    struct arena a;
    arena_init(&a, 0);
    const char *s = (const char *)p + 1;
    struct multipart_result x = feed(&a, s, n - 1, n), y = feed(&a, s, n - 1, 1 + p[0] % 32);
    bool same = x.bad == y.bad && x.refused == y.refused && x.pairs.n == y.pairs.n && (x.file == NULL) == (y.file == NULL) &&
                (x.file == NULL || x.file->size == y.file->size);
    for (size_t i = 0; same && i < x.pairs.n; i++)
        same = x.pairs.p[i].len == y.pairs.p[i].len && memcmp(x.pairs.p[i].value, y.pairs.p[i].value, x.pairs.p[i].len) == 0;
    if (!same)
        abort();
    (void)multipart_new(&a, arena_strndup(&a, s, n - 1), NULL, 0);
    arena_free(&a);
    return 0;
}
