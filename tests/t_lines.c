/* Lines beside the catalogue (津人社局发〔2022〕20号 art. 17, 22) from the declaration to the payment: a class at the beginning of a job, a master and apprentices. */
#include "city/trainees/trainees.h"
#include "tests/town.h"

#include "base/day.h"
#include "base/idno.h"
#include "city/certificates/certificates.h"
#include "city/certificates/certificates_impl.h"
#include "city/claims/claims.h"
#include "city/classes/classes.h"
#include "city/ledger/ledger.h"
#include "city/providers/providers.h"
#include "city/supervision/supervision.h"

#include <stdio.h>

enum { SCHOOL = 21, OFFICER = 11, OFFICER2 = 12, OFFICER3 = 13, CITY_HALL = 31 };

static const char records[] =
    "INSERT INTO catalogue (id, code, title, sample, effective_on, status, created_at, moved_at) VALUES (1, 'C2026', '示例目录', 1, 20260101, 'published', 0, 0);"
    "INSERT INTO catalogue_item (id, catalogue_id, seq, sector, occupation, name, urgency, class, origin, find) VALUES"
    " (1, 1, 1, '制造', '6-18-02-04', '焊工', 'very', 'A', 'made', '');"
    "INSERT INTO catalogue_rate (item_id, level, hours, amount) VALUES (1, 5, 80, 200000);";

static void as(struct world *w, int64_t account)
{
    unsigned role = account == SCHOOL ? ROLE_PROVIDER : account == CITY_HALL ? ROLE_CITY : ROLE_DISTRICT;
    world_actor(w, role, account);
    w->cx.actor.provider_id = role == ROLE_PROVIDER ? 1 : 0;
    w->cx.actor.district = role == ROLE_DISTRICT ? 120102 : 0;
}

static void at(struct world *w, int64_t ymd, int64_t minute) { w->cx.now = day_start(ymd, DAY_ZONE) + minute * 60000; }

static void clock_ticks(struct world *w)
{
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, classes_tick(&w->cx), "the clock begins and ends classes");
}

static const char *number(struct world *w, int n) { return idno_whole(w->cx.arena, arena_fmt(w->cx.arena, "1201021990010%d%03d", 1 + n % 8, n)); }

struct house_of { /* what the provider has */
    int64_t project, place, teacher;
};

static bool a_centre(struct world *w, struct house_of *h)
{
    int64_t id, agreement;
    struct provider_form p = {.kind = "centre", .name = "海河机械培训中心（示例）", .short_name = "海河", .uscc = "91350100M000100Y43", .contact = "甲", .phone = "022-23456789",
                              .street = 120102001, .address = "示例路 1 号"};
    at(w, 20260301, 600);
    as(w, OFFICER);
    bool up = town_sql(w, records) && world_ok(w, provider_add(&w->cx, &p, &id), "an enterprise's centre");
    up = up && world_ok(w, provider_place_put(&w->cx, id, &(struct place_form){.name = "一号", .address = "示例路", .street = 120102001, .seats = 40}, &h->place), "a place");
    up = up && world_ok(w, provider_teacher_put(&w->cx, id, &(struct teacher_form){"张老师", "full", "6-18-02-04", "证", "2", NULL}, &h->teacher), "a teacher");
    as(w, SCHOOL);
    up = up && world_ok(w, provider_step(&w->cx, id, "file", NULL), "files its record");
    as(w, OFFICER);
    up = up && world_ok(w, provider_step(&w->cx, id, "register", NULL), "is registered");
    as(w, SCHOOL);
    up = up && world_ok(w, agreement_draft(&w->cx, id, 120102, 2026, &agreement), "an agreement");
    up = up && world_ok(w, project_put(&w->cx, agreement, &(struct project_form){.occupation = "6-18-02-04", .top_level = "3", .capacity = 60}, &h->project), "a project");
    up = up && world_ok(w, agreement_step(&w->cx, agreement, "ask", NULL), "is asked for");
    as(w, OFFICER);
    up = up && world_ok(w, agreement_step(&w->cx, agreement, "sign", NULL), "and signed");
    as(w, CITY_HALL);
    return up && world_ok(w, evaluator_add(&w->cx, "示例评价中心", "society", "S000112000012"), "an evaluator") &&
           world_ok(w, budget_set(&w->cx, &(struct purse){"insurance", 120102, 2026}, 10000000), "a budget") &&
           world_ok(w, budget_set(&w->cx, &(struct purse){"insurance", 120102, 2027}, 10000000), "and the next year's");
}

