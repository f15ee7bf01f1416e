/* pages_show.c -- facts and tables that the pages of providers and of officers have in common. */
#include "city/house.h"
#include "city/reference.h"
#include "city/providers/pages_impl.h"
#include "city/training.h"
#include "rules/rules.h"

#include "base/day.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

const char *provider_tone(const char *status)
{
    static const char *const tones[][2] = {
        {"registered", "ok"}, {"signed", "ok"},   {"published", "ok"}, {"fixed", "ok"},       {"filed", "warn"},  {"amended", "warn"}, {"asked", "warn"},
        {"proposed", "warn"}, {"returned", "bad"}, {"refused", "bad"}, {"terminated", "bad"}, {"decided", "bad"}, {"suspended", "bad"}, {"scored", "pri"},
    };
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (strcmp(tones[i][0], status) == 0)
            return tones[i][1];
    return "";
}

const char *sanction_step_label(struct req *rq, const char *step)
{
    const struct rule *rule = rules_find(rq->cx.house->rules, arena_fmt(rq->cx.arena, "sanction.%s", step), day_of(rq->cx.now, DAY_ZONE));
    return rule != NULL ? rule->title : step;
}

const char *sanction_cause_label(struct req *rq, const char *cause, int64_t on)
{
    const struct sanction_cause *causes;
    size_t n;
    if (sanction_causes(&rq->cx, on, &causes, &n) == E_OK)
        for (size_t i = 0; i < n; i++)
            if (strcmp(causes[i].code, cause) == 0)
                return causes[i].label;
    return cause;
}

static const char *masked(struct req *rq, int64_t id)
{
    const char *bank, *account;
    if (provider_bank(&rq->cx, id, &bank, &account) != E_OK || account == NULL)
        return "";
    size_t n = strlen(account);
    return arena_fmt(rq->cx.arena, "**** %s", n > 4 ? account + n - 4 : account);
}

err_t provider_facts(struct req *rq, const struct q_provider_get_row *p)
{
    struct ctx *cx = &rq->cx;
    const char *grade;
    int64_t year;
    bool school = strcmp(p->kind, "school") == 0;
    panel_fact(rq, tr(cx, N_("类型")), tr(cx, training_label(training_provider_kinds, p->kind)));
    if (*p->public_kind != '\0' || p->base != 0)
        panel_fact(rq, tr(cx, N_("认定")), arena_fmt(cx->arena, "%s%s%s", *p->public_kind != '\0' ? tr(cx, training_label(provider_public_kinds, p->public_kind)) : "",
                                                   *p->public_kind != '\0' && p->base != 0 ? "、" : "", p->base != 0 ? tr(cx, N_("公共实训基地")) : ""));
    panel_fact(rq, tr(cx, N_("简称")), p->short_name);
    panel_fact(rq, tr(cx, N_("统一社会信用代码")), p->uscc);
    if (school) {
        panel_fact(rq, tr(cx, N_("办学许可证")), p->licence);
        panel_fact(rq, tr(cx, N_("许可有效期")), arena_fmt(cx->arena, "%s – %s", panel_date(rq, p->licence_from), panel_date(rq, p->licence_to)));
        TRY(provider_grade(cx, p->id, day_of(cx->now, DAY_ZONE), &grade, &year));
        panel_fact(rq, tr(cx, N_("质量评估等级")), *grade != '\0' ? arena_fmt(cx->arena, tr(cx, N_("%s（%lld 年度）")), grade, (long long)year) : "");
    }
    panel_fact(rq, tr(cx, N_("法定代表人或负责人")), p->legal_person);
    panel_fact(rq, tr(cx, N_("联系人")), p->contact);
    panel_fact(rq, tr(cx, N_("电话")), p->phone);
    panel_fact(rq, tr(cx, N_("地址")), arena_fmt(cx->arena, "%s %s", city_district_name(&rq->cx, p->district), p->address));
    panel_fact(rq, tr(cx, N_("收款账户")), *p->bank != '\0' ? arena_fmt(cx->arena, "%s %s", p->bank, masked(rq, p->id)) : "");
    return E_OK;
}

static const char *counts_from(struct req *rq, const int64_t *filed_on, const int64_t *to_on, const char **kind)
{
    struct ctx *cx = &rq->cx;
    if (to_on != NULL) {
        *kind = "";
        return arena_fmt(cx->arena, tr(cx, N_("到 %s")), day_text_full(cx, *to_on));
    }
    *kind = filed_on != NULL ? "ok" : "warn";
    return filed_on != NULL ? tr(cx, N_("已备案")) : tr(cx, N_("等区里备案"));
}

