/* pages.c -- persons at the desk: finding, the record, a look with a reason, consent, export, being forgotten. */
#include "city/people/people.h"

#include "city/counter/counter.h"
#include "city/counter/pages_bar.h"
#include "city/people/pages_impl.h"
#include "city/people/routes.h"
#include "city/referrals/referrals.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

static err_t check_person(struct req *rq)
{
    struct person *p = ARENA_NEW(rq->cx.arena, struct person);
    bool mine;
    rq->scoped = p;
    TRY(person_get(&rq->cx, req_param(rq, "person"), p));
    TRY(person_mine(&rq->cx, p->id, &mine));
    return mine ? E_OK : FAIL(&rq->cx, E_DENIED, NULL, "not served at this station");
}
const struct scope person_of_desk = {"own station", "person", check_person};

/* ---- the list ---- */

struct list_query {
    const int64_t *page;
};
static const struct field list_fields[] = {
    FIELD_PAGE(struct list_query),
    {0},
};
struct find_form {
    const char *who;
};
static const struct field find_fields[] = {
    {"who", F_TEXT, F_REQUIRED | F_SECRET, N_("身份证号、手机号、手机后四位或姓名"), .max = 40, .off = offsetof(struct find_form, who)},
    {0},
};

static void put_people(struct req *rq, const char *key, const struct person *rows, size_t n)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, key);
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        person_view(&rq->cx, v, &rows[i]);
        view_str(a, v, "url", url_fmt(rq, "/desk/people/%s", rows[i].code));
        view_str(a, v, "registered", day_text_iso(a, day_of(rows[i].created_at, DAY_ZONE)));
    }
}

static err_t show_people(struct req *rq)
{
    const struct list_query *in = rq->route->method == GET ? rq->in : NULL;
    struct person *rows;
    size_t n;
    int64_t total, page = in != NULL && in->page != NULL ? *in->page : 1;
    desk_page(rq);
    desk_form(rq, "ask_find", find_fields, NULL);
    view_str(rq->cx.arena, rq->view, "find_url", url_fmt(rq, "/desk/people/find"));
    TRY(person_list(&rq->cx, rq->cx.actor.station_id, page, &rows, &n, &total));
    put_people(rq, "people", rows, n);
    view_i64(rq->cx.arena, rq->view, "total", total);
    req_pager(rq, page, PERSON_PAGE, total);
    return E_OK;
}

static err_t find_people(struct req *rq)
{
    const struct find_form *in = rq->in;
    struct person *rows;
    enum person_match how;
    size_t n;
    TRY(person_find(&rq->cx, in->who, &rows, &n, &how));
    TRY(show_people(rq));
    view_bool(rq->cx.arena, rq->view, "searched", true);
    view_bool(rq->cx.arena, rq->view, "understood", how != PERSON_BY_NOTHING);
    put_people(rq, "found", rows, n);
    return E_OK;
}

/* ---- the record ---- */

struct look_form {
    const char *what, *reason;
};
static const struct field look_fields[] = {
    {"what", F_CHOICE, F_REQUIRED, N_("看什么"), .choices = look_kinds, .off = offsetof(struct look_form, what)},
    {"reason", F_CHOICE, F_REQUIRED, N_("为什么要看"), N_("这次查看会记录下来，本人看得到。"), .choices = look_reasons,
     .off = offsetof(struct look_form, reason)},
    {0},
};
struct consent_form {
    const char *purpose, *channel;
};
static const struct field consent_fields[] = {
    {"purpose", F_CHOICE, F_REQUIRED, N_("同意什么"), .choices = consent_purposes, .off = offsetof(struct consent_form, purpose)},
    {"channel", F_CHOICE, F_REQUIRED, N_("怎么同意的"), .choices = consent_channels, .off = offsetof(struct consent_form, channel)},
    {0},
};
static const struct field withdraw_fields[] = {
    {"purpose", F_CHOICE, F_REQUIRED, N_("撤回什么"), .choices = consent_purposes, .off = offsetof(struct consent_form, purpose)},
    {0},
};

