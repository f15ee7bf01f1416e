/* pages.c -- shortages for everybody: the result, each occupation with what every channel says, the terms and all that went in. */
#include "city/shortages/routes.h"
#include "city/shortages/shortages.h"

#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/sheets/pages_sheet.h"
#include "city/shortages/pages_impl.h"
#include "city/training.h"
#include "feeds/out.h"
#include "rules/rules.h"

#include <string.h>

#define SEES_ALL (OFFICERS | ROLE_AUDITOR)

const char *shortage_voice_label(struct ctx *cx, int voice)
{
    return voice == VOICE_OWN ? tr(cx, N_("本平台岗位和推荐")) : tr(cx, training_label(shortage_channels, shortage_voices[voice]));
}

const char *shortage_occupation_name(struct ctx *cx, const char *code)
{
    const struct city_occupation *o = city_occupation(cx->house->city, code);
    return o != NULL ? o->name : code;
}

const char *shortage_place(struct ctx *cx, int64_t district)
{
    const struct city_district *d = city_district(cx->house->city, district);
    return d != NULL ? tr(cx, d->name) : tr(cx, N_("全市"));
}

/* Published rounds for everybody; analysed ones for officers and auditors, too. */
static err_t load_round(struct req *rq)
{
    struct q_shortage_round_rows_row *r = ARENA_NEW(rq->cx.arena, struct q_shortage_round_rows_row);
    TRY(shortage_round_by_code(&rq->cx, req_param(rq, "round"), r));
    bool open = strcmp(r->status, "published") == 0 || (strcmp(r->status, "analysed") == 0 && (rq->cx.actor.role & SEES_ALL));
    rq->scoped = r;
    return open ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "round %s is not published", r->code);
}
static const struct scope seen_round = {"published", "round", load_round};

static void round_view(struct req *rq, const struct q_shortage_round_rows_row *r)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "round", r->code);
    view_str(a, rq->view, "round_title", r->title);
    view_str(a, rq->view, "period", text_fill(a, tr(&rq->cx, N_("{from}至{to}")), "from", day_text_full(&rq->cx, r->period_from), "to",
                                              day_text_full(&rq->cx, r->period_to), NULL));
    view_str(a, rq->view, "published", r->published_on != NULL ? day_text_full(&rq->cx, *r->published_on) : NULL);
    view_count(a, rq->view, "reports", r->reports);
    view_count(a, rq->view, "organisations", r->organisations);
    view_str(a, rq->view, "data_url", url_fmt(rq, "/shortages/%s/data", r->code));
    struct view *list = view_list(a, rq->view, "downloads");
    const struct {
        const char *path, *label;
    } d[] = {{"data.json", N_("全部数据和权重（JSON）")}, {"inputs.csv", N_("全部填报（CSV）")}, {"results.csv", N_("结果（CSV）")}};
    for (size_t i = 0; i < 3; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "url", arena_fmt(a, "/shortages/%s/%s", r->code, d[i].path));
        view_str(a, v, "label", tr(&rq->cx, d[i].label));
    }
}

/* ---- the result ---- */

static void part_cells(struct req *rq, struct view *v, const struct shortage_result *r, const struct shortage_terms *t)
{
    struct arena *a = rq->cx.arena;
    struct view *parts = view_list(a, v, "parts");
    for (int k = 0; k < VOICES; k++) {
        struct view *p = view_item(a, parts);
        view_str(a, p, "voice", shortage_voices[k]);
        view_opt(a, p, "score", r->part[k].speaks ? &r->part[k].score : NULL);
    }
    view_bool(a, v, "differs", r->spread >= t->disagree);
}

