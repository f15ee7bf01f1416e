/* fuzz_rules.c -- any bytes as a rule file; when it can be read and its patterns too, they are tried on the same bytes. */
#include "rules/lint.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct rules rules;
    const struct lint_hit *hits;
    struct rules_file file = {"fuzz.rules", arena_strndup(&a, (const char *)data, size), size};
    if (rules_load(&cx, &file, 1, &rules) == E_OK && lint_check(&cx, &rules) == E_OK) {
        size_t n = lint_ad(&cx, &rules, 20260601, &(struct lint_text){"all", file.text}, 1, &hits);
        for (size_t i = 0; i < n; i++)
            if (hits[i].from >= hits[i].to || hits[i].to > size)
                __builtin_trap();
    }
    arena_free(&a);
    return 0;
}
