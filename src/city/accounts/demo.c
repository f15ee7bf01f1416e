/* demo.c -- one login for each role in the demo city. The passwords are public; a real city never runs this. */
#include "city/accounts/accounts.h"

#include "city/house.h"

#include "base/otp.h"

#include "accounts.sql.h"

#define DEMO_PASSWORD "tianjin2026demo"
#define SECRET "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

const struct account_new account_demo_logins[] = {
    {.login = "qiuzhi", .name = "陈小满（示例）", .password = DEMO_PASSWORD, .role = ROLE_SEEKER},
    {.login = "qiye", .name = "周工（示例）", .password = DEMO_PASSWORD, .role = ROLE_EMPLOYER, .employer_id = 1},
    {.login = "yizhan", .name = "李敏（示例）", .password = DEMO_PASSWORD, .role = ROLE_STAFF, .station_id = 1, .district = 120102},
    {.login = "zhanzhang", .name = "王磊（示例）", .password = DEMO_PASSWORD, .role = ROLE_HEAD, .station_id = 1, .district = 120102},
    {.login = "quji", .name = "赵科（示例）", .password = DEMO_PASSWORD, .role = ROLE_DISTRICT, .district = 120102},
    {.login = "quji2", .name = "钱科（示例）", .password = DEMO_PASSWORD, .role = ROLE_DISTRICT, .district = 120102},
    {.login = "jigou", .name = "冯校长（示例）", .password = DEMO_PASSWORD, .role = ROLE_PROVIDER, .provider_id = 1},
    {.login = "shiji", .name = "孙处（示例）", .password = DEMO_PASSWORD, .role = ROLE_CITY},
    {.login = "shenji", .name = "吴审（示例）", .password = DEMO_PASSWORD, .role = ROLE_AUDITOR},
    {.login = "guanli", .name = "郑管（示例）", .password = DEMO_PASSWORD, .role = ROLE_ADMIN},
    {0},
};

bool account_demo_code(struct ctx *cx, char code[7])
{
    unsigned char raw[OTP_SECRET];
    int64_t n = base32_decode(SECRET, raw, sizeof raw);
    if (n > 0)
        otp_code(raw, (size_t)n, cx->now / 1000 / OTP_STEP, code);
    return n > 0;
}

static err_t give_secret(struct ctx *cx, void *arg)
{
    struct q_account_otp_secret_in in = {.id = *(const int64_t *)arg};
    TRY(seal(cx, "account.otp_secret", SECRET, &in.otp_secret));
    return q_account_otp_secret(cx, &in, NULL);
}

err_t accounts_demo(struct ctx *cx, const struct demo_scale *s)
{
    (void)s; /* the logins are few in any city */
    for (const struct account_new *l = account_demo_logins; l->login != NULL; l++) {
        int64_t id;
        err_t e = account_make(cx, l, &id);
        if (e == E_CONFLICT)
            continue;
        TRY(e);
        if (role_needs_second(l->role))
            TRY(store_tx(cx, STORE_WRITE, give_secret, &id));
    }
    return E_OK;
}
