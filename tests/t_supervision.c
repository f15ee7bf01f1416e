/* Supervision: the rotating code, who may sign and when, attendance by rule, visits and calls by lot, cases and their way. */
#include "tests/training_world.h"

#include "city/people/people.h"
#include "city/supervision/sign_code.h"
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#define MINUTE 60000LL

static int64_t at(int64_t day, int64_t minute) { return day_start(day, DAY_ZONE) + minute * MINUTE; }

static void as_provider(struct world *w, int64_t provider)
{
    world_actor(w, ROLE_PROVIDER, 50 + provider);
    w->cx.actor.provider_id = provider;
}

static void as_district(struct world *w, int64_t account)
{
    world_actor(w, ROLE_DISTRICT, account);
    w->cx.actor.district = 120102;
}

/* ---- signing in ---- */

static int64_t person(struct world *w, const char *name, const char *idno, const char *phone)
{
    struct person_in in = {.name = name, .idno = idno, .phone = phone};
    int64_t id = 0;
    bool known;
    world_ok(w, person_register(&w->cx, &in, &id, &known), "a person");
    return id;
}

static void put_trainee(struct world *w, int id, int class_id, int64_t person_id)
{
    training_sql(w, "INSERT INTO trainee (id, code, class_id, person_id, category, proof, status, decision, decided_at, decided_by, applied_at, channel,"
                    " verdict) VALUES (%d, 'A%d', %d, %lld, 'unemployed', 'record', 'attending', '{}', 0, 1, 0, 'desk', 'yes')",
                 id, id, class_id, (long long)person_id);
}

/* A short break: the screen's code lets one leave the lesson that ended and come to the one that begins. */
static void between_lessons(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct sign_open open;
    char code[SIGN_CODE + 1];
    int64_t step, seconds;
    bool again = true;
    training_sql(w, "INSERT INTO class_session SELECT 190, class_id, day, to_min + 15, to_min + 105, kind, 2, content, teacher_id, place_id FROM class_session WHERE id = 101");
    cx->now = at(20261124, 11 * 60 + 31);
    world_ok(w, sign_code_now(cx, 1, code, &step, &seconds), "the code of the break");
    world_ok(w, sign_open(cx, "K1", code, "phone-d", &open), "a phone opens the link");
    struct sign_act in = {.who = "A14", .token = open.token, .device = "phone-d", .leaving = true};
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "leaves the first lesson");
    in.leaving = false;
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "comes to the second");
    struct lesson *l;
    size_t n;
    world_ok(w, lessons_of(cx, 1, 14, &l, &n), "the lessons of A14");
    for (size_t i = 0; i < n; i++)
        if (l[i].session_id == 101 || l[i].session_id == 190)
            ok((l[i].session_id == 101 ? l[i].left : l[i].came) != NULL, "written where it belongs");
    training_sql(w, "DELETE FROM sign_in WHERE session_id = 190");
    training_sql(w, "DELETE FROM class_session WHERE id = 190");
}

