/* pages_me.c -- the person's own pages: wishes, recommendations, slips, consents, who looked, a copy of everything, being forgotten. */
#include "city/people/people.h"

#include "city/counter/counter.h"
#include "city/counter/pages_bar.h"
#include "city/jobs/card.h"
#include "city/people/pages_impl.h"
#include "city/people/routes.h"
#include "city/referrals/referrals.h"

#include "base/code.h"
#include "base/day.h"

#include <string.h>

static int64_t me(const struct req *rq) { return rq->cx.actor.person_id; }

/* Whoever has no record yet is asked for it first. */
static bool unknown(const struct req *rq) { return me(rq) == 0; }

static err_t ask_first(struct req *rq)
{
    req_note(rq, N_("请先填写求职登记。"));
    return redirect(rq, "/me/profile");
}

static err_t put_slips(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    struct q_slip_list_row *rows;
    size_t n;
    TRY(slip_list(&rq->cx, me(rq), &rows, &n));
    struct view *list = view_list(a, rq->view, "slips");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        bool open = rows[i].expires_at > rq->cx.now;
        view_str(a, v, "code", code_show(a, rows[i].code));
        view_str(a, v, "day", day_text(&rq->cx, day_of(rows[i].at, DAY_ZONE)));
        view_str(a, v, "station", rows[i].station_name);
        view_i64(a, v, "n", rows[i].n);
        view_str(a, v, "url", open ? url_fmt(rq, "/r/%s", code_show(a, rows[i].code)) : NULL);
    }
    return E_OK;
}

static err_t put_recommended(struct req *rq, size_t k)
{
    struct arena *a = rq->cx.arena;
    struct wish w;
    struct advices all;
    TRY(wish_get(&rq->cx, me(rq), &w));
    view_bool(a, rq->view, "wished", w.updated_at != 0);
    if (w.updated_at == 0)
        return E_OK;
    TRY(counter_recommend(&rq->cx, me(rq), &w, COUNTER_BEST, k, &all));
    view_i64(a, rq->view, "fitting", all.fitting);
    struct view *list = view_list(a, rq->view, "jobs");
    for (size_t i = 0; i < all.n; i++) {
        struct view *v = view_item(a, list);
        job_card(rq, v, &all.best[i].job, (int32_t)all.best[i].distance);
        view_i64(a, v, "met", all.best[i].met);
        view_i64(a, v, "total", all.best[i].total);
        reason_view(&rq->cx, view_list(a, v, "reasons"), all.best[i].reasons, all.best[i].n);
        view_str(a, v, "dislike_url", url_fmt(rq, "/me/recommendations/%s/dislike", all.best[i].job.code));
    }
    desk_choices(rq, rq->view, "dislikes", refuse_reasons, NULL);
    return E_OK;
}

static err_t show_me(struct req *rq)
{
    struct person p;
    struct q_referral_list_row *rows;
    size_t n;
    desk_page(rq);
    if (me(rq) == 0) {
        view_bool(rq->cx.arena, rq->view, "unknown_person", true);
        return E_OK;
    }
    TRY(person_by_id(&rq->cx, me(rq), &p));
    person_view(&rq->cx, view_sub(rq->cx.arena, rq->view, "person"), &p);
    TRY(put_slips(rq));
    TRY(referral_list(&rq->cx, me(rq), &rows, &n));
    person_put_referrals(rq, rows, n < 10 ? n : 10);
    return put_recommended(rq, 3);
}

/* ---- the record ---- */

static err_t show_profile(struct req *rq)
{
    struct person_in now = {.name = rq->cx.actor.name};
    desk_page(rq);
    if (me(rq) != 0)
        TRY(person_own(&rq->cx, me(rq), &now));
    struct pairs values = form_pairs(&rq->cx, person_fields, &now);
    req_form(rq, person_fields, &values);
    view_str(rq->cx.arena, rq->view, "lead", consent_text(&rq->cx, "service", NULL));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, me(rq) != 0 ? N_("保存更正") : N_("同意并登记")));
    return E_OK;
}

static err_t save_profile(struct req *rq)
{
    int64_t id;
    bool fresh = me(rq) == 0;
    TRY(person_claim(&rq->cx, rq->in, &id));
    if (fresh)
        TRY(consent_give(&rq->cx, id, "service", "screen"));
    req_note(rq, fresh ? N_("登记好了。接着说说想做什么。") : N_("资料保存了。"));
    return fresh ? redirect(rq, "/me/wishes") : redirect(rq, "/me");
}

