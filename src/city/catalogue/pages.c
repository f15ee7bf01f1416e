/* pages.c -- the catalogue for everybody: the version of a day, one item, what two versions differ in, the table to download. */
#include "city/catalogue/catalogue.h"
#include "city/catalogue/routes.h"

#include "base/day.h"
#include "base/text.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/catalogue/pages_impl.h"
#include "city/house.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"
#include "feeds/out.h"

#include <string.h>

#define SEES_DRAFTS (OFFICERS | ROLE_AUDITOR)

enum { PER_PAGE = 20 };

static err_t load(struct req *rq)
{
    struct q_catalogue_rows_row *c = ARENA_NEW(rq->cx.arena, struct q_catalogue_rows_row);
    TRY(catalogue_by_code(&rq->cx, req_param(rq, "catalogue"), c));
    rq->scoped = c;
    return catalogue_is_public(c) || (rq->cx.actor.role & SEES_DRAFTS) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "%s is a draft", c->code);
}
static const struct scope seen = {"published", "catalogue", load};

struct day_query {
    const char *q, *sector, *urgency;
    const int64_t *on, *page;
};
const struct field catalogue_query_fields[] = {
    {"q", F_TEXT, 0, N_("职业、行业或编码"), .max = 40, .off = offsetof(struct catalogue_query, q)},
    {"sector", F_TEXT, 0, N_("行业"), .max = 40, .off = offsetof(struct catalogue_query, sector)},
    {"urgency", F_CHOICE, 0, N_("紧缺程度"), .choices = training_urgencies, .off = offsetof(struct catalogue_query, urgency)},
    FIELD_PAGE(struct catalogue_query),
    {0},
};
static const struct field day_fields[] = {
    {"q", F_TEXT, 0, N_("职业、行业或编码"), .max = 40, .off = offsetof(struct day_query, q)},
    {"sector", F_TEXT, 0, N_("行业"), .max = 40, .off = offsetof(struct day_query, sector)},
    {"urgency", F_CHOICE, 0, N_("紧缺程度"), .choices = training_urgencies, .off = offsetof(struct day_query, urgency)},
    FIELD_PAGE(struct day_query),
    {"on", F_DATE, 0, N_("开班日期"), .off = offsetof(struct day_query, on)},
    {0},
};

/* ---- a version ---- */

static err_t versions(struct req *rq, const char *here)
{
    struct q_catalogue_rows_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(catalogue_all(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "versions");
    for (size_t i = 0; i < n; i++) {
        if (!catalogue_is_public(&rows[i]))
            continue;
        struct view *v = view_item(a, list);
        catalogue_view(rq, v, &rows[i]);
        view_bool(a, v, "here", strcmp(rows[i].code, here) == 0);
        view_str(a, v, "url", url_fmt(rq, "/catalogue/%s", rows[i].code));
        view_str(a, v, "changes_url", strcmp(rows[i].code, here) == 0 ? NULL : url_fmt(rq, "/catalogue/%s/changes?from=%s", here, rows[i].code));
    }
    return E_OK;
}

static void downloads(struct req *rq, const struct q_catalogue_rows_row *c)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "downloads"), *v = view_item(a, list);
    view_str(a, v, "url", arena_fmt(a, "/catalogue/%s/table.csv", c->code));
    view_str(a, v, "label", tr(&rq->cx, N_("目录表（CSV）")));
    v = view_item(a, list);
    view_str(a, v, "url", arena_fmt(a, "/catalogue/%s/table.json", c->code));
    view_str(a, v, "label", tr(&rq->cx, N_("目录（JSON）")));
}

static err_t show_version(struct req *rq, const struct q_catalogue_rows_row *c, const struct catalogue_query *f)
{
    struct arena *a = rq->cx.arena;
    catalogue_view(rq, rq->view, c);
    TRY(versions(rq, c->code));
    downloads(rq, c);
    view_str(a, rq->view, "find_url", url_fmt(rq, "/catalogue/%s", c->code));
    view_str(a, rq->view, "q", f != NULL ? f->q : NULL);
    return catalogue_items_view(rq, c, f, arena_fmt(a, "/catalogue/%s", c->code), PER_PAGE);
}

static err_t show_now(struct req *rq)
{
    const struct day_query *in = rq->in;
    struct q_catalogue_rows_row c;
    struct catalogue_query f = {in->q, in->sector, in->urgency, in->page};
    int64_t on = in->on != NULL ? *in->on : day_of(rq->cx.now, DAY_ZONE);
    err_t e = catalogue_on(&rq->cx, on, &c);
    view_str(rq->cx.arena, rq->view, "on", day_text_full(&rq->cx, on));
    view_str(rq->cx.arena, rq->view, "on_iso", in->on != NULL ? day_text_iso(rq->cx.arena, on) : NULL);
    if (e == E_NOTFOUND) {
        view_str(rq->cx.arena, rq->view, "none", rq->cx.fail.say);
        view_list(rq->cx.arena, rq->view, "items");
        return versions(rq, "");
    }
    TRY(e);
    return show_version(rq, &c, &f);
}

