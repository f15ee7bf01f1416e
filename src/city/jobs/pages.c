/* pages.c -- one ad as everybody sees it: what it pays, where it is, what it asks, how to get there; saying that it is wrong. */
#include "city/jobs/pages_impl.h"

#include "base/day.h"
#include "base/geo.h"
#include "base/qr.h"
#include "base/text.h"
#include "base/years.h"
#include "city/choices.h"
#include "city/house.h"
#include "city/jobs/routes.h"
#include "city/reference.h"
#include "city/stations/stations.h"
#include "feeds/jobposting.h"

#include <string.h>

enum { SIMILAR = 6, CHILDREN_MAX = 256 };

const char *job_url(struct req *rq, const char *code)
{
    return arena_fmt(rq->cx.arena, "%s/jobs/%s", rq->cx.house->base_url, code);
}

/* "J12", also "j12". */
err_t job_of(struct req *rq, struct q_job_get_row *out)
{
    const char *code = req_param(rq, "job");
    int64_t id;
    if (rq->scoped != NULL) {
        *out = *(const struct q_job_get_row *)rq->scoped;
        return E_OK;
    }
    TRY(job_id_of(&rq->cx, code[0] == 'j' ? arena_fmt(rq->cx.arena, "J%s", code + 1) : code, &id));
    return job_find(&rq->cx, id, out);
}

static err_t check_own(struct req *rq)
{
    struct q_job_get_row *j = ARENA_NEW(rq->cx.arena, struct q_job_get_row);
    TRY(job_of(rq, j));
    rq->scoped = j;
    return job_mine(&rq->cx, j) ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "not this actor's ad");
}

static err_t check_seen(struct req *rq)
{
    err_t e = check_own(rq);
    return e == E_NOTFOUND && rq->cx.actor.role == ROLE_AUDITOR && rq->scoped != NULL ? E_OK : e;
}

const struct scope job_own = {"own employer, station or area", "job", check_own};
const struct scope job_seen = {"own station or area, auditor", "job", check_seen};

/* ---- an ad in words ---- */

static void labels(struct req *rq, struct view *to, const char *key, const struct choice *words, const char *codes)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, to, key);
    for (const char *p = codes; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        view_str(a, view_item(a, list), "label", tr(&rq->cx, choice_label(words, arena_strndup(a, p, n))));
        p += n;
    }
}

static const char *joined(struct req *rq, const struct choice *words, const char *codes)
{
    struct buf b = {.a = rq->cx.arena};
    for (const char *p = codes; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        buf_fmt(&b, "%s%s", b.len > 0 ? tr(&rq->cx, N_("、")) : "", tr(&rq->cx, choice_label(words, arena_strndup(rq->cx.arena, p, n))));
        p += n;
    }
    return b.len > 0 ? buf_text(&b) : NULL;
}

static void line(struct arena *a, struct view *list, const char *text)
{
    if (text != NULL && *text != '\0')
        view_str(a, view_item(a, list), "text", text);
}

/* Each line of a text of several lines. */
static void lines(struct arena *a, struct view *to, const char *key, const char *text)
{
    struct view *list = view_list(a, to, key);
    for (const char *p = text; *p != '\0'; p += strspn(p, "\r\n")) {
        size_t n = strcspn(p, "\r\n");
        line(a, list, arena_strndup(a, p, n));
        p += n;
    }
}

static const char *experience_text(struct req *rq, int64_t months)
{
    if (months % 12 == 0)
        return arena_fmt(rq->cx.arena, tr(&rq->cx, N_("%d 年以上经验")), (int)(months / 12));
    return arena_fmt(rq->cx.arena, tr(&rq->cx, N_("%d 个月以上经验")), (int)months);
}

/* What is only wished stands apart: its line says so. */
static void demands(struct req *rq, struct view *to, const struct q_job_get_row *j)
{
    static const char *const wishes[] = {"优先", "最好", "加分"};
    struct arena *a = rq->cx.arena;
    struct view *must = view_list(a, to, "must"), *nice = view_list(a, to, "nice");
    if (j->education > EDU_ANY)
        line(a, must, arena_fmt(a, tr(&rq->cx, N_("学历：%s及以上")), tr(&rq->cx, education_label((enum education)j->education))));
    if (j->experience > 0)
        line(a, must, experience_text(rq, j->experience));
    for (const char *p = j->certificates; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        line(a, must, tr(&rq->cx, choice_label(certificate_choices, arena_strndup(a, p, n))));
        p += n;
    }
    for (const char *p = j->requirements; *p != '\0'; p += strspn(p, "\r\n")) {
        size_t n = strcspn(p, "\r\n");
        const char *text = arena_strndup(a, p, n);
        bool wish = false;
        for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
            wish |= strstr(text, wishes[i]) != NULL;
        line(a, wish ? nice : must, text);
        p += n;
    }
    view_bool(a, to, "has_nice", nice->i > 0);
}

