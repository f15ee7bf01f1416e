/* file.c -- a file of ads by the command line: a batch a transaction, with the position in the same transaction, so that a run
 * that is stopped anywhere goes on where it was and nothing comes in twice.
 */
#include "city/imports/imports_impl.h"

#include "city/employers/employers.h"
#include "store/store.h"

#include "base/memo.h"
#include "match/match.h"

#include "imports.sql.h"

#include <stdlib.h>
#include <string.h>

struct tell { /* to the engine, what is new in a batch */
    struct aside aside;
    struct match *to;
    struct match_ad *ads;
    size_t n;
};

struct run {
    const struct import_file *f;
    struct import_terms terms;
    struct mapping map;
    struct table *table;
    struct import_batch batch[3]; /* one is read, one stored, and what is new in the one before told to the engine */
    struct import_batch *now;     /* the one that is stored */
    const char **problems;        /* of each of its rows that is bad, else NULL */
    struct match_ad *ads;         /* new in it, for the engine */
    size_t n_ads;
    bool taken_back;              /* the transaction was run to its end and taken back, as wanted */
    struct match_fresh *fresh;    /* ads of this run; NULL: no engine follows */
    size_t n_stored;              /* of them that are committed */
    struct tell tell;
    struct arena telling;
    struct out *faults;      /* of a check */
    int64_t id, position;
    struct import_counts counts, counted; /* of the runs so far; of the batch */
    struct import_reason *reasons;    /* in the arena of the caller */
    size_t n_reasons, cap_reasons;
    struct arena *outer;
};

/* ---- why ---- */

static void count_reason(struct run *r, const struct import_problem *p)
{
    for (size_t i = 0; i < r->n_reasons; i++)
        if (strcmp(r->reasons[i].kind, p->kind) == 0 && strcmp(r->reasons[i].field, p->field) == 0) {
            r->reasons[i].n++;
            return;
        }
    if (r->n_reasons == r->cap_reasons) {
        size_t cap = r->cap_reasons == 0 ? 16 : 2 * r->cap_reasons;
        r->reasons = arena_grow(r->outer, r->reasons, r->cap_reasons * sizeof *r->reasons, cap * sizeof *r->reasons);
        r->cap_reasons = cap;
    }
    r->reasons[r->n_reasons++] = (struct import_reason){arena_fmt(r->outer, "%s", p->field), arena_fmt(r->outer, "%s", p->kind), 1};
}

/* Of a row's mistakes the first is its reason, so that the reasons add up to the rows. */
static void count_reasons(struct ctx *cx, struct run *r, const char *lines)
{
    struct import_problem *p;
    size_t n = import_problems(cx, lines, &p);
    for (size_t i = 0; i < n; i++)
        if (p[i].bad) {
            count_reason(r, &p[i]);
            return;
        }
}

static int more_first(const void *a, const void *b)
{
    const struct import_reason *x = a, *y = b;
    return (x->n < y->n) - (x->n > y->n);
}

static err_t reasons_of_kept(struct ctx *cx, struct run *r)
{
    enum { PAGE = 500 };
    struct q_import_row_reasons_row *rows;
    size_t n = PAGE;
    for (int64_t after = 0; n == PAGE;) {
        TRY(q_import_row_reasons(cx, &(struct q_import_row_reasons_in){.import_id = r->id, .row_no = after, .lim = PAGE}, &rows, &n));
        for (size_t i = 0; i < n; i++)
            count_reasons(cx, r, rows[i].problems);
        after = n > 0 ? rows[n - 1].row_no : after;
    }
    return E_OK;
}

/* ---- rows of a batch ---- */

static err_t keep_bad(struct ctx *cx, const struct run *r, const struct row *row, const struct import_fate *f)
{
    struct q_import_row_add_in in = {.import_id = r->id, .row_no = row->number, .state = "bad", .problems = f->problems, .result = "bad"};
    TRY(import_seal_cells(cx, row, &in.cells));
    return q_import_row_add(cx, &in, NULL);
}

static err_t advance(struct ctx *cx, struct run *r, size_t done)
{
    size_t changed;
    struct q_import_advance_in in = {
        .position = r->position + (int64_t)done,
        .read = r->counted.read,
        .fresh = r->counted.fresh,
        .changed = r->counted.changed,
        .same = r->counted.same,
        .merged = r->counted.merged,
        .elsewhere = r->counted.elsewhere,
        .bad = r->counted.bad,
        .warn = r->counted.warned,
        .id = r->id,
        .was = r->position,
    };
    TRY(q_import_advance(cx, &in, &changed));
    return changed == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "another run brings in the same file");
}

