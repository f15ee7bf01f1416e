/* json.c -- JSON Lines, an array of objects, or one object that holds such an array: one object at a time.
 *
 * Objects are cut out of the text first (bounded in size and depth), then parsed. Inner objects become columns with a
 * dotted name (hiringOrganization.name); lists become one cell, joined by "、".
 */
#include "feeds/reader.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 32, RECORD_MAX = 8 << 20, NAME_BYTES = 256 };

struct json_in {
    const char *p, *end;
    bool eof;
    int64_t record;
    struct buf text; /* the object being cut out */
    json_t *whole;   /* one object that holds the list */
    json_t *list;
    size_t at;
    struct buf cell;
    char path[NAME_BYTES];
};

static void drop_whole(void *arg)
{
    struct json_in *j = arg;
    json_decref(j->whole);
    j->whole = NULL;
}

static err_t refuse_json(struct ctx *cx, int64_t record, const char *why)
{
    return FILE_SAY(cx, E_INVALID, tr(cx, "第 %lld 条 JSON 写得不对：%s。"), (long long)record, why);
}

static err_t refill(struct ctx *cx, struct table *t, struct json_in *j)
{
    size_t n;
    TRY(source_fill(cx, t->src, &j->p, &n));
    j->end = j->p + n;
    j->eof = n == 0;
    return E_OK;
}

/* Passes over what stands between objects; *found = an object begins at j->p. */
static err_t skip_between(struct ctx *cx, struct table *t, struct json_in *j, bool *found)
{
    *found = false;
    for (;;) {
        for (; j->p < j->end; j->p++) {
            if (*j->p == '{') {
                *found = true;
                return E_OK;
            }
            if (*j->p == '\0' || strchr(" \t\r\n,[]", *j->p) == NULL)
                return refuse_json(cx, j->record + 1, tr(cx, "应当是一个用花括号括起来的对象"));
        }
        TRY(refill(cx, t, j));
        if (j->eof)
            return E_OK;
    }
}

/* Copies one whole object to j->text. */
static err_t cut(struct ctx *cx, struct table *t, struct json_in *j)
{
    int depth = 0;
    bool in_string = false, escaped = false;
    j->text.len = 0;
    for (;;) {
        const char *from = j->p;
        for (; j->p < j->end; j->p++) {
            char c = *j->p;
            if (in_string) {
                in_string = escaped || c != '"';
                escaped = !escaped && c == '\\';
                continue;
            }
            in_string = c == '"';
            depth += c == '{' || c == '[';
            depth -= c == '}' || c == ']';
            if (depth > DEPTH_MAX)
                return refuse_json(cx, j->record, tr(cx, "层数太多"));
            if (depth == 0) {
                j->p++;
                buf_add(&j->text, from, (size_t)(j->p - from));
                return E_OK;
            }
        }
        buf_add(&j->text, from, (size_t)(j->p - from));
        if (j->text.len > RECORD_MAX)
            return FILE_SAY(cx, E_LIMIT, tr(cx, "第 %lld 条 JSON 太大，一条最多 %d MB。"), (long long)j->record,
                            RECORD_MAX >> 20);
        TRY(refill(cx, t, j));
        if (j->eof)
            return refuse_json(cx, j->record, tr(cx, "括号或引号没有成对，文件可能没有传完"));
    }
}

static err_t parse(struct ctx *cx, struct json_in *j, json_t **out)
{
    json_error_t e;
    *out = json_loadb(j->text.p, j->text.len, 0, &e);
    return *out != NULL ? E_OK : refuse_json(cx, j->record, arena_fmt(cx->arena, "%s", e.text));
}

static void scalar(struct buf *to, const json_t *v)
{
    char num[40];
    switch (json_typeof(v)) {
    case JSON_STRING: buf_add(to, json_string_value(v), json_string_length(v)); break;
    case JSON_INTEGER: buf_add(to, num, (size_t)snprintf(num, sizeof num, "%lld", (long long)json_integer_value(v))); break;
    case JSON_REAL: buf_add(to, num, (size_t)snprintf(num, sizeof num, "%.15g", json_real_value(v))); break;
    case JSON_TRUE: buf_str(to, "1"); break;
    case JSON_FALSE: buf_str(to, "0"); break;
    default: break;
    }
}

