/* The engine's data files: any bytes as any of them. */
#include "match/match.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"words.tsv", "synonyms.tsv", "aliases.tsv", "occupations.csv", "pinyin.tsv", "definitions.tsv", "titles.tsv"};
    struct arena a;
    struct match *m = NULL;
    if (size == 0)
        return 0;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct match_source s = {names[data[0] % 7], data + 1, size - 1};
    if (match_open(&cx, &s, 1, &m) == E_OK)
        match_close(m);
    arena_free(&a);
    return 0;
}
