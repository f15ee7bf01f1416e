/* batch.c -- many rows of a file, read and checked before their transaction begins: a thread does this while another stores the rows before. */
#include "city/imports/imports_impl.h"

#include "base/hash.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { FIRM_WAVES = 32, SLOTS = 4 * IMPORT_BATCH /* two keys a row, half of them empty */ };

struct row import_kept(struct arena *a, const struct row *row)
{
    const char **cells = ARENA_ARRAY(a, const char *, row->n + 1);
    for (size_t i = 0; i < row->n; i++)
        cells[i] = arena_strndup(a, row->cells[i], strlen(row->cells[i]));
    return (struct row){row->number, row->n, cells};
}

/* ---- waves ---- */

struct seen { /* key -> the wave that comes next for it */
    struct {
        uint64_t key;
        uint32_t next;
    } slot[SLOTS];
};

static uint64_t mix(uint64_t h, const char *s)
{
    for (; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h;
}

static uint32_t *next_wave(struct seen *s, uint64_t key)
{
    size_t i = (key ^ key >> 32) % SLOTS;
    key |= 1;
    while (s->slot[i].key != 0 && s->slot[i].key != key)
        i = (i + 1) % SLOTS;
    s->slot[i].key = key;
    return &s->slot[i].next;
}

/* Ads of one employer may be the same job, however they are called: each wave has one of them, for so many waves. Then only those of the
 * same title and place are kept apart. */
static uint32_t wave_of(struct arena *a, struct seen *s, const struct import_ad *ad)
{
    uint64_t firm = mix(14695981039346656037u, text_employer_key(a, ad->company)), alike = mix(firm * 31, ad->form.title);
    uint32_t *by_firm = next_wave(s, firm), *by_all = next_wave(s, alike * 31 + (uint64_t)ad->district);
    uint32_t wave = *by_firm < FIRM_WAVES ? *by_firm : FIRM_WAVES;
    wave = *by_all > wave ? *by_all : wave;
    ++*by_firm;
    *by_all = wave + 1;
    return wave;
}

static int by_wave(const void *a, const void *b)
{
    const struct import_row_ready *x = *(struct import_row_ready *const *)a, *y = *(struct import_row_ready *const *)b;
    if (x->wave != y->wave)
        return x->wave < y->wave ? -1 : 1;
    return x->row.number < y->row.number ? -1 : x->row.number > y->row.number;
}

/* ---- filling ---- */

static err_t fill(struct ctx *cx, const struct import_terms *t, const struct mapping *m, struct table *table, size_t most, struct import_batch *b)
{
    const struct row *row;
    struct seen *seen = ARENA_NEW(cx->arena, struct seen);
    while (b->n < most) {
        struct import_row_ready *r = ARENA_NEW(cx->arena, struct import_row_ready);
        TRY(table_next(cx, table, &row));
        b->last = row == NULL;
        if (b->last)
            break;
        r->row = import_kept(cx->arena, row);
        TRY(import_understand(cx, t, m, &r->row, &r->ready));
        if (r->ready.job != NULL && t->employer_id == 0)
            r->wave = wave_of(cx->arena, seen, &r->ready.ad);
        b->rows[b->n++] = r;
    }
    qsort(b->rows, b->n, sizeof *b->rows, by_wave);
    return E_OK;
}

err_t import_batch_fill(struct ctx *cx, const struct import_terms *t, const struct mapping *m, struct table *table, size_t most,
                        struct import_batch *b)
{
    struct arena *outer = cx->arena;
    arena_reset(&b->arena);
    cx->arena = &b->arena;
    b->n = 0;
    b->rows = ARENA_ARRAY(cx->arena, struct import_row_ready *, most + 1);
    err_t e = fill(cx, t, m, table, most, b);
    cx->arena = outer;
    return e;
}
