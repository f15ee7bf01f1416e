#include "city/queue/queue.h"

#include "base/code.h"
#include "base/day.h"
#include "city/people/people.h"
#include "store/store.h"

#include "queue.sql.h"

#include <string.h>

enum { WINDOW_SEEN_MS = 45 * 60000 /* a window that called within this time is at work */, SHOWN_CALLS = 6 };

static const struct flow_state states[] = {
    {"waiting", N_("等待")}, {"called", N_("正在办理")}, {"served", N_("办完")}, {"missed", N_("过号")}, {"left", N_("不等了")}, {0},
};
static const struct flow_edge edges[] = {
    {"waiting", "call", "called", N_("叫号"), DESK, 0, NULL},
    {"called", "again", "called", N_("再叫一次"), DESK, 0, NULL},
    {"called", "miss", "missed", N_("过号"), DESK, 0, NULL},
    {"missed", "recall", "called", N_("请回来"), DESK, 0, NULL},
    {"called", "serve", "served", N_("办完"), DESK, FLOW_FINAL, NULL},
    {"waiting", "leave", "left", N_("不等了"), EVERYONE, FLOW_FINAL, NULL},
    {0},
};
const struct flow ticket_flow = {"ticket", "waiting", states, edges};

const char *ticket_label(struct ctx *cx, int64_t number)
{
    return arena_fmt(cx->arena, "A%03lld", (long long)number);
}

static int64_t today(const struct ctx *cx) { return day_of(cx->now, DAY_ZONE); }

/* Minutes until one with `ahead` people before is called. */
static err_t wait_for(struct ctx *cx, int64_t station_id, int64_t ahead, int64_t *minutes)
{
    struct q_queue_pace_row pace;
    int64_t each;
    TRY(people_rule(cx, "counter.visit", "queue_minutes", &each));
    TRY(q_queue_pace(cx, &(struct q_queue_pace_in){.station_id = station_id, .day = today(cx), .since = cx->now - WINDOW_SEEN_MS}, &pace));
    int64_t each_ms = pace.visit_ms != NULL && *pace.visit_ms > 0 ? *pace.visit_ms : each * 60000;
    int64_t windows = pace.windows > 0 ? pace.windows : 1;
    *minutes = (ahead * each_ms / windows + 59999) / 60000;
    return E_OK;
}

static err_t ticket_of(struct ctx *cx, int64_t id, struct ticket *out)
{
    struct q_ticket_row row;
    struct q_ticket_ahead_row ahead;
    TRY(q_ticket_first(cx, &(struct q_ticket_in){.id = id}, &row));
    const struct q_ticket_row *r = &row;
    *out = (struct ticket){
        .id = r->id, .station_id = r->station_id, .number = r->number, .taken_at = r->taken_at,
        .called_at = r->called_at == NULL ? 0 : *r->called_at, .code = r->code, .status = r->status, .place = r->place,
        .label = ticket_label(cx, r->number), .station_code = r->station_code, .station_name = r->station_name,
    };
    if (strcmp(r->status, "waiting") != 0)
        return E_OK;
    if (r->day != today(cx)) { /* nobody calls yesterday's numbers any more */
        out->status = "missed";
        return E_OK;
    }
    TRY(q_ticket_ahead(cx, &(struct q_ticket_ahead_in){.station_id = r->station_id, .day = r->day, .number = r->number}, &ahead));
    out->ahead = ahead.n;
    return wait_for(cx, r->station_id, ahead.n, &out->wait_min);
}

err_t ticket_by_id(struct ctx *cx, int64_t id, struct ticket *out) { return ticket_of(cx, id, out); }

