/* pages.c -- the desk's day, starting a visit, the search of the bar, the empty form on paper. */
#include "city/counter/counter.h"

#include "city/counter/pages_bar.h"
#include "city/counter/pages_impl.h"
#include "city/classes/classes.h"
#include "city/counter/routes.h"
#include "city/employers/employers.h"
#include "city/events/events.h"
#include "city/house.h"
#include "city/jobs/card.h"
#include "city/queue/queue.h"
#include "city/referrals/referrals.h"

#include "base/day.h"

#include <string.h>

/* ---- today ---- */

static err_t put_visits(struct req *rq)
{
    struct q_visit_open_row *rows;
    struct person p;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(visit_open_list(&rq->cx, rq->cx.actor.station_id, &rows, &n));
    struct view *list = view_list(a, rq->view, "visits");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        bool known = rows[i].person_id != NULL;
        if (known)
            TRY(person_by_id(&rq->cx, *rows[i].person_id, &p));
        view_str(a, v, "name", known ? p.name : tr(&rq->cx, N_("还没核对身份")));
        view_str(a, v, "number", rows[i].ticket_number == NULL ? NULL : ticket_label(&rq->cx, *rows[i].ticket_number));
        view_str(a, v, "elapsed", desk_clock(rq, (rq->cx.now - rows[i].started_at) / 1000));
        view_str(a, v, "url", url_fmt(rq, "/desk/visits/%lld", (long long)rows[i].id));
        view_bool(a, v, "mine", rows[i].account_id == rq->cx.actor.account_id);
    }
    return E_OK;
}

static err_t put_events(struct req *rq)
{
    struct q_event_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t from = day_start(day_of(rq->cx.now, DAY_ZONE), DAY_ZONE);
    struct event_find f = {.from_at = from, .to_at = from + DAY_MS, .station_id = &rq->cx.actor.station_id, .lim = 10};
    TRY(event_list(&rq->cx, &f, &rows, &n));
    struct view *list = view_list(a, rq->view, "events");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "title", rows[i].title);
        view_str(a, v, "when", event_when(&rq->cx, rows[i].starts_at, rows[i].ends_at));
        view_str(a, v, "url", url_fmt(rq, "/events/%s", rows[i].code));
    }
    return E_OK;
}

static err_t put_due(struct req *rq)
{
    struct q_follow_up_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(follow_up_list(&rq->cx, rq->cx.actor.station_id, day_of(rq->cx.now, DAY_ZONE), &rows, &n));
    view_i64(a, rq->view, "n_due", (int64_t)n);
    struct view *list = view_list(a, rq->view, "due");
    for (size_t i = 0; i < n && i < 6; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "title", rows[i].title);
        view_str(a, v, "employer", rows[i].employer_name);
        view_str(a, v, "due", day_text_ago(&rq->cx, rows[i].due_on));
        view_str(a, v, "url", url_fmt(rq, "/desk/referrals/%lld", (long long)rows[i].referral_id));
    }
    return E_OK;
}

static err_t show_today(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct today t;
    struct queue q;
    int64_t stale, hires, retained, month = day_of(rq->cx.now, DAY_ZONE) / 100 * 100 + 1, station = rq->cx.actor.station_id;
    desk_page(rq);
    TRY(counter_today(&rq->cx, station, &t));
    TRY(queue_today(&rq->cx, station, &q));
    TRY(counter_jobs_to_verify(&rq->cx, station, &stale));
    TRY(placements_count(&rq->cx, &(struct placements){.from = month, .station_id = station}, &hires, &retained));
    view_str(a, rq->view, "day", day_text(&rq->cx, day_of(rq->cx.now, DAY_ZONE)));
    view_i64(a, rq->view, "n_visits", t.visits);
    view_i64(a, rq->view, "n_slips", t.slips);
    view_i64(a, rq->view, "n_services", t.services);
    view_i64(a, rq->view, "n_hires", hires);
    view_str(a, rq->view, "median", t.median_s == 0 ? NULL : desk_clock(rq, t.median_s));
    view_i64(a, rq->view, "n_waiting", (int64_t)q.n_waiting);
    view_str(a, rq->view, "next", q.n_waiting > 0 ? ticket_label(&rq->cx, q.waiting[0].number) : NULL);
    view_i64(a, rq->view, "n_verify", stale);
    TRY(put_visits(rq));
    TRY(put_due(rq));
    return put_events(rq);
}

