#include "web/web_impl.h"

#include <stdlib.h>
#include <zlib.h>

/* One compressor a worker, kept from answer to answer: setting one up costs more than compressing a page. */
struct zip {
    z_stream z;
};

struct zip *zip_new(void)
{
    struct zip *p = calloc(1, sizeof *p);
    if (p != NULL && deflateInit2(&p->z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK)
        return p;
    free(p);
    return NULL;
}

void zip_free(struct zip *p)
{
    if (p != NULL)
        (void)deflateEnd(&p->z);
    free(p);
}

const void *zip_pack(struct zip *p, struct arena *a, const void *in, size_t *n)
{
    union {
        const void *in;
        Bytef *bytes;
    } from = {.in = in};
    size_t cap = deflateBound(&p->z, (uLong)*n);
    p->z.next_in = from.bytes;
    p->z.avail_in = (uInt)*n;
    p->z.next_out = arena_alloc(a, cap);
    p->z.avail_out = (uInt)cap;
    const void *out = p->z.next_out;
    bool whole = deflate(&p->z, Z_FINISH) == Z_STREAM_END;
    *n = p->z.total_out;
    (void)deflateReset(&p->z);
    return whole ? out : NULL;
}
