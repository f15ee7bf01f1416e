/* What people type, and what ads say: any bytes as title, description and search text of one small engine. */
#include "match/match.h"

#include <stdlib.h>
#include <string.h>

static const char words[] = "保安\t900\tj\n叉车\t500\ts\n司机\t900\tj\n叉车司机\t400\tj\n电工\t500\tjs\n包吃住\t500\n天津\t900\nc++\t50\ts\n";
static const char synonyms[] = "开叉车的\t叉车司机\n";
static const char pinyin[] = "保\tbao\n安\tan\n叉\tcha\n车\tche,ju\n司\tsi\n机\tji\n电\tdian\n工\tgong\n";
static const char occupations[] = "code,name\n4-07-05-01,保安员\n6-31-01-03,电工\n";
static const char aliases[] = "6-30-05-01\t叉车司机 叉车工\n6-31-01-03\t电工\t0.9\n";

static struct match *open_small(struct ctx *cx)
{
    const struct match_source s[] = {{"words.tsv", words, sizeof words - 1},
                                     {"synonyms.tsv", synonyms, sizeof synonyms - 1},
                                     {"pinyin.tsv", pinyin, sizeof pinyin - 1},
                                     {"occupations.csv", occupations, sizeof occupations - 1},
                                     {"aliases.tsv", aliases, sizeof aliases - 1}};
    struct match *m = NULL;
    if (match_open(cx, s, 5, &m) != E_OK)
        abort();
    return m;
}

static void use(struct ctx *cx, struct match *m, const char *text)
{
    const struct match_view *v;
    struct match_ad ad = {.id = 1, .title = text, .description = text, .employer = text, .tags = text, .posted = 100};
    struct match_query q = {.today = 101, .text = text, .limit = 10, .facets = true};
    struct match_person p = {.words = text, .not_words = text};
    struct match_result r;
    struct match_recommended best;
    const struct match_suggestion *s;
    const struct match_occupation *o;
    const struct match_duplicate *d;
    size_t n;
    if (match_put(cx, m, &ad, 1) != E_OK || match_refresh(cx, m) != E_OK || match_pin(cx, m, &v) != E_OK)
        abort();
    if (match_search(cx, v, &q, &r) != E_OK || r.total > 1 || match_recommend(cx, v, &p, 101, 5, &best) != E_OK ||
        match_suggest(cx, v, text, 10, &s, &n) != E_OK || match_occupation(cx, m, text, 5, &o, &n) != E_OK ||
        match_duplicates(cx, v, NULL, &ad, 0, 5, &d, &n) != E_OK)
        abort();
    match_unpin(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena a;
    static struct match *m;
    struct ctx cx = {.arena = &a};
    if (m == NULL) {
        arena_init(&a, 0);
        m = open_small(&cx);
    }
    use(&cx, m, arena_strndup(&a, (const char *)data, size));
    arena_reset(&a);
    return 0;
}
