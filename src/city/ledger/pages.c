/* pages.c -- what each fund gives each district, what is promised and paid; the rows behind it; both as CSV. */
#include "city/ledger/ledger.h"
#include "city/ledger/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/claims/claims.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"

#include <string.h>

struct filter {
    const int64_t *year;
};
static const struct field filter_fields[] = {
    {"year", F_INT, 0, N_("年度"), .min = 2020, .max = 2100, .off = offsetof(struct filter, year)},
    {0},
};

static int64_t own(const struct req *rq) { return rq->cx.actor.role == ROLE_DISTRICT ? rq->cx.actor.district : 0; }
static const char *base(const struct req *rq) { return rq->cx.actor.role == ROLE_DISTRICT ? "/district" : "/city"; }
static int64_t this_year(const struct req *rq) { return day_of(rq->cx.now, DAY_ZONE) / 10000; }

static err_t purses(struct req *rq, int64_t *year, struct q_budget_list_row **rows, size_t *n)
{
    const struct filter *f = rq->in != NULL && rq->route->fields == filter_fields ? rq->in : NULL;
    *year = f != NULL && f->year != NULL ? *f->year : this_year(rq);
    return ledger_purses(&rq->cx, own(rq), *year, rows, n);
}

static void put_purse(struct req *rq, struct view *list, const struct q_budget_list_row *b)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "district", city_district_name(&rq->cx, b->district));
    view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, b->fund)));
    view_i64(a, v, "year", b->year);
    view_str(a, v, "given", training_yuan(&rq->cx, b->appropriated));
    view_str(a, v, "promised", training_yuan(&rq->cx, b->committed));
    view_str(a, v, "paid", training_yuan(&rq->cx, b->paid));
    view_str(a, v, "left", training_yuan(&rq->cx, b->appropriated - b->committed));
    view_i64(a, v, "percent", b->appropriated > 0 ? b->committed * 100 / b->appropriated : 0);
    view_str(a, v, "meter_label", arena_fmt(a, "%lld%%", (long long)(b->appropriated > 0 ? b->committed * 100 / b->appropriated : 0)));
    view_str(a, v, "url", url_fmt(rq, "%s/ledger?fund=%s&district=%lld&year=%lld", base(rq), b->fund, (long long)b->district, (long long)b->year));
}

struct budget_form {
    const char *fund, *district;
    int64_t year, amount;
};

static const struct choice *district_choices(struct ctx *cx)
{
    const struct city *c = cx->house->city;
    struct choice *out = arena_alloc(cx->arena, (c->n_districts + 1) * sizeof *out);
    for (size_t i = 0; i < c->n_districts; i++)
        out[i] = (struct choice){arena_fmt(cx->arena, "%lld", (long long)c->districts[i].code), c->districts[i].name};
    out[c->n_districts] = (struct choice){0};
    return out;
}

static const struct field budget_fields[] = {
    {"fund", F_CHOICE, F_REQUIRED, N_("基金"), .choices = training_funds, .off = offsetof(struct budget_form, fund)},
    {"district", F_TEXT, F_REQUIRED, N_("区"), .max = 6, .off = offsetof(struct budget_form, district)},
    {"year", F_INT, F_REQUIRED, N_("年度"), .min = 2020, .max = 2100, .off = offsetof(struct budget_form, year)},
    {"amount", F_MONEY, F_REQUIRED, N_("全年预算（元）"), N_("写新的总数，不是追加的数。不能比已经承诺的少。"), .max = 100000000000000, .off = offsetof(struct budget_form, amount)},
    {0},
};

static err_t show_budget(struct req *rq)
{
    struct q_budget_list_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    int64_t year, given = 0, promised = 0, paid = 0;
    TRY(purses(rq, &year, &rows, &n));
    struct view *list = view_list(a, rq->view, "purses");
    for (size_t i = 0; i < n; i++) {
        put_purse(rq, list, &rows[i]);
        given += rows[i].appropriated, promised += rows[i].committed, paid += rows[i].paid;
    }
    view_i64(a, rq->view, "year", year);
    view_str(a, rq->view, "given", training_yuan(&rq->cx, given));
    view_str(a, rq->view, "promised", training_yuan(&rq->cx, promised));
    view_str(a, rq->view, "paid", training_yuan(&rq->cx, paid));
    view_str(a, rq->view, "csv_url", url_fmt(rq, "%s/budget/csv?year=%lld", base(rq), (long long)year));
    view_bool(a, rq->view, "may_set", rq->cx.actor.role == ROLE_CITY);
    struct field *fields = arena_alloc(a, sizeof budget_fields);
    memcpy(fields, budget_fields, sizeof budget_fields);
    fields[1].type = F_CHOICE, fields[1].choices = district_choices(&rq->cx);
    if (rq->cx.actor.role == ROLE_CITY)
        req_form(rq, fields, NULL);
    return E_OK;
}

