/* Claims: from the certificate to the account; who may; what cannot happen twice. */
#include "city/trainees/trainees.h"
#include "tests/training_money.h"

#include "base/text.h"
#include "city/classes/classes.h"
#include "city/history/history.h"

#include <stdio.h>
#include <stdlib.h>


static struct q_claim_row claim(struct world *w, int64_t id)
{
    struct q_claim_row c = {.status = "?"};
    world_ok(w, claim_find(&w->cx, id, &c), "the claim");
    return c;
}

static const char *state(struct world *w, int64_t id) { return claim(w, id).status; }

static const char *line_state(struct world *w, int64_t claim_id, size_t i)
{
    struct q_claim_lines_row *l;
    size_t n;
    return claim_lines(&w->cx, claim_id, &l, &n) == E_OK && i < n ? l[i].status : "?";
}

static void accounts(struct world *w)
{
    money_actor(w, SCHOOL);
    is_int(payee_account_set(&w->cx, "provider", 1, &(struct account_in){"海河焊工学校（示例）", "示例银行", "6222-abc"}), E_INVALID, "an account is digits");
    world_ok(w, payee_account_set(&w->cx, "provider", 1, &(struct account_in){"海河焊工学校（示例）", "示例银行", "6222 0000 1111 2222"}), "the school's account");
    is_int(payee_account_set(&w->cx, "provider", 2, &(struct account_in){"x", "y", "622200001111"}), E_NOTFOUND, "not that of another school");
    is_int(payee_account_set(&w->cx, "person", 9999, &(struct account_in){"x", "y", "622200001111"}), E_NOTFOUND, "not that of a stranger");
}

/* Who is on the claim, and why others are not yet. */
static int64_t drawing(struct world *w)
{
    struct claim_candidate *c;
    int64_t id = 0, again;
    size_t n;
    int64_t k = money_class(w, 1, 1, HEDONG, 4);
    money_trainee(w, k, (struct money_who){.who = 1});
    money_trainee(w, k, (struct money_who){.who = 2});
    money_trainee(w, k, (struct money_who){.who = 3, .uncertified = true});
    money_trainee(w, k, (struct money_who){.who = 4, .pension = "yes"});
    money_actor(w, SCHOOL);
    world_ok(w, claim_candidates(&w->cx, k, &c, &n), "who may be claimed for");
    is_int((long long)n, 6, "two with two items, two without");
    ok(c[4].lacks != NULL && strstr(c[4].lacks, "证书") != NULL, "no certificate, no claim");
    ok(c[5].lacks != NULL && strstr(c[5].lacks, "养老") != NULL && strstr(c[5].lacks, "第四条") != NULL, "who is not entitled, and why");
    printf("# %s\n", c[5].lacks);
    ok(strchr(c[0].name, '*') != NULL, "names are masked");
    world_ok(w, claim_draw(&w->cx, k, &id), "the claim is drawn");
    is_int(claim(w, id).fen, 2 * (291600 + 35000), "its sum");
    is_int(claim(w, id).lines, 4, "its lines");
    world_ok(w, claim_draw(&w->cx, k, &again), "drawn again it is the same");
    ok(again == id && claim(w, id).lines == 4, "with the same lines");
    return id;
}

static void roads(struct world *w, int64_t id)
{
    int64_t notice;
    money_actor(w, OFFICER);
    is_int(claim_step(&w->cx, id, 0, "confirm", NULL), E_DENIED, "only the provider confirms");
    is_int(claim_step(&w->cx, id, 0, "review", NULL), E_STATE, "nothing is reviewed before");
    money_actor(w, SCHOOL);
    world_ok(w, claim_step(&w->cx, id, 0, "confirm", NULL), "the provider confirms");
    is_int(claim_step(&w->cx, id, 0, "review", NULL), E_DENIED, "a provider does not review");
    money_actor(w, OFFICER);
    is_int(claim_step(&w->cx, id, 0, "return", ""), E_INVALID, "sent back with a reason only");
    world_ok(w, claim_step(&w->cx, id, 0, "return", "少一个人"), "sent back");
    money_actor(w, SCHOOL);
    world_ok(w, claim_step(&w->cx, id, 0, "confirm", NULL), "confirmed again");
    money_actor(w, OFFICER);
    w->cx.actor.district = 120104;
    is_int(claim_step(&w->cx, id, 0, "review", NULL), E_NOTFOUND, "not by another district");
    is_int(notice_publish(&w->cx, &notice), E_STATE, "which has nothing to publish");
    money_actor(w, OFFICER);
    is_int(claim_step(&w->cx, id, 1, "review", NULL), E_CONFLICT, "not on an old version");
    world_ok(w, claim_step(&w->cx, id, 0, "review", NULL), "reviewed");
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_STATE, "not approved before the notice");
}

