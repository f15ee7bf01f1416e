/* gather_class.c -- everybody of a class decided once more: what is known of all of them is read at once, not one after the other. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "city/history/history.h"
#include "city/trainees/trainees_impl.h"

#include "trainees.sql.h"

#include <stddef.h>
#include <string.h>

struct owned { /* what a trainee had before */
    int64_t of;
    struct decide_past past;
};

struct had { /* sorted by trainee */
    struct owned *rows;
    size_t n;
};

struct trainee_decider {
    struct gathered class;
    struct q_trainee_decide_row *rows;
    struct q_fact_class_row *facts;
    struct had before, classes, items;
    size_t n, n_facts;
};

static err_t read_past(struct ctx *cx, int64_t class_id, struct trainee_decider *k)
{
    struct q_history_class_row *before;
    struct q_trainee_past_class_row *classes;
    struct q_trainee_items_class_row *items;
    TRY(history_of_class(cx, class_id, &before, &k->before.n));
    TRY(q_trainee_past_class(cx, &(struct q_trainee_past_class_in){.class_id = class_id}, &classes, &k->classes.n));
    TRY(q_trainee_items_class(cx, &(struct q_trainee_items_class_in){.class_id = class_id}, &items, &k->items.n));
    k->before.rows = ARENA_ARRAY(cx->arena, struct owned, k->before.n + 1);
    k->classes.rows = ARENA_ARRAY(cx->arena, struct owned, k->classes.n + 1);
    k->items.rows = ARENA_ARRAY(cx->arena, struct owned, k->items.n + 1);
    for (size_t i = 0; i < k->before.n; i++)
        k->before.rows[i] = (struct owned){before[i].of_trainee, PAST_BEFORE(before[i])};
    for (size_t i = 0; i < k->classes.n; i++)
        k->classes.rows[i] = (struct owned){classes[i].of_trainee, PAST_CLASS(classes[i])};
    for (size_t i = 0; i < k->items.n; i++)
        k->items.rows[i] = (struct owned){items[i].of_trainee, PAST_ITEM(items[i])};
    return E_OK;
}

err_t trainee_decider(struct ctx *cx, int64_t class_id, const struct trainee_decider **out)
{
    struct trainee_decider *k = ARENA_NEW(cx->arena, struct trainee_decider);
    *out = k;
    TRY(gather_class(cx, class_id, &k->class));
    TRY(q_trainee_decide(cx, &(struct q_trainee_decide_in){.class_id = class_id}, &k->rows, &k->n));
    TRY(q_fact_class(cx, &(struct q_fact_class_in){.class_id = class_id}, &k->facts, &k->n_facts));
    return k->class.pair ? E_OK : read_past(cx, class_id, k);
}

/* The first row of a trainee among `n` that ascend by it; `of` is their first member. */
static size_t first_of(const void *rows, size_t n, size_t size, int64_t trainee)
{
    size_t lo = 0;
    for (size_t hi = n; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        int64_t of;
        memcpy(&of, (const char *)rows + mid * size, sizeof of);
        if (of < trainee)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
_Static_assert(offsetof(struct owned, of) == 0 && offsetof(struct q_fact_class_row, of_trainee) == 0, "first_of() reads it there");

static void facts_held(struct ctx *cx, const struct trainee_decider *k, int64_t trainee, struct gathered *g)
{
    for (size_t i = first_of(k->facts, k->n_facts, sizeof *k->facts, trainee); i < k->n_facts && k->facts[i].of_trainee == trainee; i++) {
        const struct q_fact_class_row *f = &k->facts[i];
        if (!g->pair || strcmp(f->name, "step_up") == 0)
            gather_held(cx, g, &(struct q_fact_list_row){.name = f->name, .value = f->value, .source = f->source, .from_on = f->from_on, .to_on = f->to_on, .status = f->status});
    }
}

static void past_of(struct ctx *cx, const struct trainee_decider *k, int64_t trainee, struct gathered *g)
{
    const struct had *all[] = {&k->before, &k->classes, &k->items};
    size_t n = 0;
    for (size_t a = 0; a < 3; a++)
        for (size_t i = first_of(all[a]->rows, all[a]->n, sizeof *all[a]->rows, trainee); i < all[a]->n && all[a]->rows[i].of == trainee; i++)
            n++;
    struct decide_past *past = ARENA_ARRAY(cx->arena, struct decide_past, n + 1);
    g->f.n_past = 0;
    for (size_t a = 0; a < 3; a++)
        for (size_t i = first_of(all[a]->rows, all[a]->n, sizeof *all[a]->rows, trainee); i < all[a]->n && all[a]->rows[i].of == trainee; i++)
            past[g->f.n_past++] = all[a]->rows[i].past;
    g->f.past = past;
}

static err_t gather_trainee(struct ctx *cx, const struct trainee_decider *k, const struct q_trainee_decide_row *t, struct gathered *g)
{
    const char *idno;
    facts_held(cx, k, t->id, g);
    if (g->pair)
        return E_OK;
    TRY(unseal(cx, "person.idno", t->idno, &idno));
    TRY(gather_idno(cx, g, idno));
    past_of(cx, k, t->id, g);
    return E_OK;
}

err_t trainee_decide_in(struct ctx *cx, const struct trainee_decider *k, int64_t id, int64_t on, const struct decide_result *result, struct decision *d)
{
    size_t i = 0;
    while (i < k->n && k->rows[i].id != id)
        i++;
    if (i == k->n)
        return FAIL(cx, E_NOTFOUND, NULL, "no trainee %lld in class %s", (long long)id, k->class.row.code);
    const struct q_trainee_decide_row *t = &k->rows[i];
    struct gathered g = k->class;
    struct trainee_form form = {.category = t->category, .proof = t->proof, .flags = t->flags, .employer = t->employer, .uscc = t->uscc, .graduates = t->graduates_on};
    trainee_unsaid(cx, t->said, &form);
    TRY(gather_trainee(cx, k, t, &g));
    return gathered_once_more(cx, &g, &form, &(struct decide_again){t->code, t->channel, on, result}, d);
}
