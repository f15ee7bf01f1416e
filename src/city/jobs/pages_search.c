/* pages_search.c -- looking for work: the list, its feeds, its table for other programs. */
#include "city/jobs/pages_impl.h"

#include "base/day.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/jobs/routes.h"
#include "feeds/jobposting.h"
#include "feeds/out.h"

#include <string.h>

enum { FEED_ENTRIES = 50, TABLE_ROWS = 1000 };

#define AT(member) offsetof(struct find_in, member)
const struct narrow narrows[] = {
    {"wage", N_("工资"), MATCH_F_WAGE, asked_wage, AT(wage), false},
    {"type", N_("工作方式"), MATCH_F_TYPE, asked_type, AT(type), false},
    {"shift", N_("班次"), MATCH_F_SHIFT, asked_shift, AT(shift), false},
    {"benefit", N_("福利"), MATCH_F_BENEFIT, benefit_choices, AT(benefit), false},
    {"experience", N_("经验要求"), MATCH_F_EXPERIENCE, asked_experience, AT(experience), false},
    {"education", N_("学历要求"), MATCH_F_EDUCATION, asked_education, AT(education), false},
    {"fresh", N_("发布或核实时间"), MATCH_F_AGE, asked_fresh, AT(fresh), true},
    {0},
};

const char *list_toggled(struct arena *a, const char *list, const char *code)
{
    struct buf b = {.a = a};
    size_t n = strlen(code);
    bool was = false;
    for (const char *p = list != NULL ? list : ""; *p != '\0'; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        if (len == n && memcmp(p, code, n) == 0)
            was = true;
        else
            buf_fmt(&b, "%s%.*s", b.len > 0 ? "," : "", (int)len, p);
        p += len;
    }
    if (!was)
        buf_fmt(&b, "%s%s", b.len > 0 ? "," : "", code);
    return b.len > 0 ? buf_text(&b) : NULL;
}

err_t find_jobs(struct req *rq, struct find *f, uint32_t limit, bool facets)
{
    static const int64_t wider[] = {3, 5, 10, 20, 0};
    const struct find_in *in = f->in = rq->in;
    uint32_t page = in->page != NULL && *in->page > 0 ? (uint32_t)*in->page : 1;
    struct job_asked asked;
    job_ask(&rq->cx, in, &asked);
    f->q = asked.q;
    f->place = asked.place;
    f->asked = f->used = asked.within;
    if (asked.place_say != NULL && rq->view != NULL)
        view_str(rq->cx.arena, rq->view, "near_say", tr(&rq->cx, asked.place_say));
    f->q.limit = limit;
    f->q.offset = (page - 1) * limit;
    f->q.facets = facets;
    TRY(job_search(&rq->cx, &f->q, &f->r));
    for (size_t i = 0; f->r.total == 0 && f->used > 0 && i < sizeof wider / sizeof *wider; i++) {
        if (wider[i] != 0 && wider[i] <= f->used)
            continue;
        f->used = wider[i];
        f->q.radius = (int32_t)(f->used * 1000);
        TRY(job_search(&rq->cx, &f->q, &f->r));
    }
    return E_OK;
}

/* ---- the page ---- */

static void words_view(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "understood");
    for (size_t i = 0; i < f->r.n_words; i++) {
        const struct match_understood *w = &f->r.words[i];
        if (w->n == 0 || (w->n == 1 && strcmp(w->words[0], w->typed) == 0 && !w->excluded))
            continue;
        struct buf b = {.a = a};
        for (size_t k = 0; k < w->n && k < 4; k++)
            buf_fmt(&b, "%s%s", k > 0 ? tr(&rq->cx, N_("、")) : "", w->words[k]);
        struct view *v = view_item(a, list);
        view_str(a, v, "typed", w->typed);
        view_bool(a, v, "excluded", w->excluded);
        view_str(a, v, "words", buf_text(&b));
    }
}

