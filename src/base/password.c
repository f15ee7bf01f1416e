#include "base/password.h"

#include "base/hash.h"

#include <argon2.h>
#include <string.h>
#include <strings.h>

enum { PASSES = 2, KIB = 19456, LANES = 1, SALT = 16, ENCODED = 128, MOST = 1024 };

err_t password_hash(struct ctx *cx, const char *password, const char **encoded)
{
    unsigned char salt[SALT];
    char *out = arena_alloc(cx->arena, ENCODED);
    hash_random(salt, sizeof salt);
    int rc = argon2id_hash_encoded(PASSES, KIB, LANES, password, strlen(password), salt, SALT, HASH_LEN, out, ENCODED);
    if (rc != ARGON2_OK)
        return FAIL(cx, E_BUG, NULL, "argon2: %s", argon2_error_message(rc));
    *encoded = out;
    return E_OK;
}

bool password_right(const char *encoded, const char *typed)
{
    return typed != NULL && strlen(typed) <= MOST && argon2id_verify(encoded, typed, strlen(typed)) == ARGON2_OK;
}

const char *password_nobody(void)
{
    return "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
}

static size_t characters(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

const char *password_weak(const char *password, const char *login)
{
    static const char *const common[] = {"1234567890", "0123456789", "password12", "qwertyuiop", "1qaz2wsx3edc", "12345678910", "aaaaaaaaaa"};
    if (password == NULL || characters(password) < 10)
        return N_("密码至少 10 个字符，可以用一句好记的话。");
    if (strlen(password) > MOST)
        return N_("密码太长了。");
    if (strcasecmp(password, login) == 0)
        return N_("密码不能和登录名一样。");
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcasecmp(password, common[i]) == 0)
            return N_("这个密码太常见，容易被猜到，请换一个。");
    return NULL;
}
