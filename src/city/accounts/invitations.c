#include "city/accounts/accounts.h"

#include "city/accounts/accounts_impl.h"
#include "city/employers/employers.h"
#include "city/house.h"
#include "city/providers/providers.h"
#include "city/stations/stations.h"

#include "base/hash.h"
#include "base/maybe.h"

#include "accounts.sql.h"

#define LIFE_MS (7LL * 24 * 3600000)

static bool may_invite(const struct actor *a, const struct invite *in)
{
    switch (a->role) {
    case ROLE_ADMIN: return (in->role & (ROLE_PUBLIC | ROLE_CLOCK | ROLE_SEEKER)) == 0;
    case ROLE_HEAD: return in->role == ROLE_STAFF && in->station_id == a->station_id;
    case ROLE_DISTRICT: return (in->role & DESK) != 0 && in->district == a->district;
    case ROLE_EMPLOYER: return in->role == ROLE_EMPLOYER && in->employer_id == a->employer_id;
    case ROLE_PROVIDER: return in->role == ROLE_PROVIDER && in->provider_id == a->provider_id;
    default: return false;
    }
}

/* Where the new account belongs: only what its role works with is kept, and a desk's district is its station's, whatever was said. */
static err_t settle(struct ctx *cx, const struct invite *in, struct invite *out)
{
    struct q_station_row s;
    struct q_employer_get_row emp;
    struct q_provider_get_row provider;
    *out = (struct invite){.role = in->role, .name = in->name, .email = in->email};
    if ((in->role & DESK) != 0) {
        if (station_by_id(cx, in->station_id, &s) != E_OK)
            return SAY(cx, E_INVALID, "station", N_("没有这个编号的驿站。"));
        out->station_id = s.id;
        out->district = s.district;
    } else if (in->role == ROLE_EMPLOYER) {
        if (employer_find(cx, in->employer_id, &emp) != E_OK)
            return SAY(cx, E_INVALID, "employer", N_("没有这个编号的用人单位。"));
        out->employer_id = emp.id;
    } else if (in->role == ROLE_PROVIDER) {
        if (provider_find(cx, in->provider_id, &provider) != E_OK)
            return SAY(cx, E_INVALID, "provider", N_("没有这个编号的培训机构。"));
        out->provider_id = provider.id;
    } else if (in->role == ROLE_DISTRICT) {
        out->district = in->district;
    }
    return may_invite(&cx->actor, out) ? E_OK : SAY(cx, E_DENIED, NULL, N_("您只能邀请自己单位、自己辖区里的人。"));
}

struct made {
    const struct invite *in;
    const char *code;
};

static err_t invite_tx(struct ctx *cx, void *arg)
{
    const struct made *m = arg;
    struct q_invitation_add_row added;
    struct q_invitation_add_in row = {
        .code_hash = secret_hash(cx, m->code),
        .role = role_name(m->in->role),
        .station_id = unless_zero(cx->arena, m->in->station_id),
        .employer_id = unless_zero(cx->arena, m->in->employer_id),
        .provider_id = unless_zero(cx->arena, m->in->provider_id),
        .district = m->in->district,
        .created_at = cx->now,
        .created_by = cx->actor.account_id,
        .expires_at = cx->now + LIFE_MS,
    };
    TRY(seal(cx, "account.name", m->in->name, &row.name));
    TRY(seal(cx, "account.email", m->in->email, &row.email));
    TRY(q_invitation_add(cx, &row, &added));
    if (m->in->email != NULL)
        TRY(outbox_add(cx, "mail", m->in->email, tr(cx, "邀请您开通驿站平台账号"),
                       arena_fmt(cx->arena, tr(cx, "您好，%s：\n\n请在 7 天内打开下面的地址，设一个密码，就可以开始使用：\n\n%s/join/%s\n\n如果不是您要的，不用理会这封信。"),
                                 m->in->name, cx->house->base_url, m->code)));
    return audit_add(cx, "invite", "invitation", added.id, arena_fmt(cx->arena, "{\"role\":\"%s\"}", role_name(m->in->role)));
}

err_t invitation_make(struct ctx *cx, const struct invite *in, const char **code)
{
    char *token = arena_alloc(cx->arena, 44);
    struct invite settled;
    TRY(settle(cx, in, &settled));
    hash_token(token);
    *code = token;
    return store_tx(cx, STORE_WRITE, invite_tx, &(struct made){&settled, token});
}

err_t invitation_look(struct ctx *cx, const char *code, struct q_invitation_find_row *out)
{
    struct q_invitation_find_row *rows;
    size_t n;
    TRY(q_invitation_find(cx, &(struct q_invitation_find_in){.code_hash = secret_hash(cx, code)}, &rows, &n));
    if (n == 0 || rows->expires_at <= cx->now)
        return SAY(cx, E_NOTFOUND, NULL, N_("这份邀请已经用过或者过期了，请让邀请您的人再发一份。"));
    *out = *rows;
    return E_OK;
}

struct accept {
    struct q_invitation_find_row invitation;
    struct account_new account;
    int64_t id;
};

static err_t accept_tx(struct ctx *cx, void *arg)
{
    struct accept *a = arg;
    size_t used;
    TRY(q_invitation_use(cx, &(struct q_invitation_use_in){.used_at = cx->now, .id = a->invitation.id}, &used));
    if (used == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "used meanwhile");
    return account_make(cx, &a->account, &a->id);
}

err_t invitation_accept(struct ctx *cx, const char *code, const char *login, const char *password, int64_t *account_id)
{
    struct accept a = {0};
    TRY(invitation_look(cx, code, &a.invitation));
    a.account = (struct account_new){
        .login = login,
        .password = password,
        .role = role_from_name(a.invitation.role),
        .station_id = or_zero(a.invitation.station_id),
        .employer_id = or_zero(a.invitation.employer_id),
        .provider_id = or_zero(a.invitation.provider_id),
        .district = a.invitation.district,
    };
    TRY(unseal(cx, "account.name", a.invitation.name, &a.account.name));
    TRY(unseal(cx, "account.email", a.invitation.email, &a.account.email));
    TRY(store_tx(cx, STORE_WRITE, accept_tx, &a));
    *account_id = a.id;
    return E_OK;
}
