/* Text: UTF-8, cleaning, keys of employers, markup, masks; telephone numbers and credit codes; log lines. */
#include "base/log.h"
#include "base/phone.h"
#include "base/text.h"
#include "base/uscc.h"
#include "tap.h"

static struct arena arena;

static void utf8(void)
{
    static const struct {
        const char *s;
        size_t n;
        bool good;
        int chars;
    } t[] = {
        {"天津", 6, true, 2},
        {"a\xC3\xA9\xF0\xA0\xAE\xB7", 7, true, 3},
        {"\xC0\x80", 2, false, 2},
        {"\xED\xA0\x80", 3, false, 3},
        {"\xF4\x90\x80\x80", 4, false, 4},
        {"\xE5\xA4", 2, false, 2},
        {"\xE0\x80\xAF", 3, false, 3},
        {"", 0, true, 0},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        is_int(utf8_valid(t[i].s, t[i].n), t[i].good, "valid or not");
        is_int((long long)utf8_count(t[i].s, t[i].n), t[i].chars, "characters");
    }
    is_int((long long)utf8_clip("天津市", 9, 2), 6, "the first two characters");
    char out[4];
    uint32_t cp;
    bool round = true;
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97)
        if (c < 0xD800 || c > 0xDFFF)
            round = round && utf8_next(out, utf8_put(out, c), &cp, NULL) > 0 && cp == c;
    ok(round, "what is put can be read");
    ok(text_is_han(0x5929) && text_is_han(0x3007) && text_is_han(0x20BB7) && !text_is_han('A') && !text_is_han(0x3042), "Han");
}

static const char *clean(const char *s) { return text_clean(&arena, s, strlen(s)); }
static const char *fold(const char *s) { return text_fold(&arena, s, strlen(s)); }
static const char *words(const char *s) { return text_strip_markup(&arena, s, strlen(s)); }
static const char *key(const char *s) { return text_employer_key(&arena, s); }

static void cleaning(void)
{
    is_str(clean("　ＡＢＣ１２３\t　（天津）\n\x1b\xE2\x80\x8B " "店 "), "ABC123 （天津） 店", "clean");
    is_str(clean("「好」﹐『行』"), "“好”，‘行’", "marks in their ordinary form");
    is_str(clean("a\xFF" "b"), "a\xEF\xBF\xBD" "b", "a malformed byte becomes a sign");
    is_str(fold("Java 工程师（天津）——６０００～８０００"), "java工程师(天津)--6000~8000", "fold");
    is_str(words("<p>岗位：<b>焊工</b></p><ul><li>五险&nbsp;一金<li>包住 &#19978;&lt;3</ul><script>x<1</script><!-- no -->完<br/>"),
           "岗位：焊工\n五险 一金\n包住 上<3\n完", "markup");
    is_str(words("5 < 6 & 7 > 3 <未闭"), "5 < 6 & 7 > 3 <未闭", "signs that are no markup");
    is_str(words("<script>alert(1)"), "", "an unclosed script");
    is_str(words("<scr<b>ipt>a</b>"), "ipt>a", "what is left is text, to be escaped like any other");
    is_str(text_cut(&arena, "天津市河西区", 3), "天津市…", "cut");
    is_str(text_cut(&arena, "天津", 3), "天津", "nothing to cut");
    is_str(text_fill(&arena, "{a}要 {b} 位{c}", "a", "码", "b", "8", NULL), "码要 8 位{c}", "fill");
    is_str(text_percent(&arena, "津 a/b"), "%E6%B4%A5%20a%2Fb", "percent");
}

static void employers(void)
{
    is_str(key("天津示例（海河）科技有限公司"), key("天津示例(海河)科技有限责任公司"), "brackets and kinds of company");
    is_str(key("天津 示例科技股份有限公司"), key("天津示例科技"), "with and without its legal form");
    ok(strcmp(key("天津示例科技有限公司"), key("天津示例科技有限公司武清分公司")) != 0, "a branch is another");
    ok(strcmp(key("示例一公司"), key("示例二公司")) != 0, "different firms differ");
    is_str(key("公司"), "公司", "nothing but the form stays");
}

