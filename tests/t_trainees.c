/* Trainees: applying, clauses that forbid, facts that are disputed and settled, the way through the class, the person's own word. */
#include "tests/trainees_world.h"

#include "city/benefits/benefits.h"
#include "city/decisions/decisions.h"

static int64_t apply(struct world *w, int64_t class_id, const struct trainee_form *in, struct decision *d, const char *name)
{
    int64_t id = 0;
    world_ok(w, trainee_apply(&w->cx, class_id, in, d, &id), name);
    return id;
}

static const char *state(struct world *w, int64_t id)
{
    struct q_trainee_get_row t;
    return trainee_find(&w->cx, id, &t) == E_OK ? t.status : "?";
}

static int64_t applying(struct world *w)
{
    struct decision d;
    struct trainee_form in = usual(w, "19960315", 11);
    int64_t id, again;
    as(w, ROLE_PROVIDER, 21);
    id = apply(w, 1, &in, &d, "somebody applies");
    is_str(decide_verdict_code(d.verdict), "yes", "and may");
    is_int(d.total, 291600 + 35000, "2,916 and 350");
    is_str(state(w, id), "applied", "on the list");
    is_int(trainee_apply(&w->cx, 1, &in, &d, &again), E_CONFLICT, "once");
    is_int(trainee_apply(&w->cx, 3, &in, &d, &again), E_NOTFOUND, "not in another provider's class");
    in = usual(w, "19660105", 13);
    is_str(state(w, apply(w, 1, &in, &d, "too old")), "refused", "refused at once");
    is_str(d.checks[0].rule->id, "training.retirement.men", "with the clause");
    in = usual(w, "19900105", 15);
    in.proof = "promise";
    is_int(trainee_apply(&w->cx, 1, &in, &d, &again), E_INVALID, "a promise is read first");
    in.promised = 1;
    is_str(state(w, apply(w, 1, &in, &d, "a promise where the law wants a record")), "refused", "is refused");
    in.category = "rural";
    is_str(state(w, apply(w, 1, &in, &d, "as rural labour")), "applied", "is taken up again");
    in = usual(w, "19910105", 17);
    in.idno = "120102199101050000";
    ok(trainee_apply(&w->cx, 1, &in, &d, &again) == E_INVALID, "a wrong identity number");
    return id;
}

/* Nobody learns on a public page what is recorded of the owner of a number they typed. */
static void strangers(struct world *w)
{
    struct decision d;
    struct trainee_form in = usual(w, "19880808", 21);
    int64_t id, fact, person;
    struct q_trainee_get_row t = {0};
    as(w, ROLE_PROVIDER, 21);
    id = apply(w, 2, &in, &d, "known from another class");
    world_ok(w, trainee_find(&w->cx, id, &t), "the person");
    person = t.person_id;
    as(w, ROLE_DISTRICT, 31);
    world_ok(w, fact_add(&w->cx, person, &(struct fact_in){"pension", "yes", "insurance", "", 20260101, 0}, &fact), "the register says: a pension");
    ok(fact_add(&w->cx, person, &(struct fact_in){"pension", "maybe", "insurance", "", 20260101, 0}, &fact) == E_INVALID, "maybe is no answer");
    as(w, ROLE_PUBLIC, 0);
    in.phone = "13811112222";
    id = apply(w, 1, &in, &d, "a stranger applies in that name");
    is_str(decide_verdict_code(d.verdict), "yes", "and is told what the form says");
    is_str(state(w, id), "refused", "the record knows better");
    in = usual(w, "19880808", 21);
    in.pension = "yes";
    struct q_fact_list_row *facts;
    size_t n;
    world_ok(w, facts_of(&w->cx, person, &facts, &n), "facts");
    for (size_t i = 0; i < n; i++)
        ok(strcmp(facts[i].source, "person") != 0, "what was typed on a public page is not held against the person");
}

