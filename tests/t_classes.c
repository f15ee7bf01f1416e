/* Classes: the check from the clauses, a plan from a week's pattern, the way from declaration to the end, changes, who waits. */
#include "base/day.h"
#include "city/classes/classes.h"
#include "city/classes/costs.h"
#include "city/people/people.h"
#include "city/providers/providers.h"
#include "tests/town.h"

/* ---- the check, a pure function ---- */

static struct check_line lines[20];
static struct check_teacher teachers[] = {{1, 2, 20250101, 0, "张老师", "4-10-01-05", true}, {2, 2, 20250101, 0, "王老师", "4-10-01-05", true}};
static struct check_place places[] = {{1, 40, 20250101, 0, "一号", true}, {2, 20, 20250101, 0, "二号", true}};
static struct check_beside beside[] = {{20261207, 540, 720, 1, 1, 30, "K9"}};
static struct check_class classes[] = {{20261201, 20261231, 1, 30}};

/* 80 hours of a week each working day: 4 safety, 24 theory, 52 practice. It starts on Monday 7 December 2026, declared two weeks before. */
static struct class_facts good(struct world *w)
{
    int64_t day = 20261207;
    for (int i = 0; i < 20; i++) {
        lines[i] = (struct check_line){day, i % 2 == 0 ? 540 : 780, i % 2 == 0 ? 720 : 960, 4, i < 7 ? 1 : 2, 1, i == 0 ? "safety" : i < 7 ? "theory" : "practice"};
        if (i % 2 == 1)
            day = day_add(day, day_weekday(day) == 5 ? 3 : 1);
    }
    return (struct class_facts){.on = 20261123, .starts_on = 20261207, .ends_on = 20261218, .hours = 80, .level = 5, .seats = 30, .place_id = 1,
                                .project_id = 1, .certificate = "level", .occupation = "4-10-01-05", .lines = lines, .n_lines = 20, .teachers = teachers,
                                .n_teachers = 2, .places = places, .n_places = 2, .top_level = 3, .capacity = 60, .project_occupation = "4-10-01-05",
                                .agreement_status = "signed", .agreement_from = 20260101, .agreement_to = 20261231, .licence_from = 20210101,
                                .licence_to = 20281231, .licensed = true, .registered = true, .in_catalogue = true, .has_rate = true,
                                .catalogue = "示例目录", .line = "catalogue", .provider = "school", .credit = "A", .audience = "society", .calendar = &w->house.city->calendar};
}

static void finds(struct world *w, const struct class_facts *f, const char *code, int64_t line, const char *name)
{
    const struct class_finding *found;
    size_t n;
    bool there = code == NULL;
    if (!world_ok(w, class_check(&w->cx, f, &found, &n), name))
        return;
    for (size_t i = 0; i < n; i++)
        if (code != NULL && strcmp(found[i].code, code) == 0 && (line < 0 || found[i].line == line))
            there = found[i].rule != NULL && *found[i].rule->cite != '\0' && *found[i].say != '\0';
    if (!ok(code == NULL ? n == 0 : there, name))
        for (size_t i = 0; i < n; i++)
            printf("#   %s %lld %s\n", found[i].code, (long long)found[i].line, found[i].say);
}

