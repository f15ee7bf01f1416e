/* demo.c -- 66 made-up classes in all states, each lived through on its days, and needs of the demo's people. */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"
#include "city/classes/costs.h"
#include "city/demo.h"
#include "city/providers/demo.h"

#include <string.h>

enum { CLASSES = 66, PLANNED = 60, OWN_DISTRICT = 120102 };

struct one {
    size_t n;
    int64_t provider, starts, today, now, id, district;
    size_t project; /* of the agreement */
    const char *end;    /* the state it is left in */
    const char *schedule;
};

static void at(struct ctx *cx, int64_t ymd, int64_t now)
{
    int64_t then = day_start(ymd, DAY_ZONE) + 10 * 3600000;
    cx->now = then < now ? then : now;
}

/* More of the home district that are over: its desks have a claim in every state. */
static void plan_home(struct one *o)
{
    static const int64_t who[] = {1, 3, 4, 5, 7, 3};
    size_t k = o->n - PLANNED;
    o->provider = who[k];
    o->project = k < 5 ? 1 : 2;
    o->schedule = "day";
    o->starts = day_add(o->today, -130 + (int64_t)k * 5);
    o->end = "finished";
}

/* The first 24 are over, the next 24 run or are about to, 12 are being declared. */
static void plan(struct one *o)
{
    static const char *const late[] = {"declared", "returned", "draft", "declared", "declared", "declared", "declared", "returned", "draft", "cancelled",
                                       "declared", "draft"};
    static const int64_t who[] = {1, 1, 1, 3, 3, 4, 2, 4, 6, 8, 10, 12};
    static const char *const over[] = {"closed", "closed", "examined", "examined", "examined", "unqualified"};
    size_t round = o->n / 24, k = o->n % 24;
    o->provider = round < 2 ? (int64_t)k + 1 : who[k];
    o->project = round < 2 ? round : k % 3 == 0 ? 2 : k % 3 == 1 ? 0 : 1;
    if (round < 2 && o->provider == 23) { /* is not in the registry yet */
        o->provider = 10;
        o->project = 2;
    }
    o->schedule = round == 0 && k % 5 == 3 ? "evening" : round == 0 && k % 7 == 4 ? "weekend" : "day";
    if (round == 0) {
        o->starts = day_add(o->today, -160 + (int64_t)k * 4);
        o->end = k >= 18 ? over[k - 18] : "finished";
    } else if (round == 1) {
        o->starts = day_add(o->today, k < 10 ? -3 - (int64_t)k / 2 : (int64_t)k - 9);
        o->end = k < 10 ? "running" : k == 20 ? "cancelled" : "approved";
    } else {
        o->starts = day_add(o->today, 12 + (int64_t)k);
        o->end = late[k];
    }
}

static err_t draft(struct ctx *cx, struct one *o, bool *good)
{
    struct q_project_of_provider_row *projects;
    struct q_provider_place_list_row *places;
    struct q_provider_teacher_list_row *teachers;
    struct q_provider_get_row p;
    size_t n, n_places, n_teachers, fit = 0, k;
    TRY(provider_find(cx, o->provider, &p));
    TRY(projects_of_provider(cx, o->provider, o->starts, &projects, &n));
    TRY(provider_places(cx, o->provider, &places, &n_places));
    TRY(provider_teachers(cx, o->provider, &teachers, &n_teachers));
    for (k = 0; k < n; k++)
        if (*projects[k].from_on <= o->starts && fit++ == o->project)
            break;
    *good = k < n && n_places >= 3 && n_teachers >= 6;
    if (!*good)
        return E_OK;
    bool centre = demo_is_centre((size_t)o->provider - 1);
    o->district = projects[k].district;
    struct class_form f = {.project_id = projects[k].id, .place_id = places[o->project].id, .seats = 30, .starts_on = o->starts, .hours = 80,
                           .level = o->n % 3 == 1 ? 4 : 5, .mode = o->n % 11 == 5 ? "hybrid" : "offline", .certificate = "level",
                           .audience = centre ? "employees" : "society", .schedule = o->schedule, .contact = p.contact, .phone = p.phone};
    if (centre && strcmp(o->end, "approved") == 0 && o->n % 4 == 3) /* newly hired people of the centre's enterprise */
        f.line = "induction", f.level = 0, f.hours = 40, f.certificate = "special";
    TRY(class_draft(cx, o->provider, &f, &o->id));
    bool evening = strcmp(o->schedule, "evening") == 0, weekend = strcmp(o->schedule, "weekend") == 0;
    struct class_pattern pattern = {.starts_on = o->starts, .from_min = evening ? 18 * 60 + 30 : 9 * 60, .hours_a_day = evening ? 3 : weekend ? 8 : 6,
                                    .theory_pct = 30, .weekdays = weekend ? 0x60 : 0x1F, .teacher_id = teachers[o->project * 2].id,
                                    .place_id = places[o->project].id, .practice_teacher_id = teachers[o->project * 2 + 1].id};
    struct class_line *lines;
    TRY(class_plan_make(cx, &pattern, f.hours, false, &lines, &n));
    return class_plan_put(cx, o->id, lines, n);
}

