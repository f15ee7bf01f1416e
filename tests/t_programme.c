/* The programme's count comes from the records, by ring and district, beside what was announced. */
#include "tests/world.h"

#include "base/day.h"
#include "city/programme/programme.h"
#include "city/reference.h"
#include "store/engine.h"

static const struct {
    int64_t district, batch;
    const char *status;
} STATIONS[] = {
    {120101, 2025, "open"},     {120101, 2026, "open"},    {120116, 2026, "trial"},  {120110, 2026, "rectifying"}, {120110, 2026, "building"},
    {120119, 2026, "planned"},  {120119, 2026, "closed"},  {120119, 2025, "suspended"}, {120119, 2027, "planned"},
};

static void run(struct world *w, const char *sql)
{
    w->cx.db->writing = true;
    world_ok(w, w->cx.db->engine->script(&w->cx, sql), "rows");
    w->cx.db->writing = false;
}

static void fill(struct world *w)
{
    for (size_t i = 0; i < sizeof STATIONS / sizeof *STATIONS; i++)
        run(w, arena_fmt(&w->arena,
                         "INSERT INTO station (code, name, type, district, street, address, lng, lat, located, phone, batch, status, status_on) "
                         "VALUES ('S%zu', '站%zu', 'street', %lld, 1, 'x', 1, 1, 'approximate', '1', %lld, '%s', 20260101)",
                         i + 1, i + 1, (long long)STATIONS[i].district, (long long)STATIONS[i].batch, STATIONS[i].status));
    run(w, arena_fmt(&w->arena,
                     "INSERT INTO event (code, station_id, title, kind, starts_at, ends_at, place, summary, status, updated_at, attended) VALUES "
                     "('V1', 1, 'x', 'onsite', %lld, %lld, 'x', 'x', 'held', 1, 40), ('V2', 1, 'x', 'onsite', %lld, %lld, 'x', 'x', 'planned', 1, 0), "
                     "('V3', 4, 'x', 'onsite', 1, 2, 'x', 'x', 'held', 1, 99)",
                     (long long)w->cx.now - 1000, (long long)w->cx.now, (long long)w->cx.now + 1000, (long long)w->cx.now + 2000));
    const char *blob = store_dialect(w->cx.db) == STORE_SQLITE ? "x'00'" : "'\\x00'";
    run(w, arena_fmt(&w->arena,
                     "INSERT INTO person (code, name, name_find, created_at, created_by) VALUES ('P1', %s, 'x', 1, 1), ('P2', %s, 'x', 1, 1)", blob,
                     blob));
    run(w, "INSERT INTO employer (code, name, name_key, status, created_at) VALUES ('E1', 'x', 'x', 'listed', 1);"
           "INSERT INTO job (code, employer_id, title, description, openings, wage_text, wage_unit, district, place, source, source_name, status, "
           "posted_on, valid_until, created_at, created_by) VALUES ('J1', 1, 'x', 'x', 1, 'x', 'open', 1, 'x', 'desk', 'x', 'open', 1, 2, 1, 1);"
           "INSERT INTO slip (code, station_id, account_id, at, expires_at) VALUES ('A', 1, 1, 1, 2), ('B', 1, 1, 1, 2);"
           "INSERT INTO referral (slip_id, job_id, station_id, reasons, status, at, moved_at) VALUES (1, 1, 1, '[]', 'hired', 1, 1), "
           "(2, 1, 1, '[]', 'hired', 1, 1);"
           "INSERT INTO hire (person_id, job_id, referral_id, hired_on, evidence, at) VALUES (1, 1, 1, 20260301, 'contract', 1), "
           "(2, 1, 2, 20251231, 'contract', 1);"
           "INSERT INTO hire_credit (hire_id, station_id, share_ppm) VALUES (1, 1, 500000), (1, 4, 500000), (2, 1, 1000000);");
}

static void counts(struct world *w)
{
    struct city *city;
    struct programme p;
    struct q_placement_by_station_row *rows;
    size_t n;
    world_ok(w, city_load(&w->cx, "tianjin", &city), "city");
    w->house.city = city;
    fill(w);
    world_ok(w, programme_get(&w->cx, &p), "the count");
    is_int(p.target, 50, "50 are announced");
    is_int(p.reported_open, 12, "12 are said to be open");
    is_int((long long)p.n_rings, 3, "three parts have a target");
    is_str(p.rings[0].ring, "inner,binhai", "the first is the inner districts and Binhai");
    is_str(p.rings[0].name, "市内六区和滨海新区", "by name");
    ok(p.rings[0].target == 19 && p.rings[1].target == 12 && p.rings[2].target == 19, "19, 12, 19");
    is_int(p.old.total, 2, "earlier batches");
    is_int(p.fresh.total, 5, "this year's, without what left and next year's");
    is_int(p.fresh.open, 2, "open, rectifying included");
    is_int(p.fresh.left, 1, "left");
    ok(p.rings[0].fresh.open == 1 && p.rings[0].fresh.trial == 1 && p.rings[1].fresh.open == 1 && p.rings[2].fresh.planned == 1, "by ring");
    int64_t sum = 0;
    for (size_t i = 0; i < p.n_districts; i++)
        sum += p.districts[i].fresh.total + p.districts[i].old.total;
    is_int(sum, 7, "districts add up to the city");
    ok(p.events_held == 1 && p.events_planned == 1 && p.attended == 40, "events of this year");
    is_int(p.placements, 1, "a hire counts once");
    ok(p.rings[0].placements_ppm == 500000 && p.rings[1].placements_ppm == 500000, "and its credit is shared");
    is_str(programme_parts_text(&w->cx, 12500000), "12.5", "shares in words");
    world_ok(w, programme_placements(&w->cx, &rows, &n), "the list behind it");
    ok(n == 2 && rows[0].share_ppm + rows[1].share_ppm == 1000000, "adds up to the same");
}

int main(void)
{
    return world_each(counts);
}