static void days(struct req *rq, struct view *to, const struct q_job_get_row *j)
{
    struct ctx *cx = &rq->cx;
    view_str(cx->arena, to, "posted", day_text(cx, j->posted_on));
    view_str(cx->arena, to, "posted_iso", day_text_iso(cx->arena, j->posted_on));
    view_str(cx->arena, to, "valid", day_text(cx, j->valid_until));
    view_str(cx->arena, to, "valid_iso", day_text_iso(cx->arena, j->valid_until));
    view_str(cx->arena, to, "confirmed", j->verified_on != NULL ? day_text_ago(cx, *j->verified_on) : NULL);
}

static void occupation(struct req *rq, struct view *to, const struct q_job_get_row *j)
{
    const struct city_occupation *o = city_occupation(rq->cx.house->city, j->occupation != NULL ? j->occupation : "");
    if (o == NULL)
        return;
    struct view *v = view_sub(rq->cx.arena, to, "occupation");
    view_str(rq->cx.arena, v, "code", o->code);
    view_str(rq->cx.arena, v, "name", tr(&rq->cx, o->name));
    view_str(rq->cx.arena, v, "url", url_fmt(rq, "/occupations/%s", o->code));
}

static err_t sightings(struct req *rq, struct view *to, const struct q_job_get_row *j)
{
    struct q_job_sightings_row *rows;
    struct arena *a = rq->cx.arena;
    size_t n;
    TRY(job_sightings(&rq->cx, j->id, &rows, &n));
    struct view *list = view_list(a, to, "sightings");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "source", rows[i].source_name);
        view_str(a, v, "day", day_text(&rq->cx, day_of(rows[i].at, DAY_ZONE)));
        view_str(a, v, "why", tr(&rq->cx, rows[i].why));
        view_bool(a, v, "apart", rows[i].apart_at != NULL);
        view_str(a, v, "sighting", arena_fmt(a, "%lld", (long long)rows[i].id));
        view_str(a, v, "action", arena_fmt(a, "apart-%lld", (long long)rows[i].id));
    }
    return E_OK;
}

err_t job_details(struct req *rq, struct view *to, const struct q_job_get_row *j)
{
    struct arena *a = rq->cx.arena;
    job_card(rq, to, j, -1);
    view_str(a, to, "status", j->status);
    view_str(a, to, "status_label", tr(&rq->cx, flow_label(&job_flow, j->status)));
    view_str(a, to, "wage_text", j->wage_text);
    view_str(a, to, "type_label", tr(&rq->cx, choice_label(job_type_choices, j->job_type)));
    view_str(a, to, "shift_label", joined(rq, shift_choices, j->shift));
    view_str(a, to, "hours", j->hours[0] != '\0' ? j->hours : NULL);
    view_str(a, to, "employer_url", url_fmt(rq, "/jobs?employer=%s", j->employer_code));
    view_str(a, to, "source_name", j->source_name);
    view_str(a, to, "station_name", j->station_name);
    view_str(a, to, "station_url", j->station_code != NULL ? url_fmt(rq, "/stations/%s", j->station_code) : NULL);
    labels(rq, to, "benefits", benefit_choices, j->benefits);
    lines(a, to, "description_lines", j->description);
    demands(rq, to, j);
    days(rq, to, j);
    occupation(rq, to, j);
    view_bool(a, to, "has_phone", j->contact_phone.len > 0);
    view_str(a, to, "phone_url", url_fmt(rq, "/jobs/%s/phone", j->code));
    view_str(a, to, "report_url", url_fmt(rq, "/jobs/%s/report", j->code));
    return sightings(rq, to, j);
}

/* ---- for other sites ---- */

static const char *degrees(struct arena *a, const int64_t *micro)
{
    return micro != NULL ? arena_fmt(a, "%.6f", (double)*micro / 1e6) : NULL;
}

