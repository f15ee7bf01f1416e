/* save.c -- the ads of a view in a file, as they lie in memory, and back.
 *
 * The file: a header, the code tables, then each part from a page boundary on: its counts, then its arrays. The header has a
 * digest of all that follows and of itself, the version of this layout, and a digest of the data files that the engine was
 * opened with (words are known by their numbers there). What was checked is copied into large pages: a mapped file has small ones.
 */
#include "match/engine.h"

#include "match/mem.h"
#include "match/suggest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define SAVE_MAGIC UINT64_C(0x50414e5359495a48)
#define SAVE_VERSION 7u
#define SAVE_PAGE 4096u
#define SAVE_ALIGN 64u
#define ARRAYS 27

struct save_head {
    uint64_t magic, digest; /* digest: of the rest of the file, this field left out */
    uint64_t data;          /* digest of the engine's data files */
    uint32_t version, shape; /* shape: sizes of what lies in the file, and of the grid's cells */
    uint32_t n_parts, n_districts, n_streets, n_occupations, n_sets, spare;
    uint64_t size;
    struct match_origin origin;
};
struct part_head {
    uint64_t bytes; /* of the part in the file, this head too; ends at a page */
    uint64_t n_postings, store, titles_len;
    uint32_t n, n_live, n_cells, by_id_mask, n_keys, n_titles;
};

static uint32_t shape_now(void)
{
    static const uint32_t sizes[] = {sizeof(struct row), sizeof(struct side), sizeof(struct cell), sizeof(struct cert_set), CELL_LAT, CELL_LNG};
    return (uint32_t)hash_bytes(sizes, sizeof sizes);
}

/* Four words at a time. */
static uint64_t digest(uint64_t h, const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t a[4] = {h, 1, 2, 3};
    for (; n >= 32; s += 32, n -= 32) {
        uint64_t w[4];
        memcpy(w, s, sizeof w);
        for (int i = 0; i < 4; i++)
            a[i] = ((a[i] ^ w[i]) * UINT64_C(0x9E3779B97F4A7C15)) ^ (a[i] >> 29);
    }
    for (int i = 1; i < 4; i++)
        a[0] = hash_mix(a[0] + (uint64_t)i) ^ a[i];
    return hash_mix(a[0] + n) ^ hash_bytes(s, n);
}

/* ---- a part as a list of arrays ---- */

struct frame { /* pointers of a part, to be written from or set */
    void *v[ARRAYS];
};

/* The sizes of the arrays, in the order of frame_of(). */
static void sizes_of(const struct part_head *h, size_t out[ARRAYS])
{
    const size_t n = h->n, wide = slim_room(n), keys = h->n_keys, titles = h->n_titles;
    const size_t sizes[ARRAYS] = {
        n * sizeof(struct row), n * sizeof(struct side), n * sizeof(uint16_t), h->n_cells * sizeof(struct cell), wide * 4, wide * 4, wide * 8,
        wide * 2, wide * 2, wide, wide, wide, wide / 8, wide, wide, wide, wide * 2, wide * 2, wide * 2, (h->by_id_mask + (size_t)1) * 4, keys * 8, (keys + 1) * 8, h->store * 2, h->titles_len, (titles + 1) * 4, titles * 4 + 4,
        n * sizeof(struct face),
    };
    memcpy(out, sizes, sizeof sizes);
}

static struct frame frame_of(const struct part *p)
{
    return (struct frame){{p->rows, p->sides, p->exposure, p->cells, p->lanes.lat, p->lanes.lng, p->lanes.skills, p->lanes.expires,
                           p->lanes.certificates, p->lanes.shifts, p->lanes.experience, p->lanes.openings, p->lanes.groups, p->slim.district,
                           p->slim.education_band, p->slim.types, p->slim.occupation, p->slim.wage, p->slim.fresh, p->by_id, p->keys, p->at,
                           p->store, p->titles, p->title_at, p->title_count, p->faces}};
}

