#include "city/stations/demo_impl.h"

#include "city/stations/stations.h"
#include "city/stations/stations_impl.h"

#include <stdlib.h>
#include <string.h>

enum { PLAN, BUILD, TRY_OUT, OPEN, STEPS };

struct act {
    int64_t day;
    size_t site;
    int step;
};

static err_t plan(struct ctx *cx, struct demo_site *s)
{
    static const char *const operators[] = {"示例人力资源服务公司（示例）", "区人社局直营（示例）", "示例社会工作服务中心（示例）"};
    static const char *const access[] = {"ramp,toilet,rest", "ramp,parking,rest", "ramp,rest", "ramp,toilet,parking,sign,rest"};
    const struct city_profile *norm = city_profile(cx->house->city, s->type);
    struct station_plan p = {
        .name = s->name, .type = s->type, .street = s->street->code, .lng = s->lng, .lat = s->lat, .batch = s->batch, .brand = s->brand,
        .address = arena_fmt(cx->arena, "%s示例路 %d 号（示例）", s->street->name, 1 + s->nth * 7 % 200),
        .phone = arena_fmt(cx->arena, "0220000%04d", s->nth + 1), .operator = operators[s->nth % 3], .access = access[s->nth % 4],
        .area_m2 = norm->area_m2 + s->nth * 13 % 90, .due_on = s->due != 0 ? &s->due : NULL,
        .story = *s->brand != '\0' ? arena_fmt(cx->arena, "“%s”是%s的服务品牌。（介绍文字为示例）", s->brand, s->name) : ""};
    return station_plan(cx, &p, &s->id);
}

static err_t hours(struct ctx *cx, const struct demo_site *s)
{
    static const char *const office[7] = {"8:30-12:00,13:30-17:30", "8:30-12:00,13:30-17:30", "8:30-12:00,13:30-17:30",
                                          "8:30-12:00,13:30-17:30", "8:30-12:00,13:30-17:30"};
    static const char *const saturday[7] = {"8:30-17:30", "8:30-17:30", "8:30-17:30", "8:30-17:30", "8:30-17:30", "9:00-12:00"};
    static const char *const early[7] = {"6:00-18:00", "6:00-18:00", "6:00-18:00", "6:00-18:00", "6:00-18:00", "6:00-18:00", "6:00-12:00"};
    static const char *const late[7] = {NULL, "10:00-19:00", "10:00-19:00", "10:00-19:00", "10:00-19:00", "10:00-19:00", "10:00-17:00"};
    bool gig = strcmp(s->type, "gig") == 0 || strcmp(s->type, "hub") == 0, mall = strcmp(s->type, "business") == 0;
    return station_set_hours(cx, s->id, gig ? early : mall ? late : s->nth % 3 == 0 ? saturday : office, 0);
}

/* The items of the norm and some more; a station in trial may lack one. */
static err_t services(struct ctx *cx, const struct demo_site *s)
{
    static const char *const more[] = {"S09", "S10", "S14", "S19", "S20"};
    const struct city_profile *norm = city_profile(cx->house->city, s->type);
    struct buf b = {.a = cx->arena};
    size_t n = norm->n_functions - (s->days[OPEN] == 0 && s->nth % 3 == 0);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%s", i ? "," : "", norm->functions[i]);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (((size_t)s->nth + i) % 2 == 0 && strstr(buf_text(&b), more[i]) == NULL)
            buf_fmt(&b, ",%s", more[i]);
    return station_set_services(cx, s->id, buf_text(&b), 0);
}

static err_t people(struct ctx *cx, const struct demo_site *s)
{
    static const char *const names[] = {"张", "王", "李", "赵", "刘", "陈", "杨", "黄", "周", "吴", "郑", "孙"};
    static const char *const kinds[] = {"full", "part", "posted", "volunteer", "expert"};
    static const char *const duties[] = {"综合接待", "岗位归集", "政策咨询", "引导", "职业指导"};
    const struct city_profile *norm = city_profile(cx->house->city, s->type);
    int64_t n = norm->staff + s->nth % 2 - (s->days[OPEN] == 0 && s->nth % 2 == 0), trained = day_add(s->days[TRY_OUT], -12);
    for (int64_t i = 0; i < n; i++) {
        bool full = i < norm->full_time;
        size_t kind = full ? 0 : 1 + (size_t)((i + s->nth) % 4);
        struct station_member m = {.kind = kinds[kind], .duty = duties[kind], .trained_on = i % 3 < 2 ? &trained : NULL,
                                   .name = arena_fmt(cx->arena, "%s某（示例）", names[(size_t)(s->nth * 5 + i) % 12])};
        TRY(station_member_join(cx, s->id, &m));
    }
    return E_OK;
}

/* What the counter recorded in the trial: enough when it opened, on the way when it runs. */
static err_t counter(struct ctx *cx, const struct demo_site *s, int64_t until)
{
    const struct city_profile *norm = city_profile(cx->house->city, s->type);
    int64_t many = s->days[OPEN] != 0 ? norm->trial_services + s->nth % 40 : 8 + s->nth % 25;
    int64_t step = (until - cx->now) / (many + 1);
    size_t n;
    struct q_station_demo_served_in in = {
        .station_id = s->id, .account_id = cx->actor.account_id, .many = many, .from_at = cx->now, .step = step};
    return q_station_demo_served(cx, &in, &n);
}

static err_t step(struct ctx *cx, struct demo_site *s, int what, int64_t today)
{
    if (what == PLAN)
        return plan(cx, s);
    if (what == BUILD)
        return station_move(cx, s->id, "build", "选址协议已签（示例）", 0);
    if (what == OPEN)
        return station_move(cx, s->id, "open", "现场核验通过（示例）", 0);
    TRY(hours(cx, s));
    TRY(services(cx, s));
    TRY(people(cx, s));
    TRY(counter(cx, s, s->days[OPEN] != 0 ? day_start(s->days[OPEN], DAY_ZONE) : today));
    return station_move(cx, s->id, "try", "", 0);
}

static int earlier(const void *a, const void *b)
{
    const struct act *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return x->site != y->site ? (x->site > y->site) - (x->site < y->site) : x->step - y->step;
}

err_t demo_live(struct ctx *cx, struct demo_city *d)
{
    struct act *acts = ARENA_ARRAY(cx->arena, struct act, d->n *STEPS + 1);
    size_t n = 0;
    int64_t now = cx->now;
    for (size_t i = 0; i < d->n; i++)
        for (int k = 0; k < STEPS; k++)
            if (d->sites[i].days[k] != 0)
                acts[n++] = (struct act){d->sites[i].days[k], i, k};
    qsort(acts, n, sizeof *acts, earlier);
    for (size_t i = 0; i < n; i++) {
        int64_t at = day_start(acts[i].day, DAY_ZONE) + 9 * 3600000 + (int64_t)(i % 16) * 1800000;
        cx->now = at < now ? at : now;
        TRY(step(cx, &d->sites[acts[i].site], acts[i].step, now));
    }
    cx->now = now;
    return E_OK;
}