static void notices(struct world *w, int64_t id)
{
    struct q_notice_row n = {0};
    int64_t notice;
    const char *code, *forged;
    world_ok(w, notice_publish(&w->cx, &notice), "on notice");
    is_str(state(w, id), "noticed", "the claim is on notice");
    world_ok(w, notice_find(&w->cx, "G120102-2026-1", &n), "the notice");
    is_int(n.closes_on, 20261201, "five working days, the first not counted");
    ok(notice_is_open(&w->cx, &n) && notice_changed(&w->cx, &n) == NULL, "it is open and as it was");
    ok(strstr(n.body, "\"idno\":\"1201**********") != NULL && strstr(n.body, money_idno(w, 1)) == NULL && strstr(n.body, "示例B员") == NULL,
       "numbers and names are masked in it");
    w->cx.db->writing = true;
    ok(w->cx.db->engine->script(&w->cx, "UPDATE notice SET body = '{}'") != E_OK, "the database keeps it as it is");
    w->cx.db->writing = false;
    forged = arena_fmt(w->cx.arena, "%s ", n.body);
    struct q_notice_row bad = n;
    bad.body = forged;
    ok(notice_changed(&w->cx, &bad) != NULL, "one blank more is noticed");
    world_actor(w, ROLE_PUBLIC, 0);
    is_int(objection_add(&w->cx, n.code, &(struct objection_in){.claim = "Q99", .text = "不对"}, &code), E_INVALID, "a claim that is not on it");
    world_ok(w, objection_add(&w->cx, n.code, &(struct objection_in){.claim = "Q1", .text = "这个人没有上过课", .contact = "13800000000"}, &code), "somebody objects");
    ok(strlen(code) == 8, "and gets a code");
    money_days(w, 7);
    ok(notice_is_open(&w->cx, &n), "open on its last day");
    money_days(w, 1);
    is_int(objection_add(&w->cx, n.code, &(struct objection_in){.text = "太晚了"}, &code), E_STATE, "not after its end");
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, notices_close(&w->cx), "the notice ends");
    is_str(state(w, id), "noticed", "an open objection holds the claim");
    money_actor(w, OFFICER);
    is_int(objection_settle(&w->cx, 1, false, 0, ""), E_INVALID, "an answer is needed");
    world_ok(w, objection_settle(&w->cx, 1, false, 0, "查了签到和视频，此人全程参加。"), "answered");
    is_int(objection_settle(&w->cx, 1, true, 0, "再来一次"), E_STATE, "once");
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, notices_close(&w->cx), "looked at again");
    is_str(state(w, id), "cleared", "then the claim is cleared");
}

static void approving(struct world *w, int64_t id)
{
    money_actor(w, OFFICER);
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_DENIED, "not by the reviewer");
    money_actor(w, OFFICER3);
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_DENIED, "not by who approved the class");
    money_actor(w, OFFICER2);
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_CONFLICT, "not without a budget");
    ok(strstr(w->cx.fail.say, "预算不够") != NULL, "said plainly");
    money_budget(w, 2 * (291600 + 35000) - 1);
    money_actor(w, OFFICER2);
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_CONFLICT, "not with one fen too few");
    is_str(line_state(w, id, 0), "drawn", "and no line moved");
    money_sums(w, "nothing was promised");
    money_budget(w, 10000000);
    money_actor(w, OFFICER2);
    w->cx.db->writing = true;
    ok(w->cx.db->engine->script(&w->cx, "UPDATE claim SET approved_by = reviewed_by") != E_OK, "the database refuses the reviewer too");
    ok(w->cx.db->engine->script(&w->cx, "UPDATE claim SET approved_by = class_by") != E_OK, "and who approved the class");
    w->cx.db->writing = false;
    world_ok(w, claim_step(&w->cx, id, 0, "approve", NULL), "another officer approves");
    is_str(line_state(w, id, 0), "approved", "the lines are approved");
    is_int(claim_step(&w->cx, id, 0, "approve", NULL), E_STATE, "once");
    money_sums(w, "what is promised is in the purse");
}

