#include "city/trainees/trainees.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "city/house.h"
#include "city/employers/employers.h"
#include "city/people/people.h"
#include "city/trainees/trainees_impl.h"
#include "city/training.h"

#include "trainees.sql.h"

#include <stddef.h>
#include <string.h>

static const struct flow_state states[] = {
    {"applied", N_("已报名")},   {"admitted", N_("已录取")}, {"attending", N_("在学")},  {"completed", N_("已结课")}, {"passed", N_("已取得证书")},
    {"failed", N_("考试没通过")}, {"dropped", N_("已退出")},  {"refused", N_("没有录取")}, {0},
};

#define TEACHES (ROLE_PROVIDER | OFFICERS)
#define TEACHES_CLOCK (TEACHES | ROLE_CLOCK)
static const struct flow_edge edges[] = {
    {"applied", "admit", "admitted", N_("录取"), TEACHES, 0, NULL},
    {"applied", "admit_checked", "admitted", N_("核实后录取"), OFFICERS, FLOW_NOTE, NULL},
    {"applied", "refuse", "refused", N_("不录取"), TEACHES, FLOW_NOTE, NULL},
    {"applied", "drop", "dropped", N_("退出"), TEACHES | DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"refused", "reopen", "applied", N_("重新审核"), TEACHES, FLOW_NOTE, NULL},
    {"admitted", "attend", "attending", N_("已到课"), TEACHES_CLOCK, 0, NULL},
    {"admitted", "drop", "dropped", N_("退出"), TEACHES | DESK | ROLE_SEEKER, FLOW_NOTE | FLOW_FINAL, NULL},
    {"attending", "drop", "dropped", N_("退出"), TEACHES, FLOW_NOTE | FLOW_FINAL, NULL},
    {"attending", "complete", "completed", N_("已结课"), TEACHES_CLOCK, 0, NULL},
    {"completed", "pass", "passed", N_("已取得证书"), TEACHES_CLOCK, FLOW_FINAL, NULL},
    {"completed", "fail", "failed", N_("考试没通过"), TEACHES_CLOCK, 0, NULL},
    {"failed", "pass", "passed", N_("补考通过"), TEACHES_CLOCK, FLOW_FINAL, NULL},
    {0},
};
const struct flow trainee_flow = {"trainee", "applied", states, edges};

err_t trainee_find(struct ctx *cx, int64_t id, struct q_trainee_get_row *out)
{
    return q_trainee_get_first(cx, &(struct q_trainee_get_in){.id = id}, out);
}

