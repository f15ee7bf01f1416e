#include "match/watch.h"

#include "match/filter.h"
#include "match/mem.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_WORDS (sizeof(struct watch_head) / sizeof(uint32_t))
#define LIST_MAX 1000u /* codes of a list that are kept */

/* ---- records ---- */

static int64_t code_at(const uint32_t *list, size_t i)
{
    return (int64_t)(list[2 * i] | (uint64_t)list[2 * i + 1] << 32);
}

struct watch watch_read(const uint32_t *record)
{
    struct watch w;
    memcpy(&w.head, record, sizeof w.head);
    w.districts = record + HEAD_WORDS;
    w.streets = w.districts + 2 * w.head.n_districts;
    w.occupations = w.streets + 2 * w.head.n_streets;
    w.employers = w.occupations + 2 * w.head.n_occupations;
    w.text = (const char *)(w.employers + 2 * w.head.n_employers);
    return w;
}

static uint16_t list_len(struct match_list l)
{
    return (uint16_t)(l.n < LIST_MAX ? l.n : LIST_MAX);
}

static uint32_t *put_list(uint32_t *at, const struct match_list *l, size_t n)
{
    for (size_t i = 0; i < n; i++, at += 2) {
        at[0] = (uint32_t)l->v[i];
        at[1] = (uint32_t)((uint64_t)l->v[i] >> 32);
    }
    return at;
}

err_t match_watch_put(struct ctx *cx, struct match *m, int64_t id, const struct match_query *q)
{
    (void)cx;
    size_t len = q->text == NULL ? 0 : strlen(q->text);
    struct watch_head h = {
        .wage_floor = q->wage_floor, .benefits = q->benefits, .wage_bands = q->wage_bands, .educations = q->educations,
        .experiences = q->experiences, .types = q->types, .shifts = q->shifts, .max_age = q->max_age, .lat = q->lat, .lng = q->lng,
        .radius = q->radius, .n_districts = list_len(q->districts), .n_streets = list_len(q->streets),
        .n_occupations = list_len(q->occupations), .n_employers = list_len(q->employers), .text_len = (uint32_t)len,
    };
    size_t lists = 2u * (h.n_districts + (size_t)h.n_streets + h.n_occupations + h.n_employers), text = len / sizeof(uint32_t) + 1;
    uint32_t *at = tray_put(&m->watches, id, HEAD_WORDS + lists + text);
    memcpy(at, &h, sizeof h);
    at = put_list(at + HEAD_WORDS, &q->districts, h.n_districts);
    at = put_list(at, &q->streets, h.n_streets);
    at = put_list(at, &q->occupations, h.n_occupations);
    at = put_list(at, &q->employers, h.n_employers);
    memset(at, 0, text * sizeof *at);
    if (len > 0)
        memcpy(at, q->text, len);
    return E_OK;
}

err_t match_watch_remove(struct ctx *cx, struct match *m, int64_t id)
{
    (void)cx;
    tray_remove(&m->watches, id);
    return E_OK;
}

/* ---- nests ---- */

struct place { /* the condition that a search is known by */
    uint32_t kind;
    const uint32_t *codes;
    uint32_t n;
};

static bool small_groups(const struct watch *w)
{
    for (unsigned i = 0; i < w->head.n_occupations; i++)
        if (code_at(w->occupations, i) % 10000 == 0)
            return false;
    return w->head.n_occupations > 0;
}

static struct place place_of(const struct watch *w)
{
    if (w->head.n_employers > 0)
        return (struct place){MATCH_F_EMPLOYER, w->employers, w->head.n_employers};
    if (w->head.n_streets > 0)
        return (struct place){MATCH_F_STREET, w->streets, w->head.n_streets};
    if (small_groups(w))
        return (struct place){MATCH_F_OCCUPATION, w->occupations, w->head.n_occupations};
    if (w->head.n_districts > 0)
        return (struct place){MATCH_F_DISTRICT, w->districts, w->head.n_districts};
    if (w->head.n_occupations > 0)
        return (struct place){MATCH_F_OCCUPATION, w->occupations, w->head.n_occupations};
    static const uint32_t none[2];
    return (struct place){MATCH_F_COUNT, none, 1};
}

/* Records of one nest lie together. */
static uint64_t key_of(const uint32_t *record)
{
    struct watch w = watch_read(record);
    struct place at = place_of(&w);
    uint64_t code = hash_mix((uint64_t)code_at(at.codes, 0) + at.kind);
    return hash_bytes(w.text, w.head.text_len) << 32 | code >> 32;
}

static uint32_t nest_find(const struct watches *w, uint32_t text, uint32_t kind, int64_t code)
{
    uint32_t at = (uint32_t)hash_mix((uint64_t)code ^ hash_mix((uint64_t)text << 8 | kind)) & w->mask;
    for (; w->slots[at] != 0; at = (at + 1) & w->mask) {
        const struct nest *x = &w->nests[w->slots[at] - 1];
        if (x->text == text && x->kind == kind && x->code == code)
            break;
    }
    return at;
}

