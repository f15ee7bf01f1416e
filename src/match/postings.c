#include "match/postings.h"

#include <string.h>

#define DENSE 16 /* one ad in so many: a bitmap is smaller, and faster to look up */

static bool is_dense(size_t n, uint32_t part_n)
{
    return n * DENSE >= part_n;
}

static uint64_t impacts_end(uint64_t from, size_t n)
{
    return from + 2 + (n + 1) / 2;
}

static uint64_t bitmap_at(uint64_t from, size_t n)
{
    return (impacts_end(from, n) + 3) / 4 * 4;
}

static uint32_t words_of(uint32_t part_n)
{
    return (part_n + 63) / 64;
}

struct postings postings_at(const struct part *p, uint32_t key_number)
{
    uint64_t from = p->at[key_number];
    uint32_t n;
    memcpy(&n, p->store + from, sizeof n);
    struct postings ps = {.n = n, .impacts = (const uint8_t *)(p->store + from + 2)};
    if (!is_dense(n, p->n)) {
        ps.runs = p->store + impacts_end(from, n);
        return ps;
    }
    ps.words = words_of(p->n);
    ps.bitmap = (const void *)(p->store + bitmap_at(from, n));
    ps.ranks = (const void *)(ps.bitmap + ps.words);
    return ps;
}

struct postings part_postings(const struct part *p, uint64_t key)
{
    size_t lo = 0, hi = p->n_keys;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (p->keys[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == p->n_keys || p->keys[lo] != key ? (struct postings){0} : postings_at(p, (uint32_t)lo);
}

bool postings_has(const struct postings *p, uint32_t ad)
{
    struct walk k = walk_open(*p);
    return p->n > 0 && walk_bits(&k, ad / 64) >> ad % 64 & 1;
}

uint64_t postings_end(uint64_t from, const uint32_t *ads, size_t n, uint32_t part_n)
{
    uint64_t words = words_of(part_n), runs = 0;
    if (is_dense(n, part_n))
        return bitmap_at(from, n) + words * 4 + (words + RANK_WORDS - 1) / RANK_WORDS * 2;
    for (size_t i = 0; i < n; i++)
        runs += i == 0 || ads[i] >> 16 != ads[i - 1] >> 16;
    return impacts_end(from, n) + 2 * runs + n;
}

static void write_bitmap(uint64_t *bitmap, const uint32_t *ads, size_t n, uint32_t words)
{
    uint32_t *ranks = (void *)(bitmap + words);
    uint32_t sum = 0;
    memset(bitmap, 0, words * sizeof *bitmap);
    for (size_t i = 0; i < n; i++)
        bitmap[ads[i] / 64] |= UINT64_C(1) << ads[i] % 64;
    for (uint32_t w = 0; w < words; w++) {
        if (w % RANK_WORDS == 0)
            ranks[w / RANK_WORDS] = sum;
        sum += (uint32_t)__builtin_popcountll(bitmap[w]);
    }
}

static void write_runs(uint16_t *to, const uint32_t *ads, size_t n)
{
    uint16_t *head = NULL;
    for (size_t i = 0; i < n; i++) {
        if (head == NULL || ads[i] >> 16 != head[0]) {
            head = to;
            head[0] = (uint16_t)(ads[i] >> 16);
            head[1] = UINT16_MAX; /* one too few: none yet */
            to += 2;
        }
        head[1]++;
        *to++ = (uint16_t)ads[i];
    }
}

void postings_write(uint16_t *store, uint64_t from, const uint32_t *ads, const uint8_t *impacts, size_t n, uint32_t part_n)
{
    uint32_t n32 = (uint32_t)n;
    memcpy(store + from, &n32, sizeof n32);
    memcpy(store + from + 2, impacts, n);
    if (is_dense(n, part_n))
        write_bitmap((void *)(store + bitmap_at(from, n)), ads, n, words_of(part_n));
    else
        write_runs(store + impacts_end(from, n), ads, n);
}
