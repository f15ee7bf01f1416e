#include "match/scan.h"

#include "match/plan.h"
#include "match/sieve.h"

#include <string.h>

#define BUFFER 256
#define HOPEFUL 512
#define FEW 4 /* so many ads of a word are put on a list, to be tested together with others */
#define AHEAD 8 /* words: so early are columns fetched */
#define SHORT_CHUNK 256u /* words: the first ads found raise the bar for the others early */
#define RARE 64 /* a chunk is long when one ad in so many, or fewer, has the rarest word */

struct hit {
    uint32_t ad;
    int32_t key; /* see early_key() */
};
struct found { /* ads that wait to be tested, and to be held against the best */
    uint32_t listed[BUFFER];
    uint8_t strong[BUFFER]; /* perhaps among the best */
    size_t n_listed;
    struct hit hopeful[HOPEFUL];
    size_t n_hopeful;
};
struct run {
    struct search *x;
    unsigned part;
    const struct part *p;
    struct plan plan;
    struct sieve sieve;
    struct found found;
    uint32_t from, n;             /* the chunk's words */
    uint64_t holds[CHUNK_WORDS];  /* ads that hold all words; then those of them found that are still to be counted */
    uint64_t strong[CHUNK_WORDS]; /* those of them that may be among the best; at last those found */
    struct mesh bar;              /* what the best must have, when `barred` */
    bool barred;
};

/* ---- the best ---- */

static inline int32_t fresh_of(const struct search *x, int32_t age)
{
    return x->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age];
}

/* What an ad is ordered by, but for the trust in its source, which stands in the row. */
static inline int32_t early_key(const struct search *x, const struct part *p, uint32_t ad, int32_t words)
{
    int32_t metres;
    switch (x->q->sort) {
    case MATCH_NEAR:
        metres = ground_metres(&x->filter.from, p->rows[ad].lat, p->rows[ad].lng);
        return metres < 0 ? INT32_MIN : -metres;
    case MATCH_PAY:
        return (int32_t)((p->sides[ad].wage_min + (uint64_t)p->rows[ad].wage_max) / 2);
    case MATCH_NEWEST:
        return p->faces[ad].fresh;
    case MATCH_BEST:
        break;
    }
    return words + fresh_of(x, (int32_t)x->filter.today - p->faces[ad].fresh);
}

#define TRUST_POINTS 4 /* for each rank of the source */

static int32_t most_trust(const struct run *r)
{
    return r->x->q->sort == MATCH_BEST ? r->p->most_trust * TRUST_POINTS : 0;
}

/* The k-th best key of those that wait: worse ones cannot be among the best. */
static int32_t least_key(const struct hit *v, size_t n, size_t k, struct arena *a)
{
    struct best keys = {.k = k};
    if (k == 0 || n <= k)
        return INT32_MIN;
    for (size_t i = 0; i < n; i++)
        if (best_hopeful(&keys, v[i].key))
            best_add(a, &keys, &(struct best_one){.key = v[i].key});
    return keys.v[0].key;
}

/* Rows and ids are fetched together, and only of those that may beat the others who wait: they lie apart. */
static void add_hopeful(struct run *r)
{
    struct found *f = &r->found;
    struct best *best = &r->x->best;
    int32_t least = least_key(f->hopeful, f->n_hopeful, best->k, r->x->cx->arena), trust = most_trust(r);
    size_t n = 0;
    for (size_t i = 0; i < f->n_hopeful; i++) {
        struct hit h = f->hopeful[i];
        if ((int64_t)h.key < (int64_t)least - trust || !best_hopeful(best, h.key + trust))
            continue;
        __builtin_prefetch(&r->p->rows[h.ad]);
        __builtin_prefetch(&r->p->sides[h.ad].id);
        f->hopeful[n++] = h;
    }
    f->n_hopeful = 0;
    for (size_t i = 0; i < n; i++) {
        struct hit h = f->hopeful[i];
        h.key += trust > 0 ? (int32_t)(r->p->rows[h.ad].mixed >> ROW_SOURCE) * TRUST_POINTS : 0;
        best_add(r->x->cx->arena, best, &(struct best_one){h.key, h.ad, r->p->sides[h.ad].id, r->part, 0});
    }
}

/* So many points and the freshness of today would get in. */
static inline bool words_hopeful(const struct search *x, int32_t words, int32_t trust)
{
    return x->q->sort != MATCH_BEST || best_hopeful(&x->best, words + FRESH_MOST + trust);
}

