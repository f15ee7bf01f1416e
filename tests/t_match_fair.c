/* Ranking never uses sex, ethnicity, household origin or age: the engine has no word for them, the database keeps none but the year of
 * birth, and a person whose identity says something else gets the very same recommendations, byte for byte.
 */
#include "tests/town.h"

#include "base/idno.h"
#include "city/counter/counter.h"
#include "city/matching/matching.h"
#include "city/people/people.h"

#include <ctype.h>
#include <dirent.h>

/* ---- no word for it ---- */

static const char *const traits[] = {"sex", "gender", "female", "ethnic", "hukou", "household", "native", "religio", "birth", "married"};

/* The text without its comments, so that it may say what it does not do. */
static void uncomment(char *s)
{
    char *to = s;
    while (*s != '\0') {
        if (s[0] == '/' && s[1] == '*') {
            const char *end = strstr(s, "*/");
            s = end != NULL ? s + (end - s) + 2 : s + strlen(s);
        } else if (s[0] == '-' && s[1] == '-') {
            s += strcspn(s, "\n");
        } else {
            *to++ = (char)tolower((unsigned char)*s++);
        }
    }
    *to = '\0';
}

static int named(struct world *w, const char *dir, const char *end, const char *but)
{
    DIR *d = opendir(dir);
    int n = 0;
    for (const struct dirent *e = d != NULL ? readdir(d) : NULL; e != NULL; e = readdir(d)) {
        size_t len = strlen(e->d_name), ends = strlen(end);
        if (len < ends || strcmp(e->d_name + len - ends, end) != 0)
            continue;
        FILE *f = fopen(arena_fmt(w->cx.arena, "%s/%s", dir, e->d_name), "rb");
        char *text = arena_alloc(w->cx.arena, 1 << 18);
        size_t got = f != NULL ? fread(text, 1, (1 << 18) - 1, f) : 0;
        text[got] = '\0';
        if (f != NULL)
            (void)fclose(f);
        uncomment(text);
        for (size_t i = 0; i < sizeof traits / sizeof *traits; i++)
            for (const char *at = strstr(text, traits[i]); at != NULL; at = strstr(at + 1, traits[i])) {
                bool fine = but != NULL && strncmp(at, but, strlen(but)) == 0;
                if (!fine)
                    printf("# %s/%s says %.20s\n", dir, e->d_name, at);
                n += !fine;
            }
    }
    if (d == NULL)
        return -1;
    (void)closedir(d);
    return n;
}

static void no_word(struct world *w)
{
    is_int(named(w, "src/match", ".h", NULL), 0, "the engine's structures have no such field");
    is_int(named(w, "src/match", ".c", NULL), 0, "nor has its code a word for it");
    is_int(named(w, "src/city/counter", "recommend.c", NULL), 0, "nor the counter");
    is_int(named(w, "src/city/counter", "reasons.c", NULL), 0, "nor its reasons");
    is_int(named(w, "src/city/matching", ".c", NULL), 0, "nor what an employer is told");
    is_int(named(w, "db/migrations", ".sql", "birth_year"), 0, "the database keeps none of it but the year of birth");
}

/* ---- the same answer ---- */

static const struct who {
    const char *say, *name, *first17;
} others[] = {
    {"a man", "张小芳", "12010219740412825"},       {"another year of birth", "张小芳", "12010219990412824"},
    {"from another province", "张小芳", "65310119740412824"}, {"a name of another people", "阿依古丽·买买提", "65322319880101003"},
};

static void put_advices(struct buf *b, const struct advices *a)
{
    buf_fmt(b, "%lld %lld %d\n", (long long)a->considered, (long long)a->fitting, a->narrow);
    for (size_t i = 0; i < a->n; i++)
        buf_fmt(b, "%s %lld %d/%d %s\n", a->best[i].job.code, (long long)a->best[i].distance, a->best[i].met, a->best[i].total, a->best[i].json);
    for (size_t i = 0; i < a->n_near_miss; i++)
        buf_fmt(b, "%s %lld %lld\n", a->near_miss[i].certificate, (long long)a->near_miss[i].ads, (long long)a->near_miss[i].openings);
}

