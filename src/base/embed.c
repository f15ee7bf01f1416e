#include "base/embed.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *key, const void *e)
{
    return strcmp(key, ((const struct embedded *)e)->name);
}

const struct embedded *embed_find(const char *name)
{
    return bsearch(name, embedded, embedded_count, sizeof *embedded, by_name);
}
