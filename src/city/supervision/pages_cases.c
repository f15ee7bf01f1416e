/* pages_cases.c -- cases for officers and for the provider who is asked; how the districts watch, for the city. */
#include "city/supervision/pages_impl.h"

#include "city/reference.h"

#include <stdlib.h>
#include <string.h>

static const int64_t yes = 1, no = 0;

static err_t load_case(struct req *rq)
{
    struct q_anomaly_list_row k;
    return anomaly_get(&rq->cx, req_id(rq, "anomaly"), &k);
}
static const struct scope own_case = {"own area, or asked of the own provider", "anomaly", load_case};

static const struct choice case_states[] = {{"open", N_("没办完的")}, {"done", N_("办完的")}, {0}};
struct case_filter {
    const char *state, *kind;
    const int64_t *page;
};
static const struct field case_fields[] = {
    {"state", F_CHOICE, 0, N_("状态"), .choices = case_states, .off = offsetof(struct case_filter, state)},
    {"kind", F_CHOICE, 0, N_("哪一类"), .choices = anomaly_kind_choices, .off = offsetof(struct case_filter, kind)},
    FIELD_PAGE(struct case_filter),
    {0},
};

static const char *base(const struct req *rq)
{
    return rq->cx.actor.role == ROLE_PROVIDER ? "/provider/anomalies" : "/district/anomalies";
}

static void case_view(struct req *rq, struct view *v, const struct q_anomaly_list_row *k)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "url", url_fmt(rq, "%s/%lld", base(rq), (long long)k->id));
    view_str(a, v, "kind", k->kind);
    view_str(a, v, "kind_label", label_of(rq, anomaly_kind_choices, k->kind));
    view_str(a, v, "class_name", k->class_name);
    view_str(a, v, "class_code", k->class_code);
    view_str(a, v, "provider_name", k->provider_name);
    view_str(a, v, "say", anomaly_sentence(&rq->cx, k));
    view_str(a, v, "days", anomaly_days(&rq->cx, k));
    view_str(a, v, "found", day_text(&rq->cx, day_of(k->found_at, DAY_ZONE)));
    view_str(a, v, "status", k->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&anomaly_flow, k->status)));
    view_bool(a, v, "good", strcmp(k->status, "explained") == 0);
    view_bool(a, v, "bad", strcmp(k->status, "confirmed") == 0);
}

static struct anomaly_find asked(const struct req *rq)
{
    const struct case_filter *f = rq->in;
    bool provider = rq->cx.actor.role == ROLE_PROVIDER;
    return (struct anomaly_find){.district = city_own_district(&rq->cx), .provider_id = provider ? &rq->cx.actor.provider_id : NULL, .kind = f->kind,
                                 .open = f->state == NULL ? NULL : strcmp(f->state, "open") == 0 ? &yes : &no, .asked = provider, .page = page_of(f->page)};
}

static err_t list_cases(struct req *rq) { return cases_file(rq, asked(rq)); }

static err_t show_cases(struct req *rq)
{
    const struct case_filter *f = rq->in;
    struct anomaly_find by = asked(rq);
    struct q_anomaly_list_row *rows;
    size_t n;
    TRY(anomaly_list(&rq->cx, &by, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "cases");
    for (size_t i = 0; i < n; i++)
        case_view(rq, view_item(rq->cx.arena, list), &rows[i]);
    csv_link(rq, base(rq), f->state, f->kind);
    if (!by.asked)
        watch_tabs(rq, "/district/anomalies");
    req_form(rq, case_fields, NULL);
    req_pager(rq, page_of(f->page), WATCH_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t show_case(struct req *rq)
{
    struct q_anomaly_list_row k;
    struct arena *a = rq->cx.arena;
    TRY(anomaly_get(&rq->cx, req_id(rq, "anomaly"), &k));
    const struct anomaly_kind *kind = anomaly_kind(k.kind);
    const struct rule *rule = rules_find(rq->cx.house->rules, arena_fmt(a, "anomaly.%s", k.kind), day_of(k.found_at, DAY_ZONE));
    case_view(rq, rq->view, &k);
    view_str(a, rq->view, "explains", kind != NULL ? tr(&rq->cx, kind->explains) : NULL);
    view_str(a, rq->view, "clause", rule != NULL ? rule->clause : NULL);
    view_str(a, rq->view, "remark", *k.note != '\0' ? k.note : NULL);
    view_str(a, rq->view, "attendance_url", url_fmt(rq, "%s/classes/%s/attendance", class_base(rq), k.class_code));
    view_str(a, rq->view, "actions_url", url_fmt(rq, "%s/%lld/actions", base(rq), (long long)k.id));
    view_i64(a, rq->view, "version", k.version);
    anomaly_records(&rq->cx, rq->view, &k);
    flow_view(&rq->cx, &anomaly_flow, k.status, rq->view);
    return E_OK;
}

struct act {
    const char *action, *note, *version;
};
static const struct field act_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("这一步"), .max = 20, .off = offsetof(struct act, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct act, note)},
    {"version", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct act, version)},
    {0},
};

static err_t do_case(struct req *rq)
{
    const struct act *in = rq->in;
    struct q_anomaly_list_row k;
    TRY(anomaly_get(&rq->cx, req_id(rq, "anomaly"), &k));
    TRY(anomaly_step(&rq->cx, k.id, in->action, in->note, in->version != NULL ? strtoll(in->version, NULL, 10) : k.version));
    req_note(rq, N_("已经记下来。"));
    return redirect(rq, "%s/%lld", base(rq), (long long)k.id);
}

/* ---- the city's view ---- */