static const char *label_of(struct req *rq, const struct choice *c, const char *code)
{
    for (; c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            return tr(&rq->cx, c->label);
    return code;
}

static err_t put_services(struct req *rq, int64_t id)
{
    struct arena *a = rq->cx.arena;
    struct q_service_list_row *rows;
    size_t n;
    TRY(service_list(&rq->cx, id, &rows, &n));
    struct view *list = view_list(a, rq->view, "timeline");
    for (size_t i = 0; i < n && i < 30; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "what", service_label(&rq->cx, rows[i].item));
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "iso", day_text_local(a, rows[i].at, DAY_ZONE));
        view_str(a, v, "who", arena_fmt(a, "%s · %s", rows[i].station_name, label_of(rq, service_channels, rows[i].channel)));
        view_str(a, v, "reason", NULL);
    }
    return E_OK;
}

void person_put_referrals(struct req *rq, const struct q_referral_list_row *rows, size_t n)
{
    struct arena *a = rq->cx.arena;
    bool desk = (rq->cx.actor.role & DESK) != 0;
    struct view *list = view_list(a, rq->view, "referrals");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "title", rows[i].title);
        view_str(a, v, "employer", rows[i].employer_name);
        view_str(a, v, "pay", rows[i].wage_text);
        view_str(a, v, "state", tr(&rq->cx, flow_label(&referral_flow, rows[i].status)));
        view_str(a, v, "why", *rows[i].reason == '\0' ? NULL : label_of(rq, refuse_reasons, rows[i].reason));
        view_str(a, v, "day", day_text(&rq->cx, day_of(rows[i].at, DAY_ZONE)));
        view_str(a, v, "when", rows[i].interview_at == NULL ? NULL : day_text_stamp(&rq->cx, *rows[i].interview_at));
        view_str(a, v, "url", desk ? url_fmt(rq, "/desk/referrals/%lld", (long long)rows[i].id) : url_fmt(rq, "/jobs/%s", rows[i].job_code));
    }
}

static err_t put_history(struct req *rq, int64_t id)
{
    struct q_referral_list_row *rows;
    size_t n;
    TRY(put_services(rq, id));
    TRY(referral_list(&rq->cx, id, &rows, &n));
    person_put_referrals(rq, rows, n);
    return E_OK;
}

err_t person_put_consents(struct req *rq, int64_t id)
{
    struct arena *a = rq->cx.arena;
    struct q_consent_list_row *rows;
    size_t n;
    TRY(consent_list(&rq->cx, id, &rows, &n));
    struct view *list = view_list(a, rq->view, "consents");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "purpose", rows[i].purpose);
        view_str(a, v, "label", label_of(rq, consent_purposes, rows[i].purpose));
        view_str(a, v, "channel", label_of(rq, consent_channels, rows[i].channel));
        view_str(a, v, "version", rows[i].text_version);
        view_str(a, v, "given", day_text_stamp(&rq->cx, rows[i].given_at));
        view_str(a, v, "withdrawn", rows[i].withdrawn_at == NULL ? NULL : day_text_stamp(&rq->cx, *rows[i].withdrawn_at));
        view_bool(a, v, "holds", rows[i].withdrawn_at == NULL);
    }
    return E_OK;
}

/* The words of "{"what":"phone","reason":"contact"}" of an audit entry: the code after `key`. */
static const char *code_in(struct req *rq, const char *detail, const char *key)
{
    const char *at = strstr(detail, arena_fmt(rq->cx.arena, "\"%s\":\"", key));
    if (at == NULL)
        return "";
    at += strlen(key) + 4;
    return arena_strndup(rq->cx.arena, at, strcspn(at, "\""));
}

err_t person_put_looks(struct req *rq, int64_t id)
{
    struct arena *a = rq->cx.arena;
    struct q_person_looks_row *rows;
    size_t n;
    TRY(person_looks(&rq->cx, id, &rows, &n));
    struct view *list = view_list(a, rq->view, "looks");
    for (size_t i = 0; i < n && i < 50; i++) {
        struct view *v = view_item(a, list);
        bool export = strcmp(rows[i].action, "person.export") == 0;
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "who", tr(&rq->cx, role_label(role_from_name(rows[i].role))));
        view_str(a, v, "what", export ? tr(&rq->cx, N_("导出全部资料")) : label_of(rq, look_kinds, code_in(rq, rows[i].detail, "what")));
        view_str(a, v, "reason", export ? NULL : label_of(rq, look_reasons, code_in(rq, rows[i].detail, "reason")));
    }
    return E_OK;
}

