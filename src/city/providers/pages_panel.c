#include "city/providers/pages_panel.h"

#include "city/house.h"
#include "city/reference.h"
#include "city/sheets/pages_sheet.h"
#include "city/training.h"
#include "feeds/out.h"

#include "base/day.h"

#include <string.h>

const struct field panel_act_fields[] = {
    {"action", F_TEXT, F_REQUIRED, N_("这一步"), .max = 20, .off = offsetof(struct panel_act, action)},
    {"note", F_LONG, 0, N_("原因"), .max = 500, .off = offsetof(struct panel_act, note)},
    {0},
};

/* The list `key` of the page, made when it is not there yet. */
static struct view *list_of(struct req *rq, const char *key)
{
    for (struct view *v = rq->view->head; v != NULL; v = v->next)
        if (v->key != NULL && strcmp(v->key, key) == 0)
            return v;
    return view_list(rq->cx.arena, rq->view, key);
}

void panel_begin(struct req *rq)
{
    static const char *const lists[] = {"tables", "summary", "links", "alerts", "badges", "crumbs", "timeline"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        (void)list_of(rq, lists[i]);
}

struct view *panel_table(struct req *rq, const char *id, const char *heading, const char *say, const char *none)
{
    struct arena *a = rq->cx.arena;
    struct view *t = view_item(a, list_of(rq, "tables"));
    view_str(a, t, "id", id);
    view_str(a, t, "heading", heading);
    view_str(a, t, "say", say);
    view_str(a, t, "none", none);
    (void)view_list(a, t, "columns");
    (void)view_list(a, t, "rows");
    return t;
}

static struct view *inner(struct view *of, const char *key)
{
    for (struct view *v = of->head; v != NULL; v = v->next)
        if (v->key != NULL && strcmp(v->key, key) == 0)
            return v;
    return of;
}

void panel_column(struct req *rq, struct view *table, const char *label, bool number)
{
    struct view *c = view_item(rq->cx.arena, inner(table, "columns"));
    view_str(rq->cx.arena, c, "label", label);
    view_bool(rq->cx.arena, c, "number", number);
}

struct view *panel_row(struct req *rq, struct view *table, const char *url, const char *name, const char *small)
{
    struct arena *a = rq->cx.arena;
    struct view *r = view_item(a, inner(table, "rows"));
    view_str(a, r, "url", url);
    view_str(a, r, "name", name);
    view_str(a, r, "small", small);
    (void)view_list(a, r, "cells");
    return r;
}

static struct view *cell(struct req *rq, struct view *row, const char *text, const char *kind, bool number, bool tag)
{
    struct arena *a = rq->cx.arena;
    struct view *c = view_item(a, inner(row, "cells"));
    view_str(a, c, "text", text);
    view_str(a, c, "kind", kind);
    view_bool(a, c, "number", number);
    view_bool(a, c, "tag", tag);
    return c;
}

void panel_cell(struct req *rq, struct view *row, const char *text) { (void)cell(rq, row, text, "", false, false); }
void panel_tag(struct req *rq, struct view *row, const char *kind, const char *text) { (void)cell(rq, row, text, kind, false, true); }

void panel_number(struct req *rq, struct view *row, int64_t n)
{
    (void)cell(rq, row, arena_fmt(rq->cx.arena, "%lld", (long long)n), "", true, false);
}

void panel_percent(struct req *rq, struct view *row, int64_t tenths)
{
    (void)cell(rq, row, arena_fmt(rq->cx.arena, "%lld.%lld%%", (long long)(tenths / 10), (long long)(tenths % 10)), "", true, false);
}

void panel_money(struct req *rq, struct view *row, int64_t fen) { (void)cell(rq, row, training_yuan(&rq->cx, fen), "", true, false); }

void panel_button(struct req *rq, struct view *row, const char *url, const char *word, int64_t id, const char *kind)
{
    struct arena *a = rq->cx.arena;
    struct view *b = view_sub(a, cell(rq, row, "", "", false, false), "button");
    view_str(a, b, "post_url", url);
    view_str(a, b, "word", word);
    view_i64(a, b, "of", id);
    view_str(a, b, "of_kind", kind);
}

void panel_more(struct req *rq, struct view *table, const char *url, const char *word)
{
    view_str(rq->cx.arena, table, "more_url", url);
    view_str(rq->cx.arena, table, "more_word", word);
}

void panel_fact(struct req *rq, const char *label, const char *value)
{
    struct view *f = view_item(rq->cx.arena, list_of(rq, "summary"));
    view_str(rq->cx.arena, f, "label", label);
    view_str(rq->cx.arena, f, "value", value);
    view_str(rq->cx.arena, f, "change_url", NULL);
}

void panel_link(struct req *rq, const char *url, const char *label, bool here)
{
    struct view *l = view_item(rq->cx.arena, list_of(rq, "links"));
    view_str(rq->cx.arena, l, "url", url);
    view_str(rq->cx.arena, l, "label", label);
    view_bool(rq->cx.arena, l, "here", here);
}

void panel_alert(struct req *rq, const char *kind, const char *text)
{
    struct view *l = view_item(rq->cx.arena, list_of(rq, "alerts"));
    view_str(rq->cx.arena, l, "kind", kind);
    view_str(rq->cx.arena, l, "text", text);
}

void panel_badge(struct req *rq, const char *kind, const char *text)
{
    struct view *l = view_item(rq->cx.arena, list_of(rq, "badges"));
    view_str(rq->cx.arena, l, "kind", kind);
    view_str(rq->cx.arena, l, "text", text);
}

void panel_crumb(struct req *rq, const char *url, const char *label)
{
    struct view *l = view_item(rq->cx.arena, list_of(rq, "crumbs"));
    view_str(rq->cx.arena, l, "url", url);
    view_str(rq->cx.arena, l, "label", label);
}

void panel_event(struct req *rq, int64_t at, const char *what, const char *role, const char *reason)
{
    struct ctx *cx = &rq->cx;
    struct view *t = view_item(cx->arena, list_of(rq, "timeline"));
    unsigned who = role_from_name(role);
    view_str(cx->arena, t, "what", what);
    view_str(cx->arena, t, "when", day_text_stamp(cx, at));
    view_str(cx->arena, t, "iso", day_text_local(cx->arena, at, DAY_ZONE));
    view_str(cx->arena, t, "who", who != 0 ? tr(cx, role_label(who)) : NULL);
    view_str(cx->arena, t, "reason", reason != NULL && *reason != '\0' ? reason : NULL);
}

const char *panel_action(struct req *rq, const struct flow *flow, const char *action)
{
    static const struct {
        const char *action, *label;
    } others[] = {{"create", N_("登记")},       {"edit", N_("修改")},     {"plan", N_("排教学计划")}, {"master", N_("登记师傅")}, {"ask_change", N_("申请变更")}, {"change", N_("同意变更")},
                  {"refuse_change", N_("不同意变更")}, {"propose", N_("系统建议处理")}, {"decide", N_("作出处理")}};
    for (const struct flow_edge *e = flow->edges; e->from != NULL; e++)
        if (strcmp(e->action, action) == 0)
            return tr(&rq->cx, e->label);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i].action, action) == 0)
            return tr(&rq->cx, others[i].label);
    return action;
}

