/* pages_visit.c -- the workbench: everything of one visit on one page, in four steps. */
#include "city/counter/pages_impl.h"

#include "city/counter/pages_bar.h"
#include "city/house.h"
#include "city/people/people.h"
#include "city/queue/queue.h"
#include "city/reference.h"
#include "city/referrals/referrals.h"

#include "base/day.h"
#include "base/geo.h"
#include "base/qr.h"
#include "base/wage.h"

#include <string.h>

enum { SHOWN = 10, NEAR = 4, RING_R = 22, TIMER_R = 17 };

static const struct choice sorts[] = {{"best", N_("最合适")}, {"near", N_("离家近")}, {"pay", N_("工资高")}, {0}};
const struct field visit_query_fields[] = {
    {"sort", F_CHOICE, 0, N_("排序"), .choices = sorts, .off = offsetof(struct visit_query, sort)},
    {"edit", F_TEXT, 0, N_("改哪一项"), .max = 10, .off = offsetof(struct visit_query, edit)},
    {0},
};

static err_t check_visit(struct req *rq)
{
    struct q_visit_row *v = ARENA_NEW(rq->cx.arena, struct q_visit_row);
    rq->scoped = v;
    return visit_get(&rq->cx, req_id(rq, "visit"), v);
}
const struct scope own_visit = {"own station", "visit", check_visit};

/* stroke-dasharray of a ring that is `part` of `whole` full. */
static const char *dash(struct req *rq, int radius, int64_t part, int64_t whole)
{
    double around = 6.283185307 * radius;
    return arena_fmt(rq->cx.arena, "%.1f %.1f", whole == 0 ? 0 : around * (double)(part < whole ? part : whole) / (double)whole, around);
}

static const char *visit_url(struct req *rq, const struct q_visit_row *v, const char *rest)
{
    return url_fmt(rq, "/desk/visits/%lld%s", (long long)v->id, rest);
}

static err_t put_timer(struct req *rq, const struct q_visit_row *v)
{
    struct arena *a = rq->cx.arena;
    int64_t target, seconds = ((v->ended_at != NULL ? *v->ended_at : rq->cx.now) - v->started_at) / 1000;
    TRY(people_rule(&rq->cx, "counter.visit", "target_seconds", &target));
    struct view *t = view_sub(a, rq->view, "timer");
    view_str(a, t, "elapsed", desk_clock(rq, seconds));
    view_i64(a, t, "minutes", target / 60);
    view_str(a, t, "dash", dash(rq, TIMER_R, seconds, target));
    view_bool(a, t, "over", seconds > target);
    return E_OK;
}

static void put_steps(struct req *rq, enum visit_step now)
{
    static const char *const words[] = {N_("核对身份"), N_("问清意向"), N_("推荐"), N_("带走")};
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "steps");
    for (int i = 0; i < 4; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, words[i]));
        view_bool(a, v, "done", i + 1 < (int)now);
        view_bool(a, v, "here", i + 1 == (int)now);
    }
}

/* ---- step 1: who it is ---- */

static err_t put_found(struct req *rq, const struct q_visit_row *visit)
{
    const struct find_form *in = rq->in;
    struct arena *a = rq->cx.arena;
    struct person *rows;
    enum person_match how;
    size_t n;
    if (rq->route->fields != visit_find_fields || in == NULL || in->who == NULL)
        return E_OK;
    TRY(person_find(&rq->cx, in->who, &rows, &n, &how));
    view_bool(a, rq->view, "searched", true);
    view_bool(a, rq->view, "understood", how != PERSON_BY_NOTHING);
    view_bool(a, rq->view, "own_only", how == PERSON_BY_TAIL || how == PERSON_BY_NAME);
    struct view *list = view_list(a, rq->view, "found");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        person_view(&rq->cx, v, &rows[i]);
        view_str(a, v, "take_url", visit_url(rq, visit, "/take"));
    }
    return E_OK;
}

