#include "match/plan.h"

#include <string.h>

#define FEW_WORDS 8 /* when one word in so many has ads left, further terms are looked up for these only */

static struct branch branch_open(struct ctx *cx, const struct part *p, const struct alt *a)
{
    struct branch b = {.leaves = ARENA_ARRAY(cx->arena, struct leaf, a->n)};
    for (unsigned i = 0; i < a->n; i++) {
        struct walk walk = walk_open(part_postings(p, a->key[i]));
        struct leaf leaf = {walk, walk, a->idf[i] * (int32_t)a->weight * 16};
        unsigned at = b.n++;
        for (; at > 0 && b.leaves[at - 1].walk.p.n > walk.p.n; at--)
            b.leaves[at] = b.leaves[at - 1];
        b.leaves[at] = leaf;
        b.most += UINT8_MAX * leaf.factor >> 8;
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
        t.most = b.most > t.most ? b.most : t.most;
    }
    return t;
}

void plan_make(struct ctx *cx, const struct query *q, uint32_t skip, const struct part *p, struct plan *plan)
{
    plan->n_must = plan->n_not = 0;
    plan->most = 0;
    plan->none = false;
    for (size_t i = 0; i < q->n; i++) {
        if (i == skip)
            continue;
        struct tree t = tree_open(cx, p, &q->groups[i]);
        if (q->groups[i].excluded) {
            plan->not[plan->n_not++] = t;
            continue;
        }
        size_t at = plan->n_must++;
        for (; at > 0 && plan->must[at - 1].size > t.size; at--)
            plan->must[at] = plan->must[at - 1];
        plan->must[at] = t;
        plan->most += t.most;
        plan->none = plan->none || t.n == 0;
    }
}

/* ---- finding ---- */

static uint32_t words_used(const uint64_t *bits, uint32_t n)
{
    uint32_t used = 0;
    for (uint32_t w = 0; w < n; w++)
        used += bits[w] != 0;
    return used;
}

/* Leaves in `bits` what the walk has too. */
static void narrow(struct walk *k, uint32_t from, uint32_t n, uint64_t *bits)
{
    uint64_t has[CHUNK_WORDS];
    if (words_used(bits, n) * FEW_WORDS <= n) {
        for (uint32_t w = 0; w < n; w++)
            bits[w] = bits[w] != 0 ? bits[w] & walk_bits(k, from + w) : 0;
        return;
    }
    memset(has, 0, n * sizeof *has);
    walk_gather(k, from, n, 1, has);
    for (uint32_t w = 0; w < n; w++)
        bits[w] &= has[w];
}

/* Adds the ads of an alternative to `out`, by the walks ahead or, when a chunk is gone through again, by copies of those at its beginning. */
static void branch_add(struct branch *b, bool again, uint32_t from, uint32_t n, uint64_t *out)
{
    uint64_t all[CHUNK_WORDS];
    memset(all, 0, n * sizeof *all);
    for (unsigned i = 0; i < b->n; i++) {
        struct walk copy = b->leaves[i].walk, *k = again ? &copy : &b->leaves[i].ahead;
        if (i == 0)
            walk_gather(k, from, n, 1, all);
        else
            narrow(k, from, n, all);
    }
    for (uint32_t w = 0; w < n; w++)
        out[w] |= all[w];
}

static void tree_gather(struct tree *t, uint32_t from, uint32_t n, uint64_t *out)
{
    memset(out, 0, n * sizeof *out);
    for (size_t i = 0; i < t->n; i++) {
        if (t->branches[i].n == 1)
            walk_gather(&t->branches[i].leaves[0].ahead, from, n, 1, out);
        else
            branch_add(&t->branches[i], false, from, n, out);
    }
}

static uint64_t tree_ahead(struct tree *t, uint32_t word)
{
    uint64_t any = 0;
    for (size_t i = 0; i < t->n; i++) {
        struct branch *b = &t->branches[i];
        uint64_t all = walk_bits(&b->leaves[0].ahead, word);
        for (unsigned k = 1; k < b->n && all != 0; k++)
            all &= walk_bits(&b->leaves[k].ahead, word);
        any |= all;
    }
    return any;
}

/* Leaves in `found` what is in the tree too (or is not); false: nothing. */
static bool intersect(struct tree *t, bool in, uint32_t from, uint32_t n, uint64_t *found)
{
    uint64_t has[CHUNK_WORDS], any = 0, flip = in ? 0 : UINT64_MAX;
    if (words_used(found, n) * FEW_WORDS <= n) {
        for (uint32_t w = 0; w < n; w++)
            any |= found[w] = found[w] != 0 ? found[w] & (tree_ahead(t, from + w) ^ flip) : 0;
        return any != 0;
    }
    tree_gather(t, from, n, has);
    for (uint32_t w = 0; w < n; w++)
        any |= found[w] &= has[w] ^ flip;
    return any != 0;
}

static void mark_beginning(struct tree *t)
{
    for (size_t i = 0; i < t->n; i++)
        for (unsigned k = 0; k < t->branches[i].n; k++)
            t->branches[i].leaves[k].walk = t->branches[i].leaves[k].ahead;
}

bool plan_find(struct plan *plan, uint32_t from, uint32_t n, uint64_t *found)
{
    uint64_t any = 0;
    for (size_t i = 0; i < plan->n_must; i++)
        mark_beginning(&plan->must[i]);
    if (plan->n_must > 0)
        tree_gather(&plan->must[0], from, n, found);
    for (uint32_t w = 0; w < n; w++)
        any |= found[w];
    bool some = any != 0;
    for (size_t i = 1; i < plan->n_must && some; i++)
        some = intersect(&plan->must[i], true, from, n, found);
    for (size_t i = 0; i < plan->n_not && some; i++)
        some = intersect(&plan->not[i], false, from, n, found);
    return some;
}

/* ---- what may be good enough ---- */

/* The least impact with which a term alone gets to `least` points; more than 255: none. */
static int32_t need_of(const struct leaf *l, int32_t least)
{
    int64_t need = l->factor <= 0 ? 0 : ((int64_t)least * 256 + l->factor - 1) / l->factor;
    return need > UINT8_MAX ? UINT8_MAX + 1 : need < 1 ? 1 : (int32_t)need;
}

static void keep_strong(const struct tree *t, uint32_t from, uint32_t n, int32_t least, uint64_t *some)
{
    uint64_t strong[CHUNK_WORDS];
    memset(strong, 0, n * sizeof *strong);
    for (size_t i = 0; i < t->n; i++) {
        struct branch *b = &t->branches[i];
        struct walk copy = b->leaves[0].walk;
        if (b->most < least)
            continue;
        if (b->n == 1)
            walk_gather(&copy, from, n, (uint8_t)need_of(&b->leaves[0], least), strong);
        else
            branch_add(b, true, from, n, strong);
    }
    for (uint32_t w = 0; w < n; w++)
        some[w] &= strong[w];
}

void plan_keep_strong(const struct plan *plan, uint32_t from, uint32_t n, int32_t least, uint64_t *some)
{
    for (size_t i = 0; i < plan->n_must; i++) {
        const struct tree *t = &plan->must[i];
        int32_t others = plan->most - t->most;
        if (least - others > 0)
            keep_strong(t, from, n, least - others, some);
    }
}
