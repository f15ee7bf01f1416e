#include "city/employers/employers.h"

#include "city/house.h"
#include "city/jobs/jobs.h"
#include "store/store.h"

#include "base/hash.h"
#include "base/maybe.h"
#include "base/role.h"
#include "base/text.h"
#include "base/uscc.h"

#include "employers.sql.h"

#include <string.h>

static const struct flow_state states[] = {
    {"listed", N_("只见于招聘信息")}, {"claimed", N_("已登记，待核验")}, {"verified", N_("已核验")}, {"blocked", N_("已停用")}, {0},
};

#define CHECKERS (DESK | OFFICERS)
static const struct flow_edge edges[] = {
    {"listed", "verify", "verified", N_("核验通过"), CHECKERS, FLOW_NOTE, NULL},
    {"listed", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"claimed", "verify", "verified", N_("核验通过"), CHECKERS, FLOW_NOTE, NULL},
    {"claimed", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"verified", "lapse", "claimed", N_("核验到期"), ROLE_CLOCK, 0, NULL},
    {"verified", "rename", "claimed", N_("改了名称，要重新核验"), ROLE_CLOCK, 0, NULL},
    {"verified", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"blocked", "unblock", "claimed", N_("恢复"), OFFICERS, FLOW_NOTE, NULL},
    {0},
};
const struct flow employer_flow = {"employer", "listed", states, edges};

struct add {
    const struct employer_form *in;
    const char *status;
    int64_t district, id;
};

/* The number is known only after the row is there: the code is then made of it. */
static err_t insert(struct ctx *cx, const struct add *a, int64_t *id)
{
    char token[44];
    struct q_employer_add_row row;
    const struct employer_form *f = a->in;
    hash_token(token);
    struct q_employer_add_in in = {
        .code = arena_fmt(cx->arena, "%s", token),
        .uscc = f->uscc,
        .name = f->name,
        .name_key = text_employer_key(cx->arena, f->name),
        .kind = or_empty(f->kind),
        .size = or_empty(f->size),
        .industry = or_empty(f->industry),
        .district = a->district != 0 ? a->district : f->street / 1000,
        .street = f->street,
        .address = or_empty(f->address),
        .about = or_empty(f->about),
        .status = a->status,
        .created_at = cx->now,
    };
    TRY(seal(cx, "employer.contact_name", f->contact_name, &in.contact_name));
    TRY(seal(cx, "employer.contact_phone", f->contact_phone, &in.contact_phone));
    TRY(q_employer_add(cx, &in, &row));
    TRY(q_employer_code(cx, &(struct q_employer_code_in){.code = arena_fmt(cx->arena, "E%lld", (long long)row.id), .id = row.id}, NULL));
    *id = row.id;
    return audit_add(cx, "create", "employer", row.id, arena_fmt(cx->arena, "{\"status\":\"%s\"}", a->status));
}

static err_t log_step(struct ctx *cx, int64_t id, const char *action, const char *from, const char *to, const char *note)
{
    const char *role = role_name(cx->actor.role);
    struct q_employer_log_add_in in = {
        .employer_id = id,
        .at = cx->now,
        .account_id = cx->actor.account_id,
        .role = role != NULL ? role : "",
        .action = action,
        .from_status = from,
        .to_status = to,
        .note = or_empty(note),
    };
    return q_employer_log_add(cx, &in, NULL);
}

static err_t register_tx(struct ctx *cx, void *arg)
{
    struct add *a = arg;
    struct q_employer_by_uscc_row *known;
    size_t n;
    TRY(q_employer_by_uscc(cx, &(struct q_employer_by_uscc_in){.uscc = a->in->uscc}, &known, &n));
    if (n > 0 && strcmp(known->status, "listed") != 0)
        return SAY(cx, E_CONFLICT, "uscc", N_("这家单位已经登记过，请让单位里的同事邀请您，或到驿站办理。"));
    if (n > 0) /* the code came with an ad: the record without it waits for the desk, as one known by its name does */
        TRY(q_employer_release(cx, &(struct q_employer_release_in){.id = known->id}, NULL));
    return insert(cx, a, &a->id);
}

