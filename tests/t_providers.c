/* Providers: filing, agreements, grades and their share, the ladder of sanctions with bans, projects that a catalogue leaves. */
#include "base/day.h"
#include "city/providers/providers.h"
#include "tests/town.h"

static const char records[] =
    "INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES (1, 'C2026', '示例目录', 1, 20260101, 'published', 0, 0),"
    " (2, 'C2027', '明年目录', 1, 20270101, 'published', 0, 0);"
    "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
    " (1, 1, 1, '养老', '4-10-01-05', '养老护理员', 'very', 'A', 'made', ''), (2, 1, 2, '制造', '6-18-02-04', '焊工', 'very', 'A', 'made', ''),"
    " (3, 2, 1, '养老', '4-10-01-05', '养老护理员', 'very', 'A', 'made', '');";
static const char *const codes[] = {"91350100M000100Y43", "52100000500000123A"};

static void as(struct world *w, unsigned role, int64_t provider)
{
    world_actor(w, role, 7);
    w->cx.actor.provider_id = role == ROLE_PROVIDER ? provider : 0;
    w->cx.actor.district = role == ROLE_DISTRICT ? 120102 : 0;
}

static void at(struct world *w, int64_t ymd) { w->cx.now = day_start(ymd, DAY_ZONE) + 10 * 3600000; }

static const char *banned(struct world *w, int64_t id, int64_t on)
{
    const char *why = NULL;
    world_ok(w, provider_is_banned(&w->cx, id, on, &why), "is it banned");
    return why != NULL ? why : "";
}

static int64_t filing(struct world *w)
{
    int64_t id = 0, again, part, from = 20210101, to = 20281231;
    struct provider_form f = {.kind = "school", .name = "示例学校", .short_name = "示例", .uscc = codes[0], .contact = "甲", .phone = "022-23456789",
                              .street = 120102001, .address = "示例路 1 号", .bank = "示例银行", .bank_account = "6200000000000001"};
    const char *bank, *account;
    struct q_provider_get_row p;
    at(w, 20260601);
    as(w, ROLE_DISTRICT, 0);
    world_ok(w, provider_add(&w->cx, &f, &id), "the district writes down a school");
    is_int(provider_add(&w->cx, &f, &again), E_CONFLICT, "once");
    world_ok(w, provider_bank(&w->cx, id, &bank, &account), "its account");
    is_str(account, "6200000000000001", "can be read by who pays");
    as(w, ROLE_PROVIDER, id);
    is_int(provider_step(&w->cx, id, "file", NULL), E_STATE, "without a licence it is not filed");
    f.licence = "人社民1号", f.licence_from = &from, f.licence_to = &to, f.bank_account = NULL;
    world_ok(w, provider_edit(&w->cx, id, 1, &f), "it adds its licence");
    is_int(provider_edit(&w->cx, id, 1, &f), E_CONFLICT, "two editors: the second is told");
    is_int(provider_step(&w->cx, id, "file", NULL), E_STATE, "nor without a place");
    world_ok(w, provider_place_put(&w->cx, id, &(struct place_form){.name = "一号", .address = "示例路", .street = 120102001, .seats = 40}, &part), "a place");
    world_ok(w, provider_teacher_put(&w->cx, id, &(struct teacher_form){"张老师", "full", "4-10-01-05", "证", "2", NULL}, &part), "a teacher");
    world_ok(w, provider_step(&w->cx, id, "file", NULL), "now it is filed");
    world_ok(w, provider_find(&w->cx, id, &p), "it");
    is_int(p.due_on != NULL ? *p.due_on : 0, 20260610, "answered within seven working days");
    is_int(provider_step(&w->cx, id, "register", NULL), E_DENIED, "not by itself");
    as(w, ROLE_DISTRICT, 0);
    world_ok(w, provider_step(&w->cx, id, "register", NULL), "the district takes it in");
    as(w, ROLE_PROVIDER, id + 1);
    is_int(provider_part_end(&w->cx, id, "teacher", part), E_NOTFOUND, "another provider ends no teacher");
    return id;
}

