#include "city/benefits/benefits.h"

#include "base/day.h"
#include "city/house.h"
#include "city/training.h"

#include "benefits.sql.h"

#include <stddef.h>
#include <string.h>

enum { FACTS = 16, CLASSES = 40, COURSE_DAYS = 30 };

static const struct choice ages[] = {
    {"u16", N_("不满 16 岁")}, {"16", N_("16–19 岁")}, {"20", N_("20–49 岁")}, {"50", N_("50–62 岁")}, {"63", N_("63 岁及以上")}, {0},
};
static const struct choice yes_no[] = {{"no", N_("不是")}, {"yes", N_("是")}, {0}};
static const struct choice insured[] = {{"yes", N_("有单位参保")}, {"no", N_("没有单位参保")}, {0}};
static const struct choice sexes[] = {{"male", N_("男")}, {"female", N_("女")}, {0}};
static const struct choice posts[] = {{"worker", N_("生产、服务等岗位")}, {"manager", N_("管理、技术岗位")}, {0}};
static const struct choice proofs[] = {
    {"record", N_("登记记录（系统比对）")}, {"insurance", N_("社保记录")}, {"certificate", N_("证件或证明原件")}, {"promise", N_("本人承诺书")}, {0},
};
const struct choice benefit_flags[] = {{"none", N_("都不是")}, {"hard", N_("就业困难人员")}, {"zero", N_("零就业家庭成员")}, {"low", N_("城乡低保家庭成员")}, {0}};

#define AT(member) offsetof(struct benefit_answers, member)
#define OPEN                                                                                                                       \
    {"category", F_CHOICE, 0, N_("您现在是哪一类人员？"), .choices = training_categories, .off = AT(category)},                     \
        {"item", F_INT, 0, N_("想学什么"), .min = 1, .off = AT(item)},                                                             \
        {"level", F_INT, 0, N_("等级"), .min = 0, .max = 5, .off = AT(level)},                                                     \
        {"hours", F_INT, 0, N_("课时"), .min = 1, .max = 1000, .off = AT(hours)},                                                  \
        {"mode", F_CHOICE, 0, N_("培训方式"), .choices = training_modes, .off = AT(mode)}

const struct field benefit_open_fields[] = {OPEN, {0}};
const struct field benefit_fields[] = {
    OPEN,
    {"age", F_CHOICE, F_SECRET, N_("您多大年纪？"), .choices = ages, .off = AT(age)},
    {"pension", F_CHOICE, F_SECRET, N_("在按月领取养老金吗？"), .choices = yes_no, .off = AT(pension)},
    {"civil", F_CHOICE, F_SECRET, N_("在机关事业单位工作吗？"), .choices = yes_no, .off = AT(civil)},
    {"pupil", F_CHOICE, F_SECRET, N_("是初中或高中在校生吗？"), .choices = yes_no, .off = AT(pupil)},
    {"sex", F_CHOICE, F_SECRET, N_("性别"), N_("退休年龄按性别和出生年月计算。"), .choices = sexes, .off = AT(sex)},
    {"birth", F_DATE, F_SECRET, N_("出生日期"), N_("退休年龄按出生年月计算，日子可以填 1 日。"), .off = AT(birth)},
    {"post", F_CHOICE, F_SECRET, N_("做的是哪种岗位？"), N_("女职工的退休年龄按岗位不同。"), .choices = posts, .off = AT(post)},
    {"local", F_CHOICE, F_SECRET, N_("有本市户籍或者有效的居住证吗？"), .choices = yes_no, .off = AT(local)},
    {"graduates", F_DATE, F_SECRET, N_("哪天毕业？"), N_("没定的填预计的日子，比如 2027-06-30。"), .off = AT(graduates)},
    {"insured", F_CHOICE, F_SECRET, N_("有单位为您参保吗？"), .choices = insured, .off = AT(insured)},
    {"proof", F_CHOICE, F_SECRET, N_("能用哪种材料证明？"), .choices = proofs, .off = AT(proof)},
    {"qualified", F_CHOICE, F_SECRET, N_("符合这个等级的申报条件吗？"), N_("一般是有低一级的证书，或者做这一行满规定的年限。"), .choices = yes_no, .off = AT(qualified)},
    {"flags", F_CHOICE, F_SECRET, N_("属于下面哪一种？"), N_("属于其中一种的，还可以申请生活费补贴。"), .choices = benefit_flags, .off = AT(flags)},
    {"drop", F_TEXT, 0, N_("重新回答"), .max = 20, .off = AT(drop)},
    {0},
};

