/* file.c -- a sheet of any length by the command line: 500 rows a transaction; a check takes each of them back. */
#include "city/sheets/sheets.h"

#include "city/sheets/sheets_impl.h"
#include "store/store.h"

#include <string.h>

enum { BATCH = 500 };

struct run {
    struct sheet_try t;
    const struct sheet_file *f;
    struct sheet_reader *reader;
    struct arena batch; /* rows of a batch and all that is made of them */
    const char *cells[BATCH], *states[BATCH], *problems[BATCH];
    int64_t numbers[BATCH];
    size_t n;
    bool taken_back;
};

static err_t batch_tx(struct ctx *cx, void *arg)
{
    struct run *r = arg;
    r->t.seen = NULL;
    for (size_t i = 0; i < r->n; i++) {
        r->t.row_no = r->numbers[i];
        TRY(sheet_put_row(cx, &r->t, r->cells[i], &r->states[i], &r->problems[i]));
    }
    r->taken_back = r->f->check;
    if (r->taken_back)
        return FAIL(cx, E_STATE, NULL, "only checked");
    return audit_add(cx, "bring", "sheet", 0, arena_fmt(cx->arena, "{\"kind\":\"%s\",\"rows\":%zu}", r->t.k->name, r->n));
}

static const char *kept(struct arena *a, const char *s) { return arena_strndup(a, s, strlen(s)); }

static void count_reasons(struct ctx *cx, struct arena *outer, const char *problems, struct sheet_result *out)
{
    struct sheet_problem *p;
    size_t n = sheet_problems(cx, problems, &p), at;
    for (size_t i = 0; i < n; i++) {
        for (at = 0; at < out->n_reasons && (strcmp(out->reason[at].say, p[i].say) != 0 || strcmp(out->reason[at].label, p[i].label) != 0);)
            at++;
        if (at < out->n_reasons)
            out->reason[at].n++;
        else if (at < sizeof out->reason / sizeof *out->reason)
            out->reason[out->n_reasons++] = (struct sheet_reason){kept(outer, p[i].label), kept(outer, p[i].say), 1};
    }
}

static err_t fill(struct ctx *cx, struct run *r)
{
    arena_reset(&r->batch);
    for (r->n = 0; r->n < BATCH; r->n++) {
        TRY(sheet_reader_next(cx, r->reader, &r->cells[r->n], &r->numbers[r->n]));
        if (r->cells[r->n] == NULL)
            return E_OK;
    }
    return E_OK;
}

static err_t one_batch(struct ctx *cx, struct arena *outer, struct run *r, struct out *faults, struct sheet_result *out)
{
    r->taken_back = false;
    err_t e = store_tx(cx, STORE_WRITE, batch_tx, r);
    if (e != E_OK && !r->taken_back)
        return e;
    for (size_t i = 0; i < r->n; i++) {
        bool bad = strcmp(r->states[i], "bad") == 0;
        out->read++;
        ++*(bad ? &out->bad : strcmp(r->states[i], "known") == 0 ? &out->known : &out->fresh);
        if (!bad)
            continue;
        count_reasons(cx, outer, r->problems[i], out);
        if (faults != NULL)
            TRY(sheet_fault(cx, r->t.k, faults, r->cells[i], r->numbers[i], r->problems[i]));
    }
    return E_OK;
}

static err_t count_rows(struct ctx *cx, struct run *r, int64_t *total)
{
    for (*total = 0;; *total += (int64_t)r->n) {
        TRY(fill(cx, r));
        if (r->n == 0)
            return E_OK;
    }
}

static err_t go_through(struct ctx *cx, struct run *r, struct out *faults, struct sheet_result *out)
{
    struct arena *outer = cx->arena;
    int64_t total;
    err_t e;
    cx->arena = &r->batch;
    e = count_rows(cx, r, &total);
    cx->arena = outer;
    if (e == E_OK)
        e = sheet_reader_open(cx, r->t.k, r->f->path, r->f->name, &r->reader);
    cx->arena = &r->batch;
    while (e == E_OK && (e = fill(cx, r)) == E_OK && r->n > 0) {
        e = one_batch(cx, outer, r, faults, out);
        if (r->f->progress != NULL)
            r->f->progress(r->f->arg, out->read, total);
    }
    cx->arena = outer;
    return e;
}

err_t sheet_file(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, const struct sheet_file *f, struct sheet_result *out)
{
    struct run *r = ARENA_NEW(cx->arena, struct run);
    struct out *faults = NULL;
    *r = (struct run){.t = {.k = k, .subject_id = subject_id}, .f = f};
    *out = (struct sheet_result){0};
    TRY(sheet_reader_open(cx, k, f->path, f->name, &r->reader));
    size_t n = f->report != NULL ? strlen(f->report) : 0;
    if (f->report != NULL)
        TRY(sheet_faults_open(cx, k, n > 5 && strcmp(f->report + n - 5, ".xlsx") == 0 ? OUT_XLSX : OUT_CSV, f->report, &faults));
    arena_init(&r->batch, 0);
    err_t e = go_through(cx, r, faults, out);
    if (e != E_OK) { /* its words may lie in the batch */
        cx->fail.say = cx->fail.say != NULL ? kept(cx->arena, cx->fail.say) : NULL;
        cx->fail.detail = cx->fail.detail != NULL ? kept(cx->arena, cx->fail.detail) : NULL;
        cx->fail.field = cx->fail.field != NULL ? kept(cx->arena, cx->fail.field) : NULL;
    }
    arena_free(&r->batch);
    TRY(e);
    return faults != NULL ? out_close(cx, faults) : E_OK;
}
