#include "web/web_impl.h"

#include <stdio.h>
#include <string.h>

/* What every page may use, besides what its handler and the city gave. */

static void add_actor(struct req *rq)
{
    const struct actor *who = &rq->cx.actor;
    struct arena *a = rq->cx.arena;
    if (who->account_id == 0)
        return;
    struct view *v = rq->actor_view = view_sub(a, rq->view, "actor");
    view_str(a, v, "name", who->name);
    view_str(a, v, "role", role_name(who->role));
    view_str(a, v, "role_label", tr(&rq->cx, role_label(who->role)));
    for (unsigned r = ROLE_SEEKER; r < ROLE_CLOCK; r <<= 1)
        view_bool(a, v, arena_fmt(a, "is_%s", role_name(r)), who->role == r);
    view_bool(a, v, "is_desk", (who->role & DESK) != 0);
    view_bool(a, v, "is_officer", (who->role & OFFICERS) != 0);
}

/* Cookie "ui" is "size.theme"; only known words pass into the page. */
static void add_ui(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const char *ui = cookie_get(a, req_header(rq, "Cookie"), "ui");
    const char *dot = ui == NULL ? NULL : strchr(ui, '.');
    const char *size = dot == NULL ? NULL : ui_word("size", arena_strndup(a, ui, (size_t)(dot - ui)));
    const char *theme = dot == NULL ? NULL : ui_word("theme", dot + 1);
    struct view *v = view_sub(a, rq->view, "ui");
    view_str(a, v, "size", size);
    view_str(a, v, "theme", theme);
    view_bool(a, v, "elder", size != NULL && strcmp(size, "elder") == 0);
    view_bool(a, v, "dark", theme != NULL && strcmp(theme, "dark") == 0);
}

/* "/desk/queue/5" -> nav_desk and nav_desk_queue; "/jobs" -> nav_jobs and nav_jobs_home; "/" -> nav_home. */
static void add_nav(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const char *first = rq->path + 1;
    size_t n = strcspn(first, "/");
    const char *second = first[n] == '/' ? first + n + 1 : "home";
    if (n == 0) {
        view_bool(a, rq->view, "nav_home", true);
        return;
    }
    char *one = arena_fmt(a, "nav_%.*s", (int)n, first);
    char *two = arena_fmt(a, "%s_%.*s", one, (int)strcspn(second, "/"), second);
    for (char *p = two; *p != '\0'; p++)
        *p = *p == '-' ? '_' : *p;
    for (char *p = one; *p != '\0'; p++)
        *p = *p == '-' ? '_' : *p;
    view_bool(a, rq->view, one, true);
    view_bool(a, rq->view, two, true);
}

static void add_urls(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const struct where *at = impl(rq)->at;
    const char *mark = *rq->query_text == '\0' ? "" : "?";
    const char *here = arena_fmt(a, "%s%s%s%s", at->root, rq->path, mark, rq->query_text);
    struct buf escaped = {.a = a};
    url_encode(&escaped, here, strlen(here));
    view_str(a, rq->view, "root", at->root);
    view_str(a, rq->view, "path", arena_fmt(a, "%s%s", at->root, rq->path));
    view_str(a, rq->view, "path_url", buf_text(&escaped));
    view_bool(a, rq->view, "resumed", impl(rq)->resumed);
    if (impl(rq)->web->has_english && (rq->route == NULL || rq->route->method == GET))
        view_fmt(a, rq->view, "other_lang_url", "%s%s%s%s", *at->root == '\0' ? "/en" : "",
                 strcmp(rq->path, "/") == 0 && *at->root == '\0' ? "" : rq->path, mark, rq->query_text);
}

/* The note of the act before, from a signed cookie; shown once. */
static void add_note(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    const char *cookie = cookie_get(a, req_header(rq, "Cookie"), "note");
    if (cookie == NULL)
        return;
    set_cookie(rq, "note", "", -1);
    const char *dot = strchr(cookie, '.');
    char *text = dot == NULL ? NULL : url_decode(a, dot + 1, strlen(dot + 1), false, false);
    if (text != NULL &&
        secret_same(arena_strndup(a, cookie, (size_t)(dot - cookie)), secret_mac(a, impl(rq)->web->cfg.csrf_key, "note", text)))
        view_str(a, rq->view, "note", tr(&rq->cx, text));
}

void chrome_add(struct req *rq)
{
    struct arena *a = rq->cx.arena;
    if (rq->view == NULL)
        rq->view = view_obj(a);
    add_actor(rq);
    impl(rq)->web->cfg.hooks->decorate(rq);
    if (rq->route != NULL && rq->route->title != NULL)
        view_str(a, rq->view, "title", tr(&rq->cx, rq->route->title));
    view_str(a, rq->view, "site", tr(&rq->cx, N_("就业驿站")));
    view_str(a, rq->view, "lang", strcmp(rq->cx.lang, "en") == 0 ? "en" : "zh-CN");
    view_bool(a, rq->view, "english", strcmp(rq->cx.lang, "en") == 0);
    add_urls(rq);
    add_ui(rq);
    add_nav(rq);
    add_note(rq);
    view_str(a, rq->view, "csrf", guard_csrf(rq));
    view_str(a, rq->view, "once", secret_random(a));
    view_bool(a, rq->view, "dev", impl(rq)->web->cfg.source_dir != NULL);
}