static err_t step(struct ctx *cx, const struct one *o, unsigned role, const char *action, const char *note)
{
    demo_as(cx, role, o->provider, o->district);
    return class_step(cx, o->id, action, note);
}

static bool is(const struct one *o, const char *state) { return strcmp(o->end, state) == 0; }

/* What happens once the class has begun. */
static err_t held(struct ctx *cx, const struct one *o)
{
    struct q_class_rows_row c;
    TRY(class_find(cx, o->id, &c));
    at(cx, c.starts_on, o->now);
    TRY(step(cx, o, ROLE_CLOCK, "start", NULL));
    if (is(o, "running"))
        return E_OK;
    if (is(o, "unqualified")) {
        at(cx, day_add(c.starts_on, 4), o->now);
        return step(cx, o, ROLE_DISTRICT, "disqualify", "第三天到课 19 人，应到 30 人，出勤率 63%（示例）");
    }
    if (c.ends_on >= o->today)
        return E_OK;
    at(cx, day_add(c.ends_on, 1), o->now);
    TRY(step(cx, o, ROLE_CLOCK, "finish", NULL));
    if (o->n % 4 != 3) { /* most providers say what it cost them */
        int64_t n = (int64_t)(o->n % 7);
        demo_as(cx, ROLE_PROVIDER, o->provider, 0);
        TRY(class_cost_put(cx, o->id, &(struct class_cost){.teachers = c.hours * (9000 + n * 700), .consumables = c.hours * 15 * (500 + n * 60), .materials = 15 * (11000 + n * 900),
                                                            .other = 100000 + n * 20000, .note = "示例"}));
    }
    if (is(o, "finished"))
        return E_OK;
    at(cx, day_add(c.ends_on, 9), o->now);
    TRY(step(cx, o, ROLE_CLOCK, "examine", NULL));
    return is(o, "closed") ? step(cx, o, ROLE_CLOCK, "close", NULL) : E_OK;
}

static err_t live(struct ctx *cx, struct one *o)
{
    int64_t ask = day_add(o->starts, -20), latest = day_add(o->today, is(o, "declared") ? -2 : -3);
    const struct class_finding *found;
    size_t n;
    bool good;
    if (is(o, "declared")) /* waiting for some days: one is late */
        latest = day_add(o->today, o->n == 51 ? -9 : o->n == 52 ? -6 : -1 - (int64_t)(o->n % 2));
    ask = ask < latest ? ask : latest;
    demo_as(cx, ROLE_PROVIDER, o->provider, 0);
    at(cx, ask, o->now);
    TRY(draft(cx, o, &good));
    if (!good || is(o, "draft"))
        return E_OK;
    TRY(class_check_now(cx, o->id, today_of(cx), &found, &n));
    if (n > 0)
        return E_OK; /* at the end of a year, say: it stays a draft with its findings */
    TRY(step(cx, o, ROLE_PROVIDER, "declare", NULL));
    if (is(o, "declared"))
        return E_OK;
    at(cx, day_add(ask, 2), o->now);
    if (is(o, "returned"))
        return step(cx, o, ROLE_DISTRICT, "return", "第三天的实操课请换到一号实训室（示例）");
    TRY(step(cx, o, ROLE_DISTRICT, "approve", NULL));
    if (is(o, "cancelled"))
        return step(cx, o, ROLE_PROVIDER, "cancel", "报名人数不够（示例）");
    return is(o, "approved") || o->starts > o->today ? E_OK : held(cx, o);
}

