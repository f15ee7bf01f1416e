/* pages_lines.c -- a plan pasted from a sheet: 日期, 开始, 结束, 课时, 类型, 内容, 教师, 场所; a row a session, columns as a sheet copies them. */
#include "city/classes/pages_impl.h"

#include "city/house.h"
#include "city/training.h"

#include "base/day.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 200, COLUMNS = 8, HOURS_MOST = 12 };

const struct field class_lines_fields[] = {
    {"rows", F_LONG, F_REQUIRED | F_WIDE, N_("每行一次课"), N_("从表格里复制：日期、开始、结束、课时、理论/实操/安全教育、内容、教师、场所。"), .min = 10, .max = 20000,
     .off = offsetof(struct class_lines_in, rows)},
    {0},
};

struct reading {
    struct req *rq;
    struct q_provider_teacher_list_row *teachers;
    struct q_provider_place_list_row *places;
    size_t n_teachers, n_places;
};

err_t class_lines_show(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct ctx *cx = &rq->cx;
    struct q_class_plan_row *plan;
    struct q_provider_teacher_list_row *teachers;
    size_t n, n_teachers;
    struct buf b = {.a = cx->arena};
    const char *name;
    TRY(class_sessions(cx, c->id, &plan, &n));
    TRY(provider_teachers(cx, c->provider_id, &teachers, &n_teachers));
    for (size_t i = 0; i < n; i++) {
        name = "";
        for (size_t k = 0; k < n_teachers; k++)
            if (teachers[k].id == plan[i].teacher_id)
                TRY(provider_teacher_name(cx, teachers[k].name, &name));
        buf_fmt(&b, "%s\t%lld:%02lld\t%lld:%02lld\t%lld\t%s\t%s\t%s\t%s\n", day_text_iso(cx->arena, plan[i].day), (long long)(plan[i].from_min / 60),
                (long long)(plan[i].from_min % 60), (long long)(plan[i].to_min / 60), (long long)(plan[i].to_min % 60), (long long)plan[i].hours,
                tr(cx, training_label(class_kinds, plan[i].kind)), plan[i].content, name != NULL ? name : "", plan[i].place_name);
    }
    struct class_lines_in now = {b.len > 0 ? buf_text(&b) : NULL};
    struct pairs values = form_pairs(cx, class_lines_fields, &now);
    req_form(rq, class_lines_fields, &values);
    view_str(cx->arena, rq->view, "verb", tr(cx, N_("用这些课替换计划")));
    view_str(cx->arena, rq->view, "lead", c->name);
    return E_OK;
}

static err_t wrong(struct reading *r, size_t line, const char *what)
{
    struct ctx *cx = &r->rq->cx;
    return SAY(cx, E_INVALID, "rows", arena_fmt(cx->arena, tr(cx, N_("第 %zu 行：%s")), line, what));
}

static bool clock_time(const char *s, int64_t *out)
{
    int hour = 0, minute = 0, n = 0;
    bool good = sscanf(s, "%2d:%2d%n", &hour, &minute, &n) == 2 && s[n] == '\0' && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    *out = hour * 60 + minute;
    return good;
}

static err_t people(struct reading *r, size_t line, const char *const *cell, struct class_line *out)
{
    struct ctx *cx = &r->rq->cx;
    const char *name;
    for (size_t i = 0; i < r->n_teachers && out->teacher_id == 0; i++) {
        TRY(provider_teacher_name(cx, r->teachers[i].name, &name));
        if (name != NULL && r->teachers[i].to_on == NULL && strcmp(name, cell[6]) == 0)
            out->teacher_id = r->teachers[i].id;
    }
    for (size_t i = 0; i < r->n_places && out->place_id == 0; i++)
        if (r->places[i].to_on == NULL && strcmp(r->places[i].name, cell[7]) == 0)
            out->place_id = r->places[i].id;
    if (out->teacher_id == 0)
        return wrong(r, line, arena_fmt(cx->arena, tr(cx, N_("花名册里没有教师“%s”。")), cell[6]));
    return out->place_id != 0 ? E_OK : wrong(r, line, arena_fmt(cx->arena, tr(cx, N_("没有登记场所“%s”。")), cell[7]));
}

static err_t read_line(struct reading *r, size_t line, const char *const *cell, struct class_line *out)
{
    struct ctx *cx = &r->rq->cx;
    *out = (struct class_line){.day = day_read(cell[0]), .hours = strtoll(cell[3], NULL, 10), .content = cell[5]};
    if (out->day == 0)
        return wrong(r, line, arena_fmt(cx->arena, tr(cx, N_("日期“%s”看不懂，要写成 2026-12-01。")), cell[0]));
    if (!clock_time(cell[1], &out->from_min) || !clock_time(cell[2], &out->to_min))
        return wrong(r, line, tr(cx, N_("时间要写成 9:00 或 18:30 这样。")));
    if (out->to_min <= out->from_min)
        return wrong(r, line, tr(cx, N_("结束时间要晚于开始时间。")));
    if (out->hours < 1 || out->hours > HOURS_MOST)
        return wrong(r, line, arena_fmt(cx->arena, tr(cx, N_("课时“%s”要写 1 到 %d 的整数。")), cell[3], HOURS_MOST));
    for (const struct choice *k = class_kinds; k->code != NULL; k++)
        if (strcmp(cell[4], k->label) == 0 || strcmp(cell[4], tr(cx, k->label)) == 0 || strcmp(cell[4], k->code) == 0)
            out->kind = k->code;
    if (out->kind == NULL)
        return wrong(r, line, arena_fmt(cx->arena, tr(cx, N_("类型“%s”要写理论、实操或安全教育。")), cell[4]));
    return people(r, line, cell, out);
}

/* Splits at tabs; a row with fewer columns gives fewer. */
static size_t split(struct arena *a, const char *row, size_t len, const char *cell[COLUMNS])
{
    size_t n = 0;
    for (size_t at = 0; n < COLUMNS && at <= len;) {
        size_t w = 0;
        while (at + w < len && row[at + w] != '\t')
            w++;
        cell[n++] = text_clean(a, row + at, w);
        at += w + 1;
    }
    return n;
}

err_t class_lines_do(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const char *rows = pairs_get(&rq->body, "rows"); /* as it was pasted: a field of several lines has blanks in place of tabs */
    struct ctx *cx = &rq->cx;
    struct reading r = {.rq = rq};
    struct class_line *lines = ARENA_ARRAY(cx->arena, struct class_line, LINES_MOST);
    size_t n = 0, row = 0;
    TRY(provider_teachers(cx, c->provider_id, &r.teachers, &r.n_teachers));
    TRY(provider_places(cx, c->provider_id, &r.places, &r.n_places));
    for (const char *at = rows != NULL ? rows : ""; *at != '\0'; row++) {
        const char *cell[COLUMNS];
        size_t len = strcspn(at, "\r\n"), cells = split(cx->arena, at, len, cell);
        at += len + strspn(at + len, "\r\n");
        if (len == 0 || strcmp(cell[0], "日期") == 0)
            continue;
        if (cells < COLUMNS)
            return wrong(&r, row + 1, arena_fmt(cx->arena, tr(cx, N_("要有 %d 列，现在是 %zu 列。")), COLUMNS, cells));
        if (n == LINES_MOST)
            return wrong(&r, row + 1, tr(cx, N_("太多了，一个班最多 200 次课。")));
        TRY(read_line(&r, row + 1, cell, &lines[n++]));
    }
    TRY(class_plan_put(cx, c->id, lines, n));
    req_note(rq, N_("教学计划排好了，请看下面的核对结果。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}