static err_t show_one(struct req *rq)
{
    const struct q_catalogue_rows_row *c = rq->scoped;
    view_str(rq->cx.arena, rq->view, "title", c->title);
    return show_version(rq, c, rq->in);
}

static err_t show_item(struct req *rq)
{
    const struct q_catalogue_rows_row *c = rq->scoped;
    struct q_catalogue_item_by_id_row i;
    TRY(catalogue_item(&rq->cx, req_id(rq, "item"), &i));
    if (i.catalogue_id != c->id)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "item of another version");
    catalogue_view(rq, rq->view, c);
    view_str(rq->cx.arena, rq->view, "catalogue_url", url_fmt(rq, "/catalogue/%s", c->code));
    return catalogue_item_view(rq, c, &i);
}

/* ---- what two versions differ in ---- */

struct from_query {
    const char *from;
};
static const struct field from_fields[] = {
    {"from", F_TEXT, 0, N_("和哪一版比"), .max = 12, .off = offsetof(struct from_query, from)},
    {0},
};

static const char *yuan_or(struct ctx *cx, int64_t fen) { return fen == 0 ? NULL : training_yuan(cx, fen); }

static void change_view(struct req *rq, struct view *v, const struct catalogue_change *c)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "what", c->what);
    view_str(a, v, "name", c->name);
    view_str(a, v, "code", c->occupation);
    view_str(a, v, "sector", c->sector);
    view_str(a, v, "urgency_was", c->urgency_was != NULL ? tr(&rq->cx, training_label(training_urgencies, c->urgency_was)) : NULL);
    view_str(a, v, "urgency", c->urgency != NULL ? tr(&rq->cx, training_label(training_urgencies, c->urgency)) : NULL);
    view_bool(a, v, "urgency_moved", c->urgency != NULL && c->urgency_was != NULL && strcmp(c->urgency, c->urgency_was) != 0);
    struct view *list = view_list(a, v, "amounts");
    for (size_t i = 0; i < c->n_amounts; i++) {
        const struct catalogue_amount *m = &c->amounts[i];
        struct view *w = view_item(a, list);
        int64_t more = m->is - m->was;
        view_i64(a, w, "hours", m->hours);
        view_i64(a, w, "level", m->level);
        view_str(a, w, "label", arena_fmt(a, tr(&rq->cx, N_("%s %lld 课时")), tr(&rq->cx, training_level(m->level)), (long long)m->hours));
        view_str(a, w, "was", yuan_or(&rq->cx, m->was));
        view_str(a, w, "is", yuan_or(&rq->cx, m->is));
        view_i64(a, w, "more_fen", more);
        view_str(a, w, "more", m->was == 0 || m->is == 0 ? NULL : arena_fmt(a, "%s%s", more > 0 ? "+" : "", training_yuan(&rq->cx, more)));
        view_str(a, w, "percent", m->was == 0 || m->is == 0 ? NULL : arena_fmt(a, "%+lld%%", (long long)(more * 100 / m->was)));
    }
}

/* The one asked for, or the latest public one beside `is`; itself when there is no other. */
static err_t other_version(struct req *rq, const struct q_catalogue_rows_row *is, const char *from, struct q_catalogue_rows_row *was)
{
    struct q_catalogue_rows_row *rows;
    size_t n;
    *was = *is;
    if (from != NULL) {
        TRY(catalogue_by_code(&rq->cx, from, was));
        return catalogue_is_public(was) || (rq->cx.actor.role & SEES_DRAFTS) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "%s is a draft", was->code);
    }
    TRY(catalogue_all(&rq->cx, &rows, &n));
    for (size_t i = n; i-- > 0;)
        if (catalogue_is_public(&rows[i]) && rows[i].id != is->id)
            *was = rows[i];
    return E_OK;
}

static err_t show_changes(struct req *rq)
{
    const struct q_catalogue_rows_row *is = rq->scoped;
    const struct from_query *in = rq->in;
    struct q_catalogue_rows_row was;
    struct catalogue_change *c;
    struct arena *a = rq->cx.arena;
    size_t n, same;
    TRY(other_version(rq, is, in->from, &was));
    TRY(catalogue_compare(&rq->cx, was.id, is->id, &c, &n, &same));
    catalogue_view(rq, view_sub(a, rq->view, "was"), &was);
    catalogue_view(rq, view_sub(a, rq->view, "is"), is);
    view_str(a, rq->view, "catalogue_url", url_fmt(rq, "/catalogue/%s", is->code));
    view_count(a, rq->view, "same", (int64_t)same);
    view_str(a, rq->view, "sample_say", catalogue_is_sample(is) || catalogue_is_sample(&was) ? tr(&rq->cx, N_("示例金额，不是官方标准")) : NULL);
    static const char *const kinds[] = {"added", "left", "changed"};
    for (int k = 0; k < 3; k++) {
        struct view *list = view_list(a, rq->view, kinds[k]);
        int64_t count = 0;
        for (size_t i = 0; i < n; i++)
            if (strcmp(c[i].what, kinds[k]) == 0) {
                change_view(rq, view_item(a, list), &c[i]);
                count++;
            }
        view_count(a, rq->view, arena_fmt(a, "n_%s", kinds[k]), count);
    }
    return E_OK;
}

