#include "match/part.h"

#include "match/both.h"
#include "match/marks.h"
#include "match/mem.h"
#include "match/postings.h"

#include <stdlib.h>
#include <string.h>

uint64_t cell_key(int32_t lat, int32_t lng)
{
    if (lat == 0 && lng == 0)
        return 0;
    uint64_t y = (uint64_t)(lat + 90000000) / CELL_LAT + 1;
    uint64_t x = (uint64_t)(lng + 180000000) / CELL_LNG;
    return y << 32 | x;
}

void raw_free(struct raw *r)
{
    mem_free(r->rows);
    mem_free(r->sides);
    mem_free(r->exposure);
    mem_free(r->from);
    mem_free(r->dead);
    mem_free(r->terms);
    mem_free(r->impacts);
    mem_free(r->keys);
    mem_free(r->titles);
    *r = (struct raw){0};
}

static void append(void *to, size_t *cap, size_t n, const void *from, size_t more, size_t size)
{
    char *p;
    mem_room(to, cap, n + more, size);
    memcpy(&p, to, sizeof p);
    if (more > 0)
        memcpy(p + n * size, from, more * size);
}

void raw_take(struct raw *to, struct raw *from)
{
    if (to->n == 0) {
        raw_free(to);
        *to = *from;
        *from = (struct raw){0};
        return;
    }
    if (from->n == 0)
        return;
    append(&to->rows, &to->cap_rows, to->n, from->rows, from->n, sizeof *to->rows);
    append(&to->sides, &to->cap_sides, to->n, from->sides, from->n, sizeof *to->sides);
    append(&to->exposure, &to->cap_exposure, to->n, from->exposure, from->n, sizeof *to->exposure);
    append(&to->dead, &to->cap_dead, to->n, from->dead, from->n, 1);
    append(&to->from, &to->cap_from, to->n, from->from, from->n + 1, sizeof *to->from);
    append(&to->terms, &to->cap_terms, to->n_terms, from->terms, from->n_terms, sizeof *to->terms);
    append(&to->impacts, &to->cap_impacts, to->n_terms, from->impacts, from->n_terms, 1);
    append(&to->keys, &to->cap_keys, to->n_keys, from->keys, from->n_keys, sizeof *to->keys);
    append(&to->titles, &to->titles_cap, to->titles_len, from->titles, from->titles_len, 1);
    for (size_t i = 0; i < from->n; i++)
        to->sides[to->n + i].title += (uint32_t)to->titles_len;
    for (size_t i = 0; i <= from->n; i++)
        to->from[to->n + i] += to->n_terms;
    for (size_t k = 0; k < from->n_terms; k++)
        to->terms[to->n_terms + k] += (uint32_t)to->n_keys;
    to->n += from->n;
    to->n_terms += from->n_terms;
    to->n_keys += from->n_keys;
    to->titles_len += from->titles_len;
    raw_free(from);
}

void part_free(struct part *p)
{
    if (p == NULL)
        return;
    if (p->block != NULL) {
        mem_free(p->block);
        mem_free(p);
        return;
    }
    mem_free(p->rows);
    mem_free(p->sides);
    mem_free(p->exposure);
    mem_free(p->lanes.lat);
    mem_free(p->lanes.lng);
    mem_free(p->lanes.skills);
    mem_free(p->lanes.expires);
    mem_free(p->lanes.certificates);
    mem_free(p->lanes.shifts);
    mem_free(p->lanes.experience);
    mem_free(p->lanes.openings);
    mem_free(p->lanes.groups);
    mem_free(p->faces);
    mem_free(p->slim.district);
    mem_free(p->slim.education_band);
    mem_free(p->slim.types);
    mem_free(p->slim.occupation);
    mem_free(p->slim.wage);
    mem_free(p->slim.fresh);
    mem_free(p->cells);
    mem_free(p->by_id);
    mem_free(p->keys);
    mem_free(p->at);
    mem_free(p->store);
    mem_free(p->titles);
    mem_free(p->title_at);
    mem_free(p->title_count);
    mem_free(p);
}

size_t part_bytes(const struct part *p)
{
    size_t lanes = 2 * sizeof(uint64_t) + 2 * sizeof(uint16_t) + 3 * sizeof(uint8_t), slim = 3 * sizeof(uint8_t) + 3 * sizeof(uint16_t);
    return p->n * (sizeof *p->rows + sizeof *p->sides + sizeof *p->exposure + lanes + slim + sizeof *p->faces) +
           slim_room(p->n) / 64 * sizeof(uint64_t) + p->n_cells * sizeof *p->cells +
           (p->by_id_mask + (size_t)1) * sizeof *p->by_id;
}

