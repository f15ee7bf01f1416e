/* The lines beside the catalogue, 津人社局发〔2022〕20号 art. 16–22: written from the text of each clause, not from the code. */
#include "base/day.h"
#include "rules/decide.h"
#include "tests/tap.h"

#include <string.h>

static struct arena arena;
static struct ctx cx;
static struct rules rules;

enum { ROOM = 24 };
static struct decide_fact facts[ROOM];
static struct decide_past past[4];

static void set(struct decide_facts *f, const char *name, const char *value)
{
    for (size_t i = 0; i < f->n_facts; i++)
        if (strcmp(facts[i].name, name) == 0) {
            facts[i].value = value;
            return;
        }
    facts[f->n_facts++] = (struct decide_fact){name, value, "register", 0, 0, false};
}

/* Somebody of 30 of that category, in a class of that line: 40 hours in June 2026, by a school of the top grade. */
static struct decide_facts case_of(const char *line, const char *category)
{
    struct decide_facts f = {.on = 20260715, .stage = DECIDE_CLAIM, .fact = facts, .past = past,
                             .class = {.line = line, .code = "K1", .occupation = "6-18-02-04", .name = "焊工", .level = 0, .hours = 40, .mode = "offline", .urgency = "some",
                                       .evaluation = "A", .provider = "school", .credit = "A+", .audience = "society", .employer = "", .starts_on = 20260608,
                                       .ends_on = 20260630, .catalogue = ""},
                             .result = {.hours = 40, .attendance_ppm = 1000000, .certificate = "JY-1"}};
    set(&f, "birth", "1996-03-15"), set(&f, "sex", "male"), set(&f, "category", category), set(&f, "pension", "no"), set(&f, "civil", "no"), set(&f, "pupil", "no");
    set(&f, "proof", strcmp(category, "employee") == 0 ? "insurance" : "record");
    if (strcmp(category, "employee") == 0)
        set(&f, "unit", "91120000MA00000001");
    return f;
}

static struct decision run(const struct decide_facts *f)
{
    struct decision d = {0};
    if (!ok(decide(&cx, &rules, f, &d) == E_OK, "decided"))
        printf("# %s %s\n", cx.fail.field == NULL ? "" : cx.fail.field, cx.fail.say == NULL ? cx.fail.detail : cx.fail.say);
    return d;
}

static void gives(const struct decide_facts *f, int64_t fen, const char *payee, const char *fund, const char *cite, const char *name)
{
    struct decision d = run(f);
    if (!is_str(decide_verdict_code(d.verdict), "yes", name))
        printf("# %s\n", d.say);
    is_int(d.total, fen, name);
    is_str(d.n_amounts > 0 ? d.amounts[0].payee : "", payee, name);
    is_str(d.n_amounts > 0 ? d.amounts[0].fund : "", fund, name);
    is_str(d.n_amounts > 0 ? d.amounts[0].rule->cite : "", cite, name);
}

static void says(const struct decide_facts *f, const char *verdict, const char *rule, const char *name)
{
    struct decision d = run(f);
    if (!is_str(decide_verdict_code(d.verdict), verdict, name))
        printf("# %s\n", d.say);
    is_str(d.n_checks > 0 ? d.checks[0].rule->id : "", rule, name);
}

/* 第十六条：专项目录内的项目，100% 的培训费和鉴定费。 */
static void centre(void)
{
    struct decide_facts f = case_of("centre", "unemployed");
    f.class.provider = "practice", f.class.rate = 200000, f.class.fee = 41000, f.class.hours = 80, f.result.hours = 80, f.class.mode = "hybrid";
    f.result.certificate_occupation = "6-18-02-04";
    gives(&f, 241000, "provider", "insurance", "津人社局发〔2022〕20号第十六条", "100%，一般紧缺、线上线下结合也不打折");
    f.class.provider = "school";
    says(&f, "no", "training.line.centre", "不是公共实训中心");
}

