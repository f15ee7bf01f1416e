/* Slips that run out, referrals that move with a reason, call-backs, hires that count once and are shared exactly. */
#include "tests/town.h"

#include "base/day.h"
#include "city/counter/counter.h"
#include "city/people/people.h"
#include "city/referrals/referrals.h"

static void sharing(void)
{
    struct { int64_t w[5]; size_t n; int64_t want[5]; } cases[] = {
        {{1}, 1, {1000000}}, {{2, 1}, 2, {666667, 333333}}, {{1, 1, 1}, 3, {333334, 333333, 333333}},
        {{2, 1, 1, 1, 1}, 5, {333333, 166667, 166667, 166667, 166666}}, {{0, 7}, 2, {0, 1000000}},
    };
    int64_t out[5], sum;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        share_out(cases[i].w, cases[i].n, 1000000, out);
        sum = 0;
        for (size_t k = 0; k < cases[i].n; k++) {
            sum += out[k];
            is_int(out[k], cases[i].want[k], "a share");
        }
        is_int(sum, 1000000, "the shares are the whole");
    }
    for (int64_t n = 2; n < 200; n++) {
        int64_t w[200], share[200];
        sum = 0;
        for (int64_t k = 0; k < n; k++)
            w[k] = 1 + k * 7 % 5;
        share_out(w, (size_t)n, 1000000, share);
        for (int64_t k = 0; k < n; k++)
            sum += share[k];
        if (sum != 1000000)
            is_int(sum, 1000000, "any number of stations");
    }
}

static int64_t somebody(struct world *w, const char *name, const char *phone)
{
    int64_t id = 0;
    bool known;
    struct person_in in = {.name = name, .phone = phone};
    world_ok(w, person_register(&w->cx, &in, &id, &known), name);
    return id;
}

/* A visit of the person at the actor's station that takes these jobs along; the first referral's id. */
static int64_t refer(struct world *w, int64_t person, int64_t job_a, int64_t job_b, struct slip *slip)
{
    int64_t visit = 0;
    world_ok(w, visit_start(&w->cx, 0, &visit), "a visit");
    if (person != 0)
        world_ok(w, visit_take_person(&w->cx, visit, person, "spoken"), "of somebody");
    world_ok(w, counter_add(&w->cx, visit, job_a), "a job");
    if (job_b != 0)
        world_ok(w, counter_add(&w->cx, visit, job_b), "another");
    world_ok(w, visit_finish(&w->cx, visit, "slip", NULL), "and home");
    world_ok(w, slip_by_visit(&w->cx, visit, slip), "with a slip");
    return slip->n > 0 ? slip->referrals[0].id : 0;
}

static void slips(struct world *w)
{
    struct slip slip, open;
    int64_t person = somebody(w, "王小明", "19900000011"), until;
    refer(w, person, 1, 3, &slip);
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, slip_open(&w->cx, slip.code, &open), "the code opens without login");
    is_int((long long)open.n, 2, "and shows both jobs");
    char lower[16];
    for (size_t i = 0; i <= strlen(slip.code); i++)
        lower[i] = (char)(slip.code[i] >= 'A' && slip.code[i] <= 'Z' ? slip.code[i] + 32 : slip.code[i]);
    world_ok(w, slip_open(&w->cx, lower, &open), "typed in small letters too");
    ok(slip_open(&w->cx, "7KQ4-M2XX", &open) == E_NOTFOUND, "a mistyped code is not found");
    w->cx.now += 7 * 86400000LL;
    ok(slip_open(&w->cx, slip.code, &open) == E_GONE, "after seven days it has run out");
    w->cx.now -= 7 * 86400000LL;
    town_desk(w, 7, 1);
    world_ok(w, person_erase(&w->cx, person, &until), "the person is forgotten");
    ok(slip_open(&w->cx, slip.code, &open) == E_GONE, "and the slip with them");
}