/* ---- assessment ---- */

static void pupils(struct world *w) /* nine more schools of the district, one of them new in 2026 */
{
    for (int n = 11; n < 20; n++)
        town_sql(w, arena_fmt(w->cx.arena,
                              "INSERT INTO provider (id, code, kind, name, short_name, uscc, licence, licence_from, licence_to, contact, phone, district, address,"
                              " status, created_at) VALUES (%d, 'T%d', 'school', '学校%d', '校%d', 'U%d', 'L', %d, 20281231, '甲', '1', 120102, '路', 'registered', 0);",
                              n, n, n, n, n, n == 19 ? 20260301 : 20200101));
}

static void grade(struct world *w, const struct q_assessment_list_row *a, int points)
{
    static const int most[] = {10, 20, 20, 10, 20, 20};
    struct buf json = {.a = w->cx.arena};
    for (int i = 0; i < 6; i++) {
        int give = points < most[i] ? points : most[i];
        buf_fmt(&json, "%s\"part%d\":%d", i == 0 ? "{" : ",", i + 1, give);
        points -= give;
    }
    buf_str(&json, "}");
    const struct assessment_act acts[] = {{.action = "report", .self_report = "自评"}, {.action = "check"}, {.action = "visit", .visited_on = 20261120},
                                          {.action = "score", .scores = buf_text(&json)}};
    for (size_t i = 0; i < 4; i++)
        world_ok(w, assessment_step(&w->cx, a->id, &acts[i]), acts[i].action);
}

static const char *grade_of(struct world *w, int64_t id)
{
    struct q_assessment_get_row a = {.grade = ""};
    return world_ok(w, assessment_find(&w->cx, id, &a), "an assessment") ? a.grade : "";
}

static void assessing(struct world *w)
{
    static const int points[] = {95, 94, 93, 92, 89, 80, 79, 69};
    struct q_assessment_list_row *rows;
    size_t n, k = 0;
    int64_t ids[8] = {0}, absent = 0;
    at(w, 20261124);
    as(w, ROLE_DISTRICT, 0);
    pupils(w);
    ok(assessments_open(&w->cx, 120102, 2027) == E_INVALID && strcmp(w->cx.fail.field, "year") == 0, "a year that has not come is not assessed");
    world_ok(w, assessments_open(&w->cx, 120102, 2026), "the year's assessment begins");
    world_ok(w, assessments_page(&w->cx, &(struct q_assessment_list_in){.year = 2026}, &rows, &n), "all of them");
    is_int((int64_t)n, 10, "one for each licence holder");
    for (size_t i = 0; i < n; i++) {
        if (rows[i].provider_id == 19)
            is_str(rows[i].grade, "B", "a licence of the year is B");
        else if (k < 8)
            ids[k++] = rows[i].id;
        else
            absent = rows[i].id;
        if (rows[i].provider_id != 19 && k <= 8 && absent == 0)
            grade(w, &rows[i], points[k - 1]);
    }
    is_int(assessment_step(&w->cx, ids[0], &(struct assessment_act){.action = "ratify"}), E_STATE, "A only when all are scored");
    is_int(assessment_step(&w->cx, absent, &(struct assessment_act){.action = "absent"}), E_INVALID, "absence needs a reason");
    world_ok(w, assessment_step(&w->cx, absent, &(struct assessment_act){.action = "absent", .note = "没有交材料"}), "who does not take part");
    is_str(grade_of(w, absent), "D", "is D");
    static const char *const want[] = {"A", "A", "A", "B", "B", "B", "C", "D"};
    for (size_t i = 0; i < 8; i++) {
        world_ok(w, assessment_step(&w->cx, ids[i], &(struct assessment_act){.action = "ratify"}), "ratified");
        is_str(grade_of(w, ids[i]), want[i], arena_fmt(w->cx.arena, "%d points among ten institutions (A: at most three)", points[i]));
    }
    is_int(assessment_step(&w->cx, ids[0], &(struct assessment_act){.action = "publish"}), E_DENIED, "the city publishes");
    as(w, ROLE_CITY, 0);
    world_ok(w, assessment_step(&w->cx, ids[0], &(struct assessment_act){.action = "publish"}), "published");
    for (size_t i = 0; i < n; i++)
        if (strcmp(grade_of(w, rows[i].id), "D") == 0 && rows[i].id != absent) {
            const char *why;
            world_ok(w, assessment_step(&w->cx, rows[i].id, &(struct assessment_act){.action = "publish"}), "published");
            world_ok(w, agreement_against(&w->cx, rows[i].provider_id, 2026, 20261124, &why), "what stands against an agreement");
            ok(why != NULL && strstr(why, "D") != NULL, "a D gets no agreement");
        }
}

