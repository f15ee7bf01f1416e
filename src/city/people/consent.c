/* Consent to one purpose at a time, and every look at the whole of a number. */
#include "city/people/people.h"

#include "city/people/people_impl.h"

#include "people.sql.h"

#include <string.h>

const struct choice consent_channels[] = {{"spoken", N_("口头同意")}, {"paper", N_("纸上签字")}, {"screen", N_("屏幕上点选")}, {0}};
const struct choice consent_purposes[] = {{"service", N_("办理就业服务")}, {"share", N_("把情况告诉招聘单位")}, {"contact", N_("打电话、发短信")}, {0}};
const struct choice look_reasons[] = {
    {"identity", N_("核对身份")}, {"contact", N_("联系本人")}, {"employer", N_("告知招聘单位")}, {"correct", N_("更正资料")},
    {"handling", N_("代办业务")}, {0},
};
const struct choice look_kinds[] = {{"name", N_("姓名")}, {"idno", N_("身份证号")}, {"phone", N_("手机号")}, {0}};

struct wording { /* a change of the words is a new version: who agreed to the old one is asked again */
    const char *purpose, *version, *text;
};
static const struct wording wordings[] = {
    {"service", "2026-01", N_("为了给您找工作，驿站会保存您的姓名、证件号、手机号和求职意向，只用于就业服务。随时可以查看、更正、要求删除。")},
    {"share", "2026-01", N_("您选定岗位以后，驿站会把您的姓名、手机号和工作经历告诉这家招聘单位，不告诉别人。")},
    {"contact", "2026-01", N_("驿站会打电话或发短信，问问面试和上岗的情况，不发广告。")},
    {0},
};

static const struct wording *wording(const char *purpose)
{
    for (const struct wording *w = wordings; w->purpose != NULL; w++)
        if (purpose != NULL && strcmp(w->purpose, purpose) == 0)
            return w;
    return NULL;
}

static bool is_choice(const struct choice *c, const char *code)
{
    for (; c->code != NULL; c++)
        if (code != NULL && strcmp(c->code, code) == 0)
            return true;
    return false;
}

const char *consent_text(const struct ctx *cx, const char *purpose, const char **version)
{
    const struct wording *w = wording(purpose);
    if (version != NULL)
        *version = w == NULL ? NULL : w->version;
    return w == NULL ? NULL : tr(cx, w->text);
}

struct consenting {
    int64_t person_id;
    const char *purpose, *channel;
};

static err_t give_tx(struct ctx *cx, void *arg)
{
    const struct consenting *c = arg;
    const struct wording *w = wording(c->purpose);
    struct q_consent_current_row *now;
    struct q_person_row person;
    size_t n;
    TRY(person_row(cx, c->person_id, &person));
    TRY(q_consent_current(cx, &(struct q_consent_current_in){.person_id = c->person_id, .purpose = c->purpose}, &now, &n));
    if (n > 0 && strcmp(now[0].text_version, w->version) == 0)
        return E_OK;
    TRY(q_consent_end(cx, &(struct q_consent_end_in){.person_id = c->person_id, .purpose = c->purpose, .withdrawn_at = &cx->now}, NULL));
    struct q_consent_insert_in in = {.person_id = c->person_id, .purpose = c->purpose, .text_version = w->version, .channel = c->channel,
                                     .given_at = cx->now, .account_id = cx->actor.account_id};
    TRY(q_consent_insert(cx, &in, NULL));
    TRY(change_add(cx, "person", c->person_id));
    return audit_add(cx, "consent.give", "person", c->person_id,
                     arena_fmt(cx->arena, "{\"purpose\":\"%s\",\"version\":\"%s\",\"channel\":\"%s\"}", c->purpose, w->version, c->channel));
}

err_t consent_give(struct ctx *cx, int64_t person_id, const char *purpose, const char *channel)
{
    if (wording(purpose) == NULL)
        return FAIL(cx, E_INVALID, "purpose", "no such purpose");
    if (!is_choice(consent_channels, channel))
        return SAY(cx, E_INVALID, "channel", N_("请选择本人是怎么同意的：口头、纸上签字，还是屏幕上点选。"));
    return store_tx(cx, STORE_WRITE, give_tx, &(struct consenting){person_id, purpose, channel});
}

static err_t withdraw_tx(struct ctx *cx, void *arg)
{
    const struct consenting *c = arg;
    size_t changed;
    TRY(q_consent_end(cx, &(struct q_consent_end_in){.person_id = c->person_id, .purpose = c->purpose, .withdrawn_at = &cx->now}, &changed));
    if (changed == 0)
        return E_OK;
    TRY(change_add(cx, "person", c->person_id)); /* the engine lets go of who did not agree */
    return audit_add(cx, "consent.withdraw", "person", c->person_id, arena_fmt(cx->arena, "{\"purpose\":\"%s\"}", c->purpose));
}

err_t consent_withdraw(struct ctx *cx, int64_t person_id, const char *purpose)
{
    if (wording(purpose) == NULL)
        return FAIL(cx, E_INVALID, "purpose", "no such purpose");
    return store_tx(cx, STORE_WRITE, withdraw_tx, &(struct consenting){person_id, purpose, NULL});
}

err_t consent_has(struct ctx *cx, int64_t person_id, const char *purpose, bool *yes)
{
    struct q_consent_current_row *now;
    size_t n;
    TRY(q_consent_current(cx, &(struct q_consent_current_in){.person_id = person_id, .purpose = purpose}, &now, &n));
    *yes = n > 0;
    return E_OK;
}

err_t consent_list(struct ctx *cx, int64_t person_id, struct q_consent_list_row **rows, size_t *n)
{
    return q_consent_list(cx, &(struct q_consent_list_in){.person_id = person_id}, rows, n);
}

/* ---- looks ---- */

struct looking {
    int64_t id;
    const char *what, *reason, *text;
};

static err_t look_tx(struct ctx *cx, void *arg)
{
    struct looking *l = arg;
    struct q_person_row r;
    TRY(person_row(cx, l->id, &r));
    if (strcmp(l->what, "name") == 0)
        TRY(unseal(cx, "person.name", r.name, &l->text));
    else if (strcmp(l->what, "idno") == 0)
        TRY(unseal(cx, "person.idno", r.idno, &l->text));
    else
        TRY(unseal(cx, "person.phone", r.phone, &l->text));
    return audit_add(cx, "look", "person", l->id, arena_fmt(cx->arena, "{\"what\":\"%s\",\"reason\":\"%s\"}", l->what, l->reason));
}

err_t person_look(struct ctx *cx, int64_t id, const char *what, const char *reason, const char **text)
{
    if (!is_choice(look_kinds, what))
        return FAIL(cx, E_INVALID, "what", "no such number");
    if (!is_choice(look_reasons, reason))
        return SAY(cx, E_INVALID, "reason", N_("查看完整信息要先选理由，这次查看会记录下来，本人也能看到。"));
    struct looking l = {.id = id, .what = what, .reason = reason};
    TRY(store_tx(cx, STORE_WRITE, look_tx, &l));
    *text = l.text;
    return E_OK;
}

err_t person_looks(struct ctx *cx, int64_t id, struct q_person_looks_row **rows, size_t *n)
{
    return q_person_looks(cx, &(struct q_person_looks_in){.object_id = id}, rows, n);
}