/* All that a ranking is shown in, for this person as the database has them now: at the counter, on the own page, to the employer. */
static const char *told(struct world *w, int64_t person)
{
    static const enum counter_sort sorts[] = {COUNTER_BEST, COUNTER_NEAR, COUNTER_PAY};
    struct buf b = {.a = w->cx.arena};
    struct wish wish;
    struct advices all;
    struct suited_all suited;
    struct q_job_get_row job;
    for (size_t i = 0; i < 2 * sizeof sorts / sizeof *sorts; i++) {
        bool own = i >= sizeof sorts / sizeof *sorts;
        world_actor(w, own ? ROLE_SEEKER : ROLE_STAFF, own ? 70 : 7);
        w->cx.actor.station_id = own ? 0 : 1;
        w->cx.actor.person_id = own ? person : 0;
        world_ok(w, wish_get(&w->cx, person, &wish), "the wishes");
        world_ok(w, counter_recommend(&w->cx, person, &wish, sorts[i % 3], 20, &all), own ? "on the own page" : "at the counter");
        put_advices(&b, &all);
    }
    w->cx.actor.person_id = 0;
    town_desk(w, 7, 1);
    world_ok(w, job_find(&w->cx, 1, &job), "the ad");
    world_ok(w, matching_people(&w->cx, &job, 20, false, &suited), "who could do it");
    buf_fmt(&b, "%lld %lld %lld\n", (long long)suited.considered, (long long)suited.fitting, (long long)suited.same_work);
    for (size_t i = 0; i < suited.n; i++)
        buf_fmt(&b, "%lld %lld %lld %d/%d\n", (long long)suited.best[i].person_id, (long long)suited.best[i].score, (long long)suited.best[i].distance,
                suited.best[i].met, suited.best[i].total);
    return buf_text(&b);
}

static void same_for_all(struct world *w)
{
    int64_t person, seq, fen = 350000, street = 120102001, km = 8;
    bool known;
    struct person_in in = {.name = "张小芳", .idno = idno_whole(w->cx.arena, "12010219740412824"), .phone = "19900000001", .street = &street, .category = "hardship"};
    struct wish wish = {.words = "护理 养老 切配", .wage_floor = &fen, .street = &street, .radius_km = &km, .education = "junior", .job_types = "full_time"};
    town_desk(w, 7, 1);
    world_ok(w, person_register(&w->cx, &in, &person, &known), "a person");
    world_ok(w, consent_give(&w->cx, person, "service", "spoken"), "who agrees to be served");
    world_ok(w, wish_save(&w->cx, person, &wish), "and has wishes");
    world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the engine reads the ads");
    world_ok(w, matching_load(&w->cx, w->house.match, &seq), "and the people");
    const char *before = told(w, person);
    if (!ok(strstr(before, "J1 ") != NULL && strstr(before, "健康证") != NULL, "there is something to rank, and a near miss"))
        printf("# %s\n", before);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct person p;
        town_desk(w, 7, 1);
        world_ok(w, person_by_id(&w->cx, person, &p), "as they are");
        in.name = others[i].name;
        in.idno = idno_whole(w->cx.arena, others[i].first17);
        in.version = p.version;
        world_ok(w, person_correct(&w->cx, person, &in), others[i].say);
        world_ok(w, matching_load(&w->cx, w->house.match, &seq), "the engine reads the people again");
        is_str(told(w, person), before, "the same answers, byte for byte");
    }
}

static void all(struct world *w)
{
    if (!town_build(w))
        return;
    no_word(w);
    same_for_all(w);
}

int main(void)
{
    return world_each(all);
}
