/* One-time passwords: RFC 6238, replay, base 32; passwords. */
#include "base/otp.h"
#include "base/password.h"
#include "tap.h"

static const char key[] = "12345678901234567890"; /* of RFC 6238, appendix B */

static void codes(void)
{
    static const struct {
        int64_t seconds;
        const char *code; /* the last six of the eight digits there */
    } t[] = {{59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
             {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
    char code[7];
    int64_t step;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        otp_code(key, 20, t[i].seconds / 30, code);
        is_str(code, t[i].code, "RFC 6238");
    }
    ok(otp_check(key, 20, "287 082", 59000, 0, &step) && step == 1, "now, with a blank");
    ok(otp_check(key, 20, "287082", 89000, 0, &step), "one step late");
    ok(otp_check(key, 20, "287082", 29000, 0, &step), "one step early");
    ok(!otp_check(key, 20, "287082", 120000, 0, &step), "two steps late");
    ok(!otp_check(key, 20, "287082", 59000, 1, &step), "used already");
    ok(!otp_check(key, 20, "28708", 59000, 0, &step) && !otp_check(key, 20, "2870821", 59000, 0, &step), "wrong length");
    ok(!otp_check(key, 20, "", 59000, 0, &step) && !otp_check(key, 20, "abcdef", 59000, 0, &step), "nothing, letters");
}

static void base32(struct arena *a)
{
    static const char *const t[][2] = {{"", ""},           {"f", "MY"},           {"fo", "MZXQ"},          {"foo", "MZXW6"},
                                       {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char out[16] = "";
        is_str(base32_encode(a, t[i][0], strlen(t[i][0])), t[i][1], "RFC 4648");
        int64_t n = base32_decode(t[i][1], out, sizeof out);
        ok(n == (int64_t)strlen(t[i][0]) && memcmp(out, t[i][0], (size_t)n) == 0, "and back");
    }
    char out[4];
    ok(base32_decode("MZXW6YTBOI======", out, 4) == -1 && base32_decode("1", out, 4) == -1, "too long, no symbol");
    is_str(otp_uri(a, "就业驿站", "zhang", key, 20),
           "otpauth://totp/%E5%B0%B1%E4%B8%9A%E9%A9%BF%E7%AB%99:zhang?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
           "&issuer=%E5%B0%B1%E4%B8%9A%E9%A9%BF%E7%AB%99&algorithm=SHA1&digits=6&period=30",
           "for the QR code");
}

static void passwords(struct arena *a)
{
    struct ctx cx = {.arena = a};
    char hash[PASSWORD_HASH], again[PASSWORD_HASH];
    is_int(password_hash(&cx, "correct horse 9", &password_cost_test, hash), E_OK, "hashed");
    is_int(password_hash(&cx, "correct horse 9", &password_cost_test, again), E_OK, "twice");
    ok(strcmp(hash, again) != 0, "each has its salt");
    ok(password_check(hash, "correct horse 9") && !password_check(hash, "correct horse 8"), "right and wrong");
    ok(!password_check("", "x") && !password_check("$argon2id$v=19$m=64", "x"), "malformed hashes");
    ok(password_is_weaker(hash, &password_cost_usual) && !password_is_weaker(hash, &password_cost_test), "weaker than usual");
    static const struct {
        const char *p;
        bool weak;
    } t[] = {{"短的密码", true},   {"1234567890a", true}, {"password2026", true}, {"aaaaaaaaaa1", true},  {"zhangsan-2026x", true},
             {"2837465019", true}, {"天津海河边的三棵树 3", false}, {"kettle-9-river", false}, {"Tulip84marble", false}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        ok((password_weak(t[i].p, "zhangsan") != NULL) == t[i].weak, t[i].p);
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    codes();
    base32(&a);
    passwords(&a);
    arena_free(&a);
    return done();
}
