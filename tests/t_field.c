/* Forms: every type, right and wrong, with the sentence that is said. */
#include "base/field.h"
#include "tap.h"

#include <stdlib.h>

enum { NOW_DAY = 20261124 };
static const int64_t now_ms = 1795485600000; /* 2026-11-24 10:00 in Tianjin */

struct all {
    const char *text, *lines, *phone, *idno, *uscc, *email, *choice, *choices, *occupation, *password, *hidden;
    int64_t count, money, date, stamp, yes, street;
    const int64_t *opt_count, *opt_money, *opt_date, *opt_street;
    const void *file;
};

static const struct choice kinds[] = {{"full", N_("全职")}, {"part", N_("兼职")}, {"odd", N_("零工")}, {0}};
static const struct choice endings[] = {{"xlsx", N_("表格")}, {"csv", N_("表格")}, {0}};

#define AT(m) .off = offsetof(struct all, m)
static const struct field all_fields[] = {
    {"text", F_TEXT, F_REQUIRED | F_WIDE, N_("岗位名称"), N_("写清楚做什么"), .min = 2, .max = 10, AT(text), .group = N_("岗位")},
    {"lines", F_LONG, 0, N_("说明"), AT(lines), .max = 20},
    {"count", F_INT, F_REQUIRED, N_("人数"), .min = 1, .max = 500, AT(count)},
    {"opt_count", F_INT, 0, N_("工龄"), AT(opt_count)},
    {"money", F_MONEY, F_REQUIRED, N_("工资"), .min = 100, .max = 10000000, AT(money)},
    {"opt_money", F_MONEY, 0, N_("补贴"), AT(opt_money)},
    {"date", F_DATE, F_REQUIRED, N_("开始日期"), .min = 20260101, .max = 20271231, AT(date)},
    {"opt_date", F_DATE, 0, N_("截止日期"), AT(opt_date)},
    {"stamp", F_STAMP, F_REQUIRED, N_("面试时间"), AT(stamp)},
    {"yes", F_BOOL, 0, N_("包住"), AT(yes)},
    {"phone", F_PHONE, F_SECRET, N_("电话"), AT(phone)},
    {"idno", F_IDNO, F_SECRET, N_("身份证号"), AT(idno)},
    {"uscc", F_USCC, 0, N_("信用代码"), AT(uscc)},
    {"email", F_EMAIL, 0, N_("邮箱"), AT(email)},
    {"choice", F_CHOICE, F_REQUIRED, N_("用工形式"), .choices = kinds, AT(choice)},
    {"choices", F_CHOICES, 0, N_("愿意做"), .choices = kinds, .max = 2, AT(choices)},
    {"street", F_STREET, F_REQUIRED, N_("街道"), AT(street)},
    {"opt_street", F_STREET, 0, N_("居住街道"), AT(opt_street)},
    {"occupation", F_OCCUPATION, 0, N_("职业"), AT(occupation)},
    {"password", F_PASSWORD, 0, N_("密码"), .min = 10, AT(password)},
    {"hidden", F_HIDDEN, 0, N_("标记"), AT(hidden)},
    {"file", F_FILE, F_REQUIRED, N_("岗位表"), .choices = endings, .max = 1048576, AT(file)},
    {0},
};

static struct arena arena;

static struct ctx ctx_make(void)
{
    arena_reset(&arena);
    return (struct ctx){.arena = &arena, .now = now_ms, .lang = "zh"};
}

static struct pair pair(const char *name, const char *value) { return (struct pair){name, value, strlen(value)}; }

static const char *good[][2] = {
    {"text", " 装　配工 "}, {"count", "１２"}, {"money", "4500.5"}, {"date", "2026-03-01"}, {"stamp", "2026-11-24T09:30"},
    {"choice", "full"}, {"street", "120101001"},
};

/* The sentence for one field with one value, everything else right; "" when accepted. */
static const char *say(struct ctx *cx, struct all *out, const char *name, const char *value)
{
    struct pair p[16];
    size_t n = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (strcmp(good[i][0], name) != 0)
            p[n++] = pair(good[i][0], good[i][1]);
    if (value != NULL)
        p[n++] = pair(name, value);
    struct pairs *raw = ARENA_NEW(cx->arena, struct pairs);
    struct pair *copy = ARENA_ARRAY(cx->arena, struct pair, n);
    memcpy(copy, p, n * sizeof *p);
    *raw = (struct pairs){copy, n};
    struct form form;
    *out = (struct all){0};
    err_t e = form_read(cx, &form, all_fields, raw, out);
    if ((e == E_OK) != (form.errors == NULL) || (e != E_OK && strcmp(form.errors->field, name) != 0))
        return "?";
    return e == E_OK ? "" : form.errors->say;
}