/* A word that hardly any ad writes: the one that was meant, perhaps. */
static void meant_view(struct req *rq, const struct find *f)
{
    for (size_t i = 0; i < f->r.n_words; i++) {
        if (f->r.words[i].meant == NULL)
            continue;
        struct view *v = view_sub(rq->cx.arena, rq->view, "meant");
        view_str(rq->cx.arena, v, "label", f->r.words[i].meant);
        view_str(rq->cx.arena, v, "url", url_with(rq, "q", f->r.words[i].meant));
        return;
    }
}

static void sorts_view(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "sorts");
    for (size_t i = 0; asked_sort[i].code != NULL; i++) {
        if (job_sorts[i] == MATCH_NEAR && f->place == NULL)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, asked_sort[i].label));
        view_str(a, v, "url", url_with(rq, "sort", asked_sort[i].code));
        view_bool(a, v, "on", job_sorts[i] == f->q.sort);
    }
    list = view_list(a, rq->view, "distances");
    static const int64_t kms[] = {1, 3, 5, 10, 20, 0};
    for (size_t i = 0; f->place != NULL && i < sizeof kms / sizeof *kms; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "label", kms[i] == 0 ? tr(&rq->cx, N_("不限远近")) : arena_fmt(a, tr(&rq->cx, N_("%d 公里内")), (int)kms[i]));
        view_str(a, v, "url", url_with(rq, "within", kms[i] == 0 ? NULL : arena_fmt(a, "%d", (int)kms[i])));
        view_bool(a, v, "on", kms[i] == f->used);
    }
}

/* The fields that the search form carries along, so that new words keep the filters. */
static void keep_view(struct req *rq)
{
    static const char *const own[] = {"q", "near", "lng", "lat", "page", "within"};
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "keep");
    for (const struct field *d = job_find_fields; d->name != NULL; d++) {
        const char *value = req_query(rq, d->name);
        bool mine = false;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            mine |= strcmp(own[i], d->name) == 0;
        if (mine || value == NULL || *value == '\0')
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "name", d->name);
        view_str(a, v, "value", value);
    }
}

static const char *with_query(struct req *rq, const char *path)
{
    return url_fmt(rq, "%s%s%s", path, rq->query_text[0] != '\0' ? "?" : "", rq->query_text);
}

static void links_view(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    static const struct {
        const char *type, *path, *label;
    } feeds[] = {{"application/atom+xml", "/jobs/feed.atom", N_("订阅（Atom）")},
                 {"application/feed+json", "/jobs/feed.json", N_("订阅（JSON Feed）")},
                 {"application/json", "/jobs.json", N_("接口（JSON）")},
                 {"text/csv", "/jobs/table.csv", N_("下载表格（CSV）")}};
    struct view *alternates = view_list(a, rq->view, "alternates"), *downloads = view_list(a, rq->view, "downloads");
    for (size_t i = 0; i < sizeof feeds / sizeof *feeds; i++) {
        for (int k = 0; k < 2; k++) {
            struct view *v = view_item(a, k == 0 ? alternates : downloads);
            view_str(a, v, "type", feeds[i].type);
            view_str(a, v, "url", with_query(rq, feeds[i].path));
            view_str(a, v, "label", tr(&rq->cx, feeds[i].label));
        }
    }
}

static void distance_says(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    if (f->used == f->asked || f->r.total == 0)
        return;
    view_str(a, rq->view, "widened",
             f->used > 0 ? arena_fmt(a, tr(&rq->cx, N_("%d 公里内没有，已看 %d 公里内。")), (int)f->asked, (int)f->used)
                         : arena_fmt(a, tr(&rq->cx, N_("%d 公里内没有，已看全市，近的在前面。")), (int)f->asked));
}

