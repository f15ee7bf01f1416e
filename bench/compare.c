/* compare.c -- the same ads and questions for our engine and for the peers of bench/peers.py.
 *
 *   compare N QUERIES DIR     writes DIR/ads.tsv, DIR/queries.tsv; asks our engine; writes DIR/ours.tsv (total, ms) and figures to stdout
 *
 * So that every engine finds the same, texts are cut into words here, once: peers get the words as opaque tokens (w12), our engine gets a
 * dictionary of just these words, no synonyms and no pinyin. Times are CPU time of one thread, second pass.
 */
#include "bench/ads.h"
#include "match/engine.h"
#include "base/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct asked {
    const char *text;    /* for our engine */
    const char *tokens;  /* for the others */
    int64_t district, group;
    int floor, education, types;
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void or_die(struct ctx *cx, err_t e)
{
    if (e == E_OK)
        return;
    fprintf(stderr, "compare: %s\n", cx->fail.detail != NULL ? cx->fail.detail : err_wire(e));
    exit(1);
}

static FILE *open_or_die(const char *dir, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    return f;
}

/* ---- words ---- */

static void add_words(struct buf *b, const char *s)
{
    for (; *s != '\0'; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        buf_add(b, s, n);
        buf_str(b, "\t100\n");
        s += n;
    }
}

static struct match_source vocabulary(struct arena *a)
{
    struct buf b = {.a = a};
    for (uint32_t i = 0; i < ADS_JOBS; i++) {
        add_words(&b, ads_jobs[i].title);
        add_words(&b, ads_jobs[i].skills);
    }
    for (uint32_t i = 0; i < ADS_TAGS; i++)
        add_words(&b, ads_tags[i]);
    (void)buf_text(&b);
    return (struct match_source){"words.tsv", b.p, b.len};
}

static void tokens_of(const struct match *m, const char *s, struct tokens *t)
{
    uint32_t c[1200];
    if (s != NULL)
        segment(&m->words, c, chars_read(s, c, 1200), SEG_INNER, t);
}

static void write_words(FILE *f, const struct match *m, const struct match_ad *ad, struct tokens *t)
{
    t->n = 0;
    tokens_of(m, ad->title, t);
    tokens_of(m, ad->tags, t);
    tokens_of(m, ad->employer, t);
    tokens_of(m, ad->description, t);
    const char *gap = "";
    for (size_t i = 0; i < t->n; i++) {
        bool again = t->v[i].word == NO_WORD;
        for (size_t k = 0; k < i && !again; k++)
            again = t->v[k].word == t->v[i].word;
        if (again)
            continue;
        fprintf(f, "%sw%u", gap, t->v[i].word);
        gap = " ";
    }
}

/* ---- questions ---- */

/* A word that is never cut further (so it means one token to everybody). */
static const char *some_word(struct ctx *cx, const struct match *m, uint32_t *word)
{
    for (;;) {
        const char *text = ads_below(2) == 0 ? ads_jobs[ads_below(ADS_JOBS)].skills : ads_tags[ads_below(ADS_TAGS)];
        uint32_t c[16];
        const char *one = arena_strndup(cx->arena, text, strcspn(text, " "));
        size_t n = chars_read(one, c, 16);
        *word = words_find(&m->words, c, n);
        if (*word != NO_WORD && n >= 2 && n <= 3)
            return one;
    }
}

static struct asked some_question(struct ctx *cx, const struct match *m)
{
    uint32_t w;
    struct asked q = {.text = some_word(cx, m, &w)};
    q.tokens = arena_fmt(cx->arena, "w%u", w);
    if (ads_below(4) == 0) {
        q.text = arena_fmt(cx->arena, "%s %s", q.text, some_word(cx, m, &w));
        q.tokens = arena_fmt(cx->arena, "%s w%u", q.tokens, w);
    }
    q.district = ads_below(100) < 45 ? ads_places[ads_below(256)].district : 0;
    q.group = ads_below(100) < 25 ? ads_jobs[ads_below(ADS_JOBS)].code / 10000 : 0;
    q.group = q.group % 100 == 0 ? 0 : q.group; /* 6-00 is a whole class to us */
    q.floor = ads_below(100) < 40 ? 3000 + (int)ads_below(5000) : 0;
    q.education = ads_below(100) < 30 ? 4 : 0;
    q.types = ads_below(100) < 20;
    return q;
}

