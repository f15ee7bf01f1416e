/* bring.c -- a checked sheet into the pool of ads: a batch a transaction with the position in it, at once or by the clock; and back. */
#include "city/imports/imports_impl.h"

#include "store/store.h"

#include "imports.sql.h"

#include <string.h>

enum { BATCH = 500, AT_ONCE = 2000 /* rows that a request brings in itself */, TICK_BATCHES = 8, TICK_IMPORTS = 10 };

struct bring {
    struct q_import_get_row i;
    struct import_terms terms;
    struct mapping map;
    size_t columns, n;
    int64_t last;
};

static err_t bring_row(struct ctx *cx, struct bring *b, const struct q_import_row_after_row *kept, struct import_counts *c)
{
    struct import_fate f = {.result = "bad"};
    struct row row = {.number = kept->row_no, .n = b->columns};
    bool bad = strcmp(kept->state, "bad") == 0;
    struct q_import_row_done_in done = {.import_id = b->i.id, .row_no = kept->row_no};
    if (bad) { /* its problems are known already */
        import_count(c, &f);
        return q_import_row_bad(cx, &(struct q_import_row_bad_in){.import_id = b->i.id, .row_no = kept->row_no}, NULL);
    }
    TRY(import_cells(cx, kept->cells, b->columns, &row.cells));
    TRY(import_put(cx, &b->terms, &b->map, &row, &f));
    import_count(c, &f);
    done.result = strcmp(f.result, "elsewhere") == 0 ? "bad" : f.result;
    done.job_id = f.job_id != 0 ? &f.job_id : NULL;
    done.problems = f.problems;
    return q_import_row_done(cx, &done, NULL);
}

static err_t batch_tx(struct ctx *cx, void *arg)
{
    struct bring *b = arg;
    struct import_counts c = {0};
    struct q_import_row_after_row *rows;
    size_t changed;
    int64_t position = b->i.position;
    TRY(q_import_row_after(cx, &(struct q_import_row_after_in){.import_id = b->i.id, .row_no = position, .lim = BATCH}, &rows, &b->n));
    for (size_t k = 0; k < b->n; k++)
        TRY(bring_row(cx, b, &rows[k], &c));
    b->last = b->n > 0 ? rows[b->n - 1].row_no : position;
    struct q_import_advance_in in = {
        .position = b->last,
        .read = c.read,
        .fresh = c.fresh,
        .changed = c.changed,
        .same = c.same,
        .merged = c.merged,
        .elsewhere = 0,
        .bad = c.bad + c.elsewhere,
        .warn = c.warned,
        .id = b->i.id,
        .was = position,
    };
    TRY(q_import_advance(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "somebody else brings in import %lld", (long long)b->i.id);
    if (b->n == BATCH)
        return E_OK;
    return q_import_move(cx, &(struct q_import_move_in){.status = "done", .ended_at = &cx->now, .note = "", .id = b->i.id, .was = "running"}, NULL);
}

/* At most so many batches, in the name of the person who sent the sheet. */
static err_t bring_in(struct ctx *cx, int64_t id, int batches)
{
    struct bring b = {0};
    struct arena own, *outer = cx->arena;
    TRY(import_find(cx, id, &b.i));
    struct row head = import_head(cx, b.i.head);
    b.terms = import_terms(&b.i);
    TRY(import_mapping(cx, &b.i, &head, &b.map));
    b.columns = head.n;
    b.n = BATCH;
    arena_init(&own, 0);
    err_t e = E_OK;
    while (e == E_OK && b.n == BATCH && batches-- > 0) {
        arena_reset(&own);
        cx->arena = &own;
        e = store_tx(cx, STORE_WRITE, batch_tx, &b);
        b.i.position = b.last;
        cx->arena = outer;
    }
    if (e != E_OK)
        e = ctx_fail(cx, e, NULL, NULL, __FILE__, __LINE__, "import %lld stopped after row %lld", (long long)id, (long long)b.i.position);
    arena_free(&own);
    return e == E_CONFLICT ? E_OK : e; /* the other one goes on with it */
}

static err_t confirm_tx(struct ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct q_import_get_row i;
    TRY(import_find(cx, *id, &i));
    if (strcmp(i.status, "checked") != 0)
        return SAY(cx, E_STATE, NULL, N_("这次导入已经开始了。"));
    TRY(q_import_move(cx, &(struct q_import_move_in){.status = "running", .note = "", .id = *id, .was = "checked"}, NULL));
    return audit_add(cx, "confirm", "import", *id, NULL);
}

err_t import_confirm(struct ctx *cx, int64_t id)
{
    struct q_import_row_counts_row *rows;
    size_t n;
    int64_t all = 0;
    TRY(store_tx(cx, STORE_WRITE, confirm_tx, &id));
    TRY(q_import_row_counts(cx, &(struct q_import_row_counts_in){.import_id = id}, &rows, &n));
    for (size_t k = 0; k < n; k++)
        all += rows[k].n;
    if (all > AT_ONCE)
        return E_OK;
    err_t e = bring_in(cx, id, AT_ONCE / BATCH + 1);
    return e == E_DB || e == E_BUSY ? E_OK : e; /* it is noted as running: the clock goes on with it */
}

static err_t bring_running(struct ctx *cx)
{
    struct q_import_running_row *rows;
    size_t n;
    TRY(q_import_running(cx, &(struct q_import_running_in){.lim = TICK_IMPORTS}, &rows, &n));
    for (size_t k = 0; k < n; k++)
        TRY(bring_in(cx, rows[k].id, TICK_BATCHES));
    return E_OK;
}

err_t imports_tick(struct ctx *cx) { return task_run(cx, "imports", 1000, bring_running); }

/* ---- and back ---- */

static err_t undo_tx(struct ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct q_import_get_row i;
    struct q_import_made_row *rows;
    size_t n = BATCH, kept = 0;
    TRY(import_find(cx, *id, &i));
    if (strcmp(i.status, "done") != 0)
        return SAY(cx, E_STATE, NULL, N_("只有导入完成的才能撤回。"));
    if (i.ended_at == NULL || cx->now - *i.ended_at > IMPORT_UNDO_MS)
        return SAY(cx, E_STATE, NULL, N_("超过 24 小时不能整批撤回了，可以在岗位页上逐个结束。"));
    for (int64_t after = 0; n == BATCH;) {
        TRY(q_import_made(cx, &(struct q_import_made_in){.import_id = *id, .row_no = after, .lim = BATCH}, &rows, &n));
        for (size_t k = 0; k < n; k++) {
            err_t e = rows[k].job_id != NULL ? job_take_back(cx, *rows[k].job_id) : E_OK;
            if (e != E_OK && e != E_STATE)
                return e;
            kept += e == E_STATE; /* ended otherwise meanwhile: stays as it ended */
            after = rows[k].row_no;
        }
    }
    const char *note = arena_fmt(cx->arena, "%zu", kept);
    TRY(q_import_move(cx, &(struct q_import_move_in){.status = "undone", .ended_at = &cx->now, .note = note, .id = *id, .was = "done"}, NULL));
    return audit_add(cx, "undo", "import", *id, NULL);
}

err_t import_undo(struct ctx *cx, int64_t id)
{
    return store_tx(cx, STORE_WRITE, undo_tx, &id);
}