/* ---- starting ---- */

struct start_form {
    const int64_t *ticket;
};
static const struct field start_fields[] = {
    {"ticket", F_INT, 0, N_("排队号"), .min = 1, .max = INT64_MAX, .off = offsetof(struct start_form, ticket)},
    {0},
};

static err_t start_visit(struct req *rq)
{
    const struct start_form *in = rq->in;
    int64_t visit;
    TRY(visit_start(&rq->cx, in->ticket == NULL ? 0 : *in->ticket, &visit));
    return redirect(rq, "/desk/visits/%lld", (long long)visit);
}

/* ---- the search of the bar ---- */

struct search_form {
    const char *q;
    const int64_t *visit; /* jobs found are for this visit's slip */
};
static const struct field search_fields[] = {
    {"q", F_TEXT, 0, N_("查什么"), N_("姓名、手机尾号、岗位、企业"), .max = 60, .off = offsetof(struct search_form, q)},
    {"visit", F_INT, 0, N_("接待"), .min = 1, .max = INT64_MAX, .off = offsetof(struct search_form, visit)},
    {0},
};

static err_t found_people(struct req *rq, const char *q)
{
    struct person *rows;
    struct arena *a = rq->cx.arena;
    enum person_match how;
    size_t n;
    TRY(person_find(&rq->cx, q, &rows, &n, &how));
    struct view *list = view_list(a, rq->view, "people");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        person_view(&rq->cx, v, &rows[i]);
        view_str(a, v, "url", url_fmt(rq, "/desk/people/%s", rows[i].code));
    }
    return E_OK;
}

/* The ads found; with a visit, each has where it goes onto the slip. */
static err_t found_jobs(struct req *rq, const struct search_form *in)
{
    struct arena *a = rq->cx.arena;
    struct match_result r;
    struct q_job_get_row j;
    struct match_query query = {.today = match_day(day_of(rq->cx.now, DAY_ZONE)), .text = in->q, .limit = 20};
    TRY(job_search(&rq->cx, &query, &r));
    view_i64(a, rq->view, "n_jobs", r.total);
    struct view *list = view_list(a, rq->view, "jobs");
    for (size_t i = 0; i < r.n; i++) {
        err_t e = job_find(&rq->cx, r.hits[i].id, &j);
        if (e == E_NOTFOUND)
            continue;
        TRY(e);
        struct view *v = view_item(a, list);
        job_card(rq, v, &j, r.hits[i].distance);
        view_str(a, v, "add_url", in->visit == NULL ? NULL : url_fmt(rq, "/desk/visits/%lld/jobs/%s/add", (long long)*in->visit, j.code));
    }
    return E_OK;
}

static err_t show_search(struct req *rq)
{
    const struct search_form *in = rq->in;
    struct arena *a = rq->cx.arena;
    struct q_visit_row v;
    desk_page(rq);
    if (in->visit != NULL) {
        TRY(visit_get(&rq->cx, *in->visit, &v));
        view_i64(a, rq->view, "visit", v.id);
        view_str(a, rq->view, "visit_url", url_fmt(rq, "/desk/visits/%lld", (long long)v.id));
    }
    view_str(a, rq->view, "q", in->q);
    view_bool(a, rq->view, "asked", in->q != NULL);
    if (in->q != NULL && in->visit == NULL)
        TRY(found_people(rq, in->q));
    return in->q == NULL ? E_OK : found_jobs(rq, in);
}

