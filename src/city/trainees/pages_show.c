/* pages_show.c -- one trainee: the decision with its reasons, the facts, what is disputed, the steps; the person's own pages. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "base/text.h"
#include "city/reference.h"
#include "city/claims/claims.h"
#include "city/decisions/words.h"
#include "city/trainees/pages_impl.h"
#include "city/training.h"

#include <stddef.h>
#include <string.h>

static const struct choice hows[] = {{"send", N_("发验证码到本人手机")}, {"paper", N_("有本人签字的纸质确认书")}, {0}};

const struct field action_fields[] = {
    {"action", F_HIDDEN, F_REQUIRED, N_("操作"), .max = 30, .off = offsetof(struct action_form, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct action_form, note)},
    {0},
};
const struct field word_fields[] = {{"how", F_CHOICE, F_REQUIRED, N_("怎么确认"), .choices = hows, .off = offsetof(struct word_form, how)}, {0}};
const struct field fact_fields[] = {
    {"name", F_TEXT, F_REQUIRED, N_("哪一项"), .max = 30, .off = offsetof(struct fact_form, name)},
    {"value", F_TEXT, F_REQUIRED, N_("是什么"), N_("写“是”或“不是”；日期写 2026-06-30；类别写名称，像“农村劳动力”；人数、月数写数字。"), .max = 100, .off = offsetof(struct fact_form, value)},
    {"note", F_LONG, F_REQUIRED, N_("核实了什么材料"), .max = 500, .off = offsetof(struct fact_form, note)},
    {0},
};
const struct field note_fields[] = {{"note", F_LONG, F_REQUIRED, N_("哪里不对、应该是什么"), .max = 500, .off = offsetof(struct note_form, note)}, {0}};
const struct field settle_fields[] = {
    {"value", F_TEXT, 0, N_("更正为"), .max = 100, .off = offsetof(struct note_form, value)},
    {"note", F_LONG, F_REQUIRED, N_("核实了什么材料"), .max = 500, .off = offsetof(struct note_form, note)},
    {0},
};
const struct field confirm_fields[] = {
    {"trainee", F_TEXT, F_REQUIRED, N_("学员编号"), N_("短信里 A 开头的编号。"), .max = 20, .off = offsetof(struct confirm_form, trainee)},
    {"code", F_TEXT, F_REQUIRED | F_SECRET, N_("验证码"), N_("短信里的 6 位数字。"), .max = 6, .off = offsetof(struct confirm_form, code)},
    {0},
};

static err_t check_trainee(struct req *rq)
{
    struct q_trainee_get_row *t = ARENA_NEW(rq->cx.arena, struct q_trainee_get_row);
    int64_t id;
    TRY(trainee_id_of(&rq->cx, req_param(rq, "trainee"), &id));
    rq->scoped = t;
    return trainee_own(&rq->cx, id, t);
}

static err_t check_fact(struct req *rq)
{
    struct q_fact_get_row *f = ARENA_NEW(rq->cx.arena, struct q_fact_get_row);
    rq->scoped = f;
    return fact_own(&rq->cx, req_id(rq, "fact"), f);
}
const struct scope own_trainee = {"own trainee", "trainee", check_trainee};
const struct scope own_fact = {"of an own trainee", "fact", check_fact};

static void fact_line(struct req *rq, struct view *v, const struct q_fact_list_row *f)
{
    struct arena *a = rq->cx.arena;
    bool held = strcmp(f->status, "held") == 0, disputed = strcmp(f->status, "disputed") == 0;
    view_i64(a, v, "id", f->id);
    view_str(a, v, "label", fact_words(&rq->cx, f->name));
    view_str(a, v, "value", fact_value_words(&rq->cx, f->name, f->value));
    view_str(a, v, "source", fact_source_words(&rq->cx, f->source));
    view_str(a, v, "from", day_text_iso(a, f->from_on));
    view_str(a, v, "to", f->to_on == NULL ? NULL : day_text_iso(a, *f->to_on));
    view_str(a, v, "note", *f->note == '\0' ? NULL : f->note);
    view_bool(a, v, "held", held);
    view_bool(a, v, "disputed", disputed);
    view_bool(a, v, "replaced", !held && !disputed);
    view_bool(a, v, "may_dispute", held && (rq->cx.actor.role & (ROLE_PROVIDER | ROLE_SEEKER | OFFICERS)) != 0);
    view_bool(a, v, "may_settle", disputed && (rq->cx.actor.role & OFFICERS) != 0);
    view_str(a, v, "dispute_url", url_fmt(rq, "/facts/%lld/dispute", (long long)f->id));
    view_str(a, v, "settle_url", url_fmt(rq, "/facts/%lld/settle", (long long)f->id));
}

static err_t put_facts(struct req *rq, int64_t person_id)
{
    struct q_fact_list_row *rows;
    size_t n;
    TRY(facts_of(&rq->cx, person_id, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "facts");
    for (size_t i = 0; i < n; i++)
        fact_line(rq, view_item(rq->cx.arena, list), &rows[i]);
    view_bool(rq->cx.arena, rq->view, "facts_shown", n > 0);
    return E_OK;
}

static err_t put_head(struct req *rq, const struct q_trainee_get_row *t)
{
    struct arena *a = rq->cx.arena;
    struct q_trainee_of_class_row *rows;
    const char *name = NULL, *idno = NULL;
    size_t n;
    TRY(trainees_of_class(&rq->cx, t->class_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == t->id)
            TRY(trainee_mask(&rq->cx, rows[i].person_name, rows[i].idno, &name, &idno));
    view_str(a, rq->view, "code", t->code);
    view_str(a, rq->view, "name", name);
    view_str(a, rq->view, "idno", idno);
    view_str(a, rq->view, "class_name", t->class_name);
    view_str(a, rq->view, "list_url", url_fmt(rq, rq->cx.actor.role == ROLE_PROVIDER ? "/provider/trainees?class=%s" : "/district/trainees?class=%s", t->class_code));
    view_str(a, rq->view, "days", arena_fmt(a, "%s – %s", day_text_iso(a, t->starts_on), day_text_iso(a, t->ends_on)));
    view_str(a, rq->view, "category", tr(&rq->cx, training_label(training_categories, t->category)));
    view_str(a, rq->view, "proof", tr(&rq->cx, training_label(trainee_proofs, t->proof)));
    view_str(a, rq->view, "employer", *t->employer == '\0' ? NULL : t->employer);
    view_str(a, rq->view, "state", tr(&rq->cx, flow_label(&trainee_flow, t->status)));
    view_str(a, rq->view, "reason", *t->reason == '\0' ? NULL : t->reason);
    view_str(a, rq->view, "was", verdict_words(&rq->cx, t->verdict));
    view_str(a, rq->view, "was_on", day_text_stamp(&rq->cx, t->decided_at));
    view_i64(a, rq->view, "hours", t->hours);
    view_str(a, rq->view, "confirmed", t->confirmed_at == NULL ? NULL : day_text_stamp(&rq->cx, *t->confirmed_at));
    view_bool(a, rq->view, "may_confirm", t->confirmed_at == NULL && t->ends_on <= day_of(rq->cx.now, DAY_ZONE) && (rq->cx.actor.role & ROLE_AUDITOR) == 0 &&
                                              strcmp(t->status, "refused") != 0 && strcmp(t->status, "dropped") != 0);
    return E_OK;
}

static void put_names(struct req *rq)
{
    struct view *list = view_list(rq->cx.arena, rq->view, "names");
    for (const struct decide_name *d = decide_names; d->name != NULL; d++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_str(rq->cx.arena, v, "code", d->name);
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, d->label));
    }
}

/* Once the class is over, the money: what can be claimed today and what not, with the reason. A decision from before the class knows neither attendance nor certificate. */
static err_t put_money(struct req *rq, const struct q_trainee_get_row *t)
{
    struct arena *a = rq->cx.arena;
    struct claim_candidate *c = NULL;
    size_t n = 0;
    const char *base = rq->cx.actor.role == ROLE_PROVIDER ? "/provider/claims" : rq->cx.actor.role == ROLE_DISTRICT ? "/district/claims" : "/city/claims";
    bool over = strcmp(t->status, "completed") == 0 || strcmp(t->status, "passed") == 0 || strcmp(t->status, "failed") == 0;
    view_bool(a, rq->view, "over", over);
    struct view *list = view_list(a, rq->view, "money");
    if (over)
        TRY(claim_candidates(&rq->cx, t->class_id, &c, &n));
    for (size_t i = 0; i < n; i++) {
        if (c[i].trainee_id != t->id)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "item", *c[i].item != '\0' ? tr(&rq->cx, training_label(claim_items, c[i].item)) : tr(&rq->cx, N_("补贴")));
        view_str(a, v, "amount", c[i].fen > 0 ? training_yuan(&rq->cx, c[i].fen) : NULL);
        view_str(a, v, "lacks", c[i].claim_code == NULL ? c[i].lacks : NULL);
        view_str(a, v, "claim", c[i].claim_code);
        view_str(a, v, "claim_url", c[i].claim_code != NULL ? url_fmt(rq, "%s/%s", base, c[i].claim_code) : NULL);
        view_bool(a, v, "ready", c[i].lacks == NULL && c[i].claim_code == NULL);
        view_str(a, v, "draw_url", rq->cx.actor.role != ROLE_PROVIDER && rq->cx.actor.role != ROLE_DISTRICT ? NULL : url_fmt(rq, "%s/classes/%s", base, t->class_code));
    }
    return E_OK;
}

