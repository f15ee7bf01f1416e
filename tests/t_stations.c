/* The life of a station with what each step asks for, hand-over, hours around holidays, the nearest ones. */
#include "tests/world.h"

#include "base/day.h"
#include "city/reference.h"
#include "city/stations/stations.h"
#include "rules/rules.h"
#include "store/engine.h"

enum { DAWANGZHUANG = 120102001 };

static struct q_station_row get(struct world *w, int64_t id)
{
    struct q_station_row s = {0};
    if (station_by_id(&w->cx, id, &s) != E_OK)
        s.status = s.name = s.code = "?";
    return s;
}

static const char *refused(struct world *w, err_t e)
{
    return e != E_OK && w->cx.fail.say != NULL ? w->cx.fail.say : e == E_OK ? "done" : err_wire(e);
}

static err_t step(struct world *w, int64_t id, const char *action)
{
    return station_move(&w->cx, id, action, "现场看过", 0);
}

static void run(struct world *w, const char *sql)
{
    w->cx.db->writing = true;
    world_ok(w, w->cx.db->engine->script(&w->cx, sql), "rows of other offices");
    w->cx.db->writing = false;
}

static int64_t planned(struct world *w, const char *name, int64_t street)
{
    int64_t id = 0;
    struct station_plan p = {.name = name, .type = "street", .address = "示例路 1 号（示例）", .phone = "02200000001",
                             .operator = "示例人力资源公司（示例）", .street = street, .area_m2 = 60, .batch = 2026};
    world_ok(w, station_plan(&w->cx, &p, &id), "a station is planned");
    return id;
}

static void add_people(struct world *w, int64_t id)
{
    int64_t from = 20260101;
    world_ok(w, station_member_join(&w->cx, id, &(struct station_member){.name = "示例甲", .kind = "full", .trained_on = &from}), "full-time");
    world_ok(w, station_member_join(&w->cx, id, &(struct station_member){.name = "示例乙", .kind = "part"}), "part-time");
    world_ok(w, station_member_join(&w->cx, id, &(struct station_member){.name = "示例丙", .kind = "volunteer"}), "a volunteer");
}

static const char *const WEEK[7] = {"8:30-12:00，13:30—17:30", "8:30-17:30", "8:30-17:30", "8:30-17:30", "8:30-17:30", NULL, ""};

static int64_t serve(struct world *w, int64_t id)
{
    char sql[400];
    snprintf(sql, sizeof sql,
             "INSERT INTO service (station_id, account_id, item, channel, at) WITH RECURSIVE k (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k "
             "WHERE n < 30) SELECT %lld, 1, 'S01', 'counter', %lld FROM k",
             (long long)id, (long long)w->cx.now);
    run(w, sql);
    return id;
}

/* A station in service, its trial begun 31 days ago. */
static int64_t opened(struct world *w, const char *name, int64_t street)
{
    int64_t id = planned(w, name, street), now = w->cx.now;
    w->cx.now = now - (int64_t)31 * DAY_MS;
    add_people(w, id);
    world_ok(w, station_set_hours(&w->cx, id, WEEK, 0), "hours");
    world_ok(w, station_set_services(&w->cx, id, "S01,S02,S03,S04,S05,S08,S15", 0), "services");
    world_ok(w, step(w, id, "build"), "build");
    world_ok(w, step(w, id, "try"), "try");
    serve(w, id);
    w->cx.now = now;
    world_ok(w, step(w, id, "open"), "open");
    return id;
}

