/* Kept searches: confirmed by link, told of what is new once, ended for good; bounded for an address. */
#include "city/searches/searches.h"
#include "tests/town.h"

#include <stdlib.h>
#include <string.h>

static struct q_search_get_row row;

static bool keep(struct world *w, const char *q, const char *mail, int64_t *id, bool *confirm)
{
    struct find_in in = {.q = q, .lng = "117.221234", .lat = "39.125678", .within = &(int64_t){5}};
    return search_save(&w->cx, &in, &(struct search_in){mail, "now"}, id, confirm) == E_OK;
}

static int64_t number(struct world *w, const char *name)
{
    const char *s;
    return setting_get(&w->cx, name, &s) == E_OK && s != NULL ? strtoll(s, NULL, 10) : -1;
}

struct box { /* mails that were sent */
    int n;
    char to[100], subject[200], body[4000];
};

static bool take(struct ctx *cx, void *arg, const char *kind, const char *to, const char *subject, const char *body, const char **why)
{
    struct box *b = arg;
    (void)cx;
    (void)kind;
    (void)why;
    b->n++;
    (void)snprintf(b->to, sizeof b->to, "%s", to);
    (void)snprintf(b->subject, sizeof b->subject, "%s", subject);
    (void)snprintf(b->body, sizeof b->body, "%s", body);
    return true;
}

static void mails(struct world *w, struct box *b)
{
    size_t sent;
    *b = (struct box){0};
    (void)world_ok(w, outbox_deliver(&w->cx, take, b, 100, &sent), "mails go out");
}

static err_t change_tx(struct ctx *cx, void *arg) { return change_add(cx, "job", *(int64_t *)arg); }

static void tick(struct world *w) { (void)world_ok(w, searches_tick(&w->cx), "the clock ticks"); }

/* An ad is published, the engine follows, the clock goes on. */
static void publish(struct world *w, int n, const char *title, int64_t *seq)
{
    int64_t id = n;
    (void)town_sql(w, town_job(w, n, 1, title, 500000, "job_type:'full_time'"));
    (void)world_ok(w, store_tx(&w->cx, STORE_WRITE, change_tx, &id), "the change is told");
    (void)world_ok(w, jobs_index_follow(&w->cx, w->house.match, seq), "the engine follows");
    for (int i = 0; i < 2; i++) {
        w->cx.now += 6000;
        tick(w);
    }
}

static void by_mail(struct world *w, int64_t *seq)
{
    struct box box;
    int64_t id, again;
    bool confirm;
    world_actor(w, ROLE_PUBLIC, 0);
    ok(keep(w, "护理", "Lao.Wang@example.com", &id, &confirm) && confirm, "a search is kept for an address");
    ok(keep(w, "护理", "lao.wang@example.com", &again, &confirm) && again == id && !confirm, "the same again is the same");
    mails(w, &box);
    is_int(box.n, 1, "one mail asks for the confirmation");
    ok(strstr(box.body, search_link(&w->cx, id)) != NULL, "it has the link");
    ok(search_by_link(&w->cx, search_link(&w->cx, id), &row) == E_OK && strstr(row.asked, "near=117.22,39.13") != NULL, "the position is kept roughly");
    ok(search_by_link(&w->cx, arena_fmt(w->cx.arena, "%lld-00000000000000000000000000000000", (long long)id), &row) == E_NOTFOUND, "no other link opens it");
    tick(w);
    publish(w, 6, "养老护理员", seq);
    mails(w, &box);
    is_int(box.n, 0, "nothing is told before it is confirmed");
    ok(search_confirm(&w->cx, id) == E_OK, "confirmed");
    publish(w, 7, "护理员夜班", seq);
    publish(w, 8, "电焊工", seq);
    mails(w, &box);
    is_int(box.n, 1, "one mail");
    is_str(box.to, "lao.wang@example.com", "to the address");
    ok(strstr(box.body, "护理员夜班") != NULL && strstr(box.body, "/jobs/J7\n") != NULL && strstr(box.body, "J6\n") == NULL && strstr(box.body, "J8\n") == NULL,
       "names what is new and wanted, nothing else");
    ok(strstr(box.body, search_link(&w->cx, id)) != NULL, "and how to end it");
    publish(w, 9, "护理主管", seq);
    mails(w, &box);
    is_int(box.n, 0, "at most one an hour");
    w->cx.now += 3600000;
    tick(w);
    mails(w, &box);
    ok(box.n == 1 && strstr(box.body, "J9\n") != NULL && strstr(box.body, "J7\n") == NULL, "then the rest, nothing twice");
    ok(search_end(&w->cx, id) == E_OK && search_by_link(&w->cx, search_link(&w->cx, id), &row) == E_NOTFOUND, "ended is gone");
    publish(w, 10, "护理员", seq);
    mails(w, &box);
    is_int(box.n, 0, "and tells no more");
    ok(number(w, "searches.done") > 0, "the place in the change log is kept");
}

