/* snap.c -- snapshots: how what was put becomes what is found, and when the old goes. The writer's alone. */
#include "match/engine.h"

#include "match/kin.h"
#include "match/mem.h"
#include "match/suggest.h"
#include "match/watch.h"

#include <stdlib.h>
#include <string.h>

void live_hold(struct live *l)
{
    l->refs++;
}

void live_drop(struct live *l)
{
    if (l != NULL && --l->refs == 0)
        mem_free(l);
}

static void drop_part(struct part *p)
{
    if (p == NULL || --p->refs > 0)
        return;
    suggest_free(p->suggest);
    kin_free(p->kin);
    part_free(p);
}

void snap_free(struct snap *s)
{
    for (unsigned i = 0; i < s->n_parts; i++) {
        live_drop(s->live[i]);
        drop_part(s->parts[i]);
    }
    watches_release(s);
    shelf_free(&people_kind, &s->people);
    shelf_free(&watch_kind, &s->watches);
    mem_free(s->district_order);
    mem_free(s->street_order);
    mem_free(s->occupation_order);
    mem_free(s);
}

struct live *live_all(uint32_t n)
{
    size_t words = (n + (size_t)63) / 64;
    struct live *l = mem_alloc(sizeof *l + words * sizeof l->bits[0]);
    for (uint32_t i = 0; i < n / 64; i++)
        l->bits[i] = UINT64_MAX;
    if (n % 64 != 0)
        l->bits[n / 64] = (UINT64_C(1) << n % 64) - 1;
    l->refs = 1;
    l->n = n;
    return l;
}

struct live *live_own(struct live *l, uint32_t n)
{
    size_t bytes = sizeof *l + (n + (size_t)63) / 64 * sizeof l->bits[0];
    struct live *copy = mem_alloc(bytes);
    memcpy(copy, l, bytes);
    copy->refs = 1;
    live_drop(l);
    return copy;
}

/* Ends the ads of the list in part i; the bitmap is copied before its first change. */
static void end_ads(struct snap *s, unsigned i, const int64_t *gone, size_t n)
{
    bool own = false;
    for (size_t k = 0; k < n; k++) {
        uint32_t ad = part_find(s->parts[i], gone[k]);
        if (ad == UINT32_MAX || !is_live(s->live[i], ad))
            continue;
        if (!own)
            s->live[i] = live_own(s->live[i], s->parts[i]->n);
        own = true;
        s->live[i]->bits[ad / 64] &= ~(UINT64_C(1) << ad % 64);
        s->live[i]->n--;
    }
}

static void add_part(const struct match *m, struct snap *s, struct part *p)
{
    snap_add_saved(m, s, p, live_all(p->n));
}

/* Melts the parts from `first` on into one. */
static void melt(const struct match *m, struct snap *s, unsigned first)
{
    struct raw r = {0};
    for (unsigned i = first; i < s->n_parts; i++)
        part_thaw(s->parts[i], s->live[i]->bits, &r);
    for (unsigned i = first; i < s->n_parts; i++) {
        drop_part(s->parts[i]);
        live_drop(s->live[i]);
    }
    s->n_parts = first;
    if (r.n > 0)
        add_part(m, s, part_freeze(&r, m->occupations.v));
    raw_free(&r);
}

/* Sizes shrink by four from part to part, so there are few and each ad is melted a few times in its life. */
static bool tidy(const struct match *m, struct snap *s)
{
    unsigned first = s->n_parts;
    uint64_t sum = 0;
    for (unsigned i = s->n_parts; i-- > 0;) {
        bool thin = s->live[i]->n < s->parts[i]->n - s->parts[i]->n / 3;
        if (thin || (sum > 0 && sum * 4 >= s->parts[i]->n))
            first = i;
        sum += s->live[i]->n;
    }
    bool alone = first + 1 == s->n_parts && s->live[first]->n == s->parts[first]->n;
    bool melts = first < s->n_parts && !alone;
    if (melts)
        melt(m, s, first);
    return melts;
}