/* ---- agreements ---- */

static err_t leave(struct ctx *cx, void *arg) { return projects_close_left(cx, *(const int64_t *)arg); }

static void agreeing(struct world *w, int64_t id)
{
    int64_t agreement = 0, first, second, next = 2;
    struct q_project_get_row j;
    at(w, 20261124);
    as(w, ROLE_PROVIDER, id);
    world_ok(w, agreement_draft(&w->cx, id, 120102, 2026, &agreement), "an agreement is begun");
    is_int(agreement_draft(&w->cx, id, 120102, 2026, &first), E_CONFLICT, "one a year and district");
    is_int(agreement_step(&w->cx, agreement, "ask", NULL), E_STATE, "without projects it is not asked for");
    world_ok(w, project_put(&w->cx, agreement, &(struct project_form){.occupation = "4-10-01-05", .top_level = "3", .capacity = 60}, &first), "a project");
    world_ok(w, project_put(&w->cx, agreement, &(struct project_form){.occupation = "6-18-02-04", .top_level = "3", .capacity = 60}, &second), "another");
    is_int(project_put(&w->cx, agreement, &(struct project_form){.occupation = "4-03-02-01", .top_level = "3", .capacity = 60}, &first), E_INVALID,
           "what is not in the catalogue is refused");
    world_ok(w, agreement_step(&w->cx, agreement, "ask", NULL), "asked");
    as(w, ROLE_DISTRICT, 0);
    world_ok(w, agreement_step(&w->cx, agreement, "sign", NULL), "signed");
    as(w, ROLE_CITY, 0);
    world_ok(w, store_tx(&w->cx, STORE_WRITE, leave, &next), "a catalogue without the second trade is published");
    world_ok(w, project_find(&w->cx, second, &j), "the second");
    is_int(j.closed_on != NULL ? *j.closed_on : 0, 20270101, "is closed from its day of effect (agreement, clause 5-1)");
    world_ok(w, project_find(&w->cx, first, &j), "the first");
    ok(j.closed_on == NULL, "stays");
}

/* ---- sanctions ---- */

static int64_t decide(struct world *w, int64_t provider, const char *cause)
{
    int64_t id = 0;
    world_ok(w, sanction_decide(&w->cx, provider, 0, cause, "示例情况", &id), cause);
    return id;
}

static void fix(struct world *w, int64_t id) { world_ok(w, sanction_step(&w->cx, id, "fix", "验收", 0), "the rectification is accepted"); }

static size_t proposed(struct world *w, int64_t provider, const char *cause, int64_t *id)
{
    struct q_sanction_list_row *rows;
    size_t n, k = 0;
    world_ok(w, sanctions_page(&w->cx, &(struct q_sanction_list_in){.provider_id = &provider, .status = "proposed", .lim = 50}, &rows, &n), "proposals");
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].cause, cause) == 0) {
            *id = rows[i].id;
            k++;
        }
    return k;
}

