/* clean.c -- what stands in a title besides the job: wages, benefits, calls, brackets. */
#include "match/clean.h"

#include "base/text.h"
#include "match/chars.h"
#include "match/match.h"

#include <string.h>

#define TITLE_MAX 200

static const char *const noise[] = {
    "五险一金", "六险一金", "七险一金", "五险", "社保", "公积金", "缴纳", "包吃包住", "包吃住", "包食宿", "包吃",
    "包住", "管吃管住", "管吃住", "管吃", "管住", "免费食宿", "提供食宿", "提供住宿", "免费住宿", "可住宿", "食宿",
    "住宿", "工作餐", "餐补", "房补", "车补", "话补", "饭补", "双休", "单休", "大小周", "做五休二", "做六休一",
    "上六休一", "上五休二", "月休", "周末", "法定节假日", "节假日", "朝九晚六", "朝九晚五", "早九晚六", "长白班",
    "白班", "夜班", "两班倒", "三班倒", "不倒班", "倒班", "不加班", "无加班", "坐班", "不穿无尘服", "高薪诚聘",
    "高薪急聘", "高薪", "急聘", "急招", "急缺", "急需", "诚聘", "诚招", "招聘", "招募", "直招", "直聘", "厂家直招",
    "企业直招", "热招", "大量", "长期", "可实习", "转正", "提成", "高提成", "底薪", "高底薪", "无责底薪", "无责",
    "保底", "综合薪资", "综合工资", "综合", "月薪", "年薪", "日薪", "时薪", "周薪", "薪资", "工资", "待遇", "月入",
    "年入", "日入", "月均", "过万", "上万", "不封顶", "日结", "周结", "月结", "现结", "次日结", "可预支", "预支",
    "返费", "奖金", "年终奖", "全勤奖", "双薪", "分红", "股权", "期权", "补贴", "福利好", "福利", "接受小白", "小白",
    "零基础", "无经验", "经验不限", "无需经验", "不需经验", "学历不限", "可无经验", "应届生", "应届毕业生",
    "应届", "毕业生", "包教包会", "带薪培训", "带薪", "岗前培训", "免费培训", "可培训", "双证", "上市公司", "国企",
    "央企", "外企", "五百强", "世界500强", "500强", "大厂", "正式工", "正式编制", "就近分配", "就近安排", "就近上班",
    "离家近", "轻松", "稳定", "环境好", "欢迎", "优先", "年底", "男女不限", "男女", "限男", "限女", "要求", "启事", "简章", "公告", "以上",
    "左右", "起步", "接送", "班车", "可兼职", "名额", "职位编号", "编号",
    "五险二金", "五险两金", "六险二金", "六险", "一金", "二金", "交五险", "缴五险", "交社保", "买社保", "绩效奖金", "年终奖金", "全勤",
    "三薪", "定期体检", "员工旅游", "弹性工作", "年假", "带薪年假", "节日福利", "生日福利", "免费下午茶", "下午茶", "免费三餐", "免费工作餐", "免费午餐",
    "包三餐", "包午餐", "包餐", "包住宿", "员工宿舍", "提供宿舍", "免费宿舍", "有宿舍", "提供吃住", "有吃住", "供吃住", "加班费", "商业保险",
    "餐饮补贴", "高温补贴", "住房补贴", "租房补贴", "交通补贴", "晋升空间大", "晋升空间", "晋升快", "发展空间大", "发展空间", "前景好", "氛围好",
    "福利待遇", "福利待遇好", "时间自由", "不体检", "不打卡", "团建",
};

struct firsts { /* the first characters of the noise: most places of a title begin none */
    uint32_t first[sizeof noise / sizeof *noise];
    uint64_t bits[16];
};

static void firsts_of(struct firsts *f)
{
    *f = (struct firsts){0};
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++) {
        const char *s = noise[i];
        uint32_t x = f->first[i] = chars_next(&s);
        f->bits[x >> 6 & 15] |= UINT64_C(1) << (x & 63);
    }
}

static const char wage_signs[] = "kw.-~/+%*";

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_wage_sign(uint32_t c)
{
    static const uint32_t han[] = {0x5143 /* 元 */, 0x5343 /* 千 */, 0x4E07 /* 万 */, 0x767E /* 百 */, 0x5757 /* 块 */, 0x6708 /* 月 */, 0x5929 /* 天 */,
                                   0x65E5 /* 日 */, 0x5E74 /* 年 */, 0x5C0F /* 小 */, 0x65F6 /* 时 */, 0x85AA /* 薪 */, 0x540D /* 名 */, 0x4EBA /* 人 */,
                                   0x2014, 0x2013, 0xFF5E, 0x223C, 0x5C81 /* 岁 */, 0x8D77 /* 起 */, 0x5468 /* 周 */};
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        if (c == han[i])
            return true;
    return c < 128 && c != 0 && strchr(wage_signs, (int)c) != NULL;
}

/* How many code points from here are a number with what belongs to a wage; 0 = none ("3d", "4s" are words). */
static size_t wage_length(const uint32_t *c, size_t n)
{
    size_t i = 0;
    if (!is_digit(c[0]))
        return 0;
    while (i < n && (is_digit(c[i]) || is_wage_sign(c[i])))
        i++;
    return i < n && c[i] >= 'a' && c[i] <= 'z' ? 0 : i;
}

