/* pages_desk.c -- officers: the registry, filings, agreements, assessments, sanctions of their area. */
#include "city/providers/pages_impl.h"
#include "city/providers/routes.h"

#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

enum { PER_PAGE = 50 };

static err_t load_provider(struct req *rq)
{
    struct q_provider_get_row *p = ARENA_NEW(rq->cx.arena, struct q_provider_get_row);
    const struct actor *a = &rq->cx.actor;
    TRY(provider_by_code(&rq->cx, req_param(rq, "provider"), p));
    rq->scoped = p;
    bool sees = (a->role & (ROLE_CITY | ROLE_AUDITOR)) != 0 || (a->role == ROLE_DISTRICT && a->district == p->district);
    return sees ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "provider of another district");
}
const struct scope provider_desk = {"own area", "provider", load_provider};

/* Pages of this office and of those beside it; `city` NULL: the same page serves both. */
void district_links(struct req *rq, const char *here)
{
    static const struct {
        const char *district, *city, *label;
    } pages[] = {{"/district/training", "/city/training", N_("培训")}, {"/district/classes", NULL, N_("班期")}, {"/district/providers", NULL, N_("培训机构")},
                 {"/district/agreements", NULL, N_("协议")}, {"/district/assessments", NULL, N_("质量评估")}, {"/district/sanctions", NULL, N_("处理")},
                 {"/district/supervision", "/city/supervision", N_("培训监管")}, {"/provider/pool", NULL, N_("谁在等班")}};
    bool city = (rq->cx.actor.role & (ROLE_CITY | ROLE_AUDITOR)) != 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const char *path = city && pages[i].city != NULL ? pages[i].city : pages[i].district;
        panel_link(rq, url_fmt(rq, "%s", path), tr(&rq->cx, pages[i].label), strcmp(path, here) == 0);
    }
}

/* A district officer's own district, for anybody else the one asked for. */
static const int64_t *area(struct req *rq, const int64_t *asked)
{
    return rq->cx.actor.role == ROLE_DISTRICT ? &rq->cx.actor.district : asked;
}

