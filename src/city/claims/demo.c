/* demo.c -- claims in every state for the demo city: a notice that is open now, a batch with a payment that the bank sent back. */
#include "city/claims/claims_impl.h"

#include "base/day.h"
#include "city/demo.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

enum { HOME = 120102, MOST = 40, ELSEWHERE = 6 };
enum end { PAID, FAILED, NOTICED, CLEARED, CONFIRMED, REVIEWED, WITHDRAWN, APPROVED, PAYING, DRAWN, ENDS };

struct play {
    int64_t now, first, second, school; /* accounts: two officers, somebody of the provider */
    struct {
        int64_t class_id, id, provider_id;
        enum end end;
        bool home;
    } claim[MOST];
    size_t n;
};

static void days_ago(struct ctx *cx, const struct play *p, int64_t days) { cx->now = p->now - days * DAY_MS; }

static void as_officer(struct ctx *cx, int64_t account)
{
    cx->actor = (struct actor){.role = ROLE_DISTRICT, .account_id = account, .district = HOME};
}

static void as_school(struct ctx *cx, const struct play *p, int64_t provider_id)
{
    cx->actor = (struct actor){.role = ROLE_PROVIDER, .account_id = p->school, .provider_id = provider_id, .district = HOME};
}

static err_t budgets(struct ctx *cx)
{
    const struct city *city = cx->house->city;
    int64_t year = claims_today(cx) / 10000;
    cx->actor = (struct actor){.role = ROLE_CITY};
    for (size_t i = 0; i < city->n_districts; i++)
        for (const struct choice *f = training_funds; f->code != NULL; f++) {
            struct purse p = {f->code, city->districts[i].code, year};
            bool big = strcmp(f->code, "insurance") == 0;
            TRY(budget_set(cx, &p, (big ? 300000000 : 60000000) + (int64_t)(i * 7 % 16) * 10000000));
        }
    return E_OK;
}

static err_t people(struct ctx *cx, struct play *p)
{
    struct q_claims_accounts_row *a;
    size_t n;
    TRY(q_claims_accounts(cx, &(struct q_claims_accounts_in){.role = "district", .district = HOME}, &a, &n));
    p->first = n > 0 ? a[0].id : 0;
    p->second = n > 1 ? a[1].id : 0;
    TRY(q_claims_accounts(cx, &(struct q_claims_accounts_in){.role = "provider", .district = 0}, &a, &n));
    p->school = n > 0 ? a[0].id : 0;
    return E_OK;
}

/* Who approved the class reviews; the other one approves. */
static int64_t reviewer(const struct play *p, const struct q_claim_row *c)
{
    return c->class_by != NULL && *c->class_by == p->second ? p->second : p->first;
}
static int64_t approver(const struct play *p, const struct q_claim_row *c) { return reviewer(p, c) == p->first ? p->second : p->first; }

static err_t accounts(struct ctx *cx, const struct play *p, int64_t claim_id)
{
    struct q_claim_lines_row *l;
    size_t n;
    as_officer(cx, p->first);
    TRY(claim_lines(cx, claim_id, &l, &n));
    for (size_t i = 0; i < n; i++) {
        const char *owner = strcmp(l[i].payee, "evaluator") == 0 ? "provider" : l[i].payee;
        struct account_in have, in = {"示例收款单位（示例）", "示例银行天津河东支行（示例）", arena_fmt(cx->arena, "62220000%08lld", (long long)l[i].payee_id)};
        bool has;
        TRY(payee_account(cx, owner, l[i].payee_id, &have, &has));
        if (!has && strcmp(owner, "person") == 0)
            TRY(payee_person_name(cx, l[i].payee_id, &in.name));
        if (!has)
            TRY(payee_account_set(cx, owner, l[i].payee_id, &in));
    }
    return E_OK;
}

/* Who may get a living allowance has said where to. */
static err_t cards(struct ctx *cx, int64_t class_id)
{
    struct claim_candidate *c;
    size_t n;
    TRY(claim_candidates(cx, class_id, &c, &n));
    for (size_t i = 0; i < n; i++) {
        struct account_in in = {NULL, "示例银行天津河东支行（示例）", arena_fmt(cx->arena, "62220001%08lld", (long long)c[i].payee_id)};
        if (c[i].payee == NULL || strcmp(c[i].payee, "person") != 0 || c[i].claim_code != NULL)
            continue;
        TRY(payee_person_name(cx, c[i].payee_id, &in.name));
        TRY(payee_account_set(cx, "person", c[i].payee_id, &in));
    }
    return E_OK;
}