static void checks_of_class(struct world *w)
{
    struct class_facts f = good(w);
    finds(w, &f, NULL, -1, "a class as the rules want it");
    f.on = 20261130;
    finds(w, &f, NULL, -1, "declared on the fifth working day before: in time (2022 measures, art. 24)");
    f.on = 20261201;
    finds(w, &f, "late", 0, "on the fourth: late");
    f = good(w), f.licence_to = 20261217;
    finds(w, &f, "licence", 0, "the licence ends a day before the class does");
    f = good(w), f.licensed = false, f.licence_to = 0;
    finds(w, &f, NULL, -1, "a training centre needs no licence");
    f = good(w), f.agreement_to = 20261217;
    finds(w, &f, "agreement", 0, "so does the agreement");
    f = good(w), f.agreement_status = "suspended";
    finds(w, &f, "agreement", 0, "a suspended agreement");
    f = good(w), f.banned = "到 2027 年 1 月 1 日为止不得申报";
    finds(w, &f, "banned", 0, "a ban");
    f = good(w), f.in_catalogue = false;
    finds(w, &f, "catalogue", 0, "an occupation that is not in the catalogue of the opening day");
    f = good(w), f.has_rate = false;
    finds(w, &f, "rate", 0, "a level without an amount");
    f = good(w), f.project_closed_on = 20261207;
    finds(w, &f, "closed", 0, "a project that a new catalogue closed (agreement, clause 5-1)");
    f = good(w), f.level = 2;
    finds(w, &f, "level", 0, "a level above the project's");
    f = good(w), f.certificate = "special";
    finds(w, &f, "certificate", 0, "two kinds of certificates in one class");
    f = good(w), f.seats = 41;
    finds(w, &f, "seats", 0, "more people than the place holds");
    f = good(w), f.classes = classes, f.n_classes = 1, f.seats = 31;
    finds(w, &f, "capacity", 0, "more in training at one time than the project's size");
    f.seats = 30;
    finds(w, &f, NULL, -1, "just as many");
}

/* Art. 16–20: who may hold a class of a line, for whom, with how many hours; the tiers and shares are the catalogue's. */
static void checks_of_lines(struct world *w)
{
    struct class_facts f = good(w);
    f.line = "placement", f.level = 0, f.certificate = "special", f.hours = 80;
    finds(w, &f, "provider", 0, "art. 18: a private school has to be of grade A+");
    f.credit = "A+";
    finds(w, &f, NULL, -1, "with it, shares of theory and practice are no matter");
    f.provider = "centre";
    finds(w, &f, "provider", 0, "an enterprise's centre cannot");
    f.base = true;
    finds(w, &f, NULL, -1, "but as a public practice base");
    f = good(w), f.line = "induction", f.level = 0, f.certificate = "special", f.provider = "centre";
    finds(w, &f, "audience", 0, "art. 17: for employees only");
    f.audience = "employees", f.has_rate = false;
    finds(w, &f, NULL, -1, "no rate of the catalogue is needed");
    f.hours = 39;
    finds(w, &f, "hours", 0, "not below 40 hours");
    f = good(w), f.line = "centre", f.provider = "practice";
    finds(w, &f, "level", 0, "art. 16 is about single skills");
    f = good(w), f.line = "project", f.audience = "employees", f.level = 0, f.certificate = "special";
    finds(w, &f, "key", 0, "art. 19: approving says that the enterprise is on the list");
}

/* What holds is told like what does not: each check once for the class, four for each line, with clause and fact. */
static void checks_that_hold(struct world *w)
{
    struct class_facts f = good(w);
    struct class_checked all;
    size_t whole = 0, bare = 0, of_first = 0, of_fourth = 0;
    if (!world_ok(w, class_check_all(&w->cx, &f, &all), "the whole check"))
        return;
    for (size_t i = 0; i < all.n_held; i++) {
        whole += all.held[i].line == 0;
        bare += all.held[i].rule == NULL || *all.held[i].rule->clause == '\0' || *all.held[i].say == '\0' || all.held[i].change != NULL;
    }
    is_int((int64_t)all.n, 0, "nothing is found about a sound class");
    is_int((int64_t)whole, 15, "15 checks of the class hold");
    is_int((int64_t)(all.n_held - whole), 80, "and four of each of the 20 lines");
    is_int((int64_t)bare, 0, "each with clause and fact, and nothing to change");
    lines[3].teacher_id = 9;
    if (!world_ok(w, class_check_all(&w->cx, &f, &all), "with a teacher who is not on the roster"))
        return;
    for (size_t i = 0; i < all.n_held; i++) {
        of_first += all.held[i].line == 1;
        of_fourth += all.held[i].line == 4;
    }
    ok(all.n == 1 && all.found[0].line == 4 && all.found[0].change != NULL, "the finding says what to change");
    ok(of_first == 4 && of_fourth == 3, "what was found does not hold, the other checks of the line do");
}

