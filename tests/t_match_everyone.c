/* The best ads for everyone: each list is the one that match_recommend() gives; a run that was cut off ends the same. */
#include "match_world.h"
#include "tap.h"

#include <stdlib.h>
#include <unistd.h>

#define PEOPLE 4500u
#define ADS 150u

static struct world w;
static struct match_person people[PEOPLE];

/* Ads and people of the world that the seed makes. */
static bool peopled(struct at *h, uint64_t seed)
{
    bool good = at_open(h);
    world_begin(&w, seed);
    for (size_t i = 0; i < ADS && good; i++) {
        good = match_put(&h->cx, h->m, world_make(&w, i), 1) == E_OK;
        if (i % 60 == 59)
            good = good && match_refresh(&h->cx, h->m) == E_OK;
    }
    for (size_t i = 0; i < PEOPLE && good; i++) {
        people[i] = world_person(&w);
        good = match_person_put(&h->cx, h->m, (int64_t)i + 1, &people[i]) == E_OK;
    }
    return good && at_look(h);
}

static void leave(struct at *h)
{
    at_close(h);
    world_end(&w);
}

struct lists { /* what a file says */
    struct match_hit best[PEOPLE][10];
    size_t n[PEOPLE];
    size_t people;
    uint32_t on[ADS]; /* lists an ad is on */
    bool twice;
};
static struct lists one, two;

static void note(void *arg, int64_t person, const struct match_hit *best, size_t n)
{
    struct lists *l = arg;
    size_t i = (size_t)person - 1;
    if (i >= PEOPLE || n > 10)
        return;
    l->twice = l->twice || l->n[i] > 0;
    l->people++;
    l->n[i] = n;
    for (size_t k = 0; k < n; k++) {
        l->best[i][k] = best[k];
        l->on[best[k].id - 1]++;
    }
}

static bool read_lists(struct at *h, const char *path, struct lists *l)
{
    memset(l, 0, sizeof *l);
    return match_everyone_read(&h->cx, path, note, l) == E_OK && !l->twice;
}

static void each_as_recommended(void)
{
    bool good = true;
    for (uint64_t seed = 1; seed <= (getenv("YIZHAN_TEST_LONG") ? 40u : 2u) && good; seed++) {
        char path[] = "/tmp/t_match_everyone.XXXXXX";
        int fd = mkstemp(path);
        struct match_everyone how = {.today = WORLD_TODAY, .k = 1 + (uint32_t)(seed * 7 % 10), .threads = 2, .path = path};
        struct match_everyone_done done;
        struct match_recommended r;
        struct at h;
        good = fd >= 0 && peopled(&h, seed + 300) && match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.complete && done.people == PEOPLE;
        good = good && read_lists(&h, path, &one) && one.people == PEOPLE;
        for (size_t i = 0; i < PEOPLE && good; i++) {
            good = match_recommend(&h.cx, h.v, &people[i], WORLD_TODAY, how.k, &r) == E_OK && r.n == one.n[i];
            for (size_t k = 0; k < r.n && good; k++)
                good = r.best[k].id == one.best[i][k].id && r.best[k].score == one.best[i][k].score;
            if (!good)
                printf("# seed %d, person %zu: another list\n", (int)seed, i + 1);
            arena_reset(&h.a);
        }
        leave(&h);
        (void)close(fd);
        (void)unlink(path);
    }
    ok(good, "each list is the one that is recommended");
}

struct stopper {
    _Atomic bool stop;
};

static void stop_soon(void *arg, uint64_t done, uint64_t all)
{
    struct stopper *s = arg;
    (void)done;
    (void)all;
    s->stop = true;
}

static void goes_on(void)
{
    char path[] = "/tmp/t_match_everyone.XXXXXX", whole[] = "/tmp/t_match_everyone.XXXXXX";
    int a = mkstemp(path), b = mkstemp(whole);
    struct stopper s = {false};
    struct match_everyone how = {.today = WORLD_TODAY, .k = 10, .threads = 1, .path = path, .progress = stop_soon, .arg = &s, .stop = &s.stop};
    struct match_everyone_done done;
    struct at h;
    ok(a >= 0 && b >= 0 && peopled(&h, 9), "opens");
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && !done.complete && done.people > 0 && done.people < PEOPLE, "stopped in between");
    uint64_t had = done.people;
    ok(truncate(path, 40 + 24 + 1000) == 0, "the machine went down while it wrote");
    s.stop = false;
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.found_before == 0 && !done.complete, "half a block counts as none");
    s.stop = false;
    how.progress = NULL;
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.found_before == had && done.complete && done.people == PEOPLE, "then it goes on");
    how.path = whole;
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.found_before == 0 && done.complete, "all at once");
    ok(read_lists(&h, path, &one) && read_lists(&h, whole, &two) && memcmp(one.best, two.best, sizeof one.best) == 0 && memcmp(one.n, two.n, sizeof one.n) == 0,
       "the same lists");
    uint64_t pairs = done.pairs;
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.found_before == PEOPLE && done.pairs == pairs, "all there: nothing to do");
    how.today++;
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_OK && done.found_before == 0, "another day is begun anew");
    how.path = "/no/such/place";
    ok(match_everyone(&h.cx, h.v, &how, &done) == E_INVALID, "says that it cannot write");
    leave(&h);
    (void)close(a);
    (void)close(b);
    (void)unlink(path);
    (void)unlink(whole);
}

static void exposure_is_bounded(void)
{
    char path[] = "/tmp/t_match_everyone.XXXXXX";
    int fd = mkstemp(path);
    struct match_everyone how = {.today = WORLD_TODAY, .k = 10, .threads = 1, .path = path};
    struct match_everyone_done free_of, bound;
    struct at h;
    ok(fd >= 0 && peopled(&h, 10) && match_everyone(&h.cx, h.v, &how, &free_of) == E_OK, "without a bound");
    how.most = 100;
    ok(match_everyone(&h.cx, h.v, &how, &bound) == E_OK && read_lists(&h, path, &one), "with one");
    uint32_t most = 0;
    for (size_t i = 0; i < ADS; i++)
        most = one.on[i] > most ? one.on[i] : most;
    is_int(most, 100, "no ad is on more lists");
    ok(bound.gini < free_of.gini && bound.gini >= 0 && free_of.gini <= 1000, "and they are spread more evenly");
    printf("# gini %d, bounded %d\n", free_of.gini, bound.gini);
    leave(&h);
    (void)close(fd);
    (void)unlink(path);
}

int main(void)
{
    each_as_recommended();
    goes_on();
    exposure_is_bounded();
    return done();
}
