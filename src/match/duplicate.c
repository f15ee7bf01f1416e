/* duplicate.c -- the same job twice: the same employer, place and nearly the same title. */
#include "match/best.h"
#include "match/engine.h"

#include <string.h>

#define TITLE_MAX 64

struct bits { /* a title as the multiset of its pairs of characters, sorted */
    uint64_t v[TITLE_MAX + 1];
    size_t n;
};

static void pairs_of(const char *title, struct bits *b)
{
    uint32_t cps[TITLE_MAX];
    size_t n = chars_read(title, cps, TITLE_MAX), k = 0;
    for (size_t i = 0; i < n; i++)
        if (chars_kind(cps[i]) != CHAR_GAP)
            cps[k++] = cps[i];
    b->n = 0;
    for (size_t i = 0; i <= k; i++) { /* with the edges, so that one character has pairs too */
        uint64_t x = (uint64_t)(i == 0 ? 1 : cps[i - 1]) << 21 | (i == k ? 2 : cps[i]);
        size_t at = b->n++;
        for (; at > 0 && b->v[at - 1] > x; at--)
            b->v[at] = b->v[at - 1];
        b->v[at] = x;
    }
}

/* Dice: twice the common pairs in a thousand of all. */
static int32_t similarity(const struct bits *a, const struct bits *b)
{
    size_t i = 0, k = 0, common = 0;
    while (i < a->n && k < b->n) {
        common += a->v[i] == b->v[k];
        size_t i_on = a->v[i] <= b->v[k], k_on = b->v[k] <= a->v[i];
        i += i_on;
        k += k_on;
    }
    return a->n + b->n == 0 ? 0 : (int32_t)(2000 * common / (a->n + b->n));
}

static bool same_place(const struct match *m, const struct row *r, const struct match_ad *ad)
{
    int64_t street = m->streets.v[r->street], district = m->districts.v[r->district];
    if (street != 0 && ad->street != 0)
        return street == ad->street;
    int32_t metres = match_distance(r->lat, r->lng, ad->lat, ad->lng);
    if (metres >= 0)
        return metres <= 1000;
    return district != 0 && district == ad->district; /* nothing known of either is no same place */
}

static bool same_wage(const struct row *r, const struct side *s, const struct match_ad *ad)
{
    int64_t most = ad->wage_max > ad->wage_min ? ad->wage_max : ad->wage_min;
    return s->wage_min == (uint32_t)(ad->wage_min / 100) && r->wage_max == (uint32_t)((most + 99) / 100);
}

/* The title decides; another place or another wage speaks against it. */
static int32_t confidence(const struct match_duplicate *d)
{
    int32_t c = d->similarity;
    c -= d->same_place ? 0 : 300;
    c -= d->same_wage ? 0 : 100;
    return c < 0 ? 0 : c;
}

struct hunt {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct match_ad *ad;
    struct bits title;
    struct best best;
};

static struct match_duplicate compare(const struct hunt *h, unsigned part, uint32_t ad)
{
    const struct part *p = h->s->parts[part];
    struct bits other;
    struct match_duplicate d = {.id = p->sides[ad].id, .same_employer = true};
    pairs_of(match_clean_title(h->cx, part_title(p, ad)), &other);
    d.similarity = similarity(&h->title, &other);
    d.same_place = same_place(h->m, &p->rows[ad], h->ad);
    d.same_wage = same_wage(&p->rows[ad], &p->sides[ad], h->ad);
    d.confidence = confidence(&d);
    return d;
}

static void look_at(struct hunt *h, unsigned part, struct postings list)
{
    for (size_t i = 0; i < list.n; i++) {
        uint32_t ad = list.ads[i];
        if (!is_live(h->s->live[part], ad) || h->s->parts[part]->sides[ad].id == h->ad->id)
            continue;
        struct match_duplicate d = compare(h, part, ad);
        if (d.confidence > 0 && best_hopeful(&h->best, d.confidence))
            best_add(h->cx->arena, &h->best, &(struct best_one){d.confidence, ad, d.id, part, 0});
    }
}

err_t match_duplicates(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, size_t k, const struct match_duplicate **out,
                       size_t *n)
{
    struct hunt h = {.cx = cx, .m = v->m, .s = view_snap(v), .ad = ad, .best = {.k = k > 100 ? 100 : k}};
    uint64_t key = firm_key(cx->arena, ad->employer);
    pairs_of(match_clean_title(cx, ad->title), &h.title);
    for (unsigned i = 0; i < h.s->n_parts; i++) {
        struct postings list = {0};
        if (key != 0)
            list = part_postings(h.s->parts[i], key);
        if (list.n == 0 && ad->employer_id != 0)
            list = part_postings(h.s->parts[i], TERM(TERM_EMPLOYER, ad->employer_id));
        look_at(&h, i, list);
    }
    best_sort(&h.best);
    struct match_duplicate *d = ARENA_ARRAY(cx->arena, struct match_duplicate, h.best.n);
    for (size_t i = 0; i < h.best.n; i++)
        d[i] = compare(&h, h.best.v[i].part, h.best.v[i].ad);
    *out = d;
    *n = h.best.n;
    return E_OK;
}
