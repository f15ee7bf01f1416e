/* pages_training.c -- the first pages of training: for everybody, for a district, for the city. */
#include "city/classes/pages_impl.h"
#include "city/classes/routes.h"

#include "city/house.h"
#include "city/ledger/ledger.h"
#include "city/reference.h"
#include "city/training.h"

#include "base/day.h"

#include <string.h>

enum { SHOWN = 6, DUE_SHOWN = 50 };

/* Announced figures of the newest year that has any, and what our own records count. */
struct progress {
    int64_t year, target, reported, counted;
};

static err_t progress(struct ctx *cx, struct progress *p)
{
    const struct city *city = cx->house->city;
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct class_times *times;
    size_t n;
    *p = (struct progress){.year = today / 10000};
    p->target = city_target(city, "training_person_times", p->year, "target", "");
    p->reported = city_target(city, "training_person_times", p->year, "reported", "");
    TRY(class_person_times(cx, p->year * 10000 + 101, p->year * 10000 + 1231, &times, &n));
    for (size_t i = 0; i < n; i++)
        p->counted += times[i].n;
    return E_OK;
}

static void put_progress(struct req *rq, const struct progress *p)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, rq->view, "progress");
    if (p->target <= 0)
        return;
    int64_t done = p->reported > p->counted ? p->reported : p->counted, pct = done * 100 / p->target;
    view_i64(a, v, "for_year", p->year);
    view_count(a, v, "target", p->target);
    view_count(a, v, "reported", p->reported > 0 ? p->reported : 0);
    view_count(a, v, "counted", p->counted);
    view_i64(a, v, "percent", pct > 100 ? 100 : pct);
    view_str(a, v, "plan_percent", NULL);
    view_str(a, v, "meter_label", arena_fmt(a, tr(&rq->cx, N_("完成 %lld%%")), (long long)pct));
}