static void facts(struct world *w)
{
    struct decision d;
    struct trainee_form in = usual(w, "19950105", 31);
    struct q_trainee_get_row t = {0};
    int64_t id, fact;
    struct q_fact_disputed_row *open;
    size_t n;
    as(w, ROLE_PROVIDER, 21);
    id = apply(w, 1, &in, &d, "somebody");
    world_ok(w, trainee_find(&w->cx, id, &t), "is found");
    as(w, ROLE_CLOCK, 0);
    world_ok(w, fact_add(&w->cx, t.person_id, &(struct fact_in){"civil", "yes", "insurance", "", 20250101, 0}, &fact), "insured as a public servant");
    as(w, ROLE_PROVIDER, 21);
    is_int(trainee_step(&w->cx, id, "admit", NULL), E_STATE, "not admitted");
    ok(strstr(w->cx.fail.say, "机关事业单位") != NULL && strstr(w->cx.fail.say, "第四条") != NULL, "with fact and clause");
    is_int(fact_dispute(&w->cx, fact, ""), E_INVALID, "what is wrong has to be said");
    world_ok(w, fact_dispute(&w->cx, fact, "2025 年 3 月已离职"), "the provider says: this is wrong");
    is_int(trainee_step(&w->cx, id, "admit", NULL), E_STATE, "then somebody has to look");
    is_int(fact_settle(&w->cx, fact, "no", "看过离职证明"), E_DENIED, "not the provider");
    as(w, ROLE_DISTRICT, 31);
    int64_t district = 120102, other = 120104;
    world_ok(w, facts_disputed(&w->cx, &district, &open, &n), "the district's list");
    is_int((long long)n, 1, "has it");
    world_ok(w, facts_disputed(&w->cx, &other, &open, &n), "another's");
    is_int((long long)n, 0, "has not");
    world_ok(w, fact_settle(&w->cx, fact, "no", "看过离职证明"), "an officer settles it");
    is_int(fact_settle(&w->cx, fact, "no", "再来"), E_STATE, "once");
    as(w, ROLE_PROVIDER, 21);
    world_ok(w, trainee_step(&w->cx, id, "admit", NULL), "now admitted");
    is_str(state(w, id), "admitted", "admitted");
}

static void roads(struct world *w, int64_t id)
{
    struct decision d;
    struct trainee_form in = usual(w, "19960315", 11);
    as(w, ROLE_PROVIDER, 21);
    w->cx.actor.provider_id = 2;
    is_int(trainee_step(&w->cx, id, "admit", NULL), E_NOTFOUND, "not by another provider");
    as(w, ROLE_DISTRICT, 31);
    w->cx.actor.district = 120104;
    is_int(trainee_step(&w->cx, id, "refuse", "x"), E_NOTFOUND, "nor another district");
    as(w, ROLE_PROVIDER, 21);
    is_int(trainee_step(&w->cx, id, "complete", NULL), E_STATE, "step by step");
    is_int(trainee_step(&w->cx, id, "refuse", ""), E_INVALID, "a refusal has a reason");
    world_ok(w, trainee_step(&w->cx, id, "admit", NULL), "admitted");
    w->cx.actor.provider_id = 2; /* the other provider's class in the same weeks */
    is_str(state(w, apply(w, 3, &in, &d, "a second class at once")), "refused", "is refused");
    is_str(d.checks[0].rule->id, "training.at_once", "with the clause");
    as(w, ROLE_CLOCK, 0);
    world_ok(w, trainees_step_all(&w->cx, 1, "attend", NULL), "the class begins");
    is_str(state(w, id), "attending", "for who was admitted");
    is_int(trainee_confirm(&w->cx, id, "paper"), E_STATE, "nothing is confirmed before the end");
    world_ok(w, trainees_step_all(&w->cx, 1, "complete", NULL), "the class ends");
    is_str(state(w, id), "completed", "for who attended");
}

static void word(struct world *w, int64_t id)
{
    struct q_trainee_get_row t = {0};
    w->cx.now += 60 * 86400000LL;
    as(w, ROLE_PROVIDER, 21);
    world_ok(w, trainee_confirm_send(&w->cx, id), "a code goes to the phone");
    as(w, ROLE_PUBLIC, 0);
    is_int(trainee_confirm_code(&w->cx, id, "12"), E_INVALID, "six digits");
    for (int i = 0; i < 6; i++)
        is_int(trainee_confirm_code(&w->cx, id, "abcdef"), E_INVALID, "a wrong one");
    as(w, ROLE_PROVIDER, 21);
    world_ok(w, trainee_confirm(&w->cx, id, "paper"), "on paper");
    world_ok(w, trainee_find(&w->cx, id, &t), "the trainee");
    ok(t.confirmed_at != NULL && strcmp(t.confirmed_by, "paper") == 0, "is kept");
    w->cx.now -= 60 * 86400000LL;
}

