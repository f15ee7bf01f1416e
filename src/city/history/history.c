#include "city/history/history.h"

#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/people/people.h"
#include "city/reference.h"
#include "city/training.h"
#include "store/store.h"

#include "history.sql.h"

#include <stddef.h>
#include <string.h>

const struct choice history_items[] = {{"training", N_("培训费补贴")}, {"evaluation", N_("鉴定费补贴")}, {"allowance", N_("生活费补贴")}, {0}};
const struct choice history_states[] = {{"paid", N_("已发放")}, {"claimed", N_("已申请，没有发放")}, {"open", N_("正在培训")}, {0}};

#define AT(member) offsetof(struct history_in, member)
const struct field history_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 40, .off = AT(name)},
    {"idno", F_IDNO, F_REQUIRED | F_SECRET, N_("身份证号码"), .off = AT(idno)},
    {"item", F_CHOICE, 0, N_("补贴项目"), N_("空着就是培训费补贴。"), .choices = history_items, .off = AT(item)},
    {"line", F_CHOICE, 0, N_("培训种类"), N_("空着就是目录内职业培训。"), .choices = training_lines, .off = AT(line)},
    {"occupation", F_OCCUPATION, 0, N_("职业"), N_("写名称或编码，例如：焊工。定向、项目制和生活费补贴可以空着。"), .off = AT(occupation)},
    {"level", F_CHOICE, 0, N_("等级"), N_("例如：四级，或者中级工。"), .choices = training_levels, .off = AT(level)},
    {"year", F_INT, F_REQUIRED, N_("年度"), N_("开班那一年。"), .min = 2000, .max = 2100, .off = AT(year)},
    {"starts_on", F_DATE, 0, N_("开班日期"), N_("不知道就空着。"), .off = AT(starts_on)},
    {"ends_on", F_DATE, 0, N_("结课日期"), N_("不知道就空着。"), .off = AT(ends_on)},
    {"state", F_CHOICE, 0, N_("办到哪一步"), N_("空着就是已发放。"), .choices = history_states, .off = AT(state)},
    {"fund", F_CHOICE, 0, N_("资金"), N_("不知道就空着。"), .choices = training_funds, .off = AT(fund)},
    {"amount", F_MONEY, 0, N_("金额（元）"), .min = 1, .max = 10000000, .off = AT(amount)},
    {"paid_on", F_DATE, 0, N_("发放日期"), N_("生活费补贴按这一天算一年。"), .off = AT(paid_on)},
    {"certificate", F_TEXT, F_SECRET, N_("证书编号"), .max = 40, .off = AT(certificate)},
    {"provider", F_TEXT, 0, N_("培训机构"), .max = 60, .off = AT(provider)},
    {0},
};
static const struct sheet_column columns[] = {
    {"name", "学员姓名|人员姓名"}, {"idno", "身份证号|身份证|证件号码|公民身份号码"}, {"item", "项目|补贴类型"}, {"line", "补贴类别|培训类别"},
    {"occupation", "职业名称|工种|职业（工种）|职业编码|职业代码"}, {"level", "级别|培训等级|证书等级"}, {"year", "年份|补贴年度|培训年度"},
    {"starts_on", "开班时间|开班日"}, {"ends_on", "结课时间|结业日期"}, {"state", "状态"}, {"fund", "资金来源|列支资金|资金渠道"},
    {"amount", "金额|补贴金额|补贴金额（元）"}, {"paid_on", "拨付日期|发放时间"}, {"certificate", "证书号|证书号码"}, {"provider", "机构名称|培训机构名称"}, {0},
};

static const char *or_else(const char *s, const char *otherwise) { return s == NULL || *s == '\0' ? otherwise : s; }

static bool is(const char *s, const char *code) { return strcmp(s, code) == 0; }

