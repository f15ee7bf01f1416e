#include "base/wage.h"

#include "base/text.h"

#include <string.h>

enum { MAN = 10000, QIAN = 1000, FEN = 100 };
static const int64_t MOST = 10000000000; /* fen: a hundred million yuan is nobody's wage */

struct word {
    const char *text;
    int value;
};

static const struct word units[] = { /* folded text; of two that begin at the same place the longer one comes first */
    {"/月", WAGE_MONTH}, {"/个月", WAGE_MONTH}, {"每个月", WAGE_MONTH}, {"每月", WAGE_MONTH}, {"一个月", WAGE_MONTH}, {"月薪", WAGE_MONTH},
    {"月工资", WAGE_MONTH}, {"元月", WAGE_MONTH}, {"/month", WAGE_MONTH}, {"permonth", WAGE_MONTH}, {"amonth", WAGE_MONTH},
    {"/天", WAGE_DAY}, {"/日", WAGE_DAY}, {"每天", WAGE_DAY}, {"每日", WAGE_DAY}, {"一天", WAGE_DAY}, {"日薪", WAGE_DAY}, {"元天", WAGE_DAY},
    {"/工日", WAGE_DAY}, {"/工", WAGE_DAY}, {"/day", WAGE_DAY}, {"perday", WAGE_DAY}, {"aday", WAGE_DAY},
    {"/小时", WAGE_HOUR}, {"/时", WAGE_HOUR}, {"/h", WAGE_HOUR}, {"每小时", WAGE_HOUR}, {"一小时", WAGE_HOUR}, {"时薪", WAGE_HOUR},
    {"小时工资", WAGE_HOUR}, {"元小时", WAGE_HOUR}, {"perhour", WAGE_HOUR}, {"anhour", WAGE_HOUR},
    {"/周", WAGE_WEEK}, {"/星期", WAGE_WEEK}, {"每周", WAGE_WEEK}, {"一周", WAGE_WEEK}, {"周薪", WAGE_WEEK}, {"/week", WAGE_WEEK},
    {"/年", WAGE_YEAR}, {"每年", WAGE_YEAR}, {"一年", WAGE_YEAR}, {"年薪", WAGE_YEAR}, {"/year", WAGE_YEAR}, {"peryear", WAGE_YEAR},
    {"/次", WAGE_PIECE}, {"/件", WAGE_PIECE}, {"/单", WAGE_PIECE}, {"/个", WAGE_PIECE}, {"/台", WAGE_PIECE}, {"/场", WAGE_PIECE},
    {"/课时", WAGE_PIECE}, {"/节", WAGE_PIECE}, {"/吨", WAGE_PIECE}, {"/平", WAGE_PIECE}, {"计件", WAGE_PIECE}, {"每单", WAGE_PIECE},
    {"每件", WAGE_PIECE}, {"一单", WAGE_PIECE}, {"一件", WAGE_PIECE},
};
static const struct word multipliers[] = {{"万", MAN}, {"w", MAN}, {"千", QIAN}, {"k", QIAN}, {"百", 100}};
static const struct word han_digits[] = {{"一", 1}, {"二", 2}, {"两", 2}, {"三", 3}, {"四", 4},
                                         {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}};
enum { OPEN_UP = 1, OPEN_DOWN, ABOUT };
static const struct word bounds[] = {
    {"以下", OPEN_DOWN}, {"以内", OPEN_DOWN}, {"封顶", OPEN_DOWN}, {"以上", OPEN_UP}, {"起", OPEN_UP}, {"+", OPEN_UP}, {"以及以上", OPEN_UP},
    {"左右", ABOUT}, {"上下", ABOUT},
};
static const struct word separators[] = {{"-", 1}, {"~", 1}, {"到", 1}, {"至", 1}}, comma[] = {{",", 1}};
static const struct word noise[] = {
    {"元人民币", 1}, {"元", 1}, {"块钱", 1}, {"块", 1}, {"人民币", 1}, {"rmb", 1}, {"cny", 1}, {"yuan", 1}, {"¥", 1}, {"￥", 1}, {"及", 1},
    {"(", 1}, {")", 1}, {"[", 1}, {"]", 1}, {"·", 1}, {"税前", 1}, {"税后", 1}, {"或", 1}, {"|", 1}, {":", 1}, {".", 1}, {"含", 1},
};
#define IN(table) table, sizeof(table) / sizeof *(table)

