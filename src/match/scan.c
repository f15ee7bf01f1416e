#include "match/scan.h"

#include "match/postings.h"
#include "match/sieve.h"

#define BUFFER 256
#define HOPEFUL 512
#define FEW 4    /* so many ads of a word are put on a list, to be tested together with others */
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
    bool one; /* what was typed is one term */
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
    plan->one = plan->n_must == 1 && plan->must[0].n == 1 && plan->must[0].branches[0].n == 1;
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

/* The best alternative counts. */
HOT int32_t tree_score(const struct tree *t, uint32_t bit)
{
    int32_t best = 0;
    for (size_t k = 0; k < t->n; k++) {
        int32_t score = t->branches[k].bits >> bit & 1 ? branch_score(&t->branches[k], bit) : 0;
        best = score > best ? score : best;
    }
    return best;
}

HOT int32_t plan_score(const struct plan *plan, uint32_t bit)
{
    int32_t sum = 0;
    for (size_t i = 0; i < plan->n_must; i++)
        sum += tree_score(&plan->must[i], bit);
    return sum;
}

/* ---- what was found ---- */

struct hit {
    uint32_t ad;
    int32_t score; /* of the words; of hopeful ones: what they are ordered by */
};
struct found { /* ads that wait to be tested, ads that wait to be counted */
    uint32_t listed[BUFFER];
    int32_t words[BUFFER]; /* their scores */
    size_t n_listed;
    struct hit hit[BUFFER];
    size_t n;
    struct hit hopeful[HOPEFUL]; /* perhaps among the best */
    size_t n_hopeful;
    uint32_t alone[MESHES_MAX][BUFFER]; /* by mesh: fail this one only */
    size_t n_alone[MESHES_MAX];
};
struct run {
    struct search *x;
    unsigned part;
    const struct part *p;
    struct plan plan;
    struct sieve sieve;
    struct found found;
};

static inline int32_t sort_key(const struct search *x, const struct part *p, uint32_t ad, const struct face *f, int32_t words)
{
    const struct row *r = &p->rows[ad];
    int32_t age = (int32_t)x->filter.today - f->fresh, metres;
    switch (x->q->sort) {
    case MATCH_NEAR:
        metres = ground_metres(&x->filter.from, r->lat, r->lng);
        return metres < 0 ? INT32_MIN : -metres;
    case MATCH_PAY:
        return (int32_t)((p->sides[ad].wage_min + (uint64_t)r->wage_max) / 2);
    case MATCH_NEWEST:
        return f->fresh;
    case MATCH_BEST:
        break;
    }
    return words + x->m->fresh[age < 0 ? 0 : age >= FRESH_DAYS ? FRESH_DAYS - 1 : age] + (int32_t)(f->mixed >> ROW_SOURCE) * 4;
}

/* The k-th best key of those that wait: worse ones cannot be among the best. */
static int32_t least_key(const struct hit *v, size_t n, size_t k, struct arena *a)
{
    struct best keys = {.k = k};
    if (k == 0 || n <= k)
        return INT32_MIN;
    for (size_t i = 0; i < n; i++)
        if (best_hopeful(&keys, v[i].score))
            best_add(a, &keys, &(struct best_one){.key = v[i].score});
    return keys.v[0].key;
}

/* Ids are fetched together, and only of those that beat the others who wait: they lie apart. */
static void add_hopeful(struct run *r)
{
    struct found *f = &r->found;
    struct best *best = &r->x->best;
    int32_t least = least_key(f->hopeful, f->n_hopeful, best->k, r->x->cx->arena);
    size_t n = 0;
    for (size_t i = 0; i < f->n_hopeful; i++) {
        struct hit h = f->hopeful[i];
        if (h.score < least || !best_hopeful(best, h.score))
            continue;
        __builtin_prefetch(&r->p->sides[h.ad].id);
        f->hopeful[n++] = h;
    }
    f->n_hopeful = 0;
    for (size_t i = 0; i < n; i++) {
        struct hit h = f->hopeful[i];
        best_add(r->x->cx->arena, best, &(struct best_one){h.score, h.ad, r->p->sides[h.ad].id, r->part, 0});
    }
}

