#include "match/shelf.h"

#include "match/engine.h"
#include "match/mem.h"

#include <stdlib.h>
#include <string.h>

uint32_t *tray_put(struct tray *t, int64_t id, size_t n)
{
    mem_room(&t->notes, &t->cap, t->n + 1, sizeof *t->notes);
    mem_room(&t->words, &t->cap_words, t->n_words + n, sizeof *t->words);
    t->notes[t->n] = (struct note){id, t->n, t->n_words, n};
    t->n++;
    t->n_words += n;
    return t->words + t->n_words - n;
}

void tray_remove(struct tray *t, int64_t id)
{
    (void)tray_put(t, id, 0);
}

void tray_free(struct tray *t)
{
    mem_free(t->notes);
    mem_free(t->words);
    *t = (struct tray){0};
}

uint32_t piece_find(const struct piece *p, int64_t id)
{
    for (uint32_t i = (uint32_t)hash_mix((uint64_t)id) & p->by_id_mask; p->by_id[i] != 0; i = (i + 1) & p->by_id_mask)
        if (p->ids[p->by_id[i] - 1] == id)
            return p->by_id[i] - 1;
    return UINT32_MAX;
}

/* ---- making a piece ---- */

struct taken { /* a record that goes into a piece */
    uint64_t key;
    int64_t id;
    const uint32_t *words;
    size_t n;
};

static int by_key(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void fill_ids(struct piece *p)
{
    uint32_t cap = 16;
    while (cap < p->n + p->n / 2)
        cap *= 2;
    p->by_id_mask = cap - 1;
    p->by_id = MEM_ARRAY(uint32_t, cap);
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t at = (uint32_t)hash_mix((uint64_t)p->ids[i]) & p->by_id_mask;
        while (p->by_id[at] != 0)
            at = (at + 1) & p->by_id_mask;
        p->by_id[at] = i + 1;
    }
}

static struct piece *make_piece(const struct match *m, const struct snap *to, const struct kind *k, struct taken *v, size_t n)
{
    struct piece *p = mem_alloc(sizeof *p);
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += v[i].n;
    if (n > 1)
        qsort(v, n, sizeof *v, by_key);
    p->n = (uint32_t)n;
    p->ids = MEM_ARRAY(int64_t, n);
    p->at = MEM_ARRAY(uint64_t, n + 1);
    p->words = MEM_ARRAY(uint32_t, all);
    for (size_t i = 0; i < n; i++) {
        p->ids[i] = v[i].id;
        memcpy(p->words + p->at[i], v[i].words, v[i].n * sizeof *p->words);
        p->at[i + 1] = p->at[i] + v[i].n;
    }
    fill_ids(p);
    p->made = k->make(m, to, p);
    p->refs = 1;
    return p;
}

static void drop_piece(const struct kind *k, struct piece *p)
{
    if (--p->refs > 0)
        return;
    k->drop(p->made);
    mem_free(p->ids);
    mem_free(p->at);
    mem_free(p->words);
    mem_free(p->by_id);
    mem_free(p);
}

void shelf_free(const struct kind *k, struct shelf *s)
{
    for (unsigned i = 0; i < s->n; i++) {
        live_drop(s->live[i]);
        drop_piece(k, s->pieces[i]);
    }
    s->n = 0;
}

/* ---- a refresh ---- */

static void end_record(struct shelf *s, int64_t id, bool *own)
{
    for (unsigned i = 0; i < s->n; i++) {
        uint32_t at = piece_find(s->pieces[i], id);
        if (at == UINT32_MAX || !is_live(s->live[i], at))
            continue;
        if (!own[i])
            s->live[i] = live_own(s->live[i], s->pieces[i]->n);
        own[i] = true;
        s->live[i]->bits[at / 64] &= ~(UINT64_C(1) << at % 64);
        s->live[i]->n--;
    }
}

static int by_note(const void *a, const void *b)
{
    const struct note *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void take_tray(const struct match *m, const struct snap *to, const struct kind *k, struct shelf *s, struct tray *t)
{
    bool own[PIECES_MAX] = {false};
    struct taken *v = MEM_ARRAY(struct taken, t->n);
    size_t n = 0;
    qsort(t->notes, t->n, sizeof *t->notes, by_note);
    for (size_t i = 0; i < t->n; i++) {
        const struct note *x = &t->notes[i];
        if (i + 1 < t->n && t->notes[i + 1].id == x->id)
            continue;
        end_record(s, x->id, own);
        if (x->n > 0)
            v[n++] = (struct taken){k->key(t->words + x->at), x->id, t->words + x->at, x->n};
    }
    if (n > 0) {
        s->pieces[s->n] = make_piece(m, to, k, v, n);
        s->live[s->n++] = live_all((uint32_t)n);
    }
    mem_free(v);
    tray_free(t);
}

static void melt(const struct match *m, const struct snap *to, const struct kind *k, struct shelf *s, unsigned first)
{
    size_t n = 0, cap = 0;
    for (unsigned i = first; i < s->n; i++)
        cap += s->live[i]->n;
    struct taken *v = MEM_ARRAY(struct taken, cap);
    for (unsigned i = first; i < s->n; i++) {
        const struct piece *p = s->pieces[i];
        for (uint32_t r = 0; r < p->n; r++)
            if (is_live(s->live[i], r))
                v[n++] = (struct taken){k->key(piece_record(p, r)), p->ids[r], piece_record(p, r), (size_t)(p->at[r + 1] - p->at[r])};
    }
    struct piece *one = n > 0 ? make_piece(m, to, k, v, n) : NULL;
    mem_free(v);
    for (unsigned i = first; i < s->n; i++) {
        live_drop(s->live[i]);
        drop_piece(k, s->pieces[i]);
    }
    s->n = first;
    if (one != NULL) {
        s->pieces[s->n] = one;
        s->live[s->n++] = live_all(one->n);
    }
}

void shelf_refresh(const struct match *m, const struct snap *to, const struct kind *k, struct shelf *s, struct tray *t)
{
    for (unsigned i = 0; i < s->n; i++) {
        s->pieces[i]->refs++;
        live_hold(s->live[i]);
    }
    if (t->n == 0)
        return;
    take_tray(m, to, k, s, t);
    unsigned first = s->n;
    uint64_t sum = 0;
    for (unsigned i = s->n; i-- > 0;) { /* sizes shrink by four, as those of the parts of ads */
        bool thin = s->live[i]->n < s->pieces[i]->n - s->pieces[i]->n / 3;
        if (thin || (sum > 0 && sum * 4 >= s->pieces[i]->n))
            first = i;
        sum += s->live[i]->n;
    }
    s->n_live = sum;
    if (first < s->n && !(first + 1 == s->n && s->live[first]->n == s->pieces[first]->n))
        melt(m, to, k, s, first);
}

size_t shelf_bytes(const struct kind *k, const struct shelf *s)
{
    size_t sum = 0;
    for (unsigned i = 0; i < s->n; i++) {
        const struct piece *p = s->pieces[i];
        sum += p->n * (sizeof *p->ids + sizeof *p->at) + p->at[p->n] * sizeof *p->words + (p->by_id_mask + (size_t)1) * sizeof *p->by_id +
               p->n / 8 + k->bytes(p->made);
    }
    return sum;
}
