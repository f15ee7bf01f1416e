#include "city/referrals/referrals.h"

#include "base/day.h"
#include "city/referrals/referrals_impl.h"
#include "store/store.h"

#include "referrals.sql.h"

#include <string.h>

const struct choice refuse_reasons[] = {
    {"far", N_("太远")},           {"pay", N_("工资不合适")},     {"hours", N_("时间、班次不合适")}, {"work", N_("活儿干不了、不想干")},
    {"certificate", N_("缺证书")}, {"skills", N_("技能不够")},    {"health", N_("身体原因")},         {"filled", N_("岗位招满了")},
    {"untrue", N_("和招聘信息不符")}, {"found", N_("自己找到了别的工作")}, {"family", N_("家里有事")},   {"other", N_("其他")},
    {0},
};
const struct choice hire_evidence[] = {
    {"contract", N_("劳动合同")}, {"insurance", N_("社保记录")}, {"employer", N_("单位确认")}, {"person", N_("本人告知")}, {0},
};

static const struct flow_state states[] = {
    {"proposed", N_("已推荐")},   {"informed", N_("已告知单位")}, {"interview", N_("约了面试")},   {"hired", N_("已录用")},
    {"refused", N_("单位没录用")}, {"withdrawn", N_("本人不去了")}, {"no_answer", N_("联系不上")}, {0},
};

static err_t has_person(struct ctx *cx, const void *row)
{
    const struct q_referral_row *r = row;
    return r->person_id != NULL ? E_OK : SAY(cx, E_INVALID, NULL, N_("这次推荐没有留姓名，不能记录用。请先登记是谁。"));
}

#define WORKS (DESK | ROLE_EMPLOYER)
static const struct flow_edge edges[] = {
    {"proposed", "inform", "informed", N_("已告知单位"), DESK, 0, NULL},
    {"proposed", "interview", "interview", N_("约好面试"), WORKS, 0, NULL},
    {"informed", "interview", "interview", N_("约好面试"), WORKS, 0, NULL},
    {"interview", "interview", "interview", N_("改面试时间"), WORKS, 0, NULL},
    {"no_answer", "interview", "interview", N_("约好面试"), WORKS, 0, NULL},
    {"proposed", "hire", "hired", N_("录用了"), WORKS, FLOW_FINAL, has_person},
    {"informed", "hire", "hired", N_("录用了"), WORKS, FLOW_FINAL, has_person},
    {"interview", "hire", "hired", N_("录用了"), WORKS, FLOW_FINAL, has_person},
    {"no_answer", "hire", "hired", N_("录用了"), WORKS, FLOW_FINAL, has_person},
    {"proposed", "refuse", "refused", N_("单位没录用"), WORKS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"informed", "refuse", "refused", N_("单位没录用"), WORKS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"interview", "refuse", "refused", N_("单位没录用"), WORKS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"no_answer", "refuse", "refused", N_("单位没录用"), WORKS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"proposed", "withdraw", "withdrawn", N_("本人不去了"), DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"informed", "withdraw", "withdrawn", N_("本人不去了"), DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"interview", "withdraw", "withdrawn", N_("本人不去了"), DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"no_answer", "withdraw", "withdrawn", N_("本人不去了"), DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"proposed", "no_answer", "no_answer", N_("联系不上"), DESK, 0, NULL},
    {"informed", "no_answer", "no_answer", N_("联系不上"), DESK, 0, NULL},
    {"interview", "no_answer", "no_answer", N_("联系不上"), DESK, 0, NULL},
    {0},
};
const struct flow referral_flow = {"referral", "proposed", states, edges};

bool referral_choice(const struct choice *c, const char *code)
{
    for (; code != NULL && c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return true;
    return false;
}

err_t referral_get(struct ctx *cx, int64_t id, struct q_referral_row *out)
{
    return q_referral_first(cx, &(struct q_referral_in){.id = id}, out);
}

err_t referral_own(struct ctx *cx, int64_t id, struct q_referral_row *out)
{
    TRY(referral_get(cx, id, out));
    const struct actor *a = &cx->actor;
    bool own = (a->role & DESK)             ? out->station_id == a->station_id
               : a->role == ROLE_EMPLOYER ? out->employer_id == a->employer_id
               : a->role == ROLE_SEEKER   ? out->person_id != NULL && *out->person_id == a->person_id
                                          : a->role == ROLE_CLOCK;
    return own ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "referral %lld is not this actor's", (long long)id);
}