static const char *schema_type(const char *job_type)
{
    static const struct {
        const char *code, *word;
    } map[] = {{"part_time", "PART_TIME"}, {"gig", "CONTRACTOR"}, {"temp", "TEMPORARY"}, {"intern", "INTERN"}, {"trainee", "INTERN"}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (strcmp(map[i].code, job_type) == 0)
            return map[i].word;
    return "FULL_TIME";
}

static const char *schema_unit(const char *unit)
{
    switch (wage_unit_from_code(unit)) {
    case WAGE_HOUR: return "HOUR";
    case WAGE_DAY: return "DAY";
    case WAGE_WEEK: return "WEEK";
    case WAGE_MONTH: return "MONTH";
    case WAGE_YEAR: return "YEAR";
    default: return NULL;
    }
}

void job_posting_of(struct req *rq, const struct q_job_get_row *j, struct view *to)
{
    struct arena *a = rq->cx.arena;
    const struct city *city = rq->cx.house->city;
    const struct city_district *d = city_district(city, j->district);
    const struct city_street *s = city_street(city, j->street);
    const struct city_occupation *o = city_occupation(city, j->occupation != NULL ? j->occupation : "");
    struct wage w = job_wage(j);
    const char *unit = schema_unit(j->wage_unit);
    struct job_posting p = {
        .title = j->title,
        .description = j->requirements[0] != '\0' ? arena_fmt(a, "%s\n%s", j->description, j->requirements) : j->description,
        .posted = j->posted_on,
        .valid_through = j->valid_until,
        .employer = j->employer_name,
        .street = s != NULL ? arena_fmt(a, "%s%s", s->name, j->address) : NULL,
        .district = d != NULL ? d->name : NULL,
        .city = city_name(city),
        .latitude = degrees(a, j->lat),
        .longitude = degrees(a, j->lng),
        .employment_type = schema_type(j->job_type),
        .salary_min = unit != NULL ? w.min : 0,
        .salary_max = unit != NULL ? w.max : 0,
        .salary_unit = unit,
        .openings = j->openings,
        .occupation = o != NULL ? arena_fmt(a, "%s %s", o->code, o->name) : NULL,
        .identifier = j->code,
        .identifier_of = tr(&rq->cx, N_("就业驿站")),
        .url = job_url(rq, j->code),
    };
    jobposting_view(a, to, &p);
}

static void posting_script(struct req *rq, const struct q_job_get_row *j)
{
    struct buf b = {.a = rq->cx.arena};
    struct view *v = view_obj(rq->cx.arena);
    job_posting_of(rq, j, v);
    buf_str(&b, "<script type=\"application/ld+json\">");
    view_json(&b, v);
    buf_str(&b, "</script>");
    view_html(rq->cx.arena, rq->view, "json_ld", buf_text(&b));
}

/* ---- around an ad ---- */

static err_t similar(struct req *rq, const struct q_job_get_row *j)
{
    struct match_query q = {.today = match_day(day_of(rq->cx.now, DAY_ZONE)), .limit = SIMILAR + 1, .sort = MATCH_BEST};
    struct match_result r;
    int64_t group = j->occupation != NULL ? match_pack(j->occupation) / 100 * 100 : 0;
    if (group != 0)
        q.occupations = (struct match_list){&group, 1};
    else
        q.text = j->title;
    if (j->lat != NULL && j->lng != NULL) {
        q.lat = (int32_t)*j->lat;
        q.lng = (int32_t)*j->lng;
        q.sort = MATCH_NEAR;
    }
    TRY(job_search(&rq->cx, &q, &r));
    struct match_hit *hits = ARENA_ARRAY(rq->cx.arena, struct match_hit, r.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < r.n && n < SIMILAR; i++)
        if (r.hits[i].id != j->id)
            hits[n++] = r.hits[i];
    view_str(rq->cx.arena, rq->view, "similar_url",
             group != 0 ? url_fmt(rq, "/jobs?occupation=%s", j->occupation) : url_fmt(rq, "/jobs?q=%s", text_percent(rq->cx.arena, j->title)));
    return job_cards(rq, rq->view, "similar", hits, n);
}

static err_t nearest_station(struct req *rq, const struct q_job_get_row *j)
{
    struct station_found *found;
    struct station_week week;
    struct arena *a = rq->cx.arena;
    const struct city *city = rq->cx.house->city;
    size_t n;
    TRY(station_nearest(&rq->cx, j->lng != NULL ? *j->lng : city->lng, j->lat != NULL ? *j->lat : city->lat, false, 1, &found, &n));
    if (n == 0)
        return E_OK;
    struct view *v = view_sub(a, rq->view, "station");
    TRY(station_week(&rq->cx, found->s.id, &week));
    station_view(&rq->cx, v, &found->s, &week);
    view_str(a, v, "url", url_fmt(rq, "/stations/%s", found->s.code));
    view_str(a, v, "ticket_url", url_fmt(rq, "/stations/%s/ticket", found->s.code));
    view_str(a, v, "way_url",
             geo_map_url(a, GEO_AMAP, (struct geo){(double)found->s.lng / 1e6, (double)found->s.lat / 1e6}, found->s.name));
    view_str(a, v, "queue", NULL);
    view_str(a, v, "services", NULL);
    view_str(a, v, "distance", NULL);
    return E_OK;
}

/* A paused, ended or never published ad is gone for the public; it says so and shows what is open. */
static bool is_public(const struct q_job_get_row *j)
{
    return strcmp(j->status, "open") == 0 && strcmp(j->employer_status, "blocked") != 0;
}

static err_t show_job(struct req *rq)
{
    struct q_job_get_row j;
    struct arena *a = rq->cx.arena;
    TRY(job_of(rq, &j));
    if (strcmp(j.status, "review") == 0 || strcmp(j.status, "returned") == 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "%s was never public", j.code);
    TRY(similar(rq, &j));
    view_str(a, rq->view, "code", j.code);
    view_str(a, rq->view, "title", arena_fmt(a, "%s · %s", j.title, j.employer_name));
    if (!is_public(&j)) {
        rq->status = 410;
        view_bool(a, rq->view, "noindex", true);
        view_str(a, rq->view, "gone_title", j.title);
        view_str(a, rq->view, "gone_state", tr(&rq->cx, flow_label(&job_flow, j.status)));
        return E_OK;
    }
    struct wage w = job_wage(&j);
    struct view *v = view_sub(a, rq->view, "job");
    TRY(job_details(rq, v, &j));
    TRY(nearest_station(rq, &j));
    view_str(a, rq->view, "description", arena_fmt(a, tr(&rq->cx, N_("%s，%s，%s")), j.title, wage_text(&rq->cx, &w), j.place));
    if (j.lat != NULL && j.lng != NULL)
        view_str(a, v, "way_url", geo_map_url(a, GEO_AMAP, (struct geo){(double)*j.lng / 1e6, (double)*j.lat / 1e6}, j.place));
    view_str(a, rq->view, "share_url", job_url(rq, j.code));
    if (!rq->json)
        view_html(a, rq->view, "qr", qr_svg(a, job_url(rq, j.code), tr(&rq->cx, N_("这个岗位的网址"))));
    if (!rq->json)
        posting_script(rq, &j);
    return E_OK;
}

/* ---- the phone, after a click ---- */

static err_t show_phone(struct req *rq)
{
    struct q_job_get_row j;
    struct arena *a = rq->cx.arena;
    const char *name, *phone;
    TRY(job_of(rq, &j));
    if (!is_public(&j) && !job_mine(&rq->cx, &j))
        return FAIL(&rq->cx, E_GONE, NULL, "%s is not open", j.code);
    TRY(job_look(&rq->cx, &j, &name, &phone));
    rq->view = view_obj(a);
    view_str(a, rq->view, "name", j.title);
    view_str(a, rq->view, "employer", j.employer_name);
    view_str(a, rq->view, "contact_name", name);
    view_str(a, rq->view, "contact_phone", phone);
    view_str(a, rq->view, "back_url", url_fmt(rq, "/jobs/%s", j.code));
    view_bool(a, rq->view, "noindex", true);
    return E_OK;
}

/* ---- something is wrong with it ---- */

struct report_form {
    const char *reason, *detail;
};
static const struct field report_fields[] = {
    {"reason", F_CHOICE, F_REQUIRED, N_("哪里不对"), .choices = job_report_reasons, .off = offsetof(struct report_form, reason)},
    {"detail", F_LONG, F_WIDE, N_("说说情况"), N_("请不要写自己的身份证号和银行卡号。"), .max = 500, .off = offsetof(struct report_form, detail)},
    {0},
};

static err_t ask_report(struct req *rq)
{
    struct q_job_get_row j;
    TRY(job_of(rq, &j));
    req_form(rq, report_fields, NULL);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("告诉驿站")));
    view_str(rq->cx.arena, rq->view, "lead", arena_fmt(rq->cx.arena, "%s · %s", j.title, j.employer_name));
    return E_OK;
}