static err_t bank(struct world *w, const char *text, struct return_report *r) { return return_read(&w->cx, "回执.csv", text, strlen(text), r); }

static void refused_files(struct world *w)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"a,b\n1,2\n", "列名"},
        {"付款编号,金额,结果,原因\n", "没有付款"},
        {"付款编号,金额,结果\nF1-00001,6532.00,也许\n", "第 2 行"},
        {"付款编号,金额,结果\nF1-00001,12e3,成功\n", "金额"},
        {"付款编号,金额,结果\nF9-00001,6532.00,成功\n", "没有付款编号"},
        {"付款编号,金额,结果\nF1-00001,6532.01,成功\n", "6,532.00 元"},
        {"付款编号,金额,结果\nF1-00001,6532.00,成功\nF1-00001,6532.00,成功\n", "两次"},
        {"付款编号,金额,结果\n\"F1-00001,6532.00,成功\n", "引号"},
        {"\xff\xfe", "UTF-8"},
        {"\xb8\xb6\xbf\xee\xb1\xe0\xba\xc5,\xbd\xf0\xb6\xee,\xbd\xe1\xb9\xfb\nF9-00001,6532.00,\xb3\xc9\xb9\xa6\n", "没有付款编号 F9-00001"}, /* GBK is read */
    };
    struct return_report r;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        is_int(bank(w, bad[i].text, &r), E_INVALID, bad[i].text);
        ok(w->cx.fail.say != NULL && strstr(w->cx.fail.say, bad[i].says) != NULL, bad[i].says);
    }
    money_sums(w, "refused files change nothing");
}

static void paying(struct world *w, int64_t id)
{
    struct batch_report b;
    struct return_report r;
    struct q_batch_row batch = {0};
    const char *text = "", *again = "";
    size_t len = 0, len2 = 0;
    money_actor(w, OFFICER);
    is_int(batch_make(&w->cx, "employment", &b), E_STATE, "the other fund has nothing to pay");
    world_ok(w, batch_make(&w->cx, "insurance", &b), "a batch");
    ok(b.payments == 1 && b.lines == 4 && b.total == 653200 && b.held == 0, "four lines in one payment to the school");
    is_int(batch_make(&w->cx, "insurance", &b), E_STATE, "nothing is left for a second one");
    is_str(state(w, id), "paying", "the claim is being paid");
    world_ok(w, batch_find(&w->cx, "F1", &batch), "the batch");
    world_ok(w, batch_file(&w->cx, &batch, &text, &len), "its file");
    world_ok(w, batch_file(&w->cx, &batch, &again, &len2), "and once more");
    ok(len == len2 && memcmp(text, again, len) == 0, "the same bytes");
    ok(strstr(text, "F1-00001,海河焊工学校（示例）,示例银行,6222000011112222,6532.00,") != NULL, "who gets what");
    is_int(bank(w, "付款编号,金额,结果\nF1-00001,6532.00,成功\n", &r), E_INVALID, "no answer before it was sent");
    is_int(batch_send(&w->cx, batch.id), E_DENIED, "not sent by who made it");
    money_actor(w, OFFICER2);
    is_int(batch_file(&w->cx, &batch, &text, &len), E_DENIED, "nor downloaded by another");
    world_ok(w, batch_send(&w->cx, batch.id), "sent by another officer");
    is_int(batch_send(&w->cx, batch.id), E_STATE, "once");
    refused_files(w);
    const char *answer = "付款编号,金额,结果,原因\nF1-00001,\"6,532.00\",失败,户名不符\n";
    world_ok(w, bank(w, answer, &r), "the bank answers: failed");
    ok(r.failed == 1 && r.paid == 0 && !r.again, "one failed");
    is_str(line_state(w, id, 0), "failed", "its lines failed");
    world_ok(w, bank(w, answer, &r), "the same file again");
    ok(r.again && r.failed == 0, "is one");
    is_int(bank(w, "付款编号,金额,结果\nF1-00001,6532.00,成功\n", &r), E_INVALID, "another answer for the same payment is refused");
    money_sums(w, "a failed payment is still promised");
    is_int(batch_make(&w->cx, "insurance", &b), E_STATE, "not again to the same account");
    ok(strstr(w->cx.fail.say, "没有更正") != NULL, "said so");
    money_actor(w, SCHOOL);
    world_ok(w, payee_account_set(&w->cx, "provider", 1, &(struct account_in){"海河焊工学校（示例）", "示例银行", "6222000011113333"}), "the account is corrected");
    money_actor(w, OFFICER2);
    world_ok(w, batch_make(&w->cx, "insurance", &b), "then it goes out again");
    money_actor(w, OFFICER);
    world_ok(w, batch_send(&w->cx, b.batch_id), "sent");
    world_ok(w, bank(w, "reference,amount,result\r\nF2-00001,6532,paid\r\n", &r), "and is paid");
    is_str(state(w, id), "paid", "the claim is paid");
    world_ok(w, bank(w, "付款编号,金额,结果\nF1-00001,6532.00,失败\nF2-00001,6532.00,成功\n", &r), "both answers in one other file");
    ok(r.known == 2 && r.paid == 0 && r.failed == 0, "are known");
    money_sums(w, "paid once");
}

