/* file.c -- a file of ads by the command line: a batch a transaction, with the position in the same transaction, so that a run
 * that is stopped anywhere goes on where it was and nothing comes in twice.
 */
#include "city/imports/imports_impl.h"

#include "city/employers/employers.h"
#include "store/store.h"

#include "base/text.h"

#include "imports.sql.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 500 };

struct run {
    const struct import_file *f;
    struct import_terms terms;
    struct mapping map;
    struct table *table;
    struct arena batch;      /* a batch's rows and all that is made of them */
    struct row *rows;        /* in `batch` */
    const char **problems;   /* of each row that is bad, else NULL */
    size_t n, at, next;      /* of the batch: rows; the first one not done; the first one that the transaction did not reach */
    bool taken_back;         /* the transaction was run to its end and taken back, as wanted */
    struct out *faults;      /* of a check */
    int64_t id, position;
    struct import_counts counts, now; /* of the runs so far; of the batch */
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

static struct row kept(struct arena *a, const struct row *row)
{
    const char **cells = ARENA_ARRAY(a, const char *, row->n + 1);
    for (size_t i = 0; i < row->n; i++)
        cells[i] = arena_strndup(a, row->cells[i], strlen(row->cells[i]));
    return (struct row){row->number, row->n, cells};
}

static err_t fill(struct ctx *cx, struct run *r, size_t most)
{
    const struct row *row;
    arena_reset(&r->batch);
    r->rows = ARENA_ARRAY(&r->batch, struct row, BATCH);
    r->problems = ARENA_ARRAY(&r->batch, const char *, BATCH);
    r->n = r->at = 0;
    while (r->n < most) {
        TRY(table_next(cx, r->table, &row));
        if (row == NULL)
            return E_OK;
        r->rows[r->n++] = kept(&r->batch, row);
    }
    return E_OK;
}

/* Ads of one employer, title and place may be the same: the engine can tell only when the first of them has been published. So a
 * transaction ends before the second. */
struct seen {
    uint64_t *slot;
    size_t mask;
};

static uint64_t mix(uint64_t h, const char *s)
{
    for (; *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h;
}

static bool seen_before(struct seen *s, uint64_t key)
{
    size_t i = key & s->mask;
    for (; s->slot[i] != 0; i = (i + 1) & s->mask)
        if (s->slot[i] == key)
            return true;
    s->slot[i] = key;
    return false;
}

static bool alike_before(struct ctx *cx, struct run *r, struct seen *s, const struct row *row)
{
    static const char *const fields[] = {"title", "city", "district"};
    const char *company = mapping_cell(&r->map, row, "company");
    if (r->f->follow == NULL || company == NULL || *company == '\0')
        return false;
    uint64_t key = mix(14695981039346656037u, text_employer_key(cx->arena, company));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *cell = mapping_cell(&r->map, row, fields[i]);
        key = mix(key * 31, cell != NULL ? cell : "");
    }
    return seen_before(s, key | 1);
}

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
        .read = r->now.read,
        .fresh = r->now.fresh,
        .changed = r->now.changed,
        .same = r->now.same,
        .merged = r->now.merged,
        .elsewhere = r->now.elsewhere,
        .bad = r->now.bad,
        .warn = r->now.warned,
        .id = r->id,
        .was = r->position,
    };
    TRY(q_import_advance(cx, &in, &changed));
    return changed == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "another run brings in the same file");
}

/* As many rows as can go together; repeatable. */
static err_t batch_tx(struct ctx *cx, void *arg)
{
    struct run *r = arg;
    size_t i = r->at;
    struct seen s = {ARENA_ARRAY(cx->arena, uint64_t, 1024), 1023};
    struct import_fate f;
    r->now = (struct import_counts){0};
    for (; i < r->n; i++) {
        if (alike_before(cx, r, &s, &r->rows[i]))
            break;
        TRY(import_put(cx, &r->terms, &r->map, &r->rows[i], &f));
        import_count(&r->now, &f);
        bool bad = strcmp(f.result, "bad") == 0;
        r->problems[i] = bad ? f.problems : NULL;
        if (bad && r->id != 0)
            TRY(keep_bad(cx, r, &r->rows[i], &f));
    }
    if (r->id != 0)
        TRY(advance(cx, r, i - r->at));
    r->next = i;
    r->taken_back = r->f->check;
    return r->taken_back ? FAIL(cx, E_STATE, NULL, "only checked") : E_OK;
}

/* What a check found in the rows from `from` on. */
static err_t tell_faults(struct ctx *cx, struct run *r, size_t from)
{
    for (size_t i = from; i < r->next; i++) {
        if (r->problems[i] == NULL)
            continue;
        count_reasons(cx, r, r->problems[i]);
        if (r->faults != NULL)
            TRY(import_fault(cx, r->faults, &r->map, &r->rows[i], r->problems[i]));
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

static err_t one_batch(struct ctx *cx, struct run *r)
{
    size_t was = r->at;
    r->taken_back = false;
    err_t e = store_tx(cx, STORE_WRITE, batch_tx, r);
    if (e != E_OK && !r->taken_back)
        return e;
    if (r->taken_back)
        TRY(tell_faults(cx, r, was));
    r->at = r->next;
    r->position += (int64_t)(r->at - was);
    add_counts(&r->counts, &r->now);
    for (bool more = r->f->follow != NULL && !r->taken_back; more;) {
        int64_t before = *r->f->seq;
        TRY(jobs_index_follow(cx, r->f->follow, r->f->seq));
        more = *r->f->seq != before;
    }
    return E_OK;
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

static err_t go_through(struct ctx *cx, struct run *r, int64_t total)
{
    err_t e = E_OK;
    int64_t began = r->position;
    for (;;) {
        int64_t left = r->f->limit > 0 ? r->f->limit - (r->position - began) : BATCH;
        TRY(fill(cx, r, left < BATCH ? (size_t)left : BATCH));
        if (r->n == 0)
            return E_OK;
        cx->arena = &r->batch;
        while (e == E_OK && r->at < r->n)
            e = one_batch(cx, r);
        cx->arena = r->outer;
        TRY(e);
        if (r->f->progress != NULL)
            r->f->progress(r->f->arg, r->position, total);
    }
}

static err_t open_file(struct ctx *cx, struct run *r, const char **hash)
{
    enum { SAMPLES = 50 };
    const struct row *row;
    struct row samples[SAMPLES];
    size_t n = 0;
    struct table_limits usual = {0};
    TRY(table_open(cx, r->f->path, r->f->name, &usual, &r->table)); /* first: a file that is too large is not read at all */
    TRY(import_hash(cx, r->f->path, hash));
    for (; n < SAMPLES; n++) {
        TRY(table_next(cx, r->table, &row));
        if (row == NULL)
            break;
        samples[n] = kept(cx->arena, row);
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
    arena_init(&r.batch, 0);
    err_t e = bring_in(cx, &r, out);
    cx->arena = r.outer;
    if (e != E_OK) { /* its words may lie in the batch */
        struct fail *why = &cx->fail;
        why->say = why->say != NULL ? arena_fmt(cx->arena, "%s", why->say) : NULL;
        why->detail = why->detail != NULL ? arena_fmt(cx->arena, "%s", why->detail) : NULL;
        why->field = why->field != NULL ? arena_fmt(cx->arena, "%s", why->field) : NULL;
    }
    arena_free(&r.batch);
    if (r.n_reasons > 1)
        qsort(r.reasons, r.n_reasons, sizeof *r.reasons, more_first);
    out->id = r.id;
    out->n = r.counts;
    out->reasons = r.reasons;
    out->n_reasons = r.n_reasons;
    return e;
}