static void life(struct world *w)
{
    struct station_plan bare = {.name = "大王庄街道就业驿站", .type = "street", .street = DAWANGZHUANG, .area_m2 = 20, .batch = 2026};
    int64_t id = 0, now = w->cx.now;
    world_ok(w, flow_lint(&w->cx, &station_flow), "the flow is sound");
    world_ok(w, station_plan(&w->cx, &bare, &id), "a bare plan");
    is_str(refused(w, step(w, id, "build")), "还差：地址；运营单位；面积还差 30 平方米。", "building asks for premises");
    is_str(get(w, id).status, "planned", "and nothing moved");
    bare.address = "示例路 2 号（示例）", bare.operator = "示例公司（示例）", bare.area_m2 = 60, bare.version = get(w, id).version;
    world_ok(w, station_edit(&w->cx, id, &bare), "it is completed");
    ok(station_edit(&w->cx, id, &bare) == E_CONFLICT, "an old form does not overwrite a new one");
    world_ok(w, step(w, id, "build"), "now it is built");
    is_str(refused(w, step(w, id, "try")), "还差：对外电话；开放时间；专职人员 1 名。", "a trial asks for a desk");
    bare.phone = "02200000002", bare.version = get(w, id).version;
    world_ok(w, station_edit(&w->cx, id, &bare), "phone");
    world_ok(w, station_set_hours(&w->cx, id, WEEK, 0), "hours");
    world_ok(w, station_member_join(&w->cx, id, &(struct station_member){.name = "示例丁", .kind = "full"}), "full-time");
    world_ok(w, step(w, id, "try"), "the trial begins");
    w->cx.now = now + (int64_t)18 * DAY_MS;
    is_str(refused(w, step(w, id, "open")),
           "还差：工作人员 2 名；服务功能（求职登记、用工登记、岗位推荐、职业指导、政策咨询、培训报名和培训需求登记、跟踪回访）；试运营还差 12 天；试运营期间的服务还差 30 件。", "opening lists everything");
    world_ok(w, station_set_services(&w->cx, id, "S01,S02,S03,S04,S05,S08,S15,S19", 0), "services");
    add_people(w, id);
    serve(w, id);
    is_str(refused(w, step(w, id, "open")), "还差：试运营还差 12 天。", "only days are missing");
    w->cx.now = now + (int64_t)30 * DAY_MS;
    ok(station_move(&w->cx, id, "open", "", 0) == E_INVALID, "a reason is asked for");
    world_ok(w, step(w, id, "open"), "it opens");
    is_int(get(w, id).open_on != NULL ? *get(w, id).open_on : 0, 20261224, "on that day");
    world_ok(w, step(w, id, "rectify"), "rectify");
    ok(step(w, id, "open") == E_STATE, "no step that the flow does not know");
    world_ok(w, step(w, id, "resume"), "resume");
    world_ok(w, step(w, id, "suspend"), "suspend");
    is_str(get(w, id).status, "suspended", "suspended");
    struct q_station_moves_row *moves;
    size_t n;
    world_ok(w, station_moves(&w->cx, id, &moves, &n), "the steps");
    is_int((long long)n, 7, "each step is kept");
    ok(n == 7 && strstr(moves[3].evidence, "\"trial_days\":30") != NULL && strstr(moves[3].evidence, "\"services\":30") != NULL,
       "with the evidence of its moment");
    w->cx.now = now;
}

static void scope(struct world *w)
{
    int64_t id = planned(w, "中山门街道就业驿站", 120102003), other = 0;
    world_actor(w, ROLE_DISTRICT, 5);
    w->cx.actor.district = 120101;
    ok(step(w, id, "build") == E_NOTFOUND, "another district's officer sees no such station");
    struct station_plan p = {.name = "x", .type = "street", .street = DAWANGZHUANG, .area_m2 = 60, .batch = 2026};
    ok(station_plan(&w->cx, &p, &other) == E_INVALID, "and plans none outside the own district");
    w->cx.actor.district = 120102;
    world_ok(w, step(w, id, "build"), "the own one does");
    world_actor(w, ROLE_HEAD, 6);
    w->cx.actor.station_id = id;
    ok(step(w, id, "try") == E_DENIED, "a head does not approve");
    p.name = "另一个名字", p.phone = "02200000009", p.area_m2 = 900, p.version = get(w, id).version;
    world_ok(w, station_edit(&w->cx, id, &p), "but corrects the own house");
    is_str(get(w, id).phone, "02200000009", "phone changed");
    is_int(get(w, id).area_m2, 60, "area not");
    w->cx.actor.station_id = id + 1;
    ok(station_set_services(&w->cx, id, "S01", 0) == E_NOTFOUND, "another station's head does not");
    world_actor(w, ROLE_CITY, 1);
}