const char *part_title(const struct part *p, uint32_t ad)
{
    return p->titles + p->title_at[p->sides[ad].title];
}

uint32_t part_find(const struct part *p, int64_t id)
{
    for (uint32_t i = (uint32_t)hash_mix((uint64_t)id) & p->by_id_mask; p->by_id[i] != 0; i = (i + 1) & p->by_id_mask)
        if (p->sides[p->by_id[i] - 1].id == id)
            return p->by_id[i] - 1;
    return UINT32_MAX;
}

/* ---- freezing ---- */

struct order { /* sort key of an ad or a term key, with its number before */
    uint64_t key;
    uint32_t street, was;
    int64_t id;
};

static int by_key(const void *a, const void *b)
{
    const struct order *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->street != y->street)
        return x->street < y->street ? -1 : 1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->was < y->was ? -1 : x->was > y->was;
}

/* By cell, then by occupation. */
static uint64_t place_in_order(const struct row *r, const int64_t *codes)
{
    uint64_t key = cell_key(r->lat, r->lng); /* both halves are below 2^14 */
    return (key >> 32 << 14 | (key & UINT32_MAX)) << 32 | (uint32_t)codes[r->occupation];
}

static struct order *order_ads(const struct raw *r, const int64_t *codes, uint32_t *n)
{
    struct order *o = MEM_ARRAY(struct order, r->n);
    uint32_t k = 0;
    for (size_t i = 0; i < r->n; i++)
        if (!r->dead[i])
            o[k++] = (struct order){place_in_order(&r->rows[i], codes), r->rows[i].street, (uint32_t)i, r->sides[i].id};
    qsort(o, k, sizeof *o, by_key);
    *n = k;
    return o;
}

static void fill_lanes(struct part *p, const int64_t *codes)
{
    struct lanes *l = &p->lanes;
    size_t n = slim_room(p->n);
    l->lat = mem_lines(n * sizeof *l->lat);
    l->lng = mem_lines(n * sizeof *l->lng);
    l->skills = mem_lines(n * sizeof *l->skills);
    l->expires = mem_lines(n * sizeof *l->expires); /* read by searches too */
    l->certificates = mem_lines(n * sizeof *l->certificates);
    l->shifts = mem_lines(n);
    l->experience = mem_lines(n);
    l->openings = mem_lines(n);
    l->groups = mem_lines(n / 64 * sizeof *l->groups);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct row *r = &p->rows[i];
        const struct side *s = &p->sides[i];
        l->lat[i] = r->lat;
        l->lng[i] = r->lng;
        l->skills[i] = skills_sign(s->skills);
        l->expires[i] = r->expires;
        l->certificates[i] = r->certificates;
        l->shifts[i] = r->shifts;
        l->experience[i] = r->experience;
        l->openings[i] = (uint8_t)(s->openings > UINT8_MAX ? UINT8_MAX : s->openings);
        l->groups[i / 64] |= group_bit(codes[r->occupation]);
    }
}

static void fill_slim(struct part *p)
{
    struct slim *l = &p->slim;
    size_t n = slim_room(p->n);
    l->district = MEM_ARRAY(uint8_t, n);
    l->education_band = MEM_ARRAY(uint8_t, n);
    l->types = MEM_ARRAY(uint8_t, n);
    l->occupation = MEM_ARRAY(uint16_t, n);
    l->wage = MEM_ARRAY(uint16_t, n);
    l->fresh = MEM_ARRAY(uint16_t, n);
    p->faces = mem_lines(p->n * sizeof *p->faces);
    for (uint32_t i = 0; i < p->n; i++) {
        const struct row *r = &p->rows[i];
        p->faces[i] = (struct face){marks_of(r), r->occupation, r->street, r->district, r->fresh};
        l->district[i] = (uint8_t)r->district;
        l->education_band[i] = r->education_band;
        l->types[i] = r->types;
        l->occupation[i] = r->occupation;
        l->wage[i] = (uint16_t)(r->wage_max > UINT16_MAX ? UINT16_MAX : r->wage_max);
        l->fresh[i] = r->fresh;
    }
}

void part_bounds(struct part *p)
{
    p->first_end = UINT16_MAX;
    p->most_trust = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        uint8_t trust = (uint8_t)(p->rows[i].mixed >> ROW_SOURCE);
        p->first_end = p->lanes.expires[i] < p->first_end ? p->lanes.expires[i] : p->first_end;
        p->most_trust = trust > p->most_trust ? trust : p->most_trust;
    }
}

