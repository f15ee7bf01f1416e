/* score.c -- the calculation. Sums of integers only, so the order of the claims cannot matter. */
#include "city/shortages/score.h"

#include <stdlib.h>
#include <string.h>

const char *const shortage_voices[VOICES] = {"bureau", "district", "agency", "own"};

enum { FULL = 1000, WORST = 5 };

struct work {
    struct ctx *cx;
    const struct shortage_terms *t;
    struct shortage_result *r;
    size_t n;
    int64_t cut[VOICES]; /* openings at the quantile, of each channel */
};

/* n / d rounded half up, for n >= 0. */
static int64_t rounded(int64_t n, int64_t d) { return d > 0 ? (2 * n + d) / (2 * d) : 0; }

static int64_t scaled(int64_t value, int64_t cap)
{
    if (cap <= 0 || value <= 0)
        return 0;
    return value >= cap ? FULL : rounded(value * FULL, cap);
}

static int voice_of(const char *channel)
{
    for (int v = 0; v < VOICES; v++)
        if (strcmp(shortage_voices[v], channel) == 0)
            return v;
    return VOICES;
}

/* ---- which occupations ---- */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

static void occupations(struct work *w, const struct shortage_claim *claims, size_t n_claims, const struct shortage_own *own, size_t n_own)
{
    const char **all = ARENA_ARRAY(w->cx->arena, const char *, n_claims + n_own + 1);
    size_t n = 0;
    for (size_t i = 0; i < n_claims; i++)
        all[n++] = claims[i].occupation;
    for (size_t i = 0; i < n_own; i++)
        if (own[i].ads >= w->t->ads_min)
            all[n++] = own[i].occupation;
    qsort(all, n, sizeof *all, by_text);
    w->r = ARENA_ARRAY(w->cx->arena, struct shortage_result, n + 1);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || strcmp(all[i], all[i - 1]) != 0)
            w->r[w->n++] = (struct shortage_result){.occupation = all[i]};
}

