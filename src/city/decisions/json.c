#include "city/decisions/decisions.h"

#include "base/day.h"
#include "base/field.h"
#include "base/text.h"

#include <jansson.h>
#include <stddef.h>
#include <string.h>

enum { MOST_BYTES = 65536, MOST_ITEMS = 500 };
enum kind { TEXT = 1, CODE /* one of `codes` */, NUMBER, DAY, YES };

struct key { /* one member of an object and where it goes */
    const char *name;
    enum kind kind;
    bool required;
    size_t off;
    const char *codes; /* separated by blanks */
};

#define C(member) offsetof(struct decide_class, member)
static const struct key class_keys[] = {
    {"line", CODE, false, C(line), "catalogue centre placement induction project safety apprentice master"},
    {"code", TEXT, false, C(code), NULL},
    {"occupation", TEXT, true, C(occupation), NULL},
    {"name", TEXT, false, C(name), NULL},
    {"level", NUMBER, true, C(level), NULL},
    {"hours", NUMBER, true, C(hours), NULL},
    {"mode", CODE, true, C(mode), "offline hybrid online"},
    {"urgency", CODE, true, C(urgency), "very short some"},
    {"evaluation", CODE, false, C(evaluation), "A B C"},
    {"provider", CODE, true, C(provider), "school centre vocational practice"},
    {"credit", TEXT, false, C(credit), NULL},
    {"audience", CODE, false, C(audience), "society employees"},
    {"employer", TEXT, false, C(employer), NULL},
    {"base", YES, false, C(base), NULL},
    {"start_level", YES, false, C(start_level), NULL},
    {"starts_on", DAY, true, C(starts_on), NULL},
    {"ends_on", DAY, true, C(ends_on), NULL},
    {"rate", NUMBER, true, C(rate), NULL},
    {"fee", NUMBER, false, C(fee), NULL},
    {"catalogue", TEXT, false, C(catalogue), NULL},
    {0},
};
#define F(member) offsetof(struct decide_fact, member)
static const struct key fact_keys[] = {
    {"name", TEXT, true, F(name), NULL}, {"value", TEXT, true, F(value), NULL}, {"source", TEXT, true, F(source), NULL},
    {"from", DAY, false, F(from), NULL}, {"to", DAY, false, F(to), NULL},       {"disputed", YES, false, F(disputed), NULL}, {0},
};
struct past_in { /* codes before they are read as numbers */
    struct decide_past p;
    const char *kind, *state;
};
#define P(member) offsetof(struct past_in, member)
static const struct key past_keys[] = {
    {"kind", CODE, true, P(kind), "training evaluation allowance"}, {"state", CODE, true, P(state), "open claimed paid"},
    {"code", TEXT, true, P(p.code), NULL},                          {"occupation", TEXT, false, P(p.occupation), NULL},
    {"fund", CODE, false, P(p.fund), "insurance employment"},       {"source", TEXT, false, P(p.source), NULL},
    {"line", CODE, false, P(p.line), "catalogue centre placement induction project safety apprentice master"},
    {"level", NUMBER, false, P(p.level), NULL},                     {"starts_on", DAY, true, P(p.starts_on), NULL},
    {"ends_on", DAY, true, P(p.ends_on), NULL},                     {0},
};
#define R(member) offsetof(struct decide_result, member)
static const struct key result_keys[] = {
    {"hours", NUMBER, true, R(hours), NULL},
    {"attendance_ppm", NUMBER, true, R(attendance_ppm), NULL},
    {"class_unqualified", YES, false, R(class_unqualified), NULL},
    {"why_unqualified", TEXT, false, R(why_unqualified), NULL},
    {"certificate", TEXT, false, R(certificate), NULL},
    {"certificate_occupation", TEXT, false, R(certificate_occupation), NULL},
    {"certificate_level", NUMBER, false, R(certificate_level), NULL},
    {"certificate_on", DAY, false, R(certificate_on), NULL},
    {"evaluation_passed", YES, false, R(evaluation_passed), NULL},
    {0},
};
struct head {
    const char *person, *stage;
    int64_t on;
};
static const struct key head_keys[] = {
    {"person", TEXT, false, offsetof(struct head, person), NULL},
    {"stage", CODE, false, offsetof(struct head, stage), "admit claim"},
    {"on", DAY, true, offsetof(struct head, on), NULL},
    {0},
};

static const struct choice key_kinds[] = {{"text", N_("文字")}, {"code", N_("代码")}, {"number", N_("整数")}, {"day", N_("日期，像 2026-05-01")}, {"yes", N_("true 或 false")}, {0}};
static const struct choice fact_kinds[] = {{"yesno", N_("yes 或 no")}, {"day", N_("日期，像 2026-05-01")}, {"code", N_("代码")}, {"text", N_("文字")}, {"number", N_("整数")}, {0}};

