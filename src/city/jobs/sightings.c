/* sightings.c -- the same job from elsewhere: found, noted with the reason, and parted again when somebody says that it is another. */
#include "city/jobs/jobs_impl.h"

#include "city/house.h"

#include "base/hash.h"
#include "store/store.h"

#include "jobs.sql.h"

#include <string.h>

/* What an ad says, for one that has no number at its source. */
static const char *words_of(struct ctx *cx, const struct q_job_add_in *r)
{
    unsigned char sum[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    const char *all = arena_fmt(cx->arena, "%lld\n%s\n%lld\n%s\n%s\n%s\n%lld", (long long)r->employer_id, r->title, (long long)r->street, r->place,
                                r->wage_text, r->description, (long long)r->openings);
    hash_sha256(all, strlen(all), sum);
    hash_hex(sum, HASH_LEN, hex);
    return hex;
}

err_t sighting_known(struct ctx *cx, const struct job_source *from, int64_t *id)
{
    struct q_job_by_sighting_row *known;
    size_t n;
    TRY(q_job_by_sighting(cx, &(struct q_job_by_sighting_in){.source_name = from->name, .source_ref = from->ref}, &known, &n));
    *id = n > 0 ? known->job_id : 0;
    return E_OK;
}

struct apart { /* the ads that somebody said it is not */
    struct q_job_apart_of_row *v;
    size_t n;
};

static bool is_apart(const struct apart *a, int64_t id)
{
    for (size_t i = 0; i < a->n; i++)
        if (a->v[i].job_id == id)
            return true;
    return false;
}

/* The very same words of the same employer, also when the engine has not read them yet. */
static err_t by_words(struct ctx *cx, const struct q_job_add_in *r, const struct apart *apart, struct same_job *out)
{
    struct q_job_twin_row *twins;
    size_t n;
    struct q_job_twin_in in = {
        .employer_id = r->employer_id,
        .title = r->title,
        .street = r->street,
        .place = r->place,
        .wage_text = r->wage_text,
        .description = r->description,
        .openings = r->openings,
        .lim = (int64_t)apart->n + 1,
    };
    TRY(q_job_twin(cx, &in, &twins, &n));
    for (size_t i = 0; i < n && out->id == 0; i++)
        if (!is_apart(apart, twins[i].id))
            *out = (struct same_job){twins[i].id, N_("同一单位，内容一字不差")};
    return E_OK;
}

static const char *why_alike(struct ctx *cx, const struct match_duplicate *d)
{
    return arena_fmt(cx->arena, "同一单位%s%s，标题相似 %d.%02d", d->place == MATCH_PLACE_SAME ? "，同一地点" : "",
                     d->pay == MATCH_PAY_SAME ? "，同样工资" : "", (int)d->similarity / 1000, (int)d->similarity % 1000 / 10);
}

static struct match_ad ad_of(const struct q_job_add_in *r, const char *employer)
{
    return (struct match_ad){
        .title = r->title,
        .employer = employer,
        .description = r->description,
        .employer_id = r->employer_id,
        .district = (int32_t)r->district,
        .street = r->street,
        .wage_min = r->month_min != NULL ? *r->month_min : 0,
        .wage_max = r->month_max != NULL ? *r->month_max : 0,
        .education = (uint8_t)r->education,
        .experience = (uint16_t)r->experience,
    };
}

static err_t by_likeness(struct ctx *cx, const struct q_job_add_in *r, const struct job_source *from, const char *employer, const struct apart *apart,
                         struct same_job *out)
{
    const struct match_view *v;
    const struct match_duplicate *d;
    struct match_ad ad = ad_of(r, employer);
    size_t n, i = 0;
    TRY(match_pin(cx, cx->house->match, &v));
    err_t found = match_duplicates(cx, v, from->fresh, &ad, MATCH_SAME_JOB, apart->n + 1, &d, &n);
    match_unpin(v);
    TRY(found);
    while (i < n && is_apart(apart, d[i].id))
        i++;
    if (i == n || d[i].confidence < MATCH_SAME_JOB || !d[i].same_employer)
        return E_OK;
    struct q_job_get_row j;
    err_t e = job_find(cx, d[i].id, &j);
    if (e == E_NOTFOUND || (e == E_OK && strcmp(j.status, "open") != 0)) /* the engine has not heard of its end yet */
        return E_OK;
    TRY(e);
    *out = (struct same_job){d[i].id, why_alike(cx, &d[i])};
    return E_OK;
}

err_t sighting_find(struct ctx *cx, const struct q_job_add_in *r, const struct job_source *from, const char *employer, struct same_job *out)
{
    struct apart apart;
    struct q_job_apart_of_in in = {.source_name = from->name, .source_ref = from->ref, .words = from->ref == NULL ? words_of(cx, r) : ""};
    *out = (struct same_job){0};
    TRY(q_job_apart_of(cx, &in, &apart.v, &apart.n));
    TRY(by_words(cx, r, &apart, out));
    return out->id != 0 ? E_OK : by_likeness(cx, r, from, employer, &apart, out);
}

err_t sighting_note(struct ctx *cx, const struct q_job_add_in *r, const struct job_source *from, const struct same_job *same)
{
    struct q_job_sighting_add_in s = {.job_id = same->id, .at = cx->now, .source_name = from->name, .source_ref = from->ref, .station_id = r->station_id,
                                      .why = same->why, .words = words_of(cx, r)};
    TRY(q_job_sighting_add(cx, &s, NULL));
    return audit_add(cx, "sighting", "job", same->id, NULL);
}

err_t job_sightings(struct ctx *cx, int64_t id, struct q_job_sightings_row **rows, size_t *n)
{
    return q_job_sightings(cx, &(struct q_job_sightings_in){.job_id = id}, rows, n);
}

/* ---- parted again ---- */

struct parting {
    const struct q_job_get_row *j;
    int64_t sighting;
};

static err_t apart_tx(struct ctx *cx, void *arg)
{
    const struct parting *p = arg;
    struct q_job_sighting_part_in in = {.apart_at = cx->now, .apart_by = cx->actor.account_id, .id = p->sighting, .job_id = p->j->id};
    size_t changed;
    TRY(q_job_sighting_part(cx, &in, &changed));
    if (changed != 1)
        return SAY(cx, E_STATE, NULL, N_("这一条已经分开了。"));
    struct q_job_log_add_in log = {
        .job_id = p->j->id,
        .at = cx->now,
        .account_id = cx->actor.account_id,
        .role = role_name(cx->actor.role) != NULL ? role_name(cx->actor.role) : "",
        .action = "apart",
        .from_status = p->j->status,
        .to_status = p->j->status,
        .note = "",
    };
    TRY(q_job_log_add(cx, &log, NULL));
    return audit_add(cx, "apart", "job", p->j->id, arena_fmt(cx->arena, "{\"sighting\":%lld}", (long long)p->sighting));
}

err_t job_apart(struct ctx *cx, int64_t id, int64_t sighting)
{
    struct q_job_get_row j;
    struct q_job_sightings_row *rows;
    size_t n, i = 0;
    TRY(job_find(cx, id, &j));
    if (!job_mine(cx, &j))
        return FAIL(cx, E_DENIED, NULL, "job %lld is another's", (long long)id);
    TRY(job_sightings(cx, id, &rows, &n));
    while (i < n && rows[i].id != sighting)
        i++;
    if (i == n)
        return FAIL(cx, E_NOTFOUND, NULL, "job %lld has no sighting %lld", (long long)id, (long long)sighting);
    return store_tx(cx, STORE_WRITE, apart_tx, &(struct parting){&j, sighting});
}
