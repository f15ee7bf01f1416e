/* fuzz_shortage.c -- any bytes as a round's download: refused, or scores within bounds that another order of the claims does not change. */
#include "city/shortages/file.c"
#include "city/shortages/score.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct shortage_file f;
    struct shortage_result *r, *s;
    size_t n, m;
    if (shortage_file_read(&cx, size > 0 ? (const char *)data : "", size, &f) == E_OK) {
        shortage_calculate(&cx, &f.terms, f.claims, f.n_claims, f.own, f.n_own, &r, &n);
        for (size_t i = 0, j = f.n_claims; i + 1 < j; i++) {
            struct shortage_claim c = f.claims[i];
            f.claims[i] = f.claims[--j];
            f.claims[j] = c;
        }
        shortage_calculate(&cx, &f.terms, f.claims, f.n_claims, f.own, f.n_own, &s, &m);
        for (size_t i = 0; i < n; i++)
            if (m != n || r[i].is.score < -1 || r[i].is.score > 1000 || r[i].is.score != s[i].is.score || strcmp(r[i].occupation, s[i].occupation) != 0)
                abort();
    }
    arena_free(&a);
    return 0;
}
