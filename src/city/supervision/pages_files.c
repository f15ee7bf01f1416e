/* pages_files.c -- visits, calls and cases as tables: all that the filter of the page finds. */
#include "city/supervision/pages_impl.h"

#include "city/reference.h"
#include "city/sheets/pages_sheet.h"

#include <string.h>

#define COUNT(heads) (sizeof(heads) / sizeof *(heads))
static const char *stamp(struct req *rq, const int64_t *at) { return at != NULL ? day_text_local(rq->cx.arena, *at, DAY_ZONE) : ""; }

err_t visits_file(struct req *rq, const int64_t *open)
{
    static const char *const heads[] = {N_("编号"), N_("班期编号"), N_("班期"), N_("机构"), N_("区"), N_("抽签"), N_("检查人员"), N_("期限"), N_("检查时间"),
                                        N_("录入"), N_("在场人数"), N_("结论"), N_("机构在场签字的人")};
    struct q_watch_visit_list_in by = {.district = city_own_district(&rq->cx), .open = open, .lim = SHEET_TABLE_ROWS};
    struct arena *a = rq->cx.arena;
    struct q_watch_visit_list_row *r;
    struct sheet_table t;
    size_t n = SHEET_TABLE_ROWS;
    TRY(sheet_table_begin(rq, heads, COUNT(heads), &t));
    for (; n == SHEET_TABLE_ROWS; by.off += by.lim) {
        TRY(class_visits(&rq->cx, by, &r, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COUNT(heads)] = {arena_fmt(a, "%lld", (long long)r[i].id), r[i].class_code, r[i].class_name, r[i].provider_name, city_district_name(&rq->cx, r[i].district),
                                               r[i].draw_code, arena_fmt(a, "%s、%s", r[i].first_name, r[i].second_name), day_text_iso(a, r[i].due_on),
                                               stamp(rq, r[i].visited_at), stamp(rq, r[i].entered_at),
                                               r[i].present != NULL ? arena_fmt(a, "%lld", (long long)*r[i].present) : "",
                                               *r[i].verdict != '\0' ? label_of(rq, visit_verdicts, r[i].verdict) : "", r[i].signed_by};
            TRY(out_row(&rq->cx, t.out, cells));
        }
    }
    return sheet_table_send(rq, &t, "visits");
}

/* "question：answer；…" */
static const char *answers_of(struct req *rq, const char *json)
{
    struct buf b = {.a = rq->cx.arena};
    struct view *v = view_obj(b.a);
    call_answers_view(&rq->cx, v, json);
    for (const struct view *q = view_get(v, "answers", 7)->head; q != NULL; q = q->next)
        buf_fmt(&b, "%s%s：%s", b.len > 0 ? "；" : "", view_get(q, "label", 5)->s, view_get(q, "answer", 6)->s);
    return buf_text(&b);
}

err_t calls_file(struct req *rq, const int64_t *open)
{
    static const char *const heads[] = {N_("编号"), N_("学员"), N_("班期编号"), N_("班期"), N_("机构"), N_("区"), N_("抽签"), N_("期限"), N_("登记"), N_("回答")};
    struct q_training_call_list_in by = {.last_id = INT64_MAX, .district = city_own_district(&rq->cx), .open = open, .lim = SHEET_TABLE_ROWS};
    struct arena *a = rq->cx.arena;
    struct q_training_call_list_row *r;
    struct sheet_table t;
    size_t n = SHEET_TABLE_ROWS;
    TRY(sheet_table_begin(rq, heads, COUNT(heads), &t));
    for (; n == SHEET_TABLE_ROWS; by.off += by.lim) {
        TRY(call_rows(&rq->cx, &by, &r, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COUNT(heads)] = {arena_fmt(a, "%lld", (long long)r[i].id), r[i].trainee_code, r[i].class_code, r[i].class_name, r[i].provider_name,
                                               city_district_name(&rq->cx, r[i].district), r[i].draw_code, day_text_iso(a, r[i].due_on), stamp(rq, r[i].done_at),
                                               answers_of(rq, r[i].answers)};
            TRY(out_row(&rq->cx, t.out, cells));
        }
    }
    return sheet_table_send(rq, &t, "calls");
}

err_t cases_file(struct req *rq, struct anomaly_find by)
{
    static const char *const heads[] = {N_("编号"), N_("疑点"), N_("说明"), N_("哪几天的课"), N_("班期编号"), N_("班期"), N_("机构"), N_("区"), N_("学员"), N_("发现"), N_("状态"), N_("经过")};
    struct arena *a = rq->cx.arena;
    struct q_anomaly_list_row *r;
    struct sheet_table t;
    size_t n = SHEET_TABLE_ROWS;
    by.each = SHEET_TABLE_ROWS;
    TRY(sheet_table_begin(rq, heads, COUNT(heads), &t));
    for (by.page = 1; n == SHEET_TABLE_ROWS; by.page++) {
        TRY(anomaly_list(&rq->cx, &by, &r, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COUNT(heads)] = {arena_fmt(a, "%lld", (long long)r[i].id), label_of(rq, anomaly_kind_choices, r[i].kind), anomaly_sentence(&rq->cx, &r[i]), anomaly_days(&rq->cx, &r[i]),
                                               r[i].class_code, r[i].class_name, r[i].provider_name, city_district_name(&rq->cx, r[i].district), r[i].trainee_code,
                                               day_text_iso(a, day_of(r[i].found_at, DAY_ZONE)), tr(&rq->cx, flow_label(&anomaly_flow, r[i].status)), r[i].note};
            TRY(out_row(&rq->cx, t.out, cells));
        }
    }
    return sheet_table_send(rq, &t, "cases");
}