struct filter {
    const int64_t *district, *page, *year;
    const char *status, *q;
};
static const struct choice provider_states[] = {{"filed", N_("等区里备案")}, {"amended", N_("有变更待核")}, {"registered", N_("已备案")}, {"returned", N_("退回补充")}, {"draft", N_("填写中")}, {"closed", N_("已退出")}, {0}};
static const struct field provider_filter[] = {
    {"q", F_TEXT, 0, N_("机构名称"), .max = 30, .off = offsetof(struct filter, q)},
    {"status", F_CHOICE, 0, N_("状态"), .choices = provider_states, .off = offsetof(struct filter, status)},
    {"district", F_INT, 0, N_("区代码"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    FIELD_PAGE(struct filter),
    {0},
};
static const struct field list_filter[] = {
    {"status", F_TEXT, 0, N_("状态"), .max = 16, .off = offsetof(struct filter, status)},
    {"district", F_INT, 0, N_("区代码"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    {"year", F_INT, 0, N_("年度"), .min = 2020, .max = 2099, .off = offsetof(struct filter, year)},
    FIELD_PAGE(struct filter),
    {0},
};

static int64_t page_of(const struct filter *f) { return f->page != NULL ? *f->page : 1; }

static err_t show_providers(struct req *rq)
{
    const struct filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_provider_list_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), page = page_of(f);
    struct q_provider_list_in in = {.district = area(rq, f->district), .status = f->status, .words = f->q, .grade_year = today / 10000, .on_day = today,
                                    .lim = PER_PAGE, .off = (page - 1) * PER_PAGE};
    TRY(provider_page(cx, &in, &rows, &n));
    panel_begin(rq);
    district_links(rq, "/district/providers");
    if ((cx->actor.role & OFFICERS) != 0) {
        view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/district/providers/new"));
        view_str(cx->arena, rq->view, "new_word", tr(cx, N_("登记一家机构")));
    }
    struct view *t = panel_table(rq, "providers", tr(cx, N_("名单")), NULL, tr(cx, N_("没有符合条件的机构。")));
    static const char *const heads[] = {N_("机构"), N_("区"), N_("类型"), N_("许可到"), N_("等级"), N_("状态")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), false);
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, url_fmt(rq, "/district/providers/%s", rows[i].code), rows[i].name, rows[i].code);
        panel_cell(rq, r, city_district_name(&rq->cx, rows[i].district));
        panel_cell(rq, r, tr(cx, training_label(training_provider_kinds, rows[i].kind)));
        panel_cell(rq, r, panel_date(rq, rows[i].licence_to));
        panel_cell(rq, r, *rows[i].grade != '\0' ? rows[i].grade : "—");
        panel_tag(rq, r, provider_tone(rows[i].status), tr(cx, flow_label(&provider_flow, rows[i].status)));
    }
    view_bool(cx->arena, rq->view, "filtered", true);
    req_form(rq, panel_filter(rq, provider_filter), NULL);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t show_provider(struct req *rq)
{
    const struct q_provider_get_row *p = rq->scoped;
    struct ctx *cx = &rq->cx;
    struct q_agreement_list_row *agreements;
    struct q_assessment_of_row *grades;
    struct q_sanction_list_row *sanctions;
    const char *why;
    size_t n;
    panel_begin(rq);
    panel_crumb(rq, url_fmt(rq, "/district/providers"), tr(cx, N_("培训机构")));
    view_fmt(cx->arena, rq->view, "title", "%s %s", p->name, p->code);
    view_str(cx->arena, rq->view, "status", p->status);
    panel_badge(rq, provider_tone(p->status), tr(cx, flow_label(&provider_flow, p->status)));
    if (provider_is_registered(p->status))
        panel_link(rq, url_fmt(rq, "/providers/%s", p->code), tr(cx, N_("大家看到的页面")), false);
    panel_link(rq, url_fmt(rq, "/district/classes?provider=%s", p->code), tr(cx, N_("它的班")), false);
    if ((cx->actor.role & OFFICERS) != 0)
        panel_link(rq, url_fmt(rq, "/district/providers/%s/sanction", p->code), tr(cx, N_("登记处理")), false);
    if ((cx->actor.role & OFFICERS) != 0)
        panel_link(rq, url_fmt(rq, "/district/providers/%s/standing", p->code), tr(cx, N_("认定公共实训身份")), false);
    TRY(provider_is_banned(cx, p->id, day_of(cx->now, DAY_ZONE), &why));
    if (why != NULL)
        panel_alert(rq, "bad", why);
    if (p->due_on != NULL)
        panel_alert(rq, "warn", arena_fmt(cx->arena, tr(cx, N_("要在 %s 前答复备案。")), day_text(cx, *p->due_on)));
    TRY(provider_facts(rq, p));
    TRY(provider_tables(rq, p, false));
    TRY(agreement_page(cx, &(struct q_agreement_list_in){.provider_id = &p->id, .lim = 50}, &agreements, &n));
    TRY(agreements_table(rq, agreements, n, false));
    TRY(assessments_of(cx, p->id, &grades, &n));
    TRY(assessments_table(rq, grades, n));
    TRY(sanctions_page(cx, &(struct q_sanction_list_in){.provider_id = &p->id, .lim = 50}, &sanctions, &n));
    TRY(sanctions_table(rq, sanctions, n, false));
    flow_view(cx, &provider_flow, p->status, rq->view);
    view_str(cx->arena, rq->view, "actions_url", (cx->actor.role & OFFICERS) != 0 ? url_fmt(rq, "/district/providers/%s", p->code) : NULL);
    return provider_timeline(rq, &provider_flow, "provider", p->id);
}

static err_t do_provider(struct req *rq)
{
    const struct q_provider_get_row *p = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(provider_step(&rq->cx, p->id, in->action, in->note));
    req_note(rq, N_("已办理。"));
    return redirect(rq, "/district/providers/%s", p->code);
}

static const struct field new_fields[] = {
    {"kind", F_CHOICE, F_REQUIRED, N_("类型"), .choices = training_provider_kinds, .off = offsetof(struct provider_form, kind)},
    {"name", F_TEXT, F_REQUIRED, N_("机构名称"), N_("和许可证、执照上的一样。"), .min = 4, .max = 60, .off = offsetof(struct provider_form, name)},
    {"short_name", F_TEXT, F_REQUIRED, N_("简称"), N_("用在班期名称里。"), .min = 2, .max = 12, .off = offsetof(struct provider_form, short_name)},
    {"uscc", F_USCC, F_REQUIRED, N_("统一社会信用代码"), .off = offsetof(struct provider_form, uscc)},
    {"licence", F_TEXT, 0, N_("办学许可证号"), .max = 40, .off = offsetof(struct provider_form, licence)},
    {"licence_from", F_DATE, 0, N_("许可从哪天起"), .off = offsetof(struct provider_form, licence_from)},
    {"licence_to", F_DATE, 0, N_("许可到哪天"), .off = offsetof(struct provider_form, licence_to)},
    {"contact", F_TEXT, F_REQUIRED, N_("联系人"), .max = 30, .off = offsetof(struct provider_form, contact)},
    {"phone", F_PHONE, F_REQUIRED, N_("电话"), .off = offsetof(struct provider_form, phone)},
    {"street", F_STREET, F_REQUIRED, N_("在哪个街道"), .off = offsetof(struct provider_form, street)},
    {"address", F_TEXT, F_REQUIRED, N_("详细地址"), .max = 100, .off = offsetof(struct provider_form, address)},
    {0},
};

static void verb(struct req *rq, const char *word, const char *lead)
{
    view_str(rq->cx.arena, rq->view, "verb", word);
    view_str(rq->cx.arena, rq->view, "lead", lead);
}

static err_t show_new(struct req *rq)
{
    req_form(rq, new_fields, NULL);
    verb(rq, tr(&rq->cx, N_("登记")), tr(&rq->cx, N_("登记后请管理员给机构开账号，机构自己补齐教师和场所再提交备案。")));
    return E_OK;
}

static err_t do_new(struct req *rq)
{
    int64_t id;
    TRY(provider_add(&rq->cx, rq->in, &id));
    return redirect(rq, "/district/providers/T%lld", (long long)id);
}

/* ---- agreements, assessments, sanctions ---- */

static err_t show_agreements(struct req *rq)
{
    const struct filter *f = rq->in;
    struct q_agreement_list_row *rows;
    size_t n;
    int64_t page = page_of(f);
    TRY(agreement_page(&rq->cx, &(struct q_agreement_list_in){.district = area(rq, f->district), .year = f->year, .status = f->status, .lim = panel_rows(rq, PER_PAGE),
                                                              .off = (page - 1) * PER_PAGE}, &rows, &n));
    panel_begin(rq);
    panel_csv_link(rq, "/district/agreements", f->status);
    district_links(rq, "/district/agreements");
    TRY(agreements_table(rq, rows, n, true));
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t agreements_file(struct req *rq)
{
    TRY(show_agreements(rq));
    return panel_csv(rq, "agreements");
}

static err_t show_assessments(struct req *rq)
{
    const struct filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_assessment_list_row *rows;
    size_t n;
    int64_t year = f->year != NULL ? *f->year : day_of(cx->now, DAY_ZONE) / 10000;
    TRY(assessments_page(cx, &(struct q_assessment_list_in){.district = area(rq, f->district), .year = year, .status = f->status}, &rows, &n));
    panel_begin(rq);
    district_links(rq, "/district/assessments");
    panel_link(rq, url_fmt(rq, "/district/assessments?year=%lld", (long long)year - 1), arena_fmt(cx->arena, tr(cx, N_("%lld 年度")), (long long)year - 1), false);
    view_str(cx->arena, rq->view, "lead", tr(cx, N_("90 分以上 A，80–89 B，70–79 C，69 以下 D；A 不超过本区机构的 30%。")));
    if ((cx->actor.role & OFFICERS) != 0) {
        view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/district/assessments/new"));
        view_str(cx->arena, rq->view, "new_word", tr(cx, N_("开始一个年度的评估")));
    }
    struct view *t = panel_table(rq, "assessments", arena_fmt(cx->arena, tr(cx, N_("%lld 年度质量评估")), (long long)year), NULL, tr(cx, N_("还没有评估。")));
    static const char *const heads[] = {N_("机构"), N_("区"), N_("分数"), N_("等级"), N_("状态")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), false);
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, url_fmt(rq, "/assessments/%lld", (long long)rows[i].id), rows[i].name, rows[i].provider_code);
        panel_cell(rq, r, city_district_name(&rq->cx, rows[i].district));
        panel_cell(rq, r, rows[i].score != NULL ? arena_fmt(cx->arena, "%lld", (long long)*rows[i].score) : "—");
        panel_cell(rq, r, *rows[i].grade != '\0' ? rows[i].grade : "—");
        panel_tag(rq, r, provider_tone(rows[i].status), tr(cx, flow_label(&assessment_flow, rows[i].status)));
    }
    return E_OK;
}

