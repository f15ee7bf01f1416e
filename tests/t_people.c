/* Persons on both engines: never a double, found by what people say, sealed, looked at with a reason, forgotten. */
#include "tests/town.h"

#include "base/idno.h"
#include "city/classes/classes.h"
#include "city/people/people.h"
#include "city/trainees/trainees.h"

#include "people.sql.h"

#include <pthread.h>

static const char zhang_id[] = "120102197404128240", li_id[] = "120104199003152112";
static const int64_t dawangzhuang = 120102001;

static void registering(struct world *w)
{
    int64_t a, b;
    bool known;
    struct person p;
    const char *idno = idno_whole(w->cx.arena, zhang_id);
    struct person_in in = {.name = "张小芳", .idno = idno, .phone = "19900000001", .street = &dawangzhuang, .category = "hardship"};
    world_ok(w, person_register(&w->cx, &in, &a, &known), "a person is registered");
    ok(!known, "as somebody new");
    world_ok(w, person_register(&w->cx, &in, &b, &known), "the same person again");
    ok(known && a == b, "is the person known");
    in = (struct person_in){.name = "张小芳", .phone = "19900000001"};
    world_ok(w, person_register(&w->cx, &in, &b, &known), "by phone and name");
    ok(known && a == b, "too");
    in = (struct person_in){.name = "李大明", .idno = idno};
    ok(person_register(&w->cx, &in, &b, &known) == E_INVALID, "the number under another name is refused");
    is_str(w->cx.fail.field, "name", "at the name");
    in = (struct person_in){.name = "李大明", .idno = "120104199003152113"};
    ok(person_register(&w->cx, &in, &b, &known) == E_INVALID, "a wrong check digit is refused");
    in = (struct person_in){.name = "李大明", .phone = "19900000001"};
    world_ok(w, person_register(&w->cx, &in, &b, &known), "another name with the same phone");
    ok(!known && b != a, "is another person");
    in.idno = idno_whole(w->cx.arena, li_id);
    int64_t c;
    world_ok(w, person_register(&w->cx, &in, &c, &known), "who shows a number later");
    ok(known && c == b, "and stays the same person");
    world_ok(w, person_by_id(&w->cx, b, &p), "read again");
    is_int(p.birth_year, 1990, "the year of birth comes from the number");
    ok(p.idno != NULL && strncmp(p.idno, "1201***", 7) == 0, "masked");
    in = (struct person_in){.name = "王无号"};
    ok(person_register(&w->cx, &in, &c, &known) == E_INVALID, "nothing to be found by is refused");
    in.street = &dawangzhuang;
    world_ok(w, person_register(&w->cx, &in, &b, &known), "a name and a street will do");
    world_ok(w, person_register(&w->cx, &in, &c, &known), "and again");
    ok(known && c == b, "no double");
}