static bool starts_with(const uint32_t *c, size_t n, const char *word, size_t *len)
{
    size_t k = 0;
    uint32_t x = 0;
    while ((x = chars_next(&word)) != 0 && k < n && c[k] == x)
        k++;
    *len = k;
    return x == 0;
}

/* What comes after 招聘 when recruiting is the work itself: 招聘专员, not 招聘司机. */
static bool is_recruiter(const uint32_t *c, size_t n)
{
    static const char *const ends[] = {"专员", "主管", "经理", "顾问", "助理", "师", "总监", "hr", "专家", "负责人", "实习", "岗"};
    size_t len;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (starts_with(c, n, ends[i], &len))
            return !(n > len && c[0] == 0x5E08); /* 招聘师 but 招聘师傅 */
    return false;
}

static size_t noise_length(const uint32_t *c, size_t n, const struct firsts *f)
{
    size_t longest = 0, len;
    if ((f->bits[c[0] >> 6 & 15] >> (c[0] & 63) & 1) == 0)
        return 0;
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (f->first[i] == c[0] && starts_with(c, n, noise[i], &len) && len > longest)
            longest = len;
    bool recruiting = longest == 2 && c[0] == 0x62DB && c[1] == 0x8058; /* 招聘 */
    return recruiting && is_recruiter(c + 2, n - 2) ? 0 : longest;
}

static uint32_t closing(uint32_t c)
{
    return c == '(' ? ')' : c == '[' ? ']' : c == 0x3010 ? 0x3011 : c == 0x300A ? 0x300B : c == '{' ? '}' : c == 0x300C ? 0x300D : 0;
}

static size_t bracket_length(const uint32_t *c, size_t n)
{
    uint32_t end = closing(c[0]);
    for (size_t i = 1; end != 0 && i < n; i++)
        if (c[i] == end)
            return i + 1;
    if (end != 0 && n > 3 && (c[n - 1] == 0x2026 || (c[n - 1] == '.' && c[n - 2] == '.'))) /* cut off inside the bracket */
        return n;
    return end != 0 ? 1 : 0;
}

static size_t write_clean(const uint32_t *c, size_t n, bool brackets, const struct firsts *f, char *out)
{
    size_t len = 0;
    bool gap = false;
    for (size_t i = 0; i < n;) {
        bool inside = i > 0 && is_letter(c[i - 1]) && is_digit(c[i]); /* "b2", "c1" */
        size_t skip = brackets ? bracket_length(c + i, n - i) : 0;
        if (skip == 0 && !inside)
            skip = wage_length(c + i, n - i);
        if (skip == 0)
            skip = noise_length(c + i, n - i, f);
        bool sign = (c[i] == '+' || c[i] == '#') && !(i > 0 && (is_letter(c[i - 1]) || c[i - 1] == '+')); /* but "c++" */
        if (skip == 0 && (sign || (chars_kind(c[i]) == CHAR_GAP && c[i] != '.')))
            skip = 1;
        if (skip > 0) {
            gap = len > 0;
            i += skip;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        len += utf8_put(out + len, c[i++]);
    }
    out[len] = '\0';
    return len;
}

/* "某某机械有限公司招聘车工": where the work begins behind the last call that stands between two words; 0 = no such call. */
static size_t called(const uint32_t *c, size_t n)
{
    static const char *const calls[] = {"招聘", "诚聘", "急聘", "招募", "急招", "诚招"};
    size_t at = 0, len;
    for (size_t i = 2; i + 3 < n; i++)
        for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
            if (starts_with(c + i, n - i, calls[k], &len) && chars_kind(c[i - 1]) != CHAR_GAP && chars_kind(c[i + 2]) != CHAR_GAP &&
                !is_recruiter(c + i + 2, n - i - 2))
                at = i + 2;
    return at;
}

/* The firm before a call is not cleaned away when nothing but a call follows ("电工招聘启事"). */
static size_t firm_length(struct ctx *cx, const uint32_t *c, size_t n, const struct firsts *f)
{
    size_t at = called(c, n);
    char *out = arena_alloc(cx->arena, 5 * n + 1);
    return at > 0 && write_clean(c + at, n - at, true, f, out) > 3 ? at : 0;
}

const char *match_clean_title(struct ctx *cx, const char *title)
{
    uint32_t c[TITLE_MAX];
    size_t n = chars_read(title, c, TITLE_MAX);
    char *out = arena_alloc(cx->arena, 5 * n + 1);
    struct firsts f;
    firsts_of(&f);
    size_t firm = firm_length(cx, c, n, &f);
    if (write_clean(c + firm, n - firm, true, &f, out) == 0)
        (void)write_clean(c, n, false, &f, out);
    return out;
}

const char *title_asides(struct ctx *cx, const char *title)
{
    uint32_t c[TITLE_MAX];
    size_t n = chars_read(title, c, TITLE_MAX), len = 0;
    char *said = arena_alloc(cx->arena, 5 * n + 1);
    for (size_t i = 0; i < n;) {
        size_t k = bracket_length(c + i, n - i);
        for (size_t j = i + 1; j + 1 < i + k; j++)
            len += utf8_put(said + len, c[j]);
        if (k > 2)
            said[len++] = ' ';
        i += k > 0 ? k : 1;
    }
    said[len] = '\0';
    return len == 0 ? said : match_clean_title(cx, said);
}
