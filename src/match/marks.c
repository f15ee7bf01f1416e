#include "match/marks.h"

#include "match/engine.h"

#if defined __x86_64__
#include <immintrin.h>
#endif

uint64_t marks_of(const struct row *r)
{
    return UINT64_C(1) << (MARK_WAGE + (r->education_band >> 4)) | UINT64_C(1) << (MARK_EDUCATION + (r->education_band & 15)) |
           UINT64_C(1) << (MARK_EXPERIENCE + experience_band(r->experience)) | (uint64_t)r->types << MARK_TYPE |
           (uint64_t)r->shifts << MARK_SHIFT | (uint64_t)(r->mixed & (ROW_BENEFITS | ROW_MORE)) << MARK_BENEFIT;
}

static uint64_t bits_from(unsigned first, unsigned end)
{
    return ((UINT64_C(1) << (end - first)) - 1) << first;
}

uint64_t marks_kind(unsigned kind)
{
    switch (kind) {
    case MATCH_F_WAGE: return bits_from(MARK_WAGE, MARK_EDUCATION);
    case MATCH_F_EDUCATION: return bits_from(MARK_EDUCATION, MARK_EXPERIENCE);
    case MATCH_F_EXPERIENCE: return bits_from(MARK_EXPERIENCE, MARK_TYPE);
    case MATCH_F_TYPE: return bits_from(MARK_TYPE, MARK_SHIFT);
    case MATCH_F_SHIFT: return bits_from(MARK_SHIFT, MARK_BENEFIT);
    case MATCH_F_BENEFIT: return bits_from(MARK_BENEFIT, MARKS);
    default: return 0;
    }
}

void marks_count_plain(const uint64_t *marks, size_t n, uint32_t counts[64])
{
    for (size_t i = 0; i < n; i++)
        for (uint64_t m = marks[i]; m != 0; m &= m - 1)
            counts[__builtin_ctzll(m)]++;
}

#if defined __x86_64__
/* A byte for each bit, which is why no more than 255 go at once. */
static __attribute__((target("avx512f,avx512bw"))) void count_512(const uint64_t *marks, size_t n, uint8_t bytes[64])
{
    __m512i sum = _mm512_setzero_si512(), one = _mm512_set1_epi8(1);
    for (size_t i = 0; i < n; i++)
        sum = _mm512_mask_add_epi8(sum, marks[i], sum, one);
    _mm512_storeu_si512(bytes, sum);
}

static __attribute__((target("avx2"))) void count_256(const uint64_t *marks, size_t n, uint8_t bytes[64])
{
    const __m256i low = _mm256_setr_epi64x(0, INT64_C(0x0101010101010101), INT64_C(0x0202020202020202), INT64_C(0x0303030303030303));
    const __m256i high = _mm256_add_epi8(low, _mm256_set1_epi8(4)), bit = _mm256_set1_epi64x(INT64_MIN | INT64_C(0x0040201008040201));
    __m256i a = _mm256_setzero_si256(), b = a;
    for (size_t i = 0; i < n; i++) {
        __m256i m = _mm256_set1_epi64x((int64_t)marks[i]);
        a = _mm256_sub_epi8(a, _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(m, low), bit), bit));
        b = _mm256_sub_epi8(b, _mm256_cmpeq_epi8(_mm256_and_si256(_mm256_shuffle_epi8(m, high), bit), bit));
    }
    _mm256_storeu_si256((__m256i *)(void *)bytes, a);
    _mm256_storeu_si256((__m256i *)(void *)(bytes + 32), b);
}

void marks_count(const uint64_t *marks, size_t n, uint32_t counts[64])
{
    uint8_t bytes[64];
    if (__builtin_cpu_supports("avx512bw")) {
        count_512(marks, n, bytes);
    } else if (__builtin_cpu_supports("avx2")) {
        count_256(marks, n, bytes);
    } else {
        marks_count_plain(marks, n, counts);
        return;
    }
    for (unsigned i = 0; i < 64; i++)
        counts[i] += bytes[i];
}
#else
void marks_count(const uint64_t *marks, size_t n, uint32_t counts[64])
{
    marks_count_plain(marks, n, counts);
}
#endif