static void finding(struct world *w)
{
    struct person *rows;
    size_t n;
    enum person_match how;
    struct { const char *text; enum person_match how; size_t n; } cases[] = {
        {idno_whole(w->cx.arena, zhang_id), PERSON_BY_IDNO, 1}, {"199 0000 0001", PERSON_BY_PHONE, 2}, {"0001", PERSON_BY_TAIL, 2},
        {"张小芳", PERSON_BY_NAME, 1}, {"张 小芳", PERSON_BY_NAME, 1}, {"没这人", PERSON_BY_NAME, 0}, {"12345", PERSON_BY_NOTHING, 0}, {"", PERSON_BY_NOTHING, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        world_ok(w, person_find(&w->cx, cases[i].text, &rows, &n, &how), cases[i].text);
        is_int(how, cases[i].how, "understood");
        is_int((long long)n, (long long)cases[i].n, "found");
    }
    world_ok(w, person_find(&w->cx, "张小芳", &rows, &n, &how), "found by name");
    is_str(n > 0 ? rows[0].name : "", "张*芳", "shown masked");
    town_desk(w, 9, 2);
    world_ok(w, person_find(&w->cx, "0001", &rows, &n, &how), "another station, by the tail");
    is_int((long long)n, 0, "finds nobody of a foreign station");
    world_ok(w, person_find(&w->cx, "19900000001", &rows, &n, &how), "by the whole phone");
    is_int((long long)n, 2, "it does");
    town_desk(w, 7, 1);
}

static void looking(struct world *w)
{
    const char *text;
    struct q_person_looks_row *rows;
    size_t n;
    ok(person_look(&w->cx, 1, "idno", NULL, &text) == E_INVALID, "no look without a reason");
    world_ok(w, person_look(&w->cx, 1, "name", "identity", &text), "a look with a reason");
    is_str(text, "张小芳", "shows the whole");
    world_ok(w, person_looks(&w->cx, 1, &rows, &n), "and the person");
    is_int((long long)n, 1, "can see who looked");
}

static void wishing(struct world *w)
{
    int64_t floor_fen = 400000, km = 5, years = 6;
    struct wish in = {.words = "护理、做饭", .wage_floor = &floor_fen, .street = &dawangzhuang, .radius_km = &km, .years = &years, .education = "junior",
                      .shifts = "day", .job_types = "full_time", .certificates = "health"}, out;
    world_ok(w, wish_get(&w->cx, 1, &out), "wishes not asked yet");
    is_int(out.updated_at, 0, "are empty");
    world_ok(w, wish_save(&w->cx, 1, &in), "saved");
    world_ok(w, wish_get(&w->cx, 1, &out), "and read");
    is_str(out.words, "护理、做饭", "as they were said");
    ok(out.wage_floor != NULL && *out.wage_floor == 400000 && *out.radius_km == 5 && *out.years == 6, "with their figures");
    is_str(out.education, "junior", "and schooling");
    in.certificates = "健康证、 电工；驾照 C1，健康证";
    world_ok(w, wish_save(&w->cx, 1, &in), "certificates in words");
    world_ok(w, wish_get(&w->cx, 1, &out), "are");
    is_str(out.certificates, "health,electrician,driver_c", "stored by their codes, once each");
    struct pairs shown = wish_pairs(&w->cx, &out);
    is_str(pairs_get(&shown, "certificates"), "健康证、电工证、驾照 C1", "and shown in words again");
    in.certificates = "飞行证";
    ok(wish_save(&w->cx, 1, &in) == E_INVALID, "one that nobody knows is asked for again");
    is_str(w->cx.fail.field, "certificates", "at its field");
}

static void consenting(struct world *w)
{
    bool yes;
    struct q_consent_list_row *rows;
    size_t n;
    ok(consent_give(&w->cx, 1, "service", "wink") == E_INVALID, "consent has a channel");
    world_ok(w, consent_give(&w->cx, 1, "service", "spoken"), "given");
    world_ok(w, consent_give(&w->cx, 1, "service", "spoken"), "given twice");
    world_ok(w, consent_list(&w->cx, 1, &rows, &n), "is");
    is_int((long long)n, 1, "one consent");
    int64_t before, after;
    world_ok(w, change_last(&w->cx, &before), "those who follow");
    world_ok(w, consent_withdraw(&w->cx, 1, "service"), "withdrawn");
    world_ok(w, change_last(&w->cx, &after), "are told");
    is_int(after, before + 1, "once: nobody goes on with what was agreed before");
    world_ok(w, consent_has(&w->cx, 1, "service", &yes), "and then");
    ok(!yes, "there is none");
    world_ok(w, consent_list(&w->cx, 1, &rows, &n), "but the record stays");
    ok(n == 1 && rows[0].withdrawn_at != NULL, "with its end");
}

static void correcting(struct world *w)
{
    struct person_in own;
    struct person before;
    world_ok(w, person_own(&w->cx, 1, &own), "the person's own words");
    own.phone = "19900000009";
    int64_t version = own.version;
    world_ok(w, person_correct(&w->cx, 1, &own), "corrected");
    own.version = version;
    ok(person_correct(&w->cx, 1, &own) == E_CONFLICT, "not over somebody else's correction");
    own.idno = idno_whole(w->cx.arena, li_id);
    own.version = 0;
    ok(person_correct(&w->cx, 1, &own) == E_INVALID, "another person's number is refused");
    world_ok(w, person_by_id(&w->cx, 1, &before), "read");
    is_str(before.phone, "199****0009", "the new phone");
}

/* Two clerks register the same person at the same moment. */
struct clerk {
    struct world *w;
    struct db *db;
    const char *idno;
    int64_t id;
    err_t e;
};

static void *register_twin(void *arg)
{
    struct clerk *c = arg;
    struct arena a;
    bool known;
    arena_init(&a, 0);
    struct ctx cx = c->w->cx;
    cx.arena = &a;
    cx.db = c->db;
    struct person_in in = {.name = "赵双双", .idno = c->idno, .phone = "19900000077"};
    c->e = person_register(&cx, &in, &c->id, &known);
    arena_free(&a);
    return NULL;
}

static void at_once(struct world *w)
{
    const char *idno = idno_whole(w->cx.arena, "12010219850101001");
    struct clerk c[4] = {{.w = w, .idno = idno}, {.w = w, .idno = idno}, {.w = w, .idno = idno}, {.w = w, .idno = idno}};
    pthread_t t[4];
    bool good = true;
    for (int i = 0; i < 4; i++)
        good = good && store_connect(&w->cx, w->house.store, &c[i].db) == E_OK;
    for (int i = 0; good && i < 4; i++)
        pthread_create(&t[i], NULL, register_twin, &c[i]);
    for (int i = 0; good && i < 4; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < 4; i++)
        store_close(c[i].db);
    ok(good && c[0].e == E_OK && c[1].e == E_OK && c[2].e == E_OK && c[3].e == E_OK, "four clerks register one person at once");
    ok(c[0].id == c[1].id && c[1].id == c[2].id && c[2].id == c[3].id, "and it is one person");
}

static void seekers(struct world *w)
{
    int64_t id;
    const char *empty = store_dialect(w->cx.db) == STORE_SQLITE ? "x''" : "''";
    town_sql(w, arena_fmt(w->cx.arena, "INSERT INTO account (id, login, role, name, password, password_at, created_at, created_by)"
                                       " VALUES (70, 'x', 'seeker', %s, '', 0, 0, 0)", empty));
    world_actor(w, ROLE_SEEKER, 70);
    struct person_in in = {.name = "张小芳", .phone = "19900000009"};
    ok(person_claim(&w->cx, &in, &id) == E_CONFLICT, "nobody takes over a registered person from home");
    in = (struct person_in){.name = "钱新来", .phone = "19900000066"};
    world_ok(w, person_claim(&w->cx, &in, &id), "a new seeker registers");
    w->cx.actor.person_id = id;
    bool yes;
    world_ok(w, person_mine(&w->cx, id, &yes), "own record");
    ok(yes, "is own");
    world_ok(w, person_mine(&w->cx, 1, &yes), "another's");
    ok(!yes, "is not");
    town_desk(w, 7, 1);
}

/* ---- being forgotten ---- */

static bool file_has(struct world *w, const char *needle)
{
    FILE *f = fopen(arena_fmt(w->cx.arena, "%s/test.db", w->dir), "r");
    if (f == NULL)
        return false;
    fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    char *all = arena_alloc(w->cx.arena, n + 1);
    rewind(f);
    bool found = fread(all, 1, n, f) == n && memmem(all, n, needle, strlen(needle)) != NULL;
    fclose(f);
    return found;
}

static void reopen(struct world *w) /* everything is in the one file while it is closed */
{
    store_close(w->cx.db);
    store_stop(w->house.store);
    w->cx.db = NULL;
}

static void open_again(struct world *w)
{
    world_ok(w, store_start(&w->cx, w->url, &w->house.store), "the store starts again");
    world_ok(w, store_connect(&w->cx, w->house.store, &w->cx.db), "and connects");
}

static void forgetting(struct world *w)
{
    int64_t until = 0, year;
    struct person p;
    struct view *all;
    struct wish none;
    bool lite = store_dialect(w->cx.db) == STORE_SQLITE;
    const char *idno = person_key(&w->cx, "person.idno", idno_whole(w->cx.arena, zhang_id)), *phone = person_key(&w->cx, "person.phone", "19900000009");
    const char *name = person_key(&w->cx, "person.name", "张小芳");
    world_ok(w, person_export(&w->cx, 1, &all), "everything is exported");
    is_str(view_get(all, "name", 4)->s, "张小芳", "in clear");
    town_sql(w, "INSERT INTO need (person_id, occupation, level, district, street, schedule, source, status, at) VALUES (1, '4-10-01-05', 5, 120102, 120102001, 'any', 'self', 'waiting', 1);"
                "INSERT INTO fact (person_id, name, value, source, from_on, status, at, account_id) VALUES (1, 'pension', 'no', 'person', 20260101, 'held', 1, 7)");
    world_ok(w, person_export(&w->cx, 1, &all), "exported with what was said of training");
    ok(view_get(all, "needs", 5)->head != NULL && view_get(all, "facts", 5)->head != NULL, "the need and the fact are in it");
    town_sql(w, "INSERT INTO service (station_id, person_id, account_id, item, channel, at) VALUES (1, 1, 7, 'S05', 'counter', 1795492700000)");
    if (lite) {
        reopen(w);
        ok(file_has(w, idno) && file_has(w, phone) && file_has(w, name), "the keys are in the file");
        ok(!file_has(w, "张小芳") && !file_has(w, "19900000009"), "nothing in clear is");
        open_again(w);
    }
    world_ok(w, person_erase(&w->cx, 1, &until), "a person asks to be forgotten");
    world_ok(w, people_rule(&w->cx, "records.keep", "years", &year), "a law keeps the service record");
    is_int(until / 10000, 2026 + year, "for its years");
    world_ok(w, person_by_id(&w->cx, 1, &p), "the record is still there");
    ok(p.locked && p.phone == NULL, "locked, without a phone");
    world_ok(w, wish_get(&w->cx, 1, &none), "wishes");
    is_int(none.updated_at, 0, "are gone");
    struct q_need_of_person_row *needs;
    struct q_fact_list_row *facts;
    size_t n;
    world_ok(w, needs_of(&w->cx, 1, &needs, &n), "needs");
    is_int((long long)n, 0, "too");
    world_ok(w, facts_of(&w->cx, 1, &facts, &n), "the grounds of decisions");
    is_int((long long)n, 1, "are kept as long as the record");
    ok(wish_save(&w->cx, 1, &none) == E_STATE, "nothing is added any more");
    ok(person_erase(&w->cx, 1, &until) == E_STATE, "once is enough");
    if (lite) {
        reopen(w);
        ok(!file_has(w, idno) && !file_has(w, phone) && !file_has(w, name), "no key of the person is left in the file");
        open_again(w);
    }
    w->cx.now += (year * 366 + 2) * 86400000LL;
    world_ok(w, people_tick(&w->cx), "years later");
    ok(person_by_id(&w->cx, 1, &p) == E_NOTFOUND, "the rest is gone");
    world_ok(w, facts_of(&w->cx, 1, &facts, &n), "the facts");
    is_int((long long)n, 0, "with it");
    world_ok(w, person_erase(&w->cx, 3, &until), "somebody without services");
    is_int(until, 0, "is wiped at once");
    ok(person_by_id(&w->cx, 3, &p) == E_NOTFOUND, "and gone");
    struct audit_report r;
    world_ok(w, audit_verify(&w->cx, &r), "the chain");
    is_int(r.first_bad, 0, "is sound");
}

static void all(struct world *w)
{
    if (!town_build(w))
        return;
    world_ok(w, store_check(&w->cx), "every statement fits the schema");
    town_desk(w, 7, 1);
    registering(w);
    finding(w);
    looking(w);
    wishing(w);
    consenting(w);
    correcting(w);
    at_once(w);
    seekers(w);
    forgetting(w);
}

int main(void)
{
    return world_each(all);
}
