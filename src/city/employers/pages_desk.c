/* pages_desk.c -- employers for those who check them: the station's desk and the officers. */
#include "city/employers/employers.h"
#include "city/employers/pages_impl.h"
#include "city/employers/routes.h"

#include "city/house.h"
#include "city/jobs/jobs.h"
#include "city/reference.h"

#include "base/day.h"
#include "base/role.h"
#include "base/text.h"
#include "base/wage.h"

#include <string.h>

#define PER_PAGE 50

static const struct choice statuses[] = {
    {"claimed", N_("已登记，待核验")}, {"listed", N_("只见于招聘信息")}, {"verified", N_("已核验")}, {"blocked", N_("已停用")}, {0},
};

struct filter {
    const char *q, *status;
    const int64_t *page;
};
static const struct field filter_fields[] = {
    {"q", F_TEXT, 0, N_("单位名称或信用代码"), .max = 80, .off = offsetof(struct filter, q)},
    {"status", F_CHOICE, 0, N_("状态"), .choices = statuses, .off = offsetof(struct filter, status)},
    FIELD_PAGE(struct filter),
    {0},
};

struct act {
    const char *action, *note;
};
static const struct field act_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("做什么"), .max = 40, .off = offsetof(struct act, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct act, note)},
    {0},
};

static bool looks_like_code(const char *q)
{
    return strlen(q) == 18 && strspn(q, "0123456789ABCDEFGHJKLMNPQRTUWXY") == 18;
}

static err_t list_employers(struct req *rq)
{
    const struct filter *f = rq->in;
    struct q_employer_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    bool code = f->q != NULL && looks_like_code(f->q);
    struct q_employer_list_in in = {
        .district = city_own_district(&rq->cx),
        .status = f->status,
        .words = f->q != NULL && !code ? text_employer_key(a, f->q) : NULL,
        .uscc = code ? f->q : NULL,
        .lim = PER_PAGE,
        .off = (page - 1) * PER_PAGE,
    };
    TRY(employer_page(&rq->cx, &in, &rows, &n));
    struct view *list = view_list(a, rq->view, "employers");
    const char *base = (rq->cx.actor.role & DESK) != 0 ? "/desk/employers" : "/district/employers";
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const struct city_district *d = city_district(rq->cx.house->city, rows[i].district);
        view_str(a, v, "url", url_fmt(rq, "%s/%s", base, rows[i].code));
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "uscc", rows[i].uscc);
        view_str(a, v, "district", d != NULL ? d->name : NULL);
        view_str(a, v, "status_label", tr(&rq->cx, flow_label(&employer_flow, rows[i].status)));
        view_bool(a, v, "verified", strcmp(rows[i].status, "verified") == 0);
        view_bool(a, v, "blocked", strcmp(rows[i].status, "blocked") == 0);
        view_count(a, v, "jobs", rows[i].jobs);
        view_str(a, v, "checked", rows[i].verified_at != NULL ? day_text_full(&rq->cx, day_of(*rows[i].verified_at, DAY_ZONE)) : NULL);
    }
    view_bool(a, rq->view, "none", n == 0);
    view_bool(a, rq->view, "desk_frame", (rq->cx.actor.role & DESK) != 0);
    req_form(rq, filter_fields, &rq->query);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t jobs_of(struct req *rq, int64_t employer)
{
    struct q_job_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(job_page(&rq->cx, &(struct q_job_list_in){.employer_id = &employer, .lim = 50}, &rows, &n));
    struct view *list = view_list(a, rq->view, "jobs");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "title", rows[i].title);
        view_str(a, v, "url", url_fmt(rq, "/jobs/%s", rows[i].code));
        view_str(a, v, "place", rows[i].place);
        view_i64(a, v, "openings", rows[i].openings);
        view_str(a, v, "state", tr(&rq->cx, flow_label(&job_flow, rows[i].status)));
        view_str(a, v, "valid", day_text(&rq->cx, rows[i].valid_until));
    }
    return E_OK;
}

static void line(struct req *rq, struct view *list, const char *label, const char *value)
{
    struct view *v = value != NULL ? view_item(rq->cx.arena, list) : NULL;
    if (v == NULL)
        return;
    view_str(rq->cx.arena, v, "label", tr(&rq->cx, label));
    view_str(rq->cx.arena, v, "value", value);
    view_str(rq->cx.arena, v, "change_url", NULL);
}

/* A text that was put into the view before; NULL when it is absent. */
static const char *view_text(const struct view *v, const char *key)
{
    const struct view *found = view_get(v, key, strlen(key));
    return found != NULL && found->kind == V_STR ? found->s : NULL;
}

static const char *action_label(const char *from, const char *action)
{
    for (const struct flow_edge *e = employer_flow.edges; e->from != NULL; e++)
        if (strcmp(e->from, from) == 0 && strcmp(e->action, action) == 0)
            return e->label;
    return strcmp(action, "look") == 0 ? N_("看了联系方式") : strcmp(action, "absorbed") == 0 ? N_("并入已核验的单位") : action;
}

static void moment(struct req *rq, struct view *v, int64_t at, const char *what, const char *who, const char *reason)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "when", day_text_stamp(&rq->cx, at));
    view_str(a, v, "iso", day_text_local(a, at, DAY_ZONE));
    view_str(a, v, "what", tr(&rq->cx, what));
    view_str(a, v, "who", who != NULL ? tr(&rq->cx, who) : NULL);
    view_str(a, v, "reason", reason != NULL && reason[0] != '\0' ? reason : NULL);
}