static void fill_columns(struct part *p, const struct raw *r, const struct order *o)
{
    p->rows = mem_lines(p->n * sizeof *p->rows);
    p->sides = MEM_ARRAY(struct side, p->n);
    p->exposure = MEM_ARRAY(uint16_t, p->n);
    p->cells = MEM_ARRAY(struct cell, p->n + (size_t)1);
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t was = o[i].was;
        p->rows[i] = r->rows[was];
        p->sides[i] = r->sides[was];
        p->exposure[i] = __atomic_load_n(&r->exposure[was], __ATOMIC_RELAXED);
        if (i == 0 || o[i].key >> 32 != o[i - 1].key >> 32)
            p->cells[p->n_cells++] = (struct cell){cell_key(p->rows[i].lat, p->rows[i].lng), 0, i};
        p->cells[p->n_cells - 1].districts |= UINT64_C(1) << p->rows[i].district % 64;
    }
    p->cells[p->n_cells++] = (struct cell){UINT64_MAX, 0, p->n};
    p->cells = mem_resize(p->cells, SIZE_MAX, p->n_cells * sizeof *p->cells);
}

static void fill_ids(struct part *p)
{
    uint32_t cap = 16;
    while (cap < p->n * 2)
        cap *= 2;
    p->by_id_mask = cap - 1;
    p->by_id = MEM_ARRAY(uint32_t, cap);
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t at = (uint32_t)hash_mix((uint64_t)p->sides[i].id) & p->by_id_mask;
        while (p->by_id[at] != 0)
            at = (at + 1) & p->by_id_mask;
        p->by_id[at] = i + 1;
    }
}

/* Every different title once; side.title turns from an offset in the raw into its number here. */
static void fill_titles(struct part *p, const struct raw *r)
{
    size_t cap = 16, max = 0;
    while (cap < (size_t)p->n * 2)
        cap *= 2;
    uint32_t *slots = MEM_ARRAY(uint32_t, cap);
    p->title_at = MEM_ARRAY(uint32_t, p->n + (size_t)1);
    p->title_count = MEM_ARRAY(uint32_t, p->n + (size_t)1);
    for (uint32_t i = 0; i < p->n; i++) {
        const char *t = r->titles + p->sides[i].title;
        size_t len = strlen(t) + 1;
        size_t at = hash_bytes(t, len) & (cap - 1);
        while (slots[at] != 0 && strcmp(p->titles + p->title_at[slots[at] - 1], t) != 0)
            at = (at + 1) & (cap - 1);
        if (slots[at] == 0) {
            mem_room(&p->titles, &max, p->titles_len + len, 1);
            memcpy(p->titles + p->titles_len, t, len);
            p->title_at[p->n_titles] = (uint32_t)p->titles_len;
            p->titles_len += len;
            slots[at] = ++p->n_titles;
        }
        p->sides[i].title = slots[at] - 1;
        p->title_count[slots[at] - 1]++;
    }
    mem_free(slots);
    p->title_at = mem_resize(p->title_at, SIZE_MAX, (p->n_titles + (size_t)1) * sizeof *p->title_at);
    p->title_count = mem_resize(p->title_count, SIZE_MAX, (p->n_titles + (size_t)1) * sizeof *p->title_count);
}

/* Sorts the keys, unites equal ones; returns the new number of each old one. */
static uint32_t *fill_keys(struct part *p, const struct raw *r)
{
    struct order *o = MEM_ARRAY(struct order, r->n_keys);
    uint32_t *now = MEM_ARRAY(uint32_t, r->n_keys);
    for (size_t i = 0; i < r->n_keys; i++)
        o[i] = (struct order){.key = r->keys[i], .was = (uint32_t)i};
    qsort(o, r->n_keys, sizeof *o, by_key);
    p->keys = MEM_ARRAY(uint64_t, r->n_keys);
    for (size_t i = 0; i < r->n_keys; i++) {
        if (i == 0 || o[i].key != o[i - 1].key)
            p->keys[p->n_keys++] = o[i].key;
        now[o[i].was] = p->n_keys - 1;
    }
    mem_free(o);
    return now;
}

struct plain { /* postings one after the other; at: key -> its first, n_keys + 1 of them */
    uint64_t *at;
    uint32_t *ads;
    uint8_t *impacts;
};