static void checks_of_plan(struct world *w)
{
    struct class_facts f = good(w);
    f.hours = 100;
    finds(w, &f, "hours", 0, "a tier that does not exist (2019 procedure, part 5)");
    f = good(w), lines[19].hours = 3;
    finds(w, &f, "hours", 0, "79 hours are not 80");
    f = good(w), f.n_lines = 0;
    finds(w, &f, "hours", 0, "no plan");
    f = good(w), lines[1].kind = lines[2].kind = lines[3].kind = "practice";
    finds(w, &f, "theory", 0, "12 of 80 hours of theory are less than a fifth");
    f = good(w), lines[1].kind = lines[2].kind = "practice";
    finds(w, &f, NULL, -1, "16 are a fifth");
    f = good(w);
    for (int i = 7; i < 12; i++)
        lines[i].kind = "theory";
    finds(w, &f, "practice", 0, "32 of 80 hours of practice are less than half");
    f = good(w), lines[0].kind = "theory";
    finds(w, &f, "safety", 0, "no safety lessons");
    f = good(w), f.level = 0, f.certificate = "special";
    finds(w, &f, "special", 0, "a single skill is practice only");
    for (int i = 0; i < 20; i++)
        lines[i].kind = "practice";
    finds(w, &f, NULL, -1, "80 hours of practice");
    f = good(w), lines[3].teacher_id = 7;
    finds(w, &f, "teacher", 4, "a teacher who is on no roster: line 4");
    f = good(w), teachers[1].filed = false;
    finds(w, &f, "teacher", 8, "one the district has not taken in");
    teachers[1].filed = true, teachers[1].to_on = 20261210;
    finds(w, &f, "teacher", 20, "one who left before");
    teachers[1].to_on = 0, teachers[1].occupation = "6-18-02-04";
    finds(w, &f, "teacher", 8, "one of another trade");
    teachers[1].occupation = "4-10-01-05", f.level = 3, teachers[1].level = 4;
    finds(w, &f, "teacher", 8, "one below the level that is taught");
    teachers[1].level = 2;
    f = good(w), lines[5].place_id = 3;
    finds(w, &f, "place", 6, "a place that is not registered (2022 supervision, art. 21)");
    lines[5].place_id = 2;
    finds(w, &f, "seats", 6, "one with too few seats");
    f = good(w), lines[2].from_min = 560;
    finds(w, &f, "time", 3, "four hours need three hours of time");
    f = good(w), lines[1].from_min = 700, lines[1].to_min = 880;
    finds(w, &f, "overlap", 2, "two lines at one time");
    f = good(w), f.beside = beside, f.n_beside = 1;
    finds(w, &f, "overlap", 1, "the teacher is in another class at that time");
    beside[0].teacher_id = 9;
    finds(w, &f, "overlap", 1, "the place holds 40, two classes are 60");
    beside[0].seats = 10;
    finds(w, &f, NULL, -1, "with a class of ten it holds them");
    beside[0].seats = 30, beside[0].teacher_id = 1;
}

/* ---- the way ---- */

static const char records[] =
    "INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES (1, 'C2026', '示例目录', 1, 20260101, 'published', 0, 0);"
    "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
    " (1, 1, 1, '养老', '4-10-01-05', '养老护理员', 'very', 'A', 'made', '');"
    "INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (1, 5, 80, 200000);";

static void as(struct world *w, unsigned role)
{
    world_actor(w, role, 7);
    w->cx.actor.provider_id = role == ROLE_PROVIDER ? 1 : 0;
    w->cx.actor.district = role == ROLE_DISTRICT ? 120102 : 0;
}

static void at(struct world *w, int64_t ymd) { w->cx.now = day_start(ymd, DAY_ZONE) + 10 * 3600000; }

