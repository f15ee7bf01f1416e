#include "match/postings.h"

#include "match/order.h"

#include <string.h>

#if defined __x86_64__
#include <immintrin.h>
#endif

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
    size_t lo = order_from(p->keys, sizeof *p->keys, 0, p->n_keys, key);
    return lo == p->n_keys || p->keys[lo] != key ? (struct postings){0} : postings_at(p, (uint32_t)lo);
}

bool postings_has(const struct postings *p, uint32_t ad)
{
    struct walk k = walk_open(*p);
    return p->n > 0 && walk_bits(&k, ad / 64) >> ad % 64 & 1;
}

/* ---- many words at once ---- */

/* Neighbours mostly set bits of the same word, each waiting for the one before; so four places of the run are gone through at once. */
static void set_bits(const uint16_t *low, const uint8_t *impacts, uint32_t n, uint8_t need, uint32_t first, uint64_t *out)
{
    uint32_t quarter = n / 4, i = quarter * 4;
#define SET(at) out[low[at] / 64 - first] |= (uint64_t)(impacts[at] >= need) << low[at] % 64
    for (uint32_t k = 0; k < quarter; k++) {
        SET(k);
        SET(quarter + k);
        SET(2 * quarter + k);
        SET(3 * quarter + k);
    }
    for (; i < n; i++)
        SET(i);
#undef SET
}

static void gather_runs(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out)
{
    if (!walk_skip(k, from) || k->base + k->low[k->at] / 64 >= from + n)
        return;
    uint32_t at = k->at, first = from - k->base, end = (first + n) * 64;
    k->at = low_from(k->low, at, k->n_low, end);
    set_bits(k->low + at, k->p.impacts + k->before + at, k->at - at, need, first, out);
}

static size_t rank_of(const struct postings *p, uint32_t word)
{
    size_t n = p->ranks[word / RANK_WORDS];
    for (uint32_t w = word / RANK_WORDS * RANK_WORDS; w < word; w++)
        n += (size_t)__builtin_popcountll(p->bitmap[w]);
    return n;
}

static uint64_t strong_plain(const uint8_t *impacts, uint64_t bits, uint8_t need)
{
    uint64_t strong = 0;
    for (; bits != 0; bits &= bits - 1)
        strong |= *impacts++ >= need ? bits & -bits : 0;
    return strong;
}

void walk_gather_plain(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out)
{
    if (k->p.bitmap == NULL) {
        gather_runs(k, from, n, need, out);
        return;
    }
    const uint64_t *bitmap = k->p.bitmap + from;
    if (need <= 1) {
        for (uint32_t w = 0; w < n; w++)
            out[w] |= bitmap[w];
        return;
    }
    const uint8_t *impacts = k->p.impacts + rank_of(&k->p, from);
    for (uint32_t w = 0; w < n; impacts += __builtin_popcountll(bitmap[w++]))
        out[w] |= strong_plain(impacts, bitmap[w], need);
}

#if defined __x86_64__
#define WIDE __attribute__((target("avx2,bmi2,popcnt")))

/* Impacts stand one after the other, ads as bits: what is strong among the impacts is spread over the bits. */
static inline WIDE uint64_t strong_wide(const uint8_t *impacts, uint64_t bits, __m256i least)
{
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)impacts), b = _mm256_loadu_si256((const __m256i *)(const void *)(impacts + 32));
    uint32_t low = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(a, least), a));
    uint32_t high = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(b, least), b));
    return _pdep_u64(low | (uint64_t)high << 32, bits);
}

static WIDE void gather_wide(const struct postings *p, uint32_t from, uint32_t n, uint8_t need, uint64_t *out)
{
    const uint8_t *impacts = p->impacts + rank_of(p, from), *last = p->impacts + p->n;
    __m256i least = _mm256_set1_epi8((char)need);
    for (uint32_t w = 0; w < n; w++) {
        uint64_t bits = p->bitmap[from + w];
        out[w] |= last - impacts >= 64 ? strong_wide(impacts, bits, least) : strong_plain(impacts, bits, need);
        impacts += _mm_popcnt_u64(bits);
    }
}

void walk_gather(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out)
{
    if (need > 1 && k->p.bitmap != NULL && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
        gather_wide(&k->p, from, n, need, out);
    else
        walk_gather_plain(k, from, n, need, out);
}
#else
void walk_gather(struct walk *k, uint32_t from, uint32_t n, uint8_t need, uint64_t *out)
{
    walk_gather_plain(k, from, n, need, out);
}
#endif

/* ---- writing ---- */

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
