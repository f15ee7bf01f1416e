/* pages_office.c -- claims: what a provider may claim and why not yet, what waits for an officer, the city's and the auditor's look. */
#include "city/claims/claims.h"
#include "city/reference.h"
#include "city/claims/pages_impl.h"
#include "city/claims/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/history/history.h"
#include "city/training.h"

#include <string.h>

const char *claims_base(const struct req *rq)
{
    return rq->cx.actor.role == ROLE_PROVIDER ? "/provider/claims" : rq->cx.actor.role == ROLE_DISTRICT ? "/district/claims" : "/city/claims";
}

static struct claim_filter mine(const struct req *rq)
{
    return (struct claim_filter){.provider_id = rq->cx.actor.role == ROLE_PROVIDER ? rq->cx.actor.provider_id : 0,
                                 .district = rq->cx.actor.role == ROLE_DISTRICT ? rq->cx.actor.district : 0};
}

static err_t check_claim(struct req *rq)
{
    struct q_claim_row *c = ARENA_NEW(rq->cx.arena, struct q_claim_row);
    int64_t id;
    rq->scoped = c;
    TRY(claim_id_of(&rq->cx, req_param(rq, "claim"), &id));
    return claim_find(&rq->cx, id, c);
}
static const struct scope own_claim = {N_("机构：自己的；区：本区"), "claim", check_claim};

static err_t check_class(struct req *rq)
{
    rq->scoped = ARENA_NEW(rq->cx.arena, struct q_claim_class_row);
    return claim_class_of(&rq->cx, req_param(rq, "class"), rq->scoped);
}
static const struct scope own_class = {N_("机构：自己的；区：本区"), "class", check_class};

/* ---- the list ---- */

static const struct choice states[] = {
    {"drawn", N_("待机构确认")}, {"confirmed", N_("待区审核")}, {"reviewed", N_("待公示")}, {"noticed", N_("公示中")}, {"cleared", N_("待审批")},
    {"approved", N_("已审批")},  {"paying", N_("支付中")},      {"paid", N_("已支付")},    {"withdrawn", N_("已撤回")}, {0},
};
struct filter {
    const char *status;
    const int64_t *page;
};
static const struct field filter_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = states, .off = offsetof(struct filter, status)},
    FIELD_PAGE(struct filter),
    {0},
};

static void put_row(struct req *rq, struct view *list, const struct q_claim_list_row *r)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "code", r->code);
    view_str(a, v, "url", url_fmt(rq, "%s/%s", claims_base(rq), r->code));
    view_str(a, v, "class", r->class_name);
    view_str(a, v, "provider", r->provider_name);
    view_str(a, v, "district", city_district_name(&rq->cx, r->district));
    view_str(a, v, "amount", training_yuan(&rq->cx, r->fen));
    view_i64(a, v, "lines", r->lines);
    view_str(a, v, "day", day_text(&rq->cx, day_of(r->at, DAY_ZONE)));
    claims_tag(rq, v, flow_label(&claim_flow, r->status), claim_tone(r->status));
}

static err_t put_counts(struct req *rq, const struct claim_filter *f)
{
    struct q_claim_counts_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(claims_counts(&rq->cx, f, &rows, &n));
    struct view *list = view_list(a, rq->view, "states");
    for (const struct choice *s = states; s->code != NULL; s++) {
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (strcmp(rows[i].status, s->code) == 0)
                count = rows[i].n;
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, s->label));
        view_str(a, v, "url", url_with(rq, "status", s->code));
        view_count(a, v, "count", count);
        view_bool(a, v, "on", f->status != NULL && strcmp(f->status, s->code) == 0);
    }
    return E_OK;
}

