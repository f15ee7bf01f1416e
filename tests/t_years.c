/* Schooling, experience, openings: the words, and how much of real ads is understood. */
#include "base/years.h"
#include "tap.h"
#include "vectors.h"

static struct arena arena;

static void schooling(void)
{
    static const struct {
        const char *s;
        enum education level;
    } t[] = {
        {"本科", EDU_BACHELOR},       {"大专及以上", EDU_COLLEGE}, {"学历不限", EDU_ANY},    {"无", EDU_ANY},           {"中技/中专", EDU_SENIOR},
        {"高中", EDU_SENIOR},         {"统招本科", EDU_BACHELOR},  {"硕士", EDU_MASTER},     {"硕士研究生", EDU_MASTER}, {"博士研究生", EDU_DOCTOR},
        {"大专/本科", EDU_COLLEGE},   {"大学专科", EDU_COLLEGE},   {"初中及以下", EDU_JUNIOR}, {"小学", EDU_PRIMARY},     {"ＭＢＡ", EDU_MASTER},
        {"专科 ，本科优先", EDU_COLLEGE}, {"职高", EDU_SENIOR},    {"高职", EDU_COLLEGE},
    };
    enum education e;
    bool most;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        ok(education_read(&arena, t[i].s, &e, &most) && e == t[i].level, t[i].s);
    ok(education_read(&arena, "初中及以下", &e, &most) && most, "at most");
    ok(!education_read(&arena, "招1人", &e, &most) && !education_read(&arena, "3", &e, NULL), "what says nothing of schooling");
    is_str(education_label(EDU_COLLEGE), "大专", "label");
}

static void experience(void)
{
    static const struct {
        const char *s;
        int min, max;
        bool fresh;
    } t[] = {
        {"1-3年", 12, 36, false},     {"3-4年经验", 36, 48, false}, {"无需经验", 0, 0, false},   {"经验不限", 0, 0, false},
        {"在校生/应届生", 0, 0, true}, {"1年", 12, 0, false},       {"10年以上", 120, 0, false}, {"1年及以上", 12, 0, false},
        {"1年以下", 0, 12, false},    {"1年以内经验", 0, 12, false}, {"经验应届毕业生", 0, 0, true}, {"3个月", 3, 0, false},
        {"5", 60, 0, false},          {"0", 0, 0, false},           {"经验5-10年", 60, 120, false}, {"三年以上", 36, 0, false},
        {"一年以上工作经验", 12, 0, false}, {"实习", 0, 0, true},
    };
    struct experience x;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        bool good = experience_read(&arena, t[i].s, &x);
        ok(good && x.min == t[i].min && x.max == t[i].max && x.fresh == t[i].fresh, t[i].s);
    }
    static const char *const none[] = {"", "4天/周3个月", "大专", "5-3年", "2018", "999999999年", "100年"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ok(!experience_read(&arena, none[i], &x), none[i]);
}

static void openings(void)
{
    static const struct {
        const char *s;
        int n;
    } t[] = {{"招1人", 1}, {"招若干人", 0}, {"10人", 10}, {"2", 2}, {"5 人", 5}, {"3-4名", 3}, {"数名", 0}, {"20人人", 20}, {"不限人", 0},
             {"人", 0},    {"１２名", 12},  {"三名", 3},  {"2000人", 2000}, {"33312323", -1}, {"7878", -1}, {"", -1}, {"招聘", -1}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int64_t n;
        bool good = headcount_read(&arena, t[i].s, &n);
        ok(good ? n == t[i].n : t[i].n < 0, t[i].s);
    }
}

static enum { SCHOOLING, EXPERIENCE, OPENINGS } subject;
static long long seen, understood;

static void real(char *f[4])
{
    enum education e;
    struct experience x;
    int64_t n;
    long long count = strtoll(f[1], NULL, 10);
    bool good = subject == SCHOOLING    ? education_read(&arena, f[0], &e, NULL)
                : subject == EXPERIENCE ? experience_read(&arena, f[0], &x)
                                        : headcount_read(&arena, f[0], &n);
    seen += count;
    understood += good ? count : 0;
    if (!good && count > 0)
        printf("#   not understood (%lld): %s\n", count, f[0]);
    arena_reset(&arena);
}

static void coverage(const char *file, int per_mille)
{
    FILE *f = shared_open(file);
    seen = understood = 0;
    if (f == NULL)
        return;
    vectors_each(f, ',', real);
    printf("# %s: %lld of %lld understood, %.3f %%\n", file, understood, seen, 100.0 * (double)understood / (double)seen);
    ok(understood * 1000 >= seen * per_mille, file);
}

int main(void)
{
    arena_init(&arena, 0);
    schooling();
    experience();
    openings();
    coverage("ads/facet_education.csv", 985);
    subject = EXPERIENCE;
    coverage("ads/facet_experience.csv", 999);
    subject = OPENINGS;
    coverage("ads/facet_headcount.csv", 999);
    arena_free(&arena);
    return done();
}