static void group(struct req *rq, const struct q_shortage_round_rows_row *r, const struct shortage_outcome *o, struct view *list, const struct choice *u)
{
    struct arena *a = rq->cx.arena;
    struct view *g = view_item(a, list), *items = NULL;
    int64_t n = 0;
    view_str(a, g, "urgency", u->code);
    view_str(a, g, "label", tr(&rq->cx, u->label));
    items = view_list(a, g, "items");
    for (size_t i = 0; i < o->n; i++) {
        if (strcmp(o->results[i].is.urgency, u->code) != 0)
            continue;
        struct view *v = view_item(a, items);
        n++;
        view_str(a, v, "code", o->results[i].occupation);
        view_str(a, v, "name", shortage_occupation_name(&rq->cx, o->results[i].occupation));
        view_str(a, v, "url", url_fmt(rq, "/shortages/%s/occupations/%s", r->code, o->results[i].occupation));
        view_i64(a, v, "score", o->results[i].is.score);
        part_cells(rq, v, &o->results[i], &o->terms);
    }
    view_i64(a, g, "n", n);
}

static err_t others(struct req *rq, const char *code)
{
    struct q_shortage_round_rows_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(shortage_rounds(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "rounds");
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows[i].status, "published") != 0 || strcmp(rows[i].code, code) == 0)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "label", rows[i].title);
        view_str(a, v, "url", url_fmt(rq, "/shortages/%s", rows[i].code));
    }
    return E_OK;
}

static void voices(struct req *rq, const struct shortage_terms *t)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "voices");
    for (int k = 0; k < VOICES; k++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "voice", shortage_voices[k]);
        view_str(a, v, "label", shortage_voice_label(&rq->cx, k));
        view_i64(a, v, "weight", t->weight[k]);
    }
}

static err_t show(struct req *rq, const struct q_shortage_round_rows_row *r)
{
    struct shortage_outcome o;
    TRY(shortage_outcome(&rq->cx, r, &o));
    round_view(rq, r);
    TRY(others(rq, r->code));
    voices(rq, &o.terms);
    struct view *list = view_list(rq->cx.arena, rq->view, "groups");
    for (const struct choice *u = shortage_urgencies; u->code != NULL; u++)
        if (strcmp(u->code, "none") != 0)
            group(rq, r, &o, list, u);
    return E_OK;
}

static err_t show_latest(struct req *rq)
{
    struct q_shortage_round_rows_row r;
    err_t e = shortage_published(&rq->cx, &r);
    if (e == E_NOTFOUND) {
        view_list(rq->cx.arena, rq->view, "groups");
        return E_OK;
    }
    TRY(e);
    return show(rq, &r);
}

static err_t show_round(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    view_fmt(rq->cx.arena, rq->view, "title", "%s %s", tr(&rq->cx, N_("紧缺职业")), r->code);
    return show(rq, r);
}

/* ---- one occupation ---- */

static void part_view(struct req *rq, struct view *list, int k, const struct shortage_part *p, int64_t weight)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "voice", shortage_voices[k]);
    view_str(a, v, "label", shortage_voice_label(&rq->cx, k));
    view_bool(a, v, "speaks", p->speaks);
    view_bool(a, v, "own", k == VOICE_OWN);
    view_i64(a, v, "weight", weight);
    view_i64(a, v, "score", p->score);
    view_count(a, v, "reports", p->reports);
    view_count(a, v, "organisations", p->organisations);
    view_count(a, v, "openings", p->openings);
    view_opt(a, v, "i_openings", p->i_openings >= 0 ? &p->i_openings : NULL);
    view_opt(a, v, "i_difficulty", p->i_difficulty >= 0 ? &p->i_difficulty : NULL);
    view_opt(a, v, "i_vacancy", p->i_vacancy >= 0 ? &p->i_vacancy : NULL);
    view_opt(a, v, "i_breadth", p->i_breadth >= 0 ? &p->i_breadth : NULL);
}

static const char *formula(struct req *rq, const struct shortage_result *r, const struct shortage_terms *t)
{
    struct buf b = {.a = rq->cx.arena};
    int64_t weight = 0;
    for (int k = 0; k < VOICES; k++)
        if (r->part[k].speaks) {
            buf_fmt(&b, "%s%lld × %lld", b.len > 0 ? " + " : "(", (long long)r->part[k].score, (long long)t->weight[k]);
            weight += t->weight[k];
        }
    buf_fmt(&b, ") ÷ %lld = %lld", (long long)weight, (long long)r->is.score);
    return buf_text(&b);
}

