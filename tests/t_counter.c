/* The counter: reasons never lie; a visit from the number to the slip; services recorded by themselves. */
#include "tests/town.h"

#include "city/counter/counter.h"
#include "city/queue/queue.h"
#include "city/referrals/referrals.h"

/* ---- reasons ---- */

struct telling {
    const char *name;
    struct match_reason r;
    enum reason_state state; /* 0: nothing is said */
    const char *say;
};

static const struct reason_facts facts = {.shifts = "night,alternate", .types = "gig", .want_shifts = "day", .want_types = "full_time"};

static const struct telling tellings[] = {
    {"wished", {MATCH_R_OCCUPATION, true, 0, 0, 4, 4, 4100105}, REASON_FITS, "就是您想做的职业"},
    {"other work", {MATCH_R_OCCUPATION, false, 0, 0, 0, 4, 4100105}, REASON_MISSES, "不是您想做的职业"},
    {"other work of the same class", {MATCH_R_OCCUPATION, true, 0, 0, 1, 4, 4100105}, REASON_MISSES, "不是您想做的职业，只是同一大类"},
    {"near to it", {MATCH_R_OCCUPATION, true, 0, 0, 3, 4, 4100105}, REASON_FITS, "和您想做的职业是同一小类"},
    {"nothing wished", {MATCH_R_OCCUPATION, true, 0, 0, 0, 4, 0}, 0, NULL},
    {"near", {MATCH_R_DISTANCE, true, 0, 0, 1240, 5000, 0}, REASON_FITS, "约 1.2 公里，在 5 公里以内"},
    {"too far", {MATCH_R_DISTANCE, false, 0, 0, 5600, 5000, 0}, REASON_MISSES, "约 5.6 公里，比您说的远 600 米"},
    {"far, in a good district", {MATCH_R_DISTANCE, true, 0, 0, 9000, 5000, 0}, REASON_FITS, "约 9 公里，在您愿意去的区"},
    {"nobody knows where", {MATCH_R_DISTANCE, true, 0, 0, -1, 5000, 0}, REASON_UNKNOWN, "地点没写清，去之前问一问远不远"},
    {"no limit", {MATCH_R_DISTANCE, true, 0, 0, 800, 0, 0}, REASON_NOTE, "离您说的地方约 800 米"},
    {"pay enough", {MATCH_R_WAGE, true, 0, 0, 580000, 400000, 0}, REASON_FITS, "每月最多 5800 元，您要 4000 元"},
    {"pay exactly", {MATCH_R_WAGE, true, 0, 0, 400000, 400000, 0}, REASON_FITS, "每月最多 4000 元，您要 4000 元"},
    {"pay too low", {MATCH_R_WAGE, false, 0, 0, 350050, 400000, 0}, REASON_MISSES, "每月最多 3500.50 元，比您要的少 499.50 元"},
    {"pay to be agreed", {MATCH_R_WAGE, true, 0, 0, 0, 400000, 0}, REASON_UNKNOWN, "工资没写明，去之前问清楚"},
    {"no floor", {MATCH_R_WAGE, true, 0, 0, 350000, 0, 0}, 0, NULL},
    {"no schooling asked", {MATCH_R_EDUCATION, true, 0, 0, 2, 0, 0}, REASON_FITS, "没有学历要求"},
    {"schooling enough", {MATCH_R_EDUCATION, true, 0, 0, MATCH_EDU_COLLEGE, MATCH_EDU_SENIOR, 0}, REASON_FITS, "要高中，您是大专"},
    {"schooling short", {MATCH_R_EDUCATION, false, 0, 0, MATCH_EDU_JUNIOR, MATCH_EDU_COLLEGE, 0}, REASON_MISSES, "要大专，您是初中及以下"},
    {"schooling unknown", {MATCH_R_EDUCATION, true, 0, 0, 0, MATCH_EDU_COLLEGE, 0}, REASON_UNKNOWN, "要大专，您的学历没登记"},
    {"years short", {MATCH_R_EXPERIENCE, false, 0, 0, 12, 36, 0}, REASON_MISSES, "要干过 3 年，您有 1 年，差 2 年"},
    {"years enough", {MATCH_R_EXPERIENCE, true, 0, 0, 72, 18, 0}, REASON_FITS, "要干过 1 年 6 个月，您有 6 年"},
    {"certificate held", {MATCH_R_CERTIFICATE, true, 0, 0, 1, 1, 1}, REASON_FITS, "要健康证，您有"},
    {"certificate missing", {MATCH_R_CERTIFICATE, false, 0, 0, 0, 1, 1}, REASON_MISSES, "要健康证，您没登记"},
    {"wrong shift", {MATCH_R_SHIFT, false, 0, 0, MATCH_NIGHT_SHIFT | MATCH_TWO_SHIFTS, MATCH_DAY_SHIFT, 0}, REASON_MISSES, "班次是夜班、上一休一，您想上白班"},
    {"one of its shifts", {MATCH_R_SHIFT, true, 0, 0, MATCH_NIGHT_SHIFT | MATCH_TWO_SHIFTS, MATCH_NIGHT_SHIFT, 0}, REASON_FITS, "班次能上：夜班"},
    {"shift not said", {MATCH_R_SHIFT, true, 0, 0, 0, MATCH_DAY_SHIFT, 0}, REASON_UNKNOWN, "没写班次，去之前问一问"},
    {"wrong type", {MATCH_R_TYPE, false, 0, 0, MATCH_GIG, MATCH_FULL_TIME, 0}, REASON_MISSES, "这是零工，您想找全职"},
    {"fresh", {MATCH_R_FRESHNESS, true, 0, 0, 0, 0, 0}, REASON_NOTE, "今天发布或核实"},
    {"shown often", {MATCH_R_EXPOSURE, true, 0, 0, 9, 0, 0}, 0, NULL},
};