static void recovering(struct world *w, int64_t id)
{
    struct q_claim_lines_row *l;
    size_t n;
    money_actor(w, OFFICER);
    world_ok(w, claim_lines(&w->cx, id, &l, &n), "the lines");
    is_int(claim_withdraw_line(&w->cx, l[0].id, "不该付", false), E_STATE, "paid money is not withdrawn");
    is_int(recovery_ask(&w->cx, l[0].id, ""), E_INVALID, "asked back with a reason");
    world_ok(w, recovery_ask(&w->cx, l[0].id, "课时不实"), "asked back");
    is_int(recovery_ask(&w->cx, l[0].id, "课时不实"), E_STATE, "once");
    money_sums(w, "money that is asked back");
    world_ok(w, recovery_returned(&w->cx, l[0].id), "it came back");
    is_int(recovery_returned(&w->cx, l[0].id), E_STATE, "once");
    money_sums(w, "and is there again");
}

static const char *class_state(struct world *w, int64_t id)
{
    struct q_class_rows_row c = {.status = "?"};
    world_ok(w, class_find(&w->cx, id, &c), "the class");
    return c.status;
}

static void close_by_clock(struct world *w)
{
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, claims_close_classes(&w->cx), "the clock looks which classes are over for good");
}

/* What was promised, or may still be asked for, keeps a class open; what was paid, or was never there, closes it. */
static void closing(struct world *w, int64_t id)
{
    int64_t paid = claim(w, id).class_id, ready = money_class(w, 6, 1, HEDONG, 3), none = money_class(w, 7, 1, HEDONG, 3);
    money_trainee(w, ready, (struct money_who){.who = 17});
    town_sql(w, "UPDATE class SET status = 'finished' WHERE id = 7;");
    close_by_clock(w);
    is_str(class_state(w, paid), "closed", "its claim is paid: the class is closed");
    is_str(class_state(w, ready), "examined", "who passed is on no claim yet: the class stays");
    is_str(class_state(w, none), "closed", "a class of which nothing can be claimed is closed, though nobody wrote its exam down");
    close_by_clock(w);
    is_str(class_state(w, paid), "closed", "once");
}

/* The same person, the same training, in another district: seen there, without seeing the file. */
static void doubles(struct world *w)
{
    struct claim_candidate *c;
    struct q_paid_before_row *rows;
    size_t n;
    int64_t k = money_class(w, 2, 2, 120104, 4), id;
    money_trainee(w, k, (struct money_who){.who = 2});
    money_actor(w, OFFICER);
    world_ok(w, claim_candidates(&w->cx, k, &c, &n), "the second class");
    ok(n == 1 && c[0].lacks != NULL && strstr(c[0].lacks, "河东区") != NULL && strstr(c[0].lacks, "Q1") != NULL, "paid already, and by whom");
    is_int(claim_draw(&w->cx, k, &id), E_STATE, "nothing to claim");
    world_ok(w, claims_paid_before(&w->cx, money_idno(w, 2), &rows, &n), "asked by number");
    is_int((long long)n, 2, "two items");
    world_ok(w, claims_paid_before(&w->cx, money_idno(w, 77), &rows, &n), "somebody unknown");
    is_int((long long)n, 0, "nothing");
}