struct opening {
    int64_t year;
    const char *district;
};
static const struct field opening_fields[] = {
    {"year", F_INT, F_REQUIRED, N_("年度"), .min = 2020, .max = 2099, .off = offsetof(struct opening, year)},
    {"district", F_TEXT, 0, N_("区"), N_("区里的人员空着就是本区。"), .max = 12, .off = offsetof(struct opening, district)},
    {0},
};

static err_t show_opening(struct req *rq)
{
    req_form(rq, opening_fields, NULL);
    verb(rq, tr(&rq->cx, N_("开始评估")), tr(&rq->cx, N_("给每家有办学许可的机构建一份评估；当年取得许可的直接定为 B。")));
    return E_OK;
}

static err_t do_opening(struct req *rq)
{
    const struct opening *in = rq->in;
    const struct city_district *d = in->district != NULL ? city_district_named(rq->cx.house->city, in->district) : NULL;
    int64_t district = rq->cx.actor.role == ROLE_DISTRICT ? rq->cx.actor.district : d != NULL ? d->code : 0;
    if (district == 0)
        return SAY(&rq->cx, E_INVALID, "district", N_("请选一个本市的区。"));
    TRY(assessments_open(&rq->cx, district, in->year));
    return redirect(rq, "/district/assessments?year=%lld", (long long)in->year);
}

