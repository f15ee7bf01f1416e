/* pages_own.c -- the provider's own pages: home with what is due, its record, places, teachers, equipment, agreements, self-report. */
#include "city/providers/pages_impl.h"
#include "city/providers/routes.h"

#include "city/catalogue/catalogue.h"
#include "city/classes/classes.h"
#include "city/classes/pages_left.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"

#include "base/day.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int64_t me(const struct req *rq) { return rq->cx.actor.provider_id; }

void provider_links(struct req *rq, const char *here)
{
    static const struct {
        const char *path, *label;
    } pages[] = {{"/provider", N_("首页")}, {"/provider/classes", N_("班期")}, {"/provider/record", N_("机构、教师和场所")}, {"/provider/agreements", N_("协议")},
                 {"/provider/pool", N_("谁在等班")}, {"/provider/demand", N_("只差一个证的人")}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        panel_link(rq, url_fmt(rq, "%s", pages[i].path), tr(&rq->cx, pages[i].label), strcmp(pages[i].path, here) == 0);
}

static void due(struct req *rq, struct view *t, const char *url, const char *what, const char *when, bool late)
{
    struct view *r = panel_row(rq, t, url, what, NULL);
    panel_tag(rq, r, late ? "bad" : "warn", when);
}

/* ---- home ---- */

static err_t due_sanctions(struct req *rq, struct view *t)
{
    struct ctx *cx = &rq->cx;
    struct q_sanction_list_row *rows;
    size_t n;
    TRY(sanctions_page(cx, &(struct q_sanction_list_in){.provider_id = &cx->actor.provider_id, .status = "decided", .lim = 50}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        due(rq, t, url_fmt(rq, "/sanctions/%s", rows[i].code),
            arena_fmt(cx->arena, tr(cx, N_("整改：%s")), sanction_cause_label(rq, rows[i].cause, rows[i].decided_on)),
            arena_fmt(cx->arena, tr(cx, N_("%s 前完成")), day_text(cx, rows[i].fix_by)), rows[i].fix_by < day_of(cx->now, DAY_ZONE));
    return E_OK;
}

static err_t due_classes(struct req *rq, struct view *t)
{
    static const struct {
        const char *status, *say;
        bool over; /* what counts is the last day, not the first */
    } kinds[] = {{"returned", N_("退回修改：{name}"), false},
                 {"draft", N_("还没申报：{name}"), false},
                 {"finished", N_("结课了，办考核：{name}"), true}};
    struct ctx *cx = &rq->cx;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct q_class_latest_row *rows;
        size_t n;
        TRY(classes_latest(cx, &(struct q_class_latest_in){.provider_id = &cx->actor.provider_id, .status = kinds[k].status, .lim = 10}, &rows, &n));
        for (size_t i = 0; i < n; i++)
            due(rq, t, url_fmt(rq, "/provider/classes/%s", rows[i].code), text_fill(cx->arena, tr(cx, kinds[k].say), "name", rows[i].name, NULL),
                kinds[k].over ? arena_fmt(cx->arena, tr(cx, N_("%s 结课")), day_text(cx, rows[i].ends_on))
                              : arena_fmt(cx->arena, tr(cx, N_("%s 开班")), day_text(cx, rows[i].starts_on)),
                k == 0);
    }
    return E_OK;
}

static void waiting(struct req *rq, struct view *t, const char *path, const char *say, int64_t n)
{
    struct ctx *cx = &rq->cx;
    if (n > 0)
        due(rq, t, url_fmt(rq, "%s", path), text_fill(cx->arena, tr(cx, say), "n", arena_fmt(cx->arena, "%lld", (long long)n), NULL), tr(cx, N_("等您办")), false);
}

static err_t due_people(struct req *rq, struct view *t)
{
    struct q_class_due_own_row w;
    TRY(class_due_own(&rq->cx, me(rq), &w));
    waiting(rq, t, "/provider/trainees?status=applied", N_("{n} 人报了名，等录取"), w.trainees);
    waiting(rq, t, "/provider/anomalies?state=open", N_("{n} 个疑点要说明"), w.cases);
    waiting(rq, t, "/provider/claims?status=drawn", N_("{n} 份补贴申请等确认"), w.claims);
    return E_OK;
}

static err_t due_assessments(struct req *rq, struct view *t)
{
    struct ctx *cx = &rq->cx;
    struct q_assessment_of_row *rows;
    size_t n;
    TRY(assessments_of(cx, me(rq), &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].status, "open") == 0)
            due(rq, t, url_fmt(rq, "/assessments/%lld", (long long)rows[i].id),
                arena_fmt(cx->arena, tr(cx, N_("写 %lld 年度质量评估的自评")), (long long)rows[i].year), tr(cx, N_("不参加的定为 D")), false);
    return E_OK;
}

static err_t show_home(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_get_row p;
    struct q_class_latest_row *rows;
    const char *why;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(provider_find(cx, me(rq), &p));
    panel_begin(rq);
    provider_links(rq, "/provider");
    view_str(cx->arena, rq->view, "lead", tr(cx, flow_label(&provider_flow, p.status)));
    view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/provider/classes/new"));
    view_str(cx->arena, rq->view, "new_word", tr(cx, N_("申报一个班")));
    TRY(provider_is_banned(cx, p.id, today, &why));
    if (why != NULL)
        panel_alert(rq, "bad", why);
    if (strcmp(p.status, "returned") == 0)
        panel_alert(rq, "bad", arena_fmt(cx->arena, tr(cx, N_("备案被退回：%s")), p.reason));
    TRY(class_left_alerts(rq, NULL, &p.id, NULL));
    if (p.licence_to != NULL && day_between(today, *p.licence_to) < 90)
        panel_alert(rq, "warn", arena_fmt(cx->arena, tr(cx, N_("办学许可到 %s，请及时换证，换证后改机构信息。")), day_text_full(cx, *p.licence_to)));
    struct view *t = panel_table(rq, "due", tr(cx, N_("要办的事")), NULL, tr(cx, N_("现在没有要办的事。")));
    panel_column(rq, t, tr(cx, N_("什么事")), false);
    panel_column(rq, t, tr(cx, N_("期限")), false);
    TRY(due_sanctions(rq, t));
    TRY(due_assessments(rq, t));
    TRY(due_classes(rq, t));
    TRY(due_people(rq, t));
    TRY(classes_latest(cx, &(struct q_class_latest_in){.provider_id = &cx->actor.provider_id, .lim = 8}, &rows, &n));
    t = panel_table(rq, "classes", tr(cx, N_("班期")), NULL, tr(cx, N_("还没有班。")));
    panel_column(rq, t, tr(cx, N_("班")), false);
    panel_column(rq, t, tr(cx, N_("日期")), false);
    panel_column(rq, t, tr(cx, N_("人数")), true);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    panel_more(rq, t, url_fmt(rq, "/provider/classes"), tr(cx, N_("全部班")));
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, url_fmt(rq, "/provider/classes/%s", rows[i].code), rows[i].name, rows[i].code);
        panel_cell(rq, r, arena_fmt(cx->arena, "%s – %s", day_text(cx, rows[i].starts_on), day_text(cx, rows[i].ends_on)));
        panel_cell(rq, r, arena_fmt(cx->arena, "%lld / %lld", (long long)rows[i].taken, (long long)rows[i].seats));
        panel_tag(rq, r, strcmp(rows[i].status, "returned") == 0 ? "bad" : "", tr(cx, flow_label(&class_flow, rows[i].status)));
    }
    return E_OK;
}

