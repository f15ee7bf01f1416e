#include "match/engine.h"

#include "match/gini.h"
#include "match/kin.h"
#include "match/mem.h"
#include "match/occupation.h"
#include "match/pinyin.h"
#include "match/suggest.h"
#include "match/typo.h"
#include "match/watch.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    const struct occ *o = m->n_occs == 0 ? NULL : bsearch(&code, m->occs, m->n_occs, sizeof *m->occs, by_code);
    return o == NULL ? NULL : o->name;
}

/* ---- opening and closing ---- */

static void begin(struct match *m)
{
    arena_init(&m->arena, 0);
    words_init(&m->words);
    codes_init(&m->districts);
    codes_init(&m->streets);
    codes_init(&m->occupations);
    codes_init(&m->wishes);
    m->sets.v = MEM_ARRAY(struct cert_set, CODES_MAX);
    m->sets.slots = MEM_ARRAY(uint32_t, 2 * (CODES_MAX + 1));
    m->sets.n = 1;
    for (size_t i = 0; i < PINS_MAX; i++)
        m->pins[i].m = m;
    for (int32_t i = 0; i < FRESH_DAYS; i++)
        m->fresh[i] = (uint16_t)fresh_points(i);
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
    atomic_store(&m->current, snap_empty(m));
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
        snap_free(s);
    }
    snap_free(atomic_load(&m->current));
    builder_free(m);
    tray_free(&m->people);
    tray_free(&m->watches);
    pinyin_free(m->pinyin);
    typos_free(m->typos);
    titles_free(m->titles);
    suggest_free(m->work_words);
    codes_free(&m->districts);
    codes_free(&m->streets);
    codes_free(&m->occupations);
    codes_free(&m->wishes);
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

void match_expect(struct match *m) { atomic_store(&m->expected, true); }

bool match_ready(const struct match *m) { return !atomic_load(&m->expected); }

static void wait_for_ads(const struct match *m)
{
    enum { STEP_MS = 5 };
    for (int ms = 0; atomic_load(&m->expected) && ms < MATCH_PATIENCE_MS; ms += STEP_MS)
        nanosleep(&(struct timespec){.tv_nsec = STEP_MS * 1000000L}, NULL);
}

/* A pin is a hazard pointer: the reader writes down what it reads, then looks whether that was still current. */
err_t match_pin(struct ctx *cx, struct match *m, const struct match_view **v)
{
    size_t first = (size_t)((uintptr_t)cx->arena >> 6);
    if (atomic_load(&m->expected))
        wait_for_ads(m);
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
    return builder_put(cx, m, ads, n);
}

err_t match_remove(struct ctx *cx, struct match *m, int64_t id)
{
    (void)cx;
    builder_remove(m, id);
    return E_OK;
}

/* ---- figures ---- */

static int32_t exposure_gini(const struct snap *s)
{
    uint32_t *v = MEM_ARRAY(uint32_t, s->n_live);
    size_t n = 0;
    for (unsigned i = 0; i < s->n_parts; i++)
        for (uint32_t ad = 0; ad < s->parts[i]->n; ad++)
            if (is_live(s->live[i], ad))
                v[n++] = __atomic_load_n(&s->parts[i]->exposure[ad], __ATOMIC_RELAXED);
    int32_t g = gini(v, n);
    mem_free(v);
    return g;
}

void match_stats(const struct match_view *v, struct match_stats *out)
{
    const struct snap *s = view_snap(v);
    *out = (struct match_stats){.ads = s->n_live, .deleted = s->n_all - s->n_live, .parts = s->n_parts, .generation = s->generation};
    for (unsigned i = 0; i < s->n_parts; i++) {
        const struct part *p = s->parts[i];
        out->terms += p->n_keys;
        out->postings += p->n_postings;
        out->columns_bytes += part_bytes(p) + p->n / 8 + kin_bytes(p->kin);
        out->postings_bytes += p->at[p->n_keys] * sizeof *p->store;
        out->dictionary_bytes += p->n_keys * (sizeof *p->keys + sizeof *p->at);
        out->suggest_bytes += suggest_bytes(p->suggest);
        out->titles_bytes += p->titles_len + p->n_titles * (sizeof *p->title_at + sizeof *p->title_count);
    }
    for (unsigned i = 0; i < s->watches.n; i++)
        out->watches_bytes += s->loose[i] == NULL ? 0 : lex_bytes(s->loose[i]);
    out->people = s->people.n_live;
    out->watches = s->watches.n_live;
    out->people_bytes = shelf_bytes(&people_kind, &s->people);
    out->watches_bytes += shelf_bytes(&watch_kind, &s->watches);
    out->exposure_gini = exposure_gini(s);
    out->engine_bytes = words_bytes(&v->m->words) + v->m->arena.used + pinyin_bytes(v->m->pinyin) + titles_bytes(v->m->titles) +
                        suggest_bytes(v->m->work_words) + typos_bytes(v->m->typos);
    out->total_bytes = out->columns_bytes + out->postings_bytes + out->dictionary_bytes + out->titles_bytes + out->suggest_bytes +
                       out->engine_bytes + out->people_bytes + out->watches_bytes;
}
