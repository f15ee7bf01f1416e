/* pages_trainee.c -- one trainee's lessons, and what staff write down afterwards: paper, hours made up or noted. */
#include "city/supervision/pages_impl.h"

#include <stdlib.h>
#include <string.h>

static const struct choice ways[] = {{"in", N_("上课签到")}, {"out", N_("下课签退")}, {0}};
static const struct choice kinds[] = {{"made_up", N_("补了课")}, {"noted", N_("没有补，写明原因")}, {0}};
static const struct choice means[] = {{"code", N_("扫码")}, {"card", N_("身份证")}, {"sms", N_("短信")}, {"paper", N_("补签")}, {0}};

static err_t the_trainee(struct req *rq, const struct q_watch_class_row *c, struct sign_trainee *out)
{
    struct sign_trainee *people;
    size_t n;
    TRY(sign_people(&rq->cx, c->id, &people, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(people[i].code, req_param(rq, "trainee")) == 0) {
            *out = people[i];
            return E_OK;
        }
    return FAIL(&rq->cx, E_NOTFOUND, NULL, "no such trainee in %s", c->code);
}

static const char *stamp(struct req *rq, const int64_t *at, const char *how)
{
    if (at == NULL)
        return "";
    return arena_fmt(rq->cx.arena, "%s %s", watch_minutes(rq->cx.arena, day_minute(*at, DAY_ZONE)), label_of(rq, means, how));
}

static err_t show_lessons(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct sign_trainee t;
    struct lesson *rows;
    size_t n;
    TRY(the_trainee(rq, c, &t));
    TRY(lessons_of(&rq->cx, c->id, t.id, &rows, &n));
    class_head(rq, c);
    view_str(a, rq->view, "name", t.name);
    view_str(a, rq->view, "code", t.code);
    bool may_write = (rq->cx.actor.role & (ROLE_PROVIDER | ROLE_DISTRICT)) != 0;
    struct view *list = view_list(a, rq->view, "lessons");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        const char *at = arena_fmt(a, "session=%lld", (long long)rows[i].session_id);
        view_str(a, v, "day", day_text(&rq->cx, rows[i].day));
        view_fmt(a, v, "when", "%s–%s", watch_minutes(a, rows[i].from_min), watch_minutes(a, rows[i].to_min));
        view_str(a, v, "came", stamp(rq, rows[i].came, rows[i].came_by));
        view_str(a, v, "left", stamp(rq, rows[i].left, rows[i].left_by));
        view_str(a, v, "reason", rows[i].reason);
        view_str(a, v, "absence", rows[i].absence != NULL ? arena_fmt(a, "%s：%s", label_of(rq, kinds, rows[i].absence), rows[i].note) : NULL);
        view_bool(a, v, "may_paper", may_write && rows[i].over && rows[i].came == NULL);
        view_bool(a, v, "may_note", may_write && rows[i].over && rows[i].absence == NULL && rows[i].came == NULL);
        view_str(a, v, "paper_url", url_fmt(rq, "%s/classes/%s/attendance/%s/paper?%s", class_base(rq), c->code, t.code, at));
        view_str(a, v, "note_url", url_fmt(rq, "%s/classes/%s/attendance/%s/absence?%s", class_base(rq), c->code, t.code, at));
    }
    return E_OK;
}

/* ---- forms ---- */

struct lesson_filter {
    const int64_t *session;
};
static const struct field lesson_fields[] = {
    {"session", F_INT, 0, N_("哪节课"), .min = 1, .max = INT64_MAX, .off = offsetof(struct lesson_filter, session)},
    {0},
};

struct paper {
    const char *session, *way, *reason;
    int64_t at;
};
static const struct field paper_fields[] = {
    {"session", F_HIDDEN, 0, N_("哪节课"), .off = offsetof(struct paper, session)},
    {"way", F_CHOICE, F_REQUIRED, N_("签到还是签退"), .choices = ways, .off = offsetof(struct paper, way)},
    {"at", F_STAMP, F_REQUIRED, N_("签到纸上的时间"), .off = offsetof(struct paper, at)},
    {"reason", F_TEXT, F_REQUIRED | F_WIDE, N_("为什么补签"), N_("例如：教室停电，见签到纸第 2 页。补签会被抽查。"), .min = 2, .max = 200,
     .off = offsetof(struct paper, reason)},
    {0},
};

struct absence {
    const char *session, *kind, *note;
};
static const struct field absence_fields[] = {
    {"session", F_HIDDEN, 0, N_("哪节课"), .off = offsetof(struct absence, session)},
    {"kind", F_CHOICE, F_REQUIRED, N_("怎么处理的"), .choices = kinds, .off = offsetof(struct absence, kind)},
    {"note", F_TEXT, F_REQUIRED | F_WIDE, N_("说明"), N_("补课写哪天补的；没有补写缺课的原因和证明。"), .min = 2, .max = 200, .off = offsetof(struct absence, note)},
    {0},
};

