/* Made-up people: identity numbers with right check digits, phones 199 0000 xxxx, names of nobody in particular. */
#include "city/counter/demo.h"

#include "base/day.h"
#include "base/idno.h"
#include "city/accounts/accounts.h"
#include "city/counter/counter.h"
#include "city/house.h"
#include "city/people/people.h"
#include "city/queue/queue.h"
#include "city/reference.h"
#include "city/referrals/referrals.h"
#include "city/stations/stations.h"
#include "store/store.h"

#include <string.h>

enum { DAYS_BACK = 120, QUEUES = 12, SPREAD = 40 /* stations that people of the demo go to */, BATCH = 25, TODAY = 32 };

struct demo {
    struct q_station_row *stations; /* that serve */
    size_t n_stations;
    uint64_t seed;
    int64_t now; /* of the city; cx->now goes through the past */
    int from, to;
    bool hired; /* the present person found work: nobody is hired twice */
};

static uint64_t draw(struct demo *d, uint64_t below) /* splitmix64: the same demo every time */
{
    uint64_t z = (d->seed += 0x9E3779B97F4A7C15u);
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return (z ^ z >> 31) % below;
}

#define PICK(d, list) (list)[draw((d), sizeof(list) / sizeof *(list))]

static const char *demo_name(struct ctx *cx, struct demo *d)
{
    static const char *const family[] = {"张", "王", "李", "赵", "刘", "陈", "杨", "孙", "周", "吴", "郑", "冯", "韩", "曹", "许", "何", "吕", "施"};
    static const char *const given[] = {"小芳", "建国", "秀英", "海涛", "晓梅", "志强", "丽娜", "永福", "佳慧", "立新", "桂兰", "子轩", "雅静", "文博", "春红",
                                        "玉珍", "长河", "思远", "美玲", "振华", "欣怡", "国栋", "淑敏", "浩然", "冬梅", "连生"};
    return arena_fmt(cx->arena, "%s%s", PICK(d, family), PICK(d, given));
}

static const char *demo_idno(struct ctx *cx, struct demo *d, int64_t district)
{
    int64_t birth = day_from_number(day_number(19660101) + (int64_t)draw(d, 365 * 40));
    return idno_whole(cx->arena, arena_fmt(cx->arena, "%06lld%08lld%03lld", (long long)district, (long long)birth, (long long)draw(d, 1000)));
}

struct kind { /* what people look for */
    const char *words, *certificates, *skills, *types;
};
static const struct kind kinds[] = {
    {"护理、养老", "elder_care,health", "照顾老人", "full_time"}, {"做饭、切配", "health", "食堂干过", "full_time,part_time"},
    {"保洁、家政", "housekeeping", "打扫卫生", "part_time,gig"}, {"保安、门卫", "guard", "值过班", "full_time"},
    {"司机、配送", "driver_c", "开过车", "full_time,gig"},         {"装配、普工", "", "进过厂", "full_time"},
    {"电工、维修", "electrician", "修过电路", "full_time"},        {"收银、导购", "health", "卖过货", "full_time,part_time"},
    {"文员、行政", "", "会办公软件", "full_time"},                 {"会计、出纳", "accountant", "记过账", "full_time"},
    {"叉车、仓库", "forklift", "理过货", "full_time"},             {"零工、小时工", "", "", "gig"},
};

static void demo_wish(struct ctx *cx, struct demo *d, const struct q_station_row *s, struct wish *w)
{
    static const char *const schools[] = {"junior", "junior", "senior", "vocational", "college", "bachelor"};
    static const char *const shifts[] = {"", "", "day", "day,two", "day,night,two"};
    const struct kind *k = &PICK(d, kinds);
    int64_t *fen = ARENA_NEW(cx->arena, int64_t), *street = ARENA_NEW(cx->arena, int64_t), *km = ARENA_NEW(cx->arena, int64_t);
    int64_t *years = ARENA_NEW(cx->arena, int64_t);
    *fen = 300000 + (int64_t)draw(d, 7) * 50000;
    *street = s->street;
    *km = 3 + (int64_t)draw(d, 4) * 4;
    *years = (int64_t)draw(d, 12);
    *w = (struct wish){.words = k->words, .certificates = draw(d, 3) > 0 ? k->certificates : "", .skills = k->skills, .job_types = k->types,
                       .shifts = PICK(d, shifts), .education = PICK(d, schools), .wage_floor = fen, .street = street, .radius_km = km, .years = years};
}

static void at_desk(struct ctx *cx, const struct q_station_row *s)
{
    cx->actor = (struct actor){.role = ROLE_STAFF, .station_id = s->id, .district = s->district, .name = "示例"};
}

