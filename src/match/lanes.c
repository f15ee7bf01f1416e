#include "match/lanes.h"

#if defined __x86_64__
#include <immintrin.h>
#define WIDE __attribute__((target("avx2,popcnt")))
#endif

#define FAR_AWAY 1e30F /* farther than any radius, nearer than "anywhere" */

static bool person_may(const struct crowd *c, uint32_t i, const struct ad_gate *g)
{
    float dy = (float)(g->lat - c->lat[i]) * 0.111195F, dx = (float)(g->lng - c->lng[i]) * c->kx[i];
    float d = g->known ? dy * dy + dx * dx : FAR_AWAY;
    return (c->types[i] & g->types) != 0 && (c->shifts[i] & g->shifts) != 0 && c->experience[i] >= g->experience &&
           (c->education[i] & 15) >= g->education && c->floor[i] <= g->wage_max && (c->certs[i] & g->certs) == g->certs &&
           (!g->near || d < c->reach[i] || (g->districts && (c->districts[i] & g->district) != 0));
}

void lanes_people_plain(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *g, uint64_t *bits, uint64_t *picky)
{
    for (uint32_t w = 0; w < n; w++) {
        picky[w] = 0;
        for (uint64_t rest = bits[w]; rest != 0; rest &= rest - 1) {
            uint64_t bit = rest & -rest;
            uint32_t who = (word + w) * 64 + (uint32_t)__builtin_ctzll(rest);
            if (!person_may(c, who, g))
                bits[w] &= ~bit;
            else if (c->education[who] & CROWD_PICKY)
                picky[w] |= bit;
        }
    }
}

uint64_t lanes_work_plain(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second)
{
    uint64_t third = 0;
    *second = 0;
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        uint64_t bit = rest & -rest, works = c->works[word * 64 + (uint32_t)__builtin_ctzll(rest)];
        bool all = (c->education[word * 64 + (uint32_t)__builtin_ctzll(rest)] & CROWD_WIDE) != 0, some = false;
        for (unsigned k = 0; k < CROWD_WISHES; k++, works >>= 16) {
            all = all || (uint16_t)works == mark;
            some = some || ((uint16_t)works ^ mark) >> 8 == 0;
        }
        third |= all ? bit : 0;
        *second |= some && !all ? bit : 0;
    }
    return third;
}

/* What a person may be away at most to get the points that the wage leaves open, as a part of his radius; at least 1: anything. */
struct worth {
    float most, of_more, of_any; /* the ad's wage; points a yuan over the floor; points when no floor was said */
    float want;
};

static struct worth worth_of(const struct ad_gate *g, int32_t want)
{
    return (struct worth){g->wage_max >= UINT16_MAX ? 1e9F : (float)g->wage_max, (float)POINTS_WAGE / GOOD_SURPLUS, (float)wage_points(0, g->wage_max),
                          (float)(want - 1)};
}

static bool person_worth(const struct crowd *c, uint32_t i, const struct ad_gate *g, const struct worth *x)
{
    float more = x->most - (float)c->floor[i];
    float wage = c->floor[i] == 0 ? x->of_any : (more < 0 ? 0 : more < GOOD_SURPLUS ? more : GOOD_SURPLUS) * x->of_more;
    float share = 1 - (x->want - wage) * (1.0F / POINTS_DISTANCE), square = c->reach[i] > 0 && c->reach[i] < FAR_AWAY ? c->reach[i] : (float)FAR_METRES * FAR_METRES;
    float dy = (float)(g->lat - c->lat[i]) * 0.111195F, dx = (float)(g->lng - c->lng[i]) * c->kx[i], d = g->known ? dy * dy + dx * dx : FAR_AWAY;
    float far = sqrtf(square) * share + 1;
    return share >= 1 || (share >= 0 && d <= far * far);
}

uint64_t lanes_worth_plain(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits)
{
    const struct worth x = worth_of(g, want);
    for (uint64_t rest = want > 0 ? bits : 0; rest != 0; rest &= rest - 1)
        if (!person_worth(c, word * 64 + (uint32_t)__builtin_ctzll(rest), g, &x))
            bits ^= rest & -rest;
    return bits;
}

