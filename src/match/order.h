/* order.h -- looking up in arrays that ascend by a 64-bit key, which is the first member of what lies in them. */
#ifndef MATCH_ORDER_H
#define MATCH_ORDER_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The first of v[lo..hi-1], `size` bytes each, with at least this key; hi: none. */
static inline size_t order_from(const void *v, size_t size, size_t lo, size_t hi, uint64_t key)
{
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        uint64_t there;
        memcpy(&there, (const char *)v + mid * size, sizeof there);
        if (there < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
#endif