/* An objection that is right takes one line, or the whole claim, away. */
static void upheld(struct world *w)
{
    struct q_claim_lines_row *l;
    int64_t k = money_class(w, 3, 1, HEDONG, 3), id, notice, k2 = money_class(w, 4, 1, HEDONG, 5), id2;
    const char *code;
    size_t n;
    money_trainee(w, k, (struct money_who){.who = 31});
    money_trainee(w, k, (struct money_who){.who = 32});
    money_trainee(w, k2, (struct money_who){.who = 33});
    money_actor(w, SCHOOL);
    world_ok(w, claim_draw(&w->cx, k, &id), "drawn");
    world_ok(w, claim_draw(&w->cx, k2, &id2), "and another");
    world_ok(w, claim_step(&w->cx, id, 0, "confirm", NULL), "confirmed");
    world_ok(w, claim_step(&w->cx, id2, 0, "confirm", NULL), "both");
    money_actor(w, OFFICER);
    world_ok(w, claim_step(&w->cx, id, 0, "review", NULL), "reviewed");
    world_ok(w, claim_step(&w->cx, id2, 0, "review", NULL), "both");
    world_ok(w, notice_publish(&w->cx, &notice), "on one notice");
    const char *notice_code = claim(w, id).notice_code;
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, objection_add(&w->cx, notice_code, &(struct objection_in){.claim = claim(w, id).code, .text = "有一个人在上班"}, &code), "one line");
    world_ok(w, objection_add(&w->cx, notice_code, &(struct objection_in){.claim = claim(w, id2).code, .text = "没有开班"}, &code), "a claim");
    money_actor(w, OFFICER);
    world_ok(w, claim_lines(&w->cx, id, &l, &n), "lines");
    world_ok(w, objection_settle(&w->cx, 2, true, l[0].id, "情况属实，撤下这一行。"), "upheld for a line");
    is_str(line_state(w, id, 0), "withdrawn", "that line is withdrawn");
    is_str(state(w, id), "noticed", "the claim goes on");
    world_ok(w, objection_settle(&w->cx, 3, true, 0, "情况属实，撤回。"), "upheld for a claim");
    is_str(state(w, id2), "withdrawn", "it is withdrawn");
    is_int(claim_draw(&w->cx, k2, &id2), E_STATE, "and is not drawn again");
    money_sums(w, "nothing was promised for them");
}

