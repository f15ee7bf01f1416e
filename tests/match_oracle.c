/* match_oracle.c -- the plain way: every ad is read again for every question, from its record. */
#include "match_world.h"

#include "match/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct doc { /* the terms of one ad with their weights */
    uint64_t key[2048];
    unsigned weight[2048];
    size_t n;
    unsigned length;
};

static void doc_add(struct doc *d, uint64_t key, unsigned weight)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->key[i] == key) {
            d->weight[i] = d->weight[i] + weight > 255 ? 255 : d->weight[i] + weight;
            return;
        }
    d->key[d->n] = key;
    d->weight[d->n++] = weight;
}

static void doc_text(const struct match *m, struct doc *d, const char *s, unsigned flags, unsigned weight)
{
    uint32_t cps[1200];
    struct tokens t = {0};
    segment(&m->words, cps, chars_read(s, cps, 1200), flags, &t);
    for (size_t i = 0; i < t.n; i++) {
        doc_add(d, t.v[i].key, t.v[i].inner ? (weight + 1) / 2 : weight);
        d->length += !t.v[i].inner;
    }
    tokens_free(&t);
}

static void doc_make(const struct match *m, const struct match_ad *a, struct doc *d)
{
    uint32_t cps[64];
    size_t n = chars_read(a->title, cps, 64);
    d->n = d->length = 0;
    doc_text(m, d, a->title, SEG_INNER | SEG_PAIRS | SEG_CHARS, n <= 4 ? 12 : n <= 8 ? 10 : n <= 16 ? 8 : 6);
    doc_text(m, d, a->tags, SEG_INNER | SEG_PAIRS, 4);
    doc_text(m, d, occ_name(m, a->occupation), SEG_INNER, 3);
    doc_text(m, d, a->employer, SEG_INNER | SEG_PAIRS, 3);
    doc_text(m, d, a->place, SEG_INNER | SEG_PAIRS, 3);
    doc_text(m, d, a->description, SEG_INNER, 1);
}

static int impact_of(const struct doc *d, uint64_t key)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->key[i] == key) {
            float x = (float)d->weight[i], norm = 1.2F * (0.25F + 0.75F * (float)d->length / 64.0F);
            int impact = (int)(255 * x / (x + norm));
            return impact < 1 ? 1 : impact;
        }
    return 0;
}

/* -1: some group does not hold. */
static int32_t word_score(const struct query *q, const struct doc *d)
{
    int32_t sum = 0;
    for (size_t g = 0; g < q->n; g++) {
        int32_t best = -1;
        for (size_t a = 0; a < q->groups[g].n; a++) {
            const struct alt *alt = &q->groups[g].alts[a];
            int32_t score = 0;
            for (unsigned i = 0; i < alt->n && score >= 0; i++) {
                int impact = impact_of(d, alt->key[i]);
                score = impact == 0 ? -1 : score + (impact * alt->idf[i] * (int32_t)alt->weight * 16 >> 8);
            }
            best = score > best ? score : best;
        }
        if (q->groups[g].excluded ? best >= 0 : best < 0)
            return -1;
        sum += q->groups[g].excluded ? 0 : best;
    }
    return sum;
}

static bool in_list(struct match_list l, int64_t x)
{
    for (size_t i = 0; i < l.n; i++)
        if (l.v[i] == x)
            return true;
    return false;
}

static bool under(int32_t code, int64_t group)
{
    char c[12], g[12];
    match_unpack(code, c);
    match_unpack((int32_t)group, g);
    size_t n = strlen(g);
    while (n >= 3 && strcmp(g + n - 3, "-00") == 0)
        g[n -= 3] = '\0';
    return code != 0 && strncmp(c, g, n) == 0;
}

static int64_t yuan_up(int64_t fen)
{
    return (fen + 99) / 100;
}

static unsigned misses_of(const struct match_ad *a, const struct match_query *q)
{
    unsigned miss = 0;
    int32_t fresh = a->verified > a->posted ? a->verified : a->posted;
    int64_t mean = (a->wage_min / 100 * 100 + yuan_up(a->wage_max) * 100) / 2;
    bool any = false;
    for (size_t i = 0; i < q->occupations.n; i++)
        any = any || under(a->occupation, q->occupations.v[i]);
    miss |= (unsigned)(q->districts.n > 0 && (a->district == 0 || !in_list(q->districts, a->district))) << MATCH_F_DISTRICT;
    miss |= (unsigned)(q->streets.n > 0 && (a->street == 0 || !in_list(q->streets, a->street))) << MATCH_F_STREET;
    miss |= (unsigned)(q->occupations.n > 0 && !any) << MATCH_F_OCCUPATION;
    miss |= (unsigned)(q->wage_floor > 0 && yuan_up(a->wage_max) < yuan_up(q->wage_floor)) << MATCH_F_WAGE;
    miss |= (unsigned)(q->wage_bands != 0 && !(q->wage_bands >> wage_band(mean, mean) & 1)) << MATCH_F_WAGE;
    miss |= (unsigned)(q->educations != 0 && !(q->educations >> a->education & 1)) << MATCH_F_EDUCATION;
    miss |= (unsigned)(q->experiences != 0 && !(q->experiences >> experience_band(a->experience) & 1)) << MATCH_F_EXPERIENCE;
    miss |= (unsigned)(q->types != 0 && !(q->types & a->types)) << MATCH_F_TYPE;
    miss |= (unsigned)(q->shifts != 0 && !(q->shifts & a->shifts)) << MATCH_F_SHIFT;
    miss |= (unsigned)((a->benefits & q->benefits) != q->benefits) << MATCH_F_BENEFIT;
    miss |= (unsigned)(q->max_age > 0 && q->today - fresh > q->max_age) << MATCH_F_AGE;
    miss |= (unsigned)(q->employers.n > 0 && !in_list(q->employers, a->employer_id)) << MATCH_F_EMPLOYER;
    int32_t d = match_distance(q->lat, q->lng, a->lat, a->lng);
    miss |= (unsigned)(q->radius > 0 && (q->lat != 0 || q->lng != 0) && (d < 0 || d > q->radius)) << MATCH_F_DISTANCE;
    return miss;
}