static void handover(struct world *w)
{
    int64_t from = opened(w, "春华街道就业驿站", 120102006), to = opened(w, "唐家口街道就业驿站", 120102007), receipt = 0;
    char sql[2000];
    ok(station_hand_over(&w->cx, from, get(w, to).code, "", &receipt) == E_STATE, "an open station hands nothing over");
    world_ok(w, step(w, from, "leave"), "it begins to close");
    long long f = from, t = w->cx.now;
    snprintf(sql, sizeof sql,
             "INSERT INTO employer (code, name, name_key, status, created_at) VALUES ('E1', '示例', 'x', 'listed', 1);"
             "INSERT INTO job (code, employer_id, title, description, openings, wage_text, wage_unit, district, place, source, source_name, "
             "station_id, status, posted_on, valid_until, created_at, created_by) VALUES ('J1', (SELECT max(id) FROM employer), 'x', 'x', 1, 'x', "
             "'open', 120102, 'x', 'desk', 'x', %lld, 'open', 20261101, 20270101, 1, 1);"
             "INSERT INTO slip (code, station_id, account_id, at, expires_at) VALUES ('X', %lld, 1, 1, 2);"
             "INSERT INTO referral (slip_id, job_id, station_id, reasons, status, at, moved_at) SELECT s.id, j.id, %lld, '[]', 'informed', 1, 1 "
             "FROM slip s, job j;"
             "INSERT INTO follow_up (referral_id, station_id, kind, due_on) SELECT id, %lld, 'next_day', 20261125 FROM referral;"
             "INSERT INTO event (code, station_id, title, kind, starts_at, ends_at, place, summary, status, updated_at) VALUES "
             "('V1', %lld, 'x', 'onsite', %lld, %lld, 'x', 'x', 'planned', 1);",
             f, f, f, f, f, t + 1000, t + 2000);
    run(w, sql);
    is_str(refused(w, step(w, from, "close")),
           "还差：接手的驿站（要正在开放）；没交接的推荐 1 件；没交接的回访 1 件；没交接的岗位 1 条；没办完也没取消的活动 1 场。",
           "closing lists what is open");
    ok(station_hand_over(&w->cx, from, get(w, from).code, "", &receipt) == E_INVALID, "not to itself");
    ok(station_hand_over(&w->cx, from, "S9999", "", &receipt) == E_INVALID, "not to nobody");
    world_ok(w, station_hand_over(&w->cx, from, get(w, to).code, "现场交接", &receipt), "it hands over");
    run(w, "UPDATE event SET status = 'cancelled'");
    struct q_station_handovers_row *rows;
    size_t n;
    world_ok(w, station_handovers(&w->cx, from, &rows, &n), "a receipt");
    ok(n == 1 && rows[0].referrals == 1 && rows[0].follow_ups == 1 && rows[0].jobs == 1, "counts what went");
    world_ok(w, step(w, from, "close"), "and is closed");
    struct q_station_row old = get(w, from), now_at;
    world_ok(w, station_instead(&w->cx, &old, &now_at), "its page says");
    is_int(now_at.id, to, "where to go");
    ok(station_set_services(&w->cx, from, "S01", 0) == E_STATE, "a closed station is not changed any more");
}

static void at(struct world *w, int64_t id, const char *when, bool open, const char *line)
{
    int64_t now = w->cx.now;
    struct station_week week;
    struct station_today today;
    struct q_station_row s = get(w, id);
    day_read_stamp(when, DAY_ZONE, &w->cx.now);
    if (station_week(&w->cx, id, &week) == E_OK)
        station_today(&w->cx, &s, &week, &today);
    is_str(today.line, line, when);
    is_int(today.open_now, open, open ? "open" : "closed");
    w->cx.now = now;
}

