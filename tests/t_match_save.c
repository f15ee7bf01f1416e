/* Ads saved to a file and mapped again: the same answers, also after more changes; what is not whole or not ours is not trusted. */
#include "match_world.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct world w;

static bool open_engine(struct ctx *cx, struct match **m)
{
    size_t n;
    const struct match_source *sources = world_sources(&n);
    return match_open(cx, sources, n, m) == E_OK;
}

static bool change(struct ctx *cx, struct match *m, unsigned n)
{
    bool good = true;
    for (unsigned i = 0; i < n && good; i++) {
        size_t k = world_below(&w, 150);
        good = match_put(cx, m, world_make(&w, k), 1) == E_OK;
        k = world_below(&w, 150);
        if (world_below(&w, 5) == 0) {
            w.there[k] = false;
            good = good && match_remove(cx, m, (int64_t)k + 1) == E_OK;
        }
    }
    return good && match_refresh(cx, m) == E_OK;
}

/* As the plain way finds it. */
static bool answers(struct ctx *cx, struct match *m, unsigned n)
{
    bool good = true;
    for (unsigned i = 0; i < n && good; i++) {
        const struct match_view *v;
        struct match_query q = world_query(&w);
        struct match_result fast, slow;
        good = match_pin(cx, m, &v) == E_OK && match_search(cx, v, &q, &fast) == E_OK;
        world_search(cx, &w, v, &q, &slow);
        good = good && fast.total == slow.total && fast.n == slow.n;
        for (size_t k = 0; k < fast.n && good; k++)
            good = fast.hits[k].id == slow.hits[k].id && fast.hits[k].score == slow.hits[k].score;
        struct match_person p = world_person(&w);
        struct match_recommended r;
        good = good && match_recommend(cx, v, &p, WORLD_TODAY, 5, &r) == E_OK;
        if (r.n > 0)
            match_shown(v, &r.best[0].id, 1);
        match_unpin(v);
    }
    return good;
}

static bool save(struct ctx *cx, struct match *m, int64_t mark, const char *path)
{
    const struct match_view *v;
    struct match_origin o = {.mark = mark, .text = "the world"};
    bool good = match_pin(cx, m, &v) == E_OK && match_save(cx, v, &o, path) == E_OK;
    match_unpin(v);
    return good;
}

static err_t fits(struct ctx *cx, const struct match_origin *o)
{
    return strcmp(o->text, "the world") == 0 ? E_OK : FAIL(cx, E_INVALID, NULL, "of %s", o->text);
}

static err_t never_fits(struct ctx *cx, const struct match_origin *o) { return FAIL(cx, E_INVALID, NULL, "not of %s", o->text); }

static err_t load(struct ctx *cx, struct match *m, const char *path, int64_t *mark)
{
    struct match_origin o;
    err_t e = match_load(cx, m, path, fits, &o);
    *mark = e == E_OK ? o.mark : 0;
    return e;
}

static void same_after_loading(struct ctx *cx, const char *path)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 100u : 4u) && good; seed++) {
        struct match *m, *again;
        int64_t mark = 0;
        good = open_engine(cx, &m) && open_engine(cx, &again);
        world_begin(&w, seed + 50);
        for (int i = 0; i < 5 && good; i++)
            good = change(cx, m, world_below(&w, 100));
        good = good && save(cx, m, 4711 + (int64_t)seed, path);
        match_close(m);
        good = good && load(cx, again, path, &mark) == E_OK && mark == 4711 + (int64_t)seed && answers(cx, again, 25);
        for (int i = 0; i < 4 && good; i++)
            good = change(cx, again, world_below(&w, 60)) && answers(cx, again, 10);
        good = good && save(cx, again, 1, path);
        match_close(again);
        world_end(&w);
    }
    ok(good, "loaded ads are found as the plain way finds them, also after more changes");
}

static bool spoil(const char *path, long at, int by)
{
    FILE *f = fopen(path, "r+b");
    if (f == NULL)
        return false;
    bool good = fseek(f, at, SEEK_SET) == 0;
    int c = fgetc(f);
    good = good && fseek(f, at, SEEK_SET) == 0 && fputc(c ^ by, f) != EOF;
    return fclose(f) == 0 && good;
}

static void not_trusted(struct ctx *cx, const char *path)
{
    static const struct match_source other = {"words.tsv", "保安\t10\n", 10};
    struct match *m, *empty, *strange;
    int64_t mark = 0;
    world_begin(&w, 3);
    ok(open_engine(cx, &m) && open_engine(cx, &empty) && match_open(cx, &other, 1, &strange) == E_OK && change(cx, m, 50) && save(cx, m, 9, path), "saved");
    is_int(load(cx, m, path, &mark), E_INVALID, "not into an engine that has ads");
    is_int(load(cx, strange, path, &mark), E_INVALID, "not with other dictionaries");
    bool refused = true;
    FILE *f = fopen(path, "rb");
    long size = f != NULL && fseek(f, 0, SEEK_END) == 0 ? ftell(f) : 0;
    if (f != NULL)
        (void)fclose(f);
    for (long at = 0; at < size && refused; at += 97) {
        refused = spoil(path, at, 4) && load(cx, empty, path, &mark) == E_INVALID;
        refused = spoil(path, at, 4) && refused;
    }
    ok(refused, "not with one bit wrong, wherever it is");
    is_int(load(cx, empty, "/no/such/file", &mark), E_INVALID, "not when it is not there");
    struct match_origin o;
    is_int(match_load(cx, empty, path, never_fits, &o), E_INVALID, "not when it is of something else");
    ok(load(cx, empty, path, &mark) == E_OK && mark == 9, "whole again, it is taken");
    match_close(empty);
    ok(truncate(path, 5000) == 0 && open_engine(cx, &empty), "cut short");
    is_int(load(cx, empty, path, &mark), E_INVALID, "not then");
    const struct match_view *v;
    ok(match_pin(cx, m, &v) == E_OK && match_save(cx, v, &(struct match_origin){0}, "/no/such/place") == E_INVALID, "says that it cannot write");
    match_unpin(v);
    match_close(empty);
    match_close(strange);
    match_close(m);
    world_end(&w);
}

int main(void)
{
    char path[] = "/tmp/t_match_save.XXXXXX";
    int fd = mkstemp(path);
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    if (ok(fd >= 0, "a place to save to")) {
        same_after_loading(&cx, path);
        not_trusted(&cx, path);
    }
    (void)close(fd);
    (void)unlink(path);
    arena_free(&a);
    return done();
}
