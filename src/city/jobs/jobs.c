#include "city/jobs/jobs.h"

#include "city/employers/employers.h"
#include "city/house.h"
#include "city/jobs/jobs_impl.h"
#include "city/reference.h"
#include "rules/lint.h"

#include "base/day.h"
#include "base/maybe.h"
#include "base/memo.h"
#include "base/text.h"
#include "base/years.h"

#include "jobs.sql.h"

#include <string.h>

/* ---- what may be said ---- */

err_t job_findings(struct ctx *cx, const struct job_form *in, struct job_finding **out, size_t *n, bool *blocked)
{
    const struct lint_hit *hits;
    struct lint_text texts[] = {
        {"title", in->title}, {"description", in->description}, {"requirements", in->requirements}, {"wage", in->wage}, {"hours", in->hours}};
    *n = lint_ad(cx, cx->house->rules, day_of(cx->now, DAY_ZONE), texts, sizeof texts / sizeof *texts, &hits);
    *out = ARENA_ARRAY(cx->arena, struct job_finding, *n + 1);
    *blocked = false;
    for (size_t i = 0; i < *n; i++) {
        bool block = hits[i].severity == LINT_BLOCK;
        (*out)[i] = (struct job_finding){hits[i].field, tr(cx, hits[i].say), hits[i].rule->cite, hits[i].words, block};
        *blocked |= block;
    }
    return E_OK;
}

static err_t refuse_banned(struct ctx *cx, const struct job_form *in)
{
    struct job_finding *f;
    size_t n;
    bool blocked;
    TRY(job_findings(cx, in, &f, &n, &blocked));
    for (size_t i = 0; i < n; i++)
        if (f[i].block)
            return SAY(cx, E_INVALID, f[i].field, arena_fmt(cx->arena, tr(cx, "“%s”：%s（%s）"), f[i].words, f[i].say, f[i].cite));
    return E_OK;
}

/* ---- an ad as a row ---- */

static err_t wage_of(struct ctx *cx, const char *written, struct wage *w)
{
    switch (wage_read(cx->arena, written, NULL, w)) {
    case WAGE_GOOD: return E_OK;
    case WAGE_UPSIDE_DOWN: return SAY(cx, E_INVALID, "wage", N_("工资的低数比高数大，请看看是不是写反了。"));
    default: return SAY(cx, E_INVALID, "wage", N_("看不懂这个工资。请写成：4500-5800元/月、200元/天、25元/小时，或者：面议。"));
    }
}

static int64_t education_of(const char *code)
{
    static const struct {
        const char *code;
        enum education level;
    } map[] = {{"junior", EDU_JUNIOR},     {"vocational", EDU_SENIOR}, {"senior", EDU_SENIOR}, {"college", EDU_COLLEGE},
               {"bachelor", EDU_BACHELOR}, {"master", EDU_MASTER},     {"doctor", EDU_DOCTOR}};
    for (size_t i = 0; code != NULL && i < sizeof map / sizeof *map; i++)
        if (strcmp(map[i].code, code) == 0)
            return map[i].level;
    return EDU_ANY;
}

/* The engine's first proposal for a title when it is sure enough, else 0. */
static err_t proposed(struct ctx *cx, const char *title, struct memo *known, int64_t *code)
{
    enum { SURE = 500 };
    const struct match_occupation *found;
    size_t n;
    if (known != NULL && memo_get(known, title, code))
        return E_OK;
    TRY(match_occupation(cx, cx->house->match, title, 1, &found, &n));
    *code = n > 0 && found->score >= SURE ? found->code : 0;
    if (known != NULL)
        memo_put(known, title, *code);
    return E_OK;
}

/* The occupation as chosen, else as proposed. */
static err_t occupation_of(struct ctx *cx, const struct job_form *in, struct memo *known, const char **code, const char **by)
{
    int64_t packed;
    *code = NULL;
    *by = "";
    if (in->occupation != NULL) {
        if (city_occupation(cx->house->city, in->occupation) == NULL)
            return SAY(cx, E_INVALID, "occupation", N_("没有这个职业代码，请从列表里选。"));
        *code = in->occupation;
        *by = "person";
        return E_OK;
    }
    TRY(proposed(cx, in->title, known, &packed));
    if (packed != 0) {
        char *text = arena_alloc(cx->arena, 12);
        match_unpack((int32_t)packed, text);
        *code = text;
        *by = "engine";
    }
    return E_OK;
}