/* About one person: only their lines are taken out, or decided again with what is true; the others go on. */
static void one_person(struct world *w)
{
    struct q_claim_lines_row *l;
    struct q_claim_persons_row *who;
    struct q_objection_row o;
    int64_t k = money_class(w, 8, 1, HEDONG, 3), id, notice, fact;
    const char *code;
    size_t n;
    for (int i = 0; i < 3; i++)
        money_trainee(w, k, (struct money_who){.who = 81 + i});
    money_actor(w, SCHOOL);
    world_ok(w, claim_draw(&w->cx, k, &id), "drawn");
    world_ok(w, claim_step(&w->cx, id, 0, "confirm", NULL), "confirmed");
    money_actor(w, OFFICER);
    world_ok(w, claim_step(&w->cx, id, 0, "review", NULL), "reviewed");
    world_ok(w, notice_publish(&w->cx, &notice), "published");
    world_ok(w, claim_lines(&w->cx, id, &l, &n), "the lines");
    const int64_t first = l[0].trainee_id, one = l[0].id, last = l[n - 1].id, absent = 999999;
    size_t of_first = 0;
    for (size_t i = 0; i < n; i++)
        of_first += l[i].trainee_id == first;
    const char *notice_code = claim(w, id).notice_code;
    world_actor(w, ROLE_PUBLIC, 0);
    is_int(objection_add(&w->cx, notice_code, &(struct objection_in){.text = "不对", .line = &absent}, &code), E_INVALID, "a number that is not on it");
    world_ok(w, objection_add(&w->cx, notice_code, &(struct objection_in){.text = "这个人那几天在外地", .line = &one}, &code), "about one person");
    world_ok(w, objection_by_code(&w->cx, code, &o), "found");
    ok(o.trainee_id != NULL && *o.trainee_id == first && o.claim_id != NULL && *o.claim_id == id, "names person and claim");
    money_actor(w, OFFICER);
    world_ok(w, objection_persons(&w->cx, notice, id, &who, &n), "whom it may be about");
    is_int((long long)n, 3, "all of the claim");
    is_int(objection_settle_person(&w->cx, o.id, first, false, ""), E_INVALID, "an answer is needed");
    is_int(objection_settle_person(&w->cx, o.id, 999999, false, "情况属实。"), E_INVALID, "somebody who is not on it");
    world_ok(w, objection_settle_person(&w->cx, o.id, first, false, "情况属实。"), "is right: taken out");
    is_int(objection_settle_person(&w->cx, o.id, first, false, "情况属实。"), E_STATE, "once");
    world_ok(w, claim_lines(&w->cx, id, &l, &n), "the lines");
    size_t out = 0, held = 0;
    for (size_t i = 0; i < n; i++)
        out += strcmp(l[i].status, "withdrawn") == 0, held += strcmp(l[i].status, "drawn") == 0;
    ok(out == of_first && held == n - of_first, "all of that person and nobody else");
    is_str(state(w, id), "noticed", "the claim goes on");
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, objection_add(&w->cx, notice_code, &(struct objection_in){.text = "这个人是在职职工", .line = &last}, &code), "about another");
    world_ok(w, objection_by_code(&w->cx, code, &o), "found");
    money_actor(w, OFFICER);
    world_ok(w, claim_lines(&w->cx, id, &l, &n), "the lines");
    world_ok(w, fact_add(&w->cx, l[n - 1].person_id, &(struct fact_in){"pension", "yes", "insurance", "", 20200101, 0}, &fact), "the officer puts the fact right");
    world_ok(w, objection_settle_person(&w->cx, o.id, *o.trainee_id, true, "已核实。"), "decided again");
    world_ok(w, objection_by_code(&w->cx, code, &o), "the answer");
    ok(strstr(o.answer, "撤下") != NULL, "says what was changed");
    money_sums(w, "nothing was promised");
}

static bool refused_by_database(struct world *w, const char *sql)
{
    w->cx.db->writing = true;
    err_t e = w->cx.db->engine->script(&w->cx, sql);
    w->cx.db->writing = false;
    return e != E_OK;
}

static const struct claim_candidate nobody = {.item = ""};

static const struct claim_candidate *candidate_of(struct world *w, int64_t class_id, int64_t trainee_id, const char *item)
{
    struct claim_candidate *c;
    size_t n;
    world_ok(w, claim_candidates(&w->cx, class_id, &c, &n), "who may be claimed for");
    for (size_t i = 0; i < n; i++)
        if (c[i].trainee_id == trainee_id && strcmp(c[i].item, item) == 0)
            return &c[i];
    return &nobody;
}