static void moving(struct world *w)
{
    struct slip slip;
    struct q_referral_row r;
    int64_t person = somebody(w, "李小红", "19900000012"), id = refer(w, person, 1, 3, &slip), at = w->cx.now + 2 * 86400000LL;
    struct q_follow_up_list_row *due;
    size_t n;
    world_ok(w, referral_move(&w->cx, id, &(struct referral_move){.action = "inform"}), "the employer is told");
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "inform"}) == E_STATE, "once");
    world_ok(w, referral_move(&w->cx, id, &(struct referral_move){.action = "interview", .interview_at = &at, .advice = "带身份证，找前台"}), "an appointment");
    world_ok(w, referral_get(&w->cx, id, &r), "is");
    ok(r.interview_at != NULL && *r.interview_at == at, "noted");
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "refuse"}) == E_INVALID, "a refusal needs a reason");
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "refuse", .reason = "因为"}) == E_INVALID, "one of the list");
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "refuse", .reason = "pay", .version = 1}) == E_CONFLICT, "not over somebody else's step");
    town_desk(w, 8, 2);
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "refuse", .reason = "pay"}) == E_NOTFOUND, "not by another station");
    world_actor(w, ROLE_EMPLOYER, 90);
    w->cx.actor.employer_id = 2;
    ok(referral_move(&w->cx, id, &(struct referral_move){.action = "refuse", .reason = "pay"}) == E_NOTFOUND, "not by another employer");
    w->cx.actor.employer_id = 1;
    world_ok(w, referral_move(&w->cx, id, &(struct referral_move){.action = "refuse", .reason = "skills"}), "by its own employer");
    town_desk(w, 7, 1);
    world_ok(w, follow_up_list(&w->cx, 1, 20261231, &due, &n), "what is still due");
    for (size_t i = 0; i < n; i++)
        ok(due[i].referral_id != id, "is nothing about this one");
}

static void calling_back(struct world *w)
{
    struct slip slip;
    int64_t person = somebody(w, "赵小军", "19900000013"), id = refer(w, person, 5, 0, &slip);
    struct q_follow_up_list_row *due;
    struct q_referral_row r;
    size_t n, tries = 0;
    for (int day = 25; day < 31; day++) {
        world_ok(w, follow_up_list(&w->cx, 1, 20261100 + day, &due, &n), "the list of the day");
        for (size_t i = 0; i < n; i++)
            if (due[i].referral_id == id) {
                tries++;
                w->cx.now += 86400000;
                world_ok(w, follow_up_done(&w->cx, due[i].id, &(struct follow_up_in){.result = "no_answer"}), "nobody answers");
                ok(follow_up_done(&w->cx, due[i].id, &(struct follow_up_in){.result = "no_answer"}) == E_STATE, "noted once");
            }
    }
    is_int((long long)tries, 3, "three tries");
    world_ok(w, referral_get(&w->cx, id, &r), "then the referral");
    is_str(r.status, "no_answer", "says so");
    w->cx.now = WORLD_NOON;
}