/* drawn, and so far along as it goes before the notice */
static err_t before_notice(struct ctx *cx, const struct play *p, size_t i, int64_t *id)
{
    struct q_claim_row c;
    as_school(cx, p, p->claim[i].provider_id);
    TRY(cards(cx, p->claim[i].class_id));
    TRY(claim_draw(cx, p->claim[i].class_id, id));
    if (p->claim[i].home)
        TRY(accounts(cx, p, *id));
    as_school(cx, p, p->claim[i].provider_id);
    if (p->claim[i].end == DRAWN)
        return E_OK;
    TRY(claim_step(cx, *id, 0, "confirm", NULL));
    if (p->claim[i].end == CONFIRMED)
        return E_OK;
    TRY(claim_find(cx, *id, &c));
    as_officer(cx, reviewer(p, &c));
    return claim_step(cx, *id, 0, "review", NULL);
}

static err_t object(struct ctx *cx, const struct play *p, int64_t claim_id, const char *text, const char *answer)
{
    struct q_claim_row c;
    struct q_objection_row o;
    const char *code;
    TRY(claim_find(cx, claim_id, &c));
    cx->actor = (struct actor){.role = ROLE_PUBLIC};
    TRY(objection_add(cx, c.notice_code, &(struct objection_in){.claim = c.code, .text = text, .contact = "示例电话 022-00000000"}, &code));
    if (answer == NULL)
        return E_OK;
    TRY(objection_by_code(cx, code, &o));
    as_officer(cx, p->first);
    return objection_settle(cx, o.id, true, 0, answer);
}

static bool early(enum end e) { return e == PAID || e == FAILED || e == CLEARED || e == WITHDRAWN || e == APPROVED || e == PAYING; }

static err_t first_notice(struct ctx *cx, struct play *p)
{
    int64_t notice;
    size_t n = 0;
    days_ago(cx, p, 24);
    for (size_t i = 0; i < p->n; i++) {
        if (!early(p->claim[i].end))
            continue;
        TRY(before_notice(cx, p, i, &p->claim[i].id));
        n++;
    }
    if (n == 0)
        return E_OK;
    days_ago(cx, p, 22);
    TRY(notice_publish(cx, &notice));
    for (size_t i = 0; i < p->n; i++)
        if (p->claim[i].end == WITHDRAWN)
            TRY(object(cx, p, p->claim[i].id, "这个班九月有两天没有开门，我就住在旁边。（示例）", "经查这个班有两天没有上课，情况属实，申请撤回。（示例）"));
    days_ago(cx, p, 10);
    cx->actor = (struct actor){.role = ROLE_CLOCK};
    return notices_close(cx);
}

static err_t approve(struct ctx *cx, const struct play *p, enum end end)
{
    for (size_t i = 0; i < p->n; i++) {
        struct q_claim_row c;
        if (p->claim[i].end != end)
            continue;
        as_officer(cx, p->first);
        TRY(claim_find(cx, p->claim[i].id, &c));
        as_officer(cx, approver(p, &c));
        TRY(claim_step(cx, c.id, 0, "approve", NULL));
    }
    return E_OK;
}

static err_t make_and_send(struct ctx *cx, const struct play *p, const char *fund, struct batch_report *b)
{
    as_officer(cx, p->first);
    err_t e = batch_make(cx, fund, b);
    if (e == E_STATE) /* nothing of this fund */
        return E_OK;
    TRY(e);
    as_officer(cx, p->second);
    return batch_send(cx, b->batch_id);
}

/* The bank's answer: all is paid but what belongs to the claim that failed. */
static err_t bank_answers(struct ctx *cx, const struct play *p, int64_t batch_id)
{
    struct payment_view *v;
    struct buf b = {.a = cx->arena};
    struct return_report r;
    size_t n;
    TRY(batch_payments(cx, batch_id, &v, &n));
    buf_str(&b, "付款编号,金额,结果,原因\r\n");
    for (size_t i = 0; i < n; i++) {
        bool bad = false;
        for (size_t k = 0; k < p->n; k++) {
            struct q_claim_row c;
            if (p->claim[k].end != FAILED)
                continue;
            TRY(claim_find(cx, p->claim[k].id, &c));
            bad = bad || strcmp(c.code, v[i].claim_code) == 0;
        }
        buf_fmt(&b, "%s,%lld.%02lld,%s,%s\r\n", v[i].reference, (long long)(v[i].fen / 100), (long long)(v[i].fen % 100), bad ? "失败" : "成功",
                bad ? "户名与账号不符" : "");
    }
    return return_read(cx, "银行回执（示例）.csv", b.p, b.len, &r);
}

