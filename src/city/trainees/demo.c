/* demo.c -- 600 made-up trainees in the demo's classes: most may be subsidised, some may not, a few have facts in dispute. */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "base/idno.h"
#include "city/demo.h"
#include "city/people/people.h"
#include "city/trainees/trainees_impl.h"

#include "trainees.sql.h"

#include <string.h>

enum { MOST = 700, A_CLASS = 15 };

static const char *idno(struct ctx *cx, int64_t birth, int n)
{
    return idno_whole(cx->arena, arena_fmt(cx->arena, "120102%08lld%03d", (long long)birth, n % 1000));
}

static const char *name(struct ctx *cx, int n)
{
    static const char *const family[] = {"张", "王", "李", "赵", "刘", "陈", "杨", "孙", "周", "吴", "郑", "冯", "韩", "曹", "许", "何", "吕"};
    static const char *const given[] = {"海川", "秋月", "明远", "志华", "春燕", "立国", "静怡", "文涛", "桂英", "子涵", "思远", "红梅", "建军"};
    return arena_fmt(cx->arena, "%s%s", family[n % 17], given[n / 17 % 13]);
}

static struct trainee_form person(struct ctx *cx, int n, const struct q_trainee_demo_classes_row *c)
{
    static const struct {
        const char *category, *proof;
    } kinds[] = {{"unemployed", "record"}, {"rural", "promise"}, {"unemployed", "record"}, {"flexible", "insurance"}, {"student", "certificate"},
                 {"resident", "certificate"}, {"rural", "record"}, {"veteran", "certificate"}, {"unemployed", "record"}, {"partner", "record"}};
    bool staff = strcmp(c->audience, "employees") == 0;
    int64_t year = 1972 + n % 31, *graduates = ARENA_NEW(cx->arena, int64_t), *hired = ARENA_NEW(cx->arena, int64_t);
    struct trainee_form f = {.name = name(cx, n), .phone = arena_fmt(cx->arena, "199%08d", 40000000 + n), .category = staff ? "employee" : kinds[n % 10].category,
                             .proof = staff ? "insurance" : kinds[n % 10].proof, .pension = "no", .civil = "no", .qualified = "yes", .local = "yes", .post = "manager",
                             .promised = 1, .flags = n % 9 == 2 ? "hard" : n % 23 == 5 ? "low" : NULL};
    if (staff)
        f.employer = c->employer_uscc != NULL ? c->employer_name : c->provider_name, f.uscc = c->employer_uscc != NULL ? c->employer_uscc : c->uscc;
    *hired = day_add(c->starts_on, -20 - n % 9 * 30); /* some of them too long ago */
    if (strcmp(c->line, "induction") == 0)
        f.hired_on = hired;
    if (strcmp(f.category, "student") == 0) {
        *graduates = (c->starts_on / 10000 + (c->starts_on / 100 % 100 > 5)) * 10000 + 630;
        f.graduates = graduates;
        year = 2004;
    }
    if (n % 29 == 7)
        year = 1961; /* beyond the retirement age */
    if (n % 37 == 11)
        f.qualified = NULL; /* nobody has looked yet */
    f.idno = idno(cx, year * 10000 + (1 + n % 12) * 100 + 1 + n % 27, n * 7 % 1000);
    return f;
}

static void be(struct ctx *cx, unsigned role, const struct q_trainee_demo_classes_row *c)
{
    cx->actor = (struct actor){.account_id = cx->actor.account_id, .role = role, .provider_id = role == ROLE_PROVIDER ? c->provider_id : 0,
                               .district = role == ROLE_DISTRICT ? c->district : 0, .name = "demo"};
}

