/* toy.h -- a small make-believe city for the tests of src/web: two offices' worth of routes, pages, and hooks in memory. */
#ifndef TESTS_TOY_H
#define TESTS_TOY_H
#include "base/field.h"
#include "web/web.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct note { const char *title; const int64_t *wage; };
static const struct field note_fields[] = {
    {"title", F_TEXT, F_REQUIRED, N_("标题"), .max = 20, .off = offsetof(struct note, title)},
    {"wage", F_MONEY, 0, N_("工资"), .off = offsetof(struct note, wage)},
    {"pin", F_PASSWORD, 0, N_("密码"), .off = offsetof(struct note, title)},
    {0},
};
struct paper { const char *about; const struct upload *file; };
static const struct field paper_fields[] = {
    {"about", F_TEXT, F_REQUIRED, N_("说明"), .max = 50, .off = offsetof(struct paper, about)},
    {"file", F_FILE, F_REQUIRED, N_("文件"), .max = 64 << 10, .off = offsetof(struct paper, file)},
    {0},
};
struct filter { const int64_t *wage; };
static const struct field filter_fields[] = {
    {"wage", F_MONEY, 0, N_("工资"), .off = offsetof(struct filter, wage)},
    {0},
};

/* what the handlers did, for the tests to look at (one worker at a time touches it) */
static struct {
    atomic_int made, closed;
    char title[64], once[160], file[8200];
    size_t file_size;
    char draft_path[100], draft_title[64], spool[200];
    int draft_pairs;
    err_t next;
} toy;

static err_t toy_home(struct req *rq)
{
    rq->view = view_obj(rq->cx.arena);
    view_str(rq->cx.arena, rq->view, "hello", "<b>你好</b>");
    view_i64(rq->cx.arena, rq->view, "count", 3);
    return E_OK;
}
static err_t toy_list(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const struct filter *f = rq->in;
    rq->view = view_obj(a);
    struct view *list = view_list(a, rq->view, "items");
    for (int i = 0; i < 40; i++) {
        struct view *v = view_item(a, list);
        view_fmt(a, v, "name", "岗位 & %d", i);
        view_str(a, v, "url", url_fmt(rq, "/things/%d", i + 1));
    }
    view_opt(a, rq->view, "wage", f->wage);
    view_str(a, rq->view, "more", url_with(rq, "wage", "5"));
    req_pager(rq, 2, 20, 100);
    return E_OK;
}
static err_t toy_show(struct req *rq)
{
    if (req_id(rq, "thing") == 0)
        return FAIL(&rq->cx, E_NOTFOUND, NULL, "no such thing");
    rq->view = view_obj(rq->cx.arena);
    view_i64(rq->cx.arena, rq->view, "id", req_id(rq, "thing"));
    view_str(rq->cx.arena, rq->view, "hello", "thing");
    return E_OK;
}
static err_t toy_form(struct req *rq)
{
    req_form(rq, note_fields, NULL);
    return E_OK;
}
static err_t toy_again(struct req *rq)
{
    req_form(rq, NULL, NULL);
    return E_OK;
}
static err_t toy_make(struct req *rq)
{
    const struct note *n = rq->in;
    if (toy.next != E_OK) {
        err_t e = toy.next;
        toy.next = E_OK;
        return FAIL(&rq->cx, e, NULL, "as the test wished");
    }
    if (strcmp(n->title, "taken") == 0)
        return SAY(&rq->cx, E_INVALID, "title", N_("这个标题已经有了。"));
    snprintf(toy.title, sizeof toy.title, "%s", n->title);
    const char *key = rq->cx.once_key == NULL ? "" : rq->cx.once_key;
    rq->cx.result = "/things/7";
    if (*key != '\0' && strcmp(toy.once, key) == 0)
        return E_REPEAT;
    snprintf(toy.once, sizeof toy.once, "%s", key);
    toy.made++;
    req_note(rq, N_("记下了。"));
    return E_OK;
}
static err_t toy_upload(struct req *rq)
{
    const struct paper *p = rq->in;
    FILE *f = fopen(p->file->path, "rb");
    if (f == NULL)
        return FAIL(&rq->cx, E_IO, NULL, "spool file is gone");
    toy.file_size = fread(toy.file, 1, sizeof toy.file, f);
    fclose(f);
    toy.file_size = p->file->size;
    snprintf(toy.spool, sizeof toy.spool, "%s", p->file->path);
    snprintf(toy.title, sizeof toy.title, "%s|%s", p->about, p->file->name);
    return redirect(rq, "/things/%d", 9);
}
static err_t toy_desk(struct req *rq) { return toy_home(rq); }
static err_t toy_secret(struct req *rq) { return toy_home(rq); }
static err_t toy_file(struct req *rq) { return reply_bytes(rq, "text/csv; charset=utf-8", "名单 1.csv", "a,b\n", 4); }
static err_t toy_slow(struct req *rq)
{
    struct timespec nap = {.tv_nsec = 300000000};
    (void)nanosleep(&nap, NULL);
    return toy_home(rq);
}
static err_t toy_login(struct req *rq)
{
    req_session(rq, "staff-token");
    return redirect(rq, "/desk");
}
static err_t toy_late(struct req *rq) { return SAY(&rq->cx, E_CONFLICT, NULL, N_("别人刚办过。")); }
static err_t toy_refuse(struct req *rq) { return SAY(&rq->cx, E_DENIED, NULL, N_("要由另一位同事来办。")); }
static err_t own_thing(struct req *rq) { return req_id(rq, "thing") == 1 ? E_OK : E_DENIED; }
static const struct scope own = {"own thing", "thing", own_thing};

