/* Many readers beside one writer of ads, people and saved searches: whole states only. Run it with V=tsan too. */
#include "match_world.h"
#include "tap.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#define ADS 300u
#define PEOPLE 200u

static struct world w;

struct reader {
    struct match *m;
    _Atomic bool *stop;
    bool good;
    const char *path; /* of the lists for everyone; NULL = asks the rest */
};

static bool ask(struct ctx *cx, const struct match_view *v, int64_t ad)
{
    struct match_candidates a, b;
    struct match_alerts told;
    struct match_result r;
    struct match_query q = {.today = WORLD_TODAY, .text = "保安", .limit = 5};
    struct match_ad as_put = {.id = ad, .title = "保安"};
    err_t e = match_people_for(cx, v, ad, WORLD_TODAY, 5, &a);
    if (e == E_NOTFOUND)
        return match_alerts(cx, v, &as_put, WORLD_TODAY, &told) == E_NOTFOUND;
    if (e != E_OK || match_people_for(cx, v, ad, WORLD_TODAY, 5, &b) != E_OK || match_alerts(cx, v, &as_put, WORLD_TODAY, &told) != E_OK ||
        match_search(cx, v, &q, &r) != E_OK)
        return false;
    for (size_t i = 0; i < r.n; i++)
        match_shown(v, &r.hits[i].id, 1);
    return a.fitting == b.fitting && a.n == b.n && told.n_people == a.fitting;
}

static void *read_on(void *arg)
{
    struct reader *r = arg;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    for (int64_t ad = 1; !*r->stop && r->good; ad = ad % ADS + 1) {
        const struct match_view *v = NULL;
        struct match_everyone how = {.today = WORLD_TODAY, .k = 3, .threads = 2, .path = r->path};
        struct match_everyone_done done;
        r->good = match_pin(&cx, r->m, &v) == E_OK;
        if (r->good && r->path != NULL)
            r->good = match_everyone(&cx, v, &how, &done) == E_OK && done.complete;
        else if (r->good)
            r->good = ask(&cx, v, ad);
        match_unpin(v);
        arena_reset(&a);
    }
    arena_free(&a);
    return NULL;
}

static bool write_some(struct ctx *cx, struct match *m)
{
    bool good = true;
    for (size_t k = 0; k < 12 && good; k++) {
        struct match_person p = world_person(&w);
        struct match_query q = world_query(&w);
        int64_t id = 1 + (int64_t)world_below(&w, PEOPLE);
        good = match_put(cx, m, world_make(&w, world_below(&w, ADS)), 1) == E_OK && match_person_put(cx, m, id, &p) == E_OK &&
               match_watch_put(cx, m, id, &q) == E_OK;
        if (world_below(&w, 4) == 0)
            good = good && match_remove(cx, m, 1 + (int64_t)world_below(&w, ADS)) == E_OK && match_person_remove(cx, m, id) == E_OK &&
                   match_watch_remove(cx, m, id) == E_OK;
    }
    return good && match_refresh(cx, m) == E_OK;
}

static void *publish_late(void *arg)
{
    struct at *h = arg;
    usleep(50000);
    return match_put(&h->cx, h->m, &(struct match_ad){.id = 1, .title = "保安", .posted = WORLD_TODAY}, 1) == E_OK && match_refresh(&h->cx, h->m) == E_OK ? h : NULL;
}

/* A service that opens before its ads are there: who looks for ads gets them, not an empty shelf. */
static void waits(void)
{
    struct at h;
    pthread_t late;
    struct match_stats s = {0};
    ok(at_open(&h), "opens");
    match_expect(h.m);
    pthread_create(&late, NULL, publish_late, &h);
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    ok(match_pin(&cx, h.m, &h.v) == E_OK, "a reader waits for the first ads");
    match_stats(h.v, &s);
    ok(s.ads == 1, "and sees them");
    pthread_join(late, NULL);
    at_close(&h);
    arena_free(&a);
}

int main(void)
{
    char path[] = "/tmp/t_match_threads.XXXXXX";
    int fd = mkstemp(path);
    size_t n;
    const struct match_source *sources = world_sources(&n);
    struct match *m;
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    _Atomic bool stop = false;
    struct reader r[3];
    pthread_t t[3];
    waits();
    bool good = fd >= 0 && match_open(&cx, sources, n, &m) == E_OK;
    if (!ok(good, "opens"))
        return done();
    world_begin(&w, 21);
    for (size_t i = 0; i < 3; i++) {
        r[i] = (struct reader){.m = m, .stop = &stop, .good = true, .path = i == 2 ? path : NULL};
        good = good && pthread_create(&t[i], NULL, read_on, &r[i]) == 0;
    }
    for (size_t i = 0; i < 50 && good; i++)
        good = write_some(&cx, m);
    stop = true;
    for (size_t i = 0; i < 3; i++) {
        (void)pthread_join(t[i], NULL);
        good = good && r[i].good;
    }
    ok(good, "readers beside a writer see whole states only, lists for everyone are made meanwhile");
    match_close(m);
    world_end(&w);
    arena_free(&a);
    (void)close(fd);
    (void)unlink(path);
    return done();
}
