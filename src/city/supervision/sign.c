/* sign.c -- signing in and out: by the code on the screen, by a code to the own phone, by a card at the desk, by paper afterwards. */
#include "city/supervision/supervision.h"
#include "city/supervision/sign_code.h"
#include "city/supervision/supervision_impl.h"

#include "base/geo.h"
#include "base/hash.h"
#include "base/idno.h"
#include "base/text.h"
#include "city/people/people.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <string.h>

/* ---- which session ---- */

static err_t sessions_today(struct ctx *cx, const char *class_code, struct q_sign_session_row **rows, size_t *n)
{
    TRY(q_sign_session(cx, &(struct q_sign_session_in){.code = class_code, .day = day_of(cx->now, DAY_ZONE)}, rows, n));
    if (*n > 0)
        return E_OK;
    struct q_watch_class_id_row *known;
    size_t found;
    TRY(q_watch_class_id(cx, &(struct q_watch_class_id_in){.code = class_code}, &known, &found));
    return found == 0 ? FAIL(cx, E_NOTFOUND, NULL, "no class '%.20s'", class_code) : SAY(cx, E_STATE, NULL, N_("这个班今天没有课，不用签到。"));
}

struct window {
    int64_t early, late, minute;
};

static err_t window_now(struct ctx *cx, struct window *w)
{
    int64_t today = day_of(cx->now, DAY_ZONE);
    w->minute = day_minute(cx->now, DAY_ZONE);
    TRY(watch_number(cx, "sign.window", "early_minutes", today, &w->early));
    return watch_number(cx, "sign.window", "late_minutes", today, &w->late);
}

static bool inside(const struct window *w, const struct q_sign_session_row *s, bool leaving)
{
    return leaving ? w->minute >= s->from_min && w->minute <= s->to_min + w->late : w->minute >= s->from_min - w->early && w->minute <= s->to_min;
}

static err_t not_now(struct ctx *cx, const struct window *w, const struct q_sign_session_row *rows, size_t n, bool leaving)
{
    for (size_t i = 0; i < n && !leaving; i++)
        if (w->minute < rows[i].from_min - w->early)
            return SAY(cx, E_STATE, NULL,
                       text_fill(cx->arena, tr(cx, N_("还没到签到的时间。下一节课 {from} 开始，{open} 起可以签到。")), "from",
                                 watch_minutes(cx->arena, rows[i].from_min), "open", watch_minutes(cx->arena, rows[i].from_min - w->early), NULL));
    return leaving ? SAY(cx, E_STATE, NULL, N_("现在没有可以签退的课：上课以后才能签退，下课太久就要在培训机构补签。"))
                   : SAY(cx, E_STATE, NULL, N_("今天的课已经下课，不能再签到。漏签了请到培训机构补签，写明原因。"));
}

err_t sign_session_now(struct ctx *cx, const char *class_code, bool leaving, struct q_sign_session_row *out)
{
    struct q_sign_session_row *rows;
    struct window w;
    size_t n;
    TRY(sessions_today(cx, class_code, &rows, &n));
    TRY(window_now(cx, &w));
    for (size_t i = 0; i < n; i++)
        if (inside(&w, &rows[i], leaving)) {
            *out = rows[i];
            return E_OK;
        }
    return not_now(cx, &w, rows, n, leaving);
}

err_t sign_session_any(struct ctx *cx, const char *class_code, struct q_sign_session_row *out)
{
    err_t e = sign_session_now(cx, class_code, false, out);
    if (e != E_STATE)
        return e;
    struct fail why = cx->fail; /* too late to come, perhaps not to leave */
    if (sign_session_now(cx, class_code, true, out) == E_OK)
        return E_OK;
    cx->fail = why;
    return e;
}

bool sign_is_leaving(const struct ctx *cx, const struct q_sign_session_row *s)
{
    return 2 * day_minute(cx->now, DAY_ZONE) > s->from_min + s->to_min;
}

/* ---- who ---- */

static bool known_by(struct ctx *cx, const struct q_sign_roster_row *t, const char *who, const char *tail, err_t *e)
{
    const char *idno;
    if (strcmp(t->code, who) == 0 || (t->tail_find != NULL && strcmp(t->tail_find, tail) == 0))
        return true;
    if (*e != E_OK || strlen(who) != 4)
        return false;
    *e = unseal(cx, "person.idno", t->idno, &idno);
    return *e == E_OK && strcmp(watch_idno_tail(idno), who) == 0;
}