/* What was taken out to be put right is claimed again, once; what was refused for good only when the district allows it. */
static void again(struct world *w)
{
    struct q_claim_lines_row *l;
    struct line_view *v;
    int64_t k = money_class(w, 9, 1, HEDONG, 5), first, second, third, notice;
    size_t n;
    money_trainee(w, k, (struct money_who){.who = 91});
    money_trainee(w, k, (struct money_who){.who = 92});
    money_actor(w, SCHOOL);
    world_ok(w, claim_draw(&w->cx, k, &first), "drawn");
    world_ok(w, claim_step(&w->cx, first, 0, "confirm", NULL), "confirmed");
    money_actor(w, OFFICER);
    world_ok(w, claim_lines(&w->cx, first, &l, &n), "its lines");
    const int64_t one = l[0].trainee_id, other = l[n - 1].trainee_id, line = l[0].id, left = l[n - 1].id;
    const char *item = l[0].item;
    is_int(claim_withdraw_line(&w->cx, line, "", false), E_INVALID, "taken out with a reason only");
    world_ok(w, claim_withdraw_line(&w->cx, line, "证书照片不清楚", false), "one line is taken out to be put right");
    money_actor(w, SCHOOL);
    const struct claim_candidate *c = candidate_of(w, k, one, item);
    ok(c->lacks == NULL && c->claim_code == NULL && c->before != NULL && strstr(c->before, "照片") != NULL, "it may be claimed again, and why it was taken out is said");
    struct q_claim_class_ready_row *ready;
    world_ok(w, claims_ready(&w->cx, 1, 0, &ready, &n), "classes that can be claimed for");
    bool listed = false;
    for (size_t i = 0; i < n; i++)
        listed = listed || (ready[i].id == k && ready[i].passed - ready[i].held == 1);
    ok(listed, "this one again, for one person");
    world_ok(w, claim_draw(&w->cx, k, &second), "a later claim");
    ok(second != first && claim(w, second).lines == 1, "holds that line and no other");
    ok(refused_by_database(w, arena_fmt(w->cx.arena, "UPDATE claim_line SET status = 'drawn' WHERE id = %lld", (long long)line)), "the database keeps one line for a trainee and an item");
    world_ok(w, claim_lines_view(&w->cx, second, &v, &n), "as the officer sees it");
    ok(n == 1 && v[0].before != NULL && strstr(v[0].before, "照片") != NULL, "with what happened before");
    money_actor(w, OFFICER);
    world_ok(w, claim_step(&w->cx, second, 0, "withdraw", "先核对学员"), "a whole claim is withdrawn");
    money_actor(w, SCHOOL);
    ok(candidate_of(w, k, one, item)->lacks == NULL, "its line may be claimed again too");
    world_ok(w, claim_draw(&w->cx, k, &third), "a third one");
    ok(money_to_cleared(w, third), "goes its way");
    money_budget(w, 20000000);
    money_actor(w, OFFICER2);
    world_ok(w, claim_step(&w->cx, third, 0, "approve", NULL), "and is approved");
    money_actor(w, OFFICER);
    world_ok(w, claim_step(&w->cx, first, 0, "review", NULL), "the rest of the first goes on");
    world_ok(w, notice_publish(&w->cx, &notice), "published");
    world_ok(w, claim_withdraw_line(&w->cx, left, "没有参加", true), "a line is refused for good");
    c = candidate_of(w, k, other, "evaluation");
    ok(c->lacks != NULL && strstr(c->lacks, "不再给付") != NULL && strstr(c->lacks, "没有参加") != NULL, "it is not claimed again, and why is said");
    w->cx.actor.district = 120104;
    is_int(claim_allow_line(&w->cx, left, "核对过"), E_NOTFOUND, "another district does not allow it");
    money_actor(w, OFFICER);
    is_int(claim_allow_line(&w->cx, left, ""), E_INVALID, "nor anybody without a reason");
    world_ok(w, claim_allow_line(&w->cx, left, "核对过，确实参加了"), "the district allows it after all");
    is_int(claim_allow_line(&w->cx, left, "再来一次"), E_STATE, "once");
    ok(candidate_of(w, k, other, "evaluation")->lacks == NULL, "then it may be claimed");
    money_sums(w, "what was taken out is promised nowhere");
    ok(refused_by_database(w, "UPDATE claim_line SET status = 'withdrawn' WHERE status = 'paid'"), "what was paid is never taken out: the database refuses");
}

static err_t put_old(struct ctx *cx, void *arg) { return history_sheet.put(cx, HEDONG, 0, arg, NULL); }

/* What the reviewer sees beside the lines: other claims of the same people, what was brought in from before, who took which step. */
static void looking_back(struct world *w, int64_t id)
{
    struct before_view *b;
    struct way_view *way;
    struct q_claim_row c;
    size_t n;
    int64_t started = 20240301;
    struct history_in old = {.name = "示例C员", .idno = money_idno(w, 2), .occupation = "6-18-02-04", .level = "4", .year = 2024, .starts_on = &started};
    money_actor(w, OFFICER);
    world_ok(w, claim_find(&w->cx, id, &c), "the claim");
    world_ok(w, claim_before(&w->cx, &c, &b, &n), "nobody had anything");
    is_int((long long)n, 0, "nothing is found");
    world_ok(w, store_tx(&w->cx, STORE_WRITE, put_old, &old), "an old subsidy is brought in");
    world_ok(w, claim_before(&w->cx, &c, &b, &n), "looked again");
    ok(n == 1 && b[0].history && b[0].same && b[0].year == 2024, "it is shown with the person, as the same training");
    ok(n == 1 && strchr(b[0].name, '*') != NULL, "masked");
    world_ok(w, claim_way(&w->cx, id, &way, &n), "the way");
    is_str(way[0].action, "settle", "ends with the bank's answer");
    is_str(way[n - 1].action, "draw", "and began with the drawing");
    bool returned = false;
    for (size_t i = 0; i < n; i++)
        returned = returned || (strcmp(way[i].action, "return") == 0 && way[i].reason != NULL && strstr(way[i].reason, "少一个人") != NULL);
    ok(returned, "reasons are kept with their step");
}