struct strip strip_of(const struct part *p)
{
    return (struct strip){.lat = p->lanes.lat, .lng = p->lanes.lng, .wage = p->slim.wage, .expires = p->lanes.expires,
                          .certificates = p->lanes.certificates, .types = p->slim.types, .shifts = p->lanes.shifts,
                          .experience = p->lanes.experience, .education = p->slim.education_band};
}

static bool ad_may(const struct strip *s, uint32_t i, const struct person_gate *g)
{
    bool fits = (s->types[i] == 0 || (s->types[i] & g->types) != 0) && (s->shifts[i] == 0 || (s->shifts[i] & g->shifts) != 0) &&
                s->experience[i] <= g->experience && (s->education[i] & 15) <= g->education && s->wage[i] >= g->wage_floor &&
                (!g->ends || s->expires[i] >= g->today);
    return fits && (!g->near || ((s->lat[i] != 0 || s->lng[i] != 0) && ground_square(&g->home, s->lat[i], s->lng[i]) < g->reach));
}

void lanes_ads_plain(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *g, uint64_t *bits, uint64_t *none)
{
    for (uint32_t w = 0; w < n; w++) {
        none[w] = 0;
        for (uint64_t rest = bits[w]; rest != 0; rest &= rest - 1) {
            uint64_t bit = rest & -rest;
            uint32_t ad = (word + w) * 64 + (uint32_t)__builtin_ctzll(rest);
            if (!ad_may(s, ad, g))
                bits[w] &= ~bit;
            else if (s->certificates[ad] == 0)
                none[w] |= bit;
        }
    }
}

static inline __attribute__((always_inline)) uint64_t skilled(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        uint64_t sign = signs[__builtin_ctzll(rest)];
        bits ^= (unsigned)__builtin_popcountll(sign & named) < need[sign >> SIGN_BITS] ? rest & -rest : 0;
    }
    return bits;
}

uint64_t lanes_skilled_plain(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    return skilled(signs, named, need, bits);
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

static inline WIDE __m256i squares(__m256i lat, __m256i lng, __m256i at_lat, __m256i at_lng, __m256 kx)
{
    __m256 dy = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(lat, at_lat)), _mm256_set1_ps(0.111195F));
    __m256 dx = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_sub_epi32(lng, at_lng)), kx);
    return _mm256_castps_si256(_mm256_add_ps(_mm256_mul_ps(dy, dy), _mm256_mul_ps(dx, dx)));
}

static inline WIDE __m256i bytes(uint8_t x)
{
    return _mm256_set1_epi8((char)x);
}

/* Bytes that name something, but nothing that is liked. */
static inline WIDE __m256i unlike(const uint8_t *column, uint8_t liked)
{
    __m256i v = load(column), zero = _mm256_setzero_si256();
    return _mm256_andnot_si256(_mm256_cmpeq_epi8(v, zero), _mm256_cmpeq_epi8(_mm256_and_si256(v, bytes(liked)), zero));
}

static inline WIDE __m256i at_most(__m256i v, uint8_t most)
{
    return _mm256_cmpeq_epi8(_mm256_min_epu8(v, bytes(most)), v);
}

static inline WIDE uint32_t mask_of_16(__m256i a, __m256i b) /* 32 masks of 16 bits as bits */
{
    return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xD8));
}

static inline WIDE uint32_t at_least(const uint16_t *column, uint16_t least)
{
    __m256i a = load(column), b = load(column + 16), x = _mm256_set1_epi16((int16_t)least);
    return mask_of_16(_mm256_cmpeq_epi16(_mm256_max_epu16(a, x), a), _mm256_cmpeq_epi16(_mm256_max_epu16(b, x), b));
}

static inline WIDE uint32_t mask_of_32(__m256i v)
{
    return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(v));
}