/* ---- on paper ---- */

static err_t show_intake(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    desk_page(rq);
    view_str(a, rq->view, "paper", "sheet");
    view_str(a, rq->view, "back_url", url_fmt(rq, "/desk"));
    struct view *list = view_list(a, rq->view, "consents");
    for (const struct choice *c = consent_purposes; c->code != NULL; c++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, c->label));
        view_str(a, v, "text", consent_text(&rq->cx, c->code, NULL));
    }
    desk_choices(rq, rq->view, "categories", person_categories, NULL);
    desk_choices(rq, rq->view, "educations", education_choices, NULL);
    desk_choices(rq, rq->view, "shifts", shift_choices, NULL);
    desk_choices(rq, rq->view, "types", job_type_choices, NULL);
    return E_OK;
}

#define VISIT "/desk/visits/{visit}"
const struct route counter_routes[] = {
    {GET, "/desk", show_today, DESK, NULL, "counter/today", N_("今天"), .flags = ROUTE_SENSITIVE},
    {GET, "/desk/search", show_search, DESK, NULL, "counter/search", N_("查找"), search_fields, sizeof(struct search_form), NULL, ROUTE_SENSITIVE},
    {GET, "/desk/forms/intake", show_intake, DESK, NULL, "counter/intake", N_("求职登记表（空白）"), .flags = 0},
    {POST, "/desk/visits", start_visit, DESK, NULL, NULL, N_("开始接待"), start_fields, sizeof(struct start_form), .flags = 0},
    {GET, VISIT, show_visit, DESK, &own_visit, "counter/visit", N_("接待"), visit_query_fields, sizeof(struct visit_query), NULL, ROUTE_SENSITIVE},
    {POST, VISIT "/find", find_for_visit, DESK, &own_visit, "counter/visit", N_("找人"), visit_find_fields, sizeof(struct find_form), show_visit, ROUTE_SENSITIVE},
    {POST, VISIT "/take", take_for_visit, DESK, &own_visit, "counter/visit", N_("就是这位"), visit_take_fields, sizeof(struct take_form), show_visit,
     ROUTE_SENSITIVE},
    {POST, VISIT "/person", register_for_visit, DESK, &own_visit, "counter/visit", N_("登记"), visit_identify_fields, sizeof(struct identify_form), show_visit,
     ROUTE_SENSITIVE},
    {POST, VISIT "/anonymous", anonymous_visit, DESK, &own_visit, NULL, N_("不留姓名"), .flags = 0},
    {POST, VISIT "/wishes", wishes_of_visit, DESK, &own_visit, "counter/visit", N_("求职意向"), wish_fields, sizeof(struct wish), show_visit,
     ROUTE_SENSITIVE},
    {POST, VISIT "/jobs/{job}/add", add_to_visit, DESK, &own_visit, NULL, N_("加入推荐单"), .flags = 0},
    {POST, VISIT "/jobs/{job}/remove", remove_from_visit, DESK, &own_visit, NULL, N_("从推荐单拿掉"), .flags = 0},
    {POST, VISIT "/jobs/{job}/dislike", dislike_in_visit, DESK, &own_visit, NULL, N_("不合适"), visit_dislike_fields, sizeof(struct dislike_form), .flags = 0},
    {POST, VISIT "/needs", learn_in_visit, DESK, &own_visit, "counter/visit", N_("想学什么"), need_fields, sizeof(struct need_form), show_visit, ROUTE_SENSITIVE},
    {POST, VISIT "/services", serve_in_visit, DESK, &own_visit, "counter/visit", N_("记一项服务"), visit_service_fields, sizeof(struct service_in), show_visit,
     ROUTE_SENSITIVE},
    {POST, VISIT "/finish", finish_the_visit, DESK, &own_visit, "counter/visit", N_("完成接待"), visit_finish_fields, sizeof(struct finish_form), show_visit,
     ROUTE_SENSITIVE},
    {0},
};
