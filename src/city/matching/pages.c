/* pages.c -- who could do this job: the employer sees numbers and what people can do, the desk sees whom to ask in. */
#include "city/matching/matching.h"

#include "city/choices.h"
#include "city/house.h"
#include "city/matching/routes.h"
#include "city/reference.h"

#include "base/geo.h"
#include "base/text.h"

#include <string.h>

enum { SHOWN_EMPLOYER = 10, SHOWN_DESK = 30 };

static err_t check_job(struct req *rq)
{
    struct q_job_get_row *j = ARENA_NEW(rq->cx.arena, struct q_job_get_row);
    int64_t id;
    TRY(job_id_of(&rq->cx, req_param(rq, "job"), &id));
    TRY(job_find(&rq->cx, id, j));
    if (!job_mine(&rq->cx, j))
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "somebody else's ad");
    rq->scoped = j;
    return E_OK;
}
static const struct scope own_job = {"own ad", "job", check_job};

/* A small number would tell too much about single people. */
static const char *roughly(struct req *rq, int64_t n, bool exact)
{
    return exact || n == 0 || n >= MATCHING_FEW ? arena_fmt(rq->cx.arena, "%lld", (long long)n)
                                                : arena_fmt(rq->cx.arena, tr(&rq->cx, N_("不到 %d")), (int)MATCHING_FEW);
}

static void loosen_view(struct req *rq, const struct suited_all *all, bool exact)
{
    static const char *const say[MATCH_R_COUNT] = {
        [MATCH_R_EDUCATION] = N_("不要求学历"),   [MATCH_R_EXPERIENCE] = N_("不要求经验"), [MATCH_R_CERTIFICATE] = N_("入职后再考证"),
        [MATCH_R_SHIFT] = N_("班次可以商量"),     [MATCH_R_TYPE] = N_("工作方式可以商量"), [MATCH_R_WAGE] = N_("工资提高五分之一"),
    };
    struct view *list = view_list(rq->cx.arena, rq->view, "loosen");
    for (size_t i = 0; i < all->n_loosen; i++) {
        if (say[all->loosen[i].kind] == NULL)
            continue;
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "say", tr(&rq->cx, say[all->loosen[i].kind]));
        view_str(rq->cx.arena, v, "more", roughly(rq, all->loosen[i].more, exact));
    }
}

/* What somebody can do and wants: nothing that tells who it is. */
static void profile_view(struct req *rq, struct view *v, const struct suited *s)
{
    struct ctx *cx = &rq->cx;
    struct arena *a = cx->arena;
    const struct wish *w = &s->wish;
    const struct city_occupation *o = w->occupation != NULL && *w->occupation != '\0' ? city_occupation(cx->house->city, w->occupation) : NULL;
    view_str(a, v, "work", o != NULL ? o->name : NULL);
    if (w->years != NULL)
        view_i64(a, v, "years", *w->years);
    view_str(a, v, "education", w->education != NULL && strcmp(w->education, "any") != 0 ? tr(cx, choice_label(education_choices, w->education)) : NULL);
    if (s->distance >= 0)
        view_i64(a, v, "km", (s->distance + 999) / 1000);
    view_i64(a, v, "met", s->met);
    view_i64(a, v, "total", s->total);
    reason_view(cx, view_list(a, v, "reasons"), s->reasons, s->n);
}

static err_t show(struct req *rq, bool desk, struct suited_all *all)
{
    struct arena *a = rq->cx.arena;
    const struct q_job_get_row *j = rq->scoped;
    view_str(a, rq->view, "job_title", j->title);
    view_str(a, rq->view, "back_url", url_fmt(rq, desk ? "/desk/jobs/%s" : "/employer/jobs/%s", j->code));
    view_bool(a, rq->view, "open", strcmp(j->status, "open") == 0);
    err_t e = matching_people(&rq->cx, j, desk ? SHOWN_DESK : SHOWN_EMPLOYER, !desk, all);
    if (e == E_NOTFOUND) { /* not open, or so new that the index has not seen it */
        rq->cx.fail = (struct fail){0};
        view_bool(a, rq->view, "none", true);
        return E_OK;
    }
    TRY(e);
    view_i64(a, rq->view, "considered", all->considered);
    view_str(a, rq->view, "fitting", roughly(rq, all->fitting, desk));
    view_str(a, rq->view, "same_work", roughly(rq, all->same_work, desk));
    loosen_view(rq, all, desk);
    return E_OK;
}

static err_t show_employer(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct suited_all all = {0};
    TRY(show(rq, false, &all));
    struct view *list = view_list(a, rq->view, "people");
    for (size_t i = 0; i < all.n && all.same_work >= MATCHING_FEW; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "number", (int64_t)i + 1);
        profile_view(rq, v, &all.best[i]);
    }
    return E_OK;
}

/* Only those whom this desk may see are named, masked; the others are counted. */
static err_t show_desk(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct suited_all all = {0};
    TRY(show(rq, true, &all));
    struct view *list = view_list(a, rq->view, "people");
    int64_t elsewhere = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct person p;
        bool mine;
        TRY(person_mine(&rq->cx, all.best[i].person_id, &mine));
        if (!mine) {
            elsewhere++;
            continue;
        }
        TRY(person_by_id(&rq->cx, all.best[i].person_id, &p));
        struct view *v = view_item(a, list);
        person_view(&rq->cx, v, &p);
        profile_view(rq, v, &all.best[i]);
        view_str(a, v, "url", url_fmt(rq, "/desk/people/%s", p.code));
    }
    view_i64(a, rq->view, "elsewhere", elsewhere);
    return E_OK;
}

const struct route matching_routes[] = {
    {GET, "/employer/jobs/{job}/people", show_employer, ROLE_EMPLOYER, &own_job, "matching/employer", N_("谁能干这个活"), .flags = 0},
    {GET, "/desk/jobs/{job}/people", show_desk, DESK, &own_job, "matching/desk", N_("谁能干这个活"), .flags = ROUTE_SENSITIVE},
    {0},
};
