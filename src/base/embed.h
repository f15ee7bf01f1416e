/* embed.h -- the files inside the binary: pages, assets, catalogues, reference data. Made by tools/embed. */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H
#include <stddef.h>

struct embedded {
    const char *name; /* path in the source tree: "src/city/stations/list.html", "data/reference/industries.csv", "assets/app-1f2e3d.css", "en.mo" */
    const unsigned char *p; /* a NUL follows the last byte */
    size_t n;
};

extern const struct embedded embedded[]; /* sorted by name; ends with a zero entry */
extern const size_t embedded_count;
const struct embedded *embed_find(const char *name); /* NULL when there is none */
#endif