/* ---- facets as a plain list of values ---- */

struct bag {
    struct match_count v[512];
    size_t n;
};

static void bag_add(struct bag *b, int64_t value)
{
    size_t i = 0;
    while (i < b->n && b->v[i].value < value)
        i++;
    if (i == b->n || b->v[i].value != value) {
        memmove(b->v + i + 1, b->v + i, (b->n - i) * sizeof *b->v);
        b->v[i] = (struct match_count){value, 0};
        b->n++;
    }
    b->v[i].n++;
}

static void bag_bits(struct bag *b, uint64_t bits)
{
    for (int i = 0; i < 64; i++)
        if (bits >> i & 1)
            bag_add(b, i);
}

static void bag_occupation(struct bag *b, int32_t code, const struct match_query *q)
{
    static const int32_t unit[] = {10000000, 1000000, 10000, 100, 1};
    int under_level = 0, level;
    for (int l = 1; q->occupation_under != 0 && l <= 4 && under_level == 0; l++)
        under_level = q->occupation_under % unit[l] == 0 ? l : 0;
    level = q->occupation_level > 0 ? q->occupation_level : under_level + 1;
    level = level > 4 ? 4 : level;
    if (code != 0 && (q->occupation_under == 0 || under(code, q->occupation_under)))
        bag_add(b, code / unit[level] * unit[level]);
}

static void bag_ad(struct bag *bags, const struct match_ad *a, const struct match_query *q, unsigned kind)
{
    struct bag *b = &bags[kind];
    int64_t mean = (a->wage_min / 100 * 100 + yuan_up(a->wage_max) * 100) / 2;
    int32_t fresh = a->verified > a->posted ? a->verified : a->posted;
    switch (kind) {
    case MATCH_F_DISTRICT: if (a->district != 0) bag_add(b, a->district); break;
    case MATCH_F_STREET: if (a->street != 0) bag_add(b, a->street); break;
    case MATCH_F_OCCUPATION: bag_occupation(b, a->occupation, q); break;
    case MATCH_F_WAGE: bag_add(b, wage_band(mean, mean)); break;
    case MATCH_F_EDUCATION: bag_add(b, a->education); break;
    case MATCH_F_EXPERIENCE: bag_add(b, experience_band(a->experience)); break;
    case MATCH_F_TYPE: bag_bits(b, a->types); break;
    case MATCH_F_SHIFT: bag_bits(b, a->shifts); break;
    case MATCH_F_BENEFIT: bag_bits(b, a->benefits); break;
    case MATCH_F_AGE: bag_add(b, age_band(q->today - fresh)); break;
    default: break;
    }
}

static int32_t key_of(const struct match_ad *a, const struct match_query *q, int32_t words)
{
    int32_t fresh = a->verified > a->posted ? a->verified : a->posted, d;
    int64_t high = a->wage_max > a->wage_min ? a->wage_max : a->wage_min;
    switch (q->sort) {
    case MATCH_NEAR:
        d = match_distance(q->lat, q->lng, a->lat, a->lng);
        return d < 0 ? INT32_MIN : -d;
    case MATCH_PAY: return (int32_t)((a->wage_min / 100 + yuan_up(high)) / 2);
    case MATCH_NEWEST: return fresh;
    case MATCH_BEST: break;
    }
    return words + fresh_points(q->today - fresh) + a->source_rank * 4;
}

static int better(const void *x, const void *y)
{
    const struct match_hit *a = x, *b = y;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->id > b->id ? -1 : a->id < b->id;
}

void world_search(struct ctx *cx, struct world *w, const struct match_view *v, const struct match_query *q, struct match_result *out)
{
    struct query *parsed = ARENA_NEW(cx->arena, struct query);
    struct doc *d = ARENA_NEW(cx->arena, struct doc);
    struct bag *bags = ARENA_ARRAY(cx->arena, struct bag, MATCH_F_COUNT);
    struct match_hit *hits = ARENA_ARRAY(cx->arena, struct match_hit, w->n);
    *out = (struct match_result){0};
    query_parse(cx, v->m, view_snap(v), q->text, parsed);
    for (size_t i = 0; i < w->n; i++) {
        const struct match_ad *a = &w->ads[i];
        if (!w->there[i] || (a->expires != 0 && a->expires < q->today))
            continue;
        doc_make(v->m, a, d);
        int32_t words = word_score(parsed, d);
        if (words < 0)
            continue;
        unsigned miss = misses_of(a, q);
        for (unsigned k = 0; k < MATCH_F_COUNT; k++)
            if (q->facets && (miss & ~(1u << k)) == 0)
                bag_ad(bags, a, q, k);
        if (miss == 0)
            hits[out->total++] = (struct match_hit){a->id, key_of(a, q, words), match_distance(q->lat, q->lng, a->lat, a->lng)};
    }
    qsort(hits, out->total, sizeof *hits, better);
    size_t from = q->offset < out->total ? q->offset : out->total, to = from + q->limit < out->total ? from + q->limit : out->total;
    out->hits = hits + from;
    out->n = to - from;
    for (unsigned k = 0; k < MATCH_F_COUNT; k++)
        out->facets[k] = (struct match_facet){bags[k].v, bags[k].n};
}
