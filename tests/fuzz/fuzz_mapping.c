/* fuzz_mapping.c -- a kept mapping, and headings: the first line is the head (by '|'), the rest the text. */
#include "feeds/mapping.h"

#include "base/view.h"
#include "feeds_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct mapping m, again;
    const char *heads[20];
    char *p = arena_strndup(&a, (const char *)data, size);
    size_t n = 0, line = strcspn(p, "\n");
    char *text = p + line + (p[line] == '\n');
    p[line] = '\0';
    while (p != NULL && n < 20)
        heads[n++] = strsep(&p, "|");
    struct row head = {.number = 1, .n = n, .cells = heads};
    mapping_guess(&cx, job_map_fields, &head, &head, 1, &m);
    if (mapping_apply(&cx, &m, text) == E_OK) {
        mapping_guess(&cx, job_map_fields, &head, NULL, 0, &again);
        const char *kept = mapping_text(&cx, &m);
        demand(mapping_apply(&cx, &again, kept) == E_OK);
        demand(strcmp(mapping_text(&cx, &again), kept) == 0);
    }
    arena_free(&a);
    return 0;
}
