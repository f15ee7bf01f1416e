/* one_person.c -- an objection about one person that is right: only their lines are taken out or corrected, the claim goes on.
 *
 * Corrected is decided again with the facts of the day, which the officer has put right before. What becomes less, or goes to another payee
 * or fund, is changed in its line and told in the public answer; what would become more than was published is not: it has to be published again.
 */
#include "city/claims/claims_impl.h"

#include "base/text.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

struct settling {
    int64_t id, trainee_id;
    bool correct;
    const char *answer;
    struct buf told; /* what was changed, for the public answer */
};

static const struct claim_candidate *candidate(const struct claim_candidate *c, size_t n, int64_t trainee_id, const char *item)
{
    for (size_t i = 0; i < n; i++)
        if (c[i].trainee_id == trainee_id && strcmp(c[i].item, item) == 0 && c[i].lacks == NULL)
            return &c[i];
    return NULL;
}

static err_t take_out(struct ctx *cx, struct settling *s, const struct q_claim_person_lines_row *l)
{
    buf_fmt(&s->told, "%s%s", s->told.len > 0 ? "；" : "", text_fill(cx->arena, tr(cx, N_("撤下{item}")), "item", claim_item_label(cx, l->item), NULL));
    return claim_withdraw_line(cx, l->id, tr(cx, N_("公示异议属实")), !s->correct);
}

static err_t put_right(struct ctx *cx, struct settling *s, const struct q_claim_person_lines_row *l)
{
    struct claim_candidate *all;
    size_t n, changed;
    TRY(claim_candidates(cx, l->class_id, &all, &n));
    const struct claim_candidate *now = candidate(all, n, l->trainee_id, l->item);
    if (now == NULL)
        return take_out(cx, s, l);
    if (now->fen > l->amount)
        return SAY(cx, E_STATE, NULL, N_("按更正后的事实算，金额比公示的多。公示过的金额只能减，不能加：请选“撤下这个人”，或者驳回异议并写明理由。"));
    if (now->fen == l->amount && now->payee_id == l->payee_id && strcmp(now->payee, l->payee) == 0 && strcmp(now->fund, l->fund) == 0)
        return E_OK;
    struct q_claim_line_correct_in in = {.amount = now->fen, .payee = now->payee, .payee_id = now->payee_id, .fund = now->fund, .formula = now->formula, .id = l->id};
    TRY(q_claim_line_correct(cx, &in, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这份申请已经审批，不能再改；已经付的钱请在申请页“要求退回”。"));
    buf_fmt(&s->told, "%s%s", s->told.len > 0 ? "；" : "",
            text_fill(cx->arena, tr(cx, N_("{item}由 {was} 更正为 {now}，付给{payee}，{fund}")), "item", claim_item_label(cx, l->item), "was", training_yuan(cx, l->amount), "now",
                      training_yuan(cx, now->fen), "payee", tr(cx, training_label(training_payees, now->payee)), "fund",
                      tr(cx, training_label(training_funds, now->fund)), NULL));
    return audit_add(cx, "claim.correct_line", "claim_line", l->id,
                     arena_fmt(cx->arena, "{\"was\":%lld,\"fen\":%lld}", (long long)l->amount, (long long)now->fen));
}

static err_t change(struct ctx *cx, struct settling *s, int64_t notice_id)
{
    struct q_claim_person_lines_row *l;
    size_t n, done = 0;
    TRY(q_claim_person_lines(cx, &(struct q_claim_person_lines_in){.notice_id = &notice_id, .trainee_id = s->trainee_id}, &l, &n));
    if (n == 0)
        return SAY(cx, E_INVALID, "person", N_("这个人不在这份公示里。"));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(l[i].status, "withdrawn") == 0)
            continue;
        done++;
        TRY(s->correct ? put_right(cx, s, &l[i]) : take_out(cx, s, &l[i]));
    }
    return done > 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("这个人的补贴已经撤下了。"));
}

static err_t settle_tx(struct ctx *cx, void *arg)
{
    struct settling *s = arg;
    struct q_objection_row *rows;
    size_t n, changed;
    s->told = (struct buf){.a = cx->arena};
    TRY(q_objection(cx, &(struct q_objection_in){.id = s->id}, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no objection %lld", (long long)s->id);
    TRY(claims_own_district(cx, rows[0].district));
    TRY(change(cx, s, rows[0].notice_id));
    const char *answer = s->told.len == 0 ? s->answer : arena_fmt(cx->arena, "%s（%s）", s->answer, buf_text(&s->told));
    struct q_objection_close_in in = {.status = "upheld", .answer = answer, .closed_by = &cx->actor.account_id, .closed_at = &cx->now, .id = s->id};
    TRY(q_objection_close(cx, &in, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这条异议已经处理过了。"));
    return audit_add(cx, "objection.uphold", "objection", s->id, s->correct ? "{\"corrected\":1}" : "{\"person\":1}");
}

err_t objection_settle_person(struct ctx *cx, int64_t id, int64_t trainee_id, bool correct, const char *answer)
{
    if (answer == NULL || strlen(answer) < 2)
        return SAY(cx, E_INVALID, "answer", N_("请写答复，会公开显示。"));
    return store_tx(cx, STORE_WRITE, settle_tx, &(struct settling){.id = id, .trainee_id = trainee_id, .correct = correct, .answer = answer});
}

err_t objection_persons(struct ctx *cx, int64_t notice_id, int64_t claim_id, struct q_claim_persons_row **rows, size_t *n)
{
    return q_claim_persons(cx, &(struct q_claim_persons_in){.notice_id = &notice_id, .claim_id = claim_id != 0 ? &claim_id : NULL}, rows, n);
}
