#include "match/scan.h"

#include "match/postings.h"
#include "match/sieve.h"

#define BUFFER 256
#define AHEAD 16 /* rows fetched before they are looked at */
#define FEW 4    /* so many ads of a word are tested one by one */
#define HOT static inline __attribute__((always_inline))

/* ---- what was typed, over one part ---- */

struct leaf { /* a term */
    struct walk walk;
    int32_t factor; /* impact * factor >> 8 = score */
};
struct branch { /* an alternative: all its terms */
    struct leaf *leaves; /* rarest first */
    unsigned n;
    uint64_t bits; /* of the word asked for last; so the next */
};
struct tree { /* a group: any of its alternatives */
    struct branch *branches;
    size_t n, size; /* size: about how many ads */
    uint64_t bits;
};
struct plan { /* the groups, rarest first; then those excluded */
    struct tree must[QUERY_GROUPS], not[QUERY_GROUPS];
    size_t n_must, n_not;
};

static struct branch branch_open(struct ctx *cx, const struct part *p, const struct alt *a)
{
    struct branch b = {.leaves = ARENA_ARRAY(cx->arena, struct leaf, a->n)};
    for (unsigned i = 0; i < a->n; i++) {
        struct leaf leaf = {walk_open(part_postings(p, a->key[i])), a->idf[i] * (int32_t)a->weight * 16};
        unsigned at = b.n++;
        for (; at > 0 && b.leaves[at - 1].walk.p.n > leaf.walk.p.n; at--)
            b.leaves[at] = b.leaves[at - 1];
        b.leaves[at] = leaf;
    }
    return b;
}

static struct tree tree_open(struct ctx *cx, const struct part *p, const struct group *g)
{
    struct tree t = {.branches = ARENA_ARRAY(cx->arena, struct branch, g->n)};
    for (size_t i = 0; i < g->n; i++) {
        if (g->alts[i].df == 0 || g->alts[i].n == 0)
            continue;
        struct branch b = branch_open(cx, p, &g->alts[i]);
        if (b.leaves[0].walk.p.n == 0)
            continue;
        t.branches[t.n++] = b;
        t.size += b.leaves[0].walk.p.n;
    }
    return t;
}

static void plan_make(struct search *x, const struct part *p, struct plan *plan)
{
    plan->n_must = plan->n_not = 0;
    for (size_t i = 0; i < x->query.n; i++) {
        if (i == x->skip)
            continue;
        struct tree t = tree_open(x->cx, p, &x->query.groups[i]);
        if (x->query.groups[i].excluded) {
            plan->not[plan->n_not++] = t;
            continue;
        }
        size_t at = plan->n_must++;
        for (; at > 0 && plan->must[at - 1].size > t.size; at--)
            plan->must[at] = plan->must[at - 1];
        plan->must[at] = t;
    }
}

/* A word from `word` on that all terms may have. */
HOT uint32_t branch_next(struct branch *b, uint32_t word)
{
    for (;;) {
        uint32_t least = walk_next(&b->leaves[0].walk, word), most = least;
        for (unsigned i = 1; i < b->n && most != WALK_END; i++) {
            uint32_t next = walk_next(&b->leaves[i].walk, most);
            most = next > most ? next : most;
        }
        if (most == least || most == WALK_END)
            return most;
        word = most;
    }
}

HOT uint32_t tree_next(struct tree *t, uint32_t word)
{
    uint32_t least = WALK_END;
    for (size_t i = 0; i < t->n && least != word; i++) {
        uint32_t next = branch_next(&t->branches[i], word);
        least = next < least ? next : least;
    }
    return least;
}

HOT uint64_t tree_bits(struct tree *t, uint32_t word)
{
    t->bits = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct branch *b = &t->branches[i];
        b->bits = walk_bits(&b->leaves[0].walk, word);
        for (unsigned k = 1; k < b->n && b->bits != 0; k++)
            b->bits &= walk_bits(&b->leaves[k].walk, word);
        t->bits |= b->bits;
    }
    return t->bits;
}

