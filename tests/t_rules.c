/* t_rules.c -- the reader of rule files: what it takes, what it refuses, which rule holds on which day. */
#include "rules/rules.h"
#include "tap.h"

#define HEAD "title = t\ncite = c\nsource = s\nfrom = 2026-01-01\nclause = x\n"

static const char two[] = "# words before the first rule\n\n"
                          "[claim.times]\n"
                          "title  = 每年次数\nkind   = law\ncite   = 津人社局发〔2022〕20号第十五条\nsource = 办法\n"
                          "from   = 2022-08-01\nto     = 2027-07-31\nclause = 每人每年不超过两次\n"
                          "per_year : int 次 = 2\nrate : money 元/人 = 1500.5\n"
                          "who : list = a b\nwho : list = c\nsay : text = 一年 两次\n"
                          "[claim.times]\r\n"
                          "title=终身次数\r\nkind=law\r\ncite=财社〔2023〕181号第五条\r\nsource=办法\r\nfrom=2024-01-01\r\nclause=一生三次\r\n"
                          "per_life : int 次 = 3\r\n"
                          "[claim]\n" HEAD "kind = norm\n"
                          "[claimant.age]\n" HEAD;

static void read_two(struct ctx *cx)
{
    struct rules r;
    const struct rule *list[8], *rule;
    int64_t v = 0;
    if (!ok(rules_load(cx, &(struct rules_file){"two.rules", two, sizeof two - 1}, 1, &r) == E_OK, "a file of four rules"))
        printf("# %s\n", cx->fail.detail);
    is_int((long long)r.n, 4, "four rules");
    rule = rules_find(&r, "claim.times", 20230101);
    is_str(rule ? rule->title : NULL, "每年次数", "the only one in force in 2023");
    rule = rules_find(&r, "claim.times", 20260101);
    is_str(rule ? rule->title : NULL, "终身次数", "the later one is found first");
    ok(rules_find(&r, "claim.times", 20220731) == NULL, "none the day before");
    ok(rules_find(&r, "claim.times", 20220801) != NULL, "one on its first day");
    is_int((long long)rules_list(&r, "claim.times", 20270731, list, 8), 2, "two conflict on the last day of the first");
    is_int((long long)rules_list(&r, "claim.times", 20270801, list, 8), 1, "one the day after");
    is_int((long long)rules_list(&r, "claim", 20260601, list, 8), 3, "claim and claim.*, not claimant.*");
    is_int((long long)rules_list(&r, "claim", 20260601, list, 1), 1, "no more than there is room for");
    is_int(rules_list(&r, "claim", 20260601, list, 8) > 0 && list[0]->norm, 1, "a norm says so");
    rule = rules_find(&r, "claim.times", 20230101);
    const struct rule_param *p = rule_get(rule, "rate", RULE_MONEY);
    is_int(p ? p->number : 0, 150050, "yuan become fen");
    is_str(p ? p->unit : NULL, "元/人", "the unit");
    p = rule_get(rule, "who", RULE_LIST);
    is_int(p ? (long long)p->n_items : 0, 3, "a list over two lines");
    is_str(p && p->n_items == 3 ? p->items[2] : NULL, "c", "its last item");
    p = rule_get(rule, "say", RULE_TEXT);
    is_str(p ? p->text : NULL, "一年 两次", "a text keeps its blanks");
    ok(rule_get(rule, "who", RULE_TEXT) == NULL, "a list is not a text");
    ok(rules_number(cx, &r, "claim.times", "per_year", 20230101, &v, &rule) == E_OK && v == 2, "a number with its rule");
    ok(rules_number(cx, &r, "claim.times", "per_year", 20260101, &v, NULL) == E_BUG, "no number where the rule has none");
    ok(rules_number(cx, &r, "nothing", "n", 20260101, &v, NULL) == E_BUG, "no rule, no number");
}

