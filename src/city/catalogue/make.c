/* make.c -- a draft and its way to publication. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "base/view.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/shortages/shortages.h"
#include "city/training.h"
#include "store/store.h"

#include "catalogue.sql.h"

#include <string.h>

/* ---- the flow ---- */

static const struct flow_state states[] = {
    {"draft", N_("起草中")}, {"cosigned", N_("已会签")}, {"published", N_("已公布")}, {"superseded", N_("已被新版代替")}, {0},
};

static err_t has_items(struct ctx *cx, const void *row)
{
    const struct q_catalogue_rows_row *c = row;
    struct q_catalogue_rates_row *rates;
    struct q_catalogue_items_row *items;
    size_t n, n_rates;
    if (c->items == 0)
        return SAY(cx, E_INVALID, NULL, N_("目录里还没有职业。"));
    TRY(catalogue_item_list(cx, c->id, &(struct catalogue_filter){0}, &items, &n));
    TRY(catalogue_rates(cx, c->id, NULL, &rates, &n_rates));
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < n_rates && rates[k].item_id != items[i].id)
            k++;
        if (k == n_rates)
            return SAY(cx, E_INVALID, NULL,
                       text_fill(cx->arena, tr(cx, N_("“{name}”还没有一个补贴标准，填上金额或移出目录。")), "name", items[i].name, NULL));
    }
    return E_OK;
}

static const struct flow_edge edges[] = {
    {"draft", "cosign", "cosigned", N_("登记财政局会签"), ROLE_CITY, FLOW_NOTE, has_items},
    {"cosigned", "back", "draft", N_("退回起草"), ROLE_CITY, FLOW_NOTE, NULL},
    {"cosigned", "publish", "published", N_("公布"), ROLE_CITY, 0, has_items},
    {"published", "supersede", "superseded", N_("由新版代替"), ROLE_CLOCK, FLOW_FINAL, NULL},
    {0},
};
const struct flow catalogue_flow = {"catalogue", "draft", states, edges};

/* ---- a draft ---- */

static err_t is_draft(struct ctx *cx, int64_t catalogue_id, struct q_catalogue_rows_row *c)
{
    if (cx->actor.role != ROLE_CITY)
        return FAIL(cx, E_DENIED, NULL, "only the city makes catalogues");
    TRY(catalogue_find(cx, catalogue_id, c));
    return strcmp(c->status, "draft") == 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("会签以后不能再改。要改先退回起草。"));
}

static err_t lines_agree(struct ctx *cx, const struct catalogue_line *in)
{
    for (int tier = 0; tier < CATALOGUE_TIERS; tier++)
        for (int level = 0; level < CATALOGUE_LEVELS; level++)
            if (in->rate[tier][level] < 0 || in->rate[tier][level] > 10000000)
                return SAY(cx, E_INVALID, NULL, N_("补贴标准要在 0 到 100,000 元之间。"));
    for (int level = 0; level < CATALOGUE_LEVELS; level++)
        if (in->rate[0][level] > 0 && in->rate[1][level] > in->rate[0][level])
            return SAY(cx, E_INVALID, NULL,
                       text_fill(cx->arena, tr(cx, N_("{level}：80 课时的标准比 120 课时还高，看看是不是写反了。")), "level", tr(cx, training_level(level)), NULL));
    return E_OK;
}

static err_t rates_put(struct ctx *cx, int64_t item_id, const struct catalogue_line *in)
{
    size_t n;
    for (int tier = 0; tier < CATALOGUE_TIERS; tier++)
        for (int level = 0; level < CATALOGUE_LEVELS; level++) {
            int64_t hours = tier == 0 ? 120 : 80, fen = in->rate[tier][level];
            if (fen > 0)
                TRY(q_catalogue_rate_set(cx, &(struct q_catalogue_rate_set_in){.item_id = item_id, .level = level, .hours = hours, .amount = fen}, &n));
            else
                TRY(q_catalogue_rate_drop(cx, &(struct q_catalogue_rate_drop_in){.item_id = item_id, .level = level, .hours = hours}, &n));
        }
    return E_OK;
}

static bool just_so(const struct q_catalogue_item_same_row *r, const struct catalogue_line *in, const struct q_catalogue_rates_row *rates, size_t n)
{
    bool so = strcmp(r->sector, in->sector) == 0 && strcmp(r->urgency, in->urgency) == 0 && strcmp(r->class, in->cls) == 0 &&
              strcmp(r->origin, in->origin) == 0 && r->green == in->green && r->digital == in->digital;
    for (int tier = 0; tier < CATALOGUE_TIERS; tier++)
        for (int level = 0; level < CATALOGUE_LEVELS; level++)
            so &= catalogue_amount(rates, n, r->id, tier == 0 ? 120 : 80, level) == in->rate[tier][level];
    return so;
}

struct put {
    int64_t catalogue_id, item_id;
    const struct catalogue_line *in;
    bool known;
};

static err_t item_fresh(struct ctx *cx, struct put *p, const char *find)
{
    struct q_catalogue_item_next_row *next;
    struct q_catalogue_item_add_row row;
    const struct catalogue_line *in = p->in;
    size_t n;
    TRY(q_catalogue_item_next(cx, &(struct q_catalogue_item_next_in){.catalogue_id = p->catalogue_id}, &next, &n));
    struct q_catalogue_item_add_in i = {.catalogue_id = p->catalogue_id, .seq = next->seq, .sector = in->sector, .occupation = in->occupation,
                                        .name = in->name, .urgency = in->urgency, .class = in->cls, .green = in->green, .digital = in->digital,
                                        .origin = in->origin, .find = find};
    TRY(q_catalogue_item_add(cx, &i, &row));
    p->item_id = row.id;
    return E_OK;
}