struct year_filter {
    const int64_t *year;
};
static const struct field year_fields[] = {
    {"year", F_INT, 0, N_("年度"), .min = 2020, .max = 2100, .off = offsetof(struct year_filter, year)},
    {0},
};

static void indicator_view(struct req *rq, struct view *v, const struct indicators *d, const char *name)
{
    struct arena *a = rq->cx.arena;
    const struct {
        const char *key;
        int64_t n;
    } cells[] = {{"classes", d->classes}, {"finished", d->finished}, {"unseen", d->unseen}, {"visits", d->visits}, {"late", d->late},
                 {"overdue", d->overdue}, {"bad_visits", d->bad},    {"pairs", d->pairs},   {"passes", d->passes}, {"cases", d->cases},
                 {"waiting", d->waiting}, {"old", d->old},           {"confirmed", d->confirmed}, {"calls", d->calls}, {"called", d->called},
                 {"uncalled", d->uncalled}};
    view_str(a, v, "district", name);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        view_count(a, v, cells[i].key, cells[i].n);
    view_bool(a, v, "quiet", d->classes == 0);
}

static err_t put_kinds(struct req *rq, int64_t year)
{
    struct q_indicator_kinds_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(indicator_kinds(&rq->cx, year, &rows, &n));
    struct view *list = view_list(a, rq->view, "kinds");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const struct anomaly_kind *k = anomaly_kind(rows[i].kind);
        int64_t settled = rows[i].cases - rows[i].waiting;
        view_str(a, v, "label", k != NULL ? tr(&rq->cx, k->label) : rows[i].kind);
        view_str(a, v, "url", url_fmt(rq, "/district/anomalies?kind=%s", rows[i].kind));
        view_i64(a, v, "cases", rows[i].cases);
        view_i64(a, v, "waiting", rows[i].waiting);
        view_i64(a, v, "explained", settled - rows[i].confirmed);
        view_i64(a, v, "confirmed", rows[i].confirmed);
        view_str(a, v, "share", settled > 0 ? arena_fmt(a, "%lld%%", (long long)(rows[i].confirmed * 100 / settled)) : "—");
    }
    return E_OK;
}

static err_t show_city(struct req *rq)
{
    const struct year_filter *f = rq->in;
    struct arena *a = rq->cx.arena;
    struct indicators *all, sum = {0};
    size_t n;
    int64_t year = f->year != NULL ? *f->year : day_of(rq->cx.now, DAY_ZONE) / 10000;
    TRY(indicators_of(&rq->cx, year, &all, &n));
    struct view *list = view_list(a, rq->view, "districts");
    for (size_t i = 0; i < n; i++) {
        const struct city_district *d = city_district(rq->cx.house->city, all[i].district);
        indicator_view(rq, view_item(a, list), &all[i], d != NULL ? tr(&rq->cx, d->name) : "");
        sum.classes += all[i].classes, sum.finished += all[i].finished, sum.unseen += all[i].unseen, sum.late += all[i].late;
        sum.overdue += all[i].overdue, sum.waiting += all[i].waiting, sum.old += all[i].old, sum.uncalled += all[i].uncalled;
    }
    TRY(put_kinds(rq, year));
    view_i64(a, rq->view, "year", year);
    view_count(a, rq->view, "all_classes", sum.classes);
    view_count(a, rq->view, "all_unseen", sum.unseen);
    view_count(a, rq->view, "all_late", sum.late);
    view_count(a, rq->view, "all_waiting", sum.waiting);
    view_str(a, rq->view, "before_url", url_fmt(rq, "/city/supervision?year=%lld", (long long)year - 1));
    view_i64(a, rq->view, "before", year - 1);
    return E_OK;
}

const struct route supervision_case_routes[] = {
    {GET, "/district/anomalies", show_cases, OFFICERS | ROLE_AUDITOR, NULL, "supervision/cases", N_("疑点"), case_fields, sizeof(struct case_filter), NULL, 0},
    {GET, "/district/anomalies/table.csv", list_cases, OFFICERS | ROLE_AUDITOR, NULL, NULL, N_("疑点（CSV）"), case_fields, sizeof(struct case_filter), NULL, 0},
    {GET, "/district/anomalies/{anomaly}", show_case, OFFICERS | ROLE_AUDITOR, &own_case, "supervision/case", N_("一个疑点"), NULL, 0, NULL, 0},
    {POST, "/district/anomalies/{anomaly}/actions", do_case, OFFICERS, &own_case, "supervision/case", N_("处理疑点"), act_fields, sizeof(struct act), show_case, 0},
    {GET, "/provider/anomalies", show_cases, ROLE_PROVIDER, NULL, "supervision/cases", N_("要您说明的疑点"), case_fields, sizeof(struct case_filter), NULL, 0},
    {GET, "/provider/anomalies/table.csv", list_cases, ROLE_PROVIDER, NULL, NULL, N_("要您说明的疑点（CSV）"), case_fields, sizeof(struct case_filter), NULL, 0},
    {GET, "/provider/anomalies/{anomaly}", show_case, ROLE_PROVIDER, &own_case, "supervision/case", N_("一个疑点"), NULL, 0, NULL, 0},
    {POST, "/provider/anomalies/{anomaly}/actions", do_case, ROLE_PROVIDER, &own_case, "supervision/case", N_("说明疑点"), act_fields, sizeof(struct act), show_case, 0},
    {GET, "/city/supervision", show_city, ROLE_CITY | ROLE_AUDITOR, NULL, "supervision/city", N_("各区的监管"), year_fields, sizeof(struct year_filter), NULL, 0},
    {0},
};