static bool a_provider(struct world *w, int64_t *project, int64_t *place, int64_t *teacher)
{
    int64_t id, agreement, from = 20210101, to = 20291231;
    struct provider_form p = {.kind = "centre", .name = "示例培训中心", .short_name = "示例", .uscc = "91350100M000100Y43", .licence_from = &from, .licence_to = &to,
                              .contact = "甲", .phone = "022-23456789", .street = 120102001, .address = "示例路 1 号"};
    at(w, 20261001);
    as(w, ROLE_DISTRICT);
    bool up = world_ok(w, provider_add(&w->cx, &p, &id), "a provider");
    up = up && world_ok(w, provider_place_put(&w->cx, id, &(struct place_form){.name = "一号", .address = "示例路", .street = 120102001, .seats = 40}, place), "a place");
    up = up && world_ok(w, provider_teacher_put(&w->cx, id, &(struct teacher_form){"张老师", "full", "4-10-01-05", "证", "2", NULL}, teacher), "a teacher");
    as(w, ROLE_PROVIDER);
    up = up && world_ok(w, provider_step(&w->cx, id, "file", NULL), "files its record");
    as(w, ROLE_DISTRICT);
    up = up && world_ok(w, provider_step(&w->cx, id, "register", NULL), "and is registered");
    as(w, ROLE_PROVIDER);
    up = up && world_ok(w, agreement_draft(&w->cx, id, 120102, 2026, &agreement), "an agreement");
    up = up && world_ok(w, project_put(&w->cx, agreement, &(struct project_form){.occupation = "4-10-01-05", .top_level = "3", .capacity = 60}, project), "a project");
    up = up && world_ok(w, agreement_step(&w->cx, agreement, "ask", NULL), "is asked for");
    as(w, ROLE_DISTRICT);
    return up && world_ok(w, agreement_step(&w->cx, agreement, "sign", NULL), "and signed");
}

static const char *status_of(struct world *w, int64_t id)
{
    struct q_class_rows_row c = {.status = ""};
    return world_ok(w, class_find(&w->cx, id, &c), "the class") ? c.status : "";
}

static int64_t a_class(struct world *w, int64_t starts_on, int64_t project, int64_t place, int64_t teacher)
{
    struct class_form f = {.project_id = project, .place_id = place, .seats = 30, .starts_on = starts_on, .hours = 80, .level = 5, .mode = "offline",
                           .certificate = "level", .audience = "society", .schedule = "day", .contact = "甲", .phone = "022-23456789"};
    struct class_pattern p = {.starts_on = starts_on, .from_min = 540, .hours_a_day = 8, .theory_pct = 30, .weekdays = 0x1F, .teacher_id = teacher, .place_id = place};
    struct class_line *made;
    size_t n;
    int64_t id = 0;
    as(w, ROLE_PROVIDER);
    world_ok(w, class_draft(&w->cx, 1, &f, &id), "a class is written down");
    if (world_ok(w, class_plan_make(&w->cx, &p, 80, false, &made, &n), "its plan is made from a week")) {
        struct class_line foreign = made[0];
        foreign.teacher_id = 99999;
        ok(class_plan_put(&w->cx, id, &foreign, 1) == E_INVALID && strcmp(w->cx.fail.field, "teacher") == 0, "a teacher of nobody's is a mistake, not a failure");
        foreign = made[0], foreign.place_id = 99999;
        ok(class_plan_put(&w->cx, id, &foreign, 1) == E_INVALID && strcmp(w->cx.fail.field, "place") == 0, "so is a place");
        world_ok(w, class_plan_put(&w->cx, id, made, n), "the plan is kept");
    }
    return id;
}

static void declared(struct world *w, int64_t id, int64_t project, int64_t place, int64_t teacher)
{
    struct q_class_rows_row c = {0};
    (void)project, (void)place, (void)teacher;
    is_int(class_step(&w->cx, id, "approve", NULL), E_STATE, "a draft is not approved");
    world_ok(w, class_step(&w->cx, id, "declare", NULL), "it is declared");
    if (!world_ok(w, class_find(&w->cx, id, &c), "the class"))
        return;
    is_str(c.name, "2026示例养老护理员初级工01等级证", "its name is made by the rule");
    is_int(c.due_on != NULL ? *c.due_on : 0, 20261201, "the district answers within five working days");
    is_int(c.ends_on, 20261218, "80 hours of eight a day end on the tenth working day");
    is_int(class_step(&w->cx, id, "approve", NULL), E_DENIED, "the provider does not approve its own class");
    as(w, ROLE_DISTRICT);
    is_int(class_step(&w->cx, id, "return", NULL), E_INVALID, "returned only with a reason");
    world_ok(w, class_step(&w->cx, id, "return", "请换教师"), "it is returned");
    as(w, ROLE_PROVIDER);
    world_ok(w, class_step(&w->cx, id, "declare", NULL), "and declared again");
    w->cx.actor.provider_id = 2;
    is_int(class_step(&w->cx, id, "withdraw", NULL), E_NOTFOUND, "not by another provider");
    as(w, ROLE_DISTRICT);
    w->cx.actor.district = 120101;
    is_int(class_step(&w->cx, id, "approve", NULL), E_NOTFOUND, "nor decided by another district");
    w->cx.actor.district = 120102;
    world_ok(w, class_step(&w->cx, id, "approve", NULL), "approved");
    world_ok(w, class_find(&w->cx, id, &c), "the class");
    is_str(c.filing_no, "120102-2026-0001", "it has a filing number");
    is_int(class_edit(&w->cx, id, c.version, &(struct class_form){.project_id = 1}), E_STATE, "and is not edited any more");
}