/* What the next rows are held against. */
static void remember(struct ctx *cx, struct run *r, const struct import_row_ready *row)
{
    struct match_ad ad;
    if (r->fresh == NULL || row->ready.job == NULL || !job_prepared_ad(cx, row->ready.job, &ad))
        return;
    match_fresh_add(r->fresh, &ad);
    r->ads[r->n_ads++] = ad;
}

static err_t store_row(struct ctx *cx, struct run *r, size_t i)
{
    struct import_row_ready *row = &r->now->rows[i];
    struct import_fate f;
    TRY(import_settle(cx, &r->terms, &row->ready, &f));
    import_count(&r->counted, &f);
    bool bad = strcmp(f.result, "bad") == 0;
    r->problems[i] = bad ? f.problems : NULL;
    if (bad && r->id != 0)
        TRY(keep_bad(cx, r, &row->row, &f));
    remember(cx, r, row);
    return E_OK;
}

/* Forgets what an attempt that came to nothing remembered. */
static void forget(struct run *r)
{
    r->n_ads = 0;
    if (r->fresh != NULL)
        match_fresh_cut(r->fresh, r->n_stored);
}

/* Repeatable. */
static err_t batch_tx(struct ctx *cx, void *arg)
{
    struct run *r = arg;
    forget(r);
    r->counted = (struct import_counts){0};
    for (size_t i = 0; i < r->now->n; i++)
        TRY(store_row(cx, r, i));
    if (r->id != 0)
        TRY(advance(cx, r, r->now->n));
    r->taken_back = r->f->check;
    return r->taken_back ? FAIL(cx, E_STATE, NULL, "only checked") : E_OK;
}

/* What a check found in the rows from `from` on. */
static err_t tell_faults(struct ctx *cx, struct run *r)
{
    for (size_t i = 0; i < r->now->n; i++) {
        if (r->problems[i] == NULL)
            continue;
        count_reasons(cx, r, r->problems[i]);
        if (r->faults != NULL)
            TRY(import_fault(cx, r->faults, &r->map, &r->now->rows[i].row, r->problems[i]));
    }
    return E_OK;
}

static void add_counts(struct import_counts *to, const struct import_counts *c)
{
    to->read += c->read;
    to->fresh += c->fresh;
    to->changed += c->changed;
    to->same += c->same;
    to->merged += c->merged;
    to->elsewhere += c->elsewhere;
    to->bad += c->bad;
    to->warned += c->warned;
}

/* ---- the engine, a batch behind ---- */

