/* sheet.c -- a table that somebody sends: kept row by row, columns chosen, every row checked before anything is brought in. */
#include "city/imports/imports_impl.h"

#include "city/employers/employers.h"
#include "city/stations/stations.h"
#include "store/store.h"

#include "base/text.h"

#include "imports.sql.h"

#include <stdint.h>
#include <string.h>

enum { PAGE = 500, SAMPLES = 50 };

/* Work on a whole sheet takes more memory than a request may: it gets an arena of its own. */
struct desk {
    struct arena own, *outer;
};

static void desk_open(struct ctx *cx, struct desk *d)
{
    d->outer = cx->arena;
    arena_init(&d->own, 0);
    cx->arena = &d->own;
}

static const char *moved(struct arena *to, const char *s) { return s != NULL ? arena_strndup(to, s, strlen(s)) : NULL; }

static err_t desk_close(struct ctx *cx, struct desk *d, err_t e)
{
    cx->arena = d->outer;
    if (e != E_OK) {
        cx->fail.say = moved(cx->arena, cx->fail.say);
        cx->fail.detail = moved(cx->arena, cx->fail.detail);
        cx->fail.field = moved(cx->arena, cx->fail.field);
    }
    cx->result = moved(cx->arena, cx->result);
    arena_free(&d->own);
    return e;
}

/* ---- what an import is about ---- */

struct import_terms import_terms(const struct q_import_get_row *i)
{
    struct import_terms t = {.source_name = i->source_name, .file_name = i->file_name, .anywhere = i->anywhere != 0, .own = true};
    t.employer_id = i->employer_id != NULL ? *i->employer_id : 0;
    t.station_id = i->station_id != NULL ? *i->station_id : 0;
    t.source = t.employer_id != 0 ? "employer" : "sheet";
    return t;
}

err_t import_mapping(struct ctx *cx, const struct q_import_get_row *i, const struct row *head, struct mapping *m)
{
    mapping_guess(cx, import_fields(cx), head, NULL, 0, m);
    return mapping_apply(cx, m, i->mapping);
}

static err_t source_name(struct ctx *cx, const struct import_sender *from, const char **name)
{
    struct q_employer_get_row e;
    struct q_station_row s;
    if (from->employer_id != 0) {
        TRY(employer_find(cx, from->employer_id, &e));
        *name = e.name;
        return E_OK;
    }
    TRY(station_by_id(cx, from->station_id, &s));
    *name = s.name;
    return E_OK;
}

/* ---- upload ---- */

struct upload_in {
    const struct import_sender *from;
    const char *name, *hash, *source_name;
    struct table *table;
    struct mapping map;
    struct row *rows;
    size_t n, cap;
    int64_t id;
};

static err_t read_rows(struct ctx *cx, struct upload_in *u)
{
    const struct row *row;
    for (;;) {
        TRY(table_next(cx, u->table, &row));
        if (row == NULL)
            break;
        if (u->n == u->cap) {
            size_t cap = u->cap == 0 ? 256 : 2 * u->cap;
            u->rows = arena_grow(cx->arena, u->rows, u->cap * sizeof *u->rows, cap * sizeof *u->rows);
            u->cap = cap;
        }
        const char **cells = ARENA_ARRAY(cx->arena, const char *, row->n + 1);
        for (size_t i = 0; i < row->n; i++)
            cells[i] = arena_strndup(cx->arena, row->cells[i], strlen(row->cells[i]));
        u->rows[u->n++] = (struct row){row->number, row->n, cells};
    }
    return u->n > 0 ? E_OK : SAY(cx, E_INVALID, "file", N_("这张表里没有一行岗位。请在列名下面一行一个岗位地填写。"));
}

/* As guessed, then as this sender chose the last time. */
static err_t guess(struct ctx *cx, struct upload_in *u)
{
    struct q_import_before_row *before;
    size_t n;
    struct q_import_before_in in = {0};
    mapping_guess(cx, import_fields(cx), table_head(u->table), u->rows, u->n < SAMPLES ? u->n : SAMPLES, &u->map);
    in.employer_id = u->from->employer_id != 0 ? &u->from->employer_id : NULL;
    in.station_id = u->from->station_id != 0 ? &u->from->station_id : NULL;
    TRY(q_import_before(cx, &in, &before, &n));
    return n > 0 ? mapping_apply(cx, &u->map, before->mapping) : E_OK;
}