err_t trainee_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_trainee_by_code_row row;
    TRY(q_trainee_by_code_first(cx, &(struct q_trainee_by_code_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t trainee_own(struct ctx *cx, int64_t id, struct q_trainee_get_row *out)
{
    const struct actor *a = &cx->actor;
    TRY(trainee_find(cx, id, out));
    bool own = a->role == ROLE_PROVIDER   ? out->provider_id == a->provider_id
               : a->role == ROLE_DISTRICT ? out->district == a->district
               : a->role == ROLE_SEEKER   ? out->person_id == a->person_id
                                          : (a->role & (DESK | ROLE_CITY | ROLE_AUDITOR | ROLE_CLOCK)) != 0;
    return own ? E_OK : FAIL(cx, E_NOTFOUND, NULL, "trainee %lld is not this actor's", (long long)id);
}

err_t trainee_class(struct ctx *cx, const char *code, struct q_trainee_case_row *out, int64_t *left)
{
    struct q_trainee_class_of_row of;
    struct q_trainee_taken_row taken;
    struct gathered g;
    TRY(q_trainee_class_of_first(cx, &(struct q_trainee_class_of_in){.code = code}, &of));
    TRY(gather_class(cx, of.id, &g));
    TRY(q_trainee_taken(cx, &(struct q_trainee_taken_in){.class_id = of.id}, &taken));
    *out = g.row;
    *left = g.row.seats > taken.n ? g.row.seats - taken.n : 0;
    return E_OK;
}

err_t trainee_mask(struct ctx *cx, struct blob name, struct blob idno, const char **masked_name, const char **masked_idno)
{
    const char *n, *i;
    TRY(unseal(cx, "person.name", name, &n));
    TRY(unseal(cx, "person.idno", idno, &i));
    *masked_name = n == NULL ? NULL : text_mask_name(cx->arena, n);
    *masked_idno = i == NULL ? NULL : text_mask_idno(cx->arena, i);
    return E_OK;
}

err_t trainees_of_class(struct ctx *cx, int64_t class_id, struct q_trainee_of_class_row **rows, size_t *n)
{
    return q_trainee_of_class(cx, &(struct q_trainee_of_class_in){.class_id = class_id}, rows, n);
}

err_t trainees_of_person(struct ctx *cx, int64_t person_id, struct q_trainee_of_person_row **rows, size_t *n)
{
    return q_trainee_of_person(cx, &(struct q_trainee_of_person_in){.person_id = person_id}, rows, n);
}

err_t trainees_page(struct ctx *cx, const struct q_trainee_list_in *in, struct q_trainee_list_row **rows, size_t *n)
{
    return q_trainee_list(cx, in, rows, n);
}

err_t trainees_count(struct ctx *cx, int64_t district, int64_t year, int64_t *n)
{
    struct q_trainee_count_row row;
    struct q_trainee_count_in in = {.district = district != 0 ? &district : NULL, .from_on = year * 10000 + 101, .to_on = year * 10000 + 1231};
    TRY(q_trainee_count(cx, &in, &row));
    *n = row.n;
    return E_OK;
}

/* ---- applying ---- */

struct applying {
    int64_t class_id, person_id, id;
    const struct trainee_form *in;
    struct decision *d;
    bool late; /* the class need not take people any more */
};

static const char *channel(const struct ctx *cx)
{
    unsigned role = cx->actor.role;
    return role & DESK ? "desk" : role == ROLE_PROVIDER ? "provider" : role & OFFICERS ? "district" : "public";
}

static err_t takes_people(struct ctx *cx, const struct gathered *g)
{
    struct q_trainee_taken_row taken;
    if (g->pair && cx->actor.role != ROLE_PROVIDER)
        return FAIL(cx, E_NOTFOUND, NULL, "apprentices are entered by the provider");
    if (strcmp(g->row.status, "approved") != 0)
        return SAY(cx, E_STATE, NULL, N_("这个班期现在不接受报名，请看看别的班期"));
    if (g->row.starts_on <= g->f.on)
        return SAY(cx, E_STATE, NULL, N_("这个班期已经开班，不再接受报名，请看看别的班期"));
    if (cx->actor.role == ROLE_PROVIDER && g->row.provider_id != cx->actor.provider_id)
        return FAIL(cx, E_NOTFOUND, NULL, "class %lld is not this provider's", (long long)g->row.id);
    TRY(q_trainee_taken(cx, &(struct q_trainee_taken_in){.class_id = g->row.id}, &taken));
    return taken.n < g->row.seats ? E_OK : SAY(cx, E_CONFLICT, NULL, N_("这个班期的名额已经满了，请看看别的班期"));
}

/* What staff enter, who saw the person, holds for other classes too. What somebody typed on a public page stays with the application. */
static err_t facts_put(struct ctx *cx, int64_t person_id, const struct trainee_form *in)
{
    if (strcmp(fact_source(cx), "person") == 0)
        return E_OK;
    const char *const said[][2] = {{"pension", in->pension}, {"civil", in->civil}, {"pupil", in->pupil}, {"local", in->local}, {"post", in->post}, {"qualified", in->qualified}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i][1] != NULL && *said[i][1] != '\0')
            TRY(fact_put(cx, person_id, said[i][0], said[i][1]));
    return E_OK;
}

static err_t person_of(struct ctx *cx, const struct trainee_form *in, int64_t *id)
{
    bool known;
    struct q_trainee_person_known_row *rows;
    size_t n;
    struct person_in p = {.name = in->name, .idno = in->idno, .phone = in->phone};
    if (in->idno == NULL)
        return SAY(cx, E_INVALID, "idno", N_("报名要核对身份证号码，请填写"));
    if (strcmp(in->proof, "promise") == 0 && !in->promised)
        return SAY(cx, E_INVALID, "promised", N_("用承诺书的，请先读承诺内容并勾选"));
    TRY(q_trainee_person_known(cx, &(struct q_trainee_person_known_in){.idno_find = person_key(cx, "person.idno", in->idno)}, &rows, &n));
    if (n > 0 && strcmp(fact_source(cx), "person") == 0)
        p.phone = NULL; /* whoever types another's number on a public page does not get their messages */
    return person_register(cx, &p, id, &known);
}

/* A row of the same class that was refused or dropped is taken up again; the person stands on a list once. */
static err_t earlier(struct ctx *cx, const struct applying *w, int64_t *id, int64_t *version)
{
    struct q_trainee_in_class_row *rows;
    size_t n;
    *id = 0;
    TRY(q_trainee_in_class(cx, &(struct q_trainee_in_class_in){.class_id = w->class_id, .person_id = w->person_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    if (strcmp(rows[0].status, "refused") != 0 && strcmp(rows[0].status, "dropped") != 0)
        return SAY(cx, E_CONFLICT, "idno", N_("已经报过这个班期了"));
    *id = rows[0].id;
    *version = rows[0].version;
    return E_OK;
}

static err_t write(struct ctx *cx, struct applying *w, int64_t district, const char *json)
{
    const struct trainee_form *in = w->in;
    int64_t version = 0, employer = 0;
    struct q_trainee_add_row row;
    struct q_trainee_add_in add = {
        .code = arena_fmt(cx->arena, "=%lld-%lld", (long long)w->class_id, (long long)w->person_id), .class_id = w->class_id, .person_id = w->person_id,
        .category = in->category, .flags = in->flags == NULL ? "" : in->flags, .proof = in->proof, .employer_id = NULL,
        .employer = in->employer == NULL ? "" : in->employer, .uscc = in->uscc == NULL ? "" : in->uscc, .graduates_on = in->graduates, .said = trainee_said(cx, in),
        .status = w->d->verdict == DECIDE_NO ? "refused" : "applied", .applied_at = cx->now, .channel = channel(cx), .verdict = decide_verdict_code(w->d->verdict),
        .decision = json, .decided_at = cx->now, .decided_by = cx->actor.account_id};
    TRY(earlier(cx, w, &w->id, &version));
    if (*add.employer != '\0') {
        TRY(employer_named(cx, in->employer, in->uscc, district, &employer));
        add.employer_id = &employer;
    }
    if (w->id == 0) {
        TRY(q_trainee_add(cx, &add, &row));
        w->id = row.id;
        return q_trainee_name_code(cx, &(struct q_trainee_name_code_in){.id = row.id}, NULL);
    }
    struct q_trainee_again_in again = {
        .id = w->id, .version = version, .category = add.category, .flags = add.flags, .proof = add.proof, .employer_id = add.employer_id, .employer = add.employer,
        .uscc = add.uscc, .graduates_on = add.graduates_on, .said = add.said, .status = add.status, .applied_at = add.applied_at, .channel = add.channel, .verdict = add.verdict,
        .decision = json, .decided_at = add.decided_at, .decided_by = add.decided_by};
    size_t changed;
    TRY(q_trainee_again(cx, &again, &changed));
    return changed == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "trainee %lld moved under us", (long long)w->id);
}

static err_t apply_tx(struct ctx *cx, void *arg)
{
    struct applying *w = arg;
    struct gathered g;
    const char *json;
    TRY(gather_class(cx, w->class_id, &g));
    if (!w->late)
        TRY(takes_people(cx, &g));
    TRY(person_of(cx, w->in, &w->person_id));
    TRY(facts_put(cx, w->person_id, w->in));
    TRY(gather_person(cx, w->person_id, &g));
    gather_form(cx, &g, w->in, fact_source(cx));
    TRY(gathered_record(cx, &g, w->d, &json));
    TRY(write(cx, w, g.row.district, json));
    TRY(change_add(cx, "class", w->class_id));
    cx->result = cx->actor.role == ROLE_PROVIDER ? arena_fmt(cx->arena, "/trainees/A%lld", (long long)w->id) : arena_fmt(cx->arena, "/classes/%s", g.row.code);
    return audit_add(cx, "trainee.apply", "trainee", w->id,
                     arena_fmt(cx->arena, "{\"class\":\"%s\",\"verdict\":\"%s\"}", g.row.code, decide_verdict_code(w->d->verdict)));
}

err_t trainee_apply(struct ctx *cx, int64_t class_id, const struct trainee_form *in, struct decision *d, int64_t *trainee_id)
{
    struct applying w = {.class_id = class_id, .in = in, .d = d};
    TRY(store_tx(cx, STORE_WRITE, apply_tx, &w));
    *trainee_id = w.id;
    return cx->actor.role == ROLE_PUBLIC ? trainee_try(cx, class_id, 0, in, d) : E_OK;
}

err_t trainee_bring(struct ctx *cx, int64_t class_id, const struct trainee_form *in, struct decision *d, int64_t *trainee_id)
{
    struct applying w = {.class_id = class_id, .in = in, .d = d, .late = true};
    TRY(store_tx(cx, STORE_WRITE, apply_tx, &w));
    *trainee_id = w.id;
    return E_OK;
}

/* ---- the way through ---- */

static err_t tell(struct ctx *cx, const struct q_trainee_get_row *t, const char *action)
{
    struct q_trainee_idno_row *who;
    const char *phone;
    size_t n;
    if (strncmp(action, "admit", 5) != 0 && strcmp(action, "refuse") != 0)
        return E_OK;
    TRY(q_trainee_idno(cx, &(struct q_trainee_idno_in){.id = t->person_id}, &who, &n));
    TRY(unseal(cx, "person.phone", n > 0 ? who[0].phone : (struct blob){0}, &phone));
    if (phone == NULL)
        return E_OK;
    const char *say = *action == 'a' ? "{class}：已录取，{day}开班，请带身份证。有问题打12333。" : "{class}：这次没有录取，原因可以问培训机构或打12333。";
    return outbox_add(cx, "sms", phone, "", text_fill(cx->arena, say, "class", t->class_name, "day", day_text_iso(cx->arena, t->starts_on), NULL));
}

/* Who is admitted is decided again, with the facts of the day. */
static err_t admit_check(struct ctx *cx, const struct q_trainee_get_row *t, bool checked, int64_t *version)
{
    struct gathered g;
    struct trainee_form form;
    struct decision d;
    const char *json;
    size_t changed;
    TRY(gather_class(cx, t->class_id, &g));
    TRY(gather_person(cx, t->person_id, &g));
    trainee_as_form(cx, t, &form);
    gather_form(cx, &g, &form, channel_source(t->channel));
    TRY(gathered_record(cx, &g, &d, &json));
    if (d.verdict == DECIDE_NO || (d.verdict == DECIDE_ASK && !checked))
        return SAY(cx, E_STATE, NULL, arena_fmt(cx->arena, "%s（%s）", d.say, d.checks[0].rule->cite));
    struct q_trainee_decided_in in = {.id = t->id, .version = *version, .verdict = decide_verdict_code(d.verdict), .decision = json, .decided_at = cx->now, .decided_by = cx->actor.account_id};
    TRY(q_trainee_decided(cx, &in, &changed));
    ++*version;
    return changed == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "trainee %lld moved under us", (long long)t->id);
}

struct stepping {
    int64_t id;
    const char *action, *note;
};

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct stepping *w = arg;
    const struct flow_edge *e;
    struct q_trainee_get_row t;
    size_t changed;
    TRY(trainee_own(cx, w->id, &t));
    TRY(flow_step(cx, &trainee_flow, t.status, w->action, w->note, &t, &e));
    int64_t version = t.version;
    if (strncmp(w->action, "admit", 5) == 0)
        TRY(admit_check(cx, &t, strcmp(w->action, "admit_checked") == 0, &version));
    TRY(q_trainee_move(cx, &(struct q_trainee_move_in){.id = t.id, .version = version, .status = e->to, .reason = w->note == NULL ? "" : w->note}, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "trainee %lld moved under us", (long long)t.id);
    TRY(tell(cx, &t, w->action));
    TRY(change_add(cx, "class", t.class_id));
    return audit_add(cx, arena_fmt(cx->arena, "trainee.%s", w->action), "trainee", t.id, NULL);
}

err_t trainee_step(struct ctx *cx, int64_t id, const char *action, const char *note)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct stepping){id, action, note});
}