static const char *class_state(struct world *w, int64_t id)
{
    struct q_class_rows_row c = {.status = "?"};
    return world_ok(w, class_find(&w->cx, id, &c), "the class") ? c.status : "?";
}

static int64_t an_employee(struct world *w, int64_t class_id, int n, const int64_t *hired)
{
    struct decision d = {0};
    int64_t id = 0;
    struct trainee_form f = {.name = "王小明", .idno = number(w, n), .phone = arena_fmt(w->cx.arena, "1990000%04d", n), .category = "employee", .proof = "insurance", .pension = "no",
                             .civil = "no", .local = "yes", .qualified = "yes", .employer = "海河机械厂（示例）", .uscc = "91120000MA00000001", .hired_on = hired};
    as(w, SCHOOL);
    world_ok(w, trainee_apply(&w->cx, class_id, &f, &d, &id), "an employee of the enterprise");
    return id;
}

/* A certificate that two officers looked up. */
static void certified(struct world *w, int64_t trainee, const char *text, int64_t issued_on)
{
    const char *digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    struct certificate_in in = {.number = text, .evaluator = "示例评价中心", .issued_on = issued_on};
    struct q_certificate_get_row x = {.status = "?"};
    int64_t id = 0;
    as(w, SCHOOL);
    world_ok(w, certificate_enter(&w->cx, trainee, &in, &id), "the provider enters the certificate");
    world_ok(w, certificate_by_id(&w->cx, id, &x), "it is there");
    as(w, OFFICER);
    world_ok(w, certificate_step(&w->cx, id, "see", NULL, digest, x.version), "one officer looked it up");
    as(w, OFFICER2);
    world_ok(w, certificate_step(&w->cx, id, "attest", NULL, digest, x.version + 1), "and another");
}

/* Confirmed, reviewed, on notice, approved, paid: each by who may. */
static void paid(struct world *w, int64_t claim, int64_t fen, const char *payee)
{
    struct batch_report b = {0};
    struct return_report r;
    struct q_claim_row c = {.status = "?"};
    struct q_batch_row batch = {0};
    const char *text = "";
    size_t len;
    int64_t notice;
    as(w, SCHOOL);
    world_ok(w, claim_step(&w->cx, claim, 0, "confirm", NULL), "the provider confirms");
    as(w, OFFICER);
    world_ok(w, claim_step(&w->cx, claim, 0, "review", NULL), "an officer reviews");
    world_ok(w, notice_publish(&w->cx, &notice), "it goes on notice");
    w->cx.now += 12LL * 86400000;
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, notices_close(&w->cx), "the notice ends");
    as(w, OFFICER2);
    world_ok(w, claim_step(&w->cx, claim, 0, "approve", NULL), "another officer approves");
    world_ok(w, batch_make(&w->cx, "insurance", &b), "a payment");
    is_int(b.total, fen, "of the whole amount");
    world_ok(w, batch_find(&w->cx, b.code, &batch), "the batch");
    world_ok(w, batch_file(&w->cx, &batch, &text, &len), "its file");
    ok(strstr(text, payee) != NULL, "names who is paid");
    as(w, OFFICER3);
    world_ok(w, batch_send(&w->cx, b.batch_id), "sent");
    const char *answer = arena_fmt(w->cx.arena, "付款编号,金额,结果\n%s-00001,%s,成功\n", b.code, form_yuan(w->cx.arena, fen));
    world_ok(w, return_read(&w->cx, "回执.csv", answer, strlen(answer), &r), "the bank paid");
    is_int(r.paid, 1, "once");
    world_ok(w, claim_find(&w->cx, claim, &c), "the claim");
    is_str(c.status, "paid", "is paid");
}

