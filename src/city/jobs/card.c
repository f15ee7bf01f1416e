#include "city/jobs/card.h"

#include "city/choices.h"
#include "city/house.h"

#include "base/day.h"
#include "base/geo.h"
#include "base/wage.h"
#include "base/years.h"

#include <string.h>

static void tag(struct req *rq, struct view *tags, const char *kind, const char *text)
{
    struct view *t = view_item(rq->cx.arena, tags);
    view_str(rq->cx.arena, t, "kind", kind);
    view_str(rq->cx.arena, t, "text", text);
}

static void tag_codes(struct req *rq, struct view *tags, const char *codes, const struct choice *words, int most)
{
    for (const char *p = codes; *p != '\0' && most > 0; p += strspn(p, ",")) {
        size_t n = strcspn(p, ",");
        tag(rq, tags, "", tr(&rq->cx, choice_label(words, arena_strndup(rq->cx.arena, p, n))));
        most--;
        p += n;
    }
}

static const char *checked(struct req *rq, const struct q_job_get_row *j)
{
    const char *ago = day_text_ago(&rq->cx, j->verified_on != NULL ? *j->verified_on : j->posted_on);
    return arena_fmt(rq->cx.arena, j->verified_on != NULL ? tr(&rq->cx, "%s核实") : tr(&rq->cx, "%s发布"), ago);
}

void job_card(struct req *rq, struct view *to, const struct q_job_get_row *j, int32_t metres)
{
    struct arena *a = rq->cx.arena;
    struct wage w = job_wage(j);
    view_i64(a, to, "id", j->id);
    view_str(a, to, "code", j->code);
    view_str(a, to, "url", url_fmt(rq, "/jobs/%s", j->code));
    view_str(a, to, "title", j->title);
    view_str(a, to, "pay", wage_text(&rq->cx, &w));
    view_str(a, to, "employer", j->employer_name);
    view_str(a, to, "place", j->place);
    if (metres >= 0)
        view_str(a, to, "distance", geo_text_distance(&rq->cx, metres));
    view_i64(a, to, "openings", j->openings);
    view_bool(a, to, "verified", strcmp(j->employer_status, "verified") == 0);
    view_str(a, to, "verified_on", checked(rq, j));
    struct view *tags = view_list(a, to, "tags");
    if (strcmp(j->job_type, "full_time") != 0)
        tag(rq, tags, "vio", tr(&rq->cx, choice_label(job_type_choices, j->job_type)));
    if (j->education != EDU_ANY)
        tag(rq, tags, "", tr(&rq->cx, education_label((enum education)j->education)));
    tag_codes(rq, tags, j->shift, shift_choices, 1);
    tag_codes(rq, tags, j->certificates, certificate_choices, 1);
    tag_codes(rq, tags, j->benefits, benefit_choices, 2);
}

err_t job_cards(struct req *rq, struct view *to, const char *key, const struct match_hit *hits, size_t n)
{
    struct view *list = view_list(rq->cx.arena, to, key);
    for (size_t i = 0; i < n; i++) {
        struct q_job_get_row j;
        err_t e = job_find(&rq->cx, hits[i].id, &j);
        if (e == E_NOTFOUND)
            continue;
        TRY(e);
        job_card(rq, view_item(rq->cx.arena, list), &j, hits[i].distance);
    }
    return E_OK;
}

err_t job_search(struct ctx *cx, const struct match_query *q, struct match_result *out)
{
    const struct match_view *v;
    TRY(match_pin(cx, cx->house->match, &v));
    err_t e = match_search(cx, v, q, out);
    match_unpin(v);
    return e;
}
