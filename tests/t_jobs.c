/* Ads: put, edited, stepped through their life, known again, expired; the engine follows; who may do what. */
#include "city/employers/employers.h"
#include "city/jobs/jobs.h"
#include "city/names.h"
#include "city/reference.h"
#include "rules/rules.h"
#include "tests/world.h"

#include "base/day.h"

#include <string.h>

static const struct job_form plain = {
    .title = "养老护理员", .description = "照顾老人起居，做好记录。", .requirements = "有耐心。", .openings = 5, .wage = "4500-5800元/月",
    .street = 120102001, .address = "示例路 1 号", .job_type = "full_time", .shift = "day,night", .benefits = "meals,room",
    .certificates = "health", .contact_name = "王经理（示例）", .contact_phone = "02200000000",
};

struct here {
    int64_t checked, unchecked; /* employers */
    int64_t seq;                /* of the follower */
};

static bool build(struct world *w, struct here *h)
{
    struct city *city;
    struct rules *rules = ARENA_NEW(w->cx.arena, struct rules);
    bool up = world_ok(w, city_load(&w->cx, "tianjin", &city), "the city's data") &&
              world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", rules), "the rules") &&
              world_ok(w, match_open(&w->cx, NULL, 0, &w->house.match), "the engine");
    w->house.city = city;
    w->house.rules = rules;
    w->cx.names = &city_names;
    struct employer_form e = {.uscc = "91120102MA0000001T", .name = "海河护理院（示例）", .street = 120102001};
    up = up && world_ok(w, employer_register(&w->cx, &e, &h->checked), "one employer");
    e = (struct employer_form){.uscc = "91120102MA0000002X", .name = "津沽餐饮（示例）", .street = 120102002};
    up = up && world_ok(w, employer_register(&w->cx, &e, &h->unchecked), "another");
    world_actor(w, ROLE_STAFF, 1);
    up = up && world_ok(w, employer_step(&w->cx, h->checked, "verify", "看过执照"), "the first is checked");
    return up && world_ok(w, jobs_index_load(&w->cx, w->house.match, &h->seq), "the engine begins empty");
}

static void as_desk(struct world *w)
{
    world_actor(w, ROLE_STAFF, 1);
    w->cx.actor.station_id = 1;
    w->cx.actor.district = 120102;
}

static void as_employer(struct world *w, int64_t id)
{
    world_actor(w, ROLE_EMPLOYER, 2);
    w->cx.actor.employer_id = id;
}

static struct job_source from_employer(int64_t id) { return (struct job_source){.source = "employer", .name = "本单位", .employer_id = id}; }

static const char *status(struct world *w, int64_t id)
{
    struct q_job_get_row j = {0};
    return job_find(&w->cx, id, &j) == E_OK ? j.status : "none";
}

static uint32_t found(struct world *w, struct here *h, const char *text)
{
    const struct match_view *v;
    struct match_query q = {.today = match_day(day_of(w->cx.now, DAY_ZONE)), .text = text, .limit = 10};
    struct match_result r = {0};
    if (jobs_index_follow(&w->cx, w->house.match, &h->seq) != E_OK || match_pin(&w->cx, w->house.match, &v) != E_OK)
        return 999;
    err_t e = match_search(&w->cx, v, &q, &r);
    match_unpin(v);
    return e == E_OK ? r.total : 999;
}

/* ---- */

