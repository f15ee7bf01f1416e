/* pages.c -- an employer for everyone, and for itself: registering, its own record, its people. */
#include "city/employers/employers.h"
#include "city/employers/pages_impl.h"
#include "city/employers/routes.h"

#include "city/accounts/accounts.h"
#include "city/house.h"
#include "city/jobs/card.h"
#include "city/reference.h"

#include "base/day.h"

#include <stdlib.h>
#include <string.h>

const struct flow *const employers_flows[] = {&employer_flow, NULL};

const struct choice employer_kinds[] = {
    {"state", N_("国有企业")}, {"private", N_("民营企业")}, {"foreign", N_("外资和合资企业")}, {"self", N_("个体工商户")}, {"public", N_("事业单位和社会组织")}, {0},
};
const struct choice employer_sizes[] = {
    {"1-20", N_("20 人以下")}, {"20-99", N_("20–99 人")}, {"100-499", N_("100–499 人")}, {"500-", N_("500 人以上")}, {0},
};

#define RECORD(type)                                                                                                                       \
    {"name", F_TEXT, F_REQUIRED, N_("单位名称"), N_("和营业执照上的一样。"), .min = 2, .max = 80, .off = offsetof(type, employer.name)},      \
        {"kind", F_CHOICE, 0, N_("单位性质"), .choices = employer_kinds, .off = offsetof(type, employer.kind)},                             \
        {"size", F_CHOICE, 0, N_("多少人"), .choices = employer_sizes, .off = offsetof(type, employer.size)},                               \
        {"street", F_STREET, F_REQUIRED, N_("在哪个街道"), N_("输入街道名，例如：大王庄。"), .off = offsetof(type, employer.street)},         \
        {"address", F_TEXT, 0, N_("详细地址"), .max = 100, .off = offsetof(type, employer.address)},                                       \
        {"about", F_LONG, F_WIDE, N_("单位介绍"), N_("做什么的、在哪里、有什么特点。求职者看得到。"), .max = 2000, .off = offsetof(type, employer.about)}, \
        {"contact_name", F_TEXT, F_REQUIRED | F_SECRET, N_("招聘联系人"), .max = 30, .off = offsetof(type, employer.contact_name)},           \
        {"contact_phone", F_PHONE, F_REQUIRED | F_SECRET, N_("联系电话"), .off = offsetof(type, employer.contact_phone)}

struct register_form {
    struct employer_form employer;
    const char *person, *login, *password;
    int64_t agree;
};
static const struct field register_fields[] = {
    {"uscc", F_USCC, F_REQUIRED, N_("统一社会信用代码"), N_("营业执照上的 18 位。"), .group = N_("单位"), .off = offsetof(struct register_form, employer.uscc)},
    RECORD(struct register_form),
    {"person", F_TEXT, F_REQUIRED | F_SECRET, N_("您的姓名"), .min = 2, .max = 30, .group = N_("您的账号"), .off = offsetof(struct register_form, person)},
    {"login", F_TEXT, F_REQUIRED, N_("登录名"), N_("手机号、邮箱或好记的名字。"), .min = 4, .max = 60, .off = offsetof(struct register_form, login)},
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("设一个密码"), N_("至少 10 个字符，可以用一句好记的话。"), .max = 200, .off = offsetof(struct register_form, password)},
    {"agree", F_BOOL, F_REQUIRED, N_("我能代表这家单位，信息是真实的"), .off = offsetof(struct register_form, agree)},
    {0},
};

struct profile_form {
    struct employer_form employer;
    const char *version; /* of the record the form was made of */
};
static const struct field profile_fields[] = {
    RECORD(struct profile_form),
    {"version", F_HIDDEN, 0, "", .max = 20, .off = offsetof(struct profile_form, version)},
    {0},
};

static void verb(struct req *rq, const char *word, const char *lead)
{
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, word));
    view_str(rq->cx.arena, rq->view, "lead", lead != NULL ? tr(&rq->cx, lead) : NULL);
}

static err_t show_register(struct req *rq)
{
    req_form(rq, register_fields, NULL);
    verb(rq, N_("登记单位"), N_("登记以后就可以发布岗位。第一次发布的岗位由驿站看过营业执照后上线，全部免费。"));
    return E_OK;
}

static err_t do_register(struct req *rq)
{
    const struct register_form *f = rq->in;
    int64_t employer, account;
    if (!f->agree)
        return SAY(&rq->cx, E_INVALID, "agree", N_("请确认您能代表这家单位。"));
    TRY(account_free(&rq->cx, f->login, f->password));
    TRY(employer_register(&rq->cx, &f->employer, &employer));
    struct account_new a = {.login = f->login, .name = f->person, .password = f->password, .role = ROLE_EMPLOYER, .employer_id = employer};
    TRY(account_make(&rq->cx, &a, &account));
    req_note(rq, N_("单位登记好了，请登录。"));
    return redirect(rq, "/login?next=/employer");
}