static inline WIDE __m256i reached_8(const struct crowd *c, uint32_t i, const struct ad_gate *g)
{
    __m256i d = squares(load(c->lat + i), load(c->lng + i), all((uint32_t)g->lat), all((uint32_t)g->lng), _mm256_loadu_ps(c->kx + i));
    __m256 far = g->known ? _mm256_castsi256_ps(d) : _mm256_set1_ps(FAR_AWAY);
    return _mm256_castps_si256(_mm256_cmp_ps(far, _mm256_loadu_ps(c->reach + i), _CMP_LT_OQ));
}

/* Of the 32 people from i on, those of `bits` that may suit. */
static inline WIDE uint32_t people_32(const struct crowd *c, uint32_t i, const struct ad_gate *g, uint32_t bits)
{
    __m256i zero = _mm256_setzero_si256(), experience = load(c->experience + i), education = _mm256_and_si256(load(c->education + i), bytes(15));
    __m256i no = _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_and_si256(load(c->types + i), bytes(g->types)), zero),
                                 _mm256_cmpeq_epi8(_mm256_and_si256(load(c->shifts + i), bytes(g->shifts)), zero));
    __m256i yes = _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_max_epu8(experience, bytes(g->experience)), experience),
                                   _mm256_cmpeq_epi8(_mm256_max_epu8(education, bytes(g->education)), education));
    bits &= (uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(no, yes));
    if (bits == 0)
        return 0;
    __m256i a = load(c->floor + i), b = load(c->floor + i + 16), most = _mm256_set1_epi16((int16_t)(g->wage_max > UINT16_MAX ? UINT16_MAX : g->wage_max));
    bits &= mask_of_16(_mm256_cmpeq_epi16(_mm256_min_epu16(a, most), a), _mm256_cmpeq_epi16(_mm256_min_epu16(b, most), b));
    for (uint32_t k = 0; k < 32 && (g->near || g->certs != 0); k += 8) {
        if ((bits >> k & 255) == 0)
            continue;
        __m256i fits = _mm256_cmpeq_epi32(_mm256_and_si256(load(c->certs + i + k), all(g->certs)), all(g->certs));
        __m256i near = g->near ? reached_8(c, i + k, g) : all(UINT32_MAX);
        if (g->districts)
            near = _mm256_or_si256(near, _mm256_xor_si256(is_zero(_mm256_and_si256(load(c->districts + i + k), all(g->district))), all(UINT32_MAX)));
        bits &= ~(255u << k) | mask_of_32(_mm256_and_si256(fits, near)) << k;
    }
    return bits;
}

static WIDE void people_wide(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *gate, uint64_t *bits, uint64_t *picky)
{
    const struct ad_gate g = *gate;
    for (uint32_t w = 0, i = word * 64; w < n; w++, i += 64) {
        uint32_t low = (uint32_t)bits[w], high = (uint32_t)(bits[w] >> 32);
        low = low == 0 ? 0 : people_32(c, i, &g, low);
        high = high == 0 ? 0 : people_32(c, i + 32, &g, high);
        bits[w] = low | (uint64_t)high << 32;
        picky[w] = bits[w] == 0 ? 0 : bits[w] & ((uint32_t)_mm256_movemask_epi8(load(c->education + i)) |
                                                 (uint64_t)(uint32_t)_mm256_movemask_epi8(load(c->education + i + 32)) << 32);
    }
}

/* Of four people, those with a mark of 16 bits like `mark` where `mask` says. */
static inline WIDE uint32_t works_4(__m256i works, __m256i mask, __m256i mark)
{
    __m256i like = _mm256_cmpeq_epi16(_mm256_and_si256(works, mask), mark);
    return ~(uint32_t)_mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(like, _mm256_setzero_si256()))) & 15;
}

