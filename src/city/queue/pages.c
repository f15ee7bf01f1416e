/* pages.c -- numbers in line: the kiosk, the phone, the wall, the desk. */
#include "city/queue/queue.h"

#include "city/counter/pages_bar.h"
#include "city/queue/routes.h"
#include "city/reference.h"
#include "city/stations/stations.h"

#include "base/code.h"
#include "base/day.h"
#include "base/qr.h"
#include "city/house.h"

#include <string.h>

enum { REFRESH_Q = 20, REFRESH_WALL = 8, REFRESH_KIOSK = 60 };

const struct flow *const queue_flows[] = {&ticket_flow, NULL};

/* ---- scopes ---- */

static err_t some_ticket(struct req *rq)
{
    struct ticket *t = ARENA_NEW(rq->cx.arena, struct ticket);
    rq->scoped = t;
    return ticket_by_code(&rq->cx, req_param(rq, "ticket"), t);
}
static const struct scope code_holder = {"whoever holds the code", "ticket", some_ticket};

static err_t desk_ticket(struct req *rq)
{
    struct ticket *t = ARENA_NEW(rq->cx.arena, struct ticket);
    rq->scoped = t;
    err_t e = ticket_by_code(&rq->cx, req_param(rq, "ticket"), t);
    if (e == E_NOTFOUND || (e == E_OK && t->station_id != rq->cx.actor.station_id))
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no ticket of this station"); /* mistyped or foreign: the same answer */
    return e;
}
static const struct scope own_ticket = {"own station", "ticket", desk_ticket};

/* ---- what all of them show ---- */

static const char *clock_text(struct req *rq)
{
    int64_t m = day_minute(rq->cx.now, DAY_ZONE);
    return arena_fmt(rq->cx.arena, "%lld:%02lld", (long long)m / 60, (long long)m % 60);
}

/* Public pages: every station is open to everybody. */
static err_t station_here(struct req *rq, struct q_station_row *s) { return station_get(&rq->cx, req_param(rq, "station"), s); }

/* What each kiosk page shows; `s` is filled. */
static err_t kiosk_frame(struct req *rq, struct q_station_row *s, const char *heading, const char *lead)
{
    struct queue q;
    struct arena *a = rq->cx.arena;
    desk_page(rq);
    TRY(station_here(rq, s));
    TRY(queue_today(&rq->cx, s->id, &q));
    struct view *k = view_sub(a, rq->view, "kiosk");
    view_str(a, k, "home", url_fmt(rq, "/kiosk/%s", s->code));
    view_str(a, k, "station", s->name);
    view_str(a, k, "clock", clock_text(rq));
    view_str(a, k, "day", day_text(&rq->cx, day_of(rq->cx.now, DAY_ZONE)));
    view_str(a, k, "serving", q.n_called > 0 ? ticket_label(&rq->cx, q.called[0].number) : NULL);
    view_i64(a, k, "waiting", (int64_t)q.n_waiting);
    view_str(a, k, "help_url", url_fmt(rq, "/kiosk/%s/help", s->code));
    view_str(a, rq->view, "heading", tr(&rq->cx, heading));
    view_str(a, rq->view, "lead", tr(&rq->cx, lead));
    view_bool(a, rq->view, "nav_kiosk_home", rq->route->method == GET && strcmp(rq->route->path, "/kiosk/{station}") == 0);
    view_i64(a, rq->view, "wait", q.wait_min);
    view_bool(a, rq->view, "noindex", true);
    return E_OK;
}

static void ticket_view(struct req *rq, const struct ticket *t)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, rq->view, "ticket");
    const char *url = arena_fmt(a, "%s/q/%s", desk_base(rq), code_show(a, t->code));
    view_str(a, v, "number", t->label);
    view_str(a, v, "code", code_show(a, t->code));
    view_str(a, v, "status", t->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&ticket_flow, t->status)));
    view_bool(a, v, "waiting", strcmp(t->status, "waiting") == 0);
    view_bool(a, v, "called", strcmp(t->status, "called") == 0);
    view_bool(a, v, "over", strcmp(t->status, "waiting") != 0 && strcmp(t->status, "called") != 0);
    view_bool(a, v, "missed", strcmp(t->status, "missed") == 0);
    view_str(a, v, "window", t->place);
    view_i64(a, v, "ahead", t->ahead);
    view_i64(a, v, "wait", t->wait_min);
    view_str(a, v, "taken", day_text_stamp(&rq->cx, t->taken_at));
    view_str(a, v, "station", t->station_name);
    view_str(a, v, "station_url", url_fmt(rq, "/stations/%s", t->station_code));
    view_str(a, v, "url", url);
    view_str(a, v, "print_url", url_fmt(rq, "/q/%s/print", code_show(a, t->code)));
    view_str(a, v, "leave_url", url_fmt(rq, "/q/%s/leave", code_show(a, t->code)));
    if (!rq->json)
        view_html(a, v, "qr", qr_svg(a, url, tr(&rq->cx, N_("二维码：在手机上看排到哪儿了"))));
}

