/* sheets.c -- keeping, checking and bringing in a sheet. */
#include "city/sheets/sheets.h"

#include "base/hash.h"
#include "base/text.h"
#include "city/sheets/sheets_impl.h"
#include "store/store.h"

#include "sheets.sql.h"

#include <jansson.h>
#include <string.h>

/* ---- a sheet takes more memory than a request may ---- */

struct own {
    struct arena arena, *outer;
};

static void own_open(struct ctx *cx, struct own *o)
{
    o->outer = cx->arena;
    arena_init(&o->arena, 0);
    cx->arena = &o->arena;
}

static const char *moved(struct arena *to, const char *s) { return s != NULL ? arena_strndup(to, s, strlen(s)) : NULL; }

static err_t own_close(struct ctx *cx, struct own *o, err_t e)
{
    cx->arena = o->outer;
    if (e != E_OK) {
        cx->fail.say = moved(cx->arena, cx->fail.say);
        cx->fail.detail = moved(cx->arena, cx->fail.detail);
        cx->fail.field = moved(cx->arena, cx->fail.field);
    }
    arena_free(&o->arena);
    return e;
}

/* ---- one row ---- */

static const char *problems_json(struct ctx *cx, const struct sheet_kind *k, const struct form *form)
{
    struct buf b = {.a = cx->arena};
    struct view *top = view_obj(cx->arena), *list = view_list(cx->arena, top, "p");
    for (const struct form_error *e = form->errors; e != NULL; e = e->next) {
        struct view *v = view_item(cx->arena, list);
        const struct field *f = k->fields;
        while (f->name != NULL && (e->field == NULL || strcmp(f->name, e->field) != 0))
            f++;
        view_str(cx->arena, v, "field", e->field != NULL ? e->field : "");
        view_str(cx->arena, v, "label", f->name != NULL ? tr(cx, f->label) : "");
        view_str(cx->arena, v, "say", e->say);
    }
    view_json(&b, list);
    return form->errors != NULL ? buf_text(&b) : "";
}

/* Another row of this sheet about the same thing that says something else. */
static err_t said_before(struct ctx *cx, struct sheet_try *t, const void *in, const char *cells)
{
    const char *key = t->k->key != NULL ? t->k->key(cx, in) : NULL;
    if (key == NULL)
        return E_OK;
    for (const struct sheet_seen *s = t->seen; s != NULL; s = s->next)
        if (strcmp(s->key, key) == 0)
            return strcmp(s->cells, cells) == 0 ? E_OK
                                                : SAY(cx, E_CONFLICT, NULL, arena_fmt(cx->arena, tr(cx, N_("第 %lld 行已经写过这一项，这一行和它不一样。请只留对的那一行。")),
                                                                                     (long long)s->row_no));
    struct sheet_seen *s = ARENA_NEW(cx->arena, struct sheet_seen);
    *s = (struct sheet_seen){.key = key, .cells = cells, .row_no = t->row_no, .next = t->seen};
    t->seen = s;
    return E_OK;
}

err_t sheet_put_row(struct ctx *cx, struct sheet_try *t, const char *cells, const char **state, const char **problems)
{
    void *in = arena_alloc(cx->arena, t->k->size);
    struct form form = {0};
    struct pairs raw = sheet_raw(cx, t->k, cells);
    err_t e;
    memset(in, 0, t->k->size);
    e = form_read(cx, &form, t->k->fields, &raw, in);
    if (e == E_INVALID && t->k->cells != NULL)
        t->k->cells(cx, in, &form);
    if (e == E_OK)
        e = said_before(cx, t, in, cells);
    if (e == E_OK)
        e = t->k->put(cx, t->subject_id, t->sheet_id, in, &form);
    *state = e == E_OK ? "good" : e == E_REPEAT ? "known" : "bad";
    *problems = "";
    if (e == E_OK || e == E_REPEAT)
        return E_OK;
    if (e != E_INVALID && e != E_CONFLICT && e != E_STATE && e != E_DENIED && e != E_NOTFOUND)
        return e;
    if (form.errors == NULL)
        form_error(cx, &form, cx->fail.field, cx->fail.say != NULL ? tr(cx, cx->fail.say) : tr(cx, err_msgid(e)));
    *problems = problems_json(cx, t->k, &form);
    return E_OK;
}