/* The living allowance: the person asks for it, it is a line of its own. */
static void allowance(struct world *w)
{
    struct claim_candidate *c;
    int64_t k = money_class(w, 5, 1, HEDONG, 4), id;
    size_t n;
    money_trainee(w, k, (struct money_who){.who = 41, .hard = true});
    money_actor(w, SCHOOL);
    world_ok(w, claim_candidates(&w->cx, k, &c, &n), "an allowance");
    ok(n == 3 && strcmp(c[2].item, "allowance") == 0 && c[2].lacks != NULL && strstr(c[2].lacks, "本人申请") != NULL, "is asked for by the person");
    is_int(payee_account_set(&w->cx, "person", c[2].payee_id, &(struct account_in){"别人", "示例银行", "6217000000001234"}), E_INVALID, "not to somebody else's card");
    world_ok(w, payee_account_set(&w->cx, "person", c[2].payee_id, &(struct account_in){"示例P员", "示例银行", "6217000000001234"}), "a card");
    world_ok(w, claim_draw(&w->cx, k, &id), "then it is drawn");
    is_int(claim(w, id).fen, 291600 + 35000 + 100000, "with 1,000 yuan");
}

/* The chain as an outsider gets it: any one record of these steps that somebody changed is found, and which. */
static int keep_line(void *arg, const char *text, size_t n)
{
    buf_add(arg, text, n);
    return 0;
}

static void verify_text(struct world *w, char *text, size_t n, int64_t want, const char *what)
{
    struct audit_report r;
    FILE *f = fmemopen(text, n, "r");
    world_ok(w, audit_verify_export(&w->cx, f, &r), what);
    fclose(f);
    is_int(r.first_bad, want, what);
}

static void tampering(struct world *w)
{
    static const char *const steps[] = {"claim.draw", "claim.confirm", "claim.review", "notice.publish", "objection.add", "objection.dismiss", "claim.clear",
                                        "claim.approve", "batch.make", "batch.download", "batch.send", "payment.failed", "payment.paid", "account.set",
                                        "return.read", "recovery.ask", "recovery.returned", "budget.set", "objection.uphold", "claim.withdraw_line", "claim.refuse_line", "claim.allow_line"};
    struct buf b = {.a = w->cx.arena};
    world_ok(w, audit_export(&w->cx, keep_line, &b), "the chain is exported");
    verify_text(w, b.p, b.len, 0, "and is sound without our keys");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *copy = arena_strndup(w->cx.arena, b.p, b.len), *at = strstr(copy, arena_fmt(w->cx.arena, "\"%s\"", steps[i]));
        if (!ok(at != NULL, steps[i]))
            continue;
        long long line = 1;
        for (const char *p = copy; p < at; p++)
            line += *p == '\n';
        char *digit = at;
        while (digit > copy && strncmp(digit, "\"account_id\":", 13) != 0 && digit[-1] != '\n')
            digit--;
        digit = strstr(digit, "\"account_id\":") + 13;
        *digit = *digit == '9' ? '8' : '9'; /* somebody else did it */
        verify_text(w, copy, b.len, line, arena_fmt(w->cx.arena, "%s by another: found, and which", steps[i]));
    }
}

static void course(struct world *w)
{
    struct audit_report r;
    if (!money_build(w))
        return;
    accounts(w);
    int64_t id = drawing(w);
    roads(w, id);
    notices(w, id);
    close_by_clock(w);
    is_str(class_state(w, claim(w, id).class_id), "examined", "a claim on its way keeps the class open");
    approving(w, id);
    paying(w, id);
    recovering(w, id);
    doubles(w);
    upheld(w);
    allowance(w);
    closing(w, id);
    one_person(w);
    again(w);
    looking_back(w, id);
    world_ok(w, audit_verify(&w->cx, &r), "the chain");
    is_int(r.first_bad, 0, "is sound");
    tampering(w);
}

static void all(struct world *w)
{
    course(w);
}

int main(void) { return world_each(all); }
