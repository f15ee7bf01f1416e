/* What one certificate would open: equal to what taking the demand away opens; counts of few people are never told. */
#include "tests/town.h"

#include "city/nearmiss/nearmiss.h"

#include <string.h>

static const struct unlocked *named(const struct unlocked *u, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(u[i].code, code) == 0)
            return &u[i];
    return NULL;
}

/* Both ads ask for one certificate; J6 also for years that the person has not: it is not opened by the certificate alone. */
static bool more_jobs(struct world *w)
{
    int64_t seq;
    return town_sql(w, town_job(w, 6, 1, "养老护理主管", 800000, "job_type, shift, experience, certificates:'full_time', 'day', 60, 'elder_care'")) &&
           town_sql(w, town_job(w, 7, 1, "养老护理员（持证）", 650000, "job_type, shift, occupation, certificates:'full_time', 'day', '4-10-01-05', 'elder_care'")) &&
           world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the engine reads the ads");
}

static void one_person(struct world *w)
{
    int64_t fen = 400000, years = 1;
    struct wish wish = {.words = "养老护理", .occupation = "4-10-01-05", .wage_floor = &fen, .years = &years, .education = "junior", .updated_at = 1};
    struct unlocked *u = NULL;
    size_t n = 0;
    struct advices before, after;
    world_ok(w, nearmiss_of(&w->cx, &wish, &u, &n), "what is missing");
    const struct unlocked *care = named(u, n, "elder_care");
    ok(care != NULL && care->ads == 1 && care->openings == 5, "one ad waits for the certificate, the one that lacks more does not count");
    ok(care != NULL && care->n_jobs == 1 && strcmp(care->jobs[0].code, "J7") == 0, "it is named");
    ok(care != NULL && care->gain == 650000 - 500000, "it pays so much more than what fits today");
    ok(care != NULL && care->n_ways == 1 && strcmp(care->ways[0].occupation, "4-10-01-05") == 0 && !care->licence, "and training leads to it");
    world_ok(w, counter_recommend(&w->cx, 0, &wish, COUNTER_BEST, 10, &before), "today");
    wish.certificates = "elder_care";
    world_ok(w, counter_recommend(&w->cx, 0, &wish, COUNTER_BEST, 10, &after), "with the certificate");
    is_int(after.fitting, before.fitting + (care != NULL ? care->ads : 0), "just as many more fit");
    world_ok(w, nearmiss_of(&w->cx, &wish, &u, &n), "asked again");
    ok(named(u, n, "elder_care") == NULL, "it is missing no more");
    wish.updated_at = 0;
    world_ok(w, nearmiss_of(&w->cx, &wish, &u, &n), "who said no wish");
    is_int((long long)n, 0, "is told nothing");
}

static void people(struct world *w, int from, int to)
{
    for (int i = from; i <= to; i++)
        town_sql(w, arena_fmt(w->cx.arena,
                              "INSERT INTO person (id, code, name, name_find, district, created_at, created_by) VALUES (%d, 'P%d', %s, '', 120102, 0, 1);"
                              "INSERT INTO wish (person_id, words, occupations, education, updated_at) VALUES (%d, '养老护理', '4-10-01-05', 2, 1);"
                              "INSERT INTO consent (person_id, purpose, text_version, channel, given_at, account_id) VALUES (%d, 'service', '1', 'paper', 0, 1);",
                              i, i, store_dialect(w->cx.db) == STORE_PG ? "''::bytea" : "x''", i, i));
}

static void counts(struct world *w)
{
    struct q_near_miss_demand_row *rows;
    size_t n;
    people(w, 1, 4);
    world_ok(w, nearmiss_tick(&w->cx), "four are counted");
    world_ok(w, nearmiss_demand(&w->cx, 0, &rows, &n), "asked");
    is_int((long long)n, 0, "four are too few to be told");
    people(w, 5, 6);
    w->cx.now += 60000;
    world_ok(w, nearmiss_tick(&w->cx), "two more");
    world_ok(w, nearmiss_demand(&w->cx, 120102, &rows, &n), "asked again");
    ok(n == 1 && strcmp(rows[0].certificate, "elder_care") == 0 && rows[0].people == 6, "six are told as six");
    world_ok(w, nearmiss_demand(&w->cx, 120101, &rows, &n), "of another district");
    is_int((long long)n, 0, "nothing");
    world_actor(w, ROLE_STAFF, 1);
    world_ok(w, consent_withdraw(&w->cx, 1, "service"), "one takes the consent back");
    world_ok(w, consent_withdraw(&w->cx, 2, "service"), "and another");
    w->cx.now += 60000;
    world_ok(w, nearmiss_tick(&w->cx), "counted again");
    world_ok(w, nearmiss_demand(&w->cx, 0, &rows, &n), "asked again");
    is_int((long long)n, 0, "they are counted no more, and four are not told");
}

static void all(struct world *w)
{
    if (!town_build(w) || !more_jobs(w))
        return;
    one_person(w);
    counts(w);
}

int main(void) { return world_each(all); }
