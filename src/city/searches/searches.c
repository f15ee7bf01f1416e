#include "city/searches/searches.h"

#include "city/house.h"
#include "store/store.h"

#include "base/text.h"

#include "searches.sql.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 10 /* of an account or address */, MOST_UNCONFIRMED = 3, KEY_LENGTH = 32 };

const struct choice search_every[] = {
    {"day", N_("每天一封")}, {"now", N_("一有就告诉我（最多一小时一封）")}, {"week", N_("每周一封")}, {0},
};

/* ---- links ---- */

static const char *key_of(struct ctx *cx, int64_t id)
{
    return arena_strndup(cx->arena, blind_index(cx, "saved_search.link", arena_fmt(cx->arena, "%lld", (long long)id)), KEY_LENGTH);
}

const char *search_link(struct ctx *cx, int64_t id) { return arena_fmt(cx->arena, "%lld-%s", (long long)id, key_of(cx, id)); }

static const char *url_of(struct ctx *cx, int64_t id) { return arena_fmt(cx->arena, "%s/saved/%s", cx->house->base_url, search_link(cx, id)); }

static err_t get(struct ctx *cx, int64_t id, struct q_search_get_row *out)
{
    struct q_search_get_row *rows;
    size_t n;
    TRY(q_search_get(cx, &(struct q_search_get_in){.id = id}, &rows, &n));
    if (n == 0 || strcmp(rows->status, "ended") == 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("这个找活提醒已经取消了，或者地址抄错了。"));
    *out = *rows;
    return E_OK;
}

err_t search_by_link(struct ctx *cx, const char *link, struct q_search_get_row *out)
{
    int64_t id = strtoll(link, NULL, 10);
    const char *key = strchr(link, '-');
    if (id <= 0 || key == NULL || strcmp(search_link(cx, id), link) != 0)
        return SAY(cx, E_NOTFOUND, NULL, N_("这个找活提醒已经取消了，或者地址抄错了。"));
    return get(cx, id, out);
}

err_t search_own(struct ctx *cx, int64_t id, struct q_search_get_row *out)
{
    TRY(get(cx, id, out));
    if (cx->actor.account_id == 0 || out->account_id == NULL || *out->account_id != cx->actor.account_id)
        return FAIL(cx, E_NOTFOUND, NULL, "somebody else's search");
    return E_OK;
}

err_t search_mine(struct ctx *cx, struct q_search_mine_row **rows, size_t *n)
{
    return q_search_mine(cx, &(struct q_search_mine_in){.account_id = cx->actor.account_id}, rows, n);
}

/* ---- keeping ---- */

/* What is kept: not the page or the order; a position is rounded to about a kilometre. */
static const char *kept_of(struct ctx *cx, const struct find_in *asked)
{
    struct find_in in = *asked;
    struct buf b = {.a = cx->arena};
    if (in.lng != NULL && in.lat != NULL)
        in.near = arena_fmt(cx->arena, "%.2f,%.2f", strtod(in.lng, NULL), strtod(in.lat, NULL));
    in.lng = in.lat = in.sort = in.fresh = NULL;
    in.page = NULL;
    struct pairs ps = form_pairs(cx, job_find_fields, &in);
    for (size_t i = 0; i < ps.n; i++)
        if (ps.p[i].len > 0)
            buf_fmt(&b, "%s=%s\n", ps.p[i].name, ps.p[i].value);
    return buf_text(&b);
}

struct saving {
    const struct search_in *in;
    const int64_t *account;
    const char *kept, *label, *mail, *find;
    int64_t id;
    bool fresh;
};

static err_t ask_to_confirm(struct ctx *cx, const struct saving *s)
{
    return outbox_add(cx, "mail", s->mail, tr(cx, N_("请确认：有新岗位时写信告诉您")),
                      arena_fmt(cx->arena,
                                tr(cx, N_("您好：\n\n有人（应该是您）在就业驿站留了这个邮箱，要在有新岗位时收到通知：\n\n%s\n\n是您要的，请打开下面的地址，点“确认”：\n\n%s\n\n不是您要的，"
                                          "不用理会，7 天后自动删除，不会再给您写信。")),
                                s->label, url_of(cx, s->id)));
}