static void changed(struct world *w, int64_t id)
{
    struct q_class_plan_row *plan;
    size_t n;
    int64_t change, sunday = 20261213, stranger = 99;
    as(w, ROLE_PROVIDER);
    if (!world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan"))
        return;
    is_int((int64_t)n, 20, "twenty lessons: two a day");
    is_int(class_change_ask(&w->cx, id, &(struct change_form){.session_id = plan[2].id, .teacher_id = &stranger, .reason = "病假"}, &change), E_STATE,
           "a teacher who is not on the roster is refused at once");
    world_ok(w, class_change_ask(&w->cx, id, &(struct change_form){.session_id = plan[2].id, .day = &sunday, .reason = "停电"}, &change), "another day is asked for");
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan");
    ok(plan[2].day != sunday, "nothing changes before the answer");
    is_int(class_change_settle(&w->cx, change, true, NULL), E_DENIED, "the provider does not answer itself");
    as(w, ROLE_DISTRICT);
    world_ok(w, class_change_settle(&w->cx, change, true, NULL), "the district agrees");
    is_int(class_change_settle(&w->cx, change, true, NULL), E_CONFLICT, "once");
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan");
    bool moved = false;
    for (size_t i = 0; i < n; i++)
        moved = moved || plan[i].day == sunday;
    ok(moved, "and the lesson is on the other day");
}

static void wait_for(struct world *w, int64_t class_id)
{
    const struct need_cell *cells;
    size_t n;
    int64_t id, told;
    as(w, ROLE_STAFF);
    for (int i = 1; i <= 11; i++) { /* six in the first street, three and two in others */
        char phone[16];
        bool known;
        int64_t person;
        snprintf(phone, sizeof phone, "1990000%04d", i);
        world_ok(w, person_register(&w->cx, &(struct person_in){.name = "王小明", .phone = phone}, &person, &known), "a person");
        struct need_form f = {.occupation = "4-10-01-05", .level = "5", .schedule = "any", .street = i <= 6 ? 120102001 : i <= 9 ? 120102002 : 120102003};
        w->cx.now += 1000;
        if (i <= 10)
            world_ok(w, need_add(&w->cx, person, &f, "counter", &id), "wants to learn");
        else {
            int64_t first = id;
            world_ok(w, need_add(&w->cx, person - 1, &f, "counter", &id), "the same wish again");
            is_int(id, first, "is the same");
            f.schedule = "evening";
            world_ok(w, need_add(&w->cx, person - 1, &f, "counter", &id), "and again, with time in the evening only");
            struct q_need_of_person_row *mine;
            size_t n_mine;
            world_ok(w, needs_of(&w->cx, person - 1, &mine, &n_mine), "what that person wants");
            ok(n_mine == 1 && strcmp(mine->schedule, "evening") == 0, "is one wish, as it was said last");
        }
    }
    as(w, ROLE_PROVIDER);
    world_ok(w, need_pool(&w->cx, NULL, &cells, &n), "the pool");
    is_int((int64_t)n, 1, "streets of three and one make four: too few, even together");
    is_int(n > 0 ? cells[0].people : 0, 6, "six of one street are shown");
    is_int(need_offer(&w->cx, class_id, 120102002, &told), E_STATE, "a hidden cell cannot be offered to");
    world_ok(w, need_offer(&w->cx, class_id, 120102001, &told), "the class is offered to the six");
    is_int(told, 6, "who are told");
    world_ok(w, need_pool(&w->cx, NULL, &cells, &n), "the pool");
    is_int((int64_t)n, 0, "and wait no more");
}

/* A plan from a file: all mistakes of all rows, or the plan is replaced as a whole. */
static void from_file(struct world *w, int64_t project, int64_t place, int64_t teacher)
{
    struct q_provider_teacher_list_row *t;
    struct q_provider_place_list_row *l;
    struct q_class_plan_row *plan;
    const struct field *fields;
    struct plan_report r;
    const char *name, *path = arena_fmt(w->cx.arena, "%s/plan.csv", w->dir);
    size_t n, n_places;
    as(w, ROLE_PROVIDER);
    int64_t id = a_class(w, 20270201, project, place, teacher);
    world_ok(w, provider_teachers(&w->cx, 1, &t, &n), "the roster");
    world_ok(w, provider_places(&w->cx, 1, &l, &n_places), "the places");
    world_ok(w, provider_teacher_name(&w->cx, t[0].name, &name), "a name");
    world_ok(w, class_plan_fields(&w->cx, 1, &fields), "the template's columns");
    ok(fields[6].choices != NULL && strcmp(fields[6].choices[0].code, name) == 0, "with the teachers to choose from");
    FILE *f = fopen(path, "wbe");
    ok(f != NULL && fprintf(f, "日期,开始,结束,课时,类型,内容,教师,场所\n2027-02-01,9:00,12:00,4,安全教育,第一次,%s,%s\n2027-02-01,10:00,13:00,4,闲聊,第二次,没有这个人,%s\n2027-13-01,9:00,12点,0,理论,,%s,别处\n",
                            name, l[0].name, l[0].name, name) > 0 && fclose(f) == 0, "a file with mistakes");
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan");
    size_t before = n;
    world_ok(w, class_plan_file(&w->cx, id, path, "计划.csv", &r), "is read");
    ok(r.n_faults >= 7, "every mistake of every row is listed");
    is_int(r.faults[0].row, 3, "the first is in the second lesson");
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan");
    is_int((int64_t)n, (int64_t)before, "nothing was changed");
    f = fopen(path, "wbe");
    ok(f != NULL && fprintf(f, "日期,开始,结束,课时,类型,内容,教师,场所\n2027-02-01,9:00,12:00,4,安全教育,第一次,%s,%s\n2027-02-02,9:00,12:00,4,实操,第二次,%s,%s\n", name, l[0].name, name, l[0].name) > 0 &&
           fclose(f) == 0, "a right one");
    world_ok(w, class_plan_file(&w->cx, id, path, "计划.csv", &r), "is read");
    is_int((int64_t)r.n_faults, 0, "without a mistake");
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "the plan");
    is_int((int64_t)n, 2, "is the file's");
    f = fopen(path, "wbe");
    ok(f != NULL && fprintf(f, "日期,开始\n2027-02-01,9:00\n") > 0 && fclose(f) == 0, "a file without its columns");
    is_int(class_plan_file(&w->cx, id, path, "计划.csv", &r), E_INVALID, "is told which");
    world_ok(w, class_step(&w->cx, id, "cancel", NULL), "no more of it");
}

