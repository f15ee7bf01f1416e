/* The decision on subsidised training, clause by clause: written from the texts, not from the code. */
#include "base/day.h"
#include "rules/decide.h"
#include "tests/tap.h"

#include <string.h>
#include <time.h>

static struct arena arena;
static struct ctx cx;
static struct rules rules;

/* An unemployed man of 30 with his register record, in a welding class of 120 hours, level 4, very short. */
static const struct decide_fact usual[] = {
    {"birth", "1996-03-15", "identity", 0, 0, false}, {"sex", "male", "identity", 0, 0, false}, {"category", "unemployed", "register", 0, 0, false},
    {"proof", "record", "register", 0, 0, false},     {"pension", "no", "insurance", 0, 0, false}, {"civil", "no", "insurance", 0, 0, false},
    {"qualified", "yes", "provider", 0, 0, false},
};
enum { USUAL = sizeof usual / sizeof *usual, ROOM = 24 };

static struct decide_fact facts[ROOM];
static struct decide_past past[8];

static struct decide_facts welding(void)
{
    memcpy(facts, usual, sizeof usual);
    return (struct decide_facts){
        .on = 20260601, .stage = DECIDE_ADMIT, .fact = facts, .n_facts = USUAL, .past = past,
        .class = {.code = "K1", .occupation = "6-18-02-04", .name = "焊工", .level = 4, .hours = 120, .mode = "offline", .urgency = "very", .evaluation = "A",
                  .provider = "school", .audience = "society", .employer = "", .starts_on = 20260608, .ends_on = 20260710, .rate = 324000, .fee = 35000,
                  .catalogue = "2026年版目录"}};
}

static void set(struct decide_facts *f, const char *name, const char *value)
{
    for (size_t i = 0; i < f->n_facts; i++)
        if (strcmp(facts[i].name, name) == 0) {
            facts[i].value = value;
            return;
        }
    facts[f->n_facts++] = (struct decide_fact){name, value, "register", 0, 0, false};
}

static struct decision run(const struct decide_facts *f)
{
    struct decision d = {0};
    if (!ok(decide(&cx, &rules, f, &d) == E_OK, "decided"))
        printf("# %s %s\n", cx.fail.field == NULL ? "" : cx.fail.field, cx.fail.detail);
    return d;
}

static const struct decide_check *by_rule(const struct decision *d, const char *id)
{
    for (size_t i = 0; i < d->n_checks; i++)
        if (strcmp(d->checks[i].rule->id, id) == 0)
            return &d->checks[i];
    return NULL;
}

static int64_t fen(const struct decision *d, const char *item)
{
    for (size_t i = 0; i < d->n_amounts; i++)
        if (strcmp(d->amounts[i].item, item) == 0)
            return d->amounts[i].fen;
    return 0;
}