static void codes(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct sign_open open;
    char code[SIGN_CODE + 1], old[SIGN_CODE + 1];
    int64_t step, seconds;
    bool again = false;
    cx->now = at(20261124, 8 * 60 + 25);
    world_ok(w, sign_code_now(cx, 1, code, &step, &seconds), "the code of now");
    ok(strlen(code) == 6 && seconds > 0 && seconds <= 30, "six digits that live at most 30 seconds");
    snprintf(old, sizeof old, "%s", code);
    world_ok(w, sign_open(cx, "K1", arena_fmt(cx->arena, "%.3s %s", code, code + 3), "phone-a", &open), "the code as the screen shows it, with a blank");
    world_ok(w, sign_open(cx, "K1", code, "phone-a", &open), "a phone opens the link");
    struct sign_act in = {.who = "2217", .token = open.token, .device = "phone-a"};
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "and the trainee signs in with the phone's last four digits");
    ok(!again, "once");
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "a second time");
    ok(again, "changes nothing");
    in.device = "phone-b", in.who = "A12";
    ok(sign_by_code(cx, "K1", &in, &again) == E_INVALID && strstr(cx->fail.say, "别人转来") != NULL, "a page that was passed on to another phone is worth nothing");
    in.device = "phone-a", in.who = "0000";
    ok(sign_by_code(cx, "K1", &in, &again) == E_INVALID && strcmp(cx->fail.field, "who") == 0, "nobody of the class has these digits");
    in.who = "046x";
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "last four of the identity number, with a small x");
    in.who = "3333";
    ok(sign_by_code(cx, "K1", &in, &again) == E_INVALID && strstr(cx->fail.say, "两名") != NULL, "two with the same digits: the trainee's code is asked for");
    in.who = "A14", in.lng = &(int64_t){117230000}, in.lat = &(int64_t){39120000};
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "by the code, from where the phone is");
    cx->now += 30000;
    world_ok(w, sign_open(cx, "K1", old, "phone-c", &open), "30 seconds later: one step of grace");
    cx->now += 30000;
    ok(sign_open(cx, "K1", old, "phone-c", &open) == E_INVALID && strstr(cx->fail.say, "60 秒以前") != NULL, "a photo shared after that fails, and the sentence says why");
    ok(sign_open(cx, "K1", "123", "phone-c", &open) == E_INVALID && strstr(cx->fail.say, "不是这个班") != NULL, "a wrong code is another sentence");
    cx->now += 6 * MINUTE;
    in = (struct sign_act){.who = "A15", .token = open.token, .device = "phone-c"};
    ok(sign_by_code(cx, "K1", &in, &again) == E_INVALID && strstr(cx->fail.say, "太久") != NULL, "a page left open does not count for ever");
    ok(sign_open(cx, "K9", code, "phone-a", &open) == E_NOTFOUND, "no such class");
    cx->now = at(20261124, 60);
    ok(sign_open(cx, "K1", code, "phone-a", &open) == E_STATE && strstr(cx->fail.say, "7:50") != NULL, "too early: says from when");
    between_lessons(w);
    cx->now = at(20261124, 11 * 60 + 35);
    world_ok(w, sign_code_now(cx, 1, code, &step, &seconds), "after the lesson");
    world_ok(w, sign_open(cx, "K1", code, "phone-a", &open), "one can still leave");
    in = (struct sign_act){.who = "2217", .token = open.token, .device = "phone-a", .leaving = true};
    world_ok(w, sign_by_code(cx, "K1", &in, &again), "signs out");
    in.leaving = false;
    ok(sign_by_code(cx, "K1", &in, &again) == E_STATE, "but nobody comes to a lesson that is over");
}

/* Who came by SMS leaves by SMS: with another code, since the first one has expired. */
static void by_sms_out(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct sign_act out = {.who = "A15", .device = "x", .leaving = true};
    bool again = true;
    cx->now = at(20261124, 11 * 60 + 31);
    ok(sign_by_sms(cx, "K1", &out, "123456", &again) == E_INVALID, "the code of the morning is no longer good");
    world_ok(w, sign_sms_send(cx, "K1", "A15", true), "a second one, to leave with");
    world_ok(w, sign_by_sms(cx, "K1", &out, sign_sms_code(cx, 101, 15, cx->now), &again), "leaves");
    ok(!again, "for the first time");
    cx->now += 11 * MINUTE;
    world_ok(w, sign_sms_send(cx, "K1", "A15", true), "a third");
    cx->now += 11 * MINUTE;
    world_ok(w, sign_sms_send(cx, "K1", "A15", true), "a fourth");
    cx->now += 11 * MINUTE;
    ok(sign_sms_send(cx, "K1", "A15", true) == E_CONFLICT && strstr(cx->fail.say, "很多次") != NULL, "no more in one lesson");
}