struct freezing {
    struct part *p;
    struct raw *r;
    const int64_t *codes;
    struct order *order;
    uint32_t *now;      /* key of the raw -> key of the part */
    uint64_t *place[2]; /* of each half of the ads: where it goes on with a key; at first how many it has */
    struct plain l;
};

/* The first and the last ad + 1 of a half of the part. */
static uint32_t half_from(const struct freezing *f, unsigned half) { return half == 0 ? 0 : f->p->n / 2; }
static uint32_t half_to(const struct freezing *f, unsigned half) { return half == 0 ? f->p->n / 2 : f->p->n; }

/* Those of `r` become numbers of keys of the part. */
static void count_terms(void *arg, unsigned half)
{
    struct freezing *f = arg;
    const struct raw *r = f->r;
    uint64_t *count = f->place[half] = MEM_ARRAY(uint64_t, f->p->n_keys + (size_t)1);
    for (uint32_t i = half_from(f, half); i < half_to(f, half); i++)
        for (uint64_t k = r->from[f->order[i].was]; k < r->from[f->order[i].was + 1]; k++)
            count[r->terms[k] = f->now[r->terms[k]]]++;
}

/* The first half's postings of a key lie before the second's. */
static void lay_out(struct freezing *f)
{
    f->l.at = MEM_ARRAY(uint64_t, f->p->n_keys + (size_t)1);
    for (uint32_t t = 0; t < f->p->n_keys; t++) {
        uint64_t first = f->place[0][t], second = f->place[1][t];
        f->place[0][t] = f->l.at[t];
        f->place[1][t] = f->l.at[t] + first;
        f->l.at[t + 1] = f->l.at[t] + first + second;
    }
    f->l.ads = MEM_ARRAY(uint32_t, f->l.at[f->p->n_keys]);
    f->l.impacts = MEM_ARRAY(uint8_t, f->l.at[f->p->n_keys]);
}

static void turn_around(void *arg, unsigned half)
{
    const struct freezing *f = arg;
    const struct raw *r = f->r;
    for (uint32_t i = half_from(f, half); i < half_to(f, half); i++)
        for (uint64_t k = r->from[f->order[i].was]; k < r->from[f->order[i].was + 1]; k++) {
            uint64_t at = f->place[half][r->terms[k]]++;
            f->l.ads[at] = i;
            f->l.impacts[at] = r->impacts[k];
        }
}

/* Half of the postings, not of the keys. */
static void write_keys(void *arg, unsigned half)
{
    const struct freezing *f = arg;
    const struct plain *l = &f->l;
    const struct part *p = f->p;
    for (uint32_t t = 0; t < p->n_keys; t++)
        if ((l->at[t] >= l->at[p->n_keys] / 2) == half)
            postings_write(p->store, p->at[t], l->ads + l->at[t], l->impacts + l->at[t], (size_t)(l->at[t + 1] - l->at[t]), p->n);
}

static void fill_postings(struct freezing *f, bool wide)
{
    struct part *p = f->p;
    struct plain *l = &f->l;
    both(wide, count_terms, f);
    lay_out(f);
    both(wide, turn_around, f);
    p->at = MEM_ARRAY(uint64_t, p->n_keys + (size_t)1);
    for (uint32_t t = 0; t < p->n_keys; t++)
        p->at[t + 1] = postings_end(p->at[t], l->ads + l->at[t], (size_t)(l->at[t + 1] - l->at[t]), p->n);
    p->store = mem_lines(p->at[p->n_keys] * sizeof *p->store);
    both(wide, write_keys, f);
    p->n_postings = l->at[p->n_keys];
    mem_free(f->place[0]);
    mem_free(f->place[1]);
    mem_free(l->at);
    mem_free(l->ads);
    mem_free(l->impacts);
}

/* All but the postings: columns and keys have nothing to do with each other. */
static void fill_rest(void *arg, unsigned half)
{
    struct freezing *f = arg;
    if (half == 1) {
        f->now = fill_keys(f->p, f->r);
        return;
    }
    f->order = order_ads(f->r, f->codes, &f->p->n);
    fill_columns(f->p, f->r, f->order);
    fill_lanes(f->p, f->codes);
    fill_slim(f->p);
    part_bounds(f->p);
    fill_ids(f->p);
    fill_titles(f->p, f->r);
}

struct part *part_freeze(struct raw *r, const int64_t *codes)
{
    enum { MANY = 20000 };
    struct freezing f = {.p = mem_alloc(sizeof *f.p), .r = r, .codes = codes};
    both(r->n >= MANY, fill_rest, &f);
    fill_postings(&f, r->n >= MANY);
    mem_free(f.order);
    mem_free(f.now);
    return f.p;
}

