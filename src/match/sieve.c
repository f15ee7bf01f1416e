#include "match/sieve.h"

#include "match/lanes.h"

#include <string.h>

#if defined __x86_64__
#include <immintrin.h>
#define WIDE __attribute__((target("avx2")))
#endif

/* ---- making it ready ---- */

static struct mesh mesh_of(const struct filter *f, const struct snap *s, const struct part *p, unsigned kind)
{
    const struct slim *c = &p->slim;
    struct mesh m = {.how = MESH_FACE, .kind = kind};
    switch (kind) {
    case MATCH_F_DISTRICT:
        if (s->n_districts > 256)
            break;
        m.how = f->n_few > 0 ? MESH_FEW : MESH_SET8;
        m.n_few = f->n_few;
        memcpy(m.few, f->few, sizeof m.few);
        m.column = c->district;
        m.ok = f->district_ok;
        break;
    case MATCH_F_OCCUPATION: return (struct mesh){.how = MESH_SET16, .kind = kind, .column = c->occupation, .ok = f->occupation_ok};
    case MATCH_F_WAGE:
        if (f->wage_floor == 0)
            return (struct mesh){.how = MESH_HIGH, .kind = kind, .column = c->education_band, .bits = (uint32_t)(f->marks[kind] >> MARK_WAGE)};
        if (f->marks[kind] == marks_kind(kind) && f->wage_floor <= UINT16_MAX)
            return (struct mesh){.how = MESH_LEAST, .kind = kind, .column = c->wage, .least = (uint16_t)f->wage_floor};
        break;
    case MATCH_F_EDUCATION: return (struct mesh){.how = MESH_LOW, .kind = kind, .column = c->education_band, .bits = (uint32_t)(f->marks[kind] >> MARK_EDUCATION)};
    case MATCH_F_TYPE: return (struct mesh){.how = MESH_MASK, .kind = kind, .column = c->types, .bits = (uint32_t)(f->marks[kind] >> MARK_TYPE)};
    case MATCH_F_AGE: return (struct mesh){.how = MESH_LEAST, .kind = kind, .column = c->fresh, .least = f->oldest};
    default: break;
    }
    return m;
}

void sieve_ready(const struct filter *f, const struct snap *s, unsigned part, struct sieve *out)
{
    const struct part *p = s->parts[part];
    out->f = f;
    out->live = s->live[part]->n == p->n ? NULL : s->live[part]->bits;
    out->p = p;
    out->n = out->n_wide = 0;
    out->some_over = p->first_end < f->today;
    out->over = (struct mesh){.how = MESH_LEAST, .kind = MATCH_F_COUNT, .column = p->lanes.expires, .least = f->today};
    for (int wide = 1; wide >= 0; wide--)
        for (unsigned kind = 0; kind < MATCH_F_COUNT; kind++) {
            if (!(f->active >> kind & 1))
                continue;
            struct mesh m = mesh_of(f, s, p, kind);
            if (SIEVE_WIDE(&m) != (wide == 1))
                continue;
            out->mesh[out->n++] = m;
            out->n_wide += wide == 1;
        }
}

/* ---- one by one ---- */

static inline bool mesh_fails(const struct sieve *v, const struct mesh *m, uint32_t ad)
{
    const uint8_t *c8 = m->column;
    const uint16_t *c16 = m->column;
    switch (m->how) {
    case MESH_LEAST: return c16[ad] < m->least;
    case MESH_LOW: return !(m->bits >> (c8[ad] & 15) & 1);
    case MESH_HIGH: return !(m->bits >> (c8[ad] >> 4) & 1);
    case MESH_MASK: return !(c8[ad] & m->bits);
    case MESH_FEW:
    case MESH_SET8: return !m->ok[c8[ad]];
    case MESH_SET16: return !m->ok[c16[ad]];
    case MESH_FACE: break;
    }
    return filter_fails(v->f, v->p, ad, m->kind);
}

#define EACH(fails_it) \
    for (size_t i = 0; i < n; i++) { \
        const struct face *x = &p->faces[ads[i]]; \
        (void)x; \
        fails[i] |= (uint32_t)(fails_it) << bit; \
    }

/* A loop without branches for each kind: a wrong guess would wait for the next ad. */
static void list_mesh(const struct sieve *v, unsigned bit, const uint32_t *ads, size_t n, uint32_t *fails)
{
    const struct filter *f = v->f;
    const struct part *p = v->p;
    unsigned kind = v->mesh[bit].kind;
    uint64_t marks = f->marks[kind < MATCH_F_COUNT ? kind : 0];
    switch (kind) {
    case MATCH_F_DISTRICT: EACH(!f->district_ok[x->district]) return;
    case MATCH_F_STREET: EACH(!f->street_ok[x->street]) return;
    case MATCH_F_OCCUPATION: EACH(!f->occupation_ok[x->occupation]) return;
    case MATCH_F_WAGE:
        if (f->wage_floor > UINT16_MAX) {
            EACH((p->rows[ads[i]].wage_max < f->wage_floor) | !(x->marks & marks))
        } else {
            EACH((p->slim.wage[ads[i]] < f->wage_floor) | !(x->marks & marks))
        }
        return;
    case MATCH_F_EDUCATION:
    case MATCH_F_EXPERIENCE:
    case MATCH_F_TYPE:
    case MATCH_F_SHIFT: EACH(!(x->marks & marks)) return;
    case MATCH_F_AGE: EACH(x->fresh < f->oldest) return;
    case MATCH_F_DISTANCE: EACH(filter_far(f, &p->rows[ads[i]])) return;
    case MATCH_F_BENEFIT: EACH(filter_lacks(f, x, &p->sides[ads[i]])) return;
    case MATCH_F_EMPLOYER: EACH(filter_other_firm(f, &p->sides[ads[i]])) return;
    default: return;
    }
}

