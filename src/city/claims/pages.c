/* pages.c -- the public notice, for everybody: the list, one notice, on paper, as it was frozen, an objection and its answer. */
#include "city/claims/claims.h"
#include "city/claims/pages_impl.h"
#include "city/claims/routes.h"

#include "base/code.h"
#include "base/day.h"
#include "base/text.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"

#include <jansson.h>
#include <string.h>

const struct flow *const claims_flows[] = {&claim_flow, &claim_line_flow, NULL};

void claims_tag(struct req *rq, struct view *v, const char *label, const char *kind)
{
    view_str(rq->cx.arena, v, "text", tr(&rq->cx, label));
    view_str(rq->cx.arena, v, "kind", kind);
}

const char *claim_tone(const char *status)
{
    static const struct choice tones[] = {{"paid", "ok"}, {"recovered", "ok"}, {"failed", "bad"}, {"withdrawn", ""}, {"recovering", "warn"},
                                          {"noticed", "pri"}, {"paying", "acc"}, {"approved", "acc"}, {0}};
    for (const struct choice *c = tones; c->code != NULL; c++)
        if (strcmp(c->code, status) == 0)
            return c->label;
    return "";
}

/* ---- the list ---- */

struct filter {
    const char *district;
    const int64_t *page;
};
static const struct field filter_fields[] = {
    {"district", F_TEXT, 0, N_("区"), .max = 6, .off = offsetof(struct filter, district)},
    FIELD_PAGE(struct filter),
    {0},
};

static int64_t number(const char *s)
{
    int64_t n = 0;
    for (; s != NULL && *s >= '0' && *s <= '9' && n < 10000000; s++)
        n = n * 10 + (*s - '0');
    return n;
}

static void districts(struct req *rq, int64_t chosen)
{
    const struct city *c = rq->cx.house->city;
    struct view *list = view_list(rq->cx.arena, rq->view, "districts");
    for (size_t i = 0; i < c->n_districts; i++) {
        struct view *v = view_item(rq->cx.arena, list);
        view_fmt(rq->cx.arena, v, "code", "%lld", (long long)c->districts[i].code);
        view_str(rq->cx.arena, v, "label", tr(&rq->cx, c->districts[i].name));
        view_bool(rq->cx.arena, v, "selected", c->districts[i].code == chosen);
    }
}

static err_t show_notices(struct req *rq)
{
    const struct filter *f = rq->in;
    struct q_notice_list_row *rows;
    struct arena *a = rq->cx.arena;
    int64_t page = f->page != NULL ? *f->page : 1, district = number(f->district), today = day_of(rq->cx.now, DAY_ZONE);
    size_t n;
    TRY(notices_page(&rq->cx, district, page, &rows, &n));
    struct view *list = view_list(a, rq->view, "notices");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        bool open = rows[i].opens_on <= today && today <= rows[i].closes_on;
        view_str(a, v, "code", rows[i].code);
        view_str(a, v, "url", url_fmt(rq, "/notices/%s", rows[i].code));
        view_str(a, v, "district", city_district_name(&rq->cx, rows[i].district));
        view_str(a, v, "opens", day_text(&rq->cx, rows[i].opens_on));
        view_str(a, v, "closes", day_text(&rq->cx, rows[i].closes_on));
        view_i64(a, v, "claims", rows[i].claims);
        view_bool(a, v, "open", open);
        claims_tag(rq, v, open ? N_("公示中，可以提异议") : N_("公示结束"), open ? "pri" : "");
    }
    districts(rq, district);
    req_pager(rq, page, 20, n > 0 ? rows[0].total : 0);
    return E_OK;
}

/* ---- one notice ---- */

