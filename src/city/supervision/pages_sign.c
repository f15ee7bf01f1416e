/* pages_sign.c -- for the phone of a trainee: signing in and out. Nothing needs a script, an app or a face. */
#include "city/supervision/pages_impl.h"

#include "base/qr.h"
#include "city/classes/classes.h"

#include <stdlib.h>
#include <string.h>

static const struct choice ways[] = {{"in", N_("上课签到")}, {"out", N_("下课签退")}, {0}};

/* ---- by hand: class and six digits ---- */

struct ask {
    const char *class, *code;
};
static const struct field ask_fields[] = {
    {"class", F_TEXT, 0, N_("班期编号"), N_("写在教室屏幕上，K 加数字。"), .max = 20, .off = offsetof(struct ask, class)},
    {"code", F_TEXT, 0, N_("屏幕上的六位数字"), N_("没有摄像头就照着屏幕输入，每 30 秒换一次。用短信签到就空着。"), .max = 10, .off = offsetof(struct ask, code)},
    {0},
};

enum { ASK_FIELDS = sizeof ask_fields / sizeof *ask_fields };

static err_t show_ask(struct req *rq)
{
    const struct ask *in = rq->in;
    struct arena *a = rq->cx.arena;
    struct q_sign_session_row s;
    struct field fields[ASK_FIELDS];
    memcpy(fields, ask_fields, sizeof ask_fields);
    fields[0].flags |= F_REQUIRED; /* of who fills it in; the page itself opens without */
    if (in->class == NULL) {
        req_form(rq, fields, NULL);
        return E_OK;
    }
    const char *class = *in->class == 'k' ? arena_fmt(a, "K%s", in->class + 1) : in->class;
    err_t e = sign_session_any(&rq->cx, class, &s);
    if (e == E_NOTFOUND) {
        struct pairs values = form_pairs(&rq->cx, ask_fields, in);
        view_str(a, rq->view, "refused", tr(&rq->cx, N_("没有这个班期编号。请照教室屏幕上 K 开头的编号输入。")));
        req_form(rq, fields, &values);
        return E_OK;
    }
    if (in->code != NULL)
        return redirect(rq, "/sign/%s?code=%s", text_percent(a, class), text_percent(a, in->code));
    return redirect(rq, "/sign/%s", text_percent(a, class));
}

/* ---- the link of the QR code ---- */

struct opened {
    const char *code;
};
static const struct field open_fields[] = {
    {"code", F_TEXT, 0, N_("签到码"), .max = 10, .off = offsetof(struct opened, code)},
    {0},
};

struct signing {
    const char *who, *way, *token, *sms, *lat, *lng;
};
static const struct field sign_fields[] = {
    {"who", F_TEXT, F_REQUIRED | F_SECRET, N_("身份证号或手机号的最后四位"), N_("也可以写学员编号：A 加数字。"), .min = 2, .max = 16,
     .off = offsetof(struct signing, who)},
    {"way", F_CHOICE, F_REQUIRED, N_("签到还是签退"), .choices = ways, .off = offsetof(struct signing, way)},
    {"sms", F_TEXT, F_SECRET, N_("短信验证码"), .max = 10, .off = offsetof(struct signing, sms)},
    {"token", F_HIDDEN, 0, N_("页面凭据"), .off = offsetof(struct signing, token)},
    {"lat", F_HIDDEN, 0, N_("纬度"), .off = offsetof(struct signing, lat)},
    {"lng", F_HIDDEN, 0, N_("经度"), .off = offsetof(struct signing, lng)},
    {0},
};

static void sign_head(struct req *rq, const struct q_sign_session_row *s)
{
    struct arena *a = rq->cx.arena;
    view_str(a, rq->view, "class_name", s->class_name);
    view_str(a, rq->view, "provider_name", s->provider_name);
    view_str(a, rq->view, "place", s->place_name);
    view_fmt(a, rq->view, "when", "%s–%s", watch_minutes(a, s->from_min), watch_minutes(a, s->to_min));
    view_str(a, rq->view, "content", s->content);
    view_bool(a, rq->view, "leaving", sign_is_leaving(&rq->cx, s));
}