/* Art. 17: newly hired, the pension paid, 40 hours within six months: 500 yuan to the enterprise. */
static void at_the_beginning_of_a_job(struct world *w, const struct house_of *h)
{
    struct class_form f = {.project_id = h->project, .place_id = h->place, .line = "induction", .seats = 20, .starts_on = 20261012, .hours = 40, .level = 0, .mode = "offline",
                           .certificate = "special", .audience = "employees", .schedule = "day", .contact = "甲", .phone = "022-23456789"};
    struct class_pattern p = {.starts_on = 20261012, .from_min = 540, .hours_a_day = 8, .theory_pct = 30, .weekdays = 0x1F, .teacher_id = h->teacher, .place_id = h->place};
    struct class_line *lines;
    struct q_class_plan_row *plan;
    struct claim_candidate *c;
    struct q_trainee_get_row t = {0};
    size_t n;
    int64_t id = 0, fact, claim = 0, hired = 20260905;
    at(w, 20260921, 600);
    as(w, SCHOOL);
    world_ok(w, class_draft(&w->cx, 1, &f, &id), "a class of that line is declared");
    if (world_ok(w, class_plan_make(&w->cx, &p, 40, false, &lines, &n), "its plan"))
        world_ok(w, class_plan_put(&w->cx, id, lines, n), "is kept");
    world_ok(w, class_step(&w->cx, id, "declare", NULL), "declared");
    as(w, OFFICER);
    world_ok(w, class_step(&w->cx, id, "approve", NULL), "approved");
    int64_t who = an_employee(w, id, 1, &hired);
    world_ok(w, trainee_find(&w->cx, who, &t), "the trainee");
    as(w, OFFICER);
    world_ok(w, fact_add(&w->cx, t.person_id, &(struct fact_in){"paid", "yes", "insurance", "", 20260905, 0}, &fact), "the pension is paid: an officer looked it up");
    as(w, SCHOOL);
    world_ok(w, trainee_step(&w->cx, who, "admit", NULL), "admitted");
    at(w, 20261012, 480);
    clock_ticks(w);
    as(w, SCHOOL);
    world_ok(w, class_sessions(&w->cx, id, &plan, &n), "its lessons");
    for (size_t i = 0; i < n; i++) {
        at(w, plan[i].day, plan[i].to_min + 60);
        world_ok(w, sign_by_paper(&w->cx, id, &(struct sign_paper){plan[i].id, who, day_start(plan[i].day, DAY_ZONE) + plan[i].from_min * 60000, false, "读卡器坏了"}), "signed on paper");
    }
    at(w, 20261019, 600);
    clock_ticks(w);
    is_str(class_state(w, id), "finished", "the class is over");
    as(w, SCHOOL);
    world_ok(w, claim_candidates(&w->cx, id, &c, &n), "who may be claimed for");
    ok(n == 1 && c[0].lacks != NULL, "nobody without a certificate that it was completed");
    certified(w, who, "JY-2026-0001", 20261018);
    as(w, SCHOOL);
    world_ok(w, claim_candidates(&w->cx, id, &c, &n), "who may be claimed for");
    if (!ok(n == 1 && c[0].lacks == NULL && c[0].fen == 50000 && strcmp(c[0].payee, "enterprise") == 0, "500 yuan to the enterprise, and no fee or allowance"))
        printf("#   %s\n", n > 0 && c[0].lacks != NULL ? c[0].lacks : "");
    ok(strstr(c[0].formula, "第十七条") != NULL, "by its clause");
    as(w, OFFICER);
    world_ok(w, payee_account_set(&w->cx, "enterprise", c[0].payee_id, &(struct account_in){"海河机械厂（示例）", "示例银行", "6222000000000001"}), "its account");
    as(w, SCHOOL);
    world_ok(w, claim_draw(&w->cx, id, &claim), "the claim");
    paid(w, claim, 50000, "海河机械厂（示例）");
}

static bool finds(struct world *w, int64_t id, const char *code)
{
    const struct class_finding *found;
    size_t n;
    world_ok(w, class_check_now(&w->cx, id, 20260518, &found, &n), "the check");
    for (size_t i = 0; i < n; i++)
        if (strcmp(found[i].code, code) == 0)
            return true;
    return false;
}