static WIDE uint64_t work_wide(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second)
{
    const uint64_t *works = c->works + (size_t)word * 64;
    const uint8_t *education = c->education + (size_t)word * 64;
    __m256i all = _mm256_set1_epi16(-1), upper = _mm256_set1_epi16((int16_t)0xFF00);
    __m256i third = _mm256_set1_epi16((int16_t)mark), group = _mm256_and_si256(third, upper);
    uint64_t like = 0, some = 0;
    for (unsigned k = 0; k < 64; k += 4) {
        if ((bits >> k & 15) == 0)
            continue;
        __m256i v = load(works + k);
        like |= (uint64_t)works_4(v, all, third) << k;
        some |= (uint64_t)works_4(v, upper, group) << k;
    }
    for (unsigned k = 0; k < 64; k += 32)
        like |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(load(education + k), 2)) << k; /* CROWD_WIDE */
    *second = bits & some & ~like;
    return bits & like;
}

static inline WIDE __m256 floats(float x)
{
    return _mm256_set1_ps(x);
}

static inline WIDE uint32_t worth_8(const struct crowd *c, uint32_t i, const struct ad_gate *g, const struct worth *x)
{
    __m256i floor = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(c->floor + i)));
    __m256 more = _mm256_min_ps(_mm256_max_ps(_mm256_sub_ps(floats(x->most), _mm256_cvtepi32_ps(floor)), floats(0)), floats(GOOD_SURPLUS));
    __m256 wage = _mm256_blendv_ps(_mm256_mul_ps(more, floats(x->of_more)), floats(x->of_any), _mm256_castsi256_ps(is_zero(floor)));
    __m256 share = _mm256_sub_ps(floats(1), _mm256_mul_ps(_mm256_sub_ps(floats(x->want), wage), floats(1.0F / POINTS_DISTANCE)));
    __m256 reach = _mm256_loadu_ps(c->reach + i);
    __m256 said = _mm256_and_ps(_mm256_cmp_ps(reach, floats(0), _CMP_GT_OQ), _mm256_cmp_ps(reach, floats(FAR_AWAY), _CMP_LT_OQ));
    __m256 far = _mm256_sqrt_ps(_mm256_blendv_ps(floats((float)FAR_METRES * FAR_METRES), reach, said));
    __m256 d = _mm256_castsi256_ps(squares(load(c->lat + i), load(c->lng + i), all((uint32_t)g->lat), all((uint32_t)g->lng), _mm256_loadu_ps(c->kx + i)));
    far = _mm256_add_ps(_mm256_mul_ps(far, share), floats(1));
    __m256 near = _mm256_cmp_ps(g->known ? d : floats(FAR_AWAY), _mm256_mul_ps(far, far), _CMP_LE_OQ);
    near = _mm256_and_ps(near, _mm256_cmp_ps(share, floats(0), _CMP_GE_OQ));
    return (uint32_t)_mm256_movemask_ps(_mm256_or_ps(near, _mm256_cmp_ps(share, floats(1), _CMP_GE_OQ)));
}

static WIDE uint64_t worth_wide(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits)
{
    const struct worth x = worth_of(g, want);
    for (uint32_t k = 0; k < 64 && want > 0; k += 8)
        if ((bits >> k & 255) != 0)
            bits &= ~(UINT64_C(255) << k) | (uint64_t)worth_8(c, word * 64 + k, g, &x) << k;
    return bits;
}

static inline WIDE uint32_t near_8(const struct strip *s, uint32_t i, const struct person_gate *g)
{
    __m256i lat = load(s->lat + i), lng = load(s->lng + i);
    __m256i d = squares(lat, lng, all((uint32_t)g->home.lat), all((uint32_t)g->home.lng), _mm256_set1_ps(g->home.kx));
    __m256i in = _mm256_castps_si256(_mm256_cmp_ps(_mm256_castsi256_ps(d), _mm256_set1_ps(g->reach), _CMP_LT_OQ));
    return mask_of_32(_mm256_andnot_si256(is_zero(_mm256_or_si256(lat, lng)), in));
}