static void hours(struct world *w)
{
    int64_t id = opened(w, "鲁山道街道就业驿站", 120102012);
    const char *bad[7] = {"8:30-8:00"};
    at(w, id, "2026-11-23 12:30", false, "今天 8:30–12:00、13:30–17:30");
    at(w, id, "2026-11-24 09:00", true, "今天 8:30–17:30");
    at(w, id, "2026-11-24 08:29", false, "今天 8:30–17:30");
    at(w, id, "2026-11-24 17:30", false, "今天 8:30–17:30，明天 8:30 开门");
    at(w, id, "2026-11-28 09:00", false, "今天休息，11 月 30 日（周一）8:30 开门");
    at(w, id, "2026-10-01 09:00", false, "今天休息（法定节假日），10 月 8 日（周四）8:30 开门");
    at(w, id, "2026-10-10 09:00", true, "今天 8:30–12:00、13:30–17:30");
    world_ok(w, station_set_day(&w->cx, id, 20270101, "9:00-12:00", "元旦值班"), "a holiday on duty");
    at(w, id, "2027-01-01 10:00", true, "今天 9:00–12:00");
    world_ok(w, station_set_day(&w->cx, id, 20261126, NULL, "设备检修"), "a day closed");
    at(w, id, "2026-11-26 10:00", false, "今天休息（设备检修），明天 8:30 开门");
    ok(station_set_day(&w->cx, id, 20200101, NULL, "") == E_INVALID, "not in the past");
    ok(station_set_hours(&w->cx, id, bad, 0) == E_INVALID && strcmp(w->cx.fail.field, "d1") == 0, "hours upside down");
    world_ok(w, step(w, id, "suspend"), "suspended");
    at(w, id, "2026-11-24 09:00", false, "暂停服务");
}

static void searching(struct world *w)
{
    struct station_found *found;
    size_t n;
    int64_t lng, lat, district = 120102;
    const char *name;
    world_ok(w, station_where(&w->cx, "唐家口", &lng, &lat, &name), "a street by its short name");
    is_str(name, "唐家口街道", "found");
    world_ok(w, station_nearest(&w->cx, lng, lat, false, 2, &found, &n), "the nearest");
    ok(n >= 1 && strcmp(found[0].s.name, "唐家口街道就业驿站") == 0 && found[0].metres == 0, "is the one in it");
    ok(station_where(&w->cx, "不存在的地方", &lng, &lat, &name) == E_INVALID, "an unknown place");
    world_ok(w, station_where(&w->cx, "117.2, 39.1", &lng, &lat, &name), "a position");
    is_int(lng, 117200000, "in micro-degrees");
    world_ok(w, station_search(&w->cx, &(struct station_find){.words = "tjk", .district = &district}, &found, &n), "initials");
    is_int((long long)n, 1, "find one");
    world_ok(w, station_search(&w->cx, &(struct station_find){.words = "tang jia"}, &found, &n), "pinyin");
    is_int((long long)n, 1, "finds one");
    world_ok(w, station_search(&w->cx, &(struct station_find){.status = "closed"}, &found, &n), "by state");
    is_int((long long)n, 1, "the closed one");
    world_ok(w, station_search(&w->cx, &(struct station_find){.service = "S19", .status = "suspended"}, &found, &n), "by service");
    is_int((long long)n, 1, "the one that has it");
    world_ok(w, station_search(&w->cx, &(struct station_find){.open_now = true}, &found, &n), "open now");
    is_int((long long)n, 1, "the one that serves at noon of a Tuesday");
    ok(station_get(&w->cx, "S1 OR 1", &(struct q_station_row){0}) == E_NOTFOUND, "a strange code");
}

static void test(struct world *w)
{
    struct rules rules;
    struct city *city;
    world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", &rules), "rules");
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.rules = &rules;
    w->house.city = city;
    world_actor(w, ROLE_CITY, 1);
    life(w);
    scope(w);
    handover(w);
    hours(w);
    searching(w);
    struct audit_report r = {0};
    ok(audit_verify(&w->cx, &r) == E_OK && r.first_bad == 0 && r.entries > 40, "every act is in the chain");
}

int main(void)
{
    return world_each(test);
}
