/* pages_one.c -- the page of one agreement, one assessment, one sanction: the same for all who may see it; buttons by role. */
#include "city/house.h"
#include "city/reference.h"
#include "city/providers/pages_impl.h"
#include "city/training.h"
#include "rules/rules.h"

#include "base/day.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static bool sees(struct req *rq, int64_t provider_id, int64_t district)
{
    const struct actor *a = &rq->cx.actor;
    return (a->role & (ROLE_CITY | ROLE_AUDITOR)) != 0 || (a->role == ROLE_DISTRICT && a->district == district) ||
           (a->role == ROLE_PROVIDER && a->provider_id == provider_id);
}

static err_t load_agreement(struct req *rq)
{
    struct q_agreement_get_row *g = ARENA_NEW(rq->cx.arena, struct q_agreement_get_row);
    int64_t id;
    TRY(agreement_id(&rq->cx, req_param(rq, "agreement"), &id));
    TRY(agreement_find(&rq->cx, id, g));
    rq->scoped = g;
    return sees(rq, g->provider_id, g->district) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's agreement");
}

static err_t load_assessment(struct req *rq)
{
    struct q_assessment_get_row *a = ARENA_NEW(rq->cx.arena, struct q_assessment_get_row);
    TRY(assessment_find(&rq->cx, req_id(rq, "assessment"), a));
    rq->scoped = a;
    return sees(rq, a->provider_id, a->district) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's assessment");
}

static err_t load_sanction(struct req *rq)
{
    struct q_sanction_get_row *s = ARENA_NEW(rq->cx.arena, struct q_sanction_get_row);
    int64_t id;
    TRY(sanction_id(&rq->cx, req_param(rq, "sanction"), &id));
    TRY(sanction_find(&rq->cx, id, s));
    rq->scoped = s;
    return sees(rq, s->provider_id, s->district) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's sanction");
}

const struct scope agreement_seen = {"own agreement or area, auditor", "agreement", load_agreement};
const struct scope agreement_own_scope = {"own agreement or area", "agreement", load_agreement};
const struct scope assessment_own = {"own assessment or area", "assessment", load_assessment};
const struct scope assessment_desk = {"own area", "assessment", load_assessment};
const struct scope sanction_seen = {"own sanction or area, auditor", "sanction", load_sanction};
const struct scope sanction_desk = {"own area", "sanction", load_sanction};

static void back(struct req *rq)
{
    bool own = rq->cx.actor.role == ROLE_PROVIDER;
    if (own)
        panel_crumb(rq, url_fmt(rq, "/provider"), tr(&rq->cx, N_("机构首页")));
    else if (rq->cx.actor.role == ROLE_CITY || rq->cx.actor.role == ROLE_AUDITOR)
        panel_crumb(rq, url_fmt(rq, "/city/training"), tr(&rq->cx, N_("全市培训")));
    else
        panel_crumb(rq, url_fmt(rq, "/district/training"), tr(&rq->cx, N_("本区培训")));
}

static const char *provider_url(struct req *rq, const char *code)
{
    return rq->cx.actor.role == ROLE_PROVIDER ? url_fmt(rq, "/providers/%s", code) : url_fmt(rq, "/district/providers/%s", code);
}

/* ---- an agreement ---- */

static err_t projects_table(struct req *rq, const struct q_agreement_get_row *g)
{
    struct ctx *cx = &rq->cx;
    struct q_project_list_row *rows;
    size_t n;
    bool write = cx->actor.role == ROLE_PROVIDER && strcmp(g->status, "draft") == 0;
    struct view *t = panel_table(rq, "projects", tr(cx, N_("培训项目")), tr(cx, N_("目录调整后，退出目录的职业自动失效；已经开班的办完。")),
                                 tr(cx, N_("还没有项目，先加要办的职业。")));
    panel_column(rq, t, tr(cx, N_("职业")), false);
    panel_column(rq, t, tr(cx, N_("最高等级")), false);
    panel_column(rq, t, tr(cx, N_("同期规模")), true);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    if (write)
        panel_more(rq, t, url_fmt(rq, "/agreements/%s/projects/new", g->code), tr(cx, N_("加一个项目")));
    TRY(projects_of(cx, g->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, NULL, rows[i].name, rows[i].occupation);
        panel_cell(rq, r, tr(cx, training_level(rows[i].top_level)));
        panel_number(rq, r, rows[i].capacity);
        if (rows[i].closed_on != NULL)
            panel_tag(rq, r, "bad", arena_fmt(cx->arena, tr(cx, N_("%s 起失效")), day_text(cx, *rows[i].closed_on)));
        else if (write)
            panel_button(rq, r, url_fmt(rq, "/agreements/%s/projects/remove", g->code), tr(cx, N_("去掉")), rows[i].id, "project");
        else
            panel_tag(rq, r, "ok", tr(cx, N_("有效")));
        if (rows[i].closed_on != NULL)
            panel_alert(rq, "warn", arena_fmt(cx->arena, "%s：%s", rows[i].name, rows[i].closed_why));
    }
    return E_OK;
}