/* What each row has to have, beyond the single fields. */
static err_t fits(struct ctx *cx, const struct history_in *h)
{
    const char *item = or_else(h->item, "training"), *line = or_else(h->line, "catalogue");
    bool certified = is(item, "training") && (is(line, "catalogue") || is(line, "centre") || is(line, "apprentice"));
    if ((certified || is(item, "evaluation")) && h->occupation == NULL)
        return SAY(cx, E_INVALID, "occupation", N_("写明职业：没有职业就查不出同一职业同一等级有没有补过"));
    if ((certified || is(item, "evaluation")) && h->level == NULL)
        return SAY(cx, E_INVALID, "level", N_("写明等级：没有等级就查不出同一职业同一等级有没有补过"));
    if (h->year > day_of(cx->now, DAY_ZONE) / 10000)
        return SAY(cx, E_INVALID, "year", N_("年度不能晚于今年"));
    if (h->starts_on != NULL && *h->starts_on / 10000 != h->year)
        return SAY(cx, E_INVALID, "starts_on", N_("开班日期不在这个年度里，请核对"));
    if (h->starts_on != NULL && h->ends_on != NULL && *h->ends_on < *h->starts_on)
        return SAY(cx, E_INVALID, "ends_on", N_("结课日期早于开班日期，请核对"));
    return E_OK;
}

/* The number belongs to somebody we know by another name: one of the two is mistyped. */
static err_t name_fits(struct ctx *cx, const char *find, const char *name)
{
    struct q_history_person_row *rows;
    const char *known;
    size_t n;
    TRY(q_history_person(cx, &(struct q_history_person_in){.idno_find = find}, &rows, &n));
    if (n == 0)
        return E_OK;
    TRY(unseal(cx, "person.name", rows[0].name, &known));
    if (known == NULL || *known == '\0' || strcmp(text_fold(cx->arena, known, strlen(known)), text_fold(cx->arena, name, strlen(name))) == 0)
        return E_OK;
    return SAY(cx, E_CONFLICT, "name", N_("这个身份证号在系统里是另一个姓名，请核对号码和姓名"));
}

/* E_REPEAT: it is there just so, here or as a class of this system. */
static err_t is_new(struct ctx *cx, const struct q_history_add_in *a, bool class_there)
{
    struct q_history_same_row *rows;
    struct q_history_here_row here = {0};
    size_t n;
    struct q_history_same_in same = {.idno_find = a->idno_find, .item = a->item, .line = a->line, .occupation = a->occupation, .level = a->level, .year = a->year};
    TRY(q_history_same(cx, &same, &rows, &n));
    if (n > 0 && a->amount != NULL && rows[0].amount != NULL && *a->amount != *rows[0].amount)
        return SAY(cx, E_CONFLICT, "amount", arena_fmt(cx->arena, tr(cx, N_("已有同一人同一职业同一等级同一年度的记录（%s），金额不一样，请核对")), rows[0].code));
    if (n > 0)
        return FAIL(cx, E_REPEAT, NULL, "known as %s", rows[0].code);
    if (class_there) {
        struct q_history_here_in in = {.idno_find = a->idno_find, .occupation = a->occupation, .level = a->level, .from_on = a->year * 10000, .to_on = a->year * 10000 + 1231};
        TRY(q_history_here(cx, &in, &here));
    }
    return here.n == 0 ? E_OK : FAIL(cx, E_REPEAT, NULL, "a class of ours");
}