static err_t place_of(struct ctx *cx, const struct job_form *in, const struct job_source *from, struct q_job_add_in *row)
{
    const struct city_street *s = in->street != 0 ? city_street(cx->house->city, in->street) : NULL;
    if (in->street != 0 && s == NULL)
        return SAY(cx, E_INVALID, "street", N_("没有这个街道，请从列表里选。"));
    row->street = in->street;
    row->district = s != NULL ? s->district : from->district;
    const struct city_district *d = city_district(cx->house->city, row->district);
    if (s != NULL && s->lat != 0) {
        row->lng = unless_zero(cx->arena, s->lng);
        row->lat = unless_zero(cx->arena, s->lat);
    } else if (d != NULL) {
        row->lng = unless_zero(cx->arena, d->lng);
        row->lat = unless_zero(cx->arena, d->lat);
    }
    row->address = or_empty(in->address);
    row->place = from->place != NULL ? from->place
                 : s != NULL         ? arena_fmt(cx->arena, "%s %s%s%s", d != NULL ? d->name : "", s->name, in->address ? " " : "", row->address)
                                     : d != NULL ? d->name
                                                 : "";
    return E_OK;
}

static err_t row_of(struct ctx *cx, const struct job_form *in, const struct job_source *from, struct q_job_add_in *row)
{
    struct wage w;
    TRY(wage_of(cx, in->wage, &w));
    *row = (struct q_job_add_in){
        .employer_id = from->employer_id,
        .title = in->title,
        .description = in->description,
        .requirements = or_empty(in->requirements),
        .openings = in->openings,
        .wage_text = in->wage,
        .wage_unit = wage_unit_code(w.unit),
        .wage_min = unless_zero(cx->arena, w.min),
        .wage_max = unless_zero(cx->arena, w.max),
        .wage_months = w.months > 0 ? w.months : 12,
        .month_min = unless_zero(cx->arena, w.monthly_min),
        .month_max = unless_zero(cx->arena, w.monthly_max > 0 ? w.monthly_max : w.monthly_min),
        .education = education_of(in->education),
        .experience = in->experience != NULL ? *in->experience : 0,
        .job_type = in->job_type != NULL ? in->job_type : "full_time",
        .shift = or_empty(in->shift),
        .benefits = or_empty(in->benefits),
        .certificates = or_empty(in->certificates),
        .hours = or_empty(in->hours),
        .source = from->source,
        .source_name = from->name,
        .source_ref = from->ref,
        .station_id = unless_zero(cx->arena, from->station_id),
        .posted_on = from->posted_on != 0 ? from->posted_on : day_of(cx->now, DAY_ZONE),
        .created_at = cx->now,
        .created_by = cx->actor.account_id,
    };
    TRY(occupation_of(cx, in, from->titles, &row->occupation, &row->occupation_by));
    TRY(place_of(cx, in, from, row));
    TRY(job_last_day(cx, in->valid_until, &row->valid_until));
    TRY(seal(cx, "job.contact_name", in->contact_name, &row->contact_name));
    return seal(cx, "job.contact_phone", in->contact_phone, &row->contact_phone);
}

/* ---- new, known or the same from elsewhere ---- */

struct job_prepared {
    const struct job_source *from;
    struct job_source own;
    struct q_job_add_in row;
    int64_t id, version;
    enum job_put what;
    const char *employer, *employer_status; /* of a new one */
};

/* Nobody has looked at what an employer says before somebody has looked at the employer. */
static bool trusted(const struct ctx *cx, const char *source, const char *employer_status)
{
    return strcmp(employer_status, "verified") == 0 || (cx->actor.role != ROLE_EMPLOYER && strcmp(source, "employer") != 0);
}

