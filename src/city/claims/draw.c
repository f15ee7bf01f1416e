/* draw.c -- who may be claimed for, and why others not yet; drawing the claim of a class. */
#include "city/claims/claims_impl.h"

#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

const struct choice claim_items[] = {{"training", N_("培训补贴")}, {"evaluation", N_("评价补贴")}, {"allowance", N_("生活费补贴")}, {0}};

const char *claim_item_label(const struct ctx *cx, const char *item) { return tr(cx, training_label(claim_items, item)); }
int64_t claims_today(const struct ctx *cx) { return day_of(cx->now, DAY_ZONE); }

err_t claim_class(struct ctx *cx, int64_t class_id, struct q_claim_class_row *out)
{
    return q_claim_class_first(cx, &(struct q_claim_class_in){.id = class_id}, out);
}

struct pool { /* what one look at a class needs */
    struct entitle_class class;
    struct q_claim_held_row *held;
    struct q_claim_doubles_row *doubles;
    struct q_claim_allowances_row *allowances;
    size_t n_held, n_doubles, n_allowances;
};

static err_t load(struct ctx *cx, int64_t class_id, struct pool *p)
{
    TRY(entitle_class(cx, class_id, &p->class));
    TRY(q_claim_held(cx, &(struct q_claim_held_in){.class_id = class_id}, &p->held, &p->n_held));
    struct q_claim_doubles_in d = {.class_id = class_id, .occupation = p->class.row.occupation, .level = p->class.row.level};
    TRY(q_claim_doubles(cx, &d, &p->doubles, &p->n_doubles));
    struct q_claim_allowances_in a = {.class_id = class_id, .since = cx->now - 365LL * DAY_MS};
    return q_claim_allowances(cx, &a, &p->allowances, &p->n_allowances);
}

/* The line that holds the item of the trainee now, else the last one that was taken out. */
static const struct q_claim_held_row *held_by(const struct pool *p, int64_t trainee_id, const char *item)
{
    for (size_t i = p->n_held; i > 0; i--)
        if (p->held[i - 1].trainee_id == trainee_id && strcmp(p->held[i - 1].item, item) == 0)
            return &p->held[i - 1];
    return NULL;
}

/* What was claimed before: held by a claim, refused for good, or taken out to be claimed again. */
static void claimed_before(struct ctx *cx, const struct q_claim_held_row *h, struct claim_candidate *c)
{
    const char *why = *h->reason != '\0' ? h->reason : tr(cx, N_("没有写原因"));
    if (strcmp(h->status, "withdrawn") != 0)
        c->claim_code = h->code;
    else if (h->final != NULL)
        c->lacks = text_fill(cx->arena, tr(cx, N_("在 {claim} 里撤下，不再给付：{why}。区里准许以后才能再申请。")), "claim", h->code, "why", why, NULL);
    else
        c->before = text_fill(cx->arena, tr(cx, N_("上次在 {claim} 里撤下：{why}")), "claim", h->code, "why", why, NULL);
}

static const char *district_name(struct ctx *cx, int64_t code)
{
    const struct city_district *d = cx->house->city != NULL ? city_district(cx->house->city, code) : NULL;
    return d != NULL ? tr(cx, d->name) : arena_fmt(cx->arena, "%lld", (long long)code);
}

/* The same training, or a living allowance within a year, claimed elsewhere: whatever the fund or the district. */
static const char *double_of(struct ctx *cx, const struct pool *p, const struct q_claim_trainees_row *t, const char *item)
{
    for (size_t i = 0; i < p->n_doubles; i++)
        if (p->doubles[i].person_id == t->person_id && strcmp(p->doubles[i].item, item) == 0)
            return text_fill(cx->arena, tr(cx, N_("同一职业同一等级的{item}已经在{district}的 {claim} 里申请过（{fund}），不能从两个区或两个基金各拿一次（财社〔2023〕181号第四条）。")),
                             "item", claim_item_label(cx, item), "district", district_name(cx, p->doubles[i].district), "claim", p->doubles[i].code, "fund",
                             tr(cx, training_label(training_funds, p->doubles[i].fund)), NULL);
    for (size_t i = 0; i < p->n_allowances && strcmp(item, "allowance") == 0; i++)
        if (p->allowances[i].person_id == t->person_id)
            return text_fill(cx->arena, tr(cx, N_("一年内已经在{district}的 {claim} 里申请过生活费补贴（津人社局发〔2022〕20号第十一条）。")), "district",
                             district_name(cx, p->allowances[i].district), "claim", p->allowances[i].code, NULL);
    return NULL;
}