/* The page as it is shown: with leave to sign by the code, or else for the code by SMS. */
static err_t show_form(struct req *rq, const char *token)
{
    struct arena *a = rq->cx.arena;
    const char *class = req_param(rq, "class");
    bool after = token != NULL;
    view_str(a, rq->view, "class_code", class);
    view_str(a, rq->view, "token", token);
    view_bool(a, rq->view, "by_code", after);
    view_str(a, rq->view, "action_url", url_fmt(rq, "/sign/%s", text_percent(a, class)));
    view_str(a, rq->view, "sms_url", url_fmt(rq, "/sign/%s/sms", text_percent(a, class)));
    req_form(rq, sign_fields, NULL);
    return E_OK;
}

static err_t show_sign(struct req *rq)
{
    const struct opened *in = rq->in;
    struct sign_open open;
    struct q_sign_session_row s;
    const char *class = req_param(rq, "class");
    if (in->code == NULL) {
        TRY(sign_session_any(&rq->cx, class, &s));
        sign_head(rq, &s);
        return show_form(rq, NULL);
    }
    err_t e = sign_open(&rq->cx, class, in->code, req_visitor(rq), &open);
    if (e == E_INVALID) { /* an old or wrong code: say so on the page, with the other ways */
        const char *why = rq->cx.fail.say;
        TRY(sign_session_any(&rq->cx, class, &s));
        sign_head(rq, &s);
        view_str(rq->cx.arena, rq->view, "refused", tr(&rq->cx, why));
        return show_form(rq, NULL);
    }
    TRY(e);
    sign_head(rq, &open.session);
    return show_form(rq, open.token);
}

static err_t show_again(struct req *rq)
{
    struct q_sign_session_row s;
    const char *class = req_param(rq, "class");
    if (sign_session_any(&rq->cx, class, &s) == E_OK)
        sign_head(rq, &s);
    return show_form(rq, pairs_get(&rq->body, "token"));
}

static const int64_t *micro(struct arena *a, const char *s)
{
    char *end = NULL;
    double d = s != NULL ? strtod(s, &end) : 0;
    if (end == NULL || end == s || *end != '\0' || d < -180 || d > 180)
        return NULL;
    int64_t *out = ARENA_NEW(a, int64_t);
    *out = (int64_t)(d * 1e6);
    return out;
}

static err_t do_sign(struct req *rq)
{
    const struct signing *in = rq->in;
    const char *class = req_param(rq, "class");
    struct sign_act s = {.who = in->who, .token = in->token, .device = req_visitor(rq), .lng = micro(rq->cx.arena, in->lng),
                        .lat = micro(rq->cx.arena, in->lat), .leaving = strcmp(in->way, "out") == 0};
    bool again;
    if (in->sms != NULL)
        TRY(sign_by_sms(&rq->cx, class, &s, in->sms, &again));
    else
        TRY(sign_by_code(&rq->cx, class, &s, &again));
    return redirect(rq, "/sign/%s/done?way=%s%s", text_percent(rq->cx.arena, class), in->way, again ? "&again=1" : "");
}

struct sms_ask {
    const char *who, *way;
};
static const struct field sms_fields[] = {
    {"who", F_TEXT, F_REQUIRED | F_SECRET, N_("身份证号或手机号的最后四位"), .min = 2, .max = 16, .off = offsetof(struct sms_ask, who)},
    {"way", F_CHOICE, F_REQUIRED, N_("签到还是签退"), .choices = ways, .off = offsetof(struct sms_ask, way)},
    {0},
};

static err_t do_sms(struct req *rq)
{
    const struct sms_ask *in = rq->in;
    const char *class = req_param(rq, "class");
    TRY(sign_sms_send(&rq->cx, class, in->who, strcmp(in->way, "out") == 0));
    req_note(rq, N_("验证码已经发到您登记的手机，10 分钟内有效。"));
    return redirect(rq, "/sign/%s", text_percent(rq->cx.arena, class));
}

struct done_in {
    const char *way;
    int64_t again;
};
static const struct field done_fields[] = {
    {"way", F_CHOICE, 0, N_("签到还是签退"), .choices = ways, .off = offsetof(struct done_in, way)},
    {"again", F_BOOL, 0, N_("以前签过"), .off = offsetof(struct done_in, again)},
    {0},
};

