#include "city/classes/costs.h"

#include "city/classes/classes.h"
#include "city/classes/classes_impl.h"

#include <string.h>

#define AT(member) offsetof(struct class_cost, member)
const struct field class_cost_fields[] = {
    {"teachers", F_MONEY, F_REQUIRED, N_("师资"), N_("整个班付给教师的，元。"), .min = 0, .max = 1000000000, .off = AT(teachers)},
    {"consumables", F_MONEY, F_REQUIRED, N_("耗材"), N_("整个班用掉的，元。"), .min = 0, .max = 1000000000, .off = AT(consumables)},
    {"materials", F_MONEY, F_REQUIRED, N_("培训物资"), N_("教材、工作服等，元。"), .min = 0, .max = 1000000000, .off = AT(materials)},
    {"other", F_MONEY, F_REQUIRED, N_("其他"), N_("场地、水电等不在标准里的，元；没有填 0。"), .min = 0, .max = 1000000000, .off = AT(other)},
    {"note", F_TEXT, F_WIDE, N_("说明"), .max = 200, .off = AT(note)},
    {0},
};

bool class_is_over(const char *status) { return strcmp(status, "finished") == 0 || strcmp(status, "examined") == 0 || strcmp(status, "closed") == 0; }

struct put {
    int64_t class_id;
    const struct class_cost *in;
};

static err_t put_tx(struct ctx *cx, void *arg)
{
    const struct put *p = arg;
    struct q_class_rows_row c;
    TRY(class_find(cx, p->class_id, &c));
    TRY(class_own(cx, &c));
    if (!class_is_over(c.status))
        return SAY(cx, E_STATE, NULL, N_("结课以后才登记实际成本。"));
    struct q_class_cost_set_in in = {.class_id = c.id, .teachers = p->in->teachers, .consumables = p->in->consumables, .materials = p->in->materials, .other = p->in->other,
                                     .note = text_or(p->in->note), .at = cx->now, .account_id = cx->actor.account_id};
    TRY(q_class_cost_set(cx, &in, NULL));
    return audit_add(cx, "class.cost", "class", c.id, NULL);
}

err_t class_cost_put(struct ctx *cx, int64_t class_id, const struct class_cost *in)
{
    return store_tx(cx, STORE_WRITE, put_tx, &(struct put){class_id, in});
}

err_t class_cost_of(struct ctx *cx, int64_t class_id, struct class_cost *out, bool *told)
{
    struct q_class_cost_of_row *rows;
    size_t n;
    TRY(q_class_cost_of(cx, &(struct q_class_cost_of_in){.class_id = class_id}, &rows, &n));
    *told = n > 0;
    *out = n > 0 ? (struct class_cost){rows[0].teachers, rows[0].consumables, rows[0].materials, rows[0].other, rows[0].note} : (struct class_cost){0};
    return E_OK;
}

err_t class_actuals(struct ctx *cx, const char *occupation, int64_t since, struct q_class_actuals_row **rows, size_t *n)
{
    return q_class_actuals(cx, &(struct q_class_actuals_in){.occupation = occupation, .since = since}, rows, n);
}
