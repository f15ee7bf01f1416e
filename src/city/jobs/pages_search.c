/* pages_search.c -- looking for work: the list, its feeds, its table for other programs. */
#include "city/jobs/pages_impl.h"

#include "base/day.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/jobs/routes.h"
#include "city/reference.h"
#include "city/stations/stations.h"
#include "feeds/jobposting.h"
#include "feeds/out.h"

#include <stdlib.h>
#include <string.h>

enum { FEED_ENTRIES = 50, TABLE_ROWS = 1000, LIST_MAX = 16 };

/* ---- what can be asked; the place of a choice is the engine's value ---- */

static const struct choice wage_words[] = {
    {"agree", N_("面议")},          {"under3000", N_("3000 元以下")},   {"3000", N_("3000–4000 元")},
    {"4000", N_("4000–5000 元")},   {"5000", N_("5000–6000 元")},       {"6000", N_("6000–8000 元")},
    {"8000", N_("8000–10000 元")},  {"10000", N_("10000–15000 元")},    {"15000", N_("15000 元以上")},
    {0},
};
static const struct choice education_words[] = {
    {"any", N_("学历不限")}, {"primary", N_("小学")}, {"junior", N_("初中")}, {"senior", N_("高中、中专")},
    {"college", N_("大专")}, {"bachelor", N_("本科")}, {"master", N_("硕士")}, {"doctor", N_("博士")},
    {0},
};
static const struct choice experience_words[] = {
    {"none", N_("不要经验")}, {"under1", N_("1 年以内")}, {"1", N_("1–3 年")}, {"3", N_("3–5 年")}, {"5", N_("5–10 年")}, {"10", N_("10 年以上")}, {0},
};
static const struct choice type_words[] = {
    {"full_time", N_("全职")}, {"part_time", N_("兼职")}, {"temp", N_("临时工")}, {"gig", N_("零工")}, {"intern", N_("实习、见习")}, {"dispatch", N_("劳务派遣")}, {0},
};
static const struct choice shift_words[] = {
    {"day", N_("白班")}, {"night", N_("夜班")}, {"two", N_("两班倒")}, {"three", N_("三班倒")}, {"flexible", N_("弹性时间")}, {0},
};
static const struct choice fresh_words[] = {
    {"1", N_("今天和昨天")}, {"3", N_("3 天内")}, {"7", N_("7 天内")}, {"14", N_("14 天内")}, {"30", N_("30 天内")}, {0},
};
static const struct choice sort_words[] = {
    {"best", N_("最合适")}, {"near", N_("离家近")}, {"pay", N_("工资高")}, {"newest", N_("最新")}, {0},
};
static const enum match_sort sorts[] = {MATCH_BEST, MATCH_NEAR, MATCH_PAY, MATCH_NEWEST};

#define AT(member) offsetof(struct find_in, member)
const struct field job_find_fields[] = {
    {"q", F_TEXT, 0, N_("想做什么"), N_("中文、拼音或首字母；前面加减号表示不要。"), .max = 100, .off = AT(q)},
    {"near", F_TEXT, 0, N_("离哪儿近"), N_("街道名，或“经度,纬度”。"), .max = 60, .off = AT(near)},
    {"within", F_INT, 0, N_("几公里内"), .min = 1, .max = 100, .off = AT(within)},
    {"district", F_TEXT, 0, N_("区"), N_("6 位代码，几个用逗号隔开。"), .max = 200, .off = AT(district)},
    {"street", F_TEXT, 0, N_("街道"), N_("9 位代码，几个用逗号隔开。"), .max = 200, .off = AT(street)},
    {"occupation", F_TEXT, 0, N_("职业"), N_("职业代码，例如 4-10-00-00 是一整类。"), .max = 10, .off = AT(occupation)},
    {"employer", F_TEXT, 0, N_("单位"), N_("单位编号，例如 E12。"), .max = 20, .off = AT(employer)},
    {"pay", F_INT, 0, N_("每月至少多少元"), .min = 1, .max = 1000000, .off = AT(pay)},
    {"wage", F_CHOICES, 0, N_("工资"), .choices = wage_words, .off = AT(wage)},
    {"education", F_CHOICES, 0, N_("学历要求"), .choices = education_words, .off = AT(education)},
    {"experience", F_CHOICES, 0, N_("经验要求"), .choices = experience_words, .off = AT(experience)},
    {"type", F_CHOICES, 0, N_("工作方式"), .choices = type_words, .off = AT(type)},
    {"shift", F_CHOICES, 0, N_("班次"), .choices = shift_words, .off = AT(shift)},
    {"benefit", F_CHOICES, 0, N_("福利"), N_("每一项都要有。"), .choices = benefit_choices, .off = AT(benefit)},
    {"fresh", F_CHOICE, 0, N_("发布或核实时间"), .choices = fresh_words, .off = AT(fresh)},
    {"sort", F_CHOICE, 0, N_("排序"), .choices = sort_words, .off = AT(sort)},
    {"lng", F_TEXT, 0, N_("经度"), .max = 20, .off = AT(lng)},
    {"lat", F_TEXT, 0, N_("纬度"), .max = 20, .off = AT(lat)},
    {"page", F_INT, 0, N_("页"), .min = 1, .max = MATCH_DEEPEST / JOBS_PER_PAGE, .off = AT(page)},
    {0},
};

