/* A visit from the first word to the last, and the services done in it. */
#include "city/counter/counter.h"

#include "base/day.h"
#include "city/house.h"
#include "city/queue/queue.h"
#include "city/reference.h"
#include "city/referrals/referrals.h"
#include "store/store.h"

#include "counter.sql.h"

#include <string.h>

const struct choice visit_outcomes[] = {
    {"slip", N_("带着推荐单走")},   {"no_match", N_("没有合适的岗位")}, {"advice", N_("只咨询")},
    {"later", N_("材料不全，下次再来")}, {"left", N_("中途离开")},         {0},
};
const struct choice service_channels[] = {{"counter", N_("窗口")}, {"phone", N_("电话")}, {"outside", N_("上门、活动现场")}, {"online", N_("网上")}, {0}};
static const char anonymous_mark[] = "anonymous"; /* kept as the outcome while the visit is open */

const char *service_label(const struct ctx *cx, const char *item)
{
    const struct city_service_item *i = city_item(cx->house->city, item);
    return i == NULL ? item : tr(cx, i->name);
}

static bool known(const struct choice *c, const char *code)
{
    for (; code != NULL && c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return true;
    return false;
}

/* ---- reading ---- */

err_t visit_get(struct ctx *cx, int64_t visit_id, struct q_visit_row *out)
{
    struct q_visit_row *rows;
    size_t n;
    TRY(q_visit(cx, &(struct q_visit_in){.id = visit_id}, &rows, &n));
    if (n == 0 || ((cx->actor.role & DESK) && rows[0].station_id != cx->actor.station_id))
        return FAIL(cx, E_NOTFOUND, NULL, "no visit %lld here", (long long)visit_id);
    *out = rows[0];
    return E_OK;
}

bool visit_is_anonymous(const struct q_visit_row *v) { return v->person_id == NULL && strcmp(v->outcome, anonymous_mark) == 0; }

/* The visit, still open and of the actor's station. */
static err_t open_visit(struct ctx *cx, int64_t visit_id, struct q_visit_row *v)
{
    TRY(visit_get(cx, visit_id, v));
    if (v->ended_at != NULL)
        return SAY(cx, E_STATE, NULL, N_("这次接待已经结束，要继续办请重新开始一次接待。"));
    return E_OK;
}

err_t visit_open_list(struct ctx *cx, int64_t station_id, struct q_visit_open_row **rows, size_t *n)
{
    return q_visit_open(cx, &(struct q_visit_open_in){.station_id = station_id}, rows, n);
}

err_t visit_list(struct ctx *cx, int64_t person_id, struct q_visit_list_row **rows, size_t *n)
{
    return q_visit_list(cx, &(struct q_visit_list_in){.person_id = person_id}, rows, n);
}

/* ---- services ---- */

/* Inside a transaction. The same item twice in a visit is one service. */
static err_t serve(struct ctx *cx, const struct q_visit_row *v, const struct service_in *in)
{
    struct q_service_seen_row *seen;
    struct blob note = {0};
    size_t n;
    TRY(q_service_seen(cx, &(struct q_service_seen_in){.visit_id = v->id, .item = in->item}, &seen, &n));
    if (n > 0)
        return E_OK;
    if (in->note != NULL && *in->note != '\0')
        TRY(seal(cx, "service.note", in->note, &note));
    struct q_service_insert_in row = {
        .station_id = v->station_id, .visit_id = &v->id, .person_id = v->person_id, .account_id = cx->actor.account_id, .item = in->item,
        .channel = in->channel, .at = cx->now, .outcome = in->outcome == NULL ? "" : in->outcome, .note = note,
    };
    TRY(q_service_insert(cx, &row, NULL));
    return audit_add(cx, "service.add", "visit", v->id, arena_fmt(cx->arena, "{\"item\":\"%s\",\"channel\":\"%s\"}", in->item, in->channel));
}

struct serving {
    int64_t visit_id;
    const struct service_in *in;
};

static err_t service_tx(struct ctx *cx, void *arg)
{
    const struct serving *s = arg;
    struct q_visit_row v;
    TRY(open_visit(cx, s->visit_id, &v));
    return serve(cx, &v, s->in);
}

err_t service_add(struct ctx *cx, int64_t visit_id, const struct service_in *in)
{
    if (in->item == NULL || city_item(cx->house->city, in->item) == NULL)
        return SAY(cx, E_INVALID, "item", N_("请选择办了哪一项服务。"));
    if (!known(service_channels, in->channel))
        return SAY(cx, E_INVALID, "channel", N_("请选择是在哪里办的。"));
    return store_tx(cx, STORE_WRITE, service_tx, &(struct serving){visit_id, in});
}

static err_t note_tx(struct ctx *cx, void *arg)
{
    TRY(q_service_insert(cx, arg, NULL));
    const struct q_service_insert_in *s = arg;
    return audit_add(cx, "service.add", "station", s->station_id, arena_fmt(cx->arena, "{\"item\":\"%s\",\"channel\":\"%s\"}", s->item, s->channel));
}

err_t service_note(struct ctx *cx, int64_t station_id, int64_t person_id, const char *item, const char *channel, const char *outcome)
{
    struct q_service_insert_in row = {
        .station_id = station_id, .person_id = person_id != 0 ? &person_id : NULL, .account_id = cx->actor.account_id, .item = item,
        .channel = channel, .at = cx->now, .outcome = outcome,
    };
    return store_tx(cx, STORE_WRITE, note_tx, &row);
}

err_t service_list(struct ctx *cx, int64_t person_id, struct q_service_list_row **rows, size_t *n)
{
    return q_service_list(cx, &(struct q_service_list_in){.person_id = person_id}, rows, n);
}

err_t service_of_visit(struct ctx *cx, int64_t visit_id, struct q_service_of_visit_row **rows, size_t *n)
{
    return q_service_of_visit(cx, &(struct q_service_of_visit_in){.visit_id = visit_id}, rows, n);
}

/* ---- starting ---- */

struct starting {
    int64_t ticket_id, visit_id;
};

static err_t start_tx(struct ctx *cx, void *arg)
{
    struct starting *s = arg;
    struct q_visit_of_ticket_row *before;
    struct q_visit_insert_row made;
    struct ticket t;
    size_t n = 0;
    if (s->ticket_id != 0) {
        TRY(ticket_by_id(cx, s->ticket_id, &t));
        if (t.station_id != cx->actor.station_id)
            return FAIL(cx, E_NOTFOUND, NULL, "ticket of another station");
        TRY(q_visit_of_ticket(cx, &(struct q_visit_of_ticket_in){.ticket_id = s->ticket_id}, &before, &n));
    }
    if (n > 0) {
        s->visit_id = before[0].id; /* both clerks see the same visit */
    } else {
        struct q_visit_insert_in in = {.station_id = cx->actor.station_id, .ticket_id = s->ticket_id != 0 ? &s->ticket_id : NULL,
                                       .account_id = cx->actor.account_id, .started_at = cx->now};
        TRY(q_visit_insert(cx, &in, &made));
        s->visit_id = made.id;
        TRY(audit_add(cx, "visit.start", "visit", made.id, NULL));
    }
    cx->result = arena_fmt(cx->arena, "/desk/visits/%lld", (long long)s->visit_id);
    return E_OK;
}

err_t visit_start(struct ctx *cx, int64_t ticket_id, int64_t *visit_id)
{
    struct starting s = {.ticket_id = ticket_id};
    if (cx->actor.station_id == 0)
        return FAIL(cx, E_DENIED, NULL, "no station");
    TRY(store_tx(cx, STORE_WRITE, start_tx, &s));
    *visit_id = s.visit_id;
    return E_OK;
}

/* ---- who it is ---- */

struct identifying {
    int64_t visit_id, person_id;
    const struct person_in *in; /* NULL: the person is chosen already */
    const char *channel;
};

static err_t attach(struct ctx *cx, struct q_visit_row *v, int64_t person_id)
{
    if (v->person_id != NULL && *v->person_id != person_id) {
        struct slip slip;
        err_t e = slip_by_visit(cx, v->id, &slip);
        if (e != E_NOTFOUND)
            TRY(e);
        if (e == E_OK && slip.n > 0)
            return SAY(cx, E_STATE, NULL, N_("推荐单上已经有岗位，不能再换人。请先完成这次接待，再开始一次。"));
    }
    TRY(q_visit_person(cx, &(struct q_visit_person_in){.id = v->id, .person_id = &person_id}, NULL));
    TRY(q_visit_mark(cx, &(struct q_visit_mark_in){.id = v->id, .outcome = ""}, NULL));
    TRY(q_service_person(cx, &(struct q_service_person_in){.visit_id = v->id, .person_id = &person_id}, NULL));
    TRY(slip_set_person(cx, v->id, person_id));
    v->person_id = ARENA_NEW(cx->arena, int64_t);
    *(int64_t *)(uintptr_t)v->person_id = person_id;
    return audit_add(cx, "visit.person", "visit", v->id, arena_fmt(cx->arena, "{\"person\":%lld}", (long long)person_id));
}

static err_t identify_tx(struct ctx *cx, void *arg)
{
    struct identifying *i = arg;
    struct q_visit_row v;
    struct person p;
    bool was_known = true;
    TRY(open_visit(cx, i->visit_id, &v));
    if (i->in != NULL)
        TRY(person_register(cx, i->in, &i->person_id, &was_known));
    TRY(person_by_id(cx, i->person_id, &p));
    if (p.locked)
        return SAY(cx, E_STATE, NULL, N_("本人已要求删除，资料只保存不再使用。要继续服务，请重新登记。"));
    TRY(consent_give(cx, i->person_id, "service", i->channel));
    TRY(attach(cx, &v, i->person_id));
    if (was_known)
        return E_OK;
    return serve(cx, &v, &(struct service_in){.item = "S01", .channel = "counter"});
}

err_t visit_identify(struct ctx *cx, int64_t visit_id, const struct person_in *in, const char *channel, int64_t *person_id)
{
    struct identifying i = {.visit_id = visit_id, .in = in, .channel = channel};
    TRY(store_tx(cx, STORE_WRITE, identify_tx, &i));
    *person_id = i.person_id;
    return E_OK;
}

err_t visit_take_person(struct ctx *cx, int64_t visit_id, int64_t person_id, const char *channel)
{
    struct identifying i = {.visit_id = visit_id, .person_id = person_id, .channel = channel};
    return store_tx(cx, STORE_WRITE, identify_tx, &i);
}

static err_t anonymous_tx(struct ctx *cx, void *arg)
{
    struct q_visit_row v;
    TRY(open_visit(cx, *(int64_t *)arg, &v));
    if (v.person_id != NULL)
        return SAY(cx, E_STATE, NULL, N_("这次接待已经登记了姓名。"));
    TRY(q_visit_mark(cx, &(struct q_visit_mark_in){.id = v.id, .outcome = anonymous_mark}, NULL));
    return audit_add(cx, "visit.anonymous", "visit", v.id, NULL);
}

err_t visit_anonymous(struct ctx *cx, int64_t visit_id) { return store_tx(cx, STORE_WRITE, anonymous_tx, &visit_id); }

struct wishing {
    int64_t visit_id;
    const struct wish *w;
};

static err_t wishes_tx(struct ctx *cx, void *arg)
{
    const struct wishing *w = arg;
    struct q_visit_row v;
    TRY(open_visit(cx, w->visit_id, &v));
    if (v.person_id == NULL)
        return SAY(cx, E_STATE, NULL, N_("先核对身份，再问意向；不愿意留姓名的，直接用右边的“手动找岗位”。"));
    TRY(wish_save(cx, *v.person_id, w->w));
    return serve(cx, &v, &(struct service_in){.item = "S01", .channel = "counter"});
}

err_t visit_wishes(struct ctx *cx, int64_t visit_id, const struct wish *in)
{
    return store_tx(cx, STORE_WRITE, wishes_tx, &(struct wishing){visit_id, in});
}

/* ---- the end ---- */

struct finishing {
    int64_t visit_id;
    const char *outcome, *note;
};

static err_t record_slip(struct ctx *cx, const struct q_visit_row *v, const struct slip *slip)
{
    bool gigs = slip->n > 0;
    for (size_t i = 0; i < slip->n; i++)
        gigs = gigs && strcmp(slip->referrals[i].job_type, "gig") == 0;
    if (slip->n == 0)
        return E_OK;
    return serve(cx, v, &(struct service_in){.item = gigs ? "S13" : "S03", .channel = "counter", .outcome = "slip"});
}

static err_t finish_tx(struct ctx *cx, void *arg)
{
    const struct finishing *f = arg;
    struct q_visit_row v;
    struct slip slip = {.n = 0};
    struct blob note = {0};
    struct ticket t;
    TRY(visit_get(cx, f->visit_id, &v));
    if (v.ended_at != NULL)
        return E_OK; /* a second click */
    err_t e = slip_by_visit(cx, v.id, &slip);
    if (e != E_NOTFOUND)
        TRY(e);
    if (strcmp(f->outcome, "slip") == 0 && slip.n == 0)
        return SAY(cx, E_INVALID, "outcome", N_("推荐单还是空的，请先加岗位，或者选别的结果。"));
    TRY(record_slip(cx, &v, &slip));
    if (f->note != NULL && *f->note != '\0')
        TRY(seal(cx, "visit.note", f->note, &note));
    TRY(q_visit_end(cx, &(struct q_visit_end_in){.id = v.id, .ended_at = &cx->now, .outcome = f->outcome, .note = note}, NULL));
    if (v.ticket_id != NULL) {
        TRY(ticket_by_id(cx, *v.ticket_id, &t));
        if (strcmp(t.status, "called") == 0)
            TRY(ticket_move(cx, t.id, "serve", NULL));
    }
    if (slip.n > 0)
        TRY(follow_up_plan(cx, v.id));
    return audit_add(cx, "visit.finish", "visit", v.id, arena_fmt(cx->arena, "{\"outcome\":\"%s\"}", f->outcome));
}

err_t visit_finish(struct ctx *cx, int64_t visit_id, const char *outcome, const char *note)
{
    if (!known(visit_outcomes, outcome))
        return SAY(cx, E_INVALID, "outcome", N_("请选择这次接待的结果。"));
    return store_tx(cx, STORE_WRITE, finish_tx, &(struct finishing){visit_id, outcome, note});
}

/* ---- the day ---- */

err_t counter_today(struct ctx *cx, int64_t station_id, struct today *out)
{
    struct q_counter_today_row row;
    struct q_visit_times_row *times;
    size_t n;
    int64_t since = day_start(day_of(cx->now, DAY_ZONE), DAY_ZONE);
    TRY(q_counter_today(cx, &(struct q_counter_today_in){.station_id = station_id, .since = since}, &row));
    TRY(q_visit_times(cx, &(struct q_visit_times_in){.station_id = station_id, .since = since}, &times, &n));
    *out = (struct today){.visits = row.visits, .served = row.served, .services = row.services, .slips = row.slips,
                          .median_s = n == 0 ? 0 : times[n / 2].took / 1000};
    return E_OK;
}

err_t counter_jobs_to_verify(struct ctx *cx, int64_t station_id, int64_t *n)
{
    struct q_jobs_to_verify_row row;
    int64_t days;
    TRY(people_rule(cx, "ad.duration", "verify_after_days", &days));
    struct q_jobs_to_verify_in in = {.station_id = &station_id, .before = day_add(day_of(cx->now, DAY_ZONE), -days)};
    TRY(q_jobs_to_verify(cx, &in, &row));
    *n = row.n;
    return E_OK;
}

/* ---- for the person ---- */

err_t counter_forget(struct ctx *cx, int64_t person_id)
{
    TRY(q_visit_forget(cx, &(struct q_visit_forget_in){.person_id = person_id}, NULL));
    return q_service_forget(cx, &(struct q_service_forget_in){.person_id = person_id}, NULL);
}

err_t counter_export(struct ctx *cx, int64_t person_id, struct view *to)
{
    struct arena *a = cx->arena;
    struct q_visit_list_row *visits;
    struct q_service_list_row *services;
    struct q_service_notes_row *notes;
    struct q_visit_notes_row *visit_notes;
    const char *text;
    size_t n;
    TRY(visit_list(cx, person_id, &visits, &n));
    VIEW_ROWS(a, to, "visits", q_visit_list_row_members, visits, n);
    TRY(service_list(cx, person_id, &services, &n));
    VIEW_ROWS(a, to, "services", q_service_list_row_members, services, n);
    struct view *list = view_list(a, to, "notes");
    TRY(q_service_notes(cx, &(struct q_service_notes_in){.person_id = person_id}, &notes, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(unseal(cx, "service.note", notes[i].note, &text));
        view_str(a, view_item(a, list), "text", text);
    }
    TRY(q_visit_notes(cx, &(struct q_visit_notes_in){.person_id = person_id}, &visit_notes, &n));
    for (size_t i = 0; i < n; i++) {
        TRY(unseal(cx, "visit.note", visit_notes[i].note, &text));
        view_str(a, view_item(a, list), "text", text);
    }
    return E_OK;
}