static const char *const cases[][3] = { /* field, value, sentence */
    {"text", NULL, "请填写“岗位名称”。"},
    {"text", "  \t", "请填写“岗位名称”。"},
    {"text", "工", "“岗位名称”最少 2 个字，现在是 1 个字，请补充一些。"},
    {"text", "一二三四五六七八九十一", "“岗位名称”最多 10 个字，现在是 11 个字，请删短一些。"},
    {"text", "一二三四五六七八九十", ""},
    {"text", "两\n行", "“岗位名称”只能写一行，请去掉换行。"},
    {"text", "响\a铃", "“岗位名称”里有认不出的字符，请重新输入。"},
    {"text", "\xff\xfe", "“岗位名称”里有认不出的字符，请重新输入。"},
    {"lines", "一行\r\n两行\n", ""},
    {"lines", "\x1b[31m", "“说明”里有认不出的字符，请重新输入。"},
    {"count", "0", "“人数”最少是 1，请改一下。"},
    {"count", "501", "“人数”最多是 500，请改一下。"},
    {"count", "三", "“人数”要写整数，例如 12。"},
    {"count", "99999999999999999999", "“人数”要写整数，例如 12。"},
    {"opt_count", "-3", ""},
    {"money", "45.123", "“工资”写多少元，最多两位小数，例如 4500 或 4500.50。"},
    {"money", "0.5", "“工资”最少是 1，请改一下。"},
    {"money", "￥4,500元", ""},
    {"money", "100000.01", "“工资”最多是 100000，请改一下。"},
    {"date", "2026-02-29", "“开始日期”要写成年-月-日，例如 2026-03-01，而且这一天要存在。"},
    {"date", "2025-12-31", "“开始日期”不能早于 2026 年 1 月 1 日，请改一下。"},
    {"date", "2028/1/1", "“开始日期”不能晚于 2027 年 12 月 31 日，请改一下。"},
    {"date", "2026年3月1日", ""},
    {"stamp", "2026-11-24 25:00", "“面试时间”要写日期和时间，例如 2026-03-01 09:30。"},
    {"yes", "maybe", "“包住”只能是“是”或“否”。"},
    {"phone", "1380000123", "手机号要 11 位，现在是 10 位。"},
    {"phone", "12345678", "手机号要 11 位，现在是 8 位。"},
    {"phone", "23456789", "座机号前面要加区号，例如 022-23456789。"},
    {"phone", "(022) 2345-6789", ""},
    {"phone", "+86 138 0000 1234", ""},
    {"idno", "11010519491231002", "身份证号要 18 位，现在是 17 位。"},
    {"idno", "11010519491231002x", ""},
    {"idno", "110105194912310021", "身份证号的校验位对不上，可能有一位写错了，请检查。"},
    {"uscc", "91350100M000100Y43", ""},
    {"uscc", "91350100M000100Y44", "统一社会信用代码的校验位对不上，可能有一位写错了，请检查。"},
    {"email", "zhang@example.com", ""},
    {"email", "zhang@example", "邮箱要写成 name@example.com 这样，请检查有没有漏掉 @ 或写错。"},
    {"email", "a..b@example.com", "邮箱要写成 name@example.com 这样，请检查有没有漏掉 @ 或写错。"},
    {"choice", "other", "“用工形式”请从给出的选项里选一个。"},
    {"choice", "兼职", ""},
    {"choices", "full,other", "“愿意做”请从给出的选项里选。"},
    {"choices", "full,part,odd", "“愿意做”最多选 2 项，现在选了 3 项，请去掉几项。"},
    {"street", "", "请选择“街道”。"},
    {"street", "劝业场街道", "“街道”请从列表里选一个街道或镇。"},
    {"occupation", "4-10-01-05", ""},
    {"occupation", "9-10-01-05", "“职业”请从列表里选，或写职业编码，例如 4-10-01-05。"},
    {"password", "short", "“密码”最少 10 个字，现在是 5 个字，请补充一些。"},
    {"password", "  ten blanks", ""},
};

static void test_sentences(void)
{
    struct all out;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ctx cx = ctx_make();
        char name[128];
        const char *how = cases[i][1] == NULL ? "absent" : cases[i][2][0] == '\0' ? "right" : "wrong";
        snprintf(name, sizeof name, "%s: %s", cases[i][0], how);
        is_str(say(&cx, &out, cases[i][0], cases[i][1]), cases[i][2], name);
    }
}

