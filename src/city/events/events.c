#include "city/events/events.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/maybe.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/house.h"
#include "feeds/ics.h"
#include "rules/rules.h"
#include "store/store.h"

#include "events.sql.h"

#include <stdlib.h>
#include <string.h>

const struct choice event_kinds[] = {
    {"onsite", N_("现场招聘会")}, {"online", N_("线上招聘会")}, {"live", N_("直播带岗")}, {"talk", N_("讲座和指导")}, {0},
};

static const struct flow_state states[] = {{"planned", N_("将要举办")}, {"held", N_("已举办")}, {"cancelled", N_("已取消")}, {0}};

/* An event that has not begun was not held. */
static err_t begun(struct ctx *cx, const void *row)
{
    const struct q_event_list_row *e = row;
    return e->starts_at <= cx->now ? E_OK : SAY(cx, E_INVALID, NULL, N_("活动还没开始，开始以后才能登记结果。"));
}

static const struct flow_edge edges[] = {
    {"planned", "hold", "held", N_("登记结果"), DESK | OFFICERS, FLOW_FINAL, begun},
    {"planned", "cancel", "cancelled", N_("取消活动"), DESK | OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {0},
};

const struct flow event_flow = {"event", "planned", states, edges};

bool event_mine(const struct ctx *cx, const struct q_station_row *s)
{
    return station_mine(cx, s) || (cx->actor.role == ROLE_STAFF && cx->actor.station_id == s->id);
}

err_t event_list(struct ctx *cx, const struct event_find *f, struct q_event_list_row **rows, size_t *n)
{
    struct q_event_list_in in = {.first_id = 1, .last_id = INT64_MAX, .from_at = f->from_at, .to_at = f->to_at, .district = f->district,
                                 .station_id = f->station_id, .kind = f->kind, .status = f->status, .off = f->off, .lim = f->lim,
                                 .dir = f->newest_first ? -1 : 1};
    return q_event_list(cx, &in, rows, n);
}

static err_t by_id(struct ctx *cx, int64_t id, struct q_event_list_row *out)
{
    return q_event_list_first(cx, &(struct q_event_list_in){.first_id = id, .last_id = id, .to_at = INT64_MAX, .lim = 1, .dir = 1}, out);
}

err_t event_get(struct ctx *cx, const char *code, struct q_event_list_row *out)
{
    size_t digits = code[0] == 'V' || code[0] == 'v' ? strspn(code + 1, "0123456789") : 0;
    if (digits == 0 || digits > 12 || code[1 + digits] != '\0')
        return FAIL(cx, E_NOTFOUND, NULL, "'%.40s' is no event code", code);
    return by_id(cx, strtoll(code + 1, NULL, 10), out);
}

err_t event_counts(struct ctx *cx, int64_t from_at, int64_t to_at, struct q_event_counts_row **rows, size_t *n)
{
    return q_event_counts(cx, &(struct q_event_counts_in){.from_at = from_at, .to_at = to_at}, rows, n);
}

/* ---- acts ---- */

struct act {
    int64_t station_id, id;
    const struct event_plan *in;
    const char *action, *note;
    int64_t attended, sequence;
};

static err_t check(struct ctx *cx, const struct event_plan *in)
{
    if (in->ends_at <= in->starts_at)
        return SAY(cx, E_INVALID, "ends_at", N_("结束时间要晚于开始时间。"));
    if (in->ends_at - in->starts_at > (int64_t)31 * DAY_MS)
        return SAY(cx, E_INVALID, "ends_at", N_("一场活动最长 31 天，请分成几场。"));
    if (in->ends_at <= cx->now)
        return SAY(cx, E_INVALID, "starts_at", N_("活动时间已经过去，请填将来的时间。"));
    return E_OK;
}

static err_t add(struct ctx *cx, void *arg)
{
    struct act *a = arg;
    const struct event_plan *in = a->in;
    struct q_station_row s;
    struct q_event_insert_row row;
    char token[44];
    size_t n;
    TRY(station_by_id(cx, a->station_id, &s));
    if (!event_mine(cx, &s))
        return FAIL(cx, E_NOTFOUND, NULL, "station %s is not this actor's", s.code);
    if (!station_serves(s.status))
        return SAY(cx, E_STATE, NULL, N_("这个驿站现在没有开放，不能安排活动。"));
    hash_token(token);
    struct q_event_insert_in e = {.code = token, .station_id = s.id, .title = in->title, .kind = in->kind, .starts_at = in->starts_at,
                                  .ends_at = in->ends_at, .place = in->place != NULL ? in->place : s.address,
                                  .summary = or_empty(in->summary), .employers = in->employers, .expected = in->expected,
                                  .status = event_flow.initial, .updated_at = cx->now, .licence = or_empty(in->licence)};
    TRY(q_event_insert(cx, &e, &row));
    a->id = row.id;
    const char *code = arena_fmt(cx->arena, "V%lld", (long long)row.id);
    TRY(q_event_name(cx, &(struct q_event_name_in){.code = code, .id = row.id}, &n));
    cx->result = arena_fmt(cx->arena, "/events/%s", code);
    return audit_add(cx, "add", "event", row.id, NULL);
}

err_t event_add(struct ctx *cx, int64_t station_id, const struct event_plan *in, int64_t *id)
{
    struct act a = {.station_id = station_id, .in = in};
    TRY(check(cx, in));
    TRY(store_tx(cx, STORE_WRITE, add, &a));
    *id = a.id;
    return E_OK;
}

static err_t mine_and_same(struct ctx *cx, int64_t id, int64_t sequence, struct q_event_list_row *e, struct q_station_row *s)
{
    TRY(by_id(cx, id, e));
    TRY(station_by_id(cx, e->station_id, s));
    if (!event_mine(cx, s))
        return FAIL(cx, E_NOTFOUND, NULL, "event %s is not this actor's", e->code);
    return sequence == e->sequence ? E_OK : FAIL(cx, E_CONFLICT, NULL, "event %s was changed meanwhile", e->code);
}

static err_t edit(struct ctx *cx, void *arg)
{
    const struct act *a = arg;
    const struct event_plan *in = a->in;
    struct q_event_list_row e;
    struct q_station_row s;
    size_t n;
    TRY(mine_and_same(cx, a->id, in->sequence, &e, &s));
    if (strcmp(e.status, "planned") != 0)
        return SAY(cx, E_STATE, NULL, N_("办完或取消的活动不能再改。"));
    struct q_event_change_in c = {.title = in->title, .kind = in->kind, .starts_at = in->starts_at, .ends_at = in->ends_at,
                                  .place = in->place != NULL ? in->place : s.address, .summary = or_empty(in->summary),
                                  .employers = in->employers, .expected = in->expected, .licence = or_empty(in->licence),
                                  .updated_at = cx->now, .id = e.id, .was = e.sequence};
    TRY(q_event_change(cx, &c, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "event %s was changed meanwhile", e.code);
    cx->result = arena_fmt(cx->arena, "/events/%s", e.code);
    return audit_add(cx, "edit", "event", e.id, NULL);
}

err_t event_edit(struct ctx *cx, int64_t id, const struct event_plan *in)
{
    struct act a = {.id = id, .in = in};
    TRY(check(cx, in));
    return store_tx(cx, STORE_WRITE, edit, &a);
}

static err_t step(struct ctx *cx, void *arg)
{
    const struct act *a = arg;
    const struct flow_edge *edge;
    struct q_event_list_row e;
    struct q_station_row s;
    size_t n;
    TRY(mine_and_same(cx, a->id, a->sequence, &e, &s));
    TRY(flow_step(cx, &event_flow, e.status, a->action, a->note, &e, &edge));
    struct q_event_step_in c = {.status = edge->to, .note = or_empty(a->note), .attended = strcmp(edge->to, "held") == 0 ? a->attended : 0,
                                .updated_at = cx->now, .id = e.id, .was = e.sequence};
    TRY(q_event_step(cx, &c, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "event %s was changed meanwhile", e.code);
    cx->result = arena_fmt(cx->arena, "/events/%s", e.code);
    return audit_add(cx, edge->action, "event", e.id, NULL);
}

err_t event_move(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t attended, int64_t sequence)
{
    struct act a = {.id = id, .action = action, .note = note, .attended = attended, .sequence = sequence};
    return store_tx(cx, STORE_WRITE, step, &a);
}

/* ---- words ---- */

const char *event_when(struct ctx *cx, int64_t starts_at, int64_t ends_at)
{
    int64_t from = day_of(starts_at, DAY_ZONE), to = day_of(ends_at, DAY_ZONE), end = day_minute(ends_at, DAY_ZONE);
    if (from != to)
        return arena_fmt(cx->arena, "%s – %s", day_text_stamp(cx, starts_at), day_text_stamp(cx, ends_at));
    return arena_fmt(cx->arena, "%s–%d:%02d", day_text_stamp(cx, starts_at), (int)(end / 60), (int)(end % 60));
}

const char *event_licence(struct ctx *cx, int64_t expected, int64_t starts_at)
{
    const struct rule *rule = rules_find(cx->house->rules, "event.licence", day_of(starts_at, DAY_ZONE));
    const struct rule_param *from = rule != NULL ? rule_get(rule, "persons_from", RULE_INT) : NULL;
    if (from == NULL || expected < from->number)
        return NULL;
    return text_fill(cx->arena, tr(cx, N_("预计 {n} 人。{clause}。依据：{cite}")), "n", arena_fmt(cx->arena, "%lld", (long long)expected), "clause",
                     rule->clause, "cite", rule->cite, NULL);
}

static const char *say(struct ctx *cx, const struct q_event_list_row *e)
{
    if (e->employers == 0)
        return event_when(cx, e->starts_at, e->ends_at);
    return text_fill(cx->arena, tr(cx, N_("{when}，{n} 家企业")), "when", event_when(cx, e->starts_at, e->ends_at), "n",
                     arena_fmt(cx->arena, "%lld", (long long)e->employers), NULL);
}

void event_view(struct ctx *cx, struct view *to, const struct q_event_list_row *e)
{
    int64_t day = day_of(e->starts_at, DAY_ZONE);
    view_str(cx->arena, to, "code", e->code);
    view_str(cx->arena, to, "title", e->title);
    view_str(cx->arena, to, "kind", e->kind);
    view_str(cx->arena, to, "kind_label", tr(cx, choice_label(event_kinds, e->kind)));
    view_str(cx->arena, to, "iso", day_text_iso(cx->arena, day));
    view_fmt(cx->arena, to, "month", tr(cx, N_("%d 月")), (int)(day / 100 % 100));
    view_i64(cx->arena, to, "day", day % 100);
    view_str(cx->arena, to, "when", event_when(cx, e->starts_at, e->ends_at));
    view_str(cx->arena, to, "say", say(cx, e));
    view_i64(cx->arena, to, "starts_at", e->starts_at);
    view_i64(cx->arena, to, "ends_at", e->ends_at);
    view_str(cx->arena, to, "place", e->place);
    view_str(cx->arena, to, "status", e->status);
    view_str(cx->arena, to, "status_label", tr(cx, flow_label(&event_flow, e->status)));
    view_bool(cx->arena, to, "cancelled", strcmp(e->status, "cancelled") == 0);
    view_str(cx->arena, to, "station", e->station_code);
    view_str(cx->arena, to, "station_name", e->station_name);
}

void event_ics(struct ctx *cx, struct buf *out, const struct q_event_list_row *e)
{
    const char *url = arena_fmt(cx->arena, "%s/events/%s", cx->house->base_url, e->code);
    struct buf about = {.a = cx->arena};
    buf_fmt(&about, "%s\n%s %s", e->summary, e->station_name, e->phone);
    if (*e->note != '\0')
        buf_fmt(&about, "\n%s", e->note);
    ics_event(out, &(struct ics_event){.uid = arena_fmt(cx->arena, "event-%s@yizhan", e->code), .sequence = e->sequence, .stamp = e->updated_at,
                                       .start = e->starts_at, .end = e->ends_at, .cancelled = strcmp(e->status, "cancelled") == 0,
                                       .title = e->title, .description = buf_text(&about), .place = e->place, .url = url});
}