HOT int32_t branch_score(const struct branch *b, uint32_t bit)
{
    int32_t score = 0;
    for (unsigned i = 0; i < b->n; i++)
        score += walk_impact(&b->leaves[i].walk, bit) * b->leaves[i].factor >> 8;
    return score;
}

/* The best alternative of each group counts. */
HOT int32_t plan_score(const struct plan *plan, uint32_t bit)
{
    int32_t sum = 0;
    for (size_t i = 0; i < plan->n_must; i++) {
        const struct tree *t = &plan->must[i];
        int32_t best = 0;
        for (size_t k = 0; k < t->n; k++) {
            int32_t score = t->branches[k].bits >> bit & 1 ? branch_score(&t->branches[k], bit) : 0;
            best = score > best ? score : best;
        }
        sum += best;
    }
    return sum;
}

/* ---- what was found ---- */

struct hit {
    uint32_t ad;
    int32_t words; /* score of the words */
};
struct found { /* ads that wait to be counted */
    struct hit hit[BUFFER];
    size_t n;
    uint32_t alone[MESHES_MAX + 1][BUFFER]; /* by mesh: fail this one only; the last takes what nobody wants */
    size_t n_alone[MESHES_MAX + 1];
};
struct run {
    struct search *x;
    unsigned part;
    const struct part *p;
    struct plan plan;
    struct sieve sieve;
    struct found found;
};

static int32_t sort_key(const struct search *x, const struct part *p, uint32_t ad, int32_t words)
{
    const struct row *r = &p->rows[ad];
    int32_t age = (int32_t)x->filter.today - r->fresh, metres;
    switch (x->q->sort) {
    case MATCH_NEAR:
        metres = ground_metres(&x->filter.from, r->lat, r->lng);
        return metres < 0 ? INT32_MIN : -metres;
    case MATCH_PAY:
        return (int32_t)((p->sides[ad].wage_min + (uint64_t)r->wage_max) / 2);
    case MATCH_NEWEST:
        return r->fresh;
    case MATCH_BEST:
        break;
    }
    return words + x->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age] + (int32_t)(r->mixed >> ROW_SOURCE) * 4;
}

/* The rows are fetched ahead, they lie apart. */
static void count_hits(struct run *r)
{
    struct search *x = r->x;
    const struct hit *h = r->found.hit;
    size_t n = r->found.n;
    r->found.n = 0;
    x->tally.total += (uint32_t)n;
    for (size_t i = 0; i < n && i < AHEAD; i++)
        __builtin_prefetch(&r->p->rows[h[i].ad]);
    for (size_t i = 0; i < n; i++) {
        uint32_t ad = h[i].ad;
        if (i + AHEAD < n)
            __builtin_prefetch(&r->p->rows[h[i + AHEAD].ad]);
        if (x->tally.facets)
            tally_all(&x->tally, &r->p->rows[ad], &r->p->sides[ad]);
        int32_t key = sort_key(x, r->p, ad, h[i].words);
        if (best_hopeful(&x->best, key))
            best_add(x->cx->arena, &x->best, &(struct best_one){key, ad, r->p->sides[ad].id, r->part, 0});
    }
}

static void count_alone(struct run *r, unsigned mesh)
{
    tally_alone(&r->x->tally, r->p, r->found.alone[mesh], r->found.n_alone[mesh], r->sieve.mesh[mesh].kind);
    r->found.n_alone[mesh] = 0;
}

/* ---- a word ---- */

/* One ad alone in its word, as in lists of rare terms: no branch hangs on what it fails but the last. */
HOT void take_one(struct run *r, uint32_t w, uint64_t bits)
{
    unsigned bit = (unsigned)__builtin_ctzll(bits), n = r->sieve.n;
    uint32_t ad = w * 64 + bit, fails = 0;
    for (unsigned i = 0; i < n; i++)
        fails |= (uint32_t)mesh_fails(&r->sieve, &r->sieve.mesh[i], ad) << i;
    if (fails == 0) {
        r->found.hit[r->found.n++] = (struct hit){ad, plan_score(&r->plan, bit)};
        if (r->found.n == BUFFER)
            count_hits(r);
        return;
    }
    unsigned mesh = (fails & (fails - 1)) == 0 ? (unsigned)__builtin_ctz(fails) : MESHES_MAX;
    r->found.alone[mesh][r->found.n_alone[mesh]] = ad;
    r->found.n_alone[mesh] += mesh < MESHES_MAX;
    if (mesh < MESHES_MAX && r->found.n_alone[mesh] == BUFFER)
        count_alone(r, mesh);
}

