#include "match/engine.h"

#include "match/mem.h"
#include "match/occupation.h"
#include "match/pinyin.h"
#include "match/suggest.h"

#include <stdlib.h>
#include <string.h>

/* ---- code tables ---- */

void codes_init(struct codes *c)
{
    c->v = MEM_ARRAY(int64_t, CODES_MAX);
    c->slots = MEM_ARRAY(uint32_t, 2 * (CODES_MAX + 1));
    c->n = 1;
}

void codes_free(struct codes *c)
{
    mem_free(c->v);
    mem_free(c->slots);
}

uint32_t codes_number(struct codes *c, int64_t code)
{
    size_t mask = 2 * (CODES_MAX + 1) - 1;
    size_t i = hash_mix((uint64_t)code) & mask;
    if (code == 0)
        return 0;
    for (; c->slots[i] != 0; i = (i + 1) & mask)
        if (c->v[c->slots[i] - 1] == code)
            return c->slots[i] - 1;
    if (c->n == CODES_MAX)
        return CODES_MAX;
    c->v[c->n] = code;
    c->slots[i] = c->n + 1;
    return c->n++;
}

static int by_code(const void *key, const void *elem)
{
    int32_t k = *(const int32_t *)key, e = ((const struct occ *)elem)->code;
    return k < e ? -1 : k > e;
}

const char *occ_name(const struct match *m, int32_t code)
{
    const struct occ *o = bsearch(&code, m->occs, m->n_occs, sizeof *m->occs, by_code);
    return o == NULL ? NULL : o->name;
}

/* ---- opening and closing ---- */

static void drop_live(struct live *l)
{
    if (l != NULL && --l->refs == 0)
        mem_free(l);
}

static void drop_part(struct part *p)
{
    if (p == NULL || --p->refs > 0)
        return;
    suggest_free(p->suggest);
    part_free(p);
}

static void drop_snap(struct snap *s)
{
    for (unsigned i = 0; i < s->n_parts; i++) {
        drop_live(s->live[i]);
        drop_part(s->parts[i]);
    }
    mem_free(s);
}

static void begin(struct match *m)
{
    arena_init(&m->arena, 0);
    words_init(&m->words);
    codes_init(&m->districts);
    codes_init(&m->streets);
    codes_init(&m->occupations);
    m->sets.v = MEM_ARRAY(struct cert_set, CODES_MAX);
    m->sets.slots = MEM_ARRAY(uint32_t, 2 * (CODES_MAX + 1));
    m->sets.n = 1;
    for (size_t i = 0; i < PINS_MAX; i++)
        m->pins[i].m = m;
}

err_t match_open(struct ctx *cx, const struct match_source *sources, size_t n, struct match **out)
{
    struct match *m = aligned_alloc(64, (sizeof *m + 63) / 64 * 64);
    if (m == NULL)
        return FAIL(cx, E_BUSY, NULL, "no memory for the match engine");
    memset(m, 0, sizeof *m);
    begin(m);
    err_t e = load_sources(cx, m, sources, n);
    builder_init(m);
    atomic_store(&m->current, mem_alloc(sizeof(struct snap)));
    if (e != E_OK) {
        match_close(m);
        return e;
    }
    *out = m;
    return E_OK;
}

void match_close(struct match *m)
{
    if (m == NULL)
        return;
    while (m->retired != NULL) {
        struct snap *s = m->retired;
        m->retired = s->retired_before;
        drop_snap(s);
    }
    drop_snap(atomic_load(&m->current));
    builder_free(m);
    pinyin_free(m->pinyin);
    titles_free(m->titles);
    suggest_free(m->work_words);
    codes_free(&m->districts);
    codes_free(&m->streets);
    codes_free(&m->occupations);
    mem_free(m->sets.v);
    mem_free(m->sets.slots);
    mem_free(m->occs);
    mem_free(m->synonyms);
    words_free(&m->words);
    arena_free(&m->arena);
    mem_free(m);
}

/* ---- readers ---- */

const struct snap *view_snap(const struct match_view *v)
{
    return atomic_load_explicit(&v->snap, memory_order_relaxed);
}

/* A pin is a hazard pointer: the reader writes down what it reads, then looks whether that was still current. */
err_t match_pin(struct ctx *cx, struct match *m, const struct match_view **v)
{
    size_t first = (size_t)((uintptr_t)cx->arena >> 6);
    for (size_t i = 0; i < PINS_MAX; i++) {
        struct match_view *pin = &m->pins[(first + i) % PINS_MAX];
        struct snap *none = NULL, *s = atomic_load(&m->current);
        if (!atomic_compare_exchange_strong(&pin->snap, &none, s))
            continue;
        for (struct snap *now; (now = atomic_load(&m->current)) != s; s = now)
            atomic_store(&pin->snap, now);
        *v = pin;
        return E_OK;
    }
    return FAIL(cx, E_BUSY, NULL, "all %d pins of the match engine are taken", PINS_MAX);
}

void match_unpin(const struct match_view *v)
{
    if (v != NULL)
        atomic_store(&v->m->pins[v - v->m->pins].snap, NULL);
}

