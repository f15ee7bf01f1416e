/* Made-up events of the demo's stations: every few weeks one, held when its day is over. */
#include "city/events/events.h"

#include "base/day.h"
#include "base/text.h"
#include "city/demo.h"
#include "store/store.h"

enum { WEEKS_APART = 7, WEEKS_AHEAD = 4 };

static const struct {
    const char *title, *kind, *summary;
    int64_t expected;
} PROGRAMME[] = {
    {"“家门口”招聘会", "onsite", "辖区企业现场招人，可以现场投简历、现场面试。", 120},
    {"餐饮和家政专场招聘会", "onsite", "餐饮、家政、保洁等岗位，部分岗位可以先培训后上岗。", 80},
    {"直播带岗：制造业专场", "live", "主播走进车间，工资、住宿、班次当场说清楚。", 300},
    {"简历和面试讲座", "talk", "专家下沉，讲怎么写简历、怎么谈工资，可以一对一指导。", 40},
    {"高校毕业生线上招聘会", "online", "面向离校未就业毕业生，网上报名、视频面试。", 200},
    {"秋季大型综合招聘会", "onsite", "跨街道联合举办，提供上千个岗位。", 1200},
};

static err_t one(struct ctx *cx, const struct q_station_row *s, int64_t day, size_t k)
{
    size_t kind = (k * 5 + (size_t)s->id) % 36;
    kind = kind == 35 ? 5 : kind % 5;
    int64_t now = cx->now, start = day_start(day, DAY_ZONE) + (k % 2 ? 9 * 60 + 30 : 14 * 60) * 60000, id = 0, came;
    struct event_plan p = {.title = text_fill(cx->arena, "{s}{t}", "s", s->name, "t", PROGRAMME[kind].title, NULL), .kind = PROGRAMME[kind].kind,
                           .summary = PROGRAMME[kind].summary, .starts_at = start, .ends_at = start + 2 * 3600000,
                           .employers = kind == 3 ? 0 : 6 + (int64_t)(k * 3 + (size_t)s->id) % 18, .expected = PROGRAMME[kind].expected};
    cx->now = start - 14 * (int64_t)DAY_MS < now ? start - 14 * (int64_t)DAY_MS : now;
    err_t e = event_add(cx, s->id, &p, &id);
    came = p.expected * (60 + (int64_t)(k * 11 + (size_t)s->id) % 60) / 100;
    if (e == E_OK && (k + (size_t)s->id) % 41 == 0)
        e = event_move(cx, id, "cancel", "场地临时检修，改期另行通知（示例）", 0, 0);
    else if (e == E_OK && p.ends_at < now) {
        cx->now = p.ends_at;
        e = event_move(cx, id, "hold", "", came, 0);
    }
    cx->now = now;
    return e;
}

static err_t fill(struct ctx *cx, void *arg)
{
    struct q_station_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), year = day_make(today / 10000, 1, 5);
    (void)arg;
    TRY(station_all(cx, NULL, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].open_on == NULL || !station_serves(rows[i].status))
            continue;
        int64_t from = *rows[i].open_on > year ? *rows[i].open_on : year;
        int64_t day = day_add(from, 3 + rows[i].id % (WEEKS_APART * 7));
        for (size_t k = 0; day < day_add(today, WEEKS_AHEAD * 7); k++, day = day_add(day, WEEKS_APART * 7))
            TRY(one(cx, &rows[i], day, k));
    }
    return E_OK;
}

err_t events_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_event_list_row *rows;
    size_t n;
    struct actor was = cx->actor;
    (void)s;
    TRY(event_list(cx, &(struct event_find){.to_at = INT64_MAX, .lim = 1}, &rows, &n));
    if (n > 0)
        return E_OK;
    cx->actor = (struct actor){.account_id = was.account_id, .role = ROLE_CITY};
    err_t e = store_tx(cx, STORE_WRITE, fill, NULL);
    cx->actor = was;
    return e;
}
