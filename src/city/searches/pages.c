/* pages.c -- keeping a search, the link of its mails, the seeker's own list. */
#include "city/searches/searches.h"

#include "city/choices.h"
#include "city/searches/routes.h"

#include "base/day.h"

#include <string.h>

static const struct field save_fields[] = {
    {"mail", F_EMAIL, F_SECRET, N_("邮箱"), N_("我们先寄一封信，您打开信里的地址确认，才开始通知。登录后可以不写，在“我的”里看。"), .max = 100,
     .off = offsetof(struct search_in, mail)},
    {"every", F_CHOICE, F_REQUIRED, N_("多久告诉我一次"), .choices = search_every, .off = offsetof(struct search_in, every)},
    {0},
};

/* ---- keeping ---- */

/* The search stands in the query of the address, also when the form is posted. */
static err_t asked_of(struct req *rq, struct find_in *in)
{
    struct form form = {0};
    *in = (struct find_in){0};
    return form_read(&rq->cx, &form, job_find_fields, &rq->query, in);
}

static err_t ask_save(struct req *rq)
{
    struct find_in in;
    struct search_in now = {.every = "day"};
    TRY(asked_of(rq, &in));
    struct pairs values = form_pairs(&rq->cx, save_fields, &now);
    req_form(rq, save_fields, &values);
    view_str(rq->cx.arena, rq->view, "lead", arena_fmt(rq->cx.arena, tr(&rq->cx, N_("要找的：%s。有新岗位就告诉您，随时可以取消。")), search_words(&rq->cx, &in)));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("有新岗位时告诉我")));
    return E_OK;
}

static err_t do_save(struct req *rq)
{
    struct find_in in;
    int64_t id;
    bool confirm;
    TRY(asked_of(rq, &in));
    TRY(search_save(&rq->cx, &in, rq->in, &id, &confirm));
    req_note(rq, confirm ? N_("确认信已经寄出，请打开信里的地址确认。没收到，请看看垃圾邮件。") : N_("记下了，有新岗位就告诉您。"));
    if (rq->cx.actor.role == ROLE_SEEKER)
        return redirect(rq, "/me/searches");
    return redirect(rq, "/jobs?%s", rq->query_text);
}

/* ---- one kept search ---- */

static const char *status_words(const struct ctx *cx, const char *status)
{
    return strcmp(status, "asked") == 0 ? tr(cx, N_("等您打开信里的地址确认")) : tr(cx, N_("有新岗位就告诉您"));
}

static void one_view(struct req *rq, struct view *v, const char *label, const char *every, const char *status, const char *kept)
{
    struct arena *a = rq->cx.arena;
    view_str(a, v, "label", label);
    view_str(a, v, "every", every);
    view_str(a, v, "every_label", tr(&rq->cx, choice_label(search_every, every)));
    view_bool(a, v, "asked", strcmp(status, "asked") == 0);
    view_str(a, v, "status_label", status_words(&rq->cx, status));
    view_str(a, v, "jobs_url", url_fmt(rq, "/jobs?%s", search_query(&rq->cx, kept)));
    view_str(a, v, "feed_url", url_fmt(rq, "/jobs/feed.atom?%s", search_query(&rq->cx, kept)));
    struct view *list = view_list(a, v, "choices");
    for (const struct choice *c = search_every; c->code != NULL; c++) {
        struct view *o = view_item(a, list);
        view_str(a, o, "code", c->code);
        view_str(a, o, "label", tr(&rq->cx, c->label));
        view_bool(a, o, "on", strcmp(c->code, every) == 0);
    }
}

static err_t check_link(struct req *rq)
{
    struct q_search_get_row *s = ARENA_NEW(rq->cx.arena, struct q_search_get_row);
    TRY(search_by_link(&rq->cx, req_param(rq, "link"), s));
    rq->scoped = s;
    return E_OK;
}
static const struct scope link_holder = {"whoever holds the link", "link", check_link};

static err_t check_own(struct req *rq)
{
    struct q_search_get_row *s = ARENA_NEW(rq->cx.arena, struct q_search_get_row);
    TRY(search_own(&rq->cx, req_id(rq, "search"), s));
    rq->scoped = s;
    return E_OK;
}
static const struct scope own_search = {"own search", "search", check_own};