HOT void take_hits(struct run *r, uint32_t w, uint64_t bits)
{
    if (r->found.n + 64 > BUFFER)
        count_hits(r);
    for (; bits != 0; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(bits);
        r->found.hit[r->found.n++] = (struct hit){w * 64 + bit, plan_score(&r->plan, bit)};
    }
}

HOT void take_alone(struct run *r, uint32_t w, uint64_t bits, unsigned mesh)
{
    if (r->found.n_alone[mesh] + 64 > BUFFER)
        count_alone(r, mesh);
    for (; bits != 0; bits &= bits - 1)
        r->found.alone[mesh][r->found.n_alone[mesh]++] = w * 64 + (unsigned)__builtin_ctzll(bits);
}

/* What fails two conditions is of no interest, so the costly ones are tried last and on the rest only. */
HOT void take_many(struct run *r, uint32_t w, uint64_t bits)
{
    uint64_t once = 0, twice = 0, fails[MESHES_MAX];
    const struct sieve *v = &r->sieve;
    bool few = __builtin_popcountll(bits) <= FEW;
    for (unsigned i = 0; i < v->n; i++) {
        uint64_t rest = bits & ~twice;
        fails[i] = few ? sieve_fails_plain(v, &v->mesh[i], w, rest) : sieve_fails(v, &v->mesh[i], w, rest);
        twice |= once & fails[i];
        once |= fails[i];
    }
    take_hits(r, w, bits & ~once);
    for (unsigned i = 0; i < v->n; i++)
        if ((fails[i] & ~twice) != 0)
            take_alone(r, w, fails[i] & ~twice, i);
}

HOT void take_word(struct run *r, uint32_t w, uint64_t bits)
{
    bits &= r->x->s->live[r->part]->bits[w];
    for (size_t i = 1; i < r->plan.n_must && bits != 0; i++)
        bits &= tree_bits(&r->plan.must[i], w);
    for (size_t i = 0; i < r->plan.n_not && bits != 0; i++)
        bits &= ~tree_bits(&r->plan.not[i], w);
    if (r->sieve.some_over && bits != 0)
        bits &= ~sieve_fails(&r->sieve, &r->sieve.over, w, bits);
    if (bits == 0)
        return;
    if ((bits & (bits - 1)) == 0)
        take_one(r, w, bits);
    else
        take_many(r, w, bits);
}

/* ---- a part ---- */

HOT void go_through(struct run *r)
{
    uint32_t n = (r->p->n + 63) / 64;
    if (r->plan.n_must == 0)
        for (uint32_t w = 0; w < n; w++)
            take_word(r, w, UINT64_MAX);
    else
        for (uint32_t w = tree_next(&r->plan.must[0], 0); w < n; w = tree_next(&r->plan.must[0], w + 1))
            take_word(r, w, tree_bits(&r->plan.must[0], w));
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
    plan_make(x, r->p, &r->plan);
    for (size_t i = 0; i < r->plan.n_must; i++)
        if (r->plan.must[i].n == 0)
            return;
    sieve_ready(&x->filter, x->s, r->p, &r->sieve);
    if (is_wide())
        scan_wide(r);
    else
        scan_plain(r);
    count_hits(r);
    for (unsigned i = 0; i < r->sieve.n; i++)
        count_alone(r, i);
}

void scan(struct search *x)
{
    struct run *r = arena_alloc(x->cx->arena, sizeof *r);
    r->x = x;
    for (unsigned i = 0; i < x->s->n_parts; i++)
        scan_part(x, i, r);
}