static err_t put(struct ctx *cx, int64_t subject_id, int64_t sheet_id, const void *in, struct form *form)
{
    const struct history_in *h = in;
    struct q_history_add_row row;
    (void)form; /* one mistake at a time is enough here: the fields are checked already */
    TRY(fits(cx, h));
    struct q_history_add_in a = {
        .code = arena_fmt(cx->arena, "=%s%lld", or_else(h->item, "training"), (long long)sheet_id), .idno_find = person_key(cx, "person.idno", h->idno),
        .item = or_else(h->item, "training"), .line = or_else(h->line, "catalogue"), .occupation = or_else(h->occupation, ""),
        .level = h->level == NULL ? 0 : h->level[0] - '0', .year = h->year, .starts_on = h->starts_on, .ends_on = h->ends_on,
        .state = or_else(h->state, "paid"), .fund = or_else(h->fund, ""), .amount = h->amount, .provider = or_else(h->provider, ""), .district = subject_id,
        .sheet_id = sheet_id != 0 ? &sheet_id : NULL, .at = cx->now, .account_id = cx->actor.account_id};
    if (is(a.item, "allowance")) /* the day it was had is what counts */
        a.starts_on = a.ends_on = h->paid_on != NULL ? h->paid_on : h->starts_on;
    TRY(name_fits(cx, a.idno_find, h->name));
    TRY(is_new(cx, &a, is(a.item, "training") && is(a.line, "catalogue")));
    TRY(seal(cx, "history.idno", h->idno, &a.idno));
    TRY(seal(cx, "history.name", h->name, &a.name));
    if (h->certificate != NULL)
        TRY(seal(cx, "history.certificate", h->certificate, &a.certificate));
    TRY(q_history_add(cx, &a, &row));
    return q_history_name(cx, &(struct q_history_name_in){.id = row.id}, NULL);
}

const struct sheet_kind history_sheet = {
    .name = "history", .fields = history_fields, .columns = columns, .size = sizeof(struct history_in), .secret = true, .head_word = N_("身份证"), .put = put,
};

/* ---- looking ---- */

err_t history_of(struct ctx *cx, const char *idno, struct q_history_of_row **rows, size_t *n)
{
    return q_history_of(cx, &(struct q_history_of_in){.idno_find = person_key(cx, "person.idno", idno)}, rows, n);
}

err_t history_of_class(struct ctx *cx, int64_t class_id, struct q_history_class_row **rows, size_t *n)
{
    return q_history_class(cx, &(struct q_history_class_in){.class_id = class_id}, rows, n);
}

err_t history_page(struct ctx *cx, const struct q_history_list_in *in, struct q_history_list_row **rows, size_t *n)
{
    return q_history_list(cx, in, rows, n);
}

err_t history_mask(struct ctx *cx, struct blob name, struct blob idno, struct blob certificate, const char *out[3])
{
    const char *n, *i, *c;
    TRY(unseal(cx, "history.name", name, &n));
    TRY(unseal(cx, "history.idno", idno, &i));
    TRY(unseal(cx, "history.certificate", certificate, &c));
    size_t len = c == NULL ? 0 : strlen(c);
    out[0] = n == NULL ? NULL : text_mask_name(cx->arena, n);
    out[1] = i == NULL ? NULL : text_mask_idno(cx->arena, i);
    out[2] = c == NULL ? NULL : arena_fmt(cx->arena, "…%s", len > 4 ? c + len - 4 : c);
    return E_OK;
}

err_t history_own(struct ctx *cx, const char *code, struct q_history_get_row *out)
{
    struct q_history_get_row *rows;
    size_t n;
    TRY(q_history_get(cx, &(struct q_history_get_in){.code = code}, &rows, &n));
    if (n == 0 || (cx->actor.role == ROLE_DISTRICT && rows[0].district != cx->actor.district))
        return FAIL(cx, E_NOTFOUND, NULL, "no row %s of this actor", code);
    *out = rows[0];
    return E_OK;
}

static err_t looked_tx(struct ctx *cx, void *arg)
{
    (void)arg;
    return audit_add(cx, "look", "history", 0, NULL);
}

err_t history_looked(struct ctx *cx) { return store_tx(cx, STORE_WRITE, looked_tx, NULL); }

struct removing {
    int64_t id;
    const char *reason;
};

static err_t remove_tx(struct ctx *cx, void *arg)
{
    const struct removing *r = arg;
    size_t changed;
    TRY(q_history_out(cx, &(struct q_history_out_in){.id = r->id, .reason = r->reason}, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这条记录已经撤掉了。"));
    return audit_add(cx, "history.remove", "history", r->id, NULL);
}

err_t history_remove(struct ctx *cx, int64_t id, const char *reason)
{
    return store_tx(cx, STORE_WRITE, remove_tx, &(struct removing){id, reason});
}