static void bounds(struct world *w)
{
    int64_t id;
    bool confirm;
    world_actor(w, ROLE_PUBLIC, 0);
    ok(!keep(w, "电工", NULL, &id, &confirm), "without an account an address is needed");
    for (int i = 0; i < 3; i++)
        (void)keep(w, arena_fmt(w->cx.arena, "电工%d", i), "flood@example.com", &id, &confirm);
    ok(!keep(w, "电工 9", "flood@example.com", &id, &confirm), "three unconfirmed are all that an address gets mails for");
    w->cx.now += 8LL * 24 * 3600000;
    tick(w);
    ok(search_by_link(&w->cx, search_link(&w->cx, id), &row) == E_NOTFOUND, "unconfirmed ones go after a week");
}

static err_t forget_tx(struct ctx *cx, void *arg) { return searches_forget(cx, *(int64_t *)arg); }

static void by_account(struct world *w)
{
    struct q_search_mine_row *rows;
    int64_t id, person = 7, account = 77;
    size_t n;
    bool confirm;
    const char *none = store_dialect(w->cx.db) == STORE_PG ? "''::bytea" : "x''";
    (void)town_sql(w, arena_fmt(w->cx.arena,
                                "INSERT INTO account (id, login, role, name, password, password_at, created_at, created_by, person_id)"
                                " VALUES (77, 'seeker77', 'seeker', %s, '', 0, 0, 0, 7)",
                                none));
    world_actor(w, ROLE_SEEKER, account);
    for (int i = 0; i < 10; i++)
        ok(keep(w, arena_fmt(w->cx.arena, "面点 -%d", i), NULL, &id, &confirm) && !confirm, "kept with an account");
    ok(!keep(w, "切配", NULL, &id, &confirm), "ten are enough");
    ok(search_mine(&w->cx, &rows, &n) == E_OK && n == 10, "all are listed");
    ok(search_own(&w->cx, id, &row) == E_OK, "one's own");
    world_actor(w, ROLE_SEEKER, 78);
    ok(search_own(&w->cx, id, &row) == E_NOTFOUND, "somebody else's is not there");
    ok(store_tx(&w->cx, STORE_WRITE, forget_tx, &person) == E_OK && search_by_link(&w->cx, search_link(&w->cx, id), &row) == E_NOTFOUND, "forgotten with the account");
}

static void words(struct world *w)
{
    struct find_in in = {.q = "叉车", .district = "120102", .pay = &(int64_t){5000}, .shift = "day", .near = "大王庄", .within = &(int64_t){3}};
    struct find_in back;
    is_str(search_words(&w->cx, &in), "叉车 · 河东区 · 大王庄附近 3 公里 · 每月至少 5000 元 · 白班", "in words");
    ok(search_asked(&w->cx, "q=叉车\npay=5000\n", &back) == E_OK && *back.pay == 5000, "lines are read back");
    is_str(search_query(&w->cx, "q=叉车\npay=5000\n"), "q=%E5%8F%89%E8%BD%A6&pay=5000", "as a query");
}

static void all(struct world *w)
{
    int64_t seq;
    if (!town_build(w) || !world_ok(w, jobs_index_load(&w->cx, w->house.match, &seq), "the engine knows the ads"))
        return;
    words(w);
    by_mail(w, &seq);
    bounds(w);
    by_account(w);
    match_close(w->house.match);
}

int main(void) { return world_each(all); }
