/* referrals.h -- from a recommendation to a hire that lasts: slips, referrals, call-backs, hires with shared credit.
 *
 * A slip (推荐单) is one visit's bundle of referrals; its short code opens without login and names nobody.
 * A referral moves only through referral_flow. A hire counts once, whoever helped; the stations that helped share it.
 */
#ifndef REFERRALS_REFERRALS_H
#define REFERRALS_REFERRALS_H
#include "base/ctx.h"
#include "base/field.h"
#include "base/flow.h"
#include "base/view.h"
#include "referrals.rows.h"

extern const struct flow referral_flow;
extern const struct choice refuse_reasons[], hire_evidence[], follow_up_results[], follow_up_kinds[];

/* ---- slips ---- */
struct slip {
    int64_t id, station_id, visit_id, person_id /* 0 = anonymous */, at, expires_at;
    const char *code; /* "7KQ4-M2XD" */
    const char *station_name, *station_phone, *station_address;
    struct q_referral_of_slip_row *referrals;
    size_t n;
};
struct slip_item { /* one job on the slip of a visit */
    int64_t visit_id, station_id, job_id;
    const int64_t *person_id; /* NULL = anonymous */
    const char *reasons;      /* JSON of what was shown */
};
/* Puts a job on the visit's slip, which is made when there is none. The same job again changes nothing. */
err_t slip_add(struct ctx *cx, const struct slip_item *in) MUST_USE;
/* Takes it off again, as long as nobody was told of it. E_STATE later. */
err_t slip_remove(struct ctx *cx, int64_t visit_id, int64_t job_id) MUST_USE;
err_t slip_by_visit(struct ctx *cx, int64_t visit_id, struct slip *out) MUST_USE; /* E_NOTFOUND: none yet */
/* Inside a transaction: the person of an anonymous visit was named after all. */
err_t slip_set_person(struct ctx *cx, int64_t visit_id, int64_t person_id) MUST_USE;
/* For whoever holds the code. E_NOTFOUND: mistyped or never given; E_GONE: run out, or its person was forgotten. */
err_t slip_open(struct ctx *cx, const char *code, struct slip *out) MUST_USE;
err_t slip_list(struct ctx *cx, int64_t person_id, struct q_slip_list_row **rows, size_t *n) MUST_USE;

/* ---- referrals ---- */
struct referral_move {
    const char *action;       /* of referral_flow: "inform", "interview", "refuse", "withdraw", "no_answer" */
    const char *reason;       /* a code of refuse_reasons, for "refuse" and "withdraw" */
    const int64_t *interview_at;
    const char *advice;       /* what to bring, whom to ask for; nothing about the person */
    int64_t version;          /* 0 = whatever it is */
};
err_t referral_move(struct ctx *cx, int64_t referral_id, const struct referral_move *m) MUST_USE;
err_t referral_get(struct ctx *cx, int64_t id, struct q_referral_row *out) MUST_USE;
err_t referral_list(struct ctx *cx, int64_t person_id, struct q_referral_list_row **rows, size_t *n) MUST_USE;
/* The employer's contact: for the desk and the slip. Both NULL when the ad gives none. */
err_t referral_contact(struct ctx *cx, int64_t job_id, const char **name, const char **phone) MUST_USE;

struct hire_in {
    const int64_t *hired_on;  /* NULL = today */
    const char *evidence, *note;
};
/* E_STATE: the referral is anonymous or over; E_CONFLICT: this hire counts already (person and job, or person and employer in that month). */
err_t referral_hire(struct ctx *cx, int64_t referral_id, const struct hire_in *in) MUST_USE;

/* ---- call-backs ---- */
/* Creates the next-day calls of a slip; called when the visit ends. */
err_t follow_up_plan(struct ctx *cx, int64_t visit_id) MUST_USE;
/* Due on or before `until`, own station only; oldest first. */
err_t follow_up_list(struct ctx *cx, int64_t station_id, int64_t until, struct q_follow_up_list_row **rows, size_t *n) MUST_USE;
struct follow_up_in {
    const char *result; /* a code of follow_up_results */
    const char *reason; /* for 'refused', 'withdrawn' */
    const int64_t *interview_at, *hired_on;
    const char *evidence;
};
err_t follow_up_own(struct ctx *cx, int64_t id) MUST_USE; /* E_NOTFOUND: absent, or another station's */
err_t follow_up_done(struct ctx *cx, int64_t id, const struct follow_up_in *in) MUST_USE;

/* ---- what came of it ---- */
struct placements { /* filter; 0 = no condition */
    int64_t from, to; /* days of hiring, both included */
    int64_t district, station_id;
};
/* Hires, each counted once; retained = still there after three months. */
err_t placements_count(struct ctx *cx, const struct placements *f, int64_t *hires, int64_t *retained) MUST_USE;
/* By station: hires it had a part in, and its parts of a million summed. All sums together are 1,000,000 a hire. */
err_t placements_by_station(struct ctx *cx, const struct placements *f, struct q_placement_by_station_row **rows, size_t *n) MUST_USE;

/* Splits `total` by weights, largest remainder first, ties to the earlier; out[] sums to exactly `total`. */
void share_out(const int64_t *weights, size_t n, int64_t total, int64_t *out);

/* For people.h: appends what this office keeps about a person; drops the calls that are still due. */
err_t referrals_export(struct ctx *cx, int64_t person_id, struct view *to) MUST_USE;
err_t referrals_forget(struct ctx *cx, int64_t person_id) MUST_USE;
#endif