/* ---- the record ---- */

static err_t show_record(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_get_row p;
    TRY(provider_find(cx, me(rq), &p));
    panel_begin(rq);
    provider_links(rq, "/provider/record");
    panel_link(rq, url_fmt(rq, "/provider/record/edit"), tr(cx, N_("修改机构信息")), false);
    if (provider_is_registered(p.status))
        panel_link(rq, url_fmt(rq, "/providers/%s", p.code), tr(cx, N_("大家看到的页面")), false);
    panel_crumb(rq, url_fmt(rq, "/provider"), tr(cx, N_("机构首页")));
    panel_badge(rq, provider_tone(p.status), tr(cx, flow_label(&provider_flow, p.status)));
    view_str(cx->arena, rq->view, "acts_say", tr(cx, N_("加了教师、场所，或改了机构信息，要提交给区里；备案后才算数。")));
    if (*p.reason != '\0')
        panel_alert(rq, "warn", p.reason);
    TRY(provider_facts(rq, &p));
    TRY(provider_tables(rq, &p, true));
    flow_view(cx, &provider_flow, p.status, rq->view);
    view_str(cx->arena, rq->view, "actions_url", url_fmt(rq, "/provider/record/actions"));
    return provider_timeline(rq, &provider_flow, "provider", p.id);
}

