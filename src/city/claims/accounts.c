/* accounts.c -- where the money goes: sealed, shown by its last digits. */
#include "city/claims/claims_impl.h"

#include "base/text.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

struct setting {
    const char *payee;
    int64_t payee_id;
    const struct account_in *in;
    const char *digits;
};

/* Only digits, 8 to 30 of them; blanks between are taken off. NULL when it is no account. */
static const char *account_digits(struct ctx *cx, const char *text)
{
    struct buf b = {.a = cx->arena};
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        if (*p == ' ' || *p == '-')
            continue;
        if (*p < '0' || *p > '9')
            return NULL;
        buf_add(&b, p, 1);
    }
    return b.len >= 8 && b.len <= 30 ? buf_text(&b) : NULL;
}

err_t payee_person_name(struct ctx *cx, int64_t person_id, const char **name)
{
    struct q_payee_person_row *p;
    size_t n;
    *name = NULL;
    TRY(q_payee_person(cx, &(struct q_payee_person_in){.id = person_id}, &p, &n));
    return n > 0 ? unseal(cx, "person.name", p[0].name, name) : E_OK;
}

err_t payee_account_may(struct ctx *cx, const char *payee, int64_t payee_id)
{
    struct q_payee_concerned_row *rows;
    size_t n = 0;
    const struct actor *me = &cx->actor;
    bool person = strcmp(payee, "person") == 0, school = strcmp(payee, "provider") == 0;
    struct q_payee_concerned_in in = {.payee = payee, .payee_id = payee_id};
    if ((me->role == ROLE_SEEKER && person && payee_id == me->person_id) || (me->role == ROLE_PROVIDER && school && payee_id == me->provider_id))
        return E_OK;
    in.provider_id = me->role == ROLE_PROVIDER && person ? &me->provider_id : NULL;
    in.district = me->role == ROLE_DISTRICT ? &me->district : NULL;
    if (in.provider_id != NULL || in.district != NULL)
        TRY(q_payee_concerned(cx, &in, &rows, &n));
    return n > 0 ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "the account of %s %lld is not this actor's", payee, (long long)payee_id);
}

/* Money for a person goes to an account of that person, not of anybody who asks for it. */
static err_t own_name(struct ctx *cx, int64_t person_id, const char *given)
{
    const char *name;
    TRY(payee_person_name(cx, person_id, &name));
    return name != NULL && strcmp(text_clean(cx->arena, given, strlen(given)), name) == 0
               ? E_OK
               : SAY(cx, E_INVALID, "name", N_("户名要和本人登记的姓名一样：补贴只付到本人的账户。姓名登记错了的，先请驿站更正。"));
}

static err_t set_tx(struct ctx *cx, void *arg)
{
    const struct setting *s = arg;
    size_t len = strlen(s->digits);
    struct q_payee_account_set_in in = {.payee = s->payee, .payee_id = s->payee_id, .bank = s->in->bank, .tail = s->digits + len - 4, .changed_at = cx->now,
                                        .changed_by = cx->actor.account_id};
    TRY(payee_account_may(cx, s->payee, s->payee_id));
    if (strcmp(s->payee, "person") == 0)
        TRY(own_name(cx, s->payee_id, s->in->name));
    TRY(seal(cx, "payee_account.name", s->in->name, &in.name));
    TRY(seal(cx, "payee_account.account", s->digits, &in.account));
    TRY(q_payee_account_set(cx, &in, NULL));
    return audit_add(cx, "account.set", s->payee, s->payee_id, NULL);
}

err_t payee_account_set(struct ctx *cx, const char *payee, int64_t payee_id, const struct account_in *in)
{
    struct setting s = {payee, payee_id, in, account_digits(cx, in->account)};
    if (s.digits == NULL)
        return SAY(cx, E_INVALID, "account", N_("账号只写数字，8 到 30 位。"));
    return store_tx(cx, STORE_WRITE, set_tx, &s);
}

static err_t of_provider(struct ctx *cx, int64_t id, struct account_in *out, bool *has)
{
    struct q_payee_provider_row *p;
    size_t n;
    TRY(q_payee_provider(cx, &(struct q_payee_provider_in){.id = id}, &p, &n));
    if (n == 0)
        return E_OK;
    out->name = p[0].name;
    out->bank = p[0].bank;
    TRY(unseal(cx, "provider.bank_account", p[0].bank_account, &out->account));
    *has = out->account != NULL && *out->account != '\0';
    return E_OK;
}

err_t payee_account(struct ctx *cx, const char *payee, int64_t payee_id, struct account_in *out, bool *has)
{
    struct q_payee_account_row *rows;
    size_t n;
    const char *owner = strcmp(payee, "evaluator") == 0 ? "provider" : payee;
    *has = false;
    *out = (struct account_in){0};
    TRY(q_payee_account(cx, &(struct q_payee_account_in){.payee = owner, .payee_id = payee_id}, &rows, &n));
    if (n == 0)
        return strcmp(owner, "provider") == 0 ? of_provider(cx, payee_id, out, has) : E_OK;
    out->bank = rows[0].bank;
    TRY(unseal(cx, "payee_account.name", rows[0].name, &out->name));
    TRY(unseal(cx, "payee_account.account", rows[0].account, &out->account));
    *has = true;
    return E_OK;
}

err_t payee_forget(struct ctx *cx, int64_t person_id)
{
    return q_payee_account_forget(cx, &(struct q_payee_account_forget_in){.payee_id = person_id}, NULL);
}