/* ---- thawing ---- */

static void thaw_ads(const struct part *p, const uint64_t *live, struct raw *r, uint32_t *now)
{
    for (uint32_t i = 0; i < p->n; i++) {
        now[i] = UINT32_MAX;
        if (!(live[i / 64] >> i % 64 & 1))
            continue;
        size_t n = r->n;
        mem_room(&r->rows, &r->cap_rows, n + 1, sizeof *r->rows);
        mem_room(&r->sides, &r->cap_sides, n + 1, sizeof *r->sides);
        mem_room(&r->exposure, &r->cap_exposure, n + 1, sizeof *r->exposure);
        mem_room(&r->dead, &r->cap_dead, n + 1, 1);
        mem_room(&r->from, &r->cap_from, n + 2, sizeof *r->from);
        r->rows[n] = p->rows[i];
        r->sides[n] = p->sides[i];
        r->sides[n].title = (uint32_t)r->titles_len + p->title_at[p->sides[i].title];
        r->exposure[n] = __atomic_load_n(&p->exposure[i], __ATOMIC_RELAXED);
        r->dead[n] = 0;
        now[i] = (uint32_t)n;
        r->n = n + 1;
    }
    mem_room(&r->titles, &r->titles_cap, r->titles_len + p->titles_len, 1);
    memcpy(r->titles + r->titles_len, p->titles, p->titles_len);
    r->titles_len += p->titles_len;
}

/* Calls `each` for every posting of an ad that is kept, terms ascending. */
static void each_posting(const struct part *p, const uint32_t *now, void (*each)(void *arg, uint32_t ad, uint32_t term, uint8_t impact), void *arg)
{
    for (uint32_t t = 0; t < p->n_keys; t++) {
        struct walk k = walk_open(postings_at(p, t));
        size_t at = 0;
        for (uint32_t w = walk_next(&k, 0); w != WALK_END; w = walk_next(&k, w + 1))
            for (uint64_t bits = walk_bits(&k, w); bits != 0; bits &= bits - 1, at++) {
                uint32_t ad = now[w * 64 + (uint32_t)__builtin_ctzll(bits)];
                if (ad != UINT32_MAX)
                    each(arg, ad, t, k.p.impacts[at]);
            }
    }
}

struct thaw {
    struct raw *r;
    size_t first, first_key;
    uint64_t *at; /* at[i + 2] counts, then at[i + 1] is where ad i goes on */
};

static void count_posting(void *arg, uint32_t ad, uint32_t term, uint8_t impact)
{
    const struct thaw *x = arg;
    (void)term;
    (void)impact;
    x->at[ad - x->first + 2]++;
}

static void thaw_posting(void *arg, uint32_t ad, uint32_t term, uint8_t impact)
{
    const struct thaw *x = arg;
    uint64_t to = x->at[ad - x->first + 1]++;
    x->r->terms[to] = (uint32_t)(x->first_key + term);
    x->r->impacts[to] = impact;
}

void part_thaw(const struct part *p, const uint64_t *live, struct raw *r)
{
    struct thaw x = {r, r->n, r->n_keys, NULL};
    uint32_t *now = MEM_ARRAY(uint32_t, p->n);
    thaw_ads(p, live, r, now);
    size_t n = r->n - x.first;
    if (n == 0) {
        mem_free(now);
        return;
    }
    x.at = MEM_ARRAY(uint64_t, n + 2);
    each_posting(p, now, count_posting, &x);
    x.at[1] = r->n_terms;
    for (size_t i = 2; i < n + 2; i++)
        x.at[i] += x.at[i - 1];
    mem_room(&r->terms, &r->cap_terms, x.at[n + 1], sizeof *r->terms);
    mem_room(&r->impacts, &r->cap_impacts, x.at[n + 1], 1);
    mem_room(&r->keys, &r->cap_keys, x.first_key + p->n_keys, sizeof *r->keys);
    if (p->n_keys > 0)
        memcpy(r->keys + x.first_key, p->keys, p->n_keys * sizeof *p->keys);
    r->n_keys += p->n_keys;
    memcpy(r->from + x.first, x.at + 1, (n + 1) * sizeof *x.at);
    r->n_terms = x.at[n + 1];
    each_posting(p, now, thaw_posting, &x);
    mem_free(x.at);
    mem_free(now);
}