err_t agreement_show(struct req *rq)
{
    const struct q_agreement_get_row *g = rq->scoped;
    struct ctx *cx = &rq->cx;
    const char *why;
    panel_begin(rq);
    back(rq);
    view_str(cx->arena, rq->view, "title", arena_fmt(cx->arena, tr(cx, N_("%lld 年培训协议 %s")), (long long)g->year, g->code));
    view_str(cx->arena, rq->view, "status", g->status);
    panel_badge(rq, provider_tone(g->status), tr(cx, flow_label(&agreement_flow, g->status)));
    panel_link(rq, provider_url(rq, g->provider_code), g->name, false);
    panel_fact(rq, tr(cx, N_("机构")), g->name);
    panel_fact(rq, tr(cx, N_("签约的区")), city_district_name(&rq->cx, g->district));
    panel_fact(rq, tr(cx, N_("有效期")), arena_fmt(cx->arena, "%s – %s", panel_date(rq, g->from_on), panel_date(rq, g->to_on)));
    if (strcmp(g->status, "asked") == 0)
        panel_fact(rq, tr(cx, N_("区里要在几号前答复")), panel_date(rq, g->due_on));
    if (*g->reason != '\0')
        panel_fact(rq, tr(cx, N_("原因")), g->reason);
    TRY(agreement_against(cx, g->provider_id, g->year, day_of(cx->now, DAY_ZONE), &why));
    if (why != NULL && (strcmp(g->status, "draft") == 0 || strcmp(g->status, "asked") == 0))
        panel_alert(rq, "warn", why);
    TRY(projects_table(rq, g));
    flow_view(cx, &agreement_flow, g->status, rq->view);
    view_str(cx->arena, rq->view, "actions_url", url_fmt(rq, "/agreements/%s", g->code));
    return provider_timeline(rq, &agreement_flow, "agreement", g->id);
}

/* ---- an assessment ---- */

static err_t scores_table(struct req *rq, const struct q_assessment_get_row *a)
{
    struct ctx *cx = &rq->cx;
    const struct assessment_part *parts;
    size_t n;
    TRY(assessment_parts(cx, day_of(cx->now, DAY_ZONE), &parts, &n));
    struct view *t = panel_table(rq, "scores", tr(cx, N_("评分")), NULL, "");
    panel_column(rq, t, tr(cx, N_("内容")), false);
    panel_column(rq, t, tr(cx, N_("得分")), true);
    panel_column(rq, t, tr(cx, N_("满分")), true);
    json_t *given = json_loads(a->scores, 0, NULL);
    for (size_t i = 0; i < n; i++) {
        const json_t *v = json_object_get(given, parts[i].code);
        struct view *r = panel_row(rq, t, NULL, parts[i].label, NULL);
        if (json_is_integer(v))
            panel_number(rq, r, json_integer_value(v));
        else
            panel_cell(rq, r, "—");
        panel_number(rq, r, parts[i].most);
    }
    json_decref(given);
    return E_OK;
}

