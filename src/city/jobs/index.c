/* index.c -- the match engine follows the database: everything once, then what the change log names. */
#include "city/jobs/jobs.h"

#include "city/choices.h"
#include "city/house.h"
#include "city/jobs/jobs_impl.h"

#include "base/day.h"
#include "base/view.h"
#include "base/wage.h"

#include "jobs.sql.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 2000 };

static uint8_t unit_of(const char *code)
{
    switch (wage_unit_from_code(code)) {
    case WAGE_DAY: return MATCH_BY_DAY;
    case WAGE_HOUR: return MATCH_BY_HOUR;
    case WAGE_PIECE: return MATCH_BY_PIECE;
    case WAGE_YEAR: return MATCH_BY_YEAR;
    default: return MATCH_BY_MONTH;
    }
}

static size_t certificates_of(struct ctx *cx, const char *codes, const int32_t **out)
{
    int32_t *list = ARENA_ARRAY(cx->arena, int32_t, MATCH_CERTS_MAX);
    size_t n = 0;
    for (const char *p = codes; *p != '\0' && n < MATCH_CERTS_MAX; p += strspn(p, ",")) {
        size_t len = strcspn(p, ",");
        int32_t number = certificate_number(arena_strndup(cx->arena, p, len));
        if (number > 0)
            list[n++] = number;
        p += len;
    }
    *out = list;
    return n;
}

/* How far a source is trusted: 255 verified at a station, less for what was only copied. */
static uint8_t rank_of(const char *source, const char *employer_status)
{
    bool verified = strcmp(employer_status, "verified") == 0;
    if (strcmp(source, "desk") == 0)
        return verified ? 255 : 220;
    if (strcmp(source, "employer") == 0)
        return verified ? 240 : 160;
    return verified ? 150 : 100;
}

static void add_labels(struct buf *b, const struct choice *words, const char *codes, struct arena *a)
{
    for (const char *p = codes; *p != '\0'; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        buf_fmt(b, "%s ", choice_label(words, arena_strndup(a, p, n)));
        p += n;
    }
}

/* What people type when they look for it: 包吃住, 夜班, 健康证, 兼职. */
static const char *tags_of(struct ctx *cx, const struct q_job_index_page_row *r)
{
    struct buf b = {.a = cx->arena};
    add_labels(&b, benefit_choices, r->benefits, cx->arena);
    add_labels(&b, shift_choices, r->shift, cx->arena);
    add_labels(&b, certificate_choices, r->certificates, cx->arena);
    add_labels(&b, job_type_choices, r->job_type, cx->arena);
    return buf_text(&b);
}

struct match_ad job_ad(struct ctx *cx, const struct q_job_index_page_row *r)
{
    struct match_ad ad = {
        .id = r->id,
        .title = r->title,
        .employer = r->employer_name,
        .description = r->requirements[0] != '\0' ? arena_fmt(cx->arena, "%s\n%s", r->description, r->requirements) : r->description,
        .tags = tags_of(cx, r),
        .place = r->place,
        .employer_id = r->employer_id,
        .occupation = r->occupation != NULL ? match_pack(r->occupation) : 0,
        .district = (int32_t)r->district,
        .street = r->street,
        .lat = r->lat != NULL ? (int32_t)*r->lat : 0,
        .lng = r->lng != NULL ? (int32_t)*r->lng : 0,
        .wage_min = r->month_min != NULL ? *r->month_min : 0,
        .wage_max = r->month_max != NULL ? *r->month_max : 0,
        .wage_unit = unit_of(r->wage_unit),
        .education = (uint8_t)r->education,
        .experience = (uint16_t)r->experience,
        .types = type_bits(r->job_type),
        .shifts = shift_bits(r->shift),
        .benefits = benefit_bits(r->benefits),
        .openings = (uint32_t)r->openings,
        .posted = match_day(r->posted_on),
        .verified = r->verified_on != NULL ? match_day(*r->verified_on) : 0,
        .expires = match_day(r->valid_until),
        .source_rank = rank_of(r->source, r->employer_status),
    };
    ad.n_certificates = certificates_of(cx, r->certificates, &ad.certificates);
    return ad;
}