static void reasons(struct world *w)
{
    struct reason out[4];
    int met, total;
    for (size_t i = 0; i < sizeof tellings / sizeof *tellings; i++) {
        const struct telling *t = &tellings[i];
        struct match_recommendation m = {.reasons = &t->r, .n = 1};
        size_t n = reason_list(&w->cx, &m, &facts, out, 4, &met, &total);
        is_int((long long)n, t->state != 0, t->name);
        if (n == 0 || t->state == 0)
            continue;
        is_str(out[0].say, t->say, "says so");
        is_int(out[0].state, t->state, "and no more");
        is_int(met, t->state == REASON_FITS, "counts as met only when it is");
        is_int(total, t->state != REASON_NOTE, "and as a condition only when it is one");
    }
}

/* Hours one may choose suit everybody; a weekend shift only whoever said so. */
static void weekends(struct world *w)
{
    struct match_reason r = {MATCH_R_SHIFT, true, 0, 0, MATCH_FLEXIBLE, MATCH_DAY_SHIFT | MATCH_FLEXIBLE, 0};
    struct match_recommendation m = {.reasons = &r, .n = 1};
    struct reason out[4];
    int met, total;
    reason_list(&w->cx, &m, &(struct reason_facts){"flexible", "full_time", "day", ""}, out, 4, &met, &total);
    is_str(out[0].say, "班次能上：弹性时间", "hours one may choose suit whoever named a shift");
    reason_list(&w->cx, &m, &(struct reason_facts){"weekend", "full_time", "day", ""}, out, 4, &met, &total);
    is_int(out[0].state, REASON_UNKNOWN, "a weekend shift is not known to suit");
    is_int(met, 0, "and does not count as met");
    reason_list(&w->cx, &m, &(struct reason_facts){"weekend", "full_time", "day,weekend", ""}, out, 4, &met, &total);
    is_str(out[0].say, "班次能上：周末班", "unless they said so");
}

static void wishes(struct world *w)
{
    int64_t street = 120102001, km = 3, fen = 400000, years = 2;
    struct match_person p;
    struct wish wish = {.words = "做饭", .skills = "切配", .street = &street, .radius_km = &km, .wage_floor = &fen, .years = &years,
                        .education = "vocational", .shifts = "day,weekend", .job_types = "gig", .certificates = "health,chef", .occupation = "4-03-02-01"};
    reason_person(&w->cx, w->house.match, &wish, 39120000, 117220000, &p);
    is_str(p.words, "做饭 切配", "words and skills");
    is_int(p.radius, 3000, "kilometres are metres");
    is_int(p.experience, 24, "years are months");
    is_int(p.education, MATCH_EDU_SENIOR, "schooling");
    is_int(p.shifts, MATCH_DAY_SHIFT | MATCH_FLEXIBLE, "shifts");
    is_int(p.types, MATCH_GIG, "types");
    is_int((long long)p.n_certificates, 2, "certificates");
    ok(p.occupations.n == 1 && p.occupations.v[0] == match_pack("4-03-02-01"), "the occupation");
    reason_person(&w->cx, w->house.match, &(struct wish){.radius_km = &km}, 0, 0, &p);
    is_int(p.radius, 0, "no place, no radius");
    is_int(p.education, MATCH_EDU_ANY, "nothing said is not held against anybody");
}

/* ---- a visit ---- */

static int64_t the_visit(struct world *w)
{
    struct ticket t;
    int64_t visit = 0, twin = 0;
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, ticket_take(&w->cx, 1, &t), "a number");
    town_desk(w, 7, 1);
    world_ok(w, ticket_next(&w->cx, 1, "2", &t), "is called");
    world_ok(w, visit_start(&w->cx, t.id, &visit), "the visit begins");
    world_ok(w, visit_start(&w->cx, t.id, &twin), "pressed twice");
    is_int(twin, visit, "it is one visit");
    return visit;
}

