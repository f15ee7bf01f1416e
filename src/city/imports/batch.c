/* batch.c -- many rows of a file, read and checked before their transaction begins: a thread does this while another stores the rows before. */
#include "city/imports/imports_impl.h"

#include <string.h>

enum { ROW_BYTES = 4 << 10 /* what is kept of a usual row */, SCRATCH = 256 << 10 /* more than what is made of one */ };

struct row import_kept(struct arena *a, const struct row *row)
{
    const char **cells = ARENA_ARRAY(a, const char *, row->n + 1);
    for (size_t i = 0; i < row->n; i++)
        cells[i] = arena_strndup(a, row->cells[i], strlen(row->cells[i]));
    return (struct row){row->number, row->n, cells};
}

static void one_piece(struct arena *a, size_t n)
{
    arena_init(a, 0);
    (void)arena_alloc(a, n);
    arena_reset(a);
}

void import_batch_init(struct import_batch *b)
{
    one_piece(&b->arena, (size_t)IMPORT_BATCH * ROW_BYTES);
    one_piece(&b->scratch, SCRATCH);
}

void import_batch_free(struct import_batch *b)
{
    arena_free(&b->arena);
    arena_free(&b->scratch);
}

/* Most of what reading a row makes is needed for that row only. */
static err_t understand(struct ctx *cx, const struct import_terms *t, const struct mapping *m, struct import_batch *b, struct import_row_ready *r)
{
    struct import_ready ready;
    struct arena *outer = cx->arena;
    arena_reset(&b->scratch);
    cx->arena = &b->scratch;
    err_t e = ctx_back(cx, outer, import_understand(cx, t, m, &r->row, &ready));
    if (e == E_OK)
        r->ready = import_ready_kept(&b->arena, &ready);
    return e;
}

err_t import_batch_fill(struct ctx *cx, const struct import_terms *t, const struct mapping *m, struct table *table, size_t most,
                        struct import_batch *b)
{
    const struct row *row;
    arena_reset(&b->arena);
    b->rows = ARENA_ARRAY(&b->arena, struct import_row_ready, most + 1);
    for (b->n = 0; b->n < most; b->n++) {
        TRY(table_next(cx, table, &row));
        b->last = row == NULL;
        if (b->last)
            break;
        b->rows[b->n].row = import_kept(&b->arena, row);
        TRY(understand(cx, t, m, b, &b->rows[b->n]));
    }
    return E_OK;
}
