/* pages_desk.c -- officers decide on classes and changes. */
#include "city/classes/pages_impl.h"
#include "city/reference.h"
#include "city/classes/routes.h"

#include "city/house.h"
#include "city/training.h"

#include "base/day.h"

#include <string.h>

enum { PER_PAGE = 50 };

struct filter {
    const char *status, *provider;
    const int64_t *district, *page;
};
static const struct choice states[] = {{"declared", N_("已申报，待审核")}, {"approved", N_("已同意，待开班")}, {"running", N_("培训中")}, {"finished", N_("已结课")},
                                       {"examined", N_("已考核")}, {"closed", N_("已办结")}, {"returned", N_("退回修改")}, {"cancelled", N_("已取消")}, {"unqualified", N_("不合格班期")}, {0}};
static const struct field filter_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = states, .off = offsetof(struct filter, status)},
    {"provider", F_TEXT, 0, N_("机构编号"), .max = 12, .off = offsetof(struct filter, provider)},
    {"district", F_INT, 0, N_("区代码"), .min = 100000, .max = 999999, .off = offsetof(struct filter, district)},
    FIELD_PAGE(struct filter),
    {0},
};

static err_t show_list(struct req *rq)
{
    const struct filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_class_latest_row *rows;
    struct q_provider_get_row p;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    if (f->provider != NULL)
        TRY(provider_by_code(cx, f->provider, &p));
    TRY(classes_latest(cx, &(struct q_class_latest_in){.district = cx->actor.role == ROLE_DISTRICT ? &cx->actor.district : f->district,
                                                       .provider_id = f->provider != NULL ? &p.id : NULL, .status = f->status, .lim = panel_rows(rq, PER_PAGE),
                                                       .off = (page - 1) * PER_PAGE}, &rows, &n));
    panel_begin(rq);
    district_links(rq, "/district/classes");
    panel_csv_link(rq, "/district/classes", f->status);
    view_bool(cx->arena, rq->view, "filtered", true);
    req_form(rq, panel_filter(rq, filter_fields), NULL);
    TRY(class_left_alerts(rq, city_own_district(cx), NULL, NULL));
    TRY(classes_table(rq, rows, n, "/district/classes", true));
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t list_file(struct req *rq)
{
    TRY(show_list(rq));
    return panel_csv(rq, "classes");
}

static err_t show_one(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct ctx *cx = &rq->cx;
    panel_begin(rq);
    panel_crumb(rq, url_fmt(rq, "/district/classes"), tr(cx, N_("班期")));
    panel_link(rq, url_fmt(rq, "/district/providers/%s", c->provider_code), c->provider_name, false);
    if (class_is_public(c->status)) {
        panel_link(rq, url_fmt(rq, "/district/trainees?class=%s", c->code), tr(cx, N_("学员")), false);
        if (!class_is_pair(c->line))
            panel_link(rq, url_fmt(rq, "/district/classes/%s/attendance", c->code), tr(cx, N_("考勤")), false);
        if (cx->actor.role == ROLE_DISTRICT)
            panel_link(rq, url_fmt(rq, "/district/claims/classes/%s", c->code), tr(cx, N_("补贴申请")), false);
    }
    view_str(cx->arena, rq->view, "acts_say", strcmp(c->status, "declared") == 0 ? tr(cx, N_("审核通过才能开班；不作答复不等于同意。退回时写明哪里要改。")) : NULL);
    TRY(class_record(rq, c));
    panel_actions(rq, &class_flow, c->status, "examine close");
    view_str(cx->arena, rq->view, "actions_url", (cx->actor.role & OFFICERS) != 0 ? url_fmt(rq, "/district/classes/%s", c->code) : NULL);
    return E_OK;
}

static err_t do_one(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(class_step(&rq->cx, c->id, in->action, in->note));
    req_note(rq, strcmp(in->action, "approve") == 0 ? N_("已同意开班，备案号见下面。") : N_("已办理。"));
    return redirect(rq, "/district/classes/%s", c->code);
}

struct change_in {
    const char *kind;
    int64_t id;
};
static const struct field change_fields[] = {
    {"kind", F_TEXT, F_REQUIRED, N_("同意还是不同意"), .max = 12, .off = offsetof(struct change_in, kind)},
    {"id", F_INT, F_REQUIRED, N_("编号"), .min = 1, .max = INT64_MAX, .off = offsetof(struct change_in, id)},
    {0},
};

static err_t do_change(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct change_in *in = rq->in;
    struct q_class_change_list_row *rows;
    size_t n;
    bool here = false;
    TRY(class_changes(&rq->cx, c->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        here = here || rows[i].id == in->id;
    if (!here)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no change %lld of class %s", (long long)in->id, c->code);
    bool yes = strcmp(in->kind, "approve") == 0;
    if (!yes && strcmp(in->kind, "refuse") != 0)
        return SAY(&rq->cx, E_INVALID, NULL, N_("请选同意或不同意。"));
    TRY(class_change_settle(&rq->cx, in->id, yes, yes ? NULL : tr(&rq->cx, N_("不同意变更"))));
    req_note(rq, yes ? N_("已同意，教学计划已改。") : N_("已答复：不同意变更。"));
    return redirect(rq, "/district/classes/%s", c->code);
}

#define READERS (OFFICERS | ROLE_AUDITOR)
const struct route classes_desk_routes[] = {
    {GET, "/district/classes", show_list, READERS, NULL, "providers/panel", N_("班期"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/district/classes/table.csv", list_file, READERS, NULL, NULL, N_("班期（CSV）"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/district/classes/{class}", show_one, READERS, &class_seen, "providers/record", N_("班期"), NULL, 0, NULL, 0},
    {POST, "/district/classes/{class}", do_one, OFFICERS, &class_seen, "providers/record", N_("班期"), panel_act_fields, sizeof(struct panel_act), show_one, 0},
    {POST, "/district/classes/{class}/changes", do_change, OFFICERS, &class_seen, "providers/record", N_("变更申请"), change_fields, sizeof(struct change_in), show_one, 0},
    {0},
};