static err_t show_link(struct req *rq)
{
    const struct q_search_get_row *s = rq->scoped;
    struct view *v = view_sub(rq->cx.arena, rq->view, "search");
    one_view(rq, v, s->label, s->every, s->status, s->asked);
    view_str(rq->cx.arena, v, "url", url_fmt(rq, "/saved/%s/actions", req_param(rq, "link")));
    view_bool(rq->cx.arena, rq->view, "noindex", true);
    return E_OK;
}

static err_t show_mine(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_search_mine_row *rows;
    size_t n;
    TRY(search_mine(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "searches");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        one_view(rq, v, rows[i].label, rows[i].every, rows[i].status, rows[i].asked);
        view_i64(a, v, "fresh", rows[i].fresh);
        view_str(a, v, "since", day_text(&rq->cx, day_of(rows[i].created_at, DAY_ZONE)));
        view_str(a, v, "url", url_fmt(rq, "/me/searches/%lld/actions", (long long)rows[i].id));
        view_str(a, v, "link_url", url_fmt(rq, "/saved/%s", search_link(&rq->cx, rows[i].id)));
    }
    return E_OK;
}

struct act_in {
    const char *action, *every;
};
static const struct choice acts[] = {{"confirm", N_("确认")}, {"every", N_("改多久一次")}, {"end", N_("取消提醒")}, {0}};
static const struct field act_fields[] = {
    {"action", F_CHOICE, F_REQUIRED, N_("要做什么"), .choices = acts, .off = offsetof(struct act_in, action)},
    {"every", F_CHOICE, 0, N_("多久告诉我一次"), .choices = search_every, .off = offsetof(struct act_in, every)},
    {0},
};

/* *ended: there is nothing more to show. A seeker's own list never confirms: only the owner of the mailbox can. */
static err_t act(struct req *rq, bool may_confirm, bool *ended)
{
    const struct act_in *in = rq->in;
    const struct q_search_get_row *s = rq->scoped;
    *ended = strcmp(in->action, "end") == 0;
    if (*ended) {
        TRY(search_end(&rq->cx, s->id));
        req_note(rq, N_("取消了，不再给您写信，邮箱也删了。"));
        return E_OK;
    }
    if (strcmp(in->action, "confirm") == 0 && may_confirm) {
        TRY(search_confirm(&rq->cx, s->id));
        req_note(rq, N_("确认好了，有新岗位就写信告诉您。"));
        return E_OK;
    }
    if (in->every == NULL)
        return SAY(&rq->cx, E_INVALID, "every", N_("请选多久告诉您一次。"));
    TRY(search_set_every(&rq->cx, s->id, in->every));
    req_note(rq, N_("改好了。"));
    return E_OK;
}

static err_t act_link(struct req *rq)
{
    bool ended;
    TRY(act(rq, true, &ended));
    return ended ? redirect(rq, "/jobs") : redirect(rq, "/saved/%s", req_param(rq, "link"));
}

static err_t act_mine(struct req *rq)
{
    bool ended;
    TRY(act(rq, false, &ended));
    return redirect(rq, "/me/searches");
}

#define SAVE save_fields, sizeof(struct search_in)
#define ACT act_fields, sizeof(struct act_in)
const struct route searches_routes[] = {
    {GET, "/jobs/save", ask_save, EVERYONE, NULL, "ask", N_("有新岗位时告诉我"), job_find_fields, sizeof(struct find_in), .flags = 0},
    {POST, "/jobs/save", do_save, EVERYONE, NULL, "ask", N_("有新岗位时告诉我"), SAVE, ask_save, 0},
    {GET, "/saved/{link}", show_link, EVERYONE, &link_holder, "searches/link", N_("找活提醒"), .flags = ROUTE_SENSITIVE},
    {POST, "/saved/{link}/actions", act_link, EVERYONE, &link_holder, "searches/link", N_("确认或取消找活提醒"), ACT, show_link, ROUTE_SENSITIVE},
    {GET, "/me/searches", show_mine, ROLE_SEEKER, NULL, "searches/mine", N_("我的找活提醒"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/searches/{search}/actions", act_mine, ROLE_SEEKER, &own_search, "searches/mine", N_("改或取消找活提醒"), ACT, show_mine, ROUTE_SENSITIVE},
    {0},
};
