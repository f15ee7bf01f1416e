/* plan_file.c -- a plan from a file: a row a lesson; every mistake of every row is listed, and only a file without one replaces the plan. */
#include "city/classes/classes.h"

#include "base/text.h"
#include "city/classes/classes_impl.h"
#include "feeds/table.h"

#include <stdio.h>
#include <string.h>

enum { LESSONS_MOST = 400, FAULTS_MOST = 200, BYTES_MOST = 5 << 20 };

struct lesson { /* a row of the file */
    const char *from, *to, *kind, *content, *teacher, *place;
    int64_t day, hours;
};
#define AT(member) offsetof(struct lesson, member)
static const struct field fields[] = {
    {"day", F_DATE, F_REQUIRED, N_("日期"), N_("例如：2026-12-01。"), .off = AT(day)},
    {"from", F_TEXT, F_REQUIRED, N_("开始"), N_("例如：9:00。"), .max = 8, .off = AT(from)},
    {"to", F_TEXT, F_REQUIRED, N_("结束"), N_("例如：12:00。"), .max = 8, .off = AT(to)},
    {"hours", F_INT, F_REQUIRED, N_("课时"), N_("每课时 45 分钟。"), .min = 1, .max = 12, .off = AT(hours)},
    {"kind", F_CHOICE, F_REQUIRED, N_("类型"), .choices = class_kinds, .off = AT(kind)},
    {"content", F_TEXT, F_REQUIRED, N_("内容"), .max = 100, .off = AT(content)},
    {"teacher", F_TEXT, F_REQUIRED, N_("教师"), N_("写花名册里的姓名。"), .max = 30, .off = AT(teacher)},
    {"place", F_TEXT, F_REQUIRED, N_("场所"), N_("写登记的场所名称。"), .max = 60, .off = AT(place)},
    {0},
};
enum { FIELDS = sizeof fields / sizeof *fields };

struct plan_reading {
    struct q_provider_teacher_list_row *teachers;
    struct q_provider_place_list_row *places;
    const char **names; /* of the teachers, in clear */
    size_t n_teachers, n_places;
    const struct field *columns[64];
    size_t n_columns;
};

static err_t roster(struct ctx *cx, int64_t provider_id, struct plan_reading *r)
{
    TRY(provider_teachers(cx, provider_id, &r->teachers, &r->n_teachers));
    TRY(provider_places(cx, provider_id, &r->places, &r->n_places));
    r->names = ARENA_ARRAY(cx->arena, const char *, r->n_teachers + 1);
    for (size_t i = 0; i < r->n_teachers; i++)
        TRY(provider_teacher_name(cx, r->teachers[i].name, &r->names[i]));
    return E_OK;
}

err_t class_plan_fields(struct ctx *cx, int64_t provider_id, const struct field **out)
{
    struct plan_reading r = {0};
    struct field *all = ARENA_ARRAY(cx->arena, struct field, FIELDS);
    size_t k = 0;
    TRY(roster(cx, provider_id, &r));
    struct choice *teachers = ARENA_ARRAY(cx->arena, struct choice, r.n_teachers + 1), *places = ARENA_ARRAY(cx->arena, struct choice, r.n_places + 1);
    for (size_t i = 0; i < r.n_teachers; i++)
        if (r.teachers[i].to_on == NULL && r.names[i] != NULL)
            teachers[k++] = (struct choice){r.names[i], r.names[i]};
    teachers[k] = (struct choice){0};
    k = 0;
    for (size_t i = 0; i < r.n_places; i++)
        if (r.places[i].to_on == NULL)
            places[k++] = (struct choice){r.places[i].name, r.places[i].name};
    places[k] = (struct choice){0};
    memcpy(all, fields, sizeof fields);
    for (struct field *f = all; f->name != NULL; f++) {
        bool teacher = strcmp(f->name, "teacher") == 0;
        if (teacher || strcmp(f->name, "place") == 0)
            f->type = F_CHOICE, f->choices = teacher ? teachers : places;
    }
    *out = all;
    return E_OK;
}

/* ---- reading ---- */

static bool clock_time(const char *s, int64_t *out)
{
    int hour = 0, minute = 0, n = 0;
    bool good = sscanf(s, "%2d:%2d%n", &hour, &minute, &n) == 2 && (s[n] == '\0' || strcmp(s + n, ":00") == 0) && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    *out = hour * 60 + minute;
    return good;
}

static err_t columns(struct ctx *cx, const struct row *head, struct plan_reading *r)
{
    struct buf lacking = {.a = cx->arena};
    r->n_columns = head->n < 64 ? head->n : 64;
    for (size_t i = 0; i < r->n_columns; i++)
        for (const struct field *f = fields; f->name != NULL && r->columns[i] == NULL; f++)
            if (strcmp(head->cells[i], f->label) == 0 || strcmp(head->cells[i], tr(cx, f->label)) == 0 || strcmp(head->cells[i], f->name) == 0)
                r->columns[i] = f;
    for (const struct field *f = fields; f->name != NULL; f++) {
        bool there = false;
        for (size_t i = 0; i < r->n_columns; i++)
            there = there || r->columns[i] == f;
        if (!there)
            buf_fmt(&lacking, "%s%s", lacking.len > 0 ? "、" : "", tr(cx, f->label));
    }
    if (lacking.len == 0)
        return E_OK;
    return SAY(cx, E_INVALID, "file", text_fill(cx->arena, tr(cx, N_("表格里少了这些列：{columns}。请对照模板补上。")), "columns", buf_text(&lacking), NULL));
}