const char *panel_occupation(struct req *rq, const char *code)
{
    const struct city_occupation *o = city_occupation(rq->cx.house->city, code);
    return o != NULL ? o->name : code;
}

const char *panel_date(struct req *rq, const int64_t *ymd) { return ymd != NULL && *ymd > 0 ? day_text_full(&rq->cx, *ymd) : "—"; }

void panel_districts(struct req *rq, const int64_t *chosen)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "districts");
    for (size_t i = 0; i < city->n_districts; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "code", city->districts[i].code);
        view_str(a, v, "name", tr(&rq->cx, city->districts[i].name));
        view_bool(a, v, "selected", chosen != NULL && *chosen == city->districts[i].code);
    }
}

const struct field *panel_filter(struct req *rq, const struct field *fields)
{
    const struct city *city = rq->cx.house->city;
    struct arena *a = rq->cx.arena;
    size_t n = 0, k = 0;
    while (fields[n].name != NULL)
        n++;
    struct field *out = ARENA_ARRAY(a, struct field, n + 1);
    struct choice *districts = ARENA_ARRAY(a, struct choice, city->n_districts + 1);
    for (size_t i = 0; i < city->n_districts; i++)
        districts[i] = (struct choice){arena_fmt(a, "%lld", (long long)city->districts[i].code), city->districts[i].name};
    districts[city->n_districts] = (struct choice){0};
    for (size_t i = 0; i < n; i++) {
        bool district = strcmp(fields[i].name, "district") == 0;
        if (district && rq->cx.actor.role == ROLE_DISTRICT)
            continue;
        out[k] = fields[i];
        if (district)
            out[k].type = F_CHOICE, out[k].label = N_("区"), out[k].choices = districts;
        k++;
    }
    out[k] = (struct field){0};
    return out;
}

