/* Ads put many at once, by two hands, make the same file as those put one by one: also where a batch says the same ad twice. */
#include "match_world.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ADS = 24000 /* more than are frozen by one thread */, IDS = 21000, BATCH = 3000 };

static struct world w;

static struct match_ad *make_ads(void)
{
    struct match_ad *ads = calloc(ADS, sizeof *ads);
    for (size_t i = 0; ads != NULL && i < ADS; i++) {
        ads[i] = *world_make(&w, i % WORLD_MAX);
        ads[i].id = 1 + world_below(&w, IDS);
    }
    return ads;
}

static bool save(struct ctx *cx, struct match *m, const char *path)
{
    const struct match_view *v;
    struct match_origin o = {.mark = 1, .text = "the world"};
    bool good = match_pin(cx, m, &v) == E_OK && match_save(cx, v, &o, path) == E_OK;
    match_unpin(v);
    return good;
}

/* Puts all in batches, some of them ended between, and saves what is found then. */
static bool put_all(const struct match_ad *ads, size_t batch, const char *path)
{
    struct arena a;
    size_t n;
    const struct match_source *sources = world_sources(&n);
    struct match *m;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    bool good = match_open(&cx, sources, n, &m) == E_OK;
    for (size_t i = 0; i < ADS && good; i += batch) {
        good = match_put(&cx, m, ads + i, batch) == E_OK;
        if ((i + batch) % BATCH == 0)
            good = good && match_remove(&cx, m, ads[i + batch - 1].id) == E_OK;
    }
    good = good && match_refresh(&cx, m) == E_OK && save(&cx, m, path);
    match_close(m);
    arena_free(&a);
    return good;
}

static bool same_files(const char *a, const char *b)
{
    FILE *x = fopen(a, "rb"), *y = fopen(b, "rb");
    bool same = x != NULL && y != NULL;
    for (int c = 0; same && c != EOF;)
        same = (c = fgetc(x)) == fgetc(y);
    if (x != NULL)
        (void)fclose(x);
    if (y != NULL)
        (void)fclose(y);
    return same;
}

int main(void)
{
    char dir[] = "/tmp/yizhan-put-XXXXXX", one[64], many[64];
    if (mkdtemp(dir) == NULL)
        return 1;
    (void)snprintf(one, sizeof one, "%s/one", dir);
    (void)snprintf(many, sizeof many, "%s/many", dir);
    world_begin(&w, 77);
    struct match_ad *ads = make_ads();
    ok(put_all(ads, 1, one), "one by one");
    ok(put_all(ads, BATCH, many), "many at once");
    ok(same_files(one, many), "and what is published is the same, byte for byte");
    free(ads);
    world_end(&w);
    (void)unlink(one);
    (void)unlink(many);
    (void)rmdir(dir);
    return done();
}