static void desk(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct sign_act in = {.who = "A15", .device = "x"};
    bool again = false;
    as_provider(w, 1);
    cx->now = at(20261124, 8 * 60 + 31);
    ok(sign_by_card(cx, 1, "12010219900101", false, &again) == E_INVALID, "a card with too few digits");
    ok(sign_by_card(cx, 1, "11010519491231002X", false, &again) == E_INVALID && strstr(cx->fail.say, "走错") != NULL, "a card of nobody in this class");
    world_ok(w, sign_by_card(cx, 1, "120102199001012019", false, &again), "a card of the class");
    world_actor(w, ROLE_PUBLIC, 0);
    ok(sign_by_sms(cx, "K1", &in, "123456", &again) == E_INVALID && strstr(cx->fail.say, "还没有") != NULL, "no code was sent yet");
    world_ok(w, sign_sms_send(cx, "K1", "A15", false), "a code to the own phone");
    ok(sign_sms_send(cx, "K1", "A15", false) == E_CONFLICT && strstr(cx->fail.say, "10 分钟") != NULL, "not again while it is good");
    ok(sign_by_sms(cx, "K1", &in, "000000", &again) == E_INVALID, "a wrong one");
    world_ok(w, sign_by_sms(cx, "K1", &in, sign_sms_code(cx, 101, 15, cx->now), &again), "the right one");
    for (int i = 0; i < 4; i++)
        (void)!sign_by_sms(cx, "K1", &in, "000000", &again);
    ok(sign_by_sms(cx, "K1", &in, "000000", &again) == E_INVALID && strstr(cx->fail.say, "太多次") != NULL, "five tries");
    by_sms_out(w);
    as_provider(w, 1);
    struct sign_paper p = {101, 16, at(20261124, 8 * 60 + 28), false, ""};
    cx->now = at(20261126, 9 * 60);
    ok(sign_by_paper(cx, 1, &p) == E_INVALID && strcmp(cx->fail.field, "reason") == 0, "paper says why");
    p.reason = "教室停电，纸上签的到";
    p.at = at(20261125, 500);
    ok(sign_by_paper(cx, 1, &p) == E_INVALID, "on the day of the lesson");
    p.at = at(20261124, 508);
    world_ok(w, sign_by_paper(cx, 1, &p), "paper, entered two days later");
    ok(sign_by_paper(cx, 1, &p) == E_CONFLICT, "not twice");
    p.trainee_id = 17, cx->now = at(20261208, 500);
    ok(sign_by_paper(cx, 1, &p) == E_STATE, "a provider has seven days");
    as_district(w, 7);
    world_ok(w, sign_by_paper(cx, 1, &p), "the district corrects later");
}

static void signing(struct world *w)
{
    world_actor(w, ROLE_STAFF, 3);
    w->cx.actor.station_id = 1;
    training_class(w, 1, 1, 20261124, 1, 510, 0, "running");
    const char *const ids[] = {"120102199001012019", "12010219900101046X", NULL, NULL};
    const char *const phones[] = {"13800002217", "13800002218", "13800003333", "13700003333"};
    const char *const names[] = {"张一芳（示例）", "王二（示例）", "李三（示例）", "赵四（示例）"};
    for (int i = 0; i < 4; i++)
        put_trainee(w, 11 + i, 1, person(w, names[i], ids[i], phones[i]));
    for (int i = 15; i < 18; i++)
        put_trainee(w, i, 1, person(w, arena_fmt(&w->arena, "学员%d（示例）", i), NULL, arena_fmt(&w->arena, "139000055%02d", i)));
    world_actor(w, ROLE_PUBLIC, 0);
}

/* ---- attendance ---- */

static void came(struct world *w, int session, int trainee, int64_t when, const char *more)
{
    training_sql(w, "INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, account_id) VALUES (%d, %d, 0, %lld, 'code', 0)%s", session, trainee,
                 (long long)when, more);
}