err_t referral_go(struct ctx *cx, const struct q_referral_row *r, const struct referral_move *m)
{
    const struct flow_edge *e = NULL;
    size_t changed;
    TRY(flow_step(cx, &referral_flow, r->status, m->action, m->reason, r, &e));
    if ((e->flags & FLOW_NOTE) && !referral_choice(refuse_reasons, m->reason))
        return SAY(cx, E_INVALID, "reason", N_("请从列表里选一个原因，下次推荐会用上。"));
    bool meets = strcmp(e->to, "interview") == 0;
    struct q_referral_step_in in = {
        .id = r->id, .version = m->version != 0 ? m->version : r->version, .status = e->to, .moved_at = cx->now,
        .reason = m->reason != NULL ? m->reason : r->reason,
        .interview_at = meets && m->interview_at != NULL ? m->interview_at : r->interview_at,
        .advice = m->advice != NULL ? m->advice : r->advice,
    };
    TRY(q_referral_step(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "referral %lld moved under us", (long long)r->id);
    return audit_add(cx, arena_fmt(cx->arena, "referral.%s", m->action), "referral", r->id,
                     m->reason == NULL ? NULL : arena_fmt(cx->arena, "{\"reason\":\"%s\"}", m->reason));
}

struct moving {
    int64_t id;
    const struct referral_move *m;
};

static bool ends(const char *action)
{
    return strcmp(action, "refuse") == 0 || strcmp(action, "withdraw") == 0 || strcmp(action, "no_answer") == 0;
}

static err_t move_tx(struct ctx *cx, void *arg)
{
    const struct moving *w = arg;
    struct q_referral_row r;
    TRY(referral_own(cx, w->id, &r));
    if (strcmp(w->m->action, "hire") == 0)
        return FAIL(cx, E_INVALID, "action", "a hire needs evidence: referral_hire()");
    TRY(referral_go(cx, &r, w->m));
    if (strcmp(w->m->action, "interview") == 0 && w->m->interview_at != NULL)
        TRY(follow_up_due(cx, &r, "interview", day_of(*w->m->interview_at, DAY_ZONE), 1));
    if (!ends(w->m->action))
        return E_OK;
    struct q_follow_up_end_all_in end = {.referral_id = r.id, .done_at = &cx->now, .account_id = &cx->actor.account_id, .result = w->m->action};
    return q_follow_up_end_all(cx, &end, NULL);
}

err_t referral_move(struct ctx *cx, int64_t referral_id, const struct referral_move *m)
{
    if (m->interview_at != NULL && *m->interview_at < cx->now - DAY_MS)
        return SAY(cx, E_INVALID, "interview_at", N_("面试时间已经过了，请检查日期。"));
    return store_tx(cx, STORE_WRITE, move_tx, &(struct moving){referral_id, m});
}

err_t referral_list(struct ctx *cx, int64_t person_id, struct q_referral_list_row **rows, size_t *n)
{
    return q_referral_list(cx, &(struct q_referral_list_in){.person_id = person_id}, rows, n);
}

err_t referral_contact(struct ctx *cx, int64_t job_id, const char **name, const char **phone)
{
    struct q_referral_contact_row *rows;
    size_t n;
    *name = *phone = NULL;
    TRY(q_referral_contact(cx, &(struct q_referral_contact_in){.id = job_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    TRY(unseal(cx, "job.contact_name", rows[0].contact_name, name));
    TRY(unseal(cx, "job.contact_phone", rows[0].contact_phone, phone));
    if (*phone != NULL)
        return E_OK;
    TRY(unseal(cx, "employer.contact_name", rows[0].employer_contact_name, name));
    return unseal(cx, "employer.contact_phone", rows[0].employer_contact_phone, phone);
}

/* ---- for the person ---- */

err_t referrals_forget(struct ctx *cx, int64_t person_id)
{
    return q_follow_up_drop(cx, &(struct q_follow_up_drop_in){.person_id = person_id, .done_at = &cx->now}, NULL);
}

err_t referrals_export(struct ctx *cx, int64_t person_id, struct view *to)
{
    struct arena *a = cx->arena;
    struct q_slip_list_row *slips;
    struct q_referral_list_row *referrals;
    struct q_hire_list_row *hires;
    size_t n;
    TRY(slip_list(cx, person_id, &slips, &n));
    VIEW_ROWS(a, to, "slips", q_slip_list_row_members, slips, n);
    TRY(referral_list(cx, person_id, &referrals, &n));
    VIEW_ROWS(a, to, "referrals", q_referral_list_row_members, referrals, n);
    TRY(q_hire_list(cx, &(struct q_hire_list_in){.person_id = person_id}, &hires, &n));
    VIEW_ROWS(a, to, "hires", q_hire_list_row_members, hires, n);
    return E_OK;
}