static err_t show_training(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct progress p;
    struct q_class_list_row *rows;
    size_t n;
    TRY(progress(cx, &p));
    put_progress(rq, &p);
    view_bool(cx->arena, rq->view, "may_ask", (cx->actor.role & (ROLE_PUBLIC | ROLE_SEEKER)) != 0);
    TRY(classes_search(cx, &(struct class_filter){.from_on = day_of(cx->now, DAY_ZONE), .audience = "society", .shown = 2, .lim = SHOWN}, &rows, &n));
    struct view *list = view_list(cx->arena, rq->view, "classes");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        class_view(cx, v, &rows[i]);
        view_str(cx->arena, v, "url", url_fmt(rq, "/classes/%s", rows[i].code));
    }
    view_count(cx->arena, rq->view, "total", n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* ---- a district ---- */

static void due(struct req *rq, struct view *t, const char *url, const char *what, int64_t n, const char *say)
{
    struct view *r = panel_row(rq, t, url, what, say);
    panel_number(rq, r, n);
    panel_tag(rq, r, n > 0 ? "warn" : "ok", n > 0 ? tr(&rq->cx, N_("要办")) : tr(&rq->cx, N_("办完了")));
}

static err_t due_table(struct req *rq, int64_t district)
{
    struct ctx *cx = &rq->cx;
    struct provider_due d;
    struct q_class_due_row w;
    struct q_class_change_waiting_row *changes;
    size_t n;
    TRY(provider_due_of(cx, district, &d));
    TRY(class_due(cx, district, &w));
    TRY(class_changes_waiting(cx, district, &changes, &n));
    struct view *t = panel_table(rq, "due", tr(cx, N_("要办的事")), NULL, "");
    panel_column(rq, t, tr(cx, N_("什么事")), false);
    panel_column(rq, t, tr(cx, N_("几件")), true);
    panel_column(rq, t, tr(cx, N_("现在")), false);
    due(rq, t, n > 0 ? url_fmt(rq, "/district/classes/%s", changes[0].code) : NULL, tr(cx, N_("变更申请要答复")), (int64_t)n, NULL);
    due(rq, t, url_fmt(rq, "/district/trainees?status=applied&verdict=ask"), tr(cx, N_("报名的学员要核实")), w.trainees, NULL);
    due(rq, t, url_fmt(rq, "/district/facts"), tr(cx, N_("有争议的记录要核实")), w.facts, NULL);
    due(rq, t, url_fmt(rq, "/district/certificates"), tr(cx, N_("证书要核验")), w.certificates, NULL);
    due(rq, t, url_fmt(rq, "/district/claims"), tr(cx, N_("补贴申请要审核、公示、审批")), w.claims, NULL);
    due(rq, t, url_fmt(rq, "/district/payments"), tr(cx, N_("审批过的补贴要做付款批次")), w.to_pay, NULL);
    due(rq, t, url_fmt(rq, "/district/payments"), tr(cx, N_("同事做的付款批次要核对、送银行")), w.unsent, NULL);
    due(rq, t, url_fmt(rq, "/district/claims?status=paying"), tr(cx, N_("银行退回的要更正账号")), w.failed, NULL);
    due(rq, t, url_fmt(rq, "/district/payments"), tr(cx, N_("要求退回的钱过期没退")), w.recoveries, NULL);
    due(rq, t, url_fmt(rq, "/district/objections"), tr(cx, N_("公示异议要答复")), w.objections, tr(cx, N_("5 个工作日")));
    due(rq, t, url_fmt(rq, "/district/providers?status=amended"), tr(cx, N_("机构备案和变更要核实")), d.filings, tr(cx, N_("7 个工作日")));
    due(rq, t, url_fmt(rq, "/district/agreements?status=asked"), tr(cx, N_("协议要核实")), d.agreements, tr(cx, N_("7 个工作日")));
    due(rq, t, url_fmt(rq, "/district/sanctions?status=proposed"), tr(cx, N_("建议的处理要决定")), d.proposals, NULL);
    due(rq, t, url_fmt(rq, "/district/sanctions?status=decided"), tr(cx, N_("整改过期还没验收")), d.fixes, NULL);
    due(rq, t, url_fmt(rq, "/district/sanctions"), tr(cx, N_("处理结果要报市里")), d.reports, tr(cx, N_("5 个工作日")));
    return E_OK;
}

static err_t show_district(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_class_latest_row *rows;
    struct class_times *times;
    size_t n;
    int64_t district = cx->actor.district, year = day_of(cx->now, DAY_ZONE) / 10000, counted = 0;
    panel_begin(rq);
    district_links(rq, "/district/training");
    TRY(class_person_times(cx, year * 10000 + 101, year * 10000 + 1231, &times, &n));
    for (size_t i = 0; i < n; i++)
        counted += times[i].district == district ? times[i].n : 0;
    view_str(cx->arena, rq->view, "title", arena_fmt(cx->arena, tr(cx, N_("%s培训")), city_district_name(&rq->cx, district)));
    view_str(cx->arena, rq->view, "lead", arena_fmt(cx->arena, tr(cx, N_("今年本区的班已经培训 %lld 人次。")), (long long)counted));
    TRY(classes_latest(cx, &(struct q_class_latest_in){.district = &district, .status = "declared", .lim = DUE_SHOWN}, &rows, &n));
    TRY(classes_table(rq, rows, n, "/district/classes", true));
    return due_table(rq, district);
}

/* ---- the city ---- */

static int64_t of(const struct class_times *rows, size_t n, int64_t district)
{
    for (size_t i = 0; i < n; i++)
        if (rows[i].district == district)
            return rows[i].n;
    return 0;
}

static err_t districts_table(struct req *rq, int64_t year)
{
    struct ctx *cx = &rq->cx;
    const struct city *city = cx->house->city;
    struct q_class_counts_row *counts;
    struct class_times *times;
    size_t n, n_times;
    TRY(class_counts(cx, year * 10000 + 101, year * 10000 + 1231, &counts, &n));
    TRY(class_person_times(cx, year * 10000 + 101, year * 10000 + 1231, &times, &n_times));
    struct view *t = panel_table(rq, "districts", tr(cx, N_("各区")), NULL, "");
    static const char *const heads[] = {N_("区"), N_("培训人次"), N_("待审核"), N_("待开班"), N_("培训中"), N_("已结课"), N_("不合格")};
    static const char *const states[] = {"declared", "approved", "running", "finished", "unqualified"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), i > 0);
    for (size_t i = 0; i < city->n_districts; i++) {
        int64_t code = city->districts[i].code;
        struct view *r = panel_row(rq, t, url_fmt(rq, "/district/classes?district=%lld", (long long)code), tr(cx, city->districts[i].name), NULL);
        panel_number(rq, r, of(times, n_times, code));
        for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
            int64_t sum = 0;
            for (size_t j = 0; j < n; j++)
                if (counts[j].district == code && (strcmp(counts[j].status, states[k]) == 0 ||
                                                   (k == 3 && (strcmp(counts[j].status, "examined") == 0 || strcmp(counts[j].status, "closed") == 0))))
                    sum += counts[j].n;
            panel_number(rq, r, sum);
        }
    }
    return E_OK;
}

