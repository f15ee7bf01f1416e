/* entitle.c -- what is decided for a trainee today, in the form a claim needs it. */
#include "city/claims/claims_impl.h"

#include "base/text.h"
#include "city/supervision/supervision.h"
#include "city/trainees/trainees.h"

#include "claims.sql.h"

#include <string.h>

/* What is kept with the line: the arithmetic, and the clauses that give fund, payee and factors. */
static const char *formula_of(struct ctx *cx, const struct decide_amount *m)
{
    struct arena *a = cx->arena;
    struct view *v = view_obj(a), *cites, *c;
    struct buf b = {.a = a};
    const struct rule *rules[] = {m->rule, m->payee_rule, m->fund_rule};
    view_str(a, v, "text", m->formula);
    cites = view_list(a, v, "rules");
    for (size_t i = 0; i < 3; i++) {
        if (rules[i] == NULL)
            continue;
        c = view_item(a, cites);
        view_str(a, c, "id", rules[i]->id);
        view_str(a, c, "cite", rules[i]->cite);
    }
    view_json(&b, v);
    return buf_text(&b);
}

err_t entitle_class(struct ctx *cx, int64_t class_id, struct entitle_class *out)
{
    struct attendance_sheet sheet;
    TRY(claim_class(cx, class_id, &out->row));
    TRY(q_claim_trainees(cx, &(struct q_claim_trainees_in){.class_id = class_id}, &out->trainees, &out->n));
    TRY(trainee_decider(cx, class_id, &out->decider));
    TRY(attendance_sheet(cx, class_id, &sheet));
    out->attended = sheet.rows;
    out->n_attended = sheet.n;
    out->lacks = NULL;
    if (sheet.n_below > 0)
        TRY(class_is_unqualified(cx, class_id, &out->lacks));
    if (strcmp(out->row.status, "unqualified") == 0)
        out->lacks = tr(cx, N_("这个班被认定为不合格班期，不能申请补贴。"));
    return E_OK;
}

static struct decide_result result_of(const struct entitle_class *k, const struct q_claim_trainees_row *t)
{
    struct decide_result r = {.hours = t->hours, .attendance_ppm = 1000000, .class_unqualified = k->lacks != NULL, .why_unqualified = k->lacks,
                              .certificate = t->number, .certificate_occupation = t->certificate_occupation,
                              .certificate_level = t->certificate_level != NULL ? *t->certificate_level : 0,
                              .certificate_on = t->issued_on != NULL ? *t->issued_on : 0, .evaluation_passed = strcmp(t->status, "passed") == 0};
    for (size_t i = 0; i < k->n_attended; i++) {
        if (k->attended[i].trainee_id != t->id || k->attended[i].hours_due == 0)
            continue;
        r.hours = k->attended[i].hours;
        r.attendance_ppm = k->attended[i].share_ppm;
    }
    return r;
}

err_t entitle(struct ctx *cx, const struct entitle_class *k, const struct q_claim_trainees_row *t, struct entitled *out)
{
    struct decide_result result = result_of(k, t);
    struct decision d;
    *out = (struct entitled){0};
    TRY(trainee_decide_in(cx, k->decider, t->id, claims_today(cx), &result, &d));
    if (d.verdict != DECIDE_YES) {
        out->lacks = d.n_checks > 0 ? text_fill(cx->arena, tr(cx, N_("{say}（{cite}）")), "say", d.checks[0].say, "cite", d.checks[0].rule->cite, NULL) : d.say;
        return E_OK;
    }
    for (size_t i = 0; i < d.n_amounts && out->n < 3; i++)
        if (d.amounts[i].fen > 0)
            out->items[out->n++] = (struct entitled_item){d.amounts[i].item, d.amounts[i].payee, d.amounts[i].fund, formula_of(cx, &d.amounts[i]), d.amounts[i].fen};
    return E_OK;
}
