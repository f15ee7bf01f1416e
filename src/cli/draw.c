/* draw.c -- `yizhan draw verify FILE`: draws again from a published file, with nothing but the file. */
#include "cli/cli.h"

#include "city/supervision/lot.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MOST = 20000000 };

static int read_all(struct cli *c, const char *path, char **text, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "yizhan draw: %s: %s\n", path, strerror(errno));
        return 1;
    }
    *text = arena_alloc(&c->arena, FILE_MOST + 1);
    *n = fread(*text, 1, FILE_MOST + 1, f);
    fclose(f);
    if (*n > FILE_MOST)
        fprintf(stderr, "yizhan draw: %s: more than 20 MB\n", path);
    return *n > FILE_MOST;
}

int cmd_draw(struct cli *c)
{
    char *text;
    size_t n, drawn;
    if (strcmp(c->args[0], "verify") != 0) {
        fputs("usage: yizhan draw verify FILE\n", stderr);
        return 2;
    }
    if (read_all(c, c->args[1], &text, &n) != 0)
        return 1;
    const char *wrong = lot_verify(&c->arena, text, n, &drawn);
    if (wrong != NULL) {
        fprintf(stderr, "%s: %s\n", c->args[1], wrong);
        return 1;
    }
    printf("%s: the result follows from seed and urn; %zu drawn\n", c->args[1], drawn);
    return 0;
}