static err_t show_person(struct req *rq)
{
    const struct person *p = rq->scoped;
    struct arena *a = rq->cx.arena;
    int64_t keep;
    desk_page(rq);
    struct view *v = view_sub(a, rq->view, "person");
    person_view(&rq->cx, v, p);
    view_str(a, v, "registered", day_text(&rq->cx, day_of(p->created_at, DAY_ZONE)));
    view_str(a, rq->view, "title", arena_fmt(a, "%s %s", p->name, p->code));
    view_str(a, rq->view, "person_url", url_fmt(rq, "/desk/people/%s", p->code));
    desk_form(rq, "ask_look", look_fields, NULL);
    desk_form(rq, "ask_consent", consent_fields, NULL);
    TRY(put_history(rq, p->id));
    TRY(person_put_consents(rq, p->id));
    TRY(person_put_looks(rq, p->id));
    TRY(person_keep_until(&rq->cx, p->id, &keep));
    view_str(a, rq->view, "keep_until", keep == 0 ? NULL : day_text_full(&rq->cx, keep));
    return E_OK;
}

static err_t look(struct req *rq)
{
    const struct look_form *in = rq->in;
    const struct person *p = rq->scoped;
    const char *text;
    TRY(person_look(&rq->cx, p->id, in->what, in->reason, &text));
    rq->form = (struct form){0};
    TRY(show_person(rq));
    struct view *v = view_sub(rq->cx.arena, rq->view, "seen");
    view_str(rq->cx.arena, v, "label", label_of(rq, look_kinds, in->what));
    view_str(rq->cx.arena, v, "text", text);
    return E_OK;
}

static err_t give_consent(struct req *rq)
{
    const struct consent_form *in = rq->in;
    const struct person *p = rq->scoped;
    TRY(consent_give(&rq->cx, p->id, in->purpose, in->channel));
    req_note(rq, N_("授权记下了。"));
    return redirect(rq, "/desk/people/%s", p->code);
}

static err_t withdraw_consent(struct req *rq)
{
    const struct consent_form *in = rq->in;
    const struct person *p = rq->scoped;
    TRY(consent_withdraw(&rq->cx, p->id, in->purpose));
    req_note(rq, N_("授权已撤回。"));
    return redirect(rq, "/desk/people/%s", p->code);
}

/* ---- correcting, exporting, forgetting ---- */

static const struct field amend_fields[] = {
    {"name", F_TEXT, F_SECRET, N_("姓名"), N_("不改就空着，下面也一样。"), .min = 2, .max = 30, .off = offsetof(struct person_in, name)},
    {"idno", F_IDNO, F_SECRET, N_("身份证号"), .off = offsetof(struct person_in, idno)},
    {"phone", F_PHONE, F_SECRET, N_("手机号"), .off = offsetof(struct person_in, phone)},
    {"street", F_STREET, 0, N_("住在哪个街道或镇"), .off = offsetof(struct person_in, street)},
    {"category", F_CHOICES, F_WIDE, N_("属于哪类人员"), .choices = person_categories, .off = offsetof(struct person_in, category)},
    {0},
};

static err_t show_edit(struct req *rq)
{
    const struct person *p = rq->scoped;
    struct person_in now = {.category = p->category, .street = p->street != 0 ? &p->street : NULL};
    struct pairs values = form_pairs(&rq->cx, amend_fields, &now);
    desk_page(rq);
    req_form(rq, amend_fields, &values);
    view_str(rq->cx.arena, rq->view, "lead", arena_fmt(rq->cx.arena, "%s %s", p->name, p->code));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存更正")));
    return E_OK;
}

static err_t edit(struct req *rq)
{
    const struct person *p = rq->scoped;
    TRY(person_amend(&rq->cx, p->id, rq->in));
    req_note(rq, N_("资料更正了。"));
    return redirect(rq, "/desk/people/%s", p->code);
}

err_t person_reply_export(struct req *rq, int64_t id, const char *code)
{
    struct view *all;
    struct buf b = {.a = rq->cx.arena};
    TRY(person_export(&rq->cx, id, &all));
    view_json(&b, all);
    (void)buf_text(&b);
    return reply_bytes(rq, "application/json", arena_fmt(rq->cx.arena, "%s.json", code), b.p, b.len);
}

struct join_form {
    const char *login;
};
static const struct field join_fields[] = {
    {"login", F_TEXT, F_REQUIRED, N_("求职者的登录名"), N_("先看身份证核对是本人。"), .max = 60, .off = offsetof(struct join_form, login)},
    {0},
};

static err_t show_join(struct req *rq)
{
    const struct person *p = rq->scoped;
    desk_page(rq);
    req_form(rq, join_fields, NULL);
    view_str(rq->cx.arena, rq->view, "lead", arena_fmt(rq->cx.arena, "%s %s", p->name, p->code));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("绑定账号")));
    return E_OK;
}