static err_t put_asking(struct req *rq, const struct q_visit_row *v)
{
    struct arena *a = rq->cx.arena;
    TRY(put_found(rq, v));
    desk_form(rq, "ask_find", visit_find_fields, NULL);
    desk_form(rq, "ask_person", visit_identify_fields, NULL);
    desk_choices(rq, rq->view, "channels", consent_channels, "spoken");
    view_str(a, rq->view, "consent_text", consent_text(&rq->cx, "service", NULL));
    view_str(a, rq->view, "find_url", visit_url(rq, v, "/find"));
    view_str(a, rq->view, "person_url", visit_url(rq, v, "/person"));
    view_str(a, rq->view, "anonymous_url", visit_url(rq, v, "/anonymous"));
    return E_OK;
}

static err_t put_person(struct req *rq, int64_t id)
{
    struct arena *a = rq->cx.arena;
    struct person p;
    bool agreed;
    TRY(person_by_id(&rq->cx, id, &p));
    TRY(consent_has(&rq->cx, id, "service", &agreed));
    struct view *v = view_sub(a, rq->view, "person");
    person_view(&rq->cx, v, &p);
    view_bool(a, v, "agreed", agreed);
    view_str(a, v, "url", url_fmt(rq, "/desk/people/%s", p.code));
    view_str(a, rq->view, "learn_url", url_fmt(rq, "/desk/people/%s/learn", p.code));
    view_str(a, v, "look_url", url_fmt(rq, "/desk/people/%s/look", p.code));
    return E_OK;
}

/* ---- step 2: what they look for ---- */

static void line(struct req *rq, struct view *list, const char *label, const char *value)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "label", tr(&rq->cx, label));
    view_str(rq->cx.arena, v, "value", value);
    view_str(rq->cx.arena, v, "change_url", NULL);
}

static const char *labels_of(struct req *rq, const struct choice *choices, const char *codes)
{
    struct buf b = {.a = rq->cx.arena};
    for (const char *p = codes; p != NULL && *p != '\0';) {
        size_t n = strcspn(p, ",");
        if (b.len > 0)
            buf_str(&b, tr(&rq->cx, N_("、")));
        buf_str(&b, tr(&rq->cx, choice_label(choices, arena_strndup(rq->cx.arena, p, n))));
        p += n + (p[n] == ',');
    }
    return buf_text(&b);
}

static void put_wishes(struct req *rq, const struct wish *w)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "summary");
    const struct city_street *s = w->street == NULL ? NULL : city_street(rq->cx.house->city, *w->street);
    const struct city_occupation *o = *w->occupation == '\0' ? NULL : city_occupation(rq->cx.house->city, w->occupation);
    line(rq, list, N_("想做"), *w->words != '\0' ? w->words : o != NULL ? o->name : NULL);
    line(rq, list, N_("期望工资"), w->wage_floor == NULL ? NULL : arena_fmt(a, tr(&rq->cx, N_("%s 元以上")), form_yuan(a, *w->wage_floor)));
    line(rq, list, N_("上班地点"),
         s == NULL ? NULL
         : w->radius_km == NULL ? s->name
                                : arena_fmt(a, tr(&rq->cx, N_("%s，%lld 公里以内")), s->name, (long long)*w->radius_km));
    line(rq, list, N_("工作方式"), labels_of(rq, job_type_choices, w->job_types));
    line(rq, list, N_("班次"), labels_of(rq, shift_choices, w->shifts));
    line(rq, list, N_("学历"), strcmp(w->education, "any") == 0 ? NULL : labels_of(rq, education_choices, w->education));
    line(rq, list, N_("经历"), w->years == NULL ? *w->skills != '\0' ? w->skills : NULL
                                                : arena_fmt(a, tr(&rq->cx, N_("%s（%lld 年）")), w->skills, (long long)*w->years));
    line(rq, list, N_("证件"), labels_of(rq, certificate_choices, w->certificates));
}

