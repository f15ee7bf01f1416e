#include "city/stations/stations.h"

#include "city/jobs/job_handover.h"
#include "city/referrals/handover.h"
#include "city/stations/stations_impl.h"

#include <string.h>

static err_t complete(struct ctx *cx, const void *row)
{
    const struct station_step *s = row;
    const char *say = station_lacks(cx, s->evidence, s->action);
    return say == NULL ? E_OK : SAY(cx, E_INVALID, NULL, say);
}

static const struct flow_state states[] = {
    {"planned", N_("规划中")},   {"building", N_("建设中")},   {"trial", N_("试运营")},    {"open", N_("投入使用")}, {"rectifying", N_("整改中")},
    {"suspended", N_("暂停服务")}, {"closing", N_("退出交接")}, {"closed", N_("已退出")}, {0},
};

static const struct flow_edge edges[] = {
    {"planned", "build", "building", N_("开始建设"), OFFICERS, 0, complete},
    {"planned", "drop", "closed", N_("取消建设"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"building", "try", "trial", N_("开始试运营"), OFFICERS, 0, complete},
    {"building", "drop", "closed", N_("取消建设"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"trial", "open", "open", N_("投入使用"), OFFICERS, FLOW_NOTE, complete},
    {"trial", "rebuild", "building", N_("退回建设"), OFFICERS, FLOW_NOTE, NULL},
    {"open", "rectify", "rectifying", N_("要求整改"), OFFICERS, FLOW_NOTE, NULL},
    {"rectifying", "resume", "open", N_("整改完成"), OFFICERS, FLOW_NOTE, complete},
    {"rectifying", "suspend", "suspended", N_("暂停服务"), OFFICERS, FLOW_NOTE, NULL},
    {"open", "suspend", "suspended", N_("暂停服务"), OFFICERS, FLOW_NOTE, NULL},
    {"suspended", "resume", "open", N_("恢复服务"), OFFICERS, FLOW_NOTE, complete},
    {"open", "leave", "closing", N_("开始退出"), OFFICERS, FLOW_NOTE, NULL},
    {"rectifying", "leave", "closing", N_("开始退出"), OFFICERS, FLOW_NOTE, NULL},
    {"suspended", "leave", "closing", N_("开始退出"), OFFICERS, FLOW_NOTE, NULL},
    {"closing", "close", "closed", N_("完成退出"), OFFICERS, FLOW_NOTE | FLOW_FINAL, complete},
    {0},
};

const struct flow station_flow = {"station", "planned", states, edges};

bool station_serves(const char *status)
{
    return strcmp(status, "open") == 0 || strcmp(status, "trial") == 0 || strcmp(status, "rectifying") == 0;
}

struct move {
    int64_t id, version;
    const char *action, *note;
};

static err_t write_step(struct ctx *cx, const struct q_station_row *s, const struct flow_edge *e, const struct move *m,
                        const struct station_evidence *ev)
{
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    const char *json = station_evidence_json(cx, ev);
    const int64_t *trial_on = strcmp(e->to, "trial") == 0 ? &today : s->trial_on;
    const int64_t *open_on = strcmp(e->action, "open") == 0 ? &today : s->open_on;
    TRY(q_station_step(cx,
                       &(struct q_station_step_in){
                           .status = e->to, .status_on = today, .trial_on = trial_on, .open_on = open_on, .id = s->id, .version = s->version},
                       &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "station %lld moved meanwhile", (long long)s->id);
    TRY(q_station_move_add(cx,
                           &(struct q_station_move_add_in){s->id, cx->now, cx->actor.account_id, e->action, e->from, e->to,
                                                           m->note != NULL ? m->note : "", json},
                           &n));
    TRY(change_add(cx, "station", s->id));
    return audit_add(cx, e->action, "station", s->id, json);
}

static err_t move(struct ctx *cx, void *arg)
{
    const struct move *m = arg;
    const struct flow_edge *e;
    struct q_station_row s;
    struct station_evidence ev;
    TRY(station_by_id(cx, m->id, &s));
    if (!station_mine(cx, &s))
        return FAIL(cx, E_NOTFOUND, NULL, "station %s is not this actor's", s.code);
    if (m->version != 0 && m->version != s.version)
        return FAIL(cx, E_CONFLICT, NULL, "station %s: version %lld, form had %lld", s.code, (long long)s.version, (long long)m->version);
    TRY(station_evidence(cx, &s, &ev));
    struct station_step step = {&ev, m->action};
    TRY(flow_step(cx, &station_flow, s.status, m->action, m->note, &step, &e));
    cx->result = arena_fmt(cx->arena, "/stations/%s/life", s.code);
    return write_step(cx, &s, e, m, &ev);
}

err_t station_move(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version)
{
    struct move m = {id, version, action, note};
    return store_tx(cx, STORE_WRITE, move, &m);
}

struct leave {
    int64_t id, receipt;
    const char *to, *note;
};

static err_t hand_over(struct ctx *cx, void *arg)
{
    struct leave *l = arg;
    size_t n;
    struct q_station_row s, to;
    struct q_station_handover_add_row receipt;
    int64_t referrals = 0, follow_ups = 0, jobs = 0;
    TRY(station_by_id(cx, l->id, &s));
    if (!station_mine(cx, &s) || (cx->actor.role & OFFICERS) == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "station %s is not this actor's", s.code);
    if (strcmp(s.status, "closing") != 0)
        return SAY(cx, E_STATE, NULL, N_("先“开始退出”，再交接。"));
    if (station_get(cx, l->to, &to) != E_OK || to.id == s.id || !station_serves(to.status))
        return SAY(cx, E_INVALID, "successor", N_("接手的驿站要填一个正在开放的驿站编号，比如 S12。"));
    TRY(handover_move(cx, s.id, to.id, &referrals, &follow_ups));
    TRY(job_handover_move(cx, s.id, to.id, &jobs));
    TRY(q_station_succeed(cx, &(struct q_station_succeed_in){.id = s.id, .successor_id = to.id}, &n));
    TRY(q_station_handover_add(
        cx, &(struct q_station_handover_add_in){s.id, to.id, cx->now, cx->actor.account_id, referrals, follow_ups, jobs, l->note}, &receipt));
    l->receipt = receipt.id;
    cx->result = arena_fmt(cx->arena, "/stations/%s/handover", s.code);
    TRY(change_add(cx, "station", s.id));
    return audit_add(cx, "hand_over", "station", s.id,
                     arena_fmt(cx->arena, "{\"to\":%lld,\"referrals\":%lld,\"follow_ups\":%lld,\"jobs\":%lld}", (long long)to.id,
                               (long long)referrals, (long long)follow_ups, (long long)jobs));
}

err_t station_hand_over(struct ctx *cx, int64_t id, const char *successor_code, const char *note, int64_t *receipt)
{
    struct leave l = {.id = id, .to = successor_code, .note = note != NULL ? note : ""};
    TRY(store_tx(cx, STORE_WRITE, hand_over, &l));
    *receipt = l.receipt;
    return E_OK;
}

err_t station_instead(struct ctx *cx, const struct q_station_row *s, struct q_station_row *out)
{
    *out = *s;
    for (int hops = 0; hops < 8 && !station_serves(out->status) && out->successor_id != NULL; hops++)
        TRY(station_by_id(cx, *out->successor_id, out));
    return E_OK;
}