err_t show_trainee(struct req *rq)
{
    const struct q_trainee_get_row *t = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct decision d;
    TRY(put_head(rq, t));
    view_fmt(a, rq->view, "title", "%s %s", tr(&rq->cx, N_("学员")), t->code);
    TRY(trainee_decide_again(&rq->cx, t->id, day_of(rq->cx.now, DAY_ZONE), NULL, &d));
    decision_words(&rq->cx, rq->view, &d);
    TRY(put_money(rq, t));
    TRY(put_facts(rq, t->person_id));
    put_names(rq);
    bool acts = (rq->cx.actor.role & (ROLE_PROVIDER | OFFICERS)) != 0;
    if (acts)
        flow_view(&rq->cx, &trainee_flow, t->status, rq->view);
    view_bool(a, rq->view, "officer", (rq->cx.actor.role & OFFICERS) != 0);
    view_str(a, rq->view, "actions_url", url_fmt(rq, "/trainees/%s/actions", t->code));
    view_str(a, rq->view, "word_url", url_fmt(rq, "/trainees/%s/word", t->code));
    view_str(a, rq->view, "facts_url", url_fmt(rq, "/trainees/%s/facts", t->code));
    return E_OK;
}

err_t do_action(struct req *rq)
{
    const struct q_trainee_get_row *t = rq->scoped;
    const struct action_form *f = rq->in;
    TRY(trainee_step(&rq->cx, t->id, f->action, f->note));
    req_note(rq, N_("已办好。"));
    return redirect(rq, "/trainees/%s", t->code);
}

