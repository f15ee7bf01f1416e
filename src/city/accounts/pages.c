/* pages.c -- the door: sign in, second factor, join by invitation, own account. */
#include "city/accounts/accounts.h"
#include "city/accounts/pages_impl.h"

#include "base/day.h"
#include "base/qr.h"
#include "city/house.h"

#include <string.h>

struct login_form {
    const char *login, *password, *next, *draft;
};
static const struct field login_fields[] = {
    {"login", F_TEXT, F_REQUIRED, N_("手机号或登录名"), .max = 60, .off = offsetof(struct login_form, login)},
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("密码"), .max = 200, .off = offsetof(struct login_form, password)},
    {"next", F_HIDDEN, 0, "", .max = 500, .off = offsetof(struct login_form, next)},
    {"draft", F_HIDDEN, F_SECRET, "", .max = 64, .off = offsetof(struct login_form, draft)},
    {0},
};

struct code_form {
    const char *code;
};
static const struct field code_fields[] = {
    {"code", F_TEXT, F_REQUIRED | F_SECRET, N_("验证码"), N_("打开手机上的验证器，输入现在显示的 6 位数字。"), .min = 6, .max = 6,
     .off = offsetof(struct code_form, code)},
    {0},
};

struct password_form {
    const char *old, *password;
};
static const struct field password_fields[] = {
    {"old", F_PASSWORD, F_REQUIRED | F_SECRET, N_("现在的密码"), .max = 200, .off = offsetof(struct password_form, old)},
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("新密码"), N_("至少 10 个字符，可以用一句好记的话。"), .max = 200,
     .off = offsetof(struct password_form, password)},
    {0},
};
static const struct field confirm_fields[] = {
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("密码"), .max = 200, .off = offsetof(struct login_form, password)},
    {"next", F_HIDDEN, 0, "", .max = 500, .off = offsetof(struct login_form, next)},
    {0},
};

struct join_form {
    const char *login, *password;
};
static const struct field join_fields[] = {
    {"login", F_TEXT, F_REQUIRED, N_("登录名"), N_("手机号、邮箱或您好记的名字。"), .min = 4, .max = 60, .off = offsetof(struct join_form, login)},
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("设一个密码"), N_("至少 10 个字符，可以用一句好记的话。"), .max = 200,
     .off = offsetof(struct join_form, password)},
    {0},
};

struct register_form {
    const char *name, *phone, *password;
    int64_t agree;
};
static const struct field register_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .off = offsetof(struct register_form, name)},
    {"phone", F_PHONE, F_REQUIRED | F_SECRET, N_("手机号"), N_("就是您的登录名。"), .off = offsetof(struct register_form, phone)},
    {"password", F_PASSWORD, F_REQUIRED | F_SECRET, N_("设一个密码"), N_("至少 10 个字符，可以用一句好记的话。"), .max = 200,
     .off = offsetof(struct register_form, password)},
    {"agree", F_BOOL, F_REQUIRED, N_("我同意为找工作使用这些信息，随时可以撤回"), .off = offsetof(struct register_form, agree)},
    {0},
};

const char *account_home(unsigned role)
{
    switch (role) {
    case ROLE_SEEKER: return "/me";
    case ROLE_EMPLOYER: return "/employer";
    case ROLE_STAFF:
    case ROLE_HEAD: return "/desk";
    case ROLE_DISTRICT: return "/district/stations";
    case ROLE_CITY: return "/city/programme";
    case ROLE_PROVIDER: return "/provider";
    case ROLE_AUDITOR: return "/audit";
    case ROLE_ADMIN: return "/admin/accounts";
    default: return "/";
    }
}

void ask(struct req *rq, const char *verb, const char *lead)
{
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, verb));
    if (lead != NULL)
        view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, lead));
}

static void below(struct req *rq, struct view *list, const char *url, const char *label)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "url", url);
    view_str(rq->cx.arena, v, "label", tr(&rq->cx, label));
}

/* Only a path of our own: "//elsewhere" and "https://…" lead home instead. */
static const char *own_path(const char *next)
{
    return next != NULL && next[0] == '/' && next[1] != '/' && next[1] != '\\' && strpbrk(next, "\r\n") == NULL ? next : NULL;
}

