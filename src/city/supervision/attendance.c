/* attendance.c -- hours and shares by the rules: what a sign-in is worth, which days and persons are below the limit. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/text.h"

#include "supervision.sql.h"

#include <stdlib.h>
#include <string.h>

enum { MILLION = 1000000 };

struct reckoning {
    const struct q_attendance_session_row *sessions;
    const struct q_attendance_time_row *signs;
    const struct q_attendance_absence_row *absences;
    const struct q_attendance_trainee_row *trainees;
    size_t n_sessions, n_signs, n_absences, n_trainees;
    int64_t tolerance, hour, class_percent, person_percent, noted;
    bool *over; /* of each session */
};

static err_t read_rules(struct ctx *cx, int64_t on, struct reckoning *r, struct attendance_sheet *out)
{
    const struct rules *rules = cx->house->rules;
    TRY(rules_number(cx, rules, "attendance.class", "percent", on, &r->class_percent, &out->class_rule));
    TRY(rules_number(cx, rules, "attendance.person", "percent", on, &r->person_percent, &out->person_rule));
    TRY(watch_number(cx, "attendance.person", "noted", on, &r->noted));
    TRY(watch_number(cx, "attendance.hour", "tolerance_minutes", on, &r->tolerance));
    return watch_number(cx, "attendance.hour", "hour_minutes", on, &r->hour);
}

static err_t read_rows(struct ctx *cx, int64_t class_id, struct reckoning *r)
{
    struct q_attendance_session_row *s;
    struct q_attendance_time_row *i;
    struct q_attendance_absence_row *a;
    struct q_attendance_trainee_row *t;
    TRY(q_attendance_session(cx, &(struct q_attendance_session_in){.class_id = class_id}, &s, &r->n_sessions));
    TRY(q_attendance_time(cx, &(struct q_attendance_time_in){.class_id = class_id}, &i, &r->n_signs));
    TRY(q_attendance_absence(cx, &(struct q_attendance_absence_in){.class_id = class_id}, &a, &r->n_absences));
    TRY(q_attendance_trainee(cx, &(struct q_attendance_trainee_in){.class_id = class_id}, &t, &r->n_trainees));
    r->sessions = s, r->signs = i, r->absences = a, r->trainees = t;
    r->over = ARENA_ARRAY(cx->arena, bool, r->n_sessions + 1);
    for (size_t k = 0; k < r->n_sessions; k++)
        r->over[k] = day_start(s[k].day, DAY_ZONE) + s[k].to_min * 60000 < cx->now;
    return E_OK;
}

/* Minutes late beyond the tolerance cost a whole lesson for each that is begun. */
static int64_t lost(const struct reckoning *r, int64_t minutes)
{
    return minutes <= r->tolerance ? 0 : (minutes + r->hour - 1) / r->hour;
}

static int64_t worth(const struct reckoning *r, const struct q_attendance_session_row *s, const int64_t *came, const int64_t *left)
{
    if (came == NULL)
        return 0;
    int64_t start = day_start(s->day, DAY_ZONE), begin = start + s->from_min * 60000, end = start + s->to_min * 60000;
    int64_t hours = s->hours - lost(r, (*came - begin) / 60000) - (left != NULL ? lost(r, (end - *left) / 60000) : 0);
    return hours > 0 ? hours : 0;
}

/* Sign-ins come sorted as the sessions and then by trainee: hours[session][trainee]. */
static int64_t *hours_of(struct ctx *cx, const struct reckoning *r)
{
    int64_t *hours = ARENA_ARRAY(cx->arena, int64_t, r->n_sessions * r->n_trainees + 1);
    size_t at = 0;
    memset(hours, 0, sizeof *hours * (r->n_sessions * r->n_trainees + 1));
    for (size_t s = 0; s < r->n_sessions; s++) {
        size_t t = 0;
        for (; at < r->n_signs && r->signs[at].session_id == r->sessions[s].id;) {
            const struct q_attendance_time_row *in = &r->signs[at];
            const int64_t *came = NULL, *left = NULL;
            for (; at < r->n_signs && r->signs[at].session_id == in->session_id && r->signs[at].trainee_id == in->trainee_id; at++)
                *(r->signs[at].leaving ? &left : &came) = &r->signs[at].at;
            while (t < r->n_trainees && r->trainees[t].id < in->trainee_id)
                t++;
            if (t < r->n_trainees && r->trainees[t].id == in->trainee_id)
                hours[s * r->n_trainees + t] = worth(r, &r->sessions[s], came, left);
        }
    }
    return hours;
}

static const struct q_attendance_absence_row *absence_of(const struct reckoning *r, int64_t session_id, int64_t trainee_id)
{
    for (size_t i = 0; i < r->n_absences; i++)
        if (r->absences[i].session_id == session_id && r->absences[i].trainee_id == trainee_id)
            return &r->absences[i];
    return NULL;
}

static int64_t share(int64_t part, int64_t whole)
{
    return whole > 0 ? part * MILLION / whole : MILLION;
}

static void person(const struct reckoning *r, const int64_t *hours, size_t t, struct attendance *a)
{
    *a = (struct attendance){.trainee_id = r->trainees[t].id, .person_id = r->trainees[t].person_id};
    for (size_t s = 0; s < r->n_sessions; s++) {
        if (!r->over[s])
            continue;
        int64_t due = r->sessions[s].hours, had = hours[s * r->n_trainees + t];
        const struct q_attendance_absence_row *note = had < due ? absence_of(r, r->sessions[s].id, a->trainee_id) : NULL;
        a->hours_due += due;
        a->hours += note != NULL && strcmp(note->kind, "made_up") == 0 ? due : had;
        a->missing += note == NULL ? due - had : 0;
    }
    a->share_ppm = share(a->hours, a->hours_due);
    a->missing = r->noted != 0 ? a->missing : 0;
    a->short_of = a->hours * 100 < a->hours_due * r->person_percent;
}