/* The word of the table at `*p`, skipped; 0 when there is none. */
static int take(const char **p, const struct word *t, size_t n)
{
    for (size_t i = 0, len; i < n; i++)
        if ((len = text_begins(*p, t[i].text)) > 0) {
            *p += len;
            return t[i].value;
        }
    return 0;
}

struct number {
    int64_t v;    /* digits without the point */
    int decimals;
    int64_t mult; /* 0 = none was written */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool groups(const char *p) /* ",500" in "1,500", but not in "1,5000" */
{
    return p[0] == ',' && is_digit(p[1]) && is_digit(p[2]) && is_digit(p[3]) && !is_digit(p[4]);
}

static int64_t fen_of(const struct number *n, int64_t mult)
{
    static const int64_t ten[5] = {1, 10, 100, 1000, 10000};
    return n->v * FEN * (mult == 0 ? 1 : mult) / ten[n->decimals];
}

static int read_han(const char **p) /* 三, 十五, 二十; 0 when there is none */
{
    static const struct word ten[] = {{"十", 10}};
    int d = take(p, IN(han_digits));
    if (take(p, IN(ten)) == 0)
        return d;
    return (d > 0 ? d : 1) * 10 + take(p, IN(han_digits));
}

static bool more_digits(const char *s, bool grouped, int digits, bool point)
{
    return is_digit(*s) || (*s == '.' && !point && digits > 0 && is_digit(s[1])) || (grouped && digits > 0 && groups(s));
}

/* Reads "8", "1.5万", "12,000", "一万五", "1万2千". False when there is no number or more than nine digits. */
static bool read_number(const char **p, bool grouped, struct number *n)
{
    const char *s = *p;
    int digits = 0, han = 0;
    *n = (struct number){0};
    for (bool point = false; more_digits(s, grouped, digits, point); s++) {
        point = point || *s == '.';
        if (!is_digit(*s) || n->decimals == 4)
            continue;
        n->v = n->v * 10 + (*s - '0');
        n->decimals += point;
        if (++digits > 9)
            return false;
    }
    if (digits == 0 && (han = read_han(&s)) == 0)
        return false;
    n->v += han;
    n->mult = take(&s, IN(multipliers));
    for (int64_t unit = n->mult; unit >= 100;) { /* "1万5" is 1.5万, "一万二千" is 1.2万 */
        const char *q = s;
        int d = is_digit(*q) && !is_digit(q[1]) && q[1] != '.' ? *q++ - '0' : take(&q, IN(han_digits));
        int64_t m = d > 0 ? take(&q, IN(multipliers)) : 0;
        if (d == 0 || m >= unit)
            break;
        m = m == 0 ? unit / 10 : m;
        n->v = fen_of(n, n->mult) / FEN + d * m;
        n->decimals = 0;
        n->mult = 1;
        unit = m;
        s = q;
    }
    *p = s;
    return true;
}

/* The unit said before the sum, close to it: "月薪5000", "时薪约 22". */
static enum wage_unit unit_before(const char *s, const char *sum)
{
    int found = 0;
    const char *end = s;
    while (s < sum) {
        const char *p = s;
        int u = take(&p, IN(units));
        found = u != 0 ? u : found;
        end = u != 0 ? p : end;
        s = u != 0 ? p : s + 1;
    }
    bool close = end <= sum && sum - end <= 15 && memchr(end, '|', (size_t)(sum - end)) == NULL;
    return close ? (enum wage_unit)found : WAGE_NONE;
}

/* The unit said somewhere behind it; only words that speak of pay count there. */
static enum wage_unit unit_behind(const char *s)
{
    static const struct word pay[] = {
        {"月薪", WAGE_MONTH}, {"日薪", WAGE_DAY}, {"时薪", WAGE_HOUR}, {"周薪", WAGE_WEEK}, {"年薪", WAGE_YEAR},
    };
    for (; *s != '\0'; s++) {
        const char *p = s;
        int u = take(&p, IN(pay));
        if (u != 0)
            return (enum wage_unit)u;
    }
    return WAGE_NONE;
}

/* Blanks out small numbers that count something else: "8小时/天", "早8点", "五险", "招3人". */
static void cut_others(char *s)
{
    static const struct word others[] = {{"小时", 1}, {"点", 1}, {"天", 1}, {"人", 1}, {"名", 1}, {"岁", 1}, {"险", 1},
                                         {"休", 1},   {"班", 1}, {"倍", 1}, {"%", 1},  {"号", 1}, {"个月试", 1}};
    for (char *p = s; *p != '\0';) {
        size_t n = strspn(p, "0123456789");
        const char *q = p + n;
        bool small = n == 1 || (n == 2 && *p < '5');
        if (small && take(&q, IN(others)) != 0) {
            if (*q == '/')
                (void)take(&q, IN(units));
            memset(p, '|', (size_t)(q - p));
            p += q - p;
        } else {
            p += n > 0 ? n : 1;
        }
    }
}

/* Cuts "13薪", "*14" out of `s`: the number of wages a year. */
static int64_t cut_months(char *s)
{
    static const char pay[] = "薪", times[] = "×";
    for (char *p = s; *p != '\0'; p++) {
        size_t n = strspn(p, "0123456789");
        bool begins = n == 2 && (p == s || (!is_digit(p[-1]) && p[-1] != '.'));
        if (!begins) {
            p += n > 0 ? n - 1 : 0;
            continue;
        }
        int64_t v = (p[0] - '0') * 10 + p[1] - '0';
        bool before = p > s && (p[-1] == '*' || (p - s >= 2 && memcmp(p - 2, times, 2) == 0));
        if (v >= 12 && v <= 36 && (before || strncmp(p + 2, pay, strlen(pay)) == 0)) {
            memset(p, '|', 2 + (strncmp(p + 2, pay, strlen(pay)) == 0 ? strlen(pay) : 0));
            if (p > s && p[-1] == '-')
                p[-1] = '|';
            return v;
        }
        p++;
    }
    return 0;
}

/* Skips what may stand around a sum; the unit among it, or WAGE_NONE. */
static enum wage_unit skip_noise(const char **p, enum wage_unit unit)
{
    for (int u; (u = take(p, IN(units))) != 0 || take(p, IN(noise)) != 0;)
        unit = u != 0 ? (enum wage_unit)u : unit;
    return unit;
}

struct sums {
    struct number a, b;
    bool two, open; /* "3-K": the upper end was left out */
    int bound;
    enum wage_unit unit; /* said at the sum itself */
    const char *from, *rest;
};

static bool read_sums(const char *s, bool grouped, struct sums *o)
{
    *o = (struct sums){0};
    for (;; s++) {
        const char *p = s;
        if (*s == '\0')
            return false;
        if (take(&p, IN(units)) != 0) { /* 一天, 一个月 hold a digit */
            s = p - 1;
            continue;
        }
        if (read_number(&p, grouped, &o->a)) {
            o->from = s;
            s = p;
            break;
        }
        if (is_digit(*s))
            return false;
    }
    o->unit = skip_noise(&s, WAGE_NONE);
    if (take(&s, IN(separators)) != 0 || (!grouped && take(&s, IN(comma)) != 0)) {
        while (take(&s, IN(separators)) != 0 || take(&s, IN(noise)) != 0)
            ;
        o->two = read_number(&s, grouped, &o->b);
        o->open = !o->two;
        if (o->open && o->a.mult == 0)
            o->a.mult = take(&s, IN(multipliers));
    }
    o->unit = skip_noise(&s, o->unit);
    o->bound = take(&s, IN(bounds));
    o->unit = skip_noise(&s, o->unit);
    o->rest = s;
    return true;
}

/* "6-8千": the multiplier of one counts for both, unless the other is a whole sum already ("8000-1.2万", "1万-15000"). */
static void join_multipliers(struct sums *o)
{
    int64_t a = fen_of(&o->a, 1), b = fen_of(&o->b, 1);
    if (o->two && o->a.mult == 0 && o->b.mult != 0 && (a <= b || a < 100 * FEN))
        o->a.mult = o->b.mult;
    if (o->two && o->b.mult == 0 && o->a.mult != 0 && b < 1000 * FEN)
        o->b.mult = o->a.mult;
}

static enum wage_unit guess_unit(const struct wage *w, bool by_k)
{
    int64_t yuan = (w->min > 0 ? w->min : w->max) / FEN;
    if (yuan < 10)
        return WAGE_NONE;
    if (yuan < 800 && w->months == 0)
        return w->max / FEN >= 1000 ? WAGE_MONTH : yuan < 60 ? WAGE_HOUR : WAGE_DAY;
    return yuan >= 80000 && !by_k ? WAGE_YEAR : WAGE_MONTH;
}

static bool plausible(const struct wage *w)
{
    int64_t low = w->monthly_min > 0 ? w->monthly_min : w->monthly_max, high = w->monthly_max > 0 ? w->monthly_max : low;
    if (w->unit == WAGE_PIECE)
        return w->max < 1000000ll * FEN;
    return high >= 800 * FEN && high <= 300000ll * FEN && (w->min == 0 || w->max == 0 || w->max <= 10 * w->min);
}

static bool has(const char *s, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strstr(s, *words) != NULL)
            return true;
    return false;
}