static void claims(struct world *w, int64_t id)
{
    struct decision d;
    struct decide_result r = {.hours = 120, .attendance_ppm = 1000000, .certificate = "S0000", .certificate_occupation = "6-18-02-04", .certificate_level = 4, .certificate_on = 20270120};
    as(w, ROLE_DISTRICT, 31);
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, &r, &d), "decided again for the claim");
    is_str(decide_verdict_code(d.verdict), "yes", "yes");
    is_int(d.amounts[0].fen, 291600, "the same amount");
    is_str(d.amounts[0].payee, "provider", "to the provider");
    r.certificate = NULL;
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, &r, &d), "without a certificate");
    is_str(decide_verdict_code(d.verdict), "no", "no");
    struct q_trainee_get_row t = {0};
    int64_t fact;
    world_ok(w, trainee_find(&w->cx, id, &t), "the trainee");
    world_ok(w, fact_add(&w->cx, t.person_id, &(struct fact_in){"pension", "yes", "insurance", "", 20270101, 0}, &fact), "retired since");
    r.certificate = "S0000";
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, &r, &d), "checked again when it is paid");
    is_str(d.checks[0].rule->id, "training.pension", "the pension is found");
    world_ok(w, trainee_decide_again(&w->cx, id, 20261231, &r, &d), "on a day before");
    is_str(decide_verdict_code(d.verdict), "yes", "it did not hold yet");
}

static void seats(struct world *w)
{
    struct decision d;
    struct trainee_form in = usual(w, "19920105", 41), more = usual(w, "19920205", 43);
    int64_t id;
    as(w, ROLE_PROVIDER, 21);
    apply(w, 4, &in, &d, "the only seat");
    is_int(trainee_apply(&w->cx, 4, &more, &d, &id), E_CONFLICT, "is taken");
    is_int(trainee_apply(&w->cx, 99, &more, &d, &id), E_NOTFOUND, "no such class");
    town_sql(w, "UPDATE class SET status = 'running' WHERE id = 2;");
    is_int(trainee_apply(&w->cx, 2, &more, &d, &id), E_STATE, "too late");
}

/* As few questions as the decision still hangs on. */
static void questions(struct world *w)
{
    struct decision d;
    const char *q;
    struct benefit_answers in = {0};
    int64_t birth = 19661210;
    as(w, ROLE_PUBLIC, 0);
    static const char *const unemployed[] = {"category", "age", "pension", "civil", "proof", "flags"};
    const char *const answers[] = {"unemployed", "20", "no", "no", "record", "hard"};
    const char **const into[] = {&in.category, &in.age, &in.pension, &in.civil, &in.proof, &in.flags};
    for (int i = 0; i < 6; i++) {
        world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "asked");
        is_str(q, unemployed[i], "the next question");
        *into[i] = answers[i];
    }
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "all answered");
    ok(q == NULL && d.verdict == DECIDE_YES, "no more questions");
    in = (struct benefit_answers){.category = "resident", .age = "63"};
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "63 and older");
    ok(q == NULL && d.verdict == DECIDE_NO, "ends the questions");
    in.age = "50";
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "50 to 62");
    is_str(q, "birth", "the month of birth matters");
    in.birth = &birth;
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "born in December 1966");
    is_str(q, "sex", "and the sex");
    in.sex = "male";
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "a man of nearly 60");
    is_str(q, "pension", "is below the age");
    in.pension = "yes";
    world_ok(w, benefits_decide(&w->cx, &in, NULL, &d, &q), "with a pension");
    ok(q == NULL && d.verdict == DECIDE_NO, "nothing more is asked");
    struct q_benefit_classes_row *rows;
    size_t n;
    world_ok(w, benefits_classes(&w->cx, &rows, &n), "open classes");
    ok(n >= 3, "are there");
    struct decide_class c;
    int64_t item = 1, level = 4;
    in = (struct benefit_answers){.item = &item, .level = &level};
    world_ok(w, benefits_item_class(&w->cx, &in, &c), "an occupation of the catalogue");
    is_int(c.rate, 324000, "its amount");
    ok(!c.start_level, "is above the starting level");
}

