#include "match/gini.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

int32_t gini(uint32_t *v, size_t n)
{
    double sum = 0, ranked = 0;
    if (n > 1)
        qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n; i++) {
        sum += v[i];
        ranked += (double)(i + 1) * v[i];
    }
    if (!(sum > 0))
        return 0;
    return (int32_t)(1000 * (2 * ranked / ((double)n * sum) - ((double)n + 1) / (double)n) + 0.5);
}