static err_t do_report(struct req *rq)
{
    const struct report_form *f = rq->in;
    struct q_job_get_row j;
    TRY(job_of(rq, &j));
    TRY(redirect(rq, "/jobs/%s", j.code)); /* also when the form comes twice */
    TRY(job_report(&rq->cx, j.id, f->reason, f->detail));
    req_note(rq, N_("谢谢您。驿站工作人员会去核实，不实的岗位会下架。"));
    return E_OK;
}

/* ---- the tree of occupations ---- */

static void tree_item(struct req *rq, struct view *list, const struct city_occupation *o, uint32_t count)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    view_str(a, v, "code", o->code);
    view_str(a, v, "name", tr(&rq->cx, o->name));
    view_i64(a, v, "count", count);
    view_bool(a, v, "green", o->green);
    view_bool(a, v, "digital", o->digital);
    view_str(a, v, "url", url_fmt(rq, "/occupations/%s", o->code));
    view_str(a, v, "jobs_url", url_fmt(rq, "/jobs?occupation=%s", o->code));
}

static void crumbs(struct req *rq, const struct city_occupation *o)
{
    const struct city *city = rq->cx.house->city;
    const struct city_occupation *way[4];
    struct arena *a = rq->cx.arena;
    size_t n = 0;
    for (const struct city_occupation *p = o; p != NULL && p->parent[0] != '\0' && n < 4;) {
        p = city_occupation(city, p->parent);
        if (p != NULL)
            way[n++] = p;
    }
    struct view *list = view_list(a, rq->view, "crumbs"), *v = view_item(a, list);
    view_str(a, v, "url", url_fmt(rq, "/occupations"));
    view_str(a, v, "label", tr(&rq->cx, N_("全部职业")));
    while (n > 0) {
        v = view_item(a, list);
        n--;
        view_str(a, v, "url", url_fmt(rq, "/occupations/%s", way[n]->code));
        view_str(a, v, "label", tr(&rq->cx, way[n]->name));
    }
}

