/* demo.c -- one login for each role in the demo city. The passwords are public; a real city never runs this. */
#include "city/accounts/accounts.h"

#include "city/house.h"

#include "base/otp.h"

#include "accounts.sql.h"

#define SECRET "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

const struct account_new account_demo_logins[] = {
    {"qiuzhi", "陈小满（示例）", NULL, "tianjin2026demo", ROLE_SEEKER, .person_id = 0},
    {"qiye", "周工（示例）", NULL, "tianjin2026demo", ROLE_EMPLOYER, .employer_id = 1},
    {"yizhan", "李敏（示例）", NULL, "tianjin2026demo", ROLE_STAFF, .station_id = 1, .district = 120102},
    {"zhanzhang", "王磊（示例）", NULL, "tianjin2026demo", ROLE_HEAD, .station_id = 1, .district = 120102},
    {"quji", "赵科（示例）", NULL, "tianjin2026demo", ROLE_DISTRICT, .district = 120102},
    {"shiji", "孙处（示例）", NULL, "tianjin2026demo", ROLE_CITY},
    {"shenji", "吴审（示例）", NULL, "tianjin2026demo", ROLE_AUDITOR},
    {"guanli", "郑管（示例）", NULL, "tianjin2026demo", ROLE_ADMIN},
    {0},
};

bool account_demo_code(struct ctx *cx, char code[7])
{
    return otp_code(SECRET, cx->now, code);
}

static err_t give_secret(struct ctx *cx, void *arg)
{
    struct q_account_otp_secret_in in = {.id = *(const int64_t *)arg};
    TRY(seal(cx, "account.otp_secret", SECRET, &in.otp_secret));
    return q_account_otp_secret(cx, &in, NULL);
}

err_t accounts_demo(struct ctx *cx)
{
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