const struct nest *watches_nest(const struct watches *w, uint32_t text, uint32_t kind, int64_t code)
{
    uint32_t slot = w->slots[nest_find(w, text, kind, code)];
    return slot == 0 ? NULL : &w->nests[slot - 1];
}

static void number_texts(const struct piece *p, struct watches *w, uint32_t *text_of)
{
    size_t cap = 16;
    while (cap < (size_t)p->n * 2)
        cap *= 2;
    uint32_t *slots = MEM_ARRAY(uint32_t, cap);
    w->sample = MEM_ARRAY(uint32_t, p->n);
    for (uint32_t i = 0; i < p->n; i++) {
        const char *text = watch_read(piece_record(p, i)).text;
        size_t at = hash_bytes(text, strlen(text)) & (cap - 1);
        while (slots[at] != 0 && strcmp(watch_read(piece_record(p, w->sample[slots[at] - 1])).text, text) != 0)
            at = (at + 1) & (cap - 1);
        if (slots[at] == 0) {
            w->sample[w->n_texts] = i;
            slots[at] = ++w->n_texts;
        }
        text_of[i] = slots[at] - 1;
    }
    mem_free(slots);
    w->sample = mem_resize(w->sample, SIZE_MAX, w->n_texts * sizeof *w->sample);
}

/* Twice over the records: first how many a nest has, then who. */
static void fill_nests(const struct piece *p, struct watches *w, const uint32_t *text_of)
{
    uint32_t cap = 16;
    while (cap < w->n_members * 2)
        cap *= 2;
    w->mask = cap - 1;
    w->slots = MEM_ARRAY(uint32_t, cap);
    w->nests = MEM_ARRAY(struct nest, w->n_members);
    w->members = MEM_ARRAY(uint32_t, w->n_members);
    for (int round = 0; round < 2; round++) {
        uint32_t first = 0;
        for (uint32_t i = 0; round == 1 && i < w->n_nests; i++) {
            w->nests[i].first = first;
            first += w->nests[i].n;
            w->nests[i].n = 0;
        }
        for (uint32_t i = 0; i < p->n; i++) {
            struct watch one = watch_read(piece_record(p, i));
            struct place at = place_of(&one);
            for (uint32_t k = 0; k < at.n; k++) {
                int64_t code = code_at(at.codes, k);
                uint32_t slot = nest_find(w, text_of[i], at.kind, code);
                if (w->slots[slot] == 0) {
                    w->nests[w->n_nests] = (struct nest){text_of[i], at.kind, code, 0, 0};
                    w->slots[slot] = ++w->n_nests;
                }
                struct nest *x = &w->nests[w->slots[slot] - 1];
                if (round == 1)
                    w->members[x->first + x->n] = i;
                x->n++;
            }
        }
    }
    w->nests = mem_resize(w->nests, SIZE_MAX, w->n_nests * sizeof *w->nests);
}

static void *make_watches(const struct match *m, const struct snap *s, const struct piece *p)
{
    struct watches *w = mem_alloc(sizeof *w);
    uint32_t *text_of = MEM_ARRAY(uint32_t, p->n);
    number_texts(p, w, text_of);
    for (uint32_t i = 0; i < p->n; i++) {
        struct watch one = watch_read(piece_record(p, i));
        w->n_members += place_of(&one).n;
    }
    fill_nests(p, w, text_of);
    lex_make(m, s, p, w);
    mem_free(text_of);
    return w;
}

static void drop_watches(void *made)
{
    struct watches *w = made;
    lex_free(&w->fixed);
    mem_free(w->sample);
    mem_free(w->loose);
    mem_free(w->nests);
    mem_free(w->slots);
    mem_free(w->members);
    mem_free(w);
}

static size_t watches_bytes(const void *made)
{
    const struct watches *w = made;
    return lex_bytes(&w->fixed) + (w->n_texts + w->cap_loose + w->mask + w->n_members) * sizeof(uint32_t) + w->n_nests * sizeof *w->nests;
}

const struct kind watch_kind = {key_of, make_watches, drop_watches, watches_bytes};

/* ---- loose texts of a snapshot ---- */

static void release(struct lex *l)
{
    if (l == NULL || --l->refs > 0)
        return;
    lex_free(l);
    mem_free(l);
}

void watches_release(struct snap *s)
{
    for (unsigned i = 0; i < s->watches.n; i++)
        release(s->loose[i]);
}

void watches_refresh(const struct match *m, const struct snap *old, struct snap *s, bool changed, bool melted)
{
    for (unsigned i = 0; i < s->watches.n; i++) {
        bool same = i < old->watches.n && old->watches.pieces[i] == s->watches.pieces[i];
        struct lex *before = same ? old->loose[i] : NULL;
        if (same && !changed) {
            s->loose[i] = before;
            if (before != NULL)
                before->refs++;
        } else {
            s->loose[i] = lex_loose(m, s, s->watches.pieces[i], before, melted);
        }
    }
}