static void hiring(struct world *w)
{
    struct slip slip, other;
    int64_t person = somebody(w, "孙小丽", "19900000014"), hires, retained, id, second, nobody, today = day_of(w->cx.now, DAY_ZONE);
    struct q_placement_by_station_row *rows;
    struct q_follow_up_list_row *due;
    size_t n;
    town_desk(w, 8, 2);
    int64_t visit;
    world_ok(w, visit_start(&w->cx, 0, &visit), "another station helped");
    world_ok(w, visit_take_person(&w->cx, visit, person, "spoken"), "the same person");
    world_ok(w, service_add(&w->cx, visit, &(struct service_in){.item = "S04", .channel = "counter"}), "with advice");
    world_ok(w, visit_finish(&w->cx, visit, "advice", NULL), "before");
    town_desk(w, 7, 1);
    id = refer(w, person, 1, 2, &slip);
    second = slip.referrals[1].id;
    nobody = refer(w, 0, 1, 0, &other);
    ok(referral_hire(&w->cx, id, &(struct hire_in){.evidence = "rumour"}) == E_INVALID, "a hire needs evidence");
    ok(referral_hire(&w->cx, nobody, &(struct hire_in){.evidence = "contract"}) == E_INVALID, "and a person");
    int64_t tomorrow = today + 1, before = 20260101;
    ok(referral_hire(&w->cx, id, &(struct hire_in){.evidence = "contract", .hired_on = &tomorrow}) == E_INVALID, "not in the future");
    ok(referral_hire(&w->cx, id, &(struct hire_in){.evidence = "contract", .hired_on = &before}) == E_INVALID, "not before the referral");
    world_ok(w, referral_hire(&w->cx, id, &(struct hire_in){.evidence = "contract"}), "hired");
    ok(referral_hire(&w->cx, id, &(struct hire_in){.evidence = "contract"}) == E_CONFLICT, "twice is once");
    ok(referral_hire(&w->cx, second, &(struct hire_in){.evidence = "contract"}) == E_CONFLICT, "another job of the same employer in the same month too");
    world_ok(w, placements_count(&w->cx, &(struct placements){.from = 20261101}, &hires, &retained), "counted");
    is_int(hires, 1, "one hire");
    world_ok(w, placements_by_station(&w->cx, &(struct placements){.from = 20261101}, &rows, &n), "by station");
    is_int((long long)n, 2, "two share it");
    is_int(rows[0].share_ppm + rows[1].share_ppm, 1000000, "exactly");
    is_int(rows[0].station_id, 1, "the one that referred");
    is_int(rows[0].share_ppm, 666667, "has the larger part");
    world_ok(w, placements_count(&w->cx, &(struct placements){.station_id = 2}, &hires, &retained), "the other station");
    is_int(hires, 1, "had a part in one");
    world_ok(w, placements_count(&w->cx, &(struct placements){.district = 120104}, &hires, &retained), "another district");
    is_int(hires, 0, "in none");
    int64_t in_three = day_add_months(today, 3);
    world_ok(w, follow_up_list(&w->cx, 1, in_three, &due, &n), "three months later");
    ok(n > 0 && strcmp(due[n - 1].kind, "retention") == 0 && due[n - 1].due_on == in_three, "a call is due");
    ok(follow_up_done(&w->cx, due[n - 1].id, &(struct follow_up_in){.result = "waiting"}) == E_INVALID, "that asks whether they stayed");
    world_ok(w, follow_up_done(&w->cx, due[n - 1].id, &(struct follow_up_in){.result = "still_there"}), "they did");
    world_ok(w, placements_count(&w->cx, &(struct placements){.from = 20261101}, &hires, &retained), "counted");
    is_int(retained, 1, "as retained");
}

/* Each statement of a hire is made to fail once: nothing half is left. */
static void breaking(struct world *w)
{
    struct slip slip;
    int64_t person = somebody(w, "周小伟", "19900000015"), id = refer(w, person, 4, 0, &slip), hires, retained;
    struct q_referral_row r;
    int k = 1;
    for (; k < 60; k++) {
        store_fail_at(w->cx.db, k);
        err_t e = referral_hire(&w->cx, id, &(struct hire_in){.evidence = "insurance"});
        store_fail_at(w->cx.db, 0);
        if (e == E_OK)
            break;
        if (referral_get(&w->cx, id, &r) != E_OK || strcmp(r.status, "proposed") != 0)
            ok(false, "half a hire was kept");
    }
    ok(k > 8 && k < 60, "each statement of a hire failed once");
    world_ok(w, placements_count(&w->cx, &(struct placements){.station_id = 1}, &hires, &retained), "in the end");
    is_int(hires, 2, "it is counted");
}

static void all(struct world *w)
{
    int64_t seq;
    if (!town_build(w))
        return;
    world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the engine reads the ads");
    world_ok(w, flow_lint(&w->cx, &referral_flow), "the flow is sound");
    town_desk(w, 7, 1);
    sharing();
    slips(w);
    moving(w);
    calling_back(w);
    hiring(w);
    breaking(w);
}

int main(void)
{
    return world_each(all);
}