static err_t upload_tx(struct ctx *cx, void *arg)
{
    struct upload_in *u = arg;
    struct q_import_add_row added;
    const struct table_about *about = table_about(u->table);
    struct q_import_add_in in = {
        .code = import_token(cx),
        .kind = "sheet",
        .account_id = cx->actor.account_id,
        .employer_id = u->from->employer_id != 0 ? &u->from->employer_id : NULL,
        .station_id = u->from->station_id != 0 ? &u->from->station_id : NULL,
        .source_name = u->source_name,
        .file_name = u->name,
        .file_hash = u->hash,
        .head = import_head_text(cx, table_head(u->table)),
        .found = arena_fmt(cx->arena, "%s · %s", about->format, about->encoding),
        .repair = about->repair != NULL ? about->repair : "",
        .mapping = mapping_text(cx, &u->map),
        .status = "uploaded",
        .at = cx->now,
    };
    TRY(q_import_add(cx, &in, &added));
    u->id = added.id;
    TRY(import_numbered(cx, u->id));
    for (size_t i = 0; i < u->n; i++) {
        struct q_import_row_add_in r = {.import_id = u->id, .row_no = u->rows[i].number, .state = "good", .problems = "", .result = ""};
        TRY(import_seal_cells(cx, &u->rows[i], &r.cells));
        TRY(q_import_row_add(cx, &r, NULL));
    }
    cx->result = arena_fmt(cx->arena, "I%lld", (long long)u->id);
    return audit_add(cx, "upload", "import", u->id, arena_fmt(cx->arena, "{\"rows\":%zu}", u->n));
}

static err_t upload(struct ctx *cx, struct upload_in *u, const char *path)
{
    static const struct table_limits limits = {.bytes = IMPORT_BYTES_MAX, .rows = IMPORT_ROWS_MAX};
    TRY(table_open(cx, path, u->name, &limits, &u->table)); /* first: a file that is too large is not read at all */
    TRY(import_hash(cx, path, &u->hash));
    TRY(read_rows(cx, u));
    TRY(guess(cx, u));
    TRY(source_name(cx, u->from, &u->source_name));
    return store_tx(cx, STORE_WRITE, upload_tx, u);
}

err_t import_upload(struct ctx *cx, const struct import_sender *from, const char *path, const char *name, int64_t *id)
{
    struct desk d;
    struct upload_in u = {.from = from};
    desk_open(cx, &d);
    u.name = text_cut(cx->arena, text_clean(cx->arena, name, strlen(name)), 100);
    err_t e = desk_close(cx, &d, upload(cx, &u, path));
    *id = u.id;
    return e;
}

/* ---- columns ---- */

err_t import_columns(struct ctx *cx, const struct q_import_get_row *i, struct mapping *m, struct row **samples, size_t *n_samples)
{
    enum { SHOWN = 3 };
    struct q_import_row_after_row *rows;
    struct row *head = ARENA_NEW(cx->arena, struct row);
    *head = import_head(cx, i->head);
    TRY(q_import_row_after(cx, &(struct q_import_row_after_in){.import_id = i->id, .row_no = 0, .lim = SAMPLES}, &rows, n_samples));
    *samples = ARENA_ARRAY(cx->arena, struct row, *n_samples + 1);
    for (size_t k = 0; k < *n_samples; k++) {
        (*samples)[k] = (struct row){.number = rows[k].row_no, .n = head->n};
        TRY(import_cells(cx, rows[k].cells, head->n, &(*samples)[k].cells));
    }
    mapping_guess(cx, import_fields(cx), head, *samples, *n_samples, m);
    *n_samples = *n_samples < SHOWN ? *n_samples : SHOWN;
    return mapping_apply(cx, m, i->mapping);
}

/* ---- checking ---- */