/* What districts fail to do in time: the measures' article 30 lists it; here are the parts that can be counted. */
static err_t late_table(struct req *rq, int64_t year)
{
    struct ctx *cx = &rq->cx;
    const struct city *city = cx->house->city;
    struct q_provider_late_row *rows;
    struct class_lateness *late;
    size_t n, n_late;
    TRY(providers_late(cx, &rows, &n));
    TRY(classes_late(cx, year * 10000 + 101, year * 10000 + 1231, &late, &n_late));
    struct view *t = panel_table(rq, "late", tr(cx, N_("监管者的时限")), tr(cx, N_("沿用津人社办发〔2022〕60号第三十条（已到期）：各区没有按时办的事。")), tr(cx, N_("各区都按时。")));
    static const char *const heads[] = {N_("区"), N_("班期超期未答复"), N_("今年答复过的班"), N_("其中超期"), N_("备案超期"), N_("协议超期"), N_("整改过期未验收"), N_("处理未按时报市")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), i > 0);
    for (size_t i = 0; i < city->n_districts; i++) {
        const struct q_provider_late_row *p = NULL;
        const struct class_lateness *c = NULL;
        for (size_t k = 0; k < n; k++)
            p = rows[k].district == city->districts[i].code ? &rows[k] : p;
        for (size_t k = 0; k < n_late; k++)
            c = late[k].district == city->districts[i].code ? &late[k] : c;
        if (p == NULL && c == NULL)
            continue;
        struct view *r = panel_row(rq, t, NULL, tr(cx, city->districts[i].name), NULL);
        panel_number(rq, r, c != NULL ? c->waiting : 0);
        panel_number(rq, r, c != NULL ? c->answered : 0);
        panel_number(rq, r, c != NULL ? c->late : 0);
        panel_number(rq, r, p != NULL ? p->filings : 0);
        panel_number(rq, r, p != NULL ? p->agreements : 0);
        panel_number(rq, r, p != NULL ? p->fixes : 0);
        panel_number(rq, r, p != NULL ? p->reports : 0);
    }
    return E_OK;
}

/* The two funds: what is promised and paid of the year's budget. */
static err_t money_table(struct req *rq, int64_t year)
{
    struct ctx *cx = &rq->cx;
    struct q_budget_list_row *rows;
    size_t n;
    TRY(ledger_purses(cx, 0, year, &rows, &n));
    struct view *t = panel_table(rq, "money", tr(cx, N_("补贴资金")), NULL, tr(cx, N_("今年还没有定预算。")));
    static const char *const heads[] = {N_("基金"), N_("预算"), N_("已承诺"), N_("已支付"), N_("还可承诺"), N_("已承诺占预算")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), i > 0);
    panel_more(rq, t, url_fmt(rq, "/city/budget"), tr(cx, N_("各区的预算")));
    for (const struct choice *f = training_funds; f->code != NULL; f++) {
        int64_t given = 0, promised = 0, paid = 0;
        for (size_t i = 0; i < n; i++)
            if (strcmp(rows[i].fund, f->code) == 0)
                given += rows[i].appropriated, promised += rows[i].committed, paid += rows[i].paid;
        if (given == 0)
            continue;
        struct view *r = panel_row(rq, t, NULL, tr(cx, f->label), NULL);
        panel_money(rq, r, given);
        panel_money(rq, r, promised);
        panel_money(rq, r, paid);
        panel_money(rq, r, given - promised);
        panel_percent(rq, r, promised * 1000 / given);
    }
    return E_OK;
}

static err_t trades_table(struct req *rq, int64_t year)
{
    struct ctx *cx = &rq->cx;
    struct q_class_trades_row *rows;
    size_t n;
    TRY(class_trades(cx, year * 10000 + 101, year * 10000 + 1231, &rows, &n));
    struct view *t = panel_table(rq, "trades", tr(cx, N_("各职业")), NULL, tr(cx, N_("今年还没有开过班。")));
    static const char *const heads[] = {N_("职业"), N_("班期"), N_("培训人次"), N_("取得证书"), N_("已支付")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), i > 0);
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, NULL, rows[i].name, rows[i].occupation);
        panel_number(rq, r, rows[i].classes);
        panel_number(rq, r, rows[i].times);
        panel_number(rq, r, rows[i].passed);
        panel_money(rq, r, rows[i].paid);
    }
    return E_OK;
}

static err_t show_city(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct progress p;
    panel_begin(rq);
    district_links(rq, "/city/training");
    TRY(progress(cx, &p));
    put_progress(rq, &p);
    TRY(money_table(rq, p.year));
    TRY(districts_table(rq, p.year));
    TRY(trades_table(rq, p.year));
    return late_table(rq, p.year);
}

const struct route training_routes[] = {
    {GET, "/training", show_training, EVERYONE, NULL, "classes/training", N_("技能培训"), NULL, 0, NULL, 0},
    {GET, "/district/training", show_district, ROLE_DISTRICT, NULL, "providers/panel", N_("本区培训"), NULL, 0, NULL, 0},
    {GET, "/city/training", show_city, ROLE_CITY | ROLE_AUDITOR, NULL, "classes/city", N_("全市培训"), NULL, 0, NULL, 0},
    {0},
};
