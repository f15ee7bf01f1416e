/* pages_watch.c -- for officers: what is due, draws, visits, calls, inspectors. The draws are everybody's to look at and draw again. */
#include "city/supervision/pages_impl.h"

#include "city/people/people.h"
#include "city/reference.h"

#include <string.h>

static const int64_t yes = 1, no = 0;

/* The thing must be of the actor's area; the handlers read it again inside their act. */
static err_t load_visit(struct req *rq)
{
    struct q_watch_visit_list_row x;
    return class_visit_get(&rq->cx, req_id(rq, "class_visit"), &x);
}
static const struct scope own_visit = {"own area", "class_visit", load_visit};

static err_t load_call(struct req *rq)
{
    struct q_training_call_list_row k;
    return call_get(&rq->cx, req_id(rq, "call"), &k);
}
static const struct scope own_call = {"own area", "call", load_call};

static err_t load_inspector(struct req *rq)
{
    struct q_inspector_list_row *rows;
    size_t n;
    TRY(inspectors(&rq->cx, rq->cx.actor.district, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == req_id(rq, "inspector")) {
            rq->scoped = &rows[i];
            return E_OK;
        }
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "no inspector of this district");
}
static const struct scope own_inspector = {"own district", "inspector", load_inspector};

struct list_filter {
    const char *state;
    const int64_t *page;
};
static const struct choice list_states[] = {{"open", N_("没办完的")}, {"done", N_("办完的")}, {0}};
static const struct field list_fields[] = {
    {"state", F_CHOICE, 0, N_("状态"), .choices = list_states, .off = offsetof(struct list_filter, state)},
    FIELD_PAGE(struct list_filter),
    {0},
};

static const int64_t *open_of(const char *state)
{
    return state == NULL ? NULL : strcmp(state, "open") == 0 ? &yes : &no;
}

/* ---- visits ---- */

static err_t visit_view(struct req *rq, struct view *v, const struct q_watch_visit_list_row *x)
{
    struct arena *a = rq->cx.arena;
    int64_t hours;
    TRY(watch_number(&rq->cx, "visit.enter", "hours", x->visited_at != NULL ? day_of(*x->visited_at, DAY_ZONE) : day_of(rq->cx.now, DAY_ZONE), &hours));
    int64_t today = day_of(rq->cx.now, DAY_ZONE);
    view_str(a, v, "url", url_fmt(rq, "/district/visits/%lld", (long long)x->id));
    view_str(a, v, "class_code", x->class_code);
    view_str(a, v, "class_name", x->class_name);
    view_str(a, v, "provider_name", x->provider_name);
    view_fmt(a, v, "pair", "%s、%s", x->first_name, x->second_name);
    view_str(a, v, "due", day_text(&rq->cx, x->due_on));
    view_bool(a, v, "done", x->entered_at != NULL);
    view_bool(a, v, "late", x->entered_at == NULL && x->due_on < today);
    view_str(a, v, "verdict", *x->verdict != '\0' ? label_of(rq, visit_verdicts, x->verdict) : NULL);
    view_bool(a, v, "good", strcmp(x->verdict, "good") == 0);
    view_bool(a, v, "bad", strcmp(x->verdict, "serious") == 0);
    view_bool(a, v, "slow", x->entered_at != NULL && x->visited_at != NULL && *x->entered_at > *x->visited_at + hours * 3600000);
    view_str(a, v, "draw_url", x->draw_code != NULL ? url_fmt(rq, "/draws/%s", x->draw_code) : NULL);
    return E_OK;
}