static void masks(void)
{
    is_str(text_mask_name(&arena, "张丽芳"), "张*芳", "three characters");
    is_str(text_mask_name(&arena, "李明"), "李*", "two");
    is_str(text_mask_name(&arena, "欧阳文华"), "欧**华", "four");
    is_str(text_mask_name(&arena, "王"), "*", "one");
    is_str(text_mask_name(&arena, ""), "", "none");
    is_str(text_mask_phone(&arena, "13800002217"), "138****2217", "mobile");
    is_str(text_mask_phone(&arena, "12345"), "***45", "short");
    is_str(text_mask_idno(&arena, "120101199001012846"), "1201**********2846", "identity number");
}

static void phones(void)
{
    static const char *const t[][2] = {
        {"13800002217", "13800002217"},         {"138-0000-2217", "13800002217"},      {"+86 13800002217", "13800002217"},
        {"008613800002217", "13800002217"},     {"１３８００００２２１７", "13800002217"}, {"022-23456789", "02223456789"},
        {"(022)23456789", "02223456789"},       {"022 23456789 转 801", "02223456789-801"}, {"0316-2345678", "03162345678"},
        {"400-123-4567", "4001234567"},         {"86-22-23456789", NULL},              {"12345678901", NULL},
        {"23456789", NULL},                     {"电话138", NULL},                     {"138000022171", NULL},
        {"13800002217转8", NULL},               {"", NULL},                            {"022-", NULL},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char out[PHONE_MAX] = "";
        const char *wrong = phone_read(t[i][0], out, NULL);
        if (t[i][1] != NULL)
            is_str(out, t[i][1], t[i][0]);
        else
            ok(wrong != NULL, t[i][0]);
    }
}

static void credit_codes(void)
{
    char out[19];
    ok(uscc_read("91350100M000100Y43", out) == NULL, "the standard's example");
    ok(uscc_read(" 91350100-m000100y43 ", out) == NULL && strcmp(out, "91350100M000100Y43") == 0, "in small letters");
    is_str(uscc_read("91350100M000100Y4", out), "统一社会信用代码要 18 位，现在是 {n} 位。", "too short");
    is_str(uscc_read("91350100M000100YO3", out), "统一社会信用代码里没有字母 I、O、S、V、Z，请检查是不是数字 1、0、5、2。", "a letter O");
    is_str(uscc_kind("92120101MA00000000"), "个体工商户", "kind");
    int found = 0, all = 0;
    for (int i = 0; i < 18; i++) /* every single wrong character is found */
        for (const char *c = "0123456789ABCDEFGHJKLMNPQRTUWXY"; *c != '\0'; c++) {
            char t[] = "91350100M000100Y43";
            if (t[i] == *c)
                continue;
            t[i] = *c;
            all++;
            found += uscc_read(t, out) != NULL;
        }
    is_int(found, all, "every single wrong character is found");
}

static void lines(void)
{
    struct buf b = {.a = &arena};
    const char *forged = "a \"b\"\r\nlevel=error\x1b[0m 好";
    log_format(&b, 1795485600123, LOG_INFO, "login", "request", "r1", "note", forged, "password", "x", NULL);
    is_str(buf_text(&b),
           "time=2026-11-24T02:00:00.123Z level=info event=login request=r1 "
           "note=\"a \\\"b\\\"\\x0d\\x0alevel=error\\x1b[0m 好\" password=[hidden]\n",
           "one line, whatever is in it");
    struct ctx cx = {.arena = &arena, .request_id = "r2", .now = 0, .actor = {.account_id = 7}};
    (void)!FAIL(&cx, E_DB, "x", "gone away");
    struct buf f = {.a = &arena};
    log_fail_format(&f, &cx);
    const char *s = buf_text(&f);
    ok(strstr(s, "level=error event=fail code=db request=r2 account=7 field=x at=") != NULL, "a failure");
    ok(strstr(s, "detail=\"gone away\"\n") != NULL, "and why");
}

int main(void)
{
    arena_init(&arena, 0);
    utf8();
    cleaning();
    employers();
    masks();
    phones();
    credit_codes();
    lines();
    arena_free(&arena);
    return done();
}