static err_t show_done(struct req *rq)
{
    const struct done_in *in = rq->in;
    struct arena *a = rq->cx.arena;
    bool out = in->way != NULL && strcmp(in->way, "out") == 0;
    view_bool(a, rq->view, "out", out);
    view_bool(a, rq->view, "again", in->again != 0);
    view_str(a, rq->view, "when", day_text_stamp(&rq->cx, rq->cx.now));
    return E_OK;
}

/* ---- the screen of the class ---- */

static err_t show_screen(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct q_sign_session_row s;
    char code[SIGN_CODE + 1];
    int64_t step, seconds;
    class_head(rq, c);
    err_t e = sign_session_any(&rq->cx, c->code, &s);
    if (e == E_STATE) {
        view_str(a, rq->view, "closed", tr(&rq->cx, rq->cx.fail.say));
        rq->refresh = 60;
        return E_OK;
    }
    TRY(e);
    TRY(sign_code_now(&rq->cx, c->id, code, &step, &seconds));
    const char *link = arena_fmt(a, "%s/sign/%s?code=%s", req_base(rq), c->code, code);
    sign_head(rq, &s);
    view_html(a, rq->view, "qr", qr_svg(a, link, tr(&rq->cx, N_("签到二维码"))));
    view_str(a, rq->view, "link", link);
    view_fmt(a, rq->view, "digits", "%.3s %s", code, code + 3);
    view_fmt(a, rq->view, "short_link", "%s/sign", req_base(rq));
    view_i64(a, rq->view, "seconds", seconds);
    rq->refresh = (int)seconds;
    return E_OK;
}

/* ---- attendance ---- */

/* The days with lessons, to choose a sheet for; the next one is chosen. */
static err_t put_lesson_days(struct req *rq, const struct q_watch_class_row *c)
{
    struct arena *a = rq->cx.arena;
    struct q_class_plan_row *plan;
    int64_t last = 0, today = day_of(rq->cx.now, DAY_ZONE);
    bool found = false;
    size_t n;
    TRY(class_sessions(&rq->cx, c->id, &plan, &n));
    struct view *list = view_list(a, rq->view, "lesson_days");
    for (size_t i = 0; i < n; i++) {
        if (plan[i].day == last)
            continue;
        last = plan[i].day;
        struct view *v = view_item(a, list);
        view_str(a, v, "iso", day_text_iso(a, last));
        view_str(a, v, "label", day_text(&rq->cx, last));
        view_bool(a, v, "next", !found && last >= today);
        found = found || last >= today;
    }
    view_bool(a, rq->view, "sheet_days", n > 0);
    view_str(a, rq->view, "sheet_url", url_fmt(rq, "%s/classes/%s/sign-sheet", class_base(rq), c->code));
    return E_OK;
}

static err_t show_attendance(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct attendance_sheet sheet;
    struct sign_trainee *people;
    const char *why;
    size_t n;
    TRY(attendance_sheet(&rq->cx, c->id, &sheet));
    TRY(class_is_unqualified(&rq->cx, c->id, &why));
    TRY(sign_people(&rq->cx, c->id, &people, &n));
    class_head(rq, c);
    view_str(a, rq->view, "unqualified", why);
    view_fmt(a, rq->view, "basis", "%s（%s）", sheet.person_rule->clause, sheet.person_rule->cite);
    struct view *list = view_list(a, rq->view, "people");
    for (size_t i = 0; i < sheet.n && i < n; i++) {
        const struct attendance *t = &sheet.rows[i];
        struct view *v = view_item(a, list);
        view_str(a, v, "code", people[i].code);
        view_str(a, v, "name", people[i].name);
        view_str(a, v, "url", url_fmt(rq, "%s/classes/%s/attendance/%s", class_base(rq), c->code, people[i].code));
        view_i64(a, v, "hours", t->hours);
        view_i64(a, v, "due", t->hours_due);
        view_str(a, v, "share", percent(a, t->share_ppm));
        view_i64(a, v, "missing", t->missing);
        view_bool(a, v, "low", t->short_of);
    }
    list = view_list(a, rq->view, "days");
    for (size_t i = 0; i < sheet.n_days; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "day", day_text(&rq->cx, sheet.days[i].day));
        view_str(a, v, "share", percent(a, sheet.days[i].share_ppm));
        view_bool(a, v, "below", sheet.days[i].below);
    }
    view_bool(a, rq->view, "desk", rq->cx.actor.role == ROLE_PROVIDER);
    TRY(put_lesson_days(rq, c));
    view_str(a, rq->view, "screen_url", url_fmt(rq, "/provider/classes/%s/screen", c->code));
    view_str(a, rq->view, "card_url", url_fmt(rq, "/provider/classes/%s/card", c->code));
    return E_OK;
}