static err_t log_view(struct req *rq, const struct q_employer_get_row *e)
{
    struct q_employer_log_list_row *rows;
    size_t n;
    TRY(employer_log(&rq->cx, e->id, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "timeline");
    for (size_t i = 0; i < n; i++)
        moment(rq, view_item(rq->cx.arena, list), rows[i].at, action_label(rows[i].from_status, rows[i].action),
               role_label(role_from_name(rows[i].role)), rows[i].note);
    moment(rq, view_item(rq->cx.arena, list), e->created_at, N_("登记"), NULL, NULL);
    return E_OK;
}

struct look {
    const char *reason;
};
static const struct field look_fields[] = {
    {"reason", F_TEXT, F_REQUIRED, N_("为什么要看"), N_("这次查看会记录下来。"), .min = 2, .max = 100, .off = offsetof(struct look, reason)},
    {0},
};

static err_t show_one(struct req *rq)
{
    const struct q_employer_get_row *e = rq->scoped;
    const char *name, *phone;
    struct arena *a = rq->cx.arena;
    employer_view(rq, rq->view, e);
    view_fmt(a, rq->view, "title", "%s · %s", tr(&rq->cx, "企业"), e->name);
    TRY(employer_contact(&rq->cx, e, &name, &phone));
    struct view *list = view_list(a, rq->view, "summary");
    line(rq, list, N_("信用代码"), e->uscc != NULL ? e->uscc : tr(&rq->cx, "没有登记"));
    line(rq, list, N_("地点"), view_text(rq->view, "place"));
    bool looked = rq->route->fields == look_fields && rq->in != NULL && rq->form.n_errors == 0;
    if (name != NULL && !looked)
        name = text_mask_name(a, name);
    if (phone != NULL && !looked)
        phone = text_mask_phone(a, phone);
    line(rq, list, N_("联系人"), arena_fmt(a, "%s %s", name != NULL ? name : "", phone != NULL ? phone : ""));
    view_bool(a, rq->view, "can_look", !looked && (name != NULL || phone != NULL));
    req_form(rq, look_fields, NULL);
    TRY(log_view(rq, e));
    line(rq, list, N_("核验于"), view_text(rq->view, "checked"));
    view_str(a, rq->view, "public_url", url_fmt(rq, "/employers/%s", e->code));
    view_str(a, rq->view, "actions_url", url_fmt(rq, "%s/%s/actions", (rq->cx.actor.role & DESK) != 0 ? "/desk/employers" : "/district/employers", e->code));
    view_str(a, rq->view, "look_url", url_fmt(rq, "%s/%s/look", (rq->cx.actor.role & DESK) != 0 ? "/desk/employers" : "/district/employers", e->code));
    view_bool(a, rq->view, "desk_frame", (rq->cx.actor.role & DESK) != 0);
    flow_view(&rq->cx, &employer_flow, e->status, rq->view);
    return jobs_of(rq, e->id);
}

static err_t do_act(struct req *rq)
{
    const struct act *f = rq->in;
    const struct q_employer_get_row *e = rq->scoped;
    TRY(employer_step(&rq->cx, e->id, f->action, f->note));
    req_note(rq, N_("办好了。"));
    return redirect(rq, "%s/%s", (rq->cx.actor.role & DESK) != 0 ? "/desk/employers" : "/district/employers", e->code);
}

static err_t do_look(struct req *rq)
{
    const char *name, *phone;
    const struct look *f = rq->in;
    TRY(employer_look(&rq->cx, rq->scoped, f->reason, &name, &phone));
    return show_one(rq);
}

/* A desk sees every employer of the city: people come from everywhere. A district officer only those of the district. */
static err_t in_reach(struct req *rq)
{
    int64_t id;
    struct q_employer_get_row *e = ARENA_NEW(rq->cx.arena, struct q_employer_get_row);
    TRY(employer_id_of(&rq->cx, req_param(rq, "employer"), &id));
    TRY(employer_find(&rq->cx, id, e));
    if (rq->cx.actor.role == ROLE_DISTRICT && e->district != rq->cx.actor.district)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "employer of another district");
    rq->scoped = e;
    return E_OK;
}
static const struct scope reach = {N_("驿站：全市；区：本区"), "employer", in_reach};

#define FILTER .fields = filter_fields, .in_size = sizeof(struct filter)
#define LOOK .fields = look_fields, .in_size = sizeof(struct look), .again = show_one, .flags = ROUTE_SENSITIVE
#define ACT .fields = act_fields, .in_size = sizeof(struct act), .again = show_one
const struct route employers_desk_routes[] = {
    {GET, "/desk/employers", list_employers, DESK, .page = "employers/list", .title = N_("企业"), FILTER},
    {GET, "/desk/employers/{employer}", show_one, DESK, &reach, .page = "employers/record", .title = N_("企业")},
    {POST, "/desk/employers/{employer}/actions", do_act, DESK, &reach, .page = "employers/record", .title = N_("企业的下一步"), ACT},
    {POST, "/desk/employers/{employer}/look", do_look, DESK, &reach, .page = "employers/record", .title = N_("看企业的联系方式"), LOOK},
    {GET, "/district/employers", list_employers, OFFICERS, .page = "employers/list", .title = N_("企业"), FILTER},
    {GET, "/district/employers/{employer}", show_one, OFFICERS, &reach, .page = "employers/record", .title = N_("企业")},
    {POST, "/district/employers/{employer}/actions", do_act, OFFICERS, &reach, .page = "employers/record", .title = N_("企业的下一步"), ACT},
    {POST, "/district/employers/{employer}/look", do_look, OFFICERS, &reach, .page = "employers/record", .title = N_("看企业的联系方式"), LOOK},
    {0},
};
