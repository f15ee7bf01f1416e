/* pages.c -- "learn first, then work": for the person, for the desk, and as counts for providers. */
#include "city/nearmiss/nearmiss.h"

#include "base/day.h"
#include "city/house.h"
#include "city/jobs/card.h"
#include "city/nearmiss/routes.h"
#include "city/people/routes.h"
#include "city/training.h"

static void put_class(struct req *rq, struct view *v, const struct need_class *c)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "url", url_fmt(rq, "/classes/%s", c->row.code));
    view_fmt(a, v, "title", "%s · %s", c->row.project_name, tr(&rq->cx, training_level(c->row.level)));
    view_str(a, v, "provider", c->row.provider_name);
    view_str(a, v, "when", day_text(&rq->cx, c->row.starts_on));
    view_count(a, v, "places", c->row.seats - c->row.taken);
    view_str(a, v, "tag", c->metres < 0 ? NULL : arena_fmt(a, tr(&rq->cx, N_("约 %.1f 公里")), (double)c->metres / 1000));
}

static void put_one(struct req *rq, struct view *v, const struct unlocked *u)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "code", u->code);
    view_str(a, v, "certificate", u->name);
    view_count(a, v, "ads", u->ads);
    view_count(a, v, "places", u->openings);
    view_count(a, v, "gain", u->gain / 100);
    view_bool(a, v, "more_pay", u->gain >= 10000);
    view_bool(a, v, "licence", u->licence && u->n_ways > 0);
    view_bool(a, v, "taught", u->n_ways > 0);
    struct view *list = view_list(a, v, "jobs");
    for (size_t i = 0; i < u->n_jobs; i++)
        job_card(rq, view_item(a, list), &u->jobs[i], -1);
    view_bool(a, v, "has_classes", u->n_classes > 0);
    list = view_list(a, v, "classes");
    for (size_t i = 0; i < u->n_classes; i++)
        put_class(rq, view_item(a, list), &u->classes[i]);
}

static err_t put_unlocked(struct req *rq, int64_t person_id)
{
    struct wish w;
    struct unlocked *all;
    size_t n;
    TRY(wish_get(&rq->cx, person_id, &w));
    view_bool(rq->cx.arena, rq->view, "wished", w.updated_at != 0);
    TRY(nearmiss_of(&rq->cx, &w, &all, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "unlocked");
    for (size_t i = 0; i < n; i++)
        put_one(rq, view_item(rq->cx.arena, list), &all[i]);
    return E_OK;
}

static err_t show_me(struct req *rq)
{
    if (rq->cx.actor.person_id == 0) {
        req_note(rq, N_("请先填写求职登记。"));
        return redirect(rq, "/me/profile");
    }
    view_str(rq->cx.arena, rq->view, "wishes_url", url_fmt(rq, "/me/wishes"));
    view_str(rq->cx.arena, rq->view, "need_url", url_fmt(rq, "/me/needs"));
    return put_unlocked(rq, rq->cx.actor.person_id);
}

static err_t show_person(struct req *rq)
{
    const struct person *p = rq->scoped;
    view_str(rq->cx.arena, rq->view, "name", p->name);
    view_str(rq->cx.arena, rq->view, "person_url", url_fmt(rq, "/desk/people/%s", p->code));
    view_str(rq->cx.arena, rq->view, "need_url", url_fmt(rq, "/desk/people/%s/needs", p->code));
    return put_unlocked(rq, p->id);
}

struct demand_query {
    const char *district;
};
static const struct field demand_fields[] = {
    {"district", F_TEXT, 0, N_("区"), .max = 6, .off = offsetof(struct demand_query, district)},
    {0},
};

static err_t show_demand(struct req *rq)
{
    const struct demand_query *q = rq->in;
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    struct q_near_miss_demand_row *rows;
    size_t n;
    const struct city_district *only = q->district != NULL ? city_district_named(city, q->district) : NULL;
    TRY(nearmiss_demand(&rq->cx, only != NULL ? only->code : rq->cx.actor.district, &rows, &n));
    view_i64(a, rq->view, "fewest", NEARMISS_FEWEST);
    struct view *list = view_list(a, rq->view, "rows");
    for (size_t i = 0; i < n; i++) {
        const struct city_district *d = city_district(city, rows[i].district);
        struct view *v = view_item(a, list);
        view_str(a, v, "certificate", certificate_word(&rq->cx, certificate_number(rows[i].certificate)));
        view_str(a, v, "district", d != NULL ? tr(&rq->cx, d->name) : "");
        view_count(a, v, "people", rows[i].people);
        view_count(a, v, "ads", rows[i].ads);
    }
    return E_OK;
}

const struct route nearmiss_routes[] = {
    {GET, "/me/learn", show_me, ROLE_SEEKER, NULL, "nearmiss/me", N_("先学再上岗"), .flags = ROUTE_SENSITIVE},
    {GET, "/desk/people/{person}/learn", show_person, DESK, &person_of_desk, "nearmiss/desk", N_("先学再上岗"), .flags = ROUTE_SENSITIVE},
    {GET, "/provider/demand", show_demand, ROLE_PROVIDER | OFFICERS | ROLE_AUDITOR, NULL, "nearmiss/demand", N_("只差一个证的人"), demand_fields,
     sizeof(struct demand_query), NULL, 0},
    {0},
};
