/* demo.c -- made-up sign-ins of the demo's classes, inspectors, draws with visits and calls; a few things that do not fit, to be found. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "city/demo.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <string.h>

struct stage { /* one class of the demo */
    const struct q_supervision_demo_classes_row *c;
    const struct q_attendance_trainee_row *trainees;
    size_t n_trainees, k;
    bool unqualified;
    uint64_t dice;
};

static uint64_t roll(struct stage *s, uint64_t sides)
{
    s->dice = s->dice * 6364136223846793005u + 1442695040888963407u;
    return (s->dice >> 33) % sides;
}

static err_t sign(struct ctx *cx, struct stage *s, const struct q_attendance_session_row *l, size_t t, int64_t came)
{
    static const char *const means[] = {"code", "code", "code", "code", "code", "code", "code", "card", "code", "code"};
    int64_t start = day_start(l->day, DAY_ZONE), metres = (int64_t)roll(s, 120), odd = (int64_t)s->k % 9;
    bool shared = odd == 4 && t < 4, far = odd == 6 && t < 5 && l->day % 3 == 0, paper = roll(s, 50) == 0;
    const char *how = paper ? "paper" : shared ? "code" : means[roll(s, 10)];
    bool phone = strcmp(how, "code") == 0;
    if (far)
        metres = 2300 + (int64_t)roll(s, 900);
    struct q_sign_insert_in in = {.session_id = l->id, .trainee_id = s->trainees[t].id, .at = came, .means = how,
                                  .device = phone ? arena_fmt(cx->arena, "%08llx%08llx", (unsigned long long)(shared ? 77 : s->trainees[t].id) * 2654435761u % 4294967296u,
                                                              (unsigned long long)s->c->id * 40503u)
                                                  : "",
                                  .metres = phone && (far || roll(s, 2) == 0) ? &metres : NULL, .account_id = phone ? 0 : 1, .reason = paper ? "手机没电，见签到纸（示例）" : ""};
    TRY(q_sign_insert(cx, &in, NULL));
    if (roll(s, 12) == 0)
        return E_OK;
    in.leaving = 1;
    in.at = start + l->to_min * 60000 + (int64_t)roll(s, 12 * 60000);
    return q_sign_insert(cx, &in, NULL);
}

static err_t lesson(struct ctx *cx, struct stage *s, const struct q_attendance_session_row *l, size_t number)
{
    int64_t start = day_start(l->day, DAY_ZONE) + l->from_min * 60000;
    bool burst = s->k % 9 == 2 && number % 6 == 1, empty = s->unqualified && number / 2 == 2;
    for (size_t t = 0; t < s->n_trainees; t++) {
        bool lazy = t == 12 && s->k % 3 == 1 && roll(s, 3) == 0;
        if (lazy || roll(s, 50) == 0 || (empty && t % 3 == 0))
            continue;
        int64_t came = burst ? start - 300000 + (int64_t)t * 700 : start - (int64_t)roll(s, 25 * 60000) + (roll(s, 40) == 0 ? 6 * 60000 : 0);
        TRY(sign(cx, s, l, t, came));
    }
    return E_OK;
}

static err_t one_class(struct ctx *cx, const struct q_supervision_demo_classes_row *c, size_t k)
{
    struct stage s = {.c = c, .k = k, .unqualified = strcmp(c->status, "unqualified") == 0, .dice = (uint64_t)c->id * 7919 + 12345};
    struct q_attendance_session_row *sessions;
    struct q_attendance_trainee_row *trainees;
    struct attendance_sheet sheet;
    size_t n;
    int64_t found;
    TRY(q_attendance_session(cx, &(struct q_attendance_session_in){.class_id = c->id}, &sessions, &n));
    TRY(q_attendance_trainee(cx, &(struct q_attendance_trainee_in){.class_id = c->id}, &trainees, &s.n_trainees));
    s.trainees = trainees;
    for (size_t i = 0; i < n; i++)
        if (day_start(sessions[i].day, DAY_ZONE) + sessions[i].to_min * 60000 + 20 * 60000 < cx->now)
            TRY(lesson(cx, &s, &sessions[i], i));
    TRY(anomalies_look(cx, c->id, &found));
    TRY(attendance_sheet(cx, c->id, &sheet));
    for (size_t i = 0; i < sheet.n; i++)
        TRY(q_attendance_hours(cx, &(struct q_attendance_hours_in){.hours = sheet.rows[i].hours, .id = sheet.rows[i].trainee_id}, NULL));
    return E_OK;
}

/* ---- looked at ---- */

static void as_district(struct ctx *cx, int64_t district)
{
    cx->actor = (struct actor){.account_id = cx->actor.account_id, .role = ROLE_DISTRICT, .district = district, .name = "demo"};
}

