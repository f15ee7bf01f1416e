/* training_world.h -- records of training for a test's world, by statements: a catalogue, providers with places, classes with plans. */
#ifndef TESTS_TRAINING_WORLD_H
#define TESTS_TRAINING_WORLD_H
#include "base/day.h"
#include "tests/town.h"

#include <stdarg.h>

__attribute__((format(printf, 2, 3))) static inline bool training_sql(struct world *w, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *sql = arena_vfmt(w->cx.arena, fmt, ap);
    va_end(ap);
    w->cx.db->writing = true;
    err_t e = w->cx.db->engine->script(&w->cx, sql);
    w->cx.db->writing = false;
    return e == E_OK || world_ok(w, e, "records of training");
}

static inline const char *training_blob(struct world *w) { return store_dialect(w->cx.db) == STORE_PG ? "''" : "X''"; }

/* Rules and city; catalogue 1 with item 1; provider n in district 120102 with place n, teacher n, agreement n, project n. */
static inline bool training_base(struct world *w, int providers)
{
    struct city *city;
    struct rules *rules = ARENA_NEW(w->cx.arena, struct rules);
    bool up = world_ok(w, city_load(&w->cx, "tianjin", &city), "the city's data") &&
              world_ok(w, rules_embedded(&w->cx, "data/cities/tianjin/rules/", rules), "the rules");
    w->house.city = city;
    w->house.rules = rules;
    w->house.base_url = "https://yizhan.example";
    up = up && training_sql(w, "INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES (1, 'C2026', '示例', 1, 20260101, 'published', 0, 0);"
                               "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
                               " (1, 1, 1, '养老', '4-10-01-05', '养老护理员', 'very', 'A', 'made', '')");
    for (int n = 1; up && n <= providers; n++)
        up = training_sql(w,
                          "INSERT INTO provider (id, code, kind, name, short_name, uscc, contact, phone, district, address, credit, status, created_at)"
                          " VALUES (%d, 'T%d', 'school', '示例学校%d', '示例%d', 'U%d', '甲', '022-1', 120102, '示例路', '%s', 'active', 0);"
                          "INSERT INTO provider_place (id, provider_id, name, address, district, street, lng, lat, radius_m, seats, from_on) VALUES"
                          " (%d, %d, '教室%d', '示例路', 120102, 120102001, 117220000, 39120000, 200, 40, 20250101);"
                          "INSERT INTO provider_teacher (id, provider_id, name, kind, occupation, certificate, level, from_on) VALUES"
                          " (%d, %d, %s, 'full', '4-10-01-05', 'C', 3, 20250101);"
                          "INSERT INTO agreement (id, code, provider_id, district, year, status) VALUES (%d, 'X%d', %d, 120102, 2026, 'signed');"
                          "INSERT INTO project (id, agreement_id, occupation, name, top_level, capacity) VALUES (%d, %d, '4-10-01-05', '养老护理员', 3, 60)",
                          n, n, n, n, n, n % 3 == 0 ? "C" : n % 3 == 1 ? "A" : "B", n, n, n, n, n, training_blob(w), n, n, n, n, n);
    return up;
}

/* Class `id` ("K<id>") of the provider: a session of 4 hours each day from `starts_on`, at `from_min`; session ids are id * 100 + 1 …
 * and trainees id * 100 + 1 … (persons of the same numbers, without a name). */
static inline bool training_class(struct world *w, int id, int provider, int64_t starts_on, int days, int from_min, int trainees, const char *status)
{
    bool up = training_sql(w,
                           "INSERT INTO class (id, code, name, provider_id, project_id, district, catalogue_id, item_id, occupation, level, hours, mode,"
                           " certificate, audience, place_id, seats, schedule, starts_on, ends_on, contact, phone, status, created_by) VALUES"
                           " (%d, 'K%d', '示例班%d', %d, %d, 120102, 1, 1, '4-10-01-05', 5, 80, 'offline', 'level', 'society', %d, 30, 'day', %lld, %lld,"
                           " '甲', '022-1', '%s', 1)",
                           id, id, id, provider, provider, provider, (long long)starts_on, (long long)day_add(starts_on, days - 1), status);
    for (int d = 0; up && d < days; d++)
        up = training_sql(w,
                          "INSERT INTO class_session (id, class_id, day, from_min, to_min, kind, hours, content, teacher_id, place_id) VALUES"
                          " (%d, %d, %lld, %d, %d, 'theory', 4, '示例内容', %d, %d)",
                          id * 100 + d + 1, id, (long long)day_add(starts_on, d), from_min, from_min + 180, provider, provider);
    for (int t = 1; up && t <= trainees; t++)
        up = training_sql(w,
                          "INSERT INTO person (id, code, name, name_find, created_at, created_by) VALUES (%d, 'P%d', %s, '', 0, 1);"
                          "INSERT INTO trainee (id, code, class_id, person_id, category, proof, status, decision, decided_at, decided_by, applied_at, channel,"
                          " verdict) VALUES (%d, 'A%d', %d, %d, 'unemployed', 'record', 'attending', '{}', 0, 1, 0, 'desk', 'yes')",
                          id * 100 + t, id * 100 + t, training_blob(w), id * 100 + t, id * 100 + t, id, id * 100 + t);
    return up;
}
#endif
