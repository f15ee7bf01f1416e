/* shortages.c -- rounds and the reports of the channels. */
#include "city/shortages/shortages.h"

#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/shortages/sheet.h"
#include "city/shortages/shortages_impl.h"
#include "city/training.h"
#include "rules/rules.h"
#include "store/store.h"

#include "shortages.sql.h"

#include <stdlib.h>
#include <string.h>

const struct choice shortage_channels[] = {
    {"bureau", N_("委办局和行业组织")}, {"district", N_("区人社局摸排")}, {"agency", N_("人力资源服务机构")}, {0},
};
const struct choice shortage_urgencies[] = {
    {"very", N_("非常紧缺")}, {"short", N_("紧缺")}, {"some", N_("一般紧缺")}, {"none", N_("没有列入")}, {0},
};
const struct choice shortage_difficulties[] = {
    {"1", N_("一个月内能招到")}, {"2", N_("一到两个月")}, {"3", N_("两到三个月")}, {"4", N_("三到六个月")}, {"5", N_("半年也招不到")}, {0},
};

const struct field shortage_fields[] = {
    {"channel", F_CHOICE, F_REQUIRED, N_("渠道"), .choices = shortage_channels, .off = offsetof(struct shortage_form, channel)},
    {"organisation", F_TEXT, F_REQUIRED, N_("填报单位"), N_("写全称，例如：市工业和信息化局。"), .min = 3, .max = 60,
     .off = offsetof(struct shortage_form, organisation)},
    {"district", F_TEXT, 0, N_("区"), N_("写区名，例如：河东区。说的是全市就空着。"), .max = 20, .off = offsetof(struct shortage_form, district)},
    {"occupation", F_OCCUPATION, F_REQUIRED, N_("职业"), N_("写名称或编码，例如：焊工。"), .off = offsetof(struct shortage_form, occupation)},
    {"level", F_CHOICE, F_REQUIRED, N_("缺哪一级"), .choices = training_levels, .off = offsetof(struct shortage_form, level)},
    {"openings", F_INT, F_REQUIRED, N_("缺多少人"), .min = 1, .max = 100000, .off = offsetof(struct shortage_form, openings)},
    {"difficulty", F_CHOICE, F_REQUIRED, N_("多久能招到"), .choices = shortage_difficulties, .off = offsetof(struct shortage_form, difficulty)},
    {"vacant_days", F_INT, 0, N_("岗位空了多少天"), N_("不知道就空着。"), .min = 0, .max = 3650, .off = offsetof(struct shortage_form, vacant_days)},
    {"evidence", F_LONG, F_REQUIRED | F_WIDE, N_("依据"), N_("例如：走访了哪些企业、哪份报表。会公开，不要写个人信息。"), .min = 4, .max = 500,
     .off = offsetof(struct shortage_form, evidence)},
    {"said_by", F_TEXT, F_REQUIRED, N_("谁负责"), N_("写职务，例如：培训科科长。不写姓名。"), .min = 2, .max = 40,
     .off = offsetof(struct shortage_form, said_by)},
    {0},
};

static const struct sheet_column sheet_columns[] = {
    {"organisation", "单位|单位名称|填报机构"}, {"occupation", "职业编码|职业名称|工种"}, {"level", "等级|级别"}, {"openings", "缺工人数|人数|需求人数"},
    {"difficulty", "难招程度"},               {"vacant_days", "空缺天数"},             {"evidence", "说明"},    {"said_by", "责任人职务|职务"}, {0},
};
const struct sheet_kind shortage_sheet = {
    .name = "shortage", .fields = shortage_fields, .columns = sheet_columns, .size = sizeof(struct shortage_form), .head_word = N_("填报单位"),
    .put = shortage_sheet_put,
};

/* ---- the flow ---- */

static const struct flow_state states[] = {{"collecting", N_("正在收集")}, {"analysed", N_("已分析，待公布")}, {"published", N_("已公布")}, {0}};

static err_t has_reports(struct ctx *cx, const void *row)
{
    const struct q_shortage_round_rows_row *r = row;
    return r->reports > 0 ? E_OK : SAY(cx, E_INVALID, NULL, N_("这一轮还没有一条填报，先收集再分析。"));
}

static const struct flow_edge edges[] = {
    {"collecting", "analyse", "analysed", N_("停止收集并分析"), ROLE_CITY, 0, has_reports},
    {"analysed", "reopen", "collecting", N_("重新收集"), ROLE_CITY, FLOW_NOTE, NULL},
    {"analysed", "publish", "published", N_("公布结果"), ROLE_CITY, FLOW_FINAL, NULL},
    {0},
};
const struct flow shortage_round_flow = {"shortage_round", "collecting", states, edges};