/* ---- step 3: recommendations ---- */

static bool on_slip(const struct slip *s, int64_t job_id)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->referrals[i].job_id == job_id)
            return true;
    return false;
}

static void put_advice(struct req *rq, struct view *v, const struct advice *d, const struct q_visit_row *visit, const struct slip *slip)
{
    struct arena *a = rq->cx.arena;
    const struct q_job_get_row *j = &d->job;
    struct wage w = job_wage(j);
    bool in = on_slip(slip, j->id);
    view_i64(a, v, "id", j->id);
    view_str(a, v, "title", j->title);
    view_str(a, v, "url", url_fmt(rq, "/jobs/%s", j->code));
    view_str(a, v, "pay", wage_text(&rq->cx, &w));
    view_str(a, v, "employer", j->employer_name);
    view_str(a, v, "distance", d->distance < 0 ? NULL : geo_text_distance(&rq->cx, (double)d->distance));
    view_str(a, v, "way", d->distance < 0 ? NULL : geo_text_minutes(&rq->cx, (double)d->distance, d->distance < 1500 ? GEO_WALK : GEO_BUS));
    view_str(a, v, "place", j->place);
    view_i64(a, v, "openings", j->openings);
    view_i64(a, v, "met", d->met);
    view_i64(a, v, "total", d->total);
    view_str(a, v, "dash", dash(rq, RING_R, d->met, d->total));
    view_bool(a, v, "part", d->met < d->total);
    reason_view(&rq->cx, view_list(a, v, "reasons"), d->reasons, d->n);
    view_bool(a, v, "in", in);
    view_str(a, v, "add_url", url_fmt(rq, "/desk/visits/%lld/jobs/%s/add", (long long)visit->id, j->code));
    view_str(a, v, "remove_url", url_fmt(rq, "/desk/visits/%lld/jobs/%s/remove", (long long)visit->id, j->code));
    view_str(a, v, "dislike_url", url_fmt(rq, "/desk/visits/%lld/jobs/%s/dislike", (long long)visit->id, j->code));
}

static err_t put_contact(struct req *rq, struct view *v, int64_t job_id)
{
    const char *name, *phone;
    TRY(referral_contact(&rq->cx, job_id, &name, &phone));
    view_str(rq->cx.arena, v, "contact", name);
    view_str(rq->cx.arena, v, "phone", phone);
    return E_OK;
}

static enum counter_sort sort_of(const struct req *rq)
{
    const char *s = req_query(rq, "sort");
    return s == NULL ? COUNTER_BEST : strcmp(s, "near") == 0 ? COUNTER_NEAR : strcmp(s, "pay") == 0 ? COUNTER_PAY : COUNTER_BEST;
}

static void put_sorts(struct req *rq, const struct q_visit_row *visit, enum counter_sort now)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "sorts");
    for (int i = 0; sorts[i].code != NULL; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, sorts[i].label));
        view_str(a, v, "url", url_fmt(rq, "/desk/visits/%lld?sort=%s", (long long)visit->id, sorts[i].code));
        view_bool(a, v, "here", i == (int)now);
    }
}

static err_t put_advices(struct req *rq, const struct q_visit_row *visit, const struct wish *w, const struct slip *slip)
{
    struct arena *a = rq->cx.arena;
    struct advices all;
    enum counter_sort sort = sort_of(rq);
    TRY(counter_recommend(&rq->cx, *visit->person_id, w, sort, SHOWN, &all));
    put_sorts(rq, visit, sort);
    view_bool(a, rq->view, "recommended", true);
    view_i64(a, rq->view, "considered", all.considered);
    view_i64(a, rq->view, "fitting", all.fitting);
    struct view *list = view_list(a, rq->view, "advices");
    for (size_t i = 0; i < all.n; i++) {
        struct view *v = view_item(a, list);
        put_advice(rq, v, &all.best[i], visit, slip);
        TRY(put_contact(rq, v, all.best[i].job.id));
    }
    desk_choices(rq, rq->view, "dislikes", refuse_reasons, NULL);
    list = view_list(a, rq->view, "near_miss");
    view_bool(a, rq->view, "misses_one", all.n_near_miss > 0);
    for (size_t i = 0; i < all.n_near_miss && i < NEAR; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "certificate", all.near_miss[i].certificate);
        view_i64(a, v, "ads", all.near_miss[i].ads);
        view_i64(a, v, "places", all.near_miss[i].openings);
    }
    return E_OK;
}