/* Adds to the cell of that name: what a list says goes into one cell. */
static err_t put(struct ctx *cx, struct table *t, struct json_in *j, const char *name, const json_t *v)
{
    size_t col;
    TRY(table_column(cx, t, name, &col));
    const char *had = row_text(t, col);
    j->cell.len = 0;
    buf_str(&j->cell, had);
    if (*had != '\0')
        buf_str(&j->cell, "、");
    scalar(&j->cell, v);
    return row_cell(cx, t, col, j->cell.p, j->cell.len);
}

/* j->path holds the dotted name of `v` in its first `len` bytes. */
static err_t flatten(struct ctx *cx, struct table *t, struct json_in *j, size_t len, const json_t *v)
{
    if (json_is_object(v)) {
        void *it = json_object_iter((json_t *)(size_t)v);
        for (; it != NULL; it = json_object_iter_next((json_t *)(size_t)v, it)) {
            const char *key = json_object_iter_key(it);
            if (strcmp(key, "@context") == 0)
                continue;
            int n = snprintf(j->path + len, sizeof j->path - len, len > 0 ? ".%s" : "%s", key);
            if (n < 0 || (size_t)n >= sizeof j->path - len)
                return refuse_json(cx, t->number, tr(cx, "项目的名字太长"));
            TRY(flatten(cx, t, j, len + (size_t)n, json_object_iter_value(it)));
        }
        return E_OK;
    }
    j->path[len] = '\0';
    if (!json_is_array(v))
        return put(cx, t, j, j->path, v);
    for (size_t i = 0; i < json_array_size(v); i++)
        TRY(flatten(cx, t, j, len, json_array_get(v, i)));
    return E_OK;
}

static err_t json_next(struct ctx *cx, struct table *t, bool *more)
{
    struct json_in *j = t->state;
    json_t *v;
    *more = j->list != NULL ? j->at < json_array_size(j->list) : false;
    if (j->list == NULL)
        TRY(skip_between(cx, t, j, more));
    if (!*more)
        return E_OK;
    row_begin(t, ++j->record);
    if (j->list != NULL)
        return flatten(cx, t, j, 0, json_array_get(j->list, j->at++));
    TRY(cut(cx, t, j));
    TRY(parse(cx, j, &v));
    err_t e = flatten(cx, t, j, 0, v);
    json_decref(v);
    return e;
}

static err_t json_rewind(struct ctx *cx, struct table *t)
{
    struct json_in *j = t->state;
    j->p = j->end = NULL;
    j->eof = false;
    j->record = 0;
    j->at = 0;
    return source_rewind(cx, t->src);
}

/* The first list of objects in `v`, at most three levels down; NULL when there is none. */
static json_t *find_list(json_t *v, int levels)
{
    if (json_is_array(v))
        return json_array_size(v) > 0 && json_is_object(json_array_get(v, 0)) ? v : NULL;
    json_t *found = NULL;
    if (!json_is_object(v) || levels == 0)
        return NULL;
    for (void *it = json_object_iter(v); it != NULL && found == NULL; it = json_object_iter_next(v, it))
        found = find_list(json_object_iter_value(it), levels - 1);
    return found;
}

/* A file of one single object is a wrapper around the list ({"jobs":[…]}, {"@graph":[…]}), or the only record. */
static err_t unwrap(struct ctx *cx, struct table *t, struct json_in *j)
{
    bool another;
    j->record = 1;
    TRY(cut(cx, t, j));
    TRY(skip_between(cx, t, j, &another));
    if (another)
        return json_rewind(cx, t);
    TRY(parse(cx, j, &j->whole));
    const char *type = json_string_value(json_object_get(j->whole, "@type"));
    if (type == NULL || strcmp(type, "JobPosting") != 0)
        j->list = find_list(j->whole, 3);
    if (j->list == NULL)
        drop_whole(j);
    return json_rewind(cx, t);
}

err_t json_open(struct ctx *cx, struct table *t)
{
    static const struct reader reader = {.format = "JSON", .named = true, .next = json_next, .rewind = json_rewind};
    bool found;
    struct json_in *j = ARENA_NEW(&t->own, struct json_in);
    *j = (struct json_in){.text = table_buf(t), .cell = table_buf(t)};
    t->state = j;
    t->reader = &reader;
    arena_defer(&t->own, drop_whole, j);
    TRY(refill(cx, t, j));
    const char *p = j->p;
    while (p < j->end && strchr(" \t\r\n", *p) != NULL)
        p++;
    if (p < j->end && *p == '[')
        return json_rewind(cx, t);
    TRY(skip_between(cx, t, j, &found));
    return found ? unwrap(cx, t, j) : json_rewind(cx, t);
}