/* Art. 22: at most two apprentices, a certificate of the next level, 4,000 yuan for each and each full year, to the master. */
static void master_and_apprentices(struct world *w, const struct house_of *h)
{
    struct class_form f = {.project_id = h->project, .place_id = h->place, .line = "master", .seats = 2, .starts_on = 20260612, .level = 4, .mode = "offline",
                           .certificate = "level", .audience = "employees", .schedule = "day", .contact = "甲", .phone = "022-23456789"};
    struct master_in who = {"赵师傅", number(w, 80), "19900000080", "no", "no"};
    struct master m;
    struct claim_candidate *c;
    struct q_class_list_row *shown;
    size_t n;
    int64_t id = 0, other = 0, claim = 0;
    at(w, 20260518, 600);
    as(w, SCHOOL);
    is_int(class_draft(&w->cx, 1, &f, &id), E_INVALID, "how long is asked");
    f.months = 11;
    world_ok(w, class_draft(&w->cx, 1, &f, &id), "a master and apprentices");
    ok(finds(w, id, "master") && finds(w, id, "months"), "without a master, and for less than a year: not in order");
    is_int(class_step(&w->cx, id, "declare", NULL), E_STATE, "and not declared");
    f.months = 13;
    world_ok(w, class_edit(&w->cx, id, 1, &f), "thirteen months");
    world_ok(w, class_master_set(&w->cx, id, &who), "the master is named");
    world_ok(w, class_master(&w->cx, id, &m), "the master");
    ok(m.months == 13 && m.apprentices == 2 && strcmp(m.name, "赵师傅") == 0, "with two apprentices for thirteen months");
    is_int(class_plan_put(&w->cx, id, NULL, 0), E_STATE, "no lessons are planned");
    world_ok(w, class_step(&w->cx, id, "declare", NULL), "declared");
    f.seats = 1;
    world_ok(w, class_draft(&w->cx, 1, &f, &other), "a third apprentice with the same master");
    world_ok(w, class_master_set(&w->cx, other, &who), "at the same time");
    ok(finds(w, other, "seats"), "is one too many");
    world_ok(w, class_step(&w->cx, other, "cancel", NULL), "and given up");
    as(w, OFFICER);
    world_ok(w, class_step(&w->cx, id, "approve", NULL), "approved");
    is_int(class_master_set(&w->cx, id, &who), E_STATE, "the master is not changed any more");
    world_ok(w, classes_search(&w->cx, &(struct class_filter){.shown = 1, .from_on = 20260101, .to_on = 20281231, .lim = 50}, &shown, &n), "the calendar");
    for (size_t i = 0; i < n; i++)
        ok(strcmp(shown[i].line, "master") != 0, "does not show it");
    int64_t one = an_employee(w, id, 31, NULL), two = an_employee(w, id, 32, NULL);
    world_ok(w, trainee_step(&w->cx, one, "admit", NULL), "one apprentice");
    world_ok(w, trainee_step(&w->cx, two, "admit", NULL), "and another");
    at(w, 20260612, 600);
    clock_ticks(w);
    at(w, 20270712, 600);
    clock_ticks(w);
    is_str(class_state(w, id), "finished", "thirteen months later");
    certified(w, one, "S000112000012274000013", 20270712);
    as(w, SCHOOL);
    world_ok(w, claim_candidates(&w->cx, id, &c, &n), "for whom");
    ok(n == 2 && c[0].lacks != NULL && strstr(c[0].lacks, "师傅的银行卡") != NULL && c[0].fen == 400000, "4,000 yuan for the one who has the certificate; the master's account is asked for");
    if (n > 0 && c[0].lacks != NULL)
        printf("# %s\n", c[0].lacks);
    ok(n == 2 && c[1].lacks != NULL && c[1].fen == 0, "nothing for the other yet");
    world_ok(w, class_master(&w->cx, id, &m), "the master");
    is_int(n > 0 ? c[0].payee_id : 0, m.person_id, "it goes to the master");
    world_ok(w, payee_account_set(&w->cx, "person", m.person_id, &(struct account_in){"赵师傅", "示例银行", "6217000000000080"}), "the master's card");
    world_ok(w, claim_draw(&w->cx, id, &claim), "the claim");
    paid(w, claim, 400000, "赵师傅");
}

static void all(struct world *w)
{
    struct house_of h = {0};
    struct ledger_report r = {0};
    if (!town_build(w) || !a_centre(w, &h))
        return;
    at_the_beginning_of_a_job(w, &h);
    master_and_apprentices(w, &h); /* begins before, ends after */
    world_ok(w, ledger_check(&w->cx, &r), "the ledger");
    is_str(r.wrong, NULL, "adds up");
}

int main(void) { return world_each(all); }
