/* Kept searches: confirmed by link, told of what is new once, ended for good; bounded for an address. */
#include "city/searches/searches.h"
#include "tests/town.h"

#include "searches.sql.h"

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

struct at {
    int64_t searches, ads;
};

/* An ad is published, the engine follows, the clock goes on. */
static void publish(struct world *w, int n, const char *title, struct at *at)
{
    int64_t id = n;
    (void)town_sql(w, town_job(w, n, 1, title, 500000, "job_type:'full_time'"));
    (void)world_ok(w, store_tx(&w->cx, STORE_WRITE, change_tx, &id), "the change is told");
    (void)world_ok(w, searches_follow(&w->cx, w->house.match, &at->searches), "the engine follows the searches");
    (void)world_ok(w, jobs_index_follow(&w->cx, w->house.match, &at->ads), "and the ads");
    for (int i = 0; i < 2; i++) {
        w->cx.now += 6000;
        tick(w);
    }
}

static void by_mail(struct world *w, struct at *at)
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
    publish(w, 6, "养老护理员", at);
    mails(w, &box);
    is_int(box.n, 0, "nothing is told before it is confirmed");
    ok(search_confirm(&w->cx, id) == E_OK, "confirmed");
    publish(w, 7, "护理员夜班", at);
    publish(w, 8, "电焊工", at);
    mails(w, &box);
    is_int(box.n, 1, "one mail");
    is_str(box.to, "lao.wang@example.com", "to the address");
    ok(strstr(box.body, "护理员夜班") != NULL && strstr(box.body, "/jobs/J7\n") != NULL && strstr(box.body, "J6\n") == NULL && strstr(box.body, "J8\n") == NULL,
       "names what is new and wanted, nothing else");
    ok(strstr(box.body, search_link(&w->cx, id)) != NULL, "and how to end it");
    publish(w, 9, "护理主管", at);
    mails(w, &box);
    is_int(box.n, 0, "at most one an hour");
    w->cx.now += 3600000;
    tick(w);
    mails(w, &box);
    ok(box.n == 1 && strstr(box.body, "J9\n") != NULL && strstr(box.body, "J7\n") == NULL, "then the rest, nothing twice");
    ok(search_end(&w->cx, id) == E_OK && search_by_link(&w->cx, search_link(&w->cx, id), &row) == E_NOTFOUND, "ended is gone");
    publish(w, 10, "护理员", at);
    mails(w, &box);
    is_int(box.n, 0, "and tells no more");
    ok(number(w, "searches.done") > 0, "the place in the change log is kept");
}

/* ---- the engine's answer is that of searching ---- */

static struct find_in some_asked(int i)
{
    static const char *const words[] = {"护理", "食堂", "hulli", "shitang", "帮工 -夜班", NULL, "电工", "mianshi"};
    static const int64_t pay[] = {3000, 4500, 6000}, five = 5;
    return (struct find_in){.q = words[i % 8], .pay = i % 3 == 0 ? &pay[i / 3 % 3] : NULL, .district = i % 4 == 1 ? "120102" : i % 4 == 2 ? "120104" : NULL,
                            .type = i % 5 == 1 ? "full_time" : NULL, .employer = i % 7 == 3 ? "E2" : NULL, .near = i % 6 == 2 ? "大王庄" : NULL,
                            .within = i % 6 == 2 ? &five : NULL, .shift = i % 9 == 4 ? "night,two" : NULL, .education = i % 11 == 5 ? "any" : NULL};
}

static bool found_by_searching(struct world *w, const char *kept, int64_t ad)
{
    const struct match_view *v;
    struct find_in in;
    struct job_asked asked;
    struct match_result r = {0};
    bool found = false;
    if (search_asked(&w->cx, kept, &in) != E_OK || match_pin(&w->cx, w->house.match, &v) != E_OK)
        return false;
    job_ask(&w->cx, &in, &asked);
    asked.q.limit = 1000;
    if (match_search(&w->cx, v, &asked.q, &r) != E_OK)
        r.n = 0;
    match_unpin(v);
    for (size_t i = 0; i < r.n; i++)
        found |= r.hits[i].id == ad;
    return found;
}

static int told_of(struct world *w, int64_t search, int64_t ad)
{
    struct q_search_found_row *rows;
    size_t n;
    int found = 0;
    (void)world_ok(w, q_search_found(&w->cx, &(struct q_search_found_in){.search_id = search, .lim = 1000}, &rows, &n), "what a search was told of");
    for (size_t i = 0; i < n; i++)
        found += rows[i].job_id == ad;
    return found;
}

static void as_searching(struct world *w, struct at *at)
{
    enum { SEARCHES = 40, ADS = 8, FIRST = 11 };
    static const char *const titles[ADS] = {"养老护理员", "护理主管", "食堂切配", "食堂帮工", "面点师", "电工", "夜班护理员", "叉车司机"};
    int64_t ids[SEARCHES], done = number(w, "searches.done");
    int wrong = 0, told = 0;
    bool confirm, kept = true;
    for (int i = 0; i < SEARCHES; i++) {
        struct find_in in = some_asked(i);
        world_actor(w, ROLE_SEEKER, 100 + i);
        kept = kept && search_save(&w->cx, &in, &(struct search_in){NULL, "day"}, &ids[i], &confirm) == E_OK;
    }
    ok(kept, "searches of many kinds are kept");
    match_expect(w->house.match);
    tick(w);
    w->cx.now += 6000;
    tick(w);
    is_int(number(w, "searches.done"), done, "while the engine is being filled nothing is taken as told");
    (void)world_ok(w, match_refresh(&w->cx, w->house.match), "it is filled");
    for (int i = 0; i < ADS; i++)
        publish(w, FIRST + i, titles[i], at);
    for (int i = 0; i < SEARCHES; i++)
        for (int64_t ad = FIRST; ad < FIRST + ADS; ad++) {
            struct q_search_get_row *got;
            size_t n;
            (void)world_ok(w, q_search_get(&w->cx, &(struct q_search_get_in){.id = ids[i]}, &got, &n), "a search");
            int of = told_of(w, ids[i], ad);
            told += of;
            wrong += of != (n == 1 && found_by_searching(w, got->asked, ad));
        }
    is_int(wrong, 0, "each is told of what searching finds, and of nothing else");
    ok(told > 20, "of a good many");
    for (int i = 0; i < SEARCHES; i++)
        kept = kept && search_end(&w->cx, ids[i]) == E_OK;
    publish(w, FIRST + ADS, "养老护理员", at);
    ok(kept && told_of(w, ids[0], FIRST + ADS) == 0, "ended ones are told of nothing");
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
    struct at at;
    if (!town_build(w) || !world_ok(w, searches_load(&w->cx, w->house.match, &at.searches), "the engine knows the searches") ||
        !world_ok(w, jobs_index_load(&w->cx, w->house.match, &at.ads), "and the ads"))
        return;
    words(w);
    by_mail(w, &at);
    as_searching(w, &at);
    bounds(w);
    by_account(w);
}

int main(void) { return world_each(all); }
