/* tick.c -- by the clock: looks at classes that moved, writes the hours of those that ended, puts the digests of sessions into the chain. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/hash.h"
#include "base/view.h"
#include "store/store.h"

#include "supervision.sql.h"

enum { CLASSES_A_RUN = 50, SEALS_A_RUN = 500, DAYS_BACK = 14 };

static err_t write_hours(struct ctx *cx, void *arg)
{
    const struct attendance_sheet *sheet = arg;
    for (size_t i = 0; i < sheet->n; i++)
        TRY(q_attendance_hours(cx, &(struct q_attendance_hours_in){.hours = sheet->rows[i].hours, .id = sheet->rows[i].trainee_id}, NULL));
    return E_OK;
}

static err_t look(struct ctx *cx)
{
    struct q_look_due_row *due;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), found;
    struct q_look_due_in in = {.from_day = day_add(today, -1), .to_day = today, .before = cx->now - 6 * 3600000, .lim = CLASSES_A_RUN};
    TRY(q_look_due(cx, &in, &due, &n));
    for (size_t i = 0; i < n; i++) {
        struct attendance_sheet sheet;
        TRY(anomalies_look(cx, due[i].class_id, &found));
        TRY(attendance_sheet(cx, due[i].class_id, &sheet));
        TRY(store_tx(cx, STORE_WRITE, write_hours, &sheet));
    }
    return E_OK;
}

static err_t seal_one(struct ctx *cx, void *arg)
{
    int64_t session_id = *(const int64_t *)arg;
    struct q_seal_rows_row *rows;
    struct buf b = {.a = cx->arena};
    unsigned char digest[HASH_LEN];
    char hex[2 * HASH_LEN + 1];
    size_t n, fresh;
    TRY(q_seal_rows(cx, &(struct q_seal_rows_in){.session_id = session_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%lld %lld %lld %s %s %lld\n", (long long)rows[i].trainee_id, (long long)rows[i].leaving, (long long)rows[i].at, rows[i].means,
                rows[i].device, (long long)rows[i].account_id);
    hash_sm3(buf_text(&b), b.len, digest);
    hash_hex(digest, HASH_LEN, hex);
    TRY(q_seal_insert(cx, &(struct q_seal_insert_in){.session_id = session_id, .n = (int64_t)n, .digest = hex, .at = cx->now}, &fresh));
    return fresh == 0 ? E_OK : audit_add(cx, "seal", "class_session", session_id, arena_fmt(cx->arena, "{\"n\":%zu,\"sm3\":\"%s\"}", n, hex));
}

static err_t seal_sessions(struct ctx *cx)
{
    struct q_seal_due_row *due;
    size_t n;
    int64_t days, today = day_of(cx->now, DAY_ZONE);
    TRY(watch_number(cx, "sign.window", "paper_days", today, &days));
    struct q_seal_due_in in = {.from_day = day_add(today, -days - DAYS_BACK), .to_day = day_add(today, -days - 1), .lim = SEALS_A_RUN};
    TRY(q_seal_due(cx, &in, &due, &n));
    for (size_t i = 0; i < n; i++)
        TRY(store_tx(cx, STORE_WRITE, seal_one, &due[i].id));
    return E_OK;
}

err_t supervision_tick(struct ctx *cx)
{
    TRY(task_run(cx, "supervision.look", 15 * 60000, look));
    return task_run(cx, "supervision.seal", 3600000, seal_sessions);
}
