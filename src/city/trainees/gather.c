/* From the records to the facts of a decision. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "base/idno.h"
#include "city/classes/classes.h"
#include "city/history/history.h"
#include "city/house.h"
#include "city/trainees/trainees_impl.h"

#include "trainees.sql.h"

#include <stddef.h>
#include <string.h>

enum { FACTS = 40 };

void gather_fact(struct ctx *cx, struct gathered *g, const char *name, const char *value, const char *source)
{
    if (value == NULL || *value == '\0')
        return;
    if (g->f.n_facts == g->cap) {
        size_t more = g->cap == 0 ? FACTS : g->cap * 2;
        g->fact = arena_grow(cx->arena, g->fact, sizeof *g->fact * g->cap, sizeof *g->fact * more);
        g->cap = more;
    }
    g->fact[g->f.n_facts++] = (struct decide_fact){.name = name, .value = value, .source = source};
    g->f.fact = g->fact;
}

err_t gather_idno(struct ctx *cx, struct gathered *g, const char *idno)
{
    struct idno id;
    const char *wrong = idno == NULL ? NULL : idno_read(idno, day_of(cx->now, DAY_ZONE), &id);
    if (idno == NULL)
        return E_OK;
    if (wrong != NULL)
        return SAY(cx, E_INVALID, "idno", wrong);
    gather_fact(cx, g, "birth", day_text_iso(cx->arena, id.birth), "identity");
    gather_fact(cx, g, "sex", id.sex == SEX_MALE ? "male" : "female", "identity");
    return E_OK;
}

/* What concerns the class (who one was when it began) counts as of its opening day, the rest as of today. */
static bool of_class(const char *name)
{
    static const char *const names[] = {"category", "proof", "unit", "unit_name", "graduates", "qualified"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

void gather_held(struct ctx *cx, struct gathered *g, const struct q_fact_list_row *f)
{
    int64_t opens = g->f.class.starts_on, to = f->to_on == NULL ? 0 : *f->to_on;
    if (strcmp(f->status, "replaced") == 0)
        return;
    if (of_class(f->name) && (f->from_on > opens || (to != 0 && to < opens)))
        return;
    gather_fact(cx, g, f->name, f->value, f->source);
    struct decide_fact *last = &g->fact[g->f.n_facts - 1];
    last->disputed = strcmp(f->status, "disputed") == 0;
    if (!of_class(f->name))
        last->from = f->from_on, last->to = to;
}

static err_t gather_past(struct ctx *cx, int64_t person_id, const char *idno, struct gathered *g)
{
    struct q_trainee_past_row *classes;
    struct q_trainee_past_items_row *items;
    struct q_history_of_row *before = NULL;
    size_t n, m, h = 0, k = 0;
    if (idno != NULL)
        TRY(history_of(cx, idno, &before, &h));
    TRY(q_trainee_past(cx, &(struct q_trainee_past_in){.person_id = person_id, .class_id = g->row.id}, &classes, &n));
    TRY(q_trainee_past_items(cx, &(struct q_trainee_past_items_in){.person_id = person_id, .class_id = g->row.id}, &items, &m));
    struct decide_past *past = ARENA_ARRAY(cx->arena, struct decide_past, n + m + h + 1);
    for (size_t i = 0; i < h; i++)
        past[k++] = PAST_BEFORE(before[i]);
    for (size_t i = 0; i < n; i++)
        past[k++] = PAST_CLASS(classes[i]);
    for (size_t i = 0; i < m; i++)
        past[k++] = PAST_ITEM(items[i]);
    g->f.past = past;
    g->f.n_past = k;
    return E_OK;
}

static err_t gather_known(struct ctx *cx, int64_t person_id, struct blob sealed, struct gathered *g)
{
    struct q_fact_list_row *facts;
    const char *idno;
    size_t n;
    TRY(facts_of(cx, person_id, &facts, &n));
    for (size_t i = 0; i < n; i++)
        if (!g->pair || strcmp(facts[i].name, "step_up") == 0)
            gather_held(cx, g, &facts[i]);
    if (g->pair)
        return E_OK;
    TRY(unseal(cx, "person.idno", sealed, &idno));
    TRY(gather_idno(cx, g, idno));
    return gather_past(cx, person_id, idno, g);
}

err_t gather_person(struct ctx *cx, int64_t person_id, struct gathered *g)
{
    struct q_trainee_idno_row who;
    TRY(q_trainee_idno_first(cx, &(struct q_trainee_idno_in){.id = person_id}, &who));
    return gather_known(cx, person_id, who.idno, g);
}

/* What an officer has found out stands in place of what the application says. */
static void form_fact(struct ctx *cx, struct gathered *g, const char *name, const char *value, const char *source)
{
    for (size_t i = 0; i < g->f.n_facts; i++)
        if (strcmp(g->fact[i].name, name) == 0 && strcmp(g->fact[i].source, "officer") == 0)
            return;
    gather_fact(cx, g, name, value, source);
}

/* Of a master and apprentices: the master's word and what is known of them; the months of the class; how many apprentices there are with this one. */
static err_t gather_master(struct ctx *cx, int64_t class_id, struct gathered *g)
{
    struct master m;
    struct q_fact_list_row *facts;
    size_t n;
    TRY(class_master(cx, class_id, &m));
    g->pair = g->f.class.one = true;
    gather_fact(cx, g, "category", "employee", "class"); /* a master is one of the enterprise's people: that tells the fund */
    gather_fact(cx, g, "months", arena_fmt(cx->arena, "%lld", (long long)m.months), "class");
    gather_fact(cx, g, "apprentices", arena_fmt(cx->arena, "%lld", (long long)(m.apprentices > 0 ? m.apprentices : 1)), "class");
    if (m.person_id == 0)
        return E_OK;
    TRY(facts_of(cx, m.person_id, &facts, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(facts[i].name, "pension") == 0 || strcmp(facts[i].name, "civil") == 0)
            gather_held(cx, g, &facts[i]);
    form_fact(cx, g, "pension", m.pension, "provider");
    form_fact(cx, g, "civil", m.civil, "provider");
    return E_OK;
}

err_t gather_class(struct ctx *cx, int64_t class_id, struct gathered *g)
{
    struct q_trainee_case_row row;
    TRY(q_trainee_case_first(cx, &(struct q_trainee_case_in){.id = class_id}, &row));
    const struct q_trainee_case_row *c = &row;
    *g = (struct gathered){.row = *c, .f = {.on = day_of(cx->now, DAY_ZONE), .stage = DECIDE_ADMIT}};
    g->f.class = (struct decide_class){
        .line = c->line, .credit = c->credit, .code = c->code, .occupation = c->occupation, .name = c->item_name, .level = c->level, .hours = c->hours, .mode = c->mode, .urgency = c->urgency,
        .evaluation = c->evaluation, .provider = *c->public_kind != '\0' ? c->public_kind : c->provider_kind, .audience = c->audience, .employer = c->employer_uscc == NULL ? "" : c->employer_uscc,
        .base = c->base != 0, .start_level = c->first_level != NULL && *c->first_level == c->level, .starts_on = c->starts_on, .ends_on = c->ends_on,
        .rate = c->rate == NULL ? 0 : *c->rate, .fee = c->fee == NULL ? 0 : *c->fee, .catalogue = c->catalogue};
    if (strcmp(c->line, "project") == 0 && c->decided_on != NULL && strcmp(c->status, "returned") != 0)
        gather_fact(cx, g, "key_unit", "yes", "officer"); /* approving the class said so */
    return class_is_pair(c->line) ? gather_master(cx, class_id, g) : E_OK;
}

static void flag(struct ctx *cx, struct gathered *g, const char *flags, const char *name, const char *source)
{
    if (flags != NULL && strstr(flags, name) != NULL)
        form_fact(cx, g, name, "yes", source);
}

void gather_form(struct ctx *cx, struct gathered *g, const struct trainee_form *in, const char *source)
{
    if (g->pair)
        return;
    form_fact(cx, g, "category", in->category, source);
    form_fact(cx, g, "proof", in->proof, source);
    form_fact(cx, g, "unit", in->uscc, source);
    form_fact(cx, g, "unit_name", in->employer, source);
    if (in->graduates != NULL)
        form_fact(cx, g, "graduates", day_text_iso(cx->arena, *in->graduates), source);
    form_fact(cx, g, "pension", in->pension, source);
    form_fact(cx, g, "civil", in->civil, source);
    form_fact(cx, g, "pupil", in->pupil, source);
    form_fact(cx, g, "local", in->local, source);
    form_fact(cx, g, "post", in->post, source);
    form_fact(cx, g, "qualified", in->qualified, source);
    form_fact(cx, g, "permit", in->permit, source);
    if (in->hired_on != NULL)
        form_fact(cx, g, "hired_on", day_text_iso(cx->arena, *in->hired_on), source);
    flag(cx, g, in->flags, "hard", source);
    flag(cx, g, in->flags, "zero", source);
    flag(cx, g, in->flags, "low", source);
}

struct said_key {
    const char *name;
    size_t off;
};
static const struct said_key said_keys[] = {
    {"pension", offsetof(struct trainee_form, pension)}, {"civil", offsetof(struct trainee_form, civil)}, {"pupil", offsetof(struct trainee_form, pupil)},
    {"local", offsetof(struct trainee_form, local)},     {"post", offsetof(struct trainee_form, post)},   {"qualified", offsetof(struct trainee_form, qualified)},
    {"permit", offsetof(struct trainee_form, permit)},
};

const char *trainee_said(struct ctx *cx, const struct trainee_form *in)
{
    struct buf out = {.a = cx->arena};
    for (size_t i = 0; i < sizeof said_keys / sizeof *said_keys; i++) {
        const char *value = *(const char *const *)((const char *)in + said_keys[i].off);
        if (value != NULL && *value != '\0')
            buf_fmt(&out, "%s%s=%s", out.len > 0 ? " " : "", said_keys[i].name, value);
    }
    if (in->hired_on != NULL)
        buf_fmt(&out, "%shired_on=%s", out.len > 0 ? " " : "", day_text_iso(cx->arena, *in->hired_on));
    return buf_text(&out);
}

void trainee_unsaid(struct ctx *cx, const char *said, struct trainee_form *out)
{
    for (const char *p = said; *p != '\0'; p += strcspn(p, " "), p += *p == ' ') {
        size_t len = strcspn(p, "=");
        if (strncmp(p, "hired_on=", 9) == 0) {
            int64_t *day = ARENA_NEW(cx->arena, int64_t);
            *day = day_read(arena_strndup(cx->arena, p + 9, strcspn(p + 9, " ")));
            out->hired_on = day;
        }
        for (size_t i = 0; i < sizeof said_keys / sizeof *said_keys; i++)
            if (strlen(said_keys[i].name) == len && memcmp(said_keys[i].name, p, len) == 0)
                *(const char **)((char *)out + said_keys[i].off) = arena_strndup(cx->arena, p + len + 1, strcspn(p + len + 1, " "));
    }
}

void trainee_as_form(struct ctx *cx, const struct q_trainee_get_row *t, struct trainee_form *out)
{
    *out = (struct trainee_form){.category = t->category, .proof = t->proof, .flags = t->flags, .employer = t->employer, .uscc = t->uscc, .graduates = t->graduates_on};
    trainee_unsaid(cx, t->said, out);
}

const char *channel_source(const char *channel)
{
    return strcmp(channel, "public") == 0 ? "person" : strcmp(channel, "district") == 0 ? "officer" : channel;
}

err_t gathered_decide(struct ctx *cx, struct gathered *g, struct decision *d)
{
    return decide(cx, cx->house->rules, &g->f, d);
}

err_t gathered_record(struct ctx *cx, struct gathered *g, struct decision *d, const char **json)
{
    const struct tr *language = cx->tr;
    cx->tr = NULL;
    err_t e = gathered_decide(cx, g, d);
    cx->tr = language;
    TRY(e);
    struct view *v = view_obj(cx->arena);
    struct buf out = {.a = cx->arena};
    decide_view(cx, v, d);
    view_json(&out, v);
    *json = buf_text(&out);
    return E_OK;
}

err_t trainee_try(struct ctx *cx, int64_t class_id, int64_t person_id, const struct trainee_form *in, struct decision *d)
{
    struct gathered g;
    const char *source = fact_source(cx);
    TRY(gather_class(cx, class_id, &g));
    if (person_id != 0)
        TRY(gather_person(cx, person_id, &g));
    else
        TRY(gather_idno(cx, &g, in->idno));
    gather_form(cx, &g, in, source);
    return gathered_decide(cx, &g, d);
}

err_t gathered_once_more(struct ctx *cx, struct gathered *g, const struct trainee_form *form, const struct decide_again *a, struct decision *d)
{
    gather_form(cx, g, form, channel_source(a->channel));
    g->f.on = a->on;
    g->f.person = a->code;
    if (a->result != NULL) {
        g->f.stage = DECIDE_CLAIM;
        g->f.result = *a->result;
    }
    if (g->pair && a->result != NULL && a->result->certificate != NULL && a->result->certificate_level == g->f.class.level && form->qualified != NULL &&
        strcmp(form->qualified, "yes") == 0)
        form_fact(cx, g, "step_up", "yes", "certificate");
    return gathered_decide(cx, g, d);
}

err_t trainee_decide_again(struct ctx *cx, int64_t id, int64_t on, const struct decide_result *result, struct decision *d)
{
    struct q_trainee_get_row t;
    struct gathered g;
    struct trainee_form form;
    TRY(trainee_find(cx, id, &t));
    TRY(gather_class(cx, t.class_id, &g));
    TRY(gather_person(cx, t.person_id, &g));
    trainee_as_form(cx, &t, &form);
    return gathered_once_more(cx, &g, &form, &(struct decide_again){t.code, t.channel, on, result}, d);
}