static err_t places_table(struct req *rq, const struct q_provider_get_row *p, bool own)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_place_list_row *rows;
    size_t n;
    const char *kind, *state;
    struct view *t = panel_table(rq, "places", tr(cx, N_("培训场所")), tr(cx, N_("只有备案的场所能上课。")), tr(cx, N_("还没有登记场所。")));
    panel_column(rq, t, tr(cx, N_("场所")), false);
    panel_column(rq, t, tr(cx, N_("地址")), false);
    panel_column(rq, t, tr(cx, N_("座位")), true);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    if (own) {
        panel_column(rq, t, tr(cx, N_("停用")), false);
        panel_more(rq, t, url_fmt(rq, "/provider/record/places/new"), tr(cx, N_("加一个场所")));
    }
    TRY(provider_places(cx, p->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, NULL, rows[i].name, NULL);
        panel_cell(rq, r, arena_fmt(cx->arena, "%s %s", city_district_name(&rq->cx, rows[i].district), rows[i].address));
        panel_number(rq, r, rows[i].seats);
        state = counts_from(rq, rows[i].filed_on, rows[i].to_on, &kind);
        panel_tag(rq, r, kind, state);
        if (own && rows[i].to_on == NULL)
            panel_button(rq, r, url_fmt(rq, "/provider/record/end"), tr(cx, N_("停用")), rows[i].id, "place");
    }
    return E_OK;
}

static err_t teachers_table(struct req *rq, const struct q_provider_get_row *p, bool own)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_teacher_list_row *rows;
    size_t n;
    const char *kind, *state, *name;
    struct view *t = panel_table(rq, "teachers", tr(cx, N_("教师花名册")), tr(cx, N_("教师要先备案，才能上课。")), tr(cx, N_("还没有登记教师。")));
    static const char *const heads[] = {N_("姓名"), N_("职业"), N_("证书和等级"), N_("课程"), N_("状态")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), false);
    if (own) {
        panel_column(rq, t, tr(cx, N_("离职")), false);
        panel_more(rq, t, url_fmt(rq, "/provider/record/teachers/new"), tr(cx, N_("加一名教师")));
    }
    TRY(provider_teachers(cx, p->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(provider_teacher_name(cx, rows[i].name, &name));
        name = name != NULL ? name : "";
        struct view *r = panel_row(rq, t, NULL, cx->actor.role == ROLE_AUDITOR ? text_mask_name(cx->arena, name) : name,
                                   strcmp(rows[i].kind, "full") == 0 ? tr(cx, N_("专职")) : tr(cx, N_("兼职")));
        panel_cell(rq, r, panel_occupation(rq, rows[i].occupation));
        panel_cell(rq, r, arena_fmt(cx->arena, "%s %s", rows[i].certificate, tr(cx, training_level(rows[i].level))));
        panel_cell(rq, r, rows[i].courses);
        state = counts_from(rq, rows[i].filed_on, rows[i].to_on, &kind);
        panel_tag(rq, r, kind, state);
        if (own && rows[i].to_on == NULL)
            panel_button(rq, r, url_fmt(rq, "/provider/record/end"), tr(cx, N_("离职")), rows[i].id, "teacher");
    }
    return E_OK;
}

err_t provider_tables(struct req *rq, const struct q_provider_get_row *p, bool own)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_equipment_list_row *rows;
    size_t n;
    TRY(places_table(rq, p, own));
    TRY(teachers_table(rq, p, own));
    struct view *t = panel_table(rq, "equipment", tr(cx, N_("设备清单")), NULL, tr(cx, N_("还没有登记设备。")));
    panel_column(rq, t, tr(cx, N_("设备")), false);
    panel_column(rq, t, tr(cx, N_("职业")), false);
    panel_column(rq, t, tr(cx, N_("数量")), true);
    if (own) {
        panel_column(rq, t, tr(cx, N_("删除")), false);
        panel_more(rq, t, url_fmt(rq, "/provider/record/equipment/new"), tr(cx, N_("加一项设备")));
    }
    TRY(provider_equipment(cx, p->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, NULL, rows[i].name, rows[i].model);
        panel_cell(rq, r, panel_occupation(rq, rows[i].occupation));
        panel_number(rq, r, rows[i].quantity);
        if (own)
            panel_button(rq, r, url_fmt(rq, "/provider/record/end"), tr(cx, N_("删除")), rows[i].id, "equipment");
    }
    return E_OK;
}

