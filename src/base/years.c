#include "base/years.h"

#include "base/ctx.h"
#include "base/text.h"

#include <string.h>

static bool has(const char *s, const char *words) /* each word ends with NUL, the list with an empty one */
{
    for (; *words != '\0'; words += strlen(words) + 1)
        if (strstr(s, words) != NULL)
            return true;
    return false;
}

static bool is(const char *s, const char *words)
{
    for (; *words != '\0'; words += strlen(words) + 1)
        if (strcmp(s, words) == 0)
            return true;
    return false;
}

static const char *fold(struct arena *a, const char *s)
{
    size_t n = strlen(s);
    return text_fold(a, s, n > 300 ? 300 : n);
}

bool education_read(struct arena *a, const char *s, enum education *level, bool *at_most)
{
    static const struct {
        enum education level;
        const char *words;
    } named[] = { /* ascending: the first that is found is the floor */
        {EDU_PRIMARY, "小学\0"},
        {EDU_JUNIOR, "初中\0"},
        {EDU_SENIOR, "高中\0中专\0中技\0技校\0职高\0职中\0中职\0技工学校\0高技\0中等专业\0"},
        {EDU_COLLEGE, "大专\0专科\0高职\0高专\0"},
        {EDU_BACHELOR, "本科\0学士\0大学\0bachelor\0"},
        {EDU_MASTER, "硕士\0研究生\0mba\0master\0"},
        {EDU_DOCTOR, "博士\0phd\0doctor\0"},
    };
    const char *t = fold(a, s);
    if (at_most != NULL)
        *at_most = has(t, "以下\0");
    *level = EDU_ANY;
    if (has(t, "不限\0无要求\0不要求\0无学历\0") || is(t, "无\0-\0"))
        return true;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        bool doctor_only = named[i].level == EDU_MASTER && has(t, "博士研究生\0") && !has(t, "硕士\0");
        if (!doctor_only && has(t, named[i].words)) {
            *level = named[i].level;
            return true;
        }
    }
    return false;
}

const char *education_label(enum education e)
{
    static const char *const labels[] = {N_("学历不限"), N_("小学"), N_("初中"), N_("高中、中专、技校"),
                                         N_("大专"),     N_("本科"), N_("硕士"), N_("博士")};
    return e <= EDU_DOCTOR ? labels[e] : labels[EDU_ANY];
}

/* A number of at most six digits, or 一 .. 十; false when there is none. */
static bool number(const char **p, int64_t *v)
{
    static const char *const han[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "两", "半"};
    static const signed char value[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2, 0};
    size_t n = strspn(*p, "0123456789");
    *v = 0;
    if (n > 6)
        return false;
    for (size_t i = 0; i < n; i++)
        *v = *v * 10 + ((*p)[i] - '0');
    *p += n;
    for (size_t i = 0, len; n == 0 && (unsigned char)**p >= 0x80 && i < sizeof han / sizeof *han; i++)
        if ((len = text_begins(*p, han[i])) > 0) {
            *v = value[i];
            *p += len;
            return true;
        }
    return n > 0;
}

static bool skip(const char **p, const char *words)
{
    for (size_t n; *words != '\0'; words += strlen(words) + 1)
        if ((n = text_begins(*p, words)) > 0) {
            *p += n;
            return true;
        }
    return false;
}

/* Moves to the first number of `s` and reads it and, behind a dash, a second. */
static bool range(const char **p, int64_t *low, int64_t *high, bool *two)
{
    int64_t v;
    for (; **p != '\0' && !number(p, &v); (*p)++)
        if (**p >= '0' && **p <= '9')
            return false;
    if (**p == '\0' && ((*p)[-1] < '0' || (*p)[-1] > '9'))
        return false;
    *low = *high = v;
    skip(p, "年\0个月\0人\0名\0");
    *two = skip(p, "-\0~\0到\0至\0") && number(p, high);
    return true;
}

bool experience_read(struct arena *a, const char *s, struct experience *out)
{
    const char *t = fold(a, s), *p = t;
    int64_t low, high;
    bool two;
    *out = (struct experience){0};
    if (has(t, "应届\0在校\0实习\0") && strpbrk(t, "0123456789") == NULL) {
        out->fresh = true;
        return true;
    }
    if (has(t, "天/周\0")) /* how long an internship lasts, not what came before it */
        return false;
    if (has(t, "不限\0无需\0无经验\0无工作经验\0不需要\0无要求\0") || is(t, "无\0"))
        return true;
    if (*t == '\0' || !range(&p, &low, &high, &two))
        return false;
    int64_t unit = has(t, "月\0") ? 1 : 12;
    if (low * unit > 600 || high * unit > 600 || (two && low > high) || (*p != '\0' && !has(t, "年\0月\0")))
        return false;
    out->min = low * unit;
    out->max = two ? high * unit : 0;
    if (!two && has(p - (p > t), "以下\0以内\0不到\0")) {
        out->max = out->min;
        out->min = 0;
    }
    return true;
}

bool headcount_read(struct arena *a, const char *s, int64_t *openings)
{
    const char *t = fold(a, s), *p = t;
    int64_t high;
    bool two;
    *openings = 0;
    if (has(t, "若干\0不限\0数名\0多名\0多人\0") || is(t, "人\0名\0名人\0"))
        return true;
    if (*t == '\0' || !range(&p, openings, &high, &two))
        return false;
    skip(&p, "人人\0人\0名\0位\0个\0");
    bool good = *openings <= 5000 && strpbrk(p, "0123456789") == NULL;
    *openings = good ? *openings : 0;
    return good;
}