const struct narrow narrows[] = {
    {"wage", N_("工资"), MATCH_F_WAGE, wage_words, AT(wage), false},
    {"type", N_("工作方式"), MATCH_F_TYPE, type_words, AT(type), false},
    {"shift", N_("班次"), MATCH_F_SHIFT, shift_words, AT(shift), false},
    {"benefit", N_("福利"), MATCH_F_BENEFIT, benefit_choices, AT(benefit), false},
    {"experience", N_("经验要求"), MATCH_F_EXPERIENCE, experience_words, AT(experience), false},
    {"education", N_("学历要求"), MATCH_F_EDUCATION, education_words, AT(education), false},
    {"fresh", N_("发布或核实时间"), MATCH_F_AGE, fresh_words, AT(fresh), true},
    {0},
};

/* ---- lists of codes ---- */

bool list_has(const char *list, const char *code)
{
    size_t n = strlen(code);
    for (const char *p = list != NULL ? list : ""; *p != '\0'; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        if (len == n && memcmp(p, code, n) == 0)
            return true;
        p += len;
    }
    return false;
}

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

static uint64_t bits_of(const struct choice *choices, const char *list)
{
    uint64_t bits = 0;
    for (int i = 0; choices[i].code != NULL; i++)
        if (list_has(list, choices[i].code))
            bits |= 1ULL << i;
    return bits;
}

static struct match_list numbers_of(struct arena *a, const char *list)
{
    int64_t *v = ARENA_ARRAY(a, int64_t, LIST_MAX);
    size_t n = 0;
    for (const char *p = list != NULL ? list : ""; *p != '\0' && n < LIST_MAX; p += strspn(p, ",")) {
        char *end;
        long long code = strtoll(p, &end, 10);
        if (code > 0)
            v[n++] = code;
        p += strcspn(p, ",");
    }
    return (struct match_list){v, n};
}

/* ---- asking ---- */

/* A place that nobody knows is said, and the list is shown without it. */
static void place_of(struct req *rq, struct find *f)
{
    struct ctx *cx = &rq->cx;
    const struct find_in *in = f->in;
    int64_t lng, lat;
    const char *near = in->lng != NULL && in->lat != NULL ? arena_fmt(cx->arena, "%s,%s", in->lng, in->lat) : in->near;
    if (near == NULL)
        return;
    if (station_where(cx, near, &lng, &lat, &f->place) == E_OK) {
        f->q.lng = (int32_t)lng;
        f->q.lat = (int32_t)lat;
    } else if (rq->view != NULL) {
        view_str(cx->arena, rq->view, "near_say", tr(cx, cx->fail.say != NULL ? cx->fail.say : err_msgid(E_INVALID)));
    }
    cx->fail = (struct fail){0};
}

static void occupation_of(struct req *rq, struct find *f)
{
    const struct city_occupation *o = city_occupation(rq->cx.house->city, f->in->occupation != NULL ? f->in->occupation : "");
    if (o == NULL)
        return;
    int64_t *code = ARENA_NEW(rq->cx.arena, int64_t);
    *code = match_pack(o->code);
    f->q.occupations = (struct match_list){code, 1};
    f->q.occupation_under = match_pack(o->level < 4 ? o->code : o->parent);
}

static void employer_of(struct req *rq, struct find *f)
{
    const char *code = f->in->employer;
    if (code == NULL || (code[0] != 'E' && code[0] != 'e'))
        return;
    f->q.employers = numbers_of(rq->cx.arena, code + 1);
}

static void query_of(struct req *rq, struct find *f)
{
    const struct find_in *in = f->in;
    struct arena *a = rq->cx.arena;
    f->q.today = match_day(day_of(rq->cx.now, DAY_ZONE));
    f->q.text = in->q;
    f->q.districts = numbers_of(a, in->district);
    f->q.streets = numbers_of(a, in->street);
    f->q.wage_floor = in->pay != NULL ? *in->pay * 100 : 0;
    f->q.wage_bands = (uint32_t)bits_of(wage_words, in->wage);
    f->q.educations = (uint32_t)bits_of(education_words, in->education);
    f->q.experiences = (uint32_t)bits_of(experience_words, in->experience);
    f->q.types = (uint32_t)bits_of(type_words, in->type);
    f->q.shifts = (uint32_t)bits_of(shift_words, in->shift);
    f->q.benefits = bits_of(benefit_choices, in->benefit);
    f->q.max_age = in->fresh != NULL ? (int32_t)strtol(in->fresh, NULL, 10) : 0;
    occupation_of(rq, f);
    employer_of(rq, f);
    place_of(rq, f);
    f->q.sort = f->place != NULL ? MATCH_NEAR : MATCH_BEST;
    for (int i = 0; in->sort != NULL && sort_words[i].code != NULL; i++)
        if (strcmp(sort_words[i].code, in->sort) == 0 && (sorts[i] != MATCH_NEAR || f->place != NULL))
            f->q.sort = sorts[i];
}

err_t find_jobs(struct req *rq, struct find *f, uint32_t limit, bool facets)
{
    static const int64_t wider[] = {3, 5, 10, 20, 0};
    const struct find_in *in = f->in = rq->in;
    uint32_t page = in->page != NULL && *in->page > 0 ? (uint32_t)*in->page : 1;
    query_of(rq, f);
    f->q.limit = limit;
    f->q.offset = (page - 1) * limit;
    f->q.facets = facets;
    f->asked = f->used = f->place == NULL ? 0 : in->within != NULL ? *in->within : 0;
    f->q.radius = (int32_t)(f->used * 1000);
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

static void sorts_view(struct req *rq, const struct find *f)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "sorts");
    for (size_t i = 0; sort_words[i].code != NULL; i++) {
        if (sorts[i] == MATCH_NEAR && f->place == NULL)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, sort_words[i].label));
        view_str(a, v, "url", url_with(rq, "sort", sort_words[i].code));
        view_bool(a, v, "on", sorts[i] == f->q.sort);
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