static err_t ask(struct req *rq, const struct sign_trainee *t, const struct field *fields, const struct pairs *values, const char *verb)
{
    class_head(rq, rq->scoped);
    view_fmt(rq->cx.arena, rq->view, "lead", "%s %s", t->name, t->code);
    view_str(rq->cx.arena, rq->view, "verb", verb);
    if (rq->route->method == GET) /* the query names the lesson: it is no answer to this form */
        rq->form.raw = NULL;
    req_form(rq, fields, values);
    return E_OK;
}

static const char *session_asked(struct req *rq)
{
    const char *session = req_query(rq, "session");
    return session != NULL ? session : "";
}

/* Most sign in, and when the lesson began. */
static err_t show_paper(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    struct sign_trainee t;
    struct lesson *rows;
    struct paper now = {.session = session_asked(rq), .way = "in"};
    size_t n;
    TRY(the_trainee(rq, c, &t));
    TRY(lessons_of(&rq->cx, c->id, t.id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].session_id == strtoll(now.session, NULL, 10))
            now.at = day_start(rows[i].day, DAY_ZONE) + rows[i].from_min * 60000;
    struct pairs values = form_pairs(&rq->cx, paper_fields, &now);
    return ask(rq, &t, paper_fields, &values, tr(&rq->cx, N_("补签")));
}

static err_t show_absence(struct req *rq)
{
    struct sign_trainee t;
    struct absence now = {.session = session_asked(rq)};
    TRY(the_trainee(rq, rq->scoped, &t));
    struct pairs values = form_pairs(&rq->cx, absence_fields, &now);
    return ask(rq, &t, absence_fields, &values, tr(&rq->cx, N_("记下来")));
}

static err_t back(struct req *rq, const struct q_watch_class_row *c, const struct sign_trainee *t)
{
    return redirect(rq, "%s/classes/%s/attendance/%s", class_base(rq), c->code, t->code);
}

static err_t do_paper(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    const struct paper *in = rq->in;
    struct sign_trainee t;
    TRY(the_trainee(rq, c, &t));
    struct sign_paper p = {.session_id = in->session != NULL ? strtoll(in->session, NULL, 10) : 0, .trainee_id = t.id, .at = in->at,
                           .leaving = strcmp(in->way, "out") == 0, .reason = in->reason};
    TRY(sign_by_paper(&rq->cx, c->id, &p));
    req_note(rq, N_("已经补签。"));
    return back(rq, c, &t);
}

static err_t do_absence(struct req *rq)
{
    const struct q_watch_class_row *c = rq->scoped;
    const struct absence *in = rq->in;
    struct sign_trainee t;
    TRY(the_trainee(rq, c, &t));
    TRY(absence_note(&rq->cx, c->id, in->session != NULL ? strtoll(in->session, NULL, 10) : 0, t.id, in->kind, in->note));
    req_note(rq, N_("已经记下来。"));
    return back(rq, c, &t);
}

#define WRITERS(base, who)                                                                                                                     \
    {GET, base "/classes/{class}/attendance/{trainee}/paper", show_paper, who, &own_class, "office_ask", N_("补签"), lesson_fields,             \
     sizeof(struct lesson_filter), NULL, 0},                                                                                                    \
    {POST, base "/classes/{class}/attendance/{trainee}/paper", do_paper, who, &own_class, "office_ask", N_("补签"), paper_fields,               \
     sizeof(struct paper), show_paper, 0},                                                                                                      \
    {GET, base "/classes/{class}/attendance/{trainee}/absence", show_absence, who, &own_class, "office_ask", N_("说明缺课"), lesson_fields,     \
     sizeof(struct lesson_filter), NULL, 0},                                                                                                    \
    {POST, base "/classes/{class}/attendance/{trainee}/absence", do_absence, who, &own_class, "office_ask", N_("说明缺课"), absence_fields,     \
     sizeof(struct absence), show_absence, 0}

const struct route supervision_trainee_routes[] = {
    {GET, "/provider/classes/{class}/attendance/{trainee}", show_lessons, ROLE_PROVIDER, &own_class, "supervision/lessons", N_("学员的考勤"), NULL, 0, NULL, 0},
    {GET, "/district/classes/{class}/attendance/{trainee}", show_lessons, OFFICERS | ROLE_AUDITOR, &own_class, "supervision/lessons", N_("学员的考勤"), NULL, 0,
     NULL, 0},
    WRITERS("/provider", ROLE_PROVIDER),
    WRITERS("/district", ROLE_DISTRICT),
    {0},
};
