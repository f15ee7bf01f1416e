#include "match/lanes.h"

#if defined __x86_64__
#include <immintrin.h>
#define WIDE __attribute__((target("avx2")))
#endif

#define FAR_AWAY 1e30F /* farther than any radius, nearer than "anywhere" */

static bool person_may(const struct crowd *c, uint32_t i, const struct ad_gate *g)
{
    uint32_t gate = c->gate[i];
    float dy = (float)(g->lat - c->lat[i]) * 0.111195F, dx = (float)(g->lng - c->lng[i]) * c->kx[i];
    float d = g->known ? dy * dy + dx * dx : FAR_AWAY;
    return ((gate & 255 & g->types) != 0) & ((gate >> 8 & 255 & g->shifts) != 0) & ((gate >> 16 & 255) >= g->experience) &
           ((gate >> 24 & 15) >= g->education) & (c->floor[i] <= g->wage_max) & ((c->certs[i] & g->certs) == g->certs) &
           ((d < c->reach[i]) | ((c->districts[i] & g->district) != 0));
}

uint32_t lanes_people_plain(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        out[n] = i;
        n += person_may(c, i, g);
    }
    return n;
}

static bool ad_may(const struct lanes *l, uint32_t i, const struct person_gate *g)
{
    uint32_t gate = l->gate[i];
    bool fits = ((gate & 255 & g->types) != 0) & ((gate >> 8 & 255 & g->shifts) != 0) & ((gate >> 16 & 255) <= g->experience) &
                ((gate >> 24 & 15) <= g->education) & (l->wage[i] >= g->wage_floor) & (l->expires[i] >= g->today) &
                ((g->skills == 0) | ((l->skills[i] & g->skills) != 0));
    return fits && (!g->near || ((l->lat[i] != 0 || l->lng[i] != 0) && ground_square(&g->home, l->lat[i], l->lng[i]) < g->reach));
}

uint32_t lanes_ads_plain(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++) {
        out[n] = i;
        n += ad_may(l, i, g);
    }
    return n;
}

#if defined __x86_64__
static inline WIDE __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline WIDE __m256i is_zero(__m256i x)
{
    return _mm256_cmpeq_epi32(x, _mm256_setzero_si256());
}

static inline WIDE __m256i all(uint32_t x)
{
    return _mm256_set1_epi32((int32_t)x);
}

static inline WIDE uint32_t put_numbers(uint32_t bits, uint32_t i, uint32_t *out)
{
    uint32_t n = 0;
    for (; bits != 0; bits &= bits - 1)
        out[n++] = i + (uint32_t)__builtin_ctz(bits);
    return n;
}

/* Bits of the gate that both say something about: types and shifts of nobody's liking. */
static inline WIDE __m256i dislikes(__m256i gate, uint32_t types, uint32_t shifts)
{
    return _mm256_or_si256(is_zero(_mm256_and_si256(gate, all(types))), is_zero(_mm256_and_si256(gate, all(shifts << 8))));
}

static inline WIDE __m256i squares(__m256i lat, __m256i lng, __m256i at_lat, __m256i at_lng, __m256 kx)
{
    __m256 dy = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(lat, at_lat)), _mm256_set1_ps(0.111195F));
    __m256 dx = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(lng, at_lng)), kx);
    return _mm256_castps_si256(_mm256_add_ps(_mm256_mul_ps(dy, dy), _mm256_mul_ps(dx, dx)));
}

static WIDE uint32_t people_wide(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out)
{
    uint32_t n = 0, i = from;
    __m256i lat = all((uint32_t)g->lat), lng = all((uint32_t)g->lng), certs = all(g->certs);
    for (; i + 8 <= to; i += 8) {
        __m256i gate = load(c->gate + i), no = dislikes(gate, g->types, g->shifts);
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(all(g->experience), _mm256_and_si256(_mm256_srli_epi32(gate, 16), all(255))));
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(all(g->education), _mm256_and_si256(_mm256_srli_epi32(gate, 24), all(15))));
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(load(c->floor + i), all(g->wage_max)));
        __m256i has = _mm256_cmpeq_epi32(_mm256_and_si256(load(c->certs + i), certs), certs);
        __m256 d = _mm256_set1_ps(FAR_AWAY);
        if (g->known)
            d = _mm256_castsi256_ps(squares(load(c->lat + i), load(c->lng + i), lat, lng, _mm256_loadu_ps(c->kx + i)));
        __m256i near = _mm256_castps_si256(_mm256_cmp_ps(d, _mm256_loadu_ps(c->reach + i), _CMP_LT_OQ));
        __m256i far = _mm256_andnot_si256(near, is_zero(_mm256_and_si256(load(c->districts + i), all(g->district))));
        __m256i yes = _mm256_andnot_si256(_mm256_or_si256(no, far), has);
        n += put_numbers((uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(yes)), i, out + n);
    }
    return n + lanes_people_plain(c, i, to, g, out + n);
}

static WIDE uint32_t ads_wide(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out)
{
    uint32_t n = 0, i = from;
    __m256i home_lat = all((uint32_t)g->home.lat), home_lng = all((uint32_t)g->home.lng);
    __m256 kx = _mm256_set1_ps(g->home.kx), reach = _mm256_set1_ps(g->reach);
    for (; i + 8 <= to; i += 8) {
        __m256i gate = load(l->gate + i), no = dislikes(gate, g->types, g->shifts);
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(_mm256_and_si256(_mm256_srli_epi32(gate, 16), all(255)), all(g->experience)));
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(_mm256_and_si256(_mm256_srli_epi32(gate, 24), all(15)), all(g->education)));
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(all(g->wage_floor), load(l->wage + i)));
        __m256i ends = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(l->expires + i)));
        no = _mm256_or_si256(no, _mm256_cmpgt_epi32(all(g->today), ends));
        if (g->skills != 0)
            no = _mm256_or_si256(no, is_zero(_mm256_and_si256(load(l->skills + i), all(g->skills))));
        if (g->near) {
            __m256i lat = load(l->lat + i), lng = load(l->lng + i);
            __m256 d = _mm256_castsi256_ps(squares(lat, lng, home_lat, home_lng, kx));
            no = _mm256_or_si256(no, is_zero(_mm256_or_si256(lat, lng)));
            no = _mm256_or_si256(no, _mm256_castps_si256(_mm256_cmp_ps(d, reach, _CMP_NLT_UQ)));
        }
        n += put_numbers(~(uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(no)) & 255, i, out + n);
    }
    return n + lanes_ads_plain(l, i, to, g, out + n);
}

bool lanes_wide(void)
{
    return __builtin_cpu_supports("avx2");
}

uint32_t lanes_people(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out)
{
    return lanes_wide() ? people_wide(c, from, to, g, out) : lanes_people_plain(c, from, to, g, out);
}

uint32_t lanes_ads(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out)
{
    return lanes_wide() ? ads_wide(l, from, to, g, out) : lanes_ads_plain(l, from, to, g, out);
}
#else
bool lanes_wide(void)
{
    return false;
}

uint32_t lanes_people(const struct crowd *c, uint32_t from, uint32_t to, const struct ad_gate *g, uint32_t *out)
{
    return lanes_people_plain(c, from, to, g, out);
}

uint32_t lanes_ads(const struct lanes *l, uint32_t from, uint32_t to, const struct person_gate *g, uint32_t *out)
{
    return lanes_ads_plain(l, from, to, g, out);
}
#endif