err_t do_word(struct req *rq)
{
    const struct q_trainee_get_row *t = rq->scoped;
    const struct word_form *f = rq->in;
    bool send = strcmp(f->how, "send") == 0;
    TRY(send ? trainee_confirm_send(&rq->cx, t->id) : trainee_confirm(&rq->cx, t->id, "paper"));
    req_note(rq, send ? N_("验证码已发到本人手机，七天内有效。") : N_("已记录纸质确认书。"));
    return redirect(rq, "/trainees/%s", t->code);
}

err_t do_fact(struct req *rq)
{
    const struct q_trainee_get_row *t = rq->scoped;
    const struct fact_form *f = rq->in;
    int64_t id, today = day_of(rq->cx.now, DAY_ZONE), from = t->starts_on < today ? t->starts_on : today;
    TRY(fact_add(&rq->cx, t->person_id, &(struct fact_in){f->name, fact_value_code(&rq->cx, f->name, f->value), "officer", f->note, from, 0}, &id));
    req_note(rq, N_("已补充。核对结果按新的事实重新计算。"));
    return redirect(rq, "/trainees/%s", t->code);
}

/* Back to a trainee of the fact's person that the actor may see. */
static err_t back(struct req *rq, const struct q_fact_get_row *f)
{
    struct q_trainee_of_person_row *rows;
    struct q_trainee_get_row t;
    size_t n;
    if (rq->cx.actor.role == ROLE_SEEKER)
        return redirect(rq, "/me/training");
    TRY(trainees_of_person(&rq->cx, f->person_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (trainee_own(&rq->cx, rows[i].id, &t) == E_OK)
            return redirect(rq, "/trainees/%s", t.code);
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "no trainee of this fact");
}

err_t do_dispute(struct req *rq)
{
    const struct q_fact_get_row *f = rq->scoped;
    TRY(fact_dispute(&rq->cx, f->id, ((const struct note_form *)rq->in)->note));
    req_note(rq, N_("已记下，由区人社局核实。核实以前不按这条记录下结论。"));
    return back(rq, f);
}

err_t do_settle(struct req *rq)
{
    const struct q_fact_get_row *f = rq->scoped;
    const struct note_form *in = rq->in;
    TRY(fact_settle(&rq->cx, f->id, in->value != NULL ? fact_value_code(&rq->cx, f->name, in->value) : NULL, in->note));
    req_note(rq, N_("已核实。"));
    return back(rq, f);
}

err_t show_disputes(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_fact_disputed_row *rows;
    size_t n;
    TRY(facts_disputed(&rq->cx, city_own_district(&rq->cx), &rows, &n));
    struct view *list = view_list(a, rq->view, "facts");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const char *name, *idno;
        TRY(trainee_mask(&rq->cx, rows[i].person_name, (struct blob){0}, &name, &idno));
        view_str(a, v, "name", name);
        view_str(a, v, "label", fact_words(&rq->cx, rows[i].name));
        view_str(a, v, "value", fact_value_words(&rq->cx, rows[i].name, rows[i].value));
        view_str(a, v, "source", fact_source_words(&rq->cx, rows[i].source));
        view_str(a, v, "note", rows[i].note);
        view_str(a, v, "since", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "url", rows[i].trainee_code == NULL ? NULL : url_fmt(rq, "/trainees/%s", rows[i].trainee_code));
    }
    view_i64(a, rq->view, "total", (int64_t)n);
    return E_OK;
}