void decisions_format(struct ctx *cx, struct view *to)
{
    static const struct {
        const char *name, *label;
        const struct key *keys;
    } all[] = {{"", N_("一个案例"), head_keys}, {"class", N_("班期（必填）"), class_keys}, {"facts[]", N_("事实，几条都行"), fact_keys},
               {"past[]", N_("以前的班期和补贴"), past_keys}, {"result", N_("培训结果（stage 为 claim 时必填）"), result_keys}};
    struct arena *a = cx->arena;
    struct view *objects = view_list(a, to, "objects"), *facts = view_list(a, to, "facts");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct view *o = view_item(a, objects), *members;
        view_str(a, o, "name", all[i].name);
        view_str(a, o, "label", tr(cx, all[i].label));
        members = view_list(a, o, "members");
        for (const struct key *k = all[i].keys; k->name != NULL; k++) {
            struct view *v = view_item(a, members);
            view_str(a, v, "member", k->name);
            view_str(a, v, "kind", tr(cx, key_kinds[k->kind - TEXT].label));
            view_bool(a, v, "required", k->required);
            view_str(a, v, "codes", k->codes);
        }
    }
    for (const struct decide_name *d = decide_names; d->name != NULL; d++) {
        struct view *v = view_item(a, facts);
        view_str(a, v, "name", d->name);
        view_str(a, v, "label", tr(cx, d->label));
        view_str(a, v, "kind", tr(cx, fact_kinds[d->kind - DECIDE_YESNO].label));
        view_str(a, v, "codes", d->values);
    }
}