static enum wage_state without_sum(const char *s, struct wage *w)
{
    static const char *const talk[] = {"面议", "面谈", "详谈", "negotiable", "另议", "协商", "不限", NULL}, *const piece[] = {"计件", NULL};
    if (!has(s, talk) && !has(s, piece))
        return WAGE_UNKNOWN;
    w->unit = has(s, piece) ? WAGE_PIECE : WAGE_NEGOTIABLE;
    w->confidence = 100;
    return WAGE_GOOD;
}

/* For comparing, as text_fold(), but numbers that a blank parts stay parted. */
static char *folded(struct arena *a, const char *s)
{
    const char *clean = text_clean(a, s, strlen(s));
    char *t = arena_strndup(a, clean, strlen(clean));
    for (char *p = t; *p != '\0'; p++)
        if (*p == ' ' && p > t && is_digit(p[-1]) && is_digit(p[1]))
            *p = '|';
    const char *f = text_fold(a, t, strlen(t));
    return arena_strndup(a, f, strlen(f));
}

enum wage_state wage_read(struct arena *a, const char *s, const struct wage_terms *terms, struct wage *w)
{
    static const char *const foreign[] = {"美元", "港币", "港元", "usd", "hkd", "$", "欧元", "日元", "\xEF\xBF\xBD", NULL};
    *w = (struct wage){0};
    char *t = folded(a, s);
    struct sums sums;
    if (has(t, foreign) || strlen(t) > 300)
        return WAGE_UNKNOWN;
    w->months = cut_months(t);
    cut_others(t);
    if (!read_sums(t, *t != '[', &sums))
        return without_sum(t, w);
    w->unit = sums.unit != WAGE_NONE ? sums.unit : unit_before(t, sums.from);
    if (w->unit == WAGE_NONE)
        w->unit = unit_behind(sums.rest);
    join_multipliers(&sums);
    w->min = fen_of(&sums.a, sums.a.mult);
    w->max = sums.two ? fen_of(&sums.b, sums.b.mult) : sums.open || sums.bound == OPEN_UP ? 0 : w->min;
    if (sums.bound == OPEN_DOWN && !sums.two)
        w->min = 0;
    if ((w->min == 0 && w->max == 0) || w->min > MOST || w->max > MOST)
        return WAGE_UNKNOWN;
    if (sums.two && w->min > w->max)
        return WAGE_UPSIDE_DOWN;
    w->confidence = sums.bound == ABOUT ? 90 : 100;
    if (w->unit == WAGE_NONE) {
        w->unit = guess_unit(w, sums.a.mult == QIAN && strchr(t, 'k') != NULL);
        w->guessed = true;
        w->confidence -= w->unit == WAGE_MONTH ? 15 : 40;
    }
    if (w->unit == WAGE_NONE)
        return WAGE_UNKNOWN;
    w->confidence -= strpbrk(sums.rest, "0123456789") != NULL ? 30 : *sums.rest != '\0' ? 10 : 0;
    wage_month(terms, w);
    if (!plausible(w) && w->confidence > 30)
        w->confidence = 30;
    return WAGE_GOOD;
}