/* Frees what no reader looks at any more. */
static void free_retired(struct match *m)
{
    for (struct snap **at = &m->retired; *at != NULL;) {
        struct snap *s = *at;
        bool held = false;
        for (size_t i = 0; i < PINS_MAX && !held; i++)
            held = atomic_load(&m->pins[i].snap) == s;
        if (held) {
            at = &s->retired_before;
        } else {
            *at = s->retired_before;
            snap_free(s);
        }
    }
}

static int by_value(const void *a, const void *b, void *codes)
{
    const int64_t *v = codes;
    int64_t x = v[*(const uint16_t *)a], y = v[*(const uint16_t *)b];
    return x < y ? -1 : x > y;
}

static uint16_t *order_codes(const struct codes *c)
{
    uint16_t *order = MEM_ARRAY(uint16_t, c->n);
    for (uint32_t i = 0; i < c->n; i++)
        order[i] = (uint16_t)i;
    qsort_r(order, c->n, sizeof *order, by_value, c->v);
    return order;
}

static void count_snap(const struct match *m, struct snap *s)
{
    s->n_live = s->n_all = 0;
    for (unsigned i = 0; i < s->n_parts; i++) {
        s->n_live += s->live[i]->n;
        s->n_all += s->parts[i]->n;
    }
    s->n_districts = m->districts.n;
    s->n_streets = m->streets.n;
    s->n_occupations = m->occupations.n;
    s->n_sets = m->sets.n;
    s->n_wishes = m->wishes.n;
    s->district_order = order_codes(&m->districts);
    s->street_order = order_codes(&m->streets);
    s->occupation_order = order_codes(&m->occupations);
}

struct snap *snap_empty(const struct match *m)
{
    struct snap *s = mem_alloc(sizeof *s);
    count_snap(m, s);
    return s;
}

void snap_add_saved(const struct match *m, struct snap *s, struct part *p, struct live *l)
{
    p->refs = 1;
    p->suggest = suggest_titles(m, p);
    p->kin = kin_of(p);
    s->parts[s->n_parts] = p;
    s->live[s->n_parts++] = l;
}

static void publish(struct match *m, struct snap *s)
{
    struct snap *old = atomic_load(&m->current);
    s->generation = ++m->generation;
    atomic_store(&m->current, s);
    old->retired_before = m->retired;
    m->retired = old;
    free_retired(m);
}

void snap_publish_saved(struct match *m, struct snap *s)
{
    struct snap *old = atomic_load(&m->current);
    s->people = old->people;
    s->watches = old->watches;
    count_snap(m, s);
    shelf_refresh(m, s, &people_kind, &s->people, &m->people);
    shelf_refresh(m, s, &watch_kind, &s->watches, &m->watches);
    watches_refresh(m, old, s, true, false);
    publish(m, s);
}

err_t match_refresh(struct ctx *cx, struct match *m)
{
    struct snap *old = atomic_load(&m->current), *s = mem_alloc(sizeof *s);
    (void)cx;
    *s = *old;
    for (unsigned i = 0; i < s->n_parts; i++) {
        s->parts[i]->refs++;
        s->live[i]->refs++;
    }
    for (unsigned i = 0; i < s->n_parts; i++)
        end_ads(s, i, m->b.gone, m->b.n_gone);
    bool changed = m->b.n_gone > 0 || !builder_empty(m);
    struct part *p = builder_take(m);
    if (p != NULL)
        add_part(m, s, p);
    bool melted = tidy(m, s);
    count_snap(m, s);
    shelf_refresh(m, s, &people_kind, &s->people, &m->people);
    shelf_refresh(m, s, &watch_kind, &s->watches, &m->watches);
    watches_refresh(m, old, s, changed, melted);
    publish(m, s);
    atomic_store(&m->expected, false);
    return E_OK;
}