static bool among(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
            return true;
    return false;
}

void panel_actions(struct req *rq, const struct flow *flow, const char *status, const char *without)
{
    struct ctx *cx = &rq->cx;
    const struct flow_edge *may[16];
    size_t n = flow_allowed(cx, flow, status, may, 16), shown = 0;
    struct view *list = view_list(cx->arena, rq->view, "actions");
    for (size_t i = 0; i < n; i++) {
        if (among(without, may[i]->action))
            continue;
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "action", may[i]->action);
        view_str(cx->arena, v, "label", tr(cx, may[i]->label));
        view_bool(cx->arena, v, "needs_note", (may[i]->flags & FLOW_NOTE) != 0);
        view_bool(cx->arena, v, "main", shown++ == 0);
    }
}

/* ---- a list as a file ---- */

enum { FILE_ROWS = 5000, FILE_COLUMNS = 24 };

static bool is_file(const struct req *rq)
{
    static const char end[] = "/table.csv";
    size_t n = strlen(rq->route->path);
    return n > sizeof end && strcmp(rq->route->path + n - (sizeof end - 1), end) == 0;
}

int64_t panel_rows(const struct req *rq, int64_t page) { return is_file(rq) ? FILE_ROWS : page; }

void panel_csv_link(struct req *rq, const char *path, const char *status)
{
    view_str(rq->cx.arena, rq->view, "csv_url", url_fmt(rq, "%s/table.csv%s%s", path, status != NULL ? "?status=" : "", status != NULL ? status : ""));
}

static const char *text_of(const struct view *of, const char *key)
{
    const struct view *v = view_get(of, key, strlen(key));
    return v != NULL && v->kind == V_STR ? v->s : "";
}

/* The first cell of a row is its name, then the small word beside it, then the others. */
err_t panel_csv(struct req *rq, const char *name)
{
    const struct view *tables = list_of(rq, "tables"), *t = tables->head;
    struct out_column columns[FILE_COLUMNS];
    const char *path = sheet_spool(rq, "csv");
    struct out *o;
    size_t n = 0;
    if (t == NULL)
        return FAIL(&rq->cx, E_BUG, NULL, "no table for %s", name);
    for (const struct view *c = view_get(t, "columns", 7)->head; c != NULL && n + 1 < FILE_COLUMNS; c = c->next) {
        columns[n++] = (struct out_column){text_of(c, "label"), OUT_TEXT, 0};
        if (n == 1)
            columns[n++] = (struct out_column){tr(&rq->cx, N_("编号")), OUT_TEXT, 0};
    }
    TRY(out_open(&rq->cx, OUT_CSV, path, name, columns, n, &o));
    for (const struct view *r = view_get(t, "rows", 4)->head; r != NULL; r = r->next) {
        const char *cells[FILE_COLUMNS] = {text_of(r, "name"), text_of(r, "small")};
        size_t k = 2;
        for (const struct view *c = view_get(r, "cells", 5)->head; c != NULL && k < n; c = c->next)
            cells[k++] = text_of(c, "text");
        while (k < n)
            cells[k++] = "";
        TRY(out_row(&rq->cx, o, cells));
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(rq->cx.arena, "%s.csv", name), path);
}
