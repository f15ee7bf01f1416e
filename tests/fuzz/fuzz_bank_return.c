/* fuzz_bank_return.c -- any bytes as the bank's answer: refused with a sentence, or lines that make sense. */
#include "city/claims/return_parse.c"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct return_line *lines;
    size_t n;
    const char *bytes = size > 0 ? (const char *)data : "";
    err_t e = return_parse(&cx, bytes, size, &lines, &n);
    if (e != E_OK && cx.fail.say == NULL)
        abort();
    for (size_t i = 0; e == E_OK && i < n; i++)
        if (lines[i].fen <= 0 || *lines[i].reference == '\0' || lines[i].line < 2 || (i > 0 && lines[i].line <= lines[i - 1].line))
            abort();
    if (e == E_OK && n == 0)
        abort();
    arena_free(&a);
    return 0;
}