static struct shortage_result *result_of(const struct work *w, const char *occupation)
{
    size_t lo = 0, hi = w->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(w->r[mid].occupation, occupation);
        if (c == 0)
            return &w->r[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* ---- the reports ---- */

struct group { /* the claims of one channel on one occupation */
    const char *occupation;
    int voice;
    const struct shortage_claim *claim;
};

/* By occupation, channel, organisation: whatever the order they came in. Equal claims may stand either way: only sums are taken. */
static int by_group(const void *a, const void *b)
{
    const struct group *x = a, *y = b;
    int c = strcmp(x->occupation, y->occupation);
    if (c == 0)
        c = x->voice - y->voice;
    return c != 0 ? c : strcmp(x->claim->organisation, y->claim->organisation);
}

static void report_part(const struct work *w, const struct group *g, size_t n, struct shortage_part *p)
{
    int64_t difficulty = 0, days = 0, told = 0, weight = 0;
    *p = (struct shortage_part){.speaks = true, .reports = (int64_t)n};
    for (size_t i = 0; i < n; i++) {
        const struct shortage_claim *c = g[i].claim;
        int64_t of = c->openings > 0 ? c->openings : 1; /* a report without a number still has a voice */
        p->organisations += i == 0 || strcmp(c->organisation, g[i - 1].claim->organisation) != 0;
        p->openings += c->openings;
        difficulty += of * (c->difficulty - 1);
        weight += of;
        if (c->vacant_days >= 0) {
            int64_t at_most = c->vacant_days < w->t->days_cap ? c->vacant_days : w->t->days_cap;
            days += of * at_most;
            told += of;
        }
    }
    p->i_difficulty = rounded(difficulty * FULL, weight * (WORST - 1));
    p->i_vacancy = told > 0 ? scaled(rounded(days, told), w->t->days_cap) : -1;
    p->i_breadth = scaled(p->organisations, w->t->organisations_cap);
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The openings at the quantile among the occupations a channel speaks of: one enormous number does not flatten all others. */
static int64_t cut_of(const struct work *w, int voice)
{
    int64_t *all = ARENA_ARRAY(w->cx->arena, int64_t, w->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->r[i].part[voice].speaks)
            all[n++] = w->r[i].part[voice].openings;
    qsort(all, n, sizeof *all, by_number);
    if (n == 0)
        return 0;
    size_t at = (size_t)((w->t->quantile * (int64_t)n + 99) / 100);
    return all[at == 0 ? 0 : (at > n ? n : at) - 1];
}

static void mean(const int64_t *values, const int64_t *weights, size_t n, int64_t *out)
{
    int64_t sum = 0, weight = 0;
    for (size_t i = 0; i < n; i++)
        if (values[i] >= 0) {
            sum += values[i] * weights[i];
            weight += weights[i];
        }
    *out = rounded(sum, weight);
}

static void reports(struct work *w, const struct shortage_claim *claims, size_t n)
{
    struct group *g = ARENA_ARRAY(w->cx->arena, struct group, n + 1);
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        int v = voice_of(claims[i].channel);
        if (v < VOICE_OWN)
            g[m++] = (struct group){claims[i].occupation, v, &claims[i]};
    }
    qsort(g, m, sizeof *g, by_group);
    for (size_t i = 0, j; i < m; i = j) {
        for (j = i + 1; j < m && g[j].voice == g[i].voice && strcmp(g[j].occupation, g[i].occupation) == 0;)
            j++;
        struct shortage_result *r = result_of(w, g[i].occupation);
        if (r != NULL)
            report_part(w, g + i, j - i, &r->part[g[i].voice]);
    }
    for (int v = 0; v < VOICE_OWN; v++)
        w->cut[v] = cut_of(w, v);
    for (size_t i = 0; i < w->n; i++)
        for (int v = 0; v < VOICE_OWN; v++) {
            struct shortage_part *p = &w->r[i].part[v];
            if (!p->speaks)
                continue;
            p->i_openings = scaled(p->openings, w->cut[v]);
            mean((int64_t[]){p->i_openings, p->i_difficulty, p->i_vacancy, p->i_breadth},
                 (int64_t[]){w->t->openings, w->t->difficulty, w->t->vacancy, w->t->breadth}, 4, &p->score);
        }
}

/* ---- our own ads ---- */

static void witness(struct work *w, const struct shortage_own *own, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct shortage_own *o = &own[i];
        struct shortage_result *r = o->ads >= w->t->ads_min ? result_of(w, o->occupation) : NULL;
        if (r == NULL)
            continue;
        struct shortage_part *p = &r->part[VOICE_OWN];
        int64_t ratio = rounded(o->openings * 100, o->seekers > 0 ? o->seekers : 1);
        *p = (struct shortage_part){.speaks = true, .reports = o->ads, .openings = o->openings, .i_breadth = -1};
        p->i_openings = scaled(ratio, w->t->ratio_cap);
        p->i_vacancy = scaled(o->vacant_days, w->t->days_cap);
        p->i_difficulty = scaled(o->refused, w->t->refused_cap);
        mean((int64_t[]){p->i_openings, p->i_vacancy, p->i_difficulty}, (int64_t[]){w->t->own_ratio, w->t->own_vacancy, w->t->own_refused}, 3,
             &p->score);
    }
}

/* ---- the verdict ---- */

static struct shortage_verdict verdict(const struct shortage_terms *t, const struct shortage_part part[VOICES], int without)
{
    struct shortage_verdict v = {.score = -1, .urgency = "none"};
    int64_t sum = 0, weight = 0, voices = 0;
    bool reported = false;
    for (int k = 0; k < VOICES; k++)
        if (k != without && part[k].speaks && t->weight[k] > 0) {
            sum += part[k].score * t->weight[k];
            weight += t->weight[k];
            voices++;
            reported |= k != VOICE_OWN;
        }
    if (voices == 0)
        return v;
    v.unreported = !reported;
    v.score = rounded(sum, weight);
    v.capped = reported && v.score >= t->very && voices < t->voices_very;
    v.urgency = !reported ? "none" : v.score >= t->very && !v.capped ? "very" : v.score >= t->shorts ? "short" : v.score >= t->some ? "some" : "none";
    return v;
}

static void judge(const struct shortage_terms *t, struct shortage_result *r)
{
    int64_t most = -1, least = FULL + 1;
    r->is = verdict(t, r->part, VOICES);
    for (int k = 0; k < VOICES; k++) {
        r->without[k] = r->part[k].speaks ? verdict(t, r->part, k) : r->is;
        if (r->part[k].speaks) {
            most = r->part[k].score > most ? r->part[k].score : most;
            least = r->part[k].score < least ? r->part[k].score : least;
        }
    }
    r->spread = most >= 0 ? most - least : 0;
    const int64_t step[] = {t->some, t->shorts, t->very};
    r->up = 0;
    r->down = 0;
    for (int k = 0; k < 3; k++) {
        if (r->is.score < step[k] && r->up == 0)
            r->up = step[k] - r->is.score;
        if (r->is.score >= step[k] && !(k == 2 && r->is.capped))
            r->down = r->is.score - step[k];
    }
}

static int by_score(const void *a, const void *b)
{
    const struct shortage_result *x = a, *y = b;
    if (x->is.score != y->is.score)
        return x->is.score < y->is.score ? 1 : -1;
    return strcmp(x->occupation, y->occupation);
}

void shortage_calculate(struct ctx *cx, const struct shortage_terms *t, const struct shortage_claim *claims, size_t n_claims,
                        const struct shortage_own *own, size_t n_own, struct shortage_result **out, size_t *n)
{
    struct work w = {.cx = cx, .t = t};
    occupations(&w, claims, n_claims, own, n_own);
    reports(&w, claims, n_claims);
    witness(&w, own, n_own);
    for (size_t i = 0; i < w.n; i++)
        judge(t, &w.r[i]);
    qsort(w.r, w.n, sizeof *w.r, by_score);
    *out = w.r;
    *n = w.n;
}