static err_t do_record(struct req *rq)
{
    const struct panel_act *in = rq->in;
    TRY(provider_step(&rq->cx, me(rq), in->action, in->note));
    req_note(rq, N_("已提交给区人社局，7 个工作日内答复。"));
    return redirect(rq, "/provider/record");
}

struct edit_form {
    struct provider_form p;
    const char *version;
};
static const struct field edit_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("机构名称"), N_("和许可证、执照上的一样。"), .min = 4, .max = 60, .off = offsetof(struct edit_form, p.name)},
    {"short_name", F_TEXT, F_REQUIRED, N_("简称"), N_("用在班期名称里。"), .min = 2, .max = 12, .off = offsetof(struct edit_form, p.short_name)},
    {"licence", F_TEXT, 0, N_("办学许可证号"), .max = 40, .off = offsetof(struct edit_form, p.licence)},
    {"licence_from", F_DATE, 0, N_("许可从哪天起"), .off = offsetof(struct edit_form, p.licence_from)},
    {"licence_to", F_DATE, 0, N_("许可到哪天"), .off = offsetof(struct edit_form, p.licence_to)},
    {"legal_person", F_TEXT, 0, N_("法定代表人或负责人"), .max = 30, .off = offsetof(struct edit_form, p.legal_person)},
    {"contact", F_TEXT, F_REQUIRED, N_("联系人"), N_("会公开。"), .max = 30, .off = offsetof(struct edit_form, p.contact)},
    {"phone", F_PHONE, F_REQUIRED, N_("电话"), N_("会公开。"), .off = offsetof(struct edit_form, p.phone)},
    {"street", F_STREET, F_REQUIRED, N_("在哪个街道"), .off = offsetof(struct edit_form, p.street)},
    {"address", F_TEXT, F_REQUIRED, N_("详细地址"), .max = 100, .off = offsetof(struct edit_form, p.address)},
    {"about", F_LONG, F_WIDE, N_("介绍"), .max = 2000, .off = offsetof(struct edit_form, p.about)},
    {"bank", F_TEXT, 0, N_("开户银行"), .max = 60, .off = offsetof(struct edit_form, p.bank)},
    {"bank_account", F_TEXT, F_SECRET, N_("收款账号"), N_("空着就是不改。"), .max = 40, .off = offsetof(struct edit_form, p.bank_account)},
    {"version", F_HIDDEN, 0, "", .max = 20, .off = offsetof(struct edit_form, version)},
    {0},
};

static void ask(struct req *rq, const char *verb, const char *lead, const char *below_url, const char *below)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "verb", verb);
    view_str(a, rq->view, "lead", lead);
    struct view *l = view_item(a, view_list(a, rq->view, "below"));
    view_str(a, l, "url", below_url);
    view_str(a, l, "label", below);
}