static const struct route toy_routes[] = {
    {GET, "/", toy_home, EVERYONE, .page = "toy/home", .title = N_("首页")},
    {GET, "/things", toy_list, EVERYONE, .page = "toy/list", .title = N_("东西"), .fields = filter_fields, .in_size = sizeof(struct filter)},
    {GET, "/things/new", toy_form, EVERYONE, .page = "toy/form", .title = N_("新东西")},
    {POST, "/things", toy_make, EVERYONE, .page = "toy/form", .title = N_("新东西"), .fields = note_fields, .in_size = sizeof(struct note), .again = toy_again},
    {GET, "/things/{thing}", toy_show, EVERYONE, .page = "toy/home", .title = N_("一件东西")},
    {POST, "/papers", toy_upload, EVERYONE, .page = "toy/form", .title = N_("上传"), .fields = paper_fields, .in_size = sizeof(struct paper), .again = toy_again, .flags = ROUTE_UPLOAD},
    {GET, "/desk", toy_desk, DESK, .page = "toy/home", .title = N_("工作台")},
    {POST, "/desk/notes", toy_make, DESK, .page = "toy/form", .title = N_("记事"), .fields = note_fields, .in_size = sizeof(struct note), .again = toy_again},
    {GET, "/desk/things/{thing}", toy_show, DESK, .scope = &own, .page = "toy/home", .title = N_("本站的东西")},
    {GET, "/desk/secret", toy_secret, DESK, .page = "toy/home", .title = N_("机密"), .flags = ROUTE_SENSITIVE},
    {POST, "/desk/refused", toy_refuse, DESK, .title = N_("两个人办的事")},
    {POST, "/desk/late", toy_late, DESK, .page = "toy/buttons", .title = N_("几个按钮"), .fields = note_fields, .in_size = sizeof(struct note), .again = toy_desk},
    {GET, "/desk/fresh", toy_desk, DESK, .page = "toy/home", .title = N_("要再验证"), .flags = ROUTE_FRESH},
    {GET, "/download", toy_file, EVERYONE, .title = N_("下载")},
    {GET, "/slow", toy_slow, EVERYONE, .page = "toy/home", .title = N_("慢")},
    {POST, "/login", toy_login, EVERYONE, .title = N_("登录")},
    {0},
};
static const struct office toy_offices[] = {{"toy", toy_routes, NULL}, {0}};