static err_t save_tx(struct ctx *cx, void *arg)
{
    struct saving *s = arg;
    struct q_search_same_row *same;
    struct q_search_count_row count;
    struct q_search_add_row added;
    size_t n;
    TRY(q_search_same(cx, &(struct q_search_same_in){.asked = s->kept, .account_id = s->account, .mail_find = s->find}, &same, &n));
    s->fresh = n == 0;
    if (n > 0) {
        s->id = same->id;
        return E_OK;
    }
    TRY(q_search_count(cx, &(struct q_search_count_in){.account_id = s->account, .mail_find = s->find}, &count));
    if (count.mine >= MOST || (s->mail != NULL && count.unconfirmed >= MOST_UNCONFIRMED))
        return SAY(cx, E_RATE, NULL, count.mine >= MOST ? N_("最多留 10 个找活提醒，请先取消用不着的。") : N_("这个邮箱还有没确认的提醒，请先打开信里的地址确认。"));
    struct q_search_add_in row = {.account_id = s->account, .mail_find = s->find, .asked = s->kept, .label = s->label, .every = s->in->every,
                                  .status = s->mail != NULL ? "asked" : "active", .created_at = cx->now, .due = cx->now};
    if (s->mail != NULL)
        TRY(seal(cx, "saved_search.mail", s->mail, &row.mail));
    TRY(q_search_add(cx, &row, &added));
    s->id = added.id;
    TRY(audit_add(cx, "save", "search", s->id, NULL));
    TRY(change_add(cx, "search", s->id));
    return s->mail != NULL ? ask_to_confirm(cx, s) : E_OK;
}

err_t search_save(struct ctx *cx, const struct find_in *asked, const struct search_in *in, int64_t *id, bool *confirm)
{
    bool seeker = cx->actor.role == ROLE_SEEKER && cx->actor.account_id != 0;
    struct saving s = {.in = in, .account = seeker ? &cx->actor.account_id : NULL, .kept = kept_of(cx, asked), .label = search_words(cx, asked)};
    if (in->mail == NULL && !seeker)
        return SAY(cx, E_INVALID, "mail", N_("请写邮箱地址；登录后可以不写，在“我的”里看。"));
    if (in->mail != NULL) {
        s.mail = text_fold(cx->arena, in->mail, strlen(in->mail));
        s.find = blind_index(cx, "saved_search.mail", s.mail);
    }
    TRY(store_tx(cx, STORE_WRITE, save_tx, &s));
    *id = s.id;
    *confirm = s.fresh && s.mail != NULL;
    return E_OK;
}

/* ---- changing ---- */

struct changing {
    int64_t id;
    const char *every;
};

static err_t confirm_tx(struct ctx *cx, void *arg)
{
    const struct changing *c = arg;
    size_t n;
    TRY(q_search_confirm(cx, &(struct q_search_confirm_in){.confirmed_at = cx->now, .id = c->id}, &n));
    if (n == 0)
        return E_OK;
    TRY(audit_add(cx, "confirm", "search", c->id, NULL));
    return change_add(cx, "search", c->id);
}

err_t search_confirm(struct ctx *cx, int64_t id) { return store_tx(cx, STORE_WRITE, confirm_tx, &(struct changing){.id = id}); }

static err_t every_tx(struct ctx *cx, void *arg)
{
    const struct changing *c = arg;
    return q_search_every(cx, &(struct q_search_every_in){.every = c->every, .due = cx->now, .id = c->id}, NULL);
}

err_t search_set_every(struct ctx *cx, int64_t id, const char *every)
{
    return store_tx(cx, STORE_WRITE, every_tx, &(struct changing){id, every});
}

static err_t drop(struct ctx *cx, int64_t id)
{
    TRY(q_search_drop_hits(cx, &(struct q_search_drop_hits_in){.search_id = id}, NULL));
    TRY(q_search_drop(cx, &(struct q_search_drop_in){.id = id}, NULL));
    TRY(audit_add(cx, "end", "search", id, NULL));
    return change_add(cx, "search", id);
}

static err_t end_tx(struct ctx *cx, void *arg) { return drop(cx, ((const struct changing *)arg)->id); }

err_t search_end(struct ctx *cx, int64_t id) { return store_tx(cx, STORE_WRITE, end_tx, &(struct changing){.id = id}); }

static err_t of_person(struct ctx *cx, int64_t person_id, struct q_search_of_person_row **rows, size_t *n)
{
    return q_search_of_person(cx, &(struct q_search_of_person_in){.person_id = person_id}, rows, n);
}

err_t searches_forget(struct ctx *cx, int64_t person_id)
{
    struct q_search_of_person_row *rows;
    size_t n;
    TRY(of_person(cx, person_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(drop(cx, rows[i].id));
    return E_OK;
}

err_t searches_export(struct ctx *cx, int64_t person_id, struct view *list)
{
    struct q_search_of_person_row *rows;
    size_t n;
    TRY(of_person(cx, person_id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        const char *mail = NULL;
        if (rows[i].mail.len > 0)
            TRY(unseal(cx, "saved_search.mail", rows[i].mail, &mail));
        view_str(cx->arena, v, "mail", mail);
        view_str(cx->arena, v, "label", rows[i].label);
        view_str(cx->arena, v, "every", rows[i].every);
        view_str(cx->arena, v, "status", rows[i].status);
    }
    return E_OK;
}