/* ---- upload ---- */

struct upload {
    struct sheet_try t;
    const char *name, *hash, *found;
    const char **cells, **states, **problems;
    int64_t *numbers;
    size_t n;
    bool taken_back;
};

static err_t trial(struct ctx *cx, void *arg)
{
    struct upload *u = arg;
    u->t.seen = NULL;
    for (size_t i = 0; i < u->n; i++) {
        u->t.row_no = u->numbers[i];
        TRY(sheet_put_row(cx, &u->t, u->cells[i], &u->states[i], &u->problems[i]));
    }
    u->taken_back = true;
    return FAIL(cx, E_STATE, NULL, "only checked");
}

static err_t keep(struct ctx *cx, void *arg)
{
    struct upload *u = arg;
    struct q_sheet_add_row row;
    struct q_sheet_add_in in = {.kind = u->t.k->name, .subject_id = u->t.subject_id, .account_id = cx->actor.account_id, .file_name = u->name,
                                .file_hash = u->hash, .found = u->found, .at = cx->now};
    TRY(q_sheet_add(cx, &in, &row));
    u->t.sheet_id = row.id;
    for (size_t i = 0; i < u->n; i++) {
        struct q_sheet_row_add_in r = {.sheet_id = row.id, .row_no = u->numbers[i], .cells = u->t.k->secret ? "" : u->cells[i],
                                       .problems = u->problems[i], .state = u->states[i]};
        if (u->t.k->secret)
            TRY(seal(cx, "sheet_row.sealed", u->cells[i], &r.sealed));
        TRY(q_sheet_row_add(cx, &r, NULL));
    }
    return audit_add(cx, "upload", "sheet", row.id, arena_fmt(cx->arena, "{\"rows\":%zu}", u->n));
}

static err_t read_all(struct ctx *cx, struct upload *u, const char *path)
{
    struct sheet_reading r;
    TRY(sheet_open(cx, u->t.k, path, u->name, &r));
    u->found = r.found;
    u->n = r.n;
    u->numbers = r.numbers;
    u->cells = r.cells;
    u->states = ARENA_ARRAY(cx->arena, const char *, u->n + 1);
    u->problems = ARENA_ARRAY(cx->arena, const char *, u->n + 1);
    return u->n > 0 ? E_OK : SAY(cx, E_INVALID, "file", N_("这张表里没有一行内容。请在列名下面一行一条地填写。"));
}

static err_t upload(struct ctx *cx, struct upload *u, const char *path)
{
    struct q_sheet_twin_row *twin;
    size_t n;
    const char *once = cx->once_key; /* of the act as a whole, not of its parts */
    TRY(sheet_hash(cx, path, &u->hash));
    TRY(q_sheet_twin(cx, &(struct q_sheet_twin_in){.kind = u->t.k->name, .subject_id = u->t.subject_id, .file_hash = u->hash}, &twin, &n));
    if (n > 0)
        return SAY(cx, E_INVALID, "file", N_("同样的文件已经导入过，没有重复导入。改好以后再上传。"));
    TRY(read_all(cx, u, path));
    cx->once_key = NULL;
    err_t e = store_tx(cx, STORE_WRITE, trial, u);
    cx->once_key = once;
    if (!u->taken_back)
        return e;
    return store_tx(cx, STORE_WRITE, keep, u);
}

err_t sheet_upload(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, const char *path, const char *name, int64_t *id)
{
    struct own o;
    struct upload u = {.t = {.k = k, .subject_id = subject_id}};
    own_open(cx, &o);
    u.name = text_cut(cx->arena, text_clean(cx->arena, name, strlen(name)), 100);
    err_t e = own_close(cx, &o, upload(cx, &u, path));
    *id = u.t.sheet_id;
    return e;
}

