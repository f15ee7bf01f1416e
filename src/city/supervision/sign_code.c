/* sign_code.c -- the rotating code of a class, the leave it gives a phone for some minutes, the code sent to a trainee's own phone. */
#include "city/supervision/supervision.h"
#include "city/supervision/sign_code.h"
#include "city/supervision/supervision_impl.h"

#include "base/hash.h"
#include "base/otp.h"
#include "base/text.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <stdlib.h>
#include <string.h>

enum { GRACE = 1, REMEMBERED = 60 /* steps: how far back an old code is told from a wrong one */, MARK = 16 };

static err_t make_secret(struct ctx *cx, void *arg)
{
    struct q_sign_secret_set_in in = {.id = *(const int64_t *)arg};
    char token[44];
    hash_token(token);
    TRY(seal(cx, "class.secret", token, &in.secret));
    return q_sign_secret_set(cx, &in, NULL);
}

static err_t secret_of(struct ctx *cx, int64_t class_id, const char **secret)
{
    struct q_sign_secret_row row;
    TRY(q_sign_secret_first(cx, &(struct q_sign_secret_in){.id = class_id}, &row));
    return unseal(cx, "class.secret", row.secret, secret);
}

err_t sign_code_now(struct ctx *cx, int64_t class_id, char code[SIGN_CODE + 1], int64_t *step, int64_t *seconds)
{
    const char *secret;
    TRY(secret_of(cx, class_id, &secret));
    if (secret == NULL) {
        const char *once = cx->once_key;
        cx->once_key = NULL;
        TRY(store_tx(cx, STORE_WRITE, make_secret, &class_id));
        cx->once_key = once;
        TRY(secret_of(cx, class_id, &secret)); /* the one of whoever was first */
    }
    *step = cx->now / 1000 / OTP_STEP;
    *seconds = OTP_STEP - cx->now / 1000 % OTP_STEP;
    otp_code(secret, strlen(secret), *step, code);
    return E_OK;
}

/* The digits of what somebody typed: the screen shows "123 456", and so it is copied. */
static const char *digits_of(struct ctx *cx, const char *text)
{
    struct buf b = {.a = cx->arena};
    for (; *text != '\0'; text++)
        if (*text != ' ' && *text != '-')
            buf_add(&b, text, 1);
    return buf_text(&b);
}

/* How many steps old the code is; -1: it is none of the last half hour. */
static int64_t age_of(const char *secret, const char *code, int64_t step)
{
    char want[SIGN_CODE + 1];
    if (strlen(code) != SIGN_CODE)
        return -1;
    for (int64_t age = 0; age <= REMEMBERED; age++) {
        otp_code(secret, strlen(secret), step - age, want);
        if (hash_equal(want, code, SIGN_CODE))
            return age;
    }
    return -1;
}

err_t sign_code_check(struct ctx *cx, const struct q_sign_session_row *s, const char *code)
{
    const char *secret;
    TRY(unseal(cx, "class.secret", s->secret, &secret));
    int64_t age = secret != NULL ? age_of(secret, digits_of(cx, code), cx->now / 1000 / OTP_STEP) : -1;
    if (age < 0)
        return SAY(cx, E_INVALID, "code", N_("这不是这个班现在的签到码。请扫教室屏幕上的码，或者照着屏幕输入六位数字。"));
    if (age > GRACE)
        return SAY(cx, E_INVALID, "code",
                   text_fill(cx->arena, tr(cx, N_("这个签到码是 {n} 秒以前的，已经失效。签到码每 30 秒换一次，请在教室里扫屏幕上现在的码。")), "n",
                             arena_fmt(cx->arena, "%lld", (long long)(age * OTP_STEP)), NULL));
    return E_OK;
}

const char *sign_device(struct ctx *cx, const char *device)
{
    if (device == NULL || *device == '\0')
        return "";
    return arena_strndup(cx->arena, blind_index(cx, "sign_in.device", device), MARK);
}

/* ---- leave to sign ---- */

static const char *mac(struct ctx *cx, const char *use, const char *text)
{
    unsigned char key[32], out[HASH_LEN];
    char hex[2 * HASH_LEN + 1];
    keyring_derive(cx->keys, use, key);
    hash_hmac_sm3(key, sizeof key, text, strlen(text), out);
    hash_hex(out, HASH_LEN, hex);
    hash_wipe(key, sizeof key);
    return arena_strndup(cx->arena, hex, 2 * MARK);
}

static const char *leave(struct ctx *cx, int64_t class_id, const char *device, int64_t until)
{
    return mac(cx, "sign.leave", arena_fmt(cx->arena, "%lld %lld %s", (long long)class_id, (long long)until, device));
}

const char *sign_leave(struct ctx *cx, int64_t class_id, const char *device, int64_t until)
{
    return arena_fmt(cx->arena, "%lld.%lld.%s", (long long)class_id, (long long)until, leave(cx, class_id, device, until));
}

err_t sign_leave_check(struct ctx *cx, const char *token, const char *device, int64_t *class_id)
{
    char *rest = NULL;
    int64_t id = token != NULL ? strtoll(token, &rest, 10) : 0, until = 0;
    if (rest != NULL && *rest == '.')
        until = strtoll(rest + 1, &rest, 10);
    bool shaped = rest != NULL && *rest == '.' && strlen(rest + 1) == 2 * MARK;
    if (!shaped || !hash_equal(rest + 1, leave(cx, id, device, until), 2 * MARK))
        return SAY(cx, E_INVALID, "code", N_("请用自己的手机重新扫教室屏幕上的码。别人转来的页面不能用。"));
    if (until < cx->now)
        return SAY(cx, E_INVALID, "code", N_("这个页面放得太久了，请重新扫教室屏幕上的码。"));
    *class_id = id;
    return E_OK;
}

const char *sign_sms_code(struct ctx *cx, int64_t session_id, int64_t trainee_id, int64_t sent_at)
{
    const char *hex = mac(cx, "sign.sms", arena_fmt(cx->arena, "%lld %lld %lld", (long long)session_id, (long long)trainee_id, (long long)sent_at));
    uint64_t v = strtoull(arena_strndup(cx->arena, hex, 12), NULL, 16);
    return arena_fmt(cx->arena, "%06d", (int)(v % 1000000));
}
