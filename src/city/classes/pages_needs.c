/* pages_needs.c -- what people want to learn: at the desk, on the person's own page; and who waits, for providers. */
#include "city/classes/pages_impl.h"
#include "city/classes/routes.h"

#include "city/house.h"
#include "city/people/people.h"
#include "city/people/routes.h"
#include "city/reference.h"
#include "city/training.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

enum { FOUND_MOST = 6 };

/* `base`: where these needs are shown: forms post there. */
static err_t put_needs(struct req *rq, int64_t person_id, const char *base)
{
    struct ctx *cx = &rq->cx;
    struct q_need_of_person_row *rows;
    struct q_class_rows_row c;
    size_t n;
    TRY(needs_of(cx, person_id, &rows, &n));
    struct view *list = view_list(cx->arena, rq->view, "needs");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        bool open = strcmp(rows[i].status, "waiting") == 0 || strcmp(rows[i].status, "offered") == 0;
        view_i64(cx->arena, v, "need", rows[i].id);
        view_str(cx->arena, v, "what", arena_fmt(cx->arena, "%s %s", panel_occupation(rq, rows[i].occupation), tr(cx, training_level(rows[i].level))));
        view_str(cx->arena, v, "when", tr(cx, training_label(need_schedules, rows[i].schedule)));
        view_str(cx->arena, v, "state", tr(cx, training_label(need_states, rows[i].status)));
        view_str(cx->arena, v, "kind", strcmp(rows[i].status, "offered") == 0 ? "ok" : "");
        view_bool(cx->arena, v, "open", open);
        view_bool(cx->arena, v, "waits", strcmp(rows[i].status, "waiting") == 0);
        bool offered = rows[i].class_id != NULL && class_find(cx, *rows[i].class_id, &c) == E_OK;
        view_str(cx->arena, v, "offer_url", offered ? url_fmt(rq, "/classes/%s", c.code) : NULL);
        view_str(cx->arena, v, "offer", offered ? c.name : NULL);
        view_str(cx->arena, v, "close_url", open ? arena_fmt(cx->arena, "%s/close", base) : NULL);
        if (open)
            TRY(need_classes_view(cx, v, &rows[i], FOUND_MOST));
        else
            view_bool(cx->arena, v, "found", false);
    }
    view_str(cx->arena, rq->view, "needs_url", base);
    return E_OK;
}

static void ask(struct req *rq, const struct person *p)
{
    struct need_form now = {.level = "5", .schedule = "any", .street = p->street};
    struct pairs values = form_pairs(&rq->cx, need_fields, &now);
    req_form(rq, need_fields, &values);
}

/* ---- the desk ---- */

static err_t show_desk(struct req *rq)
{
    const struct person *p = rq->scoped;
    view_str(rq->cx.arena, rq->view, "name", p->name);
    view_str(rq->cx.arena, rq->view, "person_url", url_fmt(rq, "/desk/people/%s", p->code));
    ask(rq, p);
    return put_needs(rq, p->id, url_fmt(rq, "/desk/people/%s/needs", p->code));
}

static err_t do_desk(struct req *rq)
{
    const struct person *p = rq->scoped;
    int64_t id;
    TRY(need_add(&rq->cx, p->id, rq->in, "counter", &id));
    req_note(rq, N_("已登记。下面是现在能报名的班；没有的话，够人开班时会通知。"));
    return redirect(rq, "/desk/people/%s/needs", p->code);
}

struct close_in {
    int64_t need;
};
static const struct field close_fields[] = {
    {"need", F_INT, F_REQUIRED, N_("哪一项"), .min = 1, .max = INT64_MAX, .off = offsetof(struct close_in, need)}, {0},
};

static err_t close_need(struct req *rq, int64_t person_id)
{
    const struct close_in *in = rq->in;
    struct q_need_of_person_row *rows;
    size_t n;
    TRY(needs_of(&rq->cx, person_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == in->need)
            return need_close(&rq->cx, in->need, false);
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "no such need of this person");
}

static err_t close_desk(struct req *rq)
{
    const struct person *p = rq->scoped;
    TRY(close_need(rq, p->id));
    return redirect(rq, "/desk/people/%s/needs", p->code);
}

/* ---- the person ---- */

static err_t me(struct req *rq, struct person *p, bool *known)
{
    *known = rq->cx.actor.person_id != 0;
    if (*known)
        return person_by_id(&rq->cx, rq->cx.actor.person_id, p);
    req_note(rq, N_("请先填写求职登记。"));
    return redirect(rq, "/me/profile");
}

static err_t show_me(struct req *rq)
{
    struct person p;
    bool known;
    TRY(me(rq, &p, &known));
    if (!known)
        return E_OK;
    ask(rq, &p);
    return put_needs(rq, p.id, url_fmt(rq, "/me/needs"));
}

static err_t do_me(struct req *rq)
{
    struct person p;
    bool known;
    int64_t id;
    TRY(me(rq, &p, &known));
    if (!known)
        return E_OK;
    TRY(need_add(&rq->cx, p.id, rq->in, "self", &id));
    req_note(rq, N_("已登记。下面是现在能报名的班；没有的话，够人开班时会通知您。"));
    return redirect(rq, "/me/needs");
}

static err_t close_me(struct req *rq)
{
    struct person p;
    bool known;
    TRY(me(rq, &p, &known));
    if (!known)
        return E_OK;
    TRY(close_need(rq, p.id));
    return redirect(rq, "/me/needs");
}

