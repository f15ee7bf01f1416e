#include "city/accounts/accounts.h"

#include "city/accounts/accounts_impl.h"

#include "base/maybe.h"

#include "accounts.sql.h"

#define IDLE_STAFF_MS (30 * 60000LL)
#define IDLE_OTHERS_MS (12 * 3600000LL)
#define SEEN_EVERY_MS 60000

static err_t seen_tx(struct ctx *cx, void *arg)
{
    return q_session_seen(cx, &(struct q_session_seen_in){.seen_at = cx->now, .id = *(const int64_t *)arg}, NULL);
}

err_t session_resume(struct ctx *cx, const char *token)
{
    struct q_session_find_row *r;
    size_t n;
    const char *ip = cx->actor.ip;
    cx->actor = (struct actor){.role = ROLE_PUBLIC, .ip = ip};
    TRY(q_session_find(cx, &(struct q_session_find_in){.token_hash = secret_hash(cx, token)}, &r, &n));
    if (n == 0 || r->blocked || r->expires_at <= cx->now)
        return FAIL(cx, E_LOGIN, NULL, "no such session");
    unsigned role = role_from_name(r->role);
    int64_t idle = role_needs_second(role) ? IDLE_STAFF_MS : IDLE_OTHERS_MS;
    if (r->seen_at + idle <= cx->now && role != ROLE_SEEKER)
        return FAIL(cx, E_LOGIN, NULL, "idle for too long");
    cx->actor.session_id = r->session_id;
    if (r->pending)
        return FAIL(cx, E_LOGIN, NULL, "the second factor is still to come");
    cx->actor = (struct actor){
        .account_id = r->id,
        .role = role,
        .station_id = or_zero(r->station_id),
        .employer_id = or_zero(r->employer_id),
        .provider_id = or_zero(r->provider_id),
        .person_id = or_zero(r->person_id),
        .district = r->district,
        .session_id = r->session_id,
        .name = account_name(cx, r->name),
        .ip = ip,
    };
    return r->seen_at + SEEN_EVERY_MS < cx->now ? store_tx(cx, STORE_WRITE, seen_tx, &r->session_id) : E_OK;
}

bool session_fresh(struct ctx *cx)
{
    struct q_session_get_row s;
    return q_session_get(cx, &(struct q_session_get_in){.id = cx->actor.session_id}, &s) == E_OK && s.fresh_until > cx->now;
}

err_t session_list_own(struct ctx *cx, struct q_session_list_row **rows, size_t *n)
{
    return q_session_list(cx, &(struct q_session_list_in){.account_id = cx->actor.account_id, .expires_at = cx->now}, rows, n);
}

static err_t close_tx(struct ctx *cx, void *arg)
{
    size_t ended;
    int64_t id = *(const int64_t *)arg;
    TRY(q_session_end(cx, &(struct q_session_end_in){.ended_at = cx->now, .id = id, .account_id = cx->actor.account_id}, &ended));
    if (ended == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no such session of this account");
    return audit_add(cx, "sign_out", "session", id, NULL);
}

err_t session_close(struct ctx *cx, int64_t id)
{
    return store_tx(cx, STORE_WRITE, close_tx, &id);
}

static err_t close_others_tx(struct ctx *cx, void *arg)
{
    (void)arg;
    struct q_session_end_all_in in = {.ended_at = cx->now, .account_id = cx->actor.account_id, .id = cx->actor.session_id};
    TRY(q_session_end_all(cx, &in, NULL));
    return audit_add(cx, "sign_out_others", "account", cx->actor.account_id, NULL);
}

err_t session_close_others(struct ctx *cx)
{
    return store_tx(cx, STORE_WRITE, close_others_tx, NULL);
}