/* ---- the kiosk ---- */

static err_t show_kiosk(struct req *rq)
{
    struct q_station_row s;
    struct arena *a = rq->cx.arena;
    TRY(kiosk_frame(rq, &s, N_("请按下面的大按钮"), N_("不会用没关系，按“叫人帮忙”")));
    const struct city_street *street = city_street(rq->cx.house->city, s.street);
    view_str(a, rq->view, "ticket_url", url_fmt(rq, "/kiosk/%s/ticket", s.code));
    view_str(a, rq->view, "jobs_url", street != NULL ? url_fmt(rq, "/jobs?near=%lld&sort=near", (long long)street->code) : url_fmt(rq, "/jobs"));
    view_str(a, rq->view, "events_url", url_fmt(rq, "/events?station=%s", s.code));
    view_str(a, rq->view, "register_url", url_fmt(rq, "/kiosk/%s/register", s.code));
    view_str(a, rq->view, "print_url", url_fmt(rq, "/kiosk/%s/print", s.code));
    view_str(a, rq->view, "station_url", url_fmt(rq, "/stations/%s", s.code));
    rq->refresh = REFRESH_KIOSK;
    return E_OK;
}

static err_t show_kiosk_ticket(struct req *rq)
{
    struct q_station_row s;
    return kiosk_frame(rq, &s, N_("取一个号，找人当面办"), N_("拿着小票坐一会儿，叫到号就过去"));
}

static err_t take_at_kiosk(struct req *rq)
{
    struct q_station_row s;
    struct ticket t;
    TRY(station_here(rq, &s));
    TRY(ticket_take(&rq->cx, s.id, &t));
    return redirect(rq, "/kiosk/%s/ticket/%s", s.code, code_show(rq->cx.arena, t.code));
}

static err_t show_kiosk_taken(struct req *rq)
{
    struct q_station_row s;
    struct ticket t;
    TRY(ticket_by_code(&rq->cx, req_param(rq, "ticket"), &t));
    TRY(kiosk_frame(rq, &s, N_("号取好了"), N_("记住号码，或用手机扫一下")));
    ticket_view(rq, &t);
    return E_OK;
}

static err_t show_kiosk_register(struct req *rq)
{
    struct q_station_row s;
    const char *url = arena_fmt(rq->cx.arena, "%s/register", desk_base(rq));
    TRY(kiosk_frame(rq, &s, N_("用手机扫码，慢慢填"), N_("也可以取个号，由工作人员替您填")));
    view_html(rq->cx.arena, rq->view, "qr", qr_svg(rq->cx.arena, url, tr(&rq->cx, N_("二维码：在手机上登记"))));
    return E_OK;
}

struct code_form {
    const char *code;
};
static const struct field code_fields[] = {
    {"code", F_TEXT, F_REQUIRED, N_("推荐单上的短码"), N_("8 个字母和数字，比如 7KQ4-M2XD"), .max = 20, .off = offsetof(struct code_form, code)},
    {0},
};

static err_t show_kiosk_print(struct req *rq)
{
    struct q_station_row s;
    TRY(kiosk_frame(rq, &s, N_("打印推荐单"), N_("输入推荐单上的短码")));
    req_form(rq, code_fields, NULL);
    return E_OK;
}

static err_t print_at_kiosk(struct req *rq)
{
    const struct code_form *in = rq->in;
    char code[CODE_LEN + 1];
    const char *wrong = code_read(in->code, code);
    if (wrong != NULL)
        return SAY(&rq->cx, E_INVALID, "code", wrong);
    return redirect(rq, "/r/%s/print", code_show(rq->cx.arena, code));
}

static err_t ask_help(struct req *rq)
{
    struct q_station_row s;
    TRY(station_here(rq, &s));
    TRY(help_ask(&rq->cx, s.id));
    req_note(rq, N_("已经叫人了，请在这儿等一下，马上有人过来。"));
    return redirect(rq, "/kiosk/%s", s.code);
}

/* ---- the phone ---- */

static err_t show_take(struct req *rq)
{
    struct q_station_row s;
    struct queue q;
    struct arena *a = rq->cx.arena;
    TRY(station_here(rq, &s));
    desk_page(rq);
    TRY(queue_today(&rq->cx, s.id, &q));
    view_str(a, rq->view, "name", s.name);
    view_str(a, rq->view, "address", s.address);
    view_str(a, rq->view, "station_url", url_fmt(rq, "/stations/%s", s.code));
    view_bool(a, rq->view, "serves", station_serves(s.status));
    view_i64(a, rq->view, "waiting", (int64_t)q.n_waiting);
    view_i64(a, rq->view, "wait", q.wait_min);
    return E_OK;
}

