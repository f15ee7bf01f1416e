/* demo.c -- made-up evaluators and certificates of those who finished: by result file, by two officers, waiting, doubtful, failed. */
#include "city/certificates/certificates.h"
#include "city/certificates/certificates_impl.h"

#include "base/day.h"
#include "city/demo.h"
#include "city/trainees/trainees.h"
#include "store/store.h"

#include "certificates.sql.h"

#include <string.h>

enum { SEEN_BY = 5, ATTESTED_BY = 6 }; /* the demo's two officers, when there are no others: accounts differ, which is what counts */

static const struct {
    const char *name, *kind, *prefix;
} WHO[] = {
    {"津河职业技能评价中心（示例）", "society", "S000112000012"},
    {"海河技能等级认定中心（示例）", "society", "S000112000034"},
    {"渤海装备技能评价站（示例）", "employer", "Y000112000056"},
};

static err_t make_evaluators(struct ctx *cx)
{
    cx->actor.role = ROLE_CITY;
    for (size_t i = 0; i < sizeof WHO / sizeof *WHO; i++)
        TRY(evaluator_add(cx, WHO[i].name, WHO[i].kind, WHO[i].prefix));
    return E_OK;
}

static err_t result_line(struct ctx *cx, int64_t file_id, int64_t line, const struct q_certificate_get_row *x, int64_t *matched)
{
    struct q_certificate_person_row *who;
    size_t n;
    TRY(q_certificate_person(cx, &(struct q_certificate_person_in){.id = x->person_id}, &who, &n));
    if (n == 0 || who[0].idno_find == NULL)
        return E_OK;
    struct q_result_line_insert_in in = {.file_id = file_id, .line = line, .number = x->number, .idno_find = who[0].idno_find, .occupation = x->occupation,
                                         .level = x->level, .issued_on = x->issued_on, .passed = 1, .fault = ""};
    TRY(q_result_line_insert(cx, &in, NULL));
    ++*matched;
    return certificate_match(cx, x->id);
}

static const char EVIDENCE[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

static err_t by_people(struct ctx *cx, const struct q_certificate_get_row *x, int64_t district, bool twice)
{
    struct actor was = cx->actor;
    cx->actor = (struct actor){.account_id = SEEN_BY, .role = ROLE_DISTRICT, .district = district, .name = "demo"};
    err_t e = certificate_step(cx, x->id, "see", NULL, EVIDENCE, x->version);
    cx->actor.account_id = ATTESTED_BY;
    if (e == E_OK && twice)
        e = certificate_step(cx, x->id, "attest", NULL, EVIDENCE, x->version + 1);
    cx->actor = was;
    return e;
}

static err_t one(struct ctx *cx, const struct q_certificate_demo_trainees_row *t, size_t n, int64_t file_id, int64_t *matched)
{
    struct q_certificate_get_row x;
    int64_t id, issued = day_add(t->ends_on, 8), today = day_of(cx->now, DAY_ZONE);
    size_t who = (size_t)t->class_id % 2;
    cx->actor.role = ROLE_CLOCK;
    if (issued > today || n % 19 == 7)
        return E_OK; /* not yet examined, or not entered yet */
    if (n % 17 == 5)
        return trainee_step(cx, t->id, "fail", "实操没通过（示例）");
    struct certificate_in in = {.evaluator = WHO[who].name, .issued_on = issued,
                                .number = arena_fmt(cx->arena, "%s%02d%d%06d", WHO[who].prefix, (int)(issued / 10000 % 100),
                                                    (int)(n % 41 == 3 ? (t->level + 1) % 6 : t->level), (int)n + 1)};
    TRY(certificate_enter(cx, t->id, &in, &id));
    TRY(certificate_by_id(cx, id, &x));
    if (strcmp(x.status, "entered") != 0 || n % 13 == 4)
        return E_OK;
    return n % 8 == 1 ? by_people(cx, &x, t->district, n % 16 == 1) : result_line(cx, file_id, *matched + 2, &x, matched);
}

static err_t fill(struct ctx *cx, void *arg)
{
    struct q_certificate_demo_trainees_row *rows;
    struct q_result_file_insert_row file;
    size_t n;
    int64_t matched = 0;
    (void)arg;
    TRY(make_evaluators(cx));
    struct q_result_file_insert_in in = {.name = "评价结果汇总（示例）.xlsx", .digest = EVIDENCE, .evaluator = WHO[0].name, .account_id = 1, .at = cx->now};
    TRY(q_result_file_insert(cx, &in, &file));
    TRY(q_certificate_demo_trainees(cx, &(struct q_certificate_demo_trainees_in){.day = day_of(cx->now, DAY_ZONE), .lim = 1000}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(one(cx, &rows[i], i, file.id, &matched));
    return q_result_file_count(cx, &(struct q_result_file_count_in){.lines = matched, .matched = matched, .id = file.id}, NULL);
}

err_t certificates_demo(struct ctx *cx, const struct demo_scale *s)
{
    struct q_certificate_demo_done_row done;
    (void)s;
    TRY(q_certificate_demo_done(cx, &done));
    if (done.n > 0)
        return E_OK;
    return demo_fill(cx, ROLE_CLOCK, fill, NULL);
}
