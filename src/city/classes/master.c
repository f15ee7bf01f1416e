/* master.c -- a master and apprentices: who teaches, for how long, how many at one time. */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"
#include "city/people/people.h"

#include <string.h>

bool class_is_pair(const char *line) { return strcmp(line, "master") == 0; }

static int64_t full_months(int64_t from, int64_t to)
{
    int64_t months = 0, after = day_add(to, 1);
    while (day_add_months(from, (int)months + 1) <= after)
        months++;
    return months;
}

err_t class_master(struct ctx *cx, int64_t class_id, struct master *out)
{
    struct q_class_rows_row c;
    struct q_class_master_row *rows;
    size_t n;
    *out = (struct master){.name = "", .pension = "", .civil = ""};
    TRY(class_find(cx, class_id, &c));
    out->months = full_months(c.starts_on, c.ends_on);
    TRY(q_class_master(cx, &(struct q_class_master_in){.class_id = class_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    out->person_id = rows[0].person_id, out->apprentices = rows[0].apprentices, out->pension = rows[0].pension, out->civil = rows[0].civil;
    TRY(unseal(cx, "person.name", rows[0].name, &out->name));
    out->name = text_or(out->name);
    return E_OK;
}

struct naming {
    int64_t class_id;
    const struct master_in *in;
};

static err_t master_tx(struct ctx *cx, void *arg)
{
    const struct naming *m = arg;
    struct q_class_rows_row c;
    int64_t person;
    bool known;
    TRY(class_find(cx, m->class_id, &c));
    TRY(class_own(cx, &c));
    if (!class_is_pair(c.line))
        return SAY(cx, E_STATE, NULL, N_("只有名师带徒才登记师傅。"));
    if (!class_is_open(c.status))
        return SAY(cx, E_STATE, NULL, N_("已经申报了；要换师傅，请先撤回修改。"));
    TRY(person_register(cx, &(struct person_in){.name = m->in->name, .idno = m->in->idno, .phone = m->in->phone}, &person, &known));
    TRY(q_class_master_put(cx, &(struct q_class_master_put_in){.class_id = c.id, .person_id = person, .pension = m->in->pension, .civil = m->in->civil, .at = cx->now,
                                                              .account_id = cx->actor.account_id}, NULL));
    return class_note(cx, c.id, &(struct flow_edge){.from = c.status, .action = "master", .to = c.status}, NULL);
}

err_t class_master_set(struct ctx *cx, int64_t class_id, const struct master_in *in)
{
    return store_tx(cx, STORE_WRITE, master_tx, &(struct naming){class_id, in});
}