err_t employer_register(struct ctx *cx, const struct employer_form *in, int64_t *id)
{
    char code[19];
    struct employer_form f = *in;
    const char *wrong = f.uscc != NULL ? uscc_read(f.uscc, code) : N_("请填写统一社会信用代码。");
    const char *length = arena_fmt(cx->arena, "%zu", utf8_count(or_empty(f.uscc), strlen(or_empty(f.uscc))));
    if (wrong != NULL)
        return SAY(cx, E_INVALID, "uscc", text_fill(cx->arena, tr(cx, wrong), "n", length, NULL));
    f.uscc = code;
    struct add a = {.in = &f, .status = "claimed"};
    TRY(store_tx(cx, STORE_WRITE, register_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t named_tx(struct ctx *cx, void *arg)
{
    struct add *a = arg;
    a->id = 0;
    struct q_employer_by_uscc_row *coded;
    struct q_employer_by_key_row *known;
    size_t n = 0;
    const char *key = text_employer_key(cx->arena, a->in->name);
    if (a->in->uscc != NULL)
        TRY(q_employer_by_uscc(cx, &(struct q_employer_by_uscc_in){.uscc = a->in->uscc}, &coded, &n));
    if (n > 0) {
        a->id = coded->id;
        return E_OK;
    }
    TRY(q_employer_by_key(cx, &(struct q_employer_by_key_in){.name_key = key}, &known, &n));
    for (size_t i = 0; i < n && a->id == 0; i++) /* who only says that the name is theirs does not get the ads of others */
        if (strcmp(known[i].status, "claimed") != 0 || known[i].verified_at != NULL)
            a->id = known[i].id;
    return a->id != 0 ? E_OK : insert(cx, a, &a->id);
}

err_t employer_named(struct ctx *cx, const char *name, const char *uscc, int64_t district, int64_t *id)
{
    struct employer_form f = {.name = name, .uscc = uscc};
    struct add a = {.in = &f, .status = "listed", .district = district};
    TRY(store_tx(cx, STORE_WRITE, named_tx, &a));
    *id = a.id;
    return E_OK;
}

err_t employer_find(struct ctx *cx, int64_t id, struct q_employer_get_row *out)
{
    return q_employer_get(cx, &(struct q_employer_get_in){.id = id}, out);
}

err_t employer_known_as(struct ctx *cx, int64_t id, struct q_employer_known_as_row *out)
{
    return q_employer_known_as(cx, &(struct q_employer_known_as_in){.id = id}, out);
}

err_t employer_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_employer_by_code_row row;
    TRY(q_employer_by_code_first(cx, &(struct q_employer_by_code_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

/* What ads alone told of a firm of this name belongs to the one whose licence was looked at; the record stays, without a name to be
 * found by. Nobody gets hold of others' ads by registering under their name: it takes the desk. */
static err_t absorb_namesakes(struct ctx *cx, const struct q_employer_get_row *e)
{
    struct q_employer_by_key_row *rows;
    size_t n;
    TRY(q_employer_by_key(cx, &(struct q_employer_by_key_in){.name_key = e->name_key}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (rows[i].id == e->id || rows[i].uscc != NULL || strcmp(rows[i].status, "listed") != 0)
            continue;
        TRY(jobs_join(cx, rows[i].id, e->id));
        TRY(q_employer_absorbed(cx, &(struct q_employer_absorbed_in){.id = rows[i].id}, NULL));
        TRY(log_step(cx, rows[i].id, "absorbed", "listed", "listed", e->code));
        TRY(audit_add(cx, "absorbed", "employer", rows[i].id, arena_fmt(cx->arena, "{\"by\":%lld}", (long long)e->id)));
    }
    return E_OK;
}

static err_t move(struct ctx *cx, const struct q_employer_get_row *e, const char *action, const char *note)
{
    const struct flow_edge *edge;
    size_t changed;
    TRY(flow_step(cx, &employer_flow, e->status, action, note, e, &edge));
    bool verified = strcmp(edge->to, "verified") == 0;
    struct q_employer_move_in in = {
        .status = edge->to,
        .verified_at = verified ? &cx->now : strcmp(action, "rename") == 0 ? NULL : e->verified_at,
        .verified_by = verified ? &cx->actor.account_id : e->verified_by,
        .uscc = e->uscc,
        .id = e->id,
        .version = e->version,
    };
    TRY(q_employer_move(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "employer %lld moved meanwhile", (long long)e->id);
    if (verified)
        TRY(absorb_namesakes(cx, e));
    TRY(log_step(cx, e->id, action, e->status, edge->to, note));
    TRY(audit_add(cx, action, "employer", e->id, arena_fmt(cx->arena, "{\"to\":\"%s\"}", edge->to)));
    return change_add(cx, "employer", e->id);
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct q_employer_get_row e;
    TRY(employer_find(cx, s->id, &e));
    return move(cx, &e, s->action, s->note);
}

err_t employer_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct flow_act){id, action, note});
}

struct edit {
    int64_t id, version;
    const struct employer_form *in;
};

/* The licence that was looked at has another name. */
static err_t renamed(struct ctx *cx, int64_t id)
{
    struct q_employer_get_row e;
    struct ctx as = *cx; /* the same transaction, in the name of the clock: no button does this */
    as.actor.role = ROLE_CLOCK;
    TRY(employer_find(cx, id, &e));
    err_t done = move(&as, &e, "rename", NULL);
    cx->fail = as.fail;
    return done;
}

static err_t edit_tx(struct ctx *cx, void *arg)
{
    const struct edit *e = arg;
    const struct employer_form *f = e->in;
    struct q_employer_get_row old;
    size_t changed;
    TRY(employer_find(cx, e->id, &old));
    struct q_employer_edit_in in = {
        .name = f->name,
        .name_key = text_employer_key(cx->arena, f->name),
        .kind = or_empty(f->kind),
        .size = or_empty(f->size),
        .industry = f->industry != NULL ? f->industry : old.industry,
        .district = f->street / 1000,
        .street = f->street,
        .address = or_empty(f->address),
        .about = or_empty(f->about),
        .id = e->id,
        .version = e->version,
    };
    TRY(seal(cx, "employer.contact_name", f->contact_name, &in.contact_name));
    TRY(seal(cx, "employer.contact_phone", f->contact_phone, &in.contact_phone));
    TRY(q_employer_edit(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "employer %lld changed meanwhile", (long long)e->id);
    TRY(change_add(cx, "employer", e->id));
    TRY(audit_add(cx, "edit", "employer", e->id, NULL));
    return strcmp(old.status, "verified") == 0 && strcmp(old.name_key, in.name_key) != 0 ? renamed(cx, e->id) : E_OK;
}

err_t employer_edit(struct ctx *cx, int64_t id, int64_t version, const struct employer_form *in)
{
    return store_tx(cx, STORE_WRITE, edit_tx, &(struct edit){id, version, in});
}

err_t employer_page(struct ctx *cx, const struct q_employer_list_in *in, struct q_employer_list_row **rows, size_t *n)
{
    return q_employer_list(cx, in, rows, n);
}

err_t employer_contact(struct ctx *cx, const struct q_employer_get_row *e, const char **name, const char **phone)
{
    TRY(unseal(cx, "employer.contact_name", e->contact_name, name));
    return unseal(cx, "employer.contact_phone", e->contact_phone, phone);
}

err_t employer_log(struct ctx *cx, int64_t id, struct q_employer_log_list_row **rows, size_t *n)
{
    return q_employer_log_list(cx, &(struct q_employer_log_list_in){.employer_id = id}, rows, n);
}

static err_t look_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    TRY(audit_add(cx, "look", "employer", s->id, NULL));
    return log_step(cx, s->id, "look", "", "", s->note);
}

err_t employer_look(struct ctx *cx, const struct q_employer_get_row *e, const char *reason, const char **name, const char **phone)
{
    TRY(employer_contact(cx, e, name, phone));
    return store_tx(cx, STORE_WRITE, look_tx, &(struct flow_act){.id = e->id, .note = reason});
}