struct check {
    struct import_terms terms;
    struct mapping map;
    size_t columns;
    int64_t id, after;
    struct q_import_row_after_row *rows;
    struct import_fate *fates;
    size_t n;
    bool taken_back;
    uint64_t *seen; /* what the rows so far are known by */
    size_t mask;
};

/* Puts every row of the page and takes it all back: what is told beforehand is what will be done. */
static err_t try_tx(struct ctx *cx, void *arg)
{
    struct check *c = arg;
    for (size_t k = 0; k < c->n; k++) {
        struct row row = {.number = c->rows[k].row_no, .n = c->columns};
        TRY(import_cells(cx, c->rows[k].cells, c->columns, &row.cells));
        TRY(import_put(cx, &c->terms, &c->map, &row, &c->fates[k]));
    }
    c->taken_back = true;
    return FAIL(cx, E_STATE, NULL, "only checked");
}

static bool seen_before(struct check *c, const char *ref)
{
    uint64_t h = 14695981039346656037u;
    if (ref == NULL || c->seen == NULL)
        return false;
    for (const char *p = ref; *p != '\0'; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    h |= 1;
    size_t i = h & c->mask;
    for (; c->seen[i] != 0; i = (i + 1) & c->mask)
        if (c->seen[i] == h)
            return true;
    c->seen[i] = h;
    return false;
}

static const char *state_of(struct check *c, const struct import_fate *f)
{
    bool again = seen_before(c, f->ref);
    if (strcmp(f->result, "bad") == 0 || strcmp(f->result, "elsewhere") == 0)
        return "bad";
    if (again || strcmp(f->result, "same") == 0 || strcmp(f->result, "merged") == 0)
        return "same";
    return f->warned ? "warn" : "good";
}

static err_t keep_tx(struct ctx *cx, void *arg)
{
    const struct check *c = arg;
    for (size_t k = 0; k < c->n; k++) {
        struct q_import_row_state_in in = {.state = c->fates[k].result, .problems = c->fates[k].problems, .import_id = c->id, .row_no = c->rows[k].row_no};
        TRY(q_import_row_state(cx, &in, NULL));
    }
    return E_OK;
}

static err_t check_page(struct ctx *cx, struct check *c)
{
    c->fates = ARENA_ARRAY(cx->arena, struct import_fate, c->n + 1);
    c->taken_back = false;
    err_t e = store_tx(cx, STORE_WRITE, try_tx, c);
    if (!c->taken_back)
        return e;
    for (size_t k = 0; k < c->n; k++)
        c->fates[k].result = state_of(c, &c->fates[k]);
    return store_tx(cx, STORE_WRITE, keep_tx, c);
}

static err_t check_all(struct ctx *cx, const struct q_import_get_row *i)
{
    enum { SLOTS = 4 * 8192 };
    struct check c = {.id = i->id, .n = PAGE, .mask = SLOTS - 1};
    struct row head = import_head(cx, i->head);
    const char *once = cx->once_key; /* of the act as a whole, not of its parts */
    _Static_assert(SLOTS > 2 * IMPORT_ROWS_MAX, "the table of what was seen stays half empty");
    c.columns = head.n;
    c.seen = ARENA_ARRAY(cx->arena, uint64_t, SLOTS);
    c.terms = import_terms(i);
    TRY(import_mapping(cx, i, &head, &c.map));
    cx->once_key = NULL;
    err_t e = E_OK;
    while (e == E_OK && c.n == PAGE) {
        e = q_import_row_after(cx, &(struct q_import_row_after_in){.import_id = c.id, .row_no = c.after, .lim = PAGE}, &c.rows, &c.n);
        if (e == E_OK && c.n > 0) {
            c.after = c.rows[c.n - 1].row_no;
            e = check_page(cx, &c);
        }
    }
    cx->once_key = once;
    return e;
}

/* ---- a person's choice ---- */

static err_t checked_tx(struct ctx *cx, void *arg)
{
    const struct q_import_get_row *i = arg;
    size_t n;
    TRY(q_import_checked(cx, &(struct q_import_checked_in){.mapping = i->mapping, .id = i->id}, &n));
    return n == 1 ? E_OK : SAY(cx, E_STATE, NULL, N_("这次导入已经开始了，不能再改。"));
}

static bool open_to_choice(const struct q_import_get_row *i)
{
    return strcmp(i->status, "uploaded") == 0 || strcmp(i->status, "checked") == 0;
}

static err_t map(struct ctx *cx, int64_t id, const char *const *choice, size_t n)
{
    struct q_import_get_row i;
    struct mapping m;
    TRY(import_find(cx, id, &i));
    if (!open_to_choice(&i))
        return SAY(cx, E_STATE, NULL, N_("这次导入已经开始了，不能再改。"));
    struct row head = import_head(cx, i.head);
    TRY(import_mapping(cx, &i, &head, &m));
    for (size_t k = 0; k < n && k < m.n; k++) { /* two columns for one field: the first one keeps it */
        bool twice = false;
        for (size_t j = 0; j < k; j++)
            twice |= choice[k][0] != '\0' && strcmp(choice[j], choice[k]) == 0;
        if (twice)
            return SAY(cx, E_INVALID, "mapping", N_("两列选了同一个项目，请改一列。"));
        TRY(mapping_set(cx, &m, k, choice[k]));
    }
    if (mapping_column(&m, "title") == SIZE_MAX)
        return SAY(cx, E_INVALID, "mapping", N_("请指出哪一列是岗位名称。"));
    i.mapping = mapping_text(cx, &m);
    TRY(check_all(cx, &i));
    return store_tx(cx, STORE_WRITE, checked_tx, &i);
}

err_t import_map(struct ctx *cx, int64_t id, const char *const *choice, size_t n)
{
    struct desk d;
    desk_open(cx, &d);
    return desk_close(cx, &d, map(cx, id, choice, n));
}

/* ---- mending ---- */

struct mend {
    int64_t id;
    struct row row;
    struct check c;
};

static err_t mend_tx(struct ctx *cx, void *arg)
{
    const struct mend *m = arg;
    struct q_import_row_mend_in in = {.import_id = m->id, .row_no = m->row.number};
    TRY(import_seal_cells(cx, &m->row, &in.cells));
    return q_import_row_mend(cx, &in, NULL);
}

err_t import_mend(struct ctx *cx, int64_t id, int64_t row_no, const char *const *fields, const char *const *values, size_t n)
{
    struct q_import_get_row i;
    struct mend m = {.id = id};
    const char *const *cells;
    TRY(import_find(cx, id, &i));
    if (strcmp(i.status, "checked") != 0)
        return SAY(cx, E_STATE, NULL, N_("这次导入已经开始了，不能再改。"));
    struct row head = import_head(cx, i.head);
    m.c.terms = import_terms(&i);
    TRY(import_mapping(cx, &i, &head, &m.c.map));
    TRY(q_import_row_after(cx, &(struct q_import_row_after_in){.import_id = id, .row_no = row_no - 1, .lim = 1}, &m.c.rows, &m.c.n));
    if (m.c.n != 1 || m.c.rows->row_no != row_no)
        return FAIL(cx, E_NOTFOUND, NULL, "no row %lld", (long long)row_no);
    TRY(import_cells(cx, m.c.rows->cells, head.n, &cells));
    const char **fresh = ARENA_ARRAY(cx->arena, const char *, head.n + 1);
    memcpy(fresh, cells, head.n * sizeof *fresh);
    for (size_t k = 0; k < n; k++) {
        size_t column = mapping_column(&m.c.map, fields[k]);
        if (column < head.n)
            fresh[column] = text_clean(cx->arena, values[k], strlen(values[k]));
    }
    m.row = (struct row){row_no, head.n, fresh};
    TRY(store_tx(cx, STORE_WRITE, mend_tx, &m));
    TRY(q_import_row_after(cx, &(struct q_import_row_after_in){.import_id = id, .row_no = row_no - 1, .lim = 1}, &m.c.rows, &m.c.n));
    m.c.id = id;
    m.c.columns = head.n;
    return check_page(cx, &m.c);
}