static uint32_t ask(struct ctx *cx, struct match *m, const struct asked *a)
{
    const struct match_view *v;
    struct match_result r;
    int64_t district = a->district, group = a->group * 10000;
    struct match_query q = {.today = ADS_TODAY, .text = a->text, .limit = 20, .facets = true, .wage_floor = a->floor * (int64_t)100,
                            .educations = a->education > 0 ? 0x1F : 0, .types = (uint32_t)a->types};
    if (district != 0)
        q.districts = (struct match_list){&district, 1};
    if (group != 0)
        q.occupations = (struct match_list){&group, 1};
    or_die(cx, match_pin(cx, m, &v));
    or_die(cx, match_search(cx, v, &q, &r));
    match_unpin(v);
    return r.total;
}

/* ---- */

static void load(struct ctx *cx, struct match *m, size_t n, const char *dir)
{
    FILE *f = open_or_die(dir, "ads.tsv");
    struct tokens t = {0};
    double spent = 0;
    for (size_t i = 0; i < n; i++) {
        struct match_ad ad = ads_make(cx->arena, (int64_t)i + 1);
        double from = now();
        or_die(cx, match_put(cx, m, &ad, 1));
        spent += now() - from;
        int32_t fresh = ad.verified > ad.posted ? ad.verified : ad.posted;
        fprintf(f, "%lld\t%d\t%d\t%lld\t%d\t%d\t%d\t", (long long)ad.id, ad.district, ad.occupation / 10000, (long long)(ad.wage_max + 99) / 100,
                ad.education, ad.types, fresh);
        write_words(f, m, &ad, &t);
        fputc('\n', f);
        arena_reset(cx->arena);
    }
    double from = now();
    or_die(cx, match_refresh(cx, m));
    spent += now() - from;
    tokens_free(&t);
    (void)fclose(f);
    printf("load\t%.3f\n", spent / 1e3);
}

static void questions(struct ctx *cx, struct match *m, size_t n, const char *dir)
{
    FILE *q = open_or_die(dir, "queries.tsv"), *o = open_or_die(dir, "ours.tsv");
    struct arena keep, *work = cx->arena;
    arena_init(&keep, 0);
    cx->arena = &keep;
    struct asked *all = ARENA_ARRAY(&keep, struct asked, n);
    for (size_t i = 0; i < n; i++) {
        all[i] = some_question(cx, m);
        fprintf(q, "%s\t%lld\t%lld\t%d\t%d\t%d\n", all[i].tokens, (long long)all[i].district, (long long)all[i].group, all[i].floor, all[i].education,
                all[i].types);
    }
    cx->arena = work;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            double from = now();
            uint32_t total = ask(cx, m, &all[i]);
            if (pass == 1)
                fprintf(o, "%u\t%.5f\n", total, now() - from);
            arena_reset(cx->arena);
        }
    arena_free(&keep);
    (void)fclose(q);
    (void)fclose(o);
}

int main(int argc, char **argv)
{
    struct arena a, words;
    struct match *m;
    struct match_stats s;
    const struct match_view *v;
    if (argc != 4) {
        fprintf(stderr, "usage: compare N QUERIES DIR\n");
        return 2;
    }
    arena_init(&a, 0);
    arena_init(&words, 0);
    struct ctx cx = {.arena = &a};
    struct match_source source = vocabulary(&words);
    ads_begin();
    or_die(&cx, match_open(&cx, &source, 1, &m));
    load(&cx, m, strtoul(argv[1], NULL, 10), argv[3]);
    questions(&cx, m, strtoul(argv[2], NULL, 10), argv[3]);
    or_die(&cx, match_pin(&cx, m, &v));
    match_stats(v, &s);
    match_unpin(v);
    printf("bytes\t%zu\n", s.total_bytes);
    match_close(m);
    arena_free(&words);
    arena_free(&a);
    return 0;
}