static void sentence(struct req *rq, struct view *list, const char *say)
{
    view_str(rq->cx.arena, view_item(rq->cx.arena, list), "say", say);
}

static const char *num(struct req *rq, int64_t n) { return arena_fmt(rq->cx.arena, "%lld", (long long)n); }

static void would_change(struct req *rq, const struct shortage_result *r)
{
    struct ctx *cx = &rq->cx;
    struct view *list = view_list(cx->arena, rq->view, "changes");
    if (r->is.capped)
        sentence(rq, list, tr(cx, N_("分数够非常紧缺，但说到它的渠道不够多，按紧缺列入。再有一个渠道说缺，就是非常紧缺。")));
    if (r->is.unreported)
        sentence(rq, list, tr(cx, N_("只有本平台岗位说到它，没有一个渠道填报，不列入目录。")));
    if (r->up > 0)
        sentence(rq, list, text_fill(cx->arena, tr(cx, N_("再高 {n} 分，就进到更紧缺的一档。")), "n", num(rq, r->up), NULL));
    if (strcmp(r->is.urgency, "none") != 0)
        sentence(rq, list, text_fill(cx->arena, tr(cx, N_("最多降 {n} 分，仍是这一档。")), "n", num(rq, r->down), NULL));
    for (int k = 0; k < VOICES; k++) {
        if (!r->part[k].speaks)
            continue;
        const char *word = tr(cx, training_label(shortage_urgencies, r->without[k].urgency)), *voice = shortage_voice_label(cx, k);
        bool same = strcmp(r->without[k].urgency, r->is.urgency) == 0;
        if (r->without[k].score < 0)
            sentence(rq, list, text_fill(cx->arena, tr(cx, N_("去掉“{voice}”：没有别的渠道说到它，不列入。")), "voice", voice, NULL));
        else
            sentence(rq, list,
                     text_fill(cx->arena, same ? tr(cx, N_("去掉“{voice}”：{score} 分，还是{word}。")) : tr(cx, N_("去掉“{voice}”：{score} 分，变成{word}。")),
                               "voice", voice, "score", num(rq, r->without[k].score), "word", word, NULL));
    }
}

static void disagreement(struct req *rq, const struct shortage_result *r, const struct shortage_terms *t)
{
    struct ctx *cx = &rq->cx;
    int hi = -1, lo = -1;
    for (int k = 0; k < VOICES; k++)
        if (r->part[k].speaks) {
            hi = hi < 0 || r->part[k].score > r->part[hi].score ? k : hi;
            lo = lo < 0 || r->part[k].score < r->part[lo].score ? k : lo;
        }
    view_str(cx->arena, rq->view, "disagree",
             r->spread < t->disagree ? NULL
                                     : text_fill(cx->arena, tr(cx, N_("说法不一：“{hi}”打 {a} 分，“{lo}”只打 {b} 分。")), "hi",
                                                 shortage_voice_label(cx, hi), "a", num(rq, r->part[hi].score), "lo", shortage_voice_label(cx, lo), "b",
                                                 num(rq, r->part[lo].score), NULL));
}

static err_t reports_view(struct req *rq, int64_t round_id, const char *code)
{
    struct q_shortage_report_rows_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(shortage_reports(&rq->cx, &(struct shortage_find){.round_id = round_id, .occupation = code, .stood = true, .lim = 500}, &rows, &n));
    struct view *list = view_list(a, rq->view, "said");
    for (size_t i = 0; i < n; i++)
        shortage_report_view(rq, view_item(a, list), &rows[i]);
    return E_OK;
}

static void own_view(struct req *rq, const struct shortage_outcome *o, const char *code)
{
    for (size_t i = 0; i < o->n_own; i++)
        if (strcmp(o->own[i].occupation, code) == 0)
            shortage_own_view(&rq->cx, view_sub(rq->cx.arena, rq->view, "own"), &o->own[i]);
}