static err_t show_edit(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_get_row p;
    TRY(provider_find(cx, me(rq), &p));
    struct edit_form f = {.p = {.name = p.name, .short_name = p.short_name, .licence = p.licence, .licence_from = p.licence_from, .licence_to = p.licence_to,
                                .legal_person = p.legal_person, .contact = p.contact, .phone = p.phone, .street = p.street, .address = p.address,
                                .about = p.about, .bank = p.bank},
                          .version = arena_fmt(cx->arena, "%lld", (long long)p.version)};
    struct pairs values = form_pairs(cx, edit_fields, &f);
    req_form(rq, edit_fields, &values);
    ask(rq, tr(cx, N_("保存")), tr(cx, N_("名称、许可、地址、账号有变，会自动提交区里核实。")), url_fmt(rq, "/provider/record"), tr(cx, N_("返回")));
    return E_OK;
}

static err_t do_edit(struct req *rq)
{
    const struct edit_form *in = rq->in;
    struct q_provider_get_row p;
    struct provider_form f = in->p;
    TRY(provider_find(&rq->cx, me(rq), &p));
    f.kind = p.kind;
    TRY(provider_edit(&rq->cx, p.id, in->version != NULL ? strtoll(in->version, NULL, 10) : p.version, &f));
    req_note(rq, N_("已保存。"));
    return redirect(rq, "/provider/record");
}

static const struct field place_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("场所名称"), .max = 40, .off = offsetof(struct place_form, name)},
    {"street", F_STREET, F_REQUIRED, N_("在哪个街道"), .off = offsetof(struct place_form, street)},
    {"address", F_TEXT, F_REQUIRED, N_("详细地址"), .max = 100, .off = offsetof(struct place_form, address)},
    {"seats", F_INT, F_REQUIRED, N_("座位"), .min = 1, .max = 500, .off = offsetof(struct place_form, seats)},
    {"radius_m", F_INT, F_REQUIRED, N_("签到范围（米）"), N_("离这里多远以内签到算在场，一般 150 米。"), .min = 20, .max = 2000, .off = offsetof(struct place_form, radius_m)},
    {"lng", F_INT, 0, N_("经度（百万分之一度）"), N_("例如 117221000；空着用街道的位置。"), .min = 100000000, .max = 130000000, .off = offsetof(struct place_form, lng)},
    {"lat", F_INT, 0, N_("纬度（百万分之一度）"), .min = 30000000, .max = 50000000, .off = offsetof(struct place_form, lat)},
    {0},
};
static const struct choice teacher_kinds[] = {{"full", N_("专职")}, {"part", N_("兼职")}, {0}};
static const struct field teacher_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .max = 30, .off = offsetof(struct teacher_form, name)},
    {"kind", F_CHOICE, F_REQUIRED, N_("专职还是兼职"), .choices = teacher_kinds, .off = offsetof(struct teacher_form, kind)},
    {"occupation", F_OCCUPATION, F_REQUIRED, N_("教哪个职业"), .off = offsetof(struct teacher_form, occupation)},
    {"certificate", F_TEXT, F_REQUIRED, N_("职业资格或等级证书"), .max = 60, .off = offsetof(struct teacher_form, certificate)},
    {"level", F_CHOICE, F_REQUIRED, N_("证书等级"), .choices = training_levels, .off = offsetof(struct teacher_form, level)},
    {"courses", F_TEXT, 0, N_("担任课程"), .max = 60, .off = offsetof(struct teacher_form, courses)},
    {0},
};
static const struct field equipment_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("设备"), .max = 60, .off = offsetof(struct equipment_form, name)},
    {"model", F_TEXT, 0, N_("型号"), .max = 40, .off = offsetof(struct equipment_form, model)},
    {"occupation", F_OCCUPATION, F_REQUIRED, N_("用在哪个职业"), .off = offsetof(struct equipment_form, occupation)},
    {"quantity", F_INT, F_REQUIRED, N_("数量"), .min = 1, .max = 10000, .off = offsetof(struct equipment_form, quantity)},
    {0},
};

