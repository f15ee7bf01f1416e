/* draft.c -- a new version: from the one before, and from a round of shortages. */
#include "city/catalogue/catalogue.h"

#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/shortages/shortages.h"
#include "store/store.h"

#include "catalogue.sql.h"

#include <string.h>

struct source { /* the version that is copied */
    struct q_catalogue_items_row *items;
    struct q_catalogue_rates_row *rates;
    struct q_catalogue_costs_row *costs;
    struct q_catalogue_fees_row *fees;
    size_t n, n_rates, n_costs, n_fees;
};
struct draft {
    const struct catalogue_new *in;
    int64_t id;
    struct source from;
    struct q_shortage_score_rows_row *scores; /* NULL: no round */
    size_t n_scores;
};

static err_t load(struct ctx *cx, const char *code, struct source *s)
{
    struct q_catalogue_rows_row c;
    TRY(catalogue_by_code(cx, code, &c));
    TRY(catalogue_item_list(cx, c.id, &(struct catalogue_filter){0}, &s->items, &s->n));
    TRY(catalogue_rates(cx, c.id, NULL, &s->rates, &s->n_rates));
    TRY(catalogue_costs(cx, c.id, NULL, &s->costs, &s->n_costs));
    return catalogue_fees(cx, c.id, &s->fees, &s->n_fees);
}

static err_t copy_item(struct ctx *cx, struct draft *d, const struct q_catalogue_items_row *i, const char *urgency)
{
    struct catalogue_line line = {.sector = i->sector, .name = i->name, .occupation = i->occupation, .urgency = urgency, .cls = i->class,
                                  .origin = i->origin, .green = i->green, .digital = i->digital};
    struct q_catalogue_item_by_id_row fresh;
    const struct source *s = &d->from;
    for (size_t k = 0; k < s->n_rates; k++)
        if (s->rates[k].item_id == i->id)
            line.rate[s->rates[k].hours == 80][s->rates[k].level] = s->rates[k].amount;
    TRY(catalogue_put(cx, d->id, &line, NULL));
    TRY(catalogue_item_find(cx, d->id, i->occupation, i->name, &fresh));
    for (size_t k = 0; k < s->n_costs; k++) {
        const struct q_catalogue_costs_row *c = &s->costs[k];
        if (c->item_id == i->id)
            TRY(catalogue_cost_put(cx, fresh.id, &(struct catalogue_cost){c->level, c->hours, c->teachers, c->consumables, c->materials, c->note}));
    }
    return E_OK;
}

/* The great class of an occupation stands for its sector until somebody says better. */
static const char *sector_of(struct ctx *cx, const char *code)
{
    const struct city_occupation *o = city_occupation(cx->house->city, code);
    while (o != NULL && o->level > 2 && *o->parent != '\0')
        o = city_occupation(cx->house->city, o->parent);
    return o != NULL ? o->name : N_("其他");
}

static const char *urgency_in(const struct draft *d, const char *occupation)
{
    for (size_t i = 0; i < d->n_scores; i++)
        if (strcmp(d->scores[i].occupation, occupation) == 0)
            return d->scores[i].urgency;
    return "none";
}

/* What the round calls short and the version before does not have: without amounts, to be filled in before it can be signed. */
static err_t newcomers(struct ctx *cx, struct draft *d)
{
    for (size_t i = 0; i < d->n_scores; i++) {
        const struct city_occupation *o = city_occupation(cx->house->city, d->scores[i].occupation);
        bool there = strcmp(d->scores[i].urgency, "none") == 0 || o == NULL;
        for (size_t k = 0; k < d->from.n; k++)
            there |= strcmp(d->from.items[k].occupation, d->scores[i].occupation) == 0;
        if (there)
            continue;
        struct catalogue_line line = {.sector = sector_of(cx, o->code), .name = o->name, .occupation = o->code, .urgency = d->scores[i].urgency,
                                      .cls = "B", .origin = "official", .green = o->green, .digital = o->digital};
        TRY(catalogue_put(cx, d->id, &line, NULL));
    }
    return E_OK;
}

static err_t fill(struct ctx *cx, struct draft *d)
{
    for (size_t i = 0; i < d->from.n; i++) {
        const char *urgency = d->scores != NULL ? urgency_in(d, d->from.items[i].occupation) : d->from.items[i].urgency;
        if (strcmp(urgency, "none") != 0)
            TRY(copy_item(cx, d, &d->from.items[i], urgency));
    }
    for (size_t i = 0; i < d->from.n_fees; i++)
        TRY(catalogue_fee_put(cx, d->id, d->from.fees[i].class, d->from.fees[i].level, d->from.fees[i].amount));
    if (d->from.n_fees == 0)
        TRY(catalogue_fees_shipped(cx, d->id));
    return newcomers(cx, d);
}

static err_t draft_tx(struct ctx *cx, void *arg)
{
    struct draft *d = arg;
    const struct catalogue_new *in = d->in;
    struct q_catalogue_id_of_row *same;
    struct q_catalogue_add_row row;
    struct q_shortage_round_rows_row round;
    size_t n;
    TRY(q_catalogue_id_of(cx, &(struct q_catalogue_id_of_in){.code = in->code}, &same, &n));
    if (n > 0)
        return SAY(cx, E_INVALID, "code", N_("这个编号用过了，请换一个。"));
    d->from = (struct source){0};
    d->scores = NULL;
    d->n_scores = 0;
    if (in->from != NULL)
        TRY(load(cx, in->from, &d->from));
    if (in->round != NULL) {
        TRY(shortage_round_by_code(cx, in->round, &round));
        if (strcmp(round.status, "published") != 0)
            return SAY(cx, E_INVALID, "round", N_("这一轮紧缺职业还没有公布。"));
        TRY(shortage_scores(cx, round.id, NULL, &d->scores, &d->n_scores));
    }
    struct q_catalogue_add_in c = {.code = in->code, .title = in->title, .document = "", .source = in->source != NULL ? in->source : "",
                                   .sample = in->sample, .round_id = in->round != NULL ? &round.id : NULL, .status = catalogue_flow.initial,
                                   .created_at = cx->now, .moved_at = cx->now};
    TRY(q_catalogue_add(cx, &c, &row));
    d->id = row.id;
    if (!in->blank)
        TRY(fill(cx, d));
    else
        TRY(catalogue_fees_shipped(cx, d->id));
    cx->result = arena_fmt(cx->arena, "/city/catalogues/%s", in->code);
    return audit_add(cx, "draft", "catalogue", row.id, NULL);
}

static bool is_code(const char *code)
{
    size_t n = strlen(code);
    return n >= 5 && n <= 12 && code[0] == 'C' && strspn(code + 1, "0123456789-") == n - 1;
}

err_t catalogue_draft(struct ctx *cx, const struct catalogue_new *in, int64_t *id)
{
    struct draft d = {.in = in};
    if (cx->actor.role != ROLE_CITY)
        return FAIL(cx, E_DENIED, NULL, "only the city makes catalogues");
    if (!is_code(in->code))
        return SAY(cx, E_INVALID, "code", N_("编号写成 C 加年份，例如 C2027。"));
    TRY(store_tx(cx, STORE_WRITE, draft_tx, &d));
    *id = d.id;
    return E_OK;
}