static const char *title_of(struct req *rq, const struct find *f)
{
    struct buf b = {.a = rq->cx.arena};
    if (f->in->q != NULL)
        buf_fmt(&b, "%s · ", f->in->q);
    if (f->place != NULL)
        buf_fmt(&b, tr(&rq->cx, N_("%s附近 · ")), f->place);
    buf_str(&b, tr(&rq->cx, N_("找工作")));
    if (f->in->page != NULL && *f->in->page > 1)
        buf_fmt(&b, tr(&rq->cx, N_("（第 %d 页）")), (int)*f->in->page);
    return buf_text(&b);
}

static void shown(struct req *rq, const struct find *f)
{
    const struct match_view *v;
    int64_t ids[JOBS_PER_PAGE];
    size_t n = 0;
    for (; n < f->r.n && n < JOBS_PER_PAGE; n++)
        ids[n] = f->r.hits[n].id;
    if (match_pin(&rq->cx, rq->cx.house->match, &v) != E_OK)
        return;
    match_shown(v, ids, n);
    match_unpin(v);
}

static err_t list_jobs(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct find f = {0};
    TRY(find_jobs(rq, &f, JOBS_PER_PAGE, true));
    shown(rq, &f);
    view_str(a, rq->view, "title", title_of(rq, &f));
    view_str(a, rq->view, "q", f.in->q);
    view_str(a, rq->view, "near_text", f.in->near != NULL ? f.in->near : f.place);
    view_str(a, rq->view, "near_name", f.place);
    view_count(a, rq->view, "total", f.r.total);
    words_view(rq, &f);
    meant_view(rq, &f);
    view_str(a, rq->view, "save_url", with_query(rq, "/jobs/save"));
    distance_says(rq, &f);
    chips_view(rq, &f);
    facets_view(rq, &f);
    sorts_view(rq, &f);
    keep_view(rq);
    links_view(rq);
    if (f.r.total == 0) {
        TRY(relax_view(rq, &f));
        TRY(maybe_view(rq, &f));
    }
    TRY(job_cards(rq, rq->view, "jobs", f.r.hits, f.r.n));
    view_bool(a, rq->view, "noindex", rq->query_text[0] != '\0');
    req_pager(rq, f.in->page != NULL ? *f.in->page : 1, JOBS_PER_PAGE, f.r.total < MATCH_DEEPEST ? f.r.total : MATCH_DEEPEST);
    return E_OK;
}

/* ---- for other programs ---- */

static err_t newest(struct req *rq, struct find *f, uint32_t limit, struct q_job_get_row **rows, size_t *n)
{
    TRY(find_jobs(rq, f, limit, false));
    *rows = ARENA_ARRAY(rq->cx.arena, struct q_job_get_row, f->r.n + 1);
    *n = 0;
    for (size_t i = 0; i < f->r.n; i++) {
        err_t e = job_find(&rq->cx, f->r.hits[i].id, &(*rows)[*n]);
        if (e == E_NOTFOUND)
            continue;
        TRY(e);
        ++*n;
    }
    return E_OK;
}

static err_t feed(struct req *rq, bool json)
{
    struct arena *a = rq->cx.arena;
    struct find f = {0};
    struct q_job_get_row *rows;
    struct buf out = {.a = a};
    size_t n;
    TRY(newest(rq, &f, FEED_ENTRIES, &rows, &n));
    struct feed_entry *entries = ARENA_ARRAY(a, struct feed_entry, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct q_job_get_row *j = &rows[i];
        struct wage w = job_wage(j);
        const char *url = job_url(rq, j->code);
        entries[i] = (struct feed_entry){
            .id = url,
            .url = url,
            .title = arena_fmt(a, "%s · %s", j->title, wage_text(&rq->cx, &w)),
            .summary = arena_fmt(a, "%s · %s\n%s", j->employer_name, j->place, text_cut(a, j->description, 200)),
            .published = day_start(j->posted_on, DAY_ZONE),
            .updated = day_start(j->verified_on != NULL ? *j->verified_on : j->posted_on, DAY_ZONE),
        };
    }
    const char *base = rq->cx.house->base_url;
    struct feed head = {
        .title = title_of(rq, &f),
        .id = arena_fmt(a, "%s%s", base, with_query(rq, "/jobs/feed.atom")),
        .url = arena_fmt(a, "%s%s", base, with_query(rq, "/jobs")),
        .self_url = arena_fmt(a, "%s%s", base, with_query(rq, json ? "/jobs/feed.json" : "/jobs/feed.atom")),
        .author = tr(&rq->cx, N_("就业驿站")),
        .language = strcmp(rq->cx.lang, "en") == 0 ? "en" : "zh-CN",
        .updated = n > 0 ? entries[0].updated : rq->cx.now,
    };
    for (size_t i = 0; i < n; i++)
        head.updated = entries[i].updated > head.updated ? entries[i].updated : head.updated;
    (json ? feed_json : feed_atom)(&out, &head, entries, n);
    (void)buf_text(&out);
    return reply_bytes(rq, json ? "application/feed+json; charset=utf-8" : "application/atom+xml; charset=utf-8", NULL, out.p, out.len);
}