static err_t take_by_phone(struct req *rq)
{
    struct q_station_row s;
    struct ticket t;
    TRY(station_here(rq, &s));
    return ticket_take(&rq->cx, s.id, &t); /* cx->result leads to /q/… */
}

static err_t show_ticket(struct req *rq)
{
    const struct ticket *t = rq->scoped;
    desk_page(rq);
    ticket_view(rq, t);
    view_bool(rq->cx.arena, rq->view, "noindex", true);
    rq->refresh = strcmp(t->status, "waiting") == 0 || strcmp(t->status, "called") == 0 ? REFRESH_Q : 0;
    return E_OK;
}

static err_t print_ticket(struct req *rq)
{
    desk_page(rq);
    ticket_view(rq, rq->scoped);
    view_str(rq->cx.arena, rq->view, "paper", "ticket");
    view_str(rq->cx.arena, rq->view, "back_url", url_fmt(rq, "/q/%s", req_param(rq, "ticket")));
    return E_OK;
}

static err_t leave(struct req *rq)
{
    const struct ticket *t = rq->scoped;
    TRY(ticket_move(&rq->cx, t->id, "leave", NULL));
    req_note(rq, N_("号已经取消。要办事随时再取。"));
    return redirect(rq, "/q/%s", code_show(rq->cx.arena, t->code));
}

/* ---- the wall ---- */

static void tickets(struct req *rq, const char *key, const struct q_ticket_of_day_row *rows, size_t n)
{
    struct view *list = view_list(rq->cx.arena, rq->view, key);
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "number", ticket_label(&rq->cx, rows[i].number));
        view_str(rq->cx.arena, v, "window", rows[i].place);
    }
}

static err_t show_wall(struct req *rq)
{
    struct q_station_row s;
    struct queue q;
    struct arena *a = rq->cx.arena;
    TRY(station_here(rq, &s));
    desk_page(rq);
    TRY(queue_today(&rq->cx, s.id, &q));
    view_str(a, rq->view, "station", s.name);
    view_str(a, rq->view, "clock", clock_text(rq));
    if (q.n_called > 0) {
        struct view *now = view_sub(a, rq->view, "now_called");
        view_str(a, now, "number", ticket_label(&rq->cx, q.called[0].number));
        view_str(a, now, "window", q.called[0].place);
        tickets(rq, "before", q.called + 1, q.n_called - 1);
    }
    tickets(rq, "next", q.waiting, q.n_waiting < 6 ? q.n_waiting : 6);
    view_i64(a, rq->view, "waiting", (int64_t)q.n_waiting);
    view_i64(a, rq->view, "wait", q.wait_min);
    rq->refresh = REFRESH_WALL;
    return E_OK;
}

/* ---- the desk ---- */

static void desk_tickets(struct req *rq, const char *key, const struct q_ticket_of_day_row *rows, size_t n, const char *status)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, key);
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        int64_t since = rows[i].called_at != NULL ? *rows[i].called_at : rows[i].taken_at;
        view_str(a, v, "number", ticket_label(&rq->cx, rows[i].number));
        view_str(a, v, "window", rows[i].place);
        view_i64(a, v, "minutes", (rq->cx.now - since) / 60000);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "actions_url", url_fmt(rq, "/desk/queue/%s", code_show(a, rows[i].code)));
        flow_view(&rq->cx, &ticket_flow, status, v);
    }
}

static err_t show_queue(struct req *rq)
{
    struct queue q;
    struct q_help_open_row *help;
    const char *window;
    size_t n_help;
    struct arena *a = rq->cx.arena;
    int64_t station = rq->cx.actor.station_id;
    desk_page(rq);
    TRY(queue_today(&rq->cx, station, &q));
    TRY(help_open(&rq->cx, station, &help, &n_help));
    TRY(ticket_window(&rq->cx, station, &window));
    desk_tickets(rq, "called", q.called, q.n_called, "called");
    desk_tickets(rq, "waiting", q.waiting, q.n_waiting, "");
    view_str(a, rq->view, "next", q.n_waiting > 0 ? ticket_label(&rq->cx, q.waiting[0].number) : NULL);
    view_i64(a, rq->view, "n_waiting", (int64_t)q.n_waiting);
    view_str(a, rq->view, "window", window);
    view_bool(a, rq->view, "help", n_help > 0);
    struct q_station_row s;
    TRY(station_by_id(&rq->cx, station, &s));
    view_str(a, rq->view, "wall_url", url_fmt(rq, "/screen/%s/queue", s.code));
    view_str(a, rq->view, "kiosk_url", url_fmt(rq, "/kiosk/%s", s.code));
    return E_OK;
}

struct call_form {
    const char *window;
};
static const struct field call_fields[] = {
    {"window", F_TEXT, 0, N_("几号窗口"), .max = 8, .off = offsetof(struct call_form, window)},
    {0},
};