static err_t show_wishes(struct req *rq)
{
    struct wish w;
    if (unknown(rq))
        return ask_first(rq);
    desk_page(rq);
    TRY(wish_get(&rq->cx, me(rq), &w));
    struct pairs values = wish_pairs(&rq->cx, &w);
    req_form(rq, wish_fields, &values);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("都可以不填。填得越清楚，推荐越准。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("保存，看推荐")));
    return E_OK;
}

static err_t save_wishes(struct req *rq)
{
    if (unknown(rq))
        return ask_first(rq);
    TRY(wish_save(&rq->cx, me(rq), rq->in));
    return redirect(rq, "/me/recommendations");
}

static err_t show_recommended(struct req *rq)
{
    if (unknown(rq))
        return ask_first(rq);
    desk_page(rq);
    return put_recommended(rq, 20);
}

struct reason_form {
    const char *reason;
};
static const struct field reason_fields[] = {
    {"reason", F_CHOICE, F_REQUIRED, N_("为什么不合适"), .choices = refuse_reasons, .off = offsetof(struct reason_form, reason)},
    {0},
};

static err_t check_job(struct req *rq)
{
    int64_t job;
    return job_id_of(&rq->cx, req_param(rq, "job"), &job);
}
static const struct scope any_job = {"any job", "job", check_job};

static err_t dislike(struct req *rq)
{
    const struct reason_form *in = rq->in;
    int64_t job;
    if (unknown(rq))
        return ask_first(rq);
    TRY(job_id_of(&rq->cx, req_param(rq, "job"), &job));
    TRY(dislike_add(&rq->cx, me(rq), job, in->reason));
    req_note(rq, N_("知道了，不再推荐这个岗位。"));
    return redirect(rq, "/me/recommendations");
}

/* ---- rights ---- */

struct purpose_form {
    const char *purpose;
};
static const struct field purpose_fields[] = {
    {"purpose", F_CHOICE, F_REQUIRED, N_("哪一项"), .choices = consent_purposes, .off = offsetof(struct purpose_form, purpose)},
    {0},
};

static err_t show_consents(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    bool yes;
    if (unknown(rq))
        return ask_first(rq);
    desk_page(rq);
    struct view *list = view_list(a, rq->view, "purposes");
    for (const struct choice *c = consent_purposes; c->code != NULL; c++) {
        struct view *v = view_item(a, list);
        TRY(consent_has(&rq->cx, me(rq), c->code, &yes));
        view_str(a, v, "purpose", c->code);
        view_str(a, v, "label", tr(&rq->cx, c->label));
        view_str(a, v, "text", consent_text(&rq->cx, c->code, NULL));
        view_bool(a, v, "given", yes);
    }
    TRY(person_put_consents(rq, me(rq)));
    return person_put_looks(rq, me(rq));
}

static err_t give(struct req *rq)
{
    const struct purpose_form *in = rq->in;
    if (unknown(rq))
        return ask_first(rq);
    TRY(consent_give(&rq->cx, me(rq), in->purpose, "screen"));
    return redirect(rq, "/me/consents");
}

static err_t withdraw(struct req *rq)
{
    const struct purpose_form *in = rq->in;
    if (unknown(rq))
        return ask_first(rq);
    TRY(consent_withdraw(&rq->cx, me(rq), in->purpose));
    req_note(rq, N_("授权已撤回。"));
    return redirect(rq, "/me/consents");
}

static err_t export_me(struct req *rq) { return unknown(rq) ? ask_first(rq) : person_reply_export(rq, me(rq), "me"); }

struct erase_form {
    int64_t sure;
};
static const struct field erase_fields[] = {
    {"sure", F_BOOL, F_REQUIRED, N_("我要删除我的资料和账号"), .off = offsetof(struct erase_form, sure)},
    {0},
};

static err_t show_delete(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    int64_t keep;
    if (unknown(rq))
        return ask_first(rq);
    desk_page(rq);
    TRY(person_keep_until(&rq->cx, me(rq), &keep));
    req_form(rq, erase_fields, NULL);
    view_str(a, rq->view, "lead", keep == 0 ? tr(&rq->cx, N_("马上删除全部资料和账号，不能恢复。"))
                                            : arena_fmt(a, tr(&rq->cx, N_("账号、意向、手机号马上删除。依法要保存的服务记录封存到 %s，到期自动清除，这期间谁也不再使用。")),
                                                        day_text_full(&rq->cx, keep)));
    view_str(a, rq->view, "verb", tr(&rq->cx, N_("删除我的资料")));
    return E_OK;
}

static err_t delete_me(struct req *rq)
{
    int64_t until;
    if (unknown(rq))
        return ask_first(rq);
    TRY(person_erase(&rq->cx, me(rq), &until));
    req_session(rq, NULL);
    req_note(rq, N_("您的资料和账号已经删除。"));
    return redirect(rq, "/");
}

#define SELF ROLE_SEEKER, NULL
const struct route people_me_routes[] = {
    {GET, "/me", show_me, ROLE_SEEKER, NULL, "people/me", N_("我的"), .flags = ROUTE_SENSITIVE},
    {GET, "/me/profile", show_profile, ROLE_SEEKER, NULL, "ask", N_("填写求职登记"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/profile", save_profile, ROLE_SEEKER, NULL, "ask", N_("填写求职登记"), person_fields, sizeof(struct person_in), show_profile, ROUTE_SENSITIVE},
    {GET, "/me/wishes", show_wishes, SELF, "ask", N_("求职意向"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/wishes", save_wishes, SELF, "ask", N_("求职意向"), wish_fields, sizeof(struct wish), show_wishes, ROUTE_SENSITIVE},
    {GET, "/me/recommendations", show_recommended, SELF, "people/me_jobs", N_("推荐给我的岗位"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/recommendations/{job}/dislike", dislike, ROLE_SEEKER, &any_job, NULL, N_("不合适"), reason_fields, sizeof(struct reason_form), .flags = 0},
    {GET, "/me/consents", show_consents, SELF, "people/me_consents", N_("授权和查看记录"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/consents", give, SELF, NULL, N_("同意"), purpose_fields, sizeof(struct purpose_form), .flags = 0},
    {POST, "/me/consents/withdraw", withdraw, SELF, NULL, N_("撤回授权"), purpose_fields, sizeof(struct purpose_form), .flags = 0},
    {POST, "/me/export", export_me, SELF, NULL, N_("下载我的全部资料"), .flags = ROUTE_SENSITIVE},
    {GET, "/me/delete", show_delete, SELF, "ask", N_("删除我的资料"), .flags = ROUTE_SENSITIVE},
    {POST, "/me/delete", delete_me, SELF, "ask", N_("删除我的资料"), erase_fields, sizeof(struct erase_form), show_delete, ROUTE_SENSITIVE},
    {0},
};
