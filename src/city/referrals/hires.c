/* A hire counts once; the stations that helped share it in parts of a million. */
#include "city/referrals/referrals.h"

#include "base/day.h"
#include "city/people/people.h"
#include "city/referrals/referrals_impl.h"
#include "store/store.h"

#include "referrals.sql.h"

#include <string.h>

enum { WHOLE_PPM = 1000000 };

void share_out(const int64_t *weights, size_t n, int64_t total, int64_t *out)
{
    int64_t sum = 0, given = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    for (size_t i = 0; i < n; i++)
        given += out[i] = sum == 0 ? 0 : total * weights[i] / sum;
    for (; sum > 0 && given < total; given++) {
        size_t best = 0;
        int64_t most = -1;
        for (size_t i = 0; i < n; i++) {
            /* what is owed still; one unit more than the floor pays it off */
            int64_t owed = total * weights[i] - out[i] * sum;
            if (owed > most) {
                most = owed;
                best = i;
            }
        }
        out[best]++;
    }
}

struct hiring {
    int64_t referral_id;
    const struct hire_in *in;
};

static err_t credit(struct ctx *cx, int64_t hire_id, const struct q_referral_row *r, int64_t hired_on)
{
    struct q_hire_helpers_row *rows;
    size_t n;
    int64_t days, referring, helping;
    TRY(people_rule(cx, "placement.credit", "days", &days));
    TRY(people_rule(cx, "placement.credit", "weight_referral", &referring));
    TRY(people_rule(cx, "placement.credit", "weight_help", &helping));
    struct q_hire_helpers_in in = {.person_id = *r->person_id, .since = day_start(day_add(hired_on, -days), DAY_ZONE),
                                   .until = day_start(day_add(hired_on, 1), DAY_ZONE) - 1};
    TRY(q_hire_helpers(cx, &in, &rows, &n));
    int64_t *station = ARENA_ARRAY(cx->arena, int64_t, n + 1), *weight = ARENA_ARRAY(cx->arena, int64_t, n + 1);
    int64_t *share = ARENA_ARRAY(cx->arena, int64_t, n + 1);
    bool own = false;
    for (size_t i = 0; i < n; i++) {
        station[i] = rows[i].station_id;
        weight[i] = station[i] == r->station_id ? referring : helping;
        own |= station[i] == r->station_id;
    }
    if (!own) { /* the referral is older than the time that counts: it led to the hire all the same */
        station[n] = r->station_id;
        weight[n++] = referring;
    }
    share_out(weight, n, WHOLE_PPM, share);
    for (size_t i = 0; i < n; i++)
        TRY(q_hire_credit_insert(cx, &(struct q_hire_credit_insert_in){hire_id, station[i], share[i]}, NULL));
    return E_OK;
}

static err_t counted_already(struct ctx *cx, const struct q_referral_row *r, int64_t hired_on)
{
    struct q_hire_same_row *same;
    size_t n;
    int64_t first = hired_on / 100 * 100 + 1;
    struct q_hire_same_in in = {.person_id = *r->person_id, .job_id = r->job_id, .employer_id = r->employer_id, .month_from = first,
                                .month_to = first + 30};
    TRY(q_hire_same(cx, &in, &same, &n));
    return n == 0 ? E_OK : SAY(cx, E_CONFLICT, NULL, N_("这个人到这家单位的录用已经计过一次，不重复计。"));
}

static err_t hire_tx(struct ctx *cx, void *arg)
{
    const struct hiring *h = arg;
    struct q_referral_row r;
    struct q_hire_insert_row *made;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE), hired_on = h->in->hired_on == NULL ? today : *h->in->hired_on, months;
    TRY(referral_own(cx, h->referral_id, &r));
    if (r.person_id == NULL)
        return SAY(cx, E_INVALID, NULL, N_("这次推荐没有留姓名，不能记录用。请先登记是谁。"));
    if (hired_on > today)
        return SAY(cx, E_INVALID, "hired_on", N_("入职日期还没到，到了那天再记。"));
    if (hired_on < day_of(r.at, DAY_ZONE))
        return SAY(cx, E_INVALID, "hired_on", N_("入职日期早于推荐的日期，不能算这次推荐的结果。"));
    TRY(counted_already(cx, &r, hired_on));
    TRY(referral_go(cx, &r, &(struct referral_move){.action = "hire"}));
    struct q_hire_insert_in in = {.person_id = *r.person_id, .job_id = r.job_id, .referral_id = r.id, .hired_on = hired_on,
                                  .evidence = h->in->evidence, .evidence_note = h->in->note == NULL ? "" : h->in->note, .at = cx->now};
    TRY(q_hire_insert(cx, &in, &made, &n));
    if (n == 0)
        return FAIL(cx, E_BUSY, NULL, "this hire is being recorded at the same moment");
    TRY(credit(cx, made[0].id, &r, hired_on));
    struct q_follow_up_end_all_in end = {.referral_id = r.id, .done_at = &cx->now, .account_id = &cx->actor.account_id, .result = "hired"};
    TRY(q_follow_up_end_all(cx, &end, NULL));
    TRY(people_rule(cx, "placement.retention", "follow_up_months", &months));
    TRY(follow_up_on(cx, r.id, r.station_id, "retention", day_add_months(hired_on, months)));
    return audit_add(cx, "hire.count", "hire", made[0].id, arena_fmt(cx->arena, "{\"evidence\":\"%s\"}", in.evidence));
}

err_t referral_hire(struct ctx *cx, int64_t referral_id, const struct hire_in *in)
{
    if (!referral_choice(hire_evidence, in->evidence))
        return SAY(cx, E_INVALID, "evidence", N_("请选择凭什么知道录用了：合同、社保、单位确认，还是本人告知。"));
    return store_tx(cx, STORE_WRITE, hire_tx, &(struct hiring){referral_id, in});
}

/* ---- what came of it ---- */

static const int64_t *condition(const int64_t *v) { return *v == 0 ? NULL : v; }

err_t placements_count(struct ctx *cx, const struct placements *f, int64_t *hires, int64_t *retained)
{
    struct q_placement_count_row row;
    struct q_placement_count_in in = {.from_day = f->from, .to_day = f->to != 0 ? f->to : 99991231, .district = condition(&f->district),
                                      .station_id = condition(&f->station_id)};
    TRY(q_placement_count(cx, &in, &row));
    *hires = row.hires;
    *retained = row.retained;
    return E_OK;
}

err_t placements_by_station(struct ctx *cx, const struct placements *f, struct q_placement_by_station_row **rows, size_t *n)
{
    struct q_placement_by_station_in in = {.from_day = f->from, .to_day = f->to != 0 ? f->to : 99991231, .district = condition(&f->district),
                                           .station_id = condition(&f->station_id)};
    return q_placement_by_station(cx, &in, rows, n);
}