static const char *kind_code(struct ctx *cx, const char *s)
{
    for (const struct choice *k = class_kinds; k->code != NULL; k++)
        if (strcmp(s, k->label) == 0 || strcmp(s, tr(cx, k->label)) == 0)
            return k->code;
    return s;
}

/* What the names stand for; what is wrong is noted in `form` beside what form_read() found. */
static void resolve(struct ctx *cx, const struct plan_reading *r, const struct lesson *in, struct form *form, struct class_line *out)
{
    *out = (struct class_line){.day = in->day, .hours = in->hours, .kind = in->kind, .content = in->content};
    if (in->from != NULL && !clock_time(in->from, &out->from_min))
        form_error(cx, form, "from", tr(cx, N_("时间要写成 9:00 或 18:30 这样。")));
    if (in->to != NULL && !clock_time(in->to, &out->to_min))
        form_error(cx, form, "to", tr(cx, N_("时间要写成 9:00 或 18:30 这样。")));
    for (size_t i = 0; in->teacher != NULL && i < r->n_teachers && out->teacher_id == 0; i++)
        if (r->teachers[i].to_on == NULL && r->names[i] != NULL && strcmp(r->names[i], in->teacher) == 0)
            out->teacher_id = r->teachers[i].id;
    for (size_t i = 0; in->place != NULL && i < r->n_places && out->place_id == 0; i++)
        if (r->places[i].to_on == NULL && strcmp(r->places[i].name, in->place) == 0)
            out->place_id = r->places[i].id;
    if (in->teacher != NULL && out->teacher_id == 0)
        form_error(cx, form, "teacher", arena_fmt(cx->arena, tr(cx, N_("花名册里没有教师“%s”。")), in->teacher));
    if (in->place != NULL && out->place_id == 0)
        form_error(cx, form, "place", arena_fmt(cx->arena, tr(cx, N_("没有登记场所“%s”。")), in->place));
}

static void fault(struct ctx *cx, struct plan_report *out, int64_t row, const char *field, const char *say)
{
    struct plan_fault *faults = out->room;
    const struct field *f = fields;
    while (f->name != NULL && (field == NULL || strcmp(f->name, field) != 0))
        f++;
    if (out->n_faults < FAULTS_MOST)
        faults[out->n_faults++] = (struct plan_fault){row, f->name != NULL ? tr(cx, f->label) : "", say};
}

static void one_row(struct ctx *cx, const struct plan_reading *r, const struct row *row, struct class_line *line, struct plan_report *out)
{
    struct pair pairs[64];
    struct pairs raw = {pairs, 0};
    struct form form = {0};
    struct lesson in = {0};
    for (size_t i = 0; i < r->n_columns && i < row->n; i++) {
        if (r->columns[i] == NULL || row->cells[i][0] == '\0')
            continue;
        const char *cell = r->columns[i]->type == F_CHOICE ? kind_code(cx, row->cells[i]) : row->cells[i];
        pairs[raw.n++] = (struct pair){r->columns[i]->name, cell, strlen(cell)};
    }
    err_t e = form_read(cx, &form, fields, &raw, &in);
    if (e == E_OK || e == E_INVALID)
        resolve(cx, r, &in, &form, line);
    for (const struct form_error *f = form.errors; f != NULL; f = f->next)
        fault(cx, out, row->number, f->field, f->say);
}

static void doubles(struct ctx *cx, const struct class_line *lines, const int64_t *rows, size_t n, struct plan_report *out)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (lines[i].day != 0 && lines[i].day == lines[k].day && lines[i].from_min < lines[k].to_min && lines[k].from_min < lines[i].to_min) {
                fault(cx, out, rows[i], "from", arena_fmt(cx->arena, tr(cx, N_("和第 %lld 行的时间重叠。")), (long long)rows[k]));
                break;
            }
}

err_t class_plan_file(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct plan_report *out)
{
    struct q_class_rows_row c;
    struct plan_reading *r = ARENA_NEW(cx->arena, struct plan_reading);
    struct table_limits limits = {.rows = LESSONS_MOST + 1, .bytes = BYTES_MOST};
    struct table *t;
    const struct row *row;
    struct class_line *lines = ARENA_ARRAY(cx->arena, struct class_line, LESSONS_MOST + 1);
    int64_t *rows = ARENA_ARRAY(cx->arena, int64_t, LESSONS_MOST + 1);
    size_t n = 0;
    *out = (struct plan_report){.room = ARENA_ARRAY(cx->arena, struct plan_fault, FAULTS_MOST)};
    out->faults = out->room;
    TRY(class_find(cx, class_id, &c));
    TRY(roster(cx, c.provider_id, r));
    TRY(table_open(cx, path, name, &limits, &t));
    TRY(columns(cx, table_head(t), r));
    for (;;) {
        TRY(table_next(cx, t, &row));
        if (row == NULL)
            break;
        if (n == LESSONS_MOST)
            return SAY(cx, E_INVALID, "file", N_("太多了，一个班最多 400 次课。"));
        rows[n] = row->number;
        one_row(cx, r, row, &lines[n], out);
        n++;
    }
    doubles(cx, lines, rows, n, out);
    out->lessons = (int64_t)n;
    if (n == 0)
        return SAY(cx, E_INVALID, "file", N_("这张表里没有一行内容。请在列名下面一行一条地填写。"));
    return out->n_faults > 0 ? E_OK : class_plan_put(cx, class_id, lines, n);
}