static const char *say(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

enum { NOTICE_LINES = 200 /* of a page of a notice, or one claim */ };

struct asked { /* what of a notice is shown */
    int64_t page;           /* 0: all of it */
    const char *who;        /* a name or the last digits of an identity number; NULL: everybody */
    const char *object_url; /* of a line, its number to be added; NULL: the notice is over */
};

/* The frozen list has names and numbers masked: a whole name is looked for as it is masked. */
static bool meant(struct arena *a, const json_t *l, const char *who)
{
    const char *name = say(l, "name"), *idno = say(l, "idno");
    size_t n = who == NULL ? 0 : strlen(who), have = strlen(idno);
    return n == 0 || strcmp(name, who) == 0 || strcmp(name, text_mask_name(a, who)) == 0 || (n >= 4 && n <= have && strcasecmp(idno + have - (n < 4 ? n : 4), who + n - 4) == 0);
}

static size_t lines_of(struct arena *a, const json_t *c, const char *who)
{
    const json_t *l;
    size_t i, n = 0;
    json_array_foreach(json_object_get(c, "lines"), i, l) n += meant(a, l, who);
    return n;
}

static void frozen_line(struct req *rq, struct view *list, const json_t *l, const char *object_url)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list);
    if (json_object_get(l, "line") != NULL) {
        view_i64(a, v, "line", json_integer_value(json_object_get(l, "line")));
        view_str(a, v, "object_url", object_url == NULL ? NULL : arena_fmt(a, "%s%lld#object", object_url, (long long)json_integer_value(json_object_get(l, "line"))));
    }
    view_str(a, v, "name", arena_fmt(a, "%s", say(l, "name")));
    view_str(a, v, "idno", arena_fmt(a, "%s", say(l, "idno")));
    view_str(a, v, "item", tr(&rq->cx, training_label(claim_items, arena_fmt(a, "%s", say(l, "item")))));
    view_str(a, v, "payee", tr(&rq->cx, training_label(training_payees, arena_fmt(a, "%s", say(l, "payee")))));
    view_str(a, v, "fund", tr(&rq->cx, training_label(training_funds, arena_fmt(a, "%s", say(l, "fund")))));
    view_str(a, v, "amount", training_yuan(&rq->cx, json_integer_value(json_object_get(l, "fen"))));
}

static const char *state_of(const struct q_claim_of_notice_row *now, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(now[i].code, code) == 0)
            return now[i].status;
    return "";
}

static void frozen_claim(struct req *rq, struct view *list, const json_t *c, const struct q_claim_of_notice_row *now, size_t n, const struct asked *of)
{
    struct arena *a = rq->cx.arena;
    struct view *v = view_item(a, list), *lines;
    const char *code = arena_fmt(a, "%s", say(c, "claim")), *status = state_of(now, n, code);
    size_t i;
    json_t *l;
    view_str(a, v, "code", code);
    view_str(a, v, "class", arena_fmt(a, "%s", say(c, "class_name")));
    view_str(a, v, "class_code", arena_fmt(a, "%s", say(c, "class")));
    view_str(a, v, "provider", arena_fmt(a, "%s", say(c, "provider")));
    view_str(a, v, "level", tr(&rq->cx, training_level(json_integer_value(json_object_get(c, "level")))));
    view_str(a, v, "amount", training_yuan(&rq->cx, json_integer_value(json_object_get(c, "fen"))));
    claims_tag(rq, v, flow_label(&claim_flow, status), claim_tone(status));
    view_bool(a, v, "withdrawn", strcmp(status, "withdrawn") == 0);
    lines = view_list(a, v, "lines");
    json_array_foreach(json_object_get(c, "lines"), i, l)
    {
        if (meant(a, l, of->who))
            frozen_line(rq, lines, l, of->object_url);
    }
    view_i64(a, v, "count", (int64_t)json_array_size(json_object_get(c, "lines")));
}

static void contents(struct req *rq, struct view *list, const json_t *c, int64_t page, const struct asked *of)
{
    struct view *v = view_item(rq->cx.arena, list);
    view_str(rq->cx.arena, v, "class", arena_fmt(rq->cx.arena, "%s", say(c, "class_name")));
    view_str(rq->cx.arena, v, "url", page == of->page ? arena_fmt(rq->cx.arena, "#q-%s", say(c, "claim"))
                                                      : arena_fmt(rq->cx.arena, "%s#q-%s", url_with(rq, "page", arena_fmt(rq->cx.arena, "%lld", (long long)page)), say(c, "claim")));
}

/* Claims page by page, whole ones; the contents when there is more than one page. */
static int64_t frozen_pages(struct req *rq, const json_t *claims, const struct q_claim_of_notice_row *now, size_t n, const struct asked *of)
{
    struct view *list = view_list(rq->cx.arena, rq->view, "claims"), *index = view_list(rq->cx.arena, rq->view, "contents");
    int64_t page = 1;
    size_t i, on_page = 0;
    const json_t *c;
    json_array_foreach(claims, i, c)
    {
        size_t lines = lines_of(rq->cx.arena, c, of->who);
        if (lines == 0)
            continue;
        if (on_page > 0 && on_page + lines > NOTICE_LINES)
            page++, on_page = 0;
        on_page += lines;
        if (of->page == 0 || page == of->page)
            frozen_claim(rq, list, c, now, n, of);
        if (of->page != 0)
            contents(rq, index, c, page, of);
    }
    return page;
}

