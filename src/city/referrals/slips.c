/* Slips: what one visit takes home. */
#include "city/referrals/referrals.h"

#include "base/code.h"
#include "base/day.h"
#include "city/people/people.h"
#include "city/referrals/referrals_impl.h"
#include "store/store.h"

#include "referrals.sql.h"

#include <string.h>

struct adding {
    int64_t visit_id, station_id, job_id, slip_id;
    const int64_t *person_id;
    const char *reasons;
};

static err_t slip_tx(struct ctx *cx, void *arg)
{
    struct adding *a = arg;
    struct q_slip_id_of_visit_row *rows;
    struct q_slip_insert_row made;
    size_t n;
    int64_t days;
    char code[CODE_LEN + 1];
    TRY(q_slip_id_of_visit(cx, &(struct q_slip_id_of_visit_in){.visit_id = a->visit_id}, &rows, &n));
    if (n > 0) {
        a->slip_id = rows[0].id;
        return E_OK;
    }
    TRY(people_rule(cx, "counter.slip", "days", &days));
    code_random(code);
    struct q_slip_insert_in in = {.code = code, .station_id = a->station_id, .visit_id = &a->visit_id, .person_id = a->person_id,
                                  .account_id = cx->actor.account_id, .at = cx->now, .expires_at = cx->now + days * DAY_MS};
    TRY(q_slip_insert(cx, &in, &made));
    a->slip_id = made.id;
    return audit_add(cx, "slip.make", "slip", made.id, NULL);
}

static err_t add_tx(struct ctx *cx, void *arg)
{
    struct adding *a = arg;
    size_t changed;
    TRY(slip_tx(cx, a));
    struct q_referral_insert_in in = {.slip_id = a->slip_id, .job_id = a->job_id, .person_id = a->person_id, .station_id = a->station_id,
                                      .reasons = a->reasons, .status = referral_flow.initial, .at = cx->now};
    TRY(q_referral_insert(cx, &in, &changed));
    if (changed == 0)
        return E_OK;
    return audit_add(cx, "referral.propose", "slip", a->slip_id, arena_fmt(cx->arena, "{\"job\":%lld}", (long long)a->job_id));
}

err_t slip_add(struct ctx *cx, const struct slip_item *in)
{
    struct adding a = {.visit_id = in->visit_id, .station_id = in->station_id, .job_id = in->job_id, .person_id = in->person_id,
                       .reasons = in->reasons};
    return store_tx(cx, STORE_WRITE, add_tx, &a);
}

static err_t remove_tx(struct ctx *cx, void *arg)
{
    struct adding *a = arg;
    struct q_slip_id_of_visit_row *rows;
    size_t n, changed;
    TRY(q_slip_id_of_visit(cx, &(struct q_slip_id_of_visit_in){.visit_id = a->visit_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    TRY(q_referral_delete(cx, &(struct q_referral_delete_in){.slip_id = rows[0].id, .job_id = a->job_id}, &changed));
    if (changed == 0)
        return SAY(cx, E_STATE, NULL, N_("这个岗位已经告知单位，不能从推荐单上拿掉；不去了请记“本人不去了”。"));
    return audit_add(cx, "referral.remove", "slip", rows[0].id, arena_fmt(cx->arena, "{\"job\":%lld}", (long long)a->job_id));
}

err_t slip_remove(struct ctx *cx, int64_t visit_id, int64_t job_id)
{
    return store_tx(cx, STORE_WRITE, remove_tx, &(struct adding){.visit_id = visit_id, .job_id = job_id});
}

err_t slip_set_person(struct ctx *cx, int64_t visit_id, int64_t person_id)
{
    TRY(q_slip_person(cx, &(struct q_slip_person_in){.visit_id = visit_id, .person_id = &person_id}, NULL));
    return q_referral_person(cx, &(struct q_referral_person_in){.visit_id = visit_id, .person_id = &person_id}, NULL);
}

/* ---- reading ---- */

static err_t slip_of(struct ctx *cx, const struct q_slip_row *r, struct slip *out)
{
    *out = (struct slip){
        .id = r->id, .station_id = r->station_id, .visit_id = r->visit_id == NULL ? 0 : *r->visit_id,
        .person_id = r->person_id == NULL ? 0 : *r->person_id, .at = r->at, .expires_at = r->expires_at,
        .code = code_show(cx->arena, r->code), .station_name = r->station_name, .station_phone = r->station_phone,
        .station_address = r->station_address,
    };
    return q_referral_of_slip(cx, &(struct q_referral_of_slip_in){.slip_id = r->id}, &out->referrals, &out->n);
}

static err_t slip_row(struct ctx *cx, int64_t id, struct q_slip_row *out)
{
    return q_slip_first(cx, &(struct q_slip_in){.id = id}, out);
}

err_t slip_by_visit(struct ctx *cx, int64_t visit_id, struct slip *out)
{
    struct q_slip_id_of_visit_row *rows;
    struct q_slip_row row;
    size_t n;
    TRY(q_slip_id_of_visit(cx, &(struct q_slip_id_of_visit_in){.visit_id = visit_id}, &rows, &n));
    TRY(slip_row(cx, n == 0 ? 0 : rows[0].id, &row));
    return slip_of(cx, &row, out);
}

err_t slip_open(struct ctx *cx, const char *code, struct slip *out)
{
    char read[CODE_LEN + 1];
    struct q_slip_by_code_row *rows;
    struct q_slip_row row;
    size_t n;
    const char *wrong = code_read(code, read);
    if (wrong != NULL)
        return SAY(cx, E_NOTFOUND, NULL, wrong);
    TRY(q_slip_by_code(cx, &(struct q_slip_by_code_in){.code = read}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("没有这张推荐单。请看看短码有没有输错，或到驿站问一问。"));
    TRY(slip_row(cx, rows[0].id, &row));
    if (row.erased_at != NULL || row.erase_on != NULL)
        return SAY(cx, E_GONE, NULL, N_("这张推荐单已经删除。"));
    if (row.expires_at <= cx->now)
        return SAY(cx, E_GONE, NULL, N_("这张推荐单过期了。请到驿站，工作人员再给您开一张。"));
    return slip_of(cx, &row, out);
}

err_t slip_list(struct ctx *cx, int64_t person_id, struct q_slip_list_row **rows, size_t *n)
{
    return q_slip_list(cx, &(struct q_slip_list_in){.person_id = person_id}, rows, n);
}