/* What was made up another day does not change who was there on this one. */
static size_t days_of(struct ctx *cx, const struct reckoning *r, const int64_t *hours, struct attendance_sheet *out)
{
    struct attendance_day *d = ARENA_ARRAY(cx->arena, struct attendance_day, r->n_sessions + 1);
    size_t n = 0, below = 0;
    int64_t trainees = (int64_t)r->n_trainees, today = day_of(cx->now, DAY_ZONE);
    for (size_t s = 0; s < r->n_sessions && r->sessions[s].day <= today; s++) {
        bool done = s + 1 == r->n_sessions || r->sessions[s + 1].day != r->sessions[s].day ? r->over[s] : r->sessions[s].day < today;
        if (!done && r->sessions[s].day == today)
            continue;
        if (n == 0 || d[n - 1].day != r->sessions[s].day)
            d[n++] = (struct attendance_day){.day = r->sessions[s].day};
        d[n - 1].hours_due += r->sessions[s].hours * trainees;
        for (size_t t = 0; t < r->n_trainees; t++)
            d[n - 1].hours += hours[s * r->n_trainees + t];
    }
    for (size_t i = 0; i < n; i++) {
        d[i].share_ppm = share(d[i].hours, d[i].hours_due);
        d[i].below = d[i].hours * 100 < d[i].hours_due * r->class_percent;
        below += d[i].below;
    }
    out->days = d;
    out->n_days = n;
    return below;
}

err_t attendance_sheet(struct ctx *cx, int64_t class_id, struct attendance_sheet *out)
{
    struct reckoning r = {0};
    struct q_watch_class_row c;
    *out = (struct attendance_sheet){.class_id = class_id};
    TRY(watch_class(cx, class_id, &c));
    TRY(read_rules(cx, c.starts_on, &r, out));
    TRY(read_rows(cx, class_id, &r));
    const int64_t *hours = hours_of(cx, &r);
    struct attendance *rows = ARENA_ARRAY(cx->arena, struct attendance, r.n_trainees + 1);
    for (size_t t = 0; t < r.n_trainees; t++)
        person(&r, hours, t, &rows[t]);
    out->rows = rows;
    out->n = r.n_trainees;
    out->n_below = days_of(cx, &r, hours, out);
    return E_OK;
}

err_t attendance_of_class(struct ctx *cx, int64_t class_id, const struct attendance **rows, size_t *n)
{
    struct attendance_sheet sheet;
    TRY(attendance_sheet(cx, class_id, &sheet));
    *rows = sheet.rows;
    *n = sheet.n;
    return E_OK;
}

err_t class_is_unqualified(struct ctx *cx, int64_t class_id, const char **why)
{
    struct attendance_sheet sheet;
    *why = NULL;
    TRY(attendance_sheet(cx, class_id, &sheet));
    for (size_t i = 0; i < sheet.n_days && *why == NULL; i++) {
        const struct attendance_day *d = &sheet.days[i];
        if (!d->below)
            continue;
        *why = text_fill(cx->arena, tr(cx, N_("{day}出勤率 {share}%（{hours}/{due} 人·课时）。{clause}。依据：{cite}")), "day",
                         day_text_full(cx, d->day), "share", arena_fmt(cx->arena, "%lld.%lld", (long long)(d->share_ppm / 10000),
                                                                       (long long)(d->share_ppm / 1000 % 10)),
                         "hours", arena_fmt(cx->arena, "%lld", (long long)d->hours), "due", arena_fmt(cx->arena, "%lld", (long long)d->hours_due),
                         "clause", sheet.class_rule->clause, "cite", sheet.class_rule->cite, NULL);
    }
    return E_OK;
}

err_t lessons_of(struct ctx *cx, int64_t class_id, int64_t trainee_id, struct lesson **out, size_t *n)
{
    struct reckoning r = {0};
    struct q_attendance_sign_row *signs;
    size_t n_signs;
    TRY(read_rows(cx, class_id, &r));
    TRY(q_attendance_sign(cx, &(struct q_attendance_sign_in){.class_id = class_id}, &signs, &n_signs));
    struct lesson *all = ARENA_ARRAY(cx->arena, struct lesson, r.n_sessions + 1);
    size_t at = 0;
    for (size_t s = 0; s < r.n_sessions; s++) {
        const struct q_attendance_session_row *k = &r.sessions[s];
        const struct q_attendance_absence_row *absence = absence_of(&r, k->id, trainee_id);
        all[s] = (struct lesson){.session_id = k->id, .day = k->day, .from_min = k->from_min, .to_min = k->to_min, .reason = "", .over = r.over[s],
                                 .absence = absence != NULL ? absence->kind : NULL, .note = absence != NULL ? absence->note : ""};
        for (; at < n_signs && signs[at].session_id == k->id; at++) {
            const struct q_attendance_sign_row *i = &signs[at];
            if (i->trainee_id != trainee_id)
                continue;
            *(i->leaving ? &all[s].left : &all[s].came) = &i->at;
            *(i->leaving ? &all[s].left_by : &all[s].came_by) = i->means;
            all[s].reason = *i->reason != '\0' ? i->reason : all[s].reason;
        }
    }
    *out = all;
    *n = r.n_sessions;
    return E_OK;
}