static void ladder(struct world *w, int64_t p)
{
    int64_t one, two, letter = 0, id;
    struct q_sanction_get_row s;
    at(w, 20260701);
    as(w, ROLE_PROVIDER, p);
    is_int(sanction_decide(&w->cx, p, 0, "books", "x", &id), E_DENIED, "a provider sanctions nobody");
    as(w, ROLE_DISTRICT, 0);
    is_int(sanction_decide(&w->cx, p, 0, "nonsense", "x", &id), E_INVALID, "a cause the rules do not know");
    one = decide(w, p, "books");
    world_ok(w, sanction_find(&w->cx, one, &s), "the interview (art. 20)");
    is_str(s.step, "interview", "books not handed out: an interview");
    is_int(s.fix_by, 20260708, "five working days to put it right");
    is_int(s.report_by, 20260708, "the city is told within five working days (art. 25)");
    ok(s.ban_until == NULL, "an interview bans nobody");
    ok(*banned(w, p, 20260702) != '\0', "but nothing new while it is not put right (art. 24)");
    fix(w, one);
    is_str(banned(w, p, 20260702), "", "after that it may");
    is_int((int64_t)proposed(w, p, "interviews", &letter), 0, "one interview proposes nothing");
    at(w, 20260801);
    two = decide(w, p, "papers");
    fix(w, two);
    is_int((int64_t)proposed(w, p, "interviews", &letter), 1, "two in a year: a letter is proposed (\"2 次以上\" includes two, art. 21)");
    is_str(banned(w, p, 20260802), "", "a proposal bans nobody");
    world_ok(w, sanction_step(&w->cx, letter, "decide", NULL, 0), "the officer decides");
    world_ok(w, sanction_find(&w->cx, letter, &s), "the letter");
    is_int(s.fix_by, 20260901, "a month to put it right");
    is_int(s.ban_until != NULL ? *s.ban_until : 0, 20270201, "no new training for six months");
    fix(w, letter);
    ok(*banned(w, p, 20270201) != '\0', "banned on the last day");
    is_str(banned(w, p, 20270202), "", "free on the day after");
    world_ok(w, sanction_step(&w->cx, letter, "report", NULL, 0), "reported to the city");
    is_int(sanction_step(&w->cx, letter, "report", NULL, 0), E_STATE, "once");
    is_int(sanction_step(&w->cx, letter, "lift", "错了", 0), E_DENIED, "only the city lifts it");
    at(w, 20270110);
    id = decide(w, p, "books");
    fix(w, id);
    is_int((int64_t)proposed(w, p, "interviews", &letter), 0, "a new year counts anew");
}

static void heavy(struct world *w, int64_t p)
{
    int64_t id;
    struct q_sanction_get_row s;
    struct q_agreement_list_row *rows;
    size_t n;
    at(w, 20261126);
    as(w, ROLE_DISTRICT, 0);
    id = decide(w, p, "fraud");
    world_ok(w, sanction_find(&w->cx, id, &s), "it");
    is_str(s.step, "termination", "fraud ends the agreement (art. 23)");
    is_int(s.ban_until != NULL ? *s.ban_until : 0, 20281126, "for two years");
    world_ok(w, agreement_page(&w->cx, &(struct q_agreement_list_in){.provider_id = &p, .lim = 9}, &rows, &n), "its agreements");
    is_str(n > 0 ? rows[0].status : "", "terminated", "are ended");
    as(w, ROLE_CITY, 0);
    world_ok(w, sanction_step(&w->cx, id, "lift", "查实有误", 0), "the city lifts it");
    is_str(strstr(banned(w, p, 20271126), "解除") != NULL ? "still" : "", "", "and the ban is gone");
}

static void in_town(struct world *w)
{
    if (!town_build(w) || !town_sql(w, records))
        return;
    int64_t id = filing(w);
    if (id != 0) {
        assessing(w);
        agreeing(w, id);
        ladder(w, 11);
        heavy(w, id);
    }
}

int main(void) { return world_each(in_town); }
