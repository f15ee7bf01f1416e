#include "base/password.h"

#include "base/hash.h"
#include "base/text.h"

#include <argon2.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct password_cost password_cost_usual = {.passes = 2, .kib = 19 * 1024, .lanes = 1};
const struct password_cost password_cost_test = {.passes = 1, .kib = 64, .lanes = 1};

err_t password_hash(struct ctx *cx, const char *password, const struct password_cost *cost, char out[PASSWORD_HASH])
{
    unsigned char salt[16];
    hash_random(salt, sizeof salt);
    int rc = argon2id_hash_encoded(cost->passes, cost->kib, cost->lanes, password, strlen(password), salt, sizeof salt, HASH_LEN,
                                   out, PASSWORD_HASH);
    if (rc != ARGON2_OK)
        return FAIL(cx, E_BUSY, NULL, "argon2: %s", argon2_error_message(rc));
    return E_OK;
}

bool password_check(const char *hash, const char *password)
{
    return argon2id_verify(hash, password, strlen(password)) == ARGON2_OK;
}

bool password_is_weaker(const char *hash, const struct password_cost *cost)
{
    unsigned version, kib, passes, lanes;
    if (sscanf(hash, "$argon2id$v=%u$m=%u,t=%u,p=%u$", &version, &kib, &passes, &lanes) != 4)
        return true;
    return kib < cost->kib || passes < cost->passes;
}

static int kinds_of(const char *s)
{
    bool digit = false, letter = false, other = false;
    for (; *s != '\0'; s++) {
        bool d = *s >= '0' && *s <= '9', l = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
        digit = digit || d;
        letter = letter || l;
        other = other || (!d && !l);
    }
    return digit + letter + other;
}

/* Fewer than five different characters, or a run like 123456 or abcdef through most of it. */
static bool monotonous(const char *s)
{
    bool seen[256] = {false};
    size_t different = 0, run = 0, n = strlen(s);
    for (size_t i = 0; i < n; i++) {
        different += !seen[(unsigned char)s[i]];
        seen[(unsigned char)s[i]] = true;
        int step = i > 0 ? s[i] - s[i - 1] : 0;
        run += i > 0 && (step == 0 || step == 1 || step == -1);
    }
    return different < 5 || run * 3 > n * 2;
}

static bool common(const char *s)
{
    static const char *const words[] = {
        "password", "passw0rd", "qwerty", "qwer1234", "1qaz2wsx", "woaini",   "admin123", "abc123",
        "letmein",  "iloveyou", "asdfgh", "5201314",  "zxcvbn",   "88888888", "welcome",
    };
    size_t n = strlen(s);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t w = strlen(words[i]);
        for (size_t at = 0; at + w <= n; at++)
            if (strncasecmp(s + at, words[i], w) == 0 && n < w + 6)
                return true;
    }
    return false;
}

const char *password_weak(const char *password, const char *account)
{
    size_t n = utf8_count(password, strlen(password));
    if (n < 10)
        return N_("密码至少要 10 个字符，现在是 {n} 个。");
    if (kinds_of(password) < 2)
        return N_("密码里要同时有字母和数字（或符号）。");
    if (account != NULL && strlen(account) >= 4 && strcasestr(password, account) != NULL)
        return N_("密码里不要带账号或手机号，请换一个。");
    if (monotonous(password) || common(password))
        return N_("这个密码太容易猜到，请换一个，例如几个不相关的词连在一起。");
    return NULL;
}