static err_t call_next(struct req *rq)
{
    const struct call_form *in = rq->in;
    const char *window = in->window;
    struct ticket t;
    if (window == NULL)
        TRY(ticket_window(&rq->cx, rq->cx.actor.station_id, &window));
    err_t e = ticket_next(&rq->cx, rq->cx.actor.station_id, window, &t);
    if (e == E_NOTFOUND)
        req_note(rq, N_("现在没有人排队。"));
    else
        TRY(e);
    return redirect(rq, "/desk/queue");
}

struct move_form {
    const char *action;
};
static const struct field move_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("做什么"), .max = 20, .off = offsetof(struct move_form, action)},
    {0},
};

static err_t move_ticket(struct req *rq)
{
    const struct ticket *t = rq->scoped;
    const struct move_form *in = rq->in;
    TRY(ticket_move(&rq->cx, t->id, in->action, NULL));
    return redirect(rq, "/desk/queue");
}

static err_t take_for(struct req *rq)
{
    struct ticket t;
    TRY(ticket_take(&rq->cx, rq->cx.actor.station_id, &t));
    return redirect(rq, "/q/%s/print", code_show(rq->cx.arena, t.code));
}

static err_t answer_help(struct req *rq)
{
    TRY(help_answer(&rq->cx, rq->cx.actor.station_id));
    return redirect(rq, "/desk/queue");
}

const struct route queue_routes[] = {
    {GET, "/kiosk/{station}", show_kiosk, EVERYONE, NULL, "queue/kiosk", N_("自助服务"), .flags = ROUTE_KIOSK},
    {GET, "/kiosk/{station}/ticket", show_kiosk_ticket, EVERYONE, NULL, "queue/kiosk_take", N_("取号"), .flags = ROUTE_KIOSK},
    {POST, "/kiosk/{station}/ticket", take_at_kiosk, EVERYONE, NULL, NULL, N_("取号"), .flags = ROUTE_KIOSK},
    {GET, "/kiosk/{station}/ticket/{ticket}", show_kiosk_taken, EVERYONE, NULL, "queue/kiosk_taken", N_("号取好了"),
     .flags = ROUTE_KIOSK | ROUTE_SENSITIVE},
    {GET, "/kiosk/{station}/register", show_kiosk_register, EVERYONE, NULL, "queue/kiosk_register", N_("扫码登记"), .flags = ROUTE_KIOSK},
    {GET, "/kiosk/{station}/print", show_kiosk_print, EVERYONE, NULL, "queue/kiosk_print", N_("打印推荐单"), .flags = ROUTE_KIOSK},
    {POST, "/kiosk/{station}/print", print_at_kiosk, EVERYONE, NULL, "queue/kiosk_print", N_("打印推荐单"), code_fields,
     sizeof(struct code_form), show_kiosk_print, ROUTE_KIOSK},
    {POST, "/kiosk/{station}/help", ask_help, EVERYONE, NULL, NULL, N_("叫人帮忙"), .flags = ROUTE_KIOSK},
    {GET, "/stations/{station}/ticket", show_take, EVERYONE, NULL, "queue/take", N_("手机取号"), .flags = 0},
    {POST, "/stations/{station}/ticket", take_by_phone, EVERYONE, NULL, NULL, N_("手机取号"), .flags = 0},
    {GET, "/q/{ticket}", show_ticket, EVERYONE, &code_holder, "queue/ticket", N_("我的号"), .flags = ROUTE_SENSITIVE},
    {GET, "/q/{ticket}/print", print_ticket, EVERYONE, &code_holder, "queue/ticket_print", N_("打印小票"), .flags = ROUTE_SENSITIVE},
    {POST, "/q/{ticket}/leave", leave, EVERYONE, &code_holder, NULL, N_("取消排号"), .flags = 0},
    {GET, "/screen/{station}/queue", show_wall, EVERYONE, NULL, "queue/wall", N_("叫号屏"), .flags = ROUTE_KIOSK},
    {GET, "/desk/queue", show_queue, DESK, NULL, "queue/desk", N_("接待台"), .flags = ROUTE_SENSITIVE},
    {POST, "/desk/queue/call", call_next, DESK, NULL, NULL, N_("叫下一位"), call_fields, sizeof(struct call_form), .flags = 0},
    {POST, "/desk/queue/take", take_for, DESK, NULL, NULL, N_("替来人取号"), .flags = 0},
    {POST, "/desk/queue/help", answer_help, DESK, NULL, NULL, N_("去帮忙了"), .flags = 0},
    {POST, "/desk/queue/{ticket}", move_ticket, DESK, &own_ticket, NULL, N_("叫号的一步"), move_fields, sizeof(struct move_form), .flags = 0},
    {0},
};
