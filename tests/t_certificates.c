/* Certificates: numbers, consistency, entering, two people, result files that count once, what a claim may rest on. */
#include "tests/training_world.h"

#include "city/certificates/certificates.h"
#include "city/certificates/certificates_impl.h"
#include "city/people/people.h"

#include <stdlib.h>

static const struct {
    const char *given, *kind, *name;
    enum certificate_form form; /* 0 = refused */
    const char *says;
} numbers[] = {
    {"S000112000012265000001", "level", "22 characters", CERTIFICATE_LEVEL, NULL},
    {"y 0001 12 000012 26 5 000001", "level", "small letter and blanks", CERTIFICATE_LEVEL, NULL},
    {"Ｓ０００１１２００００１２２６５００００１２", "level", "full width", CERTIFICATE_LEVEL, NULL},
    {"S00011200001226500001", "level", "21 characters", 0, "22 位"},
    {"X000112000012265000001", "level", "another first letter", 0, "开头"},
    {"S0001I2000012265000001", "level", "a letter for a digit", 0, "21 位数字"},
    {"AB12345678901234567890", "level", "a top technician's: two letters, 20 digits", CERTIFICATE_TOP, NULL},
    {"1112000000400123", "qualification", "an old one: 16 digits", CERTIFICATE_OLD, NULL},
    {"111200000040012", "qualification", "15 digits", 0, "16 位数字"},
    {"TJ-2026-0012", "special", "a single skill", CERTIFICATE_SPECIAL, NULL},
    {"12", "special", "too short", 0, "至少 6 位"},
    {"证书编号", "level", "no number at all", 0, "字母、数字"},
    {"1234567890123456789012345678901", "special", "31 characters", 0, "最多 30 位"},
};

static void reading(struct world *w)
{
    struct certificate_number n;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const char *wrong = certificate_number_read(&w->arena, numbers[i].given, numbers[i].kind, &n);
        ok(numbers[i].form == 0 ? wrong != NULL && strstr(wrong, numbers[i].says) != NULL : wrong == NULL && n.form == numbers[i].form, numbers[i].name);
    }
    (void)!certificate_number_read(&w->arena, "S000112000012265000001", "level", &n);
    ok(n.province == 12 && n.year == 2026 && n.level == 5 && strcmp(n.body, "S000112000012") == 0, "its parts");
}

static bool fits(struct world *w, struct certificate_facts f, const char *code)
{
    struct certificate_check list[CERTIFICATE_CHECKS];
    size_t bad, n = certificate_consistent(&w->cx, &f, list, &bad);
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].code, code) == 0)
            return list[i].good;
    return true;
}

static void consistency(struct world *w)
{
    struct certificate_number n;
    (void)!certificate_number_read(&w->arena, "S000112000012265000001", "level", &n);
    struct certificate_facts f = {.number = &n, .level = 5, .issued_on = 20261120, .ends_on = 20261110, .today = 20261124, .province = 12,
                                  .evaluator = "甲评价中心", .provider = "乙学校", .evaluator_kind = "society", .prefix = "S000112"}, g = f;
    struct certificate_check list[CERTIFICATE_CHECKS];
    size_t bad;
    is_int((long long)certificate_consistent(&w->cx, &f, list, &bad), 6, "six checks");
    is_int((long long)bad, 0, "all fit");
    g.level = 4;
    ok(!fits(w, g, "level"), "another level");
    g = f, g.issued_on = 20251220;
    ok(!fits(w, g, "year"), "another year");
    g = f, g.province = 11;
    ok(!fits(w, g, "province"), "another province");
    g = f, g.evaluator_kind = NULL;
    ok(!fits(w, g, "evaluator"), "an evaluator nobody knows");
    g = f, g.prefix = "S000199";
    ok(!fits(w, g, "prefix"), "a number of somebody else");
    g = f, g.evaluator_kind = "employer";
    ok(!fits(w, g, "prefix"), "an employer's number begins with Y");
    g = f, g.issued_on = 20261110;
    ok(!fits(w, g, "date"), "on the last day of the class");
    g = f, g.issued_on = 20261125;
    ok(!fits(w, g, "date"), "tomorrow");
    g = f, g.provider = f.evaluator;
    ok(!fits(w, g, "self"), "who trains does not examine");
}

static const char *put(struct world *w, const char *name, const char *text)
{
    const char *path = arena_fmt(&w->arena, "%s/%s", w->dir, name);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
        abort();
    return path;
}