HOT void score_word(struct run *r, uint32_t w, uint64_t bits)
{
    struct found *f = &r->found;
    bool by_words = r->x->q->sort == MATCH_BEST;
    int32_t trust = most_trust(r);
    if (r->barred && __builtin_popcountll(bits) > FEW)
        bits &= ~sieve_fails(&r->sieve, &r->bar, w, bits);
    if (by_words && bits != 0)
        plan_word(&r->plan, w);
    for (; bits != 0; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(bits);
        int32_t words = by_words ? plan_score(&r->plan, bit) : 0, key;
        if (!words_hopeful(r->x, words, trust) || !best_hopeful(&r->x->best, (key = early_key(r->x, r->p, w * 64 + bit, words)) + trust))
            continue;
        f->hopeful[f->n_hopeful++] = (struct hit){w * 64 + bit, key};
        if (f->n_hopeful == HOPEFUL)
            add_hopeful(r);
    }
}

/* The first day that gives at least so many points. */
static uint16_t day_of(const struct search *x, int32_t points)
{
    int32_t enough = -1, less = FRESH_DAYS - 1; /* ages */
    if (fresh_of(x, less) >= points)
        return 0;
    while (enough + 1 < less) {
        int32_t mid = (enough + less) / 2;
        if (fresh_of(x, mid) >= points)
            enough = mid;
        else
            less = mid;
    }
    return (uint16_t)(enough < 0 ? UINT16_MAX : enough > x->filter.today ? 0 : x->filter.today - enough);
}

/* What an ad must have to get among the best, as far as a column can tell. */
static void raise_bar(struct run *r)
{
    const struct search *x = r->x;
    const struct best *best = &x->best;
    r->barred = best->k > 0 && best->n == best->k && x->q->sort != MATCH_NEAR;
    if (!r->barred)
        return;
    int32_t least = best->v[0].key, trust = most_trust(r);
    r->bar = (struct mesh){.how = MESH_LEAST, .kind = MATCH_F_COUNT, .column = r->p->slim.fresh};
    if (x->q->sort == MATCH_PAY) {
        r->bar.column = r->p->slim.wage;
        r->bar.least = (uint16_t)(least > UINT16_MAX ? UINT16_MAX : least < 0 ? 0 : least);
    } else if (x->q->sort == MATCH_NEWEST) {
        r->bar.least = (uint16_t)least;
    } else {
        r->bar.least = day_of(x, least - trust - r->plan.most);
        plan_keep_strong(&r->plan, r->from, r->n, least - trust - FRESH_MOST, r->strong);
    }
}

/* ---- ads that lie apart ---- */

/* No branch hangs on what an ad fails: a wrong guess costs as much as ten ads. */
static void test_listed(struct run *r)
{
    struct found *f = &r->found;
    uint32_t fails[BUFFER], hit[BUFFER + 1];
    size_t n = f->n_listed, k = 0;
    f->n_listed = 0;
    sieve_list(&r->sieve, f->listed, n, fails);
    for (size_t i = 0; i < n; i++) {
        uint32_t ad = f->listed[i];
        hit[k] = ad;
        k += fails[i] == 0;
        r->strong[ad / 64 - r->from] |= (uint64_t)(f->strong[i] & (fails[i] == 0)) << ad % 64;
    }
    r->x->tally.total += (uint32_t)k;
    struct counters c = counters_of(&r->x->tally);
    for (size_t i = 0; r->x->tally.facets && i < k; i++)
        tally_hit(&r->x->tally, &c, &r->p->faces[hit[i]], &r->p->sides[hit[i]]);
    for (unsigned m = 0; m < r->sieve.n; m++)
        tally_listed(&r->x->tally, r->p, f->listed, fails, 1u << m, n, r->sieve.mesh[m].kind);
}

HOT void list_few(struct run *r, uint32_t w, uint64_t bits)
{
    struct found *f = &r->found;
    uint64_t strong = r->strong[w - r->from];
    r->holds[w - r->from] = r->strong[w - r->from] = 0;
    for (; bits != 0; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(bits);
        __builtin_prefetch(&r->p->faces[w * 64 + bit]);
        f->listed[f->n_listed] = w * 64 + bit;
        f->strong[f->n_listed++] = strong >> bit & 1;
    }
    if (f->n_listed + FEW > BUFFER)
        test_listed(r);
}

/* ---- ads that lie together ---- */

/* Four faces lie in a line. */
HOT void fetch_faces(const struct face *faces, uint64_t bits)
{
    for (uint64_t lines = (bits | bits >> 1 | bits >> 2 | bits >> 3) & UINT64_C(0x1111111111111111); lines != 0; lines &= lines - 1)
        __builtin_prefetch(faces + __builtin_ctzll(lines));
}

