/* pages_admin.c -- who has an account, invitations, and the audit chain on screen. */
#include "city/accounts/accounts.h"
#include "city/accounts/audit_view.h"
#include "city/accounts/pages_impl.h"

#include "base/day.h"
#include "base/maybe.h"
#include "city/house.h"
#include "city/reference.h"

#define PER_PAGE 50

static const struct choice role_choices[] = {
    {"staff", N_("驿站工作人员")}, {"head", N_("驿站负责人")}, {"district", N_("区级管理员")}, {"city", N_("市级管理员")},
    {"employer", N_("用人单位")},  {"auditor", N_("审计人员")}, {"admin", N_("系统管理员")},   {"provider", N_("培训机构")}, {0},
};

struct account_filter {
    const char *role, *login;
    const int64_t *page;
};
static const struct field account_filter_fields[] = {
    {"role", F_CHOICE, 0, N_("身份"), .choices = role_choices, .off = offsetof(struct account_filter, role)},
    {"login", F_TEXT, 0, N_("登录名"), .max = 60, .off = offsetof(struct account_filter, login)},
    FIELD_PAGE(struct account_filter),
    {0},
};

struct invite_form {
    const char *role, *name, *email;
    const int64_t *station, *employer, *provider, *district;
};
static const struct field invite_fields[] = {
    {"role", F_CHOICE, F_REQUIRED, N_("身份"), .choices = role_choices, .off = offsetof(struct invite_form, role)},
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .off = offsetof(struct invite_form, name)},
    {"email", F_EMAIL, F_SECRET, N_("邮箱"), N_("邀请会寄到这里。没有邮箱，就把下一页的地址当面交给本人。"), .off = offsetof(struct invite_form, email)},
    {"station", F_INT, 0, N_("驿站编号"), N_("驿站的人要填。"), .min = 1, .max = 1000000, .off = offsetof(struct invite_form, station)},
    {"employer", F_INT, 0, N_("单位编号"), N_("用人单位的人要填。"), .min = 1, .max = 100000000, .off = offsetof(struct invite_form, employer)},
    {"provider", F_INT, 0, N_("培训机构编号"), N_("培训机构的人要填。"), .min = 1, .max = 100000000, .off = offsetof(struct invite_form, provider)},
    {"district", F_INT, 0, N_("区代码"), N_("区级管理员要填，例如 120102。"), .min = 100000, .max = 999999, .off = offsetof(struct invite_form, district)},
    {0},
};

static err_t show_accounts(struct req *rq)
{
    const struct account_filter *f = rq->in;
    struct q_account_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    struct q_account_list_in in = {.q = f->login != NULL ? account_login(&rq->cx, f->login) : NULL, .role = f->role, .lim = PER_PAGE, .off = (page - 1) * PER_PAGE};
    TRY(account_page(&rq->cx, &in, &rows, &n));
    struct view *list = view_list(a, rq->view, "accounts");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "login", account_login_shown(&rq->cx, rows[i].login));
        view_str(a, v, "name", account_name(&rq->cx, rows[i].name));
        view_str(a, v, "role", tr(&rq->cx, role_label(role_from_name(rows[i].role))));
        const struct city_district *d = rows[i].district != 0 ? city_district(rq->cx.house->city, rows[i].district) : NULL;
        view_str(a, v, "place", rows[i].station_name != NULL ? rows[i].station_name : rows[i].employer_name != NULL ? rows[i].employer_name : rows[i].provider_name != NULL ? rows[i].provider_name : d != NULL ? d->name : "");
        view_bool(a, v, "blocked", rows[i].blocked != 0);
        view_bool(a, v, "second", rows[i].otp_secret.ptr != NULL);
        view_bool(a, v, "self", rows[i].id == rq->cx.actor.account_id);
    }
    req_form(rq, account_filter_fields, NULL);
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t do_block(struct req *rq)
{
    TRY(account_set_blocked(&rq->cx, req_id(rq, "account"), true));
    return redirect(rq, "/admin/accounts");
}

static err_t do_unblock(struct req *rq)
{
    TRY(account_set_blocked(&rq->cx, req_id(rq, "account"), false));
    return redirect(rq, "/admin/accounts");
}

static err_t do_reset_second(struct req *rq)
{
    TRY(account_reset_second(&rq->cx, req_id(rq, "account")));
    req_note(rq, N_("第二步验证已清除，本人下次登录时重新设置。"));
    return redirect(rq, "/admin/accounts");
}

static err_t show_invite(struct req *rq)
{
    req_form(rq, invite_fields, NULL);
    ask(rq, N_("发出邀请"), N_("本人打开邀请，自己设密码；驿站和各级人员第一次登录时还要绑定手机验证器。"));
    return E_OK;
}