static err_t put_waiting(struct req *rq)
{
    struct q_claim_waiting_row *rows;
    size_t n, reviewed = 0;
    TRY(claims_waiting(&rq->cx, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "waiting");
    for (size_t i = 0; i < n; i++) {
        struct q_claim_list_row r = {.code = rows[i].code, .status = rows[i].status, .at = rows[i].at, .district = rows[i].district,
                                     .class_name = rows[i].class_name, .provider_name = rows[i].provider_name, .fen = rows[i].fen, .lines = rows[i].lines};
        put_row(rq, list, &r);
        reviewed += strcmp(rows[i].status, "reviewed") == 0;
    }
    view_i64(rq->cx.arena, rq->view, "n_waiting", (int64_t)n);
    view_i64(rq->cx.arena, rq->view, "n_reviewed", (int64_t)reviewed);
    view_bool(rq->cx.arena, rq->view, "may_publish", reviewed > 0);
    return E_OK;
}

static err_t put_ready(struct req *rq, const struct claim_filter *f)
{
    struct q_claim_class_ready_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(claims_ready(&rq->cx, f->provider_id, f->district, &rows, &n));
    struct view *list = view_list(a, rq->view, "ready");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", rows[i].name);
        view_str(a, v, "url", url_fmt(rq, "%s/classes/%s", claims_base(rq), rows[i].code));
        view_str(a, v, "provider", rows[i].provider_name);
        view_i64(a, v, "passed", rows[i].passed - rows[i].held);
        view_str(a, v, "ended", day_text(&rq->cx, rows[i].ends_on));
    }
    return E_OK;
}

static err_t put_districts(struct req *rq)
{
    struct q_claim_districts_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(claims_districts(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "by_district");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "district", city_district_name(&rq->cx, rows[i].district));
        view_count(a, v, "claims", rows[i].n);
        view_str(a, v, "amount", training_yuan(&rq->cx, rows[i].fen));
        view_str(a, v, "paid", training_yuan(&rq->cx, rows[i].paid));
        view_count(a, v, "failed", rows[i].failed);
    }
    return E_OK;
}

