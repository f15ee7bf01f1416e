/* pages_out.c -- claims on paper and as tables. */
#include "city/claims/claims.h"
#include "city/reference.h"
#include "city/claims/pages_impl.h"

#include "base/day.h"
#include "base/text.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"
#include "feeds/out.h"

#include <string.h>

/* The form that goes into the files: lines, sums by payee and fund, room for the signatures. */
err_t claim_paper(struct req *rq)
{
    const struct q_claim_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct line_view *l;
    size_t n, k = 0;
    claim_facts(rq, c);
    TRY(claim_lines_view(&rq->cx, c->id, &l, &n));
    struct view *list = view_list(a, rq->view, "lines");
    for (size_t i = 0; i < n; i++) {
        if (strcmp(l[i].status, "withdrawn") == 0)
            continue;
        struct view *v = view_item(a, list);
        view_i64(a, v, "no", (int64_t)++k);
        view_str(a, v, "trainee", l[i].trainee_code);
        view_str(a, v, "name", l[i].name);
        view_str(a, v, "idno", l[i].idno);
        view_str(a, v, "category", tr(&rq->cx, training_label(training_categories, l[i].category)));
        view_str(a, v, "certificate", l[i].certificate);
        view_str(a, v, "item", tr(&rq->cx, training_label(claim_items, l[i].item)));
        view_str(a, v, "formula", l[i].formula);
        view_str(a, v, "payee", tr(&rq->cx, training_label(training_payees, l[i].payee)));
        view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, l[i].fund)));
        view_str(a, v, "amount", training_yuan(&rq->cx, l[i].fen));
    }
    claim_sums(rq, l, n);
    view_str(a, rq->view, "total", training_yuan(&rq->cx, c->fen));
    view_str(a, rq->view, "class_code", c->class_code);
    view_str(a, rq->view, "district", city_district_name(&rq->cx, c->district));
    view_str(a, rq->view, "printed", day_text_stamp(&rq->cx, rq->cx.now));
    view_str(a, rq->view, "paper", "sheet");
    view_str(a, rq->view, "back_url", url_fmt(rq, "%s/%s", claims_base(rq), c->code));
    return E_OK;
}

err_t claim_table(struct req *rq)
{
    const struct q_claim_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    const struct out_column columns[] = {
        {tr(&rq->cx, N_("学员")), OUT_TEXT, 0},  {tr(&rq->cx, N_("姓名")), OUT_TEXT, 0},  {tr(&rq->cx, N_("身份证号")), OUT_TEXT, 0}, {tr(&rq->cx, N_("人员类别")), OUT_TEXT, 0},
        {tr(&rq->cx, N_("证书")), OUT_TEXT, 0},  {tr(&rq->cx, N_("补贴")), OUT_TEXT, 0},  {tr(&rq->cx, N_("金额（元）")), OUT_NUMBER, 0}, {tr(&rq->cx, N_("怎么算的")), OUT_TEXT, 0},
        {tr(&rq->cx, N_("付给")), OUT_TEXT, 0},  {tr(&rq->cx, N_("资金")), OUT_TEXT, 0},  {tr(&rq->cx, N_("状态")), OUT_TEXT, 0},     {tr(&rq->cx, N_("说明")), OUT_TEXT, 0}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    const char *path = sheet_spool(rq, "csv");
    struct line_view *l;
    struct out *o;
    size_t n;
    TRY(claim_lines_view(&rq->cx, c->id, &l, &n));
    TRY(out_open(&rq->cx, OUT_CSV, path, c->code, columns, COLUMNS, &o));
    for (size_t i = 0; i < n; i++) {
        const char *cells[COLUMNS] = {l[i].trainee_code, l[i].name, l[i].idno, tr(&rq->cx, training_label(training_categories, l[i].category)), l[i].certificate,
                                      tr(&rq->cx, training_label(claim_items, l[i].item)), form_yuan(a, l[i].fen), l[i].formula,
                                      tr(&rq->cx, training_label(training_payees, l[i].payee)), tr(&rq->cx, training_label(training_funds, l[i].fund)),
                                      tr(&rq->cx, flow_label(&claim_line_flow, l[i].status)), l[i].out};
        TRY(out_row(&rq->cx, o, cells));
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(a, "%s.csv", c->code), path);
}

err_t claims_table(struct req *rq, const struct claim_filter *f)
{
    const struct out_column columns[] = {{tr(&rq->cx, N_("申请")), OUT_TEXT, 0}, {tr(&rq->cx, N_("状态")), OUT_TEXT, 0}, {tr(&rq->cx, N_("班期编号")), OUT_TEXT, 0},
                                         {tr(&rq->cx, N_("班期")), OUT_TEXT, 0}, {tr(&rq->cx, N_("机构")), OUT_TEXT, 0}, {tr(&rq->cx, N_("区")), OUT_TEXT, 0},
                                         {tr(&rq->cx, N_("几项")), OUT_NUMBER, 0}, {tr(&rq->cx, N_("金额（元）")), OUT_NUMBER, 0}, {tr(&rq->cx, N_("生成")), OUT_TEXT, 0}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    const char *path = sheet_spool(rq, "csv");
    struct arena *a = rq->cx.arena;
    struct claim_filter page = *f;
    struct q_claim_list_row *rows;
    struct out *o;
    size_t n = CLAIM_PAGE;
    TRY(out_open(&rq->cx, OUT_CSV, path, "claims", columns, COLUMNS, &o));
    for (page.page = 1; n == CLAIM_PAGE; page.page++) {
        TRY(claims_page(&rq->cx, &page, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COLUMNS] = {rows[i].code, tr(&rq->cx, flow_label(&claim_flow, rows[i].status)), rows[i].class_code, rows[i].class_name, rows[i].provider_name,
                                          city_district_name(&rq->cx, rows[i].district), arena_fmt(a, "%lld", (long long)rows[i].lines), form_yuan(a, rows[i].fen),
                                          day_text_iso(a, day_of(rows[i].at, DAY_ZONE))};
            TRY(out_row(&rq->cx, o, cells));
        }
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), "claims.csv", path);
}
