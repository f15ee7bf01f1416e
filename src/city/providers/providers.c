#include "city/providers/providers.h"

#include "city/providers/providers_impl.h"

#include "base/hash.h"
#include "base/text.h"
#include "base/uscc.h"

#include <string.h>

static const struct flow_state states[] = {
    {"draft", N_("填写中")},   {"filed", N_("已提交，等区里备案")}, {"returned", N_("退回补充")}, {"registered", N_("已备案")},
    {"amended", N_("已备案，有变更待核")}, {"closed", N_("已退出")}, {0},
};

/* What a filing must hold: the licence of a school, a place, a teacher (2019 procedure, part 3). */
static err_t complete(struct ctx *cx, const void *row)
{
    const struct q_provider_get_row *p = row;
    struct q_provider_place_list_row *places;
    struct q_provider_teacher_list_row *teachers;
    size_t n_places, n_teachers;
    bool school = strcmp(p->kind, "school") == 0;
    if (school && (*p->licence == '\0' || p->licence_to == NULL))
        return SAY(cx, E_STATE, NULL, N_("请先填办学许可证号和有效期，再提交备案。"));
    if (school && *p->licence_to < today_of(cx))
        return SAY(cx, E_STATE, NULL, N_("办学许可已过期，请先换证、改好有效期，再提交备案。"));
    TRY(provider_places(cx, p->id, &places, &n_places));
    TRY(provider_teachers(cx, p->id, &teachers, &n_teachers));
    if (n_places == 0)
        return SAY(cx, E_STATE, NULL, N_("请先登记至少一个培训场所，再提交备案。"));
    return n_teachers > 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("请先登记至少一名教师，再提交备案。"));
}