/* ---- its own record ---- */

static err_t show_profile(struct req *rq)
{
    struct q_employer_get_row e;
    struct profile_form f = {0};
    TRY(employer_find(&rq->cx, rq->cx.actor.employer_id, &e));
    f.employer = (struct employer_form){.name = e.name, .kind = e.kind, .size = e.size, .street = e.street, .address = e.address, .about = e.about};
    f.version = arena_fmt(rq->cx.arena, "%lld", (long long)e.version);
    TRY(employer_contact(&rq->cx, &e, &f.employer.contact_name, &f.employer.contact_phone));
    struct pairs now = form_pairs(&rq->cx, profile_fields, &f);
    req_form(rq, profile_fields, &now);
    verb(rq, N_("保存"), NULL);
    return E_OK;
}

static err_t do_profile(struct req *rq)
{
    const struct profile_form *f = rq->in;
    TRY(employer_edit(&rq->cx, rq->cx.actor.employer_id, f->version != NULL ? strtoll(f->version, NULL, 10) : 0, &f->employer));
    req_note(rq, N_("单位信息保存好了。"));
    return redirect(rq, "/employer");
}

static err_t show_members(struct req *rq)
{
    struct q_account_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(account_page(&rq->cx, &(struct q_account_list_in){.employer_id = &rq->cx.actor.employer_id, .lim = 200}, &rows, &n));
    struct view *list = view_list(a, rq->view, "members");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", account_name(&rq->cx, rows[i].name));
        view_str(a, v, "login", rows[i].login);
        view_str(a, v, "since", day_text_full(&rq->cx, day_of(rows[i].created_at, DAY_ZONE)));
        view_bool(a, v, "blocked", rows[i].blocked != 0);
    }
    return E_OK;
}

/* ---- for everyone ---- */

void employer_view(struct req *rq, struct view *v, const struct q_employer_get_row *e)
{
    struct arena *a = rq->cx.arena;
    const struct city_street *s = city_street(rq->cx.house->city, e->street);
    const struct city_district *d = city_district(rq->cx.house->city, e->district);
    view_str(a, v, "code", e->code);
    view_str(a, v, "name", e->name);
    view_str(a, v, "status", e->status);
    view_str(a, v, "status_label", tr(&rq->cx, flow_label(&employer_flow, e->status)));
    view_bool(a, v, "verified", strcmp(e->status, "verified") == 0);
    view_str(a, v, "about", e->about[0] != '\0' ? e->about : NULL);
    view_fmt(a, v, "place", "%s%s%s%s%s", d != NULL ? d->name : "", s != NULL ? " " : "", s != NULL ? s->name : "", e->address[0] ? " " : "", e->address);
    view_str(a, v, "checked", e->verified_at != NULL ? day_text_full(&rq->cx, day_of(*e->verified_at, DAY_ZONE)) : NULL);
}

static err_t show_employer(struct req *rq)
{
    struct q_employer_get_row e;
    struct match_result r;
    int64_t id;
    TRY(employer_id_of(&rq->cx, req_param(rq, "employer"), &id));
    TRY(employer_find(&rq->cx, id, &e));
    if (strcmp(e.status, "blocked") == 0 || e.name_key[0] == '=')
        return FAIL(&rq->cx, E_GONE, NULL, "employer %s is blocked or was absorbed", e.code);
    struct match_query q = {.today = match_day(day_of(rq->cx.now, DAY_ZONE)), .employers = {&id, 1}, .limit = 50, .sort = MATCH_NEWEST};
    TRY(job_search(&rq->cx, &q, &r));
    employer_view(rq, rq->view, &e);
    view_str(rq->cx.arena, rq->view, "title", e.name);
    view_count(rq->cx.arena, rq->view, "total", r.total);
    return job_cards(rq, rq->view, "jobs", r.hits, r.n);
}

#define IN(type) .in_size = sizeof(struct type)
const struct route employers_routes[] = {
    {GET, "/employers/{employer}", show_employer, EVERYONE, .page = "employers/public", .title = N_("用人单位")},
    {GET, "/employer/register", show_register, EVERYONE, .page = "ask", .title = N_("单位登记")},
    {POST, "/employer/register", do_register, EVERYONE, .page = "ask", .title = N_("单位登记"), .fields = register_fields, IN(register_form),
     .again = show_register},
    {GET, "/employer/profile", show_profile, ROLE_EMPLOYER, .page = "office_ask", .title = N_("单位信息")},
    {POST, "/employer/profile", do_profile, ROLE_EMPLOYER, .page = "office_ask", .title = N_("单位信息"), .fields = profile_fields, IN(profile_form),
     .again = show_profile},
    {GET, "/employer/members", show_members, ROLE_EMPLOYER, .page = "employers/members", .title = N_("单位的账号")},
    {0},
};