static err_t show_list(struct req *rq)
{
    const struct filter *in = rq->in;
    struct claim_filter f = mine(rq);
    struct q_claim_list_row *rows;
    size_t n;
    unsigned role = rq->cx.actor.role;
    f.status = in->status;
    f.page = in->page != NULL ? *in->page : 1;
    TRY(claims_page(&rq->cx, &f, &rows, &n));
    struct view *list = view_list(rq->cx.arena, rq->view, "claims");
    for (size_t i = 0; i < n; i++)
        put_row(rq, list, &rows[i]);
    TRY(put_counts(rq, &f));
    if (role == ROLE_DISTRICT)
        TRY(put_waiting(rq));
    if (role == ROLE_DISTRICT || role == ROLE_PROVIDER)
        TRY(put_ready(rq, &f));
    else
        TRY(put_districts(rq));
    view_str(rq->cx.arena, rq->view, "csv_url", url_fmt(rq, "%s/table.csv%s%s", claims_base(rq), f.status != NULL ? "?status=" : "", f.status != NULL ? f.status : ""));
    view_bool(rq->cx.arena, rq->view, "for_provider", role == ROLE_PROVIDER);
    view_bool(rq->cx.arena, rq->view, "for_district", role == ROLE_DISTRICT);
    view_bool(rq->cx.arena, rq->view, "for_city", role == ROLE_CITY || role == ROLE_AUDITOR);
    req_pager(rq, f.page, CLAIM_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t list_table(struct req *rq)
{
    const struct filter *in = rq->in;
    struct claim_filter f = mine(rq);
    f.status = in->status;
    return claims_table(rq, &f);
}

static err_t do_publish(struct req *rq)
{
    int64_t id;
    TRY(notice_publish(&rq->cx, &id));
    req_note(rq, N_("公示发布了，期满没有异议的会转到待审批。"));
    return redirect(rq, "/district/claims");
}

/* ---- a class: who may be claimed for, and why others not yet ---- */

static err_t show_class(struct req *rq)
{
    const struct q_claim_class_row *k = rq->scoped;
    struct claim_candidate *c;
    struct arena *a = rq->cx.arena;
    size_t n, ready = 0;
    int64_t fen = 0;
    TRY(claim_candidates(&rq->cx, k->id, &c, &n));
    view_str(a, rq->view, "name", k->name);
    view_str(a, rq->view, "code", k->code);
    view_str(a, rq->view, "provider", k->provider_name);
    struct view *list = view_list(a, rq->view, "items");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        bool free_now = c[i].lacks == NULL && c[i].claim_code == NULL;
        ready += free_now;
        fen += free_now ? c[i].fen : 0;
        view_str(a, v, "trainee", c[i].trainee_code);
        view_str(a, v, "name", c[i].name);
        view_str(a, v, "item", *c[i].item != '\0' ? tr(&rq->cx, training_label(claim_items, c[i].item)) : NULL);
        view_str(a, v, "amount", c[i].fen > 0 ? training_yuan(&rq->cx, c[i].fen) : NULL);
        view_str(a, v, "payee", c[i].payee != NULL ? tr(&rq->cx, training_label(training_payees, c[i].payee)) : NULL);
        view_str(a, v, "lacks", c[i].claim_code == NULL ? c[i].lacks : NULL);
        view_str(a, v, "before", c[i].claim_code == NULL ? c[i].before : NULL);
        view_str(a, v, "claim", c[i].claim_code);
        view_str(a, v, "claim_url", c[i].claim_code != NULL ? url_fmt(rq, "%s/%s", claims_base(rq), c[i].claim_code) : NULL);
        view_bool(a, v, "ready", free_now);
        view_str(a, v, "card_url", c[i].payee != NULL && strcmp(c[i].payee, "person") == 0 && c[i].claim_code == NULL
                                       ? url_fmt(rq, "%s/accounts/person-%lld", claims_base(rq), (long long)c[i].payee_id)
                                       : NULL);
    }
    view_i64(a, rq->view, "n_ready", (int64_t)ready);
    view_str(a, rq->view, "sum", training_yuan(&rq->cx, fen));
    view_bool(a, rq->view, "may_draw", ready > 0);
    view_str(a, rq->view, "draw_url", url_fmt(rq, "%s/classes/%s", claims_base(rq), k->code));
    return E_OK;
}

static err_t do_draw(struct req *rq)
{
    const struct q_claim_class_row *k = rq->scoped;
    struct q_claim_row c;
    int64_t id;
    TRY(claim_draw(&rq->cx, k->id, &id));
    TRY(claim_find(&rq->cx, id, &c));
    req_note(rq, N_("申请生成了，请核对后确认。"));
    return redirect(rq, "%s/%s", claims_base(rq), c.code);
}

/* ---- where the money goes ---- */

static const struct field account_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("户名"), N_("和银行登记的一样。"), .min = 2, .max = 80, .off = offsetof(struct account_in, name)},
    {"bank", F_TEXT, F_REQUIRED, N_("开户银行"), N_("写到支行。个人写社保卡的开户银行。"), .min = 2, .max = 80, .off = offsetof(struct account_in, bank)},
    {"account", F_TEXT, F_REQUIRED | F_SECRET, N_("账号"), N_("只写数字，加密保存，页面上只显示后四位。"), .min = 8, .max = 40, .off = offsetof(struct account_in, account)},
    {0},
};

struct owner {
    const char *payee;
    int64_t id;
};

/* "person-12", "provider-3", "enterprise-4" */
static err_t owner_of(struct req *rq, struct owner *out)
{
    static const char *const kinds[] = {"person", "provider", "enterprise"};
    const char *p = rq->cx.actor.role == ROLE_SEEKER ? arena_fmt(rq->cx.arena, "person-%lld", (long long)rq->cx.actor.person_id) : req_param(rq, "account_of");
    for (size_t i = 0; i < 3; i++) {
        size_t n = strlen(kinds[i]);
        if (strncmp(p, kinds[i], n) != 0 || p[n] != '-')
            continue;
        *out = (struct owner){kinds[i], 0};
        for (const char *d = p + n + 1; *d >= '0' && *d <= '9' && out->id < 1000000000000; d++)
            out->id = out->id * 10 + (*d - '0');
        return out->id > 0 ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "no account owner %s", p);
    }
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "no account owner %s", p);
}