err_t provider_timeline(struct req *rq, const struct flow *flow, const char *kind, int64_t id)
{
    struct q_provider_log_list_row *rows;
    size_t n;
    TRY(provider_log(&rq->cx, kind, id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        panel_event(rq, rows[i].at, panel_action(rq, flow, rows[i].action), rows[i].role, rows[i].note);
    return E_OK;
}

err_t agreements_table(struct req *rq, const struct q_agreement_list_row *rows, size_t n, bool who)
{
    struct ctx *cx = &rq->cx;
    struct view *t = panel_table(rq, "agreements", tr(cx, N_("培训协议")), NULL, tr(cx, N_("还没有协议。")));
    panel_column(rq, t, tr(cx, N_("协议")), false);
    panel_column(rq, t, who ? tr(cx, N_("机构")) : tr(cx, N_("区")), false);
    panel_column(rq, t, tr(cx, N_("项目")), true);
    panel_column(rq, t, tr(cx, N_("有效期")), false);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    for (size_t i = 0; i < n; i++) {
        bool asked = strcmp(rows[i].status, "asked") == 0;
        struct view *r = panel_row(rq, t, url_fmt(rq, "/agreements/%s", rows[i].code), rows[i].code, NULL);
        panel_cell(rq, r, who ? rows[i].name : city_district_name(&rq->cx, rows[i].district));
        panel_number(rq, r, rows[i].projects);
        panel_cell(rq, r, asked ? arena_fmt(cx->arena, tr(cx, N_("%s 前答复")), day_text(cx, rows[i].due_on != NULL ? *rows[i].due_on : 0))
                                : arena_fmt(cx->arena, "%s – %s", panel_date(rq, rows[i].from_on), panel_date(rq, rows[i].to_on)));
        bool late = asked && rows[i].due_on != NULL && *rows[i].due_on < day_of(cx->now, DAY_ZONE);
        panel_tag(rq, r, late ? "bad" : provider_tone(rows[i].status), late ? tr(cx, N_("答复超期")) : tr(cx, flow_label(&agreement_flow, rows[i].status)));
    }
    return E_OK;
}

err_t assessments_table(struct req *rq, const struct q_assessment_of_row *rows, size_t n)
{
    struct ctx *cx = &rq->cx;
    struct view *t = panel_table(rq, "assessments", tr(cx, N_("质量评估")), NULL, tr(cx, N_("还没有评估。")));
    panel_column(rq, t, tr(cx, N_("年度")), false);
    panel_column(rq, t, tr(cx, N_("分数")), true);
    panel_column(rq, t, tr(cx, N_("等级")), false);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, url_fmt(rq, "/assessments/%lld", (long long)rows[i].id), arena_fmt(cx->arena, "%lld", (long long)rows[i].year), NULL);
        panel_cell(rq, r, rows[i].score != NULL ? arena_fmt(cx->arena, "%lld", (long long)*rows[i].score) : "—");
        panel_cell(rq, r, *rows[i].grade != '\0' ? rows[i].grade : "—");
        panel_tag(rq, r, provider_tone(rows[i].status), tr(cx, flow_label(&assessment_flow, rows[i].status)));
    }
    return E_OK;
}

err_t sanctions_table(struct req *rq, const struct q_sanction_list_row *rows, size_t n, bool who)
{
    struct ctx *cx = &rq->cx;
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct view *t = panel_table(rq, "sanctions", tr(cx, N_("处理")), NULL, tr(cx, N_("没有处理记录。")));
    panel_column(rq, t, tr(cx, N_("处理")), false);
    panel_column(rq, t, who ? tr(cx, N_("机构")) : tr(cx, N_("区")), false);
    panel_column(rq, t, tr(cx, N_("事由")), false);
    panel_column(rq, t, tr(cx, N_("整改到")), false);
    panel_column(rq, t, tr(cx, N_("不得申报到")), false);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    for (size_t i = 0; i < n; i++) {
        bool open = strcmp(rows[i].status, "decided") == 0, late = open && rows[i].fix_by < today;
        struct view *r = panel_row(rq, t, url_fmt(rq, "/sanctions/%s", rows[i].code), sanction_step_label(rq, rows[i].step), rows[i].code);
        panel_cell(rq, r, who ? rows[i].name : city_district_name(&rq->cx, rows[i].district));
        panel_cell(rq, r, sanction_cause_label(rq, rows[i].cause, rows[i].decided_on));
        panel_cell(rq, r, day_text(cx, rows[i].fix_by));
        panel_cell(rq, r, panel_date(rq, rows[i].ban_until));
        panel_tag(rq, r, late ? "bad" : provider_tone(rows[i].status), late ? tr(cx, N_("整改超期")) : tr(cx, flow_label(&sanction_flow, rows[i].status)));
    }
    return E_OK;
}