/* ---- looking ---- */

err_t sheet_find(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, int64_t id, struct sheet_about *out)
{
    struct q_sheet_get_row *rows;
    struct q_sheet_states_row *states;
    size_t n;
    TRY(q_sheet_get(cx, &(struct q_sheet_get_in){.id = id}, &rows, &n));
    if (n == 0 || strcmp(rows->kind, k->name) != 0 || rows->subject_id != subject_id)
        return FAIL(cx, E_NOTFOUND, NULL, "no %s sheet %lld of this thing", k->name, (long long)id);
    *out = (struct sheet_about){.id = id, .subject_id = subject_id, .at = rows->at, .file_name = rows->file_name, .found = rows->found,
                                .done = strcmp(rows->status, "done") == 0};
    TRY(q_sheet_states(cx, &(struct q_sheet_states_in){.sheet_id = id}, &states, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t *to = strcmp(states[i].state, "good") == 0    ? &out->good
                      : strcmp(states[i].state, "bad") == 0   ? &out->bad
                      : strcmp(states[i].state, "known") == 0 ? &out->known
                                                              : &out->brought;
        *to = states[i].n;
    }
    return E_OK;
}

err_t sheet_rows(struct ctx *cx, int64_t id, const char *state, int64_t off, int64_t lim, struct q_sheet_rows_row **rows, size_t *n)
{
    TRY(q_sheet_rows(cx, &(struct q_sheet_rows_in){.sheet_id = id, .state = state, .off = off, .lim = lim}, rows, n));
    for (size_t i = 0; i < *n; i++)
        if ((*rows)[i].sealed.len > 0)
            TRY(unseal(cx, "sheet_row.sealed", (*rows)[i].sealed, &(*rows)[i].cells));
    return E_OK;
}

err_t sheet_list(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, struct q_sheet_list_row **rows, size_t *n)
{
    return q_sheet_list(cx, &(struct q_sheet_list_in){.kind = k->name, .subject_id = subject_id}, rows, n);
}

static void decref(void *json) { json_decref(json); }

static json_t *loaded(struct ctx *cx, const char *text)
{
    json_t *o = json_loads(text, JSON_DECODE_ANY, NULL);
    if (o != NULL)
        arena_defer(cx->arena, decref, o);
    return o;
}

const char *sheet_cell(struct ctx *cx, const char *cells, const char *field)
{
    const char *s = json_string_value(json_object_get(loaded(cx, cells), field));
    return s != NULL ? s : "";
}

size_t sheet_problems(struct ctx *cx, const char *problems, struct sheet_problem **out)
{
    const json_t *list = *problems != '\0' ? loaded(cx, problems) : NULL;
    size_t n = json_array_size(list);
    *out = ARENA_ARRAY(cx->arena, struct sheet_problem, n + 1);
    for (size_t i = 0; i < n; i++) {
        const json_t *p = json_array_get(list, i);
        const char *label = json_string_value(json_object_get(p, "label")), *say = json_string_value(json_object_get(p, "say"));
        (*out)[i] = (struct sheet_problem){label != NULL ? label : "", say != NULL ? say : ""};
    }
    return n;
}

/* ---- bringing in ---- */

static err_t confirm_tx(struct ctx *cx, void *arg)
{
    struct sheet_try *t = arg;
    struct q_sheet_rows_row *rows;
    size_t n, put = 0;
    t->seen = NULL;
    TRY(q_sheet_done(cx, &(struct q_sheet_done_in){.id = t->sheet_id}, &n));
    if (n == 0)
        return SAY(cx, E_STATE, NULL, N_("这张表已经导入过，没有重复导入。"));
    TRY(sheet_rows(cx, t->sheet_id, NULL, 0, SHEET_ROWS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const char *state, *problems;
        t->row_no = rows[i].row_no;
        TRY(sheet_put_row(cx, t, rows[i].cells, &state, &problems)); /* bad ones are tried too: what was missing may be there now */
        bool good = strcmp(state, "good") == 0;
        put += good;
        struct q_sheet_row_state_in in = {.state = good ? "done" : state, .problems = problems, .sheet_id = t->sheet_id, .row_no = rows[i].row_no};
        TRY(q_sheet_row_state(cx, &in, NULL));
    }
    return audit_add(cx, "bring", "sheet", t->sheet_id, arena_fmt(cx->arena, "{\"rows\":%zu}", put));
}

err_t sheet_confirm(struct ctx *cx, const struct sheet_kind *k, int64_t subject_id, int64_t id)
{
    struct own o;
    struct sheet_about about;
    struct sheet_try t = {.k = k, .subject_id = subject_id, .sheet_id = id};
    TRY(sheet_find(cx, k, subject_id, id, &about));
    own_open(cx, &o);
    return own_close(cx, &o, store_tx(cx, STORE_WRITE, confirm_tx, &t));
}

/* ---- sheets to take home ---- */

static size_t columns_of(const struct sheet_kind *k)
{
    size_t n = 0;
    while (k->fields[n].name != NULL)
        n++;
    return n;
}

err_t sheet_fault(struct ctx *cx, const struct sheet_kind *k, struct out *o, const char *kept, int64_t number, const char *problems)
{
    struct sheet_problem *p;
    size_t n = sheet_problems(cx, problems, &p), columns = columns_of(k), c = 0;
    const char **cells = ARENA_ARRAY(cx->arena, const char *, columns + 1);
    struct out_fault *faults = ARENA_ARRAY(cx->arena, struct out_fault, n + 1);
    for (const struct field *f = k->fields; f->name != NULL; f++)
        cells[c++] = sheet_cell(cx, kept, f->name);
    for (size_t i = 0; i < n; i++) {
        faults[i] = (struct out_fault){SIZE_MAX, p[i].say, ""};
        c = 0;
        for (const struct field *f = k->fields; f->name != NULL; f++, c++)
            if (strcmp(tr(cx, f->label), p[i].label) == 0)
                faults[i].col = c;
    }
    return out_faults_row(cx, o, &(struct row){number, columns, cells}, faults, n);
}

err_t sheet_faults_open(struct ctx *cx, const struct sheet_kind *k, enum out_format format, const char *path, struct out **o)
{
    struct row *heads = ARENA_NEW(cx->arena, struct row); /* the writer looks at it until it is closed */
    size_t columns = columns_of(k);
    const char **head = ARENA_ARRAY(cx->arena, const char *, columns + 1);
    for (size_t i = 0; i < columns; i++)
        head[i] = tr(cx, k->fields[i].label);
    *heads = (struct row){1, columns, head};
    return out_faults_open(cx, format, path, heads, o);
}

err_t sheet_faults(struct ctx *cx, const struct sheet_kind *k, int64_t id, enum out_format format, const char *path)
{
    struct q_sheet_rows_row *rows;
    struct out *o;
    size_t n;
    TRY(sheet_faults_open(cx, k, format, path, &o));
    TRY(sheet_rows(cx, id, "bad", 0, SHEET_ROWS_MAX, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(sheet_fault(cx, k, o, rows[i].cells, rows[i].row_no, rows[i].problems));
    return out_close(cx, o);
}

err_t sheet_template(struct ctx *cx, const struct sheet_kind *k, enum out_format format, const char *path)
{
    enum { MOST = 40 };
    struct out_column columns[MOST];
    struct out *o;
    size_t n = 0;
    if (format == OUT_XLSX)
        return out_template(cx, path, tr(cx, N_("填写")), k->fields);
    for (const struct field *f = k->fields; f->name != NULL && n < MOST; f++)
        columns[n++] = (struct out_column){tr(cx, f->label), OUT_TEXT, 0};
    TRY(out_open(cx, format, path, tr(cx, N_("填写")), columns, n, &o));
    return out_close(cx, o);
}