static err_t tell(struct ctx *cx, void *arg)
{
    const struct tell *t = arg;
    return match_put(cx, t->to, t->ads, t->n);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* What others wrote meanwhile, and what of ours was changed; then what is new. */
static err_t follow(struct ctx *cx, struct run *r)
{
    int64_t *given = ARENA_ARRAY(cx->arena, int64_t, r->n_ads + 1);
    for (size_t i = 0; i < r->n_ads; i++)
        given[i] = r->ads[i].id;
    if (r->n_ads > 1)
        qsort(given, r->n_ads, sizeof *given, by_number);
    TRY(aside_end(cx, &r->tell.aside));
    for (int64_t before = -1; before != *r->f->seq;) {
        before = *r->f->seq;
        TRY(jobs_index_follow_others(cx, r->f->follow, (struct match_list){given, r->n_ads}, r->f->seq));
    }
    r->n_stored = match_fresh_count(r->fresh);
    r->tell = (struct tell){.aside = {.fn = tell, .arg = &r->tell}, .to = r->f->follow, .ads = r->ads, .n = r->n_ads};
    aside_begin(cx, &r->telling, &r->tell.aside);
    return E_OK;
}

/* Shows all that was told, for the next file. */
static err_t end_follow(struct ctx *cx, struct run *r)
{
    TRY(aside_end(cx, &r->tell.aside));
    return r->n_stored > 0 ? match_refresh(cx, r->f->follow) : E_OK;
}

static err_t store_batch(struct ctx *cx, struct run *r)
{
    r->taken_back = false;
    r->ads = ARENA_ARRAY(cx->arena, struct match_ad, r->now->n + 1);
    r->problems = ARENA_ARRAY(cx->arena, const char *, r->now->n + 1);
    err_t e = store_tx(cx, STORE_WRITE, batch_tx, r);
    if (e != E_OK && !r->taken_back)
        return e;
    if (r->taken_back)
        TRY(tell_faults(cx, r));
    r->position += (int64_t)r->now->n;
    add_counts(&r->counts, &r->counted);
    return r->fresh != NULL ? follow(cx, r) : E_OK;
}

/* ---- the file ---- */

/* A run over the same bytes on the same terms that did not come to its end. */
static err_t find_stopped(struct ctx *cx, struct run *r, const char *hash, struct import_result *out)
{
    struct q_import_by_hash_row *known;
    struct q_import_get_row i;
    size_t n;
    struct q_import_by_hash_in in = {.file_hash = hash, .kind = "file", .source_name = r->f->source_name ? r->f->source_name : "",
                                     .anywhere = r->f->anywhere};
    TRY(q_import_by_hash(cx, &in, &known, &n));
    for (size_t k = 0; k < n; k++) {
        out->again |= strcmp(known[k].status, "done") == 0;
        if (strcmp(known[k].status, "running") != 0 || r->id != 0)
            continue;
        TRY(import_find(cx, known[k].id, &i));
        r->id = i.id;
        r->position = out->went_on = i.position;
        r->counts = (struct import_counts){i.rows_read, i.rows_new, i.rows_changed, i.rows_same, i.rows_merged, i.rows_elsewhere, i.rows_bad, i.rows_warn};
    }
    return E_OK;
}

struct begin {
    struct run *r;
    const char *hash;
};

static err_t begin_tx(struct ctx *cx, void *arg)
{
    const struct begin *b = arg;
    struct run *r = b->r;
    struct q_import_add_row added;
    const struct table_about *about = table_about(r->table);
    struct q_import_add_in in = {
        .kind = "file",
        .account_id = cx->actor.account_id,
        .source_name = r->f->source_name != NULL ? r->f->source_name : "",
        .anywhere = r->f->anywhere,
        .file_name = r->f->name,
        .file_hash = b->hash,
        .head = import_head_text(cx, table_head(r->table)),
        .found = arena_fmt(cx->arena, "%s %s", about->format, about->encoding),
        .repair = about->repair != NULL ? about->repair : "",
        .mapping = mapping_text(cx, &r->map),
        .status = "running",
        .at = cx->now,
        .code = import_token(cx),
    };
    TRY(q_import_add(cx, &in, &added));
    r->id = added.id;
    TRY(import_numbered(cx, added.id));
    return audit_add(cx, "import", "import", added.id, NULL);
}

static err_t end_tx(struct ctx *cx, void *arg)
{
    const struct run *r = arg;
    return q_import_move(cx, &(struct q_import_move_in){.status = "done", .ended_at = &cx->now, .note = "", .id = r->id, .was = "running"}, NULL);
}

static err_t count_rows(struct ctx *cx, struct run *r, int64_t *total)
{
    const struct row *row;
    for (*total = 0;; ++*total) {
        TRY(table_next(cx, r->table, &row));
        if (row == NULL)
            return table_rewind(cx, r->table);
    }
}

static err_t skip_done(struct ctx *cx, struct run *r)
{
    const struct row *row;
    for (int64_t i = 0; i < r->position; i++) {
        TRY(table_next(cx, r->table, &row));
        if (row == NULL)
            return FAIL(cx, E_BUG, NULL, "%s has fewer rows than were done", r->f->name);
    }
    return E_OK;
}

/* Rows that this run may still read. */
static size_t most_now(const struct run *r, int64_t asked)
{
    int64_t left = r->f->limit > 0 ? r->f->limit - asked : IMPORT_BATCH;
    return left < IMPORT_BATCH ? (size_t)left : IMPORT_BATCH;
}

struct ahead {
    struct aside aside;
    struct run *r;
    struct import_batch *batch;
    size_t most;
};

static err_t read_ahead(struct ctx *cx, void *arg)
{
    const struct ahead *a = arg;
    return import_batch_fill(cx, &a->r->terms, &a->r->map, a->r->table, a->most, a->batch);
}

static void begin_ahead(const struct ctx *cx, struct ahead *a, struct import_batch *batch, size_t most)
{
    a->batch = batch;
    a->most = most;
    aside_begin(cx, &batch->arena, &a->aside);
}

static err_t go_through(struct ctx *cx, struct run *r, int64_t total)
{
    struct ahead a = {.aside = {.fn = read_ahead, .arg = &a}, .r = r};
    int64_t asked = (int64_t)most_now(r, 0);
    err_t e = E_OK;
    begin_ahead(cx, &a, &r->batch[0], (size_t)asked);
    for (int k = 0; e == E_OK; k = (k + 1) % 3) {
        e = aside_end(cx, &a.aside);
        r->now = &r->batch[k];
        if (e != E_OK || r->now->n == 0)
            break;
        size_t most = r->now->last ? 0 : most_now(r, asked);
        asked += (int64_t)most;
        begin_ahead(cx, &a, &r->batch[(k + 1) % 3], most);
        cx->arena = &r->now->arena;
        e = store_batch(cx, r);
        cx->arena = r->outer;
        if (e == E_OK && r->f->progress != NULL)
            r->f->progress(r->f->arg, r->position, total);
    }
    struct fail why = cx->fail; /* the first failure is the one to tell */
    err_t rest = aside_end(cx, &a.aside), told = r->fresh != NULL ? end_follow(cx, r) : E_OK;
    if (e != E_OK)
        cx->fail = why;
    return e != E_OK ? e : rest != E_OK ? rest : told;
}

static err_t open_file(struct ctx *cx, struct run *r, const char **hash)
{
    enum { SAMPLES = 50 };
    const struct row *row;
    struct row samples[SAMPLES];
    size_t n = 0;
    TRY(table_open(cx, r->f->path, r->f->name, &r->f->limits, &r->table)); /* first: a file that is too large is not read at all */
    TRY(import_hash(cx, r->f->path, hash));
    for (; n < SAMPLES; n++) {
        TRY(table_next(cx, r->table, &row));
        if (row == NULL)
            break;
        samples[n] = import_kept(cx->arena, row);
    }
    mapping_guess(cx, import_fields(cx), table_head(r->table), samples, n, &r->map);
    if (mapping_column(&r->map, "title") == SIZE_MAX)
        return SAY(cx, E_INVALID, "file", N_("没有找到岗位名称这一列，请看看第一行是不是列名。"));
    return table_rewind(cx, r->table);
}

static err_t bring_in(struct ctx *cx, struct run *r, struct import_result *out)
{
    const char *hash;
    int64_t total;
    TRY(open_file(cx, r, &hash));
    TRY(count_rows(cx, r, &total));
    if (!r->f->check)
        TRY(find_stopped(cx, r, hash, out));
    if (!r->f->check && r->id == 0)
        TRY(store_tx(cx, STORE_WRITE, begin_tx, &(struct begin){r, hash}));
    if (r->f->check && r->f->report != NULL)
        TRY(out_faults_open(cx, import_format(r->f->report), r->f->report, table_head(r->table), &r->faults));
    TRY(skip_done(cx, r));
    TRY(go_through(cx, r, total));
    if (r->faults != NULL)
        TRY(out_close(cx, r->faults));
    if (r->id != 0 && r->position == total)
        TRY(store_tx(cx, STORE_WRITE, end_tx, r));
    if (r->id == 0)
        return E_OK;
    if (r->f->report != NULL)
        TRY(import_faults(cx, r->id, import_format(r->f->report), r->f->report));
    return reasons_of_kept(cx, r);
}

err_t import_file(struct ctx *cx, const struct import_file *f, struct import_result *out)
{
    struct run r = {.f = f, .outer = cx->arena};
    r.terms = (struct import_terms){.source = "feed", .source_name = f->source_name, .file_name = f->name, .anywhere = f->anywhere};
    *out = (struct import_result){0};
    r.terms.streets = memo_new(cx->arena);
    r.terms.titles = memo_new(cx->arena);
    r.terms.fresh = r.fresh = f->follow != NULL && !f->check ? match_fresh_new() : NULL;
    for (int i = 0; i < 3; i++)
        import_batch_init(&r.batch[i]);
    arena_init(&r.telling, 0);
    err_t e = bring_in(cx, &r, out);
    e = ctx_back(cx, r.outer, e); /* its words may lie in a batch */
    for (int i = 0; i < 3; i++)
        import_batch_free(&r.batch[i]);
    arena_free(&r.telling);
    match_fresh_free(r.fresh);
    if (r.n_reasons > 1)
        qsort(r.reasons, r.n_reasons, sizeof *r.reasons, more_first);
    out->id = r.id;
    out->n = r.counts;
    out->reasons = r.reasons;
    out->n_reasons = r.n_reasons;
    return e;
}