HOT void count_hit(struct run *r, uint32_t ad, const struct face *face, int32_t words)
{
    struct search *x = r->x;
    if (x->tally.facets)
        tally_all(&x->tally, face, &r->p->sides[ad]);
    int32_t key = sort_key(x, r->p, ad, face, words);
    if (!best_hopeful(&x->best, key))
        return;
    r->found.hopeful[r->found.n_hopeful++] = (struct hit){ad, key};
    if (r->found.n_hopeful == HOPEFUL)
        add_hopeful(r);
}

/* Their faces were fetched when they were found. */
static void count_hits(struct run *r)
{
    size_t n = r->found.n;
    r->found.n = 0;
    r->x->tally.total += (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        struct hit h = r->found.hit[i];
        count_hit(r, h.ad, &r->p->faces[h.ad], h.score);
    }
}

static void count_alone(struct run *r, unsigned mesh)
{
    tally_alone(&r->x->tally, r->p, r->found.alone[mesh], r->found.n_alone[mesh], r->sieve.mesh[mesh].kind);
    r->found.n_alone[mesh] = 0;
}

/* ---- ads that lie apart ---- */

/* Of ads that lie apart only the row is read. No branch hangs on what an ad fails: a wrong guess costs as much as ten ads. */
static void test_listed(struct run *r)
{
    struct found *f = &r->found;
    const struct row *rows = r->p->rows;
    uint32_t fails[BUFFER];
    struct hit hit[BUFFER + 1];
    size_t n = f->n_listed, k = 0;
    f->n_listed = 0;
    sieve_list(&r->sieve, f->listed, n, fails);
    for (size_t i = 0; i < n; i++) {
        hit[k] = (struct hit){f->listed[i], f->words[i]};
        k += fails[i] == 0;
    }
    r->x->tally.total += (uint32_t)k;
    for (size_t i = 0; i < k; i++) {
        struct face face = face_of(&rows[hit[i].ad]);
        count_hit(r, hit[i].ad, &face, hit[i].score);
    }
    for (unsigned m = 0; m < r->sieve.n; m++)
        tally_listed(&r->x->tally, r->p, f->listed, fails, 1u << m, n, r->sieve.mesh[m].kind);
}

HOT void list_few(struct run *r, uint32_t w, uint64_t bits)
{
    struct found *f = &r->found;
    for (; bits != 0; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(bits);
        __builtin_prefetch(&r->p->rows[w * 64 + bit]);
        f->listed[f->n_listed] = w * 64 + bit;
        f->words[f->n_listed++] = plan_score(&r->plan, bit);
    }
    if (f->n_listed + FEW >= BUFFER)
        test_listed(r);
}

/* ---- ads that lie together ---- */

