/* town.h -- a small city in a test's world: reference data, rules, an engine, three stations, two employers, five ads. */
#ifndef TESTS_TOWN_H
#define TESTS_TOWN_H
#include "city/jobs/jobs.h"
#include "city/reference.h"
#include "match/match.h"
#include "rules/rules.h"
#include "store/engine.h"
#include "tests/world.h"

static inline bool town_sql(struct world *w, const char *sql)
{
    w->cx.db->writing = true;
    err_t e = w->cx.db->engine->script(&w->cx, sql);
    w->cx.db->writing = false;
    return world_ok(w, e, "the town's records are there");
}

static const char town_records[] =
    "INSERT INTO station (code, name, type, district, street, address, lng, lat, located, phone, batch, status, status_on) VALUES"
    " ('S1', '大王庄街就业驿站（示例）', 'street', 120102, 120102001, '示例路 1 号', 117220000, 39120000, 'survey', '022-00000001', 2026, 'open', 20260101),"
    " ('S2', '中山门街就业驿站（示例）', 'street', 120102, 120102002, '示例路 2 号', 117250000, 39110000, 'survey', '022-00000002', 2026, 'open', 20260101),"
    " ('S3', '南开就业驿站（示例）', 'street', 120104, 120104001, '示例路 3 号', 117160000, 39120000, 'survey', '022-00000003', 2026, 'suspended', 20260101);"
    "INSERT INTO employer (code, name, name_key, status, created_at) VALUES"
    " ('E1', '海河康养护理院（示例）', '海河康养护理院', 'verified', 0), ('E2', '老味道社区食堂（示例）', '老味道社区食堂', 'verified', 0);";

static inline const char *town_job(struct world *w, int n, int employer, const char *title, int64_t fen, const char *rest)
{
    return arena_fmt(w->cx.arena,
                     "INSERT INTO job (code, employer_id, title, description, openings, wage_text, wage_unit, wage_min, wage_max, month_min, month_max,"
                     " district, street, place, lng, lat, source, source_name, status, posted_on, valid_until, created_at, created_by, %.*s) VALUES"
                     " ('J%d', %d, '%s', '示例岗位', 5, '%lld 元/月', 'month', %lld, %lld, %lld, %lld, 120102, 120102001, '大王庄街道', 117221000, 39121000,"
                     " 'desk', '驿站采集', 'open', 20261120, 20261220, 0, 1, %s);",
                     (int)(strchr(rest, ':') - rest), rest, n, employer, title, (long long)fen / 100, (long long)fen, (long long)fen, (long long)fen,
                     (long long)fen, strchr(rest, ':') + 1);
}

static inline bool town_build(struct world *w)
{
    struct city *city;
    struct rules *rules = ARENA_NEW(w->cx.arena, struct rules);
    bool up = world_ok(w, city_load(&w->cx, "tianjin", &city), "the city's data") &&
              world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", rules), "the rules") &&
              world_ok(w, match_open(&w->cx, NULL, 0, &w->house.match), "the engine");
    w->house.city = city;
    w->house.rules = rules;
    return up && town_sql(w, town_records) && town_sql(w, town_job(w, 1, 1, "养老护理员", 500000, "job_type, shift, certificates:'full_time', 'day', ''")) &&
           town_sql(w, town_job(w, 2, 1, "护理主管", 700000, "job_type, education, experience:'full_time', 4, 36")) &&
           town_sql(w, town_job(w, 3, 2, "社区食堂切配", 420000, "job_type, shift, certificates:'full_time', 'day', 'health'")) &&
           town_sql(w, town_job(w, 4, 2, "食堂帮工", 300000, "job_type, shift:'gig', 'night'")) &&
           town_sql(w, town_job(w, 5, 2, "面点师", 450000, "job_type, shift:'full_time', 'two'"));
}

static inline void town_desk(struct world *w, int64_t account_id, int64_t station_id)
{
    world_actor(w, ROLE_STAFF, account_id);
    w->cx.actor.station_id = station_id;
}
#endif
