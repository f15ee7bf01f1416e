#include "city/trainees/sheet.h"

#include "base/text.h"
#include "city/trainees/trainees.h"
#include "feeds/table.h"

#include <string.h>

enum { MOST_ROWS = 500 };

static const struct field *column_of(struct ctx *cx, const char *head)
{
    const char *want = text_fold(cx->arena, head, strlen(head));
    for (const struct field *f = trainee_fields; f->name != NULL; f++)
        if (strcmp(want, f->name) == 0 || strcmp(want, text_fold(cx->arena, f->label, strlen(f->label))) == 0 ||
            strcmp(want, text_fold(cx->arena, tr(cx, f->label), strlen(tr(cx, f->label)))) == 0)
            return f;
    return NULL;
}

static bool same(struct ctx *cx, const char *word, size_t n, const struct choice *c)
{
    const char *w = text_fold(cx->arena, word, n);
    return strcmp(w, c->code) == 0 || strcmp(w, text_fold(cx->arena, c->label, strlen(c->label))) == 0 ||
           strcmp(w, text_fold(cx->arena, tr(cx, c->label), strlen(tr(cx, c->label)))) == 0;
}

/* A choice as its code; what is no choice stays and is refused by the form's own check. */
static const char *coded(struct ctx *cx, const struct field *f, const char *word, size_t n)
{
    for (const struct choice *c = f->choices; c->code != NULL; c++)
        if (same(cx, word, n, c))
            return c->code;
    return arena_strndup(cx->arena, word, n);
}

static void put(struct ctx *cx, const struct field *f, const char *cell, struct pair *pairs, size_t *n)
{
    if (f->type == F_BOOL)
        cell = strcmp(cell, "是") == 0 || strcmp(cell, "yes") == 0 || strcmp(cell, "1") == 0 ? "1" : "";
    if (*cell == '\0')
        return;
    if (f->type == F_CHOICE)
        cell = coded(cx, f, cell, strlen(cell));
    if (f->type != F_CHOICES) {
        pairs[(*n)++] = (struct pair){f->name, cell, strlen(cell)};
        return;
    }
    static const char *const separators[] = {"、", "，", ",", ";"};
    for (const char *p = cell; *p != '\0';) {
        size_t len = strlen(p), skip = 0;
        for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
            const char *at = strstr(p, separators[i]);
            if (at != NULL && (size_t)(at - p) < len)
                len = (size_t)(at - p), skip = strlen(separators[i]);
        }
        const char *code = coded(cx, f, p, len);
        if (*code != '\0')
            pairs[(*n)++] = (struct pair){f->name, code, strlen(code)};
        p += len + skip;
    }
}

static const char *why(struct ctx *cx, const struct form *form, err_t e)
{
    if (form->errors != NULL)
        return form->errors->say;
    return tr(cx, cx->fail.say != NULL ? cx->fail.say : err_msgid(e));
}

/* E_OK: it is on the list, now or already. */
static err_t take(struct ctx *cx, int64_t class_id, const struct field *const *columns, const struct row *row, const char **say)
{
    struct pair *pairs = ARENA_ARRAY(cx->arena, struct pair, row->n * 4 + 1);
    struct pairs raw = {pairs, 0};
    struct form form = {0};
    struct trainee_form in = {0};
    struct decision d;
    int64_t id;
    for (size_t i = 0; i < row->n; i++)
        if (columns[i] != NULL)
            put(cx, columns[i], row->cells[i], pairs, &raw.n);
    err_t e = form_read(cx, &form, trainee_fields, &raw, &in);
    if (e == E_OK)
        e = trainee_apply(cx, class_id, &in, &d, &id);
    bool already = e == E_CONFLICT && cx->fail.field != NULL && strcmp(cx->fail.field, "idno") == 0;
    *say = e == E_OK || already ? NULL : why(cx, &form, e);
    return e == E_DB || e == E_BUG || e == E_IO ? e : E_OK;
}

err_t trainees_sheet(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct sheet_report *out)
{
    struct table *t;
    struct table_limits limits = {.rows = MOST_ROWS, .bytes = 5 << 20};
    const struct row *row;
    const char *once = cx->once_key;
    TRY(table_open(cx, path, name, &limits, &t));
    const struct row *head = table_head(t);
    const struct field **columns = ARENA_ARRAY(cx->arena, const struct field *, head->n + 1);
    bool named = false, numbered = false;
    for (size_t i = 0; i < head->n; i++) {
        columns[i] = column_of(cx, head->cells[i]);
        named = named || (columns[i] != NULL && strcmp(columns[i]->name, "name") == 0);
        numbered = numbered || (columns[i] != NULL && strcmp(columns[i]->name, "idno") == 0);
    }
    if (!named || !numbered)
        return SAY(cx, E_INVALID, "file", N_("表格里没有“姓名”或“身份证号”这一列，请在第一行写上列名"));
    struct sheet_fault *faults = ARENA_ARRAY(cx->arena, struct sheet_fault, MOST_ROWS + 1);
    *out = (struct sheet_report){.faults = faults};
    cx->once_key = NULL; /* each row is an act of its own; the same person twice is no double */
    for (const char *say = NULL;; out->taken += say == NULL) {
        TRY(table_next(cx, t, &row));
        if (row == NULL)
            break;
        TRY(take(cx, class_id, columns, row, &say));
        if (say != NULL && out->n_faults < MOST_ROWS)
            faults[out->n_faults++] = (struct sheet_fault){row->number, say};
    }
    cx->once_key = once;
    return E_OK;
}
