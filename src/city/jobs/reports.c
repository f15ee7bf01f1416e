/* reports.c -- what people say about an ad, and who asked for its phone. */
#include "city/jobs/jobs.h"

#include "store/store.h"

#include "jobs.sql.h"

#include <string.h>

struct told {
    int64_t id;
    const char *reason, *detail;
};

static err_t report_tx(struct ctx *cx, void *arg)
{
    const struct told *t = arg;
    struct q_job_report_add_in in = {.job_id = t->id, .at = cx->now, .reason = t->reason, .detail = t->detail != NULL ? t->detail : ""};
    TRY(q_job_report_add(cx, &in, NULL));
    return audit_add(cx, "report", "job", t->id, arena_fmt(cx->arena, "{\"reason\":\"%s\"}", t->reason));
}

err_t job_report(struct ctx *cx, int64_t id, const char *reason, const char *detail)
{
    struct q_job_get_row j;
    TRY(job_find(cx, id, &j));
    return store_tx(cx, STORE_WRITE, report_tx, &(struct told){id, reason, detail});
}

err_t job_reports(struct ctx *cx, const struct q_job_report_list_in *in, struct q_job_report_list_row **rows, size_t *n)
{
    return q_job_report_list(cx, in, rows, n);
}

err_t job_reports_of(struct ctx *cx, int64_t job_id, struct q_job_reports_of_row **rows, size_t *n)
{
    return q_job_reports_of(cx, &(struct q_job_reports_of_in){.job_id = job_id}, rows, n);
}

err_t job_reports_waiting(struct ctx *cx, const struct q_job_report_waiting_in *in, int64_t *n)
{
    struct q_job_report_waiting_row row;
    TRY(q_job_report_waiting(cx, in, &row));
    *n = row.n;
    return E_OK;
}

err_t job_report_about(struct ctx *cx, int64_t report_id, int64_t *job_id)
{
    struct q_job_report_about_row row;
    TRY(q_job_report_about_first(cx, &(struct q_job_report_about_in){.id = report_id}, &row));
    *job_id = row.job_id;
    return E_OK;
}

struct answered {
    int64_t id, job_id;
    const char *answer;
};

static err_t answer_tx(struct ctx *cx, void *arg)
{
    struct answered *a = arg;
    struct q_job_report_get_row *r;
    struct q_job_get_row j;
    size_t n, changed;
    TRY(q_job_report_get(cx, &(struct q_job_report_get_in){.id = a->id}, &r, &n));
    if (n == 0)
        return SAY(cx, E_STATE, NULL, N_("这条反映已经处理过了。"));
    a->job_id = r->job_id;
    TRY(job_find(cx, r->job_id, &j));
    if (!job_mine(cx, &j))
        return FAIL(cx, E_NOTFOUND, NULL, "report %lld is about a foreign ad", (long long)a->id);
    struct q_job_report_handle_in in = {.handled_at = cx->now, .handled_by = cx->actor.account_id, .answer = a->answer, .id = a->id};
    TRY(q_job_report_handle(cx, &in, &changed));
    return audit_add(cx, "answer_report", "job", a->job_id, NULL);
}

err_t job_report_answer(struct ctx *cx, int64_t report_id, const char *answer, int64_t *job_id)
{
    struct answered a = {.id = report_id, .answer = answer};
    TRY(store_tx(cx, STORE_WRITE, answer_tx, &a));
    *job_id = a.job_id;
    return E_OK;
}

/* ---- the phone of an ad ---- */

enum { LOOKS_AN_HOUR = 30, HOUR_MS = 3600000 };

static err_t look_tx(struct ctx *cx, void *arg)
{
    const struct q_job_get_row *j = arg;
    struct q_job_look_count_row so_far;
    const char *from = cx->actor.account_id != 0 ? arena_fmt(cx->arena, "account %lld", (long long)cx->actor.account_id)
                       : cx->actor.ip != NULL    ? cx->actor.ip
                                                 : "";
    const char *who = blind_index(cx, "job_look.who", from);
    TRY(q_job_look_count(cx, &(struct q_job_look_count_in){.who = who, .at = cx->now - HOUR_MS}, &so_far));
    if (so_far.n >= LOOKS_AN_HOUR)
        return SAY(cx, E_RATE, NULL, N_("一小时里看的电话太多了，请过一会儿再看，或者到驿站请工作人员帮忙联系。"));
    TRY(q_job_look_add(cx, &(struct q_job_look_add_in){.job_id = j->id, .at = cx->now, .who = who}, NULL));
    return audit_add(cx, "look", "job", j->id, NULL);
}

err_t job_look(struct ctx *cx, const struct q_job_get_row *j, const char **name, const char **phone)
{
    struct q_job_get_row row = *j;
    TRY(job_contact(cx, j, name, phone));
    return *phone == NULL ? E_OK : store_tx(cx, STORE_WRITE, look_tx, &row);
}