static int64_t code_of(const char *s)
{
    int64_t n = 0;
    for (; *s >= '0' && *s <= '9' && n < 10000000; s++)
        n = n * 10 + (*s - '0');
    return *s == '\0' ? n : 0;
}

static err_t do_budget(struct req *rq)
{
    const struct budget_form *f = rq->in;
    struct purse p = {f->fund, code_of(f->district), f->year};
    if (city_district(rq->cx.house->city, p.district) == NULL)
        return SAY(&rq->cx, E_INVALID, "district", N_("请选一个区。"));
    TRY(budget_set(&rq->cx, &p, f->amount));
    req_note(rq, N_("预算记下了。"));
    return redirect(rq, "/city/budget?year=%lld", (long long)f->year);
}

static const char *plain(struct arena *a, int64_t fen) { return arena_fmt(a, "%s%lld.%02lld", fen < 0 ? "-" : "", (long long)((fen < 0 ? -fen : fen) / 100), (long long)((fen < 0 ? -fen : fen) % 100)); }

static err_t budget_csv(struct req *rq)
{
    struct q_budget_list_row *rows;
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    size_t n;
    int64_t year;
    TRY(purses(rq, &year, &rows, &n));
    buf_str(&b, "\xEF\xBB\xBF年度,区代码,区,基金,预算,已承诺,已支付,可用\r\n");
    for (size_t i = 0; i < n; i++) {
        const struct q_budget_list_row *r = &rows[i];
        buf_fmt(&b, "%lld,%lld,%s,%s,%s,%s,%s,%s\r\n", (long long)r->year, (long long)r->district, city_district_name(&rq->cx, r->district),
                tr(&rq->cx, training_label(training_funds, r->fund)), plain(a, r->appropriated), plain(a, r->committed), plain(a, r->paid),
                plain(a, r->appropriated - r->committed));
    }
    return reply_bytes(rq, "text/csv; charset=utf-8", arena_fmt(a, "budget-%lld.csv", (long long)year), b.p, b.len);
}

/* ---- the rows of one purse ---- */

struct rows_filter {
    const char *fund;
    const int64_t *district, *year, *page;
};
static const struct field rows_fields[] = {
    {"fund", F_CHOICE, 0, N_("基金"), .choices = training_funds, .off = offsetof(struct rows_filter, fund)},
    {"district", F_INT, 0, N_("区"), .min = 1, .max = 999999, .off = offsetof(struct rows_filter, district)},
    {"year", F_INT, 0, N_("年度"), .min = 2020, .max = 2100, .off = offsetof(struct rows_filter, year)},
    FIELD_PAGE(struct rows_filter),
    {0},
};

static const char *why(struct req *rq, const struct q_ledger_list_row *r)
{
    if (strcmp(r->kind, "budget") == 0)
        return tr(&rq->cx, N_("预算"));
    return r->item == NULL ? tr(&rq->cx, N_("补贴申请的一行"))
                           : text_fill(rq->cx.arena, tr(&rq->cx, N_("学员 {trainee} 的{item}")), "trainee", r->trainee_code, "item",
                                       tr(&rq->cx, training_label(claim_items, r->item)), NULL);
}

static err_t purse_asked(struct req *rq, struct purse *p)
{
    const struct rows_filter *f = rq->in;
    const struct city *city = rq->cx.house->city;
    int64_t first = own(rq) != 0 || city->n_districts == 0 ? own(rq) : city->districts[0].code;
    *p = (struct purse){f->fund != NULL ? f->fund : training_funds[0].code, f->district != NULL ? *f->district : first, f->year != NULL ? *f->year : this_year(rq)};
    return own(rq) != 0 && own(rq) != p->district ? FAIL(&rq->cx, E_NOTFOUND, NULL, "another district's ledger") : E_OK;
}

