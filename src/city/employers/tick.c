/* tick.c -- a check of an employer does not last for ever (rule employer.verify). */
#include "city/employers/employers.h"

#include "city/house.h"
#include "rules/rules.h"

#include "base/day.h"

#include "employers.sql.h"

static err_t lapse(struct ctx *cx)
{
    struct q_employer_lapsed_row *rows;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), months;
    TRY(rules_number(cx, cx->house->rules, "employer.verify", "again_months", today, &months, NULL));
    int64_t since = day_start(day_add_months(today, -months), DAY_ZONE);
    TRY(q_employer_lapsed(cx, &(struct q_employer_lapsed_in){.verified_at = since, .lim = 200}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        err_t e = employer_step(cx, rows[i].id, "lapse", NULL);
        if (e != E_OK && e != E_STATE && e != E_CONFLICT) /* somebody has just moved it */
            return e;
    }
    return E_OK;
}

err_t employers_tick(struct ctx *cx)
{
    return task_run(cx, "employers.lapse", 3600000, lapse);
}
