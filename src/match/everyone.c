/* everyone.c -- the best ads for each person of a view: in tiles of neighbours, by several threads, into a file that a later run goes on with.
 *
 * The file: a header (struct begin), then blocks (struct tile_head, then for each person id, count, and id and score of each ad).
 * Blocks stand in the order in which they were ready; a block that is not whole ends the file.
 */
#include "match/field.h"
#include "match/gini.h"
#include "match/mem.h"
#include "match/people.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TILE 2048
#define MAGIC UINT64_C(0x31594e4156455a59)

struct begin {
    uint64_t magic, digest, people;
    uint32_t k, most, tiles;
    int32_t today;
};
struct tile_head {
    uint64_t check;
    uint32_t tile, words, people, pairs;
};

struct tile {
    unsigned piece;
    uint32_t from, to;
};

struct everyone {
    const struct match *m;
    const struct snap *s;
    const struct match_everyone *how;
    struct field field;
    struct tile *tiles;
    bool *done, *before; /* before: an earlier run wrote it; not changed by the threads */
    uint32_t n_tiles;
    uint32_t *listed[PARTS_MAX]; /* by ad: on how many lists */
    _Atomic uint32_t next;
    pthread_mutex_t lock; /* of what follows */
    FILE *file;
    bool failed;
    uint64_t people, pairs;
};

/* ---- what a result depends on ---- */

static uint64_t digest_of(const struct snap *s, const struct match_everyone *how)
{
    uint64_t h = hash_mix((uint64_t)(uint32_t)how->today << 32 | how->k) ^ how->most;
    for (unsigned i = 0; i < s->n_parts; i++) {
        const struct part *p = s->parts[i];
        h = hash_mix(h ^ hash_bytes(p->rows, p->n * sizeof *p->rows));
        h = hash_mix(h ^ hash_bytes(p->sides, p->n * sizeof *p->sides));
        h = hash_mix(h ^ hash_bytes(s->live[i]->bits, (p->n + (size_t)63) / 64 * sizeof s->live[i]->bits[0]));
    }
    for (unsigned i = 0; i < s->people.n; i++) {
        const struct piece *p = s->people.pieces[i];
        h = hash_mix(h ^ hash_bytes(p->ids, p->n * sizeof *p->ids));
        h = hash_mix(h ^ hash_bytes(p->words, p->at[p->n] * sizeof *p->words));
        h = hash_mix(h ^ hash_bytes(s->people.live[i]->bits, (p->n + (size_t)63) / 64 * sizeof s->people.live[i]->bits[0]));
    }
    return h;
}

static void cut_tiles(struct everyone *x)
{
    uint32_t n = 0;
    for (unsigned i = 0; i < x->s->people.n; i++)
        n += (x->s->people.pieces[i]->n + TILE - 1) / TILE;
    x->tiles = MEM_ARRAY(struct tile, n);
    x->done = MEM_ARRAY(bool, n);
    x->before = MEM_ARRAY(bool, n);
    for (unsigned i = 0; i < x->s->people.n; i++) {
        uint32_t all = x->s->people.pieces[i]->n;
        for (uint32_t from = 0; from < all; from += TILE)
            x->tiles[x->n_tiles++] = (struct tile){i, from, all - from > TILE ? from + TILE : all};
    }
}

/* ---- the file ---- */

/* One more list has the ad. */
static void count_ad(struct everyone *x, int64_t id)
{
    for (unsigned i = 0; i < x->s->n_parts; i++) {
        uint32_t ad = part_find(x->s->parts[i], id);
        if (ad != UINT32_MAX && is_live(x->s->live[i], ad))
            __atomic_fetch_add(&x->listed[i][ad], 1, __ATOMIC_RELAXED);
    }
}

static int64_t two(const uint32_t *w)
{
    return (int64_t)two_words(w, 0);
}

/* A block that was read: false when it is not what a run writes. */
static bool take_block(struct everyone *x, const struct tile_head *h, const uint32_t *words)
{
    uint64_t pairs = 0;
    uint32_t people = 0;
    if (h->tile >= x->n_tiles || x->done[h->tile] || hash_bytes(words, h->words * sizeof *words) != h->check)
        return false;
    for (uint32_t i = 0; i < h->words; people++) {
        if (h->words - i < 3 || words[i + 2] > MATCH_EVERYONE_K || (h->words - i - 3) / 3 < words[i + 2])
            return false;
        for (uint32_t k = 0; k < words[i + 2]; k++, pairs++)
            count_ad(x, two(&words[i + 3 + 3 * k]));
        i += 3 + 3 * words[i + 2];
    }
    x->done[h->tile] = true;
    x->people += people;
    x->pairs += pairs;
    return true;
}

