#include "tap.h"
#include "web/web_impl.h"

static err_t none(struct req *rq) { (void)rq; return E_OK; }
static const struct route table[] = {
    {GET, "/", none, .roles = EVERYONE},
    {GET, "/jobs/{job}", none, .roles = EVERYONE},
    {GET, "/jobs/new", none, .roles = EVERYONE},
    {GET, "/jobs", none, .roles = EVERYONE},
    {POST, "/jobs", none, .roles = EVERYONE},
    {POST, "/jobs/{job}/moves", none, .roles = EVERYONE},
    {GET, "/a/{x}/b/{y}", none, .roles = EVERYONE},
    {GET, "/feed.xml", none, .roles = EVERYONE},
    {0},
};
static const struct office offices[] = {{"test", table, NULL}, {0}};
static struct arena a;
static struct routes rs;

static const struct { const char *target; unsigned method; const char *route, *param; unsigned allowed; } cases[] = {
    {"/", GET, "/", NULL, 0},
    {"/?a=1", GET, "/", NULL, 0},
    {"/.json", GET, "/", NULL, 0},
    {"/en", GET, "/", NULL, 0},
    {"/en/", GET, "/", NULL, 0},
    {"/en.json", GET, "/", NULL, 0},
    {"/en?x=1", GET, "/", NULL, 0},
    {"/en/jobs", GET, "/jobs", NULL, 0},
    {"/english", GET, NULL, NULL, 0},
    {"/jobs", POST, "/jobs", NULL, 0},
    {"/jobs.json", GET, "/jobs", NULL, 0},
    {"/jobs/new", GET, "/jobs/new", NULL, 0},
    {"/jobs/12", GET, "/jobs/{job}", "12", 0},
    {"/jobs/12.json", GET, "/jobs/{job}", "12", 0},
    {"/jobs/%E4%B8%AD", GET, "/jobs/{job}", "中", 0},
    {"/jobs/a%20b", GET, "/jobs/{job}", "a b", 0},
    {"/jobs/a+b", GET, "/jobs/{job}", "a+b", 0},
    {"/jobs/%2561", GET, "/jobs/{job}", "%61", 0},
    {"/jobs/a%2Fb", GET, NULL, NULL, 0},
    {"/jobs/a%5cb", GET, NULL, NULL, 0},
    {"/jobs/..", GET, NULL, NULL, 0},
    {"/jobs/%2E%2e", GET, NULL, NULL, 0},
    {"/jobs/.", GET, NULL, NULL, 0},
    {"/jobs/%00", GET, NULL, NULL, 0},
    {"/jobs/%0a", GET, NULL, NULL, 0},
    {"/jobs/%ff", GET, NULL, NULL, 0},
    {"/jobs/%f", GET, NULL, NULL, 0},
    {"/jobs/", GET, NULL, NULL, 0},
    {"//jobs", GET, NULL, NULL, 0},
    {"/jobs//12", GET, NULL, NULL, 0},
    {"/j%6Fbs", GET, NULL, NULL, 0},
    {"/jobs/12", POST, NULL, NULL, METHOD_BIT(GET)},
    {"/jobs/12/moves", GET, NULL, NULL, METHOD_BIT(POST)},
    {"/jobs", 0, NULL, NULL, METHOD_BIT(GET) | METHOD_BIT(POST)},
    {"/feed.xml", GET, "/feed.xml", NULL, 0},
    {"/a/1/b/2", GET, "/a/{x}/b/{y}", NULL, 0},
    {"/1/2/3/4/5/6/7/8/9/10/11/12/13/14", GET, NULL, NULL, 0},
};
static const char *const unclean[] = {"", "jobs", "*", "http://a/b", "/a b", "/a\\b", "/a#b", "/\x7f", "/\xe4\xb8\xad", "/?a=%", "/?a=%00", "/?a=%ff"};
static const struct { const char *path; bool local; } locals[] = {
    {"/", true}, {"/jobs?x=1", true}, {"//evil", false}, {"/\\evil", false}, {"jobs", false}, {"", false}, {NULL, false}, {"/a\nb", false}, {"/a b", false},
};

static bool refused(const struct route *routes)
{
    struct office o[] = {{"x", routes, NULL}, {0}};
    struct ctx cx = {.arena = &a};
    struct routes r;
    return routes_build(&cx, o, &r) == E_BUG;
}

int main(void)
{
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    ok(routes_build(&cx, offices, &rs) == E_OK, "table is read");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct where at;
        err_t e = where_read(&rs, &a, cases[i].method, cases[i].target, true, &at);
        bool same = e == E_OK && (at.route == NULL) == (cases[i].route == NULL) && (at.route == NULL || strcmp(at.route->path, cases[i].route) == 0);
        if (cases[i].param != NULL)
            same = same && strcmp(pairs_get(&at.params, "job"), cases[i].param) == 0;
        if (cases[i].route == NULL)
            same = same && at.allowed == cases[i].allowed;
        ok(same, cases[i].target);
    }
    struct where at;
    for (size_t i = 0; i < sizeof unclean / sizeof *unclean; i++)
        ok(where_read(&rs, &a, GET, unclean[i], true, &at) == E_BADREQ, unclean[i]);
    ok(where_read(&rs, &a, GET, "/en/jobs?q=%E4%B8%AD&q=2&x", true, &at) == E_OK && strcmp(at.root, "/en") == 0 && strcmp(at.path, "/jobs") == 0 &&
           at.query.n == 3 && strcmp(pairs_get(&at.query, "q"), "中") == 0, "prefix, path and query");
    ok(where_read(&rs, &a, GET, "/en/jobs", false, &at) == E_OK && at.route == NULL, "no catalogue, no prefix");
    for (size_t i = 0; i < sizeof locals / sizeof *locals; i++)
        ok(path_is_local(locals[i].path) == locals[i].local, "a local way back");
    ok(refused((struct route[]){{GET, "jobs", none, .roles = 1}, {0}}), "pattern without slash");
    ok(refused((struct route[]){{GET, "/a/{b", none, .roles = 1}, {0}}), "open brace");
    ok(refused((struct route[]){{GET, "/a//b", none, .roles = 1}, {0}}), "empty segment");
    ok(refused((struct route[]){{GET, "/a/", none, .roles = 1}, {0}}), "slash at the end");
    ok(refused((struct route[]){{GET, "/a/{b}", none, .roles = 1}, {GET, "/a/{c}", none, .roles = 1}, {0}}), "the same pattern twice");
    ok(refused((struct route[]){{GET, "/a/{b}", none, .roles = 1}, {POST, "/a/{c}", none, .roles = 1}, {0}}), "two names for one parameter");
    arena_free(&a);
    return done();
}