static void attendance(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct attendance_sheet sheet;
    const char *why;
    training_class(w, 2, 1, 20261116, 5, 510, 5, "finished"); /* five days of four hours, five trainees */
    cx->now = at(20261124, 600);
    for (int d = 1; d <= 5; d++)
        for (int t = 1; t <= 4; t++)
            came(w, 200 + d, 200 + t, at(day_add(20261116, d - 1), 500), "");
    for (int d = 1; d <= 3; d++)
        came(w, 200 + d, 205, at(day_add(20261116, d - 1), 500), "");
    world_ok(w, attendance_sheet(cx, 2, &sheet), "the sheet");
    is_int((long long)sheet.n, 5, "five trainees");
    is_int(sheet.rows[0].hours, 20, "who was always there has all hours");
    is_int(sheet.rows[4].hours, 12, "who came on three days of five has 12");
    ok(sheet.rows[4].short_of && sheet.rows[4].share_ppm == 600000 && sheet.rows[4].missing == 8, "60 %: no subsidy for this person");
    ok(sheet.n_below == 0 && sheet.days[3].share_ppm == 800000, "four of five are 80 %: not below 80 %");
    world_ok(w, class_is_unqualified(cx, 2, &why), "the class");
    ok(why == NULL, "is qualified");
    as_provider(w, 1);
    world_ok(w, absence_note(cx, 2, 204, 205, "made_up", "11月21日补课四课时，有签到纸"), "a missed day is made up");
    world_ok(w, attendance_sheet(cx, 2, &sheet), "the sheet again");
    ok(!sheet.rows[4].short_of && sheet.rows[4].share_ppm == 800000 && sheet.rows[4].missing == 4, "80 % are not below 80 %; four hours are still open");
    world_ok(w, absence_note(cx, 2, 205, 205, "noted", "住院，有诊断证明"), "the other one is noted");
    world_ok(w, attendance_sheet(cx, 2, &sheet), "the sheet again");
    ok(sheet.rows[4].hours == 16 && sheet.rows[4].missing == 0, "noted hours are not attended, but not open either");
    training_sql(w, "DELETE FROM sign_in WHERE session_id = 203 AND trainee_id = 201");
    training_sql(w, "UPDATE sign_in SET at = at + %lld WHERE session_id = 203 AND trainee_id = 202", 70 * MINUTE);
    world_ok(w, attendance_sheet(cx, 2, &sheet), "one stays away, one comes an hour late");
    ok(sheet.rows[1].hours == 18, "an hour late costs two lessons of 45 minutes");
    ok(sheet.n_below == 1 && sheet.days[2].below, "that day is below 80 %");
    world_ok(w, class_is_unqualified(cx, 2, &why), "the class");
    ok(why != NULL && strstr(why, "2026 年 11 月 18 日") != NULL && strstr(why, "70.0%") != NULL && strstr(why, "沿用") != NULL,
       "gets no subsidy: the day, the share, the clause, and that it is kept from an expired rule");
}

/* ---- lots ---- */

static void lots(struct world *w)
{
    struct lot_stratum strata[] = {{"high", 100, 0}, {"low", 20, 0}};
    struct lot_ticket tickets[30];
    struct lot_person people[] = {{"I1", "甲", "", 0}, {"I2", "乙", "T1", 0}, {"I3", "丙", "", 0}, {"I4", "丁", "", 5}};
    struct lot_pair pairs[] = {{"I1", "I3", "T2", 3}};
    struct lot_urn urn = {strata, tickets, people, pairs, 2, 30, 4, 1}, again;
    const struct lot_drawn *d, *e;
    size_t n, m, checked, must = 0, high = 0, bad = 0;
    for (size_t i = 0; i < 30; i++)
        tickets[i] = (struct lot_ticket){arena_fmt(&w->arena, "K%zu", i), i < 5 ? "high" : "low", i % 2 ? "T1" : "T2", i == 7 || i == 9};
    lot_draw(&w->arena, "seed", &urn, &d, &n);
    for (size_t i = 0; i < n; i++) {
        must += d[i].ticket->must;
        high += strcmp(d[i].ticket->stratum, "high") == 0;
        bad += d[i].first == d[i].second || (strcmp(d[i].ticket->group, "T1") == 0 && (d[i].first == &people[1] || d[i].second == &people[1]));
    }
    is_int((long long)n, 10, "all of the high stratum, a fifth of the low one");
    ok(high == 5 && must == 2, "those that must be are among them");
    is_int((long long)bad, 0, "two different people each, and nobody goes where a conflict of interest is");
    const char *json = lot_urn_json(&w->arena, &urn), *result = lot_result_json(&w->arena, d, n);
    ok(lot_urn_read(&w->arena, json, strlen(json), &again) == NULL, "the urn is read again");
    lot_draw(&w->arena, "seed", &again, &e, &m);
    is_str(lot_result_json(&w->arena, e, m), result, "the same seed and urn: the same draw");
    lot_draw(&w->arena, "other seed", &again, &e, &m);
    ok(strcmp(lot_result_json(&w->arena, e, m), result) != 0, "another seed: another draw");
    const char *file = arena_fmt(&w->arena, "{\"seed\":\"seed\",\"input\":%s,\"result\":%s}", json, result);
    ok(lot_verify(&w->arena, file, strlen(file), &checked) == NULL && checked == 10, "a whole file is verified");
    const char *forged = arena_fmt(&w->arena, "{\"seed\":\"seed!\",\"input\":%s,\"result\":%s}", json, result);
    ok(lot_verify(&w->arena, forged, strlen(forged), &checked) != NULL, "a changed one is not");
    ok(lot_verify(&w->arena, "{", 1, &checked) != NULL && lot_verify(&w->arena, "[]", 2, &checked) != NULL, "nor what is no draw at all");
}