void match_shown(const struct match_view *v, const int64_t *ids, size_t n)
{
    const struct snap *s = view_snap(v);
    for (size_t i = 0; i < n; i++)
        for (unsigned k = 0; k < s->n_parts; k++) {
            uint32_t ad = part_find(s->parts[k], ids[i]);
            if (ad == UINT32_MAX || !is_live(s->live[k], ad))
                continue;
            if (__atomic_load_n(&s->parts[k]->exposure[ad], __ATOMIC_RELAXED) < UINT16_MAX - PINS_MAX)
                __atomic_fetch_add(&s->parts[k]->exposure[ad], 1, __ATOMIC_RELAXED);
        }
}

/* ---- the writer ---- */

err_t match_put(struct ctx *cx, struct match *m, const struct match_ad *ads, size_t n)
{
    for (size_t i = 0; i < n; i++)
        TRY(builder_put(cx, m, &ads[i]));
    return E_OK;
}

err_t match_remove(struct ctx *cx, struct match *m, int64_t id)
{
    (void)cx;
    builder_remove(m, id);
    return E_OK;
}

static struct live *all_live(uint32_t n)
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

/* Ends the ads of the list in part i; the bitmap is copied before its first change. */
static void end_ads(struct snap *s, unsigned i, const int64_t *gone, size_t n)
{
    bool own = false;
    for (size_t k = 0; k < n; k++) {
        uint32_t ad = part_find(s->parts[i], gone[k]);
        if (ad == UINT32_MAX || !is_live(s->live[i], ad))
            continue;
        if (!own) {
            struct live *copy = all_live(s->parts[i]->n);
            memcpy(copy->bits, s->live[i]->bits, (s->parts[i]->n + (size_t)63) / 64 * sizeof copy->bits[0]);
            copy->n = s->live[i]->n;
            drop_live(s->live[i]);
            s->live[i] = copy;
            own = true;
        }
        s->live[i]->bits[ad / 64] &= ~(UINT64_C(1) << ad % 64);
        s->live[i]->n--;
    }
}

static void add_part(const struct match *m, struct snap *s, struct part *p)
{
    p->refs = 1;
    p->suggest = suggest_titles(m, p);
    s->parts[s->n_parts] = p;
    s->live[s->n_parts++] = all_live(p->n);
}

/* Melts the parts from `first` on into one. */
static void melt(const struct match *m, struct snap *s, unsigned first)
{
    struct raw r = {0};
    for (unsigned i = first; i < s->n_parts; i++)
        part_thaw(s->parts[i], s->live[i]->bits, &r);
    for (unsigned i = first; i < s->n_parts; i++) {
        drop_part(s->parts[i]);
        drop_live(s->live[i]);
    }
    s->n_parts = first;
    if (r.n > 0)
        add_part(m, s, part_freeze(&r));
    raw_free(&r);
}

/* Sizes shrink by four from part to part, so there are few and each ad is melted a few times in its life. */
static void tidy(const struct match *m, struct snap *s)
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
    if (first < s->n_parts && !alone)
        melt(m, s, first);
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
            drop_snap(s);
        }
    }
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
    struct part *p = builder_take(m);
    if (p != NULL)
        add_part(m, s, p);
    tidy(m, s);
    s->n_live = s->n_all = 0;
    for (unsigned i = 0; i < s->n_parts; i++) {
        s->n_live += s->live[i]->n;
        s->n_all += s->parts[i]->n;
    }
    s->n_districts = m->districts.n;
    s->n_streets = m->streets.n;
    s->n_occupations = m->occupations.n;
    s->n_sets = m->sets.n;
    s->generation = ++m->generation;
    atomic_store(&m->current, s);
    old->retired_before = m->retired;
    m->retired = old;
    free_retired(m);
    return E_OK;
}

void match_stats(const struct match_view *v, struct match_stats *out)
{
    const struct snap *s = view_snap(v);
    *out = (struct match_stats){.ads = s->n_live, .deleted = s->n_all - s->n_live, .parts = s->n_parts, .generation = s->generation};
    for (unsigned i = 0; i < s->n_parts; i++) {
        const struct part *p = s->parts[i];
        out->terms += p->n_keys;
        out->postings += p->at[p->n_keys];
        out->columns_bytes += part_bytes(p) + p->n / 8;
        out->postings_bytes += p->at[p->n_keys] * (sizeof *p->ads + sizeof *p->impacts);
        out->dictionary_bytes += p->n_keys * (sizeof *p->keys + sizeof *p->at);
        out->suggest_bytes += suggest_bytes(p->suggest);
        out->titles_bytes += p->titles_len + p->n_titles * (sizeof *p->title_at + sizeof *p->title_count);
    }
    out->engine_bytes = words_bytes(&v->m->words) + v->m->arena.used + pinyin_bytes(v->m->pinyin) + titles_bytes(v->m->titles) + suggest_bytes(v->m->work_words);
    out->total_bytes = out->columns_bytes + out->postings_bytes + out->dictionary_bytes + out->titles_bytes + out->suggest_bytes +
                       out->engine_bytes;
}
