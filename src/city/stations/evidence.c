#include "city/stations/stations.h"

#include "base/text.h"
#include "city/choices.h"
#include "city/jobs/job_handover.h"
#include "city/referrals/handover.h"
#include "city/stations/stations_impl.h"

#include <jansson.h>
#include <string.h>

static bool listed(const char *list, const char *item, size_t n)
{
    for (const char *p = list; (p = strstr(p, item)) != NULL; p += n)
        if ((p == list || p[-1] == ',') && (p[n] == '\0' || p[n] == ','))
            return true;
    return false;
}

/* The items of the norm that are not switched on. */
static const char *lacking(struct ctx *cx, const struct city_profile *norm, const char *have)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < norm->n_functions; i++)
        if (!listed(have, norm->functions[i], strlen(norm->functions[i])))
            buf_fmt(&b, "%s%s", b.len ? "," : "", norm->functions[i]);
    return buf_text(&b);
}

static err_t staff(struct ctx *cx, int64_t id, struct station_evidence *e)
{
    struct q_station_staff_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    TRY(q_station_staff(cx, &(struct q_station_staff_in){.first_id = id, .last_id = id, .day = today}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        int64_t *to = strcmp(rows[i].kind, "full") == 0        ? &e->full
                      : strcmp(rows[i].kind, "part") == 0      ? &e->part
                      : strcmp(rows[i].kind, "volunteer") == 0 ? &e->volunteer
                      : strcmp(rows[i].kind, "posted") == 0    ? &e->posted
                                                               : &e->expert;
        *to = rows[i].n;
        e->staff += rows[i].n;
        e->trained += rows[i].trained;
    }
    return E_OK;
}

static err_t functions(struct ctx *cx, int64_t id, struct station_evidence *e)
{
    struct q_station_services_row *rows;
    struct q_station_hours_row *hours;
    size_t n, n_hours;
    struct buf b = {.a = cx->arena};
    TRY(q_station_services(cx, &(struct q_station_services_in){id, id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%s", i ? "," : "", rows[i].item);
    e->functions = buf_text(&b);
    TRY(q_station_hours(cx, &(struct q_station_hours_in){id, id}, &hours, &n_hours));
    for (size_t i = 0; i < n_hours; i++)
        e->days_of_week += i == 0 || hours[i].weekday != hours[i - 1].weekday;
    return E_OK;
}

static err_t trial(struct ctx *cx, const struct q_station_row *s, struct station_evidence *e)
{
    struct q_station_served_since_row served = {0};
    if (s->trial_on == NULL)
        return E_OK;
    int64_t today = day_of(cx->now, DAY_ZONE), from = day_start(*s->trial_on, DAY_ZONE);
    e->trial_days = day_between(*s->trial_on, s->open_on != NULL ? *s->open_on : today);
    TRY(q_station_served_since(cx, &(struct q_station_served_since_in){s->id, from}, &served));
    e->services = served.n;
    return E_OK;
}

static err_t leaving(struct ctx *cx, const struct q_station_row *s, struct station_evidence *e)
{
    struct q_station_events_waiting_row events;
    struct q_station_row to;
    TRY(handover_count(cx, s->id, &e->referrals, &e->follow_ups));
    TRY(job_handover_count(cx, s->id, &e->jobs));
    TRY(q_station_events_waiting(cx, &(struct q_station_events_waiting_in){s->id}, &events));
    e->events = events.n;
    if (s->successor_id == NULL)
        return E_OK;
    TRY(station_by_id(cx, *s->successor_id, &to));
    e->successor = station_serves(to.status) ? to.code : NULL;
    return E_OK;
}

err_t station_evidence(struct ctx *cx, const struct q_station_row *s, struct station_evidence *out)
{
    const struct city_profile *norm = city_profile(cx->house->city, s->type);
    *out = (struct station_evidence){.area_m2 = s->area_m2, .phone = *s->phone != '\0', .address = *s->address != '\0',
                                     .operator = *s->operator != '\0'};
    if (norm == NULL)
        return FAIL(cx, E_BUG, NULL, "no profile of station type %s", s->type);
    out->need_staff = norm->staff;
    out->need_full = norm->full_time;
    out->need_days = norm->trial_days;
    out->need_services = norm->trial_services;
    out->need_area = norm->area_m2;
    TRY(staff(cx, s->id, out));
    TRY(functions(cx, s->id, out));
    out->missing = lacking(cx, norm, out->functions);
    TRY(trial(cx, s, out));
    return leaving(cx, s, out);
}

/* ---- what is missing, in words ---- */

const char *station_item_names(struct ctx *cx, const char *items)
{
    struct buf b = {.a = cx->arena};
    for (const char *p = items; *p != '\0';) {
        size_t n = strcspn(p, ",");
        buf_fmt(&b, "%s%s", b.len ? tr(cx, N_("、")) : "", tr(cx, choice_label(station_items, arena_strndup(cx->arena, p, n))));
        p += n + (p[n] == ',');
    }
    return buf_text(&b);
}


static void lack(struct ctx *cx, struct buf *b, const char *say)
{
    if (b->len > 0)
        buf_str(b, tr(cx, N_("；")));
    buf_str(b, say);
}

static void lack_n(struct ctx *cx, struct buf *b, int64_t have, int64_t need, const char *msgid)
{
    if (have < need)
        lack(cx, b, text_fill(cx->arena, tr(cx, msgid), "n", arena_fmt(cx->arena, "%lld", (long long)(need - have)), NULL));
}

static void premises(struct ctx *cx, const struct station_evidence *e, struct buf *b)
{
    if (!e->address)
        lack(cx, b, tr(cx, N_("地址")));
    if (!e->operator)
        lack(cx, b, tr(cx, N_("运营单位")));
    lack_n(cx, b, e->area_m2, e->need_area, N_("面积还差 {n} 平方米"));
}

static void desk(struct ctx *cx, const struct station_evidence *e, struct buf *b)
{
    if (!e->phone)
        lack(cx, b, tr(cx, N_("对外电话")));
    if (e->days_of_week == 0)
        lack(cx, b, tr(cx, N_("开放时间")));
    lack_n(cx, b, e->full, e->need_full, N_("专职人员 {n} 名"));
}

static void working(struct ctx *cx, const struct station_evidence *e, struct buf *b)
{
    lack_n(cx, b, e->staff, e->need_staff, N_("工作人员 {n} 名"));
    if (*e->missing != '\0')
        lack(cx, b, text_fill(cx->arena, tr(cx, N_("服务功能（{items}）")), "items", station_item_names(cx, e->missing), NULL));
}

static void leave(struct ctx *cx, const struct station_evidence *e, struct buf *b)
{
    if (e->successor == NULL)
        lack(cx, b, tr(cx, N_("接手的驿站（要正在开放）")));
    lack_n(cx, b, 0, e->referrals, N_("没交接的推荐 {n} 件"));
    lack_n(cx, b, 0, e->follow_ups, N_("没交接的回访 {n} 件"));
    lack_n(cx, b, 0, e->jobs, N_("没交接的岗位 {n} 条"));
    lack_n(cx, b, 0, e->events, N_("没办完也没取消的活动 {n} 场"));
}

const char *station_next(const char *status)
{
    static const struct {
        const char *status, *action;
    } next[] = {{"planned", "build"},     {"building", "try"},     {"trial", "open"},
                {"rectifying", "resume"}, {"suspended", "resume"}, {"closing", "close"}};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        if (strcmp(next[i].status, status) == 0)
            return next[i].action;
    return NULL;
}

const char *station_lacks(struct ctx *cx, const struct station_evidence *e, const char *action)
{
    struct buf b = {.a = cx->arena};
    bool opens = strcmp(action, "open") == 0;
    if (strcmp(action, "close") == 0)
        leave(cx, e, &b);
    if (strcmp(action, "build") == 0 || strcmp(action, "try") == 0 || opens || strcmp(action, "resume") == 0)
        premises(cx, e, &b);
    if (strcmp(action, "try") == 0 || opens || strcmp(action, "resume") == 0)
        desk(cx, e, &b);
    if (opens || strcmp(action, "resume") == 0)
        working(cx, e, &b);
    if (opens) {
        lack_n(cx, &b, e->trial_days, e->need_days, N_("试运营还差 {n} 天"));
        lack_n(cx, &b, e->services, e->need_services, N_("试运营期间的服务还差 {n} 件"));
    }
    return b.len == 0 ? NULL : text_fill(cx->arena, tr(cx, N_("还差：{list}。")), "list", buf_text(&b), NULL);
}

const char *station_evidence_json(struct ctx *cx, const struct station_evidence *e)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    view_i64(cx->arena, v, "full", e->full);
    view_i64(cx->arena, v, "part", e->part);
    view_i64(cx->arena, v, "volunteer", e->volunteer);
    view_i64(cx->arena, v, "posted", e->posted);
    view_i64(cx->arena, v, "expert", e->expert);
    view_i64(cx->arena, v, "trained", e->trained);
    view_str(cx->arena, v, "functions", e->functions);
    view_str(cx->arena, v, "missing", e->missing);
    view_i64(cx->arena, v, "trial_days", e->trial_days);
    view_i64(cx->arena, v, "services", e->services);
    view_i64(cx->arena, v, "area_m2", e->area_m2);
    view_json(&b, v);
    return buf_text(&b);
}

static void decref(void *json)
{
    json_decref(json);
}

static const char *figure(struct ctx *cx, const json_t *o, const char *key)
{
    return arena_fmt(cx->arena, "%lld", (long long)json_integer_value(json_object_get(o, key)));
}

const char *station_evidence_text(struct ctx *cx, const char *json)
{
    json_t *o = json_loads(json, 0, NULL);
    if (o == NULL || json_object_size(o) == 0) {
        json_decref(o);
        return "";
    }
    arena_defer(cx->arena, decref, o);
    return text_fill(cx->arena, tr(cx, N_("当天：专职 {full}，兼职 {part}，派驻 {posted}，志愿者 {volunteer}，专家 {expert}；试运营 {days} 天，服务 {n} 件；面积 {area} 平方米")),
                     "full", figure(cx, o, "full"), "part", figure(cx, o, "part"), "posted", figure(cx, o, "posted"), "volunteer",
                     figure(cx, o, "volunteer"), "expert", figure(cx, o, "expert"), "days", figure(cx, o, "trial_days"), "n",
                     figure(cx, o, "services"), "area", figure(cx, o, "area_m2"), NULL);
}
