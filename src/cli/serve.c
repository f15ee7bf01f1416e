/* serve.c -- the running service: web workers, a clock that does due work, a follower that keeps the match index fresh; the index is
 * kept in a file between two starts.
 */
#include "cli/cli.h"
#include "cli/decorate.h"
#include "cli/engine.h"
#include "cli/offices.h"

#include "base/log.h"
#include "city/accounts/accounts.h"
#include "city/counter/pages_bar.h"
#include "city/names.h"
#include "city/reference.h"
#include "outside/mail.h"
#include "store/store.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static atomic_bool stopping;

static void stop(int sig)
{
    (void)sig;
    atomic_store(&stopping, true);
}

/* ---- what the web layer asks of the city ---- */

static err_t hook_open(struct ctx *cx) { return house_connect(cx, cx->house); }

static void hook_close(struct ctx *cx)
{
    store_close(cx->db);
    cx->db = NULL;
}

static err_t hook_session(struct ctx *cx, const char *token, const char *ip)
{
    cx->actor.ip = ip;
    return session_resume(cx, token);
}

static err_t hook_draft_save(struct ctx *cx, const char *path, const struct pairs *body, const char **code)
{
    return draft_keep(cx, path, body, code);
}

static const struct hooks hooks = {
    .open = hook_open,
    .close = hook_close,
    .session = hook_session,
    .names = &city_names,
    .fresh = session_fresh,
    .draft_save = hook_draft_save,
    .draft_take = draft_fetch,
    .decorate = decorate,
};

/* ---- threads beside the workers ---- */

/* The index of ads in its file: written by the clock, now and then, and at the stop. */
struct kept {
    const char *path;
    _Atomic int64_t reached; /* the last change that the engine shows, -1 = nothing yet */
    int64_t saved, saved_at; /* the mark of the file, -1 = none of ours */
};
enum { KEEP_CHANGES = 20000, KEEP_MS = 3600000, KEEP_FIRST_MS = 60000 };

struct helper {
    const struct house *house;
    struct mail_config mail;
    struct kept *kept;
    pthread_t thread;
    struct engine_at at; /* the follower's */
};

static void log_failure(const struct ctx *cx)
{
    struct buf line = {.a = cx->arena};
    log_fail_format(&line, cx);
    log_write(&line);
}

static void nap(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, (ms % 1000) * 1000000L}, NULL);
}

static bool helper_begin(struct ctx *cx, struct arena *a, const struct house *h)
{
    arena_init(a, 0);
    *cx = (struct ctx){.arena = a, .house = h, .lang = "zh", .request_id = "clock", .actor = {.role = ROLE_CLOCK, .name = "clock"}};
    cx->now = cli_now();
    err_t e = house_connect(cx, h);
    while (e != E_OK && !atomic_load(&stopping)) {
        nap(1000);
        e = house_connect(cx, h);
    }
    return e == E_OK;
}

static void keep_index(struct ctx *cx, struct kept *k)
{
    int64_t reached = atomic_load(&k->reached);
    if (reached < 0 || reached == k->saved)
        return;
    k->saved_at = cx->now;
    if (jobs_index_save(cx, cx->house->match, reached, k->path) != E_OK)
        log_failure(cx);
    else
        k->saved = reached;
}

static void keep_when_due(struct ctx *cx, struct kept *k)
{
    int64_t reached = atomic_load(&k->reached), ago = cx->now - k->saved_at;
    if (k->saved < 0 ? ago >= KEEP_FIRST_MS : ago >= KEEP_MS || reached - k->saved >= KEEP_CHANGES)
        keep_index(cx, k);
}

static void *clock_main(void *arg)
{
    struct helper *me = arg;
    struct arena a;
    struct ctx cx;
    bool up = helper_begin(&cx, &a, me->house);
    for (int64_t next = 0; up && !atomic_load(&stopping); nap(200)) {
        cx.now = cli_now();
        if (cx.now < next)
            continue;
        next = cx.now + 5000;
        if (offices_tick(&cx, &me->mail) != E_OK)
            log_failure(&cx);
        keep_when_due(&cx, me->kept);
        arena_reset(&a);
    }
    store_close(cx.db);
    arena_free(&a);
    return NULL;
}