/* ---- the rule ---- */

err_t shortage_terms(struct ctx *cx, int64_t on, struct shortage_terms *out)
{
    static const char id[] = "shortage.scoring";
    const struct rule *rule = rules_find(cx->house->rules, id, on);
    const struct rule_param *version = rule != NULL ? rule_get(rule, "version", RULE_TEXT) : NULL;
    *out = (struct shortage_terms){0};
    if (version == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule %s with a version on %lld", id, (long long)on);
    out->version = version->text;
    for (const struct shortage_term *k = shortage_term_list; k->name != NULL; k++)
        TRY(rules_number(cx, cx->house->rules, id, k->name, on, (int64_t *)(void *)((char *)out + k->off), NULL));
    return E_OK;
}

/* ---- rounds ---- */

err_t shortage_rounds(struct ctx *cx, struct q_shortage_round_rows_row **rows, size_t *n)
{
    return q_shortage_round_rows(cx, &(struct q_shortage_round_rows_in){.first_id = 1, .last_id = INT64_MAX}, rows, n);
}

err_t shortage_round_find(struct ctx *cx, int64_t id, struct q_shortage_round_rows_row *out)
{
    return q_shortage_round_rows_first(cx, &(struct q_shortage_round_rows_in){.first_id = id, .last_id = id}, out);
}

err_t shortage_round_by_code(struct ctx *cx, const char *code, struct q_shortage_round_rows_row *out)
{
    struct q_shortage_round_id_of_row row;
    TRY(q_shortage_round_id_of_first(cx, &(struct q_shortage_round_id_of_in){.code = code}, &row));
    return shortage_round_find(cx, row.id, out);
}

err_t shortage_published(struct ctx *cx, struct q_shortage_round_rows_row *out)
{
    struct q_shortage_round_rows_row *rows;
    size_t n;
    TRY(shortage_rounds(cx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].status, "published") == 0) {
            *out = rows[i];
            return E_OK;
        }
    return SAY(cx, E_NOTFOUND, NULL, N_("还没有公布过紧缺职业。"));
}

struct act {
    int64_t id, round_id, version;
    const char *action, *note;
    const struct shortage_round_new *fresh;
    const struct shortage_form *form;
    const int64_t *sheet_id;
};

static err_t open_tx(struct ctx *cx, void *arg)
{
    struct act *a = arg;
    const struct shortage_round_new *in = a->fresh;
    struct q_shortage_round_id_of_row *same;
    struct q_shortage_round_add_row row;
    size_t n;
    TRY(q_shortage_round_id_of(cx, &(struct q_shortage_round_id_of_in){.code = in->code}, &same, &n));
    if (n > 0)
        return SAY(cx, E_INVALID, "code", N_("这个编号用过了，请换一个。"));
    struct q_shortage_round_add_in r = {.code = in->code, .title = in->title, .period_from = in->period_from, .period_to = in->period_to,
                                        .closes_on = in->closes_on, .status = shortage_round_flow.initial};
    TRY(q_shortage_round_add(cx, &r, &row));
    a->id = row.id;
    cx->result = arena_fmt(cx->arena, "/district/shortages/%s", in->code);
    return audit_add(cx, "open", "shortage_round", row.id, NULL);
}

static bool is_code(const char *code)
{
    size_t n = strlen(code);
    return n >= 6 && n <= 12 && code[0] == 'R' && strspn(code + 1, "0123456789-") == n - 1;
}

err_t shortage_round_open(struct ctx *cx, const struct shortage_round_new *in, int64_t *id)
{
    struct act a = {.fresh = in};
    if (cx->actor.role != ROLE_CITY)
        return FAIL(cx, E_DENIED, NULL, "only the city opens rounds");
    if (!is_code(in->code))
        return SAY(cx, E_INVALID, "code", N_("编号写成 R 加年份和序号，例如 R2026-2。"));
    if (in->period_to < in->period_from)
        return SAY(cx, E_INVALID, "period_to", N_("结束日期不能早于开始日期。"));
    if (in->closes_on < day_of(cx->now, DAY_ZONE))
        return SAY(cx, E_INVALID, "closes_on", N_("填报截止日期已经过了，请写今天或以后的日期，不然没有人能填报。"));
    TRY(store_tx(cx, STORE_WRITE, open_tx, &a));
    *id = a.id;
    return E_OK;
}