static err_t do_assessment(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(assessment_step(&rq->cx, a->id, &(struct assessment_act){.action = in->action, .note = in->note}));
    req_note(rq, N_("已办理。"));
    return redirect(rq, "/assessments/%lld", (long long)a->id);
}

struct visit_form {
    int64_t visited_on;
};
static const struct field visit_fields[] = {
    {"visited_on", F_DATE, F_REQUIRED, N_("哪天去看的"), .off = offsetof(struct visit_form, visited_on)},
    {0},
};

static err_t show_visit(struct req *rq)
{
    req_form(rq, visit_fields, NULL);
    verb(rq, tr(&rq->cx, N_("登记实地查看")), NULL);
    return E_OK;
}

static err_t do_visit(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    const struct visit_form *in = rq->in;
    TRY(assessment_step(&rq->cx, a->id, &(struct assessment_act){.action = "visit", .visited_on = in->visited_on}));
    return redirect(rq, "/assessments/%lld", (long long)a->id);
}

enum { PARTS_MOST = 8 };
struct score_form {
    const int64_t *part[PARTS_MOST];
};
#define PART(n, label) {"part" #n, F_INT, 0, label, .min = 0, .max = 100, .off = offsetof(struct score_form, part[n - 1])}
static const struct field score_fields[] = {PART(1, N_("第一项")), PART(2, N_("第二项")), PART(3, N_("第三项")), PART(4, N_("第四项")), PART(5, N_("第五项")), PART(6, N_("第六项")), PART(7, N_("第七项")), PART(8, N_("第八项")), {0}};

static err_t show_score(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    const struct assessment_part *parts;
    size_t n;
    TRY(assessment_parts(cx, day_of(cx->now, DAY_ZONE), &parts, &n));
    struct field *fields = ARENA_ARRAY(cx->arena, struct field, PARTS_MOST + 1);
    for (size_t i = 0; i < n && i < PARTS_MOST; i++) {
        fields[i] = score_fields[i];
        fields[i].label = parts[i].label;
        fields[i].max = parts[i].most;
        fields[i].flags = F_REQUIRED;
        fields[i].help = arena_fmt(cx->arena, tr(cx, N_("满分 %lld")), (long long)parts[i].most);
    }
    fields[n < PARTS_MOST ? n : PARTS_MOST] = (struct field){0};
    req_form(rq, fields, NULL);
    verb(rq, tr(cx, N_("评分")), NULL);
    return E_OK;
}

static err_t do_score(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    const struct score_form *in = rq->in;
    struct buf json = {.a = rq->cx.arena};
    buf_str(&json, "{");
    for (size_t i = 0; i < PARTS_MOST; i++)
        if (in->part[i] != NULL)
            buf_fmt(&json, "%s\"part%zu\":%lld", json.len > 1 ? "," : "", i + 1, (long long)*in->part[i]);
    buf_str(&json, "}");
    TRY(assessment_step(&rq->cx, a->id, &(struct assessment_act){.action = "score", .scores = buf_text(&json)}));
    return redirect(rq, "/assessments/%lld", (long long)a->id);
}