/* 第九、十、十四条: the factors. */
static void amounts(void)
{
    static const struct {
        const char *name, *urgency, *mode, *provider;
        int64_t level, rate;
        bool base;
        int64_t fen;
        const char *formula;
    } rows[] = {
        {"焊工 中级 120 课时 非常紧缺 3240", "very", "offline", "school", 4, 324000, false, 324000, "3,240.00 × 100% = 3,240.00 元"},
        {"紧缺 90% 2916", "short", "offline", "school", 4, 324000, false, 291600, "3,240.00 × 90% = 2,916.00 元"},
        {"一般紧缺 80% 2592", "some", "offline", "school", 4, 324000, false, 259200, "3,240.00 × 80% = 2,592.00 元"},
        {"紧缺、线上线下结合 2041.20", "short", "hybrid", "school", 4, 324000, false, 204120, "3,240.00 × 90% × 70% = 2,041.20 元"},
        {"技师一般紧缺也是 100%", "some", "offline", "school", 2, 414000, false, 414000, "4,140.00 × 100% = 4,140.00 元"},
        {"高级技师线上线下结合 70%", "some", "hybrid", "school", 1, 432000, false, 302400, "4,320.00 × 70% = 3,024.00 元"},
        {"高级工一般紧缺 80%", "some", "offline", "school", 3, 378000, false, 302400, "3,780.00 × 80% = 3,024.00 元"},
        {"企业培训中心、公共实训基地上浮 25%", "very", "offline", "centre", 4, 324000, true, 405000, "3,240.00 × 125% = 4,050.00 元"},
        {"三个系数，最后取整", "short", "hybrid", "centre", 4, 101001, true, 79538, "1,010.01 × 90% × 70% × 125% = 795.38 元"},
        {"民办机构没有上浮", "very", "offline", "school", 4, 324000, true, 324000, "3,240.00 × 100% = 3,240.00 元"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_facts f = welding();
        f.class.urgency = rows[i].urgency, f.class.mode = rows[i].mode, f.class.provider = rows[i].provider;
        f.class.level = rows[i].level, f.class.rate = rows[i].rate, f.class.base = rows[i].base;
        struct decision d = run(&f);
        is_int(fen(&d, "training"), rows[i].fen, rows[i].name);
        is_str(d.n_amounts > 0 ? d.amounts[0].formula : "", rows[i].formula, rows[i].name);
        is_int(fen(&d, "evaluation"), 35000, "鉴定费 A 类中级 350");
    }
}

/* 第四条、第十二条、第十五条 …: one change to the usual facts, one answer and the rule that gives it. */
struct change {
    const char *what, *name, *value, *name2, *value2;
    enum decide_verdict want;
    const char *rule;
};
static const struct change changes[] = {
    {"一切符合", NULL, NULL, NULL, NULL, DECIDE_YES, NULL},
    {"领养老金", "pension", "yes", NULL, NULL, DECIDE_NO, "training.pension"},
    {"机关事业单位", "civil", "yes", NULL, NULL, DECIDE_NO, "training.civil"},
    {"高中在校生", "birth", "2009-01-01", "pupil", "yes", DECIDE_NO, "training.pupil"},
    {"17 岁，不知道是否在校", "birth", "2009-01-01", NULL, NULL, DECIDE_ASK, "training.pupil"},
    {"17 岁，不在校", "birth", "2009-01-01", "pupil", "no", DECIDE_YES, NULL},
    {"不满 16 周岁", "birth", "2010-06-09", "pupil", "no", DECIDE_NO, "training.age"},
    {"满 16 周岁", "birth", "2010-06-08", "pupil", "no", DECIDE_YES, NULL},
    {"男 1966-06 生：2026-12 退休", "birth", "1966-06-10", NULL, NULL, DECIDE_YES, NULL},
    {"男 1966-02 生：60 岁 4 个月，2026-06 退休", "birth", "1966-02-10", NULL, NULL, DECIDE_NO, "training.retirement.men"},
    {"男 1966-03 生：60 岁 4 个月，2026-07 退休", "birth", "1966-03-10", NULL, NULL, DECIDE_YES, NULL},
    {"女 1975-12 生，岗位不明：要问", "birth", "1973-01-10", "sex", "female", DECIDE_ASK, "training.retirement.women_worker"},
    {"其他居民没有说本市户籍", "category", "resident", NULL, NULL, DECIDE_ASK, "training.category"},
    {"其他居民不是本市户籍", "category", "resident", "local", "no", DECIDE_NO, "training.category"},
    {"其他居民有居住证", "category", "resident", "local", "yes", DECIDE_YES, NULL},
    {"退役军人有本市户籍", "category", "veteran", "local", "yes", DECIDE_YES, NULL},
    {"农村劳动力写承诺书", "category", "rural", "proof", "promise", DECIDE_YES, NULL},
    {"失业人员不能写承诺书", "proof", "promise", NULL, NULL, DECIDE_NO, "training.proof.unemployed"},
    {"未登记的毕业生可以写承诺书", "proof", "promise", "graduates", "2025-07-01", DECIDE_YES, NULL},
    {"学生 2026-06 毕业，6 月开班", "category", "student", "graduates", "2026-06-30", DECIDE_YES, NULL},
    {"学生 2027-06 毕业：学年从 2026-06 开始", "category", "student", "graduates", "2027-06-30", DECIDE_YES, NULL},
    {"学生 2028 年毕业：不在毕业学年", "category", "student", "graduates", "2028-06-30", DECIDE_NO, "training.graduates"},
    {"学生不写毕业日期", "category", "student", NULL, NULL, DECIDE_ASK, "training.graduates"},
    {"职工没有参保单位", "category", "employee", NULL, NULL, DECIDE_ASK, "training.unit"},
    {"职工有参保单位", "category", "employee", "unit", "91120000MA00000001", DECIDE_YES, NULL},
    {"失业人员有单位参保：要核实", "unit", "91120000MA00000001", NULL, NULL, DECIDE_ASK, "training.unit"},
    {"不符合申报条件", "qualified", "no", NULL, NULL, DECIDE_NO, "training.level"},
};

static void clauses(void)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const struct change *c = &changes[i];
        struct decide_facts f = welding();
        if (c->name != NULL)
            set(&f, c->name, c->value);
        if (c->name2 != NULL)
            set(&f, c->name2, c->value2);
        struct decision d = run(&f);
        is_str(decide_verdict_code(d.verdict), decide_verdict_code(c->want), c->what);
        if (c->rule != NULL) {
            is_str(d.checks[0].rule->id, c->rule, c->what);
            ok(*d.checks[0].say != '\0' && *d.checks[0].change != '\0' && *d.checks[0].rule->cite != '\0', "a sentence, a clause, a way out");
        }
        ok((d.verdict == DECIDE_NO) == (d.n_amounts == 0), "amounts only when it is not refused");
    }
}