static err_t check_owner(struct req *rq)
{
    struct owner o;
    TRY(owner_of(rq, &o));
    return payee_account_may(&rq->cx, o.payee, o.id);
}
static const struct scope own_account = {N_("机构：自己的和自己学员的；区：本区的"), "account_of", check_owner};

static err_t show_account(struct req *rq)
{
    struct owner o;
    struct account_in now;
    bool has;
    TRY(owner_of(rq, &o));
    TRY(payee_account(&rq->cx, o.payee, o.id, &now, &has));
    size_t n = has && now.account != NULL ? strlen(now.account) : 0;
    view_str(rq->cx.arena, rq->view, "lead",
             n > 4 ? text_fill(rq->cx.arena, tr(&rq->cx, N_("现在登记的账号尾号是 {tail}。改了以后，银行退回的付款会按新账号再付。")), "tail", now.account + n - 4, NULL)
                   : tr(&rq->cx, N_("还没有登记账号。补贴只付到这里登记的账号。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("登记账号")));
    req_form(rq, account_fields, NULL);
    return E_OK;
}

static err_t do_account(struct req *rq)
{
    struct owner o;
    TRY(owner_of(rq, &o));
    TRY(payee_account_set(&rq->cx, o.payee, o.id, rq->in));
    req_note(rq, N_("账号登记好了。"));
    return redirect(rq, "%s", rq->cx.actor.role == ROLE_SEEKER ? "/me" : claims_base(rq));
}

/* ---- was somebody paid before? ---- */

struct before {
    const char *idno;
};
static const struct field before_fields[] = {
    {"idno", F_IDNO, F_REQUIRED | F_SECRET, N_("身份证号"), N_("只用来算一个查询码，不保存；这次查询会记录下来。"), .off = offsetof(struct before, idno)},
    {0},
};

static err_t show_before(struct req *rq)
{
    req_form(rq, before_fields, NULL);
    return E_OK;
}

static err_t do_before(struct req *rq)
{
    const struct before *f = rq->in;
    struct q_paid_before_row *rows;
    struct q_history_of_row *old;
    struct arena *a = rq->cx.arena;
    size_t n, n_old;
    TRY(claims_paid_before(&rq->cx, f->idno, &rows, &n));
    struct view *list = view_list(a, rq->view, "found");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "item", tr(&rq->cx, training_label(claim_items, rows[i].item)));
        view_str(a, v, "district", city_district_name(&rq->cx, rows[i].district));
        view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, rows[i].fund)));
        view_str(a, v, "level", tr(&rq->cx, training_level(rows[i].level)));
        view_str(a, v, "occupation", rows[i].occupation);
        view_str(a, v, "amount", training_yuan(&rq->cx, rows[i].amount));
        view_str(a, v, "starts", day_text_full(&rq->cx, rows[i].starts_on));
        claims_tag(rq, v, flow_label(&claim_line_flow, rows[i].status), claim_tone(rows[i].status));
    }
    TRY(history_of(&rq->cx, f->idno, &old, &n_old));
    for (size_t i = 0; i < n_old; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "item", tr(&rq->cx, training_label(history_items, old[i].item)));
        view_str(a, v, "district", old[i].district != 0 ? city_district_name(&rq->cx, old[i].district) : tr(&rq->cx, N_("市里的记录")));
        view_str(a, v, "fund", *old[i].fund != '\0' ? tr(&rq->cx, training_label(training_funds, old[i].fund)) : tr(&rq->cx, N_("资金不清楚")));
        view_str(a, v, "level", *old[i].occupation != '\0' ? tr(&rq->cx, training_level(old[i].level)) : NULL);
        view_str(a, v, "occupation", old[i].occupation);
        view_str(a, v, "amount", old[i].amount != NULL ? training_yuan(&rq->cx, *old[i].amount) : tr(&rq->cx, N_("金额没有记")));
        view_str(a, v, "starts", old[i].starts_on != NULL ? day_text_full(&rq->cx, *old[i].starts_on) : arena_fmt(a, "%lld", (long long)old[i].year));
        claims_tag(rq, v, training_label(history_states, old[i].state), "");
    }
    view_bool(a, rq->view, "asked", true);
    view_bool(a, rq->view, "none", n + n_old == 0);
    return show_before(rq);
}