struct list {
    struct decide_fact f[FACTS];
    size_t n;
};

static void add(struct list *l, const char *name, const char *value)
{
    if (value != NULL && l->n < FACTS)
        l->f[l->n++] = (struct decide_fact){.name = name, .value = value, .source = "person"};
}

/* A birth date inside the band, where every date of the band has the same answer. */
static void add_age(struct ctx *cx, struct list *l, const struct benefit_answers *in, int64_t today)
{
    static const struct {
        const char *code;
        int years;
    } within[] = {{"u16", 10}, {"16", 18}, {"20", 35}, {"63", 70}};
    if (in->birth != NULL)
        add(l, "birth", day_text_iso(cx->arena, *in->birth));
    for (size_t i = 0; in->birth == NULL && in->age != NULL && i < sizeof within / sizeof *within; i++)
        if (strcmp(in->age, within[i].code) == 0) {
            add(l, "birth", day_text_iso(cx->arena, day_add_months(today, -12 * within[i].years)));
            add(l, "sex", "male");
            return;
        }
    add(l, "sex", in->sex);
}

static struct list facts_of(struct ctx *cx, const struct benefit_answers *in, int64_t today)
{
    struct list l = {.n = 0};
    add_age(cx, &l, in, today);
    add(&l, "category", in->category);
    add(&l, "pension", in->pension);
    add(&l, "civil", in->civil);
    add(&l, "pupil", in->pupil);
    add(&l, "post", in->post);
    add(&l, "local", in->local);
    add(&l, "proof", in->proof);
    add(&l, "qualified", in->qualified);
    if (in->graduates != NULL)
        add(&l, "graduates", day_text_iso(cx->arena, *in->graduates));
    if (in->insured != NULL && strcmp(in->insured, "yes") == 0)
        add(&l, "unit", "insured");
    if (in->flags != NULL && strcmp(in->flags, "none") != 0)
        add(&l, in->flags, "yes");
    return l;
}

/* The field that answers what a check asks; NULL when no question of ours does. */
static const char *asks(const struct decide_check *c, const struct benefit_answers *in)
{
    static const char *const same[] = {"category", "pension", "civil", "pupil", "post", "local", "graduates", "proof", "qualified"};
    if (c->warning || c->verdict != DECIDE_ASK)
        return NULL;
    if (strcmp(c->fact, "birth") == 0 || strcmp(c->fact, "sex") == 0)
        return in->age == NULL ? "age" : in->birth == NULL ? "birth" : in->sex == NULL ? "sex" : NULL;
    if (strcmp(c->fact, "unit") == 0)
        return in->insured == NULL ? "insured" : NULL;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (strcmp(c->fact, same[i]) == 0)
            return same[i];
    return NULL;
}

/* What settles most comes first: the category says which questions there are; what forbids ends them; proofs come last. */
static int weight(const char *question)
{
    static const char *const order[] = {"category", "age", "birth", "sex", "pension", "civil", "pupil", "post", "local", "graduates", "insured", "qualified", "proof"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (strcmp(order[i], question) == 0)
            return (int)i;
    return 99;
}

static struct decide_class usual_class(int64_t today)
{
    return (struct decide_class){.code = "", .occupation = "", .name = "", .level = 5, .hours = 120, .mode = "offline", .urgency = "very", .evaluation = "", .provider = "school",
                                 .audience = "society", .employer = "", .start_level = true, .starts_on = day_add(today, 1), .ends_on = day_add(today, COURSE_DAYS),
                                 .rate = 1, .catalogue = ""};
}

err_t benefits_decide(struct ctx *cx, const struct benefit_answers *in, const struct decide_class *class, struct decision *d, const char **question)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct list l = facts_of(cx, in, today);
    struct decide_fact *kept = ARENA_ARRAY(cx->arena, struct decide_fact, FACTS);
    memcpy(kept, l.f, sizeof l.f);
    struct decide_facts f = {.on = today, .stage = DECIDE_ADMIT, .fact = kept, .n_facts = l.n, .class = class != NULL ? *class : usual_class(today)};
    TRY(decide(cx, cx->house->rules, &f, d));
    *question = NULL;
    if (d->verdict == DECIDE_NO)
        return E_OK;
    for (size_t i = 0; i < d->n_checks; i++) {
        const char *q = asks(&d->checks[i], in);
        if (q != NULL && (*question == NULL || weight(q) < weight(*question)))
            *question = q;
    }
    if (*question == NULL && in->flags == NULL && d->verdict == DECIDE_YES)
        *question = "flags";
    return E_OK;
}