static void as(struct world *w, unsigned role, int64_t account)
{
    world_actor(w, role, account);
    w->cx.actor.provider_id = role == ROLE_PROVIDER ? 1 : 0;
    w->cx.actor.district = role == ROLE_DISTRICT ? 120102 : 0;
}

static int64_t enter(struct world *w, int64_t trainee, const char *number, err_t want, const char *name)
{
    struct certificate_in in = {.number = number, .evaluator = "示例评价中心", .issued_on = 20261120};
    int64_t id = 0;
    err_t e = certificate_enter(&w->cx, trainee, &in, &id);
    if (!ok(e == want, name))
        printf("#   %s %s\n", err_wire(e), w->cx.fail.detail);
    return id;
}

static void two_people(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct q_certificate_get_row *x;
    const char *digest = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    as(w, ROLE_PROVIDER, 50);
    int64_t id = enter(w, 101, "S000112000012265000001", E_OK, "a provider enters one");
    enter(w, 101, "S000112000012265000002", E_CONFLICT, "a trainee has one");
    enter(w, 102, "S000112000012265000001", E_CONFLICT, "a number has one person");
    enter(w, 102, "S00011200001226500000", E_INVALID, "a wrong number is refused with a sentence");
    enter(w, 201, "S000112000012265000003", E_NOTFOUND, "another provider's trainee");
    world_ok(w, certificate_verified_of(cx, 101, &x), "what a claim may rest on");
    ok(x == NULL, "is not there yet");
    as(w, ROLE_DISTRICT, 7);
    ok(certificate_step(cx, id, "attest", NULL, digest, 1) == E_STATE, "the second look is not the first");
    ok(certificate_step(cx, id, "see", NULL, NULL, 1) == E_INVALID, "a look leaves its evidence");
    world_ok(w, certificate_step(cx, id, "see", NULL, digest, 1), "one officer looked");
    ok(certificate_step(cx, id, "attest", NULL, digest, 2) == E_DENIED, "the same officer is not two");
    world_ok(w, certificate_verified_of(cx, 101, &x), "one look");
    ok(x == NULL, "is not enough");
    as(w, ROLE_DISTRICT, 8);
    ok(certificate_step(cx, id, "attest", NULL, digest, 1) == E_CONFLICT, "an old page");
    world_ok(w, certificate_step(cx, id, "attest", NULL, digest, 2), "another officer looked");
    world_ok(w, certificate_verified_of(cx, 101, &x), "now");
    ok(x != NULL && strlen(x->evidence) == 129 && *x->first_by == 7 && *x->second_by == 8, "it is verified, by two, with two digests");
    w->cx.actor.district = 120101;
    ok(certificate_step(cx, id, "doubt", "x", NULL, 3) == E_NOTFOUND, "not another district's");
}

static const char *status_of(struct world *w, int64_t id)
{
    struct q_certificate_get_row x = {.status = "?"};
    world_ok(w, certificate_by_id(&w->cx, id, &x), "the certificate");
    return x.status;
}