/* The invitation's address is shown once, on the answer itself: it is a key, so it stands in no URL of ours and in no log. */
static err_t do_invite(struct req *rq)
{
    const struct invite_form *f = rq->in;
    const char *code;
    struct actor *me = &rq->cx.actor;
    struct invite in = {
        .role = role_from_name(f->role),
        .name = f->name,
        .email = f->email,
        .station_id = me->role == ROLE_HEAD ? me->station_id : or_zero(f->station),
        .employer_id = me->role == ROLE_EMPLOYER ? me->employer_id : or_zero(f->employer),
        .provider_id = me->role == ROLE_PROVIDER ? me->provider_id : or_zero(f->provider),
        .district = me->role == ROLE_DISTRICT ? me->district : or_zero(f->district),
    };
    if ((in.role & DESK) != 0 && in.station_id == 0)
        return SAY(&rq->cx, E_INVALID, "station", N_("驿站的人要填驿站编号。"));
    if (in.role == ROLE_DISTRICT && city_district(rq->cx.house->city, in.district) == NULL)
        return SAY(&rq->cx, E_INVALID, "district", N_("没有这个区代码，例如河东区是 120102。"));
    TRY(invitation_make(&rq->cx, &in, &code));
    view_fmt(rq->cx.arena, rq->view, "url", "%s/join/%s", rq->cx.house->base_url, code);
    view_str(rq->cx.arena, rq->view, "name", f->name);
    rq->page = "accounts/invited";
    return E_OK;
}

/* ---- the audit chain ---- */

struct audit_filter {
    const char *kind;
    const int64_t *before, *account;
};
static const struct field audit_filter_fields[] = {
    {"kind", F_TEXT, 0, N_("对象"), .max = 40, .off = offsetof(struct audit_filter, kind)},
    {"account", F_INT, 0, N_("账号编号"), .min = 1, .max = 1000000000, .off = offsetof(struct audit_filter, account)},
    {"before", F_INT, 0, N_("从哪一条往前"), .min = 1, .max = 1000000000000000, .off = offsetof(struct audit_filter, before)},
    {0},
};

static err_t show_audit(struct req *rq)
{
    const struct audit_filter *f = rq->in;
    struct q_audit_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    struct q_audit_list_in in = {.kind = f->kind, .account_id = f->account, .seq = f->before != NULL ? *f->before : INT64_MAX, .lim = PER_PAGE};
    TRY(audit_entries(&rq->cx, &in, &rows, &n));
    struct view *list = view_list(a, rq->view, "entries");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_row(a, v, q_audit_list_row_members, &rows[i]);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_fmt(a, v, "short", "%.12s", rows[i].hash);
    }
    if (n == PER_PAGE)
        view_str(a, rq->view, "older", url_with(rq, "before", arena_fmt(a, "%lld", (long long)rows[n - 1].seq)));
    req_form(rq, audit_filter_fields, NULL);
    return E_OK;
}

static err_t show_check(struct req *rq)
{
    struct audit_summary s;
    struct arena *a = rq->cx.arena;
    TRY(audit_check(&rq->cx, &s));
    view_i64(a, rq->view, "entries", s.entries);
    view_i64(a, rq->view, "first_bad", s.first_bad);
    view_str(a, rq->view, "why", s.why != NULL ? tr(&rq->cx, s.why) : NULL);
    view_str(a, rq->view, "head", s.head);
    view_bool(a, rq->view, "sound", s.first_bad == 0);
    return E_OK;
}

static err_t send_chain(struct req *rq)
{
    const char *path;
    TRY(audit_to_file(&rq->cx, &path));
    return reply_file(rq, "application/x-ndjson", "audit.ndjson", path);
}

static err_t account_there(struct req *rq)
{
    struct q_account_get_row row;
    return account_find(&rq->cx, req_id(rq, "account"), &row);
}
static const struct scope scope_account = {N_("全部账号"), "account", account_there};

#define INVITERS (ROLE_ADMIN | ROLE_HEAD | ROLE_DISTRICT | ROLE_EMPLOYER)
#define IN(type) .in_size = sizeof(struct type)
const struct route accounts_admin_routes[] = {
    {GET, "/admin/accounts", show_accounts, ROLE_ADMIN, .page = "accounts/list", .title = N_("账号"), .fields = account_filter_fields,
     IN(account_filter), .flags = ROUTE_SENSITIVE},
    {POST, "/admin/accounts/{account}/block", do_block, ROLE_ADMIN, &scope_account, .title = N_("停用账号")},
    {POST, "/admin/accounts/{account}/unblock", do_unblock, ROLE_ADMIN, &scope_account, .title = N_("恢复账号")},
    {POST, "/admin/accounts/{account}/reset-second", do_reset_second, ROLE_ADMIN, &scope_account, .title = N_("清除第二步验证"),
     .flags = ROUTE_FRESH},
    {GET, "/invitations/new", show_invite, INVITERS, .page = "office_ask", .title = N_("邀请同事")},
    {POST, "/invitations/new", do_invite, INVITERS, .title = N_("邀请同事"), .fields = invite_fields, IN(invite_form), .again = show_invite,
     .page = "office_ask", .flags = ROUTE_SENSITIVE},
    {GET, "/audit", show_audit, ROLE_AUDITOR | ROLE_ADMIN, .page = "accounts/audit", .title = N_("审计链"), .fields = audit_filter_fields,
     IN(audit_filter)},
    {GET, "/audit/check", show_check, ROLE_AUDITOR | ROLE_ADMIN, .page = "accounts/check", .title = N_("核对审计链")},
    {GET, "/audit/export", send_chain, ROLE_AUDITOR | ROLE_ADMIN, .title = N_("下载整条审计链")},
    {0},
};