static err_t show_occupations(struct req *rq)
{
    const struct city *city = rq->cx.house->city;
    const struct city_occupation *under[CHILDREN_MAX], *o = NULL;
    struct match_query q = {.today = match_day(day_of(rq->cx.now, DAY_ZONE)), .facets = true, .limit = 5};
    struct match_result r;
    struct arena *a = rq->cx.arena;
    const char *code = pairs_get(&rq->params, "code");
    int64_t packed;
    if (code != NULL && (o = city_occupation(city, code)) == NULL)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no occupation %s", code);
    if (o != NULL) {
        packed = match_pack(o->code);
        q.occupations = (struct match_list){&packed, 1};
        q.occupation_under = (int32_t)packed;
        crumbs(rq, o);
        view_str(a, rq->view, "title", tr(&rq->cx, o->name));
        view_str(a, rq->view, "code", o->code);
        view_str(a, rq->view, "jobs_url", url_fmt(rq, "/jobs?occupation=%s", o->code));
    }
    TRY(job_search(&rq->cx, &q, &r));
    struct view *list = view_list(a, rq->view, "under");
    size_t n = city_occupations_under(city, o != NULL ? o->code : NULL, under, CHILDREN_MAX);
    for (size_t i = 0; i < n; i++) {
        uint32_t count = 0;
        for (size_t k = 0; k < r.facets[MATCH_F_OCCUPATION].n; k++)
            if (r.facets[MATCH_F_OCCUPATION].counts[k].value == match_pack(under[i]->code))
                count = r.facets[MATCH_F_OCCUPATION].counts[k].n;
        tree_item(rq, list, under[i], count);
    }
    view_i64(a, rq->view, "total", r.total);
    return job_cards(rq, rq->view, "jobs", r.hits, o != NULL ? r.n : 0);
}

const struct route jobs_routes[] = {
    {GET, "/jobs/{job}", show_job, EVERYONE, .page = "jobs/show", .title = N_("岗位")},
    {POST, "/jobs/{job}/phone", show_phone, EVERYONE, .page = "jobs/phone", .title = N_("岗位的联系电话"), .flags = ROUTE_SENSITIVE},
    {GET, "/jobs/{job}/report", ask_report, EVERYONE, .page = "ask", .title = N_("岗位有问题")},
    {POST, "/jobs/{job}/report", do_report, EVERYONE, .page = "ask", .title = N_("岗位有问题"), .fields = report_fields,
     .in_size = sizeof(struct report_form), .again = ask_report},
    {GET, "/occupations", show_occupations, EVERYONE, .page = "jobs/occupations", .title = N_("按职业找工作")},
    {GET, "/occupations/{code}", show_occupations, EVERYONE, .page = "jobs/occupations", .title = N_("按职业找工作")},
    {0},
};

const struct flow *const jobs_flows[] = {&job_flow, NULL};