static void files(struct world *w)
{
    struct ctx *cx = &w->cx;
    struct q_result_file_list_row f;
    struct q_result_line_faults_row *faults;
    int64_t right, other, late, file;
    size_t n;
    as(w, ROLE_PROVIDER, 50);
    right = enter(w, 102, "S000112000012265000011", E_OK, "a certificate");
    other = enter(w, 103, "S000112000012265000012", E_OK, "and another");
    struct certificate_in in = {.number = "S000112000012245000013", .evaluator = "示例评价中心", .issued_on = 20261120};
    world_ok(w, certificate_enter(cx, 104, &in, &late), "one with another level and year");
    is_str(status_of(w, late), "doubtful", "is taken in as doubtful");
    as(w, ROLE_CITY, 9);
    const char *path = put(w, "r.csv",
                           "证书编号,身份证号,职业,等级,发证日期,结果\n"
                           "S000112000012265000011,120102199001012019,养老护理员,五级,2026-11-20,合格\n"
                           "S000112000012265000012,120102199001012019,养老护理员,五级,2026-11-20,合格\n"
                           "S00011200001226500001,120102199001012019,养老护理员,五级,2026-11-20,合格\n"
                           "S000112000012265000015,12010219900101201,养老护理员,五级,2026-11-20,合格\n"
                           "S000112000012265000016,120102199001012019,养老护理员,优秀,2026-11-20,合格\n"
                           "S000112000012265000017,120102199001012019,养老护理员,初级工,昨天,合格\n"
                           "S000112000012265000018,120102199203053337,养老护理员,初级工,2026/11/20,合格\n"
                           ",120102199203053337,养老护理员,初级工,2026/11/20,不合格\n");
    world_ok(w, results_import(cx, path, "结果.csv", "示例评价中心", &file), "a result file");
    world_ok(w, results_get(cx, file, &f), "its record");
    ok(f.lines == 8 && f.matched == 1 && f.faults >= 4, "eight lines, one matches, the wrong ones are counted");
    world_ok(w, results_faults(cx, file, &faults, &n), "and listed");
    ok(n == (size_t)f.faults && faults[0].line == 4 && strstr(faults[0].fault, "22 位") != NULL, "with the line and the reason");
    is_str(status_of(w, right), "verified", "the right person and level: verified");
    is_str(status_of(w, other), "doubtful", "another person: doubtful, with the file");
    ok(results_import(cx, path, "又一次.csv", "示例评价中心", &file) == E_CONFLICT && strstr(cx->fail.say, "已经导入过") != NULL, "the same file counts once");
    ok(results_import(cx, put(w, "x.csv", "甲,乙\n1,2\n"), "x.csv", "e", &file) == E_INVALID, "a sheet without the columns");
    path = put(w, "c.csv", "证书编号,身份证号,等级,发证日期\n"
                           "S000112000012265000031,120102199001012019,四级,2026-11-20\n"
                           "S000112000012255000032,120102199001012019,五级,2026-11-20\n"
                           "S000112000012275000033,120102199001012019,五级,2027-01-20\n"
                           "S000112000012265000034,120102199001012019,五级,2026-11-20\n"
                           "S000112000012265000034,120102199203053337,五级,2026-11-20\n"
                           "S000112000012265000035,120102199001012019,五级,2026-11-20\n"
                           "S000112000012265000035,120102199001012019,五级,2026-11-20\n");
    world_ok(w, results_import(cx, path, "c.csv", "示例评价中心", &file), "rows that contradict themselves or one another");
    world_ok(w, results_faults(cx, file, &faults, &n), "are listed");
    static const char *const why[] = {"等级是 5", "年份是 2025", "还没有到", "第 6 行也有", "第 5 行也有", "第 7 行也有"};
    is_int((int64_t)n, 6, "six of seven");
    for (size_t i = 0; i < n && i < 6; i++)
        ok(strstr(faults[i].fault, why[i]) != NULL, why[i]);
    as(w, ROLE_PROVIDER, 50);
    struct sheet_report r;
    path = put(w, "s.csv", "学员编号,证书编号,发证日期,评价组织\nA105,S000112000012265000018,2026-11-20,示例评价中心\nA106,S0,2026-11-20,示例评价中心\n"
                           "A999,S000112000012265000020,2026-11-20,示例评价中心\n");
    world_ok(w, certificates_from_sheet(cx, 1, path, "s.csv", &r), "a provider's sheet");
    ok(r.lines == 3 && r.good == 1 && r.n_faults == 2 && r.faults[0].line == 3, "each line by itself");
    struct q_certificate_get_row *x;
    world_ok(w, certificate_verified_of(cx, 105, &x), "entered after the result file came");
    ok(x != NULL && x->result_file_id != NULL, "is verified at once");
}

static void test(struct world *w)
{
    reading(w);
    if (!training_base(w, 2))
        return;
    consistency(w);
    world_ok(w, flow_lint(&w->cx, &certificate_flow), "the flow is sound");
    training_class(w, 1, 1, 20261101, 5, 510, 6, "finished");
    training_class(w, 2, 2, 20261101, 5, 510, 1, "finished");
    as(w, ROLE_CITY, 9);
    world_ok(w, evaluator_add(&w->cx, "示例评价中心", "society", "S000112000012"), "an evaluator");
    training_sql(w, "UPDATE person SET idno_find = '%s' WHERE id = 102", person_key(&w->cx, "person.idno", "120102199001012019"));
    training_sql(w, "UPDATE person SET idno_find = '%s' WHERE id = 105", person_key(&w->cx, "person.idno", "120102199203053337"));
    two_people(w);
    files(w);
}

int main(void)
{
    return world_each(test);
}
