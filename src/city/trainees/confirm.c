/* The trainee's own word that the course was held (培训过程确认书). */
#include "city/trainees/trainees.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/text.h"
#include "city/house.h"
#include "city/trainees/trainees_impl.h"

#include "trainees.sql.h"

#include <string.h>

enum { CODE_DIGITS = 6, CODE_DAYS = 7, CODE_TRIES = 5 };

struct confirming {
    int64_t id;
    const char *how, *code;
};

static err_t write(struct ctx *cx, const struct q_trainee_get_row *t, const char *how)
{
    size_t changed;
    if (day_of(cx->now, DAY_ZONE) < t->ends_on)
        return SAY(cx, E_STATE, NULL, N_("结课以后才能确认培训过程"));
    if (strcmp(t->status, "attending") != 0 && strcmp(t->status, "completed") != 0 && strcmp(t->status, "passed") != 0 && strcmp(t->status, "failed") != 0)
        return SAY(cx, E_STATE, NULL, N_("只有参加了这个班期的人可以确认"));
    TRY(q_trainee_confirm_set(cx, &(struct q_trainee_confirm_set_in){.id = t->id, .confirmed_at = &cx->now, .confirmed_by = how}, &changed));
    return changed == 0 ? E_OK : audit_add(cx, "trainee.confirm", "trainee", t->id, arena_fmt(cx->arena, "{\"how\":\"%s\"}", how));
}

static err_t confirm_tx(struct ctx *cx, void *arg)
{
    const struct confirming *w = arg;
    struct q_trainee_get_row t;
    TRY(trainee_own(cx, w->id, &t));
    return write(cx, &t, w->how);
}

err_t trainee_confirm(struct ctx *cx, int64_t id, const char *how)
{
    return store_tx(cx, STORE_WRITE, confirm_tx, &(struct confirming){.id = id, .how = how});
}

static const char *hashed(struct ctx *cx, int64_t id, const char *code)
{
    return blind_index(cx, "trainee.code", arena_fmt(cx->arena, "%lld %s", (long long)id, code));
}

static err_t send_tx(struct ctx *cx, void *arg)
{
    const struct confirming *w = arg;
    struct q_trainee_get_row t;
    struct q_trainee_idno_row *who;
    const char *phone;
    size_t n;
    TRY(trainee_own(cx, w->id, &t));
    TRY(q_trainee_idno(cx, &(struct q_trainee_idno_in){.id = t.person_id}, &who, &n));
    TRY(unseal(cx, "person.phone", n > 0 ? who[0].phone : (struct blob){0}, &phone));
    if (phone == NULL)
        return SAY(cx, E_STATE, NULL, N_("没有登记手机号，请用纸质确认书"));
    TRY(q_trainee_code_drop(cx, &(struct q_trainee_code_drop_in){.trainee_id = t.id}, NULL));
    TRY(q_trainee_code_put(cx, &(struct q_trainee_code_put_in){.trainee_id = t.id, .code_hash = hashed(cx, t.id, w->code), .until = cx->now + (int64_t)CODE_DAYS * DAY_MS}, NULL));
    TRY(outbox_add(cx, "sms", phone, "",
                   text_fill(cx->arena, "{class}：您{from}至{to}参加了培训吗？参加了，请打开 {url} 填 {trainee} 和验证码 {code}。没有参加的不要填，打12333告诉我们。", "class", t.class_name,
                             "from", day_text_iso(cx->arena, t.starts_on), "to", day_text_iso(cx->arena, t.ends_on), "url",
                             arena_fmt(cx->arena, "%s/training/confirm", cx->house->base_url), "trainee", t.code, "code", w->code, NULL)));
    return audit_add(cx, "trainee.ask", "trainee", t.id, NULL);
}

err_t trainee_confirm_send(struct ctx *cx, int64_t id)
{
    unsigned raw;
    hash_random(&raw, sizeof raw);
    return store_tx(cx, STORE_WRITE, send_tx, &(struct confirming){.id = id, .code = arena_fmt(cx->arena, "%06u", raw % 1000000)});
}

static err_t try_tx(struct ctx *cx, void *arg)
{
    struct confirming *w = arg;
    struct q_trainee_code_get_row *rows;
    struct q_trainee_get_row t;
    size_t n;
    TRY(trainee_find(cx, w->id, &t));
    TRY(q_trainee_code_get(cx, &(struct q_trainee_code_get_in){.trainee_id = t.id}, &rows, &n));
    if (n == 0 || rows[0].until < cx->now || rows[0].tries >= CODE_TRIES)
        return E_OK; /* `how` stays NULL: refused outside, so that the try is kept */
    const char *want = rows[0].code_hash, *got = hashed(cx, t.id, w->code);
    if (!hash_equal(want, got, strlen(want)))
        return q_trainee_code_tried(cx, &(struct q_trainee_code_tried_in){.trainee_id = t.id}, NULL);
    w->how = "code";
    TRY(write(cx, &t, w->how));
    return q_trainee_code_drop(cx, &(struct q_trainee_code_drop_in){.trainee_id = t.id}, NULL);
}

err_t trainee_confirm_code(struct ctx *cx, int64_t id, const char *code)
{
    struct confirming w = {.id = id, .code = code};
    if (code == NULL || strlen(code) != CODE_DIGITS)
        return SAY(cx, E_INVALID, "code", N_("验证码是 6 位数字，请按短信填写"));
    TRY(store_tx(cx, STORE_WRITE, try_tx, &w));
    return w.how != NULL ? E_OK : SAY(cx, E_INVALID, "code", N_("验证码不对或者已经过期，请向培训机构要一个新的"));
}