err_t sign_who(struct ctx *cx, int64_t class_id, const char *given, struct q_sign_roster_row *out)
{
    struct q_sign_roster_row *rows;
    size_t n, found = 0;
    err_t e = E_OK;
    char *who = arena_fmt(cx->arena, "%s", text_clean(cx->arena, given != NULL ? given : "", given != NULL ? strlen(given) : 0));
    for (char *p = who; *p != '\0'; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    if (strlen(who) < 2 || strlen(who) > 16)
        return SAY(cx, E_INVALID, "who", N_("请写身份证号或手机号的最后四位，或者学员编号（A 加数字）。"));
    TRY(q_sign_roster(cx, &(struct q_sign_roster_in){.class_id = class_id}, &rows, &n));
    const char *tail = person_key(cx, "person.tail", who);
    for (size_t i = 0; i < n; i++)
        if (known_by(cx, &rows[i], who, tail, &e)) {
            *out = rows[i];
            found++;
        }
    TRY(e);
    if (found == 0)
        return SAY(cx, E_INVALID, "who", N_("这个班的名单里没有这四位号码。请核对身份证号或手机号的最后四位，还不行就请老师帮忙。"));
    return found == 1 ? E_OK : SAY(cx, E_INVALID, "who", N_("有两名学员的最后四位相同，请改写学员编号（A 加数字，老师那里有名单）。"));
}

/* ---- writing ---- */

struct writing {
    const struct q_sign_insert_in *in;
    const char *action; /* NULL: signed by the trainee, no entry of its own */
    int64_t class_id;
    bool again;
};

static err_t write_one(struct ctx *cx, void *arg)
{
    struct writing *w = arg;
    size_t n;
    TRY(q_sign_insert(cx, w->in, &n));
    w->again = n == 0;
    if (w->again || w->action == NULL)
        return E_OK;
    TRY(supervision_moved(cx, w->class_id));
    return audit_add(cx, w->action, "class", w->class_id,
                     arena_fmt(cx->arena, "{\"session\":%lld,\"trainee\":%lld,\"leaving\":%d,\"at\":%lld}", (long long)w->in->session_id,
                               (long long)w->in->trainee_id, (int)w->in->leaving, (long long)w->in->at));
}

err_t sign_write(struct ctx *cx, const struct q_sign_insert_in *in, bool *again)
{
    struct writing w = {.in = in};
    TRY(store_tx(cx, STORE_WRITE, write_one, &w));
    *again = w.again;
    return E_OK;
}

static void place_of(const struct sign_act *in, const struct q_sign_session_row *s, int64_t *metres, struct q_sign_insert_in *row)
{
    if (in->lng == NULL || in->lat == NULL)
        return;
    struct geo phone = {(double)*in->lng / 1e6, (double)*in->lat / 1e6}, place = {(double)s->lng / 1e6, (double)s->lat / 1e6};
    if (!geo_valid(phone))
        return;
    *metres = (int64_t)geo_metres(phone, place);
    row->metres = metres;
}

/* ---- by the code on the screen ---- */

err_t sign_open(struct ctx *cx, const char *class_code, const char *code, const char *device, struct sign_open *out)
{
    int64_t minutes;
    TRY(sign_session_any(cx, class_code, &out->session));
    TRY(sign_code_check(cx, &out->session, code));
    TRY(watch_number(cx, "sign.window", "open_minutes", out->session.day, &minutes));
    out->token = sign_leave(cx, out->session.class_id, sign_device(cx, device), cx->now + minutes * 60000);
    return E_OK;
}

static err_t session_of_leave(struct ctx *cx, const char *class_code, const struct sign_act *in, struct q_sign_session_row *s)
{
    int64_t class_id;
    TRY(sign_leave_check(cx, in->token, sign_device(cx, in->device), &class_id));
    TRY(sign_session_now(cx, class_code, in->leaving, s)); /* between two lessons one leaves the first and comes to the second */
    return s->class_id == class_id ? E_OK : SAY(cx, E_INVALID, "code", N_("这个页面是另一个班的，请重新扫教室屏幕上的码。"));
}

err_t sign_by_code(struct ctx *cx, const char *class_code, const struct sign_act *in, bool *again)
{
    struct q_sign_session_row s;
    struct q_sign_roster_row t;
    int64_t metres = 0;
    TRY(session_of_leave(cx, class_code, in, &s));
    TRY(sign_who(cx, s.class_id, in->who, &t));
    struct q_sign_insert_in row = {.session_id = s.id, .trainee_id = t.id, .leaving = in->leaving, .at = cx->now, .means = "code",
                                   .device = sign_device(cx, in->device), .reason = ""};
    place_of(in, &s, &metres, &row);
    return sign_write(cx, &row, again);
}

/* ---- by a code to the own phone ---- */

struct sending {
    const struct q_sign_session_row *session;
    const struct q_sign_roster_row *trainee;
    const char *phone;
};

static err_t not_again(struct ctx *cx, const struct sending *s, int64_t minutes, int64_t most)
{
    struct q_sign_sms_get_row *sent;
    size_t n;
    TRY(q_sign_sms_get(cx, &(struct q_sign_sms_get_in){.session_id = s->session->id, .trainee_id = s->trainee->id}, &sent, &n));
    if (n > 0 && sent[0].sends >= most)
        return SAY(cx, E_CONFLICT, "who", N_("这节课的验证码已经发了很多次，不能再发。没有收到就请老师帮忙签到。"));
    return SAY(cx, E_CONFLICT, "who", text_fill(cx->arena, tr(cx, N_("验证码刚发过。请看手机短信；过了 {n} 分钟还没有收到，可以再发一次。")), "n",
                                                arena_fmt(cx->arena, "%lld", (long long)minutes), NULL));
}

static err_t send(struct ctx *cx, void *arg)
{
    const struct sending *s = arg;
    size_t n;
    int64_t minutes, most;
    TRY(watch_number(cx, "sign.window", "sms_minutes", s->session->day, &minutes));
    TRY(watch_number(cx, "sign.window", "sms_sends", s->session->day, &most));
    struct q_sign_sms_insert_in in = {.session_id = s->session->id, .trainee_id = s->trainee->id, .sent_at = cx->now, .before = cx->now - minutes * 60000, .most = most};
    TRY(q_sign_sms_insert(cx, &in, &n));
    if (n == 0)
        return not_again(cx, s, minutes, most);
    const char *code = sign_sms_code(cx, s->session->id, s->trainee->id, cx->now);
    return outbox_add(cx, "sms", s->phone, "", text_fill(cx->arena, tr(cx, N_("{class}签到验证码 {code}，10 分钟内有效。不是您本人操作请告诉老师。")),
                                                         "class", s->session->class_name, "code", code, NULL));
}

err_t sign_sms_send(struct ctx *cx, const char *class_code, const char *who, bool leaving)
{
    struct q_sign_session_row s;
    struct q_sign_roster_row t;
    const char *phone;
    TRY(sign_session_now(cx, class_code, leaving, &s));
    TRY(sign_who(cx, s.class_id, who, &t));
    TRY(unseal(cx, "person.phone", t.phone, &phone));
    if (phone == NULL || *phone == '\0')
        return SAY(cx, E_INVALID, "who", N_("这名学员没有登记手机号，收不到短信。请扫码，或者请老师用身份证签到。"));
    struct sending sending = {&s, &t, phone};
    return store_tx(cx, STORE_WRITE, send, &sending);
}

struct trying {
    int64_t session_id, trainee_id, most;
    bool counted;
};

static err_t count_try(struct ctx *cx, void *arg)
{
    struct trying *t = arg;
    size_t n;
    struct q_sign_sms_try_in in = {.session_id = t->session_id, .trainee_id = t->trainee_id, .most = t->most};
    TRY(q_sign_sms_try(cx, &in, &n));
    t->counted = n == 1;
    return E_OK;
}

static err_t sms_fits(struct ctx *cx, const struct q_sign_session_row *s, int64_t trainee_id, const char *given)
{
    struct q_sign_sms_get_row *sent;
    size_t n;
    int64_t minutes;
    struct trying t = {.session_id = s->id, .trainee_id = trainee_id};
    TRY(watch_number(cx, "sign.window", "sms_minutes", s->day, &minutes));
    TRY(watch_number(cx, "sign.window", "sms_tries", s->day, &t.most));
    TRY(q_sign_sms_get(cx, &(struct q_sign_sms_get_in){.session_id = s->id, .trainee_id = trainee_id}, &sent, &n));
    if (n == 0)
        return SAY(cx, E_INVALID, "sms", N_("还没有给这名学员发过验证码，请先点“发送验证码”。"));
    TRY(store_tx(cx, STORE_WRITE, count_try, &t));
    if (!t.counted)
        return SAY(cx, E_INVALID, "sms", N_("验证码试错太多次，这节课不能再用短信签到，请老师帮忙签到。"));
    if (sent[0].sent_at + minutes * 60000 < cx->now)
        return SAY(cx, E_INVALID, "sms", N_("验证码已经过期，请再发一次。"));
    const char *want = sign_sms_code(cx, s->id, trainee_id, sent[0].sent_at);
    if (given == NULL || strlen(given) != SIGN_CODE || !hash_equal(given, want, SIGN_CODE))
        return SAY(cx, E_INVALID, "sms", N_("验证码不对，请照短信里的六位数字再输入一次。"));
    return E_OK;
}

err_t sign_by_sms(struct ctx *cx, const char *class_code, const struct sign_act *in, const char *sms, bool *again)
{
    struct q_sign_session_row s;
    struct q_sign_roster_row t;
    int64_t metres = 0;
    const char *once = cx->once_key;
    TRY(sign_session_now(cx, class_code, in->leaving, &s));
    TRY(sign_who(cx, s.class_id, in->who, &t));
    cx->once_key = NULL; /* a wrong try counts each time; the sign-in itself is one row in any case */
    TRY(sms_fits(cx, &s, t.id, sms));
    struct q_sign_insert_in row = {.session_id = s.id, .trainee_id = t.id, .leaving = in->leaving, .at = cx->now, .means = "sms",
                                   .device = sign_device(cx, in->device), .reason = ""};
    place_of(in, &s, &metres, &row);
    TRY(sign_write(cx, &row, again));
    cx->once_key = once;
    return E_OK;
}

/* ---- at the desk ---- */

err_t sign_by_card(struct ctx *cx, int64_t class_id, const char *given, bool leaving, bool *again)
{
    struct q_watch_class_row c;
    struct q_sign_session_row s;
    struct q_sign_roster_row *rows;
    struct idno id;
    size_t n;
    TRY(watch_class(cx, class_id, &c));
    const char *wrong = idno_read(given, day_of(cx->now, DAY_ZONE), &id);
    if (wrong != NULL)
        return SAY(cx, E_INVALID, "idno", text_fill(cx->arena, tr(cx, wrong), "n", arena_fmt(cx->arena, "%zu", utf8_count(given, strlen(given))), NULL));
    TRY(sign_session_now(cx, c.code, leaving, &s));
    TRY(q_sign_roster(cx, &(struct q_sign_roster_in){.class_id = class_id}, &rows, &n));
    const char *find = person_key(cx, "person.idno", id.text);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].idno_find == NULL || strcmp(rows[i].idno_find, find) != 0)
            continue;
        struct q_sign_insert_in row = {.session_id = s.id, .trainee_id = rows[i].id, .leaving = leaving, .at = cx->now, .means = "card",
                                       .device = "", .account_id = cx->actor.account_id, .reason = ""};
        return sign_write(cx, &row, again);
    }
    return SAY(cx, E_INVALID, "idno", N_("这个班的名单里没有这个身份证号。请核对是不是走错了教室。"));
}

