#include "city/accounts/accounts.h"

#include "city/accounts/accounts_impl.h"

#include "city/house.h"

#include "base/hash.h"
#include "base/maybe.h"
#include "base/password.h"
#include "base/phone.h"
#include "base/text.h"

#include "accounts.sql.h"

#include <ctype.h>
#include <string.h>

bool role_needs_second(unsigned role)
{
    return (role & (ROLE_PUBLIC | ROLE_SEEKER | ROLE_EMPLOYER)) == 0;
}

const char *secret_hash(struct ctx *cx, const char *secret)
{
    unsigned char d[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    hash_sm3(secret, strlen(secret), d);
    hash_hex(d, HASH_LEN, hex);
    return hex;
}

const char *account_login(struct ctx *cx, const char *typed)
{
    char phone[PHONE_MAX];
    enum phone_kind kind;
    char *s = arena_fmt(cx->arena, "%s", typed != NULL ? typed : "");
    for (char *p = s; *p != '\0'; p++)
        *p = (char)tolower((unsigned char)*p);
    if (phone_read(s, phone, &kind) == NULL && kind == PHONE_MOBILE)
        return arena_fmt(cx->arena, "#%.40s", blind_index(cx, "account.login", phone));
    return strchr(s, '@') != NULL ? arena_fmt(cx->arena, "#%.40s", blind_index(cx, "account.login", s)) : s;
}

const char *account_login_shown(struct ctx *cx, const char *kept)
{
    return kept[0] == '#' ? tr(cx, N_("手机号或邮箱（加密保存）")) : kept;
}

const char *account_name(struct ctx *cx, struct blob name)
{
    const char *s;
    return unseal(cx, "account.name", name, &s) == E_OK && s != NULL ? s : "";
}

static err_t new_hash(struct ctx *cx, const char *password, const char **out)
{
    char *hash = arena_alloc(cx->arena, PASSWORD_HASH);
    *out = hash;
    return password_hash(cx, password, cx->house->quick_passwords ? &password_cost_test : &password_cost_usual, hash);
}

err_t account_free(struct ctx *cx, const char *login, const char *password)
{
    struct q_account_by_login_row *known;
    size_t n;
    const char *weak = password_weak(password, login);
    if (weak != NULL)
        return SAY(cx, E_INVALID, "password", weak);
    TRY(q_account_by_login(cx, &(struct q_account_by_login_in){.login = account_login(cx, login)}, &known, &n));
    return n == 0 ? E_OK : SAY(cx, E_CONFLICT, "login", N_("这个登录名已经有人用了，请换一个。"));
}

struct make {
    const struct account_new *in;
    const char *password;
    int64_t id;
};

static err_t make_tx(struct ctx *cx, void *arg)
{
    struct make *m = arg;
    struct q_account_add_row added;
    const struct account_new *in = m->in;
    const char *login = account_login(cx, in->login);
    TRY(account_free(cx, login, in->password));
    struct q_account_add_in row = {
        .login = login,
        .role = role_name(in->role),
        .password = m->password,
        .created_at = cx->now,
        .station_id = unless_zero(cx->arena, in->station_id),
        .employer_id = unless_zero(cx->arena, in->employer_id),
        .provider_id = unless_zero(cx->arena, in->provider_id),
        .person_id = unless_zero(cx->arena, in->person_id),
        .district = in->district,
        .created_by = cx->actor.account_id,
    };
    TRY(seal(cx, "account.name", in->name, &row.name));
    TRY(seal(cx, "account.email", in->email, &row.email));
    TRY(q_account_add(cx, &row, &added));
    m->id = added.id;
    return audit_add(cx, "create", "account", m->id, arena_fmt(cx->arena, "{\"role\":\"%s\"}", role_name(in->role)));
}

err_t account_make(struct ctx *cx, const struct account_new *in, int64_t *id)
{
    struct make m = {.in = in};
    if (role_name(in->role) == NULL || (in->role & (ROLE_PUBLIC | ROLE_CLOCK)) != 0)
        return FAIL(cx, E_BUG, NULL, "no account of role %x", in->role);
    TRY(new_hash(cx, in->password, &m.password));
    TRY(store_tx(cx, STORE_WRITE, make_tx, &m));
    *id = m.id;
    return E_OK;
}

err_t account_find(struct ctx *cx, int64_t id, struct q_account_get_row *out)
{
    return q_account_get(cx, &(struct q_account_get_in){.id = id}, out);
}

err_t account_page(struct ctx *cx, const struct q_account_list_in *in, struct q_account_list_row **rows, size_t *n)
{
    return q_account_list(cx, in, rows, n);
}

struct edit {
    int64_t id;
    const char *password;
    bool blocked;
};

static err_t password_tx(struct ctx *cx, void *arg)
{
    const struct edit *c = arg;
    TRY(q_account_password(cx, &(struct q_account_password_in){.password = c->password, .password_at = cx->now, .id = c->id}, NULL));
    TRY(q_session_end_all(cx, &(struct q_session_end_all_in){.ended_at = cx->now, .account_id = c->id, .id = cx->actor.session_id}, NULL));
    return audit_add(cx, "password", "account", c->id, NULL);
}

err_t account_change_password(struct ctx *cx, const char *old, const char *fresh)
{
    struct q_account_get_row a;
    struct edit c = {.id = cx->actor.account_id};
    TRY(account_find(cx, c.id, &a));
    if (!password_check(a.password, old))
        return SAY(cx, E_INVALID, "old", N_("原来的密码不对。"));
    const char *weak = password_weak(fresh, a.login);
    if (weak != NULL)
        return SAY(cx, E_INVALID, "password", weak);
    TRY(new_hash(cx, fresh, &c.password));
    return store_tx(cx, STORE_WRITE, password_tx, &c);
}

err_t account_set_password(struct ctx *cx, const char *login, const char *password)
{
    struct q_account_by_login_row *a;
    struct edit c = {0};
    size_t n;
    TRY(q_account_by_login(cx, &(struct q_account_by_login_in){.login = account_login(cx, login)}, &a, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, "login", "no account %s", login);
    const char *weak = password_weak(password, login);
    if (weak != NULL)
        return SAY(cx, E_INVALID, "password", weak);
    c.id = a->id;
    TRY(new_hash(cx, password, &c.password));
    return store_tx(cx, STORE_WRITE, password_tx, &c);
}

static err_t block_tx(struct ctx *cx, void *arg)
{
    const struct edit *c = arg;
    TRY(q_account_block(cx, &(struct q_account_block_in){.blocked = c->blocked, .id = c->id}, NULL));
    if (c->blocked)
        TRY(q_session_end_all(cx, &(struct q_session_end_all_in){.ended_at = cx->now, .account_id = c->id, .id = 0}, NULL));
    return audit_add(cx, c->blocked ? "block" : "unblock", "account", c->id, NULL);
}

err_t account_set_blocked(struct ctx *cx, int64_t id, bool blocked)
{
    struct q_account_get_row a;
    TRY(account_find(cx, id, &a));
    if (id == cx->actor.account_id)
        return SAY(cx, E_STATE, NULL, N_("不能停用自己的账号。"));
    return store_tx(cx, STORE_WRITE, block_tx, &(struct edit){.id = id, .blocked = blocked});
}

static err_t reset_second_tx(struct ctx *cx, void *arg)
{
    const struct edit *c = arg;
    TRY(q_account_otp_secret(cx, &(struct q_account_otp_secret_in){.otp_secret = {0}, .id = c->id}, NULL));
    TRY(q_session_end_all(cx, &(struct q_session_end_all_in){.ended_at = cx->now, .account_id = c->id, .id = 0}, NULL));
    return audit_add(cx, "reset_second", "account", c->id, NULL);
}

err_t account_reset_second(struct ctx *cx, int64_t id)
{
    struct q_account_get_row a;
    TRY(account_find(cx, id, &a));
    return store_tx(cx, STORE_WRITE, reset_second_tx, &(struct edit){.id = id});
}