static err_t show_occupation(struct req *rq)
{
    const struct q_shortage_round_rows_row *round = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct shortage_outcome o;
    const char *code = req_param(rq, "code");
    const struct shortage_result *r = NULL;
    TRY(shortage_outcome(&rq->cx, round, &o));
    for (size_t i = 0; i < o.n && r == NULL; i++)
        r = strcmp(o.results[i].occupation, code) == 0 ? &o.results[i] : NULL;
    if (r == NULL)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "nobody spoke of %.20s in %s", code, round->code);
    round_view(rq, round);
    view_str(a, rq->view, "title", shortage_occupation_name(&rq->cx, code));
    view_str(a, rq->view, "code", r->occupation);
    view_i64(a, rq->view, "score", r->is.score);
    view_str(a, rq->view, "urgency", r->is.urgency);
    view_str(a, rq->view, "urgency_label", tr(&rq->cx, training_label(shortage_urgencies, r->is.urgency)));
    view_str(a, rq->view, "formula", formula(rq, r, &o.terms));
    view_str(a, rq->view, "round_url", url_fmt(rq, "/shortages/%s", round->code));
    struct view *list = view_list(a, rq->view, "voices");
    for (int k = 0; k < VOICES; k++)
        part_view(rq, list, k, &r->part[k], o.terms.weight[k]);
    disagreement(rq, r, &o.terms);
    would_change(rq, r);
    own_view(rq, &o, code);
    view_str(a, rq->view, "jobs_url", url_fmt(rq, "/jobs?occupation=%s", r->occupation));
    view_str(a, rq->view, "catalogue_url", url_fmt(rq, "/catalogue?q=%s", r->occupation));
    return reports_view(rq, round->id, code);
}

/* ---- all that went in ---- */

static void terms_list(struct req *rq, const struct shortage_terms *t)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "term_list");
    for (const struct shortage_term *k = shortage_term_list; k->name != NULL; k++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "name", k->name);
        view_str(a, v, "label", tr(&rq->cx, k->label));
        view_fmt(a, v, "value", "%lld %s", (long long)shortage_term(t, k), tr(&rq->cx, k->unit));
    }
}

static err_t show_data(struct req *rq)
{
    const struct q_shortage_round_rows_row *r = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct shortage_outcome o;
    struct view *list;
    const struct rule *rule = rules_find(rq->cx.house->rules, "shortage.scoring", r->published_on != NULL ? *r->published_on : day_of(rq->cx.now, DAY_ZONE));
    TRY(shortage_outcome(&rq->cx, r, &o));
    round_view(rq, r);
    view_str(a, rq->view, "round_url", url_fmt(rq, "/shortages/%s", r->code));
    view_str(a, rq->view, "clause", rule != NULL ? rule->clause : NULL);
    view_str(a, rq->view, "cite", rule != NULL ? rule->cite : NULL);
    view_str(a, rq->view, "source", rule != NULL ? rule->source : NULL);
    shortage_terms_view(&rq->cx, view_sub(a, rq->view, "terms"), &o.terms);
    terms_list(rq, &o.terms);
    list = view_list(a, rq->view, "claims");
    for (size_t i = 0; i < o.n_claims; i++)
        shortage_claim_view(&rq->cx, view_item(a, list), &o.claims[i]);
    list = view_list(a, rq->view, "own");
    for (size_t i = 0; i < o.n_own; i++)
        shortage_own_view(&rq->cx, view_item(a, list), &o.own[i]);
    list = view_list(a, rq->view, "results");
    for (size_t i = 0; i < o.n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "occupation", o.results[i].occupation);
        view_str(a, v, "name", shortage_occupation_name(&rq->cx, o.results[i].occupation));
        view_i64(a, v, "score", o.results[i].is.score);
        view_str(a, v, "urgency", o.results[i].is.urgency);
        part_cells(rq, v, &o.results[i], &o.terms);
    }
    return E_OK;
}