static err_t put_tx(struct ctx *cx, void *arg)
{
    struct put *p = arg;
    const struct catalogue_line *in = p->in;
    struct q_catalogue_rows_row c;
    struct q_catalogue_item_same_row *same;
    struct q_catalogue_rates_row *rates;
    size_t n, n_rates;
    TRY(is_draft(cx, p->catalogue_id, &c));
    TRY(q_catalogue_item_same(cx, &(struct q_catalogue_item_same_in){.catalogue_id = c.id, .occupation = in->occupation, .name = in->name}, &same, &n));
    const char *find = catalogue_find_text(cx, in->sector, in->name, in->occupation);
    p->known = false;
    if (n > 0) {
        p->item_id = same->id;
        TRY(catalogue_rates(cx, c.id, &same->id, &rates, &n_rates));
        p->known = just_so(same, in, rates, n_rates);
        if (p->known)
            return E_OK;
        struct q_catalogue_item_change_in i = {.sector = in->sector, .urgency = in->urgency, .class = in->cls, .green = in->green,
                                               .digital = in->digital, .origin = in->origin, .find = find, .id = same->id};
        TRY(q_catalogue_item_change(cx, &i, &n));
    } else {
        TRY(item_fresh(cx, p, find));
    }
    TRY(rates_put(cx, p->item_id, in));
    cx->result = arena_fmt(cx->arena, "/city/catalogues/%s", c.code);
    return audit_add(cx, n > 0 ? "edit" : "add", "catalogue_item", p->item_id, NULL);
}

err_t catalogue_put(struct ctx *cx, int64_t catalogue_id, const struct catalogue_line *in, bool *known)
{
    struct put p = {.catalogue_id = catalogue_id, .in = in};
    const struct city_occupation *o = city_occupation(cx->house->city, in->occupation);
    if (o == NULL || o->level != 4)
        return SAY(cx, E_INVALID, "code", N_("职业分类大典里没有这个编码。"));
    TRY(lines_agree(cx, in));
    TRY(store_tx(cx, STORE_WRITE, put_tx, &p));
    if (known != NULL)
        *known = p.known;
    return E_OK;
}

static err_t take_out_tx(struct ctx *cx, void *arg)
{
    const int64_t *id = arg;
    struct q_catalogue_item_by_id_row i;
    struct q_catalogue_rows_row c;
    size_t n;
    TRY(catalogue_item(cx, *id, &i));
    TRY(is_draft(cx, i.catalogue_id, &c));
    TRY(q_catalogue_costs_drop(cx, &(struct q_catalogue_costs_drop_in){.item_id = i.id}, &n));
    TRY(q_catalogue_rates_drop(cx, &(struct q_catalogue_rates_drop_in){.item_id = i.id}, &n));
    TRY(q_catalogue_item_drop(cx, &(struct q_catalogue_item_drop_in){.id = i.id}, &n));
    cx->result = arena_fmt(cx->arena, "/city/catalogues/%s", c.code);
    return audit_add(cx, "take_out", "catalogue_item", i.id, NULL);
}

err_t catalogue_take_out(struct ctx *cx, int64_t item_id) { return store_tx(cx, STORE_WRITE, take_out_tx, &item_id); }

/* ---- what an amount is made of ---- */

struct cost {
    int64_t item_id;
    const struct catalogue_cost *in;
};

static err_t cost_tx(struct ctx *cx, void *arg)
{
    const struct cost *k = arg;
    const struct catalogue_cost *in = k->in;
    struct q_catalogue_item_by_id_row i;
    struct q_catalogue_rows_row c;
    int64_t fen, sum = in->teachers + in->consumables + in->materials;
    size_t n;
    TRY(catalogue_item(cx, k->item_id, &i));
    TRY(is_draft(cx, i.catalogue_id, &c));
    TRY(catalogue_rate(cx, i.id, in->level, in->hours, &fen));
    if (in->teachers < 0 || in->consumables < 0 || in->materials < 0 || (sum != fen && catalogue_rounded(sum) != fen))
        return SAY(cx, E_INVALID, "teachers",
                   text_fill(cx->arena, tr(cx, N_("师资、耗材、物资加起来是 {sum}，补贴标准是 {fen}，对不上。合计按 10 元取整后要等于标准。")), "sum",
                             training_yuan(cx, sum), "fen", training_yuan(cx, fen), NULL));
    struct q_catalogue_cost_set_in s = {.item_id = i.id, .level = in->level, .hours = in->hours, .teachers = in->teachers,
                                        .consumables = in->consumables, .materials = in->materials, .note = in->note != NULL ? in->note : ""};
    TRY(q_catalogue_cost_set(cx, &s, &n));
    cx->result = arena_fmt(cx->arena, "/city/catalogues/%s/items/%lld", c.code, (long long)i.id);
    return audit_add(cx, "cost", "catalogue_item", i.id, NULL);
}

err_t catalogue_cost_put(struct ctx *cx, int64_t item_id, const struct catalogue_cost *in)
{
    struct cost k = {item_id, in};
    return store_tx(cx, STORE_WRITE, cost_tx, &k);
}

err_t catalogue_fee_put(struct ctx *cx, int64_t catalogue_id, const char *cls, int64_t level, int64_t fen)
{
    size_t n;
    struct q_catalogue_fee_set_in in = {.catalogue_id = catalogue_id, .class = cls, .level = level, .amount = fen};
    return q_catalogue_fee_set(cx, &in, &n);
}