static void posting(struct world *w, struct here *h)
{
    struct job_source from = from_employer(h->checked);
    struct q_job_get_row j;
    enum job_put what;
    int64_t id, again;
    const char *name, *phone;
    as_employer(w, h->checked);
    if (!world_ok(w, job_put(&w->cx, &plain, &from, &id, &what), "a checked employer posts"))
        return;
    is_int(what, JOB_NEW, "it is new");
    world_ok(w, job_find(&w->cx, id, &j), "and there");
    is_str(j.status, "open", "open at once");
    is_str(j.code, arena_fmt(w->cx.arena, "J%lld", (long long)id), "its code is J and its number");
    is_str(j.place, "河东区 大王庄街道 示例路 1 号", "its place in words");
    ok(j.month_min != NULL && *j.month_min == 450000 && *j.month_max == 580000, "its wage as months");
    ok(j.lng != NULL && *j.lng > 117000000, "its place on the map");
    is_int(j.valid_until, day_add(20261124, 30), "open for the usual days");
    ok(job_contact(&w->cx, &j, &name, &phone) == E_OK && strcmp(phone, "02200000000") == 0, "its contact can be read again");
    ok(memmem(j.contact_phone.ptr, j.contact_phone.len, "02200000000", 11) == NULL, "and is sealed in the row");
    is_int(found(w, h, "护理员"), 1, "it is found after its commit");
    is_int(found(w, h, "包吃"), 1, "also by a benefit's word");
    world_ok(w, job_put(&w->cx, &plain, &from, &again, &what), "posted twice");
    ok(what == JOB_MERGED && again == id, "it is the same ad");
    as_employer(w, h->unchecked);
    is_int(job_put(&w->cx, &plain, &from, &again, &what), E_DENIED, "nobody posts for another");
    from = from_employer(h->unchecked);
    struct job_form f = plain;
    f.title = "后厨帮工";
    world_ok(w, job_put(&w->cx, &f, &from, &id, &what), "an unchecked employer posts");
    is_str(status(w, id), "review", "and waits");
    is_int(found(w, h, "后厨"), 0, "not found before the review");
    as_desk(w);
    world_ok(w, job_step(&w->cx, id, "publish", NULL), "the desk publishes it");
    is_int(found(w, h, "后厨"), 1, "now it is found");
}

static int64_t generation(struct world *w)
{
    const struct match_view *v;
    struct match_stats s = {0};
    if (match_pin(&w->cx, w->house.match, &v) == E_OK) {
        match_stats(v, &s);
        match_unpin(v);
    }
    return (int64_t)s.generation;
}

/* What was committed is found after the next look of who follows, however much it is; a look without a change shows nothing anew. */
static void looks(struct world *w, struct here *h)
{
    enum { MANY = 300 };
    static const char *const signs[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    struct job_source from = from_employer(h->checked);
    struct job_form f = plain;
    enum job_put what;
    int64_t id;
    bool good = true;
    as_employer(w, h->checked);
    is_int(found(w, h, "灯塔"), 0, "there are no lighthouses");
    int64_t before = generation(w);
    for (int i = 0; i < MANY && good; i++) {
        f.title = arena_fmt(w->cx.arena, "灯塔%s%s%s看守", signs[i / 100], signs[i / 10 % 10], signs[i % 10]);
        f.description = arena_fmt(w->cx.arena, "守第 %d 座灯塔", i);
        from.ref = arena_fmt(w->cx.arena, "灯塔 %d", i);
        good = job_put(&w->cx, &f, &from, &id, &what) == E_OK;
    }
    ok(good, "many are committed, one after the other");
    is_int(generation(w), before, "and not looked at yet");
    uint32_t all = found(w, h, "灯塔");
    ok(all > 0, "the next look finds them");
    is_int(generation(w), before + 1, "and shows them at once");
    is_int(found(w, h, "灯塔"), all, "another look finds the same");
    is_int(generation(w), before + 1, "and shows nothing anew");
    world_ok(w, job_step(&w->cx, id, "close", NULL), "one is ended");
    is_int(found(w, h, "灯塔"), all - 1, "the next look does not find it");
}

static void words(struct world *w, struct here *h)
{
    static const struct {
        const char *title, *wage, *requirements, *field;
    } bad[] = {
        {"服务员", "看您本事", "", "wage"},
        {"服务员", "6000-4000元/月", "", "wage"},
        {"服务员", "4000元/月", "限女性", "requirements"},
        {"服务员", "4000元/月", "入职交押金 300 元", "requirements"},
    };
    struct job_source from = from_employer(h->checked);
    enum job_put what;
    int64_t id;
    as_employer(w, h->checked);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct job_form f = plain;
        f.title = bad[i].title;
        f.wage = bad[i].wage;
        f.requirements = bad[i].requirements;
        w->cx.fail = (struct fail){0};
        is_int(job_put(&w->cx, &f, &from, &id, &what), E_INVALID, arena_fmt(w->cx.arena, "refused: %s %s", bad[i].wage, bad[i].requirements));
        is_str(w->cx.fail.field, bad[i].field, "and says where");
    }
    struct job_form f = plain;
    struct job_finding *finds;
    size_t n;
    bool blocked;
    f.requirements = "限女性";
    ok(job_findings(&w->cx, &f, &finds, &n, &blocked) == E_OK && blocked && n > 0, "the linter blocks it");
    ok(n > 0 && finds[0].cite != NULL && finds[0].cite[0] != '\0', "with the clause");
    int64_t past = 20261101, far = 20271231;
    f = plain;
    f.title = "面点师";
    f.valid_until = &past;
    is_int(job_put(&w->cx, &f, &from, &id, &what), E_INVALID, "a last day that is over");
    f.valid_until = &far;
    is_int(job_put(&w->cx, &f, &from, &id, &what), E_INVALID, "a last day too far away");
}