void wage_month(const struct wage_terms *terms, struct wage *w)
{
    static const struct wage_terms usual = {.days_x100 = 2175, .hours_x100 = 17400};
    const struct wage_terms *t = terms != NULL ? terms : &usual;
    int64_t times = 0, per = 1;
    switch (w->unit) {
    case WAGE_MONTH: times = 1; break;
    case WAGE_DAY: times = t->days_x100, per = 100; break;
    case WAGE_HOUR: times = t->hours_x100, per = 100; break;
    case WAGE_WEEK: times = 52, per = 12; break;
    case WAGE_YEAR: times = 1, per = 12; break;
    case WAGE_NONE:
    case WAGE_PIECE:
    case WAGE_NEGOTIABLE: break;
    }
    w->monthly_min = w->min * times / per;
    w->monthly_max = w->max * times / per;
}

/* "4500" in Chinese, "4,500" in English; sums that are whole thousands from 100,000 on in 万. */
static const char *sum_text(const struct ctx *cx, int64_t fen, bool in_man)
{
    long long yuan = fen / FEN, rest = fen % FEN;
    if (in_man)
        return yuan % MAN == 0 ? arena_fmt(cx->arena, "%lld", yuan / MAN)
                               : arena_fmt(cx->arena, "%lld.%lld", yuan / MAN, yuan / QIAN % 10);
    const char *cents = rest == 0 ? "" : arena_fmt(cx->arena, ".%02lld", rest);
    if (cx->lang == NULL || strcmp(cx->lang, "en") != 0 || yuan < QIAN)
        return arena_fmt(cx->arena, "%lld%s", yuan, cents);
    if (yuan < QIAN * QIAN)
        return arena_fmt(cx->arena, "%lld,%03lld%s", yuan / QIAN, yuan % QIAN, cents);
    return arena_fmt(cx->arena, "%lld,%03lld,%03lld%s", yuan / (QIAN * QIAN), yuan / QIAN % QIAN, yuan % QIAN, cents);
}