/* What fails two conditions is of no interest, so the costly ones are tried last and on the rest only. */
HOT void take_many(struct run *r, uint32_t w, uint64_t bits)
{
    uint64_t once = 0, twice = 0, fails[MESHES_MAX];
    const struct sieve *v = &r->sieve;
    struct tally *t = &r->x->tally;
    if (v->some_over)
        bits &= ~sieve_fails(v, &v->over, w, bits);
    for (unsigned i = 0; i < v->n; i++) {
        fails[i] = sieve_fails(v, &v->mesh[i], w, bits & ~twice);
        twice |= once & fails[i];
        once |= fails[i];
    }
    bits &= ~once;
    r->strong[w - r->from] &= bits;
    r->holds[w - r->from] = bits;
    t->total += (uint32_t)__builtin_popcountll(bits);
    fetch_faces(r->p->faces + (size_t)w * 64, bits);
    for (unsigned i = 0; i < v->n; i++) {
        uint64_t alone = fails[i] & ~twice;
        t->alone[v->mesh[i].kind] += (uint32_t)__builtin_popcountll(alone);
        if (t->facets && alone != 0)
            tally_alone(t, r->p, w, alone, v->mesh[i].kind);
    }
}

/* Their faces were fetched when they were found. What is written to is held in locals: a counter could be anything else for the compiler. */
HOT void count_found(struct run *r)
{
    struct tally *t = &r->x->tally;
    struct counters c = counters_of(t);
    const struct face *faces = r->p->faces + (size_t)r->from * 64;
    const struct side *sides = r->p->sides + (size_t)r->from * 64;
    for (uint32_t i = 0, n = r->n; i < n; i++, faces += 64, sides += 64)
        for (uint64_t bits = r->holds[i]; bits != 0; bits &= bits - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(bits);
            tally_hit(t, &c, faces + bit, sides + bit);
        }
}

/* ---- a part ---- */

HOT void fetch_columns(const struct run *r, uint32_t i)
{
    if (i >= r->n || __builtin_popcountll(r->holds[i]) <= FEW)
        return;
    for (unsigned m = 0; m < r->sieve.n; m++)
        mesh_fetch(&r->sieve.mesh[m], r->from + i);
    if (r->barred && r->strong[i] != 0)
        mesh_fetch(&r->bar, r->from + i);
}

HOT void take_chunk(struct run *r)
{
    memcpy(r->strong, r->holds, r->n * sizeof *r->strong);
    if (r->x->best.k == 0)
        memset(r->strong, 0, r->n * sizeof *r->strong);
    raise_bar(r);
    for (uint32_t i = 0; i < r->n; i++) {
        uint64_t bits = r->holds[i];
        fetch_columns(r, i + AHEAD);
        if (bits == 0)
            continue;
        if (__builtin_popcountll(bits) <= FEW)
            list_few(r, r->from + i, bits);
        else
            take_many(r, r->from + i, bits);
    }
    test_listed(r);
    if (r->x->tally.facets)
        count_found(r);
    for (uint32_t i = 0; i < r->n; i++)
        if (r->strong[i] != 0)
            score_word(r, r->from + i, r->strong[i]);
    add_hopeful(r);
}

static void find_all(struct run *r, uint32_t words)
{
    memset(r->holds, 0xFF, r->n * sizeof *r->holds);
    if (r->from + r->n == words && r->p->n % 64 != 0)
        r->holds[r->n - 1] = (UINT64_C(1) << r->p->n % 64) - 1;
}

HOT void go_through(struct run *r)
{
    const struct plan *plan = &r->plan;
    uint32_t words = (r->p->n + 63) / 64, span = plan->n_must > 0 && plan->must[0].size < r->p->n / RARE ? CHUNK_WORDS : SHORT_CHUNK;
    for (r->from = 0; r->from < words; r->from += span) {
        r->n = words - r->from < span ? words - r->from : span;
        if (plan->n_must == 0)
            find_all(r, words);
        if (!plan_find(&r->plan, r->from, r->n, r->holds))
            continue;
        for (uint32_t i = 0; r->sieve.live != NULL && i < r->n; i++)
            r->holds[i] &= r->sieve.live[r->from + i];
        take_chunk(r);
    }
}

static void scan_plain(struct run *r)
{
    go_through(r);
}

/* The same with instructions that count bits: found ads of frequent terms need them. */
#if defined __x86_64__
static __attribute__((target("popcnt,bmi,bmi2,avx2"))) void scan_wide(struct run *r)
{
    go_through(r);
}

static bool is_wide(void)
{
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("avx2");
}
#else
#define scan_wide scan_plain
static bool is_wide(void)
{
    return false;
}
#endif

static void scan_part(struct search *x, unsigned part, struct run *r)
{
    r->part = part;
    r->p = x->s->parts[part];
    plan_make(x->cx, &x->query, x->skip, r->p, &r->plan);
    if (r->plan.none)
        return;
    sieve_ready(&x->filter, x->s, part, &r->sieve);
    if (is_wide())
        scan_wide(r);
    else
        scan_plain(r);
}

void scan(struct search *x)
{
    struct run *r = arena_alloc(x->cx->arena, sizeof *r);
    r->x = x;
    for (unsigned i = 0; i < x->s->n_parts; i++)
        scan_part(x, i, r);
}