static err_t show_part(struct req *rq)
{
    req_form(rq, rq->route->fields != NULL ? rq->route->fields
                 : strstr(rq->route->path, "places") != NULL   ? place_fields
                 : strstr(rq->route->path, "teachers") != NULL ? teacher_fields
                                                                : equipment_fields,
             NULL);
    ask(rq, tr(&rq->cx, N_("保存")), tr(&rq->cx, N_("保存后还要在机构页面“提交变更”，区里备案后才能用。")), url_fmt(rq, "/provider/record"), tr(&rq->cx, N_("返回")));
    return E_OK;
}

static err_t saved(struct req *rq)
{
    req_note(rq, N_("已保存。别忘了提交变更，区里备案后才能用。"));
    return redirect(rq, "/provider/record");
}

static err_t do_place(struct req *rq)
{
    int64_t id;
    TRY(provider_place_put(&rq->cx, me(rq), rq->in, &id));
    return saved(rq);
}

static err_t do_teacher(struct req *rq)
{
    int64_t id;
    TRY(provider_teacher_put(&rq->cx, me(rq), rq->in, &id));
    return saved(rq);
}

static err_t do_equipment(struct req *rq)
{
    TRY(provider_equipment_put(&rq->cx, me(rq), rq->in));
    return saved(rq);
}

struct ending {
    const char *kind;
    int64_t id;
};
static const struct field ending_fields[] = {
    {"kind", F_TEXT, F_REQUIRED, N_("哪一类"), .max = 12, .off = offsetof(struct ending, kind)},
    {"id", F_INT, F_REQUIRED, N_("编号"), .min = 1, .max = INT64_MAX, .off = offsetof(struct ending, id)},
    {0},
};

static err_t do_end(struct req *rq)
{
    const struct ending *in = rq->in;
    TRY(provider_part_end(&rq->cx, me(rq), in->kind, in->id));
    req_note(rq, N_("已停用，从今天起不再用于新班。"));
    return redirect(rq, "/provider/record");
}

/* ---- agreements ---- */

static err_t show_agreements(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    struct q_agreement_list_row *rows;
    struct q_assessment_of_row *grades;
    struct q_sanction_list_row *sanctions;
    size_t n;
    panel_begin(rq);
    provider_links(rq, "/provider/agreements");
    view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/provider/agreements/new"));
    view_str(cx->arena, rq->view, "new_word", tr(cx, N_("申请一份协议")));
    TRY(agreement_page(cx, &(struct q_agreement_list_in){.provider_id = &cx->actor.provider_id, .lim = 50}, &rows, &n));
    TRY(agreements_table(rq, rows, n, false));
    TRY(assessments_of(cx, me(rq), &grades, &n));
    TRY(assessments_table(rq, grades, n));
    TRY(sanctions_page(cx, &(struct q_sanction_list_in){.provider_id = &cx->actor.provider_id, .lim = 50}, &sanctions, &n));
    return sanctions_table(rq, sanctions, n, false);
}

struct agreement_form {
    const char *district;
    int64_t year;
};
static const struct field agreement_fields[] = {
    {"district", F_TEXT, F_REQUIRED, N_("和哪个区签"), N_("例如：河东区。"), .max = 12, .off = offsetof(struct agreement_form, district)},
    {"year", F_INT, F_REQUIRED, N_("年度"), .min = 2020, .max = 2099, .off = offsetof(struct agreement_form, year)},
    {0},
};