static err_t status_of(struct ctx *cx, struct job_prepared *p, struct q_employer_known_as_row *e)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    if (cx->actor.role == ROLE_EMPLOYER && cx->actor.employer_id != p->from->employer_id)
        return FAIL(cx, E_DENIED, NULL, "employer %lld posts for %lld", (long long)cx->actor.employer_id, (long long)p->from->employer_id);
    TRY(employer_known_as(cx, p->from->employer_id, e));
    if (strcmp(e->status, "blocked") == 0)
        return SAY(cx, E_STATE, NULL, N_("这家单位已停用，不能发布岗位。请到驿站问原因。"));
    p->row.status = trusted(cx, p->from->source, e->status) ? "open" : "review";
    if (strcmp(p->from->source, "desk") == 0)
        p->row.verified_on = unless_zero(cx->arena, today);
    return E_OK;
}

static err_t update(struct ctx *cx, const struct q_job_add_in *r, int64_t id, int64_t version)
{
    size_t changed;
    struct q_job_edit_in in = {
        .title = r->title,
        .occupation = r->occupation,
        .occupation_by = r->occupation_by,
        .description = r->description,
        .requirements = r->requirements,
        .openings = r->openings,
        .wage_text = r->wage_text,
        .wage_unit = r->wage_unit,
        .wage_min = r->wage_min,
        .wage_max = r->wage_max,
        .wage_months = r->wage_months,
        .month_min = r->month_min,
        .month_max = r->month_max,
        .district = r->district,
        .street = r->street,
        .place = r->place,
        .address = r->address,
        .lng = r->lng,
        .lat = r->lat,
        .education = r->education,
        .experience = r->experience,
        .job_type = r->job_type,
        .shift = r->shift,
        .benefits = r->benefits,
        .certificates = r->certificates,
        .hours = r->hours,
        .contact_name = r->contact_name,
        .contact_phone = r->contact_phone,
        .valid_until = r->valid_until,
        .verified_on = r->verified_on,
        .id = id,
        .version = version,
    };
    TRY(q_job_edit(cx, &in, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "job %lld changed meanwhile", (long long)id);
    TRY(audit_add(cx, "edit", "job", id, NULL));
    return change_add(cx, "job", id);
}

static bool says_the_same(const struct q_job_get_row *old, const struct q_job_add_in *row)
{
    return strcmp(old->title, row->title) == 0 && strcmp(old->description, row->description) == 0 &&
           strcmp(old->requirements, row->requirements) == 0 && strcmp(old->wage_text, row->wage_text) == 0 &&
           strcmp(old->place, row->place) == 0 && old->openings == row->openings;
}

/* What its source shows again after it had run out is open again; what was ended by people stays ended. */
static err_t seen_again(struct ctx *cx, const struct job_prepared *p, const struct q_job_get_row *old)
{
    if (strcmp(old->status, "expired") != 0)
        return E_OK;
    struct job_moved to = {.action = "seen_again", .status = p->row.status, .outcome = "", .valid_until = p->row.valid_until,
                           .verified_on = old->verified_on};
    return job_move(cx, old, &to);
}

static err_t known_by_source(struct ctx *cx, struct job_prepared *p)
{
    struct q_job_by_source_row *known;
    struct q_job_get_row old;
    size_t n;
    if (p->from->ref == NULL)
        return E_OK;
    TRY(q_job_by_source(cx, &(struct q_job_by_source_in){.source_name = p->from->name, .source_ref = p->from->ref}, &known, &n));
    if (n == 0) {
        TRY(sighting_known(cx, p->from, &p->id));
        p->what = p->id != 0 ? JOB_SAME : 0;
        return E_OK;
    }
    TRY(job_find(cx, known->id, &old));
    if (cx->actor.role == ROLE_EMPLOYER && old.employer_id != cx->actor.employer_id)
        return SAY(cx, E_CONFLICT, NULL, N_("这个来源和编号已经是别的单位的岗位，请换一个编号。"));
    p->id = known->id;
    p->what = JOB_SAME;
    TRY(seen_again(cx, p, &old));
    if (says_the_same(&old, &p->row))
        return E_OK;
    p->what = JOB_CHANGED;
    p->row.verified_on = p->row.verified_on != NULL ? p->row.verified_on : old.verified_on;
    TRY(job_find(cx, known->id, &old));
    return update(cx, &p->row, old.id, old.version);
}

static err_t known_elsewhere(struct ctx *cx, struct job_prepared *p, const char *employer)
{
    struct same_job same;
    TRY(sighting_find(cx, &p->row, p->from, employer, &same));
    if (same.id == 0)
        return E_OK;
    p->id = same.id;
    p->what = JOB_MERGED;
    return sighting_note(cx, &p->row, p->from, &same);
}

static void lead_to(struct ctx *cx, const struct job_prepared *p)
{
    if (p->from->back != NULL)
        cx->result = arena_fmt(cx->arena, "%s/J%lld", p->from->back, (long long)p->id);
}

static err_t put_tx(struct ctx *cx, void *arg)
{
    struct job_prepared *p = arg;
    struct q_job_next_row next;
    struct q_employer_known_as_row employer;
    p->what = 0;
    p->row.verified_on = NULL;
    TRY(status_of(cx, p, &employer));
    TRY(known_by_source(cx, p));
    if (p->what == 0)
        TRY(known_elsewhere(cx, p, employer.name));
    if (p->what != 0) {
        lead_to(cx, p);
        return E_OK;
    }
    TRY(q_job_next(cx, &next));
    p->id = p->row.id = next.id;
    p->row.code = arena_fmt(cx->arena, "J%lld", (long long)p->id);
    TRY(q_job_add(cx, &p->row, NULL));
    p->what = JOB_NEW;
    p->employer = employer.name;
    p->employer_status = employer.status;
    TRY(audit_add(cx, "create", "job", p->id,
                  arena_fmt(cx->arena, "{\"source\":\"%s\",\"status\":\"%s\"}", p->row.source, p->row.status)));
    lead_to(cx, p);
    return change_add(cx, "job", p->id);
}

err_t job_prepare(struct ctx *cx, const struct job_form *in, const struct job_source *from, struct job_prepared **out)
{
    struct job_prepared *p = ARENA_NEW(cx->arena, struct job_prepared);
    p->own = *from;
    p->from = &p->own;
    *out = p;
    return row_of(cx, in, from, &p->row);
}

static const char *kept(struct arena *a, const char *s) { return s != NULL ? arena_strndup(a, s, strlen(s)) : NULL; }

struct job_prepared *job_prepared_kept(struct arena *a, const struct job_prepared *p)
{
    struct job_prepared *copy = ARENA_NEW(a, struct job_prepared);
    *copy = *p;
    store_keep(a, q_job_add_in_members, &copy->row);
    copy->own.source = kept(a, p->own.source);
    copy->own.name = copy->row.source_name;
    copy->own.ref = copy->row.source_ref;
    copy->own.place = kept(a, p->own.place);
    copy->own.back = kept(a, p->own.back);
    copy->from = &copy->own;
    return copy;
}

err_t job_put_prepared(struct ctx *cx, struct job_prepared *p, int64_t employer_id, int64_t *id, enum job_put *what)
{
    p->own.employer_id = p->row.employer_id = employer_id;
    err_t e = store_tx(cx, STORE_WRITE, put_tx, p);
    *id = p->id;
    *what = p->what;
    return e;
}

bool job_prepared_ad(struct ctx *cx, const struct job_prepared *p, struct match_ad *ad)
{
    if (p->what != JOB_NEW || strcmp(p->row.status, "open") != 0)
        return false;
    *ad = job_new_ad(cx, &p->row, p->employer, p->employer_status);
    return true;
}

err_t job_put(struct ctx *cx, const struct job_form *in, const struct job_source *from, int64_t *id, enum job_put *what)
{
    struct job_prepared *p;
    TRY(refuse_banned(cx, in));
    TRY(job_prepare(cx, in, from, &p));
    return job_put_prepared(cx, p, from->employer_id, id, what);
}

/* What was sent back is looked at again when it was mended; so is what an unchecked employer changes in an open ad. */
static err_t review_again(struct ctx *cx, int64_t id)
{
    struct q_job_get_row j;
    TRY(job_find(cx, id, &j));
    bool returned = strcmp(j.status, "returned") == 0;
    bool open = strcmp(j.status, "open") == 0 || strcmp(j.status, "paused") == 0;
    if (!returned && !(open && cx->actor.role == ROLE_EMPLOYER && !trusted(cx, j.source, j.employer_status)))
        return E_OK;
    struct job_moved to = {.action = returned ? "resubmit" : "recheck", .status = "review", .outcome = "", .valid_until = j.valid_until,
                           .verified_on = j.verified_on};
    return job_move(cx, &j, &to);
}

static err_t edit_tx(struct ctx *cx, void *arg)
{
    const struct job_prepared *p = arg;
    TRY(update(cx, &p->row, p->id, p->version));
    return review_again(cx, p->id);
}

err_t job_edit(struct ctx *cx, int64_t id, int64_t version, const struct job_form *in)
{
    struct q_job_get_row old;
    TRY(job_find(cx, id, &old));
    if (!job_open_to_edits(old.status))
        return SAY(cx, E_STATE, NULL, N_("这个岗位已经结束，不能再改。还招人的话请新发一个。"));
    struct job_source from = {.source = old.source, .name = old.source_name, .ref = old.source_ref, .employer_id = old.employer_id,
                              .posted_on = old.posted_on, .district = old.district};
    struct job_prepared p = {.from = &from, .id = id, .version = version};
    TRY(refuse_banned(cx, in));
    TRY(row_of(cx, in, &from, &p.row));
    p.row.verified_on = old.verified_on;
    return store_tx(cx, STORE_WRITE, edit_tx, &p);
}

/* ---- looking ---- */

err_t job_find(struct ctx *cx, int64_t id, struct q_job_get_row *out)
{
    return q_job_get(cx, &(struct q_job_get_in){.id = id}, out);
}

err_t job_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_job_by_code_row row;
    TRY(q_job_by_code_first(cx, &(struct q_job_by_code_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t job_page(struct ctx *cx, const struct q_job_list_in *in, struct q_job_list_row **rows, size_t *n)
{
    return q_job_list(cx, in, rows, n);
}

err_t job_contact(struct ctx *cx, const struct q_job_get_row *j, const char **name, const char **phone)
{
    TRY(unseal(cx, "job.contact_name", j->contact_name, name));
    return unseal(cx, "job.contact_phone", j->contact_phone, phone);
}

bool job_mine(const struct ctx *cx, const struct q_job_get_row *j)
{
    const struct actor *who = &cx->actor;
    switch (who->role) {
    case ROLE_EMPLOYER: return j->employer_id == who->employer_id;
    case ROLE_STAFF:
    case ROLE_HEAD: return (j->station_id != NULL && *j->station_id == who->station_id) || (j->station_id == NULL && j->district == who->district);
    case ROLE_DISTRICT: return j->district == who->district;
    case ROLE_CITY:
    case ROLE_CLOCK: return true;
    default: return false;
    }
}

struct wage job_wage(const struct q_job_get_row *j)
{
    return (struct wage){
        .min = or_zero(j->wage_min),
        .max = or_zero(j->wage_max),
        .unit = wage_unit_from_code(j->wage_unit),
        .months = j->wage_months != 12 ? j->wage_months : 0,
        .monthly_min = or_zero(j->month_min),
        .monthly_max = or_zero(j->month_max),
    };
}

err_t job_log(struct ctx *cx, int64_t id, struct q_job_log_list_row **rows, size_t *n)
{
    return q_job_log_list(cx, &(struct q_job_log_list_in){.job_id = id}, rows, n);
}

err_t job_states(struct ctx *cx, const struct q_job_states_in *in, struct q_job_states_row **rows, size_t *n)
{
    return q_job_states(cx, in, rows, n);
}

err_t job_site_page(struct ctx *cx, int64_t after, int64_t most, struct q_job_site_page_row **rows, size_t *n)
{
    return q_job_site_page(cx, &(struct q_job_site_page_in){.id = after, .lim = most}, rows, n);
}