/* What the engine holds, ads first: pages that need them wait for them (match_expect), the others are there at once. */
static bool load_index(struct ctx *cx, struct helper *me)
{
    const struct index_opened *ads = &me->at.ads;
    struct buf line = {.a = cx->arena};
    err_t e = engine_load(cx, me->kept->path, &me->at);
    if (e == E_OK) {
        const char *text = ads->why != NULL ? ads->why : arena_fmt(cx->arena, "%lld changes since", (long long)(ads->seq - ads->mark));
        log_format(&line, cx->now, LOG_INFO, "index", "from", ads->why != NULL ? "database" : "file", "why", text, "ms",
                   arena_fmt(cx->arena, "%lld", (long long)(cli_now() - cx->now)), NULL);
        log_write(&line);
        me->kept->saved = ads->why != NULL ? -1 : ads->mark;
        me->kept->saved_at = cx->now;
        atomic_store(&me->kept->reached, ads->seq);
        e = engine_load_people(cx, &me->at);
    }
    if (e != E_OK)
        log_failure(cx);
    arena_reset(cx->arena);
    return e == E_OK;
}

static void *follow_main(void *arg)
{
    struct helper *me = arg;
    struct arena a;
    struct ctx cx;
    bool up = helper_begin(&cx, &a, me->house), loaded = false;
    for (; up && !atomic_load(&stopping); nap(JOBS_FOLLOW_MS)) {
        cx.now = cli_now();
        if (!loaded && !(loaded = load_index(&cx, me)))
            continue;
        if (engine_follow(&cx, &me->at) != E_OK)
            log_failure(&cx);
        atomic_store(&me->kept->reached, me->at.ads.seq);
        arena_reset(&a);
    }
    store_close(cx.db);
    arena_free(&a);
    return NULL;
}

/* ---- the command ---- */

static void greet(struct cli *c, const char *address, int port)
{
    printf("\n  Yizhan 驿站 is open: http://%s:%d/\n", address, port);
    if (c->house->demo) {
        printf("\n  Logins of the demo city (password after the slash; staff also type a code, shown on the page):\n");
        for (const struct account_new *l = account_demo_logins; l->login != NULL; l++)
            printf("    %-12s %s / %s\n", role_name(l->role), l->login, l->password);
    }
    puts("\n  Stop with Ctrl-C.");
    fflush(stdout);
}

static struct web_config config_of(struct cli *c, unsigned char csrf[32])
{
    keyring_derive(c->house->keys, "csrf", csrf);
    return (struct web_config){
        .offices = offices,
        .hooks = &hooks,
        .house = c->house,
        .address = cli_get(c, "address") != NULL ? cli_get(c, "address") : "127.0.0.1",
        .port = (int)cli_number(c, "port", 8080),
        .workers = (int)cli_number(c, "workers", 4),
        .source_dir = cli_get(c, "source"),
        .spool_dir = arena_fmt(&c->arena, "%s/spool", c->house->data_dir),
        .max_upload = 200u << 20,
        .csrf_key = csrf,
        .secure_cookies = cli_get(c, "tls") != NULL,
        .behind_proxy = cli_get(c, "proxy") != NULL,
        .base_url = cli_get(c, "base-url"),
        .rate_per_minute = (int)cli_number(c, "rate", 600),
        .log = cli_get(c, "quiet") == NULL,
    };
}

int cmd_serve(struct cli *c)
{
    unsigned char csrf[32];
    struct web *w;
    int port, bad = cli_house(c, true);
    if (bad != 0)
        return bad;
    c->house->offices = offices;
    c->house->version = YIZHAN_VERSION;
    struct web_config wc = config_of(c, csrf);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, stop);
    signal(SIGINT, stop);
    struct kept kept = {.path = cli_index_path(c), .reached = -1, .saved = -1, .saved_at = c->cx.now};
    struct helper clock = {.house = c->house, .mail = cli_mail(c), .kept = &kept}, follow = {.house = c->house, .kept = &kept};
    match_expect(c->house->match);
    err_t e = web_start(&c->cx, &wc, &w, &port);
    if (e != E_OK)
        return cli_failed(c, e, "serving");
    if (c->house->base_url[0] == '\0') /* before anybody knows the port */
        c->house->base_url = arena_fmt(&c->arena, "http://127.0.0.1:%d", port);
    greet(c, wc.address, port);
    pthread_create(&clock.thread, NULL, clock_main, &clock);
    pthread_create(&follow.thread, NULL, follow_main, &follow);
    while (!atomic_load(&stopping))
        nap(100);
    web_stop(w);
    pthread_join(clock.thread, NULL);
    pthread_join(follow.thread, NULL);
    c->cx.now = cli_now();
    if (atomic_load(&kept.reached) >= 0 && engine_follow(&c->cx, &follow.at) == E_OK) /* what the clock did last */
        atomic_store(&kept.reached, follow.at.ads.seq);
    keep_index(&c->cx, &kept);
    return 0;
}