static err_t step_all_tx(struct ctx *cx, void *arg)
{
    const struct stepping *w = arg;
    struct q_trainee_of_class_row *rows;
    const char *from = strcmp(w->action, "attend") == 0 ? "admitted" : "attending";
    size_t n;
    TRY(trainees_of_class(cx, w->id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].status, from) == 0)
            TRY(trainee_step(cx, rows[i].id, w->action, w->note));
    return E_OK;
}

err_t trainees_step_all(struct ctx *cx, int64_t class_id, const char *action, const char *note)
{
    if (strcmp(action, "attend") != 0 && strcmp(action, "complete") != 0)
        return FAIL(cx, E_BUG, "action", "%s is not a step of a whole class", action);
    return store_tx(cx, STORE_WRITE, step_all_tx, &(struct stepping){class_id, action, note});
}

static err_t tick_tx(struct ctx *cx, void *arg)
{
    struct q_trainee_due_row *rows;
    size_t n;
    (void)arg;
    TRY(q_trainee_due(cx, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(trainee_step(cx, rows[i].id, strcmp(rows[i].status, "admitted") == 0 ? "attend" : "complete", NULL));
    return E_OK;
}

static err_t follow(struct ctx *cx)
{
    return store_tx(cx, STORE_WRITE, tick_tx, NULL);
}

err_t trainees_tick(struct ctx *cx)
{
    return task_run(cx, "trainees", 60000, follow);
}

err_t trainee_hours(struct ctx *cx, int64_t id, int64_t hours)
{
    return q_trainee_set_hours(cx, &(struct q_trainee_set_hours_in){.id = id, .hours = hours}, NULL);
}