static err_t payments(struct ctx *cx, struct play *p)
{
    struct batch_report b = {0};
    days_ago(cx, p, 9);
    TRY(approve(cx, p, PAID));
    TRY(approve(cx, p, FAILED));
    days_ago(cx, p, 8);
    for (const struct choice *f = training_funds; f->code != NULL; f++) {
        b = (struct batch_report){0};
        TRY(make_and_send(cx, p, f->code, &b));
        if (b.batch_id != 0)
            TRY(bank_answers(cx, p, b.batch_id));
    }
    for (size_t i = 0; i < p->n; i++) {
        struct q_claim_lines_row *l;
        size_t n;
        if (p->claim[i].end != PAID)
            continue;
        TRY(claim_lines(cx, p->claim[i].id, &l, &n));
        for (size_t k = 0; k < n && k < 1; k++) /* one line is asked back */
            if (strcmp(l[k].status, "paid") == 0)
                TRY(recovery_ask(cx, l[k].id, "抽查发现当天不在场（示例）"));
    }
    days_ago(cx, p, 3);
    TRY(approve(cx, p, PAYING));
    for (const struct choice *f = training_funds; f->code != NULL; f++)
        TRY(make_and_send(cx, p, f->code, &b));
    return approve(cx, p, APPROVED);
}

static err_t second_notice(struct ctx *cx, struct play *p)
{
    int64_t notice;
    bool any = false;
    days_ago(cx, p, 1);
    for (size_t i = 0; i < p->n; i++)
        if (p->claim[i].end == NOTICED) {
            TRY(before_notice(cx, p, i, &p->claim[i].id));
            any = true;
        }
    if (any) {
        TRY(notice_publish(cx, &notice));
        for (size_t i = 0; i < p->n; i++)
            if (p->claim[i].end == NOTICED)
                return object(cx, p, p->claim[i].id, "名单里有一位邻居，他这段时间都在外地。（示例）", NULL);
    }
    return E_OK;
}

static err_t rest(struct ctx *cx, struct play *p)
{
    cx->now = p->now;
    for (size_t i = 0; i < p->n; i++)
        if (p->claim[i].end == REVIEWED || p->claim[i].end == CONFIRMED || p->claim[i].end == DRAWN)
            TRY(before_notice(cx, p, i, &p->claim[i].id));
    return E_OK;
}

static err_t cast(struct ctx *cx, struct play *p, const struct q_claim_class_ready_row *k, enum end end)
{
    struct claim_candidate *c;
    size_t n, good = 0;
    TRY(claim_candidates(cx, k->id, &c, &n));
    for (size_t j = 0; j < n; j++)
        good += c[j].lacks == NULL && c[j].claim_code == NULL;
    if (good == 0)
        return E_OK;
    p->claim[p->n].class_id = k->id;
    p->claim[p->n].provider_id = k->provider_id;
    p->claim[p->n].end = end;
    p->claim[p->n].home = k->district == HOME;
    p->n++;
    return E_OK;
}

/* The district that has officers gets one of each state, the oldest class first; elsewhere some are drawn and confirmed. */
static err_t choose(struct ctx *cx, struct play *p)
{
    struct q_claim_class_ready_row *k;
    size_t n, home;
    TRY(claims_ready(cx, 0, HOME, &k, &n));
    for (size_t i = n; i > 0 && p->n < ENDS; i--)
        TRY(cast(cx, p, &k[i - 1], (enum end)p->n));
    home = p->n;
    TRY(claims_ready(cx, 0, 0, &k, &n));
    for (size_t i = n; i > 0 && p->n < home + ELSEWHERE; i--)
        if (k[i - 1].district != HOME)
            TRY(cast(cx, p, &k[i - 1], i % 2 == 0 ? DRAWN : CONFIRMED));
    return E_OK;
}

static err_t perform(struct ctx *cx, struct play *p)
{
    TRY(budgets(cx));
    TRY(people(cx, p));
    TRY(choose(cx, p));
    TRY(first_notice(cx, p));
    TRY(payments(cx, p));
    TRY(second_notice(cx, p));
    return rest(cx, p);
}

err_t claims_demo(struct ctx *cx, const struct demo_scale *s)
{
    (void)s; /* as many claims as there are states */
    struct q_claims_demo_done_row done;
    struct actor was = cx->actor;
    struct play p = {.now = cx->now};
    TRY(q_claims_demo_done(cx, &done));
    if (done.n > 0)
        return E_OK;
    err_t e = perform(cx, &p);
    cx->actor = was;
    cx->now = p.now;
    return e;
}