/* ---- the person's own ---- */

struct purse_of { /* what goes to the person's own account */
    struct q_claim_of_person_row *lines;
    size_t n;
    bool has_account;
};

static err_t purse_load(struct req *rq, struct purse_of *out)
{
    struct account_in account;
    TRY(claims_of_person(&rq->cx, rq->cx.actor.person_id, &out->lines, &out->n));
    return payee_account(&rq->cx, "person", rq->cx.actor.person_id, &account, &out->has_account);
}

/* The living allowance: how far it is, and whether an account is wanted. */
static void put_allowance(struct req *rq, struct view *v, int64_t trainee_id, const struct decision *d, const struct purse_of *p)
{
    struct ctx *cx = &rq->cx;
    const char *say = NULL;
    bool asks = false;
    for (size_t i = 0; i < d->n_amounts; i++)
        if (strcmp(d->amounts[i].item, "allowance") == 0 && d->verdict != DECIDE_NO) {
            asks = !p->has_account;
            say = asks ? tr(cx, N_("取得证书后，您本人还可以领生活费补贴。请先登记收款的银行卡。")) : tr(cx, N_("取得证书后，您本人还可以领生活费补贴，付到您登记的银行卡。"));
        }
    for (size_t i = 0; i < p->n; i++) {
        const struct q_claim_of_person_row *l = &p->lines[i];
        if (l->trainee_id != trainee_id)
            continue;
        bool back = strcmp(l->status, "failed") == 0;
        say = text_fill(cx->arena,
                        tr(cx, back                               ? N_("生活费补贴 {yuan} 被银行退回：{why}。请改收款账号，改好了再付。")
                               : strcmp(l->status, "paid") == 0      ? N_("生活费补贴 {yuan} 已经付到您的银行卡。")
                               : strcmp(l->status, "withdrawn") == 0 ? N_("生活费补贴 {yuan} 的申请撤回了，可以打 12333 问原因。")
                                                                     : N_("生活费补贴 {yuan} 正在办理。")),
                        "yuan", training_yuan(cx, l->amount), "why", l->answer != NULL ? l->answer : "", NULL);
        asks = back;
    }
    view_str(cx->arena, v, "allowance", say);
    view_str(cx->arena, v, "bank_url", asks ? url_fmt(rq, "/me/bank") : NULL);
}