static err_t get_inputs(struct req *rq)
{
    static const char *const heads[] = {N_("渠道"), N_("填报单位"), N_("区"), N_("职业编码"), N_("职业"), N_("等级"), N_("缺多少人"), N_("难招程度（1-5）"), N_("空缺天数"), N_("依据"), N_("谁负责")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    const struct q_shortage_round_rows_row *r = rq->scoped;
    struct q_shortage_report_rows_row *rows;
    struct out_column columns[COLUMNS];
    struct out *o;
    size_t n;
    const char *path = sheet_spool(rq, "csv");
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct out_column){tr(&rq->cx, heads[i]), OUT_TEXT, 0};
    TRY(shortage_reports(&rq->cx, &(struct shortage_find){.round_id = r->id, .stood = true, .lim = 200000}, &rows, &n));
    TRY(out_open(&rq->cx, OUT_CSV, path, r->code, columns, COLUMNS, &o));
    for (size_t i = 0; i < n; i++) {
        const char *cells[COLUMNS] = {tr(&rq->cx, training_label(shortage_channels, rows[i].channel)), rows[i].organisation,
                                      shortage_place(&rq->cx, rows[i].district), rows[i].occupation,
                                      shortage_occupation_name(&rq->cx, rows[i].occupation), tr(&rq->cx, training_level(rows[i].level)),
                                      num(rq, rows[i].openings), num(rq, rows[i].difficulty),
                                      rows[i].vacant_days != NULL ? num(rq, *rows[i].vacant_days) : NULL, rows[i].evidence, rows[i].said_by};
        TRY(out_row(&rq->cx, o, cells));
    }
    TRY(out_close(&rq->cx, o));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(rq->cx.arena, "%s-inputs.csv", r->code), path);
}

static err_t get_results(struct req *rq)
{
    static const char *const heads[] = {N_("职业编码"), N_("职业"), N_("紧缺程度"), N_("分数"), N_("委办局和行业组织"), N_("区人社局摸排"), N_("人力资源服务机构"), N_("本平台岗位和推荐")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    const struct q_shortage_round_rows_row *r = rq->scoped;
    struct shortage_outcome o;
    struct out_column columns[COLUMNS];
    struct out *out;
    const char *path = sheet_spool(rq, "csv");
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct out_column){tr(&rq->cx, heads[i]), i < 3 ? OUT_TEXT : OUT_NUMBER, 0};
    TRY(shortage_outcome(&rq->cx, r, &o));
    TRY(out_open(&rq->cx, OUT_CSV, path, r->code, columns, COLUMNS, &out));
    for (size_t i = 0; i < o.n; i++) {
        const struct shortage_result *s = &o.results[i];
        const char *cells[COLUMNS] = {s->occupation, shortage_occupation_name(&rq->cx, s->occupation),
                                      tr(&rq->cx, training_label(shortage_urgencies, s->is.urgency)), num(rq, s->is.score)};
        for (int k = 0; k < VOICES; k++)
            cells[4 + k] = s->part[k].speaks ? num(rq, s->part[k].score) : NULL;
        TRY(out_row(&rq->cx, out, cells));
    }
    TRY(out_close(&rq->cx, out));
    return reply_file(rq, sheet_mime(OUT_CSV), arena_fmt(rq->cx.arena, "%s-results.csv", r->code), path);
}

const struct route shortages_routes[] = {
    {GET, "/shortages", show_latest, EVERYONE, .page = "shortages/list", .title = N_("紧缺职业")},
    {GET, "/shortages/{round}", show_round, EVERYONE, &seen_round, .page = "shortages/list", .title = N_("紧缺职业")},
    {GET, "/shortages/{round}/data", show_data, EVERYONE, &seen_round, .page = "shortages/data", .title = N_("紧缺职业：打分办法和全部数据")},
    {GET, "/shortages/{round}/inputs.csv", get_inputs, EVERYONE, &seen_round, .title = N_("紧缺职业的全部填报")},
    {GET, "/shortages/{round}/results.csv", get_results, EVERYONE, &seen_round, .title = N_("紧缺职业的结果")},
    {GET, "/shortages/{round}/occupations/{code}", show_occupation, EVERYONE, &seen_round, .page = "shortages/show", .title = N_("紧缺职业")},
    {0},
};
const struct flow *const shortages_flows[] = {&shortage_round_flow, NULL};
