/* t_match_walk.c -- postings give back what was written, however they are walked; conditions on 64 ads are those on one; marks are counted one by one
 * and together.
 */
#include "match/marks.h"
#include "match/postings.h"
#include "match/sieve.h"
#include "tap.h"

#include <stdlib.h>
#include <string.h>

static uint64_t seed = 7;

static uint32_t below(uint32_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

/* ---- postings ---- */

#define ADS 200000u

struct written {
    struct part part;
    uint64_t at[2], keys[1];
    uint32_t ads[ADS];
    uint8_t impacts[ADS], has[ADS];
    size_t n;
};

static void write_some(struct written *w, uint32_t part_n, uint32_t one_in)
{
    memset(w, 0, sizeof *w);
    for (uint32_t i = 0; i < part_n; i++)
        if (below(one_in) == 0 || (w->n == 0 && i + 1 == part_n)) {
            w->ads[w->n] = i;
            w->has[i] = w->impacts[w->n++] = (uint8_t)(1 + below(255));
        }
    w->part.n = part_n;
    w->part.n_keys = 1;
    w->part.at = w->at;
    w->part.keys = w->keys;
    w->at[1] = postings_end(0, w->ads, w->n, part_n);
    w->part.store = calloc((size_t)w->at[1], sizeof *w->part.store);
    postings_write(w->part.store, 0, w->ads, w->impacts, w->n, part_n);
}

/* Every word, or some with jumps: the same ads with the same impacts. */
static bool walks(const struct written *w, uint32_t jump)
{
    struct walk k = walk_open(part_postings(&w->part, 0));
    size_t seen = 0;
    uint32_t from = 0;
    for (uint32_t word = walk_next(&k, 0); word != WALK_END; from = word + 1 + below(jump), word = walk_next(&k, from)) {
        for (uint32_t ad = from * 64; jump == 1 && ad < word * 64; ad++)
            if (w->has[ad])
                return false;
        uint64_t bits = walk_bits(&k, word);
        if (bits == 0)
            return false;
        for (uint32_t b = 0; b < 64; b++) {
            bool has = bits >> b & 1;
            if (has != (word * 64 + b < w->part.n && w->has[word * 64 + b] != 0) || (has && walk_impact(&k, b) != w->has[word * 64 + b]))
                return false;
            seen += has;
        }
    }
    return jump > 1 || seen == w->n;
}

/* Chunk by chunk, impacts from `need` on: wide, plain, and what was written. */
static bool gathers(const struct written *w, uint32_t span, uint8_t need)
{
    struct walk k = walk_open(part_postings(&w->part, 0)), plain = k;
    uint32_t words = (w->part.n + 63) / 64;
    for (uint32_t from = 0; from < words; from += span) {
        static uint64_t a[RUN_WORDS], b[RUN_WORDS];
        uint32_t n = words - from < span ? words - from : span;
        memset(a, 0, sizeof a);
        memset(b, 0, sizeof b);
        walk_gather(&k, from, n, need, a);
        walk_gather_plain(&plain, from, n, need, b);
        if (memcmp(a, b, n * sizeof *a) != 0)
            return false;
        for (uint32_t ad = from * 64; ad < w->part.n && ad < (from + n) * 64; ad++)
            if ((a[ad / 64 - from] >> ad % 64 & 1) != (w->has[ad] >= need))
                return false;
    }
    return true;
}

static void postings_are_what_was_written(void)
{
    static struct written w;
    static const struct { uint32_t n, one_in; } cases[] = {{1, 1}, {5, 2}, {64, 1}, {65, 30}, {1000, 3}, {70000, 17}, {140000, 15}, {200000, 40}, {200000, 5000}, {131072, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_some(&w, cases[i].n, cases[i].one_in);
        struct postings p = part_postings(&w.part, 0);
        bool same = p.n == w.n;
        for (uint32_t k = 0; k < 300; k++) {
            uint32_t ad = below(cases[i].n);
            same = same && postings_has(&p, ad) == (w.has[ad] != 0);
        }
        ok(same && walks(&w, 1) && walks(&w, 40) && walks(&w, 3000), "postings walked word by word and with jumps");
        ok(gathers(&w, RUN_WORDS, 1) && gathers(&w, 256, 2) && gathers(&w, 256, 200) && gathers(&w, RUN_WORDS, 255), "postings gathered by chunks");
        is_int((long long)part_postings(&w.part, 1).n, 0, "a term that nobody wrote");
        free(w.part.store);
    }
}

/* ---- conditions ---- */

static void conditions_are_the_same(void)
{
    static uint8_t c8[640], yes[256];
    static uint16_t c16[640];
    unsigned wrong = 0;
    for (size_t i = 0; i < 256; i++)
        yes[i] = below(3) == 0;
    for (int round = 0; round < 20000; round++) {
        struct sieve v = {.n = 0};
        struct mesh m = {.how = (enum mesh_how)below(MESH_SET16 + 1), .bits = below(65536), .least = (uint16_t)below(65536), .ok = yes};
        uint8_t few_ok[256] = {0};
        for (size_t i = 0; i < 640; i++) {
            c8[i] = (uint8_t)below(256);
            c16[i] = (uint16_t)(m.how == MESH_SET16 ? below(256) : below(4) == 0 ? m.least : below(65536));
        }
        m.column = m.how == MESH_LEAST || m.how == MESH_SET16 ? (const void *)c16 : c8;
        m.n_few = (uint8_t)(1 + below(FILTER_FEW));
        for (unsigned i = 0; m.how == MESH_FEW && i < m.n_few; i++)
            few_ok[m.few[i] = (uint8_t)below(256)] = 1;
        m.ok = m.how == MESH_FEW ? few_ok : yes;
        uint32_t w = below(10);
        uint64_t bits = (uint64_t)below(UINT32_MAX) << 33 ^ (uint64_t)below(UINT32_MAX) << 7 ^ below(255);
        wrong += sieve_fails(&v, &m, w, bits) != sieve_fails_plain(&v, &m, w, bits);
    }
    is_int(wrong, 0, "64 at a time and one by one fail the same");
}

static void marks_are_counted(void)
{
    static uint64_t marks[MARKS_AT_ONCE];
    bool same = true;
    for (size_t n = 0; n <= MARKS_AT_ONCE && same; n += 17) {
        uint32_t a[64] = {1, 2, 3}, b[64] = {1, 2, 3};
        for (size_t i = 0; i < n; i++)
            marks[i] = i % 3 == 0 ? UINT64_MAX : (uint64_t)below(UINT32_MAX) << 33 ^ (uint64_t)below(UINT32_MAX) << 5;
        marks_count(marks, n, a);
        marks_count_plain(marks, n, b);
        same = memcmp(a, b, sizeof a) == 0;
    }
    ok(same, "marks are counted together as one by one");
}

int main(void)
{
    marks_are_counted();
    postings_are_what_was_written();
    conditions_are_the_same();
    return done();
}