static struct decide_past had(int64_t level, const char *occupation, int64_t starts, int64_t ends, const char *fund)
{
    return (struct decide_past){.kind = DECIDE_PAST_TRAINING, .state = DECIDE_PAID, .code = "K0", .occupation = occupation, .fund = fund, .source = "ledger",
                                .level = level, .starts_on = starts, .ends_on = ends};
}

/* 第十五条; 财社〔2023〕181号; the older rule beside it. */
static void history(void)
{
    static const struct {
        const char *what, *category;
        struct decide_past past[4];
        size_t n;
        enum decide_verdict want;
        const char *rule;
    } rows[] = {
        {"同一职业同一等级", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "6-18-02-04", "insurance", "ledger", 4, 20240301, 20240330}}, 1, DECIDE_NO, "training.repeat"},
        {"同一职业低一级：可以升级", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "6-18-02-04", "insurance", "ledger", 5, 20240301, 20240330}}, 1, DECIDE_YES, NULL},
        {"高级工以后不补中级工", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "6-18-02-04", "insurance", "ledger", 3, 20240301, 20240330}}, 1, DECIDE_NO, "training.higher"},
        {"一年第二次", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "4-10-01-05", "insurance", "ledger", 5, 20260301, 20260330}}, 1, DECIDE_YES, NULL},
        {"一年第三次", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "4-10-01-05", "insurance", "ledger", 5, 20260301, 20260330},
                                 {DECIDE_PAST_TRAINING, DECIDE_CLAIMED, NULL, "K2", "6-18-01-11", "insurance", "class", 5, 20260401, 20260430}}, 2, DECIDE_NO, "training.times"},
        {"去年的两次不算", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "4-10-01-05", "insurance", "ledger", 5, 20250301, 20250330},
                                 {DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K2", "6-18-01-11", "insurance", "class", 5, 20250401, 20250430}}, 2, DECIDE_YES, NULL},
        {"院校学生一年一次", "student", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "4-10-01-05", "employment", "ledger", 5, 20260301, 20260330}}, 1, DECIDE_NO, "training.times"},
        {"两个班期同时", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_OPEN, NULL, "K0", "4-10-01-05", "", "class", 5, 20260701, 20260730}}, 1, DECIDE_NO, "training.at_once"},
        {"同一项目另一个资金付过", "unemployed", {{DECIDE_PAST_TRAINING, DECIDE_PAID, NULL, "K0", "6-18-02-04", "employment", "ledger", 4, 20240301, 20240330}}, 1, DECIDE_NO, "training.repeat"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_facts f = welding();
        set(&f, "category", rows[i].category);
        if (strcmp(rows[i].category, "student") == 0)
            set(&f, "graduates", "2026-06-30");
        memcpy(past, rows[i].past, sizeof rows[i].past);
        f.n_past = rows[i].n;
        struct decision d = run(&f);
        is_str(decide_verdict_code(d.verdict), decide_verdict_code(rows[i].want), rows[i].what);
        if (rows[i].rule != NULL)
            is_str(d.checks[0].rule->id, rows[i].rule, rows[i].what);
    }
    struct decide_facts f = welding();
    past[0] = had(4, "6-18-02-04", 20240301, 20240330, "employment"), f.n_past = 1;
    struct decision d = run(&f);
    ok(by_rule(&d, "training.other_fund") != NULL && by_rule(&d, "training.other_fund")->verdict == DECIDE_NO, "财社〔2023〕181号第四条也写出来");
}