/* ---- needs ---- */

static err_t needs(struct ctx *cx, int64_t now)
{
    static const struct {
        const char *occupation, *level, *schedule;
        size_t street; /* n-th of the district */
        int people;
    } wishes[] = {{"4-10-01-05", "4", "evening", 0, 9}, {"4-10-01-05", "4", "any", 1, 4}, {"4-10-01-05", "4", "any", 2, 3}, {"4-10-01-06", "5", "weekend", 1, 6},
                  {"4-10-01-03", "5", "day", 3, 3},     {"4-03-02-02", "5", "any", 4, 7},  {"4-14-01-03", "4", "day", 0, 5}};
    struct q_need_people_row *people;
    size_t n, used = 0, all;
    const struct city_street *streets = city_streets_of(cx->house->city, OWN_DISTRICT, &all);
    TRY(q_need_people(cx, &people, &n));
    cx->actor = (struct actor){.account_id = cx->actor.account_id, .role = ROLE_STAFF, .station_id = 1, .district = OWN_DISTRICT, .name = "demo"};
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        for (int k = 0; k < wishes[i].people && used < n; k++) {
            int64_t id;
            cx->now = now - (int64_t)(80 - used) * 3600000;
            TRY(need_add(cx, people[used++].id,
                         &(struct need_form){.occupation = wishes[i].occupation, .level = wishes[i].level, .schedule = wishes[i].schedule,
                                             .street = streets[wishes[i].street % all].code},
                         "counter", &id));
        }
    return E_OK;
}

/* A master and apprentices that is being written down: the master is still to be named. */
static err_t pair(struct ctx *cx, int64_t now)
{
    struct q_project_of_provider_row *projects;
    struct q_provider_place_list_row *places;
    struct q_provider_get_row p;
    size_t n, n_places;
    int64_t id, starts = day_add(today_of(&(struct ctx){.now = now}), 20);
    cx->now = now;
    demo_as(cx, ROLE_PROVIDER, 1, 0);
    TRY(provider_find(cx, 1, &p));
    TRY(projects_of_provider(cx, 1, day_add(starts, -20), &projects, &n));
    TRY(provider_places(cx, 1, &places, &n_places));
    if (n == 0 || n_places == 0)
        return E_OK;
    struct class_form f = {.project_id = projects[0].id, .place_id = places[0].id, .line = "master", .seats = 1, .starts_on = starts, .level = 4, .mode = "offline",
                           .certificate = "level", .audience = "employees", .schedule = "day", .contact = p.contact, .phone = p.phone, .months = 12};
    return class_draft(cx, 1, &f, &id);
}

static err_t fill(struct ctx *cx, void *arg)
{
    int64_t now = cx->now;
    (void)arg;
    for (size_t i = 0; i < CLASSES; i++) {
        struct one o = {.n = i, .today = today_of(&(struct ctx){.now = now}), .now = now};
        if (i < PLANNED)
            plan(&o);
        else
            plan_home(&o);
        TRY(live(cx, &o));
    }
    TRY(pair(cx, now));
    return needs(cx, now);
}

err_t classes_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_class_latest_row *rows;
    size_t n;
    (void)s;
    TRY(classes_latest(cx, &(struct q_class_latest_in){.lim = 1}, &rows, &n));
    if (n > 0)
        return E_OK;
    return demo_fill(cx, ROLE_CLOCK, fill, NULL);
}