enum { REOPENED_DAYS = 14 }; /* a round that is collected again has to leave time to report */

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct act *a = arg;
    const struct flow_edge *edge;
    struct q_shortage_round_rows_row r;
    int64_t today = day_of(cx->now, DAY_ZONE);
    size_t n;
    TRY(shortage_round_find(cx, a->round_id, &r));
    TRY(flow_step(cx, &shortage_round_flow, r.status, a->action, a->note, &r, &edge));
    bool analyse = strcmp(edge->to, "analysed") == 0, publish = strcmp(edge->to, "published") == 0;
    const char *scoring = publish ? r.scoring : "";
    int64_t open_to = day_add(today, REOPENED_DAYS), closes_on = analyse || publish || r.closes_on > open_to ? r.closes_on : open_to;
    if (analyse)
        TRY(shortage_analyse(cx, r.id, &scoring));
    struct q_shortage_round_move_in m = {.status = edge->to, .scoring = scoring, .analysed_at = analyse ? &cx->now : publish ? r.analysed_at : NULL,
                                         .published_on = publish ? &today : NULL, .closes_on = closes_on, .id = r.id, .was = a->version};
    TRY(q_shortage_round_move(cx, &m, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "round %s was moved meanwhile", r.code);
    cx->result = arena_fmt(cx->arena, "/district/shortages/%s", r.code);
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    if (a->note != NULL)
        view_str(cx->arena, v, "note", a->note);
    view_json(&b, v);
    return audit_add(cx, edge->action, "shortage_round", r.id, buf_text(&b));
}

err_t shortage_round_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version)
{
    struct act a = {.round_id = id, .action = action, .note = note, .version = version};
    return store_tx(cx, STORE_WRITE, step_tx, &a);
}

/* ---- reports ---- */

bool shortage_may(const struct ctx *cx, const char *channel, int64_t district)
{
    if (cx->actor.role == ROLE_CITY)
        return true;
    return cx->actor.role == ROLE_DISTRICT && strcmp(channel, "district") == 0 && district == cx->actor.district;
}

static err_t check(struct ctx *cx, const struct act *a, int64_t *district)
{
    const struct shortage_form *in = a->form;
    *district = cx->actor.role == ROLE_DISTRICT ? cx->actor.district : 0;
    if (in->district != NULL) {
        const struct city_district *d = city_district_named(cx->house->city, in->district);
        if (d == NULL)
            d = city_district(cx->house->city, strtoll(in->district, NULL, 10));
        if (d == NULL)
            return SAY(cx, E_INVALID, "district", N_("没有这个区，请写本市的区名，例如：河东区。"));
        *district = d->code;
    }
    if (strcmp(in->channel, "district") == 0 && *district == 0)
        return SAY(cx, E_INVALID, "district", N_("区里摸排的，要写是哪个区。"));
    if (!shortage_may(cx, in->channel, *district))
        return cx->actor.role == ROLE_DISTRICT
                   ? SAY(cx, E_INVALID, strcmp(in->channel, "district") != 0 ? "channel" : "district", N_("区里只能填报本区摸排的，其他渠道请市里填。"))
                   : FAIL(cx, E_DENIED, NULL, "this actor does not report");
    const struct city_occupation *o = city_occupation(cx->house->city, in->occupation);
    if (o == NULL || o->level != 4)
        return SAY(cx, E_INVALID, "occupation", N_("职业分类大典里没有这个职业，请从列表里选。"));
    return E_OK;
}

static bool just_so(const struct q_shortage_report_same_row *r, const struct shortage_form *in)
{
    bool days = (r->vacant_days == NULL) == (in->vacant_days == NULL) && (r->vacant_days == NULL || *r->vacant_days == *in->vacant_days);
    return days && r->openings == in->openings && r->difficulty == in->difficulty[0] - '0' && strcmp(r->evidence, in->evidence) == 0 &&
           strcmp(r->said_by, in->said_by) == 0;
}

