/* training_money.h -- a class that was held, its trainees with verified certificates and decisions: what claims are drawn from. */
#ifndef TESTS_TRAINING_MONEY_H
#define TESTS_TRAINING_MONEY_H
#include "base/idno.h"
#include "city/claims/claims.h"
#include "city/ledger/ledger.h"
#include "city/people/people.h"
#include "tests/town.h"

#define HEDONG 120102
enum { OFFICER = 11, OFFICER2 = 12, OFFICER3 = 13, SCHOOL = 21, CITY_HALL = 31 };

static const char money_records[] =
    "INSERT INTO provider (code, kind, name, short_name, uscc, contact, phone, district, address, bank, status, created_at) VALUES"
    " ('T1', 'school', '海河焊工学校（示例）', '海河', '91120102MA00000001', '冯', '022-00000001', 120102, '示例路', '示例银行', 'filed', 0),"
    " ('T2', 'school', '南开烹饪学校（示例）', '南开', '91120104MA00000002', '陈', '022-00000002', 120104, '示例路', '示例银行', 'filed', 0);"
    "INSERT INTO provider_place (provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on) VALUES"
    " (1, '一号', '示例路', 120102, 120102001, 0, 0, 200, 40, 20260101), (2, '一号', '示例路', 120104, 120104001, 0, 0, 200, 40, 20260101);"
    "INSERT INTO agreement (code, provider_id, district, year, status) VALUES ('X1', 1, 120102, 2026, 'signed'), ('X2', 2, 120104, 2026, 'signed');"
    "INSERT INTO project (agreement_id, occupation, name, top_level, capacity) VALUES (1, '6-18-02-04', '焊工', 3, 40), (2, '6-18-02-04', '焊工', 3, 40);"
    "INSERT INTO catalogue (code, title, sample, effective_on, status, created_at, moved_at) VALUES ('C1', '目录', 1, 20260101, 'published', 0, 0);"
    "INSERT INTO catalogue_item (catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
    " (1, 1, '制造', '6-18-02-04', '焊工', 'short', 'A', 'made', '');"
    "INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (1, 5, 120, 304000), (1, 4, 120, 324000),"
    " (1, 3, 120, 378000), (1, 2, 120, 414000);"
    "INSERT INTO evaluation_fee (catalogue_id, class, level, amount) VALUES (1, 'A', 5, 30000), (1, 'A', 4, 35000), (1, 'A', 3, 41000), (1, 'A', 2, 52000);";

/* Inserts with $-columns of other offices may gain required columns: only what the schema asks for is named here. */
static inline int64_t money_class(struct world *w, int n, int provider, int64_t district, int64_t level)
{
    town_sql(w, arena_fmt(w->cx.arena,
                          "INSERT INTO class (code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, level, hours, mode,"
                          " certificate, audience, place_id, seats, schedule, starts_on, ends_on, contact, phone, status, decided_by, created_by) VALUES"
                          " ('K%d', '2026海河焊工%d班（示例）', %d, %d, %lld, 1, 1, '6-18-02-04', %lld, 120, 'offline', 'level', 'society', %d, 40, 'day',"
                          " 20260901, 20261020, '冯', '022-00000001', 'examined', %d, 1);",
                          n, n, provider, provider, (long long)district, (long long)level, provider, OFFICER3));
    return n;
}

static inline const char *money_idno(struct world *w, int n)
{
    return idno_whole(w->cx.arena, arena_fmt(w->cx.arena, "120102199001%02d%03d", 1 + n % 28, n % 1000));
}

/* What a trainee is made of, when it is not the usual one. */
struct money_who {
    int who;            /* tells persons apart, over classes too */
    bool uncertified, hard /* an attribute that gives a living allowance */;
    const char *pension; /* "yes" forbids */
};

/* A trainee who passed, with a verified certificate: by statements, with the facts that the decision asks for. */
static inline int64_t money_trainee(struct world *w, int64_t class_id, struct money_who in)
{
    static int64_t made;
    static char last_url[512];
    int64_t person;
    bool known;
    if (strcmp(last_url, w->url) != 0)
        made = 0;
    snprintf(last_url, sizeof last_url, "%s", w->url);
    struct person_in who = {.name = arena_fmt(w->cx.arena, "示例%c员", 'A' + in.who % 26), .idno = money_idno(w, in.who)};
    struct actor was = w->cx.actor;
    town_desk(w, 5, 1);
    world_ok(w, person_register(&w->cx, &who, &person, &known), "a person");
    w->cx.actor = was;
    made++;
    town_sql(w, arena_fmt(w->cx.arena,
                          "INSERT INTO trainee (code, class_id, person_id, category, flags, proof, said, applied_at, channel, verdict, status, decision, decided_at,"
                          " decided_by, hours) VALUES ('A%lld', %lld, %lld, 'unemployed', '%s', 'record', 'pension=%s civil=no qualified=yes', 0, 'provider', 'yes',"
                          " 'passed', '{}', 0, 1, 120);",
                          (long long)made, (long long)class_id, (long long)person, in.hard ? "hard" : "", in.pension != NULL ? in.pension : "no"));
    if (!in.uncertified)
        town_sql(w, arena_fmt(w->cx.arena,
                              "INSERT INTO certificate (number, kind, person_id, trainee_id, occupation, level, issued_on, evaluator, status, checks, at)"
                              " SELECT 'S0000%lld', 'level', %lld, %lld, occupation, level, 20261025, '评价（示例）', 'verified', '[]', 0 FROM class WHERE id = %lld;",
                              (long long)made, (long long)person, (long long)made, (long long)class_id));
    return made;
}

static inline void money_actor(struct world *w, int64_t account)
{
    world_actor(w, account == SCHOOL ? ROLE_PROVIDER : account == CITY_HALL ? ROLE_CITY : ROLE_DISTRICT, account);
    w->cx.actor.district = account == CITY_HALL ? 0 : HEDONG;
    w->cx.actor.provider_id = account == SCHOOL ? 1 : 0;
}

static inline bool money_budget(struct world *w, int64_t fen)
{
    struct purse p = {"insurance", HEDONG, 2026};
    money_actor(w, CITY_HALL);
    return world_ok(w, budget_set(&w->cx, &p, fen), "a budget");
}

static inline bool money_build(struct world *w) { return town_build(w) && town_sql(w, money_records); }

static inline void money_days(struct world *w, int days) { w->cx.now += days * 86400000LL; }

/* From drawn to cleared, by the people who may. */
static inline bool money_to_cleared(struct world *w, int64_t claim)
{
    int64_t notice;
    money_actor(w, SCHOOL);
    bool good = world_ok(w, claim_step(&w->cx, claim, 0, "confirm", NULL), "the provider confirms");
    money_actor(w, OFFICER);
    good = good && world_ok(w, claim_step(&w->cx, claim, 0, "review", NULL), "an officer reviews") &&
           world_ok(w, notice_publish(&w->cx, &notice), "it goes on notice");
    money_days(w, 8);
    world_actor(w, ROLE_CLOCK, 0);
    return good && world_ok(w, notices_close(&w->cx), "the notice ends");
}

static inline bool money_sums(struct world *w, const char *when)
{
    struct ledger_report r;
    if (!world_ok(w, ledger_check(&w->cx, &r), when))
        return false;
    return is_str(r.wrong, NULL, when);
}
#endif