HOT void take_hits(struct run *r, uint32_t w, uint64_t bits)
{
    if (r->found.n + 64 > BUFFER)
        count_hits(r);
    if (r->plan.one) {
        struct leaf *leaf = &r->plan.must[0].branches[0].leaves[0];
        const uint8_t *impacts = walk_impacts(&leaf->walk);
        for (; bits != 0; bits &= bits - 1) {
            uint64_t below = (bits ^ (bits - 1)) >> 1 & leaf->walk.bits;
            uint32_t ad = w * 64 + (uint32_t)__builtin_ctzll(bits);
            __builtin_prefetch(&r->p->faces[ad]);
            r->found.hit[r->found.n++] = (struct hit){ad, impacts[__builtin_popcountll(below)] * leaf->factor >> 8};
        }
        return;
    }
    for (; bits != 0; bits &= bits - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(bits);
        __builtin_prefetch(&r->p->faces[w * 64 + bit]);
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
    if (v->some_over)
        bits &= ~sieve_fails(v, &v->over, w, bits);
    for (unsigned i = 0; i < v->n; i++) {
        fails[i] = sieve_fails(v, &v->mesh[i], w, bits & ~twice);
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
    if (r->sieve.live != NULL)
        bits &= r->sieve.live[w];
    for (size_t i = 1; i < r->plan.n_must && bits != 0; i++)
        bits &= tree_bits(&r->plan.must[i], w);
    for (size_t i = 0; i < r->plan.n_not && bits != 0; i++)
        bits &= ~tree_bits(&r->plan.not[i], w);
    if (__builtin_popcountll(bits) <= FEW)
        list_few(r, w, bits);
    else
        take_many(r, w, bits);
}

/* ---- a part ---- */

HOT void go_by_words(struct run *r)
{
    struct tree *lead = &r->plan.must[0];
    uint32_t n = (r->p->n + 63) / 64, tail = r->p->n % 64;
    if (r->plan.n_must > 0)
        for (uint32_t w = tree_next(lead, 0); w < n; w = tree_next(lead, w + 1))
            take_word(r, w, tree_bits(lead, w));
    else
        for (uint32_t w = 0; w < n; w++)
            take_word(r, w, w + 1 < n || tail == 0 ? UINT64_MAX : (UINT64_C(1) << tail) - 1);
}

/* Of the list from `from` on, what is in the tree too (or is not). */
HOT void keep_listed(struct run *r, size_t from, struct tree *t, bool in)
{
    struct found *f = &r->found;
    size_t n = f->n_listed;
    f->n_listed = from;
    for (size_t b = 0; b < t->n; b++)
        for (size_t i = from; t->branches[b].leaves[0].walk.p.bitmap != NULL && i < n; i++)
            __builtin_prefetch(&t->branches[b].leaves[0].walk.p.bitmap[f->listed[i] / 64]);
    for (size_t i = from; i < n; i++) {
        uint32_t ad = f->listed[i];
        bool has = tree_bits(t, ad / 64) >> ad % 64 & 1;
        f->listed[f->n_listed] = ad;
        f->words[f->n_listed] = f->words[i] + (has && in ? tree_score(t, ad % 64) : 0);
        f->n_listed += has == in;
    }
}

/* The rarest word is one term of which ads lie apart: they go onto the list as they stand. */
HOT void go_by_list(struct run *r)
{
    struct found *f = &r->found;
    struct leaf *lead = &r->plan.must[0].branches[0].leaves[0];
    struct walk *k = &lead->walk;
    while (walk_hop(k))
        for (uint32_t at = 0, n; at < k->n_low; at += n) {
            size_t from = f->n_listed;
            const uint8_t *impacts = k->p.impacts + k->before + at;
            n = k->n_low - at < BUFFER - from ? k->n_low - at : (uint32_t)(BUFFER - from);
            for (uint32_t i = 0; i < n; i++)
                f->listed[from + i] = k->base * 64 + k->low[at + i];
            for (uint32_t i = 0; i < n; i++)
                f->words[from + i] = impacts[i] * lead->factor >> 8;
            f->n_listed += n;
            for (size_t i = 1; i < r->plan.n_must; i++)
                keep_listed(r, from, &r->plan.must[i], true);
            for (size_t i = 0; i < r->plan.n_not; i++)
                keep_listed(r, from, &r->plan.not[i], false);
            for (size_t i = from; i < f->n_listed; i++)
                __builtin_prefetch(&r->p->rows[f->listed[i]]);
            if (f->n_listed == BUFFER)
                test_listed(r);
        }
}

HOT void go_through(struct run *r)
{
    const struct tree *lead = &r->plan.must[0];
    if (r->plan.n_must > 0 && lead->n == 1 && lead->branches[0].n == 1 && lead->branches[0].leaves[0].walk.p.bitmap == NULL)
        go_by_list(r);
    else
        go_by_words(r);
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
    sieve_ready(&x->filter, x->s, part, &r->sieve);
    if (is_wide())
        scan_wide(r);
    else
        scan_plain(r);
    test_listed(r);
    count_hits(r);
    add_hopeful(r);
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