static err_t report_tx(struct ctx *cx, void *arg)
{
    struct act *a = arg;
    const struct shortage_form *in = a->form;
    struct q_shortage_round_rows_row r;
    struct q_shortage_report_same_row *same;
    struct q_shortage_report_add_row row;
    int64_t district, level = in->level[0] - '0';
    size_t n;
    TRY(shortage_round_find(cx, a->round_id, &r));
    if (strcmp(r.status, "collecting") != 0 || r.closes_on < day_of(cx->now, DAY_ZONE))
        return SAY(cx, E_STATE, NULL, N_("这一轮已经停止收集，不能再填报。"));
    TRY(check(cx, a, &district));
    TRY(q_shortage_report_same(cx, &(struct q_shortage_report_same_in){.round_id = r.id, .channel = in->channel, .organisation = in->organisation,
                                                                       .district = district, .occupation = in->occupation, .level = level},
                               &same, &n));
    if (n > 0)
        return just_so(same, in) ? FAIL(cx, E_REPEAT, NULL, "the same report stands")
                                 : SAY(cx, E_CONFLICT, "occupation", N_("这家单位已经填报过这个职业和等级，内容不同。先撤回原来那条，再填新的。"));
    struct q_shortage_report_add_in f = {.round_id = r.id, .channel = in->channel, .organisation = in->organisation, .district = district,
                                         .occupation = in->occupation, .level = level, .openings = in->openings,
                                         .difficulty = in->difficulty[0] - '0', .vacant_days = in->vacant_days, .evidence = in->evidence,
                                         .said_by = in->said_by, .account_id = cx->actor.account_id, .at = cx->now, .sheet_id = a->sheet_id};
    TRY(q_shortage_report_add(cx, &f, &row));
    a->id = row.id;
    cx->result = arena_fmt(cx->arena, "/district/shortages/%s", r.code);
    return audit_add(cx, "add", "shortage_report", row.id, NULL);
}

err_t shortage_report(struct ctx *cx, int64_t round_id, const struct shortage_form *in, const int64_t *sheet_id, int64_t *id)
{
    struct act a = {.round_id = round_id, .form = in, .sheet_id = sheet_id};
    err_t e = store_tx(cx, STORE_WRITE, report_tx, &a);
    *id = a.id;
    return e;
}

err_t shortage_sheet_put(struct ctx *cx, int64_t round_id, int64_t sheet_id, const void *in, struct form *form)
{
    int64_t id;
    (void)form;
    return shortage_report(cx, round_id, in, sheet_id != 0 ? &sheet_id : NULL, &id);
}

err_t shortage_report_find(struct ctx *cx, int64_t id, struct q_shortage_report_get_row *out)
{
    return q_shortage_report_get_first(cx, &(struct q_shortage_report_get_in){.id = id}, out);
}

static err_t withdraw_tx(struct ctx *cx, void *arg)
{
    const struct act *a = arg;
    struct q_shortage_report_get_row p;
    struct q_shortage_round_rows_row r;
    size_t n;
    TRY(shortage_report_find(cx, a->id, &p));
    TRY(shortage_round_find(cx, p.round_id, &r));
    if (!shortage_may(cx, p.channel, p.district))
        return FAIL(cx, E_NOTFOUND, NULL, "report %lld is not this actor's", (long long)p.id);
    if (strcmp(r.status, "collecting") != 0)
        return SAY(cx, E_STATE, NULL, N_("这一轮已经分析，不能再撤回。要改请市里重新收集。"));
    TRY(q_shortage_report_withdraw(cx, &(struct q_shortage_report_withdraw_in){.withdrawn_at = cx->now, .withdrawn_why = a->note, .id = p.id}, &n));
    if (n == 0)
        return SAY(cx, E_STATE, NULL, N_("这条填报已经撤回了。"));
    cx->result = arena_fmt(cx->arena, "/district/shortages/%s", r.code);
    return audit_add(cx, "withdraw", "shortage_report", p.id, NULL);
}

err_t shortage_withdraw(struct ctx *cx, int64_t report_id, const char *why)
{
    struct act a = {.id = report_id, .note = why};
    return store_tx(cx, STORE_WRITE, withdraw_tx, &a);
}

err_t shortage_reports(struct ctx *cx, const struct shortage_find *f, struct q_shortage_report_rows_row **rows, size_t *n)
{
    struct q_shortage_report_rows_in in = {.round_id = f->round_id, .first_id = 1, .last_id = INT64_MAX, .channel = f->channel,
                                           .district = f->district, .occupation = f->occupation, .stood = f->stood, .off = f->off, .lim = f->lim};
    return q_shortage_report_rows(cx, &in, rows, n);
}

err_t shortage_scores(struct ctx *cx, int64_t round_id, const char *urgency, struct q_shortage_score_rows_row **rows, size_t *n)
{
    return q_shortage_score_rows(cx, &(struct q_shortage_score_rows_in){.round_id = round_id, .urgency = urgency}, rows, n);
}