static err_t show_sanctions(struct req *rq)
{
    const struct filter *f = rq->in;
    struct q_sanction_list_row *rows;
    size_t n;
    int64_t page = page_of(f);
    TRY(sanctions_page(&rq->cx, &(struct q_sanction_list_in){.district = area(rq, f->district), .status = f->status, .lim = panel_rows(rq, PER_PAGE),
                                                             .off = (page - 1) * PER_PAGE}, &rows, &n));
    panel_begin(rq);
    panel_csv_link(rq, "/district/sanctions", f->status);
    district_links(rq, "/district/sanctions");
    TRY(sanctions_table(rq, rows, n, true));
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t sanctions_file(struct req *rq)
{
    TRY(show_sanctions(rq));
    return panel_csv(rq, "sanctions");
}

struct sanction_form {
    const char *cause, *facts;
};
static const struct field sanction_fields[] = {
    {"cause", F_TEXT, F_REQUIRED, N_("事由"), .max = 30, .off = offsetof(struct sanction_form, cause)},
    {"facts", F_LONG, F_REQUIRED | F_WIDE, N_("情况"), N_("哪天、在哪里、看到了什么、有什么证据。"), .min = 4, .max = 2000, .off = offsetof(struct sanction_form, facts)},
    {0},
};

static err_t show_sanction_new(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    const struct sanction_cause *causes;
    size_t n;
    TRY(sanction_causes(cx, day_of(cx->now, DAY_ZONE), &causes, &n));
    struct choice *choices = ARENA_ARRAY(cx->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        choices[i] = (struct choice){causes[i].code, arena_fmt(cx->arena, "%s：%s", sanction_step_label(rq, causes[i].step), causes[i].label)};
    choices[n] = (struct choice){0};
    struct field *fields = ARENA_ARRAY(cx->arena, struct field, 3);
    fields[0] = sanction_fields[0];
    fields[0].type = F_CHOICE;
    fields[0].choices = choices;
    fields[1] = sanction_fields[1];
    fields[2] = (struct field){0};
    req_form(rq, fields, NULL);
    const struct q_provider_get_row *p = rq->scoped;
    verb(rq, tr(cx, N_("作出处理")), arena_fmt(cx->arena, tr(cx, N_("%s。处理种类由事由决定；整改期限、不得申报的期限自动算。")), p->name));
    return E_OK;
}

static err_t do_sanction_new(struct req *rq)
{
    const struct q_provider_get_row *p = rq->scoped;
    const struct sanction_form *in = rq->in;
    struct q_sanction_get_row s;
    int64_t id;
    TRY(sanction_decide(&rq->cx, p->id, 0, in->cause, in->facts, &id));
    TRY(sanction_find(&rq->cx, id, &s));
    return redirect(rq, "/sanctions/%s", s.code);
}

static err_t do_sanction(struct req *rq)
{
    const struct q_sanction_get_row *s = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(sanction_step(&rq->cx, s->id, in->action, in->note, 0));
    req_note(rq, N_("已办理。"));
    return redirect(rq, "/sanctions/%s", s->code);
}

struct standing_form {
    const char *public_kind, *note;
    int64_t base;
};
static const struct field standing_fields[] = {
    {"base", F_BOOL, 0, N_("认定为公共实训基地"), N_("企业培训中心承担社会培训的，标准可以上浮；公共实训基地可以办定向培训。"), .off = offsetof(struct standing_form, base)},
    {"public_kind", F_CHOICE, F_REQUIRED, N_("另外属于"), N_("职业学校可以办定向培训；公共实训中心可以办专项培训。"), .choices = provider_public_kinds,
     .off = offsetof(struct standing_form, public_kind)},
    {"note", F_TEXT, F_REQUIRED | F_WIDE, N_("依据"), N_("写认定文件的名称和文号。"), .min = 2, .max = 200, .off = offsetof(struct standing_form, note)},
    {0},
};

static err_t show_standing(struct req *rq)
{
    const struct q_provider_get_row *p = rq->scoped;
    struct standing_form now = {.base = p->base, .public_kind = *p->public_kind == '\0' ? "none" : p->public_kind};
    struct pairs values = form_pairs(&rq->cx, standing_fields, &now);
    req_form(rq, standing_fields, &values);
    verb(rq, tr(&rq->cx, N_("保存认定")), p->name);
    return E_OK;
}

static err_t do_standing(struct req *rq)
{
    const struct q_provider_get_row *p = rq->scoped;
    const struct standing_form *in = rq->in;
    TRY(provider_standing(&rq->cx, p->id, in->base != 0, in->public_kind, in->note));
    req_note(rq, N_("已保存。"));
    return redirect(rq, "/district/providers/%s", p->code);
}

#define READERS (OFFICERS | ROLE_AUDITOR)
const struct route providers_desk_routes[] = {
    {GET, "/district/providers", show_providers, READERS, NULL, "providers/panel", N_("培训机构管理"), provider_filter, sizeof(struct filter), NULL, 0},
    {GET, "/district/providers/new", show_new, OFFICERS, NULL, "office_ask", N_("登记一家机构"), NULL, 0, NULL, 0},
    {POST, "/district/providers/new", do_new, OFFICERS, NULL, "office_ask", N_("登记一家机构"), new_fields, sizeof(struct provider_form), show_new, 0},
    {GET, "/district/providers/{provider}", show_provider, READERS, &provider_desk, "providers/record", N_("培训机构"), NULL, 0, NULL, 0},
    {POST, "/district/providers/{provider}", do_provider, OFFICERS, &provider_desk, "providers/record", N_("培训机构"), panel_act_fields, sizeof(struct panel_act), show_provider, 0},
    {GET, "/district/providers/{provider}/sanction", show_sanction_new, OFFICERS, &provider_desk, "office_ask", N_("登记处理"), NULL, 0, NULL, 0},
    {POST, "/district/providers/{provider}/sanction", do_sanction_new, OFFICERS, &provider_desk, "office_ask", N_("登记处理"), sanction_fields, sizeof(struct sanction_form), show_sanction_new, 0},
    {GET, "/district/providers/{provider}/standing", show_standing, OFFICERS, &provider_desk, "office_ask", N_("认定公共实训身份"), NULL, 0, NULL, 0},
    {POST, "/district/providers/{provider}/standing", do_standing, OFFICERS, &provider_desk, "office_ask", N_("认定公共实训身份"), standing_fields, sizeof(struct standing_form), show_standing, 0},
    {GET, "/district/agreements", show_agreements, READERS, NULL, "providers/panel", N_("培训协议"), list_filter, sizeof(struct filter), NULL, 0},
    {GET, "/district/agreements/table.csv", agreements_file, READERS, NULL, NULL, N_("培训协议（CSV）"), list_filter, sizeof(struct filter), NULL, 0},
    {GET, "/district/assessments", show_assessments, READERS, NULL, "providers/panel", N_("质量评估"), list_filter, sizeof(struct filter), NULL, 0},
    {GET, "/district/assessments/new", show_opening, OFFICERS, NULL, "office_ask", N_("开始一个年度的评估"), NULL, 0, NULL, 0},
    {POST, "/district/assessments/new", do_opening, OFFICERS, NULL, "office_ask", N_("开始一个年度的评估"), opening_fields, sizeof(struct opening), show_opening, 0},
    {POST, "/assessments/{assessment}", do_assessment, OFFICERS, &assessment_desk, "providers/record", N_("质量评估"), panel_act_fields, sizeof(struct panel_act), assessment_show, 0},
    {GET, "/assessments/{assessment}/visit", show_visit, OFFICERS, &assessment_desk, "office_ask", N_("登记实地查看"), NULL, 0, NULL, 0},
    {POST, "/assessments/{assessment}/visit", do_visit, OFFICERS, &assessment_desk, "office_ask", N_("登记实地查看"), visit_fields, sizeof(struct visit_form), show_visit, 0},
    {GET, "/assessments/{assessment}/score", show_score, OFFICERS, &assessment_desk, "office_ask", N_("评分"), NULL, 0, NULL, 0},
    {POST, "/assessments/{assessment}/score", do_score, OFFICERS, &assessment_desk, "office_ask", N_("评分"), score_fields, sizeof(struct score_form), show_score, 0},
    {GET, "/district/sanctions/table.csv", sanctions_file, READERS, NULL, NULL, N_("处理（CSV）"), list_filter, sizeof(struct filter), NULL, 0},
    {GET, "/district/sanctions", show_sanctions, READERS, NULL, "providers/panel", N_("处理"), list_filter, sizeof(struct filter), NULL, 0},
    {POST, "/sanctions/{sanction}", do_sanction, OFFICERS, &sanction_desk, "providers/record", N_("处理"), panel_act_fields, sizeof(struct panel_act), sanction_show, 0},
    {0},
};