static err_t frozen(struct req *rq, const struct q_notice_row *notice, const struct asked *of)
{
    struct q_claim_of_notice_row *now;
    size_t n;
    json_t *root = json_loads(notice->body, 0, NULL);
    err_t e = notice_claims(&rq->cx, notice->id, &now, &n);
    int64_t pages = e == E_OK ? frozen_pages(rq, json_object_get(root, "claims"), now, n, of) : 0;
    json_decref(root);
    view_bool(rq->cx.arena, rq->view, "many", pages > 1);
    if (of->page != 0)
        req_pager(rq, of->page, 1, pages);
    return e;
}

static void answered(struct req *rq, const struct q_objection_list_row *rows, size_t n)
{
    static const struct choice words[] = {{"open", N_("处理中")}, {"upheld", N_("属实")}, {"dismissed", N_("不属实")}, {0}};
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "objections");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_str(a, v, "claim", rows[i].claim_code);
        view_str(a, v, "at", day_text_stamp(&rq->cx, rows[i].at));
        view_str(a, v, "answer", *rows[i].answer != '\0' ? rows[i].answer : NULL);
        claims_tag(rq, v, training_label(words, rows[i].status), strcmp(rows[i].status, "open") == 0 ? "warn" : "");
    }
}

struct objection_form {
    const char *claim, *text, *contact;
    const int64_t *line;
};
struct object_about { /* line: of the link beside it */
    const int64_t *line, *page;
    const char *who;
};
#define LINE_FIELD(type) {"line", F_INT, 0, N_("对哪一个人（编号）"), N_("公示里每一行前面的编号；不写就是对整个申请。"), .min = 1, .max = INT64_MAX, .off = offsetof(struct type, line)}
static const struct field about_fields[] = {
    LINE_FIELD(object_about),
    {"who", F_TEXT, 0, N_("姓名，或身份证号最后四位"), .max = 40, .off = offsetof(struct object_about, who)},
    FIELD_PAGE(struct object_about),
    {0},
};
static const struct field objection_fields[] = {
    {"claim", F_TEXT, 0, N_("对哪个申请（编号）"), N_("像 Q12；不写就是对整份公示。"), .max = 20, .off = offsetof(struct objection_form, claim)},
    LINE_FIELD(objection_form),
    {"text", F_LONG, F_REQUIRED | F_WIDE, N_("哪里不对"), N_("写您知道的事实：谁、什么时候、怎么回事。不要写别人的身份证号。"), .min = 4, .max = 2000,
     .off = offsetof(struct objection_form, text)},
    {"contact", F_TEXT, F_SECRET, N_("怎么联系您"), N_("可以不留。留了只有办这件事的人能看到，加密保存。"), .max = 100,
     .off = offsetof(struct objection_form, contact)},
    {0},
};

static err_t put_notice(struct req *rq, struct q_notice_row *n, struct asked *of)
{
    struct arena *a = rq->cx.arena;
    struct q_objection_list_row *o;
    size_t n_o;
    TRY(notice_find(&rq->cx, req_param(rq, "notice"), n));
    view_str(a, rq->view, "code", n->code);
    view_str(a, rq->view, "district", city_district_name(&rq->cx, n->district));
    view_fmt(a, rq->view, "title", "%s %s", tr(&rq->cx, rq->route->title), n->code);
    view_str(a, rq->view, "opens", day_text_full(&rq->cx, n->opens_on));
    view_str(a, rq->view, "closes", day_text_full(&rq->cx, n->closes_on));
    view_bool(a, rq->view, "open", notice_is_open(&rq->cx, n));
    view_str(a, rq->view, "sm3", n->digest);
    view_i64(a, rq->view, "chain_seq", n->chain_seq);
    view_str(a, rq->view, "chain_hash", n->chain_hash);
    view_str(a, rq->view, "changed", notice_changed(&rq->cx, n) != NULL ? tr(&rq->cx, notice_changed(&rq->cx, n)) : NULL);
    view_str(a, rq->view, "print_url", url_fmt(rq, "/notices/%s/print", n->code));
    view_str(a, rq->view, "frozen_url", url_fmt(rq, "/notices/%s/frozen", n->code));
    view_str(a, rq->view, "object_url", url_fmt(rq, "/notices/%s/objections", n->code));
    if (notice_is_open(&rq->cx, n))
        of->object_url = url_fmt(rq, "/notices/%s?page=%lld&who=%s&line=", n->code, (long long)of->page, of->who != NULL ? text_percent(a, of->who) : "");
    TRY(frozen(rq, n, of));
    TRY(objection_list(&rq->cx, 0, n->id, &o, &n_o));
    answered(rq, o, n_o);
    return E_OK;
}

