/* Facts: corrected by adding; a disputed one waits for an officer. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "city/trainees/trainees_impl.h"

#include "trainees.sql.h"

#include <string.h>

const char *fact_source(const struct ctx *cx)
{
    unsigned role = cx->actor.role;
    return role & DESK ? "desk" : role == ROLE_PROVIDER ? "provider" : role & OFFICERS ? "officer" : role == ROLE_CLOCK ? "register" : "person";
}

/* A stronger source is not pushed aside by a weaker one. */
static int trust(const char *source)
{
    static const char *const weak[] = {"person", "provider desk"};
    for (int i = 0; i < 2; i++)
        if (strstr(weak[i], source) != NULL)
            return i + 1;
    return 3;
}

err_t facts_of(struct ctx *cx, int64_t person_id, struct q_fact_list_row **rows, size_t *n)
{
    return q_fact_list(cx, &(struct q_fact_list_in){.person_id = person_id}, rows, n);
}

err_t facts_forget(struct ctx *cx, int64_t person_id)
{
    return q_fact_forget(cx, &(struct q_fact_forget_in){.person_id = person_id}, NULL);
}

err_t facts_disputed(struct ctx *cx, const int64_t *district, struct q_fact_disputed_row **rows, size_t *n)
{
    return q_fact_disputed(cx, &(struct q_fact_disputed_in){.district = district, .lim = 200}, rows, n);
}

/* The end of what held until now: the day before, or never when it began today. */
static err_t end(struct ctx *cx, const struct q_fact_list_row *f, int64_t today)
{
    int64_t last = day_add(today, -1);
    bool never = f->from_on > last;
    return q_fact_move(cx, &(struct q_fact_move_in){.id = f->id, .status = never ? "replaced" : f->status, .to_on = &last, .note = f->note}, NULL);
}

static err_t insert(struct ctx *cx, int64_t person_id, const struct fact_in *in, int64_t *id)
{
    struct q_fact_insert_row row;
    struct q_fact_insert_in add = {.person_id = person_id, .name = in->name, .value = in->value, .source = in->source, .from_on = in->from_on,
                                   .to_on = in->to_on != 0 ? &in->to_on : NULL, .note = in->note == NULL ? "" : in->note, .at = cx->now,
                                   .account_id = cx->actor.account_id};
    TRY(q_fact_insert(cx, &add, &row));
    *id = row.id;
    return audit_add(cx, "fact.add", "person", person_id, arena_fmt(cx->arena, "{\"fact\":%lld,\"name\":\"%s\",\"source\":\"%s\"}", (long long)row.id, in->name, in->source));
}

err_t fact_put(struct ctx *cx, int64_t person_id, const char *name, const char *value)
{
    struct q_fact_list_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), id;
    const char *source = fact_source(cx);
    TRY(facts_of(cx, person_id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_fact_list_row *f = &rows[i];
        if (strcmp(f->name, name) != 0 || f->to_on != NULL || strcmp(f->status, "held") != 0)
            continue;
        if (strcmp(f->value, value) == 0)
            return E_OK;
        if (trust(f->source) <= trust(source))
            TRY(end(cx, f, today));
    }
    return insert(cx, person_id, &(struct fact_in){name, value, source, "", today, 0}, &id);
}

struct adding {
    int64_t person_id, id;
    const struct fact_in *in;
};

static err_t add_tx(struct ctx *cx, void *arg)
{
    struct adding *w = arg;
    return insert(cx, w->person_id, w->in, &w->id);
}

err_t fact_add(struct ctx *cx, int64_t person_id, const struct fact_in *in, int64_t *id)
{
    struct adding w = {.person_id = person_id, .in = in};
    struct decide_fact one = {.name = in->name, .value = in->value, .source = in->source};
    TRY(decide_fact_check(cx, &one));
    TRY(store_tx(cx, STORE_WRITE, add_tx, &w));
    *id = w.id;
    return E_OK;
}

static err_t fact_find(struct ctx *cx, int64_t id, struct q_fact_get_row *out)
{
    return q_fact_get_first(cx, &(struct q_fact_get_in){.id = id}, out);
}

err_t fact_own(struct ctx *cx, int64_t fact_id, struct q_fact_get_row *out)
{
    struct q_trainee_of_person_row *rows;
    struct q_trainee_get_row t;
    size_t n;
    TRY(fact_find(cx, fact_id, out));
    TRY(trainees_of_person(cx, out->person_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (trainee_own(cx, rows[i].id, &t) == E_OK)
            return E_OK;
    return FAIL(cx, E_NOTFOUND, NULL, "fact %lld is not of this actor's trainees", (long long)fact_id);
}

struct disputing {
    int64_t id;
    const char *value, *note;
};

static err_t dispute_tx(struct ctx *cx, void *arg)
{
    const struct disputing *w = arg;
    struct q_fact_get_row f;
    TRY(fact_find(cx, w->id, &f));
    if (strcmp(f.status, "held") != 0)
        return SAY(cx, E_STATE, NULL, N_("这条记录已经在核实，或者已经被更正了"));
    TRY(q_fact_move(cx, &(struct q_fact_move_in){.id = f.id, .status = "disputed", .to_on = f.to_on, .note = w->note}, NULL));
    return audit_add(cx, "fact.dispute", "person", f.person_id, arena_fmt(cx->arena, "{\"fact\":%lld}", (long long)f.id));
}

err_t fact_dispute(struct ctx *cx, int64_t fact_id, const char *note)
{
    if (note == NULL || *note == '\0')
        return SAY(cx, E_INVALID, "note", N_("请写明哪里不对、应该是什么"));
    return store_tx(cx, STORE_WRITE, dispute_tx, &(struct disputing){fact_id, NULL, note});
}

static err_t settle_tx(struct ctx *cx, void *arg)
{
    const struct disputing *w = arg;
    struct q_fact_get_row f;
    int64_t id;
    TRY(fact_find(cx, w->id, &f));
    if (strcmp(f.status, "disputed") != 0)
        return SAY(cx, E_STATE, NULL, N_("这条记录没有争议，或者已经处理过了"));
    bool kept = w->value == NULL || strcmp(w->value, f.value) == 0;
    TRY(q_fact_move(cx, &(struct q_fact_move_in){.id = f.id, .status = kept ? "held" : "replaced", .to_on = f.to_on, .note = w->note}, NULL));
    if (!kept)
        TRY(insert(cx, f.person_id, &(struct fact_in){f.name, w->value, "officer", w->note, f.from_on, f.to_on == NULL ? 0 : *f.to_on}, &id));
    return audit_add(cx, "fact.settle", "person", f.person_id, arena_fmt(cx->arena, "{\"fact\":%lld,\"kept\":%s}", (long long)f.id, kept ? "true" : "false"));
}

err_t fact_settle(struct ctx *cx, int64_t fact_id, const char *value, const char *note)
{
    struct q_fact_get_row f;
    if ((cx->actor.role & OFFICERS) == 0)
        return FAIL(cx, E_DENIED, NULL, "an officer settles it");
    if (note == NULL || *note == '\0')
        return SAY(cx, E_INVALID, "note", N_("请写明核实了什么材料"));
    TRY(fact_find(cx, fact_id, &f));
    if (value != NULL)
        TRY(decide_fact_check(cx, &(struct decide_fact){.name = f.name, .value = value, .source = "officer"}));
    return store_tx(cx, STORE_WRITE, settle_tx, &(struct disputing){fact_id, value, note});
}