/* ---- by paper, afterwards ---- */

static err_t session_of(struct ctx *cx, int64_t class_id, int64_t session_id, struct q_attendance_session_row *out)
{
    struct q_attendance_session_row *rows;
    size_t n;
    TRY(q_attendance_session(cx, &(struct q_attendance_session_in){.class_id = class_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == session_id) {
            *out = rows[i];
            return E_OK;
        }
    return SAY(cx, E_INVALID, "session", N_("请选这个班的一节课。"));
}

static err_t trainee_of(struct ctx *cx, int64_t class_id, int64_t trainee_id)
{
    struct q_attendance_trainee_row *rows;
    size_t n;
    TRY(q_attendance_trainee(cx, &(struct q_attendance_trainee_in){.class_id = class_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].id == trainee_id)
            return E_OK;
    return SAY(cx, E_INVALID, "trainee", N_("请选这个班的一名学员。"));
}

static err_t paper_allowed(struct ctx *cx, const struct q_attendance_session_row *s, const struct sign_paper *in)
{
    int64_t days, today = day_of(cx->now, DAY_ZONE);
    TRY(watch_number(cx, "sign.window", "paper_days", today, &days));
    if (in->reason == NULL || strlen(in->reason) < 6)
        return SAY(cx, E_INVALID, "reason", N_("请写明为什么补签：例如手机没电、停电、读卡器坏了。"));
    if (in->at > cx->now)
        return SAY(cx, E_INVALID, "at", N_("补签的时间还没有到，请照签到纸上的时间填写。"));
    if (day_of(in->at, DAY_ZONE) != s->day)
        return SAY(cx, E_INVALID, "at", N_("补签的时间要在这节课的那一天。"));
    if (day_between(s->day, today) > days && cx->actor.role == ROLE_PROVIDER)
        return SAY(cx, E_STATE, NULL, text_fill(cx->arena, tr(cx, N_("下课已经超过 {n} 天，培训机构不能再补签，请找区人社局更正。")), "n",
                                                arena_fmt(cx->arena, "%lld", (long long)days), NULL));
    return E_OK;
}

err_t sign_by_paper(struct ctx *cx, int64_t class_id, const struct sign_paper *in)
{
    struct q_attendance_session_row s;
    TRY(session_of(cx, class_id, in->session_id, &s));
    TRY(trainee_of(cx, class_id, in->trainee_id));
    TRY(paper_allowed(cx, &s, in));
    struct q_sign_insert_in row = {.session_id = s.id, .trainee_id = in->trainee_id, .leaving = in->leaving, .at = in->at, .means = "paper",
                                   .device = "", .account_id = cx->actor.account_id, .reason = in->reason};
    struct writing w = {.in = &row, .action = "sign_paper", .class_id = class_id};
    TRY(store_tx(cx, STORE_WRITE, write_one, &w));
    return w.again ? SAY(cx, E_CONFLICT, NULL, N_("这名学员这节课已经签过了，不用补签。")) : E_OK;
}

struct noting {
    int64_t class_id;
    struct q_absence_put_in row;
};

static err_t put_absence(struct ctx *cx, void *arg)
{
    const struct noting *a = arg;
    TRY(q_absence_put(cx, &a->row, NULL));
    return audit_add(cx, "absence", "class", a->class_id,
                     arena_fmt(cx->arena, "{\"session\":%lld,\"trainee\":%lld,\"kind\":\"%s\"}", (long long)a->row.session_id,
                               (long long)a->row.trainee_id, a->row.kind));
}

err_t absence_note(struct ctx *cx, int64_t class_id, int64_t session_id, int64_t trainee_id, const char *kind, const char *note)
{
    struct q_attendance_session_row s;
    TRY(session_of(cx, class_id, session_id, &s));
    TRY(trainee_of(cx, class_id, trainee_id));
    if (strcmp(kind, "made_up") != 0 && strcmp(kind, "noted") != 0)
        return SAY(cx, E_INVALID, "kind", N_("请选补了课，还是写明原因。"));
    if (note == NULL || strlen(note) < 6)
        return SAY(cx, E_INVALID, "note", N_("请写明哪天补的课，或者为什么缺课。"));
    struct noting a = {class_id, {.session_id = session_id, .trainee_id = trainee_id, .kind = kind, .note = note,
                                  .account_id = cx->actor.account_id, .at = cx->now}};
    return store_tx(cx, STORE_WRITE, put_absence, &a);
}

/* ---- the desk's list ---- */

err_t sign_people(struct ctx *cx, int64_t class_id, struct sign_trainee **out, size_t *n)
{
    struct q_sign_roster_row *rows;
    TRY(q_sign_roster(cx, &(struct q_sign_roster_in){.class_id = class_id}, &rows, n));
    *out = ARENA_ARRAY(cx->arena, struct sign_trainee, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const char *name;
        TRY(unseal(cx, "person.name", rows[i].name, &name));
        (*out)[i] = (struct sign_trainee){rows[i].id, rows[i].code, text_mask_name(cx->arena, name != NULL ? name : "")};
    }
    return E_OK;
}