/* 第十七条前半、第十八条。 */
static void placement(void)
{
    struct decide_facts f = case_of("placement", "unemployed");
    set(&f, "hired_on", "2026-07-10"), set(&f, "paid", "yes");
    gives(&f, 50000, "provider", "insurance", "津人社局发〔2022〕20号第十七条", "定向就业 500 元给机构");
    f.class.credit = "A";
    says(&f, "no", "training.line.placement.provider", "民办机构信用等级不是 A+");
    f.class.credit = "";
    says(&f, "ask", "training.line.placement.provider", "信用等级不明");
    f.class.provider = "vocational";
    gives(&f, 50000, "provider", "insurance", "津人社局发〔2022〕20号第十七条", "职业学校可以");
    f.class.provider = "centre";
    says(&f, "no", "training.line.placement.provider", "企业培训中心不能办定向就业");
    f.class.base = true;
    gives(&f, 50000, "provider", "insurance", "津人社局发〔2022〕20号第十七条", "是公共实训基地的可以");
    f.result.hours = 39;
    says(&f, "no", "training.line.placement.hours", "不达 40 课时");
    f.result.hours = 40;
    set(&f, "paid", "no");
    says(&f, "no", "training.line.placement", "企业没有缴纳养老保险");
    set(&f, "paid", "yes"), set(&f, "hired_on", "2026-12-30");
    gives(&f, 50000, "provider", "insurance", "津人社局发〔2022〕20号第十七条", "正好 6 个月");
    set(&f, "hired_on", "2026-12-31");
    says(&f, "no", "training.line.placement", "超过 6 个月");
    past[0] = (struct decide_past){.kind = DECIDE_PAST_TRAINING, .state = DECIDE_PAID, .line = "placement", .code = "K0", .occupation = "", .fund = "insurance", .source = "ledger",
                                   .starts_on = 20260301, .ends_on = 20260310};
    f.n_past = 1, set(&f, "hired_on", "2026-07-10");
    says(&f, "no", "training.line.placement", "每人每年一次");
    past[0].line = "catalogue";
    gives(&f, 50000, "provider", "insurance", "津人社局发〔2022〕20号第十七条", "目录内的次数另外算");
    f = case_of("placement", "unemployed");
    says(&f, "ask", "training.line.placement", "还没有就业：等");
    f.on = 20270101;
    says(&f, "no", "training.line.placement", "期限过了也没有就业");
    f = case_of("placement", "employee");
    says(&f, "no", "training.line.placement", "职工不是未就业人员");
    f = case_of("placement", "student");
    set(&f, "graduates", "2026-06-30"), set(&f, "hired_on", "2026-07-10"), set(&f, "paid", "yes");
    gives(&f, 50000, "provider", "employment", "津人社局发〔2022〕20号第十七条", "学生由就业补助资金");
    f.stage = DECIDE_ADMIT;
    struct decision d = run(&f);
    size_t warned = 0;
    for (size_t i = 0; i < d.n_checks; i++)
        warned += d.checks[i].warning && strcmp(d.checks[i].rule->id, "training.line.placement.hours") == 0;
    is_int((long long)warned, 1, "2019 年规程的 80 课时只显示");
    ok(d.verdict == DECIDE_YES && d.amounts[0].conditional, "开班前不问就业");
}

/* 第十七条后半、第十八条。 */
static void induction(void)
{
    struct decide_facts f = case_of("induction", "employee");
    set(&f, "hired_on", "2026-03-01"), set(&f, "paid", "yes");
    gives(&f, 50000, "enterprise", "insurance", "津人社局发〔2022〕20号第十七条", "定向岗前 500 元给企业");
    f.class.provider = "centre", f.class.credit = NULL;
    gives(&f, 50000, "enterprise", "insurance", "津人社局发〔2022〕20号第十七条", "企业培训中心可以办岗前");
    set(&f, "hired_on", "2025-12-08");
    gives(&f, 50000, "enterprise", "insurance", "津人社局发〔2022〕20号第十七条", "正好 6 个月");
    set(&f, "hired_on", "2025-12-07");
    says(&f, "no", "training.line.induction", "超过 6 个月");
    f = case_of("induction", "employee");
    says(&f, "ask", "training.line.induction", "招录日期不明");
    f = case_of("induction", "unemployed");
    says(&f, "no", "training.line.induction", "不是职工");
}

/* 第十九条。 */
static void project(void)
{
    struct decide_facts f = case_of("project", "employee");
    says(&f, "ask", "training.line.project", "企业在不在名单不明");
    set(&f, "key_unit", "no");
    says(&f, "no", "training.line.project", "不在名单");
    set(&f, "key_unit", "yes");
    gives(&f, 100000, "enterprise", "insurance", "津人社局发〔2022〕20号第十九条", "项目制 1000 元给企业");
    f.class.hours = 39;
    f.result.hours = 39;
    says(&f, "no", "training.line.project", "不满 40 课时");
}

