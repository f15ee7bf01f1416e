/* pages_learn.c -- what the person of a visit wants to learn: written down at the counter, and the classes that give it, at once. */
#include "city/counter/pages_impl.h"

#include "city/classes/classes.h"
#include "city/counter/pages_bar.h"
#include "city/house.h"
#include "city/people/people.h"
#include "city/reference.h"
#include "city/training.h"

#include <string.h>

enum { FOUND_MOST = 3 };

err_t put_learning(struct req *rq, const struct q_visit_row *visit)
{
    struct ctx *cx = &rq->cx;
    struct q_need_of_person_row *needs;
    struct person p;
    size_t n;
    TRY(person_by_id(cx, *visit->person_id, &p));
    TRY(needs_of(cx, p.id, &needs, &n));
    struct view *list = view_list(cx->arena, rq->view, "needs");
    for (size_t i = 0; i < n; i++) {
        const struct city_occupation *o = city_occupation(cx->house->city, needs[i].occupation);
        if (strcmp(needs[i].status, "waiting") != 0 && strcmp(needs[i].status, "offered") != 0)
            continue;
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "what", arena_fmt(cx->arena, "%s %s", o != NULL ? o->name : needs[i].occupation, tr(cx, training_level(needs[i].level))));
        view_str(cx->arena, v, "state", tr(cx, training_label(need_states, needs[i].status)));
        TRY(need_classes_view(cx, v, &needs[i], FOUND_MOST));
    }
    struct need_form now = {.level = "5", .schedule = "any", .street = p.street};
    struct pairs values = form_pairs(cx, need_fields, &now);
    desk_form(rq, "ask_learn", need_fields, &values);
    view_bool(cx->arena, rq->view, "learns", true);
    view_str(cx->arena, rq->view, "need_url", url_fmt(rq, "/desk/visits/%lld/needs", (long long)visit->id));
    view_str(cx->arena, rq->view, "needs_url", url_fmt(rq, "/desk/people/%s/needs", p.code));
    return E_OK;
}

/* Registered as a service of the visit (S08), which it is. */
err_t learn_in_visit(struct req *rq)
{
    const struct q_visit_row *v = rq->scoped;
    int64_t id;
    if (v->person_id == NULL)
        return SAY(&rq->cx, E_STATE, NULL, N_("先登记这个人，再登记想学什么。"));
    rq->cx.result = url_fmt(rq, "/desk/visits/%lld#learn", (long long)v->id);
    TRY(need_add(&rq->cx, *v->person_id, rq->in, "counter", &id));
    TRY(service_add(&rq->cx, v->id, &(struct service_in){.item = "S08", .channel = "counter"}));
    req_note(rq, N_("已登记。下面是现在能报名的班；没有的话，够人开班时会通知。"));
    return redirect(rq, "/desk/visits/%lld#learn", (long long)v->id);
}
