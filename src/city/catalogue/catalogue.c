/* catalogue.c -- versions and what is in them. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/training.h"
#include "store/store.h"

#include "catalogue.sql.h"

#include <stdlib.h>
#include <string.h>

/* ---- versions ---- */

err_t catalogue_all(struct ctx *cx, struct q_catalogue_rows_row **rows, size_t *n)
{
    return q_catalogue_rows(cx, &(struct q_catalogue_rows_in){.first_id = 1, .last_id = INT64_MAX}, rows, n);
}

err_t catalogue_find(struct ctx *cx, int64_t id, struct q_catalogue_rows_row *out)
{
    return q_catalogue_rows_first(cx, &(struct q_catalogue_rows_in){.first_id = id, .last_id = id}, out);
}

err_t catalogue_by_code(struct ctx *cx, const char *code, struct q_catalogue_rows_row *out)
{
    struct q_catalogue_id_of_row row;
    TRY(q_catalogue_id_of_first(cx, &(struct q_catalogue_id_of_in){.code = code}, &row));
    return catalogue_find(cx, row.id, out);
}

err_t catalogue_on(struct ctx *cx, int64_t ymd, struct q_catalogue_rows_row *out)
{
    struct q_catalogue_in_force_row *rows;
    size_t n;
    TRY(q_catalogue_in_force(cx, &(struct q_catalogue_in_force_in){.ymd = ymd}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL,
                   text_fill(cx->arena, tr(cx, N_("{day}没有生效的补贴目录。")), "day", day_text_full(cx, ymd), NULL));
    return catalogue_find(cx, rows[0].id, out);
}

bool catalogue_is_sample(const struct q_catalogue_rows_row *c) { return c->sample != 0 || c->samples > 0; }

bool catalogue_is_public(const struct q_catalogue_rows_row *c)
{
    return strcmp(c->status, "published") == 0 || strcmp(c->status, "superseded") == 0;
}

/* ---- items ---- */

/* Every word of the text is somewhere in what the item is found by. */
static bool fits(const char *find, const char *text)
{
    for (const char *p = text; *p != '\0';) {
        size_t n = strcspn(p, " ");
        bool found = n == 0;
        for (const char *at = find; !found && *at != '\0'; at++)
            found = strncmp(at, p, n) == 0;
        if (!found)
            return false;
        p += n + (p[n] == ' ');
    }
    return true;
}

/* Words folded one by one: folding takes the blanks out. */
static const char *folded_words(struct ctx *cx, const char *text)
{
    struct buf b = {.a = cx->arena};
    const char *clean = text_clean(cx->arena, text, strlen(text));
    for (const char *p = clean; *p != '\0';) {
        size_t n = strcspn(p, " ");
        buf_fmt(&b, "%s%s", b.len > 0 ? " " : "", text_fold(cx->arena, p, n));
        p += n + (p[n] == ' ');
    }
    return buf_text(&b);
}

const char *catalogue_find_text(struct ctx *cx, const char *sector, const char *name, const char *code)
{
    const char *all = arena_fmt(cx->arena, "%s|%s|%s", sector, name, code);
    return text_fold(cx->arena, all, strlen(all));
}

err_t catalogue_item_list(struct ctx *cx, int64_t catalogue_id, const struct catalogue_filter *f, struct q_catalogue_items_row **rows, size_t *n)
{
    struct q_catalogue_items_in in = {.first_id = 1, .last_id = INT64_MAX, .catalogue_id = catalogue_id, .sector = f->sector, .urgency = f->urgency,
                                      .occupation = f->occupation};
    size_t kept = 0;
    TRY(q_catalogue_items(cx, &in, rows, n));
    if (f->text == NULL)
        return E_OK;
    const char *words = folded_words(cx, f->text);
    for (size_t i = 0; i < *n; i++)
        if (fits((*rows)[i].find, words))
            (*rows)[kept++] = (*rows)[i];
    *n = kept;
    return E_OK;
}

err_t catalogue_item(struct ctx *cx, int64_t item_id, struct q_catalogue_item_by_id_row *out)
{
    return q_catalogue_item_by_id_first(cx, &(struct q_catalogue_item_by_id_in){.id = item_id}, out);
}

err_t catalogue_item_find(struct ctx *cx, int64_t catalogue_id, const char *occupation, const char *name, struct q_catalogue_item_by_id_row *out)
{
    struct q_catalogue_items_row *rows;
    size_t n;
    TRY(catalogue_item_list(cx, catalogue_id, &(struct catalogue_filter){.occupation = occupation}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (name == NULL || *name == '\0' || strcmp(rows[i].name, name) == 0)
            return catalogue_item(cx, rows[i].id, out);
    return SAY(cx, E_NOTFOUND, NULL, N_("这一版补贴目录里没有这个职业。"));
}

err_t catalogue_rate(struct ctx *cx, int64_t item_id, int64_t level, int64_t hours, int64_t *fen)
{
    struct q_catalogue_rate_one_row *rows;
    size_t n;
    TRY(q_catalogue_rate_one(cx, &(struct q_catalogue_rate_one_in){.item_id = item_id, .level = level, .hours = hours}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL,
                   text_fill(cx->arena, tr(cx, N_("目录里这个职业没有{level}、{hours} 课时的补贴标准。")), "level", tr(cx, training_level(level)), "hours",
                             arena_fmt(cx->arena, "%lld", (long long)hours), NULL));
    *fen = rows[0].amount;
    return E_OK;
}

err_t catalogue_fee(struct ctx *cx, int64_t catalogue_id, const char *cls, int64_t level, int64_t *fen)
{
    enum { JUNIOR = 5 };
    struct q_catalogue_fee_one_row *rows;
    size_t n;
    int64_t at = level == 0 ? JUNIOR : level;
    TRY(q_catalogue_fee_one(cx, &(struct q_catalogue_fee_one_in){.catalogue_id = catalogue_id, .class = cls, .level = at}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("这一版目录没有写这一类、这一级的鉴定补贴标准。"));
    *fen = rows[0].amount;
    return E_OK;
}

err_t catalogue_rates(struct ctx *cx, int64_t catalogue_id, const int64_t *item_id, struct q_catalogue_rates_row **rows, size_t *n)
{
    return q_catalogue_rates(cx, &(struct q_catalogue_rates_in){.catalogue_id = catalogue_id, .item_id = item_id}, rows, n);
}

err_t catalogue_costs(struct ctx *cx, int64_t catalogue_id, const int64_t *item_id, struct q_catalogue_costs_row **rows, size_t *n)
{
    return q_catalogue_costs(cx, &(struct q_catalogue_costs_in){.catalogue_id = catalogue_id, .item_id = item_id}, rows, n);
}

err_t catalogue_fees(struct ctx *cx, int64_t catalogue_id, struct q_catalogue_fees_row **rows, size_t *n)
{
    return q_catalogue_fees(cx, &(struct q_catalogue_fees_in){.catalogue_id = catalogue_id}, rows, n);
}

int64_t catalogue_rounded(int64_t fen)
{
    enum { TEN_YUAN = 1000 };
    return (fen + TEN_YUAN / 2) / TEN_YUAN * TEN_YUAN;
}

int64_t catalogue_amount(const struct q_catalogue_rates_row *rates, size_t n, int64_t item_id, int64_t hours, int64_t level)
{
    for (size_t i = 0; i < n; i++)
        if (rates[i].item_id == item_id && rates[i].hours == hours && rates[i].level == level)
            return rates[i].amount;
    return 0;
}

/* ---- comparing ---- */

struct version {
    struct q_catalogue_items_row *items;
    struct q_catalogue_rates_row *rates;
    size_t n, n_rates;
};

static err_t version_load(struct ctx *cx, int64_t id, struct version *v)
{
    TRY(catalogue_item_list(cx, id, &(struct catalogue_filter){0}, &v->items, &v->n));
    return catalogue_rates(cx, id, NULL, &v->rates, &v->n_rates);
}

static const struct q_catalogue_items_row *same_in(const struct version *v, const struct q_catalogue_items_row *item)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->items[i].occupation, item->occupation) == 0 && strcmp(v->items[i].name, item->name) == 0)
            return &v->items[i];
    return NULL;
}

static int64_t amount_of(const struct version *v, const struct q_catalogue_items_row *i, int64_t hours, int64_t level)
{
    return i == NULL ? 0 : catalogue_amount(v->rates, v->n_rates, i->id, hours, level);
}

static void differ(struct ctx *cx, const struct version *a, const struct q_catalogue_items_row *was, const struct version *b,
                   const struct q_catalogue_items_row *is, struct catalogue_change *c)
{
    const struct q_catalogue_items_row *any = is != NULL ? is : was;
    *c = (struct catalogue_change){.what = was == NULL ? "added" : is == NULL ? "left" : "changed", .sector = any->sector, .occupation = any->occupation,
                                   .name = any->name, .urgency_was = was != NULL ? was->urgency : NULL, .urgency = is != NULL ? is->urgency : NULL,
                                   .class_was = was != NULL ? was->class : NULL, .class_is = is != NULL ? is->class : NULL};
    c->amounts = ARENA_ARRAY(cx->arena, struct catalogue_amount, 12);
    for (int64_t hours = 120; hours >= 80; hours -= 40)
        for (int k = 0; k < 6; k++) {
            int64_t level = k == 0 ? 0 : 6 - k;
            int64_t x = amount_of(a, was, hours, level), y = amount_of(b, is, hours, level);
            if (x != y)
                c->amounts[c->n_amounts++] = (struct catalogue_amount){hours, level, x, y};
        }
}

err_t catalogue_compare(struct ctx *cx, int64_t was_id, int64_t is_id, struct catalogue_change **out, size_t *n, size_t *same)
{
    struct version a, b;
    TRY(version_load(cx, was_id, &a));
    TRY(version_load(cx, is_id, &b));
    *out = ARENA_ARRAY(cx->arena, struct catalogue_change, a.n + b.n + 1);
    *n = *same = 0;
    for (size_t i = 0; i < b.n; i++)
        if (same_in(&a, &b.items[i]) == NULL)
            differ(cx, &a, NULL, &b, &b.items[i], &(*out)[(*n)++]);
    for (size_t i = 0; i < a.n; i++)
        if (same_in(&b, &a.items[i]) == NULL)
            differ(cx, &a, &a.items[i], &b, NULL, &(*out)[(*n)++]);
    for (size_t i = 0; i < b.n; i++) {
        const struct q_catalogue_items_row *was = same_in(&a, &b.items[i]), *is = &b.items[i];
        struct catalogue_change c;
        if (was == NULL)
            continue;
        differ(cx, &a, was, &b, is, &c);
        if (c.n_amounts > 0 || strcmp(was->urgency, is->urgency) != 0 || strcmp(was->class, is->class) != 0)
            (*out)[(*n)++] = c;
        else
            (*same)++;
    }
    return E_OK;
}