static void draws(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct q_draw_get_row d;
    struct q_watch_visit_list_row *rows;
    const char *code, *file;
    size_t n, checked;
    int64_t found;
    cx->now = at(20261124, 600);
    as_district(w, 7);
    ok(draw_make(cx, "visit", &code) == E_STATE, "no inspectors, no draw");
    for (int i = 0; i < 4; i++)
        world_ok(w, inspector_add(cx, 120102, arena_fmt(&w->arena, "检查员%d（示例）", i), "科员", i == 0 ? "T1" : ""), "an inspector");
    for (int i = 10; i < 20; i++)
        training_class(w, i, 1 + i % 3, 20261120, 6, 510, 4, "running");
    world_ok(w, draw_make(cx, "visit", &code), "the draw");
    ok(draw_make(cx, "visit", &file) == E_CONFLICT, "is made once a day");
    world_ok(w, draw_get(cx, code, &d), "it is kept");
    file = draw_file(cx, &d);
    ok(lot_verify(&w->arena, file, strlen(file), &checked) == NULL && checked == 11, "all that end soon and were never visited are drawn, and anybody can draw again");
    world_actor(w, ROLE_PUBLIC, 0);
    ok(!draw_is_open(cx, &d), "the public sees it after the visits");
    as_district(w, 7);
    world_ok(w, class_visit_list(cx, NULL, NULL, 1, &rows, &n), "the visits");
    is_int((long long)n, 11, "are as many");
    const char *const yes[] = {"yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes"};
    const char *const no[] = {"yes", "no", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes"};
    struct visit_result r = {cx->now - 3600000, 4, "good", "冯校长（示例）", no, NULL};
    ok(visit_enter(cx, rows[0].id, &r) == E_INVALID && strcmp(cx->fail.field, "verdict") == 0, "a no and a good verdict do not go together");
    r.answers = yes, r.visited_at = at(20261123, 600);
    ok(visit_enter(cx, rows[0].id, &r) == E_INVALID && strcmp(cx->fail.field, "visited_at") == 0, "nor a visit before it was drawn");
    r.visited_at = cx->now - 3600000;
    w->cx.actor.district = 120101;
    ok(visit_enter(cx, rows[0].id, &r) == E_NOTFOUND, "not another district's");
    as_district(w, 7);
    world_ok(w, visit_enter(cx, rows[0].id, &r), "the result");
    ok(visit_enter(cx, rows[0].id, &r) == E_STATE, "once");
    world_ok(w, draw_make(cx, "call", &code), "calls are drawn");
    struct q_training_call_list_row *calls;
    world_ok(w, call_list(cx, NULL, NULL, 1, &calls, &n), "their list");
    ok(n >= 20, "two a class at least");
    struct call_answers a = {.reached = "yes"};
    ok(call_enter(cx, calls[0].id, &a) == E_INVALID, "who was reached is asked the two questions that matter");
    struct call_answers later = {.reached = "later", .note = "关机"};
    world_ok(w, call_enter(cx, calls[0].id, &later), "nobody answered");
    a.held = "yes", a.fee = "none";
    world_ok(w, call_enter(cx, calls[0].id, &a), "so one calls again: the answers");
    ok(call_enter(cx, calls[0].id, &later) == E_STATE, "and that is the end of it");
    struct indicators *ind;
    world_ok(w, indicators_of(cx, 2026, &ind, &n), "what the city sees");
    for (size_t i = 0; i < n; i++)
        if (ind[i].district == 120102)
            ok(ind[i].unseen == 1 && ind[i].visits == 11 && ind[i].called == 1, "of the district: a class that nobody visited, its visits, its calls");
    world_ok(w, supervision_tick(cx), "the clock");
    world_ok(w, anomalies_look(cx, 2, &found), "a class is looked at");
}

static void cases(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct q_anomaly_list_row *rows, a;
    int64_t class_id = 30;
    struct anomaly_find f = {.kind = "device", .class_id = &class_id, .page = 1};
    size_t n;
    int64_t found, open;
    training_class(w, 30, 2, 20261123, 1, 510, 12, "running");
    for (int t = 1; t <= 5; t++)
        training_sql(w, "INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, device, account_id) VALUES (3001, %d, 0, %lld, 'code', 'abcdef0123456789', 0)",
                     3000 + t, (long long)at(20261123, 500 + t));
    cx->now = at(20261124, 600);
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, anomalies_look(cx, 30, &found), "the class is looked at");
    is_int(found, 1, "one phone for five is a case");
    world_ok(w, anomalies_look(cx, 30, &found), "and again");
    is_int(found, 0, "the same finding is the same case");
    world_ok(w, anomaly_list(cx, &f, &rows, &n), "the list");
    ok(n == 1 && strstr(anomaly_sentence(cx, &rows[0]), "5 名") != NULL, "says how many");
    as_provider(w, 2);
    ok(anomaly_get(cx, rows[0].id, &a) == E_NOTFOUND, "the provider is not warned");
    as_district(w, 7);
    ok(anomaly_step(cx, rows[0].id, "explain", "看过录像", 1) == E_STATE, "it is taken up first");
    world_ok(w, anomaly_step(cx, rows[0].id, "take", NULL, 1), "an officer takes it");
    ok(anomaly_step(cx, rows[0].id, "ask", NULL, 2) == E_INVALID, "a question is written down");
    world_ok(w, anomaly_step(cx, rows[0].id, "ask", "五个人为什么用一部手机？", 2), "and put");
    as_provider(w, 2);
    world_ok(w, anomaly_get(cx, rows[0].id, &a), "now the provider sees it");
    world_ok(w, anomaly_step(cx, rows[0].id, "answer", "五位老人没有智能手机", 3), "and answers");
    ok(anomaly_step(cx, rows[0].id, "explain", "好", 4) == E_DENIED, "but does not judge");
    as_district(w, 7);
    ok(anomaly_step(cx, rows[0].id, "explain", "看过录像", 3) == E_CONFLICT, "two officers at once");
    world_ok(w, anomalies_open(cx, 30, &open), "open cases of the class");
    is_int(open, 1, "one");
    world_ok(w, anomaly_step(cx, rows[0].id, "explain", "看过录像，五位老人在场", 4), "it is explained");
    world_ok(w, anomalies_open(cx, 30, &open), "open cases of the class");
    is_int(open, 0, "none");
}

static void test(struct world *w)
{
    if (!training_base(w, 4))
        return;
    world_ok(w, flow_lint(&w->cx, &anomaly_flow), "the flow of cases is sound");
    training_sql(w, "%s", town_records);
    signing(w);
    codes(w);
    desk(w);
    attendance(w);
    lots(w);
    draws(w);
    cases(w);
}

int main(void)
{
    return world_each(test);
}