static err_t feed_of_atom(struct req *rq) { return feed(rq, false); }
static err_t feed_of_json(struct req *rq) { return feed(rq, true); }

static err_t table_row(struct req *rq, struct out *out, const struct q_job_get_row *j)
{
    struct arena *a = rq->cx.arena;
    const char *cells[] = {
        j->code,
        j->title,
        j->employer_name,
        j->place,
        j->wage_text,
        j->month_min != NULL ? arena_fmt(a, "%lld", (long long)*j->month_min / 100) : "",
        j->month_max != NULL ? arena_fmt(a, "%lld", (long long)*j->month_max / 100) : "",
        arena_fmt(a, "%lld", (long long)j->openings),
        j->occupation,
        tr(&rq->cx, choice_label(job_type_choices, j->job_type)),
        day_text_iso(a, j->posted_on),
        day_text_iso(a, j->valid_until),
        j->source_name,
        job_url(rq, j->code),
    };
    return out_row(&rq->cx, out, cells);
}

static err_t table(struct req *rq)
{
    static const char *const heads[] = {N_("编号"), N_("岗位名称"), N_("单位"), N_("地点"), N_("工资"), N_("月工资下限（元）"), N_("月工资上限（元）"),
                                        N_("招几人"), N_("职业代码"), N_("工作方式"), N_("发布日期"), N_("有效期至"), N_("来源"), N_("网址")};
    enum { COLUMNS = sizeof heads / sizeof *heads };
    struct ctx *cx = &rq->cx;
    struct out_column columns[COLUMNS] = {{0}};
    struct find f = {0};
    struct q_job_get_row *rows;
    struct out *out;
    size_t n;
    TRY(newest(rq, &f, TABLE_ROWS, &rows, &n));
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct out_column){tr(cx, heads[i]), OUT_TEXT, 0};
    const char *path = arena_fmt(cx->arena, "%s/spool/jobs-%s.csv", cx->house->data_dir, cx->request_id);
    TRY(out_open(cx, OUT_CSV, path, tr(cx, N_("岗位")), columns, COLUMNS, &out));
    for (size_t i = 0; i < n; i++)
        TRY(table_row(rq, out, &rows[i]));
    TRY(out_close(cx, out));
    return reply_file(rq, "text/csv; charset=utf-8", "jobs.csv", path);
}

#define ASKED .fields = job_find_fields, .in_size = sizeof(struct find_in)
const struct route jobs_search_routes[] = {
    {GET, "/jobs", list_jobs, EVERYONE, .page = "jobs/list", .title = N_("找工作"), ASKED},
    {GET, "/jobs/feed.atom", feed_of_atom, EVERYONE, .title = N_("岗位订阅（Atom）"), ASKED},
    {GET, "/jobs/feed", feed_of_json, EVERYONE, .title = N_("岗位订阅（JSON Feed）"), ASKED},
    {GET, "/jobs/table.csv", table, EVERYONE, .title = N_("岗位表格（CSV）"), ASKED},
    {0},
};