/* A new version of the catalogue before the opening day: without the occupation the class is flagged, with it the class goes over. */
static void left(struct world *w, int64_t id)
{
    struct q_class_moved_row *rows;
    struct q_class_rows_row c;
    int64_t other = 120104;
    size_t n;
    as(w, ROLE_PROVIDER);
    world_ok(w, classes_left(&w->cx, NULL, &w->cx.actor.provider_id, NULL, &rows, &n), "nothing new");
    is_int((int64_t)n, 0, "nothing to flag");
    town_sql(w, "UPDATE catalogue SET until_on = 20261130 WHERE id = 1; INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES"
                " (99, 'C9', '新目录（样例）', 1, 20261201, 'published', 0, 0)");
    world_ok(w, classes_left(&w->cx, NULL, &w->cx.actor.provider_id, NULL, &rows, &n), "a version without the occupation");
    if (is_int((int64_t)n, 1, "the class is flagged")) {
        const char *say = class_left_say(&w->cx, &rows[0]);
        ok(strstr(say, "没有补贴") != NULL && strstr(say, "2026 年 11 月 30 日") != NULL && strstr(say, "取消开班") != NULL, "with what it means and what to do");
        if (strstr(say, "2026 年 11 月 30 日") == NULL)
            printf("# %s\n", say);
    }
    world_ok(w, classes_left(&w->cx, &other, NULL, NULL, &rows, &n), "another district");
    is_int((int64_t)n, 0, "does not see it");
    town_sql(w, "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find)"
                " SELECT 990, max(k.id), 1, '养老', '4-10-01-05', (SELECT max(j.name) FROM project j JOIN class c ON c.project_id = j.id), 'very', 'A', 'made', '' FROM catalogue k");
    as(w, ROLE_CLOCK);
    world_ok(w, classes_tick(&w->cx), "the clock");
    world_ok(w, classes_left(&w->cx, NULL, NULL, &id, &rows, &n), "once the occupation is in it");
    is_int((int64_t)n, 0, "the class is flagged no more");
    world_ok(w, class_find(&w->cx, id, &c), "the class");
    ok(c.catalogue_id != 1, "and belongs to the new version");
}