/* ---- step 4: what goes home ---- */

static err_t put_slip(struct req *rq, const struct q_visit_row *visit, const struct slip *s)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_sub(a, rq->view, "slip");
    const char *url = arena_fmt(a, "%s/r/%s", desk_base(rq), s->code);
    view_str(a, v, "code", s->code);
    view_i64(a, v, "n", (int64_t)s->n);
    view_str(a, v, "until", day_text(&rq->cx, day_of(s->expires_at, DAY_ZONE)));
    view_str(a, v, "print_url", url_fmt(rq, "/r/%s/print", s->code));
    view_str(a, v, "open_url", url_fmt(rq, "/r/%s", s->code));
    if (!rq->json)
        view_html(a, v, "qr", qr_svg(a, url, tr(&rq->cx, N_("二维码：扫码带到手机上"))));
    struct view *list = view_list(a, v, "items");
    for (size_t i = 0; i < s->n; i++) {
        const struct q_referral_of_slip_row *r = &s->referrals[i];
        struct view *it = view_item(a, list);
        view_str(a, it, "title", r->title);
        view_str(a, it, "employer", r->employer_name);
        view_str(a, it, "state", tr(&rq->cx, flow_label(&referral_flow, r->status)));
        view_str(a, it, "when", r->interview_at == NULL ? NULL : day_text_stamp(&rq->cx, *r->interview_at));
        view_bool(a, it, "fresh", strcmp(r->status, "proposed") == 0);
        view_str(a, it, "url", url_fmt(rq, "/desk/referrals/%lld", (long long)r->id));
        view_str(a, it, "inform_url", url_fmt(rq, "/desk/referrals/%lld/actions", (long long)r->id));
        view_str(a, it, "remove_url", url_fmt(rq, "/desk/visits/%lld/jobs/%s/remove", (long long)visit->id, r->job_code));
    }
    return E_OK;
}

static err_t put_services(struct req *rq, const struct q_visit_row *visit)
{
    struct arena *a = rq->cx.arena;
    struct q_service_list_row *rows;
    struct q_service_of_visit_row *now;
    size_t n = 0, n_now;
    struct view *list = view_list(a, rq->view, "timeline");
    TRY(service_of_visit(&rq->cx, visit->id, &now, &n_now));
    struct view *done = view_list(a, rq->view, "done");
    for (size_t i = 0; i < n_now; i++)
        view_str(a, view_item(a, done), "label", service_label(&rq->cx, now[i].item));
    if (visit->person_id == NULL)
        return E_OK;
    TRY(service_list(&rq->cx, *visit->person_id, &rows, &n));
    for (size_t i = 0; i < n && i < 5; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "what", service_label(&rq->cx, rows[i].item));
        view_str(a, v, "when", day_text_ago(&rq->cx, day_of(rows[i].at, DAY_ZONE)));
        view_str(a, v, "iso", day_text_local(a, rows[i].at, DAY_ZONE));
        view_str(a, v, "who", rows[i].station_name);
        view_str(a, v, "reason", NULL);
    }
    return E_OK;
}

/* ---- the page ---- */

static bool editing(const struct req *rq, const char *what, const struct field *fields)
{
    const char *edit = req_query(rq, "edit");
    return (edit != NULL && strcmp(edit, what) == 0) || (rq->route->method == POST && rq->route->fields == fields);
}

