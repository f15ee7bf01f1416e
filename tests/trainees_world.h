/* trainees_world.h -- two providers with a place and a project each, a catalogue of two occupations; classes and people for them. */
#ifndef TESTS_TRAINEES_WORLD_H
#define TESTS_TRAINEES_WORLD_H
#include "base/idno.h"
#include "city/trainees/trainees.h"
#include "tests/town.h"

static const char training_records[] =
    "INSERT INTO provider (code, kind, name, short_name, uscc, contact, phone, district, address, status, created_at) VALUES"
    " ('T1', 'school', '海河焊工学校（示例）', '海河', '91120102MA00000001', '冯', '022-00000001', 120102, '示例路', 'filed', 0),"
    " ('T2', 'school', '南开烹饪学校（示例）', '南开', '91120104MA00000002', '陈', '022-00000002', 120104, '示例路', 'filed', 0);"
    "INSERT INTO provider_place (provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on) VALUES"
    " (1, '一号', '示例路', 120102, 120102001, 0, 0, 200, 40, 20260101), (2, '一号', '示例路', 120104, 120104001, 0, 0, 200, 40, 20260101);"
    "INSERT INTO agreement (code, provider_id, district, year, status) VALUES ('X1', 1, 120102, 2026, 'signed'), ('X2', 2, 120104, 2026, 'signed');"
    "INSERT INTO project (agreement_id, occupation, name, top_level, capacity) VALUES (1, '6-18-02-04', '焊工', 3, 40), (2, '4-10-01-05', '养老护理员', 3, 40);"
    "INSERT INTO catalogue (code, title, sample, effective_on, status, created_at, moved_at) VALUES ('C1', '2026年版目录（样例）', 1, 20260101, 'published', 0, 0);"
    "INSERT INTO catalogue_item (catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES (1, 1, '制造', '6-18-02-04', '焊工', 'short', 'A', 'made', ''),"
    " (1, 2, '服务', '4-10-01-05', '养老护理员', 'very', 'B', 'made', '');"
    "INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (1, 5, 120, 304000), (1, 4, 120, 324000), (2, 5, 80, 100000);"
    "INSERT INTO evaluation_fee (catalogue_id, class, level, amount) VALUES (1, 'A', 5, 30000), (1, 'A', 4, 35000), (1, 'B', 5, 25000);";

static inline void class_row(struct world *w, int n, int item, int level, int seats, int64_t from, int64_t to, const char *mode)
{
    town_sql(w, arena_fmt(w->cx.arena,
                          "INSERT INTO class (code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, level, hours, mode, certificate, audience,"
                          " place_id, seats, schedule, starts_on, ends_on, contact, phone, status, created_by) VALUES ('K%d', '2026海河%d班（示例）', %d, %d, %d, 1, %d, '%s',"
                          " %d, %d, '%s', 'level', 'society', %d, %d, 'day', %lld, %lld, '冯', '022-00000001', 'approved', 1);",
                          n, n, item, item, item == 1 ? 120102 : 120104, item, item == 1 ? "6-18-02-04" : "4-10-01-05", level, item == 1 ? 120 : 80, mode, item, seats,
                          (long long)from, (long long)to));
}

static inline const char *idno(struct world *w, const char *birth, int n)
{
    return idno_whole(w->cx.arena, arena_fmt(w->cx.arena, "120102%s%03d", birth, n));
}

static inline void as(struct world *w, unsigned role, int64_t account)
{
    world_actor(w, role, account);
    w->cx.actor.provider_id = role == ROLE_PROVIDER ? 1 : 0;
    w->cx.actor.district = role == ROLE_DISTRICT ? 120102 : 0;
}

static inline struct trainee_form usual(struct world *w, const char *birth, int n)
{
    return (struct trainee_form){.name = "王小明", .idno = idno(w, birth, n), .phone = arena_fmt(w->cx.arena, "1990000%04d", n), .category = "unemployed", .proof = "record",
                                 .pension = "no", .civil = "no", .qualified = "yes"};
}
#endif
