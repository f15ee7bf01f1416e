/* Events: who plans them, what changes, what stays when one is cancelled, the licence of large ones. */
#include "tests/world.h"

#include "base/day.h"
#include "city/events/events.h"
#include "city/reference.h"
#include "rules/rules.h"
#include "store/engine.h"

static void stations(struct world *w)
{
    w->cx.db->writing = true;
    world_ok(w, w->cx.db->engine->script(&w->cx,
                 "INSERT INTO station (code, name, type, district, street, address, lng, lat, located, phone, batch, status, status_on) VALUES "
                 "('S1', '甲', 'street', 120102, 120102001, '示例路 1 号', 1, 1, 'approximate', '1', 2025, 'open', 20250101), "
                 "('S2', '乙', 'street', 120101, 120101001, '示例路 2 号', 1, 1, 'approximate', '1', 2026, 'building', 20260101)"),
             "two stations");
    w->cx.db->writing = false;
}

static struct q_event_list_row get(struct world *w, int64_t id)
{
    struct q_event_list_row e = {.status = "?", .note = "?", .place = "?"};
    world_ok(w, event_get(&w->cx, arena_fmt(&w->arena, "V%lld", (long long)id), &e), "the event");
    return e;
}

static void test(struct world *w)
{
    struct rules rules;
    struct city *city;
    struct q_event_list_row *rows;
    struct q_event_counts_row *counts;
    size_t n;
    int64_t id = 0, now = w->cx.now, district = 120102;
    world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", &rules), "rules");
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.rules = &rules;
    w->house.city = city;
    stations(w);
    world_ok(w, flow_lint(&w->cx, &event_flow), "the flow is sound");
    struct event_plan p = {.title = "社区招聘会", .kind = "onsite", .starts_at = now + DAY_MS, .ends_at = now + DAY_MS + 7200000,
                           .employers = 12, .expected = 1200};
    world_actor(w, ROLE_STAFF, 3);
    w->cx.actor.station_id = 2;
    ok(event_add(&w->cx, 1, &p, &id) == E_NOTFOUND, "another station's desk plans none here");
    ok(event_add(&w->cx, 2, &p, &id) == E_STATE, "none where nobody can go yet");
    w->cx.actor.station_id = 1;
    world_ok(w, event_add(&w->cx, 1, &p, &id), "the own desk does");
    is_str(w->cx.result, arena_fmt(&w->arena, "/events/V%lld", (long long)id), "and is led there");
    is_str(get(w, id).place, "示例路 1 号", "at the station when no place is said");
    ok(strstr(event_licence(&w->cx, 1200, p.starts_at), "国务院令第505号") != NULL, "1200 people: the licence, with its clause");
    ok(event_licence(&w->cx, 999, p.starts_at) == NULL, "999: none");
    p.ends_at = p.starts_at;
    ok(event_edit(&w->cx, id, &p) == E_INVALID && strcmp(w->cx.fail.field, "ends_at") == 0, "no event without length");
    p.ends_at = p.starts_at + 3600000, p.sequence = 5;
    ok(event_edit(&w->cx, id, &p) == E_CONFLICT, "an old form does not overwrite");
    p.sequence = 0;
    world_ok(w, event_edit(&w->cx, id, &p), "the present one does");
    is_int(get(w, id).sequence, 1, "and is a new version for calendars");
    ok(event_move(&w->cx, id, "hold", "", 30, 1) == E_INVALID, "what has not begun was not held");
    ok(event_move(&w->cx, id, "cancel", "", 0, 1) == E_INVALID, "a cancellation says why");
    world_ok(w, event_move(&w->cx, id, "cancel", "场地停电", 0, 1), "it is cancelled");
    is_str(get(w, id).status, "cancelled", "and stays");
    is_str(get(w, id).note, "场地停电", "with its reason");
    ok(event_edit(&w->cx, id, &p) == E_CONFLICT, "no more changes");
    p.sequence = 2;
    ok(event_edit(&w->cx, id, &p) == E_STATE, "not even with the present form");
    world_ok(w, event_add(&w->cx, 1, &p, &id), "another one");
    w->cx.now = now + 2 * (int64_t)DAY_MS;
    world_ok(w, event_move(&w->cx, id, "hold", "", 85, 0), "it was held");
    struct event_find f = {.from_at = now, .to_at = now + 30 * (int64_t)DAY_MS, .district = &district, .lim = 20};
    world_ok(w, event_list(&w->cx, &f, &rows, &n), "the list");
    is_int((long long)n, 2, "has both");
    f.status = "held";
    world_ok(w, event_list(&w->cx, &f, &rows, &n), "by state");
    ok(n == 1 && rows[0].attended == 85 && rows[0].total == 1, "the one that was held");
    is_str(event_when(&w->cx, rows[0].starts_at, rows[0].ends_at), "11 月 25 日（周三）12:00–13:00", "when");
    world_ok(w, event_counts(&w->cx, now, now + 30 * (int64_t)DAY_MS, &counts, &n), "counts");
    is_int((long long)n, 2, "by district and state");
    w->cx.now = now;
}

int main(void)
{
    return world_each(test);
}