/* ---- what became of it ---- */

static err_t outcome(struct ctx *cx, struct demo *d, const struct q_follow_up_list_row *f)
{
    static const char *const why[] = {"far", "pay", "hours", "skills", "filled", "certificate", "untrue", "family"};
    static const char *const proof[] = {"contract", "insurance", "employer", "person"};
    uint64_t luck = draw(d, 100);
    int64_t today = day_of(cx->now, DAY_ZONE), meeting = day_start(day_add(today, 2), DAY_ZONE) + (9 * 60 + 30) * 60000;
    struct follow_up_in in = {.result = "no_answer"};
    if (strcmp(f->kind, "retention") == 0)
        in.result = luck < 70 ? "still_there" : "gone";
    else if (d->hired)
        in = (struct follow_up_in){.result = "withdrawn", .reason = "found"};
    else if (luck < 28)
        in = (struct follow_up_in){.result = "hired", .evidence = PICK(d, proof), .hired_on = &today};
    else if (luck < 50)
        in = (struct follow_up_in){.result = "interview", .interview_at = &meeting};
    else if (luck < 66)
        in = (struct follow_up_in){.result = "refused", .reason = PICK(d, why)};
    else if (luck < 82)
        in = (struct follow_up_in){.result = "withdrawn", .reason = PICK(d, why)};
    d->hired |= strcmp(in.result, "hired") == 0;
    return follow_up_done(cx, f->id, &in);
}

/* The calls of this station, made on the day they were due; of the last week some are late. */
static err_t call_back(struct ctx *cx, struct demo *d, const struct q_station_row *s, int64_t person_id)
{
    struct q_follow_up_list_row *rows;
    size_t n = 1;
    d->hired = false;
    int64_t until = day_add(day_of(d->now, DAY_ZONE), -2), late = day_add(until, -6);
    for (int round = 0; round < 4 && n > 0; round++) {
        TRY(follow_up_list(cx, s->id, until, &rows, &n));
        size_t done = 0;
        for (size_t i = 0; i < n; i++) {
            if (rows[i].person_id == NULL || *rows[i].person_id != person_id || (rows[i].due_on >= late && draw(d, 3) == 0))
                continue;
            cx->now = day_start(rows[i].due_on, DAY_ZONE) + (10 * 60 + (int64_t)draw(d, 300)) * 60000;
            TRY(outcome(cx, d, &rows[i]));
            done++;
        }
        n = done;
    }
    return E_OK;
}

/* ---- a visit ---- */

static err_t recommend(struct ctx *cx, struct demo *d, int64_t visit, int64_t person, const struct wish *w, size_t *taken)
{
    struct advices all;
    *taken = 0;
    TRY(counter_recommend(cx, person, w, COUNTER_BEST, 6, &all));
    size_t want = all.n == 0 ? 0 : 1 + draw(d, 3);
    for (size_t i = 0; i < all.n && *taken < want; i++) {
        TRY(counter_add(cx, visit, all.best[i].job.id));
        ++*taken;
    }
    return E_OK;
}

static err_t come_in(struct ctx *cx, struct demo *d, const struct q_station_row *s, const struct person_in *in, int64_t *person)
{
    static const char *const channels[] = {"spoken", "spoken", "paper", "screen"};
    int64_t visit, began = cx->now;
    size_t taken;
    struct wish w;
    at_desk(cx, s);
    TRY(visit_start(cx, 0, &visit));
    cx->now += 25000;
    TRY(visit_identify(cx, visit, in, PICK(d, channels), person));
    demo_wish(cx, d, s, &w);
    cx->now += 30000;
    TRY(visit_wishes(cx, visit, &w));
    TRY(recommend(cx, d, visit, *person, &w, &taken));
    if (draw(d, 5) == 0)
        TRY(service_add(cx, visit, &(struct service_in){.item = draw(d, 2) ? "S05" : "S04", .channel = "counter"}));
    cx->now = began + 100000 + (int64_t)draw(d, 130000);
    return visit_finish(cx, visit, taken > 0 ? "slip" : "no_match", NULL);
}