#define FILERS (ROLE_PROVIDER | OFFICERS)
static const struct flow_edge edges[] = {
    {"draft", "file", "filed", N_("提交备案"), FILERS, 0, complete},
    {"draft", "close", "closed", N_("退出"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"filed", "register", "registered", N_("同意备案"), OFFICERS, 0, complete},
    {"filed", "return", "returned", N_("退回补充"), OFFICERS, FLOW_NOTE, NULL},
    {"returned", "file", "filed", N_("再次提交备案"), FILERS, 0, complete},
    {"returned", "close", "closed", N_("退出"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"registered", "file", "amended", N_("提交变更"), FILERS, 0, complete},
    {"registered", "close", "closed", N_("退出"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"amended", "register", "registered", N_("同意变更"), OFFICERS, 0, complete},
    {"amended", "return", "registered", N_("不同意变更"), OFFICERS, FLOW_NOTE, NULL},
    {0},
};
const struct flow provider_flow = {"provider", "draft", states, edges};

bool provider_is_registered(const char *status) { return strcmp(status, "registered") == 0 || strcmp(status, "amended") == 0; }

const char *code_for(struct ctx *cx, const char *letter, int64_t id) { return arena_fmt(cx->arena, "%s%lld", letter, (long long)id); }

const char *code_wait(struct ctx *cx)
{
    char token[44];
    hash_token(token);
    return arena_fmt(cx->arena, "%s", token);
}

err_t provider_note(struct ctx *cx, const char *kind, int64_t object_id, int64_t provider_id, const struct flow_edge *e, const char *note)
{
    const char *role = role_name(cx->actor.role);
    struct q_provider_log_add_in in = {.kind = kind, .object_id = object_id, .provider_id = provider_id, .at = cx->now,
                                       .account_id = cx->actor.account_id, .role = text_or(role), .action = e->action,
                                       .from_status = e->from, .to_status = e->to, .note = text_or(note)};
    TRY(q_provider_log_add(cx, &in, NULL));
    return audit_add(cx, e->action, kind, object_id, arena_fmt(cx->arena, "{\"to\":\"%s\"}", e->to));
}

err_t provider_find(struct ctx *cx, int64_t id, struct q_provider_get_row *out)
{
    return q_provider_get(cx, &(struct q_provider_get_in){.id = id}, out);
}

err_t provider_by_code(struct ctx *cx, const char *code, struct q_provider_get_row *out)
{
    struct q_provider_codes_row *rows;
    size_t n;
    TRY(q_provider_codes(cx, &(struct q_provider_codes_in){.code = code}, &rows, &n));
    return n > 0 ? provider_find(cx, rows->id, out) : FAIL(cx, E_NOTFOUND, NULL, "no provider %.20s", code);
}

err_t provider_page(struct ctx *cx, const struct q_provider_list_in *in, struct q_provider_list_row **rows, size_t *n)
{
    return q_provider_list(cx, in, rows, n);
}

err_t provider_log(struct ctx *cx, const char *kind, int64_t object_id, struct q_provider_log_list_row **rows, size_t *n)
{
    return q_provider_log_list(cx, &(struct q_provider_log_list_in){.kind = kind, .object_id = object_id}, rows, n);
}

err_t provider_bank(struct ctx *cx, int64_t id, const char **bank, const char **account)
{
    struct q_provider_get_row p;
    TRY(provider_find(cx, id, &p));
    *bank = p.bank;
    return unseal(cx, "provider.bank_account", p.bank_account, account);
}

static int64_t fives(int64_t part, int64_t of) { return of > 0 ? (part * 100 * 2 / of + 5) / 10 * 5 : 0; }

err_t provider_outcome(struct ctx *cx, int64_t id, struct provider_results *out)
{
    struct q_provider_results_row r;
    int64_t least;
    TRY(rules_number(cx, cx->house->rules, "provider.scorecard", "least", today_of(cx), &least, NULL));
    TRY(q_provider_results(cx, &(struct q_provider_results_in){.provider_id = id}, &r));
    *out = (struct provider_results){.known = r.began >= least * 2, .began = r.began / 10 * 10, .completed_pct = fives(r.completed, r.began),
                                     .passed_pct = fives(r.passed, r.began)};
    return E_OK;
}

err_t district_own(struct ctx *cx, int64_t district)
{
    bool own = (cx->actor.role & (ROLE_CITY | ROLE_CLOCK)) != 0 || (cx->actor.role == ROLE_DISTRICT && cx->actor.district == district);
    return own ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "district %lld is not this actor's", (long long)district);
}

err_t provider_own(struct ctx *cx, int64_t id, struct q_provider_get_row *p)
{
    TRY(provider_find(cx, id, p));
    if (cx->actor.role == ROLE_PROVIDER)
        return cx->actor.provider_id == id ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "provider %lld is not this actor's", (long long)id);
    return district_own(cx, p->district);
}

/* ---- writing the record ---- */

struct put {
    const struct provider_form *in;
    int64_t id, version;
};

static err_t checked(struct ctx *cx, const struct provider_form *f)
{
    if (strcmp(f->kind, "school") == 0 && f->licence != NULL && (f->licence_from == NULL || f->licence_to == NULL))
        return SAY(cx, E_INVALID, "licence_to", N_("请填办学许可证的起止日期。"));
    if (f->licence_from != NULL && f->licence_to != NULL && *f->licence_to < *f->licence_from)
        return SAY(cx, E_INVALID, "licence_to", N_("许可的截止日期在起始日期之前，请核对。"));
    return E_OK;
}

static err_t add_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge made = {.from = "", .action = "create", .to = "draft"};
    struct put *a = arg;
    const struct provider_form *f = a->in;
    struct q_provider_by_uscc_row *known;
    struct q_provider_add_row row;
    size_t n;
    TRY(district_own(cx, f->street / 1000));
    TRY(q_provider_by_uscc(cx, &(struct q_provider_by_uscc_in){.uscc = f->uscc}, &known, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, "uscc", N_("这个统一社会信用代码的机构已经登记过。"));
    struct q_provider_add_in in = {
        .code = code_wait(cx), .kind = f->kind, .name = f->name, .short_name = f->short_name, .uscc = f->uscc, .licence = text_or(f->licence),
        .licence_from = f->licence_from, .licence_to = f->licence_to, .legal_person = text_or(f->legal_person), .contact = f->contact,
        .phone = f->phone, .district = f->street / 1000, .street = f->street, .address = f->address, .about = text_or(f->about),
        .employer_id = f->employer_id > 0 ? &f->employer_id : NULL, .credit = "", .bank = text_or(f->bank), .status = "draft",
        .created_at = cx->now,
    };
    TRY(seal(cx, "provider.bank_account", f->bank_account, &in.bank_account));
    TRY(q_provider_add(cx, &in, &row));
    TRY(q_provider_name_code(cx, &(struct q_provider_name_code_in){.code = code_for(cx, "T", row.id), .id = row.id}, NULL));
    a->id = row.id;
    return provider_note(cx, "provider", row.id, row.id, &made, NULL);
}

err_t provider_add(struct ctx *cx, const struct provider_form *in, int64_t *id)
{
    char code[19];
    struct provider_form f = *in;
    const char *wrong = f.uscc != NULL ? uscc_read(f.uscc, code) : N_("请填写统一社会信用代码。");
    if (wrong != NULL)
        return SAY(cx, E_INVALID, "uscc", text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", strlen(text_or(f.uscc))), NULL));
    f.uscc = code;
    TRY(checked(cx, &f));
    struct put a = {.in = &f};
    TRY(store_tx(cx, STORE_WRITE, add_tx, &a));
    *id = a.id;
    return E_OK;
}

/* What counts for admission is told to the district again. */
static bool matters(const struct provider_form *f, const struct q_provider_get_row *p)
{
    bool to = (f->licence_to != NULL ? *f->licence_to : 0) != (p->licence_to != NULL ? *p->licence_to : 0);
    return to || strcmp(f->name, p->name) != 0 || strcmp(text_or(f->licence), p->licence) != 0 || strcmp(f->address, p->address) != 0 ||
           f->bank_account != NULL || strcmp(text_or(f->legal_person), p->legal_person) != 0;
}

static err_t move(struct ctx *cx, const struct q_provider_get_row *p, const struct flow_edge *e, const char *note)
{
    int64_t today = today_of(cx), due = 0, wait;
    size_t n;
    bool asked = strcmp(e->to, "filed") == 0 || strcmp(e->to, "amended") == 0;
    TRY(rules_number(cx, cx->house->rules, "provider.filing", "answer_working_days", today, &wait, NULL));
    due = working(cx, today, wait);
    TRY(q_provider_move(cx, &(struct q_provider_move_in){.status = e->to, .filed_on = asked ? &today : NULL, .due_on = asked ? &due : NULL,
                                                         .reason = text_or(note), .id = p->id, .version = p->version}, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "provider %lld changed meanwhile", (long long)p->id);
    if (strcmp(e->action, "register") == 0) {
        TRY(q_provider_place_filed(cx, &(struct q_provider_place_filed_in){.filed_on = today, .provider_id = p->id}, NULL));
        TRY(q_provider_teacher_filed(cx, &(struct q_provider_teacher_filed_in){.filed_on = today, .provider_id = p->id}, NULL));
    }
    return provider_note(cx, "provider", p->id, p->id, e, note);
}

static err_t edit_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge changed = {.from = "registered", .action = "edit", .to = "amended"};
    const struct put *a = arg;
    const struct provider_form *f = a->in;
    struct q_provider_get_row p;
    size_t n;
    TRY(provider_own(cx, a->id, &p));
    if (strcmp(p.status, "filed") == 0 || strcmp(p.status, "closed") == 0)
        return SAY(cx, E_STATE, NULL, N_("已经提交备案，区里答复以后再改；急着改请打区人社局电话，让区里先退回。"));
    struct q_provider_edit_in in = {
        .name = f->name, .short_name = f->short_name, .licence = text_or(f->licence), .licence_from = f->licence_from,
        .licence_to = f->licence_to, .legal_person = text_or(f->legal_person), .contact = f->contact, .phone = f->phone,
        .district = f->street / 1000, .street = f->street, .address = f->address, .about = text_or(f->about), .bank = text_or(f->bank),
        .bank_account = p.bank_account, .id = p.id, .version = a->version,
    };
    if (f->bank_account != NULL)
        TRY(seal(cx, "provider.bank_account", f->bank_account, &in.bank_account));
    TRY(q_provider_edit(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "provider %lld changed meanwhile", (long long)p.id);
    p.version = a->version + 1;
    if (strcmp(p.status, "registered") == 0 && matters(f, &p))
        return move(cx, &p, &changed, NULL);
    return provider_note(cx, "provider", p.id, p.id, &(struct flow_edge){.from = p.status, .action = "edit", .to = p.status}, NULL);
}

err_t provider_edit(struct ctx *cx, int64_t id, int64_t version, const struct provider_form *in)
{
    TRY(checked(cx, in));
    return store_tx(cx, STORE_WRITE, edit_tx, &(struct put){in, id, version});
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct flow_act *s = arg;
    struct q_provider_get_row p;
    const struct flow_edge *e;
    TRY(provider_own(cx, s->id, &p));
    TRY(flow_step(cx, &provider_flow, p.status, s->action, s->note, &p, &e));
    return move(cx, &p, e, s->note);
}

err_t provider_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct flow_act){id, action, note});
}

/* ---- what the bureau recognised it as ---- */

const struct choice provider_public_kinds[] = {{"none", N_("都不是")}, {"vocational", N_("职业学校")}, {"practice", N_("公共实训中心")}, {0}};

struct standing {
    int64_t id;
    bool base;
    const char *public_kind, *note;
};

static err_t standing_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge recognised = {.action = "standing", .label = N_("认定")};
    const struct standing *s = arg;
    struct q_provider_get_row p;
    struct flow_edge e = recognised;
    TRY(provider_own(cx, s->id, &p));
    e.from = e.to = p.status;
    TRY(q_provider_standing(cx, &(struct q_provider_standing_in){.base = s->base, .public_kind = s->public_kind, .id = p.id}, NULL));
    return provider_note(cx, "provider", p.id, p.id, &e, s->note);
}

err_t provider_standing(struct ctx *cx, int64_t id, bool base, const char *public_kind, const char *note)
{
    return store_tx(cx, STORE_WRITE, standing_tx, &(struct standing){id, base, strcmp(public_kind, "none") == 0 ? "" : public_kind, note});
}