static const char *not_yet(struct ctx *cx, const struct pool *p, const struct q_claim_trainees_row *t)
{
    static const struct choice sentences[] = {
        {"applied", N_("还没有录取。")},
        {"admitted", N_("录取了，还没有开始上课。")},
        {"attending", N_("还在上课。")},
        {"completed", N_("课上完了，还没有通过评价的记录。")},
        {"failed", N_("评价没有通过；补考通过后可以再申请。")},
        {"dropped", N_("中途退出，没有补贴。")},
        {"refused", N_("没有录取，没有补贴。")},
        {0},
    };
    if (strcmp(t->status, "passed") != 0)
        return tr(cx, training_label(sentences, t->status));
    if (t->certificate_id == NULL)
        return tr(cx, N_("证书还没有核验通过；核验后才能申请（津人社局发〔2022〕20号第九条）。"));
    return p->class.lacks != NULL ? p->class.lacks : double_of(cx, p, t, "training");
}

/* Who gets it: the enterprise of the trainee, the provider (also for the evaluation it declared), the person. */
static err_t payee_of(struct ctx *cx, const struct pool *p, const struct q_claim_trainees_row *t, struct claim_candidate *c)
{
    struct q_claim_employer_of_row *found;
    struct account_in account;
    size_t n = 0;
    bool has;
    if (strcmp(c->payee, "provider") == 0 || strcmp(c->payee, "evaluator") == 0) {
        c->payee_id = p->class.row.provider_id;
    } else if (strcmp(c->payee, "enterprise") == 0) {
        c->payee_id = t->employer_id != NULL ? *t->employer_id : 0;
        if (c->payee_id == 0)
            TRY(q_claim_employer_of(cx, &(struct q_claim_employer_of_in){.uscc = t->uscc}, &found, &n));
        if (n > 0)
            c->payee_id = found[0].id;
        if (c->payee_id == 0)
            c->lacks = text_fill(cx->arena, tr(cx, N_("补贴要付给所在企业“{name}”，可这家企业还没有在平台登记。")), "name", t->employer, NULL);
    } else {
        const int64_t *master = p->class.row.master_id;
        c->payee_id = master != NULL ? *master : t->person_id;
        TRY(payee_account(cx, "person", c->payee_id, &account, &has));
        if (!has)
            c->lacks = tr(cx, master != NULL                        ? N_("资助付给师傅本人：请登记师傅的银行卡（社保卡）。")
                              : strcmp(c->item, "allowance") == 0 ? N_("生活费补贴由本人申请：请登记本人的银行卡（社保卡）。")
                                                                : N_("这笔补贴付给本人：请登记本人的银行卡（社保卡）。"));
    }
    return E_OK;
}

static err_t person_name(struct ctx *cx, struct blob sealed, const char **masked)
{
    TRY(unseal(cx, "person.name", sealed, masked));
    *masked = *masked != NULL ? text_mask_name(cx->arena, *masked) : "";
    return E_OK;
}

static err_t of_item(struct ctx *cx, const struct pool *p, const struct q_claim_trainees_row *t, const struct entitled_item *it, struct claim_candidate *c)
{
    const struct q_claim_held_row *held = held_by(p, t->id, it->item);
    c->item = it->item, c->fen = it->fen, c->payee = it->payee, c->fund = it->fund, c->formula = it->formula;
    TRY(payee_of(cx, p, t, c));
    if (held != NULL)
        claimed_before(cx, held, c);
    if (c->lacks == NULL)
        c->lacks = double_of(cx, p, t, it->item);
    return E_OK;
}

static err_t candidates_tx(struct ctx *cx, int64_t class_id, struct pool *p, struct claim_candidate **out, size_t *n)
{
    TRY(load(cx, class_id, p));
    struct claim_candidate *all = arena_alloc(cx->arena, (p->class.n * 3 + 1) * sizeof *all);
    *n = 0;
    for (size_t i = 0; i < p->class.n; i++) {
        const struct q_claim_trainees_row *t = &p->class.trainees[i];
        struct claim_candidate base = {.trainee_id = t->id, .trainee_code = t->code, .lacks = not_yet(cx, p, t),
                                       .certificate_id = t->certificate_id != NULL ? *t->certificate_id : 0, .item = ""};
        struct entitled e = {0};
        TRY(person_name(cx, t->name, &base.name));
        if (base.lacks == NULL)
            TRY(entitle(cx, &p->class, t, &e));
        if (base.lacks == NULL && e.lacks == NULL && e.n == 0)
            e.lacks = tr(cx, N_("决定里没有可以付的金额。"));
        if (base.lacks != NULL || e.lacks != NULL) {
            base.lacks = base.lacks != NULL ? base.lacks : e.lacks;
            all[(*n)++] = base;
            continue;
        }
        for (size_t k = 0; k < e.n; k++) {
            all[*n] = base;
            TRY(of_item(cx, p, t, &e.items[k], &all[(*n)++]));
        }
    }
    *out = all;
    return E_OK;
}