static void held(struct world *w, int64_t id)
{
    as(w, ROLE_CLOCK);
    at(w, 20261207);
    world_ok(w, classes_tick(&w->cx), "the clock");
    is_str(status_of(w, id), "running", "it begins on its day");
    at(w, 20261220);
    world_ok(w, classes_tick(&w->cx), "the clock");
    is_str(status_of(w, id), "finished", "and is over after its last");
    struct class_cost cost = {.teachers = 880000, .consumables = 300000, .materials = 200000, .other = 50000}, told;
    struct q_class_actuals_row *rows;
    size_t n;
    bool there;
    as(w, ROLE_PROVIDER);
    w->cx.actor.provider_id = 2;
    is_int(class_cost_put(&w->cx, id, &cost), E_NOTFOUND, "another provider does not say what it cost");
    w->cx.actor.provider_id = 1;
    world_ok(w, class_cost_put(&w->cx, id, &cost), "what it cost");
    cost.teachers = 900000;
    world_ok(w, class_cost_put(&w->cx, id, &cost), "told again");
    world_ok(w, class_cost_of(&w->cx, id, &told, &there), "is found");
    ok(there && told.teachers == 900000, "as it was told last");
    world_ok(w, class_actuals(&w->cx, "4-10-01-05", 20260101, &rows, &n), "what classes were like");
    ok(n == 1 && rows[0].classes == 1 && rows[0].lessons == 80 && rows[0].costed == 1 && rows[0].teachers == 900000, "one class, its lessons, its costs");
    world_ok(w, class_actuals(&w->cx, "4-10-01-05", 20270101, &rows, &n), "later ones");
    is_int((int64_t)n, 0, "none");
}

static void whole(struct world *w)
{
    int64_t project, place, teacher, id;
    if (!town_build(w) || !town_sql(w, records))
        return;
    checks_of_class(w);
    checks_of_lines(w);
    checks_that_hold(w);
    checks_of_plan(w);
    if (!a_provider(w, &project, &place, &teacher))
        return;
    at(w, 20261124);
    id = a_class(w, 20261207, project, place, teacher);
    declared(w, id, project, place, teacher);
    changed(w, id);
    wait_for(w, id);
    from_file(w, project, place, teacher);
    left(w, id);
    held(w, id);
    at(w, 20261221);
    id = a_class(w, 20261222, project, place, teacher);
    is_int(class_step(&w->cx, id, "declare", NULL), E_STATE, "a class of tomorrow is declared too late");
    ok(w->cx.fail.say != NULL && strstr(w->cx.fail.say, "第二十四条") != NULL, "the refusal names the clause");
}

static void in_town(struct world *w)
{
    whole(w);
}

int main(void) { return world_each(in_town); }