/* Takes over what an earlier run wrote and cuts off a block that is not whole. */
static bool go_on(struct everyone *x, const struct begin *want)
{
    struct begin got;
    struct tile_head h;
    if (fread(&got, sizeof got, 1, x->file) != 1 || memcmp(&got, want, sizeof got) != 0)
        return false;
    long whole = ftell(x->file);
    while (fread(&h, sizeof h, 1, x->file) == 1 && h.words <= TILE * 3 * (1 + MATCH_EVERYONE_K)) {
        uint32_t *words = MEM_ARRAY(uint32_t, h.words);
        bool good = fread(words, sizeof *words, h.words, x->file) == h.words && take_block(x, &h, words);
        mem_free(words);
        if (!good)
            break;
        whole = ftell(x->file);
    }
    return fseek(x->file, whole, SEEK_SET) == 0 && ftruncate(fileno(x->file), whole) == 0;
}

static err_t open_file(struct ctx *cx, struct everyone *x)
{
    struct begin want = {.magic = MAGIC, .digest = digest_of(x->s, x->how), .people = x->s->people.n_live, .k = x->how->k,
                         .most = x->how->most, .tiles = x->n_tiles, .today = x->how->today};
    x->file = fopen(x->how->path, "r+b");
    if (x->file != NULL && go_on(x, &want))
        return E_OK;
    if (x->file != NULL)
        (void)fclose(x->file);
    x->file = fopen(x->how->path, "w+b");
    if (x->file == NULL || fwrite(&want, sizeof want, 1, x->file) != 1)
        return FAIL(cx, E_INVALID, "path", "%s: %s", x->how->path, strerror(errno));
    return E_OK;
}

/* ---- the work ---- */

struct output {
    uint32_t *words;
    size_t n, cap;
    uint32_t people, pairs;
};

static void put_list(struct output *o, int64_t person, const struct best *b)
{
    mem_room(&o->words, &o->cap, o->n + 3 + 3 * b->n, sizeof *o->words);
    uint32_t *w = o->words + o->n;
    *w++ = (uint32_t)person;
    *w++ = (uint32_t)((uint64_t)person >> 32);
    *w++ = (uint32_t)b->n;
    for (size_t i = 0; i < b->n; i++) {
        *w++ = (uint32_t)b->v[i].id;
        *w++ = (uint32_t)((uint64_t)b->v[i].id >> 32);
        *w++ = (uint32_t)b->v[i].key;
    }
    o->n += 3 + 3 * b->n;
    o->people++;
    o->pairs += (uint32_t)b->n;
}

static void do_tile(struct everyone *x, struct ctx *cx, uint32_t number, struct output *o)
{
    const struct tile *t = &x->tiles[number];
    const struct piece *p = x->s->people.pieces[t->piece];
    o->n = o->people = o->pairs = 0;
    for (uint32_t i = t->from; i < t->to; i++) {
        if (!is_live(x->s->people.live[t->piece], i))
            continue;
        struct person who = person_read(piece_record(p, i));
        struct wish_of_person *w = ARENA_NEW(cx->arena, struct wish_of_person);
        struct best best;
        wish_of_person(cx, x->m, x->s, x->how->today, &who, w);
        w->wish.listed = (const uint32_t *const *)x->listed;
        w->wish.most = x->how->most;
        field_best(cx, &x->field, &w->wish, x->how->k, &best);
        best_sort(&best);
        for (size_t k = 0; k < best.n; k++)
            __atomic_fetch_add(&x->listed[best.v[k].part][best.v[k].ad], 1, __ATOMIC_RELAXED);
        put_list(o, p->ids[i], &best);
        arena_reset(cx->arena);
    }
}

static void write_tile(struct everyone *x, uint32_t number, const struct output *o)
{
    struct tile_head h = {hash_bytes(o->words, o->n * sizeof *o->words), number, (uint32_t)o->n, o->people, o->pairs};
    (void)pthread_mutex_lock(&x->lock);
    x->failed = x->failed || fwrite(&h, sizeof h, 1, x->file) != 1 || fwrite(o->words, sizeof *o->words, o->n, x->file) != o->n ||
                fflush(x->file) != 0;
    x->done[number] = true;
    x->people += o->people;
    x->pairs += o->pairs;
    if (x->how->progress != NULL)
        x->how->progress(x->how->arg, x->people, x->s->people.n_live);
    (void)pthread_mutex_unlock(&x->lock);
}