err_t assessment_show(struct req *rq)
{
    const struct q_assessment_get_row *a = rq->scoped;
    struct ctx *cx = &rq->cx;
    const struct rule *rule = rules_find(cx->house->rules, "assessment.grades", day_of(cx->now, DAY_ZONE));
    bool officer = (cx->actor.role & OFFICERS) != 0, own = cx->actor.role == ROLE_PROVIDER;
    panel_begin(rq);
    back(rq);
    view_str(cx->arena, rq->view, "title", arena_fmt(cx->arena, tr(cx, N_("%lld 年度质量评估：%s")), (long long)a->year, a->name));
    view_str(cx->arena, rq->view, "lead", rule != NULL ? arena_fmt(cx->arena, "%s（%s）", rule->clause, rule->cite) : NULL);
    panel_badge(rq, provider_tone(a->status), tr(cx, flow_label(&assessment_flow, a->status)));
    panel_link(rq, provider_url(rq, a->provider_code), a->name, false);
    panel_fact(rq, tr(cx, N_("等级")), *a->grade != '\0' ? a->grade : "");
    panel_fact(rq, tr(cx, N_("总分")), a->score != NULL ? arena_fmt(cx->arena, "%lld", (long long)*a->score) : "");
    panel_fact(rq, tr(cx, N_("实地查看")), panel_date(rq, a->visited_on));
    panel_fact(rq, tr(cx, N_("公布")), panel_date(rq, a->published_on));
    panel_fact(rq, tr(cx, N_("自评")), a->self_report);
    if (*a->comment != '\0')
        panel_alert(rq, "warn", a->comment);
    TRY(scores_table(rq, a));
    if ((own || officer) && strcmp(a->status, "open") == 0)
        panel_link(rq, url_fmt(rq, "/assessments/%lld/report", (long long)a->id), tr(cx, N_("写自评")), false);
    if (officer && strcmp(a->status, "checked") == 0)
        panel_link(rq, url_fmt(rq, "/assessments/%lld/visit", (long long)a->id), tr(cx, N_("登记实地查看")), false);
    if (officer && strcmp(a->status, "visited") == 0)
        panel_link(rq, url_fmt(rq, "/assessments/%lld/score", (long long)a->id), tr(cx, N_("评分")), false);
    if (officer && strcmp(a->status, "checked") == 0)
        view_str(cx->arena, rq->view, "acts_say", tr(cx, N_("实地看过以后，点上面的“登记实地查看”。")));
    if (officer && strcmp(a->status, "visited") == 0)
        view_str(cx->arena, rq->view, "acts_say", tr(cx, N_("点上面的“评分”。")));
    panel_actions(rq, &assessment_flow, a->status, "report visit score");
    view_str(cx->arena, rq->view, "actions_url", officer ? url_fmt(rq, "/assessments/%lld", (long long)a->id) : NULL);
    return provider_timeline(rq, &assessment_flow, "assessment", a->id);
}

/* ---- a sanction ---- */

err_t sanction_show(struct req *rq)
{
    const struct q_sanction_get_row *s = rq->scoped;
    struct ctx *cx = &rq->cx;
    const struct rule *rule = rules_find(cx->house->rules, arena_fmt(cx->arena, "sanction.%s", s->step), s->decided_on);
    panel_begin(rq);
    back(rq);
    view_str(cx->arena, rq->view, "title", arena_fmt(cx->arena, "%s %s", rule != NULL ? rule->title : s->step, s->code));
    view_str(cx->arena, rq->view, "lead", rule != NULL ? arena_fmt(cx->arena, "%s（%s）", rule->clause, rule->cite) : NULL);
    view_str(cx->arena, rq->view, "status", s->status);
    panel_badge(rq, provider_tone(s->status), tr(cx, flow_label(&sanction_flow, s->status)));
    if (rule != NULL && rule->norm)
        panel_badge(rq, "", tr(cx, N_("按默认沿用")));
    panel_link(rq, provider_url(rq, s->provider_code), s->name, false);
    panel_fact(rq, tr(cx, N_("机构")), s->name);
    panel_fact(rq, tr(cx, N_("事由")), sanction_cause_label(rq, s->cause, s->decided_on));
    panel_fact(rq, tr(cx, N_("情况")), s->facts);
    panel_fact(rq, s->proposed && strcmp(s->status, "proposed") == 0 ? tr(cx, N_("建议日期")) : tr(cx, N_("处理日期")), day_text_full(cx, s->decided_on));
    panel_fact(rq, tr(cx, N_("整改到")), day_text_full(cx, s->fix_by));
    panel_fact(rq, tr(cx, N_("不得申报到")), panel_date(rq, s->ban_until));
    panel_fact(rq, tr(cx, N_("要在几号前报市里")), day_text_full(cx, s->report_by));
    panel_fact(rq, tr(cx, N_("已报市里")), panel_date(rq, s->reported_on));
    panel_fact(rq, tr(cx, N_("整改验收")), panel_date(rq, s->fixed_on));
    flow_view(cx, &sanction_flow, s->status, rq->view);
    view_str(cx->arena, rq->view, "actions_url", (cx->actor.role & OFFICERS) != 0 ? url_fmt(rq, "/sanctions/%s", s->code) : NULL);
    return provider_timeline(rq, &sanction_flow, "sanction", s->id);
}
