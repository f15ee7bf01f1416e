#include "city/employers/employers.h"

#include "city/house.h"

#include "base/hash.h"
#include "base/text.h"

#include "employers.sql.h"

#include <string.h>

static const struct flow_state states[] = {
    {"listed", N_("只见于招聘信息")}, {"claimed", N_("已登记，待核验")}, {"verified", N_("已核验")}, {"blocked", N_("已停用")}, {0},
};

#define CHECKERS (DESK | OFFICERS)
static const struct flow_edge edges[] = {
    {"listed", "verify", "verified", N_("核验通过"), CHECKERS, FLOW_NOTE, NULL},
    {"listed", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"listed", "claim", "claimed", N_("认领"), ROLE_EMPLOYER | ROLE_PUBLIC, 0, NULL},
    {"claimed", "verify", "verified", N_("核验通过"), CHECKERS, FLOW_NOTE, NULL},
    {"claimed", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"verified", "lapse", "claimed", N_("核验到期"), ROLE_CLOCK, 0, NULL},
    {"verified", "block", "blocked", N_("停用"), CHECKERS, FLOW_NOTE, NULL},
    {"blocked", "unblock", "claimed", N_("恢复"), OFFICERS, FLOW_NOTE, NULL},
    {0},
};
const struct flow employer_flow = {"employer", "listed", states, edges};

static const char *text(const char *s) { return s != NULL ? s : ""; }

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
        .kind = text(f->kind),
        .size = text(f->size),
        .industry = text(f->industry),
        .district = a->district != 0 ? a->district : f->street / 1000,
        .street = f->street,
        .address = text(f->address),
        .about = text(f->about),
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

static err_t register_tx(struct ctx *cx, void *arg)
{
    struct add *a = arg;
    struct q_employer_by_uscc_row *known;
    size_t n;
    TRY(q_employer_by_uscc(cx, &(struct q_employer_by_uscc_in){.uscc = a->in->uscc}, &known, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, "uscc", N_("这家单位已经登记过，请让单位里的同事邀请您，或到驿站办理。"));
    return insert(cx, a, &a->id);
}

err_t employer_register(struct ctx *cx, const struct employer_form *in, int64_t *id)
{
    struct add a = {.in = in, .status = "claimed"};
    TRY(store_tx(cx, STORE_WRITE, register_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t named_tx(struct ctx *cx, void *arg)
{
    struct add *a = arg;
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
    if (n == 0)
        return insert(cx, a, &a->id);
    a->id = known[0].id;
    return E_OK;
}

err_t employer_named(struct ctx *cx, const char *name, const char *uscc, int64_t district, int64_t *id)
{
    struct employer_form f = {.name = name, .uscc = uscc};
    struct add a = {.in = &f, .status = "listed", .district = district};
    TRY(store_tx(cx, STORE_WRITE, named_tx, &a));
    *id = a.id;
    return E_OK;
}

struct edit {
    int64_t id, version;
    const struct employer_form *in;
};

static err_t edit_tx(struct ctx *cx, void *arg)
{
    const struct edit *e = arg;
    const struct employer_form *f = e->in;
    size_t changed;
    struct q_employer_edit_in in = {
        .name = f->name,
        .name_key = text_employer_key(cx->arena, f->name),
        .kind = text(f->kind),
        .size = text(f->size),
        .industry = text(f->industry),
        .district = f->street / 1000,
        .street = f->street,
        .address = text(f->address),
        .about = text(f->about),
        .id = e->id,
        .version = e->version,
    };
    TRY(seal(cx, "employer.contact_name", f->contact_name, &in.contact_name));
    TRY(seal(cx, "employer.contact_phone", f->contact_phone, &in.contact_phone));
    TRY(q_employer_edit(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "employer %lld changed meanwhile", (long long)e->id);
    return audit_add(cx, "edit", "employer", e->id, NULL);
}

err_t employer_edit(struct ctx *cx, int64_t id, int64_t version, const struct employer_form *in)
{
    return store_tx(cx, STORE_WRITE, edit_tx, &(struct edit){id, version, in});
}

err_t employer_find(struct ctx *cx, int64_t id, struct q_employer_get_row *out)
{
    return q_employer_get(cx, &(struct q_employer_get_in){.id = id}, out);
}

err_t employer_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_employer_by_code_row *rows;
    size_t n;
    TRY(q_employer_by_code(cx, &(struct q_employer_by_code_in){.code = code}, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no employer %s", code);
    *id = rows->id;
    return E_OK;
}

struct step {
    int64_t id;
    const char *action, *note;
};

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    struct q_employer_get_row e;
    const struct flow_edge *edge;
    size_t changed;
    TRY(employer_find(cx, s->id, &e));
    TRY(flow_step(cx, &employer_flow, e.status, s->action, s->note, &e, &edge));
    bool verified = strcmp(edge->to, "verified") == 0;
    struct q_employer_move_in in = {
        .status = edge->to,
        .verified_at = verified ? &cx->now : e.verified_at,
        .verified_by = verified ? &cx->actor.account_id : e.verified_by,
        .uscc = e.uscc,
        .id = e.id,
        .version = e.version,
    };
    TRY(q_employer_move(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "employer %lld moved meanwhile", (long long)e.id);
    TRY(change_add(cx, "employer", e.id));
    return audit_add(cx, s->action, "employer", e.id, arena_fmt(cx->arena, "{\"to\":\"%s\"}", edge->to));
}

err_t employer_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct step){id, action, note});
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