static void *work(void *arg)
{
    struct everyone *x = arg;
    struct arena a;
    struct output o = {0};
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    for (uint32_t t; (t = x->next++) < x->n_tiles;) {
        if (x->before[t])
            continue;
        if (x->how->stop != NULL && *x->how->stop)
            break;
        do_tile(x, &cx, t, &o);
        write_tile(x, t, &o);
    }
    mem_free(o.words);
    arena_free(&a);
    return NULL;
}

static void run(struct everyone *x)
{
    pthread_t t[MATCH_THREADS_MAX];
    unsigned n = x->how->threads < 1 ? 1 : x->how->threads > MATCH_THREADS_MAX ? MATCH_THREADS_MAX : x->how->threads, started = 0;
    while (started + 1 < n && pthread_create(&t[started], NULL, work, x) == 0)
        started++;
    (void)work(x);
    for (unsigned i = 0; i < started; i++)
        (void)pthread_join(t[i], NULL);
}

static void count_up(const struct everyone *x, struct match_everyone_done *out)
{
    uint32_t *v = MEM_ARRAY(uint32_t, x->s->n_live);
    size_t n = 0;
    out->complete = !x->failed;
    for (uint32_t i = 0; i < x->n_tiles; i++)
        out->complete = out->complete && x->done[i];
    for (unsigned i = 0; i < x->s->n_parts; i++)
        for (uint32_t ad = 0; ad < x->s->parts[i]->n; ad++)
            if (is_live(x->s->live[i], ad)) {
                out->ads_listed += x->listed[i][ad] > 0;
                v[n++] = x->listed[i][ad];
            }
    out->people = x->people;
    out->pairs = x->pairs;
    out->gini = gini(v, n);
    mem_free(v);
}

err_t match_everyone(struct ctx *cx, const struct match_view *v, const struct match_everyone *how, struct match_everyone_done *out)
{
    struct everyone *x = ARENA_NEW(cx->arena, struct everyone);
    *x = (struct everyone){.m = v->m, .s = view_snap(v), .how = how};
    *out = (struct match_everyone_done){0};
    if (how->k == 0 || how->k > MATCH_EVERYONE_K)
        return FAIL(cx, E_LIMIT, "k", "1 to %u ads for each person", MATCH_EVERYONE_K);
    cut_tiles(x);
    for (unsigned i = 0; i < x->s->n_parts; i++)
        x->listed[i] = MEM_ARRAY(uint32_t, x->s->parts[i]->n);
    err_t e = open_file(cx, x);
    if (e == E_OK) {
        out->found_before = x->people;
        (void)pthread_mutex_init(&x->lock, NULL);
        field_make(v->m, x->s, how->today, &x->field);
        memcpy(x->before, x->done, x->n_tiles * sizeof *x->done);
        run(x);
        field_free(&x->field);
        (void)pthread_mutex_destroy(&x->lock);
        count_up(x, out);
        if (fclose(x->file) != 0 || x->failed)
            e = FAIL(cx, E_INVALID, "path", "%s: %s", how->path, strerror(errno));
    }
    for (unsigned i = 0; i < x->s->n_parts; i++)
        mem_free(x->listed[i]);
    mem_free(x->tiles);
    mem_free(x->done);
    mem_free(x->before);
    return e;
}

err_t match_everyone_read(struct ctx *cx, const char *path, void (*each)(void *arg, int64_t person, const struct match_hit *best, size_t n),
                          void *arg)
{
    struct begin b;
    struct tile_head h;
    struct match_hit best[MATCH_EVERYONE_K];
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return FAIL(cx, E_NOTFOUND, "path", "%s: %s", path, strerror(errno));
    bool good = fread(&b, sizeof b, 1, f) == 1 && b.magic == MAGIC;
    while (good && fread(&h, sizeof h, 1, f) == 1) {
        good = h.words <= TILE * 3 * (1 + MATCH_EVERYONE_K);
        uint32_t *w = MEM_ARRAY(uint32_t, good ? h.words : 0);
        good = good && fread(w, sizeof *w, h.words, f) == h.words && hash_bytes(w, h.words * sizeof *w) == h.check;
        for (uint32_t i = 0; good && i < h.words; i += 3 + 3 * w[i + 2]) {
            good = h.words - i >= 3 && w[i + 2] <= MATCH_EVERYONE_K && (h.words - i - 3) / 3 >= w[i + 2];
            if (!good)
                break;
            for (uint32_t k = 0; k < w[i + 2]; k++)
                best[k] = (struct match_hit){two(&w[i + 3 + 3 * k]), (int32_t)w[i + 5 + 3 * k], -1};
            each(arg, two(&w[i]), best, w[i + 2]);
        }
        mem_free(w);
    }
    (void)fclose(f);
    return good ? E_OK : FAIL(cx, E_INVALID, "path", "%s is no whole result", path);
}