err_t show_mine(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_trainee_of_person_row *rows = NULL;
    struct purse_of purse = {0};
    size_t n = 0;
    if (rq->cx.actor.person_id != 0) {
        TRY(trainees_of_person(&rq->cx, rq->cx.actor.person_id, &rows, &n));
        TRY(purse_load(rq, &purse));
        TRY(put_facts(rq, rq->cx.actor.person_id));
    }
    struct view *list = view_list(a, rq->view, "classes");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        struct decision d;
        TRY(trainee_decide_again(&rq->cx, rows[i].id, day_of(rq->cx.now, DAY_ZONE), NULL, &d));
        view_str(a, v, "name", rows[i].class_name);
        view_str(a, v, "days", arena_fmt(a, "%s – %s", day_text(&rq->cx, rows[i].starts_on), day_text(&rq->cx, rows[i].ends_on)));
        view_str(a, v, "state", tr(&rq->cx, flow_label(&trainee_flow, rows[i].status)));
        bool ended = strcmp(rows[i].status, "dropped") == 0 || strcmp(rows[i].status, "passed") == 0;
        view_str(a, v, "say", ended ? NULL : d.say);
        view_str(a, v, "confirmed", rows[i].confirmed_at != NULL ? day_text(&rq->cx, day_of(*rows[i].confirmed_at, DAY_ZONE)) : NULL);
        put_allowance(rq, v, rows[i].id, &d, &purse);
        view_str(a, v, "url", url_fmt(rq, "/me/training/%s", rows[i].code));
        bool over = rows[i].ends_on <= day_of(rq->cx.now, DAY_ZONE);
        bool begun = strcmp(rows[i].status, "attending") == 0 || strcmp(rows[i].status, "completed") == 0;
        view_bool(a, v, "may_drop", strcmp(rows[i].status, "applied") == 0 || strcmp(rows[i].status, "admitted") == 0);
        view_bool(a, v, "may_confirm", over && begun && rows[i].confirmed_at == NULL);
    }
    return E_OK;
}

err_t do_drop(struct req *rq)
{
    const struct q_trainee_get_row *t = rq->scoped;
    const struct action_form *f = rq->in;
    bool confirm = strcmp(f->action, "confirm") == 0;
    TRY(confirm ? trainee_confirm(&rq->cx, t->id, "code") : trainee_step(&rq->cx, t->id, "drop", f->note));
    req_note(rq, confirm ? N_("已确认您参加了培训。") : N_("已退出这个班期。"));
    return redirect(rq, "/me/training");
}

err_t show_confirm(struct req *rq)
{
    req_form(rq, confirm_fields, NULL);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("结课以后会收到短信。参加了培训的，填短信里的编号和验证码；没有参加的不要填，请打 12333 告诉我们。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("我参加了")));
    return E_OK;
}

err_t do_confirm(struct req *rq)
{
    const struct confirm_form *f = rq->in;
    int64_t id;
    if (trainee_id_of(&rq->cx, f->trainee, &id) != E_OK)
        return SAY(&rq->cx, E_INVALID, "code", N_("验证码不对或者已经过期，请向培训机构要一个新的"));
    TRY(trainee_confirm_code(&rq->cx, id, f->code));
    req_note(rq, N_("已确认您参加了培训，谢谢。"));
    return redirect(rq, "/training/confirm");
}