static err_t show_notice(struct req *rq)
{
    struct q_notice_row n;
    const struct object_about *about = rq->route->method == GET ? rq->in : NULL;
    struct asked of = {.page = about != NULL && about->page != NULL ? *about->page : 1, .who = about != NULL ? about->who : NULL};
    TRY(put_notice(rq, &n, &of));
    view_str(rq->cx.arena, rq->view, "who", of.who);
    view_str(rq->cx.arena, rq->view, "notice_url", url_fmt(rq, "/notices/%s", n.code));
    struct objection_form now = {.line = about != NULL ? about->line : NULL};
    struct pairs values = form_pairs(&rq->cx, objection_fields, &now);
    req_form(rq, objection_fields, &values);
    return E_OK;
}

static err_t print_notice(struct req *rq)
{
    struct q_notice_row n;
    TRY(put_notice(rq, &n, &(struct asked){0}));
    view_str(rq->cx.arena, rq->view, "paper", "sheet");
    view_str(rq->cx.arena, rq->view, "back_url", url_fmt(rq, "/notices/%s", n.code));
    return E_OK;
}

static err_t send_frozen(struct req *rq)
{
    struct q_notice_row n;
    TRY(notice_find(&rq->cx, req_param(rq, "notice"), &n));
    return reply_bytes(rq, "application/json", arena_fmt(rq->cx.arena, "%s.json", n.code), n.body, strlen(n.body));
}

static err_t do_object(struct req *rq)
{
    const struct objection_form *f = rq->in;
    const char *code;
    TRY(objection_add(&rq->cx, req_param(rq, "notice"), &(struct objection_in){f->claim, f->text, f->contact, f->line}, &code));
    req_note(rq, N_("收到了。记下这个编号，可以随时来看答复。"));
    return redirect(rq, "/objections/%s", code);
}

static err_t show_objection(struct req *rq)
{
    struct q_objection_row o;
    struct arena *a = rq->cx.arena;
    TRY(objection_by_code(&rq->cx, req_param(rq, "objection"), &o));
    view_str(a, rq->view, "code", code_show(a, o.code));
    view_str(a, rq->view, "notice", o.notice_code);
    view_str(a, rq->view, "notice_url", url_fmt(rq, "/notices/%s", o.notice_code));
    view_str(a, rq->view, "claim", o.claim_code);
    view_str(a, rq->view, "at", day_text_stamp(&rq->cx, o.at));
    view_str(a, rq->view, "text", o.text);
    view_str(a, rq->view, "answer", *o.answer != '\0' ? o.answer : NULL);
    view_bool(a, rq->view, "waits", strcmp(o.status, "open") == 0);
    view_bool(a, rq->view, "upheld", strcmp(o.status, "upheld") == 0);
    view_bool(a, rq->view, "noindex", true);
    return E_OK;
}

const struct route claims_routes[] = {
    {GET, "/notices", show_notices, EVERYONE, NULL, "claims/notices", N_("补贴公示"), filter_fields, sizeof(struct filter), NULL, 0},
    {GET, "/notices/{notice}", show_notice, EVERYONE, NULL, "claims/notice", N_("补贴公示"), about_fields, sizeof(struct object_about), NULL, 0},
    {GET, "/notices/{notice}/print", print_notice, EVERYONE, NULL, "claims/notice_print", N_("补贴公示（打印）"), NULL, 0, NULL, 0},
    {GET, "/notices/{notice}/frozen", send_frozen, EVERYONE, NULL, NULL, N_("补贴公示（公示时的原文）"), NULL, 0, NULL, 0},
    {POST, "/notices/{notice}/objections", do_object, EVERYONE, NULL, "claims/notice", N_("对公示提异议"), objection_fields, sizeof(struct objection_form),
     show_notice, 0},
    {GET, "/objections/{objection}", show_objection, EVERYONE, NULL, "claims/objection", N_("异议的答复"), NULL, 0, NULL, 0},
    {0},
};