static err_t one_person(struct ctx *cx, struct demo *d, int nth)
{
    static const char *const groups[] = {"", "", "hardship", "unemployed", "graduate", "rural", "veteran", "employed", "hardship,disabled"};
    size_t spread = d->n_stations < SPREAD ? d->n_stations : SPREAD;
    const struct q_station_row *s = &d->stations[nth % 4 == 0 ? 0 : draw(d, spread)], *other = &d->stations[draw(d, spread)];
    struct person_in in = {.name = demo_name(cx, d), .phone = arena_fmt(cx->arena, "1990000%04d", nth), .category = PICK(d, groups), .street = &s->street};
    int64_t day = day_add(day_of(d->now, DAY_ZONE), -(int64_t)draw(d, DAYS_BACK)), person;
    if (draw(d, 6) > 0)
        in.idno = demo_idno(cx, d, s->district);
    day = day_add_working(people_calendar(cx), day, 0, NULL);
    if (day >= day_of(d->now, DAY_ZONE))
        day = day_add_working(people_calendar(cx), day_of(d->now, DAY_ZONE), -1, NULL);
    cx->now = day_start(day, DAY_ZONE) + (9 * 60 + (int64_t)draw(d, 440)) * 60000;
    if (nth % TODAY == 4) /* at the desk of the demo's staff, within the last hours */
        cx->now = d->now - (10 + (int64_t)draw(d, 150)) * 60000;
    if (draw(d, 4) == 0) { /* asked somewhere else some days before */
        int64_t here = cx->now, visit;
        cx->now -= 5 * (int64_t)DAY_MS;
        at_desk(cx, other);
        TRY(visit_start(cx, 0, &visit));
        TRY(visit_identify(cx, visit, &in, "spoken", &person));
        TRY(service_add(cx, visit, &(struct service_in){.item = "S05", .channel = "counter"}));
        cx->now += 120000;
        TRY(visit_finish(cx, visit, "advice", NULL));
        cx->now = here;
    }
    TRY(come_in(cx, d, s, &in, &person));
    return call_back(cx, d, s, person);
}

static err_t some_people(struct ctx *cx, void *arg)
{
    struct demo *d = arg;
    for (int i = d->from; i < d->to; i++) {
        d->seed = 20260000u + (uint64_t)i; /* repeatable, also when the transaction is tried again */
        TRY(one_person(cx, d, i));
    }
    return E_OK;
}

/* ---- today's queues ---- */

static err_t queues(struct ctx *cx, void *arg)
{
    struct demo *d = arg;
    struct ticket t;
    for (size_t i = 0; i < d->n_stations && i < QUEUES; i++) {
        at_desk(cx, &d->stations[i]);
        for (int k = 0; k < 5; k++) {
            cx->now = d->now - (5 - k) * 240000;
            TRY(ticket_take(cx, d->stations[i].id, &t));
        }
        for (int k = 0; k < 2; k++) {
            cx->now = d->now - (3 - k) * 120000;
            TRY(ticket_next(cx, d->stations[i].id, "2", &t));
            if (k == 0)
                TRY(ticket_move(cx, t.id, "serve", NULL));
        }
    }
    return E_OK;
}

static err_t serving(struct ctx *cx, struct demo *d)
{
    size_t n = 0;
    TRY(station_all(cx, NULL, &d->stations, &d->n_stations));
    for (size_t i = 0; i < d->n_stations; i++)
        if (station_serves(d->stations[i].status))
            d->stations[n++] = d->stations[i];
    d->n_stations = n;
    for (size_t i = 1; i < n; i++)
        if (d->stations[i].id == 1) { /* where the demo's staff sits */
            struct q_station_row t = d->stations[0];
            d->stations[0] = d->stations[i];
            d->stations[i] = t;
        }
    return E_OK;
}

/* The demo's seeker is the first of them. */
static err_t seeker(struct ctx *cx)
{
    for (const struct account_new *l = account_demo_logins; l->login != NULL; l++)
        if (l->role == ROLE_SEEKER) {
            err_t e = person_join(cx, 1, l->login);
            return e == E_INVALID ? E_OK : e; /* a demo without logins */
        }
    return E_OK;
}

err_t counter_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct demo d = {.now = cx->now};
    struct actor before = cx->actor;
    int64_t people, seq;
    TRY(person_count(cx, &people));
    TRY(serving(cx, &d));
    if (people > 0 || d.n_stations == 0)
        return E_OK;
    TRY(jobs_index_load(cx, cx->house->match, &seq));
    err_t e = E_OK;
    for (d.from = 0; e == E_OK && d.from < s->people; d.from = d.to) {
        d.to = d.from + BATCH < s->people ? d.from + BATCH : s->people;
        e = store_tx(cx, STORE_WRITE, some_people, &d);
    }
    if (e == E_OK)
        e = store_tx(cx, STORE_WRITE, queues, &d);
    if (e == E_OK && s->people > 0)
        e = seeker(cx);
    cx->now = d.now;
    cx->actor = before;
    return e;
}