static void known(struct world *w, struct here *h)
{
    struct job_source from = {.source = "sheet", .name = "社区表", .ref = "7", .employer_id = h->checked};
    struct job_form f = plain;
    enum job_put what;
    int64_t id, again;
    struct q_job_get_row j;
    struct q_job_sightings_row *seen;
    size_t n;
    world_actor(w, ROLE_CLOCK, 0);
    f.title = "康复师";
    f.wage = "7000元/月";
    world_ok(w, job_put(&w->cx, &f, &from, &id, &what), "an ad of a table");
    is_str(status(w, id), "open", "is open");
    world_ok(w, job_put(&w->cx, &f, &from, &again, &what), "the same row again");
    ok(what == JOB_SAME && again == id, "is the same");
    f.wage = "7500元/月";
    world_ok(w, job_put(&w->cx, &f, &from, &again, &what), "the row has other words now");
    ok(what == JOB_CHANGED && again == id, "it is changed, not doubled");
    world_ok(w, job_find(&w->cx, id, &j), "and");
    is_str(j.wage_text, "7500元/月", "its wage is the new one");
    as_employer(w, h->unchecked);
    struct job_source theirs = {.source = "sheet", .name = "社区表", .ref = "7", .employer_id = h->unchecked};
    is_int(job_put(&w->cx, &f, &theirs, &again, &what), E_CONFLICT, "another employer cannot overwrite it by its number");
    world_actor(w, ROLE_CLOCK, 0);
    struct job_source other = {.source = "feed", .name = "别处", .ref = "abc", .employer_id = h->checked};
    is_int(found(w, h, "康复师"), 1, "the engine has read it");
    f.description = "照顾老人起居，做好记录";
    world_ok(w, job_put(&w->cx, &f, &other, &again, &what), "nearly the same from elsewhere");
    ok(what == JOB_MERGED && again == id, "is a sighting of it");
    ok(job_sightings(&w->cx, id, &seen, &n) == E_OK && n == 1 && strcmp(seen[0].source_name, "别处") == 0, "noted with its source");
    world_ok(w, job_put(&w->cx, &f, &other, &again, &what), "seen there once more");
    is_int(what, JOB_SAME, "is known by its number there");
    ok(job_sightings(&w->cx, id, &seen, &n) == E_OK && n == 1, "is noted once");
}

/* What was joined and is another job: said so, it stays apart, whether its source numbers it or not. */
static void parted(struct world *w, struct here *h)
{
    static const struct {
        const char *title, *ref;
    } t[] = {{"康复治疗师", "77"}, {"营养配餐员", NULL}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct job_source from = {.source = "sheet", .name = "甲表", .ref = t[i].title, .employer_id = h->checked};
        struct job_source other = {.source = "feed", .name = "乙网", .ref = t[i].ref, .employer_id = h->checked};
        struct job_form f = plain;
        struct q_job_sightings_row *seen;
        enum job_put what;
        int64_t id, own, again;
        size_t n;
        f.title = t[i].title;
        world_actor(w, ROLE_CLOCK, 0);
        world_ok(w, job_put(&w->cx, &f, &from, &id, &what), t[i].title);
        is_int(found(w, h, t[i].title), 1, "the engine has read it");
        f.description = "做好记录，轮休";
        world_ok(w, job_put(&w->cx, &f, &other, &again, &what), "nearly the same from elsewhere");
        ok(what == JOB_MERGED && again == id, "is joined");
        ok(job_sightings(&w->cx, id, &seen, &n) == E_OK && n == 1 && strstr(seen[0].why, "标题相似 1.00") != NULL, "and says why");
        as_employer(w, h->unchecked);
        is_int(job_apart(&w->cx, id, seen[0].id), E_DENIED, "another employer does not part it");
        as_employer(w, h->checked);
        is_int(job_apart(&w->cx, id, seen[0].id + 1000), E_NOTFOUND, "nor is there another sighting");
        world_ok(w, job_apart(&w->cx, id, seen[0].id), "its employer says: another job");
        is_int(job_apart(&w->cx, id, seen[0].id), E_STATE, "once");
        world_actor(w, ROLE_CLOCK, 0);
        world_ok(w, job_put(&w->cx, &f, &other, &own, &what), "seen there again");
        ok(what == JOB_NEW && own != id, "it is an ad of its own");
        is_int(found(w, h, t[i].title), 2, "both are found");
        world_ok(w, job_put(&w->cx, &f, &other, &again, &what), "and once more");
        ok(again == own && what == (t[i].ref != NULL ? JOB_SAME : JOB_MERGED), "it stays so, and is not doubled");
        other.name = "丙网";
        other.ref = NULL;
        world_ok(w, job_put(&w->cx, &f, &other, &again, &what), "from a third place");
        ok(what == JOB_MERGED && again == own, "it is the one of the same words");
    }
}