struct looking {
    int64_t class_id;
    struct claim_candidate **out;
    size_t *n;
};

static err_t look_tx(struct ctx *cx, void *arg)
{
    const struct looking *l = arg;
    struct pool p = {0};
    return candidates_tx(cx, l->class_id, &p, l->out, l->n);
}

/* One transaction: what is read of a class belongs together, and a lock is taken once and not for each statement. */
err_t claim_candidates(struct ctx *cx, int64_t class_id, struct claim_candidate **out, size_t *n)
{
    return store_tx(cx, STORE_READ, look_tx, &(struct looking){class_id, out, n});
}

/* ---- drawing ---- */

struct drawing {
    int64_t class_id, claim_id;
};

static err_t fresh(struct ctx *cx, const struct pool *p, int64_t *claim_id)
{
    struct q_claim_next_row next;
    struct q_claim_rounds_row rounds;
    struct q_claim_insert_row made;
    TRY(q_claim_next(cx, &next));
    TRY(q_claim_rounds(cx, &(struct q_claim_rounds_in){.class_id = p->class.row.id}, &rounds));
    struct q_claim_insert_in in = {.code = arena_fmt(cx->arena, "Q%lld", (long long)next.n), .class_id = p->class.row.id, .round = rounds.n + 1,
                                   .provider_id = p->class.row.provider_id, .district = p->class.row.district, .status = claim_flow.initial,
                                   .class_by = p->class.row.decided_by, .at = cx->now};
    err_t e = q_claim_insert(cx, &in, &made);
    if (e == E_CONFLICT)
        return E_BUSY; /* somebody drew at the same moment */
    *claim_id = made.id;
    return e;
}

static err_t add_line(struct ctx *cx, const struct pool *p, int64_t claim_id, const struct claim_candidate *c)
{
    struct q_claim_line_insert_in in = {.claim_id = claim_id, .trainee_id = c->trainee_id, .certificate_id = c->certificate_id, .item = c->item,
                                        .amount = c->fen, .payee = c->payee, .payee_id = c->payee_id, .fund = c->fund, .formula = c->formula,
                                        .district = p->class.row.district};
    return q_claim_line_insert(cx, &in, NULL);
}

static err_t draw_tx(struct ctx *cx, void *arg)
{
    struct drawing *d = arg;
    struct pool p = {0};
    struct q_claim_drawn_row *drawn;
    struct claim_candidate *c;
    size_t n_drawn, n, lines = 0;
    int64_t fen = 0;
    TRY(q_claim_drawn(cx, &(struct q_claim_drawn_in){.class_id = d->class_id}, &drawn, &n_drawn));
    if (n_drawn > 0) {
        d->claim_id = drawn[0].id;
        TRY(q_claim_clear_lines(cx, &(struct q_claim_clear_lines_in){.claim_id = d->claim_id}, NULL));
        TRY(q_claim_touch(cx, &(struct q_claim_touch_in){.at = cx->now, .id = d->claim_id}, NULL));
    }
    TRY(candidates_tx(cx, d->class_id, &p, &c, &n));
    for (size_t i = 0; i < n; i++) {
        if (c[i].lacks != NULL || c[i].claim_code != NULL)
            continue;
        if (lines++ == 0 && n_drawn == 0)
            TRY(fresh(cx, &p, &d->claim_id));
        TRY(add_line(cx, &p, d->claim_id, &c[i]));
        fen += c[i].fen;
    }
    if (lines == 0)
        return SAY(cx, E_STATE, NULL, N_("这个班现在没有可以申请的学员。下面写着每个人还缺什么。"));
    return audit_add(cx, "claim.draw", "claim", d->claim_id,
                     arena_fmt(cx->arena, "{\"class\":\"%s\",\"lines\":%zu,\"fen\":%lld}", p.class.row.code, lines, (long long)fen));
}

err_t claim_draw(struct ctx *cx, int64_t class_id, int64_t *claim_id)
{
    struct drawing d = {.class_id = class_id};
    TRY(store_tx(cx, STORE_WRITE, draw_tx, &d));
    *claim_id = d.claim_id;
    return E_OK;
}
