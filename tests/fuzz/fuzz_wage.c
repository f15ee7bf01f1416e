/* Any text as a wage: sums stay in bounds, and the words for it can be read again. */
#include "base/wage.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    arena_reset(&a);
    struct wage w, again;
    struct ctx cx = {.arena = &a, .lang = "zh"};
    enum wage_state st = wage_read(&a, arena_strndup(&a, (const char *)data, n), NULL, &w);
    if (w.min < 0 || w.max < 0 || w.confidence < 0 || w.confidence > 100 || w.monthly_min < 0 || w.monthly_max < 0)
        abort();
    if (st != WAGE_GOOD)
        return 0;
    if (w.max != 0 && w.min > w.max)
        abort();
    const char *words = wage_text(&cx, &w);
    if (wage_read(&a, words, NULL, &again) != WAGE_GOOD || again.unit != w.unit || again.min != w.min || again.max != w.max)
        abort();
    return 0;
}