static void life(struct world *w, struct here *h)
{
    struct job_source from = from_employer(h->unchecked);
    struct job_form f = plain;
    struct q_job_get_row j;
    struct q_job_log_list_row *log;
    enum job_put what;
    int64_t id;
    size_t n;
    as_employer(w, h->unchecked);
    f.title = "面点师";
    world_ok(w, job_put(&w->cx, &f, &from, &id, &what), "an ad for its life");
    is_int(job_step(&w->cx, id, "publish", NULL), E_DENIED, "its employer cannot publish it");
    as_desk(w);
    is_int(job_step(&w->cx, id, "return", NULL), E_INVALID, "sending back needs a reason");
    world_ok(w, job_step(&w->cx, id, "return", "请写清楚班次"), "sent back");
    ok(job_log(&w->cx, id, &log, &n) == E_OK && n == 1 && strcmp(log[0].note, "请写清楚班次") == 0, "the reason is kept");
    as_employer(w, h->unchecked);
    world_ok(w, job_find(&w->cx, id, &j), "looked up");
    f.hours = "早 5:00-13:00";
    world_ok(w, job_edit(&w->cx, id, j.version, &f), "mended");
    is_str(status(w, id), "review", "and waits again");
    is_int(job_edit(&w->cx, id, j.version, &f), E_CONFLICT, "the version was used up");
    as_desk(w);
    world_ok(w, job_step(&w->cx, id, "publish", NULL), "published");
    is_int(found(w, h, "面点"), 1, "found");
    as_employer(w, h->unchecked);
    world_ok(w, job_find(&w->cx, id, &j), "looked up again");
    f.openings = 9;
    world_ok(w, job_edit(&w->cx, id, j.version, &f), "an unchecked employer changes an open ad");
    is_str(status(w, id), "review", "it is looked at again");
    is_int(found(w, h, "面点"), 0, "and not found meanwhile");
    as_desk(w);
    world_ok(w, job_step(&w->cx, id, "publish", NULL), "published again");
    world_ok(w, job_step(&w->cx, id, "pause", NULL), "paused");
    is_int(found(w, h, "面点"), 0, "a paused ad is not found");
    world_ok(w, job_step(&w->cx, id, "confirm", NULL), "goes on");
    world_ok(w, job_step(&w->cx, id, "fill_self", NULL), "filled");
    is_int(found(w, h, "面点"), 0, "a filled ad is not found");
    world_ok(w, job_find(&w->cx, id, &j), "looked up at its end");
    is_str(j.outcome, "fill_self", "its outcome is kept");
    is_int(job_edit(&w->cx, id, j.version, &f), E_STATE, "it cannot be edited any more");
}