static err_t rows_csv(struct req *rq)
{
    static const char *const heads[] = {N_("行"), N_("时间"), N_("年度"), N_("区"), N_("基金"), N_("从"), N_("到"), N_("金额（元）"), N_("为了"), N_("补贴申请")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct arena *a = rq->cx.arena;
    struct q_ledger_list_row *r;
    struct sheet_table t;
    struct purse p;
    size_t n = SHEET_TABLE_ROWS;
    TRY(purse_asked(rq, &p));
    TRY(sheet_table_begin(rq, heads, COLUMNS, &t));
    for (int64_t page = 1; n == SHEET_TABLE_ROWS; page++) {
        TRY(ledger_rows(&rq->cx, &p, page, SHEET_TABLE_ROWS, &r, &n));
        for (size_t i = 0; i < n; i++) {
            const char *cells[COLUMNS] = {arena_fmt(a, "%lld", (long long)r[i].id), day_text_local(a, r[i].at, DAY_ZONE), arena_fmt(a, "%lld", (long long)p.year),
                                          city_district_name(&rq->cx, p.district), tr(&rq->cx, training_label(training_funds, p.fund)),
                                          tr(&rq->cx, ledger_account_label(r[i].credit)), tr(&rq->cx, ledger_account_label(r[i].debit)), plain(a, r[i].amount),
                                          why(rq, &r[i]), r[i].claim_code};
            TRY(out_row(&rq->cx, t.out, cells));
        }
    }
    return sheet_table_send(rq, &t, arena_fmt(a, "ledger-%s-%lld-%lld", p.fund, (long long)p.district, (long long)p.year));
}

static err_t show_rows(struct req *rq)
{
    const struct rows_filter *f = rq->in;
    struct purse p;
    struct q_ledger_list_row *rows;
    struct arena *a = rq->cx.arena;
    int64_t page = f->page != NULL ? *f->page : 1;
    size_t n;
    TRY(purse_asked(rq, &p));
    TRY(ledger_rows(&rq->cx, &p, page, LEDGER_PAGE, &rows, &n));
    view_str(a, rq->view, "district", city_district_name(&rq->cx, p.district));
    view_str(a, rq->view, "fund", tr(&rq->cx, training_label(training_funds, p.fund)));
    view_i64(a, rq->view, "year", p.year);
    view_str(a, rq->view, "back_url", url_fmt(rq, "%s/budget?year=%lld", base(rq), (long long)p.year));
    view_str(a, rq->view, "csv_url", url_fmt(rq, "%s/ledger/table.csv?fund=%s&district=%lld&year=%lld", base(rq), p.fund, (long long)p.district, (long long)p.year));
    struct view *list = view_list(a, rq->view, "rows");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "when", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "from", tr(&rq->cx, ledger_account_label(rows[i].credit)));
        view_str(a, v, "to", tr(&rq->cx, ledger_account_label(rows[i].debit)));
        view_str(a, v, "amount", training_yuan(&rq->cx, rows[i].amount));
        view_str(a, v, "what", why(rq, &rows[i]));
        view_str(a, v, "claim", rows[i].claim_code);
        view_str(a, v, "claim_url", rows[i].claim_code != NULL ? url_fmt(rq, "%s/claims/%s", base(rq), rows[i].claim_code) : NULL);
    }
    req_pager(rq, page, LEDGER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

#define FILTER .fields = filter_fields, .in_size = sizeof(struct filter)
#define ROWS .page = "ledger/rows", .title = N_("账目"), .fields = rows_fields, .in_size = sizeof(struct rows_filter)
#define FILE_OF_ROWS .title = N_("账目（CSV）"), .fields = rows_fields, .in_size = sizeof(struct rows_filter)
const struct route ledger_routes[] = {
    {GET, "/district/budget", show_budget, ROLE_DISTRICT, .page = "ledger/budget", .title = N_("补贴资金"), FILTER},
    {GET, "/district/budget/csv", budget_csv, ROLE_DISTRICT, .title = N_("补贴资金（CSV）"), FILTER},
    {GET, "/district/ledger", show_rows, ROLE_DISTRICT, ROWS},
    {GET, "/district/ledger/table.csv", rows_csv, ROLE_DISTRICT, FILE_OF_ROWS},
    {GET, "/city/budget", show_budget, ROLE_CITY | ROLE_AUDITOR, .page = "ledger/budget", .title = N_("补贴资金"), FILTER},
    {POST, "/city/budget", do_budget, ROLE_CITY, .page = "ledger/budget", .title = N_("定预算"), .fields = budget_fields,
     .in_size = sizeof(struct budget_form), .again = show_budget},
    {GET, "/city/budget/csv", budget_csv, ROLE_CITY | ROLE_AUDITOR, .title = N_("补贴资金（CSV）"), FILTER},
    {GET, "/city/ledger", show_rows, ROLE_CITY | ROLE_AUDITOR, ROWS},
    {GET, "/city/ledger/table.csv", rows_csv, ROLE_CITY | ROLE_AUDITOR, FILE_OF_ROWS},
    {0},
};