/* ---- the table ---- */

static err_t get_table(struct req *rq)
{
    enum { FIRST = 5, RATES = 12, COLUMNS = FIRST + RATES + 2 };
    static const char *const heads[] = {N_("序号"), N_("行业"), N_("职业名称"), N_("职业代码"), N_("紧缺程度")};
    static const int64_t order[] = {0, 5, 4, 3, 2, 1};
    static const char *const short_levels[] = {N_("专项"), N_("高级技师"), N_("技师"), N_("高级工"), N_("中级工"), N_("初级工")};
    const struct q_catalogue_rows_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct q_catalogue_items_row *items;
    struct q_catalogue_rates_row *rates;
    struct out_column columns[COLUMNS];
    struct out *o;
    size_t n, n_rates;
    const char *path = sheet_spool(rq, "csv");
    for (int i = 0; i < FIRST; i++)
        columns[i] = (struct out_column){tr(&rq->cx, heads[i]), OUT_TEXT, 0};
    for (int i = 0; i < RATES; i++)
        columns[FIRST + i] = (struct out_column){arena_fmt(a, tr(&rq->cx, N_("%d课时%s")), i < 6 ? 120 : 80, tr(&rq->cx, short_levels[order[i % 6]])), OUT_NUMBER, 0};
    columns[FIRST + RATES] = (struct out_column){tr(&rq->cx, N_("鉴定类别")), OUT_TEXT, 0};
    columns[FIRST + RATES + 1] = (struct out_column){tr(&rq->cx, N_("金额来源")), OUT_TEXT, 0};
    TRY(catalogue_item_list(&rq->cx, c->id, &(struct catalogue_filter){0}, &items, &n));
    TRY(catalogue_rates(&rq->cx, c->id, NULL, &rates, &n_rates));
    TRY(out_open(&rq->cx, OUT_CSV, path, c->code, columns, COLUMNS, &o));
    for (size_t i = 0; i < n; i++) {
        const char *mark = catalogue_mark(&rq->cx, items[i].origin);
        const char *cells[COLUMNS] = {arena_fmt(a, "%lld", (long long)items[i].seq), items[i].sector,
                                      arena_fmt(a, "%s%s%s", items[i].name, items[i].green ? "L" : "", items[i].digital ? "S" : ""), items[i].occupation,
                                      tr(&rq->cx, training_label(training_urgencies, items[i].urgency))};
        for (int k = 0; k < RATES; k++) {
            int64_t fen = catalogue_amount(rates, n_rates, items[i].id, k < 6 ? 120 : 80, order[k % 6]);
            cells[FIRST + k] = fen > 0 ? form_yuan(a, fen) : "——";
        }
        cells[FIRST + RATES] = items[i].class;
        cells[FIRST + RATES + 1] = mark != NULL ? mark : tr(&rq->cx, N_("官方"));
        TRY(out_row(&rq->cx, o, cells));
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(a, "%s.csv", c->code), path);
}

/* All of it as JSON, for other programs: items with their amounts, fees, where the amounts come from. */
static err_t get_json(struct req *rq)
{
    const struct q_catalogue_rows_row *c = rq->scoped;
    struct q_catalogue_fees_row *fees;
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    size_t n;
    catalogue_view(rq, rq->view, c);
    TRY(catalogue_items_view(rq, c, NULL, arena_fmt(a, "/catalogue/%s", c->code), 0));
    TRY(catalogue_fees(&rq->cx, c->id, &fees, &n));
    struct view *list = view_list(a, rq->view, "fees");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "class", fees[i].class);
        view_i64(a, v, "level", fees[i].level);
        view_i64(a, v, "fen", fees[i].amount);
    }
    view_json(&b, rq->view);
    return reply_bytes(rq, "application/json; charset=utf-8", NULL, buf_text(&b), b.len);
}

#define QUERY .fields = catalogue_query_fields, .in_size = sizeof(struct catalogue_query)

const struct route catalogue_routes[] = {
    {GET, "/catalogue", show_now, EVERYONE, .page = "catalogue/list", .title = N_("职业培训补贴目录"), .fields = day_fields, .in_size = sizeof(struct day_query)},
    {GET, "/catalogue/{catalogue}", show_one, EVERYONE, &seen, .page = "catalogue/list", .title = N_("职业培训补贴目录"), QUERY},
    {GET, "/catalogue/{catalogue}/items/{item}", show_item, EVERYONE, &seen, .page = "catalogue/show", .title = N_("补贴标准")},
    {GET, "/catalogue/{catalogue}/changes", show_changes, EVERYONE, &seen, .page = "catalogue/changes", .title = N_("补贴目录：两版有什么不同"),
     .fields = from_fields, .in_size = sizeof(struct from_query)},
    {GET, "/catalogue/{catalogue}/table.csv", get_table, EVERYONE, &seen, .title = N_("补贴目录表")},
    {GET, "/catalogue/{catalogue}/table", get_json, EVERYONE, &seen, .title = N_("补贴目录表")},
    {0},
};
const struct flow *const catalogue_flows[] = {&catalogue_flow, NULL};
