#include "city/certificates/certificates.h"

#include "base/day.h"
#include "base/text.h"
#include "city/certificates/certificates_impl.h"
#include "city/supervision/supervision.h"
#include "city/trainees/trainees.h"
#include "rules/rules.h"
#include "store/store.h"

#include "certificates.sql.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

const struct choice certificate_kinds[] = {{"level", N_("职业技能等级证书")}, {"qualification", N_("职业资格证书")}, {"special", N_("专项职业能力证书")}, {0}};
const struct choice evaluator_kinds[] = {{"employer", N_("用人单位")}, {"society", N_("社会评价组织")}, {"centre", N_("技能鉴定中心")}, {0}};

static const struct flow_state states[] = {
    {"entered", N_("待核验")}, {"seen", N_("一人已核")}, {"verified", N_("核验通过")}, {"doubtful", N_("存疑")}, {"rejected", N_("不予认可")}, {0},
};

/* Two people: the second look is somebody else's. */
static err_t another(struct ctx *cx, const void *row)
{
    const struct q_certificate_get_row *x = row;
    bool same = x->first_by != NULL && *x->first_by == cx->actor.account_id;
    return same ? SAY(cx, E_DENIED, NULL, N_("第一次就是您核的，第二次要由另一名工作人员核。")) : E_OK;
}