/* Of the 32 ads from i on, those of `bits` that suit. */
static inline WIDE uint32_t ads_32(const struct strip *s, uint32_t i, const struct person_gate *g, uint32_t bits)
{
    __m256i no = _mm256_or_si256(unlike(s->types + i, g->types), unlike(s->shifts + i, g->shifts));
    __m256i yes = _mm256_and_si256(at_most(load(s->experience + i), g->experience),
                                   at_most(_mm256_and_si256(load(s->education + i), bytes(15)), g->education));
    bits &= (uint32_t)_mm256_movemask_epi8(_mm256_andnot_si256(no, yes));
    if (bits == 0)
        return 0;
    bits &= at_least(s->wage + i, g->wage_floor);
    if (g->ends)
        bits &= at_least(s->expires + i, g->today);
    for (uint32_t k = 0; k < 32 && g->near; k += 8)
        if ((bits >> k & 255) != 0)
            bits &= ~(255u << k) | near_8(s, i + k, g) << k;
    return bits;
}

static inline WIDE uint32_t no_certificate(const uint16_t *column)
{
    __m256i zero = _mm256_setzero_si256();
    return mask_of_16(_mm256_cmpeq_epi16(load(column), zero), _mm256_cmpeq_epi16(load(column + 16), zero));
}

static WIDE void ads_wide(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *gate, uint64_t *bits, uint64_t *none)
{
    const struct person_gate g = *gate;
    for (uint32_t w = 0, i = word * 64; w < n; w++, i += 64) {
        uint32_t low = (uint32_t)bits[w], high = (uint32_t)(bits[w] >> 32), free_low = 0, free_high = 0;
        if (low != 0 && (low = ads_32(s, i, &g, low)) != 0)
            free_low = low & no_certificate(s->certificates + i);
        if (high != 0 && (high = ads_32(s, i + 32, &g, high)) != 0)
            free_high = high & no_certificate(s->certificates + i + 32);
        bits[w] = low | (uint64_t)high << 32;
        none[w] = free_low | (uint64_t)free_high << 32;
    }
}

static WIDE uint64_t skilled_wide(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    return skilled(signs, named, need, bits);
}

bool lanes_wide(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

void lanes_people(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *g, uint64_t *bits, uint64_t *picky)
{
    (lanes_wide() ? people_wide : lanes_people_plain)(c, word, n, g, bits, picky);
}

void lanes_ads(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *g, uint64_t *bits, uint64_t *none)
{
    (lanes_wide() ? ads_wide : lanes_ads_plain)(s, word, n, g, bits, none);
}

uint64_t lanes_work(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second)
{
    return (lanes_wide() ? work_wide : lanes_work_plain)(c, word, mark, bits, second);
}

uint64_t lanes_worth(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits)
{
    return (lanes_wide() ? worth_wide : lanes_worth_plain)(c, word, g, want, bits);
}

uint64_t lanes_skilled(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    return (lanes_wide() ? skilled_wide : lanes_skilled_plain)(signs, named, need, bits);
}
#else
bool lanes_wide(void)
{
    return false;
}

void lanes_people(const struct crowd *c, uint32_t word, uint32_t n, const struct ad_gate *g, uint64_t *bits, uint64_t *picky)
{
    lanes_people_plain(c, word, n, g, bits, picky);
}

void lanes_ads(const struct strip *s, uint32_t word, uint32_t n, const struct person_gate *g, uint64_t *bits, uint64_t *none)
{
    lanes_ads_plain(s, word, n, g, bits, none);
}

uint64_t lanes_work(const struct crowd *c, uint32_t word, uint16_t mark, uint64_t bits, uint64_t *second)
{
    return lanes_work_plain(c, word, mark, bits, second);
}

uint64_t lanes_worth(const struct crowd *c, uint32_t word, const struct ad_gate *g, int32_t want, uint64_t bits)
{
    return lanes_worth_plain(c, word, g, want, bits);
}

uint64_t lanes_skilled(const uint64_t *signs, uint64_t named, const uint8_t need[128], uint64_t bits)
{
    return lanes_skilled_plain(signs, named, need, bits);
}
#endif
