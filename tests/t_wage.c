/* Wages: the vectors, the words back, the monthly figures, and how much of real ads is understood. */
#include "base/wage.h"
#include "tap.h"
#include "vectors.h"

static struct arena arena;

static void sum(char *out, size_t n, int64_t fen)
{
    if (fen == 0)
        out[0] = '\0';
    else if (fen % 100 == 0)
        snprintf(out, n, "%lld", (long long)fen / 100);
    else if (fen % 10 == 0)
        snprintf(out, n, "%lld.%lld", (long long)fen / 100, (long long)fen % 100 / 10);
    else
        snprintf(out, n, "%lld.%02lld", (long long)fen / 100, (long long)fen % 100);
}

static const char *said(const char *s, char out[128])
{
    struct wage w;
    char a[32], b[32];
    enum wage_state st = wage_read(&arena, s, NULL, &w);
    sum(a, sizeof a, w.min);
    sum(b, sizeof b, w.max);
    if (st == WAGE_UNKNOWN)
        return "unknown";
    size_t n;
    if (st == WAGE_UPSIDE_DOWN)
        n = (size_t)snprintf(out, 128, "upside-down %s-%s", a, b);
    else if (w.min == 0 && w.max == 0)
        n = (size_t)snprintf(out, 128, "%s", wage_unit_code(w.unit));
    else
        n = (size_t)snprintf(out, 128, w.min == w.max ? "%s %s" : "%s %s-%s", wage_unit_code(w.unit), a, b);
    if (st == WAGE_GOOD && w.months > 0)
        n += (size_t)snprintf(out + n, 128 - n, " x%d", (int)w.months);
    if (st == WAGE_GOOD && w.guessed)
        snprintf(out + n, 128 - n, " ?");
    return out;
}

static int vectors, wrong;

static void vector(char *f[4])
{
    char got[128];
    vectors++;
    if (strcmp(said(f[0], got), f[2]) != 0 && wrong++ < 40)
        printf("#   %s: got '%s', wanted '%s'\n", f[0], said(f[0], got), f[2]);
    arena_reset(&arena);
}

static long long seen, understood, upside, doubtful;

static void real(char *f[4])
{
    struct wage w;
    long long n = strtoll(f[1], NULL, 10);
    if (n == 0)
        return; /* the heading */
    seen += n;
    enum wage_state st = wage_read(&arena, f[0], NULL, &w);
    understood += st == WAGE_GOOD ? n : 0;
    upside += st == WAGE_UPSIDE_DOWN ? n : 0;
    doubtful += st == WAGE_GOOD && w.confidence <= 30 ? n : 0;
    if (st == WAGE_UNKNOWN)
        printf("#   not understood (%lld): %s\n", n, f[0]);
    arena_reset(&arena);
}

static void words(void)
{
    static const char *const cases[][3] = {
        {"4500-5800元/月", "4500–5800 元/月", "4,500–5,800 元/月"},
        {"200元/天", "200 元/天", "200 元/天"},
        {"24-36万/年", "24–36 万元/年", "240,000–360,000 元/年"},
        {"10.5万以上/年", "10.5 万元/年以上", "105,000 元/年以上"},
        {"3千以下/月", "3000 元/月以下", "3,000 元/月以下"},
        {"6-8千/月·13薪", "6000–8000 元/月 · 13 薪", "6,000–8,000 元/月 · 13 薪"},
        {"面议", "面议", "面议"},
        {"计件", "计件", "计件"},
        {"0.85元/件", "0.85 元/件", "0.85 元/件"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ctx cx = {.arena = &arena, .lang = "zh"};
        struct wage w;
        (void)wage_read(&arena, cases[i][0], NULL, &w);
        is_str(wage_text(&cx, &w), cases[i][1], cases[i][0]);
        cx.lang = "en"; /* no catalogue here: Chinese words, English figures */
        is_str(wage_text(&cx, &w), cases[i][2], "in English figures");
    }
}

static void months(void)
{
    struct wage w;
    (void)wage_read(&arena, "200元/天", NULL, &w);
    is_int(w.monthly_min, 435000, "21.75 days a month");
    (void)wage_read(&arena, "200元/天", &(struct wage_terms){.days_x100 = 2600, .hours_x100 = 20800}, &w);
    is_int(w.monthly_min, 520000, "or as many as the caller says");
    (void)wage_read(&arena, "20元/小时", NULL, &w);
    is_int(w.monthly_max, 348000, "174 hours a month");
    (void)wage_read(&arena, "24-36万/年", NULL, &w);
    is_int(w.monthly_max, 3000000, "a twelfth of a year");
    (void)wage_read(&arena, "5000元/天", NULL, &w);
    ok(w.confidence > 30, "a high daily wage is believed");
    (void)wage_read(&arena, "100-120元/月", NULL, &w);
    ok(w.confidence <= 30, "a monthly wage of 100 yuan is doubted");
    (void)wage_read(&arena, "6000-100000元/月", NULL, &w);
    ok(w.confidence <= 30, "a very wide range is doubted");
    is_int(wage_read(&arena, "8000-6000元/月", NULL, &w), WAGE_UPSIDE_DOWN, "an upside-down wage is told");
    is_int((long long)wage_unit_from_code("hour"), WAGE_HOUR, "unit codes");
}

int main(void)
{
    char path[512];
    arena_init(&arena, 0);
    FILE *f = vectors_open("wage.tsv", path);
    if (ok(f != NULL, "the vectors are here"))
        vectors_each(f, '\t', vector);
    ok(vectors >= 400, "at least 400 vectors");
    is_int(wrong, 0, "every vector is read as written down");
    words();
    months();
    f = shared_open("ads/facet_salary.csv");
    if (f != NULL) {
        vectors_each(f, ',', real);
        double all = (double)seen / 100;
        printf("# of %lld ads: understood %.3f %%, upside down %.3f %%, understood but doubtful %.3f %%\n", seen,
               (double)understood / all, (double)upside / all, (double)doubtful / all);
        ok((understood + upside) * 1000 >= seen * 995, "at least 99.5 % of real wages are understood");
    }
    arena_free(&arena);
    return done();
}
