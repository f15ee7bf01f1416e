/* sign_in.c -- the door: password, lock-out, second factor. Same answer and same work for an account that is not there. */
#include "city/accounts/accounts.h"

#include "city/accounts/accounts_impl.h"

#include "base/hash.h"
#include "base/otp.h"
#include "base/password.h"

#include "accounts.sql.h"

#include <string.h>

#define MINUTE 60000LL
#define LOCK_AFTER 10
#define SLOW_AFTER 5
#define LOCK_MS (15 * MINUTE)
#define FORGET_MS (24 * 60 * MINUTE)
#define FRESH_MS (10 * MINUTE)
#define STAFF_LIFE_MS (8 * 60 * MINUTE)
#define SEEKER_LIFE_MS (30LL * 24 * 60 * MINUTE)

/* Nobody's hash: checking against it takes as long as against a real one. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* 5 failures: 2 s, then 4, 8, 16, 32 s; 10 and more: 15 minutes. */
static int64_t wait_after(int64_t failures)
{
    return failures < SLOW_AFTER ? 0 : failures >= LOCK_AFTER ? LOCK_MS : 2000LL << (failures - SLOW_AFTER);
}

struct attempt {
    const struct sign_in *in;
    const struct q_account_by_login_row *account; /* NULL when there is none */
    const char *address, *name, *token; /* whose failures are counted: the address, the login that was typed */
    int64_t address_failures, name_failures;
    bool pending;
};

static err_t count_failure(struct ctx *cx, const char *whose, int64_t failures, int64_t wait)
{
    struct q_address_failed_in a = {.address = whose, .failures = failures, .locked_until = cx->now + wait, .last_at = cx->now};
    return q_address_failed(cx, &a, NULL);
}

static err_t account_failed(struct ctx *cx, int64_t id, int64_t failures, const char *action)
{
    TRY(q_account_failed(cx, &(struct q_account_failed_in){.locked_until = cx->now + wait_after(failures + 1), .id = id}, NULL));
    return audit_add(cx, action, "account", id, NULL);
}

/* A login that is not there is counted like one that is: waiting and locking tell nothing either. */
static err_t note_failure(struct ctx *cx, void *arg)
{
    const struct attempt *t = arg;
    TRY(q_address_forget(cx, &(struct q_address_forget_in){.last_at = cx->now - FORGET_MS}, NULL));
    TRY(count_failure(cx, t->address, t->address_failures + 1, wait_after((t->address_failures + 1) / 2)));
    if (t->account != NULL)
        return account_failed(cx, t->account->id, t->account->failures, "sign_in_failed");
    return count_failure(cx, t->name, t->name_failures + 1, wait_after(t->name_failures + 1));
}

static err_t open_session(struct ctx *cx, void *arg)
{
    struct attempt *t = arg;
    char *token = arena_alloc(cx->arena, 44);
    struct q_session_add_row added;
    unsigned role = role_from_name(t->account->role);
    hash_token(token);
    t->token = token;
    t->pending = role_needs_second(role);
    struct q_session_add_in s = {
        .token_hash = secret_hash(cx, token),
        .account_id = t->account->id,
        .created_at = cx->now,
        .expires_at = cx->now + (role_needs_second(role) || role == ROLE_EMPLOYER ? STAFF_LIFE_MS : SEEKER_LIFE_MS),
        .fresh_until = cx->now + FRESH_MS,
        .pending = t->pending,
        .agent = t->in->agent != NULL ? arena_fmt(cx->arena, "%.120s", t->in->agent) : "",
        .address = t->address,
    };
    if (!t->pending) /* else a right password would give fresh tries at the second factor */
        TRY(q_account_succeeded(cx, &(struct q_account_succeeded_in){.id = t->account->id}, NULL));
    TRY(q_session_add(cx, &s, &added));
    cx->actor.account_id = t->account->id;
    cx->actor.role = role;
    return audit_add(cx, "sign_in", "account", t->account->id, NULL);
}

static err_t refuse(struct ctx *cx, struct attempt *t)
{
    TRY(store_tx(cx, STORE_WRITE, note_failure, t));
    return SAY(cx, E_DENIED, NULL, N_("登录名或密码不对。忘了密码，请找管理员或打 12333。"));
}

/* How often and until when: nothing that is older than the longest lock still counts for an address. */
static err_t failures_of(struct ctx *cx, const char *whose, int64_t memory, int64_t *failures, bool *locked)
{
    struct q_address_failures_row *rows;
    size_t n;
    TRY(q_address_failures(cx, &(struct q_address_failures_in){.address = whose}, &rows, &n));
    *failures = n > 0 && cx->now - rows->last_at < memory ? rows->failures : 0;
    *locked = *locked || (n > 0 && rows->locked_until > cx->now);
    return E_OK;
}

err_t account_sign_in(struct ctx *cx, const struct sign_in *in, const char **token, bool *pending)
{
    struct q_account_by_login_row *rows;
    size_t n;
    const char *login = account_login(cx, in->login);
    struct attempt t = {.in = in, .address = cx->actor.ip != NULL ? cx->actor.ip : ""};
    bool locked = false;
    cx->once_key = NULL; /* signing in twice is two sessions, not one act */
    t.name = arena_fmt(cx->arena, "login %s", secret_hash(cx, login));
    TRY(failures_of(cx, t.address, LOCK_MS, &t.address_failures, &locked));
    TRY(failures_of(cx, t.name, FORGET_MS, &t.name_failures, &locked));
    TRY(q_account_by_login(cx, &(struct q_account_by_login_in){.login = login}, &rows, &n));
    t.account = n > 0 ? rows : NULL;
    bool right = password_check(t.account != NULL ? t.account->password : nobody, in->password);
    if (locked || (t.account != NULL && t.account->locked_until > cx->now))
        return FAIL(cx, E_LOCKED, NULL, "too many failures");
    if (!right || t.account == NULL || t.account->blocked)
        return refuse(cx, &t);
    TRY(store_tx(cx, STORE_WRITE, open_session, &t));
    *token = t.token;
    *pending = t.pending;
    return E_OK;
}