static void expiry(struct world *w, struct here *h)
{
    struct job_source from = {.source = "sheet", .name = "社区表", .ref = "9", .employer_id = h->checked};
    struct job_form f = plain;
    enum job_put what;
    int64_t id, noon = w->cx.now, before;
    world_actor(w, ROLE_CLOCK, 0);
    f.title = "钢筋工";
    world_ok(w, job_put(&w->cx, &f, &from, &id, &what), "an ad to run out");
    w->cx.now = noon + 30LL * DAY_MS;
    world_ok(w, jobs_expire_all(&w->cx), "on its last day");
    is_str(status(w, id), "open", "it still counts");
    w->cx.now = noon + 31LL * DAY_MS;
    world_ok(w, job_verify_before(&w->cx, &before), "when to ask again");
    is_int(before, day_add(day_of(w->cx.now, DAY_ZONE), -14), "is what the rule says");
    world_ok(w, jobs_expire_all(&w->cx), "the day after");
    is_str(status(w, id), "expired", "it has run out");
    is_int(found(w, h, "钢筋工"), 0, "and is not found");
    world_ok(w, job_put(&w->cx, &f, &from, &id, &what), "its source shows it again");
    is_str(status(w, id), "open", "so it is open again");
    is_int(found(w, h, "钢筋工"), 1, "and found");
    w->cx.now = noon;
}

static uint8_t place_in(struct world *w, struct here *h, int64_t employer)
{
    const struct match_view *v;
    struct match_query q = {.today = match_day(day_of(w->cx.now, DAY_ZONE)), .text = "洗碗工", .limit = 10};
    struct match_result r = {0};
    struct q_job_get_row j;
    if (jobs_index_follow(&w->cx, w->house.match, &h->seq) != E_OK || match_pin(&w->cx, w->house.match, &v) != E_OK)
        return 99;
    err_t e = match_search(&w->cx, v, &q, &r);
    match_unpin(v);
    for (size_t i = 0; e == E_OK && i < r.n; i++)
        if (job_find(&w->cx, r.hits[i].id, &j) == E_OK && j.employer_id == employer)
            return (uint8_t)i;
    return 99;
}

static void trust(struct world *w, struct here *h)
{
    struct employer_form e = {.uscc = "91120102MA00000031", .name = "老味道食堂（示例）", .street = 120102002};
    struct job_form f = plain;
    struct job_source from = {.source = "sheet", .name = "食堂表", .employer_id = h->unchecked};
    enum job_put what;
    int64_t third, first_ad, second_ad;
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, employer_register(&w->cx, &e, &third), "a third employer");
    f.title = "洗碗工";
    world_ok(w, job_put(&w->cx, &f, &from, &first_ad, &what), "two like ads");
    from.employer_id = third;
    world_ok(w, job_put(&w->cx, &f, &from, &second_ad, &what), "of two employers");
    is_int(what, JOB_NEW, "are two ads");
    as_desk(w);
    world_ok(w, employer_step(&w->cx, third, "verify", "看过执照"), "one is checked");
    is_int(place_in(w, h, third), 0, "its ad comes first now");
    world_ok(w, employer_step(&w->cx, third, "block", "收押金"), "it is stopped");
    is_int(place_in(w, h, third), 99, "its ads are not found any more");
    as_employer(w, third);
    is_int(job_step(&w->cx, second_ad, "confirm", NULL), E_STATE, "nor can they be confirmed");
}