static void lines(struct world *w)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        {"nonsense", "\"error\":{\"field\":null"},
        {"[]", "\"error\":{\"field\":\"\""},
        {"{\"on\":\"2026-06-01\"}", "\"field\":\"class.\""},
        {"{\"on\":\"2026-13-01\",\"class\":{}}", "\"field\":\"on\""},
        {"{\"person\":\"P7\",\"on\":\"2026-06-01\",\"clas\":{}}", "\"line\":7,\"person\":null"},
        {"{\"on\":\"2026-06-01\",\"class\":{\"occupation\":\"6-18-02-04\",\"level\":4,\"hours\":120,\"mode\":\"hybrid\",\"urgency\":\"short\",\"provider\":\"school\","
         "\"starts_on\":\"2026-06-08\",\"ends_on\":\"2026-07-10\",\"rate\":324000,\"start_level\":true},\"facts\":[{\"name\":\"pension\",\"value\":\"yes\",\"source\":\"insurance\"}]}",
         "\"verdict\":\"no\""},
        {"{\"on\":\"2026-06-01\",\"class\":{\"occupation\":\"6-18-02-04\",\"level\":\"4\"}}", "\"field\":\"class.level\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {.a = w->cx.arena};
        decisions_line(&w->cx, w->house.rules, rows[i].text, strlen(rows[i].text), 7, &out);
        if (!ok(strstr(buf_text(&out), rows[i].want) != NULL, "a line in, a line out"))
            printf("#   %s\n#   %s\n", rows[i].text, buf_text(&out));
    }
}

/* A class of another line: the form's own answers, an officer's facts, an approved project says that the enterprise is on the list. */
static void other_lines(struct world *w)
{
    struct decision d;
    struct trainee_form in = usual(w, "19950505", 61);
    int64_t hired = 20270101, late = 20260801;
    as(w, ROLE_PROVIDER, 21);
    town_sql(w, "UPDATE provider SET credit = 'A+' WHERE id = 1; UPDATE class SET line = 'induction', level = 0, hours = 40 WHERE id = 5");
    in.category = "employee", in.proof = "insurance", in.employer = "示例机械厂（示例）", in.uscc = "91120000MA00000001";
    world_ok(w, trainee_try(&w->cx, 5, 0, &in, &d), "an employee");
    is_str(decide_verdict_code(d.verdict), "ask", "when they were hired is asked");
    in.hired_on = &late;
    world_ok(w, trainee_try(&w->cx, 5, 0, &in, &d), "hired too long ago");
    is_str(decide_verdict_code(d.verdict), "no", "is told so");
    is_str(d.checks[0].rule->cite, "津人社局发〔2022〕20号第十七条", "with the clause");
    in.hired_on = &hired;
    int64_t id = apply(w, 5, &in, &d, "hired in time"), fact;
    struct q_trainee_get_row t = {0};
    world_ok(w, trainee_find(&w->cx, id, &t), "the trainee");
    ok(strstr(t.said, "hired_on=2027-01-01") != NULL, "the day is kept with the application");
    as(w, ROLE_DISTRICT, 31);
    world_ok(w, fact_add(&w->cx, t.person_id, &(struct fact_in){"paid", "yes", "insurance", "", 20260101, 0}, &fact), "the pension is paid");
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, NULL, &d), "decided again");
    is_str(decide_verdict_code(d.verdict), "yes", "may be subsidised");
    is_int(d.total, 50000, "with 500");
    is_str(d.amounts[0].payee, "enterprise", "to the enterprise");
    town_sql(w, "UPDATE class SET line = 'project' WHERE id = 5");
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, NULL, &d), "as a project that is not decided");
    is_str(decide_verdict_code(d.verdict), "ask", "the list is asked");
    town_sql(w, "UPDATE class SET decided_on = 20270101 WHERE id = 5");
    world_ok(w, trainee_decide_again(&w->cx, id, 20270201, NULL, &d), "approved");
    is_int(d.total, 100000, "1000");
}

static void office(struct world *w)
{
    if (!town_build(w) || !town_sql(w, training_records))
        return;
    class_row(w, 1, 1, 4, 40, 20261207, 20270110, "offline");
    class_row(w, 2, 1, 5, 40, 20261214, 20270120, "hybrid");
    class_row(w, 3, 2, 5, 40, 20261220, 20270120, "offline");
    class_row(w, 4, 1, 5, 1, 20270301, 20270330, "offline");
    class_row(w, 5, 1, 5, 20, 20270305, 20270320, "offline");
    questions(w);
    lines(w);
    int64_t id = applying(w), n;
    strangers(w);
    facts(w);
    roads(w, id);
    word(w, id);
    claims(w, id);
    seats(w);
    other_lines(w);
    world_ok(w, trainees_count(&w->cx, 120102, 2026, &n), "counted");
    is_int(n, 2, "person-times of the year");
}

int main(void)
{
    return world_each(office);
}