static err_t show_new_agreement(struct req *rq)
{
    struct q_provider_get_row p;
    int64_t today = day_of(rq->cx.now, DAY_ZONE);
    TRY(provider_find(&rq->cx, me(rq), &p));
    struct agreement_form f = {city_district_name(&rq->cx, p.district), today / 10000 + (today % 10000 > 1100)};
    struct pairs values = form_pairs(&rq->cx, agreement_fields, &f);
    req_form(rq, agreement_fields, &values);
    ask(rq, tr(&rq->cx, N_("下一步：写培训项目")), tr(&rq->cx, N_("一年一签，区里 7 个工作日内核实。")), url_fmt(rq, "/provider/agreements"), tr(&rq->cx, N_("返回")));
    return E_OK;
}

static err_t do_new_agreement(struct req *rq)
{
    const struct agreement_form *in = rq->in;
    const struct city_district *d = city_district_named(rq->cx.house->city, in->district);
    struct q_agreement_get_row g;
    int64_t id;
    if (d == NULL)
        return SAY(&rq->cx, E_INVALID, "district", N_("请选一个本市的区。"));
    TRY(agreement_draft(&rq->cx, me(rq), d->code, in->year, &id));
    TRY(agreement_find(&rq->cx, id, &g));
    return redirect(rq, "/agreements/%s", g.code);
}

static err_t do_agreement(struct req *rq)
{
    const struct q_agreement_get_row *g = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(agreement_step(&rq->cx, g->id, in->action, in->note));
    req_note(rq, N_("已办理。"));
    return redirect(rq, "/agreements/%s", g->code);
}

static const struct field project_fields[] = {
    {"occupation", F_OCCUPATION, F_REQUIRED, N_("职业"), N_("要在补贴目录里。"), .off = offsetof(struct project_form, occupation)},
    {"name", F_TEXT, 0, N_("工种"), N_("目录里一个职业有几个工种时才填。"), .max = 40, .off = offsetof(struct project_form, name)},
    {"top_level", F_CHOICE, F_REQUIRED, N_("最高等级"), .choices = training_levels, .off = offsetof(struct project_form, top_level)},
    {"capacity", F_INT, F_REQUIRED, N_("同期培训规模（人）"), .min = 1, .max = 2000, .off = offsetof(struct project_form, capacity)},
    {0},
};

static err_t show_project(struct req *rq)
{
    const struct q_agreement_get_row *g = rq->scoped;
    req_form(rq, project_fields, NULL);
    ask(rq, tr(&rq->cx, N_("加上这个项目")), NULL, url_fmt(rq, "/agreements/%s", g->code), tr(&rq->cx, N_("返回")));
    return E_OK;
}

static err_t do_project(struct req *rq)
{
    const struct q_agreement_get_row *g = rq->scoped;
    int64_t id;
    TRY(project_put(&rq->cx, g->id, rq->in, &id));
    return redirect(rq, "/agreements/%s", g->code);
}

static err_t do_project_out(struct req *rq)
{
    const struct q_agreement_get_row *g = rq->scoped;
    const struct ending *in = rq->in;
    TRY(project_take_out(&rq->cx, g->id, in->id));
    return redirect(rq, "/agreements/%s", g->code);
}

/* ---- the self-report ---- */

struct report_form {
    const char *self_report;
};
static const struct field report_fields[] = {
    {"self_report", F_LONG, F_REQUIRED | F_WIDE, N_("自评"), N_("本年度开班、师资、场地、财务情况，附哪些材料。"), .min = 10, .max = 5000,
     .off = offsetof(struct report_form, self_report)},
    {0},
};

static err_t show_report(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    req_form(rq, report_fields, NULL);
    ask(rq, tr(&rq->cx, N_("提交自评")), NULL, url_fmt(rq, "/assessments/%lld", (long long)a->id), tr(&rq->cx, N_("返回")));
    return E_OK;
}

static err_t do_report(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    const struct report_form *in = rq->in;
    TRY(assessment_step(&rq->cx, a->id, &(struct assessment_act){.action = "report", .self_report = in->self_report}));
    return redirect(rq, "/assessments/%lld", (long long)a->id);
}

