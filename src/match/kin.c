#include "match/kin.h"

#include "match/mem.h"
#include "match/order.h"
#include "match/postings.h"

#include <string.h>

/* ---- of a part ---- */

struct kin {
    uint32_t first, n; /* keys of the part that are employers */
    uint32_t *from;    /* employer -> its first ad; n + 1 of them */
    uint32_t *ads;
    uint16_t *streets;
};

static uint32_t key_from(const struct part *p, uint64_t key)
{
    return (uint32_t)order_from(p->keys, sizeof *p->keys, 0, p->n_keys, key);
}

/* Gives each ad the number of its employer, 0 = none, and counts them behind. */
static uint32_t *number_firms(const struct part *p, struct kin *k)
{
    uint32_t *of = MEM_ARRAY(uint32_t, p->n);
    k->from = MEM_ARRAY(uint32_t, k->n + (size_t)2);
    for (uint32_t f = 0; f < k->n; f++) {
        struct walk w = walk_open(postings_at(p, k->first + f));
        k->from[f + 2] = k->from[f + 1] + (uint32_t)w.p.n;
        for (uint32_t at = walk_next(&w, 0); at != WALK_END; at = walk_next(&w, at + 1))
            for (uint64_t bits = walk_bits(&w, at); bits != 0; bits &= bits - 1)
                of[at * 64 + (uint32_t)__builtin_ctzll(bits)] = f + 1;
    }
    return of;
}

/* The ads of a part by street. */
static uint32_t *by_street(const struct part *p)
{
    uint32_t top = 0, *order = MEM_ARRAY(uint32_t, p->n);
    for (uint32_t i = 0; i < p->n; i++)
        top = p->rows[i].street > top ? p->rows[i].street : top;
    uint32_t *at = MEM_ARRAY(uint32_t, top + (size_t)2);
    for (uint32_t i = 0; i < p->n; i++)
        at[p->rows[i].street + 1]++;
    for (uint32_t s = 0; s <= top; s++)
        at[s + 1] += at[s];
    for (uint32_t i = 0; i < p->n; i++)
        order[at[p->rows[i].street]++] = i;
    mem_free(at);
    return order;
}

struct kin *kin_of(const struct part *p)
{
    struct kin *k = mem_alloc(sizeof *k);
    k->first = key_from(p, TERM(TERM_FIRM, 0));
    k->n = key_from(p, TERM(TERM_FIRM + 1, 0)) - k->first;
    uint32_t *of = number_firms(p, k), *order = by_street(p), all = k->from[k->n + 1];
    k->ads = MEM_ARRAY(uint32_t, all);
    k->streets = MEM_ARRAY(uint16_t, all);
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t ad = order[i];
        if (of[ad] == 0)
            continue;
        uint32_t at = k->from[of[ad]]++;
        k->ads[at] = ad;
        k->streets[at] = p->rows[ad].street;
    }
    mem_free(of);
    mem_free(order);
    return k;
}

void kin_free(struct kin *k)
{
    if (k == NULL)
        return;
    mem_free(k->from);
    mem_free(k->ads);
    mem_free(k->streets);
    mem_free(k);
}

size_t kin_bytes(const struct kin *k)
{
    return k == NULL ? 0 : (k->n + (size_t)2) * sizeof *k->from + k->from[k->n] * (sizeof *k->ads + sizeof *k->streets);
}

struct kin_run kin_all(const struct part *p, uint64_t firm)
{
    const struct kin *k = p->kin;
    const uint64_t *keys = p->keys + k->first;
    uint32_t lo = 0, hi = k->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (keys[mid] < firm)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == k->n || keys[lo] != firm)
        return (struct kin_run){0};
    uint32_t from = k->from[lo];
    return (struct kin_run){k->ads + from, k->streets + from, k->from[lo + 1] - from};
}

