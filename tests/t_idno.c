/* Identity numbers: the standard's examples, every sentence, every single wrong digit. */
#include "base/idno.h"
#include "tap.h"

enum { TODAY = 20261124 };

static void examples(void)
{
    struct idno id;
    ok(idno_read("11010519491231002X", TODAY, &id) == NULL, "GB 11643, example 1");
    is_int(id.birth, 19491231, "birth");
    is_int(id.sex, SEX_FEMALE, "an even order number is a woman's");
    is_int(id.region, 110105, "region");
    ok(idno_read("440524188001010014", TODAY, &id) == NULL, "GB 11643, example 2");
    is_int(id.sex, SEX_MALE, "an odd one is a man's");
    ok(!id.permit, "an identity card");
    ok(idno_read(" 1101 0519 4912 3100 2x ", TODAY, &id) == NULL, "blanks, small x");
    is_str(id.text, "11010519491231002X", "in its plain form");
    ok(idno_read("１１０１０５１９４９１２３１００２Ｘ", TODAY, &id) == NULL, "full-width characters");
    static const char *const permits[] = {"810000199408230021", "820000198707120027", "830000199201300022"};
    for (size_t i = 0; i < 3; i++) {
        char t[19];
        memcpy(t, permits[i], 19);
        bool good = false;
        for (int c = 0; c < 11 && !good; c++) { /* finds the check digit: the numbers are made up */
            t[17] = "0123456789X"[c];
            good = idno_read(t, TODAY, &id) == NULL;
        }
        ok(good && id.permit, "residence permit");
    }
}

static void sentences(void)
{
    static const char *const t[][2] = {
        {"110105491231002", "这是 15 位的老身份证号，请填现在的 18 位身份证号。"},
        {"1101051949123100", "身份证号要 18 位，现在是 {n} 位。"},
        {"", "身份证号要 18 位，现在是 {n} 位。"},
        {"11010519491331002X", "身份证号里的出生日期不存在，请检查第 7 到 14 位。"},
        {"110105190002290012", "身份证号里的出生日期不存在，请检查第 7 到 14 位。"},
        {"110105202611250012", "身份证号里的出生日期还没有到，请检查第 7 到 14 位。"},
        {"110105194912310021", "身份证号的校验位对不上，可能有一位写错了，请检查。"},
        {"1101051949123100AX", "身份证号只有数字，最后一位可以是 X，请检查。"},
        {"X10105194912310021", "身份证号只有数字，最后一位可以是 X，请检查。"},
        {"11010519491231002中", "身份证号只有数字，最后一位可以是 X，请检查。"},
        {"010105194912310021", "身份证号的前 6 位不对，请检查。"},
        {"11010519491231002X11010519491231002X11010519491231002X", "身份证号只有数字，最后一位可以是 X，请检查。"},
    };
    struct idno id;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        is_str(idno_read(t[i][0], TODAY, &id), t[i][1], t[i][0]);
}

static void wrong_digits(void)
{
    struct idno id;
    int all = 0, found = 0;
    for (int i = 0; i < 18; i++)
        for (char c = '0'; c <= '9'; c++) {
            char t[] = "11010519491231002X";
            if (t[i] == c)
                continue;
            t[i] = c;
            all++;
            found += idno_read(t, TODAY, &id) != NULL;
        }
    is_int(found, all, "every single wrong digit is found");
}

int main(void)
{
    examples();
    sentences();
    wrong_digits();
    return done();
}