static err_t show_visits(struct req *rq)
{
    const struct list_filter *f = rq->in;
    struct q_watch_visit_list_row *rows;
    size_t n;
    TRY(class_visit_list(&rq->cx, city_own_district(&rq->cx), open_of(f->state), page_of(f->page), &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "visits");
    for (size_t i = 0; i < n; i++)
        TRY(visit_view(rq, view_item(rq->cx.arena, list), &rows[i]));
    csv_link(rq, "/district/visits", f->state, NULL);
    watch_tabs(rq, "/district/visits");
    req_form(rq, list_fields, NULL);
    req_pager(rq, page_of(f->page), WATCH_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t list_visits(struct req *rq) { return visits_file(rq, open_of(((const struct list_filter *)rq->in)->state)); }
static err_t list_calls(struct req *rq) { return calls_file(rq, open_of(((const struct list_filter *)rq->in)->state)); }

struct visit_form {
    const char *place, *plan, *teacher, *attendance, *roster, *books, *materials, *equipment, *practice, *safety, *camera, *order, *fees, *notice;
    const char *verdict, *signed_by, *note;
    int64_t visited_at, present;
};
#define QUESTION(code, words) {#code, F_CHOICE, F_REQUIRED, words, .choices = visit_answers, .off = offsetof(struct visit_form, code)}
static const struct field visit_fields[] = {
    {"visited_at", F_STAMP, F_REQUIRED, N_("检查时间"), .off = offsetof(struct visit_form, visited_at)},
    {"present", F_INT, F_REQUIRED, N_("数到的在场人数"), .min = 0, .max = 1000, .off = offsetof(struct visit_form, present)},
    QUESTION(place, N_("在登记的场所上课")),
    QUESTION(plan, N_("内容和教学计划一致")),
    QUESTION(teacher, N_("上课的是备案的教师")),
    QUESTION(attendance, N_("在场人数和签到相符")),
    QUESTION(roster, N_("在场的是名单上的学员")),
    QUESTION(books, N_("教材人手一册")),
    QUESTION(materials, N_("耗材按标准配给")),
    QUESTION(equipment, N_("设备够用并且能用")),
    QUESTION(practice, N_("实操课让学员动手")),
    QUESTION(safety, N_("讲了安全，通道和消防正常")),
    QUESTION(camera, N_("录像能用，画面覆盖座位")),
    QUESTION(order, N_("课堂秩序正常")),
    QUESTION(fees, N_("没有向学员收费，也没有返利")),
    QUESTION(notice, N_("补贴政策和投诉电话贴在墙上")),
    {"verdict", F_CHOICE, F_REQUIRED, N_("结论"), .choices = visit_verdicts, .off = offsetof(struct visit_form, verdict)},
    {"note", F_LONG, F_WIDE, N_("看到的情况"), .max = 1000, .off = offsetof(struct visit_form, note)},
    {"signed_by", F_TEXT, F_REQUIRED, N_("机构在场签字的人"), N_("记录由检查人员和机构双方签字。"), .min = 2, .max = 40, .off = offsetof(struct visit_form, signed_by)},
    {0},
};

static const char *answer_to(const struct visit_form *in, const char *code)
{
    for (const struct field *f = visit_fields; f->name != NULL; f++)
        if (strcmp(f->name, code) == 0 && f->choices == visit_answers)
            return *(const char *const *)(const void *)((const char *)in + f->off);
    return "na"; /* a question of the rule that this form does not know */
}

static err_t show_visit(struct req *rq)
{
    struct q_watch_visit_list_row x;
    struct arena *a = rq->cx.arena;
    TRY(class_visit_get(&rq->cx, req_id(rq, "class_visit"), &x));
    TRY(visit_view(rq, rq->view, &x));
    view_str(a, rq->view, "attendance_url", url_fmt(rq, "/district/classes/%s/attendance", x.class_code));
    view_str(a, rq->view, "signed_by", x.signed_by);
    view_opt(a, rq->view, "present", x.present);
    view_str(a, rq->view, "visited", x.visited_at != NULL ? day_text_stamp(&rq->cx, *x.visited_at) : NULL);
    view_str(a, rq->view, "entered", x.entered_at != NULL ? day_text_stamp(&rq->cx, *x.entered_at) : NULL);
    visit_answers_view(&rq->cx, rq->view, x.findings);
    if (x.entered_at == NULL && rq->cx.actor.role == ROLE_DISTRICT)
        req_form(rq, visit_fields, NULL);
    return E_OK;
}

static err_t do_visit(struct req *rq)
{
    const struct visit_form *in = rq->in;
    const char *const *codes;
    size_t n = visit_asked(&rq->cx, day_of(in->visited_at, DAY_ZONE), &codes);
    const char **answers = ARENA_ARRAY(rq->cx.arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        answers[i] = answer_to(in, codes[i]);
    struct visit_result r = {in->visited_at, in->present, in->verdict, in->signed_by, answers, in->note};
    TRY(visit_enter(&rq->cx, req_id(rq, "class_visit"), &r));
    req_note(rq, N_("检查结果已经录入。"));
    return redirect(rq, "/district/visits/%lld", (long long)req_id(rq, "class_visit"));
}

/* ---- calls ---- */

static err_t call_view(struct req *rq, struct view *v, const struct q_training_call_list_row *k)
{
    struct arena *a = rq->cx.arena;
    struct person p;
    TRY(person_by_id(&rq->cx, k->person_id, &p));
    view_str(a, v, "url", url_fmt(rq, "/district/calls/%lld", (long long)k->id));
    view_str(a, v, "name", p.name);
    view_str(a, v, "phone", p.phone);
    view_str(a, v, "trainee_code", k->trainee_code);
    view_str(a, v, "class_name", k->class_name);
    view_str(a, v, "provider_name", k->provider_name);
    view_str(a, v, "due", day_text(&rq->cx, k->due_on));
    call_answers_view(&rq->cx, v, k->answers);
    bool wrong = false;
    for (const struct view *q = view_get(v, "answers", 7)->head; q != NULL; q = q->next)
        wrong = wrong || view_get(q, "bad", 3)->i != 0;
    view_bool(a, v, "wrong", wrong);
    view_bool(a, v, "tried", k->done_at == NULL && view_get(v, "answers", 7)->head != NULL);
    view_bool(a, v, "done", k->done_at != NULL);
    view_bool(a, v, "late", k->done_at == NULL && k->due_on < day_of(rq->cx.now, DAY_ZONE));
    return E_OK;
}

static err_t show_calls(struct req *rq)
{
    const struct list_filter *f = rq->in;
    struct q_training_call_list_row *rows;
    size_t n;
    TRY(call_list(&rq->cx, city_own_district(&rq->cx), open_of(f->state), page_of(f->page), &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "calls");
    for (size_t i = 0; i < n; i++)
        TRY(call_view(rq, view_item(rq->cx.arena, list), &rows[i]));
    csv_link(rq, "/district/calls", f->state, NULL);
    watch_tabs(rq, "/district/calls");
    req_form(rq, list_fields, NULL);
    req_pager(rq, page_of(f->page), WATCH_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static const struct choice reached[] = {{"yes", N_("打通了")}, {"later", N_("没打通，以后再打")}, {"no", N_("打了几次都没打通")}, {"refused", N_("不愿意说")}, {0}};
static const struct field call_fields[] = {
    {"reached", F_CHOICE, F_REQUIRED, N_("电话打通了吗"), .choices = reached, .off = offsetof(struct call_answers, reached)},
    {"held", F_CHOICE, 0, N_("课真的上了吗"), .choices = call_answers, .off = offsetof(struct call_answers, held)},
    {"teacher", F_CHOICE, 0, N_("老师一直是同一位，或者换人说明过吗"), .choices = call_answers, .off = offsetof(struct call_answers, teacher)},
    {"books", F_CHOICE, 0, N_("发了教材吗"), .choices = call_answers, .off = offsetof(struct call_answers, books)},
    {"fee", F_CHOICE, 0, N_("有没有收钱或者给钱"), .choices = call_fees, .off = offsetof(struct call_answers, fee)},
    {"forged", F_CHOICE, 0, N_("签到都是自己签的吗"), .choices = call_answers, .off = offsetof(struct call_answers, forged)},
    {"note", F_LONG, F_WIDE, N_("学员的话"), .max = 500, .off = offsetof(struct call_answers, note)},
    {0},
};
struct look_form {
    const char *reason;
};
static const struct field look_fields[] = {
    {"reason", F_CHOICE, F_REQUIRED, N_("为什么要看"), .choices = look_reasons, .off = offsetof(struct look_form, reason)},
    {0},
};

static err_t call_page(struct req *rq, const char *phone)
{
    struct q_training_call_list_row k;
    struct arena *a = rq->cx.arena;
    TRY(call_get(&rq->cx, req_id(rq, "call"), &k));
    TRY(call_view(rq, rq->view, &k));
    view_str(a, rq->view, "whole_phone", phone);
    view_bool(a, rq->view, "caller", rq->cx.actor.role == ROLE_DISTRICT);
    view_str(a, rq->view, "look_url", url_fmt(rq, "/district/calls/%lld/phone", (long long)k.id));
    view_str(a, rq->view, "when", k.done_at != NULL ? day_text_stamp(&rq->cx, *k.done_at) : NULL);
    struct view *reasons = view_list(a, rq->view, "reasons");
    for (const struct choice *c = look_reasons; c->code != NULL; c++) {
        struct view *v = view_item(a, reasons);
        view_str(a, v, "code", c->code);
        view_str(a, v, "label", tr(&rq->cx, c->label));
    }
    if (k.done_at == NULL)
        req_form(rq, call_fields, NULL);
    return E_OK;
}

static err_t show_call(struct req *rq) { return call_page(rq, NULL); }

static err_t do_look(struct req *rq)
{
    const struct look_form *in = rq->in;
    struct q_training_call_list_row k;
    const char *phone;
    TRY(call_get(&rq->cx, req_id(rq, "call"), &k));
    TRY(person_look(&rq->cx, k.person_id, "phone", in->reason, &phone));
    return call_page(rq, phone != NULL ? phone : tr(&rq->cx, N_("没有登记手机号")));
}

static err_t do_call(struct req *rq)
{
    bool later = strcmp(((const struct call_answers *)rq->in)->reached, "later") == 0;
    TRY(call_enter(&rq->cx, req_id(rq, "call"), rq->in));
    req_note(rq, later ? N_("记下了没打通，这次回访还留在要办的里面。") : N_("回访已经登记。"));
    return redirect(rq, "/district/calls");
}

/* ---- inspectors ---- */

struct inspector_form {
    const char *name, *post, *conflicts;
};
static const struct field inspector_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("姓名"), .min = 2, .max = 40, .off = offsetof(struct inspector_form, name)},
    {"post", F_TEXT, F_REQUIRED, N_("职务"), .min = 2, .max = 40, .off = offsetof(struct inspector_form, post)},
    {"conflicts", F_TEXT, F_WIDE, N_("要回避的机构编号"), N_("有亲属在那里、在那里兼过课的，写机构编号，几个用逗号隔开，例如 T3,T12。"), .max = 200,
     .off = offsetof(struct inspector_form, conflicts)},
    {0},
};

static err_t show_inspectors(struct req *rq)
{
    struct q_inspector_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(inspectors(&rq->cx, rq->cx.actor.district, &rows, &n));
    struct view *list = view_list(a, rq->view, "inspectors");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "post", rows[i].post);
        view_str(a, v, "conflicts", rows[i].conflicts);
        view_str(a, v, "from", day_text_full(&rq->cx, rows[i].from_on));
        view_str(a, v, "to", rows[i].to_on != NULL ? day_text_full(&rq->cx, *rows[i].to_on) : NULL);
        view_str(a, v, "edit_url", url_fmt(rq, "/district/inspectors/%lld", (long long)rows[i].id));
    }
    watch_tabs(rq, "/district/inspectors");
    req_form(rq, inspector_fields, NULL);
    return E_OK;
}

static err_t do_inspector(struct req *rq)
{
    const struct inspector_form *in = rq->in;
    TRY(inspector_add(&rq->cx, rq->cx.actor.district, in->name, in->post, in->conflicts));
    req_note(rq, N_("检查人员已经登记。"));
    return redirect(rq, "/district/inspectors");
}

struct inspector_edit {
    const char *conflicts;
    const int64_t *to_on;
};
static const struct field edit_fields[] = {
    {"conflicts", F_TEXT, F_WIDE, N_("要回避的机构编号"), N_("几个用逗号隔开，例如 T3,T12。"), .max = 200, .off = offsetof(struct inspector_edit, conflicts)},
    {"to_on", F_DATE, 0, N_("做到哪天"), N_("还在做就空着。"), .off = offsetof(struct inspector_edit, to_on)},
    {0},
};

static err_t show_inspector(struct req *rq)
{
    const struct q_inspector_list_row *x = rq->scoped;
    struct inspector_edit now = {x->conflicts, x->to_on};
    struct pairs values = form_pairs(&rq->cx, edit_fields, &now);
    view_str(rq->cx.arena, rq->view, "lead", x->name);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存修改")));
    req_form(rq, edit_fields, &values);
    return E_OK;
}

static err_t do_inspector_edit(struct req *rq)
{
    const struct inspector_edit *in = rq->in;
    TRY(inspector_change(&rq->cx, req_id(rq, "inspector"), rq->cx.actor.district, in->conflicts, in->to_on));
    return redirect(rq, "/district/inspectors");
}

/* ---- draws ---- */

struct draw_form {
    const char *kind;
};
static const struct field draw_fields[] = {
    {"kind", F_CHOICE, F_REQUIRED, N_("抽什么"), .choices = draw_kinds, .off = offsetof(struct draw_form, kind)},
    {0},
};

static err_t do_draw(struct req *rq)
{
    const char *code;
    TRY(draw_make(&rq->cx, ((const struct draw_form *)rq->in)->kind, &code));
    req_note(rq, N_("抽好了。名单、种子和结果都记下来了，谁都可以照着重抽一遍。"));
    return redirect(rq, "/draws/%s", code);
}

static err_t show_draws(struct req *rq)
{
    const struct list_filter *f = rq->in;
    struct q_draw_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(draw_list(&rq->cx, NULL, page_of(f->page), &rows, &n));
    struct view *list = view_list(a, rq->view, "draws");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "url", url_fmt(rq, "/draws/%s", rows[i].code));
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "kind", label_of(rq, draw_kinds, rows[i].kind));
        view_str(a, v, "district", city_district_name(&rq->cx, rows[i].district));
        view_str(a, v, "day", day_text_full(&rq->cx, rows[i].day));
    }
    req_pager(rq, page_of(f->page), 20, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t show_draw(struct req *rq)
{
    struct q_draw_get_row d;
    struct arena *a = rq->cx.arena;
    TRY(draw_get(&rq->cx, req_param(rq, "draw"), &d));
    bool open = draw_is_open(&rq->cx, &d);
    view_str(a, rq->view, "code", d.code);
    view_str(a, rq->view, "kind", label_of(rq, draw_kinds, d.kind));
    view_str(a, rq->view, "district", city_district_name(&rq->cx, d.district));
    view_str(a, rq->view, "day", day_text_full(&rq->cx, d.day));
    view_str(a, rq->view, "seed", d.seed);
    view_str(a, rq->view, "digest", draw_digest(&rq->cx, &d));
    view_str(a, rq->view, "opens", day_text_full(&rq->cx, d.opens_on));
    view_bool(a, rq->view, "open", open);
    view_str(a, rq->view, "file_url", url_fmt(rq, "/draws/%s/file", d.code));
    if (rq->cx.actor.role == ROLE_DISTRICT && rq->cx.actor.district == d.district)
        view_str(a, rq->view, strcmp(d.kind, "call") == 0 ? "calls_url" : "visits_url",
                 url_fmt(rq, strcmp(d.kind, "call") == 0 ? "/district/calls?state=open" : "/district/visits?state=open"));
    if (open)
        draw_result_view(&rq->cx, rq->view, &d);
    return E_OK;
}

static err_t get_file(struct req *rq)
{
    struct q_draw_get_row d;
    TRY(draw_get(&rq->cx, req_param(rq, "draw"), &d));
    if (!draw_is_open(&rq->cx, &d))
        return SAY(&rq->cx, E_STATE, NULL, N_("检查还没有办完，名单和结果要到公开那天才能下载。"));
    const char *file = draw_file(&rq->cx, &d);
    return reply_bytes(rq, "application/json", arena_fmt(rq->cx.arena, "%s.json", d.code), file, strlen(file));
}

/* ---- what is due ---- */

static err_t show_home(struct req *rq)
{
    struct q_watch_visit_list_row *visits;
    struct q_anomaly_list_row *cases;
    struct arena *a = rq->cx.arena;
    struct anomaly_find f = {.district = city_own_district(&rq->cx), .open = &yes, .page = 1};
    size_t n_visits, n_cases;
    TRY(class_visit_list(&rq->cx, city_own_district(&rq->cx), &yes, 1, &visits, &n_visits));
    TRY(anomaly_list(&rq->cx, &f, &cases, &n_cases));
    view_count(a, rq->view, "visits_due", n_visits > 0 ? visits[0].total : 0);
    view_count(a, rq->view, "cases_open", n_cases > 0 ? cases[0].total : 0);
    struct view *list = view_list(a, rq->view, "visits");
    for (size_t i = 0; i < n_visits && i < 8; i++)
        TRY(visit_view(rq, view_item(a, list), &visits[i]));
    list = view_list(a, rq->view, "cases");
    for (size_t i = 0; i < n_cases && i < 8; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "url", url_fmt(rq, "/district/anomalies/%lld", (long long)cases[i].id));
        view_str(a, v, "kind", label_of(rq, anomaly_kind_choices, cases[i].kind));
        view_str(a, v, "class_name", cases[i].class_name);
        view_str(a, v, "say", anomaly_sentence(&rq->cx, &cases[i]));
        view_str(a, v, "days", anomaly_days(&rq->cx, &cases[i]));
    }
    watch_tabs(rq, "/district/supervision");
    view_bool(a, rq->view, "may_draw", rq->cx.actor.role == ROLE_DISTRICT);
    view_str(a, rq->view, "draw_url", url_fmt(rq, "/district/draws"));
    if (rq->cx.actor.role != ROLE_DISTRICT)
        view_str(a, rq->view, "city_url", url_fmt(rq, "/city/supervision"));
    return E_OK;
}

const struct route supervision_routes[] = {
    {GET, "/district/supervision", show_home, OFFICERS | ROLE_AUDITOR, NULL, "supervision/home", N_("培训监管"), NULL, 0, NULL, 0},
    {POST, "/district/draws", do_draw, ROLE_DISTRICT, NULL, "supervision/home", N_("抽签"), draw_fields, sizeof(struct draw_form), show_home, 0},
    {GET, "/draws", show_draws, EVERYONE, NULL, "supervision/draws", N_("抽签记录"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/draws/{draw}", show_draw, EVERYONE, NULL, "supervision/draw", N_("一次抽签"), NULL, 0, NULL, 0},
    {GET, "/draws/{draw}/file", get_file, EVERYONE, NULL, NULL, N_("抽签的名单、种子和结果（JSON）"), NULL, 0, NULL, 0},
    {GET, "/district/visits", show_visits, OFFICERS | ROLE_AUDITOR, NULL, "supervision/visits", N_("现场检查"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/district/visits/table.csv", list_visits, OFFICERS | ROLE_AUDITOR, NULL, NULL, N_("现场检查（CSV）"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/district/visits/{class_visit}", show_visit, OFFICERS | ROLE_AUDITOR, &own_visit, "supervision/visit", N_("一次现场检查"), NULL, 0, NULL, 0},
    {POST, "/district/visits/{class_visit}", do_visit, ROLE_DISTRICT, &own_visit, "supervision/visit", N_("录入检查结果"), visit_fields, sizeof(struct visit_form),
     show_visit, 0},
    {GET, "/district/calls", show_calls, OFFICERS, NULL, "supervision/calls", N_("电话回访"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/district/calls/table.csv", list_calls, OFFICERS, NULL, NULL, N_("电话回访（CSV）"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/district/calls/{call}", show_call, OFFICERS, &own_call, "supervision/call", N_("一次电话回访"), NULL, 0, NULL, 0},
    {POST, "/district/calls/{call}", do_call, ROLE_DISTRICT, &own_call, "supervision/call", N_("登记回访"), call_fields, sizeof(struct call_answers), show_call, 0},
    {POST, "/district/calls/{call}/phone", do_look, ROLE_DISTRICT, &own_call, "supervision/call", N_("看学员的手机号"), look_fields, sizeof(struct look_form), show_call,
     ROUTE_SENSITIVE},
    {GET, "/district/inspectors", show_inspectors, ROLE_DISTRICT, NULL, "supervision/inspectors", N_("检查人员"), NULL, 0, NULL, 0},
    {POST, "/district/inspectors", do_inspector, ROLE_DISTRICT, NULL, "supervision/inspectors", N_("登记检查人员"), inspector_fields,
     sizeof(struct inspector_form), show_inspectors, 0},
    {GET, "/district/inspectors/{inspector}", show_inspector, ROLE_DISTRICT, &own_inspector, "office_ask", N_("修改检查人员"), NULL, 0, NULL, 0},
    {POST, "/district/inspectors/{inspector}", do_inspector_edit, ROLE_DISTRICT, &own_inspector, "office_ask", N_("修改检查人员"), edit_fields,
     sizeof(struct inspector_edit), show_inspector, 0},
    {0},
};