static err_t with_person(struct req *rq, const struct q_visit_row *v, const struct slip *slip, enum visit_step *step)
{
    struct arena *a = rq->cx.arena;
    struct wish w;
    TRY(put_person(rq, *v->person_id));
    TRY(wish_get(&rq->cx, *v->person_id, &w));
    bool ask = w.updated_at == 0 || editing(rq, "wishes", wish_fields);
    *step = ask ? VISIT_WISHES : slip->n > 0 ? VISIT_TAKE : VISIT_RECOMMEND;
    view_str(a, rq->view, "wishes_url", visit_url(rq, v, "/wishes"));
    view_str(a, rq->view, "edit_wishes_url", visit_url(rq, v, "?edit=wishes"));
    view_bool(a, rq->view, "ask_for_wishes", ask);
    if (ask) {
        struct pairs values = wish_pairs(&rq->cx, &w);
        desk_form(rq, "ask_wishes", wish_fields, &values);
    } else {
        put_wishes(rq, &w);
    }
    return ask ? E_OK : put_advices(rq, v, &w, slip);
}

static void put_endings(struct req *rq, const struct q_visit_row *v, const struct slip *slip)
{
    struct finish_form now = {.outcome = slip->n > 0 ? "slip" : NULL};
    struct service_in here = {.channel = "counter"};
    struct pairs finish = form_pairs(&rq->cx, visit_finish_fields, &now), service = form_pairs(&rq->cx, visit_service_fields, &here);
    desk_form(rq, "ask_finish", visit_finish_fields, &finish);
    desk_form(rq, "ask_service", visit_service_fields, &service);
    view_str(rq->cx.arena, rq->view, "finish_url", visit_url(rq, v, "/finish"));
    view_str(rq->cx.arena, rq->view, "service_url", visit_url(rq, v, "/services"));
}

/* What went wrong with a form that this state of the page does not show. */
static void put_faults(struct req *rq, const struct q_visit_row *v)
{
    const struct field *f = rq->route->fields;
    bool hidden = v->ended_at != NULL || f == visit_take_fields || (v->person_id != NULL && (f == visit_identify_fields || f == visit_find_fields));
    struct view *list = view_list(rq->cx.arena, rq->view, "faults");
    for (const struct form_error *e = rq->form.errors; hidden && e != NULL; e = e->next)
        view_str(rq->cx.arena, view_item(rq->cx.arena, list), "say", e->say);
}

err_t show_visit(struct req *rq)
{
    struct q_visit_row *v = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct slip slip = {.n = 0};
    enum visit_step step = VISIT_IDENTITY;
    desk_page(rq);
    TRY(put_timer(rq, v));
    err_t e = slip_by_visit(&rq->cx, v->id, &slip);
    if (e != E_NOTFOUND)
        TRY(e);
    view_str(a, rq->view, "number", v->ticket_number == NULL ? NULL : ticket_label(&rq->cx, *v->ticket_number));
    view_bool(a, rq->view, "open", v->ended_at == NULL);
    view_bool(a, rq->view, "anonymous", visit_is_anonymous(v));
    view_str(a, rq->view, "visit_url", visit_url(rq, v, ""));
    view_str(a, rq->view, "search_url", url_fmt(rq, "/desk/search?visit=%lld", (long long)v->id));
    if (v->person_id != NULL)
        TRY(with_person(rq, v, &slip, &step));
    else if (visit_is_anonymous(v))
        step = slip.n > 0 ? VISIT_TAKE : VISIT_RECOMMEND;
    else
        view_bool(a, rq->view, "ask_who", true);
    if (v->person_id == NULL)
        TRY(put_asking(rq, v));
    if (v->person_id != NULL)
        TRY(put_learning(rq, v));
    if (slip.n > 0)
        TRY(put_slip(rq, v, &slip));
    put_steps(rq, v->ended_at != NULL ? VISIT_TAKE + 1 : step);
    put_endings(rq, v, &slip);
    put_faults(rq, v);
    return put_services(rq, v);
}