static err_t enter_visits(struct ctx *cx, int64_t district)
{
    struct q_watch_visit_list_row *rows;
    const int64_t open = 1;
    size_t n;
    TRY(class_visit_list(cx, &district, &open, 1, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const char *answers[32];
        bool minor = rows[i].id % 5 == 3, late = rows[i].id % 6 == 2;
        for (size_t q = 0; q < sizeof answers / sizeof *answers; q++)
            answers[q] = minor && q == 5 ? "no" : q == 8 && rows[i].id % 2 == 0 ? "na" : "yes";
        struct visit_result r = {cx->now - (late ? 50 : 3) * 3600000LL, 12 + rows[i].id % 4, minor ? "minor" : "good", "机构负责人（示例）", answers,
                                 minor ? "两名学员没有教材，当天已补发（示例）" : NULL};
        TRY(visit_enter(cx, rows[i].id, &r));
    }
    return E_OK;
}

static err_t enter_calls(struct ctx *cx, int64_t district)
{
    struct q_training_call_list_row *rows;
    const int64_t open = 1;
    size_t n;
    TRY(call_list(cx, &district, &open, 1, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct call_answers a = {.reached = rows[i].id % 7 == 3 ? "no" : "yes", .held = "yes", .teacher = "yes", .books = rows[i].id % 5 == 1 ? "no" : "yes",
                                 .fee = "none", .forged = "yes"};
        if (rows[i].id % 4 != 0)
            TRY(call_enter(cx, rows[i].id, &a));
    }
    return E_OK;
}

static err_t maybe_draw(struct ctx *cx, const char *kind)
{
    const char *code;
    err_t e = draw_make(cx, kind, &code);
    return e == E_STATE || e == E_CONFLICT ? E_OK : e; /* nothing to draw from on that day */
}

static err_t look_at(struct ctx *cx, int64_t district)
{
    static const char *const names[] = {"邓海（示例）", "马文（示例）", "罗静（示例）", "高岩（示例）", "林舟（示例）"};
    static const int days[] = {-120, -80, -45, -25, -2};
    int64_t now = cx->now, today = day_of(now, DAY_ZONE);
    err_t e = E_OK;
    as_district(cx, district);
    cx->now = now - 300 * (int64_t)DAY_MS;
    for (size_t i = 0; i < sizeof names / sizeof *names && e == E_OK; i++)
        e = inspector_add(cx, district, names[i], i < 2 ? "劳动关系科科员" : "职业能力科科员", i == 1 ? "T1" : "");
    for (size_t i = 0; i < sizeof days / sizeof *days && e == E_OK; i++) {
        cx->now = day_start(day_add(today, days[i]), DAY_ZONE) + 9 * 3600000;
        e = maybe_draw(cx, "visit");
        e = e == E_OK ? maybe_draw(cx, "call") : e;
        cx->now += 2 * (int64_t)DAY_MS + 8 * 3600000;
        if (e == E_OK && i + 1 < sizeof days / sizeof *days)
            e = enter_visits(cx, district);
        if (e == E_OK && i + 1 < sizeof days / sizeof *days)
            e = enter_calls(cx, district);
    }
    cx->now = now;
    return e;
}

/* Some cases have been taken up: asked, explained, confirmed. */
static err_t settle(struct ctx *cx)
{
    struct q_anomaly_list_row *rows;
    size_t n, asked = 0;
    TRY(anomaly_list(cx, &(struct anomaly_find){.page = 1}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        bool own = rows[i].provider_id == 1 && asked == 0;
        if (!own && i % 4 != 1)
            continue;
        as_district(cx, rows[i].district);
        TRY(anomaly_step(cx, rows[i].id, "take", NULL, 1));
        if (own || i % 3 == 0)
            TRY(anomaly_step(cx, rows[i].id, "ask", "请说明当天的情况，附签到纸或者录像（示例）", 2));
        else
            TRY(anomaly_step(cx, rows[i].id, i % 5 == 0 ? "confirm" : "explain", "看过录像和签到纸，记在卷里（示例）", 2));
        asked += own;
    }
    return E_OK;
}

static err_t fill(struct ctx *cx, void *arg)
{
    struct q_supervision_demo_classes_row *rows;
    size_t n;
    (void)arg;
    TRY(q_supervision_demo_classes(cx, &(struct q_supervision_demo_classes_in){.day = day_of(cx->now, DAY_ZONE)}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(one_class(cx, &rows[i], i));
    for (size_t i = 0; i < n; i++) {
        size_t before = 0;
        while (rows[before].district != rows[i].district)
            before++;
        if (before == i)
            TRY(look_at(cx, rows[i].district));
    }
    return settle(cx);
}

err_t supervision_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_supervision_demo_done_row done;
    (void)s;
    TRY(q_supervision_demo_done(cx, &done));
    if (done.n > 0)
        return E_OK;
    return demo_fill(cx, ROLE_CLOCK, fill, NULL);
}