err_t benefits_line(struct ctx *cx, const struct benefit_answers *in, size_t i, const char **line, struct decision *d)
{
    static const struct {
        const char *line, *provider, *audience;
        int64_t level, months;
    } lines[BENEFIT_LINES] = {{"placement", "vocational", "society", 0, 1}, {"induction", "vocational", "employees", 0, 1}, {"project", "centre", "employees", 0, 1},
                              {"safety", "school", "society", 0, 1}, {"apprentice", "centre", "employees", 4, 12}};
    int64_t today = day_of(cx->now, DAY_ZONE);
    struct list l = facts_of(cx, in, today);
    struct decide_fact *kept = ARENA_ARRAY(cx->arena, struct decide_fact, FACTS);
    add(&l, "permit", "first");
    memcpy(kept, l.f, sizeof l.f);
    struct decide_facts f = {.on = today, .stage = DECIDE_ADMIT, .fact = kept, .n_facts = l.n, .class = usual_class(today)};
    f.class.line = *line = lines[i].line;
    f.class.provider = lines[i].provider, f.class.audience = lines[i].audience, f.class.level = lines[i].level, f.class.hours = 40;
    f.class.ends_on = day_add_months(f.class.starts_on, (int)lines[i].months);
    return decide(cx, cx->house->rules, &f, d);
}

err_t benefits_classes(struct ctx *cx, struct q_benefit_classes_row **rows, size_t *n)
{
    return q_benefit_classes(cx, &(struct q_benefit_classes_in){.today = day_of(cx->now, DAY_ZONE), .lim = CLASSES}, rows, n);
}

struct decide_class benefit_class(const struct q_benefit_classes_row *c)
{
    return (struct decide_class){
        .line = c->line, .credit = c->credit, .code = c->code, .occupation = c->occupation, .name = c->item_name, .level = c->level, .hours = c->hours, .mode = c->mode, .urgency = c->urgency,
        .evaluation = c->evaluation, .provider = *c->public_kind != '\0' ? c->public_kind : c->provider_kind, .audience = c->audience, .employer = c->employer_uscc == NULL ? "" : c->employer_uscc,
        .base = c->base != 0, .start_level = c->first_level != NULL && *c->first_level == c->level, .starts_on = c->starts_on, .ends_on = c->ends_on,
        .rate = c->rate == NULL ? 0 : *c->rate, .fee = c->fee == NULL ? 0 : *c->fee, .catalogue = c->catalogue};
}

err_t benefits_items(struct ctx *cx, struct q_benefit_items_row **rows, size_t *n)
{
    return q_benefit_items(cx, &(struct q_benefit_items_in){.today = day_of(cx->now, DAY_ZONE)}, rows, n);
}

err_t benefits_item_class(struct ctx *cx, const struct benefit_answers *in, struct decide_class *out)
{
    struct q_benefit_rates_row *rates;
    size_t n;
    int64_t today = day_of(cx->now, DAY_ZONE);
    *out = usual_class(today);
    TRY(q_benefit_rates(cx, &(struct q_benefit_rates_in){.id = in->item == NULL ? 0 : *in->item}, &rates, &n));
    for (size_t i = 0; i < n; i++) {
        const struct q_benefit_rates_row *r = &rates[i];
        if ((in->level != NULL && *in->level != r->level) || (in->hours != NULL && *in->hours != r->hours))
            continue;
        out->occupation = r->occupation, out->name = r->name, out->level = r->level, out->hours = r->hours;
        out->urgency = r->urgency, out->evaluation = r->evaluation, out->catalogue = r->title;
        out->mode = in->mode == NULL ? "offline" : in->mode;
        out->start_level = r->level == rates[0].level;
        out->rate = r->amount, out->fee = r->fee == NULL ? 0 : *r->fee;
        return E_OK;
    }
    return SAY(cx, E_NOTFOUND, "level", N_("目录里没有这个职业、等级和课时的标准"));
}