static void people(struct world *w, struct here *h)
{
    struct q_job_get_row j;
    struct q_job_report_list_row *told;
    struct q_job_states_row *states;
    int64_t id, about, open = 0, waiting;
    size_t n;
    const char *name, *phone;
    world_ok(w, job_id_of(&w->cx, "J1", &id), "an ad by its code");
    is_int(job_id_of(&w->cx, "J9999", &about), E_NOTFOUND, "an unknown code");
    world_actor(w, ROLE_PUBLIC, 0);
    w->cx.actor.ip = "192.0.2.7";
    world_ok(w, job_report(&w->cx, id, "fee", "要押金"), "somebody says that it is wrong");
    world_ok(w, job_find(&w->cx, id, &j), "the ad");
    world_ok(w, job_look(&w->cx, &j, &name, &phone), "somebody asks for its phone");
    is_str(phone, "02200000000", "and gets it");
    err_t e = E_OK;
    for (int i = 0; i < 40 && e == E_OK; i++)
        e = job_look(&w->cx, &j, &name, &phone);
    is_int(e, E_RATE, "but not all phones of the city");
    ok(!job_mine(&w->cx, &j), "the public works on no ad");
    as_employer(w, h->checked);
    ok(job_mine(&w->cx, &j), "its employer does");
    as_employer(w, h->unchecked);
    ok(!job_mine(&w->cx, &j), "another does not");
    as_desk(w);
    ok(job_mine(&w->cx, &j), "the desks of its district do");
    ok(job_reports(&w->cx, &(struct q_job_report_list_in){.lim = 10}, &told, &n) == E_OK && n == 1, "the report waits");
    world_ok(w, job_report_answer(&w->cx, told[0].id, "电话核实，没有押金", &about), "it is answered");
    is_int(about, id, "about that ad");
    is_int(job_report_answer(&w->cx, told[0].id, "再答", &about), E_STATE, "once");
    ok(job_reports_waiting(&w->cx, &(struct q_job_report_waiting_in){0}, &waiting) == E_OK && waiting == 0, "none waits");
    world_ok(w, job_states(&w->cx, &(struct q_job_states_in){0}, &states, &n), "counts by state");
    for (size_t i = 0; i < n; i++)
        if (strcmp(states[i].status, "open") == 0)
            open = states[i].ads;
    ok(open >= 3, "open ads are counted");
    struct job_form f;
    world_ok(w, job_form_of(&w->cx, &j, &f), "the form of an ad");
    ok(strcmp(f.title, plain.title) == 0 && f.street == plain.street && strcmp(f.address, plain.address) == 0 &&
           strcmp(f.contact_phone, plain.contact_phone) == 0,
       "is what was filled in");
}

static const char *typed(struct world *w, const char *street, int64_t *code)
{
    struct street_in {
        int64_t street;
    } in = {0};
    static const struct field fields[] = {{"street", F_STREET, F_REQUIRED, "街道", .off = offsetof(struct street_in, street)}, {0}};
    struct pair p = {"street", street, strlen(street)};
    struct form form;
    err_t e = form_read(&w->cx, &form, fields, &(struct pairs){&p, 1}, &in);
    *code = in.street;
    return e == E_OK ? NULL : form.errors->say;
}

static void names(struct world *w)
{
    int64_t code;
    ok(typed(w, "120102001", &code) == NULL && code == 120102001, "a street by its code");
    ok(typed(w, "河东区 大王庄街道", &code) == NULL && code == 120102001, "by the name that the field shows");
    ok(typed(w, "大王庄", &code) == NULL && code == 120102001, "by what people say");
    ok(typed(w, "没有这条街", &code) != NULL, "an unknown one is said");
    size_t bad = 0;
    for (size_t i = 0; i < w->house.city->n_streets; i++) {
        const char *number = arena_fmt(w->cx.arena, "%lld", (long long)w->house.city->streets[i].code);
        const char *shown = w->cx.names->name(&w->cx, F_STREET, number), *several = NULL;
        const char *back = shown != NULL ? w->cx.names->code(&w->cx, F_STREET, shown, &several) : NULL;
        if (back == NULL || strcmp(back, number) != 0) {
            bad++;
            printf("#   %s %s -> %s (%s)\n", number, shown ? shown : "", back ? back : "", several ? several : "");
        }
    }
    is_int((long long)bad, 0, "every street's name gives its code again");
    bad = 0;
    for (size_t i = 0; i < w->house.city->n_occupations; i++) {
        const struct city_occupation *o = &w->house.city->occupations[i];
        const char *several = NULL, *shown = o->level == 4 ? w->cx.names->name(&w->cx, F_OCCUPATION, o->code) : NULL;
        const char *back = shown != NULL ? w->cx.names->code(&w->cx, F_OCCUPATION, shown, &several) : o->code;
        if (back == NULL || strcmp(back, o->code) != 0) {
            bad++;
            printf("#   %s %s -> %s (%s)\n", o->code, o->name, back ? back : "", several ? several : "");
        }
    }
    is_int((long long)bad, 0, "every occupation's name gives its code again");
}

static void city(struct world *w)
{
    struct here h;
    if (build(w, &h)) {
        posting(w, &h);
        words(w, &h);
        known(w, &h);
        parted(w, &h);
        life(w, &h);
        expiry(w, &h);
        trust(w, &h);
        people(w, &h);
        looks(w, &h);
        names(w);
    }
    ok(flow_lint(&w->cx, &job_flow) == E_OK, "the flow is sound");
}

int main(void) { return world_each(city); }