/* One person: applies some days before the class, is admitted, goes as far as the class has come. */
static err_t one(struct ctx *cx, const struct q_trainee_demo_classes_row *c, int n, int64_t now)
{
    struct trainee_form f = person(cx, n, c);
    struct decision d;
    int64_t id, then = day_start(day_add(c->starts_on, -6 - n % 8), DAY_ZONE) + (9 + n % 8) * 3600000LL;
    be(cx, ROLE_PROVIDER, c);
    cx->now = then < now ? then : now - (int64_t)(n % 50) * 3600000;
    err_t e = trainee_bring(cx, c->id, &f, &d, &id);
    if (e == E_CONFLICT || e == E_INVALID)
        return E_OK; /* made up twice */
    TRY(e);
    if (d.verdict != DECIDE_YES || (strcmp(c->status, "approved") == 0 && n % 4 != 0))
        return E_OK;
    return trainee_step(cx, id, "admit", NULL);
}

static err_t hold(struct ctx *cx, const struct q_trainee_demo_classes_row *c, int64_t now)
{
    be(cx, ROLE_CLOCK, c);
    cx->now = now;
    if (strcmp(c->status, "approved") == 0)
        return E_OK;
    TRY(trainees_step_all(cx, c->id, "attend", NULL));
    return strcmp(c->status, "running") == 0 ? E_OK : trainees_step_all(cx, c->id, "complete", NULL);
}

/* The register says something that the provider calls wrong: the district's officers have something to settle. */
static err_t dispute(struct ctx *cx, const struct q_trainee_demo_classes_row *c)
{
    struct q_trainee_of_class_row *rows;
    size_t n;
    int64_t fact;
    TRY(trainees_of_class(cx, c->id, &rows, &n));
    for (size_t i = 0; i < n && i < 2; i++) {
        be(cx, ROLE_CLOCK, c);
        TRY(fact_add(cx, rows[i].person_id, &(struct fact_in){"civil", "yes", "insurance", "", 20250101, 0}, &fact));
        be(cx, ROLE_PROVIDER, c);
        TRY(fact_dispute(cx, fact, "去年已从事业单位离职，有离职证明（示例）"));
    }
    return E_OK;
}

/* The person of the seeker's login stands in a class too: their page shows something. */
static err_t seeker(struct ctx *cx)
{
    struct q_trainee_demo_seeker_row *rows;
    struct person_in own;
    struct decision d;
    size_t n;
    int64_t id;
    TRY(q_trainee_demo_seeker(cx, &rows, &n));
    if (n == 0 || rows[0].class_id == NULL)
        return E_OK;
    TRY(person_own(cx, *rows[0].person_id, &own));
    struct trainee_form f = {.name = own.name, .phone = own.phone, .idno = own.idno != NULL ? own.idno : idno(cx, 19930412, 77), .category = "unemployed", .proof = "record",
                             .pension = "no", .civil = "no", .qualified = "yes"};
    TRY(fact_add(cx, *rows[0].person_id, &(struct fact_in){"local", "yes", "desk", "", 20250101, 0}, &id));
    cx->actor = (struct actor){.account_id = cx->actor.account_id, .role = ROLE_SEEKER, .person_id = *rows[0].person_id, .name = "demo"};
    return own.phone == NULL ? E_OK : trainee_bring(cx, *rows[0].class_id, &f, &d, &id);
}

static err_t fill(struct ctx *cx, void *arg)
{
    struct q_trainee_demo_classes_row *classes;
    int64_t now = cx->now;
    size_t n;
    int made = 0;
    bool disputed = false;
    (void)arg;
    TRY(q_trainee_demo_classes(cx, &classes, &n));
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < A_CLASS - (int)(i % 4) && k < classes[i].seats && made < MOST; k++)
            TRY(one(cx, &classes[i], made++, now));
        TRY(hold(cx, &classes[i], now));
        if (!disputed && (*classes[i].status == 'a' || *classes[i].status == 'r') && classes[i].district == 120102) {
            TRY(dispute(cx, &classes[i]));
            disputed = true;
        }
    }
    cx->now = now;
    return seeker(cx);
}

err_t trainees_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_trainee_any_row any;
    (void)s;
    TRY(q_trainee_any(cx, &any));
    if (any.n > 0)
        return E_OK;
    return demo_fill(cx, ROLE_CLOCK, fill, NULL);
}