static void test_values(void)
{
    struct ctx cx = ctx_make();
    struct all v;
    is_str(say(&cx, &v, "none", "x"), "", "a field that is not asked is ignored");
    is_str(v.text, "装 配工", "text is cleaned");
    is_int(v.count, 12, "full-width digits");
    is_int(v.money, 450050, "yuan become fen");
    is_int(v.date, 20260301, "date");
    is_int(v.stamp, 1795483800000, "local time becomes UTC");
    is_int(v.street, 120101001, "street code");
    ok(v.opt_count == NULL && v.opt_money == NULL && v.opt_date == NULL && v.phone == NULL && v.choices == NULL,
       "what is not given is NULL");
    (void)say(&cx, &v, "opt_money", "12.34");
    is_int(v.opt_money == NULL ? 0 : *v.opt_money, 1234, "an optional number is a pointer");
    (void)say(&cx, &v, "phone", "022-2345 6789转801");
    is_str(v.phone, "02223456789-801", "phone in its plain form");
    (void)say(&cx, &v, "idno", "11010519491231002x");
    is_str(v.idno, "11010519491231002X", "identity number in capitals");
    (void)say(&cx, &v, "lines", "一\r\n二\r三\n\n");
    is_str(v.lines, "一\n二\n三", "line ends are one kind");
    (void)say(&cx, &v, "choices", "零工、全职");
    is_str(v.choices, "full,odd", "words of a sheet, in the table's order");
    (void)say(&cx, &v, "yes", "on");
    is_int(v.yes, 1, "a ticked box");
}

static void test_many(void)
{
    struct ctx cx = ctx_make();
    struct all v = {0};
    struct form form;
    struct pair p[] = {pair("choices", "odd"), pair("choices", "full"), {"text", "a\0b", 3}};
    struct pairs raw = {p, 3};
    is_int(form_read(&cx, &form, all_fields, &raw, &v), E_INVALID, "every mistake is found");
    is_int((long long)form.n_errors, 7, "all of them, not the first only");
    is_str(v.choices, "full,odd", "repeated pairs are joined");
    is_str(form.errors->say, "“岗位名称”里有认不出的字符，请重新输入。", "NUL is refused");
    is_str(cx.fail.field, "text", "the failure names the first field");
}

static const char *json_of(struct ctx *cx, const struct form *form, const struct pairs *values)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    form_view(cx, v, form, all_fields, values);
    view_json(&b, v);
    return buf_text(&b);
}

static void test_view(void)
{
    struct ctx cx = ctx_make();
    struct all v = {0}, again = {0};
    struct form form, form2;
    struct pair p[] = {pair("text", "工"), pair("password", "secret-word"), pair("choice", "part")};
    struct pairs raw = {p, 3};
    (void)!form_read(&cx, &form, all_fields, &raw, &v);
    const char *j = json_of(&cx, &form, NULL);
    ok(strstr(j, "\"value\":\"工\"") != NULL, "what was typed is shown again");
    ok(strstr(j, "secret-word") == NULL, "a password is not");
    ok(strstr(j, "\"described_by\":\"h-text e-text\"") != NULL, "help and error are tied to the field");
    ok(strstr(j, "\"label\":\"兼职\",\"selected\":true,\"choice_id\":\"f-choice-part\"}") != NULL, "choice stays chosen");
    ok(strstr(j, "\"accept\":\".xlsx,.csv\"") != NULL && strstr(j, "\"multipart\":true") != NULL, "a file field");

    is_str(say(&cx, &v, "choices", "full,odd"), "", "a good form");
    v.yes = 1;
    struct pairs back = form_pairs(&cx, all_fields, &v);
    is_int(form_read(&cx, &form2, all_fields, &back, &again), E_OK, "what form_pairs writes, form_read reads");
    bool same = again.money == v.money && again.stamp == v.stamp && again.yes == 1;
    ok(same && strcmp(again.choices, v.choices) == 0, "and it is the same");
    j = json_of(&cx, NULL, &back);
    ok(strstr(j, "\"4500.50\"") != NULL && strstr(j, "\"2026-11-24T09:30\"") != NULL, "an edit form is prefilled");
    ok(strstr(j, "\"checked\":true") != NULL, "with its ticks");
    struct pair empty_box[] = {pair("text", "工人")};
    struct form sent = {.raw = &(struct pairs){empty_box, 1}};
    ok(strstr(json_of(&cx, &sent, &back), "\"checked\":true") == NULL, "a box that was unticked stays so");
}

static void test_file(void)
{
    struct ctx cx = ctx_make();
    struct form form = {.fields = all_fields};
    const struct field *f = form_file(all_fields);
    is_str(f == NULL ? NULL : f->name, "file", "the form's file is found");
    is_int(form_file_check(&cx, &form, f, "a.XLSX", 10), E_OK, "a good file");
    is_int(form_file_check(&cx, &form, f, NULL, 0), E_INVALID, "a missing one");
    is_str(form.errors->say, "请选择文件：岗位表。", "its sentence");
    (void)!form_file_check(&cx, &form, f, "a.pdf", 10);
    is_str(form.errors->next->say, "这种文件打不开，请选 .xlsx,.csv 文件。", "a wrong kind");
    (void)!form_file_check(&cx, &form, f, "a.csv", 2000000);
    is_str(form.errors->next->next->say, "文件太大了，最多 1 MB，请分成几个文件。", "too large");
}

int main(void)
{
    arena_init(&arena, 0);
    test_sentences();
    test_values();
    test_many();
    test_view();
    test_file();
    arena_free(&arena);
    return done();
}