static bool is_code(const char *codes, const char *s)
{
    size_t n = strlen(s);
    for (const char *p = codes; n > 0 && (p = strstr(p, s)) != NULL; p += n)
        if ((p == codes || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

static err_t wrong(struct ctx *cx, const char *path, const char *name, const char *say)
{
    return SAY(cx, E_INVALID, arena_fmt(cx->arena, "%s%s", path, name), say);
}

static err_t put(struct ctx *cx, const struct key *k, const json_t *v, const char *path, void *out)
{
    void *at = (char *)out + k->off;
    switch (k->kind) {
    case NUMBER:
        if (!json_is_integer(v))
            return wrong(cx, path, k->name, N_("这里要写整数"));
        *(int64_t *)at = json_integer_value(v);
        return E_OK;
    case YES:
        if (!json_is_boolean(v))
            return wrong(cx, path, k->name, N_("这里要写 true 或 false"));
        *(bool *)at = json_is_true(v);
        return E_OK;
    case DAY:
        *(int64_t *)at = json_is_string(v) ? day_read(json_string_value(v)) : 0;
        return *(int64_t *)at != 0 ? E_OK : wrong(cx, path, k->name, N_("这里要写日期，比如 \"2026-05-01\""));
    case TEXT:
    case CODE:
        if (!json_is_string(v) || json_string_length(v) > 200)
            return wrong(cx, path, k->name, N_("这里要写文字，最多 200 个字节"));
        if (k->kind == CODE && !is_code(k->codes, json_string_value(v)))
            return wrong(cx, path, k->name, N_("没有这个代码，请对照接口说明"));
        *(const char **)at = arena_strndup(cx->arena, json_string_value(v), json_string_length(v));
        return E_OK;
    }
    return E_OK;
}

/* Fills the struct by the table; a member that the table does not know is an error, so that a mistyped one is not overlooked. */
static err_t object(struct ctx *cx, const struct key *keys, const json_t *o, const char *path, const char *others, void *out)
{
    const char *name;
    json_t *v;
    if (!json_is_object(o))
        return wrong(cx, path, "", N_("这里要写一个对象"));
    for (const struct key *k = keys; k->name != NULL; k++) {
        v = json_object_get(o, k->name);
        if (v == NULL && k->required)
            return wrong(cx, path, k->name, N_("缺少这一项"));
        if (v != NULL && !json_is_null(v))
            TRY(put(cx, k, v, path, out));
        else if (k->kind == TEXT || k->kind == CODE)
            *(const char **)((char *)out + k->off) = NULL;
    }
    json_object_foreach((json_t *)(uintptr_t)o, name, v) {
        bool known = is_code(others, name);
        for (const struct key *k = keys; !known && k->name != NULL; k++)
            known = strcmp(k->name, name) == 0;
        if (!known)
            return wrong(cx, path, name, N_("不认识这一项，请对照接口说明"));
    }
    return E_OK;
}

static const char *or_else(const char *s, const char *otherwise)
{
    return s == NULL ? otherwise : s;
}

static err_t read_class(struct ctx *cx, const json_t *o, struct decide_class *c)
{
    TRY(object(cx, class_keys, o, "class.", "", c));
    c->code = or_else(c->code, "");
    c->name = or_else(c->name, c->occupation);
    c->evaluation = or_else(c->evaluation, "");
    c->audience = or_else(c->audience, "society");
    c->employer = or_else(c->employer, "");
    c->catalogue = or_else(c->catalogue, tr(cx, N_("目录")));
    return E_OK;
}

static err_t count(struct ctx *cx, const json_t *list, const char *name, size_t *n)
{
    *n = json_is_array(list) ? json_array_size(list) : 0;
    if (list != NULL && !json_is_array(list))
        return wrong(cx, name, "", N_("这里要写一个列表"));
    return *n <= MOST_ITEMS ? E_OK : wrong(cx, name, "", N_("这个列表太长了"));
}

static err_t read_facts(struct ctx *cx, const json_t *list, struct decide_facts *out)
{
    TRY(count(cx, list, "facts", &out->n_facts));
    struct decide_fact *facts = ARENA_ARRAY(cx->arena, struct decide_fact, out->n_facts + 1);
    for (size_t i = 0; i < out->n_facts; i++)
        TRY(object(cx, fact_keys, json_array_get(list, i), arena_fmt(cx->arena, "facts.%zu.", i), "", &facts[i]));
    out->fact = facts;
    return E_OK;
}

static err_t read_past(struct ctx *cx, const json_t *list, struct decide_facts *out)
{
    TRY(count(cx, list, "past", &out->n_past));
    struct decide_past *past = ARENA_ARRAY(cx->arena, struct decide_past, out->n_past + 1);
    for (size_t i = 0; i < out->n_past; i++) {
        struct past_in in = {0};
        TRY(object(cx, past_keys, json_array_get(list, i), arena_fmt(cx->arena, "past.%zu.", i), "", &in));
        past[i] = in.p;
        past[i].kind = *in.kind == 't' ? DECIDE_PAST_TRAINING : *in.kind == 'e' ? DECIDE_PAST_EVALUATION : DECIDE_PAST_LIVING;
        past[i].state = *in.state == 'o' ? DECIDE_OPEN : *in.state == 'c' ? DECIDE_CLAIMED : DECIDE_PAID;
        past[i].occupation = or_else(past[i].occupation, "");
        past[i].fund = or_else(past[i].fund, "");
        past[i].source = or_else(past[i].source, "");
    }
    out->past = past;
    return E_OK;
}

static void drop(void *j)
{
    json_decref(j);
}

err_t decisions_read(struct ctx *cx, const char *text, size_t n, struct decide_facts *out)
{
    json_error_t e;
    struct head head = {0};
    if (n > MOST_BYTES)
        return SAY(cx, E_INVALID, NULL, N_("这一行太长了，最多 64 KB"));
    json_t *root = json_loadb(text, n, JSON_REJECT_DUPLICATES, &e);
    if (root == NULL)
        return SAY(cx, E_INVALID, NULL, arena_fmt(cx->arena, tr(cx, N_("不是正确的 JSON：第 %d 个字节附近")), e.position));
    arena_defer(cx->arena, drop, root);
    *out = (struct decide_facts){0};
    TRY(object(cx, head_keys, root, "", "class facts past result", &head));
    out->person = head.person;
    out->on = head.on;
    out->stage = head.stage != NULL && *head.stage == 'c' ? DECIDE_CLAIM : DECIDE_ADMIT;
    TRY(read_class(cx, json_object_get(root, "class"), &out->class));
    TRY(read_facts(cx, json_object_get(root, "facts"), out));
    TRY(read_past(cx, json_object_get(root, "past"), out));
    if (out->stage == DECIDE_CLAIM)
        TRY(object(cx, result_keys, json_object_get(root, "result"), "result.", "", &out->result));
    return E_OK;
}

bool decisions_line(struct ctx *cx, const struct rules *rules, const char *text, size_t n, int64_t line, struct buf *out)
{
    struct arena *a = cx->arena;
    struct decide_facts facts = {0};
    struct decision d;
    struct view *v = view_obj(a);
    err_t e = decisions_read(cx, text, n, &facts);
    if (e == E_OK)
        e = decide(cx, rules, &facts, &d);
    if (e == E_OK) {
        decide_view(cx, v, &d);
    } else {
        view_i64(a, v, "line", line);
        view_str(a, v, "person", facts.person);
        struct view *error = view_sub(a, v, "error");
        view_str(a, error, "field", cx->fail.field);
        view_str(a, error, "say", tr(cx, cx->fail.say != NULL ? cx->fail.say : err_msgid(e)));
    }
    view_json(out, v);
    buf_str(out, "\n");
    return e == E_OK;
}