static size_t street_from(struct kin_run all, uint32_t street)
{
    size_t lo = 0, hi = all.n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (all.streets[mid] < street)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

struct kin_run kin_in(struct kin_run all, uint32_t street)
{
    size_t from = street_from(all, street), to = street_from(all, street + 1);
    return (struct kin_run){all.ads + from, all.streets + from, to - from};
}

/* ---- not published yet ---- */

struct facts kin_facts(const struct match_ad *ad)
{
    return (struct facts){
        .street = ad->street,
        .district = ad->district,
        .lat = ad->lat,
        .lng = ad->lng,
        .wage_min = yuan(ad->wage_min, false),
        .wage_max = yuan(ad->wage_max > ad->wage_min ? ad->wage_max : ad->wage_min, true),
        .experience = ad->experience > 255 ? 255 : ad->experience,
        .education = ad->education < MATCH_EDU_COUNT ? ad->education : 0,
    };
}

uint64_t fresh_key(uint64_t firm, int64_t street)
{
    return hash_mix(firm ^ hash_mix((uint64_t)street + 1)) | 1; /* 0 is an empty slot */
}

static struct fresh_slot *slot_of(const struct match_fresh *f, uint64_t key)
{
    size_t i = key & (f->n_slots - 1);
    while (f->slots[i].key != 0 && f->slots[i].key != key)
        i = (i + 1) & (f->n_slots - 1);
    return &f->slots[i];
}

uint32_t fresh_last(const struct match_fresh *f, uint64_t key)
{
    return slot_of(f, key)->last;
}

static void grow(struct match_fresh *f)
{
    struct fresh_slot *old = f->slots;
    size_t n = f->n_slots;
    f->n_slots *= 2;
    f->slots = MEM_ARRAY(struct fresh_slot, f->n_slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].key != 0)
            *slot_of(f, old[i].key) = old[i];
    mem_free(old);
}

struct match_fresh *match_fresh_new(void)
{
    struct match_fresh *f = mem_alloc(sizeof *f);
    f->n_slots = 1 << 12;
    f->slots = MEM_ARRAY(struct fresh_slot, f->n_slots);
    arena_init(&f->scratch, 0);
    return f;
}

void match_fresh_free(struct match_fresh *f)
{
    if (f == NULL)
        return;
    mem_free(f->v);
    mem_free(f->titles);
    mem_free(f->slots);
    arena_free(&f->scratch);
    mem_free(f);
}

size_t match_fresh_count(const struct match_fresh *f) { return f->n; }

static uint32_t keep(struct match_fresh *f, const char *title)
{
    size_t len = strlen(title) + 1, at = f->titles_len;
    mem_room(&f->titles, &f->titles_cap, at + len, 1);
    memcpy(f->titles + at, title, len);
    f->titles_len += len;
    return (uint32_t)at;
}

void match_fresh_add(struct match_fresh *f, const struct match_ad *ad)
{
    uint64_t firm = firm_key(&f->scratch, ad->employer);
    arena_reset(&f->scratch);
    mem_room(&f->v, &f->cap, f->n + 1, sizeof *f->v);
    struct fresh_ad *x = &f->v[f->n++];
    *x = (struct fresh_ad){.id = ad->id, .facts = kin_facts(ad), .key = {firm, fresh_key(firm, ad->street)}, .title = keep(f, ad->title)};
    for (int k = 0; k < KIN_COUNT && firm != 0; k++) {
        if ((f->used + 1) * 2 > f->n_slots)
            grow(f);
        struct fresh_slot *s = slot_of(f, x->key[k]);
        f->used += s->key == 0;
        x->before[k] = s->last;
        *s = (struct fresh_slot){x->key[k], (uint32_t)f->n};
    }
}

void match_fresh_cut(struct match_fresh *f, size_t n)
{
    for (; f->n > n; f->n--) {
        const struct fresh_ad *x = &f->v[f->n - 1];
        for (int k = 0; k < KIN_COUNT && x->key[KIN_FIRM] != 0; k++)
            slot_of(f, x->key[k])->last = x->before[k];
        f->titles_len = x->title;
    }
}