static void frame_to(const struct frame *f, struct part *p)
{
    p->rows = f->v[0];
    p->sides = f->v[1];
    p->exposure = f->v[2];
    p->cells = f->v[3];
    p->lanes = (struct lanes){.lat = f->v[4], .lng = f->v[5], .skills = f->v[6], .expires = f->v[7], .certificates = f->v[8], .shifts = f->v[9],
                              .experience = f->v[10], .openings = f->v[11], .groups = f->v[12]};
    p->slim = (struct slim){.district = f->v[13], .education_band = f->v[14], .types = f->v[15], .occupation = f->v[16], .wage = f->v[17],
                            .fresh = f->v[18]};
    p->by_id = f->v[19];
    p->keys = f->v[20];
    p->at = f->v[21];
    p->store = f->v[22];
    p->titles = f->v[23];
    p->title_at = f->v[24];
    p->title_count = f->v[25];
    p->faces = f->v[26];
}

static size_t up(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

static size_t live_bytes(uint32_t n)
{
    return (n + (size_t)63) / 64 * sizeof(uint64_t);
}

static struct part_head head_of(const struct part *p, const struct live *l)
{
    struct part_head h = {.n_postings = p->n_postings, .store = p->at[p->n_keys], .titles_len = p->titles_len, .n = p->n, .n_live = l->n, .n_cells = p->n_cells,
                          .by_id_mask = p->by_id_mask, .n_keys = p->n_keys, .n_titles = p->n_titles};
    size_t sizes[ARRAYS], sum = up(sizeof h, SAVE_ALIGN) + up(live_bytes(p->n), SAVE_ALIGN);
    sizes_of(&h, sizes);
    for (int i = 0; i < ARRAYS; i++)
        sum += up(sizes[i], SAVE_ALIGN);
    h.bytes = up(sum, SAVE_PAGE);
    return h;
}

/* ---- writing ---- */

struct writer {
    FILE *f;
    uint64_t digest, size;
    bool failed;
};

static void put(struct writer *w, const void *p, size_t n, size_t align)
{
    static const char zeros[SAVE_PAGE];
    size_t pad = up(w->size + n, align) - w->size - n;
    w->failed = w->failed || (n > 0 && fwrite(p, 1, n, w->f) != n) || (pad > 0 && fwrite(zeros, 1, pad, w->f) != pad);
    w->digest = digest(digest(w->digest, p, n), zeros, pad);
    w->size += n + pad;
}

static void put_part(struct writer *w, const struct part *p, const struct live *l)
{
    struct part_head h = head_of(p, l);
    struct frame f = frame_of(p);
    size_t sizes[ARRAYS];
    sizes_of(&h, sizes);
    put(w, &h, sizeof h, SAVE_ALIGN);
    put(w, l->bits, live_bytes(p->n), SAVE_ALIGN);
    for (int i = 0; i < ARRAYS; i++) {
        void *still = i == 2 ? mem_alloc(sizes[i]) : NULL; /* showings are counted meanwhile */
        for (uint32_t ad = 0; still != NULL && ad < p->n; ad++)
            ((uint16_t *)still)[ad] = __atomic_load_n(&p->exposure[ad], __ATOMIC_RELAXED);
        put(w, still != NULL ? still : f.v[i], sizes[i], i + 1 < ARRAYS ? SAVE_ALIGN : SAVE_PAGE);
        mem_free(still);
    }
}

static void put_all(struct writer *w, const struct match *m, const struct snap *s)
{
    put(w, m->districts.v, s->n_districts * sizeof(int64_t), SAVE_ALIGN);
    put(w, m->streets.v, s->n_streets * sizeof(int64_t), SAVE_ALIGN);
    put(w, m->occupations.v, s->n_occupations * sizeof(int64_t), SAVE_ALIGN);
    put(w, m->sets.v, s->n_sets * sizeof(struct cert_set), SAVE_PAGE);
    for (unsigned i = 0; i < s->n_parts; i++)
        put_part(w, s->parts[i], s->live[i]);
}

err_t match_save(struct ctx *cx, const struct match_view *v, const struct match_origin *o, const char *path)
{
    const struct match *m = v->m;
    const struct snap *s = view_snap(v);
    struct save_head h = {.magic = SAVE_MAGIC, .data = m->data_digest, .origin = *o, .version = SAVE_VERSION, .shape = shape_now(), .n_parts = s->n_parts,
                          .n_districts = s->n_districts, .n_streets = s->n_streets, .n_occupations = s->n_occupations, .n_sets = s->n_sets};
    const char *part = arena_fmt(cx->arena, "%s.part", path);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct writer w = {.f = fd < 0 ? NULL : fdopen(fd, "wb")};
    if (w.f == NULL)
        return FAIL(cx, E_INVALID, "path", "%s: %s", part, strerror(errno));
    put(&w, &h, sizeof h, SAVE_ALIGN);
    w.digest = 0; /* the head comes last */
    put_all(&w, m, s);
    h.size = w.size;
    h.digest = digest(w.digest, &h, sizeof h);
    bool good = !w.failed && fseek(w.f, 0, SEEK_SET) == 0 && fwrite(&h, sizeof h, 1, w.f) == 1 && fflush(w.f) == 0 && fsync(fileno(w.f)) == 0;
    if (fclose(w.f) == 0 && good && rename(part, path) == 0)
        return E_OK;
    int why = errno;
    (void)unlink(part);
    return FAIL(cx, E_INVALID, "path", "%s: %s", path, strerror(why));
}

/* ---- reading ---- */

struct saved {
    struct ctx *cx;
    struct match *m;
    const char *path;
    int fd;
    const unsigned char *map; /* the whole file, to be checked */
    const struct save_head *head;
    size_t size, tables; /* where the parts begin */
};

static err_t unusable(const struct saved *x, const char *why)
{
    return FAIL(x->cx, E_INVALID, "path", "%s: %s", x->path, why);
}

/* The digest runs over the same pieces as it was written. */
static uint64_t digest_piece(const struct saved *x, uint64_t h, size_t *at, size_t n, size_t align)
{
    size_t pad = up(*at + n, align) - *at - n;
    if (n > x->size || pad > x->size || *at > x->size - n || *at + n > x->size - pad) {
        *at = SIZE_MAX / 2;
        return 0;
    }
    h = digest(digest(h, x->map + *at, n), x->map + *at + n, pad);
    *at += n + pad;
    return h;
}

static bool digest_fits(struct saved *x)
{
    struct save_head h = *x->head;
    size_t at = up(sizeof h, SAVE_ALIGN), sizes[ARRAYS];
    uint64_t d = 0;
    d = digest_piece(x, d, &at, h.n_districts * sizeof(int64_t), SAVE_ALIGN);
    d = digest_piece(x, d, &at, h.n_streets * sizeof(int64_t), SAVE_ALIGN);
    d = digest_piece(x, d, &at, h.n_occupations * sizeof(int64_t), SAVE_ALIGN);
    d = digest_piece(x, d, &at, h.n_sets * sizeof(struct cert_set), SAVE_PAGE);
    x->tables = at;
    for (uint32_t i = 0; i < h.n_parts; i++) {
        struct part_head p;
        if (at > x->size || x->size - at < sizeof p)
            return false;
        memcpy(&p, x->map + at, sizeof p);
        sizes_of(&p, sizes);
        d = digest_piece(x, d, &at, sizeof p, SAVE_ALIGN);
        d = digest_piece(x, d, &at, live_bytes(p.n), SAVE_ALIGN);
        for (int k = 0; k < ARRAYS; k++)
            d = digest_piece(x, d, &at, sizes[k], k + 1 < ARRAYS ? SAVE_ALIGN : SAVE_PAGE);
    }
    h.digest = 0;
    return at == x->size && digest(d, &h, sizeof h) == x->head->digest;
}

static err_t check(struct saved *x)
{
    const struct match *m = x->m;
    struct stat st;
    if (fstat(x->fd, &st) != 0 || st.st_size < (off_t)SAVE_PAGE)
        return unusable(x, "no saved ads");
    x->size = (size_t)st.st_size;
    void *map = mmap(NULL, x->size, PROT_READ, MAP_PRIVATE, x->fd, 0);
    if (map == MAP_FAILED)
        return unusable(x, strerror(errno));
    x->map = map;
    x->head = map;
    if (x->head->magic != SAVE_MAGIC || x->head->version != SAVE_VERSION || x->head->shape != shape_now())
        return unusable(x, "saved by another version");
    if (x->head->data != m->data_digest)
        return unusable(x, "saved with other dictionaries");
    if (x->head->size != x->size || x->head->n_parts > PARTS_MAX || x->head->n_districts > CODES_MAX || x->head->n_streets > CODES_MAX ||
        x->head->n_occupations > CODES_MAX || x->head->n_sets > CODES_MAX || !digest_fits(x))
        return unusable(x, "damaged");
    const struct snap *s = atomic_load(&m->current);
    if (s->n_parts > 0 || !builder_empty(m) || m->districts.n > 1 || m->streets.n > 1 || m->sets.n > 1 || m->occupations.n > x->head->n_occupations)
        return unusable(x, "the engine has ads already");
    return E_OK;
}

static void load_codes(struct saved *x, struct codes *c, size_t *at, uint32_t n)
{
    const int64_t *v = (const void *)(x->map + *at);
    for (uint32_t i = 1; i < n; i++)
        (void)codes_number(c, v[i]);
    *at += up(n * sizeof *v, SAVE_ALIGN);
}

static void load_tables(struct saved *x)
{
    size_t at = up(sizeof *x->head, SAVE_ALIGN);
    load_codes(x, &x->m->districts, &at, x->head->n_districts);
    load_codes(x, &x->m->streets, &at, x->head->n_streets);
    load_codes(x, &x->m->occupations, &at, x->head->n_occupations);
    const struct cert_set *sets = (const void *)(x->map + at);
    for (uint32_t i = 1; i < x->head->n_sets; i++)
        (void)certs_number(&x->m->sets, sets[i].code, sets[i].n);
}

static void load_part(struct saved *x, struct snap *s, size_t *at)
{
    struct part_head h;
    size_t sizes[ARRAYS], in = up(sizeof h, SAVE_ALIGN);
    memcpy(&h, x->map + *at, sizeof h);
    unsigned char *block = mem_lines(h.bytes);
    memcpy(block, x->map + *at, h.bytes);
    struct part *p = mem_alloc(sizeof *p);
    struct frame f;
    *p = (struct part){.n = h.n, .n_cells = h.n_cells, .by_id_mask = h.by_id_mask, .n_keys = h.n_keys, .n_titles = h.n_titles,
                       .titles_len = h.titles_len, .n_postings = h.n_postings, .block = block};
    struct live *l = live_all(h.n);
    memcpy(l->bits, block + in, live_bytes(h.n));
    l->n = h.n_live;
    in += up(live_bytes(h.n), SAVE_ALIGN);
    sizes_of(&h, sizes);
    for (int i = 0; i < ARRAYS; in += up(sizes[i++], SAVE_ALIGN))
        f.v[i] = block + in;
    frame_to(&f, p);
    part_bounds(p);
    snap_add_saved(x->m, s, p, l);
    *at += h.bytes;
}

static err_t load(struct saved *x, match_fits_fn *fits)
{
    size_t at;
    TRY(check(x));
    TRY(fits(x->cx, &x->head->origin));
    at = x->tables;
    load_tables(x);
    struct snap *s = mem_alloc(sizeof *s);
    for (uint32_t i = 0; i < x->head->n_parts; i++)
        load_part(x, s, &at);
    snap_publish_saved(x->m, s);
    return E_OK;
}

err_t match_load(struct ctx *cx, struct match *m, const char *path, match_fits_fn *fits, struct match_origin *o)
{
    struct saved x = {.cx = cx, .m = m, .path = path, .fd = open(path, O_RDONLY | O_CLOEXEC)};
    if (x.fd < 0)
        return unusable(&x, strerror(errno));
    err_t e = load(&x, fits);
    if (e == E_OK)
        *o = x.head->origin;
    if (x.map != NULL)
        (void)munmap((void *)(uintptr_t)x.map, x.size);
    (void)close(x.fd);
    return e;
}