static err_t show_login(struct req *rq)
{
    struct pair p[2] = {{"next", req_query(rq, "next"), 0}, {"draft", req_query(rq, "draft"), 0}};
    struct pairs values = {p, 2};
    req_form(rq, login_fields, &values);
    ask(rq, N_("登录"), req_query(rq, "draft") != NULL ? N_("离开太久了，请重新登录。您刚才填的内容还在。") : NULL);
    struct view *list = view_list(rq->cx.arena, rq->view, "below");
    below(rq, list, url_fmt(rq, "/register"), N_("没有账号？求职者在这里登记"));
    below(rq, list, url_fmt(rq, "/employer/register"), N_("用人单位在这里登记"));
    return E_OK;
}

static err_t after_login(struct req *rq, const char *next, const char *draft)
{
    if (draft != NULL && draft[0] != '\0')
        return redirect(rq, "/resume/%s", draft);
    next = own_path(next);
    return next != NULL ? redirect(rq, "%s", next) : redirect(rq, "%s", account_home(rq->cx.actor.role));
}

static err_t do_login(struct req *rq)
{
    const struct login_form *f = rq->in;
    const char *token;
    bool pending;
    struct sign_in in = {f->login, f->password, req_header(rq, "User-Agent")};
    TRY(account_sign_in(&rq->cx, &in, &token, &pending));
    req_session(rq, token);
    if (pending)
        return redirect(rq, "/login/second?next=%s%s%s", own_path(f->next) != NULL ? f->next : "", f->draft ? "&draft=" : "", f->draft ? f->draft : "");
    return after_login(rq, f->next, f->draft);
}

static err_t show_second(struct req *rq)
{
    const char *secret, *uri;
    req_form(rq, code_fields, NULL);
    err_t e = account_second_begin(&rq->cx, &secret, &uri);
    if (e == E_STATE && rq->cx.actor.session_id == 0)
        return redirect(rq, "/login");
    if (e == E_OK) {
        view_html(rq->cx.arena, rq->view, "qr", qr_svg(rq->cx.arena, uri, tr(&rq->cx, "验证器二维码")));
        view_str(rq->cx.arena, rq->view, "secret", secret);
    } else if (e != E_STATE) {
        return e == E_NOTFOUND ? redirect(rq, "/login") : e;
    }
    char code[7];
    if (rq->cx.house->demo && account_demo_code(&rq->cx, code))
        view_fmt(rq->cx.arena, rq->view, "demo_code", "%s", code);
    return E_OK;
}

static err_t do_second(struct req *rq)
{
    const struct code_form *f = rq->in;
    TRY(account_second(&rq->cx, f->code));
    return after_login(rq, req_query(rq, "next"), req_query(rq, "draft"));
}

static err_t do_logout(struct req *rq)
{
    if (rq->cx.actor.account_id != 0)
        TRY(session_close(&rq->cx, rq->cx.actor.session_id));
    req_session(rq, NULL);
    req_note(rq, N_("已经退出登录。"));
    return redirect(rq, "/");
}

static err_t show_confirm(struct req *rq)
{
    struct pair p[1] = {{"next", req_query(rq, "next"), 0}};
    struct pairs values = {p, 1};
    req_form(rq, confirm_fields, &values);
    ask(rq, N_("继续"), N_("这一步比较重要，请再输一次密码。"));
    return E_OK;
}

static err_t do_confirm(struct req *rq)
{
    const struct login_form *f = rq->in;
    TRY(account_confirm(&rq->cx, f->password));
    return after_login(rq, f->next, NULL);
}

static err_t show_join(struct req *rq)
{
    struct q_invitation_find_row inv;
    TRY(invitation_look(&rq->cx, req_param(rq, "invitation"), &inv));
    req_form(rq, join_fields, NULL);
    ask(rq, N_("开通账号"), NULL);
    view_fmt(rq->cx.arena, rq->view, "lead", tr(&rq->cx, "您好，%s。您的身份是：%s。"), account_name(&rq->cx, inv.name),
             tr(&rq->cx, role_label(role_from_name(inv.role))));
    return E_OK;
}

static err_t do_join(struct req *rq)
{
    const struct join_form *f = rq->in;
    int64_t id;
    TRY(invitation_accept(&rq->cx, req_param(rq, "invitation"), f->login, f->password, &id));
    req_note(rq, N_("账号开通了，请登录。"));
    return redirect(rq, "/login");
}

static err_t show_register(struct req *rq)
{
    req_form(rq, register_fields, NULL);
    ask(rq, N_("登记"), N_("登记以后可以看到推荐给您的岗位。不登记也能找工作、找驿站。"));
    return E_OK;
}