/* ---- who waits, for providers and officers ---- */

static const char *where(struct req *rq, const struct need_cell *c)
{
    const struct city_street *s = city_street(rq->cx.house->city, c->street);
    return s != NULL ? s->name : tr(&rq->cx, N_("其他街道合计"));
}

/* An approved class of this provider that fits a cell: it can be offered to the cell's people. */
static err_t fitting(struct req *rq, const struct need_cell *cell, int64_t *id, const char **code)
{
    struct q_class_list_row *rows;
    size_t n;
    struct class_filter f = {.provider_id = &rq->cx.actor.provider_id, .occupation = cell->occupation, .level = &cell->level, .district = &cell->district,
                             .from_on = day_of(rq->cx.now, DAY_ZONE), .shown = 2, .lim = 1};
    *id = 0;
    TRY(classes_search(&rq->cx, &f, &rows, &n));
    if (n > 0) {
        *id = rows[0].id;
        *code = rows[0].code;
    }
    return E_OK;
}

static err_t show_pool(struct req *rq)
{
    struct ctx *cx = &rq->cx;
    const struct need_cell *cells;
    size_t n;
    bool provider = cx->actor.role == ROLE_PROVIDER;
    panel_begin(rq);
    if (provider) {
        provider_links(rq, "/provider/pool");
        view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/provider/classes/new"));
        view_str(cx->arena, rq->view, "new_word", tr(cx, N_("申报一个班")));
    } else {
        district_links(rq, "/provider/pool");
    }
    TRY(need_pool(cx, city_own_district(cx), &cells, &n));
    view_str(cx->arena, rq->view, "lead", tr(cx, N_("在驿站或网上登记了想学、还没有班的人。不到 5 人的不显示。先申报一个班，区里同意后，可以通知他们。")));
    struct view *t = panel_table(rq, "pool", tr(cx, N_("谁在等班")), NULL, tr(cx, N_("现在没有够人的。")));
    static const char *const heads[] = {N_("职业和等级"), N_("区"), N_("街道"), N_("几人在等"), N_("您的班")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (i < 4 || provider)
            panel_column(rq, t, tr(cx, heads[i]), i == 3);
    for (size_t i = 0; i < n; i++) {
        int64_t id = 0;
        const char *code = NULL;
        struct view *r = panel_row(rq, t, NULL, arena_fmt(cx->arena, "%s %s", panel_occupation(rq, cells[i].occupation), tr(cx, training_level(cells[i].level))), NULL);
        panel_cell(rq, r, city_district_name(&rq->cx, cells[i].district));
        panel_cell(rq, r, where(rq, &cells[i]));
        panel_number(rq, r, cells[i].people);
        if (provider)
            TRY(fitting(rq, &cells[i], &id, &code));
        if (id > 0)
            panel_button(rq, r, url_fmt(rq, "/provider/classes/%s/offer", code), arena_fmt(cx->arena, tr(cx, N_("通知他们班 %s")), code), cells[i].street, "street");
    }
    return E_OK;
}

struct offer_in {
    int64_t id; /* the street of the cell, 0 = the others together */
    const char *kind;
};
static const struct field offer_fields[] = {
    {"id", F_INT, F_REQUIRED, N_("街道"), .min = 0, .max = 999999999, .off = offsetof(struct offer_in, id)},
    {"kind", F_TEXT, 0, N_("哪一类"), .max = 12, .off = offsetof(struct offer_in, kind)},
    {0},
};

static err_t do_offer(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct offer_in *in = rq->in;
    int64_t told;
    TRY(need_offer(&rq->cx, c->id, in->id, &told));
    req_note(rq, N_("已按登记的先后通知。"));
    return redirect(rq, "/provider/pool");
}

const struct route needs_routes[] = {
    {GET, "/desk/people/{person}/needs", show_desk, DESK, &person_of_desk, "classes/needs_desk", N_("想学什么"), NULL, 0, NULL, ROUTE_SENSITIVE},
    {POST, "/desk/people/{person}/needs", do_desk, DESK, &person_of_desk, "classes/needs_desk", N_("想学什么"), need_fields, sizeof(struct need_form), show_desk, 0},
    {POST, "/desk/people/{person}/needs/close", close_desk, DESK, &person_of_desk, "classes/needs_desk", N_("想学什么"), close_fields, sizeof(struct close_in), show_desk, 0},
    {GET, "/me/needs", show_me, ROLE_SEEKER, NULL, "classes/needs_me", N_("想学什么"), NULL, 0, NULL, ROUTE_SENSITIVE},
    {POST, "/me/needs", do_me, ROLE_SEEKER, NULL, "classes/needs_me", N_("想学什么"), need_fields, sizeof(struct need_form), show_me, 0},
    {POST, "/me/needs/close", close_me, ROLE_SEEKER, NULL, "classes/needs_me", N_("想学什么"), close_fields, sizeof(struct close_in), show_me, 0},
    {GET, "/provider/pool", show_pool, ROLE_PROVIDER | OFFICERS | ROLE_AUDITOR, NULL, "providers/panel", N_("谁在等班"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/offer", do_offer, ROLE_PROVIDER, &class_seen, "providers/panel", N_("通知等班的人"), offer_fields, sizeof(struct offer_in), show_pool, 0},
    {0},
};
