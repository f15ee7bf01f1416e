/* Any text as schooling, experience and openings. */
#include "base/years.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static struct arena a;
    arena_reset(&a);
    const char *s = arena_strndup(&a, (const char *)data, n);
    enum education e;
    struct experience x;
    int64_t openings;
    bool most;
    if (education_read(&a, s, &e, &most) && (e < EDU_ANY || e > EDU_DOCTOR || education_label(e) == NULL))
        abort();
    if (experience_read(&a, s, &x) && (x.min < 0 || x.max < 0 || x.min > 600 || (x.max != 0 && x.max < x.min)))
        abort();
    if (headcount_read(&a, s, &openings) && (openings < 0 || openings > 5000))
        abort();
    return 0;
}