struct match_ad job_new_ad(struct ctx *cx, const struct q_job_add_in *row, const char *employer, const char *employer_status)
{
    struct q_job_index_page_row r = {
        .id = row->id, .employer_id = row->employer_id, .title = row->title, .occupation = row->occupation, .description = row->description,
        .requirements = row->requirements, .openings = row->openings, .wage_unit = row->wage_unit, .month_min = row->month_min,
        .month_max = row->month_max, .district = row->district, .street = row->street, .place = row->place, .lng = row->lng, .lat = row->lat,
        .education = row->education, .experience = row->experience, .job_type = row->job_type, .shift = row->shift, .benefits = row->benefits,
        .certificates = row->certificates, .source = row->source, .posted_on = row->posted_on, .valid_until = row->valid_until,
        .verified_on = row->verified_on, .employer_name = employer, .employer_status = employer_status,
    };
    return job_ad(cx, &r);
}

/* Puts one page of ads in. */
static err_t load_page(struct ctx *cx, struct match *m, int64_t *after, size_t *n)
{
    struct q_job_index_page_row *rows;
    TRY(q_job_index_page(cx, &(struct q_job_index_page_in){.id = *after, .lim = PAGE}, &rows, n));
    struct match_ad *ads = ARENA_ARRAY(cx->arena, struct match_ad, *n + 1);
    for (size_t i = 0; i < *n; i++)
        ads[i] = job_ad(cx, &rows[i]);
    if (*n > 0)
        *after = rows[*n - 1].id;
    return match_put(cx, m, ads, *n);
}

err_t index_pages(struct ctx *cx, struct match *m, size_t page, err_t (*load)(struct ctx *, struct match *, int64_t *, size_t *), int64_t *seq)
{
    struct arena *outer = cx->arena, own;
    int64_t at, after = 0;
    TRY(change_last(cx, &at)); /* before the records: what changes meanwhile is put in twice, never missed */
    arena_init(&own, 0);
    cx->arena = &own;
    err_t e = E_OK;
    for (size_t n = page; e == E_OK && n == page;) {
        arena_reset(&own);
        e = load(cx, m, &after, &n);
    }
    e = ctx_back(cx, outer, e);
    arena_free(&own);
    TRY(e);
    *seq = at;
    return E_OK;
}

err_t jobs_index_load(struct ctx *cx, struct match *m, int64_t *seq)
{
    TRY(index_pages(cx, m, PAGE, load_page, seq));
    return match_refresh(cx, m);
}

err_t jobs_index_ad(struct ctx *cx, int64_t id, struct match_ad *ad, bool *open)
{
    struct q_job_index_one_row *row;
    struct q_job_index_page_row same;
    size_t n;
    TRY(q_job_index_one(cx, &(struct q_job_index_one_in){.id = id}, &row, &n));
    *open = n > 0;
    if (n == 0)
        return E_OK;
    _Static_assert(sizeof same == sizeof *row, "both statements name the same columns");
    memcpy(&same, row, sizeof same);
    *ad = job_ad(cx, &same);
    return E_OK;
}

static err_t follow_one(struct ctx *cx, struct match *m, int64_t id)
{
    struct match_ad ad;
    bool open;
    TRY(jobs_index_ad(cx, id, &ad, &open));
    return open ? match_put(cx, m, &ad, 1) : match_remove(cx, m, id);
}

static err_t follow_employer(struct ctx *cx, struct match *m, int64_t employer)
{
    struct q_job_open_of_row *rows;
    size_t n;
    TRY(q_job_open_of(cx, &(struct q_job_open_of_in){.employer_id = employer}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(follow_one(cx, m, rows[i].id));
    return E_OK;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

err_t jobs_index_follow_others(struct ctx *cx, struct match *m, struct match_list given, int64_t *seq)
{
    struct change *c;
    size_t n, others = 0;
    TRY(change_since(cx, *seq, PAGE, &c, &n));
    for (size_t i = 0; i < n; i++) {
        bool job = strcmp(c[i].kind, "job") == 0;
        if (job && given.n > 0 && bsearch(&c[i].object_id, given.v, given.n, sizeof *given.v, by_number) != NULL)
            continue;
        others++;
        if (job)
            TRY(follow_one(cx, m, c[i].object_id));
        else if (strcmp(c[i].kind, "employer") == 0)
            TRY(follow_employer(cx, m, c[i].object_id));
    }
    *seq = n > 0 ? c[n - 1].seq : *seq;
    return others > 0 ? match_refresh(cx, m) : E_OK;
}

err_t jobs_index_follow(struct ctx *cx, struct match *m, int64_t *seq)
{
    return jobs_index_follow_others(cx, m, (struct match_list){NULL, 0}, seq);
}