static const struct {
    const char *text, *why;
} wrong[] = {
    {"", "an empty file"},
    {"title = t\n", "an entry before the first rule"},
    {"[a\n" HEAD, "no closing bracket"},
    {"[]\n" HEAD, "no id"},
    {"[A.b]\n" HEAD, "a capital in an id"},
    {"[a]\ntitle = t\n", "most entries missing"},
    {"[a]\n" HEAD "title = u\n", "a title twice"},
    {"[a]\n" HEAD "to = 2025-12-31\n", "ends before it begins"},
    {"[a]\n" HEAD "to = 2026-13-01\n", "no such month"},
    {"[a]\n" HEAD "to = 2026-1-1\n", "a date of another form"},
    {"[a]\n" HEAD "kind = custom\n", "an unknown kind"},
    {"[a]\n" HEAD "colour = red\n", "an unknown entry"},
    {"[a]\n" HEAD "just words\n", "no = in the line"},
    {"[a]\n" HEAD "n : int = 3.5\n", "a broken number"},
    {"[a]\n" HEAD "n : int = \n", "no number"},
    {"[a]\n" HEAD "n : int = 9999999999999999\n", "a number too long"},
    {"[a]\n" HEAD "n : money = 1.234\n", "three decimals of a yuan"},
    {"[a]\n" HEAD "n : money = 1.\n", "a point and nothing"},
    {"[a]\n" HEAD "n : float = 1\n", "an unknown type"},
    {"[a]\n" HEAD "n : int = 1\nn : int = 2\n", "a parameter twice"},
    {"[a]\n" HEAD "n : text = 1\nn : list = 2\n", "a parameter of two types"},
    {"[a]\n" HEAD "n : list = \n", "an empty list"},
    {"[a]\n" HEAD "N : int = 1\n", "a capital in a name"},
};

static void shipped(struct ctx *cx)
{
    static const struct {
        const char *id, *name;
        int64_t want;
    } numbers[] = {{"ad.duration", "days_default", 30},  {"ad.duration", "days_max", 90},
                   {"ad.duration", "verify_after_days", 14}, {"ad.keep", "keep_years", 3},
                   {"placement.retention", "follow_up_months", 3}, {"employer.verify", "again_months", 6},
                   {"event.licence", "persons_from", 1000}, {"log.keep", "keep_months", 6}};
    struct rules r;
    const struct rule *list[64];
    if (!ok(rules_embedded(cx, "data/cities/tianjin/rules/", &r) == E_OK, "the shipped files"))
        printf("# %s\n", cx->fail.detail);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t v = -1;
        const struct rule *rule = NULL;
        ok(rules_number(cx, &r, numbers[i].id, numbers[i].name, 20260601, &v, &rule) == E_OK && rule != NULL, numbers[i].id);
        is_int(v, numbers[i].want, numbers[i].name);
    }
    ok(rules_list(&r, "ad", 20260601, list, 64) >= 15, "rules on ads");
    const struct rule *must = rules_find(&r, "ad.elements", 20260601);
    const struct rule_param *p = must == NULL ? NULL : rule_get(must, "must", RULE_LIST);
    is_int(p == NULL ? 0 : (long long)p->n_items, 6, "six elements of an ad");
    ok(rules_embedded(cx, "data/cities/nowhere/", &r) == E_NOTFOUND, "a city without rules");
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    read_two(&cx);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct rules r;
        struct rules_file f = {"wrong.rules", wrong[i].text, strlen(wrong[i].text)};
        ok(rules_load(&cx, &f, 1, &r) == E_INVALID && strstr(cx.fail.detail, "wrong.rules:") != NULL, wrong[i].why);
    }
    struct rules r;
    ok(rules_load(&cx, &(struct rules_file){"nul.rules", "[a]\n\0", 5}, 1, &r) == E_INVALID, "a NUL byte");
    struct rules_file pair[] = {{"1.rules", "[a]\n" HEAD "n : int = 1\n", 0}, {"2.rules", "[b]\n" HEAD "n : int = 2\n", 0}};
    for (size_t i = 0; i < 2; i++)
        pair[i].n = strlen(pair[i].text);
    int64_t one = 0, b = 0;
    ok(rules_load(&cx, pair, 2, &r) == E_OK && rules_number(&cx, &r, "a", "n", 20260101, &one, NULL) == E_OK &&
           rules_number(&cx, &r, "b", "n", 20260101, &b, NULL) == E_OK && one == 1 && b == 2,
       "the last rule of a file keeps its parameters");
    shipped(&cx);
    arena_free(&a);
    return done();
}