/* The documented conflict: all three limits are shown, the newest law of the city decides. */
static void conflict(void)
{
    struct decide_facts f = welding();
    set(&f, "category", "resident"), set(&f, "local", "yes");
    for (int i = 0; i < 3; i++)
        past[i] = had(5, "4-10-01-05", 20230101 + i * 10000, 20230130 + i * 10000, "employment");
    f.n_past = 3;
    struct decision d = run(&f);
    is_str(decide_verdict_code(d.verdict), "yes", "终身三次只提示，不决定");
    const struct decide_check *life = by_rule(&d, "training.lifetime");
    ok(life != NULL && life->warning && life->verdict == DECIDE_NO, "就业补助资金累计三次：提示");
    size_t n = 0;
    for (size_t i = 0; i < d.n_checks; i++)
        n += strcmp(d.checks[i].rule->id, "training.times") == 0;
    is_int((long long)n, 2, "2022 年办法和 2019 年规程都列出");
    set(&f, "category", "unemployed");
    d = run(&f);
    ok(by_rule(&d, "training.lifetime") == NULL, "失业保险基金支付的不受终身三次限制");
}

/* 第十一条, 第十三条. */
static void payees(void)
{
    static const struct {
        const char *category, *payee, *fund;
    } rows[] = {
        {"employee", "enterprise", "insurance"}, {"student", "provider", "employment"}, {"rural", "provider", "insurance"}, {"unemployed", "provider", "insurance"},
        {"flexible", "provider", "insurance"}, {"partner", "provider", "employment"}, {"veteran", "provider", "employment"}, {"resident", "provider", "employment"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_facts f = welding();
        set(&f, "category", rows[i].category), set(&f, "hard", "yes"), set(&f, "local", "yes"), set(&f, "graduates", "2026-06-30");
        if (i == 0)
            set(&f, "unit", "91120000MA00000001");
        struct decision d = run(&f);
        is_int((long long)d.n_amounts, 3, "培训费、鉴定费、生活费");
        is_str(d.amounts[0].payee, rows[i].payee, rows[i].category);
        is_str(d.amounts[0].fund, rows[i].fund, rows[i].category);
        is_str(d.amounts[1].payee, "evaluator", "鉴定费给申报鉴定的机构");
        is_str(d.amounts[2].payee, "person", "生活费给个人");
        is_int(d.amounts[2].fen, 100000, "生活费 1000 元");
        is_str(d.amounts[2].fund, "employment", "生活费由就业补助资金列支");
    }
    struct decide_facts f = welding();
    set(&f, "low", "yes");
    past[0] = (struct decide_past){.kind = DECIDE_PAST_LIVING, .state = DECIDE_PAID, .code = "F1", .occupation = "", .fund = "employment", .source = "ledger", .starts_on = 20250602, .ends_on = 20250602};
    f.n_past = 1;
    struct decision d = run(&f);
    ok(d.verdict == DECIDE_YES && fen(&d, "allowance") == 0 && by_rule(&d, "training.living")->warning, "一年内一次");
    past[0].starts_on = 20250601;
    d = run(&f);
    is_int(fen(&d, "allowance"), 100000, "满一年可以再申请");
}

/* The table of 2025, edge months. */
static void retirement(void)
{
    static const struct {
        int64_t birth;
        const char *sex, *post;
        int64_t age_years, age_months, yyyymm;
    } rows[] = {
        {19641231, "male", "", 60, 0, 202412},          {19650101, "male", "", 60, 1, 202502},          {19650430, "male", "", 60, 1, 202505},
        {19650501, "male", "", 60, 2, 202507},          {19760831, "male", "", 62, 11, 203907},         {19760901, "male", "", 63, 0, 203909},
        {19900101, "male", "", 63, 0, 205301},          {19691231, "female", "manager", 55, 0, 202412}, {19700101, "female", "manager", 55, 1, 202502},
        {19810831, "female", "manager", 57, 11, 203907}, {19810901, "female", "manager", 58, 0, 203909}, {19741231, "female", "worker", 50, 0, 202412},
        {19750101, "female", "worker", 50, 1, 202502},  {19750228, "female", "worker", 50, 1, 202503},  {19750301, "female", "worker", 50, 2, 202505},
        {19841031, "female", "worker", 54, 11, 203909}, {19841101, "female", "worker", 55, 0, 203911},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t month = 0, age = 0;
        ok(decide_retirement(&cx, &rules, rows[i].birth, rows[i].sex, rows[i].post, &month, &age) == E_OK, "retirement");
        is_int(age, rows[i].age_years * 12 + rows[i].age_months, "age in months");
        is_int(month, rows[i].yyyymm, "month of retirement");
    }
}

/* 第九条 at the claim. */
static void claim(void)
{
    static const struct {
        const char *what;
        struct decide_result r;
        enum decide_verdict want;
        const char *rule;
    } rows[] = {
        {"全勤有证", {120, 1000000, false, NULL, "S0000", "6-18-02-04", 4, 20260720, true}, DECIDE_YES, NULL},
        {"没有证书", {120, 1000000, false, NULL, NULL, NULL, 0, 0, true}, DECIDE_NO, "training.certificate"},
        {"证书等级不同", {120, 1000000, false, NULL, "S0000", "6-18-02-04", 5, 20260720, true}, DECIDE_NO, "training.certificate"},
        {"证书早于开班", {120, 1000000, false, NULL, "S0000", "6-18-02-04", 4, 20260520, true}, DECIDE_NO, "training.certificate"},
        {"出勤 79.9%", {96, 799999, false, NULL, "S0000", "6-18-02-04", 4, 20260720, true}, DECIDE_NO, "training.attendance"},
        {"出勤 80%，课时没补", {96, 800000, false, NULL, "S0000", "6-18-02-04", 4, 20260720, true}, DECIDE_ASK, "training.hours"},
        {"班期不合格", {120, 1000000, true, "3 月 2 日出勤率 75%", "S0000", "6-18-02-04", 4, 20260720, true}, DECIDE_NO, "training.class"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_facts f = welding();
        f.stage = DECIDE_CLAIM, f.on = 20260801, f.result = rows[i].r;
        struct decision d = run(&f);
        is_str(decide_verdict_code(d.verdict), decide_verdict_code(rows[i].want), rows[i].what);
        if (rows[i].rule != NULL)
            is_str(d.checks[0].rule->id, rows[i].rule, rows[i].what);
        else
            ok(!d.amounts[0].conditional, "nothing is missing any more");
    }
    struct decide_facts f = welding();
    f.stage = DECIDE_CLAIM, f.result = rows[5].r;
    set(&f, "made_up", "yes");
    is_str(decide_verdict_code(run(&f).verdict), "yes", "出勤 80%，缺的已补");
}

static void disputes(void)
{
    struct decide_facts f = welding();
    facts[f.n_facts++] = (struct decide_fact){"pension", "yes", "person", 0, 0, true};
    is_str(decide_verdict_code(run(&f).verdict), "ask", "a disputed fact: a person looks");
    f = welding();
    facts[f.n_facts++] = (struct decide_fact){"pension", "yes", "register", 0, 0, false};
    is_str(decide_verdict_code(run(&f).verdict), "no", "one undisputed source that forbids is enough");
    f = welding();
    facts[f.n_facts++] = (struct decide_fact){"pension", "yes", "register", 20240101, 20250101, false};
    is_str(decide_verdict_code(run(&f).verdict), "yes", "what no longer holds does not count");
    f = welding();
    facts[f.n_facts++] = (struct decide_fact){"category", "rural", "person", 0, 0, false};
    is_str(decide_verdict_code(run(&f).verdict), "ask", "two categories: a person looks");
    f = welding();
    set(&f, "sex", "man");
    struct decision d;
    ok(decide(&cx, &rules, &f, &d) == E_INVALID && strcmp(cx.fail.field, "facts.sex") == 0, "an unknown value is no answer");
    f = welding();
    f.class.starts_on = 20270801, f.class.ends_on = 20270901;
    ok(decide(&cx, &rules, &f, &d) == E_INVALID && strcmp(cx.fail.field, "class.starts_on") == 0, "after 2027-07-31 the regulation no longer holds");
    f.class.starts_on = 20270731;
    ok(decide(&cx, &rules, &f, &d) == E_OK, "on its last day it holds");
}

static unsigned long long seed = 20260824;
static unsigned dice(unsigned n)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(seed >> 33) % n;
}

static const char *as_json(const struct decision *d)
{
    struct view *v = view_obj(cx.arena);
    struct buf out = {.a = cx.arena};
    decide_view(&cx, v, d);
    view_json(&out, v);
    return buf_text(&out);
}

/* The order of facts means nothing; a refusal stays one when something that forbids is added. */
static void properties(void)
{
    static const char *const pool[][3] = {{"pension", "yes", "no"}, {"civil", "yes", "no"}, {"pupil", "yes", "no"}, {"category", "student", "resident"},
                                          {"local", "yes", "no"}, {"qualified", "yes", "no"}, {"proof", "promise", "insurance"}, {"hard", "yes", "no"},
                                          {"birth", "1965-02-01", "2010-01-01"}, {"sex", "female", "male"}, {"unit", "A", "B"}};
    int order = 0, stays = 0;
    for (int round = 0; round < 400; round++) {
        struct arena own;
        arena_init(&own, 1 << 24);
        struct arena *before = cx.arena;
        cx.arena = &own;
        struct decide_facts f = welding();
        for (unsigned i = dice(6); i > 0; i--) {
            unsigned k = dice(sizeof pool / sizeof *pool);
            facts[f.n_facts++] = (struct decide_fact){pool[k][0], pool[k][1 + dice(2)], dice(2) ? "person" : "officer", 0, 0, dice(5) == 0};
        }
        for (f.n_past = 0; f.n_past < dice(4); f.n_past++)
            past[f.n_past] = had(dice(6), dice(2) ? "6-18-02-04" : "4-10-01-05", 20260101 + dice(6) * 100, 20260128 + dice(6) * 100, dice(2) ? "employment" : "insurance");
        struct decision a, b;
        err_t e = decide(&cx, &rules, &f, &a);
        for (size_t i = f.n_facts; i-- > 1;) {
            size_t k = dice((unsigned)i + 1);
            struct decide_fact x = facts[i];
            facts[i] = facts[k], facts[k] = x;
        }
        for (size_t i = f.n_past; i-- > 1;) {
            struct decide_past x = past[i];
            past[i] = past[0], past[0] = x;
        }
        order += e != E_OK || decide(&cx, &rules, &f, &b) != E_OK || strcmp(as_json(&a), as_json(&b)) != 0;
        facts[f.n_facts++] = (struct decide_fact){dice(2) ? "pension" : "civil", "yes", "insurance", 0, 0, false};
        past[f.n_past++] = had(3, "6-18-02-04", 20260601, 20260630, "insurance");
        stays += decide(&cx, &rules, &f, &b) != E_OK || b.verdict != DECIDE_NO;
        cx.arena = before;
        arena_free(&own);
    }
    is_int(order, 0, "the order of facts and of earlier classes does not matter");
    is_int(stays, 0, "what forbids, forbids");
}

static void speed(void)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    struct arena *before = cx.arena, own;
    arena_init(&own, 1 << 24);
    cx.arena = &own;
    int bad = 0;
    for (int i = 0; i < 6000; i++) {
        struct decide_facts f = welding();
        struct decision d;
        bad += decide(&cx, &rules, &f, &d) != E_OK;
        if (i % 100 == 0)
            arena_reset(&own);
    }
    cx.arena = before;
    arena_free(&own);
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("# 6000 decisions in %.0f ms\n", (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
    is_int(bad, 0, "a district's month of trainees");
}

int main(void)
{
    arena_init(&arena, 64 << 20);
    cx = (struct ctx){.arena = &arena, .now = 1795492800000LL, .lang = "zh"};
    if (!ok(rules_embedded(&cx, "data/cities/tianjin/rules/", &rules) == E_OK, "the rules are read")) {
        printf("# %s\n", cx.fail.detail);
        return done();
    }
    amounts();
    clauses();
    history();
    conflict();
    payees();
    retirement();
    claim();
    disputes();
    properties();
    speed();
    arena_free(&arena);
    return done();
}