static void recommending(struct world *w, int64_t visit, int64_t person)
{
    struct wish wish;
    struct advices all;
    struct slip slip;
    int64_t seq, fen = 400000, street = 120102001, km = 5;
    world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the engine reads the ads");
    wish = (struct wish){.words = "护理 养老", .wage_floor = &fen, .street = &street, .radius_km = &km, .education = "junior", .job_types = "full_time", .shifts = "day"};
    world_ok(w, visit_wishes(&w->cx, visit, &wish), "the wishes");
    world_ok(w, counter_recommend(&w->cx, person, &wish, COUNTER_BEST, 10, &all), "are answered");
    ok(all.n > 0 && all.best[0].job.id == 1, "with the nursing job first");
    ok(all.n > 0 && all.best[0].met > 0 && all.best[0].met <= all.best[0].total, "and a ring that adds up");
    for (size_t i = 0; i < all.n; i++)
        ok(all.best[i].job.id != 2 && all.best[i].job.id != 4, "nothing that does not fit");
    world_ok(w, counter_add(&w->cx, visit, 1), "one goes onto the slip");
    world_ok(w, counter_add(&w->cx, visit, 1), "pressed twice");
    world_ok(w, counter_add(&w->cx, visit, 3), "one more, from the search");
    world_ok(w, slip_by_visit(&w->cx, visit, &slip), "the slip");
    is_int((long long)slip.n, 2, "has two jobs");
    ok(strstr(slip.referrals[1].reasons, "健康证") != NULL, "and says what is missing for the second");
    world_ok(w, slip_remove(&w->cx, visit, 3), "off again");
    world_ok(w, dislike_add(&w->cx, person, 1, "far"), "not for me");
    world_ok(w, counter_recommend(&w->cx, person, &wish, COUNTER_PAY, 10, &all), "asked again");
    for (size_t i = 0; i < all.n; i++)
        ok(all.best[i].job.id != 1, "it does not come back");
}

static void visiting(struct world *w)
{
    int64_t visit = the_visit(w), person = 0, again = 0;
    struct q_service_of_visit_row *services;
    struct q_follow_up_list_row *calls;
    struct q_visit_row v;
    size_t n;
    struct person_in in = {.name = "张小芳", .phone = "19900000001"};
    ok(visit_identify(&w->cx, visit, &in, "nodded", &person) == E_INVALID, "consent has a channel");
    world_ok(w, visit_identify(&w->cx, visit, &in, "spoken", &person), "who it is");
    world_ok(w, visit_identify(&w->cx, visit, &in, "spoken", &again), "asked twice");
    is_int(again, person, "it is the same person");
    bool yes;
    world_ok(w, consent_has(&w->cx, person, "service", &yes), "consent");
    ok(yes, "is on record");
    recommending(w, visit, person);
    world_ok(w, service_add(&w->cx, visit, &(struct service_in){.item = "S05", .channel = "counter", .note = "问了社保补贴"}), "a question about policy");
    ok(service_add(&w->cx, visit, &(struct service_in){.item = "S99", .channel = "counter"}) == E_INVALID, "an unknown service is refused");
    world_ok(w, visit_finish(&w->cx, visit, "slip", "本人很着急"), "the visit ends");
    world_ok(w, visit_finish(&w->cx, visit, "slip", NULL), "pressed twice");
    world_ok(w, service_of_visit(&w->cx, visit, &services, &n), "the services");
    is_int((long long)n, 3, "are three");
    is_str(services[0].item, "S01", "registered");
    is_str(services[2].item, "S03", "referred");
    world_ok(w, visit_get(&w->cx, visit, &v), "the visit");
    ok(v.ended_at != NULL, "is over");
    ok(visit_wishes(&w->cx, visit, &(struct wish){.words = "x"}) == E_STATE, "and takes nothing more");
    world_ok(w, follow_up_list(&w->cx, 1, 20261125, &calls, &n), "tomorrow's calls");
    is_int((long long)n, 1, "have one");
    town_desk(w, 8, 2);
    ok(visit_get(&w->cx, visit, &v) == E_NOTFOUND, "another station does not see the visit");
    town_desk(w, 7, 1);
}

static void nameless(struct world *w)
{
    int64_t visit;
    struct q_visit_row v;
    world_ok(w, visit_start(&w->cx, 0, &visit), "somebody without a number");
    world_ok(w, visit_anonymous(&w->cx, visit), "and without a name");
    world_ok(w, counter_add(&w->cx, visit, 1), "takes a job along");
    ok(visit_finish(&w->cx, visit, "nonsense", NULL) == E_INVALID, "an ending needs an outcome");
    world_ok(w, visit_finish(&w->cx, visit, "slip", NULL), "and goes");
    world_ok(w, visit_get(&w->cx, visit, &v), "the visit");
    ok(v.person_id == NULL, "names nobody");
    world_ok(w, visit_start(&w->cx, 0, &visit), "one more");
    ok(visit_finish(&w->cx, visit, "slip", NULL) == E_INVALID, "an empty slip is no slip");
    world_ok(w, visit_finish(&w->cx, visit, "advice", NULL), "advice is");
    struct today t;
    world_ok(w, counter_today(&w->cx, 1, &t), "the day");
    is_int(t.visits, 3, "had three visits");
    is_int(t.slips, 2, "and two slips");
}

static void all(struct world *w)
{
    if (!town_build(w))
        return;
    reasons(w);
    weekends(w);
    wishes(w);
    visiting(w);
    nameless(w);
}

int main(void)
{
    return world_each(all);
}