static err_t join(struct req *rq)
{
    const struct join_form *in = rq->in;
    const struct person *p = rq->scoped;
    TRY(person_join(&rq->cx, p->id, in->login));
    req_note(rq, N_("账号绑定好了，本人登录后能看到自己的资料。"));
    return redirect(rq, "/desk/people/%s", p->code);
}

static err_t export_person(struct req *rq)
{
    const struct person *p = rq->scoped;
    return person_reply_export(rq, p->id, p->code);
}

struct erase_form {
    int64_t sure;
};
static const struct field erase_fields[] = {
    {"sure", F_BOOL, F_REQUIRED, N_("本人要求删除，已经核对身份"), .off = offsetof(struct erase_form, sure)},
    {0},
};

static err_t show_erase(struct req *rq)
{
    const struct person *p = rq->scoped;
    struct arena *a = rq->cx.arena;
    int64_t keep;
    desk_page(rq);
    TRY(person_keep_until(&rq->cx, p->id, &keep));
    req_form(rq, erase_fields, NULL);
    view_str(a, rq->view, "lead", keep == 0 ? tr(&rq->cx, N_("马上删除全部资料，不能恢复。"))
                                            : arena_fmt(a, tr(&rq->cx, N_("意向、手机号和备注马上删除。依法要保存的服务记录保存到 %s，到期自动清除。")),
                                                        day_text_full(&rq->cx, keep)));
    view_str(a, rq->view, "verb", tr(&rq->cx, N_("删除资料")));
    return E_OK;
}

static err_t erase(struct req *rq)
{
    const struct person *p = rq->scoped;
    int64_t until;
    TRY(person_erase(&rq->cx, p->id, &until));
    req_note(rq, N_("资料已经删除。"));
    return redirect(rq, "/desk/people");
}

#define PERSON "/desk/people/{person}"
const struct route people_routes[] = {
    {GET, "/desk/people", show_people, DESK, NULL, "people/list", N_("求职者"), list_fields, sizeof(struct list_query), NULL, ROUTE_SENSITIVE},
    {POST, "/desk/people/find", find_people, DESK, NULL, "people/list", N_("找求职者"), find_fields, sizeof(struct find_form), show_people, ROUTE_SENSITIVE},
    {GET, PERSON, show_person, DESK, &person_of_desk, "people/show", N_("求职者"), .flags = ROUTE_SENSITIVE},
    {POST, PERSON "/look", look, DESK, &person_of_desk, "people/show", N_("查看完整信息"), look_fields, sizeof(struct look_form), show_person, ROUTE_SENSITIVE},
    {POST, PERSON "/consents", give_consent, DESK, &person_of_desk, "people/show", N_("记录授权"), consent_fields, sizeof(struct consent_form), show_person,
     ROUTE_SENSITIVE},
    {POST, PERSON "/consents/withdraw", withdraw_consent, DESK, &person_of_desk, NULL, N_("撤回授权"), withdraw_fields, sizeof(struct consent_form), .flags = 0},
    {GET, PERSON "/edit", show_edit, DESK, &person_of_desk, "desk_ask", N_("更正资料"), .flags = ROUTE_SENSITIVE},
    {POST, PERSON "/edit", edit, DESK, &person_of_desk, "desk_ask", N_("更正资料"), amend_fields, sizeof(struct person_in), show_edit, ROUTE_SENSITIVE},
    {GET, PERSON "/account", show_join, DESK, &person_of_desk, "desk_ask", N_("绑定账号"), .flags = ROUTE_SENSITIVE},
    {POST, PERSON "/account", join, DESK, &person_of_desk, "desk_ask", N_("绑定账号"), join_fields, sizeof(struct join_form), show_join, ROUTE_SENSITIVE},
    {POST, PERSON "/export", export_person, DESK, &person_of_desk, NULL, N_("导出本人全部资料"), .flags = ROUTE_SENSITIVE},
    {GET, PERSON "/erase", show_erase, DESK, &person_of_desk, "desk_ask", N_("删除资料"), .flags = ROUTE_SENSITIVE},
    {POST, PERSON "/erase", erase, DESK, &person_of_desk, "desk_ask", N_("删除资料"), erase_fields, sizeof(struct erase_form), show_erase, ROUTE_SENSITIVE},
    {0},
};