/* ---- second factor ---- */

struct second {
    struct q_session_get_row session;
    struct q_account_get_row account;
    const char *secret, *code;
    int64_t step;
};

static err_t pending_account(struct ctx *cx, struct second *s)
{
    TRY(q_session_get(cx, &(struct q_session_get_in){.id = cx->actor.session_id}, &s->session));
    if (!s->session.pending)
        return FAIL(cx, E_STATE, NULL, "the session waits for nothing");
    TRY(account_find(cx, s->session.account_id, &s->account));
    return unseal(cx, "account.otp_secret", s->account.otp_secret, &s->secret);
}

static err_t second_tx(struct ctx *cx, void *arg)
{
    const struct second *s = arg;
    size_t used;
    cx->actor.account_id = s->account.id;
    cx->actor.role = role_from_name(s->account.role);
    TRY(q_account_otp_used(cx, &(struct q_account_otp_used_in){.otp_step = s->step, .id = s->account.id}, &used));
    if (used == 0)
        return SAY(cx, E_INVALID, "code", N_("这个验证码已经用过，请等下一个。"));
    TRY(q_account_succeeded(cx, &(struct q_account_succeeded_in){.id = s->account.id}, NULL));
    TRY(q_session_passed(cx, &(struct q_session_passed_in){.fresh_until = cx->now + FRESH_MS, .id = s->session.id}, NULL));
    return audit_add(cx, "second_factor", "account", s->account.id, NULL);
}

static err_t second_failed(struct ctx *cx, void *arg)
{
    const struct second *s = arg;
    cx->actor.account_id = s->account.id;
    cx->actor.role = role_from_name(s->account.role);
    return account_failed(cx, s->account.id, s->account.failures, "second_factor_failed");
}

err_t account_second(struct ctx *cx, const char *code)
{
    struct second s = {.code = code};
    cx->once_key = NULL;
    TRY(pending_account(cx, &s));
    if (s.account.locked_until > cx->now)
        return FAIL(cx, E_LOCKED, NULL, "too many failures");
    unsigned char raw[OTP_SECRET];
    int64_t n = s.secret != NULL ? base32_decode(s.secret, raw, sizeof raw) : -1;
    if (n > 0 && otp_check(raw, (size_t)n, code, cx->now, s.account.otp_step, &s.step))
        return store_tx(cx, STORE_WRITE, second_tx, &s);
    TRY(store_tx(cx, STORE_WRITE, second_failed, &s));
    return SAY(cx, E_INVALID, "code", N_("验证码不对。请看手机验证器上现在显示的 6 位数字。"));
}

static err_t keep_secret(struct ctx *cx, void *arg)
{
    const struct second *s = arg;
    struct q_account_otp_secret_in in = {.id = s->account.id};
    TRY(seal(cx, "account.otp_secret", s->secret, &in.otp_secret));
    return q_account_otp_secret(cx, &in, NULL);
}

err_t account_second_begin(struct ctx *cx, const char **secret, const char **uri)
{
    struct second s = {0};
    TRY(pending_account(cx, &s));
    if (s.account.otp_step > 0)
        return FAIL(cx, E_STATE, NULL, "a second factor is in use");
    unsigned char raw[OTP_SECRET];
    if (s.secret == NULL) {
        otp_secret(raw);
        s.secret = base32_encode(cx->arena, raw, sizeof raw);
        TRY(store_tx(cx, STORE_WRITE, keep_secret, &s));
    }
    *secret = s.secret;
    int64_t n = base32_decode(s.secret, raw, sizeof raw);
    if (n < 0)
        return FAIL(cx, E_BUG, NULL, "the secret is no base 32");
    *uri = otp_uri(cx->arena, "Yizhan", s.account.login[0] == '#' ? s.account.role : s.account.login, raw, (size_t)n);
    return E_OK;
}

static err_t confirm_tx(struct ctx *cx, void *arg)
{
    (void)arg;
    return q_session_passed(cx, &(struct q_session_passed_in){.fresh_until = cx->now + FRESH_MS, .id = cx->actor.session_id}, NULL);
}

static err_t confirm_failed(struct ctx *cx, void *arg)
{
    const struct q_account_get_row *a = arg;
    return account_failed(cx, a->id, a->failures, "confirm_failed");
}

err_t account_confirm(struct ctx *cx, const char *password)
{
    struct q_account_get_row a;
    TRY(account_find(cx, cx->actor.account_id, &a));
    if (a.locked_until > cx->now)
        return FAIL(cx, E_LOCKED, NULL, "too many failures");
    if (password_check(a.password, password))
        return store_tx(cx, STORE_WRITE, confirm_tx, NULL);
    TRY(store_tx(cx, STORE_WRITE, confirm_failed, &a));
    return SAY(cx, E_INVALID, "password", N_("密码不对。"));
}