/* ---- by card at the desk ---- */

struct card {
    const char *idno, *way;
};
static const struct field card_fields[] = {
    {"idno", F_TEXT, F_REQUIRED | F_SECRET, N_("身份证号"), N_("把卡放在读卡器上，或者照卡面输入。"), .max = 30, .off = offsetof(struct card, idno)},
    {"way", F_CHOICE, F_REQUIRED, N_("签到还是签退"), .choices = ways, .off = offsetof(struct card, way)},
    {0},
};

struct card_filter {
    const char *way;
};
static const struct field card_filter_fields[] = {
    {"way", F_CHOICE, 0, N_("签到还是签退"), .choices = ways, .off = offsetof(struct card_filter, way)},
    {0},
};

/* Card after card: the way stays as it was for the last one. */
static err_t show_card(struct req *rq)
{
    const char *way = rq->route->method == GET ? ((const struct card_filter *)rq->in)->way : NULL;
    struct card now = {.way = way != NULL ? way : "in"};
    struct pairs values = form_pairs(&rq->cx, card_fields, &now);
    class_head(rq, rq->scoped);
    view_str(rq->cx.arena, rq->view, "lead", ((const struct q_watch_class_row *)rq->scoped)->name);
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("记下来")));
    req_form(rq, card_fields, &values);
    return E_OK;
}

static err_t do_card(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    const struct card *in = rq->in;
    bool again;
    TRY(sign_by_card(&rq->cx, c->id, in->idno, strcmp(in->way, "out") == 0, &again));
    req_note(rq, again ? N_("这名学员已经签过了。") : N_("已经签好，可以读下一张卡。"));
    return redirect(rq, "/provider/classes/%s/card?way=%s", c->code, in->way);
}

const struct route supervision_sign_routes[] = {
    {GET, "/sign", show_ask, EVERYONE, NULL, "supervision/sign_ask", N_("上课签到"), ask_fields, sizeof(struct ask), NULL, 0},
    {GET, "/sign/{class}", show_sign, EVERYONE, NULL, "supervision/sign", N_("上课签到"), open_fields, sizeof(struct opened), NULL, ROUTE_SENSITIVE},
    {POST, "/sign/{class}", do_sign, EVERYONE, NULL, "supervision/sign", N_("上课签到"), sign_fields, sizeof(struct signing), show_again, ROUTE_SENSITIVE},
    {POST, "/sign/{class}/sms", do_sms, EVERYONE, NULL, "supervision/sign", N_("上课签到"), sms_fields, sizeof(struct sms_ask), show_again, ROUTE_SENSITIVE},
    {GET, "/sign/{class}/done", show_done, EVERYONE, NULL, "supervision/signed", N_("签到结果"), done_fields, sizeof(struct done_in), NULL, 0},
    {GET, "/provider/classes/{class}/screen", show_screen, ROLE_PROVIDER, &own_class, "supervision/screen", N_("签到屏幕"), NULL, 0, NULL, ROUTE_SENSITIVE},
    {GET, "/provider/classes/{class}/attendance", show_attendance, ROLE_PROVIDER, &own_class, "supervision/attendance", N_("考勤"), NULL, 0, NULL, 0},
    {GET, "/district/classes/{class}/attendance", show_attendance, OFFICERS | ROLE_AUDITOR, &own_class, "supervision/attendance", N_("考勤"), NULL, 0, NULL, 0},
    {GET, "/provider/classes/{class}/card", show_card, ROLE_PROVIDER, &own_class, "office_ask", N_("刷身份证签到"), card_filter_fields, sizeof(struct card_filter), NULL,
     ROUTE_SENSITIVE},
    {POST, "/provider/classes/{class}/card", do_card, ROLE_PROVIDER, &own_class, "office_ask", N_("刷身份证签到"), card_fields, sizeof(struct card), show_card,
     ROUTE_SENSITIVE},
    {0},
};
