/* Occupations of titles: plain cases, and, where the shared data is, how often it is right. */
#include "match/match.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static struct arena keep;

static struct match_source read_file(const char *name)
{
    FILE *f = fopen(name, "rb");
    char *p = NULL;
    size_t n = 0, cap = 0;
    if (f == NULL)
        return (struct match_source){name, "", 0};
    for (;;) {
        if (n == cap) {
            p = arena_grow(&keep, p, cap, cap + 65536);
            cap += 65536;
        }
        size_t got = fread(p + n, 1, cap - n, f);
        if (got == 0)
            break;
        n += got;
    }
    (void)fclose(f);
    return (struct match_source){name, p, n};
}

static err_t open_real(struct ctx *cx, struct match **m)
{
    const struct match_source sources[] = {
        read_file("data/match/words.tsv"),    read_file("data/match/synonyms.tsv"),         read_file("data/match/aliases.tsv"),
        read_file("data/match/definitions.tsv"), read_file("data/match/titles.tsv"), read_file("data/reference/pinyin.tsv"), read_file("data/reference/occupations.csv"),
    };
    return match_open(cx, sources, sizeof sources / sizeof *sources, m);
}

static void plain_cases(struct ctx *cx, const struct match *m)
{
    static const struct { const char *title, *code; } cases[] = {
        {"叉车司机", "6-30-05-01"}, {"急聘保安员包吃住", "4-07-05-01"}, {"普工+7500-9500/临时工", "6-00-00-00"}, {"Java开发工程师", "2-02-10-03"},
        {"【高薪】电焊工（日结300元/天）", "6-18-02-04"}, {"外卖骑手", "4-10-08-01"}, {"C1货车司机", "4-02-02-02"}, {"育婴师", "4-10-01-03"},
        {"养老护理员五险一金", "4-10-01-05"}, {"数控车工", "6-18-01-01"}, {"送餐员", "4-10-08-01"}, {"奶茶店店员", "4-03-02-10"},
        {"招聘专员", "4-07-03-08"}, {"塔吊司机", "6-30-05-01"}, {"CNC编程", "6-18-01-07"},
        {"传菜员/服务员", "4-03-02-05"}, {"数控车床学徒", "6-18-01-01"}, {"消防项目经理", "2-02-28-02"}, {"美团骑手", "4-10-08-01"}, {"招聘叉车司机", "6-30-05-01"}, {"招聘师傅（电焊）", "6-18-02-04"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct match_occupation *o;
        size_t n;
        char code[12] = "none";
        if (match_occupation(cx, m, cases[i].title, 5, &o, &n) == E_OK && n > 0)
            match_unpack(o[0].code, code);
        is_str(code, cases[i].code, cases[i].title);
    }
}

static bool among(const struct match_occupation *o, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (o[i].code == match_pack(code))
            return true;
    return false;
}

/* What the title's own words do not say: what stands in brackets, and what only a definition says. */
static void other_sources(struct ctx *cx, const struct match *m)
{
    const struct match_occupation *o;
    size_t n;
    ok(match_occupation(cx, m, "项目经理（电力）", 5, &o, &n) == E_OK && among(o, n, "2-02-12-00"), "brackets speak too");
    ok(o[0].code == match_pack("2-02-30-04"), "but less than what stands before them");
    ok(match_occupation(cx, m, "（）【】", 5, &o, &n) == E_OK, "empty brackets are no error");
    ok(match_occupation(cx, m, "(((((((((((((", 5, &o, &n) == E_OK, "nor are those that never close");
    ok(match_occupation(cx, m, "遗体接运告别", 5, &o, &n) == E_OK && among(o, n, "4-10-06-01"), "a definition's pairs of characters speak");
    ok(match_occupation(cx, m, "", 5, &o, &n) == E_OK && n == 0, "nothing speaks for nothing");
}

/* The third column of a line "title,code,name"; titles may be quoted. */
static const char *code_in(char *line)
{
    char *last = strrchr(line, ','), *code;
    if (last == NULL)
        return NULL;
    *last = '\0';
    code = strrchr(line, ',');
    if (code == NULL)
        return NULL;
    *code = '\0';
    return code + 1;
}

static void say_miss(const char *title, int32_t want, const struct match_occupation *o, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (o[i].code == want)
            return;
    printf("# %s: wanted %d, got", title, (int)want);
    for (size_t i = 0; i < n; i++)
        printf(" %d %s (%s)", (int)o[i].code, o[i].name, o[i].why);
    printf("\n");
}

static void judged(struct ctx *cx, const struct match *m)
{
    const char *dir = getenv("YIZHAN_SHARED_DATA");
    char name[512], line[1024];
    (void)snprintf(name, sizeof name, "%s/labels/csco_titles_dev.csv", dir != NULL ? dir : "../shared/data");
    FILE *f = fopen(name, "r");
    int all = 0, first = 0, five = 0;
    if (f == NULL) {
        printf("# skipped: no judged titles at %s\n", name);
        return;
    }
    while (fgets(line, sizeof line, f) != NULL) {
        const struct match_occupation *o;
        size_t n;
        const char *code = code_in(line);
        int32_t want = code == NULL ? 0 : match_pack(code);
        if (want == 0 || match_occupation(cx, m, line, 5, &o, &n) != E_OK)
            continue;
        all++;
        if (getenv("YIZHAN_TEST_SAY") != NULL)
            say_miss(line, want, o, n);
        first += n > 0 && o[0].code == want;
        for (size_t i = 0; i < n; i++)
            five += o[i].code == want;
        arena_reset(cx->arena);
    }
    (void)fclose(f);
    printf("# %d titles: first %.3f, in five %.3f\n", all, first / (double)all, five / (double)all);
    ok(first >= all * 615 / 1000, "six of ten titles get the right occupation first");
    ok(five >= all * 83 / 100, "eight of ten have it among five");
}

int main(void)
{
    struct arena a;
    struct match *m;
    arena_init(&a, 0);
    arena_init(&keep, 0);
    struct ctx cx = {.arena = &a};
    if (!ok(open_real(&cx, &m) == E_OK, "the data files are read"))
        printf("# %s\n", cx.fail.detail);
    else {
        plain_cases(&cx, m);
        other_sources(&cx, m);
        judged(&cx, m);
        match_close(m);
    }
    arena_free(&keep);
    arena_free(&a);
    return done();
}