void sieve_list(const struct sieve *v, const uint32_t *ads, size_t n, uint32_t *fails)
{
    memset(fails, 0, n * sizeof *fails);
    for (unsigned bit = 0; bit < v->n; bit++)
        list_mesh(v, bit, ads, n, fails);
    for (size_t i = 0; v->some_over && i < n; i++)
        fails[i] |= v->p->lanes.expires[ads[i]] < v->f->today ? UINT32_MAX : 0;
    for (size_t i = 0; v->live != NULL && i < n; i++)
        fails[i] |= v->live[ads[i] / 64] >> ads[i] % 64 & 1 ? 0 : UINT32_MAX;
}

/* ---- 64 ads ---- */

uint64_t sieve_fails_plain(const struct sieve *v, const struct mesh *m, uint32_t w, uint64_t bits)
{
    uint64_t fails = 0;
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
        unsigned b = (unsigned)__builtin_ctzll(rest);
        fails |= (uint64_t)mesh_fails(v, m, w * 64 + b) << b;
    }
    return fails;
}

#if defined __x86_64__
static inline WIDE __m256i load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

static inline WIDE uint64_t bytes_set(__m256i a, __m256i b)
{
    return (uint32_t)_mm256_movemask_epi8(a) | (uint64_t)(uint32_t)_mm256_movemask_epi8(b) << 32;
}

/* The numbers of a half byte that are among `bits`, as a table for shuffling. */
static inline WIDE __m256i table_of(uint32_t bits)
{
    uint8_t t[16];
    for (unsigned i = 0; i < 16; i++)
        t[i] = bits >> i & 1 ? 255 : 0;
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)t));
}

static WIDE uint64_t pass_half(const uint8_t *c, uint32_t bits, bool high)
{
    __m256i table = table_of(bits), low = _mm256_set1_epi8(15), a = load(c), b = load(c + 32);
    if (high) {
        a = _mm256_srli_epi16(a, 4);
        b = _mm256_srli_epi16(b, 4);
    }
    return bytes_set(_mm256_shuffle_epi8(table, _mm256_and_si256(a, low)), _mm256_shuffle_epi8(table, _mm256_and_si256(b, low)));
}

static WIDE uint64_t pass_mask(const uint8_t *c, uint32_t bits)
{
    __m256i m = _mm256_set1_epi8((char)bits), zero = _mm256_setzero_si256();
    return ~bytes_set(_mm256_cmpeq_epi8(_mm256_and_si256(load(c), m), zero), _mm256_cmpeq_epi8(_mm256_and_si256(load(c + 32), m), zero));
}

static WIDE uint64_t pass_few(const uint8_t *c, const uint8_t *few, unsigned n)
{
    __m256i a = load(c), b = load(c + 32), x = _mm256_setzero_si256(), y = x;
    for (unsigned i = 0; i < n; i++) {
        __m256i one = _mm256_set1_epi8((char)few[i]);
        x = _mm256_or_si256(x, _mm256_cmpeq_epi8(a, one));
        y = _mm256_or_si256(y, _mm256_cmpeq_epi8(b, one));
    }
    return bytes_set(x, y);
}

/* Two times 16 comparisons as 32 bytes in order. */
static inline WIDE __m256i least_32(const uint16_t *c, __m256i least)
{
    __m256i a = load(c), b = load(c + 16);
    a = _mm256_cmpeq_epi16(_mm256_max_epu16(a, least), a);
    b = _mm256_cmpeq_epi16(_mm256_max_epu16(b, least), b);
    return _mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xD8);
}

static WIDE uint64_t pass_least(const uint16_t *c, uint16_t least)
{
    __m256i x = _mm256_set1_epi16((short)least);
    return bytes_set(least_32(c, x), least_32(c + 32, x));
}

static uint64_t fails_wide(const struct mesh *m, uint32_t w, uint64_t bits)
{
    const uint8_t *c8 = (const uint8_t *)m->column + (size_t)w * 64;
    switch (m->how) {
    case MESH_LEAST: return bits & ~pass_least((const uint16_t *)m->column + (size_t)w * 64, m->least);
    case MESH_LOW: return bits & ~pass_half(c8, m->bits, false);
    case MESH_HIGH: return bits & ~pass_half(c8, m->bits, true);
    case MESH_MASK: return bits & ~pass_mask(c8, m->bits);
    case MESH_FEW: return bits & ~pass_few(c8, m->few, m->n_few);
    default: return bits;
    }
}

uint64_t sieve_fails(const struct sieve *v, const struct mesh *m, uint32_t w, uint64_t bits)
{
    return SIEVE_WIDE(m) && lanes_wide() ? fails_wide(m, w, bits) : sieve_fails_plain(v, m, w, bits);
}
#else
uint64_t sieve_fails(const struct sieve *v, const struct mesh *m, uint32_t w, uint64_t bits)
{
    return sieve_fails_plain(v, m, w, bits);
}
#endif