/* 第二十条。 */
static void safety(void)
{
    struct decide_facts f = case_of("safety", "employee");
    set(&f, "local", "yes"), set(&f, "permit", "first");
    gives(&f, 30000, "person", "insurance", "津人社局发〔2022〕20号第二十条", "初次取证 300 元给个人");
    set(&f, "permit", "renewal");
    gives(&f, 10000, "person", "insurance", "津人社局发〔2022〕20号第二十条", "复审 100 元");
    set(&f, "local", "no"), set(&f, "insured_months", "2");
    says(&f, "no", "training.line.safety", "外地户籍、不满 3 个月");
    set(&f, "insured_months", "3");
    gives(&f, 10000, "person", "insurance", "津人社局发〔2022〕20号第二十条", "满 3 个月");
    f.result.certificate = NULL;
    says(&f, "no", "training.line.safety", "没有取证");
    f = case_of("safety", "employee");
    set(&f, "local", "yes");
    says(&f, "ask", "training.line.safety", "初次还是复审不明");
}

/* 第二十一条。 */
static void apprentice(void)
{
    static const struct {
        int64_t level, ends, fen;
        const char *name;
    } rows[] = {
        {4, 20270607, 500000, "中级工一年 5000"},   {3, 20280607, 1100000, "高级工两年 11000"}, {2, 20270607, 700000, "技师 7000"},
        {1, 20270607, 700000, "高级技师 7000"},     {4, 20280606, 500000, "一年多、不满两年算一年"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_facts f = case_of("apprentice", "employee");
        f.class.level = rows[i].level, f.class.ends_on = rows[i].ends, f.on = 20290101;
        gives(&f, rows[i].fen, "enterprise", "insurance", "津人社局发〔2022〕20号第二十一条", rows[i].name);
    }
    struct decide_facts f = case_of("apprentice", "employee");
    f.class.level = 4, f.class.ends_on = 20270606;
    says(&f, "no", "training.line.apprentice.period", "不满一年");
    f.class.level = 5, f.class.ends_on = 20270607;
    says(&f, "no", "training.line.apprentice", "初级工没有标准");
    f.class.level = 4;
    past[0] = (struct decide_past){.kind = DECIDE_PAST_TRAINING, .state = DECIDE_PAID, .code = "K0", .occupation = "6-18-02-04", .fund = "insurance", .source = "ledger", .level = 4,
                                   .starts_on = 20240301, .ends_on = 20240330};
    f.n_past = 1;
    says(&f, "ask", "training.line.apprentice.repeat", "同一职业同一等级补过：核实");
}

/* 第二十二条。 */
static void master(void)
{
    struct decide_facts f = case_of("master", "employee");
    set(&f, "apprentices", "2"), set(&f, "months", "30"), set(&f, "step_up", "yes");
    gives(&f, 1600000, "person", "insurance", "津人社局发〔2022〕20号第二十二条", "两名学徒、满两年：4000 × 4");
    set(&f, "months", "48");
    gives(&f, 2400000, "person", "insurance", "津人社局发〔2022〕20号第二十二条", "最长 36 个月");
    set(&f, "apprentices", "3");
    says(&f, "no", "training.line.master", "同期最多 2 名");
    set(&f, "apprentices", "1"), set(&f, "months", "11");
    says(&f, "no", "training.line.master", "不满 12 个月");
    set(&f, "months", "12"), set(&f, "step_up", "no");
    says(&f, "no", "training.line.master", "没有取得高一等级证书");
}

/* What art. 4 forbids is forbidden in every line; the law of a line has its days. */
static void common(void)
{
    static const char *const lines[] = {"catalogue", "centre", "placement", "induction", "project", "safety", "apprentice"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct decide_facts f = case_of(lines[i], i < 3 ? "unemployed" : "employee");
        set(&f, "pension", "yes");
        struct decision d = run(&f);
        ok(d.verdict == DECIDE_NO && strcmp(d.checks[0].rule->id, "training.pension") == 0 && d.n_amounts == 0, lines[i]);
    }
    struct decide_facts f = case_of("voucher", "unemployed");
    struct decision d;
    ok(decide(&cx, &rules, &f, &d) == E_INVALID && strcmp(cx.fail.field, "class.line") == 0, "没有这种培训");
    f = case_of("placement", "unemployed");
    f.class.starts_on = 20270802, f.class.ends_on = 20270820;
    ok(decide(&cx, &rules, &f, &d) == E_INVALID, "办法到期以后不能判断");
}

int main(void)
{
    arena_init(&arena, 64 << 20);
    cx = (struct ctx){.arena = &arena, .now = 1795492800000LL, .lang = "zh"};
    if (!ok(rules_embedded(&cx, "data/cities/tianjin/rules/", &rules) == E_OK, "the rules are read")) {
        printf("# %s\n", cx.fail.detail);
        return done();
    }
    centre();
    placement();
    induction();
    project();
    safety();
    apprentice();
    master();
    common();
    arena_free(&arena);
    return done();
}