#define MINE ROLE_PROVIDER
const struct route providers_own_routes[] = {
    {GET, "/provider", show_home, MINE, NULL, "providers/panel", N_("机构首页"), NULL, 0, NULL, 0},
    {GET, "/provider/record", show_record, MINE, NULL, "providers/record", N_("机构、教师和场所"), NULL, 0, NULL, 0},
    {POST, "/provider/record/actions", do_record, MINE, NULL, "providers/record", N_("机构、教师和场所"), panel_act_fields, sizeof(struct panel_act), show_record, 0},
    {GET, "/provider/record/edit", show_edit, MINE, NULL, "office_ask", N_("修改机构信息"), NULL, 0, NULL, 0},
    {POST, "/provider/record/edit", do_edit, MINE, NULL, "office_ask", N_("修改机构信息"), edit_fields, sizeof(struct edit_form), show_edit, 0},
    {GET, "/provider/record/places/new", show_part, MINE, NULL, "office_ask", N_("加一个场所"), NULL, 0, NULL, 0},
    {POST, "/provider/record/places/new", do_place, MINE, NULL, "office_ask", N_("加一个场所"), place_fields, sizeof(struct place_form), show_part, 0},
    {GET, "/provider/record/teachers/new", show_part, MINE, NULL, "office_ask", N_("加一名教师"), NULL, 0, NULL, 0},
    {POST, "/provider/record/teachers/new", do_teacher, MINE, NULL, "office_ask", N_("加一名教师"), teacher_fields, sizeof(struct teacher_form), show_part, 0},
    {GET, "/provider/record/equipment/new", show_part, MINE, NULL, "office_ask", N_("加一项设备"), NULL, 0, NULL, 0},
    {POST, "/provider/record/equipment/new", do_equipment, MINE, NULL, "office_ask", N_("加一项设备"), equipment_fields, sizeof(struct equipment_form), show_part, 0},
    {POST, "/provider/record/end", do_end, MINE, NULL, "providers/record", N_("停用"), ending_fields, sizeof(struct ending), show_record, 0},
    {GET, "/provider/agreements", show_agreements, MINE, NULL, "providers/panel", N_("协议、评估和处理"), NULL, 0, NULL, 0},
    {GET, "/provider/agreements/new", show_new_agreement, MINE, NULL, "office_ask", N_("申请一份协议"), NULL, 0, NULL, 0},
    {POST, "/provider/agreements/new", do_new_agreement, MINE, NULL, "office_ask", N_("申请一份协议"), agreement_fields, sizeof(struct agreement_form), show_new_agreement, 0},
    {POST, "/agreements/{agreement}", do_agreement, MINE | OFFICERS, &agreement_own_scope, "providers/record", N_("培训协议"), panel_act_fields, sizeof(struct panel_act), agreement_show, 0},
    {GET, "/agreements/{agreement}/projects/new", show_project, MINE, &agreement_own_scope, "office_ask", N_("加一个项目"), NULL, 0, NULL, 0},
    {POST, "/agreements/{agreement}/projects/new", do_project, MINE, &agreement_own_scope, "office_ask", N_("加一个项目"), project_fields, sizeof(struct project_form), show_project, 0},
    {POST, "/agreements/{agreement}/projects/remove", do_project_out, MINE, &agreement_own_scope, "providers/record", N_("培训协议"), ending_fields, sizeof(struct ending), agreement_show, 0},
    {GET, "/assessments/{assessment}/report", show_report, MINE | OFFICERS, &assessment_own, "office_ask", N_("写自评"), NULL, 0, NULL, 0},
    {POST, "/assessments/{assessment}/report", do_report, MINE | OFFICERS, &assessment_own, "office_ask", N_("写自评"), report_fields, sizeof(struct report_form), show_report, 0},
    {0},
};