static err_t do_register(struct req *rq)
{
    const struct register_form *f = rq->in;
    int64_t id;
    if (!f->agree)
        return SAY(&rq->cx, E_INVALID, "agree", N_("需要您同意才能登记。不登记也能找工作。"));
    struct account_new in = {.login = f->phone, .name = f->name, .password = f->password, .role = ROLE_SEEKER};
    TRY(account_make(&rq->cx, &in, &id));
    req_note(rq, N_("登记好了，请登录。"));
    return redirect(rq, "/login?next=/me");
}

static err_t show_account(struct req *rq)
{
    struct q_session_list_row *rows;
    size_t n;
    struct arena *a = rq->cx.arena;
    TRY(session_list_own(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "sessions");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_bool(a, v, "here", rows[i].id == rq->cx.actor.session_id);
        view_str(a, v, "agent", rows[i].agent);
        view_str(a, v, "address", rows[i].address);
        view_str(a, v, "seen", day_text_stamp(&rq->cx, rows[i].seen_at));
        view_str(a, v, "since", day_text_stamp(&rq->cx, rows[i].created_at));
    }
    req_form(rq, password_fields, NULL);
    return E_OK;
}

static err_t do_password(struct req *rq)
{
    const struct password_form *f = rq->in;
    TRY(account_change_password(&rq->cx, f->old, f->password));
    req_note(rq, N_("密码换好了，其他设备上的登录都已退出。"));
    return redirect(rq, "/account");
}

static err_t own_session(struct req *rq)
{
    struct q_session_list_row *rows;
    size_t n;
    TRY(session_list_own(&rq->cx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == req_id(rq, "session"))
            return E_OK;
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "not a session of this account");
}
static const struct scope scope_session = {N_("自己的登录"), "session", own_session};

static err_t do_close_session(struct req *rq)
{
    TRY(session_close(&rq->cx, req_id(rq, "session")));
    return redirect(rq, "/account");
}

static err_t do_close_others(struct req *rq)
{
    TRY(session_close_others(&rq->cx));
    req_note(rq, N_("其他设备上的登录都已退出。"));
    return redirect(rq, "/account");
}

#define IN(type) .in_size = sizeof(struct type)
const struct route accounts_routes[] = {
    {GET, "/login", show_login, EVERYONE, .page = "ask", .title = N_("登录")},
    {POST, "/login", do_login, EVERYONE, .title = N_("登录"), .fields = login_fields, IN(login_form), .again = show_login, .page = "ask"},
    {GET, "/login/second", show_second, EVERYONE, .page = "accounts/second", .title = N_("第二步验证"), .flags = ROUTE_SENSITIVE},
    {POST, "/login/second", do_second, EVERYONE, .title = N_("第二步验证"), .fields = code_fields, IN(code_form), .again = show_second,
     .page = "accounts/second"},
    {POST, "/logout", do_logout, EVERYONE, .title = N_("退出登录")},
    {GET, "/confirm", show_confirm, SIGNED_IN, .page = "ask", .title = N_("再确认一次身份")},
    {POST, "/confirm", do_confirm, SIGNED_IN, .title = N_("再确认一次身份"), .fields = confirm_fields, IN(login_form), .again = show_confirm,
     .page = "ask"},
    {GET, "/join/{invitation}", show_join, EVERYONE, .page = "ask", .title = N_("开通账号"), .flags = ROUTE_SENSITIVE},
    {POST, "/join/{invitation}", do_join, EVERYONE, .title = N_("开通账号"), .fields = join_fields, IN(join_form), .again = show_join,
     .page = "ask"},
    {GET, "/register", show_register, EVERYONE, .page = "ask", .title = N_("求职登记")},
    {POST, "/register", do_register, EVERYONE, .title = N_("求职登记"), .fields = register_fields, IN(register_form), .again = show_register,
     .page = "ask"},
    {GET, "/account", show_account, SIGNED_IN, .page = "accounts/account", .title = N_("我的账号"), .flags = ROUTE_SENSITIVE},
    {POST, "/account/password", do_password, SIGNED_IN, .title = N_("换密码"), .fields = password_fields, IN(password_form),
     .again = show_account, .page = "accounts/account"},
    {POST, "/account/sessions/{session}/end", do_close_session, SIGNED_IN, &scope_session, .title = N_("结束一个登录")},
    {POST, "/account/sessions/end-others", do_close_others, SIGNED_IN, .title = N_("结束其他登录")},
    {0},
};