static bool in_man(const struct ctx *cx, const struct wage *w)
{
    bool whole = w->min % (QIAN * FEN) == 0 && w->max % (QIAN * FEN) == 0;
    bool large = (w->min > 0 ? w->min : w->max) >= 10ll * MAN * FEN;
    return whole && large && (cx->lang == NULL || strcmp(cx->lang, "en") != 0);
}

static const char *per_unit(const struct ctx *cx, enum wage_unit u, bool man)
{
    switch (u) {
    case WAGE_MONTH: return tr(cx, man ? N_("{sum} 万元/月") : N_("{sum} 元/月"));
    case WAGE_DAY: return tr(cx, N_("{sum} 元/天"));
    case WAGE_HOUR: return tr(cx, N_("{sum} 元/小时"));
    case WAGE_WEEK: return tr(cx, N_("{sum} 元/周"));
    case WAGE_YEAR: return tr(cx, man ? N_("{sum} 万元/年") : N_("{sum} 元/年"));
    case WAGE_PIECE: return tr(cx, N_("{sum} 元/件"));
    case WAGE_NONE:
    case WAGE_NEGOTIABLE: break;
    }
    return tr(cx, N_("面议"));
}

const char *wage_text(const struct ctx *cx, const struct wage *w)
{
    struct arena *a = cx->arena;
    if (w->min == 0 && w->max == 0)
        return tr(cx, w->unit == WAGE_PIECE ? N_("计件") : N_("面议"));
    bool man = in_man(cx, w) && (w->unit == WAGE_MONTH || w->unit == WAGE_YEAR);
    const char *low = sum_text(cx, w->min, man), *high = sum_text(cx, w->max, man), *sum = w->min == 0 ? high : low;
    if (w->min > 0 && w->max > 0 && w->min != w->max)
        sum = arena_fmt(a, "%s–%s", low, high);
    const char *s = text_fill(a, per_unit(cx, w->unit, man), "sum", sum, NULL);
    if (w->max == 0)
        s = text_fill(a, tr(cx, N_("{wage}以上")), "wage", s, NULL);
    else if (w->min == 0)
        s = text_fill(a, tr(cx, N_("{wage}以下")), "wage", s, NULL);
    if (w->months > 0)
        s = text_fill(a, tr(cx, N_("{wage} · {n} 薪")), "wage", s, "n", arena_fmt(a, "%lld", (long long)w->months), NULL);
    return s;
}

static const char *const codes[] = {
    [WAGE_MONTH] = "month", [WAGE_DAY] = "day",     [WAGE_HOUR] = "hour",             [WAGE_WEEK] = "week",
    [WAGE_YEAR] = "year",   [WAGE_PIECE] = "piece", [WAGE_NEGOTIABLE] = "negotiable",
};

const char *wage_unit_code(enum wage_unit u) { return u > WAGE_NONE && u <= WAGE_NEGOTIABLE ? codes[u] : NULL; }

enum wage_unit wage_unit_from_code(const char *code)
{
    for (enum wage_unit u = WAGE_MONTH; u <= WAGE_NEGOTIABLE; u++)
        if (strcmp(codes[u], code) == 0)
            return u;
    return WAGE_NONE;
}