static err_t hook_open(struct ctx *cx)
{
    static int any;
    union { int *i; struct db *db; } p = {.i = &any};
    cx->db = p.db;
    return E_OK;
}
static void hook_close(struct ctx *cx) { (void)cx, toy.closed++; }
static err_t hook_session(struct ctx *cx, const char *token, const char *ip)
{
    (void)ip;
    if (strcmp(token, "staff-token") == 0)
        cx->actor = (struct actor){.account_id = 11, .role = ROLE_STAFF, .station_id = 1, .name = "王静（示例）", .ip = cx->actor.ip};
    else if (strcmp(token, "seeker-token") == 0)
        cx->actor = (struct actor){.account_id = 12, .role = ROLE_SEEKER, .name = "张芳（示例）", .ip = cx->actor.ip};
    else
        return E_LOGIN;
    return E_OK;
}
static bool hook_fresh(struct ctx *cx) { (void)cx; return false; }
static err_t hook_draft_save(struct ctx *cx, const char *path, const struct pairs *body, const char **code)
{
    (void)cx;
    snprintf(toy.draft_path, sizeof toy.draft_path, "%s", path);
    const char *title = pairs_get(body, "title");
    snprintf(toy.draft_title, sizeof toy.draft_title, "%s", title == NULL ? "" : title);
    toy.draft_pairs = (int)body->n;
    *code = "D1";
    return E_OK;
}
static err_t hook_draft_take(struct ctx *cx, const char *code, const char **path, struct pairs *body)
{
    if (strcmp(code, "D1") != 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no draft");
    struct pair *p = ARENA_NEW(cx->arena, struct pair);
    *p = (struct pair){"title", toy.draft_title, strlen(toy.draft_title)};
    *body = (struct pairs){p, 1};
    *path = toy.draft_path;
    return E_OK;
}
static void hook_decorate(struct req *rq)
{
    view_str(rq->cx.arena, rq->view, "city", "示例市");
    if (rq->actor_view != NULL)
        view_str(rq->cx.arena, rq->actor_view, "home", url_fmt(rq, "/desk"));
}
static const struct hooks toy_hooks = {
    .open = hook_open, .close = hook_close, .session = hook_session, .fresh = hook_fresh,
    .draft_save = hook_draft_save, .draft_take = hook_draft_take, .decorate = hook_decorate,
};

#define FILE_OF(name, text) {name, (const unsigned char *)(text), sizeof(text) - 1}
#define FRAME "<!DOCTYPE html><html lang=\"{{lang}}\"><title>{{title}} - {{site}}</title>{{#actor}}<i>{{actor.name}}</i>{{/actor}}"
/* sorted by name, as tools/embed writes them; the catalogue is added by the test that needs it */
static const struct embedded toy_files[] = {
    FILE_OF("assets/app-0a1b2c3d.css", "body{margin:0}"),
    FILE_OF("assets/app-0a1b2c3d.css.gz", "not really gzip"),
    FILE_OF("assets/icons-0a1b2c3d.svg", "<svg/>"),
    FILE_OF("assets/manifest.json", "{}"),
    FILE_OF("src/city/toy/buttons.html", FRAME "{{#form.errors}}<p class=\"err\">{{say}}</p>{{/form.errors}}"),
    FILE_OF("src/city/toy/form.html", FRAME "{{#form.errors}}<p class=\"err\">{{say}}</p>{{/form.errors}}<form method=\"post\" action=\"{{path}}\">"
            "<input name=\"_csrf\" value=\"{{csrf}}\"><input name=\"_once\" value=\"{{once}}\">{{#form.fields}}"
            "<input name=\"{{name}}\" value=\"{{value}}\">{{/form.fields}}</form>"),
    FILE_OF("src/city/toy/home.html", FRAME "<link href=\"{{@ app.css}}\">{{#note}}<p>{{note}}</p>{{/note}}<h1>{{hello}}</h1>{{_ 共 {count} 件}}{{i map-pin}}"),
    FILE_OF("src/city/toy/list.html", FRAME "<ul>{{#items}}<li><a href=\"{{url}}\">{{name}}</a>{{/items}}</ul><a href=\"{{more}}\">+</a>{{pager.page}}/{{pager.pages}} {{pager.next}}"),
    FILE_OF("src/web/parts/error.html", FRAME "<h1>{{heading}}</h1><p>{{say}}</p>{{roles_needed}}{{#form}}{{#form.fields}}<input name=\"{{name}}\" value=\"{{value}}\">{{/form.fields}}{{/form}}"),
    {0},
};
/* A catalogue with two entries, as msgfmt writes it. */
static size_t toy_mo_len;
static inline const unsigned char *toy_mo(struct arena *a)
{
    static const char *const words[][2] = {{"一件东西", "One thing"}, {"共 {count} 件", "{count} things in all"}}; /* sorted by bytes */
    enum { N = 2, AT = 28 };
    unsigned char *p = arena_alloc(a, 400);
    uint32_t head[7] = {0x950412de, 0, N, AT, AT + 8 * N, 0, 0}, at = AT + 16 * N;
    memcpy(p, head, sizeof head);
    for (uint32_t k = 0; k < 2; k++)
        for (uint32_t i = 0; i < N; i++) {
            uint32_t entry[2] = {(uint32_t)strlen(words[i][k]), at};
            memcpy(p + AT + 8 * N * k + 8 * i, entry, sizeof entry);
            memcpy(p + at, words[i][k], entry[0] + 1);
            at += entry[0] + 1;
        }
    toy_mo_len = at + 1;
    return p;
}
static const unsigned char toy_key[32] = "0123456789abcdef0123456789abcde";
#endif