err_t ticket_by_code(struct ctx *cx, const char *code, struct ticket *out)
{
    char read[CODE_LEN + 1];
    struct q_ticket_id_row *rows;
    size_t n;
    const char *wrong = code_read(code, read);
    if (wrong != NULL)
        return SAY(cx, E_NOTFOUND, NULL, wrong);
    TRY(q_ticket_id(cx, &(struct q_ticket_id_in){.code = read}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("没有这个号。请看看小票上的短码有没有输错。"));
    return ticket_of(cx, rows[0].id, out);
}

/* ---- taking ---- */

struct taking {
    int64_t station_id, id;
};

static err_t take_tx(struct ctx *cx, void *arg)
{
    struct taking *t = arg;
    struct q_queue_station_row *station;
    struct q_ticket_last_row last;
    struct q_ticket_insert_row *rows;
    size_t n;
    char code[CODE_LEN + 1];
    TRY(q_queue_station(cx, &(struct q_queue_station_in){.id = t->station_id}, &station, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no station %lld", (long long)t->station_id);
    const char *status = station[0].status;
    if (strcmp(status, "open") != 0 && strcmp(status, "trial") != 0 && strcmp(status, "rectifying") != 0)
        return SAY(cx, E_STATE, NULL, N_("这个驿站现在不对外服务，请到附近别的驿站，或打 12333 问一问。"));
    TRY(q_ticket_last(cx, &(struct q_ticket_last_in){.station_id = t->station_id, .day = today(cx)}, &last));
    code_random(code);
    struct q_ticket_insert_in in = {.code = code, .station_id = t->station_id, .day = today(cx), .number = last.number + 1, .taken_at = cx->now};
    TRY(q_ticket_insert(cx, &in, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_BUSY, NULL, "this number was taken at the same moment");
    t->id = rows[0].id;
    cx->result = arena_fmt(cx->arena, "/q/%s", code_show(cx->arena, code));
    return E_OK;
}

err_t ticket_take(struct ctx *cx, int64_t station_id, struct ticket *out)
{
    struct taking t = {.station_id = station_id};
    TRY(store_tx(cx, STORE_WRITE, take_tx, &t));
    return ticket_of(cx, t.id, out);
}

/* ---- calling ---- */

struct moving {
    int64_t id, station_id; /* station_id: the first who waits there, when id is 0 */
    const char *action, *place;
};

static err_t first_waiting(struct ctx *cx, struct moving *m)
{
    struct q_ticket_next_row *first;
    size_t n;
    TRY(q_ticket_next(cx, &(struct q_ticket_next_in){.station_id = m->station_id, .day = today(cx)}, &first, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("现在没有人排队。"));
    m->id = first[0].id;
    return E_OK;
}

static err_t step(struct ctx *cx, const struct moving *m)
{
    struct q_ticket_row row;
    const struct flow_edge *e = NULL;
    size_t n;
    TRY(q_ticket_first(cx, &(struct q_ticket_in){.id = m->id}, &row));
    const struct q_ticket_row *r = &row;
    TRY(flow_step(cx, &ticket_flow, r->status, m->action, NULL, r, &e));
    bool calls = strcmp(e->to, "called") == 0;
    struct q_ticket_step_in in = {
        .id = r->id, .from_status = r->status, .status = e->to, .place = m->place != NULL ? m->place : r->place,
        .called_at = calls ? &cx->now : r->called_at, .account_id = calls ? &cx->actor.account_id : NULL,
    };
    TRY(q_ticket_step(cx, &in, &n));
    if (n != 1)
        return FAIL(cx, E_BUSY, NULL, "ticket %lld was called at the same moment", (long long)m->id);
    return audit_add(cx, arena_fmt(cx->arena, "ticket.%s", m->action), "ticket", m->id, NULL);
}

static err_t next_tx(struct ctx *cx, void *arg)
{
    struct moving *m = arg;
    m->id = 0;
    TRY(first_waiting(cx, m));
    return step(cx, m);
}

static err_t move_tx(struct ctx *cx, void *arg) { return step(cx, arg); }

err_t ticket_next(struct ctx *cx, int64_t station_id, const char *place, struct ticket *out)
{
    struct moving m = {.station_id = station_id, .action = "call", .place = place};
    TRY(store_tx(cx, STORE_WRITE, next_tx, &m));
    return ticket_of(cx, m.id, out);
}

err_t ticket_move(struct ctx *cx, int64_t id, const char *action, const char *place)
{
    return store_tx(cx, STORE_WRITE, move_tx, &(struct moving){.id = id, .action = action, .place = place});
}

err_t ticket_window(struct ctx *cx, int64_t station_id, const char **place)
{
    struct q_ticket_last_place_row *rows;
    size_t n;
    struct q_ticket_last_place_in in = {.station_id = station_id, .day = today(cx), .account_id = &cx->actor.account_id};
    TRY(q_ticket_last_place(cx, &in, &rows, &n));
    *place = n > 0 ? rows[0].place : "1";
    return E_OK;
}

/* ---- showing ---- */

static int by_call(const struct q_ticket_of_day_row *a, const struct q_ticket_of_day_row *b)
{
    int64_t x = a->called_at == NULL ? 0 : *a->called_at, y = b->called_at == NULL ? 0 : *b->called_at;
    return (x < y) - (x > y);
}

static void sort_by_call(struct q_ticket_of_day_row *rows, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && by_call(&rows[j - 1], &rows[j]) > 0; j--) {
            struct q_ticket_of_day_row t = rows[j];
            rows[j] = rows[j - 1];
            rows[j - 1] = t;
        }
}

err_t queue_today(struct ctx *cx, int64_t station_id, struct queue *out)
{
    struct q_ticket_of_day_in in = {.station_id = station_id, .day = today(cx), .status = "called"};
    TRY(q_ticket_of_day(cx, &in, &out->called, &out->n_called));
    sort_by_call(out->called, out->n_called);
    out->n_called = out->n_called < SHOWN_CALLS ? out->n_called : SHOWN_CALLS;
    in.status = "waiting";
    TRY(q_ticket_of_day(cx, &in, &out->waiting, &out->n_waiting));
    return wait_for(cx, station_id, (int64_t)out->n_waiting, &out->wait_min);
}

/* ---- a human, please ---- */

static err_t ask_tx(struct ctx *cx, void *arg)
{
    struct q_help_open_row *rows;
    int64_t station_id = *(int64_t *)arg;
    size_t n;
    TRY(q_help_open(cx, &(struct q_help_open_in){.station_id = station_id}, &rows, &n));
    return n > 0 ? E_OK : q_help_insert(cx, &(struct q_help_insert_in){.station_id = station_id, .at = cx->now}, NULL);
}

err_t help_ask(struct ctx *cx, int64_t station_id) { return store_tx(cx, STORE_WRITE, ask_tx, &station_id); }

static err_t answer_tx(struct ctx *cx, void *arg)
{
    struct q_help_answer_in in = {.station_id = *(int64_t *)arg, .answered_at = &cx->now, .account_id = &cx->actor.account_id};
    TRY(q_help_answer(cx, &in, NULL));
    return audit_add(cx, "help.answer", "station", in.station_id, NULL);
}

err_t help_answer(struct ctx *cx, int64_t station_id) { return store_tx(cx, STORE_WRITE, answer_tx, &station_id); }

err_t help_open(struct ctx *cx, int64_t station_id, struct q_help_open_row **rows, size_t *n)
{
    return q_help_open(cx, &(struct q_help_open_in){.station_id = station_id}, rows, n);
}
