/* compare.c -- the same ads and questions for our engine and for the peers of bench/peers.py.
 *
 *   compare N QUERIES DIR     writes DIR/ads.tsv, DIR/queries.tsv; asks our engine; writes DIR/ours.tsv (total, ms) and figures to stdout
 *
 * So that every engine finds the same, texts are cut into words here, once: peers get the words as opaque tokens (w12), our engine gets a
 * dictionary of just these words, no synonyms and no pinyin. Times are CPU time of one thread, second pass.
 */
#include "bench/ads.h"
#include "match/engine.h"
#include "match/query.h"
#include "base/view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    for (uint32_t i = 0; i < ADS_TRADES; i++) {
        for (uint32_t k = 0; k < ADS_TITLES; k++)
            add_words(&b, ads_trades[i].title[k]);
        for (uint32_t k = 0; k < ADS_SKILLS; k++)
            add_words(&b, ads_trades[i].skill[k]);
    }
    for (size_t i = 0; i < ads_n_words; i++)
        add_words(&b, ads_words[i]);
    for (uint32_t i = 0; i < ADS_STREETS; i++)
        add_words(&b, ads_places[i].in);
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
    tokens_of(m, ad->place, t);
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

static uint32_t word_of(const struct match *m, const char *text)
{
    uint32_t c[32];
    return words_find(&m->words, c, chars_read(text, c, 32));
}

struct asker {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
};

/* Means one token to everybody: our engine cuts it no further and takes it for nothing else. */
static bool means_one(void *arg, const char *word)
{
    const struct asker *k = arg;
    struct query *q = ARENA_NEW(k->cx->arena, struct query);
    query_parse(k->cx, k->m, k->s, word, q);
    return q->n == 1 && q->groups[0].n == 1 && q->groups[0].alts[0].n == 1 && q->groups[0].alts[0].df > 0 && word_of(k->m, word) != NO_WORD;
}

static void write_question(FILE *f, const struct match *m, const struct ads_question *q)
{
    int32_t lo = q->group / 10000, hi = q->group % 1000000 == 0 ? lo + 99 : lo;
    fprintf(f, "w%u", word_of(m, q->word));
    if (q->second != NULL && word_of(m, q->second) != word_of(m, q->word))
        fprintf(f, " w%u", word_of(m, q->second));
    fprintf(f, "\t%lld\t%d\t%d\t%d\t%d\t%u\n", (long long)q->district, lo, q->group == 0 ? 0 : hi, q->floor, q->education, q->types);
}

static uint32_t ask(struct ctx *cx, struct match *m, const struct ads_question *a)
{
    const struct match_view *v;
    struct match_result r;
    struct match_query q = ads_query(cx->arena, a);
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
    FILE *f = open_or_die(dir, "queries.tsv"), *o = open_or_die(dir, "ours.tsv");
    struct ads_question *all = calloc(n, sizeof *all);
    const struct match_view *v;
    or_die(cx, match_pin(cx, m, &v));
    for (size_t i = 0; all != NULL && i < n; i++) {
        all[i] = ads_ask(means_one, &(struct asker){cx, m, view_snap(v)});
        write_question(f, m, &all[i]);
        arena_reset(cx->arena);
    }
    match_unpin(v);
    for (int pass = 0; all != NULL && pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            double from = now();
            uint32_t total = ask(cx, m, &all[i]);
            if (pass == 1)
                fprintf(o, "%u\t%.5f\n", total, now() - from);
            arena_reset(cx->arena);
        }
    free(all);
    (void)fclose(f);
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
    if (!ads_begin("bench/ads.txt"))
        or_die(&cx, FAIL(&cx, E_INVALID, NULL, "bench/ads.txt: run from the root of the repository"));
    struct match_source source = vocabulary(&words);
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