#define FILTER .fields = filter_fields, .in_size = sizeof(struct filter)
#define ACT .fields = claim_act_fields, .in_size = sizeof(struct claim_act), .again = claim_show
#define ACCOUNT .page = "office_ask", .fields = account_fields, .in_size = sizeof(struct account_in), .again = show_account, .flags = ROUTE_SENSITIVE
#define CLAIMS(base, who)                                                                                                                  \
    {GET, base, show_list, who, .page = "claims/list", .title = N_("补贴申请"), FILTER},                                                    \
        {GET, base "/table.csv", list_table, who, .title = N_("补贴申请（CSV）"), FILTER},                                                   \
        {GET, base "/{claim}", claim_show, who, &own_claim, .page = "claims/one", .title = N_("补贴申请")},                                   \
        {GET, base "/{claim}/print", claim_paper, who, &own_claim, .page = "claims/paper", .title = N_("补贴申请表（打印）")},                  \
        {GET, base "/{claim}/lines.csv", claim_table, who, &own_claim, .title = N_("补贴申请的每一行（CSV）")}
#define CLASSES(base, who)                                                                                                                 \
    {GET, base "/classes/{class}", show_class, who, &own_class, .page = "claims/class", .title = N_("谁可以申请补贴")},                       \
        {POST, base "/classes/{class}", do_draw, who, &own_class, .page = "claims/class", .title = N_("生成补贴申请")},                       \
        {POST, base "/{claim}/actions", claim_do_act, who, &own_claim, .page = "claims/one", .title = N_("补贴申请的下一步"), ACT},                 \
        {GET, base "/accounts/{account_of}", show_account, who, &own_account, .page = "office_ask", .title = N_("收款账号")},                 \
        {POST, base "/accounts/{account_of}", do_account, who, &own_account, .title = N_("收款账号"), ACCOUNT}
const struct route claims_office_routes[] = {
    CLAIMS("/provider/claims", ROLE_PROVIDER),
    CLASSES("/provider/claims", ROLE_PROVIDER),
    CLAIMS("/district/claims", ROLE_DISTRICT),
    CLASSES("/district/claims", ROLE_DISTRICT),
    {POST, "/district/claims/publish", do_publish, ROLE_DISTRICT, .page = "claims/list", .title = N_("发布公示")},
    {POST, "/district/claims/{claim}/lines", claim_do_line, ROLE_DISTRICT, &own_claim, .page = "claims/one", .title = N_("申请里的一行"), .fields = claim_line_fields,
     .in_size = sizeof(struct claim_line_act), .again = claim_show},
    {GET, "/district/paid-before", show_before, ROLE_DISTRICT, .page = "claims/before", .title = N_("以前领过吗")},
    {POST, "/district/paid-before", do_before, ROLE_DISTRICT, .page = "claims/before", .title = N_("以前领过吗"), .fields = before_fields,
     .in_size = sizeof(struct before), .again = show_before, .flags = ROUTE_SENSITIVE},
    {GET, "/me/bank", show_account, ROLE_SEEKER, .page = "ask", .title = N_("收款账号")},
    {POST, "/me/bank", do_account, ROLE_SEEKER, .title = N_("收款账号"), ACCOUNT},
    CLAIMS("/city/claims", ROLE_CITY | ROLE_AUDITOR),
    {0},
};