static const struct flow_edge edges[] = {
    {"entered", "see", "seen", N_("我联网查过，属实"), ROLE_DISTRICT, 0, NULL},
    {"seen", "attest", "verified", N_("我也查过，属实"), ROLE_DISTRICT, 0, another},
    {"entered", "match", "verified", N_("结果文件核对一致"), ROLE_CLOCK, 0, NULL},
    {"seen", "match", "verified", N_("结果文件核对一致"), ROLE_CLOCK, 0, NULL},
    {"doubtful", "match", "verified", N_("结果文件核对一致"), ROLE_CLOCK, 0, NULL},
    {"entered", "differ", "doubtful", N_("和结果文件不一致"), ROLE_CLOCK, 0, NULL},
    {"seen", "differ", "doubtful", N_("和结果文件不一致"), ROLE_CLOCK, 0, NULL},
    {"entered", "doubt", "doubtful", N_("存疑"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"seen", "doubt", "doubtful", N_("存疑"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"doubtful", "see", "seen", N_("查清了，属实"), ROLE_DISTRICT, FLOW_NOTE, NULL},
    {"doubtful", "reject", "rejected", N_("不予认可"), ROLE_DISTRICT, FLOW_NOTE | FLOW_FINAL, NULL},
    {"verified", "doubt", "doubtful", N_("重新存疑"), OFFICERS, FLOW_NOTE, NULL},
    {0},
};
const struct flow certificate_flow = {"certificate", "entered", states, edges};

/* ---- reading ---- */

err_t certificate_by_id(struct ctx *cx, int64_t id, struct q_certificate_get_row *out)
{
    struct q_certificate_get_row *rows;
    size_t n;
    TRY(q_certificate_get(cx, &(struct q_certificate_get_in){.first_id = id, .last_id = id}, &rows, &n));
    if (id == 0 || n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no certificate %lld", (long long)id);
    *out = rows[0];
    return E_OK;
}

static bool mine(const struct ctx *cx, int64_t provider_id, int64_t district)
{
    const struct actor *a = &cx->actor;
    if (a->role == ROLE_PROVIDER)
        return a->provider_id == provider_id;
    if (a->role == ROLE_DISTRICT)
        return a->district == district;
    return a->role == ROLE_CITY || a->role == ROLE_AUDITOR || a->role == ROLE_CLOCK;
}

err_t certificate_get_mine(struct ctx *cx, int64_t id, struct q_certificate_get_row *out)
{
    TRY(certificate_by_id(cx, id, out));
    return mine(cx, out->provider_id, out->district) ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "certificate %lld is not this actor's", (long long)id);
}

err_t certificate_class_mine(struct ctx *cx, const char *code, struct q_certificate_class_row *out)
{
    struct q_certificate_class_row *rows;
    size_t n;
    TRY(q_certificate_class(cx, &(struct q_certificate_class_in){.code = code}, &rows, &n));
    if (n == 0 || !mine(cx, rows[0].provider_id, rows[0].district))
        return FAIL(cx, E_NOTFOUND, NULL, "class '%.20s' is not this actor's", code);
    *out = rows[0];
    return E_OK;
}

err_t certificates_of_class(struct ctx *cx, int64_t class_id, struct q_certificate_of_class_row **rows, size_t *n)
{
    return q_certificate_of_class(cx, &(struct q_certificate_of_class_in){.class_id = class_id}, rows, n);
}

err_t certificate_names(struct ctx *cx, const struct q_certificate_of_class_row *rows, size_t n, struct trainee_names **out)
{
    *out = ARENA_ARRAY(cx->arena, struct trainee_names, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *name;
        TRY(unseal(cx, "person.name", rows[i].name, &name));
        (*out)[i].masked = text_mask_name(cx->arena, name != NULL ? name : "");
    }
    return E_OK;
}

err_t certificate_list(struct ctx *cx, const int64_t *district, const char *status, const struct certificate_part *part, struct q_certificate_list_row **rows, size_t *n)
{
    struct q_certificate_list_in in = {.district = district, .status = status, .off = part->off, .lim = part->lim};
    return q_certificate_list(cx, &in, rows, n);
}

err_t certificate_of_trainee(struct ctx *cx, int64_t trainee_id, struct q_certificate_get_row **row)
{
    struct q_certificate_id_of_row *ids;
    size_t n;
    *row = NULL;
    TRY(q_certificate_id_of(cx, &(struct q_certificate_id_of_in){.trainee_id = trainee_id}, &ids, &n));
    if (n == 0)
        return E_OK;
    *row = ARENA_NEW(cx->arena, struct q_certificate_get_row);
    return certificate_by_id(cx, ids[0].id, *row);
}

err_t certificate_verified_of(struct ctx *cx, int64_t trainee_id, struct q_certificate_get_row **row)
{
    TRY(certificate_of_trainee(cx, trainee_id, row));
    if (*row != NULL && strcmp((*row)->status, "verified") != 0)
        *row = NULL;
    return E_OK;
}

err_t certificate_trainee_id(struct ctx *cx, int64_t class_id, const char *code, int64_t *id)
{
    struct q_certificate_trainee_code_row *rows;
    size_t n;
    TRY(q_certificate_trainee_code(cx, &(struct q_certificate_trainee_code_in){.code = code}, &rows, &n));
    if (n == 0 || rows[0].class_id != class_id)
        return SAY(cx, E_INVALID, "trainee", N_("这个班没有这个编号的学员。"));
    *id = rows[0].id;
    return E_OK;
}

/* ---- entering ---- */

struct entering {
    int64_t trainee_id, id;
    const struct certificate_in *in;
    struct certificate_number number;
};

static err_t checks_of(struct ctx *cx, const struct entering *e, const struct q_certificate_trainee_row *t, const char **json, size_t *bad)
{
    struct certificate_check list[CERTIFICATE_CHECKS];
    struct q_evaluator_named_row *who;
    struct buf b = {.a = cx->arena};
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), province;
    TRY(rules_number(cx, cx->house->rules, "certificate.level", "province", today, &province, NULL));
    TRY(q_evaluator_named(cx, &(struct q_evaluator_named_in){.name = e->in->evaluator}, &who, &n));
    struct certificate_facts f = {.number = &e->number, .level = t->level, .issued_on = e->in->issued_on, .ends_on = t->ends_on, .today = today,
                                  .province = province, .evaluator = e->in->evaluator, .provider = t->provider_name, .prefix = ""};
    if (n > 0) {
        f.evaluator_kind = who[0].kind;
        f.prefix = who[0].prefix;
        f.evaluator_ended = who[0].to_on != NULL && *who[0].to_on < e->in->issued_on;
    }
    n = certificate_consistent(cx, &f, list, bad);
    struct view *v = view_obj(cx->arena), *items = view_list(cx->arena, v, "checks");
    for (size_t i = 0; i < n; i++) {
        struct view *item = view_item(cx->arena, items);
        view_str(cx->arena, item, "code", list[i].code);
        view_str(cx->arena, item, "say", list[i].say);
        view_bool(cx->arena, item, "good", list[i].good);
    }
    view_json(&b, v);
    *json = buf_text(&b);
    return E_OK;
}

static err_t no_double(struct ctx *cx, const struct entering *e)
{
    struct q_certificate_number_row *same;
    struct q_certificate_id_of_row *has;
    size_t n;
    TRY(q_certificate_number(cx, &(struct q_certificate_number_in){.number = e->number.text}, &same, &n));
    if (n > 0)
        return SAY(cx, E_CONFLICT, "number", N_("这个证书编号已经登记在另一名学员名下。一个编号只能有一个人，请核对。"));
    TRY(q_certificate_id_of(cx, &(struct q_certificate_id_of_in){.trainee_id = e->trainee_id}, &has, &n));
    return n == 0 ? E_OK : SAY(cx, E_CONFLICT, "trainee", N_("这名学员在这个班的证书已经录入，不能再录一本。录错了请区里存疑后更正。"));
}

static err_t trainee_row(struct ctx *cx, int64_t id, struct q_certificate_trainee_row *out)
{
    struct q_certificate_trainee_row *rows;
    size_t n;
    TRY(q_certificate_trainee(cx, &(struct q_certificate_trainee_in){.id = id}, &rows, &n));
    if (n == 0 || !mine(cx, rows[0].provider_id, rows[0].district))
        return FAIL(cx, E_NOTFOUND, NULL, "trainee %lld is not this actor's", (long long)id);
    *out = rows[0];
    return strcmp(out->status, "refused") == 0 || strcmp(out->status, "dropped") == 0 || strcmp(out->status, "applied") == 0
               ? SAY(cx, E_STATE, NULL, N_("这名学员没有在这个班学完，不能录证书。"))
               : E_OK;
}

static err_t enter(struct ctx *cx, void *arg)
{
    struct entering *e = arg;
    struct q_certificate_trainee_row t;
    struct q_certificate_insert_row row;
    const char *checks;
    size_t bad;
    TRY(trainee_row(cx, e->trainee_id, &t));
    TRY(no_double(cx, e));
    TRY(checks_of(cx, e, &t, &checks, &bad));
    struct q_certificate_insert_in in = {.number = e->number.text, .kind = t.certificate, .person_id = t.person_id, .trainee_id = t.id,
                                         .occupation = e->in->occupation != NULL ? e->in->occupation : t.occupation,
                                         .level = e->in->level != 0 ? e->in->level : t.level, .issued_on = e->in->issued_on,
                                         .evaluator = e->in->evaluator, .status = bad > 0 ? "doubtful" : certificate_flow.initial, .checks = checks,
                                         .at = cx->now};
    TRY(q_certificate_insert(cx, &in, &row));
    e->id = row.id;
    TRY(supervision_moved(cx, t.class_id));
    TRY(audit_add(cx, "enter", "certificate", row.id, arena_fmt(cx->arena, "{\"trainee\":%lld,\"bad\":%zu}", (long long)t.id, bad)));
    return bad == 0 ? certificate_match(cx, row.id) : E_OK;
}

static err_t read_number(struct ctx *cx, int64_t trainee_id, const char *given, struct certificate_number *out)
{
    struct q_certificate_trainee_row t;
    TRY(trainee_row(cx, trainee_id, &t));
    const char *wrong = certificate_number_read(cx->arena, given, t.certificate, out);
    if (wrong == NULL)
        return E_OK;
    return SAY(cx, E_INVALID, "number",
               text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", out->text[0] != '\0' ? strlen(out->text) : utf8_count(given, strlen(given))), NULL));
}

err_t certificate_enter(struct ctx *cx, int64_t trainee_id, const struct certificate_in *in, int64_t *id)
{
    struct entering e = {.trainee_id = trainee_id, .in = in};
    TRY(read_number(cx, trainee_id, in->number, &e.number));
    TRY(store_tx(cx, STORE_WRITE, enter, &e));
    *id = e.id;
    return E_OK;
}

/* ---- moving ---- */

/* With a verified certificate the trainee has passed; the step is the clock's, whoever verified. */
static err_t passed(struct ctx *cx, int64_t trainee_id)
{
    struct q_trainee_get_row t;
    struct actor was = cx->actor;
    TRY(trainee_find(cx, trainee_id, &t));
    if (strcmp(t.status, "completed") != 0 && strcmp(t.status, "failed") != 0)
        return E_OK;
    cx->actor = (struct actor){.account_id = was.account_id, .role = ROLE_CLOCK};
    err_t e = trainee_step(cx, trainee_id, "pass", NULL);
    cx->actor = was;
    return e;
}

err_t certificate_put(struct ctx *cx, const struct q_certificate_get_row *x, const char *status, const char *evidence, const int64_t *first,
                      const int64_t *second, const int64_t *file_id)
{
    size_t n;
    struct q_certificate_step_in in = {.status = status, .first_by = first, .second_by = second, .evidence = evidence, .result_file_id = file_id,
                                       .id = x->id, .version = x->version};
    TRY(q_certificate_step(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "certificate %lld was changed meanwhile", (long long)x->id);
    return strcmp(status, "verified") == 0 && x->trainee_id != NULL ? passed(cx, *x->trainee_id) : E_OK;
}

struct step {
    int64_t id, version;
    const char *action, *note, *evidence;
};

static err_t evidence_needed(struct ctx *cx, const struct step *s)
{
    bool looks = strcmp(s->action, "see") == 0 || strcmp(s->action, "attest") == 0;
    if (!looks || (s->evidence != NULL && strlen(s->evidence) == 64))
        return E_OK;
    return SAY(cx, E_INVALID, "file", N_("请上传联网查询结果的截图：系统只记它的摘要，原件由您单位保存。"));
}

static err_t step(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    const struct flow_edge *edge;
    struct q_certificate_get_row x;
    TRY(certificate_get_mine(cx, s->id, &x));
    if (x.version != s->version)
        return FAIL(cx, E_CONFLICT, NULL, "certificate %lld was changed meanwhile", (long long)s->id);
    TRY(flow_step(cx, &certificate_flow, x.status, s->action, s->note, &x, &edge));
    TRY(evidence_needed(cx, s));
    bool see = strcmp(s->action, "see") == 0, attest = strcmp(s->action, "attest") == 0;
    const char *evidence = attest ? arena_fmt(cx->arena, "%s %s", x.evidence, s->evidence) : see ? s->evidence : x.evidence;
    const int64_t *first = see ? &cx->actor.account_id : attest ? x.first_by : NULL;
    TRY(certificate_put(cx, &x, edge->to, evidence, first, attest ? &cx->actor.account_id : NULL, x.result_file_id));
    return audit_add(cx, edge->action, "certificate", x.id, see || attest ? arena_fmt(cx->arena, "{\"evidence\":\"%s\"}", s->evidence) : NULL);
}

err_t certificate_step(struct ctx *cx, int64_t id, const char *action, const char *note, const char *evidence, int64_t version)
{
    struct step s = {id, version, action, note, evidence};
    return store_tx(cx, STORE_WRITE, step, &s);
}

/* ---- evaluators ---- */

err_t evaluators(struct ctx *cx, struct q_evaluator_list_row **rows, size_t *n)
{
    return q_evaluator_list(cx, rows, n);
}

static err_t add_evaluator(struct ctx *cx, void *arg)
{
    const struct q_evaluator_insert_in *in = arg;
    struct q_evaluator_named_row *known;
    struct q_evaluator_insert_row row;
    size_t n;
    TRY(q_evaluator_named(cx, &(struct q_evaluator_named_in){.name = in->name}, &known, &n));
    if (n > 0)
        return SAY(cx, E_INVALID, "name", N_("这个评价组织已经在名单里。"));
    TRY(q_evaluator_insert(cx, in, &row));
    return audit_add(cx, "add", "evaluator", row.id, NULL);
}

err_t evaluator_add(struct ctx *cx, const char *name, const char *kind, const char *prefix)
{
    struct q_evaluator_insert_in in = {.name = name, .kind = kind, .prefix = prefix != NULL ? prefix : "", .from_on = day_of(cx->now, DAY_ZONE)};
    if (strlen(in.prefix) > 13)
        return SAY(cx, E_INVALID, "prefix", N_("编号开头最多 13 位：字母 1 位、机构 4 位、省级 2 位、站点 6 位。"));
    return store_tx(cx, STORE_WRITE, add_evaluator, &in);
}

/* ---- words ---- */

static void forget(void *j)
{
    json_decref(j);
}

void certificate_checks_view(struct ctx *cx, struct view *to, const char *checks)
{
    json_t *j = json_loads(checks, 0, NULL);
    const json_t *rows = json_object_get(j, "checks");
    struct view *list = view_list(cx->arena, to, "checks");
    if (j != NULL)
        arena_defer(cx->arena, forget, j);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *r = json_array_get(rows, i);
        const char *say = json_string_value(json_object_get(r, "say"));
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "say", say != NULL ? say : "");
        view_bool(cx->arena, v, "good", json_is_true(json_object_get(r, "good")));
    }
}
